"""What is asked of a node about its Patroni, in one script for its shell, and pure readers of the answers."""

import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Final, TypeVar

import msgspec

from console.domain.cluster import PostgresTarget
from console.domain.members import MemberLook
from console.domain.reading import Moment
from console.domain.text import shown
from console.patroni.answers import (
    HttpAnswer,
    read_group,
    read_history,
    read_http,
    read_own,
    read_settings,
)
from console.patroni.place import PatroniAt, config_lines, program_lines, request_lines

PORT: Final = 8008
REQUEST: Final = b"GET /cluster HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n\r\n"
ANSWER_BYTES_MAX: Final = 1_000_000
MEMBERS_MAX: Final = 100
FIRST_SECONDS_MAX: Final = 3
NEXT_SECONDS_MAX: Final = 4  # Patroni itself gives up on its store after retry_timeout
SQL_SECONDS_MAX: Final = 3
LOOK_SECONDS_MAX: Final = 30.0
STORE_SECONDS_MAX: Final = 20
PROCESSES_MAX: Final = 100
_ASKED: Final = ("/leader", "/cluster", "/config", "/history")
_SQL: Final = "select pg_is_in_recovery(), current_setting('synchronous_standby_names')"
T = TypeVar("T")

# pid, state, whether it holds a watchdog, command line; our own shell stands among them and is told apart by its words.
_ASK: Final = r"""
ASK() { printf '\n%s begin %s\n' "$M" "$1"; REQ GET "$1" "$2"; printf '\n%s end %s %d\n' "$M" "$1" "$?"; }
printf '%s with %s\n' "$M" "$WITH"
if [ -z "$C" ]; then w=unknown
elif [ -n "$(AUTH username)" ] || grep -Eq '^[[:space:]]+verify_client:[[:space:]]*(required|optional)' "$C"; then w=yes
else w=no; fi
printf '%s protected %s\n' "$M" "$w"
for f in $(grep -sl '[p]atroni' /proc/[0-9]*/cmdline); do
    p=${f#/proc/}; p=${p%/cmdline}
    s=$(sed 's/.*) //' "/proc/$p/stat" 2>/dev/null | cut -c1); [ -n "$s" ] || continue
    w=unknown
    if l=$(ls -l "/proc/$p/fd/" 2>/dev/null); then case $l in */dev/watchdog*) w=yes ;; *) w=no ;; esac; fi
    printf '%s process %s %s %s %s\n' "$M" "$p" "$s" "$w" "$(tr '\0\n' '\t ' <"$f" 2>/dev/null | cut -c1-400)"
done
printf '%s clock %s\n' "$M" "$(date +%s.%N)"
"""


def look_script(at: PatroniAt, server: PostgresTarget | None, database: str, marker: str) -> str:
    """Everything that one look asks. Each answer stands between lines that begin with `marker`, drawn by chance."""
    rest = "; ".join(f"ASK {path} {NEXT_SECONDS_MAX}" for path in _ASKED)
    lines = [
        f"cd /; LC_ALL=C; export LC_ALL; M={shlex.quote(marker)}",
        *request_lines(at.target),
        *_ASK.strip("\n").splitlines(),
        *([] if server is None else [_server_line(server, database)]),
        # Where the first answer doesn't come, the others would not either, each after its own limit.
        f"first=$(ASK /patroni {FIRST_SECONDS_MAX}); printf '%s\\n' \"$first\"",
        f'case $first in *"$M end /patroni 0"*) {rest} ;; esac',
    ]
    return "\n".join(lines) + "\n"


def store_script(at: PatroniAt, marker: str) -> str:
    """Whether the store answers, by patronictl, which reads it anew; it gives up by itself after some 10 s."""
    lines = [
        f"cd /; LC_ALL=C; export LC_ALL; M={shlex.quote(marker)}; R=unknown",
        *config_lines(at.target),
        *program_lines(at.target),
        f'[ -z "$T" ] || [ -z "$C" ] || {{ B=$(timeout {STORE_SECONDS_MAX} "$T" -c "$C" list -f json 2>&1); E=$?',
        'case "$E $B" in 0\\ *) R=yes ;; 124\\ *|*"DCS"*|*"not responding"*|*"dcs."*Error*) R=no ;; esac; }',
        'printf \'%s store %s\\n\' "$M" "$R"',
    ]
    return "\n".join(lines) + "\n"


def read_store(text: bytes, marker: str) -> bool | None:
    """What `store_script` found; None where it could not be tried."""
    told = dict(_cut(text, marker).lines).get("store", "")
    return {"yes": True, "no": False}.get(told)


def _server_line(server: PostgresTarget, database: str) -> str:
    program = f"{server.bin_directory}/psql" if server.bin_directory else "psql"
    where = f"-h {shlex.quote(server.host)} " if server.host else ""
    return (
        f"r=$(PGCONNECT_TIMEOUT={SQL_SECONDS_MAX} PGAPPNAME=ledger_console timeout {SQL_SECONDS_MAX + 1} "
        f"{shlex.quote(program)} -XAtqw {where}-p {server.port} -U {shlex.quote(server.user)} "
        f"-d {shlex.quote(database)} -c {shlex.quote(_SQL)} 2>&1); "
        'printf \'%s server %d %s\\n\' "$M" "$?" "$(printf %s "$r" | tr \'\\n\' \' \' | cut -c1-400)"'
    )


@dataclass(frozen=True, slots=True)
class _Cut:
    """What a look printed, cut at its own marks: single lines by their word, answers by their path."""

    lines: tuple[tuple[str, str], ...]
    answers: Mapping[str, HttpAnswer]
    troubles: Mapping[str, str]


