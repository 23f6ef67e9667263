"""Adds or changes one monitoring script: what is asked, where, how often, by which limits, and what it counts for."""

import math
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from console.domain.check_rules import CheckMistake, examine
from console.domain.cluster import ClusterSpec, NodeKind
from console.domain.monitoring import CheckSpec, CheckUse, CheckWay
from console.domain.text import shown
from console.link.messages import Message, Refused
from console.link.watching import SaveCheck
from console.ui import theme
from console.ui.controls import Act, Rule, Says
from console.ui.focus_ring import FocusRing
from console.ui.monitoring_words import mistake_sentence, use_word
from console.ui.policy_parts import Field, chooser, chosen, line_edit
from console.ui.sentences import refused_sentence
from console.ui.speech import translate
from console.ui.theme import SMALL, VERDICT, Token
from console.ui.tick_line import TickLine

LABEL_EM: Final = 13.0
TEXT_LINES: Final = 4
FIRST: Final = CheckSpec(name="", way=CheckWay.SQL, text="")
# Which field a mistake stands beside.
FIELDS: Final = {
    "check-name": "name", "check-exists": "name", "check-text": "text", "check-interval": "every",
    "check-limit": "limit", "check-role": "role", "check-role-for-host": "role", "check-range": "warning",
    "check-range-for-command": "warning",
}  # fmt: skip


