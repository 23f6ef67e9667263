"""Backups as a repository holds them, what was checked of them, the WAL between them, and work that is under way."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from console.domain.backup_policy import BackupKind, BackupPolicy, EngineName, MediumKind, RepositorySpec
from console.domain.plan import Pairs
from console.domain.wal import Lsn


class BackupState(Enum):
    """Only a complete one counts, is chosen, kept, or a parent."""

    COMPLETE = "complete"
    RUNNING = "running"
    BROKEN = "broken"  # begun and not finished, or damaged: it counts for nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One backup, as its repository tells it. Sizes in bytes; `stored_bytes` is what it takes on the medium."""

    id: str  # unique within its repository; sorts by time
    repository: str
    engine: EngineName
    kind: BackupKind
    state: BackupState
    parent: str | None  # what it can't be restored without; None for a full one
    begun_at: datetime
    ended_at: datetime | None
    system_identifier: str
    server_version: int | None  # as server_version_num
    timeline: int | None
    start: Lsn | None
    stop: Lsn | None  # recovery is consistent from here on
    size_bytes: int | None
    stored_bytes: int | None
    source: str = ""  # the node it was taken from
    source_machine: str = ""
    head_number: int | None = None  # the last entry that was surely in it when it ended
    mirrored: bool | None = None  # is it whole in the second place too? None: there is none, or it was not looked at
    trouble: str = ""  # why it is broken, in the engine's words


class BackupCheck(Enum):
    """What can be checked of a backup. Each has an outcome of its own; what was not run is 'not checked'."""

    CHECKSUMS = "checksums"  # every file read back and compared with the manifest
    WAL_CONTINUITY = "wal-continuity"  # every segment from its start on is there, whole and in order
    RESTORED = "restored"  # laid out elsewhere, recovered, and its target reached
    BOOKS = "books"  # the proof of books on what was restored
    PAGES = "pages"  # every page's own checksum
    INDEXES = "indexes"  # amcheck
    MIRROR = "mirror"  # both places hold the same


class CheckResult(Enum):
    PASSED = "passed"
    FAILED = "failed"
    NOT_CHECKED = "not-checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The outcome of one check of one backup. `files_read` and `files_all` say how far it went, where it counts files.

    `reason` is a kebab-case word for `ui.backup_words`; `detail` names files or the engine's own words.
    """

    repository: str
    backup: str
    check: BackupCheck
    result: CheckResult
    at: datetime
    seconds: float | None = None
    files_read: int | None = None
    files_all: int | None = None
    entry: int | None = None  # proven up to this entry
    node: str = ""  # where it was checked
    reason: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WalRange:
    """Segments of one timeline without a hole, by number: `first` to `last`. Segment n holds bytes from n·size on.

    `partial_end`: how far the segment after `last` is filled that is still being received; None: there is none.
    """

    timeline: int
    first: int
    last: int
    begun_at: datetime | None = None  # when its first and last segments were written, as far as it is known
    ended_at: datetime | None = None
    partial_end: Lsn | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineFork:
    """One line of a history file: `timeline` left `parent` at `position`."""

    timeline: int
    parent: int
    position: Lsn


@dataclass(frozen=True, slots=True, kw_only=True)
class WalHeld:
    """The WAL that a repository holds."""

    segment_bytes: int = 16 * 1024 * 1024
    ranges: tuple[WalRange, ...] = ()
    forks: tuple[TimelineFork, ...] = ()
    damaged: tuple[str, ...] = ()  # file names that are not what they should be
    receiving: bool | None = None  # native, streaming: does pg_receivewal run? None: not asked, or no such thing
    newest_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MediumSeen:
    """What the medium under a repository told. `immutable`: 'append-only', 'object-lock', 'no', '' not known."""

    kind: MediumKind
    path: str
    total_bytes: int | None = None
    free_bytes: int | None = None
    used_by_backups_bytes: int | None = None
    used_by_wal_bytes: int | None = None
    immutable: str = ""
    machine_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineFound:
    """An engine as it was found on a host. `cannot`: (what, why) by kebab-case words: ('incremental', 'needs-17')."""

    engine: EngineName
    program: str
    version: str
    kinds: tuple[BackupKind, ...] = ()
    cannot: Pairs = ()
    encrypted: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositorySeen:
    """One repository as it was read. `trouble`: a kebab-case word; what is known besides still counts."""

    spec: RepositorySpec
    at: datetime | None  # None: not read yet
    found: EngineFound | None = None
    backups: tuple[Backup, ...] = ()  # the oldest first
    wal: WalHeld = WalHeld()
    medium: MediumSeen | None = None
    mirror: MediumSeen | None = None
    trouble: str = ""
    detail: str = ""
    notes: Pairs = ()  # what the engine's own check said: ('archiver', 'failing')


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Moments without a hole to get back to: on one line of timelines, from a backup's end to the WAL's end."""

    repository: str
    backup: str  # the earliest complete backup that it begins with
    timeline: int
    begin: Lsn
    end: Lsn
    begin_at: datetime | None
    end_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """What can't be got back to. It ends with the next backup's end, so it is longer than what is missing."""

    repository: str
    reason: str  # 'wal-missing', 'wal-damaged'
    timeline: int
    missing_first: int  # segment numbers
    missing_last: int
    begin_at: datetime | None
    end_at: datetime | None


