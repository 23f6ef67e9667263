"""Quiet and noisy days of the detector: it never takes a living primary for dead, and never misses a dead one."""

import random
import sys

import pytest

from console.domain import witnesses
from console.domain.verdict import Cause, Health, Level
from tests.simulate.detecting import CONSOLE, NODES, PRIMARY, STANDBYS, STEP_SECONDS, Network

DAYS = 120  # in the suite; by hand: python -m tests.simulate.test_detector_days 1000
SEEN_FOR_SECONDS = 6.0  # who was reached by a standby for so long is alive, whatever was said before
NAMED_SECONDS_MAX = 9.0
QUIET_SECONDS = 8.0
_NOISE = (
    "slow", "burst", "uplink", "one-way", "hung", "standby", "sleep", "console-primary", "two", "three", "nothing",
)  # fmt: skip


class Day:
    """One day's episode: a noise, and on some days a death in the middle of it."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.net = Network(self.dice)
        self.reached_for = dict.fromkeys(STANDBYS, 0.0)
        self.false: list[float] = []
        self.named: float | None = None

    def run(self, seconds: float) -> None:
        for _ in range(round(seconds / STEP_SECONDS)):
            self.net.step()
            self._check()

    def _check(self) -> None:
        net = self.net
        for name in STANDBYS:
            alive = net.open(PRIMARY, name) and PRIMARY not in net.hung
            self.reached_for[name] = self.reached_for[name] + STEP_SECONDS if alive else 0.0
        assert net.stands is not None
        assert net.verdict is not None
        if net.stands.level is not Level.WITNESSED:
            return
        assert net.verdict.cause is Cause.PRIMARY_DEAD
        self.named = self.named or net.now
        if any(reached >= SEEN_FOR_SECONDS for reached in self.reached_for.values()):
            self.false.append(net.now)

    def noise(self, kind: str) -> None:
        """One disturbance, and its end."""
        net, dice = self.net, self.dice
        seconds = dice.choice((1.0, 2.0, 3.5, 6.0, 12.0, 25.0))
        match kind:
            case "slow":
                name = dice.choice(NODES)
                net.slow[name] = dice.uniform(0.5, 4.0)
                self.run(seconds)
                net.slow.clear()
            case "burst":  # a cable that comes and goes
                one, other = dice.sample((CONSOLE, *NODES), 2)
                for _ in range(4):
                    net.apart(one, other)
                    self.run(dice.uniform(0.5, 3.0))
                    net.joined(one, other)
                    self.run(dice.uniform(0.5, 3.0))
            case "uplink":
                self._between([(CONSOLE, name) for name in NODES], seconds)
            case "one-way":
                one, other = dice.sample((CONSOLE, *NODES), 2)
                net.cut.add((one, other))
                self.run(seconds)
                net.cut.discard((one, other))
            case "hung":
                net.hung.add(dice.choice((PRIMARY, *STANDBYS)))
                self.run(seconds)
                net.hung.clear()
            case "standby":
                net.down.add(dice.choice(STANDBYS))
                self.run(seconds)
                net.down.clear()
            case "sleep":
                net.sleep(dice.choice((4.0, 30.0, 300.0)))
            case "console-primary":
                self._between([(CONSOLE, PRIMARY)], seconds)
            case "two":  # one standby and the console lose the primary, the other one has it
                self._between([(CONSOLE, PRIMARY), (dice.choice(STANDBYS), PRIMARY)], seconds)
            case "three":  # we lose the primary and the one standby that has it, and the other standby does not
                one, other = dice.sample(STANDBYS, 2)
                self._between([(CONSOLE, PRIMARY), (CONSOLE, one), (other, PRIMARY)], seconds)
            case _:
                self.run(seconds)

    def _between(self, pairs: list[tuple[str, str]], seconds: float) -> None:
        for one, other in pairs:
            self.net.apart(one, other)
        self.run(seconds)
        for one, other in pairs:
            self.net.joined(one, other)


def lived(seed: int) -> Day:
    """A day on which nobody dies."""
    day = Day(seed)
    day.run(12.0)
    for _ in range(day.dice.randint(1, 4)):
        day.noise(day.dice.choice(_NOISE))
        if day.dice.random() < 0.5:
            day.run(day.dice.uniform(0.5, 6.0))
    day.run(QUIET_SECONDS + 20.0)
    return day


def died(seed: int) -> tuple[Day, float]:
    """A day on which the primary's host dies, or is cut off from everybody, at a moment and after a noise by chance."""
    day = Day(seed)
    day.run(12.0)
    day.noise(day.dice.choice(_NOISE))
    day.run(QUIET_SECONDS + day.dice.uniform(0.0, 4.0))
    day.named, at = None, day.net.now
    if day.dice.random() < 0.5:
        day.net.down.add(PRIMARY)
    else:
        for other in (CONSOLE, *STANDBYS):
            day.net.apart(PRIMARY, other)
    day.run(NAMED_SECONDS_MAX)
    return day, at


@pytest.mark.parametrize("seed", range(DAYS))
def test_no_living_primary_is_taken_for_dead(seed: int) -> None:
    day = lived(seed)
    assert not day.false, f"seed {seed}: witnessed at {day.false[:3]} while a standby reached it"
    assert day.net.verdict is not None
    assert day.net.verdict.health is not Health.LOST, f"seed {seed}: {day.net.verdict.findings[0]}"


@pytest.mark.parametrize("seed", range(DAYS // 2))
def test_no_dead_primary_is_missed(seed: int) -> None:
    day, at = died(seed)
    assert day.named is not None, f"seed {seed}: {day.net.stands}"
    assert day.named - at <= NAMED_SECONDS_MAX
    assert not day.false


@pytest.mark.parametrize("guard", ["the standbys' word", "overlap", "what they heard"])
def test_each_guard_switched_off_is_caught(guard: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check that nobody alive is called dead can fail: without any one guard it does."""
    match guard:
        case "the standbys' word":
            monkeypatch.setattr(witnesses, "word_of", lambda *_: witnesses.Word.COUNTS)
        case "overlap":
            monkeypatch.setattr(witnesses, "_overlap", lambda *_: 1)
        case _:
            monkeypatch.setattr(witnesses, "HEARD_SECONDS_MIN", -1.0)
            monkeypatch.setattr(witnesses, "_by_testimony", lambda *_: witnesses.Word.COUNTS)
    assert any(lived(seed).false for seed in range(1000))


def told(count: int) -> str:
    """So many days, each with and without a death, in two lines."""
    days = [lived(seed) for seed in range(count)]
    deaths = [died(seed) for seed in range(count)]
    took = sorted(day.named - at for day, at in deaths if day.named is not None)
    false = sum(bool(day.false) for day in (*days, *(day for day, _ in deaths)))
    return (
        f"{count} days: {false} false, {count - len(took)} of {count} deaths missed\n"
        f"from death to verdict: median {took[len(took) // 2]:.1f} s, longest {took[-1]:.1f} s\n"
    )


if __name__ == "__main__":
    sys.stdout.write(told(int(sys.argv[1])))
