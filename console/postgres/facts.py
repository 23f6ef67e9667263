"""The questions that the console asks of PostgreSQL, and pure readers of the answers (PostgreSQL 14 to 18)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Final, Generic, TypeVar

import msgspec

from console.domain.reading import Books, Head, Moment, Receiver, Sender, Slot, Turnover, Vital
from console.domain.text import shown
from console.domain.wal import Lsn

T = TypeVar("T")

FOLLOWERS_MAX: Final = 500
SLOTS_MAX: Final = 500
ORIGINS_MAX: Final = 64
CURRENCIES_MAX: Final = 300
NAME_CHARACTERS_MAX: Final = 200

Count = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
Text = Annotated[str, msgspec.Meta(max_length=100_000)]
Age = Annotated[float, msgspec.Meta(ge=-1e10, le=1e10)]
Epoch = Annotated[float, msgspec.Meta(ge=0, le=253402300799.0)]  # up to the year 9999


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """A question and its pure reader: the answer's line, the console's time of it and the round trip in, a value out.

    `read` raises ValueError where the answer makes no sense.
    """

    name: str
    sql: str
    read: Callable[[bytes, Moment, float], T]


class _Sender(msgspec.Struct):
    name: Text | None
    address: Text | None
    state: Text | None
    sync: Text | None
    sent: Text | None
    write: Text | None
    flush: Text | None
    replay: Text | None
    reply_age: Age | None
    slot: Text | None


class _Receiver(msgspec.Struct):
    status: Text | None
    host: Text | None
    port: int | None
    slot: Text | None
    timeline: Count | None
    flushed: Text | None
    heard_age: Age | None


class _Vital(msgspec.Struct):
    sysid: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,20}$")]
    version: Annotated[int, msgspec.Meta(ge=90000, le=2_000_000)]
    recovery: bool
    timeline: Annotated[int, msgspec.Meta(ge=0, le=2**32 - 1)]
    started: Epoch
    clock: Epoch
    write: Text | None
    flush: Text | None
    received: Text | None
    replayed: Text | None
    paused: bool
    sync_names: Text
    sync_commit: Text
    data_directory: Text | None
    sees_all: bool
    senders: Annotated[list[_Sender], msgspec.Meta(max_length=FOLLOWERS_MAX)] | None
    receiver: _Receiver | None


VITAL_SQL: Final = """select jsonb_build_object(
 'sysid', (select system_identifier::text from pg_control_system()),
 'version', current_setting('server_version_num')::int,
 'recovery', pg_is_in_recovery(),
 'timeline', case when pg_is_in_recovery()
   then coalesce((select received_tli from pg_stat_get_wal_receiver()),
                 (select timeline_id from pg_control_checkpoint()))
   else ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int end,
 'started', extract(epoch from pg_postmaster_start_time())::float8,
 'clock', extract(epoch from clock_timestamp())::float8,
 'write', case when not pg_is_in_recovery() then pg_current_wal_lsn()::text end,
 'flush', case when not pg_is_in_recovery() then pg_current_wal_flush_lsn()::text end,
 'received', case when pg_is_in_recovery() then pg_last_wal_receive_lsn()::text end,
 'replayed', case when pg_is_in_recovery() then pg_last_wal_replay_lsn()::text end,
 'paused', case when pg_is_in_recovery() then pg_is_wal_replay_paused() else false end,
 'sync_names', current_setting('synchronous_standby_names'),
 'sync_commit', current_setting('synchronous_commit'),
 'data_directory', case when pg_has_role(current_user, 'pg_read_all_settings', 'usage')
   then current_setting('data_directory', true) end,
 'sees_all', pg_has_role(current_user, 'pg_read_all_stats', 'usage'),
 'senders', (select jsonb_agg(jsonb_build_object(
     'name', a.application_name, 'address', host(a.client_addr), 'state', s.state, 'sync', s.sync_state,
     'sent', s.sent_lsn::text, 'write', s.write_lsn::text, 'flush', s.flush_lsn::text, 'replay', s.replay_lsn::text,
     'reply_age', extract(epoch from clock_timestamp() - s.reply_time)::float8,
     'slot', (select g.slot_name from pg_get_replication_slots() g where g.active_pid = s.pid limit 1))
     order by a.application_name, s.pid)
   from pg_stat_get_wal_senders() s left join lateral pg_stat_get_activity(s.pid) a on true),
 'receiver', (select jsonb_build_object(
     'status', r.status, 'host', r.sender_host, 'port', r.sender_port, 'slot', r.slot_name,
     'timeline', r.received_tli, 'flushed', r.flushed_lsn::text,
     'heard_age', extract(epoch from clock_timestamp() - r.last_msg_receipt_time)::float8)
   from pg_stat_get_wal_receiver() r where r.pid is not null))"""


def decoded(decoder: msgspec.json.Decoder[T], line: bytes) -> T:
    """One line of JSON as this type; whatever is wrong with it is a ValueError."""
    try:
        return decoder.decode(line)
    except RecursionError as error:
        raise ValueError("brackets without end") from error


def _lsn(text: str | None) -> Lsn | None:
    return Lsn.parse(text) if text else None


def _name(text: str | None) -> str:
    return shown(text or "", characters_max=NAME_CHARACTERS_MAX)


def _time(epoch: float) -> datetime:
    return datetime.fromtimestamp(epoch, UTC)


_VITAL: Final = msgspec.json.Decoder(_Vital)


def _receiver(seen: _Receiver | None) -> Receiver | None:
    if seen is None or seen.status is None:
        return None
    return Receiver(
        status=_name(seen.status), host=_name(seen.host) or None, port=seen.port, slot=_name(seen.slot) or None,
        timeline=seen.timeline, flushed=_lsn(seen.flushed), heard_age_seconds=seen.heard_age,
    )  # fmt: skip


def read_vital(line: bytes, at: Moment, round_trip_seconds: float) -> Vital:
    """The vital answer as a value. Raises ValueError."""
    raw = decoded(_VITAL, line)
    receiver = _receiver(raw.receiver)
    senders = tuple(
        Sender(
            name=_name(s.name), address=s.address and _name(s.address), state=_name(s.state), sync_state=_name(s.sync),
            sent=_lsn(s.sent), write=_lsn(s.write), flush=_lsn(s.flush), replay=_lsn(s.replay),
            reply_age_seconds=s.reply_age, slot=s.slot and _name(s.slot),
        )
        for s in raw.senders or ()
    )  # fmt: skip
    return Vital(
        at=at, round_trip_seconds=round_trip_seconds, system_identifier=raw.sysid, version=raw.version,
        in_recovery=raw.recovery, timeline=raw.timeline, started_at=_time(raw.started), clock=_time(raw.clock),
        write=_lsn(raw.write), flush=_lsn(raw.flush), received=_lsn(raw.received), replayed=_lsn(raw.replayed),
        replay_paused=raw.paused, synchronous_names=_name(raw.sync_names), synchronous_commit=_name(raw.sync_commit),
        data_directory=raw.data_directory and shown(raw.data_directory), may_see_all=raw.sees_all,
        senders=senders, receiver=receiver,
    )  # fmt: skip


VITAL: Final = Fact("vital", VITAL_SQL, read_vital)


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What the role may read on this node: asked once a session, so that nothing is asked in vain each second."""

    heartbeat: bool
    may_beat: bool
    head: bool


