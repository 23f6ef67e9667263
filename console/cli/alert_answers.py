"""The answers of the commands about alerts and incidents as values: fields are added and never renamed."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.alerting import Alert, Silence, WayOut, WayState
from console.domain.automation import GuardRow
from console.domain.incident import Incident, IncidentLine


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertsAnswer:
    """The answer of `alerts list`, `ack`, `silence` and `unsilence`: as they stand afterwards, with sentences."""

    alerts: tuple[Alert, ...]
    sentences: tuple[str, ...]
    silences: tuple[Silence, ...]
    left_out: int
    done: str = "shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysAnswer:
    """The answer of `alerts ways`, `way-add` and `way-remove`."""

    ways: tuple[WayOut, ...]
    states: tuple[WayState, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WayTriedAnswer:
    """The answer of `alerts way-try`. `reason`: a kebab-case word; `detail`: what the other side said."""

    name: str
    delivered: bool
    seconds: float
    reason: str
    detail: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentsAnswer:
    """The answer of `incidents list`."""

    incidents: tuple[Incident, ...]
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentAnswer:
    """The answer of `incidents show`: its time line, each line with its sentence."""

    title: str
    sentence: str
    incident: Incident
    lines: tuple[IncidentLine, ...]
    sentences: tuple[str, ...]
    frames: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayedSecond:
    """One moment of an incident. `after_seconds` counts from its beginning; `would_act` None: no guards were judged."""

    at: datetime
    after_seconds: float
    health: str
    cause: str | None
    primary: str | None
    sentence: str
    would_act: bool | None = None
    act: str = ""
    refusing: tuple[GuardRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayAnswer:
    """The answer of `incidents replay`. `left_out`: moments beyond the limit of one answer."""

    incident: Incident
    seconds: tuple[ReplayedSecond, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAnswer:
    """The answer of `incidents report`: where it lies, and the SHA-256 of its JSON."""

    incident: str
    path: str
    digest: str
