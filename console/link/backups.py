"""What faces and engine say to each other about backups, policies, and what could be got back."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.backup import BackupsView, Job
from console.domain.backup_policy import BackupKind, BackupPolicy
from console.domain.restore import Anchors, Chosen, Target, Unfit


@dataclass(frozen=True, slots=True, kw_only=True)
class AskBackups:
    """All that is known of a cluster's backups. `anew`: its repositories are read now, which takes seconds."""

    cluster: str
    anew: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupsSeen:
    """The answer to `AskBackups`, and told when it changes."""

    view: BackupsView


@dataclass(frozen=True, slots=True, kw_only=True)
class StartBackup:
    """Make a backup now. `kind` None: the policy's next kind. Answered by `JobSeen`, or Refused."""

    cluster: str
    kind: BackupKind | None = None
    repository: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartVerify:
    """Read backups back: one, or all of a repository. Answered by `JobSeen`."""

    cluster: str
    repository: str = ""
    backup: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartProve:
    """Restore one (the newest where none is named) into a sandbox, prove it, tear it down. Answered by `JobSeen`."""

    cluster: str
    repository: str = ""
    backup: str = ""
    target: Target | None = None  # None: the end of the backup


@dataclass(frozen=True, slots=True, kw_only=True)
class AskExpiry:
    """What the retention would take away now. Answered by `Expiry`; nothing is changed."""

    cluster: str
    repository: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiry:
    """What would go, what it frees, and what could no longer be got back to. `kept`: (backup, the reason it stays)."""

    cluster: str
    repository: str
    backups: tuple[str, ...]
    freed_bytes: int | None
    begin_now: datetime | None
    begin_then: datetime | None
    kept: tuple[tuple[str, str], ...]
    refused: str = ""  # a kebab-case word where nothing may go


@dataclass(frozen=True, slots=True, kw_only=True)
class StartExpire:
    """Take away exactly these, as `Expiry` named them. Refused where that has changed meanwhile."""

    cluster: str
    repository: str
    backups: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelJob:
    """End a piece of work and take away what it left half-done. Answered by `JobSeen`."""

    job: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskJob:
    """One piece of work. Answered by `JobSeen`."""

    job: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSeen:
    """A piece of work as it stands, and told at each change."""

    job: Job


@dataclass(frozen=True, slots=True, kw_only=True)
class SavePolicy:
    """Put a policy in force. Refused with what is wrong in it; answered by Done."""

    cluster: str
    policy: BackupPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSchedule:
    """The marked block in the backup host's crontab: 'install', 'compare', 'remove'. Answered by `ScheduleSeen`."""

    cluster: str
    act: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleSeen:
    """The block as it is there and as the policy wants it, line by line."""

    cluster: str
    node: str
    there: tuple[str, ...]
    wanted: tuple[str, ...]

    @property
    def same(self) -> bool:
        return self.there == self.wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class AskTarget:
    """Can this moment be had? Answered by `TargetSeen`."""

    cluster: str
    target: Target
    repository: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetSeen:
    """Exactly one of the two is there."""

    chosen: Chosen | None
    unfit: Unfit | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAnchors:
    """Moments with a name between two times, and entries booked in each of `parts` equal parts of the range."""

    cluster: str
    begin: datetime
    end: datetime
    parts: int = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorsSeen:
    """The answer to `AskAnchors`."""

    cluster: str
    anchors: Anchors


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSandbox:
    """Restore into a sandbox, prove it, and keep it open, read-only, until `CloseSandbox`. No question is asked.

    `backup` empty: the newest that has the target. `words`: the target as a person said it. Answered by `JobSeen` of a
    job of kind RESTORE; when it is done, the view's sandboxes hold it.
    """

    cluster: str
    target: Target | None = None  # None: the latest
    repository: str = ""
    backup: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskSandbox:
    """One read-only statement in an open sandbox. Answered by `SandboxRows`."""

    cluster: str
    sandbox: str
    sql: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxRows:
    """What it answered, as text; cut at a limit, and said to be cut."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    cut: bool = False
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseSandbox:
    """Stop it and take its directory away. Answered by Done."""

    cluster: str
    sandbox: str
