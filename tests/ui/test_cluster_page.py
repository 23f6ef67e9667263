"""The cluster page: says what it was told and no more, asks for what it needs, works by keyboard, cuts nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.domain.fleet import ClusterView, Disagreement, Figure, Quantity, Unit
from console.domain.verdict import Health, Verdict
from console.link.messages import AskCard, AskChart, Message, Refused
from console.ui import theme
from console.ui.chart_panel import ChartPanel
from console.ui.cluster_page import ClusterPage
from console.ui.controls import Says
from console.ui.node_drawer import copied_text, is_old
from console.ui.topology import NodeBox
from tests.ui import stories


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, theme.Choice.LIGHT, pixels=13)
    yield
    theme.apply(qapp, theme.Choice.LIGHT, pixels=13)


def page_of(qtbot: QtBot, view: ClusterView | None, size: QSize | None = None) -> tuple[ClusterPage, list[Message]]:
    page = ClusterPage()
    qtbot.addWidget(page)
    wanted: list[Message] = []
    page.wants.connect(wanted.append)
    page.resize(size or QSize(1040, 704))
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow, timeout=10_000)
    page.show_cluster(view)
    return page, wanted


def texts(widget: QWidget) -> str:
    return "\n".join(one.text for one in widget.findChildren(Says) if one.isVisibleTo(widget))


def test_without_a_cluster_it_says_what_to_do_next(qtbot: QtBot) -> None:
    page, wanted = page_of(qtbot, None)
    assert "Choose one at the left" in texts(page)
    assert wanted == []
    assert page.head.isHidden()


def test_the_verdict_and_the_money_come_first(qtbot: QtBot) -> None:
    page, _ = page_of(qtbot, stories.story())
    said = texts(page.head)
    assert "ledger-us is degraded" in said
    assert "nyc-2 is 41 s behind (flush), limit 10 s" in said
    assert "If nyc-1 died now:" in said
    assert "120 entries lost" in said
    assert "USD 341,822.10 and EUR 9,640.00" in said
    assert "Production" in said


def test_what_is_not_known_is_not_claimed(qtbot: QtBot) -> None:
    page, _ = page_of(qtbot, stories.two_primaries())
    said = texts(page.head)
    assert "Not known" in said
    assert "entries" not in said
    assert "lost of" not in said


def test_the_findings_open_with_their_evidence(qtbot: QtBot) -> None:
    page, _ = page_of(qtbot, stories.story())
    assert page.head.more.text() == "2 findings"
    page.head.more.setFocus()
    qtbot.keyClick(page.head.more, Qt.Key.Key_Return)
    page.show_cluster(stories.story())
    rows = [row for view in page.head._views for row in view._table.rows[1:]]
    cells = [[cell.text for cell in row.cells] for row in rows]
    assert ["Behind (flush)", "41 s", "10 s", "console: heartbeat row on nyc-2", "0.6 s"] in cells
    assert all(row.cells[1].bold for row in rows)
    assert len(rows) == 4


def test_it_asks_for_curves_and_for_the_chosen_nodes_card(qtbot: QtBot) -> None:
    page, wanted = page_of(qtbot, stories.story())
    assert [type(one) for one in wanted] == [AskChart]
    page.choose_node("nyc-2")
    assert wanted[-1] == AskCard(cluster="ledger-us", node="nyc-2")
    count = len(wanted)
    page.show_cluster(stories.story())
    assert len(wanted) == count  # the last question is still open
    page.show_card(stories.card(stories.story(), "nyc-2"))
    page.show_cluster(stories.story())
    assert wanted[-1] == AskCard(cluster="ledger-us", node="nyc-2")
    assert len(wanted) == count + 1


def test_the_card_shows_value_source_and_age_and_says_old(qtbot: QtBot) -> None:
    page, _ = page_of(qtbot, stories.story())
    page.choose_node("nyc-2")
    page.show_card(stories.card(stories.story(), "nyc-2"))
    rows = {row.cells[0].text: row for row in page.drawer.figures.rows}
    late = rows["Behind, flush, time"]
    assert [cell.text for cell in late.cells[1:]] == ["41 s", "console", "0.4 s"]
    assert late.cells[1].token is theme.Token.WARN
    old = rows["Last entry"]
    assert old.cells[3].text == "old,\n12 s"
    assert old.cells[1].token is theme.Token.TEXT_MUTED
    assert "ledger.heads on nyc-2" in old.more
    assert "Sources disagree" in texts(page.drawer)
    assert "5A/3C204A18" in texts(page.drawer)


def test_a_figure_is_old_after_three_of_its_own_rounds() -> None:
    def figure(quantity: Quantity, seconds: float) -> Figure:
        return Figure(
            quantity=quantity,
            value=1,
            unit=Unit.COUNT,
            node="n",
            source="s",
            at=stories.NOW - timedelta(seconds=seconds),
        )

    assert not is_old(figure(Quantity.ROUND_TRIP, 2.9), stories.NOW, 1.0)
    assert is_old(figure(Quantity.ROUND_TRIP, 3.1), stories.NOW, 1.0)
    assert not is_old(figure(Quantity.DISK_FREE, 14.0), stories.NOW, 1.0)
    assert is_old(figure(Quantity.DISK_FREE, 15.5), stories.NOW, 1.0)


def test_a_late_card_of_another_node_is_left_alone(qtbot: QtBot) -> None:
    page, _ = page_of(qtbot, stories.story())
    page.choose_node("chi-1")
    page.show_card(stories.card(stories.story(), "nyc-2"))
    assert page.drawer.node is None
    assert page.drawer.figures.rows == ()


def test_copy_takes_every_value_with_its_source(qtbot: QtBot) -> None:
    page, _ = page_of(qtbot, stories.story())
    page.choose_node("nyc-2")
    card = stories.card(stories.story(), "nyc-2")
    page.show_card(card)
    qtbot.mouseClick(page.drawer.copy_button, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert text == copied_text(card)
    assert len(text.splitlines()) == 1 + len(card.figures) + 1
    assert "WAL kept by slot (nyc_2)\t62.4 MB\tpg_replication_slots on nyc-1, 02:41:17 UTC" in text


def test_escape_closes_the_card_and_gives_the_focus_back(qtbot: QtBot) -> None:
    page, _ = page_of(qtbot, stories.story())
    box = page.graph.graph.box("nyc-2")
    with qtbot.waitSignal(page.node_chosen) as chosen:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert chosen.args == ["nyc-2"]
    assert page.drawer.isVisible()
    page.drawer.figures.setFocus()
    with qtbot.waitSignal(page.node_chosen) as chosen:
        qtbot.keyClick(page.drawer, Qt.Key.Key_Escape)
    assert chosen.args == [None]
    assert page.drawer.isHidden()


def test_the_rows_of_a_card_are_told_by_the_keyboard(qtbot: QtBot) -> None:
    page, _ = page_of(qtbot, stories.story())
    page.choose_node("nyc-2")
    page.show_card(stories.card(stories.story(), "nyc-2"))
    table = page.drawer.figures
    table.setFocus()
    with qtbot.waitSignal(table.row_told) as told:
        qtbot.keyClick(table, Qt.Key.Key_Down)
    assert told.args[0] is not None
    assert told.args[0] in texts(page.drawer)


def test_on_a_narrow_page_the_card_lies_over_it(qtbot: QtBot) -> None:
    page, _ = page_of(qtbot, stories.story(), QSize(1040, 704))
    page.choose_node("nyc-2")
    assert not page.drawer_lies_over
    beside = page.head.width()
    page.resize(880, 704)
    qtbot.waitUntil(lambda: page.drawer_lies_over, timeout=10_000)
    assert page.drawer.geometry().right() == page.width() - 1
    qtbot.waitUntil(lambda: page.head.width() > beside, timeout=10_000)


def test_another_cluster_closes_the_card(qtbot: QtBot) -> None:
    page, wanted = page_of(qtbot, stories.story())
    page.choose_node("nyc-2")
    page.show_cluster(stories.lab())
    assert page.drawer.isHidden()
    assert page.chosen_node is None
    page.choose_node("nyc-2")
    assert page.drawer.isHidden()
    assert isinstance(wanted[-1], AskChart)
    assert wanted[-1].cluster == "lab"


def test_a_lost_engine_mutes_the_figures_and_stops_the_questions(qtbot: QtBot) -> None:
    page, wanted = page_of(qtbot, stories.story())
    page.choose_node("nyc-2")
    page.show_card(stories.card(stories.story(), "nyc-2"))
    page.set_live(False)
    count = len(wanted)
    assert all(row.cells[1].token is theme.Token.TEXT_MUTED for row in page.drawer.figures.rows)
    assert "engine does not answer" in texts(page)
    assert len(wanted) == count
    page.set_live(True)
    page.show_cluster(replace(stories.story(), at=stories.NOW + timedelta(seconds=5)))
    assert {type(one) for one in wanted[count:]} == {AskChart, AskCard}
    assert "engine does not answer" not in texts(page)


def test_a_refused_question_is_said_and_asked_anew(qtbot: QtBot) -> None:
    page, wanted = page_of(qtbot, stories.story())
    page.show_refused(wanted[0], Refused(reason="no-node", subject="nyc-9"))
    assert "nyc-9" in texts(page)
    page.show_cluster(replace(stories.story(), at=stories.NOW + timedelta(seconds=1)))
    assert [type(one) for one in wanted] == [AskChart, AskChart]


def test_every_control_has_an_accessible_name(qtbot: QtBot) -> None:
    page, _ = page_of(qtbot, stories.many())
    page.choose_node("nyc-4")
    page.show_card(stories.card(stories.many(), "nyc-4"))
    assert isinstance(page.charts, ChartPanel)
    buttons = [one for one in page.findChildren(QAbstractButton) if one.isVisibleTo(page)]
    assert len(buttons) > 15
    assert [one for one in buttons if not one.accessibleName()] == []
    focusable = [
        one for one in page.findChildren(QWidget)
        if one.isVisibleTo(page) and one.focusPolicy() & Qt.FocusPolicy.TabFocus and not one.accessibleName()
    ]  # fmt: skip
    assert focusable == []


def test_tab_reaches_findings_graph_charts_and_card(qtbot: QtBot) -> None:
    page, _ = page_of(qtbot, stories.story())
    page.choose_node("nyc-2")
    page.show_card(stories.card(stories.story(), "nyc-2"))
    assert isinstance(page.charts, ChartPanel)
    page.head.more.setFocus()
    reached: list[QWidget] = []
    for _ in range(60):
        now = QApplication.focusWidget()
        if now is None or now in reached:
            break
        reached.append(now)
        qtbot.keyClick(now, Qt.Key.Key_Tab)
    assert any(isinstance(one, NodeBox) for one in reached)
    assert page.charts.stack in reached
    assert page.drawer.figures in reached
    assert page.drawer.copy_button in reached


@pytest.mark.parametrize("pixels", [13, 18, 26])
@pytest.mark.parametrize("make", [stories.story, stories.lab, stories.two_primaries, stories.many])
def test_no_text_is_cut_at_any_font_size(qtbot: QtBot, qapp: QApplication, pixels: int, make: type) -> None:
    theme.apply(qapp, theme.Choice.DARK, pixels=pixels)
    page, _ = page_of(qtbot, make(), QSize(1040, 704))
    page.head.more.setChecked(True)
    page.show_cluster(make())
    for says in page.findChildren(Says):
        if says.isVisibleTo(page) and says.text:
            qtbot.waitUntil(lambda one=says: one.height() >= one.heightForWidth(one.width()), timeout=10_000)
            assert says.width() >= says.minimumSizeHint().width() or says.hasHeightForWidth()


def test_the_disagreement_box_goes_when_the_sources_agree(qtbot: QtBot) -> None:
    page, _ = page_of(qtbot, stories.story())
    page.choose_node("nyc-2")
    card = stories.card(stories.story(), "nyc-2")
    page.show_card(card)
    assert isinstance(card.disagreements[0], Disagreement)
    page.show_card(replace(card, disagreements=()))
    assert "Sources disagree" not in texts(page.drawer)


def test_text_from_nodes_is_shown_harmless(qtbot: QtBot) -> None:
    page, _ = page_of(qtbot, stories.story())
    page.choose_node("nyc-2")
    card = stories.card(stories.story(), "nyc-2")
    wild = replace(card.figures[1], value="<b>x</b>\x1b[31m\u202e", source="so\x07urce")
    page.show_card(replace(card, figures=(wild,)))
    shown = page.drawer.identity.rows[1]
    assert "<b>x</b>" in shown.cells[1].text
    assert not any(c in shown.cells[1].text + shown.more for c in "\x1b\x07\u202e")


def test_a_healthy_cluster_without_findings_offers_none(qtbot: QtBot) -> None:
    calm = replace(stories.lab(), verdict=Verdict(health=Health.HEALTHY))
    page, _ = page_of(qtbot, calm)
    assert page.head.more.isHidden()
    assert "is healthy" in texts(page.head)
