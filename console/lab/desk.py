"""The lab's door: up, down, status, faults and mending, and the cluster that the inventory gets."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import msgspec

from console.domain.backup_policy import BackupPolicy, CycleEntry, RepositorySpec
from console.domain.cluster import (
    ChangePolicy,
    ClusterSpec,
    Environment,
    Manager,
    NodeKind,
    NodeSpec,
    PatroniTarget,
    PostgresTarget,
    Promises,
    SshTarget,
)
from console.lab.control import Request, Told, ask
from console.lab.leftovers import acts_of, clear_acts, end_leftovers, end_service
from console.lab.place import LabPlace, one_at_a_time, read_pointer, write_pointer
from console.lab.plan import CLIENT_ROLE, CONSOLE_ROLE, REPLICATION_ROLE, Topology
from console.lab.processes import wait_until
from console.lab.status import FAULTS, FaultKind, LabError, LabNode, LabRole, LabStatus, WorkloadStatus
from console.places import Home

__all__ = [
    "FAULTS", "FaultKind", "LabError", "LabNode", "LabRole", "LabStatus", "Topology", "WorkloadStatus",
    "lab_cluster", "lab_clusters", "lab_down", "lab_fault", "lab_mend", "lab_status", "lab_up",
]  # fmt: skip

NODES: Final = 3
RATE: Final = 20.0
CLUSTER: Final = "lab"
DATABASE: Final = "ledger"
END_SECONDS_MAX: Final = 60.0
LOG_SHOWN_CHARACTERS: Final = 600
_PACKAGES: Final = ("asyncssh", "psycopg")
_ROOT: Final = Path(__file__).resolve().parent.parent.parent


def _silent(_: str) -> None:
    """Hears nothing."""


def lab_up(
    home: Home,
    *,
    nodes: int = NODES,
    sshd: bool = False,
    rate: float = RATE,
    manager: Manager = Manager.NONE,
    topology: Topology = Topology.STAR,
    tell: Callable[[str], None] = _silent,
) -> LabStatus:
    """The running lab of a home: the one that is there, else one built from the data that is there, else a new one.

    `tell` hears each step. Raises LabError; a lab that could not be built leaves nothing running.
    """
    missing = [name for name in _PACKAGES if find_spec(name) is None]
    if missing:
        raise LabError(f"the lab needs {' and '.join(missing)}", "pip install 'ledger-console[lab]'")
    if not sys.platform.startswith("linux"):
        raise LabError("the lab runs on Linux only: it needs /proc and the addresses of 127.0.0.0/8")
    with one_at_a_time(home):
        place = LabPlace.of(home)
        if place.served():
            status = _status(place)
            tell(f"the lab runs already, with {len(status.nodes) - 1} nodes")
        else:
            place.make()
            _start_service(place, nodes=nodes, sshd=sshd, rate=rate, manager=manager, topology=topology, tell=tell)
            status = _status(place)
        write_pointer(home, place)
        # The lab's own host keys are known by construction: nobody has to compare fingerprints.
        home.lab_known_hosts.write_text(place.known_hosts.read_text())
        return status


def _start_service(
    place: LabPlace, *, nodes: int, sshd: bool, rate: float, manager: Manager, topology: Topology,
    tell: Callable[[str], None],
) -> None:  # fmt: skip
    """Starts the service, detached, and hears it until it is ready."""
    hears, tells = os.pipe()
    argv = [
        *(sys.executable, "-m", "console.lab.service", "--directory", str(place.directory)),
        *("--nodes", str(nodes), "--rate", str(rate), "--tell", str(tells), *(["--sshd"] if sshd else [])),
        *(["--patroni"] if manager is Manager.PATRONI else []), "--topology", topology.value,
    ]
    python_path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    with os.fdopen(hears, "rb") as ears:
        try:
            with place.log.open("ab") as log:
                subprocess.run(
                    argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=(tells,), cwd="/", check=False,
                    start_new_session=True, env={**os.environ, "PYTHONPATH": python_path},
                )  # fmt: skip
        finally:
            os.close(tells)
        for line in ears:
            told = msgspec.json.decode(line, type=Told)
            if told.what:
                ears.read()  # to its end: whoever asks next finds no half-dead service
                raise LabError(told.what, told.hint)
            if told.ready:
                return
            tell(told.step)
    said = place.log.read_text(errors="replace").strip()[-LOG_SHOWN_CHARACTERS:]
    raise LabError(f"the lab's service ended while it built: {said}", f"Its log is {place.log}.")


def lab_down(home: Home) -> bool:
    """Takes the lab down whole: processes, mounts, directory. False where there was none. Raises LabError."""
    with one_at_a_time(home):
        place = read_pointer(home) or LabPlace.of(home)
        if not place.exists():
            _forget(home)
            return False
        acts = acts_of(place)
        if place.served():
            try:
                ask(place.socket, Request(verb="down"))
                wait_until(lambda: not place.served(), seconds=END_SECONDS_MAX, what="the lab's service to end")
            except LabError:
                end_service(place)  # it hangs, or it never came so far as to listen
        # A service that was killed could take nothing with it.
        end_leftovers(place)
        clear_acts(acts)
        place.remove()
        _forget(home)
        return True


def _forget(home: Home) -> None:
    home.lab_pointer.unlink(missing_ok=True)
    home.lab_known_hosts.unlink(missing_ok=True)


def lab_status(home: Home) -> LabStatus | None:
    """The running lab of a home, or None. Raises LabError where it is there and gives no answer."""
    place = read_pointer(home)
    # Without a socket it is being built, or on its way out.
    if place is None or not place.served() or not place.socket.exists():
        return None
    return _status(place)


def lab_fault(home: Home, name: str, node: str | None = None) -> LabStatus:
    """Does one fault by its name and returns when it holds. Raises LabError, with the names that there are."""
    return _change(home, Request(verb="fault", fault=name, node=node))


def lab_mend(home: Home, node: str | None = None) -> LabStatus:
    """Undoes every fault of one host, or of all, and returns when the standbys stream again. Raises LabError."""
    return _change(home, Request(verb="mend", node=node))


def _change(home: Home, request: Request) -> LabStatus:
    place = read_pointer(home)
    if place is None or not place.served():
        raise LabError("no lab runs here", "Start one: ledger-console lab up.")
    status = ask(place.socket, request)
    assert status is not None
    return status


def _status(place: LabPlace) -> LabStatus:
    status = ask(place.socket, Request(verb="status"))
    assert status is not None
    return status


def lab_clusters(status: LabStatus) -> tuple[ClusterSpec, ...]:
    """All that the inventory holds of a lab: one cluster, or as many as there are peers."""
    whole = lab_cluster(status)
    if status.topology != Topology.PEERS.value:
        return (whole,)
    servers = [node for node in status.nodes if node.postgres_port is not None]
    return tuple(
        replace(
            whole, name=f"{CLUSTER}-{peer}", nodes=(_spec(status, node),), promises=Promises(), backup=None,
            change=ChangePolicy(),
        )
        for peer, node in enumerate(servers, 1)
    )  # fmt: skip


def lab_cluster(status: LabStatus) -> ClusterSpec:
    """The lab as the inventory holds it: reached like any cluster, by SSH and the nodes' own psql."""
    return ClusterSpec(
        name=CLUSTER,
        environment=Environment.LAB,
        manager=Manager.NONE if status.patronictl is None else Manager.PATRONI,
        database=DATABASE,
        nodes=tuple(_spec(status, node) for node in status.nodes),
        promises=Promises(synchronous=_synchronous(status)),
        change=_change_policy(status),
        backup=_backup_policy(status),
    )


