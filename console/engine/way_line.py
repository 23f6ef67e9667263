"""One way out at work: a thread and a bounded queue of its own, so that one that hangs holds up no other."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from console.domain.alerting import WayOut, WayState
from console.domain.reading import Moment
from console.engine.way_limit import Limit, NotDelivered
from console.governance.alert_text import Notice

QUEUE_MAX: Final = 200  # messages that wait; beyond it the oldest is given up
AGE_SECONDS_MAX: Final = 3_600.0  # so long a message is tried
PAUSE_SECONDS: Final = 2.0  # before the second try; twice as long before each further one
PAUSE_SECONDS_MAX: Final = 60.0
FAILURES_SIGN: Final = 2  # so many failures in a row are a sign that nobody is told
STOP_SECONDS_MAX: Final = 2.0

log = logging.getLogger(__name__)

Send = Callable[[WayOut, Notice, Limit], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A message on its way. `key`: under which it is kept in the store until it is delivered or given up."""

    key: str
    notice: Notice
    since: Moment


class WayLine:
    """Delivers to one way, in order. `done(key)`: this message is delivered or given up."""

    def __init__(
        self, way: WayOut, *, send: Send, clock: Callable[[], Moment], done: Callable[[str], None],
        state: WayState | None = None,
    ) -> None:  # fmt: skip
        self.way = way
        self._send, self._clock, self._done = send, clock, done
        self._state = state or WayState(name=way.name, delivered_at=None)
        self._queue: deque[Waiting] = deque()
        self._failures = 0
        self._closed = False
        self._trying = threading.Lock()
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._work, name=f"way {way.name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> tuple[Waiting, ...]:
        """Take no more; what is on its way may end by itself. What waits, which stays in the store until it is done."""
        with self._news:
            self._closed = True
            self._news.notify_all()
            return tuple(self._queue)

    def join(self) -> None:
        self._thread.join(STOP_SECONDS_MAX)

    def put(self, message: Waiting) -> None:
        """Let it be delivered; the oldest is given up where too many wait."""
        dropped = None
        with self._news:
            if len(self._queue) >= QUEUE_MAX:
                # The one at the front may be on its way at this moment.
                dropped = self._queue[1]
                del self._queue[1]
                self._state = replace(self._state, dropped=self._state.dropped + 1)
            self._queue.append(message)
            self._news.notify_all()
        if dropped is not None:
            self._done(dropped.key)  # beside the lock: the store may take its time

    def state(self) -> WayState:
        with self._news:
            return replace(self._state, waiting=len(self._queue))

    @property
    def failing(self) -> bool:
        """Has it failed so often in a row, or given something up, that nobody may have been told?"""
        with self._news:
            failed, delivered = self._state.failed_at, self._state.delivered_at
            latest = failed is not None and (delivered is None or failed >= delivered)
            return latest and self._failures >= FAILURES_SIGN

    def try_now(self, notice: Notice) -> tuple[NotDelivered | None, float]:
        """Send one message beside the queue, within the way's limit; what was wrong, and the seconds that it took."""
        if not self._trying.acquire(blocking=False):
            return NotDelivered("busy"), 0.0
        begun, ended = self._clock(), threading.Event()
        told: list[NotDelivered | None] = []

        def work() -> None:
            try:
                told.append(self._attempt(notice))
            finally:
                self._trying.release()
                ended.set()

        threading.Thread(target=work, name=f"way {self.way.name} try", daemon=True).start()
        ended.wait(self.way.seconds_max + 1.0)
        # Where even the limit could not end it (a name service that hangs), it is left to end by itself.
        wrong = told[0] if told else NotDelivered("timeout", f"{self.way.seconds_max:g} s")
        self._count(wrong)
        return wrong, self._clock().ticks - begun.ticks

    def beat(self, notice: Notice) -> None:
        """Send one message of a heartbeat, now and in this thread; never twice."""
        self._count(self._attempt(notice))

    def _attempt(self, notice: Notice) -> NotDelivered | None:
        try:
            with Limit(self.way.seconds_max) as limit:
                self._send(self.way, notice, limit)
        except NotDelivered as wrong:
            return wrong
        except Exception:  # a mistake of ours: this way says so, and the others go on
            log.exception("the way out %s failed in a way that was not foreseen", self.way.name)
            return NotDelivered("fault")
        return None

    def _count(self, wrong: NotDelivered | None) -> None:
        at: datetime = self._clock().utc
        with self._news:
            if wrong is None:
                self._failures = 0
                self._state = replace(self._state, delivered_at=at, reason="")
            else:
                self._failures += 1
                self._state = replace(self._state, failed_at=at, reason=wrong.text)

    def _work(self) -> None:
        pause = 0.0
        while (message := self._next(pause)) is not None:
            wrong = self._attempt(message.notice)
            self._count(wrong)
            old = self._clock().ticks - message.since.ticks > AGE_SECONDS_MAX
            given_up = wrong is not None and (old or wrong.final)
            pause = 0.0 if wrong is None or given_up else min(PAUSE_SECONDS_MAX, max(PAUSE_SECONDS, 2 * pause))
            if wrong is None or given_up:
                self._leave(message, given_up=given_up)

    def _leave(self, message: Waiting, *, given_up: bool) -> None:
        with self._news:
            if self._queue and self._queue[0] is message:
                self._queue.popleft()
            if given_up:
                self._failures = max(self._failures, FAILURES_SIGN)
                self._state = replace(self._state, dropped=self._state.dropped + 1)
        self._done(message.key)

    def _next(self, pause: float) -> Waiting | None:
        """The message at the front, after a pause; None: closed."""
        with self._news:
            if pause:
                self._news.wait_for(lambda: self._closed, timeout=pause)
            self._news.wait_for(lambda: self._closed or self._queue)
            return None if self._closed else self._queue[0]
