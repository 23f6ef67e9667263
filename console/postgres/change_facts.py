"""What a change asks of a node at once: one script for its shell, and a pure reader of all that it prints."""

import re
import shlex
from dataclasses import dataclass, replace
from enum import Enum
from typing import Annotated, Final

import msgspec

from console.domain.cluster import NodeKind
from console.domain.reading import ControlState, Head, Moment, Slot
from console.domain.situation import ControlFacts, LockSeen, NodeFacts, ServerFacts
from console.domain.text import shown
from console.domain.wal import Lsn
from console.postgres import facts, host_facts
from console.postgres.facts import VITAL, Count, Text

SQL_SECONDS_MAX: Final = 3
STATEMENT_MILLISECONDS_MAX: Final = 2000
LOCK_LIVE_SECONDS: Final = 10.0  # a lock that was not renewed for so long may be taken
SHOWN_SETTINGS: Final = (
    "archive_command", "archive_mode", "checkpoint_timeout", "cluster_name", "data_checksums", "full_page_writes",
    "hot_standby", "hot_standby_feedback", "listen_addresses", "max_replication_slots", "max_wal_senders", "port",
    "primary_conninfo", "primary_slot_name", "recovery_min_apply_delay", "recovery_target_timeline", "restore_command",
    "summarize_wal",
    "synchronous_commit", "synchronous_standby_names", "wal_keep_size", "wal_level", "wal_log_hints",
    "wal_receiver_timeout", "wal_segment_size", "wal_sender_timeout", "config_file", "hba_file",
)  # fmt: skip
NEEDED_FUNCTIONS: Final = (
    "pg_promote(boolean,integer)", "pg_reload_conf()", "pg_create_physical_replication_slot(name,boolean,boolean)",
)  # fmt: skip

_RIGHTS: Final = " union all ".join(
    f"select {facts.literal(name.partition('(')[0])} as name where not has_function_privilege({facts.literal(name)}, "
    "'execute')"
    for name in NEEDED_FUNCTIONS
)
_SETTINGS_SQL: Final = f"""'settings', (select jsonb_object_agg(name, case name when 'primary_conninfo'
     then regexp_replace(regexp_replace(setting, '://[^@/]*@', '://hidden@'),
       '(\\w*password)\\s*=\\s*(''[^'']*''|\\S+)', '\\1=hidden', 'g') else setting end)
   from pg_settings where name in ({", ".join(facts.literal(name) for name in SHOWN_SETTINGS)})),
 'slots', (select jsonb_agg(jsonb_build_object('name', slot_name, 'kind', slot_type, 'active', active,
     'kept', null, 'status', wal_status) order by slot_name) from pg_replication_slots)"""
_STATE_SQL: Final = f"select 'server ' || jsonb_build_object({_SETTINGS_SQL})::text"
_SERVER_SQL: Final = f"""select 'server ' || jsonb_build_object({_SETTINGS_SQL},
 'rights', (select coalesce(jsonb_agg(name), '[]') from ({_RIGHTS} union all
     select 'alter system' where not (select rolsuper from pg_roles where rolname = current_user)) as missing),
 'long', (select extract(epoch from max(clock_timestamp() - xact_start))::float8 from pg_stat_activity
   where backend_type = 'client backend' and pid <> pg_backend_pid()),
 'prepared', (select count(*) from pg_prepared_xacts),
 'backups', (select count(*) from pg_stat_progress_basebackup),
 'archived', (select last_archived_wal from pg_stat_archiver),
 'failing', (select last_failed_time is not null and last_failed_time > coalesce(last_archived_time, '-infinity')
   from pg_stat_archiver),
 'waiting', (select count(*) from pg_ls_archive_statusdir() where name like '%.ready'))::text"""

_PG_STATES: Final = {state.value: state for state in ControlState}


class Depth(Enum):
    """How much a look asks for: every process that it starts on the host costs time, and writes may be stopped."""

    WHOLE = "whole"  # all that a plan is made from
    STATE = "state"  # host, files, server and lock, as proofs need them
    VITAL = "vital"  # the server's role, positions and senders alone


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAt:
    """Where a node's parts are, as far as they are known: what the script is built from."""

    node: str
    kind: NodeKind
    lock_key: str
    bin_directory: str | None
    data_directory: str | None
    socket: str  # a directory or an address; empty: by postmaster.pid
    port: int
    admin_user: str
    database: str
    ledger: str | None
    size: bool = False  # the size of the data directory too, which walks it
    depth: Depth = Depth.WHOLE
    mark: str = "block"  # begins the lines that frame what programs say; a look's own, which nobody can know


