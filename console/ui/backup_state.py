"""What the Backups page concludes from a view: proofs, chains, what can be got back; pure, knows no Qt."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from itertools import pairwise
from typing import Final

from console.domain.backup import (
    Backup,
    BackupCheck,
    BackupState,
    BackupsView,
    CheckResult,
    Job,
    JobKind,
    JobState,
    Mark,
    RepositorySeen,
    SandboxSeen,
)
from console.domain.backup_policy import BackupKind

CHAIN_MAX: Final = 1000  # no chain is so long: a parent that leads in a circle ends here
GAP_SECONDS_MIN: Final = 1.0  # windows that touch are one
SOON_FULL_DAYS: Final = 14.0
OPEN_JOBS: Final = frozenset({JobState.RUNNING, JobState.UNSEEN})


class Proof(Enum):
    """The mark of a backup: the least that is claimed of it."""

    FAILED = "failed"
    PROVEN = "proven"  # restored, and its books are whole
    READ = "read"  # its checksums were read back
    NONE = "none"  # not checked
    BROKEN = "broken"  # it counts for nothing


def marks_of(view: BackupsView, backup: Backup) -> dict[BackupCheck, Mark]:
    """The newest outcome of each check of this backup."""
    found: dict[BackupCheck, Mark] = {}
    for mark in sorted(view.marks, key=lambda one: one.at):
        if (mark.repository, mark.backup) == (backup.repository, backup.id):
            found[mark.check] = mark
    return found


def proof_of(backup: Backup, marks: dict[BackupCheck, Mark]) -> Proof:
    if backup.state is BackupState.BROKEN:
        return Proof.BROKEN
    results = {check: mark.result for check, mark in marks.items()}
    if CheckResult.FAILED in results.values():
        return Proof.FAILED
    passed = {check for check, result in results.items() if result is CheckResult.PASSED}
    if {BackupCheck.RESTORED, BackupCheck.BOOKS} <= passed:
        return Proof.PROVEN
    return Proof.READ if BackupCheck.CHECKSUMS in passed else Proof.NONE


def chain_of(backup: Backup, backups: tuple[Backup, ...]) -> tuple[Backup, ...]:
    """The backup and all that it needs, the full one first. Ends early where a parent is missing."""
    by_id = {one.id: one for one in backups}
    chain = [backup]
    while (parent := chain[-1].parent) is not None and parent in by_id and len(chain) < CHAIN_MAX:
        if by_id[parent] in chain:
            break
        chain.append(by_id[parent])
    return tuple(reversed(chain))


def is_whole(chain: tuple[Backup, ...]) -> bool:
    """Does the chain begin with a full one, and is all of it complete?"""
    return bool(chain) and chain[0].parent is None and all(one.state is BackupState.COMPLETE for one in chain)


def complete(seen: RepositorySeen) -> tuple[Backup, ...]:
    return tuple(one for one in seen.backups if one.state is BackupState.COMPLETE)


def every_backup(view: BackupsView) -> tuple[Backup, ...]:
    """All complete ones of all repositories, the oldest first."""
    found = [one for seen in view.repositories for one in complete(seen)]
    return tuple(sorted(found, key=lambda one: (one.ended_at or one.begun_at, one.id)))


def newest(view: BackupsView) -> Backup | None:
    every = every_backup(view)
    return every[-1] if every else None


def last_proven(view: BackupsView) -> tuple[Backup, Mark] | None:
    """The newest backup that was restored with whole books, and the mark of its books."""
    for backup in reversed(every_backup(view)):
        marks = marks_of(view, backup)
        if proof_of(backup, marks) is Proof.PROVEN:
            return backup, marks[BackupCheck.BOOKS]
    return None


def repository_of(view: BackupsView, name: str) -> RepositorySeen | None:
    return next((one for one in view.repositories if one.spec.name == name), None)


def jobs_running(view: BackupsView, repository: str | None = None) -> tuple[Job, ...]:
    """What runs, or is out of sight and may go on; a backup before a check."""
    found = [one for one in view.jobs if one.state in OPEN_JOBS and repository in (None, one.repository)]
    order = (JobKind.BACKUP, JobKind.RESTORE, JobKind.PROVE, JobKind.VERIFY, JobKind.EXPIRE)
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), one.begun_at)))


def last_ended(view: BackupsView) -> Job | None:
    """What ended last."""
    found = [one for one in view.jobs if one.state not in OPEN_JOBS and one.ended_at is not None]
    return max(found, key=lambda one: one.ended_at or one.begun_at, default=None)


# What can be got back to


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A time from `begin` to `end`."""

    begin: datetime
    end: datetime

    @property
    def seconds(self) -> float:
        return (self.end - self.begin).total_seconds()

    def holds(self, at: datetime) -> bool:
        return self.begin <= at <= self.end


