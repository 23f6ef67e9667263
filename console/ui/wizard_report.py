"""Step 12 of the wizard: how it ended, what was measured and proven, and what is left to do with its buttons."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.books import BookCheck
from console.domain.plan import Operation
from console.domain.run import BooksLine, RunState, RunView, StepState
from console.domain.text import shown
from console.domain.verdict import Health
from console.ui import measures, theme
from console.ui.books_words import check_name
from console.ui.controls import Act, Says
from console.ui.loss_words import loss_amounts, loss_figure
from console.ui.plan_words import left_to_do_sentence, readable, run_headline, run_line
from console.ui.run_foot import open_report
from console.ui.run_words import outage_gap
from console.ui.shapes import HealthShape
from console.ui.speech import counted, translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_parts import Figures, Panel, WizardPage, clear

# What the wizard itself can plan next; the rest is done elsewhere, and only said here.
_PLANS: Final = {"rejoin": Operation.REJOIN, "attach": Operation.REJOIN}
_BOOKS_HEALTH: Final = {"proven": Health.HEALTHY, "failed": Health.LOST}


@dataclass(frozen=True, slots=True, kw_only=True)
class NextPlan:
    """A plan that what is left to do asks for."""

    operation: Operation
    node: str


def next_plans(run: RunView) -> tuple[NextPlan, ...]:
    """The plans that this run's end asks for, in its order."""
    found = []
    for word in run.left_to_do:
        name, _, node = word.partition(":")
        operation = _PLANS.get(name)
        if operation is not None and node:
            found.append(NextPlan(operation=operation, node=node))
    return tuple(dict.fromkeys(found))


class ReportPage(WizardPage):
    """Nothing here claims more than was checked: what was not, says so."""

    plan_wanted = Signal(object)  # NextPlan

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: RunView | None = None
        self.figures = Figures()
        facts = Panel()
        facts.put(self.figures)
        self._left = Panel(translate("wizard", "What is left to do"))
        self._left_list = QVBoxLayout()
        self._left.put(self._left_list)
        self._books = Panel(translate("wizard", "Proof of books"))
        self._books_list = QVBoxLayout()
        self._books.put(self._books_list)
        self._paper = Panel(translate("wizard", "Report"))
        self._path = Says(mono=True, size_em=0.92)
        self.open = Act(translate("wizard", "Open the report"))
        self.open.clicked.connect(self._open)
        row = QHBoxLayout()
        row.addWidget(self._path, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.open)
        self._trouble = Says(token=Token.LOST)
        self._paper.put(row)
        self._paper.put(self._trouble)
        for part in (facts, self._left, self._books, self._paper):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.acts: tuple[Act, ...] = ()

    def _open(self) -> None:
        if self._run is not None:
            self._trouble.say(open_report(self._run.report))

    def show_run(self, run: RunView) -> None:
        if run == self._run:
            return
        self._run = run
        self.head.say(run_headline(run), run_line(run), _health(run))
        self.figures.show_figures(_figures(run))
        self._show_left(run)
        self._show_books(run.books)
        self._paper.setVisible(bool(run.report))
        self._path.say(shown(run.report))

    def _show_left(self, run: RunView) -> None:
        clear(self._left_list)
        plans = {f"{plan.operation.value}:{plan.node}": plan for plan in next_plans(run)}
        acts = []
        for word in run.left_to_do:
            row = QHBoxLayout()
            row.setSpacing(theme.grid(3))
            row.addWidget(Says(left_to_do_sentence(word)), 1, Qt.AlignmentFlag.AlignVCenter)
            name, _, node = word.partition(":")
            operation = _PLANS.get(name)
            plan = plans.get(f"{operation.value}:{node}") if operation is not None else None
            if plan is not None:
                text = translate("wizard", "Prepare the rejoin of {node} …").format(node=shown(plan.node))
                act = Act(text)
                act.clicked.connect(lambda _checked=False, plan=plan: self.plan_wanted.emit(plan))
                row.addWidget(act)
                acts.append(act)
            self._left_list.addLayout(row)
        if not run.left_to_do:
            self._left_list.addWidget(Says(translate("wizard", "Nothing.")))
        self.acts = tuple(acts)

    def _show_books(self, books: tuple[BooksLine, ...]) -> None:
        clear(self._books_list)
        if not books:
            text = translate("wizard", "Not checked in this run. Nothing is claimed about the books.")
            self._books_list.addWidget(Says(text))
        for line in books:
            row = QHBoxLayout()
            row.setSpacing(theme.grid(2))
            shape = HealthShape(_BOOKS_HEALTH.get(line.outcome, Health.UNKNOWN))
            row.addWidget(shape)
            name = Says(_check(line.check))
            row.addWidget(name, 2)
            said = translate("wizard", "{outcome}: {scope}").format(
                outcome=readable(line.outcome), scope=shown(line.scope)
            )
            detail = f"{said}, {shown(line.detail)}" if line.detail else said
            row.addWidget(Says(detail, size_em=SMALL, token=Token.TEXT_MUTED), 3, Qt.AlignmentFlag.AlignVCenter)
            self._books_list.addLayout(row)

    def first_focus(self) -> QWidget | None:
        return self.acts[0] if self.acts else None


