"""Starts the lab's programs under the lab's own account, and waits for every one of them."""

import os
import pwd
import subprocess
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from console.lab.processes import MARK, reap_orphans
from console.lab.status import LabError

UNPRIVILEGED: Final = "nobody"
RUN_SECONDS_MAX: Final = 30.0
SYSTEM_PATH: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
OUTPUT_SHOWN_CHARACTERS: Final = 600


@dataclass(frozen=True, slots=True)
class Account:
    """Whom PostgreSQL and remote commands run as. `drop`: we are root and step down to it."""

    name: str
    uid: int
    gid: int
    drop: bool

    @classmethod
    def chosen(cls) -> "Account":
        """The caller's own; for root an unprivileged one, because PostgreSQL refuses to run as root."""
        drop = os.getuid() == 0
        try:
            entry = pwd.getpwnam(UNPRIVILEGED) if drop else pwd.getpwuid(os.getuid())
        except KeyError:
            who = UNPRIVILEGED if drop else f"number {os.getuid()}"
            raise LabError(
                f"the account {who} is not in the password file, and PostgreSQL needs one", "Add it with useradd."
            ) from None
        return cls(entry.pw_name, entry.pw_uid, entry.pw_gid, drop)

    def own(self, path: Path) -> None:
        """Gives a path to this account."""
        if self.drop:
            os.chown(path, self.uid, self.gid)


class Children:
    """All that this process starts. Whatever else becomes its child, an orphan, is reaped as soon as it has ended."""

    def __init__(self, account: Account, lab: Path, bin_directory: Path | None = None) -> None:
        self.account = account
        self.bin_directory = bin_directory
        self._lab = lab
        self._lock = threading.Lock()  # between a fork and its entry in the list no reaper may look
        self._own: set[int] = set()

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """A small known one: nothing of the caller's leaks into the lab."""
        path = SYSTEM_PATH if self.bin_directory is None else f"{self.bin_directory}:{SYSTEM_PATH}"
        return {"PATH": path, "LANG": "C.UTF-8", "TZ": "UTC", MARK: str(self._lab), **(more or {})}

    def start(
        self,
        argv: list[str],
        *,
        as_account: bool,
        stdin: IO[bytes] | int = subprocess.DEVNULL,
        stdout: IO[bytes] | int = subprocess.DEVNULL,
        stderr: IO[bytes] | int = subprocess.DEVNULL,
        more: Mapping[str, str] | None = None,
    ) -> "subprocess.Popen[bytes]":
        """Starts a program in a session of its own. Raises LabError where it can't be started."""
        who = self.account if as_account and self.account.drop else None
        with self._lock:
            try:
                child = subprocess.Popen(
                    argv, stdin=stdin, stdout=stdout, stderr=stderr, cwd="/", start_new_session=True,
                    env=self.environment(more),
                    user=who.uid if who else None,
                    group=who.gid if who else None,
                    extra_groups=[] if who else None,
                )  # fmt: skip
            except OSError as error:
                raise LabError(f"{argv[0]} could not be started: {error.strerror}") from error
            self._own.add(child.pid)
        return child

    def ended(self, child: "subprocess.Popen[bytes]") -> None:
        """Takes a child that was waited for from the list."""
        with self._lock:
            self._own.discard(child.pid)

    def run(
        self,
        argv: list[str],
        *,
        stdin: bytes = b"",
        seconds: float = RUN_SECONDS_MAX,
        more: Mapping[str, str] | None = None,
    ) -> str:
        """Runs a program of the lab's account to its end and gives what it printed. LabError where it fails."""
        pipe = subprocess.PIPE
        child = self.start(argv, as_account=True, stdin=pipe, stdout=pipe, stderr=pipe, more=more)
        try:
            out, err = child.communicate(stdin, timeout=seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
            raise LabError(f"{Path(argv[0]).name} gave no answer within {seconds:g} s") from None
        finally:
            self.ended(child)
        if child.returncode != 0:
            said = (err or out).decode(errors="replace").strip()[-OUTPUT_SHOWN_CHARACTERS:]
            raise LabError(f"{Path(argv[0]).name} ended with {child.returncode}: {said}")
        return out.decode(errors="replace")

    def reap(self) -> None:
        """Reaps orphans that have ended."""
        with self._lock, suppress(ChildProcessError):
            reap_orphans(self._own)
