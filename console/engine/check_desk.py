"""What is kept of monitoring scripts: their specs, the newest reading of each, and its history while it is young."""

import hashlib
import logging
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from console.domain.check_judging import stale
from console.domain.monitoring import CheckReading, CheckSpec
from console.domain.reading import Moment
from console.store.database import Store
from console.store.records import LINES_READ_MAX, Lines, Records
from console.store.trouble import StoreTrouble

KEPT_DAYS: Final = 7
KEPT_TEXT_CHARACTERS_MAX: Final = 200  # of a reading in the history; the newest is whole
KEPT_PACE_SECONDS: Final = 15.0  # of readings whose state stays the same
WRITE_SECONDS: Final = 10.0
WAITING_MAX: Final = 20_000  # readings that a store in trouble does not take
HISTORY_ANSWERED_MAX: Final = 5_000
EXPIRE_SECONDS: Final = 3600.0
Key = tuple[str, str, str]  # cluster, check, node

log = logging.getLogger(__name__)


def record_of(cluster: str, check: str, node: str = "") -> str:
    """The id in the store: names may be longer than ids, and hold anything."""
    told = hashlib.sha256(f"{cluster}\0{check}\0{node}".encode()).hexdigest()
    return f"{told[:40]}"


class CheckDesk:
    """Specs and readings. Threads may share it; what touches the store may raise StoreTrouble."""

    def __init__(self, store: Store) -> None:
        self._specs_kept = Records(store, "check", CheckSpec)
        self._lines = Lines(store, "check", CheckReading)
        self._guard = threading.Lock()
        self._specs: dict[str, tuple[CheckSpec, ...]] = {}
        self._newest: dict[Key, CheckReading] = {}
        self._kept: dict[Key, CheckReading] = {}  # what was last handed to the history
        self._waiting: list[tuple[str, CheckReading]] = []
        self._written_ticks = float("-inf")
        self._expired_ticks = float("-inf")

    # -- specs --------------------------------------------------------------------------------------------------

    def specs(self, cluster: str) -> tuple[CheckSpec, ...]:
        """Every check of a cluster, by name."""
        with self._guard:
            known = self._specs.get(cluster)
        if known is not None:
            return known
        read = self._specs_kept.newest(cluster=cluster)
        found = tuple(sorted(read, key=lambda one: one.name))
        with self._guard:
            return self._specs.setdefault(cluster, found)

    def spec(self, cluster: str, name: str) -> CheckSpec | None:
        return next((one for one in self.specs(cluster) if one.name == name), None)

    def save(self, cluster: str, spec: CheckSpec, now: Moment) -> None:
        """Add it, or put it in the place of the one of its name."""
        before = self.specs(cluster)
        self._specs_kept.keep(record_of(cluster, spec.name), spec, cluster=cluster, at=now.utc, is_open=True)
        others = [one for one in before if one.name != spec.name]
        with self._guard:
            self._specs[cluster] = tuple(sorted([*others, spec], key=lambda one: one.name))
            self._forget(cluster, spec.name)

    def remove(self, cluster: str, name: str) -> None:
        """Its readings stay in the history until they age out."""
        before = self.specs(cluster)
        self._specs_kept.drop(record_of(cluster, name))
        with self._guard:
            self._specs[cluster] = tuple(one for one in before if one.name != name)
            self._forget(cluster, name)

    def leave_only(self, clusters: frozenset[str]) -> int:
        """Checks of clusters that are gone go too; how many went."""
        return self._specs_kept.leave_only(clusters)

    def _forget(self, cluster: str, name: str) -> None:
        for key in [key for key in self._newest if key[:2] == (cluster, name)]:
            del self._newest[key]
            self._kept.pop(key, None)

    # -- readings -----------------------------------------------------------------------------------------------

    def newest(self, cluster: str) -> tuple[CheckReading, ...]:
        """The newest reading of each check on each node, by check and node."""
        with self._guard:
            found = [one for key, one in self._newest.items() if key[0] == cluster]
        return tuple(sorted(found, key=lambda one: (one.check, one.node)))

    def add(self, reading: CheckReading) -> CheckReading | None:
        """Take a new reading; the one before it."""
        key = (reading.cluster, reading.check, reading.node)
        with self._guard:
            before = self._newest.get(key)
            self._newest[key] = reading
            kept = self._kept.get(key)
            same = kept is not None and (kept.state, kept.reason) == (reading.state, reading.reason)
            if kept is None or not same or (reading.at - kept.at).total_seconds() >= KEPT_PACE_SECONDS:
                self._kept[key] = reading
                short = reading.text.partition("\n")[0][:KEPT_TEXT_CHARACTERS_MAX]
                if len(self._waiting) < WAITING_MAX:
                    self._waiting.append((record_of(*key), replace(reading, text=short)))
        return before

    def recall(self, key: Key, spec: CheckSpec, now: Moment) -> None:
        """What an engine before us read, where it is not too old to be taken for what is so now."""
        kept = self._lines.latest(record_of(*key), now.utc)
        if kept is not None and not stale(spec, kept, now.utc):
            with self._guard:
                self._newest.setdefault(key, kept)

    def drop(self, cluster: str, check: str, node: str) -> None:
        """The check does not concern this node now."""
        with self._guard:
            self._newest.pop((cluster, check, node), None)

    def write(self, now: Moment, *, at_once: bool = False) -> None:
        """Put into the store what waits, at its pace; take out what is too old, at another."""
        if at_once or now.ticks - self._written_ticks >= WRITE_SECONDS:
            self._written_ticks = now.ticks
            self._flush()
        if now.ticks - self._expired_ticks >= EXPIRE_SECONDS:
            self._expired_ticks = now.ticks
            self._lines.expire(now.utc - timedelta(days=KEPT_DAYS))

    def _flush(self) -> None:
        with self._guard:
            waiting, self._waiting = self._waiting, []
        by_record: dict[str, list[tuple[datetime, CheckReading]]] = {}
        for record, reading in waiting:
            by_record.setdefault(record, []).append((reading.at, reading))
        for record in list(by_record):
            try:
                self._lines.add(record, by_record[record])
            except StoreTrouble:
                left = [(name, reading) for name, readings in by_record.items() for _, reading in readings]
                with self._guard:
                    self._waiting = [*left, *self._waiting][:WAITING_MAX]
                raise
            del by_record[record]

    def history(
        self, cluster: str, check: str, nodes: tuple[str, ...], begin: float, end: float
    ) -> tuple[tuple[CheckReading, ...], int]:
        """Readings of these nodes in UTC seconds, the oldest first, and how many older ones were left out."""
        self._flush()
        since, until = datetime.fromtimestamp(begin, UTC), datetime.fromtimestamp(end, UTC)
        found: list[CheckReading] = []
        for node in nodes:
            found += self._lines.between(record_of(cluster, check, node), since, until, most=LINES_READ_MAX)
        found.sort(key=lambda one: (one.at, one.node))
        return tuple(found[-HISTORY_ANSWERED_MAX:]), max(0, len(found) - HISTORY_ANSWERED_MAX)
