"""The foot of a wizard: leave at the left, the one big next action at the right, and why it can't be had yet."""

from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from console.ui import theme
from console.ui.controls import Act, Says
from console.ui.speech import translate
from console.ui.theme import SMALL, Token

NEXT_KEY = "Ctrl+Enter"
BACK_KEY = "Alt+←"
LEAVE_KEY = "Esc"
RUN, GAP = 0, 2  # places in the row
CLOCK_EM = 66.0  # with less room the clock is left out


class WizardFoot(QWidget):
    """Shows what it is given. Its acts do nothing themselves."""

    next_wanted = Signal()
    back_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.leave = Act(translate("wizard", "Leave, nothing was changed"), key=LEAVE_KEY, tall_steps=8)
        self.back = Act(translate("wizard", "Back"), key=BACK_KEY, tall_steps=8)
        self.next = Act(translate("wizard", "Next"), key=NEXT_KEY, filled=True, tall_steps=8)
        self.clock = Says(size_em=SMALL, token=Token.TEXT_MUTED, wraps=False)
        self.reason = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self.run_slot = QHBoxLayout()  # the stop of a run stands here, away from what goes on
        self.leave.clicked.connect(self.leave_wanted)
        self.back.clicked.connect(self.back_wanted)
        self.next.clicked.connect(self.next_wanted)
        self._row = QHBoxLayout(self)
        self._row.addLayout(self.run_slot, 1)
        self._row.addWidget(self.leave)
        self._row.addStretch(1)
        self._row.addWidget(self.reason, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self.clock)
        self._row.addWidget(self.back)
        self._row.addWidget(self.next)
        self._row.setAlignment(self.leave, Qt.AlignmentFlag.AlignVCenter)
        # Not fixed: a reason that wraps makes the foot higher, where a large font leaves it little room.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self._redress)
        self._redress()

    def _redress(self) -> None:
        grid = theme.grid
        self._row.setContentsMargins(grid(6), grid(2.5), grid(6), grid(2.5))
        self._row.setSpacing(grid(2.5))
        self.setMinimumHeight(grid(13))

    def show_acts(self, *, leave: str, back: bool, following: str, reason: str, ready: bool) -> None:
        """An empty `following`: there is nothing to go on to here. A reason says why it can't be had yet."""
        _say(self.leave, leave)
        self.back.setVisible(back)
        self.next.setVisible(bool(following))
        if following:
            _say(self.next, following)
        self.next.setEnabled(ready)
        self._give(reason, Token.TEXT_MUTED)

    def _give(self, reason: str, token: Token) -> None:
        self.reason.say(reason, token)
        self.reason.updateGeometry()  # a text that wraps keeps its width while its height is the same

    def show_pressed(self, reason: str) -> None:
        """The next act was asked for by its key and can't be had: the reason turns loud."""
        self._give(reason, Token.LOST)

    def show_running(self, running: bool) -> None:
        """With a run the stop stands at the left, and leaving moves to the right."""
        self._row.setStretch(RUN, 1 if running else 0)
        self._row.setStretch(GAP, 0 if running else 1)

    def tick(self, now: datetime) -> None:
        self.clock.say(f"{now:%H:%M:%S} UTC")

    def minimumSizeHint(self) -> QSize:
        clock = self.clock.sizeHint().width() + self._row.spacing() if self.clock.isVisibleTo(self) else 0
        least = super().minimumSizeHint()
        return QSize(least.width() - clock, least.height())  # the clock goes first, where the room ends

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.clock.setVisible(event.size().width() >= theme.em(CLOCK_EM))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(Token.SURFACE))
        painter.fillRect(0, 0, self.width(), 1, theme.colour(Token.BORDER))


def _say(act: Act, text: str) -> None:
    if text != act.text():
        act.setText(text)
        act.setAccessibleName(text)
        act.updateGeometry()
