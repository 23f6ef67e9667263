"""Pure readers of what Barman leaves and says: its files about backups, its JSON answers."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from console.domain.backup import Backup, BackupState
from console.domain.backup_policy import BackupKind, EngineName
from console.domain.plan import Pairs
from console.domain.text import shown
from console.domain.wal import Lsn

ID: Final = re.compile(r"\d{8}T\d{6}")
ANSWER_CHARACTERS_MAX: Final = 4_000_000
NOTES_MAX: Final = 60
DIFFERENTIAL: Final = "differential"  # a backup's name begins with it: Barman itself knows no such kind
_ONCE: Final = ("status", "systemid", "begin_xlog", "end_xlog", "parent_backup_id", "timeline")
SEGMENT_BYTES: Final = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """One `backup.info`: what is needed of it, as it stands there."""

    id: str
    status: str
    name: str
    mode: str
    parent: str | None
    begun_at: datetime
    ended_at: datetime | None
    system_identifier: str
    version: int | None
    timeline: int | None
    start: Lsn | None
    stop: Lsn | None
    size_bytes: int | None
    stored_bytes: int | None
    segment_bytes: int
    error: str
    encrypted: bool
    compressed: bool
    there: bool  # its directory
    tablespaces: tuple[tuple[str, int], ...]  # name and number


def read_info(backup: str, text: str, *, there: bool, zone: timedelta) -> Info:
    """Read a `backup.info`. `zone`: the host's offset, for times without one. Raises ValueError for nonsense.

    Source: barman/infofile.py, BackupInfo; `key=value` lines, the empty value is `None`.
    """
    if not ID.fullmatch(backup):
        raise ValueError(f"not the id of a backup: {backup[:40]!r}")
    said: dict[str, str] = {}
    for line in text.splitlines():
        key, mark, value = line.partition("=")
        if mark and key in said and key in _ONCE:
            raise ValueError(f"{backup}: two lines say its {key}")
        if mark and (value != "None" or key in _ONCE):
            said.setdefault(key.strip(), value.strip())
    said = {key: value for key, value in said.items() if value != "None"}
    parent = said.get("parent_backup_id")
    if parent is not None and not ID.fullmatch(parent):
        raise ValueError(f"{backup}: not the id of a parent: {parent[:40]!r}")
    begun = _moment(said.get("begin_time"), zone) or datetime.strptime(backup, "%Y%m%dT%H%M%S").replace(
        tzinfo=timezone(zone)
    )
    size = _whole(said.get("size"))
    return Info(
        id=backup,
        status=said.get("status", "EMPTY"),
        name=shown(said.get("backup_name", ""), characters_max=200),
        mode=said.get("mode", ""),
        parent=parent,
        begun_at=begun,
        ended_at=_moment(said.get("end_time"), zone),
        system_identifier=str(_whole(said.get("systemid")) or ""),
        version=_whole(said.get("version")),
        timeline=_whole(said.get("timeline")),
        start=Lsn.parse(said["begin_xlog"]) if "begin_xlog" in said else None,
        stop=Lsn.parse(said["end_xlog"]) if "end_xlog" in said else None,
        size_bytes=_whole(said.get("cluster_size")) or size,
        stored_bytes=_whole(said.get("deduplicated_size")) or size,
        segment_bytes=_segment(_whole(said.get("xlog_segment_size"))),
        error=shown(said.get("error", ""), characters_max=400),
        encrypted="encryption" in said,
        compressed="compression" in said,
        there=there,
        tablespaces=tuple(
            (shown(name, characters_max=63), int(number))
            for name, number in re.findall(r"\('([^']{1,63})', (\d{1,10}), ", said.get("tablespaces", ""))
        ),
    )


def _segment(size: int | None) -> int:
    if size is None:
        return SEGMENT_BYTES
    if size & (size - 1) or not 1 << 20 <= size <= 1 << 30:
        raise ValueError(f"no size of a WAL segment: {size}")
    return size


def _whole(text: str | None) -> int | None:
    if text is None:
        return None
    if not re.fullmatch(r"\d{1,20}", text):
        raise ValueError(f"not a number: {text[:40]!r}")
    return int(text)


def _moment(text: str | None, zone: timedelta) -> datetime | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = datetime.strptime(text, "%a %b %d %H:%M:%S %Y")  # as Barman wrote it before it knew zones
    return (found if found.tzinfo is not None else found.replace(tzinfo=timezone(zone))).astimezone(UTC)


def kind_of(info: Info) -> BackupKind:
    """Barman knows full and incremental; one on the last full that was meant as differential says so by its name."""
    if info.parent is None:
        return BackupKind.FULL
    return BackupKind.DIFFERENTIAL if info.name.startswith(DIFFERENTIAL) else BackupKind.INCREMENTAL


def state_of(info: Info, *, newest: bool, busy: bool, held: bool) -> tuple[BackupState, str]:
    """Its state and what is wrong. `busy`: a backup holds Barman's lock; `held`: its WAL is there to its stop."""
    if not info.there:
        return BackupState.BROKEN, "its directory is missing"
    if info.status == "DONE":
        if info.start is None or info.stop is None:
            return BackupState.BROKEN, "it does not say from where to where it goes"
        return BackupState.COMPLETE, ""
    if info.status == "WAITING_FOR_WALS":
        return (BackupState.COMPLETE, "") if held else (BackupState.RUNNING, "its WAL has not come yet")
    if busy and newest and info.status != "FAILED":
        return BackupState.RUNNING, ""
    return BackupState.BROKEN, info.error or f"{shown(info.status, characters_max=40)}, and nothing works on it"


