"""The verdict of a whole cluster: pure, from the verdicts and observations of its nodes."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from console.domain.cluster import ClusterSpec, NodeKind
from console.domain.following import following
from console.domain.node_health import fresh_seconds_of
from console.domain.observation import Observation, fresh
from console.domain.reading import Moment, SqlState
from console.domain.verdict import Cause, Evidence, Finding, Guard, Health, Level, Verdict, ordered, worst
from console.domain.witnesses import HOST_SILENT_SECONDS, Standing, silence_of

HOSTS_TO_BE_ISOLATED_MIN: Final = 2  # one silent host tells nothing of our own network
GONE: Final = (SqlState.NO_SERVER, SqlState.REFUSES, SqlState.SILENT)


def primaries_of(spec: ClusterSpec, nodes: Mapping[str, Observation], now: Moment) -> tuple[str, ...]:
    """The nodes that say, freshly, that they accept writes."""
    seconds = fresh_seconds_of(spec)
    found = []
    for name, seen in nodes.items():
        vital = fresh(seen, now, seconds)
        # That we cannot ask at this moment takes nothing from a fresh answer; that nobody listens any more does.
        if vital is not None and not vital.in_recovery and seen.vital_contact.state not in GONE:
            found.append(name)
    return tuple(found)


def left_behind(seen: Observation, reached: tuple[str, int] | None) -> bool:
    """Is it on an earlier timeline than one that this system's primary was already seen on?

    `reached`: the system identifier and that timeline. Such a primary is an old one that came back, never the one
    that is followed, however alone it is in answering.
    """
    vital = seen.vital
    return reached is not None and vital is not None and (
        vital.system_identifier == reached[0] and vital.timeline < reached[1]
    )  # fmt: skip


def system_identifier_of(
    nodes: Mapping[str, Observation], primary: str | None, known: str | None = None
) -> str | None:
    """The cluster's identifier: what most nodes say; where they are as many, what is known, then the primary's word."""
    said = {name: seen.vital.system_identifier for name, seen in nodes.items() if seen.vital is not None}
    if not said:
        return None
    counted = Counter(said.values()).most_common()
    most = [identifier for identifier, count in counted if count == counted[0][1]]
    if len(most) > 1 and known in most:
        return known
    if len(most) > 1 and primary is not None and said.get(primary) in most:
        return said[primary]
    return most[0]


def judge_cluster(
    spec: ClusterSpec,
    nodes: Mapping[str, Observation],
    verdicts: Mapping[str, Verdict],
    *,
    last_primary: str | None,
    now: Moment,
    known_identifier: str | None = None,
    stands: Standing | None = None,
    group: tuple[Finding, ...] = (),
    reached: tuple[str, int] | None = None,
) -> Verdict:
    """The cluster's verdict. `last_primary`: the node that was last seen as the only primary.

    `stands`: what the standbys say of it. `group`: what was found of the consensus group that manages the cluster.
    `reached`: the system and the latest timeline on which a primary of it was followed.
    """
    isolated = _console_isolated(nodes, now)
    if isolated is not None:
        return Verdict(health=isolated.health, findings=(isolated,))
    primaries = primaries_of(spec, nodes, now)
    witnessed = stands if stands is not None and stands.level is not None else None
    if witnessed is not None:
        primaries = tuple(name for name in primaries if name != witnessed.primary)
    findings: list[Finding] = [*group]
    primary = primaries[0] if len(primaries) == 1 else None
    identifier = system_identifier_of(nodes, primary, known_identifier)
    findings += _strangers(nodes, identifier, now)
    ours = tuple(name for name in primaries if _identifier(nodes[name]) == identifier)
    returned = ours if len(ours) == 1 and left_behind(nodes[ours[0]], reached) else ()
    if returned:
        # Two primaries would be said too much: the other one is not seen. It has left the history, and is written to.
        ours = ()
        findings.append(_returned(returned[0], nodes[returned[0]], last_primary))
    if len(ours) > 1:
        findings.append(_two_primaries(ours, nodes))
    elif not ours and witnessed is not None:
        findings.append(primary_dead(witnessed))
    elif not ours:
        findings += _no_primary(spec, nodes, verdicts, last_primary, now)
    else:
        primary = ours[0]
        findings += verdicts[primary].findings
        findings += following(spec, nodes, primary, now)
    missing = primary if ours else last_primary
    for node in spec.nodes:
        if node.name in (*ours, *returned) or node.name == missing:
            continue
        findings += _follower(node.kind, nodes[node.name], verdicts[node.name], missing)
    in_order = ordered(tuple(findings))
    return Verdict(health=worst(tuple(f.health for f in in_order)), findings=in_order)


def _console_isolated(nodes: Mapping[str, Observation], now: Moment) -> Finding | None:
    """Every host of the cluster is silent at once, the backup host too: nothing is said of any of them."""
    if len(nodes) < HOSTS_TO_BE_ISOLATED_MIN:
        return None
    silences: dict[str, float] = {}
    for name, seen in nodes.items():
        silence = silence_of(seen, now)
        if silence is None:
            return None
        silences[name] = silence
    rows = tuple(
        Evidence(
            guard=Guard.HOST_SILENCE_SECONDS, observed=round(silence, 1), threshold=HOST_SILENT_SECONDS,
            source=f"{name}: SSH", at=now.utc,
        )
        for name, silence in silences.items()
    )  # fmt: skip
    return Finding(
        cause=Cause.CONSOLE_ISOLATED, health=Health.UNKNOWN, level=Level.SUSPECTED, limit=HOST_SILENT_SECONDS,
        observed=round(min(silences.values()), 1), detail=str(len(nodes)), evidence=rows,
    )  # fmt: skip


def with_death(verdict: Verdict, stands: Standing) -> Verdict:
    """The verdict of the node itself, where its standbys witness its death: what only we do not see is explained."""
    rest = tuple(f for f in verdict.findings if f.cause not in (Cause.CUT_OFF, Cause.STALE))
    return Verdict(health=Health.LOST, findings=ordered((primary_dead(stands), *rest)))


def primary_dead(stands: Standing) -> Finding:
    """The finding of a primary whose death its standbys witness."""
    silence = stands.silence_seconds
    return Finding(
        cause=Cause.PRIMARY_DEAD, health=Health.LOST, node=stands.primary, level=stands.level,
        observed=None if silence is None else round(silence, 1), limit=HOST_SILENT_SECONDS,
        detail=", ".join(stands.counted), evidence=stands.evidence,
    )  # fmt: skip


def _identifier(seen: Observation) -> str | None:
    return None if seen.vital is None else seen.vital.system_identifier


def _strangers(nodes: Mapping[str, Observation], identifier: str | None, now: Moment) -> list[Finding]:
    found = []
    for name, seen in nodes.items():
        said = _identifier(seen)
        if said is None or said == identifier:
            continue
        row = Evidence(
            guard=Guard.SYSTEM_IDENTIFIER, observed=said, threshold=identifier,
            source=f"{name}: pg_control_system()", at=seen.vital.at.utc if seen.vital else now.utc,
        )  # fmt: skip
        found.append(
            Finding(
                cause=Cause.OTHER_CLUSTER, health=Health.UNKNOWN, node=name, observed=said, limit=identifier,
                evidence=(row,),
            )
        )  # fmt: skip
    return found


def _two_primaries(names: tuple[str, ...], nodes: Mapping[str, Observation]) -> Finding:
    rows = []
    for name in names:
        vital = nodes[name].vital
        assert vital is not None
        rows.append(
            Evidence(
                guard=Guard.WRITABLE, observed=f"timeline {vital.timeline}, {vital.write}",
                source=f"{name}: pg_is_in_recovery()", at=vital.at.utc, threshold="one primary",
            )
        )  # fmt: skip
    return Finding(
        cause=Cause.TWO_PRIMARIES, health=Health.LOST, observed=len(names), limit=1, detail=", ".join(names),
        evidence=tuple(rows),
    )  # fmt: skip


def _returned(name: str, seen: Observation, last_primary: str | None) -> Finding:
    """An old primary that accepts writes on a timeline which the cluster has left, while the new one is not seen."""
    vital = seen.vital
    assert vital is not None
    position = None if vital.write is None else str(vital.write)
    rows = (
        Evidence(
            guard=Guard.WRITABLE, observed=f"timeline {vital.timeline}, {vital.write}",
            source=f"{name}: pg_is_in_recovery()", at=vital.at.utc, threshold="not writable",
        ),
    )  # fmt: skip
    return Finding(
        cause=Cause.DIVERGED, health=Health.LOST, node=name, detail=last_primary or "", evidence=rows,
        observed=position,
    )  # fmt: skip


def _no_primary(
    spec: ClusterSpec,
    nodes: Mapping[str, Observation],
    verdicts: Mapping[str, Verdict],
    last_primary: str | None,
    now: Moment,
) -> list[Finding]:
    """The primary that was is lost, or only we do not see it; the standbys are heard on it."""
    witnesses = _witnesses(nodes, last_primary, now, fresh_seconds_of(spec))
    if last_primary is not None and last_primary in verdicts:
        grave = [f for f in verdicts[last_primary].findings if f.health in (Health.LOST, Health.UNKNOWN)]
        own = nodes[last_primary].vital
        if own is not None and own.in_recovery:
            # It had become a standby: that this one died is no evidence of a primary's death.
            grave = [replace(f, level=None) if f.level is Level.HARD else f for f in grave]
        if grave:
            return [replace(grave[0], evidence=(*grave[0].evidence, *witnesses)), *grave[1:]]
    postgres = [n.name for n in spec.nodes if n.kind is NodeKind.POSTGRES]
    seconds = fresh_seconds_of(spec)
    unseen = [name for name in postgres if not _answers(nodes[name], now, seconds)]
    asked = any(nodes[n.name].vital is not None for n in spec.nodes)
    if not asked and all(verdicts[name].cause is Cause.NOT_ASKED for name in unseen):
        return [Finding(cause=Cause.NOT_ASKED, health=Health.UNKNOWN, evidence=witnesses)]
    # Lost only if every node says now that it is a standby: what we do not see may be the primary.
    health = Health.UNKNOWN if unseen else Health.LOST
    return [Finding(cause=Cause.NO_PRIMARY, health=health, detail=", ".join(unseen), evidence=witnesses)]


def _answers(seen: Observation, now: Moment, seconds: float) -> bool:
    return seen.vital_contact.state is SqlState.ANSWERS and fresh(seen, now, seconds) is not None


def _witnesses(
    nodes: Mapping[str, Observation], primary: str | None, now: Moment, seconds: float
) -> tuple[Evidence, ...]:
    """What each standby says of its stream from the primary."""
    rows = []
    for name, seen in nodes.items():
        vital = fresh(seen, now, seconds)
        if name == primary or vital is None or not vital.in_recovery:
            continue
        receiver = vital.receiver
        if receiver is None:
            observed: str | float = "no stream"
        elif receiver.heard_age_seconds is None:
            observed = receiver.status
        else:
            observed = round(receiver.heard_age_seconds, 1)
        guard = Guard.RECEIVER_HEARD_SECONDS if isinstance(observed, float) else Guard.RECEIVER
        rows.append(
            Evidence(guard=guard, observed=observed, source=f"{name}: pg_stat_wal_receiver", at=vital.at.utc)
        )
    return tuple(rows)


def _follower(kind: NodeKind, seen: Observation, verdict: Verdict, primary: str | None) -> list[Finding]:
    """A standby's or backup host's findings as the cluster's: its loss degrades, it does not lose the cluster."""
    found, name = [], seen.name
    for finding in verdict.findings:
        if finding.cause is Cause.NOT_STREAMING and seen.followed not in (None, primary):
            found.append(replace(finding, cause=Cause.CASCADE_BROKEN, detail=seen.followed or ""))
        elif finding.health is Health.LOST and kind is NodeKind.POSTGRES:
            why = finding.cause.value
            found.append(replace(finding, cause=Cause.STANDBY_LOST, health=Health.DEGRADED, detail=why, node=name))
        elif finding.health is Health.LOST:
            found.append(replace(finding, health=Health.DEGRADED))
        elif finding.health is not Health.HEALTHY:
            found.append(finding)
    return found


def since_carried(before: Verdict | None, now: Verdict, at: datetime) -> Verdict:
    """The verdict, each finding with the time since which it stands: kept where it was there before, on this level.

    Evidence that has become stronger stands only since then: whoever waits for it to last counts from there.
    """
    known = {} if before is None else {(f.cause, f.node, f.level): f.since for f in before.findings}
    return replace(
        now, findings=tuple(replace(f, since=known.get((f.cause, f.node, f.level)) or at) for f in now.findings)
    )
