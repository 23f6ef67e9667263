"""A shape for each kind of line on an incident's time line, so that none is told by its colour alone."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from console.domain.incident import IncidentLine, LineKind
from console.domain.verdict import Health
from console.ui import shapes, theme
from console.ui.theme import Token

SIDE: Final = 16.0  # the shapes are drawn on a square of so many units


def line_health(line: IncidentLine) -> Health | None:
    """The state that a line speaks of; None where it speaks of none."""
    return next((health for health in Health if health.value == line.health), None)


def line_token(line: IncidentLine) -> Token:
    """The colour of a line's shape: of its state where it has one, else the accent for acts, muted for the rest."""
    health = line_health(line)
    if line.kind is LineKind.ALERT and ("change", "over") in line.detail:
        return Token.OK
    if health is not None and line.kind in (LineKind.VERDICT, LineKind.ALERT):
        return theme.HEALTH_TOKENS[health]
    if line.kind in (LineKind.ACTION, LineKind.RUN):
        return Token.ACCENT
    return Token.UNKNOWN


def paint_line(painter: QPainter, rect: QRect | QRectF, line: IncidentLine) -> None:
    """The shape of one line."""
    if line.kind is LineKind.VERDICT:
        verdict = Health.HEALTHY if line.health == "over" else line_health(line) or Health.UNKNOWN
        shapes.paint_health(painter, rect, verdict)
        return
    paint_kind(painter, rect, line.kind, line_token(line))


def paint_kind(painter: QPainter, rect: QRect | QRectF, kind: LineKind, token: Token) -> None:
    """The shape of a kind: in a lane, in a legend, beside a row."""
    box = QRectF(rect)
    side = min(box.width(), box.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.center().x() - side / 2, box.center().y() - side / 2)
    painter.scale(side / SIDE, side / SIDE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(token))
    _PAINTERS[kind](painter, token)
    painter.restore()


def _verdict(painter: QPainter, _token: Token) -> None:
    painter.drawRoundedRect(QRectF(2, 2, 12, 12), 3, 3)


def _evidence(painter: QPainter, token: Token) -> None:
    """An eye: something was seen."""
    pen = QPen(theme.colour(token), 1.5)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    path = QPainterPath(QPointF(1.2, 8))
    path.quadTo(QPointF(8, 0.6), QPointF(14.8, 8))
    path.quadTo(QPointF(8, 15.4), QPointF(1.2, 8))
    painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(token))
    painter.drawEllipse(QPointF(8, 8), 2.2, 2.2)


def _alert(painter: QPainter, _token: Token) -> None:
    """A bell."""
    path = QPainterPath(QPointF(2.2, 12))
    path.cubicTo(QPointF(4.6, 10), QPointF(3.4, 2.2), QPointF(8, 2.2))
    path.cubicTo(QPointF(12.6, 2.2), QPointF(11.4, 10), QPointF(13.8, 12))
    path.closeSubpath()
    painter.drawPath(path)
    painter.drawEllipse(QPointF(8, 13.2), 1.9, 1.9)
    painter.drawEllipse(QPointF(8, 2.2), 1.2, 1.2)


def _action(painter: QPainter, _token: Token) -> None:
    """A head and shoulders: somebody decided."""
    painter.drawEllipse(QPointF(8, 4.9), 3.3, 3.3)
    path = QPainterPath(QPointF(1.8, 14.6))
    path.cubicTo(QPointF(2.2, 7.6), QPointF(13.8, 7.6), QPointF(14.2, 14.6))
    path.closeSubpath()
    painter.drawPath(path)


def _run(painter: QPainter, _token: Token) -> None:
    """A diamond, as a plan has on the charts."""
    painter.drawPolygon(QPolygonF([QPointF(8, 1), QPointF(15, 8), QPointF(8, 15), QPointF(1, 8)]))


def _fault(painter: QPainter, _token: Token) -> None:
    """A bolt."""
    painter.drawPolygon(QPolygonF([
        QPointF(9.8, 0.8), QPointF(3, 9.2), QPointF(7.3, 9.2), QPointF(6.2, 15.2), QPointF(13, 6.6), QPointF(8.7, 6.6),
    ]))  # fmt: skip


def _drill(painter: QPainter, token: Token) -> None:
    """A target: made on purpose."""
    painter.setPen(QPen(theme.colour(token), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QRectF(1.4, 1.4, 13.2, 13.2))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(token))
    painter.drawEllipse(QPointF(8, 8), 3, 3)


def _backup(painter: QPainter, _token: Token) -> None:
    """A square, as a backup has on the charts."""
    painter.drawRect(QRectF(2.5, 2.5, 11, 11))


_PAINTERS: Final[dict[LineKind, Callable[[QPainter, Token], None]]] = {
    LineKind.VERDICT: _verdict,
    LineKind.EVIDENCE: _evidence,
    LineKind.ALERT: _alert,
    LineKind.ACTION: _action,
    LineKind.RUN: _run,
    LineKind.FAULT: _fault,
    LineKind.DRILL: _drill,
    LineKind.BACKUP: _backup,
}
