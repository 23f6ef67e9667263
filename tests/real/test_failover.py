"""Failover on real servers: however the primary goes, what is lost lies within what was announced; never silently."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest

from console.domain.indicators import IndicatorName
from console.domain.plan import LossBasis, Operation
from console.domain.run import Asks, Choice, RunState, StepState
from console.lab.status import LabError
from console.link.governing import AskIndicators, IndicatorsSeen
from console.link.messages import Refused
from tests.changing import Operator, Truth, Watchman, operated_lab, refusals, told, within, writable
from tests.failing import asynchronous, cut, fence_command, joined, noticed, standbys, timelines, without_wal
from tests.governance.packs import evidenced
from tests.live import psql, sql, wait_for

FAILOVER = Operation.FAILOVER
FEW = 8


@pytest.fixture(scope="module")
def operator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operator]:
    with operated_lab(tmp_path_factory.mktemp("failover")) as it:
        yield it


@pytest.fixture(autouse=True)
def _healthy_again(operator: Operator) -> Iterator[None]:
    yield
    operator.mend()


# -- how a primary goes ----------------------------------------------------------------------------------------------


@pytest.mark.live
@pytest.mark.parametrize("fault", ["kill", "freeze"])
def test_a_primary_that_was_killed_or_froze_is_followed_and_nothing_is_lost(operator: Operator, fault: str) -> None:
    truth, leading = Truth.from_now(operator.lab), operator.primary()
    truth.more()
    with Watchman(operator.lab) as watchman:
        operator.watched.fault(fault, leading)
        operator.watched.reaches("lost")  # from then on the console's own record tells how long it was
        run = operator.done(operator.propose(FAILOVER))
        truth.more()
    after = operator.primary()
    assert after == run.plan.target != leading
    assert watchman.rounds > 10 and not watchman.twice
    lost = truth.lost(operator.lab, after)
    within(run, len(lost))
    assert not lost
    assert run.loss is not None and run.loss.basis is LossBasis.EXACT
    assert (operator.data(leading) / "standby.signal").exists()
    assert {line.outcome for line in run.books} <= {"proven", "not-checked"} and run.books
    assert any(word.startswith("rejoin") and leading in word for word in run.left_to_do), run.left_to_do
    assert evidenced(operator.ask, run.id).missing == ()
    # The same record as indicators, of this run and of the time: the gap is longer than the meter saw, who began late.
    assert run.outage is not None and run.outage.gap_seconds is not None
    for question in (AskIndicators(cluster="lab", run=run.id), AskIndicators(cluster="lab")):
        seen = operator.ask(question)
        assert isinstance(seen, IndicatorsSeen)
        figures = {one.name: one for one in seen.indicators}
        rate, entries = figures[IndicatorName.RECOVERY_RATE], figures[IndicatorName.ENTRIES_RECOVERED]
        assert run.id in rate.evidence.ids and rate.value == 100.0
        assert entries.value == entries.of and (entries.of or 0) >= (run.loss.reference_number or 1)
        assert (figures[IndicatorName.RTO_P95].value or 0.0) >= run.outage.gap_seconds
    mended = figures[IndicatorName.MTTR]
    assert mended.value is not None and run.outage.gap_seconds <= mended.value < 120.0, mended


@pytest.mark.live
def test_a_primary_behind_a_silent_host_is_fenced_by_the_operators_command_read_back(operator: Operator) -> None:
    truth, leading = Truth.from_now(operator.lab), operator.primary()
    truth.more()
    with (
        operator.spec_as(operator.policy(fence_command=fence_command(operator, leading))),
        Watchman(operator.lab) as watchman,
    ):
        operator.steady()
        operator.watched.fault("ssh-down", leading)
        plan = operator.propose(FAILOVER)
        assert dict(plan.notes)["fence"] == "command"
        assert dict(plan.notes)["no-way-back"] == "command"
        assert plan.loss is not None and plan.loss.entries_high is not None
        # It goes on booking while nobody sees it: what may be lost is more than was seen.
        run = operator.done(plan, most=plan.loss.entries_high + 1000)
    after = operator.primary()
    assert after != leading and not watchman.twice
    within(run, len(truth.lost(operator.lab, after)))
    truth.more()


@pytest.mark.live
def test_a_fencing_command_that_lies_is_not_believed(operator: Operator) -> None:
    leading = operator.primary()
    liar = replace(fence_command(operator, leading), command="exit 0", seconds_max=3.0)
    with operator.spec_as(operator.policy(fence_command=liar)), Watchman(operator.lab) as watchman:
        operator.steady()
        operator.watched.fault("ssh-down", leading)
        plan = operator.propose(FAILOVER, most=100_000)
        run = operator.change(plan)
        assert run.state is RunState.ASKING and run.question is not None, told(run)
        assert run.question.step == "fence" and run.question.asks in (Asks.NOT_PROVEN, Asks.REFUSED), told(run)
        ended = operator.answer(run.id, Choice.CANCEL)
        assert ended.state is RunState.CANCELLED, told(ended)
    assert writable(operator.lab) == [leading]
    assert not watchman.twice


@pytest.mark.live
def test_a_person_vouches_for_it_by_name_or_nothing_begins(operator: Operator) -> None:
    truth, leading = Truth.from_now(operator.lab), operator.primary()
    truth.more()
    operator.watched.fault("ssh-down", leading)
    plan = operator.propose(FAILOVER, most=100_000)
    words = dict(plan.notes)["attest"]
    for given in ("", "lab-9-is-off", f"{leading}-is-of"):
        said = operator.start(plan, attested=given)
        assert isinstance(said, Refused) and said.reason == "not-attested", said
    assert writable(operator.lab) == [leading]
    operator.watched.fault("kill", leading)  # what is vouched for is so
    run = operator.done(plan, attested=words)
    after = operator.primary()
    within(run, len(truth.lost(operator.lab, after)))
    entries = operator.watched.json("audit", "list")["entries"]
    assert any(one["kind"] == "attestation" and one["who"] == "olga" for one in entries), entries


# -- WAL that nobody else has ----------------------------------------------------------------------------------------


@pytest.mark.live
@pytest.mark.parametrize("rescue", ["yes", "no"])
def test_entries_that_no_standby_has_are_rescued_or_counted_as_lost(operator: Operator, rescue: str) -> None:
    with asynchronous(operator):
        leading = operator.primary()
        others = standbys(leading)
        truth = Truth.from_now(operator.lab)
        upstream = cut(operator, *others)
        truth.more(FEW)
        noticed(operator, leading)
        operator.watched.fault("kill", leading)
        joined(operator, upstream)
        # Behind its head as the watch saw it last, and what it booked since then.
        plan = wait_for(lambda: p if (p := operator.propose(FAILOVER, rescue=rescue)).subject == leading
                        and p.target in others else None, "a plan")  # fmt: skip
        assert plan.loss is not None and plan.loss.basis is LossBasis.INTERVAL, plan.loss
        assert plan.loss.entries_low is not None and plan.loss.entries_high is not None
        assert plan.loss.entries_low > 0, plan.loss
        if rescue == "no":
            said = operator.start(plan, most=0)
            assert isinstance(said, Refused) and said.reason == "loss-above", said
        run = operator.done(plan, most=100_000 if rescue == "no" else 0)
        after = operator.primary()
        truth_lost = len(truth.lost(operator.lab, after))
        within(run, truth_lost)
        if rescue == "yes":
            assert truth_lost == 0
            assert int(dict(run.facts)["rescued_entries"]) >= FEW, run.facts
        else:
            assert truth_lost >= FEW
            assert plan.loss.entries_low <= truth_lost
            assert run.loss is not None and run.loss.amounts, "the loss is told in money"
        truth.more()


@pytest.mark.live
def test_wal_that_only_another_standby_has_is_rescued_in_the_same_way(operator: Operator) -> None:
    """The furthest may not be promoted, as its replay is delayed: what it has reaches the one that is."""
    with asynchronous(operator):
        leading = operator.primary()
        near = standbys(leading)[0]
        truth = Truth.from_now(operator.lab)
        upstream = cut(operator, near)
        ahead = truth.more(6)
        noticed(operator, leading)
        operator.watched.fault("kill", leading)
        joined(operator, upstream)
        plan = wait_for(lambda: p if (p := operator.propose(FAILOVER, target=near, rescue="no", most=100_000)).steps
                        else None, "a plan for the one behind")  # fmt: skip
        run = operator.done(plan)
        lost = truth.lost(operator.lab, near)
        within(run, len(lost))
        assert int(dict(run.facts)["rescued_entries"]) > 0, run.facts
        assert len(lost) < ahead


# -- never silent ----------------------------------------------------------------------------------------------------


@pytest.mark.live
def test_any_one_of_two_with_the_further_standby_cut_off_is_never_called_lossless(operator: Operator) -> None:
    truth, leading = Truth.from_now(operator.lab), operator.primary()
    near, far = standbys(leading)
    cut(operator, near)  # from here on only the other confirms
    truth.more(FEW)
    operator.watched.fault("ssh-down", far)
    operator.watched.fault("kill", leading)
    plan = wait_for(lambda: p if (p := operator.propose(FAILOVER, rescue="no")).target == near else None, "a plan")
    assert plan.loss is not None and plan.loss.basis is not LossBasis.NONE
    assert plan.loss.basis is not LossBasis.EXACT
    said = operator.start(plan, most=0)
    assert isinstance(said, Refused) and said.reason == "loss-above", said
    assert not writable(operator.lab)
    again = operator.propose(FAILOVER, rescue="no", most=100_000)
    run = operator.done(again)
    lost = truth.lost(operator.lab, near)
    assert len(lost) >= FEW, "what only the other had is lost, as was approved"
    within(run, len(lost))


@pytest.mark.live
def test_a_backend_that_outlives_its_postmaster_is_never_acknowledged_after_the_promotion(operator: Operator) -> None:
    """kill -9 of the postmaster alone, in the middle of a long statement, where commits wait for nobody."""
    with asynchronous(operator):
        leading = operator.primary()
        sql(operator.lab, leading, "create table if not exists public.orphan (what text)")
        node = operator.lab.node(leading)
        assert node is not None
        busy = "do $$ declare i bigint := 0; begin while i < 4000000000 loop i := i + 1; end loop; "
        busy += "insert into public.orphan values ('late'); end $$"
        client = subprocess.Popen(
            [f"{operator.lab.bin_directory}/psql", "-XAtq", "-h", str(node.socket_directory), "-p",
             str(node.postgres_port), "-U", "postgres", "-d", "ledger", "-c", busy, "-c", "select 'acknowledged'"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            running = "select count(*) from pg_stat_activity where query like 'do $$ declare i%' and state = 'active'"
            wait_for(lambda: sql(operator.lab, leading, running) == "1", "the long statement")
            operator.watched.fault("kill-postmaster", leading)
            orphan = operator.lab.node(leading)
            assert orphan is not None and not orphan.running and orphan.processes >= 1, orphan
            plan = wait_for(lambda: p if (p := operator.propose(FAILOVER)).subject == leading and p.target else None,
                            "a plan")  # fmt: skip
            run = operator.done(plan)
            said, error = client.communicate(timeout=30)
        finally:
            client.kill()
            client.wait(20)
        assert client.returncode != 0 and "acknowledged" not in said, (said, error)
        assert sql(operator.lab, run.plan.target, "select count(*) from public.orphan") == "0"
        ended = operator.lab.node(leading)
        assert ended is not None and ended.processes == 0


# -- a primary that comes back ---------------------------------------------------------------------------------------


@pytest.mark.live
def test_a_restarter_that_brings_the_old_primary_back_brings_a_read_only_one(operator: Operator) -> None:
    truth, leading = Truth.from_now(operator.lab), operator.primary()
    truth.more()
    operator.watched.fault("kill", leading)
    ending, starts = threading.Event(), []

    def keep() -> None:
        signal = operator.data(leading) / "standby.signal"
        while not ending.wait(0.05):
            if signal.exists():  # from the moment it is fenced, without a pause
                found = operator.lab.node(leading)
                if found is not None and not found.running:
                    with suppress(Exception):
                        operator.watched.fault("start", leading)
                        starts.append(leading)

    thread = threading.Thread(target=keep, name="restarter", daemon=True)
    with Watchman(operator.lab) as watchman:
        plan = operator.propose(FAILOVER)
        thread.start()
        try:
            run = operator.change(plan)
            if run.state is RunState.ASKING:  # it was in the way of the fence's proof: a person ends it, and goes on
                assert run.question is not None and run.question.step == "fence", told(run)
                ending.set()
                thread.join(60)
                run = operator.answer(run.id, Choice.GO_ON)
            assert run.state is RunState.DONE, told(run)
            wait_for(lambda: starts, "the restarter to have started it")
        finally:
            ending.set()
            thread.join(60)
        truth.more()
    assert not watchman.twice
    assert writable(operator.lab) == [run.plan.target]
    back = operator.lab.node(leading)
    assert back is not None
    if back.running:
        assert psql(operator.lab, leading, "select pg_is_in_recovery()").stdout.strip() == "t"
    lost = truth.lost(operator.lab, run.plan.target)
    within(run, len(lost))
    assert not lost


@pytest.mark.live
def test_a_primary_back_before_the_start_is_refused_and_in_the_middle_fenced(operator: Operator) -> None:
    truth, leading = Truth.from_now(operator.lab), operator.primary()
    truth.more()
    operator.watched.fault("kill", leading)
    plan = operator.propose(FAILOVER)
    operator.watched.fault("start", leading)
    said = operator.start(plan)
    assert isinstance(said, Refused) and said.reason == "inputs-changed", said
    assert operator.primary() == leading
    operator.watched.fault("kill", leading)
    with Watchman(operator.lab) as watchman:
        run = operator.started(operator.propose(FAILOVER))
        operator.reaches(run.id, "lock", "done")
        with suppress(LabError):  # the fence may end it before it has come up
            operator.watched.fault("start", leading)
        rests = operator.rests(run.id)
        if rests.state is RunState.ASKING:
            rests = operator.answer(run.id, Choice.GO_ON)
    assert rests.state is RunState.DONE, told(rests)
    assert not watchman.twice
    assert operator.primary() == rests.plan.target != leading
    lost = truth.lost(operator.lab, rests.plan.target)
    within(rests, len(lost))
    assert not lost
    truth.more()


# -- the gate --------------------------------------------------------------------------------------------------------


@pytest.mark.live
def test_above_the_approved_maximum_it_stops_at_the_gate_and_cancel_brings_the_old_primary_back(
    operator: Operator,
) -> None:
    with asynchronous(operator):
        leading = operator.primary()
        others = standbys(leading)
        truth = Truth.from_now(operator.lab)
        upstream = cut(operator, *others)
        truth.more(4)
        noticed(operator, leading)
        operator.watched.fault("kill", leading)
        joined(operator, upstream)
        timeline = timelines(operator)
        with without_wal(operator, leading):
            plan = wait_for(lambda: p if (p := operator.propose(FAILOVER)).target in others else None, "a plan")
            # Nothing may be lost: its WAL was to be rescued, and behind the fence it shows that it can't be read.
            run = operator.change(plan, most=0)
            assert run.state is RunState.ASKING and run.question is not None, told(run)
            assert run.question.asks is Asks.LOSS_ABOVE and run.question.step == "gate", told(run)
            assert run.question.choices[0] is Choice.ACCEPT_LOSS and Choice.CANCEL in run.question.choices
            assert run.loss is not None and run.loss.basis is LossBasis.INTERVAL, run.loss
            assert not writable(operator.lab)
        ended = operator.answer(run.id, Choice.CANCEL)
        assert ended.state is RunState.CANCELLED, told(ended)
        assert operator.primary() == leading
        assert not (operator.data(leading) / "standby.signal").exists()
        assert timelines(operator) == timeline
        follows = "select count(*) from pg_stat_replication where state = 'streaming' and application_name like 'lab-%'"
        wait_for(lambda: sql(operator.lab, leading, follows) == "2", "its followers")
        truth.more()
        assert not truth.lost(operator.lab, leading)


@pytest.mark.live
def test_a_larger_loss_that_a_person_accepts_goes_on_to_the_end(operator: Operator) -> None:
    with asynchronous(operator):
        leading = operator.primary()
        truth = Truth.from_now(operator.lab)
        upstream = cut(operator, *standbys(leading))
        truth.more(4)
        noticed(operator, leading)
        operator.watched.fault("kill", leading)
        joined(operator, upstream)
        with without_wal(operator, leading):
            plan = wait_for(lambda: p if (p := operator.propose(FAILOVER)).target and p.subject == leading else None,
                            "a plan")  # fmt: skip
            run = operator.change(plan, most=0)
            assert run.question is not None and run.question.asks is Asks.LOSS_ABOVE, told(run)
            ended = operator.answer(run.id, Choice.ACCEPT_LOSS, most=100_000, reason="the customers were told")
        assert ended.state is RunState.DONE, told(ended)
        within(ended, len(truth.lost(operator.lab, ended.plan.target)))
        assert ended.loss_entries_max == 100_000


@pytest.mark.live
def test_cancelled_about_the_fence_the_standbys_follow_as_before(operator: Operator) -> None:
    leading = operator.primary()
    before = {name: sql(operator.lab, name, "show primary_conninfo") for name in standbys(leading)}
    operator.watched.fault("kill", leading)
    plan = operator.propose(FAILOVER)
    assert not plan.refused, refusals(plan)
    run = operator.started(plan)
    operator.reaches(run.id, "cut", "begun")
    rests = operator.stop(run.id)
    assert rests.question is not None and rests.question.choices[0] is Choice.CANCEL, told(rests)
    fenced = any(step.key == "fence" and step.state is StepState.DONE for step in rests.steps)
    ended = operator.answer(run.id, Choice.CANCEL)
    assert ended.state is RunState.CANCELLED, told(ended)
    assert {name: sql(operator.lab, name, "show primary_conninfo") for name in before} == before
    assert not (operator.data(leading) / "standby.signal").exists()
    if not fenced:  # it is as dead as it was, and may be started as it is
        assert not writable(operator.lab)
        operator.watched.fault("start", leading)
    assert operator.primary() == leading
