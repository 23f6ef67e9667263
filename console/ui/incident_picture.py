"""What the console knew at one moment of an incident: verdict, nodes, what would have been lost, and the guards."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.domain.fleet import ClusterView
from console.domain.incident import Frame, Incident
from console.domain.verdict import Health
from console.ui import names, shapes, theme
from console.ui.controls import Rule, Says
from console.ui.exposure import exposure_text
from console.ui.incident_course import FRAME_SECONDS_MAX, utc
from console.ui.measures import duration
from console.ui.node_words import list_figure, spoken_node
from console.ui.sentences import cluster_sentence
from console.ui.shapes import HealthShape
from console.ui.speech import counted, translate
from console.ui.theme import SMALL, Token
from console.ui.why_panel import WhyPanel
from console.ui.wizard_parts import Panel

NODES_MAX: Final = 24
MIDDLE_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class NodeStates(QWidget):
    """The nodes of then, side by side and wrapped: shape, name, role, the one figure that said most."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nodes: tuple[tuple[Health, str, str, str], ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)

    def show_view(self, view: ClusterView) -> None:
        nodes = tuple(
            (node.verdict.health, node.name, names.role_word(node.role), list_figure(node, view).whole)
            for node in view.nodes[:NODES_MAX]
        )
        if nodes != self._nodes:
            self._nodes = nodes
            self.setAccessibleName("; ".join(spoken_node(node, view) for node in view.nodes[:NODES_MAX]))
            self.updateGeometry()
            self.update()

    def _cell(self) -> int:
        """One width for all, so that the eye goes down columns."""
        metrics, small = theme.metrics(bold=True), theme.metrics(SMALL)
        name = max((metrics.horizontalAdvance(node[1]) for node in self._nodes), default=0)
        said = max((max(small.horizontalAdvance(node[2]), small.horizontalAdvance(node[3])) for node in self._nodes),
                   default=0)  # fmt: skip
        role = max((small.horizontalAdvance(node[2]) for node in self._nodes), default=0)
        shape = theme.em(shapes.SHAPE_EM) + theme.grid(2)
        return shape + max(name + theme.grid(2) + role, said) + theme.grid(6)

    def _columns(self, width: int) -> int:
        return max(1, min(len(self._nodes) or 1, (width + theme.grid(6)) // max(1, self._cell())))

    def _row_height(self) -> int:
        return theme.metrics(bold=True).height() + theme.metrics(SMALL).height() + theme.grid(2)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        columns = self._columns(width)
        return -(-len(self._nodes) // columns) * self._row_height()

    def sizeHint(self) -> QSize:
        return QSize(theme.em(30), self.heightForWidth(max(self.width(), theme.em(30))))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.em(14), self._row_height() if self._nodes else 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        columns, cell, row = self._columns(self.width()), self._cell(), self._row_height()
        bold, small, side = theme.metrics(bold=True), theme.metrics(SMALL), theme.em(shapes.SHAPE_EM)
        for at, (health, name, role, figure) in enumerate(self._nodes):
            x, y = at % columns * cell, at // columns * row
            shapes.paint_health(painter, QRect(x, y + (bold.height() - side) // 2, side, side), health)
            x += side + theme.grid(2)
            painter.setFont(theme.font(bold=True))
            painter.setPen(theme.colour(Token.TEXT))
            painter.drawText(QRect(x, y, cell, bold.height()), MIDDLE_LEFT, name)
            painter.setFont(theme.font(SMALL))
            painter.setPen(theme.colour(Token.TEXT_MUTED))
            after = x + bold.horizontalAdvance(name) + theme.grid(2)
            painter.drawText(QRect(after, y, cell, bold.height()), MIDDLE_LEFT, role)
            painter.setPen(theme.colour(Token.TEXT_MUTED if health is Health.HEALTHY else theme.HEALTH_TOKENS[health]))
            painter.drawText(QRect(x, y + bold.height(), cell, small.height()), MIDDLE_LEFT, figure)


class MomentPanel(Panel):
    """One picture; where none is kept of the moment, it says so and shows none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._shape = HealthShape()
        self.verdict = Says(bold=True)
        self.nodes = NodeStates()
        self._more = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self._label = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self.exposure = Says(size_em=theme.VERDICT, bold=True)
        self.amounts = Says()
        self._then = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self.why = WhyPanel()
        self.nothing = Says(token=Token.TEXT_MUTED)
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(2))
        head = QHBoxLayout()
        head.setSpacing(theme.grid(2))
        head.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.verdict, 1)
        column.addLayout(head)
        column.addWidget(self.nodes)
        column.addWidget(self._more)
        column.addWidget(Rule())
        money = QHBoxLayout()
        money.setSpacing(theme.grid(3))
        money.addWidget(self.exposure, 0, Qt.AlignmentFlag.AlignBottom)
        money.addWidget(self.amounts, 1, Qt.AlignmentFlag.AlignBottom)
        column.addWidget(self._label)
        column.addLayout(money)
        column.addWidget(self._then)
        column.addWidget(Rule())
        column.addWidget(self.why)
        self.put(self.nothing)
        self.put(self._body)
        self.end()

    def show_moment(self, at: float, incident: Incident) -> None:
        """Which moment it is; its picture comes after it."""
        self.title.say(translate("incidents", "What was known at {at}").format(at=f"{utc(at):%H:%M:%S}"))
        after = at - incident.begun_at.timestamp()
        text = translate("incidents", "{time} after it began") if after >= 0 else translate(
            "incidents", "{time} before it began"
        )  # fmt: skip
        self.aside.say(text.format(time=duration(abs(after), whole=True)))

    def show_frame(self, frame: Frame | None, at: float) -> None:
        """The picture of this moment, or that there is none."""
        old = at - frame.at.timestamp() if frame is not None else 0.0
        if frame is None:
            self.nothing.say(translate("incidents", "No picture is kept of this moment, so nothing is shown of it."))
        elif old > FRAME_SECONDS_MAX:
            text = translate("incidents", "No picture is kept of this moment. The one below is {age} older.")
            self.nothing.say(text.format(age=duration(old, whole=True)))
        else:
            self.nothing.say("")
        self._body.setVisible(frame is not None)
        if frame is not None:
            self._show(frame)

    def _show(self, frame: Frame) -> None:
        view = frame.view
        self._shape.show_health(view.verdict.health)
        self.verdict.say(cluster_sentence(view, now=frame.at))
        self.nodes.show_view(view)
        rest = max(0, len(view.nodes) - NODES_MAX)
        one, many = translate("incidents", "and 1 node more"), translate("incidents", "and {n} nodes more")
        self._more.say(counted(rest, one, many) if rest else "")
        said = exposure_text(view)
        self._label.say(said.label)
        self.exposure.say(said.figure)
        self.amounts.say(said.amounts)
        self._then.say(said.then)
        if frame.why is None:
            self.why.show_nothing(translate("incidents", "The guards of automatic recovery were not judged then."))
        else:
            self.why.show_why(frame.why, now=frame.at)
