"""The engine: builds the side that does the work, watches, remembers, and serves the link."""

import logging
import os
import queue
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import console
from console.domain.cluster import Inventory, NodeSpec
from console.domain.fleet import ClusterView, EngineView, Event, EventKind
from console.domain.reading import Moment
from console.domain.run import RunView
from console.engine.answers import Answers
from console.engine.audit_answers import Approvals
from console.engine.backing import Backing, BackingGround
from console.engine.freezing import Freezer
from console.engine.home_lock import take_lock
from console.engine.making import Ground, join_restores, make_changes, open_audit
from console.engine.persons import Persons
from console.engine.planning import Planning
from console.engine.record import changes_of, samples_of
from console.engine.returning import Returning
from console.engine.runs import Changes
from console.engine.sealing import BooksKeeper
from console.engine.vigil import Vigil
from console.engine.vigil_ground import Board, VigilGround
from console.governance.approval import FourEyes
from console.governance.approvers import ApproversFile
from console.governance.audit import AuditLog
from console.governance.policy import ApprovalPolicies
from console.link.changes import RunSeen
from console.link.messages import (
    PROTOCOL,
    ClusterSeen,
    EngineSeen,
    HostKeyOffer,
    HostKeys,
    InventoryChanged,
    Prompts,
    Welcome,
)
from console.link.server import LinkServer
from console.monitor.cluster_watch import ClusterWatch
from console.monitor.poller import Poller
from console.monitor.postgres_watch import Tools
from console.places import Home
from console.ssh.hostkeys import HostKeyStore
from console.ssh.secrets import Asker, SecretKind, Secrets
from console.ssh.sessions import Sessions
from console.store.database import Store, open_store
from console.store.history import History
from console.store.inventory import Inventories
from console.store.settings import Settings
from console.store.trouble import StoreTrouble

CONNECTING_AT_ONCE_MAX: Final = 64
FLUSH_SECONDS: Final = 10.0
ROLL_UP_SECONDS: Final = 60.0
EXPIRE_SECONDS: Final = 3600.0
KEEP_SECONDS: Final = 1.0
TELL_SHARE: Final = 0.7  # of the interval: an unchanged picture is told once a round, also where one comes late

log = logging.getLogger(__name__)


# One that goes on while the machine sleeps, where there is one: readings from before a sleep must not look fresh.
_TICKING: Final = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


class _RealClock:
    """The only clock on this side of the link."""

    def ticks(self) -> float:
        return time.clock_gettime(_TICKING)

    def now(self) -> Moment:
        return Moment(datetime.now(UTC), self.ticks())


