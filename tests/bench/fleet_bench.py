"""Measures the engine over 200 and 500 simulated nodes at 1 Hz and a reconnect storm, beside bare SSH clients."""

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.bench.rig import (
    FLEET_LOOK_SECONDS,
    ROOT,
    Engine,
    Meter,
    Simulated,
    cpu_seconds,
    memory,
    percentile,
    wait_for,
    watched_fleet,
)

SIZES: Final = (200, 500)
WARM_SECONDS: Final = 12.0  # the hosts' first questions, keys, imports and the first rounds are over by then
SECONDS: Final = 25.0
CUT_SECONDS: Final = 2.0
QUESTIONS_PER_NODE: Final = 2.4  # a second: vital and books, a fifth of a heartbeat (primaries), a fifth of a host look


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    who: str
    nodes: int
    cpu: float
    rss: float
    pss: float
    threads: float
    p50: float
    p99: float
    missed: int
    others: float
    simulated: float

    def __str__(self) -> str:
        return (
            f"{self.who:<30}{self.nodes:>5}{self.cpu:>8.1f}{self.rss:>7.0f}{self.pss:>7.0f}{self.threads:>8.0f}"
            f"{self.p50:>8.2f}{self.p99:>8.2f}{self.missed:>7}{self.simulated:>11.0f}{self.others:>8.0f}"
        )


HEAD: Final = (
    f"{'single runs':<30}{'nodes':>5}{'CPU %':>8}{'RSS':>7}{'PSS':>7}{'threads':>8}{'p50 ms':>8}{'p99 ms':>8}"
    f"{'missed':>7}{'nodes CPU':>11}{'others':>8}"
)


def engine_row(simulated: Simulated, engine: Engine, count: int) -> Row:
    time.sleep(WARM_SECONDS)
    meter = Meter(engine=engine.pid, nodes=simulated.pid)
    time.sleep(SECONDS)
    used, now = meter.read(), memory(engine.pid)
    trips, missed = engine.round_trips(int(SECONDS))
    return Row(
        "engine", count, used["engine"], now.resident, now.proportional, now.threads,
        percentile(trips, 0.5), percentile(trips, 0.99), missed, used["others"], used["nodes"],
    )  # fmt: skip


def storm(simulated: Simulated, engine: Engine, count: int) -> str:
    """All nodes are cut at once, and can be reached again after a while: until every cluster is healthy again."""
    clusters = len(engine.fleet())
    cpu = cpu_seconds(engine.pid)
    begun = time.monotonic()
    simulated.cut(CUT_SECONDS)
    wait_for(lambda: engine.healthy() < clusters, "the cut to be seen", pause=FLEET_LOOK_SECONDS)
    simulated.reopened()
    opened = time.monotonic()
    wait_for(lambda: engine.healthy() == clusters, "a healthy fleet", pause=FLEET_LOOK_SECONDS)
    back = time.monotonic()
    burnt = cpu_seconds(engine.pid) - cpu
    time.sleep(5.0)
    meter = Meter(engine=engine.pid)
    time.sleep(8.0)
    after = meter.read()["engine"]
    return (
        f"reconnect storm, {count} nodes cut for {opened - begun:.1f} s: all healthy {back - opened:.1f} s after the "
        f"ports were open again; {burnt:.1f} s of CPU from the cut on; {after:.1f} % of a core 5 s later; "
        f"{memory(engine.pid).proportional:.0f} MB"
    )


def bare_row(simulated: Simulated, client: str, questions: int, count: int) -> Row:
    words = [sys.executable, "-m", "tests.bench.bare_client", client, "--port", str(simulated.port)]
    words += ["--key", str(simulated.key), "--questions", str(questions)]
    meter = Meter(nodes=simulated.pid)
    begun = time.monotonic()
    process = subprocess.run(
        words, input="\n".join(node["address"] for node in simulated.nodes[:count]), capture_output=True, text=True,
        timeout=120, check=False, cwd=ROOT,
    )  # fmt: skip
    if process.returncode:
        raise RuntimeError(f"bare {client} failed: {process.stderr[-600:]}")
    figures = json.loads(process.stdout)
    used = meter.read()
    own = 100 * figures["whole_cpu_seconds"] / (time.monotonic() - begun)
    what = "one question" if questions == 1 else "two questions"
    return Row(
        f"bare {client}, {what}", count, figures["cpu"], figures["rss"], figures["pss"], figures["threads"],
        figures["p50"], figures["p99"], 0, max(0.0, used["others"] - own), used["nodes"],
    )  # fmt: skip


def main() -> None:
    out = sys.stdout
    out.write(f"{HEAD}\n")
    rows: dict[int, Row] = {}
    with tempfile.TemporaryDirectory(prefix="fleet-bench-") as directory:
        for count in SIZES:
            with watched_fleet(count, Path(directory) / str(count)) as (simulated, engine, seconds):
                rows[count] = engine_row(simulated, engine, count)
                out.write(f"{rows[count]}   healthy {seconds:.1f} s after the engine's start\n")
                out.flush()
                if count == max(SIZES):
                    out.write(f"{storm(simulated, engine, count)}\n")
                    out.flush()
        growth = rows[SIZES[1]].cpu / rows[SIZES[0]].cpu / (SIZES[1] / SIZES[0])
        out.write(f"growth of CPU from {SIZES[0]} to {SIZES[1]} nodes, against linear: {growth:.2f}\n")
        count = max(SIZES)
        with Simulated(count, Path(directory) / "bare") as simulated:
            for client in ("paramiko", "asyncssh"):
                for questions in (1, 2):
                    out.write(f"{bare_row(simulated, client, questions, count)}\n")
                    out.flush()


if __name__ == "__main__":
    main()
