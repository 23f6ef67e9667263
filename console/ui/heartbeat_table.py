"""The heartbeats of one cluster: a row per node with its strip, round trip and how far it is behind."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from console.domain.cluster import NodeKind
from console.domain.fleet import STRIP_MARKS, ClusterView, NodeView
from console.domain.verdict import Health
from console.ui import controls, measures, names, node_words, sentences, shapes, theme
from console.ui.speech import translate
from console.ui.strip import Strip
from console.ui.theme import SMALL, Token

NAME_EM_MAX: Final = 13.0
WIDEST_TRIED: Final = 20  # of so many names with the most letters one is the widest
RIGHT_ALIGNED: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT_ALIGNED: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths that the tables of all cards share, so that the eye finds each figure in the same place."""

    name: int
    role: int

    @classmethod
    def fitting(cls, views: tuple[ClusterView, ...]) -> "Columns":
        body, small = theme.metrics(), theme.metrics(SMALL)
        nodes = [node for view in views for node in beating(view)]
        longest = sorted({node.name for node in nodes}, key=len)[-WIDEST_TRIED:]
        name = max((body.horizontalAdvance(one) for one in longest), default=0)
        role = max((small.horizontalAdvance(names.role_word(one)) for one in {node.role for node in nodes}), default=0)
        return cls(min(name + 1, theme.em(NAME_EM_MAX)), role + 1)


def beating(view: ClusterView) -> tuple[NodeView, ...]:
    """The nodes whose heartbeat a card shows: those with a PostgreSQL."""
    return tuple(node for node in view.nodes if node.kind is NodeKind.POSTGRES)


