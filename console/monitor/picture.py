"""The picture of a cluster that faces show: pure, from observations, verdicts and the primary's trails."""

from collections.abc import Mapping

from console.domain.cluster import ClusterSpec, NodeKind
from console.domain.fleet import Edge, EdgeKind, NodeView, Role
from console.domain.following import CONFIRMING
from console.domain.observation import Observation, fresh
from console.domain.reading import Moment, SqlState
from console.domain.suspicion import Channel, of_channel
from console.domain.verdict import Verdict
from console.monitor.lags import Ruler


def role_of(seen: Observation, nodes: Mapping[str, Observation]) -> Role:
    """What a node is by its own last word; a standby of a standby is a cascade."""
    if seen.spec.kind is NodeKind.BACKUP:
        return Role.BACKUP
    if seen.vital is None:
        return Role.UNKNOWN
    if not seen.vital.in_recovery:
        return Role.PRIMARY
    upstream = nodes.get(seen.lags.upstream or "")
    if upstream is not None and upstream.vital is not None and upstream.vital.in_recovery:
        return Role.CASCADE
    return Role.STANDBY


def node_view(
    seen: Observation, nodes: Mapping[str, Observation], verdict: Verdict, *, primary: str | None, ruler: Ruler,
    now: Moment,
) -> NodeView:  # fmt: skip
    """One node as lists, cards and the graph show it."""
    vital, books, host, lags = seen.vital, seen.books, seen.host, seen.lags
    backup = seen.spec.kind is NodeKind.BACKUP
    last = host if backup else vital
    head = books.heads[0] if books is not None and len(books.heads) == 1 else None
    is_primary = seen.name == primary
    return NodeView(
        name=seen.name, kind=seen.spec.kind, role=role_of(seen, nodes), verdict=verdict, host=seen.spec.ssh.host,
        strip=seen.strip,
        round_trip_seconds=None if last is None else last.round_trip_seconds,
        silence_seconds=None if last is None else max(0.0, now.ticks - last.at.ticks),
        upstream=lags.upstream, timeline=None if vital is None else vital.timeline,
        lag_flush_seconds=lags.flush_seconds, lag_flush_bytes=lags.flush_bytes,
        lag_replay_seconds=lags.replay_seconds, lag_entries=lags.entries,
        entries_per_second=ruler.numbers.rate(now.ticks) if is_primary else None,
        disk_free_bytes=None if host is None else host.disk_free_bytes,
        head_number=None if head is None else head.number, suspicion=phi_of_node(seen),
    )  # fmt: skip


def phi_of_node(seen: Observation) -> float | None:
    """How surprising the node's silence is, on the channel by which it is judged; None where it was never heard."""
    channel = Channel.HOST if seen.spec.kind is NodeKind.BACKUP else Channel.VITAL
    suspicion = of_channel(seen.suspicions, channel)
    return None if suspicion is None else round(suspicion.phi, 3)


def edges_of(
    spec: ClusterSpec, nodes: Mapping[str, Observation], *, primary: str | None, now: Moment, fresh_seconds: float
) -> tuple[Edge, ...]:
    """How WAL flows: to each standby from its upstream, and from the primary into the archive."""
    found: list[Edge] = []
    for name, seen in nodes.items():
        if seen.spec.kind is NodeKind.BACKUP:
            found += _archive_edge(seen, nodes.get(primary or ""), now)
            continue
        vital, lags = seen.vital, seen.lags
        if vital is None or not vital.in_recovery:
            continue
        source = lags.upstream or (primary if primary is not None else None)
        if source is None:
            continue
        streaming = lags.sender_state == "streaming" and fresh(seen, now, fresh_seconds) is not None
        sync = lags.sync_state in CONFIRMING
        found.append(
            Edge(
                source=source, target=name, kind=EdgeKind.SYNC if sync else EdgeKind.ASYNC, streaming=streaming,
                should_be_sync=bool(spec.promises.synchronous) and source == primary and not sync
                and lags.sync_state != "potential",
                slot=lags.slot, flush=vital.received, lag_flush_bytes=lags.flush_bytes,
                lag_flush_seconds=lags.flush_seconds, lag_replay_seconds=lags.replay_seconds,
                lag_entries=lags.entries, reply_age_seconds=lags.reply_age_seconds,
            )
        )  # fmt: skip
    return tuple(found)


def _archive_edge(backup: Observation, primary: Observation | None, now: Moment) -> list[Edge]:
    books = primary.books if primary is not None else None
    if primary is None or books is None or not books.archiving:
        return []
    age = None if books.archive_last_at is None else max(0.0, (now.utc - books.archive_last_at).total_seconds())
    failing = books.archive_last_failed_at is not None and (
        books.archive_last_at is None or books.archive_last_at < books.archive_last_failed_at
    )
    alive = not failing and primary.vital_contact.state is SqlState.ANSWERS
    return [
        Edge(
            source=primary.name, target=backup.name, kind=EdgeKind.ARCHIVE, streaming=alive, archive_age_seconds=age
        )
    ]
