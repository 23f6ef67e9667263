"""Compares the copies of every cluster at a pace and when it is asked, and says what is wrong with them."""

import hashlib
import logging
import threading
from typing import Final

from console.domain.alerting import AlertSource, Sign
from console.domain.cluster import ClusterSpec
from console.domain.reading import Moment
from console.domain.redundancy import CopyTrouble, Redundancy
from console.domain.verdict import Health
from console.engine.comparing import compare
from console.engine.vigil_ground import Part, VigilGround
from console.link.messages import Message, Refused
from console.link.watching import AskRedundancy, RedundancySeen
from console.recovery.books_door import BooksTrouble
from console.store.journal import Journal
from console.store.records import Records
from console.store.trouble import StoreTrouble

LOOK_SECONDS: Final = 1.0
FIRST_SECONDS: Final = 600.0  # after the engine's start, where none was made in time before it
PACE_SECONDS: Final = 3600.0
AGAIN_SECONDS: Final = 300.0  # while something is wrong: whoever mends it wants to see it gone
BOOKS_SECONDS: Final = 6 * 3600.0  # every book is read from entry 1 on every node
END_SECONDS_MAX: Final = 3.0
# What verdicts say each second already, and sooner: no second alert for it.
TOLD_BY_VERDICTS: Final = frozenset({"not-reached", "no-server", "silent", "not-running", "not-standby"})

log = logging.getLogger(__name__)


class RedundancyChecks(Part):
    """One comparison at a time."""

    def __init__(self, ground: VigilGround) -> None:
        self._ground = ground
        self._records = Records(ground.store, "redundancy", Redundancy)
        self._journal = Journal(ground.store)
        self._guard = threading.Lock()
        self._one = threading.Lock()
        self._newest: dict[str, Redundancy | None] = {}
        self._due: dict[str, float] = {}  # ticks
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="copies", daemon=True)

    # -- life ---------------------------------------------------------------------------------------------------

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Nothing new is begun; what is in the middle ends when its connections do."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(END_SECONDS_MAX)

    def _watch(self) -> None:
        while not self._stopping.wait(LOOK_SECONDS):
            try:
                self._look()
            except (StoreTrouble, BooksTrouble) as trouble:
                log.warning("copies are not compared: %s", trouble)
            except Exception:  # a poll round: what it met must not end the comparisons of every cluster
                log.exception("copies could not be compared in a way that was not foreseen")

    def _look(self) -> None:
        now = self._ground.clock()
        for spec in self._ground.inventory().clusters:
            if spec.name not in self._due:
                self._due[spec.name] = now.ticks + first_turn(self.newest(spec.name), now)
            if now.ticks >= self._due[spec.name] and not self._stopping.is_set():
                self._due[spec.name] = now.ticks + AGAIN_SECONDS  # where it can't be made, soon again
                if self._quiet(spec):
                    self._compare(spec, with_books=self._books_due(spec, now))
        names = {spec.name for spec in self._ground.inventory().clusters}
        for name in [name for name in self._due if name not in names]:
            del self._due[name]

    def _quiet(self, spec: ClusterSpec) -> bool:
        """A plan that runs, a drill, or a cluster without a primary is no time to compare."""
        view = self._ground.picture(spec.name)
        if view is None or view.primary is None or self._ground.board.drilling(spec.name):
            return False
        return not any(run.plan.cluster == spec.name for run in self._journal.unfinished())

    def _books_due(self, spec: ClusterSpec, now: Moment) -> bool:
        before = self.newest(spec.name)
        at = None if before is None else before.books_at
        return at is None or (now.utc - at).total_seconds() >= BOOKS_SECONDS

    def _compare(self, spec: ClusterSpec, *, with_books: bool) -> Redundancy:
        """Make one now and keep it."""
        with self._one:
            found = compare(
                spec, self._ground.planning, self._ground.books, clock=self._ground.clock,
                before=self.newest(spec.name), with_books=with_books,
            )  # fmt: skip
            self._records.keep(_record(spec.name), found, cluster=spec.name, at=found.at, is_open=True)
        with self._guard:
            self._newest[spec.name] = found
        wrong = bool(found.findings)
        self._due[spec.name] = self._ground.clock().ticks + (AGAIN_SECONDS if wrong else PACE_SECONDS)
        log.info(
            "%s: copies compared in %.1f s: %d of %d proven, %d findings", spec.name, found.seconds or 0.0,
            found.proven, found.copies, len(found.findings),
        )  # fmt: skip
        self._ground.tell(RedundancySeen(redundancy=found), f"copies {spec.name}")
        return found

    def newest(self, cluster: str) -> Redundancy | None:
        """The last comparison, also of an engine before us. Raises StoreTrouble."""
        with self._guard:
            if cluster in self._newest:
                return self._newest[cluster]
        kept = self._records.get(_record(cluster))
        with self._guard:
            return self._newest.setdefault(cluster, kept)

    # -- what it means ------------------------------------------------------------------------------------------

    def signs(self, cluster: str, now: Moment) -> tuple[Sign, ...]:
        del now
        with self._guard:
            found = self._newest.get(cluster)
        return () if found is None else signs_of(found)

    def answer(self, question: Message, person: str) -> Message | None:
        del person
        if not isinstance(question, AskRedundancy):
            return None
        spec = self._ground.inventory().cluster(question.cluster)
        if spec is None:
            return Refused(reason="no-cluster", subject=question.cluster)
        if not question.compare:
            return RedundancySeen(redundancy=self.newest(spec.name))
        return RedundancySeen(redundancy=self._compare(spec, with_books=True))


def signs_of(found: Redundancy) -> tuple[Sign, ...]:
    """What is wrong with the copies, as alerts; what verdicts tell already is left to them."""
    return tuple(
        Sign(
            cluster=found.cluster, node=one.node, source=AlertSource.COPIES, word=one.trouble.value,
            health=Health.UNKNOWN if one.trouble is CopyTrouble.BOOKS_UNREAD else Health.DEGRADED, about=one.about,
            observed=one.observed, limit=one.wanted, detail=one.source,
        )
        for one in found.findings
        if one.about not in TOLD_BY_VERDICTS
    )  # fmt: skip


def first_turn(before: Redundancy | None, now: Moment) -> float:
    """Seconds until the first comparison of an engine: never at once, for a start has enough to do."""
    if before is None:
        return FIRST_SECONDS
    age = (now.utc - before.at).total_seconds()
    return max(FIRST_SECONDS, PACE_SECONDS - age)


def _record(cluster: str) -> str:
    return hashlib.sha256(cluster.encode()).hexdigest()[:40]
