"""What a stopped run asks: why it stopped, what was seen, its choices as buttons; reasons are asked for in place."""

import re
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from console.domain.run import Asks, Choice, Question, RunView
from console.domain.text import shown
from console.domain.verdict import Health
from console.link.changes import AnswerRun
from console.ui import theme
from console.ui.check_words import checked_text
from console.ui.controls import Act, Says
from console.ui.flow import Flow
from console.ui.run_words import asks_sentence, choice_label, choice_meaning
from console.ui.shapes import HealthShape
from console.ui.speech import translate
from console.ui.theme import SMALL, VERDICT, Token
from console.ui.wizard_parts import CORNER, clear

REASON_CHARACTERS_MIN: Final = 8
REASON_CHARACTERS_MAX: Final = 500
ENTRIES_MAX: Final = 10**12
NEEDS_REASON: Final = frozenset({Choice.BREAK_LOCK, Choice.SKIP})
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:[ ,.'_][0-9]{3})+|[0-9]+")


def read_entries(text: str) -> int | None:
    """A number of entries as a person types it, with thousands groups or without; None where it is none."""
    plain = text.strip()
    if not plain.isascii() or _GROUPED.fullmatch(plain) is None:
        return None
    value = int(re.sub(r"[ ,.'_]", "", plain))
    return value if value <= ENTRIES_MAX else None


class Asked(QWidget):
    """The field that a choice needs before it is sent: a reason, or a number of entries."""

    given = Signal(object)  # AnswerRun
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = ""
        self._choice = Choice.GO_ON
        self._least: int | None = None
        self._label = Says(bold=True)
        self.field = QLineEdit()
        self.field.setMaxLength(REASON_CHARACTERS_MAX)
        self.trouble = Says(size_em=SMALL, token=Token.LOST)
        self.confirm = Act("", filled=True)
        self.back = Act(translate("run", "Back"), bare=True)
        self.field.returnPressed.connect(self._give)
        self.field.textEdited.connect(lambda _text: self.trouble.say(""))
        self.confirm.clicked.connect(self._give)
        self.back.clicked.connect(self.left)
        row = QHBoxLayout()
        row.setSpacing(theme.grid(2))
        row.addWidget(self.field, 1)
        row.addWidget(self.confirm)
        row.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(1))
        column.addWidget(self._label)
        column.addLayout(row)
        column.addWidget(self.trouble)

    def ask(self, run: RunView, choice: Choice) -> None:
        """Ask for what this choice needs."""
        self._run, self._choice = run.id, choice
        self._least = run.loss.entries_high if run.loss is not None else None
        labels = {
            Choice.ACCEPT_LOSS: translate("run", "New maximum of entries that may be lost, recorded under your name"),
            Choice.BREAK_LOCK: translate("run", "Why the other console's lock is broken, recorded under your name"),
            Choice.SKIP: translate("run", "Why this step is skipped, recorded under your name"),
        }
        words = {
            Choice.ACCEPT_LOSS: translate("run", "Approve and go on"),
            Choice.BREAK_LOCK: translate("run", "Break the lock and go on"),
            Choice.SKIP: translate("run", "Skip and go on"),
        }
        self._label.say(labels[choice])
        self.field.clear()
        self.field.setAccessibleName(labels[choice])
        self.confirm.setText(words[choice])
        self.confirm.setAccessibleName(words[choice])
        self.confirm.updateGeometry()
        self.trouble.say("")
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        text = self.field.text().strip()
        if self._choice is Choice.ACCEPT_LOSS:
            most = read_entries(text)
            if most is None:
                self.trouble.say(translate("run", "A whole number of entries is needed. Nothing was sent."))
            elif self._least is not None and most < self._least:
                least = checked_text("loss", self._least)
                said = translate("run", "At most {least} would be lost, so a smaller maximum would stop the plan again")
                self.trouble.say(said.format(least=least))
            else:
                self.given.emit(AnswerRun(run=self._run, choice=self._choice, loss_entries_max=most))
            return
        if len(text) < REASON_CHARACTERS_MIN:
            said = translate("run", "A reason of at least {n} characters is needed. Nothing was sent.")
            self.trouble.say(said.format(n=REASON_CHARACTERS_MIN))
            return
        self.given.emit(AnswerRun(run=self._run, choice=self._choice, reason=text))


