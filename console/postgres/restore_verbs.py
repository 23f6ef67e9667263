"""Exact shell scripts for a sandbox: a laid-out data directory is started closed, looked at, and torn down."""

import re
import shlex
from dataclasses import dataclass
from typing import Final

from console.domain.plan import Pairs
from console.domain.text import shown
from console.postgres.restore_closing import CLOSED, isolation_lines

PREFIX: Final = "sandbox-"  # of the directory of each, so that all of them on a host are found by name
PORT: Final = 5432  # names the socket's file only: a sandbox listens on no network
READY_SECONDS_MAX: Final = 60
STOP_SECONDS_MAX: Final = 60
LIFE_SECONDS_MAX: Final = 30 * 86_400.0
LOG_SHOWN_LINES: Final = 60
ASKED_SHOWN_LINES: Final = 200
VALUE_CHARACTERS_MAX: Final = 200
LEADS_OUT_STATUS: Final = 250  # of restore_command: over 125 it ends recovery for good

_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_WORD: Final = re.compile(r"[a-z_]{1,40}")
# Sets X, the socket's directory: the sandbox's own, or where that is too long for a socket's address, one beside.
SOCKET: Final = (
    'X=$S/socket; [ "${#S}" -le 80 ] || X=/var/tmp/lcs-$(id -u)-$(printf %s "$S" | cksum | tr " " -)'
)
# What a recovery is told by us. An empty one has to come before the one that is meant: PostgreSQL takes each in its
# turn and refuses a second kind, even an empty one, once a kind was named.
_KINDS: Final = (
    "recovery_target", "recovery_target_name", "recovery_target_time", "recovery_target_xid", "recovery_target_lsn",
)  # fmt: skip
_BESIDE: Final = ("recovery_target_inclusive", "recovery_target_timeline")

# On the command line, where nothing that comes with the data is heard after it: not its configuration file (another is
# named here), not ALTER SYSTEM's, which is emptied besides.
SETTINGS: Final = (
    ("listen_addresses", ""), ("ssl", "off"), ("archive_mode", "off"), ("archive_command", ""),
    ("archive_cleanup_command", ""), ("recovery_end_command", ""), ("primary_conninfo", ""), ("primary_slot_name", ""),
    ("recovery_min_apply_delay", "0"), ("hot_standby", "on"), ("hot_standby_feedback", "off"),
    ("synchronous_standby_names", ""), ("shared_preload_libraries", ""), ("session_preload_libraries", ""),
    ("local_preload_libraries", ""), ("dynamic_library_path", "$libdir"), ("jit", "off"),
    ("max_logical_replication_workers", "0"), ("max_sync_workers_per_subscription", "0"), ("event_source", ""),
    ("logging_collector", "off"), ("log_destination", "stderr"), ("unix_socket_group", ""),
    ("unix_socket_permissions", "0700"), ("cluster_name", "sandbox"), ("lc_messages", "C"), ("log_timezone", "UTC"),
    ("log_line_prefix", "%m [%p] "), ("autovacuum", "off"), ("restart_after_crash", "off"), ("huge_pages", "off"),
    ("shared_buffers", "128MB"), ("ignore_checksum_failure", "off"), ("zero_damaged_pages", "off"),
    ("ignore_invalid_pages", "off"), ("wal_level", "replica"), ("wal_retrieve_retry_interval", "100ms"),
    # A copy that is thrown away: what a power cut would take from it is laid out anew.
    ("fsync", "off"), ("recovery_target_action", "pause"), ("bonjour", "off"),
)  # fmt: skip
SETTINGS_SINCE: Final = ((17, "summarize_wal", "off"), (17, "sync_replication_slots", "off"),
                         (17, "event_triggers", "off"))  # fmt: skip

