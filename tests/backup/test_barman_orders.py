"""What Barman is ordered to do, and what stands against it, on recorded answers of its host."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from console.backup.barman import BarmanEngine, make_barman
from console.backup.barman_places import read_look
from console.backup.barman_reading import Catalogue, read_catalogue
from console.backup.face import EngineTrouble, Order, Source, read_progress
from console.domain.backup import CheckResult
from console.domain.backup_policy import BackupKind, EngineName, MediumKind, RepositorySpec
from console.domain.cluster import ClusterSpec, Environment
from console.ssh.hosts import Said
from tests.backup import barman_said as said

SPEC = RepositorySpec(name="b", node="vault", engine=EngineName.BARMAN, stanza="lab")
FULL, CHILD = "20261127T095821", "20261127T095826"
NOW = datetime(2026, 11, 28, tzinfo=UTC)
CLUSTER = ClusterSpec(name="c", environment=Environment.LAB, nodes=())


def catalogue() -> Catalogue:
    return read_catalogue(SPEC, read_look(SPEC, said.LOOKED.encode()), said.shelf())


class Answers:
    """Hosts that say what was recorded, script by script."""

    def __init__(self, answers: list[bytes]) -> None:
        self.answers = answers

    def run(self, node: str, script: str, *, seconds_max: float, stdin: bytes = b"") -> Said:  # noqa: ARG002
        return Said(status=0, stdout=self.answers.pop(0)) if self.answers else Said(status=None, refused="silent")

    def address(self, node: str) -> str | None:  # noqa: ARG002
        return None

    def close(self) -> None:
        """Nothing is open."""


SOURCE = Source(
    node="n", address="10.0.0.1", port=5432, system_identifier="7712785289602774762", version=180006, timeline=1,
    size_bytes=23_000_000,
)  # fmt: skip


def engine(*answers: bytes, spec: RepositorySpec = SPEC, looked: str = said.LOOKED) -> BarmanEngine:
    """An engine at a host that says what was recorded: where things lie, what lies there, then the rest."""
    given = [looked.encode(), *(answers or (said.shelf(),))]
    return make_barman(spec, CLUSTER, Answers(given))


def refused(asked: Callable[[], object]) -> str:
    with pytest.raises(EngineTrouble) as trouble:
        asked()
    assert trouble.value.node == "vault"
    return trouble.value.reason


def test_a_backup_is_ordered_on_its_right_parent() -> None:
    order = engine().backup("j1", BackupKind.INCREMENTAL, SOURCE, rate_bytes=5e6)
    assert dict(order.about) == {"name": "incremental-j1", "parent": CHILD}
    assert f"--incremental {CHILD}" in order.script
    assert "--bwlimit 4883" in order.script
    assert f"--incremental {FULL}" in engine().backup("j1", BackupKind.DIFFERENTIAL, SOURCE, rate_bytes=None).script
    full = engine().backup("j1", BackupKind.FULL, SOURCE, rate_bytes=None)
    assert "--incremental" not in full.script
    done = subprocess.run(["sh", "-n"], input=full.script.encode(), timeout=60, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("kind", "source", "answer", "reason"),
    [
        (BackupKind.FULL, {}, said.shelf(more="held\n"), "busy"),
        (BackupKind.FULL, {"system_identifier": "42"}, said.shelf(), "other-system"),
        (BackupKind.FULL, {"size_bytes": 10**15}, said.shelf(), "no-space"),
        (BackupKind.INCREMENTAL, {"timeline": 7}, said.shelf(), "no-parent"),
        (BackupKind.INCREMENTAL, {"version": 160004}, said.shelf(), "not-this-kind"),
        (BackupKind.FULL, {}, b"zone nowhere\n", "nonsense"),
    ],
)
def test_what_stands_against_a_backup_is_named(
    kind: BackupKind, source: dict[str, Any], answer: bytes, reason: str
) -> None:
    wanted = replace(SOURCE, **source)
    assert refused(lambda: engine(answer).backup("j1", kind, wanted, rate_bytes=None)) == reason


def test_nothing_is_taken_away_that_others_stand_on_nor_from_what_is_append_only() -> None:
    full, child, _ = catalogue().backups
    assert refused(lambda: engine().expire("j", (full,))) == "has-children"
    order = engine().expire("j", (full, child))
    assert dict(order.about)["backups"] == f"{CHILD} {FULL}", "the youngest first"
    tape = replace(SPEC, medium=MediumKind.TAPE)
    assert refused(lambda: engine(spec=tape).expire("j", (full, child))) == "append-only"
    assert refused(lambda: engine(spec=tape).backup("j", BackupKind.FULL, SOURCE, rate_bytes=None)) == "append-only"
    worm = said.LOOKED.replace("streaming_archiver", "worm_mode = on\nconfig streaming_archiver")
    assert refused(lambda: engine(looked=worm).expire("j", (full, child))) == "append-only"
    gone = replace(full, id="20200101T000000")
    assert refused(lambda: engine().expire("j", (gone,))) == "no-such-backup"


def test_only_what_is_whole_is_laid_out_where_nothing_is_and_there_is_room() -> None:
    full, child, killed = catalogue().backups
    whole = (full, child)
    assert refused(lambda: engine().lay_out("j", (killed,), "/r")) == "chain-broken"
    assert refused(lambda: engine(said.shelf(), b"there\nfree 9\n").lay_out("j", whole, "/r")) == "target-exists"
    assert refused(lambda: engine(said.shelf(), b"free 9\n").lay_out("j", whole, "/r")) == "no-space"
    assert refused(lambda: engine().lay_out("j", whole, "r:x")) == "nonsense"
    bare = said.LOOKED.replace("rsync /usr/bin/rsync\n", "")
    assert refused(lambda: engine(looked=bare).lay_out("j", whole, "/r")) == "no-rsync"
    order = engine(said.shelf(), b"free 90000000\n").lay_out("j", whole, "/r/data")
    assert order.cancel == "rm -rf /r/data.j.partial /r/data.j.partial.combining\n"
    for script in (order.script, engine().verify("j", child).script, engine().expire("j", whole).script):
        done = subprocess.run(["sh", "-n"], input=script.encode(), timeout=60, check=False)
        assert done.returncode == 0
    orphan = said.shelf().replace(f"info {FULL}".encode(), b"info 20251127T095821")
    assert refused(lambda: engine(orphan).verify("j", child)) == "chain-broken"


def test_a_silent_host_is_said_as_such() -> None:
    silent = make_barman(SPEC, CLUSTER, Answers([]))
    assert refused(silent.find) == "host-silent"
    assert refused(lambda: silent.read(NOW)) == "host-silent"


def test_progress_is_read_line_by_line() -> None:
    found = read_progress("progress checkpoint - 100\nnoise\nprogress copying 40 100\nfact backup 2026\nprogress x")
    assert (found.phase, found.done_bytes, found.all_bytes) == ("copying", 40, 100)
    assert found.facts == (("backup", "2026"),)


def test_how_it_ended_has_to_be_known() -> None:
    child = catalogue().backups[1]
    order = Order(node="v", name="n", script="", about=(("chain", f"{FULL} {CHILD}"),))
    assert {mark.result for mark in engine().marks(child, order, 0, said.VERIFIED, NOW)} == {CheckResult.PASSED}
    for mark in engine().marks(child, order, None, said.VERIFIED, NOW):
        assert mark.result is CheckResult.NOT_CHECKED
