"""The line of timelines that leads to one of them: which stretch of WAL each of them owns on the way."""

from dataclasses import dataclass

from console.domain.backup import TimelineFork
from console.domain.wal import Lsn


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The WAL of one timeline that is part of a line: from `begin` up to `end` (None: the line's last timeline)."""

    timeline: int
    begin: Lsn
    end: Lsn | None


def line_of(timeline: int, forks: tuple[TimelineFork, ...]) -> tuple[Stretch, ...]:
    """The stretches that lead to a timeline, the oldest first, as far as the history files tell.

    A history file that names a parent which is not older is no history, and the line begins after it.
    """
    parents = {fork.timeline: fork for fork in forks if fork.parent < fork.timeline}
    found: list[Stretch] = []
    current, end = timeline, None
    while True:
        fork = parents.get(current)
        begin = fork.position if fork is not None else Lsn(0)
        if end is not None and end < begin:  # it would have been left before it began: no such history
            break
        found.append(Stretch(timeline=current, begin=begin, end=end))
        if fork is None:
            break
        current, end = fork.parent, fork.position
    return tuple(reversed(found))


def on_line(timeline: int, start: Lsn, stop: Lsn, line: tuple[Stretch, ...]) -> bool:
    """Whether WAL that ends on that timeline, from `start` to `stop`, is part of the line as a whole.

    It may begin on an ancestor, as a backup of a standby does that followed a new primary: that lies on the line too.
    """
    return start <= stop and any(
        one.timeline == timeline and one.begin <= stop and (one.end is None or stop <= one.end) for one in line
    )


def timeline_at(position: Lsn, line: tuple[Stretch, ...]) -> int:
    """Which timeline of the line owns a position; its oldest for what lies before all of them."""
    return next((one.timeline for one in reversed(line) if one.begin <= position), line[0].timeline)
