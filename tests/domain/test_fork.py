"""Where histories part, which ways are open, and what two sides of a fork hold, by pure judgement."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.books import Block
from console.domain.books_seals import TimelineEnd
from console.domain.fork import (
    ForkEntry,
    ForkKind,
    ForkPick,
    ForkPosting,
    ForkSide,
    differing_blocks,
    picked,
    repeated,
    rows_of,
    sorted_out,
    sums_of,
)
from console.domain.rejoin import (
    RejoinFacts,
    Relation,
    Side,
    attach_hindrances,
    beyond_bytes,
    compared_up_to,
    fork_between,
    rebuild_hindrances,
    relation_of,
    rewind_hindrances,
)
from console.domain.wal import Lsn


def side(node: str, timeline: int, *ends: tuple[int, int], end: int | None = 1000) -> Side:
    return Side(
        node=node, timeline=timeline, ends=tuple(TimelineEnd(number, Lsn(at)) for number, at in ends),
        end=None if end is None else Lsn(end),
    )  # fmt: skip


OLD = side("old", 1, end=900)
NEW = side("new", 2, (1, 800), end=2000)


def test_a_promotion_parts_the_old_primary_where_it_was_promoted() -> None:
    fork = fork_between(OLD, NEW)
    assert fork is not None
    assert (fork.timeline, fork.at, fork.clash) == (1, Lsn(800), None)
    assert relation_of(OLD, NEW, fork) is Relation.BEYOND
    assert beyond_bytes(OLD, fork) == 100
    assert compared_up_to(OLD, NEW, fork) == Lsn(800)


def test_a_side_that_ends_before_the_fork_is_a_prefix() -> None:
    short = replace(OLD, end=Lsn(700))
    fork = fork_between(short, NEW)
    assert relation_of(short, NEW, fork) is Relation.PREFIX
    assert fork is not None
    assert compared_up_to(short, NEW, fork) == Lsn(700)


@pytest.mark.parametrize("other", [(1, 850), (1, 800)])
def test_two_promotions_under_one_number_clash_unless_they_are_one(other: tuple[int, int]) -> None:
    fork = fork_between(side("old", 2, other), NEW)
    assert fork is not None
    if other == (1, 800):  # by numbers the same: only the bytes can tell
        assert (fork.timeline, fork.at, fork.clash) == (2, None, None)
    else:
        assert (fork.timeline, fork.at, fork.clash) == (1, Lsn(800), 2)


def test_a_number_that_clashes_further_down_is_found_too() -> None:
    fork = fork_between(side("old", 2, (1, 850)), side("new", 3, (1, 800), (2, 900)))
    assert fork is not None
    assert fork.clash == 2


def test_an_unknown_history_or_end_is_unknown_never_fine() -> None:
    unread = Side(node="old", timeline=2, ends=None, end=Lsn(1))
    assert fork_between(unread, NEW) is None
    assert relation_of(unread, NEW, None) is Relation.UNKNOWN
    endless = replace(OLD, end=None)
    assert relation_of(endless, NEW, fork_between(endless, NEW)) is Relation.UNKNOWN


@given(st.lists(st.integers(1, 10**6), unique=True, max_size=5), st.integers(0, 5))
def test_a_history_never_parts_from_its_own_beginning(points: list[int], cut: int) -> None:
    ends = tuple((number, at) for number, at in enumerate(sorted(points), start=1))
    whole = side("b", len(ends) + 1, *ends, end=10**7)
    kept = ends[:cut]
    part = side("a", len(kept) + 1, *kept, end=(kept[-1][1] if kept else 0))
    fork = fork_between(part, whole)
    assert fork is not None
    assert fork.clash is None
    assert relation_of(part, whole, fork) is Relation.PREFIX


FACTS = RejoinFacts(
    node=OLD, upstream=NEW, same_content=True, wal_back_to=Lsn(0), checkpoint_redo=Lsn(500), commits_beyond=1,
    beyond_segments=1, rewind_was_cut=False, archive_readable=False, full_page_writes=True, login_trouble="",
    rewind_login_trouble="", lacking_rights=(), programs_missing=(), layout=(), source="new",
)  # fmt: skip


def test_what_went_beyond_can_be_rewound_and_not_just_attached() -> None:
    assert attach_hindrances(FACTS) == ("beyond-fork",)
    assert rewind_hindrances(FACTS, hints=True) == ()
    assert rebuild_hindrances(FACTS) == ()
    assert FACTS.parted


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"rewind_was_cut": True}, "rewind-was-cut"),
        ({"same_content": False}, "two-histories"),
        ({"same_content": None}, "wal-gone"),
        ({"full_page_writes": False}, "no-full-page-writes"),
        ({"rewind_login_trouble": "no pg_hba.conf entry"}, "no-login"),
        ({"lacking_rights": ("pg_ls_dir",)}, "no-rights"),
        ({"programs_missing": ("pg_rewind",)}, "no-program"),
        ({"wal_back_to": None}, "wal-gone"),
        ({"wal_back_to": Lsn(600)}, "wal-gone"),
        ({"node": replace(OLD, end=Lsn(700))}, "nothing-to-rewind"),
        ({"node": replace(OLD, ends=None)}, "history-unknown"),
        ({"node": side("old", 2, (1, 850))}, "two-histories"),
    ],
)
def test_each_thing_that_a_rewind_stands_on_is_missed_by_name(changes: dict[str, object], word: str) -> None:
    assert word in rewind_hindrances(replace(FACTS, **changes), hints=True)  # type: ignore[arg-type]


def test_a_rewind_without_hints_or_checksums_is_none() -> None:
    assert rewind_hindrances(FACTS, hints=False) == ("no-wal-hints",)


def test_the_archive_gives_the_wal_that_lacks() -> None:
    assert rewind_hindrances(replace(FACTS, wal_back_to=None, archive_readable=True), hints=True) == ()


def test_the_same_numbers_with_other_bytes_have_parted() -> None:
    twin = replace(FACTS, node=side("old", 2, (1, 800)), same_content=False)
    assert twin.parted
    assert "two-histories" in attach_hindrances(twin)
    assert "two-histories" in rewind_hindrances(twin, hints=True)


def entry(number: int, reference: str, amount: str = "5.00", origin: str = "main") -> ForkEntry:
    postings = tuple(
        ForkPosting(line=str(line), account=str(line), side=word, amount=amount, currency="EUR")
        for line, word in ((1, "debit"), (2, "credit"))
    )
    return ForkEntry(origin=origin, number=number, content=(("reference", reference),), postings=postings)


def test_blocks_that_differ_or_lack_are_named_and_no_others() -> None:
    def block(number: int, digest: str) -> Block:
        return Block(number=number, entries=1, postings=2, digest=digest * 64)

    one = [block(0, "a"), block(1, "b"), block(2, "c")]
    other = [block(0, "a"), block(1, "d")]
    assert differing_blocks(one, other) == (1, 2)


DIGESTS = st.dictionaries(st.integers(1, 50), st.sampled_from("abc"))


@given(DIGESTS, DIGESTS)
def test_every_number_is_in_exactly_one_place(one: dict[int, str], other: dict[int, str]) -> None:
    only_one, only_other, differ = sorted_out(one, other)
    same = {n for n in one.keys() & other.keys() if one[n] == other[n]}
    assert sorted([*only_one, *only_other, *differ, *same]) == sorted(one.keys() | other.keys())


def test_a_reference_that_was_booked_again_is_found_under_its_other_number() -> None:
    found = repeated([entry(7, "x"), entry(8, "y")], [entry(7, "z"), entry(9, "x")], "reference")
    assert [one.also_as for one in found] == [9, None]


def test_sums_are_exact_per_currency_and_signed_amounts_have_two_sides() -> None:
    (total,) = sums_of([entry(1, "x", "0.10"), entry(2, "y", "0.20")])
    assert (total.currency, total.postings, total.debit, total.credit) == ("EUR", 4, "0.3", "0.3")
    signed = ForkEntry(
        origin="", number=1, content=(),
        postings=tuple(ForkPosting(line="", account="1", side="", amount=a, currency="") for a in ("7", "-7.5")),
    )  # fmt: skip
    (total,) = sums_of([signed])
    assert (total.debit, total.credit) == ("7", "7.5")


def test_rows_stand_side_by_side_by_number() -> None:
    rows = rows_of([entry(7, "x"), entry(8, "y")], [entry(7, "z"), entry(9, "w")])
    assert [(row.number, row.kind) for row in rows] == [
        (7, ForkKind.DIFFERS), (8, ForkKind.ONLY_A), (9, ForkKind.ONLY_B),
    ]  # fmt: skip


def fork_side(node: str, entries: int, *, writable: bool = False, repeats: int = 0) -> ForkSide:
    return ForkSide(node=node, timeline=1, end="", writable=writable, closed=False, entries=entries, repeated=repeats,
                    sums=())  # fmt: skip


@pytest.mark.parametrize(
    ("a", "b", "pick", "why"),
    [
        (fork_side("a", 0), fork_side("b", 0), ForkPick.NEITHER, "nothing-differs"),
        (fork_side("a", 3), fork_side("b", 0, writable=True), ForkPick.A, "only-one-wrote"),
        (fork_side("a", 9), fork_side("b", 2, writable=True), ForkPick.B, "writes-now"),
        (fork_side("a", 9), fork_side("b", 2), ForkPick.A, "more-entries"),
        (fork_side("a", 9, repeats=8), fork_side("b", 2), ForkPick.B, "more-entries"),
    ],
)
def test_the_side_that_is_offered_has_its_reason(a: ForkSide, b: ForkSide, pick: ForkPick, why: str) -> None:
    assert picked(a, b) == (pick, why)
