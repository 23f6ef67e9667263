"""What the steps of the wizard are made of: a page that scrolls, a panel, a head, a line of figures."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from console.domain.verdict import Health
from console.ui import theme
from console.ui.controls import Rule, Says
from console.ui.shapes import HealthShape
from console.ui.theme import SMALL, Token

CORNER: Final = 6.0
TITLE_EM: Final = 1.45


class Panel(QFrame):
    """A card: a title that may be empty, a quiet word at its right, and what is put below."""

    def __init__(self, title: str = "", *, tight: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tight = tight
        self.title = Says(title, bold=True)
        self.aside = Says(size_em=SMALL, token=Token.TEXT_MUTED, wraps=False)
        self._column = QVBoxLayout(self)
        self._line = QHBoxLayout()
        self._line.addWidget(self.title, 1, Qt.AlignmentFlag.AlignVCenter)
        self._line.addWidget(self.aside, 0, Qt.AlignmentFlag.AlignVCenter)
        self._column.addLayout(self._line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self._redress)
        self._redress()

    def _redress(self) -> None:
        edge = theme.grid(3 if self._tight else 4)
        self._column.setContentsMargins(edge, theme.grid(3), edge, theme.grid(3))
        self._column.setSpacing(theme.grid(2))
        self._line.setSpacing(theme.grid(3))
        self.update()

    def put(self, part: QWidget | QLayout, stretch: int = 0) -> None:
        if isinstance(part, QWidget):
            self._column.addWidget(part, stretch)
        else:
            self._column.addLayout(part, stretch)

    def put_right(self, part: QWidget) -> None:
        """Beside the title, at the right end of its line."""
        self._line.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)

    def end(self) -> None:
        self._column.addStretch(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(Token.BORDER), 1.0))
        painter.setBrush(theme.colour(Token.SURFACE))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)


class Head(QWidget):
    """The sentence of a page: a shape, one line, and below it in muted text what it rests on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shape = HealthShape(size_em=1.45)
        self.title = Says(size_em=TITLE_EM, bold=True)
        self.below = Says(token=Token.TEXT_MUTED)
        self.shape.hide()
        row, column = QHBoxLayout(self), QVBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.grid(2))
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(1))
        column.addWidget(self.title)
        column.addWidget(self.below)
        row.addWidget(self.shape, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    def say(self, title: str, below: str = "", health: Health | None = None) -> None:
        self.title.say(title)
        self.below.say(below)
        self.shape.setVisible(health is not None)
        if health is not None:
            self.shape.show_health(health)
        self.setAccessibleName(title)


class Figure(QWidget):
    """A label, one big figure, and what is said of it in small."""

    def __init__(self, label: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = Says(label, size_em=SMALL, token=Token.TEXT_MUTED)
        self.value = Says(size_em=theme.BIG, bold=True)
        self.below = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.5))
        for part in (self.label, self.value, self.below):
            column.addWidget(part)
        column.addStretch(1)

    def say(self, label: str, value: str, below: str = "", token: Token = Token.TEXT) -> None:
        self.label.say(label)
        self.value.say(value, token)
        self.below.say(below)
        self.setAccessibleName(" ".join(part for part in (label, value, below) if part))


class Figures(QWidget):
    """Figures side by side, apart by hairlines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.grid(6))
        self._shown: tuple[tuple[str, str, str, Token], ...] = ()
        self.figures: tuple[Figure, ...] = ()

    def show_figures(self, figures: tuple[tuple[str, str, str, Token], ...]) -> None:
        """Label, value, what is said of it, colour; the widgets are made anew only when their number changes."""
        if len(figures) != len(self.figures):
            clear(self._row)
            made = []
            for place in range(len(figures)):
                if place:
                    self._row.addWidget(Rule(upright=True))
                one = Figure()
                made.append(one)
                self._row.addWidget(one, 1)
            self.figures = tuple(made)
        for widget, (label, value, below, token) in zip(self.figures, figures, strict=True):
            widget.say(label, value, below, token)


class WizardPage(QScrollArea):
    """One step of the wizard: a head, what stands below it, and it scrolls where the window is too low."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.page = QWidget()
        self.page.setObjectName("page")
        self.head = Head()
        self.column = QVBoxLayout(self.page)
        self.column.addWidget(self.head)
        self.setWidget(self.page)
        theme.changed.connect(self._space)
        self._space()

    def _space(self) -> None:
        grid = theme.grid
        self.column.setContentsMargins(grid(6), grid(4), grid(6), grid(4))
        self.column.setSpacing(grid(3))

    def first_focus(self) -> QWidget | None:
        """Where the keyboard goes when the page is shown; None: to the next act."""
        return None


def clear(layout: QLayout) -> None:
    """Take everything out of a layout; its widgets go when the event loop comes to it."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def side_by_side(*parts: tuple[QWidget | QLayout, int], gap_steps: float = 6) -> QHBoxLayout:
    """Parts in a row with their stretch, the tops in one line."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.grid(gap_steps))
    for part, stretch in parts:
        if isinstance(part, QWidget):
            row.addWidget(part, stretch)
        else:
            row.addLayout(part, stretch)
    return row
