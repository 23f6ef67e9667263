"""The bridge on the real link: what it tells, how it spreads it, and how it comes back when the engine is lost."""

import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from console.domain.cluster import Inventory
from console.domain.fleet import ClusterView
from console.link.messages import (
    PROTOCOL,
    AskChart,
    AskEngine,
    ClusterSeen,
    Done,
    HostKeys,
    InventoryChanged,
    Message,
    Prompts,
    Refused,
    Welcome,
)
from console.link.server import LinkServer
from console.link.socket import Link
from console.ui.bridge import CLUSTER_SECONDS_MIN, SLOT_MILLISECONDS, Bridge
from tests.ui import story

WELCOME = Welcome(
    protocol=PROTOCOL, engine=story.engine(), inventory=Inventory(), clusters=story.fleet(),
    host_keys=HostKeys(offers=()), prompts=Prompts(prompts=()),
)  # fmt: skip
GENEROUS_MILLISECONDS = 15_000


def answer(question: Message, _person: str) -> Message:
    return story.engine() if isinstance(question, AskEngine) else Done()


class Ends:
    """A link's two ends: a server that can be taken down and put up again, and a bridge."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.server: LinkServer | None = None
        self.revived = 0
        self.bridge = Bridge(self._attach, self._revive, time.monotonic)

    def _attach(self, on_message: Callable[[Message], None], on_lost: Callable[[str], None]) -> Link:
        return Link(self.path, face="window", watches=True, on_message=on_message, on_lost=on_lost)

    def _revive(self) -> str:
        self.revived += 1
        self.up()
        return ""

    def up(self) -> None:
        self.server = LinkServer(self.path, welcome=lambda: WELCOME, answer=answer)

    def down(self) -> None:
        if self.server is not None:
            self.server.close()
        self.server = None

    def tell(self, message: Message) -> None:
        assert self.server is not None
        self.server.tell(message)


@pytest.fixture
def ends(tmp_path: Path) -> Iterator[Ends]:
    made = Ends(tmp_path / "engine.sock")
    yield made
    made.bridge.close()
    made.down()


def test_it_attaches_and_passes_the_first_picture_on(qtbot: QtBot, ends: Ends) -> None:
    ends.up()
    with qtbot.waitSignal(ends.bridge.connected, timeout=GENEROUS_MILLISECONDS) as connected:
        ends.bridge.start()
    assert connected.args == [WELCOME]
    assert ends.revived == 0


def test_it_starts_the_engine_where_none_runs(qtbot: QtBot, ends: Ends) -> None:
    with qtbot.waitSignal(ends.bridge.connected, timeout=GENEROUS_MILLISECONDS):
        ends.bridge.start()
    assert ends.revived == 1


def test_each_message_becomes_its_signal_in_the_windows_thread(qtbot: QtBot, ends: Ends) -> None:
    ends.up()
    bridge, threads = ends.bridge, []
    with qtbot.waitSignal(bridge.connected, timeout=GENEROUS_MILLISECONDS):
        bridge.start()
    pairs = (
        (bridge.inventory_changed, InventoryChanged(inventory=Inventory())),
        (bridge.host_keys_seen, HostKeys(offers=())),
        (bridge.prompts_seen, Prompts(prompts=())),
        (bridge.cluster_seen, ClusterSeen(view=story.ledger_us())),
    )
    for told, message in pairs:
        told.connect(lambda _value: threads.append(threading.current_thread()))
        with qtbot.waitSignal(told, timeout=GENEROUS_MILLISECONDS):
            ends.tell(message)
    assert set(threads) == {threading.main_thread()}


def test_a_question_gets_its_own_answer(qtbot: QtBot, ends: Ends) -> None:
    ends.up()
    with qtbot.waitSignal(ends.bridge.connected, timeout=GENEROUS_MILLISECONDS):
        ends.bridge.start()
    with qtbot.waitSignal(ends.bridge.answered, timeout=GENEROUS_MILLISECONDS) as answered:
        ends.bridge.ask(AskEngine())
    assert answered.args == [AskEngine(), story.engine()]


def test_without_an_engine_a_question_is_refused_not_forgotten(qtbot: QtBot, ends: Ends) -> None:
    question = AskChart(cluster="ledger-us", begin=0, end=1, points=10)
    with qtbot.waitSignal(ends.bridge.answered, timeout=GENEROUS_MILLISECONDS) as answered:
        ends.bridge.ask(question)
    assert answered.args == [question, Refused(reason="engine-lost")]


def test_a_lost_engine_is_told_started_again_and_attached_again(qtbot: QtBot, ends: Ends) -> None:
    ends.up()
    with qtbot.waitSignal(ends.bridge.connected, timeout=GENEROUS_MILLISECONDS):
        ends.bridge.start()
    with (
        qtbot.waitSignal(ends.bridge.connected, timeout=GENEROUS_MILLISECONDS),
        qtbot.waitSignal(ends.bridge.lost, timeout=GENEROUS_MILLISECONDS) as lost,
    ):
        ends.down()
    assert lost.args[0]
    assert ends.revived == 1
    with qtbot.waitSignal(ends.bridge.cluster_seen, timeout=GENEROUS_MILLISECONDS):
        ends.tell(ClusterSeen(view=story.ledger_eu()))


def test_many_pictures_of_one_cluster_become_few(qtbot: QtBot, ends: Ends) -> None:
    """Only the newest is shown, and none sooner than a tenth of a second after the one before."""
    times: list[float] = []
    serials: list[int] = []

    def note(view: ClusterView) -> None:
        times.append(time.monotonic())
        serials.append(view.serial)

    ends.bridge.cluster_seen.connect(note)
    view = story.ledger_us()
    for serial in range(1, 501):
        ends.bridge._hear(ClusterSeen(view=replace(view, serial=serial, at=view.at + timedelta(seconds=serial))))
        if serial == 250:
            qtbot.waitUntil(lambda: bool(serials), timeout=GENEROUS_MILLISECONDS)
    qtbot.waitUntil(lambda: serials[-1] == 500, timeout=GENEROUS_MILLISECONDS)
    assert len(serials) <= 3
    assert all(later - earlier >= CLUSTER_SECONDS_MIN * 0.95 for earlier, later in itertools.pairwise(times))


def test_a_burst_of_many_clusters_is_spread_over_slots(qtbot: QtBot, ends: Ends) -> None:
    """No turn of the event loop paints more than a few; each cluster comes once."""
    turns: list[int] = []
    names: Counter[str] = Counter()
    ends.bridge.cluster_seen.connect(lambda view: names.update([view.name]))
    deliver = ends.bridge._deliver

    def counted_deliver() -> None:
        before = names.total()
        deliver()
        turns.append(names.total() - before)

    ends.bridge._slots.timeout.disconnect()
    ends.bridge._slots.timeout.connect(counted_deliver)
    for view in story.many(100, 2):
        ends.bridge._hear(ClusterSeen(view=view))
    qtbot.waitUntil(lambda: len(names) == 100, timeout=GENEROUS_MILLISECONDS)
    assert max(turns) == 1
    assert set(names.values()) == {1}


def test_it_sleeps_when_nothing_waits(qtbot: QtBot, ends: Ends) -> None:
    with qtbot.waitSignal(ends.bridge.cluster_seen, timeout=GENEROUS_MILLISECONDS):
        ends.bridge._hear(ClusterSeen(view=story.ledger_us()))
    qtbot.waitUntil(lambda: not ends.bridge._slots.isActive(), timeout=GENEROUS_MILLISECONDS)
    with qtbot.waitSignal(ends.bridge.cluster_seen, timeout=GENEROUS_MILLISECONDS):
        ends.bridge._hear(ClusterSeen(view=story.ledger_eu()))


def test_nothing_is_told_after_it_was_closed(qtbot: QtBot, ends: Ends) -> None:
    told: list[object] = []
    ends.bridge.cluster_seen.connect(told.append)
    ends.bridge._hear(ClusterSeen(view=story.ledger_us()))
    ends.bridge.close()
    qtbot.wait(5 * SLOT_MILLISECONDS)
    assert told == []
    assert not ends.bridge._slots.isActive()


def test_closing_ends_its_threads_and_leaves_the_engine(qtbot: QtBot, ends: Ends) -> None:
    ends.up()
    with qtbot.waitSignal(ends.bridge.connected, timeout=GENEROUS_MILLISECONDS):
        ends.bridge.start()
    ends.bridge.close()
    assert ends.server is not None
    server = ends.server
    qtbot.waitUntil(lambda: server.faces == 0, timeout=GENEROUS_MILLISECONDS)
    qtbot.waitUntil(
        lambda: not any(thread.name in ("bridge", "link reader") for thread in threading.enumerate()),
        timeout=GENEROUS_MILLISECONDS,
    )
    assert ends.revived == 0
