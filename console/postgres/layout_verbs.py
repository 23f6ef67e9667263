"""The acts of a restore where the new data is to be: laid out beside, recovered closed, put in place, started."""

import re
import shlex
from typing import Final

from console.domain.plan import Act, Pairs, Verb
from console.domain.proofs import FACTS
from console.postgres import rejoin_verbs, restore_verbs
from console.postgres.rejoin_verbs import OWN_FILES
from console.postgres.restore_verbs import SandboxAt
from console.postgres.verbs import ServerAt, base, start

CLOSED_SECONDS_MAX: Final = 14 * 86_400.0  # so long it stays open for a person's decision; then it ends by itself
RECOVERY_SECONDS_MAX: Final = 11 * 3600
STILL_LOOKS: Final = 25  # looks 200 ms apart at which it waits for WAL that does not come
IN_VAIN: Final = 40  # so often in a row WAL was asked for that did not come, before it was consistent
ARRIVE_SECONDS_MAX: Final = 600
MARK: Final = "# ledger-console: until it is promoted"
_PLAN: Final = re.compile(r"[^a-z0-9-]")
_KINDS: Final = ("recovery_target", "recovery_target_name", "recovery_target_time", "recovery_target_xid",
                 "recovery_target_lsn")  # fmt: skip
_OURS: Final = (*_KINDS, "primary_conninfo", "primary_slot_name", "recovery_end_command", "archive_cleanup_command")


def beside(at: ServerAt, plan: str, *, database: str) -> SandboxAt:
    """Where the new data lies until it is accepted: on the file system of the old, so that it can take its place."""
    return SandboxAt(
        node=at.node, id=_PLAN.sub("-", plan.lower())[:60] or "plan", root=f"{at.data_directory.rstrip('/')}.restore",
        bin_directory=at.bin_directory, user=at.admin_user, database=database,
    )  # fmt: skip


def strange_names(script: str) -> tuple[str, ...]:
    """Names in an engine's script that a run would take for facts of its own, and fill in."""
    return tuple(name for name in sorted(FACTS) if "${" + name + "}" in script)


def _script(*lines: str) -> str:
    return "\n".join(lines) + "\n"


def _apart(script: str) -> str:
    """Another script's lines with names of their own, as one command."""
    return f"(\n{script})"


def fetch_of(at: SandboxAt) -> str:
    """The command that brings WAL, as `restore_command` has it: a file beside, made of what the lay-out said."""
    return f"sh {shlex.quote(at.directory + '/fetch')} '%f' '%p'"


def lay_out(at: ServerAt, there: SandboxAt, script: str, *, about: Pairs, plan: str) -> Act:
    """Run an engine's lay-out into `there.data`; nothing of an earlier attempt is left. The old data stays as it is."""
    fetch = (
        'c=$(sed "s|%f|$1|g; s|%p|$2|g; s|%r|$1|g; s|%%|%|g" '
        f"{shlex.quote(there.directory + '/command')}) && [ -n \"$c\" ] && exec sh -c \"$c\"\n"
    )
    lines = [
        *base(at), f"S={shlex.quote(there.directory)}",
        f"{_apart(restore_verbs.tear_down(there))} && {_apart(restore_verbs.prepare(there, about))} || exit 4",
        f"{_apart(script)} >\"$S/said\" 2>\"$S/said.err\"; r=$?",
        '[ "$r" = 0 ] || { sed -n "s/^fact \\(reason\\|detail\\) //p" "$S/said" >&2; tail -n 5 "$S/said.err" >&2; '
        'exit "$r"; }',
        'sed -n "s/^fact restore_command //p" "$S/said" | tail -n 1 >"$S/command"; '
        '[ -s "$S/command" ] || { echo "the lay-out names no restore_command" >&2; exit 4; }',
        # Some repositories are reached over a network: the closed server that recovers is told then.
        'sed -n "s/^fact wal_by_network //p" "$S/said" | tail -n 1 >"$S/network"',
        f"printf %s {shlex.quote(fetch)} >\"$S/fetch\"",
        'chmod 700 "$S/data" && sync -f "$S/data" || exit 1',
        f'printf "%s\\n" {shlex.quote(plan)} >"$S/whole.new" && mv "$S/whole.new" "$S/whole" && sync "$S/whole" "$S"',
    ]  # fmt: skip
    return Act(verb=Verb.COPY, node=at.node, args=(("copy", plan), ("source", "backup")), long=True,
               script=_script(*lines))  # fmt: skip


