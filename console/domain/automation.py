"""What may be done by itself, by whose leave, and why it would or would not be done now: values."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import Enum

from console.domain.verdict import Scalar


class AutomationMode(Enum):
    """Who acts when a primary is lost."""

    OFF = "off"
    OBSERVE = "observe"  # says what it would have done, and is scored
    AUTOMATIC = "automatic"


class AutoAct(Enum):
    """What automation can do. Each is the very plan that the wizard runs."""

    NONE = "none"
    RESTART = "restart"  # the dead primary, in place
    FAILOVER = "failover"
    RESTART_STANDBY = "restart-standby"
    REBUILD_STANDBY = "rebuild-standby"


@dataclass(frozen=True, slots=True, kw_only=True)
class Maintenance:
    """Nothing is done by itself between these moments."""

    begin: datetime
    end: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomationPolicy:
    """What a cluster's operators allow. Kept by the engine; every change of it stands in the audit log."""

    mode: AutomationMode = AutomationMode.OFF
    at_once: bool = False  # a dead primary gets no time to restart in place
    quorum_fence: bool = False  # a silent primary may be fenced by cutting its synchronous standbys
    loss_entries_max: int = 0
    pause_minutes: float = 60.0  # after an act of its own, until it is acknowledged
    evidence_seconds: float = 0.0  # for how long the evidence has to stand
    backups_hours_max: float = 48.0  # a proven or complete backup not older than this; 0: not asked
    restart_standbys: bool = False
    rebuild_standbys: bool = False
    quiet_from: time | None = None  # a daily window, UTC, in which nothing is done by itself
    quiet_to: time | None = None
    maintenance: tuple[Maintenance, ...] = ()


class AutoGuard(Enum):
    """What has to hold before anything is done by itself. The order is the order in which they are shown."""

    MODE = "mode"
    APPROVAL = "approval"  # the cluster's rule wants no second person for what it would do
    EVIDENCE = "evidence"  # level hard or witnessed, for so long
    FRESH = "fresh"  # readings are of now: not after a sleep, not from before an engine's start
    RESTART_TRIED = "restart-tried"
    MAJORITY = "majority"  # of all nodes answer
    OVERLAP = "overlap"  # n - k + 1 of the listed synchronous ones answer
    CANDIDATE = "candidate"  # there is one, within the maximum loss
    LOSS = "loss"
    FENCING = "fencing"  # possible, and can be proven
    LOCK = "lock"  # free, or ours
    OTHER_CONSOLE = "other-console"  # no other engine is at it
    NO_RUN = "no-run"
    NOT_PAUSED = "not-paused"  # not within the pause after the last act
    NO_MAINTENANCE = "no-maintenance"
    NOT_HELD = "not-held"  # no drill holds it, nobody has frozen the console
    BACKUPS = "backups"
    CHECKS = "checks"  # monitoring scripts that count as a condition
    PATRONI = "patroni"  # on its clusters the consensus group decides


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardRow:
    """One guard now. `holds` None: it can't be said, which counts as no. `reason`: a kebab-case word for `ui`."""

    guard: AutoGuard
    holds: bool | None
    observed: Scalar
    threshold: Scalar
    source: str
    at: datetime | None
    reason: str = ""
    node: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Would it act now? `act`, `node` and `target`: what it would do, or be asked to do if the primary died now.

    `hypothetical`: nothing is wrong, and the rows say what would hold if the primary died at this moment.
    """

    cluster: str
    at: datetime
    mode: AutomationMode
    act: AutoAct
    would_act: bool
    rows: tuple[GuardRow, ...]
    node: str | None = None
    target: str | None = None
    hypothetical: bool = False
    waiting_seconds: float | None = None  # until the evidence is old enough, or the restart in place has had its time

    @property
    def refusing(self) -> tuple[GuardRow, ...]:
        return tuple(row for row in self.rows if row.holds is not True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Takeover:
    """Who would take over if the primary died now, and how long that took. `by_itself` None: not known yet.

    `seconds` from decision to the first commit, the p95 of `runs` measured runs; None: never measured here.
    `reason`: the first guard that refuses, where it would not happen by itself.
    """

    by_itself: bool | None
    reason: str = ""
    seconds: float | None = None
    runs: int = 0


class AttemptOutcome(Enum):
    """How an act of automation, or one that was only observed, ended."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"  # the run asks a person
    FAILED = "failed"
    WOULD_HAVE = "would-have"  # observed only: not scored yet
    RIGHT = "right"  # observed only: the primary stayed lost, or a person did the same
    WRONG = "wrong"  # observed only: it came back by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One act of automation in the record, with the guards as they stood."""

    id: str
    cluster: str
    at: datetime
    act: AutoAct
    node: str | None
    target: str | None
    outcome: AttemptOutcome
    why: Why
    run: str = ""
    ended_at: datetime | None = None
    acknowledged_by: str = ""
    reason: str = ""
