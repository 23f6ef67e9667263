"""The acts of a change on one server: what each means, and the exact script that does it there."""

import shlex
from dataclasses import dataclass
from typing import Final

from console.domain.plan import Act, Verb
from console.postgres.change_facts import place_lines
from console.postgres.facts import literal

READY_SECONDS_MAX: Final = 60
STOP_SECONDS_MAX: Final = 30  # nobody can write meanwhile: after that a person decides
QUIT_SECONDS_MAX: Final = 20
LET_GO_SECONDS: Final = 2  # a stop waits that long for standbys that it does not need
PROMOTE_SECONDS_MAX: Final = 60
REPLAY_SECONDS_MAX: Final = 300
STILL_LOOKS: Final = 12  # looks 20 ms apart at which a position has not moved
MARK_SECONDS_MAX: Final = 15
FENCE_SECONDS_MAX: Final = 20
APPLICATION: Final = "ledger_console_change"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerAt:
    """Where one server and its files are, as a plan found them."""

    node: str
    lock_key: str
    bin_directory: str
    data_directory: str
    socket_directory: str
    port: int
    admin_user: str
    address: str  # where other nodes reach it
    replication: str = ""  # how it logs in to its upstream, without host, port, name and password


def base(at: ServerAt) -> list[str]:
    """What every script begins with: places, PostgreSQL's programs, and Q, which asks the server as administrator."""
    return [
        "LC_ALL=C; export LC_ALL; cd /; umask 077",
        *place_lines(at.lock_key, at.data_directory),
        f"B={shlex.quote(at.bin_directory)}; D={shlex.quote(at.data_directory.rstrip('/'))}",
        f"Q() {{ PGAPPNAME={APPLICATION} PGCONNECT_TIMEOUT=5 \"$B/psql\" -XAtq -w -v ON_ERROR_STOP=1 "
        f"-h {shlex.quote(at.socket_directory)} -p {at.port} -U {shlex.quote(at.admin_user)} -d postgres \"$@\"; }}",
    ]


def _script(at: ServerAt, *lines: str) -> str:
    return "\n".join([*base(at), *lines]) + "\n"


def checkpoint(at: ServerAt) -> Act:
    """Write out what is dirty, so that a later stop is quick and a rewind finds a checkpoint of this timeline."""
    return Act(verb=Verb.CHECKPOINT, node=at.node, script=_script(at, "Q -c checkpoint"))


def _closing(timeline: int) -> list[str]:
    """Marks a primary that we stop, and lays its signal file; what is no primary of this timeline is refused."""
    on = "select ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int"
    return [
        f'if [ "$(cat "$L/$K.closed" 2>/dev/null)" != {timeline} ]; then',
        '[ ! -e "$D/standby.signal" ] || { echo "it is a standby" >&2; exit 4; }',
        'M=$(head -n 1 "$D/postmaster.pid" 2>/dev/null); if [ -n "$M" ] && grep -qs ^post "/proc/$M/comm"; then',
        f'[ "$(Q -c {shlex.quote(on)})" = {timeline} ] || '
        f'{{ echo "it is no primary on timeline {timeline}" >&2; exit 4; }}',
        "fi",
        f'echo {timeline} >"$L/$K.closed.new" && mv "$L/$K.closed.new" "$L/$K.closed" && sync "$L/$K.closed" || exit 1',
        "fi",
        ': >"$D/standby.signal" && sync "$D/standby.signal" "$D" || exit 1',
    ]


# The processes that a postmaster has started, by one `grep` of all of /proc.
CHILDREN: Final = (
    'children() { grep -ls "^PPid:[[:space:]]*$1$" /proc/[0-9]*/status | sed "s|/proc/||; s|/status||"; }'
)


