"""One command's channel: what it says is handed on as it comes, and its end is told once, with the reason."""

import logging
import threading
from collections.abc import Callable
from enum import Enum
from typing import Any, Final, Protocol

from console.ssh.framing import Flood

READ_BYTES: Final = 65536

_log = logging.getLogger(__name__)


class EndReason(Enum):
    """Why a command's channel ended."""

    EXITED = "exited"  # by itself, with a status
    KILLED = "killed"  # by a signal
    CLOSED = "closed"  # by us
    CUT = "cut"  # the host closed the channel and gave no status
    LOST = "lost"  # the connection ended
    FLOOD = "flood"  # far more than its limit came without an end
    FAULTY = "faulty"  # our own handling of its output failed; the log says how


class Listener(Protocol):
    """Hears what a command says, always in the connection's own thread, so it must not wait for anything."""

    def stdout(self, data: bytes) -> None: ...

    def stderr(self, data: bytes) -> None: ...

    def ended(self, status: int | None, reason: EndReason) -> None: ...


class Carrier(Protocol):
    """What a channel needs of the connection below it."""

    def send_now(self, channel: Any, data: bytes) -> bool: ...

    def send_all(self, channel: Any, data: bytes, *, seconds_max: float) -> bool: ...

    def end_input(self, channel: Any) -> None: ...

    def hang_up(self, channel: Any) -> None: ...


class Exec:
    """The channel of one command. The listener hears `ended` once, as the last thing."""

    def __init__(self, wire: Carrier, channel: Any, listener: Listener) -> None:
        self._wire = wire
        self._channel = channel
        self._listener = listener
        self._reason: EndReason | None = None
        self._status: int | None = None
        self._ended = False
        self.answered = threading.Event()  # the host took the command, refused it, or is gone
        self.taken = False

    def send_now(self, data: bytes) -> bool:
        """Send all of it, or nothing where that would have to wait."""
        return self._wire.send_now(self._channel, data)

    def send_all(self, data: bytes, *, seconds_max: float) -> bool:
        """Send all of it, waiting for the other side to read; False where that took too long, or it ended."""
        return self._wire.send_all(self._channel, data, seconds_max=seconds_max)

    def end_input(self) -> None:
        """Its standard input ends here."""
        self._wire.end_input(self._channel)

    def close(self, reason: EndReason = EndReason.CLOSED) -> None:
        """Ask the host to end the command. `ended` follows when the host has closed the channel, or is gone."""
        if self._reason is None:
            self._reason = reason
            self._wire.hang_up(self._channel)

    # What follows is called in the connection's own thread only.

    def hear(self) -> None:
        """Read what has arrived."""
        channel = self._channel
        while channel.recv_ready():
            self._tell(self._listener.stdout, channel.recv(READ_BYTES))
        while channel.recv_stderr_ready():
            self._tell(self._listener.stderr, channel.recv_stderr(READ_BYTES))

    def hear_status(self, name: str) -> None:
        """The host told how the command ended; the channel's end is still to come."""
        if name == "exit-status":
            self._status = self._channel.exit_status
        elif name == "exit-signal":
            self._status = -1

    def hear_answer(self, *, taken: bool) -> None:
        """The host took the command, or refused it."""
        self.taken = taken
        self.answered.set()

    def finish(self, reason: EndReason) -> None:
        """The channel is closed on both sides, or the connection is gone."""
        if self._ended:
            return
        self._ended = True
        if reason is EndReason.CUT and self._status is not None:
            reason = EndReason.KILLED if self._status < 0 else EndReason.EXITED
        self.answered.set()
        guarded(self._listener.ended, self._status, self._reason or reason)

    def _tell(self, listen: Callable[[bytes], None], data: bytes) -> None:
        if self._reason is not None or not data:
            return
        fault = guarded(listen, data)
        if fault is not None:
            self.close(fault)


def guarded(call: Callable[..., None], *arguments: object) -> EndReason | None:
    """Call what is not ours in the connection's thread. What is wrong with it, or None; the log has the traceback.

    An exception that went on would end the connection, and with it everything else that runs on it.
    """
    try:
        call(*arguments)
    except Flood:
        return EndReason.FLOOD
    except Exception:
        _log.exception("handling a host's answer failed")
        return EndReason.FAULTY
    return None
