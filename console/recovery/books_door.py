"""The way to a node's books: psql sessions over SSH that answer one question at a time, and its timeline's history."""

import secrets
import threading
from collections.abc import Callable
from typing import Final, Protocol

from console.domain.cluster import ClusterSpec, NodeSpec
from console.domain.reading import SqlState
from console.domain.text import shown
from console.postgres import host_facts, probe
from console.postgres.probe import Answer, Frame, Session
from console.ssh.command import Command
from console.ssh.connection import Connection, TalkEnded
from console.ssh.framing import CutLine
from console.ssh.refused import SshRefused
from console.ssh.sessions import Sessions

LATE_SECONDS: Final = 5.0  # an answer may be that much later than the server's own limit
SURVEY_SECONDS_MAX: Final = 15.0
HISTORY_SECONDS_MAX: Final = 10.0
HISTORY_BYTES_MAX: Final = 1_000_000


class BooksTrouble(Exception):
    """A node's books could not be asked: a kebab-case reason, and what was said."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason, self.detail = reason, detail


class BooksSession(Protocol):
    """One session with a node's server; transactions are statements like others."""

    def ask(self, sql: str, *, seconds_max: float) -> bytes:
        """The one line that a statement answers with; empty where it answers none. Raises BooksTrouble."""

    def close(self) -> None: ...


class BooksDoor(Protocol):
    """Opens sessions with the servers of a cluster's nodes."""

    def open(self, node: str) -> BooksSession:
        """A new session with a node's server. Raises BooksTrouble."""

    def history(self, node: str, data_directory: str, timeline: int) -> str | None:
        """The history file of a timeline on a node; None where it can't be read."""

    def close(self) -> None: ...


_REASONS: Final = {
    "42P01": "no-table", "42703": "no-column", "3F000": "no-table", "42501": "no-rights", "42883": "other-types",
    "57014": "too-slow", "40001": "conflict-with-recovery", "55P03": "locked", "54000": "too-large",
}  # fmt: skip


def trouble_of(answer: Answer) -> BooksTrouble:
    """Why a statement failed."""
    if answer.sqlstate in _REASONS:
        return BooksTrouble(_REASONS[answer.sqlstate], f"{answer.sqlstate} {answer.message}")
    return BooksTrouble("server-error", f"{answer.sqlstate} {answer.message}")


class PsqlSession:
    """A psql over SSH that is asked by one thread."""

    def __init__(self, connection: Connection, command: Command) -> None:
        self._ready = threading.Condition()
        self._frame: Frame | None = None
        self._answer: Answer | None = None
        self._over: BooksTrouble | None = None
        self._talk = connection.talk(command, on_line=self._line, on_end=self._end)

    def ask(self, sql: str, *, seconds_max: float) -> bytes:
        nonce = secrets.token_hex(8)
        limit = f"set statement_timeout = {max(1, round(seconds_max * 1000))};\n".encode()
        with self._ready:
            if self._over is not None:
                raise self._over
            self._frame, self._answer = Frame(nonce), None
        if not self._talk.send(limit + probe.asked(sql, nonce)):
            raise BooksTrouble("session-ended", "the host took no question")
        with self._ready:
            in_time = self._ready.wait_for(lambda: self._answer or self._over, seconds_max + LATE_SECONDS)
            answer, self._frame = self._answer, None
            if answer is None and self._over is not None:
                raise self._over
        if not in_time or answer is None:
            self.close()
            raise BooksTrouble("too-slow", f"no answer within {seconds_max + LATE_SECONDS:g} s")
        if answer.sqlstate != "00000":
            raise trouble_of(answer)
        if len(answer.lines) > 1:
            raise BooksTrouble("unreadable", f"{len(answer.lines)} lines where one was asked for")
        return answer.lines[0] if answer.lines else b""

    def close(self) -> None:
        with self._ready:
            self._over = self._over or BooksTrouble("session-ended", "it was closed")
            self._ready.notify_all()
        self._talk.close()

    def _line(self, line: bytes) -> None:
        with self._ready:
            try:
                if isinstance(line, CutLine):
                    raise ValueError("it printed a line over the limit")
                answer = None if self._frame is None else self._frame.feed(line)
            except ValueError as error:
                self._over = BooksTrouble("unreadable", f"{error}")
            else:
                self._answer = answer or self._answer
            if self._answer is not None or self._over is not None:
                self._ready.notify_all()

    def _end(self, ended: TalkEnded) -> None:
        failure = probe.failure_of(ended.stderr, ended.status)
        reason = failure.state.value if failure.state is not SqlState.NO_SERVER else "session-ended"
        with self._ready:
            self._over = self._over or BooksTrouble(reason, failure.detail)
            self._ready.notify_all()


