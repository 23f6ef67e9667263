"""How standbys follow a primary that answers: at all, synchronously, on its own history, in how many copies."""

from collections.abc import Mapping
from typing import Final

from console.domain.cluster import ClusterSpec
from console.domain.node_health import fresh_seconds_of
from console.domain.observation import Observation, fresh
from console.domain.quorum import SyncPolicy, parse_sync
from console.domain.reading import Moment, Vital
from console.domain.verdict import Cause, Evidence, Finding, Guard, Health
from console.domain.wal import Lsn
from console.domain.witnesses import isolated_evidence, standbys_of

CONFIRMING: Final = ("sync", "quorum")
UNFED_SECONDS_MIN: Final = 30.0  # a standby that was fed within this time may only be about to follow


def following(spec: ClusterSpec, nodes: Mapping[str, Observation], primary: str, now: Moment) -> list[Finding]:
    """What is wrong between a primary that answers freshly and its standbys."""
    return [
        *_isolated(spec, nodes, primary, now),
        *_synchronous(spec, nodes[primary]),
        *_diverged(spec, nodes, primary, now),
        *_copies(spec, nodes, primary, now),
    ]


def sync_policy_of(vital: Vital) -> SyncPolicy | None:
    """The synchronous policy as the server has it; None where there is none or it is not understood."""
    return _policy(vital.synchronous_names)


def _isolated(spec: ClusterSpec, nodes: Mapping[str, Observation], primary: str, now: Moment) -> list[Finding]:
    """It answers us, and its standbys, asked on their own hosts, do not reach it: no commit that waits goes through."""
    rows = isolated_evidence(spec, nodes, primary, now)
    if not rows:
        return []
    vital = nodes[primary].vital
    assert vital is not None
    waits = sync_policy_of(vital) is not None and vital.synchronous_commit not in ("local", "off")
    count = sum(1 for row in rows if row.guard is Guard.REACHES_SERVER)
    return [
        Finding(
            cause=Cause.PRIMARY_ISOLATED, health=Health.LOST if waits else Health.DEGRADED, node=primary,
            observed=count, limit=len(standbys_of(spec, primary)), evidence=rows,
        )
    ]  # fmt: skip


def _copies(spec: ClusterSpec, nodes: Mapping[str, Observation], primary: str, now: Moment) -> list[Finding]:
    """How many nodes hold the ledger as it is now, against one standby, or as many as were promised."""
    vital, standbys = nodes[primary].vital, standbys_of(spec, primary)
    if vital is None or not vital.may_see_all or not standbys:
        return []
    seconds = fresh_seconds_of(spec)
    holding = [
        name
        for name in standbys
        if fresh(nodes[name], now, seconds) is not None and nodes[name].lags.sender_state == "streaming"
    ]
    needed = 1 + max(1, promised_count(spec.promises.synchronous) or 0)
    if 1 + len(holding) >= needed:
        return []
    row = Evidence(
        guard=Guard.COPIES, observed=1 + len(holding), threshold=needed, source="pg_stat_replication", at=vital.at.utc
    )
    return [
        Finding(
            cause=Cause.COPIES_SHORT, health=Health.DEGRADED, node=primary, observed=1 + len(holding), limit=needed,
            evidence=(row,),
        )
    ]  # fmt: skip


def _diverged(spec: ClusterSpec, nodes: Mapping[str, Observation], primary: str, now: Moment) -> list[Finding]:
    found = []
    for name in standbys_of(spec, primary):
        own = fresh(nodes[name], now, fresh_seconds_of(spec))
        if own is not None and own.in_recovery and (beyond := _beyond(nodes[name], own, nodes[primary])) is not None:
            found.append(_divergence(name, own, primary, *beyond))
    return found


def _position(own: Vital) -> Lsn | None:
    known = [one for one in (own.received, own.replayed) if one is not None]
    return max(known) if known else None


