"""Small controls that all pages share: a text that wraps, a button with its key, a hairline."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from console.ui import shapes, theme
from console.ui.theme import Token

WRAPS: Final = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
TALL: Final = 100_000  # no text is so high
HEIGHTS_MAX: Final = 16
HINT_EM_MAX: Final = 60.0  # a text that wraps asks for no more than this


class Says(QWidget):
    """A plain text that wraps and grows; it asks for a new layout only when its height changes.

    A QLabel asks for one at every new text, which a page of a hundred cards can't afford each second; and it
    guesses whether a text is HTML, which text from nodes must never become.
    """

    def __init__(
        self,
        text: str = "",
        *,
        size_em: float = theme.BODY,
        bold: bool = False,
        mono: bool = False,
        token: Token = Token.TEXT,
        wraps: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text = ""
        self._size_em, self._bold, self._mono, self._token = size_em, bold, mono, token
        self._wraps = wraps
        self._heights: dict[int, int] = {}  # by width: a layout asks for several, again and again
        # A layout cuts a widget of fixed height at its hint, whatever its height for the width it got.
        upright = QSizePolicy.Policy.Preferred if wraps else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(upright, upright)
        policy.setHeightForWidth(wraps)
        self.setSizePolicy(policy)
        theme.changed.connect(self._redress)
        if not text:
            self.hide()
        self.say(text)

    @property
    def text(self) -> str:
        return self._text

    def say(self, text: str, token: Token | None = None) -> None:
        """Show this text, in the colour of this token if one is named."""
        if token is not None and token is not self._token:
            self._token = token
            self.update()
        if text == self._text:
            return
        hint_before = None if self._wraps else self.sizeHint()
        height_before = self.heightForWidth(self.width())
        was_empty = not self._text
        self._text = text
        self._heights.clear()
        self.setAccessibleName(text)
        if not text:
            self.hide()
        elif was_empty and self.parentWidget() is not None:
            self.show()
        hint = None if self._wraps else self.sizeHint()
        if was_empty or hint != hint_before or self.heightForWidth(self.width()) != height_before:
            self.updateGeometry()
        self.update()

    def _redress(self) -> None:
        self._heights.clear()
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return self._wraps

    def heightForWidth(self, width: int) -> int:
        if not self._wraps or not self._text:
            return theme.metrics(self._size_em, bold=self._bold, mono=self._mono).height()
        known = self._heights.get(width)
        if known is None:
            if len(self._heights) >= HEIGHTS_MAX:
                self._heights.clear()
            metrics = theme.metrics(self._size_em, bold=self._bold, mono=self._mono)
            room = metrics.boundingRect(QRect(0, 0, max(1, width), TALL), WRAPS, self._text)
            known = self._heights[width] = max(room.height(), metrics.height())
        return known

    def sizeHint(self) -> QSize:
        metrics = theme.metrics(self._size_em, bold=self._bold, mono=self._mono)
        width = metrics.horizontalAdvance(self._text) + 1
        if not self._wraps:
            return QSize(width, metrics.height())
        width = min(width, theme.em(HINT_EM_MAX))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        if not self._wraps:
            return self.sizeHint()
        metrics = theme.metrics(self._size_em, bold=self._bold, mono=self._mono)
        longest = max((metrics.horizontalAdvance(word) for word in self._text.split()), default=0)
        return QSize(min(longest + 1, theme.em(12)), metrics.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.colour(self._token))
        painter.setFont(theme.font(self._size_em, bold=self._bold, mono=self._mono))
        flags = WRAPS if self._wraps else int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(self.rect(), flags, self._text)


class Act(QAbstractButton):
    """A button: its words, and in a small frame the key that does the same. `filled`: the page's one main act."""

    def __init__(
        self,
        text: str,
        *,
        key: str = "",
        filled: bool = False,
        bare: bool = False,
        tall_steps: float = 7,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._key, self._filled, self._bare, self._tall_steps = key, filled, bare, tall_steps
        self._hovered = False
        self.setText(text)
        self.setAccessibleName(text)
        if key:
            self.setAccessibleDescription(key)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        metrics = theme.metrics()
        width = metrics.horizontalAdvance(self.text()) + theme.grid(6)
        if self._key:
            width += shapes.key_size(self._key).width() + theme.grid(2)
        return QSize(width, max(theme.grid(self._tall_steps), metrics.height() + 4))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

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
        ground, edge, ink = self._colours()
        if not self._bare or self._hovered:
            painter.setPen(QPen(edge, 1.0))
            painter.setBrush(ground)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(ink)
        painter.setFont(theme.font())
        inner = self.rect().adjusted(theme.grid(3), 0, -theme.grid(3), 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._key:
            cap = shapes.key_size(self._key)
            place = QRect(self.rect().right() - theme.grid(2) - cap.width(), 0, cap.width(), self.height())
            shapes.paint_key(painter, place, self._key)

    def _colours(self) -> tuple[QColor, QColor, QColor]:
        if not self.isEnabled():
            return theme.colour(Token.SUNKEN), theme.colour(Token.BORDER), theme.colour(Token.TEXT_MUTED)
        if self._filled:
            return theme.colour(Token.ACCENT), theme.colour(Token.ACCENT), theme.colour(Token.ON_ACCENT)
        ground = theme.colour(Token.SURFACE)
        if self.isDown():
            ground = theme.colour(Token.ACCENT_SOFT)
        elif self._hovered:
            ground = theme.colour(Token.BACKGROUND)
        edge = Token.BORDER if self._bare else Token.CONTROL
        return ground, theme.colour(edge), theme.colour(Token.TEXT)


class Rule(QWidget):
    """A hairline that parts two things."""

    def __init__(self, *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.turn(upright)

    def turn(self, upright: bool) -> None:
        """Stand or lie."""
        fixed, grows = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(fixed if upright else grows, grows if upright else fixed)

    def sizeHint(self) -> QSize:
        return QSize(1, 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(1, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colour(Token.BORDER))


class Mark(QWidget):
    """One of the shapes of `shapes.paint_…` beside a line of text."""

    def __init__(self, name: str, *, size_em: float = shapes.SHAPE_EM, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._size_em = name, size_em
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_mark(self, name: str) -> None:
        if name != self._name:
            self._name = name
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.em(self._size_em), theme.em(self._size_em))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint = {"ring": shapes.paint_open_ring, "person": shapes.paint_person, "machine": shapes.paint_machine}
        paint[self._name](painter, self.rect())


def paint_segments(
    painter: QPainter, right: float, box: QRect, segments: tuple[tuple[str, bool, Token], ...], size_em: float
) -> None:
    """Pieces of one line, each plain or bold in its colour, ending together at `right`."""
    x = right
    for text, bold, token in reversed(segments):
        metrics = theme.metrics(size_em, bold=bold)
        x -= metrics.horizontalAdvance(text)
        painter.setFont(theme.font(size_em, bold=bold))
        painter.setPen(theme.colour(token))
        baseline = box.top() + (box.height() + metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(x, baseline), text)
