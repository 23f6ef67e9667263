"""Ties the Backups page, its dialogs and the restore wizard to window and bridge; tells cards of proven backups."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from console.domain.backup import BackupsView, Job, SandboxSeen
from console.domain.cluster import Inventory
from console.domain.fleet import ClusterView
from console.domain.reading import Moment
from console.link.backups import (
    AskBackups,
    AskExpiry,
    AskSandbox,
    BackupsSeen,
    CancelJob,
    CloseSandbox,
    Expiry,
    JobSeen,
    OpenSandbox,
    OrderSchedule,
    SandboxRows,
    SavePolicy,
    ScheduleSeen,
    StartBackup,
    StartExpire,
    StartProve,
    StartVerify,
)
from console.link.messages import Message, Refused, Welcome
from console.ui.backups_page import BackupsPage
from console.ui.bridge import Bridge
from console.ui.main_window import BACKUPS, MainWindow, Page
from console.ui.places import Place
from console.ui.policy_dialog import PolicyDialog
from console.ui.sandbox_dialog import SandboxDialog
from console.ui.speech import translate

QUESTIONS = (
    AskBackups | StartBackup | StartVerify | StartProve | AskExpiry | StartExpire | CancelJob | OpenSandbox
    | CloseSandbox | OrderSchedule
)  # fmt: skip



class BackupsWiring(QObject):
    """Everything between the backups' parts and the rest of the window; nothing waits for an answer."""

    restore_wanted = Signal(object)  # (BackupsView, Backup or None): the wizard opens on it

    def __init__(
        self, window: MainWindow, bridge: Bridge, clock: Callable[[], Moment], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window, self._bridge, self._clock = window, bridge, clock
        self._page: BackupsPage | None = None
        self._views: dict[str, BackupsView] = {}
        self._inventory = Inventory()
        self._policy: PolicyDialog | None = None
        self._sandboxes: dict[str, SandboxDialog] = {}
        window.add_page(Page(BACKUPS, translate("window", "Backups"), self._make))
        window.place_changed.connect(self._went)
        bridge.connected.connect(self._connected)
        bridge.lost.connect(self._lost)
        bridge.inventory_changed.connect(self._inventory_changed)
        bridge.cluster_seen.connect(self._seen)
        bridge.backups_seen.connect(self._heard)
        bridge.job_seen.connect(self._job)
        bridge.answered.connect(self._answered)

    @property
    def page(self) -> BackupsPage | None:
        """The page, once somebody went there."""
        return self._page

    @property
    def policy(self) -> PolicyDialog | None:
        return self._policy

    @property
    def sandbox(self) -> SandboxDialog | None:
        """The door to an open copy that was opened last."""
        return next(reversed(self._sandboxes.values()), None)

    def view(self, cluster: str) -> BackupsView | None:
        """What was told last of a cluster's backups."""
        return self._views.get(cluster)

    def show_cluster(self, cluster: str) -> None:
        """Go to a cluster's backups."""
        self._window.go_to_page(BACKUPS, Place(cluster))

    def _make(self) -> QWidget:
        page = BackupsPage(self._clock)
        page.wants.connect(self._bridge.ask)
        page.policy_wanted.connect(self._open_policy)
        page.sandbox_wanted.connect(self.open_sandbox)
        page.restore_wanted.connect(self.restore_wanted)
        self._page = page
        self._show(self._window.place.cluster)
        return page

    def _show(self, cluster: str | None) -> None:
        page = self._page
        if page is None:
            return
        page.show_cluster(self._window.view(cluster))
        known = self._views.get(cluster or "")
        if known is not None and page.view is None:
            page.show_backups(known)

    # What comes over the bridge

    def _went(self, place: Place) -> None:
        self._show(place.cluster)

    def _seen(self, view: ClusterView) -> None:
        if self._page is not None and view.name == self._window.place.cluster:
            self._page.show_cluster(view)

    def _connected(self, welcome: Welcome) -> None:
        """Each cluster's card tells of its last proven backup: asked for once, then told at each change."""
        self._inventory = welcome.inventory
        for view in welcome.clusters:
            self._bridge.ask(AskBackups(cluster=view.name))
        if self._page is not None:
            self._page.set_live(True)

    def _inventory_changed(self, inventory: Inventory) -> None:
        """A cluster that came is asked for its backups too."""
        known = {one.name for one in self._inventory.clusters}
        self._inventory = inventory
        for one in inventory.clusters:
            if one.name not in known:
                self._bridge.ask(AskBackups(cluster=one.name))

    def _lost(self, _reason: str) -> None:
        if self._page is not None:
            self._page.set_live(False)
        if self._policy is not None:
            self._policy.show_lost()

    def _heard(self, view: BackupsView) -> None:
        self._views[view.cluster] = view
        self._window.fleet_page.show_backups(view)
        if self._page is not None:
            self._page.show_backups(view)
        for name, dialog in tuple(self._sandboxes.items()):
            if dialog.cluster == view.cluster and name not in {one.id for one in view.sandboxes}:
                dialog.show_closed()

    def _job(self, job: Job) -> None:
        if self._page is not None:
            self._page.show_job(job)

    def _answered(self, question: Message, answer: Message) -> None:
        match answer:
            case BackupsSeen():
                self._heard(answer.view)
            case JobSeen():
                self._job(answer.job)
            case Expiry() if self._page is not None:
                self._page.show_expiry(answer)
            case ScheduleSeen() if self._page is not None:
                self._page.show_schedule(answer)
            case SandboxRows() if isinstance(question, AskSandbox):
                dialog = self._sandboxes.get(question.sandbox)
                if dialog is not None:
                    dialog.show_rows(question, answer)
            case _:
                self._answered_dialogs(question, answer)

    def _answered_dialogs(self, question: Message, answer: Message) -> None:
        if isinstance(question, SavePolicy):
            if self._policy is not None:
                self._policy.show_answer(question, answer)
            if not isinstance(answer, Refused):
                self._bridge.ask(AskBackups(cluster=question.cluster))
        elif isinstance(question, AskSandbox) and isinstance(answer, Refused):
            dialog = self._sandboxes.get(question.sandbox)
            if dialog is not None:
                dialog.show_refused(answer)
        elif isinstance(answer, Refused) and isinstance(question, QUESTIONS):
            if self._page is not None:
                self._page.show_refused(question, answer)
        elif isinstance(question, CloseSandbox):
            self._bridge.ask(AskBackups(cluster=question.cluster))

    # Dialogs: nothing waits for them

    def _open_policy(self, view: BackupsView) -> None:
        if self._policy is not None:
            self._policy.activateWindow()
            return
        cluster = self._window.view(view.cluster)
        dialog = PolicyDialog(view, cluster, self._clock().utc, self._window)
        dialog.wants.connect(self._bridge.ask)
        self._policy = dialog
        self._keep(dialog, lambda: setattr(self, "_policy", None))

    def open_sandbox(self, sandbox: SandboxSeen) -> None:
        """The door to an open copy."""
        known = self._sandboxes.get(sandbox.id)
        if known is not None:
            known.activateWindow()
            return
        cluster = self._window.place.cluster or ""
        spec = self._inventory.cluster(cluster)
        ledger = spec.ledger_mapping if spec is not None else None
        dialog = SandboxDialog(cluster, sandbox, ledger, self._window)
        dialog.wants.connect(self._bridge.ask)
        self._sandboxes[sandbox.id] = dialog
        self._keep(dialog, lambda: self._sandboxes.pop(sandbox.id, None))

    def _keep(self, dialog: QDialog, forget: Callable[[], object]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(lambda _result: forget())
        self._window.closed.connect(dialog.close)
        dialog.show()
