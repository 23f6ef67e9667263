"""The WAL that Barman holds: listed by its files, read back whole, and fetched by a server that recovers."""

import re
import shlex
from datetime import UTC, datetime
from typing import Final

from console.backup.barman_places import BarmanServer, Installed
from console.domain.backup import TimelineFork, WalHeld, WalRange
from console.domain.lineage import line_of
from console.domain.text import shown
from console.domain.wal import Lsn
from console.domain.windows import SEGMENTS_OF_4_GB, segment_number

SEGMENTS_MAX: Final = 400_000
FORKS_MAX: Final = 5_000
BATCH: Final = 16  # segments that lie decompressed at a time while WAL is read back
DAMAGED_MAX: Final = 200
COMPRESSION_ADDS_BYTES_MAX: Final = 64 * 1024  # a compressed segment that is longer than the segment by more is none
UNREADABLE: Final = 200  # above 125 a recovery stops with an error instead of taking it for the end of WAL

# How a stored file is read, by how it begins: `c` is the program. What is none of these is Barman's own to open.
_OPENED: Final = """case $(od -An -tx1 -N6 "$s" | tr -d " ") in
1f8b*) c="gzip -dc";; 425a68*) c="bzip2 -dc";; fd377a585a00) c="xz -dc";; 28b52ffd*) c="zstd -dcq";;
04224d18*) c="lz4 -dcq";; ??d1*) c=cat;; *) case $f in *.history) c=cat;; *) c=;; esac;; esac"""


def program_words(installed: Installed, config_file: str) -> str:
    """Barman as a shell calls it, with its configuration, quoted."""
    words = [installed.barman.path] + (["-c", config_file] if config_file else [])
    return shlex.join(words)


def restore_command(installed: Installed, config_file: str) -> str:
    """What a recovering server fetches WAL by: straight from the files, the segment that is still received last.

    What Barman alone can open (encrypted) comes by `barman get-wal`, called by its full path.
    """
    server = installed.server
    wals, streaming, incoming = (shlex.quote(path) for path in (server.wals, server.streaming, server.incoming))
    opened = _OPENED.replace("\n", " ")
    barman = program_words(installed, config_file)
    text = (
        f'f="%f"; t="%p.part"; d=$(echo "$f" | cut -c 1-16); '
        f'for s in {wals}/"$d"/"$f" {wals}/"$f" {streaming}/"$f" {incoming}/"$f" {streaming}/"$f".partial; do '
        f'[ -f "$s" ] || continue; {opened}; '
        f'if [ -n "$c" ]; then $c <"$s" >"$t"; else {barman} get-wal {shlex.quote(server.name)} "$f" >"$t"; fi '
        f'&& mv "$t" "%p" && exit 0; rm -f "$t"; exit {UNREADABLE}; done; exit 1'
    )
    return text.replace("%", "%%").replace("%%f", "%f").replace("%%p", "%p")


def list_lines(server: BarmanServer) -> str:
    """Lines of shell that list the WAL: `wal NAME BYTES SECONDS`, `history NAME LINE`, `partial NAME LSN`.

    `$pg` is where the server version's own pg_waldump lies.
    """
    wals, streaming, incoming = (shlex.quote(path) for path in (server.wals, server.streaming, server.incoming))
    return f"""
find {wals} {streaming} {incoming} -maxdepth 2 -type f -printf 'wal %f %s %T@\\n' 2>/dev/null
for s in {wals}/*.history {wals}/*/*.history {streaming}/*.history {incoming}/*.history; do
    [ -f "$s" ] || continue
    f=${{s##*/}}
    {_OPENED}
    [ -n "$c" ] && $c <"$s" 2>/dev/null | head -n 500 | sed "s/^/history $f /"
done
for s in {streaming}/*.partial; do
    [ -f "$s" ] && [ -x "$pg/pg_waldump" ] || continue
    f=${{s##*/}} f=${{f%.partial}} x=$(mktemp -d) || continue
    ln -s "$s" "$x/$f"
    e=$(timeout 20 "$pg/pg_waldump" -q "$x/$f" 2>&1 | tail -n 1)
    case $e in *"could not find a valid record"*) ;; *"error in WAL record"*|*"could not find file"*)
        echo "partial $f $(echo "$e" | grep -oE '[0-9A-F]{{1,8}}/[0-9A-F]{{1,8}}' | tail -n 1)";; esac
    rm -f "$x/$f"; rmdir "$x"
done
"""


