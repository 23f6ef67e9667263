"""WAL of a native repository: how it is received, shelved with its checksum, fetched by a recovery, and followed."""

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from console.domain.backup import TimelineFork, WalRange
from console.domain.wal import Lsn

SEGMENT_BYTES: Final = 16 * 1024 * 1024
TIMELINES_MAX: Final = 200

# Where the WAL that counts lies, and who keeps its sums: our own shelf, or the directory that the servers fill.
PLACES: Final = r"""
G="$S/receiving"
if [ -n "$A" ]; then W=$A; L="$R/archive.SHA256SUMS"; else W="$R/wal"; L="$R/wal/SHA256SUMS"; fi
# The first page of a segment tells what it is: 10 numbers of 32 bits. `segment_fits FILE NAME` compares.
# Source: the long header of a first page, in PostgreSQL's src/include/access.
segment_fits() {
    [ "${#2}" = 24 ] || return 1
    case "$2" in *[!0-9A-F]*) return 1;; esac
    h=$(case "$1" in *.gz) gzip -dc "$1" 2>/dev/null;; *) cat "$1";; esac | head -c 40 | od -An -v -tu4)
    set -- "$2" $h
    [ $# = 11 ] || return 1
    t=$((0x$(printf %s "$1" | cut -c 1-8))); a=$((0x$(printf %s "$1" | cut -c 9-16)))
    b=$((0x$(printf %s "$1" | cut -c 17-24)))
    [ $(($2 & 65280)) = 53504 ] && [ $(($2 >> 16 & 2)) = 2 ] && [ "$3" -le "$t" ] && [ "$5" = "$a" ] &&
        [ "${10}" -gt 0 ] && [ "$4" = $((b * ${10} & 4294967295)) ] || return 1
    segment_bytes=${10}; segment_system=$(($9 << 32 | $8))
}
system_of() { sed -n 's/.*"system_identifier":"\([0-9]*\)".*/\1/p' "$1/repository.json" 2>/dev/null | head -n 1; }
"""

