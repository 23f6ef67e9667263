"""A person takes an alert, or keeps it from the ways out for a time; nothing is done before it is pressed."""

from datetime import UTC, datetime, timedelta
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.alerting import SILENCE_HOURS_MAX, Alert
from console.domain.text import shown
from console.link.messages import Message, Refused
from console.link.watching import AckAlert, SilenceAlerts
from console.ui import theme
from console.ui.alert_sentences import lasting
from console.ui.alert_words import alert_sentence
from console.ui.chip import Chip
from console.ui.controls import Act, Rule, Says
from console.ui.flow import Flow
from console.ui.focus_ring import FocusRing
from console.ui.policy_parts import Field, line_edit
from console.ui.sentences import refused_sentence
from console.ui.shapes import HealthShape
from console.ui.speech import translate
from console.ui.theme import SMALL, VERDICT, Token

NOTE_CHARACTERS_MAX: Final = 500
STAMP: Final = "%Y-%m-%d %H:%M"
STAMP_CHARACTERS_MAX: Final = 20
LABEL_EM: Final = 7.0
QUICK: Final = (timedelta(minutes=30), timedelta(hours=1), timedelta(hours=4), timedelta(hours=12))


def until_of(text: str, now: datetime) -> tuple[datetime | None, str]:
    """The end of a silence as it was typed, in UTC; or None and what is wrong with it."""
    try:
        until = datetime.strptime(text.strip(), STAMP).replace(tzinfo=UTC)
    except ValueError:
        said = translate("alerts", "Write it in UTC, as {example}.")
        return None, said.format(example=(now + QUICK[1]).strftime(STAMP))
    if until <= now:
        return None, translate("alerts", "This moment has passed. A silence begins now, and ends later.")
    if until - now > timedelta(hours=SILENCE_HOURS_MAX):
        text = translate("alerts", "That is more than {days} days ahead: a silence must not be forgotten.")
        return None, text.format(days=SILENCE_HOURS_MAX // 24)
    return until, ""


class AlertDialog(QDialog):
    """What both have alike: the alert's own sentence, what is filled in, a foot. Esc leaves, Ctrl+Enter does it."""

    wants = Signal(object)  # a message of the link

    def __init__(self, alert: Alert, now: datetime, title: str, act: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.alert = alert
        self._now = now
        self._asked: Message | None = None
        self.setWindowTitle(title)
        self.column = QVBoxLayout(self)
        self.form = QVBoxLayout()
        self.leave = Act(translate("alerts", "Leave"), key="Esc", tall_steps=8, parent=self)
        self.act = Act(act, key="Ctrl+Enter", filled=True, tall_steps=8, parent=self)
        self.reason = Says(size_em=SMALL, token=Token.TEXT_MUTED, parent=self)
        self._build(title)
        self.leave.clicked.connect(self.reject)
        self.act.clicked.connect(self._do)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._do)

    def _build(self, title: str) -> None:
        edge = theme.grid(4)
        self.column.setContentsMargins(edge, edge, edge, edge)
        self.column.setSpacing(theme.grid(2.5))
        self.form.setSpacing(theme.grid(1))
        self.column.addWidget(Says(title, size_em=VERDICT, bold=True, parent=self))
        line = QHBoxLayout()
        line.setSpacing(theme.grid(2))
        line.addWidget(HealthShape(self.alert.sign.health, parent=self), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.grid(0.5))
        words.addWidget(Says(alert_sentence(self.alert), parent=self))
        words.addWidget(Says(lasting(self.alert, self._now), size_em=SMALL, token=Token.TEXT_MUTED, parent=self))
        line.addLayout(words, 1)
        self.column.addLayout(line)
        self.column.addWidget(Rule(parent=self))
        self.column.addLayout(self.form)
        self.column.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.grid(3))
        foot.addWidget(self.leave)
        foot.addWidget(self.reason, 100, Qt.AlignmentFlag.AlignVCenter)
        foot.addStretch(1)
        foot.addWidget(self.act)
        self.column.addLayout(foot)
        FocusRing(self)

    def sizeHint(self) -> QSize:
        width = theme.em(46)
        return QSize(width, max(super().sizeHint().height(), self.column.heightForWidth(width)))

    def question(self) -> Message | None:
        """What is asked of the engine; None where something has to be mended first."""
        raise NotImplementedError

    def _do(self) -> None:
        if self._asked is not None:
            return
        question = self.question()
        if question is None:
            return
        self._asked = question
        self.act.setEnabled(False)
        self.reason.say(translate("alerts", "Asking the engine …"), Token.TEXT_MUTED)
        self.wants.emit(question)

    def show_answer(self, question: Message, answer: Message) -> None:
        """Done, and the dialog goes; or refused, and everything that was typed stays."""
        if question is not self._asked and question != self._asked:
            return
        self._asked = None
        if isinstance(answer, Refused):
            self.act.setEnabled(True)
            self.reason.say(refused_sentence(answer), Token.LOST)
            return
        self.accept()

    def show_lost(self) -> None:
        """The engine went: what was typed stays."""
        self._asked = None
        self.act.setEnabled(True)
        self.reason.say(translate("alerts", "The engine does not answer. Nothing was changed."), Token.LOST)


