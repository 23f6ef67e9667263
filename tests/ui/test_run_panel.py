"""The panel of a run: says where it stands, shows what is sent, asks in place, and can be stopped; all by keyboard."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject, QSize, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.domain.plan import Act, Step, Verb
from console.domain.run import Choice, Mode, Outage, RunState, RunView, StepState
from console.link.changes import AnswerRun, StopRun
from console.link.messages import Message
from console.ui import theme
from console.ui.controls import Says
from console.ui.outage_strip import Span, longest_gap, outage_text, spans
from console.ui.run_figures import how_far, run_figures
from console.ui.run_foot import open_report
from console.ui.run_output import commands_text
from console.ui.run_panel import RunPanel
from console.ui.run_question import read_entries
from console.ui.run_steps import row_word, step_rows
from console.ui.step_shapes import TURN_MILLISECONDS, is_still
from tests.ui import run_stories, story

NOW = run_stories.NOW


def panel_of(qtbot: QtBot, run: RunView, size: QSize | None = None) -> tuple[RunPanel, list[Message]]:
    panel = RunPanel()
    qtbot.addWidget(panel)
    wanted: list[Message] = []
    panel.wants.connect(wanted.append)
    panel.resize(size or QSize(1000, 680))
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow, timeout=10_000)
    panel.show_run(run, now=NOW)
    qtbot.waitUntil(lambda: "Books whole" in texts(panel), timeout=5000)  # what was just made is shown in the next turn
    return panel, wanted


def texts(widget: QWidget) -> str:
    return "\n".join(one.text for one in widget.findChildren(Says) if one.isVisibleTo(widget))


def test_it_says_first_whether_the_ledger_is_writable(qtbot: QtBot) -> None:
    panel, _ = panel_of(qtbot, run_stories.running())
    said = texts(panel)
    assert "Writes are back on chi-1 since 02:57:21. Now: Point nyc-2 at chi-1" in said
    assert "Failover of ledger-us from nyc-1 to chi-1, started by m.keller, approved by a.okafor" in said
    assert "87 to 122 entries" in said
    assert "USD 247,310.40, EUR 6,120.00 and JPY 1,240,000; approved: 150 entries" in said
    assert "7 of 12 steps proven" in said
    assert panel.accessibleName().startswith("Writes are back")


def test_what_is_open_counts_on_and_what_ended_stands_still(qtbot: QtBot) -> None:
    panel, _ = panel_of(qtbot, run_stories.running(done=3))
    assert "2 min 7 s" in texts(panel)
    panel.tick(NOW + timedelta(seconds=5))
    assert "2 min 12 s" in texts(panel)
    panel.show_run(run_stories.ended())
    qtbot.waitUntil(lambda: "2 min 8 s" in texts(panel), timeout=5000)
    before = texts(panel)
    panel.tick(NOW + timedelta(minutes=3))
    assert texts(panel) == before


def test_steps_show_proof_found_proof_to_come_and_the_point_of_no_return() -> None:
    rows = step_rows(run_stories.running(), NOW)
    assert [row.number for row in rows] == list(range(1, 13))
    by_key = {row.key: row for row in rows}
    assert by_key["promote:chi-1"].proof == "Proven: writable, timeline 8"
    assert by_key["promote:chi-1"].rule == "Point of no return, passed 02:58:38"
    assert by_key["repoint:nyc-2"].proof == "Proof to come: streams from chi-1 on timeline 8. Limit 2 min 0 s"
    assert by_key["books"].proof.endswith("About 42 s")
    assert sum(1 for row in rows if row.rule) == 1
    assert how_far(run_stories.running()) == "7 of 12 steps proven"
    waiting = step_rows(run_stories.running(done=2), NOW)
    assert {row.rule for row in waiting} == {"", "Point of no return"}


@pytest.mark.parametrize(
    ("state", "starts"),
    [
        (StepState.DONE, "Proven: "),
        (StepState.ALREADY_SO, "Already so: "),
        (StepState.FAILED, "Not proven: "),
        (StepState.SKIPPED, "Not proven: skipped"),
        (StepState.UNDONE, "Undone"),
        (StepState.RUNNING, "Proof to come: "),
        (StepState.WAITING, "Proof to come: "),
    ],
)
def test_each_state_of_a_step_claims_what_is_so(state: StepState, starts: str) -> None:
    run = run_stories.running()
    steps = tuple(replace(step, state=state, observed="") for step in run.steps)
    for row in step_rows(replace(run, steps=steps), NOW):
        assert row.proof.startswith(starts)


def test_of_a_run_that_ended_nothing_is_still_to_come() -> None:
    rows = step_rows(run_stories.cancelled(), story.NOW)
    assert [(row_word(row), row.proof) for row in rows[2:4]] == [
        ("undone", "Undone, and that is proven"), ("not run", "Never begun"),
    ]  # fmt: skip


def test_a_step_is_chosen_by_keyboard_and_its_commands_can_be_copied(qtbot: QtBot) -> None:
    panel, _ = panel_of(qtbot, run_stories.running())
    assert panel.output.key == "repoint:nyc-2"
    panel.steps.setFocus()
    qtbot.waitUntil(panel.steps.hasFocus)
    qtbot.keyClick(panel.steps, Qt.Key.Key_Down)
    assert panel.output.key == "lock"
    for _ in range(3):
        qtbot.keyClick(panel.steps, Qt.Key.Key_Down)
    assert panel.output.key == "fence:nyc-1"
    panel.output.commands.setFocus()
    qtbot.keyClick(panel.output.commands, Qt.Key.Key_Return)
    assert "ipmitool -H nyc-1-ipmi power off" in panel.output.lines.toPlainText()
    panel.output.copy.click()
    assert QGuiApplication.clipboard().text() == panel.output.lines.toPlainText()
    assert "copied" in texts(panel)
    panel.show_run(run_stories.running())
    assert panel.output.key == "fence:nyc-1", "what a person chose stays chosen"
    panel.output.follow.click()
    assert panel.output.key == "repoint:nyc-2"


def test_commands_are_exactly_what_is_sent_line_by_line() -> None:
    script = "set -e\npsql <<'EOF'\nselect '&<b>';\nEOF"
    step = Step(key="x", phase=run_stories.failover_steps()[0].phase, acts=(
        Act(verb=Verb.PROMOTE, node="a", script=script), Act(verb=Verb.STOP, node="b"),
    ))  # fmt: skip
    said = commands_text(step)
    assert script in said
    assert said.startswith("# Promote, on a\n")
    assert "# Stop the server, on b\n(nothing is sent to a shell)" in said


def test_hostile_output_stays_text(qtbot: QtBot) -> None:
    run = run_stories.running()
    evil = "<b>bold</b>\x1b[2J\u202eright to left"
    steps = tuple(replace(s, output=(evil,)) if s.state is StepState.RUNNING else s for s in run.steps)
    panel, _ = panel_of(qtbot, replace(run, steps=steps))
    said = panel.output.lines.toPlainText()
    assert said.startswith("<b>bold</b>")
    assert "\x1b" not in said and "\u202e" not in said


def test_the_running_step_is_in_sight(qtbot: QtBot) -> None:
    panel, _ = panel_of(qtbot, run_stories.running(), QSize(1000, 560))

    def seen() -> bool:
        place = panel.steps.place_of("repoint:nyc-2")
        top = panel._scroll.verticalScrollBar().value()
        return top <= place.top() and place.bottom() <= top + panel._scroll.viewport().height()

    qtbot.waitUntil(seen, timeout=5000)
    assert panel._scroll.verticalScrollBar().value() > 0


def test_stop_is_told_once_and_says_what_will_be_true(qtbot: QtBot) -> None:
    panel, wanted = panel_of(qtbot, run_stories.running())
    assert "chi-1 stays primary. Left: steps 9 to 12, by going on later." in texts(panel)
    stopped: list[RunView] = []
    panel.stop_wanted.connect(stopped.append)
    qtbot.keyClick(panel, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    panel.foot.stop.click()
    assert wanted == [StopRun(run="r-0257")]
    assert [run.id for run in stopped] == ["r-0257"]
    assert not panel.foot.stop.isEnabled()
    panel.show_run(run_stories.running())
    assert not panel.foot.stop.isEnabled(), "until the run says that it stops"
    panel.show_run(replace(run_stories.running(), state=RunState.STOPPING))
    assert panel.foot.stop.text() == "Stopping …"
    panel.show_refused("There is no run r-0257.")
    assert "There is no run r-0257." in texts(panel)


def test_a_refused_stop_can_be_pressed_again(qtbot: QtBot) -> None:
    panel, wanted = panel_of(qtbot, run_stories.running())
    panel.foot.stop.click()
    panel.show_refused("The engine stopped before it answered.")
    assert panel.foot.stop.isEnabled()
    panel.foot.stop.click()
    assert wanted == [StopRun(run="r-0257")] * 2


def test_a_greater_loss_is_approved_by_its_number(qtbot: QtBot) -> None:
    run = run_stories.asking_loss()
    panel, wanted = panel_of(qtbot, run)
    said = texts(panel)
    assert "The loss (141 to 176 entries) is above what was approved (at most 150 entries)" in said
    assert "Writes have stopped. The plan waits for your answer" in said
    question = panel.question
    assert [button.text() for button in question.buttons] == [
        "Approve a greater loss …", "Cancel the plan", "Leave it as it is",
    ]  # fmt: skip
    question.buttons[0].click()
    assert question.asked.isVisible()
    qtbot.waitUntil(question.asked.field.hasFocus, timeout=5000)
    for wrong, why in (("", "A whole"), ("many", "A whole"), ("-5", "A whole"), ("175", "At most 176 entries")):
        question.asked.field.setText(wrong)
        qtbot.keyClick(question.asked.field, Qt.Key.Key_Return)
        assert why in question.asked.trouble.text
    assert wanted == []
    question.asked.field.setText("1,200")
    qtbot.keyClick(question.asked.field, Qt.Key.Key_Return)
    assert wanted == [AnswerRun(run="r-0257", choice=Choice.ACCEPT_LOSS, loss_entries_max=1200)]
    assert not any(button.isEnabled() for button in question.buttons)
    assert "Sent: Approve a greater loss" in texts(panel)


def test_a_lock_is_broken_with_a_reason_only(qtbot: QtBot) -> None:
    panel, wanted = panel_of(qtbot, run_stories.asking_lock())
    assert panel.first_focus() is panel.question.buttons[0]
    panel.question.buttons[1].click()
    panel.question.asked.field.setText("why")
    panel.question.asked.confirm.click()
    assert "at least 8 characters" in panel.question.asked.trouble.text
    panel.question.asked.back.click()
    assert panel.question._row.isVisible()
    panel.question.buttons[1].click()
    panel.question.asked.field.setText("ops-2 is off, a.okafor agrees")
    panel.question.asked.confirm.click()
    assert wanted == [AnswerRun(run="r-0257", choice=Choice.BREAK_LOCK, reason="ops-2 is off, a.okafor agrees")]
    panel.show_refused("A reason is needed.")
    assert all(button.isEnabled() for button in panel.question.buttons)


def test_a_choice_without_a_question_is_sent_at_once_and_once(qtbot: QtBot) -> None:
    panel, wanted = panel_of(qtbot, run_stories.asking_lock())
    answered: list[object] = []
    panel.answered.connect(answered.append)
    panel.question.buttons[0].click()
    panel.question.buttons[0].click()
    assert wanted == [AnswerRun(run="r-0257", choice=Choice.GO_ON)]
    assert answered == wanted
    panel.show_run(run_stories.running(done=0))
    assert panel.question.isHidden()


def test_a_picture_of_the_same_question_keeps_what_is_being_typed(qtbot: QtBot) -> None:
    run = run_stories.asking_lock()
    panel, _ = panel_of(qtbot, run)
    panel.question.buttons[1].click()
    panel.question.asked.field.setText("half a reas")
    panel.show_run(replace(run, steps=run.steps[:3]))
    assert panel.question.asked.isVisible()
    assert panel.question.asked.field.text() == "half a reas"


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", 0), ("150", 150), (" 1,200 ", 1200), ("1 200", 1200), ("12,34", None), ("1e3", None), ("٣", None),
     ("9" * 30, None), ("+5", None)],
)  # fmt: skip
def test_a_number_of_entries_is_read_as_people_write_it(text: str, value: int | None) -> None:
    assert read_entries(text) == value


def test_a_past_run_offers_nothing_to_press_but_its_report(qtbot: QtBot, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    report.write_text("<p>proven</p>")
    run = run_stories.ended(str(report))
    panel, wanted = panel_of(qtbot, run)
    panel.show_run(run, reading=True)
    assert panel.foot.stop.isHidden()
    assert panel.foot.report.isVisible()
    assert "Rejoin nyc-1" in texts(panel)

    urls: list[str] = []

    class Opener(QObject):
        @Slot(QUrl)
        def opened(self, url: QUrl) -> None:
            urls.append(url.toLocalFile())

    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "opened")
    try:
        panel.foot.report.click()
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert urls == [str(report)]
    assert wanted == []
    assert "not there any more" in open_report(str(tmp_path / "gone.html"))
    assert "not there any more" in open_report("")


def outage(marks: tuple[tuple[float, bool], ...], *, still_open: bool = False, gap: float | None = None) -> Outage:
    return Outage(gap_seconds=gap, open=still_open, attempts=1, acknowledged=1, errors=0, unknown=0,
                  lost_acknowledged=None, marks=marks)  # fmt: skip


def pairs(found: tuple[Span, ...]) -> list[tuple[float, float]]:
    return [(span.begin, span.end) for span in found]


def test_between_the_gaps_that_the_meter_marks_writes_succeeded() -> None:
    """It marks the first success, and around each gap the last before, perhaps a failure, and the first after."""
    good, gaps = spans(outage(((0.1, True),)), 5.0)
    assert (pairs(good), pairs(gaps)) == ([(0.1, 5.0)], [])
    good, gaps = spans(outage(((0.1, True), (2.0, True), (2.3, True), (3.0, True), (3.1, False), (4.0, True))), 6.0)
    assert pairs(good) == [(0.1, 2.0), (2.3, 3.0), (4.0, 6.0)]
    assert pairs(gaps) == [(2.0, 2.3), (3.0, 4.0)]
    good, gaps = spans(outage(((0.1, True), (3.0, True), (3.1, False)), still_open=True), 6.0)
    assert (pairs(good), pairs(gaps)) == ([(0.1, 3.0)], [(3.0, 6.0)])
    good, gaps = spans(outage(((0.0, False), (9.0, True))), 12.0)
    assert (pairs(good), pairs(gaps)) == ([(9.0, 12.0)], [(0.0, 9.0)])
    good, gaps = spans(outage(((0.0, False),), still_open=True), 7.0)
    assert (pairs(good), pairs(gaps)) == ([], [(0.0, 7.0)])
    assert spans(outage(()), 7.0) == ((), ())


@given(
    st.lists(st.tuples(st.floats(0.01, 20), st.floats(0.2, 20), st.booleans()), max_size=8),
    st.booleans(),
)
def test_spans_cover_the_time_once_and_in_order(steps: list[tuple[float, float, bool]], still_open: bool) -> None:
    at, marks = 0.1, [(0.1, True)]
    for good, bad, failed in steps:
        marks.append((at + good, True))
        if failed:
            marks.append((at + good + bad / 2, False))
        at += good + bad
        marks.append((at, True))
    if still_open:
        marks += [(at + 1.0, True), (at + 1.1, False)]
    end = at + 2.0
    good_spans, gaps = spans(outage(tuple(marks), still_open=still_open), end)
    every = sorted((*good_spans, *gaps), key=lambda span: span.begin)
    assert every[0].begin == 0.1 and every[-1].end == end
    for one, after in pairwise(every):
        assert one.end == after.begin
    assert len(gaps) == len(steps) + still_open


def test_the_gap_that_is_told_is_the_open_one_or_the_longest() -> None:
    assert longest_gap(outage(((0.1, True),), gap=0.05), 6.0) is None
    assert longest_gap(outage(((0.1, True), (2.0, True), (2.12, True)), gap=0.12), 6.0) is None, "the meter's own pace"
    told = longest_gap(outage(((0.1, True), (2.0, True), (2.3, True), (3.0, True), (3.1, False), (4.0, True))), 7.0)
    assert told == Span(3.0, 4.0)
    still = longest_gap(outage(((0.1, True), (3.0, True), (3.1, False)), still_open=True), 9.0)
    assert still == Span(3.0, 9.0)
    assert longest_gap(outage((), still_open=True), 9.0) == Span(0.0, 9.0)
    running = replace(run_stories.switching(), outage=outage(((0.1, True),), gap=0.05))
    assert run_figures(running, story.NOW)[0][1] == "not at all so far"


def test_a_meter_that_did_not_run_is_said_so() -> None:
    why = Outage(gap_seconds=None, open=False, attempts=0, acknowledged=0, errors=0, unknown=0,
                 lost_acknowledged=None, why="no-client-conninfo")  # fmt: skip
    assert outage_text(why) == "it did not run: no client conninfo"
    assert outage_text(None) == "it did not run"
    figures = {label: value for label, value, _, _ in run_figures(replace(run_stories.running(), outage=why), NOW)}
    assert figures["Writes stopped for"] == "not measured"


def test_writes_that_had_stopped_before_are_not_measured_from_their_beginning() -> None:
    told = run_figures(run_stories.running(), NOW)
    assert told[0][2] == "since the meter began: no write succeeded before"
    switched = run_figures(run_stories.switched(), story.NOW)
    assert switched[0][1:3] == ("842 ms", "about 900 ms expected")


def test_books_are_called_whole_only_as_far_as_they_were_checked() -> None:
    ended = run_stories.ended()

    def books(*outcomes: str) -> tuple[str, str]:
        lines = tuple(replace(ended.books[0], outcome=one) for one in outcomes)
        label, value, below, _ = run_figures(replace(ended, books=lines), NOW)[3]
        assert label == "Books whole"
        return value, below

    assert books("proven", "proven") == ("proven", "2 checks proven")
    assert books("proven", "not-checked") == ("as far as checked", "1 checks proven, 1 not checked")
    assert books("not-checked")[0] == "not checked"
    assert books("proven", "failed") == ("no", "1 failed")
    assert books()[0] == "not checked"
    assert run_figures(run_stories.running(), NOW)[3][1:3] == ("not checked", "step 11 proves it")


def test_a_rehearsal_promises_nothing(qtbot: QtBot) -> None:
    panel, _ = panel_of(qtbot, run_stories.switched(mode=Mode.REHEARSAL))
    said = texts(panel)
    assert "It promises nothing" in said
    assert "a rehearsal stops no write" in said
    assert "proven" not in said and "8 steps" in said
    assert "Outage meter" not in said
    run = run_stories.switched(mode=Mode.REHEARSAL)
    looked = tuple(replace(step, state=StepState.DONE, observed="now: in recovery") for step in run.steps)
    rows = step_rows(replace(run, steps=looked, no_return_at=NOW), NOW)
    assert {row.proof for row in rows} == {"Looked at: now: in recovery"}
    assert {row_word(row) for row in rows} == {"looked at"}
    assert {row.rule for row in rows} == {"", "Point of no return"}, "a rehearsal passes nothing"


@pytest.fixture
def large(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, theme.Choice.LIGHT, pixels=26)
    yield
    theme.apply(qapp, theme.Choice.LIGHT, pixels=13)


@pytest.mark.usefixtures("large")
def test_a_large_font_stacks_the_cards_and_the_list_grows(qtbot: QtBot) -> None:
    panel, _ = panel_of(qtbot, run_stories.running(), QSize(1000, 680))
    assert panel._middle.direction() is panel._middle.Direction.TopToBottom
    narrow, wide = panel.steps.heightForWidth(500), panel.steps.heightForWidth(1500)
    assert narrow > wide


def test_every_control_has_a_name(qtbot: QtBot) -> None:
    panel, _ = panel_of(qtbot, run_stories.asking_loss())
    nameless = [one for one in panel.findChildren(QWidget)
                if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisibleTo(panel)
                and not (one.accessibleName() or one.parentWidget().accessibleName())]  # fmt: skip
    assert nameless == []
    assert "5 Count the loss again" in panel.steps.accessibleDescription()


def test_the_arc_turns_only_while_it_is_seen(qtbot: QtBot) -> None:
    panel, _ = panel_of(qtbot, run_stories.running())
    turning = panel.steps._turning
    assert turning.isActive() is not is_still()
    assert turning.interval() == TURN_MILLISECONDS
    panel.hide()
    assert not turning.isActive()
    panel.show()
    panel.show_run(run_stories.ended())
    assert not turning.isActive()
