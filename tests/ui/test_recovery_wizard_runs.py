"""The recovery wizard from the approval on: nothing runs unapproved, refusals in words, the run and its report."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.domain.plan import Operation
from console.domain.run import Choice, Mode, RunState
from console.link.changes import AnswerRun, AskSituation, Propose, Proposed, RunSeen, StartRun, StopRun
from console.link.governance import AskApprovers, BreakGlass
from console.link.messages import Done, Refused
from console.ui.wizard_flow import Part
from console.ui.wizard_rail import RailState
from tests.ui import run_stories as runs
from tests.ui import wizard_stories as stories
from tests.ui.wizard_night import CONTROL, Night, opened, press, rail, start, texts, walk


@pytest.fixture
def night(qtbot: QtBot) -> Iterator[Night]:
    with opened(qtbot) as made:
        yield made


@pytest.mark.parametrize(
    ("typed", "wrong", "reason"),
    [
        ("", "", "Type ledger-us first"),
        ("ledger", "", "The name is not whole"),
        ("ledger-eu", "'ledger-eu' is not ledger-us. Nothing runs until the name is right.", "The name is wrong"),
        ("LEDGER-US", "'LEDGER-US' is not ledger-us. Nothing runs until the name is right.", "The name is wrong"),
    ],
)
def test_a_wrong_name_is_refused_at_once_and_in_words(
    qtbot: QtBot, night: Night, typed: str, wrong: str, reason: str
) -> None:
    window, wizard, told = night
    walk(qtbot, night, Part.APPROVAL)
    qtbot.waitUntil(wizard.approval_page.name.hasFocus)
    qtbot.keyClicks(wizard.approval_page.name, typed)
    assert wizard.approval_page.name_wrong.text == wrong
    press(qtbot, window, Qt.Key.Key_Return, CONTROL)
    assert told.last(StartRun) is None
    assert wizard.foot.reason.text == reason


def test_the_start_carries_what_a_person_approved(qtbot: QtBot, night: Night) -> None:
    _, wizard, told = night
    walk(qtbot, night, Part.APPROVAL)
    page = wizard.approval_page
    assert page.maximum.text() == "122"
    page.maximum.selectAll()
    qtbot.keyClicks(page.maximum, "150")
    start(qtbot, night, RunSeen(run=runs.running(0)))
    asked = told.last(StartRun)
    assert asked == StartRun(
        plan=stories.plan().id, digest=stories.plan().digest, mode=Mode.REAL, confirmed="ledger-us",
        loss_entries_max=150,
    )  # fmt: skip
    assert wizard.draft.at is Part.FENCE


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("12x", "'12x' is no number of entries"),
        ("-5", "'-5' is no number of entries"),
        ("10", "By the preview up to 122 entries may be lost"),
    ],
)
def test_a_maximum_that_makes_no_sense_is_refused_in_words(
    qtbot: QtBot, night: Night, typed: str, said: str
) -> None:
    window, wizard, told = night
    walk(qtbot, night, Part.APPROVAL)
    page = wizard.approval_page
    qtbot.keyClicks(page.name, "ledger-us")
    page.maximum.setFocus()
    page.maximum.selectAll()
    qtbot.keyClicks(page.maximum, typed)
    assert said in texts(page)
    press(qtbot, window, Qt.Key.Key_Return, CONTROL)
    assert told.last(StartRun) is None


def test_where_the_plan_asks_for_it_a_person_vouches_by_name(qtbot: QtBot, night: Night) -> None:
    window, wizard, told = night
    plan = stories.plan(id="p-attest")
    told.answers[Propose] = Proposed(plan=replace(plan, notes=(("fence", "attest"), ("attest", "nyc-1-is-off"))))
    walk(qtbot, night, Part.APPROVAL)
    page = wizard.approval_page
    qtbot.keyClicks(page.name, "ledger-us")
    press(qtbot, window, Qt.Key.Key_Return, CONTROL)
    assert wizard.foot.reason.text == "Nobody has vouched yet"
    assert "I vouch that nyc-1 is switched off" in page.attested.accessibleName()
    page.attested.setFocus()
    press(qtbot, window, Qt.Key.Key_Space)
    press(qtbot, window, Qt.Key.Key_Return, CONTROL)
    asked = told.last(StartRun)
    assert isinstance(asked, StartRun)
    assert asked.attested == "nyc-1-is-off"


def test_a_second_person_is_waited_for_with_the_line_to_run(qtbot: QtBot, night: Night) -> None:
    _, wizard, told = night
    walk(qtbot, night, Part.APPROVAL)
    assert wizard.foot.next.text() == "Hand it to the second person"
    start(qtbot, night, RunSeen(run=stories.waiting()))
    page = wizard.approval_page
    assert page.waiting.line.text() == f"ledger-console approve {stories.waiting().id}"
    page.waiting.copy.click()
    assert QApplication.clipboard().text() == page.waiting.line.text()
    assert not wizard.foot.next.isVisibleTo(wizard)
    assert not page.waiting.glass.isEnabled()
    qtbot.keyClicks(page.waiting.reason, "nobody answers the phone")
    page.waiting.glass.click()
    assert told.asked[-1] == BreakGlass(run=stories.waiting().id, reason="nobody answers the phone")
    wizard.show_run(replace(runs.running(0), id=stories.waiting().id))
    assert wizard.draft.at is Part.FENCE


def test_a_plan_that_waits_can_be_withdrawn(qtbot: QtBot, night: Night) -> None:
    _, wizard, told = night
    start(qtbot, night, RunSeen(run=stories.waiting()))
    wizard.approval_page.waiting.withdraw.click()
    assert told.asked[-1] == StopRun(run=stories.waiting().id)
    wizard.show_answer(told.asked[-1], Done())
    wizard.show_run(replace(stories.waiting(), state=RunState.CANCELLED))
    assert wizard.draft.at is Part.REPORT


def test_where_one_decides_alone_it_is_said(qtbot: QtBot, night: Night) -> None:
    _, wizard, told = night
    told.answers[AskApprovers] = stories.approvers("never")
    wizard.begin(runs.lost_view())
    told.answer()
    walk(qtbot, night, Part.APPROVAL)
    assert wizard.foot.next.text() == "Fail over to chi-1 now"
    assert "Not needed here (rule: never)" in texts(wizard.approval_page)


def test_a_refused_start_says_what_where_and_that_nothing_was_changed(qtbot: QtBot, night: Night) -> None:
    _, wizard, _ = night
    start(qtbot, night, Refused(reason="store-trouble", subject="the journal", detail="disk is full"))
    assert wizard.trouble.isVisibleTo(wizard)
    assert wizard.trouble.says.text == "The store did not take the journal: disk is full. Nothing was changed."
    assert "Mend the engine's store first" in wizard.trouble.next.text
    assert wizard.draft.at is Part.APPROVAL
    assert wizard.approval_page.typed_name == "ledger-us"  # nothing that was typed is lost


def test_changed_inputs_are_shown_side_by_side_and_the_plan_is_made_anew(qtbot: QtBot, night: Night) -> None:
    window, wizard, told = night
    walk(qtbot, night, Part.APPROVAL)
    told.answers[Propose] = Proposed(plan=stories.plan(id="p-2", inputs=(("timeline", "8"),)))
    start(qtbot, night, Refused(reason="inputs-changed", subject="ledger-us"))
    page = wizard.approval_page
    assert page.changes.isVisibleTo(wizard)
    assert "timeline, 7, 8" in page.changes.table.accessibleDescription()
    assert "no longer verified" in page.head.title.text
    assert wizard.foot.next.text() == "Make the plan anew"
    press(qtbot, window, Qt.Key.Key_Return, CONTROL)
    assert wizard.draft.at is Part.PREFLIGHT
    assert "taken back" in wizard.rail.notice.text
    assert wizard.preflight_page.changes.isVisibleTo(wizard)
    assert page.typed_name == ""


def test_while_it_runs_the_rail_follows_and_ctrl_dot_stops(qtbot: QtBot, night: Night) -> None:
    window, wizard, told = night
    window.resize(1280, 800)
    start(qtbot, night, RunSeen(run=runs.running(0)))
    wizard.show_run(runs.running(7))
    shown = rail(wizard)
    assert shown["Promote and repoint"][0] is RailState.CURRENT
    assert shown["Gate"] == (RailState.DONE, "87, at most 122")
    assert shown["Approval"][1] == "a.okafor, at most 150"
    assert not wizard.foot.next.isVisibleTo(wizard)
    assert wizard.run_panel.foot.isVisibleTo(wizard)
    assert wizard.foot.leave.text() == "Leave, it goes on"
    assert window.width() == 1280  # nothing that is shown for a moment pushes it wider
    press(qtbot, window, Qt.Key.Key_Period, CONTROL)
    qtbot.waitUntil(lambda: told.last(StopRun) == StopRun(run="r-0257"))
    wizard.leave()
    assert told.left[-1] == "The run on ledger-us goes on without this page. The Recovery page shows it."


def test_a_question_is_answered_by_the_one_next_key(qtbot: QtBot, night: Night) -> None:
    window, wizard, told = night
    start(qtbot, night, RunSeen(run=runs.running(0)))
    wizard.show_run(runs.asking_lock())
    qtbot.waitUntil(lambda: wizard.run_panel.question.first() is not None)
    press(qtbot, window, Qt.Key.Key_Return, CONTROL)
    assert told.last(AnswerRun) == AnswerRun(run="r-0257", choice=Choice.GO_ON)
    asked = told.last(AnswerRun)
    assert asked is not None
    wizard.show_answer(asked, Refused(reason="engine-lost"))
    assert "the engine stopped before it answered" in texts(wizard.run_panel).lower()


def test_the_report_leads_on_to_the_rejoin(qtbot: QtBot, night: Night) -> None:
    window, wizard, told = night
    start(qtbot, night, RunSeen(run=runs.running(0)))
    wizard.show_run(runs.ended())
    said = texts(wizard.report_page)
    assert "chi-1 is primary, and that is proven" in said
    assert "Rejoin nyc-1: it is not a standby yet" in said
    assert "3 proven of 3 checks" in said
    assert wizard.foot.next.text() == "Next: rejoin nyc-1"
    told.answers[AskSituation] = stories.rejoin_situation()
    press(qtbot, window, Qt.Key.Key_Return, CONTROL)
    told.answer()
    assert (wizard.draft.operation, wizard.draft.node) == (Operation.REJOIN, "nyc-1")
    assert "Rejoin of nyc-1, ledger-us" in wizard.accessibleName()


@pytest.mark.parametrize("outcome", [RunState.CANCELLED, RunState.LEFT])
def test_a_run_that_was_not_ended_well_is_not_called_proven(night: Night, outcome: RunState) -> None:
    _, wizard, _ = night
    wizard.open_run(runs.lost_view(), replace(runs.ended(), state=outcome, books=(), left_to_do=("fenced:nyc-1",)))
    said = texts(wizard.report_page)
    assert "not checked" in said
    assert "that is proven. Writes" not in said
    assert "nyc-1 is fenced" in said