class TakeDialog(AlertDialog):
    """Acknowledge: others see who has it. It stays in sight until it is over, and its ways out rest."""

    def __init__(self, alert: Alert, now: datetime, person: str, parent: QWidget | None = None) -> None:
        title = translate("alerts", "Acknowledge this alert")
        super().__init__(alert, now, title, translate("alerts", "Acknowledge"), parent)
        self.note = line_edit(alert.note, empty=translate("alerts", "what you do about it"), most=NOTE_CHARACTERS_MAX)
        hint = translate("alerts", "Taken as {person}. It stays in sight until it is over.")
        self._field = Field(translate("alerts", "Note"), self.note, hint.format(person=shown(person)),
                            label_em=LABEL_EM)  # fmt: skip
        self.form.addWidget(self._field)
        self.note.returnPressed.connect(self._do)
        self.note.setFocus()
        self.resize(self.sizeHint())

    def question(self) -> AckAlert:
        return AckAlert(alert=self.alert.id, note=self.note.text().strip())


class SilenceDialog(AlertDialog):
    """Until when, why, and what it covers. Alerts are shown all the same; only no way out is used."""

    def __init__(self, alert: Alert, now: datetime, parent: QWidget | None = None) -> None:
        title = translate("alerts", "Silence for a time")
        super().__init__(alert, now, title, translate("alerts", "Silence"), parent)
        self.until = line_edit((now + QUICK[1]).strftime(STAMP), most=STAMP_CHARACTERS_MAX)
        self.why = line_edit("", empty=translate("alerts", "planned work, a known fault, …"), most=NOTE_CHARACTERS_MAX)
        self._until = Field(translate("alerts", "Until (UTC)"), self.until, label_em=LABEL_EM, wide=False)
        self._why = Field(translate("alerts", "Reason"), self.why, label_em=LABEL_EM)
        self.quick: tuple[Chip, ...] = ()
        self.covers: tuple[Chip, ...] = ()
        self._scopes: tuple[tuple[str, str, str], ...] = ()  # cluster, node, word
        self._fill()
        self.until.textChanged.connect(lambda: self._judge(late=False))
        self.why.textChanged.connect(lambda: self._judge(late=False))
        self.why.returnPressed.connect(self._do)
        self.why.setFocus()
        self.resize(self.sizeHint())

    def _fill(self) -> None:
        self.form.addWidget(Says(translate("alerts", "What it covers"), size_em=SMALL, token=Token.TEXT_MUTED))
        self.form.addLayout(self._scope_chips())
        self.form.addWidget(self._until)
        row = Flow()
        quick = []
        for span in QUICK:
            chip = Chip(_span_text(span))
            chip.setAccessibleName(translate("alerts", "Until {time} from now").format(time=_span_text(span)))
            chip.clicked.connect(lambda _on=False, span=span: self.until.setText((self._now + span).strftime(STAMP)))
            row.addWidget(chip)
            quick.append(chip)
        self.quick = tuple(quick)
        self.form.addLayout(row)
        self.form.addWidget(self._why)
        said = translate("alerts", "It is shown all the same. Only e-mail, webhooks, commands and notifications rest.")
        self.form.addWidget(Says(said, size_em=SMALL, token=Token.TEXT_MUTED))

    def _scope_chips(self) -> Flow:
        sign = self.alert.sign
        choices = [(translate("alerts", "only this alert"), (sign.cluster, sign.node or "", sign.word))]
        if sign.node:
            text = translate("alerts", "every alert of {node}").format(node=shown(sign.node, characters_max=40))
            choices.append((text, (sign.cluster, sign.node, "")))
        if sign.cluster:
            cluster = shown(sign.cluster, characters_max=40)
            text = translate("alerts", "every alert of {cluster}").format(cluster=cluster)
            choices.append((text, (sign.cluster, "", "")))
        row, group, chips = Flow(), QButtonGroup(self), []
        for at, (text, _scope) in enumerate(choices):
            chip = Chip(text, checkable=True)
            chip.setChecked(at == 0)
            group.addButton(chip, at)
            row.addWidget(chip)
            chips.append(chip)
        self.covers, self._scopes = tuple(chips), tuple(scope for _text, scope in choices)
        return row

    def _judge(self, *, late: bool) -> datetime | None:
        """Errors by their fields; that a reason is missing is said only when somebody wants to go on (`late`)."""
        until, wrong = until_of(self.until.text(), self._now)
        self._until.show_error(wrong)
        missing = not self.why.text().strip()
        said = translate("alerts", "Say why: whoever comes next has to know.")
        self._why.show_error(said if missing and late else "")
        return None if missing else until

    def question(self) -> SilenceAlerts | None:
        until = self._judge(late=True)
        if until is None:
            self.reason.say(translate("alerts", "Not silenced: see what is said in red."), Token.LOST)
            return None
        chosen = next((at for at, chip in enumerate(self.covers) if chip.isChecked()), 0)
        cluster, node, word = self._scopes[chosen]
        return SilenceAlerts(until=until, reason=self.why.text().strip(), cluster=cluster, node=node, word=word)


def _span_text(span: timedelta) -> str:
    hours = span.total_seconds() / 3600
    if hours < 1:
        return translate("alerts", "{n} min").format(n=round(hours * 60))
    return translate("alerts", "{n} h").format(n=round(hours))
