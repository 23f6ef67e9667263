"""Ties the recovery wizard to window and bridge: opened by the Recovery page, told of runs, and left again."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject

from console.domain.reading import Moment
from console.domain.recommendation import Way, operation_of
from console.link.changes import Propose
from console.ui.bridge import Bridge
from console.ui.main_window import MainWindow
from console.ui.recovery_wiring import RecoveryWiring
from console.ui.recovery_wizard import RecoveryWizard
from console.ui.wizard_desk import WizardDesk

NOTICE: Final = "wizard-left"


class WizardWiring(WizardDesk[RecoveryWizard]):
    """Opens the wizard on the operation that somebody prepares."""

    def __init__(
        self, window: MainWindow, bridge: Bridge, clock: Callable[[], Moment], recovery: RecoveryWiring,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(window, bridge, clock, notice=NOTICE, parent=parent)
        recovery.prepare_wanted.connect(self.prepare)

    def _make(self) -> RecoveryWizard:
        return RecoveryWizard(self._clock)

    def prepare(self, wanted: Propose) -> None:
        """Open the wizard on this operation; it asks for the situation anew."""
        cluster = self._window.view(wanted.cluster)
        if cluster is None:
            return
        way = next((way for way in Way if operation_of(way) is wanted.operation), None)
        self._take_place().begin(cluster, way=way, node=wanted.target or wanted.subject)
