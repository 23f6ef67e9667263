"""Reads a Barman server whole, by its own files: backups, WAL, medium; and by Barman's words what it thinks of them."""

import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from console.backup.barman_places import Installed
from console.backup.barman_wal import list_lines, program_words, read_wal
from console.backup.barman_words import (
    ID,
    SEGMENT_BYTES,
    Info,
    backup_of,
    read_check,
    read_info,
    read_list,
    state_of,
)
from console.domain.backup import Backup, BackupState, MediumSeen, WalHeld
from console.domain.backup_policy import BackupKind, EngineName, RepositorySpec
from console.domain.plan import Pairs
from console.domain.text import shown

BACKUPS_MAX: Final = 5_000
CHAIN_MAX: Final = 1_000
CHECK_SECONDS_MAX: Final = 20  # a check waits for the server, which may be gone: then its words are missing
NO_RECEIVER: Final = "receive-wal-running"


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """What lies there. `infos` and `backups` in the same order, the oldest first; `busy`: a backup is being made."""

    infos: tuple[Info, ...]
    backups: tuple[Backup, ...]
    wal: WalHeld
    medium: MediumSeen
    busy: bool
    system_identifier: str
    major: int | None  # of the newest backup's server
    trouble: str = ""
    detail: str = ""
    notes: Pairs = ()

    def chain(self, backup: str) -> tuple[Info, ...]:
        """What a backup stands on and itself, the full one first; it begins with a child where a parent is missing."""
        known = {one.id: one for one in self.infos}
        found: list[Info] = []
        current = known.get(backup)
        while current is not None and len(found) < CHAIN_MAX and current not in found:
            found.append(current)
            current = known.get(current.parent) if current.parent is not None else None
        return tuple(reversed(found))


def shelf_script(installed: Installed) -> str:
    """Asks for all that lies there; Barman itself is not needed for it, nor the server that is backed up."""
    server = installed.server
    base, meta, lock, wals = (shlex.quote(path) for path in (server.base, server.meta, server.lock, server.wals))
    programs = " ".join(f"{major}) pg={shlex.quote(path)};;" for major, path in installed.postgres)
    return f"""
D={base} M={meta} L={lock}
echo "zone $(date +%z)"
read -r v </etc/machine-id && echo "machine $v"
p=$(head -n 1 "$L" 2>/dev/null) i=$(stat -c %i "$L" 2>/dev/null)
[ -n "$i" ] && [ -n "$p" ] && grep -qE "FLOCK +ADVISORY +WRITE $p [0-9a-f:]+:$i " /proc/locks && echo held
sed -n 's/.*"systemid": *"\\([0-9]*\\)".*/system \\1/p' {shlex.quote(server.identity)} 2>/dev/null
if ! [ -d "$D" ]; then echo absent; elif ! [ -r "$D" ]; then echo unreadable; fi
for f in "$M"/*-backup.info "$D"/*/backup.info; do
    [ -f "$f" ] || continue
    n=${{f##*/}} n=${{n%-backup.info}}; [ "$n" != backup.info ] || {{ n=${{f%/*}} n=${{n##*/}}; }}
    if [ -d "$D/$n/data" ] || [ -d "$D/$n/pgdata" ]; then w=there; else w=gone; fi
    echo "info $n $w"; head -c 65536 "$f" | sed 's/^/| /'; echo
    v=$(sed -n 's/^version=//p' "$f")
done
pg=; case ${{v%????}} in {programs} esac
for f in "$D"/*/; do [ -d "$f" ] && n=${{f%/}} && echo "kept ${{n##*/}}"; done
w=$D; while [ -n "$w" ] && [ ! -d "$w" ]; do w=${{w%/*}}; done
df -P -k "${{w:-/}}" | awk 'NR == 2 {{print "space", $2, $4}}'
lsattr -d "$D" 2>/dev/null | awk '$1 ~ /a/ {{print "immutable append-only"}} $1 ~ /i/ {{print "immutable append-only"}}'
{list_lines(server) if not server.objects else ":"}
[ -e {wals} ] && ! [ -r {wals} ] && echo unreadable
exit 0
"""


