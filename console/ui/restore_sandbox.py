"""A sandbox while it is made and once it is open: progress, what was proven of it, and the door to ask it."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.domain.backup import BackupsView, Job, JobState
from console.domain.text import shown
from console.domain.verdict import Health
from console.link.backups import CloseSandbox
from console.ui import theme
from console.ui.backup_job_bar import CANCEL_KEY, JobRow
from console.ui.backup_selected import CheckRows
from console.ui.backup_sentences import mend_text
from console.ui.backup_state import marks_of
from console.ui.backup_words import capital, detail_text, reason_clause
from console.ui.controls import Act, Says
from console.ui.measures import duration, number
from console.ui.restore_flow import Draft
from console.ui.restore_words import chain_end
from console.ui.speech import translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_parts import Figures, Panel, WizardPage


class SandboxPage(WizardPage):
    """Shows the work of making the copy; it may be left, and goes on."""

    wants = Signal(object)  # CancelJob, CloseSandbox
    ask_wanted = Signal(object)  # SandboxSeen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: Draft | None = None
        self._work = Panel()
        self.job = JobRow(key=CANCEL_KEY)
        self.job.cancel_wanted.connect(self.wants)
        self._work.put(self.job)
        self._facts = Panel()
        self.figures = Figures()
        self._facts.put(self.figures)
        self._proof = Panel(translate("restore", "What was checked of it"))
        self.checks = CheckRows()
        self._proof.put(self.checks)
        self.ask = Act(translate("restore", "Ask the copy …"), tall_steps=8)
        self.close_copy = Act(translate("restore", "Close it, take it away"), tall_steps=8)
        self.ask.clicked.connect(self._ask)
        self.close_copy.clicked.connect(self._close)
        row = QHBoxLayout()
        row.setSpacing(theme.grid(2))
        row.addWidget(self.ask)
        row.addWidget(self.close_copy)
        row.addStretch(1)
        self._acts = Panel()
        self._acts.put(row)
        note = translate("restore", "Left open, it stays: the Backups page shows it, and closes it.")
        self._acts.put(Says(note, size_em=SMALL, token=Token.TEXT_MUTED))
        for card in (self._work, self._facts, self._proof, self._acts):
            self.column.addWidget(card)
        self.column.addStretch(1)

    def show_draft(self, draft: Draft, view: BackupsView | None, now: datetime, *, live: bool) -> None:
        self._draft = draft
        job = draft.job
        if job is None:
            return
        running = job.state in (JobState.RUNNING, JobState.UNSEEN)
        self._work.setVisible(running)
        if running:
            self.job.show_job(job, live=live)
            self.head.say(
                translate("restore", "The copy is being made"),
                translate("restore", "You may leave: it goes on, and opens by itself. No node of the cluster changes."),
            )
        opened = draft.sandbox is not None
        for card in (self._facts, self._acts):
            card.setVisible(opened)
        self.ask.setEnabled(live)
        self.close_copy.setEnabled(live)
        last = chain_end(draft.chosen, view) if draft.chosen is not None and view is not None else None
        marks = marks_of(view, last) if view is not None and last is not None else {}
        fresh = {check: one for check, one in marks.items() if one.at >= job.begun_at}
        self._proof.setVisible(not running and last is not None and bool(fresh))
        if last is not None and not running:
            self.checks.show_marks(last, fresh, now)
        if not running:
            self._show_end(draft, job)

    def _show_end(self, draft: Draft, job: Job) -> None:
        sandbox = draft.sandbox
        if sandbox is None:
            self._show_not_open(job)
            return
        head = number(sandbox.head_number) if sandbox.head_number is not None else translate("restore", "not read")
        self.head.say(
            translate("restore", "The copy is open, read-only, and ends at entry {n}").format(n=head),
            translate("restore", "On {node}; no node of the cluster was changed.").format(
                node=shown(sandbox.node, characters_max=60)
            ),
            Health.HEALTHY if sandbox.running else Health.LOST,
        )
        took = translate("restore", "not known")
        if job.ended_at is not None:
            took = duration((job.ended_at - job.begun_at).total_seconds())
        unknown = translate("restore", "not known")
        position = str(sandbox.position) if sandbox.position is not None else unknown
        timeline = str(sandbox.timeline) if sandbox.timeline is not None else unknown
        line = translate("restore", "timeline {n}").format(n=timeline)
        self.figures.show_figures((
            (translate("restore", "Last entry"), head, translate("restore", "of the copy"), Token.TEXT),
            (translate("restore", "Replayed to"), position, line, Token.TEXT),
            (translate("restore", "It took"), took, translate("restore", "from the press to open"), Token.TEXT),
        ))  # fmt: skip

    def _show_not_open(self, job: Job) -> None:
        match job.state:
            case JobState.CANCELLED:
                title, health = translate("restore", "Cancelled: the copy was taken away"), Health.UNKNOWN
                below = translate("restore", "Nothing else was touched.")
            case JobState.FAILED:
                text = translate("restore", "The copy could not be opened: {reason}")
                title, health = text.format(reason=reason_clause(job.reason or "broken-off")), Health.LOST
                node = shown(job.node, characters_max=60)
                kept = translate("restore", "No node of the cluster was changed.")
                parts = [kept, capital(detail_text(job.detail)), mend_text(job.reason).format(node=node)]
                below = " ".join(part for part in parts if part)
            case _:
                title, health = translate("restore", "The copy is made, and is being looked for"), Health.UNKNOWN
                below = translate("restore", "The engine tells of it in a moment.")
        self.head.say(title, below, health)

    def _ask(self) -> None:
        if self._draft is not None and self._draft.sandbox is not None:
            self.ask_wanted.emit(self._draft.sandbox)

    def _close(self) -> None:
        draft = self._draft
        if draft is not None and draft.sandbox is not None:
            self.close_copy.setEnabled(False)
            self.wants.emit(CloseSandbox(cluster=draft.cluster, sandbox=draft.sandbox.id))

    def first_focus(self) -> QWidget | None:
        return self.ask if self._acts.isVisibleTo(self) else None
