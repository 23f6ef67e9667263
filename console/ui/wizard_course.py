"""The course of a wizard: what was asked of the engine, what its answers mean for the draft, what keeps it; no Qt."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from console.domain.plan import Plan, differences
from console.domain.recommendation import Situation, Way, operation_of
from console.domain.run import Choice, Mode, RunState, RunView
from console.link.changes import AnswerRun, AskRun, Proposed, RunSeen, StartRun
from console.link.messages import Message, Refused
from console.ui import wizard_flow as flow
from console.ui.speech import counted, translate
from console.ui.wizard_flow import Draft, Part

CHANGED: Final = frozenset({"inputs-changed", "other-plan", "no-plan"})  # the plan is no longer verified


class Course:
    """Holds the draft, and at most one question that is waited for. `send` gives a message to the engine."""

    def __init__(self, send: Callable[[Message], None]) -> None:
        self._send = send
        self._first: tuple[Way | None, str] = (None, "")
        self._fresh: Plan | None = None  # made after the engine refused the one that stands here
        self.draft = Draft(cluster="")
        self.asked: Message | None = None  # the question whose answer is waited for
        self.stale = False  # the engine says that the plan is no longer verified
        self.live = True
        self.refusal: tuple[Message, Refused] | None = None

    # Begin

    def begin(self, cluster: str, *, way: Way | None = None, node: str = "") -> None:
        """Ask for the situation anew. `way` and `node` are chosen beforehand where they are possible."""
        self._reset(Draft(cluster=cluster))
        self._first = (way, node)
        self._ask(flow.situation_question(self.draft))

    def open_run(self, run: RunView) -> None:
        """Stand where a run stands that somebody started, here or elsewhere."""
        self._reset(_draft_of(run))

    def _reset(self, draft: Draft) -> None:
        self.draft = draft
        self.asked = self._fresh = self.refusal = None
        self.stale = False
        self._first = (None, "")

    @property
    def runs(self) -> bool:
        """Does a run stand here that has begun and not ended?"""
        run = self.draft.run
        return run is not None and run.state not in flow.ENDED and run.state is not RunState.WAITING

    @property
    def free(self) -> bool:
        """May an answer be changed now?"""
        return self.asked is None and self.live and self.draft.run is None

    def _ask(self, question: Message) -> None:
        self.asked = question
        self.refusal = None
        self._send(question)

    # What the engine says

    def take(self, question: Message, answer: Message) -> bool:
        """The answer to the question that is waited for; False: nobody waits for this one any more."""
        if question != self.asked:
            return False
        self.asked = None
        match answer:
            case Situation() if answer.cluster == self.draft.cluster:
                self._take_situation(answer)
            case Proposed():
                self._take_plan(answer.plan)
            case RunSeen() if isinstance(question, StartRun) and question.mode is Mode.REHEARSAL:
                self._take_rehearsal(answer.run)
                self._send(AskRun(run=answer.run.id))  # it may have told its end before this answer was heard
            case RunSeen() if isinstance(question, AskRun):
                self.open_run(answer.run)
            case RunSeen():
                self._take_run(answer.run)
                self._send(AskRun(run=answer.run.id))
            case Refused() if isinstance(question, StartRun) and answer.reason in CHANGED:
                # Only looks: what changed is shown before anybody takes the new plan.
                self.stale = True
                self._ask(flow.proposal(self.draft))
            case Refused():
                self.refusal = (question, answer)
            case _:
                pass
        return True

    def _take_situation(self, situation: Situation) -> None:
        draft = flow.asked_anew(self.draft, situation)
        way, node = self._first
        self._first = (None, "")
        if way is not None and any(one.way is way and one.possible for one in situation.options):
            draft = flow.chosen_way(draft, way)
            if node:
                draft = flow.chosen_node(draft, node)
        if draft.at not in (Part.SITUATION, Part.WAY, Part.TARGET) or draft.at not in flow.parts(draft):
            draft = replace(draft, at=Part.SITUATION)
        self.draft = replace(draft, furthest=draft.at)

    def _take_plan(self, plan: Plan) -> None:
        known = self.draft.plan
        if self.stale:
            self._fresh = plan
            changed = differences(known.inputs, plan.inputs) if known is not None else ()
            self.draft = replace(self.draft, changed=changed)
            return
        self.draft = flow.planned(self.draft, plan)
        if plan.refused and self.draft.at is not Part.PREFLIGHT:
            self.draft = replace(self.draft, at=Part.PREFLIGHT, furthest=Part.PREFLIGHT)

    def _take_run(self, run: RunView) -> None:
        draft = replace(self.draft, run=run, plan=run.plan, taken_back=False, changed=())
        at = flow.running_part(draft)
        self.draft = replace(draft, at=at, furthest=at)

    def show_run(self, run: RunView) -> bool:
        """A run was told: the one that stands here or its rehearsal; False where it is another."""
        draft = self.draft
        known = next((one for one in (draft.run, draft.rehearsal) if one is not None and one.id == run.id), None)
        if known is None or (known.state in flow.ENDED and run.state not in flow.ENDED):
            return False  # words cross on the link: what has ended does not run again
        if known is draft.run:
            self._take_run(run)
        else:
            self._take_rehearsal(run)
        return True

    def _take_rehearsal(self, run: RunView) -> None:
        """What a rehearsal found. One that stopped with a question is left at once: it changed nothing to decide on."""
        known = self.draft.rehearsal
        asked = known.question if known is not None and known.id == run.id else None
        question = run.question or asked
        self.draft = replace(self.draft, rehearsal=replace(run, question=question))
        if run.question is not None and asked is None and Choice.LEAVE in run.question.choices:
            self._send(AnswerRun(run=run.id, choice=Choice.LEAVE))

    def set_live(self, live: bool) -> None:
        """The engine went or came back. A plan is asked for again by a person; how a run stands, by itself."""
        self.live = live
        if not live:
            self.asked = None
            return
        run = self.draft.run
        if run is not None:
            self._send(AskRun(run=run.id))
        elif self.draft.cluster and self.draft.situation is None:
            self._ask(flow.situation_question(self.draft))

    # What a person answers

    def ask_again(self) -> None:
        """Ask every node anew: for the situation, or for the plan with its checks."""
        if not self.free:
            return
        if self.draft.at in (Part.SITUATION, Part.WAY, Part.TARGET):
            self._ask(flow.situation_question(self.draft))
        elif self.draft.operation is not None:
            self._ask(flow.proposal(self.draft))

    def answer(self, change: Callable[[Draft], Draft]) -> None:
        """An answer of a step that is read before the plan is made."""
        if self.free:
            self.draft = change(self.draft)

    def plan_anew(self, change: Callable[[Draft], Draft]) -> None:
        """An answer changed after the plan was made: it is made and checked again, and read from the preflight on."""
        if not self.free:
            return
        changed = change(self.draft)
        if changed != self.draft:
            self.draft = replace(changed, at=Part.PREFLIGHT, furthest=Part.PREFLIGHT)
            self._ask(flow.proposal(self.draft))

    def choose_maximum(self, entries: int) -> None:
        """The maximum that is approved: it goes with the start, and the gate holds the loss against it."""
        if self.free:
            self.draft = replace(self.draft, loss_entries_max=entries, maximum_typed=True)

    def take_fresh(self) -> None:
        """Read the plan that was made anew, from its checks on."""
        fresh, changed = self._fresh, self.draft.changed
        self._fresh, self.stale = None, False
        draft = replace(
            self.draft, taken_back=True, confirmed="", furthest=Part.PREFLIGHT, at=Part.PREFLIGHT, rehearsal=None
        )
        if fresh is None:
            self.draft = draft
            self._ask(flow.proposal(draft))
        else:
            self.draft = replace(flow.planned(draft, fresh), changed=changed)

    def rehearse(self) -> None:
        if self.free and self.draft.at is Part.PLAN and self.draft.plan is not None:
            self._ask(flow.start(self.draft, Mode.REHEARSAL))

    def start(self, *, confirmed: str, attested: str) -> None:
        self.draft = replace(self.draft, confirmed=confirmed, attested=attested, taken_back=False)
        self._ask(flow.start(self.draft, Mode.REAL))

    def show_running(self) -> None:
        """Go to the change that has not ended."""
        situation = self.draft.situation
        if situation is not None and situation.operation_running:
            self._ask(AskRun(run=situation.operation_running))

    # Steps

    def open(self, part: Part | None) -> None:
        """Show a step that was read before."""
        if part is not None and self.asked is None and flow.may_open(self.draft, part):
            self.draft = flow.went(self.draft, part)

    def go_to(self, part: Part | None) -> None:
        """Go ahead to a step; the one that needs a plan has it made."""
        if part is None:
            return
        self.draft = flow.went(self.draft, part)
        if part is Part.PREFLIGHT and self.draft.plan is None:
            self._ask(flow.proposal(self.draft))

    def blocked(self) -> str:
        """Why the next action can't be had now; empty where it can. What a field lacks is the page's to say."""
        draft = self.draft
        if not self.live:
            return translate("wizard", "The engine is away")
        if self.asked is not None:
            return translate("wizard", "Waiting for the answer")
        if self.stale:
            return ""
        match draft.at:
            case Part.SITUATION:
                return "" if draft.situation is not None else translate("wizard", "The situation is not known yet")
            case Part.WAY:
                return _way_blocked(draft)
            case Part.TARGET:
                return "" if draft.node else translate("wizard", "No target is chosen")
            case Part.PREFLIGHT:
                return _preflight_blocked(draft)
            case Part.APPROVAL if draft.run is not None:
                return translate("wizard", "It starts by itself once it is approved")
            case _:
                return "" if draft.plan is not None else translate("wizard", "There is no plan yet")


def _draft_of(run: RunView) -> Draft:
    plan = run.plan
    way = next((way for way in Way if operation_of(way) is plan.operation), None)
    draft = Draft(
        cluster=plan.cluster, way=way, node=plan.target or plan.subject, plan=plan, run=run,
        loss_entries_max=run.loss_entries_max or plan.loss_entries_max,
    )  # fmt: skip
    at = flow.running_part(draft)
    return replace(draft, at=at, furthest=at)


def _way_blocked(draft: Draft) -> str:
    if draft.way is None:
        return translate("wizard", "Nothing is chosen")
    if draft.way is Way.RESTORE:
        return translate("wizard", "A restore is prepared on the Backups page")
    options = draft.situation.options if draft.situation is not None else ()
    option = next((one for one in options if one.way is draft.way), None)
    return "" if option is None or option.possible else translate("wizard", "This is not possible now")


def _preflight_blocked(draft: Draft) -> str:
    if draft.plan is None:
        return translate("wizard", "There is no plan yet")
    refused = flow.refusals(draft.plan)
    many = translate("wizard", "{n} checks refuse")
    return counted(refused, translate("wizard", "1 check refuses"), many) if refused else ""