def stop(at: ServerAt, *, heir: str = "", closed: int = 0) -> Act:
    """A clean, fast shutdown: it ends when the postmaster has taken its lock file away.

    `closed`: the timeline of a primary that is marked and gets its signal file first, so that whoever starts it again
    gets a read-only server.

    It waits for each standby to have all of its WAL, up to `wal_sender_timeout` for one that hangs. Where there is an
    `heir` that follows it, all others are let go after a moment. A sender whose standby takes nothing at all can't even
    end: once the control file says 'shut down', the heir's sender is done and the archiver has ended, nothing is
    written any more, and what is left is ended at once.
    """
    whose = "translate(lower(application_name), '-', '_') {} translate(lower(" + literal(heir) + "), '-', '_')"
    asked = "select pid from pg_stat_replication where " + whose
    lines = [
        *(_closing(closed) if closed else ()),
        'M=$(head -n 1 "$D/postmaster.pid" 2>/dev/null); w=; q=',
        'if [ -n "$M" ] && grep -qs ^post "/proc/$M/comm"; then',
        # Where its messages go, so that a later start of ours lets them go there too.
        'readlink "/proc/$M/fd/2" >"$L/$K.log" 2>/dev/null',
    ]
    if heir:
        lines += [
            CHILDREN,
            f"w=$(Q -c {shlex.quote(asked.format('<>'))} | tr '\\n' ' '); q=$(Q -c {shlex.quote(asked.format('='))})",
            # Is there nothing left but senders to hanging standbys?
            'idle() { [ -n "$q" ] && [ ! -d "/proc/$q" ] && "$B/pg_controldata" -D "$D" | '
            'grep -q "^Database cluster state: *shut down$" && for p in $(children "$M"); do '
            'case "$(tr "\\0" " " <"/proc/$p/cmdline" 2>/dev/null)" in *archiver*) return 1;; esac; done; }',
        ]
    lines += [
        'kill -INT "$M" || exit 1',
        f"b=$(up); e=$(( b + {STOP_SECONDS_MAX * 100} )); g=$(( b + {LET_GO_SECONDS * 100} ))",
        'while [ -e "$D/postmaster.pid" ] && [ -d "/proc/$M" ]; do',
        'if [ -n "$w" ] && [ "$(up)" -gt "$g" ]; then for p in $w; do '
        'grep -qs "^PPid:[[:space:]]*$M$" "/proc/$p/status" && kill -TERM "$p"; done; w=',
        f"g=$(( g + {LET_GO_SECONDS * 100} ))",
        'elif [ -n "$q" ] && [ "$(up)" -gt "$g" ]; then g=$(( g + 50 )); if idle; then kill -QUIT "$M"; q=; fi; fi',
        f'[ "$(up)" -lt "$e" ] || {{ echo "no end within {STOP_SECONDS_MAX} s" >&2; exit 3; }}; sleep 0.01; done',
        "fi",
        '"$B/pg_controldata" -D "$D" | sed -n "s/^Latest checkpoint location: */fact shutdown_position /p"',
    ]
    args = (("closed", str(closed)),) if closed else ()
    return Act(verb=Verb.STOP, node=at.node, args=args, script=_script(at, *lines))


def start_lines(ready: str) -> list[str]:
    """Start as it was started before: by Debian's own program where that knows it, else by its last command line."""
    return [
        'o=$(head -n 1 "$L/$K.log" 2>/dev/null); { [ -f "$o" ] && [ -w "$o" ]; } || o="$L/$K.postgres.log"',
        "c=; command -v pg_lsclusters >/dev/null && "
        "c=$(pg_lsclusters -h 2>/dev/null | awk -v d=\"$D\" '$6 == d {print $1 \" \" $2; exit}')",
        'if [ -n "$c" ]; then pg_ctlcluster --skip-systemctl-redirect $c start >&2 || exit 1',
        "else",
        'set --; [ -s "$D/postmaster.opts" ] && eval "set -- $(cat "$D/postmaster.opts")"',
        'case "$1" in */postgres|*/postmaster) ;; *) set -- "$B/postgres" -D "$D";; esac',
        'setsid "$@" </dev/null >>"$o" 2>&1 &',
        "fi",
        f"e=$(( $(up) + {READY_SECONDS_MAX * 100} ))",
        'until s=$(sed -n 8p "$D/postmaster.pid" 2>/dev/null | tr -d " ")',
        f'case "$s" in {ready}) true;; *) false;; esac; do [ "$(up)" -lt "$e" ] || '
        f'{{ tail -n 5 "$o" >&2; echo "not ready within {READY_SECONDS_MAX} s" >&2; exit 3; }}',
        "sleep 0.02; done",
    ]


