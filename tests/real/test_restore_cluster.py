"""The whole cluster goes back: to just before an accident, or not at all; and an engine that is killed on the way."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.domain.backup import JobState
from console.domain.backup_policy import BackupKind
from console.domain.plan import LossBasis, Operation, Plan
from console.domain.run import Asks, Choice, Mode, RunState, RunView
from console.link.backups import AskBackups, AskJob, BackupsSeen, JobSeen, StartBackup, StartExpire
from console.link.changes import AnswerRun, Propose, Proposed, RunSeen, StartRun
from console.link.messages import Done, Message, Refused
from tests.changing import Operator, Truth, operated_lab, references, refusals, told, writable
from tests.governance.packs import evidenced
from tests.live import sql, wait_for

pytestmark = pytest.mark.live

ACCIDENT = (
    "begin; alter table ledger.postings disable trigger user; "
    "delete from ledger.postings p using (select origin, number from ledger.entries order by number desc limit 5) e "
    "where (p.origin, p.number) = (e.origin, e.number); "
    "alter table ledger.postings enable trigger user; commit"
)
BROKEN = (
    "select count(*) from ledger.entries e where not exists "
    "(select from ledger.postings p where (p.origin, p.number) = (e.origin, e.number))"
)


NODES = ("lab-1", "lab-2", "lab-3")


@dataclass(frozen=True, slots=True)
class Accident:
    """A moment just before an accident, what the books held at that moment, and what was acknowledged since."""

    moment: datetime
    acknowledged: set[str]
    truth: Truth


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operator]:
    """One for all: what a restore leaves, another history, is the next test's start."""
    with operated_lab(tmp_path_factory.mktemp("cluster") / "home", backups=True) as operator:
        yield operator


@pytest.fixture(scope="module")
def accident(lab: Operator) -> Accident:
    """One accident: for a restore that is rolled back, and for the one that undoes it."""
    return prepared(lab)


def beside(lab: Operator, node: str) -> list[Path]:
    """What lies beside a node's data under its name."""
    data = lab.data(node)
    return [path for path in data.parent.iterdir() if path.name.startswith(f"{data.name}.")]


def backed_up(lab: Operator, kind: BackupKind) -> str:
    """Make a backup while WAL is being received, and wait for it."""

    def receives() -> bool:
        seen = lab.ask(AskBackups(cluster="lab", anew=True))
        assert isinstance(seen, BackupsSeen), seen
        return seen.view.repositories[0].wal.receiving is True

    wait_for(receives, "WAL to be received", seconds=60.0)
    said = lab.ask(StartBackup(cluster="lab", kind=kind))
    assert isinstance(said, JobSeen), said

    def look() -> Message | None:
        now = lab.ask(AskJob(job=said.job.id))
        assert isinstance(now, JobSeen), now
        assert now.job.state in (JobState.RUNNING, JobState.DONE), now.job
        return now if now.job.state is JobState.DONE else None

    found = wait_for(look, "the backup", seconds=90.0)
    assert isinstance(found, JobSeen)
    return found.job.backup


def reaches(lab: Operator, moment: datetime) -> None:
    """Wait until the repository holds WAL of after a moment."""

    def look() -> bool:
        sql(lab.lab, lab.primary(), "select pg_switch_wal()")
        seen = lab.ask(AskBackups(cluster="lab", anew=True))
        assert isinstance(seen, BackupsSeen), seen
        return any(one.end_at is not None and one.end_at > moment for one in seen.view.windows)

    wait_for(look, f"WAL of after {moment}", seconds=60.0)


def server_time(lab: Operator) -> datetime:
    text = sql(lab.lab, lab.primary(), "select clock_timestamp() at time zone 'UTC'")
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def proposed(lab: Operator, *options: tuple[str, str], node: str = "") -> Plan:
    said = lab.ask(Propose(cluster="lab", operation=Operation.RESTORE, subject=node, target=node, options=options))
    assert isinstance(said, Proposed), said
    return said.plan


def to_time(lab: Operator, moment: datetime, *, node: str = "") -> Plan:
    plan = proposed(lab, ("goal", "cluster"), ("target", "time"), ("time", moment.isoformat()), node=node)
    assert not plan.refused, refusals(plan)
    return plan


def at_the_gate(lab: Operator, plan: Plan) -> RunView:
    run = lab.rests(lab.started(plan).id, seconds=240.0)
    assert run.state is RunState.ASKING and run.question is not None, told(run)
    assert (run.question.step, run.question.asks) == ("accept", Asks.NOT_PROVEN), told(run)
    return run


def prepared(lab: Operator) -> Accident:
    """A full and an incremental backup, then a moment, then an accident."""
    lab.steady()
    backed_up(lab, BackupKind.FULL)
    truth = Truth.from_now(lab.lab)
    truth.more(10)
    backed_up(lab, BackupKind.INCREMENTAL)
    truth.more(20)
    acknowledged = truth.acknowledged()
    moment = server_time(lab)
    truth.more(20)
    sql(lab.lab, lab.primary(), ACCIDENT)
    assert sql(lab.lab, lab.primary(), BROKEN) == "5"
    reaches(lab, moment)
    return Accident(moment, acknowledged, truth)


