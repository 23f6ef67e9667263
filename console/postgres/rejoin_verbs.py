"""The acts that bring a node back: its WAL is kept, it is rewound or copied anew, configured, and tidied up."""

import shlex
from typing import Final

from console.domain.plan import Act, Verb
from console.domain.wal import Lsn
from console.postgres.sandbox import (
    configuration_lines,
    not_running_lines,
    sandbox_base,
    start_lines,
    wal_end_lines,
)
from console.postgres.verbs import ServerAt, base, become_standby, conninfo_lines

KEPT_SEGMENTS_MAX: Final = 4000
LONG_SECONDS_MAX: Final = 12 * 3600.0
OWN_FILES: Final = ("postgresql.conf", "pg_hba.conf", "pg_ident.conf", "postgresql.auto.conf", "postmaster.opts")
SERVICE: Final = "ledger_console"

# A conninfo in the form of a service file, a line a word: so that no password stands in a list of arguments.
_AS_SERVICE: Final = (
    "'BEGIN{s=ENVIRON[\"own\"]; n=length(s); i=1; while(i<=n){ while(i<=n && substr(s,i,1)==\" \") i++; k=\"\"; "
    'while(i<=n && (c=substr(s,i,1))!="=" && c!=" ") {k=k c; i++} while(substr(s,i,1)==" ") i++; '
    'if(substr(s,i,1)!="=") break; i++; while(substr(s,i,1)==" ") i++; v=""; '
    'if(substr(s,i,1)=="\\047") { i++; while(i<=n && (c=substr(s,i,1))!="\\047") '
    '{ if(c=="\\\\"){i++; c=substr(s,i,1)} v=v c; i++ } i++ } '
    'else while(i<=n && (c=substr(s,i,1))!=" ") { if(c=="\\\\"){i++; c=substr(s,i,1)} v=v c; i++ } '
    'if(k!="application_name" && k!="service" && k!="dbname" && k!="connect_timeout") print k "=" v } }\''
)


_MARKS_GO: Final = 'rm -f "$L/$K.configured" "$L/$K.archive_command" "$L/$K.archive_library" "$L/$K.auto"'


def login_lines(at: ServerAt, source: ServerAt, *, own: str = "") -> list[str]:
    """Lines of shell that write S, a service file by which this node logs in at `source`, readable for us alone.

    `own`: a line of shell that sets `own` to the upstream as it stands; '' : from the files of a stopped server.
    """
    stopped = "own=$(sed -n \"s/^primary_conninfo *= *'\\(.*\\)' *$/\\1/p\" \"$D/postgresql.auto.conf\" 2>/dev/null | "
    stopped += "tail -n 1 | sed \"s/''/'/g\")"
    return [
        own or stopped,
        *conninfo_lines(at, source)[:-1],
        f'export own; {{ echo "[{SERVICE}]"; awk {_AS_SERVICE}; echo connect_timeout=5; '
        f'echo application_name={SERVICE}; }} >"$S" || exit 1; unset own',
        'PGSERVICEFILE=$S; export PGSERVICEFILE',
    ]


def _service_place() -> str:
    return 'S=$(mktemp "$L/$K.service.XXXXXX") || exit 1; trap \'rm -f "$S"\' EXIT'


def kept_place(fork: Lsn, timeline: int) -> str:
    """The end of the name of the directory that keeps WAL beyond a fork."""
    return f"kept-wal.{timeline}.{fork.position:X}"


