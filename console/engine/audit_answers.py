"""Answers what faces ask of the audit log, of those who may approve, and of approvals."""

from pathlib import Path
from typing import Protocol

from console.domain.approval import (
    ApprovalFault,
    ApprovalGiven,
    ApprovalRefused,
    ApprovalWanted,
    GlassBroken,
    policy_of,
)
from console.domain.audit import AuditKind
from console.domain.cluster import Inventory
from console.domain.fleet import EngineView
from console.domain.reading import Moment
from console.domain.signers import Approver, read_public_key
from console.governance.approval import FourEyes, break_glass
from console.governance.approvers import ApproversTrouble
from console.governance.audit import AuditLog
from console.governance.policy import ApprovalPolicies
from console.link.governance import (
    ApprovalAsked,
    ApprovalHeld,
    ApprovalRuleOf,
    Approvers,
    AskApproval,
    AskApprovers,
    AskAudit,
    AuditExported,
    AuditPage,
    AuditVerified,
    BreakGlass,
    ExportAudit,
    GiveApproval,
    RemoveApprover,
    SaveApprovalRule,
    SaveApprover,
    VerifyAudit,
)
from console.link.messages import Done, Message, Refused
from console.store.audit_log import AuditFilter


class Approvals(Protocol):
    """Whoever holds the runs that wait for an approval."""

    def wanted(self, run: str) -> ApprovalWanted | Refused:
        """What is to be approved; Refused where there is no such run, or where it waits for nobody."""
        ...

    def approve(self, run: str, given: ApprovalGiven) -> Message:
        """An approval that was judged and stands in the audit log. Before it is used: `FourEyes.judge_again`."""
        ...

    def break_glass(self, run: str, broken: GlassBroken) -> Message:
        """A person goes on alone; it stands in the audit log already."""
        ...


class Governed(Protocol):
    """What these answers need of the engine."""

    audit: AuditLog | None
    approvals: Approvals | None
    four_eyes: FourEyes
    inventory: Inventory
    policies: ApprovalPolicies | None

    def view(self) -> EngineView: ...

    def moment(self) -> Moment: ...