class SshDoor:
    """Sessions with the nodes of one cluster over SSH connections of its own; threads may share it."""

    def __init__(
        self, spec: ClusterSpec, *, sessions: Sessions, password: Callable[[NodeSpec], str | None], writer: str
    ) -> None:
        self._spec, self._sessions, self._password, self._writer = spec, sessions, password, writer
        self._guard = threading.Lock()
        self._hosts: dict[str, tuple[Connection, str]] = {}

    def open(self, node: str) -> PsqlSession:
        spec = self._node(node)
        assert spec.postgres is not None
        password = None
        if spec.postgres.password:
            password = self._password(spec)
            if password is None:
                raise BooksTrouble("password", "its database password is not known")
        try:
            connection, program = self._host(spec)
            command = probe.psql_command(
                self._spec, spec, Session.PROOF, program=program, password=password,
                marker=f"{self._writer}:{self._spec.name}:{node}:proof:{secrets.token_hex(4)};",
            )  # fmt: skip
            return PsqlSession(connection, command)
        except SshRefused as refused:
            raise BooksTrouble(refused.state.value, refused.detail) from refused

    def history(self, node: str, data_directory: str, timeline: int) -> str | None:
        path = f"{data_directory}/pg_wal/{timeline:08X}.history"
        try:
            connection, _ = self._host(self._node(node))
            command = Command(
                argv=("cat", "--", path), become=self._node(node).become, seconds_max=HISTORY_SECONDS_MAX,
                output_bytes_max=HISTORY_BYTES_MAX,
            )  # fmt: skip
            outcome = connection.run(command)
        except SshRefused:
            return None
        if outcome.status != 0 or outcome.cut:
            return None
        return outcome.stdout.decode("utf-8", "replace")

    def close(self) -> None:
        with self._guard:
            hosts, self._hosts = self._hosts, {}
        for connection, _ in hosts.values():
            connection.close()

    def _node(self, name: str) -> NodeSpec:
        spec = self._spec.node(name)
        if spec is None or spec.postgres is None:
            raise BooksTrouble("no-node", f"{name} has no PostgreSQL")
        return spec

    def _host(self, spec: NodeSpec) -> tuple[Connection, str]:
        """The connection to a host and where its psql is; made by whoever comes first."""
        with self._guard:
            known = self._hosts.get(spec.name)
        if known is not None and known[0].alive:
            return known
        connection = self._sessions.connect(spec.ssh)
        made = False
        try:
            program = self._program(spec, connection)
            made = True
        finally:
            if not made:
                connection.close()
        with self._guard:
            present = self._hosts.get(spec.name)
            if present is None or not present[0].alive:
                self._hosts[spec.name] = (connection, program)
                return connection, program
        connection.close()
        return present

    def _program(self, spec: NodeSpec, connection: Connection) -> str:
        assert spec.postgres is not None
        if spec.postgres.bin_directory is not None:
            return f"{spec.postgres.bin_directory}/psql"
        script = host_facts.survey_script(None, f"{self._writer}:{secrets.token_hex(8)}:none;")
        outcome = connection.run(Command(argv=("sh",), stdin=script.encode(), seconds_max=SURVEY_SECONDS_MAX))
        found = host_facts.read_survey(outcome.stdout.splitlines()).bin_directories
        if not found:
            raise BooksTrouble(SqlState.NO_PROGRAM.value, f"psql was not found on {shown(spec.name)}")
        return f"{found[0]}/psql"