_CRC_POLYNOMIAL: Final = 0x04C11DB7


def cksum(text: str) -> str:
    """What `cksum` prints of this text on its standard input, with a hyphen for the blank: sum and length."""
    data = text.encode("utf-8", "surrogateescape")
    size, crc = len(data), 0
    for byte in data + size.to_bytes((size.bit_length() + 7) // 8, "little"):
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ _CRC_POLYNOMIAL if crc & 0x80000000 else crc << 1) & 0xFFFFFFFF
    return f"{~crc & 0xFFFFFFFF}-{size}"


def place_lines(lock_key: str, data_directory: str | None) -> list[str]:
    """Lines of shell that set L, the directory of what we leave on a host, and K, by what files of a node are known.

    And `lc_real`, the data directory without symbolic links, `lc_uid`, who we are. The shell's own words do it where
    they can: every script begins with these lines, and each program that is started costs milliseconds.
    """
    key = shlex.quote(lock_key)
    lines = [
        "lc_uid=; while read -r a b c; do [ \"$a\" != Uid: ] || { lc_uid=${c%%[!0-9]*}; break; }; done "
        "2>/dev/null </proc/self/status; [ -n \"$lc_uid\" ] || lc_uid=$(id -u); L=/var/tmp/ledger-console-$lc_uid"
    ]
    if data_directory:
        # One server has one lock, by whatever path or link it is called.
        path = shlex.quote(data_directory.rstrip("/") or "/")
        known = cksum(data_directory.rstrip("/") or "/")
        lines += [
            f"lc_was=$PWD; lc_real=; cd -P -- {path} 2>/dev/null && lc_real=$PWD",
            'cd -- "$lc_was" 2>/dev/null || cd /',
            f"[ -n \"$lc_real\" ] || lc_real=$(readlink -f -- {path} 2>/dev/null || echo {path})",
            f"case \"$lc_real\" in {path}) K={key}-{known};; "
            f"*) K=$(printf %s \"$lc_real\" | cksum); K={key}-${{K% *}}-${{K#* }};; esac",
        ]
    else:
        lines.append(f"lc_real=; K={key}-{cksum('host')}")
    # Hundredths of a second since the host's start: whole numbers, which every shell can compare.
    return [*lines, 'up() { read -r u _ </proc/uptime; echo "${u%.*}${u#*.}"; }']


def look_script(at: LookAt, *, sql: bool = True) -> str:
    """The script. Nothing is changed by it. It is run by the account that owns the data directory."""
    whole = at.depth is Depth.WHOLE
    lines = [
        "LC_ALL=C; export LC_ALL; cd /",
        *place_lines(at.lock_key, at.data_directory),
        'echo "account $(id -un)"' if whole else 'echo "account $lc_uid"',
        'read -r v </etc/machine-id && echo "machine $v"',
        'read -r v </proc/sys/kernel/random/boot_id && echo "boot $v"',
        'read -r v w </proc/uptime && echo "uptime $v"',
    ]
    if at.depth is Depth.VITAL:
        return "\n".join([*lines, *_programs_lines(at), *_sql_lines(at)]) + "\n"
    lines += [
        'for t in lock beat rewinding configured copied; do [ -f "$L/$K.$t" ] && [ -O "$L" ] && '
        '{ v=; read -r v <"$L/$K.$t"; case $t in beat) t=lockbeat;; esac; echo "$t $v"; }; done',
        '[ -f "$L/$K.fenced" ] && [ -O "$L" ] && echo "fenced yes"',
    ]
    if whole:
        lines += [
            'echo "clock $(date -u +%s.%N)"',
            'for t in flock sha256sum awk timeout; do command -v $t >/dev/null || echo "lacks $t"; done',
        ]
    if at.kind is NodeKind.POSTGRES:
        lines += _postgres_lines(at, sql=sql)
    elif whole:
        lines.append('df -Pk / 2>&1 | tail -n 1 | sed "s/^/disk /"')
    return "\n".join(lines) + "\n"


def _block(at: LookAt, name: str, command: str) -> list[str]:
    """What a command says, between two lines that bear this look's own mark: no line of it is taken for another's."""
    return [f"echo '{at.mark} {name}'", f"{command} 2>&1", f"printf '\\n%s\\n' '{at.mark} end'"]


def _programs_lines(at: LookAt) -> list[str]:
    """Sets B, where PostgreSQL's programs are, and G, where the data is."""
    data = f"G={shlex.quote(at.data_directory.rstrip('/') or '/')}" if at.data_directory is not None else "G="
    if at.bin_directory is not None:
        return [f"B={shlex.quote(at.bin_directory)}", 'echo "bin $B"', data]
    patterns = " ".join(f"{place}/postgres" for place in host_facts.PLACES)
    found = f'B=; for p in {patterns}; do [ -x "$p" ] && B=${{p%/postgres}}; done'
    return [found, 'echo "bin $B"', data]


