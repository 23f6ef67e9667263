"""The painted parts around the plots: title column, legend, event lane, time axis, the veil with cursor and gaps."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.fleet import Event, EventKind, Gap, Measure
from console.domain.verdict import Health
from console.ui import chart_words, names, theme
from console.ui.chart_data import time_ticks
from console.ui.charts import Plot, series_pen
from console.ui.shapes import key_size, paint_health, paint_key
from console.ui.theme import SMALL, Token

TITLE_EM: Final = 9.6
LEGEND_EM: Final = 9.2
ROW_LEAST_EM: Final = 3.65
LANE_EM: Final = 1.6
AXIS_EM: Final = 1.75
LINE_EM: Final = 1.16
MARK_EM: Final = 0.8
MERGE_EM: Final = 1.1  # marks closer than this become one, with their number
_LEFT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Span:
    """The shown time and where it lies on the screen: x from `left` over `width` pixels."""

    begin: float
    end: float
    left: int
    width: int

    def x(self, seconds: float) -> float:
        return self.left + (seconds - self.begin) / ((self.end - self.begin) or 1.0) * self.width

    def seconds(self, x: float) -> float:
        share = min(max((x - self.left) / max(self.width, 1), 0.0), 1.0)
        return self.begin + share * (self.end - self.begin)


class Title(QWidget):
    """Title and unit at the left of a chart, and the two marks of its axis at the plot's edge."""

    def __init__(self, measure: Measure, plot: Plot, parent: QWidget) -> None:
        super().__init__(parent)
        self._measure = measure
        self._plot = plot
        self._note = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def show_note(self, note: str) -> None:
        """A line under the unit: 'worst 5 of 8', 'limit 10 s'."""
        if note != self._note:
            self._note = note
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.em(TITLE_EM), theme.em(ROW_LEAST_EM))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        line = theme.em(LINE_EM)
        painter.setFont(theme.font(SMALL, bold=True))
        painter.setPen(theme.colour(Token.TEXT))
        top = theme.grid(1)
        painter.drawText(QRect(0, top, self.width(), line), _LEFT, names.measure_name(self._measure))
        painter.setFont(theme.font(SMALL))
        painter.setPen(theme.colour(Token.TEXT_MUTED))
        for place, text in enumerate((chart_words.unit_of(self._measure), self._note), start=1):
            painter.drawText(QRect(0, top + place * line, self.width(), line), _LEFT, text)
        side = self.width() - theme.grid(1.5)
        for value in (0.0, self._plot.top):
            y = min(max(self._plot.height_of(value) - line / 2, 0.0), self.height() - line)
            painter.drawText(QRectF(0, y, side, line), _RIGHT, chart_words.tick_text(value))


