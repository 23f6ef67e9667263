"""Protection and restart on real servers: how many confirm a commit, a standby taken out, a dead server started."""

from collections.abc import Iterator
from typing import Any

import pytest

from console.domain.plan import LossBasis, Operation, Outcome, Plan
from console.domain.run import Asks, Choice, RunState, RunView
from console.link.messages import Refused
from tests.changing import Operator, Truth, operated_lab, plain_lines, references, refusals, row_of, told, writable
from tests.live import psql, sql, wait_for

pytestmark = pytest.mark.live
STANDBYS = '("lab-2", "lab-3")'


@pytest.fixture(scope="module")
def operator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operator]:
    with operated_lab(tmp_path_factory.mktemp("protection")) as it:
        yield it


@pytest.fixture(autouse=True)
def _healthy_again(operator: Operator) -> Iterator[None]:
    yield
    operator.mend()


def names_on(operator: Operator, node: str = "lab-1") -> str:
    return sql(operator.lab, node, "show synchronous_standby_names")


def own_settings(operator: Operator, node: str = "lab-1") -> list[str]:
    """What ALTER SYSTEM keeps."""
    return plain_lines((operator.data(node) / "postgresql.auto.conf").read_text())


def step_of(run: RunView, key: str) -> Any:
    return next(step for step in run.steps if step.key == key)


def count_of(run: RunView, key: str = "mark:lab-1") -> int:
    """How many standbys were seen to have the marked commit."""
    return int(step_of(run, key).observed.split()[0])


def protect(operator: Operator, **options: str) -> Plan:
    return operator.propose(Operation.PROTECT, **options)


# -- how many confirm a commit ------------------------------------------------------------------------------------


def test_any_one_first_two_and_none_are_set_and_proven_by_a_marked_commit(operator: Operator) -> None:
    truth = Truth.from_now(operator.lab)
    said = operator.watched.asked("protect", "lab", "--sync", "async", "--yes")
    assert said["outcome"] == "proven", said["sentence"]
    assert names_on(operator) == ""
    plan = protect(operator, sync="FIRST 2")
    row = row_of(plan, "sync-after")
    # No standby is spared: with one less every commit would wait, and the plan says so.
    assert (row.outcome, row.observed, row.threshold, row.mend) == (Outcome.WARN, "2 stream", "FIRST 2", "no-spare")
    run = operator.done(plan)
    assert names_on(operator) == f"FIRST 2 {STANDBYS}"
    assert count_of(run) == 2
    truth.more()
    plan = protect(operator, sync="any 1")
    assert row_of(plan, "sync-after").outcome is Outcome.PASS
    run = operator.done(plan)
    assert names_on(operator) == f"ANY 1 {STANDBYS}"
    assert count_of(run) >= 1
    truth.more()
    assert not truth.lost(operator.lab, "lab-1")
    states = sql(operator.lab, "lab-1", "select string_agg(sync_state, ',') from pg_stat_replication")
    assert states == "quorum,quorum"


def test_the_commit_level_is_set_and_the_marked_commit_waits_as_it_says(operator: Operator) -> None:
    run = operator.done(protect(operator, sync="FIRST 2", commit="remote_apply"))
    assert sql(operator.lab, "lab-1", "show synchronous_commit") == "remote_apply"
    assert count_of(run) == 2
    assert "applied" in step_of(run, "mark:lab-1").observed
    run = operator.done(protect(operator, commit="on"))
    assert sql(operator.lab, "lab-1", "show synchronous_commit") == "on"
    assert names_on(operator) == f"FIRST 2 {STANDBYS}"  # nobody asked for another list
    assert count_of(run) == 2
    run = operator.done(protect(operator, sync="ANY 1", commit="local"))
    assert row_of(run.plan, "commit-level").outcome is Outcome.WARN
    assert dict(run.plan.step("mark:lab-1").about)["count"] == "0"


@pytest.mark.parametrize("wanted", ["ANY 3", "FIRST 3"])
def test_more_confirmations_than_standbys_are_refused(operator: Operator, wanted: str) -> None:
    before = own_settings(operator)
    plan = protect(operator, sync=wanted)
    assert refusals(plan) == {"sync-after": "2 stream"}
    assert row_of(plan, "sync-after").mend == "lower-sync"
    said = operator.start(plan)
    assert isinstance(said, Refused) and said.reason == "plan-refused", said
    done = operator.watched.asked("protect", "lab", "--sync", wanted, "--yes", code=1)
    assert done["outcome"] == "refused" and "Nothing was changed" in done["sentence"]
    assert own_settings(operator) == before


