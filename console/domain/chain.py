"""What a backup stands on and what stands on it, what the next one would be, and on which parent."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from console.domain.backup import Backup, BackupState, TimelineFork
from console.domain.backup_policy import BackupKind, BackupPolicy
from console.domain.lineage import line_of, on_line
from console.domain.schedule import Cron, CronTrouble, last_run_before, zone_of

FULL_AGE_MAX: Final = timedelta(days=7)  # without a calendar, a full backup is due after so long
CHAIN_LENGTH_MAX: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainBroken:
    """Why a backup can't be restored, by a kebab-case word, and the backup that it fails for.

    Reasons: not-there, not-complete, no-parent-named, circle, other-system, too-long.
    """

    reason: str
    backup: str


def by_id(backups: tuple[Backup, ...]) -> dict[str, Backup]:
    return {one.id: one for one in backups}


def chain_of(backup: Backup, backups: tuple[Backup, ...]) -> tuple[Backup, ...] | ChainBroken:
    """All that is needed to restore it, the full backup first and itself last; or what is wrong with it."""
    known, chain, current = by_id(backups), [backup], backup
    while True:
        if current.state is not BackupState.COMPLETE:
            return ChainBroken(reason="not-complete", backup=current.id)
        if current.system_identifier != backup.system_identifier:
            return ChainBroken(reason="other-system", backup=current.id)
        if current.kind is BackupKind.FULL:
            return tuple(reversed(chain))
        if not current.parent:
            return ChainBroken(reason="no-parent-named", backup=current.id)
        parent = known.get(current.parent)
        if parent is None:
            return ChainBroken(reason="not-there", backup=current.parent)
        if any(parent.id == one.id for one in chain):
            return ChainBroken(reason="circle", backup=parent.id)
        if len(chain) >= CHAIN_LENGTH_MAX:
            return ChainBroken(reason="too-long", backup=backup.id)
        chain.append(parent)
        current = parent


def whole(backup: Backup, backups: tuple[Backup, ...]) -> bool:
    """Whether it and all that it stands on is there and complete."""
    return not isinstance(chain_of(backup, backups), ChainBroken)


def dependants_of(backup: Backup, backups: tuple[Backup, ...]) -> tuple[Backup, ...]:
    """All that can't be restored without it, in the order of `backups`; itself is not among them."""
    needing, grown = {backup.id}, True
    while grown:
        more = {one.id for one in backups if one.parent in needing} - needing
        grown = bool(more)
        needing |= more
    return tuple(one for one in backups if one.id in needing and one.id != backup.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenFrom:
    """The server that a backup would be taken from."""

    system_identifier: str
    timeline: int | None


def parent_for(
    kind: BackupKind, backups: tuple[Backup, ...], taken_from: TakenFrom, forks: tuple[TimelineFork, ...] = ()
) -> Backup | None:
    """The newest backup that one of this kind can stand on; None for a full one, and where there is none.

    It is whole, of the same system, and its WAL is part of the server's own history: on the server's timeline, or on
    an ancestor of it, ended before the fork.
    """
    if kind is BackupKind.FULL or taken_from.timeline is None:
        return None
    line = line_of(taken_from.timeline, forks)
    fit = [
        one
        for one in backups
        if (kind is BackupKind.INCREMENTAL or one.kind is BackupKind.FULL)
        and one.system_identifier == taken_from.system_identifier
        and one.timeline is not None
        and one.start is not None
        and one.stop is not None
        and on_line(one.timeline, one.start, one.stop, line)
        and whole(one, backups)
    ]
    return max(fit, key=lambda one: (one.ended_at or one.begun_at, one.id), default=None)


def kind_next(
    policy: BackupPolicy,
    repository: str,
    backups: tuple[Backup, ...],
    kinds: tuple[BackupKind, ...],
    taken_from: TakenFrom,
    now: datetime,
    forks: tuple[TimelineFork, ...] = (),
) -> BackupKind:
    """What 'Back up now' makes: what the calendar has had due and not got, else its smallest kind that is possible.

    Without a calendar: a full one each week, and incremental ones between. Whatever has no parent becomes a full one.
    """
    full = parent_for(BackupKind.DIFFERENTIAL, backups, taken_from, forks)
    if full is None:
        return BackupKind.FULL
    wanted = {kind: crons for kind in kinds if (crons := _crons(policy, repository, kind))}
    if not wanted:
        if now - full.begun_at >= FULL_AGE_MAX:
            return BackupKind.FULL
        return _smallest(kinds)
    if _due(wanted.get(BackupKind.FULL, ()), policy, (full,), now):
        return BackupKind.FULL
    on_full = tuple(one for one in backups if one.parent == full.id and one.kind is BackupKind.DIFFERENTIAL)
    done = (full, *(one for one in on_full if one.state is BackupState.COMPLETE))
    if _due(wanted.get(BackupKind.DIFFERENTIAL, ()), policy, done, now):
        return BackupKind.DIFFERENTIAL
    return _smallest(tuple(wanted))


def _smallest(kinds: tuple[BackupKind, ...]) -> BackupKind:
    order = (BackupKind.INCREMENTAL, BackupKind.DIFFERENTIAL)
    return next((kind for kind in order if kind in kinds), BackupKind.FULL)


def _crons(policy: BackupPolicy, repository: str, kind: BackupKind) -> tuple[Cron, ...]:
    first = policy.repositories[0].name if policy.repositories else ""
    found = []
    for entry in policy.cycle:
        if entry.what == kind.value and (entry.repository or first) == (repository or first):
            try:
                found.append(Cron.parse(entry.cron))
            except CronTrouble:
                continue  # a policy is judged where it is saved; a line that is none asks for nothing
    return tuple(found)


def _due(crons: tuple[Cron, ...], policy: BackupPolicy, done: tuple[Backup, ...], now: datetime) -> bool:
    """Whether the calendar named a moment since the newest of these was begun."""
    newest = max(one.begun_at for one in done)
    zone = zone_of(policy.time_zone)
    moments = (last_run_before(cron, zone, now, not_before=newest) for cron in crons)
    return any(moment is not None for moment in moments)
