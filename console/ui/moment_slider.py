"""The slider of moments: all that can be had above, a few hours of it below; only what is restorable can be chosen."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.restore import Anchor, Anchors
from console.ui import theme
from console.ui.backup_shapes import paint_missing
from console.ui.backup_state import Stretch
from console.ui.chain_layout import Scale, ticks
from console.ui.restore_words import anchor_title, moment_long
from console.ui.shapes import paint_hatch
from console.ui.speech import translate
from console.ui.theme import SMALL, Token

SPAN_SECONDS: Final = 6 * 3600.0
SPAN_SECONDS_MIN: Final = 120.0
ANCHORS_MAX: Final = 60
HEIGHT_EM: Final = 15.4
ONE_SECOND, ONE_MINUTE, ONE_HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
CENTRE: Final = Qt.AlignmentFlag.AlignCenter


def restorable_at(at: datetime, stretches: Sequence[Stretch], *, onward: bool | None = None) -> datetime | None:
    """This moment if it can be had; else the nearest that can, or the nearest in the named direction."""
    if not stretches:
        return None
    if any(one.holds(at) for one in stretches):
        return at
    later = min((one.begin for one in stretches if one.begin > at), default=None)
    earlier = max((one.end for one in stretches if one.end < at), default=None)
    if onward is True and later is not None:
        return later
    if onward is False and earlier is not None:
        return earlier
    known = [one for one in (earlier, later) if one is not None]
    return min(known, key=lambda one: abs((one - at).total_seconds()))


class MomentSlider(QWidget):
    """←/→ a second, with Shift a minute, with Ctrl an hour; PgUp/PgDn the next anchor; + and − how much is seen."""

    chosen = Signal(object)  # datetime
    range_shown = Signal(object)  # (begin, end): anchors and bookings of it are wanted

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stretches: tuple[Stretch, ...] = ()
        self._gaps: tuple[Stretch, ...] = ()
        self._whole: Stretch | None = None
        self._near: Stretch | None = None
        self._anchors: tuple[Anchor, ...] = ()
        self._bars: tuple[int, ...] = ()
        self._bars_of: Stretch | None = None
        self._at: datetime | None = None
        self._span = SPAN_SECONDS
        self._holding = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringless", True)  # its handle wears it
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(translate("restore", "Moment to go back to"))
        theme.changed.connect(self.updateGeometry)

    @property
    def at(self) -> datetime | None:
        return self._at

    @property
    def near(self) -> Stretch | None:
        """The hours that are seen at the bottom."""
        return self._near

    # What it shows

    def show_windows(self, stretches: Sequence[Stretch], now: datetime) -> None:
        """What can be had at all; the gaps between are what can't."""
        self._stretches = tuple(stretches)
        if not self._stretches:
            self._whole = self._near = None
            self.update()
            return
        first = self._stretches[0].begin
        span = max(SPAN_SECONDS_MIN, (now - first).total_seconds())
        self._whole = Stretch(begin=first - timedelta(seconds=span * 0.006), end=now)
        pairs = zip(self._stretches, self._stretches[1:], strict=False)
        self._gaps = tuple(Stretch(begin=one.end, end=other.begin) for one, other in pairs)
        self.update()

    def show_anchors(self, anchors: Anchors) -> None:
        self._anchors = anchors.anchors[:ANCHORS_MAX]
        self._bars = anchors.entries
        self._bars_of = Stretch(begin=anchors.begin, end=anchors.end)
        self.update()

    def show_moment(self, at: datetime | None) -> None:
        """Where the handle stands; None: the target is no moment on this axis."""
        self._at = at
        if at is not None:
            self._see(at)
            self.setAccessibleDescription(moment_long(at))
        self.update()

    def look_at(self, at: datetime) -> None:
        """Show the hours around a moment that can't be chosen, so that it is seen why."""
        self._see(at)
        self.update()

    def _see(self, at: datetime) -> None:
        """The hours around the moment; they move only when it comes near their edge."""
        whole = self._whole
        if whole is None:
            return
        span = min(self._span, max(SPAN_SECONDS_MIN, whole.seconds))
        near = self._near
        margin = span * 0.04
        if (
            near is not None and abs(near.seconds - span) < 1
            and near.begin + timedelta(seconds=margin) <= at <= near.end - timedelta(seconds=margin)
        ):  # fmt: skip
            return
        begin = at - timedelta(seconds=span / 2)
        begin = max(min(begin, whole.end - timedelta(seconds=span)), whole.begin - timedelta(seconds=margin))
        self._near = Stretch(begin=begin, end=begin + timedelta(seconds=span))
        self.range_shown.emit((self._near.begin, self._near.end))

    # Hands

    def move_to(self, at: datetime, *, onward: bool | None = None) -> None:
        """Only what can be had is chosen: a moment within a gap becomes its edge."""
        wanted = restorable_at(at, self._stretches, onward=onward)
        if wanted is not None and wanted != self._at:
            self.show_moment(wanted)
            self.chosen.emit(wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self._at or (self._stretches[-1].end if self._stretches else None)
        if at is None:
            super().keyPressEvent(event)
            return
        mods = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        step = {
            Qt.KeyboardModifier.ShiftModifier: ONE_MINUTE, Qt.KeyboardModifier.ControlModifier: ONE_HOUR,
        }.get(mods, ONE_SECOND)  # fmt: skip
        match Qt.Key(event.key()):
            case Qt.Key.Key_Left:
                self.move_to(at - step, onward=False)
            case Qt.Key.Key_Right:
                self.move_to(at + step, onward=True)
            case Qt.Key.Key_PageUp:
                self._to_anchor(at, onward=False)
            case Qt.Key.Key_PageDown:
                self._to_anchor(at, onward=True)
            case Qt.Key.Key_Home if self._stretches:
                self.move_to(self._stretches[0].begin)
            case Qt.Key.Key_End if self._stretches:
                self.move_to(self._stretches[-1].end)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self._zoom(0.5)
            case Qt.Key.Key_Minus:
                self._zoom(2.0)
            case _:
                super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        wanted = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home,
                  Qt.Key.Key_End)  # fmt: skip
        alt = Qt.KeyboardModifier.AltModifier
        if (
            isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and event.key() in wanted
            and not event.modifiers() & alt
        ):  # fmt: skip
            event.accept()
            return True
        return super().event(event)

    def _to_anchor(self, at: datetime, *, onward: bool) -> None:
        times = sorted({one.at for one in self._anchors})
        beyond = [one for one in times if (one > at if onward else one < at)]
        if beyond:
            self.move_to(beyond[0] if onward else beyond[-1])

    def _zoom(self, factor: float) -> None:
        whole = self._whole.seconds if self._whole is not None else SPAN_SECONDS
        self._span = max(SPAN_SECONDS_MIN, min(whole, self._span * factor))
        self._near = None
        if self._at is not None:
            self._see(self._at)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self._zoom(0.5 if event.angleDelta().y() > 0 else 2.0)
            event.accept()
            return
        event.ignore()  # the page scrolls

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._holding = event.position().y() >= self._split()
            self._follow(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._follow(event.position())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._holding = False

    def _follow(self, point: QPointF) -> None:
        scale = self._near_scale() if self._holding else self._whole_scale()
        if scale is not None:
            self.move_to(scale.at(point.x()).replace(microsecond=0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # Where things stand

    def sizeHint(self) -> QSize:
        return QSize(theme.em(60), theme.em(HEIGHT_EM))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.em(28), theme.em(HEIGHT_EM))

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self.update()

    def _split(self) -> float:
        return theme.em(4.6)

    def _whole_scale(self) -> Scale | None:
        return self._scale(self._whole)

    def _near_scale(self) -> Scale | None:
        return self._scale(self._near)

    def _scale(self, of: Stretch | None) -> Scale | None:
        if of is None:
            return None
        return Scale(begin=of.begin, end=of.end, left=theme.em(0.7), right=self.width() - theme.em(0.7))

    # Paint

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        whole, near = self._whole_scale(), self._near_scale()
        if whole is not None:
            self._paint_axis(painter, whole, top=0.0)
            self._paint_range(painter, whole, theme.em(1.9), theme.em(1.6))
            self._paint_frame(painter, whole)
        if near is not None:
            top = self._split()
            self._paint_bars(painter, near, top)
            band = top + theme.em(7.1)
            self._paint_range(painter, near, band, theme.em(1.7))
            self._paint_anchors(painter, near, top, band + theme.em(1.7))
            self._paint_near_axis(painter, near, band + theme.em(1.7))
            self._paint_handle(painter, near, band)

    def _paint_axis(self, painter: QPainter, scale: Scale, top: float) -> None:
        metrics = theme.metrics(SMALL)
        painter.setFont(theme.font(SMALL))
        painter.setPen(theme.colour(Token.TEXT_MUTED))
        for tick in ticks(scale, 5.0 * theme.em()):
            left = min(tick.x + 4, self.width() - metrics.horizontalAdvance(tick.label))
            painter.drawText(QPointF(left, top + metrics.ascent()), tick.label)
            painter.fillRect(QRectF(round(tick.x), theme.em(1.4), 1, theme.em(2.4)), theme.colour(Token.BORDER))

    def _paint_near_axis(self, painter: QPainter, scale: Scale, top: float) -> None:
        metrics = theme.metrics(SMALL)
        painter.setFont(theme.font(SMALL))
        for tick in ticks(scale, 5.0 * theme.em()):
            painter.fillRect(QRectF(round(tick.x), top + 2, 1, theme.em(0.4)), theme.colour(Token.CONTROL))
            painter.setPen(theme.colour(Token.TEXT_MUTED))
            width = metrics.horizontalAdvance(tick.label)
            left = max(0.0, min(tick.x - width / 2, self.width() - width))
            painter.drawText(QPointF(left, top + theme.em(0.5) + 2 + metrics.ascent()), tick.label)

    def _paint_range(self, painter: QPainter, scale: Scale, top: float, height: float) -> None:
        """Accent-soft is what can be had, red hatch what can't, grey hatch what lies before the first backup."""
        y, high = round(top), round(height)
        first, last = self._stretches[0].begin, self._stretches[-1].end
        if scale.begin < first:
            box = QRectF(round(scale.left), y, max(2, round(scale.x(first)) - round(scale.left)), high)
            paint_hatch(painter, box, edge=False)
        if last < scale.end:
            painter.fillRect(QRectF(round(scale.x(last)), y, round(scale.right - scale.x(last)), high),
                             theme.colour(Token.SUNKEN))  # fmt: skip
        painter.setPen(QPen(theme.colour(Token.ACCENT), 1))
        painter.setBrush(theme.colour(Token.ACCENT_SOFT))
        for one in self._stretches:
            if one.end >= scale.begin and one.begin <= scale.end:
                left, right = round(scale.x(one.begin)), round(scale.x(one.end))
                painter.drawRect(QRectF(left + 0.5, y + 0.5, max(1, right - left - 1), high - 1))
        for one in self._gaps:
            if one.end >= scale.begin and one.begin <= scale.end:
                left, right = round(scale.x(one.begin)), round(scale.x(one.end))
                paint_missing(painter, QRectF(left, y, max(theme.em(0.4), right - left), high))

    def _paint_frame(self, painter: QPainter, scale: Scale) -> None:
        """Which hours the lower axis shows."""
        near = self._near
        if near is None:
            return
        left, right = scale.x(near.begin), scale.x(near.end)
        wide = max(float(theme.em(0.8)), right - left)
        box = QRectF(round((left + right - wide) / 2), theme.em(1.9) - 4, round(wide), theme.em(1.6) + 8)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(Token.TEXT), 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        if self._at is not None:
            painter.fillRect(QRectF(round(scale.x(self._at)), theme.em(1.9) - 4, 2, theme.em(1.6) + 8),
                             theme.colour(Token.ACCENT))  # fmt: skip
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_bars(self, painter: QPainter, scale: Scale, top: float) -> None:
        """How many entries were booked in each part of the hours."""
        of = self._bars_of
        most = max(self._bars, default=0)
        if of is None or not most:
            return
        part = of.seconds / len(self._bars)
        base, high = top + theme.em(6.9), 1.8 * theme.em()
        for place, count in enumerate(self._bars):
            begin = of.begin + timedelta(seconds=part * place)
            if not scale.begin <= begin <= scale.end or count <= 0:
                continue
            left = scale.x(begin)
            wide = max(1.0, scale.x(begin + timedelta(seconds=part)) - left - 1)
            tall = max(1.0, high * count / most)
            painter.fillRect(QRectF(left, base - tall, wide, tall), theme.colour(Token.TICK))

    def _paint_anchors(self, painter: QPainter, scale: Scale, top: float, bottom: float) -> None:
        """Flags on two levels, so that two that stand near each other can both be read."""
        metrics, bold = theme.metrics(SMALL), theme.metrics(SMALL, bold=True)
        ends = [0.0, 0.0, 0.0]
        for one in sorted(self._anchors, key=lambda each: each.at):
            if not scale.begin <= one.at <= scale.end:
                continue
            x = round(scale.x(one.at))
            here = self._at is not None and abs((one.at - self._at).total_seconds()) < 1
            ink = theme.colour(Token.ACCENT if here else Token.TEXT_MUTED)
            name = anchor_title(one)
            measure = bold if here else metrics
            width = measure.horizontalAdvance(name) + theme.em(1.4)
            left = x if x + width <= self.width() else x - width
            level = next((place for place, end in enumerate(ends) if end + 4 <= left), None)
            y = top + theme.em(1.0) + theme.em(1.5) * (level if level is not None else len(ends) - 1)
            painter.fillRect(QRectF(x, y - theme.em(0.5), 1, bottom - y + theme.em(0.5)), ink)
            side = theme.em(0.6)
            flag = QPolygonF([QPointF(x, y - side * 0.8), QPointF(x + side, y - side * 0.8),
                              QPointF(x + side * 0.7, y - side * 0.3), QPointF(x + side, y + side * 0.2),
                              QPointF(x, y + side * 0.2)])  # fmt: skip
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawPolygon(flag)
            if level is None:
                continue  # no room for its name: the table beside has it
            ends[level] = left + width
            painter.setPen(theme.colour(Token.ACCENT if here else Token.TEXT))
            painter.setFont(theme.font(SMALL, bold=here))
            text_left = x + theme.em(0.9) if left == x else left
            painter.drawText(QPointF(text_left, y + theme.em(0.2)), name)

    def _paint_handle(self, painter: QPainter, scale: Scale, band: float) -> None:
        at = self._at
        if at is None or not scale.begin <= at <= scale.end:
            return
        x = round(scale.x(at))
        high = theme.em(1.7)
        painter.fillRect(QRectF(x, self._split() + theme.em(0.6), 1, band - self._split()), theme.colour(Token.ACCENT))
        box = QRectF(x - theme.em(0.45), band - 3, theme.em(0.95), high + 6)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(Token.ACCENT))
        painter.drawRoundedRect(box, 3, 3)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour(Token.ACCENT), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-3.5, -3.5, 3.5, 3.5), 5, 5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for offset in (-2, 2):
            painter.fillRect(QRectF(x + offset, band + high * 0.25, 1, high * 0.5), theme.colour(Token.ON_ACCENT))
