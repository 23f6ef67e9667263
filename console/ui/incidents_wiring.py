"""Ties incidents, alerts, tray and ways out to window and bridge: who is told what, who asks, which dialog is open."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QDialog, QWidget

from console.domain.alerting import Alert, Silence
from console.domain.fleet import ClusterView
from console.domain.reading import Moment
from console.link.changes import AskRun, RunSeen
from console.link.messages import Done, GiveSecret, Message, Refused, Welcome
from console.link.watching import (
    AckAlert,
    Alerts,
    AskAlerts,
    AskFrame,
    AskIncident,
    AskIncidents,
    AskWaysOut,
    EndSilence,
    FrameSeen,
    IncidentReported,
    Incidents,
    IncidentSeen,
    RemoveWayOut,
    ReportIncident,
    SaveWayOut,
    SilenceAlerts,
    TryWayOut,
    WaysOut,
    WayTried,
)
from console.ui.alert_dialogs import AlertDialog, SilenceDialog, TakeDialog
from console.ui.alert_state import Item, items, news
from console.ui.bridge import Bridge
from console.ui.incident_list import in_order
from console.ui.incidents_page import INCIDENTS_KEPT_MAX, IncidentsPage
from console.ui.main_window import DRILLS, INCIDENTS, MainWindow, Page
from console.ui.places import Place
from console.ui.speech import translate
from console.ui.tray import Tray
from console.ui.ways_dialog import WaysDialog

INCIDENTS_MAX = INCIDENTS_KEPT_MAX
WAYS_MILLISECONDS = 10_000
WAY_QUESTIONS = SaveWayOut | RemoveWayOut | TryWayOut | GiveSecret


class IncidentsWiring(QObject):
    """Everything between alerts and incidents and the rest of the window; nothing waits for an answer."""

    def __init__(
        self, window: MainWindow, bridge: Bridge, clock: Callable[[], Moment], person: str,
        parent: QObject | None = None, *, tray: Tray | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._window, self._bridge, self._clock, self._person = window, bridge, clock, person
        self._page: IncidentsPage | None = None
        self._alerts: Alerts | None = None
        self._last: Alerts | None = None  # kept while the engine is away
        self._items: tuple[Item, ...] = ()
        self._incidents = Incidents(incidents=())
        self._heard = False  # the engine has told of its incidents
        self._ways: WaysOut | None = None
        self._dialogs: dict[str, QDialog] = {}
        self._live = False
        self._run = ""  # asked for to be shown
        self.tray = tray if tray is not None else Tray(window)
        self._asking = QTimer(self)
        self._asking.setInterval(WAYS_MILLISECONDS)
        self._asking.timeout.connect(self._ask_ways)
        self._asking.start()
        window.add_page(Page(INCIDENTS, translate("window", "Incidents"), self._make))
        window.items_of = self._items_of
        window.summarised.connect(self._summarised)
        window.place_changed.connect(self._went)
        window.closed.connect(self._close)
        window.alert_bar.acknowledge_wanted.connect(self.acknowledge)
        window.alert_bar.silence_wanted.connect(self.silence)
        window.alert_bar.list_wanted.connect(self.show_alerts)
        bridge.connected.connect(self._connected)
        bridge.lost.connect(self._lost)
        bridge.told.connect(self._told)
        bridge.answered.connect(self._answered)
        self.tray.open_wanted.connect(self._raise)
        self.tray.show_wanted.connect(window.go)
        self.tray.quit_wanted.connect(window.close)

    @property
    def page(self) -> IncidentsPage | None:
        """The page, once somebody went there."""
        return self._page

    @property
    def alerts(self) -> Alerts | None:
        """What the engine told last; None: it tells no alerts."""
        return self._alerts

    def dialog(self, name: str) -> QDialog | None:
        """An open one: 'take', 'silence', 'ways'."""
        return self._dialogs.get(name)

    def show_alerts(self) -> None:
        """Go to the list of all that is wrong."""
        self._window.go_to_page(INCIDENTS, self._window.place)
        if self._page is not None:
            self._page.alerts.rows.setFocus()

    def _make(self) -> QWidget:
        page = IncidentsPage(self._clock)
        page.wants.connect(self._bridge.ask)
        page.ways_wanted.connect(self.open_ways)
        page.run_wanted.connect(self._ask_run)
        page.drill_wanted.connect(self._go_to_drills)
        page.appeared.connect(self._show_alerts)
        page.alerts.ways_wanted.connect(self.open_ways)
        page.empty.can_drill = DRILLS in self._window.page_names
        page.alerts.acknowledge_wanted.connect(self.acknowledge)
        page.alerts.silence_wanted.connect(self.silence)
        page.alerts.end_wanted.connect(self._end)
        page.alerts.show_wanted.connect(self._window.go)
        self._page = page
        page.show_clusters(self._window.views(), self._window.place.cluster)
        page.set_live(self._live)
        self._show_alerts()
        if self._ways is not None:
            page.show_ways(self._ways.ways, self._ways.states)
        if self._heard:
            page.show_incidents(self._incidents)
        return page

    def _ask_run(self, run: str) -> None:
        self._run = run
        self._bridge.ask(AskRun(run=run))

    def _go_to_drills(self) -> None:
        """Rehearse the detector of the cluster that is looked at, else of the first."""
        place = self._window.place
        first = next((view.name for view in self._window.views()), None)
        if place.cluster is not None or first is not None:
            self._window.go_to_page(DRILLS, Place(place.cluster or first))

    # What the bar shows, and the tray

    def _items_of(self, views: tuple[ClusterView, ...]) -> tuple[Item, ...]:
        self._items = items(views, self._alerts, self._clock().utc)
        return self._items

    def _summarised(self, well: bool) -> None:
        """The window has brought bar and list up to date."""
        self.tray.show_state(self._items, self._clock().utc, live=self._live, well=well)
        self._show_alerts()

    def _show_alerts(self) -> None:
        """On the page, while somebody looks at it: it asks for it when it is shown again."""
        page, told = self._page, self._alerts
        if page is not None and page.isVisible():
            page.show_clusters(self._window.views(), self._window.place.cluster)
            page.show_alerts(self._items, told.silences if told is not None else (),
                             told.left_out if told is not None else 0)  # fmt: skip

    # What comes over the bridge

    def _connected(self, _welcome: Welcome) -> None:
        self._live = True
        for question in (AskAlerts(), AskIncidents(most=INCIDENTS_MAX), AskWaysOut()):
            self._bridge.ask(question)
        if self._page is not None:
            self._page.set_live(True)

    def _lost(self, _reason: str) -> None:
        """What was told is old: the pictures' findings stand alone until the engine is back."""
        self._live, self._alerts = False, None
        self.tray.show_state((), self._clock().utc, live=False, well=False)
        if self._page is not None:
            self._page.set_live(False)
        for dialog in tuple(self._dialogs.values()):
            if isinstance(dialog, AlertDialog | WaysDialog):
                dialog.show_lost()

    def _told(self, message: Message) -> None:
        match message:
            case Alerts():
                self._hear_alerts(message)
            case Incidents():
                open_now = {one.id for one in message.incidents}
                ended = [one for one in self._incidents.incidents if one.ended_at is None and one.id not in open_now]
                self._hear_incidents(message)
                if ended:  # only open ones are told: of the others it is asked how they ended
                    self._bridge.ask(AskIncidents(most=INCIDENTS_MAX))

    def _hear_alerts(self, told: Alerts) -> None:
        self._alerts = told
        drills = frozenset(one.id for one in self._incidents.incidents if one.drill)
        # Against what was told before the engine went, if it did: what opened meanwhile is news too.
        self.tray.notify(news(self._last, told), drills)
        self._last = told
        self._window.summarise()

    def _hear_incidents(self, told: Incidents) -> None:
        known = {one.id: one for one in self._incidents.incidents} | {one.id: one for one in told.incidents}
        self._incidents = Incidents(incidents=in_order(tuple(known.values()))[: 2 * INCIDENTS_MAX])
        self._heard = True
        if self._page is not None:
            self._page.show_incidents(told)

    def _answered(self, question: Message, answer: Message) -> None:
        match question, answer:
            case AskAlerts(), Alerts():
                self._hear_alerts(answer)
            case AskIncidents(), Incidents():
                self._hear_incidents(answer)
            case (AskWaysOut() | SaveWayOut() | RemoveWayOut()), WaysOut():
                self._hear_ways(answer)
            case AskRun(), RunSeen() if question.run == self._run:
                self._run = ""
                self._window.run_wanted.emit(answer.run)
            case TryWayOut(), WayTried():
                self._bridge.ask(AskWaysOut())  # how it fares now
            case (AckAlert() | SilenceAlerts() | EndSilence()), _:
                self._answered_alert(question, answer)
            case _ if self._page is not None:
                self._answered_page(self._page, question, answer)
        if isinstance(question, WAY_QUESTIONS):
            dialog = self._dialogs.get("ways")
            if isinstance(dialog, WaysDialog):
                dialog.show_answer(question, answer)

    def _answered_page(self, page: IncidentsPage, question: Message, answer: Message) -> None:
        match question, answer:
            case AskIncident(), IncidentSeen():
                page.show_incident(question, answer)
            case AskFrame(), FrameSeen() | Refused():
                page.show_frame(question, answer)
            case ReportIncident(), IncidentReported() | Refused():
                page.show_report(question, answer)
            case AskIncident(), Refused():
                page.show_refused(question, answer)

    def _answered_alert(self, question: Message, answer: Message) -> None:
        if isinstance(answer, Alerts):
            self._hear_alerts(answer)
        elif isinstance(answer, Done):
            self._bridge.ask(AskAlerts())
        elif isinstance(answer, Refused) and isinstance(question, EndSilence) and self._page is not None:
            self._page.show_refused(question, answer)
        for name in ("take", "silence"):
            dialog = self._dialogs.get(name)
            if isinstance(dialog, AlertDialog):
                dialog.show_answer(question, answer)

    def _hear_ways(self, told: WaysOut) -> None:
        self._ways = told
        if self._page is not None:
            self._page.show_ways(told.ways, told.states)
        dialog = self._dialogs.get("ways")
        if isinstance(dialog, WaysDialog):
            dialog.show_ways(told, self._clock().utc)

    def _ask_ways(self) -> None:
        """Nobody tells how the ways fare: it is asked for where somebody looks at it."""
        looks = "ways" in self._dialogs or (self._page is not None and self._page.isVisible())
        if looks and self._live:
            self._bridge.ask(AskWaysOut())

    def _went(self, place: Place) -> None:
        if self._page is not None:
            self._page.show_clusters(self._window.views(), place.cluster)

    # Dialogs: nothing waits for them

    def acknowledge(self, alert: Alert) -> None:
        """A person takes an alert; the dialog asks for a note."""
        self._open("take", lambda: TakeDialog(alert, self._clock().utc, self._person, self._window))

    def silence(self, alert: Alert) -> None:
        """Keep what an alert is about from the ways out for a time."""
        self._open("silence", lambda: SilenceDialog(alert, self._clock().utc, self._window))

    def _end(self, silence: Silence) -> None:
        self._bridge.ask(EndSilence(silence=silence.id))

    def open_ways(self) -> None:
        """How alerts leave the console."""
        self._open("ways", lambda: WaysDialog(self._ways, self._clock().utc, self._window))
        self._bridge.ask(AskWaysOut())

    def _open(self, name: str, make: Callable[[], AlertDialog | WaysDialog]) -> None:
        known = self._dialogs.get(name)
        if known is not None:
            known.raise_()
            known.activateWindow()
            return
        dialog = make()
        dialog.wants.connect(self._bridge.ask)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialogs[name] = dialog
        dialog.finished.connect(lambda _result: self._dialogs.pop(name, None))
        self._window.closed.connect(dialog.close)
        dialog.show()

    # The window

    def _raise(self) -> None:
        """In front of everything, whatever it was before."""
        window = self._window
        if window.isMinimized():
            window.showNormal()
        window.show()
        window.raise_()
        window.activateWindow()

    def _close(self) -> None:
        self._asking.stop()
        self.tray.close()
