"""The policy dialog: meanings and next runs as they are typed, errors by their field, nothing typed is lost."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.domain.backup_policy import (
    BackupPolicy,
    CycleEntry,
    EngineName,
    MediumKind,
    RepositorySpec,
    Retention,
    Scheduler,
    WalWay,
)
from console.link.backups import SavePolicy
from console.link.messages import Done, Message, Refused
from console.ui import theme
from console.ui.controls import Says
from console.ui.policy_dialog import PolicyDialog
from console.ui.policy_rules import policy_errors
from tests.ui import backup_stories as stories
from tests.ui import story

HOSTS = {"nyc-1": "postgres", "chi-1": "postgres", "vault-2": "backup"}


def texts(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(one.text for one in widget.findChildren(Says) if one.isVisibleTo(widget))


class Shown:
    """A dialog, and what it asked for."""

    def __init__(self, qtbot: QtBot, policy: BackupPolicy | None = None) -> None:
        view = stories.view() if policy is None else stories.view(policy=policy)
        self.dialog = PolicyDialog(view, story.ledger_us(), stories.NOW)
        self.wanted: list[Message] = []
        self.ended: list[int] = []
        qtbot.addWidget(self.dialog)
        self.dialog.wants.connect(self.wanted.append)
        self.dialog.finished.connect(self.ended.append)
        self.dialog.show()
        self.dialog.activateWindow()
        qtbot.waitUntil(self.dialog.isActiveWindow, timeout=10_000)

    def save(self, qtbot: QtBot) -> None:
        qtbot.keyClick(self.dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    return Shown(qtbot)


def test_untouched_it_saves_exactly_what_it_was_given(qtbot: QtBot, shown: Shown) -> None:
    shown.save(qtbot)
    (question,) = shown.wanted
    assert isinstance(question, SavePolicy)
    assert question == SavePolicy(cluster="ledger-us", policy=stories.policy())


def test_what_the_dialog_does_not_ask_stays_as_it_was(qtbot: QtBot) -> None:
    first = stories.policy().repositories[0]
    spec = replace(first, immutable_days=9, mirror="/mnt/second", login="user=rep passfile=/x")
    policy = replace(stories.policy(), repositories=(spec,), wal_silence_seconds_max=77.0, cycle=())
    shown = Shown(qtbot, policy)
    shown.save(qtbot)
    assert shown.wanted == [SavePolicy(cluster="ledger-us", policy=policy)]


def test_cron_is_told_in_words_and_by_its_next_runs_while_it_is_typed(shown: Shown) -> None:
    row = shown.dialog.cycle[0]
    row.cron.setText("0 3 * * 6")
    assert row.meaning.text == "every Saturday at 03:00"
    lines = shown.dialog.next_runs.text.split("\n")
    assert lines[0] == "Next, in UTC:"
    assert len(lines) == 6
    assert lines[1] == "Tue 17 Mar 05:30 restore test in a sandbox"
    row.cron.setText("0 25 * * *")
    assert row.meaning.text == "Hour: '25' is out of its range."
    assert row.cron.accessibleDescription() == row.meaning.text
    assert shown.dialog.next_runs.text == "The next runs are shown once every line can be read."
    assert not shown.dialog.save.isEnabled()


def test_the_time_zone_moves_the_runs(shown: Shown) -> None:
    shown.dialog.zone.setText("Europe/Berlin")
    assert shown.dialog.next_runs.text.split("\n")[:2] == [
        "Next, in Europe/Berlin:", "Tue 17 Mar 05:30 restore test in a sandbox",
    ]  # fmt: skip
    shown.dialog.zone.setText("Mars/Olympus")
    assert shown.dialog.fields["time_zone"].error.startswith("There is no time zone 'Mars/Olympus'")


def test_what_would_go_is_told_while_the_retention_is_typed(shown: Shown) -> None:
    before = shown.dialog.preview.text
    assert before.startswith("By this, now: vault-2: ")
    shown.dialog.fulls.setText("1")
    shown.dialog.days.setText("1")
    assert shown.dialog.preview.text != before
    assert "would go" in shown.dialog.preview.text


@pytest.mark.parametrize(
    ("field", "text", "error"),
    [
        ("fulls", "0", "A number from 1 to 1000"),
        ("fulls", "two", "'two' is no number"),
        ("fulls", "", "A whole number: at least so many full backups stay."),
        ("days", "-3", "'-3' is no number"),
        ("days", "99999999", "A number of days"),
        ("rate", "fast", "'fast' is no number"),
        ("rate", "0", "A number of MB/s above 0"),
        ("sandbox_directory", "tmp", "A whole path is wanted"),
    ],
)
def test_each_wrong_field_says_so_in_its_place(qtbot: QtBot, shown: Shown, field: str, text: str, error: str) -> None:
    getattr(shown.dialog, field).setText(text)
    keys = {"fulls": "fulls_min", "days": "window_days"}
    assert shown.dialog.fields[keys.get(field, field)].error.startswith(error)
    assert not shown.dialog.save.isEnabled()
    shown.save(qtbot)
    assert shown.wanted == []
    assert "Not saved: 1 field to be mended first." in texts(shown.dialog)


def test_an_error_under_more_opens_it(shown: Shown) -> None:
    form = shown.dialog.repositories[1]
    assert not form.more.isChecked()
    form.staging.setText("")
    assert form.more.isChecked()
    assert form.fields["staging"].error.startswith("A tape is only added to")


def test_repositories_and_lines_come_and_go(qtbot: QtBot, shown: Shown) -> None:
    shown.dialog.add_line.click()
    shown.dialog.cycle[-1].cron.setText("*/30 * * * *")
    shown.dialog.cycle[0].remove.click()
    shown.dialog.repositories[2].remove.click()
    shown.dialog.add_repository.click()
    form = shown.dialog.repositories[-1]
    assert form.fields["name"].error == "Give it a name."
    form.name.setText("second")
    form.path.setText("/srv/second")
    shown.save(qtbot)
    (question,) = shown.wanted
    assert isinstance(question, SavePolicy)
    assert [one.name for one in question.policy.repositories] == ["vault-2", "lto-9", "second"]
    assert question.policy.cycle[-1] == CycleEntry(what="incremental", cron="*/30 * * * *")
    assert question.policy.cycle[0].what == "differential"


def test_only_what_an_engine_knows_is_asked(shown: Shown) -> None:
    form = shown.dialog.repositories[0]
    assert form.fields["path"].isVisibleTo(form)
    form.engine.setCurrentIndex(form.engine.findData(EngineName.PGBACKREST.value))
    assert not form.fields["path"].isVisibleTo(form)
    assert form.fields["stanza"].isVisibleTo(form)
    assert form.fields["stanza"].error


def test_it_is_gone_when_it_is_in_force_and_stays_when_it_was_refused(qtbot: QtBot, shown: Shown) -> None:
    shown.dialog.fulls.setText("3")
    shown.save(qtbot)
    shown.save(qtbot)
    assert len(shown.wanted) == 1, "asked once"
    question = shown.wanted[0]
    assert isinstance(question, SavePolicy)
    shown.dialog.show_answer(question, Refused(reason="policy-wrong", subject="ledger-us", detail="login: \x1b[31m"))
    said = texts(shown.dialog)
    assert "The policy of ledger-us can't be put in force: login: �[31m. Nothing was changed." in said
    assert shown.dialog.fulls.text() == "3"
    assert shown.ended == []
    shown.save(qtbot)
    shown.dialog.show_answer(question, Done())
    assert shown.ended == [1]


def test_a_lost_engine_keeps_what_was_typed(qtbot: QtBot, shown: Shown) -> None:
    shown.dialog.fulls.setText("5")
    shown.save(qtbot)
    shown.dialog.show_lost()
    assert shown.dialog.fulls.text() == "5"
    assert "Nothing was saved; what is typed stays here." in texts(shown.dialog)
    shown.save(qtbot)
    assert len(shown.wanted) == 2


def test_escape_leaves_it_as_it_was(qtbot: QtBot, shown: Shown) -> None:
    shown.dialog.fulls.setText("9")
    qtbot.keyClick(shown.dialog, Qt.Key.Key_Escape)
    assert shown.wanted == []
    assert shown.ended == [0]


def test_without_a_policy_a_first_one_is_proposed_and_says_what_it_lacks(qtbot: QtBot) -> None:
    shown = Shown(qtbot, BackupPolicy())
    form = shown.dialog.repositories[0]
    assert (form.name.text(), form.spec().node) == ("vault-2", "vault-2")
    assert form.path.hasFocus()
    assert len(shown.dialog.cycle) == 4
    form.path.setText("/srv/backups/ledger-us")
    shown.save(qtbot)
    (question,) = shown.wanted
    assert isinstance(question, SavePolicy)
    assert policy_errors(question.policy, HOSTS) == ()
    assert question.policy.scheduler is Scheduler.ENGINE


def test_names_from_elsewhere_stay_text(qtbot: QtBot) -> None:
    spec = RepositorySpec(name=stories.HOSTILE, node=stories.HOSTILE, path="/x")
    shown = Shown(qtbot, replace(stories.policy(), repositories=(spec,), cycle=()))
    said = texts(shown.dialog)
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert shown.dialog.repositories[0].fields["name"].error.startswith("Only letters, digits")
    assert "\x1b" not in shown.dialog.repositories[0].node.currentText()


@pytest.mark.parametrize("choice", [theme.Choice.LIGHT, theme.Choice.DARK])
def test_it_fits_its_window_in_both_themes(qtbot: QtBot, qapp: QApplication, choice: theme.Choice) -> None:
    theme.apply(qapp, choice, pixels=13)
    shown = Shown(qtbot)
    assert shown.dialog.minimumSizeHint().width() <= shown.dialog.width()
    assert not shown.dialog.grab().isNull()


# Rules


def errors_of(**more: object) -> dict[tuple[str, str], str]:
    spec = RepositorySpec(name="a", node="vault-2", path="/srv/a")
    policy = BackupPolicy(repositories=(replace(spec, **more),))  # type: ignore[arg-type]
    return {(one.part, one.field): one.text for one in policy_errors(policy, HOSTS)}


def test_a_sound_policy_has_no_errors() -> None:
    assert errors_of() == {}
    assert policy_errors(stories.policy(), HOSTS) == ()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": ""}, "name"), ({"name": "-x"}, "name"), ({"name": "a b"}, "name"), ({"node": "nowhere"}, "node"),
        ({"path": ""}, "path"), ({"path": "/srv/../etc"}, "path"), ({"path": "/"}, "path"),
        ({"medium": MediumKind.OBJECT_STORE}, "medium"), ({"medium": MediumKind.TAPE}, "staging"),
        ({"wal": WalWay.ARCHIVE}, "archive"), ({"mirror": "/srv/a/"}, "mirror"), ({"mirror": "second"}, "mirror"),
        ({"engine": EngineName.BARMAN}, "stanza"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found_in_its_field(more: dict[str, object], field: str) -> None:
    assert list(errors_of(**more)) == [("repository", field)]


def test_two_repositories_take_each_a_name_and_a_place() -> None:
    spec = RepositorySpec(name="a", node="vault-2", path="/srv/a")
    policy = BackupPolicy(repositories=(spec, spec), retention=Retention(fulls_min=1, window_days=None))
    found = {(one.place, one.field) for one in policy_errors(policy, HOSTS)}
    assert found == {(1, "name"), (1, "path")}
    lost = BackupPolicy(cycle=(CycleEntry(what="full", cron="0 1 * * *", repository="x"),))
    assert {one.field for one in policy_errors(lost, HOSTS)} == {"repository", "repositories"}
