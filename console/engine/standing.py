"""What automation has to know beside the watch's readings, at a slower pace: lock, backups, rule, Patroni's group."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from console.domain.approval import needed
from console.domain.automation import AutomationMode, AutomationPolicy
from console.domain.backup import BackupState
from console.domain.cluster import ClusterSpec, Manager
from console.domain.consensus import GroupView
from console.domain.guards import BackupsNow, LockNow
from console.domain.observation import Observation
from console.domain.plan import Operation
from console.domain.reading import Moment, SshState
from console.domain.situation import Facts
from console.engine.vigil_ground import VigilGround
from console.governance.policy import ApprovalPolicies
from console.recovery.group_looks import GroupLooks
from console.recovery.look import Looks
from console.ssh.hosts import SshHosts
from console.store.settings import Settings
from console.store.trouble import StoreTrouble

QUIET_SECONDS: Final = 10.0
URGENT_SECONDS: Final = 1.0  # while a primary is lost
BACKUPS_SECONDS: Final = 30.0
LOOK_SECONDS: Final = 0.25
QUIET_AT_ONCE_MAX: Final = 4  # clusters that are looked at side by side: a silent host takes up to 15 s
LOST_AT_ONCE_MAX: Final = 16  # beside those, and before them
STOP_SECONDS_MAX: Final = 5.0
HOST_SECONDS_MAX: Final = 8.0  # hosts are looked at each 5 s, and at once when a server is silent

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingFacts:
    """None: not known yet, or it could not be read."""

    lock: LockNow | None = None
    other: str = ""  # the other console that holds the lock alive
    abandoned: str = ""  # the one whose lock has expired without being given back
    backups: BackupsNow | None = None
    second_person: bool | None = None
    second_for_restart: bool | None = None
    group: GroupView | None = None


@dataclass(slots=True)
class _Kept:
    """One cluster's own connections, kept warm, and when it was looked at last."""

    spec: ClusterSpec
    hosts: SshHosts
    looks: Looks
    looked_ticks: float = float("-inf")
    backups_ticks: float = float("-inf")
    facts: StandingFacts = StandingFacts()


def heard_lately(seen: Observation, now: Moment) -> bool:
    """Does this node's host answer, by what the watch heard of it lately?"""
    heard = [one.at.ticks for one in (seen.vital, seen.host, seen.books) if one is not None]
    lately = bool(heard) and now.ticks - max(heard) <= HOST_SECONDS_MAX
    return seen.ssh.state is SshState.ANSWERS and lately


