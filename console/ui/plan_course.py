"""What both wizards' courses hold alike: the one question waited for, the plan and its run as they are told; no Qt."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from console.domain.plan import Difference, Plan, differences
from console.domain.run import Choice, Mode, RunState, RunView
from console.link.changes import AnswerRun, AskRun, Proposed, RunSeen, StartRun
from console.link.messages import Message, Refused
from console.ui.speech import translate

CHANGED: Final = frozenset({"inputs-changed", "other-plan", "no-plan"})  # the plan is no longer verified
ENDED: Final = frozenset({RunState.DONE, RunState.CANCELLED, RunState.LEFT})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDraft:
    """What every wizard's draft holds; each adds its own answers, and steps of its own as `at` and `furthest`."""

    cluster: str
    at: Enum
    furthest: Enum  # how far was read; what lies behind it is not done
    plan: Plan | None = None
    rehearsal: RunView | None = None
    run: RunView | None = None
    taken_back: bool = False  # an approval that was begun, by a changed answer
    changed: tuple[Difference, ...] = ()  # inputs that are no longer what the plan was made from


class PlanCourse(ABC):
    """Holds the draft, and at most one question that is waited for. `send` gives a message to the engine."""

    draft: PlanDraft

    def __init__(self, send: Callable[[Message], None]) -> None:
        self._send = send
        self._fresh: Plan | None = None  # made after the engine refused the one that stands here
        self.asked: Message | None = None  # the question whose answer is waited for
        self.stale = False  # the engine says that the plan is no longer verified
        self.live = True
        self.refusal: tuple[Message, Refused] | None = None

    def _forget(self) -> None:
        self.asked = self._fresh = self.refusal = None
        self.stale = False

    @property
    def runs(self) -> bool:
        """Does a run stand here that has begun and not ended?"""
        run = self.draft.run
        return run is not None and run.state not in ENDED and run.state is not RunState.WAITING

    @property
    def free(self) -> bool:
        """May an answer be changed now?"""
        return self.asked is None and self.live and self.draft.run is None

    def _ask(self, question: Message) -> None:
        self.asked, self.refusal = question, None
        self._send(question)

    # What each wizard does in its own way

    @abstractmethod
    def _ask_plan(self) -> None:
        """Ask for the plan that the answers so far ask for."""

    @abstractmethod
    def _put_plan(self, plan: Plan) -> None:
        """The draft with this plan."""

    @abstractmethod
    def _go_to_checks(self) -> None:
        """Stand at the checks of the plan; what was read after them is not done."""

    @abstractmethod
    def _go_to_run(self) -> None:
        """Stand at the step that the run is in."""

    @abstractmethod
    def _ask_first(self) -> None:
        """The engine is back and there is no run: ask for what everything rests on, where it is not known."""

    @abstractmethod
    def _take_own(self, question: Message, answer: Message) -> bool:
        """The answer to a question that only this wizard asks; False: it is none."""

    @abstractmethod
    def _step_blocked(self) -> str:
        """Why the next action of this step can't be had now; empty where it can."""

    @abstractmethod
    def ask_again(self) -> None:
        """Ask anew for what this step shows."""

    @abstractmethod
    def rehearse(self) -> None:
        """Rehearse the plan, where a person stands that reads it."""

    @abstractmethod
    def start(self, *, confirmed: str, attested: str) -> None:
        """Run the plan that stands here."""

    # What the engine says

    def take(self, question: Message, answer: Message) -> bool:
        """The answer to the question that is waited for; False: nobody waits for this one any more."""
        if question != self.asked:
            return False
        self.asked = None
        if self._take_own(question, answer):
            return True
        match answer:
            case Proposed():
                self._take_plan(answer.plan)
            case RunSeen() if isinstance(question, StartRun) and question.mode is Mode.REHEARSAL:
                self._take_rehearsal(answer.run)
                self._send(AskRun(run=answer.run.id))  # it may have told its end before this answer was heard
            case RunSeen():
                self._take_run(answer.run)
                self._send(AskRun(run=answer.run.id))
            case Refused() if isinstance(question, StartRun) and answer.reason in CHANGED:
                # Only looks: what changed is shown before anybody takes the new plan.
                self.stale = True
                self._ask_plan()
            case Refused():
                self.refusal = (question, answer)
            case _:
                pass
        return True

    def _take_plan(self, plan: Plan) -> None:
        known = self.draft.plan
        if not self.stale:
            self._put_plan(plan)
            return
        self._fresh = plan
        changed = differences(known.inputs, plan.inputs) if known is not None else ()
        self.draft = replace(self.draft, changed=changed)

    def _take_run(self, run: RunView) -> None:
        self.draft = replace(self.draft, run=run, plan=run.plan, taken_back=False, changed=())
        self._go_to_run()

    def _take_rehearsal(self, run: RunView) -> None:
        """What a rehearsal found. One that stopped with a question is left at once: it changed nothing to decide on."""
        known = self.draft.rehearsal
        asked = known.question if known is not None and known.id == run.id else None
        self.draft = replace(self.draft, rehearsal=replace(run, question=run.question or asked))
        if run.question is not None and asked is None and Choice.LEAVE in run.question.choices:
            self._send(AnswerRun(run=run.id, choice=Choice.LEAVE))

    def show_run(self, run: RunView) -> bool:
        """A run was told: the one that stands here or its rehearsal; False where it is another."""
        draft = self.draft
        known = next((one for one in (draft.run, draft.rehearsal) if one is not None and one.id == run.id), None)
        if known is None or (known.state in ENDED and run.state not in ENDED):
            return False  # words cross on the link: what has ended does not run again
        if known is draft.run:
            self._take_run(run)
        else:
            self._take_rehearsal(run)
        return True

    def set_live(self, live: bool) -> None:
        """The engine went or came back. A plan is asked for again by a person; how a run stands, by itself."""
        self.live = live
        if not live:
            self.asked = None
        elif self.draft.run is not None:
            self._send(AskRun(run=self.draft.run.id))
        elif self.draft.cluster:
            self._ask_first()

    # What a person answers

    def take_fresh(self) -> None:
        """Read the plan that was made anew, from its checks on."""
        fresh, changed = self._fresh, self.draft.changed
        self._fresh, self.stale = None, False
        self.draft = replace(self.draft, taken_back=True, rehearsal=None)
        self._go_to_checks()
        if fresh is None:
            self._ask_plan()
        else:
            self._put_plan(fresh)
            self.draft = replace(self.draft, changed=changed)

    def blocked(self) -> str:
        """Why the next action can't be had now; empty where it can. What a field lacks is the page's to say."""
        if not self.live:
            return translate("wizard", "The engine is away")
        if self.asked is not None:
            return translate("wizard", "Waiting for the answer")
        return "" if self.stale else self._step_blocked()
