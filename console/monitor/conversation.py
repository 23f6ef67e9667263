"""One long-lived program on a node that answers one question at a time: psql, or sh."""

import secrets
import threading
from collections.abc import Callable
from typing import Final

from console.monitor.clock import Clock
from console.postgres.probe import Answer, Frame
from console.ssh.command import Command
from console.ssh.connection import Connection, Talk, TalkEnded
from console.ssh.framing import CutLine

JUNK_LINES_MAX: Final = 2000  # lines that belong to no answer, in a row: a program that only chatters is not asked on

Heard = Callable[[Answer, float, float], None]  # the answer, asked and answered in ticks


class Conversation:
    """Asks over a talk and frames what comes back; at most one question is out at any time.

    `on_end` hears once why the program ended. Callbacks come from the SSH transport's thread.
    """

    def __init__(
        self, connection: Connection, command: Command, *, clock: Clock, on_end: Callable[[TalkEnded | str], None]
    ) -> None:
        self._clock = clock
        self._on_end = on_end
        self._guard = threading.Lock()
        self._frame: Frame | None = None
        self._asked = 0.0
        self._heard: Heard | None = None
        self._ended = False
        self._junk_lines = 0
        self._talk: Talk = connection.talk(command, on_line=self._line, on_end=self._end)

    @property
    def asked_ticks(self) -> float | None:
        """Since when a question is out; None where none is."""
        with self._guard:
            return None if self._frame is None else self._asked

    @property
    def ended(self) -> bool:
        return self._ended

    def ask(self, question: Callable[[str], bytes], then: Heard) -> bool:
        """Ask; False where the last question is still out or the program cannot be written to."""
        nonce = secrets.token_hex(8)
        with self._guard:
            if self._frame is not None or self._ended:
                return False
            self._frame, self._heard, self._asked = Frame(nonce), then, self._clock.ticks()
        if self._talk.send(question(nonce)):
            return True
        with self._guard:
            self._frame = self._heard = None
        return False

    def tell(self, text: bytes) -> bool:
        """Write lines that have no answer."""
        return self._talk.send(text)

    def close(self) -> None:
        with self._guard:
            self._ended = True
        self._talk.close()

    def _line(self, line: bytes) -> None:
        with self._guard:
            frame, heard, asked = self._frame, self._heard, self._asked
        try:
            if isinstance(line, CutLine):
                raise ValueError(f"it printed a line over the limit, beginning with {bytes(line[:40])!r}")
            self._count_junk(frame)
            # Junk between answers is thrown away: a shell's greeting, a notice.
            answer = None if frame is None else frame.feed(line)
        except ValueError as broken:
            self._finish(f"{broken}")
            self._talk.close()
            return
        if answer is None or heard is None:
            return
        with self._guard:
            self._frame = self._heard = None
        heard(answer, asked, self._clock.ticks())

    def _count_junk(self, frame: Frame | None) -> None:
        self._junk_lines = 0 if frame is not None and frame.is_open else self._junk_lines + 1
        if self._junk_lines > JUNK_LINES_MAX:
            raise ValueError(f"it printed over {JUNK_LINES_MAX} lines that belong to no answer")

    def _end(self, ended: TalkEnded) -> None:
        self._finish(ended)

    def _finish(self, why: TalkEnded | str) -> None:
        with self._guard:
            told, self._ended = self._ended, True
            self._frame = self._heard = None
        if not told:
            self._on_end(why)


def framed(script: str, nonce: str) -> bytes:
    """A script for `sh`, its output framed as an answer of psql is."""
    return f"echo '{nonce} begin'\n{script}echo; echo '{nonce} end 00000'\n".encode()