def clear_lines(at: ServerAt) -> list[str]:
    """Lines of shell that set M to the postmaster that runs, empty where none does, and take a dead one's lock files.

    One that ended, and that nobody waits for (a container whose first process does not), looks alive by its number: to
    us, and to PostgreSQL, which would not start beside its socket's lock.
    """
    return [
        'lives() { [ -d "/proc/$1" ] && grep -qs ^post "/proc/$1/comm" && ! grep -qs "^State:.Z" "/proc/$1/status"; }',
        'M=; { read -r M; } 2>/dev/null <"$D/postmaster.pid"; lives "${M:-0}" || { M=; rm -f "$D/postmaster.pid"; }',
        f"X={shlex.quote(at.socket_directory.rstrip('/') + f'/.s.PGSQL.{at.port}')}",
        'p=; { read -r p; } 2>/dev/null <"$X.lock"; '
        '[ -z "$p" ] || ! grep -qs "^State:.Z" "/proc/$p/status" || rm -f "$X" "$X.lock"',
    ]


def start(at: ServerAt, *, standby: bool = False) -> Act:
    """Start the server and wait until it takes connections."""
    ready = "ready|standby" if standby else "ready"
    checked = '[ -e "$D/standby.signal" ] || [ -e "$D/recovery.signal" ] || '
    checked += '{ echo "no signal file: it would come up writable" >&2; exit 4; }'
    return Act(
        verb=Verb.START, node=at.node, args=(("standby", "yes" if standby else "no"),),
        script=_script(
            at, *clear_lines(at), '[ -z "$M" ] || exit 0', *([checked] if standby else []), *start_lines(ready)
        ),
    )  # fmt: skip


def start_again(at: ServerAt, *, closed: int) -> Act:
    """The undo of a clean, closed stop. One that hangs half way, or that somebody started read-only, is ended first.

    What bears no mark of that stop was not stopped by us, and stays as it is where it runs.
    """
    hanging = [
        CHILDREN,
        f'if [ "$(cat "$L/$K.closed" 2>/dev/null)" = {closed} ]; then rm -f "$D/standby.signal" && sync "$D" || exit 1',
        'else M=$(head -n 1 "$D/postmaster.pid" 2>/dev/null); '
        '[ -z "$M" ] || ! grep -qs ^post "/proc/$M/comm" || exit 0; fi',
        'M=$(head -n 1 "$D/postmaster.pid" 2>/dev/null); s=$(sed -n 8p "$D/postmaster.pid" 2>/dev/null | tr -d " ")',
        'if [ -n "$M" ] && [ -d "/proc/$M" ] && grep -qs ^post "/proc/$M/comm"; then',
        # 'ready' is said by a standby as well: one that somebody started read-only is stopped, and starts anew.
        'k=QUIT; if [ "$s" = ready ]; then k=INT',
        '[ "$(Q -c "select pg_is_in_recovery()")" = t ] || { rm -f "$L/$K.closed"; exit 0; }; fi',
        'c=$(children "$M"); kill "-$k" "$M"',
        f'e=$(( $(up) + {QUIT_SECONDS_MAX * 100} ))',
        'while [ -d "/proc/$M" ] && ! grep -qs "^State:.Z" "/proc/$M/status"; do',
        f'[ "$(up)" -lt "$e" ] || {{ echo "no end within {QUIT_SECONDS_MAX} s" >&2; exit 3; }}; sleep 0.02; done',
        'for p in $c; do kill -KILL "$p" 2>/dev/null; done',
        "fi", *clear_lines(at), 'rm -f "$D/postmaster.pid"',
    ]  # fmt: skip
    return Act(
        verb=Verb.START, node=at.node, args=(("standby", "no"), ("again", str(closed))),
        script=_script(at, *hanging, *start_lines("ready"), 'rm -f "$L/$K.closed"'),
    )


