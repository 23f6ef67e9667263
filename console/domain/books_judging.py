"""Judges what was read of a ledger's books: each check with its scope, its reason and the first place that failed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from console.domain.books import (
    BLOCK_ENTRIES,
    Ability,
    Block,
    BlockFound,
    BookCheck,
    CheckOutcome,
    Fingerprint,
    Horizon,
    NodeVerdict,
    OriginHead,
    Proof,
    Seal,
    Tally,
    block_of,
    root_of,
)
from console.domain.ledger_mapping import LedgerMapping


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginReading:
    """What one node's snapshot showed of one origin's book.

    `blocks` are those recomputed, in order; `kept` the sealed blocks that were not, up to entry `skipped_to`.
    `tally` is None where the postings were not counted. `at_seal`: the blocks as the seal's horizon cuts them, where a
    seal was compared; `sealed`: the blocks that the store keeps for it, as far as it does.
    """

    head: OriginHead
    horizon: Horizon
    blocks: tuple[BlockFound, ...]
    tally: Tally | None
    kept: tuple[Block, ...] = ()
    skipped_to: int = 0
    seal: Seal | None = None
    at_seal: tuple[Block, ...] = ()
    sealed: tuple[Block, ...] = ()

    def inside(self) -> tuple[Block, ...]:
        """All blocks inside the horizon, in order."""
        return (*self.kept, *(block for found in self.blocks if (block := found.block()) is not None))

    def fingerprint(self) -> Fingerprint:
        blocks = self.inside()
        highest = max((found.highest_inside or 0 for found in self.blocks), default=0)
        return Fingerprint(
            origin=self.head.origin,
            first=min((block.first for block in blocks), default=1),
            last=highest or (blocks[-1].last if blocks else 0),
            horizon=self.horizon,
            entries=sum(block.entries for block in blocks),
            postings=sum(block.postings for block in blocks),
            sums=() if self.tally is None else self.tally.sums,
            root=root_of(blocks),
        )


def own_outcomes(reading: OriginReading, mapping: LedgerMapping, node: str) -> tuple[CheckOutcome, ...]:
    """The checks that a node's own rows answer."""
    judge = _Judge(reading, node)
    blocks, tally = reading.blocks, reading.tally
    balanced = judge.places(BookCheck.BALANCED, ((b.uneven, b.uneven_first) for b in blocks))
    if not mapping.balanced:
        balanced = judge.unchecked(BookCheck.BALANCED, "not-promised")
    found = [
        balanced,
        judge.places(BookCheck.POSTINGS_PRESENT, ((b.without_postings, b.without_postings_first) for b in blocks)),
        judge.places(
            BookCheck.ENTRIES_PRESENT,
            [
                *((b.orphans, b.orphan_first) for b in blocks),
                *([(tally.beyond, tally.beyond_first)] if tally is not None else []),
            ],
        ),
        _gap(judge, reading) if mapping.gap_free else judge.unchecked(BookCheck.NO_GAP, "gaps-allowed"),
    ]
    found += _tallied(judge, tally, mapping)
    found.append(seal_outcome(reading, node))
    return tuple(found)


def _tallied(judge: "_Judge", tally: Tally | None, mapping: LedgerMapping) -> list[CheckOutcome]:
    """The checks that need every posting counted by account."""
    promised = (
        (BookCheck.AMOUNTS_POSITIVE, mapping.side is not None, "signed-amounts"),
        (BookCheck.ACCOUNTS_KNOWN, mapping.has_accounts, "no-accounts"),
        (BookCheck.BALANCES_KEPT, mapping.has_balances, "no-balances"),
    )
    found = []
    for check, has, reason in promised:
        if not has:
            found.append(judge.unchecked(check, reason))
        elif tally is None:
            found.append(judge.unchecked(check, "not-recomputed"))
        elif check is BookCheck.AMOUNTS_POSITIVE:
            found.append(judge.places(check, [(tally.not_positive, tally.not_positive_first)]))
        elif check is BookCheck.ACCOUNTS_KNOWN:
            account = f"account {tally.unknown_account}" if tally.unknown else ""
            found.append(judge.places(check, [(tally.unknown, tally.unknown_first)], detail=account))
        elif tally.off:
            detail = f"account {tally.off_account}: {tally.off_detail}"
            found.append(judge.failed(check, "balances-off", count=tally.off, detail=detail))
        else:
            found.append(judge.proven(check))
    return found


