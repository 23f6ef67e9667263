"""The rows of a preflight: refusals first, each with what was observed against which threshold, and how to mend it."""

import re
from datetime import datetime
from typing import Final

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.domain.plan import Checked, Outcome
from console.domain.text import shown
from console.domain.verdict import Health
from console.ui import shapes, theme
from console.ui.controls import Rule, Says
from console.ui.measures import brief, duration
from console.ui.plan_words import check_name, checked_text, mend_sentence, outcome_word
from console.ui.speech import translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_parts import clear

ORDER: Final = (Outcome.REFUSE, Outcome.WARN, Outcome.NOT_CHECKED, Outcome.PASS)
WIDTHS_EM: Final = (8.0, 17.5, 14.0, 12.5, 12.5, 4.5)  # outcome, check, observed, threshold, source, age
MINUTE: Final = 60
WORD_CHARACTERS_MAX: Final = 14
_SEAMS: Final = re.compile(r"[/_:.,=()-]|[^/_:.,=()-]{12}")
NARROW_EM: Final = 66.0  # with less room the source has no column of its own
GROWS: Final = 1  # the check takes what is left
_HEALTH: Final = {Outcome.REFUSE: Health.LOST, Outcome.WARN: Health.DEGRADED, Outcome.PASS: Health.HEALTHY}
_TOKENS: Final = {
    Outcome.REFUSE: Token.LOST,
    Outcome.WARN: Token.WARN,
    Outcome.NOT_CHECKED: Token.TEXT_MUTED,
    Outcome.PASS: Token.TEXT_MUTED,
}


def in_order(checks: tuple[Checked, ...]) -> tuple[Checked, ...]:
    """Refusals first, then warnings, what was not checked, what passed; else as they came."""
    return tuple(sorted(checks, key=lambda check: ORDER.index(check.outcome)))


def breakable(text: str) -> str:
    """A text whose long words may be broken: a path, a setting, an identifier must not run out of its column."""
    return " ".join(
        word if len(word) <= WORD_CHARACTERS_MAX else _SEAMS.sub(lambda seam: seam[0] + "\u200b", word)
        for word in text.split(" ")
    )