def test_a_lost_node_comes_back_from_the_repository(lab: Operator) -> None:
    lab.steady()
    backed_up(lab, BackupKind.FULL)
    truth = Truth.from_now(lab.lab)
    truth.more(10)
    reaches(lab, server_time(lab))
    what_can_not_be_had_is_refused(lab)
    lost = next(node for node in NODES if node != lab.primary())
    refused = proposed(lab, ("goal", "node"), ("target", "latest"), node=lost)
    assert "candidate" in refusals(refused)  # its server runs: nothing is laid over a living one
    lab.watched.fault("stop", lost)
    before = lab.data(lost).stat().st_ino
    plan = proposed(lab, ("goal", "node"), ("target", "latest"), node=lost)
    run = lab.done(plan)
    assert lab.data(lost).stat().st_ino != before
    assert not beside(lab, lost)
    came_back(lab, lost, run)
    assert evidenced(lab.ask, run.id).missing == ()
    # And where there is no data any more at all: its settings are the inventory's then.
    lab.watched.fault("stop", lost)
    shutil.rmtree(lab.data(lost))
    run = lab.done(proposed(lab, ("goal", "node"), ("target", "latest"), node=lost))
    came_back(lab, lost, run)


def test_rolled_back_at_the_gate_it_is_as_it_was(lab: Operator, accident: Accident) -> None:
    moment, truth, primary = accident.moment, accident.truth, lab.primary()
    timeline = sql(lab.lab, primary, "select timeline_id from pg_control_checkpoint()")
    inodes = {node: lab.data(node).stat().st_ino for node in NODES}
    run = at_the_gate(lab, to_time(lab, moment))
    assert writable(lab.lab) == []
    # What it was laid out from may be needed for as long as a person takes to decide.
    expire = StartExpire(cluster="lab", repository="", backups=())
    held = lab.ask(expire)
    assert isinstance(held, Refused) and held.reason == "busy" and run.id in held.detail, held
    run = lab.answer(run.id, Choice.CANCEL, reason="the accident was none")
    assert run.state is RunState.CANCELLED, told(run)
    assert lab.primary() == primary
    assert sql(lab.lab, primary, "select timeline_id from pg_control_checkpoint()") == timeline
    assert {node: lab.data(node).stat().st_ino for node in NODES} == inodes
    assert sql(lab.lab, primary, BROKEN) == "5"
    assert not any(beside(lab, node) for node in NODES)
    truth.more(5)
    assert truth.lost(lab.lab, primary) == set()
    free = lab.ask(expire)
    assert isinstance(free, Refused) and free.reason != "busy", free
    lab.steady()


def test_back_to_just_before_an_accident(lab: Operator, accident: Accident) -> None:
    moment, primary = accident.moment, lab.primary()
    before = lab.data(primary).stat().st_ino
    plan = to_time(lab, moment)
    assert plan.no_return_key == "promote"
    run = at_the_gate(lab, plan)
    # Nothing of the old is gone, and nobody can write.
    assert lab.data(primary).stat().st_ino == before
    facts = dict(run.facts)
    assert int(facts["restored_number"]) > 0
    # What goes away is counted, and asked about: the accident's own time booked it.
    gone = int(facts["seen_number"]) - int(facts["restored_number"])
    assert run.question is not None and str(run.question.observed).split(" ")[0] == str(gone) and gone >= 20
    assert run.loss is not None and (run.loss.basis, run.loss.entries_low) == (LossBasis.EXACT, gone), (run.loss, facts)
    assert all(line.outcome != "failed" for line in run.books), run.books
    run = lab.answer(run.id, Choice.GO_ON)
    assert run.state is RunState.DONE, told(run)
    assert lab.primary() == primary
    assert run.loss is not None and run.loss.entries_high == gone
    assert [word for word in run.left_to_do if word.startswith("old-data")] == [f"old-data:{primary}"]
    assert accident.acknowledged <= references(lab.lab, primary)
    # All that was restored was booked by then; what is younger was booked since.
    number = dict(run.facts)["restored_number"]
    late = f"select count(*) from ledger.entries where number <= {number} and booked_at > '{moment.isoformat()}'"
    for node in NODES:
        assert sql(lab.lab, node, BROKEN) == "0"
        assert sql(lab.lab, node, late) == "0"
    assert [line for line in run.books if line.outcome == "failed"] == []
    # What was booked after the moment may be nowhere else: the old data of the primary is kept, and only that.
    [kept] = beside(lab, primary)
    assert kept.stat().st_ino == before
    shutil.rmtree(kept)
    assert not beside(lab, "lab-2") and not beside(lab, "lab-3")
    lab.steady()


