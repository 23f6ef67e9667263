"""Breaks a lab by fixed names."""

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from console.lab.disk import Disk
from console.lab.doors import Doors
from console.lab.etcd import Etcd
from console.lab.patroni import PatroniServer, managed
from console.lab.plan import LabPlan
from console.lab.processes import wait_until
from console.lab.server import Server
from console.lab.status import FAULTS, FaultKind, LabError, LabRole
from console.lab.workload import RATE_MAX, Workload

REPLAY_SECONDS_MAX: Final = 10.0
# All in one transaction. The guards come back as they were: ALWAYS, where they held against replication too.
_DELETE_POSTINGS: Final = """do $$ declare one record; begin
 for one in select tgname from pg_trigger where tgrelid = 'ledger.postings'::regclass and not tgisinternal loop
  execute format('alter table ledger.postings disable trigger %I', one.tgname); end loop;
 delete from ledger.postings p using (select origin, number from ledger.entries order by number desc limit 100) e
  where (p.origin, p.number) = (e.origin, e.number);
 for one in select tgname from pg_trigger where tgrelid = 'ledger.postings'::regclass and not tgisinternal loop
  execute format('alter table ledger.postings enable always trigger %I', one.tgname); end loop; end $$"""
_RATE: Final = re.compile(r"rate=(\d+(?:\.\d+)?)")


@dataclass(slots=True)
class Lab:
    """The running parts of one lab, as its service holds them."""

    plan: LabPlan
    servers: dict[str, Server]
    doors: Doors
    workload: Workload
    peer_workloads: tuple[Workload, ...] = ()  # of the other peers, each with a record of its own
    members: dict[str, Etcd] = field(default_factory=dict)  # of the consensus group, by their host
    faults: dict[str, set[str]] = field(default_factory=dict)
    busy: threading.Lock = field(default_factory=threading.Lock)  # one change at a time

    def server(self, name: str) -> Server:
        self.plan.host(name)
        if name not in self.servers:
            raise LabError(f"{name} runs no PostgreSQL", f"Those that do: {', '.join(self.servers)}.")
        return self.servers[name]

    def member(self, name: str) -> Etcd:
        self.plan.host(name)
        if name not in self.members:
            there = f"Those that do: {', '.join(self.members)}." if self.members else "This lab has no Patroni."
            raise LabError(f"{name} runs no etcd", there)
        return self.members[name]

    def active(self, name: str) -> tuple[str, ...]:
        """The faults that hold on a host now: what was mended behind the lab's back no longer counts."""
        found = self.faults.setdefault(name, set())
        server = self.servers.get(name)
        if server is not None:
            if server.postmaster() is not None:
                found -= {"kill", "kill-postmaster", "stop"}
            if not server.frozen():
                found.discard("freeze")
        if isinstance(server, PatroniServer) and server.patroni() is not None:
            found.discard("kill-patroni")
        if name in self.members and self.members[name].pid() is not None:
            found.discard("kill-etcd")
        return tuple(sorted(found))


def make_fault(lab: Lab, name: str, node: str | None) -> None:
    """Does one fault and returns when it holds. LabError where there is no such fault or node."""
    rate = _RATE.fullmatch(name)
    if rate is not None:
        set_rate(lab, float(rate[1]))
        return
    kind = next((kind for kind in FAULTS if kind.name == name), None)
    if kind is None or kind.name not in _DOES:
        raise LabError(f"there is no fault {name!r}", f"Faults are {', '.join(kind.name for kind in FAULTS)}.")
    if node is None:
        raise LabError(f"the fault {name} needs a node", f"One of {', '.join(_hosts(lab, kind))}.")
    if kind.postgres:
        lab.server(node)
    else:
        lab.plan.host(node)
    _DOES[kind.name](lab, node)
    found = lab.faults.setdefault(node, set())
    for other in _ENDS.get(kind.name, ()):
        found.discard(other)
    if kind.name not in _ENDS:
        found.add(kind.name)


