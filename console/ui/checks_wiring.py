"""Ties the operator's own checks on the Cluster page to window and bridge, and opens the dialog that changes them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from console.domain.cluster import Inventory
from console.domain.monitoring import CheckSpec
from console.domain.reading import Moment
from console.link.messages import Message, Refused, Welcome
from console.link.watching import (
    AskCheckHistory,
    AskChecks,
    CheckHistory,
    ChecksSeen,
    RemoveCheck,
    RunCheck,
    SaveCheck,
)
from console.ui.bridge import Bridge
from console.ui.check_dialog import CheckDialog, check_refused
from console.ui.check_panel import CheckPanel
from console.ui.cluster_page import ClusterPage
from console.ui.main_window import CLUSTER, MainWindow
from console.ui.places import Place

ASK_MILLISECONDS: Final = 10_000  # while the panel is seen
HISTORY_ROUNDS: Final = 3  # the course is read anew every so many rounds
DID_NOT_RUN: Final = frozenset({"other-role", "busy"})


class ChecksWiring(QObject):
    """Everything between the checks and the rest of the window."""

    def __init__(
        self, window: MainWindow, bridge: Bridge, clock: Callable[[], Moment], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window, self._bridge, self._clock = window, bridge, clock
        self._inventory = Inventory()
        self._seen: dict[str, ChecksSeen] = {}
        self._panel: CheckPanel | None = None
        self._dialog: CheckDialog | None = None
        self._live = False
        self._round = 0
        self._pace = QTimer(self)
        self._pace.setInterval(ASK_MILLISECONDS)
        self._pace.timeout.connect(self._tick)
        self._pace.start()
        window.page_made.connect(self._page_made)
        window.place_changed.connect(self._went)
        bridge.connected.connect(self._connected)
        bridge.lost.connect(self._lost)
        bridge.inventory_changed.connect(self._inventory_changed)
        bridge.answered.connect(self._answered)

    @property
    def panel(self) -> CheckPanel | None:
        """The panel, once the Cluster page was made."""
        return self._panel

    @property
    def dialog(self) -> CheckDialog | None:
        return self._dialog

    def _page_made(self, made: tuple[str, QWidget]) -> None:
        name, page = made
        if name != CLUSTER or not isinstance(page, ClusterPage):
            return
        panel = CheckPanel()
        panel.wants.connect(self._bridge.ask)
        panel.edit_wanted.connect(self._open)
        self._panel = panel
        page.put_above_charts(panel)
        self._show()

    # What comes over the bridge

    def _went(self, _place: Place) -> None:
        if self._panel is not None:
            self._panel.show_trouble("")
        self._show()
        self._ask()

    def _connected(self, welcome: Welcome) -> None:
        self._live, self._inventory = True, welcome.inventory
        self._show()
        self._ask()

    def _lost(self, _reason: str) -> None:
        self._live = False
        self._show()
        if self._dialog is not None:
            self._dialog.show_lost()

    def _inventory_changed(self, inventory: Inventory) -> None:
        self._inventory = inventory

    def _answered(self, question: Message, answer: Message) -> None:
        if isinstance(question, SaveCheck) and self._dialog is not None:
            self._dialog.show_answer(question, answer)
        if self._panel is None:
            return
        match answer:
            case ChecksSeen() if isinstance(question, RunCheck):
                self._heard(_joined(self._seen.get(answer.cluster), answer))
                self._ask_history()
            case ChecksSeen():
                self._heard(answer)
            case CheckHistory() if isinstance(question, AskCheckHistory):
                if question.cluster == self._window.place.cluster:
                    self._panel.show_history(question, answer)
            case Refused() if isinstance(question, RunCheck | RemoveCheck):
                if question.cluster == self._window.place.cluster:
                    self._panel.show_trouble(check_refused(answer))
            case _:
                return

    def _heard(self, seen: ChecksSeen) -> None:
        self._seen[seen.cluster] = seen
        if seen.cluster == self._window.place.cluster:
            self._show()

    # Show and ask

    def _show(self) -> None:
        if self._panel is not None:
            seen = self._seen.get(self._window.place.cluster or "")
            self._panel.show_checks(seen, self._clock().utc, live=self._live)

    def _tick(self) -> None:
        self._round += 1
        if self._panel is None or not self._live or self._window.page_name != CLUSTER:
            return
        self._ask()
        if self._round % HISTORY_ROUNDS == 0:
            self._ask_history()

    def _ask(self) -> None:
        cluster = self._window.place.cluster
        if cluster is not None and self._live and self._panel is not None:
            self._bridge.ask(AskChecks(cluster=cluster))

    def _ask_history(self) -> None:
        question = self._panel.history_question(self._clock().utc) if self._panel is not None else None
        if question is not None:
            self._bridge.ask(question)

    # The dialog: nothing waits for it

    def _open(self, check: CheckSpec | None) -> None:
        cluster = self._inventory.cluster(self._window.place.cluster or "")
        if self._dialog is not None:
            self._dialog.activateWindow()
            return
        if cluster is None:
            return
        seen = self._seen.get(cluster.name)
        names = frozenset(one.name for one in seen.checks) if seen is not None else frozenset()
        dialog = CheckDialog(cluster, check, names, self._window)
        dialog.wants.connect(self._bridge.ask)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(lambda _result: self._forget())
        self._window.closed.connect(dialog.close)
        self._dialog = dialog
        dialog.show()

    def _forget(self) -> None:
        self._dialog = None


def _joined(known: ChecksSeen | None, ran: ChecksSeen) -> ChecksSeen:
    """What was known, with the readings of the one that was run now in the place of its older ones."""
    if known is None:
        return ran
    # Where it did not run, as on a node of another role, nothing new is known.
    ran = replace(ran, readings=tuple(one for one in ran.readings if one.reason not in DID_NOT_RUN))
    newer = {(one.check, one.node) for one in ran.readings}
    kept = tuple(one for one in known.readings if (one.check, one.node) not in newer)
    return replace(known, readings=(*kept, *ran.readings))
