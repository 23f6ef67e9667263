"""The recovery wizard in its window: each step that is read, by keyboard; nothing is asked but looks and plans."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from console.domain.plan import Outcome
from console.domain.recommendation import Way
from console.domain.run import Mode, RunState
from console.link.changes import AskSituation, Propose, Proposed, RunSeen, StartRun
from console.link.fork import ExportFork
from console.link.governance import AskApprovers
from console.link.messages import Refused
from console.ui import theme
from console.ui.wizard_choice import ChoiceList
from console.ui.wizard_flow import Part
from console.ui.wizard_parts import WizardPage
from console.ui.wizard_rail import RailState
from tests.ui import run_stories as runs
from tests.ui import wizard_stories as stories
from tests.ui.wizard_night import ALT, CONTROL, Night, opened, press, rail, texts, walk


@pytest.fixture
def night(qtbot: QtBot) -> Iterator[Night]:
    with opened(qtbot) as made:
        yield made


def test_the_situation_is_asked_anew_and_nothing_can_be_gone_on_to_before(night: Night) -> None:
    _, wizard, told = night
    wizard.begin(runs.lost_view())
    assert told.asked[-2:] == [AskSituation(cluster="ledger-us"), AskApprovers()]
    assert not wizard.foot.next.isEnabled()
    assert "being asked" in texts(wizard.situation_page)
    told.answer()
    assert wizard.foot.next.isEnabled()
    assert "ledger-us is lost: nyc-1 has not answered for 53 s" in wizard.situation_page.head.title.text
    assert "witnessed" in wizard.situation_page.head.below.text
    assert "nyc-1" in wizard.situation_page.standing.accessibleDescription()


def test_the_whole_way_to_the_approval_by_one_key(qtbot: QtBot, night: Night) -> None:
    _, wizard, told = night
    walk(qtbot, night, Part.APPROVAL)
    shown = rail(wizard)
    assert [name for name, (state, _) in shown.items() if state is RailState.DONE] == [
        "Situation", "What to do", "Target", "Preflight", "Loss preview", "Plan",
    ]  # fmt: skip
    assert shown["Situation"][1] == "nyc-1 lost, witnessed"
    assert shown["Target"][1] == "chi-1"
    assert shown["Preflight"][1] == "11 pass, 3 to read"
    assert shown["Loss preview"][1] == "87, at most 122"
    assert [type(one) for one in told.asked] == [AskSituation, AskApprovers, Propose]  # looking only


def test_the_rail_says_where_nodes_begin_to_change(night: Night) -> None:
    _, wizard, _ = night
    rows = wizard.rail.rows.rows
    assert [row.number for row in rows if row.changes] == [8, 9, 10, 11, 12]
    assert "before step 8" in wizard.rail.foot.text
    assert wizard.foot.leave.text() == "Leave, nothing was changed"


def test_what_is_not_possible_is_shown_with_its_reason_and_not_chosen(qtbot: QtBot, night: Night) -> None:
    window, wizard, told = night
    walk(qtbot, night, Part.WAY)
    ways = wizard.way_page.ways
    qtbot.waitUntil(ways.hasFocus)
    said = texts(wizard.way_page)
    assert "not possible: the primary is gone" in said
    assert "Loses 87 entries, at most 122: USD 247,310.40" in said
    press(qtbot, window, Qt.Key.Key_Up)
    assert wizard.draft.way is Way.WAIT  # past the two that are not possible
    assert wizard.foot.next.text() == "Leave and wait"
    press(qtbot, window, Qt.Key.Key_Return, CONTROL)
    assert told.left == ["Left. No node of ledger-us was changed."]


def test_a_refused_candidate_can_not_be_chosen(qtbot: QtBot, night: Night) -> None:
    window, wizard, _ = night
    walk(qtbot, night, Part.TARGET)
    nodes = wizard.target_page.nodes
    qtbot.waitUntil(nodes.hasFocus)
    qtbot.mouseClick(nodes.rows[1], Qt.MouseButton.LeftButton)
    press(qtbot, window, Qt.Key.Key_Down)
    assert wizard.draft.node == "chi-1"
    assert "refused: a cascade" in nodes.accessibleDescription()


def test_refusals_come_first_are_open_and_bar_the_way(qtbot: QtBot, night: Night) -> None:
    window, wizard, told = night
    told.answers[Propose] = Proposed(plan=stories.plan(refused=True))
    walk(qtbot, night, Part.PREFLIGHT)
    rows = wizard.preflight_page.findings.rows
    assert [row.check.outcome for row in rows[:2]] == [Outcome.REFUSE, Outcome.REFUSE]
    assert rows[0].is_open
    assert "let their readers catch up first" in rows[0].mending.text
    qtbot.waitUntil(rows[0].hasFocus)
    press(qtbot, window, Qt.Key.Key_Space)
    assert not rows[0].is_open
    press(qtbot, window, Qt.Key.Key_Return, CONTROL)
    assert wizard.draft.at is Part.PREFLIGHT
    assert wizard.foot.reason.text == "2 checks refuse"
    told.answers[Propose] = Proposed(plan=stories.plan())
    press(qtbot, window, Qt.Key.Key_F5)
    told.answer()
    assert wizard.foot.next.isEnabled()


def test_where_no_way_to_fence_is_left_another_can_be_chosen_at_once(qtbot: QtBot, night: Night) -> None:
    _, wizard, told = night
    told.answers[Propose] = Proposed(plan=stories.plan(refused=True))
    walk(qtbot, night, Part.PREFLIGHT)
    panel = wizard.preflight_page.fencing
    assert panel.isVisibleTo(wizard)
    panel.methods.chosen.emit("attest")
    asked = told.last(Propose)
    assert isinstance(asked, Propose)
    assert asked.options == (("fence", "attest"),)


@pytest.fixture
def morning(night: Night) -> Night:
    """The day after: the wizard at the preflight of nyc-1's rejoin, which holds entries that nobody else has."""
    _, wizard, told = night
    told.answers[AskSituation] = stories.rejoin_situation()
    told.answers[Propose] = Proposed(plan=stories.rejoin_plan())
    wizard.begin(runs.lost_view(), way=Way.REJOIN, node="nyc-1")
    told.answer()
    return night


