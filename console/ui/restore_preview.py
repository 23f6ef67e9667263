"""The preview of a restore: every step of the plan with its commands, or what a sandbox does and does not touch."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.backup import BackupsView
from console.domain.plan import Plan
from console.domain.restore import Goal
from console.domain.text import shown
from console.ui import theme
from console.ui.backup_sentences import about
from console.ui.chip import Chip
from console.ui.controls import Rule, Says
from console.ui.plan_words import plan_title
from console.ui.restore_flow import Draft, Part, number_of, part_of_step
from console.ui.restore_words import part_name, target_sentence
from console.ui.speech import counted, translate
from console.ui.theme import Token
from console.ui.wizard_parts import Figures, Panel, WizardPage, clear
from console.ui.wizard_plan import NoReturnRule, StepRow
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
        self._notes = Panel(translate("restore", "To be known before"))
        self._notes_list = QVBoxLayout()
        self._notes.put(self._notes_list)
        self.rehearsal = RehearsalPanel()
        self.rehearsal.wanted.connect(self.rehearsal_wanted)
        self._steps = Panel(translate("restore", "Every step"))
        self.all = Chip(translate("restore", "Show every command"), checkable=True)
        self.all.toggled.connect(self._open_all)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.grid(0.5))
        self._steps.put_right(self.all)
        self._steps.put(self._list)
        for part in (self._facts, self._notes, self.rehearsal, self._steps):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.rows: tuple[StepRow, ...] = ()
        self._shown: object = None

    def _open_all(self, on: bool) -> None:
        for row in self.rows:
            row.open(on)

    def show_draft(self, draft: Draft, view: BackupsView | None) -> None:
        sandbox = draft.goal is Goal.INSPECT
        for part in (self._facts, self.rehearsal):
            part.setVisible(not sandbox)
        self.all.setVisible(not sandbox)
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
        self.rows = ()
        clear(self._list)
        for number, text in enumerate(_sandbox_steps(draft, view), 1):
            if number > 1:
                self._list.addWidget(Rule())
            line = translate("restore", "{n}  {sentence}").format(n=number, sentence=text)
            self._list.addWidget(Says(line))
        clear(self._notes_list)
        for text in (
            translate("restore", "It listens on no network, archives nothing, follows nobody, runs no job of its own."),
            translate("restore", "It stays open until you close it, and takes its room until then."),
            translate("restore", "Cancel takes away only the copy."),
        ):
            self._notes_list.addWidget(Says(text))
        self._notes.show()

    # A plan

    def _show_plan(self, draft: Draft, plan: Plan) -> None:
        hosts = len({act.node for step in plan.steps for act in step.acts})
        text = translate("restore", "{steps} on {hosts}. What is read here is what runs, and nothing else.")
        self.head.say(
            plan_title(plan),
            text.format(
                steps=counted(len(plan.steps), translate("restore", "1 step"), translate("restore", "{n} steps")),
                hosts=counted(hosts, translate("restore", "1 host"), translate("restore", "{n} hosts")),
            ),
        )
        self.figures.show_figures(_facts(plan))
        self.rehearsal.show_rehearsal(draft.rehearsal)
        key = ("plan", plan.id, plan.digest)
        if key == self._shown:
            return
        self._shown = key
        clear(self._notes_list)
        said = [note for word, value in plan.notes if (note := note_sentence(word, value))]
        for note in said:
            self._notes_list.addWidget(Says(note))
        self._notes.setVisible(bool(said))
        self._show_steps(draft, plan)

    def _show_steps(self, draft: Draft, plan: Plan) -> None:
        clear(self._list)
        rows: list[StepRow] = []
        part: Part | None = None
        for number, step in enumerate(plan.steps, 1):
            here = part_of_step(draft, step)
            if here is not part:
                part = here
                words = f"{number_of(draft, here)}  {part_name(here, draft.goal)}"
                self._list.addSpacing(theme.grid(2) if rows else 0)
                self._list.addWidget(Says(words, bold=True))
            if step.no_return:
                rule = translate("restore", "Point of no return: from step {n} on it only leads forward")
                self._list.addWidget(NoReturnRule(rule.format(n=number)))
            elif rows:
                self._list.addWidget(Rule())
            rows.append(StepRow(plan, step, number))
            self._list.addWidget(rows[-1])
        self.rows = tuple(rows)
        if self.all.isChecked():
            self._open_all(True)


def _facts(plan: Plan) -> tuple[tuple[str, str, str, Token], ...]:
    unknown = translate("restore", "not known")
    time = about(plan.expected_seconds) if plan.expected_seconds is not None else unknown
    key = plan.no_return_key
    said, below = translate("restore", "none"), translate("restore", "every step can be taken back")
    if key is not None:
        number = next(place for place, step in enumerate(plan.steps, 1) if step.key == key)
        said = translate("restore", "step {n}").format(n=number)
        below = translate("restore", "before it, Cancel leaves all as it was")
    return (
        (translate("restore", "Estimated time"), time, translate("restore", "the sum of its steps"), Token.TEXT),
        (translate("restore", "Point of no return"), said, below, Token.TEXT),
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