class _Judge:
    """Makes outcomes of one origin's reading on one node."""

    def __init__(self, reading: OriginReading, node: str) -> None:
        self.origin, self.node = reading.head.origin, node
        self.first, self.last, self.skipped = reading.skipped_to + 1, reading.head.top, reading.skipped_to

    def _made(self, check: BookCheck, proof: Proof, reason: str, *, detail: str = "", count: int | None = None,
              entry: int | None = None, block: int | None = None) -> CheckOutcome:  # fmt: skip
        if entry is not None and block is None and entry > 0:
            block = block_of(entry)
        return CheckOutcome(
            check=check, proof=proof, origin=self.origin, node=self.node, first=self.first, last=self.last,
            reason=reason, block=block, entry=entry, count=count, detail=detail, skipped_to=self.skipped,
        )  # fmt: skip

    def proven(self, check: BookCheck) -> CheckOutcome:
        return self._made(check, Proof.PROVEN, "")

    def unchecked(self, check: BookCheck, reason: str) -> CheckOutcome:
        return self._made(check, Proof.NOT_CHECKED, reason)

    def failed(self, check: BookCheck, reason: str, *, count: int | None = None, entry: int | None = None,
               block: int | None = None, detail: str = "") -> CheckOutcome:  # fmt: skip
        return self._made(check, Proof.FAILED, reason, detail=detail, count=count, entry=entry, block=block)

    def places(
        self, check: BookCheck, counted: Iterable[tuple[int, int | None]], *, detail: str = ""
    ) -> CheckOutcome:
        """Proven where nothing was counted; else failed, with how many and the first by number."""
        wrong = [(count, first) for count, first in counted if count]
        if not wrong:
            return self.proven(check)
        numbers = [first for _, first in wrong if first is not None]
        total = sum(count for count, _ in wrong)
        return self.failed(check, check.value, count=total, entry=min(numbers, default=None), detail=detail)


def _gap(judge: _Judge, reading: OriginReading) -> CheckOutcome:
    """Every block holds as many entries as numbers; the block where it does not is looked into afterwards."""
    lowest = reading.head.lowest
    if lowest is not None and lowest < 1:
        return judge.failed(BookCheck.NO_GAP, "number-below-one", entry=lowest)
    present = {found.number: found for found in reading.blocks}
    top = reading.head.top
    for number in range(block_of(reading.skipped_to + 1), block_of(top) + 1 if top else 0):
        expected = min(top, (number + 1) * BLOCK_ENTRIES) - number * BLOCK_ENTRIES
        found = present.get(number)
        entries = 0 if found is None else found.entries
        if entries != expected:
            reason = "gap" if entries < expected else "number-twice"
            return judge.failed(BookCheck.NO_GAP, reason, block=number, count=abs(expected - entries))
    return judge.proven(BookCheck.NO_GAP)


def seal_outcome(reading: OriginReading, node: str) -> CheckOutcome:
    """Is the sealed fingerprint found again in the present books, up to the entry that it was taken at?"""
    judge, seal = _Judge(reading, node), reading.seal
    if seal is None:
        return judge.unchecked(BookCheck.SEAL_FOUND, "no-seal")
    blocks, print_ = reading.at_seal, seal.fingerprint
    same = root_of(blocks) == print_.root and sum(block.entries for block in blocks) == print_.entries
    return CheckOutcome(
        check=BookCheck.SEAL_FOUND, proof=Proof.PROVEN if same else Proof.FAILED, origin=judge.origin, node=node,
        first=judge.first, last=print_.last, skipped_to=judge.skipped, reason="" if same else "seal-not-found",
        block=None if same else first_difference(blocks, reading.sealed),
        detail=f"{seal.at:%Y-%m-%d %H:%M:%S}",
    )  # fmt: skip


def first_difference(one: Iterable[Block], other: Iterable[Block]) -> int | None:
    """The number of the first block that differs, or stands on one side only; None where none does."""
    left = {block.number: block for block in one}
    right = {block.number: block for block in other}
    different = [n for n in left.keys() | right.keys() if _content(left.get(n)) != _content(right.get(n))]
    return min(different, default=None)