def _check(word: str) -> str:
    """A check of the books by what it says when it holds."""
    known = next((check for check in BookCheck if check.value == word), None)
    said = check_name(known) if known is not None else readable(word)
    return said[:1].upper() + said[1:]


def _health(run: RunView) -> Health:
    if run.state is RunState.DONE:
        return Health.DEGRADED if any(line.outcome == "failed" for line in run.books) else Health.HEALTHY
    return Health.DEGRADED if run.state is RunState.LEFT else Health.UNKNOWN


def _figures(run: RunView) -> tuple[tuple[str, str, str, Token], ...]:
    outage = run.outage
    not_measured = translate("wizard", "not measured")
    gap = outage_gap(outage) or not_measured
    why = shown(outage.why).replace("-", " ") if outage is not None else ""
    below = why
    if outage is not None and outage.attempts:
        text = translate("wizard", "{ok} of {n} writes acknowledged")
        below = text.format(ok=measures.number(outage.acknowledged), n=measures.number(outage.attempts))
        if outage.lost_acknowledged is not None:
            lost = translate("wizard", "{said}, {n} of these lost")
            below = lost.format(said=below, n=measures.number(outage.lost_acknowledged))
    figures = [(translate("wizard", "Writes stopped for"), gap, below, Token.TEXT)]
    if run.plan.operation in (Operation.FAILOVER, Operation.SWITCHOVER):
        amounts = loss_amounts(run.loss)
        figures.append((translate("wizard", "Lost"), loss_figure(run.loss), amounts, Token.TEXT))
    figures.append((translate("wizard", "Books"), *_books_figure(run), Token.TEXT))
    done = sum(1 for step in run.steps if step.state in (StepState.DONE, StepState.ALREADY_SO))
    took = translate("wizard", "not known")
    if run.begun_at is not None and run.ended_at is not None:
        took = measures.duration((run.ended_at - run.begun_at).total_seconds())
    text = translate("wizard", "{done} of {all} steps proven")
    figures.append((translate("wizard", "It took"), took, text.format(done=done, all=len(run.steps)), Token.TEXT))
    return tuple(figures)


def _books_figure(run: RunView) -> tuple[str, str]:
    if not run.books:
        return translate("wizard", "not checked"), ""
    failed = sum(1 for line in run.books if line.outcome == "failed")
    proven = sum(1 for line in run.books if line.outcome == "proven")
    skipped = len(run.books) - failed - proven
    checks = counted(len(run.books), translate("wizard", "of 1 check"), translate("wizard", "of {n} checks"))
    below = translate("wizard", "{n} proven {checks}").format(n=proven, checks=checks)
    if skipped:
        below = translate("wizard", "{below}, {n} not checked").format(below=below, n=skipped)
    if failed:
        return translate("wizard", "not whole"), below
    if not proven:
        return translate("wizard", "not checked"), below
    return translate("wizard", "proven"), below
