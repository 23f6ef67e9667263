"""Which proofs' leftovers are ended below a directory that several clusters and consoles share; and what is not run."""

import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.backup.face import Order
from console.domain.backup import BackupCheck, CheckResult
from console.domain.cluster import ClusterSpec, Environment
from console.domain.reading import Moment
from console.domain.wal import Lsn
from console.postgres import restore_verbs
from console.postgres.restore_facts import read_look
from console.postgres.restore_verbs import SandboxAt
from console.recovery import restore_proof
from console.recovery.books_proof import NoSeals
from console.recovery.sandbox import Opened, Ways, end_proofs, list_sandboxes
from console.recovery.sandbox_watch import Reached
from console.ssh.hosts import Said, SshHosts
from console.ssh.long_acts import end_long, runs_long
from console.ssh.supervise import start_command
from tests.backups_held import DAY_0, SYSTEM, backup


class HereHosts(SshHosts):
    """This machine as the host."""

    def __init__(self) -> None:
        pass

    def run(self, node: str, script: str, *, seconds_max: float, stdin: bytes = b"") -> Said:
        assert node == "here"
        ended = subprocess.run(["/bin/sh", "-c", script], input=stdin, capture_output=True, timeout=seconds_max,
                               check=False, cwd="/")  # fmt: skip
        return Said(status=ended.returncode, stdout=ended.stdout, stderr=ended.stderr)


HOSTS = HereHosts()


def left(root: Path, name: str, **changed: str) -> None:
    """A sandbox as an engine that was killed leaves it."""
    about = {"id": name, "purpose": "proof", "cluster": "us", "engine": "e1", "order": f"test-left:{root.name}:{name}"}
    at = SandboxAt(node="here", id=name, root=str(root))
    said = HOSTS.run("here", restore_verbs.prepare(at, tuple((about | changed).items())), seconds_max=20.0)
    assert said.fine, said.words()


@pytest.fixture
def working(tmp_path: Path) -> Iterator[str]:
    """The order of a sandbox that still runs."""
    name = f"test-left:{tmp_path.name}:busy"
    command = start_command(name, ("sleep", "300"), seconds_max=300.0)
    assert HOSTS.run("here", shlex.join(command.argv), seconds_max=20.0).fine
    try:
        yield name
    finally:
        assert end_long(HOSTS, "here", name).fine


def test_only_what_is_this_clusters_and_this_consoles_and_nobody_works_on_is_ended(
    tmp_path: Path, working: str
) -> None:
    root = tmp_path / "shared"
    left(root, "gone")
    left(root, "busy", order=working)
    left(root, "other-cluster", cluster="eu")
    left(root, "other-console", engine="e2")
    left(root, "looked-at", purpose="inspect")
    left(root, "of-before", engine="")
    left(root, "live")
    asked: list[str] = []

    def live() -> tuple[str, ...]:
        asked.append("now")
        return ("live",)

    assert end_proofs(HOSTS, "here", str(root), cluster="us", engine="e1", live=live) == ("gone",)
    assert len(asked) == 2  # right before each that could go, not once for all
    stays = {"busy", "other-cluster", "other-console", "looked-at", "of-before", "live"}
    assert {one.id for one in list_sandboxes(HOSTS, "here", str(root))} == stays
    assert runs_long(HOSTS, "here", working) is True
    # A console that does not know itself ends nothing.
    assert end_proofs(HOSTS, "here", str(root), cluster="us", engine="", live=tuple) == ()




@pytest.mark.parametrize(
    ("isolation", "asks"), [("network-and-files", True), ("network", True), ("files", False), ("none", False)]
)
def test_a_copy_that_could_reach_out_is_never_let_out_of_recovery(tmp_path: Path, isolation: str, asks: bool) -> None:
    sent: list[Order] = []

    def run_order(order: Order) -> Said:
        sent.append(order)
        return Said(status=0, stdout=b"fact status 0\nfact checked 40\n")

    at = SandboxAt(node="here", id="proof-1", root=str(tmp_path), bin_directory="/usr/bin")
    reached = Reached(
        position=Lsn(1), timeline=1, last_commit=None, stopped="", system_identifier=SYSTEM, segments=1,
        held_to_the_end=True, seen=read_look(b"fact running yes\n"),
    )  # fmt: skip
    work = restore_proof._Work(backup("b", 1, 11), "here", lambda: Moment(DAY_0, 1.0))
    work.opened = Opened(at=at, reached=reached, machine="m", isolation=isolation, version=18, lay_out_seconds=1.0,
                         recovery_seconds=1.0, socket="")  # fmt: skip
    ways = Ways(hosts=HOSTS, run_order=run_order, ticks=lambda: 1.0, pause=lambda _: None)
    spec = ClusterSpec(name="us", environment=Environment.LAB, nodes=())
    restore_proof._indexes(spec, work, ways, HOSTS, NoSeals())
    mark = work.marks[BackupCheck.INDEXES]
    assert bool(sent) is asks
    assert mark.result is (CheckResult.PASSED if asks else CheckResult.NOT_CHECKED)
    assert mark.reason == ("" if asks else "not-isolated")
