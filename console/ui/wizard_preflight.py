"""Step 4 of the wizard: the preflight; refusals first, each with how to mend it, and everything can be asked again."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.domain.plan import Difference, Operation, Outcome, Plan
from console.domain.text import shown
from console.domain.verdict import Health
from console.ui import theme
from console.ui.controls import Act, Says
from console.ui.figure_table import Cell, FigureTable, Row
from console.ui.speech import counted, translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_fencing_panel import FencingPanel
from console.ui.wizard_findings import FindingList
from console.ui.wizard_flow import Draft
from console.ui.wizard_parts import Panel, WizardPage
from console.ui.wizard_rejoin import RejoinPanel
from console.ui.wizard_words import checks_summary


class PreflightPage(WizardPage):
    """What was checked, and what was not."""

    ask_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.changes = ChangesPanel()
        self.column.addWidget(self.changes)
        self.fencing = FencingPanel()
        self.rejoin = RejoinPanel()
        for choice in (self.fencing, self.rejoin):
            choice.hide()
            self.column.addWidget(choice)
        panel = Panel()
        self.findings = FindingList()
        panel.put(self.findings)
        self._panel = panel
        self.column.addWidget(panel)
        self.again = Act(translate("wizard", "Ask again"), key="F5")
        self.again.clicked.connect(self.ask_wanted)
        row = QHBoxLayout()
        row.setSpacing(theme.grid(3))
        row.addWidget(self.again)
        text = translate("wizard", "Asks every node anew and makes the plan anew. Nothing on any node changes.")
        row.addWidget(Says(text, size_em=SMALL, token=Token.TEXT_MUTED), 1, Qt.AlignmentFlag.AlignVCenter)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def show_draft(self, draft: Draft, now: datetime, *, asking: bool) -> None:
        plan = draft.plan
        self.again.setEnabled(not asking)
        self._panel.setVisible(plan is not None)
        if plan is None:
            self.fencing.hide()
            self.rejoin.hide()
        self.changes.show_differences(draft.changed)
        if plan is None:
            self.head.say(
                translate("wizard", "The plan is being made and checked") if asking
                else translate("wizard", "There is no plan yet"),
                translate("wizard", "Every node is asked. Nothing on any node changes.") if asking
                else translate("wizard", "'Ask again' makes it."),
            )  # fmt: skip
            return
        title, health = _sentence(plan)
        self.head.say(title, checks_summary(plan.checks), health)
        self.findings.show_checks(plan.checks, now)
        refused = any(check.check == "fencing" and check.outcome is Outcome.REFUSE for check in plan.checks)
        self.fencing.setVisible(refused and plan.operation is Operation.FAILOVER)
        self.fencing.show_plan(plan, draft.options)
        self.rejoin.setVisible(plan.operation is Operation.REJOIN)
        self.rejoin.show_plan(plan, draft.options)

    def first_focus(self) -> QWidget | None:
        return next((row for row in self.findings.rows if row.check.outcome is Outcome.REFUSE), None)


def _sentence(plan: Plan) -> tuple[str, Health]:
    refuse = sum(1 for check in plan.checks if check.outcome is Outcome.REFUSE)
    warn = sum(1 for check in plan.checks if check.outcome in (Outcome.WARN, Outcome.NOT_CHECKED))
    if refuse:
        one = translate("wizard", "1 check refuses: mend it, then ask again")
        return counted(refuse, one, translate("wizard", "{n} checks refuse: mend them, then ask again")), Health.LOST
    if warn:
        one = translate("wizard", "Nothing refuses. Read the one that warns or was not checked")
        many = translate("wizard", "Nothing refuses. Read the {n} that warn or were not checked")
        return counted(warn, one, many), Health.DEGRADED
    if not plan.checks:
        return translate("wizard", "Nothing was checked"), Health.UNKNOWN
    return translate("wizard", "Every check passes"), Health.HEALTHY


class ChangesPanel(Panel):
    """What the plan was made from and is no longer so, side by side."""

    anew_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("wizard", "What changed since the plan was made"), parent=parent)
        self.table = FigureTable(wide=2, gap_em=2.0, row_gap_em=0.5)
        self.table.setAccessibleName(self.title.text)
        self.put(self.table)
        self.anew = Act(translate("wizard", "Make the plan anew"))
        self.anew.clicked.connect(self.anew_wanted)
        row = QHBoxLayout()
        row.addWidget(self.anew)
        row.addStretch(1)
        self.put(row)
        self.anew.hide()
        self.hide()

    def show_differences(self, changed: tuple[Difference, ...], *, offers: bool = False) -> None:
        """`offers`: the plan that stands there is the old one, and can't be run."""
        self.setVisible(bool(changed) or offers)
        self.anew.setVisible(offers)
        head = Row((
            Cell("", token=Token.TEXT_MUTED), Cell(translate("wizard", "planned"), token=Token.TEXT_MUTED),
            Cell(translate("wizard", "now"), token=Token.TEXT_MUTED),
        ))  # fmt: skip
        rows = [
            Row((Cell(shown(one.name, characters_max=80), size_em=1.0),
                 Cell(_value(one.planned), token=Token.TEXT_MUTED, size_em=1.0),
                 Cell(_value(one.now), bold=True, size_em=1.0)))
            for one in changed
        ]  # fmt: skip
        self.table.setVisible(bool(rows))
        self.table.show_rows([head, *rows])


def _value(text: str) -> str:
    return shown(text, characters_max=160) or translate("wizard", "nothing")
