"""A lab whose hosts have networks of their own: namespaces joined by a bridge, in which a cable can be pulled."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from console.cli import main
from console.domain.cluster import (
    ChangePolicy,
    ClusterSpec,
    Environment,
    NodeKind,
    NodeSpec,
    PostgresTarget,
    Promises,
    SshTarget,
)
from console.engine.launch import ensure_engine
from console.lab.doors import AsyncSsh
from console.lab.foundation import make_data, make_hosts, make_slots
from console.lab.keys import make_keys, write_ssh_files
from console.lab.launch import Account, Children
from console.lab.leftovers import end_leftovers
from console.lab.mending import wait_streaming
from console.lab.place import LabPlace
from console.lab.plan import CLIENT_ROLE, CONSOLE_ROLE, DATABASE, REPLICATION_ROLE, VAULT, LabPlan, PlannedHost
from console.lab.programs import find_programs
from console.lab.server import Server
from console.lab.status import LabNode, LabRole, LabStatus, WorkloadStatus
from console.lab.workload import Workload
from console.places import Home
from tests.changing import Operator
from tests.watched import Watched

NODES = ("lab-1", "lab-2", "lab-3")
RATE = 20.0
COMMAND_SECONDS_MAX = 20.0


def ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True, timeout=COMMAND_SECONDS_MAX)


class Inside(Children):
    """Starts what belongs to one host in that host's network."""

    def __init__(self, account: Account, lab: Path, network: str) -> None:
        super().__init__(account, lab)
        self._network = network

    def start(self, argv: list[str], *, as_account: bool, **how: Any) -> "subprocess.Popen[bytes]":
        words = ["nsenter", f"--net=/run/netns/{self._network}"]
        if as_account:
            words += ["setpriv", f"--reuid={self.account.uid}", f"--regid={self.account.gid}", "--clear-groups"]
        return super().start([*words, *argv], as_account=False, **how)


@dataclass
class Cables:
    """The bridge, and one cable a host."""

    mark: str
    prefix: str

    @property
    def bridge(self) -> str:
        return f"lcb{self.mark}"

    def network(self, name: str) -> str:
        return f"lc{self.mark}-{name}"

    def cable(self, name: str) -> str:
        return f"lcv{self.mark}{name[-1]}"

    def lay(self) -> None:
        ip("link", "add", self.bridge, "type", "bridge")
        ip("addr", "add", f"{self.prefix}.10/24", "dev", self.bridge)
        ip("link", "set", self.bridge, "up")
        for number, name in enumerate(NODES, 1):
            network, outside, inside = self.network(name), self.cable(name), f"lcw{self.mark}{number}"
            ip("netns", "add", network)
            ip("link", "add", outside, "type", "veth", "peer", "name", inside)
            ip("link", "set", inside, "netns", network)
            ip("link", "set", outside, "master", self.bridge)
            ip("link", "set", outside, "up")
            ip("-n", network, "addr", "add", f"{self.prefix}.{number}/24", "dev", inside)
            ip("-n", network, "link", "set", inside, "up")
            ip("-n", network, "link", "set", "lo", "up")

    def pull(self, name: str) -> None:
        """Nothing reaches this host any more, and nothing leaves it."""
        ip("link", "set", self.cable(name), "down")

    def plug(self, name: str) -> None:
        ip("link", "set", self.cable(name), "up")

    def clear(self) -> None:
        for name in NODES:
            with suppress(subprocess.CalledProcessError):
                ip("link", "del", self.cable(name))
            with suppress(subprocess.CalledProcessError):
                ip("netns", "del", self.network(name))
        with suppress(subprocess.CalledProcessError):
            ip("link", "del", self.bridge)


class Apart(Operator):
    """A person at a lab whose hosts are apart."""

    __slots__ = ("cables", "servers", "status")

    def __init__(self, watched: Watched, cables: Cables, servers: dict[str, Server], status: LabStatus) -> None:
        super().__init__(watched)
        self.cables, self.servers, self.status = cables, servers, status

    @property
    def lab(self) -> LabStatus:
        return self.status


def skip_where_networks_cannot_be_made() -> None:
    if os.geteuid() != 0:
        pytest.skip("needs root: it makes network namespaces")
    for tool in ("ip", "nsenter", "setpriv"):
        if shutil.which(tool) is None and not Path("/usr/sbin", tool).exists():
            pytest.skip(f"needs {tool}")


