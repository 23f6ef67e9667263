"""The runs of a cluster as a table: when, what, how it ended, writes stopped, lost, by whom; Enter opens one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from console.domain.plan import LossBasis, Operation
from console.domain.run import Mode, RunState, RunView
from console.domain.text import shown
from console.ui.controls import Says
from console.ui.figure_table import Cell, FigureTable, Row
from console.ui.loss_words import loss_figure
from console.ui.measures import NOTHING
from console.ui.run_words import has_ended, outage_gap, short_title, state_word, when_text
from console.ui.speech import counted, listed, translate
from console.ui.theme import Token
from console.ui.wizard_parts import Panel

RUNS_SHOWN_MAX: Final = 50
TABLE_EM_MOST: Final = 84.0  # on a wide page a figure must not stand far from its run
_TOKENS: Final = {RunState.DONE: Token.OK, RunState.LEFT: Token.WARN, RunState.ASKING: Token.WARN}


def run_row(run: RunView, now: datetime) -> Row:
    """One run in seven cells."""
    real = run.mode is Mode.REAL
    title = short_title(run.plan)
    if not real:
        title = translate("recovery", "Rehearsal: {title}").format(title=title[:1].lower() + title[1:])
    changes = run.plan.operation in (Operation.SWITCHOVER, Operation.FAILOVER)
    loss = run.loss
    if loss is None and run.state is RunState.DONE and run.plan.loss is not None:
        loss = run.plan.loss if run.plan.loss.basis is LossBasis.NONE else None
    lost = loss_figure(loss) if real and changes and loss is not None else NOTHING
    token = _TOKENS.get(run.state, Token.TEXT_MUTED) if real else Token.TEXT_MUTED
    report = translate("recovery", "report") if run.report else ""
    cells = (
        Cell(when_text(run, now), Token.TEXT_MUTED),
        Cell(title, size_em=1.0),
        Cell(state_word(run), token, bold=real and run.state is not RunState.RUNNING),
        Cell(outage_gap(run.outage) or NOTHING, right=True),
        Cell(lost, right=True),
        Cell(shown(run.person, characters_max=40), Token.TEXT_MUTED),
        Cell(report, Token.TEXT_MUTED),
    )
    spoken = listed(cell.text for cell in cells if cell.text and cell.text != NOTHING)
    return Row(cells, more=translate("recovery", "{run}. Enter opens it").format(run=spoken))


def _head() -> Row:
    words = (
        translate("recovery", "began (UTC)"), translate("recovery", "run"), translate("recovery", "ended"),
        translate("recovery", "writes stopped"), translate("recovery", "lost"), translate("recovery", "by"), "",
    )  # fmt: skip
    return Row(tuple(Cell(word, Token.TEXT_MUTED, right=place in (3, 4)) for place, word in enumerate(words)))


class RunTable(FigureTable):
    """The rows of runs; the first row is their heads."""

    run_opened = Signal(object)  # RunView

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(wide=1, gap_em=1.4, row_gap_em=0.75, most_em=TABLE_EM_MOST, parent=parent)
        self._runs: tuple[RunView, ...] = ()
        self.setAccessibleName(translate("recovery", "Runs of this cluster"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_runs(self, runs: Sequence[RunView], now: datetime) -> None:
        self._runs = tuple(runs)
        self.show_rows((_head(), *(run_row(run, now) for run in self._runs)))

    def _open(self, number: int | None) -> None:
        if number is not None and 0 < number <= len(self._runs):
            self.run_opened.emit(self._runs[number - 1])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._open(self.row_at(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bare = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if bare and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.current)
            return
        super().keyPressEvent(event)


class PastRuns(Panel):
    """The card of past runs; without any it says what a first one would give."""

    run_opened = Signal(object)  # RunView

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("recovery", "Runs"), parent=parent)
        self.table = RunTable()
        self.table.run_opened.connect(self.run_opened)
        self._empty = Says(token=Token.TEXT_MUTED)
        self.put(self._empty)
        self.put(self.table)
        self.end()
        self.show_waiting()

    def show_waiting(self) -> None:
        """Nothing is known yet."""
        self.table.hide()
        self.aside.say("")
        self._empty.say(translate("recovery", "Asking for the runs of this cluster …"))

    def show_runs(self, runs: tuple[RunView, ...], now: datetime) -> None:
        """The newest first."""
        shown_runs = runs[:RUNS_SHOWN_MAX]
        self.table.setVisible(bool(shown_runs))
        if not shown_runs:
            self.aside.say("")
            self._empty.say(
                translate(
                    "recovery",
                    "No plan has run here yet. Prepare a switchover and rehearse it: a rehearsal looks at every step, "
                    "changes nothing, and shows what a real one would do.",
                )
            )
            return
        self._empty.say("")
        ended = sum(1 for run in runs if has_ended(run) and run.mode is Mode.REAL and run.state is RunState.DONE)
        text = translate("recovery", "{proven} of {n} proven")
        one = translate("recovery", "1 run")
        said = counted(len(runs), one, translate("recovery", "{n} runs"))
        self.aside.say(f"{said}, " + text.format(proven=ended, n=sum(1 for run in runs if run.mode is Mode.REAL)))
        self.table.show_runs(shown_runs, now)
