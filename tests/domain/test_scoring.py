"""Indicators of recorded runs, restores, drills, comparisons and incidents: each figure calculated by hand beside."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from console.domain.backup import BackupCheck, CheckResult, Mark
from console.domain.drill import Drill, DrillKind, DrillMark, DrillState
from console.domain.fleet import Event, EventKind
from console.domain.incident import Incident
from console.domain.indicators import Indicator, IndicatorName
from console.domain.plan import LossBasis, Operation
from console.domain.redundancy import CopyLine, Redundancy
from console.domain.run import BooksLine, Mode, RunState, RunView
from console.domain.score_records import WriteLoss, blocks_of, counted, gap_of, losses_of
from console.domain.scoring import ScoreInput, scored
from tests.governance.a_run import AT, a_loss, a_plan, a_run, an_outage

SINCE, UNTIL = AT - timedelta(days=30), AT + timedelta(days=1)


def given(**more: Any) -> ScoreInput:
    return replace(ScoreInput(since=SINCE, until=UNTIL, nodes=3, gap_free=True, primary="nyc-1"), **more)


def figure(given: ScoreInput, name: IndicatorName) -> Indicator:
    return next(one for one in scored(given).indicators if one.name is name)


def failover(lost: int, data: int, *, name: str = "r-1", gap: float = 4.1, **more: Any) -> RunView:
    loss = a_loss(basis=LossBasis.EXACT, entries_low=lost, entries_high=lost, reference_number=data)
    return a_run(id=name, loss=loss, outage=replace(an_outage(), gap_seconds=gap), **more)


def incident(name: str = "i-1", begin: float = 0.0, end: float | None = 60.0, **more: Any) -> Incident:
    made = Incident(id=name, cluster="ledger-us", begun_at=AT + timedelta(seconds=begin), word="primary-dead",
                    node="nyc-1", health="lost", ended_at=AT + timedelta(hours=1),
                    writable_again_at=None if end is None else AT + timedelta(seconds=end))  # fmt: skip
    return replace(made, **more)


# Recovery rate


def test_recovery_rate_is_what_of_all_entries_was_there_after() -> None:
    runs = (failover(87, 40_000), failover(13, 60_000, name="r-2"))
    rate, entries = (figure(given(runs=runs), name) for name in
                     (IndicatorName.RECOVERY_RATE, IndicatorName.ENTRIES_RECOVERED))  # fmt: skip
    assert rate.value == pytest.approx(99.9)  # 1 - 100/100,000
    assert (entries.value, entries.of) == (99_900.0, 100_000.0)
    assert set(rate.evidence.ids) == {"r-1", "r-2"}
    assert (rate.count, rate.left_out, rate.reason) == (2, 0, "")


@pytest.mark.parametrize(
    ("lost", "data", "value", "reason"), [(0, 500, 100.0, ""), (500, 500, 0.0, ""), (0, 0, None, "nothing-to-lose")]
)
def test_nothing_lost_all_lost_and_nothing_there(lost: int, data: int, value: float | None, reason: str) -> None:
    found = figure(given(runs=(failover(lost, data),)), IndicatorName.RECOVERY_RATE)
    assert (found.value, found.reason) == (value, reason)


def test_of_an_interval_the_most_counts_and_the_unseen_were_there_before_too() -> None:
    run = a_run(loss=a_loss(basis=LossBasis.INTERVAL, entries_low=87, entries_high=122, reference_number=1_000))
    assert (counted(run, gap_free=True).lost, counted(run, gap_free=True).data) == (122, 1_035)
    found = figure(given(runs=(run,)), IndicatorName.RECOVERY_RATE)
    assert found.value == pytest.approx((1 - 122 / 1_035) * 100)
    assert found.reason == "at-least"


@pytest.mark.parametrize(
    ("run", "gap_free", "reason"),
    [
        (a_run(loss=a_loss(basis=LossBasis.UNKNOWN, entries_low=None, entries_high=None)), True, "loss-not-known"),
        (failover(87, 40_000), False, "numbers-not-counts"),
        (failover(87, 40_000), None, "no-ledger"),
        (a_run(loss=None), True, "not-recorded"),
        (failover(50, 10), True, "counts-impossible"),
        (a_run(loss=a_loss(basis=LossBasis.EXACT, entries_low=3, entries_high=3)), True, "data-not-known"),
    ],
)
def test_where_a_record_does_not_say_it_nothing_is_measured(run: RunView, gap_free: bool | None, reason: str) -> None:
    found = figure(given(runs=(run,), gap_free=gap_free), IndicatorName.RECOVERY_RATE)
    assert (found.value, found.reason, found.left_out) == (None, reason, 1)


def test_a_switchover_is_held_against_the_seal_that_was_found_again() -> None:
    plan = a_plan(operation=Operation.SWITCHOVER)
    lines = tuple(BooksLine(check="seal-found", outcome="proven", scope="entries 1..4217", detail=node)
                  for node in ("nyc-1", "chi-1"))  # fmt: skip
    run = a_run(plan=plan, loss=None, books=lines)
    found = figure(given(runs=(run,)), IndicatorName.ENTRIES_RECOVERED)
    assert (found.value, found.of) == (4_217.0, 4_217.0)
    broken = a_run(plan=plan, loss=None, books=(lines[0], replace(lines[1], outcome="failed")))
    assert figure(given(runs=(broken,)), IndicatorName.ENTRIES_RECOVERED).value is None


def test_only_finished_real_runs_of_the_time_count() -> None:
    others = (
        failover(1, 10, name="r-2", mode=Mode.REHEARSAL), failover(1, 10, name="r-3", state=RunState.LEFT),
        failover(1, 10, name="r-4", ended_at=SINCE - timedelta(seconds=1)), failover(1, 10, name="r-5", ended_at=None),
    )  # fmt: skip
    found = figure(given(runs=others), IndicatorName.RECOVERY_RATE)
    assert (found.value, found.reason) == (None, "no-recovery")


def test_a_run_whose_record_is_gone_is_said() -> None:
    alone = figure(given(gone=("r-9",)), IndicatorName.RECOVERY_RATE)
    assert (alone.value, alone.reason, alone.left_out) == (None, "record-gone", 1)
    beside = figure(given(runs=(failover(0, 10),), gone=("r-9",)), IndicatorName.RECOVERY_RATE)
    assert (beside.value, beside.left_out) == (100.0, 1)


# Redundancy


def copies(*failed: int, blocks: int = 40, primary: str = "nyc-1", at: datetime = AT) -> Redundancy:
    lines = [CopyLine(node=primary, origin="", up_to=40_000, blocks=blocks, blocks_differ=0, root="aa")]
    lines += [CopyLine(node=f"c-{n}", origin="", up_to=40_000, blocks=blocks, blocks_differ=one, root="aa")
              for n, one in enumerate(failed)]  # fmt: skip
    return Redundancy(cluster="ledger-us", at=at, copies=len(lines), proven=1 + sum(1 for one in failed if not one),
                      lines=tuple(lines), findings=(), books_at=at)  # fmt: skip


@pytest.mark.parametrize(
    ("failed", "value"),
    [((0, 0), 50.0), ((0, 10), 40 / 70 * 100), ((40, 0), 100.0), ((41, 0), 100.0)],
)
def test_redundancy_rate_by_the_worst_copy(failed: tuple[int, ...], value: float) -> None:
    found = figure(given(redundancy=copies(*failed)), IndicatorName.REDUNDANCY_RATE)
    assert found.value == pytest.approx(value)  # F=0: N/2N; F=N: N/N
    assert found.reason == ("failed-at-least" if any(failed) else "")
    proven = figure(given(redundancy=copies(*failed)), IndicatorName.COPIES_PROVEN)
    assert (proven.value, proven.of) == (3.0 - sum(1 for one in failed if one), 3.0)


def test_what_was_not_compared_has_not_failed_and_proves_nothing() -> None:
    unread = replace(copies(0), lines=(copies(0).lines[0], replace(copies(0).lines[1], root="", reason="silent")))
    for told, reason in (
        (None, "never-compared"), (replace(copies(0), books_at=None), "never-compared"),
        (copies(0, at=SINCE - timedelta(days=1)), "not-in-this-time"),
        (copies(0, at=UNTIL + timedelta(days=1)), "clock-jumped"), (copies(), "no-copy-compared"),
        (unread, "no-copy-compared"), (copies(0, primary="else"), "primary-not-compared"),
        (copies(0, blocks=0), "nothing-to-lose"),
    ):  # fmt: skip
        found = figure(given(redundancy=told), IndicatorName.REDUNDANCY_RATE)
        assert (found.value, found.reason) == (None, reason)
    assert blocks_of((), None) == (None, None, "primary-not-compared")


# Recovery time


def mark(seconds: float | None, at: datetime = AT, result: CheckResult = CheckResult.PASSED) -> Mark:
    return Mark(repository="vault", backup="b-7", check=BackupCheck.RESTORED, result=result, at=at, seconds=seconds)


def test_recovery_time_is_a_hundred_per_cent_at_the_speed_of_the_last_recovery() -> None:
    run = failover(100, 1_000, gap=9.0)  # 90 % in 9 s: 10 % a second
    found = figure(given(runs=(run,)), IndicatorName.RECOVERY_TIME)
    assert found.value == pytest.approx(10.0)
    assert (found.evidence.kind, found.evidence.ids) == ("run", ("r-1",))
    later = figure(given(runs=(run,), marks=(mark(54.0, AT + timedelta(hours=1)),)), IndicatorName.RECOVERY_TIME)
    assert (later.value, later.evidence.kind, later.evidence.ids) == (54.0, "restore", ("b-7",))
    older = figure(given(runs=(run,), marks=(mark(None, AT + timedelta(hours=1)),)), IndicatorName.RECOVERY_TIME)
    assert (older.value, older.left_out) == (pytest.approx(10.0), 1)
    failed = given(marks=(mark(5.0, result=CheckResult.FAILED),))
    assert figure(failed, IndicatorName.RECOVERY_TIME).reason == "no-recovery"


def test_when_all_is_lost_nothing_was_recovered() -> None:
    found = figure(given(runs=(failover(10, 10),)), IndicatorName.RECOVERY_TIME)
    assert (found.value, found.reason) == (None, "nothing-recovered")


def drill(name: str, seconds: float | None, state: DrillState = DrillState.PASSED) -> Drill:
    return Drill(id=name, cluster="ledger-us", kind=DrillKind.RESTORE, state=state, begun_at=AT,
                 ended_at=AT + timedelta(minutes=1), by="schedule",
                 marks=(DrillMark(what="proven", seconds=seconds),))  # fmt: skip


def test_measured_recovery_times_against_the_promise() -> None:
    runs = tuple(failover(0, 9, name=f"r-{n}", gap=float(n)) for n in range(1, 11))
    switched = failover(0, 9, name="s", gap=0.2, plan=a_plan(operation=Operation.SWITCHOVER))
    told = given(runs=(*runs, switched), drills=(drill("d-1", 30.0), drill("d-2", None)), rto_seconds_max=60.0)
    p50, p95 = figure(told, IndicatorName.RTO_P50), figure(told, IndicatorName.RTO_P95)
    assert (p50.value, p95.value, p50.count, p50.of) == (6.0, 30.0, 11, 60.0)  # nearest rank of 1..10 and 30
    assert figure(told, IndicatorName.RTO_PROMISED).value == 60.0
    assert figure(given(), IndicatorName.RTO_PROMISED).reason == "nothing-promised"


def test_the_gap_before_the_meter_began_is_the_incidents() -> None:
    late = replace(an_outage(), gap_seconds=4.0, marks=((0.0, False), (4.0, True)))
    run = a_run(outage=late)  # from AT on, for 9 s

    def lost(begin: float, end: float) -> tuple[str, tuple[datetime, datetime]]:
        return "i", (AT + timedelta(seconds=begin), AT + timedelta(seconds=end))

    assert gap_of(run, ()) == (None, "begin-not-seen")
    assert gap_of(run, (lost(-56.0, 4.0),)) == (60.0, "")
    assert gap_of(run, (lost(-300.0, -200.0), lost(-6.0, 4.0), lost(-90.0, -80.0))) == (10.0, ""), "not those before"
    assert gap_of(run, (lost(-56.0, -5.0), lost(6.0, 8.0))) == (None, "begin-not-seen")
    assert gap_of(run, (lost(2.0, 4.0),)) == (4.0, ""), "named just after the run began"
    back = replace(run, ended_at=AT - timedelta(seconds=1))
    assert gap_of(back, (lost(-56.0, 4.0),)) == (None, "clock-jumped")
    assert gap_of(a_run(outage=None), ()) == (None, "gap-not-measured")
    assert gap_of(a_run(outage=replace(late, gap_seconds=-1.0)), ()) == (None, "clock-jumped")


# Availability


def test_the_share_of_one_node() -> None:
    for nodes, value in ((1, 100.0), (3, 100 / 3), (0, None)):
        assert figure(given(nodes=nodes), IndicatorName.SHARE_OF_ONE_NODE).value == value


def test_uptime_from_what_was_watched_and_lost() -> None:
    watched = ((AT - timedelta(seconds=1_000), AT + timedelta(seconds=1_000)),)
    told = given(watched=watched, incidents=(incident(end=60.0), incident("i-2", 500.0, 540.0)))
    assert figure(told, IndicatorName.UPTIME_SHARE).value == pytest.approx(95.0)  # 100 s of 2,000
    assert figure(told, IndicatorName.MTBF).value == pytest.approx(950.0)  # 1,900 s / 2
    assert figure(told, IndicatorName.MTTR).value == pytest.approx(50.0)
    used = figure(told, IndicatorName.ALLOWANCE_USED)
    assert (used.value, used.of, used.reason) == (pytest.approx(100 / 60), None, "nothing-promised")
    promised = figure(replace(told, uptime_percent_min=99.9), IndicatorName.ALLOWANCE_USED)
    assert promised.of == pytest.approx(525.96)  # a thousandth of 365.25 days in minutes
    assert promised.evidence.begin == datetime(2026, 1, 1, tzinfo=UTC)


def test_nobody_watched_never_lost_and_a_clock_that_jumped_back() -> None:
    assert figure(given(), IndicatorName.UPTIME_SHARE).reason == "not-watched"
    watched = ((AT, AT + timedelta(seconds=100)),)
    assert figure(given(watched=watched), IndicatorName.UPTIME_SHARE).value == 100.0
    assert figure(given(watched=watched), IndicatorName.MTBF).reason == "never-lost"
    back = given(watched=watched, incidents=(incident(begin=50.0, end=20.0),))
    assert figure(back, IndicatorName.UPTIME_SHARE).value == 100.0


def test_an_incident_costs_writes_from_its_first_lost_verdict_until_they_are_back() -> None:
    def verdict(seconds: float) -> Event:
        return Event(at=AT + timedelta(seconds=seconds), kind=EventKind.VERDICT, cluster="ledger-us", node="nyc-1",
                     health="lost", text="primary-dead")  # fmt: skip

    slow = incident(begin=0.0, end=600.0)
    found = losses_of((), (slow,), (verdict(-300.0), verdict(540.0)), UNTIL, writable=True)
    assert found == (("i-1", (AT + timedelta(seconds=540), AT + timedelta(seconds=600))),)
    open_one = incident(end=None, ended_at=None)
    assert losses_of((), (open_one,), (), UNTIL, writable=False) == (("i-1", (AT, UNTIL)),)
    assert losses_of((), (open_one,), (), UNTIL, writable=None) == ()
    assert losses_of((), (incident(end=None),), (), UNTIL, writable=False) == (), "writes went on all the time"


def test_two_losses_in_one_incident_are_two_and_the_time_between_was_written() -> None:
    def loss(name: str, begin: float, end: float | None) -> WriteLoss:
        ends = None if end is None else AT + timedelta(seconds=end)
        return WriteLoss(id=name, cluster="ledger-us", begin=AT + timedelta(seconds=begin), end=ends)

    watched = ((AT - timedelta(seconds=1_000), AT + timedelta(seconds=1_000)),)
    one = incident(begin=0.0, end=100.0)
    told = given(watched=watched, incidents=(one,), losses=(loss("a", 0.0, 20.0), loss("b", 80.0, 100.0)))
    assert figure(told, IndicatorName.MTTR).value == pytest.approx(20.0)
    assert figure(told, IndicatorName.UPTIME_SHARE).value == pytest.approx(98.0)
    assert figure(told, IndicatorName.MTTR).evidence.ids == ("i-1",)
    assert [line.seconds for line in scored(told).lines] == [40.0]
    alone = losses_of((loss("c", 9_000.0, None),), (one,), (), UNTIL, writable=True)
    assert [name for name, _ in alone] == ["c", "i-1"]
    assert alone[0][1][1] == UNTIL


def test_of_a_restore_a_seal_that_is_found_again_proves_nothing() -> None:
    lines = (BooksLine(check="seal-found", outcome="proven", scope="entries 1..4217", detail="nyc-1"),)
    run = a_run(plan=a_plan(operation=Operation.RESTORE), loss=None, books=lines)
    assert counted(run, gap_free=True).reason == "not-recorded"
    switched = a_run(plan=a_plan(operation=Operation.SWITCHOVER), loss=None, books=lines,
                     outage=replace(an_outage(), lost_acknowledged=2))  # fmt: skip
    assert counted(switched, gap_free=True).data is None, "the meter lost writes that were acknowledged"


# One run


def test_a_run_has_its_own_figures_and_not_those_of_the_cluster() -> None:
    run = failover(87, 40_000, gap=24.0)
    told = given(runs=(run,), run="r-1", since=UNTIL, until=UNTIL, redundancy=copies(0), drills=(drill("d", 1.0),))
    assert figure(told, IndicatorName.RECOVERY_RATE).value == pytest.approx(99.7825)
    assert figure(told, IndicatorName.RTO_P50).value == figure(told, IndicatorName.RTO_P95).value == 24.0
    for name in (IndicatorName.REDUNDANCY_RATE, IndicatorName.UPTIME_SHARE, IndicatorName.ALLOWANCE_USED):
        assert figure(told, name).reason == "not-of-a-run"
    lines = scored(told).lines
    assert [(one.kind, one.id, one.lost, one.data, one.seconds) for one in lines] == [("run", "r-1", 87, 40_000, 24.0)]


def test_every_figure_is_there_once_and_every_record_behind_one_has_its_line() -> None:
    found = scored(given(runs=(failover(1, 10),), redundancy=copies(0), marks=(mark(5.0),), drills=(drill("d", 9.0),),
                         watched=((AT, UNTIL),), incidents=(incident(),)))  # fmt: skip
    assert sorted(one.name.value for one in found.indicators) == sorted(one.value for one in IndicatorName)
    lines = {line.id for line in found.lines}
    for one in found.indicators:
        assert set(one.evidence.ids) <= lines, one.name
