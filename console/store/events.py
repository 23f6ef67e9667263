"""Writes and reads events, the marks on the time axis."""

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, func, insert, or_, select

from console.domain.fleet import Event, EventKind
from console.store import schema
from console.store.values import EPOCH, microseconds, moment

EVENTS_SHOWN_MAX: Final = 1_000


def insert_events(connection: Connection, events: list[Event]) -> None:
    if events:
        connection.execute(
            insert(schema.events),
            [
                {
                    "at_us": microseconds(event.at),
                    "kind": event.kind.value,
                    "cluster": event.cluster,
                    "node": event.node,
                    "health": event.health,
                    "text": event.text[: schema.TEXT_LENGTH],
                }
                for event in events
            ],
        )


def belongs(event: Event, cluster: str, node: str | None, begin_ms: int, end_ms: int) -> bool:
    """An event of no cluster is the engine's own and concerns all; one of no node concerns all nodes."""
    at_ms = (event.at - EPOCH) / timedelta(milliseconds=1)
    here = event.cluster in (cluster, "") and (node is None or event.node in (node, None))
    return here and begin_ms <= at_ms <= end_ms


def events_of(
    connection: Connection, cluster: str, node: str | None, begin_ms: int, end_ms: int
) -> tuple[list[Event], int]:
    """The newest events of a time, and how many more there are."""
    columns = schema.events.c
    where: list[ColumnElement[bool]] = [
        columns.cluster.in_([cluster, ""]),
        columns.at_us.between(begin_ms * 1000, end_ms * 1000),
    ]
    if node is not None:
        where.append(or_(columns.node == node, columns.node.is_(None)))
    newest = select(schema.events).where(*where).order_by(columns.at_us.desc(), columns.id.desc())
    events = [_event(row) for row in connection.execute(newest.limit(EVENTS_SHOWN_MAX))]
    if len(events) < EVENTS_SHOWN_MAX:
        return events, 0
    count = connection.execute(select(func.count()).select_from(schema.events).where(*where)).scalar_one()
    return events, count - len(events)


def lost_verdicts(connection: Connection, cluster: str, begin_ms: int, end_ms: int) -> list[Event]:
    """The newest verdicts 'lost' of a time, of the cluster or a node of it, the oldest first."""
    columns = schema.events.c
    asked = select(schema.events).where(
        columns.cluster == cluster, columns.kind == EventKind.VERDICT.value, columns.health == "lost",
        columns.at_us.between(begin_ms * 1000, end_ms * 1000),
    )  # fmt: skip
    newest = asked.order_by(columns.at_us.desc(), columns.id.desc()).limit(EVENTS_SHOWN_MAX)
    return [_event(row) for row in reversed(list(connection.execute(newest)))]


def _event(row: Row[Any]) -> Event:
    return Event(
        at=moment(row.at_us), kind=EventKind(row.kind), cluster=row.cluster, node=row.node, health=row.health,
        text=row.text,
    )  # fmt: skip


def merged(stored: list[Event], waiting: list[Event]) -> tuple[Event, ...]:
    """In order of time; one that was stored between the two looks stands once."""
    return tuple(sorted({*stored, *waiting}, key=lambda event: (event.at, event.kind.value, event.text)))