def _beyond(seen: Observation, own: Vital, primary: Observation) -> tuple[int, Lsn | None] | None:
    """On which timeline, and beyond which position, this standby left its primary's history; None where it has not.

    Only what is sure: a timeline that the primary never had; more WAL than the primary had later, on one timeline;
    WAL past the place where the primary's history file says that this timeline was left.
    """
    theirs, position = primary.vital, _position(own)
    assert theirs is not None
    if own.system_identifier != theirs.system_identifier:
        return None  # another cluster's, and named so
    if own.timeline > theirs.timeline:
        return own.timeline, None
    if position is None:
        return None
    if own.timeline == theirs.timeline:
        later = own.at.ticks <= theirs.at.ticks - theirs.round_trip_seconds
        return (own.timeline, theirs.write) if theirs.write is not None and later and position > theirs.write else None
    history = primary.host.history if primary.host is not None else None
    # Without a receiver the timeline is that of its last checkpoint, and may be older than what it has replayed.
    fed = own.receiver is None and (seen.heard_ticks is None or own.at.ticks - seen.heard_ticks < UNFED_SECONDS_MIN)
    if history is None or fed or (seen.timeline_seen or 0) > own.timeline:
        return None
    ends = dict(history)
    if own.timeline not in ends:
        return own.timeline, None
    return (own.timeline, ends[own.timeline]) if position > ends[own.timeline] else None


def _divergence(name: str, own: Vital, primary: str, timeline: int, end: Lsn | None) -> Finding:
    position = _position(own)
    rows = (
        Evidence(guard=Guard.TIMELINE, observed=timeline, source=f"{name}: pg_control_checkpoint()", at=own.at.utc),
        Evidence(
            guard=Guard.POSITION, observed=None if position is None else str(position), at=own.at.utc,
            source=f"{name}: pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()",
            threshold=None if end is None else str(end),
        ),
    )  # fmt: skip
    return Finding(
        cause=Cause.DIVERGED, health=Health.DEGRADED, node=name, detail=primary, evidence=rows,
        observed=None if position is None else str(position), limit=None if end is None else str(end),
    )  # fmt: skip


def _synchronous(spec: ClusterSpec, seen: Observation) -> list[Finding]:
    """Does every commit wait for as many standbys as promised, and do enough of them answer it?"""
    vital = seen.vital
    assert vital is not None
    policy = _policy(vital.synchronous_names)
    confirming = [s for s in vital.senders if s.state == "streaming" and s.sync_state in CONFIRMING]
    source = f"{seen.name}: pg_stat_replication"
    rows = (
        Evidence(
            guard=Guard.SYNC_STANDBYS, observed=len(confirming), source=source, at=vital.at.utc,
            threshold=policy.count if policy is not None else None,
        ),
        Evidence(
            guard=Guard.SYNC_NAMES, observed=vital.synchronous_names or "(empty)",
            source=f"{seen.name}: synchronous_standby_names", at=vital.at.utc, threshold=spec.promises.synchronous,
        ),
    )  # fmt: skip
    waits = policy is not None and vital.synchronous_commit not in ("local", "off")
    if policy is not None and waits and vital.may_see_all and len(confirming) < policy.count:
        return [
            Finding(
                cause=Cause.SYNC_BLOCKED, health=Health.LOST, node=seen.name, observed=len(confirming),
                limit=policy.count, evidence=rows,
            )
        ]  # fmt: skip
    promised = promised_count(spec.promises.synchronous)
    if promised is not None and (not waits or policy is None or policy.count < promised):
        return [
            Finding(
                cause=Cause.SYNC_DEGRADED, health=Health.DEGRADED, node=seen.name,
                observed=0 if policy is None or not waits else policy.count, limit=promised, evidence=rows,
            )
        ]  # fmt: skip
    return []


def _policy(text: str) -> SyncPolicy | None:
    try:
        return parse_sync(text)
    except ValueError:
        # A list that we do not understand promises nothing; the evidence row shows it as it stands.
        return None


def promised_count(text: str | None) -> int | None:
    """How many standbys a commit was promised to wait for: 'ANY 1', 'FIRST 2'."""
    words = (text or "").split()
    return int(words[-1]) if words and words[-1].isdigit() else None
