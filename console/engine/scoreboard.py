"""Answers what the indicators of a cluster or of a run are, from records; keeps when a ledger was not written to."""

import hashlib
import logging
import queue
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from console.domain.cluster import ClusterSpec, NodeKind
from console.domain.drill import Drill
from console.domain.fleet import ClusterView, Event
from console.domain.incident import Incident
from console.domain.redundancy import Redundancy
from console.domain.run import Mode, RunState, RunView
from console.domain.score_records import Span, WriteLoss
from console.domain.scoring import ScoreInput, scored
from console.domain.verdict import Health
from console.engine.vigil_ground import Part, VigilGround
from console.link.governing import AskIndicators, IndicatorsSeen
from console.link.messages import Message, Refused
from console.monitor.incidents import writable
from console.store.journal import RUNS_MAX, Journal
from console.store.records import Records
from console.store.trouble import StoreTrouble

DEFAULT_DAYS: Final = 30
DAYS_MAX: Final = 3_660
DRILLS_READ_MAX: Final = 500
INCIDENTS_READ_MAX: Final = 500
LOOKED_UP_MAX: Final = 100  # runs that incidents name and the newest ones don't hold
LOSSES_READ_MAX: Final = 2_000
END_SECONDS_MAX: Final = 3.0

log = logging.getLogger(__name__)


