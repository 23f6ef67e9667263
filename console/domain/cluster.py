"""What the operator told us: clusters, their nodes, their promises, and how to reach them."""

from dataclasses import dataclass
from enum import Enum


class Environment(Enum):
    """Where a cluster lives; told apart by colour and by word on every screen."""

    PRODUCTION = "production"
    STAGING = "staging"
    LAB = "lab"


class Manager(Enum):
    """Who may change a cluster's roles by itself."""

    NONE = "none"
    PATRONI = "patroni"


class NodeKind(Enum):
    """What a host is for."""

    POSTGRES = "postgres"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True, kw_only=True)
class SshTarget:
    """How to log in to one host; what is None comes from the SSH configuration file, then from SSH's defaults."""

    host: str
    port: int | None = None
    user: str | None = None
    identity_file: str | None = None
    config_file: str | None = None  # None: ~/.ssh/config
    proxy_jump: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresTarget:
    """How `psql` on the node reaches its server."""

    host: str = ""  # an address, or the directory of the socket; empty is psql's own default
    port: int = 5432
    user: str = "postgres"
    bin_directory: str | None = None  # None: PATH, then the places Debian and PGDG use
    data_directory: str | None = None  # None: the server is asked
    password: bool = False  # True: from the keyring, or asked for once per engine start


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeSpec:
    """One host of a cluster. `become` is the account that commands act as, by `sudo -n -u`."""

    name: str
    kind: NodeKind
    ssh: SshTarget
    postgres: PostgresTarget | None = None
    become: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """What the cluster was promised to hold; limits that verdicts are measured against."""

    lag_seconds_max: float = 10.0  # flush, measured by the console's own clock
    synchronous: str | None = None  # 'ANY 1', 'FIRST 1'; None: asynchronous is as it should be
    disk_free_percent_min: float = 10.0
    clock_offset_seconds_max: float = 2.0
    rpo_entries_max: int | None = None
    rto_seconds_max: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterSpec:
    """One cluster as the inventory holds it. `ledger` is the schema of the reference ledger, or None."""

    name: str
    environment: Environment
    nodes: tuple[NodeSpec, ...]
    manager: Manager = Manager.NONE
    database: str = "postgres"
    ledger: str | None = "ledger"
    promises: Promises = Promises()
    interval_seconds: float = 1.0

    def node(self, name: str) -> NodeSpec | None:
        return next((node for node in self.nodes if node.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """All that this engine watches."""

    clusters: tuple[ClusterSpec, ...] = ()

    def cluster(self, name: str) -> ClusterSpec | None:
        return next((cluster for cluster in self.clusters if cluster.name == name), None)
