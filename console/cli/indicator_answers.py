"""The answer of `indicators` as a value: fields are added and never renamed."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.indicators import EvidenceLine, Indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorsAnswer:
    """The answer of `indicators`: figures, the records behind them, and a sentence for each figure.

    `value` null: not measured, and `reason` says why. `run`: of this run alone; empty: of the time.
    """

    cluster: str
    since: datetime
    until: datetime
    run: str
    indicators: tuple[Indicator, ...]
    lines: tuple[EvidenceLine, ...]
    sentences: tuple[str, ...]
