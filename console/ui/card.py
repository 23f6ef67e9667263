"""One cluster's card on the Fleet page: verdict first, heartbeats, what a death would cost, who may act."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.fleet import ClusterView
from console.domain.verdict import Health
from console.ui import exposure, measures, names, node_words, sentences, shapes, theme
from console.ui.automation_words import actor_of
from console.ui.backup_keeping import BackupKeeping, keeping_text
from console.ui.backup_shapes import ProofShape
from console.ui.controls import Mark, Rule, Says
from console.ui.heartbeat_table import Columns, HeartbeatTable
from console.ui.shapes import HealthShape
from console.ui.speech import translate
from console.ui.theme import SMALL, Token

COLUMN_EM_MIN: Final = 13.5  # with less room for the texts beside the heartbeats, the columns stand one under another
CORNER: Final = 6.0


class Column(QWidget):
    """Some texts one under the other; gaps are given before each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def put(self, part: QWidget | QHBoxLayout, steps_before: float = 0) -> None:
        if steps_before:
            self._layout.addSpacing(theme.grid(steps_before))
        if isinstance(part, QWidget):
            self._layout.addWidget(part)
        else:
            self._layout.addLayout(part)

    def end(self) -> None:
        self._layout.addStretch(1)


class ExposureColumn(Column):
    """'If the primary died now', worded by what it rests on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure = Says(size_em=theme.BIG, bold=True)
        self._amounts = Says(bold=True)
        self._then = Says()
        self._source = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self._label = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self.put(self._label, 1)
        for part, steps in ((self._figure, 1), (self._amounts, 0.5), (self._then, 1.5), (self._source, 1.5)):
            self.put(part, steps)
        self.end()

    def show_view(self, view: ClusterView, *, older_seconds: float, old: bool) -> None:
        text = exposure.exposure_text(view, older_seconds=older_seconds)
        ink = Token.TEXT_MUTED if old else Token.TEXT
        self._label.say(text.label)
        self._figure.say(text.figure, ink)
        self._amounts.say(text.amounts, ink)
        self._then.say(text.then, ink)
        self._source.say(text.source)


class KeepersColumn(Column):
    """The last proven backup, and who may act without a person."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actor_mark = Mark("person")
        self._actor = Says(bold=True)
        self._actor_why = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self._proof_mark = ProofShape()
        self._proven = Says(bold=True)
        self._proven_why = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self.put(Says(translate("fleet", "Last proven backup"), size_em=SMALL, token=Token.TEXT_MUTED), 1)
        self.put(_beside(self._proof_mark, self._proven), 1)
        self.put(self._proven_why, 0.5)
        self.show_keeping(BackupKeeping(), None)
        self.put(Says(translate("fleet", "May act automatically"), size_em=SMALL, token=Token.TEXT_MUTED), 2)
        self.put(_beside(self._actor_mark, self._actor), 1)
        self.put(self._actor_why, 0.5)
        self.end()

    def show_keeping(self, keeping: BackupKeeping, now: datetime | None) -> None:
        """What was told last of the cluster's backups, and its age."""
        self._proof_mark.show_proof(keeping.proof)
        said, why = keeping_text(keeping, now)
        self._proven.say(said)
        self._proven_why.say(why)

    def show_view(self, view: ClusterView) -> None:
        actor = actor_of(view)
        self._actor_mark.show_mark("machine" if actor.by_itself else "person")
        self._actor.say(actor.who)
        self._actor_why.say(actor.why)


def _beside(mark: QWidget, text: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.grid(1.5))
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(text, 1)
    return row


