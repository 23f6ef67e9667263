"""A layout that sets its parts in a row and breaks it where the width ends, so that large fonts cut nothing."""

from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Left to right, then the next row. From the part named by `push_right` on, all stand at the row's right end."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._right: QWidget | None = None
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def push_right(self, widget: QWidget) -> None:
        self._right = widget

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> Any:  # Qt asks for None beyond the end, which its types do not allow
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> Any:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), moving=False)

    def sizeHint(self) -> QSize:
        width = sum(item.sizeHint().width() + self._gap for item in self._shown()) - self._gap
        return QSize(max(width, 0), max((item.sizeHint().height() for item in self._shown()), default=0))

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(
            max((size.width() for size in sizes), default=0), max((size.height() for size in sizes), default=0)
        )

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, moving=True)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not ((widget := item.widget()) is not None and widget.isHidden())]

    def _place(self, rect: QRect, *, moving: bool) -> int:
        rows: list[list[QLayoutItem]] = [[]]
        used = 0
        for item in self._shown():
            width = item.sizeHint().width()
            if rows[-1] and used + width > rect.width():
                rows.append([])
                used = 0
            rows[-1].append(item)
            used += width + self._gap
        y = rect.y()
        for row in rows:
            height = max((item.sizeHint().height() for item in row), default=0)
            x = rect.x()
            for place, item in enumerate(row):
                size = item.sizeHint().boundedTo(QSize(max(rect.width(), 1), 16_777_215))
                if item.widget() is self._right and self._right is not None:
                    tail = sum(one.sizeHint().width() + self._gap for one in row[place:]) - self._gap
                    x = max(x, rect.right() + 1 - tail)
                if moving:
                    item.setGeometry(QRect(QPoint(x, y + (height - size.height()) // 2), size))
                x += size.width() + self._gap
            y += height + self._gap
        return y - self._gap - rect.y()