def keep_wal(at: ServerAt, *, timeline: int, fork: Lsn) -> Act:
    """Copy the WAL from the fork's segment on beside the data, with checksums; nothing of it is taken away.

    Tells the facts `kept_directory` and `kept_wal` ('NAME:SHA256,…', its own list included).
    """
    return Act(
        verb=Verb.KEEP_WAL, node=at.node, args=(("timeline", str(timeline)), ("fork", str(fork))), long=True,
        script="\n".join(
            [
                *base(at), *wal_end_lines(),
                f'R="$D.{kept_place(fork, timeline)}"; mkdir -m 700 "$R" 2>/dev/null; [ -d "$R" ] && [ -O "$R" ] || '
                '{ echo "$R can not be made" >&2; exit 1; }',
                'Z=$(printf "%s\\n" "$C" | sed -n "s/^Bytes per WAL segment: *//p")',
                # Segments are compared by their place in the WAL; beyond its end lie only ones made for later.
                f"a=$(printf '%08X%08X' $(( {fork.position} >> 32 )) $(( ({fork.position} & 4294967295) / Z )))",
                'z=; [ -z "$E" ] || z=$(printf "%08X%08X" "0x${E%/*}" $(( 0x${E#*/} / Z )))',
                'n=0; v=; for f in "$D"/pg_wal/*; do g=${f##*/}; case "$g" in',
                f'*.history) ;; *[!0-9A-F]*) continue;; *) [ ${{#g}} = 24 ] && [ $(( 0x${{g%????????????????}} )) -ge '
                f'{timeline} ] || continue; p=${{g#????????}}',
                '[ "$(printf "%s\\n%s\\n" "$a" "$p" | sort | head -n 1)" = "$a" ] || continue',
                '[ -z "$z" ] || [ "$(printf "%s\\n%s\\n" "$p" "$z" | sort | head -n 1)" = "$p" ] || continue;; esac',
                f'n=$((n+1)); [ "$n" -le {KEPT_SEGMENTS_MAX} ] || '
                f'{{ echo "over {KEPT_SEGMENTS_MAX} files to keep" >&2; exit 3; }}',
                'cmp -s "$f" "$R/$g" || { cp -p "$f" "$R/$g.part" && sync "$R/$g.part" && mv "$R/$g.part" "$R/$g"; } '
                "|| exit 1",
                'c=$(sha256sum "$R/$g" | cut -d " " -f 1) || exit 1; v="$v$g:$c,"; done; sync "$R"',
                'echo "fact kept_directory $R"; echo "fact kept_wal ${v%,}"',
            ]
        ) + "\n",
    )  # fmt: skip


def keep_carry(node: str, source: str, *, name: str) -> Act:
    """Bring the kept WAL to the backup host; the console hands the pieces on, both ends compute the checksums.

    Tells the fact `kept_copy`, the directory there. `name`: words of file names, with '/' between them.
    """
    return Act(
        verb=Verb.KEEP_CARRY, node=node, args=(("source", source),),
        script="\n".join(
            [
                "LC_ALL=C; export LC_ALL; cd /; umask 077",
                'H=${HOME:-}; [ -n "$H" ] && [ -w "$H" ] || H=/var/tmp',
                f'R="$H/ledger-console-kept/"{shlex.quote(name)}; mkdir -p "$R" && [ -O "$R" ] || exit 1',
                'echo "fact kept_copy $R"',
            ]
        ) + "\n",
    )  # fmt: skip


def recover(at: ServerAt) -> Act:
    """A server that was killed replays its own WAL, closed and read-only, and stops: so a rewind may begin."""
    return Act(
        verb=Verb.RECOVER, node=at.node, long=True,
        script="\n".join(
            [*sandbox_base(at), *not_running_lines(), *configuration_lines(), *wal_end_lines(), *start_lines(),
             "stop_sandbox"]
        ) + "\n",
    )  # fmt: skip


def rewind(at: ServerAt, source: ServerAt, *, archive: bool) -> Act:
    """Rewind a stopped server to where it left the source's history, and give it its own configuration back.

    While it lasts the data directory bears a mode with which PostgreSQL refuses to start, whoever starts it; a cut
    leaves that and a mark. Tells the fact `rewind_said`.
    """
    files = " ".join(OWN_FILES)
    called = '"$B/pg_rewind" -D "$D" --source-server="service=' + SERVICE + ' dbname=postgres" --no-ensure-shutdown'
    called += ' ${F:+--config-file="$F"}' + (" --restore-target-wal" if archive else "")
    return Act(
        verb=Verb.REWIND, node=at.node, args=(("source", source.node),), long=True,
        script="\n".join(
            [
                *base(at), *not_running_lines(), *configuration_lines(),
                '[ ! -e "$L/$K.rewinding" ] || { echo "a rewind was cut here: only a new copy helps" >&2; exit 6; }',
                _service_place(), *login_lines(at, source),
                # First without changing anything: what it can't do it says now.
                f'o=$({called} -n 2>&1) || {{ printf "%s\\n" "$o" | tail -n 5 >&2; exit 1; }}',
                'case "$o" in *"no rewind required"*) echo "it says: no rewind required" >&2; exit 7;; esac',
                'O="$L/$K.own"; rm -rf "$O"; mkdir -m 700 "$O" || exit 1',
                f'for f in {files}; do [ ! -f "$D/$f" ] || cp -p "$D/$f" "$O/$f" || exit 1; done',
                'm=$(stat -c %a "$D") && printf "%s\\n" "$m" >"$L/$K.rewinding" && sync "$L/$K.rewinding" || exit 1',
                'chmod 0701 "$D" || exit 1',
                f'o=$({called} 2>&1); r=$?; : >"$D/standby.signal"; sync "$D/standby.signal" "$D"',
                '[ "$r" = 0 ] || { printf "%s\\n" "$o" | tail -n 5 >&2; exit "$r"; }',
                f'for f in {files}; do if [ -f "$O/$f" ]; then cp -p "$O/$f" "$D/$f" && sync "$D/$f" || exit 1; '
                'else rm -f "$D/$f"; fi; done',
                'chmod "$m" "$D" && rm -f "$L/$K.rewinding" && rm -rf "$O"',
                'echo "fact rewind_said $(printf "%s" "$o" | tail -n 1)"',
            ]
        ) + "\n",
    )  # fmt: skip


