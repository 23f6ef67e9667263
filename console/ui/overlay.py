"""Panels that lie over the window until Escape: go to a place, and all keys."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QGridLayout,
    QLineEdit,
    QListView,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from console.ui import theme
from console.ui.controls import Says
from console.ui.keys import KeyLine
from console.ui.shapes import KeyCap
from console.ui.speech import listed, translate
from console.ui.theme import SMALL, Token

WIDTH_EM: Final = 40.0
SHOWN_MAX: Final = 200


class Overlay(QFrame):
    """A panel in the upper middle of its window. It gives the focus back to where it came from."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._before: QWidget | None = None
        self.setAutoFillBackground(False)
        self.column = QVBoxLayout(self)
        self.hide()
        window.installEventFilter(self)
        theme.changed.connect(self._redress)
        self._redress()

    def _redress(self) -> None:
        grid = theme.grid
        self.column.setContentsMargins(grid(4), grid(4), grid(4), grid(4))
        self.column.setSpacing(grid(2))

    def appear(self) -> None:
        self._before = QApplication.focusWidget()
        self._place()
        self.show()
        self.raise_()

    def leave(self) -> None:
        if not self.isVisible():
            return
        self.hide()
        if self._before is not None and self._window.isAncestorOf(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def wanted_height(self) -> int:
        return self.sizeHint().height()

    def _place(self) -> None:
        room = self._window.size()
        width = min(theme.em(WIDTH_EM), room.width() - theme.grid(8))
        top = min(theme.grid(20), room.height() // 8)
        height = min(self.wanted_height(), room.height() - top - theme.grid(8))
        self.setGeometry((room.width() - width) // 2, top, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(Token.CONTROL), 1.0))
        painter.setBrush(theme.colour(Token.SURFACE))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


@dataclass(frozen=True, slots=True)
class Target:
    """Something that one can go to: what it is called, and what it is told by."""

    text: str
    goal: object


class GoTo(Overlay):
    """Type a part of a name, press Enter."""

    gone_to = Signal(object)  # a target's goal

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._targets: tuple[Target, ...] = ()
        self._shown: list[Target] = []
        self._field = QLineEdit()
        self._field.setPlaceholderText(translate("window", "Go to a page, a cluster or a node"))
        self._field.setAccessibleName(self._field.placeholderText())
        self._field.installEventFilter(self)
        self._lines = QStringListModel(self)
        self._list = QListView()
        self._list.setModel(self._lines)
        self._list.setObjectName("lines")
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        self._list.setAccessibleName(translate("window", "What can be gone to"))
        self._none = Says(translate("window", "Nothing has this in its name"), token=Token.TEXT_MUTED)
        for part in (self._field, self._none, self._list):
            self.column.addWidget(part, 1 if part is self._list else 0)
        self._field.textChanged.connect(self._narrow)
        self._list.clicked.connect(lambda index: self._go(index.row()))

    def ask(self, targets: tuple[Target, ...]) -> None:
        self._targets = targets
        self._field.clear()
        self._narrow("")
        self.appear()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def wanted_height(self) -> int:
        return theme.em(30)

    def _narrow(self, text: str) -> None:
        parts = text.casefold().split()
        fits = [one for one in self._targets if all(part in one.text.casefold() for part in parts)]
        self._shown = fits[:SHOWN_MAX]
        self._lines.setStringList([one.text for one in self._shown])
        self._none.setVisible(not self._shown)
        self._list.setCurrentIndex(self._lines.index(0))

    def _go(self, row: int) -> None:
        if 0 <= row < len(self._shown):
            goal = self._shown[row].goal
            self.leave()
            self.gone_to.emit(goal)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            row = self._list.currentIndex().row()
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go(row)
                return True
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self._shown:
                row = (row + step) % len(self._shown)
                self._list.setCurrentIndex(self._lines.index(row))
                return True
        return super().eventFilter(watched, event)


class KeysOverview(Overlay):
    """All keys on one panel."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringless", True)
        self._lines: tuple[KeyLine, ...] = ()
        self._title = Says(translate("window", "Keys"), size_em=theme.VERDICT, bold=True)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setAccessibleName(translate("window", "Keys"))
        foot = translate("window", "No single-letter key changes a node. Esc closes this panel.")
        self._foot = Says(foot, size_em=SMALL, token=Token.TEXT_MUTED)
        self.column.addWidget(self._title)
        self.column.addWidget(self._scroll, 1)
        self.column.addWidget(self._foot)

    def show_keys(self, lines: tuple[KeyLine, ...]) -> None:
        if lines != self._lines:
            self._lines = lines
            page = QWidget()
            page.setObjectName("page")
            table = QGridLayout(page)
            table.setContentsMargins(0, theme.grid(1), 0, theme.grid(1))
            table.setHorizontalSpacing(theme.grid(4))
            table.setVerticalSpacing(theme.grid(2))
            table.setColumnStretch(1, 1)
            for row, line in enumerate(lines):
                table.addWidget(KeyCap(line.key), row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                table.addWidget(Says(line.does), row, 1)
            table.setRowStretch(len(lines), 1)
            self._scroll.setWidget(page)
            self.setAccessibleName(listed(f"{line.key}: {line.does}" for line in lines))
        self.appear()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def wanted_height(self) -> int:
        page = self._scroll.widget()
        inner: QSize = page.sizeHint() if page is not None else QSize(0, 0)
        return inner.height() + theme.em(8)
