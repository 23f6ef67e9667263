"""Indicators of the story's cluster, made by the real scoring of real records."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from console.domain.backup import BackupCheck, CheckResult, Mark
from console.domain.drill import Drill, DrillKind, DrillMark, DrillState
from console.domain.incident import Incident
from console.domain.plan import LossBasis, Operation
from console.domain.redundancy import CopyLine, Redundancy
from console.domain.run import BooksLine, RunView
from console.domain.scoring import ScoreInput, scored
from console.link.governing import AskIndicators, IndicatorsSeen
from tests.governance.a_run import a_loss, a_plan, a_run, an_outage
from tests.ui.story import NOW

US = "ledger-us"
BOOKED = 88_124_392


def run(name: str, days: float, *, lost: int = 0, gap: float = 4.1, operation: Operation = Operation.FAILOVER
        ) -> RunView:  # fmt: skip
    begun = NOW - timedelta(days=days)
    plan = a_plan(operation=operation)
    loss = a_loss(basis=LossBasis.EXACT, entries_low=lost, entries_high=lost, reference_number=BOOKED)
    books: tuple[BooksLine, ...] = ()
    if operation is Operation.SWITCHOVER:
        books = (BooksLine(check="seal-found", outcome="proven", scope=f"entries 1..{BOOKED}", detail="chi-1"),)
    return a_run(id=name, plan=plan, loss=None if books else loss, books=books, begun_at=begun,
                 ended_at=begun + timedelta(minutes=4), outage=replace(an_outage(), gap_seconds=gap))  # fmt: skip


def records(**more: Any) -> ScoreInput:
    lines = tuple(CopyLine(node=node, origin="", up_to=BOOKED, blocks=88_125, blocks_differ=int(node == "dal-1"),
                           root="ab") for node in ("nyc-1", "nyc-2", "chi-1", "dal-1"))  # fmt: skip
    at = NOW - timedelta(hours=3)
    begun = NOW - timedelta(days=4)
    given = ScoreInput(
        since=NOW - timedelta(days=30), until=NOW, nodes=4, primary="nyc-1", gap_free=True, rto_seconds_max=900.0,
        uptime_percent_min=99.95,
        runs=(run("4f2a91c0", 4, lost=87, gap=402.0), run("77b1d20e", 11, gap=0.4, operation=Operation.SWITCHOVER),
              run("90c3aa14", 19, gap=31.0)),
        drills=tuple(
            Drill(id=f"d-{n}", cluster=US, kind=DrillKind.RESTORE, state=DrillState.PASSED, by="schedule",
                  begun_at=NOW - timedelta(days=n), ended_at=NOW - timedelta(days=n) + timedelta(minutes=54),
                  marks=(DrillMark(what="proven", seconds=500.0 + 10 * n),))
            for n in (3, 10, 17)
        ),
        marks=(Mark(repository="vault-2", backup="20260316-002004F", check=BackupCheck.RESTORED,
                    result=CheckResult.PASSED, at=NOW - timedelta(days=1), seconds=3_240.0, node="vault-2"),),
        redundancy=Redundancy(cluster=US, at=at, copies=4, proven=3, lines=lines, findings=(), books_at=at,
                              seconds=41.0),
        incidents=(Incident(id="i-20260313", cluster=US, begun_at=begun, word="primary-dead", node="nyc-1",
                            health="lost", ended_at=begun + timedelta(hours=1), runs=("4f2a91c0",),
                            writable_again_at=begun + timedelta(seconds=402)),),
        watched=((NOW - timedelta(days=30), NOW),), writable=True,
    )  # fmt: skip
    return replace(given, **more)


def seen(given: ScoreInput | None = None) -> IndicatorsSeen:
    given = records() if given is None else given
    found = scored(given)
    return IndicatorsSeen(cluster=US, since=given.since, until=given.until, indicators=found.indicators,
                          lines=found.lines, run=given.run)  # fmt: skip


def of_run() -> IndicatorsSeen:
    one = run("4f2a91c0", 4, lost=87, gap=402.0)
    assert one.begun_at is not None
    return seen(records(runs=(one,), run=one.id, since=one.begun_at, until=one.ended_at))


def empty() -> IndicatorsSeen:
    bare = ScoreInput(since=NOW - timedelta(days=30), until=NOW, nodes=4, primary="nyc-1", gap_free=True)
    return seen(bare)


def asked(days: int = 30) -> AskIndicators:
    return AskIndicators(cluster=US, since=NOW - timedelta(days=days), until=NOW)
