"""What a person's changing question is in the audit log: noted before it is done, and again where it was refused."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from console.domain.audit import AuditKind
from console.domain.cluster import ClusterSpec, NodeSpec
from console.domain.masking import masked
from console.engine.audit_answers import Governed
from console.link.backups import (
    CancelJob,
    CloseSandbox,
    OpenSandbox,
    OrderSchedule,
    SavePolicy,
    StartBackup,
    StartExpire,
    StartProve,
    StartVerify,
)
from console.link.governance import Freeze, RemoveApprover, SaveApprovalRule, SaveApprover
from console.link.group import OrderGroup
from console.link.messages import (
    AcceptHostKey,
    ConfirmIdentity,
    Message,
    Refused,
    RemoveCluster,
    SaveClusters,
    StopEngine,
)
from console.link.watching import (
    AckAlert,
    AcknowledgeAttempt,
    EndSilence,
    RemoveCheck,
    RemoveWayOut,
    RunCheck,
    SaveCheck,
    SaveDuty,
    SaveWayOut,
    ScheduleDrill,
    SetAutomation,
    SilenceAlerts,
    StartDrill,
    StopDrill,
)
from console.store.trouble import StoreTrouble

NODES_NAMED_MAX: Final = 200  # of the clusters of one entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One act of a person's, as the log names it. `essential` False: it goes on even where it can't be noted."""

    subject: str
    cluster: str = ""
    detail: tuple[tuple[str, str], ...] = ()
    essential: bool = True


def decision_of(question: Message) -> Decision | None:
    """The decision in a question; None where it changes nothing, or is noted by whoever carries it out."""
    match question:
        case SaveClusters():
            return _saved(question)
        case RemoveCluster():
            return Decision(subject="remove-cluster", cluster=question.cluster)
        case AcceptHostKey():
            host = f"{question.host}:{question.port}"
            return Decision(subject="accept-host-key", detail=(("host", host), ("fingerprint", question.fingerprint)))
        case ConfirmIdentity():
            node = (("node", question.node),)
            return Decision(subject="confirm-identity", cluster=question.cluster, detail=node)
        case SaveApprover():
            until = "" if question.valid_before is None else question.valid_before.isoformat()
            key = (("person", question.person), ("public-line", question.public_key), ("valid-before", until))
            return Decision(subject="save-approver", detail=key)
        case RemoveApprover():
            return Decision(subject="remove-approver", detail=(("person", question.person),))
        case SaveApprovalRule():
            return Decision(subject="save-approval-rule", cluster=question.cluster, detail=(("rule", question.rule),))
        case OrderGroup():
            named: tuple[tuple[str, str], ...] = (("node", question.node),) if question.node else ()
            given = (("discard", "yes"),) if question.discard else ()
            return Decision(
                subject=f"patroni-{question.order.value}", cluster=question.cluster, detail=(*named, *given)
            )  # fmt: skip
        case StartBackup() | StartVerify() | StartProve() | StartExpire() | OpenSandbox():
            return _work(question)
        case AckAlert() | SilenceAlerts() | EndSilence() | SaveWayOut() | RemoveWayOut():
            return _alerts(question)
        case CancelJob():
            return Decision(subject="cancel-job", detail=(("job", question.job),))
        case SavePolicy():
            return _policy(question)
        case OrderSchedule():
            act = question.act if question.act in ("install", "remove") else ""
            return Decision(subject=f"schedule-{act}", cluster=question.cluster) if act else None
        case CloseSandbox():
            return Decision(
                subject="close-sandbox", cluster=question.cluster, detail=(("sandbox", question.sandbox),)
            )
        case SaveCheck() | RemoveCheck() | RunCheck() | SaveDuty():
            return _regular(question)
        case SetAutomation():
            return _automation(question)
        case AcknowledgeAttempt():
            seen = (("attempt", question.attempt), ("note", question.note))
            return Decision(subject="acknowledge-attempt", cluster=question.cluster, detail=seen)
        case StartDrill() | StopDrill() | ScheduleDrill():
            return _drill(question)
        case Freeze():
            act = "freeze" if question.on else "lift-freeze"
            # Where nothing can be noted any more, changes must still be stopped.
            return Decision(subject=act, detail=(("reason", question.reason),), essential=not question.on)
        case StopEngine():
            # An engine whose store is in trouble must still be stopped.
            return Decision(subject="stop-engine", essential=False)
        case _:
            return None


