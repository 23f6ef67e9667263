"""Long commands on a host that outlive their channel: started once, found again, looked at, ended, cleared away."""

import math
import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from console.ssh import supervise_scripts as scripts
from console.ssh.command import Command, Outcome
from console.ssh.connection import Connection
from console.ssh.sudo import sudo_refusal

LOG_SHOWN_BYTES: Final = 64 * 1024
LOG_BYTES_MAX: Final = 64 * 1024 * 1024  # a command that says more is ended
STDIN_BYTES_MAX: Final = 32 * 1024  # it has to fit into a pipe that nobody may be reading yet
SECONDS_MAX: Final = 24 * 3600.0
TERM_SECONDS_MAX: Final = 10.0  # from the asking to the forcing
ASK_SECONDS_MAX: Final = 15.0
NAMES_MAX: Final = 1000

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,199}")
_HEAD_BYTES_MAX: Final = 4096


class Standing(Enum):
    """How it stands with a supervised command."""

    RUNNING = "running"
    ENDED = "ended"  # with a status
    VANISHED = "vanished"  # no process, and nobody wrote how it ended: the host went down, or somebody killed it
    ABSENT = "absent"  # never begun, or cleared away


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervised:
    """A command that was started: the process that holds its name, and when it began (clock ticks since boot)."""

    name: str
    pid: int
    started_ticks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisedState:
    """How a supervised command stands, and a piece of its log.

    `status` 128 + N: ended by signal N. `late`: it went over its time or its log's size, and was ended for that.
    `log` begins at byte `log_from` of `log_bytes`. `host_seconds`: the host's uptime when it was looked at.
    """

    standing: Standing
    supervised: Supervised | None = None
    status: int | None = None
    late: bool = False
    fresh: bool = False  # this very call started it
    log: bytes = b""
    log_from: int = 0
    log_bytes: int = 0
    host_seconds: float | None = None

    @property
    def over(self) -> bool:
        return self.standing is not Standing.RUNNING


class SuperviseError(Exception):
    """The host refused, or gave no answer that makes sense; nothing is known of the command.

    `reason`: 'lost' (the channel went before the answer), 'late', 'sudo', 'nonsense', or one of the scripts' words:
    no-place, link, not-ours, not-private (somebody else's directory under our name), no-setsid, not-begun, not-ended,
    running, not-removed.
    """

    def __init__(self, reason: str, host: str, detail: str = "") -> None:
        super().__init__(f"{host}: {reason}" + (f": {detail}" if detail else ""))
        self.reason = reason
        self.host = host
        self.detail = detail


