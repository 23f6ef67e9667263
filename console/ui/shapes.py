"""The shapes that say a state without its colour, the stripes of the environments, and the frames of keys."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.cluster import Environment
from console.domain.verdict import Health
from console.ui import names, theme
from console.ui.theme import Token

SHAPE_EM: Final = 0.92  # beside body text
SHAPE_VERDICT_EM: Final = 1.35  # beside a verdict line
STRIPE_EM: Final = 0.31  # 4 px at 13 px


def paint_health(painter: QPainter, rect: QRectF | QRect, health: Health, look: theme.Theme | None = None) -> None:
    """A disc with a tick, a triangle with a mark, a square with a cross, or a dashed ring with a question mark."""
    look = look or theme.current()
    square = _square(QRectF(rect))
    colour = look.colour(theme.HEALTH_TOKENS[health])
    ground = look.colour(Token.SURFACE)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(square.topLeft())
    painter.scale(square.width() / 16, square.height() / 16)
    match health:
        case Health.HEALTHY:
            _paint_tick(painter, colour, ground)
        case Health.DEGRADED:
            _paint_triangle(painter, colour, ground)
        case Health.LOST:
            _paint_cross(painter, colour, ground)
        case Health.UNKNOWN:
            _paint_question(painter, colour)
    painter.restore()


def _square(rect: QRectF) -> QRectF:
    side = min(rect.width(), rect.height())
    return QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)


def _fill(painter: QPainter, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)


def _stroke(painter: QPainter, colour: QColor, width: float) -> None:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_tick(painter: QPainter, colour: QColor, ground: QColor) -> None:
    _fill(painter, colour)
    painter.drawEllipse(QRectF(0.5, 0.5, 15, 15))
    _stroke(painter, ground, 2.0)
    painter.drawPolyline(QPolygonF([QPointF(4.6, 8.3), QPointF(7.1, 10.8), QPointF(11.6, 5.6)]))


def _paint_triangle(painter: QPainter, colour: QColor, ground: QColor) -> None:
    _stroke(painter, colour, 1.4)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([QPointF(8, 1.5), QPointF(15.2, 14.5), QPointF(0.8, 14.5)]))
    _stroke(painter, ground, 1.9)
    painter.drawLine(QPointF(8, 6.2), QPointF(8, 9.6))
    _fill(painter, ground)
    painter.drawEllipse(QPointF(8, 12.2), 1.1, 1.1)


def _paint_cross(painter: QPainter, colour: QColor, ground: QColor) -> None:
    _fill(painter, colour)
    painter.drawRoundedRect(QRectF(1, 1, 14, 14), 1.6, 1.6)
    _stroke(painter, ground, 2.0)
    painter.drawLine(QPointF(5.2, 5.2), QPointF(10.8, 10.8))
    painter.drawLine(QPointF(10.8, 5.2), QPointF(5.2, 10.8))


def _paint_question(painter: QPainter, colour: QColor) -> None:
    pen = QPen(colour, 1.3)
    pen.setDashPattern([2.2, 1.7])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QRectF(1.1, 1.1, 13.8, 13.8))
    _stroke(painter, colour, 1.5)
    mark = QPainterPath(QPointF(6.0, 6.2))
    mark.cubicTo(QPointF(6.0, 3.7), QPointF(10.2, 3.7), QPointF(10.2, 6.3))
    mark.cubicTo(QPointF(10.2, 7.9), QPointF(8.1, 7.9), QPointF(8.1, 9.5))
    painter.drawPath(mark)
    _fill(painter, colour)
    painter.drawEllipse(QPointF(8.1, 11.9), 0.95, 0.95)


def paint_open_ring(painter: QPainter, rect: QRectF | QRect, look: theme.Theme | None = None) -> None:
    """'Not checked', 'none yet': a plain open ring in muted text; it never borrows the green."""
    look = look or theme.current()
    square = _square(QRectF(rect))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour(Token.TEXT_MUTED), max(1.0, square.width() / 11)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = square.width() / 8
    painter.drawEllipse(square.adjusted(inset, inset, -inset, -inset))
    painter.restore()


def paint_person(painter: QPainter, rect: QRectF | QRect, look: theme.Theme | None = None) -> None:
    """Two bars: automation rests, a person acts."""
    look = look or theme.current()
    square = _square(QRectF(rect))
    unit = square.width() / 16
    for left in (4.0, 9.5):
        bar = QRectF(square.left() + left * unit, square.top() + 3 * unit, 2.5 * unit, 10 * unit)
        painter.fillRect(bar, look.colour(Token.TEXT_MUTED))


def paint_machine(painter: QPainter, rect: QRectF | QRect, look: theme.Theme | None = None) -> None:
    """A clock: something acts by itself."""
    look = look or theme.current()
    square = _square(QRectF(rect))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(square.topLeft())
    painter.scale(square.width() / 16, square.height() / 16)
    _stroke(painter, look.colour(Token.TEXT_MUTED), 1.4)
    painter.drawEllipse(QRectF(1.6, 1.6, 12.8, 12.8))
    painter.drawPolyline(QPolygonF([QPointF(8, 4.4), QPointF(8, 8.3), QPointF(10.8, 9.6)]))
    painter.restore()


def paint_stripe(painter: QPainter, rect: QRect, environment: Environment, look: theme.Theme | None = None) -> None:
    """The environment at a left edge: solid is production, two-part is staging, dotted is the lab."""
    look = look or theme.current()
    colour = look.colour(theme.ENVIRONMENT_TOKENS[environment])
    match environment:
        case Environment.PRODUCTION:
            painter.fillRect(rect, colour)
        case Environment.STAGING:
            _paint_dashes(painter, rect, colour, mark=theme.em(0.92), gap=theme.em(0.31))
        case Environment.LAB:
            _paint_dashes(painter, rect, colour, mark=theme.em(0.38), gap=theme.em(0.31))


def _paint_dashes(painter: QPainter, rect: QRect, colour: QColor, *, mark: int, gap: int) -> None:
    # Counted from the top of the window, so that the stripes of neighbouring rows join into one.
    step = max(2, mark + gap)
    top = rect.top() - rect.top() % step
    while top <= rect.bottom():
        dash = QRect(rect.left(), top, rect.width(), max(1, mark)).intersected(rect)
        painter.fillRect(dash, colour)
        top += step


def paint_hatch(painter: QPainter, rect: QRectF | QRect, look: theme.Theme | None = None, *, edge: bool = True) -> None:
    """The hatched box that says 'nothing was read here', with a dashed edge."""
    look = look or theme.current()
    box = QRectF(rect)
    painter.save()
    painter.setClipRect(box)
    painter.fillRect(box, look.colour(Token.UNKNOWN_SOFT))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = QColor(look.colour(Token.UNKNOWN))
    line.setAlphaF(0.32)
    painter.setPen(QPen(line, 1.0))
    step = max(5, theme.em(0.4))
    x = box.left() - box.height()
    while x < box.right():
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
        x += step
    if edge:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        pen = QPen(look.colour(Token.UNKNOWN), 1.0)
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(QBrush())
        painter.drawRect(box.adjusted(0, 0, -1, -1))
    painter.restore()


def key_size(key: str) -> QSize:
    """The room that a key in its frame takes."""
    metrics = theme.metrics(theme.SMALL)
    return QSize(max(metrics.horizontalAdvance(key) + theme.grid(2.5), theme.em(1.3)), metrics.height() + 2)


def paint_key(painter: QPainter, rect: QRect, key: str, look: theme.Theme | None = None) -> None:
    """A key as it stands on the keyboard, in a small frame."""
    look = look or theme.current()
    size = key_size(key)
    top = rect.top() + (rect.height() - size.height() + 1) // 2
    frame = QRectF(rect.left() + 0.5, top + 0.5, size.width() - 1, size.height() - 1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour(Token.BORDER), 1.0))
    painter.setBrush(look.colour(Token.SURFACE))
    painter.drawRoundedRect(frame, 3, 3)
    painter.setPen(look.colour(Token.TEXT_MUTED))
    painter.setFont(theme.font(theme.SMALL))
    painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, key)
    painter.restore()


class HealthShape(QWidget):
    """One state's shape as a widget; its accessible name is the word."""

    def __init__(self, health: Health = Health.UNKNOWN, *, size_em: float = SHAPE_EM, parent: QWidget | None = None):
        super().__init__(parent)
        self._size_em = size_em
        self._health = health
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(names.health_word(health))
        theme.changed.connect(self.updateGeometry)

    def show_health(self, health: Health) -> None:
        if health is not self._health:
            self._health = health
            self.setAccessibleName(names.health_word(health))
            self.update()

    def sizeHint(self) -> QSize:
        side = theme.em(self._size_em)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_health(painter, self.rect(), self._health)


class KeyCap(QWidget):
    """A key in a small frame, as a hint beside what it does."""

    def __init__(self, key: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(key)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return key_size(self._key)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_key(painter, self.rect(), self._key)
