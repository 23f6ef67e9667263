"""Asks a cluster's nodes what a plan needs to know, and has the plan made; nothing on any node changes here."""

import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from console.domain.cluster import ClusterSpec, Manager, NodeKind
from console.domain.plan import Operation, Pairs, Plan
from console.domain.reading import Moment
from console.domain.recommendation import Situation
from console.domain.run import BooksLine
from console.domain.situation import LastSeen
from console.engine.restore_books import RestoredBooks
from console.engine.restoring import Restorer, with_restoring
from console.link.changes import Propose
from console.monitor.poller import Poller
from console.postgres import verbs
from console.postgres.change_facts import Depth
from console.recovery import (
    addition,
    failover,
    group_members,
    group_plans,
    protection,
    rejoin,
    restart,
    restore,
    switchover,
)
from console.recovery.group_looks import GroupLooks
from console.recovery.hands import Books
from console.recovery.look import Looks
from console.recovery.outage_scripts import number_sql
from console.recovery.rejoin_reading import with_rejoin
from console.recovery.situations import situation_of
from console.recovery.world import World
from console.ssh.hosts import SshHosts
from console.ssh.sessions import Sessions
from console.store.last_seen import LastSeens
from console.store.settings import Settings

READ_SECONDS_MAX: Final = 15.0
WARM_SECONDS_MAX: Final = 300.0  # a person reads a plan
ASK_AGAIN_SECONDS: Final = 3.0  # a host that was silent a moment ago is not waited for again
_DIRECTORY_KEY: Final = "data:{cluster}:{node}"
_MAKERS: Final[Mapping[Operation, Callable[[World, Propose], Plan]]] = {
    Operation.SWITCHOVER: lambda world, asked: switchover.make(world, asked.target),
    Operation.FAILOVER: lambda world, asked: failover.make(world, asked.target, asked.loss_entries_max),
    Operation.RESTART: lambda world, asked: restart.make(world, asked.subject),
    Operation.REJOIN: lambda world, asked: rejoin.make(world, asked.subject, asked.target),
    Operation.PROTECT: lambda world, _: protection.make_protect(world),
    Operation.NODE_ADD: lambda world, asked: addition.make(world, asked.subject, asked.target),
    Operation.NODE_REMOVE: lambda world, asked: protection.make_remove(world, asked.subject),
    Operation.RESTORE: lambda world, _: restore.make(world),
}
# It alone promotes, demotes and copies; what it does by its own settings is refused with what to do instead.
_GROUP_MAKERS: Final[Mapping[Operation, Callable[[World, Propose], Plan]]] = {
    Operation.SWITCHOVER: lambda world, asked: group_plans.make_switchover(world, asked.target),
    Operation.FAILOVER: lambda world, asked: group_plans.make_failover(world, asked.target, asked.loss_entries_max),
    Operation.RESTART: lambda world, asked: group_members.make_restart(world, asked.subject),
    Operation.REJOIN: lambda world, asked: group_members.make_rejoin(world, asked.subject),
}


def _made(world: World, asked: Propose) -> Plan:
    """The plan by the makers of the cluster's manager."""
    if world.spec.manager is not Manager.PATRONI:
        return _MAKERS[asked.operation](world, asked)
    maker = _GROUP_MAKERS.get(asked.operation)
    return maker(world, asked) if maker is not None else group_members.make_refused(
        world, asked.operation, asked.subject
    )  # fmt: skip


def _system_of(plan: Plan | None) -> str | None:
    """The system identifier that most nodes of a plan bore."""
    borne = [value for name, value in plan.inputs if name.endswith(".system") and value] if plan is not None else []
    return max(set(borne), key=lambda one: (borne.count(one), one)) if borne else None


@dataclass(frozen=True, slots=True)
class Warm:
    """Connections that are kept for a while after a plan was made."""

    spec: ClusterSpec
    hosts: SshHosts
    timer: threading.Timer
    ticks: float  # when they were given

    def close(self) -> None:
        self.timer.cancel()
        self.hosts.close()


