"""The rig that benches share: simulated nodes, an engine of its own, and what the kernel says a process has used."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TypeVar

from console.domain.cluster import (
    ClusterSpec,
    Environment,
    Inventory,
    NodeKind,
    NodeSpec,
    PostgresTarget,
    Promises,
    SshTarget,
)
from console.domain.fleet import ClusterView
from console.engine.launch import engine_pid, ensure_engine, log_tail
from console.link.frames import LinkLost
from console.link.messages import AskFleet, Fleet, Message
from console.link.socket import Link
from console.places import Home
from console.store.database import open_store
from console.store.inventory import Inventories
from tests.bench.endpoints import LOGIN
from tests.bench.node_answers import NODES_PER_CLUSTER

ROOT: Final = Path(__file__).resolve().parents[2]
TICKS: Final = os.sysconf("SC_CLK_TCK")
LOOK_SECONDS: Final = 0.02
FLEET_LOOK_SECONDS: Final = 0.25  # a picture of the whole fleet costs the engine milliseconds: ask for it seldom
WAIT_SECONDS_MAX: Final = 90.0
T = TypeVar("T")


def wait_for(
    look: Callable[[], T], what: str, *, seconds: float = WAIT_SECONDS_MAX, pause: float = LOOK_SECONDS
) -> T:
    """The first answer of `look` that is true; TimeoutError after the limit."""
    end = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds:g} s in vain for {what}; last seen: {found!r}")
        time.sleep(pause)
    return found


# -- what the kernel says -----------------------------------------------------------------------------------------


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and all its threads."""
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / TICKS


