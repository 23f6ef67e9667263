"""Ties the Scoreboard page to window and bridge: who is told what, and where a record is opened."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.domain.fleet import ClusterView
from console.domain.indicators import EvidenceLine
from console.domain.reading import Moment
from console.link.changes import AskRun, RunSeen
from console.link.governing import AskIndicators, IndicatorsSeen
from console.link.messages import Message, Refused, Welcome
from console.ui.bridge import Bridge
from console.ui.incidents_page import IncidentsPage
from console.ui.main_window import BACKUPS, DRILLS, INCIDENTS, SCOREBOARD, MainWindow, Page
from console.ui.places import Place
from console.ui.scoreboard_page import ScoreboardPage
from console.ui.speech import translate

# Where a record lies that is no run.
PAGES = {"drill": DRILLS, "copies": DRILLS, "restore": BACKUPS, "incident": INCIDENTS}


class ScoreboardWiring(QObject):
    """Everything between the Scoreboard page and the rest of the window."""

    def __init__(
        self, window: MainWindow, bridge: Bridge, clock: Callable[[], Moment], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window, self._bridge, self._clock = window, bridge, clock
        self._page: ScoreboardPage | None = None
        self._run: AskRun | None = None  # asked for, to be shown
        window.add_page(Page(SCOREBOARD, translate("window", "Scoreboard"), self._make))
        window.place_changed.connect(self._went)
        bridge.connected.connect(self._connected)
        bridge.lost.connect(self._lost)
        bridge.cluster_seen.connect(self._seen)
        bridge.answered.connect(self._answered)

    @property
    def page(self) -> ScoreboardPage | None:
        """The page, once somebody went there."""
        return self._page

    def _make(self) -> QWidget:
        page = ScoreboardPage(self._clock)
        page.wants.connect(self._bridge.ask)
        page.open_wanted.connect(self._open)
        page.drills_wanted.connect(lambda: self._window.go_to_page(DRILLS, self._window.place))
        self._page = page
        page.show_cluster(self._window.view(self._window.place.cluster))
        return page

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

    def _answered(self, question: Message, answer: Message) -> None:
        page = self._page
        match question, answer:
            case AskIndicators(), IndicatorsSeen() if page is not None:
                page.show_indicators(question, answer)
            case AskIndicators(), Refused() if page is not None:
                page.show_refused(question, answer)
            case AskRun(), RunSeen() if question == self._run:
                self._run = None
                self._window.run_wanted.emit(answer.run)
            case AskRun(), Refused() if question == self._run and page is not None:
                self._run = None
                page.show_run_refused(answer)

    def _open(self, line: EvidenceLine) -> None:
        """Go where a record lies: a run as it ended, an incident with its time line, else the page that holds it."""
        if line.kind == "run":
            self._run = AskRun(run=line.id)
            self._bridge.ask(self._run)
            return
        name = PAGES.get(line.kind)
        if name is None or name not in self._window.page_names:
            return
        self._window.go_to_page(name, self._window.place)
        shown = self._window.page(name)
        if isinstance(shown, IncidentsPage) and line.word != "unwritten":  # too short to have been an incident
            shown.choose(line.id)
