"""Checks on the Cluster page: one line with the worst, a row a node, a course with holes, a dialog that validates."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.domain.cluster import Inventory
from console.domain.monitoring import CheckSpec, CheckState, CheckUse, CheckWay, PerfValue
from console.domain.verdict import Health
from console.link.messages import Done, HostKeys, Message, Prompts, Refused, Welcome
from console.link.watching import AskCheckHistory, AskChecks, CheckHistory, ChecksSeen, RemoveCheck, RunCheck, SaveCheck
from console.ui import theme
from console.ui.bridge import Bridge
from console.ui.check_chart import CheckChart, chart_sentence, value_charts
from console.ui.check_dialog import CheckDialog
from console.ui.check_panel import CheckPanel, check_rows, checks_headline
from console.ui.checks_wiring import ChecksWiring
from console.ui.cluster_page import ClusterPage
from console.ui.main_window import CLUSTER, MainWindow, Page
from console.ui.places import Place
from tests.ui import story
from tests.ui import watch_stories as watch
from tests.ui.watch_looks import nameless, texts, wait_whole

US = "ledger-us"
NONE = ChecksSeen(cluster=US, checks=(), readings=())


def panel_of(qtbot: QtBot, seen: ChecksSeen | None, *, opened: bool = False) -> tuple[CheckPanel, list[Message]]:
    panel = CheckPanel()
    qtbot.addWidget(panel)
    wanted: list[Message] = []
    panel.wants.connect(wanted.append)
    panel.resize(QSize(1000, 700))
    panel.show()
    panel.show_checks(seen, watch.NOW)
    if seen is not None:
        panel.activateWindow()
        qtbot.waitUntil(panel.isActiveWindow, timeout=10_000)
    if opened:
        panel.more.setChecked(True)
    return panel, wanted


# The panel


def test_closed_it_is_one_line_with_the_worst(qtbot: QtBot) -> None:
    panel, wanted = panel_of(qtbot, watch.checks())
    said = "Checks: 4 of 6 OK; wal kept by slots on nyc-1: warning, 624 MB kept for nyc_2"
    assert texts(panel) == said
    assert panel.more.accessibleName() == "4 checks. Show them"
    assert wanted == [], "nobody looks at a course"
    panel.show_checks(watch.checks(fine=True), watch.NOW)
    assert texts(panel) == "Checks: 5 of 5 OK"


def test_headlines() -> None:
    assert checks_headline(NONE) == ("No checks of your own watch this cluster yet.", None)
    assert checks_headline(replace(watch.checks(), readings=())) == ("4 checks, not run yet", None)
    assert checks_headline(watch.checks())[1] is Health.DEGRADED
    assert checks_headline(watch.checks(fine=True))[1] is Health.HEALTHY


def test_the_worst_row_comes_first_and_one_that_is_off_last() -> None:
    rows = check_rows(watch.checks())
    assert [row.reading.state if row.reading else None for row in rows] == [
        CheckState.WARNING, CheckState.UNKNOWN, CheckState.OK, CheckState.OK, CheckState.OK, CheckState.OK, None,
    ]  # fmt: skip
    off = replace(watch.SLOTS, enabled=False)
    assert check_rows(replace(watch.checks(), checks=(off, watch.DISK)))[-1].check == off


def test_opened_every_node_has_its_row_and_what_it_counts_for(qtbot: QtBot) -> None:
    panel, wanted = panel_of(qtbot, watch.checks(), opened=True)
    said = texts(panel)
    assert "Warning | wal kept by slots | nyc-1 | 624 MB kept for nyc_2 | shown and raises alerts | 4 s" in said
    assert "Unknown | disk | dal-1 | no end within its limit; it was ended on its host" in said
    assert "not run yet | payments queue | on the primary" in said
    end = watch.NOW.timestamp()
    assert wanted == [AskCheckHistory(cluster=US, name="wal kept by slots", begin=end - 10_800, end=end)]


def test_a_chosen_row_asks_for_its_course_and_shows_it(qtbot: QtBot) -> None:
    panel, wanted = panel_of(qtbot, watch.checks(), opened=True)
    panel.table.setFocus()
    qtbot.waitUntil(panel.table.hasFocus)
    for _ in range(2):
        qtbot.keyClick(panel.table, Qt.Key.Key_Down)
    assert panel.chosen == watch.DISK
    question = wanted[-1]
    assert isinstance(question, AskCheckHistory)
    assert question.name == "disk"
    late = replace(question, name="wal kept by slots")
    panel.show_history(late, watch.history("wal kept by slots"))
    assert panel.charts == [], "a late course of another check is left alone"
    panel.show_history(question, watch.history())
    (chart,) = [one for one in panel.charts if one.isVisible()]
    assert chart.accessibleName().startswith("used: chi-1 66.8, from ")
    assert not chart.grab().isNull()


def test_it_is_run_and_removed_only_when_sure(qtbot: QtBot) -> None:
    panel, wanted = panel_of(qtbot, watch.checks(), opened=True)
    wanted.clear()
    panel.run.click()
    assert wanted == [RunCheck(cluster=US, name="wal kept by slots")]
    panel.remove.click()
    assert "Remove wal kept by slots? It runs no more" in texts(panel)
    assert panel.keep.hasFocus()
    panel.keep.click()
    assert not panel.really.isVisible()
    panel.remove.click()
    panel.really.click()
    assert wanted[-1] == RemoveCheck(cluster=US, name="wal kept by slots")


def test_without_checks_only_adding_is_offered(qtbot: QtBot) -> None:
    panel, _ = panel_of(qtbot, NONE)
    assert texts(panel) == "No checks of your own watch this cluster yet."
    assert not panel.more.isVisible()
    edits: list[object] = []
    panel.edit_wanted.connect(edits.append)
    panel.add.click()
    assert edits == [None]


def test_before_anything_was_told_nothing_is_claimed(qtbot: QtBot) -> None:
    panel, _ = panel_of(qtbot, None)
    assert not panel.isVisible()


def test_what_a_script_said_is_harmless(qtbot: QtBot) -> None:
    first = watch.checks().readings[0]
    wild = replace(first, text="<b>x</b>\x1b[31m\u202e\n\n" + "y" * 9000,
                   values=(PerfValue(label="\x07la\u202ebel", value=1.0),))  # fmt: skip
    panel, _ = panel_of(qtbot, replace(watch.checks(), readings=(wild,)), opened=True)
    said = texts(panel)
    assert "<b>x</b>" in said
    assert not any(one in said for one in "\x1b\x07\u202e")
    assert len(said) < 3000


@pytest.mark.parametrize("pixels", [13, 26])
def test_nothing_is_cut_and_everything_has_a_name(qtbot: QtBot, qapp: QApplication, pixels: int) -> None:
    theme.apply(qapp, theme.Choice.DARK, pixels=pixels)
    panel, _ = panel_of(qtbot, watch.checks(), opened=True)
    panel.resize(1000, 1400)
    wait_whole(qtbot, panel)
    assert nameless(panel) == []


# The charts


def test_a_hole_in_the_course_is_crossed_by_no_line(qtbot: QtBot) -> None:
    (chart,) = value_charts(watch.history().readings)
    assert chart.limits == (90.0, 95.0)
    assert [line.node for line in chart.lines] == ["chi-1", "nyc-1", "nyc-2"]
    widget = CheckChart()
    qtbot.addWidget(widget)
    end = watch.NOW.timestamp()
    widget.show_chart(chart, end - 10_800, end, 60.0)
    widget.resize(600, 80)
    low, high = widget._range(chart)
    pieces = widget._pieces(chart.lines[0], widget.rect(), low, high - low)
    assert len(pieces) == 2
    assert sum(len(piece) for piece in pieces) == 171


def test_values_that_can_not_be_drawn_are_left_out() -> None:
    first = watch.history().readings[0]
    bad = replace(first, values=(PerfValue(label="used", value=None), PerfValue(label="gone", value=float("nan"))))
    assert value_charts((bad,)) == ()
    (chart,) = value_charts((bad, first))
    assert chart.label == "used"
    assert chart_sentence(chart).startswith("used: nyc-1 ")
    inside = replace(first, values=(PerfValue(label="used", value=3.0, warning="@1:2", critical="10:"),))
    assert value_charts((inside,))[0].limits == ()


# The dialog


def dialog_of(qtbot: QtBot, check: CheckSpec | None) -> tuple[CheckDialog, list[Message]]:
    dialog = CheckDialog(watch.cluster_spec(), check, frozenset({"disk"}))
    qtbot.addWidget(dialog)
    wanted: list[Message] = []
    dialog.wants.connect(wanted.append)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=10_000)
    return dialog, wanted


def save(qtbot: QtBot, dialog: CheckDialog) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("check", [watch.SLOTS, watch.DISK, watch.NTP, watch.NEW])
def test_untouched_it_saves_exactly_what_it_was_given(qtbot: QtBot, check: CheckSpec) -> None:
    dialog, wanted = dialog_of(qtbot, check)
    save(qtbot, dialog)
    assert wanted == [SaveCheck(cluster=US, check=check, replace=True)]


def test_a_new_one_says_what_is_missing_only_once_something_was_typed(qtbot: QtBot) -> None:
    dialog, wanted = dialog_of(qtbot, None)
    assert not any(field.error for field in dialog.fields.values())
    save(qtbot, dialog)
    assert wanted == []
    assert dialog.fields["name"].error.startswith("A check's name has 1 to 60 letters")
    assert dialog.said.text.startswith("Not saved. ")
    qtbot.keyClicks(dialog.name, "disk")
    assert "There is a check of this name already" in dialog.fields["name"].error
    qtbot.keyClicks(dialog.name, " of the archive")
    assert "A check needs a command or a statement" in dialog.fields["text"].error
    dialog.text.setPlainText("select 1")
    assert dialog.save.isEnabled()
    dialog.nodes["chi-1"].setChecked(True)
    dialog.uses[CheckUse.CONDITION].setChecked(True)
    save(qtbot, dialog)
    save(qtbot, dialog)
    (question,) = wanted
    assert isinstance(question, SaveCheck)
    assert question.check == CheckSpec(
        name="disk of the archive", way=CheckWay.SQL, text="select 1", nodes=("chi-1",),
        uses=(CheckUse.SHOWN, CheckUse.CONDITION),
    )  # fmt: skip
    assert not question.replace


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("every", "1", "every 5 seconds at most"),
        ("every", "often", "every 5 seconds at most"),
        ("every", "nan", "every 5 seconds at most"),
        ("limit", "0", "limit is from 0.1 seconds to 5 minutes"),
        ("warning", "5oo", "not in Nagios's range format"),
        ("critical", "20:10", "not in Nagios's range format"),
    ],
)
def test_each_mistake_stands_by_its_field(qtbot: QtBot, field: str, text: str, said: str) -> None:
    dialog, wanted = dialog_of(qtbot, watch.SLOTS)
    edit = getattr(dialog, field)
    edit.clear()
    qtbot.keyClicks(edit, text)
    beside = "warning" if field == "critical" else field
    assert said in dialog.fields[beside].error
    save(qtbot, dialog)
    assert wanted == []
    assert edit.text() == text


def test_limits_are_asked_only_of_sql(qtbot: QtBot) -> None:
    dialog, wanted = dialog_of(qtbot, watch.SLOTS)
    assert dialog.fields["warning"].isVisible()
    assert not dialog.nodes["vault-2"].isVisible()
    dialog.way.setCurrentIndex(dialog.way.findData("command"))
    assert not dialog.fields["warning"].isVisible()
    assert dialog.nodes["vault-2"].isVisibleTo(dialog)
    save(qtbot, dialog)
    (question,) = wanted
    assert isinstance(question, SaveCheck)
    assert (question.check.warning, question.check.critical) == ("", "")


def test_a_refusal_keeps_what_was_typed(qtbot: QtBot) -> None:
    dialog, wanted = dialog_of(qtbot, watch.DISK)
    save(qtbot, dialog)
    question = wanted[0]
    assert isinstance(question, SaveCheck)
    dialog.show_answer(question, Refused(reason="too-many-checks", subject=US))
    assert "as many checks as it may have" in dialog.said.text
    save(qtbot, dialog)
    dialog.show_lost()
    assert "what is typed stays here" in dialog.said.text
    save(qtbot, dialog)
    with qtbot.waitSignal(dialog.finished):
        dialog.show_answer(question, watch.checks())


@pytest.mark.parametrize("pixels", [13, 26])
def test_the_dialog_cuts_nothing(qtbot: QtBot, qapp: QApplication, pixels: int) -> None:
    theme.apply(qapp, theme.Choice.LIGHT, pixels=pixels)
    dialog, _ = dialog_of(qtbot, watch.SLOTS)
    wait_whole(qtbot, dialog)
    assert nameless(dialog) == []


# The wiring


class FarEnd:
    """A link that is never used: what is asked is kept by the test."""

    def send(self, message: Message, on_answer: object) -> None:
        raise AssertionError((message, on_answer))

    def close(self) -> None:
        return


class Wired:
    """A window with the Cluster page, and what was asked of the engine."""

    def __init__(self, window: MainWindow, clock: story.StoryClock) -> None:
        self.window = window
        self.bridge = Bridge(lambda _hear, _lose: FarEnd(), lambda: "", lambda: clock().ticks, window)
        self.asked: list[Message] = []
        self.bridge.ask = self.asked.append  # type: ignore[method-assign]
        window.add_page(Page(CLUSTER, "Cluster", ClusterPage))
        self.checks = ChecksWiring(window, self.bridge, clock, window)
        self.bridge.connected.emit(Welcome(
            protocol=1, engine=story.engine(), inventory=Inventory(clusters=(watch.cluster_spec(),)),
            clusters=story.fleet(), host_keys=HostKeys(offers=()), prompts=Prompts(prompts=()),
        ))  # fmt: skip
        window.go_to_page(CLUSTER, Place(US))

    @property
    def panel(self) -> CheckPanel:
        assert self.checks.panel is not None
        return self.checks.panel


@pytest.fixture
def wired(window: MainWindow, clock: story.StoryClock) -> Iterator[Wired]:
    made = Wired(window, clock)
    yield made
    made.bridge.close()


def test_checks_are_asked_for_while_the_page_is_seen(wired: Wired) -> None:
    assert AskChecks(cluster=US) in wired.asked
    wired.asked.clear()
    wired.checks._pace.timeout.emit()
    assert wired.asked == [AskChecks(cluster=US)]
    wired.bridge.answered.emit(AskChecks(cluster=US), watch.checks())
    assert "Checks: 4 of 6 OK" in texts(wired.panel)
    wired.window.go(Place("ledger-eu"))
    assert not wired.panel.isVisible(), "of another cluster nothing was told yet"


def test_a_run_now_replaces_its_own_readings_only(wired: Wired) -> None:
    wired.bridge.answered.emit(AskChecks(cluster=US), watch.checks())
    (well,) = (one for one in watch.checks(fine=True).readings if one.check == "wal kept by slots")
    elsewhere = replace(well, node="chi-1", state=CheckState.UNKNOWN, reason="other-role")
    ran = ChecksSeen(cluster=US, checks=(watch.SLOTS,), readings=(well, elsewhere))
    wired.bridge.answered.emit(RunCheck(cluster=US, name="wal kept by slots"), ran)
    assert "Checks: 5 of 6 OK" in texts(wired.panel)


def test_a_check_is_added_in_its_dialog(qtbot: QtBot, wired: Wired) -> None:
    wired.bridge.answered.emit(AskChecks(cluster=US), watch.checks())
    wired.panel.add.click()
    dialog = wired.checks.dialog
    assert dialog is not None
    wired.panel.add.click()
    assert wired.checks.dialog is dialog
    dialog.name.setText("queue length")
    dialog.text.setPlainText("select 1")
    dialog._save()
    question = wired.asked[-1]
    assert isinstance(question, SaveCheck)
    wired.bridge.answered.emit(question, watch.checks())
    qtbot.waitUntil(lambda: wired.checks.dialog is None)


def test_what_was_refused_is_said_below_the_table(wired: Wired) -> None:
    wired.bridge.answered.emit(AskChecks(cluster=US), watch.checks())
    wired.bridge.answered.emit(RunCheck(cluster=US, name="disk"), Refused(reason="no-such-check", subject="disk"))
    assert "There is no check of this name: disk. Nothing was changed." in texts(wired.panel)
    wired.bridge.answered.emit(RemoveCheck(cluster=US, name="disk"), watch.checks(fine=True))
    assert "Checks: 5 of 5 OK" in texts(wired.panel)
    wired.bridge.answered.emit(AskCheckHistory(cluster=US, name="disk", begin=0.0, end=1.0), CheckHistory(readings=()))
    wired.bridge.answered.emit(AskChecks(cluster=US), Done())
    wired.bridge.lost.emit("gone")
    assert not wired.panel.add.isEnabled()
