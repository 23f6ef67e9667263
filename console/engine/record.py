"""Turns the pictures that are judged into samples and events for the history."""

from console.domain.fleet import ClusterView, Event, EventKind, Measure, NodeView, Role
from console.domain.verdict import Verdict
from console.store.history import Sample


def samples_of(view: ClusterView) -> tuple[Sample, ...]:
    """One sample a node, for the round that has just passed."""
    edges = {edge.target: edge for edge in view.edges}
    found = []
    for node in view.nodes:
        edge = edges.get(node.name)
        answered = node.silence_seconds is not None and node.silence_seconds <= 2 * view.interval_seconds
        values = _values(view, node, None if edge is None else edge.reply_age_seconds, answered=answered)
        found.append(
            Sample(
                cluster=view.name, node=node.name, seconds=view.at.timestamp(), answered=answered,
                values=tuple(values[measure] for measure in Measure),
            )
        )  # fmt: skip
    return tuple(found)


def _values(
    view: ClusterView, node: NodeView, reply: float | None, *, answered: bool
) -> dict[Measure, float | None]:
    trip = node.round_trip_seconds if answered else None
    primary = node.role is Role.PRIMARY and node.name == view.primary
    follows = node.role in (Role.STANDBY, Role.CASCADE)
    return {
        Measure.ROUND_TRIP_MS: None if trip is None else trip * 1000,
        Measure.REPLY_AGE_SECONDS: reply,
        # A standby that is silent falls behind all the same: its lag is known from the primary's side.
        Measure.LAG_BYTES: None if not follows else node.lag_flush_bytes,
        Measure.LAG_SECONDS: None if not follows else node.lag_flush_seconds,
        Measure.LAG_ENTRIES: None if not follows else node.lag_entries,
        Measure.ENTRIES_PER_SECOND: view.entries_per_second if primary else None,
        Measure.WAL_BYTES_PER_SECOND: view.wal_bytes_per_second if primary else None,
        Measure.SUSPICION: node.suspicion,
    }


def changes_of(before: ClusterView | None, after: ClusterView) -> tuple[Event, ...]:
    """What the verdict says that it did not say before; and that all is well again."""
    old = {} if before is None else _named(before.verdict)
    new = _named(after.verdict)
    events = [
        Event(
            at=after.at, kind=EventKind.VERDICT, cluster=after.name, node=node, health=health,
            text=cause,
        )
        for (cause, node), health in new.items()
        if old.get((cause, node)) != health
    ]  # fmt: skip
    if old and not new:
        events.append(
            Event(
                at=after.at, kind=EventKind.VERDICT, cluster=after.name, node=None, health="healthy", text="healthy"
            )
        )
    return tuple(events)


def _named(verdict: Verdict) -> dict[tuple[str, str | None], str]:
    """The findings that matter on a time axis: not that nobody was asked yet, not a note."""
    return {
        (f.cause.value, f.node): f.health.value
        for f in verdict.findings
        if f.health.value != "healthy" and f.cause.value != "not-asked"
    }
