"""Monitoring scripts: an operator's own check, how its answer is read, and what it may count for."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final

CHECKS_MAX: Final = 200  # of one cluster
OUTPUT_CHARACTERS_MAX: Final = 4_096


class CheckWay(Enum):
    """How a check is asked."""

    COMMAND = "command"  # a command line for the host's shell
    SQL = "sql"  # one statement, read only; its first row is the answer


class CheckUse(Enum):
    """What a check's result counts for."""

    SHOWN = "shown"
    ALERT = "alert"
    EVIDENCE = "evidence"  # shown beside verdicts, and in incidents
    CONDITION = "condition"  # automation acts only while it is OK


class CheckState(Enum):
    """Nagios's four states by exit status; source: https://nagios-plugins.org/doc/guidelines.html"""

    OK = 0
    WARNING = 1
    CRITICAL = 2
    UNKNOWN = 3  # also: no end within its limit, an exit status of another kind, an answer that can't be read


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSpec:
    """One check as the operator wrote it. `nodes`: where it runs; empty: every PostgreSQL node.

    SQL: `warning` and `critical` are limits in Nagios's range format on its first column; empty: not judged by it.
    """

    name: str
    way: CheckWay
    text: str
    nodes: tuple[str, ...] = ()
    every_seconds: float = 60.0
    seconds_max: float = 10.0
    uses: tuple[CheckUse, ...] = (CheckUse.SHOWN,)
    warning: str = ""
    critical: str = ""
    role: str = ""  # 'primary', 'standby': only there; empty: on each
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PerfValue:
    """One value of the performance data: label, number, unit, and the limits as they were written."""

    label: str
    value: float | None  # None: 'U', the script could not determine it
    unit: str = ""
    warning: str = ""
    critical: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReading:
    """One run of a check on one node. `reason`: where the state is not the script's own word ('too-long', 'cut')."""

    cluster: str
    check: str
    node: str
    at: datetime
    state: CheckState
    text: str
    values: tuple[PerfValue, ...] = ()
    seconds: float | None = None
    status: int | None = None
    reason: str = ""
    cut: bool = False
