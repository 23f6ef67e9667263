"""Where things lie: the home of an engine's state, and the resource files that ship with the console."""

import getpass
import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

HOME_VARIABLE: Final = "LEDGER_CONSOLE_HOME"
SOCKET_PATH_BYTES_MAX: Final = 100  # a Unix socket's path may have 107 bytes on Linux, 103 elsewhere
PRIVATE: Final = stat.S_IRWXU


@dataclass(frozen=True, slots=True)
class Home:
    """The directory that holds all state of one engine; made on first use, for its owner alone."""

    directory: Path

    @classmethod
    def chosen(cls, named: str | None = None) -> "Home":
        """The home named on the command line, else by LEDGER_CONSOLE_HOME, else the platform's place for user data."""
        text = named or os.environ.get(HOME_VARIABLE) or platformdirs.user_data_dir("ledger-console")
        home = cls(Path(text).expanduser().absolute())
        home.directory.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        return home

    @property
    def store(self) -> Path:
        return self.directory / "store.sqlite"

    @property
    def engine_lock(self) -> Path:
        return self.directory / "engine.lock"

    @property
    def engine_log(self) -> Path:
        return self.directory / "engine.log"

    @property
    def known_hosts(self) -> Path:
        return self.directory / "known_hosts"

    @property
    def lab_known_hosts(self) -> Path:
        """The host keys of this home's own lab, written by whoever set it up; only read by the engine."""
        return self.directory / "lab_known_hosts"

    @property
    def audit_anchors(self) -> Path:
        """The newest entry of the audit log, kept beside the store: what is taken from the log's end is noticed."""
        return self.directory / "audit.anchors"

    @property
    def approvers(self) -> Path:
        """The persons who may approve plans, with their SSH public keys, as OpenSSH's allowed-signers file."""
        return self.directory / "approvers"

    @property
    def revoked_keys(self) -> Path:
        """SSH keys that no longer count, as OpenSSH's revocation list or as public keys; it may be missing."""
        return self.directory / "revoked_keys"

    @property
    def reports(self) -> Path:
        """A directory for each run, with its report."""
        return self.directory / "reports"

    @property
    def window_state(self) -> Path:
        return self.directory / "window.ini"

    @property
    def language(self) -> Path:
        """The language that a person has chosen for this home, in one word; no file: the system's."""
        return self.directory / "language"

    @property
    def lab_pointer(self) -> Path:
        """Names the directory of the lab that belongs to this home."""
        return self.directory / "lab.json"

    @property
    def engine_socket(self) -> Path:
        """In the home, or, where that path is too long for a socket, in a private directory of the system's own."""
        inside = self.directory / "engine.sock"
        if len(os.fsencode(inside)) <= SOCKET_PATH_BYTES_MAX:
            return inside
        mark = hashlib.sha256(os.fsencode(self.directory)).hexdigest()[:12]
        outside = Path(tempfile.gettempdir()) / f"ledger-console-{os.getuid()}-{mark}"
        outside.mkdir(mode=PRIVATE, exist_ok=True)
        owner = outside.lstat()
        if owner.st_uid != os.getuid() or stat.S_IMODE(owner.st_mode) != PRIVATE or not stat.S_ISDIR(owner.st_mode):
            raise PermissionError(f"{outside} belongs to somebody else or is open to others")
        return outside / "engine.sock"


def person_here() -> str:
    """Who sits at this face, as the system names the account; empty where it has no name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def resource(name: str) -> Path:
    """A file or directory of `resources/`, from the checkout or from the installed package."""
    beside = Path(__file__).resolve().parent.parent
    for root in (beside / "resources", beside / "console_resources"):
        if root.is_dir():
            return root / name
    raise FileNotFoundError(f"the console's resources are missing beside {beside}: the installation is damaged")
