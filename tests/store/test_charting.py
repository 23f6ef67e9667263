"""Charts: never more points than asked for, never a line where nothing was read, never a value that was not read."""

import math
import tempfile
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.fleet import Chart, Curve, Measure
from console.store.database import Store, open_store
from console.store.history import History, Sample

Reading = Callable[..., Sample]
BEGIN = 1_759_968_000.0  # a full hour
DAY = 86_400


def curve(shown: Chart, measure: Measure = Measure.ROUND_TRIP_MS, node: str = "nyc-1") -> Curve:
    return next(each for each in shown.curves if each.node == node and each.measure is measure)


def watch(history: History, seconds: Iterable[float]) -> None:
    for second in seconds:
        history.watched(BEGIN + second)


def trip(second: int) -> float | None:
    """A minute of silence at each full hour; else a wave with one spike a day."""
    if second % 3_600 < 60:
        return None
    return 250.0 if second == 50_000 else 1.0 + second % 13


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory, reading: Reading) -> Iterable[History]:
    """A day of readings each second, rolled up but for its end, and the last ten seconds still in memory."""
    with open_store(tmp_path_factory.mktemp("day") / "store.sqlite") as store:
        history = History(store)
        watch(history, range(DAY))
        for second in range(DAY - 10):
            history.add(reading(BEGIN + second, trip(second), lag_bytes=second))
        assert history.flush() == ""
        history.roll_up(BEGIN + DAY - 400)
        for second in range(DAY - 10, DAY):
            history.add(reading(BEGIN + second, trip(second), lag_bytes=second))
        yield history


def ask(history: History, begin: float, end: float, points: int = 900) -> Chart:
    return history.chart(cluster="ledger-us", begin=BEGIN + begin, end=BEGIN + end, points=points)


def test_a_short_time_shows_each_reading_at_its_own_time(day: History) -> None:
    shown = ask(day, 4_000, 4_300)
    assert shown.bucket_seconds == 0
    assert curve(shown).seconds == tuple(BEGIN + second for second in range(4_000, 4_301))
    assert curve(shown).low == curve(shown).high == tuple(trip(second) for second in range(4_000, 4_301))
    assert curve(shown, Measure.LAG_BYTES).low == tuple(float(second) for second in range(4_000, 4_301))


def test_measures_that_were_never_known_have_no_curve(day: History) -> None:
    assert {each.measure for each in ask(day, 0, DAY).curves} == {Measure.ROUND_TRIP_MS, Measure.LAG_BYTES}


def test_a_node_that_never_answered_still_has_its_round_trip(day: History) -> None:
    silent = curve(ask(day, 3_601, 3_650))
    assert silent.low == (None,) * 50


@pytest.mark.parametrize(("begin", "end"), [(0, DAY), (DAY - 3_000, DAY), (DAY - 400, DAY), (1_000.5, 70_000.25)])
@pytest.mark.parametrize("points", [50, 333, 900, 2_000])
def test_each_bucket_holds_the_least_and_the_greatest_of_its_readings(
    day: History, begin: float, end: float, points: int
) -> None:
    """Whether it comes from minutes, from raw readings or from memory, or from two of them."""
    shown = ask(day, begin, end, points)
    trips = curve(shown)
    assert 0 < len(trips.seconds) <= points
    width = shown.bucket_seconds
    for at, low, high in zip(trips.seconds, trips.low, trips.high, strict=True):
        first, last = at - BEGIN, at - BEGIN + (width or 0.001)
        if width % 60 != 0:  # of a bucket of raw readings only what lies in the time that was asked for
            first, last = max(first, begin), min(last, end + 0.001)
        inside = [trip(second) for second in range(math.ceil(first), min(math.ceil(last), DAY))]
        known = [value for value in inside if value is not None]
        assert (low, high) == (min(known, default=None), max(known, default=None))


def test_the_one_spike_of_a_day_is_seen_at_any_width(day: History) -> None:
    for points in (8, 50, 900, 20_000):
        assert max(value for value in curve(ask(day, 0, DAY, points)).high if value is not None) == 250.0


def test_a_minute_of_silence_breaks_the_line_of_a_day(day: History) -> None:
    trips = curve(ask(day, 0, DAY, 2_000))
    assert [(at - BEGIN) % 3_600 for at, low in zip(trips.seconds, trips.low, strict=True) if low is None] == [0] * 24


@pytest.mark.parametrize(("points", "limit"), [(-5, 8), (0, 8), (8, 8), (10**9, 20_000)])
def test_however_many_points_are_asked_for_there_is_a_limit(day: History, points: int, limit: int) -> None:
    assert all(0 < len(each.seconds) <= limit for each in ask(day, 0, DAY, points).curves)


def test_a_chart_that_ends_before_it_begins_is_empty(day: History) -> None:
    assert ask(day, 500, 400).curves == ()