class OutcomeMark(QWidget):
    """The shape of an outcome beside its word; 'not checked' is an open ring that never borrows the green."""

    def __init__(self, outcome: Outcome, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outcome = outcome
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.em(shapes.SHAPE_EM), theme.metrics().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = self.width()
        box = QRect(0, (self.height() - side) // 2, side, side)
        health = _HEALTH.get(self._outcome)
        if health is None:
            shapes.paint_open_ring(painter, box)
        else:
            shapes.paint_health(painter, box, health)


class Turn(QWidget):
    """A small arrow: right where a row is closed, down where it is open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.down = False
        self.there = True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.em(0.9), theme.metrics().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.there:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(Token.TEXT_MUTED), 1.4))
        x, y, size = self.width() / 2, self.height() / 2, theme.em(0.22)
        painter.translate(x, y)
        if self.down:
            painter.rotate(90)
        tip = QPointF(size / 2, 0)
        painter.drawLine(QPointF(-size / 2, -size), tip)
        painter.drawLine(tip, QPointF(-size / 2, size))


class FindingRow(QWidget):
    """One check. A refused or warned one opens to how it is mended: Enter, Space or a click."""

    def __init__(self, check: Checked, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.check = check
        self._mend = mend_sentence(check)
        self._turn = Turn()
        self._turn.there = bool(self._mend)
        self._age = Says(size_em=SMALL, token=Token.TEXT_MUTED, wraps=False)
        self.mending = Says(self._mend)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.grid(1.25), 0, theme.grid(1.25))
        self._column.setSpacing(theme.grid(1))
        self._column.addLayout(self._line())
        below = QHBoxLayout()
        below.setContentsMargins(theme.em(WIDTHS_EM[0]) + theme.grid(2), 0, 0, theme.grid(1))
        below.addWidget(self.mending)
        self._column.addLayout(below)
        if self._mend:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.open(bool(self._mend) and check.outcome is Outcome.REFUSE)

    @property
    def is_open(self) -> bool:
        return self.mending.isVisibleTo(self)

    def _line(self) -> QHBoxLayout:
        check = self.check
        token = _TOKENS[check.outcome]
        name = check_name(check.check)
        if check.node:
            name = translate("wizard", "{check}, {node}").format(check=name, node=shown(check.node))
        outcome = QWidget()
        mark = QHBoxLayout(outcome)
        mark.setContentsMargins(0, 0, 0, 0)
        mark.setSpacing(theme.grid(1.5))
        mark.addWidget(OutcomeMark(check.outcome))
        mark.addWidget(Says(outcome_word(check.outcome), size_em=0.92, token=token, wraps=False))
        mark.addStretch(1)
        observed = Says(breakable(checked_text(check.check, check.observed)), bold=True)
        threshold = Says(breakable(checked_text(check.check, check.threshold)), token=Token.TEXT_MUTED)
        source = breakable(shown(check.source, characters_max=120))
        self._beside = Says(source, size_em=SMALL, token=Token.TEXT_MUTED)
        self._below = Says(source, size_em=SMALL, token=Token.TEXT_MUTED)
        named = QWidget()
        words = QVBoxLayout(named)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(theme.grid(0.5))
        words.addWidget(Says(name))
        words.addWidget(self._below)
        self._below.hide()
        line = table_line((outcome, named, observed, threshold, self._beside, self._age))
        line.addWidget(self._turn, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def show_narrow(self, narrow: bool) -> None:
        """With little room the source stands under the check instead of in a column of its own."""
        self._beside.setVisible(not narrow)
        self._below.setVisible(narrow)

    def show_age(self, now: datetime) -> None:
        seconds = max(0.0, (now - self.check.at).total_seconds())
        self._age.say(duration(seconds) if seconds < MINUTE else brief(seconds))

    def open(self, on: bool) -> None:
        self.mending.setVisible(on)
        self._turn.down = on
        self._turn.update()
        self._speak()

    def _speak(self) -> None:
        check = self.check
        said = [
            outcome_word(check.outcome), check_name(check.check), shown(check.node or ""),
            checked_text(check.check, check.observed), checked_text(check.check, check.threshold),
            self._mend if self._turn.down else "",
        ]  # fmt: skip
        self.setAccessibleName(", ".join(part for part in said if part))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._mend and event.button() is Qt.MouseButton.LeftButton:
            self.open(not self._turn.down)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bare = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if self._mend and bare and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.open(not self._turn.down)
            return
        super().keyPressEvent(event)


class FindingList(QWidget):
    """All checks of a plan under one head."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[FindingRow, ...] = ()
        self._checks: tuple[Checked, ...] = ()
        self._head_source: Says | None = None
        self.setAccessibleName(translate("wizard", "Checks"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(3, 0, 3, 3)  # room for the focus ring, which is outside of what it marks
        self._column.setSpacing(0)

    def show_checks(self, checks: tuple[Checked, ...], now: datetime) -> None:
        if checks != self._checks or not self.rows:
            self._checks = checks
            clear(self._column)
            self._head_source = Says(translate("wizard", "source"), size_em=SMALL, token=Token.TEXT_MUTED)
            self._column.addLayout(_head_line(self._head_source))
            rows = []
            for check in in_order(checks):
                self._column.addWidget(Rule())
                rows.append(FindingRow(check))
                self._column.addWidget(rows[-1])
            self.rows = tuple(rows)
            self._turn()
        for row in self.rows:
            row.show_age(now)

    def _turn(self) -> None:
        narrow = self.width() < theme.em(NARROW_EM)
        if self._head_source is not None:
            self._head_source.setVisible(not narrow)
        for row in self.rows:
            row.show_narrow(narrow)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.em(NARROW_EM - WIDTHS_EM[4] - 8), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (event.oldSize().width() < theme.em(NARROW_EM)) != (event.size().width() < theme.em(NARROW_EM)):
            self._turn()


def _head_line(source: Says) -> QHBoxLayout:
    words = (
        translate("wizard", "Outcome"), translate("wizard", "Check"), translate("wizard", "observed"),
        translate("wizard", "threshold"), translate("wizard", "age"),
    )  # fmt: skip
    outcome, check, observed, threshold, age = (Says(word, size_em=SMALL, token=Token.TEXT_MUTED) for word in words)
    line = table_line((outcome, check, observed, threshold, source, age))
    space = Turn()
    space.there = False
    line.addWidget(space)
    line.setContentsMargins(0, 0, 0, theme.grid(1.5))
    return line


def table_line(cells: tuple[QWidget, ...]) -> QHBoxLayout:
    """Cells in the columns of the list: each as wide as its column, the check takes what is left."""
    line = QHBoxLayout()
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.grid(2))
    for place, (cell, width) in enumerate(zip(cells, WIDTHS_EM, strict=True)):
        last = place == len(cells) - 1
        if place == GROWS:
            cell.setMinimumWidth(theme.em(9))
            line.addWidget(cell, 1, Qt.AlignmentFlag.AlignTop)
            continue
        if last:
            box = QWidget()
            box.setFixedWidth(theme.em(width))
            inner = QHBoxLayout(box)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.addStretch(1)
            inner.addWidget(cell)
            cell = box
        else:
            cell.setFixedWidth(theme.em(width))
        line.addWidget(cell, 0, Qt.AlignmentFlag.AlignTop)
    return line
