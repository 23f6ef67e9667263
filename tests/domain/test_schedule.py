"""Cron expressions: understood or refused by the field, their moments in a zone, and what was missed."""

from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.backup_policy import BackupPolicy, CycleEntry, RepositorySpec
from console.domain.schedule import (
    Cron,
    CronTrouble,
    Hindered,
    Meaning,
    Ran,
    Rhythm,
    last_run_before,
    meaning_of,
    missed_runs,
    next_runs,
    runs_after,
    zone_of,
)

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "field", "reason"),
    [
        ("", "expression", "fields"),
        ("* * * *", "expression", "fields"),
        ("* * * * * *", "expression", "fields"),
        ("@reboot", "expression", "not-supported"),
        ("@every 5m", "expression", "not-supported"),
        ("60 * * * *", "minute", "out-of-range"),
        ("-1 * * * *", "minute", "empty"),
        ("x * * * *", "minute", "not-a-number"),
        ("\u0661 * * * *", "minute", "not-a-number"),
        ("0 24 * * *", "hour", "out-of-range"),
        ("0 5-2 * * *", "hour", "backwards"),
        ("0 1, * * *", "hour", "empty"),
        ("0 */0 * * *", "hour", "step"),
        ("0 */x * * *", "hour", "step"),
        ("0 3/2 * * *", "hour", "step-without-range"),
        ("0 0 0 * *", "day-of-month", "out-of-range"),
        ("0 0 31 2 *", "day-of-month", "never"),
        ("0 0 30,31 feb *", "day-of-month", "never"),
        ("0 0 * 13 *", "month", "out-of-range"),
        ("0 0 * mon *", "month", "not-a-number"),
        ("0 0 * * 8", "day-of-week", "out-of-range"),
        ("0 0 * * fri-mon", "day-of-week", "backwards"),
        ("*" * 300, "expression", "too-long"),
    ],
)
def test_what_is_none_is_refused_by_its_field(text: str, field: str, reason: str) -> None:
    with pytest.raises(CronTrouble) as caught:
        Cron.parse(text)
    assert (caught.value.field, caught.value.reason) == (field, reason)


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd", "/etc/localtime", "Europe"])
def test_a_zone_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(CronTrouble) as caught:
        zone_of(name)
    assert caught.value.field == "time-zone"


@pytest.mark.parametrize(
    ("text", "numeric"),
    [
        ("30 1 * * sun", "30 1 * * 0"),
        ("30 1 * * 7", "30 1 * * 0"),
        ("0 0 1 jan,jul *", "0 0 1 1,7 *"),
        ("*/15 * * * *", "*/15 * * * *"),
        ("0 8-18/5 * * mon-fri", "0 8,13,18 * * 1,2,3,4,5"),
        ("@weekly", "0 0 * * 0"),
    ],
)
def test_in_plain_numbers_it_means_the_same(text: str, numeric: str) -> None:
    assert Cron.parse(text).numeric() == numeric
    one, other = Cron.parse(text), Cron.parse(numeric)
    assert (one.minutes, one.hours, one.days, one.months, one.weekdays) == (
        other.minutes, other.hours, other.days, other.months, other.weekdays)  # fmt: skip


def walls(text: str, after: str, count: int, zone: ZoneInfo = BERLIN) -> list[str]:
    begin = datetime.fromisoformat(after).replace(tzinfo=zone)
    found = islice(runs_after(Cron.parse(text), zone, begin), count)
    return [one.astimezone(zone).isoformat(timespec="minutes") for one in found]


