"""A server's or a key's own question to a person: its words, a field, hidden where the answer is secret."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.domain.text import shown
from console.link.messages import AnswerPrompt, Message, Prompt, Prompts, Refused
from console.ui import sentences, theme
from console.ui.controls import Act, Rule, Says
from console.ui.focus_ring import FocusRing
from console.ui.speech import counted, translate
from console.ui.theme import SMALL, VERDICT, Token

ANSWER_CHARACTERS_MAX = 4096


class PromptDialog(QDialog):
    """Asks one question after another, in the order in which they came. Esc declines none: it only closes."""

    wants = Signal(object)  # AnswerPrompt

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prompts: tuple[Prompt, ...] = ()
        self._sent: set[int] = set()
        self.setWindowTitle(translate("prompt", "A server asks"))
        self._title = Says(size_em=VERDICT, bold=True, parent=self)
        self._subject = Says(token=Token.TEXT_MUTED, parent=self)
        self._text = Says(parent=self)
        self.field = QLineEdit(self)
        self.field.setMaxLength(ANSWER_CHARACTERS_MAX)
        self.keep = QCheckBox(translate("prompt", "Keep in this desktop's keyring"), self)
        self.keep.setAccessibleName(self.keep.text())
        self.message = Says(token=Token.LOST, parent=self)
        self._rest = Says(size_em=SMALL, token=Token.TEXT_MUTED, parent=self)
        self.decline = Act(translate("prompt", "Decline"), parent=self)
        self.answer = Act(translate("prompt", "Answer"), key="Enter", filled=True, parent=self)
        self.decline.clicked.connect(self._decline)
        self.answer.clicked.connect(self._answer)
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        edge = theme.grid(4)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.grid(2))
        for part in (self._title, self._subject, self._text, self.field, self.keep, self.message, self._rest):
            column.addWidget(part)
        column.addStretch(1)
        column.addWidget(Rule(parent=self))
        foot = QHBoxLayout()
        foot.addWidget(self.decline)
        foot.addStretch(1)
        foot.addWidget(self.answer)
        column.addLayout(foot)
        FocusRing(self)
        self.resize(theme.em(38), theme.em(20))

    @property
    def prompt(self) -> Prompt | None:
        """The question that is asked now."""
        return next((one for one in self._prompts if one.number not in self._sent), None)

    def show_prompts(self, prompts: Prompts) -> None:
        """All that wait. What is being typed stays, as long as its question does."""
        before = self.prompt
        self._prompts = prompts.prompts
        self._sent &= {one.number for one in prompts.prompts}
        if self.prompt != before:
            self.field.clear()
            self.keep.setChecked(False)
        self._show()

    def show_answer(self, question: Message, answer: Message) -> None:
        if isinstance(question, AnswerPrompt) and isinstance(answer, Refused):
            self.message.say(sentences.refused_sentence(answer))

    def _show(self) -> None:
        prompt = self.prompt
        waiting = sum(1 for one in self._prompts if one.number not in self._sent)
        for part in (self.field, self.answer, self.decline):
            part.setEnabled(prompt is not None)
        if prompt is None:
            self._title.say(translate("prompt", "Nothing is asked"))
            self._subject.say("")
            self._text.say("")
            self.keep.hide()
            self._rest.say("")
            return
        self._title.say(shown(prompt.title) or translate("prompt", "A question"))
        self._subject.say(translate("prompt", "Asked by {subject}").format(subject=shown(prompt.subject)))
        # The far side's words, made harmless: they may be anything.
        self._text.say(shown(prompt.text))
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if prompt.echo else QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(shown(prompt.text) or self._title.text)
        self.keep.setVisible(not prompt.echo)
        one, many = translate("prompt", "1 more question waits"), translate("prompt", "{n} more questions wait")
        self._rest.say(counted(waiting - 1, one, many) if waiting > 1 else "")
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answer(self) -> None:
        self._send(self.field.text())

    def _decline(self) -> None:
        self._send(None)

    def _send(self, text: str | None) -> None:
        prompt = self.prompt
        if prompt is None:
            return
        keep = text is not None and not prompt.echo and self.keep.isChecked()
        self._sent.add(prompt.number)
        self.field.clear()
        self.keep.setChecked(False)
        self.message.say("")
        self.wants.emit(AnswerPrompt(number=prompt.number, answer=text, keep=keep))
        self._show()
        if self.prompt is None:
            self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self._decline if self.decline.hasFocus() else self._answer)()
            return
        super().keyPressEvent(event)

    def reject(self) -> None:
        """Closes, and forgets what was typed; the questions stay open until they are answered or declined."""
        self.field.clear()
        super().reject()
