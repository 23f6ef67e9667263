"""Small charts of a check's performance values: a line a node, limits dotted, no line across what is missing."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.monitoring import CheckReading, PerfValue
from console.domain.text import shown
from console.ui import shapes, theme
from console.ui.measures import NOTHING, brief, compact
from console.ui.speech import translate
from console.ui.theme import SMALL, Token

LABELS_MAX: Final = 4  # values of one check that are drawn; the rest is told in words
NODES_MAX: Final = 5
HOLE_INTERVALS: Final = 3.5  # readings further apart than this many intervals have no line between them
HEIGHT_EM: Final = 4.6
HEAD_GAP_STEPS: Final = 0.5
SERIES: Final = (
    (Token.SERIES_1, Qt.PenStyle.SolidLine),
    (Token.SERIES_2, Qt.PenStyle.DashLine),
    (Token.SERIES_3, Qt.PenStyle.DotLine),
    (Token.SERIES_4, Qt.PenStyle.DashDotLine),
    (Token.SERIES_5, Qt.PenStyle.DashDotDotLine),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueLine:
    """One value on one node: moments (UTC seconds) and numbers, the oldest first."""

    node: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueChart:
    """One value of a check on all its nodes. `limits`: plain upper limits, as the check or the script wrote them."""

    label: str
    unit: str
    lines: tuple[ValueLine, ...]
    limits: tuple[float, ...] = ()


def value_charts(readings: Sequence[CheckReading]) -> tuple[ValueChart, ...]:
    """The charts of one check's history, in the order in which its values first came."""
    labels: dict[str, PerfValue] = {}
    points: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for reading in readings:
        for value in reading.values:
            labels[value.label] = value
            if value.value is not None and math.isfinite(value.value):
                at = (reading.at.timestamp(), value.value)
                points.setdefault((value.label, reading.node), []).append(at)
    charts = []
    for label, value in labels.items():
        nodes = sorted(node for name, node in points if name == label)[:NODES_MAX]
        lines = tuple(ValueLine(node=node, points=tuple(points[label, node])) for node in nodes)
        if lines:
            limits = tuple(limit for limit in (_upper(value.warning), _upper(value.critical)) if limit is not None)
            charts.append(ValueChart(label=label, unit=value.unit, lines=lines, limits=limits))
    return tuple(charts[:LABELS_MAX])


def _upper(text: str) -> float | None:
    """The upper end of a plain range ('90', '0:90', '~:90'); what is no such range has no line to draw."""
    high = text.rpartition(":")[2].strip()
    if text.startswith("@") or not high:
        return None
    try:
        number = float(high)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