@pytest.mark.parametrize(
    ("text", "after", "expected"),
    [
        ("30 1 * * 0", "2026-03-02T00:00", ["2026-03-08T01:30+01:00", "2026-03-15T01:30+01:00"]),
        ("0 0 29 2 *", "2026-03-02T00:00", ["2028-02-29T00:00+01:00", "2032-02-29T00:00+01:00"]),
        # Both days given: either is enough.
        ("0 0 13 * fri", "2026-03-01T00:00", ["2026-03-06T00:00+01:00", "2026-03-13T00:00+01:00",
                                              "2026-03-20T00:00+01:00"]),
        # A field that begins with a star restricts nothing by itself, but its step does.
        ("0 0 */10 * mon", "2026-03-01T00:00", ["2026-05-11T00:00+02:00"]),
        # 29 March 2026, 02:00 to 03:00 does not exist: once, at the first instant after it.
        ("15,45 2 * * *", "2026-03-28T12:00", ["2026-03-29T03:00+02:00", "2026-03-30T02:15+02:00"]),
        ("0 3 * * *", "2026-03-28T12:00", ["2026-03-29T03:00+02:00", "2026-03-30T03:00+02:00"]),
        ("30 * * * *", "2026-03-29T01:00", ["2026-03-29T01:30+01:00", "2026-03-29T03:30+02:00"]),
        # 25 October 2026, 02:00 to 03:00 comes twice: fixed hours the first time, every hour both times.
        ("30 2 * * *", "2026-10-25T00:00", ["2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00"]),
        ("30 * * * *", "2026-10-25T02:00", ["2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00",
                                            "2026-10-25T03:30+01:00"]),
    ],
)  # fmt: skip
def test_moments_by_the_wall(text: str, after: str, expected: list[str]) -> None:
    assert walls(text, after, len(expected)) == expected


def test_a_gap_at_midnight_comes_once() -> None:
    cairo = ZoneInfo("Africa/Cairo")  # 24 April 2026, 00:00 to 01:00 does not exist
    assert walls("0,30 0 * * *", "2026-04-23T12:00", 2, cairo) == ["2026-04-24T01:00+03:00", "2026-04-25T00:00+03:00"]


