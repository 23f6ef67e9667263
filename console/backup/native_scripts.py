"""The shell texts of a native repository: what each order begins with, a backup, and what takes a half one away."""

import shlex
from dataclasses import dataclass
from typing import Final

from console.domain.backup_policy import BackupKind

RATE_KB_MIN: Final = 32  # what --max-rate takes at least, in kilobytes a second
RATE_KB_MAX: Final = 1024 * 1024
STANDBY_TRIES_MAX: Final = 60  # a second apart: for a standby to come past the parent's end
SPARE_BYTES: Final = 64 * 1024 * 1024  # stays free beside what a backup is expected to take

# R repository, S its staging, M its mirror ('' none), T 1 where the medium is append-only, B PostgreSQL's programs.
BASE: Final = r"""
LC_ALL=C; export LC_ALL; PGCONNECT_TIMEOUT=10; export PGCONNECT_TIMEOUT; cd / || exit 1; umask 077
line() { printf '%s' "$*" | tr '\n\r' '  ' | cut -c 1-400; }
fail() { w=$1; shift; echo "fact reason $w"; echo "fact detail $(line "$*")"; exit 3; }
# Nothing of ours lies there, and it was made once: its disk is not where it was. K or C the primary, N our slot.
absent() {
    [ ! -d "$R/backups" ] && [ ! -d "$R/wal" ] && [ ! -e "$R/repository.json" ] || return 1
    [ -z "$M" ] || { [ ! -d "$M/backups" ] && [ ! -e "$M/repository.json" ]; } || { w="$M is its mirror"; return 0; }
    [ -n "$N" ] || return 1
    p="${K:-$C} replication=true"
    "$B/psql" -XAtqw -d "$p" -c IDENTIFY_SYSTEM >/dev/null 2>&1 ||
        fail source-silent "$R is empty, and no primary tells whether it was made before"
    # Before 15 that is no command: then the view is asked.
    w=$("$B/psql" -XAtqw -d "$p" -c "READ_REPLICATION_SLOT $N" 2>/dev/null) ||
        w=$("$B/psql" -XAtqw -d "${K:-$C} dbname=postgres" \
            -c "select slot_name from pg_replication_slots where slot_name = '$N'" 2>/dev/null)
    [ -n "$(printf %s "$w" | tr -d '| ')" ] || return 1
    w="the slot $N is its own"
}
places() {
    ! absent || fail no-repository \
        "$R is empty and was made before ($w): is its disk mounted? For a new one make $R/backups"
    [ -d "$R" ] || mkdir "$R" 2>/dev/null || fail no-repository "$R is not there and can't be made"
    for d in "$R/backups" "$R/wal" "$S"; do
        [ -d "$d" ] || mkdir -p "$d" 2>/dev/null || fail no-repository "$d can't be made"
    done
    [ -w "$R/backups" ] && [ -w "$S" ] || fail not-readable "$R may not be written"
}
# The kernel knows who holds it: a process that died holds nothing. Whatever a script starts holds it too.
# A look at the repository touches it too, for an instant.
lock_alone() { exec 9>>"$S/lock"; flock -w 3 9 || fail busy "another order works on $R"; }
lock_use() { [ -w "$S" ] || return 0; exec 6>>"$S/use.lock"; flock -s -w 20 6 || fail busy "backups are taken away"; }
root_of() {
    if [ -f "$R/backups/$1/backup.json" ]; then echo "$R"
    elif [ -n "$M" ] && [ -f "$M/backups/$1/backup.json" ]; then echo "$M"; fi
}
sealed() { printf '{"sha256":"%s","%s":%s}\n' "$(printf %s "$2" | sha256sum | cut -c 1-64)" "$1" "$2"; }
# All that no manifest answers for: a manifest, what pg_verifybackup passes over, archives as files, our own words.
sums() {
    ( cd "$1" && find . -type f ! -path ./SHA256SUMS \( ! -path './data/*' -o -path ./data/backup_manifest \
        -o -path ./data/postgresql.auto.conf -o -path './data/*.signal' -o -path './data/pg_wal/*' \
        -o -path './data/*.tar' -o -path './data/*.tar.gz' \) |
        sort | tr '\n' '\0' | xargs -0 -r sha256sum )
}
whole_manifest() {
    [ "$(tail -n 1 "$1" | sed -n 's/^"Manifest-Checksum": "\([0-9a-f]\{64\}\)"}$/\1/p')" = \
        "$(head -n -1 "$1" | sha256sum | cut -c 1-64)" ]
}
"""

