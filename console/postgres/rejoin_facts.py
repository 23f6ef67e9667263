"""What a rejoin asks of both nodes before it is planned: their WAL, their histories, and whether the login works."""

import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from console.domain.books_seals import TimelineEnd, read_history
from console.domain.rejoin import Side
from console.domain.text import shown
from console.domain.wal import SEGMENT_NAME_LENGTH, Lsn
from console.postgres.rejoin_verbs import SERVICE, login_lines
from console.postgres.sandbox import wal_end_lines
from console.postgres.verbs import ServerAt, base
from console.postgres.wal_view import END, view_lines

SIDE_SECONDS_MAX: Final = 90.0
SUM_SECONDS_MAX: Final = 60.0
LOGIN_SECONDS_MAX: Final = 30.0
BEYOND_SECONDS_MAX: Final = 90.0
HISTORY_LINES_MAX: Final = 1000
REWIND_FUNCTIONS: Final = (
    "pg_ls_dir(text,boolean,boolean)", "pg_stat_file(text,boolean)", "pg_read_binary_file(text)",
    "pg_read_binary_file(text,bigint,bigint,boolean)",
)  # fmt: skip
PROGRAMS: Final = ("pg_rewind", "pg_basebackup", "pg_verifybackup", "pg_waldump")
_SUM: Final = re.compile(r"sum ([0-9A-F]{24}) ([0-9a-f]{64})")


@dataclass(frozen=True, slots=True, kw_only=True)
class SideRead:
    """One node's answer. `oldest`: per timeline, the first segment from which on none is missing up to its last."""

    side: Side
    segment_bytes: int
    oldest: tuple[tuple[int, int], ...]  # timeline and the segment's place in the WAL, counted from 0
    segments: int  # all that lie in pg_wal
    checkpoint_redo: Lsn | None
    full_page_writes: bool | None
    archive_readable: bool
    rewind_was_cut: bool
    programs_missing: tuple[str, ...]
    layout: tuple[str, ...]


def side_script(at: ServerAt) -> str:
    """The script about one node. It reads its files, running or not; nothing is changed by it."""
    lines = [
        *base(at), *wal_end_lines(),
        'echo "timeline $T"; echo "end $E"; printf "%s\\n" "$C" | sed -n '
        '"s/^\\(Bytes per WAL segment\\|Latest checkpoint.s REDO location\\|Latest checkpoint.s full_page_writes\\): */'
        'c \\1=/p"',
        f'h="$D/pg_wal/$(printf %08X "$T").history"; [ ! -f "$h" ] || {{ echo "history"; '
        f'head -n {HISTORY_LINES_MAX} "$h" | sed "s/^/h /"; }}',
        # Per timeline the segment from which on none is missing, up to its last one.
        'ls "$D/pg_wal" | grep -E "^[0-9A-F]{24}$" | sort -r | cut -c 1-24 | head -n 200000 | sed "s/^/w /"',
        '[ ! -e "$L/$K.rewinding" ] || echo "cut yes"',
        'for p in ' + " ".join(PROGRAMS) + '; do [ -x "$B/$p" ] || echo "lacks $p"; done',
        '[ ! -L "$D/pg_wal" ] || echo "layout wal-elsewhere"',
        '[ -z "$(ls -A "$D/pg_tblspc" 2>/dev/null)" ] || echo "layout tablespaces"',
        '[ ! -L "$D" ] || echo "layout link"',
        '[ "$(stat -c %d "$D" 2>/dev/null)" = "$(stat -c %d "$(dirname "$D")")" ] || echo "layout mount-point"',
        '[ -w "$(dirname "$D")" ] || echo "layout parent-not-writable"',
        '[ ! -e "$D.old" ] || echo "layout old-there"',
        '[ ! -e "$D.copy" ] || [ -e "$L/$K.copying" ] || [ -e "$L/$K.copied" ] || echo "layout copy-there"',
        'r=$(Q -c "select current_setting(\'restore_command\')" 2>/dev/null) || '
        'r=$("$B/postgres" -C restore_command -D "$D" 2>/dev/null); [ -z "$r" ] || echo "archive yes"',
    ]
    return "\n".join(lines) + "\n"


