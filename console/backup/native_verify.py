"""Reads a native backup back with all it stands on, and judges what that has shown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from console.backup.native_scripts import Shelf, assigned, opened
from console.backup.native_wal import SEGMENT_BYTES, TAKE_WAL, Followed, follow, segment_number, segment_of
from console.domain.backup import Backup, BackupCheck, CheckResult, Mark, TimelineFork, WalRange
from console.domain.text import shown
from console.domain.wal import Lsn

BAD_SHOWN_MAX: Final = 20
LINES_MAX: Final = 20_000

# CHAIN the backups, the full one first, FROM the end of the name of the first WAL file that is needed, X a directory
# of our own, MAJOR of the programs.
VERIFY: Final = TAKE_WAL + r"""
lock_use
mkdir -m 700 "$X" 2>/dev/null || X=$(mktemp -d) || fail no-space "no place to work in"
trap 'rm -rf "$X"' EXIT
whole_words() {
    set -- "$1" "$2" "$(sed -n "1s/^{\"sha256\":\"\([0-9a-f]\{64\}\)\",\"$2\":.*}\$/\1/p" "$1" 2>/dev/null)"
    [ -n "$3" ] && [ "$(wc -l <"$1")" = 1 ] &&
        [ "$(sed "1s/^{\"sha256\":\"[0-9a-f]*\",\"$2\":\(.*\)}\$/\1/" "$1" | tr -d '\n' | sha256sum |
            cut -c 1-64)" = "$3" ]
}
# Names and what is wrong with them, from the sums as they were written and as they are now.
compared() {
    awk 'FILENAME == ARGV[1] {s[substr($0, 67)] = $1; next} {n = substr($0, 67)
        if (!(n in s)) print n " not-listed"; else if (s[n] != $1) print n " changed"; delete s[n]}
        END {for (n in s) print n " gone"}' "$1" "$2"
}
echo "seen chain $CHAIN"
main=$R; [ -d "$R/backups" ] || { main=$M; [ -d "$M/backups" ] || fail no-repository "$R"; echo "seen main gone"; }
if whole_words "$main/repository.json" repository; then echo "seen repository ok"; else echo "seen repository bad"; fi
[ "$main" = "$M" ] || take_wal >/dev/null 2>&1
done=0; all_bytes=0
for I in $CHAIN; do
    root=$(root_of "$I")
    [ -z "$root" ] || all_bytes=$((all_bytes + $(du -sk "$root/backups/$I" | cut -f 1) * 1024))
done
for I in $CHAIN; do
    echo "progress verifying $done $all_bytes"
    root=$(root_of "$I")
    [ -n "$root" ] || { echo "seen bad $I backup.json gone"; continue; }
    Q="$root/backups/$I"; done=$((done + $(du -sk "$Q" | cut -f 1) * 1024))
    whole_words "$Q/backup.json" backup || echo "seen bad $I backup.json changed"
    sums "$Q" >"$X/sums" 2>"$X/said"; r=$?
    if [ $r = 0 ] && cmp -s "$X/sums" "$Q/SHA256SUMS"; then echo "seen sums $I $(wc -l <"$X/sums")"
    else
        : >"$X/none"; old="$Q/SHA256SUMS"; [ -f "$old" ] || { old="$X/none"; echo "seen bad $I SHA256SUMS gone"; }
        compared "$old" "$X/sums" >"$X/bad"; [ -s "$X/bad" ] || echo "SHA256SUMS changed" >"$X/bad"
        head -n 20 "$X/bad" | cut -c 1-200 | sed "s/^/seen bad $I /"
    fi
    q="$Q/data/backup_manifest"; all=$(grep -c 'Path"' "$q" 2>/dev/null); at="$Q/data"
    if ls "$Q"/data/base.tar* >/dev/null 2>&1 && [ "$MAJOR" -lt 18 ]; then
        at="$X/data"; rm -rf "$at"; mkdir "$at" && tar -xf "$Q"/data/base.tar* -C "$at" && cp "$q" "$at/" ||
            { echo "seen bad $I base.tar not-readable"; continue; }
    fi
    # Its words are read, never its exit status alone; what it passes over stands in our own sums.
    "$B/pg_verifybackup" -n "$at" >"$X/said" 2>&1; r=$?
    if [ $r = 0 ] && grep -q 'backup successfully verified' "$X/said"; then echo "seen manifest $I $all"
    elif grep -q 'error:' "$X/said"; then
        grep 'error:' "$X/said" | head -n 20 | cut -c 1-300 | sed "s/^.*error: /seen bad $I /"
    else echo "seen unread $I $(line "$(tail -n 1 "$X/said")")"; fi
    [ -z "$M" ] || [ "$root" = "$M" ] || {
        N="$M/backups/$I"
        if [ ! -f "$N/backup.json" ]; then echo "seen mirror $I gone"
        elif sums "$N" 2>/dev/null | cmp -s - "$X/sums" && cmp -s "$N/SHA256SUMS" "$Q/SHA256SUMS" &&
            diff -rq "$Q/data" "$N/data" >/dev/null 2>&1; then echo "seen mirror $I ok"
        else echo "seen mirror $I differs"; fi
    }
