"""The answers of the commands about backups as values: fields are added and never renamed."""

from dataclasses import dataclass

from console.domain.backup import Backup, BackupsView, Job, Mark, NextRun, SandboxSeen
from console.domain.backup_policy import BackupPolicy
from console.domain.plan import Plan
from console.domain.run import RunView
from console.link.backups import Expiry, SandboxRows, ScheduleSeen, TargetSeen


@dataclass(frozen=True, slots=True, kw_only=True)
class JobAnswer:
    """The answer of `backup` and of work on backups; `outcome` is done, failed, cancelled, running or unseen."""

    outcome: str
    sentence: str
    job: Job


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupsAnswer:
    """The answer of `backups list`: what could be got back, as a sentence, and the whole picture."""

    sentence: str
    view: BackupsView


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupShownAnswer:
    """The answer of `backups show`; `chain`: what it can't be restored without, the full one first, itself last."""

    sentence: str
    backup: Backup
    chain: tuple[str, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiryAnswer:
    """The answer of `backups expire`: as JobAnswer where work was begun, else 'preview' or 'to-confirm'."""

    outcome: str
    sentence: str
    expiry: Expiry | None = None
    job: Job | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreAnswer:
    """The answer of `restore`: as JobAnswer with the open copy, 'rehearsed' or 'unfit' with the target; with the goals
    node and cluster, as ChangeAnswer."""

    outcome: str
    sentence: str
    job: Job | None = None
    sandbox: SandboxSeen | None = None
    target: TargetSeen | None = None
    plan: Plan | None = None
    run: RunView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxesAnswer:
    """The answer of `sandbox list`."""

    sentence: str
    sandboxes: tuple[SandboxSeen, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxAnswer:
    """The answer of `sandbox sql`, with its rows, and of `sandbox close`."""

    sentence: str
    sandbox: str
    rows: SandboxRows | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyAnswer:
    """The answer of `policy show` and `set`: the policy, as a file too, and its next runs."""

    sentence: str
    policy: BackupPolicy | None
    toml: str
    next_runs: tuple[NextRun, ...]
    saved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleAnswer:
    """The answer of `policy install`, `compare` and `remove`; `same`: the block is as the policy wants it."""

    sentence: str
    same: bool
    schedule: ScheduleSeen
