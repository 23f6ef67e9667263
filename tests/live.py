"""A live lab for tests: real PostgreSQL nodes and SSH endpoints in a home of the test's own, taken down whole."""

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from console.domain.cluster import Manager
from console.lab.desk import LabStatus, Topology, lab_down, lab_up
from console.places import Home

WAIT_SECONDS_MAX = 30.0
SQL_SECONDS_MAX = 20.0
LOOK_SECONDS, LOOK_SECONDS_MAX = 0.02, 0.2  # between two looks, at first and at last: each asks somebody
T = TypeVar("T")


@contextmanager
def live_lab(
    directory: Path, *, nodes: int = 3, sshd: bool = False, rate: float = 20.0, manager: Manager = Manager.NONE,
    topology: Topology = Topology.STAR,
) -> Iterator[tuple[Home, LabStatus]]:  # fmt: skip
    """A running lab that belongs to a home in `directory`; whatever the test did to it, nothing of it stays."""
    directory.mkdir(parents=True, exist_ok=True)
    home = Home(directory)
    try:
        yield home, lab_up(home, nodes=nodes, sshd=sshd, rate=rate, manager=manager, topology=topology)
    finally:
        lab_down(home)


def wait_for(look: Callable[[], T | None], what: str, *, seconds: float = WAIT_SECONDS_MAX) -> T:
    """The first answer of `look` that is true; fails with the last one after the limit."""
    end, pause = time.monotonic() + seconds, LOOK_SECONDS
    while not (found := look()):
        assert time.monotonic() < end, f"waited {seconds:g} s in vain for {what}; last seen: {found!r}"
        time.sleep(pause)
        pause = min(LOOK_SECONDS_MAX, pause * 1.2)
    return found


def sql(status: LabStatus, node: str, text: str, *, user: str = "postgres", database: str = "ledger") -> str:
    """What a node's own psql answers; a refusal comes as an AssertionError with the server's words."""
    ended = psql(status, node, text, user=user, database=database)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


def psql(
    status: LabStatus, node: str, text: str, *, user: str = "postgres", database: str = "ledger"
) -> "subprocess.CompletedProcess[str]":
    """psql's whole outcome. VERBOSITY sqlstate prints the code of a refusal."""
    found = status.node(node)
    assert found is not None
    return subprocess.run(
        [
            *(f"{status.bin_directory}/psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=verbose"),
            *("-h", str(found.socket_directory), "-p", str(found.postgres_port), "-U", user, "-d", database, "-f", "-"),
        ],
        input=text, capture_output=True, text=True, timeout=SQL_SECONDS_MAX, check=False,
    )  # fmt: skip