class CheckChart(QWidget):
    """One value: its name, what it is now on each node, and its course."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: ValueChart | None = None
        self._begin = self._end = 0.0
        self._hole = math.inf
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    @property
    def chart(self) -> ValueChart | None:
        return self._chart

    def show_chart(self, chart: ValueChart, begin: float, end: float, every_seconds: float) -> None:
        """`begin` and `end` of the axis, UTC seconds; `every_seconds`: how often the check runs."""
        self._chart, self._begin, self._end = chart, begin, max(end, begin + 1.0)
        self._hole = every_seconds * HOLE_INTERVALS
        self.setAccessibleName(chart_sentence(chart))
        self.update()

    def _head(self) -> int:
        return theme.metrics(SMALL).height() + theme.grid(HEAD_GAP_STEPS)

    def sizeHint(self) -> QSize:
        return QSize(theme.em(30), self._head() + theme.em(HEIGHT_EM))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.em(10), self.sizeHint().height())

    def _range(self, chart: ValueChart) -> tuple[float, float]:
        """The ends of the upright axis: what was read and the limits near it, with a little room."""
        numbers = [number for line in chart.lines for _at, number in line.points]
        low, high = min(numbers), max(numbers)
        room = (high - low) or abs(high) * 0.1 or 1.0
        # A limit far away would press what was read into a flat line; it is told in words then.
        limits = [limit for limit in chart.limits if low - 3 * room <= limit <= high + 3 * room]
        low, high = min((low, *limits)), max((high, *limits))
        margin = 0.08 * ((high - low) or room)
        return low - margin, high + margin

    def paintEvent(self, _event: QPaintEvent) -> None:
        chart = self._chart
        if chart is None:
            return
        painter = QPainter(self)
        head = self._head()
        self._paint_head(painter, chart)
        low, high = self._range(chart)
        metrics = theme.metrics(SMALL)
        ends = (compact(high), compact(low))
        left = max(metrics.horizontalAdvance(end) for end in ends) + theme.grid(2)
        box = QRect(left, head, self.width() - left, self.height() - head - 1)
        painter.setFont(theme.font(SMALL))
        painter.setPen(theme.colour(Token.TEXT_MUTED))
        right = int(Qt.AlignmentFlag.AlignRight)
        edge = QRect(0, box.top(), left - theme.grid(1.5), box.height())
        painter.drawText(edge, right | int(Qt.AlignmentFlag.AlignTop), ends[0])
        painter.drawText(edge, right | int(Qt.AlignmentFlag.AlignBottom), ends[1])
        self._paint_holes(painter, chart, box)
        painter.setPen(QPen(theme.colour(Token.BORDER), 1))
        painter.drawLine(box.topLeft(), box.topRight())
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        for limit in chart.limits:
            if low <= limit <= high:
                y = box.bottom() - (limit - low) / (high - low) * box.height()
                pen = QPen(theme.colour(Token.WARN), 1)
                pen.setDashPattern([1.0, 2.0])
                painter.setPen(pen)
                painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, line in enumerate(chart.lines):
            token, style = SERIES[place]
            painter.setPen(QPen(theme.colour(token), 1, style))
            for piece in self._pieces(line, box, low, high - low):
                if len(piece) == 1:
                    painter.drawEllipse(piece[0], 1.5, 1.5)
                else:
                    painter.drawPolyline(QPolygonF(piece))

    def _paint_holes(self, painter: QPainter, chart: ValueChart, box: QRect) -> None:
        """Where no node was read a hatched band stands."""
        moments = sorted({at for line in chart.lines for at, _number in line.points if at >= self._begin})
        for before, after in pairwise((*moments, self._end)):
            if after - before > self._hole:
                begin, end = self._x(before, box), self._x(after, box)
                shapes.paint_hatch(painter, QRect(round(begin) + 1, box.top() + 1, round(end - begin) - 2,
                                                  box.height() - 1), edge=False)  # fmt: skip

    def _x(self, at: float, box: QRect) -> float:
        return box.left() + (at - self._begin) / (self._end - self._begin) * box.width()

    def _pieces(self, line: ValueLine, box: QRect, low: float, span: float) -> list[list[QPointF]]:
        """The course in pieces: where readings are missing no line is drawn."""
        pieces: list[list[QPointF]] = []
        before = -math.inf
        for at, number in line.points:
            if at < self._begin:
                continue
            point = QPointF(self._x(at, box), box.bottom() - (number - low) / span * box.height())
            if at - before > self._hole:
                pieces.append([])
            pieces[-1].append(point)
            before = at
        return pieces

    def _paint_head(self, painter: QPainter, chart: ValueChart) -> None:
        """The name at the left; at the right what each node's line is, and its last value."""
        metrics, height = theme.metrics(SMALL), theme.metrics(SMALL).height()
        middle = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        name = shown(chart.label, characters_max=40)
        if chart.unit:
            name = translate("monitoring", "{label}, {unit}").format(label=name, unit=shown(chart.unit))
        span = translate("monitoring", "last {time}").format(time=brief(self._end - self._begin))
        painter.setFont(theme.font(SMALL, bold=True))
        painter.setPen(theme.colour(Token.TEXT))
        used = theme.metrics(SMALL, bold=True).horizontalAdvance(name)
        painter.drawText(QRect(0, 0, self.width(), height), middle, name)
        painter.setFont(theme.font(SMALL))
        painter.setPen(theme.colour(Token.TEXT_MUTED))
        painter.drawText(QRect(used + theme.grid(2), 0, self.width(), height), middle, span)
        used += theme.grid(2) + metrics.horizontalAdvance(span)
        x = self.width()
        mark = theme.em(1.2)
        painter.setFont(theme.font(SMALL))
        for place, line in reversed(list(enumerate(chart.lines))):
            text = f"{shown(line.node, characters_max=30)} {compact(line.points[-1][1])}"
            wide = metrics.horizontalAdvance(text) + mark + theme.grid(1) + theme.grid(3)
            if x - wide < used + theme.grid(3):
                break  # no room: the rows above tell them all
            x -= wide
            token, style = SERIES[place]
            painter.setPen(QPen(theme.colour(token), 1.6, style))
            painter.drawLine(QPointF(x, height / 2), QPointF(x + mark, height / 2))
            painter.setPen(theme.colour(Token.TEXT_MUTED))
            painter.drawText(QRect(round(x + mark + theme.grid(1)), 0, wide, height), middle, text)


def chart_sentence(chart: ValueChart) -> str:
    """What a chart says, for a screen reader."""
    said = []
    for line in chart.lines:
        numbers = [number for _at, number in line.points]
        text = translate("monitoring", "{node} {last}, from {least} to {most}")
        said.append(
            text.format(node=shown(line.node), last=compact(numbers[-1]), least=compact(min(numbers)),
                        most=compact(max(numbers)))
        )  # fmt: skip
    name = shown(chart.label, characters_max=40)
    return translate("monitoring", "{label}: {lines}").format(label=name, lines="; ".join(said) or NOTHING)
