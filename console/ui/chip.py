"""A small button for a row of choices: can be checked, can open a menu; shows its state by edge, ground and weight."""

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from console.ui import theme
from console.ui.theme import SMALL, Token


class Chip(QAbstractButton):
    """Small text in a frame. With a menu, a click, Enter or the down key opens it."""

    def __init__(self, text: str, parent: QWidget | None = None, *, checkable: bool = False) -> None:
        super().__init__(parent)
        self._menu: QMenu | None = None
        self._hovered = False
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(checkable)
        self.setProperty("ringless", True)  # it paints its own
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_menu(self, menu: QMenu) -> None:
        self._menu = menu
        self.clicked.connect(self._open)

    @property
    def menu(self) -> QMenu | None:
        return self._menu

    def _open(self) -> None:
        if self._menu is not None:
            self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def sizeHint(self) -> QSize:
        bold = theme.metrics(SMALL, bold=True)  # the weight of the checked one, so that nothing moves
        arrow = theme.em(0.9) if self._menu is not None else 0
        return QSize(bold.horizontalAdvance(self.text()) + theme.grid(3) + arrow + 4, bold.height() + theme.grid(2) + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or (
            event.key() == Qt.Key.Key_Down and self._menu is not None
        ):
            self.click()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour(Token.ACCENT), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        checked = self.isChecked()
        ground = Token.ACCENT_SOFT if checked or self.isDown() else Token.SURFACE if self._hovered else None
        painter.setPen(QPen(theme.colour(Token.ACCENT if checked else Token.CONTROL), 1))
        painter.setBrush(theme.colour(ground) if ground is not None else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, 4, 4)
        painter.setPen(theme.colour(Token.ACCENT if checked else Token.TEXT))
        painter.setFont(theme.font(SMALL, bold=checked))
        inner = frame.adjusted(0, 0, -theme.em(0.8) if self._menu is not None else 0, 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, self.text())
        if self._menu is not None:
            x, y, size = frame.right() - theme.em(0.75), frame.center().y(), theme.em(0.22)
            painter.setPen(QPen(theme.colour(Token.TEXT_MUTED), 1.4))
            painter.drawPolyline(QPolygonF([QPoint(round(x - size), round(y - size / 2)),
                                            QPoint(round(x), round(y + size / 2)),
                                            QPoint(round(x + size), round(y - size / 2))]))  # fmt: skip
