"""Old primaries that a failover left behind: fenced on first sight when they come back, and looked at again."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from console.domain.audit import AuditKind
from console.domain.cluster import ClusterSpec, Inventory
from console.domain.plan import Claim, Operation, Pairs, Proof
from console.domain.proofs import judge
from console.domain.reading import Moment, SshState
from console.domain.run import Mode, RunState, RunView
from console.engine.planning import Planning
from console.monitor.poller import Poller
from console.postgres.fence_verbs import fence
from console.recovery.hands import Hands
from console.recovery.holding import LockKeeper
from console.store.settings import Settings
from console.store.trouble import StoreTrouble

LOOK_SECONDS: Final = 1.0
AGAIN_SECONDS: Final = 60.0  # a fence that holds is looked at again after this long, and whenever its host reappears
_KEY: Final = "left-behind:{cluster}"

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Seen:
    """When a node was looked at last, and since when its host had answered then."""

    ticks: float
    since_ticks: float


class Returning:
    """Watches for nodes that were left behind. `note` writes to the audit log; `busy` says whether a run goes on."""

    def __init__(
        self, *, planning: Planning, poller: Poller, settings: Settings, inventory: Callable[[], Inventory],
        clock: Callable[[], Moment], note: Callable[[AuditKind, str, str, Pairs], None],
        busy: Callable[[str], bool],
    ) -> None:  # fmt: skip
        self._planning, self._poller, self._settings = planning, poller, settings
        self._inventory, self._clock, self._note, self._busy = inventory, clock, note, busy
        self._seen: dict[tuple[str, str], _Seen] = {}
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._keep, name="returning", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def run_ended(self, run: RunView) -> None:
        """A failover leaves its old primary behind; a proven rejoin, or a removal, takes a node off the list."""
        plan = run.plan
        if run.mode is not Mode.REAL or run.state is not RunState.DONE or not plan.subject:
            return
        left = set(self.left(plan.cluster))
        if plan.operation is Operation.FAILOVER:
            left.add(plan.subject)
        elif plan.operation in (Operation.REJOIN, Operation.NODE_REMOVE):
            left.discard(plan.subject)
        self._settings.set(_KEY.format(cluster=plan.cluster)[:63], ",".join(sorted(left)))

    def left(self, cluster: str) -> tuple[str, ...]:
        """The nodes of a cluster that were left behind and have not been rejoined. Raises StoreTrouble."""
        text = self._settings.get(_KEY.format(cluster=cluster)[:63]) or ""
        return tuple(name for name in text.split(",") if name)

    def _keep(self) -> None:
        while not self._stopping.wait(LOOK_SECONDS):
            try:
                for spec in self._inventory().clusters:
                    for name in self.left(spec.name):
                        self._look(spec, name)
            except StoreTrouble as trouble:
                log.warning("who was left behind can't be read: %s", trouble)

    def _look(self, spec: ClusterSpec, name: str) -> None:
        """Look at one node where its host answers: at once when it has come back, else at a slow pace."""
        node, watch = spec.node(name), self._poller.node(spec.name, name)
        if node is None or watch is None or self._busy(spec.name):
            return
        contact, ticks = watch.known().ssh, self._clock().ticks
        if contact.state is not SshState.ANSWERS:
            return
        seen = self._seen.get((spec.name, name))
        vital = watch.known().vital
        writable = vital is not None and not vital.in_recovery and vital.at.ticks > (seen.ticks if seen else 0.0)
        same = seen is not None and seen.since_ticks == contact.since.ticks
        if seen is not None and same and not writable and ticks - seen.ticks < AGAIN_SECONDS:
            return
        self._seen[spec.name, name] = _Seen(ticks, contact.since.ticks)
        self._prove_or_fence(spec, name)

    def _prove_or_fence(self, spec: ClusterSpec, name: str) -> None:
        hosts, looks = self._planning.ways(spec)
        try:
            facts = looks.look((name,))
            found = facts[name]
            held = judge(Proof(claim=Claim.FENCED, node=name), facts, {})
            follows = found.server is not None and found.server.in_recovery
            if not found.reached or held.holds or follows:
                return
            at = looks.server_at(name, found)
            if at is None:
                self._note(AuditKind.FAULT, spec.name, name, (("fence", "its place is not known"),))
                return
            keeper = LockKeeper(
                spec, hosts, looks, owner=self._planning.owner(f"fence-{name}"), person="console",
                ticks=lambda: self._clock().ticks,
            )  # fmt: skip
            taken = keeper.take(break_live=False)
            if not taken.fine:
                self._note(AuditKind.REFUSAL, spec.name, name, (("fence", taken.said or taken.refused),))
                return
            try:
                hands = Hands(
                    spec, hosts, looks, keeper, clock=self._clock, last_seen=None, stopping=self._stopping
                )
                done = hands.act((fence(at),), {})[0]
                again = hands.holds(Proof(claim=Claim.FENCED, node=name), {}, anew=True)
            finally:
                keeper.release()
            detail = (("seen", held.observed), ("said", done.said), ("fenced", "yes" if again.holds else "no"))
            self._note(AuditKind.COMMAND if again.holds else AuditKind.FAULT, spec.name, name, detail)
            log.warning("%s of %s came back unfenced and was fenced: %s", name, spec.name, again.observed)
        finally:
            hosts.close()
