"""The four indicators as the product defines them, and the trade's own beside them: pure, from records alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from math import ceil
from typing import Final

YEAR_MINUTES: Final = 365.25 * 24 * 60


class IndicatorName(Enum):
    """What is measured."""

    RECOVERY_RATE = "recovery-rate"  # R = (1 - L/D) * 100 %
    ENTRIES_RECOVERED = "entries-recovered"
    REDUNDANCY_RATE = "redundancy-rate"  # R = N / (2N - F) * 100 %
    COPIES_PROVEN = "copies-proven"
    RECOVERY_TIME = "recovery-time"  # T = 100 % / R, R in % per second
    RTO_P50 = "rto-p50"
    RTO_P95 = "rto-p95"
    RTO_PROMISED = "rto-promised"
    SHARE_OF_ONE_NODE = "share-of-one-node"  # A = 1/N * 100 %
    UPTIME_SHARE = "uptime-share"  # MTBF / (MTBF + MTTR)
    MTBF = "mtbf"
    MTTR = "mttr"
    ALLOWANCE_USED = "allowance-used"  # minutes of the year's allowance


class IndicatorUnit(Enum):
    """What a value is counted in."""

    PERCENT = "percent"
    SECONDS = "seconds"
    MINUTES = "minutes"
    ENTRIES = "entries"
    COPIES = "copies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a figure rests on: a kind ('run', 'restore', 'drill', 'copies', 'incident', 'inventory') and its ids."""

    kind: str
    ids: tuple[str, ...]
    begin: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One figure. `value` None: not measured, and `reason` says why in one kebab-case word. `of`: out of how many.

    `count`: how many records it rests on; `left_out`: how many more belong to the time and could not be counted, as
    they don't say what is asked, or are gone. With a value, `reason` says how exact it is ('at-least').
    """

    name: IndicatorName
    value: float | None
    unit: IndicatorUnit
    evidence: Evidence
    count: int
    of: float | None = None
    reason: str = ""
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLine:
    """One record behind figures, as far as it says so: what it is, when it ended, what it took, what it lost of what.

    `kind` as in `Evidence`; `word`: an operation, a kind of drill, a check, a cause.
    """

    kind: str
    id: str
    at: datetime
    word: str
    node: str = ""
    seconds: float | None = None
    lost: int | None = None
    data: int | None = None


def recovery_rate(lost: int | None, data: int | None) -> float | None:
    """R = (1 - L/D) * 100 in percent: `data` entries acknowledged or sealed before, `lost` of them missing after.

    None where either is not known or there was nothing to lose. Raises ValueError for counts that can't be.
    """
    if lost is None or data is None:
        return None
    if lost < 0 or data < 0 or lost > data:
        raise ValueError(f"{lost} of {data} entries can't be lost")
    return None if data == 0 else (1 - lost / data) * 100


def redundancy_rate(blocks: int | None, failed: int | None) -> float | None:
    """R = N / (2N - F) * 100 in percent: `blocks` data blocks of the primary, `failed` of them in the last check."""
    if blocks is None or failed is None:
        return None
    if blocks < 0 or failed < 0 or failed > blocks:
        raise ValueError(f"{failed} of {blocks} blocks can't have failed")
    return None if blocks == 0 else blocks / (2 * blocks - failed) * 100


def recovery_seconds(percent_a_second: float | None) -> float | None:
    """T = 100 % / R in seconds: R is the measured speed of the last recovery, in % of all data a second."""
    if percent_a_second is None:
        return None
    if percent_a_second < 0:
        raise ValueError(f"nothing is recovered at {percent_a_second} % a second")
    return None if percent_a_second == 0 else 100 / percent_a_second


def share_of_one_node(nodes: int) -> float | None:
    """A = 1/N * 100 in percent."""
    if nodes < 0:
        raise ValueError(f"there are no {nodes} nodes")
    return None if nodes == 0 else 100 / nodes


def quantile(seconds: Sequence[float], share: float) -> float | None:
    """The nearest-rank quantile of measured times; None where nothing was measured."""
    if not seconds:
        return None
    in_order = sorted(seconds)
    return in_order[min(len(in_order), max(1, ceil(share * len(in_order)))) - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Uptime:
    """What the heartbeat record says of a time: watched and lost seconds, and how often it was lost.

    MTBF is watched time without loss per loss, MTTR lost time per loss: None where it was never lost.
    """

    watched_seconds: float
    lost_seconds: float
    losses: int

    @property
    def mtbf_seconds(self) -> float | None:
        return None if self.losses == 0 else (self.watched_seconds - self.lost_seconds) / self.losses

    @property
    def mttr_seconds(self) -> float | None:
        return None if self.losses == 0 else self.lost_seconds / self.losses

    @property
    def share_percent(self) -> float | None:
        """MTBF / (MTBF + MTTR) in percent; 100 where nothing was lost in a time that was watched."""
        return None if self.watched_seconds <= 0 else (1 - self.lost_seconds / self.watched_seconds) * 100


def uptime(spans: Sequence[tuple[datetime, datetime]], losses: Sequence[tuple[datetime, datetime]]) -> Uptime:
    """Losses as far as they lie in the spans that were watched; what nobody watched is neither up nor lost.

    Clocks may have jumped: a span or loss that ends before it begins counts as nothing, overlaps count once.
    """
    watched = _joined(spans)
    lost = _joined(losses)
    inside = [
        (max(begin, low), min(end, high)) for begin, end in lost for low, high in watched
        if max(begin, low) < min(end, high)
    ]  # fmt: skip
    within = {(begin, end) for begin, end in lost if any(begin < high and low < end for low, high in watched)}
    return Uptime(watched_seconds=_seconds(watched), lost_seconds=_seconds(inside), losses=len(within))


def _joined(spans: Sequence[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    found: list[tuple[datetime, datetime]] = []
    for begin, end in sorted(span for span in spans if span[0] < span[1]):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def _seconds(spans: Sequence[tuple[datetime, datetime]]) -> float:
    return sum((end - begin).total_seconds() for begin, end in spans)


def allowance_used(lost_seconds: float, promised_percent: float) -> tuple[float, float]:
    """Minutes lost, and the minutes that a year may lose under a promise of availability in percent."""
    if not 0 < promised_percent <= 100:
        raise ValueError(f"nobody can promise {promised_percent} %")
    return lost_seconds / 60, YEAR_MINUTES * (1 - promised_percent / 100)
