"""The wire of a simulated day: SSH connections, `psql` and `sh` that answer from the world's truth, in its time."""

import heapq
import itertools
import json
import re
from collections.abc import Callable
from concurrent.futures import Executor, Future
from datetime import datetime, timedelta
from typing import Any, Final

from console.domain.cluster import SshTarget
from console.domain.reading import Moment, SshState
from console.domain.wal import Lsn
from console.ssh.command import Command
from console.ssh.connection import TalkEnded
from console.ssh.execution import EndReason
from console.ssh.refused import SshRefused
from tests.observed import BEGIN, SYSTEM
from tests.simulate.day_world import ADDRESSES, CONSOLE, PRIMARY, SINGLE_SIZE, STANDBYS, Server, State, World

KEEPALIVE_SECONDS: Final = 16.0  # a silent way is noticed
CONNECT_SECONDS: Final = 10.0
PSQL_SECONDS: Final = 5.0  # connect_timeout
SIGHT_SECONDS: Final = 2.0
_NONCE: Final = re.compile(r"([0-9a-f]{16}) begin")
_REFUSALS: Final = {State.STARTING: "the database system is starting up",
                    State.STOPPING: "the database system is shutting down"}  # fmt: skip


class Loop:
    """Simulated time: what is due, in order. `world_only` events go on while the console sleeps."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._ties = itertools.count()
        self._queue: list[tuple[float, int, bool, Callable[..., None], tuple[Any, ...]]] = []

    def at(self, seconds: float, do: Callable[..., None], *args: Any, ours: bool = True) -> None:
        heapq.heappush(self._queue, (self.world.now + seconds, next(self._ties), ours, do, args))

    def when(self, holds: Callable[[], bool], seconds: float, do: Callable[..., None], *args: Any) -> None:
        """Do it then, or as soon as it holds, as a packet that is sent again."""

        def tried() -> None:
            if holds():
                do(*args)
            else:
                self.at(0.5, tried)

        self.at(seconds, tried)

    def until(self, end: float) -> None:
        while self._queue and self._queue[0][0] <= end:
            due, _, _, do, args = heapq.heappop(self._queue)
            self.world.now = max(self.world.now, due)
            do(*args)
        self.world.now = max(self.world.now, end)

    def shift(self, seconds: float, *, ours_only: bool = False) -> None:
        """Quiet hours pass, or what is ours comes later, as after a sleep."""
        self._queue = [
            (due + (seconds if ours or not ours_only else 0.0), tie, ours, do, args)
            for due, tie, ours, do, args in self._queue
        ]
        heapq.heapify(self._queue)

    def late(self, wakes: float) -> None:
        """The console slept until then: what was due for it meanwhile is due now."""
        self._queue = [
            (max(due, wakes) if ours else due, tie, ours, do, args) for due, tie, ours, do, args in self._queue
        ]
        heapq.heapify(self._queue)


class DayClock:
    """The console's clocks: its ticks are the world's, its UTC may be set."""

    def __init__(self, world: World) -> None:
        self._world = world

    def ticks(self) -> float:
        return self._world.now

    def utc(self) -> datetime:
        return BEGIN + timedelta(seconds=self._world.clock(CONSOLE))

    def now(self) -> Moment:
        return Moment(self.utc(), self._world.now)


class DayPool(Executor):
    """What waits for a host waits in simulated time; all else is done at once, by the loop."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        assert not kwargs
        name = getattr(fn, "__name__", "")
        owner = getattr(fn, "__self__", None)
        watch = getattr(owner, "watch", owner)  # of a side shell
        node = getattr(watch, "node", None)
        if name in ("_connect", "_open_guarded", "_open") and node is not None:
            seconds = 0.15 if name == "_connect" else 0.01
            self._loop.at(seconds, self._try, fn, args, node.name, self._loop.world.now + CONNECT_SECONDS)
        else:
            self._loop.at(0.0, fn, *args)
        return Future()

    def _try(self, fn: Callable[..., None], args: tuple[Any, ...], name: str, deadline: float) -> None:
        world = self._loop.world
        if world.dns and not world.both(CONSOLE, name) and world.now < deadline:
            self._loop.at(0.5, self._try, fn, args, name, deadline)
        else:
            fn(*args)


