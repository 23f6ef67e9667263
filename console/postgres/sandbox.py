"""A stopped server started closed: read-only, for this account alone, and with none of its own settings that act."""

from typing import Final

from console.postgres.verbs import ServerAt, base
from console.postgres.wal_view import END, view_lines

RECOVERY_SECONDS_MAX: Final = 600
STOP_SECONDS_MAX: Final = 60
SANDBOX_SECONDS_MAX: Final = 1800  # then it ends by itself, whatever became of the console
SANDBOX_USER: Final = "postgres"

# On the command line, where neither a configuration file nor ALTER SYSTEM of the data's own comes after it.
SETTINGS: Final = (
    ("listen_addresses", ""), ("ssl", "off"), ("archive_mode", "off"), ("archive_command", ""),
    ("archive_cleanup_command", ""), ("recovery_end_command", ""), ("restore_command", ""), ("primary_conninfo", ""),
    ("primary_slot_name", ""), ("recovery_target", ""), ("recovery_target_name", ""), ("recovery_target_time", ""),
    ("recovery_target_xid", ""), ("recovery_target_lsn", ""), ("recovery_min_apply_delay", "0"), ("hot_standby", "on"),
    ("synchronous_standby_names", ""), ("shared_preload_libraries", ""), ("session_preload_libraries", ""),
    ("local_preload_libraries", ""), ("jit", "off"), ("max_logical_replication_workers", "0"), ("event_source", ""),
    ("logging_collector", "off"), ("log_destination", "stderr"), ("external_pid_file", ""), ("unix_socket_group", ""),
    # Nothing that a rewind may still need is taken away, or written over, while it recovers.
    ("wal_keep_size", "2147483647"), ("wal_recycle", "off"), ("max_slot_wal_keep_size", "-1"),
)  # fmt: skip
# What a database or a role of the data's own sets for its sessions comes before the command line, but not before these.
SESSION_OPTIONS: Final = "-c session_preload_libraries= -c local_preload_libraries= -c default_transaction_read_only=on"


def not_running_lines() -> list[str]:
    """Lines of shell that end the script where a server works in the data directory."""
    return [
        'M=$(head -n 1 "$D/postmaster.pid" 2>/dev/null); case "$M" in ""|*[!0-9]*) ;; *) '
        'if [ -d "/proc/$M" ] && grep -qs postgres "/proc/$M/comm"; then echo "its server runs" >&2; exit 4; fi;; esac',
    ]


def configuration_lines() -> list[str]:
    """Lines of shell that set F to the configuration file, where it does not lie in the data directory."""
    return [
        'F=; [ -f "$D/postgresql.conf" ] || '
        'F=$(sed -n \'s/.*"config_file=\\([^"]*\\)".*/\\1/p\' "$D/postmaster.opts" 2>/dev/null)',
        '[ -f "$D/postgresql.conf" ] || [ -n "$F" ] || F=$(pg_lsclusters -h 2>/dev/null | '
        "awk -v d=\"$D\" '$6 == d {print \"/etc/postgresql/\" $1 \"/\" $2 \"/postgresql.conf\"; exit}')",
    ]


def wal_end_lines() -> list[str]:
    """Lines of shell that set T, the newest timeline of which WAL lies in pg_wal, and E, where that WAL ends.

    E stays empty where it was not found within a minute. Source of the end: pg_waldump's own last words, which name the
    place where no valid record stands any more.
    """
    return [
        'T=$(ls "$D/pg_wal" | grep -E "^[0-9A-F]{24}$" | cut -c 1-8 | sort | tail -n 1); T=$(( 0x${T:-0} ))',
        'C=$("$B/pg_controldata" -D "$D")',
        't=$(printf "%s\\n" "$C" | sed -n "s/^Latest checkpoint.s TimeLineID: *//p")',
        's=$(printf "%s\\n" "$C" | sed -n "s/^Latest checkpoint location: *//p")',
        'if [ "$t" != "$T" ]; then s=$(grep -E "^[0-9]" "$D/pg_wal/$(printf %08X "$T").history" 2>/dev/null | '
        "tail -n 1 | awk '{print $2}'); fi",
        *view_lines(),
        'E=; if [ -n "$s" ]; then w=$(timeout 60 "$B/pg_waldump" -p "$V" -t "$T" -s "$s" 2>&1 | tail -n 1)',
        'case "$w" in *error:*) E=$(printf "%s" "$w" | grep -oE "[0-9A-F]{1,8}/[0-9A-F]{1,8}" | tail -n 1);; esac; fi',
        END,
    ]


