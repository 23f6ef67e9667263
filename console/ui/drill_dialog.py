"""Begins a drill: what is rehearsed, which harmless fault, on which node, and a typed name where nodes change."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.domain.cluster import NodeKind
from console.domain.drill import DrillFault, DrillKind
from console.domain.fleet import ClusterView, Role
from console.domain.text import shown
from console.link.messages import Message, Refused
from console.link.watching import StartDrill
from console.ui import theme
from console.ui.controls import Act, Rule, Says
from console.ui.drill_words import DRILL_REASONS, drill_reason, fault_name, fault_sentence, kind_name
from console.ui.focus_ring import FocusRing
from console.ui.policy_parts import Field, chooser, chosen, line_edit
from console.ui.sentences import refused_sentence
from console.ui.speech import translate
from console.ui.theme import SMALL, VERDICT, Token
from console.ui.wizard_choice import Choice, ChoiceList

NAME_CHARACTERS_MAX: Final = 253
FIELD_EM: Final = 22.0
FOLLOWERS: Final = (Role.STANDBY, Role.CASCADE)


def drill_refused(refused: Refused) -> str:
    """Why a drill was not begun or not stopped."""
    if refused.reason in DRILL_REASONS:
        said = drill_reason(refused.reason, node=refused.subject, detail=refused.detail)
        return translate("drill", "{reason} Nothing was changed.").format(reason=said)
    return refused_sentence(refused)


def kind_sentence(kind: DrillKind) -> str:
    """What it does to the cluster."""
    match kind:
        case DrillKind.DETECTOR:
            return translate("drill", "A harmless fault is made, and the time to verdict and alert is taken.")
        case DrillKind.SWITCHOVER:
            return translate(
                "drill", "The primary hands over to a standby and back. Writes stop twice, for about a second each."
            )
        case DrillKind.RESTORE:
            return translate("drill", "The newest backup is restored into a sandbox and proven. No node is touched.")


def nodes_for(view: ClusterView | None, fault: DrillFault) -> tuple[str, ...]:
    """The nodes that this fault can be made on."""
    if view is None:
        return ()
    match fault:
        case DrillFault.HEARTBEAT_HELD:
            return tuple(one.name for one in view.nodes if one.name == view.primary)
        case DrillFault.PROBE_CUT:
            return tuple(one.name for one in view.nodes if one.kind is NodeKind.POSTGRES)
        case DrillFault.DECOY_STOPPED:
            return tuple(one.name for one in view.nodes if one.kind is NodeKind.BACKUP)
        case DrillFault.STREAM_CUT:
            return tuple(one.name for one in view.nodes if one.role in FOLLOWERS)


class DrillDialog(QDialog):
    """Esc leaves without having begun anything; Ctrl+Enter begins."""

    wants = Signal(object)  # StartDrill

    def __init__(
        self, cluster: str, view: ClusterView | None, kind: DrillKind = DrillKind.DETECTOR,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._cluster, self._view = cluster, view
        self._kind, self._fault = kind, DrillFault.HEARTBEAT_HELD
        self._starting: StartDrill | None = None
        name = shown(cluster, characters_max=60)
        self.setWindowTitle(translate("drill", "Drill on {cluster}").format(cluster=name))
        self.kinds = ChoiceList(translate("drill", "What is rehearsed"))
        self.faults = ChoiceList(translate("drill", "Which fault is made"))
        self._faults_title = Says(translate("drill", "Fault"), bold=True)
        self.node = chooser((), "")
        self._node_field = Field(translate("drill", "Node"), self.node, label_em=6.0, wide=False)
        self._held = Says(
            translate("drill", "Automatic recovery is held while it lasts, and says so in its guards."),
            size_em=SMALL, token=Token.TEXT_MUTED,
        )  # fmt: skip
        self.name = line_edit("", most=NAME_CHARACTERS_MAX)
        self.name.setAccessibleName(translate("drill", "The name of the cluster, {name}").format(name=name))
        text = translate("drill", "Nodes change. Type {name} to begin.")
        self._name_says = Says(text.format(name=name), bold=True)
        self._name_box = QWidget()
        self.leave = Act(translate("drill", "Leave, nothing was begun"), key="Esc", tall_steps=8)
        self.begin = Act(translate("drill", "Begin the drill"), key="Ctrl+Enter", filled=True, tall_steps=8)
        self.said = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self._build()
        self.kinds.chosen.connect(self._choose_kind)
        self.faults.chosen.connect(self._choose_fault)
        self.name.textChanged.connect(self._judge)
        self.leave.clicked.connect(self.reject)
        self.begin.clicked.connect(self._begin)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._begin)
        self._show_nodes()
        self._judge()
        (self.faults if kind is DrillKind.DETECTOR else self.kinds).setFocus()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        edge = theme.grid(4)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.grid(2))
        column.addWidget(Says(self.windowTitle(), size_em=VERDICT, bold=True))
        page = QWidget()
        page.setObjectName("page")
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, theme.grid(2), 0)
        inner.setSpacing(theme.grid(2))
        for part in (self.kinds, self._faults_title, self.faults, self._node_field, self._held):
            inner.addWidget(part)
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        column.addWidget(scroll, 1)
        column.addWidget(Rule())
        inside = QVBoxLayout(self._name_box)
        inside.setContentsMargins(3, 0, 3, 3)
        inside.setSpacing(theme.grid(1))
        self.name.setFixedWidth(theme.em(FIELD_EM))
        inside.addWidget(self._name_says)
        inside.addWidget(self.name)
        column.addWidget(self._name_box)
        foot = QHBoxLayout()
        foot.setSpacing(theme.grid(3))
        foot.addWidget(self.leave)
        foot.addWidget(self.said, 100, Qt.AlignmentFlag.AlignVCenter)
        foot.addStretch(1)
        foot.addWidget(self.begin)
        column.addLayout(foot)
        FocusRing(self)
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(theme.em(62), theme.em(48))

    @property
    def cluster(self) -> str:
        return self._cluster

    # What is chosen

    def choose(self, kind: DrillKind) -> None:
        """Open on this kind."""
        self._choose_kind(kind.value)

    def _choose_kind(self, key: str) -> None:
        self._kind = DrillKind(key)
        self._show_nodes()
        self._judge()

    def _choose_fault(self, key: str) -> None:
        self._fault = DrillFault(key)
        self._show_nodes()
        self._judge()

    def _show_nodes(self) -> None:
        nodes = nodes_for(self._view, self._fault)
        self.node.clear()
        if len(nodes) != 1:
            self.node.addItem(translate("drill", "the one that matters least"), "")
        for one in nodes:
            self.node.addItem(shown(one), one)

    @property
    def changes_nodes(self) -> bool:
        """Does it change a node, so that the cluster's name has to be typed?"""
        if self._kind is DrillKind.DETECTOR:
            return self._fault is DrillFault.STREAM_CUT
        return self._kind is DrillKind.SWITCHOVER

    def question(self) -> StartDrill:
        """What would be asked for now."""
        detector = self._kind is DrillKind.DETECTOR
        return StartDrill(
            cluster=self._cluster, kind=self._kind, fault=self._fault if detector else None,
            node=chosen(self.node) if detector else "",
            confirmed=self.name.text().strip() if self.changes_nodes else "",
        )  # fmt: skip

    def missing(self) -> str:
        """What keeps it from being begun, in words; empty where nothing does."""
        detector = self._kind is DrillKind.DETECTOR
        if detector and self._view is not None and not nodes_for(self._view, self._fault):
            return translate("drill", "No node here is one that this fault can be made on")
        typed = self.name.text().strip()
        if self.changes_nodes and typed != self._cluster:
            if typed:
                return translate("drill", "The name is not right yet")
            return translate("drill", "Type {name} first").format(name=shown(self._cluster))
        return ""

    def _judge(self) -> None:
        self.kinds.show_choices(
            [Choice(key=one.value, title=kind_name(one), possible=True, says=kind_sentence(one)) for one in DrillKind],
            self._kind.value,
        )
        detector = self._kind is DrillKind.DETECTOR
        self.faults.show_choices([_fault_choice(one, self._view) for one in DrillFault], self._fault.value)
        for part in (self._faults_title, self.faults, self._node_field):
            part.setVisible(detector)
        self._held.setVisible(self._kind is not DrillKind.RESTORE)
        self._name_box.setVisible(self.changes_nodes)
        self._show_foot()

    def _show_foot(self) -> None:
        if self._starting is not None:
            self.begin.setEnabled(False)
            self.said.say(translate("drill", "Beginning …"), Token.TEXT_MUTED)
            return
        missing = self.missing()
        self.begin.setEnabled(not missing)
        self.said.say(missing, Token.TEXT_MUTED)

    # Beginning

    def _begin(self) -> None:
        if self._starting is not None:
            return
        missing = self.missing()
        if missing:
            self.said.say(translate("drill", "Not begun. {missing}.").format(missing=missing), Token.LOST)
            return
        self._starting = self.question()
        self._show_foot()
        self.wants.emit(self._starting)

    def show_answer(self, question: StartDrill, answer: Message) -> None:
        """It runs and the dialog goes; or it was refused, and what was chosen stays."""
        if question != self._starting:
            return
        self._starting = None
        if isinstance(answer, Refused):
            self._show_foot()
            self.said.say(drill_refused(answer), Token.LOST)
            return
        self.accept()

    def show_lost(self) -> None:
        self._starting = None
        self._judge()
        self.said.say(translate("drill", "The engine does not answer. Whether it was begun is told once it does."),
                      Token.LOST)  # fmt: skip


def _fault_choice(fault: DrillFault, view: ClusterView | None) -> Choice:
    name = fault_name(fault)
    possible = view is None or bool(nodes_for(view, fault))
    says = fault_sentence(fault)
    if not possible:
        says = translate("drill", "not here: no node that it could be made on")
    return Choice(key=fault.value, title=name[:1].upper() + name[1:], possible=possible, says=says)
