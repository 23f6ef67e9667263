"""What the console asks of a host itself, as lines for a long-lived `sh`, and pure readers of the answers."""

import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from console.domain.reading import ControlState, Host, Moment, Process
from console.domain.text import shown
from console.domain.wal import Lsn
from console.postgres.probe import MARKER

PLACES: Final = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin", "/opt/postgresql*/bin")
PROCESSES_MAX: Final = 10_000
HISTORY_BYTES_MAX: Final = 100_000
HISTORY_LINES_MAX: Final = 1_000
_HEX: Final = re.compile(r"[0-9a-f]{32}")
_UUID: Final = re.compile(r"[0-9a-f-]{36}")


def _acting(become: str | None, *words: str) -> str:
    """A fixed command, under sudo where another account is to act; never a line of shell under sudo."""
    line = shlex.join(words)
    return line if become is None else f"sudo -n -u {shlex.quote(become)} -- {line}"


def _acting_on_processes(become: str | None) -> str:
    """`ls` of every process's working directory; our own shell expands the pattern, sudo sees plain paths.

    The first is that of `ls` itself: if it is not shown, nothing was allowed to be seen, which is not the same as none.
    """
    return f"{_acting(become, 'ls', '-l', '/proc/self/cwd')} /proc/[0-9]*/cwd"


def survey_script(bin_directory: str | None, marker: str) -> str:
    """Find PostgreSQL's programs, and end psql processes of ours that a lost connection has left behind."""
    if bin_directory is not None:
        find = f"echo 'bin '{shlex.quote(bin_directory)}"
    else:
        patterns = " ".join(f"{place}/psql" for place in PLACES)
        find = (
            "p=$(command -v psql 2>/dev/null) && echo \"bin ${p%/psql}\"; "
            f'for p in {patterns}; do [ -x "$p" ] && echo "bin ${{p%/psql}}"; done'
        )
    # The first letter in brackets: the pattern does not match the line of the grep that looks for it.
    text = f"{MARKER[1:]}={marker}".replace(".", "[.]")
    mine = shlex.quote(f"[{MARKER[0]}]{text}")
    left_over = (
        f"for f in $(grep -sl -- {mine} /proc/[0-9]*/cmdline); do p=${{f#/proc/}}; p=${{p%/cmdline}}; "
        '[ "$p" = "$$" ] && continue; kill "$p" 2>/dev/null; echo "old $p"; done'
    )
    return f"{find}\n{left_over}\nid -un | sed 's/^/login /'\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class HostSurvey:
    """Where PostgreSQL's programs are, newest first, who we are there, and how many old sessions of ours were found."""

    bin_directories: tuple[str, ...]
    login: str
    left_over: int


def _version_key(directory: str) -> tuple[int, ...]:
    return tuple(int(n) for n in re.findall(r"\d+", directory)[:3])


def read_survey(lines: Iterable[bytes]) -> HostSurvey:
    """Read what `survey_script` printed; unknown lines are junk."""
    directories: list[str] = []
    login, old = "", 0
    for name, value in _tagged(lines):
        if name == "bin" and value and value not in directories:
            directories.append(value)
        elif name == "login":
            login = value
        elif name == "old":
            old += 1
    first, others = directories[:1], sorted(directories[1:], key=_version_key, reverse=True)
    return HostSurvey(bin_directories=(*first, *others), login=login, left_over=old)


def host_script(
    *, data_directory: str | None, bin_directory: str | None, become: str | None, timeline: int = 1
) -> str:
    """Everything that the host question asks, as lines of shell that print 'tag value'.

    `timeline`: the one whose history file is to be read; the first has none.
    """
    lines = [
        'read -r v </etc/machine-id && echo "machine $v"',
        'read -r v </proc/sys/kernel/random/boot_id && echo "boot $v"',
        'echo "name $(hostname 2>/dev/null)"',
        '(. /etc/os-release 2>/dev/null && echo "system $PRETTY_NAME")',
        'echo "clock $(date -u +%s.%N)"',
        'read -r v w </proc/uptime && echo "uptime $v"',
        'read -r v w </proc/loadavg && echo "load $v"',
    ]
    if data_directory is None:
        lines.append('df -Pk / 2>&1 | tail -n 1 | sed "s/^/disk /"')
    else:
        lines += look_lines(data_directory=data_directory, bin_directory=bin_directory, become=become)
        if timeline > 1:
            history = _acting(become, "head", "-c", str(HISTORY_BYTES_MAX), f"{data_directory}/{_history(timeline)}")
            lines.append(f'{history} 2>/dev/null | sed "s/^/history /"')
        disk = _acting(become, "df", "-Pk", data_directory)
        lines.append(f'{disk} 2>&1 | tail -n 1 | sed "s/^/disk /"')
    return "\n".join(lines) + "\n"


def _history(timeline: int) -> str:
    return f"pg_wal/{timeline:08X}.history"


# Prints the process of each line '… /proc/PID/cwd -> DIRECTORY'.
_OWNERS: Final = (
    'BEGIN{d=ENVIRON["D"]} {i=index($0,"/cwd -> "); if(i && substr($0,i+8)==d){s=substr($0,1,i-1); '
    'sub(/^.*\\/proc\\//,"",s); if(s ~ /^[0-9]+$/) print s}}'
)


