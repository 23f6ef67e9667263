"""Cron expressions of five fields: what they mean, their next moments in a time zone, and the moments that were missed.

As Debian's cron does it: where both days are given, either is enough. Where the clock is put on, a moment that does
not exist comes at the first instant after the gap, once; where it is put back, a moment that exists twice comes the
first time only. An expression for every hour just follows the clock: what does not exist is left out, what exists
twice comes twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import Enum
from typing import Final, Self
from zoneinfo import ZoneInfo

from console.domain.backup import MissedRun, NextRun
from console.domain.backup_policy import BackupPolicy

EXPRESSION_LENGTH_MAX: Final = 200
DAYS_AHEAD_MAX: Final = 366 * 9  # 29 February can be eight years away
RUNS_MAX: Final = 10_000
TIMES_IN_MEANING_MAX: Final = 24
EARLY: Final = timedelta(seconds=60)  # two clocks: a run may seem to have begun a little before its moment

FIELDS: Final = ("minute", "hour", "day-of-month", "month", "day-of-week")
_RANGES: Final = {"minute": (0, 59), "hour": (0, 23), "day-of-month": (1, 31), "month": (1, 12), "day-of-week": (0, 7)}
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES: Final = {
    "month": {name: number for number, name in enumerate(_MONTHS, start=1)},
    "day-of-week": {name: number for number, name in enumerate(("sun", "mon", "tue", "wed", "thu", "fri", "sat"))},
}
_SHORT: Final = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
_DAYS_OF_MONTHS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class CronTrouble(ValueError):
    """An expression that is none. `field`: one of FIELDS, 'expression' or 'time-zone'; `value`: the part that is wrong.

    Reasons: fields (not five), empty, not-a-number, out-of-range, backwards, step, step-without-range, too-long,
    not-supported, never, no-such-zone.
    """

    def __init__(self, field: str, value: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}: {value[:40]!r}")
        self.field, self.value, self.reason = field, value[:40], reason


def zone_of(name: str) -> tzinfo:
    """The time zone of that name, as the system's tables have it; UTC needs no table. Raises CronTrouble."""
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError) as error:  # not found, a path, a directory: all mean that there is none
        raise CronTrouble("time-zone", name, "no-such-zone") from error


def _number(field: str, text: str) -> int:
    named = _NAMES.get(field, {}).get(text.lower())
    if named is not None:
        return named
    if not (text.isascii() and text.isdigit()) or len(text) > 4:
        raise CronTrouble(field, text, "empty" if not text else "not-a-number")
    low, high = _RANGES[field]
    if not low <= int(text) <= high:
        raise CronTrouble(field, text, "out-of-range")
    return int(text)


def _part(field: str, part: str) -> set[int]:
    span, slash, step_text = part.partition("/")
    if slash and (not step_text.isdigit() or len(step_text) > 4 or int(step_text) == 0):
        raise CronTrouble(field, part, "step")
    step = int(step_text) if slash else 1
    low, high = _RANGES[field]
    if span == "*":
        first, last = low, 6 if field == "day-of-week" else high
    elif "-" in span:
        one, _, other = span.partition("-")
        first, last = _number(field, one), _number(field, other)
        if first > last:
            raise CronTrouble(field, part, "backwards")
    else:
        first = last = _number(field, span)
        if slash:
            raise CronTrouble(field, part, "step-without-range")
    return set(range(first, last + 1, step))


