"""The outage meter as a picture: each write that came through or did not, the gap, and the steps on the same axis."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Final

from console.domain.run import Outage, RunView
from console.governance.report_words import duration

WIDTH: Final = 1000.0
LEFT: Final = 60.0  # room for the names of the lanes
MARKS_MAX: Final = 800  # as many as can be told apart; more are drawn together, a failure before a success
STEPS_MAX: Final = 60
_BAR: Final = 11.0
_LANE: Final = 15.0


@dataclass(frozen=True, slots=True)
class Gap:
    """The widest time without a write, in seconds since the run began. `open`: it had not ended."""

    begin: float
    end: float
    open: bool


def widest_gap(outage: Outage) -> Gap | None:
    """From the last write that came through before the failures to the first after them; None where none failed."""
    last, widest, failing = None, None, False
    for at, wrote in outage.marks:
        if wrote:
            if failing:
                found = Gap(outage.marks[0][0] if last is None else last, at, open=False)
                widest = found if widest is None or _length(found) > _length(widest) else widest
            last, failing = at, False
        else:
            failing = True
    if failing:
        found = Gap(outage.marks[0][0] if last is None else last, outage.marks[-1][0], open=True)
        widest = found if widest is None or _length(found) > _length(widest) else widest
    return widest


def _length(gap: Gap) -> float:
    return gap.end - gap.begin


def outage_picture(run: RunView) -> str:
    """The picture as inline SVG; empty where the meter has no mark to show."""
    outage = run.outage
    if outage is None or not outage.marks:
        return ""
    bars = _bars(run)
    ends = [outage.marks[-1][0], *(begin + length for _, begin, length in bars)]
    first, span = min(0.0, outage.marks[0][0]), max(0.001, max(ends) - min(0.0, outage.marks[0][0]))

    def x(at: float) -> float:
        return LEFT + (at - first) / span * (WIDTH - LEFT - 10)

    top = 46.0
    height = top + 20 + _LANE * len(bars) + 24
    parts = [f'<text x="0" y="{top - 12:.0f}">writes</text>', *_marks(outage, x_of=x, top=top)]
    gap = widest_gap(outage)
    if gap is not None:
        wide = max(2.0, x(gap.end) - x(gap.begin))
        parts.append(f'<rect class="gap" x="{x(gap.begin):.1f}" y="{top + 2:.0f}" width="{wide:.1f}" height="8"/>')
        length = outage.gap_seconds if outage.gap_seconds is not None else _length(gap)
        said = f"no write for {duration(length)}" + (", and still none" if gap.open else "")
        middle = min(max(x(gap.begin) + wide / 2, LEFT + 70), WIDTH - 80)
        parts.append(f'<text class="said" x="{middle:.1f}" y="10" text-anchor="middle">{escape(said)}</text>')
    for place, (number, begin, length) in enumerate(bars):
        y = top + 20 + _LANE * place
        parts.append(f'<text x="0" y="{y + 9:.0f}">step {number}</text>')
        wide = max(1.5, x(begin + length) - x(begin))
        parts.append(f'<rect class="bar" x="{x(begin):.1f}" y="{y:.0f}" width="{wide:.1f}" height="{_BAR:.0f}"/>')
    parts += _axis(first, span, height, x_of=x)
    if run.no_return_at is not None and run.begun_at is not None:
        at = x((run.no_return_at - run.begun_at).total_seconds())
        parts.append(f'<line class="no-return" x1="{at:.1f}" x2="{at:.1f}" y1="16" y2="{height - 20:.0f}"/>')
    body = "\n".join(parts)
    title = "Outage meter: each write that came through or did not, and the steps at the same time"
    return f'<svg viewBox="0 0 {WIDTH:.0f} {height:.0f}" role="img" aria-label="{title}">\n{body}\n</svg>'


def _bars(run: RunView) -> list[tuple[int, float, float]]:
    """Number, begin and length in seconds of each step that has run."""
    if run.begun_at is None:
        return []
    found = [
        (number, (step.begun_at - run.begun_at).total_seconds(), step.seconds)
        for number, step in enumerate(run.steps, 1)
        if step.begun_at is not None and step.seconds is not None
    ]
    return found[:STEPS_MAX]


def _marks(outage: Outage, *, x_of: Callable[[float], float], top: float) -> list[str]:
    """A write that came through is a thin upright line, one that did not a wide low block: not by colour alone."""
    bundle = max(1, -(-len(outage.marks) // MARKS_MAX))
    drawn = []
    for start in range(0, len(outage.marks), bundle):
        marks = outage.marks[start : start + bundle]
        at, wrote = marks[0][0], all(wrote for _, wrote in marks)
        if wrote:
            drawn.append(f'<rect class="wrote" x="{x_of(at) - 0.5:.1f}" y="{top - 28:.0f}" width="1" height="28"/>')
        else:
            drawn.append(f'<rect class="failed" x="{x_of(at) - 1.5:.1f}" y="{top - 9:.0f}" width="3" height="9"/>')
    return drawn


def _axis(first: float, span: float, height: float, *, x_of: Callable[[float], float]) -> list[str]:
    y = height - 20
    drawn = [f'<line class="axis" x1="{LEFT:.0f}" x2="{WIDTH - 10:.0f}" y1="{y:.0f}" y2="{y:.0f}"/>']
    for place in range(6):
        at = first + span * place / 5
        anchor = "start" if place == 0 else "end" if place == 5 else "middle"
        drawn.append(f'<text x="{x_of(at):.1f}" y="{height - 6:.0f}" text-anchor="{anchor}">{at:,.1f} s</text>')
    return drawn
