"""The moments that can be got back to, and the holes between them, from complete backups and the WAL that is held."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from console.domain.backup import Backup, BackupState, Hole, WalHeld, WalRange, Window
from console.domain.chain import whole
from console.domain.lineage import Stretch, line_of, on_line, timeline_at
from console.domain.wal import SEGMENT_NAME_LENGTH, Lsn

SEGMENTS_OF_4_GB: Final = 1 << 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """WAL without a hole on one line, in bytes: from `begin` up to, not with, `end`."""

    begin: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """All that is held of one line of timelines: its stretches, its WAL, the backups that lie on it, known times.

    `moments`: (position, time) that are known, by position; `until`: where its WAL ends, in bytes.
    """

    timeline: int
    stretches: tuple[Stretch, ...]
    covered: tuple[Covered, ...]
    backups: tuple[Backup, ...]  # whole ones of one system, the earliest end first
    moments: tuple[tuple[int, datetime], ...]

    @property
    def until(self) -> int:
        return self.covered[-1].end if self.covered else 0

    def time_at_most(self, position: int) -> datetime | None:
        """A time by which all WAL before the position had been written is not known; this one is surely not later."""
        return max((at for where, at in self.moments if where <= position), default=None)

    def usable(self) -> tuple[Backup, ...]:
        """The backups from which it can be gone on: the WAL from their start to their stop is held."""
        return tuple(one for one in self.backups if self.window_end(one) is not None)

    def window_end(self, backup: Backup) -> int | None:
        """How far one gets from a backup, in bytes; None where not even it becomes consistent."""
        if backup.start is None or backup.stop is None:
            return None
        for span in self.covered:
            if span.begin <= backup.start.position and backup.stop.position <= span.end:
                return span.end
        return None


def segment_number(name: str, segment_bytes: int) -> tuple[int, int] | None:
    """Timeline and number of a WAL file's name, whatever comes after its 24 digits; None where it is none."""
    digits = name.rpartition("/")[2][:SEGMENT_NAME_LENGTH]
    if len(digits) != SEGMENT_NAME_LENGTH or not all(c in "0123456789ABCDEFabcdef" for c in digits):
        return None
    return int(digits[:8], 16), int(digits[8:16], 16) * (SEGMENTS_OF_4_GB // segment_bytes) + int(digits[16:], 16)


def _whole_ranges(wal: WalHeld) -> tuple[WalRange, ...]:
    """The ranges without their damaged segments. The times of a part are known only where it has the range's ends."""
    damaged = {found for name in wal.damaged if (found := segment_number(name, wal.segment_bytes)) is not None}
    parts: list[WalRange] = []
    for one in wal.ranges:
        bad = sorted(number for timeline, number in damaged if timeline == one.timeline and
                     one.first <= number <= one.last + 1)  # fmt: skip
        first = one.first
        for number in bad:
            if number > one.last:
                continue
            if number > first:
                parts.append(WalRange(timeline=one.timeline, first=first, last=number - 1,
                                      begun_at=one.begun_at if first == one.first else None))  # fmt: skip
            first = number + 1
        partial = one.partial_end if one.last + 1 not in bad else None
        if first <= one.last or partial is not None:
            parts.append(WalRange(timeline=one.timeline, first=first, last=one.last, ended_at=one.ended_at,
                                  begun_at=one.begun_at if first == one.first else None,
                                  partial_end=partial))  # fmt: skip
    return tuple(parts)


def _covered(ranges: tuple[WalRange, ...], size: int, stretches: tuple[Stretch, ...]) -> tuple[Covered, ...]:
    """The line's WAL. The segment in which a timeline forked holds, under the new number, what came before it too."""
    spans: list[tuple[int, int]] = []
    for stretch in stretches:
        low = stretch.begin.position // size * size
        for one in ranges:
            if one.timeline != stretch.timeline:
                continue
            end = (one.last + 1) * size
            if one.partial_end is not None:
                end = max(end, one.partial_end.position)
            begin = max(one.first * size, low)
            end = end if stretch.end is None else min(end, stretch.end.position)
            if begin < end:
                spans.append((begin, end))
    merged: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((begin, end))
    return tuple(Covered(begin=begin, end=end) for begin, end in merged)


def _moments(
    wal: WalHeld, stretches: tuple[Stretch, ...], backups: tuple[Backup, ...]
) -> tuple[tuple[int, datetime], ...]:
    """What is known of when the line's WAL was written: at the ends of ranges, and of backups."""
    size = wal.segment_bytes
    found: list[tuple[int, datetime]] = []
    ends = {one.timeline: one.end for one in stretches}
    receiving = max((one.timeline for one in wal.ranges if one.partial_end is not None), default=None)
    for one in wal.ranges:
        if one.timeline not in ends:
            continue
        known = [((one.first + 1) * size, one.begun_at), ((one.last + 1) * size, one.ended_at)]
        if one.partial_end is not None and one.timeline == receiving:
            known.append((one.partial_end.position, wal.newest_at))
        cut = ends[one.timeline]
        found += [(where, at) for where, at in known if at is not None and (cut is None or where <= cut.position)]
    for backup in backups:
        if backup.stop is not None and backup.ended_at is not None:
            found.append((backup.stop.position, backup.ended_at))
    return tuple(sorted(found))


def line_held(timeline: int, backups: tuple[Backup, ...], wal: WalHeld, system_identifier: str = "") -> Line:
    """What is held of the line that leads to a timeline. An empty system identifier asks for no certain one."""
    stretches = line_of(timeline, wal.forks)
    on = [
        one
        for one in backups
        if one.state is BackupState.COMPLETE
        and one.timeline is not None
        and one.start is not None
        and one.stop is not None
        and (not system_identifier or one.system_identifier == system_identifier)
        and on_line(one.timeline, one.start, one.stop, stretches)
        and whole(one, backups)
    ]
    ordered = tuple(sorted(on, key=lambda one: (one.stop or Lsn(0), one.id)))
    covered = _covered(_whole_ranges(wal), wal.segment_bytes, stretches)
    return Line(timeline=timeline, stretches=stretches, covered=covered, backups=ordered,
                moments=_moments(wal, stretches, ordered))  # fmt: skip


def timelines_held(backups: tuple[Backup, ...], wal: WalHeld) -> tuple[int, ...]:
    """The timelines of which anything is held, the oldest first."""
    complete = {one.timeline for one in backups if one.state is BackupState.COMPLETE and one.timeline is not None}
    return tuple(sorted({one.timeline for one in wal.ranges} | complete))


def lines_held(backups: tuple[Backup, ...], wal: WalHeld, system_identifier: str = "") -> tuple[Line, ...]:
    """The lines of a repository, the oldest first; one whose WAL ends where a newer one left it is part of that one."""
    timelines, size, found = timelines_held(backups, wal), wal.segment_bytes, []
    for timeline in timelines:
        line = line_held(timeline, backups, wal, system_identifier)
        left = [one.position.position for one in wal.forks if one.parent == timeline and one.timeline in timelines]
        if not any(line.until <= (position // size + 1) * size for position in left):
            found.append(line)
    return tuple(found)


def windows_of(
    repository: str, backups: tuple[Backup, ...], wal: WalHeld, system_identifier: str = ""
) -> tuple[Window, ...]:
    """All windows, by line and position. Only whole backups count. `end_at` is never later than the truth."""
    found = []
    for line in lines_held(backups, wal, system_identifier):
        for span in line.covered:
            first = next((one for one in line.backups if one.start is not None and one.stop is not None
                          and span.begin <= one.start.position and one.stop.position <= span.end), None)  # fmt: skip
            if first is None or first.stop is None:
                continue
            found.append(Window(
                repository=repository, backup=first.id, timeline=line.timeline, begin=first.stop, end=Lsn(span.end),
                begin_at=first.ended_at, end_at=line.time_at_most(span.end),
            ))  # fmt: skip
    return tuple(found)


def holes_of(
    repository: str, backups: tuple[Backup, ...], wal: WalHeld, system_identifier: str = ""
) -> tuple[Hole, ...]:
    """What is missing after the first backup. A hole ends with the end of the next backup whose WAL is held."""
    size, found, seen = wal.segment_bytes, [], set()
    damaged = {one for name in wal.damaged if (one := segment_number(name, size)) is not None}
    for line in lines_held(backups, wal, system_identifier):
        for begin, end in _gaps(line):
            timeline = timeline_at(Lsn(begin), line.stretches)
            first, last = begin // size, (end - 1) // size
            if (timeline, first, last) in seen:
                continue
            seen.add((timeline, first, last))
            on = {one.timeline for one in line.stretches}
            bad = any(number in range(first, last + 1) and where in on for where, number in damaged)
            after = next((one for one in line.usable() if one.start is not None and one.start.position >= end), None)
            found.append(Hole(
                repository=repository, reason="wal-damaged" if bad else "wal-missing", timeline=timeline,
                missing_first=first, missing_last=last, begin_at=line.time_at_most(begin),
                end_at=after.ended_at if after is not None else None,
            ))  # fmt: skip
    return tuple(found)


def _gaps(line: Line) -> tuple[tuple[int, int], ...]:
    """The bytes that lack between the first backup's start and the end of all that is held or needed."""
    starts = [one.start.position for one in line.backups if one.start is not None]
    stops = [one.stop.position for one in line.backups if one.stop is not None]
    if not starts:
        return ()
    position, end, gaps = min(starts), max(line.until, *stops), []
    for span in line.covered:
        if span.begin > position:
            gaps.append((position, span.begin))
        position = max(position, span.end)
    if position < end:
        gaps.append((position, end))
    return tuple(gaps)