class Planning:
    """The engine's makers of worlds. It keeps nothing but where data directories lie."""

    def __init__(
        self, *, sessions: Sessions, poller: Poller, settings: Settings, clock: Callable[[], Moment], console_id: str,
        prove: Callable[[ClusterSpec, tuple[str, ...]], tuple[BooksLine, ...]] | None,
    ) -> None:  # fmt: skip
        self._sessions, self._poller, self._settings, self._clock = sessions, poller, settings, clock
        self._console_id, self._prove = console_id, prove
        self._seens = LastSeens(settings)
        self._life = secrets.token_hex(4)  # of this engine: by it a value of its own watch is known again
        self._waits = threading.Event()  # never set: it only waits
        self.restorer: Restorer | None = None  # where this engine makes backups
        self.restored_books: RestoredBooks | None = None
        self._guard = threading.Lock()
        self._warm: dict[str, Warm] = {}

    def owner(self, run: str) -> str:
        """Who holds the lock: this console and this run."""
        return f"{self._console_id}:{run}"

    def ways(
        self, spec: ClusterSpec, plan: Plan | None = None, *, warm: bool = False
    ) -> tuple[SshHosts, Looks]:
        """Hosts and looks of one cluster, with connections of their own; the caller closes them, or keeps them warm.

        The lock is known by the cluster's system identifier; of a run that is taken up it is the plan's. `warm`: by the
        connections over which the last plan was made, where they are still kept.
        """
        hosts = (self._taken_warm(spec) if warm else None) or SshHosts(spec, self._sessions)
        watch = self._poller.cluster(spec.name)
        seen = watch.identifier if watch is not None else None
        key = _system_of(plan) or seen or f"unknown-{spec.name}"
        return hosts, Looks(spec, hosts, now=self._clock, lock_key=key, data_directories=self._directories(spec))

    def keep_warm(self, spec: ClusterSpec, hosts: SshHosts) -> None:
        """Keep these connections for whoever starts what was planned: while a service stands still, a login is long."""
        timer = threading.Timer(WARM_SECONDS_MAX, lambda: self._cool(spec.name, hosts))
        timer.daemon = True
        with self._guard:
            before = self._warm.pop(spec.name, None)
            self._warm[spec.name] = Warm(spec, hosts, timer, self._clock().ticks)
        timer.start()
        if before is not None:
            before.close()

    def _taken_warm(self, spec: ClusterSpec) -> SshHosts | None:
        """What is kept warm of this cluster; its inventory may have changed since, then it is closed."""
        with self._guard:
            kept = self._warm.pop(spec.name, None)
        if kept is None:
            return None
        kept.timer.cancel()
        if kept.spec != spec:
            kept.hosts.close()
            return None
        if self._clock().ticks - kept.ticks > ASK_AGAIN_SECONDS:
            kept.hosts.ask_again()  # who was silent then may answer now
        return kept.hosts

    def _cool(self, name: str, hosts: SshHosts) -> None:
        with self._guard:
            kept = self._warm.get(name)
            if kept is None or kept.hosts is not hosts:
                return
            del self._warm[name]
        hosts.close()

    def close(self) -> None:
        """End what is kept warm."""
        with self._guard:
            left, self._warm = list(self._warm.values()), {}
        for kept in left:
            kept.close()

    def _directories(self, spec: ClusterSpec) -> dict[str, str]:
        """Where each node's data lies, as its server said last; kept, as a dead server says nothing."""
        found = {}
        for node in spec.nodes:
            if node.kind is not NodeKind.POSTGRES:
                continue
            watch = self._poller.node(spec.name, node.name)
            vital = watch.known().vital if watch is not None else None
            told = vital.data_directory if vital is not None else None
            key = _DIRECTORY_KEY.format(cluster=spec.name, node=node.name)[:63]
            kept = self._settings.get(key)
            if told is not None and told.startswith("/") and told != kept:
                self._settings.set(key, told)
                kept = told
            if kept is not None:
                found[node.name] = kept
        return found

    def last_seen(self, cluster: str, plan: Plan | None = None) -> LastSeen | None:
        """Where the primary was last seen. For a run: of the primary that it leaves, the later of plan and watch."""
        watch = self._poller.cluster(cluster)
        seen = watch.last_seen(self._clock()) if watch is not None else None
        if seen is not None:
            seen = replace(seen, engine=self._life)
        if seen is None or seen.head is None:
            kept = self._seens.recall(cluster)
            if kept is not None and kept.at is not None:
                ago = (self._clock().utc - kept.at).total_seconds()
                # The list has stood unwatched since then: nothing is proven by it.
                seen = replace(kept, seconds_ago=max(0.0, ago), sync_steady_seconds=0.0, list_ticks=None)
        planned = plan.last_seen if plan is not None else None
        if planned is None:
            return seen
        if planned.engine != self._life:
            planned = replace(planned, list_ticks=None)
        if seen is None or seen.node != planned.node or seen.head is None:
            return planned
        return seen if planned.head is None or seen.head.number >= planned.head.number else planned

    def remember(self) -> None:
        """Keep where each primary was last seen. Raises StoreTrouble."""
        for watch in self._poller.watches():
            seen = watch.last_seen(self._clock())
            if seen is not None:
                self._seens.remember(watch.spec.name, seen)

    def books(self, spec: ClusterSpec) -> Books | None:
        """The proof of books for a run; None where the cluster has no ledger."""
        prove = self._prove
        if prove is None or spec.ledger_mapping is None:
            return None
        beside = self.restored_books
        return lambda nodes: (beside.prove(spec, nodes) if beside is not None else None) or prove(spec, nodes)

    def outage_number(self, spec: ClusterSpec, hosts: SshHosts, looks: Looks, run: str) -> int | None:
        """The number in the outage meter's row of a run, read on the primary that there is now."""
        facts = looks.look()
        writable = [name for name, found in facts.items() if found.writable]
        at = looks.server_at(writable[0], facts[writable[0]]) if len(writable) == 1 else None
        if at is None:
            return None
        said = hosts.run(at.node, verbs.ask_script(at, spec.database, number_sql(run)), seconds_max=READ_SECONDS_MAX)
        text = said.stdout.strip()
        return int(text) if said.fine and text.isdigit() and len(text) < 19 else None

    def world(
        self, spec: ClusterSpec, hosts: SshHosts, looks: Looks, *, size: bool = False, depth: Depth = Depth.WHOLE
    ) -> World:
        """Ask every node now, and where a Patroni leads, every one of them."""
        facts = looks.look(size=size, depth=depth)
        group = None
        if spec.manager is Manager.PATRONI:
            group = GroupLooks(spec, hosts, clock=self._clock).picture(self._waits.wait)
        return World(
            spec=spec, facts=facts, servers=looks.servers(facts), now=self._clock(),
            last_seen=self.last_seen(spec.name), group=group,
        )  # fmt: skip

    def inputs(self, spec: ClusterSpec) -> Pairs:
        """What a plan is made from, as it is now."""
        hosts, looks = self.ways(spec)
        try:
            return self.seen(spec, hosts, looks).inputs()
        finally:
            hosts.close()

    def seen(self, spec: ClusterSpec, hosts: SshHosts, looks: Looks) -> World:
        """As much of the world as a plan's inputs need."""
        return self.world(spec, hosts, looks, depth=Depth.STATE)

    def propose(self, spec: ClusterSpec, asked: Propose, *, person: str, plan_id: str) -> Plan:
        """The plan that was asked for, refusals and all."""
        hosts, looks = self.ways(spec, warm=True)
        try:
            size = asked.operation in (Operation.REJOIN, Operation.NODE_ADD)
            world = replace(
                self.world(spec, hosts, looks, size=size), owner=self.owner(plan_id), person=person, plan_id=plan_id,
                options=dict(asked.options),
            )  # fmt: skip
            if asked.operation is Operation.REJOIN:
                world = with_rejoin(world, hosts, asked.subject, asked.target)
            if asked.operation is Operation.NODE_ADD:
                world = addition.with_addition(world, hosts, asked.subject, asked.target)
            if asked.operation is Operation.RESTORE:
                world = with_restoring(self.restorer, world, hosts, asked.subject, asked.target)
            return _made(world, asked)
        finally:
            self.keep_warm(spec, hosts)

    def situation(self, spec: ClusterSpec, *, running: str) -> Situation:
        """What is so now, and what could be done."""
        hosts, looks = self.ways(spec)
        try:
            world = replace(self.world(spec, hosts, looks), owner=self._console_id)
            watch = self._poller.cluster(spec.name)
            verdict = watch.look(self._clock(), serial=0).verdict if watch is not None else None
            said = watch.testimonies() if watch is not None else ()
            return situation_of(world, verdict, running=running, testimonies=said)
        finally:
            hosts.close()
