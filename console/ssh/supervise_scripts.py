"""The shell texts by which a long command is started on a host, looked at, ended and cleared away."""

from typing import Final

BASE: Final = "/var/tmp"  # survives a restart of the host, so that a command that went with it is found as vanished
LOOK_SECONDS: Final = 0.05
WAIT_SECONDS: Final = 0.1  # between two glances of a look that waits for the end
LOOKS_FOR_START_MAX: Final = 100
MEMBERS_ENDED_LOOKS_MAX: Final = 40  # after KILL: 2 s

# Exit status of the scripts themselves, beside 0.
REFUSED: Final = 193

# Enters the directory that is this account's alone, and leaves `$me` and `$root`. Everything after it is relative to
# that directory as it was entered and checked, so that nobody can put another in its place.
_ENTER: Final = (
    """\
umask 077
refuse() { printf 'refused %s\\n' "$1"; exit """
    + str(REFUSED)
    + """; }
me=$(id -u)
base=$(cd -P """
    + BASE
    + """ 2>/dev/null && pwd -P) || refuse no-place
root=$base/ledger-console-$me
[ "$make" = no ] || mkdir -m 700 "$root" 2>/dev/null
if ! [ -e "$root" ] && ! [ -L "$root" ]; then [ "$make" = no ] && { echo 'state absent'; exit 0; }; refuse no-place; fi
[ -L "$root" ] && refuse link
cd -P "$root" 2>/dev/null || refuse not-ours
[ "$(pwd -P)" = "$root" ] || refuse link
rights() { mode=$1 owner=$3; }
rights $(ls -ldn .)
case $mode in drwx------*) ;; *) refuse not-private ;; esac
[ "$owner" = "$me" ] || refuse not-ours
"""
)

# `ticks_of PID` sets `$ticks`: when the process began, in clock ticks since the host did; empty where there is none.
# `claimed NAME` reads who holds the name; `lives` and `members` look for its processes: by session, so that those
# count too which a shell has put into groups of their own.
_KNOWING: Final = """\
field() { ticks=${20:-}; }
ticks_of() {
    ticks=; stat=
    { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 0
    field ${stat##*) }
}
claimed() {
    pid= began= boot= by= now_boot=
    [ -f "$1/claim" ] && read -r pid began boot by <"$1/claim"
    read -r now_boot </proc/sys/kernel/random/boot_id
    case $pid in ''|*[!0-9]*) pid= ;; esac
}
members() {
    [ -n "$pid" ] && [ "$boot" = "$now_boot" ] || return 0
    ticks_of "$pid"
    # Another process of that number: what is in its session is not ours.
    [ -n "$ticks" ] && [ "$ticks" != "$began" ] && return 0
    cat /proc/[0-9]*/stat 2>/dev/null |
        sed -n "s/^\\([0-9][0-9]*\\) (.*) [^ZX] [0-9-]* [0-9-]* $pid .*/\\1/p"
}
lives() {
    [ -n "$pid" ] && [ "$boot" = "$now_boot" ] || return 1
    ticks_of "$pid"
    if [ "$ticks" = "$began" ]; then
        case ${stat##*) } in Z*|X*) ;; *) return 0 ;; esac
    fi
    [ -n "$(members)" ]
}
report() {
    word=vanished code= late= size=0
    if ! [ -d "$1" ]; then echo 'state absent'; return; fi
    claimed "$1"
    lives && word=running
    # After the look at its processes: it may have ended between the two.
    [ -f "$1/status" ] && { read -r code <"$1/status"; } 2>/dev/null
    [ -n "$code" ] && word=ended
    [ -f "$1/late" ] && late=1
    [ -f "$1/log" ] && size=$(wc -c 2>/dev/null <"$1/log")
    # Taken away meanwhile: in one piece, so what was read before is whole.
    [ -d "$1" ] || { echo 'state absent'; return; }
    echo "state $word"
    [ -n "$pid" ] && echo "pid $pid" && echo "ticks $began"
    [ -n "$code" ] && echo "status $code"
    [ -n "$late" ] && echo late
    echo "bytes $((size))"
}
"""