def promote(at: ServerAt) -> Act:
    """Promote, and wait for it with a shorter step than the server's own function takes."""
    waits = (
        f"do $$ begin for i in 1..{PROMOTE_SECONDS_MAX * 100} loop exit when not pg_is_in_recovery(); "
        "perform pg_sleep(0.01); end loop; "
        "if pg_is_in_recovery() then raise exception 'still in recovery'; end if; end $$"
    )
    told = "select 'fact timeline ' || ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int"
    return Act(
        verb=Verb.PROMOTE,
        node=at.node,
        script=_script(
            at,
            f"o=$(Q -c {shlex.quote('select case when pg_is_in_recovery() then pg_promote(false) end')} "
            f"-c {shlex.quote(waits)} -c {shlex.quote(told)}) || exit 1; printf '%s\\n' \"$o\" | grep '^fact '",
            # An old mark of a fence of ours says nothing any more: this is the primary now.
            'rm -f "$L/$K.fenced" "$L/$K.closed"',
            # The last line of the newest history file is where this timeline left the one before.
            'h=; for f in "$D"/pg_wal/*.history; do [ -f "$f" ] && h=$f; done; p=; [ -z "$h" ] || '
            'while read -r a b c || [ -n "$a" ]; do case "$a" in [0-9]*) p=$b;; esac; done <"$h"; '
            '[ -z "$p" ] || echo "fact fork_position $p"',
        ),
    )


def _kept_conninfo() -> list[str]:
    """The upstream as it stands, kept on the node itself: a password in it never leaves the node."""
    return [
        "own=$(Q -c \"select current_setting('primary_conninfo')\") || exit 1",
        '[ -z "$own" ] || printf "%s" "$own" >"$L/$K.conninfo"',
    ]


def cut(at: ServerAt) -> Act:
    """A standby lets go of its upstream: no conninfo, no slot, and its receiver has ended."""
    waits = (
        "do $$ begin for i in 1..500 loop exit when not exists (select from pg_stat_get_wal_receiver() r "
        "where r.pid is not null); perform pg_sleep(0.01); end loop; end $$"
    )
    return Act(
        verb=Verb.CUT,
        node=at.node,
        script=_script(
            at,
            *_kept_conninfo(),
            "Q -c \"alter system set primary_conninfo = ''\" -c \"select pg_reload_conf()\" "
            f"-c {shlex.quote(waits)} >/dev/null",
        ),
    )


def uncut(at: ServerAt) -> Act:
    """What the node kept of its upstream is set again: the undo of a cut. One that was never cut stays as it is."""
    return Act(
        verb=Verb.FOLLOW,
        node=at.node,
        args=(("upstream", ""), ("slot", "")),
        script=_script(
            at,
            # What is kept may be an older change's: it says nothing where an upstream is set.
            "now=$(Q -c \"select current_setting('primary_conninfo')\") || exit 1; [ -z \"$now\" ] || exit 0",
            'own=$(cat "$L/$K.conninfo" 2>/dev/null | sed "s/\'/\'\'/g")',
            '[ -n "$own" ] || { echo "nothing was kept of its upstream" >&2; exit 4; }',
            "printf \"alter system set primary_conninfo = '%s';\\nselect pg_reload_conf();\\n\" \"$own\" "
            "| Q -f - >/dev/null",
        ),
    )


def tell_position(at: ServerAt) -> Act:
    """Where a cut standby stands still: the end of the last whole record that it replayed. Told as a fact.

    What was received may end in the middle of a record, which is never replayed: a position that does not move any more
    is the end as well.
    """
    waits = (
        "do $$ declare last pg_lsn; here pg_lsn; still int := 0; begin "
        f"for i in 1..{REPLAY_SECONDS_MAX * 50} loop here := pg_last_wal_replay_lsn(); "
        "exit when pg_is_wal_replay_paused() or here >= coalesce(pg_last_wal_receive_lsn(), here); "
        f"still := case when here = last then still + 1 else 0 end; exit when still >= {STILL_LOOKS}; "
        "last := here; perform pg_sleep(0.02); end loop; end $$"
    )
    told = "select 'fact candidate_position ' || pg_last_wal_replay_lsn()"
    return Act(
        verb=Verb.READ, node=at.node, script=_script(at, f"Q -c {shlex.quote(waits)} -c {shlex.quote(told)}")
    )


