"""Measures a chart's way out of the store, and what it costs to keep 500 readings a second."""

import math
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Final

from sqlalchemy import insert

from console.domain.fleet import Chart, Measure
from console.store import schema
from console.store.database import Store, open_store
from console.store.history import History, Sample
from console.store.rollup import MINUTE
from tests.bench.chart_paint import paint_side

RUNS: Final = 7
POINTS: Final = 900  # a chart's width in pixels
HOUR: Final = 3_600
DAY: Final = 24 * HOUR
NODES: Final = 5
CLUSTER: Final = "ledger-us"
NOW: Final = 1_760_000_000.0 // HOUR * HOUR + 1_234.0  # the last minutes are not rolled up yet
BATCH_SECONDS: Final = 1_000
RANGES: Final = {"5 min": 300, "1 h": HOUR, "6 h": 6 * HOUR, "24 h": DAY, "7 d": 7 * DAY, "30 d": 30 * DAY}


def reading(node: int, seconds: float) -> Sample:
    """A plausible reading: a node that is asked each second, and fails to answer once in a while."""
    wave = math.sin(seconds / 300 + node)
    answered = int(seconds) % 5_000 > 3
    values = (1.2 + wave, 0.4, 9_000.0 + 5_000 * wave, 0.2 + wave / 10, 3.0 + wave, 840 + 90 * wave, 1e6 + 1e5 * wave)
    return Sample(
        cluster=CLUSTER,
        node=f"nyc-{node}",
        seconds=seconds,
        values=values if answered else (None,) * len(Measure),
        answered=answered,
    )


def fill(store: Store) -> History:
    """A day of raw readings of five nodes through the front door, and 29 days of minutes before it."""
    history = History(store)
    begin = NOW - DAY
    for start in range(0, DAY, BATCH_SECONDS):
        for second in range(start, min(start + BATCH_SECONDS, DAY)):
            at = begin + second
            history.watched(at)
            for node in range(1, NODES + 1):
                history.add(reading(node, at))
        said = history.flush()
        if said:
            raise OSError(said)
    fill_minutes(store, begin)
    history.roll_up(NOW)
    return history


def fill_minutes(store: Store, until: float) -> None:
    last = int(until) // 60 - 1
    for node in range(1, NODES + 1):
        rows = []
        for minute in range(last - 29 * 24 * 60, last):
            row: dict[str, int] = {"node_id": node, "at_ms": minute * MINUTE.step_ms, "asked": 60, "answered": 60}
            for place, name in enumerate(schema.COLUMNS):
                low = 1_000 * (place + 1) + minute % 97
                row |= {f"low_{name}": low, f"high_{name}": low * 2, f"total_{name}": low * 90, f"known_{name}": 60}
            rows.append(row)
        with store.writing(durable=False) as connection:
            connection.execute(insert(schema.minutes), rows)


def ask(history: History, seconds: float, node: str | None) -> Chart:
    return history.chart(cluster=CLUSTER, begin=NOW - seconds, end=NOW, points=POINTS, node=node)


def timed(history: History, seconds: float, node: str | None) -> list[float]:
    """Milliseconds of some charts, one after the other; the first warms the caches and does not count."""
    ask(history, seconds, node)
    taken = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        chart = ask(history, seconds, node)
        taken.append((time.perf_counter() - begun) * 1000)
        if not chart.curves or any(len(curve.seconds) > POINTS for curve in chart.curves):
            raise ValueError("the chart has no curves, or more points than asked for")
    return taken


def store_side(path: Path) -> list[float]:
    """Milliseconds from the store to a `Chart` of a day of one node, in a store made in this directory."""
    with open_store(path / "chart-bench.sqlite") as store:
        return timed(fill(store), DAY, "nyc-1")


def by_hand(path: Path) -> list[float]:
    """Milliseconds of what it is compared to: the day's raw rows, read and put into minutes without a roll-up."""
    taken = []
    with closing(sqlite3.connect(path)) as file:
        for _ in range(RUNS):
            begun = time.perf_counter()
            minutes: dict[int, list[float]] = {}
            for at_ms, trip in file.execute("select at_ms, round_trip_ms from samples where node_id = 1"):
                if trip is not None:
                    minutes.setdefault(at_ms // MINUTE.step_ms, []).append(trip / 1000)
            curve = [(minute, min(values), max(values)) for minute, values in minutes.items()]
            taken.append((time.perf_counter() - begun) * 1000)
            if len(curve) < DAY // 60:
                raise ValueError("readings are missing")
    return taken


def keeping(store: Store, *, nodes: int, batches: int) -> tuple[float, float, float]:
    """CPU milliseconds a second for adding, storing and rolling up readings of this many nodes at 1 Hz."""
    history = History(store)
    adding = storing = 0.0
    seconds = 0
    for _ in range(batches):
        samples = [reading(node, NOW + seconds + s) for s in range(int(history.flush_seconds)) for node in range(nodes)]
        seconds += int(history.flush_seconds)
        begun = time.process_time()
        for sample in samples:
            history.add(sample)
        between = time.process_time()
        said = history.flush()
        storing += time.process_time() - between
        adding += between - begun
        if said:
            raise OSError(said)
    begun = time.process_time()
    history.roll_up(NOW + seconds + 60)
    rolling = time.process_time() - begun
    return adding * 1000 / seconds, storing * 1000 / seconds, rolling * 1000 / seconds


def painted(history: History) -> None:
    """A day of one node from the store to six painted charts, with the way over the link between."""
    runs = paint_side(lambda: ask(history, DAY, "nyc-1"), runs=RUNS)
    names = ("in the store", "over the link", "six charts laid out and painted")
    for name, figures in zip(names, zip(*runs, strict=True), strict=True):
        sys.stdout.write(told(f"  {name}", list(figures), "ms") + "\n")
    sys.stdout.write(told("a day of one node, store to paint", [sum(run) for run in runs], "ms") + "\n")


def told(name: str, figures: list[float], unit: str) -> str:
    return f"{name:<44} {median(figures):8.1f} {unit}   ({min(figures):.1f} to {max(figures):.1f})"


def main() -> None:
    out = sys.stdout
    with tempfile.TemporaryDirectory(prefix="chart-bench-") as directory:
        path = Path(directory)
        with open_store(path / "store.sqlite") as store:
            begun = time.perf_counter()
            history = fill(store)
            out.write(f"a store of {NODES} nodes, made in {time.perf_counter() - begun:.1f} s; medians of {RUNS}\n")
            for name, seconds in RANGES.items():
                out.write(told(f"store to chart, {name}, one node", timed(history, seconds, "nyc-1"), "ms") + "\n")
                out.write(told(f"store to chart, {name}, {NODES} nodes", timed(history, seconds, None), "ms") + "\n")
            painted(history)
        out.write(told("a day of one measure, bare sqlite3, raw rows", by_hand(path / "store.sqlite"), "ms") + "\n")
        costs = []
        for run in range(RUNS):
            with open_store(path / f"keeping-{run}.sqlite") as store:
                costs.append(keeping(store, nodes=500, batches=6))
        for name, figures in zip(("add", "flush", "roll up"), zip(*costs, strict=True), strict=True):
            out.write(told(f"500 readings/s, {name}: CPU each second", list(figures), "ms") + "\n")


if __name__ == "__main__":
    main()
