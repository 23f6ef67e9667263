"""The picture of where each book ends: what is kept, what is lost, what nobody has seen; counted in entries."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.ui import measures, shapes, theme
from console.ui.speech import counted, joined, translate
from console.ui.theme import SMALL, Token

BAR_EM: Final = 1.6
KEPT_SHARE: Final = 0.42  # of the bar, for what is kept: it is broken, since it is millions long
LOST_SHARE_MIN: Final = 0.16
UNSEEN_SHARE_MIN: Final = 0.13
CENTRE: Final = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True, kw_only=True)
class BookEnds:
    """What the picture shows. Numbers are entries; None: not known, and then it is not drawn as if it were."""

    candidate: str
    candidate_end: int | None
    primary: str
    primary_end: int | None
    unseen_most: int | None  # None: how many nobody has seen is not known
    others: tuple[tuple[str, int], ...] = ()  # further books, by where they end
    sealed: int | None = None


@dataclass(frozen=True, slots=True)
class _Bands:
    """Where the bands of the bar begin and end, in pixels."""

    left: float
    kept: float
    lost: float
    unseen: float


class BookEndsPicture(QWidget):
    """Painted; what it shows is its accessible text too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ends: BookEnds | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_ends(self, ends: BookEnds) -> None:
        if ends != self._ends:
            self._ends = ends
            self.setAccessibleName(spoken(ends))
            self.update()

    def sizeHint(self) -> QSize:
        line = theme.metrics(SMALL).height()
        return QSize(theme.em(40), 2 * line + theme.em(BAR_EM) + theme.grid(7))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.em(30), self.sizeHint().height())

    # Where things stand

    def _bands(self, ends: BookEnds) -> _Bands:
        """Lost and unseen share the room behind what is kept by their numbers, each with room for its words."""
        width = float(self.width() - 1)
        lost = _lost(ends)
        unseen = ends.unseen_most
        kept_right = width * KEPT_SHARE
        room = width - kept_right
        if lost is None:
            return _Bands(0.0, width * 0.62, width * 0.62, width)
        lost_share = 0.0 if lost == 0 else max(LOST_SHARE_MIN, lost / max(1, lost + (unseen or 0)))
        unseen_share = 0.0 if unseen == 0 else max(UNSEEN_SHARE_MIN, 1.0 - lost_share)
        if lost and lost_share + unseen_share > 1.0:
            lost_share = 1.0 - unseen_share
        if not lost:
            kept_right = width * (1.0 - (0.3 if unseen_share else 0.0))
            return _Bands(0.0, kept_right, kept_right, width)
        lost_right = kept_right + room * lost_share
        return _Bands(0.0, kept_right, lost_right, lost_right + room * unseen_share)

    # Paint

    def paintEvent(self, _event: QPaintEvent) -> None:
        ends = self._ends
        if ends is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = theme.metrics(SMALL).height()
        top = line + theme.grid(3)
        height = theme.em(BAR_EM)
        bands = self._bands(ends)
        kept = QRectF(bands.left + 0.5, top + 0.5, bands.kept - bands.left, height - 1)
        lost = QRectF(bands.kept + 0.5, top + 0.5, bands.lost - bands.kept, height - 1)
        unseen = QRectF(bands.lost + 0.5, top + 0.5, bands.unseen - bands.lost - 1, height - 1)
        self._paint_kept(painter, kept)
        if lost.width() > 1:
            paint_lost(painter, lost)
        if unseen.width() > 2:
            shapes.paint_hatch(painter, unseen)
        self._paint_ends(painter, ends, bands, top, height)
        self._paint_words(painter, ends, bands, top + height + theme.grid(2), line)

    def _paint_kept(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(QPen(theme.colour(Token.CONTROL), 1.0))
        painter.setBrush(theme.colour(Token.SUNKEN))
        painter.drawRect(box)
        # The break: what lies before is millions long.
        x, step = box.left() + theme.em(0.7), box.height() / 4
        zigzag = [QPointF(x + (theme.em(0.35) if n % 2 else 0), box.top() + step * n) for n in range(5)]
        wide = [*zigzag, *(QPointF(p.x() + theme.em(0.45), p.y()) for p in reversed(zigzag))]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(Token.SURFACE))
        painter.drawPolygon(QPolygonF(wide))
        painter.setPen(QPen(theme.colour(Token.CONTROL), 1.0))
        painter.drawPolyline(QPolygonF(zigzag))
        painter.drawPolyline(QPolygonF([QPointF(p.x() + theme.em(0.45), p.y()) for p in zigzag]))

    def _marks(self, ends: BookEnds, bands: _Bands) -> list[tuple[float, str, str]]:
        """Upright marks: where, whose, and what is said of it."""
        number = measures.number
        marks: list[tuple[float, str, str]] = []
        if ends.candidate_end is not None:
            said = translate("wizard", "ends at {n}").format(n=number(ends.candidate_end))
            marks.append((bands.kept, ends.candidate, said))
        if ends.primary_end is not None and _lost(ends) is not None and bands.lost > bands.kept + 1:
            said = translate("wizard", "last seen at {n}").format(n=number(ends.primary_end))
            marks.append((bands.lost, ends.primary, said))
        return marks

    def _paint_ends(self, painter: QPainter, ends: BookEnds, bands: _Bands, top: int, height: int) -> None:
        line = theme.metrics(SMALL).height()
        taken_from = float(self.width())
        for x, name, said in reversed(self._marks(ends, bands)):
            painter.fillRect(QRectF(min(x, self.width() - 2), top - theme.grid(2), 1.4, height + theme.grid(4)),
                             theme.colour(Token.TEXT))  # fmt: skip
            width = theme.metrics(SMALL, bold=True).horizontalAdvance(name) + theme.grid(1.5)
            width += theme.metrics(SMALL).horizontalAdvance(said)
            left = min(x + theme.grid(1), taken_from - width - theme.grid(2))
            _paint_label(painter, left, line, name, said)
            taken_from = left
        self._paint_others(painter, ends, bands, QRectF(0, top, taken_from - theme.grid(2), height))

    def _paint_others(self, painter: QPainter, ends: BookEnds, bands: _Bands, box: QRectF) -> None:
        """Books that end before the candidate's: in their order, near its end; the axis is broken, and says so."""
        line = theme.metrics(SMALL).height()
        end = ends.candidate_end
        shorter = sorted(((n, who) for who, n in ends.others if end is not None and n < end), reverse=True)
        x = bands.kept
        right = box.right()
        for _number, who in shorter:
            x = min(x - theme.em(3.2), right)
            width = theme.metrics(SMALL, bold=True).horizontalAdvance(who)
            left = min(x - width - theme.grid(1), right - width)
            if left < theme.em(9):
                break
            painter.fillRect(QRectF(x, box.top() - theme.grid(2), 1.4, box.height() + theme.grid(2)),
                             theme.colour(Token.TEXT_MUTED))  # fmt: skip
            _paint_label(painter, left, line, who, "")
            right = left - theme.grid(2)
        if ends.sealed is not None:
            said = measures.number(ends.sealed)
            _paint_label(painter, 0, line, translate("wizard", "sealed"), said)

    def _paint_words(self, painter: QPainter, ends: BookEnds, bands: _Bands, top: int, line: int) -> None:
        lost, unseen = _lost(ends), ends.unseen_most
        kept = translate("wizard", "kept: on {node}").format(node=ends.candidate)
        _paint_word(painter, QRectF(bands.left, top, bands.kept - bands.left, line), kept, Token.TEXT_MUTED)
        if lost:
            said = counted(lost, translate("wizard", "lost: 1 entry, seen"),
                           translate("wizard", "lost: {n} entries, seen"))  # fmt: skip
            _paint_word(painter, QRectF(bands.kept, top, bands.lost - bands.kept, line), said, Token.LOST, bold=True)
        if unseen is None or lost is None:
            said = translate("wizard", "how many more: not known")
        elif unseen:
            said = translate("wizard", "at most {n} more, unseen").format(n=measures.number(unseen))
        else:
            return
        box = QRectF(bands.lost, top, bands.unseen - bands.lost, line)
        needed = theme.metrics(SMALL).horizontalAdvance(said) + 2
        if needed > box.width():
            box = QRectF(self.width() - needed, top, needed, line)
        _paint_word(painter, box, said, Token.TEXT_MUTED)


