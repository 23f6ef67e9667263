"""Quiet and noisy days of one cluster as the watch sees it: python -m tests.simulate.days --days 1000."""

import argparse
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from console.domain.fleet import ClusterView
from console.domain.guards import Restart
from console.domain.verdict import Level
from tests.simulate.day_noise import Death, Noise
from tests.simulate.day_watch import Act, Policy, Watching, switched_off
from tests.simulate.day_world import CONSOLE, PRIMARY, State, World

ABLE_SECONDS: Final = 5.0  # a primary that has come back within less is met by the fence of the run itself
ABLE_HARD_SECONDS: Final = 3.0
RESTART_SECONDS: Final = 10.0  # as the cluster's entry has it
BEFORE_SECONDS: Final = 130.0  # a list that has stood for so long is relied on
SHOWN_MAX: Final = 40
GUARDS: Final = ("evidence", "overlap", "restart", "void", "void and fresh")


@dataclass
class Lived:
    """What one day came to."""

    seed: int
    noises: list[str] = field(default_factory=list)
    death: str = ""
    false: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    raced: int = 0  # it had come back a moment before
    took: dict[str, float] = field(default_factory=dict)  # seconds from the death to the act, by policy
    levels: Counter[str] = field(default_factory=Counter)
    looks: int = 0

    @property
    def faults(self) -> list[str]:
        return [*self.false, *self.missed]


class Day:
    """One day by its seed. The checker knows the truth of the world alone."""

    def __init__(self, seed: int, off: str = "", *, noise: str = "", death: str = "") -> None:
        self.dice = random.Random(seed)
        self.world = World(self.dice, self.dice.choices((1, 2), (3, 1))[0])
        self.lived = Lived(seed)
        self._off, self._noise, self._kind = off, noise, death
        self._death: Death | None = None

    def live(self) -> Lived:
        with switched_off(self._off) as judges:
            self.watching = Watching(self.world, self.dice, judges=judges)
            self.watching.acted, self.watching.told = self._check, self._told
            self.watching.run(8.0)
            self.watching.quiet(BEFORE_SECONDS)
            noise = Noise(self.world, self.watching, self.dice)
            for place in range(self.dice.randint(1, 3)):
                drawn = self.dice.choice(tuple(noise.kinds))
                kind = self._noise or drawn if place == 0 else drawn
                self.lived.noises.append(kind)
                noise.kinds[kind]()
                self._rest()
            if self.dice.random() < 0.4 or self._kind:
                self._die(noise)
        self.lived.looks = self.watching.looks
        return self.lived

    def _rest(self) -> None:
        """Until the next disturbance: sometimes at once, most often after hours."""
        if self.dice.random() < 0.25:
            self.watching.run(self.dice.uniform(0.0, 6.0))
            return
        self.watching.run(25.0)
        self.watching.quiet(self.dice.uniform(120.0, 20_000.0))

    def _die(self, noise: Noise) -> None:
        """After a while in which all was seen to be well; sometimes with another trouble that lasts."""
        self.watching.run(12.0)
        self.watching.confirm()
        if self.dice.random() < 0.6:
            self.watching.run(60.0)
            self.watching.quiet(self.dice.uniform(120.0, 2000.0))
        else:
            self.watching.run(self.dice.uniform(5.0, 40.0))
        for one in self.watching.policies:
            one.acts.clear()
        death = self._death = Death(self.world, self.dice, self._kind)
        self.lived.death = death.kind
        beside = self.dice.choice(("", "", "locked", "own-clock", "refuses", "dns", "kept-out", "hung-first", "clocks"))
        self.lived.noises.append(f"with {beside or 'nothing'}")
        server = self.world.servers[PRIMARY]
        server.locked, self.world.dns = beside == "locked", beside != "dns"
        server.refuses = "sorry, too many clients already" if beside in ("refuses", "kept-out") else ""
        if beside == "kept-out":
            server.life += 1
            self.watching.run(self.dice.uniform(5.0, 45.0))
        elif beside == "hung-first":
            server.frozen = True
            self.watching.run(self.dice.uniform(5.0, 30.0))
        death.begin(self.watching)
        if beside in ("own-clock", "clocks"):
            self.watching.run(self.dice.uniform(0.5, 5.0))
            noise.own_clock() if beside == "own-clock" else noise.clock()
        self.watching.run(death.begun + 30.0 - self.world.now)
        for one in self.watching.policies:
            self._account(one, death)

    def _account(self, one: Policy, death: Death) -> None:
        within = death.must(one.name)
        acts = [act for act in one.acts if act.at >= death.begun]
        if acts:
            self.lived.took[one.name] = acts[0].at - death.begun
        if within is not None and (not acts or acts[0].at - death.begun > within):
            when = f"after {acts[0].at - death.begun:.1f} s" if acts else "never"
            self.lived.missed.append(f"{death.kind}: {one.name} acted {when}, not within {within:.0f} s")

    def _told(self, view: ClusterView) -> None:
        for finding in view.verdict.findings:
            if finding.node == PRIMARY and finding.level is not None:
                self.lived.levels[finding.level.value] += 1

    def _check(self, one: Policy, act: Act) -> None:
        """Was this failover right, by the truth?"""
        world, what = self.world, f"{one.name}: {act.level.value if act.level else None} at {act.at:.1f} s, "
        limit = ABLE_HARD_SECONDS if act.level is Level.HARD else ABLE_SECONDS
        if world.able_since is not None:
            if act.at - world.able_since > limit:
                self._false(f"{what}the primary has been able to commit for {act.at - world.able_since:.1f} s")
            else:
                self.lived.raced += 1
        elif world.servers[PRIMARY].state is State.STOPPED and world.both(CONSOLE, PRIMARY):
            self._false(f"{what}somebody had shut it down")
        away = world.was_away if world.unable_since is None else act.at - world.unable_since
        if not one.policy.at_once and act.restart is not Restart.IN_VAIN and away < RESTART_SECONDS:
            self._false(f"{what}it was away for {away:.1f} s, and no start in place was tried")
        if max((world.servers[name].position for name in act.standbys), default=0) < world.acked:
            self._false(f"{what}{', '.join(act.standbys)} lack what was acknowledged")
        if self._death is not None and self._death.forbidden:
            self._false(f"{what}that is no death to act on ({self._death.kind})")

    def _false(self, text: str) -> None:
        if len(self.lived.false) < 5:
            self.lived.false.append(text)


