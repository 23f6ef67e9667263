"""Finds Barman on a host and reads, never writes, its configuration: where the backups and the WAL of a server lie."""

import re
import shlex
from dataclasses import dataclass
from typing import Final

from console.backup.face import EngineTrouble
from console.domain.backup import EngineFound
from console.domain.backup_policy import BackupKind, EngineName, RepositorySpec
from console.domain.plan import Pairs

# What is asked of the configuration. Never a connection string: passwords may stand in them.
KEYS: Final = (
    "barman_home", "barman_lock_directory", "configuration_files_directory", "backup_directory",
    "basebackups_directory", "wals_directory", "incoming_wals_directory", "streaming_wals_directory", "backup_method",
    "backup_compression", "encryption", "streaming_archiver", "worm_mode", "model",
)  # fmt: skip
DEFAULTS: Final = (
    ("backup_directory", "%(barman_home)s/%(name)s"),
    ("basebackups_directory", "%(backup_directory)s/base"),
    ("wals_directory", "%(backup_directory)s/wals"),
    ("incoming_wals_directory", "%(backup_directory)s/incoming"),
    ("streaming_wals_directory", "%(backup_directory)s/streaming"),
    ("barman_lock_directory", "%(barman_home)s"),
    ("backup_method", "rsync"),
)
PROGRAMS_MAX: Final = 20
DEPTH_MAX: Final = 8
VERSION_MIN: Final = (3, 3)  # the first that gives a backup a name, by which ours is known again
INCREMENTAL_MIN: Final = (3, 11)
POSTGRES_INCREMENTAL: Final = 17
ON: Final = ("true", "t", "yes", "y", "on", "1")


@dataclass(frozen=True, slots=True, kw_only=True)
class BarmanServer:
    """A server of Barman's, as its configuration has it. `objects`: its data lies in an object store."""

    name: str
    lock: str
    base: str
    meta: str
    wals: str
    incoming: str
    streaming: str
    identity: str
    method: str = "rsync"
    compressed: bool = False
    encrypted: bool = False
    worm: bool = False
    objects: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program that was found, and what it says its version is."""

    path: str
    version: str

    @property
    def number(self) -> tuple[int, ...]:
        return tuple(int(part) for part in re.findall(r"\d{1,4}", self.version)[:3])


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """What lies on a host: Barman and the others beside it, rsync, PostgreSQL's programs by major version."""

    barman: Program
    others: tuple[Program, ...]
    rsync: str
    postgres: tuple[tuple[int, str], ...]
    server: BarmanServer

    def bin_directory(self, major: int | None) -> str:
        """Where PostgreSQL's programs of a version are: of that one, else of a newer; empty where there are none."""
        known = sorted(self.postgres, reverse=True)
        if major is None:
            return known[0][1] if known else ""
        return next((path for version, path in known if version == major), "")


def look_script(spec: RepositorySpec) -> str:
    """Asks where the programs are and what the configuration says, in one script that changes nothing."""
    wanted = shlex.quote(spec.program)
    config = shlex.quote(spec.config_file)
    keys = "|".join(KEYS)
    return f"""
P={wanted} C={config}
seen() {{
    for one; do [ -f "$one" ] && [ -x "$one" ] || continue
        v=$(timeout 10 "$one" --version 2>/dev/null | head -n 1); printf 'program %s %s\\n' "$v" "$one"
    done
}}
if [ -n "$P" ]; then seen "$P"; else
    p=$(command -v barman) && seen "$p"
    seen /usr/bin/barman /usr/local/bin/barman /opt/barman*/bin/barman /opt/*/bin/barman /srv/*/bin/barman \\
        /usr/local/*/bin/barman /var/lib/barman/*/bin/barman "$HOME"/*/bin/barman "$HOME"/.*/bin/barman
fi
[ -n "$C" ] || for one in "$HOME/.barman.conf" /etc/barman.conf /etc/barman/barman.conf; do
    [ -f "$one" ] && {{ C=$one; break; }}; done
keep() {{ grep -hE '^(\\[|({keys})[[:space:]]*[=:])' "$1" | sed 's/^/config /'; }}
[ -r "$C" ] && {{
    echo "file $C"; keep "$C"
    d=$(sed -n 's/^configuration_files_directory[[:space:]]*[=:][[:space:]]*//p' "$C" | tail -n 1)
    case $d in '~/'*) d=$HOME/${{d#'~/'}};; esac
    [ -n "$d" ] && for one in "$d"/*.conf; do [ -r "$one" ] && keep "$one"; done
    h=$(sed -n 's/^barman_home[[:space:]]*[=:][[:space:]]*//p' "$C" | tail -n 1)
    [ -n "$h" ] && [ -r "$h/.barman.auto.conf" ] && keep "$h/.barman.auto.conf"
    x=$(cat "$C" "$d"/*.conf 2>/dev/null | sed -n 's/^path_prefix[[:space:]]*[=:][[:space:]]*//p' | tr -d "\\"'" |
        tr '\\n' ':')
}}
r=$(PATH="$x$PATH" command -v rsync) && timeout 5 "$r" --version >/dev/null 2>&1 && echo "rsync $r"
for one in {shlex.quote(spec.bin_directory)} $(echo "$x" | tr : ' ') /usr/lib/postgresql/*/bin /usr/pgsql-*/bin; do
    [ -x "$one/pg_basebackup" ] || continue
    v=$("$one/pg_basebackup" --version | grep -oE '[0-9]+' | head -n 1) && echo "postgres $v $one"
done
exit 0
"""