def conninfo_lines(at: ServerAt, upstream: ServerAt) -> list[str]:
    """Sets `own` to how this node reaches `upstream`: what it has, what was kept of it, or what the inventory says."""
    fallback = at.replication
    return [
        '[ -n "$own" ] || own=$(cat "$L/$K.conninfo" 2>/dev/null)',
        f'[ -n "$own" ] || own={shlex.quote(fallback)}',
        "own=$(printf '%s' \"$own\" | "
        "sed -E \"s/(^| )(host|hostaddr|port|application_name|dbname) *= *('[^']*'|[^ ]*)//g\")",
        f'own="$own host={upstream.address} port={upstream.port} application_name={at.node}"',
        "own=$(printf '%s' \"$own\" | sed -E \"s/^ +//; s/'/''/g\")",
    ]


# A receiver that comes up at once is waited for: it costs less than to ask again and again.
_STREAMS: Final = (
    "do $$ begin for i in 1..100 loop exit when exists (select from pg_stat_get_wal_receiver() r "
    "where r.status = 'streaming'); perform pg_sleep(0.01); end loop; end $$"
)


def follow(at: ServerAt, upstream: ServerAt, *, slot: str | None) -> Act:
    """Point a running standby at an upstream, over a slot where there is one."""
    named = literal(slot or "")
    return Act(
        verb=Verb.FOLLOW,
        node=at.node,
        args=(("upstream", upstream.node), ("slot", slot or "")),
        script=_script(
            at,
            *_kept_conninfo(),
            *conninfo_lines(at, upstream),
            # Through standard input: an argument list can be seen by every account of the host.
            f'printf "alter system set primary_slot_name = {named};\\nalter system set primary_conninfo = \'%s\';\\n'
            f'select pg_reload_conf();\\n%s;\\n" "$own" {shlex.quote(_STREAMS)} | Q -f - >/dev/null',
        ),
    )


def become_standby(at: ServerAt, upstream: ServerAt, *, slot: str | None) -> Act:
    """Turn a stopped server into a standby of `upstream`: its signal file and its settings, nothing else.

    One that somebody started read-only meanwhile is stopped for it; one that takes writes is refused.
    """
    named = (slot or "").replace("'", "''")
    return Act(
        verb=Verb.BECOME_STANDBY,
        node=at.node,
        args=(("upstream", upstream.node), ("slot", slot or "")),
        script=_script(
            at,
            'M=$(head -n 1 "$D/postmaster.pid" 2>/dev/null); if [ -n "$M" ] && grep -qs ^post "/proc/$M/comm"; then',
            '[ "$(Q -c "select pg_is_in_recovery()")" = t ] || { echo "its server runs" >&2; exit 4; }',
            f'kill -INT "$M"; e=$(( $(up) + {STOP_SECONDS_MAX * 100} ))',
            'while [ -e "$D/postmaster.pid" ] && [ -d "/proc/$M" ]; do',
            '[ "$(up)" -lt "$e" ] || exit 3; sleep 0.02; done',
            "fi",
            'a="$D/postgresql.auto.conf"; touch "$a"',
            "own=$(sed -n \"s/^primary_conninfo *= *'\\(.*\\)' *$/\\1/p\" \"$a\" | tail -n 1 | sed \"s/''/'/g\")",
            *conninfo_lines(at, upstream),
            '{ grep -vE "^(primary_conninfo|primary_slot_name|recovery_target[a-z_]*) *=" "$a"; '
            f"printf \"primary_conninfo = '%s'\\nprimary_slot_name = '%s'\\n\" \"$own\" {shlex.quote(named)}; }} "
            '>"$a.new" && sync "$a.new" && mv "$a.new" "$a"',
            ': >"$D/standby.signal" && sync "$D/standby.signal" "$D" && rm -f "$L/$K.closed"',
        ),
    )


