"""What a node answers when a change asks it now: its host, its files, its server, and the lock that it keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from console.domain.cluster import NodeKind
from console.domain.reading import ControlState, Head, Moment, Receiver, Sender, Slot
from console.domain.wal import Lsn


@dataclass(frozen=True, slots=True, kw_only=True)
class LockSeen:
    """The lock file of a node: its term, who holds it, since when it was renewed last by the node's own uptime.

    Term 0 and no owner: nobody ever took it. `live`: renewed within its limit, on this boot of the host.
    """

    term: int
    owner: str
    person: str
    renewed_uptime_seconds: float | None
    live: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerFacts:
    """What the server itself says, asked over its own socket by the account that may change it."""

    version: int  # server_version_num, 180006
    in_recovery: bool
    timeline: int
    write: Lsn | None  # primary: inserted so far
    flush: Lsn | None
    received: Lsn | None  # standby; None after a restart
    replayed: Lsn | None
    replay_paused: bool
    started_at: datetime | None
    senders: tuple[Sender, ...] = ()
    receiver: Receiver | None = None
    slots: tuple[Slot, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()  # by name, as `show` says them; primary_conninfo without its password
    rights_missing: tuple[str, ...] = ()  # what the changing role may not do here, by PostgreSQL's own names
    long_transaction_seconds: float | None = None
    prepared_transactions: int = 0
    backups_running: int = 0
    archived: str | None = None  # the last WAL file that was archived
    archive_failing: bool = False
    archive_waiting: int = 0  # files that wait for the archiver
    heads: tuple[Head, ...] = ()
    head_trouble: str = ""  # why the ledger's head could not be read
    logical_slots: tuple[str, ...] = ()

    def setting(self, name: str) -> str:
        """A setting as it is in force; empty where it is not known."""
        return dict(self.settings).get(name, "")

    @property
    def position(self) -> Lsn | None:
        """How far this server's WAL goes: the greater of received and replayed; on a primary what is written."""
        if not self.in_recovery:
            return self.write
        known = [one for one in (self.received, self.replayed) if one is not None]
        return max(known) if known else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlFacts:
    """What pg_controldata says of a data directory, running or not."""

    state: ControlState
    system_identifier: str
    timeline: int  # of the latest checkpoint
    checkpoint: Lsn  # latest checkpoint location
    minimum_recovery_end: Lsn | None
    checksums: bool
    wal_log_hints: bool
    version: int  # of the control file, PG_CONTROL_VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeFacts:
    """One node, asked now. None: it was not asked or could not be read, which is not the same as nothing.

    `reached` False: `trouble` says why in one line, and all else is empty.
    """

    node: str
    kind: NodeKind
    at: Moment
    reached: bool
    trouble: str = ""
    machine_id: str | None = None
    boot_id: str | None = None
    uptime_seconds: float | None = None
    clock_offset_seconds: float | None = None
    account: str = ""  # as whom commands act there
    lock: LockSeen | None = None
    bin_directory: str | None = None
    data_directory: str | None = None
    socket_directory: str | None = None
    processes: int | None = None  # that work in the data directory, orphaned backends too
    postmaster_alive: bool = False
    control: ControlFacts | None = None
    newest_history: int | None = None  # the highest timeline of which a history file lies in its pg_wal
    standby_signal: bool = False
    fence_mark: bool = False  # our own mark of a fence lies beside the data directory
    rewind_mark: bool = False  # a rewind was begun there and has not ended
    configured: str = ""  # the upstream that our last rejoin configured it for; empty once it is proven
    copied: str = ""  # the plan whose complete copy lies beside the data, or took its place
    copy_there: bool = False  # a copy lies beside the data directory
    old_there: bool = False  # the data that a copy took the place of lies beside it
    disk_free_bytes: int | None = None
    data_bytes: int | None = None
    tools_missing: tuple[str, ...] = ()  # programs that a change needs there
    restarters: tuple[str, ...] = ()  # what would start the server again: 'systemd:postgresql@15-main', 'patroni', …
    server: ServerFacts | None = None
    server_trouble: str = ""  # why the server gave no answer: psql's own words

    @property
    def system_identifier(self) -> str | None:
        return self.control.system_identifier if self.control is not None else None

    @property
    def writable(self) -> bool:
        """Does a server answer here that is not in recovery?"""
        return self.server is not None and not self.server.in_recovery


Facts = Mapping[str, NodeFacts]


@dataclass(frozen=True, slots=True, kw_only=True)
class LastSeen:
    """Where the primary was last seen by the watch: its head and the moment; the rate is entries a second then."""

    node: str
    head: Head | None
    at: datetime | None
    seconds_ago: float | None
    entries_per_second: float | None
    synchronous_names: str = ""
    sync_steady_seconds: float = 0.0  # when the list was last read
    list_at: datetime | None = None  # when that was
    synchronous_commit: str = ""
    dead_at: datetime | None = None  # when the watch saw that no process of its server was left
    timeline: int | None = None  # that it was on; a standby on a later one has left its history
    bearers: tuple[tuple[str, str], ...] = ()  # listed name in small letters and its node, '' where not known
    list_ticks: float | None = None  # when the list was last read, by the clock of `engine`, which no person can set
    engine: str = ""  # the engine that made this; another one's ticks say nothing
