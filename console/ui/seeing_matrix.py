"""Who sees whom as a matrix: the row asks, the column answers; arrow keys reach every cell, and it is spoken."""

from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from console.domain.recommendation import Seeing
from console.domain.verdict import Health
from console.ui import shapes, theme
from console.ui.seeing_words import (
    CONSOLE,
    asker_name,
    not_told_sentence,
    seeing_health,
    seeing_sentence,
    seeing_text,
)
from console.ui.speech import translate
from console.ui.step_shapes import paint_dash
from console.ui.theme import SMALL, Token

ROW_STEPS: Final = 7.5
NAMES_EM_MAX: Final = 14.0
CELL_TEXT_EM: Final = 3.4  # a cell narrower than its shape and this shows its shape alone
Index = QModelIndex | QPersistentModelIndex


class SeeingModel(QAbstractTableModel):
    """The cells by asker and answerer; a row's cell about itself is empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.askers: tuple[str, ...] = ()
        self.answerers: tuple[str, ...] = ()
        self._cells: dict[tuple[str, str], Seeing] = {}

    def show_seeing(self, seeing: tuple[Seeing, ...]) -> bool:
        """New cells; True where rows or columns changed with them."""
        answerers = tuple(dict.fromkeys(one.answerer for one in seeing))
        told = dict.fromkeys(one.asker for one in seeing)
        first = (CONSOLE,) if CONSOLE in told else ()
        rest = tuple(name for name in answerers if name in told)
        askers = (*first, *rest, *(name for name in told if name != CONSOLE and name not in rest))
        cells = {(one.asker, one.answerer): one for one in seeing}
        changed = (askers, answerers) != (self.askers, self.answerers)
        if changed:
            self.beginResetModel()
        self.askers, self.answerers, self._cells = askers, answerers, cells
        if changed:
            self.endResetModel()
        elif askers and answerers:
            self.dataChanged.emit(self.index(0, 0), self.index(len(askers) - 1, len(answerers) - 1))
        return changed

    def seeing(self, index: Index) -> Seeing | None:
        """What is told of a cell; None where nothing is, or where a row meets itself."""
        if not index.isValid():
            return None
        return self._cells.get((self.askers[index.row()], self.answerers[index.column()]))

    def is_itself(self, index: Index) -> bool:
        return index.isValid() and self.askers[index.row()] == self.answerers[index.column()]

    def sentence(self, index: Index) -> str:
        """A cell as a whole sentence; empty where a row meets itself."""
        if not index.isValid() or self.is_itself(index):
            return ""
        cell = self.seeing(index)
        if cell is None:
            return not_told_sentence(self.askers[index.row()], self.answerers[index.column()])
        return seeing_sentence(cell)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.askers)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.answerers)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation is Qt.Orientation.Horizontal:
            return asker_name(self.answerers[section])
        return asker_name(self.askers[section])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.seeing(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return seeing_text(cell) if cell is not None else ""
        if role == Qt.ItemDataRole.UserRole:
            return cell
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self.sentence(index)
        return None


class SeeingCell(QStyledItemDelegate):
    """Paints a cell: shape and two words, lost on soft ground, itself sunken, the chosen one ringed."""

    def __init__(self, matrix: "SeeingMatrix") -> None:
        super().__init__(matrix)
        self._matrix = matrix

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = self._matrix.cells
        box: QRect = option.rect
        cell = model.seeing(index)
        health = seeing_health(cell) if cell is not None else None
        painter.save()
        if model.is_itself(index):
            painter.fillRect(box, theme.colour(Token.SUNKEN))
        elif health is Health.LOST:
            painter.fillRect(box, theme.colour(Token.LOST_SOFT))
        painter.setPen(theme.colour(Token.BORDER))
        painter.drawLine(box.topRight(), box.bottomRight())
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if not model.is_itself(index):
            self._paint_words(painter, box, cell, health)
        if index == self._matrix.currentIndex() and self._matrix.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour(Token.ACCENT), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -2, -2), 3, 3)
        painter.restore()

    def _paint_words(self, painter: QPainter, box: QRect, cell: Seeing | None, health: Health | None) -> None:
        side = theme.em(shapes.SHAPE_EM)
        shape = QRect(box.left() + theme.grid(1.5), box.center().y() - side // 2, side, side)
        if cell is None or health is None:
            paint_dash(painter, shape)
        else:
            shapes.paint_health(painter, shape, health)
        left = shape.right() + theme.grid(1.25)
        room = box.right() - left - 1
        text = seeing_text(cell) if cell is not None else translate("recovery", "unknown")
        if room < theme.em(CELL_TEXT_EM):
            return
        tokens = {Health.LOST: Token.LOST, Health.HEALTHY: Token.TEXT}
        painter.setPen(theme.colour(tokens.get(health, Token.TEXT_MUTED) if health is not None else Token.TEXT_MUTED))
        painter.setFont(theme.font(SMALL))
        metrics = theme.metrics(SMALL)
        if cell is not None and metrics.horizontalAdvance(text) > room:
            text = seeing_text(replace(cell, seconds=None))  # the state before its figure
        elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRect(left, box.top(), room, box.height()), flags, elided)


class Names(QHeaderView):
    """Plain names above and beside the cells, without the frames of a header."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSectionSize(theme.grid(4))

    def sizeHint(self) -> QSize:
        metrics = theme.metrics(SMALL, bold=True)
        if self.orientation() is Qt.Orientation.Horizontal:
            return QSize(0, metrics.height() + theme.grid(2))
        texts = [self._text(section) for section in range(self.count())]
        wide = max((theme.metrics(bold=True).horizontalAdvance(text) for text in texts), default=0)
        return QSize(min(wide + theme.grid(3), theme.em(NAMES_EM_MAX)), 0)

    def _text(self, section: int) -> str:
        return str(self.model().headerData(section, self.orientation()))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.save()
        painter.fillRect(rect, theme.colour(Token.SURFACE))
        across = self.orientation() is Qt.Orientation.Horizontal
        mine = not across and logicalIndex == 0 and self._text(0) == asker_name(CONSOLE)
        painter.setFont(theme.font(SMALL, bold=mine))
        painter.setPen(theme.colour(Token.TEXT_MUTED if across else Token.TEXT))
        box = rect.adjusted(theme.grid(1.5) if across else 0, 0, -theme.grid(1), 0)
        text = theme.metrics(SMALL, bold=mine).elidedText(
            self._text(logicalIndex), Qt.TextElideMode.ElideRight, max(0, box.width())
        )
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)
        line = theme.colour(Token.BORDER)
        if across:
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, line)
        else:
            painter.fillRect(rect.right(), rect.top(), 1, rect.height(), line)
        painter.restore()


