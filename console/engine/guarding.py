"""Puts together what the guards are judged from: the watch's picture, the standing facts, the record of attempts."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.automation import AutomationPolicy
from console.domain.cluster import ClusterSpec
from console.domain.fleet import Basis, ClusterView
from console.domain.guards import ACTED_ON, HostNow, Known, Restart
from console.domain.node_health import fresh_seconds_of
from console.domain.observation import Observation, fresh
from console.domain.reading import Moment, SqlState
from console.domain.situation import LastSeen
from console.domain.verdict import Cause, Evidence, Finding, Level
from console.engine.standing import StandingFacts, heard_lately
from console.engine.vigil_ground import VigilGround
from console.monitor.cluster_watch import ClusterWatch
from console.recovery.lock import majority_of


@dataclass(slots=True)
class Episode:
    """One death of one primary, from the first evidence that may be acted on until somebody is primary again."""

    node: str
    level: Level | None
    since: Moment | None
    began: datetime  # of the first evidence
    restart: Restart = Restart.NOT_TRIED
    observed: str = ""  # the attempt that was only observed
    try_ticks: float = float("-inf")  # not before


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnState:
    """What this engine itself is doing for a cluster."""

    policy: AutomationPolicy
    episode: Episode | None = None
    run: str = ""
    own_run: bool = False
    paused_since: datetime | None = None


def last_seen_of(watch: ClusterWatch | None, now: Moment) -> LastSeen | None:
    """Where this engine itself saw the primary last; what an earlier one kept is no ground to act on."""
    return watch.last_seen(now) if watch is not None else None


def death_of(view: ClusterView, seen: LastSeen | None) -> Finding | None:
    """The finding that says how strong the evidence of the primary's death is; None where it lives or nobody knows."""
    if view.primary is not None or seen is None:
        return None
    about = [one for one in view.verdict.findings if one.node == seen.node and one.level is not None]
    acted = [one for one in about if one.level in ACTED_ON]
    return next(iter(acted or about), None)


def episode_after(before: Episode | None, found: Finding | None, now: Moment, *, alive: bool) -> Episode | None:
    """The episode that goes on, begins, or is over with this picture. Evidence that lapses has to stand anew."""
    level = found.level if found is not None and found.level in ACTED_ON else None
    if alive:
        return None
    if found is None or found.node is None or level is None:
        if before is not None:
            before.level, before.since = None, None
        return before
    if before is None or before.node != found.node:
        return Episode(node=found.node, level=level, since=now, began=now.utc)
    before.level, before.since = level, before.since or now
    return before


def _newest_of(found: Finding | None) -> Evidence | None:
    """The newest evidence of the death itself: what standbys say beside it now makes no old look at it young."""
    if found is None:
        return None
    own = [row for row in found.evidence if row.source.startswith(f"{found.node}:")]
    return max(own or found.evidence, key=lambda row: row.at, default=None)