def look_lines(*, data_directory: str, bin_directory: str | None, become: str | None) -> list[str]:
    """Who works in the data directory, and what the control file says: the evidence of a server's life or death."""
    directory = data_directory.rstrip("/") or "/"
    quoted = shlex.quote(directory)
    mine = f'[ -O {quoted} ] || [ "$(id -u)" = 0 ]' if become is None else "true"
    real = f"$({_acting(become, 'readlink', '-f', '--', directory)} 2>/dev/null)"
    first = f"P=$({_acting(become, 'cat', f'{directory}/postmaster.pid')} 2>/dev/null | head -n 1)"
    if become is None:  # the shell's own words: each program that is started costs milliseconds
        real = f"$(cd -P -- {quoted} 2>/dev/null && pwd -P || readlink -f -- {quoted} 2>/dev/null)"
        first = f"P=; {{ read -r P; }} 2>/dev/null <{shlex.quote(directory + '/postmaster.pid')}"
    lines = [
        # /proc shows the directory without its symbolic links, so it is compared without them, letter by letter.
        f"D={real}; export D",
        f"if [ -n \"$D\" ] && {{ {mine}; }}; then W=$({_acting_on_processes(become)} 2>/dev/null); "
        'case "$W" in *"/proc/self/cwd -> "*) echo "looked yes"; '
        f"for p in $(printf '%s\\n' \"$W\" | awk {shlex.quote(_OWNERS)}); do "
        'read -r s 2>/dev/null </proc/$p/stat && echo "process $s"; done;; esac; fi',
        f'{first}; echo "postmaster $P"',
        'case "$P" in ""|*[!0-9]*) ;; *) read -r s 2>/dev/null </proc/$P/stat && echo "alive $s";; esac',
    ]
    if bin_directory is not None:
        control = _acting(become, f"{bin_directory}/pg_controldata", "-D", directory)
        lines.append(
            f"{control} 2>&1 | sed -n -e 's/^Database cluster state: */control /p' "
            "-e 's/^Database system identifier: */sysid /p' -e '/sudo/s/^/refused /p'"
        )
    return lines


def _tagged(lines: Iterable[bytes]) -> Iterable[tuple[str, str]]:
    for line in lines:
        name, _, value = line.decode("utf-8", "replace").partition(" ")
        yield name, value.strip()


def _number(text: str, *, most: float = 1e18) -> float | None:
    """A figure of the host's; None where it is none that could be."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value <= most else None


def _process(text: str) -> Process | None:
    """One line of /proc/PID/stat: the name stands in brackets and may hold anything, the state follows the last one."""
    head, bracket, rest = text.rpartition(")")
    pid = head.split(" ", 1)[0]
    state = rest.strip()[:1]
    if not bracket or not re.fullmatch(r"[0-9]{1,10}", pid) or not re.fullmatch(r"[A-Za-z]", state):
        return None
    return Process(pid=int(pid), state=state)


def _left(text: str) -> tuple[int, Lsn] | None:
    """One line of a history file: a timeline, and where it was left. Comments and what makes no sense are None."""
    words = text.split()
    if len(words) < 2 or not re.fullmatch(r"[0-9]{1,10}", words[0]):
        return None
    try:
        return int(words[0]), Lsn.parse(words[1])
    except ValueError:
        return None


def _disk(text: str) -> tuple[int | None, int | None]:
    """Total and free bytes from the last line of `df -Pk`."""
    words = text.split()
    if len(words) < 6 or not all(w.isascii() and w.isdigit() and len(w) < 18 for w in words[1:4]):
        return None, None
    return int(words[1]) * 1024, int(words[3]) * 1024


_CONTROL: Final = {state.value: state for state in ControlState}


def read_host(lines: Iterable[bytes], at: Moment, round_trip_seconds: float) -> Host:
    """Read what `host_script` printed. What is missing or senseless is None: unknown, never fine."""
    seen: dict[str, str] = {}
    processes: list[Process] = []
    history: list[tuple[int, Lsn]] = []
    for name, value in _tagged(lines):
        if name == "history":
            left = _left(value)
            if left is not None and len(history) < HISTORY_LINES_MAX:
                history.append(left)
        elif name == "process":
            process = _process(value)
            if process is not None and len(processes) < PROCESSES_MAX and process.state != "Z":
                processes.append(process)
        else:
            seen.setdefault(name, value)
    total, free = _disk(seen.get("disk", ""))
    clock = _number(seen.get("clock", ""), most=253402300799.0)
    control = seen.get("control")
    postmaster = seen.get("postmaster", "")
    alive = _process(seen.get("alive", ""))
    serves = re.search(r"\((postgres|postmaster)\)", seen.get("alive", ""))
    machine, boot = seen.get("machine", ""), seen.get("boot", "")
    return Host(
        at=at,
        round_trip_seconds=round_trip_seconds,
        machine_id=machine if _HEX.fullmatch(machine) else None,
        boot_id=boot if _UUID.fullmatch(boot) else None,
        host_name=shown(seen["name"]) if seen.get("name") else None,
        system=shown(seen["system"]) if seen.get("system") else None,
        clock=None if clock is None else datetime.fromtimestamp(clock, UTC),
        uptime_seconds=_number(seen.get("uptime", "")),
        load=_number(seen.get("load", ""), most=1e9),
        disk_total_bytes=total,
        disk_free_bytes=free,
        processes=tuple(processes) if seen.get("looked") == "yes" else None,
        postmaster_pid=int(postmaster) if re.fullmatch(r"[0-9]{1,10}", postmaster) else None,
        postmaster_alive=bool(alive is not None and alive.state != "Z" and serves),
        control_state=None if control is None else _CONTROL.get(control, ControlState.UNKNOWN),
        control_system_identifier=seen.get("sysid") if re.fullmatch(r"[0-9]{1,20}", seen.get("sysid", "")) else None,
        refused=shown(seen.get("refused", "")),
        history=tuple(history) or None,
    )
