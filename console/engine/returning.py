"""Old primaries that a failover left behind: fenced on first sight when they come back, and looked at again."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from console.domain.audit import AuditKind
from console.domain.cluster import ClusterSpec, Inventory, Manager
from console.domain.plan import Claim, Operation, Pairs, Proof
from console.domain.proofs import judge
from console.domain.reading import Moment, SshState
from console.domain.run import Mode, RunState, RunView
from console.domain.situation import Facts, NodeFacts
from console.engine.planning import Planning
from console.monitor.poller import Poller
from console.postgres.fence_verbs import fence
from console.recovery.hands import Hands
from console.recovery.holding import LockKeeper
from console.store.settings import Settings
from console.store.trouble import StoreTrouble

LOOK_SECONDS: Final = 1.0
AGAIN_SECONDS: Final = 60.0  # a fence that holds is looked at again after this long, and whenever its host reappears
STARTING_SECONDS_MAX: Final = 60.0  # a server with its signal file may take that long until it answers
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
        self._starting: dict[tuple[str, str], float] = {}
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
        """A failover leaves its old primary behind; a proven rejoin, or a removal, takes a node off the list.

        Whoever was promoted by us is no old primary any more, however it was made a standby before.
        """
        plan = run.plan
        spec = self._inventory().cluster(plan.cluster)
        if spec is not None and spec.manager is Manager.PATRONI:
            return  # its own Patroni brings it back as a standby: nothing is done behind its back
        if run.mode is not Mode.REAL or not plan.subject:
            return
        left = dict(self._listed(plan.cluster))
        promoted = run.no_return_at is not None
        if plan.operation is Operation.FAILOVER and promoted:
            left[plan.subject] = dict(run.facts).get("timeline", "")
        if plan.operation in (Operation.FAILOVER, Operation.SWITCHOVER) and promoted:
            left.pop(plan.target, None)
        elif plan.operation in (Operation.REJOIN, Operation.NODE_REMOVE) and run.state is RunState.DONE:
            left.pop(plan.subject, None)
        self._keep_listed(plan.cluster, left)

    def left(self, cluster: str) -> tuple[str, ...]:
        """The nodes of a cluster that were left behind and have not been rejoined. Raises StoreTrouble."""
        return tuple(self._listed(cluster))

    def _listed(self, cluster: str) -> dict[str, str]:
        """Who was left behind, and the timeline that was begun without it; empty where it is not known."""
        text = self._settings.get(_KEY.format(cluster=cluster)[:63]) or ""
        return {name: timeline for name, _, timeline in (one.partition(":") for one in text.split(",")) if name}

    def _keep_listed(self, cluster: str, left: dict[str, str]) -> None:
        text = ",".join(f"{name}:{timeline}" for name, timeline in sorted(left.items()))
        self._settings.set(_KEY.format(cluster=cluster)[:63], text)

    def _keep(self) -> None:
        while not self._stopping.wait(LOOK_SECONDS):
            try:
                for spec in self._inventory().clusters:
                    if spec.manager is Manager.PATRONI:
                        continue
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

    def _starts_read_only(self, spec: ClusterSpec, name: str, found: NodeFacts) -> bool:
        """Does somebody start it behind its signal file? That is harmless, and may be a rejoin by hand."""
        key, ticks = (spec.name, name), self._clock().ticks
        if not (found.standby_signal and found.server is None and found.postmaster_alive):
            self._starting.pop(key, None)
            return False
        self._seen.pop(key, None)  # looked at again at once, not after a while
        return ticks - self._starting.setdefault(key, ticks) < STARTING_SECONDS_MAX

    def _others_doing(self, spec: ClusterSpec, name: str, facts: Facts) -> bool:
        """Was it made a standby, or even promoted, by somebody else since? Then it is nothing to fence any more."""
        server, left = facts[name].server, dict(self._listed(spec.name))
        if server is None:
            return False
        begun = left.get(name, "")
        # Beside another writable one no timeline of its own excuses it: two promotions may take the same number.
        alone = not any(other.writable for other in facts.values() if other.node != name)
        later = alone and begun.isdigit() and not server.in_recovery and server.timeline >= int(begun)
        streams = server.in_recovery and server.receiver is not None and server.receiver.status == "streaming"
        if later or streams:
            left.pop(name, None)
            self._keep_listed(spec.name, left)
            seen = "follows" if streams else f"was promoted on timeline {server.timeline}"
            self._note(AuditKind.DECISION, spec.name, name, (("left-behind", f"no more: it {seen}"),))
        return server.in_recovery or later

    def _prove_or_fence(self, spec: ClusterSpec, name: str) -> None:
        hosts, looks = self._planning.ways(spec)
        try:
            facts = looks.look()
            found = facts[name]
            held = judge(Proof(claim=Claim.FENCED, node=name), facts, {})
            if not found.reached or self._others_doing(spec, name, facts) or held.holds:
                return
            if self._starts_read_only(spec, name, found):
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
