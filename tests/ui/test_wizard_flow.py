"""The wizard's flow without a window: which steps there are, what an answer takes back, what the engine is asked."""

from dataclasses import replace

import pytest

from console.domain.plan import LossBasis, Operation, Outcome, Phase
from console.domain.recommendation import Way
from console.domain.run import Choice, Mode, RunState
from console.link.changes import AnswerRun, AskRun, AskSituation, Propose, Proposed, RunSeen, StartRun
from console.link.messages import Message, Refused
from console.ui import wizard_flow as flow
from console.ui.wizard_course import Course
from console.ui.wizard_flow import Draft, Part
from tests.ui import run_stories as runs
from tests.ui import wizard_stories as stories


def course() -> tuple[Course, list[Message]]:
    sent: list[Message] = []
    made = Course(sent.append)
    made.begin("ledger-us")
    return made, sent


def answered(made: Course, sent: list[Message], answer: Message) -> None:
    assert made.take(sent[-1], answer)


def at_approval() -> tuple[Course, list[Message]]:
    made, sent = course()
    answered(made, sent, stories.situation())
    for part in (Part.WAY, Part.TARGET, Part.PREFLIGHT):
        made.go_to(part)
    answered(made, sent, Proposed(plan=stories.plan()))
    for part in (Part.LOSS, Part.PLAN, Part.APPROVAL):
        made.go_to(part)
    return made, sent


def test_a_failover_has_twelve_steps_and_nothing_changes_before_the_eighth() -> None:
    draft = replace(Draft(cluster="ledger-us"), way=Way.FAILOVER)
    assert len(flow.parts(draft)) == 12
    assert flow.first_change(draft) == 8
    assert [flow.number_of(draft, part) for part in (Part.SITUATION, Part.APPROVAL, Part.FENCE)] == [1, 7, 8]


@pytest.mark.parametrize(
    ("way", "without"),
    [
        (Way.SWITCHOVER, {Part.LOSS, Part.GATE}),
        (Way.RESTART, {Part.LOSS, Part.TARGET, Part.GATE}),
        (Way.REJOIN, {Part.LOSS, Part.FENCE, Part.GATE}),
    ],
)
def test_steps_that_an_operation_does_not_need_are_left_out(way: Way, without: set[Part]) -> None:
    draft = replace(Draft(cluster="ledger-us"), way=way)
    assert set(Part) - set(flow.parts(draft)) == without
    assert flow.number_of(draft, Part.REPORT) == len(flow.parts(draft))


@pytest.mark.parametrize("way", [Way.WAIT, Way.RESTORE, None])
def test_what_makes_no_plan_changes_no_node(way: Way | None) -> None:
    draft = replace(Draft(cluster="ledger-us"), way=way)
    assert flow.parts(draft) == (Part.SITUATION, Part.WAY)
    assert flow.first_change(draft) == 0


def test_a_rejoin_that_loses_entries_shows_its_loss() -> None:
    plan = replace(stories.plan(), operation=Operation.REJOIN)
    draft = replace(Draft(cluster="ledger-us"), way=Way.REJOIN, plan=plan)
    assert Part.LOSS in flow.parts(draft)
    assert plan.loss is not None
    nothing = replace(plan, loss=replace(plan.loss, basis=LossBasis.NONE))
    assert Part.LOSS not in flow.parts(replace(draft, plan=nothing))


def test_the_phases_of_a_plan_decide_which_steps_run() -> None:
    plan = stories.plan()
    short = replace(plan, steps=tuple(step for step in plan.steps if step.phase is not Phase.GATE))
    draft = replace(Draft(cluster="ledger-us"), way=Way.FAILOVER, plan=short)
    assert Part.GATE not in flow.parts(draft)
    assert flow.part_of_phase(draft, Phase.PREPARE) is Part.FENCE


def test_the_recommended_way_and_its_node_are_chosen_beforehand() -> None:
    made, sent = course()
    assert sent == [AskSituation(cluster="ledger-us")]
    answered(made, sent, stories.situation())
    assert (made.draft.way, made.draft.node) == (Way.FAILOVER, "chi-1")
    assert made.draft.loss_entries_max == 122  # what the preview says at most, to be approved or changed


