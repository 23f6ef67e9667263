"""Incidents, alerts, tray and ways out tied to window and bridge: bar, keys, dialogs, notifications, a lost engine."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.domain.alerting import AlertState
from console.domain.cluster import Inventory
from console.domain.run import RunView
from console.domain.verdict import Health
from console.link.changes import AskRun, RunSeen
from console.link.messages import Done, HostKeys, Message, Prompts, Refused, Welcome
from console.link.watching import (
    AckAlert,
    AskAlerts,
    AskIncident,
    AskIncidents,
    AskWaysOut,
    EndSilence,
    Incidents,
    SilenceAlerts,
    TryWayOut,
    WayTried,
)
from console.ui.alert_dialogs import SilenceDialog, TakeDialog
from console.ui.bridge import Bridge
from console.ui.incidents_wiring import IncidentsWiring
from console.ui.main_window import BACKUPS, CLUSTER, DRILLS, FLEET, INCIDENTS, RECOVERY, MainWindow, Page
from console.ui.places import EVERYWHERE, Place
from console.ui.tray import Tray
from console.ui.ways_dialog import WaysDialog
from tests.ui import incident_stories as stories
from tests.ui import run_stories, story

TAKEN = AlertState.ACKNOWLEDGED
# Offscreen, windows have no order.
RAISES = pytest.mark.qt_log_ignore(r"does not support (raise|propagateSizeHints)\(\)", extend=True)


class Panel:
    """A desktop's tray that keeps what it is given."""

    def __init__(self) -> None:
        self.icons = 0
        self.tip = ""
        self.messages: list[tuple[str, str]] = []

    def setIcon(self, icon: QIcon, /) -> None:
        assert not icon.isNull()
        self.icons += 1

    def setToolTip(self, tip: str, /) -> None:
        self.tip = tip

    def showMessage(self, title: str, msg: str, icon: QIcon, /, msecs: int = 0) -> None:
        assert not icon.isNull()
        assert msecs > 0
        self.messages.append((title, msg))


class Wired:
    """A window with incidents, and what was asked of the engine."""

    def __init__(self, window: MainWindow, clock: story.StoryClock) -> None:
        self.window, self.clock = window, clock
        self.bridge = Bridge(lambda _hear, _lose: None, lambda: "", lambda: clock().ticks, window)  # type: ignore[arg-type,return-value]
        self.asked: list[Message] = []
        self.bridge.ask = self.asked.append  # type: ignore[method-assign]
        for name in (CLUSTER, BACKUPS, RECOVERY, DRILLS):
            window.add_page(Page(name, name.capitalize(), QWidget))
        self.panel = Panel()
        self.wiring = IncidentsWiring(window, self.bridge, clock, "m.keller", window,
                                      tray=Tray(window, sink=self.panel))  # fmt: skip

    def welcome(self) -> None:
        self.bridge.connected.emit(Welcome(
            protocol=1, engine=story.engine(), inventory=Inventory(), clusters=story.fleet(),
            host_keys=HostKeys(offers=()), prompts=Prompts(prompts=()),
        ))  # fmt: skip
        self.window.show_views(story.fleet())

    def tell(self, message: Message) -> None:
        self.bridge.told.emit(message)
        self.window._summarise()

    def bar(self) -> str:
        return self.window.alert_bar.accessibleName()


@pytest.fixture
def wired(window: MainWindow, clock: story.StoryClock) -> Iterator[Wired]:
    made = Wired(window, clock)
    yield made
    made.bridge.close()


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, mods: Qt.KeyboardModifier) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, key, mods)


def test_alt_and_six_opens_it_and_it_asks(qtbot: QtBot, wired: Wired) -> None:
    wired.welcome()
    assert wired.asked == [AskAlerts(), AskIncidents(most=100), AskWaysOut()]
    press(qtbot, wired.window, Qt.Key.Key_6, Qt.KeyboardModifier.AltModifier)
    assert wired.window.page_name == INCIDENTS
    page = wired.wiring.page
    assert page is not None
    wired.bridge.answered.emit(AskIncidents(most=100), Incidents(incidents=stories.incidents()))
    assert wired.asked[-1] == AskIncident(incident="i-2")
    wired.bridge.answered.emit(AskIncident(incident="i-2"), stories.seen(id="i-2"))
    assert page.view.seen is not None


def test_what_was_told_before_the_page_is_there_when_it_is_opened(wired: Wired) -> None:
    wired.welcome()
    wired.tell(stories.told())
    wired.bridge.told.emit(Incidents(incidents=stories.incidents()))
    wired.bridge.answered.emit(AskWaysOut(), stories.ways())
    wired.window.go_to_page(INCIDENTS, EVERYWHERE)
    page = wired.wiring.page
    assert page is not None
    assert len(page.list.lines) == 4
    assert len(page.alerts.rows.lines) == 4
    assert page.ways_said.text == "chat does not deliver"


