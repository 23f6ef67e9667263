"""The acts that keep an old primary from writing, that bring it back, and that save its unshipped WAL."""

import shlex
from typing import Final

from console.domain.plan import Act, Verb
from console.postgres.verbs import FENCE_SECONDS_MAX, ServerAt, base, clear_lines, start_lines
from console.postgres.wal_view import END, view_lines

RESCUE_SEGMENTS_MAX: Final = 2000
REPLAY_SECONDS_MAX: Final = 600
RECORD_BYTES_MAX: Final = 1024 * 1024 * 1024  # no record of PostgreSQL's is longer

# The processes whose working directory is the data directory, by one `ls` of all of /proc.
_PIDS: Final = (
    "export lc_real; pids() { ls -l /proc/[0-9]*/cwd 2>/dev/null | awk 'BEGIN{d=ENVIRON[\"lc_real\"]} "
    "{i=index($0,\"/cwd -> \"); if (i && substr($0,i+8)==d) "
    "{s=substr($0,1,i-1); sub(/^.*\\/proc\\//,\"\",s); print s}}' | while read -r p; do "
    "s=; { read -r s; } 2>/dev/null </proc/$p/stat; case \"${s##*) }\" in Z*|'') ;; *) echo $p;; esac; done; }"
)


def fence(at: ServerAt) -> Act:
    """Signal file first, flushed: whoever starts it gets a read-only server. Then every process there is ended."""
    lines = [
        *base(at),
        "[ -f \"$D/PG_VERSION\" ] || { echo 'its data directory is not there' >&2; exit 4; }",
        ': >"$D/standby.signal" && sync "$D/standby.signal" "$D" || exit 1',
        ': >"$L/$K.fenced" && sync "$L/$K.fenced"',
        _PIDS,
        'M=; { read -r M; } 2>/dev/null <"$D/postmaster.pid"',
        'case "$M" in ""|*[!0-9]*) ;; *) readlink "/proc/$M/fd/2" >"$L/$K.log" 2>/dev/null;; esac',
        # The postmaster is held first, so that it starts nothing anew while its children end.
        'case "$M" in ""|*[!0-9]*) ;; *) case " $(pids | tr "\\n" " ") " in *" $M "*) kill -STOP "$M";; esac;; esac',
        # Does anything answer? Asked between the two looks at the processes, which are 200 ms apart.
        f"silent() {{ if \"$B/pg_isready\" -q -t 2 -h {shlex.quote(at.socket_directory)} -p {at.port}; then "
        "echo 'its socket still answers' >&2; exit 5; fi",
        f"if \"$B/pg_isready\" -q -t 2 -h {shlex.quote(at.address)} -p {at.port}; then "
        "echo 'its address still answers' >&2; exit 5; fi; }",
        f"e=$(( $(up) + {FENCE_SECONDS_MAX * 100} )); n=0",
        'while [ "$n" -lt 2 ]; do v=$(pids); if [ -n "$v" ]; then n=0; kill -KILL $v 2>/dev/null; else n=$((n+1)); fi',
        '[ "$(up)" -lt "$e" ] || { echo "processes stay: $v" >&2; exit 3; }',
        'case "$n" in 0) sleep 0.02;; 1) sleep 0.2 & w=$!; silent; wait "$w";; esac; done',
        'rm -f "$D/postmaster.pid"',
    ]
    return Act(verb=Verb.FENCE, node=at.node, script="\n".join(lines) + "\n")


def unfence(at: ServerAt) -> Act:
    """Undo a fence: the signal file goes, the server starts again where it was and as what it was."""
    lines = [
        *base(at),
        _PIDS,
        'M=$(head -n 1 "$D/postmaster.pid" 2>/dev/null); case "$M" in ""|*[!0-9]*) M=;; esac',
        # A fence that was cut half way may have held it; one that never came to an end left it as it was.
        'if [ -n "$(pids)" ]; then [ -z "$M" ] || kill -CONT "$M" 2>/dev/null',
        'case "$(Q -c "select pg_is_in_recovery()")" in',
        'f) rm -f "$D/standby.signal" && sync "$D" && rm -f "$L/$K.fenced"; exit;;',
        # Somebody started it meanwhile, and the signal file kept it read-only: it is stopped, and starts anew.
        't) kill -INT "$M" || exit 1;;',
        # Backends that a killed postmaster left end by themselves when they have written.
        '*) [ -z "$M" ] || [ ! -d "/proc/$M" ] || { echo "its server gives no answer" >&2; exit 4; };; esac',
        f'e=$(( $(up) + {FENCE_SECONDS_MAX * 100} )); while [ -n "$(pids)" ]; do',
        '[ "$(up)" -lt "$e" ] || { echo "its processes stay" >&2; exit 3; }; sleep 0.05; done; fi',
        'rm -f "$D/standby.signal" && sync "$D" && rm -f "$L/$K.fenced" "$D/postmaster.pid"',
        *clear_lines(at),
        *start_lines("ready"),
    ]
    return Act(verb=Verb.UNFENCE, node=at.node, script="\n".join(lines) + "\n")


