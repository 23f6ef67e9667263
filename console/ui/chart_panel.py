"""The charts of the cluster page with ranges, pause, zoom, choice and export; it asks for curves and never fetches."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QVBoxLayout, QWidget

from console.domain.fleet import Chart, ClusterView, Measure, Role
from console.link.messages import AskChart
from console.ui import chart_words, theme
from console.ui.chart_data import RANGES, csv_of, zoomed
from console.ui.chart_face import ChartFace
from console.ui.chart_stack import ChartStack
from console.ui.chip import Chip
from console.ui.controls import Says
from console.ui.flow import Flow
from console.ui.speech import translate
from console.ui.theme import SMALL, Token

POINTS_LEAST, POINTS_MOST = 200, 2_000  # asked per curve: never more than the plot has pixels
ASK_SECONDS_LEAST, ASK_SECONDS_MOST = 1.0, 60.0
ASKS_PER_SPAN: Final = 600  # a range is asked for anew when it has moved by about a pixel
ANSWER_SECONDS_MAX: Final = 10.0  # an answer that takes longer is asked for again
FIRST_SPAN: Final = 300.0  # what just happened; a freshly started engine has no more to show
DEFAULT_MEASURES: Final = (
    Measure.ROUND_TRIP_MS,
    Measure.SUSPICION,
    Measure.LAG_SECONDS,
    Measure.LAG_ENTRIES,
    Measure.ENTRIES_PER_SECOND,
    Measure.WAL_BYTES_PER_SECOND,
)


class ChartPanel(ChartFace):
    """Charts of one cluster with their controls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cluster: str | None = None
        self._order: tuple[str, ...] = ()
        self._limit: float | None = None
        self._now = 0.0
        self._span_seconds = FIRST_SPAN
        self._held_end: float | None = None  # None: the axis follows the time
        self._asked_at: float | None = None
        self._asked_until = 0.0
        self._waiting = False
        self._measures = list(DEFAULT_MEASURES)
        self.stack = ChartStack(self)
        self.stack.show_measures(self._measures)
        self._build()
        self.stack.cursor_moved.connect(lambda _moment: self._say_cursor())
        self.stack.zoom_wanted.connect(self._on_zoom)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(round(ANSWER_SECONDS_MAX * 1000))
        self._late.timeout.connect(self._forget_question)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(1))
        head = QWidget(self)
        self._head = Flow(head, gap=theme.grid(1))
        self._span_label = Says("", bold=True, wraps=False, parent=head)
        self._range_buttons: dict[int, Chip] = {}
        for seconds in RANGES:
            button = Chip(chart_words.range_word(seconds), head, checkable=True)
            button.setAccessibleName(translate("charts", "Show the last {range}").format(range=button.text()))
            button.clicked.connect(lambda _checked=False, span=seconds: self.show_range(float(span)))
            self._range_buttons[seconds] = button
            self._head.addWidget(button)
        self.pause_button = Chip(translate("charts", "Pause"), head, checkable=True)
        self.pause_button.setShortcut(QKeySequence("P"))
        self.pause_button.setToolTip(translate("charts", "Hold the time axis still (P)"))
        self.pause_button.clicked.connect(self.set_paused)
        self._head.addWidget(self.pause_button)
        self._add_menus(head)
        self._cursor_label = Says("", size_em=SMALL, token=Token.TEXT_MUTED, wraps=False, parent=head)
        self._cursor_time = Says("", size_em=SMALL, bold=True, wraps=False, parent=head)
        self._head.addWidget(self._span_label)
        self._head.addWidget(self._cursor_label)
        self._head.push_right(self._cursor_label)
        self._head.addWidget(self._cursor_time)
        column.addWidget(head)
        column.addWidget(self.stack, stretch=1)
        self._show_span()

    def _add_menus(self, head: QWidget) -> None:
        self.charts_button = Chip(translate("charts", "Charts"), head)
        self.charts_button.setAccessibleName(translate("charts", "Choose which charts are shown"))
        menu = QMenu(self.charts_button)
        self.measure_actions: dict[Measure, QAction] = {}
        for measure in Measure:
            action = menu.addAction(chart_words.title_of(measure))
            action.setCheckable(True)
            action.setChecked(measure in self._measures)
            action.toggled.connect(lambda on, one=measure: self.show_measure(one, on))
            self.measure_actions[measure] = action
        self.charts_button.set_menu(menu)
        self.export_button = Chip(translate("charts", "Export"), head)
        self.export_button.setAccessibleName(translate("charts", "Export the shown charts"))
        menu = QMenu(self.export_button)
        menu.addAction(translate("charts", "As picture (PNG) …")).triggered.connect(lambda: self.ask_file("png"))
        menu.addAction(translate("charts", "As table (CSV) …")).triggered.connect(lambda: self.ask_file("csv"))
        self.export_button.set_menu(menu)
        for button in (self.charts_button, self.export_button):
            self._head.addWidget(button)

    def show_cluster(self, view: ClusterView | None) -> None:
        """Takes the picture's time as now, and asks for curves when the shown time has moved far enough."""
        name = view.name if view is not None else None
        if name != self._cluster:
            self._cluster, self._order, self._held_end = name, (), None
            self._forget_question()
            self.stack.set_cursor(None)
            self.stack.show_chart(None, (), limit=None)
            self.pause_button.setChecked(False)
        if view is None:
            return
        # A node keeps its colour while the page shows its cluster, also after a failover: the past is read by it.
        nodes = sorted(view.nodes, key=lambda node: node.role is not Role.PRIMARY)
        fresh = [node.name for node in nodes if node.role is not Role.BACKUP and node.name not in self._order]
        self._order += tuple(fresh)
        self._limit = view.lag_seconds_max
        self._now = view.at.timestamp()
        self._ask_if_due()

    def show_chart(self, chart: Chart) -> None:
        """The answer to a question of ours; one that belongs to another cluster is left alone."""
        if chart.cluster != self._cluster:
            return
        self._waiting = False
        self._late.stop()
        self.stack.show_chart(chart, self._order, limit=self._limit)
        self._show_span()

    def show_range(self, seconds: float) -> None:
        """The last so many seconds."""
        self._span_seconds, self._held_end = seconds, None
        self.pause_button.setChecked(False)
        self._ask_now()

    def set_paused(self, paused: bool) -> None:
        self.pause_button.setChecked(paused)
        self._held_end = self._now if paused else None
        self._ask_now()

    @property
    def order(self) -> tuple[str, ...]:
        """The nodes in the order of their colours."""
        return self._order

    @property
    def paused(self) -> bool:
        return self._held_end is not None

    @property
    def span(self) -> tuple[float, float]:
        end = self._now if self._held_end is None else self._held_end
        return end - self._span_seconds, end

    def _on_zoom(self, steps: int) -> None:
        """About the cursor, which keeps its place on the screen; about now where there is none."""
        before = self.span
        self._span_seconds = zoomed(self._span_seconds, steps)
        moment = self.stack.cursor_at
        if moment is not None:
            share = (moment - before[0]) / ((before[1] - before[0]) or 1.0)
            end = moment + (1 - share) * self._span_seconds
            self._held_end = None if end >= self._now and not self.pause_button.isChecked() else min(end, self._now)
        self.pause_button.setChecked(self._held_end is not None)
        self._ask_now()

    def show_measure(self, measure: Measure, on: bool) -> None:
        chosen = set(self._measures) | {measure} if on else set(self._measures) - {measure}
        self._measures = [one for one in Measure if one in chosen]
        self.stack.show_measures(self._measures)
        self._show_span()

    @property
    def measures(self) -> tuple[Measure, ...]:
        return tuple(self._measures)

    def ask_again(self) -> None:
        """The engine is back, or the last question was refused: ask anew at the next picture."""
        self._forget_question()

    def _forget_question(self) -> None:
        self._waiting, self._asked_at = False, None
        if hasattr(self, "_late"):
            self._late.stop()

    def _ask_now(self) -> None:
        self._asked_at = None
        self._waiting = False
        self._show_span()
        self._ask_if_due()

    def _ask_if_due(self) -> None:
        begin, end = self.span
        step = min(max(self._span_seconds / ASKS_PER_SPAN, ASK_SECONDS_LEAST), ASK_SECONDS_MOST)
        if self._cluster is None or self._now == 0.0 or self._waiting or not self.isVisible():
            return
        if self._asked_at is not None and abs(end - self._asked_until) < step * 0.95:
            return
        self._asked_at, self._asked_until, self._waiting = self._now, end, True
        points = min(max(self.stack.width(), POINTS_LEAST), POINTS_MOST)
        self._late.start()
        self.wants.emit(AskChart(cluster=self._cluster, begin=begin, end=end, points=points))

    def _show_span(self) -> None:
        begin, end = self.span
        self.stack.show_span(begin, end)
        live = self._held_end is None  # then the chosen range says it
        self._span_label.say("" if live else chart_words.shown_time(begin, end))
        for seconds, button in self._range_buttons.items():
            button.setChecked(seconds == round(self._span_seconds))
        self._say_cursor()

    def _say_cursor(self) -> None:
        if self._now == 0.0:
            return
        at_cursor = self.stack.cursor_at is not None
        self._cursor_label.say(
            translate("charts", "At the cursor") if at_cursor else translate("charts", "Newest")
        )
        self._cursor_time.say(chart_words.clock(self.stack.moment(), now=self._now))

    def ask_file(self, kind: str) -> QFileDialog:
        """Opens the file dialog; nothing waits for it."""
        dialog = QFileDialog(self)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind)
        dialog.setNameFilter("PNG (*.png)" if kind == "png" else "CSV (*.csv)")
        at = datetime.fromtimestamp(self.span[1], UTC).strftime("%Y%m%d-%H%M%S")
        dialog.selectFile(f"{self._cluster or 'charts'}-{at}.{kind}")
        dialog.fileSelected.connect(lambda path: self.export(Path(path), kind))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def export(self, path: Path, kind: str) -> None:
        """Writes what is shown now, and says where, or why not."""
        write: Callable[[Path], None] = self._write_png if kind == "png" else self._write_csv
        try:
            write(path)
        except OSError as error:
            text = translate("charts", "{path} could not be written: {reason}. Choose another place.")
            self.said.emit(text.format(path=path, reason=error.strerror or error))
        else:
            self.said.emit(translate("charts", "Written to {path}").format(path=path))

    def _write_csv(self, path: Path) -> None:
        chart = self.stack.chart
        if chart is None:
            raise OSError(translate("charts", "no readings have come yet"))
        path.write_text(csv_of(chart, self._measures), encoding="utf-8", newline="")

    def _write_png(self, path: Path) -> None:
        begin, end = self.span
        first = chart_words.clock(begin, now=end, day=True)
        last = chart_words.clock(end, now=end, day=True)
        subtitle = translate("charts", "{first} to {last} UTC").format(first=first, last=last)
        if not self.stack.picture(self._cluster or "", subtitle).save(str(path), "PNG"):
            raise OSError(translate("charts", "the picture could not be saved there"))
