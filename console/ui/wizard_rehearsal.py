"""A rehearsal inside the wizard: the plan's own loop with hands that only look; its outcome, which promises nothing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.run import RunState, RunView, StepReport, StepState
from console.domain.text import shown
from console.domain.verdict import Health
from console.ui import theme
from console.ui.controls import Act, Says
from console.ui.plan_words import (
    asks_sentence,
    has_ended,
    readable,
    run_headline,
    step_number,
    step_sentence,
    step_state_word,
)
from console.ui.shapes import HealthShape
from console.ui.speech import translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_parts import Panel, clear

LINES_MAX = 12


class RehearsalPanel(Panel):
    """A button, and after it what was found."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("wizard", "Rehearsal"), parent=parent)
        self.act = Act(translate("wizard", "Rehearse"), key="Ctrl+R")
        self.act.clicked.connect(self.wanted)
        self._shape = HealthShape()
        self.says = Says()
        self._lines = QVBoxLayout()
        row = QHBoxLayout()
        row.setSpacing(theme.grid(3))
        row.addWidget(self.act)
        row.addWidget(self._shape)
        row.addWidget(self.says, 1, Qt.AlignmentFlag.AlignVCenter)
        self.put(row)
        self.put(self._lines)
        self.show_rehearsal(None)

    def show_busy(self, busy: bool) -> None:
        self.act.setEnabled(not busy)

    def show_rehearsal(self, run: RunView | None) -> None:
        clear(self._lines)
        self._shape.setVisible(run is not None and (has_ended(run) or run.question is not None))
        if run is None:
            self.act.setEnabled(True)
            self.says.say(
                translate("wizard", "Runs every step with hands that only look. Nothing changes, and nothing is "
                                    "promised by it."), Token.TEXT_MUTED,
            )  # fmt: skip
            return
        self.act.setEnabled(has_ended(run) or run.state is RunState.ASKING)
        failed = [step for step in run.steps if step.state is StepState.FAILED]
        self._shape.show_health(Health.DEGRADED if failed or run.question is not None else Health.HEALTHY)
        self.says.say(_found(run), Token.TEXT)
        shown_steps = failed or [step for step in run.steps if step.state is StepState.RUNNING]
        for step in shown_steps[:LINES_MAX]:
            self._lines.addWidget(Says(_line(run, step), size_em=SMALL, token=Token.TEXT_MUTED))


def _found(run: RunView) -> str:
    """The outcome in a sentence; where it stopped with a question, why."""
    if run.question is None:
        return run_headline(run)
    why = asks_sentence(run.question, run.plan)
    text = translate("wizard", "The rehearsal stopped there, nothing was changed: {why}")
    return text.format(why=why[:1].lower() + why[1:])


def _line(run: RunView, report: StepReport) -> str:
    step = next((one for one in run.plan.steps if one.key == report.key), None)
    said = step_sentence(run.plan, step) if step is not None else readable(report.key)
    text = translate("wizard", "{n} {sentence}: {state}")
    line = text.format(n=step_number(run.plan, report.key), sentence=said, state=step_state_word(report.state))
    return f"{line}, {shown(report.observed)}" if report.observed else line
