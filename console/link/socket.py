"""A face's end of the link: it connects to the engine, asks, and hears what the engine tells."""

import itertools
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from console.link.frames import LinkLost, framed, hang_up, read_frame
from console.link.messages import PROTOCOL, Hello, Message, Refused, Welcome, decode, encode

CONNECT_SECONDS_MAX: Final = 2.0
ANSWER_SECONDS_MAX: Final = 10.0


class Link:
    """One connection to the engine.

    `on_message` hears what the engine tells unasked, the Welcome first; `on_lost` is called once, when the
    connection ends and this side did not end it. Both are called from the reader's own thread.
    Raises LinkLost where nobody listens, or where the engine speaks another version of the link.
    """

    def __init__(
        self,
        path: Path,
        *,
        face: str,
        watches: bool,
        on_message: Callable[[Message], None],
        on_lost: Callable[[str], None],
        person: str = "",
    ) -> None:
        self._on_message = on_message
        self._on_lost = on_lost
        self._numbers = itertools.count(1)
        self._waiting: dict[int, Callable[[Message], None]] = {}
        self._guard = threading.Lock()
        self._closed = False
        self._connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self._connection.settimeout(CONNECT_SECONDS_MAX)
            self._connection.connect(str(path))
            hello = Hello(protocol=PROTOCOL, face=face, watches=watches, person=person)
            self._connection.sendall(framed(encode(hello)))
            self._connection.settimeout(ANSWER_SECONDS_MAX)
            _, first = decode(read_frame(self._connection))
            self._connection.settimeout(None)
        except OSError as error:
            self._connection.close()
            raise LinkLost(f"no engine listens at {path}: {error.strerror or error}") from error
        except LinkLost:
            self._connection.close()
            raise
        except ValueError as error:
            self._connection.close()
            raise LinkLost(f"the engine that runs is of another version ({error}): stop it first") from error
        if isinstance(first, Refused):
            self._connection.close()
            raise LinkLost(first.detail)
        if not isinstance(first, Welcome) or first.protocol != PROTOCOL:
            self._connection.close()
            raise LinkLost("the engine that runs is of another version: stop it with 'ledger-console engine stop'")
        self.welcome = first
        self._thread = threading.Thread(target=self._read, name="link reader", daemon=True)
        on_message(first)
        self._thread.start()

    def send(self, message: Message, on_answer: Callable[[Message], None]) -> None:
        """Ask without waiting; `on_answer` is called from the reader's thread: Refused if the link is lost first."""
        number = next(self._numbers)
        with self._guard:
            lost = self._closed
            if not lost:
                self._waiting[number] = on_answer
        if lost:
            on_answer(Refused(reason="engine-lost"))
            return
        try:
            with self._guard:
                self._connection.sendall(framed(encode(message, number=number)))
        except OSError:
            # The reader sees the same end and gives every open question its answer.
            hang_up(self._connection)

    def ask(self, message: Message, *, seconds_max: float = ANSWER_SECONDS_MAX) -> Message:
        """Ask and wait. Raises LinkLost where no answer came within the limit."""
        answered = threading.Event()
        answers: list[Message] = []

        def keep(answer: Message) -> None:
            answers.append(answer)
            answered.set()

        self.send(message, keep)
        if not answered.wait(seconds_max):
            raise LinkLost(f"the engine gave no answer within {seconds_max:g} s")
        answer = answers[0]
        if isinstance(answer, Refused) and answer.reason == "engine-lost":
            raise LinkLost("the engine ended before it answered")
        return answer

    def close(self) -> None:
        """End the connection; `on_lost` is not called."""
        with self._guard:
            self._closed = True
        hang_up(self._connection)
        if threading.current_thread() is not self._thread:
            self._thread.join(CONNECT_SECONDS_MAX)

    def _read(self) -> None:
        reason = "the engine has ended"
        try:
            while True:
                number, message = decode(read_frame(self._connection))
                if number == 0:
                    self._on_message(message)
                    continue
                with self._guard:
                    waiting = self._waiting.pop(number, None)
                if waiting is not None:
                    waiting(message)
        except LinkLost as lost:
            reason = lost.reason
        except ValueError as error:
            reason = f"the engine said what this version cannot read: {error}"
        with self._guard:
            ours, self._closed = self._closed, True
            open_questions, self._waiting = list(self._waiting.values()), {}
        for waiting in open_questions:
            waiting(Refused(reason="engine-lost"))
        if not ours:
            hang_up(self._connection)
            self._on_lost(reason)
