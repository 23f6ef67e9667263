"""What faces and engine say to each other about failures: why, alerts, incidents, checks, drills, duties."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.alerting import Alert, Silence, WayOut, WayState
from console.domain.automation import Attempt, AutomationPolicy, Why
from console.domain.drill import Drill, DrillFault, DrillKind, DrillSchedule, Duty, DutyRule
from console.domain.incident import Frame, Incident, IncidentLine
from console.domain.monitoring import CheckReading, CheckSpec
from console.domain.peers import PeersView
from console.domain.redundancy import Redundancy

# -- automation ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AskWhy:
    """Would it act now, and why not? Answered by `WhySeen`."""

    cluster: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhySeen:
    """The guards as they stand; told to faces that watch whenever a row changes. `attempts`: the newest first."""

    why: Why
    policy: AutomationPolicy
    attempts: tuple[Attempt, ...] = ()
    unacknowledged: str = ""  # the attempt that has to be acknowledged before the next
    acting: str = ""  # who acts for this cluster: empty: this engine; else the other console's name


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAutomation:
    """What may be done by itself from now on. Answered by `WhySeen` or Refused. A person's decision: audited."""

    cluster: str
    policy: AutomationPolicy
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgeAttempt:
    """A person has seen what automation did: it may act again. Answered by Done."""

    cluster: str
    attempt: str
    note: str = ""


