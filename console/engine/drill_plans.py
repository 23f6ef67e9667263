"""The drills that rest on what is there already: a switchover there and back, and a restore with its proof."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from console.backup.face import EngineTrouble
from console.domain.backup import Job, JobState
from console.domain.cluster import ClusterSpec
from console.domain.drill import Drill, DrillMark, DrillState
from console.domain.fleet import ClusterView
from console.domain.plan import Operation
from console.domain.reading import Moment
from console.domain.run import Mode, RunState, RunView
from console.domain.verdict import Health
from console.engine.backing import Backing
from console.engine.drill_course import DETAIL_CHARACTERS_MAX, DrillTrouble
from console.engine.runs import Changes
from console.link.changes import AskRun, Propose, Proposed, RunSeen, StartRun, StopRun
from console.link.messages import Refused
from console.store.trouble import StoreTrouble

RUN_SECONDS_MAX: Final = 3600.0  # a second person may have to approve it
RESTORE_SECONDS_MAX: Final = 12 * 3600.0
WELL_SECONDS_MAX: Final = 180.0
LOOK_SECONDS: Final = 0.3
SWITCHOVER_GAP_SECONDS: Final = 0.7  # as promised, where the cluster has no promise of its own
_ENDED: Final = frozenset({RunState.DONE, RunState.CANCELLED, RunState.LEFT})
_OPEN: Final = frozenset({JobState.RUNNING, JobState.UNSEEN})

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanGround:
    """What these drills are told by, and whom they tell."""

    clock: Callable[[], Moment]
    picture: Callable[[str], ClusterView | None]
    changed: Callable[[Drill], None]
    changes: Changes
    backing: Backing | None


class _Drilling:
    """What both have in common: marks, stopping, and an end that is always told."""

    def __init__(self, drill: Drill, spec: ClusterSpec, ground: PlanGround) -> None:
        self._drill, self._spec, self._ground = drill, spec, ground
        self._stopping = threading.Event()
        self._why = ""

    @property
    def drill(self) -> Drill:
        return self._drill

    def stop(self, why: str) -> None:
        self._why = self._why or why
        self._stopping.set()

    def run(self) -> Drill:
        """To its end; how it ended."""
        state, reason, detail = DrillState.PASSED, "", ""
        try:
            self._go()
        except DrillTrouble as trouble:
            state, reason, detail = DrillState.FAILED, trouble.reason, trouble.detail
        except EngineTrouble as trouble:
            state, reason, detail = DrillState.FAILED, trouble.reason, trouble.detail
        except StoreTrouble as trouble:
            state, reason, detail = DrillState.FAILED, "store-trouble", f"{trouble}"
        except Exception as surprise:  # the border of a drill: whatever happens, its end stands in the record
            log.exception("drill %s failed in a way that was not foreseen", self._drill.id)
            state, reason, detail = DrillState.FAILED, "not-foreseen", type(surprise).__name__
        late = next((one for one in self._drill.marks if one.seconds is not None and one.promised_seconds is not None
                     and one.seconds > one.promised_seconds), None)  # fmt: skip
        if late is not None and state is DrillState.PASSED:
            state, reason, detail = DrillState.FAILED, "over-promise", late.what
        if self._stopping.is_set() and state is DrillState.FAILED:
            state, reason = (DrillState.STOPPED if self._why == "stopped" else DrillState.FAILED), self._why
        return replace(
            self._drill, state=state, reason=reason, detail=detail[:DETAIL_CHARACTERS_MAX],
            ended_at=self._ground.clock().utc,
        )  # fmt: skip

    def _go(self) -> None:
        raise NotImplementedError

    def _set(self, mark: DrillMark | None = None, *, run: str = "", evidence: str = "") -> None:
        drill = self._drill
        self._drill = replace(
            drill, marks=(*drill.marks, mark) if mark is not None else drill.marks, run=run or drill.run,
            evidence=(*drill.evidence, evidence) if evidence else drill.evidence,
        )  # fmt: skip
        self._ground.changed(self._drill)


class SwitchoverDrill(_Drilling):
    """The switchover run for real, and back again; the write gap of each measured by the outage meter."""

    def __init__(self, drill: Drill, spec: ClusterSpec, ground: PlanGround, *, target: str, confirmed: str) -> None:
        super().__init__(drill, spec, ground)
        self._target, self._confirmed = target, confirmed

    def _go(self) -> None:
        view = self._ground.picture(self._spec.name)
        before = view.primary if view is not None else None
        if before is None:
            raise DrillTrouble("not-healthy")
        self._one_way(self._target, "gap", "plan-refused")
        self._well()
        if self._stopping.is_set():
            self._stopping.clear()  # stopped in the middle it goes back all the same: that is its undo
            self._one_way(before, "gap-back", "back-refused")
            self._stopping.set()
            raise DrillTrouble(self._why)
        self._one_way(before, "gap-back", "back-refused")
        self._well()

    def _one_way(self, target: str, mark: str, refused: str) -> None:
        changes, person = self._ground.changes, self._drill.by
        asked = Propose(cluster=self._spec.name, operation=Operation.SWITCHOVER, target=target)
        said = changes.answer(asked, person)
        if not isinstance(said, Proposed):
            raise DrillTrouble(refused, f"{said.reason} {said.detail}" if isinstance(said, Refused) else "")
        plan = said.plan
        if plan.refused:
            raise DrillTrouble(refused, ", ".join(one.check for one in plan.checks if one.outcome.value == "refuse"))
        begun = changes.answer(
            StartRun(plan=plan.id, digest=plan.digest, mode=Mode.REAL, confirmed=self._confirmed), person
        )
        if not isinstance(begun, RunSeen):
            raise DrillTrouble(refused, f"{begun.reason} {begun.detail}" if isinstance(begun, Refused) else "")
        self._set(run=begun.run.id, evidence=f"{mark}: run {begun.run.id} to {plan.target}")
        run = self._followed(begun.run)
        gap = run.outage.gap_seconds if run.outage is not None else None
        if gap is None:
            why = run.outage.why if run.outage is not None else ""
            self._set(DrillMark(what=mark, seconds=None), evidence=f"{mark}: not measured {why}".strip())
            return
        promised = self._spec.promises.rto_seconds_max or SWITCHOVER_GAP_SECONDS
        self._set(DrillMark(what=mark, seconds=round(gap, 3), promised_seconds=promised))

    def _followed(self, run: RunView) -> RunView:
        changes, person, end = self._ground.changes, self._drill.by, self._ground.clock().ticks + RUN_SECONDS_MAX
        asked_to_stop = False
        pause = threading.Event()
        while run.state not in _ENDED:
            if run.state is RunState.ASKING:
                raise DrillTrouble("run-asks", run.question.asks.value if run.question is not None else "")
            if self._stopping.is_set() and self._why == "engine-ended":
                raise DrillTrouble("engine-ended", run.id)
            if self._stopping.is_set() and not asked_to_stop:
                asked_to_stop = True
                changes.answer(StopRun(run=run.id), person)
            if self._ground.clock().ticks > end:
                raise DrillTrouble("run-not-done", run.state.value)
            pause.wait(LOOK_SECONDS)
            said = changes.answer(AskRun(run=run.id), person)
            run = said.run if isinstance(said, RunSeen) else run
        if run.state is not RunState.DONE:
            raise DrillTrouble("run-not-done", run.state.value)
        return run

    def _well(self) -> None:
        """Back to health, or there is no way back."""
        end, pause = self._ground.clock().ticks + WELL_SECONDS_MAX, threading.Event()
        while True:
            view = self._ground.picture(self._spec.name)
            if view is not None and view.verdict.health is Health.HEALTHY and view.primary is not None:
                return
            if self._ground.clock().ticks > end or self._why == "engine-ended":
                cause = view.verdict.cause.value if view is not None and view.verdict.cause is not None else ""
                raise DrillTrouble("not-well-again", cause)
            pause.wait(LOOK_SECONDS)


class RestoreDrill(_Drilling):
    """The newest backup restored into a sandbox and proven, its time against the promise."""

    def _go(self) -> None:
        backing = self._ground.backing
        if backing is None:
            raise DrillTrouble("no-backup-policy")
        job = backing.begin(self._spec, "prove", "", self._drill.by)
        if job is None:
            raise DrillTrouble("no-backup-policy")
        began = self._ground.clock().ticks
        self._set(run=job.id)
        done = self._followed(backing, job, began)
        if done.state is not JobState.DONE:
            raise DrillTrouble(done.reason or "not-proven", done.detail)
        promised = self._spec.promises.rto_seconds_max
        seconds = round(self._ground.clock().ticks - began, 2)
        self._set(DrillMark(what="proven", seconds=seconds, promised_seconds=promised),
                  evidence=f"backup {done.backup} of {done.repository}")  # fmt: skip

    def _followed(self, backing: Backing, job: Job, began: float) -> Job:
        pause, cancelled, recovering, restored = threading.Event(), False, False, False
        while job.state in _OPEN:
            if self._stopping.is_set() and self._why == "engine-ended":
                raise DrillTrouble("engine-ended", job.id)
            if (self._stopping.is_set() or self._ground.clock().ticks - began > RESTORE_SECONDS_MAX) and not cancelled:
                cancelled = True
                backing.desk.cancel(job.id)
            recovering = recovering or job.phase == "recovering"
            if recovering and job.phase != "recovering" and not restored:
                restored = True
                self._set(DrillMark(what="restored", seconds=round(self._ground.clock().ticks - began, 2)))
            pause.wait(LOOK_SECONDS)
            job = backing.desk.find(job.id) or job
        return job
