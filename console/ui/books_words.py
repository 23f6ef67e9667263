"""Sentences about a ledger's books: what was checked, in which scope, and what was found; knows no Qt."""

from collections.abc import Callable
from typing import Final

from console.domain.books import (
    BLOCK_ENTRIES,
    BookCheck,
    BooksProof,
    CheckOutcome,
    CurrencySum,
    Fingerprint,
    LostRange,
    MappingTrial,
    NodeVerdict,
    Proof,
    Seal,
)
from console.domain.text import shown
from console.ui.measures import number
from console.ui.names import detail_word
from console.ui.speech import joined, translate

_Text = Callable[[], str]


def check_name(check: BookCheck) -> str:
    """What a check says when it holds."""
    return _CHECKS[check]()


def proof_word(proof: Proof) -> str:
    return _PROOFS[proof]()


def books_reason(reason: str) -> str:
    """Why a check failed or was not made, or why a node could not be asked."""
    known = _REASONS.get(reason)
    return known() if known is not None else shown(detail_word(reason), characters_max=80)


def check_sentence(outcome: CheckOutcome) -> str:
    """One check: outcome, claim, scope, and where it failed the place and the reason."""
    text = translate("books", "{outcome}: {claim}, {scope}").format(
        outcome=proof_word(outcome.proof), claim=check_name(outcome.check), scope=scope_text(outcome)
    )
    why = _why(outcome)
    return translate("books", "{text}: {why}.").format(text=text, why=why) if why else f"{text}."


def scope_text(outcome: CheckOutcome) -> str:
    """Which entries a check is about, and which it left out."""
    if outcome.last < outcome.first:
        text = translate("books", "no entries")
    else:
        text = entries_text(outcome.first, outcome.last)
    if outcome.origin:
        text = translate("books", "{scope} of {origin}").format(scope=text, origin=shown(outcome.origin))
    if outcome.skipped_to:
        text = translate("books", "{scope} ({skipped} not recomputed)").format(
            scope=text, skipped=entries_text(1, outcome.skipped_to)
        )
    return text


def entries_text(first: int, last: int) -> str:
    return translate("books", "entries {first} to {last}").format(first=number(first), last=number(last))


def _why(outcome: CheckOutcome) -> str:
    if outcome.proof is Proof.PROVEN:
        if outcome.check is BookCheck.SEAL_FOUND and outcome.detail:
            return translate("books", "sealed {at} UTC").format(at=shown(outcome.detail))
        return ""
    parts = [books_reason(outcome.reason)] if outcome.reason and outcome.reason != outcome.check.value else []
    if outcome.check is BookCheck.NODES_AGREE and outcome.detail and outcome.node:
        parts = [
            translate("books", "{node} differs from {other}").format(
                node=shown(outcome.node), other=shown(outcome.detail)
            )
        ] + (parts if outcome.proof is Proof.NOT_CHECKED else [])
    if outcome.entry is not None:
        parts.append(translate("books", "first at entry {n}").format(n=number(outcome.entry)))
    elif outcome.block is not None:
        first = outcome.block * BLOCK_ENTRIES + 1
        parts.append(
            translate("books", "first in {range}").format(range=entries_text(first, first + BLOCK_ENTRIES - 1))
        )
    if outcome.count is not None and outcome.count > 1:
        parts.append(translate("books", "{n} places").format(n=number(outcome.count)))
    if outcome.detail and outcome.check is BookCheck.SEAL_FOUND:
        parts.append(translate("books", "sealed {at} UTC").format(at=shown(outcome.detail)))
    elif outcome.detail and outcome.check is not BookCheck.NODES_AGREE:
        parts.append(shown(outcome.detail))
    return translate("books", "; ").join(parts)


def verdict_sentence(proof: BooksProof) -> str:
    """The whole proof in one sentence."""
    failed = [outcome for outcome in proof.outcomes() if outcome.proof is Proof.FAILED]
    left_out = [node.node for node in proof.nodes if node.reason]
    if failed:
        text = translate("books", "The books of {cluster} are NOT whole: {n} checks failed.")
    elif left_out:
        text = translate("books", "The books of {cluster} are not proven: {nodes} could not be asked.")
    elif proof.proof is Proof.PROVEN:
        text = translate("books", "The books of {cluster} are whole, as far as they were checked.")
    else:
        text = translate("books", "Nothing of the books of {cluster} could be proven.")
    return text.format(cluster=shown(proof.cluster), n=number(len(failed)), nodes=joined([shown(n) for n in left_out]))