# Shelves what was received whole: checked, summed, compressed, given its name in one step, copied to the mirror.
# The newest complete segment stays while no later one is being received: pg_receivewal goes on from what it finds.
# `shelved` is called only by who holds wal.lock.
TAKE_WAL: Final = PLACES + r"""
set_aside() { mkdir -p "$S/set-aside" && mv -f "$1" "$S/set-aside/${1##*/}.$(date +%s)"; }
shelved() {
    [ -d "$W" ] || { echo "no-repository $W"; return 1; }
    n=$1; x=$2; D="$W/$(printf %s "$n" | cut -c 1-8)"
    case "$n" in *.history) D=$W;; esac
    mkdir -p "$D" || return 1
    e=; [ "$Z" != 1 ] || case "$n" in *.history|*.partial) ;; *) e=.gz;; esac
    d="$D/$n$e"; p=${d#"$W"/}
    if [ -e "$d" ]; then
        if case "$e" in .gz) gzip -dc "$d" 2>/dev/null;; *) cat "$d";; esac | cmp -s - "$x"; then
            grep -qF "  $p" "$L" 2>/dev/null || echo "$(sha256sum "$d" | cut -c 1-64)  $p" >>"$L"
            # Whether it came to the second place too, before that was cut, is looked up.
            [ -z "$M" ] || [ -e "$S/mirror.owed" ] || : >"$S/mirror.owed" || return 1
            rm -f "$x"; return 0
        fi
        if [ "$T" = 1 ] && ! grep -qF "  $p" "$L" 2>/dev/null; then
            # A copy that was cut: it can't be taken away there, and counts for nothing. Another name.
            k=2; while [ -e "$D/$n.r$k$e" ]; do k=$((k + 1)); [ "$k" -le 9 ] || return 1; done
            d="$D/$n.r$k$e"; p=${d#"$W"/}
        else
            echo "wal-conflict $n"
            # The end of a timeline that was left more than once: the later one has it whole under its own number.
            case "$n" in *.partial) set_aside "$x"; return 0;; esac
            return 1
        fi
    fi
    y="$S/.shelving.$$"
    if [ -n "$e" ]; then gzip -1 -n -c "$x" >"$y"; else cp "$x" "$y"; fi && touch -r "$x" "$y" ||
        { rm -f "$y"; return 1; }
    sync "$y"; sum=$(sha256sum "$y" | cut -c 1-64)
    if [ "$T" = 1 ]; then
        cp -p "$y" "$d" && sync "$d" && cmp -s "$y" "$d" && echo "$sum  $p" >>"$L" && sync "$L" || return 1
        rm -f "$y"
    else
        echo "$sum  $p" >>"$L" && sync "$L" && mv -T "$y" "$d" && sync "$D" || { rm -f "$y"; return 1; }
    fi
    if [ -n "$M" ] && ! mirrored "$sum" "$p"; then
        echo "mirror-failed $p"
        echo failed >"$S/mirror.owed" || return 1
    fi
    rm -f "$x"
}
# Copies what is on the shelf to the second place. Status 2: it is not what its sum says, and is not copied.
mirrored() {
    m="$M/wal/$2"
    mkdir -p "${m%/*}" && cp -p "$W/$2" "$m.part" || { rm -f "$m.part"; return 1; }
    [ "$(sha256sum "$m.part" | cut -c 1-64)" = "$1" ] || { rm -f "$m.part"; return 2; }
    sync "$m.part" && mv -T "$m.part" "$m" && echo "$1  $2" >>"$M/wal/SHA256SUMS" || return 1
}
# What the first place lists and the second does not, a few at a time; after one that failed a minute passes.
catch_up() {
    [ -n "$M" ] && [ -e "$S/mirror.owed" ] || return 0
    case "$(cat "$S/mirror.owed")" in
    failed) [ -z "$(find "$S/mirror.owed" -newermt '60 seconds ago')" ] || return 0;;
    esac
    sort -u "$L" >"$S/.ours" 2>/dev/null; sort -u "$M/wal/SHA256SUMS" >"$S/.theirs" 2>/dev/null
    comm -23 "$S/.ours" "$S/.theirs" >"$S/.owed"
    k=0; over=1
    while read -r one p; do
        [ "$k" -lt 8 ] || { over=; break; }
        [ -f "$W/$p" ] || continue
        k=$((k + 1)); mirrored "$one" "$p"
        [ $? != 1 ] || { echo "mirror-failed $p"; echo failed >"$S/mirror.owed"; over=; break; }
    done <"$S/.owed"
    [ -z "$over" ] || rm -f "$S/mirror.owed"
    rm -f "$S/.ours" "$S/.theirs" "$S/.owed"
}
take_wal() {
    [ -z "$A" ] && [ -d "$G" ] || return 0
    exec 8>>"$S/wal.lock"; flock -w 60 8 || return 1
    rm -f "$S"/.shelving*  # of one that was killed: whoever shelves holds the lock
    last=$(ls "$G" | grep -E '^[0-9A-F]{24}(\.partial)?$' | sort | tail -n 1); good=0
    own=$(system_of "$R")
    for x in "$G"/*; do
        n=${x##*/}
        case "$n" in
        *.history) [ "${#n}" = 16 ] || continue;;
        *.partial)
            # Of a timeline that was left: nothing will complete it.
            [ "${#n}" = 32 ] && expr "t$(printf %s "$n" | cut -c 1-8)" '<' "t$(printf %s "$last" | cut -c 1-8)" \
                >/dev/null || continue;;
        *[!0-9A-F]*|'') continue;;
        *)
            [ "${#n}" = 24 ] && { expr "t$n" '<' "t$last" >/dev/null || [ "$1" = all ]; } || continue
            segment_fits "$x" "$n" && [ "$(stat -c %s "$x")" = "$segment_bytes" ] ||
                { echo "wal-damaged $n"; good=1; continue; }
            [ -z "$own" ] || [ "$segment_system" = "$own" ] || { echo "wal-other-system $n"; good=1; continue; };;
        esac
        shelved "$n" "$x" || good=1
    done
    catch_up
    exec 8>&-
    return $good
}
"""

