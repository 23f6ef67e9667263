"""Reads what a native repository says of itself, backups, WAL and medium: it alone is the catalogue."""

import hashlib
import json
import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from console.backup.media import medium_lines
from console.backup.native_scripts import Shelf, opened
from console.backup.native_wal import PLACES, SEGMENT_BYTES, Held, segment_number
from console.domain.backup import Backup, BackupState, TimelineFork, WalHeld, WalRange
from console.domain.backup_policy import BackupKind, EngineName
from console.domain.text import shown
from console.domain.wal import Lsn

BACKUPS_MAX: Final = 5_000
WAL_FILES_MAX: Final = 150_000
WORDS_BYTES_MAX: Final = 4096  # of one backup.json

CATALOGUE: Final = PLACES + r"""
echo "clock $(date +%s)"
if [ -d "$R/backups" ]; then echo 'root main'; elif [ -e "$R" ]; then echo 'root empty'; else echo 'root none'; fi
[ -z "$M" ] || { [ -d "$M/backups" ] && echo 'root mirror'; }
head -c 4096 "$R/repository.json" 2>/dev/null | head -n 1 | sed 's/^/repository main /'
[ -z "$M" ] || head -c 4096 "$M/repository.json" 2>/dev/null | head -n 1 | sed 's/^/repository mirror /'
held() { [ -e "$1" ] && [ -r "$1" ] && ! ( exec 5<"$1"; flock -n 5 ) 2>/dev/null; }
held "$S/lock" && echo 'lock held'
[ -n "$A" ] || { held "$S/receive.lock" && echo 'receiving yes'; } || echo 'receiving no'
listed() {
    for q in "$2"/backups/* "$2"/backups/.part-*; do
        [ -d "$q" ] || continue
        n=${q##*/}
        case "$n" in .part-*) echo "half $1 $n"; continue;; esac
        [ -f "$q/backup.json" ] || { echo "half $1 $n"; continue; }
        w=
        [ -s "$q/data/backup_manifest" ] || w=manifest
        [ -s "$q/SHA256SUMS" ] || w=sums
        [ -f "$q/data/PG_VERSION" ] || ls "$q"/data/base.tar* >/dev/null 2>&1 || w=data
        echo "backup $1 $n ${w:-whole} $(head -c 4096 "$q/backup.json" | head -n 1)"
    done
}
listed main "$R"
[ -z "$M" ] || listed mirror "$M"
[ -d "$W" ] || [ -z "$M" ] || W="$M/wal"
find "$W" -maxdepth 2 -type f -name '[0-9A-F]*' -printf 'wal shelf %s %T@ %f\n' 2>/dev/null
[ -n "$A" ] || find "$G" -maxdepth 1 -type f -name '[0-9A-F]*' -printf 'wal receiving %s %T@ %f\n' 2>/dev/null
for x in "$W"/*.history "$G"/*.history; do
    [ -f "$x" ] && grep -E '^[0-9]' "$x" | tail -n 1 | sed "s/^/history ${x##*/} /"
done
for x in "$W"/*/*.gz "$W"/*.gz "$W"/*/[0-9A-F]* "$W"/[0-9A-F]* "$G"/[0-9A-F]*; do
    n=${x##*/}; [ -f "$x" ] && case "$n" in *.history*) false;; *) true;; esac || continue
    segment_fits "$x" "$(printf %s "$n" | cut -c 1-24)" && echo "segment $segment_bytes $segment_system" && break
done
# How far the newest one that is being received is filled: each written page begins with a mark that is not zero.
x=$(ls "$G"/*.partial 2>/dev/null | tail -n 1)
if [ -z "$A" ] && [ -n "$x" ]; then
    # It may have come to its end meanwhile, under another name.
    low=0; high=$(stat -c %s "$x" 2>/dev/null); high=$(( ${high:-0} / 8192 ))
    while [ "$low" -lt "$high" ]; do
        mid=$(( (low + high) / 2 ))
        if [ "$(od -An -v -tu2 -j $((mid * 8192)) -N 2 "$x" | tr -d ' ')" = 0 ]; then high=$mid
        else low=$((mid + 1)); fi
    done
    if [ "$low" != 0 ]; then
        at=$(( (low - 1) * 8192 ))
        last=$(od -An -v -tu1 -w1 -j "$at" -N 8192 "$x" | awk '$1 != 0 {n = NR} END {print n + 0}')
        echo "filled ${x##*/} $((at + ${last:-0}))"
    fi
fi
"""