def _work(question: StartBackup | StartVerify | StartProve | StartExpire | OpenSandbox) -> Decision:
    """What a person has begun on a repository."""
    detail = [("repository", question.repository or "the first")]
    match question:
        case StartBackup():
            kind = question.kind.value if question.kind is not None else "the next kind"
            subject = "start-backup"
            detail.append(("kind", kind))
        case StartVerify():
            subject = "start-verify"
            detail.append(("backup", question.backup or "all"))
        case StartExpire():
            subject = "start-expire"
            detail.append(("backups", ", ".join(question.backups)))
        case StartProve():
            subject = "start-prove"
            detail.append(("backup", question.backup or "the newest"))
        case OpenSandbox():
            subject = "open-sandbox"
            detail.append(("target", question.words or "latest"))
    return Decision(subject=subject, cluster=question.cluster, detail=tuple(detail))


def _regular(question: SaveCheck | RemoveCheck | RunCheck | SaveDuty) -> Decision:
    """What is asked of nodes again and again, and what has to happen regularly."""
    match question:
        case SaveCheck():
            spec = question.check
            uses = ", ".join(use.value for use in spec.uses)
            detail = (("check", spec.name), ("way", spec.way.value), ("text", masked(spec.text)), ("uses", uses),
                      ("nodes", ", ".join(spec.nodes)), ("every-seconds", f"{spec.every_seconds:g}"))  # fmt: skip
            return Decision(subject="save-check", cluster=question.cluster, detail=detail)
        case RemoveCheck():
            return Decision(subject="remove-check", cluster=question.cluster, detail=(("check", question.name),))
        case RunCheck():
            named = (("check", question.name), ("node", question.node))
            return Decision(subject="run-check", cluster=question.cluster, detail=named)
        case SaveDuty():
            rule = (("duty", question.rule.kind.value), ("every-hours", f"{question.rule.every_hours:g}"))
            return Decision(subject="save-duty", cluster=question.cluster, detail=rule)


def _automation(question: SetAutomation) -> Decision:
    """A person's mandate: what may be done by itself from now on. Each act of automation names it."""
    policy = question.policy
    shown = {True: "yes", False: "no"}
    detail = [
        ("mode", policy.mode.value), ("at-once", shown[policy.at_once]), ("quorum-fence", shown[policy.quorum_fence]),
        ("loss-entries-max", str(policy.loss_entries_max)), ("pause-minutes", f"{policy.pause_minutes:g}"),
        ("evidence-seconds", f"{policy.evidence_seconds:g}"), ("backups-hours-max", f"{policy.backups_hours_max:g}"),
        ("restart-standbys", shown[policy.restart_standbys]), ("rebuild-standbys", shown[policy.rebuild_standbys]),
        *((f"maintenance {n}", f"{one.begin.isoformat()} to {one.end.isoformat()}, {one.by}: {one.reason}")
          for n, one in enumerate(policy.maintenance, 1)),
        ("quiet", "" if policy.quiet_from is None else f"{policy.quiet_from} to {policy.quiet_to} UTC"),
        ("reason", question.reason),
    ]  # fmt: skip
    return Decision(subject="set-automation", cluster=question.cluster, detail=tuple(detail))


def _drill(question: StartDrill | StopDrill | ScheduleDrill) -> Decision:
    match question:
        case StartDrill():
            fault = question.fault.value if question.fault is not None else ""
            about = (("kind", question.kind.value), ("fault", fault), ("node", question.node),
                     ("confirmed", question.confirmed))  # fmt: skip
            return Decision(subject="start-drill", cluster=question.cluster, detail=about)
        case StopDrill():
            # A fault must be undone even where that can't be noted.
            return Decision(subject="stop-drill", detail=(("drill", question.drill),), essential=False)
        case ScheduleDrill():
            every = (("every-hours", f"{question.every_hours:g}"),)
            return Decision(subject="schedule-drill", cluster=question.cluster, detail=every)


