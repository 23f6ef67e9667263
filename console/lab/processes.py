"""What runs, by the word of /proc: who works in a directory, who descends from whom, in which state."""

import ctypes
import os
import signal
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from console.lab.status import LabError

LOOK_SECONDS: Final = 0.005
MARK: Final = "LEDGER_LAB"  # in the environment of whatever the lab starts
_PR_SET_CHILD_SUBREAPER: Final = 36


@dataclass(frozen=True, slots=True)
class Process:
    """One process: its program's short name, its parent, and its state as /proc writes it (R, S, D, T, Z)."""

    pid: int
    name: str
    parent: int
    state: str


def look(pid: int) -> Process | None:
    """A process now, or None where it is gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    before, _, after = text.rpartition(")")
    state, parent = after.split()[:2]
    return Process(pid, before.partition("(")[2], int(parent), state)


def alive(pid: int) -> bool:
    """Whether it still does anything; what has ended and waits for its parent does not."""
    process = look(pid)
    return process is not None and process.state not in "ZX"


def all_pids() -> list[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]  # noqa: PTH208 - names are enough, and quick


def program(pid: int) -> str:
    """Its program's short name. Unlike /proc/PID/exe it can be read of an sshd, which hides from its own account."""
    process = look(pid)
    return process.name if process is not None else ""


def command_line(pid: int) -> str:
    """Its arguments, each ended by a zero character; empty where it is gone or hides them."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""


def works_in(pid: int, directory: Path) -> bool:
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == directory
    except OSError:
        return False


def servers_in(directory: Path) -> list[int]:
    """PostgreSQL's processes that have this data directory as their working directory, orphans too."""
    return [pid for pid in all_pids() if works_in(pid, directory) and program(pid) == "postgres"]


def marked(directory: Path) -> list[int]:
    """Whatever carries the lab's mark in its environment, this process left out."""
    wanted = f"{MARK}={directory}".encode()
    found = []
    for pid in all_pids():
        if pid == os.getpid():
            continue
        with suppress(OSError):
            if wanted in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0"):
                found.append(pid)
    return found


def tree(root: int) -> list[int]:
    """A process and all that descend from it, the root first."""
    children: dict[int, list[int]] = {}
    for pid in all_pids():
        process = look(pid)
        if process is not None:
            children.setdefault(process.parent, []).append(pid)
    found = [root]
    for pid in found:
        found.extend(children.get(pid, ()))
    return found


def send(pids: Iterable[int], number: signal.Signals) -> None:
    """A signal to each that is still there."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def wait_until(holds: Callable[[], bool], *, seconds: float, what: str, pause: float = LOOK_SECONDS) -> None:
    """Waits until something holds; a LabError where it does not within the limit."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise LabError(f"waited {seconds:g} s in vain: {what}")
        time.sleep(pause)


def end_all(find: Callable[[], list[int]], *, seconds: float, what: str) -> None:
    """Ends by SIGKILL whatever is found, again and again until nothing is: a dying tree may still fork."""

    def gone() -> bool:
        found = [pid for pid in find() if alive(pid)]
        send(found, signal.SIGKILL)
        return not found

    wait_until(gone, seconds=seconds, what=what)


def adopt_orphans() -> None:
    """Makes this process the parent of all orphaned descendants, so that it can reap them at once.

    Otherwise they stay zombies until init comes round, and until then pg_rewind and start find postmaster.pid alive.
    """
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def reap_orphans(own: set[int]) -> None:
    """Reaps children that have ended and that we did not start ourselves; `own` are waited for elsewhere."""
    while True:
        try:
            ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT | os.WNOHANG)
        except ChildProcessError:
            return
        if ended is None:
            return
        if ended.si_pid not in own:
            with suppress(ChildProcessError):
                os.waitpid(ended.si_pid, os.WNOHANG)
            continue
        _reap_scanned(own)
        return


def _reap_scanned(own: set[int]) -> None:
    # One of our own has ended and hides the others from waitid until its owner has waited for it.
    for pid in all_pids():
        process = look(pid)
        if process is not None and process.parent == os.getpid() and process.state == "Z" and pid not in own:
            with suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
