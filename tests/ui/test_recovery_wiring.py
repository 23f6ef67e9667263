"""The Recovery page in the window: the third page, fed through the bridge; a running plan takes the bar on top over."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.domain.run import Mode, RunState, RunView
from console.link.changes import AskRun, AskRuns, AskSituation, Runs, RunSeen
from console.link.messages import Message, Refused
from console.ui import theme
from console.ui.bridge import Bridge
from console.ui.controls import Says
from console.ui.main_window import CLUSTER, RECOVERY, MainWindow, Page
from console.ui.places import Place
from console.ui.recovery_wiring import RecoveryWiring
from tests.ui import run_stories, story

ASKED = AskSituation(cluster="ledger-us")


def texts(widget: QWidget) -> str:
    return "\n".join(one.text for one in widget.findChildren(Says) if one.isVisibleTo(widget))


class FakeLink:
    """The far end of the bridge: keeps what was asked."""

    def __init__(self) -> None:
        self.asked: list[Message] = []

    def send(self, message: Message, _on_answer: object) -> None:
        self.asked.append(message)

    def close(self) -> None:
        return


@pytest.fixture
def wired(window: MainWindow, clock: story.StoryClock) -> Iterator[tuple[MainWindow, RecoveryWiring, Bridge]]:
    link = FakeLink()
    bridge = Bridge(lambda _hear, _lose: link, lambda: "", lambda: clock().ticks, window)
    window.add_page(Page(CLUSTER, "Cluster", QWidget))
    wiring = RecoveryWiring(window, bridge, clock, window)
    yield window, wiring, bridge
    bridge.close()


def test_it_is_the_third_page_and_keeps_the_cluster(
    qtbot: QtBot, wired: tuple[MainWindow, RecoveryWiring, Bridge]
) -> None:
    window, wiring, _ = wired
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
    window.go(Place("ledger-eu"))
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert window.page_name == RECOVERY
    assert wiring.page is not None
    assert "ledger-eu is healthy" in texts(wiring.page)
    window.go(Place("ledger-lab"))
    assert window.page_name == RECOVERY
    assert "ledger-lab is unknown in part" in texts(wiring.page)
    window.go(Place("ledger-lab", "lab-2"))
    assert window.page_name == CLUSTER


def test_a_running_plan_takes_the_bar_over_until_it_ends(
    qtbot: QtBot, wired: tuple[MainWindow, RecoveryWiring, Bridge]
) -> None:
    window, wiring, bridge = wired
    bar = window.alert_bar
    before = bar.accessibleName()
    run: RunView = run_stories.switching()
    bridge.run_seen.emit(run)
    assert bar.accessibleName() == (
        "Plan running ledger-lab: switchover from lab-1 to lab-2, started by m.keller for 4 s; 3 alerts"
    )
    assert bar._soft() is theme.Token.ACCENT_SOFT
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert window.page_name == RECOVERY
    assert window.place == Place("ledger-lab")
    assert wiring.page is not None and wiring.page.run == run
    places = []
    for _ in range(4):
        qtbot.keyClick(window, Qt.Key.Key_F8)
        places.append((window.page_name, window.place.cluster))
    assert [place[1] for place in places] == ["ledger-us", "ledger-us", "ledger-lab", "ledger-lab"]
    assert bar.accessibleName().startswith("Plan running"), "nobody can send it away"
    bridge.run_seen.emit(replace(run, state=RunState.ASKING))
    assert bar.accessibleName().startswith("The plan asks")
    assert bar._soft() is theme.Token.WARN_SOFT
    bridge.run_seen.emit(replace(run_stories.switched(), id=run.id))
    assert bar.accessibleName() == before


def test_a_real_plan_comes_before_a_rehearsal(wired: tuple[MainWindow, RecoveryWiring, Bridge]) -> None:
    window, _, bridge = wired
    rehearsal = replace(run_stories.switching(), id="a", mode=Mode.REHEARSAL)
    bridge.run_seen.emit(rehearsal)
    assert window.alert_bar.accessibleName().startswith("Rehearsal running")
    bridge.answered.emit(AskRuns(), Runs(runs=(run_stories.running(), rehearsal)))
    assert window.alert_bar.accessibleName().startswith("Plan running ledger-us: failover")
    bridge.answered.emit(AskRuns(), Runs(runs=()))
    assert window.alert_bar.accessibleName().startswith("1 of 3")


def test_answers_reach_the_page_through_the_bridge(wired: tuple[MainWindow, RecoveryWiring, Bridge]) -> None:
    window, wiring, bridge = wired
    window.go_to_page(RECOVERY, Place("ledger-us"))
    page = wiring.page
    assert page is not None
    bridge.answered.emit(ASKED, run_stories.situation())
    assert "Fail over to chi-1" in texts(page)
    bridge.answered.emit(AskRun(run="r-0257"), RunSeen(run=run_stories.running()))
    assert page.run == run_stories.running()
    bridge.answered.emit(ASKED, Refused(reason="timeout", subject="ledger-us"))
    page.leave_run()
    assert "took longer than its limit" in texts(page)
    bridge.lost.emit("gone")
    assert "The engine does not answer" in texts(page)
