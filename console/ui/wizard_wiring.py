"""Ties the recovery wizard to window and bridge: opened by the Recovery page, told of runs, and left again."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

from console.domain.fleet import ClusterView
from console.domain.reading import Moment
from console.domain.recommendation import Way, operation_of
from console.domain.run import RunView
from console.link.changes import Propose, RunSeen
from console.link.messages import Message, Welcome
from console.ui.bridge import Bridge
from console.ui.main_window import MainWindow
from console.ui.recovery_wiring import RecoveryWiring
from console.ui.recovery_wizard import RecoveryWizard
from console.ui.speech import translate

NOTICE: Final = "wizard-left"
TICK_MILLISECONDS: Final = 1000


class WizardWiring(QObject):
    """One wizard at a time; it is made when it is first needed."""

    def __init__(
        self, window: MainWindow, bridge: Bridge, clock: Callable[[], Moment], recovery: RecoveryWiring,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._window, self._bridge, self._clock = window, bridge, clock
        self._wizard: RecoveryWizard | None = None
        self._ticks = QTimer(self)
        self._ticks.setTimerType(Qt.TimerType.CoarseTimer)
        self._ticks.setInterval(TICK_MILLISECONDS)
        self._ticks.timeout.connect(self._tick)
        window.closed.connect(self._ticks.stop)
        recovery.prepare_wanted.connect(self.prepare)
        bridge.connected.connect(self._connected)
        bridge.lost.connect(self._lost)
        bridge.cluster_seen.connect(self._seen)
        bridge.run_seen.connect(self._run_seen)
        bridge.answered.connect(self._answered)

    @property
    def wizard(self) -> RecoveryWizard | None:
        """The wizard, once somebody prepared a change."""
        return self._wizard

    def prepare(self, wanted: Propose) -> None:
        """Open the wizard on this operation; it asks for the situation anew."""
        view = self._window.view(wanted.cluster)
        if view is None:
            return
        wizard = self._wizard
        if wizard is None:
            wizard = self._wizard = RecoveryWizard(self._clock)
            wizard.wants.connect(self._bridge.ask)
            wizard.left.connect(self._left)
        self._say("")
        self._window.show_wizard(wizard)
        self._ticks.start()
        way = next((way for way in Way if operation_of(way) is wanted.operation), None)
        wizard.begin(view, way=way, node=wanted.target or wanted.subject)

    def _left(self, said: str) -> None:
        self._ticks.stop()
        self._window.end_wizard()
        self._say(said)

    def _say(self, text: str) -> None:
        bar = self._window.notice_bar
        bar.show_notice(NOTICE, text, translate("window", "Dismiss"), lambda: self._say(""))

    def _tick(self) -> None:
        if self._wizard is not None:
            self._wizard.tick()

    def _connected(self, _welcome: Welcome) -> None:
        if self._wizard is not None:
            self._wizard.set_live(True)

    def _lost(self, reason: str) -> None:
        if self._wizard is not None:
            self._wizard.set_live(False, reason)

    def _seen(self, view: ClusterView) -> None:
        if self._wizard is not None:
            self._wizard.show_view(view)

    def _run_seen(self, run: RunView) -> None:
        if self._wizard is not None:
            self._wizard.show_run(run)

    def _answered(self, question: Message, answer: Message) -> None:
        if self._wizard is None:
            return
        if isinstance(answer, RunSeen):
            self._wizard.show_run(answer.run)
        self._wizard.show_answer(question, answer)