def laid_out_proof(at: ServerAt, there: SandboxAt, *, plan: str, system_identifier: str) -> str:
    """A script whose exit status 0 proves that the whole of it lies there, and of which system it is."""
    return _script(
        "LC_ALL=C; export LC_ALL; cd /", f"S={shlex.quote(there.directory)}; B={shlex.quote(at.bin_directory)}",
        f'[ "$(cat "$S/whole" 2>/dev/null)" = {shlex.quote(plan)} ] || {{ echo "nothing whole is laid out"; exit 1; }}',
        's=$("$B/pg_controldata" -D "$S/data" | sed -n "s/^Database system identifier: *//p")',
        f'[ "$s" = {shlex.quote(system_identifier)} ] || {{ echo "it is of system ${{s:-unknown}}"; exit 1; }}',
    )


def drop(at: ServerAt, there: SandboxAt) -> Act:
    """Stop the restored copy and take all of it away; the old data is not touched."""
    return Act(
        verb=Verb.DROP_OLD, node=at.node, args=(("what", "restored"), ("ends", Verb.COPY.value)),
        script=restore_verbs.tear_down(there),
    )  # fmt: skip


def halt(at: ServerAt, there: SandboxAt) -> Act:
    """Stop the restored copy; its files stay."""
    script = f"[ -f {shlex.quote(there.directory + '/about')} ] || exit 0\n" + restore_verbs.stop(there)
    return Act(verb=Verb.STOP, node=at.node, args=(("what", "restored"), ("ends", Verb.RECOVER.value)), script=script)


_LOOKED: Final = (
    # 'not paused' is two words, and here each is one.
    "select case when pg_is_in_recovery() then replace(pg_get_wal_replay_pause_state(), ' ', '-') else 'left' end "
    "|| ' ' || "
    "coalesce(pg_last_wal_replay_lsn()::text, '-') || ' ' || coalesce((select wait_event from pg_stat_activity "
    "where backend_type = 'startup'), '-')"
)


def recover(
    at: ServerAt, there: SandboxAt, *, settings: Pairs, last_file: str, head_sql: str = "", head: int | None = None
) -> Act:
    """Start the copy closed and have it replay to its target, where it stays, read-only.

    `last_file`: for 'latest', the last WAL file that the repository holds; it has to be read. Empty: the target itself
    has to be reached. Tells the facts `restored_position`, and `restored_number` where `head_sql` gives one number;
    with a `head` that number has to be it. Whether WAL comes over a network stands beside it since it was laid out.
    """
    begins = {
        network: _apart(restore_verbs.start(
            there, restore_command=fetch_of(there), settings=settings, life_seconds=CLOSED_SECONDS_MAX, network=network
        )) for network in (True, False)
    }  # fmt: skip
    latest = bool(last_file)
    lines = [
        *restore_verbs.base(there),
        'if ! alive; then if [ "$(cat "$S/network" 2>/dev/null)" = yes ]; then',
        f"{begins[True]}\nelse\n{begins[False]}\nfi || exit 3; fi",
        f"e=$(( $(up) + {RECOVERY_SECONDS_MAX * 100} )); last=; still=0; waits=",
        "while :; do",
        'alive || { grep -E "FATAL|PANIC" "$S/log" | tail -n 3 >&2; echo "it ended" >&2; exit 3; }',
        'w=$(sed -n 8p "$D/postmaster.pid" 2>/dev/null | tr -d " "); set --',
        f'[ "$w" != ready ] || {{ o=$(RQ -c {shlex.quote(_LOOKED)}) && set -- $o; }}',
        'case "${1:-}" in paused) break;; left) echo "it left recovery" >&2; exit 5;; esac',
        # It stands, and it was seen waiting until it asks again: that is the end of what there is. A segment that is
        # still being filled comes whenever it is asked for, so that what came says nothing.
        'if [ -n "$last" ] && [ "${2:-}" = "$last" ]; then still=$((still+1)); else still=0; waits=; fi; last=${2:-}',
        '[ "${3:-}" != RecoveryRetrieveRetryInterval ] || waits=1',
        f'[ "$still" -lt {STILL_LOOKS} ] || [ -z "$waits" ] || break',
        f'[ -n "${{1:-}}" ] || [ "$(tail -n {IN_VAIN} "$S/asked" | grep -c " [1-9][0-9]*$")" -lt {IN_VAIN} ] || '
        '{ echo "WAL that it needs to be consistent is missing: $(tail -n 1 "$S/asked")" >&2; exit 6; }',
        f'[ "$(up)" -lt "$e" ] || {{ echo "not there within {RECOVERY_SECONDS_MAX} s, at $last" >&2; exit 3; }}',
        "sleep 0.2; done",
        *(_latest_lines(last_file) if latest else _target_lines()),
        *(_head_lines(head_sql, head) if head_sql else ()),
        'p=$(RQ -c "select pg_last_wal_replay_lsn()") && [ -n "$p" ] || exit 3',
        "printf '%s\\n' \"$p\" >\"$S/reached\" && echo \"fact restored_position $p\"",
    ]
    return Act(verb=Verb.RECOVER, node=at.node, args=(("what", "restored"),), long=True, script=_script(*lines))


