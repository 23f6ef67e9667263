"""The proof of books: asks every node at once, each in one snapshot of its own, and judges and compares the answers."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from console.domain.books import (
    BLOCK_ENTRIES,
    Block,
    BookCheck,
    BooksHead,
    BooksProof,
    CheckOutcome,
    Horizon,
    LostRange,
    NodeVerdict,
    OriginHead,
    Proof,
    Seal,
    block_of,
)
from console.domain.books_judging import OriginReading, compare_nodes, own_outcomes, verdict_of, whole_verdict
from console.domain.books_seals import Chosen, Standing, choose, read_history, vanished
from console.domain.ledger_mapping import LedgerMapping
from console.domain.reading import Moment
from console.postgres import books_readers as readers
from console.recovery.books_door import BooksDoor, BooksTrouble
from console.recovery.books_node import BooksNode, OriginFound, OriginTask

NODES_AT_ONCE_MAX: Final = 8


class SealedBooks(Protocol):
    """What the console has sealed of one cluster's books."""

    def seals(self, origin: str) -> tuple[Seal, ...]:
        """The seals of an origin that are kept for this mapping."""

    def blocks(self, origin: str) -> tuple[Block, ...]:
        """The blocks as the newest seal has them, in order."""


class NoSeals:
    """Where nothing was sealed."""

    def seals(self, origin: str) -> tuple[Seal, ...]:  # noqa: ARG002 - SealedBooks' form
        return ()

    def blocks(self, origin: str) -> tuple[Block, ...]:  # noqa: ARG002 - SealedBooks' form
        return ()


@dataclass(slots=True)
class _Part:
    """One node in a proof: its sessions, its head, what was found, and why it dropped out."""

    node: BooksNode
    head: BooksHead | None = None
    found: dict[str, OriginFound] = field(default_factory=dict)
    readings: dict[str, OriginReading] = field(default_factory=dict)
    outcomes: list[CheckOutcome] = field(default_factory=list)
    trouble: BooksTrouble | None = None
    seconds: float = 0.0

    def guarded(self, act: Callable[[], None], ticks: Callable[[], float]) -> None:
        """Do one phase; a trouble ends this node's part and no other's."""
        if self.trouble is not None:
            return
        began = ticks()
        try:
            act()
        except BooksTrouble as trouble:
            self.trouble = trouble
        self.seconds += ticks() - began

    def origin(self, name: str) -> OriginHead:
        """The head of an origin; a node that shows none of it has an empty book."""
        assert self.head is not None
        empty = OriginHead(origin=name, lowest=None, highest=None)
        return next((origin for origin in self.head.origins if origin.origin == name), empty)


def prove_books(
    nodes: tuple[str, ...], *, cluster: str, mapping: LedgerMapping, door: BooksDoor, sealed: SealedBooks,
    clock: Callable[[], Moment], full: bool = True,
) -> BooksProof:  # fmt: skip
    """Prove the books of these nodes. A node that can't be asked is in the verdict with its reason; nothing is raised.

    Not `full`: entries that are sealed already are taken from the seal's blocks, and each check says so.
    The door stays open: it belongs to the caller.
    """
    began = clock()
    work = _Proving(cluster, mapping, door, sealed, clock, full)
    parts = [_Part(BooksNode(name, mapping, door)) for name in nodes]
    with ThreadPoolExecutor(NODES_AT_ONCE_MAX, thread_name_prefix="books") as pool:
        try:
            list(pool.map(work.begin, parts))
            work.plan(parts)
            list(pool.map(work.perform, parts))
            list(pool.map(work.judge, parts))
            across = work.compare(parts)
        finally:
            for part in parts:
                part.node.close()
    verdicts = tuple(_verdict(part) for part in parts)
    return BooksProof(
        cluster=cluster, at=began.utc, full=full, proof=whole_verdict(verdicts, across), nodes=verdicts, across=across,
        lost=tuple(work.lost), seconds=clock().ticks - began.ticks,
    )  # fmt: skip


def _verdict(part: _Part) -> NodeVerdict:
    trouble, head = part.trouble, part.head
    if trouble is not None:
        return NodeVerdict(
            node=part.node.name, proof=Proof.NOT_CHECKED, seconds=part.seconds, reason=trouble.reason,
            detail=trouble.detail, in_recovery=None if head is None else head.in_recovery,
        )  # fmt: skip
    assert head is not None
    return NodeVerdict(
        node=part.node.name, proof=verdict_of(part.outcomes), outcomes=tuple(part.outcomes),
        fingerprints=tuple(reading.fingerprint() for reading in part.readings.values()),
        in_recovery=head.in_recovery, seconds=part.seconds,
    )  # fmt: skip