def make_slots(at: ServerAt, slots: tuple[str, ...]) -> Act:
    """A physical slot for each follower that has none here yet; possible on a standby too."""
    lines = [
        f"select pg_create_physical_replication_slot({literal(slot)}, true) where not exists "
        f"(select from pg_replication_slots where slot_name = {literal(slot)})"
        for slot in slots
    ]
    asked = " ".join(f"-c {shlex.quote(line)}" for line in lines)
    return Act(
        verb=Verb.MAKE_SLOTS, node=at.node, args=(("slots", ",".join(slots)),),
        script=_script(at, f"Q {asked} >/dev/null"),
    )  # fmt: skip


def drop_slots(at: ServerAt, slots: tuple[str, ...]) -> Act:
    """Take away slots that keep WAL for nobody; one that is in use is left, and the proof says so."""
    lines = [
        f"select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = {literal(slot)} "
        "and slot_type = 'physical' and not active"
        for slot in slots
    ]
    asked = " ".join(f"-c {shlex.quote(line)}" for line in lines)
    return Act(
        verb=Verb.DROP_SLOTS, node=at.node, args=(("slots", ",".join(slots)),),
        script=_script(at, f"Q {asked} >/dev/null"),
    )  # fmt: skip


def set_setting(at: ServerAt, verb: Verb, name: str, value: str) -> Act:
    """One setting for good, by ALTER SYSTEM and a reload."""
    return Act(
        verb=verb, node=at.node, args=(("name", name), ("value", value)),
        script=_script(
            at,
            f"Q -c {shlex.quote(f'alter system set {name} = {literal(value)}')} "
            f"-c {shlex.quote('select pg_reload_conf()')} >/dev/null",
        ),
    )  # fmt: skip


def set_back(at: ServerAt, verb: Verb, name: str, value: str) -> Act:
    """The undo of `set_setting`: by the configuration files' word where that says the same, else by ALTER SYSTEM."""
    return Act(
        verb=verb, node=at.node, args=(("name", name), ("value", value)),
        script=_script(
            at,
            f"v={shlex.quote(value)}",
            f"Q -c 'alter system reset {name}' -c 'select pg_reload_conf()' >/dev/null || exit 1",
            f'n=0; until [ "$(Q -c "show {name}")" = "$v" ]; do n=$((n+1)); [ "$n" -lt 40 ] || exit 3',
            f'[ "$n" != 10 ] || Q -c {shlex.quote(f"alter system set {name} = {literal(value)}")} '
            "-c 'select pg_reload_conf()' >/dev/null",
            "sleep 0.05; done",
        ),
    )  # fmt: skip


def mark_commit(at: ServerAt) -> Act:
    """A commit that changes no table and waits as an application's does; its position is told as a fact."""
    return Act(
        verb=Verb.MARK_COMMIT,
        node=at.node,
        script=_script(
            at,
            # It waits for a standby as every commit does, and no timeout of the server ends such a wait.
            f'p=$(timeout {MARK_SECONDS_MAX} "$B/psql" -XAtq -w -v ON_ERROR_STOP=1 '
            f"-h {shlex.quote(at.socket_directory)} -p {at.port} -U {shlex.quote(at.admin_user)} -d postgres "
            "-c \"select pg_logical_emit_message(true, 'ledger_console', 'mark')\" "
            "-c 'select pg_current_wal_lsn()') || "
            f'{{ echo "the commit was not confirmed within {MARK_SECONDS_MAX} s" >&2; exit 5; }}',
            # A position after the commit's own record: a standby that has it has the commit.
            'echo "fact mark_position $(printf "%s" "$p" | tail -n 1)"',
        ),
    )


def ask_script(at: ServerAt, database: str, sql: str) -> str:
    """Asks one question of a database and prints the answer; what it asks must change nothing."""
    return _script(at, f"Q -d {shlex.quote(database)} -c {shlex.quote(sql)}")
