"""The course of the restore wizard: what was asked of the engine, what its answers mean, what keeps a step; no Qt."""

from collections.abc import Callable
from dataclasses import replace

from console.domain.backup import BackupsView, Job, JobKind, Window
from console.domain.plan import Plan, differences
from console.domain.restore import Goal, Target
from console.domain.run import Choice, Mode, RunState, RunView
from console.domain.text import shown
from console.link.backups import AskBackups, AskTarget, JobSeen, OpenSandbox, TargetSeen
from console.link.changes import AnswerRun, AskRun, Proposed, RunSeen, StartRun
from console.link.messages import Message, Refused
from console.ui import restore_flow as flow
from console.ui.restore_flow import Draft, Part
from console.ui.speech import translate
from console.ui.wizard_course import CHANGED


class Course:
    """Holds the draft, and at most one question that is waited for besides those about moments."""

    def __init__(self, send: Callable[[Message], None]) -> None:
        self._send = send
        self._fresh: Plan | None = None
        self.draft = Draft(cluster="")
        self.asked: Message | None = None
        self.asked_target: AskTarget | None = None  # a newer one takes its place
        self.stale = False
        self.live = True
        self.refusal: tuple[Message, Refused] | None = None
        self._windows: tuple[Window, ...] = ()  # what could be had when it was told last

    # Begin

    def begin(self, cluster: str, *, goal: Goal, target: Target, repository: str = "") -> None:
        """Whether the moment can be had is asked at once; its repositories are read, as they may be a minute old."""
        self.draft = Draft(cluster=cluster, goal=goal, target=target, repository=repository)
        self.asked = self._fresh = self.refusal = None
        self.stale = False
        self._windows = ()
        self.ask_target()
        self._read_anew()

    @property
    def runs(self) -> bool:
        """Does a run stand here that has begun and not ended?"""
        run = self.draft.run
        return run is not None and run.state not in flow.ENDED and run.state is not RunState.WAITING

    @property
    def free(self) -> bool:
        """May an answer be changed now?"""
        return self.asked is None and self.live and self.draft.run is None and self.draft.job is None

    def _ask(self, question: Message) -> None:
        self.asked, self.refusal = question, None
        self._send(question)

    def ask_target(self) -> None:
        """Can this moment be had, and by what? A person who goes on moving the slider asks anew."""
        if self.live and not flow.begun(self.draft):
            self.asked_target = flow.target_question(self.draft)
            self.refusal = None
            self._send(self.asked_target)

    def _read_anew(self) -> None:
        """A moment right before a mistake of just now is within reach only by a reading that is younger than it."""
        if self.live and not flow.begun(self.draft):
            self._send(AskBackups(cluster=self.draft.cluster, anew=True))

    # What the engine says

    def take(self, question: Message, answer: Message) -> bool:
        """The answer to a question that is waited for; False: nobody waits for it any more."""
        if isinstance(question, AskTarget):
            return self._take_target(question, answer)
        if question != self.asked:
            return False
        self.asked = None
        match answer:
            case Proposed():
                self._take_plan(answer.plan)
            case JobSeen() if isinstance(question, OpenSandbox):
                self._take_job(answer.job)
            case RunSeen() if isinstance(question, StartRun) and question.mode is Mode.REHEARSAL:
                self._take_rehearsal(answer.run)
                self._send(AskRun(run=answer.run.id))
            case RunSeen():
                self._take_run(answer.run)
                self._send(AskRun(run=answer.run.id))
            case Refused() if isinstance(question, StartRun) and answer.reason in CHANGED:
                self.stale = True  # only looks: what changed is shown before anybody takes the new plan
                self._ask(flow.proposal(self.draft))
            case Refused():
                self.refusal = (question, answer)
            case _:
                pass
        return True

    def _take_target(self, question: AskTarget, answer: Message) -> bool:
        if question != self.asked_target:
            return False
        self.asked_target = None
        if isinstance(answer, TargetSeen):
            self.draft = flow.judged(self.draft, answer.chosen, answer.unfit)
        elif isinstance(answer, Refused):
            self.refusal = (question, answer)
        return True

    def _take_plan(self, plan: Plan) -> None:
        known = self.draft.plan
        if self.stale:
            self._fresh = plan
            changed = differences(known.inputs, plan.inputs) if known is not None else ()
            self.draft = replace(self.draft, changed=changed)
            return
        self.draft = flow.planned(self.draft, plan)

    def _take_job(self, job: Job) -> None:
        draft = replace(self.draft, job=job)
        at = flow.running_part(draft)
        self.draft = replace(draft, at=at, furthest=at)

    def _take_run(self, run: RunView) -> None:
        draft = replace(self.draft, run=run, plan=run.plan, taken_back=False, changed=())
        at = flow.running_part(draft)
        self.draft = replace(draft, at=at, furthest=at)

    def _take_rehearsal(self, run: RunView) -> None:
        """A rehearsal that stopped with a question is left at once: it changed nothing to decide on."""
        known = self.draft.rehearsal
        asked = known.question if known is not None and known.id == run.id else None
        self.draft = replace(self.draft, rehearsal=replace(run, question=run.question or asked))
        if run.question is not None and asked is None and Choice.LEAVE in run.question.choices:
            self._send(AnswerRun(run=run.id, choice=Choice.LEAVE))

    def show_run(self, run: RunView) -> bool:
        """A run was told: the one that stands here or its rehearsal."""
        draft = self.draft
        known = next((one for one in (draft.run, draft.rehearsal) if one is not None and one.id == run.id), None)
        if known is None or (known.state in flow.ENDED and run.state not in flow.ENDED):
            return False
        if known is draft.run:
            self._take_run(run)
        else:
            self._take_rehearsal(run)
        return True

    def show_job(self, job: Job) -> bool:
        """The sandbox's work as it stands; what has ended does not run again."""
        known = self.draft.job
        if known is None or known.id != job.id or job.kind is not JobKind.RESTORE:
            return False
        if known.state in flow.JOB_ENDED and job.state not in flow.JOB_ENDED:
            return False
        self._take_job(job)
        return True

    def show_view(self, view: BackupsView) -> None:
        """The open copy appears in the view once its work is done; one that was closed is gone.

        A moment that could not be had is asked for again where more can be had than before.
        """
        windows, self._windows = self._windows, view.windows
        if windows != view.windows and self.draft.unfit is not None and self.free:
            self.ask_target()
        job = self.draft.job
        if job is None:
            return
        told = next((one for one in view.jobs if one.id == job.id), None)
        if told is not None:
            self.show_job(told)
        sandbox = next((one for one in view.sandboxes if one.id == job.id), None)
        if sandbox != self.draft.sandbox:
            draft = replace(self.draft, sandbox=sandbox)
            at = flow.running_part(draft)
            self.draft = replace(draft, at=at, furthest=at)

    def set_live(self, live: bool) -> None:
        """The engine went or came back. A plan is asked for again by a person; how a run stands, by itself."""
        self.live = live
        if not live:
            self.asked = self.asked_target = None
            return
        if self.draft.run is not None:
            self._send(AskRun(run=self.draft.run.id))
        elif self.draft.cluster and self.draft.chosen is None and self.draft.unfit is None:
            self.ask_target()

    # What a person answers

    def answer(self, change: Callable[[Draft], Draft]) -> None:
        """An answer of a step; where another moment or repository is wanted, it is asked for at once."""
        if not self.free:
            return
        before = self.draft
        self.draft = change(self.draft)
        if (self.draft.target, self.draft.repository) != (before.target, before.repository):
            self.ask_target()

    def ask_again(self) -> None:
        if not self.free:
            return
        if self.draft.at in (Part.SPACE, Part.PREVIEW, Part.APPROVAL) and self.draft.goal is not Goal.INSPECT:
            self._ask(flow.proposal(self.draft))
        else:
            self.ask_target()

    def rehearse(self) -> None:
        if self.free and self.draft.at is Part.PREVIEW and self.draft.plan is not None:
            self._ask(flow.start(self.draft, Mode.REHEARSAL))

    def open_sandbox(self, words: str) -> None:
        if self.free:
            self._ask(flow.sandbox_question(self.draft, words))

    def start(self, *, confirmed: str, attested: str) -> None:
        self.draft = replace(self.draft, taken_back=False)
        self._ask(flow.start(self.draft, Mode.REAL, confirmed=confirmed, attested=attested))

    def take_fresh(self) -> None:
        """Read the plan that was made anew, from its checks on."""
        fresh, changed = self._fresh, self.draft.changed
        self._fresh, self.stale = None, False
        draft = replace(self.draft, taken_back=True, furthest=Part.SPACE, at=Part.SPACE, rehearsal=None)
        if fresh is None:
            self.draft = draft
            self._ask(flow.proposal(draft))
        else:
            self.draft = replace(flow.planned(draft, fresh), changed=changed)

    # Steps

    def open(self, part: Part | None) -> None:
        """Show a step that was read before."""
        if part is not None and self.asked is None and flow.may_open(self.draft, part):
            self._went(part)

    def go_to(self, part: Part | None) -> None:
        """Go ahead to a step; the one that needs a plan has it made."""
        if part is None:
            return
        self._went(part)
        if part is Part.SPACE and self.draft.goal is not Goal.INSPECT and self.draft.plan is None:
            self._ask(flow.proposal(self.draft))

    def _went(self, part: Part) -> None:
        came = part is Part.POINT and self.draft.at is not part
        self.draft = flow.went(self.draft, part)
        if came:
            self._read_anew()

    def blocked(self) -> str:
        """Why the next action can't be had now; empty where it can. What a field lacks is the page's to say."""
        draft = self.draft
        if not self.live:
            return translate("restore", "The engine is away")
        if self.asked is not None:
            return translate("restore", "Waiting for the answer")
        if self.stale:
            return ""
        match draft.at:
            case Part.GOAL:
                return ""
            case Part.POINT | Part.CHAIN:
                return self._moment_blocked()
            case Part.TARGET:
                return _target_blocked(draft)
            case Part.SPACE | Part.PREVIEW if draft.goal is not Goal.INSPECT:
                return _plan_blocked(draft)
            case Part.APPROVAL if draft.run is not None:
                return translate("restore", "It starts by itself once it is approved")
            case _:
                return ""

    def _moment_blocked(self) -> str:
        if self.draft.unfit is not None:
            return translate("restore", "This moment can't be had: choose one that can")
        if self.draft.chosen is None:
            asking = self.asked_target is not None
            return translate("restore", "Asking whether it can be had") if asking else (
                translate("restore", "Whether it can be had is not known: F5 asks"))  # fmt: skip
        return ""


def _target_blocked(draft: Draft) -> str:
    if not draft.node:
        return translate("restore", "No node is chosen")
    if draft.node_typed != draft.node:
        text = translate("restore", "Type {name} to say that this card is the one you mean")
        return text.format(name=shown(draft.node, characters_max=60))
    return ""


def _plan_blocked(draft: Draft) -> str:
    plan = draft.plan
    if plan is None:
        return translate("restore", "There is no plan yet: F5 asks for it")
    if plan.refused or not plan.steps:
        return translate("restore", "The plan is refused")
    return ""
