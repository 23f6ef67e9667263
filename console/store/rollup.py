"""Rolls readings up, raw to minutes to hours, and throws away what is past its time; cut anywhere, it goes on."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Table, delete, func, insert, select, true
from sqlalchemy.sql import Select

from console.store import schema
from console.store.database import Store, upsert

DAY_MS: Final = 86_400_000
EVENTS_KEPT_MS: Final = 730 * DAY_MS
# Readings that one transaction rolls up: about 0.1 s, so that an operator's action never waits long for the lock.
SLICE_ROWS_MAX: Final = 60_000
STEPS_A_BUCKET: Final = 60  # readings of the finer grain in a bucket of the coarser, as a rule


@dataclass(frozen=True, slots=True)
class Grain:
    """One fineness of readings: its table, the width of its buckets, and how long it is kept."""

    name: str
    table: Table
    step_ms: int
    kept_ms: int


RAW: Final = Grain("samples", schema.samples, 1, DAY_MS)
MINUTE: Final = Grain("minutes", schema.minutes, 60_000, 30 * DAY_MS)
HOUR: Final = Grain("hours", schema.hours, 3_600_000, 730 * DAY_MS)
_COARSER: Final = {RAW.name: MINUTE, MINUTE.name: HOUR}


@dataclass(frozen=True, slots=True)
class Frontier:
    """Up to where a grain is rolled up, and from where on it is whole."""

    rolled_ms: int
    kept_ms: int


def frontier(connection: Connection, grain: Grain) -> Frontier:
    """A grain's frontier, held until the end of a writing transaction where the database has row locks."""
    columns = schema.frontiers.c
    row = connection.execute(
        select(columns.rolled_ms, columns.kept_ms).where(columns.readings == grain.name).with_for_update()
    ).one_or_none()
    return Frontier(0, 0) if row is None else Frontier(row[0], row[1])


def _put(connection: Connection, grain: Grain, at: Frontier) -> None:
    connection.execute(
        upsert(connection, schema.frontiers),
        {"readings": grain.name, "rolled_ms": at.rolled_ms, "kept_ms": at.kept_ms},
    )


def floor_to(at_ms: int, step_ms: int) -> int:
    return at_ms // step_ms * step_ms


def reopen(connection: Connection, at_ms: int) -> None:
    """A reading of this time comes in: buckets that were made without it are to be made again."""
    for grain, coarser in ((RAW, MINUTE), (MINUTE, HOUR)):
        here = frontier(connection, grain)
        back = max(floor_to(at_ms, coarser.step_ms), here.kept_ms)
        if back < here.rolled_ms:
            _put(connection, grain, Frontier(back, here.kept_ms))


def roll_up(store: Store, until_ms: int) -> None:
    """Make every bucket that ends by `until_ms` and is not made, or was reopened. Raises StoreTrouble.

    Each slice is one transaction that leaves its frontier behind, so the call may be cut at any instant; a bucket is
    always made whole from the finer grain, so making it twice changes nothing.
    """
    while not _roll_slice(store, RAW, until_ms):
        pass
    with store.reading() as connection:
        minutes_until = frontier(connection, RAW).rolled_ms
    while not _roll_slice(store, MINUTE, minutes_until):
        pass


