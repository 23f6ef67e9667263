"""Seeded plays: no promise is broken, a seed replays alike, and each guard that is switched off is caught."""

from collections import Counter

import pytest

from tests.simulate.play import Off, play_seed

SEEDS = 600
CHUNK = 100
CAUGHT_SEEDS_MAX = 1000


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_no_promise_is_broken(first: int) -> None:
    ended = [play_seed(seed) for seed in range(first, first + CHUNK)]
    broken = {play.seed: play.faults for play in ended if play.faults}
    states = Counter(play.state for play in ended)
    assert not broken, f"replay with: python -m tests.simulate --seed N --verbose; {broken}"
    assert states["done"] >= CHUNK / 5, states


def test_a_seed_replays_alike() -> None:
    for seed in (3, 9, 117):
        first, again = play_seed(seed), play_seed(seed)
        assert first.trace == again.trace
        assert len(first.trace) > 5


@pytest.mark.parametrize("off", [Off(overlap=True), Off(fence=True), Off(term=True)], ids=["overlap", "fence", "term"])
def test_a_guard_that_is_switched_off_is_caught(off: Off) -> None:
    for seed in range(CAUGHT_SEEDS_MAX):
        if faults := play_seed(seed, off).faults:
            assert play_seed(seed).faults == [], f"seed {seed} breaks with the guard as well"
            assert any("two writable" in one or "acknowledged" in one for one in faults)
            return
    pytest.fail(f"not caught within {CAUGHT_SEEDS_MAX} seeds")
