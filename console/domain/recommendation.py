"""What could be done now and what each way would cost: values that the Recovery page and the wizard show."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from console.domain.plan import Candidate, Loss, Operation
from console.domain.verdict import Level


class Way(Enum):
    """What a person can decide for."""

    WAIT = "wait"
    RESTART = "restart"
    SWITCHOVER = "switchover"
    FAILOVER = "failover"
    REJOIN = "rejoin"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way. `reason`: a kebab-case word for why it is (not) possible; `seconds`: an estimate with its ground."""

    way: Way
    possible: bool
    reason: str = ""
    node: str = ""  # the one restarted, promoted or rejoined
    loss: Loss | None = None
    seconds: float | None = None
    seconds_from: str = ""  # 'runs' of this cluster, 'lab-measured', … ; empty: not known


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeing:
    """One cell of the matrix who sees whom. `state`: answers, silent, refused, streams, no-stream, no-link, unknown."""

    asker: str  # 'console' or a node
    answerer: str
    state: str
    seconds: float | None = None  # round trip, or for how long it has been silent
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What was seen when it was asked for, and what is recommended. `ways[recommended]` is the recommendation."""

    cluster: str
    at: datetime
    primary: str | None  # the one that is, or was
    primary_lost: bool
    level: Level | None
    seeing: tuple[Seeing, ...]
    candidates: tuple[Candidate, ...]
    options: tuple[Option, ...]
    recommended: Way
    timelines: tuple[tuple[str, int], ...] = ()
    rejoin: tuple[str, ...] = ()  # nodes that could be rejoined
    operation_running: str = ""  # the id of a run of this cluster that has not ended


_OPERATIONS = {
    Way.RESTART: Operation.RESTART,
    Way.SWITCHOVER: Operation.SWITCHOVER,
    Way.FAILOVER: Operation.FAILOVER,
    Way.REJOIN: Operation.REJOIN,
}


def operation_of(way: Way) -> Operation | None:
    """The plan that a way needs; None where there is none to make."""
    return _OPERATIONS.get(way)