class SeeingMatrix(QTableView):
    """Shows who sees whom; the chosen cell is told as a whole sentence."""

    cell_told = Signal(object)  # the sentence of the chosen cell; empty where nothing is chosen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = SeeingModel(self)
        self.setModel(self.cells)
        self.setItemDelegate(SeeingCell(self))
        across, down = Names(Qt.Orientation.Horizontal, self), Names(Qt.Orientation.Vertical, self)
        self.setHorizontalHeader(across)
        self.setVerticalHeader(down)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("ringless", True)  # the chosen cell wears it
        self.setAccessibleName(translate("recovery", "Who sees whom: the row asks, the column answers"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setStyleSheet("QTableView { background: transparent; } QTableCornerButton::section { border: none; }")
        self.setMouseTracking(True)
        theme.changed.connect(self._redress)

    def show_seeing(self, seeing: tuple[Seeing, ...]) -> None:
        """Show these cells; the chosen one stays chosen where it is still there."""
        current = self.currentIndex()
        at = (current.row(), current.column()) if current.isValid() else None
        if self.cells.show_seeing(seeing):
            self._redress()
            if at is not None and at[0] < self.cells.rowCount() and at[1] < self.cells.columnCount():
                self.setCurrentIndex(self.cells.index(*at))
        lines = [self.cells.sentence(self.cells.index(row, column)) for row in range(self.cells.rowCount())
                 for column in range(self.cells.columnCount())]  # fmt: skip
        self.setAccessibleDescription("\n".join(line for line in lines if line))
        if at is not None:
            self.cell_told.emit(self.cells.sentence(self.currentIndex()))

    def _redress(self) -> None:
        row = max(theme.grid(ROW_STEPS), theme.metrics(SMALL).height() + theme.grid(2))
        self.verticalHeader().setDefaultSectionSize(row)
        for section in range(self.cells.rowCount()):
            self.verticalHeader().resizeSection(section, row)
        self.verticalHeader().setFixedWidth(self.verticalHeader().sizeHint().width())
        self.setFixedHeight(self.sizeHint().height())
        self.updateGeometry()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        row = self.verticalHeader().defaultSectionSize()
        height = self.horizontalHeader().sizeHint().height() + row * self.cells.rowCount() + 1
        return QSize(theme.em(34), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.em(16), self.sizeHint().height())

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.cell_told.emit(self.cells.sentence(current))
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip:
            return True  # the sentence stands below the matrix: no floating tips
        return super().viewportEvent(event)

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.cells.rowCount() and self.cells.columnCount():
            self.setCurrentIndex(self.cells.index(0, 0))
        self.cell_told.emit(self.cells.sentence(self.currentIndex()))

    def focusOutEvent(self, event: Any) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