# The process in a session of its own that holds the name, runs the command, and writes down how it ended. TERM to the
# group is heard by the command; this shell outlives it, to say with which status. HUP is ignored by both.
_WRAPPER: Final = (
    """\
exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
by=$1 name=$2 limit=$3 grace=$4 grown=$5
shift 5
trap '' HUP
trap : TERM INT
"""
    + _KNOWING
    + """\
ticks_of $$
read -r boot </proc/sys/kernel/random/boot_id
printf '%s %s %s %s\\n' $$ "$ticks" "$boot" "$by" >"$name/claim.$$" || exit 1
ln "$name/claim.$$" "$name/claim" 2>/dev/null; won=$?
rm -f "$name/claim.$$"
[ $won = 0 ] || exit 1
put() { echo "$1" >"$name/status.$2" && mv -f "$name/status.$2" "$name/status"; }
(
    trap : TERM INT
    past=0
    while [ $past -lt $limit ]; do
        sleep 1
        past=$((past + 1))
        kill -0 $$ 2>/dev/null || exit 0
        size=0
        [ -f "$name/log" ] && size=$(wc -c <"$name/log")
        [ "$size" -gt "$grown" ] && break
    done
    : >"$name/late"
    kill -s TERM -- -$$
    while [ $grace -gt 0 ] && kill -0 $$ 2>/dev/null; do sleep 1; grace=$((grace - 1)); done
    kill -0 $$ 2>/dev/null || exit 0
    put 137 watch
    kill -s KILL -- -$$
) </dev/null >/dev/null 2>&1 &
watch=$!
( LEDGER_SUPERVISED=$PWD/$name; export LEDGER_SUPERVISED; cd / && exec "$@" ) >"$name/log" 2>&1
status=$?
put $status own
kill -KILL $watch 2>/dev/null
"""
)

# Arguments: name, limit and grace in seconds, bytes of log, then the command. What comes on standard input is handed
# to the command by a pipe: it stands in no list of arguments, no environment, no file.
START: Final = (
    "make=yes\n"
    + _ENTER
    + _KNOWING
    + f"""\
command -v setsid >/dev/null 2>&1 || refuse no-setsid
wrapper=$1
shift
mkdir -m 700 "$1" 2>/dev/null
[ -d "$1" ] && ! [ -L "$1" ] || refuse not-ours
if ! [ -f "$1/claim" ]; then
    given=$(cat; echo .)
    given=${{given%.}}
    printf %s "$given" | setsid sh -c "$wrapper" supervised $$ "$@" >/dev/null 2>&1 &
    looks=0
    while ! [ -f "$1/claim" ] && [ $looks -lt {LOOKS_FOR_START_MAX} ]; do
        sleep {LOOK_SECONDS}
        looks=$((looks + 1))
    done
    [ -f "$1/claim" ] || refuse not-begun
    claimed "$1"
    [ "$by" = $$ ] && echo fresh  # else somebody began it in the same moment
fi
report "$1"
"""
)

# Arguments: name, the offset from which the log is wanted or '-' for its end, how many bytes of it, how many glances
# are spent before where it has not ended.
LOOK: Final = (
    "make=no\n"
    + _ENTER
    + _KNOWING
    + f"""\
while [ "$4" -gt 0 ] && [ -f "$1/claim" ] && ! [ -f "$1/status" ]; do
    sleep {WAIT_SECONDS}
    set -- "$1" "$2" "$3" $(($4 - 1))
done
"""
    + """\
report "$1"
[ -f "$1/log" ] || exit 0
from=$2
if [ "$from" = - ]; then from=$((size - $3)); [ $from -lt 0 ] && from=0; fi
echo "from $from"
read -r up rest </proc/uptime
echo "up $up"
echo log
[ "$3" -gt 0 ] && tail -c "+$((from + 1))" "$1/log" | head -c "$3"
exit 0
"""
)

# Arguments: name, how many looks are spent before KILL.
END: Final = (
    "make=no\n"
    + _ENTER
    + _KNOWING
    + f"""\
[ -d "$1" ] || {{ echo 'state absent'; exit 0; }}
claimed "$1"
if ! [ -f "$1/status" ] && lives; then
    kill -s TERM -- "-$pid" 2>/dev/null
    looks=0
    while [ -n "$(members)" ] && [ $looks -lt "$2" ]; do sleep {LOOK_SECONDS}; looks=$((looks + 1)); done
    looks=0
    while left=$(members); [ -n "$left" ] && [ $looks -lt {MEMBERS_ENDED_LOOKS_MAX} ]; do
        kill -s KILL -- "-$pid" 2>/dev/null
        kill -KILL $left 2>/dev/null
        sleep {LOOK_SECONDS}
        looks=$((looks + 1))
    done
    left=$(members)
    [ -z "$left" ] || refuse "not-ended"
    [ -f "$1/status" ] || {{ echo 137 >"$1/status.end" && mv -f "$1/status.end" "$1/status"; }}
fi
report "$1"
"""
)

REMOVE: Final = (
    "make=no\n"
    + _ENTER
    + _KNOWING
    + """\
[ -d "$1" ] || { echo 'state absent'; exit 0; }
claimed "$1"
[ -f "$1/status" ] || { lives && refuse running; }
mv -- "$1" ".gone.$$" && rm -rf -- ".gone.$$" || refuse not-removed
cd / && rmdir "$root" 2>/dev/null
echo 'state absent'
"""
)

LIST: Final = (
    "make=no\n"
    + _ENTER
    + """\
for each in *; do [ -d "$each" ] && printf 'name %s\\n' "$each"; done
exit 0
"""
)

WRAPPER: Final = _WRAPPER
