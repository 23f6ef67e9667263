"""What a lab says of itself: its hosts, its workload, the names of its faults, and the one error it raises."""

from dataclasses import dataclass
from enum import Enum
from typing import Final


class LabError(Exception):
    """Something that the lab was asked for and could not do: what, and a hint at what to do."""

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(f"{what}. {hint}" if hint else what)
        self.what = what
        self.hint = hint


class LabRole(Enum):
    """What a host of the lab is, by its own data directory, running or not."""

    PRIMARY = "primary"
    STANDBY = "standby"
    BACKUPS = "backups"


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultKind:
    """A fault by its fixed name. `node`: it needs one; `postgres`: one that runs PostgreSQL."""

    name: str
    node: bool
    postgres: bool
    what: str


FAULTS: Final[tuple[FaultKind, ...]] = (
    FaultKind(name="kill", node=True, postgres=True, what="kill -9 of the whole process tree"),
    FaultKind(name="kill-postmaster", node=True, postgres=True, what="kill -9 of the postmaster alone"),
    FaultKind(name="freeze", node=True, postgres=True, what="SIGSTOP to the whole process tree"),
    FaultKind(name="thaw", node=True, postgres=True, what="SIGCONT to the whole process tree"),
    FaultKind(name="stop", node=True, postgres=True, what="a fast shutdown, and it stays stopped"),
    FaultKind(name="start", node=True, postgres=True, what="starts a stopped or killed server"),
    FaultKind(name="ssh-down", node=True, postgres=False, what="closes the SSH endpoint and cuts its connections"),
    FaultKind(name="ssh-up", node=True, postgres=False, what="opens the SSH endpoint again"),
    FaultKind(name="replay-pause", node=True, postgres=True, what="pauses replay on a standby"),
    FaultKind(name="replay-resume", node=True, postgres=True, what="resumes replay on a standby"),
    FaultKind(name="disk-full", node=True, postgres=True, what="no block of its file system stays free"),
    FaultKind(name="delete-postings", node=True, postgres=True, what="postings deleted past every guard, for good"),
    FaultKind(name="kill-patroni", node=True, postgres=True, what="kill -9 of Patroni alone; its server goes on"),
    FaultKind(name="kill-etcd", node=True, postgres=True, what="kill -9 of the consensus group's member"),
    FaultKind(name="start-etcd", node=True, postgres=True, what="starts the consensus group's member again"),
    FaultKind(name="rate=N", node=False, postgres=False, what="the workload books N entries a second"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabNode:
    """One host. `processes` counts what works in its data directory: orphans after a kill of the postmaster too."""

    name: str
    address: str
    ssh_port: int
    postgres_port: int | None
    role: LabRole
    running: bool
    frozen: bool
    ssh: bool
    processes: int
    faults: tuple[str, ...]
    data_directory: str | None
    socket_directory: str | None
    log: str | None
    patroni: bool | None = None  # whether its Patroni runs; None: the lab has none
    patroni_config: str | None = None
    rest_port: int | None = None
    etcd: bool | None = None  # whether its member of the consensus group runs; None: it has none


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkloadStatus:
    """The workload's record in figures.

    `unknown` counts live outcomes; what became of them is counted apart, in `settled_present` and `settled_absent`.
    `widest_gap_ms`: the longest that a booking was due and none was acknowledged, the present one included.
    """

    acknowledged: int = 0
    refused: int = 0
    unknown: int = 0
    settled_present: int = 0
    settled_absent: int = 0
    last_number: int | None = None
    widest_gap_ms: float = 0.0
    rate: float = 0.0
    running: bool = False
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabStatus:
    """The whole lab at one moment."""

    directory: str
    pid: int
    sshd: bool
    rate: float
    account: str
    bin_directory: str
    ssh_config: str
    known_hosts: str
    record: str
    nodes: tuple[LabNode, ...]
    workload: WorkloadStatus
    patronictl: str | None = None  # the program, in a lab under Patroni
    topology: str = "star"
    become: str | None = None  # the account that commands act as, where the login is another

    def node(self, name: str) -> LabNode | None:
        return next((node for node in self.nodes if node.name == name), None)
