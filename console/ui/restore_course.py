"""The course of the restore wizard: what was asked of the engine, what its answers mean, what keeps a step; no Qt."""

from collections.abc import Callable
from dataclasses import replace

from console.domain.backup import BackupsView, Job, JobKind, Window
from console.domain.plan import Plan
from console.domain.restore import Goal, Target
from console.domain.run import Mode
from console.domain.text import shown
from console.link.backups import AskBackups, AskTarget, JobSeen, OpenSandbox, TargetSeen
from console.link.messages import Message, Refused
from console.ui import restore_flow as flow
from console.ui.plan_course import PlanCourse
from console.ui.restore_flow import Draft, Part
from console.ui.speech import translate


class Course(PlanCourse):
    """Besides the one question that is waited for, one about a moment may be."""

    draft: Draft

    def __init__(self, send: Callable[[Message], None]) -> None:
        super().__init__(send)
        self.draft = Draft(cluster="")
        self.asked_target: AskTarget | None = None  # a newer one takes its place
        self._windows: tuple[Window, ...] = ()  # what could be had when it was told last

    # Begin

    def begin(self, cluster: str, *, goal: Goal, target: Target, repository: str = "") -> None:
        """Whether the moment can be had is asked at once; its repositories are read, as they may be a minute old."""
        self.draft = Draft(cluster=cluster, goal=goal, target=target, repository=repository)
        self._forget()
        self._windows = ()
        self.ask_target()
        self._read_anew()

    @property
    def free(self) -> bool:
        return super().free and self.draft.job is None

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
        return super().take(question, answer)

    def _take_own(self, question: Message, answer: Message) -> bool:
        if not isinstance(question, OpenSandbox) or not isinstance(answer, JobSeen):
            return False
        self._take_job(answer.job)
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

    def _put_plan(self, plan: Plan) -> None:
        self.draft = flow.planned(self.draft, plan)

    def _ask_plan(self) -> None:
        self._ask(flow.proposal(self.draft))

    def _ask_first(self) -> None:
        if self.draft.chosen is None and self.draft.unfit is None:
            self.ask_target()

    def _go_to_run(self) -> None:
        self.draft = flow.at_run(self.draft)

    def _go_to_checks(self) -> None:
        self.draft = replace(self.draft, furthest=Part.SPACE, at=Part.SPACE)

    def _take_job(self, job: Job) -> None:
        self.draft = flow.at_run(replace(self.draft, job=job))

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
            self.draft = flow.at_run(replace(self.draft, sandbox=sandbox))

    def set_live(self, live: bool) -> None:
        if not live:
            self.asked_target = None
        super().set_live(live)

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

    def _step_blocked(self) -> str:
        draft = self.draft
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
