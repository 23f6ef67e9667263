"""The backups part of the tour: made and proven, an accident in the books, and the ledger back to just before it."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from console.domain.backup import Backup, BackupCheck, BackupsView, Job, JobKind, JobState
from console.domain.backup_policy import BackupKind
from console.domain.books import Proof
from console.domain.restore import Goal, TargetKind
from console.domain.run import Choice, RunState, RunView
from console.link.backups import AskBackups
from console.link.books import AskBooks, Books
from console.tour_hands import (
    CLUSTER,
    PAGE_SETTLE_SECONDS,
    SETTLE_SECONDS,
    Hands,
    Looks,
    Seen,
    TourFailed,
    refusals,
    there,
)
from console.ui import backup_state
from console.ui.backups_page import BackupsPage
from console.ui.books_words import check_name as book_check_name
from console.ui.main_window import BACKUPS
from console.ui.main_window import CLUSTER as CLUSTER_PAGE
from console.ui.places import Place
from console.ui.plan_words import run_headline
from console.ui.restore_flow import Part, number_of
from console.ui.restore_wizard import RestoreWizard

ACCIDENT: Final = "delete-postings"
ACCEPT: Final = "accept"
READ_SECONDS: Final = 2.0  # between two readings of the repository that are asked for
WORK_SECONDS_MAX: Final = 240.0  # reading every page of a restored copy, or a whole cluster laid out anew


class Backups:
    """The steps of the tour from the first backup to a ledger that went back, by what a person would press."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._moment: datetime | None = None  # just before the accident

    # The steps

    def first(self) -> Seen:
        """One button: a full backup, restored into a sandbox at once, its books proven."""
        hands = self._hands
        hands.window.go_to_page(BACKUPS, Place(CLUSTER))
        page = self._page
        hands.until(lambda: _was_read(page.view), "the repository to be read")
        hands.rest(SETTLE_SECONDS)
        empty = hands.picture("backups-none-yet")
        page.empty.backup.click()
        made = self._made(0, BackupKind.FULL)
        proof = self._job(lambda job: job.kind is JobKind.PROVE and job.backup == made.id, "the restore test")
        hands.until(lambda: self._proof(made) is backup_state.Proof.PROVEN, f"the proof of {made.id}")
        hands.rest(SETTLE_SECONDS)
        mark = backup_state.marks_of(self._view, made)[BackupCheck.BOOKS]
        return Seen(
            f"{page.title.text}; {made.id} was restored and its books proven up to entry {mark.entry} "
            f"in {_seconds(proof):.0f} s",
            (empty, *hands.pictures("backups-proven")),
        )  # fmt: skip

    def incremental(self) -> Seen:
        """'Back up now': only what changed since, though another node leads by now."""
        hands, page = self._hands, self._page
        hands.window.go_to_page(BACKUPS, Place(CLUSTER))
        # Until its history has come to the repository, nothing there can be known to be of the new primary's past.
        self._read_until(self._knows_line, "the history of the new timeline in the repository")
        hands.until(lambda: page.bar.split.act.isEnabled(), "'Back up now' to be offered")
        before = len(backup_state.every_backup(self._view))
        page.bar.split.press()
        made = self._made(before, BackupKind.INCREMENTAL)
        hands.rest(SETTLE_SECONDS)
        kept = hands.pictures("backups")
        return Seen(f"{made.id} stands on {made.parent}; its own timeline is {made.timeline}", kept)

    def accident(self) -> Seen:
        """Somebody with every right deletes from the books. What is wanted back is the second before."""
        hands = self._hands
        hands.window.go_to_page(CLUSTER_PAGE, Place(CLUSTER))
        primary = hands.view.primary
        if primary is None:
            raise TourFailed("there is no primary to have an accident on")
        self._moment = hands.view.at.replace(microsecond=0)
        hands.fault(ACCIDENT, primary)
        said = hands.ask(AskBooks(cluster=CLUSTER, node=primary))
        if not isinstance(said, Books) or said.proof.proof is not Proof.FAILED:
            raise TourFailed(f"postings were deleted, and the proof of books says {said}")
        hands.rest(SETTLE_SECONDS)
        kept = hands.picture("accident")
        return Seen(
            f"after {self._moment:%H:%M:%S}; the cluster is {hands.cause()} as before, and the proof of books fails "
            f"at: {_failed(said)}", (kept,),
        )  # fmt: skip

    def point(self) -> Seen:
        """The wizard: the whole cluster, to the second before the accident; read to the approval."""
        hands, page, moment = self._hands, self._page, self._moment
        assert moment is not None
        hands.window.go_to_page(BACKUPS, Place(CLUSTER))
        self._read_until(lambda: self._holds(moment), "WAL of after that moment in the repository")
        page.selected.restore.click()
        wizard = self._wizard
        wizard.choose_goal(Goal.CLUSTER)
        kept = list(self._step(wizard))
        field = wizard.point_page.exact.fields[TargetKind.TIME]
        field.clear()
        field.insert(f"{moment:%Y-%m-%d %H:%M:%S}")
        field.editingFinished.emit()
        hands.until(lambda: wizard.draft.target.time == moment and _judged(wizard), "whether that moment can be had")
        kept += hands.pictures(_picture_name(wizard))
        while wizard.draft.at is not Part.APPROVAL:
            kept += self._step(wizard, picture=wizard.draft.at is not Part.POINT)
        kept.append(hands.picture(_picture_name(wizard)))
        plan, chosen = wizard.draft.plan, wizard.draft.chosen
        assert plan is not None and chosen is not None
        return Seen(
            f"{' + '.join(chosen.chain)} and WAL, back to {moment:%H:%M:%S}; the plan has {len(plan.steps)} steps "
            f"and {len(plan.checks)} checks, none refuses",
            tuple(kept),
        )  # fmt: skip

    def run(self) -> Seen:
        """It runs to the gate, where nothing of the old is gone; its books are read, accepted, and it goes on."""
        hands, wizard = self._hands, self._wizard
        seen = Looks(hands, lambda: wizard.draft.at if wizard.course.runs else None, lambda: _picture_name(wizard))
        assert hands.desk is not None
        wizard.approval_page.name.setText(CLUSTER)
        wizard.foot.next.click()
        hands.desk.bridge.run_seen.connect(seen.look)
        try:
            hands.until(lambda: _asks(wizard), "the restored copy at the gate", seconds_max=WORK_SECONDS_MAX)
            hands.rest(PAGE_SETTLE_SECONDS)
            gate = hands.pictures("restore-accept")
            proven = _books(there(wizard.draft.run))
            self._accept(wizard)
            hands.until(lambda: _ended(wizard), "the proven end of the restore", seconds_max=WORK_SECONDS_MAX)
        finally:
            hands.desk.bridge.run_seen.disconnect(seen.look)
        return Seen(f"accepted with {proven}; {run_headline(there(wizard.draft.run))}", (*seen.keep(), *gate))

    def report(self) -> Seen:
        """What was restored, what was proven, and the ledger as it stands again."""
        hands, wizard = self._hands, self._wizard
        hands.rest(SETTLE_SECONDS)
        run = there(wizard.draft.run)
        kept = hands.pictures(_picture_name(wizard), settle_seconds=PAGE_SETTLE_SECONDS)
        papers = hands.papers(run, "restore")
        proven, restored = _books(run), dict(run.facts).get("restored_number", "")
        wizard.foot.next.click()
        hands.window.go_to_page(CLUSTER_PAGE, Place(CLUSTER))
        hands.until(lambda: hands.cause() == "healthy", "a healthy cluster")
        hands.rest(SETTLE_SECONDS)
        after = hands.pictures("restored")
        return Seen(f"{hands.sentence()}; restored up to entry {restored}, {proven}", (*kept, *after), papers)

    # The page

    @property
    def _page(self) -> BackupsPage:
        page = self._hands.window.page(BACKUPS)
        assert isinstance(page, BackupsPage)
        return page

    @property
    def _view(self) -> BackupsView:
        view = self._page.view
        if view is None:
            raise TourFailed("the Backups page shows nothing")
        return view

    def _proof(self, backup: Backup) -> backup_state.Proof:
        return backup_state.proof_of(backup, backup_state.marks_of(self._view, backup))

    def _made(self, before: int, kind: BackupKind) -> Backup:
        """The backup that is made now, once it stands in the repository."""
        hands = self._hands

        def stands() -> bool:
            _raise_failed(self._view.jobs)
            return len(backup_state.every_backup(self._view)) > before

        hands.until(stands, f"the {kind.value} backup")
        made = backup_state.every_backup(self._view)[-1]
        if made.kind is not kind:
            raise TourFailed(f"{made.id} is {made.kind.value} and not {kind.value}")
        return made

    def _job(self, wanted: Callable[[Job], bool], what: str) -> Job:
        """A piece of work that ended well."""

        def done() -> Job | None:
            _raise_failed(self._view.jobs)
            return next((job for job in self._view.jobs if wanted(job) and job.state is JobState.DONE), None)

        self._hands.until(lambda: done() is not None, what, seconds_max=WORK_SECONDS_MAX)
        job = done()
        assert job is not None
        return job

    def _read_until(self, holds: Callable[[], bool], what: str) -> None:
        """Have the repository read again and again until this holds."""
        hands, due = self._hands, 0.0

        def look() -> bool:
            nonlocal due
            if not holds() and hands.ticks() >= due:
                self._page.wants.emit(AskBackups(cluster=CLUSTER, anew=True))
                due = hands.ticks() + READ_SECONDS
            return holds()

        hands.until(look, what)

    def _knows_line(self) -> bool:
        """Does the repository know where the primary's timeline comes from?"""
        cluster = self._hands.view
        timeline = next((node.timeline for node in cluster.nodes if node.name == cluster.primary), None)
        return any(fork.timeline == timeline for one in self._view.repositories for fork in one.wal.forks)

    def _holds(self, moment: datetime) -> bool:
        """Does the repository hold WAL of after this moment?"""
        return any(one.end_at is not None and one.end_at > moment for one in self._view.windows)

    # The wizard

    @property
    def _wizard(self) -> RestoreWizard:
        assert self._hands.desk is not None
        wizard = self._hands.desk.restores.wizard
        if wizard is None:
            raise TourFailed("no restore wizard was opened")
        return wizard

    def _step(self, wizard: RestoreWizard, *, picture: bool = True) -> tuple[str, ...]:
        """Answer what this step asks, keep a picture of it, and press the one next action."""
        hands, at = self._hands, wizard.draft.at
        if at is Part.TARGET:
            wizard.target_page.name.setText(wizard.draft.node)
            wizard.target_page.typed.emit(wizard.draft.node)
        hands.until(lambda: wizard.course.asked is None and wizard.course.asked_target is None, "the engine's answer")
        hands.rest(PAGE_SETTLE_SECONDS)
        kept = (hands.picture(_picture_name(wizard)),) if picture else ()
        if not wizard.foot.next.isEnabled():
            why = f"{wizard.foot.reason.text}{refusals(wizard.draft.plan)}. {wizard.trouble.says.text}"
            raise TourFailed(f"it stops at '{at.value}': {why}")
        wizard.foot.next.click()
        hands.until(lambda: wizard.draft.at is not at, f"the step after '{at.value}'")
        return kept

    def _accept(self, wizard: RestoreWizard) -> None:
        """Press what lets it go on."""
        run = there(wizard.draft.run)
        assert run.question is not None
        wizard.run_panel.question.buttons[run.question.choices.index(Choice.GO_ON)].click()
        self._hands.until(lambda: not _asks(wizard), "the run to go on")


