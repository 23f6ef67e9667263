"""The step rail of a wizard: all steps always visible, the answers so far, and where nodes begin to change."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from console.domain.cluster import Environment
from console.ui import names, shapes, theme
from console.ui.controls import Says
from console.ui.speech import translate
from console.ui.theme import SMALL, Token

WIDTH_EM: Final = 21.5  # 280 px at 13 px
MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter


class RailState(Enum):
    """Where a step of the rail stands."""

    DONE = "done"
    CURRENT = "current"
    WAITING = "waiting"

    @classmethod
    def of(cls, *, current: bool, done: bool) -> "RailState":
        return cls.CURRENT if current else cls.DONE if done else cls.WAITING


@dataclass(frozen=True, slots=True, kw_only=True)
class RailRow:
    """One step: its number, name, and the answer that was given or found."""

    key: object
    number: int
    name: str
    state: RailState
    answer: str = ""
    changes: bool = False  # nodes change in it
    opens: bool = False
    band: str = ""  # what is written above it where something begins; empty: the recovery wizard's own words


class RailRows(QWidget):
    """The painted rows. Up and Down walk those that may be opened, Enter or a click opens one."""

    opened = Signal(object)  # a row's key

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[RailRow, ...] = ()
        self._at: object = None
        self.setProperty("ringless", True)  # the row wears it
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(translate("wizard", "Steps"))
        self.setMouseTracking(True)
        theme.changed.connect(self.updateGeometry)

    @property
    def rows(self) -> tuple[RailRow, ...]:
        return self._rows

    def show_rows(self, rows: tuple[RailRow, ...]) -> None:
        if rows == self._rows:
            return
        higher = len(rows) != len(self._rows)
        self._rows = rows
        self.setAccessibleDescription("\n".join(_spoken(row) for row in rows))
        if higher:
            self.updateGeometry()
        self.update()

    # Where things stand

    def _natural(self) -> int:
        return max(theme.em(2.3), theme.metrics().height() + theme.grid(2))

    def _bands(self) -> int:
        return sum(self._has_band(place) for place in range(len(self._rows))) * self._band()

    def _has_band(self, place: int) -> bool:
        """Does something begin above this row?"""
        row = self._rows[place]
        return place == 0 or bool(row.band) or (row.changes and not self._rows[place - 1].changes)

    def _step(self) -> int:
        """The height of a row: less where the window is low and the font large, so that no step is cut."""
        room = (self.height() - self._bands()) // max(1, len(self._rows))
        return max(theme.metrics().height() + 1, min(self._natural(), room))

    def _band(self) -> int:
        return theme.metrics(SMALL).height() + theme.grid(3)

    def _tops(self) -> list[int]:
        """The top of each row; each band takes room above its first row."""
        tops, y = [], 0
        for place in range(len(self._rows)):
            if self._has_band(place):
                y += self._band()
            tops.append(y)
            y += self._step()
        return tops

    def sizeHint(self) -> QSize:
        return QSize(theme.em(WIDTH_EM), len(self._rows) * self._natural() + self._bands())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.em(WIDTH_EM), len(self._rows) * (theme.metrics().height() + 1) + self._bands())

    def row_at(self, y: int) -> RailRow | None:
        for row, top in zip(self._rows, self._tops(), strict=True):
            if top <= y < top + self._step():
                return row
        return None

    # Hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.row_at(round(event.position().y()))
        if row is not None and row.opens:
            self.opened.emit(row.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self.row_at(round(event.position().y()))
        hand = row is not None and row.opens
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        current = next((row.key for row in self._rows if row.state is RailState.CURRENT), None)
        self._at = current
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        open_ones = [row.key for row in self._rows if row.opens]
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and open_ones:
            place = open_ones.index(self._at) if self._at in open_ones else 0
            self._at = open_ones[max(0, min(len(open_ones) - 1, place + step))]
            self.update()
            return
        bare = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if bare and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at in open_ones:
            self.opened.emit(self._at)
            return
        super().keyPressEvent(event)

    # Paint

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, (row, top) in enumerate(zip(self._rows, self._tops(), strict=True)):
            if place == 0:
                text = row.band or translate("wizard", "Nothing on any node changes")
                self._paint_band(painter, top - self._band(), text, None)
            elif row.changes and not self._rows[place - 1].changes:
                text = row.band or translate("wizard", "From here nodes change")
                self._paint_band(painter, top - self._band(), text, Token.WARN)
            elif row.band:
                self._paint_band(painter, top - self._band(), row.band, None)
            self._paint_row(painter, row, QRect(0, top, self.width(), self._step()))

    def _paint_band(self, painter: QPainter, top: int, text: str, token: Token | None) -> None:
        left, right = theme.grid(5) - 4, theme.grid(4)
        line = QRect(left, top + theme.grid(1), self.width() - left - right, 1)
        painter.fillRect(line, theme.colour(token or Token.TEXT_MUTED))
        painter.setFont(theme.font(SMALL))
        painter.setPen(theme.colour(token or Token.TEXT_MUTED))
        below = QRect(left, line.bottom() + 1, line.width(), self._band() - theme.grid(1) - 1)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | MIDDLE, text)

    def _paint_row(self, painter: QPainter, row: RailRow, box: QRect) -> None:
        current = row.state is RailState.CURRENT
        if current:
            painter.fillRect(box, theme.colour(Token.ACCENT_SOFT))
        side = theme.em(0.92)
        left = theme.grid(5) - 4
        _paint_state(painter, QRect(left, box.center().y() - side // 2, side, side), row.state)
        ink = theme.colour(Token.TEXT_MUTED if row.state is RailState.WAITING else Token.TEXT)
        numbers = theme.metrics().horizontalAdvance("00")
        x = left + side + theme.grid(2.5)
        painter.setFont(theme.font(bold=current))
        painter.setPen(ink)
        painter.drawText(QRect(x, box.top(), numbers, box.height()), Qt.AlignmentFlag.AlignRight | MIDDLE,
                         str(row.number))  # fmt: skip
        x += numbers + theme.grid(2)
        name_width = theme.metrics(bold=current).horizontalAdvance(row.name)
        painter.drawText(QRect(x, box.top(), name_width + 2, box.height()), Qt.AlignmentFlag.AlignLeft | MIDDLE,
                         row.name)  # fmt: skip
        right = box.right() - theme.grid(4)
        room = right - x - name_width - theme.grid(2)
        small = theme.metrics(SMALL)
        answer = small.elidedText(row.answer, Qt.TextElideMode.ElideRight, room)
        painter.setFont(theme.font(SMALL))
        painter.setPen(theme.colour(Token.TEXT_MUTED))
        painter.drawText(QRect(right - room, box.top(), room, box.height()), Qt.AlignmentFlag.AlignRight | MIDDLE,
                         answer)  # fmt: skip
        if self.hasFocus() and row.key == self._at:
            painter.setPen(QPen(theme.colour(Token.ACCENT), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(6, 1.5, -3, -1.5), 4, 4)

    def event(self, event: QEvent) -> bool:
        # Up and Down belong to the rows, not to a scroll area around them.
        arrows = (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in arrows:
            event.accept()
            return True
        return super().event(event)


def _spoken(row: RailRow) -> str:
    words = {
        RailState.DONE: translate("wizard", "done"),
        RailState.CURRENT: translate("wizard", "now"),
        RailState.WAITING: translate("wizard", "not yet"),
    }
    return ", ".join(part for part in (f"{row.number} {row.name}", words[row.state], row.answer) if part)


def _paint_state(painter: QPainter, box: QRect, state: RailState) -> None:
    if state is RailState.WAITING:
        shapes.paint_open_ring(painter, box)
        return
    painter.save()
    painter.translate(QPointF(box.topLeft()))
    painter.scale(box.width() / 16, box.height() / 16)
    if state is RailState.CURRENT:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(Token.ACCENT))
        painter.drawEllipse(QRectF(2.5, 2.5, 11, 11))
    else:
        pen = QPen(theme.colour(Token.TEXT_MUTED), 1.8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([QPointF(2, 8.6), QPointF(6, 12.6), QPointF(14, 3.8)]))
    painter.restore()


class StepRail(QWidget):
    """Environment and title on top, the rows, and at the foot what a tired person must be able to trust."""

    opened = Signal(object)  # a row's key

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._environment_of = Environment.PRODUCTION
        self._environment = Says(size_em=SMALL, bold=True)
        self._title = Says(size_em=theme.VERDICT, bold=True)
        self.rows = RailRows()
        self.notice = Says(bold=True, size_em=SMALL, token=Token.WARN)
        self.foot = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self._column = QVBoxLayout(self)
        self._head, self._below = QVBoxLayout(), QVBoxLayout()
        for part in (self._environment, self._title):
            self._head.addWidget(part)
        for part in (self.notice, self.foot):
            self._below.addWidget(part)
        self._column.addLayout(self._head)
        self._column.addWidget(self.rows)
        self._column.addStretch(1)
        self._column.addLayout(self._below)
        self.rows.opened.connect(self.opened)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._redress)
        self._redress()

    def _redress(self) -> None:
        grid = theme.grid
        self.setFixedWidth(theme.em(WIDTH_EM))
        self._column.setContentsMargins(0, grid(3), 0, grid(3))
        self._column.setSpacing(grid(3))
        left = grid(5) - 4
        self._head.setContentsMargins(left, 0, grid(4), 0)
        self._head.setSpacing(grid(1))
        self._below.setContentsMargins(left, 0, grid(4), 0)
        self._below.setSpacing(grid(2))

    def show_title(self, environment: Environment, title: str) -> None:
        self._environment_of = environment
        self._environment.say(names.environment_word(environment), theme.ENVIRONMENT_TOKENS[environment])
        self._title.say(title)
        self.setAccessibleName(title)
        self.update()

    def show_rows(self, rows: tuple[RailRow, ...], *, notice: str, foot: str) -> None:
        self.rows.show_rows(rows)
        self.notice.say(notice)
        self.foot.say(foot)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(Token.SUNKEN))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.colour(Token.BORDER))
        stripe = QRect(0, 0, theme.em(shapes.STRIPE_EM), self.height())
        shapes.paint_stripe(painter, stripe, self._environment_of)