@pytest.mark.parametrize("wanted", ["SOME 1", "ANY", "ANY 0", "ANY -1", "ANY 1 (lab-2)", "*", "FIRST ²"])
def test_what_is_no_redundancy_is_refused_with_how_to_write_it(operator: Operator, wanted: str) -> None:
    plan = protect(operator, sync=wanted)
    assert set(refusals(plan)) == {"sync-after"} and row_of(plan, "sync-after").mend == "write-sync"
    assert not plan.steps or operator.start(plan) != plan


def test_nothing_asked_for_is_refused_and_so_is_a_level_that_does_not_exist(operator: Operator) -> None:
    assert set(refusals(protect(operator))) == {"sync-after"}
    assert set(refusals(protect(operator, sync="ANY 1", commit="sometimes"))) == {"commit-level"}


def test_a_standby_that_does_not_stream_counts_for_nothing(operator: Operator) -> None:
    operator.watched.fault("stop", "lab-3")
    wait_for(lambda: sql(operator.lab, "lab-1", "select count(*) from pg_stat_replication") == "1", "lab-3 to be gone")
    assert refusals(protect(operator, sync="ANY 2")) == {"sync-after": "1 stream"}
    plan = protect(operator, sync="ANY 1")
    assert row_of(plan, "sync-after").mend == "no-spare"
    run = operator.done(plan)
    assert names_on(operator) == 'ANY 1 ("lab-2")'
    assert count_of(run) == 1


def test_a_change_whose_proof_does_not_come_is_cancelled_and_everything_is_as_it_was(operator: Operator) -> None:
    before, level = own_settings(operator), sql(operator.lab, "lab-1", "show synchronous_commit")
    names = names_on(operator)
    truth = Truth.from_now(operator.lab)
    plan = protect(operator, sync="FIRST 2", commit="remote_apply")
    # From now on lab-3 receives and does not replay: no commit at this level comes back.
    operator.watched.fault("replay-pause", "lab-3")
    run = operator.change(plan)
    assert run.state is RunState.ASKING and run.question is not None, told(run)
    assert run.question.step == "mark:lab-1" and run.question.asks is Asks.REFUSED, told(run)
    assert "not confirmed within" in str(run.question.observed)
    assert names_on(operator) == f"FIRST 2 {STANDBYS}"
    ended = operator.answer(run.id, Choice.CANCEL)
    assert ended.state is RunState.CANCELLED, told(ended)
    assert names_on(operator) == names
    assert sql(operator.lab, "lab-1", "show synchronous_commit") == level
    assert own_settings(operator) == before
    truth.more()
    assert not truth.lost(operator.lab, "lab-1")


# -- a standby is taken out -----------------------------------------------------------------------------------------


def test_a_standby_is_removed_with_its_slot_and_out_of_the_list_and_its_data_stays(operator: Operator) -> None:
    operator.done(protect(operator, sync="ANY 1"))
    truth = Truth.from_now(operator.lab)
    said = operator.watched.asked("node", "remove", "lab", "lab-3", "--yes")
    assert said["outcome"] == "proven", said["sentence"]
    assert sql(operator.lab, "lab-1", "select string_agg(slot_name, ',') from pg_replication_slots") == "lab_2"
    assert names_on(operator) == 'ANY 1 ("lab-2")'
    assert sql(operator.lab, "lab-1", "select string_agg(application_name, ',') from pg_stat_replication") == "lab-2"
    assert said["run"]["left_to_do"] == ["inventory:lab-3"]
    data = operator.data("lab-3")
    assert (data / "PG_VERSION").exists() and (data / "standby.signal").exists()
    found = operator.lab.node("lab-3")
    assert found is not None and not found.running
    truth.more()
    assert not truth.lost(operator.lab, "lab-2")


def test_the_primary_and_a_stranger_are_not_removed(operator: Operator) -> None:
    plan = operator.propose(Operation.NODE_REMOVE, subject="lab-1")
    assert refusals(plan)["candidate"] == "the-primary"
    said = operator.watched.asked("node", "remove", "lab", "lab-9", "--yes", code=1)
    assert said["error"] == "no-node", said


