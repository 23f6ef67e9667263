"""Automatic recovery in network namespaces: a host cut off is fenced by quorum, and nothing is done where we are."""

from collections.abc import Iterator

import pytest

from console.domain.automation import AttemptOutcome, AutoAct, AutoGuard, AutomationMode, AutomationPolicy
from console.domain.plan import Operation
from console.domain.run import RunState
from console.link.changes import RunSeen
from console.link.messages import Message
from console.link.watching import AskWhy, SetAutomation, WhySeen
from tests.changing import Truth, told, within, writable
from tests.live import wait_for
from tests.namespaces import Apart, apart, ip

BY_QUORUM = AutomationPolicy(mode=AutomationMode.AUTOMATIC, at_once=True, quorum_fence=True, backups_hours_max=0.0)


@pytest.fixture(scope="module")
def operator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Apart]:
    with apart(tmp_path_factory.mktemp("automatic")) as it:
        it.save(it.policy(quorum_fence=True))
        yield it


def asked(operator: Apart, question: Message) -> WhySeen:
    said = operator.ask(question)
    assert isinstance(said, WhySeen), said
    return said


def seen(operator: Apart) -> WhySeen:
    return asked(operator, AskWhy(cluster="lab"))


def ready(operator: Apart) -> None:
    """Nothing is wrong, and if the primary's server died now it would act."""
    asked(operator, SetAutomation(cluster="lab", policy=BY_QUORUM, reason="a test"))
    wait_for(lambda: (why := seen(operator).why).hypothetical and why.would_act, "every guard", seconds=150.0)


@pytest.mark.live
def test_a_console_that_is_cut_off_from_every_host_begins_nothing(operator: Apart) -> None:
    """And once it sees them again, it begins nothing on what it had not seen."""
    ready(operator)
    leading, bridge = operator.primary(), operator.cables.bridge
    ip("addr", "del", f"{operator.cables.prefix}.10/24", "dev", bridge)
    try:
        operator.watched.reaches("console-isolated", seconds=60.0)
        why = wait_for(lambda: found if not (found := seen(operator).why).hypothetical else None, "the guards see it")
        assert not why.would_act
        assert {AutoGuard.EVIDENCE, AutoGuard.MAJORITY} & {row.guard for row in why.refusing}
    finally:
        ip("addr", "add", f"{operator.cables.prefix}.10/24", "dev", bridge)
    operator.steady()
    assert operator.primary() == leading and not seen(operator).attempts


@pytest.mark.live
def test_a_primary_whose_host_is_cut_off_is_replaced_by_quorum_fence_as_both_policies_say(operator: Apart) -> None:
    ready(operator)
    leading, truth = operator.primary(), Truth.from_now(operator.lab)
    truth.more()
    operator.cables.pull(leading)
    try:
        attempt = wait_for(
            lambda: next((one for one in seen(operator).attempts if one.outcome is not AttemptOutcome.RUNNING), None),
            "the attempt to end", seconds=90.0,
        )  # fmt: skip
        run = operator.seen(attempt.run)
        assert attempt.outcome is AttemptOutcome.DONE, told(run)
        assert (attempt.act, attempt.node) == (AutoAct.FAILOVER, leading)
        assert dict(run.plan.notes)["fence"] == "quorum"
        levels = [row.observed for row in attempt.why.rows if row.guard is AutoGuard.EVIDENCE]
        assert levels == ["witnessed"]
        after = run.plan.target
        # It still runs there, and acknowledges nothing that waits: rules of the quorum fence.
        assert set(writable(operator.lab)) == {leading, after}
        truth.more()
        within(run, len(truth.lost(operator.lab, after)))
    finally:
        operator.cables.plug(leading)
        asked(operator, SetAutomation(cluster="lab", policy=AutomationPolicy(), reason="a test"))
    wait_for(lambda: writable(operator.lab) == [after], "the old primary to be fenced on sight", seconds=60.0)
    assert not truth.lost(operator.lab, after)

    def begun() -> str | None:  # whoever fenced it on sight may just be ending, with its lock
        said = operator.start(operator.propose(Operation.REJOIN, subject=leading, fork="accepted"))
        return said.run.id if isinstance(said, RunSeen) else None

    back = operator.rests(wait_for(begun, "the rejoin to begin", seconds=60.0))
    assert back.state is RunState.DONE, told(back)
