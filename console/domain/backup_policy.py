"""What the operator wants of backups: where they go, when, how many are kept, and how they are proven."""

from dataclasses import dataclass
from enum import Enum


class BackupKind(Enum):
    """How much a backup copies. Incremental: since the last backup; differential: since the last full one."""

    FULL = "full"
    INCREMENTAL = "incremental"
    DIFFERENTIAL = "differential"


class EngineName(Enum):
    """Who makes the backups of a repository."""

    NATIVE = "native"  # pg_basebackup, pg_combinebackup, pg_verifybackup, pg_receivewal
    BARMAN = "barman"
    PGBACKREST = "pgbackrest"


class MediumKind(Enum):
    """What a repository lies on."""

    DIRECTORY = "directory"
    TAPE = "tape"  # a mounted tape file system: append-only, nothing is renamed or cut short in place
    OBJECT_STORE = "object-store"  # S3-compatible, through pgBackRest's or Barman's own support


class WalWay(Enum):
    """How WAL comes to a native repository."""

    STREAM = "stream"  # pg_receivewal on the backup host
    ARCHIVE = "archive"  # the servers' archive_command writes a directory that the backup host sees


class Scheduler(Enum):
    """Who starts what the calendar says."""

    ENGINE = "engine"  # while it runs: `watch` on a host that does not sleep
    CRONTAB = "crontab"  # the backup host's own, in a marked block
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositorySpec:
    """One place where backups are kept, on one backup host of the inventory."""

    name: str
    node: str
    engine: EngineName = EngineName.NATIVE
    path: str = ""  # native: its directory on the node; the other engines know their own
    medium: MediumKind = MediumKind.DIRECTORY
    stanza: str = ""  # Barman's name of the server, or pgBackRest's stanza
    config_file: str = ""  # the engine's own configuration; empty: where its package looks
    program: str = ""  # the engine's own program; empty: PATH, then the usual places
    bin_directory: str = ""  # PostgreSQL's programs on the node; empty: the usual places
    source: str = ""  # the node that backups are taken from; empty: a standby that is close, else the primary
    login: str = ""  # how the node logs in for replication: 'user=… passfile=…', never a password
    wal: WalWay = WalWay.STREAM
    archive: str = ""  # with WalWay.ARCHIVE: the directory as the node sees it
    mirror: str = ""  # native: a second directory; pgBackRest: the number of its second repository
    staging: str = ""  # a directory that may be written freely, for a medium that is append-only
    compressed: bool = True
    immutable_days: int | None = None  # how long the medium itself refuses changes, as the operator knows it
    offsite: bool = False  # it lies at another site than the cluster


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleEntry:
    """One line of the calendar: a five-field cron expression, in the policy's time zone."""

    what: str  # 'full', 'incremental', 'differential', 'verify', 'prove', 'expire'
    cron: str
    repository: str = ""  # empty: the policy's first


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """What is kept. A full backup goes with all that needs it, and only when neither line keeps it."""

    fulls_min: int = 2
    window_days: float | None = 14.0  # every moment of so many days stays restorable; None: only the count


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupPolicy:
    """All that is wanted of a cluster's backups."""

    repositories: tuple[RepositorySpec, ...] = ()
    cycle: tuple[CycleEntry, ...] = ()
    time_zone: str = "UTC"
    scheduler: Scheduler = Scheduler.ENGINE
    retention: Retention = Retention()
    rate_mb_per_second_max: float | None = None  # 10^6 bytes a second, per backup; None: as fast as it goes
    sandbox_node: str = ""  # where restores are tried; empty: the repository's own host
    sandbox_directory: str = ""  # empty: beside the repository
    wal_silence_seconds_max: float = 600.0  # no WAL for so long on a ledger that writes is an alert

    def repository(self, name: str) -> RepositorySpec | None:
        """The repository of that name; the first for an empty name; None where there is none."""
        if not name:
            return self.repositories[0] if self.repositories else None
        return next((one for one in self.repositories if one.name == name), None)