def _postgres_lines(at: LookAt, *, sql: bool) -> list[str]:
    lines = _programs_lines(at)
    if at.data_directory is not None:
        directory = at.data_directory.rstrip("/") or "/"
        lines += [
            'echo "data $G"',
            *host_facts.look_lines(data_directory=directory, bin_directory=None, become=None),
            '[ -e "$G/standby.signal" ] && echo "signal yes"',
            '[ -e "$G.copy" ] && echo "copy yes"; [ -e "$G.old" ] && echo "old yes"',
            'if [ -x "$B/pg_controldata" ]; then',
            *_block(at, "c", '"$B/pg_controldata" -D "$G"'),
            "fi",
            # The newest history that came here says on which timeline a position lies; a standby does not say it.
            'h=; for f in "$G"/pg_wal/*.history; do [ -f "$f" ] && h=$f; done; [ -z "$h" ] || { '
            'n=${h##*/}; echo "newest ${n%.history}"; while read -r a b c || [ -n "$a" ]; do '
            'case "$a" in [0-9]*) echo "fork $a $b";; esac; done <"$h"; }',
            "S=; { read -r P; read -r P; read -r P; read -r P; read -r S; } 2>/dev/null <\"$G/postmaster.pid\"",
            'echo "socket $S"',
        ]
        if at.depth is Depth.WHOLE:
            lines += ['df -Pk "$G" 2>&1 | tail -n 1 | sed "s/^/disk /"', *_restarter_lines()]
        if at.size:
            lines.append('echo "size $(du -sk "$G" 2>/dev/null | cut -f 1)"')
    if sql:
        lines += _sql_lines(at)
    return lines


def _restarter_lines() -> list[str]:
    """Who would start the server again: by the configuration that names its data directory, or by its control group."""
    return [
        "for f in $(grep -slaE 'patroni|repmgrd' /proc/[0-9]*/cmdline); do p=${f%/cmdline}; "
        "for a in $(tr '\\0' ' ' <$f); do [ -f \"$a\" ] && case $a in *.yml|*.yaml|*.conf) "
        'grep -qsF -- "$G" "$a" && '
        "echo \"restarter $(tr '\\0' ' ' <$f | grep -oE 'patroni|repmgrd' | head -n 1)\";; "
        "esac; done; done 2>/dev/null | sort -u",
        'M=$(head -n 1 "$G/postmaster.pid" 2>/dev/null); case "$M" in ""|*[!0-9]*) ;; *) '
        "u=$(sed -n 's/.*\\/\\([^/]*postgres[^/]*\\.service\\)$/\\1/p' /proc/$M/cgroup 2>/dev/null | head -n 1); "
        '[ -n "$u" ] && command -v systemctl >/dev/null && r=$(systemctl show -p Restart --value "$u" 2>/dev/null) && '
        '[ "$r" != no ] && [ -n "$r" ] && echo "restarter systemd:$u";; esac',
        # A server that is its container's first process, or its init's child, ends the container, which comes again.
        'read -r i </proc/1/comm; case "$M" in 1) echo "restarter container";; ""|*[!0-9]*) ;; *) case "$i" in '
        "tini|dumb-init|docker-init|catatonit|s6-svscan) grep -qs '^PPid:.1$' /proc/$M/status && "
        'echo "restarter container";; esac;; esac',
        "grep -qsa pacemakerd /proc/[0-9]*/comm && echo 'restarter pacemaker'",
    ]


def _sql_lines(at: LookAt) -> list[str]:
    limit = f"-c statement_timeout={STATEMENT_MILLISECONDS_MAX} -c lock_timeout=200"
    options = f"{limit} -c default_transaction_read_only=on"
    heads = "select null"
    if at.ledger is not None:
        heads = f"select 'heads ' || coalesce({facts.heads_sql(at.ledger)}, '[]')::text"
    questions = [f"select 'vital ' || ({facts.VITAL_SQL})::text"]
    if at.depth is not Depth.VITAL:
        questions += [_SERVER_SQL if at.depth is Depth.WHOLE else _STATE_SQL, heads]
    asked = " ".join(f"-c {shlex.quote(' '.join(question.split()))}" for question in questions)
    host = shlex.quote(at.socket)
    return [
        f"H={host}; [ -n \"$H\" ] || {{ read -r H; read -r H; read -r H; read -r H; read -r H; }} 2>/dev/null "
        '<"$G/postmaster.pid"',
        *_block(
            at, "q", f'PGCONNECT_TIMEOUT={SQL_SECONDS_MAX} PGOPTIONS={shlex.quote(options)} PGAPPNAME=ledger_console '
            f'"$B/psql" -XAtq -w -h "$H" -p {at.port} -U {shlex.quote(at.admin_user)} -d {shlex.quote(at.database)} '
            f"{asked}",
        ),
    ]  # fmt: skip


