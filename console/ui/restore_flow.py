"""The flow of the restore wizard: which steps a goal needs, and what a changed answer takes back; no Qt."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import Enum
from typing import Final

from console.domain.backup import Job, JobState, SandboxSeen
from console.domain.cluster import NodeKind
from console.domain.fleet import ClusterView, Role
from console.domain.plan import Operation, Pairs, Phase, Plan, Step, differences
from console.domain.restore import Chosen, Goal, Target, TargetKind, Unfit
from console.domain.run import Mode, RunState, StepState
from console.domain.verdict import Health
from console.domain.wal import Lsn
from console.link.backups import AskTarget, OpenSandbox
from console.link.changes import Propose, StartRun
from console.ui.plan_course import ENDED as ENDED
from console.ui.plan_course import PlanDraft

ENTRY_MAX: Final = 10**18


class Part(Enum):
    """A step of the wizard. Up to APPROVAL nothing on any node changes."""

    GOAL = "goal"
    POINT = "point"
    CHAIN = "chain"
    TARGET = "target"
    SPACE = "space"
    PREVIEW = "preview"
    APPROVAL = "approval"
    RUN = "run"
    OPEN = "open"
    PROOF = "proof"
    ACCEPT = "accept"
    PLACE = "place"
    REPORT = "report"


READING: Final = (Part.GOAL, Part.POINT, Part.CHAIN, Part.TARGET, Part.SPACE, Part.PREVIEW, Part.APPROVAL)
RUNNING: Final = (Part.RUN, Part.OPEN, Part.PROOF, Part.ACCEPT, Part.PLACE, Part.REPORT)
JOB_ENDED: Final = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})
# A sandbox is no node of the cluster: nothing is approved, nothing accepted, and its report is the copy itself.
_INSPECT: Final = (Part.GOAL, Part.POINT, Part.CHAIN, Part.SPACE, Part.PREVIEW, Part.RUN, Part.OPEN)
_WHOLE: Final = (*READING, *RUNNING)
_NODE: Final = (*READING, Part.RUN, Part.PROOF, Part.REPORT)  # a standby replays on: there is nothing to accept
_PARTS: Final = {
    Phase.PREPARE: Part.RUN, Phase.FENCE: Part.RUN, Phase.GATE: Part.OPEN, Phase.PROMOTE: Part.PLACE,
    Phase.PROOF: Part.PLACE, Phase.TIDY: Part.PLACE,
}  # fmt: skip
_KINDS: Final = {"recover-to": Part.OPEN, "books-beside": Part.PROOF, "accept": Part.ACCEPT}
_HELD: Final = frozenset({StepState.DONE, StepState.ALREADY_SO, StepState.SKIPPED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft(PlanDraft):
    """All that a person has read and answered so far, and what the engine said to it."""

    at: Part = Part.GOAL
    furthest: Part = Part.GOAL
    goal: Goal = Goal.INSPECT
    target: Target = field(default_factory=Target)
    repository: str = ""  # empty: the one that serves it best
    chosen: Chosen | None = None
    unfit: Unfit | None = None
    node: str = ""  # the node that is restored, or becomes the primary
    node_typed: str = ""  # its name as a person typed it beside its card
    job: Job | None = None  # of a sandbox
    sandbox: SandboxSeen | None = None


def parts(draft: Draft) -> tuple[Part, ...]:
    """The steps of this goal, in order; numbered from 0 as they stand here."""
    if draft.goal is Goal.INSPECT:
        return _INSPECT
    return _WHOLE if draft.goal is Goal.CLUSTER else _NODE


def number_of(draft: Draft, part: Part) -> int:
    shown = parts(draft)
    return shown.index(part) if part in shown else 0


def first_change(draft: Draft) -> int:
    """The number of the first step in which anything is written."""
    return number_of(draft, Part.RUN)


def before(draft: Draft, part: Part) -> Part | None:
    shown = parts(draft)
    place = shown.index(part) if part in shown else 0
    return shown[place - 1] if place else None


def after(draft: Draft, part: Part) -> Part | None:
    shown = parts(draft)
    place = shown.index(part) + 1 if part in shown else len(shown)
    return shown[place] if place < len(shown) else None


def part_of_step(draft: Draft, step: Step) -> Part:
    """Where the wizard shows a step of the plan: by what it is called, else by its phase."""
    shown = parts(draft)
    wanted = _KINDS.get(step.kind, _PARTS[step.phase])
    if wanted in shown:
        return wanted
    return Part.PROOF if step.phase in (Phase.PROOF, Phase.TIDY) else Part.RUN


def begun(draft: Draft) -> bool:
    """Has a run or a sandbox's work begun?"""
    run = draft.run
    return draft.job is not None or (run is not None and run.state is not RunState.WAITING)


