"""The ruler that lags are measured with: never less than the true lag, and no growth without end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.monitor.trail import OLDER_POINTS_MAX, RECENT_POINTS_MAX, Heads, Trail
from tests.observed import head

steps = st.lists(st.tuples(st.floats(0.1, 5.0), st.integers(0, 1000)), min_size=1, max_size=60)


@given(steps, st.data())
def test_seconds_behind_is_never_less_than_the_truth_and_at_most_one_look_more(
    walk: list[tuple[float, int]], data: st.DataObject
) -> None:
    trail, ticks, value, points = Trail(), 0.0, 1, []
    for pause, grown in walk:
        ticks, value = ticks + pause, value + grown
        trail.seen(ticks, value)
        points.append((ticks, value))
    asked, now = data.draw(st.integers(0, value)), ticks + 1.0
    beyond = [t for t, v in points if v > asked]
    at_or_before = [t for t, v in points if v <= asked]
    behind = trail.seconds_behind(asked, now)
    assert behind is not None
    if not beyond:
        assert behind == 0.0
    elif at_or_before:
        # The primary passed that place between its last look at or before it and its first look beyond.
        assert behind == pytest.approx(now - at_or_before[-1])
        assert behind >= now - beyond[0]
    else:
        assert behind == pytest.approx(now - points[0][0])


def test_nothing_seen_is_not_zero() -> None:
    assert Trail().seconds_behind(5, 1.0) is None
    assert Trail().rate(1.0) is None
    assert Heads().at(5) is None


def test_a_standby_lost_for_hours_still_has_an_age() -> None:
    trail = Trail()
    for second in range(4 * 3600):
        trail.seen(float(second), second)
    behind = trail.seconds_behind(100, 4 * 3600.0)
    assert behind is not None
    assert 4 * 3600 - 100 <= behind <= 4 * 3600 - 100 + 30.0
    assert len(trail._recent) <= RECENT_POINTS_MAX
    assert len(trail._older) <= OLDER_POINTS_MAX


def test_a_smaller_position_is_another_timeline_and_begins_anew() -> None:
    trail = Trail()
    trail.seen(1.0, 100)
    trail.seen(2.0, 50)
    assert trail.latest == 50
    assert trail.seconds_behind(50, 9.0) == 0.0


def test_the_rate_is_that_of_the_last_seconds_and_falls_to_zero() -> None:
    trail = Trail()
    for second in range(20):
        trail.seen(float(second), second * 40)
    assert trail.rate(19.0) == 40.0
    assert trail.rate(30.0) is None, "nothing was read lately: no figure"
    for second in range(20, 30):
        trail.seen(float(second), 19 * 40)
    assert trail.rate(29.0) == 0.0, "read, and unchanged"


def test_a_slow_pace_of_looking_gives_a_rate_all_the_same() -> None:
    trail = Trail()
    for look in range(5):
        trail.seen(look * 10.0, look * 400)
    assert trail.rate(45.0, interval_seconds=10.0) == 40.0
    assert trail.rate(80.0, interval_seconds=10.0) is None


def test_the_head_at_a_position_is_the_last_read_at_or_before_it() -> None:
    heads = Heads()
    for place in range(1, 6):
        heads.seen(float(place), head(place * 10, place * 100))
    found = heads.at(350)
    assert found is not None
    assert found.number == 30
    assert heads.at(99) is None
    assert heads.latest is not None
    assert heads.latest.number == 50
