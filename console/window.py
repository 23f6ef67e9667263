"""Builds the window: application, theme, hooks, bridge, pages, dialogs; the only builder on this side of the link."""

import faulthandler
import importlib
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final

from PySide6.QtCore import (
    QByteArray,
    QCoreApplication,
    QLibraryInfo,
    QObject,
    QProcess,
    QSettings,
    Qt,
    QTimer,
    QTranslator,
    Signal,
)
from PySide6.QtWidgets import QApplication, QDialog, QWidget

import console
from console.domain.cluster import Inventory
from console.domain.fleet import Chart, ClusterView, NodeCard
from console.domain.reading import Moment
from console.domain.text import shown
from console.engine.launch import ensure_engine
from console.link.frames import LinkLost
from console.link.messages import (
    AskCard,
    AskChart,
    HostKeys,
    Message,
    Prompts,
    Refused,
    Welcome,
)
from console.link.socket import Link
from console.places import Home, person_here
from console.ui import theme
from console.ui.add_cluster_dialog import AddClusterDialog
from console.ui.automation_wiring import AutomationWiring
from console.ui.backups_wiring import BackupsWiring
from console.ui.bridge import Bridge
from console.ui.checks_wiring import ChecksWiring
from console.ui.cluster_page import ClusterPage
from console.ui.crash_notice import CrashNotice
from console.ui.drills_wiring import DrillsWiring
from console.ui.host_key_dialog import HostKeyDialog
from console.ui.incidents_wiring import IncidentsWiring
from console.ui.lab_menu import LabMenu
from console.ui.language import speak
from console.ui.main_window import CLUSTER, MainWindow, Page
from console.ui.places import Place
from console.ui.prompt_dialog import PromptDialog
from console.ui.recovery_wiring import RecoveryWiring
from console.ui.restore_wiring import RestoreWiring
from console.ui.scoreboard_wiring import ScoreboardWiring
from console.ui.speech import counted, translate
from console.ui.wizard_wiring import WizardWiring

LAB_OUTPUT_CHARACTERS_MAX: Final = 600
ENGINE_SECONDS_MAX: Final = 4.0
WARM_UP_MILLISECONDS: Final = 150  # after the first paint: what is slow to load is loaded while a person looks


def clock() -> Moment:
    """Now, by this side's clocks."""
    return Moment(datetime.now(UTC), time.monotonic())


