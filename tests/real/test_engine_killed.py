"""The engine killed with -9 at drawn moments of real changes, and frozen: it goes on to the proven end, or asks."""

import os
import random
import signal
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from console.domain.plan import Operation, Plan
from console.domain.run import Asks, Choice, RunState, RunView
from console.engine.launch import engine_pid
from tests.changing import Operator, Truth, Watchman, operated_lab, told, within
from tests.live import wait_for
from tests.watched import Watched

SEED = 20260127
# A few on real servers: a kill behind each line of the journal is the simulation's, and many are the bench's.
PARTS, SWITCHOVERS = 1, 5
FAILOVER_PARTS, FAILOVERS = 1, 2
LINES_OF_A_SWITCHOVER, LINES_OF_A_FAILOVER = 42, 70
ENDS_SECONDS_MAX = 60.0


@pytest.fixture(scope="module")
def operator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operator]:
    with operated_lab(tmp_path_factory.mktemp("killed")) as it:
        yield it


@pytest.fixture(autouse=True)
def _healthy_again(operator: Operator) -> Iterator[None]:
    yield
    operator.engine()
    operator.mend()


def lines_of(operator: Operator, run: str) -> int:
    """The journal's lines so far, read beside the engine."""
    with closing(sqlite3.connect(f"file:{operator.watched.home.store}?mode=ro", uri=True, timeout=5.0)) as store:
        found = store.execute("select count(*), max(word = 'ended') from journal where run_id = ?", (run,)).fetchone()
    return 10_000 if found[1] else int(found[0])


def killed_at(operator: Operator, plan: Plan, line: int) -> tuple[str, int]:
    """Begin, and kill the engine once so many lines are written; at how many it was killed."""
    run = operator.started(plan).id
    end = time.monotonic() + 120.0
    while (found := lines_of(operator, run)) < line:
        assert time.monotonic() < end, f"{found} of {line} lines"
    operator.watched.kill_engine()
    return run, lines_of(operator, run)


def to_the_end(operator: Operator, run: str) -> tuple[RunView, float, str]:
    """Start the engine again; the run's end, how long that took, and the question where there was one."""
    began = time.monotonic()
    operator.engine()
    view = operator.rests(run, seconds=ENDS_SECONDS_MAX)
    seconds, asked = time.monotonic() - began, ""
    if view.state is RunState.ASKING:
        assert view.question is not None and view.question.choices, told(view)
        asked = f"{view.question.asks.value} at {view.question.step}"
        choice = Choice.GO_ON if Choice.GO_ON in view.question.choices else view.question.choices[0]
        view = operator.answer(run, choice, reason="the engine was killed")
    assert view.state in (RunState.DONE, RunState.CANCELLED), f"{asked}\n{told(view)}"
    return view, seconds, asked


@pytest.mark.live
@pytest.mark.parametrize("part", range(PARTS))
def test_a_switchover_whose_engine_is_killed_at_drawn_moments_is_proven(operator: Operator, part: int) -> None:
    draw, asked, longest = random.Random(SEED + part), [], 0.0
    truth = Truth.from_now(operator.lab)
    with Watchman(operator.lab) as watchman:
        for turn in range(SWITCHOVERS):
            operator.watched.reaches("healthy", seconds=60.0)
            before = operator.primary()
            target = "lab-2" if before == "lab-1" else "lab-1"
            line = draw.randrange(1, LINES_OF_A_SWITCHOVER)
            run, at = killed_at(operator, operator.propose(target=target), line)
            view, seconds, question = to_the_end(operator, run)
            longest = max(longest, seconds)
            if question:
                asked.append(f"turn {turn}, line {at}: {question}")
            assert operator.primary() == (target if view.state is RunState.DONE else before), told(view)
            assert not watchman.twice, f"turn {turn}, seed {SEED}, part {part}, line {at}: {watchman.twice[:3]}"
        truth.more()
        lost = truth.lost(operator.lab, operator.primary())
    assert not lost
    seen = f"longest {longest:.1f} s, questions: {asked or 'none'}"
    sys.stdout.write(f"\n{SWITCHOVERS} switchovers, seed {SEED}, part {part}: {seen}" "\n")
    assert len(asked) <= SWITCHOVERS // 2, asked


