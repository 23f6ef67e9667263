"""Ties the Recovery page to window and bridge: who is told what, and which run the bar on top speaks of."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from console.domain.fleet import ClusterView
from console.domain.reading import Moment
from console.domain.recommendation import Situation
from console.domain.run import Mode, RunState, RunView
from console.link.changes import AnswerRun, AskRun, AskRuns, AskSituation, Runs, RunSeen, StopRun
from console.link.messages import Message, Refused, Welcome
from console.ui.bridge import Bridge
from console.ui.main_window import RECOVERY, MainWindow, Page
from console.ui.places import Place
from console.ui.recovery_page import RUNS_MAX, RecoveryPage
from console.ui.run_words import has_ended
from console.ui.speech import translate

QUESTIONS = AskSituation | AskRuns | AskRun | StopRun | AnswerRun


class RecoveryWiring(QObject):
    """Everything between the Recovery page and the rest of the window."""

    prepare_wanted = Signal(object)  # Propose: a wizard opens on it

    def __init__(
        self, window: MainWindow, bridge: Bridge, clock: Callable[[], Moment], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window, self._bridge, self._clock = window, bridge, clock
        self._page: RecoveryPage | None = None
        self._open: dict[str, RunView] = {}  # runs of all clusters that have not ended
        window.add_page(Page(RECOVERY, translate("window", "Recovery"), self._make))
        window.place_changed.connect(self._went)
        window.run_wanted.connect(self.show_run)
        bridge.connected.connect(self._connected)
        bridge.lost.connect(self._lost)
        bridge.cluster_seen.connect(self._seen)
        bridge.run_seen.connect(self._run_seen)
        bridge.answered.connect(self._answered)

    @property
    def page(self) -> RecoveryPage | None:
        """The page, once somebody went there."""
        return self._page

    def show_run(self, run: RunView) -> None:
        """Go to a run on the Recovery page."""
        self._window.go_to_page(RECOVERY, Place(run.plan.cluster))
        if self._page is not None:
            self._page.show_run(run)
            self._page.open_run(run)

    def _make(self) -> QWidget:
        page = RecoveryPage(self._clock)
        page.wants.connect(self._bridge.ask)
        page.prepare_wanted.connect(self.prepare_wanted)
        self._page = page
        page.show_cluster(self._window.view(self._window.place.cluster))
        return page

    def _went(self, place: Place) -> None:
        if self._page is not None:
            self._page.show_cluster(self._window.view(place.cluster))
            for run in self._open.values():
                self._page.show_run(run)

    def _seen(self, view: ClusterView) -> None:
        if self._page is not None and view.name == self._window.place.cluster:
            self._page.show_cluster(view)

    def _connected(self, _welcome: Welcome) -> None:
        self._bridge.ask(AskRuns(most=RUNS_MAX))
        if self._page is not None:
            self._page.set_live(True)
            self._went(self._window.place)

    def _lost(self, _reason: str) -> None:
        if self._page is not None:
            self._page.set_live(False)

    def _run_seen(self, run: RunView) -> None:
        self._remember((run,))
        if self._page is not None:
            self._page.show_run(run)

    def _answered(self, question: Message, answer: Message) -> None:
        if isinstance(answer, RunSeen):
            self._run_seen(answer.run)
        elif isinstance(answer, Runs) and isinstance(question, AskRuns):
            self._heard_runs(question, answer)
        elif self._page is None:
            return
        elif isinstance(answer, Situation) and isinstance(question, AskSituation):
            self._page.show_situation(answer)
        elif isinstance(answer, Refused) and isinstance(question, QUESTIONS):
            self._page.show_refused(question, answer)

    def _heard_runs(self, question: AskRuns, answer: Runs) -> None:
        told = {run.id for run in answer.runs}
        # A run that was open, and is not among the newest any more, is not believed to run for ever.
        asked = [key for key, run in self._open.items() if question.cluster in ("", run.plan.cluster)]
        for key in set(asked) - told:
            del self._open[key]
        self._remember(answer.runs)
        if self._page is not None:
            self._page.show_runs(question, answer)

    def _remember(self, runs: tuple[RunView, ...]) -> None:
        for run in runs:
            if has_ended(run):
                self._open.pop(run.id, None)
            else:
                self._open[run.id] = run
        self._window.alert_bar.show_run(min(self._open.values(), key=_urgency, default=None))


def _urgency(run: RunView) -> tuple[bool, bool, str]:
    """A real run before a rehearsal, one that asks before one that runs."""
    return run.mode is not Mode.REAL, run.state is not RunState.ASKING, run.id