def running_part(draft: Draft) -> Part:
    """The step that the run or the sandbox's work is in."""
    if draft.goal is Goal.INSPECT and draft.job is not None:
        return Part.OPEN if draft.sandbox is not None or draft.job.state in JOB_ENDED else Part.RUN
    run = draft.run
    if run is None or run.state is RunState.WAITING:
        return Part.APPROVAL
    if run.state in ENDED:
        return Part.REPORT
    keys = {step.key: step for step in run.plan.steps}
    reports = [one for one in run.steps if one.key in keys]
    current = next((one for one in reports if one.state in (StepState.RUNNING, StepState.FAILED)), None)
    current = current or next((one for one in reports if one.state not in _HELD), None)
    if current is None:  # all done and not ended: the outcome is still being written down
        return parts(draft)[-2]
    return part_of_step(draft, keys[current.key])


def at_run(draft: Draft) -> Draft:
    """The draft at the step that its run or the sandbox's work is in."""
    at = running_part(draft)
    return replace(draft, at=at, furthest=at)


def is_done(draft: Draft, part: Part) -> bool:
    """Was this step read, or has it run?"""
    shown = parts(draft)
    if part not in shown:
        return False
    if begun(draft):
        if part in READING:
            return True
        run = draft.run
        if run is not None and run.state in ENDED:
            return run.state is RunState.DONE and part is not Part.REPORT
        return shown.index(part) < shown.index(running_part(draft))
    furthest = draft.furthest if draft.furthest in shown else shown[0]
    return shown.index(part) < shown.index(furthest)


def may_open(draft: Draft, part: Part) -> bool:
    """May a person go there now? Back to what was read; while it runs, only the run is shown."""
    if begun(draft):
        return False
    return part in READING and part in parts(draft) and (is_done(draft, part) or part in (draft.furthest, draft.at))


# Answers. Each gives back the draft with what the answer takes back.


def went(draft: Draft, part: Part) -> Draft:
    """Another step is shown; going ahead makes it the furthest."""
    shown = parts(draft)
    furthest = draft.furthest if draft.furthest in shown else shown[0]
    further = part if shown.index(part) > shown.index(furthest) else furthest
    return replace(draft, at=part, furthest=further)


def _back_to(draft: Draft, part: Part) -> Draft:
    """An answer of this step changed: what was made and read after it is void."""
    begun_approval = draft.furthest is Part.APPROVAL
    return replace(
        draft, furthest=part, plan=None, rehearsal=None, run=None, changed=(),
        taken_back=draft.taken_back or begun_approval,
    )  # fmt: skip


def chosen_goal(draft: Draft, goal: Goal) -> Draft:
    if goal is draft.goal:
        return draft
    return replace(_back_to(draft, Part.GOAL), at=Part.GOAL, goal=goal, node="", node_typed="")


def chosen_target(draft: Draft, target: Target) -> Draft:
    """Another moment: whether it can be had is asked anew."""
    if target == draft.target and (draft.chosen is not None or draft.unfit is not None):
        return draft
    return replace(_back_to(draft, Part.POINT), target=target, chosen=None, unfit=None)


def chosen_repository(draft: Draft, repository: str) -> Draft:
    if repository == draft.repository:
        return draft
    return replace(_back_to(draft, draft.at), repository=repository, chosen=None, unfit=None)


def judged(draft: Draft, chosen: Chosen | None, unfit: Unfit | None) -> Draft:
    """The engine said whether the moment can be had."""
    return replace(draft, chosen=chosen, unfit=unfit)


def chosen_node(draft: Draft, node: str) -> Draft:
    if node == draft.node:
        return draft
    return replace(_back_to(draft, Part.TARGET), node=node, node_typed="")


def suggested_node(cluster: ClusterView, goal: Goal) -> str:
    """Whom the wizard names beforehand: the ledger goes back where it is, a node where one is missing."""
    servers = [one for one in cluster.nodes if one.kind is NodeKind.POSTGRES]
    if goal is Goal.CLUSTER:
        known = next((one.name for one in servers if one.name == cluster.primary), None)
        return known or next((one.name for one in servers), "")
    others = [one for one in servers if one.role is not Role.PRIMARY]
    sick = [one for one in others if one.verdict.health is not Health.HEALTHY]
    return next((one.name for one in (*sick, *others)), "")


