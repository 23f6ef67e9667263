"""A box to tick with words that wrap beside it: a check box's own text never wraps, and is cut on a narrow page."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from console.ui import theme
from console.ui.controls import Says


class TickLine(QWidget):
    """One thing that is so or not; a click on its words ticks it too."""

    toggled = Signal(object)  # bool

    def __init__(self, text: str, *, on: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QCheckBox()
        self.box.setChecked(on)
        self.box.setAccessibleName(text)
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
