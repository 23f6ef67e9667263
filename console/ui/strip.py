"""The heartbeat strip: the last 60 rounds of one node, a mark each, the newest at the right."""

import math
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.fleet import MARK_MISSED, MARK_NONE, STRIP_MARKS
from console.ui import shapes, theme
from console.ui.speech import counted, translate
from console.ui.theme import Token

SILENT_ROUNDS: Final = 3  # from so many missed rounds at the end on the node is called silent
FLOOR_MICROSECONDS: Final = 100.0  # the height of a mark begins here
CEILING_MICROSECONDS: Final = 1_000_000.0  # and is full here
HEIGHT_EM: Final = 1.3


@dataclass(frozen=True, slots=True, kw_only=True)
class StripCount:
    """What a strip says, counted. `late`: the answer came after the next question was due."""

    asked: int
    on_time: int
    late: int
    missed: int
    silent: int  # of the missed ones, those at the end in a row, where they are many enough to call it silence


def count_strip(strip: tuple[int, ...], interval_seconds: float) -> StripCount:
    """Count the marks of a strip."""
    limit = interval_seconds * 1_000_000
    asked = [mark for mark in strip if mark != MARK_NONE]
    missed = sum(1 for mark in asked if mark == MARK_MISSED)
    late = sum(1 for mark in asked if mark > limit)
    trailing = 0
    for mark in reversed(strip):
        if mark != MARK_MISSED:
            break
        trailing += 1
    return StripCount(
        asked=len(asked),
        on_time=len(asked) - missed - late,
        late=late,
        missed=missed,
        silent=trailing if trailing >= SILENT_ROUNDS else 0,
    )


def strip_text(node: str, count: StripCount) -> str:
    """What a screen reader says: 'nyc-2, 52 of 60 on time, 8 late, none missed'."""
    if not count.asked:
        return translate("fleet", "{node}, not asked yet").format(node=node)
    missed = translate("fleet", "{n} missed").format(n=count.missed) if count.missed else ""
    late = translate("fleet", "{n} late").format(n=count.late) if count.late else ""
    text = translate("fleet", "{node}, {on_time} of {asked} on time, {late}, {missed}").format(
        node=node,
        on_time=count.on_time,
        asked=count.asked,
        late=late or translate("fleet", "none late"),
        missed=missed or translate("fleet", "none missed"),
    )
    if count.silent:
        silent = counted(
            count.silent,
            translate("fleet", "silent for the last round"),
            translate("fleet", "silent for the last {n} rounds"),
        )
        text = translate("fleet", "{text}, {silent}").format(text=text, silent=silent)
    return text


def mark_share(microseconds: int) -> float:
    """The height of an answered mark, as a share: the logarithm of its round trip."""
    span = math.log(CEILING_MICROSECONDS / FLOOR_MICROSECONDS)
    place = math.log(max(microseconds, 1) / FLOOR_MICROSECONDS) / span
    return 0.3 + 0.5 * min(1.0, max(0.0, place))


class Strip(QWidget):
    """60 marks of one node; everything is painted in one pass, nothing moves but by a new reading."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strip: tuple[int, ...] = ()
        self._interval_seconds = 1.0
        self._count = count_strip((), 1.0)
        self._node = ""
        self._old = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    @property
    def count(self) -> StripCount:
        return self._count

    def show_strip(self, node: str, strip: tuple[int, ...], interval_seconds: float) -> None:
        """Show the rounds of a node; of a longer strip the newest 60."""
        strip = strip[-STRIP_MARKS:]
        if (strip, node, interval_seconds) == (self._strip, self._node, self._interval_seconds):
            return
        self._strip, self._node, self._interval_seconds = strip, node, interval_seconds
        self._count = count_strip(strip, interval_seconds)
        self.setAccessibleName(strip_text(node, self._count))
        self.update()

    def show_old(self, old: bool) -> None:
        """Old readings lose their colour, not their place."""
        if old is not self._old:
            self._old = old
            self.update()

    def sizeHint(self) -> QSize:
        step = _mark_pixels() + _gap_pixels()
        return QSize(STRIP_MARKS * step - _gap_pixels() + 1, theme.em(HEIGHT_EM))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme.current()
        mark, gap = _mark_pixels(), _gap_pixels()
        height = self.height()
        right = self.width() - 1
        limit = self._interval_seconds * 1_000_000
        tick = look.colour(Token.BORDER if self._old else Token.TICK)
        late = look.colour(Token.TICK if self._old else Token.WARN)
        lost = look.colour(Token.TICK if self._old else Token.LOST)
        silent = self._count.silent
        for back, value in enumerate(reversed(self._strip)):
            left = right - back * (mark + gap) - mark
            if back < silent or value == MARK_NONE:
                continue
            if value == MARK_MISSED:
                stump = max(2, round(height * 0.28))
                painter.fillRect(left, height - stump, mark, stump, lost)
            elif value > limit:
                painter.fillRect(left, 0, mark, height, late)
            else:
                tall = max(2, round(height * mark_share(value)))
                painter.fillRect(left, height - tall, mark, tall, tick)
        if silent:
            width = silent * (mark + gap)
            shapes.paint_hatch(painter, QRect(right - width + 1, 0, width, height), look)


def _mark_pixels() -> int:
    return max(2, theme.em(2 / 13))


def _gap_pixels() -> int:
    return max(1, theme.em(1 / 13))
