"""Where everything of the backup chain stands on its time axis; pure arithmetic in pixels, knows no Qt."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final

from console.domain.backup import Backup, BackupState, BackupsView, Job, JobKind, RepositorySeen
from console.domain.backup_policy import BackupKind
from console.ui.backup_state import Stretch, jobs_running, kinds_shown, missing, restorable
from console.ui.measures import month, weekday
from console.ui.speech import translate

MINUTE, HOUR, DAY = 60, 3600, 86400
STEPS: Final = (
    MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR,
    DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 91 * DAY, 364 * DAY,
)  # fmt: skip
TICKS_MAX: Final = 60
SPAN_SECONDS_MIN: Final = 180.0
BEFORE_SHARE: Final = 0.012  # room at the left of the first backup
AFTER_SHARE: Final = 0.012


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Time from left to right."""

    begin: datetime
    end: datetime
    left: float
    right: float

    def x(self, at: datetime) -> float:
        """The place of a moment; what lies outside stands at the edge."""
        share = (at - self.begin).total_seconds() / max(1.0, (self.end - self.begin).total_seconds())
        return self.left + (self.right - self.left) * min(1.0, max(0.0, share))

    def at(self, x: float) -> datetime:
        share = min(1.0, max(0.0, (x - self.left) / max(1.0, self.right - self.left)))
        return self.begin + (self.end - self.begin) * share


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A line of the axis with its label."""

    x: float
    label: str


def ticks(scale: Scale, room: float) -> tuple[Tick, ...]:
    """Labels that are at least `room` apart, at whole hours and days."""
    seconds = (scale.end - scale.begin).total_seconds()
    width = max(1.0, scale.right - scale.left)
    step = next((one for one in STEPS if width * one / max(1.0, seconds) >= room), STEPS[-1])
    since = datetime(2001, 1, 1, tzinfo=UTC)  # a Monday: weeks begin on one
    first = -(-int((scale.begin - since).total_seconds()) // step)
    found = []
    for place in range(first, first + TICKS_MAX):
        at = since + timedelta(seconds=place * step)
        if at > scale.end:
            break
        found.append(Tick(x=scale.x(at), label=tick_label(at, step, seconds)))
    return tuple(found)


def tick_label(at: datetime, step: int, seconds: float) -> str:
    if step < DAY and (at.hour, at.minute) != (0, 0):
        return f"{at:%H:%M}"
    if seconds <= 21 * DAY:
        return translate("backup", "{weekday} {day}").format(weekday=weekday(at.weekday()), day=at.day)
    if step >= 91 * DAY:
        return translate("backup", "{month} {year}").format(month=month(at.month), year=at.year)
    return translate("backup", "{day} {month}").format(day=at.day, month=month(at.month))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """The measures of the picture in pixels; they follow the font."""

    em: float
    width: float
    label: float  # the column of row names at the left
    now: float  # room for the word 'now' at the right


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One backup; `thin`: too many stand beside each other for a letter."""

    backup: Backup
    x: float
    y: float
    width: float
    height: float
    thin: bool
    mark_below: bool

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def centre(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The line from a parent to what stands on it, by its corners."""

    parent: str
    child: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A piece of a row: of the WAL, of what can be had, or of what can't."""

    x: float
    width: float
    stretch: Stretch


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The upper edges of the rows."""

    kinds: tuple[tuple[BackupKind, float], ...]
    kind_height: float
    wal: float
    wal_height: float
    window: float
    window_height: float
    legend: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Everything that is painted, in pixels."""

    scale: Scale
    rows: Rows
    ticks: tuple[Tick, ...]
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    wal: tuple[Band, ...]
    windows: tuple[Band, ...]
    holes: tuple[Band, ...]
    job: Job | None
    job_x: float
    job_y: float
    now_x: float

    def box_of(self, backup: str) -> Box | None:
        return next((one for one in self.boxes if one.backup.id == backup), None)


def rows_of(kinds: tuple[BackupKind, ...], em: float) -> Rows:
    """Heights by the font alone."""
    top, height = 1.9 * em, 3.05 * em
    places = tuple((kind, top + place * height) for place, kind in enumerate(kinds))
    wal = top + len(kinds) * height + 0.85 * em
    window = wal + 2.0 * em
    legend = window + 2.75 * em
    return Rows(
        kinds=places, kind_height=height, wal=wal, wal_height=0.95 * em, window=window, window_height=1.9 * em,
        legend=legend, height=legend + 1.2 * em,
    )  # fmt: skip


def scale_of(view: BackupsView, seen: RepositorySeen, now: datetime, sizes: Sizes, since: datetime | None) -> Scale:
    """From the first backup, or from `since` if that is later, to now."""
    begins = [one.begun_at for one in seen.backups]
    begins += [one.begin_at for one in view.windows if one.begin_at is not None and one.repository == seen.spec.name]
    begin = min(begins, default=now - timedelta(seconds=DAY))
    if since is not None:
        begin = max(begin, since)
    span = max(SPAN_SECONDS_MIN, (now - begin).total_seconds())
    begin, end = now - timedelta(seconds=span * (1 + BEFORE_SHARE)), now + timedelta(seconds=span * AFTER_SHARE)
    return Scale(begin=begin, end=end, left=sizes.label, right=sizes.width - sizes.now)


def picture(
    view: BackupsView, seen: RepositorySeen, now: datetime, sizes: Sizes, *, since: datetime | None = None
) -> Picture:
    """Where all of one repository stands."""
    em = sizes.em
    scale = scale_of(view, seen, now, sizes, since)
    rows = rows_of(kinds_shown(seen, tuple(one.what for one in view.policy.cycle)), em)
    boxes = _boxes(seen, scale, rows, em)
    job = next((one for one in jobs_running(view, seen.spec.name) if one.kind is JobKind.BACKUP), None)
    now_x = scale.x(now)
    kind = job.backup_kind if job is not None else None
    row = dict(rows.kinds).get(kind or BackupKind.FULL, rows.kinds[0][1])
    return Picture(
        scale=scale, rows=rows, ticks=ticks(scale, 5.2 * em), boxes=boxes,
        links=_links(boxes, frozenset(one.id for one in seen.backups), scale.left),
        wal=_wal(view, seen, scale, now),
        windows=tuple(_band(one, scale) for one in restorable(view, seen.spec.name) if one.end > scale.begin),
        holes=tuple(_band(one, scale) for one in missing(view, seen.spec.name) if one.end > scale.begin),
        job=job, job_x=now_x + 0.45 * em, job_y=row + 0.65 * em, now_x=now_x,
    )  # fmt: skip


def _boxes(seen: RepositorySeen, scale: Scale, rows: Rows, em: float) -> tuple[Box, ...]:
    tops = dict(rows.kinds)
    shown = [
        one for one in seen.backups
        if one.begun_at >= scale.begin and one.state is not BackupState.RUNNING and one.kind in tops
    ]  # fmt: skip
    shown.sort(key=lambda one: (one.begun_at, one.id))
    found = []
    for kind, top in rows.kinds:
        row = [one for one in shown if one.kind is kind]
        places = [scale.x(one.begun_at) for one in row]
        nearest = min((b - a for a, b in pairwise(places)), default=scale.right)
        natural = 1.75 * em if kind is BackupKind.FULL else 1.45 * em if kind is BackupKind.DIFFERENTIAL else 1.0 * em
        thin = nearest < natural + 0.35 * em
        width = max(3.0, min(natural, nearest - 2)) if thin else natural
        below = kind is BackupKind.INCREMENTAL or nearest < natural + 1.9 * em
        for one, x in zip(row, places, strict=True):
            found.append(
                Box(backup=one, x=x, y=top + 0.65 * em, width=width, height=1.75 * em, thin=thin, mark_below=below)
            )
    return tuple(sorted(found, key=lambda one: (one.backup.begun_at, one.backup.id)))


def _links(boxes: tuple[Box, ...], older: frozenset[str], left: float) -> tuple[Link, ...]:
    by_id = {one.backup.id: one for one in boxes}
    found = []
    for child in boxes:
        parent = by_id.get(child.backup.parent or "")
        if parent is None:
            if child.backup.parent in older:  # it stands further left than what is shown
                found.append(Link(parent=child.backup.parent, child=child.backup.id,
                                  points=((left, child.middle), (child.x, child.middle))))  # fmt: skip
            continue
        if abs(parent.middle - child.middle) < 1:
            points: tuple[tuple[float, float], ...] = ((parent.right, child.middle), (child.x, child.middle))
        else:
            x = min(parent.x + min(parent.width, 20.0) / 2, child.x)
            below = parent.y + parent.height if child.middle > parent.middle else parent.y
            points = ((x, below), (x, child.middle), (child.x, child.middle))
        found.append(Link(parent=parent.backup.id, child=child.backup.id, points=points))
    return tuple(found)


def _wal(view: BackupsView, seen: RepositorySeen, scale: Scale, now: datetime) -> tuple[Band, ...]:
    """The ranges of which the times are known. A segment's time is that of its end: where a window says that WAL
    reaches further back, or on into a segment that is still received, the range does too.
    """
    spans = [
        Stretch(begin=one.begun_at, end=min(one.ended_at, now))
        for one in seen.wal.ranges if one.begun_at is not None and one.ended_at is not None
    ]  # fmt: skip
    spans += restorable(view, seen.spec.name)
    merged: list[Stretch] = []
    for span in sorted(spans, key=lambda one: (one.begin, one.end)):
        if merged and span.begin <= merged[-1].end:
            merged[-1] = Stretch(begin=merged[-1].begin, end=max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(_band(one, scale) for one in merged if one.end >= scale.begin)


def _band(stretch: Stretch, scale: Scale) -> Band:
    left, right = scale.x(stretch.begin), scale.x(stretch.end)
    return Band(x=left, width=max(1.0, right - left), stretch=stretch)