# -- alerts ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAlerts:
    """The alerts, the worst and newest first; over ones only with `over`. Answered by `Alerts`."""

    cluster: str = ""
    over: bool = False
    most: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerts:
    """The answer to `AskAlerts`, and, of all clusters and without over ones, told at each change."""

    alerts: tuple[Alert, ...]
    silences: tuple[Silence, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AckAlert:
    """A person takes it. Answered by Done; acknowledged again, the newer note stands."""

    alert: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceAlerts:
    """Use no way out for what this covers until `until`. Answered by `Alerts`."""

    until: datetime
    reason: str
    cluster: str = ""
    node: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSilence:
    """End a silence before its end. Answered by `Alerts`."""

    silence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskWaysOut:
    """How alerts leave the console. Answered by `WaysOut`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysOut:
    """The answer to `AskWaysOut` and `SaveWayOut`."""

    ways: tuple[WayOut, ...]
    states: tuple[WayState, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveWayOut:
    """Add a way out, or replace the one of this name. Audited."""

    way: WayOut


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveWayOut:
    """Answered by `WaysOut`."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TryWayOut:
    """Send a test over one way, now. Answered by `WayTried` within its own limit."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WayTried:
    """How the test went. `reason`: a kebab-case word; `detail`: what the other side said."""

    name: str
    delivered: bool
    seconds: float
    reason: str = ""
    detail: str = ""


# -- incidents -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AskIncidents:
    """The newest incidents first. Answered by `Incidents`."""

    cluster: str = ""
    most: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Incidents:
    """The answer to `AskIncidents`; also told (of all clusters, the open ones) when one begins, changes or ends."""

    incidents: tuple[Incident, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskIncident:
    """One incident with its time line, its newest lines or those before the line of this number. `IncidentSeen`."""

    incident: str
    before: int | None = None  # counted from the oldest line, which is number 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentSeen:
    """`frames`: the moments (UTC seconds) of which a picture is kept, in order. `older`: lines before these."""

    incident: Incident
    lines: tuple[IncidentLine, ...]
    frames: tuple[float, ...] = ()
    older: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AskFrame:
    """The newest picture at or before `seconds` (UTC). Answered by `FrameSeen`."""

    incident: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameSeen:
    """The answer to `AskFrame`."""

    incident: str
    frame: Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportIncident:
    """Write the report of an incident (HTML and JSON). Answered by `IncidentReported`."""

    incident: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentReported:
    """Where it lies and the SHA-256 of its JSON."""

    incident: str
    path: str
    digest: str


# -- monitoring scripts ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AskChecks:
    """The checks of a cluster and their newest readings. Answered by `ChecksSeen`."""

    cluster: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksSeen:
    """The answer to `AskChecks`, `SaveCheck` and `RemoveCheck`."""

    cluster: str
    checks: tuple[CheckSpec, ...]
    readings: tuple[CheckReading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveCheck:
    """Add a check, or with `replace` put it in the place of the one of its name. Audited."""

    cluster: str
    check: CheckSpec
    replace: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveCheck:
    """Its readings stay until they age out."""

    cluster: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunCheck:
    """Run a check now, on one node or on all of its own. Answered by `ChecksSeen` with only these readings."""

    cluster: str
    name: str
    node: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCheckHistory:
    """Readings of one check, the oldest first. Answered by `CheckHistory`."""

    cluster: str
    name: str
    begin: float
    end: float
    node: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckHistory:
    """The answer to `AskCheckHistory`; `left_out`: how many older ones there are."""

    readings: tuple[CheckReading, ...]
    left_out: int = 0


# -- drills, duties, copies, peers -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class StartDrill:
    """Begin a drill. `confirmed`: the cluster's name as typed, where nodes change (stream-cut, switchover).

    `hold_seconds`: the fault stands at least that long. `limit_seconds`: after that its host undoes it by itself,
    whatever became of the console. Answered by `DrillSeen` or Refused.
    """

    cluster: str
    kind: DrillKind
    fault: DrillFault | None = None
    node: str = ""
    confirmed: str = ""
    hold_seconds: float = 0.0
    limit_seconds: float = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StopDrill:
    """Undo its fault and end it. Answered by `DrillSeen`."""

    drill: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillSeen:
    """A drill as it stands; told at each change."""

    drill: Drill


@dataclass(frozen=True, slots=True, kw_only=True)
class AskDrills:
    """The newest first. Answered by `Drills`."""

    cluster: str = ""
    most: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Drills:
    """The answer to `AskDrills` and `ScheduleDrill`."""

    drills: tuple[Drill, ...]
    schedules: tuple[DrillSchedule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleDrill:
    """Rehearse a cluster's detector every so many hours with the harmless faults; 0: no more. Audited.

    Answered by `Drills` of that cluster. The fault that needs consent is never begun by itself.
    """

    cluster: str
    every_hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AskDuties:
    """All that has to happen regularly. Answered by `DutiesSeen`."""

    cluster: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DutiesSeen:
    """The answer to `AskDuties` and `SaveDuty`, overdue ones first."""

    duties: tuple[Duty, ...]
    rules: tuple[tuple[str, DutyRule], ...] = ()  # by cluster


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveDuty:
    """How often something has to happen from now on. Audited."""

    cluster: str
    rule: DutyRule


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRedundancy:
    """The last comparison of all copies; with `compare`, one that is made now. Answered by `RedundancySeen`."""

    cluster: str
    compare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RedundancySeen:
    """None: they were never compared."""

    redundancy: Redundancy | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPeers:
    """Ask every peer now. Answered by `PeersSeen`."""

    cluster: str
    books: bool = False  # compare their books too


@dataclass(frozen=True, slots=True, kw_only=True)
class PeersSeen:
    """The answer to `AskPeers`."""

    peers: PeersView


Watched = (
    AskWhy | WhySeen | SetAutomation | AcknowledgeAttempt | AskAlerts | Alerts | AckAlert | SilenceAlerts
    | EndSilence | AskWaysOut | WaysOut | SaveWayOut | RemoveWayOut | TryWayOut | WayTried | AskIncidents | Incidents
    | AskIncident | IncidentSeen | AskFrame | FrameSeen | ReportIncident | IncidentReported | AskChecks | ChecksSeen
    | SaveCheck | RemoveCheck | RunCheck | AskCheckHistory | CheckHistory | StartDrill | StopDrill | DrillSeen
    | AskDrills | Drills | ScheduleDrill | AskDuties | DutiesSeen | SaveDuty | AskRedundancy | RedundancySeen
    | AskPeers | PeersSeen
)  # fmt: skip