class Engine:
    """One engine of one home. `run` serves until it is stopped."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._lock = take_lock(home)
        self._clock = _RealClock()
        self._started = self._clock.now().utc
        self._stopping = threading.Event()
        self._changing = threading.Lock()
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._last: dict[str, ClusterView] = {}
        self._told_ticks: dict[str, float] = {}
        self._sampled_ticks: dict[str, float] = {}
        self._trouble = ""
        self._store: Store | None = None
        self.history: History | None = None
        self.inventories: Inventories | None = None
        writer = self._open_store()
        self.secrets = Secrets()
        self.freezer: Freezer | None = None
        ground = self._ground(writer)
        self.audit = self._open_audit(ground)
        self.four_eyes = FourEyes(ApproversFile(home.approvers), revoked=home.revoked_keys)
        self.policies: ApprovalPolicies | None = None
        if self._store is not None:
            self.policies = ApprovalPolicies(Settings(self._store))
        self.approvals: Approvals | None = None
        self.host_keys = HostKeyStore(
            home.known_hosts, also=(Path.home() / ".ssh" / "known_hosts", home.lab_known_hosts),
            on_change=self._host_keys_changed,
        )  # fmt: skip
        self.persons = Persons(self.secrets, anybody=self._anybody, told=self._prompts_changed)
        self.sessions = Sessions(host_keys=self.host_keys, secrets=self.secrets, ask=self.persons.ask)
        self._asker = Asker(self.persons.ask, self.secrets)
        self._pool = ThreadPoolExecutor(CONNECTING_AT_ONCE_MAX, thread_name_prefix="connect")
        tools = Tools(
            sessions=self.sessions, pool=self._pool, clock=self._clock, writer=writer, password=self._password,
            wrong_password=self._wrong_password, chance=random.Random(),
        )  # fmt: skip
        self.poller = Poller(tools, seen=self._seen)
        self.inventory = self._load_inventory()
        self.books = BooksKeeper(
            sessions=self.sessions, password=self._password, writer=writer, clock=self._clock.now, store=self._store,
            inventory=lambda: self.inventory, views=self.poller.views, note=self.note,
            tell=lambda message: None if self._link is None else self._link.tell(message),
        )  # fmt: skip
        self.reports = home.reports
        self.planning: Planning | None = None
        self.changes: Changes | None = None
        self._returning: Returning | None = None
        self._make_changes(ground)
        self.backing = self._make_backing(ground, writer)
        if self.planning is not None and self.backing is not None and ground is not None:
            join_restores(ground, self.planning, self.backing, sessions=self.sessions)
        self.vigil = self._make_vigil(ground, writer)
        self._link: LinkServer | None = None

    # -- life ---------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Watch and serve until `stop` is called; then end in good order."""
        self._note_event("", "started")
        self.poller.watch(self.inventory)
        self.poller.start()
        self.books.start()
        answers = Answers(self)
        self._link = LinkServer(self._home.engine_socket, welcome=self._welcome, answer=answers.answer)
        if self.changes is not None:
            self.changes.take_up()
        if self._returning is not None:
            self._returning.start()
        if self.backing is not None:
            self.backing.start()
        if self.vigil is not None:
            self.vigil.start()
        keeper = threading.Thread(target=self._keep, name="keeper", daemon=True)
        keeper.start()
        clusters = len(self.inventory.clusters)
        log.info("engine %s watches %d clusters, process %d", console.__version__, clusters, os.getpid())
        self._stopping.wait()
        self._link.close()
        self.persons.nobody_left()
        if self.vigil is not None:
            self.vigil.stop()
        if self._returning is not None:
            self._returning.stop()
        if self.changes is not None:
            self.changes.close()
        if self.backing is not None:
            self.backing.stop()
        self.books.stop()
        self.poller.stop()
        self.sessions.close()
        self._pool.shutdown(wait=False, cancel_futures=True)
        keeper.join()
        if self._store is not None:
            self._store.close()
        os.close(self._lock)
        log.info("engine stopped")

    def stop(self) -> None:
        self._stopping.set()

    # -- what others ask ----------------------------------------------------------------------------------------

    def view(self) -> EngineView:
        """The engine's own state."""
        hosts = [node for view in list(self._last.values()) for node in view.nodes]
        answered = [n for n in hosts if n.silence_seconds is not None and n.silence_seconds < 3.0]
        return EngineView(
            at=self._clock.now().utc, version=console.__version__, pid=os.getpid(), home=str(self._home.directory),
            started_at=self._started, hosts=sum(len(c.nodes) for c in self.inventory.clusters),
            answered=len(answered), store_trouble=self._trouble, faces=self._link.faces if self._link else 0,
            frozen=self.freezer.now() if self.freezer is not None else None,
        )  # fmt: skip

    def inventory_changed(self) -> None:
        """The inventory in the store has changed: watch what it holds now, and tell every face."""
        with self._changing:
            self.inventory = self._load_inventory()
            names = {cluster.name for cluster in self.inventory.clusters}
            for name in [name for name in list(self._last) if name not in names]:
                self._last.pop(name, None)
            self.poller.watch(self.inventory)
        if self._link is not None:
            self._link.tell(InventoryChanged(inventory=self.inventory))

    def note(self, event: Event) -> None:
        self._events.put(event)
        if self.vigil is not None:
            self.vigil.noted(event)

    def moment(self) -> Moment:
        return self._clock.now()

    def offers(self) -> HostKeys:
        """The host keys that wait for a person."""
        return HostKeys(
            offers=tuple(
                HostKeyOffer(
                    host=offer.host, port=offer.port, kind=offer.kind, fingerprint=offer.fingerprint,
                    stored_in=offer.stored_in,
                )
                for offer in self.host_keys.offers()
            )
        )  # fmt: skip

    # -- the link -----------------------------------------------------------------------------------------------

    def _welcome(self) -> Welcome:
        self.sessions.ask_again()
        self._asker.ask_again()
        return Welcome(
            protocol=PROTOCOL, engine=self.view(), inventory=self.inventory, clusters=self.poller.views(),
            host_keys=self.offers(), prompts=self.persons.prompts(),
        )  # fmt: skip

    def _anybody(self) -> bool:
        return self._link is not None and self._link.watching > 0

    def _host_keys_changed(self) -> None:
        if self._link is not None:
            self._link.tell(self.offers(), key="host keys")

    def _prompts_changed(self, prompts: Prompts) -> None:
        if self._link is not None:
            self._link.tell(prompts, key="prompts")

    def _seen(self, watch: ClusterWatch, view: ClusterView) -> None:
        """A new picture: note what changed in it, keep its samples, tell the faces."""
        name, ticks = view.name, self._clock.ticks()
        before = self._last.get(name)
        changes = changes_of(before, view)
        for event in changes:
            self._events.put(event)
        self._last[name] = view
        if self.vigil is not None:
            self.vigil.seen(view)
        pace = TELL_SHARE * watch.spec.interval_seconds
        if self.history is not None and ticks - self._sampled_ticks.get(name, 0.0) >= pace:
            self._sampled_ticks[name] = ticks
            for sample in samples_of(view):
                self.history.add(sample)
        news = before is None or changes or _roles(before) != _roles(view)
        if self._link is not None and (news or ticks - self._told_ticks.get(name, 0.0) >= pace):
            self._told_ticks[name] = ticks
            self._link.tell(ClusterSeen(view=view), key=f"cluster {name}")

    # -- remembering --------------------------------------------------------------------------------------------

    def _open_store(self) -> str:
        """Open the store; the id by which our heartbeats are known. Without a store the engine says so and watches."""
        try:
            self._store = open_store(self._home.store)
            self.history = History(self._store, flush_seconds=FLUSH_SECONDS)
            self.inventories = Inventories(self._store)
            return Settings(self._store).console_id()
        except StoreTrouble as trouble:
            self._trouble = str(trouble)
            log.error("%s", trouble)
            return f"no-store-{os.getpid()}"

    def _ground(self, console_id: str) -> Ground | None:
        """What changes are built on; None without a store: what can't be written down is not done."""
        if self._store is None or self._trouble:
            return None
        try:
            self.freezer = freezer = Freezer(self._store, self._clock.now)
        except StoreTrouble as trouble:
            self._trouble = str(trouble)
            return None
        return Ground(
            home=self._home, store=self._store, console_id=console_id, secrets=self.secrets, clock=self._clock.now,
            freezer=freezer,
        )  # fmt: skip

    def _open_audit(self, ground: Ground | None) -> AuditLog | None:
        try:
            return None if ground is None else open_audit(ground)
        except StoreTrouble as trouble:
            self._trouble = str(trouble)
            log.error("the audit log: %s", trouble)
            return None

    def _make_changes(self, ground: Ground | None) -> None:
        if ground is None or self.audit is None or self.policies is None:
            return
        self.changes, self._returning = make_changes(
            ground, sessions=self.sessions, poller=self.poller, books=self.books, audit=self.audit,
            four_eyes=self.four_eyes, policies=self.policies, inventory=lambda: self.inventory, told=self._run_told,
            picture=self._last.get,
        )  # fmt: skip
        self.approvals = self.changes
        self.planning = self.changes.planning

    def _make_backing(self, ground: Ground | None, writer: str) -> Backing | None:
        if ground is None or self.audit is None:
            return None
        return Backing(
            BackingGround(
                store=ground.store, sessions=self.sessions, poller=self.poller, audit=self.audit,
                clock=self._clock.now, inventory=lambda: self.inventory, picture=self._last.get,
                password=self._password, writer=writer, note=self.note,
                tell=lambda message, key: None if self._link is None else self._link.tell(message, key=key),
                frozen=ground.freezer.now,
            )
        )  # fmt: skip

    def _make_vigil(self, ground: Ground | None, writer: str) -> Vigil | None:
        planning, changes, history, audit = self.planning, self.changes, self.history, self.audit
        if ground is None or planning is None or changes is None or history is None or audit is None:
            return None
        return Vigil(
            VigilGround(
                home=self._home, store=ground.store, history=history, console_id=ground.console_id,
                sessions=self.sessions, secrets=self.secrets, poller=self.poller, planning=planning, changes=changes,
                backing=self.backing, books=self.books, audit=audit, writer=writer, password=self._password,
                clock=self._clock.now, inventory=lambda: self.inventory, picture=self._last.get, note=self.note,
                tell=lambda message, key: None if self._link is None else self._link.tell(message, key=key),
                trouble=lambda: self._trouble, board=Board(), freezer=ground.freezer,
            )
        )  # fmt: skip

    def _run_told(self, run: RunView) -> None:
        if self.vigil is not None:
            self.vigil.run_told(run)
        if self._link is not None:
            self._link.tell(RunSeen(run=run), key=f"run {run.id}")

    def _load_inventory(self) -> Inventory:
        if self.inventories is None:
            return Inventory()
        try:
            return self.inventories.load()
        except StoreTrouble as trouble:
            self._trouble = str(trouble)
            return getattr(self, "inventory", Inventory())

    def _password(self, node: NodeSpec) -> str | None:
        """A database password: known, in the keyring, or asked of a person once for all who want it."""
        subject = _database_subject(node)
        return self._asker.secret(
            SecretKind.DATABASE, subject, title=f"Database password of {subject}", text="Password:"
        )

    def _wrong_password(self, node: NodeSpec) -> None:
        self.secrets.forget(SecretKind.DATABASE, _database_subject(node))

    def _note_event(self, cluster: str, text: str) -> None:
        self._events.put(
            Event(
                at=self._clock.now().utc, kind=EventKind.ENGINE, cluster=cluster, node=None, health="unknown", text=text
            )
        )

    def _keep(self) -> None:
        """Once a second: what the store has to be given. It may wait for the store; nobody waits for it."""
        flushed = rolled = expired = self._clock.ticks()
        while True:
            ending = self._stopping.wait(KEEP_SECONDS)
            try:
                flushed, rolled, expired = self._keep_once(flushed, rolled, expired, ending=ending)
                if self._link is not None and not ending:
                    self._link.tell(EngineSeen(view=self.view()), key="engine")
            except Exception:  # the last hook of remembering: what it met must not end it for good
                log.exception("remembering failed in a way that was not foreseen")
            if ending:
                return

    def _keep_once(
        self, flushed: float, rolled: float, expired: float, *, ending: bool
    ) -> tuple[float, float, float]:
        """One round of remembering; when it last flushed, rolled up and expired."""
        ticks, seconds = self._clock.ticks(), self._clock.now().utc.timestamp()
        history = self.history
        if history is None:
            self._forget_events()
            return flushed, rolled, expired
        history.watched(seconds)
        self._keep_events(history)
        if ending or ticks - flushed >= FLUSH_SECONDS:
            self._trouble, flushed = history.flush(), ticks
        try:
            if self.changes is not None and flushed == ticks:
                self.changes.remember()
            if ticks - rolled >= ROLL_UP_SECONDS:
                rolled = ticks
                history.roll_up(seconds)
            if ticks - expired >= EXPIRE_SECONDS:
                expired = ticks
                history.expire(seconds)
        except StoreTrouble as trouble:
            self._trouble = str(trouble)
        return flushed, rolled, expired

    def _forget_events(self) -> None:
        """Without a store nothing can be kept; the trouble is said in every view of the engine."""
        while not self._events.empty():
            self._events.get_nowait()

    def _keep_events(self, history: History) -> None:
        while True:
            try:
                event = self._events.get_nowait()
            except queue.Empty:
                return
            trouble = history.add_event(event)
            if trouble and not trouble.startswith("waiting"):
                self._trouble = trouble


def _database_subject(node: NodeSpec) -> str:
    """Under which name a node's database password is kept."""
    return f"{node.postgres.user if node.postgres else ''}@{node.ssh.host}"


def _roles(view: ClusterView) -> tuple[object, ...]:
    """What makes a picture worth telling at once."""
    return tuple((n.name, n.role, n.verdict.health, n.verdict.cause) for n in view.nodes)