class Card(QFrame):
    """One cluster. Enter or a click opens it; a click on a row opens it at that node."""

    chosen = Signal(object)  # the node's name, or None for the cluster itself

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: ClusterView | None = None
        self._older_seconds = 0.0
        self._old = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._shape = HealthShape(size_em=shapes.SHAPE_VERDICT_EM)
        self._verdict = Says(size_em=theme.VERDICT, bold=True)
        self._age = Says(size_em=SMALL, token=Token.TEXT_MUTED, wraps=False)
        self._environment = Says(size_em=SMALL, bold=True, wraps=False)
        self._table = HeartbeatTable()
        self._exposure = ExposureColumn()
        self._keepers = KeepersColumn()
        self._rules = (Rule(upright=True), Rule(upright=True))
        self._head = QHBoxLayout()
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._outer = QVBoxLayout(self)
        self._lay_out()
        self._table.node_pressed.connect(self.chosen)
        theme.changed.connect(self._redress)

    @property
    def view(self) -> ClusterView | None:
        return self._view

    def _lay_out(self) -> None:
        for part in (self._shape, self._verdict):
            self._head.addWidget(part, 1 if part is self._verdict else 0, Qt.AlignmentFlag.AlignVCenter)
        self._head.addWidget(self._age, 0, Qt.AlignmentFlag.AlignVCenter)
        self._head.addWidget(self._environment, 0, Qt.AlignmentFlag.AlignVCenter)
        self._body.addWidget(self._table, 0)
        self._body.addWidget(self._rules[0])
        self._body.addWidget(self._exposure, 28)
        self._body.addWidget(self._rules[1])
        self._body.addWidget(self._keepers, 24)
        self._outer.addLayout(self._head)
        self._line = QHBoxLayout()
        self._line.addWidget(Rule())
        self._outer.addLayout(self._line)
        self._outer.addLayout(self._body)
        self._space()

    def _space(self) -> None:
        grid = theme.grid
        stripe = theme.em(shapes.STRIPE_EM)
        self._head.setSpacing(grid(3))
        self._head.setContentsMargins(grid(4) + stripe, grid(2.5), grid(4), grid(2.5))
        self._body.setSpacing(grid(4))
        self._body.setContentsMargins(grid(4) + stripe, grid(1.5), grid(4), grid(3))
        self._line.setContentsMargins(stripe, 0, 0, 0)
        self._outer.setSpacing(0)
        self._outer.setContentsMargins(1, 1, 1, 1)

    def _redress(self) -> None:
        self._space()
        self._turn(self.width())
        if self._view is not None:
            self.show_view(self._view)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._turn(event.size().width())
        super().resizeEvent(event)

    def _turn(self, width: int) -> None:
        """Columns beside each other, or where there is no room for them, one under the other."""
        frame = theme.em(shapes.STRIPE_EM) + 2 * theme.grid(4) + 4 * theme.grid(4)
        down = width < self._table.wide_need() + 2 * theme.em(COLUMN_EM_MIN) + frame
        self._table.show_stacked(down)
        direction = QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight
        if self._body.direction() is not direction:
            self._body.setDirection(direction)
            self._body.setSpacing(theme.grid(2 if down else 4))
            for rule in self._rules:
                rule.turn(not down)

    def show_view(self, view: ClusterView, columns: Columns | None = None) -> None:
        """Show this picture of the cluster."""
        self._view, self._older_seconds, self._old = view, 0.0, False
        if columns is not None:
            self._table.show_columns(columns)
            self._turn(self.width())
        self._table.show_view(view)
        self._keepers.show_view(view)
        self._environment.say(
            names.environment_word(view.environment), theme.ENVIRONMENT_TOKENS[view.environment]
        )
        self._say()
        self.update()

    def show_keeping(self, keeping: BackupKeeping, now: datetime) -> None:
        """The last proven backup of this cluster."""
        self._keepers.show_keeping(keeping, now)

    def show_age(self, older_seconds: float, *, old: bool) -> None:
        """Count on since the picture came; `old` when it is over three rounds old or nobody tells us new ones."""
        self._older_seconds, self._old = older_seconds, old
        self._say()

    def _say(self) -> None:
        view = self._view
        if view is None:
            return
        older, old = self._older_seconds, self._old
        self._shape.show_health(Health.UNKNOWN if old else view.verdict.health)
        said = sentences.cluster_sentence(view, now=view.at, older_seconds=older)
        self._verdict.say(said, Token.TEXT_MUTED if old else Token.TEXT)
        age = view_age(older) if old else ""
        self._age.say(age)
        self._table.show_age(older, old=old)
        self._exposure.show_view(view, older_seconds=older, old=old)
        spoken = f"{age}, {said}" if age else said
        if spoken != self.accessibleName():
            self.setAccessibleName(spoken)

    def tick(self, older_seconds: float, *, live: bool) -> None:
        """Called each second: nothing is touched while the picture is fresh."""
        if self._view is None:
            return
        old = not live or older_seconds > node_words.old_after_seconds(self._view.interval_seconds)
        if old or self._old or older_seconds > 1.5 * self._view.interval_seconds:
            self.show_age(older_seconds, old=old)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        edge = Token.CONTROL if self.underMouse() else Token.BORDER
        painter.setPen(QPen(theme.colour(edge), 1.0))
        painter.setBrush(theme.colour(Token.SURFACE))
        painter.drawRoundedRect(box, CORNER, CORNER)
        if self._view is None:
            return
        inside = QPainterPath()
        inside.addRoundedRect(box, CORNER, CORNER)
        painter.setClipPath(inside)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        stripe = self.rect()
        stripe.setWidth(theme.em(shapes.STRIPE_EM))
        shapes.paint_stripe(painter, stripe, self._view.environment)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(None)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(None)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave, QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)


def view_age(older_seconds: float) -> str:
    """How old a picture is, with the word that says it may no longer be so."""
    return translate("fleet", "old, {time}").format(time=measures.brief(older_seconds))
