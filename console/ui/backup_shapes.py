"""The marks of proof as shapes, each with its word: proven, read back, not checked, failed; and the hatch of a hole."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.verdict import Health
from console.ui import shapes, theme
from console.ui.backup_state import Proof
from console.ui.speech import translate
from console.ui.theme import Token

MARK_EM: Final = 0.85


def proof_word(proof: Proof) -> str:
    words = {
        Proof.PROVEN: translate("backup", "restored, books proven"),
        Proof.READ: translate("backup", "checksums read back"),
        Proof.NONE: translate("backup", "not checked"),
        Proof.FAILED: translate("backup", "a check failed"),
        Proof.BROKEN: translate("backup", "broken, counts for nothing"),
    }
    return words[proof]


def paint_proof(painter: QPainter, rect: QRectF | QRect, proof: Proof) -> None:
    """A disc with a tick, a half disc, a plain ring, or a square with a cross."""
    box = QRectF(rect)
    match proof:
        case Proof.PROVEN:
            shapes.paint_health(painter, box, Health.HEALTHY)
        case Proof.READ:
            _paint_half(painter, box)
        case Proof.NONE:
            shapes.paint_open_ring(painter, box)
        case Proof.FAILED | Proof.BROKEN:
            shapes.paint_health(painter, box, Health.LOST)


def _paint_half(painter: QPainter, box: QRectF) -> None:
    side = min(box.width(), box.height())
    inset = side / 10
    disc = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
    disc = disc.adjusted(inset, inset, -inset, -inset)
    colour = theme.colour(Token.TEXT_MUTED)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, max(1.0, side / 11)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(disc)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPie(disc, 90 * 16, 180 * 16)
    painter.restore()


def paint_missing(painter: QPainter, rect: QRectF) -> None:
    """The hatch of what can't be got back: the lost colour, dense, with an edge; never narrower than it can be seen."""
    painter.save()
    painter.setClipRect(rect)
    painter.fillRect(rect, theme.colour(Token.LOST_SOFT))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour(Token.LOST), 1.1))
    step = max(4.0, theme.em(0.36))
    x = rect.left() - rect.height()
    while x < rect.right():
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()))
        x += step
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(0, 0, -1, -1))
    painter.restore()


def paint_arc(painter: QPainter, rect: QRectF, turn: int = 0) -> None:
    """Something runs: three quarters of a ring in the accent colour."""
    side = min(rect.width(), rect.height())
    inset = side / 8
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(theme.colour(Token.ACCENT), max(1.4, side / 8))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(rect.adjusted(inset, inset, -inset, -inset), (90 - 90 * turn) * 16, -270 * 16)
    painter.restore()


class ProofShape(QWidget):
    """One mark of proof beside a line of text."""

    def __init__(self, proof: Proof = Proof.NONE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._proof = proof
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_proof(self, proof: Proof) -> None:
        self._proof = proof
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.em(MARK_EM), theme.em(MARK_EM))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_proof(QPainter(self), self.rect(), self._proof)


def soft(token: Token, alpha: float) -> QColor:
    """A token's colour, let through."""
    colour = QColor(theme.colour(token))
    colour.setAlphaF(alpha)
    return colour


class Meter(QWidget):
    """A bar of how much is used or done; its words stand beside it."""

    def __init__(self, token: Token = Token.SERIES_4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = token
        self._percent: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    @property
    def percent(self) -> float | None:
        return self._percent

    def show_percent(self, percent: float | None, token: Token | None = None) -> None:
        """None: how far is not known; the track stands empty and is dashed."""
        if token is not None:
            self._token = token
        self._percent = percent
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.em(10), theme.em(0.55))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.em(4), theme.em(0.55))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        track = self.rect().adjusted(0, 0, -1, -1)
        painter.fillRect(track, theme.colour(Token.SUNKEN))
        pen = QPen(theme.colour(Token.BORDER), 1)
        if self._percent is None:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRect(track)
        if self._percent is not None:
            width = round(self.width() * self._percent / 100)
            painter.fillRect(QRect(0, 0, width, self.height()), theme.colour(self._token))
