"""Pure readers of what a Patroni's interface answers; everything in it is hostile until it was read."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final

import msgspec

from console.domain.members import (
    GroupSeen,
    GroupSettings,
    HistoryLine,
    Member,
    MemberRole,
    OwnSeen,
    ScheduledSwitchover,
    SyncMode,
)
from console.domain.text import shown
from console.domain.wal import Lsn

MEMBERS_MAX: Final = 100
HISTORY_LINES_MAX: Final = 10_000
HISTORY_LINES_KEPT: Final = 200
ANSWER_BYTES_MAX: Final = 1_000_000

_ROLES: Final = {
    "leader": MemberRole.HOLDER,
    "master": MemberRole.HOLDER,
    "primary": MemberRole.HOLDER,
    "standby_leader": MemberRole.STANDBY_HOLDER,
    "sync_standby": MemberRole.SYNC_STANDBY,
    "quorum_standby": MemberRole.QUORUM_STANDBY,
}
_Text = Annotated[str, msgspec.Meta(max_length=2000)]
_Number = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """One answer of HTTP: its status and its body."""

    status: int
    body: bytes


def read_http(text: bytes) -> HttpAnswer:
    """The status and the body of a whole answer, an interim one before it left out. Raises ValueError."""
    rest = text
    while True:
        head, separator, body = rest.partition(b"\r\n\r\n")
        words = head.split(b"\r\n", 1)[0].split(b" ")
        if not separator or len(words) < 2 or not words[0].startswith(b"HTTP/") or not words[1].isdigit():
            raise ValueError("not an answer of HTTP")
        status = int(words[1][:3])
        if status != 100:
            return HttpAnswer(status, body)
        rest = body


class _Member(msgspec.Struct):
    name: _Text
    role: _Text = ""
    state: _Text = ""
    host: _Text = ""
    port: Annotated[int, msgspec.Meta(ge=0, le=65_535)] | None = None
    timeline: _Number | None = None
    receive_lsn: _Text | None = None
    replay_lsn: _Text | None = None
    lsn: _Text | None = None
    lag: _Number | _Text | None = None
    receive_lag: _Number | _Text | None = None
    pending_restart: bool = False
    tags: dict[str, Any] = {}


class _Scheduled(msgspec.Struct, rename={"leaves": "from"}):
    at: _Text = ""
    leaves: _Text = ""
    to: _Text = ""


class _Group(msgspec.Struct):
    members: Annotated[list[_Member], msgspec.Meta(max_length=MEMBERS_MAX)]
    scope: _Text = ""
    pause: bool = False
    scheduled_switchover: _Scheduled | None = None


class _Patroni(msgspec.Struct):
    name: _Text = ""
    scope: _Text = ""
    version: _Text = ""


class _Own(msgspec.Struct):
    patroni: _Patroni
    state: _Text = ""
    role: _Text = ""
    timeline: _Number | None = None
    database_system_identifier: _Text = ""
    postmaster_start_time: _Text | None = None
    dcs_last_seen: _Number | None = None
    cluster_unlocked: bool = False
    pause: bool = False
    pending_restart: bool = False
    failsafe_mode_is_active: bool = False
    watchdog_failed: bool = False


def _decoded(body: bytes, kind: type[Any]) -> Any:
    if len(body) > ANSWER_BYTES_MAX:
        raise ValueError(f"more than {ANSWER_BYTES_MAX} bytes")
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(f"not what Patroni answers: {shown(str(error))}") from error


def read_group(body: bytes) -> GroupSeen:
    """The answer to GET /cluster. Raises ValueError.

    Source: https://patroni.readthedocs.io/en/latest/rest_api.html
    """
    group: _Group = _decoded(body, _Group)
    scheduled = group.scheduled_switchover
    return GroupSeen(
        scope=shown(group.scope), members=tuple(_member(one) for one in group.members), paused=group.pause,
        scheduled=None if scheduled is None else ScheduledSwitchover(
            at=shown(scheduled.at), leaves=shown(scheduled.leaves), to=shown(scheduled.to)
        ),
    )  # fmt: skip


def _member(one: _Member) -> Member:
    behind = one.lag if isinstance(one.lag, int) else one.receive_lag
    return Member(
        name=shown(one.name), role=_ROLES.get(one.role, MemberRole.STANDBY), state=shown(one.state),
        host=shown(one.host), port=one.port, timeline=one.timeline, received=_lsn(one.receive_lsn or one.lsn),
        replayed=_lsn(one.replay_lsn), lag_bytes=behind if isinstance(behind, int) else None,
        pending_restart=one.pending_restart, nofailover=_tagged(one.tags, "nofailover"),
        nosync=_tagged(one.tags, "nosync"),
    )  # fmt: skip


def _tagged(tags: Mapping[str, object], name: str) -> bool:
    """A priority of 0 forbids a failover just as the tag does; a text counts as YAML would read it."""
    value = tags.get(name)
    said = value.lower() in ("true", "on", "yes", "1") if isinstance(value, str) else bool(value)
    if name == "nofailover" and value is None and "failover_priority" in tags:
        priority = tags["failover_priority"]
        return isinstance(priority, int) and priority <= 0
    return said


def _lsn(text: str | None) -> Lsn | None:
    """'unknown' and 0/0 stand for nothing."""
    if text is None:
        return None
    try:
        found = Lsn.parse(text)
    except ValueError:
        return None
    return found if found.position else None


def read_own(body: bytes, *, clock_seconds: float | None, holds_key: bool | None) -> OwnSeen:
    """The answer to GET /patroni; `clock_seconds` is the node's own clock when it was asked. Raises ValueError."""
    own: _Own = _decoded(body, _Own)
    age = None
    if own.dcs_last_seen and clock_seconds is not None:
        age = max(0.0, clock_seconds - own.dcs_last_seen)
    return OwnSeen(
        member=shown(own.patroni.name), scope=shown(own.patroni.scope), version=shown(own.patroni.version),
        state=shown(own.state), writable=own.role in ("primary", "master"), holds_key=holds_key,
        timeline=own.timeline, system_identifier=shown(own.database_system_identifier),
        started_at=_time(own.postmaster_start_time), store_age_seconds=age, unlocked=own.cluster_unlocked,
        paused=own.pause, pending_restart=own.pending_restart, failsafe_active=own.failsafe_mode_is_active,
        watchdog_failed=own.watchdog_failed,
    )  # fmt: skip