class DaySessions:
    """Connects to the hosts of the world."""

    def __init__(self, loop: Loop) -> None:
        self.loop, self.world = loop, loop.world
        self.open: list[Wire] = []

    def connect(self, target: SshTarget, *, on_lost: Callable[[SshRefused], None]) -> "Wire":
        name = target.host.split(".")[0]
        if not self.world.dns:
            raise SshRefused(SshState.UNRESOLVED, name, detail="no address")
        if not self.world.both(CONSOLE, name):
            raise SshRefused(SshState.SILENT, name, detail="no answer")
        if not self.world.machines[name].sshd:
            raise SshRefused(SshState.REFUSED, name, detail="nothing listens")
        wire = Wire(self, name, on_lost)
        self.open.append(wire)
        return wire

    def tick(self, seconds: float) -> None:
        for wire in list(self.open):
            wire.tick(seconds)
        self.open = [wire for wire in self.open if wire.alive]


class Wire:
    """One connection. A way that is shut for long ends it; a host that was booted anew ends it at once."""

    def __init__(self, sessions: DaySessions, name: str, on_lost: Callable[[SshRefused], None]) -> None:
        self.sessions, self.name, self._on_lost = sessions, name, on_lost
        self.world, self.loop = sessions.world, sessions.loop
        self.alive, self.address = True, ADDRESSES[name]
        self._boot, self._shut = self.world.machines[name].boot, 0.0
        self.talks: list[DayTalk] = []

    def talk(
        self, command: Command, *, on_line: Callable[[bytes], None], on_end: Callable[[TalkEnded], None]
    ) -> "DayTalk":
        if not self.alive or not self.world.both(CONSOLE, self.name):
            state = SshState.SILENT if self.alive else SshState.BROKEN
            raise SshRefused(state, self.name, detail="the host did not take a command")
        kind = Shell if command.argv[0] == "sh" else Psql
        talk = kind(self, on_line, on_end)
        self.talks = [one for one in self.talks if not one.closed] + [talk]
        return talk

    def close(self) -> None:
        self.alive = False
        for talk in self.talks:
            talk.closed = True

    def lost(self, detail: str, state: SshState = SshState.BROKEN) -> None:
        """It is over."""
        talks, self.talks, self.alive = self.talks, [], False
        for talk in talks:
            talk.over(TalkEnded(status=None, stderr=b"", reason=EndReason.LOST))
        self._on_lost(SshRefused(state, self.name, detail=detail))

    def tick(self, seconds: float) -> None:
        if not self.alive:
            return
        self._shut = 0.0 if self.world.both(CONSOLE, self.name) else self._shut + seconds
        if self._shut > KEEPALIVE_SECONDS:
            self.lost("it has said nothing for long", SshState.SILENT)
        elif self._shut == 0.0 and self.world.machines[self.name].boot != self._boot:
            self.lost("reset by the host")
        elif self._shut == 0.0:
            for talk in self.talks:
                talk.tick()


class DayTalk:
    """A program on the host that is asked again and again."""

    def __init__(
        self, wire: Wire, on_line: Callable[[bytes], None], on_end: Callable[[TalkEnded], None]
    ) -> None:
        self.wire, self.loop, self.world, self.name = wire, wire.loop, wire.world, wire.name
        self._on_line, self._on_end = on_line, on_end
        self.closed = False

    def send(self, data: bytes) -> bool:
        if self.closed or not self.wire.alive:
            return False
        self.loop.when(lambda: self.closed or self.world.passes(CONSOLE, self.name), 0.002, self.arrived, data.decode())
        return True

    def arrived(self, text: str) -> None:
        raise NotImplementedError

    def tick(self) -> None:
        """Looks whether the program still can live."""

    def close(self) -> None:
        self.closed = True

    def over(self, ended: TalkEnded) -> None:
        if not self.closed:
            self.closed = True
            self._on_end(ended)

    def says(self, text: str, lines: list[str], state: str = "00000", message: str = "") -> None:
        """The answer, on its way back."""
        nonce = _NONCE.search(text)
        assert nonce is not None
        told = [f"{nonce[1]} begin", *lines, f"{nonce[1]} end {state} {message}"]
        back = lambda: self.closed or self.world.passes(self.name, CONSOLE)  # noqa: E731
        self.loop.when(back, self.world.dice.uniform(0.001, 0.01), self._delivered, told)

    def _delivered(self, lines: list[str]) -> None:
        for line in lines:
            if not self.closed:
                self._on_line(line.encode())

    @property
    def delay(self) -> float:
        return self.world.machines[self.name].slow * self.world.dice.uniform(0.5, 1.0)