def test_what_only_one_node_holds_is_exported_before_it_is_overwritten(qtbot: QtBot, morning: Night) -> None:
    _, wizard, told = morning
    walk(qtbot, morning, Part.PREFLIGHT)
    panel = wizard.preflight_page.rejoin
    assert "It may be the only copy of acknowledged entries" in texts(panel)
    assert "not yet: export them first" in panel.fork.accessibleDescription()
    assert not wizard.foot.next.isEnabled()
    assert not panel.export.isEnabled()
    qtbot.keyClicks(panel.reason, "chi-1 went on alone")
    panel.export.click()
    asked = ExportFork(cluster="ledger-us", winner="chi-1", loser="nyc-1", reason="chi-1 went on alone")
    assert told.asked[-1] == asked
    told.answers[Propose] = Proposed(plan=stories.rejoin_plan(decided="exported"))
    wizard.show_answer(asked, stories.exported())
    proposed = told.asked[-1]
    assert isinstance(proposed, Propose)
    assert (proposed.subject, proposed.options) == ("nyc-1", (("fork", "exported"),))
    told.answer()
    assert "87 entries exported to /var/lib/ledger-console/forks/7" in texts(panel)
    assert wizard.foot.next.isEnabled()


def test_a_refused_export_loses_nothing_and_is_said(qtbot: QtBot, morning: Night) -> None:
    _, wizard, told = morning
    walk(qtbot, morning, Part.PREFLIGHT)
    panel = wizard.preflight_page.rejoin
    qtbot.keyClicks(panel.reason, "chi-1 went on alone")
    panel.export.click()
    wizard.show_answer(told.asked[-1], Refused(reason="fork-not-reached", subject="nyc-1"))
    assert "Nothing was changed" in texts(panel)
    assert panel.export.isEnabled()
    assert not wizard.foot.next.isEnabled()