def node_sentence(verdict: NodeVerdict) -> str:
    """One node's part of a proof."""
    if verdict.reason:
        text = translate("books", "{node}: not asked to the end: {reason}").format(
            node=shown(verdict.node), reason=books_reason(verdict.reason)
        )
        return f"{text} ({shown(verdict.detail)})" if verdict.detail else text
    role = translate("books", "standby") if verdict.in_recovery else translate("books", "primary")
    return translate("books", "{node} ({role}): {outcome} in {seconds} s").format(
        node=shown(verdict.node), role=role, outcome=proof_word(verdict.proof), seconds=f"{verdict.seconds:.2f}"
    )


def fingerprint_sentence(print_: Fingerprint) -> str:
    """A fingerprint: range, counts, sums, root."""
    sums = joined([_sum_text(each) for each in print_.sums])
    text = translate("books", "fingerprint {root}… of {entries}, {postings} postings").format(
        root=print_.root[:16], entries=entries_text(print_.first, print_.last), postings=number(print_.postings)
    )
    return translate("books", "{text}; {sums}").format(text=text, sums=sums) if sums else text


def _sum_text(each: CurrencySum) -> str:
    currency = shown(each.currency) or translate("books", "no currency")
    if each.debit == each.credit:
        return translate("books", "{currency} {amount} on both sides").format(currency=currency, amount=each.debit)
    return translate("books", "{currency} debit {debit}, credit {credit}").format(
        currency=currency, debit=each.debit, credit=each.credit
    )


def lost_sentence(lost: LostRange) -> str:
    """Sealed entries that a change left behind."""
    return translate(
        "books", "{range} were sealed at {at} UTC on timeline {timeline} and are of the range that was left behind."
    ).format(
        range=entries_text(lost.first, lost.last).capitalize(), at=f"{lost.sealed_at:%Y-%m-%d %H:%M:%S}",
        timeline=lost.timeline,
    )  # fmt: skip


def seal_sentence(seal: Seal) -> str:
    print_ = seal.fingerprint
    text = translate("books", "Sealed up to entry {last} on {node}, timeline {timeline}: {root}…").format(
        last=number(print_.last), node=shown(seal.node), timeline=seal.timeline, root=print_.root[:16]
    )
    return f"{text} ({shown(print_.origin)})" if print_.origin else text


def trial_lines(trial: MappingTrial) -> list[str]:
    """What a mapping found on a node, line by line."""
    if trial.reason:
        text = translate("books", "The mapping can't be used on {node}: {reason}").format(
            node=shown(trial.node), reason=books_reason(trial.reason)
        )
        return [f"{text} ({shown(trial.detail)})" if trial.detail else text]
    lines = [translate("books", "The mapping reads a ledger on {node}.").format(node=shown(trial.node))]
    for head in trial.heads:
        origin = shown(head.origin) or translate("books", "the book")
        lines.append(
            translate("books", "  {origin}: entries from {first} to {last}").format(
                origin=origin, first=number(head.lowest or 0), last=number(head.top)
            )
        )
    if not trial.heads:
        lines.append(translate("books", "  It has no entry yet."))
    if trial.example:
        lines.append(translate("books", "  Its last entry, as the fingerprint reads it:"))
        lines += [f"    {shown(line)}" for line in trial.example]
    for ability in trial.abilities:
        claim = check_name(ability.check)
        if ability.possible:
            lines.append(translate("books", "  can be checked: {claim}").format(claim=claim))
        else:
            lines.append(
                translate("books", "  can't be checked: {claim} ({reason})").format(
                    claim=claim, reason=books_reason(ability.reason)
                )
            )
    return lines