def restorable(view: BackupsView, repository: str | None = None) -> tuple[Stretch, ...]:
    """The stretches whose every moment can be had, of one repository or of all together; the oldest first."""
    spans = sorted(
        (one.begin_at, one.end_at or one.begin_at)
        for one in view.windows
        if one.begin_at is not None and repository in (None, one.repository)
    )
    joined: list[Stretch] = []
    for begin, end in spans:
        last = joined[-1] if joined else None
        if last is not None and (begin - last.end).total_seconds() <= GAP_SECONDS_MIN:
            joined[-1] = Stretch(begin=last.begin, end=max(last.end, end))
        else:
            joined.append(Stretch(begin=begin, end=end))
    return tuple(joined)


def missing(view: BackupsView, repository: str | None = None) -> tuple[Stretch, ...]:
    """The stretches between those, that no repository can give back."""
    found = restorable(view, repository)
    return tuple(Stretch(begin=one.end, end=other.begin) for one, other in pairwise(found))


def reason_of(view: BackupsView, stretch: Stretch) -> tuple[str, int]:
    """Why a stretch can't be had, and how many WAL segments that is about; ('', 0) where no hole tells."""
    for hole in view.holes:
        if hole.begin_at is None or hole.end_at is None:
            continue
        if hole.begin_at < stretch.end and stretch.begin < hole.end_at:
            return hole.reason, max(1, hole.missing_last - hole.missing_first + 1)
    return "", 0


def behind_seconds(view: BackupsView, now: datetime) -> float | None:
    """How old the newest moment is that could be got back to."""
    found = restorable(view)
    return max(0.0, (now - found[-1].end).total_seconds()) if found else None


def nearest(view: BackupsView, at: datetime, repository: str | None = None) -> datetime | None:
    """The moment next to this one that can be had."""
    moments = [min(max(at, one.begin), one.end) for one in restorable(view, repository)]
    return min(moments, key=lambda one: abs((one - at).total_seconds()), default=None)


# Sizes and times


def chain_bytes(chain: tuple[Backup, ...]) -> int | None:
    sizes = [one.stored_bytes for one in chain]
    return sum(size for size in sizes if size is not None) if None not in sizes else None


def restore_seconds(view: BackupsView, chain: tuple[Backup, ...]) -> float | None:
    """By the rate that was measured; None where none was."""
    size = chain[-1].size_bytes if chain else None
    rate = view.restore_bytes_per_second
    return size / rate if size is not None and rate else None


def kinds_shown(seen: RepositorySeen, whats: tuple[str, ...]) -> tuple[BackupKind, ...]:
    """The kinds that have a row: those that there are, and those that the calendar makes."""
    order = (BackupKind.FULL, BackupKind.DIFFERENTIAL, BackupKind.INCREMENTAL)
    there = {one.kind for one in seen.backups}
    return tuple(kind for kind in order if kind in there or kind.value in whats) or (BackupKind.FULL,)


def by_time(backups: tuple[Backup, ...]) -> tuple[Backup, ...]:
    return tuple(sorted(backups, key=lambda one: (one.begun_at, one.id)))


def open_sandboxes(view: BackupsView) -> tuple[SandboxSeen, ...]:
    return tuple(sorted(view.sandboxes, key=lambda one: one.opened_at))


def recent(job: Job, now: datetime, hours: float = 24.0) -> bool:
    """Did it end so lately that it still matters?"""
    return job.ended_at is not None and now - job.ended_at <= timedelta(hours=hours)
