"""What the Patronis of a cluster say: each of itself, of the group and its settings, as values for one judgement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from console.domain.reading import Moment
from console.domain.wal import Lsn


class MemberRole(Enum):
    """What a member is to the group. The one that leads holds its key; only a confirming one may take over from it."""

    HOLDER = "holder"
    STANDBY_HOLDER = "standby-holder"  # leads a cluster that follows another cluster
    SYNC_STANDBY = "sync-standby"
    QUORUM_STANDBY = "quorum-standby"
    STANDBY = "standby"


class SyncMode(Enum):
    """Which standbys confirm commits, by Patroni's choice."""

    OFF = "off"
    ON = "on"
    QUORUM = "quorum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member as the group knows it. `state` is Patroni's own word: running, streaming, stopped, starting, …"""

    name: str
    role: MemberRole
    state: str
    host: str = ""
    port: int | None = None
    timeline: int | None = None
    received: Lsn | None = None
    replayed: Lsn | None = None
    lag_bytes: int | None = None  # behind the position that the holder published last; None: not known
    pending_restart: bool = False
    nofailover: bool = False
    nosync: bool = False

    @property
    def confirms(self) -> bool:
        return self.role in (MemberRole.SYNC_STANDBY, MemberRole.QUORUM_STANDBY)

    @property
    def holds_key(self) -> bool:
        return self.role in (MemberRole.HOLDER, MemberRole.STANDBY_HOLDER)

    @property
    def runs(self) -> bool:
        return self.state in ("running", "streaming", "in archive recovery")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledSwitchover:
    """One that somebody has ordered for later; `at` in Patroni's own words."""

    at: str
    leaves: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSeen:
    """The group as one Patroni knows it. Over etcd's third interface it answers from a cache, which stays as it was
    when the store has lost its majority: what it says counts only beside a proof that the store answers.
    """

    scope: str
    members: tuple[Member, ...]
    paused: bool
    scheduled: ScheduledSwitchover | None = None

    def member(self, name: str) -> Member | None:
        return next((member for member in self.members if member.name == name), None)

    @property
    def holder(self) -> Member | None:
        return next((member for member in self.members if member.holds_key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSeen:
    """What a Patroni says of itself and of its own server. `state` is its own word.

    `writable`: its server is not in recovery. `store_age_seconds`: since it last read the consensus store or its own
    cache of it, by the node's clock: small also without a majority. `holds_key`: by its own word, asked apart; a holder
    that can't renew the key demotes itself within loop and retry.
    """

    member: str
    scope: str
    version: str
    state: str
    writable: bool
    holds_key: bool | None
    timeline: int | None = None
    system_identifier: str = ""
    started_at: datetime | None = None  # its server
    store_age_seconds: float | None = None
    unlocked: bool = False  # it knows of nobody who holds the key
    paused: bool = False
    pending_restart: bool = False
    failsafe_active: bool = False
    watchdog_failed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSettings:
    """The settings that the group keeps in its store, by Patroni's own names and defaults. Seconds and bytes."""

    ttl_seconds: int = 30
    loop_seconds: int = 10
    retry_seconds: int = 10
    lag_bytes_max: int = 1_048_576  # maximum_lag_on_failover
    synchronous: SyncMode = SyncMode.OFF
    synchronous_strict: bool = False
    synchronous_count: int = 1
    restart_seconds: int = 300  # primary_start_timeout
    failsafe: bool = False
    check_timeline: bool = False
    rewinds: bool = False  # use_pg_rewind
    uses_slots: bool = True
    removes_data: bool = False  # a diverged or unrewindable data directory is thrown away by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One change of the timeline: `timeline` ended at `end` for `reason`, in Patroni's or PostgreSQL's own words."""

    timeline: int
    end: Lsn
    reason: str
    at: str = ""
    member: str = ""  # who went on from there


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLook:
    """One node, asked now, by its own interfaces. None: it gave no answer, which is not the same as nothing.

    `reached` False: the host itself gave none, and `trouble` says why. `writable` is the server's own word over psql,
    with or without a Patroni beside it; `trouble` tells why the interface was silent.
    """

    node: str
    at: Moment
    reached: bool
    trouble: str = ""
    store: bool | None = None  # whether patronictl, which keeps no cache, could read the group; None: not tried
    running: bool | None = None  # whether a process of Patroni's is there
    stopped: bool = False  # and is held by a signal (state T)
    watchdog_open: bool | None = None  # whether it holds a watchdog; None: it may not be seen
    protected: bool | None = None  # whether its configuration asks for a password at changes; None: can't be read
    own: OwnSeen | None = None
    group: GroupSeen | None = None
    settings: GroupSettings | None = None
    history: tuple[HistoryLine, ...] | None = None
    writable: bool | None = None
    synchronous_names: str = ""
    server_trouble: str = ""  # why the server gave no answer, in psql's own words


Looks = Mapping[str, MemberLook]
