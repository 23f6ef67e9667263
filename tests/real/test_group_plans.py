"""Plans over Patroni on a live lab: switchover there and back, failover in pause, restart, a new copy, and refusals."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from console.domain.cluster import Manager
from console.domain.plan import LossBasis, Operation, Outcome, Plan, Verb
from console.domain.run import Mode, RunState, RunView
from console.lab.desk import lab_mend
from console.lab.place import LabPlace
from console.link.changes import StartRun
from console.link.messages import Refused
from tests.changing import Operator, Truth, Watchman, refusals, row_of, told, within, word_of, writable
from tests.live import sql, wait_for
from tests.watched import HEALTHY_SECONDS_MAX, watched_lab

GAP_SECONDS_MAX = 20.0
NODES = ("lab-1", "lab-2", "lab-3")


@pytest.fixture(scope="module")
def operator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operator]:
    with watched_lab(tmp_path_factory.mktemp("group") / "home", manager=Manager.PATRONI) as watched:
        yield Operator(watched)


@pytest.fixture(autouse=True)
def _whole(operator: Operator) -> Iterator[None]:
    """Before each: no run is open, nothing is broken, and Patroni acts by itself."""
    operator.leave_all()
    lab_mend(operator.watched.home)
    if patroni(operator)["view"]["paused"]:
        operator.watched.run("patroni", "lab", "resume")
    operator.watched.reaches("healthy", seconds=HEALTHY_SECONDS_MAX)
    yield


def patroni(operator: Operator) -> Any:
    return operator.watched.asked("patroni", "lab", "status")


def by_sync(operator: Operator) -> tuple[str, str]:
    """Who may take over, and who only with an approved loss; waits until one stands in /sync."""

    def look() -> tuple[str, str] | None:
        view = patroni(operator)["view"]
        fit = [one["node"] for one in view["standings"] if not one["reasons"]]
        outside = [one["node"] for one in view["standings"] if one["reasons"] == ["not-in-sync"]]
        return (fit[0], outside[0]) if fit and outside else None

    return wait_for(look, "one standby in /sync and one outside", seconds=HEALTHY_SECONDS_MAX)


def answer_is_lost(operator: Operator, node: str, path: str, said: str) -> None:
    """End the program that waits on the host for Patroni's answer, once its Patroni has written that it was asked."""
    log = LabPlace(Path(operator.lab.directory)).patroni_log(node)
    wait_for(lambda: said in log.read_text("utf-8", errors="replace"), f"{said} in the log of {node}")

    def waiting() -> int | None:
        for entry in Path("/proc").iterdir():
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0") if entry.name.isdigit() else []
            except OSError:
                continue
            if words and words[0].endswith(b"curl") and any(word.endswith(path.encode()) for word in words):
                return int(entry.name)
        return None

    os.kill(wait_for(waiting, f"a request for {path}"), signal.SIGKILL)


def only_asks_patroni(plan: Plan) -> None:
    """No act of the plan changes a server beside Patroni."""
    harmless = {Verb.TAKE_LOCK, Verb.RELEASE_LOCK, Verb.CHECKPOINT, Verb.PATRONI, Verb.MARK_COMMIT, Verb.ARCHIVE_FILL}
    assert {act.verb for step in plan.steps for act in step.acts} <= harmless
    asked = [step for step in plan.steps for act in step.acts if act.verb is Verb.PATRONI]
    assert [step.key for step in plan.steps if step.no_return] == [step.key for step in asked]
    assert len(asked) == 1


def proven(run: RunView) -> None:
    assert run.books and {line.outcome for line in run.books} == {"proven"}, run.books


def test_there_and_back_under_load_nothing_acknowledged_is_lost(operator: Operator) -> None:
    truth = Truth.from_now(operator.lab)
    with Watchman(operator.lab) as watchman:
        for _ in range(2):
            before = operator.primary()
            target, _outside = by_sync(operator)
            plan = operator.propose()
            assert not plan.refused, refusals(plan)
            assert plan.target == target
            assert plan.loss is not None and plan.loss.basis is LossBasis.NONE
            assert row_of(plan, "danger").observed == "no-watchdog"
            only_asks_patroni(plan)
            run = operator.done(plan)
            assert operator.primary() == target != before
            proven(run)
            assert run.outage is not None and run.outage.gap_seconds is not None
            assert run.outage.lost_acknowledged == 0
            assert run.outage.gap_seconds < GAP_SECONDS_MAX
            truth.more()
    assert watchman.rounds > 10 and not watchman.twice
    assert not truth.lost(operator.lab, operator.primary())


def test_the_command_line_rehearses_and_refuses_what_patroni_does_itself(operator: Operator) -> None:
    before, outside = operator.primary(), by_sync(operator)[1]
    rehearsed = operator.watched.asked("switchover", "lab", "--rehearse")
    assert rehearsed["outcome"] == "rehearsed"
    asked = {step["key"]: step["observed"] for step in rehearsed["run"]["steps"]}
    assert f"now: key held by {before}" in asked["promote"], asked
    refused = operator.watched.run("switchover", "lab", "--to", outside, "--yes")
    assert refused.returncode == 1
    assert "members of /sync only" in refused.stdout
    for words, say in (
        (("protect", "lab", "--sync", "ANY 1"), "patronictl edit-config"),
        (("node", "remove", "lab", "lab-3"), "Members come and go with their own Patroni"),
        (("node", "add", "lab", "lab-3"), "Members come and go with their own Patroni"),
    ):
        said = operator.watched.run(*words, "--yes")
        assert (said.returncode, say in said.stdout) == (1, True), said
    situation = operator.watched.asked("situation", "lab")["situation"]
    assert situation["recommended"] == "wait" and not situation["primary_lost"]
    assert operator.primary() == before


