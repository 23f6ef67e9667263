"""One chart's plot: the only door to pyqtgraph; thin lines, no line across what was not read, no mouse of its own."""

from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QFrame, QGraphicsItem, QSizePolicy, QWidget

from console.ui import theme
from console.ui.chart_data import Trace
from console.ui.theme import Token

# Width 1 is the fast way of Qt's painter; with 2 an update takes five times as long, with antialias seventy times.
LINE_PIXELS: Final = 1
SERIES: Final = (
    (Token.SERIES_1, None),
    (Token.SERIES_2, (5.0, 3.0)),
    (Token.SERIES_3, (2.0, 2.0)),
    (Token.SERIES_4, (6.0, 2.0, 1.0, 2.0)),
    (Token.SERIES_5, (6.0, 2.0, 1.0, 2.0, 1.0, 2.0)),
)
SERIES_MOST: Final = len(SERIES)
# A solid line at width 1 is cheap to smooth; a dashed one is cut into hundreds of strokes first, and each is smoothed.
ANTIALIAS_SOLID: Final = True


def series_pen(place: int, *, pixels: float = LINE_PIXELS) -> QPen:
    """Colour and dash of the node at this place; both, so that neither must be seen alone."""
    token, dashes = SERIES[place % SERIES_MOST]
    pen = QPen(theme.colour(token), pixels)
    pen.setCosmetic(True)
    if dashes is not None:
        pen.setDashPattern(dashes)
    return pen


class Plot(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """The curves of one measure. It is shown data and a range; keys, cursor and marks belong to the panel around it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(1, 1)
        item = self.getPlotItem()
        for side in ("left", "bottom", "right", "top"):
            item.hideAxis(side)
        item.hideButtons()
        item.setMenuEnabled(False)
        item.setContentsMargins(0, 0, 0, 0)
        item.layout.setContentsMargins(0, 0, 0, 0)
        self.ci_view = item.getViewBox()
        self.ci_view.setMouseEnabled(False, False)
        self.ci_view.setDefaultPadding(0)
        self.ci_view.disableAutoRange()
        self._curves: dict[str, pg.PlotDataItem] = {}
        self._pens: dict[str, tuple[int, bool]] = {}
        self._top = 1.0
        self._lines: dict[str, pg.InfiniteLine] = {}
        self.redress()

    def sizeHint(self) -> QSize:
        return QSize(theme.em(20), theme.em(3))

    def minimumSizeHint(self) -> QSize:
        return QSize(1, 1)

    @property
    def top(self) -> float:
        return self._top

    @property
    def shown_nodes(self) -> tuple[str, ...]:
        return tuple(self._curves)

    def points_of(self, node: str) -> tuple[np.ndarray, np.ndarray]:
        """The points that this node's curve was given, before the painter thins them."""
        x, y = self._curves[node].getOriginalDataset()
        return (np.empty(0), np.empty(0)) if x is None else (x, y)

    def share_time(self, other: "Plot | None") -> None:
        """Follow another plot's time axis from now on, or none."""
        self.ci_view.setXLink(None if other is None else other.ci_view)

    def set_time(self, begin: float, end: float) -> None:
        self.ci_view.setXRange(begin, max(end, begin + 1.0), padding=0)

    def time_range(self) -> tuple[float, float]:
        low, high = self.ci_view.viewRange()[0]
        return float(low), float(high)

    def set_top(self, top: float) -> None:
        """The axis from a little under zero, so that a line at zero is seen, to a little over the top."""
        self._top = top
        self.ci_view.setYRange(-0.06 * top, 1.1 * top, padding=0)
        self._line("grid-top", Token.BORDER).setValue(top)
        self._line("grid-zero", Token.BORDER).setValue(0.0)

    def height_of(self, value: float) -> float:
        """How far under the plot's upper edge a value lies, in pixels."""
        low, high = self.ci_view.viewRange()[1]
        return float((high - value) / ((high - low) or 1.0) * self.height())

    def show_limit(self, value: float | None) -> None:
        """A dotted line in warn, where there is a limit within the axis."""
        line = self._line("limit", Token.WARN)
        line.setVisible(value is not None and value <= self._top)
        if value is not None:
            line.setValue(value)

    def show_traces(self, traces: tuple[Trace, ...], places: dict[str, int]) -> None:
        """Draws these traces; nodes that are not among them lose their curve."""
        for node in [node for node in self._curves if node not in {trace.node for trace in traces}]:
            self.removeItem(self._curves.pop(node))
            self._pens.pop(node, None)
        for trace in traces:
            curve = self._curves.get(trace.node)
            if curve is None:
                curve = self._curves[trace.node] = pg.PlotDataItem(connect="finite", skipFiniteCheck=False)
                self.addItem(curve)
                curve.setDownsampling(auto=True, method="peak")
                curve.setClipToView(True)
                # Two points a pixel, the least and the greatest in it, are all that a pixel can show.
                curve.opts["autoDownsampleFactor"] = 1.0
                # What lies over a curve, as the cursor, is then painted without drawing thousands of strokes anew.
                curve.curve.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
            look = (places[trace.node], theme.current().dark)
            if self._pens.get(trace.node) != look:
                self._pens[trace.node] = look
                curve.opts["antialias"] = ANTIALIAS_SOLID and SERIES[look[0] % SERIES_MOST][1] is None
                curve.setPen(series_pen(look[0]))
                curve.setZValue(10 - look[0])
            x, y = trace.drawn()
            curve.setData(x, y)

    def redress(self) -> None:
        """Takes the colours of the theme that holds now."""
        self.setBackground(theme.colour(Token.BACKGROUND))
        for node, (place, _) in list(self._pens.items()):
            self._pens[node] = (place, theme.current().dark)
            self._curves[node].setPen(series_pen(place))
        for name, line in self._lines.items():
            line.setPen(_line_pen(Token.WARN if name == "limit" else Token.BORDER))

    def _line(self, name: str, token: Token) -> pg.InfiniteLine:
        line = self._lines.get(name)
        if line is None:
            line = self._lines[name] = pg.InfiniteLine(angle=0, movable=False, pen=_line_pen(token))
            line.setZValue(-10)
            self.addItem(line, ignoreBounds=True)
        return line


def _line_pen(token: Token) -> QPen:
    pen = QPen(theme.colour(token), 1)
    pen.setCosmetic(True)
    if token is Token.WARN:
        pen.setDashPattern([1.0, 2.0])
    return pen
