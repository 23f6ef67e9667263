"""Would it act now: each guard stops what it is there for, and nothing acts while one says no, or nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain import guards
from console.domain.automation import AutoAct, AutoGuard, AutomationMode, AutomationPolicy, GuardRow, Maintenance
from console.domain.cluster import NodeKind
from console.domain.guards import BackupsNow, HostNow, Known, LockNow, Restart, judge, would_have
from console.domain.situation import LastSeen
from console.domain.verdict import Level
from console.ui.why_reasons import known_reasons
from console.ui.why_words import guard_observed, guard_threshold, guard_title, guard_why, why_headline

NOW = datetime(2026, 3, 17, 2, 36, tzinfo=UTC)
AUTOMATIC = AutomationPolicy(mode=AutomationMode.AUTOMATIC)


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


def host(name: str, **more: Any) -> HostNow:
    standby = name in ("lab-2", "lab-3")
    base = HostNow(name=name, kind=NodeKind.BACKUP if name == "vault" else NodeKind.POSTGRES, answers=True, at=ago(0.4),
                   standby=standby, timeline=1, position=1000 if standby else 0, age_seconds=0.4)  # fmt: skip
    return replace(base, **more)


HOSTS = (host("lab-1"), host("lab-2", position=1200), host("lab-3"), host("vault"))


def dead(**more: Any) -> Known:
    """The primary's postmaster was killed; a restart in place was in vain; every guard holds."""
    base = Known(
        cluster="lab", at=NOW, policy=AUTOMATIC, hosts=HOSTS, primary="lab-1", lost=True, majority=3,
        fresh_seconds_max=5.0, level=Level.HARD, level_since=ago(12.0), level_at=ago(0.2),
        level_source="lab-1: ls /proc", fresh_from=ago(3600.0), restart=Restart.IN_VAIN,
        last_seen=LastSeen(node="lab-1", head=None, at=ago(13.0), seconds_ago=13.0, entries_per_second=20.0,
                           synchronous_names='ANY 1 ("lab-2", "lab-3")', sync_steady_seconds=3000.0, list_at=ago(13.0),
                           synchronous_commit="on", dead_at=ago(12.0), timeline=1,
                           bearers=(("lab-2", "lab-2"), ("lab-3", "lab-3"))),
        seen_loss=0, second_person=False, lock=LockNow(at=ago(1.0), read_on=4),
        backups=BackupsNow(at=ago(20.0), newest=ago(3600.0)),
    )  # fmt: skip
    return replace(base, **more)


def seen(**more: Any) -> LastSeen:
    known = dead().last_seen
    assert known is not None
    return replace(known, **more)


def hosts(**changed: HostNow) -> tuple[HostNow, ...]:
    return tuple(changed.get(one.name.replace("-", "_"), one) for one in HOSTS)


SILENT = hosts(lab_1=host("lab-1", answers=False, at=ago(9.0)))