class AuditAnswers:
    """The engine's side of every question about who decided what. All of it may raise StoreTrouble."""

    def __init__(self, engine: Governed) -> None:
        self._engine = engine

    def answer(self, question: Message, person: str) -> Message | None:
        """The answer; None where it is no question of these."""
        match question:
            case AskAudit() | VerifyAudit() | ExportAudit():
                audit = self._engine.audit
                return self._no_store() if audit is None else self._log(audit, question)
            case AskApprovers():
                return self._approvers()
            case SaveApprover():
                return self._save(question)
            case RemoveApprover():
                return self._remove(question)
            case SaveApprovalRule():
                return self._rule(question)
            case AskApproval():
                wanted = self._wanted(question.run)
                if isinstance(wanted, Refused):
                    return wanted
                return ApprovalAsked(wanted=wanted, at=self._engine.moment().utc)
            case GiveApproval():
                return self._approve(question, person)
            case BreakGlass():
                return self._break(question, person)
            case _:
                return None

    def _log(self, audit: AuditLog, question: AskAudit | VerifyAudit | ExportAudit) -> Message:
        match question:
            case AskAudit():
                wanted = AuditFilter(
                    cluster=question.cluster, run=question.run, since=question.since, kind=question.kind,
                    limit=question.limit,
                )  # fmt: skip
                entries, older = audit.chosen(wanted)
                return AuditPage(entries=entries, older=older)
            case VerifyAudit():
                also = () if question.against is None else (question.against,)
                return AuditVerified(check=audit.verify(also=also), anchor_trouble=audit.anchor_trouble)
            case ExportAudit():
                return _export(audit, question)

    def _approvers(self) -> Message:
        policies, four_eyes = self._engine.policies, self._engine.four_eyes
        if policies is None:
            return self._no_store()
        try:
            known = four_eyes.approvers.known()
        except ApproversTrouble as trouble:
            return Refused(reason=trouble.reason, subject=trouble.where, detail=trouble.what)
        rules = tuple(
            ApprovalRuleOf(
                cluster=cluster.name, rule=f"{policies.of(cluster.name)}",
                chosen=policies.chosen(cluster.name) is not None,
            )
            for cluster in self._engine.inventory.clusters
        )  # fmt: skip
        return Approvers(
            approvers=known.approvers, unread_lines=known.unread_lines, rules=rules, path=str(four_eyes.approvers.path)
        )

    def _save(self, question: SaveApprover) -> Message:
        try:
            key = read_public_key(question.public_key)
            approver = Approver(person=question.person, key=key, valid_before=question.valid_before)
            self._engine.four_eyes.approvers.add(approver)
        except ValueError as error:
            return Refused(reason="no-public-key", subject=question.person, detail=f"{error}")
        except ApproversTrouble as trouble:
            return Refused(reason=trouble.reason, subject=question.person, detail=trouble.what)
        return Done()

    def _remove(self, question: RemoveApprover) -> Message:
        try:
            self._engine.four_eyes.approvers.remove(question.person)
        except ApproversTrouble as trouble:
            return Refused(reason=trouble.reason, subject=question.person, detail=trouble.what)
        return Done()

    def _rule(self, question: SaveApprovalRule) -> Message:
        policies = self._engine.policies
        if policies is None:
            return self._no_store()
        if self._engine.inventory.cluster(question.cluster) is None:
            return Refused(reason="no-cluster", subject=question.cluster)
        try:
            policies.set(question.cluster, policy_of(question.rule))
        except ValueError as error:
            return Refused(reason="no-approval-rule", subject=question.cluster, detail=f"{error}")
        return Done()

    def _wanted(self, run: str) -> ApprovalWanted | Refused:
        approvals = self._engine.approvals
        return Refused(reason="no-run", subject=run) if approvals is None else approvals.wanted(run)

    def _approve(self, question: GiveApproval, person: str) -> Message:
        """Judge, note, hand on: in that order, so that no approval is used that does not stand in the log."""
        audit, approvals = self._engine.audit, self._engine.approvals
        if audit is None:
            return self._no_store()
        wanted = self._wanted(question.run)
        if approvals is None or isinstance(wanted, Refused):
            return wanted if isinstance(wanted, Refused) else Refused(reason="no-run", subject=question.run)
        now = self._engine.moment().utc
        judged = self._engine.four_eyes.judge(
            wanted, person=question.person, text=question.text, signature=question.signature, now=now
        )
        if isinstance(judged, ApprovalGiven) and judged.loss_entries_max != question.loss_entries_max:
            detail = f"signed {judged.loss_entries_max}, said {question.loss_entries_max}"
            judged = ApprovalRefused(fault=ApprovalFault.OTHER_LOSS, detail=detail)
        about = {"cluster": wanted.cluster, "run": question.run, "subject": "approval"}
        if isinstance(judged, ApprovalRefused):
            said = (("reason", judged.fault.value), ("said", judged.detail), ("person", question.person))
            audit.note(AuditKind.REFUSAL, who=person, detail=said, **about)
            return Refused(reason=judged.fault.value, subject=question.run, detail=judged.detail)
        entry = audit.note(AuditKind.APPROVAL, who=judged.person, detail=_given(judged, person), **about)
        told = approvals.approve(question.run, judged)
        if isinstance(told, Refused):
            audit.note(AuditKind.REFUSAL, who=judged.person, detail=_refused(told), **about)
            return told
        return ApprovalHeld(given=judged, audit_number=entry.number)

    def _break(self, question: BreakGlass, person: str) -> Message:
        audit, approvals = self._engine.audit, self._engine.approvals
        if audit is None:
            return self._no_store()
        wanted = self._wanted(question.run)
        if approvals is None or isinstance(wanted, Refused):
            return wanted if isinstance(wanted, Refused) else Refused(reason="no-run", subject=question.run)
        broken = break_glass(person, question.reason, now=self._engine.moment().utc)
        about = {"who": person, "cluster": wanted.cluster, "run": question.run, "subject": "break-glass"}
        if isinstance(broken, ApprovalRefused):
            audit.note(AuditKind.REFUSAL, detail=(("reason", broken.fault.value),), **about)
            return Refused(reason=broken.fault.value, subject=question.run, detail=broken.detail)
        detail = (("reason", broken.reason), ("plan", wanted.plan_digest), ("operation", wanted.operation.value),
                  ("loss-entries-max", str(wanted.loss_entries_max)))  # fmt: skip
        audit.note(AuditKind.BREAK_GLASS, detail=detail, **about)
        told = approvals.break_glass(question.run, broken)
        if isinstance(told, Refused):
            audit.note(AuditKind.REFUSAL, detail=_refused(told), **about)
        return told

    def _no_store(self) -> Refused:
        return Refused(reason="store-trouble", detail=self._engine.view().store_trouble)


def _export(audit: AuditLog, question: ExportAudit) -> Message:
    path = Path(question.path)
    if not path.is_absolute():
        return Refused(reason="file-not-written", subject=question.path, detail="its path has to be absolute")
    try:
        done = audit.export(path)
    except FileExistsError:
        return Refused(reason="file-exists", subject=question.path)
    except OSError as error:
        return Refused(reason="file-not-written", subject=question.path, detail=error.strerror or f"{error}")
    return AuditExported(path=done.path, entries=done.entries, anchor=done.anchor)


def _given(given: ApprovalGiven, sent_by: str) -> tuple[tuple[str, str], ...]:
    return (
        ("fingerprint", given.fingerprint), ("expires", given.expires_at.isoformat()), ("sent-by", sent_by),
        ("text", given.text), ("signature", given.signature),
    )  # fmt: skip


def _refused(told: Refused) -> tuple[tuple[str, str], ...]:
    return (("reason", told.reason), ("said", told.detail))