def machine_seconds() -> float:
    """Processor time that anybody on this machine has used."""
    words = [int(word) for word in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
    user, nice, system, _idle, _wait, interrupt, soft, steal = words[:8]
    return (user + nice + system + interrupt + soft + steal) / TICKS


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes: resident, and with shared pages counted in proportion."""

    resident: float
    proportional: float
    threads: int


def memory(pid: int) -> Memory:
    found = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, _, value = line.partition(":")
        found[name] = int(value.split()[0]) * 1024 / 1e6
    return Memory(found["Rss"], found["Pss"], len(list(Path(f"/proc/{pid}/task").iterdir())))


class Meter:
    """Processor time of some processes over a while, and that of everybody else on the machine."""

    def __init__(self, **pids: int) -> None:
        self._pids = pids
        self._before = {name: cpu_seconds(pid) for name, pid in pids.items()}
        self._machine, self._wall = machine_seconds(), time.monotonic()

    def read(self) -> dict[str, float]:
        """Percent of one core by name; 'others' is what disturbed the run."""
        wall = time.monotonic() - self._wall
        used = {name: cpu_seconds(pid) - self._before[name] for name, pid in self._pids.items()}
        others = machine_seconds() - self._machine - sum(used.values())
        return {name: 100 * value / wall for name, value in {**used, "others": max(0.0, others)}.items()}


def percentile(values: list[float], share: float) -> float:
    """The value that this share of all values does not exceed."""
    if not values:
        raise ValueError("nothing was measured")
    in_order = sorted(values)
    return in_order[min(len(in_order) - 1, int(share * len(in_order)))]


# -- simulated nodes ----------------------------------------------------------------------------------------------


class Simulated:
    """The process of simulated nodes."""

    def __init__(self, count: int, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self.directory = directory
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.endpoints", "--nodes", str(count), "--directory", str(directory)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True,
        )  # fmt: skip
        ready = self._heard()
        self.pid, self.port = self._process.pid, int(ready["port"])
        self.nodes: list[dict[str, str]] = ready["nodes"]

    def __enter__(self) -> "Simulated":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def key(self) -> Path:
        return self.directory / "client_key"

    def cut(self, seconds: float) -> None:
        """Cut every connection and close every port for so long; returns when they are cut."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"cut {seconds}\n")
        self._process.stdin.flush()
        self._heard()

    def cut_and_reopen(self, seconds: float) -> None:
        """Both, one after the other."""
        self.cut(seconds)
        self.reopened()

    def reopened(self) -> None:
        """Returns when the ports are open again after a cut."""
        self._heard()

    def inventory(self) -> Inventory:
        """The simulated nodes as clusters of five."""
        config = self.directory / "ssh_config"
        config.touch()
        clusters = []
        for number, start in enumerate(range(0, len(self.nodes), NODES_PER_CLUSTER)):
            specs = tuple(self._spec(node, config) for node in self.nodes[start : start + NODES_PER_CLUSTER])
            clusters.append(
                ClusterSpec(
                    name=f"sim-{number:03d}", environment=Environment.STAGING, nodes=specs, database="ledger",
                    promises=Promises(synchronous="ANY 1"),
                )
            )  # fmt: skip
        return Inventory(clusters=tuple(clusters))

    def _spec(self, node: dict[str, str], config: Path) -> NodeSpec:
        ssh = SshTarget(
            host=node["address"], port=self.port, user=LOGIN, identity_file=str(self.key), config_file=str(config)
        )
        return NodeSpec(name=node["name"], kind=NodeKind.POSTGRES, ssh=ssh, postgres=PostgresTarget())

    def _heard(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the process of simulated nodes has ended")
        return json.loads(line)


# -- the engine ---------------------------------------------------------------------------------------------------


class Engine:
    """An engine of its own home that watches an inventory, as a process of its own."""

    def __init__(self, home: Home, inventory: Inventory | None = None, known_hosts: Path | None = None) -> None:
        self.home = home
        if inventory is not None:
            with open_store(home.store) as store:
                Inventories(store).save(inventory.clusters, replace=True)
        if known_hosts is not None:
            home.known_hosts.write_bytes(known_hosts.read_bytes())
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        ensure_engine(home)
        pid = engine_pid(home)
        if not pid:
            raise RuntimeError(f"the engine has ended: {log_tail(home)}")
        self.pid = pid
        self._link = Link(
            home.engine_socket, face="bench", watches=False, on_message=_unheard, on_lost=_unheard
        )

    def __enter__(self) -> "Engine":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._link.close()
        stop_engine(self.home)

    def fleet(self) -> tuple[ClusterView, ...]:
        answer = self._link.ask(AskFleet(), seconds_max=60.0)
        if not isinstance(answer, Fleet):
            raise LinkLost(f"the engine answered {answer!r}")
        return answer.clusters

    def healthy(self) -> int:
        """Clusters that the engine calls healthy now."""
        return sum(view.verdict.health.value == "healthy" for view in self.fleet())

    def round_trips(self, rounds: int) -> tuple[list[float], int]:
        """Milliseconds of the vital question over the last rounds of all nodes, and how many rounds had no answer."""
        marks = [mark for view in self.fleet() for node in view.nodes for mark in node.strip[-rounds:]]
        return [mark / 1000 for mark in marks if mark > 0], sum(mark < 0 for mark in marks)


def stop_engine(home: Home) -> None:
    """Stop the engine of a home, whoever started it, and wait for its end."""
    pid = engine_pid(home)
    if not pid:
        return
    os.kill(pid, signal.SIGTERM)
    wait_for(lambda: engine_pid(home) is None, "the engine's end", seconds=20)


@contextmanager
def watched_fleet(count: int, directory: Path) -> Iterator[tuple[Simulated, Engine, float]]:
    """So many simulated nodes under an engine's watch, all of them healthy, and the seconds that this took."""
    with Simulated(count, directory / "nodes") as simulated:
        home = directory / "home"
        home.mkdir(mode=0o700)
        begun = time.monotonic()
        with Engine(Home(home), simulated.inventory(), simulated.directory / "known_hosts") as engine:
            whole = count * 95 // (100 * NODES_PER_CLUSTER)  # on a busy machine one or the other may lag behind
            wait_for(lambda: engine.healthy() >= whole, "a healthy fleet", pause=FLEET_LOOK_SECONDS)
            yield simulated, engine, time.monotonic() - begun


def _unheard(_: Message | str) -> None:
    """A bench asks; what it is told unasked it leaves alone."""


