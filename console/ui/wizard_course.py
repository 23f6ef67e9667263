"""The course of a wizard: what was asked of the engine, what its answers mean for the draft, what keeps it; no Qt."""

from collections.abc import Callable
from dataclasses import replace

from console.domain.plan import Plan
from console.domain.recommendation import Situation, Way, operation_of
from console.domain.run import Mode, RunView
from console.link.changes import AskRun, RunSeen
from console.link.messages import Message
from console.ui import wizard_flow as flow
from console.ui.plan_course import PlanCourse
from console.ui.speech import counted, translate
from console.ui.wizard_flow import Draft, Part


class Course(PlanCourse):
    """From the situation, or from a run that there is already."""

    draft: Draft

    def __init__(self, send: Callable[[Message], None]) -> None:
        super().__init__(send)
        self._first: tuple[Way | None, str] = (None, "")
        self.draft = Draft(cluster="")

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
        self._forget()
        self.draft = draft
        self._first = (None, "")

    # What the engine says

    def _take_own(self, question: Message, answer: Message) -> bool:
        match answer:
            case Situation() if answer.cluster == self.draft.cluster:
                self._take_situation(answer)
            case RunSeen() if isinstance(question, AskRun):
                self.open_run(answer.run)
            case _:
                return False
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

    def _put_plan(self, plan: Plan) -> None:
        self.draft = flow.planned(self.draft, plan)
        if plan.refused and self.draft.at is not Part.PREFLIGHT:
            self.draft = replace(self.draft, at=Part.PREFLIGHT, furthest=Part.PREFLIGHT)

    def _ask_plan(self) -> None:
        self._ask(flow.proposal(self.draft))

    def _ask_first(self) -> None:
        if self.draft.situation is None:
            self._ask(flow.situation_question(self.draft))

    def _go_to_run(self) -> None:
        self.draft = flow.at_run(self.draft)

    def _go_to_checks(self) -> None:
        self.draft = replace(self.draft, confirmed="", furthest=Part.PREFLIGHT, at=Part.PREFLIGHT)

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

    def _step_blocked(self) -> str:
        draft = self.draft
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
    return flow.at_run(draft)


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