def start_lines() -> list[str]:
    """Lines of shell that start it, wait until it answers and has replayed all its own WAL, and set X, its socket.

    They come after `configuration_lines` and `wal_end_lines`. The signal file stays: nobody can start it writable.
    """
    settings = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS)
    return [
        'if [ ! -e "$D/standby.signal" ]; then : >"$D/standby.signal" && sync "$D/standby.signal" "$D" || exit 1; fi',
        '[ ! -e "$D/recovery.signal" ] || { echo "a recovery.signal lies in its data" >&2; exit 4; }',
        'X=$(head -n 1 "$L/$K.reading" 2>/dev/null); case "$X" in /var/tmp/lcr.*) rm -rf "$X";; esac',
        'X=$(mktemp -d /var/tmp/lcr.XXXXXXXX) && printf "%s\\n" "$X" >"$L/$K.reading" || exit 1',
        # By these options a later start starts it as it was started before: a closed start must not stand in them.
        '[ -e "$L/$K.opts" ] || cp -p "$D/postmaster.opts" "$L/$K.opts" 2>/dev/null || : >"$L/$K.opts"',
        "own_options() { if [ -s \"$L/$K.opts\" ]; then cp -p \"$L/$K.opts\" \"$D/postmaster.opts\"; "
        'else rm -f "$D/postmaster.opts"; fi && rm -f "$L/$K.opts"; }; trap own_options EXIT',
        'printf "local all all trust\\n" >"$X/hba"; : >"$X/ident"; rm -f "$D/postmaster.pid"',
        f'setsid timeout -s INT -k 60 {SANDBOX_SECONDS_MAX} "$B/postgres" -D "$D" ${{F:+-c "config_file=$F"}} '
        f'-c "data_directory=$D" -c "hba_file=$X/hba" -c "ident_file=$X/ident" -c "unix_socket_directories=$X" '
        f'-c unix_socket_permissions=0700 -c "port=$N" -c recovery_target_timeline="$T" {settings} '
        '</dev/null >>"$X/log" 2>&1 &',
        f"e=$(( $(up) + {RECOVERY_SECONDS_MAX * 100} ))",
        'until [ "$(sed -n 8p "$D/postmaster.pid" 2>/dev/null | tr -d " ")" = ready ]; do',
        f'[ "$(up)" -lt "$e" ] || {{ tail -n 3 "$X/log" >&2; echo "not ready within {RECOVERY_SECONDS_MAX} s" >&2; '
        "exit 3; }",
        'kill -0 $! 2>/dev/null || { tail -n 3 "$X/log" >&2; echo "it did not start closed" >&2; exit 3; }',
        "sleep 0.05; done; own_options; trap - EXIT",
        *_replayed_lines(),
    ]


def _replayed_lines() -> list[str]:
    """It has come to the end of its WAL when it waits for more, at the same position twice."""
    asked = (
        "select coalesce((select wait_event from pg_stat_activity where backend_type = 'startup'), '') "
        "|| ' ' || pg_last_wal_replay_lsn()"
    )
    return [
        "l=; n=0; until [ \"$n\" -ge 3 ]; do",
        f'r=$(RQ -c "{asked}") || {{ tail -n 3 "$X/log" >&2; exit 3; }}',
        'case "$r" in RecoveryRetrieve*|RecoveryWal*) [ "$r" = "$l" ] && n=$((n+1)) || n=0;; *) n=0;; esac',
        f'l=$r; [ "$(up)" -lt "$e" ] || {{ echo "not replayed within {RECOVERY_SECONDS_MAX} s" >&2; exit 3; }}',
        "sleep 0.05; done",
    ]


def sandbox_base(at: ServerAt) -> list[str]:
    """`base`, and RQ, which asks the closed server; with `stop_sandbox` defined."""
    return [
        *base(at),
        f"N={at.port}",
        f"RQ() {{ PGOPTIONS='{SESSION_OPTIONS}' PGCONNECT_TIMEOUT=5 PGAPPNAME=ledger_console \"$B/psql\" -XAtq -w "
        f"-v ON_ERROR_STOP=1 -h \"$X\" -p {at.port} -U {SANDBOX_USER} -d postgres \"$@\"; }}",
        "stop_sandbox() { M=$(head -n 1 \"$D/postmaster.pid\" 2>/dev/null); "
        'case "$M" in ""|*[!0-9]*) ;; *) kill -INT "$M" 2>/dev/null; '
        f'q=$(( $(up) + {STOP_SECONDS_MAX * 100} )); '
        'while [ -e "$D/postmaster.pid" ] && [ -d "/proc/$M" ]; do '
        f'[ "$(up)" -lt "$q" ] || {{ echo "no end within {STOP_SECONDS_MAX} s" >&2; return 3; }}; sleep 0.02; done;; '
        'esac; X=$(head -n 1 "$L/$K.reading" 2>/dev/null); case "$X" in /var/tmp/lcr.*) rm -rf "$X";; esac; '
        'rm -f "$L/$K.reading"; }',
    ]
