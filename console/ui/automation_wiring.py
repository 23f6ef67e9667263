"""Ties automatic recovery to window and bridge: the guards on Cluster and Recovery, the dialog, the acknowledgement."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from console.domain.fleet import ClusterView
from console.domain.reading import Moment
from console.link.messages import Message, Refused, Welcome
from console.link.watching import AcknowledgeAttempt, AskWhy, SetAutomation, WhySeen
from console.places import person_here
from console.ui.automation_dialog import AutomationDialog
from console.ui.automation_panel import AutomationPanel
from console.ui.bridge import Bridge
from console.ui.cluster_page import ClusterPage
from console.ui.main_window import CLUSTER, RECOVERY, MainWindow
from console.ui.places import Place
from console.ui.recovery_page import RecoveryPage
from console.ui.speech import translate
from console.ui.wizard_parts import Panel

ASK_MILLISECONDS: Final = 2_000  # while guards are looked at: they are told at a change, their ages only when asked
ANSWER_SECONDS_MAX: Final = 10.0


class AutomationWiring(QObject):
    """Everything between automatic recovery and the rest of the window."""

    def __init__(
        self, window: MainWindow, bridge: Bridge, clock: Callable[[], Moment], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window, self._bridge, self._clock = window, bridge, clock
        self._seen: dict[str, WhySeen] = {}
        self._panels: list[AutomationPanel] = []
        self._dialog: AutomationDialog | None = None
        self._live = False
        self._asked_ticks: dict[str, float] = {}
        self._pace = QTimer(self)
        self._pace.setInterval(ASK_MILLISECONDS)
        self._pace.timeout.connect(self._ask)
        self._pace.start()
        window.page_made.connect(self._page_made)
        window.place_changed.connect(self._went)
        bridge.connected.connect(self._connected)
        bridge.lost.connect(self._lost)
        bridge.told.connect(self._told)
        bridge.cluster_seen.connect(self._cluster_seen)
        bridge.answered.connect(self._answered)

    @property
    def dialog(self) -> AutomationDialog | None:
        return self._dialog

    def seen(self, cluster: str) -> WhySeen | None:
        """What was told last of this cluster's guards."""
        return self._seen.get(cluster)

    def _page_made(self, made: tuple[str, QWidget]) -> None:
        name, page = made
        if name == CLUSTER and isinstance(page, ClusterPage):
            panel = AutomationPanel(folds=True)
            page.put_above_charts(panel)
        elif name == RECOVERY and isinstance(page, RecoveryPage):
            panel = AutomationPanel()
            card = Panel()
            card.put(panel)
            page.situation.put_card(card)
        else:
            return
        panel.wants.connect(self._bridge.ask)
        panel.change_wanted.connect(self.open_dialog)
        self._panels.append(panel)
        self._show()

    # What comes over the bridge

    def _went(self, _place: Place) -> None:
        self._show()
        self._ask()

    def _connected(self, _welcome: Welcome) -> None:
        self._live = True
        self._asked_ticks.clear()
        self._show()
        self._ask()

    def _lost(self, _reason: str) -> None:
        self._live = False
        self._show()
        if self._dialog is not None:
            self._dialog.show_lost()

    def _cluster_seen(self, view: ClusterView) -> None:
        if view.name == self._window.place.cluster:
            for panel in self._panels:
                panel.show_manager(view.manager)
                if panel.isVisible():
                    panel.tick(self._now())

    def _told(self, message: Message) -> None:
        if isinstance(message, WhySeen):
            self._heard(message)

    def _answered(self, question: Message, answer: Message) -> None:
        if isinstance(question, AskWhy):
            self._asked_ticks.pop(question.cluster, None)
        if isinstance(answer, WhySeen):
            self._heard(answer)
        if isinstance(question, SetAutomation) and self._dialog is not None:
            self._dialog.show_answer(question, answer)
        elif isinstance(question, AcknowledgeAttempt):
            for panel in self._panels:
                panel.box.show_answer(question, answer)
            if not isinstance(answer, Refused):
                self._asked_ticks.clear()
                self._ask()

    def _heard(self, seen: WhySeen) -> None:
        known = self._seen.get(seen.why.cluster)
        if known is not None and seen.why.at < known.why.at:
            return
        self._seen[seen.why.cluster] = seen
        if seen.why.cluster == self._window.place.cluster:
            self._show()

    # Show and ask

    def _now(self) -> datetime:
        return self._clock().utc

    def _show(self) -> None:
        place = self._window.place
        view = self._window.view(place.cluster)
        seen = self._seen.get(place.cluster or "")
        for panel in self._panels:
            panel.setVisible(place.cluster is not None)
            if view is not None:
                panel.show_manager(view.manager)
            panel.show_seen(seen, now=self._now(), live=self._live)

    def _ask(self) -> None:
        """Ask for the guards of the cluster that is looked at, if the last question is answered, or too old."""
        cluster = self._window.place.cluster
        if cluster is None or not self._live or not any(panel.isVisible() for panel in self._panels):
            return
        ticks, asked = self._clock().ticks, self._asked_ticks.get(cluster)
        if asked is not None and ticks - asked < ANSWER_SECONDS_MAX:
            return
        self._asked_ticks[cluster] = ticks
        self._bridge.ask(AskWhy(cluster=cluster))

    # The dialog: nothing waits for it

    def open_dialog(self, cluster: str) -> None:
        """What may be done by itself on this cluster, to be read and changed."""
        if self._dialog is not None:
            self._dialog.activateWindow()
            return
        seen = self._seen.get(cluster)
        if seen is None:
            return
        person = person_here() or translate("automation", "somebody")
        dialog = AutomationDialog(cluster, seen.policy, self._now, person=person, parent=self._window)
        dialog.wants.connect(self._bridge.ask)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(lambda _result: self._forget())
        self._window.closed.connect(dialog.close)
        self._dialog = dialog
        dialog.show()

    def _forget(self) -> None:
        self._dialog = None
