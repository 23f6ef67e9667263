"""What the tests of governance share: a clock, a filled audit log, real SSH keys."""

import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from console.domain.audit import AuditKind
from console.governance.audit import AuditLog

NOON = datetime(2026, 3, 17, 12, tzinfo=UTC)
CONSOLE = "a-console"


@dataclass
class Clock:
    """A clock that goes on by a second at each look."""

    at: datetime = field(default=NOON)

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


def fill(audit: AuditLog, count: int) -> None:
    for place in range(count):
        audit.note(
            AuditKind.COMMAND, who="m.keller", cluster="ledger-us", run="r-1", subject=f"step {place}",
            detail=[("command", "pg_ctl promote -D '/srv/pg ü'"), ("exit", "0")],
        )  # fmt: skip


@dataclass(frozen=True)
class Key:
    """A key pair in files."""

    private: Path
    public: str


@dataclass
class Keys:
    """Makes real key pairs in a directory, each once."""

    folder: Path
    made: dict[str, Key] = field(default_factory=dict)

    def __call__(self, name: str, kind: str = "ed25519", passphrase: str = "") -> Key:
        if name not in self.made:
            path = self.folder / name
            words = ["ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-C", f"{name}@desk", "-f", str(path)]
            subprocess.run(words, check=True, timeout=60)
            self.made[name] = Key(path, path.with_name(f"{name}.pub").read_text())
        return self.made[name]