done
[ -d "$W" ] || { W="$M/wal"; L="$M/wal/SHA256SUMS"; }
echo 'progress verifying - -'
wanted() { awk -v from="$FROM" '{n = $0; sub(/^.*\//, "", n)
    if (n ~ /^[0-9A-F]+\.history$/) print
    else if (n ~ /^[0-9A-F]+(\.r[0-9])?(\.gz|\.partial)?$/ && substr(n, 9, 16) >= from) print}'; }
# What is there and what is listed, at one moment: more is shelved while this reads.
old="$X/none"; : >"$X/none"; : >"$X/names"
if [ -w "$S" ]; then exec 8>>"$S/wal.lock"; flock -w 60 8; fi
[ -f "$L" ] && cp "$L" "$X/ledger" && old="$X/ledger"
# What a server may still be writing into its archive is not there yet.
young=; [ -z "$A" ] || young="! -newermt -5seconds"
( cd "$W" 2>/dev/null && find . -maxdepth 2 -type f $young | sed 's/^\.\///' | wanted | sort >"$X/names" )
exec 8>&-
sed 's/^.\{66\}//' "$old" | wanted | sort -u >"$X/listed"
# A copy that was cut stays on an append-only medium for ever: without its line it counts for nothing.
[ "$T" != 1 ] || { comm -12 "$X/names" "$X/listed" >"$X/whole"; mv "$X/whole" "$X/names"; }
( cd "$W" 2>/dev/null && tr '\n' '\0' <"$X/names" | xargs -0 -r sha256sum >"$X/sums" 2>/dev/null )
# Where nothing was shelved yet, there are no sums either.
[ "$old" != "$X/none" ] || [ -n "$A" ] || [ ! -s "$X/names" ] || echo "seen walbad SHA256SUMS gone"
grep -vE '^[0-9a-f]{64}  [0-9A-Fhistoryparlgz./]+$' "$old" | head -n 1 | grep -q . &&
    echo "seen walbad SHA256SUMS changed"
awk 'FILENAME == ARGV[1] {k[$0] = 1; next} (substr($0, 67) in k)' "$X/listed" "$old" | sort -u >"$X/old"
cut -c 67- "$X/old" | uniq -d | sed 's/.*/SHA256SUMS changed/' | head -n 1 >"$X/bad"
compared "$X/old" "$X/sums" >>"$X/bad"
: >"$X/bad2"
own=$(system_of "$main")
[ -n "$own" ] || own=$(sed -n 's/.*"system_identifier":"\([0-9]*\)".*/\1/p' \
    "$main/backups/${CHAIN##* }/backup.json" | head -n 1)
# Nobody kept a sum of it: each record is read, up to the segment's end or a switch. What a segment is that holds only
# the middle of one record can't be told so: it has no first one.
read_whole() {
    case "$1" in *.gz) gzip -dc "$W/$1" >"$X/$2" 2>/dev/null;; *) cp "$W/$1" "$X/$2" 2>/dev/null;; esac &&
        segment_fits "$X/$2" "$2" && [ "$(stat -c %s "$X/$2")" = "$segment_bytes" ] &&
        [ "$segment_system" = "$own" ] || { rm -f "$X/$2"; return 1; }
    if timeout 120 "$B/pg_waldump" "$X/$2" >/dev/null 2>"$X/said"; then r=0
    else
        r=1; rest=$(od -An -v -tu4 -j 16 -N 4 "$X/$2")
        grep -q 'could not find a valid record' "$X/said" && [ "$rest" -ge "$segment_bytes" ] && r=0
    fi
    rm -f "$X/$2"; return $r
}
while read -r n why; do
    b=${n##*/}; b=${b%.gz}
    case "$why" in not-listed)
        if [ -n "$A" ] && case "$n" in *.history|*.partial) true;; *) read_whole "$n" "$b";; esac; then
            # The servers put it there: its sum is kept from the first time that it was read whole.
            awk -v n="$n" 'substr($0, 67) == n' "$X/sums" >>"$L"; continue
        fi;;
    esac
    echo "$n $why" >>"$X/bad2"
