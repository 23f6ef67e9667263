"""A standby is removed, its data is lost, and it is added again: copied from a standby, with settings of its own."""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.domain.plan import Operation, Outcome
from console.domain.run import Choice, RunState
from console.link.messages import Refused
from tests.changing import Operator, Truth, operated_lab, refusals, row_of, told, writable
from tests.live import sql, wait_for

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def operator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operator]:
    with operated_lab(tmp_path_factory.mktemp("addition")) as it:
        yield it


@pytest.fixture
def place(operator: Operator) -> Iterator[Path]:
    """Where the data of lab-3 was: it has been taken out of the cluster, and its data is gone."""
    operator.done(operator.propose(Operation.NODE_REMOVE, subject="lab-3"))
    data = operator.data("lab-3")
    owner = data.stat()
    kept = data.with_name("aside")
    data.rename(kept)
    try:
        yield data
    finally:
        operator.leave_all()
        if not (data / "PG_VERSION").exists():
            shutil.rmtree(data, ignore_errors=True)
            kept.rename(data)
            if os.geteuid() == 0:
                os.chown(data, owner.st_uid, owner.st_gid)
        shutil.rmtree(kept, ignore_errors=True)
        operator.mend()


def follows(operator: Operator, node: str, upstream: str = "lab-1") -> bool:
    asked = f"select count(*) from pg_stat_replication where application_name = '{node}' and state = 'streaming'"
    return sql(operator.lab, upstream, asked) == "1"


def beside(data: Path) -> list[str]:
    return sorted(path.name for path in data.parent.glob("data*"))


def is_added(operator: Operator, data: Path) -> None:
    """A standby with a slot, with settings of its own, on the cluster's books, and nothing of ours beside its data."""
    wait_for(lambda: follows(operator, "lab-3"), "lab-3 to stream")
    lab = operator.lab
    found = lab.node("lab-3")
    assert found is not None
    assert sql(lab, "lab-3", "select pg_is_in_recovery()") == "t"
    assert sql(lab, "lab-3", "show cluster_name") == "lab-3"
    assert sql(lab, "lab-3", "show listen_addresses") == found.address
    assert sql(lab, "lab-3", "show port") == str(found.postgres_port)
    assert sql(lab, "lab-3", "show primary_slot_name") == "lab_3"
    assert sql(lab, "lab-3", "show synchronous_standby_names").replace('"', "").replace(" ", "") in (
        "ANY1(lab-1)", "ANY1(lab-2)", "ANY1(lab-1,lab-2)"  # as the source's, never with its own name
    )  # fmt: skip
    assert "archive-wal" in sql(lab, "lab-3", "show archive_command")
    assert "fetch-wal" in sql(lab, "lab-3", "show restore_command")
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert beside(data) == ["data"]
    top = sql(lab, "lab-3", "select max(number) from ledger.entries")
    asked = f"select md5(string_agg(reference::text, ',' order by number)) from ledger.entries where number <= {top}"
    assert sql(lab, "lab-3", asked) == sql(lab, "lab-1", asked)


def test_it_is_copied_from_a_standby_and_commits_wait_for_whom_they_waited(operator: Operator, place: Path) -> None:
    truth = Truth.from_now(operator.lab)
    names = sql(operator.lab, "lab-1", "show synchronous_standby_names")
    plan = operator.propose(Operation.NODE_ADD, subject="lab-3")
    assert dict(plan.notes)["source"] == "lab-2"
    assert row_of(plan, "room").observed == "absent"
    said = operator.watched.json("node", "add", "lab", "lab-3", "--yes")
    assert said["outcome"] == "proven", said["sentence"]
    is_added(operator, place)
    assert sql(operator.lab, "lab-1", "show synchronous_standby_names") == names
    assert sql(operator.lab, "lab-1", "select string_agg(slot_name, ',' order by 1) from pg_replication_slots") == (
        "lab_2,lab_3"
    )
    truth.more()
    assert not truth.lost(operator.lab, "lab-1")
    # It is as good as any other: it becomes primary, and the way back is open.
    operator.watched.reaches("healthy", seconds=60.0)
    operator.done(operator.propose(target="lab-3"))
    assert writable(operator.lab) == ["lab-3"]
    operator.watched.reaches("healthy", seconds=60.0)
    operator.done(operator.propose(target="lab-1"))
    assert writable(operator.lab) == ["lab-1"]
    truth.more()
    assert not truth.lost(operator.lab, "lab-1")


