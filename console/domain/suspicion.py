"""How surprising a silence is: phi accrual per node and channel, over the channel's own bounded past."""

import math
from dataclasses import dataclass
from enum import Enum
from typing import Final

INTERVALS_MAX: Final = 120  # of the past, that count: two minutes at a pace of one second
INTERVALS_MIN: Final = 8  # fewer tell nothing of the spread
PHI_THRESHOLD: Final = 8.0  # one false suspicion in 10^8 silences by the past; as Akka and Cassandra have it
PHI_DOUBT: Final = 2.0  # one in a hundred: enough to ask others, never enough to say anything
PHI_MAX: Final = 50.0
SPREAD_SHARE_MIN: Final = 0.4  # of the pace: however regular the past was, a silence this much longer is nothing
SPREAD_SECONDS_MIN: Final = 0.25
LONGEST_PACES: Final = 5.0  # a longer interval was an outage, and an outage is no example of what is usual
_MICRO: Final = 1_000_000


class Channel(Enum):
    """What a node is heard on."""

    VITAL = "vital"  # answers to the vital question
    BOOKS = "books"
    HOST = "host"  # answers of its shell
    BEAT = "beat"  # heartbeat rows written, on a primary alone
    REPLY = "reply"  # a standby's replies, as its upstream sees them: the way back


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """How surprising the present silence of one channel is: `phi` 1 is one chance in ten, 8 one in 10^8.

    `mean` and `spread` in seconds, with their floors, as they were used; `intervals`: how many the past holds.
    """

    node: str
    channel: Channel
    phi: float
    silence_seconds: float
    mean: float
    spread: float
    threshold: float
    intervals: int

    @property
    def suspected(self) -> bool:
        return self.phi >= self.threshold


@dataclass(frozen=True, slots=True)
class Arrivals:
    """When a channel was last heard, and the intervals before, oldest first.

    In whole microseconds, so that the sums stay exact however many come and go.
    """

    last_ticks: float | None = None
    intervals: tuple[int, ...] = ()
    total: int = 0
    squares: int = 0

    def heard(self, ticks: float, *, pace_seconds: float) -> "Arrivals":
        """Heard at this moment. What is older than the last is left out; an outage does not become usual."""
        last = self.last_ticks
        if last is None:
            return Arrivals(ticks, self.intervals, self.total, self.squares)
        if ticks <= last:
            return self
        if ticks - last > LONGEST_PACES * pace_seconds:
            return Arrivals(ticks, self.intervals, self.total, self.squares)
        new = round((ticks - last) * _MICRO)
        kept, total, squares = self.intervals, self.total + new, self.squares + new * new
        if len(kept) >= INTERVALS_MAX:
            gone, kept = kept[0], kept[1:]
            total, squares = total - gone, squares - gone * gone
        return Arrivals(ticks, (*kept, new), total, squares)

    def broken(self) -> "Arrivals":
        """Our own clock stood still, or nothing is asked for now: no silence is counted until it is heard again."""
        return Arrivals(None, self.intervals, self.total, self.squares)


def usual(arrivals: Arrivals, *, pace_seconds: float) -> tuple[float, float]:
    """Mean and spread (standard deviation) of the past in seconds, neither below its floor.

    The floors keep a very regular past from making anybody nervous: a channel asked each second is never expected
    within less than its pace, nor held to a spread of milliseconds.
    """
    least = max(SPREAD_SECONDS_MIN, SPREAD_SHARE_MIN * pace_seconds)
    count = len(arrivals.intervals)
    if count < INTERVALS_MIN:
        return pace_seconds, 2 * least
    mean = arrivals.total / count
    spread = math.sqrt(max(0.0, arrivals.squares / count - mean * mean))
    return max(pace_seconds, mean / _MICRO), max(least, spread / _MICRO)


def phi_of(silence_seconds: float, mean: float, spread: float) -> float:
    """-log10 of the chance that an answer comes later than this, were the intervals spread normally; 0 to PHI_MAX.

    Hayashibara, Défago, Yared, Katayama: The phi accrual failure detector (SRDS 2004). Akka has the same normal spread
    (by a logistic curve near it), a floor on the deviation and a pause that it accepts; Cassandra an exponential one.
    """
    later = 0.5 * math.erfc((silence_seconds - mean) / (spread * math.sqrt(2.0)))
    if later <= 10.0**-PHI_MAX:
        return PHI_MAX
    return min(PHI_MAX, max(0.0, -math.log10(later)))


def suspicion_of(
    node: str, channel: Channel, arrivals: Arrivals, *, pace_seconds: float, now_ticks: float
) -> Suspicion | None:
    """The suspicion at this moment; None where the channel was not heard since there is something to hear."""
    last = arrivals.last_ticks
    if last is None:
        return None
    mean, spread = usual(arrivals, pace_seconds=pace_seconds)
    silence = max(0.0, now_ticks - last)
    return Suspicion(
        node=node, channel=channel, phi=phi_of(silence, mean, spread), silence_seconds=silence, mean=mean,
        spread=spread, threshold=PHI_THRESHOLD, intervals=len(arrivals.intervals),
    )  # fmt: skip


def of_channel(suspicions: tuple[Suspicion, ...], channel: Channel) -> Suspicion | None:
    return next((one for one in suspicions if one.channel is channel), None)
