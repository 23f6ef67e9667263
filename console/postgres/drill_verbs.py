"""What drills start on hosts: a stream that is cut for a while, and a throw-away server; each undoes itself."""

import shlex
from typing import Final

from console.postgres.host_facts import PLACES
from console.postgres.verbs import ServerAt, base, cut, uncut

UNDO_TRIES: Final = 40  # half a second apart: a server that restarts meanwhile is waited for
DECOY_READY_SECONDS_MAX: Final = 60
DECOY_PORT: Final = 5432
DECOY_USER: Final = "postgres"
_PLACE: Final = "/var/tmp/lcd."
_DECOY_SETTINGS: Final = (
    "listen_addresses = ''", "unix_socket_permissions = 0700", "fsync = off", "shared_buffers = 16MB",
    "max_connections = 20", "autovacuum = off", "jit = off", "wal_level = minimal", "max_wal_senders = 0",
    "logging_collector = off", "log_destination = stderr", f"port = {DECOY_PORT}",
)  # fmt: skip


def stream_script(at: ServerAt, *, term: int, limit_seconds: float) -> str:
    """Cut the stream of a standby, hold it, and set it back: when told by TERM, or when the limit is over.

    It says `fact cut UPTIME`, in hundredths of a second, and at its end `fact undone WORD`. Whoever took the cluster's
    lock with a later term has the say over this node's upstream: then it is left, and 'other-term' is said.
    """
    lines = [
        *base(at),
        "x=; trap 'x=1' TERM INT HUP",
        'h=; [ -e "$L/$K.conninfo" ] && h=1',
        "f=$(Q -c \"select coalesce(sourcefile like '%postgresql.auto.conf', false) from pg_settings "
        "where name = 'primary_conninfo'\") || exit 1",
        'n=$(Q -c "select current_setting(\'primary_conninfo\')") || exit 1',
        '[ -n "$n" ] || { echo "refused no-way-back"; exit 4; }',
        f"e=$(( $(up) + {round(limit_seconds * 100)} ))",
        f"b=$(up); (\n{cut(at).script.rstrip()}\n) && echo \"fact cut $b\" || x=1",
        'while [ -z "$x" ] && [ "$(up)" -lt "$e" ]; do sleep 0.1; done',
        "w=failed; i=0",
        f'while [ "$i" -lt {UNDO_TRIES} ]; do i=$((i + 1))',
        't=0; [ -f "$L/$K.lock" ] && read -r t o <"$L/$K.lock"; case "$t" in ""|*[!0-9]*) t=0;; esac',
        f'if [ "$t" -gt {term} ]; then w=other-term; break; fi',
        f"if (\n{uncut(at).script.rstrip()}\n); then",
        # As it was written before: by the configuration file itself, where nothing of ours stood over it.
        'if [ "$f" = f ]; then Q -c "alter system reset primary_conninfo" -c "select pg_reload_conf()" >/dev/null '
        "|| { sleep 0.5; continue; }; fi",
        'w=yes; [ -n "$h" ] || rm -f "$L/$K.conninfo"; break; fi; sleep 0.5; done',
        'echo "fact undone $w"; [ "$w" != failed ]',
    ]
    return "\n".join(lines) + "\n"


def upstream_script(at: ServerAt) -> str:
    """Says 'set' where a standby has an upstream, 'empty' where it has none."""
    asked = "select case when current_setting('primary_conninfo') = '' then 'empty' else 'set' end"
    return "\n".join([*base(at), f"Q -c {shlex.quote(asked)}"]) + "\n"