done <"$X/bad"
head -n 20 "$X/bad2" | sed 's/^/seen walbad /'
if [ -n "$M" ] && [ -z "$A" ] && [ "$W" != "$M/wal" ]; then
    if ( cd "$M/wal" 2>/dev/null && tr '\n' '\0' <"$X/names" | xargs -0 -r sha256sum 2>/dev/null ) | cmp -s - "$X/sums"
    then echo "seen mirror wal ok"; else echo "seen mirror wal differs"; fi
elif [ -n "$M" ] && [ -z "$A" ] && [ "$main" = "$R" ] && [ -s "$X/names" ]; then
    echo "seen mirror wal differs"  # the first place has none of it
fi
one=$(grep -vE 'history|partial' "$X/names" | head -n 1); segment_bytes=16777216
if [ -n "$one" ]; then
    n=${one##*/}; segment_fits "$W/$one" "$(printf %s "$n" | cut -c 1-24)" || segment_bytes=16777216
fi
echo "seen segment $segment_bytes"
echo "seen walcount $(wc -l <"$X/sums") $(sort -u "$X/names" "$X/listed" | wc -l)"
awk -v size="$segment_bytes" '
    function hex(t, i, v) {v = 0
        for (i = 1; i <= length(t); i++) v = v * 16 + index("0123456789ABCDEF", substr(t, i, 1)) - 1
        return v}
    FILENAME == ARGV[1] {bad[$1] = 1; next}
    {n = substr($0, 67); if (n in bad || n ~ /history$|partial$/) next; sub(/^.*\//, "", n)
        printf "%d %d\n", hex(substr(n, 1, 8)), hex(substr(n, 9, 8)) * (4294967296 / size) + hex(substr(n, 17, 8))}
' "$X/bad2" "$X/sums" | sort -k 1,1n -k 2,2n -u | awk '
    {if ($1 == t && $2 == l + 1) {l = $2; next} if (t != "") print "seen wal " t, f, l; t = $1; f = $2; l = $2}
    END {if (t != "") print "seen wal " t, f, l}'
for x in "$W"/*.history; do
    n=$(basename "$x" .history); [ -f "$x" ] && [ "${#n}" = 8 ] || continue
    case "$n" in *[!0-9A-F]*) continue;; esac
    grep -E '^[0-9]' "$x" | tail -n 1 | awk -v t="$((0x$n))" '{print "seen fork " t, $1, $2}'
done
# What is still being received has no sum yet: its records are followed up to their end.
[ -n "$A" ] || for x in "$G"/*; do
    n=${x##*/}; b=${n%.partial}
    case "$b" in *[!0-9A-F]*|'') continue;; esac
    [ "${#b}" = 24 ] && ! expr "$(printf %s "$b" | cut -c 9-24)" '<' "$FROM" >/dev/null || continue
    cp "$x" "$X/$b" 2>/dev/null && segment_fits "$X/$b" "$b" || { echo "seen walbad $n changed"; continue; }
    end=$(timeout 120 "$B/pg_waldump" "$X/$b" 2>&1 >/dev/null | tail -n 1)
    end=$(echo "$end" | grep -oE '[0-9A-F]{1,8}/[0-9A-F]{1,8}' | tail -n 1)
    echo "seen partial $n ${end:-0/0}"; rm -f "$X/$b"
