"""Drills: rehearsals of the detector, of a switchover and of a restore, with what each was measured to take."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class DrillKind(Enum):
    """What is rehearsed."""

    DETECTOR = "detector"
    SWITCHOVER = "switchover"
    RESTORE = "restore"


class DrillFault(Enum):
    """The harmless faults of a detector rehearsal."""

    HEARTBEAT_HELD = "heartbeat-held"  # our own heartbeat writer writes nothing
    PROBE_CUT = "probe-cut"  # our own probe channel to one node is cut
    DECOY_STOPPED = "decoy-stopped"  # a throw-away server on the backup host, behind the same SSH and probe path
    STREAM_CUT = "stream-cut"  # a standby's stream, with consent, never below k synchronous ones


class DrillState(Enum):
    """Where a drill stands."""

    RUNNING = "running"
    PASSED = "passed"
    FAILED = "failed"
    STOPPED = "stopped"  # by a person
    REFUSED = "refused"  # before anything was touched


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillMark:
    """A measured stretch: 'suspicion', 'verdict', 'alert', 'undone', 'gap', 'restored', 'proven'.

    `seconds` None: it never came.
    """

    what: str
    seconds: float | None
    promised_seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """One drill in the record. `run`: the plan's run or the backup job that it rests on."""

    id: str
    cluster: str
    kind: DrillKind
    state: DrillState
    begun_at: datetime
    by: str  # a person, or 'schedule'
    fault: DrillFault | None = None
    node: str | None = None
    ended_at: datetime | None = None
    marks: tuple[DrillMark, ...] = ()
    reason: str = ""
    detail: str = ""
    run: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillSchedule:
    """A cluster's detector is rehearsed by itself, one harmless fault after the other, at this pace."""

    cluster: str
    every_hours: float
    by: str
    since: datetime


class DutyKind(Enum):
    """What has to happen regularly."""

    BACKUP = "backup"
    VERIFY = "verify"
    RESTORE_PROOF = "restore-proof"
    COPIES_COMPARED = "copies-compared"
    DETECTOR_REHEARSAL = "detector-rehearsal"
    SWITCHOVER_DRILL = "switchover-drill"
    BOOKS_RECOMPUTED = "books-recomputed"
    KEYS_VALID = "keys-valid"
    CERTIFICATES_VALID = "certificates-valid"


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRule:
    """How often; for keys and certificates: how many days before their end it is due. 0: not a duty here."""

    kind: DutyKind
    every_hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One duty of one cluster. `outcome`: of the last time ('done', 'failed', ''); `source`: where that is recorded."""

    cluster: str
    kind: DutyKind
    last_at: datetime | None
    next_at: datetime | None
    overdue: bool
    outcome: str = ""
    reason: str = ""  # where it can't be told: 'no-repository', 'not-configured', 'never'
    source: str = ""
    about: str = ""  # the key or certificate
