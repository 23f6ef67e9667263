"""The Backups page tied to window and bridge: each cluster asked at once, cards told, dialogs and wizard opened."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.domain.cluster import Inventory
from console.domain.restore import Target, TargetKind
from console.link.backups import (
    AskBackups,
    AskSandbox,
    AskTarget,
    BackupsSeen,
    CloseSandbox,
    JobSeen,
    SandboxRows,
    SavePolicy,
    StartBackup,
)
from console.link.messages import Done, HostKeys, Message, Prompts, Refused, Welcome
from console.ui.backups_page import BackupsPage
from console.ui.backups_wiring import BackupsWiring
from console.ui.bridge import Bridge
from console.ui.controls import Says
from console.ui.main_window import BACKUPS, CLUSTER, MainWindow, Page
from console.ui.places import Place
from console.ui.restore_flow import Part
from console.ui.restore_wiring import NOTICE, RestoreWiring, first_target
from tests.ui import backup_stories as stories
from tests.ui import story


def texts(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(one.text for one in widget.findChildren(Says) if one.isVisibleTo(widget))


class FarEnd:
    """The far end of the bridge: keeps what was asked."""

    def __init__(self) -> None:
        self.asked: list[Message] = []

    def send(self, message: Message, _on_answer: object) -> None:
        self.asked.append(message)

    def close(self) -> None:
        return


class Wired:
    """A window with the parts of backups, and what they asked of the engine."""

    def __init__(self, window: MainWindow, clock: story.StoryClock) -> None:
        self.window = window
        self.bridge = Bridge(lambda _hear, _lose: FarEnd(), lambda: "", lambda: clock().ticks, window)
        self.asked: list[Message] = []
        self.bridge.ask = self.asked.append  # type: ignore[method-assign]
        window.add_page(Page(CLUSTER, "Cluster", QWidget))
        self.backups = BackupsWiring(window, self.bridge, clock, window)
        self.restores = RestoreWiring(window, self.bridge, clock, self.backups, window)

    def welcome(self) -> None:
        self.bridge.connected.emit(Welcome(
            protocol=1, engine=story.engine(), inventory=Inventory(), clusters=story.fleet(),
            host_keys=HostKeys(offers=()), prompts=Prompts(prompts=()),
        ))  # fmt: skip

    def show(self) -> None:
        """On the page of ledger-us, told of its backups."""
        self.window.go_to_page(BACKUPS, Place("ledger-us"))
        self.bridge.backups_seen.emit(stories.view())


@pytest.fixture
def wired(window: MainWindow, clock: story.StoryClock) -> Iterator[Wired]:
    made = Wired(window, clock)
    yield made
    made.bridge.close()


def test_alt_and_three_opens_it(qtbot: QtBot, wired: Wired) -> None:
    qtbot.keyClick(wired.window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert wired.window.page_name == BACKUPS
    page = wired.backups.page
    assert page is not None
    assert wired.asked[-1] == AskBackups(cluster=wired.window.place.cluster or "")


def test_every_cluster_is_asked_for_once_so_that_its_card_can_tell(wired: Wired) -> None:
    wired.welcome()
    assert wired.asked == [AskBackups(cluster=name) for name in ("ledger-us", "ledger-eu", "ledger-lab")]
    assert "Not known yet" in texts(wired.window.fleet_page)
    wired.bridge.answered.emit(wired.asked[0], BackupsSeen(view=stories.view()))
    said = texts(wired.window.fleet_page)
    assert "Proven 2 h ago" in said
    assert "incremental of 17 Mar 00:20, restored with whole books" in said
    assert "Next by itself: restore test in a sandbox of ledger-us, 05:30 UTC." in said
    assert "does not make or prove" not in said


def test_whoever_reads_backups_and_chooses_another_cluster_reads_on(wired: Wired) -> None:
    wired.show()
    wired.window.go(Place("ledger-eu"))
    assert wired.window.page_name == BACKUPS
    page = wired.backups.page
    assert page is not None
    assert page.view is None
    wired.window.go(Place("ledger-us"))
    assert page.view == stories.view(), "what was told is shown at once"


def test_work_is_told_and_refusals_are_shown_where_they_belong(wired: Wired) -> None:
    wired.show()
    page = wired.backups.page
    assert page is not None
    page.bar.split.press()
    question = wired.asked[-1]
    assert question == StartBackup(cluster="ledger-us")
    wired.bridge.answered.emit(question, JobSeen(job=stories.running()))
    assert "38 %" in texts(page)
    wired.bridge.job_seen.emit(stories.running(done_bytes=9 * stories.GB))
    assert "83 %" in texts(page)
    wired.bridge.answered.emit(question, Refused(reason="busy", subject="vault-2"))
    assert "other work runs there already" in texts(page)


def test_the_policy_is_saved_and_the_backups_are_read_again(wired: Wired) -> None:
    wired.show()
    page = wired.backups.page
    assert page is not None
    page.calendar.change.click()
    dialog = wired.backups.policy
    assert dialog is not None
    page.calendar.change.click()
    assert wired.backups.policy is dialog, "one at a time"
    dialog.save.click()
    question = wired.asked[-1]
    assert isinstance(question, SavePolicy)
    wired.bridge.answered.emit(question, Done())
    assert wired.backups.policy is None
    assert wired.asked[-1] == AskBackups(cluster="ledger-us")


def test_an_open_copy_is_asked_and_told_when_it_was_closed(wired: Wired) -> None:
    wired.show()
    wired.bridge.backups_seen.emit(stories.view(sandboxes=(stories.sandbox(),), at=stories.NOW))
    page = wired.backups.page
    assert page is not None
    page.sandboxes.acts[0][0].click()
    dialog = wired.backups.sandbox
    assert dialog is not None
    dialog.sql.setPlainText("select 1")
    dialog.ask.click()
    question = AskSandbox(cluster="ledger-us", sandbox="s-1", sql="select 1")
    assert wired.asked[-1] == question
    rows = SandboxRows(columns=("n",), rows=(("1",), ("<b>\x1b[31m</b>",)), cut=True)
    wired.bridge.answered.emit(question, rows)
    assert dialog.message.text == "The first 2 rows: the answer is longer, and was cut."
    item = dialog.table.item(1, 0)
    assert item is not None
    assert item.text() == "<b>�[31m</b>"
    dialog.ask.click()
    wired.bridge.answered.emit(question, Refused(reason="not-read-only", subject="s-1"))
    assert "Only one reading statement may be asked of s-1. Nothing was changed." in dialog.message.text
    page.sandboxes.acts[0][1].click()
    close = CloseSandbox(cluster="ledger-us", sandbox="s-1")
    assert wired.asked[-1] == close
    wired.bridge.answered.emit(close, Done())
    wired.bridge.backups_seen.emit(stories.view(at=stories.NOW))
    assert not dialog.ask.isEnabled()
    dialog.close()


def test_restore_opens_the_wizard_on_the_chosen_backup_and_leaves_with_a_word(qtbot: QtBot, wired: Wired) -> None:
    wired.show()
    page = wired.backups.page
    assert page is not None
    assert wired.restores.wizard is None
    page.chain.choose(stories.backups()[3].id)
    page.selected.restore.click()
    wizard = wired.restores.wizard
    assert wizard is not None
    assert wizard.isVisible()
    target = Target(kind=TargetKind.TIME, time=stories.at(11, 1, 6, 1))
    assert any(isinstance(one, AskTarget) and one.target == target for one in wired.asked)
    assert wizard.draft.at is Part.GOAL
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    assert not wizard.isVisible()
    assert "Left. No node of ledger-us was changed." in texts(wired.window.notice_bar)
    assert NOTICE == "restore-left"


def test_the_newest_backup_means_the_latest_moment() -> None:
    view = stories.view()
    every = stories.backups()
    assert first_target(view, every[-1]) == Target()
    assert first_target(view, None) == Target()
    assert first_target(view, every[0]).time == stories.at(8, 1, 22, 7)
    assert first_target(replace(view, windows=()), every[0]) == Target(), "nothing is known to be had"


def test_making_the_page_shows_no_window_of_its_own_that_would_take_the_keys(
    qtbot: QtBot, clock: story.StoryClock
) -> None:
    seen = Windows()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(seen)
    try:
        page = BackupsPage(clock)
    finally:
        app.removeEventFilter(seen)
    qtbot.addWidget(page)
    assert seen.shown == []


class Windows(QObject):
    """Sees every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


def test_the_keys_of_the_page_work_from_the_whole_window(qtbot: QtBot, wired: Wired) -> None:
    wired.show()
    qtbot.keyClick(wired.window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert wired.asked[-1] == StartBackup(cluster="ledger-us")
    wired.bridge.backups_seen.emit(replace(stories.no_backup(), at=stories.NOW))
    before = len(wired.asked)
    page = wired.backups.page
    assert page is not None
    qtbot.keyClick(page, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert wired.asked[before:] == [StartBackup(cluster="ledger-us")]
    wired.window.go(Place("ledger-us", "nyc-1"))
    before = len(wired.asked)
    qtbot.keyClick(wired.window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert wired.asked[before:] == [], "a hidden page hears no key"