def _head_lines(head_sql: str, head: int | None) -> list[str]:
    """Its last entry's number; before it is written down that it stands where it is to stand."""
    other = "" if head is None else (
        f'[ "$n" = {head} ] || {{ echo "its last entry is $n, and {head} was wanted" >&2; exit 7; }}; '
    )  # fmt: skip
    return [f'n=$(RQ -c {shlex.quote(head_sql)}) || n=; case "$n" in ""|*[!0-9]*) ;; '
            f'*) {other}echo "fact restored_number $n";; esac']  # fmt: skip


def last_look(at: ServerAt, stop: Act, *, head_sql: str, database: str, standby: bool) -> Act:
    """A stop that tells, as far as it can be read, what was booked before it: `old_number` of a primary, and where it
    ended, `old_shutdown`; of a standby that is stopped after its primary `seen_number` and `seen_position`.
    """
    limit = f"-d {shlex.quote(database)} -c 'set statement_timeout = 3000' -c"
    where = (
        "select (pg_last_wal_replay_lsn() >= coalesce(pg_last_wal_receive_lsn(), '0/0'))::int || ' ' || "
        "pg_last_wal_replay_lsn()"
    )
    told = f'n=$(Q {limit} {shlex.quote(head_sql)}) && case "$n" in ""|*[!0-9]*) ;; *) '
    # The position before the number: what is replayed in between is in the number, and the position claims no more.
    lines = [
        *base(at),
        f'i=0; while o=$(Q {limit} {shlex.quote(where)}) && set -- $o && [ "${{1:-}}" = 0 ] && [ "$i" -lt 100 ]; do '
        "i=$((i+1)); sleep 0.05; done",
        told + 'echo "fact seen_number $n"; [ -z "${2:-}" ] || echo "fact seen_position $2";; esac',
    ] if standby else [*base(at), told + 'echo "fact old_number $n";; esac']  # fmt: skip
    ended = "" if standby else (
        '"$B/pg_controldata" -D "$D" | sed -n "s/^Latest checkpoint location: */fact old_shutdown /p"\n'
    )  # fmt: skip
    script = f"{_apart(_script(*lines))} 2>/dev/null\n{stop.script}{ended}"
    return Act(verb=stop.verb, node=stop.node, args=stop.args, script=script, long=stop.long)


def _target_lines() -> list[str]:
    return [
        '[ "${1:-}" = paused ] || { echo "the target was not reached: no WAL beyond $last" >&2; exit 7; }',
        'grep -qE "recovery stopping (before|after|at)|pausing at the end" "$S/log" || '
        '{ echo "it is held, and not at its target" >&2; exit 7; }',
    ]