def test_who_reads_incidents_and_chooses_another_cluster_reads_on(wired: Wired) -> None:
    wired.window.go_to_page(INCIDENTS, Place("ledger-us"))
    wired.window.go(Place("ledger-eu"))
    assert wired.window.page_name == INCIDENTS
    wired.window.go(EVERYWHERE)
    assert wired.window.page_name == FLEET


def test_its_run_is_asked_for_and_opened(wired: Wired) -> None:
    wired.welcome()
    wired.window.go_to_page(INCIDENTS, EVERYWHERE)
    page = wired.wiring.page
    assert page is not None
    wired.tell(Incidents(incidents=(stories.incident(),)))
    wired.bridge.answered.emit(AskIncident(incident="i-1"), stories.seen())
    gone: list[object] = []
    wired.window.run_wanted.connect(gone.append)
    assert [act.text() for act in page.view.runs] == ["Open its run"]
    page.view.runs[0].click()
    assert wired.asked[-1] == AskRun(run="r-17")
    run = run_stories.ended()
    wired.bridge.answered.emit(AskRun(run="r-17"), RunSeen(run=run))
    wired.bridge.answered.emit(AskRun(run="r-17"), RunSeen(run=run))
    assert gone == [run], "only what was asked for here is followed"


def test_an_incident_that_is_no_longer_told_is_asked_for(wired: Wired) -> None:
    wired.welcome()
    wired.window.go_to_page(INCIDENTS, EVERYWHERE)
    page = wired.wiring.page
    assert page is not None
    wired.tell(Incidents(incidents=(stories.incident(ended_at=None),)))
    wired.asked.clear()
    wired.tell(Incidents(incidents=()))
    assert wired.asked == [AskIncidents(most=100)]
    wired.bridge.answered.emit(AskIncidents(most=100), Incidents(incidents=(stories.incident(),)))
    assert page.list.lines[0].below.endswith("12 min 13 s, 87 entries lost, 1 run")
    wired.asked.clear()
    wired.tell(Incidents(incidents=()))
    assert wired.asked == []


def test_without_incidents_the_button_leads_to_the_drills(wired: Wired) -> None:
    wired.welcome()
    wired.tell(Incidents(incidents=()))
    wired.window.go_to_page(INCIDENTS, EVERYWHERE)
    page = wired.wiring.page
    assert page is not None
    assert page.empty.drill.isVisible()
    page.empty.drill.click()
    assert (wired.window.page_name, wired.window.place) == (DRILLS, Place("ledger-us"))


# The bar


def test_the_bar_speaks_of_alerts_that_no_picture_tells_of(wired: Wired) -> None:
    wired.welcome()
    wired.tell(stories.told(stories.nobody_waits(), stories.lagging(), stories.overdue()))
    assert wired.bar().startswith("1 of 4 ledger-us: no commit waits")
    wired.window.show_views((story.ledger_eu(),))
    wired.tell(stories.told(stories.overdue()))
    assert wired.bar() == "1 of 1 ledger-eu: restore proof is overdue since 16 Mar 21:41:18, for 5 h 0 min"


def test_an_engine_that_tells_no_alerts_leaves_the_bar_as_it_was(wired: Wired) -> None:
    before = wired.bar()
    wired.welcome()
    wired.bridge.answered.emit(AskAlerts(), Refused(reason="not-known"))
    wired.window._summarise()
    assert wired.bar() == before
    assert not wired.window.alert_bar.take.isVisible()


