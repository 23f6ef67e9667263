"""What was observed on a node: one value per question, with the console's own time of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from console.domain.wal import Lsn


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant by the console's clocks: `utc` to show, `ticks` (monotonic seconds) to subtract."""

    utc: datetime
    ticks: float


class SshState(Enum):
    """How the last attempt to use a host's SSH ended."""

    ANSWERS = "answers"
    CONNECTING = "connecting"  # never tried to the end yet
    SILENT = "silent"  # nothing came back within the limit
    REFUSED = "refused"  # the host answers, but nothing listens on SSH's port
    UNRESOLVED = "unresolved"  # the name has no address
    HOST_KEY_UNKNOWN = "host-key-unknown"
    HOST_KEY_CHANGED = "host-key-changed"
    AUTHENTICATION = "authentication"  # our key or password was not accepted
    ASKS = "asks"  # it wants an answer from a person
    KEY_MISSING = "key-missing"  # the named identity file is not there or can't be read
    BROKEN = "broken"  # the connection ended or talked nonsense


class SqlState(Enum):
    """How the last attempt to ask the node's PostgreSQL ended."""

    ANSWERS = "answers"
    CONNECTING = "connecting"
    NO_SERVER = "no-server"  # nobody listens: refused, or no socket
    REFUSES = "refuses"  # a server is there and says no: see Refusal
    SILENT = "silent"  # connected, or connecting, and no answer within the limit
    UNREADABLE = "unreadable"  # an answer that makes no sense
    NO_RIGHTS = "no-rights"  # the role may not see what is asked
    BLOCKED = "blocked"  # books only: a lock or the statement's limit stopped the question
    NO_PROGRAM = "no-program"  # psql is not on the node
    SUDO_REFUSED = "sudo-refused"
    SSH = "ssh"  # not asked: the host can't be reached


class Refusal(Enum):
    """Why a server that is there said no to a connection."""

    STARTING = "starting"
    SHUTTING_DOWN = "shutting-down"
    RECOVERING = "recovering"  # not yet consistent
    TOO_MANY_CONNECTIONS = "too-many-connections"
    NO_ROLE = "no-role"
    NO_DATABASE = "no-database"
    HBA = "hba"
    PASSWORD = "password"
    TLS = "tls"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class SshContact:
    """The state of SSH to a host, since when, and what was said. `fingerprint` is SHA256:… of an offered host key."""

    state: SshState
    since: Moment
    detail: str = ""
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlContact:
    """The state of one session with PostgreSQL, since when, and what was said."""

    state: SqlState
    since: Moment
    detail: str = ""
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """One follower as its upstream sees it (pg_stat_replication). `reply_age_seconds` is by the upstream's clock."""

    name: str
    address: str | None
    state: str
    sync_state: str
    sent: Lsn | None
    write: Lsn | None
    flush: Lsn | None
    replay: Lsn | None
    reply_age_seconds: float | None
    slot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """What a standby says of its WAL receiver (pg_stat_wal_receiver). `heard_age_seconds` is by the standby's clock."""

    status: str
    host: str | None
    port: int | None
    slot: str | None
    timeline: int | None
    flushed: Lsn | None
    heard_age_seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vital:
    """The answer to the vital question: functions only, no table is touched (safety.md 2)."""

    at: Moment
    round_trip_seconds: float
    system_identifier: str
    version: int  # server_version_num, 180006
    in_recovery: bool
    timeline: int
    started_at: datetime
    clock: datetime  # the node's own, shown and never subtracted for lag
    write: Lsn | None  # primary: inserted so far
    flush: Lsn | None  # primary: flushed so far
    received: Lsn | None  # standby
    replayed: Lsn | None  # standby
    replay_paused: bool
    synchronous_names: str
    synchronous_commit: str
    data_directory: str | None
    may_see_all: bool  # the role is a member of pg_monitor
    senders: tuple[Sender, ...] = ()
    receiver: Receiver | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnover:
    """Running totals of one currency in a book: postings counted, debits summed exactly, in units of 10^-scale."""

    currency: str
    scale: int
    postings: int
    debit_units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The last entry of one origin's book by its head row, and the node's WAL position in the same statement."""

    origin: str
    number: int
    booked_at: datetime | None
    turnover: tuple[Turnover, ...]
    position: Lsn | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A replication slot and the WAL that it keeps."""

    name: str
    kind: str
    active: bool
    kept_bytes: int | None
    wal_status: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """The answer to the books question: tables are read, so locks may stop it without any harm to a verdict."""

    at: Moment
    round_trip_seconds: float
    beat: int | None  # the last heartbeat of ours that this node shows
    beat_written_at: datetime | None
    heads: tuple[Head, ...]
    transactions: int | None  # committed and rolled back since the statistics began
    database_bytes: int | None
    conflicts: int | None
    slots: tuple[Slot, ...]
    archived_count: int | None
    archive_failed_count: int | None
    archive_last_at: datetime | None
    archive_last_failed_at: datetime | None
    archiving: bool = False


class ControlState(Enum):
    """pg_controldata's 'Database cluster state', as far as it decides anything here."""

    IN_PRODUCTION = "in production"
    IN_RECOVERY = "in archive recovery"
    CRASH_RECOVERY = "in crash recovery"
    SHUT_DOWN = "shut down"
    SHUT_DOWN_IN_RECOVERY = "shut down in recovery"
    SHUTTING_DOWN = "shutting down"
    STARTING = "starting up"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A process whose working directory is the data directory; `state` as /proc says it: R, S, D, T, Z."""

    pid: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """What the host says of itself. None: it could not be read, which is not the same as nothing."""

    at: Moment
    round_trip_seconds: float
    machine_id: str | None
    boot_id: str | None
    host_name: str | None
    system: str | None  # 'Debian GNU/Linux 12 (bookworm)'
    clock: datetime | None
    uptime_seconds: float | None
    load: float | None
    disk_total_bytes: int | None
    disk_free_bytes: int | None
    processes: tuple[Process, ...] | None
    postmaster_pid: int | None  # as postmaster.pid says it; the process may be gone
    postmaster_alive: bool  # that process is there and is PostgreSQL's
    control_state: ControlState | None
    control_system_identifier: str | None
    refused: str = ""  # what sudo or the host said, where something was refused
    # Where each earlier timeline of a primary was left, by its history file; None: not asked, or not readable.
    history: tuple[tuple[int, Lsn], ...] | None = None


class Sight(Enum):
    """What came of a connection that one node tried to another one's port."""

    REACHED = "reached"
    REFUSED = "refused"  # nothing listens there, and the host itself said so: it lives
    SILENT = "silent"  # nothing came back within the limit
    UNTOLD = "untold"  # not tried: no tool, no address, no way of its own into the network


class Readiness(Enum):
    """What pg_isready said from another node."""

    ACCEPTS = "accepts"
    REJECTS = "rejects"  # a server is there: starting, stopping, or full
    NO_ANSWER = "no-answer"
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Testimony:
    """What a standby, asked on its own host, says of another node. `asked_ticks`: when it was sent for."""

    about: str
    asked_ticks: float
    at: Moment
    server: Sight
    ssh: Sight
    ready: Readiness
    server_address: str
    ssh_address: str

    @property
    def sights(self) -> tuple[Sight, Sight]:
        return self.server, self.ssh
