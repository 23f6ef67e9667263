"""What a drill may do to a cluster as it stands, what it was promised, and how it came out: pure judgements."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final

from console.domain.cluster import ClusterSpec, Manager, NodeKind
from console.domain.drill import Drill, DrillFault, DrillKind, DrillMark, DrillSchedule, DrillState
from console.domain.fleet import ClusterView, EdgeKind, NodeView, Role
from console.domain.node_health import BROKEN_SECONDS_MAX
from console.domain.quorum import parse_sync
from console.domain.reading import Moment
from console.domain.verdict import Cause, Finding, Health, Level

KILLED_SECONDS_MAX: Final = 1.5  # a killed postmaster is named, with evidence
ALERT_SECONDS_MAX: Final = 3.0  # from a verdict to its alert: parts are asked for signs once a second
BEAT_STALE_SECONDS: Final = 5.0  # and never fewer than three rounds
BEAT_ROUNDS: Final = 3
HOLD_SECONDS_MAX: Final = 300.0
LIMIT_SECONDS_MIN: Final = 5.0
LIMIT_SECONDS_MAX: Final = 900.0
EVERY_HOURS_MAX: Final = 24.0 * 400
BEAT_STALE: Final = "beat-stale"  # the word of the sign
CONSENT: Final = frozenset({DrillFault.STREAM_CUT})  # a person types the cluster's name
BY_ITSELF: Final = (DrillFault.HEARTBEAT_HELD, DrillFault.PROBE_CUT, DrillFault.DECOY_STOPPED)
_FOLLOWERS: Final = (Role.STANDBY, Role.CASCADE)


def beat_stale_seconds(interval_seconds: float) -> float:
    """From which age on our own heartbeat is called stale."""
    return max(BEAT_STALE_SECONDS, BEAT_ROUNDS * interval_seconds)


def promised(fault: DrillFault, interval_seconds: float) -> float:
    """From the fault to its verdict, at most, in seconds."""
    rounds = 2 * interval_seconds
    match fault:
        case DrillFault.HEARTBEAT_HELD:
            return beat_stale_seconds(interval_seconds) + rounds + 0.5
        case DrillFault.PROBE_CUT:
            return BROKEN_SECONDS_MAX + rounds + 1.0
        case DrillFault.DECOY_STOPPED:
            return KILLED_SECONDS_MAX
        case DrillFault.STREAM_CUT:
            return rounds + 1.0


def chosen_node(spec: ClusterSpec, view: ClusterView, fault: DrillFault, node: str) -> str:
    """The node that the fault is for: the one that is named, else the least harmful; empty where there is none."""
    if node:
        return node
    match fault:
        case DrillFault.HEARTBEAT_HELD:
            return view.primary or ""
        case DrillFault.DECOY_STOPPED:
            return next((one.name for one in spec.nodes if one.kind is NodeKind.BACKUP), "")
        case DrillFault.PROBE_CUT:
            names = [one.name for one in view.nodes if one.role in _FOLLOWERS]
            return names[-1] if names else view.primary or ""
        case DrillFault.STREAM_CUT:
            names = [one.name for one in view.nodes if one.role in _FOLLOWERS and not blocks_commits(view, one.name)]
            return names[-1] if names else ""


def blocks_commits(view: ClusterView, node: str) -> bool:
    """Would too few synchronous standbys be left without this node's stream? True where it can't be told."""
    try:
        policy = parse_sync(view.sync_names)
    except ValueError:
        return True
    if policy is None:
        return False
    left = [
        edge for edge in view.edges
        if edge.kind is EdgeKind.SYNC and edge.streaming and edge.source == view.primary and edge.target != node
    ]  # fmt: skip
    return len(left) < policy.count


def refused_health(view: ClusterView | None, kind: DrillKind, fault: DrillFault | None) -> tuple[str, str]:
    """Why the cluster, as it stands, is not fit for a drill, and what is wrong with it; ('', ''): it is."""
    if view is None:
        return "not-watched", ""
    health = view.verdict.health
    cause = view.verdict.cause.value if view.verdict.cause is not None else ""
    if kind is DrillKind.RESTORE:
        return "", ""  # nothing of the cluster is touched, and a sick one's backups matter most
    if view.primary is None or health in (Health.LOST, Health.UNKNOWN):
        return "not-healthy", cause
    changes = kind is DrillKind.SWITCHOVER or fault in CONSENT
    return ("not-healthy", cause) if changes and health is not Health.HEALTHY else ("", "")


def refused_fault(spec: ClusterSpec, view: ClusterView, fault: DrillFault, node: str) -> str:
    """Why this fault is not made on this node; empty: it may be."""
    if not node:
        return {
            DrillFault.DECOY_STOPPED: "no-backup-host", DrillFault.STREAM_CUT: "no-standby",
        }.get(fault, "wrong-node")  # fmt: skip
    known = spec.node(node)
    if known is None:
        return "no-node"
    seen = next((one for one in view.nodes if one.name == node), None)
    match fault:
        case DrillFault.DECOY_STOPPED:
            return "" if known.kind is NodeKind.BACKUP else "wrong-node"
        case DrillFault.HEARTBEAT_HELD:
            return "" if node == view.primary else "wrong-node"
        case DrillFault.PROBE_CUT:
            if known.kind is not NodeKind.POSTGRES:
                return "wrong-node"
            return "" if seen is not None and seen.verdict.health is Health.HEALTHY else "not-healthy"
        case DrillFault.STREAM_CUT:
            return _refused_cut(spec, view, seen)


def _refused_cut(spec: ClusterSpec, view: ClusterView, seen: NodeView | None) -> str:
    if spec.manager is Manager.PATRONI:
        return "patroni-leads"
    if seen is None or seen.role not in _FOLLOWERS:
        return "wrong-node"
    return "would-block-commits" if blocks_commits(view, seen.name) else ""


def finding_of(findings: Iterable[Finding], causes: frozenset[Cause], node: str) -> Finding | None:
    """The finding of one of these causes on this node."""
    return next((one for one in findings if one.cause in causes and one.node == node), None)


def called_dead(view: ClusterView, node: str) -> Finding | None:
    """A finding that takes the node for dead or stopped, whatever it is called."""
    dead = (Level.HARD, Level.STOPPED, Level.WITNESSED)
    causes = (Cause.POSTMASTER_KILLED, Cause.STOPPED)
    own = [one for seen in view.nodes if seen.name == node for one in seen.verdict.findings]
    found = [*view.verdict.findings, *own]
    return next((one for one in found if one.node == node and (one.level in dead or one.cause in causes)), None)


def other_fault(view: ClusterView, node: str) -> Finding | None:
    """Something grave that the drill did not make: a loss on another node, or two primaries."""
    grave = (one for one in view.verdict.findings if one.health is Health.LOST)
    return next((one for one in grave if one.cause is Cause.TWO_PRIMARIES or one.node not in (node, None)), None)


def judged(marks: tuple[DrillMark, ...], *, needed: tuple[str, ...]) -> tuple[DrillState, str]:
    """Passed where every needed mark came, each within its promise; else failed, and the word for why."""
    by_name: Mapping[str, DrillMark] = {mark.what: mark for mark in marks}
    for what in needed:
        mark = by_name.get(what)
        if mark is None or mark.seconds is None:
            return DrillState.FAILED, {"verdict": "not-noticed", "alert": "not-alerted"}.get(what, "not-well-again")
        if mark.promised_seconds is not None and mark.seconds > mark.promised_seconds:
            return DrillState.FAILED, "too-late"
    return DrillState.PASSED, ""


def newest_failures(drills: Iterable[Drill]) -> tuple[Drill, ...]:
    """Of each cluster, kind and fault the newest that came to an end of its own, where that is a failure."""
    ended = (DrillState.PASSED, DrillState.FAILED)
    newest: dict[tuple[str, DrillKind, DrillFault | None], Drill] = {}
    for drill in drills:
        key = (drill.cluster, drill.kind, drill.fault)
        before = newest.get(key)
        if drill.state in ended and (before is None or drill.begun_at > before.begun_at):
            newest[key] = drill
    return tuple(drill for drill in newest.values() if drill.state is DrillState.FAILED)


def due_fault(schedule: DrillSchedule, drills: Iterable[Drill], now: Moment) -> DrillFault | None:
    """Which harmless fault is due: the one whose last rehearsal is longest ago, where that is longer than the pace."""
    last = {fault: schedule.since - timedelta(hours=schedule.every_hours) for fault in BY_ITSELF}
    for drill in drills:
        if drill.fault in last and drill.state in (DrillState.PASSED, DrillState.FAILED):
            last[drill.fault] = max(last[drill.fault], drill.begun_at)
    fault = min(BY_ITSELF, key=lambda one: last[one])
    return fault if now.utc - last[fault] >= timedelta(hours=schedule.every_hours) else None
