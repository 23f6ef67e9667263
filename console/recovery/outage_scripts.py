"""The shell text of the outage meter's client, and the statements that it, and whoever reads after it, sends."""

import re
import shlex
from typing import Final

from console.postgres.host_facts import PLACES

TABLE: Final = "ledger_console.outage"
APPLICATION: Final = "ledger_console_outage"
PACE_SECONDS: Final = 0.02
RETRY_SECONDS: Final = 0.01  # between two attempts to come in; the attempt itself takes about as long again
FAILS_AT_FULL_PACE: Final = 1000  # in a row, half a minute or so; an outage of that length needs no milliseconds
LATE_RETRY_SECONDS: Final = 0.2
ANSWER_SECONDS_MAX: Final = 2.0  # a write that has no answer by then is unknown, and its session is given up
CONNECT_SECONDS_MAX: Final = 2  # for each host; the connection string may say otherwise
OPENING_SECONDS_MAX: Final = 12.0  # for all hosts of the connection string together
LOCK_SECONDS_MAX: Final = 1.0  # a session of ours that was given up may hold the row while it waits for a standby
WATCH_SECONDS: Final = 0.2
MESSAGE_CHARACTERS_MAX: Final = 200

_RUN: Final = re.compile(r"[A-Za-z0-9._-]{1,100}")


def checked_run(run: str) -> str:
    """The run's id, where it can stand in a statement as it is. Raises ValueError."""
    if not _RUN.fullmatch(run):
        raise ValueError(f"not a run's id: {run[:40]!r}")
    return run


def number_sql(run: str) -> str:
    """Asks which of the run's numbers a server holds; 0 where none."""
    return f"select coalesce(max(number), 0) from {TABLE} where run = '{checked_run(run)}'"


def clearing_sql(runs: tuple[str, ...], *, older_seconds: float) -> str:
    """Takes the runs' rows away, and rows that nobody has written for so long. Waits for no standby."""
    names = ", ".join(f"'{checked_run(run)}'" for run in runs)
    return (
        "begin; set local synchronous_commit to local; set local lock_timeout to 1000; "
        f"delete from {TABLE} where run in ({names}) or at < now() - interval '{older_seconds:g} s'; commit"
    )


def find_psql(directories: tuple[str, ...]) -> str:
    """Sets `$psql`: in one of these directories, on PATH, or where packages put it; empty where there is none."""
    named = " ".join(shlex.quote(f"{directory}/psql") for directory in directories)
    packaged = " ".join(f"{place}/psql" for place in PLACES)
    return (
        f'psql=; for p in {named} "$(command -v psql 2>/dev/null)" {packaged}; do\n'
        '    [ -z "$psql" ] && [ -n "$p" ] && [ -x "$p" ] && psql=$p\ndone\n'
    )


# What `feed` writes is what psql reads. It runs ahead of psql by as much as a pipe holds, and ends with it. The numbers
# are sent with `greatest`: a session that was given up may still write, later, on a server that was frozen.
_FEED: Final = f"""\
feed() {{
    number=$1
    printf '%s\\n' "select case when pg_is_in_recovery() then 'f 25006' else 's ' || coalesce(max(number), 0) end \
from {TABLE} where run = '$run';" \\
        '\\if :ERROR' '\\echo f :SQLSTATE' '\\q' '\\endif' || exit 0
    while :; do
        number=$((number + 1))
        printf '%s\\n' "\\\\echo t $number" \\
"set local lock_timeout to {int(LOCK_SECONDS_MAX * 1000)}\\; set local client_min_messages to warning\\; \
insert into {TABLE} as o (run, number, at) values ('$run', $number, now()) on conflict (run) \
do update set number = greatest(o.number, excluded.number), at = excluded.at;" \\
            "\\\\echo a $number :SQLSTATE" '\\if :ERROR' '\\q' '\\endif' "select pg_sleep({PACE_SECONDS:g});" || exit 0
    done
}}
"""

