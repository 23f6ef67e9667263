"""Measures the real window on a real engine over 500 simulated nodes: how late its frames are, also in a storm."""

import argparse
import os
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer

from console.domain.fleet import Measure
from console.ui import theme
from console.ui.chart_panel import DEFAULT_MEASURES, ChartPanel
from console.ui.cluster_page import ClusterPage
from console.ui.main_window import CLUSTER
from console.ui.places import Place
from console.window import Desk, application
from tests.bench.node_answers import NODES_PER_CLUSTER
from tests.bench.rig import Engine, Meter, Simulated, percentile, wait_for, watched_fleet

FRAME_SECONDS: Final = 1 / 60
SETTLE_SECONDS: Final = 6.0
SECONDS: Final = 20.0
STORM_SECONDS: Final = 14.0
CUT_SECONDS: Final = 2.0
SIX: Final = (*DEFAULT_MEASURES, Measure.LAG_BYTES)


class Frames:
    """A 60 Hz timer of the window's own loop, and how long each of its frames kept the loop busy or waiting."""

    def __init__(self) -> None:
        self.late_ms: list[float] = []
        self._last: float | None = None
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(round(FRAME_SECONDS * 1000))
        self._timer.timeout.connect(self._frame)
        self._timer.start()

    def _frame(self) -> None:
        here = time.monotonic()
        if self._last is not None:
            self.late_ms.append(max(0.0, here - self._last - FRAME_SECONDS) * 1000)
        self._last = here

    def take(self) -> list[float]:
        taken, self.late_ms, self._last = self.late_ms, [], None
        return taken


def run_for(seconds: float) -> None:
    """The window's own loop, undisturbed. (Quitting the application would close the window.)"""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def told(what: str, late: list[float], used: dict[str, float]) -> str:
    shares = ", ".join(f"{name} {value:.0f} %" for name, value in used.items())
    return (
        f"{what:<48} late p50 {percentile(late, 0.5):5.1f}, p99 {percentile(late, 0.99):5.1f}, "
        f"most {max(late):5.1f} ms over {len(late)} frames; CPU of a core: {shares}\n"
    )


def measure(simulated: Simulated, engine: Engine) -> None:
    desk = Desk(engine.home)
    desk.window.resize(1440, 900)
    frames = Frames()
    seen: list[str] = []

    def during(what: str, seconds: float) -> None:
        frames.take()
        seen.clear()
        meter = Meter(window=os.getpid(), engine=engine.pid, nodes=simulated.pid)
        run_for(seconds)
        sys.stdout.write(told(what, frames.take(), meter.read()))
        sys.stdout.write(f"{'':<48} {len(seen) / seconds:.0f} pictures a second reached it\n")
        sys.stdout.flush()

    desk.bridge.cluster_seen.connect(lambda view: seen.append(view.name))
    desk.open()
    run_for(SETTLE_SECONDS)
    count = len(simulated.nodes)
    if len(desk.window.views()) * NODES_PER_CLUSTER != count:
        raise RuntimeError("the window does not show every cluster")
    during(f"Fleet, {count} nodes", SECONDS / 2)
    desk.window.go(Place("sim-000"))
    page = desk.window.page(CLUSTER)
    assert isinstance(page, ClusterPage)
    run_for(1.0)
    assert isinstance(page.charts, ChartPanel)
    for measured in SIX:
        page.charts.show_measure(measured, True)
    run_for(SETTLE_SECONDS)
    during(f"Cluster with six charts, {count} nodes", SECONDS)
    cutter = threading.Thread(target=simulated.cut_and_reopen, args=(CUT_SECONDS,))
    cutter.start()
    during(f"the same while all {count} are cut and reconnect", STORM_SECONDS)
    cutter.join()
    wait_for(lambda: engine.healthy() == len(engine.fleet()), "a healthy fleet", pause=0.5)
    desk.window.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=500)
    asked = parser.parse_args()
    app = application()
    theme.apply(app, theme.Choice.LIGHT)
    app.setQuitOnLastWindowClosed(False)
    with (
        tempfile.TemporaryDirectory(prefix="window-bench-") as directory,
        watched_fleet(asked.nodes, Path(directory)) as (simulated, engine, _),
    ):
        measure(simulated, engine)


if __name__ == "__main__":
    main()
