"""Indicators from a real store: what is asked is answered from its records, and a record that is gone is said."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from console.domain.cluster import ClusterSpec, Environment, Inventory, NodeKind, NodeSpec, Promises, SshTarget
from console.domain.fleet import ClusterView, Event, EventKind
from console.domain.incident import Incident
from console.domain.indicators import Indicator, IndicatorName
from console.domain.plan import LossBasis
from console.domain.reading import Moment
from console.domain.run import Mode, RunState, RunView
from console.domain.verdict import Cause, Finding, Health
from console.engine.scoreboard import Scoreboard
from console.engine.vigil_ground import VigilGround
from console.link.governing import AskIndicators, IndicatorsSeen
from console.link.messages import Message, Refused, decode, encode
from console.store.history import History
from console.store.journal import Journal
from console.store.records import Records
from tests.alarmed import NOON, finding, picture, stage
from tests.governance.a_run import a_loss, a_plan, a_run


class Board:
    """A scoreboard on a store, whose questions and answers go over the wire's form."""

    def __init__(self, ground: VigilGround) -> None:
        self.ground = ground
        self.part = Scoreboard(ground)
        self.journal = Journal(ground.store)
        self.incidents = Records(ground.store, "incident", Incident)

    def ask(self, **question: Any) -> Message:
        asked = decode(encode(AskIndicators(cluster="us", **question)))[1]
        answer = self.part.answer(asked, "m.keller")
        assert answer is not None
        return decode(encode(answer))[1]

    def seen(self, **question: Any) -> dict[IndicatorName, Indicator]:
        answer = self.ask(**question)
        assert isinstance(answer, IndicatorsSeen)
        return {one.name: one for one in answer.indicators}

    def keep(self, run: RunView) -> None:
        begun = run.begun_at
        assert begun is not None
        self.journal.begin(run, at=begun)
        self.journal.keep(run)


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Board]:
    nodes = tuple(NodeSpec(name=name, kind=NodeKind.POSTGRES, ssh=SshTarget(host=name)) for name in ("nyc-1", "nyc-2"))
    spec = ClusterSpec(name="us", environment=Environment.PRODUCTION, nodes=nodes,
                       promises=Promises(rto_seconds_max=60.0, uptime_percent_min=99.9))  # fmt: skip
    with stage(tmp_path / "home") as made:
        ground = replace(
            made.ground, history=History(made.store), inventory=lambda: Inventory(clusters=(spec,)),
            picture=lambda _: picture(made.now),
        )  # fmt: skip
        yield Board(ground)


def failover(name: str = "r-1", **more: Any) -> RunView:
    loss = a_loss(basis=LossBasis.EXACT, entries_low=87, entries_high=87, reference_number=40_000)
    begun = NOON - timedelta(hours=2)
    return a_run(id=name, plan=a_plan(cluster="us"), loss=loss, begun_at=begun,
                 **{"ended_at": begun + timedelta(seconds=9), **more})  # fmt: skip


def test_without_any_record_nothing_is_measured_but_the_inventory(board: Board) -> None:
    found = board.seen()
    assert {name for name, one in found.items() if one.value is not None} == {
        IndicatorName.SHARE_OF_ONE_NODE, IndicatorName.RTO_PROMISED
    }  # fmt: skip
    assert all(one.reason for one in found.values() if one.value is None)
    assert found[IndicatorName.SHARE_OF_ONE_NODE].value == 50.0


