"""The Recovery page: asks at its pace, says what was seen and what it costs, prepares and never acts; by keyboard."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.domain.fleet import ClusterView
from console.domain.plan import Operation
from console.domain.recommendation import Seeing, Situation, Way
from console.domain.verdict import Health, Level
from console.link.changes import AnswerRun, AskRun, AskRuns, AskSituation, Propose, Runs
from console.link.messages import Message, Refused
from console.ui import theme
from console.ui.controls import Says
from console.ui.recovery_page import ASK_SECONDS, RecoveryPage
from console.ui.seeing_words import seeing_health, seeing_sentence, seeing_text
from console.ui.situation_words import evidence_text, prepared_option, proposal, situation_text
from tests.ui import run_stories, story

ASKED = AskSituation(cluster="ledger-us")


def texts(widget: QWidget) -> str:
    return "\n".join(one.text for one in widget.findChildren(Says) if one.isVisibleTo(widget))


class Shown:
    """A page in the night's moment, and all that it asked for."""

    def __init__(self, qtbot: QtBot, view: ClusterView | None) -> None:
        self.clock = story.StoryClock()
        self.clock.advance((run_stories.SEEN - story.NOW).total_seconds())
        self.page = RecoveryPage(self.clock)
        self.wanted: list[Message] = []
        self.prepared: list[Propose] = []
        qtbot.addWidget(self.page)
        self.page.wants.connect(self.wanted.append)
        self.page.prepare_wanted.connect(self.prepared.append)
        self.page.resize(QSize(1040, 704))
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow, timeout=10_000)
        self.page.show_cluster(view)

    def asked(self, kind: type) -> int:
        return sum(1 for one in self.wanted if isinstance(one, kind))


@pytest.fixture
def lost(qtbot: QtBot) -> Shown:
    shown = Shown(qtbot, run_stories.lost_view())
    shown.page.show_situation(run_stories.situation())
    shown.page.show_runs(AskRuns(cluster="ledger-us"), Runs(runs=()))
    return shown


@pytest.fixture
def calm(qtbot: QtBot) -> Shown:
    shown = Shown(qtbot, run_stories.calm_view())
    shown.page.show_situation(run_stories.calm_situation())
    shown.page.show_runs(AskRuns(cluster="ledger-lab"), Runs(runs=run_stories.past_runs()))
    return shown


# What it asks for


def test_it_asks_when_it_is_shown_and_not_while_an_answer_is_open(qtbot: QtBot) -> None:
    shown = Shown(qtbot, run_stories.lost_view())
    assert shown.wanted == [ASKED, AskRuns(cluster="ledger-us", most=50)]
    shown.page._pace.timeout.emit()
    assert shown.asked(AskSituation) == 1
    shown.clock.advance(31)
    shown.page._pace.timeout.emit()
    assert shown.asked(AskSituation) == 2, "an answer that never comes is not waited for for ever"
    shown.page.show_situation(run_stories.situation())
    shown.page._pace.timeout.emit()
    assert shown.asked(AskSituation) == 3


def test_it_asks_at_its_pace_only_while_it_is_seen(qtbot: QtBot) -> None:
    shown = Shown(qtbot, run_stories.lost_view())
    assert shown.page._pace.isActive()
    assert shown.page._pace.interval() == round(ASK_SECONDS * 1000)
    shown.page.hide()
    assert not shown.page._pace.isActive()
    assert not shown.page._seconds.isActive()
    shown.page.show_cluster(run_stories.calm_view())
    before = len(shown.wanted)
    shown.page._ask()
    assert len(shown.wanted) == before
    shown.page.show()
    assert shown.wanted[before:] == [AskSituation(cluster="ledger-lab"), AskRuns(cluster="ledger-lab", most=50)]


def test_f5_asks_anew_at_once(qtbot: QtBot, lost: Shown) -> None:
    before = lost.asked(AskSituation)
    qtbot.keyClick(lost.page, Qt.Key.Key_F5)
    qtbot.keyClick(lost.page, Qt.Key.Key_F5)
    assert lost.asked(AskSituation) == before + 2


def test_another_cluster_is_asked_anew_and_late_answers_of_the_first_are_left_alone(lost: Shown) -> None:
    lost.page.show_cluster(run_stories.calm_view())
    assert lost.wanted[-2:] == [AskSituation(cluster="ledger-lab"), AskRuns(cluster="ledger-lab", most=50)]
    lost.page.show_situation(run_stories.situation())
    lost.page.show_runs(AskRuns(cluster="ledger-us"), Runs(runs=(run_stories.ended(),)))
    lost.page.show_run(run_stories.running())
    said = texts(lost.page)
    assert "chi-1" not in said
    assert "Every node is being asked" in said
    assert lost.page.run is None


