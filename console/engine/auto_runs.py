"""Runs that automation starts: the very plan that the wizard runs, held against the guards before it is begun."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from console.domain.audit import AuditKind
from console.domain.automation import AutoAct, AutoGuard, Why
from console.domain.plan import LossBasis, Operation, Outcome, Pairs, Plan
from console.domain.run import Asks, Choice, Mode, RunState, RunView
from console.engine.vigil_ground import VigilGround
from console.link.changes import AnswerRun, AskRuns, Propose, Proposed, Runs, RunSeen, StartRun
from console.link.messages import Refused

PERSON: Final = "automation"
ENDED: Final = frozenset({RunState.DONE, RunState.CANCELLED, RunState.LEFT})
SETTLED: Final = ENDED | {RunState.ASKING, RunState.WAITING}
LOOK_SECONDS: Final = 1.0  # at least so often a run that is followed is looked at
OTHERS: Final = frozenset({"lock-free"})
PLAN_REFUSED: Final = "plan-refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why no run was begun. `other`: another console is at it, and nothing is wrong with us."""

    reason: str
    detail: str = ""
    other: bool = False


def asked_for(why: Why, most: int, *, rebuild: bool = False) -> Propose:
    """What automation asks the makers of plans for. `rebuild`: a new copy, where a rewind would be the gentler way."""
    fence = next((str(row.observed) for row in why.rows if row.guard is AutoGuard.FENCING), "")
    match why.act:
        case AutoAct.FAILOVER:
            return Propose(cluster=why.cluster, operation=Operation.FAILOVER, target=why.target or "",
                           loss_entries_max=most, options=(("fence", fence),))  # fmt: skip
        case AutoAct.REBUILD_STANDBY:
            return Propose(cluster=why.cluster, operation=Operation.REJOIN, subject=why.node or "",
                           options=(("way", "rebuild"),) if rebuild else ())  # fmt: skip
        case _:
            return Propose(cluster=why.cluster, operation=Operation.RESTART, subject=why.node or "")


def disagreement(plan: Plan, why: Why, most: int, *, rebuilds: bool = False) -> Refusal | None:
    """Where a plan's own checks, asked now, say otherwise than the guards; None: they agree."""
    refused = [check.check for check in plan.checks if check.outcome is Outcome.REFUSE]
    if refused or not plan.steps:
        other = bool(OTHERS & set(refused))
        return Refusal(reason=PLAN_REFUSED, detail=", ".join(refused) or "no steps", other=other)
    if plan.operation is not Operation.FAILOVER:
        same = plan.subject == why.node
        if "beyond-fork" in dict(plan.notes):
            return Refusal(reason="beyond-fork", detail=dict(plan.notes)["beyond-fork"])
        if dict(plan.notes).get("way") not in (None, "attach") and not rebuilds:
            return Refusal(reason="standby-not-allowed", detail=dict(plan.notes)["way"])
        return None if same else Refusal(reason="plan-differs", detail=plan.subject)
    if (plan.subject, plan.target) != (why.node, why.target):
        return Refusal(reason="plan-differs", detail=f"{plan.subject} to {plan.target}")
    return _weaker(plan, why, most)


def _weaker(plan: Plan, why: Why, most: int) -> Refusal | None:
    """A failover whose ground is weaker, asked now, than what the guards rest on."""
    rows = {row.guard: row for row in why.rows}
    outcomes = {check.check: check for check in plan.checks}
    notes = dict(plan.notes)
    fence, level = rows[AutoGuard.FENCING].observed, outcomes.get("level")
    if notes.get("fence") != fence or "attest" in notes:
        return Refusal(reason="plan-differs", detail=f"fence {notes.get('fence', '')}")
    if fence == "ssh" and (level is None or level.outcome is not Outcome.PASS):
        return Refusal(reason="plan-differs", detail=f"level: {level.observed if level is not None else 'not checked'}")
    candidate = outcomes.get("candidate")
    if candidate is not None and candidate.outcome is not Outcome.PASS:
        return Refusal(reason="candidate-behind", detail=plan.target)
    proven = rows[AutoGuard.OVERLAP].holds is True and rows[AutoGuard.OVERLAP].reason != "asynchronous"
    loss = plan.loss
    if loss is None or (proven and loss.basis is not LossBasis.NONE):
        return Refusal(reason="plan-differs", detail=f"overlap: {loss.reason if loss is not None else 'not known'}")
    if not notes.get("rescue") and (loss.entries_high is None or loss.entries_high > most):
        return Refusal(reason="loss-above", detail=f"{loss.entries_high}")
    return None


