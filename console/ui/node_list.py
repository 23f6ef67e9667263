"""The list at the left: a filter, all clusters with their nodes, and what the stripes mean."""

from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from console.domain.cluster import Environment
from console.domain.fleet import ClusterView
from console.ui import controls, names, shapes, theme
from console.ui.node_model import Index, NodeModel, Row, RowKind
from console.ui.places import EVERYWHERE, Place
from console.ui.speech import translate
from console.ui.theme import SMALL, Token

WIDTH_EM: Final = 18.46  # 240 px at 13 px
LEFT_MIDDLE: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class RowPainter(QStyledItemDelegate):
    """Paints one row: the environment's stripe, shape, name, role, one figure."""

    def __init__(self, rows: "Rows") -> None:
        super().__init__(rows)
        self._rows = rows

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(row, Row):
            return QSize(0, 0)
        steps = {RowKind.ALL: 6.0, RowKind.CLUSTER: 9.0, RowKind.NODE: 6.0}[row.kind]
        return QSize(theme.em(WIDTH_EM), max(theme.grid(steps), theme.metrics().height() + 2))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(row, Row):
            return
        painter.save()
        box = QRect(option.rect)
        state = option.state
        if row.kind is RowKind.CLUSTER:
            box.setTop(box.top() + theme.grid(2))
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(box, theme.colour(Token.ACCENT_SOFT))
        if row.environment is not None:
            stripe = QRect(box.left(), box.top(), theme.em(shapes.STRIPE_EM), box.height())
            shapes.paint_stripe(painter, stripe, row.environment)
        self._paint_words(painter, row, box)
        if state & QStyle.StateFlag.State_HasFocus and self._rows.by_keyboard:
            painter.setPen(QPen(theme.colour(Token.ACCENT), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_words(self, painter: QPainter, row: Row, box: QRect) -> None:
        scrolls = self._rows.verticalScrollBar().isVisible()  # then the bar is the margin
        left, right = box.left() + theme.grid(4), box.right() - theme.grid(1 if scrolls else 3)
        bold = row.kind is not RowKind.NODE
        if row.kind is RowKind.NODE and row.health is not None:
            left += theme.grid(3)
            side = theme.em(shapes.SHAPE_EM)
            shapes.paint_health(painter, QRect(left, box.center().y() - side // 2 + 1, side, side), row.health)
            left += side + theme.grid(2)
        segments: tuple[tuple[str, bool, Token], ...]
        if bold:
            token = theme.ENVIRONMENT_TOKENS[row.environment] if row.environment else Token.TEXT_MUTED
            note = row.note
            # A name is worth more than its note.
            room = right - left - theme.metrics(bold=True).horizontalAdvance(row.title) - theme.grid(2)
            if theme.metrics(SMALL, bold=row.environment is not None).horizontalAdvance(note) > room:
                note = ""
            segments = ((note, row.environment is not None, token),)
        else:
            strong = theme.HEALTH_TOKENS[row.figure.health]
            segments = ((row.figure.strong, False, strong), (row.figure.text, False, Token.TEXT_MUTED))
        used = sum(theme.metrics(SMALL, bold=heavy).horizontalAdvance(text) for text, heavy, _ in segments)
        most = (right - left) * 3 // 5
        if used > most and not bold:
            text = theme.metrics(SMALL).elidedText(row.figure.whole, Qt.TextElideMode.ElideRight, most)
            token = theme.HEALTH_TOKENS[row.figure.health] if row.figure.strong else Token.TEXT_MUTED
            segments = ((text, False, token),)
            used = theme.metrics(SMALL).horizontalAdvance(text)
        controls.paint_segments(painter, right, box, segments, SMALL)
        room = right - left - used - theme.grid(1.5)
        self._paint_title(painter, row, QRect(left, box.top(), room, box.height()), bold=bold)

    def _paint_title(self, painter: QPainter, row: Row, box: QRect, *, bold: bool) -> None:
        metrics = theme.metrics(bold=bold)
        title = metrics.elidedText(row.title, Qt.TextElideMode.ElideMiddle, box.width())
        painter.setFont(theme.font(bold=bold))
        painter.setPen(theme.colour(Token.TEXT))
        painter.drawText(box, LEFT_MIDDLE, title)
        if row.kind is not RowKind.NODE:
            return
        left = box.left() + metrics.horizontalAdvance(title) + theme.grid(1.75)
        room = box.right() - left + 2
        # A role that would be cut is left out: the whole of it is in the tooltip and on the card.
        if theme.metrics(SMALL).horizontalAdvance(row.note) <= room:
            painter.setFont(theme.font(SMALL))
            painter.setPen(theme.colour(Token.TEXT_MUTED))
            painter.drawText(QRect(left, box.top(), room, box.height()), LEFT_MIDDLE, row.note)


class Rows(QListView):
    """The list itself. It keeps the chosen place when rows come and go."""

    place_chosen = Signal(object)  # Place

    def __init__(self, model: NodeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nodes = model
        self._place = EVERYWHERE
        self._by_keyboard = False
        self._painter = RowPainter(self)
        self.setModel(model)
        self.setItemDelegate(self._painter)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setProperty("ringless", True)  # the row that has the focus wears the ring itself
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(translate("list", "Clusters and nodes"))
        self.clicked.connect(self._chosen)
        self.activated.connect(self._chosen)
        model.modelReset.connect(self._choose_again)
        theme.changed.connect(self.doItemsLayout)

    def choose(self, place: Place) -> None:
        """Mark this place as chosen, without telling so."""
        self._place = place
        self._choose_again()

    def _choose_again(self) -> None:
        index = self._nodes.index_of(self._place)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flag)

    def _chosen(self, index: Index) -> None:
        row = self._nodes.row(index.row())
        if row is not None and row.place != self._place:
            self._place = row.place
            self.place_chosen.emit(row.place)

    @property
    def by_keyboard(self) -> bool:
        """Whether the row with the focus is to show its ring: not while a pointer does the choosing."""
        return self._by_keyboard

    def _note_keyboard(self, by_keyboard: bool) -> None:
        if by_keyboard is not self._by_keyboard:
            self._by_keyboard = by_keyboard
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._note_keyboard(True)
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._note_keyboard(False)
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        reasons = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
        self._note_keyboard(event.reason() in reasons)
        super().focusInEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self.hasFocus() and current.isValid():
            self._chosen(current)


class FilterField(QLineEdit):
    """Typing narrows the list; Escape empties it, then gives the focus back to the list."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(translate("list", "Filter clusters and nodes"))
        self.setAccessibleName(translate("list", "Filter clusters and nodes"))
        self.setAccessibleDescription("/")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
            return
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.text() and not self.hasFocus():
            cap = shapes.key_size("/")
            place = QRect(self.width() - cap.width() - theme.grid(2), 0, cap.width(), self.height())
            shapes.paint_key(QPainter(self), place, "/")


class Legend(QWidget):
    """What the stripes mean, each with its word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(translate("list", "Stripes: solid is production, two-part is staging, dotted is lab"))
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(theme.em(WIDTH_EM), max(theme.grid(8), theme.metrics(SMALL).height() + theme.grid(3)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, theme.colour(Token.BORDER))
        metrics = theme.metrics(SMALL)
        left = theme.grid(4)
        tall = theme.em(0.95)
        top = (self.height() - tall) // 2
        for environment in Environment:
            word = names.environment_word(environment)
            painter.save()
            painter.translate(0, top)  # stripes are counted from the top: here each begins whole
            shapes.paint_stripe(painter, QRect(left, 0, theme.em(shapes.STRIPE_EM), tall), environment)
            painter.restore()
            left += theme.em(shapes.STRIPE_EM) + theme.grid(1.5)
            painter.setFont(theme.font(SMALL))
            painter.setPen(theme.colour(Token.TEXT_MUTED))
            painter.drawText(QRect(left, 0, self.width() - left, self.height()), LEFT_MIDDLE, word)
            left += metrics.horizontalAdvance(word) + theme.grid(3)


class NodeList(QWidget):
    """The whole left side. Shows views; tells which place a person chose."""

    place_chosen = Signal(object)  # Place

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = NodeModel()
        self.filter = FilterField()
        self.rows = Rows(self._model)
        self._views: tuple[ClusterView, ...] = ()
        self._old = False
        self._legend = Legend()
        self._column = QVBoxLayout(self)
        self._filter_box = QVBoxLayout()
        self._filter_box.addWidget(self.filter)
        self._column.addLayout(self._filter_box)
        self._column.addWidget(self.rows, 1)
        self._column.addWidget(self._legend)
        self._column.setSpacing(0)
        self.filter.textChanged.connect(self._model.show_filter)
        self.filter.left.connect(self.rows.setFocus)
        self.rows.place_chosen.connect(self.place_chosen)
        theme.changed.connect(self._redress)
        self._redress()

    def _redress(self) -> None:
        self.setFixedWidth(theme.em(WIDTH_EM))
        self._column.setContentsMargins(0, 0, 1, 0)
        grid = theme.grid
        self._filter_box.setContentsMargins(grid(3), grid(2), grid(3), grid(2))
        self.update()

    def show_fleet(self, views: tuple[ClusterView, ...]) -> None:
        self._views = views
        self._model.show_views(views, old=self._old)

    def set_live(self, live: bool) -> None:
        """Without an engine the figures are old."""
        self._old = not live
        self._model.show_views(self._views, old=self._old)

    def choose(self, place: Place) -> None:
        self.rows.choose(place)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(Token.SUNKEN))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.colour(Token.BORDER))
