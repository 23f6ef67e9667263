"""Judges an approval: whose key signed it, whether that key may, what was signed, and whether that is this plan."""

from datetime import datetime
from pathlib import Path

from console.domain.approval import (
    NAMESPACE,
    REASON_CHARACTERS_MIN,
    ApprovalFault,
    ApprovalGiven,
    ApprovalRefused,
    ApprovalText,
    ApprovalWanted,
    GlassBroken,
    mismatch,
    read_text,
)
from console.domain.signers import Approver, SignatureSaid, approver_line, read_signature
from console.governance.approvers import ApproversFile, ApproversTrouble, Known
from console.governance.ssh_keygen import KeygenTrouble, is_revoked, verify

Fault = ApprovalFault


class FourEyes:
    """Judges approvals by the approvers' file and, where there is one, the list of revoked keys."""

    def __init__(self, approvers: ApproversFile, *, revoked: Path) -> None:
        self.approvers = approvers
        self._revoked = revoked

    def judge(
        self, wanted: ApprovalWanted, *, person: str, text: str, signature: str, now: datetime
    ) -> ApprovalGiven | ApprovalRefused:
        """The approval, or the first reason why it does not count. Asked again right before the run, it judges anew."""
        try:
            said = read_text(text)
        except ValueError as error:
            return ApprovalRefused(fault=Fault.TEXT_UNREADABLE, detail=f"{error}")
        try:
            signed = read_signature(signature)
        except ValueError as error:
            return ApprovalRefused(fault=Fault.SIGNATURE_UNREADABLE, detail=f"{error}")
        try:
            known = self.approvers.known()
        except ApproversTrouble as trouble:
            return ApprovalRefused(fault=Fault.APPROVERS_UNREADABLE, detail=f"{trouble}")
        approver = _signer(known, person, signed)
        if isinstance(approver, ApprovalRefused):
            return approver
        refused = (
            _by_time(approver, now)
            or self._by_revocation(approver)
            or self._by_signature(approver, text, signature, now)
            or mismatch(said, wanted, now=now)
            or _by_initiator(approver, known, wanted)
        )
        return refused or _given(approver, said, text, signature, now)

    def judge_again(self, wanted: ApprovalWanted, given: ApprovalGiven, *, now: datetime) -> ApprovalRefused | None:
        """Does an approval that was given still count? None: it does. The approved run asks before it begins."""
        judged = self.judge(wanted, person=given.person, text=given.text, signature=given.signature, now=now)
        return judged if isinstance(judged, ApprovalRefused) else None

    def _by_revocation(self, approver: Approver) -> ApprovalRefused | None:
        try:
            if self._revoked.exists() and is_revoked(approver.key, self._revoked):
                return ApprovalRefused(fault=Fault.KEY_REVOKED, detail=approver.key.fingerprint)
        except (KeygenTrouble, OSError) as error:
            return ApprovalRefused(fault=Fault.REVOKED_UNREADABLE, detail=f"{error}")
        return None

    def _by_signature(
        self, approver: Approver, text: str, signature: str, now: datetime
    ) -> ApprovalRefused | None:
        try:
            said = verify(
                text, signature, person=approver.person, signer_line=approver_line(approver, NAMESPACE),
                revoked=self._revoked if self._revoked.exists() else None, now=now,
            )  # fmt: skip
        except KeygenTrouble as trouble:
            fault = Fault.NO_TOOL if trouble.missing else Fault.SIGNATURE_WRONG
            return ApprovalRefused(fault=fault, detail=f"{trouble}")
        return None if said is None else ApprovalRefused(fault=Fault.SIGNATURE_WRONG, detail=said)


def break_glass(person: str, reason: str, *, now: datetime) -> GlassBroken | ApprovalRefused:
    """One person's word in place of a second one. The reason has to say something."""
    said = " ".join(reason.split())
    if len(said) < REASON_CHARACTERS_MIN:
        return ApprovalRefused(fault=Fault.NO_REASON, detail=f"{REASON_CHARACTERS_MIN} characters at least")
    return GlassBroken(person=person, reason=said, at=now)


def _signer(known: Known, person: str, signed: SignatureSaid) -> Approver | ApprovalRefused:
    """The approver whose key signed, if it is the person who says so and the signature was made for plans."""
    if signed.namespace != NAMESPACE:
        detail = f"signed for {signed.namespace[:80]!r}, not for {NAMESPACE!r}"
        return ApprovalRefused(fault=Fault.OTHER_NAMESPACE, detail=detail)
    fingerprint = signed.key.fingerprint
    holders = [each for each in known.approvers if each.key.fingerprint == fingerprint]
    mine = next((each for each in holders if each.person == person), None)
    if mine is not None:
        return mine
    if holders:
        detail = f"{fingerprint} is {holders[0].person}'s key, not {person[:80]}'s"
        return ApprovalRefused(fault=Fault.KEY_OF_ANOTHER, detail=detail)
    unread = f"; lines not trusted: {', '.join(map(str, known.unread_lines))}" if known.unread_lines else ""
    return ApprovalRefused(fault=Fault.UNKNOWN_SIGNER, detail=f"{fingerprint} stands in no approver's line{unread}")


def _by_time(approver: Approver, now: datetime) -> ApprovalRefused | None:
    if approver.valid_before is not None and now >= approver.valid_before:
        return ApprovalRefused(fault=Fault.KEY_EXPIRED, detail=f"valid before {approver.valid_before.isoformat()}")
    if approver.valid_after is not None and now < approver.valid_after:
        return ApprovalRefused(fault=Fault.KEY_NOT_YET, detail=f"valid after {approver.valid_after.isoformat()}")
    return None


def _by_initiator(approver: Approver, known: Known, wanted: ApprovalWanted) -> ApprovalRefused | None:
    if approver.person == wanted.initiator:
        return ApprovalRefused(fault=Fault.OWN_PLAN, detail=approver.person)
    if approver.key.fingerprint in known.fingerprints(wanted.initiator):
        return ApprovalRefused(fault=Fault.OWN_KEY, detail=f"{approver.key.fingerprint} is {wanted.initiator}'s too")
    return None


def _given(approver: Approver, said: ApprovalText, text: str, signature: str, now: datetime) -> ApprovalGiven:
    return ApprovalGiven(
        person=approver.person, fingerprint=approver.key.fingerprint, key_kind=approver.key.kind, text=text,
        signature=signature, loss_entries_max=said.loss_entries_max, expires_at=said.expires_at, given_at=now,
    )  # fmt: skip