# What a database or a role of the data's own sets for its sessions comes before the command line, but not before these.
SESSION: Final = (
    ("session_preload_libraries", ""), ("local_preload_libraries", ""), ("role", "none"),
    ("default_transaction_read_only", "on"), ("default_transaction_isolation", "repeatable read"),
    ("zero_damaged_pages", "off"), ("ignore_checksum_failure", "off"), ("ignore_system_indexes", "off"),
    ("search_path", "pg_catalog"), ("lock_timeout", "5000"), ("statement_timeout", "60000"), ("TimeZone", "UTC"),
    ("client_min_messages", "error"), ("jit", "off"), ("idle_in_transaction_session_timeout", "600000"),
)  # fmt: skip
# A foreign table of the data would lead to where it points; a login event trigger would run at each of our logins.
SESSION_SINCE: Final = ((17, "event_triggers", "off"), (17, "restrict_nonsystem_relation_kind", "foreign-table"),
                        (17, "transaction_timeout", "0"))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxAt:
    """Where one sandbox lies. Its data directory is `data` within its own directory, which nobody else may enter.

    Raises ValueError on what can't be a place.
    """

    node: str
    id: str
    root: str  # the directory of all sandboxes of a host
    bin_directory: str = ""
    user: str = "postgres"  # a superuser of the copy
    database: str = "postgres"

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError(f"not an id of a sandbox: {self.id[:80]!r}")
        if not self.root.startswith("/") or not self.root.strip("/") or "\n" in self.root:
            raise ValueError(f"not a directory for sandboxes: {self.root[:80]!r}")
        if ".." in self.root.split("/"):
            raise ValueError(f"not a directory for sandboxes: {self.root[:80]!r}")

    @property
    def directory(self) -> str:
        return f"{self.root.rstrip('/')}/{PREFIX}{self.id}"

    @property
    def data(self) -> str:
        return f"{self.directory}/data"


def session_options(major: int | None, but: Pairs = ()) -> str:
    """The settings of a session with a sandbox as libpq's `options`; `but`: those that a session wants otherwise."""
    chosen = dict(SESSION)
    chosen |= {name: value for since, name, value in SESSION_SINCE if major is not None and major >= since}
    chosen |= dict(but)
    return " ".join(f"-c {name}={_escaped(value)}" for name, value in chosen.items())


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace(" ", "\\ ")


def base(at: SandboxAt) -> list[str]:
    """Places, `no` which ends with a word, `alive` which sets M to the living postmaster, RQ which asks it."""
    return [
        "LC_ALL=C; export LC_ALL; cd /; umask 077; PATH=$PATH:/usr/sbin:/sbin",
        f"S={shlex.quote(at.directory)}; D=$S/data; B={shlex.quote(at.bin_directory)}",
        SOCKET,
        'up() { read -r u _ </proc/uptime; echo "${u%.*}${u#*.}"; }',
        'no() { echo "fact refused $1"; echo "$1: $2" >&2; exit 4; }',
        '[ ! -L "$S" ] || no not-ours "$S is a link"',
        'alive() { M=$(head -n 1 "$D/postmaster.pid" 2>/dev/null); case "$M" in ""|*[!0-9]*) M=; return 1;; esac; '
        '[ "$(readlink "/proc/$M/cwd" 2>/dev/null)" = "$(readlink -f "$D")" ] || { M=; return 1; }; }',
        'V=$(head -n 1 "$D/PG_VERSION" 2>/dev/null); case "$V" in ""|*[!0-9]*) V=0;; esac',
        f"O={shlex.quote(session_options(None))}",
        *(f'[ "$V" -lt {since} ] || O="$O -c {name}={value}"' for since, name, value in SESSION_SINCE),
        'RQ() { PGOPTIONS="$O" PGCONNECT_TIMEOUT=5 PGAPPNAME=ledger_console "$B/psql" -XAtq -w -v ON_ERROR_STOP=1 '
        f'-h "$X" -p {PORT} -U {shlex.quote(at.user)} -d {shlex.quote(at.database)} "$@"; }}',
    ]


