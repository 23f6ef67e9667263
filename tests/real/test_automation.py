"""Automatic recovery on a live lab: off, observed, at once, and with two engines of which one is killed in it."""

import os
import signal
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from console.cli import main
from console.domain.automation import Attempt, AttemptOutcome, AutoAct, AutoGuard, AutomationMode, AutomationPolicy, Why
from console.domain.run import RunState, RunView
from console.link.changes import AskRuns, Runs
from console.link.messages import Done
from console.link.watching import AcknowledgeAttempt, AskWhy, SetAutomation, WhySeen
from console.places import Home
from tests.changing import Operator, Truth, Watchman, operated_lab, told, within, writable
from tests.live import wait_for
from tests.watched import Watched

AT_ONCE = AutomationPolicy(mode=AutomationMode.AUTOMATIC, at_once=True, backups_hours_max=0.0)


@pytest.fixture(scope="module")
def operator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operator]:
    with operated_lab(tmp_path_factory.mktemp("automation")) as it:
        yield it


@pytest.fixture(autouse=True)
def _healthy_again(operator: Operator) -> Iterator[None]:
    yield
    operator.engine()
    left = allow(operator, AutomationPolicy()).unacknowledged
    if left:  # what one test did is no pause for the next
        assert isinstance(operator.ask(AcknowledgeAttempt(cluster="lab", attempt=left)), Done)
    operator.mend()


def seen(operator: Operator) -> WhySeen:
    said = operator.ask(AskWhy(cluster="lab"))
    assert isinstance(said, WhySeen), said
    return said


def allow(operator: Operator, policy: AutomationPolicy) -> WhySeen:
    said = operator.ask(SetAutomation(cluster="lab", policy=policy, reason="a test"))
    assert isinstance(said, WhySeen), said
    return said


def ready(operator: Operator) -> Why:
    """Nothing is wrong, and every guard but the mode would hold if the primary died now."""

    def look() -> Why | None:
        why = seen(operator).why
        refusing = [row.guard for row in why.refusing if row.guard is not AutoGuard.MODE]
        return why if why.hypothetical and not refusing else None

    try:
        return wait_for(look, "every guard to hold", seconds=100.0)
    except AssertionError as late:
        rows = [(row.guard.value, row.observed, row.reason) for row in seen(operator).why.refusing]
        raise AssertionError(f"{late}: {rows}") from late


def postmaster(operator: Operator, node: str) -> int:
    return int((operator.data(node) / "postmaster.pid").read_text().splitlines()[0])


def kill(operator: Operator, node: str) -> float:
    """kill -9 of the postmaster alone: backends are left over. When that was."""
    pid = postmaster(operator, node)
    at = time.monotonic()
    os.kill(pid, signal.SIGKILL)
    return at


def promoted(operator: Operator, old: str, since: float) -> tuple[str, float]:
    """Who is primary now in the place of the old one, and seconds since then."""
    try:
        found = wait_for(lambda: [n for n in writable(operator.lab) if n != old], "a promotion", seconds=60.0)
    except AssertionError as late:
        rows = [(row.guard.value, row.observed, row.reason) for row in seen(operator).why.refusing]
        raise AssertionError(f"{late}: {rows}") from late
    return found[0], time.monotonic() - since


def done_so_far(operator: Operator) -> frozenset[str]:
    """The attempts that there are already."""
    return frozenset(one.id for one in seen(operator).attempts)


def ended(operator: Operator, before: frozenset[str], *, act: AutoAct | None = None, seconds: float = 60.0) -> Attempt:
    """The newest attempt after those, of this kind if named, once it has come to its end."""

    def look() -> Attempt | None:
        new = (one for one in seen(operator).attempts if one.id not in before and act in (None, one.act))
        newest = next(new, None)
        return newest if newest is not None and newest.outcome is not AttemptOutcome.RUNNING else None

    return wait_for(look, "the attempt to end", seconds=seconds)