def _values(field: str, text: str) -> tuple[int, ...]:
    found: set[int] = set()
    for part in text.split(","):
        found |= _part(field, part)
    if field == "day-of-week" and 7 in found:
        found = (found - {7}) | {0}
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cron:
    """A cron expression as the sets of its five fields. Sunday is 0. `any_day`, `any_weekday`: the field begins with
    a star, so that the other one alone decides.
    """

    text: str
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: tuple[int, ...]
    months: tuple[int, ...]
    weekdays: tuple[int, ...]
    any_day: bool
    any_weekday: bool

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises CronTrouble that names the field."""
        if len(text) > EXPRESSION_LENGTH_MAX:
            raise CronTrouble("expression", text, "too-long")
        stripped = text.strip()
        if stripped.startswith("@") and stripped.lower() not in _SHORT:
            raise CronTrouble("expression", stripped, "not-supported")
        parts = _SHORT.get(stripped.lower(), stripped).split()
        if len(parts) != len(FIELDS):
            raise CronTrouble("expression", stripped, "fields")
        minutes, hours, days, months, weekdays = (
            _values(field, part) for field, part in zip(FIELDS, parts, strict=True)
        )
        made = cls(
            text=stripped, minutes=minutes, hours=hours, days=days, months=months, weekdays=weekdays,
            any_day=parts[2].startswith("*"), any_weekday=parts[4].startswith("*"),
        )  # fmt: skip
        if not made.any_day and made.any_weekday and min(days) > max(_DAYS_OF_MONTHS[month - 1] for month in months):
            raise CronTrouble("day-of-month", parts[2], "never")
        return made

    @property
    def every_hour(self) -> bool:
        return len(self.hours) == 24

    def on(self, day: date) -> bool:
        """Whether it names a moment of that day."""
        if day.month not in self.months:
            return False
        by_day, by_weekday = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        if self.any_day or self.any_weekday:
            return by_day and by_weekday
        return by_day or by_weekday

    def numeric(self) -> str:
        """The same in plain numbers and stars, for a scheduler that knows no names and no short forms."""
        parts = _SHORT.get(self.text.lower(), self.text).split()
        fields = zip(FIELDS, parts, (self.minutes, self.hours, self.days, self.months, self.weekdays), strict=True)
        return " ".join(
            part if part.startswith("*") and "," not in part else ",".join(str(value) for value in values)
            for _, part, values in fields
        )


def _instants(cron: Cron, zone: tzinfo, day: date) -> tuple[datetime, ...]:
    """The moments of one day by the wall, as instants in UTC, in order."""
    found: set[datetime] = set()
    for hour in cron.hours:
        for minute in cron.minutes:
            wall = datetime.combine(day, time(hour, minute), tzinfo=zone)
            early, late = wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC)
            if early == late:
                found.add(early)
            elif early < late:  # it exists twice
                found |= {early, late} if cron.every_hour else {early}
            elif not cron.every_hour:  # it does not exist
                found.add(_after_gap(zone, late, early))
    return tuple(sorted(found))


def _after_gap(zone: tzinfo, before: datetime, after: datetime) -> datetime:
    """The first instant with the new offset, between one that surely has the old and one that surely has the new."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def runs_after(cron: Cron, zone: tzinfo, after: datetime) -> Iterator[datetime]:
    """Its moments strictly after an aware time, in order, as UTC; none beyond DAYS_AHEAD_MAX."""
    # A moment in a gap at midnight belongs to the day before; so the walk begins a day early.
    first = after.astimezone(zone).date() - timedelta(days=1)
    last = after.astimezone(UTC)
    for ahead in range(DAYS_AHEAD_MAX):
        day = first + timedelta(days=ahead)
        if cron.on(day):
            for moment in _instants(cron, zone, day):
                if moment > last:
                    last = moment
                    yield moment


def last_run_before(cron: Cron, zone: tzinfo, before: datetime, *, not_before: datetime) -> datetime | None:
    """Its newest moment after `not_before`, up to and with `before`; None where there is none."""
    day, oldest = before.astimezone(zone).date() + timedelta(days=1), not_before.astimezone(zone).date()
    for back in range(DAYS_AHEAD_MAX):
        current = day - timedelta(days=back)
        if current < oldest - timedelta(days=1):
            return None
        if cron.on(current):
            fit = [one for one in _instants(cron, zone, current) if not_before < one <= before]
            if fit:
                return fit[-1]
    return None


def next_runs(policy: BackupPolicy, now: datetime, *, count: int = 5) -> tuple[NextRun, ...]:
    """The next moments of the whole calendar, the soonest first. Raises CronTrouble."""
    zone, found = zone_of(policy.time_zone), []
    for entry in policy.cycle:
        moments = runs_after(Cron.parse(entry.cron), zone, now)
        for moment, _ in zip(moments, range(count), strict=False):
            found.append(NextRun(at=moment, what=entry.what, repository=_where(policy, entry.repository),
                                 cron=entry.cron))  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.at, one.what, one.repository))[:count])


def _where(policy: BackupPolicy, repository: str) -> str:
    first = policy.repositories[0].name if policy.repositories else ""
    return repository or first


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """Something that the calendar asks for was begun."""

    what: str
    repository: str
    begun_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Hindered:
    """A span in which nothing could be begun, and why: a kebab-case word ('engine-not-running', 'host-silent')."""

    begin: datetime
    end: datetime
    reason: str


