"""The dialogs of drills and duties, and the page tied to window and bridge: consent typed, refusals lose nothing."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.domain.cluster import Inventory
from console.domain.drill import DrillFault, DrillKind, DutyKind, DutyRule
from console.link.backups import StartBackup
from console.link.messages import Done, HostKeys, Message, Prompts, Refused, Welcome
from console.link.watching import (
    AskDrills,
    AskDuties,
    AskRedundancy,
    DrillSeen,
    DutiesSeen,
    RedundancySeen,
    SaveDuty,
    StartDrill,
)
from console.ui import theme
from console.ui.bridge import Bridge
from console.ui.drill_dialog import DrillDialog
from console.ui.drills_page import DrillsPage
from console.ui.drills_wiring import DrillsWiring
from console.ui.duty_rule_dialog import DutyRuleDialog
from console.ui.main_window import DRILLS, MainWindow
from console.ui.places import Place
from tests.ui import story
from tests.ui import watch_stories as watch
from tests.ui.watch_looks import nameless, texts, wait_whole

US = "ledger-us"
FIRST = [AskDuties(cluster=US), AskDrills(cluster=US, most=100), AskRedundancy(cluster=US)]


def dialog_of(qtbot: QtBot, kind: DrillKind = DrillKind.DETECTOR) -> tuple[DrillDialog, list[Message]]:
    dialog = DrillDialog(US, story.ledger_us(), kind)
    qtbot.addWidget(dialog)
    wanted: list[Message] = []
    dialog.wants.connect(wanted.append)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=10_000)
    return dialog, wanted


def begin(qtbot: QtBot, dialog: DrillDialog) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_harmless_fault_needs_no_name(qtbot: QtBot) -> None:
    dialog, wanted = dialog_of(qtbot)
    assert not dialog.name.isVisible()
    qtbot.keyClick(dialog.faults, Qt.Key.Key_Down)
    assert dialog.faults.key == "probe-cut"
    dialog.node.setCurrentIndex(dialog.node.findData("dal-1"))
    begin(qtbot, dialog)
    begin(qtbot, dialog)
    assert wanted == [StartDrill(cluster=US, kind=DrillKind.DETECTOR, fault=DrillFault.PROBE_CUT, node="dal-1")]


@pytest.mark.parametrize("switchover", [False, True])
def test_where_nodes_change_the_name_is_typed(qtbot: QtBot, switchover: bool) -> None:
    dialog, wanted = dialog_of(qtbot, DrillKind.SWITCHOVER if switchover else DrillKind.DETECTOR)
    if not switchover:
        for _ in range(3):
            qtbot.keyClick(dialog.faults, Qt.Key.Key_Down)
    assert dialog.name.isVisible()
    begin(qtbot, dialog)
    assert dialog.said.text == "Not begun. Type ledger-us first."
    dialog.name.setText("ledger-u")
    begin(qtbot, dialog)
    assert wanted == []
    dialog.name.setText("ledger-us")
    begin(qtbot, dialog)
    (question,) = wanted
    assert isinstance(question, StartDrill)
    assert question.confirmed == US
    assert question.fault is (None if switchover else DrillFault.STREAM_CUT)


def test_a_refused_drill_says_why_and_keeps_what_was_chosen(qtbot: QtBot) -> None:
    dialog, wanted = dialog_of(qtbot)
    begin(qtbot, dialog)
    question = wanted[0]
    assert isinstance(question, StartDrill)
    dialog.show_answer(question, Refused(reason="drill-under-way", subject=US))
    assert dialog.said.text == "Another drill of this cluster runs. Nothing was changed."
    assert dialog.begin.isEnabled()
    begin(qtbot, dialog)
    dialog.show_lost()
    assert "The engine does not answer" in dialog.said.text
    begin(qtbot, dialog)
    with qtbot.waitSignal(dialog.finished):
        dialog.show_answer(question, DrillSeen(drill=watch.running()))


def test_a_fault_without_a_node_can_not_be_chosen(qtbot: QtBot) -> None:
    view = story.ledger_us()
    bare = replace(view, nodes=tuple(one for one in view.nodes if one.name != "vault-2"))
    dialog = DrillDialog(US, bare)
    qtbot.addWidget(dialog)
    choices = {one.key: one for one in dialog.faults.choices}
    assert not choices["decoy-stopped"].possible
    assert choices["decoy-stopped"].says == "not here: no node that it could be made on"


@pytest.mark.parametrize("pixels", [13, 26])
def test_the_drill_dialog_cuts_nothing(qtbot: QtBot, qapp: QApplication, pixels: int) -> None:
    theme.apply(qapp, theme.Choice.LIGHT, pixels=pixels)
    dialog, _ = dialog_of(qtbot, DrillKind.SWITCHOVER)
    wait_whole(qtbot, dialog)
    assert nameless(dialog) == []


def test_how_often_is_typed_in_days(qtbot: QtBot) -> None:
    dialog = DutyRuleDialog(US, DutyRule(kind=DutyKind.SWITCHOVER_DRILL, every_hours=2160.0))
    qtbot.addWidget(dialog)
    wanted: list[Message] = []
    dialog.wants.connect(wanted.append)
    dialog.show()
    assert dialog.days.text() == "90"
    for wrong in ("", "x", "-1", "401", "0.01", "1e2", "nan"):
        dialog.days.setText(wrong)
        assert dialog.field.error, wrong
        assert not dialog.save.isEnabled()
    dialog._save()
    assert wanted == []
    dialog.days.setText("0.5")
    assert not dialog.field.error
    dialog._save()
    question = SaveDuty(cluster=US, rule=DutyRule(kind=DutyKind.SWITCHOVER_DRILL, every_hours=12.0))
    assert wanted == [question]
    dialog.show_answer(question, Refused(reason="engine-error"))
    assert dialog.days.text() == "0.5"
    dialog._save()
    with qtbot.waitSignal(dialog.finished):
        dialog.show_answer(question, watch.duties())


# The wiring


class Wired:
    """A window with the Drills page, and what was asked of the engine."""

    def __init__(self, window: MainWindow, clock: story.StoryClock) -> None:
        self.window = window
        self.bridge = Bridge(lambda _hear, _lose: FarEnd(), lambda: "", lambda: clock().ticks, window)
        self.asked: list[Message] = []
        self.bridge.ask = self.asked.append  # type: ignore[method-assign]
        self.drills = DrillsWiring(window, self.bridge, clock, window)
        window.go_to_page(DRILLS, Place(US))
        QApplication.processEvents()

    @property
    def page(self) -> DrillsPage:
        assert self.drills.page is not None
        return self.drills.page


class FarEnd:
    """A link that is never used: what is asked is kept by the test."""

    def send(self, message: Message, on_answer: object) -> None:
        raise AssertionError((message, on_answer))

    def close(self) -> None:
        return


@pytest.fixture
def wired(window: MainWindow, clock: story.StoryClock) -> Iterator[Wired]:
    made = Wired(window, clock)
    made.bridge.connected.emit(Welcome(
        protocol=1, engine=story.engine(), inventory=Inventory(), clusters=story.fleet(),
        host_keys=HostKeys(offers=()), prompts=Prompts(prompts=()),
    ))  # fmt: skip
    yield made
    made.bridge.close()


def test_answers_find_the_page(wired: Wired) -> None:
    for question in FIRST:
        assert question in wired.asked
    wired.bridge.answered.emit(FIRST[0], watch.duties())
    wired.bridge.answered.emit(FIRST[1], watch.told_drills())
    wired.bridge.answered.emit(FIRST[2], RedundancySeen(redundancy=watch.redundancy()))
    said = texts(wired.page)
    assert "2 duties of ledger-us are overdue" in said
    assert "4 of 6 drills passed" in said
    assert "3 of 4 copies proven the same" in said
    wired.bridge.told.emit(DrillSeen(drill=watch.running()))
    assert "our own probe channel is cut (dal-1)" in texts(wired.page)


def test_a_drill_is_begun_in_its_dialog_and_shown_on_the_page(qtbot: QtBot, wired: Wired) -> None:
    wired.bridge.answered.emit(FIRST[0], watch.duties())
    wired.page.start.click()
    dialog = wired.drills.dialog
    assert dialog is not None
    wired.page.start.click()
    assert wired.drills.dialog is dialog, "one at a time"
    dialog._begin()
    question = wired.asked[-1]
    assert isinstance(question, StartDrill)
    wired.bridge.answered.emit(question, Refused(reason="not-healthy", subject=US))
    assert "Nothing was changed." in dialog.said.text
    assert "not healthy" not in texts(wired.page), "said where it was asked"
    dialog._begin()
    wired.bridge.answered.emit(question, DrillSeen(drill=watch.running()))
    qtbot.waitUntil(lambda: wired.drills.dialog is None)
    assert wired.page.underway == watch.running()


def test_a_saved_rule_is_read_back(qtbot: QtBot, wired: Wired) -> None:
    wired.bridge.answered.emit(FIRST[0], watch.duties())
    wired.page.duties.rows[0].rule.click()
    dialog = wired.drills.rule_dialog
    assert dialog is not None
    dialog.days.setText("2")
    dialog._save()
    question = wired.asked[-1]
    assert question == SaveDuty(cluster=US, rule=DutyRule(kind=DutyKind.COPIES_COMPARED, every_hours=48.0))
    wired.bridge.answered.emit(question, DutiesSeen(duties=()))
    qtbot.waitUntil(lambda: wired.drills.rule_dialog is None)
    assert wired.asked[-1] == AskDuties(cluster=US)


def test_who_reads_drills_and_chooses_another_cluster_reads_on(wired: Wired) -> None:
    wired.window.go(Place("ledger-eu"))
    assert wired.window.page_name == DRILLS
    assert AskDuties(cluster="ledger-eu") in wired.asked


def test_a_lost_engine_is_said_in_dialogs_too(wired: Wired) -> None:
    wired.page.start.click()
    wired.bridge.lost.emit("gone")
    dialog = wired.drills.dialog
    assert dialog is not None
    assert "The engine does not answer" in dialog.said.text
    assert not wired.page.start.isEnabled()
    dialog.reject()


def test_a_backup_that_was_begun_frees_its_button(wired: Wired) -> None:
    wired.bridge.answered.emit(FIRST[0], watch.duties())
    row = next(row for row in wired.page.duties.rows if row.key[0] is DutyKind.BACKUP)
    row.act.click()
    assert wired.asked[-1] == StartBackup(cluster=US)
    wired.bridge.answered.emit(StartBackup(cluster=US), Done())
    assert row.act.isEnabled()
