"""Questions about when and in which transaction a mapped ledger's entries were booked; each reads only, in one line."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from console.domain.ledger_mapping import LedgerMapping
from console.postgres.books import table_name
from console.postgres.facts import literal, quoted

PARTS_MAX: Final = 1_000
DAYS_MAX: Final = 400
BOOKED: Final = "booked_at"  # the column that is taken for the time of an entry


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRead:
    """One entry as the ledger has it. `xid` None: the ledger does not keep it."""

    xid: int | None
    booked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRead:
    """The last entry of a day in the zone that was asked for."""

    ends_at: datetime
    name: str
    entry: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsRead:
    """Days with their last entries, entries in each part of a range, and the last number there is."""

    days: tuple[DayRead, ...]
    entries: tuple[int, ...]
    head: int | None


def _source(mapping: LedgerMapping) -> str:
    return table_name(mapping.entries) if mapping.entries is not None else f"({mapping.entries_sql})"


def time_column_sql(mapping: LedgerMapping) -> str:
    """The name of the column that says when an entry was booked; empty where the ledger has none, or no entry."""
    there = f"(select to_jsonb(e) as r from {_source(mapping)} e limit 1) t"
    return f"select to_jsonb(case when t.r ? {literal(BOOKED)} then {literal(BOOKED)} else '' end) from {there}"


def read_text(line: bytes) -> str:
    """A JSON text; empty where there was no line. Raises ValueError."""
    value = json.loads(line or b'""')
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value


def place_sql(mapping: LedgerMapping, entry: int, origin: str, booked: str) -> str:
    """The transaction and time of one entry; no line where there is no such entry."""
    xid = "null" if mapping.xid is None else f"e.{quoted(mapping.xid)}::text"
    time = "null" if not booked else f"extract(epoch from e.{quoted(booked)})::numeric::text"
    where = f"e.{quoted(mapping.number)} = {int(entry)}"
    if mapping.origin is not None and origin:
        where += f" and e.{quoted(mapping.origin)} = {literal(origin)}"
    return f"select jsonb_build_array({xid}, {time}) from {_source(mapping)} e where {where} limit 2"


def read_place(line: bytes) -> PlaceRead | None:
    """Raises ValueError where it makes no sense."""
    if not line:
        return None
    xid, booked = json.loads(line)
    return PlaceRead(
        xid=None if xid is None else int(xid),
        booked_at=None if booked is None else datetime.fromtimestamp(float(booked), UTC),
    )


def counts_sql(mapping: LedgerMapping, booked: str, *, begin: datetime, end: datetime, parts: int, zone: str) -> str:
    """The last entry of each day, and how many were booked in each equal part of a range."""
    if not 1 <= parts <= PARTS_MAX:
        raise ValueError(f"{parts} parts; 1 to {PARTS_MAX}")
    time, number = f"e.{quoted(booked)}", f"e.{quoted(mapping.number)}"
    low, high = _time(begin), _time(end)
    day = f"({time} at time zone {literal(zone)})::date"
    inside = f"{time} >= {low} and {time} < {high}"
    ends = f"extract(epoch from ((d.day + 1)::timestamp at time zone {literal(zone)}))::numeric::text"
    return (
        "select jsonb_build_array("
        f"(select coalesce(jsonb_agg(jsonb_build_array({ends}, d.day::text, d.last) order by d.day), '[]') "
        f"from (select {day} as day, max({number}) as last from {_source(mapping)} e where {inside} "
        f"group by 1 order by 1 desc limit {DAYS_MAX}) d), "
        "(select coalesce(jsonb_agg(jsonb_build_array(p.part, p.n)), '[]') from (select "
        f"width_bucket(extract(epoch from {time})::float8, extract(epoch from {low})::float8, "
        f"extract(epoch from {high})::float8, {int(parts)}) as part, count(*) as n "
        f"from {_source(mapping)} e where {inside} group by 1) p), "
        f"(select max({number}) from {_source(mapping)} e))"
    )


def read_counts(line: bytes, parts: int) -> CountsRead:
    """Raises ValueError where it makes no sense."""
    days, counted, head = json.loads(line)
    entries = [0] * parts
    for part, number in counted:
        if 1 <= int(part) <= parts:
            entries[int(part) - 1] += int(number)
    return CountsRead(
        days=tuple(
            DayRead(ends_at=datetime.fromtimestamp(float(ends), UTC), name=str(name)[:10], entry=int(last))
            for ends, name, last in days
        ),
        entries=tuple(entries), head=None if head is None else int(head),
    )  # fmt: skip


def _time(at: datetime) -> str:
    return f"{literal(at.astimezone(UTC).isoformat())}::timestamptz"
