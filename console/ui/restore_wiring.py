"""Ties the restore wizard to window and bridge: opened by the Backups page, told of work and runs, and left again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QObject

from console.domain.backup import Backup, BackupsView, Job
from console.domain.reading import Moment
from console.domain.restore import Target
from console.link.backups import BackupsSeen, JobSeen
from console.link.messages import Message
from console.ui.backup_state import nearest, newest
from console.ui.backups_wiring import BackupsWiring
from console.ui.bridge import Bridge
from console.ui.main_window import MainWindow
from console.ui.restore_flow import at_time
from console.ui.restore_wizard import RestoreWizard
from console.ui.wizard_desk import WizardDesk

NOTICE: Final = "restore-left"


class RestoreWiring(WizardDesk[RestoreWizard]):
    """Opens the wizard on the backup that somebody wants back, and tells it of backups and their work besides."""

    def __init__(
        self, window: MainWindow, bridge: Bridge, clock: Callable[[], Moment], backups: BackupsWiring,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(window, bridge, clock, notice=NOTICE, parent=parent)
        self._backups = backups
        backups.restore_wanted.connect(self._open)
        bridge.backups_seen.connect(self._heard)
        bridge.job_seen.connect(self._job)

    def _make(self) -> RestoreWizard:
        wizard = RestoreWizard(self._clock)
        wizard.sandbox_wanted.connect(self._backups.open_sandbox)
        return wizard

    def _open(self, wanted: tuple[BackupsView, Backup | None]) -> None:
        view, backup = wanted
        cluster = self._window.view(view.cluster)
        if cluster is None:
            return
        repository = backup.repository if backup is not None and backup != newest(view) else ""
        self._take_place().begin(cluster, view, target=first_target(view, backup), repository=repository)

    def _heard(self, view: BackupsView) -> None:
        if self._wizard is not None:
            self._wizard.show_view(view)

    def _job(self, job: Job) -> None:
        if self._wizard is not None:
            self._wizard.show_job(job)

    def _answered(self, question: Message, answer: Message) -> None:
        if isinstance(answer, BackupsSeen):
            self._heard(answer.view)
        elif isinstance(answer, JobSeen):
            self._job(answer.job)
        super()._answered(question, answer)


def first_target(view: BackupsView, backup: Backup | None) -> Target:
    """What the wizard begins with: the latest for the newest backup, else the first moment after the chosen one."""
    if backup is None or backup == newest(view) or backup.ended_at is None:
        return Target()
    wanted = nearest(view, backup.ended_at + timedelta(seconds=1), backup.repository)
    return at_time(wanted) if wanted is not None else Target()