def missed_runs(
    policy: BackupPolicy,
    begin: datetime,
    now: datetime,
    *,
    ran: tuple[Ran, ...] = (),
    hindered: tuple[Hindered, ...] = (),
    grace: timedelta = timedelta(minutes=10),
) -> tuple[MissedRun, ...]:
    """The calendar's moments after `begin` at which nothing was begun within the grace, the oldest first.

    A moment whose grace is not over yet is not judged. What began once counts for one moment of its kind: that of
    the newest moment before it.
    """
    zone, found = zone_of(policy.time_zone), []
    for entry in policy.cycle:
        where = _where(policy, entry.repository)
        begun = sorted(one.begun_at for one in ran if (one.what, _where(policy, one.repository)) == (entry.what, where))
        moments: list[datetime] = []
        for moment in runs_after(Cron.parse(entry.cron), zone, begin):
            if moment + grace > now or len(moments) >= RUNS_MAX:
                break
            moments.append(moment)
        for number, moment in enumerate(moments):
            until = moment + grace
            if number + 1 < len(moments):
                until = min(until, moments[number + 1] - EARLY)
            if not any(moment - EARLY <= one < max(until, moment + EARLY) for one in begun):
                reason = next((one.reason for one in hindered if one.begin <= moment <= one.end), "not-begun")
                found.append(MissedRun(at=moment, what=entry.what, repository=where, reason=reason))
    return tuple(sorted(found, key=lambda one: (one.at, one.what, one.repository)))


class Rhythm(Enum):
    """How often an expression comes, roughly; the rest of its meaning fills it in."""

    MINUTES = "minutes"  # several times within each hour: at `minutes` of every hour, or every `every` minutes
    HOURS = "hours"  # at one minute of the hour, every `every` hours
    DAYS = "days"  # each day, at `times`
    WEEKDAYS = "weekdays"  # on `weekdays`, at `times`
    MONTH_DAYS = "month-days"  # on `days` of each month (or of `months`), at `times`
    EITHER_DAYS = "either-days"  # on `days` of the month, and on `weekdays` too
    MONTHS = "months"  # every day of `months`


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What an expression means, for the words in `ui`. Empty where a field is not restricted. Sunday is 0.

    `times`: (hour, minute), at most TIMES_IN_MEANING_MAX; `more_times`: how many more there are.
    """

    rhythm: Rhythm
    every: int | None = None
    minutes: tuple[int, ...] = ()
    times: tuple[tuple[int, int], ...] = ()
    more_times: int = 0
    days: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()
    months: tuple[int, ...] = ()


def _even_step(values: tuple[int, ...], whole: int) -> int | None:
    """The step of numbers that begin with 0 and go evenly round a whole: 0,15,30,45 of 60 is 15."""
    if len(values) < 2 or values[0] != 0:
        return None
    step = values[1]
    return step if whole % step == 0 and values == tuple(range(0, whole, step)) else None


def meaning_of(cron: Cron) -> Meaning:
    """The meaning of an expression as values."""
    months = () if len(cron.months) == 12 else cron.months
    days = () if len(cron.days) == 31 else cron.days
    weekdays = () if len(cron.weekdays) == 7 else cron.weekdays
    all_times = [(hour, minute) for hour in cron.hours for minute in cron.minutes]
    every_hours = _even_step(cron.hours, 24)
    rhythm, every = _rhythm_of_days(days, weekdays, months, either=not cron.any_day and not cron.any_weekday), None
    minutes: tuple[int, ...] = ()
    if rhythm is Rhythm.DAYS and cron.every_hour and len(cron.minutes) > 1:
        rhythm, every, minutes, all_times = Rhythm.MINUTES, _even_step(cron.minutes, 60), cron.minutes, []
    elif rhythm is Rhythm.DAYS and every_hours is not None and len(cron.minutes) == 1:
        rhythm, every, minutes, all_times = Rhythm.HOURS, every_hours, cron.minutes, []
    return Meaning(
        rhythm=rhythm, every=every, minutes=minutes, times=tuple(all_times[:TIMES_IN_MEANING_MAX]),
        more_times=max(0, len(all_times) - TIMES_IN_MEANING_MAX), days=days, weekdays=weekdays, months=months,
    )  # fmt: skip


def _rhythm_of_days(
    days: tuple[int, ...], weekdays: tuple[int, ...], months: tuple[int, ...], *, either: bool
) -> Rhythm:
    if days and weekdays:
        return Rhythm.EITHER_DAYS if either else Rhythm.MONTH_DAYS
    if days:
        return Rhythm.MONTH_DAYS
    if weekdays:
        return Rhythm.WEEKDAYS
    return Rhythm.MONTHS if months else Rhythm.DAYS
