"""The words of the audit log, its verification, and approvals; knows no Qt."""

from collections.abc import Callable
from typing import Final

from console.domain.audit import AuditClaim, AuditEntry, AuditKind, Broken, ChainCheck, ChainFault
from console.domain.text import shown
from console.ui.speech import listed, translate

_Text = Callable[[], str]


def audit_kind_word(kind: AuditKind) -> str:
    return _KINDS[kind]()


def audit_line(entry: AuditEntry) -> str:
    """One entry in one line: number, time, who, what, of which cluster and run, and its detail."""
    about = " ".join(part for part in (shown(entry.cluster), shown(entry.run or "")) if part)
    detail = listed(f"{shown(name)} {shown(value, characters_max=120)}" for name, value in entry.detail)
    said = " · ".join(part for part in (about, shown(entry.subject, characters_max=200), detail) if part)
    return f"{entry.number:>6}  {entry.at:%Y-%m-%d %H:%M:%S}  {shown(entry.who)}  {audit_kind_word(entry.kind)}  {said}"


def verified_lines(check: ChainCheck) -> tuple[str, ...]:
    """What a verification found, what that shows, and what it does not."""
    if check.broken is not None:
        return (broken_sentence(check.broken), translate(
            "words", "Of the entries before that place, {n} are as they were written. Nothing more is claimed."
        ).format(n=check.entries))  # fmt: skip
    anchor = max(check.anchors, key=lambda each: each.number, default=None)
    lines = [translate("words", "The log is whole: {n} entries.").format(n=check.entries)]
    if anchor is not None:
        text = translate("words", "Its anchor: entry {n} of {at} UTC, {hash}.")
        lines.append(text.format(n=anchor.number, at=f"{anchor.at:%Y-%m-%d %H:%M:%S}", hash=anchor.hash))
    lines += [translate("words", "Shown: {claim}.").format(claim=_CLAIMS[claim]()) for claim in check.shown]
    lines += [translate("words", "Not shown: {claim}.").format(claim=_CLAIMS[claim]()) for claim in check.not_shown]
    return tuple(lines)


def broken_sentence(broken: Broken) -> str:
    """The first broken place of a log, in a sentence."""
    unknown = translate("words", "none")
    return _FAULTS[broken.fault]().format(
        place=broken.place, expected=unknown if broken.expected is None else broken.expected,
        found=unknown if broken.found is None else broken.found,
    )  # fmt: skip


_KINDS: Final[dict[AuditKind, _Text]] = {
    AuditKind.DECISION: lambda: translate("words", "decision"),
    AuditKind.COMMAND: lambda: translate("words", "command"),
    AuditKind.REFUSAL: lambda: translate("words", "refusal"),
    AuditKind.APPROVAL: lambda: translate("words", "approval"),
    AuditKind.FAULT: lambda: translate("words", "fault"),
    AuditKind.LOCK_BROKEN: lambda: translate("words", "LOCK BROKEN"),
    AuditKind.ATTESTATION: lambda: translate("words", "ATTESTATION"),
    AuditKind.BREAK_GLASS: lambda: translate("words", "BREAK-GLASS"),
    AuditKind.RUN_BEGAN: lambda: translate("words", "run began"),
    AuditKind.RUN_STOPPED: lambda: translate("words", "run stopped"),
    AuditKind.RUN_RESUMED: lambda: translate("words", "run resumed"),
    AuditKind.RUN_ENDED: lambda: translate("words", "run ended"),
    AuditKind.PROOF: lambda: translate("words", "proof"),
    AuditKind.EVIDENCE: lambda: translate("words", "evidence"),
}
_FAULTS: Final[dict[ChainFault, _Text]] = {
    ChainFault.UNREADABLE: lambda: translate("words", "Broken at place {place}: what stands there can't be read."),
    ChainFault.CHANGED: lambda: translate(
        "words", "Broken at place {place}: the entry there, number {found}, is not what was written."
    ),
    ChainFault.MISSING: lambda: translate(
        "words", "Broken at place {place}: entry {expected} is missing; entry {found} stands there."
    ),
    ChainFault.INSERTED: lambda: translate(
        "words", "Broken at place {place}: an entry with number {found} stands there that does not belong to the log."
    ),
    ChainFault.MOVED: lambda: translate(
        "words", "Broken at place {place}: entry {found} stands where entry {expected} belongs; the order was changed."
    ),
    ChainFault.UNLINKED: lambda: translate(
        "words", "Broken at place {place}: entry {found} does not follow the entry before it."
    ),
    ChainFault.OTHER_START: lambda: translate(
        "words", "Broken at place {place}: it is not how this console's log begins; an anchor or entry names another."
    ),
    ChainFault.NEWEST_MISSING: lambda: translate(
        "words", "Broken at place {place}: the log ends after entry {found}, and its anchor knows entry {expected}."
    ),
    ChainFault.ANCHOR_DIFFERS: lambda: translate(
        "words", "Broken at place {place}: an anchor kept another hash for entry {found} than the log holds."
    ),
    ChainFault.ANCHOR_UNREADABLE: lambda: translate("words", "Broken at place {place}: the anchor can't be read."),
    ChainFault.ANCHOR_MISSING: lambda: translate("words", "Broken at place {place}: the anchor is missing."),
}
_CLAIMS: Final[dict[AuditClaim, _Text]] = {
    AuditClaim.UNCHANGED: lambda: translate("words", "each entry is as it was written"),
    AuditClaim.IN_ORDER: lambda: translate("words", "between the first and the last none was removed, added or moved"),
    AuditClaim.FROM_THE_START: lambda: translate("words", "it begins where this console's log begins"),
    AuditClaim.UP_TO_ANCHOR: lambda: translate("words", "up to its anchor none was taken from the end"),
    AuditClaim.AFTER_ANCHOR: lambda: translate("words", "that none newer than the anchor was taken from the end"),
    AuditClaim.NOT_MADE_ANEW: lambda: translate(
        "words", "that nobody who may write both made log and anchor anew (a copy kept elsewhere shows it: --against)"
    ),
    AuditClaim.TRUE_WHEN_NOTED: lambda: translate("words", "that what was noted was true"),
}

