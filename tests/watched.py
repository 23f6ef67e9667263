"""A lab that an engine watches, for tests: the engine is a process of its own, asked through the command line."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from console.cli import main
from console.domain.cluster import Manager
from console.engine.launch import engine_pid
from console.lab.desk import LabStatus, lab_fault, lab_mend, lab_status
from console.places import Home
from tests.live import live_lab

ROOT = Path(__file__).resolve().parent.parent
NAMED_SECONDS_MAX = 30.0
HEALTHY_SECONDS_MAX = 60.0


@dataclass(frozen=True, slots=True)
class Watched:
    """A watched lab and hands to it."""

    home: Home
    lab: LabStatus

    def run(self, *words: str, timeout: float = 120.0) -> "subprocess.CompletedProcess[str]":
        """The command line in a process of its own."""
        return subprocess.run(
            [sys.executable, "-m", "console", "--home", str(self.home.directory), *words],
            capture_output=True, text=True, timeout=timeout, check=False, cwd=ROOT,
        )  # fmt: skip

    def json(self, *words: str, code: int = 0) -> Any:
        """A command's JSON answer; nothing but JSON may stand on standard output."""
        done = self.run(*words, "--json")
        assert done.returncode == code, (words, done.stdout, done.stderr)
        return json.loads(done.stdout)

    def asked(self, *words: str, code: int = 0) -> Any:
        """As `json`, by the command line's own code in this process: for what is asked often, and from one thread."""
        said, wrong = io.StringIO(), io.StringIO()
        with redirect_stdout(said), redirect_stderr(wrong):
            ended = main(["--home", str(self.home.directory), *words, "--json"])
        assert ended == code, (words, said.getvalue(), wrong.getvalue())
        return json.loads(said.getvalue())

    def status(self) -> Any:
        return self.asked("status", "lab")["clusters"][0]

    def reaches(self, word: str, *, seconds: float = NAMED_SECONDS_MAX) -> Any:
        """Wait until a word holds; the cluster as it was then."""
        answer = self.asked("status", "lab", "--wait", word, "--timeout", str(seconds))
        assert answer["reached"], answer["clusters"][0]["sentence"]
        return answer["clusters"][0]

    def fault(self, name: str, node: str | None = None) -> None:
        lab_fault(self.home, name, node)

    def mend(self) -> None:
        lab_mend(self.home)
        self.reaches("healthy", seconds=HEALTHY_SECONDS_MAX)

    def now(self) -> LabStatus:
        status = lab_status(self.home)
        assert status is not None
        return status

    def kill_engine(self) -> int:
        """kill -9 of the engine; its process id."""
        pid = engine_pid(self.home)
        assert pid
        os.kill(pid, signal.SIGKILL)
        end = time.monotonic() + 10
        while engine_pid(self.home) is not None:
            assert time.monotonic() < end
            time.sleep(0.01)
        return pid


@contextmanager
def watched_lab(
    directory: Path, *, nodes: int = 3, sshd: bool = False, rate: float = 20.0, manager: Manager = Manager.NONE,
    backups: bool = False,
) -> Iterator[Watched]:  # fmt: skip
    """A lab with an engine on it; both are gone afterwards. `backups`: by the lab's own policy, WAL received too."""
    with live_lab(directory, nodes=nodes, sshd=sshd, rate=rate, manager=manager) as (home, lab):
        watched = Watched(home, lab)
        try:
            options = [*(["--sshd"] if sshd else []), *([] if backups else ["--no-backups"])]
            watched.json("lab", "up", "--nodes", str(nodes), *options)
            watched.reaches("healthy", seconds=HEALTHY_SECONDS_MAX)
            yield watched
        finally:
            main(["--home", str(home.directory), "engine", "stop", "--json"])


def skip_without_root() -> None:
    if os.geteuid() != 0:
        pytest.skip("needs root")