class Mistakes(QObject):
    """The last hooks: a mistake of ours in any thread is written down and shown, and the window goes on."""

    made = Signal(object, object)  # a line, the whole traceback

    def __init__(self, home: Home) -> None:
        super().__init__()
        self._path = home.directory / "window-mistakes.log"
        self._shown: set[str] = set()
        self._window: QWidget | None = None
        self._faults = (home.directory / "window-faults.log").open("ab")
        self.made.connect(self._show)

    def install(self, window: QWidget) -> None:
        self._window = window
        sys.excepthook = self._hook
        threading.excepthook = lambda it: self._hook(it.exc_type, it.exc_value, it.exc_traceback)
        faulthandler.enable(self._faults)

    def remove(self) -> None:
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        faulthandler.disable()
        self._faults.close()

    def _hook(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QTimer.singleShot(0, QCoreApplication.quit)
            return
        whole = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(whole)
        try:
            with self._path.open("a", encoding="utf-8") as log:
                log.write(f"{datetime.now(UTC).isoformat()}\n{whole}\n")
        except OSError as full:
            sys.stderr.write(f"this could not be written to {self._path}: {full}\n")
        self.made.emit(f"{kind.__name__}: {error}", whole)

    def _show(self, summary: str, details: str) -> None:
        if summary not in self._shown:
            self._shown.add(summary)
            CrashNotice(self._window, summary=summary, details=details, written_to=str(self._path)).show()


class Desk(QObject):
    """The window of one home with all that belongs to it. `open` shows it; `closed` says that it is gone."""

    closed = Signal()

    def __init__(self, home: Home) -> None:
        super().__init__()
        self._home = home
        self._settings = QSettings(str(home.window_state), QSettings.Format.IniFormat)
        self.window = MainWindow(clock)
        self.bridge = Bridge(self._attach, self._revive, time.monotonic, self)
        self._host_keys = HostKeys(offers=())
        self._prompts = Prompts(prompts=())
        self._dialogs: dict[str, QDialog] = {}
        self._page: ClusterPage | None = None
        self._lab_menu: LabMenu | None = None
        self.window.add_page(Page(CLUSTER, translate("window", "Cluster"), self._make_cluster_page))
        self.backups = BackupsWiring(self.window, self.bridge, clock, self)
        self.restores = RestoreWiring(self.window, self.bridge, clock, self.backups, self)
        self.recovery = RecoveryWiring(self.window, self.bridge, clock, self)
        self.changes = WizardWiring(self.window, self.bridge, clock, self.recovery, self)
        self.automation = AutomationWiring(self.window, self.bridge, clock, self)
        self.checks = ChecksWiring(self.window, self.bridge, clock, self)
        self.drills = DrillsWiring(self.window, self.bridge, clock, self)
        self.incidents = IncidentsWiring(self.window, self.bridge, clock, person_here(), self)
        self.scoreboard = ScoreboardWiring(self.window, self.bridge, clock, self)
        self._connect()
        self._restore()

    def open(self) -> None:
        """Show the window; everything that takes time begins after its first paint."""
        self.window.show()
        QTimer.singleShot(0, self.bridge.start)
        QTimer.singleShot(WARM_UP_MILLISECONDS, self._warm_up)

    def _connect(self) -> None:
        bridge, window = self.bridge, self.window
        bridge.connected.connect(self._welcomed)
        bridge.lost.connect(self._lost)
        bridge.cluster_seen.connect(self._seen)
        bridge.engine_seen.connect(window.show_engine)
        bridge.inventory_changed.connect(self._inventory_changed)
        bridge.host_keys_seen.connect(self._host_keys_seen)
        bridge.prompts_seen.connect(self._prompts_seen)
        bridge.answered.connect(self._answered)
        window.place_changed.connect(self._went)
        window.add_cluster_wanted.connect(self._add_cluster)
        window.theme_wanted.connect(self._dress)
        window.fleet_page.lab_wanted.connect(self._start_lab)
        window.fleet_page.wants.connect(bridge.ask)
        window.closed.connect(self._close)

    # The engine

    def _attach(self, on_message: Callable[[Message], None], on_lost: Callable[[str], None]) -> Link:
        path = self._home.engine_socket
        return Link(path, face="window", watches=True, on_message=on_message, on_lost=on_lost,
                    person=person_here())  # fmt: skip

    def _revive(self) -> str:
        try:
            # Short, and asked again: an engine that is just ending still holds its lock, and nobody starts a second.
            ensure_engine(self._home, ENGINE_SECONDS_MAX)
        except (LinkLost, OSError) as trouble:
            return str(trouble)
        return ""

    def _welcomed(self, welcome: Welcome) -> None:
        self.window.show_engine(welcome.engine)
        self.window.show_views(welcome.clusters)
        page = self._page
        if page is not None:
            page.set_live(True)
        self._went(self.window.place)
        self._host_keys_seen(welcome.host_keys)
        self._prompts_seen(welcome.prompts)

    def _lost(self, reason: str) -> None:
        self.window.show_engine_lost(reason)
        page = self._page
        if page is not None:
            page.set_live(False)

    def _seen(self, view: ClusterView) -> None:
        self.window.show_view(view)
        page = self._page
        if page is not None and self._lab_menu is not None and view.name == self.window.place.cluster:
            page.show_cluster(view)
            self._lab_menu.show_cluster(view)

    def _inventory_changed(self, inventory: Inventory) -> None:
        self.window.keep_only(tuple(cluster.name for cluster in inventory.clusters))

    # The cluster page, whose charts are slow to load

    def _make_cluster_page(self) -> QWidget:
        page, menu = ClusterPage(), LabMenu(self.window)
        page.wants.connect(self.bridge.ask)
        page.node_chosen.connect(lambda node: self.window.go(Place(self.window.place.cluster, node)))
        menu.fault_wanted.connect(lambda fault, node: self._run_lab("fault", fault, node))
        menu.mend_wanted.connect(lambda node: self._run_lab("mend", *([node] if node else [])))
        menu.rate_wanted.connect(lambda rate: self._run_lab("fault", f"rate={rate}"))
        button = self.window.tab_row.lab
        button.clicked.connect(lambda: menu.popup(button.mapToGlobal(button.rect().bottomLeft())))
        self._page, self._lab_menu = page, menu
        return page

    def _warm_up(self) -> None:
        """Load what is slow to load while a person reads the first picture, not when they ask for the charts."""
        self.window.page(CLUSTER)
        importlib.import_module("console.ui.chart_panel")

    def _went(self, place: Place) -> None:
        page, menu = self._page, self._lab_menu
        if page is None or menu is None:
            return
        view = self.window.view(place.cluster)
        if view is None and place.cluster is None:
            return
        page.show_cluster(view)
        page.choose_node(place.node)
        menu.show_cluster(view)
        self.window.tab_row.lab.setVisible(menu.menuAction().isVisible())

    # Dialogs: nothing waits for them

    def _open(self, name: str, make: Callable[[], QDialog]) -> QDialog:
        dialog = self._dialogs.get(name)
        if dialog is None:
            dialog = self._dialogs[name] = make()
            dialog.finished.connect(lambda _result: self._dialogs.pop(name, None))
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        return dialog

    def _add_cluster(self) -> None:
        def make() -> QDialog:
            dialog = AddClusterDialog(frozenset(view.name for view in self.window.views()), self.window)
            dialog.wants.connect(self.bridge.ask)
            dialog.saved.connect(lambda name: self.window.go(Place(name)))
            return dialog

        self._open("add", make)

    def _compare_host_keys(self) -> None:
        def make() -> QDialog:
            dialog = HostKeyDialog(self.window)
            dialog.wants.connect(self.bridge.ask)
            dialog.show_offers(self._host_keys)
            return dialog

        self._open("host keys", make)

    def _answer_prompts(self) -> None:
        def make() -> QDialog:
            dialog = PromptDialog(self.window)
            dialog.wants.connect(self.bridge.ask)
            dialog.show_prompts(self._prompts)
            return dialog

        self._open("prompts", make)

    def _host_keys_seen(self, keys: HostKeys) -> None:
        self._host_keys = keys
        number = len(keys.offers)
        one = translate("window", "1 host shows a key that nobody has accepted yet. Nothing is sent to it.")
        many = translate("window", "{n} hosts show keys that nobody has accepted yet. Nothing is sent to them.")
        text = counted(number, one, many) if number else ""
        act = translate("window", "Compare …")
        self.window.notice_bar.show_notice("host keys", text, act, self._compare_host_keys)
        for dialog in self._dialogs.values():
            if isinstance(dialog, HostKeyDialog):
                dialog.show_offers(keys)
            elif isinstance(dialog, AddClusterDialog):
                dialog.show_host_keys(keys)

    def _prompts_seen(self, prompts: Prompts) -> None:
        self._prompts = prompts
        number = len(prompts.prompts)
        one = translate("window", "A server or a key asks you a question.")
        many = translate("window", "Servers or keys ask you {n} questions.")
        text = counted(number, one, many) if number else ""
        self.window.notice_bar.show_notice("prompts", text, translate("window", "Answer …"), self._answer_prompts)
        dialog = self._dialogs.get("prompts")
        if isinstance(dialog, PromptDialog):
            dialog.show_prompts(prompts)

    def _answered(self, question: Message, answer: Message) -> None:
        page = self._page
        match answer:
            case Chart() if page is not None:
                page.show_chart(answer)
            case NodeCard() if page is not None:
                page.show_card(answer)
            case HostKeys():
                self._host_keys_seen(answer)
            case Prompts():
                self._prompts_seen(answer)
            case Refused() if page is not None and isinstance(question, AskChart | AskCard):
                page.show_refused(question, answer)
            case _:
                for dialog in tuple(self._dialogs.values()):
                    if isinstance(dialog, AddClusterDialog | HostKeyDialog | PromptDialog):
                        dialog.show_answer(question, answer)

    # The lab, by the same commands as in a terminal

    def _start_lab(self) -> None:
        self.window.fleet_page.empty.show_lab(starting=True)
        self._run_lab("up")

    def _run_lab(self, *words: str) -> None:
        process = QProcess(self)
        process.setWorkingDirectory(str(Path(console.__file__).resolve().parent.parent))
        process.finished.connect(lambda status, _how: self._lab_done(process, words, status))
        process.errorOccurred.connect(lambda _error: self._lab_done(process, words, -1))
        process.start(sys.executable, ["-m", "console", "--home", str(self._home.directory), "lab", *words])

    def _lab_done(self, process: QProcess, words: tuple[str, ...], status: int) -> None:
        said = bytes(process.readAllStandardError().data()).decode("utf-8", "replace")
        last = shown(" ".join(said.split()), characters_max=LAB_OUTPUT_CHARACTERS_MAX) or process.errorString()
        trouble = ""
        if status != 0:
            text = translate("window", "'lab {words}' was not done: {reason}")
            trouble = text.format(words=" ".join(words), reason=last)
        self.window.fleet_page.empty.show_lab(starting=False, trouble=trouble if words == ("up",) else "")
        notice = "" if words == ("up",) else trouble
        bar = self.window.notice_bar
        bar.show_notice("lab", notice, translate("window", "Dismiss"), lambda: bar.show_notice("lab", "", "", bar.hide))
        process.deleteLater()

    # The window itself

    def _dress(self, choice: theme.Choice) -> None:
        self._settings.setValue("theme", choice.value)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, choice)

    def _restore(self) -> None:
        geometry = self._settings.value("geometry")
        if isinstance(geometry, QByteArray):
            self.window.restoreGeometry(geometry)

    def _close(self) -> None:
        self._settings.setValue("geometry", self.window.saveGeometry())
        self._settings.sync()
        for dialog in tuple(self._dialogs.values()):
            dialog.close()
        self.bridge.close()
        for timer in self.findChildren(QTimer):  # of the wirings: their window is going
            timer.stop()
        self.closed.emit()


def chosen_theme(home: Home) -> theme.Choice:
    """The theme that the person chose in this home; else that of the system."""
    said = QSettings(str(home.window_state), QSettings.Format.IniFormat).value("theme", "")
    return next((choice for choice in theme.Choice if choice.value == said), theme.Choice.SYSTEM)


def application() -> QApplication:
    """The one application of this process, speaking and dressed."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("ledger-console")
    app.setApplicationDisplayName(translate("window", "Ledger Console"))
    return app


def run(home: Home) -> int:
    """Open the window on the engine of this home, and stay until it is closed. The engine goes on."""
    language = speak(home)
    app = application()
    own = QTranslator(app)  # Qt's own words, on the buttons of its dialogs
    if own.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(own)
    theme.apply(app, chosen_theme(home))
    mistakes = Mistakes(home)
    desk = Desk(home)
    mistakes.install(desk.window)
    for number in (signal.SIGINT, signal.SIGTERM):
        # Python hears signals between two of its own steps: the window's clock makes one each second.
        signal.signal(number, lambda *_: desk.window.close())
    desk.closed.connect(app.quit)
    desk.open()
    try:
        return app.exec()
    finally:
        mistakes.remove()
