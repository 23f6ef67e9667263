"""A lab as it was laid out: hosts, addresses, ports, account; kept in its directory for the next start."""

import hashlib
import os
import secrets
import socket
from contextlib import ExitStack
from dataclasses import dataclass
from enum import Enum
from typing import Final

import msgspec

from console.lab.place import LabPlace
from console.lab.status import LabError

NODES_MAX: Final = 9
CASCADE_NODES_MIN: Final = 3
PEERS_MIN: Final = 2
POSTGRES_PORT: Final = 5432
SSH_PORT: Final = 2222
REST_PORT: Final = 8008
ETCD_PORT: Final = 2379
ETCD_PEER_PORT: Final = 2380
ETCD_MEMBERS_MAX: Final = 3
SUBNETS_TRIED_MAX: Final = 50
PORTS_TRIED: Final = (0, 1000, 2000, 10000)  # added to the usual ports where those are taken on every address
VAULT: Final = "lab-vault"
DATABASE: Final = "ledger"
CLIENT_ROLE: Final = "ledger_client"
CONSOLE_ROLE: Final = "ledger_console"
REPLICATION_ROLE: Final = "ledger_replication"
REST_USER: Final = "patroni"
SCOPE: Final = "lab"


class Topology(Enum):
    """Who follows whom."""

    STAR = "star"  # every standby follows the primary
    CASCADE = "cascade"  # the last standby follows the one before it
    PEERS = "peers"  # each is a primary of its own, and takes the others' entries by logical replication


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedHost:
    """One host: its name and its own loopback address. The vault runs no PostgreSQL."""

    name: str
    address: str
    postgres: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PatroniPlan:
    """What a lab under Patroni has besides: ports, the members of its consensus group, and passwords of its own."""

    rest_port: int
    etcd_port: int
    etcd_peer_port: int
    etcd_members: tuple[str, ...]  # the names of their hosts
    superuser_password: str
    rest_password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabPlan:
    """What a lab is made of. The passwords are this lab's own, drawn by chance, and good for nothing else."""

    hosts: tuple[PlannedHost, ...]
    postgres_port: int
    ssh_port: int
    sshd: bool
    rate: float
    client_password: str
    replication_password: str
    patroni: "PatroniPlan | None" = None
    topology: Topology = Topology.STAR

    @property
    def nodes(self) -> tuple[PlannedHost, ...]:
        return tuple(host for host in self.hosts if host.postgres)

    def host(self, name: str) -> PlannedHost:
        """A host by its name; a LabError that names all of them where there is none."""
        for host in self.hosts:
            if host.name == name:
                return host
        names = ", ".join(host.name for host in self.hosts)
        raise LabError(f"the lab has no host {name!r}", f"Its hosts are {names}.")

    def upstream(self, name: str, *, primary: str) -> PlannedHost:
        """Whom a standby follows while that node is the primary."""
        others = [node for node in self.nodes if node.name != primary]
        last = len(others) > 1 and others[-1].name == name
        return others[-2] if self.topology is Topology.CASCADE and last else self.host(primary)

    def fed_by(self, name: str, *, primary: str) -> tuple[PlannedHost, ...]:
        """Who follows a node directly while that node is the primary."""
        if self.topology is Topology.PEERS:
            return ()
        standbys = (node for node in self.nodes if node.name != primary)
        return tuple(node for node in standbys if self.upstream(node.name, primary=primary).name == name)


def make_plan(
    place: LabPlace, *, nodes: int, sshd: bool, rate: float, patroni: bool = False, topology: Topology = Topology.STAR
) -> LabPlan:
    """Lays out a new lab on a subnet of 127/8 on which all its ports are free."""
    if not 1 <= nodes <= NODES_MAX:
        raise LabError(f"a lab has 1 to {NODES_MAX} nodes, not {nodes}")
    if topology is Topology.CASCADE and nodes < CASCADE_NODES_MIN:
        raise LabError(f"a cascade needs at least {CASCADE_NODES_MIN} nodes, not {nodes}", "lab up --nodes 3")
    if topology is Topology.PEERS and nodes < PEERS_MIN:
        raise LabError(f"peers are at least {PEERS_MIN} nodes, not {nodes}", "lab up --nodes 2")
    if topology is not Topology.STAR and patroni:
        raise LabError(f"a lab under Patroni is a star, not a {topology.value}", "Leave one of the two out.")
    names = [f"lab-{number}" for number in range(1, nodes + 1)]
    for added in PORTS_TRIED:
        for prefix in _subnets(place):
            hosts = [
                PlannedHost(name=name, address=f"{prefix}.{number}", postgres=True)
                for number, name in enumerate(names, start=1)
            ]
            hosts.append(PlannedHost(name=VAULT, address=f"{prefix}.{NODES_MAX + 1}", postgres=False))
            ports = [POSTGRES_PORT + added, SSH_PORT + added]
            managed = _managed(names, added) if patroni else None
            if managed is not None:
                ports += [managed.rest_port, managed.etcd_port, managed.etcd_peer_port]
            if all(_free(host.address, tuple(ports)) for host in hosts):
                return LabPlan(
                    hosts=tuple(hosts),
                    postgres_port=POSTGRES_PORT + added,
                    ssh_port=SSH_PORT + added,
                    sshd=sshd,
                    rate=rate,
                    client_password=secrets.token_urlsafe(24),
                    replication_password=secrets.token_urlsafe(24),
                    patroni=managed,
                    topology=topology,
                )
    raise LabError("no loopback address with free ports was found for the lab", "Does 127.0.0.0/8 work here?")


def _managed(names: list[str], added: int) -> PatroniPlan:
    """A group of three where there are three hosts to lay it on; two would have no majority without both."""
    members = names[:ETCD_MEMBERS_MAX] if len(names) >= ETCD_MEMBERS_MAX else names[:1]
    return PatroniPlan(
        rest_port=REST_PORT + added,
        etcd_port=ETCD_PORT + added,
        etcd_peer_port=ETCD_PEER_PORT + added,
        etcd_members=tuple(members),
        superuser_password=secrets.token_urlsafe(24),
        rest_password=secrets.token_urlsafe(24),
    )


def _subnets(place: LabPlace) -> list[str]:
    # From the directory's name, so that a lab tends to keep its addresses from one day to the next.
    seed = os.fsencode(place.directory)
    digests = (hashlib.sha256(seed + bytes([turn])).digest() for turn in range(SUBNETS_TRIED_MAX))
    return [f"127.{1 + digest[0] % 254}.{digest[1]}" for digest in digests]


def _free(address: str, ports: tuple[int, ...]) -> bool:
    with ExitStack() as stack:
        for port in ports:
            listener = stack.enter_context(socket.socket())
            # As the servers do it: a port whose last connections are still closing is free, one listened on is not.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind((address, port))
                listener.listen()
            except OSError:
                return False
    return True


def write_plan(place: LabPlace, plan: LabPlan) -> None:
    """Keeps the plan, readable for its owner alone: it holds the lab's passwords."""
    fresh = place.plan.with_suffix(".fresh")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_bytes(msgspec.json.encode(plan))
    fresh.replace(place.plan)


def read_plan(place: LabPlace) -> LabPlan | None:
    """The plan of the lab that is there already, or None."""
    try:
        return msgspec.json.decode(place.plan.read_bytes(), type=LabPlan)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError as error:
        raise LabError(f"{place.plan} can't be read: {error}", "Take the lab down and up again.") from error