# One line for each attempt: a(cknowledged), e(rror), u(nknown), its number, the time, and the SQLSTATE. A commit whose
# wait for a standby was cancelled is told by nothing but a warning; so with any warning at all it is unknown.
_STAMP: Final = f"""\
stamp() {{
    flying= noise= told= code=connect fine= last=$1
    while read -r word number rest; do
        case $word in
        t)  flying=$number noise= fine=
            echo "$number t" >"$place/at" ;;
        a)  read -r now x </proc/uptime
            if [ "$rest" != 00000 ]; then echo "e $number $now $rest"
            elif [ -n "$noise" ]; then echo "u $number $now warned"
            else echo "a $number $now"; fi
            [ "$rest" = 00000 ] && fine=1
            flying= last=$number code=
            echo "$number a" >"$place/at" ;;
        s)  read -r now x </proc/uptime
            echo "s $number $now"
            code=lost fine=1 ;;
        f)  code=$number fine=1 ;;
        '') ;;
        *)  noise=1
            [ -z "$told" ] || continue
            told=$(printf 'm %.{MESSAGE_CHARACTERS_MAX}s' "$word $number $rest")
            before=
            [ -f "$place/said" ] && read -r before <"$place/said"
            [ "$told" = "$before" ] || echo "$told" | tee "$place/said" ;;
        esac
    done
    read -r now x </proc/uptime
    if [ -n "$flying" ]; then echo "u $flying $now cut"
    elif [ -n "$fine" ] || [ "$code" = connect ]; then
        # No write was on its way: the session could not be opened, or was lost while it paused.
        number=$((last + 1))
        echo "$number c" >"$place/at"
        echo "e $number $now ${{code:-lost}}"
    fi
}}
"""

# Ends a psql that shows no progress: one that hangs would measure its own hanging for ever.
_WATCH: Final = f"""\
watch() {{
    last= same=0
    while kill -0 $$ 2>/dev/null; do
        sleep {WATCH_SECONDS:g}
        read -r at <"$place/at" || continue
        if [ "$at" = "$last" ]; then same=$((same + 1)); else same=0 last=$at; fi
        case $at in
        *c) [ $same -ge {round(OPENING_SECONDS_MAX / WATCH_SECONDS)} ] || continue ;;
        *)  [ $same -ge {round(ANSWER_SECONDS_MAX / WATCH_SECONDS)} ] || continue ;;
        esac
        same=0
        read -r pid <"$place/psql" || continue
        {{ read -r stat <"/proc/$pid/stat"; }} 2>/dev/null || continue
        session_of ${{stat##*) }}
        [ "$session" = "$own" ] && kill -KILL "$pid"
    done
}}
"""


def client_script(directories: tuple[str, ...]) -> str:
    """The client, for `sh -c SCRIPT outage RUN CONNINFO LAST`, run supervised: its files lie in its own directory.

    It counts on from the number LAST.
    """
    return (
        "run=$1 conninfo=$2 place=$LEDGER_SUPERVISED\n"
        f"LC_ALL=C PGAPPNAME={APPLICATION} PGCONNECT_TIMEOUT=${{PGCONNECT_TIMEOUT:-{CONNECT_SECONDS_MAX}}}\n"
        "export LC_ALL PGAPPNAME PGCONNECT_TIMEOUT\n"
        + find_psql(directories)
        + '[ -n "$psql" ] || { echo "x no-psql"; exit 127; }\n'
        + "session_of() { session=$4; }\n"
        + "read -r stat </proc/$$/stat; session_of ${stat##*) }; own=$session\n"
        + _FEED
        + _STAMP
        + _WATCH
        + "read -r now x </proc/uptime\n"
        'echo "b $now"\n'
        'echo "$3 c" >"$place/at"\n'
        "watch </dev/null >/dev/null 2>&1 &\n"
        "fails=0\n"
        "while :; do\n"
        "    before=${last:-0}\n"
        '    read -r last x <"$place/at"\n'
        "    # One number further: nothing was written in that session.\n"
        "    if [ $((last - before)) -gt 1 ]; then fails=0; else fails=$((fails + 1)); fi\n"
        f"    pause={RETRY_SECONDS:g}\n"
        f"    [ $fails -lt {FAILS_AT_FULL_PACE} ] || pause={LATE_RETRY_SECONDS:g}\n"
        '    echo "$last c" >"$place/at"\n'
        '    feed "$last" 2>/dev/null |\n'
        '        sh -c \'echo $$ >"$0/psql"; exec "$@"\' "$place" \\\n'
        '            "$psql" -X -q -A -t -w -v VERBOSITY=terse -d "$conninfo" 2>&1 | stamp "$last"\n'
        '    sleep "$pause"\n'
        "done\n"
    )


def clearing_script(directories: tuple[str, ...]) -> str:
    """One statement over the same way in, for `sh -c SCRIPT outage SQL CONNINFO`."""
    return (
        f"LC_ALL=C PGAPPNAME={APPLICATION} PGCONNECT_TIMEOUT=${{PGCONNECT_TIMEOUT:-{CONNECT_SECONDS_MAX}}}\n"
        "export LC_ALL PGAPPNAME PGCONNECT_TIMEOUT\n"
        + find_psql(directories)
        + '[ -n "$psql" ] || exit 127\n'
        + 'exec "$psql" -X -q -A -t -w -v ON_ERROR_STOP=1 -d "$2" -c "$1" </dev/null\n'
    )
