"""Automatic recovery: judges the guards at each picture, says why, and acts where every one of them holds."""

import logging
import math
import secrets
import threading
from dataclasses import replace
from typing import Final

from console.domain.alerting import AlertSource, Sign
from console.domain.automation import (
    Attempt,
    AttemptOutcome,
    AutoAct,
    AutoGuard,
    AutomationMode,
    GuardRow,
    Why,
)
from console.domain.cluster import ClusterSpec, Manager
from console.domain.fleet import ClusterView
from console.domain.group_guards import judge_group_acts
from console.domain.guards import Known, judge, would_have
from console.domain.incident import IncidentLine, LineKind
from console.domain.reading import Moment
from console.domain.run import Mode, RunState, RunView
from console.domain.takeover import RUNS_MAX, measured, takeover_of
from console.domain.verdict import Cause, Health, Level
from console.engine.acting import Acting
from console.engine.auto_record import AutoRecord, Mandate
from console.engine.auto_runs import ENDED, PERSON, AutoRuns
from console.engine.group_proof import GroupProof
from console.engine.guarding import Episode, Guarding, OwnState, death_of, episode_after, last_seen_of
from console.engine.standby_acts import StandbyActs
from console.engine.standing import Standing
from console.engine.vigil_ground import Part, VigilGround
from console.link.changes import AskRuns, Runs
from console.link.messages import Done, Message, Refused
from console.link.watching import AcknowledgeAttempt, AskWhy, SetAutomation, WhySeen
from console.store.trouble import StoreTrouble

IDLE_SECONDS: Final = 0.5
LOOK_OLDER_SECONDS: Final = 5.0  # a panel that asks each second has no node asked each second
REFUSES_SECONDS: Final = 3.0  # the second look at a dead host takes a moment
FIGURE_MAX: Final = 1_000_000_000  # of a policy: hours of more than that are no hours to count with
SCORE_SECONDS: Final = 60.0  # a primary that is lost for so long did not come back by itself

log = logging.getLogger(__name__)


