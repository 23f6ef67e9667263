"""Draws runs and the recovery page in all their states, sizes and both themes into a directory, to be looked at."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from console.domain.plan import Operation
from console.domain.run import RunView
from console.link.changes import AskRuns, Runs
from console.ui import theme
from console.ui.recovery_page import RecoveryPage
from console.ui.run_panel import RunPanel
from tests.ui import run_stories, story
from tests.ui.drawing import PAGE_SIZES, asked_for, grab, settle

RUNS: Final[dict[str, Callable[[], RunView]]] = {
    "running": run_stories.running,
    "stopped-writes": lambda: run_stories.running(done=3),
    "asks-loss": run_stories.asking_loss,
    "asks-lock": run_stories.asking_lock,
    "ended": run_stories.ended,
    "switched": run_stories.switched,
    "cancelled": run_stories.cancelled,
}


def draw_run(app: QApplication, run: RunView, size: QSize, path: Path) -> None:
    page = QWidget()
    page.setAutoFillBackground(True)
    column = QVBoxLayout(page)
    column.setContentsMargins(theme.grid(4), theme.grid(4), theme.grid(4), theme.grid(1))
    panel = RunPanel()
    column.addWidget(panel)
    page.resize(size)
    page.show()
    now = run_stories.NOW if run.plan.operation is Operation.FAILOVER else story.NOW
    panel.show_run(run, now=now)
    settle(app)
    panel.tick(now + timedelta(seconds=1))
    if "lock" in path.name:
        panel.question.buttons[1].click()
    if "running" in path.name and "dark" in path.name:
        panel.output.commands.click()
    settle(app)
    grab(page, path)
    page.close()
    page.deleteLater()


def page_of(app: QApplication, name: str, size: QSize) -> RecoveryPage:
    """The page in one of its moments."""
    clock = story.StoryClock()
    lost = name.startswith("lost")
    if lost:
        clock.advance((run_stories.SEEN - story.NOW).total_seconds() + 0.4)
    page = RecoveryPage(clock)
    page.setAutoFillBackground(True)
    page.resize(size)
    page.show()
    if name == "nothing":
        settle(app)
        return page
    page.show_cluster(run_stories.lost_view() if lost else run_stories.calm_view())
    settle(app)
    if name == "asking":
        return page
    situation = run_stories.situation() if lost else run_stories.calm_situation()
    page.show_situation(situation)
    runs = () if name in ("calm-first", "lost") else run_stories.past_runs()
    page.show_runs(AskRuns(cluster=situation.cluster), Runs(runs=runs))
    if name == "calm-running":
        page.show_run(run_stories.switching())
    if name == "calm-left":
        page.show_run(run_stories.switching())
        page.leave_run()
    if name == "calm-past":
        page.open_run(run_stories.switched())
    if name == "lost-focus":
        page.situation.matrix.setFocus()
        page.situation.matrix.setCurrentIndex(page.situation.matrix.cells.index(2, 0))
    if name == "calm-old":
        page.set_live(False)
        clock.advance(40)
        page.tick()
    settle(app)
    return page


PAGES: Final = (
    "nothing", "asking", "lost", "lost-focus", "calm", "calm-first", "calm-running", "calm-left", "calm-past",
    "calm-old",
)  # fmt: skip


def main() -> None:
    asked = asked_for(__doc__)
    app = QApplication([])
    for choice in (theme.Choice.LIGHT, theme.Choice.DARK):
        theme.apply(app, choice, pixels=asked.pixels)
        for size_name, size in PAGE_SIZES.items():
            for name, make in RUNS.items():
                title = f"run-{name}-{size_name}-{choice.value}.png"
                if asked.only in title:
                    draw_run(app, make(), size, asked.directory / title)
            for name in PAGES:
                title = f"page-{name}-{size_name}-{choice.value}.png"
                if asked.only in title:
                    page = page_of(app, name, size)
                    grab(page, asked.directory / title)
                    page.close()
                    page.deleteLater()


if __name__ == "__main__":
    main()