def test_a_way_that_is_not_possible_is_not_chosen_for_anybody() -> None:
    sent: list[Message] = []
    made = Course(sent.append)
    made.begin("ledger-us", way=Way.SWITCHOVER, node="chi-1")
    answered(made, sent, stories.situation())
    assert made.draft.way is Way.FAILOVER


def test_the_plan_is_asked_for_with_what_was_answered() -> None:
    made, sent = course()
    answered(made, sent, stories.situation())
    made.go_to(Part.WAY)
    made.go_to(Part.TARGET)
    made.go_to(Part.PREFLIGHT)
    assert sent[-1] == Propose(
        cluster="ledger-us", operation=Operation.FAILOVER, target="chi-1", loss_entries_max=122
    )


def test_rejoin_and_restart_name_their_subject() -> None:
    draft = replace(Draft(cluster="ledger-us"), way=Way.REJOIN, node="nyc-1")
    asked = flow.proposal(draft)
    assert (asked.subject, asked.target) == ("nyc-1", "")
    with pytest.raises(ValueError, match="nothing to plan"):
        flow.proposal(replace(draft, way=Way.WAIT))


def test_a_changed_answer_takes_plan_and_approval_back() -> None:
    made, _ = at_approval()
    made.open(Part.TARGET)
    made.answer(lambda draft: flow.chosen_node(draft, "dal-1"))
    assert made.draft.plan is not None  # dal-1 is refused: that is no choice
    both = tuple(replace(one, eligible=True, reasons=()) for one in stories.candidates())
    made.draft = replace(made.draft, situation=replace(stories.situation(), candidates=both))
    made.answer(lambda draft: flow.chosen_node(draft, "dal-1"))
    assert made.draft.plan is None
    assert made.draft.taken_back
    assert made.draft.furthest is Part.TARGET
    assert not flow.is_done(made.draft, Part.PREFLIGHT)


def test_looking_at_a_finished_step_takes_nothing_back() -> None:
    made, _ = at_approval()
    made.open(Part.WAY)
    made.answer(lambda draft: flow.chosen_way(draft, Way.FAILOVER))
    assert made.draft.plan is not None
    assert not made.draft.taken_back
    assert flow.may_open(made.draft, Part.APPROVAL)


def test_another_fence_makes_the_plan_anew_and_it_is_read_from_its_checks_on() -> None:
    made, sent = at_approval()
    made.plan_anew(lambda draft: flow.chosen_option(draft, "fence", "attest"))
    assert isinstance(sent[-1], Propose)
    assert sent[-1].options == (("fence", "attest"),)
    assert (made.draft.at, made.draft.furthest) == (Part.PREFLIGHT, Part.PREFLIGHT)


def test_an_answer_that_nobody_waits_for_changes_nothing() -> None:
    made, _ = at_approval()
    before = made.draft
    assert not made.take(AskSituation(cluster="ledger-eu"), stories.situation())
    assert made.draft is before


def test_nothing_may_be_answered_while_the_engine_is_asked() -> None:
    made, sent = course()
    made.answer(lambda draft: replace(draft, node="x"))
    assert made.draft.node == ""
    assert made.blocked() == "Waiting for the answer"
    answered(made, sent, stories.situation())
    assert made.blocked() == ""


def test_refusing_checks_bar_the_way() -> None:
    made, sent = course()
    answered(made, sent, stories.situation())
    for part in (Part.WAY, Part.TARGET, Part.PREFLIGHT):
        made.go_to(part)
    answered(made, sent, Proposed(plan=stories.plan(refused=True)))
    assert made.blocked() == "2 checks refuse"
    assert flow.refusals(stories.plan(refused=True)) == sum(
        check.outcome is Outcome.REFUSE for check in stories.plan(refused=True).checks
    )