_FIELDS = st.tuples(
    st.sampled_from(["*", "0", "*/20", "5,50", "10-40/7"]),
    st.sampled_from(["*", "2", "*/6", "1-3", "0,23"]),
    st.sampled_from(["*", "1", "*/9", "28-31"]),
    st.sampled_from(["*", "3", "10,11", "feb-apr"]),
    st.sampled_from(["*", "0", "mon-wed", "*/2"]),
).map(" ".join)
_TIMES = st.datetimes(datetime(2025, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))
_ZONES = st.sampled_from(
    [ZoneInfo(name) for name in ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")]
)


@given(_FIELDS, _TIMES, _ZONES)
def test_moments_grow_fit_the_fields_and_none_is_left_out(text: str, after: datetime, zone: ZoneInfo) -> None:
    cron = Cron.parse(text)
    found = list(islice(runs_after(cron, zone, after), 12))
    assert found and found[0] > after
    assert all(earlier < later for earlier, later in pairwise(found))
    for one in found:
        wall = one.astimezone(zone)
        if (wall.minute, wall.hour) not in {(m, h) for m in cron.minutes for h in cron.hours}:
            before = (one - timedelta(minutes=1)).astimezone(zone)
            assert before.utcoffset() != wall.utcoffset()  # the first instant after a gap, and nothing else
    middle = found[0] + (found[1] - found[0]) / 2
    assert next(runs_after(cron, zone, middle)) == found[1]
    assert last_run_before(cron, zone, middle, not_before=after) == found[0]
    assert last_run_before(cron, zone, found[0] - timedelta(seconds=1), not_before=after) is None


def policy(*cycle: tuple[str, str], zone: str = "UTC") -> BackupPolicy:
    return BackupPolicy(
        repositories=(RepositorySpec(name="main", node="vault"), RepositorySpec(name="far", node="vault-2")),
        cycle=tuple(CycleEntry(what=what, cron=cron) for what, cron in cycle),
        time_zone=zone,
    )


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_the_next_runs_of_a_calendar() -> None:
    wanted = policy(("full", "0 1 * * 0"), ("incremental", "0 1 * * 1-6"), zone="Europe/Berlin")
    found = next_runs(wanted, utc("2026-03-06T12:00"), count=3)
    assert [(one.at, one.what, one.repository) for one in found] == [
        (utc("2026-03-07T00:00"), "incremental", "main"),
        (utc("2026-03-08T00:00"), "full", "main"),
        (utc("2026-03-09T00:00"), "incremental", "main"),
    ]


DAILY = policy(("incremental", "0 1 * * *"), ("verify", "0 5 * * *"))


def test_what_was_missed() -> None:
    ran = (
        Ran(what="incremental", repository="", begun_at=utc("2026-03-01T01:00:30")),
        Ran(what="incremental", repository="main", begun_at=utc("2026-03-02T09:00")),  # late by hours: not that run
        Ran(what="incremental", repository="far", begun_at=utc("2026-03-02T01:00")),
        Ran(what="verify", repository="main", begun_at=utc("2026-03-01T04:59:40")),  # another clock
    )
    night = (Hindered(begin=utc("2026-03-02T04:00"), end=utc("2026-03-02T06:00"), reason="engine-not-running"),)
    found = missed_runs(DAILY, utc("2026-03-01T00:00"), utc("2026-03-02T12:00"), ran=ran, hindered=night)
    assert [(one.at, one.what, one.reason) for one in found] == [
        (utc("2026-03-02T01:00"), "incremental", "not-begun"),
        (utc("2026-03-02T05:00"), "verify", "engine-not-running"),
    ]


def test_within_its_grace_a_moment_is_not_missed_yet() -> None:
    begin = utc("2026-03-02T00:30")
    assert missed_runs(DAILY, begin, utc("2026-03-02T01:09")) == ()
    assert len(missed_runs(DAILY, begin, utc("2026-03-02T01:10"))) == 1


def test_one_begin_serves_one_moment_of_a_dense_calendar() -> None:
    often = policy(("incremental", "*/5 * * * *"))
    ran = (Ran(what="incremental", repository="main", begun_at=utc("2026-03-02T00:05:10")),)
    found = missed_runs(often, utc("2026-03-02T00:00"), utc("2026-03-02T00:20"), ran=ran)
    assert [one.at for one in found] == [utc("2026-03-02T00:10")]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("30 1 * * 0", Meaning(rhythm=Rhythm.WEEKDAYS, times=((1, 30),), weekdays=(0,))),
        ("0 1,13 * * *", Meaning(rhythm=Rhythm.DAYS, times=((1, 0), (13, 0)))),
        ("*/15 * * * *", Meaning(rhythm=Rhythm.MINUTES, every=15, minutes=(0, 15, 30, 45))),
        ("7 */6 * * *", Meaning(rhythm=Rhythm.HOURS, every=6, minutes=(7,))),
        ("@hourly", Meaning(rhythm=Rhythm.HOURS, every=1, minutes=(0,))),
        ("0 2 1 * *", Meaning(rhythm=Rhythm.MONTH_DAYS, times=((2, 0),), days=(1,))),
        ("0 2 1 6 *", Meaning(rhythm=Rhythm.MONTH_DAYS, times=((2, 0),), days=(1,), months=(6,))),
        ("0 2 1 * 1", Meaning(rhythm=Rhythm.EITHER_DAYS, times=((2, 0),), days=(1,), weekdays=(1,))),
        ("0 2 * 6 *", Meaning(rhythm=Rhythm.MONTHS, times=((2, 0),), months=(6,))),
    ],
)
def test_the_meaning_of_an_expression(text: str, meaning: Meaning) -> None:
    assert meaning_of(Cron.parse(text)) == meaning


def test_a_meaning_does_not_grow_without_end() -> None:
    found = meaning_of(Cron.parse("* 1-3 * * 1"))
    assert (len(found.times), found.more_times) == (24, 156)
