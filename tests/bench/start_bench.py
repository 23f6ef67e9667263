"""Measures a command until its first window, beside a bare PySide6 window, and `demo` until a live cluster is seen."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Final

from console.engine.launch import ensure_engine
from console.lab.desk import lab_down, lab_up
from console.places import Home
from tests.bench.rig import ROOT, stop_engine

WINDOWS: Final = 7
DEMOS: Final = 5
SECONDS_MAX: Final = 60.0


def marks(*words: str) -> dict[str, float]:
    """Seconds from a command's start to each moment that it tells of."""
    with tempfile.TemporaryFile("w+") as said:  # not a pipe: the lab that a demo leaves behind would hold it open
        begun = time.monotonic()
        subprocess.run(
            [sys.executable, "-m", "tests.bench.first_window", *words], stdout=said, stderr=said, cwd=ROOT,
            timeout=SECONDS_MAX, check=False, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )  # fmt: skip
        said.seek(0)
        text = said.read()
    found = {}
    for line in text.splitlines():
        name, _, moment = line.partition(" ")
        if name in ("painted", "live"):
            found[name] = float(moment) - begun
    if not found:
        raise RuntimeError(f"{words} showed no window: {text[-600:]}")
    return found


def home_in(directory: str) -> Home:
    home = Home(Path(directory) / "home")
    home.directory.mkdir(mode=0o700)
    return home


def told(what: str, taken: list[float]) -> str:
    return f"{what:<58}{median(taken):>7.2f} s   ({min(taken):.2f} to {max(taken):.2f}, {len(taken)} runs)\n"


def windows() -> None:
    bare: list[float] = []
    first: list[float] = []
    beside: list[float] = []
    for _ in range(WINDOWS):
        with tempfile.TemporaryDirectory(prefix="start-bench-") as directory:
            home = home_in(directory)
            bare.append(marks("bare")["painted"])
            try:
                first.append(marks("console", str(home.directory))["painted"])
                ensure_engine(home)
                beside.append(marks("console", str(home.directory))["painted"])
            finally:
                stop_engine(home)
    sys.stdout.write(told("a bare PySide6 window", bare))
    sys.stdout.write(told("command to first window, engine not there yet", first))
    sys.stdout.write(told("command to first window, engine runs", beside))
    sys.stdout.flush()


def demos() -> None:
    bare: list[float] = []
    live: list[float] = []
    painted: list[float] = []
    for _ in range(DEMOS):
        with tempfile.TemporaryDirectory(prefix="start-bench-") as directory:
            home = home_in(directory)
            try:
                begun = time.monotonic()
                lab_up(home)
                bare.append(time.monotonic() - begun)
            finally:
                lab_down(home)
            try:
                found = marks("demo", str(home.directory), "demo")
                painted.append(found["painted"])
                live.append(found["live"])
            finally:
                stop_engine(home)
                lab_down(home)
    sys.stdout.write(told("bare lab: three nodes streaming, workload booking", bare))
    sys.stdout.write(told("demo to its window", painted))
    sys.stdout.write(told("demo to a live, healthy cluster on screen", live))


def main() -> None:
    sys.stdout.write(f"load {os.getloadavg()[0]:.1f} at the start\n")
    windows()
    demos()
    sys.stdout.write(f"load {os.getloadavg()[0]:.1f} at the end\n")


if __name__ == "__main__":
    main()
