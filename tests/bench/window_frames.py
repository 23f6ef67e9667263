"""How late a 60 Hz timer is while the window shows many clusters at 1 Hz: `python -m tests.bench.window_frames`."""

import argparse
import os
import statistics
import time
from dataclasses import replace
from datetime import timedelta

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from console.domain.fleet import ClusterView
from console.domain.reading import Moment
from console.link.messages import ClusterSeen
from console.ui import theme
from console.ui.bridge import Bridge
from console.ui.main_window import MainWindow
from tests.ui import story

FRAME_SECONDS = 1 / 60
SETTLE_SECONDS = 2.0


def clock() -> Moment:
    return Moment(story.NOW + timedelta(seconds=time.monotonic() % 86400), time.monotonic())


class Feeder(QObject):
    """Gives each cluster a new picture a second, spread or all at once, the way the link's thread does."""

    def __init__(self, bridge: Bridge, views: tuple[ClusterView, ...], *, burst: bool) -> None:
        super().__init__()
        self._bridge, self._views, self._burst = bridge, views, burst
        self._began, self._told = time.monotonic(), 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._feed)
        self._timer.start(5)

    def _feed(self) -> None:
        due = int((time.monotonic() - self._began) * len(self._views))
        if self._burst:
            due -= due % len(self._views)
        for number in range(self._told, due):
            self._tell(number)
        self._told = max(self._told, due)

    def _tell(self, number: int) -> None:
        second, place = divmod(number, len(self._views))
        view = self._views[place]
        trip = 1000 + 37 * (number % 50)
        nodes = tuple(
            replace(node, strip=(*node.strip[1:], trip), round_trip_seconds=trip / 1e6) for node in view.nodes
        )
        at = view.at + timedelta(seconds=second + 1)
        self._bridge._hear(ClusterSeen(view=replace(view, at=at, serial=second, nodes=nodes)))


class Frames(QObject):
    """How late each turn of a 60 Hz timer was, in milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[float] = []
        self._last: float | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._turn)

    def start(self) -> None:
        self._timer.start(16)

    def _turn(self) -> None:
        here = time.monotonic()
        if self._last is not None:
            self.late.append(max(0.0, here - self._last - FRAME_SECONDS) * 1000)
        self._last = here


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clusters", type=int, default=100)
    parser.add_argument("--nodes", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--burst", action="store_true", help="all pictures of a second arrive at once")
    asked = parser.parse_args()
    app = QApplication([])
    theme.apply(app, theme.Choice.LIGHT, pixels=13)
    window = MainWindow(clock)
    bridge = Bridge(lambda _m, _l: None, lambda: "", time.monotonic)  # type: ignore[arg-type,return-value]
    bridge.cluster_seen.connect(window.show_view)
    views, hosts = story.many(asked.clusters, asked.nodes), asked.clusters * asked.nodes
    window.show()
    window.show_views(views)
    window.show_engine(story.engine(hosts=hosts, answered=hosts))
    feeder, frames = Feeder(bridge, views, burst=asked.burst), Frames()
    QTimer.singleShot(round(SETTLE_SECONDS * 1000), frames.start)
    QTimer.singleShot(round((asked.seconds + SETTLE_SECONDS) * 1000), app.quit)
    cpu, wall = time.process_time(), time.monotonic()
    app.exec()
    busy = (time.process_time() - cpu) / (time.monotonic() - wall)
    cuts = statistics.quantiles(frames.late, n=100)
    print(  # noqa: T201
        f"{asked.clusters} clusters x {asked.nodes} nodes at 1 Hz{', in bursts' if asked.burst else ''}: "
        f"60 Hz timer late p50 {cuts[49]:.1f} ms, p99 {cuts[98]:.1f} ms, most {max(frames.late):.1f} ms "
        f"over {len(frames.late)} frames; "
        f"{busy:.0%} of one core"
    )
    feeder.deleteLater()
    bridge.close()


if __name__ == "__main__":
    main()
