"""Ties the Drills page to window and bridge: who is told what, and the dialogs that begin drills and set duties."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QWidget

from console.domain.drill import DrillKind, DutyRule
from console.domain.fleet import ClusterView
from console.domain.reading import Moment
from console.link.backups import StartBackup, StartVerify
from console.link.books import AskBooks
from console.link.messages import Message, Refused, Welcome
from console.link.watching import (
    AskDrills,
    AskDuties,
    AskRedundancy,
    Drills,
    DrillSeen,
    DutiesSeen,
    RedundancySeen,
    SaveDuty,
    ScheduleDrill,
    StartDrill,
    StopDrill,
)
from console.ui.bridge import Bridge
from console.ui.drill_dialog import DrillDialog
from console.ui.drills_page import DrillsPage
from console.ui.duty_rule_dialog import DutyRuleDialog
from console.ui.main_window import DRILLS, MainWindow, Page
from console.ui.places import Place
from console.ui.speech import translate

QUESTIONS = (
    AskDuties | AskDrills | AskRedundancy | ScheduleDrill | StartDrill | StopDrill | SaveDuty | StartBackup
    | StartVerify | AskBooks
)  # fmt: skip


class DrillsWiring(QObject):
    """Everything between the Drills page and the rest of the window."""

    def __init__(
        self, window: MainWindow, bridge: Bridge, clock: Callable[[], Moment], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window, self._bridge, self._clock = window, bridge, clock
        self._page: DrillsPage | None = None
        self._dialog: DrillDialog | None = None
        self._rule: DutyRuleDialog | None = None
        window.add_page(Page(DRILLS, translate("window", "Drills"), self._make))
        window.place_changed.connect(self._went)
        bridge.connected.connect(self._connected)
        bridge.lost.connect(self._lost)
        bridge.cluster_seen.connect(self._seen)
        bridge.told.connect(self._told)
        bridge.answered.connect(self._answered)

    @property
    def page(self) -> DrillsPage | None:
        """The page, once somebody went there."""
        return self._page

    @property
    def dialog(self) -> DrillDialog | None:
        return self._dialog

    @property
    def rule_dialog(self) -> DutyRuleDialog | None:
        return self._rule

    def _make(self) -> QWidget:
        page = DrillsPage(self._clock)
        page.wants.connect(self._bridge.ask)
        page.drill_wanted.connect(self._open_drill)
        page.rule_wanted.connect(self._open_rule)
        self._page = page
        page.show_cluster(self._window.view(self._window.place.cluster))
        return page

    # What comes over the bridge

    def _went(self, place: Place) -> None:
        if self._page is not None:
            self._page.show_cluster(self._window.view(place.cluster))

    def _seen(self, view: ClusterView) -> None:
        if self._page is not None and view.name == self._window.place.cluster:
            self._page.show_cluster(view)

    def _connected(self, _welcome: Welcome) -> None:
        if self._page is not None:
            self._page.set_live(True)

    def _lost(self, _reason: str) -> None:
        if self._page is not None:
            self._page.set_live(False)
        for dialog in (self._dialog, self._rule):
            if dialog is not None:
                dialog.show_lost()

    def _told(self, message: Message) -> None:
        if isinstance(message, DrillSeen) and self._page is not None:
            self._page.show_drill(message.drill)

    def _answered(self, question: Message, answer: Message) -> None:
        page = self._page
        if isinstance(question, StartDrill) and self._dialog is not None:
            self._dialog.show_answer(question, answer)
            if isinstance(answer, Refused):
                return  # the dialog says why, and what was chosen stays
        elif isinstance(question, SaveDuty) and self._rule is not None:
            self._rule.show_answer(question, answer)
            if isinstance(answer, Refused):
                return
        if page is None or not isinstance(question, QUESTIONS):
            return
        match answer:
            case Refused():
                page.show_refused(question, answer)
                return
            case DutiesSeen() if isinstance(question, AskDuties):
                page.show_duties(question, answer)
            case DutiesSeen() if isinstance(question, SaveDuty):
                # Its answer may be of all clusters: the page asks for its own.
                self._bridge.ask(AskDuties(cluster=question.cluster))
            case Drills() if isinstance(question, AskDrills | ScheduleDrill):
                page.show_drills(question.cluster, answer)
            case DrillSeen():
                page.show_drill(answer.drill)
            case RedundancySeen() if isinstance(question, AskRedundancy):
                page.show_redundancy(question.cluster, answer.redundancy)
            case _:
                pass
        page.show_answer(question)

    # Dialogs: nothing waits for them

    def _open_drill(self, kind: DrillKind) -> None:
        cluster = self._window.place.cluster
        if cluster is None:
            return
        if self._dialog is not None:
            self._dialog.activateWindow()
            return
        dialog = DrillDialog(cluster, self._window.view(cluster), kind, self._window)
        dialog.wants.connect(self._bridge.ask)
        self._dialog = dialog
        self._keep(dialog, self._forget_drill)

    def _open_rule(self, rule: DutyRule) -> None:
        cluster = self._window.place.cluster
        if cluster is None:
            return
        if self._rule is not None:
            self._rule.activateWindow()
            return
        dialog = DutyRuleDialog(cluster, rule, self._window)
        dialog.wants.connect(self._bridge.ask)
        self._rule = dialog
        self._keep(dialog, self._forget_rule)

    def _keep(self, dialog: QDialog, forget: Callable[[], None]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(lambda _result: forget())
        self._window.closed.connect(dialog.close)
        dialog.show()

    def _forget_drill(self) -> None:
        self._dialog = None

    def _forget_rule(self) -> None:
        self._rule = None