def test_a_member_outside_sync_needs_its_loss_approved(operator: Operator) -> None:
    before, (_, outside) = operator.primary(), by_sync(operator)
    plan = operator.propose(Operation.FAILOVER, target=outside)
    assert not plan.refused, refusals(plan)
    assert row_of(plan, "in-sync").outcome is Outcome.WARN
    assert plan.loss is not None and plan.loss.basis is LossBasis.INTERVAL and plan.loss.entries_high, plan.loss
    said = operator.ask(
        StartRun(plan=plan.id, digest=plan.digest, mode=Mode.REAL, confirmed="lab", loss_entries_max=0)
    )
    assert isinstance(said, Refused) and said.reason == "loss-above"
    fenced = operator.propose(Operation.FAILOVER, target=outside, fence="ssh")
    assert refusals(fenced) == {"by-patroni": "fence by ssh"}
    alive = operator.propose(Operation.FAILOVER)
    assert "primary-dead" in refusals(alive)  # to a member that confirms it is a switchover
    assert operator.primary() == before


def test_a_failover_in_pause_is_followed_until_it_is_proven(operator: Operator) -> None:
    """kill -9 of the holder: its key has to run out before Patroni promotes; until then its answer is no outcome."""
    truth, old = Truth.from_now(operator.lab), operator.primary()
    target, _outside = by_sync(operator)
    operator.watched.asked("patroni", "lab", "pause")
    operator.watched.fault("kill", old)
    situation = operator.watched.asked("situation", "lab")["situation"]
    ways = {one["way"]: one for one in situation["options"]}
    assert (situation["primary"], situation["primary_lost"], situation["recommended"]) == (old, True, "failover")
    assert ways["failover"]["reason"] == "group-paused" and ways["restart"]["reason"] == "patroni-silent"
    plan = operator.propose(Operation.FAILOVER)
    assert not plan.refused, refusals(plan)
    assert plan.target == target
    assert {"no-gate", "no-fence"} <= {word for word, _ in plan.notes}
    only_asks_patroni(plan)
    begun = operator.started(plan)
    answer_is_lost(operator, target, "/failover", "received failover request")
    run = operator.rests(begun.id)
    assert run.state is RunState.DONE, told(run)
    assert dict(word_of(run, "promote", "fact"))["patroni_reply"] == "unknown"
    assert operator.primary() == target
    proven(run)
    truth.more()
    lost = truth.lost(operator.lab, target)
    within(run, len(lost))
    assert not lost
    again = operator.watched.asked("patroni", "lab", "resume")
    assert again["ended"]["outcome"] == "proven"
    lab_mend(operator.watched.home)  # its Patroni starts again: nobody but Patroni brings it back
    operator.watched.reaches("healthy", seconds=HEALTHY_SECONDS_MAX)
    assert writable(operator.lab) == [target]


def test_a_restart_and_a_new_copy_are_plans_too(operator: Operator) -> None:
    holder, (_, outside) = operator.primary(), by_sync(operator)
    began = sql(operator.lab, outside, "select pg_postmaster_start_time()")
    run = operator.done(operator.propose(Operation.RESTART, subject=outside))
    assert run.state is RunState.DONE
    later = sql(operator.lab, outside, "select pg_postmaster_start_time()")
    assert later != began
    plan = operator.propose(Operation.REJOIN, subject=outside)
    assert refusals(plan)["candidate"] == "streams"
    plan = operator.propose(Operation.REJOIN, subject=holder, way="rebuild")
    assert refusals(plan)["objection"] == "holds-key" and not plan.steps
    plan = operator.propose(Operation.REJOIN, subject=outside, way="rebuild")
    assert not plan.refused, refusals(plan)
    assert ("data-first", outside) in plan.notes
    only_asks_patroni(plan)
    run = operator.done(plan)
    proven(run)
    assert sql(operator.lab, outside, "select pg_postmaster_start_time()") != later
    assert operator.primary() == holder
    run = operator.done(operator.propose(Operation.RESTART, subject=holder))
    assert operator.primary() == holder, told(run)


def test_without_a_majority_of_the_store_nothing_is_asked(operator: Operator) -> None:
    for node in ("lab-1", "lab-2"):
        operator.watched.fault("kill-etcd", node)
    wait_for(lambda: not writable(operator.lab), "the holder to give up", seconds=60.0)
    plan = operator.propose(Operation.FAILOVER)
    assert refusals(plan)["consensus"] == "no majority"
    assert not plan.steps and {one.reasons for one in plan.candidates} == {("no-majority",)}
    situation = operator.watched.asked("situation", "lab")["situation"]
    assert {one["reason"] for one in situation["options"] if one["way"] in ("wait", "failover")} == {"no-majority"}
    assert situation["recommended"] == "wait"
