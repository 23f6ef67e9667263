"""The dialog of automatic recovery: what may be done by itself, what that means, and a typed name before it may act."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.domain.automation import AutomationMode, AutomationPolicy
from console.domain.text import shown
from console.link.messages import Message, Refused
from console.link.watching import SetAutomation
from console.ui import theme
from console.ui.automation_rules import (
    FORMAT,
    MAINTENANCE_MAX,
    Mistake,
    Typed,
    TypedWindow,
    meaning_sentence,
    read_policy,
    typed_of,
)
from console.ui.chip import Chip
from console.ui.controls import Act, Rule, Says
from console.ui.focus_ring import FocusRing
from console.ui.link_act import LinkAct
from console.ui.policy_parts import Field, line_edit
from console.ui.sentences import refused_sentence
from console.ui.speech import counted, translate
from console.ui.theme import SMALL, VERDICT, Token
from console.ui.tick_line import TickLine
from console.ui.why_words import mode_word
from console.ui.wizard_choice import Choice, ChoiceList

LABEL_EM: Final = 15.0
NAME_CHARACTERS_MAX: Final = 253
REASON_CHARACTERS_MAX: Final = 500
MOMENT_EM: Final = 11.5
FIELD_EM: Final = 22.0
WINDOW_HOURS: Final = 2  # how long a new maintenance window is proposed to be


class WindowRow(QWidget):
    """One maintenance window: from when to when in UTC, and why."""

    changed = Signal()
    removed = Signal()

    def __init__(self, window: TypedWindow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.begin, self.end = line_edit(window.begin, most=20), line_edit(window.end, most=20)
        self.reason = line_edit(window.reason, empty=translate("automation", "why"), most=REASON_CHARACTERS_MAX)
        self.remove = LinkAct(translate("automation", "Remove"))
        self.begin.setAccessibleName(translate("automation", "Maintenance from, in UTC"))
        self.end.setAccessibleName(translate("automation", "Maintenance to, in UTC"))
        self.reason.setAccessibleName(translate("automation", "Reason of the maintenance"))
        self._error = Says(size_em=SMALL, token=Token.LOST)
        row = QHBoxLayout()
        row.setSpacing(theme.grid(2))
        middle = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(self.begin, 0, middle)
        row.addWidget(Says(translate("automation", "to"), token=Token.TEXT_MUTED, wraps=False), 0, middle)
        row.addWidget(self.end, 0, middle)
        row.addWidget(self.reason, 1, middle)
        row.addWidget(self.remove, 0, middle)
        for edit in (self.begin, self.end):
            edit.setFixedWidth(theme.em(MOMENT_EM))
            edit.setPlaceholderText("2026-11-27 22:00")
        column = QVBoxLayout(self)
        column.setContentsMargins(3, 3, 3, 3)
        column.setSpacing(theme.grid(0.5))
        column.addLayout(row)
        column.addWidget(self._error)
        for edit in (self.begin, self.end, self.reason):
            edit.textChanged.connect(self.changed)
        self.remove.clicked.connect(self.removed)

    def typed(self) -> TypedWindow:
        return TypedWindow(begin=self.begin.text(), end=self.end.text(), reason=self.reason.text())

    @property
    def error(self) -> str:
        return self._error.text

    def show_errors(self, mistakes: tuple[Mistake, ...]) -> None:
        self._error.say(mistakes[0].text if mistakes else "")
        said = {one.field: one.text for one in reversed(mistakes)}
        for field, edit in (("begin", self.begin), ("end", self.end), ("reason", self.reason)):
            edit.setAccessibleDescription(said.get(field, ""))


class AutomationDialog(QDialog):
    """Filled in from what is in force. Esc leaves it as it was; Ctrl+Enter saves."""

    wants = Signal(object)  # SetAutomation

    def __init__(
        self, cluster: str, policy: AutomationPolicy, clock: Callable[[], datetime], *, person: str,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._cluster, self._before, self._clock, self._person = cluster, policy, clock, person
        self._mode = policy.mode
        self._saving: SetAutomation | None = None
        name = shown(cluster, characters_max=60)
        self.setWindowTitle(translate("automation", "Automatic recovery of {cluster}").format(cluster=name))
        self.modes = ChoiceList(translate("automation", "Who acts when the primary is lost"))
        self.meaning = Says()
        self.windows: list[WindowRow] = []
        self._window_rows = QVBoxLayout()
        self.add_window = Chip(translate("automation", "Add a maintenance window"))
        self._make_fields(typed_of(policy))
        self.reason = line_edit("", empty=translate("automation", "for the record"), most=REASON_CHARACTERS_MAX)
        self.reason.setAccessibleName(translate("automation", "Reason of the change"))
        self.name = line_edit("", most=NAME_CHARACTERS_MAX)
        self.name.setAccessibleName(translate("automation", "The name of the cluster, {name}").format(name=name))
        text = translate("automation", "From then on the console changes nodes without asking. Type {name} to allow "
                                       "it.")  # fmt: skip
        self._name_says = Says(text.format(name=name), bold=True)
        self.name_wrong = Says(size_em=SMALL, token=Token.LOST)
        self._name_box = QWidget()
        self.leave = Act(translate("automation", "Leave, nothing was changed"), key="Esc", tall_steps=8)
        self.save = Act(translate("automation", "Save"), key="Ctrl+Enter", filled=True, tall_steps=8)
        self.said = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self._build()
        for window in typed_of(policy).windows:
            self._put_window(window)
        self._listen()
        self._judge()
        self.modes.setFocus()

    def _make_fields(self, typed: Typed) -> None:
        self.loss, self.pause = line_edit(typed.loss, most=14), line_edit(typed.pause, most=10)
        self.evidence, self.backups = line_edit(typed.evidence, most=10), line_edit(typed.backups, most=10)
        self.quiet_from, self.quiet_to = line_edit(typed.quiet_from, most=5), line_edit(typed.quiet_to, most=5)
        for edit in (self.quiet_from, self.quiet_to):
            edit.setPlaceholderText(translate("automation", "none"))
        asks = (
            ("loss", translate("automation", "Maximum loss, entries"), self.loss,
             translate("automation", "0: only a standby that holds everything acknowledged")),
            ("evidence", translate("automation", "Evidence stands for, s"), self.evidence,
             translate("automation", "hard or witnessed, all that time")),
            ("pause", translate("automation", "Rest after an act, min"), self.pause,
             translate("automation", "or until somebody acknowledges it")),
            ("backups", translate("automation", "Backup not older than, h"), self.backups,
             translate("automation", "complete or proven; 0: not asked")),
            ("quiet_from", translate("automation", "Quiet daily from, UTC"), self.quiet_from, ""),
            ("quiet_to", translate("automation", "to, UTC"), self.quiet_to, ""),
        )
        self.fields = {
            key: Field(said, control, hint, label_em=LABEL_EM, wide=False) for key, said, control, hint in asks
        }
        words = (
            translate("automation", "At once: no restart in place first"),
            translate("automation", "A silent primary may be fenced by cutting its synchronous standbys: quorum fence"),
            translate("automation", "Restart a stopped standby"),
            translate("automation", "Rebuild a lost standby, never one whose data goes beyond the fork"),
        )
        ticked = (typed.at_once, typed.quorum_fence, typed.restart_standbys, typed.rebuild_standbys)
        self.boxes = tuple(TickLine(text, on=on) for text, on in zip(words, ticked, strict=True))
        self.at_once, self.quorum_fence, self.restart_standbys, self.rebuild_standbys = self.boxes

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
        inner.addWidget(self.modes)
        inner.addWidget(self.meaning)
        inner.addWidget(Rule())
        inner.addWidget(Says(translate("automation", "What has to hold"), bold=True))
        for key in ("loss", "evidence", "pause", "backups"):
            inner.addWidget(self.fields[key])
        for box in (self.at_once, self.quorum_fence):
            inner.addWidget(box)
        inner.addWidget(Rule())
        inner.addWidget(Says(translate("automation", "Standbys, by themselves too"), bold=True))
        for box in (self.restart_standbys, self.rebuild_standbys):
            inner.addWidget(box)
        inner.addWidget(Rule())
        line = QHBoxLayout()
        line.addWidget(Says(translate("automation", "When nothing is done by itself"), bold=True), 1)
        line.addWidget(self.add_window)
        inner.addLayout(line)
        for key in ("quiet_from", "quiet_to"):
            inner.addWidget(self.fields[key])
        self._window_rows.setSpacing(0)
        inner.addLayout(self._window_rows)
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        column.addWidget(scroll, 1)
        column.addWidget(Rule())
        column.addLayout(self._confirmation())
        FocusRing(self)
        self.resize(self.sizeHint())

    def _confirmation(self) -> QVBoxLayout:
        """What stays in sight while the rest scrolls: the reason, the name, save and leave."""
        reason = Field(translate("automation", "Reason of the change"), self.reason, label_em=LABEL_EM)
        typed = QHBoxLayout()
        typed.setContentsMargins(3, 0, 3, 3)
        typed.setSpacing(theme.grid(2))
        self.name.setFixedWidth(theme.em(FIELD_EM))
        typed.addWidget(self.name)
        typed.addWidget(self.name_wrong, 1, Qt.AlignmentFlag.AlignVCenter)
        typed.addStretch(1)
        inside = QVBoxLayout(self._name_box)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.grid(1))
        inside.addWidget(self._name_says)
        inside.addLayout(typed)
        foot = QHBoxLayout()
        foot.setSpacing(theme.grid(3))
        foot.addWidget(self.leave)
        foot.addWidget(self.said, 100, Qt.AlignmentFlag.AlignVCenter)
        foot.addStretch(1)
        foot.addWidget(self.save)
        column = QVBoxLayout()
        column.setSpacing(theme.grid(2))
        column.addWidget(reason)
        column.addWidget(self._name_box)
        column.addLayout(foot)
        return column

    def sizeHint(self) -> QSize:
        return QSize(theme.em(60), theme.em(55))

    def _listen(self) -> None:
        self.modes.chosen.connect(self._choose)
        for field in self.fields.values():
            edit = field.control
            edit.textChanged.connect(self._judge)  # type: ignore[attr-defined]  # every control here is a line edit
        for box in self.boxes:
            box.toggled.connect(self._judge)
        self.name.textChanged.connect(self._judge)
        self.add_window.clicked.connect(self._add_window)
        self.leave.clicked.connect(self.reject)
        self.save.clicked.connect(self._save)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._save)

    # Maintenance windows

    def _put_window(self, window: TypedWindow) -> WindowRow:
        row = WindowRow(window)
        row.changed.connect(self._judge)
        row.removed.connect(lambda: self._remove_window(row))
        self.windows.append(row)
        self._window_rows.addWidget(row)
        return row

    def _add_window(self) -> None:
        begin = self._clock().astimezone(UTC)
        end = begin + timedelta(hours=WINDOW_HOURS)
        row = self._put_window(TypedWindow(begin=begin.strftime(FORMAT), end=end.strftime(FORMAT), reason=""))
        self._judge()
        row.reason.setFocus()

    def _remove_window(self, row: WindowRow) -> None:
        self.windows.remove(row)
        self._window_rows.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._judge()
        self.add_window.setFocus()

    # What is filled in

    def _choose(self, key: str) -> None:
        self._mode = AutomationMode(key)
        self._judge()

    def typed(self) -> Typed:
        """Everything as it stands here."""
        return Typed(
            mode=self._mode, loss=self.loss.text(), evidence=self.evidence.text(), pause=self.pause.text(),
            backups=self.backups.text(), quiet_from=self.quiet_from.text(), quiet_to=self.quiet_to.text(),
            at_once=self.at_once.isChecked(), quorum_fence=self.quorum_fence.isChecked(),
            restart_standbys=self.restart_standbys.isChecked(), rebuild_standbys=self.rebuild_standbys.isChecked(),
            windows=tuple(row.typed() for row in self.windows),
        )  # fmt: skip

    def policy(self) -> tuple[AutomationPolicy, tuple[Mistake, ...]]:
        """The policy as it stands here, and what keeps it from being saved."""
        return read_policy(self.typed(), self._before, person=self._person, now=self._clock())

    @property
    def asks_name(self) -> bool:
        """Is it about to be allowed to act, where it was not before?"""
        return self._mode is AutomationMode.AUTOMATIC and self._before.mode is not AutomationMode.AUTOMATIC

    def missing(self) -> str:
        """What still keeps it from being saved, in words."""
        _policy, mistakes = self.policy()
        if mistakes:
            one = translate("automation", "1 field has to be mended first")
            return counted(len(mistakes), one, translate("automation", "{n} fields have to be mended first"))
        typed = self.name.text().strip()
        if self.asks_name and typed != self._cluster:
            if typed:
                return translate("automation", "The name is not right yet")
            return translate("automation", "Type {name} first").format(name=shown(self._cluster))
        return ""

    def _judge(self) -> None:
        """All that is said while it is typed: errors by their fields, and what it means."""
        policy, mistakes = self.policy()
        self.modes.show_choices([_choice(mode) for mode in AutomationMode], self._mode.value)
        whole = {one.field: one.text for one in reversed(mistakes) if one.place < 0}
        for key, field in self.fields.items():
            field.show_error(whole.get(key, ""))
        for place, row in enumerate(self.windows):
            row.show_errors(tuple(one for one in mistakes if one.place == place))
        self.meaning.say(meaning_sentence(policy, self._cluster, self._clock()))
        self.add_window.setEnabled(len(self.windows) < MAINTENANCE_MAX)
        self._name_box.setVisible(self.asks_name)
        typed = self.name.text().strip()
        wrong = bool(typed) and not self._cluster.startswith(typed)
        text = translate("automation", "'{typed}' is not {name}.")
        self.name_wrong.say(text.format(typed=shown(typed), name=shown(self._cluster)) if wrong else "")
        self._show_foot()

    def _show_foot(self) -> None:
        if self._saving is not None:
            self.save.setEnabled(False)
            self.said.say(translate("automation", "Saving …"), Token.TEXT_MUTED)
            return
        missing = self.missing()
        self.save.setEnabled(not missing)
        self.said.say(missing, Token.TEXT_MUTED)

    # Saving

    def _save(self) -> None:
        if self._saving is not None:
            return
        missing = self.missing()
        if missing:
            self.said.say(translate("automation", "Not saved. {missing}.").format(missing=missing), Token.LOST)
            return
        policy, _mistakes = self.policy()
        self._saving = SetAutomation(cluster=self._cluster, policy=policy, reason=self.reason.text().strip())
        self._show_foot()
        self.wants.emit(self._saving)

    def show_answer(self, question: SetAutomation, answer: Message) -> None:
        """It is in force and the dialog goes; or it was refused, and everything that was typed stays."""
        if question != self._saving:
            return
        self._saving = None
        if isinstance(answer, Refused):
            self._show_foot()
            self.said.say(refused_sentence(answer), Token.LOST)
            return
        self.accept()

    def show_lost(self) -> None:
        """The engine went: what was typed stays, and can be saved once it is back."""
        self._saving = None
        self._judge()
        lost = translate("automation", "The engine does not answer. Nothing was saved; what is typed stays here.")
        self.said.say(lost, Token.LOST)


def _choice(mode: AutomationMode) -> Choice:
    says = {
        AutomationMode.OFF: translate("automation", "a person acts"),
        AutomationMode.OBSERVE: translate("automation", "says what it would have done, and is scored"),
        AutomationMode.AUTOMATIC: translate("automation", "acts, where every guard holds"),
    }
    return Choice(key=mode.value, title=mode_word(mode), possible=True, says=says[mode])
