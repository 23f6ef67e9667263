"""A plan is begun by itself only where its own checks, asked now, say what the guards say."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from console.domain.automation import AutoAct, Why
from console.domain.guards import judge
from console.domain.plan import Checked, Loss, LossBasis, Operation, Outcome, Pairs, Phase, Plan, Step
from console.engine.auto_runs import asked_for, disagreement, guards_told
from tests.domain.test_guards import dead, seen

NOW = datetime(2026, 3, 17, 2, 36, tzinfo=UTC)


def check(name: str, outcome: Outcome = Outcome.PASS) -> Checked:
    return Checked(check=name, outcome=outcome, node="lab-1", observed="seen", threshold=None, source="s", at=NOW)


CHECKS = (check("majority"), check("lock-free"), check("primary-dead"), check("level"), check("candidate"),
          check("overlap"))  # fmt: skip
NONE = Loss(candidate="lab-2", basis=LossBasis.NONE, entries_low=0, entries_high=0)


def plan(*changed: Checked, loss: Loss | None = NONE, notes: Pairs = (("fence", "ssh"), ("rescue", "lab-1")),
         target: str = "lab-2", subject: str = "lab-1", steps: bool = True) -> Plan:  # fmt: skip
    names = {one.check: one for one in (*CHECKS, *changed)}
    return Plan(
        id="p", operation=Operation.FAILOVER, cluster="lab", environment="lab", made_at=NOW, made_by="automation",
        steps=(Step(key="lock", phase=Phase.PREPARE),) if steps else (), inputs=(), checks=tuple(names.values()),
        subject=subject, target=target, loss=loss, notes=notes,
    )  # fmt: skip


def why() -> Why:
    found = judge(dead())
    assert found.would_act
    return found


def test_what_the_guards_rest_on_is_what_the_plan_says() -> None:
    assert disagreement(plan(), why(), 0) is None
    assert asked_for(why(), 0).options == (("fence", "ssh"),)


INTERVAL = replace(NONE, basis=LossBasis.INTERVAL, entries_high=12, reason="overlap-missing")


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (plan(check("majority", Outcome.REFUSE)), "plan-refused"),
        (plan(steps=False), "plan-refused"),
        (plan(check("level", Outcome.WARN)), "plan-differs"),
        (plan(check("level", Outcome.NOT_CHECKED)), "plan-differs"),
        (plan(target="lab-3"), "plan-differs"),
        (plan(subject="lab-2", target="lab-2"), "plan-differs"),
        (plan(notes=(("fence", "attest"), ("attest", "lab-1-is-off"))), "plan-differs"),
        (plan(notes=(("fence", "quorum"),)), "plan-differs"),
        (plan(check("candidate", Outcome.WARN)), "candidate-behind"),
        (plan(loss=INTERVAL), "plan-differs"),
        (plan(loss=None), "plan-differs"),
    ],
)
def test_a_plan_that_says_otherwise_is_not_begun(made: Plan, reason: str) -> None:
    refusal = disagreement(made, why(), 100)
    assert refusal is not None and refusal.reason == reason and not refusal.other


def test_a_lock_that_another_holds_is_no_fault_of_ours() -> None:
    refusal = disagreement(plan(check("lock-free", Outcome.REFUSE)), why(), 0)
    assert refusal is not None and refusal.other


def test_an_asynchronous_cluster_is_begun_only_within_its_maximum_unless_the_dead_ones_wal_is_read() -> None:
    found = judge(dead(last_seen=seen(synchronous_names="")))
    assert disagreement(plan(loss=INTERVAL), found, 0) is None  # behind the fence the gate counts, and asks
    unread = plan(loss=INTERVAL, notes=(("fence", "ssh"),))
    refusal = disagreement(unread, found, 11)
    assert refusal is not None and refusal.reason == "loss-above"
    assert disagreement(unread, found, 12) is None


def test_a_standby_beyond_the_fork_is_never_touched_and_built_anew_only_by_leave() -> None:
    rejoin = replace(plan(), operation=Operation.REJOIN, subject="lab-1", notes=(("way", "rebuild"),))
    asked = replace(why(), act=AutoAct.REBUILD_STANDBY, node="lab-1")
    assert disagreement(rejoin, asked, 0, rebuilds=True) is None
    assert (refusal := disagreement(rejoin, asked, 0)) is not None and refusal.reason == "standby-not-allowed"
    parted = replace(rejoin, notes=(("way", "rebuild"), ("beyond-fork", "12 commits")))
    assert (refusal := disagreement(parted, asked, 0, rebuilds=True)) is not None and refusal.reason == "beyond-fork"
    assert asked_for(asked, 0, rebuild=True).options == (("way", "rebuild"),)


def test_the_audit_log_is_told_every_guard() -> None:
    told = dict(guards_told(why()))
    assert told["guard evidence"].startswith("holds: hard") and len(told) == len(why().rows)
