"""A painted list of what happened: a shape, a sentence that wraps, what stands beside it; one is chosen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from console.domain.cluster import Environment
from console.ui import shapes, theme
from console.ui.controls import TALL, WRAPS
from console.ui.theme import SMALL, Token

MIDDLE_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
TOP_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
Paint = Callable[[QPainter, QRect], None]


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `lead` stands in a column of its own before the shape, as a time; `side` at the right end."""

    key: str
    title: str
    below: str = ""
    lead: str = ""
    side: str = ""
    side_token: Token = Token.TEXT_MUTED
    bold: bool = False
    dim: bool = False  # it steps back: taken by somebody, or not come to yet
    environment: Environment | None = None
    paint: Paint | None = field(default=None, compare=False)
    look: str = ""  # what `paint` shows, so that a change of it is seen

    @property
    def measured(self) -> tuple[str, str, str, str, bool]:
        """What the height of the row comes of."""
        return self.title, self.below, self.lead, self.side, self.bold

    @property
    def spoken(self) -> str:
        """What a screen reader says of it."""
        return ", ".join(part for part in (self.lead, self.title, self.side, self.below) if part)


class IncidentRows(QWidget):
    """Rows keep their places while the pointer or the keyboard is in them; `held` says how many newer ones wait."""

    chosen = Signal(object)  # key
    opened = Signal(object)  # key: Enter or a double click
    held = Signal(object)  # int

    def __init__(self, name: str, *, steady: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._waiting: tuple[Line, ...] | None = None
        self._steady = steady
        self._key = ""
        self._tops: list[int] = [0]
        self._laid_for = -1
        self._lead_width = 0
        self._hovered: int | None = None
        # A layout cuts a widget of fixed height at its hint, whatever its height for the width it got.
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringless", True)  # the chosen row wears it
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        theme.changed.connect(self._redress)

    # What it shows

    @property
    def lines(self) -> tuple[Line, ...]:
        return self._lines

    @property
    def current(self) -> str:
        """The key of the chosen row; empty where none is."""
        return self._key

    def show_lines(self, lines: Sequence[Line]) -> None:
        """These rows; while somebody is in the list, what is known changes in its place and the rest waits."""
        lines = tuple(lines)
        known = [line.key for line in self._lines]
        wanted = [line.key for line in lines]
        if self._steady and self._lines and self._is_used() and wanted != known:
            self._waiting = lines
            newer = {line.key: line for line in lines}
            self._take(tuple(newer.get(line.key, line) for line in self._lines))
            self.held.emit(len(set(wanted) - set(known)))
            return
        self._waiting = None
        self.held.emit(0)
        self._take(lines)

    def let_in(self) -> None:
        """Show what waits, in its order."""
        if self._waiting is not None:
            lines, self._waiting = self._waiting, None
            self._take(lines)
        self.held.emit(0)

    def _is_used(self) -> bool:
        return self.hasFocus() or self.underMouse()

    def _take(self, lines: tuple[Line, ...]) -> None:
        if lines == self._lines:
            return
        before = self.heightForWidth(self.width())
        # A row that only steps back, or changes its shape, is as high as it was: measuring a thousand takes a while.
        same = len(lines) == len(self._lines) and all(
            one.measured == other.measured for one, other in zip(lines, self._lines, strict=True)
        )
        self._lines = lines
        if not same:
            self._laid_for = -1
        self._speak()
        if self.heightForWidth(self.width()) != before:
            self.updateGeometry()
        self.update()

    def choose(self, key: str, *, tell: bool = False) -> None:
        """Mark a row as the chosen one and bring it into sight."""
        if key != self._key:
            self._key = key
            self._speak()
            self.update()
            if tell:
                self.chosen.emit(key)
        at = self._at()
        if at is not None:
            self._show_row(at)

    def _speak(self) -> None:
        at = self._at()
        self.setAccessibleDescription(self._lines[at].spoken if at is not None else "")

    def _at(self) -> int | None:
        return next((at for at, line in enumerate(self._lines) if line.key == self._key), None)

    def _show_row(self, at: int) -> None:
        self._lay(self.width())
        inside: QWidget | None = self.parentWidget()
        while inside is not None and not isinstance(inside, QScrollArea):
            inside = inside.parentWidget()
        page = inside.widget() if inside is not None else None
        if inside is None or page is None or not page.isAncestorOf(self) or not self.isVisible():
            return
        top = self.mapTo(page, QPoint(0, self._tops[at])).y()
        height = self._tops[at + 1] - self._tops[at]
        inside.ensureVisible(0, top + height // 2, 0, height // 2 + theme.grid(2))

    # Sizes

    def _redress(self) -> None:
        self._laid_for = -1
        self.updateGeometry()
        self.update()

    def _side(self) -> int:
        return theme.em(shapes.SHAPE_EM)

    def _text_left(self) -> int:
        lead = self._lead_width + theme.grid(2) if self._lead_width else 0
        return theme.grid(3) + lead + self._side() + theme.grid(2)

    def _lay(self, width: int) -> None:
        if width == self._laid_for:
            return
        self._laid_for = width
        metrics = theme.metrics(SMALL)
        self._lead_width = max((metrics.horizontalAdvance(line.lead) for line in self._lines), default=0)
        tops = [0]
        for line in self._lines:
            title, below = self._rooms(line, width)
            height = title.height() + (below.height() + theme.grid(0.5) if line.below else 0)
            tops.append(tops[-1] + max(theme.grid(6), height + theme.grid(2.5)))
        self._tops = tops

    def _rooms(self, line: Line, width: int) -> tuple[QRect, QRect]:
        """The room of title and of what stands below it, both from the row's top left corner."""
        left, right = self._text_left(), width - theme.grid(3)
        beside = theme.metrics(SMALL).horizontalAdvance(line.side) + theme.grid(3) if line.side else 0
        title_width = max(theme.em(4), right - left - beside)
        metrics = theme.metrics(bold=line.bold)
        title = metrics.boundingRect(QRect(0, 0, title_width, TALL), WRAPS, line.title)
        title.setRect(left, 0, title_width, max(title.height(), metrics.height()))
        below_width = max(theme.em(4), right - left)
        below = theme.metrics(SMALL).boundingRect(QRect(0, 0, below_width, TALL), WRAPS, line.below)
        below.setRect(left, 0, below_width, below.height())
        return title, below

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self._lay(max(1, width))
        return self._tops[-1]

    def sizeHint(self) -> QSize:
        return QSize(theme.em(18), self.heightForWidth(max(self.width(), theme.em(18))))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.em(12), theme.grid(6))

    # Paint

    def paintEvent(self, event: QPaintEvent) -> None:
        self._lay(self.width())
        painter = QPainter(self)
        for at, line in enumerate(self._lines):
            box = QRect(0, self._tops[at], self.width(), self._tops[at + 1] - self._tops[at])
            if box.intersects(event.rect()):
                self._paint_row(painter, box, line, at)

    def _paint_row(self, painter: QPainter, box: QRect, line: Line, at: int) -> None:
        is_chosen = line.key == self._key
        if is_chosen:
            painter.fillRect(box, theme.colour(Token.ACCENT_SOFT))
        elif at == self._hovered:
            painter.fillRect(box, theme.colour(Token.BACKGROUND))
        if line.environment is not None:
            stripe = QRect(box.left(), box.top(), theme.em(shapes.STRIPE_EM), box.height())
            shapes.paint_stripe(painter, stripe, line.environment)
        title, below = self._rooms(line, self.width())
        top = box.top() + theme.grid(1.25)
        metrics = theme.metrics(bold=line.bold)
        ink = Token.TEXT_MUTED if line.dim else Token.TEXT
        x = theme.grid(3)
        if self._lead_width:
            painter.setFont(theme.font(SMALL))
            painter.setPen(theme.colour(Token.TEXT_MUTED))
            painter.drawText(QRect(x, top, self._lead_width + 1, metrics.height()), MIDDLE_LEFT, line.lead)
            x += self._lead_width + theme.grid(2)
        if line.paint is not None:
            side = self._side()
            line.paint(painter, QRect(x, top + (metrics.height() - side) // 2, side, side))
        painter.setFont(theme.font(bold=line.bold))
        painter.setPen(theme.colour(ink))
        painter.drawText(title.translated(0, top), WRAPS, line.title)
        painter.setFont(theme.font(SMALL))
        if line.below:
            painter.setPen(theme.colour(Token.TEXT_MUTED))
            painter.drawText(below.translated(0, top + title.height() + theme.grid(0.5)), WRAPS, line.below)
        if line.side:
            painter.setPen(theme.colour(line.side_token))
            shift = metrics.ascent() - theme.metrics(SMALL).ascent()
            painter.drawText(QRect(0, top + shift, self.width() - theme.grid(3), box.height()), TOP_RIGHT, line.side)
        if is_chosen and self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour(Token.ACCENT), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 3, 3)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    # Hands

    def row_at(self, y: int) -> int | None:
        self._lay(self.width())
        return next((at for at in range(len(self._lines)) if self._tops[at] <= y < self._tops[at + 1]), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._lines) - 1
        here = self._at()
        bare = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        wanted = {
            Qt.Key.Key_Up: (here or 0) - 1, Qt.Key.Key_Down: -1 if here is None else here + 1,
            Qt.Key.Key_Home: 0, Qt.Key.Key_End: last,
            Qt.Key.Key_PageUp: (here or 0) - 10, Qt.Key.Key_PageDown: (here or 0) + 10,
        }.get(Qt.Key(event.key()))  # fmt: skip
        if bare and wanted is not None and self._lines:
            at = max(0, min(last, wanted if here is not None else max(0, wanted)))
            self.choose(self._lines[at].key, tell=True)
        elif bare and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and here is not None:
            self.opened.emit(self._key)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.row_at(round(event.position().y()))
        if at is not None and event.button() is Qt.MouseButton.LeftButton:
            self.choose(self._lines[at].key, tell=True)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self.row_at(round(event.position().y()))
        if at is not None:
            self.opened.emit(self._lines[at].key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.row_at(round(event.position().y())))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._hover(self.row_at(round(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)
        if not self.hasFocus():
            self.let_in()

    def _hover(self, at: int | None) -> None:
        if at != self._hovered:
            self._hovered = at
            self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._at() is None and self._lines:
            self.choose(self._lines[0].key, tell=True)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.underMouse():
            self.let_in()
        self.update()
