"""Keeps watch over the books: seals what is new at a pace, recomputes all at another, and tells what does not match."""

import hashlib
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Final

from console.domain.books import Block, BooksProof, CheckOutcome, MappingTrial, NodeVerdict, Proof, Seal
from console.domain.cluster import ClusterSpec, Inventory, NodeKind, NodeSpec
from console.domain.fleet import ClusterView, Event, EventKind, Role
from console.domain.ledger_mapping import LedgerMapping
from console.domain.reading import Moment
from console.link.books import Books, BooksSealed
from console.link.messages import Message
from console.recovery.books_door import BooksTrouble, SshDoor
from console.recovery.books_proof import NoSeals, SealedBooks, prove_books
from console.recovery.books_sealing import seal_books
from console.recovery.books_trial import try_mapping
from console.ssh.sessions import Sessions
from console.store.database import Store
from console.store.seals import Seals
from console.store.settings import Settings
from console.store.trouble import StoreTrouble

LOOK_SECONDS: Final = 1.0
AT_ONCE_MAX: Final = 2
NO_LEDGER_SECONDS: Final = 600.0  # a cluster without a ledger is looked at again after so long
UNASKED_SECONDS: Final = 60.0  # and one whose standby could not be asked to the end
FRESH_SECONDS: Final = 5.0  # a node that has not answered for longer is not asked for a recomputation
THIN_SECONDS: Final = 3600.0

log = logging.getLogger(__name__)


class Sealed:
    """The seals of one cluster's ledger, as a proof asks for them."""

    def __init__(self, seals: Seals, cluster: str, mapping: LedgerMapping) -> None:
        self._seals, self._cluster, self._mapping = seals, cluster, mapping.digest()

    def seals(self, origin: str) -> tuple[Seal, ...]:
        return self._seals.seals_of(self._cluster, self._mapping, origin)

    def blocks(self, origin: str) -> tuple[Block, ...]:
        return self._seals.blocks_of(self._cluster, self._mapping, origin)