def backup_of(info: Info, repository: str, state: BackupState, trouble: str) -> Backup:
    """The backup as the console knows it."""
    return Backup(
        id=info.id, repository=repository, engine=EngineName.BARMAN, kind=kind_of(info), state=state,
        parent=info.parent, begun_at=info.begun_at, ended_at=info.ended_at,
        system_identifier=info.system_identifier, server_version=info.version, timeline=info.timeline,
        start=info.start, stop=info.stop, size_bytes=info.size_bytes, stored_bytes=info.stored_bytes, trouble=trouble,
    )  # fmt: skip


def _answer(text: str, server: str) -> object:
    """What Barman said of a server as JSON. Raises ValueError."""
    if len(text) > ANSWER_CHARACTERS_MAX:
        raise ValueError("an answer of Barman's is far too long")
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"no JSON: {text[:80]!r}") from error
    if not isinstance(said, dict) or server not in said:
        raise ValueError(f"Barman says nothing of {server}: {text[:80]!r}")
    return said[server]


def read_list(text: str, server: str) -> Pairs:
    """`list-backups`: each backup's retention state by its id. Raises ValueError."""
    rows = _answer(text, server)
    if not isinstance(rows, list):
        raise ValueError("the list of backups is no list")
    found = []
    for row in rows:
        if not isinstance(row, dict) or not ID.fullmatch(str(row.get("backup_id", ""))):
            raise ValueError(f"no backup in the list: {str(row)[:80]}")
        found.append((str(row["backup_id"]), shown(str(row.get("retention_status", "-")), characters_max=40)))
    return tuple(found)


def read_check(text: str, server: str) -> Pairs:
    """`check`: what failed, with its hint. Raises ValueError."""
    rows = _answer(text, server)
    if not isinstance(rows, dict):
        raise ValueError("the checks are no list of names")
    found = []
    for name, row in rows.items():
        if not isinstance(row, dict) or row.get("status") not in ("OK", "FAILED"):
            raise ValueError(f"a check without an outcome: {str(name)[:80]}")
        if row["status"] == "FAILED":
            word = shown(str(name), characters_max=60).replace("_", "-")
            found.append((word, shown(str(row.get("hint") or "failed"), characters_max=200)))
    return tuple(found[:NOTES_MAX])