def read_catalogue(spec: RepositorySpec, installed: Installed, stdout: bytes) -> Catalogue:
    """Read its answer. A single backup that makes no sense is a broken one; raises ValueError for the whole."""
    heads: dict[str, str] = {}
    texts: dict[str, tuple[bool, list[str]]] = {}
    current: list[str] = []
    wal_lines: list[str] = []
    kept: set[str] = set()
    for line in stdout.decode("utf-8", "replace").splitlines():
        word, _, rest = line.partition(" ")
        if word == "|":
            current.append(rest)
        elif word == "info" and len(texts) < BACKUPS_MAX:
            name, _, where = rest.partition(" ")
            current = []
            texts.setdefault(name, (where == "there" or installed.server.objects, current))
        elif word == "kept":
            kept.add(rest)
        elif word in ("wal", "partial", "history"):
            wal_lines.append(line)
        elif word:
            heads.setdefault(word, rest)
    zone = _zone(heads.get("zone", ""))
    infos, broken = _infos(spec, texts, zone)
    segment = infos[-1].segment_bytes if infos else SEGMENT_BYTES
    wal = read_wal(wal_lines, segment)
    backups = sorted([*_backups(spec, infos, wal, busy="held" in heads), *broken], key=lambda one: one.id)
    system = heads.get("system", "") or next((one.system_identifier for one in reversed(infos)), "")
    trouble, detail = ("not-readable", installed.server.base) if "unreadable" in heads else ("", "")
    if "absent" in heads and not installed.server.objects:
        trouble, detail = "no-repository", f"{installed.server.base} is not there"
    if any(one.system_identifier not in ("", system) for one in infos):
        trouble, detail = "other-system", f"besides {system} it holds backups of another"
    stray = sorted(name for name in kept - set(texts) if ID.fullmatch(name))
    return Catalogue(
        infos=infos, backups=tuple(backups), wal=wal, medium=_medium(spec, installed, heads, wal_lines, infos),
        busy="held" in heads, system_identifier=system,
        major=next((one.version // 10_000 for one in reversed(infos) if one.version), None),
        trouble=trouble, detail=detail, notes=tuple(("stray-directory", name) for name in stray[:10]),
    )  # fmt: skip


def _zone(text: str) -> timedelta:
    found = re.fullmatch(r"([+-])(\d\d)(\d\d)", text)
    if found is None:
        raise ValueError(f"no offset of a zone: {text[:20]!r}")
    offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return -offset if found[1] == "-" else offset


def _infos(
    spec: RepositorySpec, texts: dict[str, tuple[bool, list[str]]], zone: timedelta
) -> tuple[tuple[Info, ...], list[Backup]]:
    """What could be read, the oldest first, and broken backups for what could not."""
    infos, broken = [], []
    for name, (there, lines) in sorted(texts.items()):
        try:
            infos.append(read_info(name, "\n".join(lines), there=there, zone=zone))
        except ValueError as error:
            if ID.fullmatch(name):
                broken.append(_nonsense(spec, name, shown(f"{error}", characters_max=200)))
    return tuple(infos), broken


def _nonsense(spec: RepositorySpec, name: str, why: str) -> Backup:
    try:
        begun = datetime.strptime(name, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        begun = datetime.fromtimestamp(0, UTC)
    return Backup(
        id=name, repository=spec.name, engine=EngineName.BARMAN, kind=BackupKind.FULL, state=BackupState.BROKEN,
        parent=None, begun_at=begun, ended_at=None, system_identifier="", server_version=None, timeline=None,
        start=None, stop=None, size_bytes=None, stored_bytes=None, trouble=why,
    )  # fmt: skip


def _backups(spec: RepositorySpec, infos: tuple[Info, ...], wal: WalHeld, *, busy: bool) -> Iterable[Backup]:
    for one in infos:
        state, trouble = state_of(one, newest=one is infos[-1], busy=busy, held=_held(one, wal))
        yield backup_of(one, spec.name, state, trouble)


def _held(info: Info, wal: WalHeld) -> bool:
    """Whether the WAL from its start to its stop is there, what is still being received included."""
    if info.start is None or info.stop is None:
        return False
    size = wal.segment_bytes
    for one in wal.ranges:
        end = (one.last + 1) * size
        if one.partial_end is not None:
            end = max(end, one.partial_end.position)
        begins = one.first * size <= info.start.position
        if one.timeline == info.timeline and begins and info.stop.position <= end:
            return True
    return False


def _medium(
    spec: RepositorySpec, installed: Installed, heads: dict[str, str], wal_lines: list[str], infos: tuple[Info, ...]
) -> MediumSeen:
    space = re.fullmatch(r"(\d{1,18}) (\d{1,18})", heads.get("space", ""))
    sizes = [line.split(" ")[2] for line in wal_lines if line.startswith("wal ") and line.count(" ") == 3]
    return MediumSeen(
        kind=spec.medium,
        path=installed.server.base,
        total_bytes=int(space[1]) * 1024 if space else None,
        free_bytes=int(space[2]) * 1024 if space else None,
        used_by_backups_bytes=sum(one.stored_bytes or 0 for one in infos),
        used_by_wal_bytes=sum(int(size) for size in sizes if size.isdigit()),
        immutable=heads.get("immutable", "") or ("object-lock" if installed.server.worm else "no"),
        machine_id=shown(heads.get("machine", ""), characters_max=64),
    )


def check_script(installed: Installed, config_file: str) -> str:
    """Asks Barman itself: which backups its retention keeps, and what its own check says. Both at once."""
    words, name = program_words(installed, config_file), shlex.quote(installed.server.name)
    return f"""
x=$(mktemp -d) || exit 1
timeout {CHECK_SECONDS_MAX} {words} -f json check {name} >"$x/check" 2>/dev/null & c=$!
timeout {CHECK_SECONDS_MAX} {words} -f json list-backups {name} >"$x/list" 2>/dev/null
wait $c
for one in list check; do echo "$one $(head -c 4000000 "$x/$one" | tr -d '\\n')"; done
rm -rf "$x"
"""


def read_words(stdout: bytes, server: str) -> tuple[Pairs, bool | None]:
    """Barman's own words as notes, and whether it receives WAL. What it did not say is noted as such."""
    notes: list[tuple[str, str]] = []
    receiving: bool | None = None
    said = dict(line.partition(" ")[::2] for line in stdout.decode("utf-8", "replace").splitlines())
    try:
        kept = read_list(said.get("list", ""), server)
    except ValueError:
        notes.append(("list", "no-answer"))
    else:
        notes += [(f"retention-{backup}", state) for backup, state in kept if state != "-"]
    try:
        failed = read_check(said.get("check", ""), server)
    except ValueError:
        notes.append(("check", "no-answer"))
    else:
        receiving = NO_RECEIVER not in dict(failed)
        notes += failed
    return tuple(notes), receiving