FIND: Final = r"""
LC_ALL=C; export LC_ALL
tell() {
    [ -x "$1/pg_basebackup" ] || return 0
    case "$(readlink -f "$1/pg_basebackup")" in *pg_wrapper) return 0;; esac
    v=$("$1/pg_basebackup" --version 2>/dev/null | head -n 1)
    lacks=; for p in psql pg_receivewal pg_verifybackup pg_waldump; do [ -x "$1/$p" ] || lacks="$lacks,$p"; done
    [ -x "$1/pg_combinebackup" ] && c=combines || c=-
    echo "program $c ${lacks#,} $v|$1"
}
"""
_FOUND: Final = re.compile(
    r"program (combines|-) ([a-z_,]*) pg_basebackup \(PostgreSQL\) (\d{1,2})([^|\n]{0,60})\|(/[^\n]{0,1000})"
)
_ID: Final = re.compile(r"\d{8}T\d{6}[FID]")
_NAME: Final = re.compile(r"([0-9A-F]{24})(\.r[2-9])?(\.gz)?(\.partial)?")
_HISTORY: Final = re.compile(r"history ([0-9A-F]{8})\.history (\d{1,10})\s+([0-9A-F]{1,8}/[0-9A-F]{1,8})(\s.*)?")
_SEALED: Final = re.compile(r'\{"sha256":"([0-9a-f]{64})","(?:backup|repository)":(\{.*\})\}')
_KINDS: Final = {"F": BackupKind.FULL, "I": BackupKind.INCREMENTAL, "D": BackupKind.DIFFERENTIAL}


@dataclass(frozen=True, slots=True, kw_only=True)
class Programs:
    """PostgreSQL's programs in one directory of a host. `lacks`: those of them that are not there."""

    directory: str
    major: int
    version: str
    combines: bool
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """A repository as it was read. `root`: 'main', 'mirror' where only that is there, 'empty', 'none'.

    `locked`: an order works on it.
    """

    root: str
    system_identifier: str
    trouble: str
    backups: tuple[Backup, ...]
    wal: WalHeld
    wal_bytes: int
    locked: bool

    def complete(self) -> tuple[Backup, ...]:
        return tuple(one for one in self.backups if one.state is BackupState.COMPLETE)


def catalogue_script(shelf: Shelf) -> str:
    """Asks a repository for all that it holds; it changes nothing."""
    return (
        opened(shelf) + CATALOGUE + medium_lines("main", shelf.root)
        + (medium_lines("mirror", shelf.mirror) if shelf.mirror else "") + "exit 0\n"
    )  # fmt: skip


def find_script(bin_directory: str, places: Iterable[str]) -> str:
    """Looks for PostgreSQL's programs, and for the other engines."""
    if bin_directory:
        look = f"tell {shlex.quote(bin_directory)}\n"
    else:
        look = 'p=$(command -v pg_basebackup) && tell "${p%/*}"\n'
        look += f"for d in {' '.join(places)}; do tell \"$d\"; done\n"
    return FIND + look + (
        'for p in barman pgbackrest; do command -v "$p" >/dev/null 2>&1 && echo "other $p"; done\nexit 0\n'
    )  # fmt: skip


def read_programs(said: str) -> tuple[tuple[Programs, ...], tuple[str, ...]]:
    """The programs, the newest first, and which other engines lie there."""
    found: dict[str, Programs] = {}
    for line in said.split("\n"):
        match = _FOUND.fullmatch(line)
        if match is not None:
            lacks = tuple(filter(None, match[2].split(",")))
            found.setdefault(
                match[5],
                Programs(
                    directory=match[5], major=int(match[3]), version=shown(match[3] + match[4]),
                    combines=match[1] == "combines", lacks=lacks,
                ),
            )  # fmt: skip
    others = tuple(name for name in ("pgbackrest", "barman") if f"other {name}" in said.split("\n"))
    return tuple(sorted(found.values(), key=lambda one: -one.major)), others


def unsealed(text: str) -> dict[str, object] | None:
    """The words of a sealed line of ours, or None where they are not what was written."""
    match = _SEALED.fullmatch(text.strip())
    if match is None or hashlib.sha256(match[2].encode("utf-8", "surrogateescape")).hexdigest() != match[1]:
        return None
    try:
        words = json.loads(match[2])
    except (ValueError, RecursionError):
        return None
    return words if isinstance(words, dict) else None


