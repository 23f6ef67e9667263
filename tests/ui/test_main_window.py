"""The window's frame: alerts, list, pages, keys, the engine's loss; all by keyboard, each control with a name."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QScrollArea,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from console.domain.verdict import Health
from console.ui import theme
from console.ui.card import Card
from console.ui.cluster_page import ClusterPage
from console.ui.concerns import concerns
from console.ui.main_window import CLUSTER, FLEET, MainWindow, Page
from console.ui.node_model import Row
from console.ui.places import EVERYWHERE, Place
from tests.ui import story


def rows(window: MainWindow) -> list[Row]:
    model = window.node_list.rows.model()
    found = (model.index(at, 0, QModelIndex()).data(Qt.ItemDataRole.UserRole) for at in range(model.rowCount()))
    return [row for row in found if isinstance(row, Row)]


def controls(window: MainWindow) -> Iterator[QWidget]:
    kinds = (QAbstractButton, QLineEdit, QAbstractItemView, QTabBar, QScrollArea, Card)
    for kind in kinds:
        for widget in window.findChildren(kind):
            if widget.isVisibleTo(window):
                yield widget


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    target = QApplication.focusWidget() or window
    qtbot.keyClick(target, key, modifier or Qt.KeyboardModifier.NoModifier)


def test_production_is_told_before_the_lab_and_the_gravest_first() -> None:
    told = [(one.view.name, one.finding.cause.value) for one in concerns(story.fleet())]
    assert told == [("ledger-us", "sync-degraded"), ("ledger-us", "lagging"), ("ledger-lab", "cut-off")]


def test_the_bar_says_the_worst_with_place_since_and_duration(window: MainWindow) -> None:
    assert window.alert_bar.accessibleName() == (
        "1 of 3 ledger-us: no commit waits for a standby since 02:36:00, for 5 min 18 s"
    )


def test_durations_on_the_bar_count_on(window: MainWindow, clock: story.StoryClock) -> None:
    clock.advance(60)
    window.tick()
    assert window.alert_bar.accessibleName().endswith("for 6 min 18 s")


def test_with_nothing_wrong_the_bar_shrinks_and_says_so(window: MainWindow, qtbot: QtBot) -> None:
    tall = window.alert_bar.height()
    window.show_views((story.ledger_eu(),))
    window.show_engine(story.engine(hosts=4, answered=4))
    assert window.alert_bar.accessibleName() == "Nothing is wrong. 4 hosts asked each second, all answered."
    qtbot.waitUntil(lambda: window.alert_bar.height() < tall)


def test_nothing_is_called_well_before_anybody_looked(qtbot: QtBot, clock: story.StoryClock) -> None:
    window = MainWindow(clock)
    qtbot.addWidget(window)
    assert window.alert_bar._health() is Health.UNKNOWN


def test_f8_shows_the_alert_then_the_next(qtbot: QtBot, window: MainWindow) -> None:
    window.add_page(Page(CLUSTER, "Cluster", QWidget))
    gone = []
    window.place_changed.connect(gone.append)
    for _ in range(3):
        press(qtbot, window, Qt.Key.Key_F8)
    places = list(dict.fromkeys(gone))
    assert places == [Place("ledger-us", "nyc-1"), Place("ledger-us", "nyc-2"), Place("ledger-lab", "lab-3")]
    assert window.page_name == CLUSTER


def test_the_list_shows_one_figure_a_node(window: MainWindow) -> None:
    figures = {row.title: row.figure.whole for row in rows(window)}
    assert figures["nyc-1"] == "1.2 ms"
    assert figures["nyc-2"] == "41 s behind"
    assert figures["fra-2"] == "in sync"
    assert figures["lab-3"] == "silent 18 s"
    assert figures["vault-2"] == "1.9 TB left"


def test_each_row_speaks_for_itself(window: MainWindow) -> None:
    spoken = {row.title: row.spoken for row in rows(window)}
    assert spoken["nyc-2"] == "nyc-2, standby, degraded, 41 s behind"
    assert spoken["ledger-lab"] == "ledger-lab, Lab, unknown"
    assert spoken["All clusters"] == "All clusters, 3 clusters, 12 hosts"


def test_slash_filters_and_escape_gives_all_back(qtbot: QtBot, window: MainWindow) -> None:
    window.node_list.rows.setFocus()
    press(qtbot, window, Qt.Key.Key_Slash)
    qtbot.waitUntil(window.node_list.filter.hasFocus)
    qtbot.keyClicks(window.node_list.filter, "fra-")
    assert [row.title for row in rows(window)] == ["All clusters", "ledger-eu", "fra-1", "fra-2"]
    qtbot.keyClick(window.node_list.filter, Qt.Key.Key_Escape)
    assert len(rows(window)) == 16
    qtbot.keyClick(window.node_list.filter, Qt.Key.Key_Escape)
    assert window.node_list.rows.hasFocus()


def test_the_chosen_row_stays_chosen_when_figures_change(window: MainWindow) -> None:
    window.go(Place("ledger-us", "chi-1"))
    window.show_views(story.fleet()[:2])
    current = window.node_list.rows.currentIndex().data(Qt.ItemDataRole.UserRole)
    assert current.place == Place("ledger-us", "chi-1")


def test_arrows_walk_the_list_and_the_window_follows(qtbot: QtBot, window: MainWindow) -> None:
    listed = window.node_list.rows
    listed.setFocus()
    qtbot.keyClick(listed, Qt.Key.Key_Down)
    assert window.place == Place("ledger-eu")
    qtbot.keyClick(listed, Qt.Key.Key_Down)
    assert window.place == Place("ledger-eu", "fra-1")
    qtbot.keyClick(listed, Qt.Key.Key_Home)
    assert window.place == EVERYWHERE


def test_escape_leaves_node_then_cluster(qtbot: QtBot, window: MainWindow) -> None:
    window.go(Place("ledger-us", "nyc-2"))
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.place == Place("ledger-us")
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.place == EVERYWHERE


def test_go_to_finds_a_node_by_a_part_of_its_name(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = window._go_to._field
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "dal")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.place == Place("ledger-us", "dal-1")
    assert not window._go_to.isVisible()


def test_go_to_is_left_by_escape_and_the_focus_comes_back(qtbot: QtBot, window: MainWindow) -> None:
    window.node_list.rows.setFocus()
    press(qtbot, window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = window._go_to._field
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not window._go_to.isVisible()
    assert window.node_list.rows.hasFocus()


def test_f1_shows_every_key(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Qt.Key.Key_F1)
    qtbot.waitUntil(window._keys.isVisible)
    said = window._keys.accessibleName()
    assert all(key in said for key in ("Alt+1: Page: Fleet", "Ctrl+K", "F8", "/", "Ctrl+N", "Esc"))
    qtbot.keyClick(window._keys, Qt.Key.Key_Escape)
    assert not window._keys.isVisible()


def test_alt_and_a_number_choose_the_page(qtbot: QtBot, window: MainWindow) -> None:
    made = []
    window.add_page(Page(CLUSTER, "Cluster", lambda: made.append(1) or QWidget()))
    assert not made
    press(qtbot, window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert (window.page_name, made) == (CLUSTER, [1])
    assert window.place == Place("ledger-us")  # the worst one, where none was chosen
    press(qtbot, window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert window.page_name == FLEET


def test_ctrl_n_asks_for_a_new_cluster(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.add_cluster_wanted):
        press(qtbot, window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)


def test_a_lost_engine_is_said_at_once_and_nothing_is_believed(window: MainWindow) -> None:
    window.show_engine_lost("connection closed.")
    assert window.alert_bar.accessibleName() == "The engine has stopped (connection closed), starting it again"
    assert window.alert_bar._health() is Health.UNKNOWN
    assert all(row.figure.whole == "old" for row in rows(window) if row.place.node is not None)
    window.show_engine(story.engine())
    assert window.alert_bar.accessibleName().startswith("1 of 3")
    assert rows(window)[2].figure.whole == "0.9 ms"


def test_store_trouble_stands_in_the_foot_with_what_still_works(window: MainWindow) -> None:
    window.show_engine(story.engine(trouble="the disk is full"))
    assert "Readings are not kept now: the disk is full" in window.status_bar._text.text
    assert "12 hosts asked" in window.status_bar._text.text


def test_an_older_picture_changes_nothing(window: MainWindow) -> None:
    newer = story.ledger_us()
    window.show_view(replace(newer, at=newer.at + timedelta(seconds=5), serial=9))
    window.show_view(replace(newer, serial=8))
    known = window.view("ledger-us")
    assert known is not None
    assert known.serial == 9


def test_a_cluster_out_of_the_inventory_is_gone_everywhere(window: MainWindow) -> None:
    window.go(Place("ledger-lab"))
    window.keep_only(("ledger-us", "ledger-eu"))
    assert window.view("ledger-lab") is None
    assert window.place == EVERYWHERE
    assert all(row.place.cluster != "ledger-lab" for row in rows(window))


def test_every_control_has_an_accessible_name(window: MainWindow) -> None:
    window.add_page(Page(CLUSTER, "Cluster", ClusterPage))
    nameless = [widget for widget in controls(window) if not (widget.accessibleName() or own_name(widget))]
    inside = [w for w in nameless if not is_part_of_qt(w)]
    assert inside == []


def own_name(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton) else ""


def is_part_of_qt(widget: QWidget) -> bool:
    """A scroll button of the tabs and the like: Qt made it and names it."""
    return isinstance(widget.parent(), QTabBar | QLineEdit)


def test_tab_reaches_list_alerts_cards_and_tabs(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.node_list.rows.setFocus()
    reached: set[QWidget] = set()
    for _ in range(40):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus in reached:
            break
        reached.add(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    wanted = {window.node_list.filter, window.tab_row.tabs, window.alert_bar._act, *window.fleet_page.cards()}
    assert wanted <= reached


def test_the_focus_ring_stands_outside_what_it_marks(qtbot: QtBot, window: MainWindow) -> None:
    card = window.fleet_page.cards()[0]
    card.setFocus()
    qtbot.waitUntil(window._ring.isVisible)
    assert window._ring.geometry().contains(card.geometry())
    assert window._ring.parentWidget() is card.parentWidget()
    colour = theme.current().hex(theme.Token.ACCENT)
    image = window.grab().toImage()
    corner = window._ring.mapTo(window, window._ring.rect().center())
    edge = window._ring.mapTo(window, window._ring.rect().topLeft())
    seen = image.pixelColor(corner.x(), edge.y() + 1).name().upper()
    assert seen == colour


@pytest.mark.parametrize("choice", [theme.Choice.LIGHT, theme.Choice.DARK])
def test_the_window_wears_the_theme(qtbot: QtBot, qapp: QApplication, window: MainWindow, choice: theme.Choice) -> None:
    theme.apply(qapp, choice, pixels=13)
    qtbot.waitUntil(lambda: window.alert_bar.height() > 0)
    image = window.grab().toImage()
    foot = image.pixelColor(window.width() // 2, window.height() - 3).name().upper()
    assert foot == theme.current().hex(theme.Token.SURFACE)
    left = image.pixelColor(120, window.height() - 120).name().upper()
    assert left == theme.current().hex(theme.Token.SUNKEN)