def _latest_lines(last_file: str) -> list[str]:
    """It has read all that there is; and from here on it stays where it is."""
    return [
        f'grep -q "^{last_file} 0$" "$S/asked" || '
        f'{{ echo "{last_file} was not read: WAL ends at $last" >&2; exit 7; }}',
        '[ "${1:-}" = paused ] || RQ -c "select pg_wal_replay_pause()" >/dev/null || exit 3',
        'n=0; until [ "$(RQ -c "select pg_get_wal_replay_pause_state()")" = paused ]; do n=$((n+1)); '
        '[ "$n" -lt 100 ] || exit 3; sleep 0.05; done',
    ]


def recovered_proof(there: SandboxAt) -> str:
    """A script whose exit status 0 proves that the copy stands, read-only, where it stopped."""
    return _script(
        *restore_verbs.base(there),
        '[ -s "$S/reached" ] || { echo "its target is not reached"; exit 1; }',
        'alive || { echo "it does not run"; exit 1; }',
        f"o=$(RQ -c {shlex.quote(_LOOKED)}) || {{ echo 'it does not answer'; exit 1; }}; set -- $o",
        '[ "$1" = paused ] && [ "$2" = "$(cat "$S/reached")" ] || { echo "it is $1 at $2"; exit 1; }',
    )


def where(there: SandboxAt) -> str:
    """Says the socket of a restored copy, and its version; nothing is changed by it."""
    return _script(
        *restore_verbs.base(there), 'alive || no not-running "it does not run"', 'echo "fact socket $X"',
        'echo "fact version $V"',
    )  # fmt: skip


def install(at: ServerAt, there: SandboxAt, *, settings: Pairs, plan: str) -> Act:
    """The accepted copy, stopped, becomes `DATA.copy` with the node's own files; it will replay to the same place.

    It is marked as a copy of this plan's, so that it can take the data's place, and be taken back.
    """
    files = " ".join(OWN_FILES)
    lines = [
        *base(at), f"S={shlex.quote(there.directory)}", 'N="$D.copy"',
        f'[ "$(cat "$L/$K.copied" 2>/dev/null)" != {shlex.quote(plan)} ] || [ ! -d "$N" ] || exit 0',
        '[ ! -e "$N" ] || [ -e "$L/$K.copying" ] || [ ! -d "$S/data" ] || '
        '{ echo "$N is there already, and is not ours" >&2; exit 4; }',
        'if [ -d "$S/data" ]; then',
        f"{_apart(restore_verbs.stop(there))} || exit 3",
        ': >"$L/$K.copying" && sync "$L" && rm -rf "$N" && mv "$S/data" "$N" || exit 1; fi',
        '[ -f "$N/PG_VERSION" ] || { echo "the restored data is not there" >&2; exit 4; }',
        # The server's own settings, not those of whatever the backup was taken from.
        f'for f in {files}; do if [ -f "$D/$f" ]; then cp -p "$D/$f" "$N/$f"; else case "$f" in '
        'postgresql.auto.conf|postmaster.opts) rm -f "$N/$f";; esac; fi || exit 1; done',
        '[ -f "$N/postgresql.auto.conf" ] || : >"$N/postgresql.auto.conf"',
        f'sed -i "/^{MARK}$/,\\$d" "$N/postgresql.auto.conf"; cp -p "$N/postgresql.auto.conf" "$L/$K.auto" || exit 1',
        f"printf '%s\\n' {shlex.quote(_recovery_conf(there, settings))} >>\"$N/postgresql.auto.conf\"",
        ': >"$N/standby.signal"; rm -f "$N/recovery.signal" "$N/backup_manifest" "$N/postmaster.pid"',
        # It was recovered without waiting for the disk.
        'sync; sync -f "$N" || exit 1',
        f'printf "%s\\n" {shlex.quote(plan)} >"$L/$K.copied.new" && mv "$L/$K.copied.new" "$L/$K.copied" && '
        'sync "$L/$K.copied" && rm -f "$L/$K.copying"',
    ]  # fmt: skip
    return Act(verb=Verb.COPY, node=at.node, args=(("copy", plan), ("source", "restored")), long=True,
               script=_script(*lines))  # fmt: skip