def _roll_slice(store: Store, grain: Grain, until_ms: int) -> bool:
    """One slice; True when there is nothing more to do."""
    coarser = _COARSER[grain.name]
    limit = floor_to(until_ms, coarser.step_ms)
    with store.reading() as connection:  # most calls find nothing to do, and then take no lock
        if frontier(connection, grain).rolled_ms >= limit:
            return True
    with store.writing(durable=False) as connection:
        here = frontier(connection, grain)
        first = _first_from(connection, grain, here.rolled_ms)
        if first is None or first >= limit:
            _put(connection, grain, Frontier(max(here.rolled_ms, limit), here.kept_ms))
            return True
        begin = floor_to(first, coarser.step_ms)
        nodes = connection.execute(select(func.count()).select_from(schema.watched_nodes)).scalar_one()
        buckets = max(1, SLICE_ROWS_MAX // (STEPS_A_BUCKET * max(1, nodes)))
        end = min(limit, begin + buckets * coarser.step_ms)
        _make_buckets(connection, grain, begin, end)
        _put(connection, grain, Frontier(end, here.kept_ms))
        return end >= limit


def _first_from(connection: Connection, grain: Grain, at_ms: int) -> int | None:
    """The oldest reading from this time on, found with one step into the key for each node."""
    readings = grain.table.c
    of_node = (
        select(func.min(readings.at_ms))
        .where(readings.node_id == schema.watched_nodes.c.id, readings.at_ms >= at_ms)
        .scalar_subquery()
    )
    oldest = select(of_node.label("at_ms")).select_from(schema.watched_nodes).subquery()
    found: int | None = connection.execute(select(func.min(oldest.c.at_ms))).scalar()
    return found


def _make_buckets(connection: Connection, grain: Grain, begin_ms: int, end_ms: int) -> None:
    coarser = _COARSER[grain.name]
    nodes = select(schema.watched_nodes.c.id)
    old, fine = coarser.table.c, grain.table.c
    connection.execute(delete(coarser.table).where(old.node_id.in_(nodes), old.at_ms >= begin_ms, old.at_ms < end_ms))
    made = _buckets_of(grain, coarser).where(fine.node_id.in_(nodes), fine.at_ms >= begin_ms, fine.at_ms < end_ms)
    connection.execute(insert(coarser.table).from_select([column.name for column in coarser.table.c], made))


def _buckets_of(grain: Grain, coarser: Grain) -> Select[tuple[int, ...]]:
    """The columns of the coarser table, in its order, from the finer one."""
    fine = grain.table.c
    raw = grain is RAW
    made: dict[str, Any] = {
        "node_id": fine.node_id,
        "at_ms": (fine.at_ms // coarser.step_ms * coarser.step_ms).label("bucket"),
        "asked": func.count() if raw else func.sum(fine.asked),
        "answered": func.sum(fine.answered),
    }
    for name in schema.COLUMNS:
        made[f"low_{name}"] = func.min(fine[name if raw else f"low_{name}"])
        made[f"high_{name}"] = func.max(fine[name if raw else f"high_{name}"])
        made[f"total_{name}"] = func.sum(fine[name if raw else f"total_{name}"])
        made[f"known_{name}"] = func.count(fine[name]) if raw else func.sum(fine[f"known_{name}"])
    node, bucket, *rest = (made[column.name] for column in coarser.table.c)
    return select(node, bucket, *rest).group_by(fine.node_id, "bucket")


def expire(store: Store, now_ms: int) -> None:
    """Throw away what is past its time and stands in the coarser grain. Raises StoreTrouble; what was begun is kept."""
    for grain in (RAW, MINUTE, HOUR):
        boundary = _advance(store, grain, now_ms)
        readings = grain.table.c
        any_old = select(true()).where(readings.node_id == schema.watched_nodes.c.id, readings.at_ms < boundary)
        with store.reading() as connection:
            nodes = connection.execute(select(schema.watched_nodes.c.id).where(any_old.exists())).scalars().all()
        for node in nodes:  # a transaction each: the lock is never held for long
            with store.writing(durable=False) as connection:
                connection.execute(delete(grain.table).where(readings.node_id == node, readings.at_ms < boundary))
    with store.writing(durable=False) as connection:
        connection.execute(delete(schema.watches).where(schema.watches.c.end_ms < now_ms - HOUR.kept_ms))
        connection.execute(delete(schema.events).where(schema.events.c.at_us < (now_ms - EVENTS_KEPT_MS) * 1000))


def _advance(store: Store, grain: Grain, now_ms: int) -> int:
    """Say first from where on the grain is whole, then throw away: no bucket is ever made again from a part."""
    coarser = _COARSER.get(grain.name)
    boundary = floor_to(now_ms - grain.kept_ms, grain.step_ms if coarser is None else coarser.step_ms)
    with store.writing(durable=False) as connection:
        here = frontier(connection, grain)
        if coarser is not None:
            boundary = min(boundary, here.rolled_ms)
        boundary = max(boundary, here.kept_ms)
        _put(connection, grain, Frontier(here.rolled_ms, boundary))
    return boundary
