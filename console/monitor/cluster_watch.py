"""Watches one cluster: its nodes' watches, the primary's trails, and the verdict that they add up to."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from console.domain.automation import Takeover
from console.domain.bearers import Bearer
from console.domain.cluster import ClusterSpec, Environment, Manager
from console.domain.fleet import ClusterView, NodeCard
from console.domain.group_health import group_findings
from console.domain.health import (
    judge_cluster,
    left_behind,
    primaries_of,
    since_carried,
    system_identifier_of,
    with_death,
)
from console.domain.loss import Seen, exposure_of
from console.domain.loss_preview import policy_of
from console.domain.node_health import fresh_seconds_of, judge_node
from console.domain.observation import Observation
from console.domain.reading import Moment, SqlState, Testimony, Vital
from console.domain.situation import LastSeen
from console.domain.verdict import Finding, Health, Level, Verdict
from console.domain.witnesses import heard_after, silence_of, standing
from console.monitor.bearers import Bearers
from console.monitor.card import card_of
from console.monitor.group_watch import GroupWatch
from console.monitor.lags import Ruler, Way, head_of, lags_of, position_of, upstream_by_receiver, ways_of
from console.monitor.node_watch import NodeWatch
from console.monitor.picture import edges_of, node_view
from console.monitor.postgres_watch import Tools
from console.monitor.witnessing import Witnesses

ROUND_SHARE: Final = 0.75  # an answer older than this part of the interval is none of the round that runs


class ClusterWatch:
    """One cluster under watch. `changed(watch, urgent)` tells that something new was heard."""

    def __init__(
        self,
        spec: ClusterSpec,
        tools: Tools,
        *,
        changed: Callable[["ClusterWatch", bool], None],
        poke: Callable[[NodeWatch, float], None],
    ) -> None:
        self.spec = spec
        self.closed = False
        self._guard = threading.Lock()
        self._ruler = Ruler()
        self._last_primary: str | None = None
        self._reached: tuple[str, int] | None = None  # of which system, and the latest timeline that was followed
        self._bearers = Bearers()
        self._verdict: Verdict | None = None
        self._node_verdicts: dict[str, Verdict] = {}
        self._dead_ticks: dict[str, float] = {}  # since when two looks have shown no process of a node's server
        self._serial = 0
        self._identifier: str | None = None
        self.takeover: Takeover | None = None  # who takes over and how long that took, by whoever judges it
        self._sync_names = ""
        self._sync_ticks = float("inf")  # not known yet: nothing is proven by a list that nobody has watched
        self._seen: dict[str, Observation] = {}
        self._changed = lambda: changed(self, True)
        self.nodes = tuple(
            NodeWatch(
                spec, node, tools, changed=lambda _, urgent: changed(self, urgent), beaten=self._beaten, poke=poke
            )
            for node in spec.nodes
        )
        self._witnesses = Witnesses(spec, self.nodes, tools, self._changed)
        managed = spec.manager is Manager.PATRONI
        self._group = GroupWatch(spec, self.nodes, tools, self._changed) if managed else None

    def close(self) -> None:
        self.closed = True
        self._witnesses.close()
        if self._group is not None:
            self._group.close()
        for node in self.nodes:
            node.close()

    def void(self) -> None:
        """Our own clock stood still: nothing known before is evidence."""
        with self._guard:
            self._ruler.forget()
            self._seen = {name: replace(seen, heard_ticks=None) for name, seen in self._seen.items()}
        self._witnesses.void()
        if self._group is not None:
            self._group.void()
        for node in self.nodes:
            node.void()

    def is_settled(self, ticks: float) -> bool:
        """Was it healthy at the last look, and has every node answered all it was asked in this round?"""
        verdict = self._verdict
        if verdict is None or verdict.health is not Health.HEALTHY:
            return False
        since = ticks - ROUND_SHARE * self.spec.interval_seconds
        return all(node.answered_since(since) for node in self.nodes)

    def look(self, now: Moment, *, serial: int) -> ClusterView:
        """Judge all that is known at this moment."""
        with self._guard:
            view = self._look(now, serial)
            # Never in a card's look: a face that looks often asks no standby the sooner.
            self._witnesses.consult(self._last_primary, self._seen, now)
            if self._group is not None:
                self._group.consult(now)
            return view

    def testimonies(self) -> tuple[tuple[str, Testimony], ...]:
        """What the standbys last said of the primary, asked on their own hosts, by the names of those who said it."""
        with self._guard:
            return tuple((name, seen.testimony) for name, seen in self._seen.items() if seen.testimony is not None)

    def card(self, name: str, now: Moment) -> NodeCard | None:
        """Everything known of one node."""
        with self._guard:
            view = self._look(now, self._serial)
            seen = self._seen.get(name)
            node = next((n for n in view.nodes if n.name == name), None)
            if seen is None or node is None:
                return None
            return card_of(self.spec, seen, self._seen, node, ruler=self._ruler, primary=view.primary, now=now)

    def last_seen(self, now: Moment) -> LastSeen | None:
        """Where the primary that is, or was, was last seen; None where this engine never saw one."""
        with self._guard:
            name, ruler = self._last_primary, self._ruler
            if name is None:
                return None
            vital, head = self._seen[name].vital if name in self._seen else None, ruler.heads.latest
            ago = now.ticks - ruler.head_ticks if head is not None else None
            return LastSeen(
                node=name, head=head, at=None if ago is None else now.utc - timedelta(seconds=ago), seconds_ago=ago,
                entries_per_second=ruler.peak_rate(), synchronous_names=self._sync_names,
                sync_steady_seconds=self._steady(vital),
                list_at=None if vital is None else _ago(vital.at.ticks, now),
                synchronous_commit="" if vital is None else vital.synchronous_commit,
                dead_at=_ago(self._dead_ticks[name], now) if name in self._dead_ticks else None,
                timeline=self._reached[1] if self._reached is not None else None, bearers=self._listed_bearers(),
                list_ticks=None if vital is None else vital.at.ticks,
            )  # fmt: skip

    def _listed_bearers(self) -> tuple[Bearer, ...]:
        policy = policy_of(self._sync_names)
        names = {name.lower() for name in policy.names} if policy is not None else set()
        return tuple(one for one in self._bearers.known() if one[0] in names)

    def _steady(self, vital: Vital | None) -> float:
        """For how long the synchronous list had stood unchanged when it was last read; not how long ago that is."""
        if vital is None or self._sync_ticks == float("inf"):
            return 0.0
        return max(0.0, vital.at.ticks - self._sync_ticks)

    @property
    def identifier(self) -> str | None:
        """The cluster's system identifier, as far as it is known."""
        return self._identifier

    def _beaten(self, beat: int, ticks: float) -> None:
        with self._guard:
            self._ruler.beats.seen(ticks, beat)

    def _look(self, now: Moment, serial: int) -> ClusterView:
        spec, seconds = self.spec, fresh_seconds_of(self.spec)
        seen = {watch.node.name: watch.seen() for watch in self.nodes}
        ways = ways_of(seen, now, seconds)
        for name, observation in seen.items():
            seen[name] = self._witnesses.put(name, self._following(observation, seen, ways.get(name)))
        last, stands = self._last_primary, None
        if last is not None and silence_of(seen[last], now) is not None:
            stands = standing(spec, seen, last, now)
        primaries = primaries_of(spec, seen, now)
        if stands is not None and stands.level is not None:
            primaries = tuple(name for name in primaries if name != stands.primary)
        primary = primaries[0] if len(primaries) == 1 else None
        if primary is not None and left_behind(seen[primary], self._reached):
            primary = None  # an old one that came back: it is named, and nobody takes it for the primary
        self._follow_primary(primary, seen)
        for watch in self.nodes:
            name = watch.node.name
            lags = lags_of(seen[name], seen, ways.get(name), ruler=self._ruler, now=now, fresh_seconds=seconds)
            seen[name] = replace(seen[name], lags=lags, suspicions=watch.pulses.suspicions(seen[name], lags, now))
        verdicts = {}
        for name, observation in seen.items():
            verdict = judge_node(observation, spec=spec, now=now)
            if stands is not None and stands.level is not None and stands.primary == name:
                verdict = with_death(verdict, stands)
            verdicts[name] = since_carried(self._node_verdicts.get(name), verdict, now.utc)
            if any(f.level in (Level.HARD, Level.STOPPED) for f in verdict.findings):
                self._dead_ticks.setdefault(name, now.ticks)
            else:
                self._dead_ticks.pop(name, None)
        judged = judge_cluster(
            spec, seen, verdicts, last_primary=self._last_primary, now=now, known_identifier=self._identifier,
            stands=stands, group=self._of_group(primary, now), reached=self._reached,
        )  # fmt: skip
        self._identifier = system_identifier_of(seen, primary, self._identifier)
        verdict = since_carried(self._verdict, judged, now.utc)
        self._seen, self._node_verdicts, self._verdict, self._serial = seen, verdicts, verdict, serial
        return self._view(now, primary, seen, ways, verdicts, verdict)

    def _of_group(self, primary: str | None, now: Moment) -> tuple[Finding, ...]:
        """What is wrong with the consensus group that manages the cluster, as far as it was looked at."""
        view = None if self._group is None else self._group.view(now)
        return () if view is None else group_findings(view, primary=primary)

    def _following(self, seen: Observation, nodes: dict[str, Observation], way: Way | None) -> Observation:
        """The observation of a standby, with whom it follows, or followed, and when it can have heard from there."""
        if seen.vital is not None and not seen.vital.in_recovery:
            return seen
        before = self._seen.get(seen.name, seen)
        upstream = way.upstream if way is not None else upstream_by_receiver(seen, nodes)
        heard = heard_after(before, seen, before.heard_ticks)
        timeline = max(before.timeline_seen or 0, seen.vital.timeline if seen.vital is not None else 0)
        return replace(seen, followed=upstream or before.followed, heard_ticks=heard, timeline_seen=timeline)

    def _follow_primary(self, primary: str | None, seen: dict[str, Observation]) -> None:
        vital = seen[primary].vital if primary is not None else None
        if primary is None or vital is None or vital.system_identifier != (self._identifier or vital.system_identifier):
            return
        if primary != self._last_primary and self._last_primary is not None:
            self._ruler.forget()
            self._bearers = Bearers()
        self._last_primary, self._reached = primary, (vital.system_identifier, vital.timeline)
        observation = seen[primary]
        self._bearers.heard(primary, vital, seen)
        self._ruler.primary_seen(vital)
        books = observation.books
        if books is not None and books.transactions is not None:
            self._ruler.transactions.seen(books.at.ticks, books.transactions)
        if books is not None and len(books.heads) == 1 and observation.books_contact.state is SqlState.ANSWERS:
            self._ruler.head_seen(books.heads[0], books.at.ticks)

    def _measured(
        self, primary: str | None, seen: dict[str, Observation], ways: dict[str, Way], now: Moment
    ) -> Seen:
        """What the exposure rests on: who follows, where the primary was last seen, what each standby holds."""
        ruler, vital = self._ruler, seen[primary].vital if primary is not None else None
        reference = ruler.heads.latest
        if vital is not None and vital.write is not None:
            reference = ruler.heads.at(vital.write.position) or reference
        held = {}
        for name, observation in seen.items():
            own = observation.vital
            if own is None or not own.in_recovery:
                continue
            way = ways.get(name)
            head = ruler.held(position_of(own, way), head_of(observation))
            if head is not None:
                held[name] = head
        if vital is not None and vital.synchronous_names != self._sync_names:
            self._sync_names, self._sync_ticks = vital.synchronous_names, now.ticks
        followers = {name: way.sender for name, way in ways.items() if way.upstream == primary}
        return Seen(
            followers=followers, reference=reference, held=held, sync_steady_seconds=now.ticks - self._sync_ticks
        )

    def _view(
        self, now: Moment, primary: str | None, seen: dict[str, Observation], ways: dict[str, Way],
        verdicts: dict[str, Verdict], verdict: Verdict,
    ) -> ClusterView:  # fmt: skip
        spec, ruler, interval = self.spec, self._ruler, self.spec.interval_seconds
        measured = self._measured(primary, seen, ways, now)
        latest = ruler.heads.latest
        return ClusterView(
            name=spec.name, environment=spec.environment, manager=spec.manager, at=now.utc, serial=self._serial,
            verdict=verdict,
            nodes=tuple(
                node_view(seen[n.name], seen, verdicts[n.name], primary=primary, ruler=ruler, now=now)
                for n in spec.nodes
            ),
            edges=edges_of(spec, seen, primary=primary or self._last_primary, now=now,
                           fresh_seconds=fresh_seconds_of(spec)),
            exposure=exposure_of(spec, seen, primary=primary, seen=measured, now=now),
            primary=primary, system_identifier=self._identifier,
            sync_names=self._sync_names,
            lag_seconds_max=spec.promises.lag_seconds_max, interval_seconds=spec.interval_seconds,
            head_number=None if latest is None else latest.number,
            entries_per_second=ruler.numbers.rate(now.ticks, interval_seconds=interval) if primary else None,
            wal_bytes_per_second=ruler.positions.rate(now.ticks, interval_seconds=interval) if primary else None,
            lab_directory=_lab_directory(spec), takeover=self.takeover,
        )  # fmt: skip


def _ago(ticks: float, now: Moment) -> datetime:
    """The moment of these ticks by the present clock: one that was set meanwhile makes nothing older or younger."""
    return now.utc - timedelta(seconds=now.ticks - ticks)


def _lab_directory(spec: ClusterSpec) -> str | None:
    """The lab's own cluster is known by its environment; its directory holds the SSH configuration that it names."""
    if spec.environment is not Environment.LAB or not spec.nodes:
        return None
    config = spec.nodes[0].ssh.config_file
    return None if config is None else config.rpartition("/")[0]
