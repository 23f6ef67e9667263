"""Some bindings take a reference from None or True with each call, until the interpreter dies: not these."""

import gc
import sys
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from console.link.messages import ClusterSeen
from console.ui.bridge import Bridge
from console.ui.main_window import MainWindow
from tests.ui import story

ROUNDS = 300
IMMORTAL = 1 << 28  # from Python 3.12 on these objects are never counted
ALLOWED = 120  # caches and the like; a taken reference a call would be thousands


class Teller(QObject):
    """A signal of the kind that the bridge uses."""

    told = Signal(object)


def counts() -> tuple[int, int]:
    gc.collect()  # what earlier tests left behind holds references of its own, and may go at any moment
    return sys.getrefcount(None), sys.getrefcount(True)


def test_hundreds_of_redraws_and_signals_take_no_reference_from_none_and_true(
    qapp: QApplication, window: MainWindow, clock: story.StoryClock
) -> None:
    teller = Teller()
    heard = []
    teller.told.connect(lambda value: heard.append(value.serial))
    views = story.fleet()
    bridge = Bridge(lambda _message, _lost: None, lambda: "", lambda: clock.now.ticks)  # type: ignore[arg-type,return-value]
    bridge.cluster_seen.connect(window.show_view)

    def one_round(number: int) -> None:
        clock.advance(1)
        for view in views:
            newer = replace(view, at=view.at + timedelta(seconds=number), serial=number)
            bridge._hear(ClusterSeen(view=newer))
            bridge._deliver()
            teller.told.emit(newer)
        window.tick()
        window.repaint()
        qapp.processEvents()

    for number in range(20):
        one_round(number)
    heard.clear()
    none_before, true_before = counts()
    for number in range(20, 20 + ROUNDS):
        one_round(number)
    none_after, true_after = counts()
    assert len(heard) == 3 * ROUNDS
    if none_before < IMMORTAL:
        assert abs(none_after - none_before) < ALLOWED
        assert abs(true_after - true_before) < ALLOWED
    bridge.close()
