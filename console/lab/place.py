"""Where a lab lies on the disk, and whether that place can be trusted."""

import fcntl
import hashlib
import os
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import Final

import msgspec

from console.lab.status import LabError
from console.places import Home

NAME: Final = "ledger-lab"
UNMOUNT_SECONDS_MAX: Final = 10.0


@dataclass(frozen=True, slots=True)
class LabPlace:
    """The directory of one lab and the paths in it. Short, because sockets lie in it."""

    directory: Path

    @classmethod
    def of(cls, home: Home) -> "LabPlace":
        """The place that belongs to a home, whether there is a lab in it or not."""
        root = Path("/var/tmp")
        if not os.access(root, os.W_OK | os.X_OK):
            root = Path(tempfile.gettempdir())
        mark = hashlib.sha256(os.fsencode(home.directory)).hexdigest()[:8]
        return cls(root / f"{NAME}-{os.getuid()}-{mark}")

    @property
    def plan(self) -> Path:
        return self.directory / "lab.json"

    @property
    def socket(self) -> Path:
        return self.directory / "control.sock"

    @property
    def lock(self) -> Path:
        """Held by the service as long as it lives."""
        return self.directory / "service.lock"

    @property
    def log(self) -> Path:
        return self.directory / "service.log"

    @property
    def keys(self) -> Path:
        return self.directory / "keys"

    @property
    def ssh_config(self) -> Path:
        return self.directory / "ssh_config"

    @property
    def known_hosts(self) -> Path:
        return self.directory / "known_hosts"

    @property
    def record(self) -> Path:
        return self.directory / "workload" / "record.jsonl"

    @property
    def archive(self) -> Path:
        return self.directory / "lab-vault" / "archive"

    @property
    def backups(self) -> Path:
        """The native repository, on the vault."""
        return self.directory / "lab-vault" / "backups"

    @property
    def sandboxes(self) -> Path:
        """Where restores are tried, on the vault."""
        return self.directory / "lab-vault" / "sandboxes"

    @property
    def tools(self) -> Path:
        return self.directory / "bin"

    def host(self, name: str) -> Path:
        return self.directory / name

    def home_of(self, name: str) -> Path:
        return self.directory / name / "home"

    def pass_file(self, name: str) -> Path:
        """What a host's own commands log in with."""
        return self.directory / name / "pgpass"

    def data(self, name: str) -> Path:
        return self.directory / name / "data"

    def sockets(self, name: str) -> Path:
        return self.directory / name / "run"

    def postgres_log(self, name: str) -> Path:
        return self.directory / name / "log" / "postgres.log"

    def certificate(self, name: str) -> Path:
        """The consensus group's certificate, as the host has it; its key lies beside it."""
        return self.directory / name / "etcd.pem"

    def etcd_data(self, name: str) -> Path:
        return self.directory / name / "etcd"

    def etcd_log(self, name: str) -> Path:
        return self.directory / name / "log" / "etcd.log"

    def patroni_config(self, name: str) -> Path:
        """For Patroni and for patronictl."""
        return self.directory / name / "patroni.yml"

    def patroni_log(self, name: str) -> Path:
        return self.directory / name / "log" / "patroni.log"

    def exists(self) -> bool:
        """Whether there is a directory, of ours. Somebody else's under our name is refused: it could hold anything."""
        try:
            found = self.directory.lstat()
        except FileNotFoundError:
            return False
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o022:
            raise LabError(
                f"{self.directory} is not a directory that belongs to this account alone; nothing in it was touched",
                "Look who made it, and remove it.",
            )
        return True

    def make(self) -> None:
        """A directory that the lab's own account may enter, and only we may change."""
        if not self.exists():
            self.directory.mkdir(mode=0o755)
            self.directory.chmod(0o755)

    def served(self) -> bool:
        """Whether a service lives here: the kernel knows who holds the lock, whatever pid files say."""
        if not self.exists() or not self.lock.exists():
            return False
        with self.lock.open("r+b") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    def remove(self) -> None:
        """Takes the directory away whole; whatever is mounted in it is unmounted first."""
        for mount in mounts_below(self.directory):
            unmount(mount)
        rmtree(self.directory)


def mounts_below(directory: Path) -> list[Path]:
    """What is mounted below a directory, the deepest first."""
    found = []
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        path = Path(line.split()[4].replace("\\040", " "))
        if directory in path.parents:
            found.append(path)
    return sorted(found, key=lambda path: len(path.parts), reverse=True)


def unmount(mount: Path) -> None:
    """Unmounts; a mount that is still in use is detached, so that it goes with its last user."""
    done = subprocess.run(["umount", str(mount)], capture_output=True, timeout=UNMOUNT_SECONDS_MAX, check=False)
    if done.returncode != 0:
        lazy = ["umount", "--lazy", str(mount)]
        subprocess.run(lazy, capture_output=True, timeout=UNMOUNT_SECONDS_MAX, check=True)


class Pointer(msgspec.Struct, frozen=True):
    """What stands in the home: where its lab is."""

    directory: str


def write_pointer(home: Home, place: LabPlace) -> None:
    """Names the lab in the home, in one piece."""
    fresh = home.lab_pointer.with_suffix(".fresh")
    fresh.write_bytes(msgspec.json.encode(Pointer(str(place.directory))))
    fresh.replace(home.lab_pointer)


def read_pointer(home: Home) -> LabPlace | None:
    """The lab that the home names, or None. What is no lab's directory is never believed: it will be removed."""
    try:
        directory = Path(msgspec.json.decode(home.lab_pointer.read_bytes(), type=Pointer).directory)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
    return LabPlace(directory) if directory.name.startswith(f"{NAME}-{os.getuid()}-") else None


@contextmanager
def one_at_a_time(home: Home) -> Iterator[None]:
    """Two commands that build up or take down the lab of one home come one after the other."""
    with (home.directory / "lab.lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
