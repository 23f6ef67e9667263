"""What the operator told us: clusters, their nodes, their promises, and how to reach them."""

from dataclasses import dataclass
from enum import Enum

from console.domain.backup_policy import BackupPolicy
from console.domain.ledger_mapping import LedgerMapping, reference_mapping


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
    replication_host: str | None = None  # where other nodes reach this server; None: as its host is reached
    replication: str | None = None  # how this node logs in to its upstream: 'user=… passfile=…', never a password
    as_login: bool = False  # the console's own psql runs as the login itself, though commands act as `become`


@dataclass(frozen=True, slots=True, kw_only=True)
class PatroniTarget:
    """How the Patroni of a node is asked, from that node itself."""

    host: str = "127.0.0.1"  # where its REST interface listens
    port: int = 8008
    tls: bool = False
    config_file: str | None = None  # for patronictl; None: the places that packages use
    program: str | None = None  # patronictl; None: PATH
    member: str | None = None  # its name in Patroni; None: the node's own


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeSpec:
    """One host of a cluster. `become` is the account that commands act as, by `sudo -n -u`."""

    name: str
    kind: NodeKind
    ssh: SshTarget
    postgres: PostgresTarget | None = None
    patroni: PatroniTarget | None = None  # None: as a target without any word of its own, where the cluster has one
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
    uptime_percent_min: float | None = None  # of a calendar year, in which the ledger can be written to
    seal_seconds: float = 60.0  # the books' fingerprint is kept at this pace, only what is new
    recompute_seconds: float = 86_400.0  # and recomputed from entry 1 at this one, on a standby


@dataclass(frozen=True, slots=True, kw_only=True)
class FenceCommand:
    """The operator's own way to switch a primary off, run by the shell of `node`, and the one that reads it back.

    `state_command` proves the fence by exit status 0 and the word 'off' as its first output.
    """

    node: str
    command: str
    state_command: str
    seconds_max: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """A command of the operator's at a fixed moment of a change, as for PgBouncer, HAProxy, a virtual address, DNS.

    `moment`: 'before-fencing' or 'after-promotion'. Exit status 0 of `proof` proves it. In both, the shell finds
    LEDGER_OLD and LEDGER_NEW, the names of the old and the new primary.
    """

    name: str
    moment: str
    node: str
    command: str
    proof: str
    seconds_max: float = 30.0
    required: bool = True
    may_repeat: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePolicy:
    """How a cluster may be changed: fencing, hooks, the application's way in for the outage meter."""

    fence_command: FenceCommand | None = None
    quorum_fence: bool = False  # may a silent primary be fenced by cutting its synchronous standbys?
    restart_seconds: float = 10.0  # a dead primary gets that long to come back in place; 0: at once
    hooks: tuple[Hook, ...] = ()
    client_conninfo: str = ""  # as seen from `client_node`; several hosts and target_session_attrs work; no password
    client_node: str = ""  # where the outage meter runs; empty: a host that is not changed
    admin_user: str = "postgres"  # the database role that changes act as, over the server's own socket


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
    change: ChangePolicy = ChangePolicy()
    backup: BackupPolicy | None = None  # None: nothing was said about backups
    books: LedgerMapping | None = None  # how a ledger of one's own is laid out; None: the reference ledger

    @property
    def ledger_mapping(self) -> LedgerMapping | None:
        """How the cluster's books are read; None where it has none."""
        if self.books is not None:
            return self.books
        return None if self.ledger is None else reference_mapping(self.ledger)

    def node(self, name: str) -> NodeSpec | None:
        return next((node for node in self.nodes if node.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """All that this engine watches."""

    clusters: tuple[ClusterSpec, ...] = ()

    def cluster(self, name: str) -> ClusterSpec | None:
        return next((cluster for cluster in self.clusters if cluster.name == name), None)
