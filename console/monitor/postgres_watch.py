"""Asks the PostgreSQL of one node: the vital and the books question, and on a primary the heartbeat."""

import logging
import random
import threading
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Final, Protocol

from console.domain.cluster import ClusterSpec, NodeSpec
from console.domain.observation import Observation
from console.domain.reading import Books, Moment, Refusal, SqlState, Vital
from console.monitor.clock import Clock
from console.monitor.sql_session import SqlSession
from console.postgres import facts, probe
from console.postgres.probe import Answer, Failure, Session
from console.ssh.connection import Connection
from console.ssh.refused import SshRefused
from console.ssh.sessions import Sessions

SIZE_EVERY_SECONDS: Final = 60.0  # the database's size walks its directory
SURVEY_EVERY_SECONDS: Final = 300.0
PREPARED_VITAL: Final = probe.prepared("vital", facts.VITAL.sql)


log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tools:
    """What a watch is given by its builder."""

    sessions: Sessions
    pool: Executor
    clock: Clock
    writer: str  # names our row in the heartbeat table, and our psql processes on a host
    password: Callable[[NodeSpec], str | None]  # may wait for a person; None: nobody knows it
    wrong_password: Callable[[NodeSpec], None]
    chance: random.Random

    def marker(self, cluster: ClusterSpec, node: NodeSpec) -> str:
        """By what our own processes for this node are known on its host, where other nodes of ours may live too."""
        return f"{self.writer}:{cluster.name}:{node.name};"


class Keeper(Protocol):
    """Who holds what is known of the node, and tells others."""

    def keep_vital(self, vital: Vital) -> None: ...

    def keep_books(self, books: Books) -> None: ...

    def keep_beat(self, beat: int, ticks: float) -> None: ...

    def keep_full(self, at: Moment) -> None: ...

    def server_gone(self) -> None: ...

    def told(self) -> None: ...

    def known(self) -> Observation: ...