class Standing:
    """Looks after the standing facts of every cluster whose automation is not off, each look in a thread of its own."""

    def __init__(
        self, ground: VigilGround, *, policy: Callable[[str], AutomationPolicy], lost: Callable[[str], bool],
        silent: Callable[[str], str], acting: Callable[[str], bool], changed: Callable[[str], None],
    ) -> None:  # fmt: skip
        self._ground, self._policy, self._lost, self._acting, self._changed = ground, policy, lost, acting, changed
        self._silent = silent
        self._rules = ApprovalPolicies(Settings(ground.store))
        self._guard = threading.Lock()
        self._kept: dict[str, _Kept] = {}
        self._looking: dict[str, tuple[threading.Thread, bool]] = {}  # by cluster, and whether it is a lost one
        self._stopping = threading.Event()
        self._pause = threading.Event()  # never set: Patroni's second look waits on it
        self._thread = threading.Thread(target=self._keep, name="automation looks", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(STOP_SECONDS_MAX)
        with self._guard:
            kept, self._kept = list(self._kept.values()), {}
            looking = [thread for thread, _ in self._looking.values()]
        for one in kept:
            one.hosts.close()  # ends what is waited for there
        end = self._ground.clock().ticks + STOP_SECONDS_MAX
        for thread in looking:
            thread.join(max(0.0, end - self._ground.clock().ticks))

    def facts(self, cluster: str) -> StandingFacts:
        """What is known now, at once."""
        kept = self._kept.get(cluster)
        return kept.facts if kept is not None else StandingFacts()

    def hand_over(self, spec: ClusterSpec) -> None:
        """Let the next plan of this cluster use our connections: while nobody can write, a login is long.

        A host that the watch does not hear is not waited for: it is knocked at beside.
        """
        with self._guard:
            kept = self._kept.get(spec.name)
            if kept is None or kept.spec != spec:
                return
            hosts, looks = self._ground.planning.ways(spec)
            given, kept.hosts, kept.looks = kept.hosts, hosts, looks
        self._silence(spec, given)
        self._ground.planning.keep_warm(spec, given)

    def look(self, spec: ClusterSpec, *, older_seconds: float = 0.0) -> None:
        """Look now, whatever the pace, where what is known is older than this."""
        kept = self._place(spec)
        if self._ground.clock().ticks - kept.looked_ticks >= older_seconds:
            self._look_guarded(kept)

    def _keep(self) -> None:
        while not self._stopping.wait(LOOK_SECONDS):
            clusters = self._ground.inventory().clusters
            self._forget({spec.name for spec in clusters})
            for spec in sorted(clusters, key=lambda one: not self._lost(one.name)):
                if self._stopping.is_set():
                    return
                off = self._policy(spec.name).mode is AutomationMode.OFF and spec.manager is not Manager.PATRONI
                if off or self._acting(spec.name):
                    continue
                kept, lost = self._place(spec), self._lost(spec.name)
                pace = URGENT_SECONDS if lost else QUIET_SECONDS
                if self._ground.clock().ticks - kept.looked_ticks >= pace:
                    self._begin(kept, lost)

    def _begin(self, kept: _Kept, lost: bool) -> None:
        """Look in a thread of its own, where there is room: no cluster waits for the silent host of another."""
        name = kept.spec.name
        with self._guard:
            others = sum(1 for _, urgent in self._looking.values() if urgent is lost)
            if name in self._looking or others >= (LOST_AT_ONCE_MAX if lost else QUIET_AT_ONCE_MAX):
                return
            thread = threading.Thread(target=self._one, args=(kept,), name=f"automation looks {name}", daemon=True)
            self._looking[name] = (thread, lost)
        thread.start()

    def _one(self, kept: _Kept) -> None:
        try:
            if not self._stopping.is_set():
                self._look_guarded(kept)
        finally:
            with self._guard:
                self._looking.pop(kept.spec.name, None)
        self._changed(kept.spec.name)

    def _forget(self, there: set[str]) -> None:
        """No connection is kept to a cluster that is watched no more."""
        with self._guard:
            gone = [self._kept.pop(name) for name in list(self._kept) if name not in there]
        for one in gone:
            one.hosts.close()

    def _look_guarded(self, kept: _Kept) -> None:
        try:
            self._look(kept)
        except StoreTrouble as trouble:
            log.error("what automation of %s stands on can't be read: %s", kept.spec.name, trouble)
        except Exception:  # the border of a look: one cluster's surprise leaves the others looked at, and its facts age
            log.exception("what automation of %s stands on could not be looked at", kept.spec.name)

    def _place(self, spec: ClusterSpec) -> _Kept:
        with self._guard:
            kept = self._kept.get(spec.name)
            known = self._ground.poller.cluster(spec.name)
            key = known.identifier if known is not None else None
            if kept is not None and kept.spec == spec and (key is None or kept.looks.lock_key == key):
                return kept
            hosts, looks = self._ground.planning.ways(spec)
            fresh = _Kept(spec=spec, hosts=hosts, looks=looks)
            self._kept[spec.name] = fresh
        if kept is not None:
            kept.hosts.close()
        return fresh

    def _silence(self, spec: ClusterSpec, hosts: SshHosts) -> None:
        watch, now = self._ground.poller.cluster(spec.name), self._ground.clock()
        for node in watch.nodes if watch is not None else ():
            seen = node.seen()
            witnessed = node.node.name == self._silent(spec.name)
            if witnessed or (seen.ssh.state is not SshState.CONNECTING and not heard_lately(seen, now)):
                hosts.silence(node.node.name)

    def _look(self, kept: _Kept) -> None:
        spec, ticks = kept.spec, self._ground.clock().ticks
        kept.looked_ticks = ticks
        self._silence(spec, kept.hosts)
        before = kept.facts
        backups = before.backups
        if ticks - kept.backups_ticks >= BACKUPS_SECONDS:
            kept.backups_ticks, backups = ticks, self._backups(spec)
        group = None
        if spec.manager is Manager.PATRONI:
            group = GroupLooks(spec, kept.hosts, clock=self._ground.clock).picture(self._pause.wait)
            lock, other, left = before.lock, "", ""
        else:
            lock, other, left = self._lock(kept.looks.look(sql=False))
        kept.facts = StandingFacts(
            lock=lock, other=other, abandoned=left, backups=backups, group=group,
            second_person=self._second(spec, Operation.FAILOVER),
            second_for_restart=self._second(spec, Operation.RESTART),
        )  # fmt: skip

    def _lock(self, facts: Facts) -> tuple[LockNow, str, str]:
        """Who holds the lock alive, whether that is another console, and which console let it expire."""
        read = [node for node in facts.values() if node.lock is not None]
        locks = [node.lock for node in read if node.lock is not None]
        live = [lock for lock in locks if lock.live and lock.owner not in ("", "-")]
        newest = max(live, key=lambda lock: lock.term, default=None)
        owner = newest.owner if newest is not None else ""
        mine = self._ground.console_id
        ours = owner.startswith(f"{mine}:")
        now = self._ground.clock().utc
        lock = LockNow(at=now, read_on=len(read), owner=owner, person=newest.person if newest else "", ours=ours)
        console, _, _ = owner.partition(":")
        other = f"console {console[:8]} ({lock.person})" if owner and not ours else ""
        last = max(locks, key=lambda one: one.term, default=None)
        held = last is not None and last.owner not in ("", "-") and not last.owner.startswith(f"{mine}:")
        left = last.owner if last is not None and held and not last.live else ""
        return lock, other, left

    def _second(self, spec: ClusterSpec, operation: Operation) -> bool | None:
        """Does the rule of approval want a second person for what automation would do?"""
        try:
            rule = self._rules.of(spec.name)
        except StoreTrouble as trouble:
            log.warning("the approval rule of %s can't be read: %s", spec.name, trouble)
            return None
        most = self._policy(spec.name).loss_entries_max if operation is Operation.FAILOVER else 0
        return needed(rule, spec.environment, operation, most)

    def _backups(self, spec: ClusterSpec) -> BackupsNow | None:
        """The newest complete backup that any repository has."""
        backing = self._ground.backing
        if spec.backup is None or backing is None:
            return BackupsNow(at=self._ground.clock().utc, newest=None)
        try:
            seen = backing.view(spec).repositories
        except StoreTrouble as trouble:
            log.warning("the backups of %s can't be read: %s", spec.name, trouble)
            return None
        if not any(one.at is not None for one in seen):
            return None
        ended = [backup.ended_at for one in seen for backup in one.backups
                 if backup.state is BackupState.COMPLETE and backup.ended_at is not None]  # fmt: skip
        return BackupsNow(at=self._ground.clock().utc, newest=max(ended, default=None))