def test_into_an_empty_directory_and_from_the_primary_where_that_is_named(operator: Operator, place: Path) -> None:
    place.mkdir(mode=0o700)
    if os.geteuid() == 0:
        owner = operator.data("lab-2").stat()
        os.chown(place, owner.st_uid, owner.st_gid)
    plan = operator.propose(Operation.NODE_ADD, subject="lab-3", target="lab-1")
    assert dict(plan.notes)["source"] == "lab-1" and plan.target == "lab-1"
    assert row_of(plan, "room").observed == "empty"
    run = operator.done(plan)
    assert run.books and {line.outcome for line in run.books} == {"proven"}, run.books
    is_added(operator, place)


@pytest.mark.parametrize("after", ["copy:lab-3", "swap-in:lab-3", "start:lab-3"])
def test_cancelled_it_leaves_the_place_as_empty_as_it_was(operator: Operator, place: Path, after: str) -> None:
    plan = operator.propose(Operation.NODE_ADD, subject="lab-3")
    run = operator.started(plan)
    operator.reaches(run.id, after, "begun")
    rests = operator.stop(run.id)
    assert rests.state is RunState.ASKING, told(rests)
    assert rests.question is not None and Choice.CANCEL in rests.question.choices, told(rests)
    ended = operator.answer(rests.id, Choice.CANCEL)
    assert ended.state is RunState.CANCELLED, told(ended)
    assert beside(place) == []
    slots = sql(operator.lab, "lab-1", "select string_agg(slot_name, ',') from pg_replication_slots")
    assert slots == "lab_2"
    assert not follows(operator, "lab-3")


def test_nothing_is_laid_over_anything(operator: Operator, place: Path) -> None:
    place.mkdir(mode=0o755)
    (place / "the-family-photographs.tar").write_text("dear")
    plan = operator.propose(Operation.NODE_ADD, subject="lab-3")
    assert refusals(plan) == {"room": "files"} and row_of(plan, "room").mend == "empty-place"
    said = operator.start(plan)
    assert isinstance(said, Refused) and said.reason == "plan-refused", said
    assert (place / "the-family-photographs.tar").read_text() == "dear"
    shutil.rmtree(place)
    # An unfinished copy of somebody else's lies beside the place.
    other = place.with_name("data.copy")
    other.mkdir()
    try:
        plan = operator.propose(Operation.NODE_ADD, subject="lab-3")
        assert refusals(plan) == {"way": "copy-there"}, refusals(plan)
    finally:
        other.rmdir()


@pytest.mark.usefixtures("place")
def test_what_is_no_node_to_add_or_no_source_is_refused_with_reasons(operator: Operator) -> None:
    assert refusals(operator.propose(Operation.NODE_ADD, subject="lab-9"))["candidate"] == "no-node"
    assert refusals(operator.propose(Operation.NODE_ADD, subject="lab-vault"))["candidate"] == "no-node"
    living = refusals(operator.propose(Operation.NODE_ADD, subject="lab-2", target="lab-1"))
    assert living["room"] == "data" and living["candidate"] == "a server answers", living
    itself = refusals(operator.propose(Operation.NODE_ADD, subject="lab-3", target="lab-3"))
    assert itself["upstream"] == "no server", itself
    assert refusals(operator.propose(Operation.NODE_ADD, subject="lab-3", target="lab-vault")), "a vault is no source"
    operator.watched.fault("stop", "lab-2")
    gone = operator.propose(Operation.NODE_ADD, subject="lab-3", target="lab-2")
    assert refusals(gone)["upstream"] == "no server", refusals(gone)
    alone = operator.propose(Operation.NODE_ADD, subject="lab-3")
    assert not alone.refused and dict(alone.notes)["source"] == "lab-1", refusals(alone)
    assert not [row for row in alone.checks if row.check == "sync-after" and row.outcome is Outcome.REFUSE]
