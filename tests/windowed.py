"""A lab and a window on it, for the tests of what an operator sees live."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from console.engine.launch import engine_pid
from console.lab.desk import lab_down
from console.places import Home
from tests.live import wait_for

ROOT = Path(__file__).resolve().parent.parent


def console(home: Home, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "console", "--home", str(home.directory), *words],
        check=False, capture_output=True, text=True, timeout=120, cwd=ROOT,
    )  # fmt: skip


def lab(home: Home, *words: str) -> None:
    done = console(home, "lab", *words)
    assert done.returncode == 0, done.stderr


@contextmanager
def home_with_lab(directory: Path) -> Iterator[Home]:
    """A home with a running lab; the lab and the engine are ended at last."""
    made = Home(directory)
    try:
        lab(made, "up")
        yield made
    finally:
        lab_down(made)
        if engine_pid(made) is not None:
            console(made, "engine", "stop")
            wait_for(lambda: engine_pid(made) is None, "the engine's end")
