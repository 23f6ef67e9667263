"""The Scoreboard page: each figure beside the trade's own, its records one press away, 'not measured' where none is."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.domain.fleet import ClusterView
from console.domain.indicators import EvidenceLine, IndicatorName
from console.domain.plan import Operation
from console.link.changes import AskRun, RunSeen
from console.link.governing import AskIndicators
from console.link.messages import Message, Refused
from console.ui import theme
from console.ui.bridge import Bridge
from console.ui.indicator_words import headline, indicator_sentence, line_sentence, percent
from console.ui.main_window import BACKUPS, CLUSTER, DRILLS, INCIDENTS, RECOVERY, SCOREBOARD, MainWindow, Page
from console.ui.places import Place
from console.ui.scoreboard_page import ScoreboardPage
from console.ui.scoreboard_wiring import ScoreboardWiring
from tests.governance.a_run import a_run
from tests.ui import score_stories as stories
from tests.ui import story
from tests.ui.watch_looks import nameless, texts, wait_whole

US = stories.US


class Shown:
    """A page, and all that it asked for."""

    def __init__(self, qtbot: QtBot, view: ClusterView | None, size: QSize | None = None) -> None:
        self.page = ScoreboardPage(story.StoryClock())
        self.wanted: list[AskIndicators] = []
        self.opened: list[EvidenceLine] = []
        qtbot.addWidget(self.page)
        self.page.wants.connect(self.wanted.append)
        self.page.open_wanted.connect(self.opened.append)
        self.page.resize(size or QSize(1040, 704))
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow, timeout=10_000)
        self.page.show_cluster(view)


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    made = Shown(qtbot, story.ledger_us())
    made.page.show_indicators(made.wanted[-1], stories.seen())
    return made


def tile(shown: Shown, name: IndicatorName) -> str:
    one = shown.page.rows.tiles[name]
    return one.value.text or one.absent.text


def test_the_four_indicators_stand_beside_the_trades_own(shown: Shown) -> None:
    assert tile(shown, IndicatorName.RECOVERY_RATE) == "99.99996 %"  # 1 - 87/264,373,176, never rounded up
    assert tile(shown, IndicatorName.ENTRIES_RECOVERED) == "264,373,089 of 264,373,176"
    assert tile(shown, IndicatorName.REDUNDANCY_RATE) == "50.0002 %"  # 88,125/(2*88,125 - 1)
    assert tile(shown, IndicatorName.COPIES_PROVEN) == "3 of 4"
    assert tile(shown, IndicatorName.RECOVERY_TIME) == "54 min 0 s"
    assert tile(shown, IndicatorName.RTO_PROMISED) == "15 min 0 s"
    assert tile(shown, IndicatorName.SHARE_OF_ONE_NODE) == "25 %"
    assert "share of one node" in shown.page.rows.tiles[IndicatorName.SHARE_OF_ONE_NODE].basis.text
    assert tile(shown, IndicatorName.MTTR) == "6 min 42 s"
    assert tile(shown, IndicatorName.ALLOWANCE_USED) == "6.7 min of 263 min"  # of 0.05 % of 365.25 days
    assert shown.page.title.text == "ledger-us: 87 entries lost in 3 changes of roles and restores"


def test_a_press_on_a_figure_shows_its_records_and_enter_opens_one(shown: Shown, qtbot: QtBot) -> None:
    rows = shown.page.rows.tiles
    rows[IndicatorName.RTO_P95].setFocus()
    qtbot.keyClick(rows[IndicatorName.RTO_P95], Qt.Key.Key_Return)
    assert rows[IndicatorName.RTO_P95].isChecked()
    assert not rows[IndicatorName.RECOVERY_RATE].isChecked()
    said = texts(shown.page.evidence)
    for word in ("Restore drill", "Failover, chi-1", "d-17", "4f2a91c0"):
        assert word in said
    assert "Switchover" not in said, "a planned gap is no recovery"
    qtbot.keyClick(shown.page.evidence.acts[0], Qt.Key.Key_Return)
    assert [(one.kind, one.id) for one in shown.opened] == [("drill", "d-3")]
    qtbot.mouseClick(rows[IndicatorName.MTTR], Qt.MouseButton.LeftButton)
    assert "i-20260313" in texts(shown.page.evidence)


def test_a_run_has_its_own_figures_and_escape_leads_back(shown: Shown, qtbot: QtBot) -> None:
    own = next(act for act in shown.page.evidence.acts if act.text() == "Its figures")
    qtbot.mouseClick(own, Qt.MouseButton.LeftButton)
    assert shown.wanted[-1] == AskIndicators(cluster=US, run="4f2a91c0")
    shown.page.show_indicators(shown.wanted[-1], stories.of_run())
    assert shown.page.title.text == "Run 4f2a91c0 of ledger-us: 87 entries lost, of 88,124,392"
    assert tile(shown, IndicatorName.MTBF) == "not measured"
    assert "Its figures" not in [act.text() for act in shown.page.evidence.acts]
    assert shown.page.back.isVisible()
    qtbot.keyClick(shown.page, Qt.Key.Key_Escape)
    assert shown.wanted[-1] == stories.asked()
    shown.page.show_indicators(shown.wanted[-1], stories.seen())
    assert not shown.page.back.isVisible()


def test_it_asks_for_its_time_and_late_answers_are_left_alone(shown: Shown, qtbot: QtBot) -> None:
    assert shown.wanted == [stories.asked()]
    menu = shown.page.period.menu
    assert menu is not None
    menu.actions()[2].trigger()
    assert shown.wanted[-1] == stories.asked(90)
    shown.page.show_indicators(stories.asked(), stories.empty())
    assert tile(shown, IndicatorName.RECOVERY_RATE) == "99.99996 %"
    count = len(shown.wanted)
    qtbot.keyClick(shown.page, Qt.Key.Key_F5)
    assert len(shown.wanted) == count + 1
    shown.page.hide()
    shown.page.show_days(7)
    assert len(shown.wanted) == count + 1, "a hidden page asks nothing"
    shown.page.show()
    shown.page.show_cluster(story.ledger_eu())
    assert shown.wanted[-1].cluster == "ledger-eu"
    assert "Reading the records of ledger-eu" in texts(shown.page)


def test_without_records_it_says_why_and_where_the_first_are_made(qtbot: QtBot) -> None:
    shown = Shown(qtbot, story.ledger_us())
    shown.page.show_indicators(shown.wanted[-1], stories.empty())
    for name in (IndicatorName.RECOVERY_RATE, IndicatorName.REDUNDANCY_RATE, IndicatorName.MTBF):
        assert tile(shown, name) == "not measured"
    assert tile(shown, IndicatorName.RTO_PROMISED) == "not promised"
    said = texts(shown.page)
    assert "the copies were never compared" in said
    assert "No record in this time" in said
    with qtbot.waitSignal(shown.page.drills_wanted, timeout=10_000):
        qtbot.mouseClick(shown.page.drills, Qt.MouseButton.LeftButton)
    bare = Shown(qtbot, None)
    assert texts(bare.page) == "No cluster is chosen. Choose one at the left to see what its records prove."


def test_a_refusal_and_a_lost_engine_are_said_and_figures_stay(shown: Shown) -> None:
    shown.page.show_refused(shown.wanted[-1], Refused(reason="store-trouble", subject="the store"))
    assert "store" in shown.page.trouble.text
    assert tile(shown, IndicatorName.COPIES_PROVEN) == "3 of 4"
    shown.page.set_live(False)
    assert "does not answer" in shown.page.trouble.text
    count = len(shown.wanted)
    shown.page.set_live(True)
    assert len(shown.wanted) == count + 1


def test_a_figure_over_its_promise_says_so_in_words(shown: Shown) -> None:
    over = stories.seen(stories.records(rto_seconds_max=60.0))
    shown.page.show_indicators(shown.wanted[-1], over)
    assert "over the promise" in shown.page.rows.tiles[IndicatorName.RTO_P95].basis.text


@pytest.mark.parametrize(
    ("size", "pixels"),
    [(QSize(760, 704), 13.0), (QSize(1040, 704), 13.0), (QSize(1680, 984), 13.0), (QSize(1040, 704), 26.0),
     (QSize(1680, 984), 26.0)],
)  # fmt: skip
def test_nothing_is_cut_and_everything_has_a_name(qtbot: QtBot, qapp: QApplication, size: QSize, pixels: float) -> None:
    theme.apply(qapp, theme.Choice.LIGHT, pixels=pixels)
    try:
        shown = Shown(qtbot, story.ledger_us(), size)
        shown.page.show_indicators(shown.wanted[-1], stories.seen())
        wait_whole(qtbot, shown.page)
        assert nameless(shown.page) == []
    finally:
        theme.apply(qapp, theme.Choice.LIGHT)


# Words


def test_what_is_not_whole_does_not_look_whole() -> None:
    assert [percent(one) for one in (100.0, 99.9999999, 50.0, 100 / 3, 0.0)] == [
        "100 %", "99.99999 %", "50 %", "33.33 %", "0 %",
    ]  # fmt: skip


def test_every_figure_and_record_has_a_sentence() -> None:
    for told in (stories.seen(), stories.empty(), stories.of_run()):
        said = [indicator_sentence(one, story.NOW) for one in told.indicators]
        assert len(set(said)) == len(IndicatorName)
        assert all("{" not in one and "None" not in one for one in said)
    lines = [line_sentence(line, story.NOW) for line in stories.seen().lines]
    assert any("Restore drill (d-17): 11 min 10 s" in line for line in lines)
    lossless = stories.records(runs=(stories.run("a", 2, operation=Operation.SWITCHOVER),))
    assert headline(stories.seen(lossless)) == "ledger-us: 1 change of roles or restore lost no entry"


# In the window


class Wired:
    def __init__(self, window: MainWindow, clock: story.StoryClock) -> None:
        self.window = window
        self.bridge = Bridge(lambda _hear, _lose: None, lambda: "", lambda: clock().ticks, window)  # type: ignore[arg-type,return-value]
        self.asked: list[Message] = []
        self.bridge.ask = self.asked.append  # type: ignore[method-assign]
        for name in (CLUSTER, BACKUPS, RECOVERY, DRILLS, INCIDENTS):
            window.add_page(Page(name, name.capitalize(), QWidget))
        self.wiring = ScoreboardWiring(window, self.bridge, clock, window)
        window.show_views((story.ledger_us(),))


def test_from_the_window_to_each_record(qtbot: QtBot) -> None:
    clock = story.StoryClock()
    window = MainWindow(clock)
    qtbot.addWidget(window)
    wired = Wired(window, clock)
    window.show()
    window.go_to_page(SCOREBOARD, Place(US))
    page = wired.wiring.page
    assert page is not None
    question = next(one for one in wired.asked if isinstance(one, AskIndicators))
    assert question.since == story.NOW - timedelta(days=30)
    wired.bridge.answered.emit(question, stories.seen())
    lines = {line.kind: line for line in stories.seen().lines}
    page.open_wanted.emit(lines["run"])
    asked = AskRun(run=lines["run"].id)
    assert wired.asked[-1] == asked
    run = replace(a_run(), id=asked.run)
    with qtbot.waitSignal(window.run_wanted, timeout=10_000):
        wired.bridge.answered.emit(asked, RunSeen(run=run))
    page.open_wanted.emit(lines["run"])
    wired.bridge.answered.emit(asked, Refused(reason="no-run", subject=asked.run))
    assert asked.run in page.trouble.text
    for kind, name in (("drill", DRILLS), ("restore", BACKUPS), ("incident", INCIDENTS), ("copies", DRILLS)):
        window.go_to_page(SCOREBOARD, Place(US))
        page.open_wanted.emit(lines[kind])
        assert window.page_name == name
