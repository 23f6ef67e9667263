"""Asking and removing what changes left: a host that hangs is not waited for, nobody else's things are removed."""

import os
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.domain.cluster import ClusterSpec, Environment, NodeKind, NodeSpec, PostgresTarget, SshTarget
from console.domain.left import LeftKind, LeftOver
from console.domain.plan import Verb
from console.domain.reading import Moment
from console.postgres.change_facts import LookAt
from console.postgres.verbs import ServerAt
from console.recovery.leftovers import LeftLooks, removal_acts
from console.recovery.look import Looks
from console.ssh.hosts import Said

SPEC = ClusterSpec(
    name="books", environment=Environment.LAB,
    nodes=tuple(
        NodeSpec(name=name, kind=NodeKind.POSTGRES, ssh=SshTarget(host=name),
                 postgres=PostgresTarget(data_directory=f"/nowhere/{name}", bin_directory="/nowhere"))
        for name in ("a", "b", "c")
    ),
)  # fmt: skip
SERVER = ServerAt(node="a", lock_key="key", bin_directory="/nowhere", data_directory="/nowhere/a",
                  socket_directory="/nowhere", port=5432, admin_user="postgres", address="10.0.0.1")  # fmt: skip


class Shells:
    """Every host is this one's own shell; one of them hangs until it is let go."""

    def __init__(self) -> None:
        self.let_go = threading.Event()

    def run(self, node: str, script: str, *, seconds_max: float, stdin: bytes = b"") -> Said:
        if node == "c":
            self.let_go.wait(20)
            return Said(status=None, refused="it hung")
        done = subprocess.run(["sh", "-c", script], capture_output=True, check=False, timeout=seconds_max, input=stdin)
        return Said(status=done.returncode, stdout=done.stdout, stderr=done.stderr)

    def address(self, node: str) -> str | None:
        return node

    def close(self) -> None:
        self.let_go.set()


def test_a_host_that_hangs_is_not_waited_for_and_is_named() -> None:
    hosts = Shells()
    looks = Looks(SPEC, hosts, now=lambda: Moment(datetime.now(UTC), time.monotonic()), lock_key="key")
    try:
        began = time.monotonic()
        asked = LeftLooks(SPEC, hosts, looks).ask_within(5.0)
        assert time.monotonic() - began < 12.0
        assert asked.not_asked == (("c", "no answer in time"),)
        assert sorted(asked.facts) == ["a", "b"]
        hosts.let_go.set()
        assert LeftLooks(SPEC, hosts, looks).ask().not_asked == (("c", "it hung"),)
    finally:
        hosts.close()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[tuple[LookAt, Path]]:
    """A node here, and the beginning of the names of our files about it."""
    data = tmp_path / "data"
    data.mkdir()
    words = subprocess.run(["cksum"], input=str(data).encode(), capture_output=True, check=True).stdout.decode().split()
    own = Path(f"/var/tmp/ledger-console-{os.getuid()}")
    own.mkdir(mode=0o700, exist_ok=True)
    beginning = own / f"key-{words[0]}-{words[1]}"
    at = LookAt(node="a", kind=NodeKind.POSTGRES, lock_key="key", bin_directory=None, data_directory=str(data),
                socket="", port=5432, admin_user="postgres", database="postgres", ledger=None)  # fmt: skip
    yield at, beginning
    for left in own.glob(f"{beginning.name}.*"):
        left.unlink()


def thing(where: Path | str, kind: LeftKind = LeftKind.SCRATCH) -> LeftOver:
    return LeftOver(node="a", kind=kind, where=str(where))


def shell(script: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False, timeout=30)


def test_only_what_lies_where_we_lay_things_is_removed(place: tuple[LookAt, Path], tmp_path: Path) -> None:
    at, own = place
    ours, rescued = Path(f"{own}.look"), Path(f"{at.data_directory}.rescue")
    ours.write_text("x")
    rescued.mkdir()
    (rescued / "0").write_text("x")
    (act,) = removal_acts(at, None, [thing(ours), thing(rescued, LeftKind.RESCUED)], running=True)
    assert act.verb is Verb.TIDY
    done = shell(act.script)
    assert done.returncode == 0, done.stderr
    assert not ours.exists() and not rescued.exists()
    precious = tmp_path / "precious"
    data = at.data_directory or ""
    for where in (precious, data, f"{data}.rescue/../precious", f"{own}.x/../../../etc"):
        precious.write_text("x")
        (act,) = removal_acts(at, None, [thing(where)], running=True)
        assert shell(act.script).returncode == 9, where
        assert precious.exists() and Path(data).is_dir()


def test_how_a_server_was_started_is_put_back_where_a_closed_start_was_cut(place: tuple[LookAt, Path]) -> None:
    at, own = place
    opts = Path(f"{own}.opts")
    opts.write_text("/usr/bin/postgres -D /data\n")
    (act,) = removal_acts(at, None, [thing(opts, LeftKind.CONFIGURATION)], running=False)
    assert shell(act.script).returncode == 0
    assert Path(at.data_directory or "", "postmaster.opts").read_text() == "/usr/bin/postgres -D /data\n"
    assert not opts.exists()


def test_settings_and_slots_go_before_the_files_that_they_need(place: tuple[LookAt, Path]) -> None:
    at, own = place
    things = [thing(f"{own}.restore", LeftKind.KEPT_SETTING), thing("lab_3", LeftKind.SLOT),
              thing("restore_command", LeftKind.SETTING), thing("/d.old", LeftKind.OLD_DATA)]  # fmt: skip
    verbs = [act.verb for act in removal_acts(at, SERVER, things, running=True)]
    assert verbs == [Verb.RESCUE_TAKE_BACK, Verb.DROP_SLOTS, Verb.DROP_OLD, Verb.TIDY]