_CHECKS: Final[dict[BookCheck, _Text]] = {
    BookCheck.BALANCED: lambda: translate("books", "each entry balances per currency"),
    BookCheck.POSTINGS_PRESENT: lambda: translate("books", "no entry is without postings"),
    BookCheck.ENTRIES_PRESENT: lambda: translate("books", "no posting is without its entry"),
    BookCheck.AMOUNTS_POSITIVE: lambda: translate("books", "every amount is above zero"),
    BookCheck.NO_GAP: lambda: translate("books", "the numbers have no gap"),
    BookCheck.ACCOUNTS_KNOWN: lambda: translate("books", "postings name existing accounts"),
    BookCheck.BALANCES_KEPT: lambda: translate("books", "kept balances equal the sums"),
    BookCheck.SEAL_FOUND: lambda: translate("books", "the last sealed fingerprint is found again"),
    BookCheck.NODES_AGREE: lambda: translate("books", "all nodes hold the same books"),
}
_PROOFS: Final[dict[Proof, _Text]] = {
    Proof.PROVEN: lambda: translate("books", "proven"),
    Proof.FAILED: lambda: translate("books", "FAILED"),
    Proof.NOT_CHECKED: lambda: translate("books", "not checked"),
}
_REASONS: Final[dict[str, _Text]] = {
    "entries-balance": lambda: translate("books", "an entry does not balance"),
    "postings-present": lambda: translate("books", "an entry has no postings"),
    "entries-present": lambda: translate("books", "a posting has no entry"),
    "amounts-positive": lambda: translate("books", "an amount is not above zero"),
    "accounts-known": lambda: translate("books", "a posting names an account that is not there"),
    "not-promised": lambda: translate("books", "this ledger does not promise it"),
    "signed-amounts": lambda: translate("books", "its amounts are signed"),
    "gaps-allowed": lambda: translate("books", "its numbers may have gaps"),
    "no-accounts": lambda: translate("books", "the mapping names no accounts"),
    "no-balances": lambda: translate("books", "the mapping names no kept balances"),
    "not-recomputed": lambda: translate("books", "not all postings were counted"),
    "no-seal": lambda: translate("books", "nothing was sealed yet"),
    "seals-lost": lambda: translate("books", "every seal is of a range that was left behind"),
    "seals-above-head": lambda: translate("books", "every seal lies above what was compared"),
    "history-not-known": lambda: translate("books", "the timeline's history can't be read"),
    "one-node": lambda: translate("books", "only one node was asked or answered"),
    "not-settled": lambda: translate("books", "nothing in this ledger tells which entries are settled"),
    "nodes-differ": lambda: translate("books", "the nodes hold different books"),
    "sums-differ": lambda: translate("books", "the sums differ"),
    "gap": lambda: translate("books", "a number is missing"),
    "number-twice": lambda: translate("books", "a number is there twice"),
    "number-below-one": lambda: translate("books", "a number is below 1"),
    "balances-off": lambda: translate("books", "a kept balance is not the sum of its postings"),
    "seal-not-found": lambda: translate("books", "sealed entries are not what they were"),
    "sealed-entries-gone": lambda: translate("books", "sealed entries are gone"),
    "lost-range": lambda: translate("books", "sealed entries are of a range that was left behind"),
    "no-table": lambda: translate("books", "a table is not there"),
    "no-column": lambda: translate("books", "a column is not there"),
    "no-rights": lambda: translate("books", "the role may not read it"),
    "other-types": lambda: translate("books", "columns of different types are compared"),
    "too-slow": lambda: translate("books", "it took longer than its limit"),
    "conflict-with-recovery": lambda: translate("books", "replay on the standby needed what was being read"),
    "locked": lambda: translate("books", "a lock stood in the way"),
    "too-large": lambda: translate("books", "it is larger than its limit"),
    "session-ended": lambda: translate("books", "the session with the server ended"),
    "unreadable": lambda: translate("books", "its answer makes no sense"),
    "server-error": lambda: translate("books", "the server refused the question"),
    "mapping-unfit": lambda: translate("books", "the mapping does not fit"),
    "not-primary": lambda: translate("books", "it is no primary"),
    "no-store": lambda: translate("books", "the engine has no store"),
}
BOOKS_REFUSED: Final[dict[str, _Text]] = {
    "no-ledger": lambda: translate("books", "the inventory names no ledger of {subject}"),
    "no-primary": lambda: translate("books", "no primary of {subject} is seen"),
    "books-not-sealed": lambda: translate("books", "the books on {subject} could not be sealed"),
}
