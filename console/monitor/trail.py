"""What the primary was seen at, by the console's own clock: the ruler that lags are measured with."""

from bisect import bisect_right
from collections import deque
from typing import Final

from console.domain.reading import Head

RECENT_POINTS_MAX: Final = 300
OLDER_POINTS_MAX: Final = 720
OLDER_EVERY_SECONDS: Final = 30.0  # 6 hours in all
RATE_SECONDS_MIN: Final = 4.0


class Trail:
    """Growing numbers (positions, beats) with the ticks at which the primary was first seen there.

    Recent points are kept each, older ones at a coarser pace, so that a standby lost for hours still has an age.
    """

    def __init__(self) -> None:
        self._recent: deque[tuple[float, int]] = deque(maxlen=RECENT_POINTS_MAX)
        self._older: deque[tuple[float, int]] = deque(maxlen=OLDER_POINTS_MAX)

    @property
    def latest(self) -> int | None:
        return self._recent[-1][1] if self._recent else None

    def seen(self, ticks: float, value: int) -> None:
        """The primary was at `value` at `ticks`. A smaller value than before begins anew: another timeline."""
        if self._recent and value < self._recent[-1][1]:
            self._recent.clear()
            self._older.clear()
        if self._recent and value == self._recent[-1][1]:
            return
        self._recent.append((ticks, value))
        if not self._older or ticks - self._older[-1][0] >= OLDER_EVERY_SECONDS:
            self._older.append((ticks, value))

    def seconds_behind(self, value: int, now_ticks: float) -> float | None:
        """Seconds since the primary was first seen beyond `value`; 0: never was; None: nothing was seen."""
        if not self._recent:
            return None
        if value >= self._recent[-1][1]:
            return 0.0
        points = self._recent if value >= self._recent[0][1] else self._older
        place = bisect_right(points, value, key=lambda point: point[1])
        first_beyond = points[place] if place < len(points) else self._recent[0]
        return max(0.0, now_ticks - first_beyond[0])

    def rate(self, now_ticks: float) -> float | None:
        """Units per second over the last seconds; None where too little was seen."""
        if len(self._recent) < 2:
            return None
        last = self._recent[-1]
        if now_ticks - last[0] > RATE_SECONDS_MIN:
            return 0.0
        for ticks, value in reversed(self._recent):
            if last[0] - ticks >= RATE_SECONDS_MIN:
                return (last[1] - value) / (last[0] - ticks)
        first = self._recent[0]
        return (last[1] - first[1]) / (last[0] - first[0]) if last[0] > first[0] else None

    def forget(self) -> None:
        self._recent.clear()
        self._older.clear()


class Heads:
    """The primary's head rows with the WAL position of each, to say which entry a position holds for certain."""

    def __init__(self) -> None:
        self._recent: deque[Head] = deque(maxlen=RECENT_POINTS_MAX)
        self._older: deque[Head] = deque(maxlen=OLDER_POINTS_MAX // 2)
        self._older_ticks = float("-inf")

    @property
    def latest(self) -> Head | None:
        return self._recent[-1] if self._recent else None

    def seen(self, ticks: float, head: Head) -> None:
        if head.position is None:
            return
        if self._recent and (head.number < self._recent[-1].number or _place(head) < _place(self._recent[-1])):
            self.forget()
        if self._recent and head.number == self._recent[-1].number:
            return
        self._recent.append(head)
        if ticks - self._older_ticks >= 2 * OLDER_EVERY_SECONDS:
            self._older.append(head)
            self._older_ticks = ticks

    def at(self, position: int) -> Head | None:
        """The last head that was read at or before `position`; None where none is known."""
        for points in (self._recent, self._older):
            if points and position >= _place(points[0]):
                return points[bisect_right(points, position, key=_place) - 1]
        return None

    def forget(self) -> None:
        self._recent.clear()
        self._older.clear()
        self._older_ticks = float("-inf")


def _place(head: Head) -> int:
    return 0 if head.position is None else head.position.position
