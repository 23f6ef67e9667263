"""The row of pages; only pages that exist stand in it."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QTabBar, QWidget

from console.ui import theme
from console.ui.controls import Act, Says
from console.ui.shapes import KeyCap
from console.ui.speech import translate
from console.ui.theme import SMALL, Token

HEIGHT_STEPS: Final = 9
MIDDLE: Final = int(Qt.AlignmentFlag.AlignCenter)


class Tabs(QTabBar):
    """The tabs themselves: the chosen one is bold and underlined in the accent colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ringless", True)
        self.setAccessibleName(translate("window", "Pages"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def tabSizeHint(self, index: int) -> QSize:
        width = theme.metrics(bold=True).horizontalAdvance(self.tabText(index)) + theme.grid(5)
        return QSize(width, max(theme.grid(HEIGHT_STEPS), theme.metrics().height() + theme.grid(2)))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for index in range(self.count()):
            box = self.tabRect(index)
            chosen = index == self.currentIndex()
            painter.setFont(theme.font(bold=chosen))
            painter.setPen(theme.colour(Token.TEXT if chosen else Token.TEXT_MUTED))
            painter.drawText(box, MIDDLE, self.tabText(index))
            if chosen:
                line = QRect(box.left(), box.bottom() - 1, box.width(), 2)
                painter.fillRect(line, theme.colour(Token.ACCENT))
                if self.hasFocus():
                    painter.setPen(theme.colour(Token.ACCENT))
                    painter.drawRoundedRect(box.adjusted(2, 4, -3, -6), 4, 4)
                    painter.drawRoundedRect(box.adjusted(3, 5, -4, -7), 3, 3)


class TabRow(QWidget):
    """The tabs, and at the right the keys that choose them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = Tabs()
        self._keys: KeyCap | None = None
        self._row = QHBoxLayout(self)
        self.lab = Act(translate("window", "Lab"), bare=True, tall_steps=6)
        self.lab.hide()
        self._row.addWidget(self.tabs, 1)
        self._row.addWidget(self.lab, 0, Qt.AlignmentFlag.AlignVCenter)
        self._hint = Says(translate("window", "pages"), size_em=SMALL, token=Token.TEXT_MUTED, wraps=False)
        self._row.addWidget(self._hint, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._redress)
        self._redress()

    def add(self, title: str) -> None:
        self.tabs.addTab(title)
        if self._keys is not None:
            self._row.removeWidget(self._keys)
            self._keys.deleteLater()
        count = self.tabs.count()
        self._keys = KeyCap(f"Alt+1 … {count}" if count > 2 else "Alt+1, 2" if count > 1 else "Alt+1")
        self._row.insertWidget(2, self._keys)

    def _redress(self) -> None:
        self._row.setContentsMargins(theme.grid(4), 0, theme.grid(4), 0)
        self._row.setSpacing(theme.grid(2))
        # The tabs remember their sizes until their texts are set anew.
        for index in range(self.tabs.count()):
            self.tabs.setTabText(index, self.tabs.tabText(index))
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(Token.SURFACE))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour(Token.BORDER))
