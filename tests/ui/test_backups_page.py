"""The Backups page: asks and never acts, one click backs up, what runs can be cancelled, nothing is a table first."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.domain.backup import Backup, BackupsView, JobKind, JobState, SandboxSeen
from console.domain.backup_policy import BackupKind, Scheduler
from console.link.backups import (
    AskBackups,
    AskExpiry,
    CancelJob,
    CloseSandbox,
    OpenSandbox,
    OrderSchedule,
    ScheduleSeen,
    StartBackup,
    StartExpire,
    StartProve,
    StartVerify,
)
from console.link.messages import Message, Refused
from console.ui import theme
from console.ui.backups_page import BackupsPage
from console.ui.controls import Says
from tests.ui import backup_stories as stories
from tests.ui import story


def texts(widget: QWidget) -> str:
    QApplication.processEvents()  # what was just made is shown in the next turn
    return "\n".join(one.text for one in widget.findChildren(Says) if one.isVisibleTo(widget))


class Shown:
    """A page in the story's moment, and all that it asked for."""

    def __init__(self, qtbot: QtBot, view: BackupsView | None = None) -> None:
        self.clock = story.StoryClock()
        self.page = BackupsPage(self.clock)
        self.wanted: list[Message] = []
        self.restores: list[tuple[BackupsView, Backup | None]] = []
        self.policies: list[BackupsView] = []
        self.sandboxes: list[SandboxSeen] = []
        qtbot.addWidget(self.page)
        self.page.wants.connect(self.wanted.append)
        self.page.restore_wanted.connect(self.restores.append)
        self.page.policy_wanted.connect(self.policies.append)
        self.page.sandbox_wanted.connect(self.sandboxes.append)
        self.page.resize(QSize(1040, 704))
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow, timeout=10_000)
        self.page.show_cluster(story.ledger_us())
        if view is not None:
            self.page.show_backups(view)
        self.wanted.clear()


@pytest.fixture
def idle(qtbot: QtBot) -> Shown:
    return Shown(qtbot, stories.view())


@pytest.fixture
def busy(qtbot: QtBot) -> Shown:
    return Shown(qtbot, stories.busy())


# What it asks for


