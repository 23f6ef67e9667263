"""What commands that change a cluster print, from values alone: plans, situations, runs, questions, ends."""

from dataclasses import replace
from typing import Any

import pytest

from console.cli.change import exit_of, loss_above
from console.cli.change_lines import plan_lines, situation_lines, situation_sentence
from console.cli.follow import chosen
from console.cli.run_lines import ending_lines, journal_lines, list_lines, outcome_of, question_lines, run_lines
from console.domain.plan import LossBasis, Operation, Outcome
from console.domain.recommendation import Option, Seeing, Situation, Way
from console.domain.run import Asks, Choice, Mode, Question, RunState, StepState
from console.domain.verdict import Level
from tests.governance.a_run import AT, a_loss, a_plan, a_run, refused_checks

CLUSTER = "ledger-us"
MOVED = Question(asks=Asks.WORLD_MOVED, step="repoint:nyc-2", node="nyc-2", observed="follows nobody",
                 threshold="follows chi-1", choices=(Choice.GO_ON, Choice.LEAVE))  # fmt: skip


def test_proven_is_said_only_where_nothing_failed_or_was_left_out() -> None:
    done = a_run()
    assert outcome_of(done) == "proven"
    assert outcome_of(a_run(mode=Mode.REHEARSAL)) == "rehearsed"
    states = [replace(step, state=StepState.SKIPPED) for step in done.steps]
    optional = next(n for n, step in enumerate(done.plan.steps) if not step.required)
    assert outcome_of(a_run(steps=(*done.steps[:optional], states[optional], *done.steps[optional + 1 :]))) == "proven"
    assert outcome_of(a_run(steps=(states[0], *done.steps[1:]))) == "not-proven"
    assert outcome_of(a_run(books=(replace(done.books[0], outcome="failed"),))) == "not-proven"
    assert {exit_of(outcome_of(a_run(state=state))) for state in (RunState.CANCELLED, RunState.LEFT)} == {1}
    assert {exit_of(outcome_of(a_run(state=s))) for s in (RunState.ASKING, RunState.WAITING, RunState.RUNNING)} == {3}
    assert exit_of("not-proven") == 1


@pytest.mark.parametrize(
    ("operation", "loss", "above"),
    [
        (Operation.FAILOVER, a_loss(entries_high=150), False), (Operation.FAILOVER, a_loss(entries_high=151), True),
        (Operation.FAILOVER, a_loss(entries_high=None), True), (Operation.FAILOVER, None, False),
        (Operation.FAILOVER, a_loss(basis=LossBasis.NONE, entries_high=None), False),
        (Operation.FAILOVER, a_loss(basis=LossBasis.UNKNOWN, entries_low=None, entries_high=None), True),
        (Operation.SWITCHOVER, a_loss(entries_high=151), False),
    ],
)  # fmt: skip
def test_what_is_not_known_is_more_than_may_be_lost(operation: Operation, loss: Any, above: bool) -> None:
    assert loss_above(a_plan(operation=operation, loss=loss)) is above
    rescued = a_plan(operation=operation, loss=loss, notes=(("rescue", "nyc-1"),))
    assert not loss_above(rescued), "behind the fence the gate counts what the rescue did not bring back"


def test_every_choice_can_be_typed_and_nothing_else() -> None:
    choices = tuple(Choice)
    assert [chosen(str(number), choices) for number in range(1, len(choices) + 1)] == list(choices)
    assert [chosen(f" {choice.value.upper()} ", choices) for choice in choices] == list(choices)
    assert not [word for word in ("0", "7", "-1", "", "go", "²", "1.0") if chosen(word, choices)]
    assert chosen("cancel", (Choice.GO_ON,)) is None


def test_a_plan_reads_refusals_first_and_shows_who_is_not_eligible_and_why() -> None:
    text = "\n".join(plan_lines(a_plan(checks=refused_checks()), commands=True))
    assert text.index("REFUSE") < text.index("WARN") < text.index("NOT CHECKED") < text.index("PASS")
    places = [text.index(head) for head in ("Checks", "Candidates", "Loss", "Plan\n", "Digest")]
    assert places == sorted(places)
    assert "nyc-2          not eligible" in text
    assert "Promoting chi-1 now loses 87 entries, and up to 35 more that nobody has seen." in text
    assert "| touch standby.signal" in text
    assert "Expected: no write for about 8.0 s, about 1 min 30 s in all." in text
    assert "touch standby.signal" not in "\n".join(plan_lines(a_plan()))
    assert "vouch for nyc-1" in "\n".join(plan_lines(a_plan(notes=(("attest", "primary-is-off"),))))


def test_a_plan_that_promotes_nobody_speaks_of_no_promotion() -> None:
    text = "\n".join(plan_lines(a_plan(operation=Operation.RESTART, loss=a_loss(basis=LossBasis.NONE), steps=())))
    assert "Nothing that was acknowledged is lost." in text
    assert "Promoting" not in text
    assert "in all" not in text