class Legend(QWidget):
    """The nodes of a chart with their strokes, and their values at the cursor."""

    def __init__(self, measure: Measure, parent: QWidget) -> None:
        super().__init__(parent)
        self._measure = measure
        self._lines: tuple[tuple[str, int, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    @property
    def lines(self) -> tuple[tuple[str, int, str], ...]:
        """Node, place in the series, value as shown."""
        return self._lines

    def show_lines(self, lines: tuple[tuple[str, int, str], ...]) -> None:
        if lines != self._lines:
            grew = len(lines) != len(self._lines)
            self._lines = lines
            self.update()
            if grew:
                self.updateGeometry()

    def sizeHint(self) -> QSize:
        needed = round(len(self._lines) * theme.em(SMALL) * LINE_EM) + theme.grid(1.5)
        return QSize(theme.em(LEGEND_EM), max(theme.em(ROW_LEAST_EM), needed))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(SMALL))
        metrics = theme.metrics(SMALL)
        line = theme.em(SMALL) * LINE_EM
        stroke = theme.em(1.1)
        for number, (node, place, value) in enumerate(self._lines):
            box = QRectF(theme.grid(1), theme.grid(1) + number * line, self.width() - theme.grid(1), line)
            painter.setPen(series_pen(place, pixels=1.5))
            middle = round(box.center().y()) + 0.5
            painter.drawLine(QPointF(box.x(), middle), QPointF(box.x() + stroke, middle))
            painter.setPen(theme.colour(Token.TEXT))
            painter.drawText(box, _RIGHT, value)
            left = box.x() + stroke + theme.grid(1.5)
            room = int(box.right() - left - metrics.horizontalAdvance(value) - theme.grid(1))
            painter.setPen(theme.colour(Token.TEXT_MUTED))
            shown = metrics.elidedText(node, Qt.TextElideMode.ElideMiddle, room)
            painter.drawText(QRectF(left, box.y(), room + 2, line), _LEFT, shown)


def marks_of(events: tuple[Event, ...], span: Span, merge: float) -> tuple[tuple[float, tuple[Event, ...]], ...]:
    """Where marks stand in the lane, those too close to be told apart together, with all their events."""
    marks: list[tuple[float, tuple[Event, ...]]] = []
    for event in sorted(events, key=lambda e: e.at):
        at = event.at.timestamp()
        if not span.begin <= at <= span.end:
            continue
        x = span.x(at)
        if marks and x - marks[-1][0] < merge:
            marks[-1] = (marks[-1][0], (*marks[-1][1], event))
        else:
            marks.append((x, (event,)))
    return tuple(marks)


class Lane(QWidget):
    """The lane over the charts: a mark per event, its text where there is room, and the lengths of the gaps."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._span = Span(0.0, 1.0, 0, 1)
        self._events: tuple[Event, ...] = ()
        self._bands: tuple[Gap, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.em(20), theme.em(LANE_EM))

    def show_time(self, span: Span, events: tuple[Event, ...], bands: tuple[Gap, ...]) -> None:
        self._span, self._events, self._bands = span, events, bands
        said = [chart_words.event_text(e) for e in events if span.begin <= e.at.timestamp() <= span.end][-20:]
        self.setAccessibleName("; ".join([*said, *(chart_words.gap_text(band) for band in bands)]))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(SMALL))
        taken: list[QRectF] = []
        side = theme.em(MARK_EM)
        marks = marks_of(self._events, self._span, theme.em(MERGE_EM))
        middle = self.height() / 2
        boxes = [QRectF(x - side / 2, middle - side / 2, side, side) for x, _ in marks]
        for (_, events), box in zip(marks, boxes, strict=True):
            _paint_mark(painter, box, events[-1])
        taken += boxes
        grave = [pair for pair in zip(marks, boxes, strict=True) if _is_grave(pair[0][1][-1])]
        calm = [pair for pair in zip(marks, boxes, strict=True) if not _is_grave(pair[0][1][-1])]
        # What is scarce is room: what went wrong is named first, then how long nothing was read, then the rest.
        for (_, events), box in reversed(grave):
            self._paint_text(painter, events, beside=box, taken=taken)
        for band in self._bands:
            self._paint_band(painter, band, taken)
        for (_, events), box in reversed(calm):
            self._paint_text(painter, events, beside=box, taken=taken)

    def _paint_band(self, painter: QPainter, band: Gap, taken: list[QRectF]) -> None:
        """The gap's length over its band, in fewer words or a little aside where a mark stands in the way."""
        middle = (self._span.x(band.begin) + self._span.x(band.end)) / 2
        for text in (chart_words.gap_text(band), chart_words.gap_length(band)):
            width = theme.metrics(SMALL).horizontalAdvance(text) + 2
            last = self._span.left + self._span.width - width
            ends = [box.left() - theme.grid(1) for box in taken if abs(box.left() - middle) < width]
            for x in (middle - width / 2, *(end - width for end in ends)):
                place = QRectF(min(max(x, 0), last), 0, width, self.height())
                over = place.left() < self._span.x(band.end) and place.right() > self._span.x(band.begin)
                if over and not any(place.intersects(other) for other in taken):
                    taken.append(place)
                    painter.setPen(theme.colour(Token.TEXT_MUTED))
                    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
                    return

    def _paint_text(
        self, painter: QPainter, events: tuple[Event, ...], *, beside: QRectF, taken: list[QRectF]
    ) -> None:
        gap = theme.grid(1.25)
        more = f" +{len(events) - 1}" if len(events) > 1 else ""
        for text in chart_words.event_texts(events[-1]):
            width = theme.metrics(SMALL).horizontalAdvance(text + more) + 2
            right = QRectF(beside.right() + gap, 0, width, self.height())
            left = QRectF(beside.left() - gap - width, 0, width, self.height())
            for place, alignment in ((right, _LEFT), (left, _RIGHT)):
                inside = place.left() >= 0 and place.right() <= self.width()
                if inside and not any(place.intersects(other) for other in taken):
                    taken.append(place)
                    painter.setPen(_event_colour(events[-1]))
                    painter.drawText(place, alignment, text + more)
                    return


def _is_grave(event: Event) -> bool:
    health = _health_of(event)
    return event.kind is EventKind.VERDICT and health is not None and health is not Health.HEALTHY


def _health_of(event: Event) -> Health | None:
    return next((health for health in Health if health.value == event.health), None)


def _event_colour(event: Event) -> QColor:
    health = _health_of(event)
    if event.kind is EventKind.VERDICT and health is not None and health is not Health.HEALTHY:
        return theme.colour(theme.HEALTH_TOKENS[health])
    return theme.colour(Token.TEXT_MUTED)


def _paint_mark(painter: QPainter, box: QRectF, event: Event) -> None:
    """A verdict is its own shape, a fault made on purpose a diamond, the engine a ring."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    health = _health_of(event)
    if event.kind is EventKind.VERDICT and health is not None:
        paint_health(painter, box, health)
    elif event.kind is EventKind.FAULT:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(Token.ENV_LAB))
        middle = box.center()
        painter.drawPolygon(
            QPolygonF([
                QPointF(middle.x(), box.top()), QPointF(box.right(), middle.y()),
                QPointF(middle.x(), box.bottom()), QPointF(box.left(), middle.y()),
            ])
        )  # fmt: skip
    else:
        painter.setPen(QPen(theme.colour(Token.TEXT_MUTED), 1.5))
        painter.drawEllipse(box.adjusted(1.5, 1.5, -1.5, -1.5))
    painter.restore()


class TimeAxis(QWidget):
    """The one time axis under all charts, with the cursor's time on it, and the keys that move it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._span = Span(0.0, 1.0, 0, 1)
        self._cursor: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.em(20), theme.em(AXIS_EM))

    def show_time(self, span: Span, cursor: float | None) -> None:
        self._span, self._cursor = span, cursor
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(SMALL))
        metrics = theme.metrics(SMALL)
        self._paint_keys(painter)
        span = self._span
        tag = self._tag_rect()
        most = max(1, span.width // (metrics.horizontalAdvance("00:00:00") + theme.grid(7)))
        for seconds, text in time_ticks(span.begin, span.end, most):
            x = span.x(seconds)
            painter.setPen(theme.colour(Token.TEXT_MUTED))
            painter.drawLine(QPointF(round(x) + 0.5, 0), QPointF(round(x) + 0.5, theme.grid(1)))
            width = metrics.horizontalAdvance(text) + 4
            place = QRectF(x - width / 2, theme.grid(1), width, self.height() - theme.grid(1))
            fits = place.right() <= self.width() and place.left() >= span.left - width / 2
            if fits and not (tag is not None and place.intersects(tag.adjusted(-4, -9, 4, 9))):
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        if tag is not None and self._cursor is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(Token.ACCENT))
            painter.drawRoundedRect(tag, 2, 2)
            painter.setPen(theme.colour(Token.ON_ACCENT))
            painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, self._tag_text())

    def _tag_text(self) -> str:
        return chart_words.clock(self._cursor or 0.0, now=self._span.end)

    def _tag_rect(self) -> QRectF | None:
        if self._cursor is None or not self._span.begin <= self._cursor <= self._span.end:
            return None
        width = theme.metrics(SMALL).horizontalAdvance(self._tag_text()) + theme.grid(2)
        x = min(max(self._span.x(self._cursor) - width / 2, 0), self.width() - width)
        return QRectF(x, theme.grid(0.75), width, self.height() - theme.grid(1.25))

    def _paint_keys(self, painter: QPainter) -> None:
        x = 0
        for key in ("←", "→", "+", "−"):
            size = key_size(key)
            if x + size.width() > self._span.left - theme.grid(6):
                break
            paint_key(painter, QRect(QPoint(x, (self.height() - size.height()) // 2), size), key)
            x += size.width() + theme.grid(0.75)


class Veil(QWidget):
    """Lies over all charts and lets the mouse through: gaps as hatched bands, dotted lines of events, the cursor."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._span = Span(0.0, 1.0, 0, 1)
        self._events: tuple[Event, ...] = ()
        self._bands: tuple[Gap, ...] = ()
        self._cursor: float | None = None
        self._limits: tuple[tuple[float, str], ...] = ()

    def show_time(self, span: Span, events: tuple[Event, ...], bands: tuple[Gap, ...]) -> None:
        self._span, self._events, self._bands = span, events, bands
        self.update()

    def show_limits(self, limits: tuple[tuple[float, str], ...]) -> None:
        """Heights of limit lines, each with its text."""
        if limits != self._limits:
            self._limits = limits
            self.update()

    def show_cursor(self, cursor: float | None) -> None:
        """Only the two stripes that change are painted again."""
        for seconds in (self._cursor, cursor):
            if seconds is not None:
                self.update(QRect(round(self._span.x(seconds)) - 3, 0, 7, self.height()))
        self._cursor = cursor

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for band in self._bands:
            self._paint_band(painter, band)
        for x, events in marks_of(self._events, self._span, theme.em(MERGE_EM)):
            pen = QPen(_event_colour(events[-1]), 1)
            pen.setDashPattern([1.0, 3.0])
            painter.setPen(pen)
            painter.drawLine(QPointF(round(x) + 0.5, 0), QPointF(round(x) + 0.5, self.height()))
        painter.setFont(theme.font(SMALL))
        painter.setPen(theme.colour(Token.WARN))
        for y, text in self._limits:
            line = theme.em(LINE_EM)
            painter.drawText(QRectF(self._span.left + theme.grid(1), y - line, self._span.width, line), _LEFT, text)
        if self._cursor is not None and self._span.begin <= self._cursor <= self._span.end:
            painter.setPen(QPen(theme.colour(Token.ACCENT), 1))
            x = round(self._span.x(self._cursor)) + 0.5
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))

    def _paint_band(self, painter: QPainter, band: Gap) -> None:
        left, right = self._span.x(band.begin), self._span.x(band.end)
        box = QRectF(left, 0, max(right - left, 2.0), self.height())
        painter.fillRect(box, theme.colour(Token.UNKNOWN_SOFT))
        painter.save()
        painter.setClipRect(box)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(Token.TICK), 0.8))
        step = theme.grid(1.25)
        # Strokes of one length, counted from the top of the band: a stroke over its whole height would be a long one.
        x = box.left() - box.height()
        while x < box.right():
            painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
            x += step
        painter.restore()