def read_side(node: str, text: bytes, *, running_at: Lsn | None, timeline: int | None) -> SideRead:
    """The answer as facts. `running_at`, `timeline`: what its running server says; they count where there are any.

    Raises ValueError where the answer makes no sense.
    """
    tagged: dict[str, list[str]] = {}
    for line in text.decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(" ")
        tagged.setdefault(name, []).append(value.strip())
    control = dict(line.partition("=")[::2] for line in tagged.get("c", []))
    size = _digits(control.get("Bytes per WAL segment", ""))
    found = _digits((tagged.get("timeline") or ["0"])[0])
    newest = max(found, timeline or 0)
    if size < 1 or newest < 1:
        raise ValueError("neither its WAL nor its control file could be read")
    told = (tagged.get("end") or [""])[0]
    end = Lsn.parse(told) if told else None
    if running_at is not None and timeline == newest:
        end = running_at if end is None else max(end, running_at)
    redo = control.get("Latest checkpoint's REDO location")
    return SideRead(
        side=Side(node=node, timeline=newest, ends=_ends(tagged, newest, found), end=end), segment_bytes=size,
        oldest=_oldest(tagged.get("w", []), size), segments=len(tagged.get("w", [])),
        checkpoint_redo=Lsn.parse(redo) if redo else None,
        full_page_writes=_switch(control.get("Latest checkpoint's full_page_writes")),
        archive_readable="archive" in tagged, rewind_was_cut="cut" in tagged,
        programs_missing=_words(tagged, "lacks"), layout=_words(tagged, "layout"),
    )  # fmt: skip


def _words(tagged: dict[str, list[str]], name: str) -> tuple[str, ...]:
    return tuple(shown(word, characters_max=40) for word in tagged.get(name, [])[:20])