def _cut(text: bytes, marker: str) -> _Cut:
    lines: list[tuple[str, str]] = []
    bodies: dict[str, list[bytes]] = {}
    ends: dict[str, str] = {}
    path: str | None = None
    mark = marker.encode() + b" "
    for line in text.split(b"\n"):
        if not line.startswith(mark):
            if path is not None:
                bodies[path].append(line)
            continue
        word, _, rest = line[len(mark) :].decode("utf-8", "replace").partition(" ")
        if word == "begin":
            path = rest
            bodies[path] = []
        elif word == "end":
            name, _, status = rest.partition(" ")
            ends[name], path = status, None
        else:
            lines.append((word, rest))
    answers: dict[str, HttpAnswer] = {}
    troubles: dict[str, str] = {}
    for name, parts in bodies.items():
        try:
            answers[name] = read_http(b"\n".join(parts))
        except ValueError:
            troubles[name] = f"no answer to GET {name} (exit status {ends.get(name, 'unknown')})"
    return _Cut(tuple(lines), answers, troubles)


def read_look(at: PatroniAt, moment: Moment, text: bytes, marker: str) -> MemberLook:
    """Read what `look_script` printed. What is not as Patroni has it counts as not said, and is named in `trouble`."""
    cut = _cut(text, marker)
    told = dict(cut.lines)
    troubles = list(cut.troubles.values())

    def of(path: str, read: Callable[[bytes], T]) -> T | None:
        answer = cut.answers.get(path)
        if answer is None or answer.status != 200:
            return None
        try:
            return read(answer.body)
        except ValueError as error:
            troubles.append(f"GET {path}: {error}")
            return None

    clock = _seconds(told.get("clock"))
    leads = cut.answers.get("/leader")
    holds_key = None if leads is None else leads.status == 200
    running, stopped, watchdog = _process(at, cut.lines)
    if told.get("with") == "none":
        troubles.append("the host has neither curl nor python3 nor bash")
    writable, names, server_trouble = _server(told.get("server"))
    own = of("/patroni", lambda body: read_own(body, clock_seconds=clock, holds_key=holds_key))
    group, settings = of("/cluster", read_group), of("/config", read_settings)
    history = of("/history", read_history)
    return MemberLook(
        node=at.node, at=moment, reached=True, trouble=shown("; ".join(troubles)), running=running, stopped=stopped,
        watchdog_open=watchdog, protected={"yes": True, "no": False}.get(told.get("protected", "")),
        own=own, group=group, settings=settings, history=history,
        writable=writable, synchronous_names=names, server_trouble=server_trouble,
    )  # fmt: skip


def unreached(at: PatroniAt, moment: Moment, trouble: str) -> MemberLook:
    """A look at a host that could not be asked."""
    return MemberLook(node=at.node, at=moment, reached=False, trouble=shown(trouble))


def _seconds(text: str | None) -> float | None:
    if text is None or not re.fullmatch(r"\d{1,12}(\.\d{1,9})?", text, re.ASCII):
        return None
    return float(text)


def _process(at: PatroniAt, lines: tuple[tuple[str, str], ...]) -> tuple[bool, bool, bool | None]:
    """Whether this node's Patroni runs, is held by a signal, holds a watchdog."""
    for word, rest in lines[:PROCESSES_MAX]:
        parts = rest.split(" ", 3)
        if word == "process" and len(parts) == 4 and _is_patroni(parts[3].split("\t"), at.target.config_file):
            return True, parts[1] in "Tt", {"yes": True, "no": False}.get(parts[2])
    return False, False, None


def _is_patroni(words: list[str], config_file: str | None) -> bool:
    """By its words: the program or module, and the configuration where we know it. patronictl is another one."""
    heads = [word.rsplit("/", 1)[-1] for word in words[:5]]
    if "patroni" not in heads:
        return False
    configured = [word for word in words if word.endswith((".yml", ".yaml"))]
    return config_file is None or not configured or config_file in configured


def _server(text: str | None) -> tuple[bool | None, str, str]:
    status, _, rest = (text or "").partition(" ")
    recovery, bar, names = rest.partition("|")
    if status == "0" and bar and recovery in ("t", "f"):
        return recovery == "f", shown(names), ""
    return None, "", shown(rest) if text is not None else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member of a cluster as Patroni names it; `role` in Patroni's own words."""

    name: str
    role: str
    host: str
    port: int | None


class _Member(msgspec.Struct):
    name: Annotated[str, msgspec.Meta(max_length=500)]
    role: Annotated[str, msgspec.Meta(max_length=100)] = ""
    host: Annotated[str, msgspec.Meta(max_length=500)] = ""
    port: int | None = None


class _Cluster(msgspec.Struct):
    members: Annotated[list[_Member], msgspec.Meta(max_length=MEMBERS_MAX)]


def read_cluster(answer: bytes) -> tuple[Member, ...]:
    """The members in the answer to GET /cluster. Raises ValueError where it is no such answer.

    Source: https://patroni.readthedocs.io/en/latest/rest_api.html
    """
    head, separator, body = answer.partition(b"\r\n\r\n")
    status = head.split(b"\r\n", 1)[0].split(b" ")
    if not separator or len(status) < 2 or status[1] != b"200":
        raise ValueError("not the answer of a Patroni that knows its cluster")
    try:
        cluster = msgspec.json.decode(body, type=_Cluster)
    except RecursionError as error:
        raise ValueError("brackets without end") from error
    return tuple(
        Member(name=shown(m.name), role=shown(m.role), host=shown(m.host), port=m.port) for m in cluster.members
    )