def test_an_engine_killed_before_and_behind_the_gate_comes_to_the_same_end(lab: Operator) -> None:
    accident, old = prepared(lab), lab.primary()
    assert old != "lab-2"
    inodes = {lab.data(name).stat().st_ino for name in (old, "lab-2")}
    plan = to_time(lab, accident.moment, node="lab-2")  # the new primary may be another node than the old one
    run = lab.started(plan)
    lab.reaches(run.id, "recover-to", "command", seconds=120.0)
    lab.watched.kill_engine()
    lab.engine()
    run = gone_on(lab, run.id)
    assert run.question is not None and run.question.step == "accept", told(run)
    assert isinstance(lab.ask(AnswerRun(run=run.id, choice=Choice.GO_ON)), Done)
    lab.reaches(run.id, "swap-in", "command", seconds=120.0)
    lab.watched.kill_engine()
    lab.engine()
    run = gone_on(lab, run.id)
    assert run.state is RunState.DONE, told(run)
    assert lab.primary() == "lab-2"
    assert accident.acknowledged <= references(lab.lab, "lab-2")
    assert all(sql(lab.lab, node, BROKEN) == "0" for node in NODES)
    # The old primary may hold the only copy of what was booked since: its data is kept too.
    kept = [path for name in (old, "lab-2") for path in beside(lab, name)]
    assert len(kept) == 2 and {path.stat().st_ino for path in kept} == inodes, kept
    assert {word for word in run.left_to_do if word.startswith("old-data")} == {f"old-data:{old}", "old-data:lab-2"}
    [third] = {*NODES} - {old, "lab-2"}
    assert not beside(lab, third)
    for path in kept:
        shutil.rmtree(path)
    lab.steady()


def test_the_latest_is_rehearsed_and_rolled_back_and_just_before_an_entry_is_taken(lab: Operator) -> None:
    lab.steady()
    backed_up(lab, BackupKind.FULL)
    truth = Truth.from_now(lab.lab)
    truth.more(20)
    entry = int(sql(lab.lab, lab.primary(), "select max(number) from ledger.entries"))
    truth.more(20)
    reaches(lab, server_time(lab))
    latest = proposed(lab, ("goal", "cluster"), ("target", "latest"))
    assert not latest.refused, refusals(latest)
    rehearsed = lab.ask(StartRun(plan=latest.id, digest=latest.digest, mode=Mode.REHEARSAL))
    assert isinstance(rehearsed, RunSeen), rehearsed
    ended = lab.rests(rehearsed.run.id)
    assert ended.state is RunState.DONE, told(ended)
    assert not any(beside(lab, node) for node in NODES)
    ahead = lab.start(latest, attested="restore-accepted")
    assert isinstance(ahead, Refused) and ahead.reason == "attested-unasked"
    unnamed = lab.start(latest, confirmed="another")
    assert isinstance(unnamed, Refused) and unnamed.reason == "name-not-confirmed"
    run = at_the_gate(lab, latest)
    assert int(dict(run.facts)["restored_number"]) > entry
    assert lab.answer(run.id, Choice.CANCEL).state is RunState.CANCELLED
    lab.steady()
    before = proposed(lab, ("goal", "cluster"), ("target", "before-entry"), ("entry", str(entry)))
    assert not before.refused, refusals(before)
    run = at_the_gate(lab, before)
    assert dict(run.facts)["restored_number"] == str(entry - 1)
    run = lab.answer(run.id, Choice.GO_ON)
    assert run.state is RunState.DONE, told(run)
    assert [line for line in run.books if line.outcome == "failed"] == []
    lab.steady()


def gone_on(lab: Operator, run: str) -> RunView:
    """It goes on by itself, or a person says so; to its end, or to the gate."""
    view = lab.rests(run, seconds=120.0)
    if view.state is RunState.ASKING and view.question is not None and view.question.step != "accept":
        assert Choice.GO_ON in view.question.choices, told(view)
        view = lab.answer(run, Choice.GO_ON, reason="the engine was killed")
    return view


def came_back(lab: Operator, lost: str, run: RunView) -> None:
    """A standby with its own name, its books proven, and nothing left beside it."""
    assert sql(lab.lab, lost, "show restore_command") == sql(lab.lab, lab.primary(), "show restore_command")
    assert sql(lab.lab, lost, "show cluster_name") == lost
    assert [line for line in run.books if line.outcome == "failed"] == []
    assert not beside(lab, lost)
    lab.steady()


def what_can_not_be_had_is_refused(lab: Operator) -> None:
    """With the reason, and without a step."""
    never = proposed(lab, ("goal", "cluster"), ("target", "time"), ("time", "2001-01-01T00:00:00+00:00"))
    assert str(refusals(never)["restore-target"]).startswith("before-first-backup")
    naive = proposed(lab, ("goal", "cluster"), ("target", "time"), ("time", "2001-01-01T00:00:00"))
    assert str(refusals(naive)["restore-target"]).startswith("time-without-zone")
    nonsense = proposed(lab, ("goal", "cluster"), ("target", "lsn"), ("lsn", "; rm -rf /"))
    assert str(refusals(nonsense)["restore-order"]).startswith("bad-option")
    for plan in (never, naive, nonsense):
        assert plan.steps == ()
