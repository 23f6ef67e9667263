"""Sealing: takes the fingerprint of what is new in a primary's books, after finding the last one again."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from console.domain.books import (
    BLOCK_ENTRIES,
    Block,
    BlockFound,
    BookCheck,
    BooksHead,
    CheckOutcome,
    CurrencySum,
    Fingerprint,
    Horizon,
    OriginHead,
    Proof,
    Seal,
    block_of,
    chained,
    root_of,
)
from console.domain.books_judging import OriginReading, own_outcomes
from console.domain.books_seals import Standing
from console.domain.ledger_mapping import LedgerMapping
from console.domain.reading import Moment
from console.postgres import books_readers as readers
from console.postgres.books import CHUNK_BLOCKS, END_SQL, BooksSql
from console.recovery.books_door import BooksDoor, BooksSession, BooksTrouble
from console.recovery.books_node import CHUNK_SECONDS_MAX, QUICK_SECONDS_MAX, TALLY_SECONDS_MAX, begin, readable
from console.recovery.books_proof import standing_of


class SealKeeper(Protocol):
    """Where seals are kept."""

    def seals_of(self, cluster: str, mapping: str, origin: str) -> tuple[Seal, ...]: ...

    def blocks_of(self, cluster: str, mapping: str, origin: str) -> tuple[Block, ...]: ...

    def totals_before(self, cluster: str, mapping: str, origin: str, block: int) -> tuple[str, int, int]: ...

    def keep(self, seal: Seal, blocks: tuple[Block, ...], *, after: str) -> None: ...

    def mark_lost(self, seal: Seal) -> None: ...


@dataclass(slots=True)
class Sealing:
    """What one sealing came to. `failed`: checks that failed on the way; a book with one is not sealed on.

    `lost`: seals that a promotion has left behind. `unsealed`: origins whose books can't be sealed, as nothing in them
    tells what is settled.
    """

    sealed: list[Seal] = field(default_factory=list)
    failed: list[CheckOutcome] = field(default_factory=list)
    lost: list[Seal] = field(default_factory=list)
    unsealed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _New:
    """A seal that is to be kept, its blocks from the first that changed on, and the root before them."""

    seal: Seal
    blocks: tuple[Block, ...]
    after: str


def seal_books(
    node: str, *, cluster: str, mapping: LedgerMapping, door: BooksDoor, keeper: SealKeeper,
    clock: Callable[[], Moment], session: BooksSession | None = None,
) -> Sealing:  # fmt: skip
    """Seal what is new on a primary. Raises BooksTrouble, and what the keeper raises; then nothing new is kept.

    A `session` that is given stays open.
    """
    own = session is None
    session = door.open(node) if session is None else session
    try:
        sealer = _Sealer(node, cluster, mapping, door, keeper, clock, session)
        found = sealer.look()
        session.ask(END_SQL, seconds_max=QUICK_SECONDS_MAX)
    finally:
        if own:
            session.close()
    for seal in sealer.result.lost:
        keeper.mark_lost(seal)
    for new in found:
        keeper.keep(new.seal, new.blocks, after=new.after)
        sealer.result.sealed.append(new.seal)
    return sealer.result


class _Sealer:
    """Looks at a primary's books within one transaction."""

    def __init__(
        self, node: str, cluster: str, mapping: LedgerMapping, door: BooksDoor, keeper: SealKeeper,
        clock: Callable[[], Moment], session: BooksSession,
    ) -> None:  # fmt: skip
        self._node, self._cluster, self._mapping, self._door = node, cluster, mapping, door
        self._keeper, self._clock, self._session = keeper, clock, session
        self._digest = mapping.digest()
        self._sql: BooksSql = begin(session, mapping)
        self.result = Sealing()

    def look(self) -> list[_New]:
        head = readable(self._session, self._sql.head(), readers.read_head, seconds_max=QUICK_SECONDS_MAX)
        if head.in_recovery:
            raise BooksTrouble("not-primary", f"{self._node} is in recovery")
        if not self._mapping.gap_free and self._mapping.xid is None:
            self.result.unsealed += [origin.origin for origin in head.origins]
            return []
        standing = standing_of(self._door, self._node, head)
        found = []
        for origin in head.origins:
            last = self._last(head, origin.origin, standing)
            new = self._by_number(head, origin, last) if self._mapping.gap_free else self._by_xid(head, origin, last)
            if new is not None:
                found.append(new)
        return found

    def _last(self, head: BooksHead, origin: str, standing: Standing) -> Seal | None:
        """The last seal that this history holds; those that it does not are of a lost range."""
        for seal in self._keeper.seals_of(self._cluster, self._digest, origin):
            if seal.system_identifier != head.system_identifier or seal.lost:
                continue
            holds = standing.holds(seal)
            if holds is None:
                raise BooksTrouble("history-not-known", f"timeline {seal.timeline} to {head.timeline}")
            if holds:
                return seal
            self.result.lost.append(seal)
        return None

    # -- numbers in commit order --------------------------------------------------------------------------------

    def _by_number(self, head: BooksHead, origin: OriginHead, last: Seal | None) -> _New | None:
        sealed = 0 if last is None else last.fingerprint.last
        if origin.top < sealed and last is not None:
            self._fail(last, "sealed-entries-gone", block_of(origin.top + 1), entry=origin.top + 1)
            return None
        if origin.top == sealed:
            self.result.unchanged.append(origin.origin)
            return None
        start = 0 if not sealed else block_of(sealed)
        after, entries, postings = self._keeper.totals_before(self._cluster, self._digest, origin.origin, start)
        if last is not None and not self._found_again(last, start, after):
            return None
        horizon = Horizon(number=origin.top)
        found = self._blocks(origin.origin, start * BLOCK_ENTRIES + 1, origin.top, horizon)
        if self._wrong(origin, horizon, found, start * BLOCK_ENTRIES):
            return None
        blocks = tuple(block for each in found if (block := each.block()) is not None)
        sums = readable(
            self._session, self._sql.sums(origin.origin, sealed + 1, origin.top), readers.read_sums,
            seconds_max=TALLY_SECONDS_MAX,
        )  # fmt: skip
        print_ = Fingerprint(
            origin=origin.origin, first=1, last=origin.top, horizon=horizon,
            entries=entries + sum(block.entries for block in blocks),
            postings=postings + sum(block.postings for block in blocks),
            sums=summed(() if last is None else last.fingerprint.sums, sums), root=root_of(blocks, after),
        )  # fmt: skip
        return _New(seal=self._seal(head, print_), blocks=blocks, after=after)

    def _found_again(self, last: Seal, start: int, after: str) -> bool:
        """The last seal's own last block, read again as it was cut then."""
        print_ = last.fingerprint
        again = self._blocks(print_.origin, start * BLOCK_ENTRIES + 1, print_.last, print_.horizon)
        block = again[0].block() if again else None
        if block is not None and chained(after, block) == print_.root:
            return True
        self._fail(last, "seal-not-found", start)
        return False

    # -- numbers in any order, settled by xid8 ------------------------------------------------------------------

    def _by_xid(self, head: BooksHead, origin: OriginHead, last: Seal | None) -> _New | None:
        horizon = Horizon(xid=head.xmin)
        if last is None:
            found = self._blocks(origin.origin, 1, origin.top, horizon)
            return None if self._wrong(origin, horizon, found, 0) else self._xid_seal(head, origin, horizon, found, ())
        late = readable(
            self._session, self._sql.late_blocks(origin.origin, last.fingerprint.horizon, horizon), readers.read_late,
            seconds_max=CHUNK_SECONDS_MAX,
        )  # fmt: skip
        if not late:
            self.result.unchanged.append(origin.origin)
            return None
        kept = self._keeper.blocks_of(self._cluster, self._digest, origin.origin)
        before = {block.number: block for block in kept}
        found = []
        for number in late:
            low, high = number * BLOCK_ENTRIES + 1, (number + 1) * BLOCK_ENTRIES
            again = self._blocks(origin.origin, low, high, last.fingerprint.horizon)
            if (again[0].block() if again else None) != before.get(number):
                self._fail(last, "seal-not-found", number)
                return None
            found += self._blocks(origin.origin, low, high, horizon)
        if self._wrong(origin, horizon, found, 0):
            return None
        return self._xid_seal(head, origin, horizon, found, kept)

    def _xid_seal(
        self, head: BooksHead, origin: OriginHead, horizon: Horizon, found: list[BlockFound], kept: tuple[Block, ...]
    ) -> _New | None:
        blocks = {block.number: block for block in kept}
        blocks |= {each.number: block for each in found if (block := each.block()) is not None}
        if not blocks:
            self.result.unchanged.append(origin.origin)
            return None
        ordered = tuple(blocks[number] for number in sorted(blocks))
        first = min((each.number for each in found), default=0)
        unchanged = tuple(block for block in ordered if block.number < first)
        print_ = Fingerprint(
            origin=origin.origin, first=ordered[0].first, horizon=horizon,
            last=max((each.highest_inside or 0 for each in found), default=0) or ordered[-1].last,
            entries=sum(block.entries for block in ordered), postings=sum(block.postings for block in ordered),
            sums=(), root=root_of(ordered),
        )  # fmt: skip
        return _New(seal=self._seal(head, print_), blocks=ordered[len(unchanged) :], after=root_of(unchanged))

    # -- both -------------------------------------------------------------------------------------------------

    def _blocks(self, origin: str, low: int, high: int, horizon: Horizon) -> list[BlockFound]:
        found: list[BlockFound] = []
        step = CHUNK_BLOCKS * BLOCK_ENTRIES
        for first in range(low, high + 1, step):
            last = min(high, first + step - 1)
            found += readable(
                self._session, self._sql.blocks(origin, first, last, horizon),
                lambda line, first=first, last=last: readers.read_blocks(line, low=first, high=last),  # type: ignore[misc]
                seconds_max=CHUNK_SECONDS_MAX,
            )  # fmt: skip
        return found

    def _wrong(self, origin: OriginHead, horizon: Horizon, found: list[BlockFound], skipped: int) -> bool:
        """What the new blocks show of themselves: a book that is not whole is told, and not sealed as if it were."""
        reading = OriginReading(
            head=origin, horizon=horizon, blocks=tuple(found), tally=None, skipped_to=skipped
        )
        failed = [o for o in own_outcomes(reading, self._mapping, self._node) if o.proof is Proof.FAILED]
        self.result.failed += failed
        return bool(failed)

    def _fail(self, last: Seal, reason: str, block: int, *, entry: int | None = None) -> None:
        self.result.failed.append(
            CheckOutcome(
                check=BookCheck.SEAL_FOUND, proof=Proof.FAILED, origin=last.fingerprint.origin, node=self._node,
                last=last.fingerprint.last, reason=reason, block=block, entry=entry,
                detail=f"{last.at:%Y-%m-%d %H:%M:%S}",
            )
        )  # fmt: skip

    def _seal(self, head: BooksHead, fingerprint: Fingerprint) -> Seal:
        # The position was read in the statement after the snapshot, so all that the snapshot shows lies before it.
        return Seal(
            cluster=self._cluster, system_identifier=head.system_identifier, mapping=self._digest,
            at=self._clock().utc, node=self._node, timeline=head.timeline, position=head.position,
            fingerprint=fingerprint,
        )  # fmt: skip


def summed(one: tuple[CurrencySum, ...], other: tuple[CurrencySum, ...]) -> tuple[CurrencySum, ...]:
    """Sums per currency of two ranges together."""
    found = {each.currency: each for each in one}
    for each in other:
        present = found.get(each.currency)
        found[each.currency] = each if present is None else present.plus(each)
    return tuple(found[currency] for currency in sorted(found))