# What it says


def test_without_a_cluster_it_says_what_to_do(qtbot: QtBot) -> None:
    shown = Shown(qtbot, None)
    assert texts(shown.page) == "No cluster is chosen. Choose one at the left to see its situation and its runs."
    assert shown.wanted == []


def test_verdict_evidence_and_price_come_first(lost: Shown) -> None:
    said = texts(lost.page)
    assert "ledger-us is lost: nyc-1 has not answered for 33 s" in said
    assert "Evidence: witnessed (its standbys do not reach it either). Nobody can see whether its server" in said
    assert "Fail over to chi-1" in said
    assert "Loses 87 entries, at most 122: USD 247,310.40, EUR 6,120.00 and JPY 1,240,000." in said
    assert "About 2 min 10 s (past runs of this cluster)." in said
    assert "Production" in said
    assert "Steps to read first. Nothing on any node changes before step 8." in said


def test_ways_that_are_not_possible_stay_visible_with_their_reason(lost: Shown) -> None:
    ways = {choice.key: choice for choice in lost.page.situation.ways.choices}
    assert list(ways) == ["wait", "restart", "switchover", "failover", "restore"]
    assert not ways["restart"].possible
    assert ways["restart"].says == "the host does not answer"
    assert ways["switchover"].says == "the primary is gone"
    assert lost.page.situation.ways.key == "failover"


def test_candidates_that_are_passed_over_keep_their_reason_and_their_price(lost: Shown) -> None:
    rows = [[cell.text for cell in row.cells] for row in lost.page.situation.candidates.rows]
    assert rows[1][:2] == ["chi-1", "can be promoted"]
    assert rows[1][5:] == ["87 to 122 entries", "USD 247,310.40, EUR 6,120.00 and JPY 1,240,000"]
    assert rows[2][1] == "refused: a cascade: it follows a standby, not the primary"
    assert rows[3][1] == "refused: another standby holds more"


def test_the_age_of_the_answers_counts_on_and_turns_old(lost: Shown) -> None:
    aside = lost.page.situation._matrix_card.aside
    assert aside.text == "asked 02:52:40"
    lost.clock.advance(4)
    lost.page.tick()
    assert aside.text == "asked 02:52:40, 4.0 s old"
    lost.clock.advance(20)
    lost.page.tick()
    assert aside.text == "old: asked 02:52:40, 24 s old"
    assert aside._token is theme.Token.WARN


@pytest.mark.parametrize("level", [*Level, None])
def test_each_level_of_evidence_says_what_it_allows(level: Level | None) -> None:
    said = evidence_text(replace(run_stories.situation(), level=level))
    assert said.startswith("Evidence: ")
    standby = replace(run_stories.calm_situation(), level=level)
    assert evidence_text(standby) == "", "a standby's death is no evidence against the primary"


def test_a_refused_question_says_why_and_is_asked_again(lost: Shown) -> None:
    lost.page.show_refused(ASKED, Refused(reason="engine-error", subject="ledger-us"))
    assert "The engine could not answer ledger-us" in texts(lost.page)
    before = lost.asked(AskSituation)
    lost.page._pace.timeout.emit()
    assert lost.asked(AskSituation) == before + 1
    lost.page.show_situation(run_stories.situation())
    assert "could not answer" not in texts(lost.page)


def test_without_an_engine_nothing_can_be_prepared(lost: Shown) -> None:
    lost.page.set_live(False)
    assert "The engine does not answer" in texts(lost.page)
    assert lost.page.prepare.isHidden()
    before = len(lost.wanted)
    lost.page._ask_anew()
    assert len(lost.wanted) == before
    lost.page.set_live(True)
    assert lost.asked(AskSituation) == 2
    assert not lost.page.prepare.isHidden()


# Who sees whom


def test_every_cell_is_reached_by_arrows_and_told_in_full(qtbot: QtBot, lost: Shown) -> None:
    matrix = lost.page.situation.matrix
    matrix.setFocus()
    qtbot.waitUntil(matrix.hasFocus)
    assert "this console asks nyc-1: silent 33 s (console, SSH)" in texts(lost.page)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(matrix, key)
    assert "nyc-2 asks nyc-1: no stream 31 s (nyc-2: pg_stat_wal_receiver)" in texts(lost.page)
    qtbot.keyClick(matrix, Qt.Key.Key_Right)
    assert "Arrow keys tell a cell in full" in texts(lost.page), "where a row meets itself there is nothing to tell"
    newer = replace(run_stories.situation(), at=run_stories.NOW)
    lost.page.show_situation(newer)
    assert (matrix.currentIndex().row(), matrix.currentIndex().column()) == (2, 1)


