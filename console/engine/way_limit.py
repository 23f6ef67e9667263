"""A limit on one delivery: when its time is over, what it waits for is closed under it; and how one fails."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Final, Self

from console.domain.text import shown

SAID_CHARACTERS_MAX: Final = 200


class NotDelivered(Exception):
    """A message that did not get through. `final`: sending it again would not help, or would send it twice."""

    def __init__(self, reason: str, said: str = "", *, final: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.said, self.final = reason, shown(said, characters_max=SAID_CHARACTERS_MAX), final

    @property
    def text(self) -> str:
        """As it stands in a way's state: the word, and after a colon what the other side said."""
        return f"{self.reason}: {self.said}" if self.said else self.reason


class Limit:
    """Some seconds for a piece of work that may hang anywhere. Used as a context by the thread that works.

    What waits on a socket or a process hands in how it is ended; that is called from another thread once the time is
    over, or at once where it is over already.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.over = False
        self._end = time.monotonic() + seconds
        self._enders: list[Callable[[], None]] = []
        self._guard = threading.Lock()
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.name = "way limit"
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._timer.cancel()

    def left(self) -> float:
        """The seconds that are left, never less than a little: 0 would mean 'do not wait' to a socket."""
        return max(0.05, self._end - time.monotonic())

    def ends(self, ender: Callable[[], None]) -> None:
        """Call this when the time is over."""
        with self._guard:
            self._enders.append(ender)
            late = self.over
        if late:
            self._call(ender)

    def check(self) -> None:
        """Raises NotDelivered where the time is over."""
        if self.over or time.monotonic() >= self._end:
            raise NotDelivered("timeout", f"{self.seconds:g} s")

    def _expire(self) -> None:
        with self._guard:
            self.over = True
            enders = tuple(self._enders)
        for ender in enders:
            self._call(ender)

    @staticmethod
    def _call(ender: Callable[[], None]) -> None:
        with suppress(OSError, ValueError, AttributeError):  # it has ended by itself in the same moment
            ender()