def horizon_of(mapping: LedgerMapping, heads: list[tuple[BooksHead, OriginHead]]) -> Horizon:
    """Up to where the books of several nodes can be compared.

    Numbers from a held counter are in commit order: the lowest head. Else the set of entries whose transaction had
    ended everywhere, which no later commit can change; without an xid8 column there is no such thing, and numbers up
    to the lowest head are compared, where a difference proves nothing.
    """
    if mapping.gap_free or mapping.xid is None:
        return Horizon(number=min((origin.top for _, origin in heads), default=0))
    return Horizon(xid=min(head.xmin for head, _ in heads))


class _Proving:
    """The phases of one proof."""

    def __init__(
        self, cluster: str, mapping: LedgerMapping, door: BooksDoor, sealed: SealedBooks,
        clock: Callable[[], Moment], full: bool,
    ) -> None:  # fmt: skip
        self._cluster, self._mapping, self._door, self._sealed = cluster, mapping, door, sealed
        self._clock, self._full = clock, full
        self._horizons: dict[str, Horizon] = {}
        self._chosen: dict[str, Chosen] = {}
        self._standing = Standing(0, None)
        self.lost: list[LostRange] = []

    def _ticks(self) -> float:
        return self._clock().ticks

    def begin(self, part: _Part) -> None:
        def act() -> None:
            part.head = part.node.begin()

        part.guarded(act, self._ticks)

    def plan(self, parts: list[_Part]) -> None:
        """The common horizon of each origin, and the seal to compare with."""
        there = [part for part in parts if part.trouble is None and part.head is not None]
        if not there:
            return
        first = next((p for p in there if p.head is not None and not p.head.in_recovery), there[0])
        assert first.head is not None
        self._standing = standing_of(self._door, first.node.name, first.head)
        names = dict.fromkeys(o.origin for p in there if p.head is not None for o in p.head.origins)
        for name in sorted(names):
            heads = [(p.head, p.origin(name)) for p in there if p.head is not None]
            self._horizons[name] = horizon_of(self._mapping, heads)
            system = first.head.system_identifier
            seals = tuple(s for s in self._sealed.seals(name) if s.system_identifier == system)
            self._chosen[name] = choose(seals, first.origin(name), self._horizons[name], self._standing)
            lost = self._chosen[name].lost
            if lost is not None:
                self.lost.append(lost)

    def perform(self, part: _Part) -> None:
        def act() -> None:
            tasks = tuple(self._task(part.origin(name)) for name in self._horizons)
            part.found = part.node.perform(tasks, tally=self._full)

        part.guarded(act, self._ticks)

    def _task(self, head: OriginHead) -> OriginTask:
        chosen = self._chosen[head.origin]
        return OriginTask(
            origin=head.origin, top=head.top, horizon=self._horizons[head.origin], seal=chosen.seal,
            skip_to=0 if self._full else self._skipped(chosen.seal),
        )  # fmt: skip

    def _skipped(self, seal: Seal | None) -> int:
        """The last entry of the sealed blocks that need not be read again; only where numbers are in commit order."""
        if seal is None or seal.fingerprint.horizon.number is None:
            return 0
        whole = block_of(seal.fingerprint.horizon.number)
        kept = [block for block in self._sealed.blocks(seal.fingerprint.origin) if block.number < whole]
        return whole * BLOCK_ENTRIES if len(kept) == whole else 0

    def judge(self, part: _Part) -> None:
        def act() -> None:
            assert part.head is not None
            for name, found in part.found.items():
                reading = self._reading(part.origin(name), found)
                part.readings[name] = reading
                outcomes = own_outcomes(reading, self._mapping, part.node.name)
                part.outcomes += [self._detailed(part, self._sealed_outcome(part, outcome)) for outcome in outcomes]

        part.guarded(act, self._ticks)

    def _reading(self, head: OriginHead, found: OriginFound) -> OriginReading:
        seal = self._chosen[head.origin].seal
        skipped = 0 if self._full else self._skipped(seal)
        stored = () if seal is None else self._sealed.blocks(head.origin)
        kept = tuple(block for block in stored if block.last <= skipped)
        reading = OriginReading(
            head=head, horizon=self._horizons[head.origin], blocks=tuple(found.blocks), tally=found.tally, kept=kept,
            skipped_to=skipped, seal=seal, sealed=stored,
        )  # fmt: skip
        return reading if seal is None else replace(reading, at_seal=_at_seal(reading, found, seal))

    def _sealed_outcome(self, part: _Part, outcome: CheckOutcome) -> CheckOutcome:
        """What the places of the seals in the WAL say, beside the one that was compared."""
        if outcome.check is not BookCheck.SEAL_FOUND:
            return outcome
        assert part.head is not None
        head = part.origin(outcome.origin)
        seals = (s for s in self._sealed.seals(outcome.origin) if s.system_identifier == part.head.system_identifier)
        gone = vanished(seals, head, part.head.position, self._standing)
        if gone is not None:
            last = gone.fingerprint.last
            return replace(
                outcome, proof=Proof.FAILED, reason="sealed-entries-gone", entry=head.top + 1, last=last,
                block=block_of(head.top + 1), count=last - head.top, detail=f"{gone.at:%Y-%m-%d %H:%M:%S}",
            )  # fmt: skip
        if outcome.proof is Proof.NOT_CHECKED:
            return replace(outcome, reason=self._chosen[outcome.origin].reason or outcome.reason)
        return outcome

    def _detailed(self, part: _Part, outcome: CheckOutcome) -> CheckOutcome:
        """A failed check with what it takes a further question to know: the missing number, the uneven amounts."""
        if outcome.proof is not Proof.FAILED:
            return outcome
        sql = part.node.sql
        if outcome.check is BookCheck.NO_GAP and outcome.reason == "gap" and outcome.block is not None:
            low = outcome.block * BLOCK_ENTRIES + 1
            high = min(outcome.last, low + BLOCK_ENTRIES - 1)
            return replace(outcome, entry=part.node.ask(sql.gap(outcome.origin, low, high), readers.read_number))
        if outcome.check is BookCheck.BALANCED and outcome.entry is not None:
            detail = part.node.ask(sql.uneven(outcome.origin, outcome.entry), readers.read_text)
            return replace(outcome, detail=detail)
        return outcome

    def compare(self, parts: list[_Part]) -> tuple[CheckOutcome, ...]:
        """All nodes that answered against each other; the first entry that differs is named."""
        there = {part.node.name: part for part in parts if part.trouble is None}
        outcomes = []
        for name in self._horizons:
            readings = {node: part.readings[name] for node, part in there.items() if name in part.readings}
            found = compare_nodes(name, readings, self._mapping)
            outcome = found.outcome
            if found.reference and outcome.block is not None:
                outcome = self._differing(outcome, there[found.reference], there[found.other])
            outcomes.append(outcome)
        return tuple(outcomes)

    def _differing(self, outcome: CheckOutcome, one: _Part, other: _Part) -> CheckOutcome:
        assert outcome.block is not None
        horizon = self._horizons[outcome.origin]
        try:
            left, right = (
                part.node.ask(part.node.sql.digests(outcome.origin, outcome.block, horizon), readers.read_digests)
                for part in (one, other)
            )
        except BooksTrouble:
            return outcome  # the block is known; which of its entries it is, is not
        different = [n for n in left.keys() | right.keys() if left.get(n) != right.get(n)]
        return replace(outcome, entry=min(different, default=None), count=len(different))


def _at_seal(reading: OriginReading, found: OriginFound, seal: Seal) -> tuple[Block, ...]:
    """The blocks as the seal's horizon cuts them."""
    horizon = seal.fingerprint.horizon
    blocks = {block.number: block for block in reading.inside()}
    for number, block in found.late.items():
        if block is None:
            blocks.pop(number, None)
        else:
            blocks[number] = block
    last = None if horizon.number is None else block_of(horizon.number)
    return tuple(blocks[number] for number in sorted(blocks) if last is None or number <= last)


def standing_of(door: BooksDoor, node: str, head: BooksHead) -> Standing:
    """How a node's timeline came to be, as far as its files can be read."""
    if head.timeline <= 1:
        return Standing(head.timeline, ())
    if head.data_directory is None:
        return Standing(head.timeline, None)
    text = door.history(node, head.data_directory, head.timeline)
    try:
        return Standing(head.timeline, None if text is None else read_history(text))
    except ValueError:
        return Standing(head.timeline, None)
