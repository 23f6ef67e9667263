"""The shapes of a step: done, running, waiting, failed, skipped, undone; each tells itself without its colour."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QPolygonF, QShowEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QStyle, QWidget

from console.domain.run import RunState, StepState
from console.domain.verdict import Health
from console.ui import shapes, theme
from console.ui.theme import Token

TURN_MILLISECONDS: Final = 250  # four steps a second
TURNS: Final = 12  # steps of one whole turn
ARC_DEGREES: Final = 110
_AS_STEP: Final = {
    RunState.WAITING: StepState.WAITING,
    RunState.RUNNING: StepState.RUNNING,
    RunState.STOPPING: StepState.RUNNING,
    RunState.DONE: StepState.DONE,
    RunState.CANCELLED: StepState.UNDONE,
    RunState.LEFT: StepState.SKIPPED,
}


def is_still() -> bool:
    """Whether the person's system asks for as little motion as can be."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return True
    return app.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0


def paint_step(painter: QPainter, rect: QRect, state: StepState, turn: int = 0) -> None:
    """The shape of a step's state; `turn` is how far the arc of a running one has turned."""
    match state:
        case StepState.DONE | StepState.ALREADY_SO:
            shapes.paint_health(painter, rect, Health.HEALTHY)
        case StepState.FAILED:
            shapes.paint_health(painter, rect, Health.LOST)
        case StepState.RUNNING:
            paint_arc(painter, rect, turn)
        case StepState.WAITING:
            shapes.paint_open_ring(painter, rect)
        case StepState.SKIPPED:
            paint_dash(painter, rect)
        case StepState.UNDONE:
            paint_back(painter, rect)


def paint_arc(painter: QPainter, rect: QRect, turn: int = 0) -> None:
    """Something runs: a part of a ring in the accent colour, on the whole ring in a quiet one."""
    box = _square(QRectF(rect))
    wide = max(1.4, box.width() / 8)
    inner = box.adjusted(wide, wide, -wide, -wide)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour(Token.BORDER), wide))
    painter.drawEllipse(inner)
    pen = QPen(theme.colour(Token.ACCENT), wide)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawArc(inner, round((90 - turn * 360 / TURNS) * 16), -ARC_DEGREES * 16)
    painter.restore()


def paint_looked(painter: QPainter, rect: QRect) -> None:
    """Looked at in a rehearsal: a ring with a tick, without the green of what is proven."""
    box = _square(QRectF(rect))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / 16, box.height() / 16)
    pen = QPen(theme.colour(Token.TEXT_MUTED), 1.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QRectF(1.2, 1.2, 13.6, 13.6))
    painter.drawPolyline(QPolygonF([QPointF(4.8, 8.3), QPointF(7.1, 10.6), QPointF(11.3, 5.7)]))
    painter.restore()


def paint_dash(painter: QPainter, rect: QRect) -> None:
    """Not possible, not done, no link: a short line."""
    box = _square(QRectF(rect))
    painter.save()
    painter.setPen(QPen(theme.colour(Token.TEXT_MUTED), max(1.2, box.width() / 9)))
    middle = box.center().y()
    painter.drawLine(QPointF(box.left() + box.width() * 0.2, middle), QPointF(box.right() - box.width() * 0.2, middle))
    painter.restore()


def paint_back(painter: QPainter, rect: QRect) -> None:
    """Undone: an arrow that leads back."""
    box = _square(QRectF(rect))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / 16, box.height() / 16)
    pen = QPen(theme.colour(Token.TEXT_MUTED), 1.7)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(6.2, 2.6), QPointF(2.6, 6.2), QPointF(6.2, 9.8)]))
    painter.drawPolyline(QPolygonF([QPointF(2.6, 6.2), QPointF(10.5, 6.2)]))
    painter.drawArc(QRectF(7.2, 6.2, 6.6, 6.8), 90 * 16, -180 * 16)
    painter.drawLine(QPointF(10.5, 13), QPointF(6, 13))
    painter.restore()


def paint_chosen(painter: QPainter, rect: QRect) -> None:
    """The chosen one of several: a full disc in the accent colour."""
    box = _square(QRectF(rect))
    inset = box.width() / 6
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(Token.ACCENT))
    painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))
    painter.restore()


def _square(rect: QRectF) -> QRectF:
    side = min(rect.width(), rect.height())
    return QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)


class Turning(QTimer):
    """Turns an arc four steps a second while its widget is seen; stands still where motion is unwanted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.turn = 0
        self._widget = widget
        self._wanted = False
        self.setInterval(TURN_MILLISECONDS)
        self.timeout.connect(self._step)

    def go(self, wanted: bool) -> None:
        """Turn, or rest."""
        self._wanted = wanted
        runs = wanted and self._widget.isVisible() and not is_still()
        if runs and not self.isActive():
            self.start()
        elif not runs and self.isActive():
            self.stop()

    def look(self) -> None:
        """The widget was shown or hidden."""
        self.go(self._wanted)

    def _step(self) -> None:
        self.turn = (self.turn + 1) % TURNS
        self._widget.update()


class RunMark(QWidget):
    """A run's shape as a widget, beside its headline; the triangle says that it waits for a person."""

    def __init__(self, *, size_em: float = shapes.SHAPE_VERDICT_EM, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size_em, self._state, self._looked = size_em, RunState.WAITING, False
        self._turning = Turning(self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_state(self, state: RunState, *, rehearsal: bool = False) -> None:
        self._state, self._looked = state, rehearsal and state is RunState.DONE
        self._turning.go(state in (RunState.RUNNING, RunState.STOPPING))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.em(self._size_em), theme.em(self._size_em))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._turning.look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._turning.look()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._state is RunState.ASKING:
            shapes.paint_health(painter, self.rect(), Health.DEGRADED)
        elif self._looked:
            paint_looked(painter, self.rect())
        else:
            paint_step(painter, self.rect(), _AS_STEP[self._state], self._turning.turn)
