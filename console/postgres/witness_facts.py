"""What a standby is asked about its primary on its own host, as lines for a long-lived `sh`, and a pure reader."""

import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from console.domain.reading import Moment, Readiness, Sight, Testimony

CONNECT_SECONDS_MAX: Final = 2  # a second SYN goes out after one
READY_SECONDS_MAX: Final = 4  # with looking up a name
HOST_CHARACTERS_MAX: Final = 253
_HOST: Final = re.compile(r"[A-Za-z0-9_:][A-Za-z0-9_.:%-]*")

# W TAG HOST PORT prints 'TAG sight'. A shell's own connect tells the kernel's answer from none; libpq does not.
_CONNECT: Final = f"""W() {{
 r=$(LC_ALL=C timeout -k 1 {CONNECT_SECONDS_MAX} bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$2" "$3" 2>&1 </dev/null); s=$?
 case "$s $r" in 0\\ *) v=reached;; 124\\ *|137\\ *) v=silent;; *"Connection refused"*) v=refused;;
 *"No route to host"*|*"Connection timed out"*) v=silent;; *) v=untold;; esac
 echo "$1 $v"; }}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessQuestion:
    """Which node is asked about, and where its server and its SSH are, as the witness would reach them.

    Raises ValueError where an address is none.
    """

    about: str
    server_host: str
    server_port: int
    ssh_host: str
    ssh_port: int

    def __post_init__(self) -> None:
        for host, port in ((self.server_host, self.server_port), (self.ssh_host, self.ssh_port)):
            if not is_host(host) or not 0 < port < 65536:
                raise ValueError(f"not an address: {host[:40]!r} port {port}")

    @property
    def server_address(self) -> str:
        return f"{self.server_host}:{self.server_port}"

    @property
    def ssh_address(self) -> str:
        return f"{self.ssh_host}:{self.ssh_port}"


def is_host(text: str) -> bool:
    """Is this a name or an address that may be connected to? What a node says may be anything: a path, an option."""
    return len(text) <= HOST_CHARACTERS_MAX and _HOST.fullmatch(text) is not None


def witness_script(question: WitnessQuestion, *, bin_directory: str | None) -> str:
    """Three tries side by side, over within some 4 s: the server's port, SSH's port, pg_isready."""
    server = f"{shlex.quote(question.server_host)} {question.server_port}"
    ssh = f"{shlex.quote(question.ssh_host)} {question.ssh_port}"
    ready = "pg_isready" if bin_directory is None else f"{bin_directory}/pg_isready"
    asks = (
        f"LC_ALL=C timeout -k 1 {READY_SECONDS_MAX} {shlex.quote(ready)} -q -h {shlex.quote(question.server_host)} "
        f"-p {question.server_port} -t {CONNECT_SECONDS_MAX} </dev/null >/dev/null 2>&1; echo \"ready $?\""
    )
    return (
        f"{_CONNECT}if command -v bash >/dev/null 2>&1 && command -v timeout >/dev/null 2>&1; then\n"
        f"W server {server} & W ssh {ssh} & {{ {asks}; }} & wait\nfi\n"
    )


_SIGHTS: Final = {sight.value: sight for sight in Sight}
_READY: Final = {
    "0": Readiness.ACCEPTS, "1": Readiness.REJECTS, "2": Readiness.NO_ANSWER, "124": Readiness.NO_ANSWER,
}  # fmt: skip


def read_testimony(
    lines: Iterable[bytes], question: WitnessQuestion, *, asked_ticks: float, at: Moment
) -> Testimony:
    """Read what `witness_script` printed. What is missing, senseless or said twice in two ways counts as not told."""
    said: dict[str, set[str]] = {}
    for line in lines:
        name, _, value = line.decode("utf-8", "replace").partition(" ")
        if name in ("server", "ssh", "ready"):
            said.setdefault(name, set()).add(value.strip())

    def one(name: str) -> str:
        values = said.get(name, set())
        return next(iter(values)) if len(values) == 1 else ""

    return Testimony(
        about=question.about, asked_ticks=asked_ticks, at=at, server=_SIGHTS.get(one("server"), Sight.UNTOLD),
        ssh=_SIGHTS.get(one("ssh"), Sight.UNTOLD), ready=_READY.get(one("ready"), Readiness.UNTOLD),
        server_address=question.server_address, ssh_address=question.ssh_address,
    )  # fmt: skip
