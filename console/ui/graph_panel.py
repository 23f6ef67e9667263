"""The graph with what belongs to it: scrolling where it is large, the legend of its lines, quiet nodes together."""

from typing import Final

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from console.domain.fleet import ClusterView, EdgeKind
from console.domain.verdict import Health
from console.ui import graph_words, theme
from console.ui.chip import Chip
from console.ui.controls import Says
from console.ui.flow import Flow
from console.ui.speech import translate
from console.ui.theme import SMALL, Token
from console.ui.topology import ReplicationGraph, edge_pen

GRAPH_EM_MOST: Final = 27.0  # a higher graph scrolls by itself, so that the charts stay in sight


class LineSample(QWidget):
    """One kind of line with its meaning."""

    def __init__(self, kind: EdgeKind, parent: QWidget) -> None:
        super().__init__(parent)
        self._kind = kind
        self.setAccessibleName(self._text())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def _text(self) -> str:
        match self._kind:
            case EdgeKind.SYNC:
                return translate("graph", "sync: commit waits")
            case EdgeKind.ASYNC:
                return translate("graph", "async: commit does not wait")
            case EdgeKind.ARCHIVE:
                return translate("graph", "WAL archive")

    def sizeHint(self) -> QSize:
        metrics = theme.metrics(SMALL)
        return QSize(theme.em(2.6) + metrics.horizontalAdvance(self._text()) + 2, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(edge_pen(self._kind, Health.HEALTHY))
        middle = self.height() // 2 + 0.5
        painter.drawLine(QPointF(0, middle), QPointF(theme.em(1.9), middle))
        painter.setPen(theme.colour(Token.TEXT_MUTED))
        painter.setFont(theme.font(SMALL))
        painter.drawText(self.rect().adjusted(theme.em(2.5), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._text())


class GraphPanel(QWidget):
    """The replication graph of one cluster."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.graph = ReplicationGraph()
        self.graph.chosen.connect(self.chosen)
        self.graph.grew.connect(self._fit)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.graph)
        self.graph.setObjectName("page")
        self.graph.stepped_to.connect(self._follow)
        self._policy = Says(size_em=SMALL, token=Token.TEXT_MUTED, parent=self)
        self.together = Chip(translate("graph", "Show every node"), self, checkable=True)
        self.together.toggled.connect(self._on_together)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(2))
        column.addWidget(self._scroll)
        foot = QWidget(self)
        flow = Flow(foot, gap=theme.grid(4))
        flow.addWidget(self._policy)
        for kind in EdgeKind:
            flow.addWidget(LineSample(kind, foot))
        flow.addWidget(self.together)
        column.addWidget(foot)
        theme.changed.connect(self._fit)
        self._fit()

    def show_cluster(self, view: ClusterView | None, *, live: bool) -> None:
        self.graph.set_muted(not live)
        self.graph.show_cluster(view)
        self._policy.say(graph_words.policy_text(view) if view is not None else "")
        self.together.setVisible(self.graph.has_groups)
        if self.together.isChecked() != self.graph.is_open:
            self.together.blockSignals(True)
            self.together.setChecked(self.graph.is_open)
            self.together.blockSignals(False)

    def _on_together(self, opened: bool) -> None:
        self.graph.open_all(opened)

    def _follow(self, key: str) -> None:
        box = self.graph.box(key).geometry()
        self._scroll.ensureVisible(box.center().x(), box.center().y(), box.width() // 2 + 4, box.height() // 2 + 4)

    def _fit(self) -> None:
        wanted = self.graph.minimumSizeHint().height()
        most = theme.em(GRAPH_EM_MOST)
        self._scroll.setFixedHeight(min(wanted, most))
