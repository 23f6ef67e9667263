"""The console of a simulated day: the real watch of one cluster and the real guards, in simulated time."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, Final, cast

from console.domain import guards
from console.domain.automation import AutoAct, AutomationMode, AutomationPolicy, Why
from console.domain.cluster import ChangePolicy, ClusterSpec, Environment, NodeKind, NodeSpec, PostgresTarget, SshTarget
from console.domain.fleet import ClusterView
from console.domain.guards import BackupsNow, LockNow, Restart, judge
from console.domain.verdict import Level
from console.engine import guarding
from console.engine.guarding import Episode, Guarding, OwnState, death_of, episode_after, last_seen_of
from console.engine.standing import StandingFacts
from console.engine.vigil_ground import Board
from console.monitor.cluster_watch import ClusterWatch
from console.monitor.node_watch import NodeWatch
from console.monitor.poller import GATHER_SECONDS, URGENT_GATHER_SECONDS
from console.monitor.postgres_watch import Tools
from console.ssh.sessions import Sessions
from tests.simulate.day_wire import DayClock, DayPool, DaySessions, Loop
from tests.simulate.day_world import ADDRESSES, CONSOLE, NODES, TICK_SECONDS, VAULT, World

ROUND: Final = 1.0


def day_spec() -> ClusterSpec:
    """Primary a, standbys b and c, backup host v; the cluster's own entry allows the quorum fence."""
    nodes = tuple(
        NodeSpec(
            name=name, kind=NodeKind.BACKUP if name == VAULT else NodeKind.POSTGRES,
            ssh=SshTarget(host=f"{name}.example"), postgres=None if name == VAULT else PostgresTarget(),
        )
        for name in NODES
    )  # fmt: skip
    return ClusterSpec(
        name="day", environment=Environment.PRODUCTION, nodes=nodes, change=ChangePolicy(quorum_fence=True)
    )


