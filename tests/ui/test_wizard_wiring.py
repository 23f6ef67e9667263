"""The wizard tied to window and bridge: opened by the Recovery page, told of its run, left with a word."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.domain.plan import Operation
from console.link.changes import AskSituation, Propose, RunSeen
from console.link.messages import Message, Refused
from console.ui.bridge import Bridge
from console.ui.main_window import CLUSTER, RECOVERY, MainWindow, Page
from console.ui.places import Place
from console.ui.recovery_wiring import RecoveryWiring
from console.ui.wizard_flow import Part
from console.ui.wizard_wiring import NOTICE, WizardWiring
from tests.ui import run_stories as runs
from tests.ui import story
from tests.ui import wizard_stories as stories

WANTED = Propose(cluster="ledger-us", operation=Operation.FAILOVER, target="chi-1")
Wired = tuple[MainWindow, RecoveryWiring, WizardWiring, Bridge]


class FarEnd:
    """The far end of the bridge: keeps what was asked."""

    def __init__(self) -> None:
        self.asked: list[Message] = []

    def send(self, message: Message, _on_answer: object) -> None:
        self.asked.append(message)

    def close(self) -> None:
        return


@pytest.fixture
def wired(window: MainWindow, clock: story.StoryClock) -> Iterator[Wired]:
    bridge = Bridge(lambda _hear, _lose: FarEnd(), lambda: "", lambda: clock().ticks, window)
    window.add_page(Page(CLUSTER, "Cluster", QWidget))
    recovery = RecoveryWiring(window, bridge, clock, window)
    wiring = WizardWiring(window, bridge, clock, recovery, window)
    yield window, recovery, wiring, bridge
    bridge.close()


def test_the_recovery_page_opens_the_wizard_and_it_asks_anew(wired: Wired) -> None:
    window, recovery, wiring, bridge = wired
    assert wiring.wizard is None  # not made before somebody needs it
    recovery.prepare_wanted.emit(WANTED)
    wizard = wiring.wizard
    assert wizard is not None
    assert wizard.isVisible()
    assert not window.status_bar.isVisible()
    assert wizard.course.asked == AskSituation(cluster="ledger-us")
    bridge.answered.emit(wizard.course.asked, stories.situation())
    assert (wizard.draft.operation, wizard.draft.node) == (Operation.FAILOVER, "chi-1")


def test_a_cluster_that_is_not_watched_opens_nothing(wired: Wired) -> None:
    _, recovery, wiring, _ = wired
    recovery.prepare_wanted.emit(Propose(cluster="gone", operation=Operation.FAILOVER))
    assert wiring.wizard is None


def test_leaving_brings_the_pages_back_with_a_word_that_can_be_dismissed(wired: Wired) -> None:
    window, recovery, wiring, _ = wired
    recovery.prepare_wanted.emit(WANTED)
    assert wiring.wizard is not None
    wiring.wizard.leave()
    assert not wiring.wizard.isVisible()
    assert window.status_bar.isVisible()
    assert window.notice_bar.notices() == ("Left. No node of ledger-us was changed.",)
    window.notice_bar._lines[NOTICE].act.click()
    assert window.notice_bar.notices() == ()


def test_a_told_run_moves_the_wizard_on(wired: Wired) -> None:
    _, recovery, wiring, bridge = wired
    recovery.prepare_wanted.emit(WANTED)
    wizard = wiring.wizard
    assert wizard is not None
    wizard.open_run(runs.lost_view(), runs.running(4))
    bridge.run_seen.emit(runs.running(7))
    assert wizard.draft.at is Part.PROMOTE
    bridge.answered.emit(wizard.course.asked, RunSeen(run=runs.ended()))
    assert wizard.draft.at is Part.REPORT


def test_a_lost_engine_is_said_in_the_wizard_and_forgotten_when_it_is_back(wired: Wired) -> None:
    _, recovery, wiring, bridge = wired
    recovery.prepare_wanted.emit(WANTED)
    wizard = wiring.wizard
    assert wizard is not None
    bridge.lost.emit("connection closed")
    assert "The engine has stopped (connection closed)" in wizard.trouble.says.text
    bridge.answered.emit(AskSituation(cluster="ledger-us"), Refused(reason="engine-lost"))
    assert wizard.draft.situation is None
    wizard.set_live(True)
    assert not wizard.trouble.isVisibleTo(wizard)
    assert wizard.course.asked == AskSituation(cluster="ledger-us")


def test_a_followed_run_steps_aside_and_the_way_back_stays(qtbot: QtBot, wired: Wired) -> None:
    window, recovery, wiring, bridge = wired
    recovery.prepare_wanted.emit(WANTED)
    assert wiring.wizard is not None
    bridge.run_seen.emit(runs.running(7))
    window.run_wanted.emit(runs.running(7))
    assert window.page_name == RECOVERY
    assert window.place == Place("ledger-us")
    qtbot.waitUntil(lambda: any("keeps what was read" in text for text in window.notice_bar.notices()))
