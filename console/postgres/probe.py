"""How a question travels over a long-lived `psql`: what to start, what to write, and how the answer is framed."""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from console.domain.cluster import ClusterSpec, NodeSpec
from console.domain.reading import Refusal, SqlState
from console.domain.text import shown
from console.ssh.command import Command

APPLICATION: Final = "ledger_console"
CONNECT_SECONDS_MAX: Final = 5
ANSWER_BYTES_MAX: Final = 1_000_000
MARKER: Final = "ledger_console_engine"  # an argument of our psql processes by which a node's host can tell them


class Session(Enum):
    """The sessions that one engine keeps on a node: two that ask, and on the primary one that writes the heartbeat.

    PROOF is a passing one that proves or seals the books.
    """

    VITAL = "vital"
    BOOKS = "books"
    BEAT = "beat"
    PROOF = "proof"


_SETTINGS: Final = {
    Session.VITAL: "-c statement_timeout=5000 -c lock_timeout=200 -c default_transaction_read_only=on",
    Session.BOOKS: "-c statement_timeout=2000 -c lock_timeout=200 -c default_transaction_read_only=on",
    # A wait for a synchronous standby has no server timeout: this session must never begin one.
    Session.BEAT: "-c statement_timeout=2000 -c lock_timeout=200 -c synchronous_commit=local",
    # Nothing but PostgreSQL's own functions is found without its schema; no more of the node's cores than sessions.
    Session.PROOF: "-c lock_timeout=2000 -c default_transaction_read_only=on -c search_path=pg_catalog "
    "-c work_mem=32MB -c max_parallel_workers_per_gather=0 -c idle_in_transaction_session_timeout=120000 "
    "-c client_connection_check_interval=2000",
}
_APPLICATIONS: Final = {
    Session.VITAL: APPLICATION,
    Session.BOOKS: APPLICATION,
    Session.BEAT: f"{APPLICATION}_heartbeat",
    Session.PROOF: f"{APPLICATION}_proof",
}


