"""Named verdicts with their evidence: what is so, why, and against which limit."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Health(Enum):
    """The four states that the whole console knows."""

    HEALTHY = "healthy"
    DEGRADED = "degraded"
    LOST = "lost"
    UNKNOWN = "unknown"


class Cause(Enum):
    """What is wrong, by name. The order is the order in which to act."""

    SPLIT_BRAIN = "split-brain"  # a node is writable although the key of its consensus group is not its own
    TWO_PRIMARIES = "two-primaries"
    DISK_FULL = "disk-full"  # before what it leads to: a server dies of it, and can't be started until there is space
    # the server of one node
    POSTMASTER_KILLED = "postmaster-killed"  # no process, and the control file says it never shut down
    STOPPED = "stopped"  # no process, and the control file says that it was shut down
    PRIMARY_DEAD = "primary-dead"  # its host is silent, and its standbys, asked from their hosts, reach it neither
    FROZEN = "frozen"  # its processes are stopped (state T)
    HUNG = "hung"  # its processes are there, and two sessions get no answer
    STARTING = "starting"
    STOPPING = "stopping"
    REFUSING = "refusing"  # alive, and says no to us
    CONSOLE_ISOLATED = "console-isolated"  # every host is silent at once: our own trouble until shown otherwise
    CUT_OFF = "cut-off"  # the host can't be reached from here
    NO_SERVER = "no-server"  # the host answers, nobody listens, and why can't be read
    # what keeps us from looking
    HOST_KEY_CHANGED = "host-key-changed"
    HOST_KEY_UNKNOWN = "host-key-unknown"
    AUTHENTICATION = "authentication"
    ASKS = "asks"
    KEY_MISSING = "key-missing"
    SUDO_REFUSED = "sudo-refused"
    NO_PROGRAM = "no-program"
    UNREADABLE = "unreadable"
    IDENTITY_CHANGED = "identity-changed"  # another machine or boot than before; its evidence is void
    OTHER_CLUSTER = "other-cluster"  # its system identifier is not this cluster's
    # the cluster
    NO_QUORUM = "no-quorum"  # the consensus group has no majority: a demoted primary is not a dead one
    NO_KEY = "no-key"  # a majority answers, and nobody holds the key
    READ_ONLY = "read-only"  # the holder of the key is in recovery
    NO_PRIMARY = "no-primary"
    PRIMARY_ISOLATED = "primary-isolated"  # it answers us, and none of its standbys reaches it
    DIVERGED = "diverged"  # its WAL goes beyond the fork: it may hold the only copy of acknowledged entries
    STANDBY_LOST = "standby-lost"
    SYNC_DEGRADED = "sync-degraded"
    SYNC_BLOCKED = "sync-blocked"
    COPIES_SHORT = "copies-short"  # fewer nodes hold the ledger than were promised, or only one does
    CASCADE_BROKEN = "cascade-broken"  # a standby of a standby gets nothing from it
    NOT_STREAMING = "not-streaming"
    SLOT_FILLING = "slot-filling"  # a slot keeps more WAL than there is space left
    LAGGING = "lagging"
    REPLAY_PAUSED = "replay-paused"
    PATRONI_DOWN = "patroni-down"  # its PostgreSQL runs on without it
    DISK_LOW = "disk-low"
    ARCHIVE_FAILING = "archive-failing"
    ONE_WAY = "one-way"  # heartbeats arrive in one direction only
    CLOCK_APART = "clock-apart"
    NO_RIGHTS = "no-rights"
    BOOKS_BLOCKED = "books-blocked"  # a note: the books can't be read, the node is not sick
    STALE = "stale"  # no fresh reading, and nothing better is known
    NOT_ASKED = "not-asked"  # no answer yet since the engine started


class Level(Enum):
    """How strong the evidence of a primary's death is, and so what it allows (safety.md 1)."""

    HARD = "hard"
    STOPPED = "stopped"
    WITNESSED = "witnessed"
    HUNG = "hung"
    REFUSING = "alive-but-refusing"
    SUSPECTED = "suspected"


