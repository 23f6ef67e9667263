"""How a monitoring script is run on its host: one shell that watches over it, ends all of it at its limit, and says so.

The check runs in a session of its own, and its processes bear a mark in their environment. When it has ended, or when
its time is over, whatever is left of it is ended too, so that nothing holds the channel open and nothing stays behind.
What it prints beyond the limit is read and thrown away on the host. A channel that is lost changes none of this.
"""

import math
import re
import shlex
from dataclasses import dataclass
from typing import Final

from console.domain.cluster import ClusterSpec, NodeSpec
from console.postgres import host_facts
from console.postgres.probe import CONNECT_SECONDS_MAX
from console.ssh.command import Command

OUTPUT_BYTES_MAX: Final = 64 * 1024
GRACE_SECONDS: Final = 2  # from TERM to KILL
SERVER_SECONDS: Final = 2.0  # more than the server's own limit of a statement
LATE_SECONDS: Final = 5.0  # the channel is waited for that much longer than the host's own limit
MARK: Final = "LEDGER_CHECK"
APPLICATION: Final = "ledger_console_check"
FIELD: Final = "\x1f"
ROW: Final = "\x1e"
NO_PROGRAM_STATUS: Final = 97  # of our own script: psql is nowhere
ENDED_LOOKS_MAX: Final = 20

# Arguments: nonce, limit and grace in seconds, bytes of output, then the command.
_WATCHED: Final = f"""\
nonce=$1 limit=$2 grace=$3 bytes=$4
shift 4
exec 5>&1 6<&0
members() {{
    cat /proc/[0-9]*/stat 2>/dev/null | sed -n "s/^\\\\([0-9][0-9]*\\\\) (.*) [^ZX] [0-9-]* [0-9-]* $pid .*/\\\\1/p"
    grep -slaF "{MARK}=$nonce" /proc/[0-9]*/environ 2>/dev/null | sed 's/[^0-9]//g'
}}
left() {{ for p in $(members | sort -u); do case $(cat /proc/$p/stat 2>/dev/null) in
    ''|*') Z '*|*') X '*) ;; *) echo $p;; esac; done; }}
watch() {{
    past=0
    while [ $past -lt $limit ]; do sleep 1 3>&-; past=$((past + 1)); kill -0 $pid 2>/dev/null || exit 0; done
    echo late >&3
    kill -s TERM -- -$pid 2>/dev/null
    while [ $grace -gt 0 ] && kill -0 $pid 2>/dev/null; do sleep 1 3>&-; grace=$((grace - 1)); done
    kill -s KILL -- -$pid 2>/dev/null
}}
ended() {{
    env {MARK}=$nonce setsid "$@" <&6 2>&4 3>&- 4>&- 5>&- 6<&- &
    pid=$!
    watch </dev/null >/dev/null 2>&1 4>&- 5>&- 6<&- &
    watch=$!
    wait $pid
    echo "status $?" >&3
    kill -KILL $watch 2>/dev/null
    looks=0
    while there=$(left) && [ -n "$there" ] && [ $looks -lt {ENDED_LOOKS_MAX} ]; do
        kill -KILL $there 2>/dev/null
        looks=$((looks + 1))
        [ $looks -lt 3 ] || sleep 0.1 3>&-
    done
    [ -z "$there" ] || echo left >&3
}}
taken() {{ head -c "$bytes"; cat >/dev/null; }}
command -v setsid >/dev/null 2>&1 || {{ printf '\\n%s no-setsid\\n' "$nonce"; exit 0; }}
said=$( {{ {{ {{ ended "$@"; }} 2>/dev/null | taken >&5; }} 4>&1 | taken >&2; }} 3>&1 )
printf '\\n%s %s\\n' "$nonce" "$(echo $said)"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """How a check ended on its host. `status` None: not told. `stays`: it could not be ended there."""

    status: int | None
    stdout: bytes
    stderr: bytes
    late: bool = False
    stays: bool = False
    cut: bool = False
    trouble: str = ""


def _watched(
    argv: tuple[str, ...], node: NodeSpec, nonce: str, *, seconds_max: float, secrets: tuple[str, ...] = (),
    stdin: bytes = b"",
) -> Command:  # fmt: skip
    limits = (str(max(1, math.ceil(seconds_max))), str(GRACE_SECONDS), str(OUTPUT_BYTES_MAX))
    return Command(
        argv=("sh", "-c", _WATCHED, "check", nonce, *limits, *argv), become=node.become, secrets=secrets, stdin=stdin,
        environment=(("LC_ALL", "C"),), seconds_max=seconds_max + GRACE_SECONDS + LATE_SECONDS,
        output_bytes_max=2 * OUTPUT_BYTES_MAX,
    )  # fmt: skip


def command_check(text: str, node: NodeSpec, nonce: str, *, seconds_max: float) -> Command:
    """An operator's command line, by the shell of the node's account. It is given no input."""
    return _watched(("sh", "-c", f"cd / && {{ {text}\n}}"), node, nonce, seconds_max=seconds_max)


def sql_check(
    text: str, cluster: ClusterSpec, node: NodeSpec, nonce: str, *, seconds_max: float, password: str | None
) -> Command:
    """One statement that may not write: the server itself takes one alone, as a cursor of a read-only transaction."""
    target = node.postgres
    if target is None:
        raise ValueError(f"{node.name} has no PostgreSQL")
    limit = max(1, round(seconds_max * 1000))
    options = (
        f"-c default_transaction_read_only=on -c statement_timeout={limit} -c lock_timeout=1000 "
        "-c idle_in_transaction_session_timeout=60000 -c client_min_messages=error -c jit=off"
    )
    words = {
        "host": target.host, "port": str(target.port), "user": target.user, "dbname": cluster.database,
        "application_name": APPLICATION, "connect_timeout": str(CONNECT_SECONDS_MAX), "client_encoding": "UTF8",
        "options": options,
    }  # fmt: skip
    conninfo = " ".join(f"{name}={_conninfo(value)}" for name, value in words.items() if value)
    asks = "-w" if password is None else "-W"
    script = [
        *_program_lines(target.bin_directory),
        f'exec "$B" -XqA {asks} -P footer=off -P null= -F "$1" -R "$2" -v ON_ERROR_STOP=1 -v VERBOSITY=verbose '
        f'-d {shlex.quote(conninfo)} -f -',
    ]  # fmt: skip
    argv = ("sh", "-c", "\n".join(script), "psql", FIELD, ROW)
    secrets = () if password is None else (password,)
    # The server ends a statement itself; the shell's limit is for a server that does not.
    return _watched(
        argv, node, nonce, seconds_max=seconds_max + SERVER_SECONDS, secrets=secrets,
        stdin=statement(text, nonce).encode(),
    )  # fmt: skip


def statement(text: str, nonce: str) -> str:
    """What psql is given. The text stands between marks that it can't hold, so that neither psql nor SQL ends it."""
    outer, inner = f"$o{nonce}$", f"$i{nonce}$"
    if outer in text or inner in text:
        raise ValueError("a statement that holds our own mark")
    inside = text.strip().rstrip(";")
    return (
        "begin transaction read only;\n"
        f"do {outer} declare c refcursor := 'ledger_check'; begin open c for execute {inner}{inside}\n{inner}; end "
        f"{outer};\n"
        "fetch 1 from ledger_check;\nrollback;\n"
    )