def read_wal(lines: list[str], segment_bytes: int, receiving: bool | None = None) -> WalHeld:
    """Read what `list_lines` said; further lines are passed by. Barman's own catalogue of WAL is not asked."""
    seen: dict[tuple[int, int], datetime] = {}
    damaged: list[str] = []
    partial: dict[tuple[int, int], tuple[Lsn, datetime | None]] = {}
    partial_at: dict[str, datetime] = {}
    forks: dict[str, list[tuple[int, Lsn]]] = {}
    for line in lines:
        parts = line.split(" ")
        if parts[0] == "wal" and len(parts) == 4 and len(seen) < SEGMENTS_MAX:
            name, size, at = parts[1], int(parts[2]), datetime.fromtimestamp(float(parts[3]), UTC)
            if re.fullmatch(r"[0-9A-F]{24}\.partial", name):
                partial_at[name[:24]] = at
            where = segment_number(name, segment_bytes) if len(name) == 24 else None
            if where is None:
                continue
            if 0 < size <= segment_bytes + COMPRESSION_ADDS_BYTES_MAX:
                seen[where] = at
            elif len(damaged) < DAMAGED_MAX:
                damaged.append(name)
        elif parts[0] == "partial" and len(parts) == 3 and "/" in parts[2]:
            where = segment_number(parts[1], segment_bytes)
            if where is not None:
                partial[where] = (Lsn.parse(parts[2]), partial_at.get(parts[1]))
        elif parts[0] == "history" and len(parts) > 2 and len(forks) < FORKS_MAX:
            fork = re.match(r"(\d{1,10})\s+([0-9A-F]{1,8}/[0-9A-F]{1,8})", " ".join(parts[2:]))
            if fork is not None and re.fullmatch(r"[0-9A-F]{8}\.history", parts[1]):
                forks.setdefault(parts[1], []).append((int(fork[1]), Lsn.parse(fork[2])))
    newest = max([*seen.values(), *(at for _, at in partial.values() if at is not None)], default=None)
    return WalHeld(
        segment_bytes=segment_bytes, ranges=_ranges(seen, partial), forks=_forks(forks), damaged=tuple(damaged),
        receiving=receiving, newest_at=newest,
    )  # fmt: skip


def _ranges(
    seen: dict[tuple[int, int], datetime], partial: dict[tuple[int, int], tuple[Lsn, datetime | None]]
) -> tuple[WalRange, ...]:
    found: list[WalRange] = []
    run: list[tuple[int, int]] = []
    left = dict(partial)

    def close() -> None:
        if run:
            timeline, last = run[-1]
            end = left.pop((timeline, last + 1), None)
            found.append(WalRange(
                timeline=timeline, first=run[0][1], last=last, begun_at=seen[run[0]], ended_at=seen[run[-1]],
                partial_end=end[0] if end is not None else None,
            ))  # fmt: skip
            run.clear()

    for where in sorted(seen):
        if run and where != (run[-1][0], run[-1][1] + 1):
            close()
        run.append(where)
    close()
    for (timeline, number), (end, _) in left.items():
        if (timeline, number) not in seen:  # else what was received whole stands beside the part
            found.append(WalRange(timeline=timeline, first=number, last=number - 1, partial_end=end))
    return tuple(sorted(found, key=lambda one: (one.timeline, one.first)))


def _forks(histories: dict[str, list[tuple[int, Lsn]]]) -> tuple[TimelineFork, ...]:
    """A history file tells the whole way: each line's timeline was left for the next one's, the last for its own."""
    found: dict[int, TimelineFork] = {}
    for name, lines in sorted(histories.items()):
        children = [timeline for timeline, _ in lines[1:]] + [int(name[:8], 16)]
        for child, (parent, position) in zip(children, lines, strict=True):
            if parent < child:
                found.setdefault(child, TimelineFork(timeline=child, parent=parent, position=position))
    return tuple(found[timeline] for timeline in sorted(found))


def segment_name(timeline: int, number: int, segment_bytes: int) -> str:
    """The name of a segment's file."""
    each = SEGMENTS_OF_4_GB // segment_bytes
    return f"{timeline:08X}{number // each:08X}{number % each:08X}"


