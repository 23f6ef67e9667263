"""The whole window on a live lab: real servers over SSH, a real engine, killed and come back."""

import os
import signal
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from console.domain.incident import LineKind
from console.domain.verdict import Cause, Health
from console.engine.launch import engine_pid
from console.places import Home
from console.ui.alert_dialogs import TakeDialog
from console.ui.cluster_page import ClusterPage
from console.ui.main_window import INCIDENTS
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
    qtbot.waitUntil(bar.take.isVisible, timeout=GENEROUS_MILLISECONDS)
    take_what_the_bar_shows(qtbot, desk)
    lab(home, "mend")
    qtbot.waitUntil(lambda: healthy(desk), timeout=GENEROUS_MILLISECONDS)
    replay_the_incident(qtbot, desk)


def take_what_the_bar_shows(qtbot: QtBot, desk: Desk) -> None:
    """By name and with a note: the engine tells it back to every face."""
    desk.window.alert_bar.acknowledge()
    dialog = desk.incidents.dialog("take")
    assert isinstance(dialog, TakeDialog)
    dialog.note.setText("looking at it")
    dialog.act.click()

    def taken() -> bool:
        told = desk.incidents.alerts
        return told is not None and any(one.note == "looking at it" and one.acknowledged_by for one in told.alerts)

    qtbot.waitUntil(taken, timeout=GENEROUS_MILLISECONDS)
    qtbot.waitUntil(lambda: desk.incidents.dialog("take") is None, timeout=GENEROUS_MILLISECONDS)


def replay_the_incident(qtbot: QtBot, desk: Desk) -> None:
    """The picture of a moment at which the primary was gone, with what the guards said then."""
    desk.window.go_to_page(INCIDENTS, EVERYWHERE)
    page = desk.incidents.page
    assert page is not None

    def seen() -> bool:
        known = page.view.seen
        return known is not None and any(frame >= known.incident.begun_at.timestamp() for frame in known.frames)

    qtbot.waitUntil(seen, timeout=GENEROUS_MILLISECONDS)
    known = page.view.seen
    assert known is not None
    assert any(line.kind is LineKind.FAULT for line in known.lines)
    first = next(frame for frame in known.frames if frame >= known.incident.begun_at.timestamp())
    page.view.replay.move_to(first + 0.5)
    qtbot.waitUntil(lambda: page.view.moment.verdict.text.startswith("lab is"), timeout=GENEROUS_MILLISECONDS)
    qtbot.waitUntil(lambda: page.view.moment.why.why is not None, timeout=GENEROUS_MILLISECONDS)
    assert "lab-1" in page.view.moment.nodes.accessibleName()


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
