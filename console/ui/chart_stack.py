"""The charts of one cluster under each other: one time axis, one cursor, one refresh a slot; moved by keys or mouse."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.domain.fleet import Chart, Event, Gap, Measure
from console.ui import chart_words, theme
from console.ui.chart_data import (
    REACH_STEPS,
    Trace,
    bands_of,
    step_of,
    top_of,
    traces_of,
    worst_traces,
)
from console.ui.chart_parts import LEGEND_EM, TITLE_EM, Lane, Legend, Span, TimeAxis, Title, Veil
from console.ui.charts import SERIES_MOST, Plot
from console.ui.speech import translate
from console.ui.theme import Token

SLOT_MS: Final = 100  # one chart is redrawn per slot, so that no frame waits for all of them
FAST_STEPS: Final = 10
LIMIT_SHOWN_FROM: Final = 0.25  # a limit is drawn once the readings reach this share of it


class ChartRow(QWidget):
    """One measure: title, plot, legend."""

    def __init__(self, measure: Measure, parent: QWidget) -> None:
        super().__init__(parent)
        self.measure = measure
        self.plot = Plot(self)
        self.title = Title(measure, self.plot, self)
        self.legend = Legend(measure, self)
        self.traces: tuple[Trace, ...] = ()
        self.places: dict[str, int] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 1)
        row.setSpacing(0)
        for part in (self.title, self.plot, self.legend):
            row.addWidget(part, stretch=1 if part is self.plot else 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_chart(self, chart: Chart, order: Sequence[str], *, span: tuple[float, float], limit: float | None) -> None:
        """Redraws this measure alone."""
        every = traces_of(chart, self.measure, order)
        self.traces = worst_traces(every, SERIES_MOST)
        self.places = places_of([trace.node for trace in self.traces], order)
        least = chart_words.least_top(self.measure)
        greatest = top_of(self.traces, *span, least=0.0)
        if limit is not None and greatest >= limit * LIMIT_SHOWN_FROM:
            least = max(least, limit)
        self.plot.set_top(top_of(self.traces, *span, least=least))
        self.plot.show_limit(limit)
        self.plot.show_traces(self.traces, self.places)
        note = ""
        if len(every) > len(self.traces):
            note = translate("charts", "worst {n} of {all}").format(n=len(self.traces), all=len(every))
        elif limit is not None and limit > self.plot.top:
            note = chart_words.limit_text(limit)
        self.title.show_note(note)
        self.title.update()

    def show_values(self, moment: float, reach: float, at: str) -> None:
        """The values at the cursor, in the legend and for the screen reader."""
        lines = tuple(
            (trace.node, self.places[trace.node], chart_words.value_text(self.measure, trace.at(moment, reach)))
            for trace in self.traces
        )
        self.legend.show_lines(lines)
        said = chart_words.row_spoken(self.measure, [(node, value) for node, _, value in lines], at)
        self.setAccessibleName(said)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(theme.colour(Token.BORDER), 1))
        painter.drawLine(QPointF(0, self.height() - 0.5), QPointF(self.width(), self.height() - 0.5))


def places_of(shown: Sequence[str], order: Sequence[str]) -> dict[str, int]:
    """A series for each shown node: its own by the order, or where that is taken the next free one; never one twice."""
    taken: dict[int, str] = {}
    for node in sorted(shown, key=lambda name: order.index(name) if name in order else len(order)):
        wanted = (order.index(node) if node in order else 0) % SERIES_MOST
        free = next((p for p in ((wanted + i) % SERIES_MOST for i in range(SERIES_MOST)) if p not in taken), wanted)
        taken[free] = node
    return {node: place for place, node in taken.items()}


class ChartStack(QWidget):
    """All visible charts. ←/→ move the cursor, with Shift far, with Ctrl to the next event; +/− zoom, End: newest."""

    cursor_moved = Signal(object)  # UTC seconds, or None: the newest values
    zoom_wanted = Signal(object)  # +1 closer, -1 further
    redrawn = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setProperty("ringless", True)  # it paints its own
        self.setAccessibleName(translate("charts", "Charts. Arrow keys move the cursor, plus and minus zoom"))
        self.rows: list[ChartRow] = []
        self._made: dict[Measure, ChartRow] = {}
        self.lane = Lane(self)
        self.axis = TimeAxis(self)
        self._chart: Chart | None = None
        self._order: tuple[str, ...] = ()
        self._limit: float | None = None
        self._span = (0.0, 1.0)
        self._cursor: float | None = None
        self._pinned = False
        self._due: list[ChartRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(3, 3, 3, 3)
        self._column.setSpacing(0)
        self._column.addWidget(self.lane)
        self._rows_box = QVBoxLayout()
        self._rows_box.setSpacing(0)
        self._column.addLayout(self._rows_box, stretch=1)
        self._column.addWidget(self.axis)
        self._veil = Veil(self)
        self._slot = QTimer(self)
        self._slot.setInterval(SLOT_MS)
        self._slot.timeout.connect(self._draw_next)
        theme.changed.connect(self._redress)

    @property
    def cursor_at(self) -> float | None:
        return self._cursor

    @property
    def chart(self) -> Chart | None:
        return self._chart

    def show_measures(self, measures: Sequence[Measure]) -> None:
        """Shows these measures and no others, in this order; all of them follow the first one's time axis."""
        if [row.measure for row in self.rows] == list(measures):
            return
        for row in self.rows:
            self._rows_box.removeWidget(row)
            row.plot.share_time(None)
            row.hide()
        # Rows that go are kept for when they come back: pyqtgraph's scenes are not made to be thrown away.
        self.rows = [self._made.get(measure) or self._new_row(measure) for measure in measures]
        self._made |= {row.measure: row for row in self.rows}
        for row in self.rows:
            self._rows_box.addWidget(row, stretch=1)
            row.show()
        for row in self.rows[1:]:
            row.plot.share_time(self.rows[0].plot)
        self._veil.raise_()
        self.updateGeometry()
        self._begin_round(at_once=True)

    def _new_row(self, measure: Measure) -> ChartRow:
        row = ChartRow(measure, self)
        for part in (row, row.title, row.legend, row.plot, row.plot.viewport()):
            part.setMouseTracking(True)
        row.plot.viewport().setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return row

    def show_chart(
        self, chart: Chart | None, order: Sequence[str], *, limit: float | None, at_once: bool = False
    ) -> None:
        """Takes new curves; they are drawn one chart a slot, unless at once."""
        self._chart, self._order, self._limit = chart, tuple(order), limit
        self._begin_round(at_once=at_once)

    def show_span(self, begin: float, end: float) -> None:
        """The shown time, for all charts together."""
        self._span = (begin, max(end, begin + 1.0))
        if self.rows:
            self.rows[0].plot.set_time(*self._span)
        self._show_time()

    def set_cursor(self, moment: float | None, *, pinned: bool = True) -> None:
        """Moves the one cursor; None shows the newest values."""
        if moment is not None:
            moment = min(max(moment, self._span[0]), self._span[1])
        self._cursor, self._pinned = moment, pinned and moment is not None
        self._veil.show_cursor(moment)
        self.axis.show_time(self._plot_span(), moment)
        self._show_values()
        self.cursor_moved.emit(moment)

    def picture(self, title: str, subtitle: str) -> QPixmap:
        """The charts as they stand, under a title, at twice the size."""
        while self._due:
            self._draw_next()
        head, edge = theme.em(3.4), theme.em(1)
        picture = QPixmap(2 * (self.width() + 2 * edge), 2 * (self.height() + head + edge))
        picture.setDevicePixelRatio(2)
        picture.fill(theme.colour(Token.BACKGROUND))
        painter = QPainter(picture)
        painter.setPen(theme.colour(Token.TEXT))
        painter.setFont(theme.font(bold=True))
        painter.drawText(edge, theme.em(1.6), title)
        painter.setPen(theme.colour(Token.TEXT_MUTED))
        painter.setFont(theme.font(theme.SMALL))
        painter.drawText(edge, theme.em(2.8), subtitle)
        painter.end()
        self.render(picture, QPoint(edge, head))
        return picture

    def _begin_round(self, *, at_once: bool) -> None:
        self._due = list(self.rows)
        if at_once:
            while self._due:
                self._draw_next()
        elif not self._slot.isActive():
            self._slot.start()

    def _draw_next(self) -> None:
        if not self._due:
            self._slot.stop()
            return
        row = self._due.pop(0)
        if row in self.rows and self._chart is not None:
            limit = self._limit if row.measure is Measure.LAG_SECONDS else None
            row.show_chart(self._chart, self._order, span=self._span, limit=limit)
            self._show_row_values(row)
        if not self._due:
            self._slot.stop()
            self._show_time()
            self.redrawn.emit()

    def _events(self) -> tuple[Event, ...]:
        return self._chart.events if self._chart is not None else ()

    def bands(self) -> tuple[Gap, ...]:
        """The gaps in the shown time."""
        return bands_of(self._chart, *self._span) if self._chart is not None else ()

    def _plot_span(self) -> Span:
        if not self.rows:
            return Span(*self._span, theme.em(TITLE_EM), max(self.width() - theme.em(TITLE_EM + LEGEND_EM), 1))
        plot = self.rows[0].plot
        return Span(*self._span, plot.mapTo(self, QPoint(0, 0)).x() - self.lane.x(), plot.width())

    def _show_time(self) -> None:
        span, bands = self._plot_span(), self.bands()
        self.lane.show_time(span, self._events(), bands)
        self._veil.show_time(span, self._events(), bands)
        self.axis.show_time(span, self._cursor)
        self._veil.show_limits(tuple(self._limits()))
        self._show_values()

    def _limits(self) -> list[tuple[float, str]]:
        found = []
        for row in self.rows:
            if row.measure is Measure.LAG_SECONDS and self._limit is not None and self._limit <= row.plot.top:
                y = row.plot.mapTo(self, QPoint(0, 0)).y() - self._veil.y() + row.plot.height_of(self._limit)
                found.append((y, chart_words.limit_text(self._limit)))
        return found

    def moment(self) -> float:
        """The moment whose values the legends show."""
        return self._span[1] if self._cursor is None else self._cursor

    def _reach(self) -> float:
        step = step_of(self._chart) if self._chart is not None else 1.0
        pixel = (self._span[1] - self._span[0]) / max(self._plot_span().width, 1)
        # The newest values may be a redraw old; at a cursor the nearest reading must be within a few steps of it.
        return max(step * REACH_STEPS, pixel * 2, 5.0 if self._cursor is None else 0.0)

    def _show_values(self) -> None:
        for row in self.rows:
            self._show_row_values(row)

    def _show_row_values(self, row: ChartRow) -> None:
        row.show_values(self.moment(), self._reach(), chart_words.clock(self.moment(), now=self._span[1]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self._step(-1 if event.key() == Qt.Key.Key_Left else 1, event.modifiers())
            case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                tenth = (self._span[1] - self._span[0]) / 10
                self.set_cursor(self.moment() + (-tenth if event.key() == Qt.Key.Key_PageUp else tenth))
            case Qt.Key.Key_Home:
                self.set_cursor(self._span[0])
            case Qt.Key.Key_End:
                self.set_cursor(None)
            case Qt.Key.Key_Escape if self._cursor is not None:
                self.set_cursor(None)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_wanted.emit(1)
            case Qt.Key.Key_Minus:
                self.zoom_wanted.emit(-1)
            case _:
                super().keyPressEvent(event)

    def _step(self, way: int, modifiers: Qt.KeyboardModifier) -> None:
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            times = sorted(event.at.timestamp() for event in self._events())
            ahead = [t for t in times if (t - self.moment()) * way > 0.001 and self._span[0] <= t <= self._span[1]]
            if ahead:
                self.set_cursor(ahead[0] if way > 0 else ahead[-1])
            return
        step = step_of(self._chart) if self._chart is not None else 1.0
        step = max(step, (self._span[1] - self._span[0]) / max(self._plot_span().width, 1))
        many = FAST_STEPS if modifiers & Qt.KeyboardModifier.ShiftModifier else 1
        self.set_cursor(self.moment() + way * step * many)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._pinned or event.buttons() & Qt.MouseButton.LeftButton:
            self._point(event.position().x(), pinned=self._pinned)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._point(event.position().x(), pinned=True)
        super().mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if self._cursor is not None and not self._pinned:
            self.set_cursor(None)

    def _point(self, x: float, *, pinned: bool) -> None:
        span = self._plot_span()
        inside = x - self.lane.x()
        if span.left <= inside <= span.left + span.width:
            self.set_cursor(span.seconds(inside), pinned=pinned)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_veil()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._place_veil()
        return done

    def _place_veil(self) -> None:
        self._column.activate()
        top = self.lane.geometry().bottom() + 1
        self._veil.setGeometry(self.lane.x(), top, self.lane.width(), max(self.axis.y() - top, 0))
        self._veil.raise_()
        self._show_time()

    def _redress(self) -> None:
        for row in self._made.values():
            row.plot.redress()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour(Token.ACCENT), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
