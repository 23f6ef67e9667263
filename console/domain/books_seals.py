"""Which sealed fingerprint counts for the present books, and which were left behind by a promotion."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from console.domain.books import Horizon, LostRange, OriginHead, Seal
from console.domain.wal import Lsn

HISTORY_BYTES_MAX: Final = 1_000_000
_LINE: Final = re.compile(r"([0-9]{1,10})\s+([0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8})(\s.*)?")


@dataclass(frozen=True, slots=True)
class TimelineEnd:
    """Where a timeline of the present history ended, and the next began."""

    timeline: int
    end: Lsn


def read_history(text: str) -> tuple[TimelineEnd, ...]:
    """A timeline history file of PostgreSQL's. Raises ValueError where it is none.

    Source: https://www.postgresql.org/docs/18/continuous-archiving.html#BACKUP-TIMELINES
    """
    if len(text) > HISTORY_BYTES_MAX:
        raise ValueError("a timeline history over the limit")
    ends: list[TimelineEnd] = []
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None:
            raise ValueError(f"not a line of a timeline history: {line[:40]!r}")
        ends.append(TimelineEnd(int(match[1]), Lsn.parse(match[2])))
    if any(one.timeline >= other.timeline for one, other in pairwise(ends)):
        raise ValueError("the timelines of a history do not grow")
    return tuple(ends)


class Standing:
    """What a seal's place in the WAL says: does the present history hold all that was sealed?"""

    def __init__(self, timeline: int, history: tuple[TimelineEnd, ...] | None) -> None:
        self._timeline = timeline
        self._ends = None if history is None else {end.timeline: end.end for end in history}

    def holds(self, seal: Seal) -> bool | None:
        """True: all of it. False: some of it may lie behind the fork. None: the history is not known."""
        if seal.timeline == self._timeline:
            return True
        if self._ends is None:
            return None
        end = self._ends.get(seal.timeline)
        return end is not None and seal.position <= end


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The seal to compare with, why there is none, and the seals that a promotion has left behind."""

    seal: Seal | None
    reason: str
    left: tuple[Seal, ...]
    lost: LostRange | None


def choose(seals: Iterable[Seal], head: OriginHead, horizon: Horizon, standing: Standing) -> Chosen:
    """The last seal at or below the horizon that the present history holds whole.

    One beyond the fork may still be found where its entries came over; it decides nothing. Seals above the head are
    the lost range, never tampering.
    """
    newest = sorted((seal for seal in seals if not seal.lost), key=lambda seal: (seal.at, seal.fingerprint.last))
    left: list[Seal] = []
    unknown = waiting = False
    for seal in reversed(newest):
        holds = standing.holds(seal)
        # On the very timeline a lower head means that this node is behind, or that its books were set back: it waits.
        if holds is False:
            left.append(seal)
        elif not seal.fingerprint.horizon.within(horizon):
            waiting = True
        elif holds is None:
            unknown = True
        else:
            return Chosen(seal=seal, reason="", left=tuple(left), lost=_lost(left, head))
    reason = "history-not-known" if unknown else "seals-above-head" if waiting else "seals-lost" if left else "no-seal"
    return Chosen(seal=None, reason=reason, left=tuple(left), lost=_lost(left, head))


def _lost(left: list[Seal], head: OriginHead) -> LostRange | None:
    """The entries that seals name and the book no longer reaches."""
    above = [seal for seal in left if seal.fingerprint.last > head.top]
    if not above:
        return None
    furthest = max(above, key=lambda seal: seal.fingerprint.last)
    return LostRange(
        origin=head.origin, first=head.top + 1, last=furthest.fingerprint.last, sealed_at=furthest.at,
        timeline=furthest.timeline,
    )  # fmt: skip


def vanished(seals: Iterable[Seal], head: OriginHead, position: Lsn, standing: Standing) -> Seal | None:
    """A seal whose entries this very history wrote before `position`, and which the book no longer reaches.

    That is no lag and no lost range: somebody took entries away.
    """
    gone = [
        seal
        for seal in seals
        if not seal.lost and standing.holds(seal) and seal.position <= position and seal.fingerprint.last > head.top
    ]
    return max(gone, key=lambda seal: seal.fingerprint.last, default=None)
