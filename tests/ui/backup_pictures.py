"""Draws the Backups page in all its states, sizes and both themes into a directory, to be looked at."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from console.domain.backup import BackupsView
from console.link.backups import StartBackup
from console.link.messages import Refused
from console.ui import theme
from console.ui.backups_page import BackupsPage
from tests.ui import backup_stories as stories
from tests.ui import story

# The page without the window around it: 240 px of list at the left, 96 px of bars above and below.
SIZES: Final = {"1280x800": QSize(1040, 704), "1920x1080": QSize(1680, 984)}
VIEWS: Final[dict[str, Callable[[], BackupsView]]] = {
    "busy": stories.busy,
    "idle": stories.view,
    "calm": stories.calm,
    "failed-check": lambda: stories.view(hole=False, failed=True),
    "unreachable": stories.unreachable,
    "no-space": stories.full_disk,
    "sandbox": lambda: stories.view(sandboxes=(stories.sandbox(),)),
    "no-backup": stories.no_backup,
    "no-policy": stories.no_policy,
    "hostile": stories.hostile,
    "lab": stories.minutes,
    "table": stories.view,
    "refused": stories.view,
    "old": stories.view,
    "middle": stories.view,
    "long": stories.long_story,
    "expiry": stories.view,
}


def settle(app: QApplication) -> None:
    for _ in range(8):
        app.processEvents()


def grab(widget: QWidget, path: Path) -> None:
    widget.grab().save(str(path))
    print(path)  # noqa: T201 - a tool for the eye says where its pictures are


def page_of(app: QApplication, name: str, size: QSize) -> BackupsPage:
    page = BackupsPage(story.StoryClock())
    page.setAutoFillBackground(True)
    page.resize(size)
    page.show()
    page.show_cluster(story.ledger_us())
    page.show_backups(VIEWS[name]())
    settle(app)
    match name:
        case "table":
            page.looks.table.setChecked(True)
        case "refused":
            question = StartBackup(cluster="ledger-us")
            page.show_refused(question, Refused(reason="busy", subject="vault-2"))
        case "old":
            page.set_live(False)
        case "middle":
            page.chain.choose(stories.backups()[4].id)
            page.chain.setFocus()
        case "expiry":
            page.show_expiry(stories.expiry())
        case _:
            pass
    settle(app)
    return page


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--only", default="", help="a part of a picture's name")
    parser.add_argument("--pixels", type=float, default=13.0, help="the size of the font")
    asked = parser.parse_args()
    asked.directory.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    for choice in (theme.Choice.LIGHT, theme.Choice.DARK):
        theme.apply(app, choice, pixels=asked.pixels)
        for size_name, size in SIZES.items():
            for name in VIEWS:
                title = f"backups-{name}-{size_name}-{choice.value}.png"
                if asked.only in title:
                    page = page_of(app, name, size)
                    grab(page, asked.directory / title)
                    page.close()
                    page.deleteLater()


if __name__ == "__main__":
    main()