def _recovery_conf(there: SandboxAt, settings: Pairs) -> str:
    """The same target once more, behind all that stands in the file; the empty ones before the one that is meant."""
    given = dict(pair.split("=", 1) for pair in restore_verbs.recovery_arguments(settings))
    wanted = {name: value for name, value in given.items() if value}
    empty = {name: "" for name in _OURS if name not in wanted}
    fixed = {"recovery_min_apply_delay": "0", "recovery_target_action": "pause", "restore_command": fetch_of(there)}
    found = (*empty.items(), *fixed.items(), *wanted.items())
    return "\n".join([MARK, *(f"{name} = '{_doubled(value)}'" for name, value in found)])


def _doubled(value: str) -> str:
    return value.replace("'", "''")


def _there_lines(there: SandboxAt, *, latest: bool) -> list[str]:
    """Lines of shell that make `there`, which is true where the server stands where the closed one stood.

    That is kept on the node itself: what an engine was told of it may be lost with the engine.
    """
    asked = "select pg_is_in_recovery() and pg_last_wal_replay_lsn() >= '$p'::pg_lsn"
    asked += "" if latest else " and pg_get_wal_replay_pause_state() = 'paused'"
    return [
        f"p=$(cat {shlex.quote(there.directory + '/reached')} 2>/dev/null); case \"$p\" in ''|*[!0-9A-F/]*) "
        "echo 'where it stood is not kept' >&2; exit 4;; esac",
        f'there() {{ [ "$(Q -c "{asked}")" = t ]; }}',
    ]


def there_proof(at: ServerAt, there: SandboxAt, *, latest: bool) -> str:
    """A script whose exit status 0 proves that the server itself stands where the closed one stood."""
    return _script(*base(at), *_there_lines(there, latest=latest), "there || { echo 'not there'; exit 1; }")


def begin(at: ServerAt, there: SandboxAt, *, latest: bool) -> Act:
    """Start the restored server as a standby of nobody, and wait until it stands where the closed one stood."""
    act = start(at, standby=True)
    waits = [
        *_there_lines(there, latest=latest),
        f"e=$(( $(up) + {ARRIVE_SECONDS_MAX * 100} )); until there; do",
        f'[ "$(up)" -lt "$e" ] || {{ echo "not there within {ARRIVE_SECONDS_MAX} s" >&2; exit 3; }}; sleep 0.1; done',
    ]
    # It may run already: then only what it waits for is left.
    script = _apart(act.script) + " || exit $?\n" + _script(*base(at), *waits)
    return Act(verb=Verb.START, node=at.node, args=act.args, script=script)


def settle(at: ServerAt, there: SandboxAt) -> Act:
    """The promoted server gets its own settings back, and what was laid out beside goes."""
    lines = [
        *base(at),
        'a="$D/postgresql.auto.conf"; [ ! -e "$L/$K.auto" ] || { cp -p "$L/$K.auto" "$a.new" && mv "$a.new" "$a" && '
        'sync "$a" "$D" || exit 1; }',
        'Q -c "select pg_reload_conf()" >/dev/null || exit 1; rm -f "$L/$K.auto" "$L/$K.copied" "$L/$K.copying"',
        f"{_apart(restore_verbs.tear_down(there))}",
    ]  # fmt: skip
    return Act(verb=Verb.TIDY, node=at.node, args=(("what", "restored"),), script=_script(*lines))


def settled_proof(at: ServerAt, there: SandboxAt) -> str:
    """A script whose exit status 0 proves that no setting of the recovery's stands in its files any more."""
    return _script(
        *base(at),
        f'! grep -q "^{MARK}$" "$D/postgresql.auto.conf" || {{ echo "its recovery settings stand"; exit 1; }}',
        f'[ ! -e {shlex.quote(there.directory)} ] || {{ echo "what was laid out is still there"; exit 1; }}',
    )