def test_figures_are_those_of_the_records_in_the_store(board: Board) -> None:
    board.keep(failover())
    board.incidents.keep(
        "i-1",
        Incident(id="i-1", cluster="us", begun_at=NOON - timedelta(minutes=10), word="primary-dead", node="nyc-1",
                 health="lost", ended_at=NOON, writable_again_at=NOON - timedelta(minutes=9), runs=("r-1", "r-gone")),
        cluster="us", at=NOON,
    )  # fmt: skip
    for second in range(1_000, -1, -1):
        board.ground.history.watched(NOON.timestamp() - second)
    board.ground.history.add_event(
        Event(at=NOON - timedelta(minutes=9, seconds=30), kind=EventKind.VERDICT, cluster="us", node="nyc-1",
              health="lost", text="primary-dead")
    )  # fmt: skip
    found = board.seen()
    assert found[IndicatorName.RECOVERY_RATE].value == pytest.approx(99.7825)  # 1 - 87/40,000
    assert found[IndicatorName.RECOVERY_RATE].left_out == 1, "r-gone"
    assert found[IndicatorName.RTO_P95].value == pytest.approx(4.1)
    assert found[IndicatorName.UPTIME_SHARE].value == pytest.approx(97.0)  # 30 s of 1,000
    used = found[IndicatorName.ALLOWANCE_USED]
    assert (used.value, used.of) == (pytest.approx(0.5), pytest.approx(525.96))
    board.ground.history.flush()
    assert board.seen() == found, "stored or not, it is the same"
    later = board.seen(since=NOON - timedelta(hours=1), until=NOON)
    assert later[IndicatorName.RECOVERY_RATE].reason == "record-gone"


def test_when_a_ledger_is_not_written_to_is_kept_and_taken_up_by_the_next_engine(board: Board) -> None:
    lost = finding(Cause.POSTMASTER_KILLED, Health.LOST, "nyc-1")
    unseen = finding(Cause.CUT_OFF, Health.UNKNOWN, "nyc-1")

    def at(seconds: float, *found: Finding) -> ClusterView:
        now = Moment(NOON + timedelta(seconds=seconds), seconds)
        return picture(now, *found, primary=None if found else "nyc-1")

    board.part.start()
    for second, found in ((-90, (lost,)), (-80, ()), (-70, (unseen,)), (-60, (lost,)), (-59, (lost,)), (-40, ()),
                          (-20, (lost,))):  # fmt: skip
        board.part.seen(at(second, *found))
    board.part.stop()
    for second in range(100, -1, -1):
        board.ground.history.watched(NOON.timestamp() - second)
    found = board.seen()
    assert found[IndicatorName.UPTIME_SHARE].value == pytest.approx(60.0)  # 20 s, and 20 s that go on, of 100
    assert found[IndicatorName.MTTR].count == 2
    after = Board(board.ground)
    after.part.start()
    after.part.seen(at(-5))
    after.part.stop()
    assert after.seen()[IndicatorName.MTTR].value == pytest.approx(17.5)


def test_a_run_by_the_beginning_of_its_id(board: Board) -> None:
    board.keep(failover("abcdef"))
    answer = board.ask(run="abc")
    assert isinstance(answer, IndicatorsSeen)
    assert answer.run == "abcdef"
    assert [line.id for line in answer.lines] == ["abcdef"]


def test_what_makes_no_sense_is_refused(board: Board) -> None:
    board.keep(failover("done"))
    board.keep(failover("practice", mode=Mode.REHEARSAL))
    board.keep(failover("broken-off", state=RunState.CANCELLED))
    board.keep(replace(failover("other"), plan=a_plan(cluster="eu")))
    asked = {
        "no-run": {"run": "never"}, "run-proves-nothing": {"run": "practice"}, "no-time": {"since": NOON, "until": NOON}
    }  # fmt: skip
    for reason, question in asked.items():
        answer = board.ask(**question)
        assert isinstance(answer, Refused)
        assert answer.reason == reason
    for run, reason in (("broken-off", "run-proves-nothing"), ("other", "no-run")):
        answer = board.ask(run=run)
        assert isinstance(answer, Refused)
        assert answer.reason == reason
    far = board.ask(since=NOON - timedelta(days=5_000), until=NOON)
    assert isinstance(far, Refused)
    unknown = board.part.answer(AskIndicators(cluster="nowhere"), "m.keller")
    assert unknown == Refused(reason="no-cluster", subject="nowhere")
