"""Measures kill -9 of the primary's postmaster in the lab until the engine names it, with evidence, over its link."""

import os
import random
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median
from typing import Final

from console.cli.face import Face
from console.cli.lab import register
from console.domain.fleet import ClusterView
from console.domain.verdict import Cause, Finding
from console.lab.desk import LabStatus, lab_down, lab_mend, lab_up
from console.link.messages import ClusterSeen, Message
from console.link.socket import Link
from console.places import Home
from tests.bench.rig import stop_engine, wait_for

RUNS: Final = 10
GOAL_SECONDS: Final = 1.5


class Ear:
    """A face that keeps the latest picture of the lab, and when a killed postmaster was first named."""

    def __init__(self) -> None:
        self.view: ClusterView | None = None
        self.named: float | None = None
        self.finding: Finding | None = None
        self._guard = threading.Lock()

    def hear(self, message: Message) -> None:
        here = time.monotonic()
        if not isinstance(message, ClusterSeen):
            return
        findings = message.view.verdict.findings
        found = next((f for f in findings if f.cause is Cause.POSTMASTER_KILLED and f.evidence), None)
        with self._guard:
            self.view = message.view
            if found is not None and self.named is None:
                self.named, self.finding = here, found

    def forget(self) -> None:
        with self._guard:
            self.named = self.finding = None

    def healthy(self) -> bool:
        view = self.view
        return view is not None and view.verdict.health.value == "healthy" and view.primary is not None


def postmaster_of(lab: LabStatus, node: str) -> int:
    found = lab.node(node)
    if found is None or found.data_directory is None:
        raise LookupError(f"the lab has no server {node}")
    return int((Path(found.data_directory) / "postmaster.pid").read_text().splitlines()[0])


def one(home: Home, lab: LabStatus, ear: Ear, chance: random.Random) -> float:
    """Seconds from one kill to its name; healthy again afterwards."""
    wait_for(ear.healthy, "a healthy lab")
    time.sleep(2.0 + chance.random())  # any moment within a round
    assert ear.view is not None and ear.view.primary is not None
    pid = postmaster_of(lab, ear.view.primary)
    ear.forget()
    begun = time.monotonic()
    os.kill(pid, 9)
    named = wait_for(lambda: ear.named, "the name of what happened", seconds=30)
    lab_mend(home)
    ear.view = None
    assert named is not None
    return named - begun


def main() -> None:
    out = sys.stdout
    with tempfile.TemporaryDirectory(prefix="kill-bench-") as directory:
        home = Home(Path(directory) / "home")
        home.directory.mkdir(mode=0o700)
        ear = Ear()
        try:
            lab = lab_up(home)
            register(Face(home=home, json=True, ask=False), lab)
            link = Link(home.engine_socket, face="bench", watches=True, on_message=ear.hear, on_lost=lambda _: None)
            chance = random.Random(7)
            taken = []
            for _ in range(RUNS):
                taken.append(one(home, lab, ear, chance))
            link.close()
        finally:
            stop_engine(home)
            lab_down(home)
    out.write(
        f"kill -9 of the primary's postmaster, busy backends left over, to its name with evidence: "
        f"median {median(taken):.2f} s ({min(taken):.2f} to {max(taken):.2f}), {RUNS} runs, goal {GOAL_SECONDS} s; "
        f"load {os.getloadavg()[0]:.1f}\n"
    )
    if ear.finding is not None:
        rows = ", ".join(f"{row.guard.value}: {row.observed} ({row.source})" for row in ear.finding.evidence)
        out.write(f"its evidence in the last run: {rows}\n")


if __name__ == "__main__":
    main()