@dataclass
class Policy:
    """One policy, and what it came to in this day. `acts`: each moment at which it would fail over, with the guards."""

    name: str
    policy: AutomationPolicy
    episode: Episode | None = None
    tried_until: float | None = None  # a restart in place is under way until then
    acts: list["Act"] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A failover that would be begun at this moment. `restart`: how a start in place ended before, if it was tried."""

    at: float
    level: Level | None
    target: str
    standbys: tuple[str, ...]
    restart: Restart


def policies() -> list[Policy]:
    made = []
    for at_once in (True, False):
        for quorum in (True, False):
            name = ("at-once" if at_once else "waits") + (" quorum" if quorum else "")
            made.append(Policy(name, AutomationPolicy(
                mode=AutomationMode.AUTOMATIC, at_once=at_once, quorum_fence=quorum, loss_entries_max=0,
            )))  # fmt: skip
    return made


class Watching:
    """The loop around the watch: what the poller and the automation do, one thing after the other."""

    def __init__(self, world: World, dice: random.Random, *, judges: Callable[[guards.Known], Why] = judge) -> None:
        self.world, self.dice, self._judges = world, dice, judges
        self.loop, self.clock = Loop(world), DayClock(world)
        self.sessions = DaySessions(self.loop)
        self.spec = day_spec()
        tools = Tools(
            sessions=cast(Sessions, self.sessions), pool=DayPool(self.loop), clock=self.clock, writer="day",
            password=lambda _: None, wrong_password=lambda _: None, chance=dice,
        )  # fmt: skip
        self.watch = ClusterWatch(self.spec, tools, changed=self._changed, poke=self._poke)
        self.watch._witnesses._ssh.update({name: (ADDRESSES[name], 22) for name in NODES})
        self.policies = policies()
        ground: Any = SimpleNamespace(
            clock=self.clock.now, poller=SimpleNamespace(cluster=lambda _: self.watch), board=Board()
        )
        began = self.clock.ticks()
        self._guarding = Guarding(ground, began=lambda: began)
        self.acted: Callable[[Policy, Act], None] = lambda _, __: None
        self.view: ClusterView | None = None
        self.looks = 0
        self.told: Callable[[ClusterView], None] = lambda _: None
        self._due: float | None = None
        self._blind = False
        self._serial = 0
        for node in self.watch.nodes:
            self.loop.at(0.0, self._round, node)
        self.loop.at(0.5, self._look_round)
        self.loop.at(TICK_SECONDS, self._tick, ours=False)

    # -- time ---------------------------------------------------------------------------------------------------

    def run(self, seconds: float) -> None:
        self.loop.until(self.world.now + seconds)

    def quiet(self, seconds: float) -> None:
        """Hours in which nothing changes: every round is answered, and no picture would differ."""
        self.run(1.0)
        self._blind = True
        self.world.shift(seconds)
        self.loop.shift(seconds)
        self.run(2.5)
        self._blind = False
        self.run(1.0)

    def sleep(self, seconds: float) -> None:
        """The console's machine sleeps. On waking its threads go on in any order."""
        wakes = self.world.now + seconds
        self.loop.late(wakes)
        self.loop.until(wakes - 1e-6)
        first, *later = self.dice.sample([self._look, self.watch.void, lambda: self.run(0.002)], 3)
        first()
        for other in later:
            other()

    def _tick(self) -> None:
        now = self.world.now
        self.world.now = now - TICK_SECONDS
        self.world.advance(TICK_SECONDS)
        self.world.now = now
        self.loop.at(TICK_SECONDS, self._tick, ours=False)
        self.loop.at(0.0, self.sessions.tick, TICK_SECONDS)

    # -- as the poller does it ----------------------------------------------------------------------------------

    def _round(self, node: NodeWatch) -> None:
        node.tick()
        self.loop.at(ROUND, self._round, node)

    def _look_round(self) -> None:
        if not self.watch.is_settled(self.world.now):
            self._changed(self.watch, False)
        self.loop.at(ROUND, self._look_round)

    def _poke(self, node: NodeWatch, seconds: float) -> None:
        self.loop.at(seconds, node.urgent)

    def _changed(self, _: ClusterWatch, urgent: bool) -> None:
        due = self.world.now + (URGENT_GATHER_SECONDS if urgent else GATHER_SECONDS)
        if self._due is None or due < self._due:
            self._due = due
            self.loop.at(due - self.world.now, self._look_due, due)

    def _look_due(self, due: float) -> None:
        if self._due == due:
            self._due = None
            self._look()

    def _look(self) -> None:
        if self._blind:
            return
        self._serial += 1
        self.looks += 1
        view = self.view = self.watch.look(self.clock.now(), serial=self._serial)
        self.told(view)
        for one in self.policies:
            self._judge(one, view)

    # -- as the automation does it ------------------------------------------------------------------------------

    def _judge(self, one: Policy, view: ClusterView) -> None:
        now = self.clock.now()
        found = death_of(view, last_seen_of(self.watch, now))
        one.episode = episode_after(one.episode, found, now, alive=view.primary is not None)
        episode = one.episode
        if episode is None or (one.acts and self.world.now - one.acts[-1].at < 1.0):
            return
        if one.tried_until is not None and self.world.now >= one.tried_until:
            one.tried_until = None
            if episode.restart is Restart.UNDER_WAY:
                episode.restart = Restart.IN_VAIN
        own = OwnState(policy=one.policy, episode=episode, run="start" if one.tried_until is not None else "")
        known = self._guarding.known(self.spec, view, own, self._facts())
        why = self._judges(known)
        if not why.would_act or why.hypothetical:
            return
        if why.act is AutoAct.RESTART:
            episode.restart = Restart.UNDER_WAY
            one.tried_until = self.world.now + self.dice.uniform(1.0, 5.0)
        elif why.act is AutoAct.FAILOVER:
            act = Act(
                at=self.world.now, level=known.level, target=why.target or "", restart=episode.restart,
                standbys=tuple(host.name for host in known.standbys),
            )  # fmt: skip
            one.acts.append(act)
            self.acted(one, act)

    def _facts(self) -> StandingFacts:
        """What is asked beside the watch: the lock is free on all nodes that are reached, the backup is an hour old."""
        at = self.clock.utc()
        read_on = sum(self.world.both(CONSOLE, name) for name in NODES)
        return StandingFacts(
            lock=LockNow(at=at, read_on=read_on), backups=BackupsNow(at=at, newest=at - timedelta(hours=1)),
            second_person=False, second_for_restart=False,
        )  # fmt: skip

    def confirm(self) -> None:
        """A person looks at machines that were booted anew, and says that they are the right ones."""
        for node in self.watch.nodes:
            if node.known().identity_changed:
                node.confirm_identity()


@contextmanager
def switched_off(guard: str) -> Iterator[Callable[[guards.Known], Why]]:
    """How the guards are judged with one of them switched off on purpose."""
    before = (guards.ACTED_ON, guards.overlap_row, guards.fresh_row, NodeWatch.void, ClusterWatch.void)

    def held(row: Callable[[guards.Known], Any]) -> Callable[[guards.Known], Any]:
        return lambda known: replace(row(known), holds=True, reason="")

    judges: Callable[[guards.Known], Why] = judge
    if guard == "evidence":
        guards.ACTED_ON = guarding.ACTED_ON = frozenset(Level)  # type: ignore[misc, attr-defined]
    elif guard == "overlap":
        guards.overlap_row = held(guards.overlap_row)
    elif guard == "restart":
        judges = lambda known: judge(replace(known, policy=replace(known.policy, at_once=True)))  # noqa: E731
    elif guard in ("void", "void and fresh"):
        NodeWatch.void = _noted  # type: ignore[method-assign]
        ClusterWatch.void = _noted_all  # type: ignore[method-assign]
        if guard == "void and fresh":
            guards.fresh_row = held(guards.fresh_row)
    try:
        yield judges
    finally:
        guards.ACTED_ON = guarding.ACTED_ON = before[0]  # type: ignore[misc, attr-defined]
        guards.overlap_row, guards.fresh_row = before[1:3]
        NodeWatch.void, ClusterWatch.void = before[3], before[4]  # type: ignore[method-assign]


def _noted(self: NodeWatch) -> None:
    """The sleep is noted, and the readings from before are kept."""
    self._seen = replace(self._seen, void_ticks=self._tools.clock.ticks())


def _noted_all(self: ClusterWatch) -> None:
    for node in self.nodes:
        node.void()
