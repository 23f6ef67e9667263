"""Measured stretches of a drill as bars against what was promised: one line each, told in words too."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.drill import DrillMark
from console.ui import theme
from console.ui.drill_words import mark_is_kept, mark_label, mark_text
from console.ui.measures import duration
from console.ui.speech import listed, translate
from console.ui.theme import SMALL, Token

ROOM: Final = 1.25  # the promise stands at four fifths of the bar, so that what is over it is seen to be over
BAR_EM: Final = 0.62
BAR_EM_MIN: Final = 7.0
BAR_EM_MAX: Final = 34.0  # on a wide page a figure must not stand far from its name
ROW_EM: Final = 1.85
GAP_EM: Final = 1.0


def mark_verdict(mark: DrillMark) -> tuple[str, Token]:
    """Was the promise kept, in a word and its colour; empty where nothing was promised."""
    kept = mark_is_kept(mark)
    if kept is None:
        return "", Token.TEXT_MUTED
    if kept:
        return translate("drill", "kept"), Token.OK
    if mark.seconds is None or mark.promised_seconds is None:
        return translate("drill", "never came"), Token.LOST
    over = translate("drill", "{time} over").format(time=duration(mark.seconds - mark.promised_seconds))
    return over, Token.LOST


class DrillMarks(QWidget):
    """One row a mark: its name, a bar with the promise as a line across it, the figure, and whether it was kept."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: tuple[DrillMark, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    @property
    def marks(self) -> tuple[DrillMark, ...]:
        return self._marks

    def show_marks(self, marks: Sequence[DrillMark]) -> None:
        marks = tuple(marks)
        if marks == self._marks:
            return
        many = len(marks) != len(self._marks)
        self._marks = marks
        self.setVisible(bool(marks))
        said = [
            listed(part for part in (mark_label(mark), mark_text(mark), mark_verdict(mark)[0]) if part)
            for mark in marks
        ]
        self.setAccessibleName(translate("drill", "Measured against what was promised"))
        self.setAccessibleDescription("\n".join(said))
        if many:
            self.updateGeometry()
        self.update()

    def _row_height(self) -> int:
        return max(theme.em(ROW_EM), theme.metrics().height() + theme.grid(1))

    def _widths(self) -> tuple[int, int, int]:
        """What names, figures and verdicts need."""
        plain, bold, small = theme.metrics(), theme.metrics(bold=True), theme.metrics(SMALL, bold=True)
        names = max((plain.horizontalAdvance(mark_label(mark)) for mark in self._marks), default=0)
        figures = max((bold.horizontalAdvance(mark_text(mark)) for mark in self._marks), default=0)
        verdicts = max((small.horizontalAdvance(mark_verdict(mark)[0]) for mark in self._marks), default=0)
        return names + 2, figures + 2, verdicts + 2

    def _bars(self) -> bool:
        """Is there room for bars? Without them names and figures tell it all."""
        return self.width() >= sum(self._widths()) + theme.em(BAR_EM_MIN) + 3 * theme.em(GAP_EM)

    def sizeHint(self) -> QSize:
        return QSize(theme.em(34), self._row_height() * len(self._marks))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.em(12), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        names, figures, verdicts = self._widths()
        gap, height = theme.em(GAP_EM), self._row_height()
        bars = self._bars()
        room = min(self.width() - names - figures - verdicts - 3 * gap, theme.em(BAR_EM_MAX)) if bars else 0
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        left, right = middle | int(Qt.AlignmentFlag.AlignLeft), middle | int(Qt.AlignmentFlag.AlignRight)
        for place, mark in enumerate(self._marks):
            top = place * height
            verdict, token = mark_verdict(mark)
            painter.setFont(theme.font())
            painter.setPen(theme.colour(Token.TEXT))
            painter.drawText(QRect(0, top, names, height), left, mark_label(mark))
            x = names + gap
            if bars:
                self._paint_bar(painter, QRect(x, top, room, height), mark)
                x += room + gap
            painter.setFont(theme.font(bold=True))
            painter.setPen(theme.colour(token if token is Token.LOST else Token.TEXT))
            painter.drawText(QRect(x, top, figures, height), right, mark_text(mark))
            painter.setFont(theme.font(SMALL, bold=True))
            painter.setPen(theme.colour(token))
            painter.drawText(QRect(x + figures + gap, top, verdicts, height), left, verdict)

    def _paint_bar(self, painter: QPainter, box: QRect, mark: DrillMark) -> None:
        seconds, promised = mark.seconds, mark.promised_seconds
        if promised is None or promised <= 0:
            return
        high = theme.em(BAR_EM)
        top = box.top() + (box.height() - high) // 2
        painter.fillRect(QRect(box.left(), top, box.width(), high), theme.colour(Token.SUNKEN))
        most = max(promised * ROOM, seconds or 0.0)
        if seconds is not None:
            over = seconds > promised
            width = max(2, round(box.width() * min(1.0, seconds / most)))
            ink = Token.LOST if over else Token.SERIES_4
            painter.fillRect(QRect(box.left(), top, width, high), theme.colour(ink))
        at = box.left() + round(box.width() * promised / most)
        painter.fillRect(QRect(at, top - theme.grid(0.75), 2, high + theme.grid(1.5)), theme.colour(Token.TEXT))
