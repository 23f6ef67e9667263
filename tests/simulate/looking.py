"""What a look at a simulated node finds: the same facts that the real look makes of a node's answers."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from console.domain.cluster import NodeKind
from console.domain.reading import Head, Receiver, Sender, Slot, Turnover
from console.domain.situation import ControlFacts, Facts, LastSeen, LockSeen, NodeFacts, ServerFacts
from console.domain.wal import Lsn
from console.postgres.change_facts import LOCK_LIVE_SECONDS, Depth, LookAt
from console.postgres.verbs import ServerAt
from console.ssh.hosts import Hosts, Said
from tests.simulate.cluster import BEGIN, SYSTEM, Cluster, Node

LOOK_SECONDS = 0.04
SILENT_SECONDS = 1.0
RATES_KEPT = 60


def head_on(cluster: Cluster, node: Node) -> Head:
    number = cluster.number_on(node)
    turnover = Turnover(currency="EUR", scale=2, postings=2 * number, debit_units=100 * number)
    at = node.replayed if node.recovery else node.data.end
    return Head(origin="main", number=number, booked_at=None, turnover=(turnover,), position=Lsn(at))


def _senders(cluster: Cluster, node: Node) -> tuple[Sender, ...]:
    found = []
    for other in cluster.nodes.values():
        if other is not node and cluster.upstream_of(other) is node and cluster.streams(other, node):
            if other.receiver != node.name:
                continue
            end, replay = Lsn(other.data.end), Lsn(other.replayed)
            found.append(
                Sender(name=other.name, address=other.address, state="streaming", sync_state="async", sent=end,
                       write=end, flush=end, replay=replay, reply_age_seconds=0.1,
                       slot=other.data.auto.get("primary_slot_name") or None)
            )  # fmt: skip
    return tuple(found)


def _receiver(cluster: Cluster, node: Node) -> Receiver | None:
    upstream = cluster.nodes.get(node.receiver or "")
    if upstream is None or not node.recovery:
        return None
    return Receiver(
        status="streaming", host=upstream.address, port=5432, slot=node.data.auto.get("primary_slot_name") or None,
        timeline=node.data.timeline, flushed=Lsn(node.data.end), heard_age_seconds=cluster.now - node.heard_at,
    )  # fmt: skip


DEFAULTS = {
    "archive_mode": "off", "primary_conninfo": "", "primary_slot_name": "", "synchronous_standby_names": "",
    "synchronous_commit": "on", "restore_command": "", "recovery_min_apply_delay": "0", "max_replication_slots": "10",
    "summarize_wal": "off",
}  # fmt: skip


def server_facts(cluster: Cluster, node: Node) -> ServerFacts:
    end = Lsn(node.data.end)
    return ServerFacts(
        version=180006, in_recovery=node.recovery, timeline=node.data.timeline,
        write=None if node.recovery else end, flush=None if node.recovery else end,
        received=None if not node.recovery or node.received is None else Lsn(node.received),
        replayed=Lsn(node.replayed) if node.recovery else None, replay_paused=False, started_at=BEGIN,
        senders=_senders(cluster, node), receiver=_receiver(cluster, node),
        slots=tuple(Slot(name=one, kind="physical", active=False, kept_bytes=None, wal_status=None)
                    for one in sorted(node.data.slots)),
        settings=tuple({**DEFAULTS, **node.data.auto}.items()), heads=(head_on(cluster, node),),
    )  # fmt: skip


def lock_seen(cluster: Cluster, node: Node) -> LockSeen:
    lock, beat = node.lock, node.lock.beat
    if lock.term == 0:
        return LockSeen(term=0, owner="", person="", renewed_uptime_seconds=None, live=False)
    renewed, live = None, False
    if beat is not None and beat[0] == lock.term:
        renewed = beat[1]
        age = cluster.uptime(node) - beat[1]
        live = beat[2] == node.boot_id == lock.boot and -1.0 <= age <= LOCK_LIVE_SECONDS
    return LockSeen(
        term=lock.term, owner="" if lock.owner == "-" else lock.owner, person="p", renewed_uptime_seconds=renewed,
        live=live,
    )  # fmt: skip


def facts_of(cluster: Cluster, node: Node, *, sql: bool = True) -> NodeFacts:
    """A whole look at a node that answers."""
    own = node.kind is NodeKind.POSTGRES
    data, serves = node.data, node.serves and own
    control = ControlFacts(
        state=data.state, system_identifier=SYSTEM, timeline=data.checkpoint_timeline, checkpoint=Lsn(data.checkpoint),
        minimum_recovery_end=None, checksums=True, wal_log_hints=False, version=1800,
    )  # fmt: skip
    return NodeFacts(
        node=node.name, kind=node.kind, at=cluster.moment(), reached=True, machine_id=node.machine,
        boot_id=node.boot_id, uptime_seconds=cluster.uptime(node), account="postgres", lock=lock_seen(cluster, node),
        bin_directory="/bin", data_directory=f"/data/{node.name}", socket_directory="/tmp",
        processes=node.processes if own else None, postmaster_alive=own and node.running,
        control=control if own else None, standby_signal=own and data.signal, fence_mark="fenced" in node.files,
        rewind_mark="rewinding" in node.files, configured=node.files.get("configured", ""),
        copied=node.files.get("copied", ""), copy_there=node.copy is not None, old_there=node.old is not None,
        disk_free_bytes=10**12, data_bytes=10**9, server=server_facts(cluster, node) if serves and sql else None,
        server_trouble="" if serves else "no answer" if node.running else "no server",
    )  # fmt: skip


class SimulatedLooks:
    """Looks of one console at a simulated cluster. A look takes its time, and shows what was so when it began there."""

    def __init__(self, cluster: Cluster, console: str) -> None:
        self._cluster, self._console = cluster, console
        self.lock_key = SYSTEM
        self.hosts: Hosts | None = None

    def reaches(self, name: str) -> bool:
        node = self._cluster.nodes[name]
        return node.powered and self._console not in node.silent_to

    def at(self, name: str, *, size: bool = False, depth: Depth = Depth.WHOLE) -> LookAt:
        node = self._cluster.nodes[name]
        return LookAt(
            node=name, kind=node.kind, lock_key=self.lock_key, bin_directory="/bin", data_directory=f"/data/{name}",
            socket="/tmp", port=5432, admin_user="postgres", database="ledger", ledger="ledger", size=size, depth=depth,
        )  # fmt: skip

    def look(
        self, names: Iterable[str] | None = None, *, size: bool = False, sql: bool = True, depth: Depth = Depth.WHOLE
    ) -> Facts:
        """Facts of these nodes; all are asked at once, and the slowest holds up the answer."""
        del size, depth  # everything is always asked
        wanted = tuple(names) if names is not None else tuple(self._cluster.nodes)
        found, seconds = {}, LOOK_SECONDS
        for name in wanted:
            node = self._cluster.nodes[name]
            if self.reaches(name):
                found[name] = facts_of(self._cluster, node, sql=sql)
                seconds = max(seconds, node.slow_seconds)
            else:
                seconds = max(seconds, SILENT_SECONDS)
                found[name] = NodeFacts(node=name, kind=node.kind, at=self._cluster.moment(), reached=False,
                                        trouble="silent")  # fmt: skip
        self._cluster.advance(seconds)
        return found

    def look_each(self, wanted: Mapping[str, Depth]) -> Facts:
        return self.look(tuple(wanted))

    def after(self, name: str, script: str, *, depth: Depth, seconds_max: float) -> tuple[Said, NodeFacts | None]:
        """A script and a look in one breath: what was so when it had ended."""
        del depth
        assert self.hosts is not None
        seen: list[NodeFacts] = []
        cluster, node = self._cluster, self._cluster.nodes[name]
        said = self.hosts.run(name, script, seconds_max=seconds_max)
        if said.fine and self.reaches(name):
            cluster.advance(LOOK_SECONDS)
            seen.append(facts_of(cluster, node))
        return said, seen[0] if seen else None

    def servers(self) -> dict[str, ServerAt]:
        return {
            name: ServerAt(
                node=name, lock_key=self.lock_key, bin_directory="/bin", data_directory=f"/data/{name}",
                socket_directory="/tmp", port=5432, admin_user="postgres", address=node.address,
                replication="user=repl",
            )
            for name, node in self._cluster.nodes.items() if node.kind is NodeKind.POSTGRES
        }  # fmt: skip


class SimulatedWatch:
    """The watch of one console: where the primary was last seen, once a second."""

    def __init__(self, cluster: Cluster, console: str) -> None:
        self._cluster, self._console = cluster, console
        self._node: str | None = None
        self._head: Head | None = None
        self._at = 0.0
        self._timeline = 0
        self._dead_at: float | None = None
        self._names, self._names_since, self._level = "", -1000.0, "on"
        self._list_at: float | None = None
        self._numbers: list[tuple[float, int]] = []
        self._rates: list[float] = []
        cluster.each_second.append(self._round)

    def _round(self) -> None:
        cluster = self._cluster
        reached = [n for n in cluster.nodes.values() if n.powered and self._console not in n.silent_to]
        writable = [n for n in reached if n.serves and n.writable]
        if len(writable) == 1 and writable[0].data.timeline >= self._timeline:
            self._seen(writable[0])
        dead = self._node is not None and any(n.name == self._node and n.processes == 0 for n in reached)
        self._dead_at = (self._dead_at if self._dead_at is not None else cluster.now) if dead else None

    def _seen(self, node: Node) -> None:
        now, self._timeline = self._cluster.now, node.data.timeline
        if self._node != node.name:
            self._numbers, self._rates, self._names_since = [], [], now if self._node else -1000.0
            self._names = node.data.auto.get("synchronous_standby_names", "")
        self._node, self._head, self._at = node.name, head_on(self._cluster, node), now
        names = node.data.auto.get("synchronous_standby_names", "")
        if names != self._names:
            self._names, self._names_since = names, now
        self._list_at = now
        self._level = node.data.auto.get("synchronous_commit", "on")
        self._numbers = [*self._numbers[-5:], (now, self._head.number)]
        first = self._numbers[0]
        if now > first[0]:
            self._rates = [*self._rates[-RATES_KEPT:], (self._head.number - first[1]) / (now - first[0])]

    def last_seen(self) -> LastSeen | None:
        if self._node is None:
            return None
        now = self._cluster.now
        return LastSeen(
            node=self._node, head=self._head, at=BEGIN + timedelta(seconds=self._at), seconds_ago=now - self._at,
            entries_per_second=max(self._rates, default=None), synchronous_names=self._names,
            sync_steady_seconds=(self._list_at or 0.0) - self._names_since,
            list_at=None if self._list_at is None else BEGIN + timedelta(seconds=self._list_at),
            synchronous_commit=self._level, timeline=self._timeline,
            bearers=tuple((name.lower(), name) for name in self._cluster.nodes if name != self._node),
            dead_at=None if self._dead_at is None else BEGIN + timedelta(seconds=self._dead_at),
        )  # fmt: skip
