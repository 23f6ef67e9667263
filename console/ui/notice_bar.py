"""What waits for a person: host keys to compare, questions of servers, news of what was asked for; one line each."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.ui import theme
from console.ui.controls import Act, Says
from console.ui.theme import Token


class Notice(QWidget):
    """One line: what waits, and the button that leads to it."""

    def __init__(self, text: str, act: str, does: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.says = Says(text)
        self.act = Act(act, tall_steps=6)
        self.act.clicked.connect(does)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.grid(4), theme.grid(1.5), theme.grid(4), theme.grid(1.5))
        row.setSpacing(theme.grid(3))
        row.addWidget(self.says, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.act, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(Token.ACCENT_SOFT))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour(Token.BORDER))


class NoticeBar(QWidget):
    """The lines one under the other; with nothing waiting it takes no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: dict[str, Notice] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.hide()

    def show_notice(self, name: str, text: str, act: str, does: Callable[[], None]) -> None:
        """Put a line here, or change it; an empty text takes it away."""
        known = self._lines.get(name)
        if known is not None and text:
            known.says.say(text)
            known.setAccessibleName(text)
            return
        if known is not None:
            self._lines.pop(name).deleteLater()
        elif text:
            self._lines[name] = Notice(text, act, does, self)
            self._column.addWidget(self._lines[name])
        self.setVisible(bool(self._lines))

    def notices(self) -> tuple[str, ...]:
        """What waits now, as text."""
        return tuple(line.says.text for line in self._lines.values())
