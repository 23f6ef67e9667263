"""The Drills page: overdue duties first and done by a button, drills held against promises, consent by a typed name."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.domain.drill import DrillKind, DrillState, DutyKind, DutyRule
from console.domain.fleet import ClusterView
from console.domain.redundancy import CopyTrouble
from console.domain.verdict import Health
from console.link.backups import StartBackup, StartVerify
from console.link.books import AskBooks
from console.link.messages import Message, Refused
from console.link.watching import (
    AskDrills,
    AskDuties,
    AskRedundancy,
    ScheduleDrill,
    StartDrill,
    StopDrill,
)
from console.ui import theme
from console.ui.drill_marks import DrillMarks, mark_verdict
from console.ui.drill_record import drill_figure
from console.ui.drills_page import DrillsPage
from console.ui.duty_panel import DutyRow, duties_headline, duty_health, often_text
from console.ui.redundancy_panel import redundancy_health
from tests.ui import story
from tests.ui import watch_stories as watch
from tests.ui.watch_looks import nameless, texts, wait_whole

US = "ledger-us"
FIRST = [AskDuties(cluster=US), AskDrills(cluster=US, most=100), AskRedundancy(cluster=US)]


class Shown:
    """A page, and all that it asked for."""

    def __init__(self, qtbot: QtBot, view: ClusterView | None, size: QSize | None = None) -> None:
        self.clock = story.StoryClock()
        self.page = DrillsPage(self.clock)
        self.wanted: list[Message] = []
        self.drills: list[DrillKind] = []
        self.rules: list[DutyRule] = []
        qtbot.addWidget(self.page)
        self.page.wants.connect(self.wanted.append)
        self.page.drill_wanted.connect(self.drills.append)
        self.page.rule_wanted.connect(self.rules.append)
        self.page.resize(size or QSize(1040, 704))
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow, timeout=10_000)
        self.page.show_cluster(view)

    def fill(self, *, late: bool = True, under_way: bool = False, fine: bool = False) -> None:
        self.page.show_duties(AskDuties(cluster=US), watch.duties(late=late))
        self.page.show_drills(US, watch.told_drills(under_way=under_way))
        self.page.show_redundancy(US, watch.redundancy(fine=fine))
        self.wanted.clear()

    def row(self, kind: DutyKind) -> DutyRow:
        return next(row for row in self.page.duties.rows if row.key[0] is kind)


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    made = Shown(qtbot, story.ledger_us())
    made.fill()
    return made


# What it asks for, and when


def test_it_asks_once_it_is_seen_and_again_at_its_pace(qtbot: QtBot) -> None:
    shown = Shown(qtbot, story.ledger_us())
    assert shown.wanted == FIRST
    shown.page._pace.timeout.emit()
    assert shown.wanted == [*FIRST, AskDuties(cluster=US)]
    shown.page.hide()
    assert not shown.page._pace.isActive()
    shown.page.show_cluster(story.ledger_eu())
    assert len(shown.wanted) == 4, "a hidden page asks nothing"
    qtbot.keyClick(shown.page, Qt.Key.Key_F5)
    shown.page.show()
    assert shown.wanted[4:] == [
        AskDuties(cluster="ledger-eu"), AskDrills(cluster="ledger-eu", most=100), AskRedundancy(cluster="ledger-eu"),
    ]  # fmt: skip


def test_another_cluster_begins_anew_and_late_answers_are_left_alone(shown: Shown) -> None:
    shown.page.show_cluster(story.ledger_eu())
    shown.page.show_duties(AskDuties(cluster=US), watch.duties())
    shown.page.show_drills(US, watch.told_drills())
    shown.page.show_redundancy(US, watch.redundancy())
    shown.page.show_drill(watch.running())
    said = texts(shown.page)
    assert "Reading the duties and drills of ledger-eu" in said
    assert "nyc-1" not in said


def test_without_a_cluster_it_says_what_to_do(qtbot: QtBot) -> None:
    shown = Shown(qtbot, None)
    assert texts(shown.page) == "No cluster is chosen. Choose one at the left to see its duties and its drills."
    assert shown.wanted == []


# Duties


def test_what_is_overdue_is_said_first_and_stands_first(shown: Shown) -> None:
    said = texts(shown.page)
    assert "2 duties of ledger-us are overdue, first: copies compared" in said
    assert "2 of 9 overdue" in said
    assert [row.title.text for row in shown.page.duties.rows[:2]] == ["Copies compared", "Switchover drilled"]
    assert "overdue since 14 Mar 02:41" in said
    assert "at least every 90 days" in [row.rule.text() for row in shown.page.duties.rows]


def test_when_all_is_done_in_time_the_next_is_named(shown: Shown) -> None:
    shown.page.show_duties(AskDuties(cluster=US), watch.duties(late=False))
    assert "Every duty of ledger-us was done in time; next: copies compared" in texts(shown.page)


def test_a_duty_that_failed_or_never_happened_never_borrows_the_green() -> None:
    duty = watch.duties().duties
    assert [duty_health(one) for one in duty[:3]] == [Health.DEGRADED, Health.DEGRADED, Health.HEALTHY]
    assert duty_health(replace(duty[2], outcome="failed")) is Health.LOST
    assert duty_health(duty[6]) is None, "never done"
    assert duty_health(duty[8]) is None, "can't be told"
    failed = (replace(duty[2], outcome="failed"),)
    assert duties_headline(failed, US, watch.NOW) == ("The last time failed on ledger-us: backup", Health.LOST)
    assert duties_headline((), US, watch.NOW)[1] is Health.UNKNOWN
    begun = replace(duty[6], next_at=watch.NOW + timedelta(hours=4))
    said = "Nothing is overdue on ledger-us, but 1 duty was never done; next: books recomputed"
    assert duties_headline((begun,), US, watch.NOW) == (said, Health.UNKNOWN)


@pytest.mark.parametrize(
    ("kind", "hours", "said"),
    [
        (DutyKind.BACKUP, 24.0, "at least every 1 day"),
        (DutyKind.BACKUP, 168.0, "at least every 7 days"),
        (DutyKind.BACKUP, 6.0, "at least every 6 h 0 min"),
        (DutyKind.KEYS_VALID, 720.0, "due 30 days before its end"),
        (DutyKind.VERIFY, 0.0, "not a duty here"),
    ],
)
def test_how_often_is_said_in_days(kind: DutyKind, hours: float, said: str) -> None:
    assert often_text(DutyRule(kind=kind, every_hours=hours)) == said


@pytest.mark.parametrize(
    ("kind", "question"),
    [
        (DutyKind.BACKUP, StartBackup(cluster=US)),
        (DutyKind.VERIFY, StartVerify(cluster=US)),
        (DutyKind.RESTORE_PROOF, StartDrill(cluster=US, kind=DrillKind.RESTORE)),
        (DutyKind.COPIES_COMPARED, AskRedundancy(cluster=US, compare=True)),
        (DutyKind.BOOKS_RECOMPUTED, AskBooks(cluster=US)),
    ],
)
def test_a_button_does_it_once_until_it_is_answered(
    qtbot: QtBot, shown: Shown, kind: DutyKind, question: Message
) -> None:
    row = shown.row(kind)
    row.act.setFocus()
    qtbot.keyClick(row.act, Qt.Key.Key_Space)
    assert shown.wanted == [question]
    assert not shown.row(kind).act.isEnabled()
    shown.page._do(kind)
    assert shown.wanted == [question]
    shown.page.show_answer(question)
    assert shown.row(kind).act.isEnabled()
    assert shown.wanted[-1] == AskDuties(cluster=US), "what was done changes the list"


@pytest.mark.parametrize(
    ("kind", "opens"),
    [
        (DutyKind.DETECTOR_REHEARSAL, DrillKind.DETECTOR),
        (DutyKind.SWITCHOVER_DRILL, DrillKind.SWITCHOVER),
    ],
)
def test_what_asks_questions_first_opens_its_dialog(shown: Shown, kind: DutyKind, opens: DrillKind) -> None:
    shown.row(kind).act.click()
    assert shown.drills == [opens]
    assert shown.wanted == []


def test_keys_and_certificates_have_no_button_but_a_rule(shown: Shown) -> None:
    row = shown.row(DutyKind.KEYS_VALID)
    assert not row.act.isVisible()
    row.rule.click()
    assert shown.rules == [DutyRule(kind=DutyKind.KEYS_VALID, every_hours=720.0)]


def test_a_refusal_is_shown_and_the_button_is_there_again(shown: Shown) -> None:
    shown.row(DutyKind.BACKUP).act.click()
    shown.page.show_refused(StartBackup(cluster=US), Refused(reason="busy", subject="vault-2"))
    assert "other work runs there already" in texts(shown.page)
    assert shown.row(DutyKind.BACKUP).act.isEnabled()


# Drills


def test_the_record_holds_measures_against_promises(shown: Shown) -> None:
    said = texts(shown.page.record)
    assert "4 of 6 drills passed" in said
    row = "00:41 | Detector rehearsal: a throw-away server is killed, vault-2 | passed | 0.44 s (promised 1.5 s)"
    assert row in said
    assert shown.page.record.facts.marks.marks == watch.drills()[0].marks
    assert drill_figure(watch.drills()[2]) == "0.84 s (promised 5.0 s)"
    assert drill_figure(watch.drills()[3]) == "18 s (promised 1 min 0 s)"


def test_a_chosen_drill_shows_its_own_measures(qtbot: QtBot, shown: Shown) -> None:
    table = shown.page.record.table
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    marks = shown.page.record.facts.marks
    assert marks.marks == watch.drills()[1].marks
    assert "Fault to verdict, 2.1 s (promised 1.5 s), 0.6 s over" in marks.accessibleDescription()
    assert "never came" in marks.accessibleDescription()
    assert "It was named later than promised." in texts(shown.page.record)


def test_a_mark_is_kept_over_or_never_came() -> None:
    assert mark_verdict(watch.mark("verdict", 1.5, 1.5)) == ("kept", theme.Token.OK)
    assert mark_verdict(watch.mark("verdict", 2.0, 1.5)) == ("0.5 s over", theme.Token.LOST)
    assert mark_verdict(watch.mark("alert", None, 1.5)) == ("never came", theme.Token.LOST)
    assert mark_verdict(watch.mark("undone", 3.0))[0] == ""


def test_a_running_drill_has_a_place_of_its_own_and_is_stopped_once(qtbot: QtBot, shown: Shown) -> None:
    shown.page.show_drill(watch.running())
    said = texts(shown.page)
    assert "Detector rehearsal on ledger-us: our own probe channel is cut (dal-1)" in said
    assert "for 9 s" in said
    assert "Its fault is undone first, and that is proven; then it ends as stopped." in said
    assert not shown.page.start.isEnabled()
    assert not shown.row(DutyKind.DETECTOR_REHEARSAL).act.isEnabled()
    shown.clock.advance(31)
    shown.page.tick()
    assert "for 40 s" in texts(shown.page)
    qtbot.keyClick(shown.page, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: shown.wanted == [StopDrill(drill="d-12")])
    shown.page.running.stop.click()
    assert len(shown.wanted) == 1
    shown.page.show_refused(StopDrill(drill="d-12"), Refused(reason="drill-ended", subject="d-12"))
    assert "It has ended already. Nothing was changed." in texts(shown.page)
    ended = replace(watch.running(), state=DrillState.STOPPED, reason="stopped", ended_at=watch.NOW)
    shown.page.show_drill(ended)
    assert not shown.page.running.isVisible()
    assert shown.wanted[-1] == AskDuties(cluster=US)
    assert shown.page.start.isEnabled()


def test_a_drill_that_began_elsewhere_shows_by_itself(shown: Shown) -> None:
    assert shown.page.underway is None
    shown.page.show_drill(watch.running())
    assert shown.page.underway == watch.running()


def test_without_a_drill_the_record_says_what_one_would_give(shown: Shown) -> None:
    shown.page.show_drills(US, replace(watch.told_drills(), drills=()))
    assert "Nothing was rehearsed here yet." in texts(shown.page)


def test_the_pace_of_rehearsals_is_shown_and_changed(shown: Shown) -> None:
    assert shown.page.pace.text() == "Rehearsed by itself: every 7 days"
    menu = shown.page.pace.menu
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["never", "every day", "every 7 days", "every 30 days"]
    menu.actions()[0].trigger()
    assert shown.wanted == [ScheduleDrill(cluster=US, every_hours=0.0)]
    shown.page.show_drills(US, replace(watch.told_drills(), schedules=()))
    assert shown.page.pace.text() == "Rehearsed by itself: never"


def test_without_an_engine_nothing_can_be_begun(shown: Shown) -> None:
    shown.page.set_live(False)
    assert "Nothing can be begun." in texts(shown.page)
    assert not shown.page.start.isEnabled()
    assert not any(row.act.isEnabled() for row in shown.page.duties.rows)
    shown.page.set_live(True)
    assert shown.wanted[-3:] == FIRST


# Copies


def test_copies_and_what_differs(shown: Shown) -> None:
    said = texts(shown.page.copies)
    assert "3 of 4 copies proven the same up to entry 18,204,311" in said
    assert "max_connections is 100 on chi-1, and should be 300." in said
    assert "dal-1 | not compared" in said
    assert redundancy_health(watch.redundancy(fine=True)) is Health.HEALTHY
    assert redundancy_health(replace(watch.redundancy(fine=True), proven=0)) is Health.UNKNOWN
    wrong = replace(watch.redundancy().findings[0], trouble=CopyTrouble.BOOKS_DIFFER)
    assert redundancy_health(replace(watch.redundancy(), findings=(wrong,))) is Health.LOST


def test_a_comparison_is_asked_for_once(shown: Shown) -> None:
    shown.page.copies.compare.click()
    shown.page.copies.compare.click()
    assert shown.wanted == [AskRedundancy(cluster=US, compare=True)]
    assert shown.page.copies.compare.text() == "Comparing …"
    shown.page.show_refused(AskRedundancy(cluster=US, compare=True), Refused(reason="no-ledger", subject=US))
    assert "Nothing was changed." in shown.page.copies.trouble.text
    assert shown.page.copies.compare.isEnabled()


def test_copies_that_were_never_compared_say_what_it_would_give(shown: Shown) -> None:
    shown.page.show_redundancy(US, None)
    assert "The copies were never compared here." in texts(shown.page.copies)


# Looks


@pytest.mark.parametrize("pixels", [13, 26])
@pytest.mark.parametrize("under_way", [False, True])
def test_nothing_is_cut_and_everything_has_a_name(
    qtbot: QtBot, qapp: QApplication, pixels: int, under_way: bool
) -> None:
    theme.apply(qapp, theme.Choice.DARK, pixels=pixels)
    shown = Shown(qtbot, story.ledger_us())
    shown.fill(under_way=under_way)
    wait_whole(qtbot, shown.page)
    assert nameless(shown.page) == []


def test_bars_give_way_to_words_where_there_is_no_room(qtbot: QtBot) -> None:
    marks = DrillMarks()
    qtbot.addWidget(marks)
    marks.show_marks(watch.drills()[0].marks)
    marks.resize(900, 120)
    assert marks._bars()
    marks.resize(260, 120)
    assert not marks._bars()
    marks.show()
    assert not marks.grab().isNull()


def test_a_moment_later_the_head_counts_on(shown: Shown) -> None:
    assert "Last drill 1 h 59 min ago: Detector rehearsal on ledger-us" in texts(shown.page)
    shown.clock.advance(timedelta(hours=1).total_seconds())
    shown.page.show_cluster(story.ledger_us())
    shown.page.show_drills(US, watch.told_drills())
    assert "Last drill 2 h 59 min ago" in texts(shown.page)
