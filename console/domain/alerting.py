"""Alerts: what has to be seen by a person, by whom it was taken, and what is silenced until when."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final

from console.domain.verdict import Health, Scalar

SILENCE_HOURS_MAX: Final = 24 * 14  # a silence always has an end


class AlertSource(Enum):
    """Which part of the console saw it."""

    VERDICT = "verdict"
    CHECK = "check"  # a monitoring script of the operator's
    AUTOMATION = "automation"
    DUTY = "duty"  # what has to happen regularly is overdue
    DRILL = "drill"
    COPIES = "copies"  # redundancy: copies that differ, configuration that drifts
    BACKUP = "backup"
    PEERS = "peers"
    ENGINE = "engine"
    WAY_OUT = "way-out"  # an alert could not be delivered


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Something that is wrong now, as a part of the engine says it each second; an alert lasts as long as its sign.

    `word`: a kebab-case word for `ui`, a cause's for a verdict. `about`: what tells two signs of one word apart
    (a check's name, a subscription's); empty where node and word do.
    """

    cluster: str
    node: str | None
    source: AlertSource
    word: str
    health: Health
    about: str = ""
    observed: Scalar = None
    limit: Scalar = None
    detail: str = ""

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What makes it the same sign as a second ago, whatever its figures say."""
        return self.cluster, self.node or "", self.source.value, self.word, self.about


class AlertState(Enum):
    """Where an alert stands. Over ones stay in the record."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One alert from its first sign to its end. `sign` is the newest; `changes`: how often it came and went (damped).

    `worst`: the gravest health that it ever had.
    """

    id: str
    sign: Sign
    state: AlertState
    begun_at: datetime
    worst: Health
    ended_at: datetime | None = None
    acknowledged_by: str = ""
    acknowledged_at: datetime | None = None
    note: str = ""
    changes: int = 0
    flapping: bool = False
    silenced: bool = False
    incident: str = ""


class AlertChange(Enum):
    """What happened to an alert, in the record and on the ways out."""

    OPENED = "opened"
    WORSENED = "worsened"
    FLAPPING = "flapping"  # it came and went too often: kept open until it has been quiet for a while
    OVER = "over"
    SILENCED = "silenced"
    UNSILENCED = "unsilenced"  # its silence has ended, and it is still there
    ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """No way out is used for what it covers, until its end; shown all the same. Empty fields cover everything."""

    id: str
    cluster: str
    node: str
    word: str
    by: str
    reason: str
    begun_at: datetime
    until: datetime

    def covers(self, sign: Sign, now: datetime) -> bool:
        """Is this sign silenced now?"""
        same = self.cluster in ("", sign.cluster) and self.node in ("", sign.node or "")
        return same and self.word in ("", sign.word) and self.begun_at <= now < self.until


class WayKind(Enum):
    """How an alert leaves the console. The desktop's own (notification, tray) is the window's and needs no entry."""

    EMAIL = "email"
    WEBHOOK = "webhook"
    COMMAND = "command"
    HEARTBEAT_FILE = "heartbeat-file"  # dead-man's switch: written while the engine lives
    HEARTBEAT_URL = "heartbeat-url"


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """One way out. `target`: an address, a URL, a command line, a path.

    `options`: 'smtp', 'port', 'from', 'tls', 'user'. No secret stands here: a password is kept by the keyring under
    the way's name. `least`: from which health on.
    """

    name: str
    kind: WayKind
    target: str
    options: tuple[tuple[str, str], ...] = ()
    least: Health = Health.DEGRADED
    clusters: tuple[str, ...] = ()  # empty: all
    enabled: bool = True
    seconds_max: float = 15.0

    def option(self, name: str, default: str = "") -> str:
        return dict(self.options).get(name, default)

    @property
    def secret_subject(self) -> str:
        """Under which subject the engine's secrets keep its password (kind 'password')."""
        return f"way-out {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WayState:
    """How a way out fares: when it last delivered, and what was wrong the last time."""

    name: str
    delivered_at: datetime | None
    failed_at: datetime | None = None
    reason: str = ""
    waiting: int = 0
    dropped: int = 0