class HeartbeatTable(QWidget):
    """One table. Where there is no room beside the names, the strips go under them."""

    node_pressed = Signal(object)  # a node's name

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: ClusterView | None = None
        self._nodes: tuple[NodeView, ...] = ()
        self._columns = Columns(0, 0)
        self._strips: list[Strip] = []
        self._older_seconds = 0.0
        self._old = False
        self._stacked = False
        self._need: int | None = None  # a layout asks for it at every turn
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._redress)

    def show_view(self, view: ClusterView) -> None:
        """Show the nodes of a cluster."""
        before = len(self._nodes)
        self._view, self._nodes = view, beating(view)
        while len(self._strips) < len(self._nodes):
            self._strips.append(Strip(self))
            self._strips[-1].show()
        for extra in self._strips[len(self._nodes) :]:
            extra.deleteLater()
        del self._strips[len(self._nodes) :]
        for strip, node in zip(self._strips, self._nodes, strict=True):
            strip.show_strip(node.name, node.strip, view.interval_seconds)
            said = sentences.node_sentence(node, now=view.at)
            if said != strip.accessibleDescription():
                strip.setAccessibleDescription(said)
        if before != len(self._nodes):
            self._need = None
            self._place()
            self.updateGeometry()
        self.update()

    def show_columns(self, columns: Columns) -> None:
        if columns != self._columns:
            self._columns = columns
            self._redress()

    def show_age(self, older_seconds: float, *, old: bool) -> None:
        """Silences count on between two pictures; figures that are old turn muted."""
        self._older_seconds = older_seconds
        if old is not self._old:
            self._old = old
            for strip in self._strips:
                strip.show_old(old)
        self.update()

    def show_stacked(self, stacked: bool) -> None:
        """Alone in its row it may be narrow; beside other columns it keeps the room for a line a node."""
        if stacked is not self._stacked:
            self._stacked = stacked
            self._redress()

    def _redress(self) -> None:
        self._need = None
        self._place()
        self.updateGeometry()
        self.update()

    # Where things stand

    def _row_height(self) -> int:
        return max(theme.grid(6), theme.metrics().height() + 2)

    def _gap(self) -> int:
        return theme.grid(2)

    def _name_left(self) -> int:
        return theme.em(shapes.SHAPE_EM) + self._gap()

    def _strip_width(self) -> int:
        return self._strips[0].sizeHint().width() if self._strips else 0

    def _trip_width(self) -> int:
        small = theme.metrics(SMALL)
        return max(small.horizontalAdvance(_trip_head()), small.horizontalAdvance(measures.round_trip(0.888)))

    def _behind_width(self) -> int:
        small = theme.metrics(SMALL, bold=True)
        longest = translate("fleet", "silent {time}").format(time=measures.brief(3480))
        return max(small.horizontalAdvance(_behind_head()), small.horizontalAdvance(longest), theme.em(6.8))

    def wide_need(self) -> int:
        """The width that a line a node takes."""
        if self._need is None:
            parts = (self._name_left(), self._columns.name, self._columns.role, self._strip_width())
            self._need = sum(parts) + self._trip_width() + self._behind_width() + 4 * theme.grid(2.5)
        return self._need

    def _narrow_need(self) -> int:
        return self._name_left() + theme.em(5) + self._trip_width() + self._behind_width() + 3 * self._gap()

    def _is_wide(self, width: int) -> bool:
        return width >= self.wide_need()

    def heightForWidth(self, width: int) -> int:
        rows = len(self._nodes) * self._row_height() * (1 if self._is_wide(width) else 2)
        return self._row_height() + rows

    def sizeHint(self) -> QSize:
        width = self.wide_need()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        least = max(self._narrow_need(), self._name_left() + self._strip_width())
        width = least if self._stacked else self.wide_need()
        return QSize(width, self._row_height() * 2)

    def _slack(self) -> int:
        """Room to spare, of which the gaps before the strip and before the figures take their share."""
        return max(0, self.width() - self.wide_need())

    def _strip_left(self) -> int:
        slack = min(self._slack() // 4, theme.em(3))
        return self._name_left() + self._columns.name + self._columns.role + 2 * theme.grid(2.5) + slack

    def _behind_right(self) -> int:
        """The figures stay near their strip: a wide window must not tear a row apart."""
        if not self._is_wide(self.width()):
            return self.width()
        compact = self._strip_left() + self._strip_width() + self._trip_width() + self._behind_width() + theme.em(7)
        return min(self.width(), compact)

    def _trip_right(self) -> int:
        return self._behind_right() - self._behind_width() - theme.grid(2.5)

    def _row_box(self, place: int) -> QRect:
        tall = self._row_height() * (1 if self._is_wide(self.width()) else 2)
        return QRect(0, self._row_height() + place * tall, self.width(), self._row_height())

    def _place(self) -> None:
        wide = self._is_wide(self.width())
        for place, strip in enumerate(self._strips):
            size = strip.sizeHint()
            box = self._row_box(place)
            if not wide:
                box = box.translated(0, self._row_height())
            left = self._strip_left() if wide else self._name_left()
            strip.setGeometry(left, box.top() + (box.height() - size.height()) // 2, size.width(), size.height())

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._place()

    # What is painted

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._view is None:
            return
        painter = QPainter(self)
        self._paint_heads(painter, self._view)
        for place, node in enumerate(self._nodes):
            self._paint_row(painter, self._view, node, self._row_box(place))

    def _paint_heads(self, painter: QPainter, view: ClusterView) -> None:
        painter.setFont(theme.font(SMALL))
        painter.setPen(theme.colour(Token.TEXT_MUTED))
        height = self._row_height()
        painter.drawText(QRect(0, 0, self.width(), height), LEFT_ALIGNED, translate("fleet", "Heartbeat"))
        if self._is_wide(self.width()):
            span = translate("fleet", "last {span}, one mark a second")
            if view.interval_seconds != 1.0:
                span = translate("fleet", "last {span}, one mark each {interval}")
            text = span.format(
                span=measures.duration(STRIP_MARKS * view.interval_seconds, whole=True)
                if view.interval_seconds != 1.0
                else translate("fleet", "60 s"),
                interval=measures.duration(view.interval_seconds),
            )
            left = self._strip_left()
            room = self._trip_right() - self._trip_width() - left - theme.grid(1)
            text = theme.metrics(SMALL).elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left, 0, room, height), LEFT_ALIGNED, text)
        painter.drawText(QRect(0, 0, self._trip_right(), height), RIGHT_ALIGNED, _trip_head())
        painter.drawText(QRect(0, 0, self._behind_right(), height), RIGHT_ALIGNED, _behind_head())

    def _paint_row(self, painter: QPainter, view: ClusterView, node: NodeView, box: QRect) -> None:
        side = theme.em(shapes.SHAPE_EM)
        health = Health.UNKNOWN if self._old else node.verdict.health
        shapes.paint_health(painter, QRect(0, box.top() + (box.height() - side) // 2, side, side), health)
        wide = self._is_wide(self.width())
        left = self._name_left()
        room = self._columns.name if wide else self._trip_right() - self._trip_width() - self._gap() - left
        ink = Token.TEXT_MUTED if self._old else Token.TEXT
        painter.setPen(theme.colour(ink))
        painter.setFont(theme.font())
        name = theme.metrics().elidedText(node.name, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(QRect(left, box.top(), room, box.height()), LEFT_ALIGNED, name)
        painter.setPen(theme.colour(Token.TEXT_MUTED))
        painter.setFont(theme.font(SMALL))
        role_left = left + (self._columns.name if wide else theme.metrics().horizontalAdvance(name)) + theme.grid(2.5)
        role_room = self._columns.role if wide else max(0, left + room - role_left)
        role = theme.metrics(SMALL).elidedText(
            names.role_word(node.role), Qt.TextElideMode.ElideRight, role_room + 1
        )
        painter.drawText(QRect(role_left, box.top(), role_room + 1, box.height()), LEFT_ALIGNED, role)
        self._paint_figures(painter, view, node, box)

    def _paint_figures(self, painter: QPainter, view: ClusterView, node: NodeView, box: QRect) -> None:
        older = self._older_seconds
        silent = node_words.silence(node, view.interval_seconds, older) is not None
        trip = measures.NOTHING if silent else measures.round_trip(node.round_trip_seconds)
        muted = Token.TEXT_MUTED
        plain = muted if self._old or trip == measures.NOTHING else Token.TEXT
        controls.paint_segments(painter, self._trip_right(), box, ((trip, False, plain),), SMALL)
        figure = node_words.behind_figure(node, view, older_seconds=older)
        strong = muted if self._old else theme.HEALTH_TOKENS[figure.health]
        rest = strong if figure.strong else (plain if not silent else muted)
        segments = ((figure.strong, True, strong), (figure.text, False, rest))
        controls.paint_segments(painter, self._behind_right(), box, segments, SMALL)

    # Pointer

    def _node_at(self, place: QPoint) -> NodeView | None:
        tall = self._row_height() * (1 if self._is_wide(self.width()) else 2)
        row = (place.y() - self._row_height()) // max(1, tall)
        return self._nodes[row] if 0 <= row < len(self._nodes) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        node = self._node_at(event.position().toPoint())
        if node is None or event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.node_pressed.emit(node.name)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._view is not None:
            node = self._node_at(event.pos())
            if node is not None:
                QToolTip.showText(event.globalPos(), sentences.node_sentence(node, now=self._view.at), self)
            return True
        return super().event(event)


def _trip_head() -> str:
    return translate("fleet", "round trip")


def _behind_head() -> str:
    return translate("fleet", "behind (flush)")
