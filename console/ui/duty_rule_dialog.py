"""How often a duty has to be done on a cluster; 0 takes it off the list, and the dialog says so."""

import math
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.drill import DutyKind, DutyRule
from console.domain.text import shown
from console.link.messages import Message, Refused
from console.link.watching import SaveDuty
from console.ui import theme
from console.ui.controls import Act, Says
from console.ui.duty_panel import often_text
from console.ui.duty_words import kind_title
from console.ui.focus_ring import FocusRing
from console.ui.policy_parts import Field, line_edit
from console.ui.sentences import refused_sentence
from console.ui.speech import translate
from console.ui.theme import SMALL, VERDICT, Token

HOURS: Final = 24.0
DAYS_MAX: Final = 400.0
DAYS_MIN: Final = 1.0 / 24.0
ENDS: Final = frozenset({DutyKind.KEYS_VALID, DutyKind.CERTIFICATES_VALID})


class DutyRuleDialog(QDialog):
    """One number. Esc leaves it as it was; Ctrl+Enter saves."""

    wants = Signal(object)  # SaveDuty

    def __init__(self, cluster: str, rule: DutyRule, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cluster, self._rule = cluster, rule
        self._saving: SaveDuty | None = None
        text = translate("duty", "{duty}: how often on {cluster}")
        self.setWindowTitle(text.format(duty=kind_title(rule.kind), cluster=shown(cluster, characters_max=60)))
        self.days = line_edit(f"{rule.every_hours / HOURS:g}", most=10)
        label = translate("duty", "At least every, days")
        if rule.kind in ENDS:
            label = translate("duty", "Due so many days before its end")
        self.field = Field(label, self.days, translate("duty", "0: no duty here, and never overdue"), label_em=15.0,
                           wide=False)  # fmt: skip
        self.meaning = Says()
        self.leave = Act(translate("duty", "Leave, nothing was changed"), key="Esc", tall_steps=8)
        self.save = Act(translate("duty", "Save"), key="Ctrl+Enter", filled=True, tall_steps=8)
        self.said = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        column = QVBoxLayout(self)
        edge = theme.grid(4)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.grid(3))
        column.addWidget(Says(self.windowTitle(), size_em=VERDICT, bold=True))
        for part in (self.field, self.meaning):
            column.addWidget(part)
        column.addStretch(1)
        column.addWidget(self.said)
        foot = QHBoxLayout()
        foot.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignVCenter)
        foot.addStretch(1)
        foot.addWidget(self.save, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(foot)
        FocusRing(self)
        self.days.textChanged.connect(self._judge)
        self.leave.clicked.connect(self.reject)
        self.save.clicked.connect(self._save)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._save)
        self._judge()
        self.resize(self.sizeHint())
        self.days.setFocus()
        self.days.selectAll()

    def sizeHint(self) -> QSize:
        return QSize(theme.em(46), max(theme.em(17), super().sizeHint().height()))

    @property
    def cluster(self) -> str:
        return self._cluster

    def rule(self) -> DutyRule | None:
        """The rule as it stands here; None where it is no number of days."""
        text = self.days.text().strip()
        plain = text.replace(".", "", 1)
        if not (plain.isascii() and plain.isdecimal()) or not math.isfinite(float(text)):
            return None
        days = float(text)
        if days > DAYS_MAX or 0 < days < DAYS_MIN:
            return None
        return DutyRule(kind=self._rule.kind, every_hours=round(days * HOURS, 3))

    def _judge(self) -> None:
        rule = self.rule()
        text = translate("duty", "'{text}' is no number of days. From one hour (0.042) to {most}, or 0.")
        typed = shown(self.days.text(), characters_max=20)
        self.field.show_error("" if rule is not None else text.format(text=typed, most=f"{DAYS_MAX:g}"))
        said = often_text(rule) if rule is not None else ""
        self.meaning.say(said[:1].upper() + said[1:])
        self.save.setEnabled(rule is not None and self._saving is None)

    def _save(self) -> None:
        rule = self.rule()
        if rule is None or self._saving is not None:
            return
        self._saving = SaveDuty(cluster=self._cluster, rule=rule)
        self.save.setEnabled(False)
        self.said.say(translate("duty", "Saving …"), Token.TEXT_MUTED)
        self.wants.emit(self._saving)

    def show_answer(self, question: SaveDuty, answer: Message) -> None:
        """It holds and the dialog goes; or it was refused, and what was typed stays."""
        if question != self._saving:
            return
        self._saving = None
        if isinstance(answer, Refused):
            self._judge()
            self.said.say(refused_sentence(answer), Token.LOST)
            return
        self.accept()

    def show_lost(self) -> None:
        self._saving = None
        self._judge()
        self.said.say(translate("duty", "The engine does not answer. Nothing was saved."), Token.LOST)
