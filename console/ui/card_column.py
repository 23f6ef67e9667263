"""Cards one under the other: only a card that asks for another height is measured anew, be there hundreds."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QRect, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from console.ui import theme


class CardColumn(QWidget):
    """A box layout would measure every card whenever one of them grows; this column remembers their heights."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[QWidget] = []
        self._foot: QWidget | None = None
        self._heights: dict[QWidget, int] = {}
        self._margins = (0, 0, 0, 0)
        self._gap = 0
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.setInterval(0)
        self._fitting.timeout.connect(self._fit)

    def show_parts(self, parts: tuple[QWidget, ...], foot: QWidget) -> None:
        """Stand these under each other in this order, which is also the order of the Tab key."""
        for part in (*parts, foot):
            if part not in self._heights:
                part.setParent(self)
                part.installEventFilter(self)
                part.show()
        for gone in [part for part in self._heights if part not in parts and part is not foot]:
            del self._heights[gone]
        if list(parts) != self._parts:
            for one, after in pairwise(parts):
                QWidget.setTabOrder(one, after)
        self._parts, self._foot = list(parts), foot
        self._fitting.start()

    def show_spacing(self, *, left: int, top: int, right: int, bottom: int, gap: int) -> None:
        """The room around the cards and between them."""
        if (left, top, right, bottom) != self._margins or gap != self._gap:
            self._margins, self._gap = (left, top, right, bottom), gap
            self._heights.clear()
            self._fitting.start()

    def measure_again(self) -> None:
        """After a change of font or theme nothing that was measured holds."""
        self._heights.clear()
        self._fitting.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._heights.clear()
            self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest and isinstance(watched, QWidget):
            self._heights.pop(watched, None)
            if not self._fitting.isActive():
                self._fitting.start()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        left, top, right, bottom = self._margins
        width = max(theme.em(8), self.width() - left - right)
        for part in (*self._parts, *([self._foot] if self._foot is not None else [])):
            height = self._heights.get(part)
            if height is None:
                height = self._heights[part] = self._measure(part, width)
            place = QRect(left, top, width, height)
            if part.geometry() != place:
                part.setGeometry(place)
            top += height + self._gap
        self.setMinimumHeight(top + bottom)

    def _measure(self, part: QWidget, width: int) -> int:
        if part.width() != width:
            # A card turns its columns by its width, and only then knows how high it is.
            part.resize(width, part.height())
        return part.heightForWidth(width) if part.hasHeightForWidth() else part.sizeHint().height()