class Guard(Enum):
    """What one piece of evidence is about."""

    SSH = "ssh"
    POSTGRES = "postgres"
    PROCESSES = "processes"
    CONTROL_FILE = "control-file"
    VITAL_SILENCE_SECONDS = "vital-silence-seconds"
    BOOKS_SILENCE_SECONDS = "books-silence-seconds"
    HOST_SILENCE_SECONDS = "host-silence-seconds"
    HOST_KEY = "host-key"
    RECEIVER = "receiver"
    RECEIVER_HEARD_SECONDS = "receiver-heard-seconds"
    SENDER = "sender"
    REPLY_AGE_SECONDS = "reply-age-seconds"
    LAG_SECONDS = "lag-seconds"
    LAG_BYTES = "lag-bytes"
    SYNC_STANDBYS = "sync-standbys"
    SYNC_NAMES = "sync-names"
    WRITABLE = "writable"
    TIMELINE = "timeline"
    SYSTEM_IDENTIFIER = "system-identifier"
    MACHINE = "machine"
    DISK_FREE_BYTES = "disk-free-bytes"
    DISK_FREE_PERCENT = "disk-free-percent"
    ARCHIVE_FAILED = "archive-failed"
    CLOCK_OFFSET_SECONDS = "clock-offset-seconds"
    REPLAY = "replay"
    RIGHTS = "rights"
    LOOKS = "looks"
    WITNESSES = "witnesses"  # standbys that reach the primary neither
    LISTED_WITNESSES = "listed-witnesses"  # of those, the ones whose names are on the synchronous list
    REACHES_SERVER = "reaches-server"  # from a witness's host: the primary's replication address
    REACHES_SSH = "reaches-ssh"
    READY = "ready"  # pg_isready, from a witness's host
    HOLDS_KEY = "holds-key"
    COPIES = "copies"
    POSITION = "position"
    SLOT_KEPT_BYTES = "slot-kept-bytes"


class Allowed(Enum):
    """What evidence of a primary's death allows to be done about it (safety.md 1)."""

    RESTART = "restart"  # in place; nothing is lost by it
    FAILOVER = "failover"
    FENCED_FAILOVER = "fenced-failover"  # only with a fence whose proof is read back, or the quorum fence by policy
    KILLED_FAILOVER = "killed-failover"  # only after every process there was ended, and that was proven


def allowed(level: Level | None) -> tuple[Allowed, ...]:
    """What a level allows, what is tried first at the front; nothing where only we do not see it."""
    match level:
        case Level.HARD:
            return Allowed.RESTART, Allowed.FAILOVER
        case Level.WITNESSED:
            return (Allowed.FENCED_FAILOVER,)
        case Level.HUNG:
            return (Allowed.KILLED_FAILOVER,)
        case Level.STOPPED | Level.REFUSING | Level.SUSPECTED | None:
            return ()


Scalar = int | float | str | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One thing observed: against which threshold, by which source ('lab-1: ls /proc'), at which time."""

    guard: Guard
    observed: Scalar
    source: str
    at: datetime
    threshold: Scalar = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong. `observed` and `limit` are the figures that its sentence speaks of."""

    cause: Cause
    health: Health
    node: str | None = None
    level: Level | None = None
    observed: Scalar = None
    limit: Scalar = None
    detail: str = ""
    evidence: tuple[Evidence, ...] = ()
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The judgement of a node or a cluster: its health and all findings, what to act on first at the front."""

    health: Health
    findings: tuple[Finding, ...] = ()

    @property
    def cause(self) -> Cause | None:
        return self.findings[0].cause if self.findings else None


_URGENCY = {cause: place for place, cause in enumerate(Cause)}
_WEIGHT = {Health.LOST: 0, Health.UNKNOWN: 1, Health.DEGRADED: 2, Health.HEALTHY: 3}


def worst(healths: tuple[Health, ...]) -> Health:
    """The worst of some healths; healthy where there are none."""
    return min(healths, key=_WEIGHT.__getitem__, default=Health.HEALTHY)


def ordered(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Findings by what to act on first: the gravest health, then the order of the causes."""
    return tuple(sorted(findings, key=lambda f: (_WEIGHT[f.health], _URGENCY[f.cause], f.node or "")))
