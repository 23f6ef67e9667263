"""The indicators by hand-calculation, with every edge that divides by something."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.indicators import (
    YEAR_MINUTES,
    allowance_used,
    quantile,
    recovery_rate,
    recovery_seconds,
    redundancy_rate,
    share_of_one_node,
    uptime,
)

AT = datetime(2026, 3, 14, tzinfo=UTC)


def span(begin: float, end: float) -> tuple[datetime, datetime]:
    return AT + timedelta(seconds=begin), AT + timedelta(seconds=end)


@pytest.mark.parametrize(
    ("lost", "data", "rate"),
    [(0, 8_812_403, 100.0), (87, 8_812_403, 99.99901275509), (5, 5, 0.0), (0, 0, None), (None, 5, None),
     (1, None, None)],
)  # fmt: skip
def test_recovery_rate(lost: int | None, data: int | None, rate: float | None) -> None:
    assert recovery_rate(lost, data) == (None if rate is None else pytest.approx(rate, abs=1e-9))


@pytest.mark.parametrize(
    ("blocks", "failed", "rate"),
    [(1000, 0, 50.0), (1000, 1000, 100.0), (1000, 500, 66.66666666667), (1, 0, 50.0), (1, 1, 100.0), (0, 0, None),
     (None, 0, None)],
)  # fmt: skip
def test_redundancy_rate(blocks: int | None, failed: int | None, rate: float | None) -> None:
    assert redundancy_rate(blocks, failed) == (None if rate is None else pytest.approx(rate))


def test_recovery_time_and_share() -> None:
    assert recovery_seconds(4.0) == 25.0
    assert recovery_seconds(0.0) is None
    assert recovery_seconds(None) is None
    assert [share_of_one_node(nodes) for nodes in (1, 2, 4, 0)] == [100.0, 50.0, 25.0, None]


@pytest.mark.parametrize(
    "asks", [lambda: recovery_rate(6, 5), lambda: recovery_rate(-1, 5), lambda: redundancy_rate(5, 6),
             lambda: recovery_seconds(-1.0), lambda: share_of_one_node(-1), lambda: allowance_used(1.0, 0.0)],
)  # fmt: skip
def test_what_can_not_be_is_refused(asks: object) -> None:
    with pytest.raises(ValueError):
        asks()  # type: ignore[operator]


def test_quantiles_are_measured_values() -> None:
    times = [4.0, 1.0, 3.0, 2.0]
    assert (quantile(times, 0.5), quantile(times, 0.95)) == (2.0, 4.0)
    assert (quantile([], 0.5), quantile([7.0], 0.95)) == (None, 7.0)


def test_uptime_counts_only_what_was_watched() -> None:
    found = uptime([span(0, 1000), span(2000, 3000)], [span(900, 1100), span(1200, 1300), span(2500, 2600)])
    assert (found.watched_seconds, found.lost_seconds, found.losses) == (2000, 200, 2)
    assert (found.mtbf_seconds, found.mttr_seconds, found.share_percent) == (900, 100, 90.0)


def test_uptime_where_nothing_was_lost_or_watched() -> None:
    never = uptime([span(0, 10)], [])
    assert (never.mtbf_seconds, never.mttr_seconds, never.share_percent) == (None, None, 100.0)
    assert uptime([], [span(0, 5)]).share_percent is None


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), max_size=12),
       st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), max_size=12))  # fmt: skip
def test_uptime_agrees_with_counting_seconds(watched: list[tuple[int, int]], lost: list[tuple[int, int]]) -> None:
    found = uptime([span(*one) for one in watched], [span(*one) for one in lost])
    up = {second for begin, end in watched for second in range(begin, end)}
    away = {second for begin, end in lost for second in range(begin, end)}
    assert (found.watched_seconds, found.lost_seconds) == (len(up), len(up & away))


def test_the_allowance_of_a_year() -> None:
    assert allowance_used(120.0, 99.9) == (2.0, pytest.approx(YEAR_MINUTES / 1000))
