"""A marked block in the backup host's own crontab: what the policy's calendar wants there, put in, compared, taken out.

What stands in it runs without the console. The account's other lines are never touched.
"""

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from console.backup.face import EngineTrouble, Order
from console.domain.backup_policy import BackupKind, BackupPolicy, CycleEntry, EngineName, RepositorySpec
from console.domain.schedule import Cron
from console.ssh.hosts import Hosts, Said

SECONDS_MAX: Final = 30.0
LINES_MAX: Final = 200
_SAME_AS_UTC: Final = frozenset({"UTC", "Etc/UTC", "Etc/UCT", "UCT", "Zulu", "Etc/Zulu", "Universal", "Etc/Universal"})
_KINDS: Final = frozenset(kind.value for kind in BackupKind)

# Exit status 3: there is no crontab program. The account that has no crontab yet has an empty one.
_READ: Final = r"""
LC_ALL=C; export LC_ALL
command -v crontab >/dev/null 2>&1 || exit 3
home=${HOME:-}; [ -n "$home" ] && [ -d "$home" ] && [ -w "$home" ] || home=
echo "home $home"
zone=$(cat /etc/timezone 2>/dev/null || true)
[ -n "$zone" ] || zone=$(readlink /etc/localtime 2>/dev/null | sed -n 's,.*/zoneinfo/,,p')
[ -n "$zone" ] || [ -e /etc/localtime ] || zone=UTC
echo "zone $zone"
for f in "$home"/.ledger-console-schedule/*.sh; do [ -f "$f" ] && echo "script $f"; done
echo table
said=$(crontab -l 2>&1) && printf '%s\n' "$said" && exit 0
case "$said" in *'no crontab for'*|'') exit 0;; esac
printf '%s\n' "$said" >&2; exit 4
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrontabRead:
    """The account's crontab as it is: its lines, where its home is ('' none that may be written), the host's zone."""

    lines: tuple[str, ...]
    home: str
    zone: str
    scripts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduled:
    """One line of the block. `script`: what it runs, where that has to be written first; else a plain command."""

    line: str
    script_path: str = ""
    script: str = ""


def begin_mark(cluster: str) -> str:
    return f"# BEGIN ledger-console {cluster}: written by the console, change the policy there"


def end_mark(cluster: str) -> str:
    return f"# END ledger-console {cluster}"


def read_crontab(hosts: Hosts, node: str) -> CrontabRead:
    """Raises EngineTrouble: no-crontab, host-silent, not-readable."""
    said = hosts.run(node, _READ, seconds_max=SECONDS_MAX)
    if said.status == 3:
        raise EngineTrouble("no-crontab", node, "there is no crontab program for the account that changes act as")
    if not said.fine:
        raise EngineTrouble("host-silent" if said.refused else "not-readable", node, said.words())
    head, _, table = said.stdout.decode("utf-8", "replace").partition("table\n")
    found: dict[str, list[str]] = {}
    for line in head.splitlines():
        word, _, value = line.partition(" ")
        found.setdefault(word, []).append(value)
    return CrontabRead(
        lines=tuple(table.splitlines()), home=(found.get("home") or [""])[0], zone=(found.get("zone") or [""])[0],
        scripts=tuple(found.get("script", ())),
    )  # fmt: skip


def block_of(read: CrontabRead, cluster: str) -> tuple[str, ...]:
    """The lines between our marks; a line whose script is gone says so."""
    inside, found = False, []
    for line in read.lines:
        if line == begin_mark(cluster):
            inside = True
        elif line == end_mark(cluster):
            inside = False
        elif inside:
            found.append(line)
    return tuple(_with_script(line, read.scripts) for line in found)


def _with_script(line: str, scripts: tuple[str, ...]) -> str:
    _, found, rest = line.partition(" /bin/sh ")
    if not found:
        return line
    path = next(iter(shlex.split(rest.split(" >", 1)[0])), "")
    return line if path in scripts else f"{line}  # its script is missing"


def without_block(lines: Iterable[str], cluster: str) -> tuple[str, ...]:
    """Every line that is not ours. A begun block whose end is missing is left to a person: it is not touched."""
    kept, inside, held = [], False, []
    for line in lines:
        if line == begin_mark(cluster) and not inside:
            inside, held = True, [line]
        elif inside and line == end_mark(cluster):
            inside, held = False, []
        elif inside:
            held.append(line)
        else:
            kept.append(line)
    return (*kept, *held)


def same_zone(policy: BackupPolicy, read: CrontabRead) -> bool:
    """Does the host's scheduler mean the same times as the policy? Debian's cron knows no zone but the host's."""
    if policy.time_zone in _SAME_AS_UTC and read.zone in _SAME_AS_UTC:
        return True
    return policy.time_zone == read.zone


def entries_of(policy: BackupPolicy, node: str) -> tuple[tuple[CycleEntry, RepositorySpec], ...]:
    """The lines of the calendar that this host would run."""
    found = ((entry, policy.repository(entry.repository)) for entry in policy.cycle)
    return tuple((entry, spec) for entry, spec in found if spec is not None and spec.node == node)