def _program_lines(bin_directory: str | None) -> list[str]:
    """Sets B to psql, or ends."""
    if bin_directory is not None:
        return [f"B={shlex.quote(bin_directory + '/psql')}"]
    patterns = " ".join(f"{place}/psql" for place in host_facts.PLACES)
    return [
        f'B=$(command -v psql) || {{ B=; for p in {patterns}; do [ -x "$p" ] && B=$p; done; }}',
        f'[ -n "$B" ] || exit {NO_PROGRAM_STATUS}',
    ]


def _conninfo(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def read_heard(nonce: str, stdout: bytes, stderr: bytes) -> Heard:
    """What the watching shell said. Its last line is ours; without it nothing is known of the end."""
    body, found, last = stdout.rpartition(b"\n" + nonce.encode() + b" ")
    cut = len(body) >= OUTPUT_BYTES_MAX or len(stderr) >= OUTPUT_BYTES_MAX
    if not found:
        return Heard(status=None, stdout=stdout[:OUTPUT_BYTES_MAX], stderr=stderr, cut=cut)
    words = last.decode("utf-8", "replace").split()
    if "no-setsid" in words:
        return Heard(status=None, stdout=b"", stderr=stderr, trouble="no-setsid")
    place = words.index("status") if "status" in words else -1
    told = words[place + 1] if 0 <= place < len(words) - 1 else ""
    status = int(told) if re.fullmatch(r"[0-9]{1,3}", told) else None
    return Heard(status=status, stdout=body, stderr=stderr, late="late" in words, stays="left" in words, cut=cut)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The first row of a statement: its columns' names and values."""

    names: tuple[str, ...]
    values: tuple[str, ...]


COLUMNS_MAX: Final = 64


def read_row(stdout: bytes) -> Row | None:
    """psql's two records, names and values. None: no row. Raises ValueError where it makes no sense."""
    text = stdout.decode("utf-8", "replace")
    records = [record.lstrip("\n") for record in text.split(ROW)]
    records = [record for record in records if record]
    if not records:
        raise ValueError("no answer")
    names = tuple(records[0].split(FIELD)[:COLUMNS_MAX])
    if len(records) == 1:
        return None
    values = tuple(records[1].rstrip("\n").split(FIELD)[:COLUMNS_MAX])
    if len(values) != len(names):
        raise ValueError(f"{len(values)} values under {len(names)} names")
    return Row(names=names, values=values)


_ERROR: Final = re.compile(r"^(?:psql:[^\n]*?)?(?:ERROR|FATAL):\s+([0-9A-Z]{5}):\s*(.*)$", re.MULTILINE)
_REASONS: Final = {
    "25006": "writes", "57014": "blocked", "55P03": "blocked", "42P11": "not-a-query", "28P01": "password",
}  # fmt: skip


def read_error(stderr: bytes) -> tuple[str, str]:
    """Why the server refused a statement: a word and what it said; ('', …) where it was not the server."""
    text = stderr.decode("utf-8", "replace")
    found = _ERROR.search(text)
    if found is None:
        return "", text
    code, message = found[1], found[2]
    if code == "42P11" and "multi" in message:
        return "several-statements", message
    return _REASONS.get(code, "sql-error"), f"{code} {message}"
