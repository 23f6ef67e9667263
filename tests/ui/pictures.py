"""Pictures of the window in the story's moment, to be looked at: `python -m tests.ui.pictures DIRECTORY`."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication

from console.ui import theme
from console.ui.cluster_page import ClusterPage
from console.ui.main_window import CLUSTER, MainWindow, Page
from tests.ui import story
from tests.ui.drawing import settle

SIZES: Final = ((1280, 800), (1920, 1080))
KINDS: Final = ("empty", "calm", "lost", "focus", "keys", "goto", "many", "cluster")


def fill(window: MainWindow, kind: str) -> None:
    """What the engine would have told in this moment."""
    if kind == "empty":
        window.show_views(())
        window.show_engine(story.engine(hosts=0, answered=0))
    elif kind == "calm":
        window.show_views((story.ledger_eu(),))
        window.show_engine(story.engine(hosts=4, answered=4))
    else:
        window.show_views(story.many(100, 5) if kind == "many" else story.fleet())
        window.show_engine(story.engine())


def lose_engine(window: MainWindow, clock: story.StoryClock) -> None:
    clock.advance(7)
    window.show_engine_lost("the other side has ended")
    window.tick()


def show_node(window: MainWindow) -> None:
    window.alert_bar.go_on()
    page = window.page(CLUSTER)
    assert isinstance(page, ClusterPage)
    page.show_cluster(window.view("ledger-us"))
    page.choose_node("nyc-2")


def draw(app: QApplication, path: Path, size: tuple[int, int], kind: str) -> None:
    clock = story.StoryClock()
    window = MainWindow(clock)
    window.add_page(Page(CLUSTER, "Cluster", ClusterPage))
    window.resize(*size)
    window.show()
    settle(app)
    fill(window, kind)
    settle(app)
    acts: dict[str, Callable[[], object]] = {
        "focus": lambda: window.fleet_page.cards()[1].setFocus(),
        "lost": lambda: lose_engine(window, clock),
        "keys": window._show_keys,
        "goto": window._ask_where,
        "cluster": lambda: show_node(window),
    }
    acts.get(kind, lambda: None)()
    settle(app)
    window.grab().save(str(path))
    window.close()
    window.deleteLater()
    settle(app)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--pixels", type=float, default=13.0, help="the size of the font")
    asked = parser.parse_args()
    asked.directory.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    for choice in (theme.Choice.LIGHT, theme.Choice.DARK):
        theme.apply(app, choice, pixels=asked.pixels)
        for size in SIZES:
            draw(app, asked.directory / f"fleet-{choice.value}-{size[0]}.png", size, "story")
        for kind in KINDS:
            draw(app, asked.directory / f"fleet-{kind}-{choice.value}.png", SIZES[0], kind)


if __name__ == "__main__":
    main()