# C conninfo of whichever server is primary, N the slot, EACH conninfos of each server alone, a line each.
KEEPER: Final = r"""
places
mkdir -p "$G" || fail no-repository "$G"
exec 7>>"$S/receive.lock"; flock -w 3 7 || fail busy "it is received already"
# One that outlived its shell would hold the slot.
old=$(cat "$S/receive.pid" 2>/dev/null)
case "$old" in ''|*[!0-9]*) ;; *)
    tr '\0' ' ' <"/proc/$old/cmdline" 2>/dev/null | grep -qF "pg_receivewal -d $C" && kill "$old";; esac
child=
ends() { [ -z "$child" ] || kill "$child" 2>/dev/null; wait; take_wal; exit 0; }
trap ends TERM INT
O="$S/receive.said"
# Nothing completes what is being received: as far as it came it is shelved. What can't be now is tried again.
shelve_partial() {
    exec 8>>"$S/wal.lock"; flock -w 60 8 || return 1
    r=0
    for x in "$G"/*.partial; do
        [ -f "$x" ] || continue
        n=${x##*/}
        shelved "$n" "$x" || r=1
    done
    exec 8>&-
    return $r
}
asked() { "$B/psql" -XAtqw -F ' ' -d "$C replication=true" -c "$1" 2>/dev/null; }
# TIMELINE HIGH LOW of where the server's history parts from what was received here.
parted() {
    at=$(printf '%s' "$1" | sed -n 's|.*forked from timeline \([0-9]*\) at \([0-9A-F]*\)/\([0-9A-F]*\).*|\1 \2 \3|p')
    [ -z "$at" ] || { echo "$at"; return; }
    ours=$(printf '%s' "$1" | sed -n 's|.*requested timeline \([0-9]*\) is not in.*|\1|p')
    theirs=$(asked IDENTIFY_SYSTEM | cut -d ' ' -f 2)
    case "$ours" in ''|*[!0-9]*) return 1;; esac
    case "$theirs" in ''|*[!0-9]*) return 1;; esac
    for f in "$G" "$W"; do f="$f/$(printf '%08X' "$ours").history"; [ ! -f "$f" ] || break; done
    : >"$S/receive.histories"; [ ! -f "$f" ] || sed 's/^/ours /' "$f" >"$S/receive.histories"
    [ "$theirs" = 1 ] || asked "TIMELINE_HISTORY $theirs" | sed 's/^[0-9A-F]*\.history //; s/^/theirs /' \
        >>"$S/receive.histories"
    awk -v ours="$ours" -v theirs="$theirs" '
        function place(t, i, v) {v = 0; sub(/^[^\/]*\//, "&0000000", t); sub(/\//, " ", t); split(t, k, " ")
            k[2] = substr(k[2], length(k[2]) - 7); t = k[1] k[2]
            for (i = 1; i <= length(t); i++) v = v * 16 + index("0123456789ABCDEF", substr(t, i, 1)) - 1
            return v}
        $2 ~ /^[0-9]+$/ && $3 ~ /^[0-9A-F]+\/[0-9A-F]+$/ {if ($1 == "ours") o[$2] = $3; else t[$2] = $3}
        END {o[ours] = t[theirs] = "FFFFFFFF/FFFFFFFF"; best = 0
            for (n in o) if (n in t && n + 0 > best + 0) best = n
            if (best + 0 == 0) exit 1
            x = place(o[best]) < place(t[best]) ? o[best] : t[best]
            if (x ~ /^FFFFFFFF/) exit 1
            sub(/\//, " ", x); print best, x}' "$S/receive.histories"
}
# What came of the branch that was left is shelved; it goes on with the segment in which the histories part.
left_branch() {
    set -- $(parted "$1")
    [ $# = 3 ] || return 1
    size=$(asked 'SHOW wal_segment_size')
    case "$size" in *[0-9]MB) size=$((${size%MB} * 1048576));; *[0-9]GB) size=$((${size%GB} * 1073741824));;
    *) return 1;; esac
    take_wal all; shelve_partial
    # What could not be shelved would be taken for where it goes on from.
    for x in "$G"/*; do
        case "${x##*/}" in *.history|'*') ;; *) echo "set-aside ${x##*/}"; set_aside "$x" || return 1;; esac
    done
    per=$((4294967296 / size)); n=$((0x$2 * per + 0x$3 / size))
    # An empty one tells pg_receivewal where it is to begin.
    : >"$G/$(printf '%08X%08X%08X' "$1" $((n / per)) $((n % per))).partial"
}
# A mirror may have come, or been away, since this last ran.
[ -z "$M" ] || : >"$S/mirror.owed"
echo 'fact receiving yes'
told=
while :; do
    "$B/pg_receivewal" -d "$C" -w --create-slot --if-not-exists -S "$N" >"$O" 2>&1 7>&- || :
    "$B/pg_receivewal" -d "$C" -w -n -D "$G" -S "$N" -s 2 >>"$O" 2>&1 7>&- &
    child=$!
    echo "$child" >"$S/receive.pid"
    while kill -0 "$child" 2>/dev/null; do take_wal; sleep 1; done
    wait "$child"; child=
    said=$(line "$(tail -n 3 "$O")")
    [ "$said" = "$told" ] || echo "said $(date -u +%Y-%m-%dT%H:%M:%SZ) $said"
    told=$said
    case "$said" in
    *'should be 0 or'*)
        # Killed while it laid one out in zeros: it is received anew from its beginning.
        x=$(ls "$G"/*.partial 2>/dev/null | tail -n 1); [ -z "$x" ] || rm -f "$x";;
    *'been invalidated'*)
        # It was away for longer than the server keeps WAL for a slot: only a new one is any good.
        "$B/pg_receivewal" -d "$C" -w --drop-slot -S "$N" >>"$O" 2>&1 7>&-;;
    *"is not in this server's history"*)
        # The cluster went back to a moment before, or the new primary had not come as far as what is received here.
        left_branch "$said" || echo "hole $said";;
    *'has already been removed'*)
        # The new primary has it no more: another node may. Else it is a hole, and goes on behind it.
        upto=$("$B/psql" -XAtqw -F ' ' -d "$C replication=true" -c "READ_REPLICATION_SLOT $N" 2>/dev/null)
        upto=$(echo "$upto" | cut -d ' ' -f 2)
        helped=
        if [ -n "$upto" ]; then
            while IFS= read -r one; do
                [ -n "$one" ] || continue
                timeout 600 "$B/pg_receivewal" -d "$one" -w -n -D "$G" --endpos="$upto" >>"$O" 2>&1 7>&- </dev/null &&
                    helped=1 && break
            done <<EACH_SERVER
$EACH
EACH_SERVER
        fi
        take_wal
        if [ -z "$helped" ]; then
            take_wal all
            if shelve_partial; then echo "hole $said"; fi
        fi;;
    esac
    sleep 1
done
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One file of WAL on the shelf, as it was listed. `name` without what compression or a second copy adds to it."""

    name: str
    bytes: int
    at: float
    packed: bool
    partial: bool
    receiving: bool

    @property
    def timeline(self) -> int:
        return int(self.name[:8], 16)


