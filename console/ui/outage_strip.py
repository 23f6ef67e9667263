"""The outage meter as a picture: every write that succeeded is a mark, and the gap is a box with its length."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.run import Outage
from console.ui import theme
from console.ui.run_words import gap_text
from console.ui.speech import translate
from console.ui.theme import SMALL, Token

HEIGHT_EM: Final = 1.95
GAP_SECONDS_MIN: Final = 0.15  # the meter's own pace is shorter
GAP_SHOWN_SHARE_MIN: Final = 0.004  # of the width: a shorter gap is one pixel, and its text stands beside it
STEPS_SECONDS: Final = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 86400)
LABELS_MAX: Final = 9
GOOD_SHARE: Final = 0.62  # of the strip's height
BAD_SHARE: Final = 0.28


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, in seconds since the run began."""

    begin: float
    end: float

    @property
    def seconds(self) -> float:
        return self.end - self.begin


def spans(outage: Outage, now_seconds: float) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Where writes succeeded, and where none did.

    The meter marks what changes, not every write: the first one that succeeded, and around each gap the last before
    it, a failure if there was one, and the first after it. Between two gaps writes succeeded all the time.
    """
    good: list[Span] = []
    gaps: list[Span] = []
    since: float | None = None  # writes have succeeded since then
    marks = outage.marks
    place = 0
    while place < len(marks):
        at, succeeded = marks[place]
        if since is None:
            # The beginning: a success, or failures up to the first one.
            if not succeeded:
                gaps.append(Span(0.0, at))
            elif gaps:
                gaps[-1] = Span(gaps[-1].begin, at)
            since = at if succeeded else None
            place += 1
            continue
        after = place + 1
        while after < len(marks) and not marks[after][1]:
            after += 1
        before = at if succeeded else since
        good.append(Span(since, before))
        if after < len(marks):
            gaps.append(Span(before, marks[after][0]))
            since = marks[after][0]
            place = after + 1
        else:
            since = before
            place = len(marks)
    if since is not None:
        if outage.open:
            gaps.append(Span(since, max(since, now_seconds)))
        else:
            good.append(Span(since, max(since, now_seconds)))
    elif gaps:
        gaps = [Span(gaps[0].begin, max(gaps[-1].end, now_seconds if outage.open else 0.0))]
    return tuple(span for span in good if span.seconds > 0), tuple(gaps)


def longest_gap(outage: Outage, now_seconds: float) -> Span | None:
    """The gap that is told: the one still open, else the longest; None where there was none worth the name."""
    if not outage.marks and not outage.open:
        return None
    _good, gaps = spans(outage, now_seconds)
    if outage.open:
        return gaps[-1] if gaps else Span(0.0, now_seconds)
    longest = max(gaps, key=lambda gap: gap.seconds, default=None)
    return longest if longest is not None and longest.seconds >= GAP_SECONDS_MIN else None


def had_gap(outage: Outage) -> bool:
    """Did writes stop at all? A client that writes twenty times a second always waits a little."""
    waited = outage.gap_seconds is not None and outage.gap_seconds >= GAP_SECONDS_MIN
    return outage.open or waited or outage.errors + outage.unknown > 0


def outage_text(outage: Outage | None) -> str:
    """What the strip says, for a screen reader and beside it."""
    if outage is None or (outage.gap_seconds is None and not outage.marks):
        why = outage.why.replace("-", " ") if outage is not None and outage.why else ""
        text = translate("run", "it did not run")
        return translate("run", "{text}: {why}").format(text=text, why=why) if why else text
    text = translate("run", "{good} of {all} writes succeeded, {errors} failed, {unknown} without an answer")
    said = text.format(good=outage.acknowledged, all=outage.attempts, errors=outage.errors, unknown=outage.unknown)
    if outage.lost_acknowledged is None:
        lost = translate("run", "lost acknowledgements not compared yet")
    elif outage.lost_acknowledged == 0:
        lost = translate("run", "no acknowledged write lost")
    else:
        lost = translate("run", "{n} acknowledged writes lost").format(n=outage.lost_acknowledged)
    return translate("run", "{said}; {lost}").format(said=said, lost=lost)


class OutageStrip(QWidget):
    """Painted in one pass; nothing moves but by a new mark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outage: Outage | None = None
        self._begun: datetime | None = None
        self._seconds = 0.0
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)

    def show_outage(self, outage: Outage | None, begun: datetime | None, seconds: float) -> None:
        """The marks so far; the run began at `begun` and has lasted `seconds`."""
        self._outage, self._begun = outage, begun
        last = outage.marks[-1][0] if outage is not None and outage.marks else 0.0
        self._seconds = max(seconds, last, 0.001)
        self.setAccessibleName(outage_text(outage))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.em(30), theme.em(HEIGHT_EM) + theme.metrics(SMALL).height() + theme.grid(1))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.em(12), self.sizeHint().height())

    def _x(self, seconds: float) -> float:
        first = self._outage.marks[0][0] if self._outage is not None and self._outage.marks else 0.0
        first = min(first, 0.0)
        return (seconds - first) / max(self._seconds - first, 0.001) * (self.width() - 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        outage = self._outage
        if outage is None:
            return
        painter = QPainter(self)
        height = theme.em(HEIGHT_EM)
        painter.fillRect(0, height, self.width(), 1, theme.colour(Token.CONTROL))
        self._paint_good(painter, outage, height)
        self._paint_marks(painter, outage, height)
        gap = longest_gap(outage, self._seconds)
        if gap is not None:
            self._paint_gap(painter, outage, gap, height)
        self._paint_axis(painter, height)

    def _paint_good(self, painter: QPainter, outage: Outage, height: int) -> None:
        """Where every write succeeded: a band of even marks."""
        mark, tall = max(2, theme.em(2 / 13)), round(height * GOOD_SHARE)
        ink = theme.colour(Token.TICK)
        for span in spans(outage, self._seconds)[0]:
            left, right = round(self._x(span.begin)), round(self._x(span.end))
            for x in range(left - left % (mark + 1) + mark + 1, right - mark, mark + 1):
                painter.fillRect(x, height - tall, mark, tall, ink)

    def _paint_marks(self, painter: QPainter, outage: Outage, height: int) -> None:
        """Many marks in one pixel are one; a failed one among them shows."""
        mark = max(2, theme.em(2 / 13))
        columns: dict[int, bool] = {}
        for at, good in outage.marks:
            x = round(self._x(at)) // (mark + 1) * (mark + 1)
            columns[x] = columns.get(x, True) and good
        good_ink, bad_ink = theme.colour(Token.TICK), theme.colour(Token.LOST)
        for x, good in columns.items():
            tall = round(height * (GOOD_SHARE if good else BAD_SHARE))
            painter.fillRect(x, height - tall, mark, tall, good_ink if good else bad_ink)

    def _paint_gap(self, painter: QPainter, outage: Outage, gap: Span, height: int) -> None:
        left, right = self._x(gap.begin), self._x(gap.end)
        width = max(right - left, self.width() * GAP_SHOWN_SHARE_MIN, 2.0)
        box = QRectF(left + 0.5, 0.5, width, height - 1)
        painter.setPen(QPen(theme.colour(Token.LOST), 1.0))
        painter.setBrush(theme.colour(Token.LOST_SOFT))
        painter.drawRect(box)
        seconds = outage.gap_seconds if outage.gap_seconds is not None and not outage.open else gap.end - gap.begin
        text = translate("run", "no write succeeded for {gap}").format(gap=gap_text(seconds))
        metrics = theme.metrics(SMALL, bold=True)
        room = metrics.horizontalAdvance(text) + theme.grid(3)
        painter.setFont(theme.font(SMALL, bold=True))
        painter.setPen(theme.colour(Token.LOST))
        if room <= width:
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            return
        # A short gap has its words on the side where there is room, on ground of their own.
        after = box.right() + theme.grid(1) + room <= self.width()
        x = box.right() + theme.grid(1) if after else box.left() - theme.grid(1) - room
        ground = QRectF(x, 0, room, metrics.height() + 2)
        painter.fillRect(ground, theme.colour(Token.SURFACE))
        painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_axis(self, painter: QPainter, height: int) -> None:
        if self._begun is None:
            return
        step = next((one for one in STEPS_SECONDS if self._seconds / one <= LABELS_MAX), STEPS_SECONDS[-1])
        seconds_shown = step < 60
        metrics = theme.metrics(SMALL)
        painter.setFont(theme.font(SMALL))
        painter.setPen(theme.colour(Token.TEXT_MUTED))
        stamp = self._begun.timestamp()
        at = (int(stamp) // step + 1) * step
        end_before = -1.0
        while at <= stamp + self._seconds:
            label = (self._begun + timedelta(seconds=at - stamp)).strftime("%H:%M:%S" if seconds_shown else "%H:%M")
            wide = metrics.horizontalAdvance(label)
            x = self._x(at - stamp) - wide / 2
            if x > end_before and x >= 0 and x + wide <= self.width():
                painter.drawText(QRect(round(x), height + theme.grid(1), wide + 2, metrics.height()),
                                 int(Qt.AlignmentFlag.AlignLeft), label)  # fmt: skip
                end_before = x + wide + theme.grid(4)
            at += step
