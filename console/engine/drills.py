"""Drills: begun by a person or a schedule, one at a time for a cluster, each in the record from first to last."""

import logging
import secrets
import threading
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, Protocol

from console.domain.alerting import Alert, AlertSource, Sign
from console.domain.audit import AuditKind
from console.domain.cluster import ClusterSpec
from console.domain.drill import Drill, DrillKind, DrillSchedule, DrillState
from console.domain.drilling import (
    BEAT_STALE,
    CONSENT,
    EVERY_HOURS_MAX,
    HOLD_SECONDS_MAX,
    LIMIT_SECONDS_MAX,
    LIMIT_SECONDS_MIN,
    beat_stale_seconds,
    chosen_node,
    due_fault,
    newest_failures,
    other_fault,
    refused_fault,
    refused_health,
)
from console.domain.fleet import ClusterView, Event, EventKind
from console.domain.incident import IncidentLine, LineKind
from console.domain.plan import Pairs
from console.domain.reading import Moment
from console.domain.run import Mode, RunState, RunView
from console.domain.verdict import Health
from console.engine.drill_course import ENGINE_ENDED, OTHER_FAULT, Course, CourseGround
from console.engine.drill_decoy import DecoyStopped
from console.engine.drill_left import taken_up
from console.engine.drill_making import fault_of
from console.engine.drill_plans import PlanGround, RestoreDrill, SwitchoverDrill
from console.engine.vigil_ground import Part, VigilGround
from console.link.messages import Message, Refused
from console.link.watching import AskDrills, Drills, DrillSeen, ScheduleDrill, StartDrill, StopDrill
from console.store.records import Records
from console.store.trouble import StoreTrouble

SCHEDULE: Final = "schedule"
ROUND_SECONDS: Final = 2.0
READ_MAX: Final = 500
KEEP_DAYS: Final = 1_200  # of the record
STOP_SECONDS_MAX: Final = 30.0
NOT_UNDONE: Final = "not-undone"
NOT_UNDONE_AT_ONCE: Final = "not-undone-at-once"
AGAIN_MINUTES: Final = 10.0  # after a scheduled one was refused
_BROKEN_BY: Final = frozenset({RunState.RUNNING, RunState.STOPPING})

log = logging.getLogger(__name__)


class Runs(Protocol):
    """A drill that runs in a thread of its own."""

    @property
    def drill(self) -> Drill: ...

    def run(self) -> Drill: ...

    def stop(self, why: str) -> None: ...


@dataclass(slots=True)
class _Live:
    """One drill under way. `course` None: one of an earlier engine, whose fault is being proven undone."""

    drill: Drill
    course: Runs | None
    decoy: DecoyStopped | None = None
    thread: threading.Thread | None = None