def test_a_screen_reader_hears_rows_columns_and_cells(lost: Shown) -> None:
    matrix = lost.page.situation.matrix
    assert matrix.accessibleName() == "Who sees whom: the row asks, the column answers"
    assert "vault-2 asks nyc-1: silent 30 s" in matrix.accessibleDescription()
    face = QAccessible.queryAccessibleInterface(matrix)
    assert face.role() is QAccessible.Role.Table
    assert face.childCount() >= 6 * 5
    model = matrix.cells
    assert (model.rowCount(), model.columnCount()) == (6, 5)
    assert [model.headerData(n, Qt.Orientation.Vertical) for n in range(2)] == ["this console", "nyc-1"]
    index = model.index(2, 0)
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole).startswith("nyc-2 asks nyc-1")
    assert model.data(index, Qt.ItemDataRole.UserRole).state == "no-stream"


def test_states_of_seeing_have_words_and_shapes() -> None:
    def one(state: str, seconds: float | None = None) -> Seeing:
        return Seeing(asker="a", answerer="b", state=state, seconds=seconds)

    assert seeing_text(one("answers", 0.018)) == "18 ms"
    assert seeing_text(one("answers")) == "answers"
    assert seeing_text(one("refused")) == "refused"
    assert seeing_text(one("no-stream")) == "no stream"
    assert seeing_text(one("on-fire")) == "on fire"
    assert seeing_health(one("streams")) is Health.HEALTHY
    assert seeing_health(one("silent", 3.0)) is Health.LOST
    assert seeing_health(one("no-link")) is None
    assert seeing_health(one("on-fire")) is Health.UNKNOWN
    assert seeing_sentence(one("answers", 0.018)) == "a asks b: answers in 18 ms"
    assert "\n" not in seeing_sentence(replace(one("silent"), source="x\ny"))


def test_what_nobody_told_is_called_unknown(lost: Shown) -> None:
    holes = tuple(one for one in run_stories.situation().seeing if (one.asker, one.answerer) != ("dal-1", "chi-1"))
    lost.page.show_situation(replace(run_stories.situation(), seeing=holes))
    model = lost.page.situation.matrix.cells
    index = model.index(model.askers.index("dal-1"), model.answerers.index("chi-1"))
    assert model.sentence(index) == "dal-1 and chi-1: nothing is known"


# What it prepares