def test_it_asks_when_it_is_shown_and_when_another_cluster_is_chosen(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    assert "Reading what is known of the backups of ledger-us" in texts(shown.page)
    shown.page.hide()
    shown.page.show()
    assert shown.wanted == [AskBackups(cluster="ledger-us")]
    shown.page.show_cluster(story.ledger_eu())
    assert shown.wanted[-1] == AskBackups(cluster="ledger-eu")
    shown.page.show_backups(stories.view())
    assert shown.page.view is None, "a late answer of the first cluster is left alone"


def test_without_a_cluster_it_says_what_to_do(qtbot: QtBot) -> None:
    page = BackupsPage(story.StoryClock())
    qtbot.addWidget(page)
    page.show()
    assert texts(page) == "No cluster is chosen. Choose one at the left to see its backups."


def test_an_older_picture_changes_nothing(idle: Shown) -> None:
    old = stories.no_backup()
    idle.page.show_backups(replace(old, at=stories.NOW - timedelta(hours=1)))
    assert "save 3 h 13 min" in texts(idle.page)


def test_f5_reads_the_repositories_anew(qtbot: QtBot, idle: Shown) -> None:
    qtbot.keyClick(idle.page, Qt.Key.Key_F5)
    assert idle.wanted == [AskBackups(cluster="ledger-us", anew=True)]


# Back up now


def test_one_key_or_one_click_makes_the_usual_backup(qtbot: QtBot, idle: Shown) -> None:
    qtbot.keyClick(idle.page, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    idle.page.bar.split.act.click()
    assert idle.wanted == [StartBackup(cluster="ledger-us")] * 2
    assert idle.page.bar.split.act.accessibleName() == "Back up now: incremental"


def test_the_arrow_has_every_kind_and_repository_and_says_why_not(idle: Shown) -> None:
    actions = [one for one in idle.page.bar.split.menu.actions() if not one.isSeparator()]
    assert len(actions) == 9
    actions[0].trigger()
    actions[4].trigger()
    assert idle.wanted == [
        StartBackup(cluster="ledger-us", kind=BackupKind.FULL, repository="vault-2"),
        StartBackup(cluster="ledger-us", kind=BackupKind.DIFFERENTIAL, repository="lto-9"),
    ]


def test_a_kind_that_an_engine_can_not_make_is_there_with_its_reason(qtbot: QtBot) -> None:
    view = stories.view()
    first = view.repositories[0]
    assert first.found is not None
    found = replace(first.found, kinds=(BackupKind.FULL,), cannot=(("incremental", "needs-17"),))
    shown = Shown(qtbot, replace(view, repositories=(replace(first, found=found), *view.repositories[1:])))
    actions = [one for one in shown.page.bar.split.menu.actions() if not one.isSeparator()]
    assert not actions[2].isEnabled()
    assert actions[2].text().endswith("PostgreSQL 17 or later is needed for it")


def test_while_it_runs_the_act_rests_the_arrow_does_not_and_all_figures_stand_there(busy: Shown) -> None:
    said = texts(busy.page)
    for text in ("Incremental to vault-2", "4.1 of 10.8 GB, 212 MB/s", "38 %", "32 s left",
                 "Safe: removes only the part copied, keeps every older backup"):  # fmt: skip
        assert text in said
    assert not busy.page.bar.split.act.isEnabled()
    assert busy.page.bar.split.more.isEnabled()
    assert busy.page.bar.rows[0].meter.percent == pytest.approx(37.96, abs=0.1)


def test_cancel_is_asked_for_once(qtbot: QtBot, busy: Shown) -> None:
    for _ in range(2):
        qtbot.keyClick(busy.page, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    assert busy.wanted == [CancelJob(job="j-20260317-024058")]
    busy.page.show_job(stories.running(cancelling=True))
    assert "is being cancelled" in texts(busy.page)
    assert not busy.page.bar.rows[0].cancel.isEnabled()


def test_work_out_of_sight_is_not_called_ended(busy: Shown) -> None:
    busy.page.show_job(stories.running(state=JobState.UNSEEN))
    said = texts(busy.page)
    assert "its host can't be reached; it may go on there" in said
    assert busy.page.bar.rows[0].meter.percent is None


def test_progress_is_told_while_it_runs_and_the_bar_is_free_after(busy: Shown) -> None:
    busy.page.show_job(stories.running(done_bytes=9 * stories.GB))
    assert "83 %" in texts(busy.page)
    busy.page.show_job(stories.running(state=JobState.DONE, ended_at=stories.NOW))
    assert busy.page.bar.rows == ()
    assert "Nothing runs. Next by itself: restore test in a sandbox, 05:30 UTC." in texts(busy.page)


def test_several_pieces_of_work_have_a_row_each(qtbot: QtBot) -> None:
    jobs = (stories.running(id="p", kind=JobKind.PROVE, repository="lto-9", backup=""), stories.running())
    shown = Shown(qtbot, stories.view(jobs=jobs))
    titles = [row.job.kind for row in shown.page.bar.rows if row.job is not None]
    assert titles == [JobKind.BACKUP, JobKind.PROVE]


# Empty, and in trouble


def test_without_a_backup_there_is_one_button_and_no_table(qtbot: QtBot) -> None:
    shown = Shown(qtbot, stories.no_backup())
    said = texts(shown.page)
    assert "ledger-us has no backup yet" in said
    assert "Without one a mistaken delete can't be undone." in said
    assert not shown.page.bar.isVisibleTo(shown.page)
    assert not shown.page.chain.isVisibleTo(shown.page)
    qtbot.keyClick(shown.page, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert shown.wanted == [StartBackup(cluster="ledger-us")]


def test_what_was_not_read_yet_is_not_called_missing(qtbot: QtBot) -> None:
    view = stories.no_backup()
    unread = replace(view.repositories[0], at=None, medium=None)
    shown = Shown(qtbot, replace(view, repositories=(unread,)))
    said = texts(shown.page)
    assert "What could be got back of ledger-us is being read" in said
    assert "Without one a mistaken delete" not in said
    silent = replace(unread, trouble="host-silent")
    shown.page.show_backups(replace(view, repositories=(silent,), at=stories.NOW))
    said = texts(shown.page)
    assert "is not known: no repository could be read" in said
    assert "Check the SSH of vault-2, then 'Back up now'." in said
    assert shown.page.bar.split.act.isEnabled()


def test_the_first_backup_is_proven_as_its_button_said(qtbot: QtBot) -> None:
    shown = Shown(qtbot, stories.no_backup())
    shown.page.empty.backup.click()
    shown.page.show_job(stories.running())
    done = stories.running(state=JobState.DONE, ended_at=stories.NOW)
    shown.page.show_job(done)
    shown.page.show_job(done)
    prove = StartProve(cluster="ledger-us", repository="vault-2", backup="20260317-024058I")
    assert shown.wanted == [StartBackup(cluster="ledger-us"), prove]


def test_a_first_backup_that_failed_is_not_proven(qtbot: QtBot) -> None:
    shown = Shown(qtbot, stories.no_backup())
    shown.page.empty.backup.click()
    shown.page.show_job(stories.running())
    shown.page.show_job(stories.running(state=JobState.FAILED, ended_at=stories.NOW, reason="no-space"))
    assert shown.wanted == [StartBackup(cluster="ledger-us")]
    assert "there is no space left" in texts(shown.page)


def test_without_a_policy_the_button_opens_it(qtbot: QtBot) -> None:
    shown = Shown(qtbot, stories.no_policy())
    qtbot.keyClick(shown.page, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert shown.policies == [stories.no_policy()]
    assert shown.wanted == []


def test_a_silent_repository_is_said_with_what_was_not_changed(qtbot: QtBot) -> None:
    shown = Shown(qtbot, stories.unreachable())
    said = texts(shown.page)
    assert "Nothing was changed. The backup of 17 Mar 00:20 is still the last." in said
    assert "Not read now: its host could not be reached" in said


def test_a_refusal_stands_above_until_something_else_is_asked(qtbot: QtBot, idle: Shown) -> None:
    question = StartBackup(cluster="ledger-us")
    idle.page.show_refused(question, Refused(reason="busy", subject="vault-2"))
    assert "vault-2: other work runs there already\nNothing was changed. Wait until it ends, or cancel it." in texts(
        idle.page
    )
    idle.page.show_refused(StartBackup(cluster="other"), Refused(reason="no-space", subject="x"))
    assert "no space" not in texts(idle.page)
    qtbot.keyClick(idle.page, Qt.Key.Key_F5)
    idle.page.show_backups(stories.view())
    assert "other work runs" not in texts(idle.page)


def test_without_an_engine_nothing_can_be_begun_and_the_picture_is_called_its_last(qtbot: QtBot, idle: Shown) -> None:
    idle.page.set_live(False)
    assert "The engine does not answer: this is its last picture." in texts(idle.page)
    for key in (Qt.Key.Key_B, Qt.Key.Key_R):
        qtbot.keyClick(idle.page, key, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(idle.page, Qt.Key.Key_F5)
    assert idle.wanted == []
    assert idle.restores == []
    idle.page.set_live(True)
    assert idle.wanted == [AskBackups(cluster="ledger-us")]


# The chosen backup


def test_the_newest_is_chosen_beforehand_and_its_checks_are_named(idle: Shown) -> None:
    said = texts(idle.page.selected)
    assert "Selected: incremental of 17 Mar 00:20" in said
    assert "full 15 Mar, incremental 16 Mar" in said
    assert "10.4 GB, chain 672 GB" in said
    assert "about 54 min, by the last restore" in said
    assert idle.page.selected.checks.lines[0] == "Checksums, all 41,882 files, 00:24"
    assert idle.page.selected.checks.lines[1] == "WAL without a gap: not checked, —"
    assert idle.page.selected.prove.text() == "Prove again"


def test_another_one_is_chosen_by_key_and_stays_chosen(qtbot: QtBot, idle: Shown) -> None:
    idle.page.chain.setFocus()
    qtbot.keyClick(idle.page.chain, Qt.Key.Key_Home)
    assert "Selected: full of 8 Mar 01:00" in texts(idle.page.selected)
    assert idle.page.selected.prove.text() == "Prove"
    idle.page.show_backups(replace(stories.view(), at=stories.NOW))
    assert "Selected: full of 8 Mar 01:00" in texts(idle.page.selected)
    idle.page.selected.prove.click()
    first = stories.backups()[0]
    assert idle.wanted == [StartProve(cluster="ledger-us", repository="vault-2", backup=first.id)]
    qtbot.keyClick(idle.page, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert [backup for _view, backup in idle.restores] == [first]


def test_a_chain_that_is_not_whole_can_not_be_restored(qtbot: QtBot) -> None:
    view = stories.view()
    first = view.repositories[0]
    cut = replace(first, backups=tuple(one for one in first.backups if one.id != stories.backups()[7].id))
    shown = Shown(qtbot, replace(view, repositories=(cut, *view.repositories[1:])))
    assert not shown.page.selected.restore.isEnabled()
    assert "Its chain is not whole: it can't be restored." in texts(shown.page)


def test_one_click_restores_and_shows_the_newest_without_a_question(qtbot: QtBot, idle: Shown) -> None:
    mods = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(idle.page, Qt.Key.Key_R, mods)
    assert idle.wanted == [OpenSandbox(cluster="ledger-us", words="latest")]
    assert idle.restores == []


def test_another_repository_has_its_own_chain(idle: Shown) -> None:
    menu = idle.page.looks.menu
    assert menu is not None
    names = [action for action in menu.actions() if action.isCheckable()]
    names[1].trigger()
    assert "Selected: full of 15 Mar 01:00" in texts(idle.page.selected)
    assert len(idle.page.chain.picture.boxes if idle.page.chain.picture else ()) == 1


def test_as_a_table_shows_the_same_selection(qtbot: QtBot, idle: Shown) -> None:
    idle.page.looks.table.setChecked(True)
    assert idle.page.table.isVisibleTo(idle.page)
    assert not idle.page.chain.isVisibleTo(idle.page)
    idle.page.table.setFocus()
    qtbot.keyClick(idle.page.table, Qt.Key.Key_Down)
    assert "Selected: incremental of 16 Mar 01:00" in texts(idle.page.selected)


# Sandboxes, policy, expiry


def test_open_copies_have_a_row_with_ask_and_close(qtbot: QtBot) -> None:
    shown = Shown(qtbot, stories.view(sandboxes=(stories.sandbox(),)))
    said = texts(shown.page)
    assert "Open copy: before entry 88,032,119, last entry 88,032,118" in said
    assert "on vault-2, opened 12 min ago; read-only, and out of production's reach" in said
    ask, close = shown.page.sandboxes.acts[0]
    ask.click()
    close.click()
    assert shown.sandboxes == [stories.sandbox()]
    assert shown.wanted == [CloseSandbox(cluster="ledger-us", sandbox="s-1")]
    shown.page.show_backups(replace(stories.view(), at=stories.NOW))
    assert not shown.page.sandboxes.isVisibleTo(shown.page)


def test_what_would_go_is_read_before_anything_goes(idle: Shown) -> None:
    idle.page.calendar.preview.click()
    assert idle.wanted == [AskExpiry(cluster="ledger-us", repository="vault-2")]
    assert not idle.page.calendar.expire.isVisibleTo(idle.page)
    expiry = stories.expiry()
    idle.page.show_expiry(expiry)
    said = texts(idle.page)
    assert "7 backups would go, 1.3 TB; the restorable start moves to 15 Mar 01:23." in said
    idle.page.calendar.expire.click()
    assert idle.wanted[-1] == StartExpire(cluster="ledger-us", repository="vault-2", backups=expiry.backups)
    assert not idle.page.calendar.expire.isVisibleTo(idle.page)


def test_a_refused_or_empty_expiry_offers_nothing(idle: Shown) -> None:
    idle.page.show_expiry(replace(stories.expiry(), refused="append-only"))
    assert "Nothing may go: the medium is append-only" in texts(idle.page)
    assert not idle.page.calendar.expire.isVisibleTo(idle.page)
    idle.page.show_expiry(replace(stories.expiry(), backups=()))
    assert "Nothing would go: all that there is, is kept." in texts(idle.page)


def test_the_policy_is_changed_elsewhere(idle: Shown) -> None:
    idle.page.calendar.change.click()
    assert [one.cluster for one in idle.policies] == ["ledger-us"]


# How it looks


@pytest.mark.parametrize("choice", [theme.Choice.LIGHT, theme.Choice.DARK])
@pytest.mark.parametrize("size", [QSize(1040, 704), QSize(1680, 984), QSize(660, 700)])
def test_nothing_pushes_the_page_wider(qtbot: QtBot, qapp: QApplication, choice: theme.Choice, size: QSize) -> None:
    theme.apply(qapp, choice, pixels=13)
    for make in (stories.busy, stories.unreachable, stories.full_disk, stories.hostile, stories.no_policy):
        shown = Shown(qtbot, make())
        shown.page.resize(size)
        qtbot.waitUntil(lambda page=shown.page: page.width() == size.width())
        inner = shown.page._scroll.widget()
        assert inner is not None
        assert inner.minimumSizeHint().width() <= size.width()
        shown.page.close()


def test_every_control_has_a_name(busy: Shown) -> None:
    page = busy.page
    controls = (page.bar.split.act, page.bar.split.more, page.bar.rows[0].cancel, page.chain, page.looks, page.table,
                page.selected.restore, page.selected.prove, page.calendar.change, page.calendar.preview,
                page.show_newest)  # fmt: skip
    assert all(one.accessibleName() for one in controls)


def test_hostile_names_stay_text(qtbot: QtBot) -> None:
    shown = Shown(qtbot, stories.hostile())
    said = texts(shown.page)
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "<b>vault</b>" in said
    assert shown.page._shape.accessibleName() == "unknown"


def test_what_lacks_can_be_asked_for_where_it_lacks(qtbot: QtBot, idle: Shown) -> None:
    assert idle.page.selected.checks.verify is None, "the newest was read back"
    idle.page.chain.choose(stories.backups()[5].id)
    verify = idle.page.selected.checks.verify
    assert verify is not None
    qtbot.keyClick(verify, Qt.Key.Key_Return)
    wanted = StartVerify(cluster="ledger-us", repository="vault-2", backup=stories.backups()[5].id)
    assert idle.wanted == [wanted]
    idle.page.show_job(stories.running(id="v", kind=JobKind.VERIFY))
    again = idle.page.selected.checks.verify
    assert again is not None
    assert not again.isEnabled()


def test_the_calendar_tells_the_next_run_of_each_line(idle: Shown) -> None:
    said = texts(idle.page.calendar).split("\n")
    whats = [line for line in said if " on vault-2" in line]
    assert whats == [
        "restore test in a sandbox on vault-2", "differential backup on vault-2", "incremental backup on vault-2",
        "full backup on vault-2",
    ]  # fmt: skip


def test_the_hosts_crontab_is_compared_and_installed(qtbot: QtBot) -> None:
    policy = replace(stories.policy(), scheduler=Scheduler.CRONTAB)
    shown = Shown(qtbot, stories.view(policy=policy))
    calendar = shown.page.calendar
    assert not calendar.install.isVisibleTo(shown.page)
    calendar.compare.click()
    seen = ScheduleSeen(cluster="ledger-us", node="vault-2", there=("a",), wanted=("a", "b"))
    shown.page.show_schedule(seen)
    assert "The crontab of vault-2 is not as the policy wants it: 1 lines missing, 0 too many." in texts(calendar)
    calendar.install.click()
    assert shown.wanted == [
        OrderSchedule(cluster="ledger-us", act="compare"), OrderSchedule(cluster="ledger-us", act="install"),
    ]  # fmt: skip
    shown.page.show_schedule(replace(seen, there=("a", "b")))
    assert "The crontab of vault-2 is as the policy wants it." in texts(calendar)
    assert not calendar.install.isVisibleTo(shown.page)