# C conninfo of the source, K of the primary ('' not known), N the slot by which WAL is received ('' none),
# KIND, PARENT ('' full), PACKED 1, NEED bytes,
# PARENT 'newest': whichever the source's history leads on from when this runs; where there is none, a full one is made.
# SYSTEM expected ('' not known), RATE in kB/s ('' free), MAJOR of the programs, WORDS the fixed part of backup.json,
# TRIES for a standby to come past the parent's end.
BACKUP: Final = r"""
places
lock_alone
rm -rf "$R"/backups/.part-* "$S"/.part-* 2>/dev/null
[ -z "$M" ] || rm -rf "$M"/backups/.part-* 2>/dev/null
O="$S/said"; E="$S/last"; rm -f "$O" "$E"; : >"$O" || fail no-space "$S can't be written"
free=$(df -Pk "$R" | awk 'NR==2 {print $4}'); free=$(( ${free:-0} * 1024 ))
[ "$free" -ge "$NEED" ] || fail no-space "$NEED bytes are needed, $free are free in $R"
if [ "$T" = 1 ]; then
    free=$(df -Pk "$S" | awk 'NR==2 {print $4}'); free=$(( ${free:-0} * 1024 ))
    [ "$free" -ge "$NEED" ] || fail no-space "$NEED bytes are needed, $free are free in $S"
fi
asked() { "$B/psql" -XAtqw -F ' ' -d "$C replication=true" -c "$1" 2>>"$O"; }
who=$(asked IDENTIFY_SYSTEM) || fail source-silent "$(tail -n 2 "$O")"
set -- $who
case "$1" in ''|*[!0-9]*) fail nonsense "IDENTIFY_SYSTEM: $who";; esac
[ -z "$SYSTEM" ] || [ "$1" = "$SYSTEM" ] || fail other-system "the source is system $1, the repository holds $SYSTEM"
system=$1
version=$(asked 'SHOW server_version_num'); case "$version" in ''|*[!0-9]*) fail nonsense "version: $version";; esac
[ $((version / 10000)) -le "$MAJOR" ] || fail too-old "the programs are of $MAJOR, the server of $version"
word_of() { sed -n "s/.*\"$2\":\"\{0,1\}\([0-9A-FIDT/]*\).*/\1/p" "$R/backups/$1/backup.json" | head -n 1; }
number_of() { echo $((0x${1%/*} << 32 | 0x${1#*/})); }
# Is it whole with all that it stands on, and part of the way to timeline $2, which `left` tells?
leads() {
    [ "$(word_of "$1" system_identifier)" = "$system" ] && [ "$(word_of "$1" server_version)" -ge 170000 ] || return 1
    t=$(word_of "$1" timeline); e=$(word_of "$1" stop)
    if [ "$t" != "$2" ]; then
        f=$(printf '%s\n' "$left" | awk -v t="$t" '$1 == t {print $2}')
        [ -n "$f" ] && [ "$(number_of "$e")" -le "$(number_of "$f")" ] || return 1
    fi
    at=$1; steps=0
    while [ -n "$at" ] && [ "$steps" -lt 1000 ]; do
        [ -s "$R/backups/$at/data/backup_manifest" ] && [ -s "$R/backups/$at/SHA256SUMS" ] || return 1
        case "$at" in *F) return 0;; esac
        at=$(word_of "$at" parent); steps=$((steps + 1))
    done
    return 1
}
if [ "$PARENT" = newest ]; then
    PARENT=; left=; wanted='[FID]$'; [ "$KIND" = incremental ] || wanted='F$'
    [ "$2" = 1 ] || left=$(asked "TIMELINE_HISTORY $2" | sed 's/^[0-9A-F]*\.history //' | awk '/^[0-9]/ {print $1, $2}')
    for I in $(ls "$R/backups" | grep -E '^[0-9]{8}T[0-9]{6}[FID]$' | grep "$wanted" | sort -r); do
        [ -f "$R/backups/$I/backup.json" ] && leads "$I" "$2" && PARENT=$I && break
    done
    [ -n "$PARENT" ] || { KIND=full; echo 'fact made full'; }
fi
if [ "$KIND" != full ]; then
    [ "$version" -ge 170000 ] || fail needs-17 "the server is $version"
    [ "$(asked 'SHOW summarize_wal')" = on ] || fail summaries-off "summarize_wal is off on the source"
    Q="$R/backups/$PARENT"; [ -f "$Q/backup.json" ] || fail no-parent "$PARENT"
    q="$Q/data/backup_manifest"; whole_manifest "$q" || fail manifest-damaged "$q"
fi
if [ ! -s "$R/repository.json" ]; then
    body="{\"format\":1,\"system_identifier\":\"$system\",\"made_at\":$(date +%s)}"
    sealed repository "$body" >"$S/repository.json" &&
        sync "$S/repository.json" && if [ "$T" = 1 ]; then cp "$S/repository.json" "$R/repository.json"
        else mv "$S/repository.json" "$R/repository.json"; fi || fail no-space "$R/repository.json can't be written"
fi
case "$KIND" in full) mark=F;; incremental) mark=I;; *) mark=D;; esac
while begun=$(date +%s); I=$(date -u -d "@$begun" +%Y%m%dT%H%M%S)$mark; ls -d "$R/backups/${I%?}"? >/dev/null 2>&1
do sleep 0.2; done
if [ "$T" = 1 ]; then P="$S/.part-$I"; else P="$R/backups/.part-$I"; fi
tar=$PACKED
if [ "$tar" != 1 ]; then
    # Plain, each tablespace would be written where the server has it: then archives that are not compressed.
    spaces=$("$B/psql" -XAtqw -d "$C dbname=postgres" \
        -c "select count(*) from pg_tablespace where oid not in (1663, 1664)" 2>/dev/null)
    [ "$spaces" = 0 ] || tar=1
fi
mkdir "$P" || fail no-space "$P can't be made"
set -- -d "$C" -w -c fast -X stream --manifest-checksums=SHA256 --progress -v
set -- "$@" -D "$P/data"
if [ "$tar" = 1 ]; then set -- "$@" -Ft; [ "$PACKED" != 1 ] || set -- "$@" -Z 1
else set -- "$@" -Fp; fi
[ -z "$RATE" ] || set -- "$@" --max-rate="${RATE}k"
[ "$KIND" = full ] || set -- "$@" --incremental="$q"
copied() {
    echo 'progress checkpoint - -'; : >"$O"
    { "$B/pg_basebackup" "$@" 2>&1; echo "ended $?"; } | {
        r=1
        while IFS= read -r l; do
            case "$l" in
            'ended '*) r=${l#ended };;
            *' kB ('*)
                n=${l%%/*}; n=${n##* }; a=${l#*/}; a=${a%% *}
                case "$n$a" in ''|*[!0-9]*) continue;; esac
                echo "$((n * 1024))" >"$E"
                echo "progress copying $((n * 1024)) $((a * 1024))";;
            *) printf '%s\n' "$l" >>"$O";;
            esac
        done
        case "$r" in ''|*[!0-9]*) r=1;; esac
        exit "$r"
    }
}
tries=0
until copied "$@"; do
    said=$(tail -n 6 "$O")
    rm -rf "$P"; mkdir "$P" || fail no-space "$P can't be made"
    case "$said" in
    *'manifest requires WAL from final timeline'*)
        # A standby's last restart point lies before the parent's end: it needs a checkpoint of the primary's after it.
        tries=$((tries + 1))
        [ "$tries" -le "$TRIES" ] || fail standby-behind "$said"
        [ -z "$K" ] || "$B/psql" -XAtqw -d "$K dbname=postgres" -c checkpoint >/dev/null 2>&1
        echo 'progress checkpoint - -'; sleep 1; continue;;
    esac
    rm -rf "$P"
    case "$said" in
    *'No space left'*|*'File too large'*|*'Disk quota'*) fail no-space "$said";;
    *'system identifier in'*|*'system identifier is'*) fail other-system "$said";;
    *"not in this server's history"*|*'requires WAL from'*) fail other-history "$said";;
    *'WAL summaries are required'*|*'WAL summarization is not'*|*'summarize_wal'*) fail no-summaries "$said";;
    *'promoted during online backup'*) fail source-promoted "$said";;
    *'checksum error occurred'*|*'checksum verification fail'*) fail pages-damaged "$said";;
    *'could not parse backup manifest'*|*'manifest checksum mismatch'*) fail manifest-damaged "$said";;
    *'connection to server'*|*'could not connect'*|*'server closed the connection'*|*'could not receive data'*| \
    *'terminating connection'*) fail source-silent "$said";;
    *) fail engine-failed "$said";;
    esac
done
echo 'progress verifying - -'
q="$P/data/backup_manifest"; [ -s "$q" ] || { rm -rf "$P"; fail engine-failed 'it left no manifest'; }
whole_manifest "$q" || { rm -rf "$P"; fail manifest-damaged "$q"; }
if [ "$tar" != 1 ] || [ "$MAJOR" -ge 18 ]; then
    w=$("$B/pg_verifybackup" -q -n -s "$P/data" 2>&1) || { rm -rf "$P"; fail not-whole "$w"; }
fi
ranges=$(tail -n 40 "$q" | tr -d '\n ' | sed -n 's/.*"WAL-Ranges":\[\(.*\)\],"Manifest-Checksum".*/\1/p')
timeline=$(printf %s "$ranges" | sed -n 's/^{"Timeline":\([0-9]*\),.*/\1/p')
stop=$(printf %s "$ranges" | sed -n 's/^[^}]*"End-LSN":"\([0-9A-F/]*\)".*/\1/p')
start=$(printf %s "$ranges" | sed -n 's/.*"Start-LSN":"\([0-9A-F/]*\)".*/\1/p')
[ -n "$timeline" ] && [ -n "$stop" ] && [ -n "$start" ] || { rm -rf "$P"; fail nonsense "WAL ranges: $ranges"; }
size=$(cat "$E" 2>/dev/null); stored=$(du -sk "$P" | cut -f 1); ended=$(date +%s)
form=plain; [ "$tar" != 1 ] || form=tar
parent=null; [ -z "$PARENT" ] || parent="\"$PARENT\""
sealed backup "{\"id\":\"$I\",\"parent\":$parent,\"form\":\"$form\",\"begun_at\":$begun,\"ended_at\":$ended,\
\"system_identifier\":\"$system\",\"server_version\":$version,\"timeline\":$timeline,\"start\":\"$start\",\
\"stop\":\"$stop\",\"size_bytes\":${size:-null},\"stored_bytes\":$((stored * 1024)),$WORDS}" >"$P/backup.json" &&
    sums "$P" >"$P/SHA256SUMS" && [ -s "$P/SHA256SUMS" ] && sync "$P"/* "$P" ||
    { rm -rf "$P"; fail no-space "its sums can't be written"; }
if [ "$T" != 1 ]; then
    mv -T "$P" "$R/backups/$I" && sync "$R/backups" || fail no-space "$R/backups/$I can't be named"
else
    # Nothing is renamed there: its own word comes last, and that alone makes it count.
    N="$R/backups/$I"; done=0
    ( cd "$P" && find . -type d | while IFS= read -r d; do mkdir -p "$N/$d" || exit 1; done ) ||
        fail no-space "$N can't be made"
    ( cd "$P" && find . -type f ! -path ./backup.json | while IFS= read -r f; do
        cp "$f" "$N/$f" && cmp -s "$f" "$N/$f" || exit 1
        done=$((done + $(stat -c %s "$f"))); echo "progress staging $done $((stored * 1024))"
    done ) || fail no-space "it was not copied to $N whole; nothing counts there"
    sync -f "$N"
    cp "$P/backup.json" "$N/backup.json" && sync "$N/backup.json" "$N" ||
        fail no-space "$N/backup.json can't be written"
    rm -rf "$P"
fi
echo "fact backup $I"; echo "fact start $start"; echo "fact stop $stop"; echo "fact timeline $timeline"
echo "fact stored_bytes $((stored * 1024))"; echo "fact seconds $((ended - begun))"
mirror_backup() {
    N="$M/backups/.part-$1"
    mkdir -p "$M/backups" 2>/dev/null && cp -R "$R/backups/$1" "$N" 2>/dev/null ||
        { rm -rf "$N"; w="$1 counts in $R and was not copied to $M"; return 1; }
    sums "$N" | cmp -s - "$R/backups/$1/SHA256SUMS" && if [ -f "$N/data/PG_VERSION" ]; then
        diff -rq "$R/backups/$1/data" "$N/data" >/dev/null; fi ||
        { rm -rf "$N"; w="the copy of $1 in $M is not the same"; return 1; }
    sync -f "$N"
    mv -T "$N" "$M/backups/$1" && sync "$M/backups" || { w="$M/backups/$1 can't be named"; return 1; }
}
if [ -n "$M" ]; then
    echo 'progress mirroring - -'
    mirror_backup "$I" || fail mirror-failed "$w"
    # Those whose copy failed when they were made, the oldest first, a few at a time.
    k=0
    for J in $(ls "$R/backups" | grep -E '^[0-9]{8}T[0-9]{6}[FID]$'); do
        [ -f "$R/backups/$J/backup.json" ] && [ ! -e "$M/backups/$J" ] || continue
        [ "$k" -lt 3 ] || break
        k=$((k + 1)); mirror_backup "$J" || { echo "fact mirror_owed $J"; continue; }
        echo "fact mirrored_late $J"
    done
    cmp -s "$R/repository.json" "$M/repository.json" || cp "$R/repository.json" "$M/repository.json"
    echo 'fact mirrored yes'
fi
rm -f "$O" "$E"
"""

