"""Spreads the rounds of all nodes evenly over their interval, and has what was heard judged."""

import heapq
import itertools
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from console.domain.cluster import Inventory
from console.domain.fleet import ClusterView, NodeCard
from console.monitor.clock import Clock
from console.monitor.cluster_watch import ClusterWatch
from console.monitor.node_watch import NodeWatch
from console.monitor.postgres_watch import Tools

LATE_TICK_SECONDS: Final = 3.0  # the scheduler itself stood still: sleep, freeze, a stopped process
IDLE_SECONDS_MAX: Final = 0.5
GATHER_SECONDS: Final = 0.05  # answers of one round are judged together
URGENT_GATHER_SECONDS: Final = 0.005

log = logging.getLogger(__name__)


class Poller:
    """Watches every cluster of the inventory; `seen` is told each new picture, from the judging thread."""

    def __init__(self, tools: Tools, *, seen: Callable[[ClusterWatch, ClusterView], None]) -> None:
        self._tools, self._seen = tools, seen
        self._clock: Clock = tools.clock
        self._serials = itertools.count(1)
        self._ties = itertools.count()
        self._watches: dict[str, ClusterWatch] = {}
        self._queue: list[tuple[float, int, NodeWatch | ClusterWatch, bool]] = []
        self._due = threading.Condition()
        self._dirty: dict[ClusterWatch, float] = {}
        self._heard = threading.Condition()
        self._stopping = False
        self._threads = (
            threading.Thread(target=self._schedule, name="poller", daemon=True),
            threading.Thread(target=self._judge, name="judge", daemon=True),
        )

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stopping = True
        for condition in (self._due, self._heard):
            with condition:
                condition.notify_all()
        for thread in self._threads:
            thread.join()
        with ThreadPoolExecutor(16, thread_name_prefix="closing") as pool:
            for watch in list(self._watches.values()):
                pool.submit(watch.close)

    def watch(self, inventory: Inventory) -> None:
        """Watch these clusters from now on; what is unchanged goes on undisturbed."""
        wanted = {spec.name: spec for spec in inventory.clusters}
        gone = [w for name, w in self._watches.items() if wanted.get(name) != w.spec]
        for watch in gone:
            del self._watches[watch.spec.name]
            watch.closed = True
            self._tools.pool.submit(watch.close)
        new = [spec for name, spec in wanted.items() if name not in self._watches]
        count = max(1, len(new))
        now = self._clock.ticks()
        for place, spec in enumerate(new):
            watch = ClusterWatch(spec, self._tools, changed=self._changed, poke=self._poke)
            self._watches[spec.name] = watch
            phase = now + spec.interval_seconds * place / count
            with self._due:
                for node in watch.nodes:
                    heapq.heappush(self._queue, (phase, next(self._ties), node, True))
                heapq.heappush(self._queue, (phase + spec.interval_seconds / 2, next(self._ties), watch, True))
                self._due.notify()

    def watches(self) -> tuple[ClusterWatch, ...]:
        return tuple(self._watches.values())

    def cluster(self, name: str) -> ClusterWatch | None:
        return self._watches.get(name)

    def views(self) -> tuple[ClusterView, ...]:
        """A picture of every cluster at this moment."""
        now = self._clock.now()
        return tuple(watch.look(now, serial=next(self._serials)) for watch in self.watches())

    def card(self, cluster: str, node: str) -> NodeCard | None:
        watch = self._watches.get(cluster)
        return None if watch is None else watch.card(node, self._clock.now())

    def node(self, cluster: str, name: str) -> NodeWatch | None:
        watch = self._watches.get(cluster)
        return None if watch is None else next((n for n in watch.nodes if n.node.name == name), None)

    def hurry(self) -> None:
        """Something that kept us out of some host was put right: every node that is not reached tries again."""
        for watch in self.watches():
            for node in watch.nodes:
                node.hurry()

    # -- scheduling ---------------------------------------------------------------------------------------------

    def _poke(self, node: NodeWatch, seconds: float) -> None:
        with self._due:
            heapq.heappush(self._queue, (self._clock.ticks() + seconds, next(self._ties), node, False))
            self._due.notify()

    def _schedule(self) -> None:
        expected = self._clock.ticks()
        while not self._stopping:
            ticks = self._clock.ticks()
            if ticks - expected > LATE_TICK_SECONDS:
                self._woke(ticks - expected)
            with self._due:
                wait = min(IDLE_SECONDS_MAX, self._queue[0][0] - ticks) if self._queue else IDLE_SECONDS_MAX
                if wait > 0:
                    expected = ticks + wait
                    self._due.wait(wait)
                    continue
                due, _, what, regular = heapq.heappop(self._queue)
            expected = self._clock.ticks()
            try:
                self._round(what, regular)
            except Exception:  # a poll round: one node's surprise must not end the watch of the others
                log.exception("a round failed in a way that was not foreseen")
            if regular and not what.closed:
                spec = what.spec if isinstance(what, ClusterWatch) else what.cluster
                interval = spec.interval_seconds
                following = max(due + interval, self._clock.ticks() + interval / 4)
                with self._due:
                    heapq.heappush(self._queue, (following, next(self._ties), what, True))

    def _round(self, what: "NodeWatch | ClusterWatch", regular: bool) -> None:
        if what.closed:
            return  # taken out of the inventory, or replaced there
        if isinstance(what, ClusterWatch):
            # Half a round after the questions. Where all has answered and is well, nothing can have aged meanwhile.
            if not what.is_settled(self._clock.ticks()):
                self._changed(what, False)
        elif regular:
            what.tick()
        else:
            what.urgent()

    def _woke(self, seconds: float) -> None:
        log.info("the scheduler stood still for %.1f s: all readings before that are void", seconds)
        for watch in self.watches():
            watch.void()

    # -- judging ------------------------------------------------------------------------------------------------

    def _changed(self, watch: ClusterWatch, urgent: bool) -> None:
        at = self._clock.ticks() + (URGENT_GATHER_SECONDS if urgent else GATHER_SECONDS)
        with self._heard:
            before = self._dirty.get(watch)
            if before is None or at < before:
                self._dirty[watch] = at
                self._heard.notify()

    def _judge(self) -> None:
        while not self._stopping:
            with self._heard:
                ticks = self._clock.ticks()
                due = [watch for watch, at in self._dirty.items() if at <= ticks]
                if not due:
                    nearest = min(self._dirty.values(), default=ticks + IDLE_SECONDS_MAX)
                    self._heard.wait(min(IDLE_SECONDS_MAX, nearest - ticks))
                    continue
                for watch in due:
                    del self._dirty[watch]
            for watch in due:
                if watch.closed:
                    continue
                try:
                    self._seen(watch, watch.look(self._clock.now(), serial=next(self._serials)))
                except Exception:  # a poll round: what can't be judged in one cluster leaves the others judged
                    log.exception("%s could not be judged", watch.spec.name)
