"""Charts: a gap is never a line, the cursor says what was read, exports hold the curves, one chart is drawn a slot."""

import csv
import io
import math
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from console.domain.fleet import Chart, Curve, Gap, Measure
from console.link.messages import AskChart
from console.ui import chart_words, theme
from console.ui.chart_data import (
    CSV_HEADER,
    bands_of,
    csv_of,
    round_up,
    time_ticks,
    trace_of,
    traces_of,
    worst_traces,
    zoomed,
)
from console.ui.chart_panel import DEFAULT_MEASURES, ChartPanel
from console.ui.chart_stack import ChartStack, places_of
from console.ui.charts import series_pen
from tests.ui import stories

END = stories.NOW.timestamp()


def curve(
    values: list[float | None], *, measure: Measure = Measure.ROUND_TRIP_MS, node: str = "a", begin: float = 100.0
) -> Curve:
    seconds = tuple(begin + place for place in range(len(values)))
    return Curve(node=node, measure=measure, seconds=seconds, low=tuple(values), high=tuple(values))


def chart_of(*curves: Curve, gaps: tuple[Gap, ...] = (), bucket: float = 0.0) -> Chart:
    return Chart(
        cluster="c", begin=100.0, end=200.0, bucket_seconds=bucket, curves=curves, gaps=gaps, events=()
    )  # fmt: skip


def test_a_moment_asked_and_not_answered_breaks_the_line() -> None:
    one = curve([1.0, None, 3.0])
    trace = trace_of(one, chart_of(one))
    assert math.isnan(trace.high[1])
    assert trace.at(101.0, 0.4) is None
    assert trace.at(102.0, 0.4) == (3.0, 3.0)


def test_a_gap_of_the_engine_breaks_the_line_even_where_no_reading_lies_in_it() -> None:
    one = Curve(
        node="a", measure=Measure.LAG_SECONDS, seconds=(100.0, 101.0, 130.0), low=(1.0, 1.0, 2.0), high=(1.0, 1.0, 2.0)
    )
    trace = trace_of(one, chart_of(one, gaps=(Gap(begin=102.0, end=129.0),)))
    between = (trace.seconds > 101.0) & (trace.seconds < 130.0)
    assert between.any()
    assert np.isnan(trace.high[between]).all()


def test_a_hole_in_the_readings_breaks_the_line_and_neighbours_do_not() -> None:
    one = Curve(node="a", measure=Measure.LAG_SECONDS, seconds=(1.0, 2.1, 3.0, 60.0), low=(1.0,) * 4, high=(1.0,) * 4)
    trace = trace_of(one, chart_of(one))
    assert int(np.isnan(trace.high).sum()) == 1
    assert math.isnan(trace.high[3])


def test_a_bucket_is_drawn_from_its_least_to_its_greatest() -> None:
    one = Curve(node="a", measure=Measure.ROUND_TRIP_MS, seconds=(60.0, 120.0), low=(1.0, 2.0), high=(9.0, 2.0))
    x, y = trace_of(one, chart_of(one, bucket=60.0)).drawn()
    assert x.tolist() == [60.0, 60.0, 120.0, 120.0]
    assert y.tolist() == [1.0, 9.0, 2.0, 2.0]
    assert chart_words.value_text(Measure.ROUND_TRIP_MS, (1.0, 9.0)) == "1.0–9.0"


def test_gaps_that_touch_are_one_band_and_those_outside_none() -> None:
    chart = chart_of(
        gaps=(Gap(begin=90, end=110), Gap(begin=110, end=120), Gap(begin=190, end=300), Gap(begin=1, end=2))
    )
    assert bands_of(chart, 100.0, 200.0) == (Gap(begin=100.0, end=120), Gap(begin=190, end=200.0))
    assert chart_words.gap_text(Gap(begin=0, end=190)) == "no readings, 3 min 10 s"


