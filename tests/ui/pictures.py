"""Pictures of the window in the story's moment, to be looked at: `python -m tests.ui.pictures DIRECTORY`."""

import argparse
import os
from pathlib import Path

from tests.ui import story

SIZES = ((1280, 800), (1920, 1080))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--pixels", type=float, default=13.0)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    asked.directory.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from console.ui import theme
    from console.ui.cluster_page import ClusterPage
    from console.ui.main_window import CLUSTER, MainWindow, Page

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)

    def settle() -> None:
        for _ in range(12):
            app.processEvents()

    def grab(name: str, dress: theme.Choice, size: tuple[int, int], kind: str) -> None:
        if asked.only and asked.only not in name:
            return
        theme.apply(app, dress, pixels=asked.pixels)
        clock = story.StoryClock()
        window = MainWindow(clock)
        window.add_page(Page(CLUSTER, "Cluster", ClusterPage))
        window.resize(*size)
        window.show()
        settle()
        if kind != "empty":
            views = tuple(v for v in story.fleet() if v.name == "ledger-eu") if kind == "calm" else story.fleet()
            if kind == "many":
                views = story.many(100, 5)
            window.show_views(views)
            window.show_engine(story.engine(hosts=4, answered=4) if kind == "calm" else story.engine())
        settle()
        if kind == "focus":
            window.fleet_page.cards()[1].setFocus()
        if kind == "lost":
            clock.advance(7)
            window.show_engine_lost("connection closed")
            window.tick()
        if kind == "cluster":
            window.page(CLUSTER)
            window.alert_bar.go_on()
            page = window.page(CLUSTER)
            assert isinstance(page, ClusterPage)
            page.show_cluster(window.view("ledger-us"))
            page.choose_node("nyc-2")
        if kind == "keys":
            window._show_keys()
        if kind == "goto":
            window._ask_where()
        settle()
        window.grab().save(str(asked.directory / f"{name}.png"))
        window.close()
        window.deleteLater()
        settle()

    for dress in (theme.Choice.LIGHT, theme.Choice.DARK):
        for size in SIZES:
            grab(f"fleet-{dress.value}-{size[0]}", dress, size, "story")
        for kind in ("empty", "calm", "lost", "focus", "keys", "goto", "many", "cluster"):
            grab(f"fleet-{kind}-{dress.value}", dress, SIZES[0], kind)


if __name__ == "__main__":
    main()
