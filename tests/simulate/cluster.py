"""A cluster as it behaves while it is changed: hosts, servers, their WAL, replication; time moves only when asked."""

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from console.domain.cluster import NodeKind
from console.domain.quorum import SyncMethod, parse_sync
from console.domain.reading import ControlState, Moment
from tests.simulate.books import Write

BEGIN = datetime(2030, 1, 1, tzinfo=UTC)
WAL_START = 0x3000000
RECORD_BYTES = 64
TICK_SECONDS = 0.25
SYSTEM = "7000000000000000001"
JUST_SECONDS = 1.5  # what somebody else starts so shortly before a promotion no look can have seen


@dataclass(frozen=True, slots=True)
class Record:
    """One record of WAL. `entry`: whose write it is; empty for a record of the server's own."""

    begin: int
    end: int
    timeline: int
    kind: str
    entry: str = ""


@dataclass(slots=True)
class Data:
    """A data directory, with or without a server on it."""

    wal: list[Record] = field(default_factory=list)
    timeline: int = 1
    history: list[tuple[int, int]] = field(default_factory=list)
    state: ControlState = ControlState.IN_PRODUCTION
    checkpoint: int = WAL_START
    checkpoint_timeline: int = 1
    signal: bool = False
    auto: dict[str, str] = field(default_factory=dict)
    slots: set[str] = field(default_factory=set)

    @property
    def end(self) -> int:
        return self.wal[-1].end if self.wal else WAL_START

    def after(self, position: int) -> list[Record]:
        """The records behind a position; all are of one length, and the first begins at the first position."""
        return self.wal[(position - WAL_START) // RECORD_BYTES :]

    def copied(self) -> "Data":
        return Data(list(self.wal), self.timeline, list(self.history), self.state, self.checkpoint,
                    self.checkpoint_timeline, self.signal, dict(self.auto), set(self.slots))  # fmt: skip


@dataclass(slots=True)
class Lock:
    """The lock's files on one node. `beat`: the term that was renewed last, when by its uptime, and on which boot."""

    term: int = 0
    owner: str = "-"
    boot: str = ""
    beat: tuple[int, float, str] | None = None


@dataclass(slots=True)
class Node:
    """One host, and the server on it."""

    name: str
    address: str
    machine: str
    kind: NodeKind = NodeKind.POSTGRES
    data: Data = field(default_factory=Data)
    powered: bool = True
    boot: int = 1
    booted_at: float = -1000.0
    lock: Lock = field(default_factory=Lock)
    flock_until: float = 0.0
    files: dict[str, str] = field(default_factory=dict)  # what we leave beside the data
    kept: dict[str, list[Record]] = field(default_factory=dict)  # WAL that was carried here, by its checksum
    silent_to: set[str] = field(default_factory=set)  # consoles that can't reach it
    slow_seconds: float = 0.0
    ordered_at: float = float("inf")  # when it was told to promote
    starts: int = 0  # a promotion that was asked for does not outlive its server
    slow_promotion: float = 0.0  # it replays for so long before it is promoted
    lies_fenced: bool = False  # its fence says that it is done, and does nothing
    running: bool = False
    recovery: bool = False
    hung: bool = False
    replayed: int = WAL_START
    received: int | None = None
    receiver: str | None = None
    heard_at: float = -1000.0  # when its upstream sent it something last
    pending: Write | None = None
    writable_since: float = -1000.0
    started_by_others: bool = False
    orphans: list[str] = field(default_factory=list)
    copy: Data | None = None
    old: Data | None = None

    @property
    def boot_id(self) -> str:
        return f"{self.name}-boot-{self.boot}"

    @property
    def serves(self) -> bool:
        return self.powered and self.running and not self.hung

    @property
    def writable(self) -> bool:
        """Could a client's commit be acknowledged here, now or as soon as it is thawed?"""
        return self.powered and self.running and not self.recovery

    @property
    def processes(self) -> int:
        return (7 if self.running else 0) + len(self.orphans) if self.powered else 0


@dataclass(frozen=True, slots=True)
class Promotion:
    """When a node took its new timeline, when it was told to, and where it left the old one."""

    at: float
    ordered_at: float
    node: str
    timeline: int
    fork: int


class Writer(Protocol):
    """A client: it is given its turn at each tick."""

    @property
    def name(self) -> str: ...

    def turn(self, cluster: "Cluster") -> None: ...


class Cluster:
    """The hosts, the links between them, what happens when, and what was seen to be wrong."""

    def __init__(self, names: tuple[str, ...], *, seed: int = 0, vault: bool = True) -> None:
        self.rng = random.Random(seed)
        self.now = 0.0
        self.nodes = {
            name: Node(name=name, address=f"10.0.0.{place + 1}", machine=f"{place + 1:032x}")
            for place, name in enumerate(names)
        }
        if vault:
            self.nodes["vault"] = Node(
                name="vault", address="10.0.0.99", machine=f"{99:032x}", kind=NodeKind.BACKUP, data=Data()
            )
        self._by_address = {node.address: node for node in self.nodes.values()}
        self.cut_links: set[frozenset[str]] = set()
        self.clients: list[Writer] = []
        self.writes: dict[str, Write] = {}
        self.trace: list[str] = []
        self.twice: list[str] = []  # moments with two writable servers of our doing
        # Former primaries that go on behind a quorum fence or a person's word, and those that the operator's command
        # switched off: what switches them on again once the promotion was ordered is not our doing.
        self.parted: set[str] = set()
        self.outside: set[str] = set()
        self.promotions: list[Promotion] = []
        self.each_second: list[Callable[[], None]] = []
        self.guard_of_term = True
        self.guard_of_time = True
        self.lag = 0.1  # how often a standby gets only a part of what there is
        self._queue: list[tuple[float, int, Callable[[], None]]] = []
        self._number = 0
        self.at(TICK_SECONDS, self._tick)
        self.at(1.0, self._second)

    # -- time ---------------------------------------------------------------------------------------------------

    def moment(self) -> Moment:
        return Moment(BEGIN + timedelta(seconds=self.now), self.now)

    def at(self, when: float, what: Callable[[], None]) -> None:
        """Something that happens at a moment; at once where that has passed."""
        self._number += 1
        heapq.heappush(self._queue, (max(when, self.now), self._number, what))

    def advance(self, seconds: float) -> None:
        """Let time pass, and all happen that lies in it."""
        end = self.now + max(0.0, seconds)
        while self._queue and self._queue[0][0] <= end:
            when, _, what = heapq.heappop(self._queue)
            self.now = max(self.now, when)
            what()
        self.now = max(self.now, end)

    def say(self, text: str) -> None:
        self.trace.append(f"{self.now:9.2f}  {text}")

    def _second(self) -> None:
        self.at(self.now + 1.0, self._second)
        for what in self.each_second:
            what()

    def _tick(self) -> None:
        self.at(self.now + TICK_SECONDS, self._tick)
        for client in self.clients:
            client.turn(self)
        self.replicate()

    # -- looking ------------------------------------------------------------------------------------------------

    def uptime(self, node: Node) -> float:
        return self.now - node.booted_at

    def linked(self, one: str, other: str) -> bool:
        return frozenset((one, other)) not in self.cut_links

    def upstream_of(self, node: Node) -> Node | None:
        """Whom its primary_conninfo names."""
        host = node.data.auto.get("primary_conninfo", "").partition("host=")[2].partition(" ")[0]
        return self._by_address.get(host)

    def conninfo(self, node: str, upstream: str) -> str:
        return f"user=repl host={self.nodes[upstream].address} port=5432 application_name={node}"

    def streams(self, node: Node, upstream: Node) -> bool:
        """Does WAL flow from one to the other now?"""
        if not (node.serves and node.recovery and upstream.serves and self.linked(node.name, upstream.name)):
            return False
        slot = node.data.auto.get("primary_slot_name", "")
        if slot and slot not in upstream.data.slots:
            return False
        if upstream.data.timeline == node.data.timeline:
            return node.data.end <= upstream.data.end
        fork = dict(upstream.data.history).get(node.data.timeline)
        return fork is not None and node.data.end <= fork

    def number_on(self, node: Node) -> int:
        """The head's number: entries that can be seen there."""
        hidden = node.pending.id if node.pending is not None else ""
        until = node.replayed if node.recovery else node.data.end
        return sum(1 for one in node.data.wal if one.entry and one.end <= until and one.entry != hidden)

    # -- servers ------------------------------------------------------------------------------------------------

    def append(self, node: Node, kind: str, entry: str = "") -> Record:
        begin = node.data.end
        made = Record(begin, begin + RECORD_BYTES, node.data.timeline, kind, entry)
        node.data.wal.append(made)
        node.replayed = made.end
        return made

    def start(self, node: Node, *, ours: bool, why: str = "") -> bool:
        """Start a server as its files say. False where it can't be started."""
        if not node.powered or node.running or node.orphans or "rewinding" in node.files:
            return node.powered and node.running
        node.running, node.hung, node.received, node.receiver, node.pending = True, False, None, None, None
        node.starts += 1
        node.ordered_at = float("inf")
        if node.data.signal:
            node.recovery, node.replayed = True, min(node.data.checkpoint, node.data.end)
            node.data.state = ControlState.IN_RECOVERY
        else:
            node.recovery, node.data.state = False, ControlState.IN_PRODUCTION
            self.append(node, "checkpoint")
            node.data.checkpoint, node.data.checkpoint_timeline = node.data.end, node.data.timeline
        node.started_by_others = not ours
        self.say(f"{node.name} starts, {'read-only' if node.recovery else 'WRITABLE'} {why}")
        if not node.recovery:
            self.became_writable(node, ours=ours)
        return True

    def promote(self, node: Node) -> None:
        node.replayed = node.data.end
        fork = node.data.end
        node.data.history = [*node.data.history, (node.data.timeline, fork)]
        node.data.timeline += 1
        node.recovery, node.data.signal, node.receiver = False, False, None
        self.append(node, "end-of-recovery")
        node.data.state = ControlState.IN_PRODUCTION
        ordered = min(node.ordered_at, self.now)
        self.promotions.append(Promotion(self.now, ordered, node.name, node.data.timeline, fork))
        self.say(f"{node.name} is promoted to timeline {node.data.timeline}")
        self.became_writable(node, ours=True)

    def stop(self, node: Node) -> None:
        """A clean, fast stop: streaming standbys get all, the shutdown's own record too."""
        self._drop_pending(node)
        if node.recovery:
            node.data.state = ControlState.SHUT_DOWN_IN_RECOVERY
            node.data.checkpoint = node.replayed
        else:
            made = self.append(node, "shutdown")
            node.data.checkpoint, node.data.checkpoint_timeline = made.begin, node.data.timeline
            for other in self.nodes.values():
                if self.upstream_of(other) is node and self.streams(other, node):
                    self._stream(other, node, len(node.data.wal))
            node.data.state = ControlState.SHUT_DOWN
        node.running, node.receiver, node.received = False, None, None
        self.say(f"{node.name} has stopped cleanly")

    def kill(self, node: Node, *, orphan: Writer | None = None) -> None:
        """kill -9 of the postmaster. A busy backend may go on: its commit comes later, and is acknowledged."""
        self.say(f"the postmaster of {node.name} is killed{', a backend goes on' if orphan else ''}")
        was_primary = node.writable
        self._drop_pending(node)
        node.running, node.hung, node.receiver, node.received = False, False, None, None
        if orphan is not None and was_primary:
            name = f"orphan-{len(self.writes)}"
            node.orphans.append(name)
            self.at(self.now + self.rng.uniform(0.5, 6.0), lambda: self._orphan_writes(node, name, orphan))

    def end_processes(self, node: Node) -> None:
        """kill -9 of everything on its data directory."""
        if node.running:
            self.kill(node)
        node.orphans.clear()

    def power_off(self, node: Node) -> None:
        self.end_processes(node)
        node.powered = False
        self.say(f"the host {node.name} is off")

    def power_on(self, node: Node, *, starts: bool) -> None:
        if node.powered:
            return
        node.powered, node.boot, node.booted_at, node.flock_until = True, node.boot + 1, self.now, 0.0
        self.say(f"the host {node.name} is on again")
        if starts:
            self.start(node, ours=False, why="with its host")

    def _orphan_writes(self, node: Node, name: str, client: Writer) -> None:
        if name in node.orphans and node.powered:
            node.orphans.remove(name)
            made = self.append(node, "entry", name)
            write = Write(id=name, client=client.name, node=node.name, timeline=node.data.timeline, sent_at=self.now,
                          position=made.end, local=True)  # fmt: skip
            self.writes[name] = write
            write.acknowledge(self.now, confirmed=False)
            self.say(f"an orphaned backend of {node.name} commits {name}")

    def _drop_pending(self, node: Node) -> None:
        if node.pending is not None:
            node.pending.outcome = "unknown"
            node.pending = None

    def became_writable(self, node: Node, *, ours: bool) -> None:
        """Two at once: ours, where a command of ours did it, or where we left a former primary so that it could."""
        others = [one.name for one in self.nodes.values() if one is not node and (one.writable or one.orphans)]
        node.writable_since = self.now
        for other in others:
            if other in self.parted or node.name in self.parted:
                continue
            newer = any(one.timeline > node.data.timeline for one in self.promotions)
            older = self.nodes[other]
            just = older.started_by_others and self.now - older.writable_since < JUST_SECONDS
            if other in self.outside and older.started_by_others and older.writable_since > node.ordered_at:
                continue
            if (ours and not just) or (newer and node.name not in self.outside):
                self.twice.append(f"{self.now:.2f}: {node.name} became writable beside {other}")
                self.say(f"TWO WRITABLE: {node.name} beside {other}")

    # -- replication --------------------------------------------------------------------------------------------

    def replicate(self) -> None:
        """One round: standbys connect, receive, replay; waiting commits are confirmed."""
        for node in self.nodes.values():
            if node.serves and node.recovery:
                self._receive(node)
                self._replay(node)
        for node in self.nodes.values():
            if node.pending is not None and node.serves and self.confirmed(node, node.pending.position):
                node.pending.acknowledge(self.now, confirmed=True)
                node.pending = None

    def _receive(self, node: Node) -> None:
        upstream = self.upstream_of(node)
        if upstream is None:
            node.receiver = None
        elif self.streams(node, upstream):
            node.receiver, node.heard_at = upstream.name, self.now
            behind = len(upstream.data.after(node.data.end))
            some = self.rng.randint(0, behind) if self.rng.random() < self.lag else behind
            self._stream(node, upstream, some)
        elif upstream.powered and self.linked(node.name, upstream.name):
            node.receiver = None  # a link that is only silent is not noticed yet

    def _stream(self, node: Node, upstream: Node, count: int) -> None:
        node.data.wal += upstream.data.after(node.data.end)[:count]
        node.received = node.data.end
        known = dict(upstream.data.history).get(node.data.timeline)
        if known is not None and node.data.end >= known:
            node.data.timeline, node.data.history = upstream.data.timeline, list(upstream.data.history)

    def _replay(self, node: Node) -> None:
        waiting = [one.end for one in node.data.after(node.replayed)]
        if waiting and self.rng.random() >= self.lag:
            node.replayed = waiting[-1]
        elif waiting:
            node.replayed = waiting[0]

    def confirmed(self, primary: Node, position: int) -> bool:
        """Have as many of the listed standbys flushed it as the primary's list asks for? True where nobody must."""
        policy = parse_sync(primary.data.auto.get("synchronous_standby_names", ""))
        if policy is None:
            return True
        have = {node.name: node.data.end >= position for node in self.nodes.values() if node.receiver == primary.name
                and self.upstream_of(node) is primary and self.streams(node, primary)}  # fmt: skip
        listed = [have[name] for name in policy.names if name in have]
        if policy.method is SyncMethod.FIRST:
            return len(listed) >= policy.count and all(listed[: policy.count])
        return sum(listed) >= policy.count