def _lost(ends: BookEnds) -> int | None:
    if ends.candidate_end is None or ends.primary_end is None:
        return None
    return max(0, ends.primary_end - ends.candidate_end)


def _paint_label(painter: QPainter, left: float, line: int, name: str, said: str) -> None:
    painter.setFont(theme.font(SMALL, bold=True))
    painter.setPen(theme.colour(Token.TEXT))
    width = theme.metrics(SMALL, bold=True).horizontalAdvance(name)
    painter.drawText(QRect(round(left), 0, width + 2, line), Qt.AlignmentFlag.AlignLeft, name)
    painter.setFont(theme.font(SMALL))
    painter.setPen(theme.colour(Token.TEXT_MUTED))
    x = round(left) + width + theme.grid(1.5)
    room = theme.metrics(SMALL).horizontalAdvance(said) + 2
    painter.drawText(QRect(x, 0, room, line), Qt.AlignmentFlag.AlignLeft, said)


def _paint_word(painter: QPainter, box: QRectF, said: str, token: Token, *, bold: bool = False) -> None:
    painter.setFont(theme.font(SMALL, bold=bold))
    painter.setPen(theme.colour(token))
    wide = theme.metrics(SMALL, bold=bold).horizontalAdvance(said) + 2
    if wide > box.width():
        box = QRectF(box.center().x() - wide / 2, box.top(), wide, box.height())
    painter.drawText(box, CENTRE, said)


def paint_lost(painter: QPainter, box: QRectF) -> None:
    """Lost entries: the soft ground, hatched in the lost colour, with a plain edge."""
    painter.save()
    painter.setClipRect(box)
    painter.fillRect(box, theme.colour(Token.LOST_SOFT))
    ink = QColor(theme.colour(Token.LOST))
    ink.setAlphaF(0.85)
    painter.setPen(QPen(ink, 1.0))
    step = max(5, theme.em(0.4))
    x = box.left() - box.height()
    while x < box.right():
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
        x += step
    painter.setClipping(False)
    painter.setPen(QPen(theme.colour(Token.LOST), 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    painter.restore()


def spoken(ends: BookEnds) -> str:
    """The whole picture in words."""
    number = measures.number
    parts = []
    if ends.candidate_end is not None:
        text = translate("wizard", "{node} ends at {n}")
        parts.append(text.format(node=ends.candidate, n=number(ends.candidate_end)))
    if ends.primary_end is not None:
        text = translate("wizard", "{node} was last seen at {n}")
        parts.append(text.format(node=ends.primary, n=number(ends.primary_end)))
    text = translate("wizard", "{node} ends at {n}")
    parts += [text.format(node=node, n=number(n)) for node, n in ends.others]
    return joined(parts)