class RunQuestion(QFrame):
    """The question with its choices; the first one is the filled button."""

    answered = Signal(object)  # AnswerRun

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: RunView | None = None
        self._shown: tuple[str, Question] | None = None
        self._shape = HealthShape(Health.DEGRADED, size_em=1.35)
        self._title = Says(size_em=VERDICT, bold=True)
        self._detail = Says(token=Token.TEXT_MUTED)
        self._changes = Says(size_em=SMALL)
        self._meaning = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self._sent = Says(bold=True)
        self.asked = Asked()
        self.buttons: tuple[Act, ...] = ()
        self._row = QWidget()
        self._flow = Flow(self._row, gap=theme.grid(2))
        self.asked.given.connect(self._send)
        self.asked.left.connect(self._back)
        self.asked.hide()
        head = QHBoxLayout()
        head.setSpacing(theme.grid(2))
        head.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(4), theme.grid(3), theme.grid(4), theme.grid(3))
        column.setSpacing(theme.grid(2))
        column.addLayout(head)
        for part in (self._detail, self._changes, self._row, self._meaning, self.asked, self._sent):
            column.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self.update)
        self.hide()

    def show_run(self, run: RunView, *, reading: bool) -> None:
        """Show the question of this run, if it asks one; `reading`: it can't be answered here."""
        self._run = run
        question = run.question
        if question is None:
            self._shown = None
            self.hide()
            return
        self.show()
        if self._shown == (run.id, question):
            return
        self._shown = (run.id, question)
        self._title.say(asks_sentence(question, run.plan))
        self._shape.show_health(Health.LOST if question.asks is Asks.FAULT else Health.DEGRADED)
        self._detail.say(_detail(question))
        self._changes.say("\n".join(_differences(run)))
        self._sent.say("")
        self.asked.hide()
        self._make_buttons(run, question, reading=reading)
        self.setAccessibleName(self._title.text)

    def _make_buttons(self, run: RunView, question: Question, *, reading: bool) -> None:
        clear(self._flow)
        made = []
        for place, choice in enumerate(question.choices if not reading else ()):
            button = Act(choice_label(choice, question), filled=place == 0, tall_steps=8)
            button.setAccessibleDescription(choice_meaning(choice, run))
            button.clicked.connect(lambda _on=False, one=choice: self._choose(one))
            self._flow.addWidget(button)
            made.append(button)
        self.buttons = tuple(made)
        self._row.setVisible(bool(made))
        labels = {one: choice_label(one, question).rstrip(" …") for one in question.choices}
        meanings = [f"{label}: {choice_meaning(one, run)}" for one, label in labels.items()]
        self._meaning.say("\n".join(meanings) if made else "")
        self._row.updateGeometry()

    def first(self) -> QWidget | None:
        """The button that is offered first."""
        return self.buttons[0] if self.buttons and self.isVisible() else None

    def _choose(self, choice: Choice) -> None:
        run = self._run
        if run is None:
            return
        if choice is Choice.ACCEPT_LOSS or choice in NEEDS_REASON:
            self._row.hide()
            self._meaning.say(choice_meaning(choice, run))
            self.asked.ask(run, choice)
            return
        self._send(AnswerRun(run=run.id, choice=choice))

    def _send(self, answer: AnswerRun) -> None:
        """Once: until the run says something new, nothing can be pressed again."""
        for button in self.buttons:
            button.setEnabled(False)
        self.asked.hide()
        label = choice_label(answer.choice, self._run.question if self._run is not None else None).rstrip(" …")
        self._sent.say(translate("run", "Sent: {choice}").format(choice=label))
        self.answered.emit(answer)

    def show_refused(self, reason: str) -> None:
        """The answer was not taken: say why, and let a person choose again."""
        self._sent.say(reason)
        self._back()
        for button in self.buttons:
            button.setEnabled(True)

    def _back(self) -> None:
        self.asked.hide()
        self._row.setVisible(bool(self.buttons))
        if self._run is not None and self._run.question is not None and self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(Token.WARN), 1.0))
        painter.setBrush(theme.colour(Token.WARN_SOFT))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)


def _detail(question: Question) -> str:
    return shown(question.detail) if question.detail else ""


def _differences(run: RunView) -> list[str]:
    text = translate("run", "{name}: {planned} when it was planned, {now} now")
    none = translate("run", "nothing")
    return [
        text.format(name=shown(one.name), planned=shown(one.planned) or none, now=shown(one.now) or none)
        for one in run.differences
    ]