def decoy_script(bin_directories: tuple[str, ...], *, limit_seconds: float) -> str:
    """Make a throw-away server in a place of its own, keep it until TERM or the limit, then take all of it away.

    It tells its place, programs and postmaster as facts, and `fact removed yes` at its end. Nobody but the acting
    account reaches it: a socket in a private directory, no TCP.
    """
    places = [*(shlex.quote(f"{one}/initdb") for one in bin_directories), *(f"{place}/initdb" for place in PLACES)]
    settings = "".join(f"{one}\\n" for one in _DECOY_SETTINGS).replace("'", "'\\''")
    lines = [
        "LC_ALL=C; export LC_ALL; cd /; umask 077; x=; M=; P=; trap 'x=1' TERM INT HUP",
        "up() { read -r u _ </proc/uptime; echo \"${u%.*}${u#*.}\"; }",
        f"e=$(( $(up) + {round(limit_seconds * 100)} ))",
        'B=; for f in $(command -v initdb 2>/dev/null) ' + " ".join(places) + '; do '
        '[ -x "$f" ] && [ -x "${f%/initdb}/postgres" ] && [ -x "${f%/initdb}/psql" ] && B=${f%/initdb} && break; done',
        '[ -n "$B" ] || { echo "refused no-programs"; exit 4; }',
        f'P=$(mktemp -d {_PLACE}XXXXXXXX) || {{ echo "refused host-refused"; exit 4; }}',
        'echo "fact place $P"; echo "fact programs $B"',
        "gone() { if [ -n \"$M\" ]; then kill -QUIT \"$M\" 2>/dev/null; i=0; while [ -d \"/proc/$M\" ] && "
        "! grep -qs '^State:.Z' \"/proc/$M/status\" && [ $i -lt 50 ]; do sleep 0.1; i=$((i + 1)); done; "
        "kill -KILL \"$M\" 2>/dev/null; fi; "
        "for p in $(ls -l /proc/[0-9]*/cwd 2>/dev/null | "
        "sed -n \"s|.*/proc/\\([0-9]*\\)/cwd -> $P/data\\$|\\1|p\"); do "
        'kill -KILL "$p" 2>/dev/null; done; '
        'i=0; while rm -rf "$P" 2>/dev/null; [ -e "$P" ] && [ $i -lt 50 ]; do sleep 0.1; i=$((i + 1)); done; '
        'if [ -e "$P" ]; then echo "fact removed no"; else echo "fact removed yes"; fi; }',
        f'"$B/initdb" -D "$P/data" -U {DECOY_USER} -A trust -E UTF8 --locale=C --no-sync >"$P/initdb.log" 2>&1 || '
        '{ tail -n 3 "$P/initdb.log"; gone; echo "refused decoy-not-started"; exit 4; }',
        f"printf '{settings}' >>\"$P/data/postgresql.conf\"",
        'mkdir -m 700 "$P/s"; "$B/postgres" -D "$P/data" -k "$P/s" </dev/null >"$P/log" 2>&1 & M=$!',
        f"r=$(( $(up) + {DECOY_READY_SECONDS_MAX * 100} ))",
        'until [ "$(sed -n 8p "$P/data/postmaster.pid" 2>/dev/null | tr -d " ")" = ready ]; do',
        '[ -z "$x" ] && kill -0 "$M" 2>/dev/null && [ "$(up)" -lt "$r" ] || '
        '{ tail -n 3 "$P/log"; gone; echo "refused decoy-not-started"; exit 4; }; sleep 0.05; done',
        'echo "fact postmaster $M"; echo "fact ready yes"',
        'while [ -z "$x" ] && [ "$(up)" -lt "$e" ]; do sleep 0.1; done; gone',
    ]
    return "\n".join(lines) + "\n"


def kill_script(place: str, postmaster: int) -> str:
    """kill -9 of the decoy's postmaster, and of no other process: its working directory is the decoy's data."""
    return (
        f"d=$(readlink /proc/{postmaster}/cwd) && [ \"$d\" = {shlex.quote(place + '/data')} ] || "
        f"{{ echo 'it is another process' >&2; exit 4; }}; kill -KILL {postmaster}\n"
    )


def gone_script(place: str) -> str:
    """Take a decoy's place away, whoever of it still runs; refuses any other path."""
    quoted = shlex.quote(place)
    return (
        f'case {quoted} in {_PLACE}*[!A-Za-z0-9]*) echo "not a place of ours" >&2; exit 4;; {_PLACE}????????) ;; '
        f'*) echo "not a place of ours" >&2; exit 4;; esac; [ ! -L {quoted} ] || exit 4; [ -e {quoted} ] || exit 0; '
        f"for c in $(ls -d /proc/[0-9]*); do [ \"$(readlink $c/cwd 2>/dev/null)\" = {quoted}/data ] && "
        f'kill -KILL "${{c#/proc/}}" 2>/dev/null; done; i=0; while rm -rf {quoted} 2>/dev/null; [ -e {quoted} ]; do '
        "[ $i -lt 50 ] || exit 3; i=$((i + 1)); sleep 0.1; done\n"
    )


def is_decoy_place(path: str) -> bool:
    """Is this a path as `decoy_script` makes them? What a host says of itself is not believed."""
    name = path.removeprefix(_PLACE)
    return path.startswith(_PLACE) and len(name) == 8 and name.isascii() and name.isalnum()