done
echo 'seen end'
"""


@dataclass(slots=True, kw_only=True)
class Verified:
    """What the output of one verify holds."""

    ended: bool = False
    chain: tuple[str, ...] = ()
    repository: str = ""
    sums: dict[str, int] = field(default_factory=dict)
    manifests: dict[str, int] = field(default_factory=dict)
    bad: list[tuple[str, str]] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)
    mirrors: dict[str, str] = field(default_factory=dict)
    wal: list[WalRange] = field(default_factory=list)
    wal_bad: list[tuple[str, str]] = field(default_factory=list)
    wal_count: tuple[int, int] = (0, 0)
    forks: list[TimelineFork] = field(default_factory=list)
    segment_bytes: int = SEGMENT_BYTES
    partial: list[tuple[str, Lsn]] = field(default_factory=list)
    reason: str = ""
    detail: str = ""


_WORD: Final = re.compile(r"[a-z0-9-]{1,40}")
_FILE: Final = re.compile(r"[0-9A-F]{24}(\.partial)?")


def _count(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,15}", text):
        raise ValueError(f"not a count: {text[:40]!r}")
    return int(text)


def _take(seen: Verified, words: list[str]) -> None:
    """One line `seen …`; ValueError where it can't be one of ours."""
    match words:
        case ["end"]:
            seen.ended = True
        case ["chain", *ids]:
            seen.chain = tuple(ids)
        case ["repository", word]:
            seen.repository = word
        case ["sums", backup, count]:
            seen.sums[backup] = _count(count)
        case ["manifest", backup, count]:
            seen.manifests[backup] = _count(count)
        case ["bad", backup, *rest]:
            seen.bad.append((backup, shown(" ".join(rest), characters_max=200)))
        case ["unread", backup, *rest]:
            seen.unread.append((backup, shown(" ".join(rest), characters_max=200)))
        case ["mirror", backup, word]:
            seen.mirrors[backup] = word
        case ["wal", timeline, first, last]:
            seen.wal.append(WalRange(timeline=_count(timeline), first=_count(first), last=_count(last)))
        case ["walbad", name, why]:
            seen.wal_bad.append((shown(name, characters_max=80), why))
        case ["walcount", read, all_]:
            seen.wal_count = (_count(read), _count(all_))
        case ["fork", timeline, parent, position]:
            fork = TimelineFork(timeline=_count(timeline), parent=_count(parent), position=Lsn.parse(position))
            seen.forks.append(fork)
        case ["segment", size]:
            seen.segment_bytes = _count(size)
            if not 1 << 20 <= seen.segment_bytes <= 1 << 30:
                raise ValueError(f"not the size of a segment: {size}")
        case ["partial", name, position] if _FILE.fullmatch(name):
            seen.partial.append((name, Lsn.parse(position)))
        case ["main", "gone"]:
            pass
        case _:
            raise ValueError(f"not a line of a verify: {words!r:.80}")


def read_verify(output: str) -> Verified:
    """What a verify said. Raises ValueError where a line of it makes no sense."""
    seen = Verified()
    for line in output.split("\n")[:LINES_MAX]:
        word, _, rest = line.partition(" ")
        if word == "seen":
            _take(seen, rest.split(" "))
        elif word == "fact" and rest.startswith("reason "):
            found = rest.removeprefix("reason ").strip()
            seen.reason = found if _WORD.fullmatch(found) else "nonsense"
        elif word == "fact" and rest.startswith("detail "):
            seen.detail = shown(rest.removeprefix("detail "))
    return seen


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marker:
    """Makes the marks of one backup's verify."""

    backup: Backup
    at: datetime
    node: str

    def __call__(
        self, check: BackupCheck, result: CheckResult, *, reason: str = "", detail: str = "",
        read: int | None = None, all_: int | None = None,
    ) -> Mark:  # fmt: skip
        return Mark(
            repository=self.backup.repository, backup=self.backup.id, check=check, result=result, at=self.at,
            node=self.node, reason=reason, detail=detail, files_read=read, files_all=all_,
        )  # fmt: skip


def verify_marks(
    backup: Backup, *, mirror: bool, status: int | None, output: str, now: datetime, node: str
) -> tuple[Mark, ...]:
    """The marks of one ended verify: checksums, WAL, and the mirror where there is one."""
    checks = (BackupCheck.CHECKSUMS, BackupCheck.WAL_CONTINUITY, *((BackupCheck.MIRROR,) if mirror else ()))

    mark = _Marker(backup=backup, at=now, node=node)
    try:
        seen = read_verify(output)
    except ValueError as error:
        detail = shown(str(error))
        return tuple(mark(check, CheckResult.NOT_CHECKED, reason="nonsense", detail=detail) for check in checks)
    if not seen.ended or status != 0:
        # What was found bad stays found; of what was not read nothing is said.
        seen.ended, reason = False, seen.reason or "not-finished"
        if not (seen.bad or seen.wal_bad or "differs" in seen.mirrors.values() or "gone" in seen.mirrors.values()):
            return tuple(mark(check, CheckResult.NOT_CHECKED, reason=reason, detail=seen.detail) for check in checks)
    chain = seen.chain if backup.id in seen.chain else ()
    marks = [_checksums(mark, seen, chain), _continuity(mark, seen, backup)]
    if mirror:
        marks.append(_mirror(mark, seen, chain))
    return tuple(marks)


