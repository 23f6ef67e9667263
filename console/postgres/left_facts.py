"""Asks a node what changes have left on it: one script for its shell, and a pure reader of what it prints."""

import re
import shlex
from typing import Final

import msgspec

from console.domain.cluster import NodeKind
from console.domain.left import LeftFile, LeftRead, LeftSlot
from console.domain.text import shown
from console.postgres import facts
from console.postgres.change_facts import LookAt, place_lines

LEFT_SECONDS_MAX: Final = 20.0
WALK_SECONDS_MAX: Final = 5  # for the size of one directory
FILES_MAX: Final = 500
SLOTS_MAX: Final = 200
STATEMENT_MILLISECONDS_MAX: Final = 2000

_FILE: Final = re.compile(
    r"(own|other-key|beside|supervised|kept|reading) (\d{1,18}|\?) (\d{1,12}|\?) ([A-Za-z0-9][A-Za-z0-9._:-]{0,250})"
)
_UPSTREAM: Final = re.compile(r"[A-Za-z0-9._:/%-]{1,255}:[0-9]{1,5}")
_SQL: Final = """select 'left ' || jsonb_build_object(
 'streams', exists (select from pg_stat_wal_receiver where status = 'streaming'),
 'upstream', current_setting('primary_conninfo') <> '',
 'restore', current_setting('restore_command') ~ '[.]rescue',
 'slots', (select coalesce(jsonb_agg(jsonb_build_object('name', slot_name, 'kept', pg_wal_lsn_diff(
   case when pg_is_in_recovery() then coalesce(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
   else pg_current_wal_lsn() end, restart_lsn)::int8)), '[]')
   from pg_replication_slots where slot_type = 'physical' and not active))::text"""


def left_script(at: LookAt, *, cluster: str, client: str) -> str:
    """The script. Nothing is changed by it. It is run by the account that our files belong to.

    `client`: how the names of the cluster's outage meters begin.
    """
    data = shlex.quote((at.data_directory or "").rstrip("/"))
    lines = [
        "LC_ALL=C; export LC_ALL; cd /",
        *place_lines(at.lock_key, at.data_directory),
        f"D={data}; C=${{K#{shlex.quote(at.lock_key)}-}}; now=$(date +%s); n=0; echo \"place $L/$K\"",
        # What a name holds beyond its place, with its size and its age; a directory is walked within a limit.
        'one() { [ -e "$3" ] || [ -L "$3" ] || return 0; n=$((n+1)); '
        f'[ "$n" -le {FILES_MAX} ] || return 0; m=$(stat -c %Y "$3" 2>/dev/null); '
        'if [ -d "$3" ] && [ ! -L "$3" ]; then '
        f's=$(timeout {WALK_SECONDS_MAX} du -sk "$3" 2>/dev/null | cut -f 1); [ -z "$s" ] || s=$((s * 1024)); '
        'else s=$(stat -c %s "$3" 2>/dev/null); fi; '
        'if [ -n "$m" ]; then a=$((now - m)); [ "$a" -ge 0 ] || a=0; else a=?; fi; '
        'printf "thing %s %s %s %s\\n" "$1" "${s:-?}" "$a" "$2"; }',
        'if [ -d "$L" ] && [ ! -L "$L" ] && [ -O "$L" ]; then',
        'for f in "$L"/*-"$C".*; do g=${f##*/}; case "$g" in "$K".*) one own "${g#"$K".}" "$f";; '
        # A backup host serves other clusters too: their files are none of ours.
        '*) [ -z "$D" ] || one other-key "$g" "$f";; esac; done',
        f'for f in "$L"/*:*; do g=${{f##*/}}; case "$g" in *:{shlex.quote(at.node)}:*|{shlex.quote(client)}*) '
        '[ -d "$f" ] && one supervised "$g" "$f";; esac; done',
        'X=$(head -n 1 "$L/$K.reading" 2>/dev/null); case "$X" in /var/tmp/lcr.*) one reading "${X##*/}" "$X";; esac',
        "fi",
    ]
    if at.kind is NodeKind.BACKUP:
        # Where `keep_carry` puts WAL beyond a fork.
        lines += [
            'H=${HOME:-}; [ -n "$H" ] && [ -w "$H" ] || H=/var/tmp',
            f'R="$H/ledger-console-kept/"{shlex.quote(cluster)}; echo "kept-place $R"',
            'for f in "$R"/*; do one kept "${f##*/}" "$f"; done',
        ]
    if at.data_directory is not None:
        lines += _data_lines(at)
    return "\n".join([*lines, "echo end"]) + "\n"