class CheckDialog(QDialog):
    """Filled in from the check that is changed. Esc leaves it as it was; Ctrl+Enter saves."""

    wants = Signal(object)  # SaveCheck

    def __init__(
        self, cluster: ClusterSpec, check: CheckSpec | None, names: frozenset[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._cluster, self._old, self._names = cluster, check, names
        self._saving: SaveCheck | None = None
        self._touched = check is not None
        spec = check or FIRST
        name = shown(cluster.name, characters_max=60)
        title = translate("monitoring", "New check on {cluster}") if check is None else translate(
            "monitoring", "Check {check} on {cluster}"
        )  # fmt: skip
        self.setWindowTitle(title.format(cluster=name, check=shown(spec.name)))
        self._make_fields(spec)
        self._nodes_title = Says(translate("monitoring", "On these nodes; none ticked: on every PostgreSQL node"))
        self.nodes = {
            node.name: TickLine(shown(node.name), on=node.name in spec.nodes) for node in cluster.nodes
        }
        self.uses = {use: TickLine(_use_text(use), on=use in spec.uses) for use in CheckUse}
        self.enabled = TickLine(translate("monitoring", "It runs"), on=spec.enabled)
        self.leave = Act(translate("monitoring", "Leave, nothing was changed"), key="Esc", tall_steps=8)
        self.save = Act(translate("monitoring", "Save"), key="Ctrl+Enter", filled=True, tall_steps=8)
        self.said = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self._build()
        self._listen()
        self._judge()
        (self.name if check is None else self.text).setFocus()

    def _make_fields(self, spec: CheckSpec) -> None:
        self.name = line_edit(spec.name, empty=translate("monitoring", "as replication slots"), most=80)
        self.name.setReadOnly(self._old is not None)
        ways = ((CheckWay.SQL.value, translate("monitoring", "an SQL statement, read only")),
                (CheckWay.COMMAND.value, translate("monitoring", "a command on the host")))  # fmt: skip
        self.way = chooser(ways, spec.way.value)
        self.text = QPlainTextEdit(spec.text)
        self.text.setFont(theme.font(mono=True))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.metrics(mono=True).lineSpacing() * TEXT_LINES + theme.grid(4))
        roles = (
            ("", translate("monitoring", "whatever its role")), ("primary", translate("monitoring", "the primary")),
            ("standby", translate("monitoring", "standbys")),
        )  # fmt: skip
        self.role = chooser(roles, spec.role)
        self.every = line_edit(f"{spec.every_seconds:g}", most=10)
        self.limit = line_edit(f"{spec.seconds_max:g}", most=10)
        self.warning, self.critical = line_edit(spec.warning, most=60), line_edit(spec.critical, most=60)
        ranges = translate("monitoring", "Nagios's ranges: 10 is outside 0 to 10, 10: is below 10, @10:20 is within")
        asks = (
            ("name", translate("monitoring", "Name"), self.name, "", True),
            ("way", translate("monitoring", "It asks by"), self.way, "", True),
            ("text", translate("monitoring", "Asked is"), self.text,
             translate("monitoring", "Its first line is what it says; what stands behind a | is charted."), True),
            ("role", translate("monitoring", "Only while a node is"), self.role, "", True),
            ("every", translate("monitoring", "Every, s"), self.every, "", False),
            ("limit", translate("monitoring", "At most, s"), self.limit, "", False),
            ("warning", translate("monitoring", "Warning at"), self.warning, "", False),
            ("critical", translate("monitoring", "Critical at"), self.critical, ranges, False),
        )
        self.fields = {
            key: Field(said, control, hint, label_em=LABEL_EM, wide=wide) for key, said, control, hint, wide in asks
        }

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
        inner.setSpacing(theme.grid(1))
        for key in ("name", "way", "text", "warning", "critical", "every", "limit", "role"):
            inner.addWidget(self.fields[key])
        inner.addWidget(Rule())
        inner.addWidget(self._nodes_title)
        for tick in self.nodes.values():
            inner.addWidget(tick)
        inner.addWidget(Rule())
        inner.addWidget(Says(translate("monitoring", "It counts for"), bold=True))
        for tick in self.uses.values():
            inner.addWidget(tick)
        inner.addWidget(Rule())
        inner.addWidget(self.enabled)
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        column.addWidget(scroll, 1)
        column.addWidget(Rule())
        foot = QHBoxLayout()
        foot.setSpacing(theme.grid(3))
        foot.addWidget(self.leave)
        foot.addWidget(self.said, 100, Qt.AlignmentFlag.AlignVCenter)
        foot.addStretch(1)
        foot.addWidget(self.save)
        column.addLayout(foot)
        FocusRing(self)
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(theme.em(58), theme.em(54))

    def _listen(self) -> None:
        for edit in (self.name, self.every, self.limit, self.warning, self.critical):
            edit.textEdited.connect(self._typed)
        self.text.textChanged.connect(self._typed)
        for box in (self.way, self.role):
            box.currentIndexChanged.connect(self._typed)
        for tick in (*self.nodes.values(), *self.uses.values(), self.enabled):
            tick.toggled.connect(self._typed)
        self.leave.clicked.connect(self.reject)
        self.save.clicked.connect(self._save)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._save)

    # What is filled in

    def _typed(self, *_ignored: object) -> None:
        self._touched = True
        self._judge()

    def spec(self) -> CheckSpec:
        """The check as it stands here. What is no number is none that any check may have."""
        sql = CheckWay(chosen(self.way)) is CheckWay.SQL
        return replace(
            self._old or FIRST, name=self.name.text().strip(), way=CheckWay(chosen(self.way)),
            text=self.text.toPlainText().strip(), role=chosen(self.role), every_seconds=_seconds(self.every.text()),
            seconds_max=_seconds(self.limit.text()), warning=self.warning.text().strip() if sql else "",
            critical=self.critical.text().strip() if sql else "", enabled=self.enabled.isChecked(),
            nodes=tuple(name for name, tick in self.nodes.items() if tick.isChecked()),
            uses=tuple(use for use, tick in self.uses.items() if tick.isChecked()),
        )  # fmt: skip

    def mistake(self) -> CheckMistake | None:
        """The first thing that keeps it from being saved."""
        spec = self.spec()
        if self._old is None and spec.name in self._names:
            return CheckMistake("check-exists", shown(spec.name))
        try:
            examine(spec, self._cluster)
        except CheckMistake as mistake:
            return mistake
        return None

    def _judge(self) -> None:
        sql = CheckWay(chosen(self.way)) is CheckWay.SQL
        for key in ("warning", "critical"):
            self.fields[key].setVisible(sql)
        postgres = {node.name for node in self._cluster.nodes if node.kind is NodeKind.POSTGRES}
        for name, tick in self.nodes.items():
            tick.setVisible(not sql or name in postgres or tick.isChecked())
        mistake = self.mistake()
        field = FIELDS.get(mistake.word, "") if mistake is not None and self._touched else ""
        for key, one in self.fields.items():
            said = mistake_sentence(mistake.word, mistake.detail) if mistake is not None and key == field else ""
            one.show_error(said)
        self._show_foot(mistake)

    def _show_foot(self, mistake: CheckMistake | None) -> None:
        if self._saving is not None:
            self.save.setEnabled(False)
            self.said.say(translate("monitoring", "Saving …"), Token.TEXT_MUTED)
            return
        self.save.setEnabled(mistake is None)
        said = mistake_sentence(mistake.word, mistake.detail) if mistake is not None else ""
        # Beside its field it stands already.
        beside = mistake is not None and mistake.word in FIELDS and self._touched
        self.said.say("" if beside else said, Token.TEXT_MUTED)

    # Saving

    def _save(self) -> None:
        self._touched = True
        if self._saving is not None:
            return
        mistake = self.mistake()
        if mistake is not None:
            self._judge()
            text = translate("monitoring", "Not saved. {mistake}.")
            self.said.say(text.format(mistake=mistake_sentence(mistake.word, mistake.detail)), Token.LOST)
            return
        self._saving = SaveCheck(cluster=self._cluster.name, check=self.spec(), replace=self._old is not None)
        self._judge()
        self.wants.emit(self._saving)

    def show_answer(self, question: SaveCheck, answer: Message) -> None:
        """It holds and the dialog goes; or it was refused, and everything that was typed stays."""
        if question != self._saving:
            return
        self._saving = None
        if isinstance(answer, Refused):
            self._judge()
            self.said.say(check_refused(answer), Token.LOST)
            return
        self.accept()

    def show_lost(self) -> None:
        """The engine went: what was typed stays."""
        self._saving = None
        self._judge()
        lost = translate("monitoring", "The engine does not answer. Nothing was saved; what is typed stays here.")
        self.said.say(lost, Token.LOST)


def check_refused(refused: Refused) -> str:
    """Why a check was not taken, or not run."""
    if refused.reason.startswith("check-") or refused.reason in ("no-such-check", "too-many-checks"):
        said = mistake_sentence(refused.reason, refused.detail or refused.subject)
        return translate("monitoring", "{said}. Nothing was changed.").format(said=said.rstrip("."))
    return refused_sentence(refused)


def _seconds(text: str) -> float:
    plain = text.strip()
    digits = plain.replace(".", "", 1)
    return float(plain) if digits.isascii() and digits.isdecimal() else math.nan


def _use_text(use: CheckUse) -> str:
    word = use_word(use)
    return word[:1].upper() + word[1:]
