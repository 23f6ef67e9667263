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
from console.ssh.execution import EndReason
from console.ssh.sudo import sudoers_line

# No new connection to a server that hangs until 60 s have passed: a console must not use up its connections.
PAUSE_SILENT_SECONDS: Final = 60.0
PAUSE_GONE_SECONDS: Final = (0.0, 0.25, 0.25, 0.5, 0.5, *(1.0,) * 60, 5.0)
PAUSE_STARTING_SECONDS: Final = 0.5
PAUSE_REFUSED_SECONDS: Final = (2.0, 5.0, 15.0, 60.0, 300.0)  # each try leaves a line in the server's log
PAUSE_WRONG_SECONDS: Final = (1.0, 5.0, 30.0)


class SqlSession:
    """The life of one session. `changed` is called after its contact has changed, from any thread.

    Each opening has a number; what an older conversation still has to say is not taken for the newer one's.
    """

    def __init__(self, kind: Session, *, clock: Clock, changed: Callable[[], None]) -> None:
        self.kind = kind
        self._clock = clock
        self._changed = changed
        self._guard = threading.Lock()
        self._attempts = 0
        self._opening = 0  # the attempt that is under way; 0: none
        self._current = 0  # the attempt whose conversation is open; 0: none
        self._conversation: Conversation | None = None
        self._has_answered = False
        self._mend = ""  # the sudoers line that would let psql act as another account
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

    def begin(self, ticks: float) -> int:
        """May it be opened now? The attempt's number, or 0; whoever gets one must call `open` or `failed`."""
        with self._guard:
            if self._opening or self._conversation is not None or ticks < self._retry_ticks:
                return 0
            self._attempts += 1
            self._opening = self._attempts
            return self._opening

    def open(self, attempt: int, connection: Connection, command: Command, prologue: bytes, *, login: str) -> bool:
        """Start psql on the node as `login`; waits for the channel alone. False: it came to nothing."""
        self._mend = "" if command.become is None else sudoers_line(login or "LOGIN", command)
        conversation = Conversation(
            connection, command, clock=self._clock, on_end=lambda why: self._ended(attempt, why)
        )
        with self._guard:
            wanted = self._opening == attempt and not conversation.ended
            if self._opening == attempt:
                self._opening = 0
            if wanted:
                self._conversation, self._current, self._has_answered = conversation, attempt, False
        if wanted and prologue and not conversation.tell(prologue):
            self.restart()
            return False
        if not wanted:
            conversation.close()
        return wanted

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
            self._has_answered = True
            if self._contact.state is SqlState.ANSWERS:
                return
            self._contact = SqlContact(state=SqlState.ANSWERS, since=self._clock.now())
        self._changed()

    def failed(self, failure: Failure) -> None:
        """It could not be opened, or an answer could not be used; the contact says so and the next try is set."""
        now = self._clock.now()
        with self._guard:
            self._opening = 0
            self._failures += 1
            self._retry_ticks = now.ticks + _pause(failure, self._failures)
            self._contact = _contact_after(self._contact, failure, now)
        self._changed()

    def close(self) -> None:
        """End the session on purpose; the contact stays as it is."""
        with self._guard:
            conversation, self._conversation = self._conversation, None
            self._opening = self._current = 0
            self._failures = 0
            self._retry_ticks = float("-inf")
        if conversation is not None:
            conversation.close()

    def restart(self) -> None:
        """The session is of no more use, the server may be fine: end it and say that it has to be connected anew."""
        self.close()
        self.reset(SqlState.CONNECTING)
        self._changed()

    def hurry(self) -> None:
        """Something has changed on the node: try again at once."""
        self._retry_ticks = float("-inf")

    def reset(self, state: SqlState, detail: str = "") -> None:
        """Say why nothing is asked: the host is out of reach, or was not asked yet."""
        with self._guard:
            if self._contact.state is state:
                return
            self._contact = SqlContact(state=state, since=self._clock.now(), detail=detail)

    def _ended(self, attempt: int, why: TalkEnded | str) -> None:
        with self._guard:
            if attempt not in (self._current, self._opening):
                return  # an older one: what is open now is not its
            answered = self._has_answered and attempt == self._current
            if attempt == self._current:
                self._conversation, self._current = None, 0
            self._opening = 0
        if isinstance(why, str):
            self.failed(Failure(state=SqlState.UNREADABLE, detail=why))
        elif answered or why.reason not in (EndReason.EXITED, EndReason.KILLED):
            # A session of ours ended: whether the server did is found by connecting anew, at once.
            self._retry_ticks = float("-inf")
            self.reset(SqlState.CONNECTING, why.reason.value)
            self._changed()
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
