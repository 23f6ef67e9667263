"""What one connected host can be asked for: a command with its outcome, a long talk, a way through to another host."""

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_hex
from time import monotonic
from typing import Final, Protocol

from console.domain.reading import SshState
from console.ssh.command import Command, Outcome
from console.ssh.execution import EndReason, Exec
from console.ssh.framing import AfterMark, Gathered, LineSplitter, Tail, marked_line
from console.ssh.refused import SshRefused
from console.ssh.transport import Wire

STDERR_TAIL_BYTES: Final = 4096
LINE_BYTES_MAX: Final = 1_000_000
FORWARD_SECONDS_MAX: Final = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkEnded:
    """How a talk ended. `status` is None where none was told, -1 after a signal; `stderr` is its end."""

    status: int | None
    stderr: bytes
    reason: EndReason


class Stream(Protocol):
    """The part of a socket that a way through a host has."""

    def recv(self, size: int, /) -> bytes: ...

    def sendall(self, data: bytes, /) -> None: ...

    def settimeout(self, seconds: float | None, /) -> None: ...

    def close(self) -> None: ...


class _Gathering:
    """Keeps what a one-shot says until its end."""

    def __init__(self, limit_bytes: int, mark: str) -> None:
        self._start = AfterMark(mark)
        self.out = Gathered(limit_bytes)
        self.err = Gathered(limit_bytes)
        self.status: int | None = None
        self.done = threading.Event()

    def stdout(self, data: bytes) -> None:
        self.out.add(self._start.feed(data))

    def stderr(self, data: bytes) -> None:
        self.err.add(data)

    def ended(self, status: int | None, reason: EndReason) -> None:  # noqa: ARG002
        self.status = status
        held = self._start.rest()
        if held:
            self.out.add(held)
        self.done.set()


class _Lines:
    """Hands on a talk's lines as they come."""

    def __init__(
        self, on_line: Callable[[bytes], None], on_end: Callable[[TalkEnded], None], line_bytes_max: int
    ) -> None:
        self._on_line = on_line
        self._on_end = on_end
        self._splitter = LineSplitter(line_bytes_max)
        self._tail = Tail(STDERR_TAIL_BYTES)

    def stdout(self, data: bytes) -> None:
        for line in self._splitter.feed(data):
            self._on_line(line)

    def stderr(self, data: bytes) -> None:
        self._tail.add(data)

    def ended(self, status: int | None, reason: EndReason) -> None:
        self._on_end(TalkEnded(status=status, stderr=bytes(self._tail), reason=reason))


class Talk:
    """A command that is kept and asked again and again."""

    def __init__(self, running: Exec) -> None:
        self._running = running

    def send(self, data: bytes) -> bool:
        """Never waits: False, and nothing sent, where the host does not take it all at this moment."""
        return self._running.send_now(data)

    def close(self) -> None:
        """Ask the host to end it; `on_end` follows when the host has, or is gone."""
        self._running.end_input()
        self._running.close()


class Connection:
    """One host, logged in. Threads may share it; `on_line`, `on_end` and `on_lost` are called in its own thread."""

    def __init__(self, wire: Wire, name: str, *, on_lost: Callable[[SshRefused], None] | None = None) -> None:
        self.name = name
        self.on_lost = on_lost
        self._wire = wire
        wire.on_over = self._over

    @property
    def alive(self) -> bool:
        return bool(self._wire.is_active())

    @property
    def address(self) -> str | None:
        """The host's own address as we reached it; None where the way leads through a jump host."""
        sock = self._wire.sock
        return str(sock.getpeername()[0]) if isinstance(sock, socket.socket) else None

    def run(self, command: Command) -> Outcome:
        """Run a command to its end, within its limits. Raises SshRefused where it could not be begun."""
        began = monotonic()
        deadline = began + command.seconds_max
        mark = token_hex(12) if command.marked else ""
        gathering = _Gathering(command.output_bytes_max, mark)
        line = marked_line(command.line(), mark) if mark else command.line()
        running = self._wire.execute(line, gathering, seconds_max=command.seconds_max)
        given = _given(command)
        if not given or running.send_all(given, seconds_max=deadline - monotonic()):
            running.end_input()
        finished = gathering.done.wait(max(0.0, deadline - monotonic()))
        if not finished:
            running.close()
        return Outcome(
            status=gathering.status,
            stdout=bytes(gathering.out),
            stderr=bytes(gathering.err),
            seconds=monotonic() - began,
            cut=bool(gathering.out.discarded or gathering.err.discarded),
            timed_out=not finished,
        )

    def talk(
        self,
        command: Command,
        *,
        on_line: Callable[[bytes], None],
        on_end: Callable[[TalkEnded], None],
        line_bytes_max: int = LINE_BYTES_MAX,
    ) -> Talk:
        """Start a command that is kept. Its lines come without their newline; one over the limit is a `CutLine`.

        `seconds_max` of the command limits its start only. Raises SshRefused where it could not be begun; `on_end`
        is called once, also then if a channel was opened.
        """
        running = self._wire.execute(
            command.line(), _Lines(on_line, on_end, line_bytes_max), seconds_max=command.seconds_max
        )
        given = _given(command)
        if given and not running.send_all(given, seconds_max=command.seconds_max):
            running.close()
        return Talk(running)

    def open_forward(self, host: str, port: int, *, seconds_max: float = FORWARD_SECONDS_MAX) -> Stream:
        """A way from this host to another one's port. Raises SshRefused."""
        stream: Stream = self._wire.open_forward(host, port, seconds_max=seconds_max)
        return stream

    def can_reach(self, host: str, port: int, *, seconds_max: float = FORWARD_SECONDS_MAX) -> bool:
        """Whether this host gets a connection to another one's port.

        Raises SshRefused where that stays open: forwarding is forbidden there, or the host itself does not answer.
        """
        return self._wire.reaches(host, port, seconds_max=seconds_max)

    def close(self) -> None:
        """End it, and all that runs on it."""
        self._wire.shut()

    def _over(self, told: str | None) -> None:
        if told is not None and self.on_lost is not None:
            state = SshState.SILENT if self._wire.gave_up else SshState.BROKEN
            self.on_lost(SshRefused(state, self.name, detail=f"the connection was lost: {told}"))


def _given(command: Command) -> bytes:
    """What goes to standard input: the secrets, a line each, then the rest."""
    return b"".join(secret.encode("utf-8") + b"\n" for secret in command.secrets) + command.stdin