class JobKind(Enum):
    """Work on a repository."""

    BACKUP = "backup"
    VERIFY = "verify"
    PROVE = "prove"
    EXPIRE = "expire"
    RESTORE = "restore"  # into a sandbox that is kept open


class JobState(Enum):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNSEEN = "unseen"  # its host can't be reached; it may go on there, and is come back to


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One piece of work. `done_bytes` of `all_bytes`, `bytes_per_second` over the last seconds; None: not known."""

    id: str
    cluster: str
    repository: str
    kind: JobKind
    state: JobState
    node: str
    begun_at: datetime
    by: str  # a person, or 'schedule'
    ended_at: datetime | None = None
    backup: str = ""  # what it makes or works on
    backup_kind: BackupKind | None = None
    phase: str = ""  # a kebab-case word: 'checkpoint', 'copying', 'verifying', 'recovering', 'books'
    done_bytes: int | None = None
    all_bytes: int | None = None
    bytes_per_second: float | None = None
    seconds_left: float | None = None
    reason: str = ""  # why it failed, a kebab-case word
    detail: str = ""  # the engine's own last words
    cancelling: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NextRun:
    """A moment of the calendar."""

    at: datetime
    what: str
    repository: str
    cron: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedRun:
    """A moment of the calendar at which nothing was begun, and why: a kebab-case word."""

    at: datetime
    what: str
    repository: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxSeen:
    """A restored copy that is open, read-only, until somebody closes it. It is never one of the cluster's servers."""

    id: str
    node: str
    directory: str
    socket: str
    port: int
    opened_at: datetime
    backup: str
    repository: str
    target: str  # in words that a person gave: 'latest', 'before entry 4711'
    position: Lsn | None
    timeline: int | None
    head_number: int | None
    running: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupsView:
    """All that is known of a cluster's backups."""

    cluster: str
    at: datetime
    policy: BackupPolicy
    repositories: tuple[RepositorySeen, ...] = ()
    windows: tuple[Window, ...] = ()
    holes: tuple[Hole, ...] = ()
    marks: tuple[Mark, ...] = ()
    jobs: tuple[Job, ...] = ()  # those that run, and the newest that ended
    next_runs: tuple[NextRun, ...] = ()
    missed: tuple[MissedRun, ...] = ()
    sandboxes: tuple[SandboxSeen, ...] = ()
    advice: Pairs = ()  # 3-2-1 and the like: (rule, 'fulfilled' | 'missing' | 'not known'), kebab-case words
    restore_bytes_per_second: float | None = None  # measured by the last restore
    days_until_full: tuple[tuple[str, float], ...] = ()  # by repository
    kind_next: BackupKind | None = None  # what 'Back up now' would make
