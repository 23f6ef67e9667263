"""Whether a moment can be got back to, by which backups and settings of the recovery; if not, why, and what can."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from console.domain.backup import Backup, BackupState, Hole, RepositorySeen, TimelineFork, Window
from console.domain.chain import ChainBroken, chain_of
from console.domain.restore import Chosen, EntryPlace, Target, TargetKind, Unfit
from console.domain.wal import Lsn
from console.domain.windows import Line, holes_of, line_held, timelines_held, windows_of

# Engines tell times in whole seconds: a moment within this much after a backup's end may lie before it.
BACKUP_END_MARGIN: Final = timedelta(seconds=1)
XID_MASK: Final = 0xFFFFFFFF
RESTORE_POINT_LENGTH_MAX: Final = 63


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """What was measured of earlier restores, in bytes a second, and the seconds that each takes besides."""

    restore_bytes_per_second: float | None = None
    replay_bytes_per_second: float | None = None
    fixed_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    target: Target
    seen: RepositorySeen
    line: Line
    windows: tuple[Window, ...]
    holes: tuple[Hole, ...]
    rates: Rates


def resolve(
    target: Target,
    seen: RepositorySeen,
    *,
    now: datetime,
    place: EntryPlace | None = None,
    system_identifier: str = "",
    rates: Rates = Rates(),
) -> Chosen | Unfit:
    """Judge one target in one repository. For an entry `place` says where it was committed.

    The newest backup that surely ended before the target is chosen, as it needs the least WAL.
    """
    if target.time is not None and target.time.tzinfo is None:
        return Unfit(reason="time-without-zone", detail=target.time.isoformat(sep=" "))
    unread = _nothing_there(seen, system_identifier)
    if unread is not None:
        return unread
    held = timelines_held(seen.backups, seen.wal)
    timeline = _newest_timeline(held, seen.wal.forks) if target.timeline is None else target.timeline
    if target.timeline is not None and timeline not in held:
        return Unfit(reason="no-such-timeline", detail=",".join(str(one) for one in held))
    line = line_held(timeline, seen.backups, seen.wal, system_identifier)
    search = _Search(
        target=target,
        seen=seen,
        line=line,
        windows=_windows_on(line, seen.spec.name),
        holes=_holes_on(line, seen, system_identifier),
        rates=rates,
    )
    match target.kind:
        case TargetKind.LATEST:
            return _latest(search)
        case TargetKind.TIME:
            return _at_time(search, now)
        case TargetKind.POSITION:
            return _at_position(search)
        case TargetKind.NAME:
            return _at_point(search)
        case TargetKind.BEFORE_ENTRY | TargetKind.AFTER_ENTRY:
            return _at_entry(search, place)


def _newest_timeline(held: tuple[int, ...], forks: tuple[TimelineFork, ...]) -> int:
    """The newest that comes from what is held: one whose history is there has left the others, though none of its WAL
    may have come yet.
    """
    known = set(held)
    for fork in sorted(forks, key=lambda one: one.timeline):
        if fork.parent in known and fork.parent < fork.timeline:
            known.add(fork.timeline)
    return max(known)


def _nothing_there(seen: RepositorySeen, system_identifier: str) -> Unfit | None:
    complete = [one for one in seen.backups if one.state is BackupState.COMPLETE]
    if not complete:
        if seen.at is None or seen.trouble:
            return Unfit(reason="no-repository", detail=seen.trouble or "not-read")
        return Unfit(reason="no-backup")
    ours = [one for one in complete if not system_identifier or one.system_identifier == system_identifier]
    if not ours:
        return Unfit(reason="other-system", detail=complete[-1].system_identifier)
    chains = [chain_of(one, seen.backups) for one in ours]
    broken = [one for one in chains if isinstance(one, ChainBroken)]
    if len(broken) == len(chains):
        return Unfit(reason="chain-broken", detail=f"{broken[-1].reason} {broken[-1].backup}")
    return None


def _windows_on(line: Line, repository: str) -> tuple[Window, ...]:
    """The windows of this one line, in order."""
    found: dict[int, Window] = {}
    for one in line.backups:
        end = line.window_end(one)
        if end is not None and end not in found and one.stop is not None:
            found[end] = Window(
                repository=repository, backup=one.id, timeline=line.timeline, begin=one.stop, end=Lsn(end),
                begin_at=one.ended_at, end_at=line.time_at_most(end),
            )  # fmt: skip
    return tuple(found[end] for end in sorted(found))


def _holes_on(line: Line, seen: RepositorySeen, system_identifier: str) -> tuple[Hole, ...]:
    on = {one.timeline for one in line.stretches}
    return tuple(
        one for one in holes_of(seen.spec.name, seen.backups, seen.wal, system_identifier) if one.timeline in on
    )


def _unfit(search: _Search, reason: str, *, at: datetime | None = None, position: Lsn | None = None) -> Unfit:
    """The refusal, with the end of the window before and the begin of the one after; without a moment: the last."""
    before: Window | None = None
    after: Window | None = None
    for one in search.windows:
        if at is not None and not _has_times(one):
            continue
        if position is not None:
            earlier, later = one.end < position, one.begin > position
        elif at is not None:
            earlier = one.end_at is not None and one.end_at < at
            later = one.begin_at is not None and at < one.begin_at + BACKUP_END_MARGIN
        else:
            earlier, later = True, False
        before = one if earlier else before
        after = one if later and after is None else after
    last = _last_in(search, before) if before is not None else ""
    return Unfit(
        reason=reason,
        before=before.end_at if before is not None else None,
        before_position=before.end if before is not None else None,
        after=after.begin_at + BACKUP_END_MARGIN if after is not None and after.begin_at is not None else None,
        after_position=after.begin if after is not None else None,
        fits=last or (after.backup if after is not None else ""),
    )


def _has_times(window: Window) -> bool:
    """Whether a moment of it can be named: its end may be known no better than its begin."""
    if window.begin_at is None or window.end_at is None:
        return window.begin_at is not None
    return window.begin_at + BACKUP_END_MARGIN <= window.end_at


def _last_in(search: _Search, window: Window) -> str:
    """The newest backup of a window: what gets to its end with the least WAL."""
    return [one.id for one in search.line.backups if search.line.window_end(one) == window.end.position][-1]


def _why_not(search: _Search, *, at: datetime | None = None, position: Lsn | None = None) -> str:
    """Why a moment is in no window."""
    size = search.seen.wal.segment_bytes
    starts = [one.start for one in search.line.backups if one.start is not None]
    begun = [one.begun_at for one in search.line.backups]
    early = (position is not None and starts and position < min(starts)) or (at is not None and begun and
                                                                             at < min(begun))  # fmt: skip
    if early:
        return "before-first-backup"
    for hole in search.holes:
        if position is not None and hole.missing_first * size <= position.position < (hole.missing_last + 1) * size:
            return hole.reason
        if at is not None and (hole.begin_at is None or hole.begin_at <= at) and (
            hole.end_at is None or at < hole.end_at + BACKUP_END_MARGIN
        ):  # fmt: skip
            return hole.reason
    if not search.windows:
        return search.holes[0].reason if search.holes else "wal-missing"
    first, last = search.windows[0], search.windows[-1]
    if position is not None:
        if position > last.end:
            return "after-last-wal"
        if position < first.begin:
            return "before-backup-end"
    if at is not None:
        if last.end_at is not None and at > last.end_at:
            return "after-last-wal"
        if first.begin_at is not None and at < first.begin_at + BACKUP_END_MARGIN:
            return "before-backup-end"
    return "wal-missing"


def _latest(search: _Search) -> Chosen | Unfit:
    """The end of the newest window, and only where that is the end of all WAL that is held."""
    if not search.windows:
        return _unfit(search, _why_not(search))
    last = search.windows[-1]
    if last.end.position < search.line.until:
        after = [one.reason for one in search.holes if one.missing_last >= last.end.position //
                 search.seen.wal.segment_bytes]  # fmt: skip
        return _unfit(search, after[0] if after else "wal-missing")
    backup = _newest(search, last)
    return _chosen(search, backup, (), until=last.end.position)


def _newest(search: _Search, window: Window) -> Backup:
    return [one for one in search.line.backups if search.line.window_end(one) == window.end.position][-1]


def _ended_before(search: _Search, at: datetime) -> list[Backup]:
    """Usable backups that surely ended before a moment and whose WAL reaches it, the newest last."""
    found = []
    for one in search.line.usable():
        end = search.line.window_end(one)
        end_at = search.line.time_at_most(end) if end is not None else None
        if one.ended_at is not None and one.ended_at + BACKUP_END_MARGIN <= at and (end_at is None or at <= end_at):
            found.append(one)
    return found


def _at_time(search: _Search, now: datetime) -> Chosen | Unfit:
    at = search.target.time
    if at is None:
        raise ValueError("a target of kind TIME without a time")
    if at > now:
        return _unfit(search, "after-last-wal", at=at)
    fit = _ended_before(search, at)
    if not fit:
        return _unfit(search, _why_not(search, at=at), at=at)
    settings = (("recovery_target_time", shown_time(at)), ("recovery_target_inclusive", "on"))
    return _chosen(search, fit[-1], settings, until=_position_by(search, at))


def shown_time(at: datetime) -> str:
    """A time as PostgreSQL reads it whatever its own zone is: in UTC, said so."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f+00")


