"""The flow of the restore wizard: steps by goal, what a changed answer takes back, targets as they are typed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from console.domain.plan import LossBasis, Phase, Step
from console.domain.restore import Goal, Target, TargetKind
from console.domain.run import Mode, RunState
from console.domain.wal import Lsn
from console.engine.restoring import words_of
from console.ui import restore_flow as flow
from console.ui import restore_words as words
from console.ui.backup_state import restorable
from console.ui.check_words import checked_text
from console.ui.loss_words import loss_figure, loss_ground
from console.ui.moment_slider import restorable_at
from console.ui.restore_flow import Draft, Part
from console.ui.restore_plan_words import target_text
from console.ui.step_words import step_sentence
from tests.ui import backup_stories as backups
from tests.ui import restore_stories as stories


def draft(goal: Goal = Goal.CLUSTER, **more: object) -> Draft:
    made = Draft(cluster="ledger-us", goal=goal, target=stories.END_OF_DAY, chosen=stories.chosen())
    return replace(made, **more)  # type: ignore[arg-type]


def test_each_goal_has_its_steps_and_only_a_ledger_is_accepted() -> None:
    assert [part.value for part in flow.parts(draft(Goal.INSPECT))] == [
        "goal", "point", "chain", "space", "preview", "run", "open",
    ]  # fmt: skip
    assert Part.ACCEPT not in flow.parts(draft(Goal.NODE))
    whole = flow.parts(draft())
    assert whole.index(Part.ACCEPT) > whole.index(Part.PROOF) > whole.index(Part.OPEN)
    assert flow.first_change(draft()) == 7
    assert flow.first_change(draft(Goal.INSPECT)) == 5


def test_another_moment_takes_back_the_plan_and_an_approval_that_was_begun() -> None:
    far = draft(furthest=Part.APPROVAL, plan=stories.plan(), node="chi-1")
    changed = flow.chosen_target(far, stories.BEFORE_ENTRY)
    assert changed.plan is None
    assert changed.chosen is None
    assert changed.furthest is Part.POINT
    assert changed.taken_back
    assert flow.chosen_target(far, stories.END_OF_DAY) is far, "the same answer changes nothing"
    assert flow.chosen_goal(far, Goal.NODE).node == ""


def test_the_typed_name_belongs_to_one_card() -> None:
    typed = flow.typed_node(flow.chosen_node(draft(), "chi-1"), " chi-1 ")
    assert typed.node_typed == "chi-1"
    assert flow.chosen_node(typed, "nyc-2").node_typed == ""


def test_every_step_of_a_plan_has_its_place() -> None:
    one = draft(plan=stories.plan())
    places = [flow.part_of_step(one, step) for step in stories.plan().steps]
    assert places == [
        Part.RUN, Part.RUN, Part.OPEN, Part.PROOF, Part.ACCEPT, Part.PLACE, Part.PLACE, Part.PLACE,
    ]  # fmt: skip
    for goal in (Goal.NODE, Goal.CLUSTER):
        for phase in Phase:
            assert flow.part_of_step(draft(goal), Step(key="x", phase=phase)) in flow.parts(draft(goal))


def test_the_running_step_is_where_the_run_is() -> None:
    places = [flow.running_part(draft(run=stories.run(done=n))) for n in range(9)]
    assert places == [
        Part.RUN, Part.RUN, Part.OPEN, Part.PROOF, Part.ACCEPT, Part.PLACE, Part.PLACE, Part.PLACE, Part.PLACE,
    ]  # fmt: skip
    ended = stories.run(done=8, state=RunState.DONE)
    assert flow.running_part(draft(run=ended)) is Part.REPORT
    assert not flow.may_open(draft(run=stories.run()), Part.POINT), "while it runs, only the run is shown"


def test_a_plan_is_asked_for_by_all_that_was_answered() -> None:
    wanted = flow.proposal(draft(node="chi-1"))
    assert (wanted.target, wanted.subject) == ("chi-1", "chi-1")
    assert wanted.options == (
        ("goal", "cluster"), ("repository", "vault-2"), ("target", "time"), ("time", "2026-03-16T18:00:00+00:00"),
    )  # fmt: skip
    with pytest.raises(ValueError, match="without a plan"):
        flow.proposal(draft(Goal.INSPECT))
    asked = flow.sandbox_question(draft(Goal.INSPECT), "end of day")
    assert (asked.backup, asked.words) == (backups.backups()[8].id, "end of day")


@pytest.mark.parametrize(
    ("target", "options"),
    [
        (Target(), (("target", "latest"),)),
        (stories.BEFORE_ENTRY, (("target", "before-entry"), ("entry", "87581331"))),
        (Target(kind=TargetKind.POSITION, position=Lsn.parse("59/C40A11F8")),
         (("target", "lsn"), ("lsn", "59/C40A11F8"))),
        (Target(kind=TargetKind.NAME, name="before_fee_run", timeline=7),
         (("target", "point"), ("point", "before_fee_run"), ("timeline", "7"))),
    ],
)  # fmt: skip
def test_targets_travel_as_names_and_values(target: Target, options: tuple[tuple[str, str], ...]) -> None:
    assert flow.target_options(target) == options


def test_a_start_carries_what_the_preview_says_would_go() -> None:
    started = flow.start(draft(plan=stories.plan()), Mode.REAL, confirmed="ledger-us")
    assert started.loss_entries_max == 518_006
    assert started.confirmed == "ledger-us"
    with pytest.raises(ValueError, match="no plan"):
        flow.start(draft(), Mode.REAL)


def test_times_are_read_with_their_zone() -> None:
    assert flow.parse_time("2026-03-16 18:00:00") == datetime(2026, 3, 16, 18, tzinfo=UTC)
    assert flow.parse_time("2026-03-16T19:00:00+01:00") == datetime(2026, 3, 16, 18, tzinfo=UTC)
    assert flow.parse_time("2026-03-16 18:00:00 UTC") == datetime(2026, 3, 16, 18, tzinfo=UTC)
    for text in ("yesterday", "", "16.3.2026", "2026-13-01"):
        with pytest.raises(ValueError):
            flow.parse_time(text)


def test_entries_are_read_with_their_groups() -> None:
    assert flow.parse_entry("87,581,331") == 87_581_331
    for text in ("-1", "0", "٣", "1e6", "9" * 30, ""):
        with pytest.raises(ValueError):
            flow.parse_entry(text)


def test_only_what_can_be_had_can_be_chosen() -> None:
    from_view = restorable(backups.view())
    inside, hole = backups.at(12, 0, 0), backups.at(13, 23, 40)
    assert restorable_at(inside, from_view) == inside
    assert restorable_at(hole, from_view) == backups.at(13, 22, 8, 14)
    assert restorable_at(hole, from_view, onward=True) == backups.at(14, 1, 21, 40)
    assert restorable_at(hole, from_view, onward=False) == backups.at(13, 22, 8, 14)
    assert restorable_at(backups.at(1, 0, 0), from_view) == backups.at(8, 1, 22, 6)
    assert restorable_at(inside, ()) is None


def test_words_of_moments_and_differences() -> None:
    now = backups.NOW
    assert words.target_sentence(stories.END_OF_DAY) == "Back to Monday 16 March 2026, 18:00:00 UTC"
    assert words.target_sentence(stories.BEFORE_ENTRY) == "Back to just before entry 87,581,331"
    assert words.target_brief(Target(), now) == "latest"
    anchors = backups.anchors()
    assert words.against_live(draft(), anchors, None)[0] == "518,006 entries fewer"
    between = draft(target=flow.at_time(backups.at(16, 18, 0, 7)))
    said, below = words.against_live(between, anchors, 88_099_336)
    assert said == "about 517,952 entries fewer", "from the end of the day by the share of its three minutes"
    assert below.startswith("counted by booking times; ")
    assert words.against_live(between, anchors, 88_099_346)[0] == "about 517,962 entries fewer", "ten since"
    before = draft(target=flow.at_time(backups.at(16, 17, 59, 53)))
    assert words.against_live(before, anchors, None)[0] == "about 518,061 entries fewer"
    outside = draft(target=flow.at_time(backups.at(16, 22, 0, 0)))
    assert words.against_live(outside, anchors, 88_099_336)[0] == "not known yet", "nothing is guessed"
    assert words.against_live(between, replace(anchors, anchors=()), None)[0] == "not known yet"
    said, below = words.against_live(between, replace(anchors, anchors=(), trouble="no-column"), None)
    assert (said, "the ledger has no column for it" in below) == ("not known", True)
    by_backup = replace(anchors, anchors=tuple(replace(one, entries_after=None) for one in anchors.anchors))
    assert words.counted_after(backups.at(16, 18, 0, 7), by_backup, None) == 517_952, "by the head and its entry"
    by_entry = draft(target=stories.BEFORE_ENTRY)
    assert words.entries_fewer(by_entry, None, 87_581_340) == 10
    assert words.entries_fewer(draft(target=Target()), None, None) == 0


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (Target(), "the latest moment"),
        (flow.at_time(datetime(2026, 11, 27, 11, 18, 42, tzinfo=UTC)), "2026-11-27 11:18:42 UTC"),
        (Target(kind=TargetKind.POSITION, position=Lsn.parse("59/C40A11F8")), "position 59/C40A11F8"),
        (Target(kind=TargetKind.NAME, name="batch 4471"), "the restore point 'batch 4471'"),
        (Target(kind=TargetKind.BEFORE_ENTRY, entry=87_581_331), "just before entry 87,581,331"),
        (Target(kind=TargetKind.AFTER_ENTRY, entry=87_581_331), "just after entry 87,581,331"),
    ],
)  # fmt: skip
def test_the_moment_of_a_plan_is_said_as_people_say_it_in_its_step_and_in_its_check(target: Target, said: str) -> None:
    words_of_plan = words_of(target)
    assert target_text(words_of_plan) == said
    step = Step(key="recover-to:chi-1", phase=Phase.GATE,
                about=(("node", "chi-1"), ("target", words_of_plan)))  # fmt: skip
    sentence = step_sentence(stories.plan(), step)
    assert sentence == f"Recover the copy on chi-1 to {said}, closed and read-only"
    assert checked_text("restore-target", words_of_plan) == said


def test_a_loss_that_is_not_known_yet_says_when_it_will_be() -> None:
    loss = stories.plan().loss
    assert loss is not None
    unknown = replace(loss, basis=LossBasis.UNKNOWN, entries_low=None, entries_high=None)
    assert loss_figure(unknown) == "not known"
    assert "counted when the copy stands, before anybody accepts it" in loss_ground(unknown)


@pytest.mark.parametrize(
    "odd", ["time", "time soon", "before-entry x", "wal-missing: gone", "a moment that can be had"]
)
def test_what_names_no_moment_is_shown_as_it_is(odd: str) -> None:
    assert target_text(odd) == odd
    assert "\x1b" not in target_text("point \x1b[31m")


def test_a_refusal_names_the_moment_and_the_reason() -> None:
    said = words.unfit_sentence(stories.unfit(), "13 Mar 23:40:00")
    assert said == "13 Mar 23:40:00 was refused: WAL is missing there."
    odd = replace(stories.unfit(), reason="no-such-thing", detail="\x1b[31mx")
    assert words.unfit_sentence(odd, "x") == "x was refused: no such thing. (�[31mx)"


def test_every_step_has_a_name_for_every_goal() -> None:
    for goal in Goal:
        names = [words.part_name(part, goal) for part in flow.parts(draft(goal))]
        assert len(set(names)) == len(names)
        assert all(names)
        assert words.goal_word(goal)