def checked_name(name: str) -> str:
    """The name, where it can be one: a file's name on any host. Raises ValueError."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"not a name of a supervised command: {name[:80]!r}")
    return name


def start_command(
    name: str, argv: tuple[str, ...], *, seconds_max: float, become: str | None = None,
    environment: tuple[tuple[str, str], ...] = (), secrets: tuple[str, ...] = (), stdin: bytes = b"",
) -> Command:  # fmt: skip
    """Starts `argv` under `name` where that is free. The secrets, a line each, go to its standard input."""
    given = sum(len(secret.encode()) + 1 for secret in secrets) + len(stdin)
    if given > STDIN_BYTES_MAX:
        raise ValueError(f"{given} bytes of standard input, {STDIN_BYTES_MAX} are the limit")
    if b"\0" in stdin:
        raise ValueError("a supervised command's standard input is text: it holds a zero byte")
    if not 0 < seconds_max <= SECONDS_MAX:
        raise ValueError(f"a limit of {seconds_max:g} s; more than 0 and at most {SECONDS_MAX:g} s")
    limits = (str(math.ceil(seconds_max)), str(math.ceil(TERM_SECONDS_MAX)), str(LOG_BYTES_MAX))
    words = ("sh", "-c", scripts.START, "supervise", scripts.WRAPPER, checked_name(name), *limits, *argv)
    return Command(
        argv=words, environment=environment, become=become, secrets=secrets, stdin=stdin, seconds_max=ASK_SECONDS_MAX
    )


def look_command(
    name: str, *, offset: int | None, log_bytes: int, become: str | None = None, wait_seconds: float = 0.0
) -> Command:
    """Asks how it stands, with the log from `offset` on, or its end where that is None.

    `wait_seconds`: the answer comes so much later, or as soon as it has ended.
    """
    wanted = (checked_name(name), "-" if offset is None else str(max(0, offset)), str(max(0, log_bytes)))
    glances = str(math.ceil(max(0.0, wait_seconds) / scripts.WAIT_SECONDS))
    return Command(
        argv=("sh", "-c", scripts.LOOK, "supervise", *wanted, glances), become=become,
        seconds_max=ASK_SECONDS_MAX + 2 * wait_seconds, output_bytes_max=log_bytes + _HEAD_BYTES_MAX,
    )  # fmt: skip


def end_command(name: str, *, term_seconds: float, become: str | None = None) -> Command:
    """TERM, then KILL, then a look that finds none of its processes."""
    looks = math.ceil(max(0.0, term_seconds) / scripts.LOOK_SECONDS)
    return Command(
        argv=("sh", "-c", scripts.END, "supervise", checked_name(name), str(looks)), become=become,
        # A look takes longer than its pause: it reads all of /proc.
        seconds_max=3 * term_seconds + ASK_SECONDS_MAX,
    )  # fmt: skip


def remove_command(name: str, *, become: str | None = None) -> Command:
    """Clears its files away; refused while it runs."""
    argv = ("sh", "-c", scripts.REMOVE, "supervise", checked_name(name))
    return Command(argv=argv, become=become, seconds_max=ASK_SECONDS_MAX)


def list_command(*, become: str | None = None) -> Command:
    """Names everything supervised that this account has left on the host."""
    return Command(argv=("sh", "-c", scripts.LIST, "supervise"), become=become, seconds_max=ASK_SECONDS_MAX)


def read_state(name: str, stdout: bytes) -> SupervisedState:
    """Read what a script said; a host may say anything. Raises ValueError where it makes no sense."""
    head, found, log = stdout.partition(b"\nlog\n")
    if not found:
        log = b""
    if len(head) > _HEAD_BYTES_MAX:
        raise ValueError("the answer about a supervised command is far too long")
    said: dict[str, str] = {}
    for line in head.decode("utf-8", "replace").splitlines():
        word, _, value = line.partition(" ")
        said.setdefault(word, value)
    standing = Standing(said.get("state", ""))
    supervised = None
    if "pid" in said:
        supervised = Supervised(name=name, pid=_whole(said["pid"]), started_ticks=_whole(said.get("ticks", "")))
    status = _whole(said["status"]) if "status" in said else None
    if (standing is Standing.ENDED) != (status is not None):
        raise ValueError("a supervised command has a status when it has ended, and only then")
    return SupervisedState(
        standing=standing,
        supervised=supervised,
        status=status,
        late="late" in said,
        fresh="fresh" in said,
        log=log,
        log_from=_whole(said.get("from", "0")),
        log_bytes=_whole(said.get("bytes", "0")),
        host_seconds=_seconds(said["up"]) if "up" in said else None,
    )


def _whole(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise ValueError(f"not a number: {text[:40]!r}")
    return int(text)


def _seconds(text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,9})?", text):
        raise ValueError(f"not a time: {text[:40]!r}")
    return float(text)


class Supervisor:
    """Supervised commands of one account on one host. Each call raises SuperviseError, or SshRefused."""

    def __init__(
        self, connection: Connection, *, become: str | None = None, ask_seconds_max: float | None = None
    ) -> None:
        self._connection = connection
        self._become = become
        self._ask_seconds_max = ask_seconds_max  # None: as each question has it

    def start(
        self, name: str, argv: tuple[str, ...], *, seconds_max: float,
        environment: tuple[tuple[str, str], ...] = (), secrets: tuple[str, ...] = (), stdin: bytes = b"",
    ) -> SupervisedState:  # fmt: skip
        """Start it, or find what was started under this name: running, ended or vanished, until it is removed."""
        command = start_command(
            name, argv, seconds_max=seconds_max, become=self._become, environment=environment, secrets=secrets,
            stdin=stdin,
        )  # fmt: skip
        return self._state(name, command)

    def look(
        self, name: str, *, offset: int | None = None, log_bytes: int = LOG_SHOWN_BYTES, wait_seconds: float = 0.0
    ) -> SupervisedState:
        """How it stands now, with the log from `offset` on (None: its end), at most `log_bytes` of it.

        `wait_seconds`: so much later, or as soon as it has ended.
        """
        command = look_command(
            name, offset=offset, log_bytes=log_bytes, become=self._become, wait_seconds=wait_seconds
        )
        return self._state(name, command)

    def end(self, name: str, *, term_seconds: float = TERM_SECONDS_MAX) -> SupervisedState:
        """End it, if it runs; it is proven that nothing of its session is left."""
        return self._state(name, end_command(name, term_seconds=term_seconds, become=self._become))

    def remove(self, name: str) -> None:
        """Take its files away. Raises SuperviseError 'running' where it has not ended."""
        self._state(name, remove_command(name, become=self._become))

    def names(self) -> tuple[str, ...]:
        """What is there of ours, by name: running, ended or left over."""
        said = self._asked(list_command(become=self._become)).decode("utf-8", "replace")
        found = (line.removeprefix("name ") for line in said.splitlines() if line.startswith("name "))
        return tuple(sorted(name for name in found if _NAME.fullmatch(name)))[:NAMES_MAX]

    def _state(self, name: str, command: Command) -> SupervisedState:
        said = self._asked(command)
        try:
            return read_state(name, said)
        except ValueError as error:
            raise SuperviseError("nonsense", self._connection.name, str(error)) from error

    def _asked(self, command: Command) -> bytes:
        if self._ask_seconds_max is not None:
            command = replace(command, seconds_max=min(command.seconds_max, self._ask_seconds_max))
        outcome = self._connection.run(command)
        if outcome.status == 0:
            return outcome.stdout
        raise SuperviseError(*self._refusal(outcome))

    def _refusal(self, outcome: Outcome) -> tuple[str, str, str]:
        detail = outcome.stderr.decode("utf-8", "replace").strip()[-400:]
        host = self._connection.name
        if outcome.status == scripts.REFUSED:
            word = re.search(rb"^refused ([a-z-]{1,40})$", outcome.stdout, re.MULTILINE)
            return (word[1].decode() if word else "nonsense", host, detail)
        refusal = sudo_refusal(outcome)
        if refusal is not None:
            return ("sudo", host, refusal)
        if outcome.timed_out:
            return ("late", host, detail)
        return ("lost" if outcome.status is None else "nonsense", host, detail or f"exit status {outcome.status}")