def segment_number(name: str, segment_bytes: int) -> int:
    """The number of a segment by its name: segment n holds bytes from n·size on."""
    per_file = (1 << 32) // segment_bytes
    return int(name[8:16], 16) * per_file + int(name[16:24], 16)


def segment_of(position: Lsn, segment_bytes: int) -> int:
    """The segment in which a position lies."""
    return position.position // segment_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What of the WAL from a segment on is there: up to where without a hole, and what is missing before later WAL.

    `missing`: (timeline, first, last) of each hole. `end`: the last segment without a hole, None where the first lacks.
    """

    end: int | None
    missing: tuple[tuple[int, int, int], ...]


def line_of(timeline: int, forks: Iterable[TimelineFork]) -> tuple[tuple[int, Lsn | None], ...]:
    """The timelines that lead to one, the oldest first, each with where it was left; None: it is the last."""
    parents = {fork.timeline: fork for fork in forks}
    found: list[tuple[int, Lsn | None]] = [(timeline, None)]
    while (fork := parents.get(found[0][0])) is not None and len(found) < TIMELINES_MAX:
        if fork.parent >= found[0][0]:
            break  # no history leads forwards
        found.insert(0, (fork.parent, fork.position))
    return tuple(found)


def follow(
    ranges: Iterable[WalRange], forks: Iterable[TimelineFork], *, timeline: int, first: int, segment_bytes: int
) -> Followed:
    """Follow the WAL from segment `first` of a timeline to the newest timeline that comes from it."""
    held = tuple(ranges)
    forks = tuple(forks)
    newest = max(
        (one.timeline for one in held if any(t == timeline for t, _ in line_of(one.timeline, forks))), default=timeline
    )
    way = [step for step in line_of(newest, forks) if step[0] >= timeline]
    missing: list[tuple[int, int, int]] = []
    at, end, whole = first, None, True
    for number, left_at in way:
        # The segment in which a timeline was left is whole only on the next one.
        stop = None if left_at is None else segment_of(left_at, segment_bytes) - 1
        for one in sorted((r for r in held if r.timeline == number), key=lambda r: r.first):
            last = one.last if stop is None else min(one.last, stop)
            if last < at:
                continue
            if one.first > at:
                missing.append((number, at, one.first - 1))
                whole = False
            at = last + 1
            if whole:
                end = last
        if stop is not None and at <= stop:
            missing.append((number, at, stop))
            whole, at = False, stop + 1
    return Followed(end=end, missing=tuple(missing))


def fetch_command(*, roots: tuple[str, ...], receiving: tuple[str, ...], archive: str) -> str:
    """The restore_command of a recovery: one line; exit status 1 says 'missing', over 125 'there and not readable'.

    A segment that is still being received is used only where nobody has it whole.
    """
    script = (
        'f=$1; p=$2; '
        'get() { if [ -f "$1.gz" ]; then gzip -dc "$1.gz" >"$p" || exit 200; exit 0; '
        'elif [ -f "$1" ]; then cp "$1" "$p" || exit 200; exit 0; fi; }; '
        # Twice: between two looks a segment can come to its end and get another name, or move to the shelf.
        't=${f%????????????????}; for k in 1 2; do '
    )
    for where in (archive,) if archive else ():
        script += f'get {shlex.quote(where)}/"$f"; '
    for root in roots if not archive else ():
        wal = shlex.quote(f"{root}/wal")
        script += f'case "$f" in *.history) get {wal}/"$f";; esac; '
        # A second copy on a medium where a torn first one can't be taken away counts before it.
        script += f'for r in 9 8 7 6 5 4 3 2; do get {wal}/"$t/$f.r$r"; done; get {wal}/"$t/$f"; '
    for one in receiving if not archive else ():
        script += f'get {shlex.quote(one)}/"$f"; '
    for one in (*receiving, *(f"{root}/wal" for root in roots)) if not archive else ():
        place = shlex.quote(one)
        script += f'for r in {place} {place}/"$t"; do '
        script += '[ ! -f "$r/$f.partial" ] || { cp "$r/$f.partial" "$p"; exit; }; done; '
    script += "done; exit 1"
    return f"sh -c {shlex.quote(script).replace('%', '%%')} fetch \"%f\" \"%p\""
