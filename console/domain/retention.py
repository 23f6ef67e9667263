"""What a retention would take away, what stays and for which reason, and what could then no longer be got back to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from console.domain.backup import Backup, BackupCheck, BackupState, CheckResult, Mark, RepositorySeen, Window
from console.domain.backup_policy import BackupKind, Retention
from console.domain.chain import ChainBroken, by_id, chain_of, dependants_of
from console.domain.windows import lines_held, windows_of

# Why a backup stays; the first that is true of it is said.
RUNNING: Final = "running"
LAST_PROVEN: Final = "last-proven"
NEWEST: Final = "newest"  # nothing is proven: the newest whole one takes that place
COUNT: Final = "count"
WINDOW: Final = "window"
NEEDED: Final = "needed-by-kept"
WITH_FULL: Final = "with-its-full"
BROKEN_CHAIN: Final = "broken-chain"  # damaged or standing on what is: of no use now, but young enough to be mended
OTHER_SYSTEM: Final = "other-system"
_ORDER: Final = (RUNNING, OTHER_SYSTEM, LAST_PROVEN, NEWEST, COUNT, WINDOW, BROKEN_CHAIN, NEEDED, WITH_FULL)


@dataclass(frozen=True, slots=True, kw_only=True)
class WouldGo:
    """What would go now. `kept`: (backup, the reason it stays). `refused`: a kebab-case word where nothing may go.

    `begin_now`, `begin_then`: the earliest moment that can be got back to on the newest timeline, before and after.
    Refusals: not-read, repository-trouble, running-parent-not-known, bad-retention.
    """

    backups: tuple[str, ...] = ()
    freed_bytes: int | None = None  # None: a size is not known
    begin_now: datetime | None = None
    begin_then: datetime | None = None
    kept: tuple[tuple[str, str], ...] = ()
    refused: str = ""


def would_go(
    seen: RepositorySeen, retention: Retention, marks: tuple[Mark, ...], now: datetime, system_identifier: str = ""
) -> WouldGo:
    """Judge a repository. A full backup goes with all that needs it, and only when nothing of it is kept.

    Backups of another system than the named one are not ours to take away.
    """
    windows = windows_of(seen.spec.name, seen.backups, seen.wal, system_identifier)
    begin_now = _begin(windows)
    refused = _refused(seen, retention)
    if refused:
        kept = tuple((one.id, refused) for one in seen.backups)
        return WouldGo(begin_now=begin_now, begin_then=begin_now, kept=kept, refused=refused)
    reasons: dict[str, set[str]] = {one.id: set() for one in seen.backups}
    ours = tuple(one for one in seen.backups if not system_identifier or one.system_identifier == system_identifier)
    for one in seen.backups:
        if one not in ours:
            reasons[one.id].add(OTHER_SYSTEM)
        if one.state is BackupState.RUNNING:
            reasons[one.id].add(RUNNING)
    whole = _restorable(ours)
    counted = _counted(seen, whole, retention, system_identifier)
    for one in counted:
        reasons[one.id].add(COUNT)
    for one in _in_window(seen, whole, windows, retention, now, system_identifier):
        reasons[one.id].add(WINDOW)
    proven = last_proven(seen.spec.name, whole, marks)
    if proven is not None:
        reasons[proven.id].add(LAST_PROVEN)
    elif whole:
        reasons[whole[-1].id].add(NEWEST)
    for one in _broken_chains(ours, whole, counted, retention, now):
        reasons[one.id].add(BROKEN_CHAIN)
    _keep_with(reasons, seen.backups)
    going = tuple(one for one in seen.backups if not reasons[one.id])
    left = tuple(one for one in seen.backups if reasons[one.id])
    sizes = [one.stored_bytes for one in going]
    return WouldGo(
        backups=tuple(one.id for one in going),
        freed_bytes=None if None in sizes else sum(size for size in sizes if size is not None),
        begin_now=begin_now,
        begin_then=_begin(windows_of(seen.spec.name, left, seen.wal, system_identifier)),
        kept=tuple((one.id, next(word for word in _ORDER if word in reasons[one.id])) for one in left),
    )


def _refused(seen: RepositorySeen, retention: Retention) -> str:
    if seen.at is None:
        return "not-read"
    if seen.trouble:
        return "repository-trouble"
    if retention.fulls_min < 1 or (retention.window_days is not None and not 0 < retention.window_days <= 36_500):
        return "bad-retention"
    running = (one for one in seen.backups if one.state is BackupState.RUNNING and one.kind is not BackupKind.FULL)
    return "running-parent-not-known" if any(one.parent is None for one in running) else ""


def _ended(backup: Backup) -> datetime:
    return backup.ended_at or backup.begun_at


def _restorable(backups: tuple[Backup, ...]) -> tuple[Backup, ...]:
    """The whole ones, the earliest end first."""
    return tuple(
        sorted(
            (one for one in backups if not isinstance(chain_of(one, backups), ChainBroken)),
            key=lambda one: (_ended(one), one.id),
        )
    )


def last_proven(repository: str, whole: tuple[Backup, ...], marks: tuple[Mark, ...]) -> Backup | None:
    """The newest backup whose last restore proof passed."""
    newest: dict[str, Mark] = {}
    for mark in marks:
        if (mark.repository, mark.check) != (repository, BackupCheck.RESTORED):
            continue
        if mark.result is CheckResult.NOT_CHECKED:
            continue
        if mark.backup not in newest or newest[mark.backup].at <= mark.at:
            newest[mark.backup] = mark
    passed = {name for name, mark in newest.items() if mark.result is CheckResult.PASSED}
    return next((one for one in reversed(whole) if one.id in passed), None)


def _counted(
    seen: RepositorySeen, whole: tuple[Backup, ...], retention: Retention, system_identifier: str
) -> tuple[Backup, ...]:
    """The newest full ones; and as many of those from which it can be gone on on the newest timeline's own line.

    Full ones of a timeline that was left, or whose WAL is missing, are newer than them at times, and no help there.
    """
    fulls = [one for one in whole if one.kind is BackupKind.FULL]
    found = fulls[-retention.fulls_min :]
    newest = max(lines_held(seen.backups, seen.wal, system_identifier), key=lambda one: one.timeline, default=None)
    if newest is not None:
        there = {one.id for one in fulls}
        usable = [one for one in newest.usable() if one.kind is BackupKind.FULL and one.id in there]
        found += [one for one in usable[-retention.fulls_min :] if one not in found]
    return tuple(found)


def _in_window(
    seen: RepositorySeen,
    whole: tuple[Backup, ...],
    windows: tuple[Window, ...],
    retention: Retention,
    now: datetime,
    system_identifier: str,
) -> tuple[Backup, ...]:
    """What ended since the window began, and what its first moments need: the newest that ended before it, on each
    line whose WAL reaches into the window.
    """
    if retention.window_days is None:
        return ()
    begin = now - timedelta(days=retention.window_days)
    found = [one for one in whole if _ended(one) > begin]
    before = [one for one in whole if _ended(one) <= begin]
    found += before[-1:]
    reaching = {one.timeline for one in windows if one.end_at is None or one.end_at >= begin}
    for line in lines_held(seen.backups, seen.wal, system_identifier):
        if line.timeline in reaching:
            found += [one for one in line.usable() if _ended(one) <= begin][-1:]
    return tuple(found)


def _broken_chains(
    backups: tuple[Backup, ...], whole: tuple[Backup, ...], counted: tuple[Backup, ...], retention: Retention,
    now: datetime,
) -> tuple[Backup, ...]:
    """Complete ones that stand on what is broken or gone, and the broken ones below them, while they are young.

    What damaged a file can be a disk that is mended; what was begun and not finished holds nothing and goes at once.
    """
    usable = {one.id for one in whole}
    if retention.window_days is not None:
        begin = now - timedelta(days=retention.window_days)
    else:
        begin = min((_ended(one) for one in counted), default=None) or now
    return tuple(
        one for one in backups if one.state is BackupState.COMPLETE and one.id not in usable and _ended(one) > begin
    )


def _keep_with(reasons: dict[str, set[str]], backups: tuple[Backup, ...]) -> None:
    """What a kept one stands on stays, and with a full one that stays all that is whole on it."""
    known = by_id(backups)
    for one in backups:
        if not reasons[one.id]:
            continue
        parent, steps = one.parent, 0
        while parent is not None and parent in known and steps <= len(backups):
            reasons[parent].add(NEEDED)
            parent, steps = known[parent].parent, steps + 1
    for one in backups:
        if one.kind is BackupKind.FULL and reasons[one.id]:
            for other in dependants_of(one, backups):
                if other.state is not BackupState.BROKEN:
                    reasons[other.id].add(WITH_FULL)
    # A broken one in the middle of a chain: taken away, nothing above it would get better or worse; it stays with it.
    for one in backups:
        if reasons[one.id] and one.parent is not None and one.parent in reasons and not reasons[one.parent]:
            _keep_chain(one, known, reasons)


def _keep_chain(backup: Backup, known: dict[str, Backup], reasons: dict[str, set[str]]) -> None:
    current, steps = backup.parent, 0
    while current is not None and current in known and steps <= len(known):
        reasons[current].add(NEEDED)
        current, steps = known[current].parent, steps + 1


def _begin(windows: tuple[Window, ...]) -> datetime | None:
    newest = max((one.timeline for one in windows), default=None)
    return min((one.begin_at for one in windows if one.timeline == newest and one.begin_at is not None), default=None)
