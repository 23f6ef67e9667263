"""Fills one node's disk for real, and gives it back.

As root: the data directory moves to a small file system of its own, and a ballast file takes its last block. The
server is restarted for the move. `df` shows it full, and PostgreSQL gets 'No space left on device' (SQLSTATE 53100).

As a normal user, or where mounting is not allowed: the running server gets a limit on the size of its files, as by
`ulimit -f`, just above the size of its log. The next write of WAL fails with 'File too large', and PostgreSQL throws
everybody out by a PANIC, as it does on a full WAL disk; then it ends, or hangs in its recovery, which may not write
either. `df` shows nothing of it.
"""

import os
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Final

from console.lab.foundation import COPY_SECONDS_MAX, DATA_MODE
from console.lab.place import mounts_below, unmount
from console.lab.processes import alive, wait_until
from console.lab.server import Server, make_directories
from console.lab.status import LabError

ROOM_BYTES: Final = 32 * 1024 * 1024  # what the server has left for its restart
MOUNT_SECONDS_MAX: Final = 10.0
FULL_SECONDS_MAX: Final = 5.0
LOG_ROOM_BYTES: Final = 64 * 1024
_NO_LIMIT: Final = "unlimited"
_BALLAST: Final = "ballast"
_PIECES: Final = (1024 * 1024, 4096)


class Disk:
    """The disk under one node's data directory."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._data = server.data
        self._kept = server.data.with_name("data.kept")  # what lies on the real disk meanwhile
        self._moved = server.data.with_name("moved")  # there while the small file system holds the truth

    def mounted(self) -> bool:
        return self._data in mounts_below(self._data.parent)

    def limited(self) -> bool:
        """Whether the running server may write small files only."""
        pid = self._server.postmaster()
        return pid is not None and _file_size_limit(pid) != _NO_LIMIT

    def fill(self) -> None:
        """Fills it; returns once no block is left, or once the server has thrown everybody out."""
        if self._server.postmaster() is None or self._server.frozen():
            raise LabError(f"{self._server.name} does not run, so its disk can't fill", "Mend it first.")
        if not self.mounted() and not (self._server.children.account.drop and self._move()):
            self.forbid_writing()
            return
        self._load()

    def forbid_writing(self) -> None:
        """No file may grow beyond the log's size any more, by what runs and by whatever that starts."""
        # The log must still be able to say why the server stops.
        size = self._server.log.stat().st_size + LOG_ROOM_BYTES
        self._limit(str(size))
        with suppress(LabError):  # where nobody writes WAL, it happens with the next one who does
            wait_until(lambda: not self._server.accepts(), seconds=FULL_SECONDS_MAX, what="")

    def _limit(self, value: str) -> None:
        """Sets the soft limit of every running process, by the account that they run as: even root may lack the right.

        The postmaster comes first, so that whatever it starts from then on inherits it.
        """
        postmaster = self._server.postmaster()
        for pid in sorted(self._server.processes(), key=lambda pid: pid != postmaster):
            try:
                self._server.children.run(["prlimit", "--pid", str(pid), f"--fsize={value}:{_NO_LIMIT}"])
            except LabError:
                if alive(pid):
                    raise

    def _move(self) -> bool:
        """Moves the data to a small file system. False, and nothing changed, where mounting is not allowed."""
        account = self._server.children.account
        place = self._data.with_name("small")
        make_directories(place, mode=DATA_MODE, children=self._server.children)
        self._server.stop()
        size = _used(self._data) + ROOM_BYTES
        options = f"size={size},mode=0700,uid={account.uid},gid={account.gid}"
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "ledger-lab", str(place)],
            capture_output=True, timeout=MOUNT_SECONDS_MAX, check=False,
        )  # fmt: skip
        if mounted.returncode != 0:
            place.rmdir()
            self._server.start()
            return False
        self._copy(self._data, place)
        self._data.rename(self._kept)
        make_directories(self._data, mode=DATA_MODE, children=self._server.children)
        moved = subprocess.run(
            ["mount", "--move", str(place), str(self._data)],
            capture_output=True, timeout=MOUNT_SECONDS_MAX, check=False,
        )  # fmt: skip
        if moved.returncode != 0:
            # Where mounts are shared they can't be moved; they can be bound to a second place.
            bind = ["mount", "--bind", str(place), str(self._data)]
            subprocess.run(bind, capture_output=True, timeout=MOUNT_SECONDS_MAX, check=True)
            unmount(place)
        place.rmdir()
        self._moved.touch()
        self._server.start()
        # The first session after a start writes a cache file, and could not come in on a full disk.
        self._server.ask("select 1")
        self._server.ask("select 1", database="postgres")
        return True

    def _load(self) -> None:
        def full() -> bool:
            with (self._data / _BALLAST).open("ab", buffering=0) as ballast:
                for piece in _PIECES:
                    zeros = bytes(piece)
                    with suppress(OSError):
                        while ballast.write(zeros):
                            pass
            return os.statvfs(self._data).f_bavail == 0

        wait_until(full, seconds=FULL_SECONDS_MAX, what=f"the disk of {self._server.name} to be full")

    def free(self) -> bool:
        """Gives the room back. Whether the server has to be started again after it."""
        if self.limited():
            # What it could not write it has in its WAL, or never acknowledged: a fresh start has no limit.
            self._server.kill()
            return True
        if not self.mounted() and not self._kept.exists():
            return False
        with suppress(FileNotFoundError):
            (self._data / _BALLAST).unlink()
        self._server.stop()
        if self.mounted() and self._moved.exists():
            fresh = self._data.with_name("data.fresh")
            self._server.children.run(["rm", "-rf", str(fresh)], seconds=COPY_SECONDS_MAX)
            make_directories(fresh, mode=DATA_MODE, children=self._server.children)
            self._copy(self._data, fresh)
        else:
            # It ended before the small file system held the truth: what was kept still does.
            fresh = self._kept
        for mount in mounts_below(self._data.parent):
            unmount(mount)
        if self._data.exists():
            self._data.rmdir()
        fresh.rename(self._data)
        self._moved.unlink(missing_ok=True)
        self._server.children.run(["rm", "-rf", str(self._kept)], seconds=COPY_SECONDS_MAX)
        return True

    def _copy(self, source: Path, target: Path) -> None:
        self._server.children.run(["cp", "-a", f"{source}/.", str(target)], seconds=COPY_SECONDS_MAX)


def _file_size_limit(pid: int) -> str:
    """The soft limit on the size of the files that a process writes."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/limits").read_text().splitlines():
            if line.startswith("Max file size"):
                return line.split()[3]
    return _NO_LIMIT


def _used(directory: Path) -> int:
    """The bytes on disk below a directory."""
    found = 0
    for parent, _, names in os.walk(directory):
        for name in names:
            with suppress(FileNotFoundError):
                found += (Path(parent) / name).lstat().st_blocks * 512
    return found
