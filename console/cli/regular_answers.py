"""The answers of the commands about checks, duties and copies as values: fields are added and never renamed."""

from dataclasses import dataclass

from console.domain.drill import Duty, DutyRule
from console.domain.monitoring import CheckReading, CheckSpec
from console.domain.redundancy import Redundancy


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksAnswer:
    """The answer of `checks list`, `add`, `remove` and `run`: the checks, and their newest readings."""

    sentence: str
    cluster: str
    checks: tuple[CheckSpec, ...]
    readings: tuple[CheckReading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckHistoryAnswer:
    """The answer of `checks history`, the oldest first; `left_out`: how many older ones there are."""

    cluster: str
    check: str
    readings: tuple[CheckReading, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOf:
    """How often something has to happen in a cluster."""

    cluster: str
    rule: DutyRule


@dataclass(frozen=True, slots=True, kw_only=True)
class DutiesAnswer:
    """The answer of `duties`, overdue ones first."""

    sentence: str
    duties: tuple[Duty, ...]
    rules: tuple[RuleOf, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiesAnswer:
    """The answer of `copies`; `redundancy` is null where they were never compared."""

    sentence: str
    redundancy: Redundancy | None
