"""How late a 60 Hz timer is while the window shows many clusters at 1 Hz: `python -m tests.bench.window_frames`."""

import argparse
import os
import statistics
import time
from dataclasses import replace
from datetime import timedelta

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from console.link.messages import ClusterSeen
from console.ui import theme
from console.ui.bridge import Bridge
from console.ui.main_window import MainWindow
from tests.ui import story

FRAME_SECONDS = 1 / 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clusters", type=int, default=100)
    parser.add_argument("--nodes", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--burst", action="store_true", help="all pictures of a second arrive at once")
    asked = parser.parse_args()
    app = QApplication([])
    theme.apply(app, theme.Choice.LIGHT, pixels=13)
    clock = story.StoryClock()
    began = time.monotonic()

    def now() -> object:
        clock.advance(time.monotonic() - began + 1000.0 - clock.now.ticks)
        return clock.now

    window = MainWindow(now)  # type: ignore[arg-type]
    bridge = Bridge(lambda _m, _l: None, lambda: "", time.monotonic)  # type: ignore[arg-type,return-value]
    bridge.cluster_seen.connect(window.show_view)
    window.show()
    views = story.many(asked.clusters, asked.nodes)
    window.show_views(views)
    window.show_engine(story.engine(hosts=asked.clusters * asked.nodes, answered=asked.clusters * asked.nodes))
    told = 0

    def tell(number: int) -> None:
        second, place = divmod(number, len(views))
        view = views[place]
        nodes = tuple(
            replace(node, strip=(*node.strip[1:], 1000 + 37 * (number % 50)), round_trip_seconds=0.001 + number / 1e7)
            for node in view.nodes
        )
        at = view.at + timedelta(seconds=second + 1)
        bridge._hear(ClusterSeen(view=replace(view, at=at, serial=second, nodes=nodes)))

    def feed() -> None:
        nonlocal told
        due = int((time.monotonic() - began) * len(views))
        if asked.burst:
            due -= due % len(views)
        while told < due:
            tell(told)
            told += 1

    feeder = QTimer()
    feeder.setTimerType(Qt.TimerType.PreciseTimer)
    feeder.timeout.connect(feed)
    feeder.start(5)
    late: list[float] = []
    last = time.monotonic()

    def frame() -> None:
        nonlocal last
        here = time.monotonic()
        late.append(max(0.0, here - last - FRAME_SECONDS) * 1000)
        last = here

    frames = QTimer()
    frames.setTimerType(Qt.TimerType.PreciseTimer)
    frames.timeout.connect(frame)
    QTimer.singleShot(2000, lambda: frames.start(16))
    QTimer.singleShot(round((asked.seconds + 2) * 1000), app.quit)
    cpu = time.process_time()
    wall = time.monotonic()
    app.exec()
    busy = (time.process_time() - cpu) / (time.monotonic() - wall)
    cuts = statistics.quantiles(late[1:], n=100)
    print(  # noqa: T201
        f"{asked.clusters} clusters x {asked.nodes} nodes at 1 Hz: 60 Hz timer late p50 {cuts[49]:.1f} ms, "
        f"p99 {cuts[98]:.1f} ms, most {max(late[1:]):.1f} ms over {len(late)} frames; {busy:.0%} of one core"
    )
    bridge.close()


if __name__ == "__main__":
    main()