def read_catalogue(said: str, *, repository: str, mirrored: bool) -> Catalogue:
    """The repository from what its script printed. What makes no sense is broken, never guessed."""
    lines = said.split("\n")
    roots = {line.removeprefix("root ") for line in lines if line.startswith("root ")}
    if not roots & {"main", "mirror", "empty", "none"}:
        raise ValueError(f"a repository that says nothing of itself: {said[:80]!r}")
    root = next(one for one in ("main", "mirror", "empty", "none") if one in roots)
    system, trouble = _system(lines, root)
    locked = "lock held" in lines
    there = {line.split(" ", 3)[2] for line in lines if line.startswith("backup mirror ") and line.count(" ") >= 4}
    backups: list[Backup] = []
    for line in lines:
        words = line.split(" ", 4)
        if len(words) == 5 and words[:2] == ["backup", root] and len(backups) < BACKUPS_MAX:
            mirror = words[2] in there if mirrored and root == "main" else None
            backups.append(_backup(words[2], words[3], words[4], repository, mirror))
    half = sorted(line.split(" ", 2)[2] for line in lines if line.startswith(f"half {root} "))[:BACKUPS_MAX]
    backups += [_half(name, repository, running=locked) for name in half]
    wal, wal_bytes = read_wal(lines)
    if trouble == "repository-json-missing":
        # It is written again with the next backup: what there is tells whose repository this is.
        known = {one.system_identifier for one in backups if one.state is BackupState.COMPLETE}
        system, trouble = next(iter(known), ""), trouble if backups else ""
    return Catalogue(
        root=root, system_identifier=system, trouble=trouble, backups=tuple(sorted(backups, key=lambda b: b.id)),
        wal=wal, wal_bytes=wal_bytes, locked=locked,
    )  # fmt: skip


def _system(lines: list[str], root: str) -> tuple[str, str]:
    """The system identifier of the repository, and what is wrong with its own words."""
    found = [line.split(" ", 2)[2] for line in lines if line.startswith(f"repository {root} ")]
    if not found:
        return "", "repository-json-missing" if root in ("main", "mirror") else ""
    words = unsealed(found[0])
    identifier = words.get("system_identifier") if words else None
    if not isinstance(identifier, str) or not re.fullmatch(r"\d{1,20}", identifier):
        return "", "repository-json-damaged"
    return identifier, ""


