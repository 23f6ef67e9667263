"""One session with a node's PostgreSQL: opened, kept for hours, and opened again with pauses when it ends."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from console.domain.reading import Moment, Refusal, SqlContact, SqlState
from console.monitor.clock import Clock
from console.monitor.conversation import Conversation, Heard
from console.postgres.probe import Failure, Session, failure_of
from console.ssh.command import Command
from console.ssh.connection import Connection, TalkEnded
from console.ssh.sudo import sudoers_line

# No new connection to a server that hangs until 60 s have passed: a console must not use up its connections.
PAUSE_SILENT_SECONDS: Final = 60.0
PAUSE_GONE_SECONDS: Final = (0.0, 0.25, 0.25, 0.5, 0.5, 1.0)
PAUSE_STARTING_SECONDS: Final = 0.5
PAUSE_REFUSED_SECONDS: Final = (2.0, 5.0, 15.0, 60.0, 300.0)  # each try leaves a line in the server's log
PAUSE_WRONG_SECONDS: Final = (1.0, 5.0, 30.0)


class SqlSession:
    """The life of one session. `changed` is called after its contact has changed, from any thread."""

    def __init__(self, kind: Session, *, clock: Clock, changed: Callable[[], None]) -> None:
        self.kind = kind
        self._clock = clock
        self._changed = changed
        self._guard = threading.Lock()
        self._conversation: Conversation | None = None
        self._mend = ""  # the sudoers line that would let psql act as another account
        self._opening = False
        self._failures = 0
        self._retry_ticks = float("-inf")
        self._contact = SqlContact(state=SqlState.CONNECTING, since=clock.now())

    @property
    def contact(self) -> SqlContact:
        return self._contact

    @property
    def is_open(self) -> bool:
        return self._conversation is not None

    @property
    def asked_ticks(self) -> float | None:
        conversation = self._conversation
        return None if conversation is None else conversation.asked_ticks

    def begin(self, ticks: float) -> bool:
        """May it be opened now? True once: whoever hears it must call `open` or `failed`."""
        with self._guard:
            if self._opening or self._conversation is not None or ticks < self._retry_ticks:
                return False
            self._opening = True
            return True

    def open(self, connection: Connection, command: Command, prologue: bytes, *, login: str) -> None:
        """Start psql on the node as `login`; blocks no longer than opening a channel takes."""
        self._mend = "" if command.become is None else sudoers_line(login or "LOGIN", command)
        conversation = Conversation(connection, command, clock=self._clock, on_end=self._ended)
        with self._guard:
            self._opening = False
            if not conversation.ended:
                self._conversation = conversation
        if prologue:
            conversation.tell(prologue)

    def ask(self, question: Callable[[str], bytes], then: Heard) -> bool:
        conversation = self._conversation
        return conversation is not None and conversation.ask(question, then)

    def tell(self, text: bytes) -> bool:
        conversation = self._conversation
        return conversation is not None and conversation.tell(text)

    def answered(self) -> None:
        """An answer came that could be read."""
        with self._guard:
            self._failures = 0
            if self._contact.state is SqlState.ANSWERS:
                return
            self._contact = SqlContact(state=SqlState.ANSWERS, since=self._clock.now())
        self._changed()

    def failed(self, failure: Failure) -> None:
        """The session ended, or an answer could not be used; the contact says so and the next try is set."""
        now = self._clock.now()
        with self._guard:
            self._opening = False
            self._failures += 1
            self._retry_ticks = now.ticks + _pause(failure, self._failures)
            self._contact = _contact_after(self._contact, failure, now)
        self._changed()

    def close(self) -> None:
        """End the session on purpose; the contact stays as it is."""
        with self._guard:
            conversation, self._conversation = self._conversation, None
            self._failures = 0
            self._retry_ticks = float("-inf")
        if conversation is not None:
            conversation.close()

    def hurry(self) -> None:
        """Something has changed on the node: try again at once."""
        self._retry_ticks = float("-inf")

    def reset(self, state: SqlState, detail: str = "") -> None:
        """Say why nothing is asked: the host is out of reach, or was not asked yet."""
        with self._guard:
            if self._contact.state is state:
                return
            self._contact = SqlContact(state=state, since=self._clock.now(), detail=detail)

    def _ended(self, why: TalkEnded | str) -> None:
        with self._guard:
            self._conversation = None
        if isinstance(why, str):
            self.failed(Failure(state=SqlState.UNREADABLE, detail=why))
        else:
            failure = failure_of(why.stderr, why.status)
            if failure.state is SqlState.SUDO_REFUSED and self._mend:
                failure = replace(failure, detail=f"{failure.detail}; this sudoers line mends it: {self._mend}")
            self.failed(failure)


def _contact_after(before: SqlContact, failure: Failure, now: Moment) -> SqlContact:
    same = before.state is failure.state and before.refusal is failure.refusal
    since = before.since if same else now
    return SqlContact(state=failure.state, since=since, detail=failure.detail, refusal=failure.refusal)


def _pause(failure: Failure, failures: int) -> float:
    """Seconds until the next try, by what went wrong and how often in a row."""

    def nth(pauses: tuple[float, ...]) -> float:
        return pauses[min(failures, len(pauses)) - 1]

    match failure.state:
        case SqlState.NO_SERVER:
            return nth(PAUSE_GONE_SECONDS)
        case SqlState.SILENT:
            return PAUSE_SILENT_SECONDS
        case SqlState.REFUSES:
            if failure.refusal in (Refusal.STARTING, Refusal.RECOVERING, Refusal.SHUTTING_DOWN):
                return PAUSE_STARTING_SECONDS
            return nth(PAUSE_REFUSED_SECONDS)
        case _:
            return nth(PAUSE_WRONG_SECONDS)