# What an ended backup left half-done, whoever runs it; where another one works now nothing is touched.
CANCEL: Final = r"""
[ -d "$S" ] || exit 0
exec 9>>"$S/lock"; flock -w 20 9 || fail busy "an order works on $R"
rm -rf "$R"/backups/.part-* "$S"/.part-*
[ -z "$M" ] || rm -rf "$M"/backups/.part-*
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Where a repository lies on its host, as every script needs it."""

    root: str
    staging: str
    mirror: str = ""
    archive: str = ""  # where the servers' archive_command puts WAL; '' where we receive it
    append_only: bool = False
    packed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupWords:
    """What a backup's script is told. `words`: the fixed part of its backup.json, JSON without its braces."""

    kind: BackupKind
    parent: str
    conninfo: str
    primary: str
    need_bytes: int
    system_identifier: str
    rate_bytes: float | None
    bin_directory: str
    major: int
    words: str
    slot: str = ""


def assigned(**values: str) -> str:
    """A line of shell a value, quoted."""
    return "".join(f"{name}={shlex.quote(value)}\n" for name, value in values.items())


def opened(shelf: Shelf, bin_directory: str = "") -> str:
    """What every script of a repository begins with."""
    return (
        assigned(
            R=shelf.root, S=shelf.staging, M=shelf.mirror, A=shelf.archive, T="1" if shelf.append_only else "",
            Z="1" if shelf.packed else "", B=bin_directory,
        )
        + BASE
    )  # fmt: skip


def rate_words(rate_bytes: float | None) -> str:
    """Bytes a second as --max-rate takes them, in whole kilobytes within its limits; '' for no limit."""
    if rate_bytes is None:
        return ""
    return str(max(RATE_KB_MIN, min(RATE_KB_MAX, int(rate_bytes / 1024))))


def backup_script(shelf: Shelf, words: BackupWords) -> str:
    """A backup, from the lock to its name."""
    told = assigned(
        KIND=words.kind.value, PARENT=words.parent, C=words.conninfo, K=words.primary, N=words.slot,
        NEED=str(words.need_bytes),
        SYSTEM=words.system_identifier, RATE=rate_words(words.rate_bytes), PACKED="1" if shelf.packed else "",
        MAJOR=str(words.major), WORDS=words.words, TRIES=str(STANDBY_TRIES_MAX),
    )  # fmt: skip
    return opened(shelf, words.bin_directory) + told + BACKUP


def cancel_script(shelf: Shelf) -> str:
    """Takes half a backup away."""
    return opened(shelf) + CANCEL