# One thing is otherwise than in `dead`: the guard that stops it, and its reason.
STOPPED: list[tuple[str, Known, AutoGuard, str]] = [
    ("off", dead(policy=AutomationPolicy()), AutoGuard.MODE, "mode-off"),
    ("observe", dead(policy=AutomationPolicy(mode=AutomationMode.OBSERVE)), AutoGuard.MODE, "mode-observe"),
    ("two persons", dead(second_person=True), AutoGuard.APPROVAL, "second-person"),
    ("rule unreadable", dead(second_person=None), AutoGuard.APPROVAL, "rule-unreadable"),
    ("only suspected", dead(level=Level.SUSPECTED), AutoGuard.EVIDENCE, "evidence-suspected"),
    ("stopped by somebody", dead(level=Level.STOPPED), AutoGuard.EVIDENCE, "evidence-stopped"),
    ("hung", dead(level=Level.HUNG), AutoGuard.EVIDENCE, "evidence-hung"),
    ("refuses", dead(level=Level.REFUSING), AutoGuard.EVIDENCE, "evidence-alive-but-refusing"),
    ("no evidence", dead(level=None), AutoGuard.EVIDENCE, "evidence-none"),
    ("two primaries", dead(two_primaries=True), AutoGuard.EVIDENCE, "two-primaries"),
    ("young", dead(policy=replace(AUTOMATIC, evidence_seconds=30.0)), AutoGuard.EVIDENCE, "evidence-young"),
    ("slept", dead(fresh_from=ago(0.1)), AutoGuard.FRESH, "readings-void"),
    ("not known since when", dead(fresh_from=None), AutoGuard.FRESH, "readings-void"),
    ("stale standby", dead(hosts=hosts(lab_3=host("lab-3", age_seconds=7.0))), AutoGuard.FRESH, "readings-stale"),
    ("no majority", dead(hosts=hosts(lab_3=host("lab-3", answers=False), vault=host("vault", answers=False))),
     AutoGuard.MAJORITY, "majority-missing"),
    ("one of them silent", dead(hosts=hosts(lab_3=host("lab-3", standby=False))), AutoGuard.OVERLAP, "overlap-missing"),
    ("two bear one name", dead(last_seen=seen(bearers=(("lab-2", "lab-2"), ("lab-2", "lab-3")))), AutoGuard.OVERLAP,
     "name-twice"),
    ("names of others", dead(last_seen=seen(bearers=(("lab-2", "lab-2"), ("lab-3", "")))), AutoGuard.OVERLAP,
     "overlap-missing"),
    ("list changed", dead(last_seen=seen(sync_steady_seconds=20.0)), AutoGuard.OVERLAP, "list-changed"),
    ("local commits", dead(last_seen=seen(synchronous_commit="local")), AutoGuard.OVERLAP, "local-commits"),
    ("a star hides them", dead(last_seen=seen(synchronous_names="ANY 1 (*)")), AutoGuard.OVERLAP, "list-unknown"),
    ("replay paused", dead(hosts=hosts(lab_2=host("lab-2", position=1200, replays=False))), AutoGuard.CANDIDATE,
     "candidate-paused"),
    ("too much lost", dead(last_seen=seen(synchronous_names=""), seen_loss=40, fence_command=True, hosts=SILENT,
                           level=Level.WITNESSED), AutoGuard.LOSS, "loss-above"),
    ("loss unknown", dead(last_seen=seen(synchronous_names=""), seen_loss=None, fence_command=True, hosts=SILENT,
                          level=Level.WITNESSED), AutoGuard.LOSS, "loss-unknown"),
    ("no fence", dead(hosts=SILENT, level=Level.WITNESSED), AutoGuard.FENCING, "fence-host-silent"),
    ("no named policy", dead(hosts=SILENT, level=Level.WITNESSED, policy=replace(AUTOMATIC, quorum_fence=True)),
     AutoGuard.FENCING, "fence-quorum-not-allowed"),
    ("lock held", dead(lock=LockNow(at=ago(1.0), read_on=4, owner="other:run", person="olga")), AutoGuard.LOCK,
     "lock-held"),
    ("lock unread", dead(lock=None), AutoGuard.LOCK, "lock-unknown"),
    ("lock of too few", dead(lock=LockNow(at=ago(1.0), read_on=2)), AutoGuard.LOCK, "lock-unknown"),
    ("lock of long ago", dead(lock=LockNow(at=ago(60.0), read_on=4)), AutoGuard.LOCK, "lock-unknown"),
    ("another console", dead(other="console 1a2b (automation)"), AutoGuard.OTHER_CONSOLE, "other-console"),
    ("a run", dead(run="20260317-1"), AutoGuard.NO_RUN, "run-under-way"),
    ("an act of ours", dead(run="20260317-1", own_run=True), AutoGuard.NO_RUN, "attempt-under-way"),
    ("paused", dead(paused_since=ago(120.0)), AutoGuard.NOT_PAUSED, "paused"),
    ("maintenance", dead(policy=replace(AUTOMATIC, maintenance=(
        Maintenance(begin=ago(60.0), end=NOW + timedelta(hours=1), by="olga", reason="switches"),))),
     AutoGuard.NO_MAINTENANCE, "maintenance"),
    ("quiet hours", dead(policy=replace(AUTOMATIC, quiet_from=time(22), quiet_to=time(6))), AutoGuard.NO_MAINTENANCE,
     "quiet-hours"),
    ("held", dead(holds=("drill",)), AutoGuard.NOT_HELD, "held"),
    ("no backup", dead(backups=BackupsNow(at=NOW, newest=None)), AutoGuard.BACKUPS, "no-backup"),
    ("old backup", dead(backups=BackupsNow(at=NOW, newest=ago(49 * 3600.0))), AutoGuard.BACKUPS, "backup-old"),
    ("backups unread", dead(backups=None), AutoGuard.BACKUPS, "backups-unread"),
    ("a check fails", dead(conditions=(("switch", True), ("power", False))), AutoGuard.CHECKS, "check-failed"),
    ("a check is silent", dead(conditions=(("power", None),)), AutoGuard.CHECKS, "check-unknown"),
]  # fmt: skip


