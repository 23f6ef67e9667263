"""What disturbs a simulated day without killing anybody, and what does kill: each drawn, begun, and ended again."""

import random
from collections.abc import Callable
from typing import Final

from tests.simulate.day_watch import Watching
from tests.simulate.day_world import CONSOLE, NODES, PRIMARY, SERVERS, STANDBYS, VAULT, State, World

REFUSALS: Final = (
    "sorry, too many clients already", 'no pg_hba.conf entry for host "10.0.0.9"', "SSL error: certificate expired",
    'password authentication failed for user "postgres"',
)  # fmt: skip
JUMPS: Final = (-7200.0, -90.0, -20.0, -4.0, 4.0, 20.0, 90.0, 7200.0)
LENGTHS: Final = (0.7, 2.0, 4.0, 8.0, 15.0, 30.0)


class Noise:
    """The disturbances of one day. Each begins, takes its time, and is over; whoever is left broken is mended."""

    def __init__(self, world: World, watching: Watching, dice: random.Random) -> None:
        self.world, self.watching, self.dice = world, watching, dice

    @property
    def kinds(self) -> dict[str, Callable[[], None]]:
        return {
            "slow": self.slow, "stall": self.stall, "flapping": self.flapping, "one-way": self.one_way,
            "cut": self.cut, "uplink": self.uplink, "two": self.two, "three": self.three, "paused": self.paused,
            "hung": self.hung, "planned": self.planned, "crashed": self.crashed, "reboot": self.reboot,
            "standby": self.standby, "locked": self.locked, "refused": self.refused, "clock": self.clock,
            "own-clock": self.own_clock, "asleep": self.asleep, "asleep-crash": self.asleep_crash, "sshd": self.sshd,
            "half": self.half, "dns": self.dns, "replay": self.replay, "vault": self.vault, "lag": self.lag,
            "kept-out": self.kept_out,
        }  # fmt: skip

    def run(self, seconds: float) -> None:
        self.watching.run(seconds)

    def some(self) -> float:
        return self.dice.choice(LENGTHS) * self.dice.uniform(0.7, 1.3)

    # -- hosts and ways -----------------------------------------------------------------------------------------

    def slow(self) -> None:
        machine = self.world.machines[self.dice.choice(NODES)]
        machine.slow = self.dice.uniform(0.3, 4.0)
        self.run(self.some())
        machine.slow = 0.0

    def stall(self) -> None:
        """The disks of the primary and the backup host, as during a backup."""
        for name in (PRIMARY, VAULT):
            self.world.machines[name].slow = self.dice.uniform(1.0, 9.0)
        self.run(self.some())
        for name in (PRIMARY, VAULT):
            self.world.machines[name].slow = 0.0

    def vault(self) -> None:
        self.world.machines[VAULT].slow = self.dice.uniform(5.0, 30.0)
        self.run(self.some())
        self.world.machines[VAULT].slow = 0.0

    def flapping(self) -> None:
        one, other = self.dice.sample((CONSOLE, *NODES), 2)
        for _ in range(self.dice.randint(2, 6)):
            self.world.apart(one, other)
            self.run(self.dice.uniform(0.3, 5.0))
            self.world.joined(one, other)
            self.run(self.dice.uniform(0.3, 5.0))

    def one_way(self) -> None:
        one, other = self.dice.choice([(PRIMARY, CONSOLE), (CONSOLE, PRIMARY), *[
            tuple(self.dice.sample((CONSOLE, *NODES), 2)) for _ in range(3)
        ]])  # fmt: skip
        self.world.cut.add((one, other))
        self.run(self.some())
        self.world.cut.discard((one, other))

    def between(self, pairs: list[tuple[str, str]]) -> None:
        """These ways are shut, and open again."""
        for one, other in pairs:
            self.world.apart(one, other)
        self.run(self.some())
        for one, other in pairs:
            self.world.joined(one, other)

    def cut(self) -> None:
        self.between([(CONSOLE, PRIMARY)])

    def uplink(self) -> None:
        """The switch between the console and all."""
        self.between([(CONSOLE, name) for name in NODES])

    def two(self) -> None:
        """We and one standby lose the primary, which the other one has."""
        self.between([(CONSOLE, PRIMARY), (self.dice.choice(STANDBYS), PRIMARY)])

    def three(self) -> None:
        """We lose the primary and the one standby that has it; the other standby does not."""
        one, other = self.dice.sample(STANDBYS, 2)
        self.between([(CONSOLE, PRIMARY), (CONSOLE, one), (other, PRIMARY)])

    def paused(self) -> None:
        """A machine that stands still, as while it is moved or a snapshot is taken."""
        machine = self.world.machines[self.dice.choice((PRIMARY, *NODES))]
        machine.paused = True
        self.run(self.dice.choice((3.0, 8.0, 20.0)))
        machine.paused = False

    def sshd(self) -> None:
        """Restarted: some connections live on, others are cut off."""
        name = self.dice.choice((PRIMARY, *NODES))
        self.world.machines[name].sshd = False
        for wire in list(self.watching.sessions.open):
            if wire.name == name and wire.alive and self.dice.random() < 0.7:
                wire.lost("the host closed the connection")
        self.run(self.dice.uniform(0.2, 6.0))
        self.world.machines[name].sshd = True

    def dns(self) -> None:
        self.world.dns = False
        if self.dice.random() < 0.5:
            self.sshd()
        self.run(self.some())
        self.world.dns = True

    # -- servers ------------------------------------------------------------------------------------------------

    def hung(self) -> None:
        server = self.world.servers[self.dice.choice((PRIMARY, *SERVERS))]
        server.frozen = True
        self.run(self.some())
        server.frozen = False

    def planned(self) -> None:
        """Somebody restarts a server: it is away for 1 to 60 s."""
        name = self.dice.choice((PRIMARY, PRIMARY, *STANDBYS))
        self._shut_down(name)
        self.run(self.dice.choice((1.0, 3.0, 9.0, 20.0, 55.0)))
        self._start(name, self.dice.uniform(0.3, 5.0))

    def crashed(self) -> None:
        """A crash that the server's own service mends within the time that it is given."""
        name = self.dice.choice((PRIMARY, PRIMARY, *STANDBYS))
        self.world.ends(name, State.DEAD)
        self.run(self.dice.uniform(0.2, 3.0))
        self._start(name, self.dice.uniform(0.2, 3.0))

    def reboot(self) -> None:
        name = self.dice.choice(NODES)
        machine = self.world.machines[name]
        if name in SERVERS:
            self._shut_down(name)
            self.run(0.5)
        machine.up, machine.boot = False, machine.boot + 1
        self.run(self.dice.choice((8.0, 25.0, 60.0)))
        machine.up = True
        if name in SERVERS:
            self._start(name, self.dice.uniform(1.0, 5.0))
        self.run(15.0)
        self.watching.confirm()

    def _shut_down(self, name: str) -> None:
        self.world.planned = name == PRIMARY
        self.world.servers[name].state = State.STOPPING
        self.run(self.dice.uniform(0.1, 2.0))
        self.world.ends(name, State.STOPPED)

    def _start(self, name: str, seconds: float) -> None:
        self.world.servers[name].state = State.STARTING
        self.run(seconds)
        self.world.starts(name)
        self.world.planned = False

    def standby(self) -> None:
        name = self.dice.choice(STANDBYS)
        self.world.ends(name, self.dice.choice((State.DEAD, State.STOPPED)))
        self.run(self.some())
        self.world.starts(name)

    def locked(self) -> None:
        """VACUUM FULL, ALTER TABLE: the books can't be read."""
        server = self.world.servers[self.dice.choice(SERVERS)]
        server.locked = True
        self.run(self.some())
        server.locked = False

    def refused(self) -> None:
        """Connections used up, a changed hba, a certificate: sessions that are open go on, or are ended too."""
        name = self.dice.choice((PRIMARY, *SERVERS))
        server = self.world.servers[name]
        server.refuses = self.dice.choice(REFUSALS)
        if self.dice.random() < 0.6:
            for wire in list(self.watching.sessions.open):
                if wire.name == name and wire.alive:
                    wire.lost("the host closed the connection")
        self.run(self.some())
        server.refuses = ""

    def kept_out(self) -> None:
        """The primary refuses us for long, and works for all others."""
        server = self.world.servers[PRIMARY]
        server.refuses = self.dice.choice(REFUSALS)
        server.life += 1  # each session ends, as by a restart within a moment
        self.run(self.dice.uniform(20.0, 40.0))
        server.refuses = ""

    def half(self) -> None:
        server = self.world.servers[self.dice.choice((PRIMARY, *SERVERS))]
        server.garbled = True
        self.run(self.some())
        server.garbled = False

    def replay(self) -> None:
        server = self.world.servers[self.dice.choice(STANDBYS)]
        server.paused = True
        self.run(self.some())
        server.paused = False

    def lag(self) -> None:
        server = self.world.servers[self.dice.choice(STANDBYS)]
        server.trails = self.dice.uniform(0.01, 0.3)
        self.run(self.some())
        server.trails = 1.0

    # -- clocks and sleep ---------------------------------------------------------------------------------------

    def clock(self) -> None:
        self.world.offsets[self.dice.choice(NODES)] += self.dice.choice(JUMPS)
        self.run(4.0)

    def own_clock(self) -> None:
        self.world.offsets[CONSOLE] += self.dice.choice(JUMPS)
        self.run(4.0)

    def asleep(self) -> None:
        self.watching.sleep(self.dice.choice((4.0, 30.0, 600.0)))

    def asleep_crash(self) -> None:
        """The primary dies before our eyes, we sleep, and it has long come back when we wake."""
        self.world.ends(PRIMARY, State.DEAD)
        self.run(self.dice.uniform(0.4, 1.6))
        self.watching.loop.at(3.0, lambda: self.world.starts(PRIMARY), ours=False)
        machine = self.world.machines[PRIMARY]
        machine.slow = self.dice.choice((0.0, 3.0, 6.0))
        self.watching.sleep(self.dice.choice((20.0, 300.0)))
        self.run(self.some())
        machine.slow = 0.0


