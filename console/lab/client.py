"""One connection of the trading application: it books one trade at a time, and never waits without a limit."""

import select
import time
from dataclasses import dataclass
from typing import Final

import msgspec
import psycopg
from psycopg.pq import ConnStatus, DiagnosticField
from psycopg.pq.abc import PGconn, PGresult

from console.lab.plan import CLIENT_ROLE, DATABASE, LabPlan
from console.lab.record import Outcome
from console.lab.trades import Trade

ANSWER_SECONDS_MAX: Final = 5.0
CONNECT_SECONDS_MAX: Final = 2  # for each host
_BOOK: Final = b"select ledger.book($1::uuid, $2::text, $3::jsonb, $4::text)"
_SETTLE: Final = b"select number from ledger.entries where reference = $1::uuid"
# Ends whatever an earlier connection of ours left on this server: a transaction that waits for a standby is
# committed and seen by nobody, and a held session still has our question to read. After this nothing can follow.
# MATERIALIZED: else the planner may ask for the end of sessions that are not ours, and is refused.
_END_EARLIER: Final = b"""
with earlier as materialized (
    select pid from pg_stat_activity
    where usename = current_user and application_name = 'trading' and pid <> pg_backend_pid())
select count(*) from earlier where not pg_terminate_backend(pid, 2000)"""
_READ_ONLY: Final = "25006"
_FIELDS: Final = ("account", "side", "amount", "currency")
_CANCELLED_WAITS: Final = ("canceling wait for synchronous", "canceling the wait for synchronous")


class ConnectionCut(Exception):
    """The connection ended, or no answer came within the limit."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said to one booking."""

    outcome: Outcome
    number: int | None = None
    sqlstate: str | None = None
    detail: str = ""


class Client:
    """A connection to whichever node is writable, by libpq's list of hosts; `origin`: the book that it books in."""

    def __init__(self, plan: LabPlan, *, node: str = "", origin: str = "main") -> None:
        hosts = ",".join(one.address for one in plan.nodes if node in ("", one.name))
        self._origin = origin.encode()
        self._target = (
            f"host={hosts} port={plan.postgres_port} dbname={DATABASE} user={CLIENT_ROLE} "
            f"password={plan.client_password} target_session_attrs=read-write connect_timeout={CONNECT_SECONDS_MAX} "
            f"tcp_user_timeout=5000 keepalives_idle=5 keepalives_interval=2 keepalives_count=3 "
            # A lock that is not given within the limit is a refusal; a wait for a standby has no limit on the server.
            f"application_name=trading options='-c lock_timeout=4s -c timezone=UTC'"
        )
        self._warnings: list[str] = []
        self._pg: PGconn | None = None
        self._keep: object = None  # the connection object closes what it owns when it is thrown away

    @property
    def connected(self) -> bool:
        return self._pg is not None

    def connect(self) -> None:
        """Connects to the writable node. Raises ConnectionCut where there is none."""
        try:
            connection = psycopg.Connection.connect(self._target, autocommit=True)
        except psycopg.OperationalError as error:
            raise ConnectionCut(str(error).strip()) from error
        self._keep = connection
        self._pg = connection.pgconn
        self._pg.nonblocking = 1
        self._pg.notice_handler = self._noticed

    def _noticed(self, result: PGresult) -> None:
        said = result.error_field(DiagnosticField.MESSAGE_PRIMARY) or b""
        self._warnings.append(said.decode(errors="replace"))

    def book(self, trade: Trade) -> Answer:
        """Books one trade. Whatever the connection does, there is an answer; a lost one is `unknown`."""
        postings = msgspec.json.encode([{name: getattr(one, name) for name in _FIELDS} for one in trade.postings])
        self._warnings.clear()
        try:
            result = self._ask(_BOOK, [trade.reference.encode(), trade.description.encode(), postings, self._origin])
        except ConnectionCut as cut:
            self.close()
            return Answer(Outcome.UNKNOWN, detail="; ".join([*self._warnings, str(cut)]))
        number = result.get_value(0, 0) if result.ntuples else None
        sqlstate = _sqlstate(result)
        if any(warning.startswith(_CANCELLED_WAITS) for warning in self._warnings):
            # The server says that it is committed here, and that no standby has confirmed it.
            return Answer(
                Outcome.UNKNOWN,
                number=int(number) if number else None,
                sqlstate=sqlstate,
                detail="; ".join(self._warnings),
            )
        if number is not None:
            return Answer(Outcome.ACKNOWLEDGED, number=int(number))
        if sqlstate == _READ_ONLY:
            self.close()  # it is no primary any more: the next connection looks for the one that is
        return Answer(Outcome.REFUSED, sqlstate=sqlstate, detail=_said(result))

    def find(self, reference: str) -> int | None:
        """The number of the entry with this id, or None where it is not booked here and won't be.

        Raises ConnectionCut where that can't be learned.
        """
        if self._value(_END_EARLIER, []) != 0:
            raise ConnectionCut("an earlier session of ours has not ended yet")
        return self._value(_SETTLE, [reference.encode()])

    def _value(self, sql: bytes, values: list[bytes]) -> int | None:
        result = self._ask(sql, values)
        if _sqlstate(result) is not None:
            raise ConnectionCut(_said(result))
        number = result.get_value(0, 0) if result.ntuples else None
        return int(number) if number is not None else None

    def close(self) -> None:
        """Cuts the connection, whatever it is doing."""
        if self._pg is not None:
            self._pg.finish()
        self._pg = self._keep = None

    def _ask(self, sql: bytes, values: list[bytes]) -> PGresult:
        """One statement and its one answer, by libpq's own calls: psycopg's would wait for ever on a frozen server."""
        assert self._pg is not None
        pg, end, result = self._pg, time.monotonic() + ANSWER_SECONDS_MAX, None
        try:
            pg.send_query_params(sql, list(values))
            while pg.flush():
                _wait(pg, select.POLLIN | select.POLLOUT, end)
                pg.consume_input()
            while True:
                while pg.is_busy():
                    _wait(pg, select.POLLIN, end)
                    pg.consume_input()
                one = pg.get_result()
                if one is None:
                    break
                result = one
        except psycopg.OperationalError as error:
            raise ConnectionCut(str(error).strip()) from error
        if result is None or _broken(pg):
            said = pg.error_message.decode(errors="replace").strip()
            raise ConnectionCut(said or (_said(result) if result else "the connection was cut"))
        return result


def _wait(pg: PGconn, events: int, end: float) -> None:
    poll = select.poll()
    poll.register(pg.socket, events)
    left = end - time.monotonic()
    if left <= 0 or not poll.poll(left * 1000):
        raise ConnectionCut(f"no answer within {ANSWER_SECONDS_MAX:g} s")


def _broken(pg: PGconn) -> bool:
    return bool(pg.status == ConnStatus.BAD)


def _sqlstate(result: PGresult) -> str | None:
    code = result.error_field(DiagnosticField.SQLSTATE)
    return code.decode() if code else None


def _said(result: PGresult) -> str:
    return (result.error_field(DiagnosticField.MESSAGE_PRIMARY) or b"").decode(errors="replace")