def test_the_last_standby_that_commits_wait_for_is_not_removed_unless_they_wait_no_more(operator: Operator) -> None:
    operator.done(protect(operator, sync="FIRST 2"))
    plan = operator.propose(Operation.NODE_REMOVE, subject="lab-3")
    assert refusals(plan)["sync-after"] == "1 stream"
    operator.done(protect(operator, sync="async"))
    spec = operator.spec
    assert spec.promises.synchronous is not None
    plan = operator.propose(Operation.NODE_REMOVE, subject="lab-3")
    assert names_on(operator) == "" and not [step for step in plan.steps if step.kind == "sync"], plan.steps


# -- a dead server is started -------------------------------------------------------------------------------------


def test_a_killed_primary_is_started_in_place_and_nothing_is_lost(operator: Operator) -> None:
    truth = Truth.from_now(operator.lab)
    truth.more()
    operator.watched.fault("kill", "lab-1")
    plan = operator.propose(Operation.RESTART, subject="lab-1")
    assert plan.loss is not None and plan.loss.basis is LossBasis.NONE
    run = operator.done(plan)
    assert writable(operator.lab) == ["lab-1"]
    assert run.books and {line.outcome for line in run.books} == {"proven"}, run.books
    assert count_of(run) >= 1
    truth.more()
    for node in ("lab-1", "lab-2", "lab-3"):
        acknowledged = truth.acknowledged()
        wait_for(lambda node=node, them=acknowledged: them <= references(operator.lab, node), f"all on {node}")


def test_a_standby_that_died_is_started_as_a_standby(operator: Operator) -> None:
    operator.watched.fault("kill", "lab-3")
    said = operator.watched.asked("restart", "lab", "lab-3", "--yes")
    assert said["outcome"] == "proven", said["sentence"]
    assert sql(operator.lab, "lab-3", "select pg_is_in_recovery()") == "t"
    following = "select count(*) from pg_stat_replication where application_name = 'lab-3' and state = 'streaming'"
    wait_for(lambda: sql(operator.lab, "lab-1", following) == "1", "lab-3 to stream again")


def test_a_living_server_is_not_restarted(operator: Operator) -> None:
    started = sql(operator.lab, "lab-1", "select pg_postmaster_start_time()")
    plan = operator.propose(Operation.RESTART, subject="lab-1")
    assert refusals(plan) == {"primary-dead": "answers"} and row_of(plan, "primary-dead").mend == "it-runs"
    assert isinstance(operator.start(plan), Refused)
    operator.watched.fault("freeze", "lab-1")
    frozen = operator.propose(Operation.RESTART, subject="lab-1")
    assert "processes" in str(refusals(frozen)["primary-dead"]), refusals(frozen)
    operator.watched.fault("thaw", "lab-1")
    assert sql(operator.lab, "lab-1", "select pg_postmaster_start_time()") == started


def test_an_old_primary_is_not_started_beside_a_new_one_nor_once_that_is_gone(operator: Operator) -> None:
    operator.watched.fault("kill", "lab-1")
    assert psql(operator.lab, "lab-2", "select pg_promote()").stdout.strip() == "t"
    wait_for(lambda: writable(operator.lab) == ["lab-2"], "lab-2 to be writable")
    plan = operator.propose(Operation.RESTART, subject="lab-1")
    assert refusals(plan)["primary-alive"] == "lab-2 is writable", refusals(plan)
    # It goes away again: its files still say that the history went on there.
    operator.watched.fault("stop", "lab-2")
    plan = operator.propose(Operation.RESTART, subject="lab-1")
    assert "lab-2" in str(refusals(plan)["timeline"]), refusals(plan)
    assert writable(operator.lab) == []


def test_a_fenced_one_is_not_restarted(operator: Operator) -> None:
    old = operator.primary()
    operator.watched.fault("kill", old)
    plan = operator.propose(Operation.FAILOVER, most=50)
    run = operator.done(plan, most=50)
    again = operator.propose(Operation.RESTART, subject=old)
    assert refusals(again)["fencing"] == "fenced", told(run)
    assert row_of(again, "fencing").mend == "rejoin-instead"
    assert writable(operator.lab) == [run.plan.target]
