"""Draws incidents, alerts, their dialogs and the ways out, in both themes, into a directory, to be looked at."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from console.domain.cluster import Inventory
from console.domain.verdict import Health
from console.link.messages import HostKeys, Message, Prompts, Welcome
from console.link.watching import AskFrame, AskIncident, Incidents, TryWayOut, WayTried
from console.ui import theme
from console.ui.alert_dialogs import SilenceDialog, TakeDialog
from console.ui.bridge import Bridge
from console.ui.incidents_wiring import IncidentsWiring
from console.ui.main_window import BACKUPS, CLUSTER, DRILLS, INCIDENTS, RECOVERY, MainWindow, Page
from console.ui.places import EVERYWHERE, Place
from console.ui.tray import state_icon
from console.ui.ways_dialog import WaysDialog
from tests.ui import incident_stories as stories
from tests.ui import story
from tests.ui.drawing import asked_for, grab, settle

SIZES = {"1280x800": QSize(1280, 800), "1920x1080": QSize(1920, 1080)}
MOMENTS = ("empty", "first", "lost", "hole", "lines", "bar", "bar-taken", "one-cluster")


class Scene:
    """A window whose engine is this scene."""

    def __init__(self, app: QApplication, size: QSize) -> None:
        self.app = app
        self.clock = story.StoryClock()
        self.window = MainWindow(self.clock)
        self.bridge = Bridge(lambda _hear, _lose: None, lambda: "", lambda: self.clock().ticks, self.window)  # type: ignore[arg-type,return-value]
        self.bridge.ask = self.ask  # type: ignore[method-assign]
        for name in (CLUSTER, BACKUPS, RECOVERY, DRILLS):
            self.window.add_page(Page(name, name.capitalize(), QWidget))
        self.wiring = IncidentsWiring(self.window, self.bridge, self.clock, "m.keller", self.window)
        self.window.resize(size)
        self.window.show()
        settle(app)

    def ask(self, question: Message) -> None:
        match question:
            case AskIncident(incident="i-1"):
                self.bridge.answered.emit(question, stories.seen())
            case AskFrame():
                self.bridge.answered.emit(question, stories.frame_seen(question.seconds))

    def welcome(self) -> None:
        self.bridge.connected.emit(Welcome(
            protocol=1, engine=story.engine(), inventory=Inventory(), clusters=story.fleet(),
            host_keys=HostKeys(offers=()), prompts=Prompts(prompts=()),
        ))  # fmt: skip
        self.window.show_views(story.fleet())
        self.window.show_engine(story.engine())
        settle(self.app)

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        settle(self.app)


def draw(app: QApplication, name: str, size: QSize, path: Path) -> None:
    scene = Scene(app, size)
    scene.welcome()
    told = stories.told(stories.nobody_waits(), stories.lagging(), stories.overdue())
    if name == "bar-taken":
        taken = {"state": stories.AlertState.ACKNOWLEDGED, "acknowledged_by": "m.keller", "note": "disk ordered",
                 "acknowledged_at": story.NOW - timedelta(minutes=3)}  # fmt: skip
        told = stories.told(stories.nobody_waits(**taken), stories.lagging(**taken), silences=(stories.silence(),))
    scene.bridge.told.emit(told)
    scene.wiring._hear_ways(stories.ways())
    if name in ("bar", "bar-taken"):
        if name == "bar-taken":
            scene.window.show_views((story.ledger_us(), story.ledger_eu()))
        scene.window.go(EVERYWHERE)
    else:
        scene.window.go_to_page(INCIDENTS, Place("ledger-us") if name == "one-cluster" else EVERYWHERE)
    settle(app)
    if name not in ("empty", "bar", "bar-taken"):
        scene.clock.advance((stories.NOW - story.NOW).total_seconds())
        scene.bridge.told.emit(Incidents(incidents=stories.incidents()))
    elif name == "empty":
        scene.bridge.told.emit(Incidents(incidents=()))
    settle(app)
    page = scene.wiring.page
    if page is not None and name not in ("empty",):
        page.choose("i-1")
        settle(app)
        moment = {"lost": 33, "hole": 120, "lines": 216, "one-cluster": 216}.get(name)
        if moment is not None:
            page.view.replay.move_to(stories.at(moment).timestamp())
        if name == "lines":
            page.view.see_lines.click()
        if name == "lost":
            page.view.axis.setFocus()
    if name == "one-cluster" and page is not None:
        page.alerts.rows.choose("a-1", tell=True)
        scene.bridge.told.emit(stories.told(stories.lagging(), silences=(stories.silence(),)))
    for _ in range(3):
        scene.window._summarise()
        settle(app)
    grab(scene.window, path)
    scene.close()


def dialog_of(name: str) -> QWidget:
    match name:
        case "take":
            return TakeDialog(stories.lagging(), story.NOW, "m.keller")
        case "silence":
            return SilenceDialog(stories.lagging(), story.NOW)
        case "silence-wrong":
            dialog = SilenceDialog(stories.lagging(), story.NOW)
            dialog.until.setText("tomorrow")
            dialog._do()
            return dialog
        case "ways-none":
            return WaysDialog(stories.WaysOut(ways=(), states=()), story.NOW)
    ways = WaysDialog(stories.ways(), story.NOW)
    if name == "ways-failed":
        ways.rows.choose("chat", tell=True)
        ways._test()
        ways.show_answer(TryWayOut(name="chat"), WayTried(
            name="chat", delivered=False, seconds=15.0, reason="timeout", detail="no answer within 15 s"))  # fmt: skip
    if name == "ways-wrong":
        ways.add.click()
        ways.form.name.setText("new way")
        ways.form.target.setText("nobody")
        ways._save()
    if name == "ways-tested":
        ways._test()
        ways.show_answer(TryWayOut(name="duty-mail"), WayTried(name="duty-mail", delivered=True, seconds=0.4))
    return ways


DIALOGS = ("take", "silence", "silence-wrong", "ways", "ways-none", "ways-failed", "ways-wrong", "ways-tested")


def draw_dialog(app: QApplication, name: str, path: Path) -> None:
    dialog = dialog_of(name)
    dialog.show()
    settle(app)
    grab(dialog, path)
    dialog.close()
    dialog.deleteLater()


def draw_icons(path: Path) -> None:
    """The tray's shapes at their sizes, on light and dark panels."""
    board = QWidget()
    board.resize(300, 100)
    picture = board.grab()
    painter = QPainter(picture)
    for row, ground in enumerate(("#F4F5F7", "#202020")):
        painter.fillRect(0, row * 50, 300, 50, QColor(ground))
        x = 10
        for health in Health:
            for side in (16, 24):
                painter.drawPixmap(x, row * 50 + 12, state_icon(health).pixmap(side, side))
                x += side + 10
    painter.end()
    picture.save(str(path))


def main() -> None:
    asked = asked_for(__doc__)
    app = QApplication([])
    todo: list[tuple[str, Callable[[Path], None]]] = []
    for name in MOMENTS:
        for said, size in SIZES.items():
            todo.append((f"{name}-{said}", lambda path, name=name, size=size: draw(app, name, size, path)))
    todo += [(name, lambda path, name=name: draw_dialog(app, name, path)) for name in DIALOGS]
    todo.append(("tray", draw_icons))
    for choice in (theme.Choice.LIGHT, theme.Choice.DARK):
        theme.apply(app, choice, pixels=asked.pixels)
        for name, paint in todo:
            title = f"incidents-{name}-{choice.value}.png"
            if asked.only in title:
                paint(asked.directory / title)


if __name__ == "__main__":
    main()