def test_above_five_nodes_the_worst_five_are_drawn_with_different_pens() -> None:
    curves = tuple(curve([float(place)], node=f"n{place}") for place in range(8))
    order = [f"n{place}" for place in range(8)]
    kept = worst_traces(traces_of(chart_of(*curves), Measure.ROUND_TRIP_MS, order), 5)
    assert [trace.node for trace in kept] == ["n3", "n4", "n5", "n6", "n7"]
    assert sorted(places_of([trace.node for trace in kept], order).values()) == [0, 1, 2, 3, 4]


def test_series_differ_by_colour_and_by_dash(qapp: object) -> None:
    assert qapp is not None
    looks = {(series_pen(place).color().name(), tuple(series_pen(place).dashPattern())) for place in range(5)}
    assert len({colour for colour, _ in looks}) == 5
    assert len({dashes for _, dashes in looks}) == 5


@pytest.mark.parametrize(
    ("value", "top"), [(0.0, 1.0), (0.3, 0.4), (41.2, 50.0), (80.0, 80.0), (1999.0, 2000.0), (math.nan, 1.0)]
)
def test_an_axis_ends_at_a_number_that_is_easily_read(value: float, top: float) -> None:
    assert round_up(value) == pytest.approx(top)


def test_the_time_axis_names_the_day_at_midnight() -> None:
    midnight = END - END % 86_400
    ticks = dict(time_ticks(midnight - 10_800, midnight + 10_800, 10))
    assert ticks[midnight] == "17 Mar"
    assert len(time_ticks(END - 300, END, 6)) <= 6
    assert len(time_ticks(END - 2_592_000, END, 6)) <= 6


def test_zooming_walks_the_ladder_and_ends_at_its_ends() -> None:
    assert zoomed(1800, 1) == 900
    assert zoomed(1800, -1) == 3600
    assert zoomed(60, 1) == 60
    assert zoomed(2_592_000, -1) == 2_592_000


def stack_of(qtbot: QtBot, chart: Chart, measures: tuple[Measure, ...] = DEFAULT_MEASURES) -> ChartStack:
    stack = ChartStack()
    qtbot.addWidget(stack)
    stack.resize(900, 500)
    stack.show_measures(measures)
    stack.show()
    qtbot.waitExposed(stack)
    stack.show_span(chart.begin, chart.end)
    stack.show_chart(chart, ("nyc-1", "nyc-2", "chi-1", "dal-1"), limit=10.0, at_once=True)
    return stack


def test_the_legend_shows_what_the_curve_holds_at_the_cursor(qtbot: QtBot) -> None:
    chart = stories.chart(stories.story())
    stack = stack_of(qtbot, chart)
    for moment in (END - 228.0, END - 1500.0, END - 3.0):
        stack.set_cursor(moment)
        for row in stack.rows:
            for node, _, text in row.legend.lines:
                held = next(c for c in chart.curves if c.node == node and c.measure is row.measure)
                near = min(range(len(held.seconds)), key=lambda place: abs(held.seconds[place] - moment))
                value = held.high[near]
                assert value is not None
                factor = 1e-6 if row.measure is Measure.WAL_BYTES_PER_SECOND else 1.0
                assert text == chart_words.value_text(row.measure, (value * factor, value * factor))


def test_in_a_gap_the_legend_shows_no_value(qtbot: QtBot) -> None:
    stack = stack_of(qtbot, stories.chart(stories.story()))
    stack.set_cursor(END - 1180.0)
    assert {text for row in stack.rows for _, _, text in row.legend.lines} == {"—"}
    assert [band.end - band.begin for band in stack.bands()] == [190.0]


