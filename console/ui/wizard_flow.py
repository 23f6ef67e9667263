"""The flow of the recovery wizard: which steps there are, and what a changed answer takes back; no Qt."""

from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from console.domain.plan import LossBasis, Operation, Outcome, Pairs, Phase, Plan, differences
from console.domain.recommendation import Situation, Way, operation_of
from console.domain.run import Mode, RunState, StepState
from console.link.changes import AskSituation, Propose, StartRun
from console.ui.plan_course import ENDED as ENDED
from console.ui.plan_course import PlanDraft


class Part(Enum):
    """A step of the wizard. Up to APPROVAL nothing on any node changes."""

    SITUATION = "situation"
    WAY = "way"
    TARGET = "target"
    PREFLIGHT = "preflight"
    LOSS = "loss"
    PLAN = "plan"
    APPROVAL = "approval"
    FENCE = "fence"
    GATE = "gate"
    PROMOTE = "promote"
    PROOF = "proof"
    REPORT = "report"


READING: Final = (
    Part.SITUATION, Part.WAY, Part.TARGET, Part.PREFLIGHT, Part.LOSS, Part.PLAN, Part.APPROVAL,
)  # fmt: skip
RUNNING: Final = (Part.FENCE, Part.GATE, Part.PROMOTE, Part.PROOF, Part.REPORT)
_STARTED: Final = frozenset({StepState.DONE, StepState.ALREADY_SO, StepState.SKIPPED, StepState.UNDONE})