class Psql(DayTalk):
    """A session with the server of its host."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._life: int | None = None
        self._begun = self.world.now
        self.loop.at(0.01 + self.delay, self._connect)

    @property
    def _server(self) -> Server:
        return self.world.servers[self.name]

    def _connect(self) -> None:
        server, machine = self._server, self.world.machines[self.name]
        if self.closed:
            return
        if machine.paused or (server.frozen and self.world.now - self._begun < PSQL_SECONDS):
            self.loop.at(0.25, self._connect)
        elif server.frozen:
            self._ends("timeout expired")
        elif server.state in _REFUSALS:
            self._ends(f"FATAL:  {_REFUSALS[server.state]}")
        elif server.state is not State.RUNNING:
            self._ends("Connection refused")
        elif server.refuses:
            self._ends(f"FATAL:  {server.refuses}")
        else:
            self._life = server.life

    def _ends(self, said: str) -> None:
        back = lambda: self.closed or self.world.passes(self.name, CONSOLE)  # noqa: E731
        ended = TalkEnded(status=2, stderr=said.encode(), reason=EndReason.EXITED)
        self.loop.when(back, 0.003, self.over, ended)

    def tick(self) -> None:
        if self._life is not None and self._life != self._server.life and not self.closed:
            self._life = None
            self._ends("server closed the connection unexpectedly")

    def arrived(self, text: str) -> None:
        if _NONCE.search(text) is None:
            return  # what is only prepared has no answer
        ready = lambda: self.closed or (self._life == self._server.life and self.world.works(self.name))  # noqa: E731
        self.loop.when(ready, 0.001 + self.delay, self._answered, text)

    def _answered(self, text: str) -> None:
        if self.closed:
            return
        if "may_beat" in text:
            self.says(text, ['{"heartbeat": true, "may_beat": true, "head": true}'])
        elif "execute vital" in text:
            line = self._vital()
            self.says(text, [line[: len(line) // 2] if self._server.garbled else line])
        elif "execute beat" in text:
            self.says(text, [str(int(self.world.now))])
        elif self._server.locked:
            self.says(text, [], "55P03", "canceling statement due to lock timeout")
        else:
            self.says(text, [self._books()])

    def _vital(self) -> str:
        server, world = self._server, self.world
        primary = self.name == PRIMARY
        clock = BEGIN.timestamp() + world.clock(self.name)
        at, replayed = str(Lsn(server.position)), str(Lsn(server.replayed))
        receiver = None
        if not primary and server.receiver:
            receiver = {
                "status": "streaming", "host": ADDRESSES[PRIMARY], "port": 5432, "slot": self.name, "timeline": 1,
                "flushed": at, "heard_age": world.clock(self.name) - server.heard_wall,
            }  # fmt: skip
        return json.dumps({
            "sysid": SYSTEM, "version": 180006, "recovery": not primary, "timeline": 1,
            "started": BEGIN.timestamp() - 86400 + server.life, "clock": clock,
            "write": at if primary else None, "flush": at if primary else None,
            "received": None if primary else at, "replayed": None if primary else replayed,
            "paused": server.paused, "sync_names": world.sync_names if primary else "", "sync_commit": "on",
            "data_directory": "/data", "sees_all": True,
            "senders": [self._sender(name) for name in STANDBYS if world.servers[name].receiver] if primary else None,
            "receiver": receiver,
        })  # fmt: skip

    def _sender(self, name: str) -> dict[str, Any]:
        other = self.world.servers[name]
        at = str(Lsn(other.confirmed or other.position))
        return {
            "name": name, "address": ADDRESSES[name], "state": "streaming", "sync": "quorum", "sent": at, "write": at,
            "flush": at, "replay": str(Lsn(other.replayed)), "reply_age": self.world.now - other.reply, "slot": name,
        }  # fmt: skip

    def _books(self) -> str:
        server = self._server
        number = server.replayed // SINGLE_SIZE if self.name != PRIMARY else server.position // SINGLE_SIZE
        at = server.position if self.name == PRIMARY else server.replayed
        head = {"origin": "main", "number": number, "at": None, "turnover": []}
        return json.dumps({
            "beat": int(self.world.now), "beat_at": None, "position": str(Lsn(at)), "heads": [head],
            "transactions": number, "size": 10**8, "conflicts": 0, "slots": [], "archiving": False, "archived": 0,
            "archive_failed": 0, "archived_at": None, "archive_failed_at": None,
        })  # fmt: skip


class Shell(DayTalk):
    """`sh` on the host: the survey, the look, and a witness's tries."""

    def arrived(self, text: str) -> None:
        if "W server" in text:
            self._tries(text, 0)
            return
        runs = lambda: self.closed or self.world.passes(self.name, self.name)  # noqa: E731
        self.loop.when(runs, 0.004 + self.delay, self._looked, text)

    def _tries(self, text: str, tries: int) -> None:
        """A connection is tried at once and again after a second; what gives no answer ends after two."""
        world, source = self.world, self.world.servers[PRIMARY]
        if not world.passes(self.name, self.name):
            self.loop.at(0.5, self._tries, text, tries)
        elif world.both(self.name, PRIMARY):
            listens = source.state in (State.RUNNING, State.STARTING, State.STOPPING)
            server = "reached" if listens else "refused"
            ssh = "reached" if world.machines[PRIMARY].sshd else "refused"
            self.says(text, [f"server {server}", f"ssh {ssh}", f"ready {0 if source.state is State.RUNNING else 2}"])
        elif tries == 0:
            self.loop.at(1.0, self._tries, text, 1)
        else:
            self.loop.at(SIGHT_SECONDS - 1.0, self.says, text, ["server silent", "ssh silent", "ready 2"])

    def _looked(self, text: str) -> None:
        if "/etc/machine-id" in text:
            self.says(text, self._look())
        else:
            self.says(text, ["bin /usr/bin", "login postgres"])

    def _look(self) -> list[str]:
        machine, server = self.world.machines[self.name], self.world.servers.get(self.name)
        mark = f"{ord(self.name):02x}"
        lines = [
            f"machine {mark * 16}", f"boot {machine.boot:08x}-0000-0000-0000-{mark * 6}", f"name {self.name}",
            f"clock {BEGIN.timestamp() + self.world.clock(self.name):.3f}", "uptime 1000.5", "load 0.1",
        ]  # fmt: skip
        if server is None:
            return [*lines, "disk /dev/sda 1000000 400000 600000 40% /"]
        lines += ["looked yes", *self._processes(server)]
        down = server.state is State.STOPPED
        running = "in production" if self.name == PRIMARY else "in archive recovery"
        shut = "shut down" if self.name == PRIMARY else "shut down in recovery"
        return [*lines, f"control {shut if down else running}", f"sysid {SYSTEM}",
                "disk /dev/sda 1000000 400000 600000 40% /data"]  # fmt: skip

    def _processes(self, server: Server) -> list[str]:
        letter = "T" if server.frozen else "S"
        if server.state is State.ORPHANS:
            return ["process 120 (postgres) R 1", "postmaster 100"]
        if server.state is State.DEAD:
            return ["postmaster 100"]
        if server.state is State.STOPPED:
            return ["postmaster "]
        return [f"process {pid} (postgres) {letter} 1" for pid in (100, 110)] + [
            "postmaster 100", f"alive 100 (postgres) {letter} 1",
        ]  # fmt: skip
