"""Runs an order on its host, hears what it says, and comes back to it after a lost host, or a lost engine."""

import shlex
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from console.backup.face import Order
from console.ssh.hosts import Hosts, Said
from console.ssh.long_acts import ASK_SECONDS_MAX, LONG_SECONDS_MAX, end_long
from console.ssh.supervise import (
    Standing,
    SupervisedState,
    look_command,
    read_state,
    remove_command,
    start_command,
)
from console.store.backup_log import KeptOrder

LOOK_SECONDS: Final = 0.1  # a look waits so long for the end at first; later ones wait longer
LOOK_SECONDS_MAX: Final = 0.5
AWAY_SECONDS_MAX: Final = 10.0  # between two tries to reach a host that does not answer
CANCEL_SECONDS_MAX: Final = 600.0
PIECE_BYTES: Final = 256 * 1024  # of the log, a look
LINES_KEPT_MAX: Final = 20_000
LINE_CHARACTERS_MAX: Final = 2_000
LAST_WORDS_CHARACTERS_MAX: Final = 600


class End(Enum):
    """How it came that an order is not followed any more."""

    ENDED = "ended"  # with a status
    VANISHED = "vanished"  # its processes are gone, and nobody wrote how it ended
    ABSENT = "absent"  # the host knows of no such order
    NOT_BEGUN = "not-begun"  # the host refused it, or was not reached
    CANCELLED = "cancelled"
    LEFT = "left"  # the engine ends; the order goes on


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEnded:
    """How an order ended; `output` without the lines of progress but the last."""

    end: End
    status: int | None = None
    late: bool = False
    output: str = ""
    detail: str = ""

    @property
    def fine(self) -> bool:
        return self.end is End.ENDED and self.status == 0

    def facts(self) -> dict[str, str]:
        """What it found out: the last word of each name counts."""
        found = {}
        for line in self.output.split("\n"):
            if line.startswith("fact "):
                name, _, value = line[5:].partition(" ")
                found[name] = value
        return found

    def last_words(self) -> str:
        """Its last lines, without our own words in them."""
        own = ("fact ", "progress ")
        lines = [line for line in self.output.split("\n") if line.strip() and not line.startswith(own)]
        return self.detail or "\n".join(lines[-5:])[-LAST_WORDS_CHARACTERS_MAX:]


class Heard:
    """What an order has said so far: facts and words, and of the lines of progress only the newest."""

    def __init__(self) -> None:
        self._rest = b""
        self._lines: deque[str] = deque(maxlen=LINES_KEPT_MAX)
        self._facts: dict[str, str] = {}
        self._progress = ""
        self.bytes = 0

    def take(self, piece: bytes) -> bool:
        """Hear more of it; True where a whole line came."""
        self.bytes += len(piece)
        # A program that writes its progress over again and again ends it with a carriage return.
        *whole, self._rest = (self._rest + piece).replace(b"\r", b"\n").split(b"\n")
        for line in whole:
            self._line(line.decode("utf-8", "replace")[:LINE_CHARACTERS_MAX])
        self._rest = self._rest[-4 * LINE_CHARACTERS_MAX :]
        return bool(whole)

    def _line(self, line: str) -> None:
        if line.startswith("progress "):
            self._progress = line
        elif line.startswith("fact "):
            self._facts[line[5:].partition(" ")[0]] = line
        elif line:
            self._lines.append(line)

    def output(self) -> str:
        """All of it, the rest of a line too."""
        rest = self._rest.decode("utf-8", "replace")
        lines = [*self._facts.values(), *self._lines, *([rest] if rest else [])]
        return "\n".join([*lines, *([self._progress] if self._progress else [])])


