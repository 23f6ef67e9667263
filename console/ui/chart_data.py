"""What a chart draws, worked out of a `Chart` value: traces with gaps, ends of the axes, values at a moment, CSV."""

import csv
import io
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import numpy as np
import numpy.typing as npt

from console.domain.fleet import Chart, Curve, Gap, Measure

Numbers = npt.NDArray[np.float64]

RAW_STEP_SECONDS: Final = 1.0
HOLE_STEPS: Final = 3.5  # readings further apart than this many steps have a hole between them, and no line
REACH_STEPS: Final = 3.0  # a cursor shows a value no further away than this
CSV_HEADER: Final = ("utc", "cluster", "node", "measure", "low", "high", "source")

SPANS: Final = (60, 300, 900, 1800, 3600, 10_800, 28_800, 86_400, 259_200, 604_800, 2_592_000)  # the zoom's ladder, s
RANGES: Final = (300, 1800, 10_800, 86_400, 604_800, 2_592_000)  # those that have a button of their own

# Figures come from these places; a bucket of several readings says so beside it.
SOURCES: Final = {
    Measure.ROUND_TRIP_MS: "console: time of the vital question",
    Measure.REPLY_AGE_SECONDS: "upstream: pg_stat_replication.reply_time",
    Measure.LAG_BYTES: "upstream: pg_stat_replication.flush_lsn",
    Measure.LAG_SECONDS: "console: heartbeat row",
    Measure.LAG_ENTRIES: "both: ledger head",
    Measure.ENTRIES_PER_SECOND: "primary: ledger head",
    Measure.WAL_BYTES_PER_SECOND: "primary: WAL position",
    Measure.SUSPICION: "console: silence of the vital answers against their past",
}

_FACTOR: Final = {Measure.WAL_BYTES_PER_SECOND: 1e-6, Measure.LAG_BYTES: 1e-6}  # drawn in MB


@dataclass(frozen=True, slots=True)
class Trace:
    """One node's line in one chart, in the unit drawn: NaN where nothing was read, so that no line crosses it."""

    node: str
    seconds: Numbers
    low: Numbers
    high: Numbers

    def drawn(self) -> tuple[Numbers, Numbers]:
        """Points to draw. A bucket of several readings is an upright stroke from its least to its greatest."""
        same = (self.low == self.high) | np.isnan(self.low)
        if bool(np.all(same)):
            return self.seconds, self.high
        return np.repeat(self.seconds, 2), np.column_stack((self.low, self.high)).ravel()

    def at(self, moment: float, reach: float) -> tuple[float, float] | None:
        """Low and high of the reading nearest to a moment; None where none lies within reach, or it has no answer."""
        if not len(self.seconds):
            return None
        right = int(np.searchsorted(self.seconds, moment))
        near = min(
            (place for place in (right - 1, right) if 0 <= place < len(self.seconds)),
            key=lambda place: abs(float(self.seconds[place]) - moment),
        )
        if abs(float(self.seconds[near]) - moment) > reach or math.isnan(float(self.high[near])):
            return None
        return float(self.low[near]), float(self.high[near])


def step_of(chart: Chart) -> float:
    """Seconds from one point to the next."""
    return chart.bucket_seconds or RAW_STEP_SECONDS


def trace_of(curve: Curve, chart: Chart) -> Trace:
    """A curve as a trace: None becomes NaN, a NaN is put into every hole and every gap, bytes become MB."""
    factor = _FACTOR.get(curve.measure, 1.0)
    seconds = np.asarray(curve.seconds, dtype=np.float64)
    low = np.asarray(curve.low, dtype=np.float64) * factor
    high = np.asarray(curve.high, dtype=np.float64) * factor
    for gap in chart.gaps:
        inside = (seconds > gap.begin) & (seconds < gap.end)
        if inside.any():
            low[inside] = high[inside] = np.nan
    breaks = np.flatnonzero(np.diff(seconds) > step_of(chart) * HOLE_STEPS) + 1
    crossed = [int(np.searchsorted(seconds, gap.begin, side="right")) for gap in chart.gaps]
    places = np.unique(np.concatenate((breaks, [p for p in crossed if 0 < p < len(seconds)]))).astype(np.intp)
    if len(places):
        between = (seconds[places - 1] + seconds[places]) / 2
        seconds = np.insert(seconds, places, between)
        low, high = np.insert(low, places, np.nan), np.insert(high, places, np.nan)
    return Trace(curve.node, seconds, low, high)


