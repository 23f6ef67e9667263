"""The fork desk: compares two sides by fingerprints of blocks, then of entries, then reads what differs in full."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from console.domain.books import BLOCK_ENTRIES, Block, BooksHead, Horizon, OriginHead
from console.domain.fork import (
    ENTRIES_MAX,
    Fork,
    ForkEntry,
    ForkHead,
    ForkSide,
    differing_blocks,
    picked,
    repeated,
    rows_of,
    sorted_out,
    sums_of,
)
from console.domain.ledger_mapping import LedgerMapping
from console.domain.reading import Moment
from console.domain.rejoin import fork_between
from console.domain.situation import Facts
from console.postgres import books_readers as readers
from console.postgres.fork_books import ENTRIES_AT_ONCE, entries_sql, read_entries
from console.recovery.books_door import BooksTrouble
from console.recovery.books_node import BooksNode, OriginTask
from console.recovery.fork_reading import ForkHosts, ForkTrouble, OpenSide

REFERENCE: Final = "reference"  # the client's own id, where a ledger keeps one under this name


@dataclass(frozen=True, slots=True, kw_only=True)
class ForkRead:
    """The comparison, and all entries that it speaks of."""

    fork: Fork
    entries_a: tuple[ForkEntry, ...]
    entries_b: tuple[ForkEntry, ...]


@dataclass(slots=True)
class _Found:
    """The numbers of one origin."""

    origin: str
    only_a: list[int]
    only_b: list[int]
    differ: list[int]


def read_fork(
    cluster: str, mapping: LedgerMapping, facts: Facts, names: tuple[str, str], hosts: ForkHosts, *,
    clock: Callable[[], Moment],
) -> ForkRead:  # fmt: skip
    """Open both, compare, and close them again. Raises ForkTrouble; what was started is stopped in any case."""
    a, b = (facts[name] for name in names)
    systems = (a.system_identifier, b.system_identifier)
    if None not in systems and systems[0] != systems[1]:
        raise ForkTrouble("other-cluster", b.node, f"{systems[1]}, not {systems[0]}")
    nodes: list[BooksNode] = []
    try:
        sides = [hosts.open(a), hosts.open(b)]
        try:
            nodes = [BooksNode(side.side.node, mapping, hosts.door) for side in sides]
            return _compared(cluster, mapping, sides, nodes, clock)
        except BooksTrouble as trouble:
            raise ForkTrouble(trouble.reason, " ".join(names), trouble.detail) from trouble
        finally:
            for node in nodes:
                node.close()
    finally:
        hosts.close()


def _compared(
    cluster: str, mapping: LedgerMapping, sides: list[OpenSide], nodes: list[BooksNode], clock: Callable[[], Moment]
) -> ForkRead:
    a, b = nodes
    heads_a, heads_b = a.begin(), b.begin()
    found, heads = [], []
    for origin in sorted({head.origin for head in (*heads_a.origins, *heads_b.origins)}):
        top_a, top_b = _top(heads_a, origin), _top(heads_b, origin)
        one = _origin(a, b, origin, top_a, top_b)
        found.append(one)
        first = min([*one.only_a, *one.only_b, *one.differ], default=max(top_a, top_b) + 1)
        heads.append(ForkHead(origin=origin, a=top_a, b=top_b, same_to=first - 1))
    _within_limits(found)
    entries_a = _entries(a, mapping, [(one.origin, sorted(one.only_a + one.differ)) for one in found])
    entries_b = _entries(b, mapping, [(one.origin, sorted(one.only_b + one.differ)) for one in found])
    if REFERENCE in mapping.content:
        entries_a, entries_b = (
            repeated(entries_a, entries_b, REFERENCE), repeated(entries_b, entries_a, REFERENCE),
        )  # fmt: skip
    side_a, side_b = _side(sides[0], entries_a), _side(sides[1], entries_b)
    point = fork_between(sides[0].side, sides[1].side)
    pick, why = picked(side_a, side_b)
    fork = Fork(
        cluster=cluster, taken_at=clock().utc, timeline=point.timeline if point is not None else None,
        position=str(point.at) if point is not None and point.at is not None else None,
        clash=point.clash if point is not None else None, a=side_a, b=side_b, heads=tuple(heads),
        only_a=sum(len(one.only_a) for one in found), only_b=sum(len(one.only_b) for one in found),
        differing=sum(len(one.differ) for one in found), rows=rows_of(entries_a, entries_b), pick=pick, why=why,
    )  # fmt: skip
    return ForkRead(fork=fork, entries_a=entries_a, entries_b=entries_b)


def _top(head: BooksHead, origin: str) -> int:
    empty = OriginHead(origin=origin, lowest=None, highest=None)
    return next((one.highest or 0 for one in head.origins if one.origin == origin), empty.highest or 0)


def _side(side: OpenSide, entries: tuple[ForkEntry, ...]) -> ForkSide:
    return ForkSide(
        node=side.side.node, timeline=side.side.timeline, end=str(side.side.end or ""), writable=side.writable,
        closed=side.closed, entries=len(entries), repeated=sum(1 for entry in entries if entry.also_as is not None),
        sums=sums_of(entries),
    )  # fmt: skip


def _origin(a: BooksNode, b: BooksNode, origin: str, top_a: int, top_b: int) -> _Found:
    """Blocks first; only where they differ, entry by entry. Each side is read up to its own end."""
    blocks_a, blocks_b = _blocks(a, origin, top_a), _blocks(b, origin, top_b)
    found = _Found(origin, [], [], [])
    numbers = differing_blocks(blocks_a, blocks_b)
    if len(numbers) * BLOCK_ENTRIES > 2 * ENTRIES_MAX:
        raise BooksTrouble("too-large", f"{len(numbers)} blocks of {BLOCK_ENTRIES} entries differ")
    for number in numbers:
        only_a, only_b, differ = sorted_out(
            _digests(a, origin, number, top_a), _digests(b, origin, number, top_b)
        )
        found.only_a += only_a
        found.only_b += only_b
        found.differ += differ
    return found


def _blocks(node: BooksNode, origin: str, top: int) -> list[Block]:
    task = OriginTask(origin=origin, top=top, horizon=Horizon(number=top), skip_to=0, seal=None)
    found = node.perform((task,), tally=False)[origin].blocks
    return [block for one in found if (block := one.block()) is not None]


def _digests(node: BooksNode, origin: str, number: int, top: int) -> dict[int, str]:
    return node.ask(node.sql.digests(origin, number, Horizon(number=top)), readers.read_digests)


def _within_limits(found: list[_Found]) -> None:
    most = max(sum(len(one.only_a) + len(one.differ) for one in found),
               sum(len(one.only_b) + len(one.differ) for one in found))  # fmt: skip
    if most > ENTRIES_MAX:
        raise BooksTrouble("too-large", f"{most} entries differ, {ENTRIES_MAX} are the limit")


def _entries(
    node: BooksNode, mapping: LedgerMapping, wanted: list[tuple[str, list[int]]]
) -> tuple[ForkEntry, ...]:
    found: list[ForkEntry] = []
    for origin, numbers in wanted:
        for begin in range(0, len(numbers), ENTRIES_AT_ONCE):
            asked = numbers[begin : begin + ENTRIES_AT_ONCE]
            sql = entries_sql(node.sql, origin, asked)
            found += node.ask(
                sql, lambda line, origin=origin, asked=asked: read_entries(line, origin, mapping, asked)  # type: ignore[misc]
            )
    return tuple(found)
