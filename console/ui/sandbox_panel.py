"""The restored copies that are open, read-only: what each shows, a door to ask it, and its end."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.backup import BackupsView, SandboxSeen
from console.domain.text import shown
from console.domain.verdict import Health
from console.link.backups import CloseSandbox
from console.ui import theme
from console.ui.backup_sentences import age_text
from console.ui.backup_state import open_sandboxes
from console.ui.controls import Act, Says
from console.ui.measures import number
from console.ui.shapes import HealthShape
from console.ui.speech import translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_parts import Panel, clear


class SandboxPanel(Panel):
    """A row for each; it is never one of the cluster's servers, and the row says so."""

    ask_wanted = Signal(object)  # SandboxSeen
    wants = Signal(object)  # CloseSandbox

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tight=True, parent=parent)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.grid(2))
        self._shown: tuple[SandboxSeen, ...] = ()
        self._ages: list[tuple[Says, SandboxSeen]] = []
        self.acts: list[tuple[Act, Act]] = []
        self.put(self._rows)
        self.hide()

    def show_view(self, view: BackupsView, now: datetime, *, live: bool) -> None:
        sandboxes = open_sandboxes(view)
        self.setVisible(bool(sandboxes))
        if sandboxes != self._shown:
            self._shown = sandboxes
            clear(self._rows)
            self._ages, self.acts = [], []
            for one in sandboxes:
                self._rows.addLayout(self._row(view.cluster, one))
        for says, one in self._ages:
            text = translate("backup", "on {node}, opened {age}; read-only, and out of production's reach")
            age = age_text((now - one.opened_at).total_seconds())
            says.say(text.format(node=shown(one.node, characters_max=60), age=age))
        for pair in self.acts:
            for act in pair:
                act.setEnabled(live)

    def _row(self, cluster: str, one: SandboxSeen) -> QHBoxLayout:
        row, words = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(theme.grid(2))
        words.setSpacing(theme.grid(0.5))
        text = translate("backup", "Open copy: {target}")
        said = text.format(target=shown(one.target, characters_max=120))
        if one.head_number is not None:
            text = translate("backup", "{copy}, last entry {n}")
            said = text.format(copy=said, n=number(one.head_number))
        if not one.running:
            said = translate("backup", "{copy}, but its server has stopped").format(copy=said)
        age = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        words.addWidget(Says(said, bold=True))
        words.addWidget(age)
        ask, close = Act(translate("backup", "Ask …")), Act(translate("backup", "Close"))
        ask.setAccessibleName(translate("backup", "Ask the open copy: {target}").format(target=shown(one.target)))
        close.setAccessibleName(translate("backup", "Close the open copy: {target}").format(target=shown(one.target)))
        ask.clicked.connect(lambda: self.ask_wanted.emit(one))
        close.clicked.connect(lambda: self.wants.emit(CloseSandbox(cluster=cluster, sandbox=one.id)))
        ask.setVisible(one.running)
        middle = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(HealthShape(Health.HEALTHY if one.running else Health.LOST), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(ask, 0, middle)
        row.addWidget(close, 0, middle)
        self._ages.append((age, one))
        self.acts.append((ask, close))
        return row