def _content(block: Block | None) -> tuple[int, str]:
    return (0, "") if block is None else (block.entries, block.digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Between which nodes a book differs first, and in which block; the entry is looked for afterwards."""

    outcome: CheckOutcome
    reference: str = ""
    other: str = ""


def compare_nodes(origin: str, readings: Mapping[str, OriginReading], mapping: LedgerMapping) -> Difference:
    """Do all nodes that answered hold the same entries up to the common horizon?"""
    prints = {node: reading.fingerprint() for node, reading in readings.items()}
    last = max((print_.last for print_ in prints.values()), default=0)
    skipped = max((reading.skipped_to for reading in readings.values()), default=0)

    def made(proof: Proof, reason: str, *, block: int | None = None, node: str = "", detail: str = "") -> CheckOutcome:
        unsettled = max((r.head.top - last for r in readings.values()), default=0) if mapping.gap_free else 0
        return CheckOutcome(
            check=BookCheck.NODES_AGREE, proof=proof, origin=origin, node=node, first=skipped + 1, last=last,
            reason=reason, block=block, detail=detail, skipped_to=skipped, unsettled=unsettled,
        )  # fmt: skip

    if len(readings) < 2:
        return Difference(outcome=made(Proof.NOT_CHECKED, "one-node"))
    roots = Counter((print_.root, print_.entries) for print_ in prints.values())
    common = roots.most_common(1)[0][0]
    reference = next(node for node, print_ in prints.items() if (print_.root, print_.entries) == common)
    if len(roots) == 1:
        odd = next((node for node, print_ in prints.items() if print_.sums != prints[reference].sums), None)
        if odd is None:
            return Difference(outcome=made(Proof.PROVEN, ""))
        return Difference(outcome=made(Proof.FAILED, "sums-differ", node=odd, detail=reference))
    other = next(node for node, print_ in prints.items() if (print_.root, print_.entries) != common)
    block = first_difference(readings[reference].inside(), readings[other].inside())
    settled = mapping.gap_free or mapping.xid is not None
    proof = Proof.FAILED if settled else Proof.NOT_CHECKED
    outcome = made(proof, "nodes-differ" if settled else "not-settled", block=block, node=other, detail=reference)
    return Difference(outcome=outcome, reference=reference, other=other)


def verdict_of(outcomes: Iterable[CheckOutcome]) -> Proof:
    """Failed where one failed; proven where something was and nothing failed; else nothing was checked."""
    proofs = {outcome.proof for outcome in outcomes}
    if Proof.FAILED in proofs:
        return Proof.FAILED
    return Proof.PROVEN if Proof.PROVEN in proofs else Proof.NOT_CHECKED


def whole_verdict(nodes: Iterable[NodeVerdict], across: Iterable[CheckOutcome]) -> Proof:
    """Failed where anything failed; not checked where a node could not be asked; else proven."""
    proofs = [*(node.proof for node in nodes), verdict_of(across)]
    if Proof.FAILED in proofs:
        return Proof.FAILED
    return Proof.PROVEN if proofs[:-1] and all(proof is Proof.PROVEN for proof in proofs[:-1]) else Proof.NOT_CHECKED


def abilities_of(mapping: LedgerMapping) -> tuple[Ability, ...]:
    """What can and can't be checked of a ledger that is laid out so."""
    settled = mapping.gap_free or mapping.xid is not None
    limits = {
        BookCheck.BALANCED: (mapping.balanced, "not-promised"),
        BookCheck.AMOUNTS_POSITIVE: (mapping.side is not None, "signed-amounts"),
        BookCheck.NO_GAP: (mapping.gap_free, "gaps-allowed"),
        BookCheck.ACCOUNTS_KNOWN: (mapping.has_accounts, "no-accounts"),
        BookCheck.BALANCES_KEPT: (mapping.has_balances, "no-balances"),
        BookCheck.SEAL_FOUND: (settled, "not-settled"),
        BookCheck.NODES_AGREE: (settled, "not-settled"),
    }
    found = []
    for check in BookCheck:
        possible, reason = limits.get(check, (True, ""))
        found.append(Ability(check=check, possible=possible, reason="" if possible else reason))
    return tuple(found)