class PostgresWatch:
    """The sessions of one engine with one server: two that ask, and on a primary one that writes the heartbeat."""

    def __init__(self, cluster: ClusterSpec, node: NodeSpec, tools: Tools, keeper: Keeper) -> None:
        self.cluster, self.node, self._tools, self._keeper = cluster, node, tools, keeper
        self._guard = threading.Lock()
        self._connection: Connection | None = None
        self._directory: str | None = None
        self._login = ""
        self._survey: facts.Survey | None = None
        self._survey_ticks = float("-inf")
        self._size_ticks = float("-inf")
        self._size: int | None = None
        self._books_fact: facts.Fact[Books] | None = None
        self.vital = SqlSession(Session.VITAL, clock=tools.clock, changed=self._vital_changed)
        self.books = SqlSession(Session.BOOKS, clock=tools.clock, changed=keeper.told)
        self.beat = SqlSession(Session.BEAT, clock=tools.clock, changed=keeper.told)
        self._all = (self.vital, self.books, self.beat)
        self._prepared_beat = probe.prepared("beat", facts.beat_fact(tools.writer).sql)
        self.beat_held = False  # by a rehearsal: nothing is written
        self._beat_ticks: float | None = None  # when our heartbeat was last written, or became ours to write

    def reached(self, connection: Connection, directory: str | None, login: str) -> None:
        """The host is reached as `login`, and `directory` holds psql: sessions may be opened over this connection."""
        self._connection, self._directory, self._login = connection, directory, login
        for session in self._all:
            session.hurry()
            session.reset(SqlState.CONNECTING)

    def unreached(self) -> None:
        """The connection is gone, and the sessions with it."""
        self._connection = None
        self._survey = self._books_fact = None
        for session in self._all:
            session.close()
            session.reset(SqlState.SSH)

    @property
    def beats(self) -> bool:
        """Is this the node whose heartbeat we write: a primary, where the role may?"""
        vital, survey = self._keeper.known().vital, self._survey
        return vital is not None and not vital.in_recovery and survey is not None and survey.may_beat

    def beat_age(self, ticks: float) -> float | None:
        """Seconds since our heartbeat was last written; None where it is not ours to write, or nobody answers."""
        vital, last = self._keeper.known().vital, self._beat_ticks
        answers = vital is not None and self.vital.contact.state is SqlState.ANSWERS
        return max(0.0, ticks - last) if answers and last is not None and self.beats else None

    def hurry(self) -> None:
        for session in self._all:
            session.hurry()

    def round(self, ticks: float) -> None:
        """Ask what is to be asked in this round; never waits."""
        self.ask_vital()
        self._ask_books(ticks)
        self._ask_beat()

    def _open(self, session: SqlSession, prologue: bytes, then: Callable[[], None]) -> bool:
        """Is the session open? Where it is not and may be, it is opened in the pool, and `then` called."""
        if session.is_open:
            return True
        connection, target = self._connection, self.node.postgres
        if connection is None or target is None:
            return False
        attempt = session.begin(self._tools.clock.ticks())
        if not attempt:
            return False
        if self._directory is None:
            session.failed(Failure(state=SqlState.NO_PROGRAM, detail="psql was found neither in PATH nor beside it"))
            return False
        # Opening a channel waits for the host: neither the scheduler nor the connection's own thread may do that.
        self._tools.pool.submit(self._open_guarded, session, attempt, connection, prologue, then)
        return False

    def _open_guarded(
        self, session: SqlSession, attempt: int, connection: Connection, prologue: bytes, then: Callable[[], None]
    ) -> None:
        try:
            self._open_now(session, attempt, connection, prologue, then)
        except Exception as error:  # a poll round: whatever it is, the session must be free to be tried again
            log.exception("%s: a session could not be opened in a way that was not foreseen", self.node.name)
            session.failed(Failure(state=SqlState.UNREADABLE, detail=f"{type(error).__name__}: {error}"))

    def _open_now(
        self, session: SqlSession, attempt: int, connection: Connection, prologue: bytes, then: Callable[[], None]
    ) -> None:
        assert self.node.postgres is not None
        password = None
        if self.node.postgres.password:
            password = self._tools.password(self.node)
            if password is None:
                detail = "its database password is not known; a face that watches is asked for it (or: --ask)"
                session.failed(Failure(state=SqlState.REFUSES, detail=detail, refusal=Refusal.PASSWORD))
                return
        command = probe.psql_command(
            self.cluster,
            self.node,
            session.kind,
            program=f"{self._directory}/psql",
            marker=self._tools.marker(self.cluster, self.node),
            password=password,
        )
        try:
            opened = session.open(attempt, connection, command, prologue, login=self._login)
        except SshRefused as refused:
            session.failed(Failure(state=SqlState.SSH, detail=refused.detail))
            return
        if self._connection is not connection:
            session.close()
            return
        if opened:
            then()

    def ask_vital(self) -> None:
        if self._open(self.vital, PREPARED_VITAL, self.ask_vital):
            self.vital.ask(lambda nonce: probe.asked("execute vital", nonce), self._vital_heard)

    def _vital_heard(self, answer: Answer, asked: float, answered: float) -> None:
        now = self._tools.clock.now()
        if answer.sqlstate == probe.NOT_PREPARED:
            self.vital.restart()
            return
        if answer.sqlstate == probe.PROMOTED:
            return  # promoted in the middle of the question: the next round asks again
        if not answer.fine:
            self.vital.failed(probe.failure_of_statement(answer))
            return
        try:
            vital = facts.VITAL.read(answer.lines[0], now, answered - asked)
        except ValueError as error:
            self.vital.failed(Failure(state=SqlState.UNREADABLE, detail=f"the vital answer: {error}"))
            return
        self._keeper.keep_vital(vital)
        self.vital.answered()

    def _vital_changed(self) -> None:
        """The vital session's contact has changed: if the server is gone, look at the host twice, at once."""
        contact = self.vital.contact
        if contact.refusal is Refusal.PASSWORD and contact.state is SqlState.REFUSES and "failed" in contact.detail:
            # The keyring may wait for a person to unlock it: never in the connection's own thread.
            self._tools.pool.submit(self._tools.wrong_password, self.node)
        if contact.state in (SqlState.NO_SERVER, SqlState.SILENT, SqlState.REFUSES, SqlState.CONNECTING):
            self._keeper.server_gone()
        self._keeper.told()

    def _ask_books(self, ticks: float) -> None:
        if self._keeper.known().vital is None or self.vital.contact.state is not SqlState.ANSWERS:
            return
        if not self._open(self.books, b"", self._books_opened):
            return
        with_size = ticks - self._size_ticks >= SIZE_EVERY_SECONDS
        if self._survey is None or ticks - self._survey_ticks >= SURVEY_EVERY_SECONDS:
            fact = facts.survey_fact(self.cluster.ledger)
            self.books.ask(lambda nonce: probe.asked(fact.sql, nonce), self._books_surveyed)
            return
        if with_size:
            sized = self._books_question(size=True)
            if self.books.ask(lambda nonce: probe.asked(" ".join(sized.sql.split()), nonce), self._books_heard):
                self._size_ticks = ticks
            return
        if self._books_fact is None:
            self._books_fact = self._books_question(size=False)
            self.books.tell(probe.prepared("books", self._books_fact.sql))
        self.books.ask(lambda nonce: probe.asked("execute books", nonce), self._books_heard)

    def _books_opened(self) -> None:
        """A new session knows none of our prepared questions."""
        self._books_fact = None
        self._ask_books(self._tools.clock.ticks())

    def _books_question(self, *, size: bool) -> facts.Fact[Books]:
        assert self._survey is not None
        return facts.books_fact(ledger=self.cluster.ledger, writer=self._tools.writer, survey=self._survey, size=size)

    def _books_surveyed(self, answer: Answer, asked: float, answered: float) -> None:
        if not answer.fine:
            self.books.failed(probe.failure_of_statement(answer))
            return
        try:
            survey = facts.read_survey(answer.lines[0], self._tools.clock.now(), answered - asked)
        except ValueError as error:
            self.books.failed(Failure(state=SqlState.UNREADABLE, detail=f"the survey's answer: {error}"))
            return
        with self._guard:
            self._survey, self._survey_ticks = survey, answered
            self._books_fact = None
        self._ask_books(answered)

    def _books_heard(self, answer: Answer, asked: float, answered: float) -> None:
        if not answer.fine:
            if answer.sqlstate == probe.NOT_PREPARED:
                # A lock stopped the preparing, whose own answer nobody reads; it is prepared anew in the next round.
                self._books_fact = None
                detail = f"{answer.sqlstate} the question could not be prepared"
                self.books.failed(Failure(state=SqlState.BLOCKED, detail=detail))
                return
            if answer.sqlstate in probe.OTHER_TABLES:
                self._survey_ticks = float("-inf")
            self.books.failed(probe.failure_of_statement(answer))
            return
        try:
            books = facts.read_books(answer.lines[0], self._tools.clock.now(), answered - asked)
        except ValueError as error:
            self.books.failed(Failure(state=SqlState.UNREADABLE, detail=f"the books answer: {error}"))
            return
        with self._guard:
            if books.database_bytes is not None:
                self._size = books.database_bytes
            books = replace(books, database_bytes=self._size)
        self._keeper.keep_books(books)
        self.books.answered()

    def _ask_beat(self) -> None:
        """Write the heartbeat where the role allows it, on a primary alone."""
        if not self.beats:
            self._beat_ticks = None
            if self.beat.is_open:
                self._tools.pool.submit(self.beat.close)  # closing a channel may wait for the host
            return
        if self._beat_ticks is None:
            self._beat_ticks = self._tools.clock.ticks()
        if self.beat_held:
            return
        if self._open(self.beat, self._prepared_beat, self._ask_beat):
            self.beat.ask(lambda nonce: probe.asked("execute beat", nonce), self._beat_heard)

    def _beat_heard(self, answer: Answer, asked: float, answered: float) -> None:
        if not answer.fine:
            if probe.says_full(answer):
                self._keeper.keep_full(self._tools.clock.now())
            if answer.sqlstate == probe.NOT_PREPARED:
                self.beat.restart()
                return
            self.beat.failed(probe.failure_of_statement(answer))
            return
        try:
            beat = facts.read_beat(answer.lines[0], self._tools.clock.now(), answered - asked)
        except ValueError as error:
            self.beat.failed(Failure(state=SqlState.UNREADABLE, detail=f"the heartbeat's answer: {error}"))
            return
        self.beat.answered()
        self._beat_ticks = answered
        self._keeper.keep_beat(beat, answered)
