"""How often a standby is asked about its primary: again and again in doubt, ever more seldom where it reaches it."""

from dataclasses import dataclass, replace
from typing import Final

from console.domain.reading import Sight, Testimony
from console.domain.witnesses import HEARD_SECONDS_MIN

AGAIN_SECONDS: Final = 1.0
CALM_SECONDS: Final = 10.0  # one that reaches the primary is asked no sooner again, and then ever more seldom:
CALM_SECONDS_MAX: Final = 60.0  # each try leaves a line in a log of the host that is tried
HEARD_APART_SECONDS: Final = 0.5  # when it heard is known only as well as two clocks agree
_THERE: Final = (Sight.REACHED, Sight.REFUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """When a standby was last asked, and when it had last heard its upstream then."""

    asked_ticks: float = float("-inf")
    heard_ticks: float | None = None
    calm_seconds: float = CALM_SECONDS

    def due(self, testimony: Testimony | None, about: str, *, ticks: float, heard_ticks: float | None) -> bool:
        """Is it to be asked now? `testimony`: what it last said. `heard_ticks`: when it last heard its upstream.

        One that reached the primary is asked again before its time when the stream that flowed since has dried up.
        """
        if ticks - self.asked_ticks < AGAIN_SECONDS:
            return False
        if not _reached(testimony, about) or ticks - self.asked_ticks >= self.calm_seconds:
            return True
        dry = heard_ticks is not None and ticks - heard_ticks > HEARD_SECONDS_MIN
        return dry and heard_ticks is not None and self._has_heard(heard_ticks)

    def _has_heard(self, heard_ticks: float) -> bool:
        return self.heard_ticks is None or heard_ticks - self.heard_ticks > HEARD_APART_SECONDS

    def asked(
        self, testimony: Testimony | None, about: str, *, ticks: float, heard_ticks: float | None
    ) -> "Asking":
        """It is asked at this moment, having said this before."""
        calm = min(CALM_SECONDS_MAX, 2 * self.calm_seconds) if _reached(testimony, about) else CALM_SECONDS
        return replace(self, asked_ticks=ticks, heard_ticks=heard_ticks, calm_seconds=calm)


def _reached(testimony: Testimony | None, about: str) -> bool:
    return testimony is not None and testimony.about == about and testimony.server in _THERE