class _Slot(msgspec.Struct):
    name: Text
    kind: Text
    active: bool
    kept: int | None
    status: Text | None


class _Server(msgspec.Struct):
    settings: dict[str, Text | None]
    slots: Annotated[list[_Slot], msgspec.Meta(max_length=facts.SLOTS_MAX)] | None
    rights: Annotated[list[Text], msgspec.Meta(max_length=20)] = []
    long: float | None = None
    prepared: Count = 0
    backups: Count = 0
    archived: Text | None = None
    failing: bool | None = None
    waiting: Count = 0


_SERVER: Final = msgspec.json.Decoder(_Server)
_UNREAD: Final = ("its settings can't be read",)
_NOT_ASKED: Final = _Server(settings={}, slots=None)


def read_look(at: LookAt, text: bytes, *, now: Moment, round_trip_seconds: float) -> NodeFacts:
    """What the script printed, as facts. What is missing or senseless is None: unknown, never fine."""
    tagged: dict[str, list[str]] = {}
    plain, block = [], ""
    for line in text.decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(" ")
        if name == at.mark:
            block = "" if value == "end" else value
        elif block:
            tagged.setdefault(block, []).extend([line.strip()] if line.strip() else [])
        else:
            tagged.setdefault(name, []).append(value.strip())
            plain.append(line.encode("utf-8", "replace"))
    host = host_facts.read_host(plain, now, round_trip_seconds)
    whole = at.depth is not Depth.VITAL
    server, trouble = _server(tagged.get("q", []), now, round_trip_seconds, whole=whole)
    if server is not None and server.in_recovery and server.receiver is None and server.position is not None:
        on = timeline_at(server.position, (tagged.get("newest") or [""])[0], tagged.get("fork", []))
        server = replace(server, timeline=on or server.timeline)
    uptime, restarters = host.uptime_seconds, {shown(one, characters_max=100) for one in tagged.get("restarter", [])}
    clock = None if host.clock is None else (host.clock - now.utc).total_seconds() + round_trip_seconds / 2
    size = (tagged.get("size") or [""])[0]
    return NodeFacts(
        node=at.node, kind=at.kind, at=now, reached=True, machine_id=host.machine_id, boot_id=host.boot_id,
        uptime_seconds=uptime, clock_offset_seconds=clock, account=shown((tagged.get("account") or [""])[0]),
        lock=_lock(tagged, uptime, host.boot_id), bin_directory=_path(tagged, "bin"),
        data_directory=at.data_directory, socket_directory=_path(tagged, "socket") or at.socket or None,
        processes=None if host.processes is None else len(host.processes), postmaster_alive=host.postmaster_alive,
        control=_control(tagged.get("c", [])), standby_signal="signal" in tagged, fence_mark="fenced" in tagged,
        newest_history=_history(tagged),
        rewind_mark="rewinding" in tagged, configured=shown((tagged.get("configured") or [""])[0]),
        copied=shown((tagged.get("copied") or [""])[0]), copy_there="copy" in tagged, old_there="old" in tagged,
        disk_free_bytes=host.disk_free_bytes,
        data_bytes=int(size) * 1024 if re.fullmatch(r"[0-9]{1,15}", size) else None,
        restarters=tuple(sorted(restarters)), server=server, server_trouble=trouble,
        tools_missing=tuple(shown(one, characters_max=40) for one in tagged.get("lacks", [])[:10]),
    )  # fmt: skip


def _history(tagged: dict[str, list[str]]) -> int | None:
    newest = (tagged.get("newest") or [""])[0]
    return int(newest, 16) if re.fullmatch(r"[0-9A-F]{8}", newest) else None


def timeline_at(position: Lsn, newest: str, forks: list[str]) -> int | None:
    """On which timeline a position lies, by the newest history's lines ('5 0/70000A0 …'); None where unreadable."""
    if not re.fullmatch(r"[0-9A-F]{8}", newest):
        return None
    try:
        ends = [(int(words[0]), Lsn.parse(words[1])) for line in forks if len(words := line.split()) > 1]
    except ValueError:
        return None
    return next((timeline for timeline, end in ends if position < end), int(newest, 16))


