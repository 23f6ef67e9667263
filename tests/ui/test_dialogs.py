"""Adding a cluster, host keys, prompts, breaking a lab: nothing is done that a person did not want."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from console.domain.cluster import (
    ClusterSpec,
    Environment,
    Inventory,
    NodeKind,
    NodeSpec,
    PostgresTarget,
    SshTarget,
)
from console.link.messages import (
    AcceptHostKey,
    AnswerPrompt,
    AskDiscovery,
    AskHostKeys,
    Discovered,
    Done,
    HostKeyOffer,
    HostKeys,
    Message,
    Missed,
    Prompt,
    Prompts,
    Refused,
    SaveClusters,
)
from console.ui.add_cluster_dialog import AddClusterDialog
from console.ui.controls import Act, Says
from console.ui.host_key_dialog import HostKeyDialog
from console.ui.lab_menu import LabMenu
from console.ui.prompt_dialog import PromptDialog
from tests.ui import stories

OFFER = HostKeyOffer(
    host="db-1", port=22, kind="ssh-ed25519", fingerprint="SHA256:abc", stored_in="~/.ssh/known_hosts"
)


def found(*names: str, missed: tuple[Missed, ...] = ()) -> Discovered:
    nodes = tuple(
        NodeSpec(name=name, kind=NodeKind.POSTGRES, ssh=SshTarget(host=name), postgres=PostgresTarget())
        for name in names
    )
    spec = ClusterSpec(name="cluster-db-1", environment=Environment.PRODUCTION, nodes=nodes)
    roles = {name: "standby" if place else "primary" for place, name in enumerate(names)}
    return Discovered(found=Inventory(clusters=(spec,)), roles=roles, missed=missed)


def dialog_of(qtbot: QtBot, taken: frozenset[str] = frozenset()) -> tuple[AddClusterDialog, list[Message]]:
    dialog = AddClusterDialog(taken)
    qtbot.addWidget(dialog)
    wanted: list[Message] = []
    dialog.wants.connect(wanted.append)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=10_000)
    return dialog, wanted


def look(qtbot: QtBot, dialog: AddClusterDialog, host: str = "db-1") -> None:
    dialog.form.host.setText(host)
    qtbot.keyClick(dialog.form.host, Qt.Key.Key_Return)


def texts(widget: QWidget) -> str:
    return "\n".join(one.text for one in widget.findChildren(Says) if one.isVisibleTo(widget))


def test_one_host_is_enough_to_ask(qtbot: QtBot) -> None:
    dialog, wanted = dialog_of(qtbot)
    look(qtbot, dialog)
    assert wanted == [AskDiscovery(host="db-1")]
    assert dialog.looking
    assert not dialog.add.isEnabled()
    assert "Looking at db-1" in texts(dialog)


def test_what_stands_under_more_goes_with_the_question(qtbot: QtBot) -> None:
    dialog, wanted = dialog_of(qtbot)
    dialog.form.more.setChecked(True)
    for key, text in {
        "user": "dba",
        "port": "2222",
        "become": "postgres",
        "database": "ledger",
        "postgres_port": "5433",
    }.items():
        dialog.form.fields[key].setText(text)
    look(qtbot, dialog)
    assert wanted == [
        AskDiscovery(host="db-1", user="dba", port=2222, become="postgres", database="ledger", postgres_port=5433)
    ]


@pytest.mark.parametrize(("host", "port", "said"), [
    ("", "", "Name a host first."),
    ("two hosts", "", "is no host name"),
    ("-oProxyCommand=x", "", "is no host name"),
    ("db-1", "70000", "is no port"),
])  # fmt: skip
def test_a_question_that_makes_no_sense_is_not_asked(qtbot: QtBot, host: str, port: str, said: str) -> None:
    dialog, wanted = dialog_of(qtbot)
    dialog.form.fields["port"].setText(port)
    look(qtbot, dialog, host)
    assert wanted == []
    assert said in dialog.form.problem.text


def test_nothing_is_saved_until_a_person_agrees(qtbot: QtBot) -> None:
    dialog, wanted = dialog_of(qtbot)
    look(qtbot, dialog)
    dialog.show_answer(AskDiscovery(host="db-1"), found("db-1", "db-2"))
    assert [type(one) for one in wanted] == [AskDiscovery]
    assert [row.cells[:2] for row in dialog.found.nodes.rows][1][0].text == "db-1"
    assert [row.cells[1].text for row in dialog.found.nodes.rows[1:]] == ["primary", "standby"]
    dialog.found.name.setText("ledger-us")
    dialog.found.environment.setCurrentIndex(dialog.found.environment.findData(Environment.STAGING))
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    save = wanted[-1]
    assert isinstance(save, SaveClusters)
    assert not save.replace
    assert (save.inventory.clusters[0].name, save.inventory.clusters[0].environment) == (
        "ledger-us",
        Environment.STAGING,
    )
    assert len(save.inventory.clusters[0].nodes) == 2
    with qtbot.waitSignal(dialog.saved) as saved:
        dialog.show_answer(save, Done())
    assert saved.args == ["ledger-us"]
    assert not dialog.isVisible()


@pytest.mark.parametrize("name", ["", "a b", "-x", "ledger-eu", "ä"])
def test_a_name_that_can_not_be_taken_is_refused_with_its_reason(qtbot: QtBot, name: str) -> None:
    dialog, _ = dialog_of(qtbot, frozenset({"ledger-eu"}))
    look(qtbot, dialog)
    dialog.show_answer(AskDiscovery(host="db-1"), found("db-1"))
    dialog.found.name.setText(name)
    assert not dialog.add.isEnabled()
    assert dialog.reason.text == dialog.found.name_problem() != ""


def test_a_refused_save_says_so_and_can_be_tried_again(qtbot: QtBot) -> None:
    dialog, wanted = dialog_of(qtbot)
    look(qtbot, dialog)
    dialog.show_answer(AskDiscovery(host="db-1"), found("db-1"))
    qtbot.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    dialog.show_answer(wanted[-1], Refused(reason="exists", subject="cluster-db-1"))
    assert "Nothing was changed" in dialog.message.text
    assert dialog.isVisible()
    assert dialog.add.isEnabled()


def test_a_host_that_refuses_says_why_and_what_to_do(qtbot: QtBot) -> None:
    dialog, _ = dialog_of(qtbot)
    look(qtbot, dialog)
    dialog.show_answer(AskDiscovery(host="db-1"), Refused(reason="unresolved", subject="db-1"))
    assert "its name has no address" in dialog.message.text
    assert "Check the spelling" in dialog.message.text
    assert "Nothing was saved" in dialog.message.text
    assert dialog.found.isHidden()
    assert dialog.form.host.isEnabled()


def test_what_could_not_be_reached_is_shown_with_its_reason(qtbot: QtBot) -> None:
    dialog, _ = dialog_of(qtbot)
    look(qtbot, dialog)
    missed = (Missed(host="10.0.0.9", reason="silent", detail="port 22"),)
    dialog.show_answer(AskDiscovery(host="db-1"), found("db-1", missed=missed))
    row = dialog.found.missed.rows[0]
    assert row.cells[0].text == "10.0.0.9"
    assert "port 22" in row.cells[1].text
    assert "Check the network" in row.cells[1].text
    assert dialog.add.isEnabled()


def test_an_unknown_host_key_is_shown_accepted_and_looked_at_again(qtbot: QtBot) -> None:
    dialog, wanted = dialog_of(qtbot)
    look(qtbot, dialog)
    dialog.show_answer(AskDiscovery(host="db-1"), Refused(reason="host-key-unknown", subject="db-1"))
    assert isinstance(wanted[-1], AskHostKeys)
    other = HostKeyOffer(host="elsewhere", port=22, kind="ssh-rsa", fingerprint="SHA256:zzz", stored_in="x")
    dialog.show_answer(AskHostKeys(), HostKeys(offers=(OFFER, other)))
    shown = texts(dialog)
    assert "SHA256:abc" in shown
    assert "~/.ssh/known_hosts" in shown
    assert "SHA256:zzz" not in shown
    qtbot.mouseClick(dialog.keys.rows[0].accept, Qt.MouseButton.LeftButton)
    assert wanted[-1] == AcceptHostKey(host="db-1", port=22, fingerprint="SHA256:abc")
    dialog.show_answer(wanted[-1], Done())
    assert wanted[-1] == AskDiscovery(host="db-1")
    assert dialog.looking


def test_a_key_that_changed_meanwhile_is_not_accepted(qtbot: QtBot) -> None:
    dialog, wanted = dialog_of(qtbot)
    look(qtbot, dialog)
    dialog.show_answer(AskDiscovery(host="db-1"), Refused(reason="host-key-unknown", subject="db-1"))
    dialog.show_answer(AskHostKeys(), HostKeys(offers=(OFFER,)))
    qtbot.mouseClick(dialog.keys.rows[0].accept, Qt.MouseButton.LeftButton)
    dialog.show_answer(wanted[-1], Refused(reason="other-host-key", subject="db-1", detail="SHA256:abc"))
    assert not dialog.looking
    assert "Nothing was changed" in dialog.message.text


def test_cancel_leaves_a_late_answer_alone(qtbot: QtBot) -> None:
    dialog, wanted = dialog_of(qtbot)
    look(qtbot, dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert not dialog.looking
    assert "Nothing was saved" in dialog.message.text
    dialog.show_answer(AskDiscovery(host="db-1"), found("db-1"))
    assert dialog.found.isHidden()
    assert [type(one) for one in wanted] == [AskDiscovery]
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_every_control_has_an_accessible_name(qtbot: QtBot) -> None:
    dialog, _ = dialog_of(qtbot)
    look(qtbot, dialog)
    dialog.show_answer(AskDiscovery(host="db-1"), found("db-1"))
    keys = HostKeyDialog()
    prompt = PromptDialog()
    qtbot.addWidget(keys)
    qtbot.addWidget(prompt)
    keys.show_offers(HostKeys(offers=(OFFER,)))
    prompt.show_prompts(Prompts(prompts=(PASSWORD,)))
    controls = [one for top in (dialog, keys, prompt) for kind in (Act, QLineEdit) for one in top.findChildren(kind)]
    assert len(controls) > 15
    assert [one for one in controls if not one.accessibleName()] == []


def test_the_host_key_dialog_accepts_exactly_the_shown_key(qtbot: QtBot) -> None:
    dialog = HostKeyDialog()
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.show_offers(HostKeys(offers=(OFFER,)))
    with qtbot.waitSignal(dialog.wants) as wanted:
        qtbot.mouseClick(dialog.list.rows[0].accept, Qt.MouseButton.LeftButton)
    assert wanted.args == [AcceptHostKey(host="db-1", port=22, fingerprint="SHA256:abc")]
    dialog.show_answer(wanted.args[0], Refused(reason="other-host-key", subject="db-1"))
    assert dialog.list.rows[0].accept.isEnabled()
    dialog.show_answer(wanted.args[0], Done())
    assert dialog.list.rows == []


PASSWORD = Prompt(number=4, subject="bastion, user m.keller", title="Password", text="Password: ", echo=False)
CODE = Prompt(number=5, subject="bastion, user m.keller", title="Code", text="Verification code: ", echo=True)


def prompt_of(qtbot: QtBot, *prompts: Prompt) -> tuple[PromptDialog, list[AnswerPrompt]]:
    dialog = PromptDialog()
    qtbot.addWidget(dialog)
    wanted: list[AnswerPrompt] = []
    dialog.wants.connect(wanted.append)
    dialog.open()
    dialog.show_prompts(Prompts(prompts=prompts))
    return dialog, wanted


def test_a_secret_is_hidden_and_kept_only_if_asked_for(qtbot: QtBot) -> None:
    dialog, wanted = prompt_of(qtbot, PASSWORD, CODE)
    assert dialog.field.echoMode() is QLineEdit.EchoMode.Password
    assert "Password: ".strip() in texts(dialog)
    dialog.field.setText("s3cret")
    dialog.keep.setChecked(True)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert wanted == [AnswerPrompt(number=4, answer="s3cret", keep=True)]
    assert dialog.field.text() == ""
    assert dialog.field.echoMode() is QLineEdit.EchoMode.Normal
    assert dialog.keep.isHidden()
    dialog.field.setText("123456")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert wanted[-1] == AnswerPrompt(number=5, answer="123456", keep=False)
    assert not dialog.isVisible()


def test_declining_answers_none(qtbot: QtBot) -> None:
    dialog, wanted = prompt_of(qtbot, PASSWORD)
    dialog.field.setText("typed")
    qtbot.mouseClick(dialog.decline, Qt.MouseButton.LeftButton)
    assert wanted == [AnswerPrompt(number=4, answer=None)]


def test_escape_answers_nothing_and_forgets_what_was_typed(qtbot: QtBot) -> None:
    dialog, wanted = prompt_of(qtbot, PASSWORD)
    dialog.field.setText("typed")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert wanted == []
    assert dialog.field.text() == ""


def test_what_is_being_typed_stays_while_other_questions_come(qtbot: QtBot) -> None:
    dialog, _ = prompt_of(qtbot, PASSWORD)
    dialog.field.setText("half")
    dialog.show_prompts(Prompts(prompts=(PASSWORD, CODE)))
    assert dialog.field.text() == "half"
    dialog.show_prompts(Prompts(prompts=(CODE,)))
    assert dialog.field.text() == ""


def test_a_servers_words_are_shown_harmless(qtbot: QtBot) -> None:
    wild = Prompt(number=9, subject="x\x1b[2J", title="\u202eevil", text="<b>Password</b>\nnow\x07", echo=False)
    dialog, _ = prompt_of(qtbot, wild)
    said = texts(dialog)
    assert "<b>Password</b> now" in said
    assert not any(c in said for c in "\x1b\x07\u202e")


def test_the_lab_menu_shows_for_a_lab_alone_and_names_its_faults(qtbot: QtBot) -> None:
    menu = LabMenu()
    qtbot.addWidget(menu)
    menu.show_cluster(stories.story())
    assert not menu.menuAction().isVisible()
    menu.show_cluster(stories.lab())
    assert menu.menuAction().isVisible()
    menus = {action.text(): action.menu() for action in menu.actions() if action.menu() is not None}
    standby = [action.data() for action in menus["lab-2"].actions() if action.data()]  # type: ignore[union-attr]
    assert standby == [
        "kill", "kill-postmaster", "stop", "start", "freeze", "thaw", "ssh-down", "ssh-up", "replay-pause",
        "replay-resume", "disk-full",
    ]  # fmt: skip
    primary = [action.data() for action in menus["lab-1"].actions() if action.data()]  # type: ignore[union-attr]
    assert "replay-pause" not in primary
    backup = [action.data() for action in menus["lab-backup"].actions() if action.data()]  # type: ignore[union-attr]
    assert backup == ["ssh-down", "ssh-up"]


def test_the_lab_menu_only_says_what_is_wanted(qtbot: QtBot) -> None:
    menu = LabMenu()
    qtbot.addWidget(menu)
    menu.show_cluster(stories.lab())
    menus = {action.text(): action.menu() for action in menu.actions() if action.menu() is not None}
    freeze = next(a for a in menus["lab-2"].actions() if a.data() == "freeze")  # type: ignore[union-attr]
    with qtbot.waitSignal(menu.fault_wanted) as fault:
        freeze.trigger()
    assert fault.args == ["freeze", "lab-2"]
    with qtbot.waitSignal(menu.mend_wanted) as mend:
        menu.actions()[-1].trigger()
    assert mend.args == [None]
    with qtbot.waitSignal(menu.rate_wanted) as rate:
        menus["Workload"].actions()[2].trigger()  # type: ignore[union-attr]
    assert rate.args == [20]
