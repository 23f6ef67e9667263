"""A command as data, its limits, and how it ended."""

import shlex
from dataclasses import dataclass, field
from typing import Final

OUTPUT_BYTES_MAX: Final = 4 * 1024 * 1024
COMMAND_SECONDS_MAX: Final = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What to run on a host: an argument list, never a line of shell.

    `environment` is set by `env` on the far side and must hold no secret. `secrets` are lines written to its
    standard input before anything else; they stand in no log, no argument list, no environment.
    `become`: the account to act as, by `sudo -n -u ACCOUNT --`.
    `marked`: a one-shot's standard output begins behind a mark, so that what the account's shell prints at its start
    is left out; a long-lived talk is never marked.
    """

    argv: tuple[str, ...]
    environment: tuple[tuple[str, str], ...] = ()
    become: str | None = None
    secrets: tuple[str, ...] = field(default=(), repr=False)
    stdin: bytes = b""
    seconds_max: float = COMMAND_SECONDS_MAX
    output_bytes_max: int = OUTPUT_BYTES_MAX
    marked: bool = True

    def line(self) -> str:
        """The one line that the far side's shell is given; every word is quoted."""
        words = [*self.argv]
        environment = dict(self.environment)
        if self.become is not None:
            words = ["sudo", "-n", "-u", self.become, "--", *words]
            # What sudo refuses is read by its words (`ssh.sudo`), so it has to say them in English.
            environment.setdefault("LC_ALL", "C")
        if environment:
            # In front of sudo: its default rules let LC_* through, and the sudoers line names the program itself.
            words = ["env", *(f"{name}={value}" for name, value in environment.items()), *words]
        return shlex.join(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a command ended. `status` is None where the channel was lost before it was known; -1: ended by a signal."""

    status: int | None
    stdout: bytes
    stderr: bytes
    seconds: float
    cut: bool = False  # output went over its limit, the rest was thrown away
    timed_out: bool = False
