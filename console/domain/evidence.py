"""What an evidence pack says in the fields that financial supervisors ask for, derived from records alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from console.domain.drill import Drill, DrillState
from console.domain.plan import Pairs
from console.domain.run import RunState, RunView, StepState

FORM: Final = 1
NAMESPACE: Final = "ledger-console-evidence"  # a signature made for anything else does not count for a pack
NOTHING_RECORDED: Final = "none-recorded"
_FAILED: Final = frozenset({StepState.FAILED, StepState.SKIPPED, StepState.UNDONE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """What a pack does not hold, and why: record-gone, never-made, not-of-this-kind, unreadable, over-limit, …"""

    what: str
    why: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackSigner:
    """Whose key is to sign the pack. `listed`: the approvers' file of the console names this key for this person."""

    person: str
    fingerprint: str
    listed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedApproval:
    """An approval as it was noted. `files`: the signed text and its signature. `trouble` empty: it was verified."""

    person: str
    fingerprint: str
    at: datetime
    loss_entries_max: int | None
    plan_digest: str
    audit_number: int
    files: tuple[str, ...]
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What a person said without a signature: glass broken, a state vouched for, a greater loss accepted."""

    what: str
    person: str
    at: datetime
    detail: Pairs
    audit_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What happened or was rehearsed. `outcome`: where the run or the drill stands."""

    what: str
    mode: str
    subject: str
    target: str
    begun_at: datetime | None
    ended_at: datetime | None
    begun_by: str
    outcome: str
    reason: str = ""
    incidents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """A promise against what was measured, in `unit`. None: not promised, not measured; `kept` None: not known."""

    name: str
    unit: str
    promised: float | None
    measured_low: float | None
    measured_high: float | None
    kept: bool | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deficiency:
    """What was not as it should be, from which file it is known, and its follow-up; the console knows no more of it."""

    what: str
    detail: str
    source: str
    follow_up: str = NOTHING_RECORDED


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """Who began it, who approved it, who went on without a second person, and whose key signs the pack."""

    initiator: str
    approvals: tuple[SignedApproval, ...]
    words: tuple[Word, ...]
    pack_signer: PackSigner | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """FIELDS.json of a pack. `kind`: run or drill."""

    form: int = FORM
    version: str  # of the console
    pack: str
    kind: str
    id: str
    cluster: str
    environment: str
    written_at: datetime
    written_by: str
    scenario: Scenario
    objectives: tuple[Objective, ...]
    deficiencies: tuple[Deficiency, ...]
    sign_off: SignOff
    missing: tuple[Lack, ...]


def scenario_of(run: RunView | None, drill: Drill | None, incidents: tuple[str, ...] = ()) -> Scenario:
    """The scenario of a drill, with the plan's subject and target where it rests on a run; else of the run."""
    plan = None if run is None else run.plan
    subject, target = ("", "") if plan is None else (plan.subject, plan.target)
    if drill is not None:
        fault = drill.kind.value if drill.fault is None else f"{drill.kind.value}: {drill.fault.value}"
        return Scenario(
            what=f"drill {fault}", mode="drill", subject=drill.node or subject, target=target,
            begun_at=drill.begun_at, ended_at=drill.ended_at, begun_by=drill.by, outcome=drill.state.value,
            reason=drill.reason, incidents=incidents,
        )  # fmt: skip
    if run is None or plan is None:
        raise ValueError("a scenario is that of a run or of a drill")
    return Scenario(
        what=plan.operation.value, mode=run.mode.value, subject=subject, target=target, begun_at=run.begun_at,
        ended_at=run.ended_at, begun_by=run.person, outcome=run.state.value, incidents=incidents,
    )  # fmt: skip


def drill_objectives(drill: Drill, source: str) -> Iterator[Objective]:
    """Each stretch of a drill against its promise; one that never came is not kept."""
    for mark in drill.marks:
        promised, seconds = mark.promised_seconds, mark.seconds
        kept = None if promised is None else seconds is not None and seconds <= promised
        yield Objective(
            name=mark.what, unit="seconds", promised=promised, measured_low=seconds, measured_high=seconds, kept=kept,
            source=source,
        )  # fmt: skip


def objective_faults(objectives: tuple[Objective, ...]) -> Iterator[Deficiency]:
    """Promises that were missed, that nothing was measured for, and measures that nothing was promised for."""
    for one in objectives:
        if one.kept is False:
            yield Deficiency(what="objective-missed", detail=one.name, source=one.source)
        elif one.promised is None:
            yield Deficiency(what="objective-not-promised", detail=one.name, source=one.source)
        elif one.kept is None:
            yield Deficiency(what="objective-not-measured", detail=one.name, source=one.source)


def drill_faults(drill: Drill, source: str) -> Iterator[Deficiency]:
    if drill.state is not DrillState.PASSED:
        yield Deficiency(what=f"drill-{drill.state.value}", detail=drill.reason or drill.detail, source=source)


def run_faults(run: RunView, source: str, journal: str) -> Iterator[Deficiency]:
    """What a run's own record says was not as planned, and what it left to be done."""
    if run.state is not RunState.DONE:
        yield Deficiency(what=f"run-{run.state.value}", detail=run.id, source=source)
    for step in run.steps:
        if step.state in _FAILED:
            yield Deficiency(what=f"step-{step.state.value}", detail=step.key, source=journal)
    for entry in run.log:
        if entry.word == "asked":
            answered = next((later for later in run.log if later.number > entry.number and later.word == "answered"),
                            None)  # fmt: skip
            asked = dict(entry.detail).get("asks", "")
            follow = NOTHING_RECORDED if answered is None else f"answered {dict(answered.detail).get('choice', '')}"
            yield Deficiency(what="stopped-and-asked", detail=f"{entry.step}: {asked}", source=journal,
                             follow_up=follow.strip())  # fmt: skip
    for line in run.books:
        if line.outcome != "proven":
            yield Deficiency(what=f"books-{line.outcome}", detail=f"{line.check}: {line.scope}", source=source)
    for left in run.left_to_do:
        yield Deficiency(what="left-to-do", detail=left, source=source, follow_up=left)