@contextmanager
def apart(directory: Path) -> Iterator[Apart]:
    """Three nodes and a vault, each with a network of its own, watched by an engine that reaches all."""
    skip_where_networks_cannot_be_made()
    home = Home(directory)
    home.directory.mkdir(parents=True, exist_ok=True)
    number = secrets.randbelow(200) + 20
    cables = Cables(mark=secrets.token_hex(2), prefix=f"10.213.{number}")
    place, account = LabPlace.of(home), Account.chosen()
    place.make()
    children = Children(account, place.directory)
    inside = {name: Inside(account, place.directory, cables.network(name)) for name in NODES}
    hosts = [PlannedHost(name=name, address=f"{cables.prefix}.{n}", postgres=True) for n, name in enumerate(NODES, 1)]
    hosts.append(PlannedHost(name=VAULT, address=f"{cables.prefix}.10", postgres=False))
    plan = LabPlan(hosts=tuple(hosts), postgres_port=5432, ssh_port=2222, sshd=False, rate=RATE,
                   client_password=secrets.token_urlsafe(16),
                   replication_password=secrets.token_urlsafe(16))  # fmt: skip
    workload, doors = None, []
    try:
        cables.lay()
        make_keys(place, plan)
        doors = [AsyncSsh(place, replace(plan, hosts=(host,)), inside.get(host.name, children)) for host in plan.hosts]
        programs = find_programs(place, children)
        children.bin_directory = programs.directory
        make_hosts(place, plan, children)
        make_data(place, plan, programs, children, lambda _: None)
        write_ssh_files(place, plan, user=account.name)
        for name in NODES:
            hba = place.data(name) / "pg_hba.conf"
            hba.write_text(hba.read_text().replace("127.0.0.0/8", f"{cables.prefix}.0/24"))
        servers = {}
        for host in plan.nodes:
            inside[host.name].bin_directory = programs.directory
            servers[host.name] = Server(place, plan, host, programs=programs, children=inside[host.name])
            servers[host.name].start()
        for door in doors:
            door.open_all()
        make_slots(servers["lab-1"], plan.fed_by("lab-1", primary="lab-1"))
        wait_streaming(servers["lab-1"], [servers["lab-2"], servers["lab-3"]])
        workload = Workload(plan, place.record, RATE)
        workload.start()
        watched = Watched(home, status_of(place, plan, programs.directory, account))
        operator = Apart(watched, cables, servers, watched.lab)
        home.lab_known_hosts.write_text(place.known_hosts.read_text())
        ensure_engine(home)
        operator.save(spec_of(place, plan, str(programs.directory)))
        operator.steady()
        yield operator
    finally:
        main(["--home", str(home.directory), "engine", "stop", "--json"])
        if workload is not None:
            workload.ask_to_end()
        end_leftovers(place)
        if workload is not None:
            workload.end()
        for door in doors:
            door.end()
        children.reap()
        cables.clear()
        place.remove()


def status_of(place: LabPlace, plan: LabPlan, programs: object, account: Account) -> LabStatus:
    """The lab as tests ask of it; which server is what they ask the servers."""
    nodes = tuple(
        LabNode(
            name=host.name, address=host.address, ssh_port=plan.ssh_port,
            postgres_port=plan.postgres_port if host.postgres else None,
            role=LabRole.STANDBY if host.postgres else LabRole.BACKUPS, running=True, frozen=False, ssh=True,
            processes=0, faults=(), data_directory=str(place.data(host.name)) if host.postgres else None,
            socket_directory=str(place.sockets(host.name)) if host.postgres else None,
            log=str(place.postgres_log(host.name)) if host.postgres else None,
        )
        for host in plan.hosts
    )  # fmt: skip
    return LabStatus(
        directory=str(place.directory), pid=os.getpid(), sshd=False, rate=RATE, account=account.name,
        bin_directory=str(programs), ssh_config=str(place.ssh_config), known_hosts=str(place.known_hosts),
        record=str(place.record), nodes=nodes, workload=WorkloadStatus(),
    )  # fmt: skip


def spec_of(place: LabPlace, plan: LabPlan, programs: str) -> ClusterSpec:
    """The cluster as the inventory holds it."""
    servers = ",".join(host.address for host in plan.nodes)
    conninfo = (
        f"host={servers} port={plan.postgres_port} dbname={DATABASE} user={CLIENT_ROLE} "
        f"passfile={place.pass_file(VAULT)} target_session_attrs=read-write connect_timeout=2"
    )
    return ClusterSpec(
        name="lab", environment=Environment.LAB, database=DATABASE, promises=Promises(synchronous="ANY 1"),
        change=ChangePolicy(client_conninfo=conninfo, client_node=VAULT, quorum_fence=True),
        nodes=tuple(
            NodeSpec(
                name=host.name, kind=NodeKind.POSTGRES if host.postgres else NodeKind.BACKUP,
                ssh=SshTarget(host=host.name, config_file=str(place.ssh_config)),
                postgres=PostgresTarget(
                    host=str(place.sockets(host.name)), port=plan.postgres_port, user=CONSOLE_ROLE,
                    bin_directory=programs, data_directory=str(place.data(host.name)), replication_host=host.address,
                    replication=f"user={REPLICATION_ROLE} passfile={place.pass_file(host.name)} connect_timeout=2",
                ) if host.postgres else None,
            )
            for host in plan.hosts
        ),
    )  # fmt: skip
