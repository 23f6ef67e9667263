"""Where the lines and pictures of an incident stand on its time axis; pure arithmetic, knows no Qt."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from console.domain.incident import Incident, IncidentLine, LineKind
from console.domain.verdict import Health

STEPS_SECONDS: Final = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 86400)
SPAN_SECONDS_MIN: Final = 20.0
EDGE_SECONDS: Final = 1.0  # room before the first and behind the last thing
FRAME_SECONDS_MAX: Final = 3.5  # a picture stands for so long; beyond it nothing is known of the moment
TICKS_MAX: Final = 40
_WEIGHT: Final = (Health.LOST.value, Health.UNKNOWN.value, Health.DEGRADED.value)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in UTC seconds."""

    begin: float
    end: float

    @property
    def seconds(self) -> float:
        return self.end - self.begin

    def holds(self, at: float) -> bool:
        return self.begin <= at <= self.end


@dataclass(frozen=True, slots=True)
class Placed:
    """Lines of one lane that stand so close that they are one mark; the gravest speaks for them."""

    x: float
    lines: tuple[IncidentLine, ...]

    @property
    def line(self) -> IncidentLine:
        return min(self.lines, key=lambda one: _WEIGHT.index(one.health) if one.health in _WEIGHT else len(_WEIGHT))


def whole_span(incident: Incident, lines: Sequence[IncidentLine], frames: Sequence[float]) -> Span:
    """From the first thing that is known to the last, a little room at both ends."""
    known = [incident.begun_at.timestamp(), *(line.at.timestamp() for line in lines), *frames[:1], *frames[-1:]]
    known += [at.timestamp() for at in (incident.ended_at, incident.writable_again_at) if at is not None]
    begin, end = min(known) - EDGE_SECONDS, max(known) + EDGE_SECONDS
    return Span(begin, max(end, begin + SPAN_SECONDS_MIN))


def near_span(whole: Span, at: float, seconds: float, before: Span | None) -> Span:
    """So many seconds around a moment, within the whole. It moves only when the moment comes near its edge."""
    seconds = max(SPAN_SECONDS_MIN, min(seconds, whole.seconds))
    margin = seconds * 0.05
    if before is not None and abs(before.seconds - seconds) < 0.01:
        inner = Span(before.begin + margin, before.end - margin)
        within = before.begin >= whole.begin - 0.01 and before.end <= whole.end + 0.01
        if within and (inner.holds(at) or seconds >= whole.seconds - 0.01):
            return before
    begin = max(whole.begin, min(at - seconds / 2, whole.end - seconds))
    return Span(begin, begin + seconds)


def place(span: Span, at: float, left: float, width: float) -> float:
    """The x of a moment, in pixels."""
    return left + (at - span.begin) / max(span.seconds, 0.001) * width


def moment_at(span: Span, x: float, left: float, width: float) -> float:
    """The moment under an x; what lies outside stands at the edge."""
    share = min(1.0, max(0.0, (x - left) / max(width, 1.0)))
    return span.begin + share * span.seconds


def ticks(span: Span, width: float, room: float) -> tuple[tuple[float, str], ...]:
    """Moments at round clock times, their labels at least `room` pixels apart."""
    step = next((one for one in STEPS_SECONDS if width * one / max(span.seconds, 1.0) >= room), STEPS_SECONDS[-1])
    first = int(-(-span.begin // step))
    found = []
    for number in range(first, first + TICKS_MAX):
        at = float(number * step)
        if at > span.end:
            break
        found.append((at, f"{utc(at):%H:%M:%S}" if step < 60 else f"{utc(at):%H:%M}"))
    return tuple(found)


def lanes(lines: Sequence[IncidentLine]) -> tuple[LineKind, ...]:
    """The kinds that occur, always in the same order."""
    there = {line.kind for line in lines}
    return tuple(kind for kind in LineKind if kind in there)


def marks(
    lines: Sequence[IncidentLine], kind: LineKind, span: Span, left: float, width: float, apart: float
) -> tuple[Placed, ...]:
    """The marks of one lane. Lines nearer than `apart` pixels to the first of a mark join it."""
    found: list[Placed] = []
    for line in sorted((one for one in lines if one.kind is kind), key=lambda one: one.at):
        at = line.at.timestamp()
        if not span.holds(at):
            continue
        x = place(span, at, left, width)
        if found and x - found[-1].x < apart:
            found[-1] = Placed(found[-1].x, (*found[-1].lines, line))
        else:
            found.append(Placed(x, (line,)))
    return tuple(found)


def frame_at(frames: Sequence[float], at: float) -> float | None:
    """The newest picture at or before a moment; None before the first."""
    found = bisect_right(frames, at)
    return frames[found - 1] if found else None


def next_frame(frames: Sequence[float], at: float) -> float | None:
    """The first picture after a moment."""
    found = bisect_right(frames, at)
    return frames[found] if found < len(frames) else None


def seen_spans(frames: Sequence[float]) -> tuple[Span, ...]:
    """The stretches of which pictures are kept; between them nothing is known."""
    spans: list[Span] = []
    for at in frames:
        if spans and at - spans[-1].end <= FRAME_SECONDS_MAX:
            spans[-1] = Span(spans[-1].begin, at)
        else:
            spans.append(Span(at, at))
    return tuple(spans)


def next_line(lines: Sequence[IncidentLine], at: float, *, onward: bool) -> IncidentLine | None:
    """The nearest line after, or before, a moment."""
    stamps = [line.at.timestamp() for line in lines]
    found = bisect_right(stamps, at + 0.001) if onward else bisect_left(stamps, at - 0.001) - 1
    return lines[found] if 0 <= found < len(lines) else None


def line_at(lines: Sequence[IncidentLine], at: float) -> int | None:
    """The place of the last line at or before a moment: what had happened by then."""
    found = bisect_right([line.at.timestamp() for line in lines], at + 0.001)
    return found - 1 if found else None


def utc(seconds: float) -> datetime:
    """A moment of UTC seconds."""
    return datetime.fromtimestamp(seconds, UTC)
