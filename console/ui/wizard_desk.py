"""The desk a wizard is worked at: ties one to window and bridge, and brings the pages back when it is left."""

from collections.abc import Callable
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer

from console.domain.fleet import ClusterView
from console.domain.reading import Moment
from console.domain.run import RunView
from console.link.changes import RunSeen
from console.link.messages import Message, Welcome
from console.ui.bridge import Bridge
from console.ui.main_window import MainWindow
from console.ui.speech import translate
from console.ui.wizard_frame import WizardFrame

TICK_MILLISECONDS: Final = 1000

Wizard = TypeVar("Wizard", bound=WizardFrame)


class WizardDesk(QObject, Generic[Wizard]):
    """One wizard at a time; it is made when it is first needed."""

    def __init__(
        self, window: MainWindow, bridge: Bridge, clock: Callable[[], Moment], *, notice: str,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        """`notice`: the key of what is said after leaving, so that the next word takes its place."""
        super().__init__(parent)
        self._window, self._bridge, self._clock, self._notice = window, bridge, clock, notice
        self._wizard: Wizard | None = None
        self._ticks = QTimer(self)
        self._ticks.setTimerType(Qt.TimerType.CoarseTimer)
        self._ticks.setInterval(TICK_MILLISECONDS)
        self._ticks.timeout.connect(self._tick)
        window.closed.connect(self._ticks.stop)
        bridge.connected.connect(self._connected)
        bridge.lost.connect(self._lost)
        bridge.cluster_seen.connect(self._seen)
        bridge.run_seen.connect(self._run_seen)
        bridge.answered.connect(self._answered)

    @property
    def wizard(self) -> Wizard | None:
        """The wizard, once somebody needed it."""
        return self._wizard

    def _make(self) -> Wizard:
        raise NotImplementedError

    def _take_place(self) -> Wizard:
        """The wizard in the place of the pages, for the caller to begin."""
        wizard = self._wizard
        if wizard is None:
            wizard = self._wizard = self._make()
            wizard.wants.connect(self._bridge.ask)
            wizard.left.connect(self._left)
        self._say("")
        self._window.show_wizard(wizard)
        self._ticks.start()
        return wizard

    def _left(self, said: str) -> None:
        self._ticks.stop()
        self._window.end_wizard()
        self._say(said)

    def _say(self, text: str) -> None:
        bar = self._window.notice_bar
        bar.show_notice(self._notice, text, translate("window", "Dismiss"), lambda: self._say(""))

    def _tick(self) -> None:
        if self._wizard is not None:
            self._wizard.tick()

    def _connected(self, _welcome: Welcome) -> None:
        if self._wizard is not None:
            self._wizard.set_live(True)

    def _lost(self, reason: str) -> None:
        if self._wizard is not None:
            self._wizard.set_live(False, reason)

    def _seen(self, cluster: ClusterView) -> None:
        if self._wizard is not None:
            self._wizard.show_cluster(cluster)

    def _run_seen(self, run: RunView) -> None:
        if self._wizard is not None:
            self._wizard.show_run(run)

    def _answered(self, question: Message, answer: Message) -> None:
        if self._wizard is None:
            return
        if isinstance(answer, RunSeen):
            self._wizard.show_run(answer.run)
        self._wizard.show_answer(question, answer)
