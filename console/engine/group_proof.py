"""After Patroni's own failover or switchover: the proof of books that ends a run of ours, kept in the audit log."""

import logging
from collections.abc import Callable
from typing import Final

from console.domain.alerting import AlertSource, Sign
from console.domain.audit import AuditKind
from console.domain.cluster import ClusterSpec, NodeKind
from console.domain.fleet import ClusterView, Role
from console.domain.incident import IncidentLine, LineKind
from console.domain.verdict import Health
from console.engine.auto_runs import PERSON
from console.engine.vigil_ground import VigilGround

AGAIN_SECONDS: Final = 30.0

log = logging.getLogger(__name__)


class GroupProof:
    """Sees that the group has another primary than before. `beside`: run it in a thread of the cluster's own."""

    def __init__(self, ground: VigilGround, *, beside: Callable[[str, Callable[[], None]], None]) -> None:
        self._ground, self._beside = ground, beside
        self._last: dict[str, str] = {}  # the primary whose books are proven, or that was there at the start
        self._again: dict[str, float] = {}  # a proof that could not be had is tried again no sooner
        self._failed: dict[str, tuple[str, str]] = {}  # whose books, and which checks

    def look(self, spec: ClusterSpec, view: ClusterView) -> None:
        """Called by one thread, at each picture."""
        if view.primary is None:
            return
        before = self._last.setdefault(spec.name, view.primary)
        if before == view.primary:
            return
        if self._ground.changes.busy(spec.name):  # a run of ours ends with its own proof
            self._last[spec.name] = view.primary
        elif self._ground.clock().ticks >= self._again.get(spec.name, float("-inf")):
            old, new = before, view.primary
            names = tuple(node.name for node in view.nodes if node.kind is NodeKind.POSTGRES
                          and node.role in (Role.PRIMARY, Role.STANDBY, Role.CASCADE))  # fmt: skip
            self._beside(spec.name, lambda: self._prove(spec, old, new, names))

    def signs(self, cluster: str) -> tuple[Sign, ...]:
        """Books that failed after the group's own change, until a later proof holds."""
        failed = self._failed.get(cluster)
        if failed is None:
            return ()
        return (Sign(cluster=cluster, node=failed[0], source=AlertSource.AUTOMATION, word="books-failed",
                     health=Health.DEGRADED, detail=failed[1]),)  # fmt: skip

    def _prove(self, spec: ClusterSpec, old: str, new: str, names: tuple[str, ...]) -> None:
        """Raises StoreTrouble: a proof that can't be written down is none, and is tried again."""
        self._again[spec.name] = self._ground.clock().ticks + AGAIN_SECONDS
        prove = self._ground.planning.books(spec)
        if prove is None:
            self._last[spec.name] = new
            return
        lines = prove(names)
        failed = [line.check for line in lines if line.outcome == "failed"]
        outcome = "failed" if failed else "proven" if any(line.outcome == "proven" for line in lines) else "not-checked"
        detail = (("was", old), ("is", new), ("books", outcome),
                  *((f"{line.check} {line.scope}".strip(), line.outcome) for line in lines))  # fmt: skip
        kind = AuditKind.FAULT if failed else AuditKind.PROOF
        self._ground.audit.note(kind, who=PERSON, cluster=spec.name, subject="proof-after-patroni", detail=detail)
        self._ground.board.line(
            IncidentLine(at=self._ground.clock().utc, cluster=spec.name, kind=LineKind.ACTION,
                         word=f"books-{outcome}-after-patroni", node=new, who=PERSON, detail=detail[:3])
        )  # fmt: skip
        self._last[spec.name] = new
        self._failed.pop(spec.name, None)
        if failed:
            self._failed[spec.name] = (new, ", ".join(failed))
        log.warning("the group of %s made %s primary in the place of %s; its books: %s", spec.name, new, old, outcome)
