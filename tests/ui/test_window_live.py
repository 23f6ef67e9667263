"""The whole window on a live lab: real servers over SSH, a real engine, killed and come back."""

import os
import signal
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from console.domain.verdict import Cause, Health
from console.engine.launch import engine_pid
from console.places import Home
from console.ui.cluster_page import ClusterPage
from console.ui.places import EVERYWHERE, Place
from console.window import Desk
from tests.windowed import home_with_lab, lab

GENEROUS_MILLISECONDS = 60_000

pytestmark = [pytest.mark.live, pytest.mark.allows_threads]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with home_with_lab(tmp_path_factory.mktemp("desk")) as made:
        yield made


@pytest.fixture
def desk(qtbot: QtBot, home: Home) -> Iterator[Desk]:
    made = Desk(home)
    qtbot.addWidget(made.window)
    made.open()
    yield made
    made.window.close()


def healthy(desk: Desk) -> bool:
    view = desk.window.view("lab")
    return view is not None and view.verdict.health is Health.HEALTHY


def test_the_window_shows_the_lab_and_its_card_and_charts(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: healthy(desk), timeout=GENEROUS_MILLISECONDS)
    cards = desk.window.fleet_page.cards()
    assert [card.view.name for card in cards if card.view is not None] == ["lab"]
    qtbot.waitUntil(
        lambda: desk.window.alert_bar.accessibleName().startswith("Nothing is wrong. 4 hosts asked"),
        timeout=GENEROUS_MILLISECONDS,
    )
    desk.window.go(Place("lab", "lab-2"))
    page = desk.window.page("cluster")
    assert isinstance(page, ClusterPage)
    assert page.chosen_node == "lab-2"
    assert desk.window.tab_row.lab.isVisible()
    with qtbot.waitSignal(desk.bridge.answered, timeout=GENEROUS_MILLISECONDS):
        desk.window.go(Place("lab", "lab-1"))
    desk.window.go(EVERYWHERE)


def test_a_killed_postmaster_is_named_in_the_bar_and_mended(qtbot: QtBot, desk: Desk, home: Home) -> None:
    qtbot.waitUntil(lambda: healthy(desk), timeout=GENEROUS_MILLISECONDS)
    lab(home, "fault", "kill-postmaster", "lab-1")
    bar = desk.window.alert_bar
    qtbot.waitUntil(
        lambda: "lab: the postmaster of lab-1 was killed" in bar.accessibleName(), timeout=GENEROUS_MILLISECONDS
    )
    view = desk.window.view("lab")
    assert view is not None
    assert view.verdict.cause is Cause.POSTMASTER_KILLED
    lab(home, "mend")
    qtbot.waitUntil(lambda: healthy(desk), timeout=GENEROUS_MILLISECONDS)


def test_a_killed_engine_is_said_and_started_again_and_outlives_the_window(
    qtbot: QtBot, desk: Desk, home: Home
) -> None:
    qtbot.waitUntil(lambda: healthy(desk), timeout=GENEROUS_MILLISECONDS)
    before = engine_pid(home)
    assert before
    heard: list[str] = []
    desk.bridge.lost.connect(lambda _reason: heard.append(desk.window.alert_bar.accessibleName()))
    os.kill(before, signal.SIGKILL)
    qtbot.waitUntil(lambda: bool(heard), timeout=GENEROUS_MILLISECONDS)
    assert heard[0].startswith("The engine has stopped")
    qtbot.waitUntil(lambda: engine_pid(home) not in (None, 0, before), timeout=GENEROUS_MILLISECONDS)
    qtbot.waitUntil(
        lambda: not desk.window.alert_bar.accessibleName().startswith("The engine"), timeout=GENEROUS_MILLISECONDS
    )
    after = engine_pid(home)
    with qtbot.waitSignal(desk.closed, timeout=GENEROUS_MILLISECONDS):
        desk.window.close()
    assert engine_pid(home) == after
