"""Incidents: what belongs together, on one time line, to be replayed second by second and reported."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from console.domain.automation import Why
from console.domain.fleet import ClusterView
from console.domain.plan import Pairs


class LineKind(Enum):
    """What a line of the time line is."""

    VERDICT = "verdict"
    EVIDENCE = "evidence"
    ALERT = "alert"
    ACTION = "action"  # a person's, or automation's decision
    RUN = "run"  # a plan's step
    FAULT = "fault"  # made on purpose
    DRILL = "drill"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentLine:
    """One thing that happened. `word` is for `ui`; `detail` its names and values; `who`: a person, or empty."""

    at: datetime
    cluster: str
    kind: LineKind
    word: str
    node: str | None = None
    health: str = ""
    who: str = ""
    run: str = ""
    detail: Pairs = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """From the first alert that makes a cluster lost or degraded to the end of the last one, and a quiet time after.

    `word`: the gravest cause so far. `drill`: it was made on purpose. Entries lost: None where it is not known.
    """

    id: str
    cluster: str
    begun_at: datetime
    word: str
    node: str | None
    health: str
    ended_at: datetime | None = None
    alerts: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    drill: bool = False
    lines: int = 0
    lines_left_out: int = 0
    frames_left_out: int = 0  # seconds of which no picture is kept
    writable_again_at: datetime | None = None
    gaps: tuple[tuple[datetime, datetime], ...] = ()  # stretches without a primary whose commits go through
    entries_lost: int | None = None
    report: str = ""  # the path of its report


def gap_seconds(incident: Incident) -> float | None:
    """How long no commit went through in all; None where that is not known, or goes on."""
    if incident.writable_again_at is None:
        return None
    gaps = incident.gaps or ((incident.begun_at, incident.writable_again_at),)  # older records know only the last end
    return sum(max(0.0, (end - begin).total_seconds()) for begin, end in gaps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What the console knew at one moment of an incident: the picture and the guards of then."""

    at: datetime
    view: ClusterView
    why: Why | None = None