def copy(at: ServerAt, source: ServerAt, *, name: str, inherit: bool = False) -> Act:
    """A base backup of `source` beside the data, verified, with this node's own configuration and a signal file.

    `name` is the plan's: a copy that another plan left is none. `inherit`: where the node has no settings of its own,
    it keeps what the source's ALTER SYSTEM set. Tells the fact `copy_directory`.
    """
    files, gone = " ".join(OWN_FILES), "postmaster.opts" if inherit else "postgresql.auto.conf|postmaster.opts"
    return Act(
        verb=Verb.COPY, node=at.node, args=(("source", source.node), ("copy", name)), long=True,
        script="\n".join(
            [
                *base(at),
                'N="$D.copy"; if [ -e "$N" ] && [ ! -e "$L/$K.copying" ] && [ ! -e "$L/$K.copied" ]; then '
                'echo "$N is there already, and is not ours" >&2; exit 4; fi',
                'rm -f "$L/$K.copied"; : >"$L/$K.copying"; sync "$L"; rm -rf "$N"',
                _service_place(), *login_lines(at, source),
                f'o=$("$B/pg_basebackup" -D "$N" -d "service={SERVICE}" -w -c fast -X stream 2>&1) || '
                '{ printf "%s\\n" "$o" | tail -n 5 >&2; exit 1; }',
                'o=$("$B/pg_verifybackup" "$N" 2>&1) || { printf "%s\\n" "$o" | tail -n 5 >&2; exit 1; }',
                # Where a rewind was cut, the node's own files lie beside: in its data may stand another's by now.
                'O="$L/$K.own"; [ -d "$O" ] || O=$D',
                f'for f in {files}; do if [ -f "$O/$f" ]; then cp -p "$O/$f" "$N/$f"; else '
                f'case "$f" in {gone}) rm -f "$N/$f";; esac; fi || exit 1; done',
                ': >"$N/standby.signal"; rm -f "$N/backup_manifest"; sync "$N/standby.signal" "$N"; sync -f "$N"',
                f'printf "%s\\n" {shlex.quote(name)} >"$L/$K.copied.new" && mv "$L/$K.copied.new" "$L/$K.copied" && '
                'sync "$L/$K.copied" && rm -f "$L/$K.copying"',
                'echo "fact copy_directory $N"',
            ]
        ) + "\n",
    )  # fmt: skip


def drop_copy(at: ServerAt) -> Act:
    """The copy that was begun or made beside the data goes again; the data stays as it is."""
    return Act(
        verb=Verb.DROP_OLD, node=at.node, args=(("what", "copy"), ("ends", Verb.COPY.value)),
        script="\n".join(
            [
                *base(at),
                'if [ -e "$L/$K.copying" ] || [ -e "$L/$K.copied" ]; then '
                'rm -rf "$D.copy" && rm -f "$L/$K.copying" "$L/$K.copied"; fi',
            ]
        ) + "\n",
    )  # fmt: skip


def swap_in(at: ServerAt) -> Act:
    """The verified copy takes the data's place; the old data is kept under another name. May be done again when cut."""
    return Act(
        verb=Verb.SWAP_IN, node=at.node,
        script="\n".join(
            [
                *base(at), *not_running_lines(), '[ -e "$L/$K.copied" ] || { echo "no complete copy" >&2; exit 4; }',
                'if [ -d "$D.copy" ] && [ -d "$D" ]; then '
                '[ ! -e "$D.old" ] || { echo "$D.old is there already" >&2; exit 4; }; mv "$D" "$D.old" || exit 1; fi',
                'if [ -d "$D.copy" ] && [ ! -e "$D" ]; then mv "$D.copy" "$D" || exit 1; fi',
                'sync "$(dirname "$D")"; rm -f "$L/$K.rewinding"; [ -f "$D/PG_VERSION" ] && [ -e "$D/standby.signal" ]',
            ]
        ) + "\n",
    )  # fmt: skip


