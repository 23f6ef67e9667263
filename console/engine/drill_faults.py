"""The two harmless faults that are made in the console itself: a held heartbeat, and a probe channel that is cut."""

import threading
from collections.abc import Callable
from typing import Final

from console.domain.cluster import ClusterSpec
from console.domain.drill import DrillFault
from console.domain.drilling import beat_stale_seconds, called_dead, promised
from console.domain.fleet import ClusterView
from console.domain.reading import Moment, SshState
from console.domain.suspicion import PHI_THRESHOLD
from console.domain.verdict import Cause, Evidence, Finding, Health
from console.engine.drill_course import DrillTrouble, Seen
from console.monitor.node_watch import NodeWatch

PROBE_HOLD_SECONDS: Final = 9.0  # beyond every limit at which silence could be taken for death
EVIDENCE_MAX: Final = 20


def told(evidence: Evidence) -> str:
    """One piece of evidence in a line of names and values."""
    limit = "" if evidence.threshold is None else f" (limit {evidence.threshold})"
    return f"{evidence.guard.value}={evidence.observed}{limit}, {evidence.source}"


def told_finding(finding: Finding) -> tuple[str, ...]:
    """What a verdict rests on."""
    level = f" {finding.level.value}" if finding.level is not None else ""
    head = f"{finding.cause.value}{level} on {finding.node}"
    return (head, *(told(one) for one in finding.evidence[:EVIDENCE_MAX]))


def doubted(view: ClusterView | None, node: str) -> bool:
    """Is a node's silence more surprising than its past allows, or is it not healthy already?"""
    seen = next((one for one in view.nodes if one.name == node), None) if view is not None else None
    if seen is None:
        return False
    return seen.verdict.health is not Health.HEALTHY or (seen.suspicion or 0.0) >= PHI_THRESHOLD


class HeartbeatHeld:
    """Our own heartbeat writer on the primary writes nothing."""

    def __init__(
        self, spec: ClusterSpec, node: str, watch: Callable[[], NodeWatch | None], *, clock: Callable[[], Moment],
        word: str, hold_seconds: float,
    ) -> None:  # fmt: skip
        self.node, self._watch, self._clock, self.hold_seconds = node, watch, clock, hold_seconds
        self._interval = spec.interval_seconds
        self.promised_seconds = promised(DrillFault.HEARTBEAT_HELD, spec.interval_seconds)
        self.alert_words, self.alert_node, self.alert_about = frozenset({word}), node, ""

    def prepare(self, stopping: threading.Event) -> None:
        del stopping
        watch = self._watch()
        if watch is None:
            raise DrillTrouble("not-watched")
        if watch.beat_age() is None:
            raise DrillTrouble("no-heartbeat")

    def begin(self) -> float:
        watch = self._watch()
        if watch is None:
            raise DrillTrouble("not-watched")
        ticks = self._clock().ticks
        watch.hold_beat(True)
        return ticks

    def look(self) -> Seen:
        watch = self._watch()
        age = watch.beat_age() if watch is not None else None
        if age is None:
            return Seen()
        limit = beat_stale_seconds(self._interval)
        named = (f"beat-age-seconds={age:.1f} (limit {limit:g}), {self.node}: heartbeat",) if age > limit else ()
        return Seen(suspected=age > 2 * self._interval, named=named, hard=False)

    def undo(self) -> str:
        watch = self._watch()
        if watch is not None:
            watch.hold_beat(False)
        return ""

    def well(self) -> bool:
        watch = self._watch()
        age = watch.beat_age() if watch is not None else None
        return age is not None and age <= 2 * self._interval


class ProbeCut:
    """Our own channel to one node is closed and held: the node must be called cut off, never dead."""

    def __init__(
        self, spec: ClusterSpec, node: str, watch: Callable[[], NodeWatch | None], *, clock: Callable[[], Moment],
        picture: Callable[[str], ClusterView | None], hold_seconds: float,
    ) -> None:  # fmt: skip
        self.node, self._watch, self._clock, self._picture, self._cluster = node, watch, clock, picture, spec.name
        self.promised_seconds = promised(DrillFault.PROBE_CUT, spec.interval_seconds)
        self.hold_seconds = max(PROBE_HOLD_SECONDS, hold_seconds)
        self.alert_words, self.alert_node, self.alert_about = frozenset({Cause.CUT_OFF.value}), node, ""

    def prepare(self, stopping: threading.Event) -> None:
        del stopping
        if self._watch() is None:
            raise DrillTrouble("not-watched")

    def begin(self) -> float:
        watch = self._watch()
        if watch is None:
            raise DrillTrouble("not-watched")
        ticks = self._clock().ticks
        watch.hold_probe(True)
        return ticks

    def look(self) -> Seen:
        watch, view = self._watch(), self._picture(self._cluster)
        if watch is None or view is None:
            return Seen()
        if called_dead(view, self.node) is not None:
            return Seen(wrong="called-dead")
        own = next((one.verdict.findings for one in view.nodes if one.name == self.node), ())
        found = next((one for one in own if one.cause is Cause.CUT_OFF), None)
        return Seen(
            suspected=watch.known().ssh.state is not SshState.ANSWERS or doubted(view, self.node),
            named=told_finding(found) if found is not None else (),
        )

    def undo(self) -> str:
        watch = self._watch()
        if watch is not None:
            watch.hold_probe(False)
        return ""

    def well(self) -> bool:
        view = self._picture(self._cluster)
        seen = next((one for one in view.nodes if one.name == self.node), None) if view is not None else None
        return seen is not None and seen.verdict.health is Health.HEALTHY
