"""What a step's commands said, and the commands themselves, exactly as they are sent; both can be copied."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from console.domain.plan import Step
from console.domain.run import RunView, StepReport, StepState
from console.domain.text import shown
from console.ui import theme
from console.ui.chip import Chip
from console.ui.controls import Act, Says
from console.ui.run_words import fails_sentence, step_number
from console.ui.speech import listed, translate
from console.ui.step_words import act_sentence, step_sentence
from console.ui.theme import SMALL, Token
from console.ui.wizard_parts import Panel

LINES_MAX: Final = 2000
LINE_CHARACTERS_MAX: Final = 2000


def output_text(report: StepReport | None) -> str:
    """The last lines of a step's commands, each made harmless."""
    if report is None:
        return ""
    return "\n".join(shown(line, characters_max=LINE_CHARACTERS_MAX) for line in report.output[-LINES_MAX:])


def commands_text(step: Step) -> str:
    """Every act of a step: what it does and where, then the very script that is sent. Line breaks stay."""
    blocks = []
    for act in step.acts:
        script = "\n".join(shown(line, characters_max=LINE_CHARACTERS_MAX) for line in act.script.splitlines())
        if not script:
            script = translate("run", "(nothing is sent to a shell)")
        blocks.append(f"# {act_sentence(act)}\n{script}")
    return "\n\n".join(blocks[:LINES_MAX])


def undo_text(step: Step) -> str:
    """What would undo a step, as its commands; empty where there is nothing to undo."""
    undo = Step(key=step.key, phase=step.phase, acts=step.undo)
    return commands_text(undo)


class Lines(QPlainTextEdit):
    """Text of a terminal: read only, never HTML, scrolls sideways instead of breaking a command."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._redress)
        self._redress()

    def _redress(self) -> None:
        self.setFont(theme.font(SMALL, mono=True))
        # The sheet of the application gives every field the ground of a card; this one lies in a card.
        self.setStyleSheet(
            f"QPlainTextEdit {{ background: {theme.current().hex(Token.BACKGROUND)};"
            f" border: 1px solid {theme.current().hex(Token.BORDER)}; padding: {theme.grid(1)}px; }}"
        )

    def show_text(self, text: str) -> None:
        """Show this text; who stands at its end stays at the end, who reads above is left there."""
        if text == self.toPlainText():
            return
        bar = self.verticalScrollBar()
        at_end, before = bar.value() >= bar.maximum(), bar.value()
        self.setPlainText(text)
        bar.setValue(bar.maximum() if at_end else before)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.em(14), theme.em(6))

    def sizeHint(self) -> QSize:
        return QSize(theme.em(26), theme.em(8))


class RunOutput(Panel):
    """One step's output or commands. It follows the running step until a person chooses one."""

    followed = Signal()  # the person wants the running step again

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tight=True, parent=parent)
        self._run: RunView | None = None
        self._key: str | None = None
        self.output = Chip(translate("run", "Output"), self, checkable=True)
        self.commands = Chip(translate("run", "Commands"), self, checkable=True)
        self.undo = Chip(translate("run", "Undo"), self, checkable=True)
        self.follow = Chip(translate("run", "Running step"), self)
        self.copy = Act(translate("run", "Copy"), bare=True, tall_steps=6, parent=self)
        self.lines = Lines(self)
        self._empty = Says(token=Token.TEXT_MUTED, size_em=SMALL, parent=self)
        self._fails = Says(token=Token.TEXT_MUTED, size_em=SMALL, parent=self)
        self._copied = Says(token=Token.TEXT_MUTED, size_em=SMALL, wraps=False, parent=self)
        self.output.setChecked(True)
        chips = (self.output, self.commands, self.undo)
        for chip in chips:
            chip.clicked.connect(lambda _on=False, one=chip: self._turn(one))
        self.follow.clicked.connect(self.followed)
        self.copy.clicked.connect(self._copy)
        row = QHBoxLayout()
        row.setSpacing(theme.grid(2))
        for part in (*chips, self.follow):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self._copied)
        row.addWidget(self.copy)
        self.put(row)
        self.put(self._empty)
        # The room stays where it is when there is nothing to show in it.
        room = QVBoxLayout()
        room.addWidget(self.lines, 1)
        room.addStretch(0)
        self.put(room, 1)
        self.put(self._fails)
        self.lines.setAccessibleName(translate("run", "Output of the step"))

    @property
    def key(self) -> str | None:
        """The step that is shown."""
        return self._key

    def show_step(self, run: RunView, key: str | None, *, follows: bool) -> None:
        """Show a step of this run; `follows`: it is the running one by itself, nobody chose it."""
        if key != self._key:
            self._copied.say("")
        self._run, self._key = run, key
        self.follow.setVisible(not follows and any(one.state is StepState.RUNNING for one in run.steps))
        self._show()

    def tick(self, _now: datetime) -> None:
        """Once a second."""
        self._copied.say("")

    def _turn(self, chosen: Chip) -> None:
        for chip in (self.output, self.commands, self.undo):
            chip.setChecked(chip is chosen)
        self._copied.say("")
        self._show()

    def _show(self) -> None:
        run = self._run
        step = next((one for one in run.plan.steps if one.key == self._key), None) if run is not None else None
        if run is None or step is None:
            self.title.say(translate("run", "Output"))
            self._empty.say(translate("run", "Choose a step to see what it does and what was said."))
            self.lines.hide()
            self._fails.say("")
            return
        number = step_number(run.plan, step.key)
        self.title.say(f"{number}  {step_sentence(run.plan, step)}")
        self.aside.say(listed(dict.fromkeys(shown(act.node) for act in step.acts)))
        self.undo.setVisible(bool(step.undo))
        if self.undo.isChecked() and not step.undo:
            self._turn(self.commands)
            return
        report = next((one for one in run.steps if one.key == step.key), None)
        text, none = self._text(step, report)
        self.lines.show_text(text)
        self.lines.setVisible(bool(text))
        self.copy.setVisible(bool(text))
        self._empty.say("" if text else none)
        running = report is not None and report.state is StepState.RUNNING
        self._fails.say(fails_sentence(run) if running else "")

    def _text(self, step: Step, report: StepReport | None) -> tuple[str, str]:
        """The text to show, and what is said where there is none."""
        if self.commands.isChecked():
            return commands_text(step), translate("run", "This step sends no command: it only asks for its proof.")
        if self.undo.isChecked():
            return undo_text(step), ""
        waiting = report is None or report.state is StepState.WAITING
        none = translate("run", "Its commands said nothing.")
        if waiting:
            none = translate("run", "It has not begun. 'Commands' shows what it will send.")
        return output_text(report), none

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.lines.toPlainText())
        self._copied.say(translate("run", "copied"))