class Rehearsals(Part):
    """All drills of one engine."""

    def __init__(self, ground: VigilGround) -> None:
        self._ground = ground
        self._records = Records(ground.store, "drill", Drill)
        self._schedules = Records(ground.store, "drill-schedule", DrillSchedule)
        self._alerts = Records(ground.store, "alert", Alert)
        self._guard = threading.Lock()
        self._live: dict[str, _Live] = {}  # by cluster
        self._failed: tuple[Drill, ...] = ()
        self._refused_until: dict[str, float] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._rounds, name="drills", daemon=True)
        ground.board.drilling = self._drilling

    # -- life ---------------------------------------------------------------------------------------------------

    def start(self) -> None:
        try:
            self._records.expire(self._ground.clock().utc - timedelta(days=KEEP_DAYS))
            for drill in self._records.newest(open_only=True):
                self._come_back(drill)
            self._failed = newest_failures(self._records.newest(most=READ_MAX))
        except StoreTrouble as trouble:
            log.error("drills of an earlier engine are not taken up: %s", trouble)
        self._thread.start()

    def stop(self) -> None:
        """Every fault is undone before the engine ends."""
        self._stopping.set()
        with self._guard:
            live = list(self._live.values())
        for one in live:
            if one.course is not None:
                one.course.stop(ENGINE_ENDED)
        for one in live:
            if one.thread is not None:
                one.thread.join(STOP_SECONDS_MAX)

    def seen(self, view: ClusterView) -> None:
        """Something real that goes wrong ends a rehearsal at once: automation is held by it."""
        with self._guard:
            live = self._live.get(view.name)
        if live is None or live.drill.kind is not DrillKind.DETECTOR:
            return
        if other_fault(view, live.drill.node or "") is None:
            return
        if live.course is None:  # only the proof that it is undone is still wanted
            self._ground.board.holds.release(f"drill:{live.drill.id}")
        else:
            live.course.stop(OTHER_FAULT)

    def run_told(self, run: RunView) -> None:
        """A change of the cluster comes before any rehearsal of its detector."""
        if run.mode is not Mode.REAL or run.state not in _BROKEN_BY:
            return
        with self._guard:
            live = self._live.get(run.plan.cluster)
        if live is not None and live.course is not None and live.drill.kind is DrillKind.DETECTOR:
            live.course.stop(OTHER_FAULT)

    def frozen(self) -> None:
        """Faults that are made on purpose are undone at once; other drills stop with the run that is theirs."""
        with self._guard:
            live = [one for one in self._live.values() if one.drill.kind is DrillKind.DETECTOR]
        for one in live:
            if one.course is not None:
                one.course.stop("stopped")

    def _drilling(self, cluster: str) -> bool:
        with self._guard:
            live = self._live.get(cluster)
        return live is not None and live.drill.kind is DrillKind.DETECTOR

    # -- what is wrong --------------------------------------------------------------------------------------------

    def signs(self, cluster: str, now: Moment) -> tuple[Sign, ...]:
        """A stale heartbeat of ours, a decoy that was killed, and rehearsals that failed."""
        del now
        found = [self._failed_sign(drill) for drill in self._failed if drill.cluster == cluster]
        watch = self._ground.poller.cluster(cluster)
        for node in watch.nodes if watch is not None else ():
            age, limit = node.beat_age(), beat_stale_seconds(node.cluster.interval_seconds)
            if age is not None and age > limit:
                found.append(
                    Sign(cluster=cluster, node=node.node.name, source=AlertSource.VERDICT, word=BEAT_STALE,
                         health=Health.DEGRADED, observed=round(age, 1), limit=limit)
                )  # fmt: skip
        with self._guard:
            live = self._live.get(cluster)
        decoy = live.decoy.sign() if live is not None and live.decoy is not None else None
        return (*found, decoy) if decoy is not None else tuple(found)

    def _failed_sign(self, drill: Drill) -> Sign:
        about = drill.fault.value if drill.fault is not None else drill.kind.value
        return Sign(
            cluster=drill.cluster, node=drill.node, source=AlertSource.DRILL, word="drill-failed",
            health=Health.DEGRADED, about=about, detail=drill.reason,
        )  # fmt: skip

    # -- what faces ask -----------------------------------------------------------------------------------------

    def answer(self, question: Message, person: str) -> Message | None:
        match question:
            case StartDrill():
                return self._started(question, person)
            case StopDrill():
                return self._stopped(question)
            case AskDrills():
                return self._listed(question.cluster, question.most)
            case ScheduleDrill():
                return self._scheduled(question, person)
            case _:
                return None

    def _listed(self, cluster: str, most: int) -> Message:
        schedules = self._schedules.newest(cluster=cluster)
        return Drills(drills=self._records.newest(cluster=cluster, most=max(1, most)), schedules=schedules)

    def _stopped(self, question: StopDrill) -> Message:
        drill = self._records.begins(question.drill) if question.drill else None
        if drill is None:
            return Refused(reason="no-drill", subject=question.drill)
        with self._guard:
            live = self._live.get(drill.cluster)
        if live is None or live.drill.id != drill.id:
            return Refused(reason="drill-ended", subject=drill.id)
        if live.course is not None:
            live.course.stop("stopped")
        return DrillSeen(drill=live.drill)

    def _scheduled(self, question: ScheduleDrill, person: str) -> Message:
        if self._ground.inventory().cluster(question.cluster) is None:
            return Refused(reason="no-cluster", subject=question.cluster)
        if not 0 <= question.every_hours <= EVERY_HOURS_MAX:
            return Refused(reason="drill-time", subject=question.cluster, detail=f"0 to {EVERY_HOURS_MAX:g} hours")
        now = self._ground.clock().utc
        if question.every_hours:
            wanted = DrillSchedule(cluster=question.cluster, every_hours=question.every_hours, by=person, since=now)
            self._schedules.keep(question.cluster, wanted, cluster=question.cluster, at=now, is_open=True)
        else:
            self._schedules.drop(question.cluster)
        return self._listed(question.cluster, 100)

    # -- beginning ------------------------------------------------------------------------------------------------

    def _started(self, question: StartDrill, person: str) -> Message:
        """Begin it, or why it is not begun; nothing was touched then."""
        spec = self._ground.inventory().cluster(question.cluster)
        if spec is None:
            return Refused(reason="no-cluster", subject=question.cluster)
        view = self._ground.picture(spec.name)
        node, fault = question.node, question.fault
        word, detail = _senseless(question)
        if not word:
            word, detail = refused_health(view, question.kind, fault)
        if not word and fault is not None and view is not None:
            node = chosen_node(spec, view, fault, question.node)
            word, detail = refused_fault(spec, view, fault, node), node
        if not word and question.kind is DrillKind.SWITCHOVER and node and spec.node(node) is None:
            word, detail = "no-node", node
        if not word and question.kind is DrillKind.RESTORE and spec.backup is None:
            word = "no-backup-policy"
        if not word and question.kind is not DrillKind.RESTORE and self._ground.changes.busy(spec.name):
            word = "drill-run-under-way"
        if word:
            return Refused(reason=word, subject=spec.name, detail=detail)
        drill = Drill(
            id=self._new_id(), cluster=spec.name, kind=question.kind, state=DrillState.RUNNING,
            begun_at=self._ground.clock().utc, by=person, fault=fault, node=node or None,
        )  # fmt: skip
        return self._begun(drill, spec, question)

    def _new_id(self) -> str:
        return f"{self._ground.clock().utc:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"

    def _begun(self, drill: Drill, spec: ClusterSpec, question: StartDrill) -> Message:
        live = _Live(drill, None)
        with self._guard:
            other = self._live.get(spec.name)
            if other is not None or self._stopping.is_set():
                return Refused(reason="drill-under-way", subject=spec.name, detail=other.drill.id if other else "")
            self._live[spec.name] = live
        try:
            self._keep(drill)
            live.course = self._course(drill, spec, question, live)
        except BaseException:
            self._forget(drill)
            raise
        live.thread = threading.Thread(target=self._work, args=(live,), name=f"drill {drill.id}", daemon=True)
        live.thread.start()
        return DrillSeen(drill=drill)

    def _course(self, drill: Drill, spec: ClusterSpec, question: StartDrill, live: _Live) -> Runs:
        ground = self._ground
        if drill.fault is None:
            about = PlanGround(
                clock=ground.clock, picture=ground.picture, changed=self._changed, changes=ground.changes,
                backing=ground.backing,
            )  # fmt: skip
            if drill.kind is DrillKind.RESTORE:
                return RestoreDrill(drill, spec, about)
            return SwitchoverDrill(drill, spec, about, target=question.node, confirmed=question.confirmed)
        fault = fault_of(drill, spec, question, ground, note=lambda detail: self._note_command(drill, detail))
        live.decoy = fault if isinstance(fault, DecoyStopped) else None
        told = CourseGround(
            clock=ground.clock, picture=ground.picture, changed=self._changed, at_fault=self._at_fault,
            alerts=lambda cluster: self._alerts.newest(cluster=cluster, most=READ_MAX, open_only=True),
        )  # fmt: skip
        return Course(drill, fault, told, limit_seconds=question.limit_seconds)

    def _note_command(self, drill: Drill, detail: Pairs) -> None:
        self._ground.audit.note(
            AuditKind.COMMAND, who=drill.by, cluster=drill.cluster, run=drill.id, subject="cut-stream", detail=detail
        )

    # -- under way ------------------------------------------------------------------------------------------------

    def _work(self, live: _Live) -> None:
        drill, course = live.drill, live.course
        assert course is not None
        holds = self._ground.board.holds
        if drill.kind is DrillKind.DETECTOR:  # a plan that runs holds automation by itself
            holds.hold(f"drill:{drill.id}", drill.cluster, "drill")
        self._line(drill, "drill-began")
        try:
            ended = course.run()
            self._ended(ended)
            if ended.reason == NOT_UNDONE:
                live.course, live.decoy = None, None
                proven = taken_up(ended, self._ground, stopping=self._stopping)
                if proven is not None:
                    self._ended(replace(ended, evidence=proven.evidence, reason=NOT_UNDONE_AT_ONCE))
        finally:
            holds.release(f"drill:{drill.id}")
            self._forget(drill)

    def _ended(self, drill: Drill) -> None:
        """Its end is in the record, unless its fault is not proven undone: then the next engine takes it up."""
        still_open = drill.reason == NOT_UNDONE
        self._line(drill, "drill-ended")
        try:
            self._keep(drill, is_open=still_open)
            self._failed = newest_failures(self._records.newest(most=READ_MAX))
        except StoreTrouble as trouble:
            log.error("how drill %s ended is not kept: %s", drill.id, trouble)
        log.info("drill %s of %s: %s %s", drill.id, drill.cluster, drill.state.value, drill.reason)

    def _changed(self, drill: Drill) -> None:
        self._keep(drill)

    def _keep(self, drill: Drill, *, is_open: bool | None = None) -> None:
        """Keep and tell. Raises StoreTrouble."""
        under_way = drill.state is DrillState.RUNNING if is_open is None else is_open
        self._records.keep(drill.id, drill, cluster=drill.cluster, at=drill.begun_at, is_open=under_way)
        with self._guard:
            live = self._live.get(drill.cluster)
            if live is not None and live.drill.id == drill.id:
                live.drill = drill
        self._ground.tell(DrillSeen(drill=drill), f"drill {drill.id}")

    def _forget(self, drill: Drill) -> None:
        with self._guard:
            live = self._live.get(drill.cluster)
            if live is not None and live.drill.id == drill.id:
                del self._live[drill.cluster]

    def _at_fault(self, drill: Drill) -> None:
        fault = drill.fault.value if drill.fault is not None else ""
        now = self._ground.clock().utc
        self._ground.note(
            Event(at=now, kind=EventKind.FAULT, cluster=drill.cluster, node=drill.node, health="unknown", text=fault)
        )
        self._line(drill, fault, kind=LineKind.FAULT)

    def _line(self, drill: Drill, word: str, *, kind: LineKind = LineKind.DRILL) -> None:
        about = (("kind", drill.kind.value), ("fault", drill.fault.value if drill.fault is not None else ""),
                 ("state", drill.state.value), ("reason", drill.reason), ("drill", drill.id))  # fmt: skip
        self._ground.board.line(
            IncidentLine(
                at=self._ground.clock().utc, cluster=drill.cluster, kind=kind, word=word, node=drill.node,
                who=drill.by, detail=tuple(pair for pair in about if pair[1]),
            )
        )  # fmt: skip

    # -- of an earlier engine ---------------------------------------------------------------------------------------

    def _come_back(self, drill: Drill) -> None:
        """Its fault is proven undone, or undone, before another drill of this cluster begins."""
        live = _Live(drill, None)
        live.thread = threading.Thread(target=self._settle, args=(drill,), name=f"drill {drill.id}", daemon=True)
        with self._guard:
            self._live[drill.cluster] = live
        live.thread.start()

    def _settle(self, drill: Drill) -> None:
        holds = self._ground.board.holds
        if drill.fault in CONSENT:  # a standby that looks lost must not be rebuilt meanwhile
            holds.hold(f"drill:{drill.id}", drill.cluster, "drill")
        try:
            ended = taken_up(drill, self._ground, stopping=self._stopping)
            if ended is not None:
                self._ended(ended)
        finally:
            holds.release(f"drill:{drill.id}")
            self._forget(drill)

    # -- the schedule -----------------------------------------------------------------------------------------------

    def _rounds(self) -> None:
        while not self._stopping.wait(ROUND_SECONDS):
            try:
                for schedule in self._schedules.newest():
                    self._look_at(schedule)
            except StoreTrouble as trouble:
                log.warning("the schedule of drills is not read: %s", trouble)
            except Exception:  # a poll round: one that could not be begun ends no further rehearsal
                log.exception("a scheduled drill could not be begun in a way that was not foreseen")

    def _look_at(self, schedule: DrillSchedule) -> None:
        """Begin the harmless fault that was longest not rehearsed, where one is due."""
        cluster, now = schedule.cluster, self._ground.clock()
        if self._ground.freezer.now() is not None:
            return
        with self._guard:
            if cluster in self._live or now.ticks < self._refused_until.get(cluster, float("-inf")):
                return
        inventory = self._ground.inventory()
        spec = inventory.cluster(cluster)
        if spec is None and inventory.clusters:  # one that can't be read is empty
            self._schedules.drop(cluster)  # a later cluster of this name is not drilled by it
        fault = due_fault(schedule, self._records.newest(cluster=cluster, most=READ_MAX), now) if spec else None
        if fault is None:
            return
        question = StartDrill(cluster=cluster, kind=DrillKind.DETECTOR, fault=fault)
        detail = (("kind", question.kind.value), ("fault", fault.value))
        self._ground.audit.note(AuditKind.DECISION, who=SCHEDULE, cluster=cluster, subject="start-drill", detail=detail)
        answer = self._started(question, SCHEDULE)
        if isinstance(answer, Refused):
            self._refused_until[cluster] = now.ticks + AGAIN_MINUTES * 60
            refused = Drill(
                id=self._new_id(), cluster=cluster, kind=DrillKind.DETECTOR, state=DrillState.REFUSED,
                begun_at=now.utc, ended_at=now.utc, by=SCHEDULE, fault=fault, reason=answer.reason,
                detail=answer.detail,
            )  # fmt: skip
            self._keep(refused)


def _senseless(question: StartDrill) -> tuple[str, str]:
    """What is wrong with the question itself."""
    detector = question.kind is DrillKind.DETECTOR
    if detector and question.fault is None:
        return "no-fault", ""
    if not detector and question.fault is not None:
        return "with-fault", question.fault.value
    if not LIMIT_SECONDS_MIN <= question.limit_seconds <= LIMIT_SECONDS_MAX:
        return "drill-time", f"a limit of {LIMIT_SECONDS_MIN:g} to {LIMIT_SECONDS_MAX:g} s"
    if not 0 <= question.hold_seconds <= HOLD_SECONDS_MAX or question.hold_seconds >= question.limit_seconds:
        return "drill-time", f"to be held for 0 to {HOLD_SECONDS_MAX:g} s, and for less than the limit"
    changes = question.kind is DrillKind.SWITCHOVER or question.fault in CONSENT
    return ("confirm-drill", question.confirmed) if changes and question.confirmed != question.cluster else ("", "")