def _was_read(view: BackupsView | None) -> bool:
    return view is not None and bool(view.repositories) and all(one.at is not None for one in view.repositories)


def _raise_failed(jobs: tuple[Job, ...]) -> None:
    for job in jobs:
        if job.state in (JobState.FAILED, JobState.CANCELLED):
            raise TourFailed(f"{job.kind.value} {job.id} came to '{job.state.value}': {job.reason} {job.detail}")


def _seconds(job: Job) -> float:
    return (job.ended_at - job.begun_at).total_seconds() if job.ended_at is not None else 0.0


def _picture_name(wizard: RestoreWizard) -> str:
    """By the step's number, so that a folder shows them in order."""
    at = wizard.draft.at
    return f"restore-{number_of(wizard.draft, at):02d}-{at.value}"


def _judged(wizard: RestoreWizard) -> bool:
    """Can the moment be had? Raises TourFailed where it can't."""
    unfit = wizard.draft.unfit
    if unfit is not None:
        raise TourFailed(f"that moment can't be had: {unfit.reason} {unfit.detail}")
    return wizard.draft.chosen is not None and wizard.course.asked_target is None


def _asks(wizard: RestoreWizard) -> bool:
    """Does the run wait for a person to accept? Raises TourFailed where it was not begun, or stopped elsewhere."""
    run = wizard.draft.run
    if run is None:
        if wizard.course.asked is None:
            raise TourFailed(f"the restore was not begun: {wizard.trouble.says.text or wizard.foot.reason.text}")
        return False
    question = run.question
    if run.state in (RunState.CANCELLED, RunState.LEFT, RunState.DONE):
        raise TourFailed(f"the restore came to '{run.state.value}' before its gate")
    if run.state is RunState.ASKING and question is not None and question.step != ACCEPT:
        raise TourFailed(f"the restore stopped: {question.asks.value} at {question.step} {question.detail}")
    return run.state is RunState.ASKING


def _ended(wizard: RestoreWizard) -> bool:
    """Has it come to its proven end? Raises TourFailed where it came to another one."""
    run = there(wizard.draft.run)
    if run.state in (RunState.ASKING, RunState.CANCELLED, RunState.LEFT):
        asks = f"{run.question.asks.value} at {run.question.step}" if run.question else run.state.value
        raise TourFailed(f"the restore did not come to its end: {asks}")
    return wizard.draft.at is Part.REPORT


def _failed(books: Books) -> str:
    """The checks that failed, each once."""
    failed = (one.check for one in books.proof.outcomes() if one.proof is Proof.FAILED)
    return ", ".join(book_check_name(check) for check in dict.fromkeys(failed))


def _books(run: RunView) -> str:
    """What the proof of the books said. Raises TourFailed where nothing of it holds, or something does not."""
    failed = [line.check for line in run.books if line.outcome == "failed"]
    proven = [line for line in run.books if line.outcome == "proven"]
    if failed or not proven:
        raise TourFailed(f"the restored books are not proven: {', '.join(failed) or 'nothing was looked at'}")
    return f"{len(proven)} checks of the books proven"
