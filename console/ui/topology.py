"""The replication graph: boxes that can be reached by keyboard and screen reader, edges painted between them."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from console.domain.fleet import ClusterView, EdgeKind
from console.domain.verdict import Health
from console.ui import graph_words, theme
from console.ui.figure_table import plain_tip
from console.ui.graph_geometry import Geometry, Route, Sizes, lay
from console.ui.graph_layout import Arrangement, Link, Spot, arrange
from console.ui.shapes import paint_health
from console.ui.speech import listed
from console.ui.theme import HEALTH_TOKENS, SMALL, Token

EDGE_STYLES: Final = {
    EdgeKind.SYNC: Qt.PenStyle.SolidLine,
    EdgeKind.ASYNC: Qt.PenStyle.DashLine,
    EdgeKind.ARCHIVE: Qt.PenStyle.DotLine,
}
EDGE_PIXELS: Final = 1.5
RING_PIXELS: Final = 3  # room around a box for its focus ring
BOX_LEAST_EM, BOX_MOST_EM = 10.0, 16.0
BOX_HEIGHT_EM: Final = 3.8
WIDTHS_KEPT_MAX: Final = 5_000
PITCH_EM: Final = 5.0  # from row to row, where labels in one line leave it so
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def edge_pen(kind: EdgeKind, health: Health) -> QPen:
    """Solid: commit waits. Dashed: it does not. Dotted: the WAL archive. The colour is the state of the link."""
    token = Token.TEXT_MUTED if health is Health.HEALTHY else HEALTH_TOKENS[health]
    pen = QPen(theme.colour(token), EDGE_PIXELS, EDGE_STYLES[kind], Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin)
    if kind is EdgeKind.ASYNC:
        pen.setDashPattern([4.0, 2.6])
    elif kind is EdgeKind.ARCHIVE:
        pen.setDashPattern([1.0, 2.4])
    return pen


class NodeBox(QAbstractButton):
    """One box: shape, name, role, and the one figure that says most. A button, so that every face of Qt knows it."""

    stepped = Signal(object)  # (across, down): an arrow key

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = ""
        self._lines = ("", "", "")
        self._health = Health.UNKNOWN
        self._chosen = False
        self._group = False
        self._muted = False
        self.setProperty("ringless", True)  # it paints its own
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def show_spot(self, spot: Spot, lines: tuple[str, str, str], *, chosen: bool, muted: bool) -> None:
        """Repaints only where something that is seen has changed."""
        seen = (lines, graph_words.box_health(spot), chosen, spot.is_group, muted)
        if seen == (self._lines, self._health, self._chosen, self._group, self._muted):
            return
        self._lines, self._health, self._chosen, self._group, self._muted = seen
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.em(BOX_LEAST_EM), theme.em(BOX_HEIGHT_EM))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            way = _ARROWS.get(Qt.Key(event.key()))
            if way is not None:
                self.stepped.emit(way)
                return
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.click()
                return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = RING_PIXELS + 0.5
        inner = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        corner = theme.grid(1.25)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour(Token.ACCENT), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), corner + 2, corner + 2)
        if self._group:
            painter.setPen(QPen(theme.colour(Token.CONTROL), 1))
            painter.drawRoundedRect(inner.translated(2, 2), corner, corner)
        painter.setPen(QPen(theme.colour(Token.ACCENT if self._chosen else Token.CONTROL), 2 if self._chosen else 1))
        painter.setBrush(theme.colour(Token.ACCENT_SOFT if self._chosen or self.isDown() else Token.SURFACE))
        painter.drawRoundedRect(inner, corner, corner)
        self._paint_lines(painter, inner)
        painter.end()

    def _paint_lines(self, painter: QPainter, inner: QRectF) -> None:
        name, role, text = self._lines
        pad = theme.grid(2)
        side = theme.em(1.0)
        upper = QRectF(inner.x() + pad, inner.y() + theme.grid(1.25), inner.width() - 2 * pad, theme.em(1.4))
        paint_health(
            painter, QRectF(upper.x(), upper.center().y() - side / 2, side, side), self._health, theme.current()
        )
        left = upper.x() + side + theme.grid(1.75)
        role_width = theme.metrics(SMALL).horizontalAdvance(role)
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.colour(Token.TEXT_MUTED if self._muted else Token.TEXT))
        room = upper.right() - left - role_width - theme.grid(2)
        shown = theme.metrics(bold=True).elidedText(name, Qt.TextElideMode.ElideMiddle, int(room + 1))
        painter.drawText(QRectF(left, upper.y(), room + 1, upper.height()), Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setFont(theme.font(SMALL))
        painter.setPen(theme.colour(Token.TEXT_MUTED))
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, role)
        calm = self._health is Health.HEALTHY or self._muted
        painter.setPen(theme.colour(Token.TEXT_MUTED if calm else HEALTH_TOKENS[self._health]))
        lower = QRectF(left, upper.bottom(), inner.right() - pad / 2 - left, theme.em(1.4))
        shown = theme.metrics(SMALL).elidedText(text, Qt.TextElideMode.ElideRight, int(lower.width()))
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, shown)


class ReplicationGraph(QWidget):
    """Draws a cluster's nodes and edges. Arrow keys go from box to box, Enter or a click chooses."""

    chosen = Signal(object)  # a node's name, or None
    grew = Signal()  # its height changed
    stepped_to = Signal(object)  # the key of the box that the keyboard went to

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: ClusterView | None = None
        self._arrangement = Arrangement()
        self._geometry = Geometry({}, (), (), 0.0, 0.0, False, False)
        self._boxes: dict[str, NodeBox] = {}
        self._lines: dict[str, tuple[str, str, str]] = {}
        self._widths: dict[tuple[str, float, bool], int] = {}
        self._drawn: object = None
        self._texts: dict[Link, tuple[tuple[str, ...], tuple[str, ...], Health]] = {}
        self._opened: frozenset[str] = frozenset()
        self._chosen: str | None = None
        self._muted = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._redress)

    @property
    def arrangement(self) -> Arrangement:
        return self._arrangement

    @property
    def geometry_now(self) -> Geometry:
        return self._geometry

    def box(self, key: str) -> NodeBox:
        return self._boxes[key]

    def show_cluster(self, view: ClusterView | None) -> None:
        """Shows this picture; boxes that stay keep their place and their focus."""
        if view is None or self._view is None or view.name != self._view.name:
            self._opened = frozenset()
        self._view = view
        self._arrange()

    def choose(self, node: str | None) -> None:
        """Marks a node as the chosen one; says nothing back."""
        if node != self._chosen:
            self._chosen = node
            self._arrange()

    def set_muted(self, muted: bool) -> None:
        """Figures that are not live any more lose their colour, not their place."""
        if muted != self._muted:
            self._muted = muted
            self._arrange()

    def open_all(self, opened: bool) -> None:
        """Shows every node on its own, or the quiet ones together again."""
        if self._view is None:
            return
        groups = frozenset(spot.key for spot in arrange(self._view).spots if spot.is_group)
        self._opened = groups if opened else frozenset()
        self._arrange()

    @property
    def has_groups(self) -> bool:
        return bool(self._opened) or any(spot.is_group for spot in self._arrangement.spots)

    @property
    def is_open(self) -> bool:
        return bool(self._opened)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        least = theme.em(BOX_LEAST_EM)
        # Asked for its height alone: the width follows the page, and the drawing follows the width.
        return QSize(least, round(self._geometry.height) + 2 * self._above())

    def _above(self) -> int:
        """Room over the first row and under the last one: for the focus ring, or for labels higher than a box."""
        return theme.grid(1.75) if self._geometry.two_lines else RING_PIXELS

    def overflow(self) -> int:
        """Pixels that the drawing needs beyond the width it has."""
        return max(0, round(self._geometry.width) + 2 * RING_PIXELS - self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._draw()

    def _redress(self) -> None:
        self._widths.clear()
        self._drawn = None
        self._draw()
        for box in self._boxes.values():
            box.update()

    def _arrange(self) -> None:
        view = self._view
        if view is None:
            self._arrangement, self._texts, self._lines = Arrangement(), {}, {}
        else:
            self._arrangement = arrange(view, opened=self._opened, chosen=self._chosen)
            self._lines = {spot.key: graph_words.box_lines(spot, view) for spot in self._arrangement.spots}
            self._texts = {
                link: (
                    graph_words.link_title(link),
                    graph_words.link_detail(link),
                    graph_words.edge_health(link.edge, view),
                )
                for link in self._arrangement.links
            }
        self._fill_boxes()
        self._draw()

    def _fill_boxes(self) -> None:
        focused = next((key for key, box in self._boxes.items() if box.hasFocus()), None)
        wanted = {spot.key: spot for spot in self._arrangement.spots}
        coming: dict[str, list[Link]] = {}
        for link in self._arrangement.links:
            coming.setdefault(link.target, []).append(link)
        for key in [key for key in self._boxes if key not in wanted]:
            gone = self._boxes.pop(key)
            gone.hide()
            gone.deleteLater()
        for key, spot in wanted.items():
            box = self._boxes.get(key)
            if box is None:
                box = self._boxes[key] = NodeBox(self)
                box.key = key
                box.clicked.connect(self._on_clicked)
                box.stepped.connect(self._on_stepped)
                box.show()
            box.show_spot(spot, self._lines[key], chosen=self._chosen in spot.names, muted=self._muted)
            said = graph_words.spoken(spot, self._lines[key], coming.get(key, ()))
            if said != box.accessibleName():
                box.setAccessibleName(said)
                box.setToolTip(plain_tip(said))
        self._set_stop(focused)

    def _set_stop(self, focused: str | None) -> None:
        """Tab stops once in the graph: at the box that has the focus, else at the chosen one, else at the first."""
        keys = list(self._boxes)
        spot = self._arrangement.spot_of(self._chosen)
        stop = focused if focused in self._boxes else spot.key if spot is not None else keys[0] if keys else None
        for key, box in self._boxes.items():
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus if key == stop else Qt.FocusPolicy.ClickFocus)
        if focused is not None and focused not in self._boxes and stop is not None:
            self._boxes[stop].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_clicked(self) -> None:
        box = self.sender()
        spot = self._arrangement.spot(box.key) if isinstance(box, NodeBox) else None
        if spot is None:
            return
        if spot.is_group:
            self._opened |= {spot.key}
            self._arrange()
            self._go_to(self._arrangement.spot_of(spot.names[0]))
            return
        self.chosen.emit(spot.names[0])

    def _on_stepped(self, way: tuple[int, int]) -> None:
        box = self.sender()
        if isinstance(box, NodeBox):
            self._go_to(self._arrangement.beside(box.key, *way))

    def _go_to(self, spot: Spot | None) -> None:
        if spot is not None and spot.key in self._boxes:
            self._boxes[spot.key].setFocus(Qt.FocusReason.TabFocusReason)
            self._set_stop(spot.key)
            self.stepped_to.emit(spot.key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._set_stop(None)

    def _draw(self) -> None:
        before = self.minimumSizeHint().height()
        room = max(self.width() - 2 * RING_PIXELS - 1, 1)
        sizes = self._sizes()
        places = tuple((spot.key, spot.column, spot.row) for spot in self._arrangement.spots)
        drawn = (room, sizes.box_width, places, tuple(self._texts.items()), self._muted)
        if drawn == self._drawn:
            return  # only figures inside boxes changed, and those repaint themselves
        self._drawn = drawn
        wanted = theme.em(BOX_HEIGHT_EM) + max(self._arrangement.rows - 1, 0) * theme.em(PITCH_EM)
        self._geometry = lay(self._arrangement, sizes, width=room, height=wanted)
        for key, place in self._geometry.boxes.items():
            self._boxes[key].setGeometry(
                QRect(
                    round(place.x),
                    round(place.y) + self._above() - RING_PIXELS,
                    round(place.width) + 2 * RING_PIXELS,
                    round(place.height) + 2 * RING_PIXELS,
                )
            )
        if before != self.minimumSizeHint().height():
            self.updateGeometry()
            self.grew.emit()
        self.update()

    def _sizes(self) -> Sizes:
        width = self._width_of
        frame = theme.em(1.0) + theme.grid(1.75) + 2 * theme.grid(2) + 2
        least = float(theme.em(BOX_LEAST_EM))
        for name, role, text in self._lines.values():
            upper = width(name, 1.0, bold=True) + theme.grid(2) + 2 + width(role)
            least = max(least, frame + max(upper, width(text)))
        one: dict[Link, float] = {}
        two: dict[Link, float] = {}
        sign = theme.em(SMALL) + theme.grid(1.5)
        for link, (title, detail, health) in self._texts.items():
            strong = health is not Health.HEALTHY
            shape = sign if strong else 0
            one[link] = max(width(listed(title), bold=strong) + shape, width(" ".join(detail)))
            above = [width(f"{part},", bold=strong) + shape for part in title]
            two[link] = max(above + [width(part) for part in detail])
        return Sizes(theme.em(), min(least, theme.em(BOX_MOST_EM)), theme.em(BOX_HEIGHT_EM), one, two)

    def _width_of(self, text: str, size_em: float = SMALL, *, bold: bool = False) -> int:
        """Measured once: names and words come back with each picture."""
        key = (text, size_em, bold)
        known = self._widths.get(key)
        if known is None:
            if len(self._widths) > WIDTHS_KEPT_MAX:
                self._widths.clear()
            known = self._widths[key] = theme.metrics(size_em, bold=bold).horizontalAdvance(text)
        return known

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.translate(RING_PIXELS, self._above())
        for route in self._geometry.routes:
            self._paint_route(painter, route)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(Token.TEXT_MUTED))
        for x, y in self._geometry.knots:
            painter.drawEllipse(QPointF(_sharp(x), _sharp(y)), theme.grid(0.75), theme.grid(0.75))
        for route in self._geometry.routes:
            if route.label is not None:
                self._paint_label(painter, route)
        painter.end()

    def _paint_route(self, painter: QPainter, route: Route) -> None:
        _, _, health = self._texts[route.link]
        pen = edge_pen(route.link.edge.kind, Health.HEALTHY if self._muted else health)
        arrow = theme.grid(1.75)
        points = [QPointF(_sharp(x), _sharp(y)) for x, y in route.points]
        end, before = points[-1], points[-2]
        back = -1 if end.x() > before.x() else 1
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF([*points[:-1], QPointF(end.x() + back * arrow, end.y())]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(pen.color())
        half = arrow * 0.5
        tail = end.x() + back * arrow
        painter.drawPolygon(QPolygonF([end, QPointF(tail, end.y() - half), QPointF(tail, end.y() + half)]))

    def _paint_label(self, painter: QPainter, route: Route) -> None:
        """Above the line what it is, below it how far behind; each in two lines where the gap is narrow."""
        assert route.label is not None
        title, detail, health = self._texts[route.link]
        health = Health.HEALTHY if self._muted else health
        strong = health is not Health.HEALTHY
        x, y, width = route.label.x, route.label.middle, route.label.width
        line, gap = theme.em(SMALL * 1.32), theme.grid(0.5)
        colour = theme.colour(HEALTH_TOKENS[health]) if strong else theme.colour(Token.TEXT)
        if self._geometry.two_lines:
            above = [f"{part}," for part in title[:-1]] + [title[-1]]
            below = list(detail)
        else:
            above, below = [listed(title)], [" ".join(detail)]
        top = QRectF(x, y - gap - len(above) * line, width, line)
        if strong:
            side = theme.em(SMALL)
            paint_health(painter, QRectF(x, top.center().y() - side / 2, side, side), health, theme.current())
            top.setLeft(x + side + theme.grid(1.5))
        painter.setPen(colour)
        painter.setFont(theme.font(SMALL, bold=strong))
        for number, text in enumerate(above):
            painter.drawText(top.translated(0, number * line), _LEFT, text)
        painter.setPen(colour if strong else theme.colour(Token.TEXT_MUTED))
        painter.setFont(theme.font(SMALL))
        for number, text in enumerate(below):
            painter.drawText(QRectF(x, y + gap + number * line, width, line), _LEFT, text)


_LEFT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def _sharp(value: float) -> float:
    """In the middle of a pixel, so that a thin line is one."""
    return round(value) + 0.5