def set_rate(lab: Lab, rate: float) -> None:
    """Bookings a second from now on."""
    if not 0 <= rate <= RATE_MAX:
        raise LabError(f"a rate is 0 to {RATE_MAX:g} bookings a second, not {rate:g}")
    for workload in (lab.workload, *lab.peer_workloads):
        workload.set_rate(rate)


def _hosts(lab: Lab, kind: FaultKind) -> list[str]:
    return [host.name for host in lab.plan.hosts if host.postgres or not kind.postgres]


def _pause(lab: Lab, node: str) -> None:
    server = _standby(lab, node)
    server.ask("select pg_wal_replay_pause()")

    def paused() -> bool:
        return server.ask("select pg_get_wal_replay_pause_state()") == "paused"

    wait_until(paused, seconds=REPLAY_SECONDS_MAX, what=f"{node} to pause replay")


def _resume(lab: Lab, node: str) -> None:
    server = _standby(lab, node)
    server.ask("select pg_wal_replay_resume()")


def _standby(lab: Lab, node: str) -> Server:
    server = lab.server(node)
    if server.postmaster() is None:
        raise LabError(f"{node} does not run, so it replays nothing", "Start it first: fault start.")
    if server.frozen():
        raise LabError(f"{node} is frozen, so it takes no order", "Thaw it first: fault thaw.")
    if server.role() is LabRole.PRIMARY:
        raise LabError(f"{node} is the primary, and a primary replays nothing", "Name a standby.")
    return server


def _start(lab: Lab, node: str) -> None:
    server = lab.server(node)
    if server.frozen():
        raise LabError(f"{node} is frozen, not stopped", "Thaw it: fault thaw.")
    server.start()


def _fill(lab: Lab, node: str) -> None:
    server = lab.server(node)
    if isinstance(server, PatroniServer):
        # The server would have to stop for it, and its place would be taken before the disk is full.
        raise LabError("under Patroni the lab does not fill a disk", "Use a lab without: lab up --manager none.")
    Disk(server).fill()


def _delete_postings(lab: Lab, node: str) -> None:
    server = lab.server(node)
    if server.postmaster() is None or server.frozen():
        raise LabError(f"{node} does not answer, so nothing can be deleted there", "Mend it first: lab mend.")
    if server.role() is not LabRole.PRIMARY:
        raise LabError(f"{node} is a standby, and nothing can be deleted there", "Name the primary.")
    server.ask(_DELETE_POSTINGS)


_DOES: Final[dict[str, Callable[[Lab, str], None]]] = {
    "kill": lambda lab, node: lab.server(node).kill(),
    "kill-postmaster": lambda lab, node: lab.server(node).kill_postmaster(),
    "freeze": lambda lab, node: lab.server(node).freeze(),
    "thaw": lambda lab, node: lab.server(node).thaw(),
    "stop": lambda lab, node: lab.server(node).stop(),
    "start": _start,
    "ssh-down": lambda lab, node: lab.doors.close(node),
    "ssh-up": lambda lab, node: lab.doors.open(node),
    "replay-pause": _pause,
    "replay-resume": _resume,
    "disk-full": _fill,
    "delete-postings": _delete_postings,
    "kill-patroni": lambda lab, node: managed(lab.server(node)).kill_patroni(),
    "kill-etcd": lambda lab, node: lab.member(node).kill(),
    "start-etcd": lambda lab, node: lab.member(node).start(),
}
# What undoes what. A fault that is not here adds itself to the node's list.
_ENDS: Final[dict[str, tuple[str, ...]]] = {
    "thaw": ("freeze",),
    "start": ("kill", "kill-postmaster", "stop", "kill-patroni"),
    "start-etcd": ("kill-etcd",),
    "ssh-up": ("ssh-down",),
    "replay-resume": ("replay-pause",),
    "delete-postings": (),  # nothing mends it but a restore
}