def _alerts(question: AckAlert | SilenceAlerts | EndSilence | SaveWayOut | RemoveWayOut) -> Decision:
    """What a person decided about alerts and how they are told. A URL is named by its host: its path may be secret."""
    match question:
        case AckAlert():
            return Decision(subject="ack-alert", detail=(("alert", question.alert), ("note", question.note)))
        case SilenceAlerts():
            named = (("node", question.node), ("word", question.word))
            covered = tuple((name, value) for name, value in named if value)
            until = (("until", question.until.isoformat()), ("reason", question.reason))
            return Decision(subject="silence-alerts", cluster=question.cluster, detail=(*covered, *until))
        case EndSilence():
            return Decision(subject="end-silence", detail=(("silence", question.silence),))
        case RemoveWayOut():
            return Decision(subject="remove-way-out", detail=(("name", question.name),))
        case SaveWayOut():
            way = question.way
            target = way.target.partition("://")[2].partition("/")[0] if "://" in way.target else masked(way.target)
            detail = (("name", way.name), ("kind", way.kind.value), ("target", target), ("least", way.least.value),
                      ("clusters", ", ".join(way.clusters) or "all"), ("enabled", "yes" if way.enabled else "no"))
            return Decision(subject="save-way-out", detail=(*detail, *way.options))  # fmt: skip


def _policy(question: SavePolicy) -> Decision:
    policy = question.policy
    cycle = [(f"cycle {n}", f"{one.what} {one.cron} {one.repository}".strip()) for n, one in enumerate(policy.cycle, 1)]
    places = [(f"repository {one.name}", f"{one.engine.value} on {one.node} {one.path}".strip())
              for one in policy.repositories]  # fmt: skip
    kept = ("retention", f"{policy.retention.fulls_min} full, {policy.retention.window_days} days")
    detail = (("scheduler", policy.scheduler.value), ("time-zone", policy.time_zone), kept, *places, *cycle)
    return Decision(subject="save-policy", cluster=question.cluster, detail=detail)


def _saved(question: SaveClusters) -> Decision:
    clusters = question.inventory.clusters
    nodes = [(f"{cluster.name} {node.name}", _node(node)) for cluster in clusters for node in cluster.nodes]
    detail = [("replace", "yes" if question.replace else "no"), *((c.name, _cluster(c)) for c in clusters)]
    only = clusters[0].name if len(clusters) == 1 else ""
    return Decision(subject="save-clusters", cluster=only, detail=(*detail, *nodes[:NODES_NAMED_MAX]))


def _cluster(cluster: ClusterSpec) -> str:
    return f"{cluster.environment.value}, manager {cluster.manager.value}, {len(cluster.nodes)} nodes"


def _node(node: NodeSpec) -> str:
    return f"{node.kind.value}, ssh {node.ssh.user or ''}@{node.ssh.host}:{node.ssh.port or ''}"


def audited(question: Message, person: str, engine: Governed, answer: Callable[[], Message]) -> Message:
    """Note the decision, carry it out, note a refusal. Raises StoreTrouble where it can't be: nothing is done."""
    audit = engine.audit
    decision = decision_of(question)
    if decision is None:
        return answer()
    if audit is None:
        no_store = Refused(reason="store-trouble", detail=engine.view().store_trouble)
        return no_store if decision.essential else answer()
    said = {"who": person, "cluster": decision.cluster, "subject": decision.subject}
    try:
        audit.note(AuditKind.DECISION, detail=decision.detail, **said)
    except StoreTrouble:
        if decision.essential:
            raise
        return answer()
    try:
        told = answer()
    except StoreTrouble as trouble:
        with suppress(StoreTrouble):  # where the store takes nothing at all, the first trouble says it
            audit.note(AuditKind.REFUSAL, detail=(("reason", "store-trouble"), ("said", f"{trouble}")), **said)
        raise
    if isinstance(told, Refused):
        audit.note(AuditKind.REFUSAL, detail=(("reason", told.reason), ("said", told.detail)), **said)
    return told
