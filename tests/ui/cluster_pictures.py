"""Draws the cluster page in several stories, sizes and both themes into a directory, to be looked at."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from console.domain.fleet import ClusterView
from console.ui import theme
from console.ui.chart_panel import ChartPanel
from console.ui.cluster_page import ClusterPage
from tests.ui import stories

# The page without the window around it: 240 px of list at the left, 96 px of bars above and below.
SIZES: Final = {"1280x800": QSize(1040, 704), "1920x1080": QSize(1680, 984)}
STORIES: Final[dict[str, tuple[Callable[[], ClusterView], str | None]]] = {
    "story": (stories.story, "nyc-2"),
    "bare": (stories.story, None),
    "lab": (stories.lab, None),
    "split": (stories.two_primaries, None),
    "many": (stories.many, None),
}


def settle(app: QApplication) -> None:
    for _ in range(6):
        app.processEvents()


def page_of(app: QApplication, view: ClusterView, node: str | None, size: QSize) -> ClusterPage:
    """A page that has been shown a picture, curves and a card."""
    page = ClusterPage()
    page.setAutoFillBackground(True)
    page.resize(size)
    page.show()
    page.show_cluster(view)
    if node is not None:
        page.choose_node(node)
        page.show_card(stories.card(view, node))
    settle(app)
    page.show_chart(stories.chart(view))
    assert isinstance(page.charts, ChartPanel)
    stack = page.charts.stack
    stack.show_chart(stories.chart(view), page.charts.order, limit=view.lag_seconds_max, at_once=True)
    settle(app)
    return page


def draw(app: QApplication, directory: Path, chosen: str | None) -> None:
    for name, (make, node) in STORIES.items():
        for size_name, size in SIZES.items():
            for choice in (theme.Choice.LIGHT, theme.Choice.DARK):
                title = f"{name}-{size_name}-{choice.value}"
                if chosen and chosen not in title:
                    continue
                theme.apply(app, choice, pixels=13)
                page = page_of(app, make(), node, size)
                if name == "story":
                    assert isinstance(page.charts, ChartPanel)
                    page.charts.stack.set_cursor(stories.NOW.timestamp() - 228)
                if name in ("lab", "split"):
                    page.head.more.setChecked(True)
                    page.show_cluster(make())
                settle(app)
                grab(page, directory / f"{title}.png")
                page.deleteLater()


def grab(widget: QWidget, path: Path) -> None:
    widget.grab().save(str(path))
    print(path)  # noqa: T201 - a tool for the eye says where its pictures are


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--only", help="a part of a picture's name")
    given = parser.parse_args()
    given.directory.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    draw(app, given.directory, given.only)


if __name__ == "__main__":
    main()