def traces_of(chart: Chart, measure: Measure, order: Sequence[str]) -> tuple[Trace, ...]:
    """The traces of one measure, in the order of the nodes; nodes that are not in the order come last."""
    place = {name: number for number, name in enumerate(order)}
    curves = [curve for curve in chart.curves if curve.measure is measure and curve.seconds]
    return tuple(trace_of(c, chart) for c in sorted(curves, key=lambda c: (place.get(c.node, len(place)), c.node)))


def worst_traces(traces: tuple[Trace, ...], count: int) -> tuple[Trace, ...]:
    """At most `count` traces: those with the greatest values, in their own order."""
    if len(traces) <= count:
        return traces
    kept = {trace.node for trace in sorted(traces, key=lambda trace: -_greatest(trace))[:count]}
    return tuple(trace for trace in traces if trace.node in kept)


def bands_of(chart: Chart, begin: float, end: float) -> tuple[Gap, ...]:
    """The gaps as far as they lie in the shown time, those that touch joined."""
    joined: list[Gap] = []
    for gap in sorted(chart.gaps, key=lambda g: g.begin):
        clipped = Gap(begin=max(gap.begin, begin), end=min(gap.end, end))
        if clipped.end <= clipped.begin:
            continue
        if joined and clipped.begin <= joined[-1].end:
            joined[-1] = Gap(begin=joined[-1].begin, end=max(joined[-1].end, clipped.end))
        else:
            joined.append(clipped)
    return tuple(joined)


def _greatest(trace: Trace) -> float:
    return float(np.nanmax(trace.high)) if len(trace.high) and not np.isnan(trace.high).all() else -math.inf


def top_of(traces: Iterable[Trace], begin: float, end: float, *, least: float) -> float:
    """The upper end of a chart's axis: 1, 2, 2.5, 4, 5, 8 times a power of ten over everything in the shown time."""
    greatest = least
    for trace in traces:
        shown = trace.high[(trace.seconds >= begin) & (trace.seconds <= end)]
        if len(shown) and not np.isnan(shown).all():
            greatest = max(greatest, float(np.nanmax(shown)))
    return round_up(greatest)


def round_up(value: float) -> float:
    """The next number that is easily read: 1, 2, 2.5, 4, 5 or 8 times a power of ten."""
    if not math.isfinite(value) or value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next((step * power for step in (1.0, 2.0, 2.5, 4.0, 5.0, 8.0) if step * power >= value * 0.9999), 10 * power)


_STEPS: Final = (
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200,
    86_400, 172_800, 345_600, 604_800, 1_209_600,
)  # fmt: skip


def time_ticks(begin: float, end: float, most: int) -> tuple[tuple[float, str], ...]:
    """At most `most` round moments in a time, each with its text in UTC: seconds, minutes or days as fits the step."""
    span = max(end - begin, 1.0)
    step = next((s for s in _STEPS if span / s <= max(most, 1)), _STEPS[-1])
    first = math.ceil(begin / step) * step
    pattern = "%H:%M:%S" if step < 60 else "%H:%M" if step < 86_400 else "%d %b"
    ticks: list[tuple[float, str]] = []
    moment = float(first)
    while moment <= end:
        at = datetime.fromtimestamp(moment, UTC)
        # Midnight names the day, so that a range over several days is never read as one.
        text = at.strftime("%d %b") if step >= 3600 and at.hour == 0 and at.minute == 0 else at.strftime(pattern)
        ticks.append((moment, text.lstrip("0") if text[2:3] == " " else text))
        moment += step
    return tuple(ticks)


def zoomed(span: float, steps: int) -> float:
    """The next span of the ladder: fewer seconds for +1, more for −1."""
    if steps > 0:
        return float(max((s for s in SPANS if s < span), default=SPANS[0]))
    return float(min((s for s in SPANS if s > span), default=SPANS[-1]))


def csv_of(chart: Chart, measures: Sequence[Measure] = tuple(Measure)) -> str:
    """These measures as CSV: one line a point, times in UTC; an empty value is a moment asked and not answered."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CSV_HEADER)
    writer.writerows(_csv_lines(chart, frozenset(measures)))
    return text.getvalue()


def _csv_lines(chart: Chart, measures: frozenset[Measure]) -> Iterator[tuple[str, ...]]:
    scope = f", least and greatest of {chart.bucket_seconds:g} s" if chart.bucket_seconds else ""
    for curve in (curve for curve in chart.curves if curve.measure in measures):
        source = SOURCES[curve.measure] + scope
        for seconds, low, high in zip(curve.seconds, curve.low, curve.high, strict=True):
            at = datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
            yield at, chart.cluster, curve.node, curve.measure.value, _plain(low), _plain(high), source


def _plain(value: float | None) -> str:
    return "" if value is None else repr(value)