class _Survey(msgspec.Struct):
    heartbeat: bool
    may_beat: bool
    head: bool


_SURVEY: Final = msgspec.json.Decoder(_Survey)


def read_survey(line: bytes, at: Moment, round_trip_seconds: float) -> Survey:  # noqa: ARG001 - every reader's form
    """Which of our tables are there and readable. Raises ValueError."""
    raw = decoded(_SURVEY, line)
    return Survey(heartbeat=raw.heartbeat, may_beat=raw.may_beat, head=raw.head)


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as an SQL string. Raises ValueError on a NUL, which PostgreSQL cannot hold."""
    if "\0" in text:
        raise ValueError("PostgreSQL's texts hold no NUL")
    return "'" + text.replace("'", "''") + "'" if "\\" not in text else "E'" + _escaped(text) + "'"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")


def survey_fact(ledger: str | None) -> Fact[Survey]:
    """Is the heartbeat table there, may the role write it, and are the ledger's head tables readable?"""

    def readable(table: str, rights: str) -> str:
        name = literal(table)
        return f"coalesce(has_table_privilege(to_regclass({name}), {literal(rights)}), false)"

    beat = readable("ledger_console.heartbeat", "select")
    may = " and ".join(readable("ledger_console.heartbeat", right) for right in ("insert", "update"))
    head = "false"
    if ledger is not None:
        tables = (f"{quoted(ledger)}.head", f"{quoted(ledger)}.head_turnover", f"{quoted(ledger)}.currencies")
        head = " and ".join(readable(table, "select") for table in tables)
    sql = f"select jsonb_build_object('heartbeat', {beat}, 'may_beat', {may}, 'head', {head})"
    return Fact("survey", sql, read_survey)