def test_the_way_back_can_be_chosen_and_left_to_the_engine_again(qtbot: QtBot, morning: Night) -> None:
    _, wizard, told = morning
    walk(qtbot, morning, Part.PREFLIGHT)
    for key, options in (("rebuild", (("way", "rebuild"),)), ("best", ())):
        wizard.preflight_page.rejoin.ways.chosen.emit(key)
        asked = told.last(Propose)
        assert isinstance(asked, Propose)
        assert asked.options == options
        told.answer()


def test_the_loss_in_money_and_where_each_book_ends(qtbot: QtBot, night: Night) -> None:
    _, wizard, _ = night
    walk(qtbot, night, Part.LOSS)
    page = wizard.loss_page
    assert page.head.title.text == "Promoting chi-1 now loses 87 entries, and up to 35 more that nobody has seen"
    assert [figure.value.text for figure in page.figures.figures] == [
        "USD 247,310.40", "EUR 6,120.00", "JPY 1,240,000", "41",
    ]  # fmt: skip
    assert page.picture.accessibleName() == (
        "chi-1 ends at 88,124,391, nyc-1 was last seen at 88,124,478, dal-1 ends at 88,124,379 and nyc-2 ends at "
        "88,119,550"
    )
    assert "4,928, at most 4,963" in page.candidates.accessibleDescription()
    assert "not checked: host silent" in texts(page)


def test_the_plan_is_read_with_its_commands_and_its_point_of_no_return(qtbot: QtBot, night: Night) -> None:
    window, wizard, _ = night
    walk(qtbot, night, Part.PLAN)
    page = wizard.plan_page
    plan = stories.plan()
    assert [row.step.key for row in page.rows] == [step.key for step in plan.steps]
    row = next(row for row in page.rows if row.step.kind == "repoint")
    row.setFocus()
    press(qtbot, window, Qt.Key.Key_Return)
    assert row.is_open
    assert row.scripts() == (row.step.acts[0].script,)
    rules = [one.accessibleName() for one in page.findChildren(QWidget) if "Point of no return" in one.accessibleName()]
    assert any("from step 6 on" in text for text in rules)
    page.all.click()
    assert all(one.is_open for one in page.rows)
    assert "no way back" in texts(page.fencing).lower()


def test_a_rehearsal_runs_in_place_and_promises_nothing(qtbot: QtBot, night: Night) -> None:
    window, wizard, told = night
    told.answers[StartRun] = RunSeen(run=replace(stories.rehearsed(fails=True), state=RunState.RUNNING))
    walk(qtbot, night, Part.PLAN)
    assert "nothing is promised" in wizard.plan_page.rehearsal.says.text
    press(qtbot, window, Qt.Key.Key_R, CONTROL)
    asked = told.last(StartRun)
    assert isinstance(asked, StartRun)
    assert (asked.mode, asked.confirmed) == (Mode.REHEARSAL, "")
    told.answer()
    wizard.show_run(stories.rehearsed(fails=True))
    qtbot.waitUntil(lambda: "move-address is not there" in texts(wizard.plan_page.rehearsal))
    assert "1 step would have failed. Nothing was changed" in texts(wizard.plan_page.rehearsal)
    assert wizard.draft.run is None


def test_another_target_takes_the_approval_back_and_the_rail_says_so(qtbot: QtBot, night: Night) -> None:
    window, wizard, told = night
    both = tuple(replace(one, eligible=True, reasons=()) for one in stories.candidates())
    told.answers[AskSituation] = replace(stories.situation(), candidates=both)
    wizard.begin(runs.lost_view())
    told.answer()
    walk(qtbot, night, Part.APPROVAL)
    for _ in range(4):
        press(qtbot, window, Qt.Key.Key_Left, ALT)
    assert wizard.draft.at is Part.TARGET
    qtbot.waitUntil(wizard.target_page.nodes.hasFocus)
    press(qtbot, window, Qt.Key.Key_Down)
    assert wizard.draft.node == "dal-1"
    assert wizard.rail.notice.text.startswith("The approval was taken back")
    assert rail(wizard)["Preflight"] == (RailState.WAITING, "")


