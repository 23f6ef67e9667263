"""Seals and their blocks in the store: whole or not at all, by book, with a chain that leads to the root."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from console.domain.books import Block, CurrencySum, Fingerprint, Horizon, Seal, root_of
from console.domain.wal import Lsn
from console.store.database import Store
from console.store.seals import Seals

AT = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
MAPPING = "a" * 64
BIG = 2**63 + 5  # of an xid8, and of a WAL position


def block(number: int, text: str = "0", entries: int = 1000) -> Block:
    return Block(number=number, entries=entries, postings=2 * entries, digest=(text + f"{number}").ljust(64, "0"))


def seal(blocks: tuple[Block, ...], *, minutes: int = 0, horizon: Horizon | None = None, origin: str = "main") -> Seal:
    last = sum(each.entries for each in blocks)
    print_ = Fingerprint(
        origin=origin, first=1, last=last, horizon=horizon or Horizon(number=last), entries=last,
        postings=sum(each.postings for each in blocks), root=root_of(blocks),
        sums=(CurrencySum(currency="EUR", postings=4, debit="123456789012345678901234567890.123", credit="-0.5"),),
    )  # fmt: skip
    return Seal(
        cluster="us", system_identifier="7489123456789012345", mapping=MAPPING, at=AT + timedelta(minutes=minutes),
        node="nyc-1", timeline=4, position=Lsn(BIG), fingerprint=print_,
    )  # fmt: skip


FIRST = (block(0), block(1, entries=10))
SECOND = (block(0), block(1, "1"), block(2, entries=500))


def test_a_seal_comes_back_as_it_was_kept_with_its_blocks(store: Store) -> None:
    seals = Seals(store)
    kept = seal(FIRST, horizon=Horizon(xid=BIG))
    seals.keep(kept, FIRST, after=root_of(()))
    assert seals.seals_of("us", MAPPING, "main") == (kept,)
    assert seals.newest("us", MAPPING, "main") == kept
    assert seals.blocks_of("us", MAPPING, "main") == FIRST
    assert seals.seals_of("us", MAPPING, "other") == seals.seals_of("eu", MAPPING, "main") == ()
    assert seals.seals_of("us", "b" * 64, "main") == ()
    assert seals.blocks_of("us", "b" * 64, "main") == ()


def test_the_next_seal_writes_only_the_blocks_that_changed_and_its_chain_goes_on(store: Store) -> None:
    seals = Seals(store)
    seals.keep(seal(FIRST), FIRST, after=root_of(()))
    root, entries, postings = seals.totals_before("us", MAPPING, "main", 1)
    assert (root, entries, postings) == (root_of(FIRST[:1]), 1000, 2000)
    seals.keep(seal(SECOND, minutes=1), SECOND[1:], after=root)
    assert seals.blocks_of("us", MAPPING, "main") == SECOND
    assert [s.fingerprint.last for s in seals.seals_of("us", MAPPING, "main")] == [2500, 1010]
    assert seals.totals_before("us", MAPPING, "main", 0) == (root_of(()), 0, 0)
    assert seals.totals_before("nobody", MAPPING, "main", 5) == (root_of(()), 0, 0)


def test_blocks_that_do_not_lead_to_the_root_keep_nothing(store: Store) -> None:
    seals = Seals(store)
    with pytest.raises(ValueError, match="root"):
        seals.keep(seal(FIRST), SECOND, after=root_of(()))
    assert seals.seals_of("us", MAPPING, "main") == ()
    assert seals.blocks_of("us", MAPPING, "main") == ()


def test_a_book_that_became_shorter_keeps_no_block_of_the_longer_one(store: Store) -> None:
    seals = Seals(store)
    seals.keep(seal(SECOND), SECOND, after=root_of(()))
    seals.keep(seal(FIRST, minutes=1), FIRST[1:], after=root_of(FIRST[:1]))
    assert seals.blocks_of("us", MAPPING, "main") == FIRST


def test_a_lost_seal_stays_and_is_no_longer_the_newest(store: Store) -> None:
    seals = Seals(store)
    one, two = seal(FIRST), seal(SECOND, minutes=1)
    seals.keep(one, FIRST, after=root_of(()))
    seals.keep(two, SECOND, after=root_of(()))
    seals.mark_lost(two)
    assert seals.newest("us", MAPPING, "main") == one
    assert seals.seals_of("us", MAPPING, "main") == (replace(two, lost=True), one)


def test_thinning_keeps_some_days_whole_and_the_last_of_each_older_day(store: Store) -> None:
    seals = Seals(store)
    for minutes in range(0, 5 * 1440, 360):
        seals.keep(seal(FIRST, minutes=minutes), FIRST, after=root_of(()))
        seals.keep(seal(FIRST, minutes=minutes, origin="eu"), FIRST, after=root_of(()))
    now = AT + timedelta(days=5)
    before = len(seals.seals_of("us", MAPPING, "main"))
    gone = seals.thin(now)
    left = [s.at for s in seals.seals_of("us", MAPPING, "main")]
    assert gone == 2 * (before - len(left))
    assert len([at for at in left if at >= now - timedelta(days=2)]) == 8
    old = [at.date() for at in left if at < now - timedelta(days=2)]
    assert len(old) == len(set(old)) > 1
    assert seals.thin(now) == 0
    assert seals.blocks_of("us", MAPPING, "main") == FIRST
