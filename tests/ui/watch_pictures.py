"""Draws why panel, automation dialog, drills page and checks in sizes and both themes, to be looked at."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from console.domain.automation import AutomationMode
from console.domain.drill import DrillFault, DrillKind, DutyKind, DutyRule
from console.link.changes import AskRuns, Runs
from console.link.watching import AskCheckHistory, AskDuties
from console.ui import theme
from console.ui.automation_dialog import AutomationDialog
from console.ui.automation_panel import AutomationPanel
from console.ui.check_dialog import CheckDialog
from console.ui.check_panel import CheckPanel
from console.ui.cluster_page import ClusterPage
from console.ui.drill_dialog import DrillDialog
from console.ui.drills_page import DrillsPage
from console.ui.duty_rule_dialog import DutyRuleDialog
from console.ui.recovery_page import RecoveryPage
from console.ui.wizard_parts import Panel
from tests.ui import run_stories, stories, story
from tests.ui import watch_stories as watch
from tests.ui.drawing import PAGE_SIZES, asked_for, grab, settle


def drills_page(app: QApplication, name: str, size: QSize) -> QWidget:
    page = DrillsPage(story.StoryClock())
    page.setAutoFillBackground(True)
    page.resize(size)
    page.show()
    page.show_cluster(story.ledger_us())
    if name != "drills-asking":
        fine = name == "drills-fine"
        page.show_duties(AskDuties(cluster="ledger-us"), watch.duties(late=not fine))
        page.show_drills("ledger-us", watch.told_drills(under_way=name == "drills-running"))
        page.show_redundancy("ledger-us", watch.redundancy(fine=fine))
    settle(app)
    return page


def recovery_page(app: QApplication, _name: str, size: QSize) -> QWidget:
    clock = story.StoryClock()
    clock.advance((run_stories.SEEN - story.NOW).total_seconds() + 0.4)
    page = RecoveryPage(clock)
    page.setAutoFillBackground(True)
    page.resize(size)
    page.show()
    panel, card = AutomationPanel(), Panel()
    card.put(panel)
    page.situation.put_card(card)
    page.show_cluster(run_stories.lost_view())
    page.show_situation(run_stories.situation())
    page.show_runs(AskRuns(cluster="ledger-us"), Runs(runs=()))
    panel.show_seen(watch.why_seen(), now=watch.NOW)
    settle(app)
    return page


def cluster_page(app: QApplication, name: str, size: QSize) -> QWidget:
    page = ClusterPage()
    page.setAutoFillBackground(True)
    page.resize(size)
    page.show()
    view = stories.story()
    page.show_cluster(view)
    panel, checks = AutomationPanel(folds=True), CheckPanel()
    page.put_above_charts(panel)
    page.put_above_charts(checks)
    panel.show_seen(watch.why_seen(lost=False, unacknowledged=name == "cluster-acted"), now=watch.NOW)
    checks.show_checks(watch.checks(), watch.NOW)
    if name == "cluster-why":
        panel.why.more.setChecked(True)
    if name == "cluster-checks":
        checks._chosen = "disk"
        checks.more.setChecked(True)
        question = checks.history_question(watch.NOW)
        assert isinstance(question, AskCheckHistory)
        checks.show_history(question, watch.history())
    settle(app)
    return page


def dialog(app: QApplication, name: str, _size: QSize) -> QWidget:
    made: dict[str, Callable[[], QWidget]] = {
        "dialog-automation": lambda: AutomationDialog(
            "ledger-us", watch.policy(AutomationMode.OBSERVE), lambda: watch.NOW, person="m.keller"
        ),
        "dialog-drill": lambda: DrillDialog("ledger-us", story.ledger_us()),
        "dialog-check": lambda: CheckDialog(watch.cluster_spec(), watch.SLOTS, frozenset({"disk"})),
        "dialog-duty": lambda: DutyRuleDialog(
            "ledger-us", DutyRule(kind=DutyKind.SWITCHOVER_DRILL, every_hours=2160.0)
        ),
    }
    widget = made[name]()
    widget.show()
    if isinstance(widget, AutomationDialog):
        widget._choose(AutomationMode.AUTOMATIC.value)
        widget.loss.setText("many")
        widget.name.setText("ledger-eu")
    if isinstance(widget, DrillDialog):
        widget.choose(DrillKind.DETECTOR)
        widget._choose_fault(DrillFault.STREAM_CUT.value)
    if isinstance(widget, CheckDialog):
        widget.warning.setText("5oo")
        widget._typed()
    settle(app)
    return widget


PICTURES: Final[dict[str, Callable[[QApplication, str, QSize], QWidget]]] = {
    "drills-late": drills_page, "drills-fine": drills_page, "drills-running": drills_page,
    "drills-asking": drills_page, "recovery-why": recovery_page, "cluster-closed": cluster_page,
    "cluster-acted": cluster_page, "cluster-why": cluster_page, "cluster-checks": cluster_page,
    "dialog-automation": dialog, "dialog-drill": dialog, "dialog-check": dialog, "dialog-duty": dialog,
}  # fmt: skip


def draw(app: QApplication, title: str, name: str, size: QSize, directory: Path) -> None:
    widget = PICTURES[name](app, name, size)
    settle(app)
    grab(widget, directory / title)
    widget.close()
    widget.deleteLater()
    settle(app)


def main() -> None:
    asked = asked_for(__doc__)
    app = QApplication([])
    for choice in (theme.Choice.LIGHT, theme.Choice.DARK):
        theme.apply(app, choice, pixels=asked.pixels)
        for size_name, size in PAGE_SIZES.items():
            for name in PICTURES:
                title = f"{name}-{size_name}-{choice.value}.png"
                if asked.only in title:
                    draw(app, title, name, size, asked.directory)


if __name__ == "__main__":
    main()
