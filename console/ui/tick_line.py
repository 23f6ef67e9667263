"""A box to tick with words that wrap beside it, painted in the theme's own colours: its edge is seen on dark too."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from console.ui import theme
from console.ui.controls import Says
from console.ui.theme import Token

BOX_EM: Final = 1.05


class TickBox(QAbstractButton):
    """Ticked or not; Space and Enter turn it."""

    def __init__(self, name: str, *, on: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setChecked(on)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        side = theme.em(BOX_EM)
        return QSize(side, max(side, theme.metrics().height()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bare = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if bare and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.toggle()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.em(BOX_EM) - 1.0
        box = QRectF(0.5, (self.height() - side) / 2, side, side)
        on = self.isChecked()
        edge = Token.ACCENT if on and self.isEnabled() else Token.CONTROL if self.isEnabled() else Token.BORDER
        painter.setPen(QPen(theme.colour(edge), 1.2))
        painter.setBrush(theme.colour(edge if on else Token.SURFACE))
        painter.drawRoundedRect(box, 3, 3)
        if on:
            unit = side / 16
            pen = QPen(theme.colour(Token.ON_ACCENT), 2.2 * unit)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            left, top = box.left(), box.top()
            painter.drawPolyline(QPolygonF([QPointF(left + 3.8 * unit, top + 8.4 * unit),
                                            QPointF(left + 6.8 * unit, top + 11.4 * unit),
                                            QPointF(left + 12.4 * unit, top + 4.8 * unit)]))  # fmt: skip


class TickLine(QWidget):
    """One thing that is so or not; a click on its words ticks it too."""

    toggled = Signal(object)  # bool

    def __init__(self, text: str, *, on: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = TickBox(text, on=on)
        self.says = Says(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(theme.grid(2))
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.says, 1)
        self.setFocusProxy(self.box)
        self.box.toggled.connect(lambda on: self.toggled.emit(on))

    def isChecked(self) -> bool:
        return self.box.isChecked()

    def setChecked(self, on: bool) -> None:
        self.box.setChecked(on)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.box.isEnabled():
            self.box.setFocus(Qt.FocusReason.MouseFocusReason)
            self.box.toggle()