def test_changed_inputs_are_looked_for_before_anybody_takes_the_new_plan() -> None:
    made, sent = at_approval()
    made.start(confirmed="ledger-us", attested="")
    answered(made, sent, Refused(reason="inputs-changed", subject="ledger-us"))
    assert made.stale
    assert isinstance(sent[-1], Propose)
    fresh = stories.plan(inputs=(("timeline", "8"),), id="p-2")
    answered(made, sent, Proposed(plan=fresh))
    assert [(one.name, one.planned, one.now) for one in made.draft.changed] == [("timeline", "7", "8")]
    assert made.draft.plan is not None
    assert made.draft.plan.id != "p-2"  # the old one stands until a person takes the new one
    assert made.stale  # the next act takes the new one, and nothing else
    made.take_fresh()
    assert made.draft.plan.id == "p-2"
    assert (made.draft.at, made.draft.taken_back, made.stale) == (Part.PREFLIGHT, True, False)


def test_a_fresh_plan_that_refuses_leads_back_to_its_checks() -> None:
    made, sent = at_approval()
    made.ask_again()
    answered(made, sent, Proposed(plan=stories.plan(refused=True, id="p-3")))
    assert made.draft.at is Part.PREFLIGHT


def test_the_start_carries_name_maximum_and_what_was_vouched_for() -> None:
    made, sent = at_approval()
    made.choose_maximum(150)
    made.start(confirmed="ledger-us", attested="nyc-1-is-off")
    asked = sent[-1]
    assert isinstance(asked, StartRun)
    assert (asked.confirmed, asked.loss_entries_max, asked.attested) == ("ledger-us", 150, "nyc-1-is-off")
    assert (asked.mode, asked.digest) == (Mode.REAL, stories.plan().digest)


def test_the_rail_follows_the_running_step() -> None:
    made, _ = course()
    for done, part in ((0, Part.FENCE), (4, Part.GATE), (7, Part.PROMOTE), (10, Part.PROOF)):
        made.open_run(runs.running(done))
        assert made.draft.at is part
    assert not flow.may_open(made.draft, Part.TARGET)  # what is under way is not answered anew
    made.open_run(runs.ended())
    assert made.draft.at is Part.REPORT
    assert not made.runs


def test_a_rehearsal_that_asks_is_left_at_once_and_keeps_its_reason() -> None:
    made, sent = at_approval()
    made.open(Part.PLAN)
    made.rehearse()
    begun = replace(stories.rehearsed(), state=RunState.RUNNING)
    answered(made, sent, RunSeen(run=begun))
    asks = replace(begun, state=RunState.ASKING, question=runs.asking_lock().question)
    assert asks.question is not None
    asks = replace(asks, question=replace(asks.question, choices=(Choice.GO_ON, Choice.LEAVE)))
    assert made.show_run(asks)
    assert sent[-1] == AnswerRun(run=begun.id, choice=Choice.LEAVE)
    count = len(sent)
    assert made.show_run(replace(asks, state=RunState.LEFT, question=None))
    assert len(sent) == count
    assert made.draft.rehearsal is not None
    assert made.draft.rehearsal.question == asks.question


def test_nothing_is_reported_before_the_run_has_ended() -> None:
    made, _ = course()
    made.open_run(replace(runs.running(12), state=RunState.RUNNING))
    assert made.draft.at is Part.PROOF
    assert made.runs


def test_a_run_that_ended_does_not_run_again_by_a_late_word() -> None:
    made, _ = course()
    made.open_run(runs.ended())
    assert not made.show_run(runs.running())
    assert made.draft.run is not None
    assert made.draft.run.state is RunState.DONE


def test_a_started_run_is_asked_once_more_as_its_end_may_have_crossed_the_answer() -> None:
    made, sent = at_approval()
    made.start(confirmed="ledger-us", attested="")
    answered(made, sent, RunSeen(run=runs.running(0)))
    assert sent[-1] == AskRun(run="r-0257")


def test_a_change_that_has_not_ended_comes_first() -> None:
    made, sent = course()
    answered(made, sent, replace(stories.situation(), operation_running="r-0257"))
    made.show_running()
    assert sent[-1] == AskRun(run="r-0257")
    answered(made, sent, RunSeen(run=runs.running()))
    assert (made.draft.at, made.draft.node) == (Part.PROMOTE, "chi-1")


def test_a_returning_engine_is_asked_for_the_run() -> None:
    made, sent = course()
    made.open_run(runs.running())
    made.set_live(False)
    assert made.blocked() == "The engine is away"
    made.set_live(True)
    assert sent[-1] == AskRun(run="r-0257")