class Death:
    """How a primary is lost, for good. `must`: those policies have to act by then; nothing may act where none must."""

    KINDS: Final = (
        "killed", "orphans", "off", "frozen", "alone", "mute", "deaf", "standbys", "switch", "hung", "overlap",
    )  # fmt: skip

    def __init__(self, world: World, dice: random.Random, kind: str = "") -> None:
        self.world = world
        drawn = dice.choice(self.KINDS)
        self.kind = kind or drawn
        self.begun = world.now
        self.standby = dice.choice(STANDBYS)
        self.orphan_seconds = dice.uniform(2.0, 12.0)

    def begin(self, watching: Watching) -> None:
        world, self.begun = self.world, self.world.now
        match self.kind:
            case "killed":
                world.ends(PRIMARY, State.DEAD)
            case "orphans":
                world.ends(PRIMARY, State.ORPHANS)
                watching.loop.at(self.orphan_seconds, lambda: world.ends(PRIMARY, State.DEAD), ours=False)
                self.begun += self.orphan_seconds
            case "off":
                world.machines[PRIMARY].up = False
            case "frozen":
                world.machines[PRIMARY].paused = True
            case "alone":
                for other in (CONSOLE, *STANDBYS, VAULT):
                    world.apart(PRIMARY, other)
            case "mute" | "deaf":  # nothing comes from it, or nothing to it
                ways = [(PRIMARY, other) for other in (CONSOLE, *STANDBYS, VAULT)]
                world.cut |= set(ways if self.kind == "mute" else [(other, one) for one, other in ways])
            case "standbys":
                for name in STANDBYS:
                    world.ends(name, State.DEAD)
            case "switch":
                for name in NODES:
                    world.apart(CONSOLE, name)
            case "hung":
                world.servers[PRIMARY].frozen = True
            case "overlap":  # the standby that we still reach was behind, and the other one is cut off from us
                other = next(name for name in STANDBYS if name != self.standby)
                world.apart(PRIMARY, self.standby)
                watching.run(3.0)
                world.apart(CONSOLE, other)
                watching.run(9.0)
                self.begun = world.now
                world.ends(PRIMARY, State.DEAD)

    def must(self, name: str) -> float | None:
        """Seconds within which this policy has to act; None: it must not."""
        at_once = name.startswith("at-once")
        if self.kind in ("killed", "orphans"):
            return 12.0 if at_once else 25.0
        if self.kind in ("off", "frozen", "alone", "mute") and "quorum" in name:
            return 15.0 if at_once else 26.0
        return None

    @property
    def forbidden(self) -> bool:
        """Is it for nobody to act, whatever he was allowed?"""
        return self.kind in ("standbys", "switch", "hung")
