"""Ties the restore wizard to window and bridge: opened by the Backups page, told of work and runs, and left again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

from console.domain.backup import Backup, BackupsView, Job
from console.domain.fleet import ClusterView
from console.domain.reading import Moment
from console.domain.restore import Target
from console.domain.run import RunView
from console.link.backups import BackupsSeen, JobSeen
from console.link.changes import RunSeen
from console.link.messages import Message, Welcome
from console.ui.backup_state import nearest, newest
from console.ui.backups_wiring import BackupsWiring
from console.ui.bridge import Bridge
from console.ui.main_window import MainWindow
from console.ui.restore_flow import at_time
from console.ui.restore_wizard import RestoreWizard
from console.ui.speech import translate

NOTICE: Final = "restore-left"
TICK_MILLISECONDS: Final = 1000


class RestoreWiring(QObject):
    """One wizard at a time; it is made when it is first needed."""

    def __init__(
        self, window: MainWindow, bridge: Bridge, clock: Callable[[], Moment], backups: BackupsWiring,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._window, self._bridge, self._clock, self._backups = window, bridge, clock, backups
        self._wizard: RestoreWizard | None = None
        self._ticks = QTimer(self)
        self._ticks.setTimerType(Qt.TimerType.CoarseTimer)
        self._ticks.setInterval(TICK_MILLISECONDS)
        self._ticks.timeout.connect(self._tick)
        window.closed.connect(self._ticks.stop)
        backups.restore_wanted.connect(self._open)
        bridge.connected.connect(self._connected)
        bridge.lost.connect(self._lost)
        bridge.cluster_seen.connect(self._seen)
        bridge.backups_seen.connect(self._heard)
        bridge.job_seen.connect(self._job)
        bridge.run_seen.connect(self._run_seen)
        bridge.answered.connect(self._answered)

    @property
    def wizard(self) -> RestoreWizard | None:
        """The wizard, once somebody began a restore."""
        return self._wizard

    def _open(self, wanted: tuple[BackupsView, Backup | None]) -> None:
        view, backup = wanted
        cluster = self._window.view(view.cluster)
        if cluster is None:
            return
        wizard = self._wizard
        if wizard is None:
            wizard = self._wizard = RestoreWizard(self._clock)
            wizard.wants.connect(self._bridge.ask)
            wizard.left.connect(self._left)
            wizard.sandbox_wanted.connect(self._backups.open_sandbox)
        self._say("")
        self._window.show_wizard(wizard)
        self._ticks.start()
        repository = backup.repository if backup is not None and backup != newest(view) else ""
        wizard.begin(cluster, view, target=first_target(view, backup), repository=repository)

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

    def _seen(self, cluster: ClusterView) -> None:
        if self._wizard is not None:
            self._wizard.show_cluster(cluster)

    def _heard(self, view: BackupsView) -> None:
        if self._wizard is not None:
            self._wizard.show_view(view)

    def _job(self, job: Job) -> None:
        if self._wizard is not None:
            self._wizard.show_job(job)

    def _run_seen(self, run: RunView) -> None:
        if self._wizard is not None:
            self._wizard.show_run(run)

    def _answered(self, question: Message, answer: Message) -> None:
        wizard = self._wizard
        if wizard is None:
            return
        match answer:
            case BackupsSeen():
                wizard.show_view(answer.view)
            case RunSeen():
                wizard.show_run(answer.run)
            case JobSeen():
                wizard.show_job(answer.job)
            case _:
                pass
        wizard.show_answer(question, answer)


def first_target(view: BackupsView, backup: Backup | None) -> Target:
    """What the wizard begins with: the latest for the newest backup, else the first moment after the chosen one."""
    if backup is None or backup == newest(view) or backup.ended_at is None:
        return Target()
    wanted = nearest(view, backup.ended_at + timedelta(seconds=1), backup.repository)
    return at_time(wanted) if wanted is not None else Target()