def _rescue_place() -> str:
    """Sets R, where rescued WAL lies: beside the data directory, never in its pg_wal."""
    return 'R="${D}.rescue"; mkdir -m 700 "$R" 2>/dev/null; [ -d "$R" ] && [ -O "$R" ] || R="$L/$K.rescue"'


def _one_timeline(timeline: int) -> list[str]:
    """The dead primary's WAL has to end on the candidate's own timeline, or reading that one alone reads too little."""
    return [
        'c=$("$B/pg_controldata" -D "$D" | sed -n "s/^Latest checkpoint.s TimeLineID: *//p")',
        'n=$(ls "$D"/pg_wal/*.history 2>/dev/null | sort | tail -n 1); n=${n##*/}; n=${n%.history}; n=$((0x${n:-1}))',
        f'if [ "$c" -gt {timeline} ] || [ "$n" -gt {timeline} ]; then',
        f'echo "its WAL goes on on timeline $n, the candidate is on {timeline}" >&2; exit 6; fi',
    ]


# A standby that lacks even the segment in which the candidate stands has nothing that the candidate lacks.
_NOTHING_THERE: Final = (
    '[ -f "$D/pg_wal/$s" ] || { echo "fact rescue_segments "; echo "fact rescue_end $A"; echo "fact rescue_past no"; '
    'echo "fact rescue_read yes"; echo "fact rescue_bytes 0"; exit 0; }'
)


def rescue_collect(at: ServerAt, *, timeline: int, whole: bool) -> Act:
    """List what the source has from the candidate's position on, with checksums, and its last whole record.

    Tells the facts `rescue_segments` ('NAME:SHA256,…'), `rescue_end` (where the last record begins; the candidate's own
    position where there is none behind it), `rescue_past`, `rescue_read`, `rescue_bytes`, and `rescue_short`
    ('NAME:BYTES'): the last one holds WAL up to there, and counts with zeros behind it. It changes nothing there.
    `whole`: the source is the dead primary, whose WAL is read to its very end.
    """
    lines = [
        *base(at),
        f'T={timeline}; A=${{candidate_position}}; echo "fact rescue_short "',
        'h=$(printf "%08X" "$T")',
        'Z=$("$B/pg_controldata" -D "$D" | sed -n "s/^Bytes per WAL segment: *//p")',
        'hi=$((0x${A%/*})); lo=$((0x${A#*/})); s=$(printf "%s%08X%08X" "$h" "$hi" $(( lo / Z )))',
        *(_one_timeline(timeline) if whole else (_NOTHING_THERE,)),
        # What can't be read is not rescued, and its loss is never called exact: the gate counts it, and asks.
        'unread() { echo "the end of its WAL is not found: $w" >&2; echo "fact rescue_segments "; '
        'echo "fact rescue_end $A"; echo "fact rescue_past no"; echo "fact rescue_read no"; '
        'echo "fact rescue_bytes 0"; exit 0; }',
        # The last whole record is the one that pg_waldump printed last; what it stumbles over then is the end. Anything
        # else that it says is no end: then nobody knows what lies there, and that is said.
        *view_lines('"$s"'),
        # The candidate stands at the very beginning of a segment that holds nothing yet: it has all that there is.
        'if [ -f "$D/pg_wal/$s" ] && [ ! -e "$V/$s" ] && [ $(( lo % Z )) = 0 ]; then rm -rf -- "$V"',
        'echo "fact rescue_segments "; echo "fact rescue_end $A"; echo "fact rescue_past no"',
        'echo "fact rescue_read yes"; echo "fact rescue_bytes 0"; exit 0; fi',
        'r=$("$B/pg_waldump" -p "$V" -t "$T" -s "$A" 2>"$L/$K.waldump" | tail -n 1)',
        f'w=$(tail -n 1 "$L/$K.waldump"); rm -f "$L/$K.waldump"; {END}',
        'case "$w" in *"error in WAL record at "*|*"could not find a valid record after "*) ;;',
        # The files end where the WAL does: the next one is not there yet, but the first one has to be.
        '*"could not find file "*) case "$w" in *"$s"*) unread;; esac;;',
        '*) unread;; esac',
        'X=$(printf "%s" "$r" | sed -n "s/.* lsn: \\([0-9A-F]*\\/[0-9A-F]*\\),.*/\\1/p")',
        'y=$(printf "%s" "$r" | sed -n "s|.*len (rec/tot): *[0-9]*/ *\\([0-9]*\\),.*|\\1|p")',
        # No record behind the candidate's position: it has them all.
        'if [ -z "$X" ]; then echo "fact rescue_segments "; echo "fact rescue_end $A"; echo "fact rescue_past no"',
        'echo "fact rescue_read yes"; echo "fact rescue_bytes 0"; exit 0; fi; E=$X',
        # Files behind the last record's end were made for later, and hold nothing of this timeline's present. The
        # record itself may go on into the next one; page headers lie within it.
        f'[ -n "$y" ] || y={RECORD_BYTES_MAX}; hi=$((0x${{E%/*}})); '
        'lo=$(( 0x${E#*/} + y + y / 64 + 8192 )); hi=$(( hi + (lo >> 32) )); lo=$(( lo & 0xFFFFFFFF ))',
        'l=$(printf "%s%08X%08X" "$h" "$hi" $(( lo / Z )))',
        "v=; n=0; on=; for f in \"$D/pg_wal/$h\"????????????????; do g=${f##*/}; [ -f \"$f\" ] || continue",
        'case "$g" in "$s") on=1;; esac; [ -n "$on" ] || continue',
        f'n=$((n+1)); [ "$n" -le {RESCUE_SEGMENTS_MAX} ] || '
        f'{{ echo "over {RESCUE_SEGMENTS_MAX} segments" >&2; exit 3; }}',
        'if [ "$g" = "$l" ]; then k=$(( (lo % Z / 8192 + 1) * 8192 )); echo "fact rescue_short $g:$k"; '
        'c=$({ head -c "$k" "$f"; head -c $((Z - k)) /dev/zero; } | sha256sum) || exit 1; '
        'v="$v$g:${c%% *},"; break; fi',
        'c=$(sha256sum "$f") || exit 1; v="$v$g:${c%% *},"; done',
        'echo "fact rescue_segments ${v%,}"; echo "fact rescue_end $E"; echo "fact rescue_past yes"',
        'echo "fact rescue_read yes"',
        'echo "fact rescue_bytes $((n * Z))"',
    ]
    return Act(verb=Verb.RESCUE_COLLECT, node=at.node, script="\n".join(lines) + "\n")