# What is read before each operation; the loss only where there can be one.
_READ: Final = {
    Operation.FAILOVER: READING,
    Operation.SWITCHOVER: tuple(part for part in READING if part is not Part.LOSS),
    Operation.RESTART: tuple(part for part in READING if part not in (Part.TARGET, Part.LOSS)),
    Operation.REJOIN: tuple(part for part in READING if part is not Part.LOSS),
}
# What is expected to run, until a plan says it.
_RUNS: Final = {
    Operation.FAILOVER: RUNNING,
    Operation.SWITCHOVER: (Part.FENCE, Part.PROMOTE, Part.PROOF, Part.REPORT),
    Operation.RESTART: (Part.FENCE, Part.PROMOTE, Part.PROOF, Part.REPORT),
    Operation.REJOIN: (Part.PROMOTE, Part.PROOF, Part.REPORT),
}
_PHASE_PARTS: Final = {
    Phase.FENCE: Part.FENCE,
    Phase.GATE: Part.GATE,
    Phase.PROMOTE: Part.PROMOTE,
    Phase.PROOF: Part.PROOF,
    Phase.TIDY: Part.PROOF,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft(PlanDraft):
    """All that a person has read and answered so far, and what the engine said to it."""

    at: Part = Part.SITUATION
    furthest: Part = Part.SITUATION
    situation: Situation | None = None
    way: Way | None = None
    node: str = ""  # the one promoted, restarted or rejoined
    options: Pairs = ()
    loss_entries_max: int = 0
    maximum_typed: bool = False  # a person chose the maximum; else the preview's own is offered
    confirmed: str = ""
    attested: str = ""  # what a person vouched for, in the plan's own words
    break_glass: str = ""

    @property
    def operation(self) -> Operation | None:
        return operation_of(self.way) if self.way is not None else None


def parts(draft: Draft) -> tuple[Part, ...]:
    """The steps that this operation needs, in order; numbered 1 to n as they stand here."""
    operation = draft.operation
    if operation is None or operation not in _READ:
        return (Part.SITUATION, Part.WAY)
    read = _READ[operation]
    plan = draft.plan
    if Part.LOSS not in read and plan is not None and plan.loss is not None and plan.loss.basis is not LossBasis.NONE:
        read = tuple(part for part in READING if part in read or part is Part.LOSS)
    return (*read, *_run_parts(operation, plan))


def _run_parts(operation: Operation, plan: Plan | None) -> tuple[Part, ...]:
    if plan is None or not plan.steps:
        return _RUNS[operation]
    phases = {step.phase for step in plan.steps}
    found = {part for phase, part in _PHASE_PARTS.items() if phase in phases} | {Part.REPORT}
    return tuple(part for part in RUNNING if part in found)


def number_of(draft: Draft, part: Part) -> int:
    """A step's number in the rail, from 1; 0 where it is not needed."""
    shown = parts(draft)
    return shown.index(part) + 1 if part in shown else 0


def first_change(draft: Draft) -> int:
    """The number of the first step in which nodes change; 0 where none does."""
    return next((number for number, part in enumerate(parts(draft), 1) if part in RUNNING), 0)


def before(draft: Draft, part: Part) -> Part | None:
    shown = parts(draft)
    place = shown.index(part) if part in shown else 0
    return shown[place - 1] if place else None


def after(draft: Draft, part: Part) -> Part | None:
    shown = parts(draft)
    place = shown.index(part) + 1 if part in shown else len(shown)
    return shown[place] if place < len(shown) else None


def part_of_phase(draft: Draft, phase: Phase) -> Part:
    """Where the wizard shows a phase: what prepares belongs to the first step that runs, what tidies to the last."""
    shown = [part for part in parts(draft) if part in RUNNING]
    if len(shown) > 1:
        shown.remove(Part.REPORT)
    wanted = _PHASE_PARTS.get(phase)
    if wanted in shown and wanted is not None:
        return wanted
    return shown[-1] if phase is Phase.TIDY else shown[0]


def running_part(draft: Draft) -> Part:
    """The step that the run is in: that of its running step, else of the first that is not done."""
    run = draft.run
    if run is None or run.state is RunState.WAITING:
        return Part.APPROVAL
    if run.state in ENDED:
        return Part.REPORT
    current = next((step for step in run.steps if step.state in (StepState.RUNNING, StepState.FAILED)), None)
    current = current or next((step for step in run.steps if step.state is StepState.WAITING), None)
    # All done and not ended: the outcome is still being written down, and nothing is reported before that.
    return part_of_phase(draft, current.phase if current is not None else Phase.TIDY)


def at_run(draft: Draft) -> Draft:
    """The draft at the step that its run is in."""
    at = running_part(draft)
    return replace(draft, at=at, furthest=at)


def is_done(draft: Draft, part: Part) -> bool:
    """Was this step read, or has it run?"""
    shown = parts(draft)
    if part not in shown:
        return False
    run = draft.run
    if run is not None and run.state is not RunState.WAITING:
        if part in READING:
            return True
        if run.state in ENDED:
            return _ran(draft, part)
        return shown.index(part) < shown.index(running_part(draft))
    furthest = draft.furthest if draft.furthest in shown else shown[0]
    return shown.index(part) < shown.index(furthest)


def _ran(draft: Draft, part: Part) -> bool:
    run = draft.run
    if run is None or part is Part.REPORT:
        return False
    steps = [step for step in run.steps if part_of_phase(draft, step.phase) is part]
    return bool(steps) and all(step.state in _STARTED for step in steps)


def may_open(draft: Draft, part: Part) -> bool:
    """May a person go there now? To what was read and to where one stands; while it runs, only the run is shown."""
    if draft.run is not None and draft.run.state is not RunState.WAITING:
        return False
    return part in READING and (is_done(draft, part) or part in (draft.furthest, draft.at))


# Answers. Each gives back the draft with what the answer takes back.


def went(draft: Draft, part: Part) -> Draft:
    """Another step is shown; going ahead makes it the furthest."""
    shown = parts(draft)
    furthest = draft.furthest if draft.furthest in shown else shown[0]
    further = part if shown.index(part) > shown.index(furthest) else furthest
    return replace(draft, at=part, furthest=further)


def _back_to(draft: Draft, part: Part) -> Draft:
    """An answer of this step changed: what was made and read after it is void, and an approval that was begun too."""
    begun = draft.furthest is Part.APPROVAL or bool(draft.confirmed)
    return replace(
        draft, furthest=part, plan=None, rehearsal=None, run=None, confirmed="", attested="", break_glass="",
        changed=(), taken_back=draft.taken_back or begun,
    )  # fmt: skip


def asked_anew(draft: Draft, situation: Situation) -> Draft:
    """A fresh situation. What a person chose stays, as long as it is still possible."""
    options = {option.way: option for option in situation.options}
    if draft.way is not None and (kept := options.get(draft.way)) is not None and kept.possible:
        return replace(draft, situation=situation)
    fresh = replace(draft, situation=situation, way=None)
    return chosen_way(fresh, situation.recommended)


def chosen_way(draft: Draft, way: Way) -> Draft:
    if way is draft.way:
        return draft
    situation = draft.situation
    option = next((one for one in situation.options if one.way is way), None) if situation is not None else None
    node = option.node if option is not None else ""
    return chosen_node(replace(_back_to(draft, draft.at), way=way, node="", options=()), node)


def chosen_node(draft: Draft, node: str) -> Draft:
    """The node to promote, to restart or to rejoin. The loss that it would mean is offered as the maximum."""
    if node == draft.node:
        return draft
    situation = draft.situation
    found = next((one for one in situation.candidates if one.node == node), None) if situation is not None else None
    promotes = draft.operation in (Operation.SWITCHOVER, Operation.FAILOVER)
    if promotes and found is not None and not found.eligible:
        return draft  # one that is refused is no choice, whoever names it
    loss = found.loss if found is not None and draft.operation is Operation.FAILOVER else None
    most = loss.entries_high if loss is not None and loss.entries_high is not None else 0
    return replace(_back_to(draft, draft.at), node=node, loss_entries_max=most, maximum_typed=False)


def chosen_option(draft: Draft, name: str, value: str) -> Draft:
    """A choice of the plan's own, as its fence; an empty value leaves it to the engine."""
    kept = tuple((known, said) for known, said in draft.options if known != name)
    chosen = ((name, value),) if value else ()
    return replace(_back_to(draft, draft.at), options=(*kept, *chosen))


def planned(draft: Draft, plan: Plan) -> Draft:
    """A plan came. Where one stood before, what it was made from is held against the new one's."""
    known = draft.plan
    changed = differences(known.inputs, plan.inputs) if known is not None else ()
    node = draft.node or (plan.subject if plan.operation in (Operation.RESTART, Operation.REJOIN) else plan.target)
    most = draft.loss_entries_max
    if not draft.maximum_typed and plan.loss is not None and plan.loss.entries_high is not None:
        most = plan.loss.entries_high  # the preview of this plan is newer than the situation's
    same = known is not None and known.digest == plan.digest
    return replace(
        draft, plan=plan, node=node, loss_entries_max=most, changed=changed,
        rehearsal=draft.rehearsal if same else None,
    )  # fmt: skip


# Questions to the engine


def situation_question(draft: Draft) -> AskSituation:
    return AskSituation(cluster=draft.cluster)


def proposal(draft: Draft) -> Propose:
    """The plan that the answers so far ask for. ValueError where they ask for none."""
    operation = draft.operation
    if operation is None:
        raise ValueError(f"nothing to plan for {draft.way}")
    by_subject = operation in (Operation.RESTART, Operation.REJOIN)
    return Propose(
        cluster=draft.cluster, operation=operation, target="" if by_subject else draft.node,
        subject=draft.node if by_subject else "", loss_entries_max=draft.loss_entries_max, options=draft.options,
    )  # fmt: skip


def start(draft: Draft, mode: Mode) -> StartRun:
    """Run, or rehearse, the plan that stands here. ValueError where none does."""
    plan = draft.plan
    if plan is None:
        raise ValueError("no plan to run")
    if mode is Mode.REHEARSAL:
        return StartRun(plan=plan.id, digest=plan.digest, mode=mode, loss_entries_max=draft.loss_entries_max)
    return StartRun(
        plan=plan.id, digest=plan.digest, mode=mode, confirmed=draft.confirmed,
        loss_entries_max=draft.loss_entries_max, attested=draft.attested, break_glass=draft.break_glass,
    )  # fmt: skip


def refusals(plan: Plan) -> int:
    return sum(1 for check in plan.checks if check.outcome is Outcome.REFUSE)
