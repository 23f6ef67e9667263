"""How long a takeover took here: from measured runs alone, and by itself or not by the guards as they stand."""

from datetime import UTC, datetime

import pytest

from console.domain.automation import AutoAct, AutoGuard, AutomationMode, GuardRow, Takeover, Why
from console.domain.plan import Operation, Plan
from console.domain.run import Mode, Outage, RunState, RunView
from console.domain.takeover import commit_seconds, measured, takeover_of

NOW = datetime(2026, 3, 17, 2, 36, tzinfo=UTC)


def run(
    *marks: tuple[float, bool], state: RunState = RunState.DONE, operation: Operation = Operation.FAILOVER,
    mode: Mode = Mode.REAL, is_open: bool = False, outage: bool = True,
) -> RunView:  # fmt: skip
    plan = Plan(id="p", operation=operation, cluster="lab", environment="lab", made_at=NOW, made_by="olga", steps=(),
                inputs=())  # fmt: skip
    seen = Outage(gap_seconds=None, open=is_open, attempts=9, acknowledged=4, errors=5, unknown=0,
                  lost_acknowledged=0, marks=marks)  # fmt: skip
    return RunView(id="r", plan=plan, mode=mode, state=state, person="olga", steps=(), outage=seen if outage else None)


GONE = ((0.1, False), (0.5, False), (0.8, True), (0.9, True))


@pytest.mark.parametrize(
    ("one", "seconds"),
    [
        (run(*GONE), 0.8),
        (run((0.3, True)), 0.3),
        (run(), None),
        (run((0.1, False)), None),
        (run(*GONE, is_open=True), None),
        (run(*GONE, outage=False), None),
        (run(*GONE, state=RunState.ASKING), None),
        (run(*GONE, mode=Mode.REHEARSAL), None),
        (run(*GONE, operation=Operation.SWITCHOVER), None),
    ],
)
def test_only_a_proven_failover_whose_first_commit_was_seen_counts(one: RunView, seconds: float | None) -> None:
    assert commit_seconds(one) == seconds


def test_the_95th_percentile_is_one_that_was_measured() -> None:
    assert measured(()) == (None, 0)
    assert measured([run((0.1, False), (0.1 * n, True)) for n in range(1, 21)]) == (pytest.approx(1.9), 20)
    assert measured([run((0.1, False), (0.7, True)), run()]) == (0.7, 1)


def why(*rows: GuardRow, waiting: float | None = None) -> Why:
    return Why(cluster="lab", at=NOW, mode=AutomationMode.AUTOMATIC, act=AutoAct.FAILOVER, would_act=not rows,
               rows=rows, waiting_seconds=waiting)  # fmt: skip


def no(guard: AutoGuard, reason: str) -> GuardRow:
    return GuardRow(guard=guard, holds=False, observed=None, threshold=None, source="", at=NOW, reason=reason)


def test_by_itself_is_what_the_guards_say_and_the_first_that_refuses_is_named() -> None:
    assert takeover_of(None, 0.7, 3) == Takeover(by_itself=None, seconds=0.7, runs=3)
    assert takeover_of(why(), None, 0) == Takeover(by_itself=True)
    off = takeover_of(why(no(AutoGuard.MODE, "mode-off"), no(AutoGuard.LOCK, "lock-held")), None, 0)
    assert off == Takeover(by_itself=False, reason="mode-off")
    waits = why(no(AutoGuard.RESTART_TRIED, "restart-waits"), waiting=4.0)
    assert takeover_of(waits, None, 0) == Takeover(by_itself=True)
