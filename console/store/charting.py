"""Makes a chart from readings of three grains: reads no more than it shows, draws no line where nothing was read."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from sqlalchemy import ColumnElement, Connection, func, select

from console.domain.fleet import Curve, Measure
from console.store import schema
from console.store.rollup import HOUR, MINUTE, RAW, Grain, floor_to, frontier
from console.store.watching import Span

POINTS_MIN: Final = 8
POINTS_MAX: Final = 20_000
TIME_MS_MAX: Final = 1 << 53
BREAK_MS_MIN: Final = 5_000  # readings nearer than this to each other are always joined by a line
BREAK_TIMES: Final = 2.5  # a hole of this many usual distances is a hole
WIDTH: Final = len(schema.MEASURES)
_NOTHING: Final = (None,) * WIDTH
_FIRST_VALUE: Final = 2  # a point: first and last time, then the lows, then the highs

Point = tuple[int | None, ...]
Points = dict[int, Point]  # by bucket number


@dataclass(frozen=True, slots=True)
class Window:
    """What to show: a time, and into buckets of which width it is divided."""

    begin_ms: int
    end_ms: int
    bucket_ms: int
    grain: Grain

    @property
    def read_from_ms(self) -> int:
        """Buckets of a coarse grain are read whole."""
        return self.begin_ms if self.grain is RAW else floor_to(self.begin_ms, self.bucket_ms)


def milliseconds(seconds: float) -> int:
    """Seconds as the store counts them. Raises ValueError where it is no time."""
    if not math.isfinite(seconds) or not -TIME_MS_MAX < seconds * 1000 < TIME_MS_MAX:
        raise ValueError(f"not a time: {seconds}")
    return round(seconds * 1000)


def choose_window(connection: Connection, begin_ms: int, end_ms: int, points: int) -> Window:
    """The coarsest grain that gives at least half the points, or the one that still holds the beginning."""
    span = max(1, end_ms - begin_ms)
    # A span touches up to two buckets more than fit into it.
    width = math.ceil(span / (points - 2))
    chosen = next((grain for grain in (HOUR, MINUTE) if span // grain.step_ms >= points // 2), RAW)
    if chosen is RAW and frontier(connection, RAW).kept_ms > begin_ms:
        chosen = MINUTE
    if chosen is MINUTE and frontier(connection, MINUTE).kept_ms > begin_ms:
        chosen = HOUR
    # Whole seconds: nodes are asked on the second, and each bucket then holds as many readings as the next.
    step = max(chosen.step_ms, 1_000 if width > 1_000 else 1)
    return Window(begin_ms, end_ms, math.ceil(width / step) * step, chosen)


def read_points(connection: Connection, node_ids: Sequence[int], window: Window) -> dict[int, Points]:
    """All stored points of some nodes: from the chosen grain, and what it does not hold yet from the finer ones."""
    until = {HOUR.name: frontier(connection, MINUTE).rolled_ms, MINUTE.name: frontier(connection, RAW).rolled_ms}
    found: dict[int, Points] = {node: {} for node in node_ids}
    begin = window.read_from_ms
    for grain in {HOUR: (HOUR, MINUTE, RAW), MINUTE: (MINUTE, RAW), RAW: (RAW,)}[window.grain]:
        end = window.end_ms + 1 if grain is RAW else min(window.end_ms + 1, until[grain.name])
        if begin < end:
            _read(connection, node_ids, grain, begin, end, window.bucket_ms, found)
            begin = end
    return found


def _read(
    connection: Connection,
    node_ids: Sequence[int],
    grain: Grain,
    begin_ms: int,
    end_ms: int,
    bucket_ms: int,
    found: dict[int, Points],
) -> None:
    """The database does the merging: a row for each bucket that is shown comes back, not one for each reading."""
    at = grain.table.c.at_ms
    lows = [grain.table.c[name if grain is RAW else f"low_{name}"] for name in schema.COLUMNS]
    highs = [grain.table.c[name if grain is RAW else f"high_{name}"] for name in schema.COLUMNS]
    bucket = (at // bucket_ms).label("bucket")
    if grain.step_ms == bucket_ms:
        shown = select(bucket, at, at, *lows, *highs)
    else:
        merged: list[ColumnElement[int]] = [*(func.min(low) for low in lows), *(func.max(high) for high in highs)]
        shown = select(bucket, func.min(at), func.max(at), *merged).group_by("bucket")
    # Asked one node after the other: so each is a walk along the key.
    for node in node_ids:
        points = found[node]
        here = shown.where(grain.table.c.node_id == node, at >= begin_ms, at < end_ms)
        for row in connection.execute(here):
            put_point(points, row[0], row[1:])


def put_point(points: Points, bucket: int, point: Point) -> None:
    """Add what was read to a bucket that may hold something already; adding the same twice changes nothing."""
    present = points.get(bucket)
    if present is None:
        points[bucket] = point
        return
    lowest = [_least(one, other) for one, other in zip(present, point, strict=True)]
    greatest = [_greatest(one, other) for one, other in zip(present, point, strict=True)]
    highs_from = _FIRST_VALUE + WIDTH
    points[bucket] = (lowest[0], greatest[1], *lowest[_FIRST_VALUE:highs_from], *greatest[highs_from:])


def _least(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else min(one, other)


def _greatest(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else max(one, other)


def put_sample(points: Points, window: Window, at_ms: int, values: tuple[int | None, ...]) -> None:
    """One reading that is not stored yet."""
    if window.read_from_ms <= at_ms <= window.end_ms:
        put_point(points, at_ms // window.bucket_ms, (at_ms, at_ms, *values, *values))


def is_raw(window: Window, found: Iterable[Points]) -> bool:
    """True where no bucket holds more than one reading: then each is shown at its own time."""
    return window.grain is RAW and all(point[0] == point[1] for points in found for point in points.values())


def curves_of(node: str, points: Points, window: Window, gaps: Sequence[Span], *, raw: bool) -> list[Curve]:
    """A node's curves. A measure that was never known in this time has none, save the round trip of a silent node."""
    if not points:
        return []
    _break_lines(points, window, gaps, raw=raw)
    order = sorted(points)
    columns = list(zip(*(points[bucket] for bucket in order), strict=True))
    times: Iterable[int] = (bucket * window.bucket_ms for bucket in order)
    if raw:
        times = (begin if at is None else at for at, begin in zip(columns[0], times, strict=True))
    seconds = tuple(at / 1000 for at in times)
    curves: list[Curve] = []
    for place, measure in enumerate(schema.MEASURES):
        low, high = columns[_FIRST_VALUE + place], columns[_FIRST_VALUE + WIDTH + place]
        if measure is not Measure.ROUND_TRIP_MS and all(value is None for value in low):
            continue
        scale = schema.SCALES[measure]
        lows = tuple(None if value is None else value / scale for value in low)
        same = low == high
        highs = lows if same else tuple(None if value is None else value / scale for value in high)
        curves.append(Curve(node=node, measure=measure, seconds=seconds, low=lows, high=highs))
    return curves


def _break_lines(points: Points, window: Window, gaps: Sequence[Span], *, raw: bool) -> None:
    """Put an empty point into each hole: where nobody watched, and where this node was not asked."""
    order = sorted(points)
    width = window.bucket_ms
    usual = median(after - before for before, after in pairwise(order)) if len(order) > 1 else 1
    hole = usual * BREAK_TIMES * width if window.grain is RAW else width
    for before, after in pairwise(order):
        if after - before < 2:
            continue
        distance = (after - before) * width
        begin = (points[before][1] or 0) if raw else before * width
        end = (points[after][0] or 0) if raw else after * width
        watched = not any(gap[0] < end and begin < gap[1] for gap in gaps)
        if not watched or (distance > hole and (window.grain is not RAW or distance > BREAK_MS_MIN)):
            points[before + 1] = (None, None, *_NOTHING, *_NOTHING)
