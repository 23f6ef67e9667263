"""A person takes an alert or silences it: what is asked, what keeps it from being asked, what comes back."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.link.messages import Done, Message, Refused
from console.link.watching import AckAlert, SilenceAlerts
from console.ui import theme
from console.ui.alert_dialogs import AlertDialog, SilenceDialog, TakeDialog, until_of
from console.ui.controls import Says
from tests.ui import incident_stories as stories
from tests.ui import story


def shown_dialog(qtbot: QtBot, dialog: AlertDialog) -> list[Message]:
    asked: list[Message] = []
    qtbot.addWidget(dialog)
    dialog.wants.connect(asked.append)
    dialog.show()
    qtbot.waitExposed(dialog)
    return asked


def test_enter_in_the_note_takes_it(qtbot: QtBot) -> None:
    dialog = TakeDialog(stories.lagging(), story.NOW, "m.keller")
    asked = shown_dialog(qtbot, dialog)
    qtbot.waitUntil(dialog.note.hasFocus)
    assert "Taken as m.keller" in "\n".join(one.text for one in dialog.findChildren(Says))
    qtbot.keyClicks(dialog.note, "disk ordered")
    qtbot.keyClick(dialog.note, Qt.Key.Key_Return)
    question = AckAlert(alert="a-1", note="disk ordered")
    assert asked == [question]
    dialog.act.click()
    assert asked == [question], "pressed twice, it is asked once"
    with qtbot.waitSignal(dialog.finished):
        dialog.show_answer(question, Done())
    assert dialog.result() == TakeDialog.DialogCode.Accepted


def test_a_refusal_keeps_what_was_typed(qtbot: QtBot) -> None:
    dialog = TakeDialog(stories.lagging(), story.NOW, "m.keller")
    asked = shown_dialog(qtbot, dialog)
    dialog.note.setText("disk ordered")
    dialog.act.click()
    dialog.show_answer(asked[0], Refused(reason="alert-over", subject="a-1"))
    assert dialog.isVisible()
    assert dialog.reason.text == "The alert a-1 is over already. Nothing was changed."
    assert dialog.note.text() == "disk ordered"
    dialog.act.click()
    dialog.show_lost()
    assert dialog.reason.text == "The engine does not answer. Nothing was changed."
    assert dialog.act.isEnabled()


def test_another_questions_answer_is_not_taken_for_this_one(qtbot: QtBot) -> None:
    dialog = TakeDialog(stories.lagging(), story.NOW, "m.keller")
    shown_dialog(qtbot, dialog)
    dialog.act.click()
    dialog.show_answer(AckAlert(alert="a-7"), Done())
    assert dialog.isVisible()


def test_a_silence_names_its_end_its_reason_and_what_it_covers(qtbot: QtBot) -> None:
    dialog = SilenceDialog(stories.lagging(), story.NOW)
    asked = shown_dialog(qtbot, dialog)
    dialog.quick[2].click()
    dialog.covers[1].click()
    dialog.why.setText("its disk is exchanged")
    qtbot.keyClick(dialog.why, Qt.Key.Key_Return)
    until = (story.NOW + timedelta(hours=4)).replace(second=0)
    assert asked == [SilenceAlerts(until=until, reason="its disk is exchanged", cluster="ledger-us", node="nyc-2")]


def test_only_this_alert_is_what_is_chosen_first(qtbot: QtBot) -> None:
    dialog = SilenceDialog(stories.lagging(), story.NOW)
    asked = shown_dialog(qtbot, dialog)
    dialog.why.setText("known")
    dialog.act.click()
    first = asked[0]
    assert isinstance(first, SilenceAlerts)
    assert (first.cluster, first.node, first.word) == ("ledger-us", "nyc-2", "lagging")
    assert [chip.text() for chip in dialog.covers] == [
        "only this alert", "every alert of nyc-2", "every alert of ledger-us",
    ]  # fmt: skip


def test_without_a_reason_or_with_a_wrong_end_nothing_is_asked(qtbot: QtBot) -> None:
    dialog = SilenceDialog(stories.lagging(), story.NOW)
    asked = shown_dialog(qtbot, dialog)
    dialog.act.click()
    assert asked == []
    assert dialog._why.error == "Say why: whoever comes next has to know."
    dialog.why.setText("known")
    dialog.until.setText("soon")
    assert dialog._until.error == "Write it in UTC, as 2026-03-17 03:41."
    dialog.act.click()
    assert asked == []
    assert dialog.reason.text == "Not silenced: see what is said in red."


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("2026-03-17 02:41", "has passed"), ("2026-03-17 02:00", "has passed"),
        ("2026-04-17 02:41", "more than 14 days"),
        ("", "Write it in UTC"), ("2026-13-17 02:41", "Write it in UTC"), ("2026-03-17 02:42", ""),
        (" 2026-03-31 02:41 ", ""),
    ],
)  # fmt: skip
def test_an_end_lies_ahead_and_within_two_weeks(text: str, wrong: str) -> None:
    until, said = until_of(text, story.NOW)
    assert (wrong in said) if wrong else said == ""
    assert (until is None) is bool(wrong)


@pytest.mark.parametrize("pixels", [13, 22])
def test_no_text_of_a_dialog_is_cut(qtbot: QtBot, qapp: QApplication, pixels: int) -> None:
    theme.apply(qapp, theme.Choice.DARK, pixels=pixels)
    for dialog in (TakeDialog(stories.lagging(), story.NOW, "m.keller"), SilenceDialog(stories.lagging(), story.NOW)):
        shown_dialog(qtbot, dialog)
        dialog.act.click()
        QApplication.processEvents()
        cut = [one.text for one in dialog.findChildren(Says)
               if one.isVisible() and one.height() < one.heightForWidth(one.width())]  # fmt: skip
        assert cut == []
