"""One figure that leads to what it rests on: a label, the figure, its basis; pressed by pointer, Enter or Space."""

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from console.ui import theme
from console.ui.controls import Says
from console.ui.theme import SMALL, Token

CORNER = 4.0


class FigureTile(QAbstractButton):
    """As high as its words need. Checked: its records are the ones that are shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hovered = False
        self.label = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self.value = Says(size_em=theme.BIG, bold=True)
        self.absent = Says(token=Token.TEXT_MUTED)  # in its place, and never as big: nothing is there to be seen
        self.basis = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(2), theme.grid(1.5), theme.grid(2), theme.grid(1.5))
        column.setSpacing(theme.grid(0.5))
        for part in (self.label, self.value, self.absent, self.basis):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(part)
        column.addStretch(1)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)

    def say(
        self, label: str, value: str, basis: str, token: Token = Token.TEXT, *, there: bool = True, name: str = ""
    ) -> None:  # fmt: skip
        """Show a figure, or the words that stand in its place; `name`: what a screen reader calls it."""
        self.label.say(label)
        self.value.say(value if there else "", token)
        self.absent.say("" if there else value)
        self.basis.say(basis)
        self.setAccessibleName(f"{name or label}: {value}")
        self.setAccessibleDescription(basis)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
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
        if not self.isChecked() and not self._hovered and not self.isDown():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked() or self.isDown()
        painter.setPen(QPen(theme.colour(Token.ACCENT if self.isChecked() else Token.BORDER), 1))
        painter.setBrush(theme.colour(Token.ACCENT_SOFT if chosen else Token.BACKGROUND))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