def keep_old(at: ServerAt, *, plan: str) -> Act:
    """The old data gets a name that no later plan is in the way of. It goes by a person's hand, or never."""
    lines = [
        *base(at),
        f'if [ -d "$D.old" ]; then mv "$D.old" "$D.before-{_PLAN.sub("-", plan.lower())}" && '
        'sync "$(dirname "$D")" || exit 1; fi',
    ]  # fmt: skip
    return Act(verb=Verb.DROP_OLD, node=at.node, args=(("what", "kept"),), script=_script(*lines))


def copy_from_backup(at: ServerAt, there: SandboxAt, script: str, *, about: Pairs, plan: str) -> Act:
    """For a standby: lay the chain out and make it the copy beside the data, which follows from there by itself.

    WAL that its upstream has no more comes by the repository's own command until `settle_standby`.
    """
    first = lay_out(at, there, script, about=about, plan=plan)
    files = " ".join(OWN_FILES)
    lines = [
        f'{_apart(first.script)} || exit $?',
        *base(at), f"S={shlex.quote(there.directory)}", 'N="$D.copy"',
        'if [ -e "$N" ] && [ ! -e "$L/$K.copying" ] && [ ! -e "$L/$K.copied" ]; then '
        'echo "$N is there already, and is not ours" >&2; exit 4; fi',
        'rm -f "$L/$K.copied"; : >"$L/$K.copying"; sync "$L"; rm -rf "$N"; mv "$S/data" "$N" || exit 1',
        f'for f in {files}; do if [ -f "$D/$f" ]; then cp -p "$D/$f" "$N/$f"; else case "$f" in '
        'postmaster.opts) rm -f "$N/$f";; esac; fi || exit 1; done',
        'rm -rf "$N"/pg_replslot/*; : >"$N/standby.signal"; '
        'rm -f "$N/recovery.signal" "$N/backup_manifest" "$N/postmaster.pid"',
        f'sed -i "/^{MARK}$/,\\$d" "$N/postgresql.auto.conf" 2>/dev/null',
        f"printf '%s\\n' {shlex.quote(_standby_conf(there))} >>\"$N/postgresql.auto.conf\"",
        'sync -f "$N"',
        f'printf "%s\\n" {shlex.quote(plan)} >"$L/$K.copied.new" && mv "$L/$K.copied.new" "$L/$K.copied" && '
        'sync "$L/$K.copied" && rm -f "$L/$K.copying"',
        'echo "fact copy_directory $N"',
    ]  # fmt: skip
    return Act(verb=Verb.COPY, node=at.node, args=(("copy", plan), ("source", "backup")), long=True,
               script=_script(*lines))  # fmt: skip


def _standby_conf(there: SandboxAt) -> str:
    lines = [f"{name} = ''" for name in _KINDS]
    command = f"restore_command = '{_doubled(fetch_of(there))}'"
    return "\n".join([MARK, *lines, "recovery_target_timeline = 'latest'", command])


def settle_standby(at: ServerAt, there: SandboxAt) -> Act:
    """A standby that streams needs no repository any more: its settings of the restore go, as `tidy` does the rest."""
    act, names = rejoin_verbs.tidy(at), (*_KINDS, "recovery_target_timeline", "restore_command")
    lines = [
        *base(at), *(f"Q -c 'alter system reset {name}' >/dev/null || exit 1" for name in names),
        'Q -c "select pg_reload_conf()" >/dev/null || exit 1',
        f"{_apart(restore_verbs.tear_down(there))} || exit 1",
    ]
    return Act(verb=act.verb, node=act.node, args=act.args, script=_script(*lines) + act.script)


def place_script(at: ServerAt, there: SandboxAt) -> str:
    """What keeps new data from being laid beside this directory, besides what a new node's place tells."""
    return _script(
        *base(at),
        f"R={shlex.quote(there.root)}", '[ -z "$(ls -A "$R" 2>/dev/null)" ] || echo "layout restore-there"',
        '[ -z "$(ls -A "$D/pg_tblspc" 2>/dev/null)" ] || echo "layout tablespaces"', "echo end",
    )

