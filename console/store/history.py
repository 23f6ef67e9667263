"""Keeps readings and events: in memory at once, in the store by batches, and gives charts of both together."""

import math
import threading
from collections import deque
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, insert, select

from console.domain.fleet import Chart, Event, EventKind, Gap
from console.store import charting, rollup, schema
from console.store.database import Store, upsert
from console.store.events import belongs, events_of, insert_events, lost_verdicts, merged
from console.store.rollup import RAW, frontier
from console.store.trouble import StoreTrouble
from console.store.watching import Watch, gaps_between, joined, stored_spans

QUEUE_SAMPLES_MAX: Final = 100_000  # that wait for a store that takes nothing: 200 s of 500 nodes, hours of ten
DROPPED_AT_ONCE: Final = 1_000
EVENTS_WAITING_MAX: Final = 10_000
FLUSH_PATIENCE_SECONDS: Final = 5.0  # for the lock of another writer
EVENT_PATIENCE_SECONDS: Final = 0.25  # who tells of an event waits no longer for a locked store
ROLL_UP_DELAY_SECONDS: Final = 5.0  # readings of a minute that is just over may still be on their way
# A greater value is no measurement; with this one the sum of an hour of readings still fits into 64 bits.
VALUE_MAX: Final = 1 << 46

_SCALES: Final = tuple(schema.SCALES[measure] for measure in schema.MEASURES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What one round of one node gave, for the charts: a value per `Measure`, in its order; None is not known."""

    cluster: str
    node: str
    seconds: float  # UTC since the epoch, by the console's clock
    values: tuple[float | None, ...]
    answered: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """A sample in the units of the store."""

    cluster: str
    node: str
    at_ms: int
    answered: bool
    values: tuple[int | None, ...]


class History:
    """Readings and events of one engine. Any thread may call any of it; `add` and `watched` never wait for the store.

    `flush_seconds` says how often its owner means to call `flush`; `roll_up` follows each minute, `expire` each hour.
    """

    def __init__(self, store: Store, *, flush_seconds: float = 10.0) -> None:
        self.flush_seconds = flush_seconds
        self.dropped = 0  # samples that no store took in time
        self._store = store
        self._lock = threading.Lock()  # guards what is in memory, for moments
        self._turn = threading.Lock()  # one writer at a time, for as long as the store needs
        self._queue: deque[_Row] = deque()
        self._in_flight: list[_Row] = []
        self._events: list[Event] = []
        self._watch = Watch()
        self._ids: dict[tuple[str, str], int] = {}

    def add(self, sample: Sample) -> None:
        """Take a reading. Where the store takes nothing for long, the oldest are dropped and counted."""
        if len(sample.values) != len(schema.MEASURES):
            raise ValueError(f"a sample has {len(schema.MEASURES)} values, not {len(sample.values)}")
        at_ms = charting.milliseconds(sample.seconds)
        values = tuple(map(_stored, sample.values, _SCALES))
        row = _Row(sample.cluster, sample.node, at_ms, sample.answered, values)
        with self._lock:
            self._queue.append(row)
            self._keep_to_limit()

    def _keep_to_limit(self) -> None:
        while len(self._queue) > QUEUE_SAMPLES_MAX:
            gone = [self._queue.popleft().at_ms for _ in range(DROPPED_AT_ONCE)]
            self.dropped += len(gone)
            self._watch.cut(min(gone), max(gone))

    def watched(self, seconds: float) -> None:
        """The engine was watching at this moment; called each second or two, so that a chart knows the gaps."""
        at_ms = charting.milliseconds(seconds)
        with self._lock:
            self._watch.extend(at_ms)

    def add_event(self, event: Event) -> str:
        """Store an event now, for good; '' says that it is. Else the trouble in words, and each flush tries again."""
        if event.at.tzinfo is None:
            raise ValueError("an event's time says its zone")
        with self._lock:
            self._events.append(event)
            del self._events[:-EVENTS_WAITING_MAX]
        if not self._turn.acquire(timeout=EVENT_PATIENCE_SECONDS):
            return self._said_busy()
        try:
            return self._flush_events()
        finally:
            self._turn.release()

    def _said_busy(self) -> str:
        return f"waiting: {self._store.where} takes a batch of readings; the event follows it"

    def _flush_events(self) -> str:
        with self._lock:
            events = list(self._events)
        try:
            with self._store.writing(durable=True, patience_seconds=EVENT_PATIENCE_SECONDS) as connection:
                insert_events(connection, events)
        except StoreTrouble as trouble:
            return str(trouble)
        self._forget(events)
        return ""

    def _forget(self, events: list[Event]) -> None:
        """Stored events need no longer wait. They are the oldest, unless some were dropped meanwhile."""
        stored = set(events)
        with self._lock:
            self._events = [event for event in self._events if event not in stored]

    def flush(self) -> str:
        """Store all that waits, as one transaction; '' or the trouble in words, and then all of it waits on."""
        with self._turn, ExitStack() as unless_stored:
            with self._lock:
                batch = self._in_flight = list(self._queue)
                self._queue.clear()
                events = list(self._events)
                spans = self._watch.take()
            unless_stored.callback(self._put_back)
            if not (batch or events or spans):
                return ""
            try:
                with self._store.writing(durable=bool(events), patience_seconds=FLUSH_PATIENCE_SECONDS) as connection:
                    ids = self._ids | _ids_for(connection, batch, self._ids)
                    too_late = _insert_samples(connection, batch, ids)
                    insert_events(connection, events)
                    row = self._watch.store(connection)
            except StoreTrouble as trouble:
                return str(trouble)
            unless_stored.pop_all()
            self._ids = ids
            with self._lock:
                self._in_flight = []
                self.dropped += too_late
                self._watch.stored(row)
            self._forget(events)
            return ""

    def _put_back(self) -> None:
        with self._lock:
            self._queue.extendleft(reversed(self._in_flight))
            self._in_flight = []
            self._watch.put_back()
            self._keep_to_limit()

    def roll_up(self, now_seconds: float) -> None:
        """Make the minutes and hours that are over. Raises StoreTrouble; what was made until then stays."""
        until = charting.milliseconds(now_seconds - ROLL_UP_DELAY_SECONDS)
        with self._lock:
            waiting = (*self._in_flight, *self._queue)
        oldest = min((row.at_ms for row in waiting), default=until)
        rollup.roll_up(self._store, min(until, oldest))

    def expire(self, now_seconds: float) -> None:
        """Throw away readings past their time: raw after a day, minutes after 30 days, hours after two years."""
        rollup.expire(self._store, charting.milliseconds(now_seconds))

    def chart(self, *, cluster: str, begin: float, end: float, points: int, node: str | None = None) -> Chart:
        """Curves, gaps and events of this time, at most `points` (8 to 20,000) a curve, with what is not stored yet.

        `bucket_seconds` 0: each point is one reading at its own time; else each is a bucket, at its beginning. A point
        without a value is a moment that was asked and not answered, or the first of a time in which nothing was asked.
        Raises StoreTrouble where the store can't be read.
        """
        begin_ms, end_ms = charting.milliseconds(begin), charting.milliseconds(end)
        points = min(max(points, charting.POINTS_MIN), charting.POINTS_MAX)
        # Memory first: what is stored between the two looks is then seen twice, which changes nothing, and never lost.
        with self._lock:
            waiting = [row for row in (*self._in_flight, *self._queue) if row.cluster == cluster]
            told = list(self._events)
            spans = self._watch.unstored()
            watching = self._watch.begun
        with self._store.reading() as connection:
            window = charting.choose_window(connection, begin_ms, end_ms, points)
            ids = _ids_of(connection, cluster, node)
            found = charting.read_points(connection, list(ids.values()), window)
            spans += stored_spans(connection, begin_ms, end_ms)
            kept, left_out = events_of(connection, cluster, node, begin_ms, end_ms)
        by_node = {name: found[number] for name, number in ids.items()}
        for row in waiting:
            if node is None or row.node == node:
                charting.put_sample(by_node.setdefault(row.node, {}), window, row.at_ms, row.values)
        gaps = gaps_between(spans, begin_ms, end_ms, open_end=watching)
        raw = charting.is_raw(window, by_node.values())
        curves = [
            curve
            for name in sorted(by_node)
            for curve in charting.curves_of(name, by_node[name], window, gaps, raw=raw)
        ]
        return Chart(
            cluster=cluster,
            begin=begin,
            end=end,
            bucket_seconds=0.0 if raw else window.bucket_ms / 1000,
            curves=tuple(curves),
            gaps=tuple(Gap(begin=before / 1000, end=after / 1000) for before, after in gaps),
            events=merged(kept, [each for each in told if belongs(each, cluster, node, begin_ms, end_ms)]),
            events_left_out=left_out,
        )


    def looked(
        self, *, cluster: str, begin: float, end: float
    ) -> tuple[tuple[tuple[float, float], ...], tuple[Event, ...]]:  # fmt: skip
        """When the engine was watching, in seconds since the epoch, and each verdict 'lost' of a cluster.

        Both with what is not stored yet. Raises StoreTrouble.
        """
        begin_ms, end_ms = charting.milliseconds(begin), charting.milliseconds(end)
        with self._lock:
            told = [each for each in self._events if each.kind is EventKind.VERDICT and each.health == "lost"]
            spans = self._watch.unstored()
        with self._store.reading() as connection:
            spans += stored_spans(connection, begin_ms, end_ms)
            kept = lost_verdicts(connection, cluster, begin_ms, end_ms)
        waiting = [each for each in told if each.cluster == cluster and belongs(each, cluster, None, begin_ms, end_ms)]
        return tuple((first / 1000, last / 1000) for first, last in joined(spans)), merged(kept, waiting)


def _stored(value: float | None, scale: int) -> int | None:
    """A value in units of the store; what is no number, or beyond all measure, was not measured."""
    if value is None or not math.isfinite(value):
        return None
    units = round(value * scale)
    return units if -VALUE_MAX < units < VALUE_MAX else None


def _ids_for(
    connection: Connection, batch: Iterable[_Row], known: dict[tuple[str, str], int]
) -> dict[tuple[str, str], int]:
    """Numbers for the nodes of a batch that have none in memory yet: those they have in the store, or new ones."""
    missing = sorted({(row.cluster, row.node) for row in batch} - known.keys())
    if not missing:
        return {}
    found: dict[tuple[str, str], int] = {}
    columns = schema.watched_nodes.c
    for cluster, node in missing:
        here = columns.cluster == cluster, columns.node == node
        number = connection.execute(select(columns.id).where(*here)).scalar()
        if number is None:
            connection.execute(insert(schema.watched_nodes).values(cluster=cluster, node=node))
            number = connection.execute(select(columns.id).where(*here)).scalar_one()
        found[cluster, node] = number
    return found


def _insert_samples(connection: Connection, batch: list[_Row], ids: dict[tuple[str, str], int]) -> int:
    """Write a batch; how many were too late for it: their time was thrown away already."""
    kept_ms = frontier(connection, RAW).kept_ms
    rows = [row for row in batch if row.at_ms >= kept_ms]
    if rows:
        connection.execute(
            upsert(connection, schema.samples),
            [
                {
                    "node_id": ids[row.cluster, row.node],
                    "at_ms": row.at_ms,
                    "answered": int(row.answered),
                    **dict(zip(schema.COLUMNS, row.values, strict=True)),
                }
                for row in rows
            ],
        )
        rollup.reopen(connection, min(row.at_ms for row in rows))
    return len(batch) - len(rows)


def _ids_of(connection: Connection, cluster: str, node: str | None) -> dict[str, int]:
    columns = schema.watched_nodes.c
    wanted = select(columns.node, columns.id).where(columns.cluster == cluster)
    if node is not None:
        wanted = wanted.where(columns.node == node)
    return {row.node: row.id for row in connection.execute(wanted)}