class Guarding:
    """Makes the `Known` of a cluster. It keeps nothing but when the engine began."""

    def __init__(self, ground: VigilGround, *, began: Callable[[], float]) -> None:
        self._ground, self._began = ground, began

    def known(self, spec: ClusterSpec, view: ClusterView, own: OwnState, facts: StandingFacts) -> Known:
        """All that is known at this moment."""
        ground, now = self._ground, self._ground.clock()
        watch = ground.poller.cluster(spec.name)
        seen = last_seen_of(watch, now)
        observed = {one.node.name: one.seen() for one in watch.nodes} if watch is not None else {}
        found, episode = death_of(view, seen), own.episode
        newest = _newest_of(found)
        two = any(one.cause is Cause.TWO_PRIMARIES for one in view.verdict.findings)
        restart = Restart.NOT_TRIED if episode is None else episode.restart
        reached = seen.timeline if seen is not None else None
        second = facts.second_person
        hard = found is not None and found.level is Level.HARD
        if hard and not own.policy.at_once and restart is not Restart.IN_VAIN:
            second = facts.second_for_restart
        return Known(
            cluster=spec.name, at=now.utc, policy=own.policy,
            hosts=tuple(self._host(spec, n.name, observed.get(n.name), view, now, reached) for n in spec.nodes),
            primary=view.primary or (seen.node if seen is not None else None),
            lost=view.primary is None and seen is not None and not two, majority=majority_of(spec),
            fresh_seconds_max=fresh_seconds_of(spec), two_primaries=two,
            level=found.level if found is not None else None,
            level_since=_ago(episode.since.ticks, now) if episode is not None and episode.since is not None else None,
            level_at=newest.at if newest is not None else None, level_source=newest.source if newest else "",
            fresh_from=self._fresh_from(tuple(observed.values()), now), restart=restart,
            restart_seconds=spec.change.restart_seconds, last_seen=seen, seen_loss=_seen_loss(view, seen),
            second_person=second, fence_command=spec.change.fence_command is not None,
            quorum_allowed=spec.change.quorum_fence, lock=facts.lock, other=facts.other,
            abandoned=facts.abandoned, run=own.run, own_run=own.own_run, paused_since=own.paused_since,
            holds=ground.board.holds.reasons(spec.name), backups=facts.backups,
            conditions=ground.board.conditions(spec.name),
        )  # fmt: skip

    def _fresh_from(self, observed: tuple[Observation, ...], now: Moment) -> datetime:
        """Since when readings count: the engine's start, or the end of its last sleep."""
        void = max((one.void_ticks for one in observed), default=-math.inf)
        return _ago(max(self._began(), void), now)

    def _host(
        self, spec: ClusterSpec, name: str, seen: Observation | None, view: ClusterView, now: Moment,
        reached: int | None,
    ) -> HostNow:  # fmt: skip
        """`reached`: the primary's timeline. A standby on a later one left its history: it is not one of it."""
        node = spec.node(name)
        assert node is not None
        if seen is None:
            return HostNow(name=name, kind=node.kind, answers=False, at=None)
        heard = [one.at for one in (seen.vital, seen.host, seen.books) if one is not None]
        newest = max(heard, key=lambda one: one.ticks, default=None)
        vital = fresh(seen, now, fresh_seconds_of(spec))
        answers = seen.vital_contact.state in (SqlState.ANSWERS, SqlState.CONNECTING)
        standby = (
            vital is not None and vital.in_recovery and answers and not seen.identity_changed
            and (view.system_identifier is None or vital.system_identifier == view.system_identifier)
            and (reached is None or vital.timeline <= reached)
        )  # fmt: skip
        known = [one.position for one in (vital.received, vital.replayed) if one is not None] if vital else []
        return HostNow(
            name=name, kind=node.kind, answers=heard_lately(seen, now),
            at=newest.utc if newest is not None else None, standby=standby,
            timeline=vital.timeline if vital is not None else 0, position=max(known, default=0),
            replays=vital is not None and not vital.replay_paused,
            age_seconds=now.ticks - vital.at.ticks if vital is not None else math.inf,
        )  # fmt: skip


def _ago(ticks: float, now: Moment) -> datetime:
    """When that was, by the wall clock as it goes now: how long something stood is never told by a clock that jumps."""
    return now.utc - timedelta(seconds=max(0.0, now.ticks - ticks))


def _seen_loss(view: ClusterView, seen: LastSeen | None) -> int | None:
    """At most so many entries are lost by what was read: the difference, and what may have come since that reading."""
    exposure = view.exposure
    if exposure.basis is Basis.SYNCHRONOUS:
        return 0
    if exposure.basis is Basis.UNKNOWN or exposure.entries is None or seen is None:
        return None
    rate = seen.entries_per_second
    if rate is None or seen.seconds_ago is None:
        return None
    return exposure.entries + math.ceil(max(1.0, rate) * (min(seen.seconds_ago, 60.0) + 1.0))