def _path(tagged: dict[str, list[str]], name: str) -> str | None:
    value = (tagged.get(name) or [""])[0]
    return shown(value) if value.startswith("/") else None


def _lock(tagged: dict[str, list[str]], uptime_seconds: float | None, boot_id: str | None) -> LockSeen:
    words = (tagged.get("lock") or [""])[0].split(" ", 3)
    if len(words) < 4 or not re.fullmatch(r"[0-9]{1,18}", words[0]):
        return LockSeen(term=0, owner="", person="", renewed_uptime_seconds=None, live=False)
    term = int(words[0])
    renewed, live = None, False
    beat = (tagged.get("lockbeat") or [""])[0].split(" ")
    if len(beat) == 3 and beat[0] == words[0] and re.fullmatch(r"[0-9]{1,15}", beat[1]):
        renewed = int(beat[1]) / 100
        same_boot = beat[2] == (boot_id or "") == words[2]
        age = None if uptime_seconds is None else uptime_seconds - renewed
        live = same_boot and age is not None and -1.0 <= age <= LOCK_LIVE_SECONDS
    owner = "" if words[1] == "-" else shown(words[1], characters_max=100)
    return LockSeen(
        term=term, owner=owner, person=shown(words[3], characters_max=100),
        renewed_uptime_seconds=renewed, live=live,
    )  # fmt: skip


def _control(lines: list[str]) -> ControlFacts | None:
    values = {name: value.strip() for name, colon, value in (line.partition(":") for line in lines) if colon}
    try:
        minimum = Lsn.parse(values.get("Minimum recovery ending location", "0/0"))
        return ControlFacts(
            state=_PG_STATES.get(values["Database cluster state"], ControlState.UNKNOWN),
            system_identifier=_digits(values["Database system identifier"]),
            timeline=int(_digits(values["Latest checkpoint's TimeLineID"])),
            checkpoint=Lsn.parse(values["Latest checkpoint location"]),
            minimum_recovery_end=minimum if minimum.position else None,
            checksums=values.get("Data page checksum version", "0") != "0",
            wal_log_hints=values.get("wal_log_hints setting", "off") == "on",
            version=int(_digits(values["pg_control version number"])),
        )
    except (KeyError, ValueError):
        return None


def _digits(text: str) -> str:
    if not re.fullmatch(r"[0-9]{1,20}", text):
        raise ValueError(f"not a number: {text[:40]!r}")
    return text


def _server(
    lines: list[str], now: Moment, round_trip_seconds: float, *, whole: bool
) -> tuple[ServerFacts | None, str]:
    """The server's own answers, or what psql said instead."""
    words = [line.partition(" ") for line in lines]
    found = {name: rest for name, _, rest in words if name in ("vital", "server", "heads")}
    junk = " ".join(line for line in lines if line.partition(" ")[0] not in found)
    if "vital" not in found:
        return None, shown(junk)
    partly = whole and "server" not in found  # its role and positions are known all the same
    try:
        vital = VITAL.read(found["vital"].encode(), now, round_trip_seconds)
        raw = facts.decoded(_SERVER, found["server"].encode()) if whole and not partly else _NOT_ASKED
    except ValueError as error:
        return None, f"an answer that cannot be read: {shown(str(error), characters_max=200)}"
    heads: tuple[Head, ...] = ()
    trouble = shown(junk)
    if "heads" in found:
        try:
            heads, trouble = facts.read_heads(found["heads"].encode()), ""
        except ValueError as error:
            trouble = f"the ledger's head cannot be read: {shown(str(error), characters_max=200)}"
    slots = tuple(
        Slot(name=shown(s.name), kind=shown(s.kind), active=s.active, kept_bytes=s.kept, wal_status=s.status)
        for s in raw.slots or ()
    )
    server = ServerFacts(
        version=vital.version, in_recovery=vital.in_recovery, timeline=vital.timeline, write=vital.write,
        flush=vital.flush, received=vital.received, replayed=vital.replayed, replay_paused=vital.replay_paused,
        started_at=vital.started_at, senders=vital.senders, receiver=vital.receiver, slots=slots,
        settings=tuple(sorted((name, shown(value or "")) for name, value in raw.settings.items())),
        rights_missing=_UNREAD if partly else tuple(shown(right) for right in raw.rights),
        long_transaction_seconds=raw.long,
        prepared_transactions=raw.prepared, backups_running=raw.backups, archived=raw.archived and shown(raw.archived),
        archive_failing=bool(raw.failing), archive_waiting=raw.waiting, heads=heads, head_trouble=trouble,
        logical_slots=tuple(slot.name for slot in slots if slot.kind == "logical"),
    )  # fmt: skip
    return server, ""