def live(seed: int, off: str = "", *, noise: str = "", death: str = "") -> Lived:
    """The day of this seed, with a guard switched off or none; its first disturbance, its loss may be said."""
    return Day(seed, off, noise=noise, death=death).live()


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def report(days: list[Lived]) -> list[str]:
    """The figures of many days."""
    deaths = Counter(day.death for day in days if day.death)
    noises = Counter(noise for day in days for noise in day.noises)
    lines = [
        f"{len(days)} days, {sum(noises.values())} disturbances, {sum(deaths.values())} deaths or losses, "
        f"{sum(day.looks for day in days)} pictures judged",
        f"false failovers: {sum(bool(day.false) for day in days)} days; missed: "
        f"{sum(bool(day.missed) for day in days)} days; met at the fence: {sum(day.raced for day in days)}",
        "disturbances: " + ", ".join(f"{kind} {count}" for kind, count in sorted(noises.items())),
        "losses: " + ", ".join(f"{kind} {count}" for kind, count in sorted(deaths.items())),
    ]
    for kind in sorted(deaths):
        for name in ("at-once", "at-once quorum", "waits", "waits quorum"):
            took = sorted(day.took[name] for day in days if day.death == kind and name in day.took)
            if took:
                middle, late = took[len(took) // 2], took[min(len(took) - 1, int(0.95 * len(took)))]
                lines.append(
                    f"{kind}, {name}: {len(took)} acts, p50 {middle:.1f} s, p95 {late:.1f} s, longest {took[-1]:.1f} s"
                )
    return lines


def main() -> int:
    """0 where no day broke a promise."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulate.days")
    parser.add_argument("--days", type=int, default=100)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--off", choices=GUARDS, default="", help="a guard that is switched off on purpose")
    asked = parser.parse_args()
    began, days = time.monotonic(), []
    for seed in range(asked.first, asked.first + asked.days):
        day = live(seed, asked.off)
        days.append(day)
        if day.faults and sum(bool(one.faults) for one in days) <= SHOWN_MAX:
            say(f"seed {seed} ({', '.join(day.noises)}; {day.death or 'nobody dies'}): {'; '.join(day.faults)}")
    for line in report(days):
        say(line)
    say(f"{time.monotonic() - began:.1f} s")
    return 1 if any(day.faults for day in days) else 0


if __name__ == "__main__":
    sys.exit(main())
