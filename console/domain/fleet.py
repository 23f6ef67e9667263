"""The latest picture that faces show: clusters, nodes, edges, figures; immutable, each figure with source and age."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from console.domain.automation import Takeover
from console.domain.cluster import Environment, Manager, NodeKind
from console.domain.freezing import Frozen
from console.domain.verdict import Scalar, Verdict
from console.domain.wal import Lsn

STRIP_MARKS = 60
MARK_MISSED = -1  # asked, and no answer within the limit
MARK_NONE = -2  # not asked: the engine was not watching


class Role(Enum):
    """What a node is now, by its own word."""

    PRIMARY = "primary"
    STANDBY = "standby"
    CASCADE = "cascade"  # a standby that follows a standby
    BACKUP = "backup"
    UNKNOWN = "unknown"


class Unit(Enum):
    """What a figure is measured in."""

    NONE = ""
    BYTES = "bytes"
    SECONDS = "seconds"
    PERCENT = "percent"
    ENTRIES = "entries"
    PER_SECOND = "per-second"
    BYTES_PER_SECOND = "bytes-per-second"
    TIME = "time"  # an ISO 8601 text
    POSITION = "position"  # an LSN as text
    COUNT = "count"


class Quantity(Enum):
    """The name of a figure."""

    HOST_NAME = "host-name"
    ADDRESS = "address"
    SYSTEM = "system"
    POSTGRES_VERSION = "postgres-version"
    SYSTEM_IDENTIFIER = "system-identifier"
    MACHINE_ID = "machine-id"
    BOOT_ID = "boot-id"
    DATA_DIRECTORY = "data-directory"
    TIMELINE = "timeline"
    STARTED_AT = "started-at"
    FOLLOWS = "follows"
    SYNCHRONOUS = "synchronous"
    SYNC_NAMES = "sync-names"
    ROUND_TRIP = "round-trip"
    BOOKS_ROUND_TRIP = "books-round-trip"
    WRITE_POSITION = "write-position"
    FLUSH_POSITION = "flush-position"
    RECEIVED_POSITION = "received-position"
    REPLAYED_POSITION = "replayed-position"
    LAG_SENT_BYTES = "lag-sent-bytes"
    LAG_WRITE_BYTES = "lag-write-bytes"
    LAG_FLUSH_BYTES = "lag-flush-bytes"
    LAG_REPLAY_BYTES = "lag-replay-bytes"
    LAG_FLUSH_SECONDS = "lag-flush-seconds"
    LAG_REPLAY_SECONDS = "lag-replay-seconds"
    LAG_ENTRIES = "lag-entries"
    BEAT = "beat"
    BEAT_AGE = "beat-age"
    REPLY_AGE = "reply-age"
    HEARD_AGE = "heard-age"
    HEAD_NUMBER = "head-number"
    HEAD_TIME = "head-time"
    ENTRIES_PER_SECOND = "entries-per-second"
    TRANSACTIONS_PER_SECOND = "transactions-per-second"
    WAL_PER_SECOND = "wal-per-second"
    DATABASE_SIZE = "database-size"
    DISK_FREE = "disk-free"
    DISK_TOTAL = "disk-total"
    LOAD = "load"
    UPTIME = "uptime"
    CLOCK_OFFSET = "clock-offset"
    CONFLICTS = "conflicts"
    SLOT_KEPT = "slot-kept"
    ARCHIVED = "archived"
    ARCHIVE_FAILED = "archive-failed"
    ARCHIVE_AGE = "archive-age"
    SUSPICION = "suspicion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One value, its unit, and where it comes from: node, statement or command, the console's time of it."""

    quantity: Quantity
    value: Scalar
    unit: Unit
    node: str
    source: str  # 'pg_stat_replication', 'df -Pk', 'console'
    at: datetime
    about: str | None = None  # a slot's or a follower's name, where there are several
    over_limit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Two sources that say different things of one quantity, beyond what their ages explain."""

    quantity: Quantity
    one: Figure
    other: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeView:
    """What lists, cards and the graph show of a node. Seconds are ages at the view's `at`."""

    name: str
    kind: NodeKind
    role: Role
    verdict: Verdict
    host: str
    strip: tuple[int, ...] = ()  # newest last; microseconds of round trip, or MARK_MISSED, MARK_NONE
    round_trip_seconds: float | None = None
    silence_seconds: float | None = None  # since its last vital (a backup host: host) answer; None: never answered
    upstream: str | None = None
    timeline: int | None = None
    lag_flush_seconds: float | None = None
    lag_flush_bytes: int | None = None
    lag_replay_seconds: float | None = None
    lag_entries: int | None = None
    entries_per_second: float | None = None
    disk_free_bytes: int | None = None
    head_number: int | None = None
    suspicion: float | None = None  # phi of its vital answers (a backup host: its shell's); None: never heard


