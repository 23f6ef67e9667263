"""Makes the picture of a cluster's backups from what was read, what is kept, and what the calendar says."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from console.domain.backup import BackupsView, Job, Mark, MissedRun, NextRun, RepositorySeen, SandboxSeen
from console.domain.backup_policy import BackupKind, BackupPolicy, Scheduler
from console.domain.chain import kind_next
from console.domain.cluster import ClusterSpec, NodeKind
from console.domain.copies import advice, days_until_full
from console.domain.fleet import ClusterView
from console.domain.schedule import CronTrouble, next_runs
from console.domain.targets import all_windows
from console.domain.windows import holes_of
from console.engine.backup_sources import taken_from

JOBS_SHOWN_MAX: Final = 30
NEXT_RUNS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that a picture is made from."""

    spec: ClusterSpec
    repositories: tuple[RepositorySeen, ...]
    marks: tuple[Mark, ...]
    jobs: tuple[Job, ...]
    missed: tuple[MissedRun, ...]
    sandboxes: tuple[SandboxSeen, ...]
    watched: ClusterView | None
    machines: tuple[str, ...]
    restore_bytes_per_second: float | None = None
    silent: frozenset[str] = frozenset()  # repositories to which no WAL has come for too long


def view_of(known: Known, now: datetime) -> BackupsView:
    """The picture at this moment."""
    policy = known.spec.backup or BackupPolicy()
    known = replace(known, repositories=tuple(_with_silence(seen, known.silent) for seen in known.repositories))
    system = (known.watched.system_identifier if known.watched is not None else None) or ""
    there = {(seen.spec.name, one.id) for seen in known.repositories for one in seen.backups}
    return BackupsView(
        cluster=known.spec.name, at=now, policy=policy, repositories=known.repositories,
        windows=all_windows(known.repositories, system),
        holes=tuple(
            hole for seen in known.repositories for hole in holes_of(seen.spec.name, seen.backups, seen.wal, system)
        ),
        marks=tuple(mark for mark in known.marks if (mark.repository, mark.backup) in there),
        jobs=known.jobs[:JOBS_SHOWN_MAX], next_runs=_next_runs(policy, now), missed=known.missed,
        sandboxes=known.sandboxes,
        advice=advice(known.repositories, known.marks, known.machines, now) if known.repositories else (),
        restore_bytes_per_second=known.restore_bytes_per_second,
        days_until_full=tuple(_days(known.repositories, policy, now)),
        kind_next=next_kind(known.spec, known.repositories, known.watched, now),
    )  # fmt: skip


def _with_silence(seen: RepositorySeen, silent: frozenset[str]) -> RepositorySeen:
    """A repository to which no WAL comes any more is in trouble, though it can be read."""
    return replace(seen, trouble="wal-silent") if seen.spec.name in silent and not seen.trouble else seen


def next_kind(
    spec: ClusterSpec, repositories: tuple[RepositorySeen, ...], watched: ClusterView | None, now: datetime,
    repository: str = "",
) -> BackupKind | None:  # fmt: skip
    """What 'Back up now' would make in a repository (the first, where none is named); None where it is not known."""
    policy = spec.backup
    seen = next((one for one in repositories if not repository or one.spec.name == repository), None)
    if policy is None or seen is None or seen.at is None:
        return None
    kinds = seen.found.kinds if seen.found is not None else (BackupKind.FULL,)
    source = taken_from(watched, seen.spec, spec)
    return kind_next(policy, seen.spec.name, seen.backups, kinds, source, now, seen.wal.forks)


def machines_of(spec: ClusterSpec, machine_ids: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The machine ids of the hosts that hold the ledger itself."""
    servers = {node.name for node in spec.nodes if node.kind is NodeKind.POSTGRES}
    return tuple(dict.fromkeys(machine for name, machine in machine_ids if name in servers and machine))


def _next_runs(policy: BackupPolicy, now: datetime) -> tuple[NextRun, ...]:
    if policy.scheduler is Scheduler.NOBODY:
        return ()
    try:
        return next_runs(policy, now, count=NEXT_RUNS)
    except CronTrouble:
        return ()  # a policy is judged where it is saved; a line that is none asks for nothing


def _days(repositories: tuple[RepositorySeen, ...], policy: BackupPolicy, now: datetime) -> Iterable[tuple[str, float]]:
    for seen in repositories:
        days = days_until_full(seen, policy.retention, now)
        if days is not None:
            yield seen.spec.name, days
