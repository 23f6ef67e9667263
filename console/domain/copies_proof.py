"""What a proof of the books says of the copies: a line for each, who differs, and how many are proven to agree."""

from collections import Counter
from dataclasses import dataclass

from console.domain.books import BLOCK_ENTRIES, BookCheck, BooksProof, Fingerprint, NodeVerdict, Proof
from console.domain.redundancy import CopyFinding, CopyLine, CopyTrouble


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiesProven:
    """The books of all copies, held against each other up to the same entry. `proven` of `copies` agree."""

    copies: int
    proven: int
    lines: tuple[CopyLine, ...] = ()
    findings: tuple[CopyFinding, ...] = ()
    not_checked: tuple[str, ...] = ()


def copies_of(proof: BooksProof, primary: str | None) -> CopiesProven:
    """Two copies that differ can't say which of them is right: then the primary's is shown as what was wanted."""
    wanted = _wanted(proof, primary)
    differing = {outcome.node: outcome.block for outcome in proof.across
                 if outcome.check is BookCheck.NODES_AGREE and outcome.proof is Proof.FAILED}  # fmt: skip
    lines: list[CopyLine] = []
    findings: list[CopyFinding] = []
    agreeing = 0
    for verdict in proof.nodes:
        if verdict.reason or not verdict.fingerprints:
            reason = verdict.reason or "not-compared"
            lines.append(CopyLine(node=verdict.node, origin="", up_to=None, blocks=0, blocks_differ=0, root="",
                                  reason=reason))  # fmt: skip
            findings.append(CopyFinding(trouble=CopyTrouble.BOOKS_UNREAD, node=verdict.node, about=reason,
                                        observed=verdict.detail or None, source="books"))  # fmt: skip
            continue
        same = True
        for found in verdict.fingerprints:
            odd = _key(found) != wanted.get(found.origin)
            same = same and not odd
            lines.append(_line(verdict, found, odd=odd))
            if odd:
                findings.append(_differs(verdict, found, wanted[found.origin], differing.get(verdict.node)))
        findings += _own(verdict)
        agreeing += same and verdict.proof is not Proof.FAILED
    compared = sum(1 for verdict in proof.nodes if verdict.fingerprints)
    return CopiesProven(
        copies=len(proof.nodes), proven=agreeing if compared > 1 else 0, lines=tuple(lines), findings=tuple(findings),
        not_checked=() if compared > 1 else ("one-copy",),
    )  # fmt: skip


def _key(found: Fingerprint) -> tuple[str, int]:
    return found.root, found.entries


def _wanted(proof: BooksProof, primary: str | None) -> dict[str, tuple[str, int]]:
    """By origin, what most copies have; among equally many, the primary's."""
    by_origin: dict[str, list[tuple[bool, tuple[str, int]]]] = {}
    for verdict in proof.nodes:
        for found in verdict.fingerprints:
            by_origin.setdefault(found.origin, []).append((verdict.node == primary, _key(found)))
    wanted = {}
    for origin, answers in by_origin.items():
        counts = Counter(answer for _, answer in answers)
        of_primary = {answer for is_primary, answer in answers if is_primary}
        wanted[origin] = max(counts, key=lambda one: (counts[one], one in of_primary))
    return wanted


def _line(verdict: NodeVerdict, found: Fingerprint, *, odd: bool) -> CopyLine:
    blocks = -(-found.last // BLOCK_ENTRIES) if found.entries else 0
    return CopyLine(
        node=verdict.node, origin=found.origin, up_to=found.last, blocks=blocks, blocks_differ=1 if odd else 0,
        root=found.root,
    )  # fmt: skip


def _differs(
    verdict: NodeVerdict, found: Fingerprint, wanted: tuple[str, int], block: int | None
) -> CopyFinding:
    """The first block that differs is known where the nodes' blocks were compared."""
    about = found.origin
    if block is not None:
        about = f"{about} entries {block * BLOCK_ENTRIES + 1} to {(block + 1) * BLOCK_ENTRIES}".strip()
    return CopyFinding(
        trouble=CopyTrouble.BOOKS_DIFFER, node=verdict.node, about=about, observed=found.root[:12],
        wanted=wanted[0][:12], source="books",
    )  # fmt: skip


def _own(verdict: NodeVerdict) -> list[CopyFinding]:
    """What a node's own rows say of themselves."""
    return [
        CopyFinding(
            trouble=CopyTrouble.BOOKS_DIFFER, node=verdict.node, about=outcome.check.value,
            observed=outcome.reason or "failed", wanted="proven", source="books",
        )
        for outcome in verdict.outcomes
        if outcome.proof is Proof.FAILED
    ]  # fmt: skip