def with_node(draft: Draft, cluster: ClusterView) -> Draft:
    """The draft with a node named, where its goal needs one and nobody has named it."""
    if draft.goal is Goal.INSPECT or draft.node:
        return draft
    return replace(draft, node=suggested_node(cluster, draft.goal))


def typed_node(draft: Draft, text: str) -> Draft:
    return replace(draft, node_typed=text.strip())


def planned(draft: Draft, plan: Plan) -> Draft:
    known = draft.plan
    changed = differences(known.inputs, plan.inputs) if known is not None else ()
    same = known is not None and known.digest == plan.digest
    return replace(draft, plan=plan, changed=changed, rehearsal=draft.rehearsal if same else None)


# Targets


def at_time(at: datetime) -> Target:
    return Target(kind=TargetKind.TIME, time=at.astimezone(UTC))


def parse_time(text: str) -> datetime:
    """'2026-03-16 18:00:00', UTC where no zone is named. ValueError where it is no such time."""
    at = datetime.fromisoformat(text.strip().removesuffix(" UTC").replace("Z", "+00:00"))
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def parse_entry(text: str) -> int:
    """'87,581,331'. ValueError where it is no number of an entry."""
    digits = text.strip().replace(",", "").replace(" ", "")
    if not (digits.isascii() and digits.isdigit()) or not 0 < int(digits[:20]) <= ENTRY_MAX:
        raise ValueError(text[:40])
    return int(digits)


def target_of(kind: TargetKind, text: str) -> Target:
    """What a field says. ValueError where it can't be read."""
    match kind:
        case TargetKind.LATEST:
            return Target()
        case TargetKind.TIME:
            return at_time(parse_time(text))
        case TargetKind.POSITION:
            return Target(kind=kind, position=Lsn.parse(text.strip()))
        case TargetKind.NAME:
            if not text.strip():
                raise ValueError("empty")
            return Target(kind=kind, name=text.strip())
        case TargetKind.BEFORE_ENTRY | TargetKind.AFTER_ENTRY:
            return Target(kind=kind, entry=parse_entry(text))


# Questions to the engine


def target_question(draft: Draft) -> AskTarget:
    return AskTarget(cluster=draft.cluster, target=draft.target, repository=draft.repository)


def sandbox_question(draft: Draft, words: str) -> OpenSandbox:
    """Restore into a sandbox, from what the engine chose."""
    backup = draft.chosen.chain[-1] if draft.chosen is not None and draft.chosen.chain else ""
    repository = draft.chosen.repository if draft.chosen is not None else draft.repository
    return OpenSandbox(
        cluster=draft.cluster, target=draft.target, repository=repository, backup=backup, words=words
    )  # fmt: skip


def target_options(target: Target) -> Pairs:
    """The moment as the names and values that a plan is proposed with."""
    said: list[tuple[str, str]] = [("target", target.kind.value)]
    if target.time is not None:
        said.append(("time", target.time.isoformat()))
    if target.position is not None:
        said.append(("lsn", str(target.position)))
    if target.name:
        said.append(("point", target.name))
    if target.entry is not None:
        said.append(("entry", str(target.entry)))
    if target.origin:
        said.append(("origin", target.origin))
    if target.timeline is not None:
        said.append(("timeline", str(target.timeline)))
    return tuple(said)


def proposal(draft: Draft) -> Propose:
    """The plan that the answers ask for. ValueError for a sandbox, which needs none."""
    if draft.goal is Goal.INSPECT:
        raise ValueError("a sandbox is opened without a plan")
    repository = draft.chosen.repository if draft.chosen is not None else draft.repository
    options = (("goal", draft.goal.value), ("repository", repository), *target_options(draft.target))
    return Propose(
        cluster=draft.cluster, operation=Operation.RESTORE, target=draft.node, subject=draft.node,
        options=options,
    )  # fmt: skip


def start(draft: Draft, mode: Mode, *, confirmed: str = "", attested: str = "") -> StartRun:
    """Run, or rehearse, the plan that stands here. ValueError where none does."""
    plan = draft.plan
    if plan is None:
        raise ValueError("no plan to run")
    return StartRun(
        plan=plan.id, digest=plan.digest, mode=mode, confirmed=confirmed, attested=attested,
        loss_entries_max=loss_maximum(plan),
    )  # fmt: skip


def loss_maximum(plan: Plan) -> int:
    """What the preview says would go. Going back means it; more than that is asked for at the gate."""
    loss = plan.loss
    if loss is None:
        return 0
    return loss.entries_high if loss.entries_high is not None else loss.entries_low or 0