class EdgeKind(Enum):
    """How WAL goes from one node to another."""

    SYNC = "sync"  # commit waits for it
    ASYNC = "async"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One way that WAL takes. `streaming` False: it is set up and nothing flows; then the verdict says why."""

    source: str
    target: str
    kind: EdgeKind
    streaming: bool
    should_be_sync: bool = False
    slot: str | None = None
    sent: Lsn | None = None
    flush: Lsn | None = None
    lag_flush_bytes: int | None = None
    lag_flush_seconds: float | None = None
    lag_replay_seconds: float | None = None
    lag_entries: int | None = None
    reply_age_seconds: float | None = None  # the way back: None where no reply was seen
    archive_age_seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """Money: exact, `units` of 10^-scale of a currency."""

    currency: str
    scale: int
    units: int


class Basis(Enum):
    """What an exposure rests on, and so what it may claim."""

    SYNCHRONOUS = "synchronous"  # a commit that waits is on the candidate before it is acknowledged
    SEEN = "seen"  # the difference between the heads and positions that were read: more may have been written since
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """If the primary died now: what would be lost with the best candidate, as far as it was seen."""

    basis: Basis
    candidate: str | None
    entries: int | None
    amounts: tuple[Amount, ...]
    age_seconds: float | None
    reason: str = ""  # where unknown: an enum-like word: no-primary, no-candidate, no-books, stale


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterView:
    """One cluster at one moment."""

    name: str
    environment: Environment
    manager: Manager
    at: datetime
    serial: int  # grows with each view of this engine
    verdict: Verdict
    nodes: tuple[NodeView, ...]
    edges: tuple[Edge, ...]
    exposure: Exposure
    primary: str | None = None
    system_identifier: str | None = None
    sync_names: str = ""
    lag_seconds_max: float = 10.0
    interval_seconds: float = 1.0
    head_number: int | None = None
    entries_per_second: float | None = None
    wal_bytes_per_second: float | None = None
    lab_directory: str | None = None  # set only for the lab's own cluster
    takeover: Takeover | None = None  # who takes over, and how long that took here; None: not judged yet


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeCard:
    """All that is known of one node: its identity and every figure, with disagreements."""

    cluster: str
    node: str
    at: datetime
    view: NodeView
    figures: tuple[Figure, ...]
    disagreements: tuple[Disagreement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineView:
    """The engine's own state: it too is shown, with what troubles it."""

    at: datetime
    version: str
    pid: int
    home: str
    started_at: datetime
    hosts: int
    answered: int
    store_trouble: str = ""  # empty: the store takes what it is given
    faces: int = 0
    frozen: Frozen | None = None


class EventKind(Enum):
    """What a mark on the time axis stands for."""

    VERDICT = "verdict"
    ENGINE = "engine"
    FAULT = "fault"  # made on purpose in the lab
    BOOKS = "books"  # a seal that is not found again, or a check of the books that failed
    BACKUP = "backup"  # work on a repository that began or ended, a run of the calendar that was missed


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened at a moment, to be shown beside the curves."""

    at: datetime
    kind: EventKind
    cluster: str
    node: str | None
    health: str
    text: str  # a cause, a fault's name, 'started': a word for `ui.words`, never a sentence


class Measure(Enum):
    """A curve of the charts, kept in the store."""

    ROUND_TRIP_MS = "round-trip-ms"
    REPLY_AGE_SECONDS = "reply-age-seconds"
    LAG_BYTES = "lag-bytes"
    LAG_SECONDS = "lag-seconds"
    LAG_ENTRIES = "lag-entries"
    ENTRIES_PER_SECOND = "entries-per-second"
    WAL_BYTES_PER_SECOND = "wal-bytes-per-second"
    SUSPICION = "suspicion"  # phi of the vital answers; of a backup host, of its shell's


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Points of one measure of one node. `low` and `high` differ where several readings share a bucket.

    `seconds` are UTC seconds since the epoch; None values are moments asked and not answered.
    """

    node: str
    measure: Measure
    seconds: tuple[float, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A time in which nothing was read, because the engine did not run or could not ask."""

    begin: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What a chart page needs of one cluster over a time: curves, gaps, events. `bucket_seconds` 0: raw readings."""

    cluster: str
    begin: float
    end: float
    bucket_seconds: float
    curves: tuple[Curve, ...]
    gaps: tuple[Gap, ...]
    events: tuple[Event, ...]
    events_left_out: int = 0  # older ones, where there are more than a chart takes
