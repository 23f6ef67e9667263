"""A failover as values, from its plan to its proven end: what reports, scripts and command lines are tested with."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from console.domain.fleet import Amount
from console.domain.plan import (
    Act,
    Candidate,
    Checked,
    Claim,
    Condition,
    Loss,
    LossBasis,
    Operation,
    Outcome,
    Phase,
    Plan,
    Proof,
    Step,
    Verb,
    digest_of,
)
from console.domain.run import (
    BooksLine,
    Entry,
    Mode,
    Outage,
    RunState,
    RunView,
    StepReport,
    StepState,
)

AT = datetime(2026, 3, 17, 2, 57, 0, tzinfo=UTC)
DOLLARS = Amount(currency="USD", scale=2, units=24_731_040)
YEN = Amount(currency="JPY", scale=0, units=1_240_000)


def a_loss(**changed: Any) -> Loss:
    loss = Loss(
        candidate="chi-1", basis=LossBasis.INTERVAL, entries_low=87, entries_high=122, amounts=(DOLLARS, YEN),
        accounts=41, unseen_seconds=1.4, entries_per_second=25.0, reason="primary-silent", outside="local-commits",
    )  # fmt: skip
    return replace(loss, **changed)


def a_plan(**changed: Any) -> Plan:
    """A failover from nyc-1 to chi-1 with a fence, a gate, the point of no return, and a step that may fail."""
    steps = (
        Step(key="lock", phase=Phase.PREPARE, acts=(Act(verb=Verb.TAKE_LOCK, node="nyc-2"),),
             proofs=(Proof(claim=Claim.LOCK_HELD, node=""),), until="unlock"),
        Step(key="fence:nyc-1", phase=Phase.FENCE, acts=(Act(
             verb=Verb.FENCE, node="nyc-1", script="touch standby.signal\n    kill -9 $(head -1 postmaster.pid)\n"),),
             proofs=(Proof(claim=Claim.FENCED, node="nyc-1"),), limit_seconds=60.0, expected_seconds=0.4,
             undo=(Act(verb=Verb.UNFENCE, node="nyc-1", script="rm standby.signal"),),
             undo_proofs=(Proof(claim=Claim.UNFENCED, node="nyc-1"),)),
        Step(key="gate", phase=Phase.GATE, proofs=(Proof(claim=Claim.LOSS_WITHIN, node="chi-1"),)),
        Step(key="promote:chi-1", phase=Phase.PROMOTE, acts=(Act(
             verb=Verb.PROMOTE, node="chi-1", script="pg_ctl promote -D data"),), no_return=True, once=True,
             proofs=(Proof(claim=Claim.PROMOTED, node="chi-1", args=(("timeline", "7"),)),), expected_seconds=3.0),
        Step(key="repoint:nyc-2", phase=Phase.PROMOTE, acts=(Act(
             verb=Verb.FOLLOW, node="nyc-2", args=(("upstream", "chi-1"),),
             script="psql -c \"alter system set primary_conninfo = 'host=chi-1 port=${port}'\""),),
             proofs=(Proof(claim=Claim.FOLLOWS, node="nyc-2", args=(("upstream", "chi-1"),)),)),
        Step(key="hook:dns", phase=Phase.PROMOTE, acts=(Act(verb=Verb.HOOK, node="nyc-3", script="move-dns"),),
             proofs=(Proof(claim=Claim.HOOK_DONE, node="nyc-3"),), required=False),
        Step(key="books", phase=Phase.PROOF, acts=(Act(verb=Verb.PROVE_BOOKS, node="chi-1"),),
             proofs=(Proof(claim=Claim.BOOKS_WHOLE, node="chi-1"),)),
        Step(key="unlock", phase=Phase.TIDY, acts=(Act(verb=Verb.RELEASE_LOCK, node="nyc-2"),),
             proofs=(Proof(claim=Claim.LOCK_FREE, node=""),)),
    )  # fmt: skip
    plan = Plan(
        id="p-17", operation=Operation.FAILOVER, cluster="ledger-us", environment="production", made_at=AT,
        made_by="m.keller", steps=steps, inputs=(("timeline", "7"), ("version", "180006")),
        conditions=(Condition(proof=Proof(claim=Claim.LOCK_HELD, node="")),), checks=some_checks(),
        candidates=(
            Candidate(node="chi-1", eligible=True, reasons=(), timeline=7, position="5A/3F21B4E8", lag_bytes=0,
                      loss=a_loss()),
            Candidate(node="nyc-2", eligible=False, reasons=("behind", "replay-paused"), timeline=7,
                      position="5A/33000000", lag_bytes=202_000_000),
        ),
        subject="nyc-1", target="chi-1", loss=a_loss(), loss_entries_max=150, expected_gap_seconds=8.0,
        expected_seconds=90.0,
    )  # fmt: skip
    plan = replace(plan, **changed)
    return replace(plan, digest=digest_of(plan))


def some_checks() -> tuple[Checked, ...]:
    def check(name: str, outcome: Outcome, observed: Any, threshold: Any, mend: str = "") -> Checked:
        return Checked(check=name, outcome=outcome, node="chi-1", observed=observed, threshold=threshold,
                       source="psql", at=AT, mend=mend)  # fmt: skip

    return (
        check("system-identifier", Outcome.PASS, "7123", "7123"),
        check("disk", Outcome.WARN, 9_000_000_000, 20_000_000_000),
        check("archive", Outcome.NOT_CHECKED, None, None),
    )


def refused_checks() -> tuple[Checked, ...]:
    return (*some_checks(), replace(some_checks()[1], outcome=Outcome.REFUSE))


def an_outage() -> Outage:
    marks = [(n * 0.1, True) for n in range(10)] + [(1.0 + n * 0.1, False) for n in range(40)]
    marks += [(5.0 + n * 0.1, True) for n in range(30)]
    return Outage(gap_seconds=4.1, open=False, attempts=80, acknowledged=40, errors=38, unknown=2, lost_acknowledged=0,
                  marks=tuple(marks))  # fmt: skip


def a_run(**changed: Any) -> RunView:
    """The failover, done and proven, with its journal."""
    plan: Plan = changed.pop("plan", None) or a_plan()
    reports = tuple(
        StepReport(key=step.key, phase=step.phase, state=StepState.DONE, begun_at=AT + timedelta(seconds=number),
                   seconds=0.9, observed=f"seen of {step.key}")
        for number, step in enumerate(plan.steps)
    )  # fmt: skip
    run = RunView(
        id="r-42", plan=plan, mode=Mode.REAL, state=RunState.DONE, person="m.keller", steps=reports,
        facts=(("lsn", "0/1"), ("rescued_entries", "3")), loss=a_loss(entries_high=110), loss_entries_max=150,
        outage=an_outage(), books=some_books(), approved_by="a.okafor", begun_at=AT,
        ended_at=AT + timedelta(seconds=9), no_return_at=AT + timedelta(seconds=3),
        left_to_do=("rejoin:nyc-1", "fresh-backup"), report="/var/reports/r-42/report.html", log=a_journal(),
    )  # fmt: skip
    return replace(run, **changed)


def some_books() -> tuple[BooksLine, ...]:
    return (
        BooksLine(check="entries-balance", outcome="proven", scope="entries 1 to 88,124,392 on chi-1"),
        BooksLine(check="fingerprints-agree", outcome="proven", scope="chi-1 and nyc-2, up to entry 88,124,392"),
        BooksLine(check="balances-equal", outcome="not-checked", scope="chi-1", detail="no kept balances are mapped"),
    )


def a_journal() -> tuple[Entry, ...]:
    lines: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
        ("fence:nyc-1", "begun", ()),
        ("fence:nyc-1", "command", (("node", "nyc-1"), ("verb", "fence"))),
        ("fence:nyc-1", "outcome", (("node", "nyc-1"), ("verb", "fence"), ("status", "0"), ("seconds", "0.412"),
                                    ("refused", ""), ("said", "fenced"))),
        ("fence:nyc-1", "done", (("observed", "no process, nothing answers"),)),
        ("gate", "asked", (("asks", "loss-above"), ("observed", "122"))),
        ("gate", "answered", (("choice", "accept-loss"), ("person", "a.okafor"), ("reason", "the bank is closed"))),
        ("promote:chi-1", "outcome", (("node", "chi-1"), ("verb", "promote"), ("status", "0"), ("seconds", "0.133"),
                                      ("refused", ""), ("said", "server promoted"))),
    )  # fmt: skip
    return tuple(
        Entry(run="r-42", number=number, at=AT + timedelta(seconds=number), step=step, word=word, detail=detail)
        for number, (step, word, detail) in enumerate(lines, 1)
    )
