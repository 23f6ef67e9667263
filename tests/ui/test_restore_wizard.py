"""The restore wizard: only what can be had, a card confirmed by name, nothing written before it was read."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.domain.backup import JobState
from console.domain.restore import Goal, Target, TargetKind
from console.domain.run import Mode, RunState
from console.link.backups import (
    AskAnchors,
    AskTarget,
    CancelJob,
    CloseSandbox,
    OpenSandbox,
    TargetSeen,
)
from console.link.changes import Propose, StartRun
from console.link.messages import AskCard, Message, Refused
from console.ui import restore_flow as flow
from console.ui import theme
from console.ui.controls import Says
from console.ui.restore_flow import Part
from console.ui.restore_wizard import RestoreWizard
from tests.ui import backup_stories as backups
from tests.ui import restore_stories as stories
from tests.ui import story
from tests.ui.restore_pictures import Engine

CTRL = Qt.KeyboardModifier.ControlModifier


def texts(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(one.text for one in widget.findChildren(Says) if one.isVisibleTo(widget))


class Shown:
    """A wizard with an engine that answers from the story when it is told to."""

    def __init__(self, qtbot: QtBot, *, goal: Goal = Goal.INSPECT, target: Target = stories.END_OF_DAY,
                 part: str = "") -> None:  # fmt: skip
        self.qtbot = qtbot
        self.wizard = RestoreWizard(story.StoryClock())
        self.engine = Engine(self.wizard, part)
        self.asked: list[Message] = []
        self.left: list[str] = []
        self.sandboxes: list[object] = []
        qtbot.addWidget(self.wizard)
        self.wizard.wants.connect(self.asked.append)
        self.wizard.left.connect(self.left.append)
        self.wizard.sandbox_wanted.connect(self.sandboxes.append)
        self.wizard.resize(1280, 764)
        self.wizard.show()
        self.wizard.activateWindow()
        qtbot.waitUntil(self.wizard.isActiveWindow, timeout=10_000)
        self.wizard.begin(story.ledger_us(), backups.view(), goal=goal, target=target)
        self.engine.answer()

    def next(self, times: int = 1) -> None:
        for _ in range(times):
            self.wizard.go_on()
            self.engine.answer()

    def to(self, part: Part) -> None:
        while self.wizard.draft.at is not part:
            before = self.wizard.draft.at
            if before is Part.TARGET:
                self.wizard.target_page.node_chosen.emit("chi-1")
                self.engine.answer()
                self.wizard.target_page.typed.emit("chi-1")
            self.next()
            assert self.wizard.draft.at is not before, texts(self.wizard.foot)

    @property
    def kinds(self) -> list[str]:
        return [type(one).__name__ for one in self.asked]


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    return Shown(qtbot)


@pytest.fixture
def cluster(qtbot: QtBot) -> Shown:
    return Shown(qtbot, goal=Goal.CLUSTER)


# Goal and point


def test_it_begins_with_the_harmless_goal_and_asks_at_once_whether_the_moment_can_be_had(shown: Shown) -> None:
    assert shown.wizard.goal_page.goals.key == "inspect"
    assert shown.asked[0] == AskTarget(cluster="ledger-us", target=stories.END_OF_DAY)
    assert "Goal: inspect in a sandbox. No step touches the running cluster." in texts(shown.wizard.rail)


def test_another_goal_is_chosen_by_key(qtbot: QtBot, shown: Shown) -> None:
    shown.wizard.goal_page.goals.setFocus()
    qtbot.keyClick(shown.wizard.goal_page.goals, Qt.Key.Key_Down)
    assert shown.wizard.draft.goal is Goal.NODE
    names = [row.name for row in shown.wizard.rail.rows.rows]
    assert "Target" in names
    assert "Approval" in names


def test_the_moment_stands_first_in_words_with_what_it_means(shown: Shown) -> None:
    shown.next()
    said = texts(shown.wizard.point_page)
    assert "Back to Monday 16 March 2026, 18:00:00 UTC" in said
    assert "The books as they stood after entry 87,581,330. Restorable: the chain and all WAL" in said
    assert "full 15 Mar + incremental 16 Mar" in said
    assert "518,006 entries fewer" in said
    assert any(isinstance(one, AskAnchors) for one in shown.asked)


def test_the_slider_moves_by_keys_and_jumps_over_what_can_not_be_had(qtbot: QtBot, shown: Shown) -> None:
    shown.next()
    slider = shown.wizard.point_page.slider
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert slider.at == backups.at(16, 17, 59, 59)
    qtbot.keyClick(slider, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert slider.at == backups.at(16, 18, 0, 59)
    qtbot.keyClick(slider, Qt.Key.Key_PageUp)
    assert slider.at == backups.at(16, 18, 0)
    slider.move_to(backups.at(13, 22, 8, 14))
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert slider.at == backups.at(14, 1, 21, 40), "over the hole"
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert slider.at == backups.at(13, 22, 8, 14), "and back"
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert slider.at == backups.at(8, 1, 22, 6)
    assert slider.accessibleDescription() == "Sunday 8 March 2026, 01:22:06 UTC"


def test_each_move_asks_whether_it_can_be_had_and_only_the_last_answer_counts(shown: Shown) -> None:
    shown.next()
    slider = shown.wizard.point_page.slider
    slider.move_to(backups.at(12, 1, 0))
    slider.move_to(backups.at(12, 2, 0))
    first, last = [one for one in shown.asked if isinstance(one, AskTarget)][-2:]
    shown.wizard.show_answer(first, TargetSeen(chosen=None, unfit=stories.unfit()))
    assert shown.wizard.draft.unfit is None
    shown.wizard.show_answer(last, stories.judged(last.target))
    assert shown.wizard.draft.chosen is not None


def test_an_anchor_is_taken_by_its_name_or_its_moment(qtbot: QtBot, shown: Shown) -> None:
    shown.next()
    table = shown.wizard.point_page.anchors
    names = [row.cells[0].text for row in table.rows]
    assert names == [
        "anchor", "Latest: all WAL that there is", "deploy 2026.11", "before_fee_run", "end of day 2026-03-16",
        "end of day 2026-03-16 New York", "batch_4471",
    ]  # fmt: skip
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert shown.wizard.draft.target == Target(kind=TargetKind.NAME, name="before_fee_run")
    shown.wizard.point_page.finder.setText("deploy")
    assert len(table.rows) == 3


def test_what_can_not_be_had_is_refused_with_the_nearest_two(qtbot: QtBot, shown: Shown) -> None:
    shown.next()
    field = shown.wizard.point_page.exact.fields[TargetKind.TIME]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "2026-03-13 23:40:00")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    shown.engine.answer()
    said = texts(shown.wizard.point_page)
    assert "13 Mar 23:40:00 was refused: WAL is missing there." in said
    assert not shown.wizard.foot.next.isEnabled()
    shown.wizard.go_on()
    assert shown.wizard.draft.at is Part.POINT
    acts = shown.wizard.point_page.exact.refusal.acts
    assert [act.text() for act in acts] == ["Nearest: 13 Mar 22:08:14", "Nearest: 14 Mar 01:21:40"]
    acts[1].click()
    shown.engine.answer()
    assert shown.wizard.draft.target == flow.at_time(backups.at(14, 1, 21, 40))
    assert shown.wizard.foot.next.isEnabled()


@pytest.mark.parametrize(
    ("kind", "text", "refused"),
    [
        (TargetKind.TIME, "yesterday", "'yesterday' is not a time as"),
        (TargetKind.BEFORE_ENTRY, "many", "'many' is not the number of an entry."),
        (TargetKind.POSITION, "59-12", "'59-12' is not a position as"),
    ],
)
def test_what_makes_no_sense_is_refused_in_its_place(
    qtbot: QtBot, shown: Shown, kind: TargetKind, text: str, refused: str
) -> None:
    shown.next()
    before = shown.wizard.draft.target
    field = shown.wizard.point_page.exact.fields[kind]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert refused in texts(shown.wizard.point_page.exact)
    assert shown.wizard.draft.target == before, "nothing is lost by it"


def test_just_before_an_entry(qtbot: QtBot, shown: Shown) -> None:
    shown.next()
    field = shown.wizard.point_page.exact.fields[TargetKind.BEFORE_ENTRY]
    field.setFocus()
    qtbot.keyClicks(field, "87,581,331")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    shown.engine.answer()
    assert shown.wizard.draft.target == stories.BEFORE_ENTRY
    said = texts(shown.wizard.point_page)
    assert "Back to just before entry 87,581,331" in said
    assert "The books as they stood after entry 87,581,330." in said


# A sandbox


def test_a_sandbox_needs_no_approval_and_says_what_it_does_not_touch(shown: Shown) -> None:
    shown.to(Part.PREVIEW)
    said = texts(shown.wizard.preview_page)
    assert "A copy is made and opened; nothing of the cluster is touched" in said
    assert "It listens on no network, archives nothing, follows nobody, runs no job of its own." in said
    assert shown.wizard.foot.next.text() == "Restore and show"
    shown.next()
    (opened,) = [one for one in shown.asked if isinstance(one, OpenSandbox)]
    assert opened.target == stories.END_OF_DAY
    assert opened.words == "16 Mar 18:00:00"
    assert "The copy is being made" in texts(shown.wizard.sandbox_page)
    assert shown.wizard.foot.leave.text() == "Leave, it goes on"
    assert not any(isinstance(one, Propose | StartRun) for one in shown.asked)


def test_a_copy_that_is_open_tells_what_was_proven_of_it(qtbot: QtBot, shown: Shown) -> None:
    shown.to(Part.PREVIEW)
    shown.next()
    shown.wizard.show_view(stories.opened())
    said = texts(shown.wizard.sandbox_page)
    assert "The copy is open, read-only, and ends at entry 87,581,330" in said
    assert "Restored in a sandbox, in 54 min 0 s" in said
    assert "Page checksums and indexes: not checked" in said
    shown.wizard.sandbox_page.ask.click()
    assert len(shown.sandboxes) == 1
    shown.wizard.sandbox_page.close_copy.click()
    assert shown.asked[-1] == CloseSandbox(cluster="ledger-us", sandbox="s-1")
    qtbot.keyClick(shown.wizard, Qt.Key.Key_Return, CTRL)
    assert shown.left == [""]


def test_a_copy_that_missed_its_target_is_a_failure(shown: Shown) -> None:
    shown.to(Part.PREVIEW)
    shown.next()
    failed = stories.job(state=JobState.FAILED, reason="target-not-reached", ended_at=stories.NOW, detail="\x1b[31mx")
    shown.wizard.show_job(failed)
    said = texts(shown.wizard.sandbox_page)
    assert "The copy could not be opened: the recovery ended before its target" in said
    assert "No node of the cluster was changed." in said
    assert "\x1b" not in said
    shown.wizard.show_job(stories.job())
    assert shown.wizard.draft.job == failed, "what has ended does not run again"


def test_cancel_takes_away_only_the_copy(qtbot: QtBot, shown: Shown) -> None:
    shown.to(Part.PREVIEW)
    shown.next()
    qtbot.keyClick(shown.wizard, Qt.Key.Key_Period, CTRL)
    assert shown.asked[-1] == CancelJob(job="s-1")


# A node, a cluster


def test_the_target_is_confirmed_by_typing_its_name_beside_its_card(qtbot: QtBot, cluster: Shown) -> None:
    cluster.to(Part.TARGET)
    assert not cluster.wizard.foot.next.isEnabled()
    cluster.wizard.target_page.node_chosen.emit("chi-1")
    assert cluster.asked[-1] == AskCard(cluster="ledger-us", node="chi-1")
    cluster.engine.answer()
    said = [row.cells[1].text for row in cluster.wizard.target_page.card.rows]
    assert "/var/lib/postgresql/18/main" in said
    assert "entry 88,099,336" in said, "its number, not how many"
    name = cluster.wizard.target_page.name
    name.setFocus()
    qtbot.keyClicks(name, "chi-2")
    assert "That is not its name." in texts(cluster.wizard.target_page)
    cluster.wizard.go_on()
    assert cluster.wizard.draft.at is Part.TARGET
    name.clear()
    qtbot.keyClicks(name, "chi-1")
    assert cluster.wizard.foot.next.isEnabled()


def test_what_a_goal_needs_is_filled_in_to_be_read(shown: Shown) -> None:
    shown.wizard.choose_goal(Goal.CLUSTER)
    assert shown.wizard.draft.node == "nyc-1", "the ledger goes back where it is"
    shown.wizard.choose_goal(Goal.NODE)
    assert shown.wizard.draft.node == "nyc-2", "the standby that is in trouble"
    assert shown.wizard.draft.node_typed == "", "a person still says that it is meant"
    shown.wizard.choose_goal(Goal.INSPECT)
    assert shown.wizard.draft.node == ""


def test_the_primary_is_no_target_of_a_single_node(qtbot: QtBot) -> None:
    shown = Shown(qtbot, goal=Goal.NODE)
    shown.next(3)
    assert shown.wizard.draft.at is Part.TARGET
    choices = {one.key: one for one in shown.wizard.target_page.nodes.choices}
    assert not choices["nyc-1"].possible
    assert "is the primary" in choices["nyc-1"].says
    assert "vault-2" not in choices


def test_the_plan_is_made_before_anybody_approves_and_a_refusal_ends_there(qtbot: QtBot) -> None:
    shown = Shown(qtbot, goal=Goal.CLUSTER, part="space-refused")
    shown.to(Part.SPACE)
    (wanted,) = [one for one in shown.asked if isinstance(one, Propose)]
    assert ("target", "time") in wanted.options
    assert "The plan can't be run: see what refuses, and how to mend it" in texts(shown.wizard.space_page)
    shown.wizard.go_on()
    assert shown.wizard.draft.at is Part.SPACE
    qtbot.keyClick(shown.wizard, Qt.Key.Key_F5)
    assert shown.kinds.count("Propose") == 2


def test_the_cluster_is_restored_only_after_its_name_was_typed(cluster: Shown) -> None:
    cluster.to(Part.APPROVAL)
    assert not any(isinstance(one, StartRun) for one in cluster.asked)
    cluster.wizard.go_on()
    assert not any(isinstance(one, StartRun) for one in cluster.asked)
    cluster.wizard.approval_page.name.setText("ledger-us")
    cluster.wizard.go_on()
    (start,) = [one for one in cluster.asked if isinstance(one, StartRun)]
    assert (start.mode, start.confirmed, start.loss_entries_max) == (Mode.REAL, "ledger-us", 518_006)
    cluster.engine.answer()
    assert cluster.wizard.draft.at is Part.OPEN
    rows = {row.name: row.state.value for row in cluster.wizard.rail.rows.rows}
    assert rows["Lay out, stop the ledger"] == "done"
    assert rows["Accept or roll back"] == "waiting"
    assert cluster.wizard.rail.rows.rows[10].band == "The old data directory is kept until here"


def test_a_run_that_ended_is_reported(cluster: Shown) -> None:
    cluster.to(Part.APPROVAL)
    cluster.wizard.approval_page.name.setText("ledger-us")
    cluster.next()
    cluster.wizard.show_run(stories.run(done=8, state=RunState.DONE))
    assert cluster.wizard.draft.at is Part.REPORT
    assert cluster.wizard.foot.next.text() == "Done"
    cluster.wizard.go_on()
    assert cluster.left == [""]


def test_another_moment_after_the_approval_was_begun_takes_it_back(cluster: Shown) -> None:
    cluster.to(Part.APPROVAL)
    cluster.wizard.rail.opened.emit(Part.POINT)
    cluster.wizard.choose_target(stories.BEFORE_ENTRY)
    assert cluster.wizard.draft.plan is None
    assert "The approval was taken back" in texts(cluster.wizard.rail)


def test_a_plan_whose_inputs_changed_is_made_anew_before_it_runs(cluster: Shown) -> None:
    cluster.to(Part.APPROVAL)
    cluster.wizard.approval_page.name.setText("ledger-us")
    cluster.wizard.go_on()
    (start,) = [one for one in cluster.asked if isinstance(one, StartRun)]
    cluster.engine.asked.clear()
    cluster.wizard.show_answer(start, Refused(reason="inputs-changed", subject="ledger-us"))
    assert isinstance(cluster.asked[-1], Propose)
    assert cluster.wizard.course.stale
    cluster.engine.answer()
    assert cluster.wizard.foot.next.text() == "Make the plan anew"
    cluster.wizard.go_on()
    assert cluster.wizard.draft.at is Part.SPACE


# Leaving, losing the engine, looks


def test_leaving_says_that_nothing_was_changed(qtbot: QtBot, shown: Shown) -> None:
    qtbot.keyClick(shown.wizard, Qt.Key.Key_Escape)
    assert shown.left == ["Left. No node of ledger-us was changed."]


def test_a_refused_question_is_said_and_can_be_asked_again(qtbot: QtBot, shown: Shown) -> None:
    shown.next()
    shown.wizard.choose_target(stories.BEFORE_ENTRY)
    question = shown.wizard.course.asked_target
    assert question is not None
    shown.engine.asked.clear()
    shown.wizard.show_answer(question, Refused(reason="host-silent", subject="vault-2"))
    assert "its host could not be reached" in texts(shown.wizard.trouble)
    qtbot.keyClick(shown.wizard, Qt.Key.Key_F5)
    assert isinstance(shown.asked[-1], AskTarget)


def test_a_lost_engine_blocks_and_comes_back(shown: Shown) -> None:
    shown.next()
    shown.wizard.set_live(False, "gone")
    assert not shown.wizard.foot.next.isEnabled()
    assert "The engine has stopped (gone)" in texts(shown.wizard.trouble)
    shown.wizard.set_live(True)
    assert shown.wizard.foot.next.isEnabled()


@pytest.mark.parametrize("choice", [theme.Choice.LIGHT, theme.Choice.DARK])
def test_every_step_is_painted_in_both_themes_and_pushes_nothing(
    qtbot: QtBot, qapp: QApplication, choice: theme.Choice
) -> None:
    theme.apply(qapp, choice, pixels=13)
    shown = Shown(qtbot, goal=Goal.CLUSTER)
    for part in flow.READING[1:]:
        shown.to(part)
        assert not shown.wizard.grab().isNull()
        assert shown.wizard.minimumSizeHint().width() <= 1280


def test_hostile_answers_stay_text(shown: Shown) -> None:
    shown.next()
    bad = replace(stories.unfit(), reason=backups.HOSTILE, detail=backups.HOSTILE)
    shown.wizard.choose_target(stories.IN_THE_HOLE)
    question = shown.wizard.course.asked_target
    assert question is not None
    shown.wizard.show_answer(question, TargetSeen(chosen=None, unfit=bad))
    said = texts(shown.wizard)
    assert "\x1b" not in said
    assert "\u202e" not in said
