"""One cluster: verdict and money, the replication graph, the charts on one time axis, and the chosen node's card."""

from typing import Final

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.domain.fleet import Chart, ClusterView, NodeCard
from console.link.messages import AskCard, AskChart, Message, Refused
from console.ui import sentences, theme
from console.ui.chart_face import ChartFace
from console.ui.cluster_head import ClusterHead
from console.ui.controls import Rule, Says
from console.ui.graph_panel import GraphPanel
from console.ui.node_drawer import NodeDrawer
from console.ui.speech import translate
from console.ui.stripe import Stripe
from console.ui.theme import VERDICT, Token

OVERLAY_BELOW_EM: Final = 72.3  # a page narrower than this (a window of 1180 px) has the drawer lie over it
CARD_ANSWER_MS: Final = 5000


class ClusterPage(QWidget):
    """Shows what it is given and asks for what it needs; it never fetches and never waits."""

    wants = Signal(object)  # a message of the link: AskChart, AskCard
    node_chosen = Signal(object)  # a node's name, or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: ClusterView | None = None
        self._node: str | None = None
        self._live = True
        self._card_waits = False
        self._card_late = QTimer(self)
        self._card_late.setSingleShot(True)
        self._card_late.setInterval(CARD_ANSWER_MS)
        self._card_late.timeout.connect(self._forget_card)
        self._stripe = Stripe(self)
        self.head = ClusterHead(self)
        self.graph = GraphPanel(self)
        self.graph.chosen.connect(self._on_chosen)
        self.charts: ChartFace | None = None
        self.drawer = NodeDrawer(self)
        self.drawer.closed.connect(lambda: self._on_chosen(None))
        self.drawer.hide()
        self._notice = Says(size_em=theme.SMALL, token=Token.TEXT_MUTED, parent=self)
        self._empty = Says("", size_em=VERDICT, token=Token.TEXT_MUTED, parent=self)
        self._build()
        self._show_empty()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._stripe)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        row.addWidget(self._scroll, stretch=1)
        row.addWidget(self.drawer)
        self._page = QWidget()
        self._page.setObjectName("page")
        self._scroll.setWidget(self._page)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(theme.grid(4), theme.grid(2.5), theme.grid(4), theme.grid(1))
        column.setSpacing(theme.grid(2))
        column.addWidget(self._empty)
        column.addWidget(self.head)
        column.addWidget(self.graph)
        self._rule = Rule(parent=self._page)
        self._below = QVBoxLayout()  # what others put there, each one line that opens
        self._below.setSpacing(theme.grid(2))
        column.addLayout(self._below)
        column.addWidget(self._rule)
        self._charts_box = QVBoxLayout()
        self._charts_box.setSpacing(theme.grid(1))
        column.addLayout(self._charts_box, stretch=1)
        column.addWidget(self._notice)

    def put_above_charts(self, part: QWidget) -> None:
        """A part of another wiring's: between the graph and the charts."""
        self._below.addWidget(part)

    def _make_charts(self) -> ChartFace:
        """Made with the first cluster: pyqtgraph costs half a second, which the first window must not wait for."""
        if self.charts is None:
            from console.ui.chart_panel import ChartPanel

            self.charts = ChartPanel(self._page)
            self.charts.wants.connect(self.wants)
            self.charts.said.connect(self._notice.say)
            self._charts_box.addWidget(self.charts)
        return self.charts

    def show_cluster(self, view: ClusterView | None) -> None:
        """A new picture; it also is the clock by which curves and cards are asked for."""
        changed = (view.name if view else None) != (self._view.name if self._view else None)
        self._view = view
        if changed:
            self._notice.say("")
            self._forget_card()
            self.choose_node(None)
        self._stripe.show_environment(view.environment if view is not None else None)
        if view is None:
            self._show_empty()
            return
        self._empty.say("")
        for part in (self.head, self.graph, self._rule):
            part.show()
        self.head.show_cluster(view, live=self._live)
        self.graph.show_cluster(view, live=self._live)
        if self.isVisible():
            charts = self._make_charts()
            charts.show()
            charts.show_cluster(view)
        self._show_node()

    def show_chart(self, chart: Chart) -> None:
        """The answer to an AskChart of ours."""
        if self.charts is not None:
            self.charts.show_chart(chart)

    def show_card(self, card: NodeCard) -> None:
        """The answer to an AskCard of ours; a late one of another node is left alone."""
        if self._view is not None and (card.cluster, card.node) == (self._view.name, self._node):
            self._card_waits = False
            self._card_late.stop()
            self.drawer.show_card(card, live=self._live)

    def choose_node(self, name: str | None) -> None:
        """Opens the card of a node, or closes it; says nothing back."""
        if self._view is None or all(node.name != name for node in self._view.nodes):
            name = None
        if name != self._node:
            self._node = name
            self._forget_card()
        self.graph.graph.choose(name)
        self._show_node()

    @property
    def chosen_node(self) -> str | None:
        return self._node

    def set_live(self, live: bool) -> None:
        """The engine is there or lost: what is shown then is the past, and looks like it."""
        if live == self._live:
            return
        self._live = live
        if self._view is not None:
            self.head.show_cluster(self._view, live=live)
            self.graph.show_cluster(self._view, live=live)
        self.drawer.set_live(live)
        if live:
            self._notice.say("")
            self._forget_card()
            if self.charts is not None:
                self.charts.ask_again()
        else:
            self._notice.say(
                translate("cluster", "The engine does not answer. This is its last picture, and it does not move.")
            )

    def show_refused(self, question: Message, refused: Refused) -> None:
        """A question of ours was not answered: says why, and asks anew with the next picture."""
        if isinstance(question, AskChart) and self.charts is not None:
            self.charts.ask_again()
        elif isinstance(question, AskCard):
            self._forget_card()
        self._notice.say(sentences.refused_sentence(refused))

    def _show_empty(self) -> None:
        for part in (self.head, self.graph, self._rule, self.charts, self.drawer):
            if part is not None:
                part.hide()
        self._empty.say(
            translate("cluster", "No cluster is chosen. Choose one at the left to see who follows whom, and how it is.")
        )

    def _show_node(self) -> None:
        view = self._view
        node = next((n for n in view.nodes if n.name == self._node), None) if view is not None else None
        if view is None or node is None:
            self.drawer.hide()
            return
        self.drawer.show_node(node, view.at, view.interval_seconds)
        if self.drawer.isHidden():
            self._place_drawer()
            self.drawer.show()
            self.drawer.raise_()
        if self._live and not self._card_waits and self.isVisible():
            self._card_waits = True
            self._card_late.start()
            self.wants.emit(AskCard(cluster=view.name, node=node.name))

    def _forget_card(self) -> None:
        self._card_waits = False
        self._card_late.stop()

    def _on_chosen(self, name: str | None) -> None:
        before = self._node
        self.choose_node(name)
        if name is None and before is not None:
            spot = self.graph.graph.arrangement.spot_of(before)
            if spot is not None and self.drawer.isAncestorOf(self.focusWidget() or self):
                self.graph.graph.box(spot.key).setFocus(Qt.FocusReason.OtherFocusReason)
        if self._node != before:
            self.node_chosen.emit(self._node)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._node is not None:
            self._on_chosen(None)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_drawer()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "drawer"):
            self._place_drawer()

    @property
    def drawer_lies_over(self) -> bool:
        return self.width() < theme.em(OVERLAY_BELOW_EM)

    def _place_drawer(self) -> None:
        """Beside the page where there is room, else over its right part."""
        layout = self.layout()
        if layout is None:
            return
        inside = layout.indexOf(self.drawer) >= 0
        if self.drawer_lies_over:
            if inside:
                layout.removeWidget(self.drawer)
            width = min(theme.em(22.2), self.width())
            self.drawer.setFixedWidth(width)
            self.drawer.setGeometry(QRect(self.width() - width, 0, width, self.height()))
            self.drawer.raise_()
        elif not inside:
            self.drawer.setFixedWidth(theme.em(22.2))
            layout.addWidget(self.drawer)
