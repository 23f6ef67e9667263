"""The bar of the Backups page: back up now in one click, what runs with its progress, and a cancel that is safe."""

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from console.domain.backup import BackupsView, Job, JobState
from console.domain.backup_policy import BackupKind, RepositorySpec
from console.domain.text import shown
from console.link.backups import CancelJob, StartBackup
from console.ui import shapes, theme
from console.ui.backup_figures import job_figures, job_percent
from console.ui.backup_shapes import Meter
from console.ui.backup_state import jobs_running, repository_of
from console.ui.backup_words import (
    capital,
    engine_word,
    job_brief,
    job_cancel_text,
    job_title,
    kind_word,
    phase_word,
    reason_clause,
)
from console.ui.controls import Act, Says
from console.ui.speech import translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_parts import Panel

BACKUP_KEY: Final = "Ctrl+B"
CANCEL_KEY: Final = "Ctrl+."
JOBS_SHOWN_MAX: Final = 4
CANCEL_NOTE_EM: Final = 13.5
KINDS: Final = (BackupKind.FULL, BackupKind.DIFFERENTIAL, BackupKind.INCREMENTAL)


class _Half(Act):
    """One half of a split button: rounded on its own side only. The right half shows an arrow."""

    def __init__(self, text: str, *, key: str = "", left: bool, parent: QWidget | None = None) -> None:
        super().__init__(text, key=key, tall_steps=8, parent=parent)
        self._left = left

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return size if self._left else QSize(theme.grid(8), size.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, edge, ink = self._colours()
        painter.setPen(QPen(edge, 1.0))
        painter.setBrush(ground)
        painter.drawPath(self._outline())
        painter.setPen(ink)
        if self._left:
            painter.setFont(theme.font())
            inner = self.rect().adjusted(theme.grid(3), 0, -theme.grid(3), 0)
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.text())
            cap = shapes.key_size(BACKUP_KEY)
            place = self.rect()
            place.setLeft(self.rect().right() - theme.grid(2) - cap.width())
            shapes.paint_key(painter, place, BACKUP_KEY)
        else:
            self._paint_arrow(painter, ink)

    def _outline(self) -> QPainterPath:
        """A frame whose inner side is straight; the two halves share one line."""
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5 if not self._left else 0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(box, 4, 4)
        square = QRectF(box)
        if self._left:
            square.setLeft(box.center().x())
        else:
            square.setRight(box.center().x())
        straight = QPainterPath()
        straight.addRect(square)
        return path.united(straight)

    def _paint_arrow(self, painter: QPainter, ink: QColor) -> None:
        x, y, side = self.width() / 2, self.height() / 2, theme.em(0.28)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPolygon(QPolygonF([QPointF(x - side, y - side / 2), QPointF(x + side, y - side / 2),
                                       QPointF(x, y + side * 0.7)]))  # fmt: skip


class SplitButton(QWidget):
    """'Back up now' does the usual thing in one click; the arrow opens the other kinds and repositories."""

    wanted = Signal(object)  # StartBackup

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: BackupsView | None = None
        self.act = _Half(translate("backup", "Back up now"), key=BACKUP_KEY, left=True)
        self.more = _Half(translate("backup", "Other kinds and repositories"), left=False)
        self.menu = QMenu(self)
        self.act.clicked.connect(self.press)
        self.more.clicked.connect(self._open)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.act)
        row.addWidget(self.more)

    def show_view(self, view: BackupsView, *, live: bool) -> None:
        """The usual kind, and whether it can be begun now: while a backup runs there, only the arrow can."""
        self._view = view
        usual = view.policy.repository("")
        busy = usual is not None and any(job.kind.value == "backup" for job in jobs_running(view, usual.name))
        self.act.setEnabled(live and usual is not None and not busy)
        self.more.setEnabled(live and usual is not None)
        text = translate("backup", "Back up now: {kind}").format(kind=kind_word(view.kind_next))
        self.act.setAccessibleName(text)
        if not self.menu.isVisible():
            self._fill(view)

    def _fill(self, view: BackupsView) -> None:
        self.menu.clear()
        for place, spec in enumerate(view.policy.repositories):
            if place:
                self.menu.addSeparator()
            for kind in KINDS:
                self._add(view, spec, kind)

    def _add(self, view: BackupsView, spec: RepositorySpec, kind: BackupKind) -> None:
        text = translate("backup", "{kind} to {repository} ({engine})")
        words = text.format(kind=capital(kind_word(kind)), repository=shown(spec.name, characters_max=60),
                            engine=engine_word(spec.engine))  # fmt: skip
        why = _why_not(view, spec, kind)
        if why:
            words = translate("backup", "{act}: {reason}").format(act=words, reason=why)
        action = QAction(words.replace("&", "&&"), self.menu)
        action.setEnabled(not why)
        question = StartBackup(cluster=view.cluster, kind=kind, repository=spec.name)
        action.triggered.connect(lambda: self.wanted.emit(question))
        self.menu.addAction(action)

    def press(self) -> None:
        if self._view is not None and self.act.isEnabled():
            self.wanted.emit(StartBackup(cluster=self._view.cluster))

    def _open(self) -> None:
        self.menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))


def _why_not(view: BackupsView, spec: RepositorySpec, kind: BackupKind) -> str:
    """Why a kind can't be made there; empty where it can, or where nobody knows."""
    seen = repository_of(view, spec.name)
    found = seen.found if seen is not None else None
    if found is None or kind in found.kinds:
        return ""
    return reason_clause(dict(found.cannot).get(kind.value, "not-this-kind"))