class AutoRuns:
    """Proposes, starts and follows the runs of automation, by the answers that faces are given."""

    def __init__(self, ground: VigilGround, *, stopping: threading.Event) -> None:
        self._ground, self._stopping = ground, stopping
        self._told = threading.Condition()
        self._runs: dict[str, RunView] = {}  # real ones that have not ended, and those just ended, by id

    def begin(self) -> None:
        """Learn which runs are under way. Raises StoreTrouble."""
        said = self._ground.changes.answer(AskRuns(most=200), PERSON)
        for run in said.runs if isinstance(said, Runs) else ():
            self.told(run)

    def told(self, run: RunView) -> None:
        """A run as it stands."""
        if run.mode is not Mode.REAL:
            return
        with self._told:
            self._runs[run.id] = replace(run, log=(), steps=())
            for old in [one.id for one in self._runs.values() if one.state in ENDED][:-100]:
                del self._runs[old]
            self._told.notify_all()

    def seen(self, run: str) -> RunView | None:
        return self._runs.get(run)

    def under_way(self, cluster: str) -> RunView | None:
        """The real run of this cluster that has not ended."""
        with self._told:
            found = [run for run in self._runs.values() if run.plan.cluster == cluster and run.state not in ENDED]
        return found[0] if found else None

    def begun_since(self, cluster: str, moment: datetime) -> bool:
        """Was a real run of this cluster begun since then, by whomever?"""
        with self._told:
            return any(run.plan.cluster == cluster and run.begun_at is not None and run.begun_at >= moment
                       for run in self._runs.values())  # fmt: skip

    def propose(self, why: Why, most: int, *, rebuilds: bool = False) -> Plan | Refusal:
        """A plan that agrees with the guards, refused else. Changes nothing. Raises StoreTrouble."""
        said = self._ground.changes.answer(asked_for(why, most), PERSON)
        if isinstance(said, Proposed) and dict(said.plan.notes).get("way") == "rewind":
            # What a rewind takes away is gone; a new copy keeps the old data beside it until it is proven.
            said = self._ground.changes.answer(asked_for(why, most, rebuild=True), PERSON)
        if isinstance(said, Refused):
            return Refusal(reason=PLAN_REFUSED, detail=f"{said.reason} {said.detail}".strip())
        if not isinstance(said, Proposed):
            return Refusal(reason=PLAN_REFUSED)
        return disagreement(said.plan, why, most, rebuilds=rebuilds) or said.plan

    def start(self, plan: Plan, why: Why, most: int, mandate: Pairs) -> RunView | Refusal:
        """Begin it as the wizard would, by the mandate of whoever set the policy. Raises StoreTrouble."""
        detail = (*mandate, *guards_told(why))
        self._ground.audit.note(
            AuditKind.DECISION, who=PERSON, cluster=plan.cluster, run=plan.id,
            subject=f"automatic-{plan.operation.value}", detail=detail,
        )  # fmt: skip
        said = self._ground.changes.answer(
            StartRun(plan=plan.id, digest=plan.digest, mode=Mode.REAL, confirmed=plan.cluster, loss_entries_max=most),
            PERSON,
        )
        if isinstance(said, RunSeen):
            self.told(said.run)
            return said.run
        if isinstance(said, Refused):
            return Refusal(reason="not-started", detail=f"{said.reason} {said.detail}".strip())
        return Refusal(reason="not-started")

    def follow(self, run: str, until: Callable[[RunView], bool] = lambda _: False) -> RunView | None:
        """Wait until it has ended or asks a person; None where the engine ends first."""
        with self._told:
            while not self._stopping.is_set():
                view = self._runs.get(run)
                if view is not None and (view.state in SETTLED or until(view)):
                    return view
                self._told.wait(LOOK_SECONDS)
        return None

    def leave(self, run: str) -> None:
        """Leave a run that asks as it is. Raises StoreTrouble."""
        self._ground.changes.answer(AnswerRun(run=run, choice=Choice.LEAVE, reason="by automation"), PERSON)


def overtaken(run: RunView) -> bool:
    """Did it stop because another console holds the lock, or has held it since?"""
    return run.question is not None and run.question.asks is Asks.LOCK_TAKEN


def guards_told(why: Why) -> Pairs:
    """The guards as they stood, for the audit log."""

    def told() -> Iterable[tuple[str, str]]:
        for row in why.rows:
            holds = {True: "holds", False: "does not hold", None: "not known"}[row.holds]
            yield f"guard {row.guard.value}", f"{holds}: {row.observed} ({row.source})"

    return tuple(told())
