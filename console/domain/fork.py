"""Two sides that both wrote after the branch: what only one holds, what differs under one number, what it is worth."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Final

from console.domain.books import Block, CurrencySum, added
from console.domain.plan import Pairs

ROWS_SHOWN_MAX: Final = 200
ENTRIES_MAX: Final = 100_000  # of one side: more is no fork that a person settles entry by entry


@dataclass(frozen=True, slots=True, kw_only=True)
class ForkPosting:
    """One posting, as its node wrote it. `side` is empty where amounts are signed."""

    line: str
    account: str
    side: str
    amount: str
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForkEntry:
    """One entry. `content`: the columns that the mapping names, in its order; NULL is left out.

    `also_as`: the number under which the other side holds the same reference; it was booked there again.
    """

    origin: str
    number: int
    content: Pairs
    postings: tuple[ForkPosting, ...]
    also_as: int | None = None

    def value(self, name: str) -> str:
        return dict(self.content).get(name, "")


class ForkKind(Enum):
    """What one row of the comparison is."""

    ONLY_A = "only-a"
    ONLY_B = "only-b"
    DIFFERS = "differs"  # the same number, with other content


@dataclass(frozen=True, slots=True, kw_only=True)
class ForkRow:
    """One number, and what stands under it on either side."""

    kind: ForkKind
    origin: str
    number: int
    a: ForkEntry | None
    b: ForkEntry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForkHead:
    """The last number of one origin's book on either side, and the last up to which both are the same."""

    origin: str
    a: int
    b: int
    same_to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ForkSide:
    """One side: its node, its newest timeline, where its WAL ends, and what it holds that the other does not.

    `entries` counts those that only it has and those that differ; `repeated`, how many of them the other side booked
    again under another number. `sums` are over `entries`. `closed`: its server was started closed for this reading.
    """

    node: str
    timeline: int
    end: str
    writable: bool
    closed: bool
    entries: int
    repeated: int
    sums: tuple[CurrencySum, ...]


class ForkPick(Enum):
    """Which side is offered to be kept."""

    A = "a"
    B = "b"
    NEITHER = "neither"  # nothing was written on both: no choice has to be made


@dataclass(frozen=True, slots=True, kw_only=True)
class Fork:
    """The whole comparison. `at` of the fork is None where no position could be found; rows are cut, counts are not.

    `why`: a kebab-case word for the offer: 'writes-now', 'more-entries', 'only-one-wrote'.
    """

    cluster: str
    taken_at: datetime
    timeline: int | None
    position: str | None
    clash: int | None  # a timeline's number that stands for another history on either side
    a: ForkSide
    b: ForkSide
    heads: tuple[ForkHead, ...]
    only_a: int
    only_b: int
    differing: int
    rows: tuple[ForkRow, ...]
    pick: ForkPick
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForkChoice:
    """Which side is kept, which is given up, and why; by a person."""

    winner: str
    loser: str
    reason: str
    person: str


def differing_blocks(one: Iterable[Block], other: Iterable[Block]) -> tuple[int, ...]:
    """The numbers of the blocks that are not the same on both sides."""
    first = {block.number: block for block in one}
    second = {block.number: block for block in other}
    return tuple(sorted(n for n in first.keys() | second.keys() if first.get(n) != second.get(n)))


def sorted_out(
    one: Mapping[int, str], other: Mapping[int, str]
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """By the fingerprints of entries: numbers that only the first has, only the second, and those that differ."""
    only_one = tuple(sorted(one.keys() - other.keys()))
    only_other = tuple(sorted(other.keys() - one.keys()))
    differ = tuple(sorted(n for n in one.keys() & other.keys() if one[n] != other[n]))
    return only_one, only_other, differ


def sums_of(entries: Iterable[ForkEntry]) -> tuple[CurrencySum, ...]:
    """Exact sums per currency. Signed amounts count as debit above zero and as credit below."""
    found: dict[str, CurrencySum] = {}
    for entry in entries:
        for posting in entry.postings:
            debit, credit = _sides(posting)
            own = CurrencySum(currency=posting.currency, postings=1, debit=debit, credit=credit)
            before = found.get(posting.currency)
            found[posting.currency] = own if before is None else before.plus(own)
    return tuple(found[currency] for currency in sorted(found))


def _sides(posting: ForkPosting) -> tuple[str, str]:
    try:
        negative = Decimal(posting.amount) < 0
    except InvalidOperation:
        return "NaN", "NaN"
    plain = added(posting.amount, "0")
    if posting.side:
        return (plain, "0") if posting.side == "debit" else ("0", plain)
    return ("0", plain.removeprefix("-")) if negative else (plain, "0")


def repeated(entries: Iterable[ForkEntry], other: Iterable[ForkEntry], key: str) -> tuple[ForkEntry, ...]:
    """The entries, each with the number under which the other side holds the same reference."""
    there: dict[tuple[str, str], int] = {}
    for entry in other:
        if value := entry.value(key):
            there[(entry.origin, value)] = entry.number
    return tuple(
        replace(entry, also_as=there.get((entry.origin, entry.value(key)))) if entry.value(key) else entry
        for entry in entries
    )


def rows_of(entries_a: Iterable[ForkEntry], entries_b: Iterable[ForkEntry]) -> tuple[ForkRow, ...]:
    """Side by side, by origin and number; at most as many as a person is shown."""
    first = {(entry.origin, entry.number): entry for entry in entries_a}
    second = {(entry.origin, entry.number): entry for entry in entries_b}
    found = []
    for origin, number in sorted(first.keys() | second.keys())[:ROWS_SHOWN_MAX]:
        a, b = first.get((origin, number)), second.get((origin, number))
        kind = ForkKind.DIFFERS if a and b else ForkKind.ONLY_A if a else ForkKind.ONLY_B
        found.append(ForkRow(kind=kind, origin=origin, number=number, a=a, b=b))
    return tuple(found)


def picked(a: ForkSide, b: ForkSide) -> tuple[ForkPick, str]:
    """Which side is offered: the one that only gives nothing up, else the one that writes now, else the fuller one."""
    open_a, open_b = a.entries - a.repeated, b.entries - b.repeated
    if not a.entries or not b.entries:
        if a.entries == b.entries:
            return ForkPick.NEITHER, "nothing-differs"
        return (ForkPick.A, "only-one-wrote") if a.entries else (ForkPick.B, "only-one-wrote")
    if a.writable != b.writable:
        return (ForkPick.A if a.writable else ForkPick.B), "writes-now"
    return (ForkPick.A if open_a > open_b else ForkPick.B), "more-entries"
