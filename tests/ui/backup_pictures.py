"""Draws the Backups page in all its states, sizes and both themes into a directory, to be looked at."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from console.domain.backup import BackupsView
from console.link.backups import StartBackup
from console.link.messages import Refused
from console.ui import theme
from console.ui.backups_page import BackupsPage
from tests.ui import backup_stories as stories
from tests.ui import story
from tests.ui.drawing import PAGE_SIZES, asked_for, grab, settle

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
    asked = asked_for(__doc__)
    app = QApplication([])
    for choice in (theme.Choice.LIGHT, theme.Choice.DARK):
        theme.apply(app, choice, pixels=asked.pixels)
        for size_name, size in PAGE_SIZES.items():
            for name in VIEWS:
                title = f"backups-{name}-{size_name}-{choice.value}.png"
                if asked.only in title:
                    page = page_of(app, name, size)
                    grab(page, asked.directory / title)
                    page.close()
                    page.deleteLater()


if __name__ == "__main__":
    main()