def test_it_is_acknowledged_from_the_bar_with_a_note(qtbot: QtBot, wired: Wired) -> None:
    wired.welcome()
    wired.tell(stories.told(stories.nobody_waits()))
    bar = wired.window.alert_bar
    assert bar.take.isVisible()
    press(qtbot, wired.window, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    dialog = wired.wiring.dialog("take")
    assert isinstance(dialog, TakeDialog)
    dialog.note.setText("calling")
    dialog.act.click()
    question = AckAlert(alert="a-2", note="calling")
    assert wired.asked[-1] == question
    wired.bridge.answered.emit(question, Done())
    assert wired.wiring.dialog("take") is None
    assert wired.asked[-1] == AskAlerts(), "the bar shows it as the engine keeps it"
    taken = stories.nobody_waits(state=TAKEN, acknowledged_by="m.keller", acknowledged_at=story.NOW)
    wired.window.show_views((story.ledger_eu(),))
    wired.tell(stories.told(taken))
    assert "taken by m.keller 02:41" in wired.bar()
    assert bar._steps_back()
    assert not bar.take.isVisible()


def test_it_is_silenced_from_the_bar_and_the_silence_can_be_ended(qtbot: QtBot, wired: Wired) -> None:
    wired.welcome()
    wired.tell(stories.told(stories.nobody_waits()))
    press(qtbot, wired.window, Qt.Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
    dialog = wired.wiring.dialog("silence")
    assert isinstance(dialog, SilenceDialog)
    dialog.why.setText("planned")
    dialog.act.click()
    question = wired.asked[-1]
    assert isinstance(question, SilenceAlerts)
    silence = stories.silence(node="nyc-1")
    wired.bridge.answered.emit(question, stories.told(stories.nobody_waits(silenced=True), silences=(silence,)))
    assert wired.wiring.dialog("silence") is None
    wired.window._summarise()
    assert wired.bar().endswith("silenced until 03:41")
    assert not wired.window.alert_bar.hush.isVisible()
    wired.window.go_to_page(INCIDENTS, EVERYWHERE)
    page = wired.wiring.page
    assert page is not None
    assert "Silenced until 03:41 by m.keller" in page.alerts.silences[0].says.text
    page.alerts.silences[0].end.click()
    assert wired.asked[-1] == EndSilence(silence="s-1")
    wired.bridge.answered.emit(EndSilence(silence="s-1"), stories.told(stories.nobody_waits()))
    wired.window._summarise()
    assert page.alerts.silences == ()
    assert "silenced" not in wired.bar()


def test_a_running_plan_takes_the_bar_and_can_not_be_acknowledged_away(qtbot: QtBot, wired: Wired) -> None:
    wired.welcome()
    wired.tell(stories.told(stories.nobody_waits()))
    run: RunView = run_stories.running()
    wired.window.alert_bar.show_run(run)
    assert "Plan running" in wired.bar()
    assert not wired.window.alert_bar.take.isVisible()
    press(qtbot, wired.window, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert wired.wiring.dialog("take") is None


def test_a_finding_without_an_alert_can_not_be_acknowledged(qtbot: QtBot, wired: Wired) -> None:
    wired.welcome()
    wired.tell(stories.told(stories.overdue()))
    assert wired.bar().startswith("1 of 4 ledger-us: no commit waits")
    press(qtbot, wired.window, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert wired.wiring.dialog("take") is None


def test_the_sentence_leads_to_the_list_of_all(qtbot: QtBot, wired: Wired) -> None:
    wired.welcome()
    wired.tell(stories.told())
    qtbot.mouseClick(wired.window.alert_bar, Qt.MouseButton.LeftButton, pos=wired.window.alert_bar.rect().center())
    assert wired.window.page_name == INCIDENTS
    page = wired.wiring.page
    assert page is not None
    qtbot.waitUntil(page.alerts.rows.hasFocus)
    assert page.alerts.rows.current
    page.alerts.rows.choose("a-9", tell=True)
    page.alerts.take.click()
    dialog = wired.wiring.dialog("take")
    assert isinstance(dialog, TakeDialog)
    assert dialog.alert.id == "a-9"


def test_enter_on_an_alert_leads_to_its_node(qtbot: QtBot, wired: Wired) -> None:
    wired.welcome()
    wired.tell(stories.told())
    wired.window.go_to_page(INCIDENTS, EVERYWHERE)
    page = wired.wiring.page
    assert page is not None
    page.alerts.rows.setFocus()
    page.alerts.rows.choose("a-1", tell=True)
    qtbot.keyClick(page.alerts.rows, Qt.Key.Key_Return)
    assert (wired.window.page_name, wired.window.place) == (CLUSTER, Place("ledger-us", "nyc-2"))


# The tray


def test_the_tray_tells_the_worst_state_and_its_sentence(wired: Wired) -> None:
    wired.welcome()
    wired.tell(stories.told(stories.nobody_waits()))
    assert wired.panel.tip.startswith("Ledger Console, unknown: ledger-us: no commit waits for a standby")
    wired.window.show_views((story.ledger_eu(),))
    wired.tell(stories.told(stories.overdue(state=AlertState.OVER)))
    assert wired.panel.tip == "Ledger Console, healthy: nothing is wrong"
    wired.bridge.lost.emit("gone")
    assert wired.panel.tip == "Ledger Console, unknown: the engine does not answer"


def test_an_alert_that_opens_is_notified_once_and_what_was_there_before_is_not(wired: Wired) -> None:
    wired.welcome()
    wired.tell(stories.told(stories.overdue()))
    assert wired.panel.messages == []
    wired.tell(stories.told(stories.overdue(), stories.lagging()))
    wired.tell(stories.told(stories.overdue(), stories.lagging()))
    assert wired.panel.messages == [
        ("ledger-us: degraded", "ledger-us: nyc-2 is 41 s behind (flush), limit 10 s"),
    ]
    silenced = stories.nobody_waits(silenced=True)
    wired.tell(stories.told(stories.overdue(), stories.lagging(), silenced))
    assert len(wired.panel.messages) == 1, "what is silenced is not notified"
    worse = replace(stories.lagging(), sign=replace(stories.lagging().sign, health=Health.LOST))
    wired.tell(stories.told(stories.overdue(), worse))
    assert wired.panel.messages[-1][0] == "ledger-us: lost"


def test_what_opened_while_the_engine_was_away_is_notified(wired: Wired) -> None:
    wired.welcome()
    wired.tell(stories.told(stories.overdue()))
    wired.bridge.lost.emit("gone")
    wired.welcome()
    wired.bridge.answered.emit(AskAlerts(), stories.told(stories.overdue(), stories.lagging()))
    assert [title for title, _said in wired.panel.messages] == ["ledger-us: degraded"]


def test_many_at_once_are_one_notification_and_a_drill_says_so(wired: Wired) -> None:
    wired.welcome()
    wired.bridge.told.emit(Incidents(incidents=(stories.incident(id="i-3", drill=True),)))
    wired.tell(stories.told(stories.overdue()))
    drilled = stories.lagging(incident="i-3")
    wired.tell(stories.told(stories.overdue(), drilled, stories.nobody_waits()))
    title, said = wired.panel.messages[0]
    assert title == "Drill, ledger-us: degraded"
    assert said.endswith(". And 1 more alert")
    assert len(wired.panel.messages) == 1


@RAISES
def test_the_trays_menu_opens_shows_and_closes(qtbot: QtBot, wired: Wired) -> None:
    wired.welcome()
    wired.tell(stories.told(stories.nobody_waits()))
    tray = wired.wiring.tray
    wired.window.hide()
    tray.worst.trigger()
    assert wired.window.isVisible()
    assert wired.window.place == Place("ledger-us", "nyc-1")
    assert "no commit waits" in tray.state.text()
    with qtbot.waitSignal(wired.window.closed):
        tray.quit.trigger()


def test_without_a_tray_nothing_fails(window: MainWindow) -> None:
    tray = Tray(window)
    assert not tray.is_there
    tray.show_state((), story.NOW, live=True, well=True)
    tray.notify((stories.lagging(),))
    tray.close()
    assert tray.state.text() == "Ledger Console, healthy: nothing is wrong"


# Ways out, and a lost engine


@RAISES
def test_the_ways_are_opened_from_the_page_and_told_what_came_of_a_test(wired: Wired) -> None:
    wired.welcome()
    wired.bridge.answered.emit(AskWaysOut(), stories.ways())
    wired.window.go_to_page(INCIDENTS, EVERYWHERE)
    page = wired.wiring.page
    assert page is not None
    page.ways.click()
    dialog = wired.wiring.dialog("ways")
    assert isinstance(dialog, WaysDialog)
    assert wired.asked[-1] == AskWaysOut()
    dialog.test.click()
    assert wired.asked[-1] == TryWayOut(name="duty-mail")
    wired.bridge.answered.emit(TryWayOut(name="duty-mail"),
                               WayTried(name="duty-mail", delivered=True, seconds=0.42))  # fmt: skip
    assert dialog.said.text == "The test was delivered in 0.4 s."
    page.ways.click()
    assert wired.wiring.dialog("ways") is dialog, "it opens once"
    dialog.reject()
    assert wired.wiring.dialog("ways") is None


def test_a_lost_engine_leaves_the_findings_and_says_so_in_dialogs(wired: Wired) -> None:
    wired.welcome()
    taken = stories.nobody_waits(state=TAKEN, acknowledged_by="m.keller", acknowledged_at=story.NOW)
    wired.tell(stories.told(taken))
    wired.wiring.acknowledge(stories.lagging())
    wired.bridge.lost.emit("gone")
    dialog = wired.wiring.dialog("take")
    assert isinstance(dialog, TakeDialog)
    assert "The engine does not answer" in dialog.reason.text
    assert wired.wiring.alerts is None
    wired.tell(Incidents(incidents=()))
    assert "taken by" not in wired.bar(), "what was told is old"


def test_the_window_closes_its_dialogs_with_it(wired: Wired) -> None:
    wired.welcome()
    wired.wiring.open_ways()
    wired.wiring.acknowledge(stories.lagging())
    wired.window.close()
    QApplication.processEvents()
    assert wired.wiring.dialog("ways") is None
    assert wired.wiring.dialog("take") is None