def plain_command(entry: CycleEntry, spec: RepositorySpec) -> tuple[str, ...] | None:
    """The engine's own command for a line of the calendar; None where it has none, or needs a script."""
    if spec.engine is EngineName.BARMAN:
        return _barman(entry, spec)
    return _pgbackrest(entry, spec) if spec.engine is EngineName.PGBACKREST else None


def _barman(entry: CycleEntry, spec: RepositorySpec) -> tuple[str, ...] | None:
    program = (spec.program or "barman", *(("-c", spec.config_file) if spec.config_file else ()))
    if entry.what in _KINDS:
        parent = {"full": (), "incremental": ("--incremental", "last"), "differential": ("--incremental", "last-full")}
        return (*program, "backup", *parent[entry.what], spec.stanza)
    return (*program, "verify-backup", spec.stanza, "last") if entry.what == "verify" else None


def _pgbackrest(entry: CycleEntry, spec: RepositorySpec) -> tuple[str, ...] | None:
    config = (f"--config={spec.config_file}",) if spec.config_file else ()
    program = (spec.program or "pgbackrest", *config, f"--stanza={spec.stanza}")
    kinds = {"full": "full", "incremental": "incr", "differential": "diff"}
    if entry.what in kinds:
        return (*program, f"--type={kinds[entry.what]}", "backup")
    return (*program, "--output=text", "--verbose", "verify") if entry.what == "verify" else None


def schedulable(entry: CycleEntry, spec: RepositorySpec) -> bool:
    """Can this run without the console? A restore proof and our own retention can't."""
    if spec.engine is EngineName.NATIVE:
        return entry.what in _KINDS
    return plain_command(entry, spec) is not None


def native_script(kind: BackupKind, order: Order) -> str | None:
    """The order of a backup as a script that finds its parent when it runs; None where that can't be."""
    if order.secrets:
        return None  # a secret never lies in a file of ours
    if kind is BackupKind.FULL:
        return order.script
    lines = order.script.splitlines(keepends=True)
    places = [number for number, line in enumerate(lines) if line.startswith("PARENT=")]
    if len(places) != 1:
        return None
    lines[places[0]] = "PARENT=newest\n"
    return "".join(lines)


def scheduled_line(cron: str, command: str, log: str) -> str:
    """A line of a crontab: a percent sign would end the command there."""
    escaped = f"{command} >{log} 2>&1".replace("%", "\\%")
    return f"{Cron.parse(cron).numeric()} {escaped}"


def command_of(entry: CycleEntry, spec: RepositorySpec, place: str) -> str:
    """What a line of the calendar runs: the engine's own command, or our script."""
    plain = plain_command(entry, spec)
    return shlex.join(plain) if plain is not None else f"/bin/sh {shlex.quote(place + '.sh')}"


def place_of(home: str, cluster: str, spec: RepositorySpec, what: str) -> str:
    """Where a script and its log lie, without their endings."""
    return f"{home}/.ledger-console-schedule/{cluster}-{spec.name}-{what}"


def install(hosts: Hosts, node: str, cluster: str, wanted: tuple[Scheduled, ...], read: CrontabRead) -> None:
    """Write the scripts, then the block. Raises EngineTrouble; the other lines stand as they were."""
    for one in wanted:
        if one.script_path:
            _done(node, hosts.run(node, _put_script(one), seconds_max=SECONDS_MAX))
    lines = [*without_block(read.lines, cluster), begin_mark(cluster), *(one.line for one in wanted), end_mark(cluster)]
    _write(hosts, node, tuple(lines), read)


def remove(hosts: Hosts, node: str, cluster: str, read: CrontabRead) -> None:
    """Take the block out, and our scripts of this cluster. Raises EngineTrouble."""
    _write(hosts, node, without_block(read.lines, cluster), read)
    ours = [path for path in read.scripts if path.startswith(f"{read.home}/.ledger-console-schedule/{cluster}-")]
    if ours:
        _done(node, hosts.run(node, f"rm -f -- {shlex.join(ours)}", seconds_max=SECONDS_MAX))


def _put_script(one: Scheduled) -> str:
    directory, path = shlex.quote(one.script_path.rpartition("/")[0]), shlex.quote(one.script_path)
    return (
        f"umask 077; mkdir -p {directory} && printf %s {shlex.quote(one.script)} >{path}.new && "
        f"chmod 700 {path}.new && mv -f {path}.new {path}"
    )


def _write(hosts: Hosts, node: str, lines: tuple[str, ...], read: CrontabRead) -> None:
    """Put the whole table in, where it still is as it was read."""
    if len(lines) > LINES_MAX + len(read.lines):
        raise EngineTrouble("nonsense", node, f"{len(lines)} lines")
    before = "\n".join(read.lines)
    text = "".join(f"{line}\n" for line in lines)
    script = (
        f"LC_ALL=C; export LC_ALL; before={shlex.quote(before)}\n"
        'now=$(crontab -l 2>/dev/null)\n[ "$now" = "$before" ] || { echo "it was changed meanwhile" >&2; exit 5; }\n'
        "exec crontab -\n"
    )
    _done(node, hosts.run(node, script, seconds_max=SECONDS_MAX, stdin=text.encode()))


def _done(node: str, said: Said) -> None:
    if said.status == 5:
        raise EngineTrouble("crontab-changed", node, said.words())
    if not said.fine:
        raise EngineTrouble("host-silent" if said.refused else "crontab-refused", node, said.words())