class Automation(Part):
    """One engine's automation, of every cluster."""

    def __init__(self, ground: VigilGround) -> None:
        self._ground = ground
        self._began = math.inf
        self._stopping = threading.Event()
        self._record = AutoRecord(ground.store, self._identifier)
        self._there: frozenset[str] = frozenset()  # the clusters whose records are kept; empty: not looked at yet
        self._untidy = False
        self._runs = AutoRuns(ground, stopping=self._stopping)
        self._standing = Standing(
            ground, policy=self._record.policy, lost=lambda cluster: cluster in self._episodes, silent=self._silent,
            acting=lambda cluster: self._acting.busy(cluster), changed=self._again,
        )  # fmt: skip
        self._guarding = Guarding(ground, began=lambda: self._began)
        self._acting = Acting(ground, self._record, self._runs, self._standing, stopping=self._stopping,
                              why=self._fresh_why, again=self._again)  # fmt: skip
        self._standbys = StandbyActs(self._record, self._acting)
        self._proof = GroupProof(ground, beside=self._acting.beside)
        self._due = threading.Condition()
        self._views: dict[str, ClusterView] = {}
        self._newest: dict[str, ClusterView] = {}
        self._whys: dict[str, Why] = {}
        self._told: dict[str, object] = {}
        self._episodes: dict[str, Episode] = {}
        self._lost_ticks: dict[str, float] = {}
        self._failing: set[str] = set()  # clusters that could not be judged, by a mistake of ours
        self._measured: dict[str, tuple[float | None, int]] = {}
        self._thread = threading.Thread(target=self._keep, name="automation", daemon=True)
        ground.board.why = self._whys.get

    # -- life ---------------------------------------------------------------------------------------------------

    def start(self) -> None:
        self._began = self._ground.clock().ticks
        self._tidy()
        try:
            self._runs.begin()
            for spec in self._ground.inventory().clusters:
                self._acting.take_up(spec.name)
        except StoreTrouble as trouble:
            log.error("what automation did before can't be read: %s", trouble)
        self._standing.start()
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        with self._due:
            self._due.notify()
        self._thread.join(5.0)
        self._acting.stop()
        self._standing.stop()

    def seen(self, view: ClusterView) -> None:
        with self._due:
            self._views[view.name] = self._newest[view.name] = view
            self._due.notify()

    def run_told(self, run: RunView) -> None:
        self._runs.told(run)
        if run.mode is Mode.REAL and run.state in ENDED:
            self._measured.pop(run.plan.cluster, None)

    def _identifier(self, cluster: str) -> str | None:
        watch = self._ground.poller.cluster(cluster)
        return watch.identifier if watch is not None else None

    def _tidy(self) -> None:
        """What a person allowed for a cluster goes with it out of the inventory: a later one is asked for anew."""
        there = frozenset(spec.name for spec in self._ground.inventory().clusters)
        if there == self._there:  # an inventory that can't be read at the start is empty, and takes nothing out
            return
        try:
            self._record.tidy(there, self._ground.clock().utc)
        except StoreTrouble as trouble:
            if not self._untidy:
                log.error("what automation knows of clusters that are gone can't be taken out: %s", trouble)
            self._untidy = True
            return
        self._there, self._untidy = there, False

    def _silent(self, cluster: str) -> str:
        """The dead primary whose host is silent, by the word of its standbys too; empty: there is none."""
        episode = self._episodes.get(cluster)
        return episode.node if episode is not None and episode.level is Level.WITNESSED else ""

    def _again(self, cluster: str) -> None:
        """Something beside the picture has changed: judge the newest picture anew."""
        with self._due:
            view = self._newest.get(cluster)
            if view is not None:
                self._views.setdefault(cluster, view)
                self._due.notify()

    # -- judging ------------------------------------------------------------------------------------------------

    def _keep(self) -> None:
        while not self._stopping.is_set():
            with self._due:
                if not self._views:
                    self._due.wait(IDLE_SECONDS)
                views, self._views = self._views, {}
            self._tidy()
            for view in views.values():
                try:
                    self._look(view)
                except StoreTrouble as trouble:
                    log.error("automation of %s waits: %s", view.name, trouble)
                except Exception:  # the border of judging: one cluster's surprise must not end the others' automation
                    log.exception("automation of %s could not be judged", view.name)
                    self._unjudged(view.name)

    def _unjudged(self, cluster: str) -> None:
        """What was judged before is not said any more as if it were so now."""
        self._whys.pop(cluster, None)
        self._told.pop(cluster, None)
        self._failing.add(cluster)
        watch = self._ground.poller.cluster(cluster)
        if watch is not None:
            watch.takeover = takeover_of(None, None, 0)

    def _look(self, view: ClusterView) -> None:
        spec = self._ground.inventory().cluster(view.name)
        if spec is None:
            self._episodes.pop(view.name, None)
            self._whys.pop(view.name, None)
            return
        why = self._judged(spec, view)
        self._publish(spec, why)
        self._failing.discard(spec.name)
        if spec.manager is Manager.PATRONI:
            self._proof.look(spec, view)
        else:
            self._acting.settle_later(spec.name, self._episodes.get(spec.name))
            self._decide(spec, view, why)
            self._standbys.look(spec, view, lambda: self._known_now(spec, view))

    def _judged(self, spec: ClusterSpec, view: ClusterView) -> Why:
        """The guards at this moment; keeps the episode."""
        now = self._ground.clock()
        if view.primary is not None or view.verdict.health is not Health.LOST:
            self._lost_ticks.pop(spec.name, None)
        else:
            self._lost_ticks.setdefault(spec.name, now.ticks)
        found = death_of(view, last_seen_of(self._ground.poller.cluster(spec.name), now))
        before = self._episodes.get(spec.name)
        after = episode_after(before, found, now, alive=view.primary is not None)
        if after is not None:
            self._episodes[spec.name] = after
        elif before is not None:
            del self._episodes[spec.name]
            self._score_over(spec, before, view, now)
        return self._why_of(spec, view, after)

    def _why_of(self, spec: ClusterSpec, view: ClusterView, episode: Episode | None) -> Why:
        """On a cluster under Patroni its group decides, and what it goes by is shown."""
        now, facts = self._ground.clock(), self._standing.facts(spec.name)
        if spec.manager is Manager.PATRONI:
            mode = self._record.policy(spec.name).mode
            return judge_group_acts(
                spec.name, now.utc, mode=mode, view=facts.group, primary=view.primary, lost=view.primary is None
            )
        return judge(self._known(spec, view, episode))

    def _known(self, spec: ClusterSpec, view: ClusterView, episode: Episode | None) -> Known:
        own = self._own(spec, episode, self._ground.clock())
        return self._guarding.known(spec, view, own, self._standing.facts(spec.name))

    def _known_now(self, spec: ClusterSpec, view: ClusterView) -> Known:
        """From the newest picture there is, and from this one where there is none."""
        return self._known(spec, self._newest.get(spec.name, view), self._episodes.get(spec.name))

    def _own(self, spec: ClusterSpec, episode: Episode | None, now: Moment) -> OwnState:
        run, blocking = self._runs.under_way(spec.name), self._record.blocking(spec.name, now.utc)
        return OwnState(
            policy=self._record.policy(spec.name), episode=episode, run=run.id if run is not None else "",
            own_run=run is not None and run.person == PERSON,
            paused_since=(blocking.ended_at or blocking.at) if blocking is not None else None,
        )  # fmt: skip

    def _fresh_why(self, spec: ClusterSpec) -> Why | None:
        """The guards judged anew, from the newest picture there is, right before an act."""
        view = self._newest.get(spec.name) or self._ground.picture(spec.name)
        if view is None:
            return None
        return self._why_of(spec, view, self._episodes.get(spec.name))

    def _publish(self, spec: ClusterSpec, why: Why) -> None:
        self._whys[spec.name] = why
        taken = self._measured.get(spec.name)
        if taken is None:
            said = self._ground.changes.answer(AskRuns(cluster=spec.name, most=RUNS_MAX), PERSON)
            taken = self._measured[spec.name] = measured(said.runs) if isinstance(said, Runs) else (None, 0)
        watch = self._ground.poller.cluster(spec.name)
        if watch is not None:
            watch.takeover = takeover_of(why, *taken)
        seen = self._seen(spec.name, why)
        mark = (
            why.mode, why.act, why.node, why.target, why.would_act, why.hypothetical, seen.attempts, seen.acting,
            seen.unacknowledged, seen.policy, tuple((row.guard, row.holds, row.reason, row.node) for row in why.rows),
        )  # fmt: skip
        if self._told.get(spec.name) != mark:
            self._told[spec.name] = mark
            self._ground.tell(seen, f"why {spec.name}")

    def _seen(self, cluster: str, why: Why) -> WhySeen:
        blocking = self._record.blocking(cluster, why.at)
        return WhySeen(
            why=why, policy=self._record.policy(cluster), attempts=self._record.attempts(cluster),
            unacknowledged=blocking.id if blocking is not None else "", acting=self._standing.facts(cluster).other,
        )  # fmt: skip

    # -- deciding -----------------------------------------------------------------------------------------------

    def _decide(self, spec: ClusterSpec, view: ClusterView, why: Why) -> None:
        episode = self._episodes.get(spec.name)
        if episode is None and _near(why, view):
            self._acting.prepare(spec, why)
        if episode is None or why.hypothetical:
            return
        if why.mode is AutomationMode.OBSERVE:
            self._observe(spec, episode, why)
        elif why.would_act and self._ground.clock().ticks >= episode.try_ticks:
            self._acting.act(spec, why, episode)

    def _observe(self, spec: ClusterSpec, episode: Episode, why: Why) -> None:
        """Say what it would have done, once a death; score it when it is known."""
        now = self._ground.clock()
        if not episode.observed and would_have(why):
            name = f"{now.utc:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
            self._record.keep(
                Attempt(id=name, cluster=spec.name, at=now.utc, act=why.act, node=why.node, target=why.target,
                        outcome=AttemptOutcome.WOULD_HAVE, why=why)
            )  # fmt: skip
            episode.observed = name
            self._ground.board.line(
                IncidentLine(at=now.utc, cluster=spec.name, kind=LineKind.ACTION, word="automation-would-have-acted",
                             node=why.node, who=PERSON, detail=(("act", why.act.value), ("target", why.target or "")))
            )  # fmt: skip
            log.warning("automation of %s would have acted: %s of %s", spec.name, why.act.value, why.node)
        elif episode.observed and episode.since is not None and now.ticks - episode.since.ticks >= SCORE_SECONDS:
            self._score(spec.name, episode.observed, AttemptOutcome.RIGHT, now)

    def _score_over(self, spec: ClusterSpec, episode: Episode, view: ClusterView, now: Moment) -> None:
        """Somebody is primary again: by itself in its time, which would have made the act wrong, or not."""
        if not episode.observed:
            return
        helped = self._runs.begun_since(spec.name, episode.began)
        by_itself = view.primary == episode.node and not helped
        outcome = AttemptOutcome.WRONG if by_itself else AttemptOutcome.RIGHT
        self._score(spec.name, episode.observed, outcome, now, reason="came-back" if by_itself else "")

    def _score(self, cluster: str, name: str, outcome: AttemptOutcome, now: Moment, reason: str = "") -> None:
        found = next((one for one in self._record.attempts(cluster) if one.id == name), None)
        if found is not None and found.outcome is AttemptOutcome.WOULD_HAVE:
            self._record.ended(found, outcome, now.utc, reason)

    # -- what others ask ----------------------------------------------------------------------------------------

    def signs(self, cluster: str, now: Moment) -> tuple[Sign, ...]:
        if cluster in self._failing:
            return (Sign(cluster=cluster, node=None, source=AlertSource.ENGINE, word="part-fault",
                         health=Health.DEGRADED, about="Automation"),)  # fmt: skip
        why = self._whys.get(cluster)
        if why is None or why.mode is not AutomationMode.AUTOMATIC or why.rows[0].guard is AutoGuard.PATRONI:
            return self._proof.signs(cluster)
        found, lost = [], self._lost_ticks.get(cluster)
        refusing = () if why.hypothetical else why.refusing
        run = self._runs.under_way(cluster)
        asks = run is not None and run.state in (RunState.ASKING, RunState.WAITING)  # nobody is at work then
        first = next((row for row in refusing if asks or row.guard is not AutoGuard.NO_RUN), None)
        waits = why.waiting_seconds is not None or self._acting.busy(cluster)
        if lost is not None and now.ticks - lost >= REFUSES_SECONDS and first is not None and not waits:
            found.append(_refuses(why, first))
        try:
            blocking = self._record.blocking(cluster, now.utc)
        except StoreTrouble:
            blocking = None  # the engine says itself that its store is in trouble
        if blocking is not None:
            found.append(
                Sign(cluster=cluster, node=blocking.node, source=AlertSource.AUTOMATION, word="automation-paused",
                     health=Health.DEGRADED, observed=blocking.id, detail=blocking.act.value)
            )  # fmt: skip
        return tuple(found)

    def answer(self, question: Message, person: str) -> Message | None:
        match question:
            case AskWhy():
                return self._why(question.cluster)
            case SetAutomation():
                return self._set(question, person)
            case AcknowledgeAttempt():
                return self._acknowledge(question, person)
            case _:
                return None

    def _why(self, cluster: str) -> Message:
        spec = self._ground.inventory().cluster(cluster)
        if spec is None:
            return Refused(reason="no-cluster", subject=cluster)
        if not self._acting.busy(cluster):
            self._standing.look(spec, older_seconds=LOOK_OLDER_SECONDS)
        why = self._fresh_why(spec)
        if why is None:
            return Refused(reason="not-asked", subject=cluster, detail="nothing was read of it yet")
        return self._seen(cluster, why)

    def _set(self, question: SetAutomation, person: str) -> Message:
        spec, policy = self._ground.inventory().cluster(question.cluster), question.policy
        if spec is None:
            return Refused(reason="no-cluster", subject=question.cluster)
        if spec.manager is Manager.PATRONI and policy.mode is AutomationMode.AUTOMATIC:
            return Refused(reason="patroni-decides", subject=spec.name)
        if policy.mode is AutomationMode.AUTOMATIC and not self._record.known(spec.name):
            return Refused(reason="system-not-known", subject=spec.name)
        figures = (policy.loss_entries_max, policy.pause_minutes, policy.evidence_seconds, policy.backups_hours_max)
        wild = not all(0 <= one <= FIGURE_MAX for one in figures)  # what is no number at all is not within them either
        if wild or (policy.quiet_from is None) != (policy.quiet_to is None):
            return Refused(reason="automation-wrong", subject=question.cluster,
                           detail=f"figures lie between 0 and {FIGURE_MAX:.0f}; quiet hours begin and end")  # fmt: skip
        mandate = Mandate(person=person, at=self._ground.clock().utc, mode=policy.mode, reason=question.reason)
        self._record.allow(spec.name, policy, mandate)
        log.info("automation of %s is %s from now on, by %s", spec.name, policy.mode.value, person)
        if not self._acting.busy(spec.name):
            self._standing.look(spec)  # what the rule of approval says depends on it
        self._again(spec.name)
        return self._why(spec.name)

    def _acknowledge(self, question: AcknowledgeAttempt, person: str) -> Message:
        found = next((one for one in self._record.attempts(question.cluster) if one.id == question.attempt), None)
        if found is None:
            return Refused(reason="no-attempt", subject=question.attempt)
        self._record.keep(replace(found, acknowledged_by=person))
        self._again(question.cluster)
        return Done()


def _near(why: Why, view: ClusterView) -> bool:
    """One look at its host found the primary dead, and with the second one it would be replaced at once."""
    killed = any(one.cause is Cause.POSTMASTER_KILLED and one.node == why.node for one in view.verdict.findings)
    rows = {row.guard: row for row in why.rows}
    missing = {row.guard for row in why.refusing}
    at_once = AutoGuard.RESTART_TRIED in rows and rows[AutoGuard.RESTART_TRIED].holds is True
    return killed and at_once and not why.hypothetical and missing <= {AutoGuard.EVIDENCE, AutoGuard.FRESH}


def _refuses(why: Why, first: GuardRow) -> Sign:
    """A primary is lost, automation is on, and it does not act: that has to be seen by a person at once."""
    return Sign(
        cluster=why.cluster, node=why.node, source=AlertSource.AUTOMATION, word="automation-refuses",
        health=Health.LOST, observed=first.guard.value, detail=first.reason,
        about=AutoAct.FAILOVER.value if why.act is AutoAct.FAILOVER else AutoAct.RESTART.value,
    )  # fmt: skip