def _digits(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise ValueError(f"not a number: {text[:40]!r}")
    return int(text)


def _switch(text: str | None) -> bool | None:
    return {"on": True, "off": False}.get(text or "")


def _ends(tagged: dict[str, list[str]], newest: int, read: int) -> tuple[TimelineEnd, ...] | None:
    """The history of its newest timeline; the first timeline has none."""
    if newest == 1:
        return ()
    if "history" not in tagged or read != newest:
        return None
    return read_history("\n".join(tagged.get("h", [])))


def _oldest(names: Iterable[str], size: int) -> tuple[tuple[int, int], ...]:
    """Segments come the newest first."""
    per = (1 << 32) // size
    found: dict[int, int] = {}
    broken: set[int] = set()
    for name in names:
        if not re.fullmatch(r"[0-9A-F]{24}", name):
            continue
        timeline, place = int(name[:8], 16), int(name[8:16], 16) * per + int(name[16:], 16)
        if timeline in broken:
            continue
        if timeline in found and place != found[timeline] - 1:
            broken.add(timeline)
            continue
        found[timeline] = place
    return tuple(sorted(found.items()))


def segment_name(timeline: int, at: Lsn, size: int) -> tuple[str, int]:
    """The segment in which the byte before `at` lies, and how many of its bytes lie before `at`."""
    place = max(0, at.position - 1) // size
    per = (1 << 32) // size
    name = f"{timeline:08X}{place // per:08X}{place % per:08X}"
    assert len(name) == SEGMENT_NAME_LENGTH
    return name, at.position - place * size


def sum_script(at: ServerAt, names: tuple[str, ...], count: int, *, archive: bool) -> str:
    """The SHA-256 over the first `count` bytes of the first of these WAL files that is there, else in the archive."""
    wanted = " ".join(names)
    lines = [
        *base(at),
        f'for n in {wanted}; do p="$D/pg_wal/$n"; if [ -f "$p" ]; then '
        f'echo "sum $n $(head -c {int(count)} "$p" | sha256sum | cut -d " " -f 1)"; exit 0; fi; done',
    ]
    if archive:
        lines += [
            "r=$(Q -c \"select current_setting('restore_command')\") || exit 0; [ -n \"$r\" ] || exit 0",
            'd=$(mktemp -d) || exit 0; trap \'rm -rf "$d"\' EXIT',
            f"for n in {wanted}; do",
            'c=$(printf "%s" "$r" | sed "s|%f|$n|g; s|%p|$d/$n|g; s|%r|$n|g; s|%%|%|g")',
            'if (cd "$D" && sh -c "$c") >/dev/null 2>&1 && [ -s "$d/$n" ]; then '
            f'echo "sum $n $(head -c {int(count)} "$d/$n" | sha256sum | cut -d " " -f 1)"; exit 0; fi; done',
        ]
    return "\n".join(lines) + "\n"


def read_sum(text: bytes) -> str | None:
    """The checksum; None where no such file is there."""
    for line in text.decode("ascii", "replace").splitlines():
        found = _SUM.fullmatch(line.strip())
        if found is not None:
            return found[2]
    return None


def beyond_script(at: ServerAt, *, timeline: int, fork: Lsn) -> str:
    """Commits in this node's own WAL beyond the fork, and how many segments it takes to keep."""
    lines = [
        *base(at), *wal_end_lines(),
        f"s={shlex.quote(str(fork))}",
        *view_lines(),
        'o=$(timeout 60 "$B/pg_waldump" -p "$V" -t "$T" -s "$s" -r Transaction 2>/dev/null)',
        '[ "$?" = 124 ] || echo "commits $(printf "%s\\n" "$o" | grep -c "desc: COMMIT")"',
        'Z=$(printf "%s\\n" "$C" | sed -n "s/^Bytes per WAL segment: *//p")',
        f'[ -z "$E" ] || echo "segments $(( ((0x${{E%/*}} << 32) + 0x${{E#*/}}) / Z - {fork.position} / Z + 1 ))"',
        f'{END}; echo "asked {int(timeline)}"',
    ]
    return "\n".join(lines) + "\n"


def read_beyond(text: bytes) -> tuple[int | None, int]:
    """Commits (None: not counted) and segments."""
    words = dict(line.partition(" ")[::2] for line in text.decode("ascii", "replace").splitlines())
    commits, segments = words.get("commits", ""), words.get("segments", "")
    return (
        int(commits) if re.fullmatch(r"[0-9]{1,12}", commits) else None,
        int(segments) if re.fullmatch(r"[0-9]{1,9}", segments) else 1,
    )


def login_script(at: ServerAt, source: ServerAt, *, running: bool) -> str:
    """Log in at `source` as a copy does, and as a rewind does; say what that may not execute there."""
    missing = ", ".join(f"'{name}'" for name in REWIND_FUNCTIONS)
    asked = (
        f"select 'lacks ' || n from unnest(array[{missing}]) n where not (select rolsuper from pg_roles "
        "where rolname = current_user) and not has_function_privilege(n, 'execute')"
    )
    own = "own=$(Q -c \"select current_setting('primary_conninfo')\" 2>/dev/null)" if running else ""
    lines = [
        *base(at), 'S=$(mktemp) || exit 1; trap \'rm -f "$S"\' EXIT', *login_lines(at, source, own=own),
        f'o=$("$B/psql" -XAtq -w "service={SERVICE} replication=true" -c IDENTIFY_SYSTEM 2>&1) && '
        'echo "copies $o" || printf "%s\\n" "$o" | tail -n 1 | sed "s/^/no-copy /"',
        f'o=$("$B/psql" -XAtq -w "service={SERVICE} dbname=postgres" -c {shlex.quote(asked)} 2>&1) && '
        '{ echo rewinds; printf "%s\\n" "$o"; } || printf "%s\\n" "$o" | tail -n 1 | sed "s/^/no-rewind /"',
    ]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginRead:
    """How the login went. Troubles are the server's own words; empty: it worked."""

    system_identifier: str
    copy_trouble: str
    rewind_trouble: str
    lacking: tuple[str, ...]


def read_login(text: bytes) -> LoginRead:
    """What the login answered; silence is a trouble."""
    tagged: dict[str, list[str]] = {}
    for line in text.decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(" ")
        tagged.setdefault(name, []).append(value.strip())
    system = (tagged.get("copies") or [""])[0].partition("|")[0]
    copies, rewinds = re.fullmatch(r"[0-9]{1,20}", system) is not None, "rewinds" in tagged
    return LoginRead(
        system_identifier=system if copies else "",
        copy_trouble="" if copies else shown((tagged.get("no-copy") or ["no answer"])[0], characters_max=300),
        rewind_trouble="" if rewinds else shown((tagged.get("no-rewind") or ["no answer"])[0], characters_max=300),
        lacking=tuple(shown(word, characters_max=80) for word in tagged.get("lacks", [])[:10]),
    )  # fmt: skip