@pytest.mark.live
@pytest.mark.parametrize("part", range(FAILOVER_PARTS))
def test_a_failover_whose_engine_is_killed_at_drawn_moments_is_proven(operator: Operator, part: int) -> None:
    draw, asked, longest = random.Random(SEED + 100 + part), [], 0.0
    for turn in range(FAILOVERS):
        operator.watched.reaches("healthy", seconds=60.0)
        truth, before = Truth.from_now(operator.lab), operator.primary()
        truth.more()
        with Watchman(operator.lab) as watchman:
            operator.watched.fault("kill", before)
            line = draw.randrange(1, LINES_OF_A_FAILOVER)
            run, at = killed_at(operator, operator.propose(Operation.FAILOVER), line)
            view, seconds, question = to_the_end(operator, run)
            longest = max(longest, seconds)
            if question:
                asked.append(f"turn {turn}, line {at}: {question}")
            assert view.state is RunState.DONE, told(view)
            after = operator.primary()
            assert after == view.plan.target != before
            truth.more()
        assert not watchman.twice, f"turn {turn}, seed {SEED}, part {part}, line {at}: {watchman.twice[:3]}"
        lost = truth.lost(operator.lab, after)
        within(view, len(lost))
        assert not lost, f"turn {turn}, seed {SEED}, part {part}, line {at}"
        operator.mend()
    seen = f"longest {longest:.1f} s, questions: {asked or 'none'}"
    sys.stdout.write(f"\n{FAILOVERS} failovers, seed {SEED}, part {part}: {seen}\n")
    assert len(asked) <= FAILOVERS // 2, asked


@pytest.fixture
def second(operator: Operator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operator]:
    """Another console with a home of its own, and the same lab in its inventory."""
    from console.cli import main
    from console.places import Home

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


@pytest.mark.live
def test_what_a_frozen_and_thawed_engine_still_wants_is_refused(operator: Operator, second: Operator) -> None:
    """Its lock has expired, and another console has changed the cluster meanwhile."""
    truth, before = Truth.from_now(operator.lab), operator.primary()
    target = "lab-2" if before == "lab-1" else "lab-1"
    with Watchman(operator.lab) as watchman:
        run = operator.started(operator.propose(target=target)).id
        wait_for(lambda: lines_of(operator, run) >= 3, "the lock to be taken")
        pid = engine_pid(operator.watched.home)
        assert pid
        os.kill(pid, signal.SIGSTOP)
        try:
            stood_at = lines_of(operator, run)
            other = "lab-3"
            plan = wait_for(lambda: p if not (p := second.propose(target=other)).refused else None,
                            "the lock to expire", seconds=60.0)  # fmt: skip
            ended = second.done(plan)
            assert operator.primary() == other == ended.plan.target
        finally:
            os.kill(pid, signal.SIGCONT)
        view = operator.rests(run)
        assert view.state is RunState.ASKING and view.question is not None, told(view)
        assert view.question.asks in (Asks.LOCK_TAKEN, Asks.WORLD_MOVED, Asks.REFUSED, Asks.UNREACHABLE), told(view)
        # What was sent before the freeze may have run to its end on its node, while the lock was still its own.
        sent_before = {(one.step, dict(one.detail)["node"], dict(one.detail)["verb"])
                       for one in view.log[:stood_at] if one.word == "command"}  # fmt: skip
        late = [dict(one.detail) for one in view.log[stood_at:] if one.word == "outcome"
                and (one.step, dict(one.detail)["node"], dict(one.detail)["verb"]) not in sent_before]  # fmt: skip
        refused = ("other-term", "too-late", "not-begun")  # not begun: what stood before it on its node was refused
        assert all(one["refused"] in refused for one in late if one["verb"] != "take-lock"), late
        truth.more()
        assert operator.primary() == other
    assert not watchman.twice
    assert not truth.lost(operator.lab, other)
