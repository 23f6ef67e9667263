"""The preview of a restore: every step of the plan with its commands, or what a sandbox does and does not touch."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.domain.backup import BackupsView
from console.domain.plan import Plan, Step
from console.domain.restore import Goal
from console.domain.text import shown
from console.ui.backup_sentences import about
from console.ui.plan_words import plan_title
from console.ui.restore_flow import Draft, number_of, part_of_step
from console.ui.restore_words import part_name, target_sentence
from console.ui.speech import translate
from console.ui.theme import Token
from console.ui.wizard_parts import Figures, Panel, WizardPage
from console.ui.wizard_plan import NotesPanel, StepsPanel, extent_text, no_return_figure
from console.ui.wizard_rehearsal import RehearsalPanel
from console.ui.wizard_words import note_sentence


class PreviewPage(WizardPage):
    """What is read here is what runs."""

    rehearsal_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures = Figures()
        self._facts = Panel()
        self._facts.put(self.figures)
        self._notes, self._steps = NotesPanel(), StepsPanel(gap_steps=0.5)
        self.rehearsal = RehearsalPanel()
        self.rehearsal.wanted.connect(self.rehearsal_wanted)
        for part in (self._facts, self._notes, self.rehearsal, self._steps):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self._shown: object = None

    def show_draft(self, draft: Draft, view: BackupsView | None) -> None:
        sandbox = draft.goal is Goal.INSPECT
        for part in (self._facts, self.rehearsal):
            part.setVisible(not sandbox)
        self._steps.all.setVisible(not sandbox)
        if sandbox:
            self._show_sandbox(draft, view)
        elif draft.plan is not None:
            self._show_plan(draft, draft.plan)

    # A sandbox

    def _show_sandbox(self, draft: Draft, view: BackupsView | None) -> None:
        title = translate("restore", "A copy is made and opened; nothing of the cluster is touched")
        self.head.say(title, target_sentence(draft.target))
        key = ("sandbox", draft.chosen, draft.target)
        if key == self._shown:
            return
        self._shown = key
        line = translate("restore", "{n}  {sentence}")
        steps = enumerate(_sandbox_steps(draft, view), 1)
        self._steps.show_sentences([line.format(n=number, sentence=text) for number, text in steps])
        self._notes.show_notes((
            translate("restore", "It listens on no network, archives nothing, follows nobody, runs no job of its own."),
            translate("restore", "It stays open until you close it, and takes its room until then."),
            translate("restore", "Cancel takes away only the copy."),
        ))  # fmt: skip

    # A plan

    def _show_plan(self, draft: Draft, plan: Plan) -> None:
        self.head.say(plan_title(plan), extent_text(plan))
        self.figures.show_figures(_facts(plan))
        self.rehearsal.show_rehearsal(draft.rehearsal)
        key = ("plan", plan.id, plan.digest)
        if key == self._shown:
            return
        self._shown = key
        self._notes.show_notes([note for word, value in plan.notes if (note := note_sentence(word, value))])
        self._steps.show_steps(plan, lambda step: _heading(draft, step))

def _heading(draft: Draft, step: Step) -> str:
    here = part_of_step(draft, step)
    return f"{number_of(draft, here)}  {part_name(here, draft.goal)}"


def _facts(plan: Plan) -> tuple[tuple[str, str, str, Token], ...]:
    unknown = translate("restore", "not known")
    time = about(plan.expected_seconds) if plan.expected_seconds is not None else unknown
    return (
        (translate("restore", "Estimated time"), time, translate("restore", "the sum of its steps"), Token.TEXT),
        no_return_figure(plan),
    )


def _sandbox_steps(draft: Draft, view: BackupsView | None) -> tuple[str, ...]:
    chosen = draft.chosen
    host = ""
    if view is not None and chosen is not None:
        spec = view.policy.repository(chosen.repository)
        host = view.policy.sandbox_node or (spec.node if spec is not None else "")
    node = shown(host, characters_max=60) or translate("restore", "the backup host")
    lay = translate("restore", "The chain is laid out on {node}, in a directory that is not there yet.")
    count = len(chosen.chain) if chosen is not None else 0
    if count > 1:
        lay = translate("restore", "The chain of {n} backups is laid out on {node}, in a directory that is not there "
                                   "yet.")  # fmt: skip
    return (
        lay.format(node=node, n=count),
        translate("restore", "A server is started on it that nothing in its data can lead to production."),
        translate("restore", "WAL is replayed up to the moment; that it was reached is proven, not believed."),
        translate("restore", "The books of the copy are proven: every check by name, from entry 1."),
        translate("restore", "It is opened read-only, for you to ask."),
    )