class BooksKeeper:
    """All that an engine does with books: on its own in a thread, and when it is asked."""

    def __init__(
        self, *, sessions: Sessions, password: Callable[[NodeSpec], str | None], writer: str,
        clock: Callable[[], Moment], store: Store | None, inventory: Callable[[], Inventory],
        views: Callable[[], tuple[ClusterView, ...]], note: Callable[[Event], None], tell: Callable[[Message], None],
    ) -> None:  # fmt: skip
        self._sessions, self._password, self._writer, self._clock = sessions, password, writer, clock
        self._seals = None if store is None else Seals(store)
        self._settings = None if store is None else Settings(store)
        self._inventory, self._views, self._note, self._tell = inventory, views, note, tell
        self._stopping = threading.Event()
        self._guard = threading.Lock()
        self._busy: set[str] = set()
        self._sealed: dict[str, float] = {}  # ticks of the last sealing of a cluster
        self._not_before: dict[str, float] = {}  # ticks before which a cluster is left alone
        self._recomputed: dict[str, float] = {}  # UTC seconds of the last recomputation
        self._tried: dict[str, float] = {}  # and of one that could not be made, moved so that the next is not at once
        self._said: dict[str, str] = {}  # what was told last of a cluster, so that it is told once
        self._thinned = float("-inf")
        self._pool = ThreadPoolExecutor(AT_ONCE_MAX, thread_name_prefix="sealing")
        self._thread = threading.Thread(target=self._watch, name="sealing", daemon=True)

    def start(self) -> None:
        if self._seals is not None:
            self._thread.start()

    def stop(self) -> None:
        """No new work; what is in the middle ends when its connection does."""
        with self._guard:
            self._stopping.set()
        self._pool.shutdown(wait=False, cancel_futures=True)

    # -- asked by a face, or by a plan --------------------------------------------------------------------------

    def prove(self, spec: ClusterSpec, mapping: LedgerMapping, nodes: tuple[str, ...], *, full: bool) -> BooksProof:
        """Prove the books on these nodes. Raises StoreTrouble where the seals can't be read."""
        sealed: SealedBooks = NoSeals() if self._seals is None else Sealed(self._seals, spec.name, mapping)
        door = self._door(spec)
        try:
            return prove_books(
                nodes, cluster=spec.name, mapping=mapping, door=door, sealed=sealed, clock=self._clock, full=full
            )
        finally:
            door.close()

    def seal(self, spec: ClusterSpec, mapping: LedgerMapping, node: str) -> BooksSealed:
        """Seal what is new. Raises BooksTrouble and StoreTrouble; then nothing new is kept."""
        if self._seals is None:
            raise BooksTrouble("no-store")
        began = self._clock().ticks
        door = self._door(spec)
        try:
            done = seal_books(
                node, cluster=spec.name, mapping=mapping, door=door, keeper=self._seals, clock=self._clock
            )
        finally:
            door.close()
        return BooksSealed(
            cluster=spec.name, node=node, sealed=tuple(done.sealed), failed=tuple(done.failed), lost=tuple(done.lost),
            unsealed=tuple(done.unsealed), unchanged=tuple(done.unchanged), seconds=self._clock().ticks - began,
        )  # fmt: skip

    def try_out(self, spec: ClusterSpec, mapping: LedgerMapping, node: str) -> MappingTrial:
        door = self._door(spec)
        try:
            return try_mapping(node, mapping=mapping, door=door)
        finally:
            door.close()

    def primary_of(self, cluster: str) -> str | None:
        """The node that is primary by the last picture."""
        view = next((view for view in self._views() if view.name == cluster), None)
        return None if view is None else view.primary

    def _door(self, spec: ClusterSpec) -> SshDoor:
        return SshDoor(spec, sessions=self._sessions, password=self._password, writer=self._writer)

    # -- by itself ----------------------------------------------------------------------------------------------

    def _watch(self) -> None:
        while not self._stopping.wait(LOOK_SECONDS):
            _guarded(self._look)

    def _look(self) -> None:
        """Hand out what is due; never waits for a node."""
        now = self._clock()
        views = {view.name: view for view in self._views()}
        for spec in self._inventory().clusters:
            mapping, view = spec.ledger_mapping, views.get(spec.name)
            if mapping is None or view is None or view.primary is None:
                continue
            if spec.books is None and view.head_number is None:
                continue  # the poller reads the reference ledger's head each second: where it sees none, there is none
            if now.ticks >= self._not_before.get(spec.name, float("-inf")):
                self._look_at(spec, mapping, view, view.primary, now)
        if self._seals is not None and now.ticks - self._thinned >= THIN_SECONDS:
            self._thinned = now.ticks
            try:
                self._seals.thin(now.utc)
            except StoreTrouble as trouble:
                log.warning("seals: %s", trouble)

    def _look_at(
        self, spec: ClusterSpec, mapping: LedgerMapping, view: ClusterView, primary: str, now: Moment
    ) -> None:
        """One thing at a time: a recomputation that is due, else a sealing that is."""
        node = None
        recomputed = max(self._recomputed_at(spec, now), self._tried.get(spec.name, float("-inf")))
        if now.utc.timestamp() - recomputed >= spec.promises.recompute_seconds:
            node = recomputing_node(spec, view)
        if node is not None:
            self._submit(spec.name, lambda: self._recompute(spec, mapping, node))
            return
        due = now.ticks - self._sealed.get(spec.name, float("-inf")) >= spec.promises.seal_seconds
        if due and self._submit(spec.name, lambda: self._seal_guarded(spec, mapping, primary)):
            self._sealed[spec.name] = now.ticks

    def _submit(self, cluster: str, act: Callable[[], None]) -> bool:
        """Do it in the pool; False where something of this cluster is still in the middle."""

        def work() -> None:
            _guarded(act)
            with self._guard:
                self._busy.discard(cluster)

        with self._guard:
            if cluster in self._busy or self._stopping.is_set():
                return False
            self._busy.add(cluster)
            self._pool.submit(work)
            return True

    def _seal_guarded(self, spec: ClusterSpec, mapping: LedgerMapping, node: str) -> None:
        try:
            done = self.seal(spec, mapping, node)
        except (BooksTrouble, StoreTrouble) as trouble:
            if isinstance(trouble, BooksTrouble) and trouble.reason in ("no-table", "no-rights", "no-column"):
                self._not_before[spec.name] = self._clock().ticks + NO_LEDGER_SECONDS
            said = f"{trouble}"
            self._once(spec.name, said, lambda: log.info("%s: not sealed: %s", spec.name, said))
            return
        if done.lost:
            last = max(seal.fingerprint.last for seal in done.lost)
            self._event(spec.name, node, "lost-range", f"seals up to entry {last} are of a range that was left behind")
        if done.failed:
            self._failed(spec.name, node, done.failed)
        elif not done.lost:
            self._said.pop(spec.name, None)

    def _recompute(self, spec: ClusterSpec, mapping: LedgerMapping, node: str) -> None:
        proof = self.prove(spec, mapping, (node,), full=True)
        failed = tuple(outcome for outcome in proof.outcomes() if outcome.proof is Proof.FAILED)
        if failed:
            self._failed(spec.name, node, failed)
        unasked = next((verdict for verdict in proof.nodes if verdict.reason), None)
        if unasked is not None:
            log.info("%s: books of %s not recomputed: %s %s", spec.name, node, unasked.reason, unasked.detail)
            # Not again at once: a standby in trouble is not to be asked each second.
            self._tried[spec.name] = self._clock().utc.timestamp() + UNASKED_SECONDS - spec.promises.recompute_seconds
            return
        log.info("%s: books of %s recomputed in %.1f s: %s", spec.name, node, proof.seconds, proof.proof.value)
        self._set_recomputed(spec, self._clock())
        if not failed:
            self._set_proven(spec)

    def _failed(self, cluster: str, node: str, failed: tuple[CheckOutcome, ...]) -> None:
        """Tell once what does not match: as an event, in the log, and to every face."""
        signature = " ".join(f"{o.check.value}:{o.origin}:{o.block}:{o.entry}:{o.reason}" for o in failed)

        def say() -> None:
            first = failed[0]
            at = "" if first.block is None else f" block {first.block}"
            self._event(cluster, node, first.reason or first.check.value, f"{signature}{at}")
            verdict = NodeVerdict(node=node, proof=Proof.FAILED, outcomes=failed)
            self._tell(
                Books(
                    proof=BooksProof(
                        cluster=cluster, at=self._clock().utc, full=False, proof=Proof.FAILED, nodes=(verdict,),
                        across=(),
                    )
                )
            )  # fmt: skip

        self._once(cluster, signature, say)

    def _once(self, cluster: str, signature: str, say: Callable[[], None]) -> None:
        if self._said.get(cluster) != signature:
            self._said[cluster] = signature
            say()

    def _event(self, cluster: str, node: str, text: str, detail: str) -> None:
        log.error("%s: books on %s: %s: %s", cluster, node, text, detail)
        self._note(
            Event(at=self._clock().utc, kind=EventKind.BOOKS, cluster=cluster, node=node, health="degraded", text=text)
        )

    # -- when all was recomputed last, over restarts of the engine --------------------------------------------------

    def _recomputed_at(self, spec: ClusterSpec, now: Moment) -> float:
        """UTC seconds of the last recomputation; a cluster that is new here waits a whole pace."""
        if spec.name not in self._recomputed:
            try:
                kept = None if self._settings is None else self._settings.get(_key(spec.name))
            except StoreTrouble:
                return float("inf")
            if kept is None or not kept.isdigit():
                self._set_recomputed(spec, now)
            else:
                self._recomputed[spec.name] = float(kept)
        return self._recomputed[spec.name]

    def proven_at(self, cluster: str) -> datetime | None:
        """When all was recomputed last and nothing failed; None: never here. Raises StoreTrouble."""
        kept = None if self._settings is None else self._settings.get(_key(cluster, "proven"))
        return datetime.fromtimestamp(int(kept), UTC) if kept is not None and kept.isdigit() else None

    def _set_proven(self, spec: ClusterSpec) -> None:
        if self._settings is not None:
            try:
                self._settings.set(_key(spec.name, "proven"), str(int(self._clock().utc.timestamp())))
            except StoreTrouble as trouble:
                log.warning("that the books of %s were proven is not kept: %s", spec.name, trouble)

    def _set_recomputed(self, spec: ClusterSpec, now: Moment) -> None:
        seconds = int(now.utc.timestamp())
        self._recomputed[spec.name] = seconds
        if self._settings is not None:
            try:
                self._settings.set(_key(spec.name), str(seconds))
            except StoreTrouble as trouble:
                log.warning("when the books of %s were recomputed is not kept: %s", spec.name, trouble)


def _guarded(act: Callable[[], None]) -> None:
    try:
        act()
    except Exception:  # a poll round: what it met must not end the watch over the books
        log.exception("the books could not be looked after in a way that was not foreseen")


def recomputing_node(spec: ClusterSpec, view: ClusterView) -> str | None:
    """The standby that is to recompute: it answers and lags least; a primary alone does it itself."""
    servers = [node.name for node in spec.nodes if node.kind is NodeKind.POSTGRES]
    if servers == [view.primary]:
        return view.primary
    standbys = [
        node
        for node in view.nodes
        if node.role in (Role.STANDBY, Role.CASCADE)
        and node.silence_seconds is not None
        and node.silence_seconds <= FRESH_SECONDS
    ]
    best = min(standbys, key=lambda node: node.lag_replay_seconds or 0.0, default=None)
    return None if best is None else best.name


def _key(cluster: str, what: str = "recomputed") -> str:
    return f"books-{what}-{hashlib.sha256(cluster.encode()).hexdigest()[:32]}"