def _at_position(search: _Search) -> Chosen | Unfit:
    position = search.target.position
    if position is None:
        raise ValueError("a target of kind POSITION without a position")
    fit = []
    for one in search.line.usable():
        end = search.line.window_end(one)
        if one.stop is not None and end is not None and one.stop <= position and position.position <= end:
            fit.append(one)
    if not fit:
        return _unfit(search, _why_not(search, position=position), position=position)
    # Exclusive: all that lies before the position, as `pg_current_wal_lsn()` means it, and nothing that begins there.
    settings = (("recovery_target_lsn", str(position)), ("recovery_target_inclusive", "off"))
    return _chosen(search, fit[-1], settings, until=position.position)


def _at_point(search: _Search) -> Chosen | Unfit:
    """By name alone nobody knows where a restore point lies: then the earliest backup of the newest window serves."""
    target = search.target
    if not target.name or len(target.name.encode()) > RESTORE_POINT_LENGTH_MAX:
        return Unfit(reason="no-such-point", detail=target.name[:RESTORE_POINT_LENGTH_MAX])
    settings = (("recovery_target_name", target.name),)
    if target.time is not None:
        fit = _ended_before(search, target.time)
        if not fit:
            return _unfit(search, _why_not(search, at=target.time), at=target.time)
        return _chosen(search, fit[-1], settings, until=_position_by(search, target.time))
    if not search.windows:
        return _unfit(search, _why_not(search))
    last = search.windows[-1]
    first = next(one for one in search.line.backups if one.id == last.backup)
    return _chosen(search, first, settings, until=last.end.position)