def _broken(name: str, repository: str, state: BackupState, trouble: str) -> Backup:
    stamp = name.removeprefix(".part-").removeprefix("gone-")
    kind = _KINDS.get(stamp[-1:], BackupKind.FULL)
    try:
        begun = datetime.strptime(stamp[:15], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        begun = datetime.fromtimestamp(0, UTC)
    return Backup(
        id=shown(name, characters_max=80), repository=repository, engine=EngineName.NATIVE, kind=kind, state=state,
        parent=None, begun_at=begun, ended_at=None, system_identifier="", server_version=None, timeline=None,
        start=None, stop=None, size_bytes=None, stored_bytes=None, trouble=trouble,
    )  # fmt: skip


def _half(name: str, repository: str, *, running: bool) -> Backup:
    if name.startswith(".part-") and running:
        return _broken(name, repository, BackupState.RUNNING, "")
    return _broken(name, repository, BackupState.BROKEN, "unfinished")


def _whole(words: dict[str, object], name: str, *, most: int = 1 << 62) -> int:
    value = words.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise ValueError(f"{name} is no number: {value!r:.40}")
    return value


def _text(words: dict[str, object], name: str, pattern: str) -> str:
    value = words.get(name)
    if not isinstance(value, str) or not re.fullmatch(pattern, value):
        raise ValueError(f"{name} makes no sense: {value!r:.40}")
    return value


def _backup(name: str, state: str, text: str, repository: str, mirrored: bool | None) -> Backup:
    words = unsealed(text)
    if words is None or not _ID.fullmatch(name) or words.get("id") != name:
        return _broken(name, repository, BackupState.BROKEN, "catalogue-damaged")
    try:
        _text(words, "form", "tar|plain")
        parent = None if words.get("parent") is None else _text(words, "parent", _ID.pattern)
        return Backup(
            id=name, repository=repository, engine=EngineName.NATIVE, kind=_KINDS[name[-1]],
            state=BackupState.COMPLETE if state == "whole" else BackupState.BROKEN, parent=parent,
            begun_at=datetime.fromtimestamp(_whole(words, "begun_at", most=1 << 36), UTC),
            ended_at=datetime.fromtimestamp(_whole(words, "ended_at", most=1 << 36), UTC),
            system_identifier=_text(words, "system_identifier", r"\d{1,20}"),
            server_version=_whole(words, "server_version", most=10**7),
            timeline=_whole(words, "timeline", most=(1 << 32) - 1),
            start=Lsn.parse(_text(words, "start", r"[0-9A-F/]{3,17}")),
            stop=Lsn.parse(_text(words, "stop", r"[0-9A-F/]{3,17}")),
            size_bytes=None if words.get("size_bytes") is None else _whole(words, "size_bytes"),
            stored_bytes=_whole(words, "stored_bytes"),
            source=shown(_text(words, "source", r"[^\n]{0,200}")),
            source_machine=_text(words, "source_machine", r"[0-9a-f]{0,32}"),
            head_number=None if words.get("head_number") is None else _whole(words, "head_number"),
            mirrored=mirrored, trouble="" if state == "whole" else f"{shown(state, characters_max=20)}-missing",
        )  # fmt: skip
    except (ValueError, OverflowError, OSError):
        return _broken(name, repository, BackupState.BROKEN, "catalogue-damaged")


def read_wal(lines: Iterable[str]) -> tuple[WalHeld, int]:
    """The WAL that was listed, as ranges without a hole, and how many bytes it takes."""
    held: list[Held] = []
    forks, damaged, receiving, size, filled = [], [], None, SEGMENT_BYTES, {}
    for line in lines:
        words = line.split(" ")
        if words[0] == "wal" and len(words) == 5 and len(held) < WAL_FILES_MAX:
            one = _held(words)
            held += [one] if one is not None else []
        elif words[0] == "history" and (fork := _fork(line)) is not None:
            forks.append(fork)
        elif words[0] == "segment" and len(words) == 3 and re.fullmatch(r"\d{7,10}", words[1]):
            if 1 << 20 <= int(words[1]) <= 1 << 30 and int(words[1]) & (int(words[1]) - 1) == 0:
                size = int(words[1])
        elif words[0] == "filled" and len(words) == 3 and re.fullmatch(r"\d{1,10}", words[2]):
            filled[words[1]] = int(words[2])
        elif line in ("receiving yes", "receiving no"):
            receiving = line == "receiving yes"
    damaged = sorted({one.name for one in held if not one.packed and not one.partial and one.bytes != size})
    good = [one for one in held if not one.partial and one.name not in damaged]
    partial = {one.name: filled.get(f"{one.name}.partial", 0) for one in held if one.partial and one.receiving}
    return WalHeld(
        segment_bytes=size, ranges=_ranges(good, partial, size), forks=tuple(dict.fromkeys(forks)),
        damaged=tuple(damaged), receiving=receiving,
        newest_at=max((_moment(one.at) for one in held), default=None),
    ), sum(one.bytes for one in held)  # fmt: skip


def _held(words: list[str]) -> Held | None:
    match = _NAME.fullmatch(words[4])
    if match is None or not re.fullmatch(r"\d{1,12}", words[2]) or not re.fullmatch(r"\d{1,11}(\.\d{1,12})?", words[3]):
        return None
    return Held(
        name=match[1], bytes=int(words[2]), at=float(words[3]), packed=match[3] is not None,
        partial=match[4] is not None, receiving=words[1] == "receiving",
    )  # fmt: skip


def _fork(line: str) -> TimelineFork | None:
    match = _HISTORY.fullmatch(line)
    if match is None:
        return None
    timeline, parent = int(match[1], 16), int(match[2])
    return TimelineFork(timeline=timeline, parent=parent, position=Lsn.parse(match[3])) if parent < timeline else None


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(min(seconds, 1e11), UTC)


def _ranges(held: list[Held], partial: dict[str, int], size: int) -> tuple[WalRange, ...]:
    by_number = {(one.timeline, segment_number(one.name, size)): one.at for one in held}
    runs: list[list[tuple[int, int]]] = []
    for key in sorted(by_number):
        if runs and runs[-1][-1] == (key[0], key[1] - 1):
            runs[-1].append(key)
        else:
            runs.append([key])
    ends = {(int(name[:8], 16), segment_number(name, size)): fill for name, fill in partial.items()}
    ranges = []
    for run in runs:
        timeline, last = run[-1]
        fill = ends.pop((timeline, last + 1), None)
        ranges.append(
            WalRange(
                timeline=timeline, first=run[0][1], last=last, begun_at=_moment(by_number[run[0]]),
                ended_at=_moment(by_number[run[-1]]),
                partial_end=None if fill is None else _filled(last + 1, fill, size),
            )
        )
    # What is being received with nothing whole before it: a range of no segment, and how far that one is filled.
    ranges += [
        WalRange(timeline=timeline, first=number, last=number - 1, partial_end=_filled(number, fill, size))
        for (timeline, number), fill in ends.items()
    ]
    return tuple(sorted(ranges, key=lambda one: (one.timeline, one.first)))


def _filled(number: int, fill: int, size: int) -> Lsn:
    return Lsn(number * size + min(fill, size))
