"""What a restore is for and where it goes back to; what of it can be had, and what else where it can't."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from console.domain.wal import Lsn


class Goal(Enum):
    """What a restore is for."""

    INSPECT = "inspect"  # a sandbox, kept until it is closed
    NODE = "node"  # a node that joins as a standby
    CLUSTER = "cluster"  # the ledger itself goes back


class TargetKind(Enum):
    LATEST = "latest"
    TIME = "time"
    POSITION = "lsn"
    NAME = "point"  # a restore point made by pg_create_restore_point
    BEFORE_ENTRY = "before-entry"
    AFTER_ENTRY = "after-entry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The moment that is wanted. Only what the kind asks for is set. Times carry a zone."""

    kind: TargetKind = TargetKind.LATEST
    time: datetime | None = None
    position: Lsn | None = None
    name: str = ""
    entry: int | None = None
    origin: str = ""  # of the entry, where the ledger has several
    timeline: int | None = None  # None: the newest of the repository


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPlace:
    """Where an entry was committed: its top-level transaction as a 64-bit number, and the node that told."""

    entry: int
    xid: int
    booked_at: datetime | None
    node: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A target that can be had, and by what: the chain, the full backup first, and the settings of the recovery.

    `settings`: recovery_target_… names and values, as the server is started with them.
    """

    target: Target
    repository: str
    chain: tuple[str, ...]
    timeline: int
    settings: tuple[tuple[str, str], ...]
    start: Lsn  # where WAL is needed from
    consistent: Lsn  # the last backup's stop
    wal_bytes: int | None = None
    restore_bytes: int | None = None
    expected_seconds: float | None = None
    place: EntryPlace | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfit:
    """A target that can't be had: why, by a kebab-case word, and the nearest ones on both sides that can.

    Reasons: no-backup, no-repository, before-first-backup, before-backup-end, wal-missing, wal-damaged,
    after-last-wal, time-without-zone, entry-not-known, no-such-timeline, chain-broken, other-system.
    """

    reason: str
    detail: str = ""
    before: datetime | None = None
    after: datetime | None = None
    before_position: Lsn | None = None
    after_position: Lsn | None = None
    fits: str = ""  # the backup that would serve the nearest one


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A moment that people have a name for. `entry`: the last one booked by then."""

    at: datetime
    kind: str  # 'end-of-day', 'restore-point', 'backup', 'change'
    name: str
    entry: int | None = None
    entries_after: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchors:
    """The moments of a range, and how many entries were booked in each equal part of it."""

    begin: datetime
    end: datetime
    anchors: tuple[Anchor, ...] = ()
    entries: tuple[int, ...] = ()
    head_number: int | None = None
    trouble: str = ""