def _script(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"


def about_lines(about: Pairs) -> str:
    """What is kept beside a sandbox, a line each, harmless to whoever lists it. Raises ValueError."""
    for name, _ in about:
        if not _WORD.fullmatch(name):
            raise ValueError(f"not a word: {name[:80]!r}")
    return "".join(f"{name} {shown(value, characters_max=VALUE_CHARACTERS_MAX)}\n" for name, value in about)


def prepare(at: SandboxAt, about: Pairs) -> str:
    """Make its directory, with what it is written beside it, before anything is laid out there."""
    return _script([
        *base(at),
        f'mkdir -p -m 700 {shlex.quote(at.root)} || no not-writable "its place can not be made"',
        '[ ! -e "$S" ] || no busy "$S is there already"',
        'mkdir -m 700 "$S" || no not-writable "its directory can not be made"',
        f"printf %s {shlex.quote(about_lines(about))} >\"$S/about.new\" && mv \"$S/about.new\" \"$S/about\" || exit 1",
    ])  # fmt: skip


def note(at: SandboxAt, name: str, lines: Pairs) -> str:
    """Keep more about it, under another file name: what was reached, who works on it."""
    if not _WORD.fullmatch(name):
        raise ValueError(f"not a word: {name[:80]!r}")
    text = shlex.quote(about_lines(lines))
    return _script([
        *base(at), '[ -f "$S/about" ] || no no-sandbox "$S"',
        f'printf %s {text} >"$S/{name}.new" && mv "$S/{name}.new" "$S/{name}" || exit 1',
    ])  # fmt: skip


def recovery_arguments(settings: Pairs) -> tuple[str, ...]:
    """The target as the server is started with it. Raises ValueError on any other setting."""
    wanted = dict(settings)
    strange = [name for name in wanted if name not in (*_KINDS, *_BESIDE)]
    if strange:
        raise ValueError(f"not a setting of a recovery's target: {strange[0][:80]!r}")
    kinds = [name for name in _KINDS if wanted.get(name)]
    if len(kinds) > 1:
        raise ValueError(f"two targets at once: {kinds[0]} and {kinds[1]}")
    if any("\n" in value or "\0" in value for value in wanted.values()):
        raise ValueError("a target of several lines")
    empty = tuple(f"{name}=" for name in _KINDS if name not in kinds)
    return (*empty, *(f"{name}={wanted[name]}" for name in (*kinds, *_BESIDE) if wanted.get(name)))


def start(at: SandboxAt, *, restore_command: str, settings: Pairs, life_seconds: float, network: bool) -> str:
    """Start the laid-out directory as a sandbox that stays in recovery. `network`: its WAL comes over one.

    Its facts: machine, isolation ('network-and-files', 'network', 'files', 'none'), version.
    """
    if not 0 < life_seconds <= LIFE_SECONDS_MAX:
        raise ValueError(f"a life of {life_seconds:g} s; more than 0 and at most {LIFE_SECONDS_MAX:g} s")
    if "\0" in restore_command or not restore_command.strip():
        raise ValueError("no restore_command")
    given = [f"{name}={value}" for name, value in SETTINGS]
    # What was asked for, and whether it came, is heard here and nowhere else: PostgreSQL logs only what came.
    asked = shlex.quote(f"{at.directory}/asked".replace("%", "%%"))
    scan = shlex.quote(f"{at.directory}/scan.sh".replace("%", "%%"))
    heard = (
        f'( {restore_command}\n); s=$?; [ "$s" != 0 ] || sh {scan} "%f" "%p" || s={LEADS_OUT_STATUS}; '
        f'echo "%f $s" >>{asked}; exit $s'
    )
    words = " ".join(f"-c {shlex.quote(one)}" for one in (*given, *recovery_arguments(settings)))
    return _script([
        *base(at),
        '[ -f "$S/about" ] || no no-sandbox "$S"',
        '[ "$V" -gt 0 ] || no no-data "nothing is laid out in $D"',
        '! alive || no busy "it runs already"',
        *_bounds_lines(),
        # Our copy's own: what it would be started with elsewhere is put aside, slots of the source are nobody's here.
        '[ ! -s "$D/postgresql.auto.conf" ] || [ -e "$S/auto.conf.kept" ] || '
        'cp "$D/postgresql.auto.conf" "$S/auto.conf.kept"',
        ': >"$D/postgresql.auto.conf"; rm -rf "$D"/pg_replslot/*; '
        'rm -f "$D/recovery.signal" "$D/postmaster.pid" "$D/postmaster.opts"; : >"$D/standby.signal"',
        ': >"$S/postgresql.conf"; printf "local all all trust\\n" >"$S/hba"; : >"$S/ident"; : >"$S/asked"; : >"$S/log"',
        *_required_lines(),
        'mkdir -m 700 "$X" 2>/dev/null; [ -d "$X" ] && [ ! -L "$X" ] && [ -O "$X" ] || no not-ours "$X is not ours"',
        *isolation_lines(network=network),
        *_scan_lines(at),
        f"set -- {words} \"$@\"",
        *(f'[ "$V" -lt {since} ] || set -- "$@" -c {name}={value}' for since, name, value in SETTINGS_SINCE),
        f'set -- "$@" -c {shlex.quote("restore_command=" + heard)}',
        'set -- "$B/postgres" -D "$D" -c "config_file=$S/postgresql.conf" -c "data_directory=$D" '
        '-c "external_pid_file=$S/pid" -c "hba_file=$S/hba" -c "ident_file=$S/ident" '
        f'-c "unix_socket_directories=$X" -c port={PORT} "$@"',
        f'[ -z "$W" ] || set -- $W sh -c {shlex.quote(CLOSED)} closed "$S" "$X" "$@"',
        f'setsid timeout -s INT -k {STOP_SECONDS_MAX} {int(life_seconds) or 1} "$@" </dev/null >>"$S/log" 2>&1 &',
        f"e=$(( $(up) + {READY_SECONDS_MAX * 100} )); until alive; do",
        'kill -0 $! 2>/dev/null || { tail -n 3 "$S/log" >&2; echo "fact refused not-started"; exit 3; }',
        '[ "$(up)" -lt "$e" ] || { tail -n 3 "$S/log" >&2; echo "fact refused not-started"; exit 3; }',
        "sleep 0.05; done",
        'echo "fact isolation $I"; echo "fact version $V"; echo "fact socket $X"',
        'read -r m </etc/machine-id && echo "fact machine $m"; exit 0',
    ])  # fmt: skip


def _bounds_lines() -> list[str]:
    """Nothing in the copy may lead out of it: neither a link, nor a table space, nor a file shared with a backup."""
    return [
        'R=$(readlink -f "$S")',
        'find "$D" -type l >"$S/links" || no not-readable "$D"',
        'while read -r l; do case "$(readlink -f "$l")" in "$R"/*) ;; '
        '*) no leads-out "$l leads out of the sandbox";; esac; done <"$S/links"; rm -f "$S/links"',
        'if [ -f "$D/tablespace_map" ]; then while read -r n l; do [ -z "$n" ] || '
        'case "$(readlink -f "$l")" in "$R"/*) ;; '
        '*) no leads-out "table space $n leads to $l";; esac; done <"$D/tablespace_map"; fi',
        'l=$(find "$D" -type f -links +1 | head -n 1); [ -z "$l" ] || no leads-out "$l is shared with another place"',
    ]


def _scan_lines(at: SandboxAt) -> list[str]:
    """Where the host can't close it in, no WAL is replayed that would make, and so empty, a directory elsewhere."""
    scan = (
        'case "$I" in *files) exit 0;; esac\n'
        'case "$1" in *[!0-9A-F]*) exit 0;; esac; mkdir -p "$S/scan" && ln -f "$2" "$S/scan/$1" || exit 1\n'
        '! "$B/pg_waldump" -r Tablespace -p "$S/scan" "$1" 2>/dev/null | grep -q "desc: CREATE"; r=$?\n'
        'rm -f "$S/scan/$1"; exit $r'
    )
    places = f"S={shlex.quote(at.directory)}; B={shlex.quote(at.bin_directory)}"
    return [f'printf "%s\\n" {shlex.quote(places)} "I=$I" {shlex.quote(scan)} >"$S/scan.sh"']


def _required_lines() -> list[str]:
    """What recovery needs no less of than the source had, by the control file: it is read anew at each start."""
    return [
        'C=$("$B/pg_controldata" -D "$D" 2>&1) || no no-data "$(printf "%s" "$C" | tail -n 1)"',
        'least() { n=$(printf "%s\\n" "$C" | sed -n "s/^$1 setting: *\\([0-9][0-9]*\\)$/\\1/p"); n=${n:-0}; '
        '[ "$n" -ge "$2" ] || n=$2; echo "$n"; }',
        'set -- -c "max_connections=$(least max_connections 20)" '
        '-c "max_worker_processes=$(least max_worker_processes 8)" '
        '-c "max_wal_senders=$(least max_wal_senders 2)" '
        '-c "max_prepared_transactions=$(least max_prepared_xacts 0)" '
        '-c "max_locks_per_transaction=$(least max_locks_per_xact 64)"',
    ]


_LOOKED: Final = (
    "select format('fact %s %s', k, v) from (values ('recovery', pg_is_in_recovery()::text), "
    "('position', coalesce(pg_last_wal_replay_lsn()::text, '')), "
    "('pause', case when pg_is_in_recovery() then pg_get_wal_replay_pause_state() else '' end), "
    "('wait', coalesce((select wait_event from pg_stat_activity where backend_type = 'startup'), '')), "
    "('last_commit', coalesce(extract(epoch from pg_last_xact_replay_timestamp())::text, '')), "
    "('control_timeline', (select timeline_id from pg_control_checkpoint())::text), "
    "('system', (select system_identifier from pg_control_system())::text)) f (k, v)"
)


def look(at: SandboxAt) -> str:
    """Say how it stands, and change nothing: facts, then lines of its log, then what WAL it asked for."""
    told = (
        "recovery stopping|recovery has paused|pausing at the end|consistent recovery state|insufficient parameter|"
        "starting backup recovery|starting point-in-time|redo starts|FATAL|PANIC|invalid|incorrect|unexpected|"
        "new timeline|could not|contrecord|out of memory|recovery stopped|Tablespace/CREATE"
    )
    return _script([
        *base(at),
        '[ -f "$S/about" ] || no no-sandbox "$S"',
        'if alive; then echo "fact running yes"; else echo "fact running no"; fi',
        'w=$(sed -n 8p "$D/postmaster.pid" 2>/dev/null | tr -d " "); echo "fact word $w"',
        f'[ -z "$M" ] || [ "$w" != ready ] || RQ -c {shlex.quote(_LOOKED)}',
        # The furthest history that recovery fetched or found.
        'h=$(ls "$D/pg_wal" 2>/dev/null | grep -E "^[0-9A-F]{8}[.]history$" | sort | tail -n 1)',
        '[ -z "$h" ] || { echo "fact history_of ${h%.history}"; sed "s/^/history /" "$D/pg_wal/$h"; }',
        f'grep -E {shlex.quote(told)} "$S/log" | tail -n {LOG_SHOWN_LINES} | cut -c 1-400 | sed "s/^/log /"',
        'echo "fact fetched $(grep -cE "^[0-9A-F]{24} 0$" "$S/asked")"',
        f'tail -n {ASKED_SHOWN_LINES} "$S/asked" | sed "s/^/asked /"',
        "exit 0",
    ])  # fmt: skip


def hold(at: SandboxAt) -> str:
    """Stop replaying where it is, so that what is looked at stays the same. It stays in recovery."""
    paused = "select pg_get_wal_replay_pause_state() = 'paused'"
    return _script([
        *base(at), 'alive || no not-running "it runs no more"',
        "RQ -c 'select pg_wal_replay_pause()' >/dev/null || exit 3",
        f'e=$(( $(up) + {READY_SECONDS_MAX * 100} )); until [ "$(RQ -c {shlex.quote(paused)})" = t ]; do',
        '[ "$(up)" -lt "$e" ] || { echo "it was not held" >&2; exit 3; }; sleep 0.05; done',
    ])  # fmt: skip


def stop_lines() -> list[str]:
    """Stop it, and prove that no process is left in its directory."""
    return [
        'left() { ls -l /proc/[0-9]*/cwd 2>/dev/null | grep -F -- " -> $(readlink -f "$D")" | '
        "sed -n 's|.*/proc/\\([0-9]*\\)/cwd ->.*|\\1|p'; }",
        'ended() { e=$(( $(up) + $1 * 100 )); while [ -n "$(left)" ]; do [ "$(up)" -lt "$e" ] || return 1; '
        "sleep 0.05; done; }",
        f'if [ -d "$D" ]; then if alive; then kill -INT "$M"; ended {STOP_SECONDS_MAX} || kill -QUIT "$M"; fi',
        'ended 5 || { for p in $(left); do kill -KILL "$p" 2>/dev/null; done; ended 10; } || '
        'no still-running "processes stay in $D: $(left | tr "\\n" " ")"; fi',
    ]


def stop(at: SandboxAt) -> str:
    """Stop it and keep its files."""
    return _script([*base(at), '[ -f "$S/about" ] || no no-sandbox "$S"', *stop_lines()])


def tear_down(at: SandboxAt) -> str:
    """Stop it and take all of it away; any number of times. What is not marked as a sandbox is not touched."""
    return _script([
        *base(at),
        'if [ -e "$S" ]; then [ -f "$S/about" ] || [ -z "$(ls -A "$S")" ] || [ -f "$S/going" ] || '
        'no not-ours "$S is no sandbox"; : >"$S/going"',
        *stop_lines(),
        # What it is goes last: cut in the middle, it is found again and taken away by the next call.
        'rm -rf -- "$D"; for f in "$S"/* "$S"/.[!.]*; do [ "$f" = "$S/going" ] || rm -rf -- "$f"; done',
        'rm -f -- "$S/going"; rmdir -- "$S" || [ ! -e "$S" ] || no not-removed "$S"; fi',
        '[ ! -d "$X" ] || [ -L "$X" ] || [ ! -O "$X" ] || rm -rf -- "$X"',
        f"rmdir -- {shlex.quote(at.root)} 2>/dev/null; exit 0",
    ])  # fmt: skip


def listing(root: str) -> str:
    """Name every sandbox below a directory, what is written beside it, and whether its server runs."""
    where = SandboxAt(node="", id="any", root=root).root.rstrip("/")
    return _script([
        "LC_ALL=C; export LC_ALL; cd /",
        f"for S in {shlex.quote(where)}/{PREFIX}*; do [ -d \"$S\" ] && [ ! -L \"$S\" ] && [ -O \"$S\" ] || continue",
        f'D=$S/data; echo "sandbox ${{S##*/{PREFIX}}}"',
        f'{SOCKET}; echo "fact socket $X"',
        'for f in about reached started; do [ -f "$S/$f" ] && head -c 8192 "$S/$f" | sed "s/^/fact /"; done',
        'M=$(head -n 1 "$D/postmaster.pid" 2>/dev/null); case "$M" in ""|*[!0-9]*) M=none;; esac',
        'r=no; [ "$(readlink "/proc/$M/cwd" 2>/dev/null)" != "$(readlink -f "$D")" ] || r=yes; echo "fact running $r"',
        "done; exit 0",
    ])  # fmt: skip
