"""The why panel: what refuses comes first, what can't be said counts as no, one line where space is scarce."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.domain.automation import AutoGuard, Why
from console.ui import theme
from console.ui.why_panel import WhyPanel, in_order, row_sentence
from tests.ui import watch_stories as watch
from tests.ui.watch_looks import nameless, texts, wait_whole


def panel_of(qtbot: QtBot, why: Why, *, folds: bool = False, size: QSize | None = None) -> WhyPanel:
    panel = WhyPanel(folds=folds)
    qtbot.addWidget(panel)
    panel.resize(size or QSize(960, 600))
    panel.show(why)
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow, timeout=10_000)
    return panel


def cells(panel: WhyPanel) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in panel.table.rows]


def test_what_refuses_comes_first_and_what_is_not_known_counts_as_no(qtbot: QtBot) -> None:
    panel = panel_of(qtbot, watch.why())
    rows = cells(panel)
    assert rows[0] == ["Outcome", "Guard", "observed", "threshold", "source", "age"]
    assert [row[0] for row in rows[1:]] == ["not known", "refuse", "refuse", "not known"] + ["pass"] * 14
    assert rows[3][1].startswith("Loss: "), "it says why it refuses"
    assert rows[3][2:4] == ["87 entries", "0 entries"]
    assert rows[5][1] == "Mode"
    assert len(rows) == 1 + len(watch.guards())
    assert "4 of 18 guards refuse" in texts(panel)
    assert panel.headline.text.startswith("Would it act now? No: ")


def test_order_within_is_that_of_the_guards() -> None:
    ordered = in_order(watch.guards())
    places = list(AutoGuard)
    holding = [places.index(row.guard) for row in ordered if row.holds is True]
    refusing = [places.index(row.guard) for row in ordered if row.holds is not True]
    assert holding == sorted(holding)
    assert refusing == sorted(refusing)


def test_every_guard_that_holds_says_so(qtbot: QtBot) -> None:
    panel = panel_of(qtbot, watch.ready())
    assert "all of 18 guards hold" in texts(panel)
    assert panel.headline.text.startswith("Would it act now? Yes: ")
    assert {row[0] for row in cells(panel)[1:]} == {"pass"}


def test_a_hypothetical_is_said_as_such(qtbot: QtBot) -> None:
    panel = panel_of(qtbot, watch.why(lost=False))
    assert "would hold if the primary died at this moment" in texts(panel)
    assert "Would it act now" not in panel.headline.text


def test_ages_count_to_the_moment_that_is_shown(qtbot: QtBot) -> None:
    panel = panel_of(qtbot, watch.why())
    def aged() -> dict[str, str]:
        return {row[1].partition(":")[0]: row[-1] for row in cells(panel)[1:]}

    ages = aged()
    assert ages["Loss"] == "0.4 s"
    assert ages["Backups"] == "41 s"
    assert ages["Fencing"] == "—", "what was never looked at has no age"
    panel.tick(watch.NOW + timedelta(minutes=3))
    assert aged()["Loss"] == "3 min"
    panel.show(watch.why(), now=watch.NOW + timedelta(seconds=30))
    assert aged()["Loss"] == "30 s"


def test_folded_it_is_one_line_that_opens_by_keyboard(qtbot: QtBot) -> None:
    panel = panel_of(qtbot, watch.why(), folds=True)
    assert not panel.table.isVisible()
    assert "guards refuse" not in texts(panel)
    assert panel.more.text() == "4 guards refuse"
    assert panel.more.accessibleName() == "4 guards refuse. Show them"
    opened: list[object] = []
    panel.opened.connect(opened.append)
    panel.more.setFocus()
    qtbot.keyClick(panel.more, Qt.Key.Key_Space)
    assert opened == [True]
    assert len(panel.table.rows) == 19
    qtbot.keyClick(panel.more, Qt.Key.Key_Space)
    assert not panel.table.isVisible()


def test_a_chosen_row_is_told_in_full(qtbot: QtBot) -> None:
    panel = panel_of(qtbot, watch.why())
    panel.table.setFocus()
    qtbot.waitUntil(panel.table.hasFocus)
    for _ in range(3):
        qtbot.keyClick(panel.table, Qt.Key.Key_Down)
    loss = next(row for row in watch.guards() if row.guard is AutoGuard.LOSS)
    assert panel.told.text == row_sentence(loss)
    assert panel.told.text.startswith("Loss, refuse, 87 entries, threshold 0 entries, source heads of the books")
    assert "87 entries" in panel.table.accessibleDescription()


def test_it_shows_nothing_where_nothing_was_told(qtbot: QtBot) -> None:
    panel = panel_of(qtbot, watch.why())
    panel.show_nothing("Not told yet.")
    assert panel.why is None
    assert texts(panel) == "Not told yet."
    panel.tick(watch.NOW)
    assert panel.table.rows == ()


def test_what_a_node_said_is_harmless(qtbot: QtBot) -> None:
    first = watch.guards()[7]
    wild = replace(first, observed="<b>chi</b>\x1b[31m\u202e", source="so\x07urce", holds=False)
    panel = panel_of(qtbot, replace(watch.why(), rows=(wild,)))
    said = texts(panel)
    assert "<b>chi</b>" in said
    assert not any(one in said for one in "\x1b\x07\u202e")


@pytest.mark.parametrize("pixels", [13, 26])
@pytest.mark.parametrize("width", [520, 960])
def test_nothing_is_cut_at_any_size(qtbot: QtBot, qapp: QApplication, pixels: int, width: int) -> None:
    theme.apply(qapp, theme.Choice.DARK, pixels=pixels)
    panel = panel_of(qtbot, watch.why(), size=QSize(width, 900))
    panel.resize(width, panel.heightForWidth(width) if panel.hasHeightForWidth() else 1400)
    wait_whole(qtbot, panel)
    assert nameless(panel) == []
    narrow = width < theme.em(58)
    assert ("source" in cells(panel)[0]) is not narrow
