"""The time axis of an incident: a lane for each kind of line, the pictures that are kept, the moment looked at."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from console.domain.incident import Incident, IncidentLine
from console.link.watching import IncidentSeen
from console.ui import theme
from console.ui.figure_table import plain_tip
from console.ui.incident_course import (
    Placed,
    Span,
    lanes,
    marks,
    moment_at,
    near_span,
    next_line,
    place,
    seen_spans,
    ticks,
    utc,
    whole_span,
)
from console.ui.incident_shapes import paint_line
from console.ui.incident_words import line_kind_word, line_sentence
from console.ui.measures import duration
from console.ui.shapes import paint_hatch
from console.ui.speech import translate
from console.ui.theme import SMALL, Token

LANE_EM: Final = 1.65
AXIS_EM: Final = 1.5
TRACK_EM: Final = 0.8
MARK_EM: Final = 0.95
APART_EM: Final = 1.15
TIP_LINES: Final = 6
LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_STEPS: Final = {
    Qt.KeyboardModifier.ShiftModifier: 10.0,
    Qt.KeyboardModifier.ControlModifier: 60.0,
}


class IncidentAxis(QWidget):
    """← → a second, with Shift ten, with Ctrl a minute; PgUp PgDn line by line; Space plays; + and − zoom."""

    moved = Signal(object)  # float: UTC seconds, by the pointer or to a line
    stepped = Signal(object)  # float: by so many seconds
    turned = Signal()  # play, or rest

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen: IncidentSeen | None = None
        self._whole = Span(0.0, 1.0)
        self._near: Span | None = None
        self._seconds = float("inf")  # how much of it is seen
        self._at = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringless", True)  # its handle wears it
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName(translate("incidents", "Time line of the incident"))
        theme.changed.connect(self.updateGeometry)

    # What it shows

    def show_incident(self, seen: IncidentSeen) -> None:
        another = self._seen is None or self._seen.incident.id != seen.incident.id
        lanes_before = self._lanes()
        self._seen = seen
        self._whole = whole_span(seen.incident, seen.lines, seen.frames)
        if another:
            self._seconds, self._near = float("inf"), None
        self._see()
        if another or self._lanes() != lanes_before:
            self.updateGeometry()
        self.update()

    def show_moment(self, at: float) -> None:
        self._at = at
        self._see()
        self._speak()
        self.update()

    @property
    def near(self) -> Span:
        """The stretch that is seen."""
        return self._near or self._whole

    def _see(self) -> None:
        self._near = near_span(self._whole, self._at, self._seconds, self._near)

    def _speak(self) -> None:
        seen = self._seen
        if seen is None:
            return
        said = f"{utc(self._at):%H:%M:%S}"
        before = next_line(seen.lines, self._at + 0.01, onward=False)
        if before is not None:
            text = translate("incidents", "{at}; last before it: {line}")
            said = text.format(at=said, line=line_sentence(before))
        self.setAccessibleDescription(said)

    # Where things stand

    def _lanes(self) -> tuple[object, ...]:
        return lanes(self._seen.lines) if self._seen is not None else ()

    def _label_width(self) -> int:
        if self._seen is None:
            return 0
        words = [line_kind_word(kind) for kind in lanes(self._seen.lines)]
        words.append(translate("incidents", "pictures"))
        return max(theme.metrics(SMALL).horizontalAdvance(word) for word in words) + theme.grid(3)

    def _left(self) -> float:
        return float(self._label_width() + theme.grid(2))

    def _width(self) -> float:
        return max(1.0, self.width() - self._left() - theme.em(0.6))

    def _x(self, at: float) -> float:
        return place(self.near, at, self._left(), self._width())

    def _lane_top(self, number: int) -> float:
        return theme.em(AXIS_EM) + number * theme.em(LANE_EM)

    def _track_top(self) -> float:
        return self._lane_top(len(self._lanes())) + theme.em(0.35)

    def sizeHint(self) -> QSize:
        height = self._track_top() + theme.em(TRACK_EM) + theme.em(0.7)
        return QSize(theme.em(40), round(height))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.em(24), self.sizeHint().height())

    def _placed(self, number: int) -> tuple[Placed, ...]:
        if self._seen is None:
            return ()
        kind = lanes(self._seen.lines)[number]
        return marks(self._seen.lines, kind, self.near, self._left(), self._width(), theme.em(APART_EM))

    def mark_at(self, point: QPointF) -> Placed | None:
        """The mark under the pointer."""
        number = int((point.y() - theme.em(AXIS_EM)) // theme.em(LANE_EM))
        if not 0 <= number < len(self._lanes()):
            return None
        reach = theme.em(MARK_EM)
        near = [one for one in self._placed(number) if abs(one.x - point.x()) <= reach]
        return min(near, key=lambda one: abs(one.x - point.x()), default=None)

    # Hands

    def keyPressEvent(self, event: QKeyEvent) -> None:
        mods = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        step = _STEPS.get(mods, 1.0)
        acts: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Left: lambda: self.stepped.emit(-step),
            Qt.Key.Key_Right: lambda: self.stepped.emit(step),
            Qt.Key.Key_Home: lambda: self.moved.emit(self._whole.begin),
            Qt.Key.Key_End: lambda: self.moved.emit(self._whole.end),
            Qt.Key.Key_PageUp: lambda: self._to_line(onward=False),
            Qt.Key.Key_PageDown: lambda: self._to_line(onward=True),
            Qt.Key.Key_Space: self.turned.emit,
            Qt.Key.Key_Plus: lambda: self.zoom(0.5),
            Qt.Key.Key_Equal: lambda: self.zoom(0.5),
            Qt.Key.Key_Minus: lambda: self.zoom(2.0),
        }
        act = acts.get(Qt.Key(event.key()))
        if act is None or mods & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        act()

    def _to_line(self, *, onward: bool) -> None:
        line = next_line(self._seen.lines, self._at, onward=onward) if self._seen is not None else None
        if line is not None:
            self.moved.emit(line.at.timestamp())

    def zoom(self, factor: float) -> None:
        """See so much more, or less, around the moment."""
        self._seconds = max(20.0, min(self._whole.seconds, min(self._seconds, self._whole.seconds) * factor))
        self._near = None
        self._see()
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.zoom(0.5 if event.angleDelta().y() > 0 else 2.0)
            event.accept()
            return
        event.ignore()  # the page scrolls

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._seen is None:
            return
        mark = self.mark_at(event.position())
        at = mark.line.at.timestamp() if mark is not None else self._moment_at(event.position())
        self.moved.emit(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self._seen is not None:
            self.moved.emit(self._moment_at(event.position()))

    def _moment_at(self, point: QPointF) -> float:
        return float(round(moment_at(self.near, point.x(), self._left(), self._width())))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            mark = self.mark_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tip(mark_text(mark)) if mark is not None else "", self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # Paint

    def paintEvent(self, _event: QPaintEvent) -> None:
        seen = self._seen
        if seen is None:
            return
        painter = QPainter(self)
        self._paint_outage(painter, seen.incident)
        self._paint_axis(painter)
        for number, kind in enumerate(lanes(seen.lines)):
            self._paint_lane(painter, number, line_kind_word(kind))
        self._paint_track(painter, seen.frames)
        self._paint_handle(painter)
        for number in range(len(self._lanes())):
            self._paint_marks(painter, number)

    def _paint_outage(self, painter: QPainter, incident: Incident) -> None:
        """Without a primary, the ground behind the lanes is the lost colour's soft one, and says for how long."""
        gaps = incident.gaps
        if not gaps and incident.writable_again_at is not None:
            gaps = ((incident.begun_at, incident.writable_again_at),)
        for begin, end in gaps:
            self._paint_gap(painter, begin, end)

    def _paint_gap(self, painter: QPainter, begin: datetime, end: datetime) -> None:
        left = max(self._left(), self._x(begin.timestamp()))
        right = min(self._left() + self._width(), self._x(end.timestamp()))
        if right <= left:
            return
        top = self._lane_top(0)
        box = QRectF(left, top, max(2.0, right - left), self._track_top() - top)
        painter.fillRect(box, theme.colour(Token.LOST_SOFT))
        seconds = (end - begin).total_seconds()
        text = translate("incidents", "no primary for {time}").format(time=duration(seconds))
        metrics = theme.metrics(SMALL)
        if metrics.horizontalAdvance(text) + theme.grid(2) <= box.width():
            painter.setFont(theme.font(SMALL))
            painter.setPen(theme.colour(Token.LOST))
            foot = QRectF(box.left() + theme.grid(1), self._track_top() - theme.em(0.35) - metrics.height(),
                          box.width(), metrics.height())  # fmt: skip
            painter.drawText(foot, LEFT, text)

    def _paint_axis(self, painter: QPainter) -> None:
        metrics = theme.metrics(SMALL)
        painter.setFont(theme.font(SMALL))
        room = metrics.horizontalAdvance("00:00:00") + theme.grid(5)
        for at, label in ticks(self.near, self._width(), room):
            x = self._x(at)
            painter.fillRect(QRectF(round(x), theme.em(AXIS_EM), 1, self._track_top() - theme.em(AXIS_EM)),
                             theme.colour(Token.BORDER))  # fmt: skip
            wide = metrics.horizontalAdvance(label)
            left = max(0.0, min(x - wide / 2, self.width() - wide))
            painter.setPen(theme.colour(Token.TEXT_MUTED))
            painter.drawText(QPointF(left, metrics.ascent()), label)

    def _paint_lane(self, painter: QPainter, number: int, word: str) -> None:
        top = self._lane_top(number)
        box = QRect(0, round(top), self._label_width(), theme.em(LANE_EM))
        painter.setFont(theme.font(SMALL))
        painter.setPen(theme.colour(Token.TEXT_MUTED))
        painter.drawText(box, LEFT, word[:1].upper() + word[1:])
        painter.fillRect(QRectF(0, round(top + theme.em(LANE_EM)), self.width(), 1), theme.colour(Token.BORDER))

    def _paint_marks(self, painter: QPainter, number: int) -> None:
        side = theme.em(MARK_EM)
        top = self._lane_top(number) + (theme.em(LANE_EM) - side) / 2
        metrics = theme.metrics(SMALL, bold=True)
        placed = self._placed(number)
        for at, mark in enumerate(placed):
            paint_line(painter, QRectF(mark.x - side / 2, top, side, side), mark.line)
            if len(mark.lines) < 2:
                continue
            text = f"{len(mark.lines)}"
            room = placed[at + 1].x - mark.x - side if at + 1 < len(placed) else theme.em(4)
            if metrics.horizontalAdvance(text) + 3 <= room:
                painter.setFont(theme.font(SMALL, bold=True))
                painter.setPen(theme.colour(Token.TEXT_MUTED))
                painter.drawText(QRectF(mark.x + side / 2 + 2, top, theme.em(3), side), LEFT, text)

    def _paint_track(self, painter: QPainter, frames: tuple[float, ...]) -> None:
        """Where pictures are kept; elsewhere the hatch says that nothing is known."""
        top, high = self._track_top(), theme.em(TRACK_EM)
        painter.setFont(theme.font(SMALL))
        painter.setPen(theme.colour(Token.TEXT_MUTED))
        word = translate("incidents", "pictures")
        label = QRectF(0, top - theme.em(0.2), self._label_width(), high + theme.em(0.4))
        painter.drawText(label, LEFT, word[:1].upper() + word[1:])
        whole = QRectF(self._left(), top, self._width(), high)
        paint_hatch(painter, whole, edge=False)
        painter.save()
        painter.setClipRect(whole)
        for span in seen_spans(frames):
            left, right = self._x(span.begin), self._x(span.end + 1.0)
            painter.fillRect(QRectF(left, top, max(2.0, right - left), high), theme.colour(Token.SERIES_4))
        painter.restore()

    def _paint_handle(self, painter: QPainter) -> None:
        if not self.near.holds(self._at):
            return
        x = round(self._x(self._at))
        top, high = self._track_top(), theme.em(TRACK_EM)
        painter.fillRect(QRectF(x, theme.em(AXIS_EM), 2, top - theme.em(AXIS_EM)), theme.colour(Token.ACCENT))
        box = QRectF(x - theme.em(0.35), top - 3, theme.em(0.8), high + 6)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(Token.SURFACE), 1))
        painter.setBrush(theme.colour(Token.ACCENT))
        painter.drawRoundedRect(box, 3, 3)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour(Token.ACCENT), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-3.5, -3.5, 3.5, 3.5), 5, 5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def mark_text(mark: Placed) -> str:
    """What a mark stands for: each of its lines with its time."""
    said = [_said(line) for line in mark.lines[:TIP_LINES]]
    rest = len(mark.lines) - len(said)
    if rest:
        said.append(translate("incidents", "and {n} more").format(n=rest))
    return "; ".join(said)


def _said(line: IncidentLine) -> str:
    return f"{line.at:%H:%M:%S} {line_sentence(line)}"