def a_situation(**changed: Any) -> Situation:
    options = (
        Option(way=Way.RESTART, possible=True, node="nyc-1", seconds=4.0, seconds_from="runs"),
        Option(way=Way.FAILOVER, possible=True, node="chi-1", loss=a_loss(), seconds=90.0),
        Option(way=Way.SWITCHOVER, possible=False, reason="primary-lost"),
    )
    situation = Situation(
        cluster=CLUSTER, at=AT, primary="nyc-1", primary_lost=True, level=Level.HARD, options=options,
        seeing=(Seeing(asker="chi-1", answerer="nyc-1", state="silent", seconds=12.0, source="receiver"),),
        candidates=a_plan().candidates, recommended=Way.RESTART, rejoin=("nyc-3",), operation_running="r-41",
    )  # fmt: skip
    return replace(situation, **changed)


def test_a_situation_says_who_sees_whom_and_what_each_way_costs() -> None:
    text = "\n".join(situation_lines(a_situation(), now=AT))
    for told in ("Primary: nyc-1, lost", "chi-1          -> nyc-1", "silent", " *Restart nyc-1: about 4.0 s (runs)",
                 "  Failover chi-1: loses 87 entries, at most 122; about 1 min 30 s", "  Switchover: not possible; ",
                 "Could be rejoined: nyc-3", "runs show r-41"):  # fmt: skip
        assert told in text, f"{told!r} is missing in\n{text}"
    assert situation_sentence(a_situation()) == "Recommended: Restart nyc-1: about 4.0 s (runs)"
    assert situation_sentence(a_situation(recommended=Way.WAIT)).startswith("Recommended: wait")
    assert "none is known" in situation_lines(a_situation(primary=None), now=AT)[0]


def test_a_bare_run_claims_nothing() -> None:
    bare = a_run(books=(), outage=None, loss=None, left_to_do=(), report="", log=(), plan=a_plan(loss=None))
    text = "\n".join(run_lines(bare, journal=True))
    for told in ("Write gap: not measured", "Books: not checked", "none was computed", "Nothing was written down yet"):
        assert told in text, text


@pytest.mark.parametrize("asks", list(Asks))
def test_every_question_is_put_with_every_choice(asks: Asks) -> None:
    asked = replace(MOVED, asks=asks, choices=tuple(Choice))
    lines = question_lines(a_run(state=RunState.ASKING, question=asked), asked)
    assert all(any(f"  {n}  {c.value}" in line for line in lines) for n, c in enumerate(Choice, 1))


def test_hostile_words_of_nodes_do_not_reach_the_terminal() -> None:
    evil = "\x1b]0;x\x07\x1b[2J\u202e"
    plan = a_plan()
    plan = replace(plan, cluster=evil, subject=evil, target=evil, environment=evil,
                   candidates=tuple(replace(one, node=evil, reasons=(evil,), position=evil) for one in plan.candidates),
                   checks=tuple(replace(one, node=evil, observed=evil, threshold=evil, source=evil, mend=evil,
                                        outcome=Outcome.REFUSE) for one in plan.checks),
                   steps=tuple(replace(one, key=f"{one.kind}:{evil}", acts=tuple(
                       replace(act, node=evil, script=evil) for act in one.acts)) for one in plan.steps),
                   notes=((evil, evil), ("attest", evil)))  # fmt: skip
    asked = replace(MOVED, observed=evil, threshold=evil, node=evil, detail=evil)
    steps = tuple(replace(one, key=step.key, observed=evil, output=(evil,), state=StepState.FAILED)
                  for one, step in zip(a_run().steps, plan.steps, strict=True))  # fmt: skip
    bad = replace(
        a_run(plan=plan), steps=steps, question=asked, left_to_do=(f"rejoin:{evil}", evil), report=evil, person=evil,
        id=evil, approved_by=evil, books=tuple(replace(b, check=evil, scope=evil) for b in a_run().books),
        log=tuple(replace(e, step=evil, word=evil, detail=((evil, evil),)) for e in a_run().log),
    )  # fmt: skip
    seen = a_situation(cluster=evil, primary=evil, rejoin=(evil,), operation_running=evil, candidates=plan.candidates,
                       options=(Option(way=Way.RESTART, possible=True, node=evil, reason=evil, seconds_from=evil),),
                       seeing=(Seeing(asker=evil, answerer=evil, state=evil, source=evil),))  # fmt: skip
    lines = [
        *plan_lines(plan, commands=True), *run_lines(bad, journal=True), *question_lines(bad, asked),
        *ending_lines(bad), *journal_lines(bad), *list_lines((bad,), AT), *situation_lines(seen, now=AT),
        situation_sentence(seen),
    ]  # fmt: skip
    dirty = [line for line in lines if "\x1b" in line or "\u202e" in line or "\x07" in line]
    assert not dirty, dirty[:3]