def evidence(operator: Operator) -> str:
    """What the evidence guard observes now."""
    return str(next(row.observed for row in seen(operator).why.rows if row.guard is AutoGuard.EVIDENCE))


@pytest.mark.live
def test_off_does_nothing_and_observing_only_says_what_it_would_have_done(operator: Operator) -> None:
    allow(operator, AutomationPolicy(backups_hours_max=0.0))
    ready(operator)
    old = operator.primary()
    kill(operator, old)
    wait_for(lambda: evidence(operator) == "hard", "hard evidence")
    off = seen(operator)
    assert not off.why.would_act and not off.attempts and not operator.unfinished()
    assert off.why.refusing[0].reason == "mode-off"
    allow(operator, replace(AT_ONCE, mode=AutomationMode.OBSERVE))
    observed = wait_for(lambda: next(iter(seen(operator).attempts), None), "what it would have done")
    assert (observed.outcome, observed.act, observed.node) == (AttemptOutcome.WOULD_HAVE, AutoAct.FAILOVER, old)
    assert not writable(operator.lab) and not operator.unfinished()
    assert "by hand" in operator.watched.status()["exposure"]
    operator.watched.fault("start", old)
    scored = wait_for(lambda: next((one for one in seen(operator).attempts if one.ended_at), None), "a score")
    assert (scored.outcome, scored.reason) == (AttemptOutcome.WRONG, "came-back")
    assert operator.primary() == old


@pytest.mark.live
def test_a_dead_primary_is_started_in_place_first_and_a_killed_standby_too(operator: Operator) -> None:
    allow(operator, replace(AT_ONCE, at_once=False, restart_standbys=True, pause_minutes=0.0))
    ready(operator)
    old, truth = operator.primary(), Truth.from_now(operator.lab)
    truth.more()
    before = done_so_far(operator)
    kill(operator, old)
    attempt = ended(operator, before)
    assert (attempt.act, attempt.node, attempt.outcome) == (AutoAct.RESTART, old, AttemptOutcome.DONE), attempt
    assert operator.primary() == old
    truth.more()
    assert not truth.lost(operator.lab, old)
    standby = "lab-3" if old != "lab-3" else "lab-2"
    operator.watched.reaches("healthy", seconds=60.0)
    kill(operator, standby)
    again = ended(operator, before, act=AutoAct.RESTART_STANDBY)
    assert (again.node, again.outcome) == (standby, AttemptOutcome.DONE), again
    operator.watched.reaches("healthy", seconds=60.0)


@pytest.mark.live
def test_a_dead_primary_is_replaced_at_once_nothing_acknowledged_is_lost_and_it_pauses(operator: Operator) -> None:
    allow(operator, AT_ONCE)
    ready(operator)
    old, truth = operator.primary(), Truth.from_now(operator.lab)
    truth.more()
    before = done_so_far(operator)
    assert "by itself" in operator.watched.status()["exposure"]
    with Watchman(operator.lab) as watchman:
        new, seconds = promoted(operator, old, kill(operator, old))
        truth.more()
        attempt = ended(operator, before)
    assert not watchman.twice
    assert attempt.outcome is AttemptOutcome.DONE and attempt.act is AutoAct.FAILOVER, attempt
    run = operator.seen(attempt.run)
    assert run.state is RunState.DONE and run.person == "automation", told(run)
    assert run.plan.target == new and attempt.why.would_act
    lost = truth.lost(operator.lab, new)
    within(run, len(lost))
    assert not lost
    assert run.books and all(line.outcome != "failed" for line in run.books), run.books
    assert run.report and Path(run.report).exists()
    audit = operator.watched.json("audit", "list", "--run", run.id)["entries"]
    decision = next(one for one in audit if one["subject"] == "automatic-failover")
    assert dict(decision["detail"])["mandate"].startswith("olga"), decision
    paused = seen(operator)
    assert paused.unacknowledged == attempt.id
    assert [row.reason for row in paused.why.rows if row.guard is AutoGuard.NOT_PAUSED] == ["paused"]
    assert isinstance(operator.ask(AcknowledgeAttempt(cluster="lab", attempt=attempt.id, note="seen")), Done)
    after = seen(operator)
    assert not after.unacknowledged and after.attempts[0].acknowledged_by == "olga"
    assert operator.watched.status()["view"]["takeover"]["runs"] == (1 if run.outage and run.outage.marks else 0)
    sys.stdout.write(f"\nautomatic failover: promoted {seconds:.2f} s after the kill; "
                     f"outage as measured {run.outage}\n")  # fmt: skip