def _checksums(mark: _Marker, seen: Verified, chain: Sequence[str]) -> Mark:
    check = BackupCheck.CHECKSUMS
    bad = [f"{backup}: {what}" for backup, what in seen.bad]
    if seen.repository == "bad":
        bad.append("repository.json")
    read = sum(seen.sums.get(one, 0) + seen.manifests.get(one, 0) for one in chain)
    if bad:
        words = shown("; ".join(bad[:BAD_SHOWN_MAX]))
        return mark(check, CheckResult.FAILED, reason="damage-found", detail=words, read=read)
    unread = [one for one in chain if one not in seen.sums or one not in seen.manifests]
    if unread or not chain or seen.repository != "ok" or not seen.ended:
        words = "; ".join(what for _, what in seen.unread) or ", ".join(unread)
        return mark(check, CheckResult.NOT_CHECKED, reason="not-read", detail=shown(words), read=read)
    return mark(check, CheckResult.PASSED, read=read, all_=read)


def _continuity(mark: _Marker, seen: Verified, backup: Backup) -> Mark:
    check, (read, all_) = BackupCheck.WAL_CONTINUITY, seen.wal_count
    if backup.start is None or backup.stop is None or backup.timeline is None:
        return mark(check, CheckResult.NOT_CHECKED, reason="nonsense", detail="the backup's own WAL is not known")
    found = followed(seen, backup)
    if seen.wal_bad:
        words = "; ".join(f"{name} {why}" for name, why in seen.wal_bad[:BAD_SHOWN_MAX])
        return mark(check, CheckResult.FAILED, reason="wal-damaged", detail=shown(words), read=read, all_=all_)
    if not seen.ended:
        return mark(check, CheckResult.NOT_CHECKED, reason="not-finished", read=read, all_=all_)
    if found.missing:
        words = "; ".join(f"timeline {t}: {first}-{last}" for t, first, last in found.missing[:BAD_SHOWN_MAX])
        return mark(check, CheckResult.FAILED, reason="wal-missing", detail=shown(words), read=read, all_=all_)
    reached = max(
        (end for name, end in seen.partial if _goes_on(found, name, seen.segment_bytes, backup)), default=None
    )
    if found.end is not None:
        shelved = Lsn((found.end + 1) * seen.segment_bytes)
        reached = shelved if reached is None else max(reached, shelved)
    if reached is None or reached < backup.stop:
        detail = f"WAL is there up to {reached or '-'}, the backup ends at {backup.stop}"
        return mark(check, CheckResult.NOT_CHECKED, reason="wal-not-there-yet", detail=detail, read=read, all_=all_)
    if read < all_:
        words = "not all was readable"
        return mark(check, CheckResult.FAILED, reason="wal-damaged", detail=words, read=read, all_=all_)
    return mark(check, CheckResult.PASSED, detail=f"up to {reached}", read=read, all_=all_)


def _goes_on(found: Followed, name: str, segment_bytes: int, backup: Backup) -> bool:
    """Does a segment that is still being received go on right where the others end?"""
    assert backup.start is not None
    first = segment_of(backup.start, segment_bytes)
    number = segment_number(name, segment_bytes)
    return number == first if found.end is None else number == found.end + 1


def followed(seen: Verified, backup: Backup) -> Followed:
    """The WAL of the verify, followed from the backup's start."""
    assert backup.start is not None and backup.timeline is not None
    return follow(
        seen.wal, seen.forks, timeline=backup.timeline, first=segment_of(backup.start, seen.segment_bytes),
        segment_bytes=seen.segment_bytes,
    )  # fmt: skip


def _mirror(mark: _Marker, seen: Verified, chain: Sequence[str]) -> Mark:
    check = BackupCheck.MIRROR
    looked = (*chain, "wal") if "wal" in seen.mirrors else tuple(chain)
    other = [f"{one} {seen.mirrors[one]}" for one in looked if seen.mirrors.get(one, "ok") != "ok"]
    if other:
        return mark(check, CheckResult.FAILED, reason="mirror-differs", detail=shown("; ".join(other)))
    if not seen.ended or not chain or any(one not in seen.mirrors for one in chain):
        return mark(check, CheckResult.NOT_CHECKED, reason="not-read" if seen.ended else "not-finished")
    # Archived WAL has no second place of ours: what was compared are the backups.
    return mark(check, CheckResult.PASSED, reason="" if "wal" in seen.mirrors else "backups-alone")


def verify_script(
    shelf: Shelf, *, chain: Sequence[str], start: Lsn, work: str, bin_directory: str, major: int,
    segment_bytes: int = SEGMENT_BYTES,
) -> str:  # fmt: skip
    """The script of one verify. `work`: a directory of its own, made and taken away by it."""
    number = segment_of(start, segment_bytes)
    per_file = (1 << 32) // segment_bytes
    told = assigned(
        CHAIN=" ".join(chain), FROM=f"{number // per_file:08X}{number % per_file:08X}", X=work, MAJOR=str(major)
    )
    return opened(shelf, bin_directory) + told + VERIFY