def rescue_carry(at: ServerAt, source: ServerAt) -> Act:
    """Bring the listed segments to the candidate; the console hands the pieces on, both ends compute the checksum."""
    lines = [
        *base(at),
        _rescue_place(),
        'mkdir -p "$R" && echo "fact rescue_directory $R"',
    ]
    return Act(
        verb=Verb.RESCUE_CARRY, node=at.node, args=(("source", source.node),), script="\n".join(lines) + "\n"
    )


def rescue_replay(at: ServerAt) -> Act:
    """One reload: no upstream, and the rescued files before what stood as restore_command; wait for the end."""
    lines = [
        *base(at),
        _rescue_place(),
        'o=$(Q -c "select current_setting(\'restore_command\')") || exit 1',
        # Kept once: a second pass must not take our own for the operator's.
        'case "$o" in *"$R"*) ;; *) printf "%s" "$o" >"$L/$K.restore";; esac; o=$(cat "$L/$K.restore")',
        'w="test -f \'$R/%f\' && cp \'$R/%f\' \'%p\'"; [ -z "$o" ] || w="$w || $o"',
        "w=$(printf '%s' \"$w\" | sed \"s/'/''/g\")",
        "printf \"alter system set primary_conninfo = '';\\nalter system set restore_command = '%s';\\n"
        'select pg_reload_conf();\\n" "$w" | Q -f - >/dev/null || exit 1',
        'c=">="; [ "${rescue_past}" = yes ] && c=">"',
        f"Q -c \"do \\$\\$ begin for i in 1..{REPLAY_SECONDS_MAX * 100} loop "
        "exit when pg_last_wal_replay_lsn() $c '${rescue_end}'::pg_lsn; perform pg_sleep(0.01); end loop; "
        "if not pg_last_wal_replay_lsn() $c '${rescue_end}'::pg_lsn then "
        f"raise exception 'not replayed within {REPLAY_SECONDS_MAX} s'; end if; end \\$\\$\" || exit 3",
    ]
    return Act(verb=Verb.RESCUE_REPLAY, node=at.node, script="\n".join(lines) + "\n")