def rows_of(known: Known) -> dict[AutoGuard, GuardRow]:
    return {row.guard: row for row in judge(known).rows}


def test_where_every_guard_holds_it_acts() -> None:
    why = judge(dead())
    assert why.would_act and not why.hypothetical and not why.refusing
    assert (why.act, why.node, why.target) == (AutoAct.FAILOVER, "lab-1", "lab-2")
    assert "promote lab-2 in the place of lab-1" in why_headline(why)


@pytest.mark.parametrize(("known", "guard", "reason"), [one[1:] for one in STOPPED], ids=[one[0] for one in STOPPED])
def test_each_guard_stops_what_it_is_there_for(known: Known, guard: AutoGuard, reason: str) -> None:
    why = judge(known)
    row = next(row for row in why.rows if row.guard is guard)
    assert not why.would_act
    assert row.holds is not True and row.reason == reason
    assert reason in known_reasons() and guard_why(row) in why_headline(replace(why, rows=(row,)))


ROWS: dict[AutoGuard, str] = {
    AutoGuard.MODE: "mode_row", AutoGuard.APPROVAL: "approval_row", AutoGuard.EVIDENCE: "evidence_row",
    AutoGuard.FRESH: "fresh_row", AutoGuard.MAJORITY: "majority_row", AutoGuard.OVERLAP: "overlap_row",
    AutoGuard.CANDIDATE: "candidate_row", AutoGuard.LOSS: "loss_row", AutoGuard.FENCING: "fencing_row",
    AutoGuard.LOCK: "lock_row", AutoGuard.NOT_PAUSED: "paused_row", AutoGuard.NO_MAINTENANCE: "maintenance_row",
    AutoGuard.BACKUPS: "backups_row", AutoGuard.CHECKS: "checks_row",
}  # fmt: skip