def _change_policy(status: LabStatus) -> ChangePolicy:
    """The workload's own way in, for the outage meter on the vault."""
    servers = [node for node in status.nodes if node.postgres_port is not None]
    vault = next((node for node in status.nodes if node.role is LabRole.BACKUPS), None)
    if vault is None or not servers:
        return ChangePolicy()
    passwords = LabPlace(Path(status.directory)).pass_file(vault.name)
    escaped = str(passwords).replace("\\", "\\\\").replace("'", "\\'")
    conninfo = (
        f"host={','.join(node.address for node in servers)} port={servers[0].postgres_port} dbname={DATABASE} "
        f"user={CLIENT_ROLE} passfile='{escaped}' target_session_attrs=read-write connect_timeout=2"
    )
    return ChangePolicy(client_conninfo=conninfo, client_node=vault.name)


def _backup_policy(status: LabStatus) -> BackupPolicy | None:
    """Native backups on the vault: full on Sundays, each hour what changed, proven each day."""
    vault = next((node for node in status.nodes if node.role is LabRole.BACKUPS), None)
    if vault is None:
        return None
    place = LabPlace(Path(status.directory))
    repository = RepositorySpec(
        name="vault", node=vault.name, path=str(place.backups), bin_directory=status.bin_directory,
        login=f"user={REPLICATION_ROLE} passfile={place.pass_file(vault.name)}",
    )  # fmt: skip
    # Under Patroni the lab's servers keep no summaries of their WAL, which an incremental one stands on.
    hourly = "incremental" if status.patronictl is None else "full"
    return BackupPolicy(
        repositories=(repository,),
        cycle=(
            CycleEntry(what="full", cron="30 1 * * 0"), CycleEntry(what=hourly, cron="5 * * * *"),
            CycleEntry(what="prove", cron="30 2 * * *"), CycleEntry(what="verify", cron="0 4 * * 0"),
            CycleEntry(what="expire", cron="0 5 * * *"),
        ),
        sandbox_node=vault.name,
        sandbox_directory=str(place.sandboxes),
    )  # fmt: skip


def _synchronous(status: LabStatus) -> str | None:
    """What the lab holds: Patroni's synchronous mode names one standby, the lab's own settings any one."""
    if len(status.nodes) <= 2:
        return None
    return "ANY 1" if status.patronictl is None else "FIRST 1"


def _spec(status: LabStatus, node: LabNode) -> NodeSpec:
    postgres = None
    if node.postgres_port is not None:
        postgres = PostgresTarget(
            host=node.socket_directory or "",
            port=node.postgres_port,
            user=CONSOLE_ROLE,
            bin_directory=status.bin_directory,
            data_directory=node.data_directory,
            replication=f"user={REPLICATION_ROLE} passfile={status.directory}/{node.name}/pgpass connect_timeout=2",
        )
    return NodeSpec(
        name=node.name,
        kind=NodeKind.POSTGRES if postgres else NodeKind.BACKUP,
        ssh=SshTarget(host=node.name, config_file=status.ssh_config),
        postgres=postgres,
        patroni=_patroni(status, node),
        become=status.become,
    )


def _patroni(status: LabStatus, node: LabNode) -> PatroniTarget | None:
    if node.rest_port is None:
        return None
    return PatroniTarget(
        host=node.address, port=node.rest_port, config_file=node.patroni_config, program=status.patronictl
    )
