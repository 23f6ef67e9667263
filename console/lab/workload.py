"""The trading application: books trades at a set rate, keeps its record, and settles later what it does not know."""

import random
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from console.lab.client import Client, ConnectionCut
from console.lab.plan import LabPlan
from console.lab.record import Outcome, Record
from console.lab.status import WorkloadStatus
from console.lab.trades import Trade, trades

RATE_MAX: Final = 5_000.0
RECONNECT_SECONDS_MIN: Final = 0.05
RECONNECT_SECONDS_MAX: Final = 0.5
TROUBLE_CHARACTERS_MAX: Final = 300
END_SECONDS_MAX: Final = 20.0


class GapMeter:
    """The longest time that a booking was due and none was acknowledged."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._since: float | None = None  # a booking is due since then
        self._widest = 0.0

    def due(self) -> None:
        if self._since is None:
            self._since = self._clock()

    def acknowledged(self) -> None:
        self._widest = self.widest()
        self._since = None

    def rest(self) -> None:
        """Nobody wants to write any more: what was open is closed."""
        self.acknowledged()

    def widest(self) -> float:
        """In seconds, the present one included."""
        since = self._since
        return max(self._widest, self._clock() - since) if since is not None else self._widest


class Workload:
    """One thread that books, one trade at a time, at most `rate` a second; at one peer alone where it is named."""

    def __init__(self, plan: LabPlan, record: Path, rate: float, *, peer: str = "") -> None:
        self._client = Client(plan, node=peer, origin=peer) if peer else Client(plan)
        self._record = Record(record)
        self._rate = rate
        self._wake = threading.Event()
        self._resting = threading.Event()
        self._ending = False
        self._meter = GapMeter(time.monotonic)
        self._trouble = ""
        self._trades = trades(random.Random())
        self._thread = threading.Thread(target=self._run, name="workload", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def set_rate(self, rate: float) -> None:
        """Bookings a second from now on. With 0 it returns when the booking under way has its outcome."""
        self._resting.clear()
        self._rate = rate
        self._wake.set()
        if rate <= 0 and self._thread.is_alive():
            self._resting.wait(END_SECONDS_MAX)

    @property
    def rate(self) -> float:
        return self._rate

    def status(self) -> WorkloadStatus:
        tally = self._record.tally
        return WorkloadStatus(
            acknowledged=tally.acknowledged,
            refused=tally.refused,
            unknown=tally.unknown,
            settled_present=tally.settled_present,
            settled_absent=tally.settled_absent,
            last_number=self._record.last_number,
            widest_gap_ms=round(self._meter.widest() * 1000, 1),
            rate=self._rate,
            running=self._thread.is_alive() and self._rate > 0,
            trouble=self._trouble[:TROUBLE_CHARACTERS_MAX],
        )

    def ask_to_end(self) -> None:
        """No further booking is begun."""
        self._ending = True
        self._wake.set()

    def end(self) -> None:
        """Ends after the booking under way, which has a limit of its own."""
        self.ask_to_end()
        if self._thread.is_alive():
            self._thread.join(END_SECONDS_MAX)
        self._record.close()

    def _run(self) -> None:
        try:
            self._work()
        except OSError as error:
            # Without its record on disk it may send nothing: the disk is full, or the file is gone.
            self._trouble = f"the record can't be written, so nothing is booked: {error}"
        finally:
            self._resting.set()
            self._client.close()

    def _work(self) -> None:
        next_at = time.monotonic()
        pause = RECONNECT_SECONDS_MIN
        while not self._ending:
            if self._rate <= 0:
                self._resting.set()
                self._meter.rest()
                self._settle()
                self._wait(RECONNECT_SECONDS_MAX)
                next_at = time.monotonic()
                continue
            # What was missed is not caught up in a burst: an outage costs its bookings, as it does a desk.
            now = time.monotonic()
            if now < next_at:
                self._wait(next_at - now)
                continue
            next_at = max(next_at + 1 / self._rate, now)
            self._meter.due()
            if self._connected() and self._settle():
                pause = RECONNECT_SECONDS_MIN
                self._book(next(self._trades))
            else:
                self._wait(pause)
                pause = min(pause * 2, RECONNECT_SECONDS_MAX)

    def _wait(self, seconds: float) -> None:
        self._wake.wait(seconds)
        self._wake.clear()

    def _connected(self) -> bool:
        if self._client.connected:
            return True
        try:
            self._client.connect()
        except ConnectionCut as cut:
            self._trouble = str(cut)
            return False
        self._trouble = ""
        return True

    def _settle(self) -> bool:
        """Looks up every unknown one by its id, on a connection that came after it."""
        for reference in self._record.unknown():
            if not self._connected():
                return False
            try:
                self._record.settled(reference, self._client.find(reference))
            except ConnectionCut as cut:
                self._trouble = str(cut)
                self._client.close()
                return False
        return True

    def _book(self, trade: Trade) -> None:
        self._record.sent(trade)
        answer = self._client.book(trade)
        self._record.ended(
            trade.reference,
            answer.outcome,
            number=answer.number,
            sqlstate=answer.sqlstate,
            detail=answer.detail[:TROUBLE_CHARACTERS_MAX],
        )
        if answer.outcome is Outcome.ACKNOWLEDGED:
            self._meter.acknowledged()
            self._trouble = ""
        else:
            self._trouble = answer.detail