def rescue_take_back(at: ServerAt) -> Act:
    """The operator's own restore_command again; the rescued files stay as evidence."""
    lines = [
        *base(at),
        'if [ -f "$L/$K.restore" ]; then',
        "Q -c 'alter system reset restore_command' -c 'select pg_reload_conf()' >/dev/null || exit 1",
        'o=$(cat "$L/$K.restore"); n=0',
        # What stood in the configuration files is in force again; what stood in ALTER SYSTEM's own has to be set again.
        "until [ \"$(Q -c \"select current_setting('restore_command')\")\" = \"$o\" ]; do n=$((n+1))",
        "if [ \"$n\" = 20 ]; then w=$(printf '%s' \"$o\" | sed \"s/'/''/g\"); "
        "printf \"alter system set restore_command = '%s';\\nselect pg_reload_conf();\\n\" \"$w\" "
        "| Q -f - >/dev/null; fi",
        "[ \"$n\" -lt 100 ] || exit 3; sleep 0.05; done; rm -f \"$L/$K.restore\"; fi",
    ]
    return Act(verb=Verb.RESCUE_TAKE_BACK, node=at.node, script="\n".join(lines) + "\n")


def archive_fill(at: ServerAt, *, timeline: int, segments_max: int) -> Act:
    """Every segment of the old timeline before the fork, asked of the archive; what lacks is given to it.

    By the operator's own commands: restore_command says what is there, archive_command puts what is not. Tells facts:
    `archive_filled`, `archive_gaps` and `archive_looked` (segments looked at), or `archive_unknown` where no command
    reads the archive back.
    """
    lines = [
        *base(at),
        "r=$(Q -c \"select current_setting('restore_command')\")",
        "a=$(Q -c \"select current_setting('archive_command')\")",
        "m=$(Q -c \"select current_setting('archive_mode')\")",
        '[ -f "$L/$K.restore" ] && r=$(cat "$L/$K.restore")',
        'if [ "$m" = off ]; then echo "fact archive_unknown no-archive"; exit 0; fi',
        'if [ -z "$r" ]; then echo "fact archive_unknown no-restore-command"; exit 0; fi',
        _rescue_place(),
        # Where the new timeline left the old one: by its own file, as whoever promoted it may not have come to tell.
        'A=$(ls "$D"/pg_wal/*.history 2>/dev/null | sort | tail -n 1)',
        '[ -n "$A" ] && A=$(grep "^[0-9]" "$A" | tail -n 1 | cut -f 2) && [ -n "$A" ] || exit 3',
        f"T={timeline}; h=$(printf '%08X' \"$T\")",
        'Z=$("$B/pg_controldata" -D "$D" | sed -n "s/^Bytes per WAL segment: *//p")',
        "hi=$(( 0x${A%/*} )); lo=$(( 0x${A#*/} / Z )); per=$(( 4294967296 / Z ))",
        # A timeline's own segments begin where it left the one before; older ones bear older numbers.
        'b=$(grep "^[0-9]" "$D/pg_wal/$h.history" 2>/dev/null | tail -n 1 | cut -f 2); ',
        # The very first timeline begins with segment 1: there is no segment 0.
        'if [ -n "$b" ]; then bhi=$(( 0x${b%/*} )); blo=$(( 0x${b#*/} / Z )); else bhi=0; blo=1; fi',
        'n=0; filled=; gaps=; tmp="$L/$K.look"',
        f'while [ "$n" -lt {segments_max} ]; do',
        'lo=$((lo - 1)); if [ "$lo" -lt 0 ]; then lo=$((per - 1)); hi=$((hi - 1)); fi; [ "$hi" -ge 0 ] || break',
        'if [ "$hi" -lt "$bhi" ] || { [ "$hi" = "$bhi" ] && [ "$lo" -lt "$blo" ]; }; then break; fi',
        'f=$(printf "%s%08X%08X" "$h" "$hi" "$lo"); n=$((n + 1))',
        'c=$(printf "%s" "$r" | sed "s|%f|$f|g; s|%p|$tmp|g; s|%r|$f|g; s|%%|%|g"); rm -f "$tmp"',
        'if (cd "$D" && sh -c "$c") >/dev/null 2>&1 && [ -s "$tmp" ]; then rm -f "$tmp"; break; fi',
        'p=; for q in "$D/pg_wal/$f" "$R/$f"; do [ -f "$q" ] && p=$q && break; done',
        'if [ -n "$p" ]; then c=$(printf "%s" "$a" | sed "s|%f|$f|g; s|%p|$p|g; s|%%|%|g")',
        'if (cd "$D" && sh -c "$c") >/dev/null 2>&1; then filled="$filled$f,"; else gaps="$gaps$f,"; fi',
        'else gaps="$gaps$f,"; fi; done; rm -f "$tmp"',
        'echo "fact archive_filled ${filled%,}"; echo "fact archive_gaps ${gaps%,}"; echo "fact archive_looked $n"',
    ]
    return Act(verb=Verb.ARCHIVE_FILL, node=at.node, args=(("segments", str(segments_max)),),
               script="\n".join(lines) + "\n")  # fmt: skip

