"""The Fleet page: what its cards say, their order, their ages, the keyboard, the newcomer's page."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.domain.automation import Takeover
from console.domain.cluster import Manager
from console.domain.fleet import ClusterView
from console.domain.verdict import Health, Verdict
from console.ui import theme
from console.ui.card import Card
from console.ui.controls import Act, Says
from console.ui.fleet_page import FleetPage
from console.ui.places import Place
from console.ui.strip import Strip
from tests.ui import story


@pytest.fixture
def page(qtbot: QtBot, clock: story.StoryClock) -> FleetPage:
    made = FleetPage(clock)
    qtbot.addWidget(made)
    made.resize(1040, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def texts(widget: QWidget) -> list[str]:
    return [says.text for says in widget.findChildren(Says) if says.isVisibleTo(widget) and says.text]


def card_of(page: FleetPage, name: str) -> Card:
    return next(card for card in page.cards() if card.view is not None and card.view.name == name)


def names(page: FleetPage) -> list[str]:
    return [card.view.name for card in page.cards() if card.view is not None]


def test_a_card_says_verdict_loss_backup_and_who_may_act(page: FleetPage) -> None:
    page.show_fleet(story.fleet())
    said = texts(card_of(page, "ledger-us"))
    assert said[0].startswith("ledger-us is degraded: since 02:36 no commit waits for a standby")
    for text in ("Production", "120 entries lost", "USD 341,822.10 and EUR 9,640.00", "Not known yet", "Not known"):
        assert text in said
    assert "Whether the console would act by itself is not judged yet" in said
    assert "Patroni" in texts(card_of(page, "ledger-eu"))


def test_who_acts_is_said_as_it_was_judged(page: FleetPage) -> None:
    held = Takeover(by_itself=False, reason="mode-off")
    acts = replace(story.ledger_lab(), takeover=Takeover(by_itself=True, seconds=4.2, runs=8))
    page.show_fleet((replace(story.ledger_us(), manager=Manager.NONE, takeover=held), acts))
    said = texts(card_of(page, "ledger-us"))
    assert "Nobody" in said
    assert "The console would not act now: automation is off" in said
    said = texts(card_of(page, "ledger-lab"))
    assert "This console" in said
    assert any("by itself: every guard holds now" in one for one in said)


def test_production_stands_before_the_lab_and_the_worst_first(qtbot: QtBot, page: FleetPage) -> None:
    page.show_fleet(tuple(reversed(story.fleet())))
    qtbot.waitUntil(lambda: names(page) == ["ledger-us", "ledger-eu", "ledger-lab"])


def worse(view: ClusterView) -> ClusterView:
    return replace(view, verdict=Verdict(health=Health.LOST, findings=story.ledger_us().verdict.findings))


def test_a_verdict_that_worsens_moves_its_card_to_the_front(qtbot: QtBot, page: FleetPage) -> None:
    us, eu, lab = story.fleet()
    page.show_fleet((us, eu, lab))
    page.show_fleet((us, worse(eu), lab))
    qtbot.waitUntil(lambda: names(page)[0] == "ledger-eu")


def test_the_order_is_kept_while_the_focus_is_in_the_cards(qtbot: QtBot, page: FleetPage) -> None:
    us, eu, lab = story.fleet()
    page.show_fleet((us, eu, lab))
    qtbot.waitUntil(lambda: names(page)[0] == "ledger-us")
    card_of(page, "ledger-us").setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is card_of(page, "ledger-us"))
    page.show_fleet((us, worse(eu), lab))
    qtbot.waitUntil(lambda: any("order kept while you are here" in text for text in texts(page)))
    assert names(page)[0] == "ledger-us"
    page._add.setFocus()
    qtbot.waitUntil(lambda: names(page)[0] == "ledger-eu")


def test_a_cluster_that_is_gone_takes_its_card_along(page: FleetPage) -> None:
    page.show_fleet(story.fleet())
    page.show_fleet(story.fleet()[:1])
    assert names(page) == ["ledger-us"]


def test_every_node_has_a_strip_and_a_spoken_state(page: FleetPage) -> None:
    page.show_fleet(story.fleet())
    strips = card_of(page, "ledger-us").findChildren(Strip)
    assert [strip.accessibleName() for strip in strips][1] == "nyc-2, 52 of 60 on time, 8 late, none missed"
    assert "41 s behind" in strips[1].accessibleDescription()


def test_ages_count_on_and_turn_old_after_three_rounds(page: FleetPage, clock: story.StoryClock) -> None:
    page.show_fleet(story.fleet())
    clock.advance(2)
    page.tick()
    card = card_of(page, "ledger-lab")
    assert "lab-3 has not answered for 20 s" in texts(card)[0]
    assert not any(text.startswith("old") for text in texts(card))
    clock.advance(5)
    page.tick()
    assert "old, 7 s" in texts(card)
    assert card.accessibleName().startswith("old, 7 s")
    page.show_fleet(tuple(replace(view) for view in story.fleet()))
    assert not any(text.startswith("old") for text in texts(card))


def test_without_an_engine_all_is_old_at_once(page: FleetPage) -> None:
    page.show_fleet(story.fleet())
    page.set_live(False)
    assert all(any(text.startswith("old") for text in texts(card)) for card in page.cards())
    page.set_live(True)
    assert not any(text.startswith("old") for card in page.cards() for text in texts(card))


def test_enter_opens_a_card_and_a_click_on_a_row_its_node(qtbot: QtBot, page: FleetPage) -> None:
    page.show_fleet(story.fleet())
    qtbot.waitUntil(lambda: page.cards()[0].height() > 100)
    card = card_of(page, "ledger-us")
    with qtbot.waitSignal(page.cluster_chosen) as chosen:
        qtbot.keyClick(card, Qt.Key.Key_Return)
    assert chosen.args == [Place("ledger-us")]
    table = card._table
    row = table._row_box(1).center()
    with qtbot.waitSignal(page.cluster_chosen) as chosen:
        qtbot.mouseClick(table, Qt.MouseButton.LeftButton, pos=row)
    assert chosen.args == [Place("ledger-us", "nyc-2")]


def test_cards_are_reached_by_tab_in_their_order(qtbot: QtBot, page: FleetPage) -> None:
    page.show_fleet(story.fleet())
    qtbot.waitUntil(lambda: names(page) == ["ledger-us", "ledger-eu", "ledger-lab"])
    page._add.setFocus()
    reached = []
    for _ in range(3):
        focus = QApplication.focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert reached == list(page.cards())


def test_a_newcomer_is_told_what_to_do_and_asked_nothing(qtbot: QtBot, page: FleetPage) -> None:
    page.show_fleet(())
    assert "No cluster is watched yet" in texts(page)
    acts = [act for act in page.findChildren(Act) if act.isVisibleTo(page)]
    assert [act.text() for act in acts] == ["Start the lab", "Add a cluster …"]
    with qtbot.waitSignal(page.lab_wanted):
        qtbot.keyClick(acts[0], Qt.Key.Key_Space)
    with qtbot.waitSignal(page.add_cluster_wanted):
        qtbot.keyClick(acts[1], Qt.Key.Key_Space)
    page.empty.show_lab(starting=True)
    assert not acts[0].isEnabled()
    page.empty.show_lab(starting=False, trouble="the lab found no PostgreSQL")
    assert acts[0].isEnabled()
    assert "the lab found no PostgreSQL" in texts(page)


def test_before_the_engine_spoke_nothing_is_claimed(page: FleetPage) -> None:
    assert texts(page) == ["Asking the engine what it watches …"]


@pytest.mark.parametrize("pixels", [13, 20, 26])
@pytest.mark.parametrize("width", [700, 1040, 1680])
def test_no_text_is_cut_at_any_size(
    qtbot: QtBot, qapp: QApplication, page: FleetPage, pixels: float, width: int
) -> None:
    theme.apply(qapp, theme.Choice.LIGHT, pixels=pixels)
    page.show_fleet(story.fleet())
    page.resize(width, 900)

    def whole() -> bool:
        for card in page.cards():
            for says in card.findChildren(Says):
                if not says.text or not says.isVisibleTo(page):
                    continue
                if says.height() < says.heightForWidth(says.width()) or says.width() < says.minimumSizeHint().width():
                    return False
            table = card._table
            if table.height() < table.heightForWidth(table.width()) or table.width() > card.width():
                return False
        return page._list.width() <= page._scroll.viewport().width()

    qtbot.waitUntil(whole)
