"""The truth of a simulated day: hosts and the ways between them, servers, WAL, and what was acknowledged."""

import random
from dataclasses import dataclass
from enum import Enum
from typing import Final

TICK_SECONDS: Final = 0.25
CONSOLE, PRIMARY, STANDBYS, VAULT = "console", "a", ("b", "c"), "v"
SERVERS: Final = (PRIMARY, *STANDBYS)
NODES: Final = (*SERVERS, VAULT)
ADDRESSES: Final = {name: f"10.0.0.{place}" for place, name in enumerate(NODES, 1)}
RECEIVER_SECONDS: Final = 60.0  # wal_receiver_timeout
RETRY_SECONDS: Final = 5.0  # wal_retrieve_retry_interval
BYTES_A_SECOND: Final = 200_000
SINGLE_SIZE: Final = 1000  # bytes of WAL an entry


class State(Enum):
    """What a server's processes do."""

    RUNNING = "running"
    STARTING = "starting"
    STOPPING = "stopping"
    STOPPED = "stopped"  # shut down by somebody: the control file says so
    DEAD = "dead"  # killed
    ORPHANS = "orphans"  # the postmaster was killed, and a busy backend works on


@dataclass
class Machine:
    """One host. `slow`: seconds that its answers need more."""

    up: bool = True
    paused: bool = False
    sshd: bool = True
    boot: int = 1
    slow: float = 0.0


@dataclass
class Server:
    """One PostgreSQL. Positions in bytes; `heard_wall` by its own host's clock."""

    state: State = State.RUNNING
    frozen: bool = False  # its processes are stopped (T)
    life: int = 1  # of this postmaster: sessions die with it
    refuses: str = ""  # what a new session is told; those that are open go on
    locked: bool = False  # a table of the books is under ACCESS EXCLUSIVE
    garbled: bool = False  # its answers come cut in half
    position: int = 0x5000000
    replayed: int = 0x5000000
    confirmed: int = 0
    paused: bool = False  # replay
    receiver: bool = True
    retry_at: float = 0.0
    heard: float = 0.0
    heard_wall: float = 0.0
    reply: float = 0.0
    trails: float = 1.0  # its share of what is sent: below 1 it lags


class World:
    """All that is so. `able_since`: since when a commit that waits would be confirmed, without a pause."""

    def __init__(self, dice: random.Random, sync_count: int) -> None:
        self.dice = dice
        self.sync_count = sync_count
        self.sync_names = f'ANY {sync_count} ("b","c")'
        self.now = 0.0
        self.machines = {name: Machine() for name in NODES}
        self.servers = {name: Server() for name in SERVERS}
        self.offsets = dict.fromkeys((CONSOLE, *NODES), 0.0)
        self.cut: set[tuple[str, str]] = set()  # from, to
        self.dns = True
        self.acked = 0
        self.able_since: float | None = 0.0
        self.unable_since: float | None = None
        self.was_away = 0.0  # seconds, before it was able again
        self.planned = False  # somebody shut the primary down on purpose

    # -- ways ---------------------------------------------------------------------------------------------------

    def passes(self, one: str, other: str) -> bool:
        """Does a packet come through in this direction, to a host that takes it?"""
        return (one, other) not in self.cut and all(
            name == CONSOLE or (self.machines[name].up and not self.machines[name].paused) for name in (one, other)
        )

    def both(self, one: str, other: str) -> bool:
        return self.passes(one, other) and self.passes(other, one)

    def apart(self, one: str, other: str) -> None:
        self.cut |= {(one, other), (other, one)}

    def joined(self, one: str, other: str) -> None:
        self.cut -= {(one, other), (other, one)}

    # -- servers ------------------------------------------------------------------------------------------------

    def works(self, name: str) -> bool:
        """Does this server do anything?"""
        server, machine = self.servers[name], self.machines[name]
        alive = server.state in (State.RUNNING, State.STOPPING, State.ORPHANS)
        return alive and not server.frozen and machine.up and not machine.paused

    def serves(self, name: str) -> bool:
        return self.works(name) and self.servers[name].state is State.RUNNING

    def ends(self, name: str, state: State) -> None:
        """The server's processes end, or are killed; its sessions with them."""
        server = self.servers[name]
        server.state, server.frozen = state, False
        server.life += 1
        server.receiver = False

    def starts(self, name: str) -> None:
        server = self.servers[name]
        server.state, server.life, server.retry_at = State.RUNNING, server.life + 1, self.now
        server.replayed = server.position

    def clock(self, name: str) -> float:
        return self.now + self.offsets[name]

    # -- time ---------------------------------------------------------------------------------------------------

    def advance(self, seconds: float) -> None:
        """The world goes on by itself."""
        self.now += seconds
        source = self.servers[PRIMARY]
        if self.works(PRIMARY) and source.state is not State.STOPPING:
            source.position += int(BYTES_A_SECOND * seconds * self.dice.uniform(0.5, 1.5))
        for name in STANDBYS:
            self._follow(name)
        self._acknowledge()

    def shift(self, seconds: float) -> None:
        """Hours go by in which all is as it is now."""
        self.now += seconds
        for server in self.servers.values():
            server.heard += seconds
            server.heard_wall += seconds
            server.reply += seconds
            server.retry_at += seconds
        self.advance(0.0)

    def _follow(self, name: str) -> None:
        own, source = self.servers[name], self.servers[PRIMARY]
        if not self.works(name):
            return
        if own.receiver:
            reset = self.both(PRIMARY, name) and source.state in (State.STOPPED, State.DEAD, State.STARTING)
            if reset or self.now - own.heard > RECEIVER_SECONDS:
                own.receiver, own.retry_at = False, self.now + self.dice.uniform(0.0, RETRY_SECONDS)
            elif self.serves(PRIMARY) and self.passes(PRIMARY, name):
                own.heard, own.heard_wall = self.now, self.clock(name)
                own.position += int((source.position - own.position) * own.trails)
                if self.passes(name, PRIMARY):
                    own.confirmed, own.reply = own.position, self.now
        elif self.now >= own.retry_at and self.serves(PRIMARY) and self.both(PRIMARY, name):
            own.receiver, own.heard, own.heard_wall = True, self.now, self.clock(name)
        if not own.paused:
            own.replayed = own.position

    def able(self) -> bool:
        """Would the primary acknowledge a synchronous commit now, by the word of its standbys?"""
        if self.servers[PRIMARY].state is State.ORPHANS and self.works(PRIMARY):
            return True
        if not self.serves(PRIMARY):
            return False
        return sum(self.serves(n) and self.servers[n].receiver and self.both(PRIMARY, n) for n in STANDBYS) >= (
            self.sync_count
        )

    def _acknowledge(self) -> None:
        if not self.able():
            self.able_since = None
            self.unable_since = self.unable_since if self.unable_since is not None else self.now
            return
        if self.unable_since is not None:
            self.was_away, self.unable_since = self.now - self.unable_since, None
        if self.able_since is None:
            self.able_since = self.now
        said = sorted((self.servers[n].confirmed for n in STANDBYS if self.servers[n].receiver), reverse=True)
        if len(said) >= self.sync_count:
            self.acked = max(self.acked, said[self.sync_count - 1])