def needed_runs(timeline: int, start: Lsn, wal: WalHeld) -> tuple[tuple[str, str], ...]:
    """From which segment on WAL is needed, timeline by timeline, up to the newest that comes from this one.

    Pairs of names, the first and the last; the last is empty where it goes on to the end.
    """
    size, found = wal.segment_bytes, list[tuple[str, str]]()
    after = [
        fork.timeline
        for fork in wal.forks
        if any(one.timeline == timeline for one in line_of(fork.timeline, wal.forks))
    ]
    newest = max(after, default=timeline)
    first = start.position // size
    for stretch in line_of(newest, wal.forks):
        if stretch.timeline < timeline or (stretch.end is not None and stretch.end <= start):
            continue
        begin = max(first, stretch.begin.position // size)
        last = "" if stretch.end is None else segment_name(stretch.timeline, stretch.end.position // size - 1, size)
        name = segment_name(stretch.timeline, begin, size)
        if not last or last >= name:
            found.append((name, last))
    return tuple(found)


_CHECK: Final = """
X=$(mktemp -d "${TMPDIR:-/var/tmp}/lcw.XXXXXXXX") || exit 1
trap 'rm -rf "$X"' EXIT
left=@damaged read=0
bad() { echo "wal-bad $1 $2"; left=$((left - 1)); }
take() {
    f=$1 s=
    for one in "$W/${f%????????}/$f" "$W/$f" "$S/$f" "$I/$f"; do [ -f "$one" ] && { s=$one; break; }; done
    [ -n "$s" ] || return 1
    @opened
    if [ "$c" = cat ]; then ln -sf "$s" "$X/$f"
    elif [ -n "$c" ]; then $c <"$s" >"$X/$f" 2>/dev/null || { rm -f "$X/$f"; bad "$f" unreadable; return 1; }
    else own get-wal "$SERVER" "$f" >"$X/$f" 2>/dev/null || { rm -f "$X/$f"; bad "$f" unreadable; return 1; }; fi
    [ "$(wc -c <"$X/$f")" = "$Z" ] || { rm -f "$X/$f"; bad "$f" size; return 1; }
    [ "$(od -An -tu8 -j24 -N8 "$X/$f" | tr -d ' ')" = "$SYSTEM" ] || { rm -f "$X/$f"; bad "$f" other-system; return 1; }
    read=$((read + 1))
}
next() {
    g=$((0x${1#????????????????} + 1)) l=${1%????????} l=$((0x${l#????????})) t=${1%????????????????}
    [ "$g" -lt $((4294967296 / Z)) ] || { g=0; l=$((l + 1)); }
    printf '%s%08X%08X' "$t" "$l" "$g"
}
at() { l=${1%????????}; printf '%X/%X' $((0x${l#????????})) $((0x${1#????????????????} * Z)); }
named() { h=$((0x${2%/*})) o=$((0x${2#*/} / Z)); printf '%s%08X%08X' "$1" "$h" "$o"; }
# Reads the records of what lies there, from `first` on; `tail` is the one that may end anywhere.
dump() {
    here=$(ls "$X" | tr '\n' ' ')
    while [ -n "$first" ]; do
        t=${first%????????????????}
        e=$(timeout 600 "$B/pg_waldump" -q -p "$X" -t $((0x$t)) -s "$(at "$first")" 2>&1 | tail -n 1)
        case $e in
        *"could not find file"*) end=$(at "$(next "$last")"); first=;;
        *"error in WAL record"*)
            p=$(echo "$e" | grep -oE '[0-9A-F]{1,8}/[0-9A-F]{1,8}' | tail -n 1) n=$(named "$t" "$p")
            if [ "$n" = "$tail" ]; then end=$p first=
            else
                bad "$n" record; end=
                case " $here " in *" $n "*) [ "$n" = "$last" ] && first= || first=$(next "$n");; *) first=;; esac
            fi;;
        *) if [ "$first" = "$tail" ]; then end=$(at "$first"); else bad "$first" unreadable; end=; fi
            [ "$first" = "$last" ] && first= || first=$(next "$first");;
        esac
        [ "$left" -gt 0 ] || return
    done
}
clear_but() { for one in "$X"/*; do [ "${one##*/}" = "$1" ] || rm -f "$one"; done; }
run() {
    t=${1%????????????????} want=$1 until=$2 first= last= tail= count=0 end=
    for f in $(find "$W" "$S" "$I" -maxdepth 2 -type f -name "$t????????????????" -printf '%f\\n' 2>/dev/null |
        sort -u | awk -v a="$1" -v z="$2" '("x" $0) >= ("x" a) && (z == "" || ("x" $0) <= ("x" z))'); do
        while [ "$f" != "$want" ] && [ "$left" -gt 0 ]; do
            dump; clear_but; first= count=0; bad "$want" missing; want=$(next "$want"); done
        [ "$left" -gt 0 ] || return
        if take "$f"; then first=${first:-$f} last=$f count=$((count + 1))
        else dump; clear_but; first= count=0; fi
        want=$(next "$f")
        [ $count -ge @batch ] || continue
        h=$last; dump; clear_but "$h"; first=$h count=1; echo "progress verifying-wal $((read * Z)) -"
    done
    if [ -n "$until" ]; then
        until=$(next "$until")
        while [ "$want" != "$until" ] && [ "$left" -gt 0 ]; do bad "$want" missing; want=$(next "$want"); done
    else
        # What is being received comes right after: between the two nothing may lack.
        f=$(ls "$S" 2>/dev/null | grep -E "^$t[0-9A-F]{16}[.]partial$" | sort | tail -n 1) f=${f%.partial}
        if [ -n "$f" ] && [ "$(printf '%s\\n' "$f" "$want" | sort | head -n 1)" = "$want" ]; then
            while [ "$want" != "$f" ] && [ "$left" -gt 0 ]; do
                dump; clear_but; first= count=0; bad "$want" missing; want=$(next "$want"); done
        fi
        [ -f "$S/$want.partial" ] &&
            ln -sf "$S/$want.partial" "$X/$want" && first=${first:-$want} last=$want tail=$want
    fi
    dump; clear_but
    [ -z "$end" ] || echo "wal-end $((0x$t)) $end"
}
"""


def check_lines(
    installed: Installed, config_file: str, runs: tuple[tuple[str, str], ...], wal: WalHeld, system: str,
    bin_directory: str,
) -> str:  # fmt: skip
    """Lines of shell that read back every segment of these runs: each whole, of this system, no record broken.

    They say `wal-bad NAME WHY` (missing, size, unreadable, other-system, record), `wal-end TIMELINE LSN` as far as
    the records are whole, and `wal-read SEGMENTS`, which is missing where nothing could be read. What no record covers
    in a file that is stored plain, such as the zeros behind a switch, no checksum covers either.
    """
    server = installed.server
    pairs = (
        ("W", server.wals), ("S", server.streaming), ("I", server.incoming), ("Z", str(wal.segment_bytes)),
        ("B", bin_directory), ("SYSTEM", system), ("SERVER", server.name),
    )  # fmt: skip
    named = " ".join(f"{name}={shlex.quote(value)}" for name, value in pairs)
    script = _CHECK.replace("@opened", _OPENED).replace("@batch", str(BATCH)).replace("@damaged", str(DAMAGED_MAX))
    each = "\n".join(f"run {first} '{last}'" for first, last in runs)
    own = f'own() {{ {program_words(installed, config_file)} "$@"; }}'
    return f"""{named}
{own}
if [ -x "$B/pg_waldump" ]; then
{script}
{each}
echo "wal-read $read"
fi
"""


def read_check_lines(lines: list[str]) -> tuple[tuple[tuple[str, str], ...], dict[int, Lsn], int | None]:
    """What the check said: (file, what is wrong) each, how far the records go by timeline, segments read."""
    bad: list[tuple[str, str]] = []
    ends: dict[int, Lsn] = {}
    count = None
    for line in lines:
        parts = line.split(" ")
        if parts[0] == "wal-bad" and len(parts) == 3:
            bad.append((shown(parts[1], characters_max=40), shown(parts[2], characters_max=40)))
        elif parts[0] == "wal-end" and len(parts) == 3:
            ends[int(parts[1])] = Lsn.parse(parts[2])
        elif parts[0] == "wal-read" and len(parts) == 2:
            count = int(parts[1])
    return tuple(bad), ends, count
