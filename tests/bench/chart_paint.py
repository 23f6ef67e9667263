"""The window's side of a chart: from the engine's words to the painted picture, with the console's own classes."""

import os
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable
from itertools import pairwise
from typing import Final

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from console.domain.fleet import Chart, Measure
from console.link.messages import decode, encode
from console.ui import theme
from console.ui.chart_panel import DEFAULT_MEASURES
from console.ui.chart_stack import ChartStack
from console.window import application

SIX: Final = (*DEFAULT_MEASURES, Measure.LAG_BYTES)
SIZE: Final = (1100, 560)


def paint_side(ask: Callable[[], Chart], *, runs: int) -> list[tuple[float, float, float]]:
    """Milliseconds in the store, over the link, and in six painted charts, run by run; the first does not count."""
    app = application()
    theme.apply(app, theme.Choice.LIGHT)
    stack = ChartStack()
    stack.resize(*SIZE)
    stack.show_measures(SIX)
    stack.show()
    QApplication.processEvents()
    taken = []
    for _ in range(runs + 1):
        moments = [time.perf_counter()]
        asked = ask()
        moments.append(time.perf_counter())
        _, chart = decode(encode(asked, number=1))
        moments.append(time.perf_counter())
        assert isinstance(chart, Chart)
        stack.show_span(chart.begin, chart.end)
        stack.show_chart(chart, sorted({curve.node for curve in chart.curves}), limit=10.0, at_once=True)
        picture: QPixmap = stack.grab()
        moments.append(time.perf_counter())
        if picture.isNull() or stack.chart is not chart:
            raise ValueError("nothing was painted")
        steps = [1000 * (late - early) for early, late in pairwise(moments)]
        taken.append((steps[0], steps[1], steps[2]))
    stack.close()
    return taken[1:]
