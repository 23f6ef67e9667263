"""The clock that the watching is given; only the builder owns a real one."""

from typing import Protocol

from console.domain.reading import Moment


class Clock(Protocol):
    """Tells the time: `ticks` are monotonic seconds, `now` the same instant with its UTC time."""

    def ticks(self) -> float: ...

    def now(self) -> Moment: ...
