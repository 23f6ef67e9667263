"""Watches peers: what each subscription says, what rose since, and the books of both sides held against each other."""

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from console.domain.alerting import AlertSource, Sign
from console.domain.books import BookCheck, BooksProof, Proof
from console.domain.cluster import ClusterSpec, NodeSpec
from console.domain.observation import Observation
from console.domain.peers import SILENT_SECONDS_MIN, PeerBooks, PeersView, PeerTrouble, Subscription, risen, troubles_of
from console.domain.reading import Moment
from console.domain.verdict import Health
from console.engine.vigil_ground import Part, VigilGround
from console.link.messages import Message, Refused
from console.link.watching import AskPeers, PeersSeen
from console.postgres.peer_facts import SUBSCRIPTIONS_SQL, VERSION_MIN, SubscriptionRead, read_subscriptions
from console.recovery.books_door import BooksTrouble, SshDoor
from console.recovery.books_proof import NoSeals, prove_books

LOOK_SECONDS: Final = 1.0
PACE_SECONDS: Final = 10.0  # where there are subscriptions
DISCOVER_SECONDS: Final = 300.0  # where there were none the last time
ASK_SECONDS_MAX: Final = 5.0
GROWING_SECONDS: Final = 3600.0  # for so long a counter that rose is told as growing

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Kept:
    """What is known of one cluster's subscriptions."""

    due_ticks: float = 0.0
    view: PeersView | None = None
    counts: dict[str, dict[str, int]] = field(default_factory=dict)  # by subscription: each counter
    rose_ticks: dict[tuple[str, str], float] = field(default_factory=dict)
    books: tuple[PeerBooks, ...] = ()


class Peers(Part):
    """Nothing here acts on a subscription: it is only seen."""

    def __init__(self, ground: VigilGround) -> None:
        self._ground = ground
        self._guard = threading.Lock()
        self._kept: dict[str, _Kept] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="peers", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(ASK_SECONDS_MAX)

    def signs(self, cluster: str, now: Moment) -> tuple[Sign, ...]:
        del now
        with self._guard:
            kept = self._kept.get(cluster)
        spec = self._ground.inventory().cluster(cluster)
        if kept is None or kept.view is None or spec is None:
            return ()
        found = [
            _sign(cluster, one.node, trouble, one.name, observed)
            for one in kept.view.subscriptions
            for trouble, observed in troubles_of(one, silent_seconds_max=_silent_seconds(spec))
        ]
        found += [
            _sign(cluster, None, PeerTrouble.BOOKS_DIFFER, f"{one.origin}: {one.one}, {one.other}", one.up_to)
            for one in kept.books
            if one.same is False
        ]
        return tuple(found)

    def answer(self, question: Message, person: str) -> Message | None:
        del person
        if not isinstance(question, AskPeers):
            return None
        spec = self._ground.inventory().cluster(question.cluster)
        if spec is None:
            return Refused(reason="no-cluster", subject=question.cluster)
        view = self._look(spec)
        if question.books:
            view = self._with_books(spec, view)
        return PeersSeen(peers=view)

    # -- looking -----------------------------------------------------------------------------------------------------

    def _keep(self) -> None:
        while not self._stopping.wait(LOOK_SECONDS):
            for spec in self._ground.inventory().clusters:
                with self._guard:
                    due = self._kept.setdefault(spec.name, _Kept()).due_ticks
                if self._ground.clock().ticks < due or self._stopping.is_set():
                    continue
                try:
                    self._look(spec)
                except Exception:  # a poll round: one cluster's surprise does not end the watch over the others' peers
                    log.exception("the peers of %s could not be looked at", spec.name)
                    with self._guard:
                        self._kept[spec.name].due_ticks = self._ground.clock().ticks + DISCOVER_SECONDS

    def _look(self, spec: ClusterSpec) -> PeersView:
        """Ask the primary now, and keep what it says."""
        now, primary = self._ground.clock(), self._primary(spec)
        trouble: tuple[tuple[str, str], ...] = ()
        reads: tuple[SubscriptionRead, ...] = ()
        if primary is None:
            trouble = ((spec.name, "no-primary"),)
        elif self._version(spec, primary) < VERSION_MIN:
            trouble = ((primary, "too-old"),)
        else:
            try:
                reads = self._asked(spec, primary)
            except BooksTrouble as met:
                trouble = ((primary, met.reason),)
        with self._guard:
            kept = self._kept.setdefault(spec.name, _Kept())
            for read in reads:
                _count(kept, read, now.ticks)
            found = tuple(self._subscription(kept, read, primary or "", now.ticks) for read in reads)
            if trouble and kept.view is not None:
                found = kept.view.subscriptions
            view = PeersView(cluster=spec.name, at=now.utc, subscriptions=found, books=kept.books, trouble=trouble)
            kept.view = view
            kept.due_ticks = now.ticks + (PACE_SECONDS if found else DISCOVER_SECONDS)
        return view

    def _asked(self, spec: ClusterSpec, node: str) -> tuple[SubscriptionRead, ...]:
        door = self._door(spec)
        try:
            session = door.open(node)
            try:
                return read_subscriptions(session.ask(SUBSCRIPTIONS_SQL, seconds_max=ASK_SECONDS_MAX))
            except ValueError as error:
                raise BooksTrouble("unreadable", str(error)) from error
            finally:
                session.close()
        finally:
            door.close()

    def _door(self, spec: ClusterSpec) -> SshDoor:
        ground = self._ground
        return SshDoor(spec, sessions=ground.sessions, password=ground.password, writer=ground.writer)

    def _primary(self, spec: ClusterSpec) -> str | None:
        view = self._ground.picture(spec.name)
        return None if view is None else view.primary

    def _seen(self, cluster: str, node: str) -> Observation | None:
        watch = self._ground.poller.node(cluster, node)
        return None if watch is None else watch.known()

    def _version(self, spec: ClusterSpec, node: str) -> int:
        seen = self._seen(spec.name, node)
        return 0 if seen is None or seen.vital is None else seen.vital.version

    def _subscription(self, kept: _Kept, read: SubscriptionRead, node: str, ticks: float) -> Subscription:
        publisher = self._publisher(read)
        lag = None
        if publisher is not None and read.received is not None:
            seen = self._seen(*publisher)
            if seen is not None and seen.vital is not None and seen.vital.write is not None:
                lag = max(0, seen.vital.write - read.received)
        rising = tuple(
            sorted(
                counter for (name, counter), rose in kept.rose_ticks.items()
                if name == read.name and ticks - rose < GROWING_SECONDS
            )
        )  # fmt: skip
        return Subscription(
            name=read.name, node=node, publisher=None if publisher is None else " ".join(publisher),
            enabled=read.enabled, origin=read.origin, running=read.running,
            received=None if read.received is None else str(read.received), lag_bytes=lag,
            heard_seconds=read.heard_seconds, apply_errors=read.apply_errors, sync_errors=read.sync_errors,
            conflicts=read.conflicts, growing=rising,
        )  # fmt: skip

    def _publisher(self, read: SubscriptionRead) -> tuple[str, str] | None:
        """Whoever feeds this subscription, by its slot and name, among all that is watched."""
        for spec in self._ground.inventory().clusters:
            for node in spec.nodes:
                seen = self._seen(spec.name, node.name)
                for sender in seen.vital.senders if seen is not None and seen.vital is not None else ():
                    if sender.slot == read.slot or (sender.slot is None and sender.name == read.name):
                        return spec.name, node.name
        return None

    # -- books -------------------------------------------------------------------------------------------------------

    def _with_books(self, spec: ClusterSpec, view: PeersView) -> PeersView:
        """The books of this primary and of each publisher, from entry 1 up to what both have."""
        found: list[PeerBooks] = []
        for publisher in sorted({one.publisher for one in view.subscriptions if one.publisher is not None}):
            found += self._compared(spec, view.subscriptions[0].node, publisher)
        with self._guard:
            kept = self._kept.setdefault(spec.name, _Kept())
            kept.books = tuple(found)
            kept.view = replace(view, books=kept.books)
            return kept.view

    def _compared(self, spec: ClusterSpec, node: str, publisher: str) -> tuple[PeerBooks, ...]:
        other_cluster, _, other_node = publisher.partition(" ")
        other = self._ground.inventory().cluster(other_cluster)
        mapping = spec.ledger_mapping
        if other is None or mapping is None or other.ledger_mapping != mapping or other.database != spec.database:
            return (PeerBooks(origin="", one=node, other=publisher, up_to=None, same=None, reason="other-mapping"),)
        names = (f"{spec.name} {node}", publisher)
        ours, theirs = spec.node(node), other.node(other_node)
        assert ours is not None and theirs is not None
        both = replace(spec, nodes=(_named(ours, names[0]), _named(theirs, names[1])))
        door = self._door(both)
        try:
            proof = prove_books(
                names, cluster=spec.name, mapping=mapping, door=door, sealed=NoSeals(), clock=self._ground.clock
            )
        finally:
            door.close()
        return _books_of(proof, names)


