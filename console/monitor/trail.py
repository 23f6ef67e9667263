"""What the primary was seen at, by the console's own clock: the ruler that lags are measured with."""

from bisect import bisect_right
from collections import deque
from typing import Final

from console.domain.reading import Head

RECENT_POINTS_MAX: Final = 300
OLDER_POINTS_MAX: Final = 720
OLDER_EVERY_SECONDS: Final = 30.0  # 6 hours in all
RATE_SECONDS_MIN: Final = 4.0

Point = tuple[float, int]  # the ticks at which the primary was *last* seen at the value


class Trail:
    """Growing numbers (positions, beats, entries) with the ticks at which the primary was last seen at each.

    Recent points are kept each, older ones at a coarser pace, so that a standby lost for hours still has an age.
    """

    def __init__(self) -> None:
        self._recent: deque[Point] = deque(maxlen=RECENT_POINTS_MAX)
        self._older: deque[Point] = deque(maxlen=OLDER_POINTS_MAX)
        self._first_ticks = 0.0  # of the whole trail
        self._since_ticks = 0.0  # since when the latest value stands

    @property
    def latest(self) -> int | None:
        return self._recent[-1][1] if self._recent else None

    def seen(self, ticks: float, value: int) -> None:
        """The primary was at `value` at `ticks`. A smaller value than before begins anew: another timeline."""
        if self._recent and ticks <= self._recent[-1][0]:
            return  # the same reading, judged again
        if self._recent and value < self._recent[-1][1]:
            self.forget()
        if not self._recent:
            self._first_ticks = self._since_ticks = ticks
        elif value == self._recent[-1][1]:
            self._recent.pop()
        else:
            self._since_ticks = ticks
        self._recent.append((ticks, value))
        if not self._older or ticks - self._older[-1][0] >= OLDER_EVERY_SECONDS:
            self._older.append((ticks, value))

    def seconds_behind(self, value: int, now_ticks: float) -> float | None:
        """Seconds since the primary was last seen at or before `value`: never less than the truth.

        0: it was never seen beyond. None: nothing was seen. A value from before the trail: at least its whole length.
        """
        if not self._recent:
            return None
        if value >= self._recent[-1][1]:
            return 0.0
        for points in (self._recent, self._older):
            place = bisect_right(points, value, key=lambda point: point[1])
            if place:
                return max(0.0, now_ticks - points[place - 1][0])
        return max(0.0, now_ticks - self._first_ticks)

    def rate(self, now_ticks: float, *, interval_seconds: float = 1.0) -> float | None:
        """Units per second over the last seconds; None where too little, or nothing lately, was seen."""
        window = max(RATE_SECONDS_MIN, 2 * interval_seconds)
        if not self._recent or now_ticks - self._recent[-1][0] > window:
            return None
        last_ticks, last_value = self._recent[-1]
        if last_ticks - self._since_ticks >= window:
            return 0.0
        for ticks, value in reversed(self._recent):
            if last_ticks - ticks >= window:
                return (last_value - value) / (last_ticks - ticks)
        ticks, value = self._recent[0]
        return (last_value - value) / (last_ticks - ticks) if len(self._recent) > 1 else None

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