def swap_back(at: ServerAt) -> Act:
    """The old data takes its place again; the copy lies beside it as before."""
    return Act(
        verb=Verb.SWAP_IN, node=at.node, args=(("back", "yes"),),
        script="\n".join(
            [
                *base(at), *not_running_lines(),
                'if [ -d "$D.old" ]; then if [ -d "$D" ]; then mv "$D" "$D.copy" || exit 1; fi; '
                'mv "$D.old" "$D" || exit 1; sync "$(dirname "$D")"; fi',
                # A data directory that a cut rewind left bears a mode with which no server starts.
                '[ "$(stat -c %a "$D")" != 701 ] || echo 700 >"$L/$K.rewinding"', _MARKS_GO,
            ]
        ) + "\n",
    )  # fmt: skip


def configure(at: ServerAt, upstream: ServerAt, *, slot: str) -> Act:
    """A stopped server becomes a standby of `upstream`, and archives nothing until it is a proven one."""
    act = become_standby(at, upstream, slot=slot)
    saved = '[ -e "$L/$K.auto" ] || cp -p "$D/postgresql.auto.conf" "$L/$K.auto" 2>/dev/null || : >"$L/$K.auto"'
    lines = [
        *configuration_lines(),
        'b=; [ "$(head -n 1 "$D/PG_VERSION")" -lt 15 ] || b=archive_library',
        'for n in archive_command $b; do [ -f "$L/$K.$n" ] || '
        '"$B/postgres" -C "$n" -D "$D" ${F:+-c "config_file=$F"} >"$L/$K.$n" || exit 1; done',
        '{ grep -vE "^(archive_command|archive_library) *=" "$a"; for n in archive_command $b; do '
        'echo "$n = \'\'"; done; } >"$a.new" && sync "$a.new" && mv "$a.new" "$a" || exit 1',
        f'printf "%s\\n" {shlex.quote(upstream.node)} >"$L/$K.configured" && sync "$L/$K.configured" "$D"',
    ]
    script = "\n".join([*base(at), *not_running_lines(), saved]) + "\n" + act.script + "\n".join(lines) + "\n"
    return Act(verb=act.verb, node=act.node, args=act.args, script=script)


def unconfigure(at: ServerAt) -> Act:
    """The settings of a stopped server as they were before `configure`. Its signal file stays: it starts read-only."""
    return Act(
        verb=Verb.BECOME_STANDBY, node=at.node, args=(("back", "yes"),),
        script="\n".join(
            [
                *base(at), *not_running_lines(),
                'if [ -e "$L/$K.auto" ]; then cp -p "$L/$K.auto" "$D/postgresql.auto.conf" || exit 1; fi',
                _MARKS_GO,
            ]
        ) + "\n",
    )  # fmt: skip


def tidy(at: ServerAt) -> Act:
    """A proven standby: its own archive settings are in force again, and our marks of fence and rejoin go."""
    return Act(
        verb=Verb.TIDY, node=at.node,
        script="\n".join(
            [
                *base(at),
                'for n in archive_command archive_library; do [ -f "$L/$K.$n" ] || continue',
                'o=$(cat "$L/$K.$n"); Q -c "alter system reset $n" -c "select pg_reload_conf()" >/dev/null || exit 1',
                'k=0; until [ "$(Q -c "select current_setting(\'$n\')")" = "$o" ] || [ "$k" = 20 ]; do '
                "k=$((k+1)); sleep 0.05; done",
                # It stood in ALTER SYSTEM's own file: there it is set again.
                'if [ "$k" = 20 ]; then w=$(printf "%s" "$o" | sed "s/\'/\'\'/g"); '
                'printf "alter system set %s = \'%s\';\\nselect pg_reload_conf();\\n" "$n" "$w" | '
                'Q -f - >/dev/null; fi',
                'rm -f "$L/$K.$n"; done',
                'rm -f "$L/$K.fenced"; rm -rf "$L/$K.own"', _MARKS_GO,
            ]
        ) + "\n",
    )  # fmt: skip


def drop_old(at: ServerAt) -> Act:
    """The data that the proven copy took the place of goes for good."""
    return Act(
        verb=Verb.DROP_OLD, node=at.node, args=(("what", "old"),), long=True,
        script="\n".join(
            [
                *base(at),
                '[ -e "$L/$K.copied" ] || [ ! -e "$D.old" ] || { echo "no copy of ours took its place" >&2; exit 4; }',
                'rm -rf "$D.old" && rm -f "$L/$K.copied"',
            ]
        ) + "\n",
    )  # fmt: skip