def _named(node: NodeSpec, name: str) -> NodeSpec:
    return replace(node, name=name)


def _books_of(proof: BooksProof, names: tuple[str, str]) -> tuple[PeerBooks, ...]:
    unread = next((one.reason for one in proof.nodes if one.proof is Proof.NOT_CHECKED and one.reason), "")
    found = []
    for line in proof.across:
        if line.check is not BookCheck.NODES_AGREE:
            continue
        same = {Proof.PROVEN: True, Proof.FAILED: False}.get(line.proof)
        found.append(
            PeerBooks(
                origin=line.origin, one=names[0], other=names[1], up_to=line.last, same=same,
                reason=unread if same is None and unread else line.reason,
            )
        )  # fmt: skip
    return tuple(found)


def _count(kept: _Kept, read: SubscriptionRead, ticks: float) -> None:
    """Note which counters rose since the last look; the first look only takes them down."""
    now = dict(read.conflicts)
    now |= {name: count for name, count in (("apply_errors", read.apply_errors), ("sync_errors", read.sync_errors))
            if count is not None}  # fmt: skip
    before: Mapping[str, int] | None = kept.counts.get(read.name)
    for name in risen(before, now) if before is not None else ():
        kept.rose_ticks[read.name, name] = ticks
    kept.counts[read.name] = now


def _silent_seconds(spec: ClusterSpec) -> float:
    return max(SILENT_SECONDS_MIN, spec.promises.lag_seconds_max)


def _sign(cluster: str, node: str | None, trouble: PeerTrouble, about: str, observed: int | float | str | None) -> Sign:
    health = Health.LOST if trouble is PeerTrouble.BOOKS_DIFFER else Health.DEGRADED
    return Sign(
        cluster=cluster, node=node, source=AlertSource.PEERS, word=trouble.value, health=health, about=about,
        observed=observed,
    )  # fmt: skip
