"""The ruler that lags are measured with: never less than the true lag, and no growth without end."""

from hypothesis import given
from hypothesis import strategies as st

from console.monitor.trail import OLDER_POINTS_MAX, RECENT_POINTS_MAX, Heads, Trail
from tests.observed import head

steps = st.lists(st.tuples(st.floats(0.1, 5.0), st.integers(0, 1000)), min_size=1, max_size=60)


@given(steps, st.data())
def test_seconds_behind_is_the_time_since_the_primary_was_first_seen_beyond(
    walk: list[tuple[float, int]], data: st.DataObject
) -> None:
    trail, ticks, value, points = Trail(), 0.0, 1, []
    for pause, grown in walk:
        ticks, value = ticks + pause, value + grown
        trail.seen(ticks, value)
        points.append((ticks, value))
    asked = data.draw(st.integers(0, value))
    beyond = [t for t, v in points if v > asked]
    expected = ticks + 1.0 - beyond[0] if beyond else 0.0
    assert trail.seconds_behind(asked, ticks + 1.0) == max(0.0, expected)


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
    assert abs(behind - (4 * 3600 - 101)) <= 30.0
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
    assert trail.rate(30.0) == 0.0


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
