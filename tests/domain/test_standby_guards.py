"""Standbys by themselves: a killed one after its time, a lost one where allowed, never one that somebody stopped."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from console.domain.automation import AutoAct, AutoGuard, AutomationMode, AutomationPolicy
from console.domain.guards import Known
from console.domain.standby_guards import StandbyTried, act_for, judge_standby
from console.domain.verdict import Cause, Finding, Health, Level
from tests.domain.test_guards import dead

NOW = datetime(2026, 3, 17, 2, 36, tzinfo=UTC)
MAY = AutomationPolicy(mode=AutomationMode.AUTOMATIC, restart_standbys=True, rebuild_standbys=True)
KILLED = Finding(cause=Cause.STANDBY_LOST, health=Health.DEGRADED, node="lab-3", level=Level.HARD)
STOPPED = replace(KILLED, level=Level.STOPPED)
SILENT = replace(KILLED, level=Level.SUSPECTED)
PARTED = Finding(cause=Cause.NOT_STREAMING, health=Health.DEGRADED, node="lab-3")


def known(policy: AutomationPolicy = MAY, **more: object) -> Known:
    well = dead(lost=False, level=None, level_since=None, level_at=None, policy=policy)
    return replace(well, **more)  # type: ignore[arg-type]


def tried(seconds: float, *, restarted: bool = False) -> StandbyTried:
    return StandbyTried(since=NOW - timedelta(seconds=seconds), restarted=restarted)


@pytest.mark.parametrize(
    ("policy", "found", "was", "act"),
    [
        (MAY, KILLED, tried(5.0), AutoAct.NONE),  # it has its time
        (MAY, KILLED, tried(11.0), AutoAct.RESTART_STANDBY),
        (MAY, KILLED, tried(40.0, restarted=True), AutoAct.REBUILD_STANDBY),
        (replace(MAY, rebuild_standbys=False), KILLED, tried(40.0, restarted=True), AutoAct.NONE),
        (replace(MAY, restart_standbys=False), KILLED, tried(40.0), AutoAct.REBUILD_STANDBY),
        (replace(MAY, restart_standbys=False, rebuild_standbys=False), KILLED, tried(40.0), AutoAct.NONE),
        (MAY, STOPPED, tried(900.0), AutoAct.NONE),  # somebody stopped it
        (MAY, SILENT, tried(900.0), AutoAct.NONE),  # only we do not see it
        (MAY, PARTED, tried(30.0), AutoAct.NONE),
        (MAY, PARTED, tried(61.0), AutoAct.REBUILD_STANDBY),
        (replace(MAY, rebuild_standbys=False), PARTED, tried(900.0), AutoAct.NONE),
    ],
)
def test_what_is_done_for_a_standby(
    policy: AutomationPolicy, found: Finding, was: StandbyTried, act: AutoAct
) -> None:
    assert act_for(known(policy), found, was) is act


def test_what_a_console_that_is_gone_left_in_the_middle_is_attached_without_leave_to_rebuild() -> None:
    left = known(replace(MAY, rebuild_standbys=False), abandoned="other:run")
    assert act_for(left, PARTED, tried(4.0)) is AutoAct.REBUILD_STANDBY
    assert act_for(left, PARTED, tried(1.0)) is AutoAct.NONE


def test_nothing_is_done_for_a_standby_while_its_primary_is_lost_or_somebody_is_at_work() -> None:
    act = AutoAct.RESTART_STANDBY
    assert judge_standby(known(), KILLED, act, tried(11.0)).would_act
    for otherwise, guard in (
        (known(run="r"), AutoGuard.NO_RUN), (known(lock=None), AutoGuard.LOCK), (known(holds=("drill",)),
        AutoGuard.NOT_HELD), (known(AutomationPolicy()), AutoGuard.MODE), (dead(policy=MAY), AutoGuard.EVIDENCE),
    ):  # fmt: skip
        why = judge_standby(otherwise, KILLED, act, tried(11.0))
        assert not why.would_act and [row.guard for row in why.refusing] == [guard]