def test_the_recommended_way_is_the_one_filled_act_and_only_prepares(qtbot: QtBot, lost: Shown) -> None:
    assert lost.page.prepare.text() == "Prepare the failover …"
    assert lost.page.prepare._filled
    before = len(lost.wanted)
    qtbot.keyClick(lost.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert lost.prepared == [Propose(cluster="ledger-us", operation=Operation.FAILOVER, target="chi-1")]
    assert len(lost.wanted) == before, "nothing is asked of the engine by preparing"


def test_where_nothing_is_to_be_done_nothing_is_pressed_upon_anybody(calm: Shown) -> None:
    assert calm.page.prepare.text() == "Prepare the switchover …"
    assert not calm.page.prepare._filled
    calm.page.prepare.click()
    assert calm.prepared == [Propose(cluster="ledger-lab", operation=Operation.SWITCHOVER, target="lab-2")]


def test_another_way_is_chosen_by_arrow_keys(qtbot: QtBot, calm: Shown) -> None:
    ways = calm.page.situation.ways
    ways.setFocus()
    qtbot.keyClick(ways, Qt.Key.Key_Down)
    assert ways.key == "restart"
    assert calm.page.prepare.text() == "Prepare the restart …"
    assert calm.page.prepare._filled
    calm.page.show_situation(run_stories.calm_situation())
    assert ways.key == "restart", "a choice outlives the next answer"
    calm.page.prepare.click()
    assert calm.prepared == [Propose(cluster="ledger-lab", operation=Operation.RESTART, subject="lab-1")]


def test_a_way_that_is_no_longer_possible_is_not_prepared(qtbot: QtBot, calm: Shown) -> None:
    situation = run_stories.calm_situation()
    calm.page._choose(Way.SWITCHOVER)
    closed = tuple(replace(one, possible=False, reason="no-candidate") for one in situation.options)
    calm.page.show_situation(replace(situation, options=closed))
    assert calm.page.prepare.isHidden()
    assert "No change can be prepared now" in texts(calm.page)
    qtbot.keyClick(calm.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert calm.prepared == []


def test_a_suspected_death_prepares_nothing_by_default() -> None:
    situation = replace(run_stories.situation(), recommended=Way.WAIT, level=Level.SUSPECTED)
    option, pressing = prepared_option(situation, None)
    assert option is not None and option.way is Way.FAILOVER
    assert not pressing
    assert proposal(situation, option).target == "chi-1"
    none: Situation = replace(situation, options=())
    assert prepared_option(none, None) == (None, False)


def test_the_situation_is_copied_as_text(qtbot: QtBot, lost: Shown) -> None:
    qtbot.keyClick(
        lost.page, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    copied = QGuiApplication.clipboard().text()
    assert copied == situation_text(run_stories.situation(), run_stories.lost_view(), run_stories.SEEN)
    for part in ("Asked 2026-03-17 02:52:40 UTC", "vault-2 asks nyc-1: silent 30 s", "Recommended: Fail over to chi-1",
                 "nyc-2: refused: another standby holds more"):  # fmt: skip
        assert part in copied
    assert "copied as text" in texts(lost.page)


# Runs


def test_past_runs_are_opened_by_keyboard_and_only_read(qtbot: QtBot, calm: Shown) -> None:
    table = calm.page.situation.runs.table
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[1][:2] == ["02:33:18", "Switchover from lab-1 to lab-2"]
    assert rows[1][2:] == ["proven", "842 ms", "nothing", "m.keller", "report"]
    assert rows[2][1:5] == ["Rehearsal: switchover from lab-1 to lab-2", "rehearsed", "—", "—"]
    assert rows[3][2] == "cancelled, undone"
    assert "4 runs, 2 of 3 proven" in texts(calm.page)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert calm.page.run is None, "the heads are no run"
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert calm.page.run == run_stories.switched()
    assert calm.wanted[-1] == AskRun(run="r-lab")
    assert calm.page.panel.isVisible()
    assert calm.page.panel.foot.stop.isHidden()
    assert "Run of 02:33:18 UTC, only to read" in texts(calm.page)
    qtbot.keyClick(calm.page, Qt.Key.Key_Escape)
    assert calm.page.run is None
    assert calm.page.situation.isVisible()


def test_without_a_run_it_says_what_a_first_one_would_give(lost: Shown) -> None:
    assert "No plan has run here yet" in texts(lost.page)
    assert "a rehearsal looks at every step, changes nothing" in texts(lost.page)


def test_a_run_that_begins_is_shown_by_itself_and_left_in_peace(qtbot: QtBot, calm: Shown) -> None:
    calm.page.show_run(run_stories.switching())
    assert calm.page.panel.isVisible()
    assert not calm.page._pace.isActive(), "while a plan is looked at, nobody else asks the nodes"
    qtbot.keyClick(calm.page, Qt.Key.Key_Escape)
    assert calm.page.situation.isVisible()
    calm.page.show_run(run_stories.switching())
    assert calm.page.situation.isVisible(), "who left it is not dragged back"
    assert calm.page.prepare.text() == "Show the plan that runs"
    calm.page.prepare.click()
    assert calm.page.panel.isVisible()
    assert calm.prepared == [], "while one runs, no other is prepared"
    calm.page.show_run(replace(run_stories.switched(), id="r-now"))
    assert "lab-2 is primary, and that is proven" in texts(calm.page.panel)


def test_a_picture_of_an_older_list_does_not_bring_an_ended_run_back(calm: Shown) -> None:
    ended = replace(run_stories.switched(), id="r-now")
    calm.page.show_run(run_stories.switching())
    calm.page.show_run(ended)
    calm.page.show_runs(AskRuns(cluster="ledger-lab"), Runs(runs=(run_stories.switching(),)))
    assert calm.page.run == ended
    assert calm.page.running is None


def test_a_refused_answer_is_told_where_it_was_pressed(lost: Shown) -> None:
    lost.page.show_run(run_stories.asking_lock())
    lost.page.panel.question.buttons[0].click()
    answer = lost.wanted[-1]
    assert isinstance(answer, AnswerRun)
    lost.page.show_refused(answer, Refused(reason="run-ended", subject="r-0257"))
    assert "Run r-0257 has ended" in texts(lost.page.panel)


def test_large_fonts_cut_nothing(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, theme.Choice.LIGHT, pixels=26)
    try:
        shown = Shown(qtbot, run_stories.lost_view())
        shown.page.show_situation(run_stories.situation())
        view = shown.page.situation
        assert view._pair.direction() is view._pair.Direction.TopToBottom
        qtbot.waitUntil(lambda: view.matrix.height() >= view.matrix.sizeHint().height() > 0, timeout=5000)
        for says in view.findChildren(Says):
            if says.isVisibleTo(view) and says.hasHeightForWidth():
                assert says.height() >= says.heightForWidth(says.width()), says.text
    finally:
        theme.apply(qapp, theme.Choice.LIGHT, pixels=13)
