"""The ways out: what is kept, how each fares, what can't be saved and why, what came of a test, how one is removed."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from console.domain.alerting import WayKind, WayOut, WayState
from console.domain.verdict import Health
from console.link.messages import Done, GiveSecret, Message, Refused
from console.link.watching import RemoveWayOut, SaveWayOut, TryWayOut, WaysOut, WayTried
from console.ui import theme
from console.ui.controls import Says
from console.ui.way_rules import way_errors
from console.ui.way_state import way_health, ways_text
from console.ui.ways_dialog import NEW, WaysDialog
from tests.ui import incident_stories as stories
from tests.ui import story

MAIL = WayOut(name="mail", kind=WayKind.EMAIL, target="a@example.com", options=(("from", "c@example.com"),))


class Opened:
    """The dialog, shown, and what it asked."""

    def __init__(self, qtbot: QtBot, told: WaysOut | None) -> None:
        self.dialog = WaysDialog(told, story.NOW)
        self.asked: list[Message] = []
        qtbot.addWidget(self.dialog)
        self.dialog.wants.connect(self.asked.append)
        self.dialog.show()
        qtbot.waitExposed(self.dialog)

    def rows(self) -> list[str]:
        return [line.spoken for line in self.dialog.rows.lines]


@pytest.fixture
def opened(qtbot: QtBot) -> Opened:
    return Opened(qtbot, stories.ways())


def test_each_says_how_it_fares(opened: Opened) -> None:
    assert opened.rows() == [
        "duty-mail, E-mail, Last delivered at 02:36:18",
        "chat, Webhook, Could not deliver at 02:37:18: no answer within the limit, 2 wait",
        "pager, Command on the engine's host, Has delivered nothing yet",
        "alive, Heartbeat, Last delivered at 02:41:15",
    ]
    assert opened.dialog.form.name.text() == "duty-mail"
    assert opened.dialog.state.text == "duty-mail last delivered at 02:36:18."
    assert not opened.dialog.save.isEnabled(), "nothing was changed"
    assert opened.dialog.test.isEnabled()


@pytest.mark.parametrize(
    ("kind", "there"),
    [
        (WayKind.EMAIL, {"smtp", "port", "tls", "from", "user", "secret", "least", "clusters"}),
        (WayKind.WEBHOOK, {"secret", "least", "clusters"}),
        (WayKind.COMMAND, {"least", "clusters"}),
        (WayKind.HEARTBEAT_FILE, {"seconds"}),
        (WayKind.HEARTBEAT_URL, {"seconds", "method", "secret"}),
    ],
)
def test_each_kind_asks_only_for_what_it_needs(opened: Opened, kind: WayKind, there: set[str]) -> None:
    form = opened.dialog.form
    form.kind.setCurrentIndex(form.kind.findData(kind.value))
    shown = {key for key, field in form.fields.items() if not field.isHidden()}
    assert shown == there | {"kind", "name", "target", "seconds_max"}


def test_what_is_read_and_saved_again_is_the_same(opened: Opened) -> None:
    kept = stories.ways().ways
    for way in (*kept, replace(kept[0], options=(*kept[0].options, ("ca", "/etc/ca.pem")), clusters=("ledger-us",))):
        opened.dialog.form.fill(way, known=True, others=())
        again = opened.dialog.form.way()
        assert replace(again, options=()) == replace(way, options=())
        assert set(again.options) >= set(way.options), "what is not shown here is kept"


def test_a_new_one_is_filled_in_saved_and_can_then_be_tested(qtbot: QtBot, opened: Opened) -> None:
    dialog = opened.dialog
    dialog.add.click()
    assert dialog.form.name.hasFocus()
    assert opened.rows()[-1] == "A new way out, not kept yet"
    qtbot.keyClicks(dialog.form.name, "second-mail")
    assert opened.rows()[-1].startswith("second-mail")
    assert not dialog.save.isEnabled()
    dialog.form.target.setText("a@example.com")
    dialog.form.options["from"].setText("console@example.com")
    dialog.form.secret.setText("hush")
    assert dialog.form.secret.echoMode() is QLineEdit.EchoMode.Password
    assert not dialog.test.isEnabled(), "only what is kept can be tested"
    dialog.save.click()
    way = replace(MAIL, name="second-mail", options=(("tls", "starttls"), ("from", "console@example.com")))
    assert opened.asked == [
        GiveSecret(kind="password", subject="way-out second-mail", secret="hush", keep=True), SaveWayOut(way=way),
    ]  # fmt: skip
    dialog.show_answer(opened.asked[0], Done())
    told = WaysOut(ways=(*stories.ways().ways, way), states=stories.ways().states)
    dialog.show_answer(SaveWayOut(way=way), told)
    assert dialog.said.text == "Saved. Send a test to see that it arrives."
    assert dialog.form.secret.text() == ""
    assert dialog.form.name.text() == "second-mail"
    assert dialog.test.isEnabled()
    assert "not kept yet" not in "\n".join(opened.rows())


def test_the_first_one_begins_with_a_form(qtbot: QtBot) -> None:
    opened = Opened(qtbot, WaysOut(ways=(), states=()))
    assert "alerts reach only who sits at this window" in opened.dialog.none.text
    assert [line.key for line in opened.dialog.rows.lines] == [NEW]
    assert opened.dialog.form.isVisible()
    assert opened.dialog.focusWidget() is opened.dialog.form.name
    assert opened.dialog.remove.text() == "Discard"


def test_before_the_engine_has_told_nothing_can_be_pressed(qtbot: QtBot) -> None:
    opened = Opened(qtbot, None)
    assert opened.dialog.none.text == "Reading the ways out …"
    assert not opened.dialog.save.isEnabled()
    opened.dialog.show_ways(stories.ways(), story.NOW)
    assert len(opened.rows()) == 4


def test_what_is_typed_stays_while_the_engine_tells_anew(opened: Opened) -> None:
    dialog = opened.dialog
    dialog.form.target.setText("other@example.com")
    dialog.show_ways(stories.ways(), story.NOW)
    assert dialog.form.target.text() == "other@example.com"
    assert dialog.save.isEnabled()
    dialog.add.click()
    dialog.form.name.setText("half")
    dialog.rows.choose("chat", tell=True)
    dialog.rows.choose(NEW, tell=True)
    assert dialog.form.name.text() == "half"


@pytest.mark.parametrize(
    ("tried", "said", "token"),
    [
        (WayTried(name="duty-mail", delivered=True, seconds=0.41), "The test was delivered in 0.4 s.", theme.Token.OK),
        (
            WayTried(name="duty-mail", delivered=False, seconds=15.0, reason="login-refused", detail="535 no"),
            "The test was not delivered, after 15 s: the login was refused. It said: 535 no", theme.Token.LOST,
        ),
    ],
)  # fmt: skip
def test_it_says_what_came_of_a_test(opened: Opened, tried: WayTried, said: str, token: theme.Token) -> None:
    dialog = opened.dialog
    dialog.test.click()
    assert opened.asked == [TryWayOut(name="duty-mail")]
    assert dialog.said.text == "Sending a test, at most 15 s …"
    assert not dialog.test.isEnabled()
    dialog.show_answer(TryWayOut(name="duty-mail"), tried)
    assert dialog.said.text == said
    assert dialog.said._token is token
    assert dialog.test.isEnabled()


def test_one_that_is_kept_is_removed_only_when_pressed_twice(opened: Opened) -> None:
    dialog = opened.dialog
    dialog.rows.choose("pager", tell=True)
    dialog.remove.click()
    assert opened.asked == []
    assert dialog.remove.text() == "Press again to remove it"
    dialog.rows.choose("chat", tell=True)
    assert dialog.remove.text() == "Remove", "it was meant for another one"
    dialog.rows.choose("pager", tell=True)
    dialog.remove.click()
    dialog.remove.click()
    assert opened.asked == [RemoveWayOut(name="pager")]
    left = tuple(way for way in stories.ways().ways if way.name != "pager")
    dialog.show_answer(RemoveWayOut(name="pager"), WaysOut(ways=left, states=()))
    assert dialog.said.text == "pager was removed."
    assert len(opened.rows()) == 3


def test_a_refusal_and_a_lost_engine_keep_what_was_typed(opened: Opened) -> None:
    dialog = opened.dialog
    dialog.form.target.setText("x@example.com")
    dialog.save.click()
    refused = Refused(reason="way-wrong", subject="duty-mail", detail="no such host")
    dialog.show_answer(opened.asked[0], refused)
    assert dialog.said.text.startswith("The way out duty-mail can't be used as it stands: no such host")
    assert dialog.form.target.text() == "x@example.com"
    dialog.save.click()
    dialog.show_lost()
    assert dialog.said.text == "The engine does not answer. What is typed stays here."
    assert dialog.save.isEnabled()


def test_keys_save_test_and_leave(qtbot: QtBot, opened: Opened) -> None:
    dialog = opened.dialog
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert opened.asked == [TryWayOut(name="duty-mail")]
    dialog.show_answer(opened.asked[0], WayTried(name="duty-mail", delivered=True, seconds=0.1))
    dialog.form.enabled.click()
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    question = opened.asked[-1]
    assert isinstance(question, SaveWayOut)
    assert question.way.enabled is False
    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("way", "field"),
    [
        (MAIL, None),
        (replace(MAIL, name="two words"), "name"),
        (replace(MAIL, name="taken"), "name"),
        (replace(MAIL, target="nobody"), "target"),
        (replace(MAIL, target="a@example.com, b"), "target"),
        (replace(MAIL, options=()), "from"),
        (replace(MAIL, options=(*MAIL.options, ("port", "99999"))), "port"),
        (replace(MAIL, options=(*MAIL.options, ("tls", "none"), ("user", "c"), ("smtp", "mail.example.com"))), "user"),
        (replace(MAIL, options=(*MAIL.options, ("tls", "none"), ("user", "c"), ("smtp", "localhost"))), None),
        (replace(MAIL, seconds_max=0.0), "seconds_max"),
        (WayOut(name="w", kind=WayKind.WEBHOOK, target="https://chat.example.com/x"), None),
        (WayOut(name="w", kind=WayKind.WEBHOOK, target="http://chat.example.com/x"), "target"),
        (WayOut(name="w", kind=WayKind.WEBHOOK, target="http://127.0.0.1:8080/x"), None),
        (WayOut(name="w", kind=WayKind.WEBHOOK, target="https://me:pw@chat.example.com/"), "target"),
        (WayOut(name="w", kind=WayKind.WEBHOOK, target="https://[bad"), "target"),
        (WayOut(name="w", kind=WayKind.COMMAND, target="/bin/page 'a b'"), None),
        (WayOut(name="w", kind=WayKind.COMMAND, target="page now"), "target"),
        (WayOut(name="w", kind=WayKind.COMMAND, target="/bin/page 'a"), "target"),
        (WayOut(name="w", kind=WayKind.HEARTBEAT_FILE, target="/run/alive"), None),
        (WayOut(name="w", kind=WayKind.HEARTBEAT_FILE, target="alive"), "target"),
        (WayOut(name="w", kind=WayKind.HEARTBEAT_FILE, target="/run/alive", options=(("seconds", "x"),)), "seconds"),
        (WayOut(name="w", kind=WayKind.HEARTBEAT_URL, target="https://x.example.com", options=(("seconds", "0"),)),
         "seconds"),
    ],
)  # fmt: skip
def test_what_can_not_be_saved_is_said_by_its_field(way: WayOut, field: str | None) -> None:
    found = way_errors(way, ("taken",))
    assert set(found) == ({field} if field is not None else set())


def test_the_state_of_a_way_claims_no_more_than_was_delivered() -> None:
    told = stories.ways()
    states = {state.name: state for state in told.states}
    assert [way_health(way, states.get(way.name)) for way in told.ways] == [
        Health.HEALTHY, Health.DEGRADED, Health.UNKNOWN, Health.HEALTHY,
    ]  # fmt: skip
    never = WayState(name="pager", delivered_at=None, failed_at=story.NOW, reason="no-program")
    assert way_health(told.ways[2], never) is Health.LOST
    assert way_health(replace(told.ways[0], enabled=False), states["duty-mail"]) is Health.UNKNOWN
    assert ways_text(told.ways, told.states) == ("chat does not deliver", False)
    assert ways_text(told.ways[:1], told.states[:1]) == ("1 in use, all deliver", True)
    assert ways_text(told.ways[2:], told.states[2:]) == ("2 in use, 1 never tried", True)
    assert ways_text(told.ways[3:], told.states[3:]) == ("None: alerts reach only who sits here.", False)


@pytest.mark.parametrize("pixels", [13, 20])
def test_no_text_is_cut(qtbot: QtBot, qapp: QApplication, pixels: int) -> None:
    theme.apply(qapp, theme.Choice.LIGHT, pixels=pixels)
    opened = Opened(qtbot, stories.ways())
    opened.dialog.rows.choose("chat", tell=True)
    opened.dialog.form.target.setText("http://open.example.com/")
    QApplication.processEvents()
    cut = [one.text for one in opened.dialog.findChildren(Says)
           if one.isVisible() and one.height() < one.heightForWidth(one.width())]  # fmt: skip
    assert cut == []
    assert opened.dialog.height() <= 1000