def test_keys_move_the_cursor_and_ask_for_zoom(qtbot: QtBot) -> None:
    stack = stack_of(qtbot, stories.chart(stories.story()))
    qtbot.keyClick(stack, Qt.Key.Key_Left)
    first = stack.cursor_at
    assert first is not None
    assert first < END
    qtbot.keyClick(stack, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    second = stack.cursor_at
    assert second is not None
    assert END - second == pytest.approx((END - first) * 11, rel=0.01)
    qtbot.keyClick(stack, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert stack.cursor_at == pytest.approx(END - 316)
    with qtbot.waitSignal(stack.zoom_wanted) as zoom:
        qtbot.keyClick(stack, Qt.Key.Key_Plus)
    assert zoom.args == [1]
    qtbot.keyClick(stack, Qt.Key.Key_End)
    assert stack.cursor_at is None


def test_the_pointer_sets_the_one_cursor_of_all_charts(qtbot: QtBot) -> None:
    stack = stack_of(qtbot, stories.chart(stories.story()))
    plot = stack.rows[3].plot
    middle = plot.mapTo(stack, QPoint(plot.width() // 2, plot.height() // 2))
    qtbot.mouseClick(stack, Qt.MouseButton.LeftButton, pos=middle)
    assert stack.cursor_at == pytest.approx(END - 900, abs=4)


def test_all_charts_share_one_time_axis(qtbot: QtBot) -> None:
    stack = stack_of(qtbot, stories.chart(stories.story()))
    stack.show_span(END - 300, END)
    ranges = {tuple(round(value) for value in row.plot.time_range()) for row in stack.rows}
    assert ranges == {(round(END - 300), round(END))}
    stack.show_measures(DEFAULT_MEASURES[1:])
    stack.show_span(END - 60, END)
    ranges = {tuple(round(value) for value in row.plot.time_range()) for row in stack.rows}
    assert ranges == {(round(END - 60), round(END))}


def test_one_chart_is_redrawn_a_slot(qtbot: QtBot) -> None:
    stack = stack_of(qtbot, stories.chart(stories.story()))
    later = stories.chart(replace(stories.story()), seed=8)
    with qtbot.waitSignal(stack.redrawn, timeout=10_000):
        stack.show_chart(later, ("nyc-1",), limit=None)
        assert [row.traces[0].high[0] for row in stack.rows[:1]] != [later.curves[0].high[0]]
    _, drawn = stack.rows[0].plot.points_of("nyc-1")
    assert drawn[0] == pytest.approx(later.curves[0].high[0])


def test_a_limit_is_drawn_once_the_readings_come_near_it(qtbot: QtBot) -> None:
    stack = stack_of(qtbot, stories.chart(stories.story()))
    lag = next(row for row in stack.rows if row.measure is Measure.LAG_SECONDS)
    assert lag.plot.top >= 41.0
    assert 0 < lag.plot.height_of(10.0) < lag.plot.height()
    assert lag.accessibleName().startswith("Behind (flush), s")


def test_csv_holds_each_point_of_each_shown_curve() -> None:
    one = curve([1.5, None, 2.0])
    two = Curve(node="b", measure=Measure.LAG_BYTES, seconds=(100.0,), low=(7.0,), high=(9.0,))
    rows = list(csv.reader(io.StringIO(csv_of(chart_of(one, two, bucket=60.0)))))
    assert tuple(rows[0]) == CSV_HEADER
    assert [row[2:6] for row in rows[1:]] == [
        ["a", "round-trip-ms", "1.5", "1.5"],
        ["a", "round-trip-ms", "", ""],
        ["a", "round-trip-ms", "2.0", "2.0"],
        ["b", "lag-bytes", "7.0", "9.0"],
    ]
    assert rows[1][0] == "1970-01-01T00:01:40.000Z"
    assert all("60 s" in row[6] for row in rows[1:])
    assert len(csv_of(chart_of(one, two), (Measure.LAG_BYTES,)).splitlines()) == 2


def panel_of(qtbot: QtBot) -> tuple[ChartPanel, list[AskChart]]:
    panel = ChartPanel()
    qtbot.addWidget(panel)
    asked: list[AskChart] = []
    panel.wants.connect(asked.append)
    panel.resize(900, 500)
    panel.show()
    qtbot.waitExposed(panel)
    panel.show_range(1800.0)
    panel.show_cluster(stories.story())
    return panel, asked


def test_the_first_range_is_what_just_happened(qtbot: QtBot) -> None:
    panel = ChartPanel()
    qtbot.addWidget(panel)
    panel.show_cluster(stories.story())
    assert panel.span == (END - 300, END)


def test_curves_are_asked_for_once_and_again_only_when_time_has_moved(qtbot: QtBot) -> None:
    panel, asked = panel_of(qtbot)
    assert [(q.begin, q.end) for q in asked] == [(END - 1800, END)]
    panel.show_cluster(stories.story())
    assert len(asked) == 1
    panel.show_chart(stories.chart(stories.story()))
    for seconds in range(1, 5):
        later = replace(stories.story(), at=stories.NOW.fromtimestamp(END + seconds, stories.NOW.tzinfo))
        panel.show_cluster(later)
    assert [q.end - END for q in asked] == [0, 3]


def test_pause_holds_the_axis_and_a_range_lets_it_go(qtbot: QtBot) -> None:
    panel, asked = panel_of(qtbot)
    panel.show_chart(stories.chart(stories.story()))
    panel.set_paused(True)
    panel.show_cluster(replace(stories.story(), at=stories.NOW.fromtimestamp(END + 500, stories.NOW.tzinfo)))
    assert panel.paused
    assert panel.span == (END - 1800, END)
    panel.show_range(300.0)
    assert not panel.paused
    assert (asked[-1].begin, asked[-1].end) == (END + 200, END + 500)


def test_zoom_keeps_the_cursor_at_its_place(qtbot: QtBot) -> None:
    panel, _ = panel_of(qtbot)
    panel.show_chart(stories.chart(stories.story()))
    panel.stack.set_cursor(END - 1350)
    qtbot.keyClick(panel.stack, Qt.Key.Key_Plus)
    begin, end = panel.span
    assert end - begin == 900
    assert (END - 1350 - begin) / 900 == pytest.approx(0.25)


def test_a_chart_can_be_taken_away_and_brought_back(qtbot: QtBot) -> None:
    panel, _ = panel_of(qtbot)
    panel.measure_actions[Measure.REPLY_AGE_SECONDS].setChecked(True)
    assert Measure.REPLY_AGE_SECONDS in panel.measures
    panel.measure_actions[Measure.ROUND_TRIP_MS].setChecked(False)
    assert [row.measure for row in panel.stack.rows] == list(panel.measures)
    assert Measure.ROUND_TRIP_MS not in panel.measures


def test_exports_write_what_is_shown(qtbot: QtBot, tmp_path: Path) -> None:
    panel, _ = panel_of(qtbot)
    panel.show_chart(stories.chart(stories.story()))
    panel.export(tmp_path / "out.png", "png")
    image = QImage(str(tmp_path / "out.png"))
    assert image.width() >= 1800
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(200, image.height(), 7)}
    assert theme.colour(theme.Token.SERIES_1).name() in colours
    panel.export(tmp_path / "out.csv", "csv")
    lines = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()
    shown = [c for c in stories.chart(stories.story()).curves if c.measure in DEFAULT_MEASURES]
    assert len(lines) == 1 + sum(len(c.seconds) for c in shown)


def test_an_export_that_can_not_be_written_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    panel, _ = panel_of(qtbot)
    panel.show_chart(stories.chart(stories.story()))
    for kind in ("csv", "png"):
        with qtbot.waitSignal(panel.said) as said:
            panel.export(tmp_path / "nowhere" / f"out.{kind}", kind)
        assert "could not be written" in said.args[0]


def test_the_file_dialog_waits_for_nobody(qtbot: QtBot) -> None:
    panel, _ = panel_of(qtbot)
    dialog = panel.ask_file("csv")
    assert isinstance(dialog, QFileDialog)
    assert dialog.isVisible()
    assert dialog.selectedFiles()[0].endswith("ledger-us-20260317-024118.csv")
    dialog.reject()


def test_the_page_loads_without_pyqtgraph_until_charts_are_needed() -> None:
    code = "import sys, console.ui.cluster_page; assert not {'pyqtgraph', 'numpy'} & sys.modules.keys()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