class _Short(Says):
    """A line that gives way where the room ends: cut with '…' rather than pushing what stands beside it."""

    def __init__(self) -> None:
        super().__init__(token=Token.TEXT_MUTED, wraps=False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.em(3), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.colour(Token.TEXT_MUTED))
        painter.setFont(theme.font())
        said = theme.metrics().elidedText(self.text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), said)


class JobRow(QWidget):
    """One piece of work: what, done of total, rate, per cent, time left, bar, Cancel and what it leaves behind."""

    cancel_wanted = Signal(object)  # CancelJob

    def __init__(self, *, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._title = Says(bold=True)
        self._figures, self._below = _Short(), _Short()  # beside the title, or below the bar
        self._percent = Says(bold=True, wraps=False)
        self._left = Says(token=Token.TEXT_MUTED, wraps=False)
        self.meter = Meter(Token.ACCENT)
        self.cancel = Act(translate("backup", "Cancel"), key=key, tall_steps=7)
        self._note = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self._note.setFixedWidth(theme.em(CANCEL_NOTE_EM))
        self.cancel.clicked.connect(self.press)
        words = QHBoxLayout()
        words.setSpacing(theme.grid(2))
        words.addWidget(self._title)
        words.addWidget(self._figures, 1)
        words.addWidget(self._percent)
        words.addWidget(self._left)
        column = QVBoxLayout()
        column.setSpacing(theme.grid(1.5))
        column.addStretch(1)
        column.addLayout(words)
        column.addWidget(self.meter)
        column.addWidget(self._below)
        column.addStretch(1)
        self._words = column
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.grid(4))
        row.addLayout(column, 1)
        row.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._note, 0, Qt.AlignmentFlag.AlignVCenter)

    @property
    def job(self) -> Job | None:
        return self._job

    def show_job(self, job: Job, *, live: bool) -> None:
        self._job = job
        said, percent, left = job_figures(job, narrow=True)
        self._title.say(job_brief(job))
        self._percent.say(percent)
        self._left.say(left)
        unseen = job.state is JobState.UNSEEN
        phase = phase_word(job.phase) if job.phase not in ("", "copying") else ""
        if not job.phase and job.done_bytes is None:
            phase = translate("backup", "begins")
        if unseen:
            phase = translate("backup", "its host can't be reached; it may go on there")
        elif job.cancelling:
            phase = translate("backup", "is being cancelled")
        self._figures.say(translate("backup", ", ").join(part for part in (phase, said) if part))
        self._below.say(self._figures.text)
        self._place()
        self.meter.show_percent(None if unseen else job_percent(job), Token.UNKNOWN if unseen else Token.ACCENT)
        self.cancel.setEnabled(live and not job.cancelling and not unseen)
        self._note.say(job_cancel_text(job))
        spoken = (job_title(job), self._figures.text, percent, left)
        self.setAccessibleName(translate("backup", ", ").join(part for part in spoken if part))

    def _place(self) -> None:
        """The figures stand in one line with the title where there is room, else below the bar; never cut."""
        parts = (self._title, self._figures, self._percent, self._left)
        wanted = sum(part.sizeHint().width() + theme.grid(2) for part in parts)
        narrow = wanted > self._words.geometry().width() > 0
        self._figures.setVisible(not narrow and bool(self._figures.text))
        self._below.setVisible(narrow and bool(self._below.text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def press(self) -> None:
        if self._job is not None and self.cancel.isEnabled():
            self.cancel.setEnabled(False)
            self.cancel_wanted.emit(CancelJob(job=self._job.id))


class JobBar(Panel):
    """The split button, and beside it what runs, or what comes next."""

    wants = Signal(object)  # StartBackup, CancelJob

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tight=True, parent=parent)
        self.split = SplitButton()
        self.split.wanted.connect(self.wants)
        self._idle = Says(token=Token.TEXT_MUTED)
        self.rows: tuple[JobRow, ...] = ()
        self._jobs = QVBoxLayout()
        self._jobs.setSpacing(theme.grid(2))
        self._jobs.addWidget(self._idle)
        row = QHBoxLayout()
        row.setSpacing(theme.grid(4))
        row.addWidget(self.split, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._jobs, 1)
        row.setAlignment(self._jobs, Qt.AlignmentFlag.AlignVCenter)
        self.put(row)

    def show_view(self, view: BackupsView, idle: str, *, live: bool) -> None:
        """`idle`: what is said while nothing runs."""
        self.split.show_view(view, live=live)
        jobs = jobs_running(view)[:JOBS_SHOWN_MAX]
        if len(jobs) != len(self.rows):
            for row in self.rows:
                row.hide()
                self._jobs.removeWidget(row)
                row.deleteLater()
            made = []
            for place in range(len(jobs)):
                row = JobRow(key=CANCEL_KEY if place == 0 else "")
                row.cancel_wanted.connect(self.wants)
                self._jobs.addWidget(row)
                made.append(row)
            self.rows = tuple(made)
        for row, job in zip(self.rows, jobs, strict=True):
            row.show_job(job, live=live)
        self._idle.say("" if jobs else idle)
        self.setAccessibleName(translate("backup", "Work under way"))

    def cancel_first(self) -> None:
        if self.rows:
            self.rows[0].press()