def _data_lines(at: LookAt) -> list[str]:
    asked = shlex.quote(" ".join(_SQL.split()))
    limit = f"-c statement_timeout={STATEMENT_MILLISECONDS_MAX} -c default_transaction_read_only=on"
    bin_directory = shlex.quote(at.bin_directory or "")
    return [
        'for f in "$D.copy" "$D.old" "$D.rescue" "$D.restore" "$D".kept-wal.* "$D".before-*; do '
        'one beside "${f#"$D".}" "$f"; done',
        'A="$D/postgresql.auto.conf"',
        "grep -qE \"^primary_conninfo *= *''\" \"$A\" 2>/dev/null && echo 'auto upstream-empty'",
        "grep -qE \"^summarize_wal *= *'?(off|false|no|0)\" \"$A\" 2>/dev/null && echo 'auto summarize-off'",
        # Host and port alone: a password may stand beside them.
        'k=$(cat "$L/$K.conninfo" 2>/dev/null); if [ -n "$k" ]; then '
        "h=$(printf '%s' \"$k\" | sed -nE \"s/.*(^| )(host|hostaddr) *= *'?([^' ]+).*/\\3/p\"); "
        "p=$(printf '%s' \"$k\" | sed -nE \"s/.*(^| )port *= *'?([0-9]+).*/\\2/p\"); "
        'printf "kept-upstream %s:%s\\n" "$h" "${p:-5432}"; fi',
        'M=$(head -n 1 "$D/postmaster.pid" 2>/dev/null); case "$M" in ""|*[!0-9]*) ;; *) '
        '[ "$(readlink "/proc/$M/fd/2")" = "$L/$K.postgres.log" ] && echo "logs here";; esac',
        f'B={bin_directory}; H={shlex.quote(at.socket)}; [ -n "$H" ] || H=$(sed -n 5p "$D/postmaster.pid" 2>/dev/null)',
        f'[ -x "$B/psql" ] && PGCONNECT_TIMEOUT=3 PGOPTIONS={shlex.quote(limit)} PGAPPNAME=ledger_console "$B/psql" '
        f'-XAtq -w -h "$H" -p {at.port} -U {shlex.quote(at.admin_user)} -d postgres -c {asked} 2>/dev/null',
    ]


class _Slot(msgspec.Struct):
    name: facts.Text
    kept: int | None


class _Left(msgspec.Struct):
    streams: bool
    upstream: bool
    restore: bool
    slots: list[_Slot]


_LEFT: Final = msgspec.json.Decoder(_Left)


def read_left(at: LookAt, text: bytes) -> LeftRead:
    """What the script printed. Lines that make no sense are left out. Raises ValueError where it did not end."""
    files: list[LeftFile] = []
    words: dict[str, list[str]] = {}
    for line in text.decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(" ")
        words.setdefault(name, []).append(value)
        found = _FILE.fullmatch(value) if name == "thing" and len(files) < FILES_MAX else None
        if found is not None:
            files.append(_file(at, found, words))
    if "end" not in words:
        raise ValueError("the answer about what was left has no end")
    server = _server(words.get("left", []))
    auto, kept = words.get("auto", []), (words.get("kept-upstream") or [""])[0]
    return LeftRead(
        node=at.node, files=tuple(files), server=server is not None,
        slots=tuple(LeftSlot(name=one.name[:63], kept_bytes=None if one.kept is None else max(0, one.kept))
                    for one in (server.slots[:SLOTS_MAX] if server is not None else ())),
        streams=server is not None and server.streams, restore_ours=server is not None and server.restore,
        upstream_empty=server is not None and not server.upstream and "upstream-empty" in auto,
        summarize_off=server is not None and "summarize-off" in auto,
        kept_upstream=kept if _UPSTREAM.fullmatch(kept) else "", logs_here="logs" in words,
    )  # fmt: skip


def _file(at: LookAt, found: re.Match[str], words: dict[str, list[str]]) -> LeftFile:
    place, size, age, name = found.groups()
    own = shown((words.get("place") or [""])[0], characters_max=300)
    beyond = {
        "own": f"{own}.{name}", "beside": f"{(at.data_directory or '').rstrip('/')}.{name}",
        "reading": f"/var/tmp/{name}",
        "kept": f"{shown((words.get('kept-place') or [''])[0], characters_max=300)}/{name}",
    }  # fmt: skip
    return LeftFile(
        place=place, name=name, path=beyond.get(place, f"{own.rpartition('/')[0]}/{name}"),
        bytes=None if size == "?" else int(size), age_seconds=None if age == "?" else float(age),
    )  # fmt: skip


def _server(lines: list[str]) -> _Left | None:
    if len(lines) != 1:
        return None
    try:
        return facts.decoded(_LEFT, lines[0].encode())
    except ValueError:
        return None