@pytest.fixture
def second(operator: Operator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operator]:
    """Another console with a home of its own, and the same lab in its inventory."""
    home = Home(tmp_path_factory.mktemp("second"))
    home.lab_known_hosts.write_text(operator.watched.home.lab_known_hosts.read_text())
    other = Operator(Watched(home, operator.lab), name="otto")
    try:
        other.engine()
        other.save(operator.spec)
        other.watched.reaches("healthy", seconds=60.0)
        yield other
    finally:
        main(["--home", str(home.directory), "engine", "stop", "--json"])


def fencing(operator: Operator, known: frozenset[str]) -> str | None:
    """The new run of this console that has begun to fence, read beside its engine."""
    with closing(sqlite3.connect(f"file:{operator.watched.home.store}?mode=ro", uri=True, timeout=5.0)) as store:
        found = store.execute("select run_id from journal where step like 'fence%' and word = 'begun'").fetchall()
    return next((str(row[0]) for row in found if row[0] not in known), None)


def finished(operator: Operator, before: frozenset[str]) -> Attempt:
    """The attempt of this console that was not overtaken by the other's."""

    def look() -> Attempt | None:
        new = (one for one in seen(operator).attempts if one.id not in before and one.reason != "other-console")
        found = next(new, None)
        return found if found is not None and found.outcome is not AttemptOutcome.RUNNING else None

    return wait_for(look, "the other's attempt to end", seconds=120.0)


@pytest.mark.live
def test_two_consoles_one_acts_and_the_other_finishes_when_it_is_killed(operator: Operator, second: Operator) -> None:
    pair = (operator, second)
    for one in pair:
        allow(one, AT_ONCE)
        ready(one)
    known, before = frozenset(run.id for run in operator_runs(operator)), [done_so_far(one) for one in pair]
    old, truth = operator.primary(), Truth.from_now(operator.lab)
    truth.more()
    with Watchman(operator.lab) as watchman:
        kill(operator, old)
        first = wait_for(lambda: next((one for one in pair if fencing(one, known)), None), "one of them to fence")
        first.watched.kill_engine()
        other = second if first is operator else operator
        run = fencing(first, known)
        assert run is not None
        acting = wait_for(lambda: seen(other).acting or seen(other).attempts[:1], "the other to say who acts")
        new, seconds = promoted(operator, old, time.monotonic())
        attempt = finished(other, before[pair.index(other)])
        truth.more()
        first.engine()
        left = wait_for(lambda: view if (view := first.seen(run)).state is RunState.LEFT else None,
                        "the overtaken run to be left", seconds=60.0)  # fmt: skip
    assert attempt.outcome is AttemptOutcome.DONE and attempt.target == new, attempt
    assert not watchman.twice
    assert left.person == "automation", told(left)
    assert operator.primary() == new
    assert not truth.lost(operator.lab, new)
    sys.stdout.write(f"\nthe other took over {seconds:.1f} s after the kill of the first engine; it said: {acting}\n")


def operator_runs(operator: Operator) -> tuple[RunView, ...]:
    said = operator.ask(AskRuns())
    assert isinstance(said, Runs), said
    return said.runs