def _time(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def read_settings(body: bytes) -> GroupSettings:
    """The answer to GET /config. A value that Patroni would not take counts as its default. Raises ValueError."""
    told = _decoded(body, dict[str, Any])
    inner = told.get("postgresql")
    server: dict[str, Any] = inner if isinstance(inner, dict) else {}
    plain = GroupSettings()
    return GroupSettings(
        ttl_seconds=_whole(told, "ttl", plain.ttl_seconds), loop_seconds=_whole(told, "loop_wait", plain.loop_seconds),
        retry_seconds=_whole(told, "retry_timeout", plain.retry_seconds),
        lag_bytes_max=_whole(told, "maximum_lag_on_failover", plain.lag_bytes_max),
        synchronous=_sync(told.get("synchronous_mode")),
        synchronous_strict=_flag(told.get("synchronous_mode_strict"), False),
        synchronous_count=_whole(told, "synchronous_node_count", plain.synchronous_count),
        restart_seconds=_whole(told, "primary_start_timeout", plain.restart_seconds),
        failsafe=_flag(told.get("failsafe_mode"), False), check_timeline=_flag(told.get("check_timeline"), False),
        rewinds=_flag(server.get("use_pg_rewind"), False), uses_slots=_flag(server.get("use_slots"), True),
        removes_data=any(
            _flag(server.get(name), False)
            for name in ("remove_data_directory_on_rewind_failure", "remove_data_directory_on_diverged_timelines")
        ),
    )  # fmt: skip


_UNITS: Final = {"": 1, "b": 1, "kb": 1024, "mb": 1024**2, "gb": 1024**3, "tb": 1024**4, "s": 1, "min": 60, "h": 3600}


def _whole(told: Mapping[str, Any], name: str, default: int) -> int:
    value = told.get(name)
    if isinstance(value, str):
        digits = value.strip().rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ ")
        unit = value.strip()[len(digits):].strip().lower()
        if not digits.isascii() or not digits.isdigit() or len(digits) > 18 or unit not in _UNITS:
            return default
        return int(digits) * _UNITS[unit]
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return default
    return int(value)


def _flag(value: object, default: bool) -> bool:
    if isinstance(value, str):
        return value.lower() in ("true", "on", "yes", "1")
    return default if value is None else bool(value)


def _sync(value: object) -> SyncMode:
    if isinstance(value, str) and value.lower() == "quorum":
        return SyncMode.QUORUM
    return SyncMode.ON if _flag(value, False) else SyncMode.OFF


def read_history(body: bytes) -> tuple[HistoryLine, ...]:
    """The answer to GET /history, the oldest first; lines in another form are left out. Raises ValueError."""
    lines = _decoded(body, Annotated[list[Any], msgspec.Meta(max_length=HISTORY_LINES_MAX)])  # type: ignore[arg-type]
    found = []
    for line in lines[-HISTORY_LINES_KEPT:]:
        if not isinstance(line, list) or len(line) < 3 or not all(type(number) is int for number in line[:2]):
            continue
        if not 0 < line[0] < 2**32 or not 0 <= line[1] < 2**64:
            continue
        rest = [shown(str(word)) for word in line[2:5]] + ["", ""]
        found.append(
            HistoryLine(timeline=line[0], end=Lsn(line[1]), reason=rest[0], at=rest[1], member=rest[2])
        )  # fmt: skip
    return tuple(found)