@pytest.mark.parametrize("guard", list(ROWS))
def test_a_guard_that_is_switched_off_lets_through_what_it_alone_stops(
    guard: AutoGuard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So each of them is needed: no other guard happens to stop the same."""
    cases = [known for _, known, stopping, _ in STOPPED if stopping is guard]
    kept: Callable[[Known], GuardRow] = getattr(guards, ROWS[guard])
    monkeypatch.setattr(guards, ROWS[guard], lambda known: replace(kept(known), holds=True))
    assert any(judge(known).would_act for known in cases)


def test_a_silent_host_is_fenced_by_a_command_or_by_quorum_where_both_policies_name_it() -> None:
    silent = dead(hosts=SILENT, level=Level.WITNESSED)
    assert rows_of(replace(silent, fence_command=True))[AutoGuard.FENCING].observed == "command"
    both = replace(silent, quorum_allowed=True, policy=replace(AUTOMATIC, quorum_fence=True))
    assert judge(both).would_act and rows_of(both)[AutoGuard.FENCING].observed == "quorum"
    assert rows_of(replace(both, hosts=hosts(lab_1=SILENT[0], lab_3=host("lab-3", standby=False))))[
        AutoGuard.FENCING
    ].holds is False  # fmt: skip


def test_a_dead_primary_is_first_started_in_place_unless_policy_says_at_once() -> None:
    first = judge(dead(restart=Restart.NOT_TRIED))
    assert first.would_act and (first.act, first.target) == (AutoAct.RESTART, "lab-1")
    assert AutoGuard.OVERLAP not in {row.guard for row in first.rows}
    under_way = judge(dead(restart=Restart.UNDER_WAY))
    assert not under_way.would_act and under_way.act is AutoAct.RESTART
    at_once = judge(dead(restart=Restart.NOT_TRIED, policy=replace(AUTOMATIC, at_once=True)))
    assert at_once.would_act and at_once.act is AutoAct.FAILOVER


def test_a_silent_host_has_its_time_to_come_back() -> None:
    young = dead(hosts=SILENT, level=Level.WITNESSED, fence_command=True, restart=Restart.NOT_TRIED,
                 level_since=ago(4.0))  # fmt: skip
    why = judge(young)
    assert not why.would_act and why.waiting_seconds == pytest.approx(6.0)
    assert [row.reason for row in why.refusing] == ["restart-waits"]
    assert judge(replace(young, level_since=ago(10.0))).would_act


def test_nothing_is_wrong_and_the_rows_say_what_would_hold() -> None:
    well = dead(lost=False, level=None, level_since=None, level_at=None, restart=Restart.NOT_TRIED)
    why = judge(well)
    assert why.hypothetical and why.would_act and why.target == "lab-2"
    off = judge(replace(well, policy=AutomationPolicy()))
    assert off.hypothetical and not off.would_act and why_headline(off).endswith("automation is off.")


def test_an_asynchronous_cluster_is_left_to_the_loss() -> None:
    known = dead(last_seen=seen(synchronous_names=""), seen_loss=40)
    rows = rows_of(known)
    assert rows[AutoGuard.OVERLAP].observed == "asynchronous" and rows[AutoGuard.LOSS].observed == "at-the-gate"


def test_observing_would_have_acted_only_where_nothing_but_the_mode_stops_it() -> None:
    observe = dead(policy=replace(AUTOMATIC, mode=AutomationMode.OBSERVE))
    assert would_have(judge(observe))
    assert not would_have(judge(replace(observe, lock=None)))


@given(st.data())
def test_nothing_acts_while_anything_of_several_is_otherwise(data: st.DataObject) -> None:
    """Any two of the cases together: what one thing stops, no second thing lets through."""
    base = dead()
    _, known, guard, _ = data.draw(st.sampled_from(STOPPED))
    other = data.draw(st.sampled_from(STOPPED))[1]
    changed = {name: getattr(other, name) for name in Known.__dataclass_fields__
               if getattr(other, name) != getattr(base, name) and getattr(known, name) == getattr(base, name)}
    mixed = replace(known, **changed)
    if guard in {row.guard for row in judge(mixed).refusing}:
        assert not judge(mixed).would_act
    assert judge(mixed).would_act == all(row.holds is True for row in judge(mixed).rows)


@given(
    at_once=st.booleans(), level=st.sampled_from([None, *Level]), lost=st.booleans(), restart=st.sampled_from(Restart),
    positions=st.tuples(st.integers(0, 2**60), st.integers(0, 2**60)), standby=st.tuples(st.booleans(), st.booleans()),
    mode=st.sampled_from(AutomationMode), count=st.integers(1, 2),
)  # fmt: skip
def test_who_acts_never_loses_what_was_confirmed(
    at_once: bool, level: Level | None, lost: bool, restart: Restart, positions: tuple[int, int],
    standby: tuple[bool, bool], mode: AutomationMode, count: int,
) -> None:  # fmt: skip
    """A failover that would be done now rests on death, on overlap, and takes the furthest."""
    two = tuple(
        host(name, position=position, standby=answers)
        for name, position, answers in zip(("lab-2", "lab-3"), positions, standby, strict=True)
    )
    known = dead(policy=AutomationPolicy(mode=mode, at_once=at_once), level=level, lost=lost, restart=restart,
                 last_seen=seen(synchronous_names=f"ANY {count} (lab-2, lab-3)"),
                 hosts=(HOSTS[0], *two, HOSTS[3]))  # fmt: skip
    why = judge(known)
    for row in why.rows:
        assert guard_title(row) and isinstance(guard_observed(row), str) and isinstance(guard_threshold(row), str)
    if not why.would_act or why.act is not AutoAct.FAILOVER:
        return
    assert mode is AutomationMode.AUTOMATIC
    answering = {one.name: one.position for one in two if one.standby}
    assert len(answering) >= 2 - count + 1
    assert why.target is not None and answering[why.target] == max(answering.values())
    if not why.hypothetical:
        assert lost and level in (Level.HARD, Level.WITNESSED)


def test_a_start_in_place_needs_no_standby_but_a_fresh_look_at_its_own_host() -> None:
    alone = dead(hosts=(host("lab-1"),), majority=1, restart=Restart.NOT_TRIED, lock=LockNow(at=ago(1.0), read_on=1))
    assert judge(alone).would_act and judge(alone).act is AutoAct.RESTART
    stale = judge(replace(alone, level_at=ago(guards.HOST_SECONDS_MAX + 1.0)))
    assert [row.reason for row in stale.refusing] == ["readings-stale"]
    void = judge(replace(alone, fresh_from=ago(0.1)))
    assert [row.reason for row in void.refusing] == ["readings-void"]