# Why something was not done, as in `ui.sentences`: {subject} is what was tried.
GOVERNANCE_REFUSED: Final[dict[str, _Text]] = {
    "no-run": lambda: translate("words", "there is no run {subject}"),
    "waits-for-nobody": lambda: translate("words", "run {subject} waits for no approval"),
    "file-exists": lambda: translate("words", "{subject} is there already, and nothing is written over"),
    "file-not-written": lambda: translate("words", "{subject} can't be written"),
    "no-person": lambda: translate("words", "{subject} can't be the name of an approver"),
    "no-approver": lambda: translate("words", "there is no approver {subject}"),
    "no-public-key": lambda: translate("words", "what was given for {subject} is no public key"),
    "no-approval-rule": lambda: translate("words", "that is no approval rule"),
    "approvers-shared-line": lambda: translate("words", "{subject} stands in one line with others"),
    "approvers-not-written": lambda: translate("words", "the approvers can't be written"),
    "approval-text-unreadable": lambda: translate("words", "what was signed is no approval of a plan"),
    "approval-signature-unreadable": lambda: translate("words", "that is no SSH signature"),
    "approval-other-namespace": lambda: translate("words", "the signature was made for another purpose"),
    "approval-unknown-signer": lambda: translate("words", "the key that signed belongs to no approver"),
    "approval-key-of-another": lambda: translate("words", "the key belongs to another person"),
    "approval-key-expired": lambda: translate("words", "the key that signed is no longer valid"),
    "approval-key-not-yet-valid": lambda: translate("words", "the key that signed is not valid yet"),
    "approval-key-revoked": lambda: translate("words", "the key that signed was revoked"),
    "approval-revoked-keys-unreadable": lambda: translate(
        "words", "the list of revoked keys can't be read, so no key is trusted"
    ),
    "approval-approvers-unreadable": lambda: translate("words", "the approvers can't be read"),
    "approval-signature-wrong": lambda: translate("words", "the signature does not fit the text and the key"),
    "approval-other-run": lambda: translate("words", "the signature approves another run"),
    "approval-other-cluster": lambda: translate("words", "the signature approves a plan for another cluster"),
    "approval-other-operation": lambda: translate("words", "the signature approves another operation"),
    "approval-other-plan": lambda: translate("words", "the signature approves a plan that is not this one any more"),
    "approval-other-loss": lambda: translate("words", "the signature approves another maximum loss"),
    "approval-expired": lambda: translate("words", "the approval is too old"),
    "approval-too-long": lambda: translate("words", "the approval would hold for too long"),
    "approval-of-own-plan": lambda: translate("words", "nobody approves a plan of their own"),
    "approval-with-initiators-key": lambda: translate("words", "the key is also the initiator's"),
    "approval-no-ssh-keygen": lambda: translate("words", "there is no ssh-keygen to verify with"),
    "approval-no-reason": lambda: translate("words", "breaking the glass needs a reason"),
}