class OrderFollower:
    """Follows one order to its end. `told` hears its output so far, `away` whether its host is out of reach."""

    def __init__(
        self, hosts: Hosts, order: KeptOrder, *, told: Callable[[str], None], away: Callable[[bool], None],
        cancel: threading.Event, stopping: threading.Event,
    ) -> None:  # fmt: skip
        self._hosts, self._order, self._told, self._away = hosts, order, told, away
        self._cancel, self._stopping = cancel, stopping
        self._heard = Heard()
        self._out_of_reach = False

    def begin(self, order: Order) -> OrderEnded:
        """Start it and follow it to its end."""
        command = start_command(
            order.name, ("sh", "-c", order.script), seconds_max=LONG_SECONDS_MAX, secrets=order.secrets
        )
        given = "".join(f"{secret}\n" for secret in order.secrets).encode()
        said = self._hosts.run(
            order.node, shlex.join(command.argv), seconds_max=ASK_SECONDS_MAX, stdin=given
        )
        if said.refused:
            return OrderEnded(end=End.NOT_BEGUN, detail=said.words())
        if said.status not in (None, 0):
            return OrderEnded(end=End.NOT_BEGUN, detail=said.words())
        return self.go_on()  # where its answer was lost on the way it may run: a look tells

    def go_on(self) -> OrderEnded:
        """Follow what was started before, by this engine or an earlier one."""
        wait = 0.0
        while not self._stopping.is_set():
            pause = 0.0
            if self._cancel.is_set():
                ended = self._cancelled()
                if ended is not None:
                    return ended
                pause = LOOK_SECONDS_MAX
            else:
                state = self._look(wait)
                if state is not None and state.standing is not Standing.RUNNING:
                    return self._over(state)
                wait = min(LOOK_SECONDS_MAX, max(LOOK_SECONDS, wait * 1.5))
            if self._waited(AWAY_SECONDS_MAX if self._out_of_reach else pause):
                break
        return OrderEnded(end=End.LEFT, output=self._heard.output())

    def _waited(self, seconds: float) -> bool:
        """Wait, less long where somebody cancels; True where the engine ends."""
        step = min(seconds, LOOK_SECONDS_MAX)
        waited = 0.0
        while waited < seconds:
            if self._stopping.wait(step):
                return True
            waited += step
            if self._cancel.is_set() and not self._out_of_reach:
                break
        return False

    def _look(self, wait_seconds: float = 0.0) -> SupervisedState | None:
        """How it stands, its whole log heard up to now; None where the host gives no answer.

        It waits on the host, which knows its end at once.
        """
        while True:
            command = look_command(
                self._order.name, offset=self._heard.bytes, log_bytes=PIECE_BYTES, wait_seconds=wait_seconds
            )
            said = self._hosts.run(self._order.node, shlex.join(command.argv), seconds_max=ASK_SECONDS_MAX)
            state = _state(said)
            self._reach(state is not None)
            if state is None:
                return None
            if state.log and self._heard.take(state.log):
                self._told(self._heard.output())
            if self._heard.bytes >= state.log_bytes or not state.log:
                return state
            wait_seconds = 0.0

    def _reach(self, reached: bool) -> None:
        if reached == self._out_of_reach:
            self._out_of_reach = not reached
            self._away(self._out_of_reach)

    def _over(self, state: SupervisedState) -> OrderEnded:
        end = {Standing.ENDED: End.ENDED, Standing.VANISHED: End.VANISHED, Standing.ABSENT: End.ABSENT}[state.standing]
        return OrderEnded(
            end=end, status=state.status, late=state.late, output=self._heard.output(),
        )  # fmt: skip

    def _cancelled(self) -> OrderEnded | None:
        """End it and take away what it left half-done; None where the host can't be reached: tried again later."""
        state = self._look()
        if state is None:
            return None
        if state.standing is Standing.ENDED and state.status == 0:
            return self._over(state)  # it was done before anybody could stop it
        ended = end_long(self._hosts, self._order.node, self._order.name)
        if not ended.fine:
            self._reach(not ended.refused)
            return None
        said = take_back(self._hosts, self._order)
        if not said.fine:
            return OrderEnded(end=End.CANCELLED, output=self._heard.output(), detail=f"not taken back: {said.words()}")
        return OrderEnded(end=End.CANCELLED, output=self._heard.output())


def take_back(hosts: Hosts, order: KeptOrder) -> Said:
    """Take away what an order that did not end well left half-done; fine where it left nothing."""
    if not order.cancel:
        return Said(status=0)
    return hosts.run(order.node, order.cancel, seconds_max=CANCEL_SECONDS_MAX)


def clear_away(hosts: Hosts, order: KeptOrder) -> Said:
    """Remove the files by which an ended order was known on its host."""
    command = remove_command(order.name)
    return hosts.run(order.node, shlex.join(command.argv), seconds_max=ASK_SECONDS_MAX)


def _state(said: Said) -> SupervisedState | None:
    if not said.fine:
        return None
    try:
        return read_state("order", said.stdout)
    except ValueError:
        return None
