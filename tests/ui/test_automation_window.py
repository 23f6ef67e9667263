"""Automatic recovery in the window: its dialog never acts by accident, mistakes by field, acknowledged with a note."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.domain.automation import AutomationMode, AutomationPolicy, Maintenance
from console.domain.cluster import Inventory, Manager
from console.link.messages import Done, HostKeys, Message, Prompts, Refused, Welcome
from console.link.watching import AcknowledgeAttempt, AskWhy, SetAutomation, WhySeen
from console.ui import theme
from console.ui.automation_dialog import AutomationDialog
from console.ui.automation_panel import AutomationPanel
from console.ui.automation_rules import Typed, TypedWindow, meaning_sentence, read_policy, typed_of
from console.ui.automation_wiring import AutomationWiring
from console.ui.bridge import Bridge
from console.ui.cluster_page import ClusterPage
from console.ui.main_window import CLUSTER, RECOVERY, MainWindow, Page
from console.ui.places import Place
from console.ui.recovery_page import RecoveryPage
from tests.ui import story
from tests.ui import watch_stories as watch
from tests.ui.watch_looks import nameless, texts, wait_whole

NOW = watch.NOW

# -- what was typed --------------------------------------------------------------------------------------------------


def read(typed: Typed, before: AutomationPolicy | None = None) -> tuple[AutomationPolicy, dict[tuple[str, int], str]]:
    policy, mistakes = read_policy(typed, before or watch.policy(), person="m.keller", now=NOW)
    return policy, {(one.field, one.place): one.text for one in mistakes}


@pytest.mark.parametrize("mode", AutomationMode)
def test_what_is_not_touched_is_read_back_as_it_was(mode: AutomationMode) -> None:
    policy = replace(watch.policy(mode), loss_entries_max=12, pause_minutes=7.5, backups_hours_max=0.0)
    assert read(typed_of(policy), policy) == (policy, {})


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("loss", "many", "'many' is no whole number, 0 or more."),
        ("loss", "-1", "'-1' is no whole number, 0 or more."),
        ("loss", "1.5", "'1.5' is no whole number, 0 or more."),
        ("loss", "٣", "'٣' is no whole number, 0 or more."),
        ("loss", "9" * 30, "At most 1,000,000,000."),
        ("evidence", "nan", "'nan' is no number"),
        ("evidence", "1e9", "'1e9' is no number"),
        ("pause", "", "'' is no number"),
        ("pause", "99999999", "At most 10,080."),
        ("backups", "two", "'two' is no number"),
        ("quiet_from", "24:00", "'24:00' is no time of day. Write it as 22:00, in UTC."),
        ("quiet_from", "22", "'22' is no time of day"),
        ("quiet_to", "9:5", "'9:5' is no time of day"),
    ],
)
def test_each_mistake_stands_by_its_field_and_leaves_what_was_in_force(field: str, text: str, said: str) -> None:
    before = watch.policy()
    policy, mistakes = read(replace(typed_of(before), **{field: text}), before)
    assert mistakes[field, -1].startswith(said)
    assert len(mistakes) == 1
    assert (policy.loss_entries_max, policy.evidence_seconds) == (before.loss_entries_max, before.evidence_seconds)


def test_quiet_hours_need_both_ends_and_may_pass_midnight() -> None:
    typed = typed_of(watch.policy())
    assert read(replace(typed, quiet_to=""))[1][("quiet_to", -1)] == "Both ends are needed, or neither."
    assert read(replace(typed, quiet_from=""))[1][("quiet_from", -1)] == "Both ends are needed, or neither."
    assert "begins when it ends" in read(replace(typed, quiet_from="01:00", quiet_to="1:00"))[1][("quiet_to", -1)]
    policy, mistakes = read(replace(typed, quiet_from="23:00", quiet_to="5:30"))
    assert not mistakes
    assert (policy.quiet_from, policy.quiet_to) == (time(23), time(5, 30))


def test_maintenance_windows_have_an_end_ahead_and_a_reason() -> None:
    def mistake(begin: str, end: str, reason: str = "kernel update") -> dict[tuple[str, int], str]:
        window = TypedWindow(begin=begin, end=end, reason=reason)
        return read(replace(typed_of(watch.policy()), windows=(window,)))[1]

    assert mistake("2026-03-17 22:00", "2026-03-17 23:00") == {}
    assert "has to end after" in mistake("2026-03-18 22:00", "2026-03-17 22:00")[("end", 0)]
    assert "over already" in mistake("2026-03-16 22:00", "2026-03-17 01:00")[("end", 0)]
    assert "At most 31 days" in mistake("2026-03-17 22:00", "2026-06-17 22:00")[("end", 0)]
    assert "is no moment" in mistake("tonight", "2026-03-17 23:00")[("begin", 0)]
    assert "Say why" in mistake("2026-03-17 22:00", "2026-03-17 23:00", "  ")[("reason", 0)]


def test_who_opened_a_window_that_is_left_alone_stays_with_it() -> None:
    mine = TypedWindow(begin="2026-03-19 22:00", end="2026-03-19 23:00", reason="new disk")
    before = replace(watch.policy(), maintenance=(
        Maintenance(begin=NOW + timedelta(hours=20, seconds=7), end=NOW + timedelta(hours=22), by="a.ortiz",
                    reason="old disk"),
    ))  # fmt: skip
    typed = typed_of(before)
    policy, _ = read_policy(replace(typed, windows=(*typed.windows, mine)), before, person="m.keller", now=NOW)
    assert policy.maintenance[0] == before.maintenance[0]
    assert [one.by for one in policy.maintenance] == ["a.ortiz", "m.keller"]


def test_what_it_means_is_said_for_every_mode() -> None:
    off = meaning_sentence(watch.policy(AutomationMode.OFF), "ledger-us", NOW)
    assert off == "Nothing is done by itself on ledger-us: if its primary dies, a person acts."
    watched = meaning_sentence(watch.policy(AutomationMode.OBSERVE), "ledger-us", NOW)
    assert watched.startswith("Nothing is done by itself on ledger-us. What would have been done is written down")
    acts = meaning_sentence(watch.policy(), "ledger-us", NOW)
    assert "acts without asking: it gets 10 s to restart in place" in acts
    assert "only if no entry is lost by it" in acts
    assert "daily from 22:00 to 23:30 UTC and from 22:41 to 18 Mar 00:41 UTC (kernel update of nyc-1)" in acts
    bold = replace(watch.policy(), at_once=True, quorum_fence=True, loss_entries_max=1, pause_minutes=0.0)
    said = meaning_sentence(bold, "ledger-us", NOW)
    assert "fails over at once, without a restart in place first" in said
    assert "at most 1 entry may be lost" in said
    assert "cutting its synchronous standbys" in said
    assert "it may act again at once" in said


# -- the dialog ------------------------------------------------------------------------------------------------------


class Asked:
    """A dialog, and what it asked for."""

    def __init__(self, qtbot: QtBot, policy: AutomationPolicy) -> None:
        self.dialog = AutomationDialog("ledger-us", policy, lambda: NOW, person="m.keller")
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


def test_untouched_it_saves_exactly_what_it_was_given(qtbot: QtBot) -> None:
    asked = Asked(qtbot, watch.policy())
    asked.save(qtbot)
    assert asked.wanted == [SetAutomation(cluster="ledger-us", policy=watch.policy())]


def test_before_it_may_act_the_name_is_typed(qtbot: QtBot) -> None:
    asked = Asked(qtbot, watch.policy(AutomationMode.OBSERVE))
    dialog = asked.dialog
    assert not dialog.name.isVisible()
    qtbot.keyClick(dialog.modes, Qt.Key.Key_Down)
    assert dialog.modes.key == "automatic"
    assert dialog.name.isVisible()
    assert not dialog.save.isEnabled()
    asked.save(qtbot)
    assert asked.wanted == []
    assert dialog.said.text == "Not saved. Type ledger-us first."
    dialog.name.setText("ledger-eu")
    assert dialog.name_wrong.text == "'ledger-eu' is not ledger-us."
    asked.save(qtbot)
    assert asked.wanted == []
    dialog.name.setText("ledger-us")
    dialog.reason.setText("night shift")
    asked.save(qtbot)
    assert asked.wanted == [SetAutomation(cluster="ledger-us", policy=watch.policy(), reason="night shift")]
    asked.save(qtbot)
    assert len(asked.wanted) == 1, "not asked twice while it waits"


def test_to_hold_it_back_needs_no_name(qtbot: QtBot) -> None:
    asked = Asked(qtbot, watch.policy())
    for _ in range(2):
        qtbot.keyClick(asked.dialog.modes, Qt.Key.Key_Up)
    assert not asked.dialog.name.isVisible()
    asked.save(qtbot)
    assert asked.wanted == [SetAutomation(cluster="ledger-us", policy=watch.policy(AutomationMode.OFF))]


def test_a_refusal_and_a_lost_engine_leave_all_that_was_typed(qtbot: QtBot) -> None:
    asked = Asked(qtbot, watch.policy())
    dialog = asked.dialog
    dialog.loss.setText("40")
    asked.save(qtbot)
    question = asked.wanted[-1]
    assert isinstance(question, SetAutomation)
    dialog.show_answer(question, Refused(reason="audit-not-written"))
    assert "Nothing was changed." in dialog.said.text
    assert dialog.loss.text() == "40"
    asked.save(qtbot)
    dialog.show_lost()
    assert "Nothing was saved; what is typed stays here." in dialog.said.text
    asked.save(qtbot)
    dialog.show_answer(asked.wanted[-1], Done())
    assert asked.ended == [1]


def test_windows_come_and_go_and_their_mistakes_stand_below_them(qtbot: QtBot) -> None:
    asked = Asked(qtbot, watch.policy())
    dialog = asked.dialog
    assert len(dialog.windows) == 1
    dialog.add_window.click()
    assert dialog.windows[1].error == "Say why: whoever reads it at night needs to know."
    assert not dialog.save.isEnabled()
    dialog.windows[1].reason.setText("new disk")
    assert dialog.windows[1].error == ""
    dialog.windows[0].remove.click()
    asked.save(qtbot)
    (question,) = asked.wanted
    assert isinstance(question, SetAutomation)
    (window,) = question.policy.maintenance
    assert (window.by, window.reason) == ("m.keller", "new disk")
    assert window.end - window.begin == timedelta(hours=2)


@pytest.mark.parametrize("pixels", [13, 26])
def test_the_dialog_cuts_nothing_and_names_everything(qtbot: QtBot, qapp: QApplication, pixels: int) -> None:
    theme.apply(qapp, theme.Choice.LIGHT, pixels=pixels)
    asked = Asked(qtbot, watch.policy(AutomationMode.OBSERVE))
    qtbot.keyClick(asked.dialog.modes, Qt.Key.Key_Down)
    wait_whole(qtbot, asked.dialog)
    assert nameless(asked.dialog) == []


# -- the panel -------------------------------------------------------------------------------------------------------


def panel_of(qtbot: QtBot, seen: WhySeen | None, *, folds: bool = False) -> tuple[AutomationPanel, list[Message]]:
    panel = AutomationPanel(folds=folds)
    qtbot.addWidget(panel)
    panel.resize(QSize(960, 800))
    panel.show()
    wanted: list[Message] = []
    panel.wants.connect(wanted.append)
    panel.show_seen(seen, now=NOW)
    return panel, wanted


def test_what_was_done_by_itself_is_acknowledged_with_a_note(qtbot: QtBot) -> None:
    panel, wanted = panel_of(qtbot, watch.why_seen())
    assert "start nyc-1 again in place: done and proven" in texts(panel)
    panel.box.note.setText("looked at it, disk was full")
    qtbot.keyClick(panel.box.note, Qt.Key.Key_Return)
    question = AcknowledgeAttempt(cluster="ledger-us", attempt="a-7", note="looked at it, disk was full")
    assert wanted == [question]
    panel.box.act.click()
    assert len(wanted) == 1
    panel.box.show_answer(question, Refused(reason="audit-not-written"))
    assert "Nothing was changed." in texts(panel)
    assert panel.box.note.text() == "looked at it, disk was full"
    panel.show_seen(watch.why_seen(unacknowledged=False), now=NOW)
    assert not panel.box.isVisible()


def test_an_unacknowledged_act_that_is_not_listed_is_still_shown(qtbot: QtBot) -> None:
    panel, _ = panel_of(qtbot, replace(watch.why_seen(), attempts=()))
    assert "Something was done by itself, longer ago than what is listed here." in texts(panel)


def test_another_console_that_acts_is_named(qtbot: QtBot) -> None:
    panel, _ = panel_of(qtbot, watch.why_seen(acting="desk-2\x1b[2J"))
    assert "desk-2" in panel.acting.text
    assert panel.acting.text.endswith("acts for this cluster; this console only watches.")
    assert "\x1b" not in texts(panel)


def test_before_anything_was_told_nothing_can_be_changed(qtbot: QtBot) -> None:
    panel, _ = panel_of(qtbot, None)
    assert texts(panel) == "Whether it would act by itself is not told yet."
    assert not panel.change.isEnabled()


def test_on_a_patroni_cluster_there_is_nothing_to_switch_on(qtbot: QtBot) -> None:
    panel, _ = panel_of(qtbot, watch.why_seen())
    assert panel.change.isVisible()
    panel.show_manager(Manager.PATRONI)
    assert not panel.change.isVisible()


# -- the wiring ------------------------------------------------------------------------------------------------------


class FarEnd:
    """A link that is never used: what is asked is kept by the test."""

    def send(self, message: Message, on_answer: object) -> None:
        raise AssertionError((message, on_answer))

    def close(self) -> None:
        return


class Wired:
    """A window with the pages that show guards, and what was asked of the engine."""

    def __init__(self, window: MainWindow, clock: story.StoryClock) -> None:
        self.window, self.clock = window, clock
        self.bridge = Bridge(lambda _hear, _lose: FarEnd(), lambda: "", lambda: clock().ticks, window)
        self.asked: list[Message] = []
        self.bridge.ask = self.asked.append  # type: ignore[method-assign]
        window.add_page(Page(CLUSTER, "Cluster", ClusterPage))
        window.add_page(Page(RECOVERY, "Recovery", self._recovery))
        self.automation = AutomationWiring(window, self.bridge, clock, window)

    def _recovery(self) -> QWidget:
        page = RecoveryPage(self.clock)
        page.show_cluster(self.window.view("ledger-us"))
        return page

    def welcome(self) -> None:
        self.bridge.connected.emit(Welcome(
            protocol=1, engine=story.engine(), inventory=Inventory(), clusters=story.fleet(),
            host_keys=HostKeys(offers=()), prompts=Prompts(prompts=()),
        ))  # fmt: skip

    def whys(self) -> list[Message]:
        return [one for one in self.asked if isinstance(one, AskWhy)]

    def panel(self, name: str) -> AutomationPanel:
        found = self.window.page(name).findChildren(AutomationPanel)
        assert len(found) == 1
        return found[0]


@pytest.fixture
def wired(window: MainWindow, clock: story.StoryClock) -> Iterator[Wired]:
    made = Wired(window, clock)
    yield made
    made.bridge.close()


def test_guards_stand_on_both_pages_and_are_asked_for_while_they_are_seen(wired: Wired) -> None:
    wired.welcome()
    assert wired.whys() == [], "nobody looks at guards on the Fleet page"
    wired.window.go_to_page(CLUSTER, Place("ledger-us"))
    QApplication.processEvents()
    assert wired.whys() == [AskWhy(cluster="ledger-us")]
    wired.automation._pace.timeout.emit()
    assert len(wired.whys()) == 1, "not asked again while the answer is open"
    wired.bridge.answered.emit(wired.whys()[0], watch.why_seen())
    wired.automation._pace.timeout.emit()
    assert len(wired.whys()) == 2
    assert "start nyc-1 again in place" in texts(wired.panel(CLUSTER))
    wired.window.go_to_page(RECOVERY, Place("ledger-us"))
    assert "87 entries" in texts(wired.panel(RECOVERY))
    wired.clock.advance(11)
    before = len(wired.whys())
    wired.automation._pace.timeout.emit()
    assert len(wired.whys()) == before + 1, "an answer that never comes is not waited for for ever"


def test_what_is_told_is_shown_and_an_older_picture_is_not(wired: Wired) -> None:
    wired.welcome()
    wired.window.go_to_page(RECOVERY, Place("ledger-us"))
    wired.bridge.told.emit(watch.why_seen())
    older = replace(watch.why_seen(), why=replace(watch.ready(), at=NOW - timedelta(seconds=9)))
    wired.bridge.told.emit(older)
    assert "4 of 18 guards refuse" in texts(wired.panel(RECOVERY))
    wired.window.go(Place("ledger-eu"))
    assert "is not told yet" in texts(wired.panel(RECOVERY))


def test_the_dialog_opens_once_and_its_answer_closes_it(qtbot: QtBot, wired: Wired) -> None:
    wired.welcome()
    wired.window.go_to_page(RECOVERY, Place("ledger-us"))
    wired.bridge.told.emit(watch.why_seen())
    panel = wired.panel(RECOVERY)
    panel.change.click()
    dialog = wired.automation.dialog
    assert dialog is not None
    panel.change.click()
    assert wired.automation.dialog is dialog
    dialog.loss.setText("3")
    dialog._save()
    question = wired.asked[-1]
    assert isinstance(question, SetAutomation)
    assert question.policy.loss_entries_max == 3
    wired.bridge.answered.emit(question, watch.why_seen())
    qtbot.waitUntil(lambda: wired.automation.dialog is None)


def test_an_acknowledgement_is_sent_and_the_guards_are_asked_anew(wired: Wired) -> None:
    wired.welcome()
    wired.window.go_to_page(RECOVERY, Place("ledger-us"))
    QApplication.processEvents()
    wired.bridge.told.emit(watch.why_seen())
    wired.panel(RECOVERY).box.act.click()
    question = wired.asked[-1]
    assert question == AcknowledgeAttempt(cluster="ledger-us", attempt="a-7")
    before = len(wired.whys())
    wired.bridge.answered.emit(question, Done())
    assert len(wired.whys()) == before + 1


def test_without_an_engine_nothing_is_changed(wired: Wired) -> None:
    wired.welcome()
    wired.window.go_to_page(RECOVERY, Place("ledger-us"))
    wired.bridge.told.emit(watch.why_seen())
    wired.automation.open_dialog("ledger-us")
    wired.bridge.lost.emit("gone")
    assert not wired.panel(RECOVERY).change.isEnabled()
    dialog = wired.automation.dialog
    assert dialog is not None
    assert "The engine does not answer" in dialog.said.text
    dialog.reject()
