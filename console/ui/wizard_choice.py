"""A list of which one is chosen: what can't be chosen stays visible with its reason; all by arrow keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.ui import shapes, theme
from console.ui.controls import Says
from console.ui.speech import translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_parts import clear

TITLE_EM_MAX: Final = 17.0
BAR_EM: Final = 11.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One line. `measured`: the share of the longest bar, None: no bar stands there."""

    key: str
    title: str
    possible: bool
    says: str = ""  # why, or why not
    quiet: str = ""  # a second, muted line
    figure: str = ""  # bold, at the right
    price: str = ""  # beside the figure
    measured: float | None = None


class ChoiceMark(QWidget):
    """A disc for the chosen one, a ring for what could be, a dash for what can't."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen = False
        self._possible = True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_mark(self, *, chosen: bool, possible: bool) -> None:
        self._chosen, self._possible = chosen, possible
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.em(0.92), theme.metrics().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height())
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        if not self._possible:
            painter.setPen(QPen(theme.colour(Token.TEXT_MUTED), 1.6))
            inset, y = side * 0.15, box.center().y()
            painter.drawLine(QPointF(box.left() + inset, y), QPointF(box.right() - inset, y))
        elif self._chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(Token.ACCENT))
            painter.drawEllipse(box.adjusted(side * 0.12, side * 0.12, -side * 0.12, -side * 0.12))
        else:
            shapes.paint_open_ring(painter, box)


class Bar(QWidget):
    """How much, against the longest of the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float) -> None:
        self._share = max(0.0, min(1.0, share))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.em(BAR_EM), theme.metrics().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        height = theme.em(0.65)
        width = max(3, round(self.width() * self._share)) if self._share > 0 else 1
        painter.fillRect(QRect(0, (self.height() - height) // 2, width, height), theme.colour(Token.SERIES_4))


class ChoiceRow(QWidget):
    """One line of the list, as wide as it is."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice: Choice | None = None
        self._chosen = self._ringed = False
        self._mark = ChoiceMark()
        self._title = Says(wraps=False)
        self._says = Says()
        self._quiet = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self._bar = Bar()
        self._figure = Says(bold=True, wraps=False)
        self._price = Says(wraps=False)
        self._row = QHBoxLayout(self)
        words = QVBoxLayout()
        words.setSpacing(theme.grid(0.5))
        words.addWidget(self._says)
        words.addWidget(self._quiet)
        top, right = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        self._row.addWidget(self._mark, 0, top)
        self._row.addWidget(self._title, 0, top)
        self._row.addLayout(words, 1)
        self._row.addWidget(self._bar, 0, top)
        self._row.addWidget(self._figure, 0, right)
        self._row.addWidget(self._price, 0, right)
        self._row.setContentsMargins(theme.grid(2), theme.grid(2), theme.grid(3), theme.grid(2))
        self._row.setSpacing(theme.grid(3))

    def show_choice(self, choice: Choice, *, chosen: bool) -> None:
        self.choice, self._chosen = choice, chosen
        self._mark.show_mark(chosen=chosen, possible=choice.possible)
        ink = Token.TEXT if choice.possible else Token.TEXT_MUTED
        self._title.setParent(None)
        self._title = Says(choice.title, bold=chosen, token=ink, wraps=False)
        self._row.insertWidget(1, self._title, 0, Qt.AlignmentFlag.AlignTop)
        self._says.say(choice.says, ink)
        self._quiet.say(choice.quiet)
        self._bar.setVisible(choice.measured is not None)
        if choice.measured is not None:
            self._bar.show_share(choice.measured)
        self._figure.say(choice.figure, ink)
        self._price.say(choice.price, ink)
        self.setCursor(Qt.CursorShape.PointingHandCursor if choice.possible else Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(_spoken(choice, chosen=chosen))
        self.update()

    def widths(self) -> tuple[int, int, int]:
        """What title, figure and price need, so that the rows of a list share their columns."""
        return self._title.sizeHint().width(), self._figure.sizeHint().width(), self._price.sizeHint().width()

    def share_columns(self, title: int, figure: int, price: int) -> None:
        self._title.setMinimumWidth(title)
        for widget, width in ((self._figure, figure), (self._price, price)):
            widget.setFixedWidth(width if width > 1 else 0)
            widget.setVisible(width > 1)

    def wear_ring(self, on: bool) -> None:
        self._ringed = on
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self._chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(Token.ACCENT_SOFT))
            painter.drawRoundedRect(box, 4, 4)
        if self._ringed:
            painter.setPen(QPen(theme.colour(Token.ACCENT), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)


class ChoiceList(QWidget):
    """Rows of which one is chosen. Up and Down choose among the possible ones; so does a click."""

    chosen = Signal(object)  # the key

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()
        self._key = ""
        self.rows: tuple[ChoiceRow, ...] = ()
        self.setAccessibleName(name)
        self.setProperty("ringless", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.grid(1))

    @property
    def key(self) -> str:
        """What is chosen; empty where nothing is."""
        return self._key

    @property
    def choices(self) -> tuple[Choice, ...]:
        return self._choices

    def show_choices(self, choices: Sequence[Choice], key: str) -> None:
        choices = tuple(choices)
        if choices == self._choices and key == self._key:
            return
        if len(choices) != len(self.rows):
            clear(self._column)
            self.rows = tuple(ChoiceRow() for _ in choices)
            for place, row in enumerate(self.rows):
                self._column.addWidget(row)
                row.pressed.connect(lambda place=place: self._press(place))
        self._choices, self._key = choices, key
        for row, choice in zip(self.rows, choices, strict=True):
            row.show_choice(choice, chosen=choice.key == key and choice.possible)
        widths = [row.widths() for row in self.rows]
        if widths:
            title, figure, price = (max(column) for column in zip(*widths, strict=True))
            for row in self.rows:
                row.share_columns(min(title, theme.em(TITLE_EM_MAX)), figure, price)
        self._tell()

    def _tell(self) -> None:
        self.setAccessibleDescription("\n".join(row.accessibleName() for row in self.rows))
        for row in self.rows:
            row.wear_ring(self.hasFocus() and row.choice is not None and row.choice.key == self._key)

    def _press(self, place: int) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        choice = self._choices[place]
        if choice.possible and choice.key != self._key:
            self.chosen.emit(choice.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        possible = [choice.key for choice in self._choices if choice.possible]
        if step is not None and possible:
            place = possible.index(self._key) + step if self._key in possible else 0
            key = possible[max(0, min(len(possible) - 1, place))]
            if key != self._key:
                self.chosen.emit(key)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._tell()


def _spoken(choice: Choice, *, chosen: bool) -> str:
    state = (
        translate("wizard", "chosen") if chosen
        else translate("wizard", "can be chosen") if choice.possible
        else translate("wizard", "can't be chosen")
    )  # fmt: skip
    said = (choice.title, state, choice.says, choice.quiet, choice.figure, choice.price)
    return ", ".join(part for part in said if part)