def test_the_rail_opens_finished_steps_by_keyboard(qtbot: QtBot, night: Night) -> None:
    window, wizard, _ = night
    walk(qtbot, night, Part.PLAN)
    wizard.rail.rows.setFocus()
    press(qtbot, window, Qt.Key.Key_Up)
    press(qtbot, window, Qt.Key.Key_Return)
    assert wizard.draft.at is Part.LOSS
    assert wizard.draft.furthest is Part.PLAN


def test_leaving_by_escape_says_that_nothing_was_changed(qtbot: QtBot, night: Night) -> None:
    window, _, told = night
    walk(qtbot, night, Part.APPROVAL)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert told.left == ["Left. No node of ledger-us was changed."]
    assert not any(isinstance(one, StartRun) for one in told.asked)


def test_an_engine_that_goes_is_said_and_the_way_is_barred(night: Night) -> None:
    _, wizard, told = night
    wizard.set_live(False, "connection closed.")
    assert "No node was changed" in wizard.trouble.says.text
    assert not wizard.foot.next.isEnabled()
    wizard.set_live(True)
    told.answer()
    assert not wizard.trouble.isVisibleTo(wizard)
    assert wizard.foot.next.isEnabled()


def test_somebody_who_goes_to_a_page_finds_the_way_back(qtbot: QtBot, night: Night) -> None:
    window, wizard, _ = night
    walk(qtbot, night, Part.PLAN)
    press(qtbot, window, Qt.Key.Key_1, ALT)
    assert not wizard.isVisible()
    assert window.notice_bar.notices() == ("Failover of ledger-us is open, and keeps what was read.",)
    window.notice_bar._lines["wizard"].act.click()
    assert wizard.isVisible()
    assert wizard.draft.at is Part.PLAN
    window.end_wizard()
    assert window.status_bar.isVisible()


def interactive(widget: QWidget) -> Iterator[QWidget]:
    for kind in (QAbstractButton, QLineEdit, ChoiceList):
        yield from (one for one in widget.findChildren(kind) if one.isVisibleTo(widget))


def test_every_control_has_an_accessible_name(qtbot: QtBot, night: Night) -> None:
    _, wizard, _ = night
    seen = 0
    for part in (Part.WAY, Part.TARGET, Part.PREFLIGHT, Part.LOSS, Part.PLAN, Part.APPROVAL):
        walk(qtbot, night, part)
        for one in interactive(wizard):
            seen += 1
            assert one.accessibleName(), (part, one)
    assert seen > 20


def test_tab_goes_from_the_page_to_the_foot(qtbot: QtBot, night: Night) -> None:
    window, wizard, _ = night
    walk(qtbot, night, Part.APPROVAL)
    qtbot.waitUntil(wizard.approval_page.name.hasFocus)
    qtbot.keyClicks(wizard.approval_page.name, "ledger-us")
    order = []
    for _ in range(4):
        press(qtbot, window, Qt.Key.Key_Tab)
        order.append(QApplication.focusWidget())
    assert order[:3] == [wizard.foot.leave, wizard.foot.back, wizard.foot.next]


@pytest.mark.parametrize("pixels", [13, 20])
def test_no_page_is_wider_than_its_window(
    qtbot: QtBot, qapp: QApplication, night: Night, pixels: int
) -> None:
    window, wizard, _ = night
    theme.apply(qapp, theme.Choice.LIGHT, pixels=pixels)
    window.resize(1280 * pixels // 13, 800 * pixels // 13)
    for part in (Part.WAY, Part.TARGET, Part.PREFLIGHT, Part.LOSS, Part.PLAN, Part.APPROVAL):
        walk(qtbot, night, part)
        page = wizard._pages[part]
        assert isinstance(page, WizardPage)
        qtbot.waitUntil(lambda page=page: page.page.width() <= page.viewport().width())
        assert page.page.minimumSizeHint().width() <= page.viewport().width(), part
