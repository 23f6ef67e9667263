"""The ring around what has the keyboard: 2 px in the accent colour, outside the control."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from console.ui import theme
from console.ui.theme import Token

OUTSIDE: Final = 3
FOLLOWS: Final = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class FocusRing(QWidget):
    """Follows the focus through one window. A widget that wears its own ring says so by the property 'ringless'."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._worn_by: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if not (isValid(self) and isValid(self._window)):
            return  # the focus still wanders while a window is taken apart
        if self._worn_by is not None and isValid(self._worn_by):
            self._worn_by.removeEventFilter(self)
            self._worn_by.destroyed.disconnect(self._lose)
        self._worn_by = None
        self.hide()
        inside = now is not None and (now is self._window or self._window.isAncestorOf(now))
        if now is None or not inside or now.property("ringless") or now.parentWidget() is None:
            # Back home: a ring that hangs in the middle of a window that Python frees takes the process with it.
            if self.parentWidget() is not self._window:
                self.setParent(self._window)
            return
        self._worn_by = now
        now.installEventFilter(self)
        now.destroyed.connect(self._lose)
        # A sibling of the control: it is scrolled and clipped together with it.
        self.setParent(now.parentWidget())
        self._place()

    def _lose(self) -> None:
        self._worn_by = None
        if isValid(self) and isValid(self._window):
            self.setParent(self._window)
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._worn_by and event.type() in FOLLOWS:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        worn = self._worn_by
        if worn is None:
            return
        self.setGeometry(worn.geometry().adjusted(-OUTSIDE, -OUTSIDE, OUTSIDE, OUTSIDE))
        self.setVisible(worn.isVisibleTo(self._window))
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(Token.ACCENT), 2.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
