"""The approvals of an evidence pack: the signed texts and signatures out of the audit log, each verified anew."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from console.domain import approval, evidence
from console.domain.approval import read_text
from console.domain.audit import AuditEntry, AuditKind
from console.domain.evidence import Lack, PackSigner, SignedApproval, Word
from console.domain.signers import PERSON, Approver, PublicKey, approver_line, read_signature
from console.governance.approvers import Known
from console.governance.ssh_keygen import KeygenTrouble, is_revoked, verify

SIGNERS: Final = "allowed_signers"
WORDS: Final = frozenset({AuditKind.BREAK_GLASS, AuditKind.ATTESTATION, AuditKind.LOCK_BROKEN})
NOT_LISTED: Final = "key-not-listed-now"


class SignerRefused(Exception):
    """A key may not sign a pack: `reason` in one word as an approval's fault, and what was seen."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason, self.detail = reason, detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """What the log holds of a run's approvals: files, lines of the allowed signers, and what could not be had."""

    files: dict[str, bytes]
    lines: tuple[str, ...]
    approvals: tuple[SignedApproval, ...]
    words: tuple[Word, ...]
    lacks: tuple[Lack, ...]


def approvals_of(entries: Iterable[AuditEntry], known: Known, *, revoked: Path, ids: frozenset[str]) -> Approved:
    """Each approval of these runs as it was noted, verified at the moment at which it was given."""
    files: dict[str, bytes] = {}
    lines: list[str] = []
    given: list[SignedApproval] = []
    words: list[Word] = []
    lacks: list[Lack] = []
    for entry in entries:
        if entry.kind in WORDS:
            words.append(Word(what=entry.kind.value, person=entry.who, at=entry.at, detail=entry.detail,
                              audit_number=entry.number))  # fmt: skip
        if entry.kind is not AuditKind.APPROVAL:
            continue
        detail = dict(entry.detail)
        text, signature = detail.get("text", ""), detail.get("signature", "")
        number = len(given) + 1
        try:
            said, signed = read_text(text), read_signature(signature)
            if not PERSON.fullmatch(entry.who):
                raise ValueError(f"{entry.who[:80]!r} names no person")
        except ValueError as error:
            lacks.append(Lack(what=f"approval in audit entry {entry.number}", why="unreadable", detail=f"{error}"))
            continue
        if said.run not in ids:
            continue
        listed = next((one for one in known.approvers if one.person == entry.who
                       and one.key.fingerprint == signed.key.fingerprint), None)  # fmt: skip
        line = approver_line(listed or Approver(person=entry.who, key=signed.key), approval.NAMESPACE)
        trouble = _trouble(line, entry, text, signature, revoked) or ("" if listed is not None else NOT_LISTED)
        names = (f"approvals/{number}.txt", f"approvals/{number}.sig")
        files |= {names[0]: text.encode(), names[1]: signature.encode()}
        lines.append(line)
        given.append(
            SignedApproval(
                person=entry.who, fingerprint=signed.key.fingerprint, at=entry.at,
                loss_entries_max=said.loss_entries_max, plan_digest=said.plan_digest, audit_number=entry.number,
                files=names, trouble=trouble,
            )
        )  # fmt: skip
    return Approved(
        files=files, lines=tuple(dict.fromkeys(lines)), approvals=tuple(given), words=tuple(words), lacks=tuple(lacks)
    )


def _trouble(line: str, entry: AuditEntry, text: str, signature: str, revoked: Path) -> str:
    """Why an approval does not verify; a key that was revoked since is said, whatever it signed."""
    try:
        key = read_signature(signature).key
        if revoked.exists() and is_revoked(key, revoked):
            return "key-revoked-since"
        said = verify(text, signature, person=entry.who, signer_line=line, revoked=None, now=entry.at)
    except (KeygenTrouble, OSError) as trouble:
        return f"not-verified: {trouble}"
    return "" if said is None else f"does-not-verify: {said}"


def signer_of(
    person: str, key: PublicKey, known: Known, *, revoked: Path, now: datetime
) -> tuple[PackSigner, str]:  # fmt: skip
    """Who is to sign a pack, and the line that stands for the key. Raises SignerRefused."""
    if not PERSON.fullmatch(person):
        raise SignerRefused("no-person", person[:80])
    holders = [one for one in known.approvers if one.key.fingerprint == key.fingerprint]
    mine = next((one for one in holders if one.person == person), None)
    if mine is None and holders:
        raise SignerRefused("approval-key-of-another", f"{key.fingerprint} is {holders[0].person}'s, not {person}'s")
    if mine is not None and mine.valid_before is not None and now >= mine.valid_before:
        raise SignerRefused("approval-key-expired", f"{key.fingerprint}, on {mine.valid_before.isoformat()}")
    if mine is not None and mine.valid_after is not None and now < mine.valid_after:
        raise SignerRefused("approval-key-not-yet-valid", f"{key.fingerprint}, from {mine.valid_after.isoformat()}")
    try:
        if revoked.exists() and is_revoked(key, revoked):
            raise SignerRefused("approval-key-revoked", key.fingerprint)
    except (KeygenTrouble, OSError) as trouble:
        raise SignerRefused("approval-revoked-keys-unreadable", f"{trouble}") from trouble
    # No times: a pack is read years later, and when it was signed stands in the audit log.
    line = approver_line(Approver(person=person, key=key), evidence.NAMESPACE)
    return PackSigner(person=person, fingerprint=key.fingerprint, listed=mine is not None), line