class Scoreboard(Part):
    """Every answer is made from the records as they stand when it is asked.

    The one record that is made here: from which second to which a ledger that was written to could not be.
    """

    def __init__(self, ground: VigilGround) -> None:
        self._ground = ground
        self._journal = Journal(ground.store)
        self._drills = Records(ground.store, "drill", Drill)
        self._copies = Records(ground.store, "redundancy", Redundancy)
        self._incidents = Records(ground.store, "incident", Incident)
        self._losses = Records(ground.store, "write-loss", WriteLoss)
        self._open: dict[str, WriteLoss] = {}  # by cluster
        self._written: set[str] = set()  # clusters that were written to since this engine looks
        self._unkept: queue.SimpleQueue[WriteLoss | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._keep, name="write losses", daemon=True)

    # -- the record of losses -----------------------------------------------------------------------------------

    def start(self) -> None:
        """Take up what an engine before this one left open."""
        try:
            self._open = {one.cluster: one for one in self._losses.newest(open_only=True)}
        except StoreTrouble as trouble:
            log.error("losses of writes of an earlier engine are not taken up: %s", trouble)
        self._thread.start()

    def stop(self) -> None:
        self._unkept.put(None)
        if self._thread.is_alive():
            self._thread.join(END_SECONDS_MAX)

    def seen(self, view: ClusterView) -> None:
        """What is neither seen to be lost nor written to changes nothing: nobody knows."""
        loss = self._open.get(view.name)
        if writable(view):
            self._written.add(view.name)
            if loss is not None:
                del self._open[view.name]
                self._unkept.put(replace(loss, end=view.at))
        elif loss is None and view.verdict.health is Health.LOST and view.name in self._written:
            loss = WriteLoss(id=f"{_record(view.name)[:12]}-{view.at:%Y%m%d%H%M%S%f}", cluster=view.name, begin=view.at)
            self._open[view.name] = loss
            self._unkept.put(loss)

    def _keep(self) -> None:
        while (loss := self._unkept.get()) is not None:
            try:
                self._losses.keep(loss.id, loss, cluster=loss.cluster, at=loss.begin, is_open=loss.end is None)
            except StoreTrouble as trouble:
                log.error("a loss of writes of %s is not kept: %s", loss.cluster, trouble)

    # -- answers ------------------------------------------------------------------------------------------------

    def answer(self, question: Message, person: str) -> Message | None:
        del person
        return self._seen(question) if isinstance(question, AskIndicators) else None

    def _seen(self, question: AskIndicators) -> Message:
        spec = self._ground.inventory().cluster(question.cluster)
        if spec is None:
            return Refused(reason="no-cluster", subject=question.cluster)
        if question.run:
            return self._of_run(spec, question.run)
        until = question.until or self._ground.clock().utc
        if until.tzinfo is None or (question.since is not None and question.since.tzinfo is None):
            return Refused(reason="no-time", subject=spec.name, detail="a time says its zone")
        since = question.since or until - timedelta(days=DEFAULT_DAYS)
        if not timedelta() < until - since <= timedelta(days=DAYS_MAX):
            return Refused(reason="no-time", subject=spec.name,
                           detail=f"a time of more than no and at most {DAYS_MAX} days can be asked for")  # fmt: skip
        found = scored(self._given(spec, since, until))
        return IndicatorsSeen(cluster=spec.name, since=since, until=until, indicators=found.indicators,
                              lines=found.lines)  # fmt: skip

    def _of_run(self, spec: ClusterSpec, asked: str) -> Message:
        run = self._journal.run(asked)
        if run is None or run.plan.cluster != spec.name:
            return Refused(reason="no-run", subject=asked)
        if run.mode is not Mode.REAL or run.state is not RunState.DONE:
            word = "rehearsal" if run.mode is not Mode.REAL else run.state.value
            return Refused(reason="run-proves-nothing", subject=run.id, detail=word)
        end = run.ended_at or run.begun_at or run.plan.made_at
        begin = run.begun_at or end
        given = self._ground_of(spec, begin, end)
        incidents = tuple(one for one in self._all_incidents(spec) if run.id in one.runs)
        losses = self._losses.newest(cluster=spec.name, most=LOSSES_READ_MAX)
        found = scored(replace(given, runs=(run,), incidents=incidents, losses=losses, run=run.id))
        return IndicatorsSeen(cluster=spec.name, since=min(begin, end), until=end, indicators=found.indicators,
                              lines=found.lines, run=run.id)  # fmt: skip

    def _ground_of(self, spec: ClusterSpec, since: datetime, until: datetime) -> ScoreInput:
        """What is known without any record: the inventory's words and the picture of now."""
        view = self._ground.picture(spec.name)
        mapping = spec.ledger_mapping
        return ScoreInput(
            since=since, until=until, nodes=sum(1 for node in spec.nodes if node.kind is NodeKind.POSTGRES),
            primary=None if view is None else view.primary, writable=None if view is None else writable(view),
            gap_free=None if mapping is None else mapping.gap_free, rto_seconds_max=spec.promises.rto_seconds_max,
            uptime_percent_min=spec.promises.uptime_percent_min,
        )  # fmt: skip

    def _given(self, spec: ClusterSpec, since: datetime, until: datetime) -> ScoreInput:
        runs = self._journal.runs(cluster=spec.name, most=RUNS_MAX)
        incidents = self._all_incidents(spec)
        begin = min(since, datetime(until.year, 1, 1, tzinfo=UTC))
        watched, events = self._looked(spec, begin, until)
        backing, copies = self._ground.backing, self._copies.get(_record(spec.name))
        return replace(
            self._ground_of(spec, since, until), runs=runs, incidents=incidents, watched=watched, events=events,
            losses=self._losses.newest(cluster=spec.name, most=LOSSES_READ_MAX),
            gone=self._gone(runs, incidents, since, until), redundancy=copies,
            drills=self._drills.newest(cluster=spec.name, most=DRILLS_READ_MAX),
            marks=() if backing is None else backing.backup_log.marks(spec.name),
        )  # fmt: skip

    def _all_incidents(self, spec: ClusterSpec) -> tuple[Incident, ...]:
        return self._incidents.newest(cluster=spec.name, most=INCIDENTS_READ_MAX)

    def _looked(
        self, spec: ClusterSpec, begin: datetime, end: datetime
    ) -> tuple[tuple[Span, ...], tuple[Event, ...]]:  # fmt: skip
        spans, events = self._ground.history.looked(
            cluster=spec.name, begin=begin.timestamp(), end=end.timestamp()
        )
        told = tuple((datetime.fromtimestamp(one, UTC), datetime.fromtimestamp(other, UTC)) for one, other in spans)
        return told, events

    def _gone(
        self, runs: tuple[RunView, ...], incidents: tuple[Incident, ...], since: datetime, until: datetime
    ) -> tuple[str, ...]:  # fmt: skip
        """Runs that incidents of the time name, and that no record holds any more."""
        known = {run.id for run in runs}
        named = [run for one in incidents if since <= one.begun_at <= until for run in one.runs if run not in known]
        return tuple(run for run in dict.fromkeys(named[:LOOKED_UP_MAX]) if self._journal.run(run) is None)



def _record(cluster: str) -> str:
    return hashlib.sha256(cluster.encode()).hexdigest()[:40]