def test_what_raw_readings_no_longer_hold_comes_from_the_minutes(store: Store, reading: Reading) -> None:
    history = History(store)
    watch(history, range(3_600))
    for second in range(3_600):
        history.add(reading(BEGIN + second, float(second)))
    assert history.flush() == ""
    later = BEGIN + 3 * DAY
    history.roll_up(later)
    history.expire(later)
    shown = ask(history, 600, 900)
    assert shown.bucket_seconds == 60
    assert curve(shown).low == (600, 660, 720, 780, 840, 900)
    assert curve(shown).high == (659, 719, 779, 839, 899, 959)
    history.roll_up(later + 40 * DAY)
    history.expire(later + 40 * DAY)
    shown = ask(history, 600, 900)
    assert (shown.bucket_seconds, curve(shown).low, curve(shown).high) == (3_600, (0,), (3_599,))


def test_no_line_is_drawn_where_nobody_watched(store: Store, reading: Reading) -> None:
    history = History(store)
    for second in (*range(100), *range(190, 300)):
        history.watched(BEGIN + second)
        history.add(reading(BEGIN + second, 1.0))
    shown = ask(history, 0, 299)
    assert [(gap.begin - BEGIN, gap.end - BEGIN) for gap in shown.gaps] == [(99, 190)]
    (broken,) = [at for at, low in zip(curve(shown).seconds, curve(shown).low, strict=True) if low is None]
    assert 99 < broken - BEGIN < 190
    coarse = curve(ask(history, 0, 299, 60))
    assert [at - BEGIN for at, low in zip(coarse.seconds, coarse.low, strict=True) if low is None] != []


def test_no_line_is_drawn_where_a_node_was_not_asked(store: Store, reading: Reading) -> None:
    """It was taken out of the inventory, and came back; the others were watched all the time."""
    history = History(store)
    for second in range(0, 7_200, 2):
        history.watched(BEGIN + second)
        history.add(reading(BEGIN + second, 1.0, node="nyc-2"))
        if not 2_000 <= second < 5_000:
            history.add(reading(BEGIN + second, 1.0))
    history.flush()
    for rolled in (False, True):
        for points in (200, 900, 5_000):
            shown = ask(history, 0, 7_199, points)
            assert shown.gaps == ()
            assert curve(shown).low.count(None) == 1
            assert None not in curve(shown, node="nyc-2").low
        if not rolled:
            history.roll_up(BEGIN + 8_000)


def test_a_slow_interval_is_no_hole(store: Store, reading: Reading) -> None:
    history = History(store)
    watch(history, range(3_000))
    for second in range(0, 3_000, 30):
        history.add(reading(BEGIN + second, 1.0))
    assert curve(ask(history, 0, 2_999)).low == (1.0,) * 100


times = st.integers(0, 4 * DAY * 1_000)


@settings(max_examples=60)
@given(
    stored=st.lists(times, max_size=30),
    waiting=st.lists(times, max_size=8),
    begin=times,
    length=st.integers(1, 5 * DAY * 1_000),
    points=st.integers(-3, 3_000),
    rolled=st.none() | times,
)
def test_no_chart_has_more_points_than_asked_for_or_values_that_were_not_read(
    reading: Reading,
    stored: list[int],
    waiting: list[int],
    begin: int,
    length: int,
    points: int,
    rolled: int | None,
) -> None:
    with tempfile.TemporaryDirectory() as directory, open_store(Path(directory) / "store.sqlite") as store:
        history = History(store)
        watch(history, sorted(at / 1000 for at in {*stored, *waiting}))
        for at in stored:
            history.add(reading(BEGIN + at / 1000, at / 1000, node=f"n{at % 2}"))
        assert history.flush() == ""
        if rolled is not None:
            history.roll_up(BEGIN + rolled / 1000)
        for at in waiting:
            history.add(reading(BEGIN + at / 1000, at / 1000, node=f"n{at % 2}"))
        shown = ask(history, begin / 1000, (begin + length) / 1000, points)
    width = shown.bucket_seconds * 1000
    for each in shown.curves:
        assert len(each.seconds) == len(each.low) == len(each.high) <= max(points, 8)
        assert all(before < after for before, after in pairwise(each.seconds))
        read = sorted(at for at in {*stored, *waiting} if f"n{at % 2}" == each.node)
        for seconds, low, high in zip(each.seconds, each.low, each.high, strict=True):
            if low is None or high is None:
                continue
            from_ms = round((seconds - BEGIN) * 1000)
            inside = [at for at in read if from_ms <= at < from_ms + max(width, 1)]
            assert {round(low * 1000), round(high * 1000)} <= set(inside)
        held = {at for at in read if begin <= at <= begin + length}
        assert not held or each.low.count(None) < len(each.low)
    seen = {each.node for each in shown.curves}
    assert seen >= {f"n{at % 2}" for at in {*stored, *waiting} if begin <= at <= begin + length}
