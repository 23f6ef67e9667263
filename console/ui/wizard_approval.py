"""Step 7 of the wizard: the approval, with a maximum loss, the cluster's name typed, a second person if needed."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from console.domain.approval import REASON_CHARACTERS_MIN, needed, policy_of
from console.domain.cluster import Environment
from console.domain.plan import Operation, Plan
from console.domain.run import RunState, RunView
from console.domain.text import shown
from console.domain.verdict import Health
from console.link.governance import Approvers
from console.ui import measures, theme
from console.ui.controls import Act, Says
from console.ui.loss_words import loss_figure
from console.ui.plan_words import gap_text, plan_title
from console.ui.speech import joined, translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_fencing import attestation_of, attestation_sentence
from console.ui.wizard_flow import Draft, Part, parts
from console.ui.wizard_loss import entries_text
from console.ui.wizard_parts import Figures, Panel, WizardPage
from console.ui.wizard_preflight import ChangesPanel

ENTRIES_MAX: Final = 1_000_000_000_000
NAME_CHARACTERS_MAX: Final = 253
REASON_CHARACTERS_MAX: Final = 500
FIELD_EM: Final = 22.0


class ApprovalPage(WizardPage):
    """Says by itself what is still missing; the wizard asks `missing` before it lets anybody run."""

    changed = Signal()
    maximum_chosen = Signal(object)  # entries
    glass_broken = Signal(object)  # the reason
    anew_wanted = Signal()
    withdraw_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: Draft | None = None
        self._approvers: Approvers | None = None
        self._environment = Environment.PRODUCTION
        self.second_wanted = False
        self.changes = ChangesPanel()
        self.changes.anew_wanted.connect(self.anew_wanted)
        self.figures = Figures()
        self._facts = Panel()
        self._facts.put(self.figures)
        self.maximum = QLineEdit()
        self._maximum_says = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self._maximum_wrong = Says(token=Token.LOST)
        self._maximum_panel = Panel(translate("wizard", "Maximum loss"))
        self.attested = QCheckBox()
        self._attest_says = Says()
        self._attest_panel = Panel(translate("wizard", "A person vouches"))
        self._second = Panel(translate("wizard", "Second person"))
        self._second_says = Says()
        self.name = QLineEdit()
        self._name_says = Says()
        self.name_wrong = Says(token=Token.LOST)
        self._name_panel = Panel(translate("wizard", "Type the cluster's name"))
        self.waiting = WaitingPanel()
        self.waiting.glass_broken.connect(self.glass_broken)
        self.waiting.withdraw_wanted.connect(self.withdraw_wanted)
        self._build()

    def _build(self) -> None:
        self.maximum.setAccessibleName(translate("wizard", "Maximum loss, entries"))
        self.maximum.setMaxLength(20)
        self.maximum.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.name.setMaxLength(NAME_CHARACTERS_MAX)
        row = QHBoxLayout()
        row.setContentsMargins(3, 3, 3, 0)
        row.addWidget(self.maximum)
        row.addWidget(Says(translate("wizard", "entries"), token=Token.TEXT_MUTED, wraps=False))
        row.setSpacing(theme.grid(2))
        row.addStretch(1)
        for part in (row, self._maximum_wrong, self._maximum_says):
            self._maximum_panel.put(part)
        vouch = QHBoxLayout()
        vouch.setContentsMargins(3, 3, 3, 3)
        vouch.addWidget(self.attested, 0, Qt.AlignmentFlag.AlignTop)
        vouch.addWidget(self._attest_says, 1)
        self._attest_panel.put(vouch)
        self._second.put(self._second_says)
        typed = QHBoxLayout()
        typed.setContentsMargins(3, 0, 3, 3)
        typed.addWidget(self.name)
        typed.addStretch(1)
        for part in (self._name_says, typed, self.name_wrong):
            self._name_panel.put(part)
        panels = (self._facts, self._maximum_panel, self._attest_panel, self._second, self._name_panel, self.waiting)
        for panel in (self.changes, *panels):
            self.column.addWidget(panel)
        self.column.addStretch(1)
        self.name.textChanged.connect(self._name_typed)
        self.maximum.textEdited.connect(self._maximum_typed)
        self.attested.toggled.connect(lambda _on: self.changed.emit())
        theme.changed.connect(self._size_fields)
        self._size_fields()

    def _size_fields(self) -> None:
        self.name.setFixedWidth(theme.em(FIELD_EM))
        self.maximum.setFixedWidth(theme.em(FIELD_EM / 2))

    # What it shows

    def show_approvers(self, approvers: Approvers) -> None:
        self._approvers = approvers
        if self._draft is not None and self._draft.plan is not None:
            self._show_second(self._draft.plan)

    def show_draft(self, draft: Draft, environment: Environment, *, stale: bool) -> None:
        """`stale`: the engine says that the plan's inputs have changed, so it can't be run."""
        before = self._draft
        self._draft, self._environment = draft, environment
        plan = draft.plan
        self.changes.show_differences(draft.changed if stale else (), offers=stale)
        if plan is None:
            return
        waits = draft.run is not None and draft.run.state is RunState.WAITING
        self._show_head(plan, stale=stale, waits=waits)
        self.figures.show_figures(_facts(plan))
        self._show_maximum(plan, draft, fresh=before is None or before.plan is None or before.plan.id != plan.id)
        self._show_attestation(plan)
        self._show_second(plan)
        text = translate("wizard", "Type {name} to run the plan. Nothing on any node has changed up to here.")
        self._name_says.say(text.format(name=shown(plan.cluster)))
        self.name.setAccessibleName(translate("wizard", "The name of the cluster, {name}").format(name=plan.cluster))
        for panel in (self._facts, self._maximum_panel, self._attest_panel, self._second, self._name_panel):
            panel.setEnabled(not waits)
        self._name_panel.setVisible(not waits)
        self.waiting.setVisible(waits)
        if waits and draft.run is not None:
            self.waiting.show_run(draft.run)

    def _show_head(self, plan: Plan, *, stale: bool, waits: bool) -> None:
        if waits:
            self.head.say(
                translate("wizard", "The plan waits for its second person"),
                translate("wizard", "Nothing on any node has changed. It starts by itself once it is approved."),
                Health.UNKNOWN,
            )
        elif stale:
            self.head.say(
                translate("wizard", "The plan is no longer verified: something changed under it"),
                translate("wizard", "Nothing on any node was changed. Made anew, it fits what is so now."),
                Health.DEGRADED,
            )
        else:
            text = translate("wizard", "Approve: {title}")
            title = plan_title(plan)
            self.head.say(text.format(title=title[:1].lower() + title[1:]), _digest(plan))

    def _show_maximum(self, plan: Plan, draft: Draft, *, fresh: bool) -> None:
        there = Part.LOSS in parts(draft)
        self._maximum_panel.setVisible(there)
        if not there:
            return
        if fresh:
            self.maximum.setText(str(draft.loss_entries_max))
            self._judge_maximum()
        text = translate("wizard", "Read in the preview: {figure}. If more than this maximum would be lost after "
                                   "fencing, the plan stops before the promotion and asks.")  # fmt: skip
        self._maximum_says.say(text.format(figure=loss_figure(plan.loss)))

    def _show_attestation(self, plan: Plan) -> None:
        word = attestation_of(plan)
        self._attest_panel.setVisible(bool(word))
        if word:
            said = attestation_sentence(word, plan)
            self._attest_says.say(said)
            self.attested.setAccessibleName(said)

    def _show_second(self, plan: Plan) -> None:
        approvers = self._approvers
        if approvers is None:
            self._second_says.say(translate("wizard", "Whether a second person is needed is not known yet."))
            return
        rule = next((one.rule for one in approvers.rules if one.cluster == plan.cluster), "production")
        most = self._draft.loss_entries_max if self._draft is not None else None
        try:
            self.second_wanted = needed(policy_of(rule), self._environment, plan.operation, most)
        except ValueError:
            self.second_wanted = True
        if not self.second_wanted:
            text = translate("wizard", "Not needed here (rule: {rule}). You decide alone, and it is recorded.")
            self._second_says.say(text.format(rule=shown(rule)))
            return
        names = sorted({shown(one.person) for one in approvers.approvers})
        who = joined(names) or translate("wizard", "nobody is entered yet: 'ledger-console approvers add'")
        text = translate("wizard", "Needed (rule: {rule}). May approve: {who}. The plan then waits for it, and nothing "
                                   "changes until then.")  # fmt: skip
        self._second_says.say(text.format(rule=shown(rule), who=who))

    # What is typed

    def forget(self) -> None:
        """An answer changed: what was typed and vouched for belonged to another plan."""
        self.name.clear()
        self.attested.setChecked(False)

    @property
    def typed_name(self) -> str:
        return self.name.text().strip()

    def maximum_entries(self) -> int | None:
        """The maximum as it stands in the field; None where it is no number."""
        text = self.maximum.text().strip().replace(",", "").replace(" ", "")
        if not (text.isascii() and text.isdecimal()) or int(text) > ENTRIES_MAX:
            return None
        return int(text)

    def attestation(self) -> str:
        """What the person vouched for; empty where nothing was ticked or nothing is asked."""
        plan = self._draft.plan if self._draft is not None else None
        return attestation_of(plan) if plan is not None and self.attested.isChecked() else ""

    def missing(self) -> str:
        """What still keeps the plan from running, in words; empty where nothing does."""
        draft = self._draft
        plan = draft.plan if draft is not None else None
        if draft is None or plan is None:
            return translate("wizard", "There is no plan yet")
        if Part.LOSS in parts(draft):
            entries = self.maximum_entries()
            if entries is None:
                return translate("wizard", "The maximum loss is no number of entries")
            if _too_small(plan, entries):
                return translate("wizard", "The maximum is below the preview")
        if attestation_of(plan) and not self.attested.isChecked():
            return translate("wizard", "Nobody has vouched yet")
        if not self.typed_name:
            return translate("wizard", "Type {name} first").format(name=shown(plan.cluster))
        if self.typed_name != plan.cluster:
            if plan.cluster.startswith(self.typed_name):
                return translate("wizard", "The name is not whole")
            return translate("wizard", "The name is wrong")
        return ""

    def _name_typed(self) -> None:
        plan = self._draft.plan if self._draft is not None else None
        typed = self.typed_name
        wrong = plan is not None and bool(typed) and not plan.cluster.startswith(typed)
        text = translate("wizard", "'{typed}' is not {name}. Nothing runs until the name is right.")
        self.name_wrong.say(text.format(typed=shown(typed), name=shown(plan.cluster)) if wrong and plan else "")
        self.changed.emit()

    def _judge_maximum(self) -> bool:
        """Say what is wrong with the maximum that stands in the field; True where nothing is."""
        entries = self.maximum_entries()
        text = translate("wizard", "'{typed}' is no number of entries. Type a whole number, 0 or more.")
        plan = self._draft.plan if self._draft is not None else None
        said = text.format(typed=shown(self.maximum.text())) if entries is None else ""
        if entries is not None and plan is not None and _too_small(plan, entries):
            text = translate("wizard", "By the preview up to {most} may be lost: a smaller maximum is refused before "
                                       "it begins.")  # fmt: skip
            most = plan.loss.entries_high if plan.loss is not None else 0
            said = text.format(most=entries_text(most or 0))
        self._maximum_wrong.say(said)
        return not said

    def _maximum_typed(self) -> None:
        fine, entries = self._judge_maximum(), self.maximum_entries()
        if fine and entries is not None:
            self.maximum_chosen.emit(entries)
        self.changed.emit()

    def first_focus(self) -> QWidget:
        return self.name


def _too_small(plan: Plan, entries: int) -> bool:
    """Would the engine refuse this maximum before it begins? A loss that is not known is above every number."""
    loss = plan.loss
    return loss is not None and loss.entries_high is not None and entries < loss.entries_high


def _digest(plan: Plan) -> str:
    if not plan.digest:
        return ""
    text = translate("wizard", "Plan {digest}, made {at} by {who}")
    return text.format(digest=plan.digest[:12], at=f"{plan.made_at:%H:%M:%S}", who=shown(plan.made_by))


def _facts(plan: Plan) -> tuple[tuple[str, str, str, Token], ...]:
    figures: list[tuple[str, str, str, Token]] = []
    if plan.operation is Operation.FAILOVER or plan.loss is not None:
        below = measures.money(plan.loss.amounts) if plan.loss is not None and plan.loss.entries_low else ""
        figures.append((translate("wizard", "Would be lost now"), loss_figure(plan.loss), below, Token.TEXT))
    if plan.expected_gap_seconds is not None:
        label = translate("wizard", "Writes stop for about")
        figures.append((label, gap_text(plan.expected_gap_seconds), translate("wizard", "estimate"), Token.TEXT))
    if plan.expected_seconds is not None:
        label = translate("wizard", "Estimated time")
        figures.append((label, measures.duration(plan.expected_seconds), translate("wizard", "estimate"), Token.TEXT))
    key = plan.no_return_key
    number = next((place for place, step in enumerate(plan.steps, 1) if step.key == key), 0) if key else 0
    said = translate("wizard", "step {n}").format(n=number) if number else translate("wizard", "none")
    below = translate("wizard", "of {n} steps").format(n=len(plan.steps))
    figures.append((translate("wizard", "Point of no return"), said, below, Token.TEXT))
    return tuple(figures)


class WaitingPanel(Panel):
    """What the second person runs at their own desk, and the way for the night in which nobody answers."""

    glass_broken = Signal(object)  # the reason
    withdraw_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("wizard", "At the second person's desk"), parent=parent)
        self._run: RunView | None = None
        says = Says(translate("wizard", "The second person reads the plan and signs it with their own SSH key:"))
        self.line = QLineEdit()
        self.line.setReadOnly(True)
        self.line.setAccessibleName(translate("wizard", "The command for the second person"))
        self.copy = Act(translate("wizard", "Copy"))
        self.copy.clicked.connect(self._copy)
        self._digest = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        row = QHBoxLayout()
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(theme.grid(2))
        row.addWidget(self.line, 1)
        row.addWidget(self.copy)
        self.reason = QLineEdit()
        self.reason.setMaxLength(REASON_CHARACTERS_MAX)
        self.reason.setPlaceholderText(translate("wizard", "why nobody else can be asked"))
        self.reason.setAccessibleName(translate("wizard", "Reason for going on without a second person"))
        self.glass = Act(translate("wizard", "Go on without a second person"))
        self.glass.clicked.connect(lambda: self.glass_broken.emit(self.reason.text().strip()))
        self.reason.textChanged.connect(self._reason_typed)
        broken = QHBoxLayout()
        broken.setContentsMargins(3, 3, 3, 3)
        broken.setSpacing(theme.grid(2))
        broken.addWidget(self.reason, 1)
        broken.addWidget(self.glass)
        text = translate("wizard", "Break-glass: only with a reason. It is recorded under your name and stands in the "
                                   "report.")  # fmt: skip
        for part in (says, row, self._digest, Says(text, size_em=SMALL, token=Token.TEXT_MUTED), broken):
            self.put(part)
        self.withdraw = Act(translate("wizard", "Withdraw the plan"))
        self.withdraw.clicked.connect(self.withdraw_wanted)
        back = QHBoxLayout()
        back.addWidget(self.withdraw)
        text = translate("wizard", "It is not wanted any more: it ends here, and nothing was changed.")
        back.addWidget(Says(text, size_em=SMALL, token=Token.TEXT_MUTED), 1, Qt.AlignmentFlag.AlignVCenter)
        back.setSpacing(theme.grid(3))
        self.put(back)
        self._reason_typed()
        self.hide()

    def show_run(self, run: RunView) -> None:
        self._run = run
        command = f"ledger-console approve {run.id}"
        if self.line.text() != command:
            self.line.setText(command)
            self.line.setFont(theme.font(mono=True))
        text = translate("wizard", "Signed are the plan's digest {digest} and the maximum loss of {entries}.")
        self._digest.say(text.format(digest=run.plan.digest[:12], entries=entries_text(run.loss_entries_max)))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.line.text())

    def _reason_typed(self) -> None:
        self.glass.setEnabled(len(self.reason.text().strip()) >= REASON_CHARACTERS_MIN)
