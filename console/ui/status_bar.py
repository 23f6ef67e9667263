"""The foot of the window: the engine, who answers, what troubles the store, two keys, the clock in UTC."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from console.domain.fleet import EngineView
from console.domain.reading import Moment
from console.domain.text import shown
from console.domain.verdict import Health
from console.ui import measures, shapes, theme
from console.ui.controls import Says
from console.ui.shapes import HealthShape, KeyCap
from console.ui.speech import counted, translate
from console.ui.theme import SMALL, Token

HEIGHT_STEPS: Final = 6


class Clock(QWidget):
    """The time in UTC; as wide as its widest second, so that nothing beside it moves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_moment(self, now: Moment) -> None:
        text = measures.wall_clock(now.utc)
        if text != self._text:
            longer = len(text) != len(self._text)
            self._text = text
            self.setAccessibleName(text)
            if longer:
                self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        metrics = theme.metrics(SMALL)
        return QSize(metrics.horizontalAdvance(self._text) + 2, metrics.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(SMALL))
        painter.setPen(theme.colour(Token.TEXT))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._text)


class StatusBar(QWidget):
    """One quiet line; it speaks up only when the engine or its store is in trouble."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape = HealthShape(Health.DEGRADED)
        self._shape.hide()
        self._text = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self._clock = Clock()
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._shape)
        self._row.addWidget(self._text, 1, Qt.AlignmentFlag.AlignVCenter)
        for key, words in (("Ctrl+K", translate("window", "go to …")), ("F1", translate("window", "keys"))):
            self._row.addWidget(KeyCap(key))
            self._row.addWidget(Says(words, size_em=SMALL, token=Token.TEXT_MUTED, wraps=False))
            self._row.addSpacing(theme.grid(2))
        self._row.addWidget(self._clock)
        # Not fixed: at a large font the sentence takes a second line.
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._redress)
        self._redress()
        self.show_away(translate("window", "Looking for the engine …"))

    def _redress(self) -> None:
        self._row.setContentsMargins(theme.grid(4), 1 + theme.grid(0.5), theme.grid(4), theme.grid(0.5))
        self._row.setSpacing(theme.grid(1.5))
        height = max(theme.grid(HEIGHT_STEPS), shapes.key_size("F1").height() + theme.grid(1) + 1)
        self.setMinimumHeight(height)

    def show_engine(self, engine: EngineView) -> None:
        """Whether all goes well behind the window."""
        asked = counted(
            engine.hosts,
            translate("window", "Engine running, 1 host asked each second, {answered} answered"),
            translate("window", "Engine running, {n} hosts asked each second, {answered} answered"),
        ).format(answered=measures.number(engine.answered))
        trouble = shown(engine.store_trouble).rstrip(".")
        if trouble:
            asked = translate("window", "Readings are not kept now: {trouble}. {asked}").format(
                trouble=trouble, asked=asked
            )
        frozen = engine.frozen
        if frozen is not None:
            asked = translate("window", "All changes by this console are frozen by {person}: {reason}. {asked}").format(
                person=shown(frozen.by), reason=shown(frozen.reason).rstrip("."), asked=asked
            )
        warns = bool(trouble) or frozen is not None
        self._shape.setVisible(warns)
        self._text.say(asked, Token.WARN if warns else Token.TEXT_MUTED)

    def show_away(self, text: str) -> None:
        """While there is no engine to speak of."""
        self._shape.hide()
        self._text.say(text, Token.TEXT_MUTED)

    def tick(self, now: Moment) -> None:
        self._clock.show_moment(now)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(Token.SURFACE))
        painter.fillRect(QRect(0, 0, self.width(), 1), theme.colour(Token.BORDER))
