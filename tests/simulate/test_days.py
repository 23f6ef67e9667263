"""Quiet and noisy days: nobody alive is failed over, nobody dead is missed, and a guard switched off is caught."""

import random

import pytest

from console.domain.verdict import Level
from tests.simulate.days import live

FIXED = 40
CHUNK = 20
DRAWN = 4
CAUGHT_DAYS_MAX = 40


@pytest.mark.parametrize("first", range(0, FIXED, CHUNK))
def test_no_day_breaks_a_promise(first: int) -> None:
    lived = [live(seed) for seed in range(first, first + CHUNK)]
    broken = {day.seed: day.faults for day in lived if day.faults}
    assert not broken, f"replay with: python -m tests.simulate.days --first N --days 1; {broken}"
    assert sum(day.looks for day in lived) > 100 * CHUNK
    assert sum(bool(day.took) for day in lived) >= 2, "hardly a primary was lost in any of these days"
    # The days are not kinder than the world: evidence of these kinds was there, and was judged.
    levels = {level for day in lived for level in day.levels}
    assert {Level.HARD.value, Level.WITNESSED.value, Level.REFUSING.value, Level.SUSPECTED.value} <= levels


def test_nor_do_days_that_are_drawn_now() -> None:
    for seed in random.SystemRandom().sample(range(1_000_000, 2_000_000), DRAWN):
        day = live(seed)
        assert not day.faults, f"replay with: python -m tests.simulate.days --first {seed} --days 1; {day.faults}"


def test_a_day_replays_alike() -> None:
    first, again = live(2), live(2)
    assert (first.took, first.levels, first.looks) == (again.took, again.levels, again.looks)


@pytest.mark.parametrize(("off", "noise", "death", "says"), [
    ("evidence", "", "", "able to commit"),
    ("overlap", "", "overlap", "lack what was acknowledged"),
    ("restart", "", "", "no start in place"),
    ("void and fresh", "asleep-crash", "", "able to commit"),
])  # fmt: skip
def test_a_guard_that_is_switched_off_is_caught(off: str, noise: str, death: str, says: str) -> None:
    for seed in range(CAUGHT_DAYS_MAX):
        found = live(seed, off, noise=noise, death=death)
        if any(says in fault for fault in found.false):
            assert live(seed, noise=noise, death=death).faults == [], f"seed {seed} breaks with the guard as well"
            return
    pytest.fail(f"not caught within {CAUGHT_DAYS_MAX} days")


def test_a_look_from_before_a_sleep_is_stopped_by_the_fresh_guard_alone() -> None:
    """Were the readings kept over a sleep, the guard would still act on none of them."""
    assert [fault for seed in range(8) for fault in live(seed, "void", noise="asleep-crash").false] == []
