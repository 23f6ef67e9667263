"""Automatic recovery of one cluster: its guards, what it did last and whether that was seen, the way to change it."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.domain.automation import Attempt, AttemptOutcome
from console.domain.cluster import Manager
from console.domain.text import shown
from console.domain.verdict import Health
from console.link.messages import Message, Refused
from console.link.watching import AcknowledgeAttempt, WhySeen
from console.ui import theme
from console.ui.chip import Chip
from console.ui.controls import Act, Says
from console.ui.sentences import refused_sentence
from console.ui.shapes import HealthShape
from console.ui.speech import translate
from console.ui.theme import SMALL, Token
from console.ui.why_panel import WhyPanel
from console.ui.why_words import attempt_sentence

ATTEMPTS_SHOWN_MAX: Final = 5
NOTE_CHARACTERS_MAX: Final = 500
_HEALTH: Final = {
    AttemptOutcome.DONE: Health.HEALTHY,
    AttemptOutcome.FAILED: Health.LOST,
    AttemptOutcome.STOPPED: Health.DEGRADED,
}


class SeenBox(QWidget):
    """What was done by itself and nobody has acknowledged: what, how it ended, a note, and one act."""

    wants = Signal(object)  # AcknowledgeAttempt

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cluster = self._attempt = ""
        self._asked: AcknowledgeAttempt | None = None
        self._shape = HealthShape()
        self.said = Says(bold=True)
        self._then = Says(
            translate("automation", "It does nothing more by itself until this is acknowledged, or the pause is over."),
            size_em=SMALL, token=Token.TEXT_MUTED,
        )  # fmt: skip
        self.note = QLineEdit()
        self.note.setMaxLength(NOTE_CHARACTERS_MAX)
        self.note.setPlaceholderText(translate("automation", "a note for the record"))
        self.note.setAccessibleName(translate("automation", "A note on what was done by itself"))
        self.act = Act(translate("automation", "Acknowledge"), tall_steps=7)
        self.trouble = Says(size_em=SMALL, token=Token.LOST)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(3), theme.grid(2), theme.grid(3), theme.grid(2))
        column.setSpacing(theme.grid(1))
        line = QHBoxLayout()
        line.setSpacing(theme.grid(2))
        line.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.said, 1)
        column.addLayout(line)
        column.addWidget(self._then)
        row = QHBoxLayout()
        row.setSpacing(theme.grid(2))
        row.addWidget(self.note, 1)
        row.addWidget(self.act)
        column.addLayout(row)
        column.addWidget(self.trouble)
        self.act.clicked.connect(self._acknowledge)
        self.note.returnPressed.connect(self._acknowledge)
        self.hide()

    def show_attempt(self, cluster: str, attempt: Attempt | None, key: str) -> None:
        """`key`: the attempt that waits, empty: none. `attempt` None: it is older than those that are told."""
        if (cluster, key) != (self._cluster, self._attempt):
            self.note.clear()
            self.trouble.say("")
            self._asked = None
            self.act.setEnabled(True)
        self._cluster, self._attempt = cluster, key
        self.setVisible(bool(key))
        if not key:
            return
        self._shape.show_health(_HEALTH.get(attempt.outcome, Health.DEGRADED) if attempt else Health.UNKNOWN)
        unknown = translate("automation", "Something was done by itself, longer ago than what is listed here.")
        self.said.say(attempt_sentence(attempt) if attempt is not None else unknown)

    def _acknowledge(self) -> None:
        if self._asked is not None or not self._attempt:
            return
        self._asked = AcknowledgeAttempt(cluster=self._cluster, attempt=self._attempt, note=self.note.text().strip())
        self.act.setEnabled(False)
        self.trouble.say("")
        self.wants.emit(self._asked)

    def show_answer(self, question: AcknowledgeAttempt, answer: Message) -> None:
        """It is written down, and the box goes with the next picture; or it was refused, and the note stays."""
        if question != self._asked:
            return
        self._asked = None
        if isinstance(answer, Refused):
            self.act.setEnabled(True)
            self.trouble.say(refused_sentence(answer))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(Token.WARN), 1.0))
        painter.setBrush(theme.colour(Token.WARN_SOFT))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)


class AutomationPanel(QWidget):
    """What is shown of automatic recovery on a page. `folds`: one line that opens, where space is scarce."""

    wants = Signal(object)  # AcknowledgeAttempt
    change_wanted = Signal(object)  # the cluster's name: the dialog opens on it

    def __init__(self, parent: QWidget | None = None, *, folds: bool = False) -> None:
        super().__init__(parent)
        self._seen: WhySeen | None = None
        self.why = WhyPanel(folds=folds)
        self.change = Chip(translate("automation", "Change …"))
        self.change.setAccessibleName(translate("automation", "Change automatic recovery"))
        self.acting = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self.box = SeenBox()
        self._attempts_title = Says(translate("automation", "Acts and rehearsed decisions"), size_em=SMALL,
                                    token=Token.TEXT_MUTED)  # fmt: skip
        self.attempts = Says(size_em=SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(2))
        self.why.put_right(self.change)
        column.addWidget(self.box)
        column.addWidget(self.why)
        for part in (self.acting, self._attempts_title, self.attempts):
            column.addWidget(part)
        self.box.wants.connect(self.wants)
        self.why.opened.connect(lambda _on: self._show_attempts())
        self.change.clicked.connect(self._change)
        self.show_seen(None)

    @property
    def seen(self) -> WhySeen | None:
        return self._seen

    def show_seen(self, seen: WhySeen | None, *, now: datetime | None = None, live: bool = True) -> None:
        """The guards as told last; None: not told yet."""
        self._seen = seen
        self.change.setEnabled(seen is not None and live)
        if seen is None:
            self.why.show_nothing(translate("automation", "Whether it would act by itself is not told yet."))
            self.acting.say("")
            self.box.show_attempt("", None, "")
        else:
            self.why.show_why(seen.why, now=now)
            text = translate("automation", "{console} acts for this cluster; this console only watches.")
            self.acting.say(text.format(console=shown(seen.acting)) if seen.acting else "")
            attempt = next((one for one in seen.attempts if one.id == seen.unacknowledged), None)
            self.box.show_attempt(seen.why.cluster, attempt, seen.unacknowledged)
        self._show_attempts()

    def show_manager(self, manager: Manager) -> None:
        """On a Patroni cluster the consensus group decides: there is nothing here that a person could switch on."""
        self.change.setVisible(manager is not Manager.PATRONI)

    def tick(self, now: datetime) -> None:
        self.why.tick(now)

    def _show_attempts(self) -> None:
        attempts = self._seen.attempts[:ATTEMPTS_SHOWN_MAX] if self._seen is not None and self.why.is_open else ()
        self.attempts.say("\n".join(attempt_sentence(one) for one in attempts))
        self._attempts_title.setVisible(bool(attempts))

    def _change(self) -> None:
        if self._seen is not None:
            self.change_wanted.emit(self._seen.why.cluster)