class _Turnover(msgspec.Struct):
    currency: Text
    scale: Annotated[int, msgspec.Meta(ge=0, le=18)]
    postings: Count
    debit: Text


class _Head(msgspec.Struct):
    origin: Text
    number: Count
    at: Epoch | None
    turnover: Annotated[list[_Turnover], msgspec.Meta(max_length=CURRENCIES_MAX)] | None


class _Slot(msgspec.Struct):
    name: Text
    kind: Text
    active: bool
    kept: int | None
    status: Text | None


class _Books(msgspec.Struct):
    beat: Count | None
    beat_at: Epoch | None
    position: Text | None
    heads: Annotated[list[_Head], msgspec.Meta(max_length=ORIGINS_MAX)] | None
    transactions: Count | None
    size: Count | None
    conflicts: Count | None
    slots: Annotated[list[_Slot], msgspec.Meta(max_length=SLOTS_MAX)] | None
    archiving: bool
    archived: Count | None
    archive_failed: Count | None
    archived_at: Epoch | None
    archive_failed_at: Epoch | None


def heads_sql(ledger: str) -> str:
    """The head of every book of a reference ledger, as one JSON array in an SQL expression."""
    schema = quoted(ledger)
    return f"""(select jsonb_agg(jsonb_build_object('origin', h.origin, 'number', h.number,
     'at', extract(epoch from h.booked_at)::float8,
     'turnover', (select jsonb_agg(jsonb_build_object('currency', t.currency, 'scale', c.scale,
        'postings', t.postings, 'debit', t.debit::text) order by t.currency)
        from {schema}.head_turnover t join {schema}.currencies c on c.code = t.currency where t.origin = h.origin))
     order by h.origin) from {schema}.head h)"""


def books_fact(*, ledger: str | None, writer: str, survey: Survey, size: bool) -> Fact[Books]:
    """The books question for what the survey found. `size`: the database's size too, which walks its directory."""
    beat = "null"
    if survey.heartbeat:
        beat = f"(select {{}} from ledger_console.heartbeat where writer = {literal(writer)})"
    head = heads_sql(ledger) if survey.head and ledger is not None else "null"
    sql = f"""select jsonb_build_object(
 'beat', {beat.format("beat")}, 'beat_at', {beat.format("extract(epoch from written_at)::float8")},
 'position', case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_insert_lsn() end::text,
 'heads', {head},
 'transactions', (select xact_commit + xact_rollback from pg_stat_database where datname = current_database()),
 'size', {"pg_database_size(current_database())" if size else "null"},
 'conflicts', (select conflicts from pg_stat_database where datname = current_database()),
 'slots', (select jsonb_agg(jsonb_build_object('name', slot_name, 'kind', slot_type, 'active', active,
     'kept', case when not pg_is_in_recovery() then pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::bigint end,
     'status', wal_status) order by slot_name) from pg_replication_slots),
 'archiving', current_setting('archive_mode') <> 'off',
 'archived', a.archived_count, 'archive_failed', a.failed_count,
 'archived_at', extract(epoch from a.last_archived_time)::float8,
 'archive_failed_at', extract(epoch from a.last_failed_time)::float8) from pg_stat_archiver a"""
    return Fact("books", sql, read_books)


