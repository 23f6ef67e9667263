"""The answers of the commands about drills as values: fields are added and never renamed."""

from dataclasses import dataclass

from console.domain.drill import Drill, DrillSchedule


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillAnswer:
    """The answer of `drill detector`, `switchover`, `restore` and `stop`.

    `outcome` is passed, failed, stopped, refused, running, to-confirm or scheduled; of several the worst.
    """

    outcome: str
    sentence: str
    drills: tuple[Drill, ...] = ()
    schedule: DrillSchedule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillsAnswer:
    """The answer of `drill list`: the newest first."""

    sentence: str
    drills: tuple[Drill, ...]
    schedules: tuple[DrillSchedule, ...] = ()
