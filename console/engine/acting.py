"""What automation does once every guard holds: propose, hold the plan against the guards, begin it, follow it."""

import logging
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from console.domain.automation import Attempt, AttemptOutcome, AutoAct, AutomationPolicy, Why
from console.domain.cluster import ClusterSpec
from console.domain.guards import Restart
from console.domain.incident import IncidentLine, LineKind
from console.domain.plan import Pairs, Plan
from console.domain.run import Asks, RunState, RunView
from console.engine.auto_record import ENGINE_ENDED, OTHER_CONSOLE, STILL_DEAD, AutoRecord
from console.engine.auto_runs import ENDED, PERSON, PLAN_REFUSED, AutoRuns, Refusal, asked_for, disagreement, overtaken
from console.engine.guarding import Episode
from console.engine.standing import Standing
from console.engine.vigil_ground import VigilGround
from console.store.trouble import StoreTrouble

AGAIN_SECONDS: Final = 1.0  # and up to a second more, by this console's own number: two never stay in step
OTHER_SECONDS: Final = 2.0
STOP_SECONDS_MAX: Final = 5.0
READY_SECONDS_MAX: Final = 5.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A plan that was made before it was wanted. Its inputs are asked anew when it is begun."""

    plan: Plan
    ticks: float


class Acting:
    """One act a cluster at a time, each in a thread of its own. `why`: the guards judged anew; `again`: judge anew."""

    def __init__(
        self, ground: VigilGround, record: AutoRecord, runs: AutoRuns, standing: Standing, *,
        stopping: threading.Event, why: Callable[[ClusterSpec], Why | None], again: Callable[[str], None],
    ) -> None:  # fmt: skip
        self._ground, self._record, self._runs, self._standing = ground, record, runs, standing
        self._stopping, self._why, self._again = stopping, why, again
        self._guard = threading.Lock()
        self._threads: dict[str, threading.Thread] = {}
        self._ready: dict[str, Ready] = {}
        self._prepared: dict[str, float] = {}
        self._refused: dict[tuple[str, str | None, AutoAct], datetime] = {}
        self._jitter = (zlib.crc32(ground.console_id.encode()) % 1000) / 1000.0

    def busy(self, cluster: str) -> bool:
        """Is an act of ours under way?"""
        thread = self._threads.get(cluster)
        return thread is not None and thread.is_alive()

    def refused(self, cluster: str, node: str, act: AutoAct, since: datetime) -> bool:
        """Have the checks of its own plan refused this act since then?"""
        at = self._refused.get((cluster, node, act))
        return at is not None and at >= since

    def act(
        self, spec: ClusterSpec, why: Why, episode: Episode | None, *, anew: Callable[[], Why] | None = None
    ) -> None:
        """Begin it, where nothing of ours is under way; returns at once. `anew`: its own guards, not the primary's."""
        self._begin(spec.name, partial(self._one, spec, why, episode, anew or partial(self._why, spec)))

    def prepare(self, spec: ClusterSpec, why: Why) -> None:
        """Have the plan made while the evidence is still looked at a second time: nothing changes by it."""
        ticks = self._ground.clock().ticks
        if ticks - self._prepared.get(spec.name, float("-inf")) >= READY_SECONDS_MAX:
            self._prepared[spec.name] = ticks
            self._begin(spec.name, partial(self._prepare, spec, why))

    def beside(self, cluster: str, what: Callable[[], None]) -> None:
        """Something else of this cluster's, in a thread of its own, where nothing of ours is under way."""
        self._begin(cluster, what)

    def take_up(self, cluster: str) -> None:
        """What an engine before us was doing: its run goes on by itself, and is followed to its end."""
        for attempt in self._record.running(cluster):
            run = self._runs.seen(attempt.run)
            if run is None:
                now = self._ground.clock().utc
                self._record.ended(attempt, AttemptOutcome.FAILED, now, ENGINE_ENDED)
            else:
                self._begin(cluster, partial(self._follow, attempt, None))

    def settle_later(self, cluster: str, episode: Episode | None) -> None:
        """A run that asked was answered by a person meanwhile; one that nobody follows any more is followed."""
        for attempt in () if self.busy(cluster) else self._record.running(cluster):
            if self._runs.seen(attempt.run) is not None:  # the store took nothing when it came to its end
                self._begin(cluster, partial(self._follow, attempt, episode))
        for attempt in self._record.attempts(cluster):
            run = self._runs.seen(attempt.run) if attempt.outcome is AttemptOutcome.STOPPED else None
            if run is not None and run.state in ENDED and attempt.reason != OTHER_CONSOLE:
                done = run.state is RunState.DONE
                outcome = AttemptOutcome.DONE if done else AttemptOutcome.FAILED
                self._record.ended(attempt, outcome, run.ended_at or self._ground.clock().utc)

    def stop(self) -> None:
        for thread in list(self._threads.values()):
            thread.join(STOP_SECONDS_MAX)

    def _begin(self, cluster: str, what: Callable[[], None]) -> None:
        with self._guard:
            if self.busy(cluster) or self._stopping.is_set():
                return
            thread = threading.Thread(
                target=self._work, args=(cluster, what), name=f"automation {cluster}", daemon=True
            )
            self._threads[cluster] = thread
            thread.start()

    def _work(self, cluster: str, what: Callable[[], None]) -> None:
        try:
            what()
        except StoreTrouble as trouble:
            log.error("automation of %s does nothing that can't be written down: %s", cluster, trouble)
        except Exception:  # the border of an act: its run goes on or asks, and the next picture is judged all the same
            log.exception("an act of automation on %s failed in a way that was not foreseen", cluster)
        finally:
            self._threads.pop(cluster, None)
            self._again(cluster)

    def _prepare(self, spec: ClusterSpec, why: Why) -> None:
        self._standing.hand_over(spec)
        plan = self._runs.propose(why, self._record.policy(spec.name).loss_entries_max)
        if not isinstance(plan, Refusal):
            self._ready[spec.name] = Ready(plan=plan, ticks=self._ground.clock().ticks)

    def _planned(self, spec: ClusterSpec, why: Why, policy: AutomationPolicy) -> Plan | Refusal:
        """The plan that was made ready, where it is young and still what is wanted; else one that is made now."""
        ready, most = self._ready.pop(spec.name, None), policy.loss_entries_max
        young = ready is not None and self._ground.clock().ticks - ready.ticks < READY_SECONDS_MAX
        if ready is not None and young and ready.plan.operation is asked_for(why, most).operation:
            if disagreement(ready.plan, why, most) is None:
                return ready.plan
            log.info("automation of %s plans anew: what was made ready does not fit", spec.name)
        self._standing.hand_over(spec)
        return self._runs.propose(why, most, rebuilds=policy.rebuild_standbys)

    def _one(
        self, spec: ClusterSpec, why: Why, episode: Episode | None, anew: Callable[[], Why | None]
    ) -> None:
        """Raises StoreTrouble: nothing was begun then."""
        began, policy = self._ground.clock().ticks, self._record.policy(spec.name)
        most = policy.loss_entries_max
        plan = self._planned(spec, why, policy)
        if isinstance(plan, Refusal):
            self._put_off(spec, why, episode, plan)
            return
        now = anew()  # planning took its time: switched off, frozen or held since, it does not act
        if now is None or not now.would_act or (now.act, now.node, now.target) != (why.act, why.node, why.target):
            # The world has moved while it was planned: the next picture says what is so.
            log.info("automation of %s looks again: what it planned is not what it would do now", spec.name)
            return
        attempt = self._record.keep(
            Attempt(id=plan.id, cluster=spec.name, at=self._ground.clock().utc, act=why.act, node=why.node,
                    target=why.target, outcome=AttemptOutcome.RUNNING, why=now, run=plan.id)
        )  # fmt: skip
        if episode is not None and why.act is AutoAct.RESTART:
            episode.restart = Restart.UNDER_WAY
        try:
            run = self._runs.start(plan, now, most, self._record.mandate(spec.name))
        except StoreTrouble as trouble:
            run = Refusal(reason="not-started", detail=f"{trouble}")
        if isinstance(run, Refusal):
            if episode is not None and episode.restart is Restart.UNDER_WAY:
                episode.restart = Restart.NOT_TRIED
            self._record.drop(attempt)
            self._put_off(spec, why, episode, run)
            return
        self._line(attempt, "automation-acts", (("act", attempt.act.value), ("target", attempt.target or "")))
        stood = began - episode.since.ticks if episode is not None and episode.since is not None else 0.0
        log.warning(
            "automation of %s acts: %s of %s, run %s; evidence for %.3f s, begun %.3f s later", spec.name,
            why.act.value, why.node, run.id, stood, self._ground.clock().ticks - began,
        )  # fmt: skip
        self._follow(attempt, episode)

    def _put_off(self, spec: ClusterSpec, why: Why, episode: Episode | None, refusal: Refusal) -> None:
        """Not now: said in the log, and judged anew a little later. A start in place that can't be is in vain."""
        log.warning("automation of %s holds back: %s %s", spec.name, refusal.reason, refusal.detail)
        if refusal.reason == PLAN_REFUSED and not refusal.other:
            self._refused[(spec.name, why.node, why.act)] = self._ground.clock().utc
        if episode is None:
            return
        ticks = self._ground.clock().ticks
        if refusal.other:
            self._standing.look(spec)
        since = episode.since.ticks if episode.since is not None else ticks
        if not refusal.other and why.act is AutoAct.RESTART and ticks - since >= spec.change.restart_seconds:
            episode.restart = Restart.IN_VAIN
        episode.try_ticks = ticks + self._jitter + (OTHER_SECONDS if refusal.other else AGAIN_SECONDS)

    def _follow(self, attempt: Attempt, episode: Episode | None) -> None:
        """To its end, or to its question."""
        run = self._runs.follow(attempt.run)
        if run is None:
            return  # the engine ends; the next one follows it
        under_way = episode if attempt.act is AutoAct.RESTART else None
        try:
            outcome, reason = self._settled(attempt, run)
        except StoreTrouble:
            if under_way is not None:  # it asks still, which forbids the next act until it is left
                under_way.restart = Restart.NOT_TRIED
            raise
        if under_way is not None:
            under_way.restart = Restart.IN_VAIN if reason in ("", STILL_DEAD) else Restart.NOT_TRIED
        self._record.ended(attempt, outcome, self._ground.clock().utc, reason)
        self._line(attempt, "automation-ended", (("outcome", outcome.value), ("reason", reason)))
        log.warning("automation of %s: run %s is %s %s", attempt.cluster, run.id, outcome.value, reason)

    def _line(self, attempt: Attempt, word: str, detail: Pairs) -> None:
        """For the time line of the incident."""
        self._ground.board.line(
            IncidentLine(at=self._ground.clock().utc, cluster=attempt.cluster, kind=LineKind.ACTION, word=word,
                         node=attempt.node, who=PERSON, run=attempt.run, detail=detail)
        )  # fmt: skip

    def _settled(self, attempt: Attempt, run: RunView) -> tuple[AttemptOutcome, str]:
        if run.state is RunState.DONE:
            return AttemptOutcome.DONE, ""
        if run.state in ENDED:
            return AttemptOutcome.FAILED, "left-by-a-person"
        if overtaken(run):
            self._runs.leave(run.id)  # the other's run is the one that counts
            return AttemptOutcome.STOPPED, OTHER_CONSOLE
        # A person who stops a start in place has not asked for a failover.
        stopped = run.question is not None and run.question.asks is Asks.STOPPED
        if attempt.act is AutoAct.RESTART and not stopped:
            self._runs.leave(run.id)
            return AttemptOutcome.FAILED, STILL_DEAD
        return AttemptOutcome.STOPPED, "asks-a-person"
