"""The Backups page: what can be got back and what can't, the backup that runs, the chain, media, checks, the policy."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from console.domain.backup import Backup, BackupsView, Job, JobKind, JobState, RepositorySeen
from console.domain.fleet import ClusterView
from console.domain.reading import Moment
from console.domain.text import shown
from console.domain.verdict import Health
from console.link.backups import (
    AskBackups,
    AskExpiry,
    Expiry,
    OpenSandbox,
    ScheduleSeen,
    StartBackup,
    StartExpire,
    StartProve,
)
from console.link.messages import Message, Refused
from console.ui import names, theme
from console.ui.backup_calendar_panel import PolicyPanel, run_line
from console.ui.backup_chain import BackupChain
from console.ui.backup_empty import EmptyBackups
from console.ui.backup_job_bar import BACKUP_KEY, CANCEL_KEY, JobBar
from console.ui.backup_panels import MediaPanel, TroublePanel
from console.ui.backup_selected import RESTORE_KEY, SelectedPanel
from console.ui.backup_sentences import Said, refusal, troubles, verdict
from console.ui.backup_state import by_time, complete, every_backup, repository_of
from console.ui.backup_table import BackupTable
from console.ui.chain_looks import RANGE_DAYS, ChainLooks
from console.ui.controls import Act, Says
from console.ui.sandbox_panel import SandboxPanel
from console.ui.shapes import HealthShape
from console.ui.speech import translate
from console.ui.stripe import Stripe
from console.ui.theme import SMALL, Token
from console.ui.wizard_parts import Panel

ASK_KEY: Final = "F5"
SHOW_KEY: Final = "Ctrl+Shift+R"
STACKED_BELOW_EM: Final = 66.0
LONG_DAYS: Final = 18.0  # beyond it, the last two weeks are shown first


class BackupsPage(QWidget):
    """Shows what it is given and asks for what it needs; every act goes out as a message of the link."""

    wants = Signal(object)  # a message of the link
    restore_wanted = Signal(object)  # (BackupsView, Backup or None): the wizard opens on it
    policy_wanted = Signal(object)  # BackupsView
    sandbox_wanted = Signal(object)  # SandboxSeen: to be asked

    def __init__(self, clock: Callable[[], Moment], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._cluster: ClusterView | None = None
        self._view: BackupsView | None = None
        self._repository = ""
        self._chosen = ""
        self._days: int | None = RANGE_DAYS[0]
        self._live = True
        self._prove_after: set[str] = set()
        self._prove_next = False  # the next backup that begins is to be proven
        self._refusal: Said | None = None
        self._stripe = Stripe(self)
        self._shape = HealthShape(size_em=1.35)
        self.title = Says(size_em=theme.VERDICT, bold=True)
        self.below = Says(token=Token.TEXT_MUTED)
        self._environment = Says(size_em=SMALL, bold=True, wraps=False)
        self.show_newest = Act(translate("backup", "Restore and show"), key=SHOW_KEY, tall_steps=7)
        self.troubles = TroublePanel()
        self.bar, self.sandboxes = JobBar(), SandboxPanel()
        self.chain, self.table = BackupChain(), BackupTable()
        self.looks = ChainLooks()
        self._chain_card = Panel(tight=True)
        self.media, self.selected, self.calendar = MediaPanel(), SelectedPanel(), PolicyPanel()
        self.empty = EmptyBackups()
        self._waiting = Says(token=Token.TEXT_MUTED)
        self._lower = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._stack = QStackedLayout()
        self._scroll = QScrollArea()
        self._build()
        self._connect()
        self._seconds = QTimer(self)
        self._seconds.setInterval(1000)
        self._seconds.timeout.connect(self.tick)
        self._show()

    def _build(self) -> None:
        head, words = QHBoxLayout(), QVBoxLayout()
        head.setSpacing(theme.grid(2))
        words.setSpacing(theme.grid(0.5))
        middle = Qt.AlignmentFlag.AlignVCenter
        for said, right in ((self.title, self._environment), (self.below, self.show_newest)):
            line = QHBoxLayout()
            line.setSpacing(theme.grid(3))
            line.addWidget(said, 1, middle)
            line.addWidget(right, 0, middle)
            words.addLayout(line)
        head.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        # What is looked at stands in the corner of the axis, where nothing is painted.
        face = QGridLayout()
        face.setContentsMargins(0, 0, 0, 0)
        face.addWidget(self.chain, 0, 0, 2, 1)
        face.addWidget(self.looks, 0, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        face.addWidget(self.table, 1, 0)
        self._chain_card.put(face)
        self.table.hide()
        self._lower.setSpacing(theme.grid(3))
        for card, stretch in ((self.media, 34), (self.selected, 36), (self.calendar, 30)):
            self._lower.addWidget(card, stretch)
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.grid(4), theme.grid(3), theme.grid(4), theme.grid(3))
        column.setSpacing(theme.grid(3))
        column.addLayout(head)
        for part in (self.troubles, self.empty, self.bar, self.sandboxes, self._chain_card):
            column.addWidget(part)
        column.addLayout(self._lower)
        column.addStretch(1)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(page)
        blank = QWidget()
        rows = QVBoxLayout(blank)
        rows.setContentsMargins(theme.grid(4), theme.grid(4), theme.grid(4), theme.grid(4))
        rows.addWidget(self._waiting)
        rows.addStretch(1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._stripe)
        # First in its place: what a stack without one is given is shown as a window, and the keys leave ours for it.
        outer.addLayout(self._stack, 1)
        self._stack.addWidget(blank)
        self._stack.addWidget(self._scroll)

    def _connect(self) -> None:
        for part in (self.bar, self.sandboxes, self.selected, self.calendar):
            part.wants.connect(self._want)
        self.chain.selected.connect(self._choose)
        self.table.selected.connect(self._choose)
        self.looks.repository_chosen.connect(self.choose_repository)
        self.looks.days_chosen.connect(self._show_days)
        self.looks.table.toggled.connect(self._turn_table)
        self.selected.restore_wanted.connect(lambda backup: self._restore(backup))
        self.sandboxes.ask_wanted.connect(self.sandbox_wanted)
        self.calendar.change_wanted.connect(self._change)
        self.calendar.preview_wanted.connect(self._preview)
        self.calendar.expire_wanted.connect(self._expire)
        self.empty.policy_wanted.connect(self._change)
        self.empty.backup_wanted.connect(self._back_up_and_prove)
        self.show_newest.clicked.connect(self._show_newest)
        for key, does in (
            (BACKUP_KEY, self._press_backup), (CANCEL_KEY, self.bar.cancel_first), (ASK_KEY, self._ask_anew),
            (RESTORE_KEY, self._press_restore), (SHOW_KEY, self._show_newest),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(does)

    # What it is shown

    @property
    def view(self) -> BackupsView | None:
        return self._view

    def show_cluster(self, view: ClusterView | None) -> None:
        """Another cluster's backups are asked for; of the same one, only its name and environment are shown anew."""
        another = (view.name if view else None) != (self._cluster.name if self._cluster else None)
        self._cluster = view
        self._stripe.show_environment(view.environment if view is not None else None)
        if another:
            self._view, self._repository, self._chosen, self._refusal = None, "", "", None
            self._prove_after, self._prove_next = set(), False
            self.calendar.clear_expiry()
            self._ask()
            self._show()

    def show_backups(self, view: BackupsView) -> None:
        """A picture of a cluster's backups; of another cluster, or an older one, changes nothing."""
        if self._cluster is None or view.cluster != self._cluster.name:
            return
        if self._view is not None and view.at < self._view.at:
            return
        self._view = view
        self._follow_jobs(view.jobs)
        self._show()

    def show_job(self, job: Job) -> None:
        """A piece of work as it stands now."""
        view = self._view
        if view is None or job.cluster != view.cluster:
            return
        others = tuple(one for one in view.jobs if one.id != job.id)
        self._view = replace(view, jobs=(*others, job))
        self._follow_jobs((job,))
        self._show()

    def show_expiry(self, expiry: Expiry) -> None:
        if self._view is not None and expiry.cluster == self._view.cluster:
            self.calendar.show_expiry(expiry, self._view, self._now())

    def show_schedule(self, seen: ScheduleSeen) -> None:
        self.calendar.show_schedule(seen)

    def show_refused(self, question: Message, refused: Refused) -> None:
        """A question of ours was refused: said above the bar, until something else is asked."""
        if getattr(question, "cluster", None) not in (None, self._cluster.name if self._cluster else None):
            return
        self._prove_next = False
        self._refusal = refusal(refused)
        self._show()

    def set_live(self, live: bool) -> None:
        self._live = live
        if live:
            self._ask()
        self._show()

    def tick(self) -> None:
        """Once a second: ages, and the line of now."""
        if self.isVisible() and self._view is not None:
            self._show()

    # Show

    def _now(self) -> datetime:
        return self._clock().utc

    def _seen(self) -> RepositorySeen | None:
        """The repository that is looked at."""
        view = self._view
        if view is None:
            return None
        known = repository_of(view, self._repository)
        return known or (view.repositories[0] if view.repositories else None)

    def _backup(self, seen: RepositorySeen | None) -> Backup | None:
        """The chosen backup; else the newest whole one."""
        if seen is None:
            return None
        known = next((one for one in seen.backups if one.id == self._chosen), None)
        whole = by_time(complete(seen))
        return known or (whole[-1] if whole else None)

    def _show(self) -> None:
        view, cluster = self._view, self._cluster
        if cluster is None:
            self._waiting.say(translate("backup", "No cluster is chosen. Choose one at the left to see its backups."))
        elif view is None:
            text = translate("backup", "Reading what is known of the backups of {cluster} …")
            if not self._live:
                text = translate("backup", "The engine does not answer. It tells of {cluster} once it does.")
            waits = text.format(cluster=shown(cluster.name))
            self._waiting.say(waits if self._refusal is None else f"{self._refusal.title}. {self._refusal.below}")
        if cluster is None or view is None:
            self._stack.setCurrentIndex(0)
            return
        self._stack.setCurrentIndex(1)
        now = self._now()
        said = verdict(view, now)
        self._shape.show_health(said.health)
        self.title.say(said.title)
        self.below.say(said.below)
        self._environment.say(names.environment_word(cluster.environment),
                              theme.ENVIRONMENT_TOKENS[cluster.environment])  # fmt: skip
        self._show_troubles(view, now)
        self._show_parts(view, now)

    def _show_troubles(self, view: BackupsView, now: datetime) -> None:
        lines = [(one.health, one.title, one.below) for one in troubles(view, now)]
        if self._refusal is not None:
            lines.insert(0, (self._refusal.health, self._refusal.title, self._refusal.below))
        if not self._live:
            lost = translate("backup", "The engine does not answer: this is its last picture. Nothing can be begun.")
            lines.insert(0, (Health.UNKNOWN, lost, ""))
        self.troubles.show_troubles(lines)

    def _show_parts(self, view: BackupsView, now: datetime) -> None:
        has_policy, has_backup = bool(view.policy.repositories), bool(every_backup(view))
        begun = any(one.state is JobState.RUNNING for one in view.jobs)
        self.empty.show_view(view, live=self._live)
        none_yet = not has_backup and not begun and any(one.at is not None and not one.trouble
                                                        for one in view.repositories)  # fmt: skip
        self.empty.setVisible(not has_policy or none_yet)
        self.bar.setVisible(has_policy and not none_yet)
        self._chain_card.setVisible(has_policy and has_backup)
        for card in (self.media, self.calendar):
            card.setVisible(has_policy)
        self.selected.setVisible(has_policy and has_backup)
        self.show_newest.setVisible(has_backup)
        self.show_newest.setEnabled(self._live)
        self.sandboxes.show_view(view, now, live=self._live)
        self.bar.show_view(view, run_line(view, now), live=self._live)
        self.media.show_view(view, now)
        self.calendar.show_view(view, now, live=self._live)
        seen = self._seen()
        if seen is not None:
            self.looks.show_looks(view, seen, days=self._days if self._is_long(seen, now) else 0)
        backup = self._backup(seen)
        if seen is not None and has_backup:
            since = self._since(seen, now)
            chosen = backup.id if backup is not None else ""
            if self.looks.table.isChecked():
                self.table.show_backups(view, seen, chosen, now)
            self.chain.show_chain(view, seen, chosen, now, since)
        self.selected.show_backup(view, seen, backup, now, live=self._live)

    def _since(self, seen: RepositorySeen, now: datetime) -> datetime | None:
        if self._days is None or not self._is_long(seen, now):
            return None
        return now - timedelta(days=self._days)

    def _is_long(self, seen: RepositorySeen, now: datetime) -> bool:
        return bool(seen.backups) and now - seen.backups[0].begun_at > timedelta(days=LONG_DAYS)

    # Hands

    def choose_repository(self, name: str) -> None:
        self._repository, self._chosen = name, ""
        self._show()

    def _show_days(self, days: int | None) -> None:
        self._days = days
        self._show()

    def _choose(self, backup: Backup) -> None:
        if backup.id != self._chosen or backup.repository != self._repository:
            self._repository, self._chosen = backup.repository, backup.id
            self._show()

    def _turn_table(self, on: bool) -> None:
        self.chain.setVisible(not on)
        self.table.setVisible(on)
        self._show()
        (self.table if on else self.chain).setFocus(Qt.FocusReason.OtherFocusReason)

    def _want(self, message: Message) -> None:
        self._refusal = None
        self.wants.emit(message)

    def _ask(self) -> None:
        if self._cluster is not None and self._live and self.isVisible():
            self.wants.emit(AskBackups(cluster=self._cluster.name))

    def _ask_anew(self) -> None:
        if self._cluster is not None and self._live:
            self._want(AskBackups(cluster=self._cluster.name, anew=True))

    def _press_backup(self) -> None:
        if self.empty.isVisible():
            self.empty.press()
        elif self.bar.isVisible():
            self.bar.split.press()

    def _press_restore(self) -> None:
        if self.selected.isVisible() and self.selected.restore.isEnabled():
            self.selected.restore.click()

    def _restore(self, backup: Backup | None) -> None:
        if self._view is not None:
            self.restore_wanted.emit((self._view, backup))

    def _show_newest(self) -> None:
        """The newest backup into a sandbox, proven, opened read-only; no question is asked."""
        if self._view is not None and self.show_newest.isVisible() and self.show_newest.isEnabled():
            words = translate("backup", "latest")
            self._want(OpenSandbox(cluster=self._view.cluster, words=words))

    def _back_up_and_prove(self) -> None:
        if self._view is not None:
            self._prove_next = True
            self._want(StartBackup(cluster=self._view.cluster))

    def _follow_jobs(self, jobs: tuple[Job, ...]) -> None:
        """The first backup is proven as soon as it is done, as its button said."""
        for job in jobs:
            if self._prove_next and job.kind is JobKind.BACKUP and job.state is JobState.RUNNING:
                self._prove_after.add(job.id)
                self._prove_next = False
            if job.id in self._prove_after and job.state is not JobState.RUNNING and job.state is not JobState.UNSEEN:
                self._prove_after.discard(job.id)
                if job.state is JobState.DONE:
                    self._want(StartProve(cluster=job.cluster, repository=job.repository, backup=job.backup))

    def _change(self) -> None:
        if self._view is not None and self._live:
            self.policy_wanted.emit(self._view)

    def _preview(self) -> None:
        seen = self._seen()
        if self._view is not None and seen is not None:
            self._want(AskExpiry(cluster=self._view.cluster, repository=seen.spec.name))

    def _expire(self, expiry: Expiry) -> None:
        self.calendar.clear_expiry()
        self._want(StartExpire(cluster=expiry.cluster, repository=expiry.repository, backups=expiry.backups))

    # The widget itself

    def resizeEvent(self, event: QResizeEvent) -> None:
        stacked = event.size().width() < theme.em(STACKED_BELOW_EM)
        way = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        if self._lower.direction() is not way:
            self._lower.setDirection(way)
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()
        self._seconds.start()
        self.tick()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._seconds.stop()