# Plain digits only: an exponent could ask for a number of a million digits.
_AMOUNT: Final = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,20})?")


def _units(text: str, scale: int) -> int:
    """An exact amount in units of 10^-scale. Raises ValueError where it has more digits than its currency."""
    if not _AMOUNT.fullmatch(text):
        raise ValueError(f"not an amount: {text[:40]!r}")
    units = Decimal(text).scaleb(scale)
    if units != units.to_integral_value():
        raise ValueError(f"{text[:40]!r} is no amount of scale {scale}")
    return int(units)


_BOOKS: Final = msgspec.json.Decoder(_Books)
_HEADS: Final = msgspec.json.Decoder(Annotated[list[_Head], msgspec.Meta(max_length=ORIGINS_MAX)] | None)


def _heads(raw: list[_Head], position: Lsn | None) -> tuple[Head, ...]:
    return tuple(
        Head(
            origin=_name(head.origin), number=head.number,
            booked_at=None if head.at is None else _time(head.at), position=position,
            turnover=tuple(
                Turnover(currency=_name(t.currency), scale=t.scale, postings=t.postings,
                         debit_units=_units(t.debit, t.scale))
                for t in head.turnover or ()
            ),
        )
        for head in raw
    )  # fmt: skip


def read_heads(line: bytes) -> tuple[Head, ...]:
    """The heads alone, as `heads_sql` gives them; without a position. Raises ValueError."""
    return _heads(decoded(_HEADS, line) or [], None)


def read_books(line: bytes, at: Moment, round_trip_seconds: float) -> Books:
    """The books answer as a value. Raises ValueError."""
    raw = decoded(_BOOKS, line)
    position = _lsn(raw.position)
    heads = _heads(raw.heads or [], position)
    slots = tuple(
        Slot(name=_name(s.name), kind=_name(s.kind), active=s.active, kept_bytes=s.kept,
             wal_status=s.status and _name(s.status))
        for s in raw.slots or ()
    )  # fmt: skip
    return Books(
        at=at, round_trip_seconds=round_trip_seconds, beat=raw.beat,
        beat_written_at=None if raw.beat_at is None else _time(raw.beat_at), heads=heads,
        transactions=raw.transactions, database_bytes=raw.size, conflicts=raw.conflicts, slots=slots,
        archived_count=raw.archived, archive_failed_count=raw.archive_failed, archiving=raw.archiving,
        archive_last_at=None if raw.archived_at is None else _time(raw.archived_at),
        archive_last_failed_at=None if raw.archive_failed_at is None else _time(raw.archive_failed_at),
    )  # fmt: skip


def beat_sql(writer: str) -> str:
    """Write the next heartbeat and return its number; ours alone, one row a console."""
    return (
        "insert into ledger_console.heartbeat as h (writer, beat, written_at) "
        f"values ({literal(writer)}, 1, clock_timestamp()) on conflict (writer) do update "
        "set beat = h.beat + 1, written_at = clock_timestamp() returning beat"
    )


def read_beat(line: bytes, at: Moment, round_trip_seconds: float) -> int:  # noqa: ARG001 - every reader's form
    """The number of the beat that was written. Raises ValueError."""
    text = line.strip()
    if not text.isdigit() or len(text) > 19:
        raise ValueError("not the number of a heartbeat")
    return int(text)


def beat_fact(writer: str) -> Fact[int]:
    return Fact("beat", beat_sql(writer), read_beat)
