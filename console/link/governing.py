"""What faces and engine say to each other about indicators and what they rest on."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.indicators import EvidenceLine, Indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class AskIndicators:
    """The indicators of a cluster from `since` (None: 30 days before `until`) to `until` (None: now), or of one run.

    `run`: its id or the beginning of it; then the time is the run's own. Answered by `IndicatorsSeen`.
    """

    cluster: str
    since: datetime | None = None
    until: datetime | None = None
    run: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorsSeen:
    """The answer to `AskIndicators`: every figure, and a line for each record behind them, the newest first.

    `run`: the id of the run that was asked for.
    """

    cluster: str
    since: datetime
    until: datetime
    indicators: tuple[Indicator, ...]
    lines: tuple[EvidenceLine, ...]
    run: str = ""


Governing = AskIndicators | IndicatorsSeen