def _conninfo(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def psql_command(
    cluster: ClusterSpec, node: NodeSpec, session: Session, *, program: str, marker: str, password: str | None
) -> Command:
    """The psql of one session. A password is typed into its standard input, where no list of processes shows it."""
    target = node.postgres
    if target is None:
        raise ValueError(f"{node.name} has no PostgreSQL")
    words = {
        "host": target.host,
        "port": str(target.port),
        "user": target.user,
        "dbname": cluster.database,
        "application_name": _APPLICATIONS[session],
        "connect_timeout": str(CONNECT_SECONDS_MAX),
        "client_encoding": "UTF8",
        "options": f"{_SETTINGS[session]} -c jit=off -c client_min_messages=error -c idle_session_timeout=0",
    }
    conninfo = " ".join(f"{name}={_conninfo(value)}" for name, value in words.items() if value)
    asks = "-w" if password is None else "-W"
    argv = (program, "-X", "-q", "-A", "-t", asks, "-v", f"{MARKER}={marker}", "-v", "VERBOSITY=terse", "-d", conninfo)
    return Command(
        argv=argv,
        environment=(("LC_ALL", "C"),),
        become=None if target.as_login else node.become,
        secrets=() if password is None else (password,),
    )


def prepared(name: str, sql: str) -> bytes:
    """Make the question known to the session once, so that each round sends only its name."""
    return f"deallocate all;\nprepare {name} as {' '.join(sql.split())};\n".encode()


def asked(statement: str, nonce: str) -> bytes:
    """One round: the answer comes between two lines that carry the nonce, the last with the SQLSTATE."""
    return f"\\echo {nonce} begin\n{statement};\n\\echo {nonce} end :SQLSTATE :LAST_ERROR_MESSAGE\n".encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back between the two lines. `sqlstate` is '00000' where the statement went well."""

    lines: tuple[bytes, ...]
    sqlstate: str
    message: str

    @property
    def fine(self) -> bool:
        return self.sqlstate == "00000" and len(self.lines) == 1


class Frame:
    """Collects the lines of one answer; what stands outside the two marked lines is junk and is thrown away."""

    __slots__ = ("_begin", "_bytes", "_end", "_lines", "_open")

    def __init__(self, nonce: str) -> None:
        self._begin = f"{nonce} begin".encode()
        self._end = f"{nonce} end".encode()
        self._lines: list[bytes] = []
        self._bytes = 0
        self._open = False

    @property
    def is_open(self) -> bool:
        """Has the answer begun?"""
        return self._open

    def feed(self, line: bytes) -> Answer | None:
        """Take one line (no line end); the answer when it is complete. Raises ValueError over the limit."""
        line = line.rstrip(b"\r")
        if not self._open:
            # What a shell printed before may lack its newline; the nonce is ours alone all the same.
            self._open = line.endswith(self._begin)
            return None
        if line.startswith(self._end):
            words = line[len(self._end) :].decode("utf-8", "replace").split(maxsplit=1)
            state = words[0] if words else ""
            if not re.fullmatch(r"[0-9A-Z]{5}", state):
                raise ValueError("the end of an answer carries no SQLSTATE")
            message = shown(words[1]) if len(words) > 1 else ""
            return Answer(lines=tuple(self._lines), sqlstate=state, message=message)
        self._bytes += len(line)
        if self._bytes > ANSWER_BYTES_MAX:
            raise ValueError(f"an answer over the limit of {ANSWER_BYTES_MAX} bytes")
        if line:
            self._lines.append(line)
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a session with PostgreSQL is not there."""

    state: SqlState
    detail: str
    refusal: Refusal | None = None


# libpq's own words, in its C locale, for a server that is not there or gives no sign of itself.
_ABSENT: Final = (
    "connection refused", "no such file or directory", "could not translate host name", "no route to host",
    "network is unreachable",
)  # fmt: skip
_QUIET: Final = ("timeout expired", "connection timed out", "timed out")
# The server's own words in English; a server that speaks another language is still 'refuses', of the kind 'other'.
_REFUSALS: Final = (
    ("the database system is starting up", Refusal.STARTING),
    ("not yet accepting connections", Refusal.STARTING),
    ("not accepting connections", Refusal.RECOVERING),
    ("the database system is in recovery mode", Refusal.RECOVERING),
    ("the database system is shutting down", Refusal.SHUTTING_DOWN),
    ("terminating connection due to administrator command", Refusal.SHUTTING_DOWN),
    ("too many connections", Refusal.TOO_MANY_CONNECTIONS),
    ("too many clients", Refusal.TOO_MANY_CONNECTIONS),
    ("remaining connection slots", Refusal.TOO_MANY_CONNECTIONS),
    ("no pg_hba.conf entry", Refusal.HBA),
    ("pg_hba.conf rejects", Refusal.HBA),
    ("peer authentication failed", Refusal.HBA),
    ("ident authentication failed", Refusal.HBA),
    ("password authentication failed", Refusal.PASSWORD),
    ("no password supplied", Refusal.PASSWORD),
    ("is not permitted to log in", Refusal.NO_ROLE),
    ("ssl", Refusal.TLS),
    ("certificate", Refusal.TLS),
)
_ROLE: Final = re.compile(r'role ".*" does not exist')
_DATABASE: Final = re.compile(r'database ".*" does not exist')


def failure_of(stderr: bytes, status: int | None) -> Failure:
    """Why psql ended, read from what it said and its exit status. Pure."""
    text = shown(stderr.decode("utf-8", "replace").strip())
    low = text.lower()
    if "sudo:" in low or "may not run sudo" in low:
        return Failure(state=SqlState.SUDO_REFUSED, detail=text)
    if status == 127 or "command not found" in low or ("psql" in low and "not found" in low):
        return Failure(state=SqlState.NO_PROGRAM, detail=text)
    if _ROLE.search(low):
        return Failure(state=SqlState.REFUSES, detail=text, refusal=Refusal.NO_ROLE)
    if _DATABASE.search(low):
        return Failure(state=SqlState.REFUSES, detail=text, refusal=Refusal.NO_DATABASE)
    # Absence before refusals: a host's name or path may hold the very words of a refusal.
    if any(words in low for words in _ABSENT):
        return Failure(state=SqlState.NO_SERVER, detail=text)
    for words, refusal in _REFUSALS:
        if words in low:
            return Failure(state=SqlState.REFUSES, detail=text, refusal=refusal)
    if any(words in low for words in _QUIET):
        return Failure(state=SqlState.SILENT, detail=text)
    if "fatal" in low and "failed" in low:
        return Failure(state=SqlState.REFUSES, detail=text, refusal=Refusal.OTHER)
    # The server closed the session, or psql was ended: whether a server is there is found by connecting anew.
    return Failure(state=SqlState.NO_SERVER, detail=text or "the session ended without a word")


# SQLSTATE classes of a statement that failed in a session that lives.
_BLOCKED: Final = frozenset({"55P03", "57014", "40001"})
_FULL: Final = frozenset({"53100"})
NOT_PREPARED: Final = "26000"  # the session does not know the question by that name
PROMOTED: Final = "55000"  # a function for standbys was called on what has just become a primary
OTHER_TABLES: Final = frozenset({"42P01", "42703", "42501"})  # what the survey found is no longer so


def failure_of_statement(answer: Answer) -> Failure:
    """What an answer that is not fine means."""
    detail = f"{answer.sqlstate} {answer.message}".strip()
    if answer.sqlstate in _BLOCKED:
        return Failure(state=SqlState.BLOCKED, detail=detail)
    if answer.sqlstate == "42501":
        return Failure(state=SqlState.NO_RIGHTS, detail=detail)
    if answer.sqlstate.startswith("57P"):
        return Failure(state=SqlState.REFUSES, detail=detail, refusal=Refusal.SHUTTING_DOWN)
    return Failure(state=SqlState.UNREADABLE, detail=detail)


def says_full(answer: Answer) -> bool:
    """Did the statement fail because the disk is full?"""
    return answer.sqlstate in _FULL