def _at_entry(search: _Search, place: EntryPlace | None) -> Chosen | Unfit:
    """By the entry's top-level transaction. It was booked no later than it was committed, so that a backup that ended
    before the booking surely has the commit ahead.
    """
    target = search.target
    if place is None or place.entry != target.entry:
        return Unfit(reason="entry-not-known", detail=str(target.entry))
    inclusive = "on" if target.kind is TargetKind.AFTER_ENTRY else "off"
    settings = (("recovery_target_xid", str(place.xid & XID_MASK)), ("recovery_target_inclusive", inclusive))
    if place.booked_at is None:
        fit = [one for one in search.line.usable() if one.head_number is not None and one.head_number < place.entry]
        if not fit:
            return Unfit(reason="entry-not-known", detail="no-time")
        return _chosen(search, fit[0], settings, until=search.line.window_end(fit[0]) or 0, place=place)
    if place.booked_at.tzinfo is None:
        return Unfit(reason="time-without-zone", detail=place.booked_at.isoformat(sep=" "))
    fit = _ended_before(search, place.booked_at)
    if not fit:
        return _unfit(search, _why_not(search, at=place.booked_at), at=place.booked_at)
    return _chosen(search, fit[-1], settings, until=_position_by(search, place.booked_at), place=place)


def _position_by(search: _Search, at: datetime) -> int:
    """About where WAL had come by that time: between the two known moments around it, as if it had grown evenly."""
    until = search.line.until
    earlier = max(((when, where) for where, when in search.line.moments if when <= at), default=None)
    later = min(((when, where) for where, when in search.line.moments if when >= at), default=None)
    if earlier is None or later is None:
        return until
    span = (later[0] - earlier[0]).total_seconds()
    part = (at - earlier[0]).total_seconds() / span if span > 0 else 1.0
    return min(until, int(earlier[1] + max(0, later[1] - earlier[1]) * part))


def _chosen(
    search: _Search,
    backup: Backup,
    settings: tuple[tuple[str, str], ...],
    *,
    until: int,
    place: EntryPlace | None = None,
) -> Chosen:
    chain = chain_of(backup, search.seen.backups)
    if isinstance(chain, ChainBroken) or backup.start is None or backup.stop is None:
        raise ValueError(f"backup {backup.id} of a line is not whole")
    sizes = [one.size_bytes for one in chain]
    known = [size for size in sizes if size is not None]
    restore = sum(known) if len(known) == len(sizes) else None
    wal = max(0, until - backup.start.position)
    return Chosen(
        target=search.target,
        repository=search.seen.spec.name,
        chain=tuple(one.id for one in chain),
        timeline=search.line.timeline,
        settings=(("recovery_target_timeline", str(search.line.timeline)), *settings),
        start=backup.start,
        consistent=backup.stop,
        wal_bytes=wal,
        restore_bytes=restore,
        expected_seconds=expected_seconds(restore, wal, search.rates),
        place=place,
    )


def expected_seconds(restore_bytes: int | None, wal_bytes: int | None, rates: Rates) -> float | None:
    """Seconds by measured rates; None where one that is needed was never measured."""
    if restore_bytes is None or not rates.restore_bytes_per_second:
        return None
    seconds = rates.fixed_seconds + restore_bytes / rates.restore_bytes_per_second
    if wal_bytes and rates.replay_bytes_per_second:
        seconds += wal_bytes / rates.replay_bytes_per_second
    return seconds


def fitting(
    target: Target, repositories: tuple[RepositorySeen, ...], *, now: datetime, place: EntryPlace | None = None,
    system_identifier: str = "", rates: Rates = Rates(),
) -> Chosen | Unfit:  # fmt: skip
    """The first repository that has the moment; else the refusal of the first that says what would fit."""
    unfit = Unfit(reason="no-repository")
    for number, seen in enumerate(repositories):
        found = resolve(target, seen, now=now, place=place, system_identifier=system_identifier, rates=rates)
        if isinstance(found, Chosen):
            return found
        if number == 0 or (found.fits and not unfit.fits):
            unfit = found
    return unfit


def all_windows(repositories: tuple[RepositorySeen, ...], system_identifier: str = "") -> tuple[Window, ...]:
    """The windows of several repositories, one after the other."""
    return tuple(
        window
        for seen in repositories
        for window in windows_of(seen.spec.name, seen.backups, seen.wal, system_identifier)
    )
