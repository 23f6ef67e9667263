"""What a primary says of its subscriptions: one question, one line of JSON. PostgreSQL 16 and later."""

import json
from dataclasses import dataclass
from typing import Any, Final

from console.domain.peers import PEERS_MAX
from console.domain.text import shown
from console.domain.wal import Lsn

VERSION_MIN: Final = 160_000
NAME_CHARACTERS_MAX: Final = 200
_CONFLICT: Final = "confl_"

# Not its connection string: that may hold a password, and is not for the console's role to read.
SUBSCRIPTIONS_SQL: Final = f"""select coalesce(jsonb_agg(one order by one ->> 'name'), '[]') from (
select jsonb_build_object('name', s.subname, 'enabled', s.subenabled, 'origin', s.suborigin, 'slot', s.subslotname,
  'received', t.latest_end_lsn::text, 'running', t.pid is not null,
  'heard', extract(epoch from clock_timestamp() - t.last_msg_receipt_time), 'counts', to_jsonb(c)) as one
from pg_subscription s
left join pg_stat_subscription t on t.subid = s.oid and t.relid is null and t.leader_pid is null
left join pg_stat_subscription_stats c on c.subid = s.oid
where s.subdbid = (select oid from pg_database where datname = current_database())
order by s.subname limit {PEERS_MAX}) found"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionRead:
    """One subscription by its subscriber's own word. Counters are running totals; empty where it keeps none."""

    name: str
    slot: str
    enabled: bool
    origin: str
    running: bool
    received: Lsn | None
    heard_seconds: float | None
    apply_errors: int | None
    sync_errors: int | None
    conflicts: tuple[tuple[str, int], ...]


def read_subscriptions(line: bytes) -> tuple[SubscriptionRead, ...]:
    """The answer to `SUBSCRIPTIONS_SQL`. Raises ValueError."""
    rows = json.loads(line or b"[]")
    if not isinstance(rows, list) or len(rows) > PEERS_MAX:
        raise ValueError("no list of subscriptions")
    return tuple(_read(row) for row in rows)


def _read(row: Any) -> SubscriptionRead:
    if not isinstance(row, dict):
        raise ValueError("a subscription is no object")
    counts = row.get("counts") or {}
    if not isinstance(counts, dict):
        raise ValueError("its counts are no object")
    received = row.get("received")
    conflicts = tuple(
        (shown(str(name).removeprefix(_CONFLICT), characters_max=NAME_CHARACTERS_MAX), _count(value))
        for name, value in sorted(counts.items())
        if str(name).startswith(_CONFLICT) and value is not None
    )
    return SubscriptionRead(
        name=_text(row, "name"), slot=_text(row, "slot"), enabled=row.get("enabled") is True,
        origin=_text(row, "origin"), running=row.get("running") is True,
        received=None if received is None else Lsn.parse(str(received)), heard_seconds=_seconds(row.get("heard")),
        apply_errors=_count_or_none(counts.get("apply_error_count")),
        sync_errors=_count_or_none(counts.get("sync_error_count")), conflicts=conflicts,
    )  # fmt: skip


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    return "" if value is None else shown(str(value), characters_max=NAME_CHARACTERS_MAX)


def _seconds(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not -1e9 < value < 1e9:
        raise ValueError("a time is no number")
    return max(0.0, float(value))


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError("a count is no number")
    return value


def _count_or_none(value: object) -> int | None:
    return None if value is None else _count(value)
