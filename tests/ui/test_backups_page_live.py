"""Backups through the window on a live lab: made and proven by one button, restored by the wizard, asked, closed."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from console.domain.backup import BackupCheck, BackupsView, JobKind, JobState
from console.domain.backup_policy import BackupKind
from console.domain.verdict import Health
from console.places import Home
from console.ui.backup_state import Proof, every_backup, marks_of, proof_of
from console.ui.backups_page import BackupsPage
from console.ui.main_window import BACKUPS
from console.ui.places import Place
from console.ui.restore_flow import Part
from console.window import Desk
from tests.windowed import home_with_lab

GENEROUS_MILLISECONDS = 180_000

pytestmark = [pytest.mark.live, pytest.mark.allows_threads]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with home_with_lab(tmp_path_factory.mktemp("backups")) as made:
        yield made


@pytest.fixture
def desk(qtbot: QtBot, home: Home) -> Iterator[Desk]:
    made = Desk(home)
    qtbot.addWidget(made.window)
    made.open()
    qtbot.waitUntil(lambda: healthy(made), timeout=GENEROUS_MILLISECONDS)
    made.window.go_to_page(BACKUPS, Place("lab"))
    qtbot.waitUntil(lambda: was_read(made), timeout=GENEROUS_MILLISECONDS)
    yield made
    made.window.close()


def healthy(desk: Desk) -> bool:
    view = desk.window.view("lab")
    return view is not None and view.verdict.health is Health.HEALTHY


def was_read(desk: Desk) -> bool:
    view = page_of(desk).view
    return view is not None and all(one.at is not None for one in view.repositories)


def page_of(desk: Desk) -> BackupsPage:
    page = desk.backups.page
    assert page is not None
    return page


def view_of(desk: Desk) -> BackupsView:
    view = page_of(desk).view
    assert view is not None
    return view


def said(desk: Desk) -> str:
    """What the page says went wrong."""
    troubles = page_of(desk).troubles
    return troubles.accessibleName() if troubles.isVisible() else ""


def ended(desk: Desk, kind: JobKind, count: int = 1) -> bool:
    done = [job for job in view_of(desk).jobs if job.kind is kind and job.state is not JobState.RUNNING]
    return len(done) >= count


def press_backup(qtbot: QtBot, desk: Desk) -> None:
    """Ctrl+B from the whole window, as a person at it presses it."""
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow, timeout=GENEROUS_MILLISECONDS)
    qtbot.keyClick(desk.window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)


def test_one_key_backs_up_and_proves_and_pressed_again_makes_the_next(qtbot: QtBot, desk: Desk) -> None:
    page = page_of(desk)
    assert "no backup yet" in page.title.text
    qtbot.waitUntil(lambda: page.empty.backup.isVisible() and page.empty.backup.isEnabled())
    press_backup(qtbot, desk)
    qtbot.waitUntil(lambda: bool(view_of(desk).jobs) or said(desk) != "", timeout=GENEROUS_MILLISECONDS)
    assert said(desk) == ""
    qtbot.waitUntil(lambda: ended(desk, JobKind.PROVE), timeout=GENEROUS_MILLISECONDS)
    assert [job.reason for job in view_of(desk).jobs if job.state is JobState.FAILED] == []
    qtbot.waitUntil(lambda: bool(view_of(desk).windows and view_of(desk).marks), timeout=GENEROUS_MILLISECONDS)
    (first,) = every_backup(view_of(desk))
    marks = marks_of(view_of(desk), first)
    assert proof_of(first, marks) is Proof.PROVEN, marks
    assert marks[BackupCheck.BOOKS].entry
    qtbot.waitUntil(lambda: page.bar.split.act.isVisible() and page.bar.split.act.isEnabled())
    press_backup(qtbot, desk)
    qtbot.waitUntil(lambda: len(every_backup(view_of(desk))) == 2, timeout=GENEROUS_MILLISECONDS)
    second = every_backup(view_of(desk))[1]
    assert (second.kind, second.parent) == (BackupKind.INCREMENTAL, first.id)
    card = desk.window.fleet_page.cards()[0]
    qtbot.waitUntil(lambda: card._keepers._proven.text.startswith("Proven "), timeout=GENEROUS_MILLISECONDS)


def test_the_wizard_restores_into_a_copy_that_can_be_asked_and_closed(qtbot: QtBot, desk: Desk) -> None:
    page = page_of(desk)
    assert len(every_backup(view_of(desk))) == 2, "those of the test before"
    page.selected.restore.click()
    wizard = desk.restores.wizard
    assert wizard is not None
    while wizard.draft.at is not Part.PREVIEW:
        before = wizard.draft.at
        qtbot.waitUntil(lambda: wizard.foot.next.isEnabled(), timeout=GENEROUS_MILLISECONDS)
        wizard.go_on()
        assert wizard.draft.at is not before
    wizard.go_on()
    qtbot.waitUntil(lambda: wizard.draft.sandbox is not None, timeout=GENEROUS_MILLISECONDS)
    copy = wizard.draft.sandbox
    assert copy is not None
    assert copy.head_number
    wizard.sandbox_page.ask.click()
    dialog = desk.backups.sandbox
    assert dialog is not None
    dialog.entry.setText(str(copy.head_number))
    dialog.finder.click()
    qtbot.waitUntil(lambda: dialog.table.rowCount() > 0, timeout=GENEROUS_MILLISECONDS)
    dialog.sql.setPlainText("delete from ledger.entries")
    dialog.ask.click()
    qtbot.waitUntil(lambda: "Nothing was changed" in dialog.message.text, timeout=GENEROUS_MILLISECONDS)
    dialog.close()
    wizard.leave()
    qtbot.waitUntil(lambda: bool(page.sandboxes.acts), timeout=GENEROUS_MILLISECONDS)
    page.sandboxes.acts[0][1].click()
    qtbot.waitUntil(lambda: not view_of(desk).sandboxes, timeout=GENEROUS_MILLISECONDS)