def read_look(spec: RepositorySpec, stdout: bytes) -> Installed:
    """Read its answer. Raises EngineTrouble where Barman, its configuration or the server in it is missing."""
    programs: dict[str, Program] = {}
    postgres: dict[int, str] = {}
    rsync, file, config = "", "", list[str]()
    for line in stdout.decode("utf-8", "replace").splitlines():
        word, _, rest = line.partition(" ")
        if word == "program" and len(programs) < PROGRAMS_MAX:
            found = re.fullmatch(r"(\d{1,3}(?:\.\d{1,4}){1,3}\S{0,20}) .*?(/.*)", rest)
            if found is not None:
                programs.setdefault(found[2], Program(path=found[2], version=found[1]))
        elif word == "postgres" and (pair := re.fullmatch(r"(\d{1,3}) (/.*)", rest)) is not None:
            postgres.setdefault(int(pair[1]), pair[2])
        elif word == "rsync":
            rsync = rest
        elif word == "file":
            file = rest
        elif word == "config":
            config.append(rest)
    if not programs:
        raise EngineTrouble("no-program", spec.node, spec.program or "barman")
    if not file:
        raise EngineTrouble("no-repository", spec.node, spec.config_file or "Barman has no configuration file")
    ordered = sorted(programs.values(), key=lambda one: one.number, reverse=True)
    return Installed(
        barman=ordered[0], others=tuple(ordered[1:]), rsync=rsync, postgres=tuple(sorted(postgres.items())),
        server=server_of(spec, config),
    )  # fmt: skip


def server_of(spec: RepositorySpec, lines: list[str]) -> BarmanServer:
    """The server that the repository names, out of the lines of the configuration. Raises EngineTrouble."""
    sections: dict[str, dict[str, str]] = {}
    current = ""
    for line in lines:
        if line.startswith("["):
            current = line[1:].partition("]")[0].strip()
            sections.setdefault(current, {})
            continue
        found = re.match(r"([a-z_]+)\s*[=:]\s*(.*)", line)
        if found is not None and current:
            text = found[2].strip()
            quoted = re.fullmatch(r"([\"'])(.*)\1", text)
            sections[current][found[1]] = quoted[2] if quoted else text
    names = [one for one, keys in sections.items() if one != "barman" and "model" not in keys]
    name = spec.stanza or (names[0] if len(names) == 1 else "")
    if name not in names:
        raise EngineTrouble("no-repository", spec.node, f"{name or 'no server named'}; it knows {', '.join(names)}")
    values = {**dict(DEFAULTS), **sections.get("barman", {}), **sections[name], "name": name}

    def value(key: str, depth: int = 0) -> str:
        if depth > DEPTH_MAX:
            raise EngineTrouble("nonsense", spec.node, f"{key} is defined by itself")
        return re.sub(r"%\((\w+)\)s", lambda match: value(match[1], depth + 1), values.get(key, ""))

    base, wals = value("basebackups_directory"), value("wals_directory")
    for path in (base, wals, value("backup_directory")):
        if not path.startswith("/") and "://" not in path:
            raise EngineTrouble("nonsense", spec.node, f"no absolute path: {path[:200]}")
    return BarmanServer(
        name=name,
        lock=f"{value('barman_lock_directory')}/.{name}-backup.lock",
        base=base,
        meta=f"{value('backup_directory')}/meta",
        wals=wals,
        incoming=value("incoming_wals_directory"),
        streaming=value("streaming_wals_directory"),
        identity=f"{value('backup_directory')}/identity.json",
        method=value("backup_method"),
        compressed=value("backup_compression") not in ("", "none"),
        encrypted=value("encryption") not in ("", "none"),
        worm=value("worm_mode").lower() in ON,
        objects="://" in base or "://" in wals,
    )


def found_of(installed: Installed, server_major: int | None) -> EngineFound:
    """What it can and can't do. `server_major`: the version that is backed up, where it is known."""
    server, number = installed.server, installed.barman.number
    majors = tuple(major for major, _ in installed.postgres)
    cannot: list[tuple[str, str]] = []
    kinds = [BackupKind.FULL]
    if number < VERSION_MIN:
        cannot.append(("backup", "needs-barman-3.3"))
        kinds = []
    newest = server_major if server_major is not None else max(majors, default=None)
    reason = _no_incremental(installed, newest)
    if reason:
        cannot.append(("incremental", reason))
        cannot.append(("differential", reason))
    elif kinds:
        kinds += [BackupKind.INCREMENTAL, BackupKind.DIFFERENTIAL]
    if not installed.rsync:
        cannot.append(("restore", "no-rsync"))
    if server.objects:
        cannot.append(("verify", "object-store"))
    if server.method != "postgres":
        cannot.append(("checksums", "no-manifest"))
    return EngineFound(
        engine=EngineName.BARMAN, program=installed.barman.path, version=installed.barman.version,
        kinds=tuple(kinds), cannot=tuple(cannot), encrypted=server.encrypted,
    )  # fmt: skip


def _no_incremental(installed: Installed, server_major: int | None) -> str:
    if installed.barman.number < INCREMENTAL_MIN:
        return "needs-barman-3.11"
    if installed.server.method != "postgres":
        return "needs-postgres-method"
    if installed.server.compressed:
        return "not-compressed"
    if server_major is None or server_major < POSTGRES_INCREMENTAL:
        return "needs-17"
    if all(major < server_major for major, _ in installed.postgres):
        return "too-old"
    return ""


def others_noted(installed: Installed) -> Pairs:
    """Further versions that lie on the host, as notes."""
    return tuple(("other-version", f"{one.version} {one.path}") for one in installed.others)
