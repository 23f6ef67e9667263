"""A painted table of words and figures: columns as wide as they need, long texts wrapped, more to tell of each row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from console.domain.verdict import Health
from console.ui import shapes, theme
from console.ui.speech import listed
from console.ui.theme import SMALL, Token

TALL: Final = 10_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One text of a row."""

    text: str
    token: Token = Token.TEXT
    bold: bool = False
    mono: bool = False
    right: bool = False
    size_em: float = SMALL
    shape: Health | None = None  # painted before the text


@dataclass(frozen=True, slots=True)
class Row:
    """Cells, and what a pointer or the keyboard is told of them beyond what is shown."""

    cells: tuple[Cell, ...]
    more: str = ""


class FigureTable(QWidget):
    """Rows of cells. `wide`: the column that takes what is left of `most_em` and wraps. Up and Down choose a row."""

    row_told = Signal(object)  # the row's `more`, or None

    def __init__(
        self, *, wide: int, gap_em: float = 0.6, row_gap_em: float = 0.42, most_em: float = 400.0,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._wide, self._gap_em, self._row_gap_em, self._most_em = wide, gap_em, row_gap_em, most_em
        self._rows: tuple[Row, ...] = ()
        self._widths: tuple[int, ...] = ()
        self._tops: tuple[int, ...] = ()
        self._current: int | None = None
        self._laid_for = -1
        self._total = 0
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ringless", True)  # the chosen row wears it
        theme.changed.connect(self._redress)

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    @property
    def current(self) -> int | None:
        """The chosen row's place; None where none is chosen."""
        return self._current

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Shows these rows; asks for a new layout only when the height changes."""
        rows = tuple(rows)
        if rows == self._rows:
            return
        before = self.heightForWidth(self.width())
        self._rows, self._laid_for = rows, -1
        if self._current is not None and self._current >= len(rows):
            self._current = None
        self.setAccessibleDescription("\n".join(listed(cell.text for cell in row.cells) for row in rows))
        if self.heightForWidth(self.width()) != before:
            self.updateGeometry()
        self.update()

    def natural_widths(self) -> tuple[int, ...]:
        """What each column needs so that nothing wraps."""
        columns = max((len(row.cells) for row in self._rows), default=0)
        return tuple(
            max((_width(row.cells[c]) for row in self._rows if c < len(row.cells)), default=0) for c in range(columns)
        )

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self._lay(max(width, 1))
        return self._total

    def sizeHint(self) -> QSize:
        return QSize(theme.em(18), self.heightForWidth(max(self.width(), theme.em(18))))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.em(8), theme.em(1))

    def _redress(self) -> None:
        self._laid_for = -1
        self.updateGeometry()
        self.update()

    def _lay(self, width: int) -> None:
        if width == self._laid_for:
            return
        self._laid_for = width
        width = min(width, theme.em(self._most_em))
        gap = theme.em(self._gap_em)
        natural = list(self.natural_widths())
        if natural:
            others = sum(natural) - natural[self._wide] + gap * (len(natural) - 1)
            least = theme.em(4)
            room = width - others
            natural[self._wide] = max(room, least)
            if room < least and len(natural) > 1:  # too narrow for all: the widest other one wraps too
                second = max((c for c in range(len(natural)) if c != self._wide), key=lambda c: natural[c])
                natural[second] = max(natural[second] + room - least, theme.em(3))
        self._widths = tuple(natural)
        tops = [0]
        for row in self._rows:
            height = max((_height(cell, self._widths[c]) for c, cell in enumerate(row.cells)), default=0)
            tops.append(tops[-1] + height + theme.em(self._row_gap_em))
        self._tops, self._total = tuple(tops), tops[-1]

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._lay(self.width())
        painter = QPainter(self)
        gap = theme.em(self._gap_em)
        inset = theme.em(self._row_gap_em) / 2
        for number, row in enumerate(self._rows):
            top, bottom = self._tops[number], self._tops[number + 1]
            if number == self._current and self.hasFocus():
                painter.setPen(QPen(theme.colour(Token.ACCENT), 2))
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.drawRoundedRect(QRectF(1, top + 1, self.width() - 2, bottom - top - 2), 3, 3)
            line = max((theme.metrics(c.size_em, bold=c.bold, mono=c.mono).ascent() for c in row.cells), default=0)
            x = 0
            for cell, width in zip(row.cells, self._widths, strict=False):
                metrics = theme.metrics(cell.size_em, bold=cell.bold, mono=cell.mono)
                side = Qt.AlignmentFlag.AlignRight if cell.right else Qt.AlignmentFlag.AlignLeft
                painter.setPen(theme.colour(cell.token))
                painter.setFont(theme.font(cell.size_em, bold=cell.bold, mono=cell.mono))
                # Sizes differ in a row; they stand on one base line.
                y = round(top + inset + line - metrics.ascent())
                indent = _indent(cell)
                if cell.shape is not None:
                    side_length = theme.em(shapes.SHAPE_EM)
                    shapes.paint_health(painter, QRect(x, y + (metrics.height() - side_length) // 2, side_length,
                                                       side_length), cell.shape)  # fmt: skip
                    painter.setPen(theme.colour(cell.token))
                place = QRect(x + indent, y, width + 1 - indent, max(bottom - y, metrics.height()))
                painter.drawText(place, _wraps(cell, width - indent) | int(side | Qt.AlignmentFlag.AlignTop), cell.text)
                x += width + gap

    def row_at(self, point: QPoint) -> int | None:
        return next((n for n in range(len(self._rows)) if self._tops[n] <= point.y() < self._tops[n + 1]), None)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            number = self.row_at(event.pos())
            more = self._rows[number].more if number is not None else ""
            # A tool tip guesses whether its text is HTML; made to be HTML, with all of it escaped, it can't be fooled.
            QToolTip.showText(event.globalPos(), plain_tip(more) if more else "", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choose(self.row_at(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._rows:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            here = -1 if self._current is None and step > 0 else self._current or 0
            if 0 <= here + step < len(self._rows):
                self._choose(here + step)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._current is None and self._rows:
            self._choose(0)

    def _choose(self, number: int | None) -> None:
        self._current = number
        self.row_told.emit(self._rows[number].more if number is not None else None)
        self.update()

    def place_of_current(self) -> QRect:
        """Where the chosen row stands, for those who scroll to it."""
        if self._current is None:
            return QRect()
        top, bottom = self._tops[self._current], self._tops[self._current + 1]
        return QRect(0, top, self.width(), bottom - top)


def plain_tip(text: str) -> str:
    """Any text as rich text that shows exactly its characters."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<qt>{escaped}</qt>"


def _wraps(cell: Cell, width: int) -> int:
    """Between words; inside a word only where a single one is wider than its column, as a path or an identifier."""
    metrics = theme.metrics(cell.size_em, bold=cell.bold, mono=cell.mono)
    longest = max((metrics.horizontalAdvance(word) for word in cell.text.split()), default=0)
    return int(Qt.TextFlag.TextWrapAnywhere if longest > width else Qt.TextFlag.TextWordWrap)


def _width(cell: Cell) -> int:
    metrics = theme.metrics(cell.size_em, bold=cell.bold, mono=cell.mono)
    return max(metrics.horizontalAdvance(line) for line in cell.text.split("\n")) + 2 + _indent(cell)


def _indent(cell: Cell) -> int:
    return theme.em(shapes.SHAPE_EM) + theme.grid(1.5) if cell.shape is not None else 0


def _height(cell: Cell, width: int) -> int:
    metrics = theme.metrics(cell.size_em, bold=cell.bold, mono=cell.mono)
    width -= _indent(cell)
    if "\n" not in cell.text and metrics.horizontalAdvance(cell.text) + 2 <= width:
        return metrics.height()
    return metrics.boundingRect(QRect(0, 0, width + 1, TALL), _wraps(cell, width), cell.text).height()
