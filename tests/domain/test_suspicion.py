"""Phi accrual: it grows with the silence, learns from the past, and a very regular past makes nothing nervous."""

import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.suspicion import (
    INTERVALS_MAX,
    INTERVALS_MIN,
    LONGEST_PACES,
    PHI_DOUBT,
    PHI_MAX,
    PHI_THRESHOLD,
    SPREAD_SECONDS_MIN,
    Arrivals,
    Channel,
    Suspicion,
    phi_of,
    suspicion_of,
    usual,
)

PACE = 1.0
INTERVALS = st.lists(st.floats(0.001, 4.9), max_size=3 * INTERVALS_MAX)


def past(intervals: list[float], *, begin: float = 100.0, pace: float = PACE) -> Arrivals:
    arrivals, ticks = Arrivals().heard(begin, pace_seconds=pace), begin
    for interval in intervals:
        ticks += interval
        arrivals = arrivals.heard(ticks, pace_seconds=pace)
    return arrivals


def after(arrivals: Arrivals, silence: float, *, pace: float = PACE) -> Suspicion:
    assert arrivals.last_ticks is not None
    found = suspicion_of(
        "a", Channel.VITAL, arrivals, pace_seconds=pace, now_ticks=arrivals.last_ticks + silence
    )
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("silence", "mean", "spread", "phi"),
    [(1.0, 1.0, 0.5, 0.301), (1.5, 1.0, 0.5, 0.799), (2.0, 1.0, 0.5, 1.643), (4.0, 1.0, 0.5, 9.006)],
)
def test_phi_is_the_normal_tail_in_powers_of_ten(silence: float, mean: float, spread: float, phi: float) -> None:
    assert phi_of(silence, mean, spread) == pytest.approx(phi, abs=0.001)
    tail = 1.0 - statistics.NormalDist(mean, spread).cdf(silence)
    assert 10 ** -phi_of(silence, mean, spread) == pytest.approx(tail, rel=1e-6)


@given(INTERVALS, st.floats(0, 1e6), st.floats(0, 1e6))
def test_a_longer_silence_is_never_less_suspicious(intervals: list[float], one: float, other: float) -> None:
    arrivals = past(intervals)
    shorter, longer = sorted((one, other))
    first, then = after(arrivals, shorter).phi, after(arrivals, longer).phi
    assert 0.0 <= first <= then <= PHI_MAX


@given(INTERVALS)
def test_the_past_is_bounded_and_its_sums_are_exact(intervals: list[float]) -> None:
    arrivals = past(intervals)
    assert len(arrivals.intervals) <= INTERVALS_MAX
    assert arrivals.total == sum(arrivals.intervals)
    assert arrivals.squares == sum(one * one for one in arrivals.intervals)
    mean, spread = usual(arrivals, pace_seconds=PACE)
    assert mean >= PACE
    assert spread >= SPREAD_SECONDS_MIN
    if len(arrivals.intervals) >= INTERVALS_MIN:
        seconds = [one / 1e6 for one in arrivals.intervals]
        assert mean == pytest.approx(max(PACE, statistics.fmean(seconds)), abs=1e-6)
        assert spread == pytest.approx(max(0.4, statistics.pstdev(seconds)), abs=1e-4)


@given(st.floats(0.2, 10.0), st.floats(0.0, 1.9))
def test_a_perfectly_regular_past_makes_nothing_nervous(pace: float, paces: float) -> None:
    """However regular: a silence of less than twice the pace says nothing."""
    arrivals = past([pace] * INTERVALS_MAX, pace=pace)
    assert after(arrivals, paces * pace, pace=pace).phi < PHI_DOUBT


def test_a_host_that_stops_is_suspected_within_seconds_by_a_regular_past() -> None:
    arrivals = past([1.0] * INTERVALS_MAX)
    doubt = next(s / 10 for s in range(100) if after(arrivals, s / 10).phi >= PHI_DOUBT)
    suspected = next(s / 10 for s in range(100) if after(arrivals, s / 10).suspected)
    assert (doubt, suspected) == (2.0, 3.3)


def test_a_slow_link_is_not_suspected_for_being_slow() -> None:
    """Rounds of 3 s for a while: what would be suspicious elsewhere is usual here."""
    arrivals = past([3.0, 3.4, 2.7] * 30)
    assert after(arrivals, 4.0).phi < PHI_THRESHOLD
    assert after(past([1.0] * 90), 4.0).phi > PHI_THRESHOLD
    assert after(arrivals, 8.0).suspected


@given(INTERVALS, st.floats(LONGEST_PACES + 0.01, 1e5))
def test_an_outage_does_not_become_usual(intervals: list[float], outage: float) -> None:
    before = past(intervals)
    assert before.last_ticks is not None
    later = before.heard(before.last_ticks + outage, pace_seconds=PACE)
    assert (later.intervals, later.total) == (before.intervals, before.total)
    assert later.last_ticks == before.last_ticks + outage


@given(INTERVALS, st.floats(-1e5, 0.0))
def test_what_is_older_than_the_last_changes_nothing(intervals: list[float], earlier: float) -> None:
    before = past(intervals)
    assert before.last_ticks is not None
    assert before.heard(before.last_ticks + earlier, pace_seconds=PACE) == before


@given(INTERVALS, st.floats(0, 1e6))
def test_after_our_own_sleep_no_silence_is_counted_until_it_is_heard_again(
    intervals: list[float], slept: float
) -> None:
    before = past(intervals)
    assert before.last_ticks is not None
    woken = before.broken()
    at = before.last_ticks + slept
    assert suspicion_of("a", Channel.HOST, woken, pace_seconds=PACE, now_ticks=at) is None
    again = woken.heard(at, pace_seconds=PACE)
    assert again.intervals == before.intervals
    assert after(again, 0.0).phi < 1.0


def test_never_heard_is_no_suspicion_and_few_intervals_are_held_to_the_pace_alone() -> None:
    assert suspicion_of("a", Channel.VITAL, Arrivals(), pace_seconds=PACE, now_ticks=1.0) is None
    few = after(past([0.01] * (INTERVALS_MIN - 1)), 2.0)
    assert (few.mean, few.spread, few.intervals) == (PACE, 0.8, INTERVALS_MIN - 1)
    assert not math.isnan(few.phi)
