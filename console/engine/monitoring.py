"""Runs monitoring scripts at their pace, one outstanding a check and node, and tells what they mean."""

import hashlib
import logging
import threading
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Final

from console.domain.alerting import Sign
from console.domain.check_judging import condition, signs_of
from console.domain.check_rules import CheckMistake, examine, fits, nodes_of
from console.domain.cluster import ClusterSpec, NodeSpec
from console.domain.fleet import Role
from console.domain.incident import IncidentLine, LineKind
from console.domain.monitoring import CHECKS_MAX, CheckReading, CheckSpec, CheckState, CheckUse
from console.domain.reading import Moment
from console.domain.verdict import Health
from console.engine.check_desk import CheckDesk, Key
from console.engine.check_running import run_check, unreached
from console.engine.vigil_ground import Part, VigilGround
from console.link.messages import Message, Refused
from console.link.watching import AskCheckHistory, AskChecks, CheckHistory, ChecksSeen, RemoveCheck, RunCheck, SaveCheck
from console.ssh.hosts import SshHosts
from console.store.trouble import StoreTrouble

LOOK_SECONDS: Final = 0.25
AT_ONCE_MAX: Final = 16
AT_ONCE_OF_NODE_MAX: Final = 2  # a host that hangs must not take the places of all others
SPREAD_SECONDS_MAX: Final = 30.0  # after a start: within so long each check has its first turn
NEW_SECONDS: Final = 1.0  # a check that was just saved
END_SECONDS_MAX: Final = 3.0

log = logging.getLogger(__name__)


class Monitoring(Part):
    """All checks of one engine."""

    def __init__(self, ground: VigilGround) -> None:
        self._ground = ground
        self._desk = CheckDesk(ground.store)
        self._guard = threading.Lock()
        self._due: dict[Key, float] = {}  # ticks of the next turn
        self._running: dict[Key, Future[CheckReading]] = {}
        self._unknown: Counter[Key] = Counter()  # in a row
        self._hosts: dict[str, tuple[ClusterSpec, SshHosts]] = {}
        self._said = ""
        self._stopping = threading.Event()
        self._pool = ThreadPoolExecutor(AT_ONCE_MAX, thread_name_prefix="check")
        self._thread = threading.Thread(target=self._watch, name="checks", daemon=True)
        ground.board.conditions = self.conditions

    # -- life ---------------------------------------------------------------------------------------------------

    def start(self) -> None:
        there = frozenset(spec.name for spec in self._ground.inventory().clusters)
        try:
            if there:  # one that can't be read is empty, and takes nothing out
                self._desk.leave_only(there)
        except StoreTrouble as trouble:
            log.warning("checks of clusters that are gone are not taken out: %s", trouble)
        self._thread.start()

    def stop(self) -> None:
        """Nothing new is begun; what runs is ended on its host by the shell that watches over it there."""
        self._stopping.set()
        with self._guard:
            hosts, self._hosts = list(self._hosts.values()), {}
        for _, each in hosts:
            each.refuse()
            each.close()
        self._pool.shutdown(wait=False, cancel_futures=True)
        if self._thread.is_alive():
            self._thread.join(END_SECONDS_MAX)

    def _watch(self) -> None:
        while not self._stopping.wait(LOOK_SECONDS):
            try:
                self._look()
                self._desk.write(self._ground.clock())
                self._said = ""
            except StoreTrouble as trouble:
                if self._said != f"{trouble}":
                    log.error("checks: %s", trouble)
                self._said = f"{trouble}"
            except Exception:  # a poll round: what it met must not end the checks of every cluster
                log.exception("checks could not be looked after in a way that was not foreseen")
        try:
            self._desk.write(self._ground.clock(), at_once=True)
        except StoreTrouble as trouble:
            log.warning("the last readings of checks are not kept: %s", trouble)

    def _look(self) -> None:
        """Begin what is due; never waits for a host."""
        now = self._ground.clock()
        wanted: set[Key] = set()
        for cluster in self._ground.inventory().clusters:
            for spec in self._desk.specs(cluster.name):
                for node in nodes_of(spec, cluster) if spec.enabled else ():
                    key = (cluster.name, spec.name, node)
                    wanted.add(key)
                    self._turn(key, spec, cluster, now)
        for key in list(self._due):
            if key not in wanted:
                self._due.pop(key, None)

    def _turn(self, key: Key, spec: CheckSpec, cluster: ClusterSpec, now: Moment) -> None:
        if key not in self._due:
            self._desk.recall(key, spec, now)
        due = self._due.setdefault(key, now.ticks + first_turn(key, spec))
        if now.ticks < due:
            return
        if not fits(spec, self._role(cluster.name, key[2])):
            self._desk.drop(*key)
            self._due[key] = now.ticks + min(spec.every_seconds, SPREAD_SECONDS_MAX)
            return
        if self._begin(key, spec, cluster) is not None:
            # Turns that were missed (a long run, a sleep) are not made up for.
            self._due[key] = max(due + spec.every_seconds, now.ticks + spec.every_seconds / 2)

    def _role(self, cluster: str, node: str) -> Role | None:
        view = self._ground.picture(cluster)
        return None if view is None else next((one.role for one in view.nodes if one.name == node), None)

    def _begin(self, key: Key, spec: CheckSpec, cluster: ClusterSpec) -> "Future[CheckReading] | None":
        """None: it runs already, or all places are taken."""
        node = cluster.node(key[2])
        with self._guard:
            of_node = sum(1 for other in self._running if (other[0], other[2]) == (key[0], key[2]))
            full = len(self._running) >= AT_ONCE_MAX or of_node >= AT_ONCE_OF_NODE_MAX
            if key in self._running or full or node is None or self._stopping.is_set():
                return None
            future = self._pool.submit(self._run, key, spec, cluster, node)
            self._running[key] = future
        future.add_done_callback(_logged)
        return future

    def _run(self, key: Key, spec: CheckSpec, cluster: ClusterSpec, node: NodeSpec) -> CheckReading:
        try:
            reading = run_check(
                spec, cluster, node, self._hosts_of(cluster), clock=self._ground.clock, password=self._ground.password
            )
            if self._desk.spec(cluster.name, spec.name) == spec:  # else it was changed or taken out meanwhile
                self._taken(key, spec, reading)
            return reading
        finally:
            with self._guard:
                self._running.pop(key, None)

    def _hosts_of(self, cluster: ClusterSpec) -> SshHosts:
        """Connections of the checks' own, made anew where the inventory says otherwise than before."""
        with self._guard:
            kept = self._hosts.get(cluster.name)
            if kept is not None and (kept[0] is cluster or kept[0] == cluster):
                return kept[1]
            made = SshHosts(cluster, self._ground.sessions)
            if self._stopping.is_set():
                made.refuse()
            self._hosts[cluster.name] = (cluster, made)
        if kept is not None:
            kept[1].close()
        return made

    def _taken(self, key: Key, spec: CheckSpec, reading: CheckReading) -> None:
        self._unknown[key] = self._unknown[key] + 1 if reading.state is CheckState.UNKNOWN else 0
        before = self._desk.add(reading)
        changed = before is None or before.state is not reading.state
        quiet = before is None and reading.state is CheckState.OK
        if CheckUse.EVIDENCE in spec.uses and changed and not quiet:
            self._ground.board.line(_evidence(reading))

    # -- what it means ------------------------------------------------------------------------------------------

    def signs(self, cluster: str, now: Moment) -> tuple[Sign, ...]:
        return signs_of(
            tuple(
                (spec, reading, self._unknown[(cluster, spec.name, reading.node)])
                for spec, reading in self._pairs(cluster)
            ),
            now.utc,
        )

    def conditions(self, cluster: str) -> tuple[tuple[str, bool | None], ...]:
        """Checks that automation depends on, and whether each says yes; None: it can't be said."""
        now = self._ground.clock().utc
        try:
            specs = self._desk.specs(cluster)
        except StoreTrouble as trouble:
            return ((trouble.where, None),)  # which ones there are is not known: never taken for none
        pairs = self._pairs(cluster)
        return tuple(
            (spec.name, condition(spec, tuple(reading for of, reading in pairs if of.name == spec.name), now))
            for spec in specs
            if spec.enabled and CheckUse.CONDITION in spec.uses
        )

    def _specs(self, cluster: str) -> tuple[CheckSpec, ...]:
        try:
            return self._desk.specs(cluster)
        except StoreTrouble:
            return ()  # the engine says itself that its store is in trouble

    def _pairs(self, cluster: str) -> tuple[tuple[CheckSpec, CheckReading], ...]:
        by_name = {spec.name: spec for spec in self._specs(cluster)}
        return tuple((by_name[one.check], one) for one in self._desk.newest(cluster) if one.check in by_name)

    # -- what is asked ------------------------------------------------------------------------------------------

    def answer(self, question: Message, person: str) -> Message | None:
        del person
        match question:
            case AskChecks():
                return self._seen(question.cluster)
            case SaveCheck():
                return self._save(question)
            case RemoveCheck():
                if self._desk.spec(question.cluster, question.name) is None:
                    return Refused(reason="no-such-check", subject=question.cluster, detail=question.name)
                self._desk.remove(question.cluster, question.name)
                return self._seen(question.cluster)
            case RunCheck():
                return self._run_now(question)
            case AskCheckHistory():
                return self._history(question)
            case _:
                return None

    def _seen(self, cluster: str) -> Message:
        if self._ground.inventory().cluster(cluster) is None:
            return Refused(reason="no-cluster", subject=cluster)
        return ChecksSeen(cluster=cluster, checks=self._desk.specs(cluster), readings=self._desk.newest(cluster))

    def _save(self, question: SaveCheck) -> Message:
        cluster = self._ground.inventory().cluster(question.cluster)
        if cluster is None:
            return Refused(reason="no-cluster", subject=question.cluster)
        spec = question.check
        try:
            examine(spec, cluster)
        except CheckMistake as mistake:
            return Refused(reason=mistake.word, subject=spec.name, detail=mistake.detail)
        known = self._desk.specs(cluster.name)
        there = any(one.name == spec.name for one in known)
        if there and not question.replace:
            return Refused(reason="check-exists", subject=cluster.name, detail=spec.name)
        if not there and len(known) >= CHECKS_MAX:
            return Refused(reason="too-many-checks", subject=cluster.name, detail=f"{len(known)}")
        now = self._ground.clock()
        self._desk.save(cluster.name, spec, now)
        for node in nodes_of(spec, cluster):
            self._due[(cluster.name, spec.name, node)] = now.ticks + NEW_SECONDS
        return self._seen(cluster.name)

    def _run_now(self, question: RunCheck) -> Message:
        """On the nodes where it may run now; waits for them, each within its limit."""
        cluster = self._ground.inventory().cluster(question.cluster)
        if cluster is None:
            return Refused(reason="no-cluster", subject=question.cluster)
        spec = self._desk.spec(cluster.name, question.name)
        if spec is None:
            return Refused(reason="no-such-check", subject=cluster.name, detail=question.name)
        nodes = nodes_of(spec, cluster)
        if question.node and question.node not in nodes:
            return Refused(reason="check-node", subject=cluster.name, detail=question.node)
        readings: list[CheckReading] = []
        begun: dict[str, Future[CheckReading]] = {}
        for node in (question.node,) if question.node else nodes:
            key = (cluster.name, spec.name, node)
            if not fits(spec, self._role(cluster.name, node)):
                readings.append(unreached(spec, cluster.name, node, self._ground.clock(), "other-role"))
                continue
            future = self._begin(key, spec, cluster) or self._outstanding(key)
            if future is None:
                readings.append(unreached(spec, cluster.name, node, self._ground.clock(), "busy"))
            else:
                begun[node] = future
        wait(begun.values(), timeout=spec.seconds_max + 30.0)
        for node, future in begun.items():
            ended = future.done() and not future.cancelled() and future.exception() is None
            readings.append(
                future.result() if ended else unreached(spec, cluster.name, node, self._ground.clock(), "maybe-running")
            )
        return ChecksSeen(
            cluster=cluster.name, checks=(spec,), readings=tuple(sorted(readings, key=lambda one: one.node))
        )

    def _outstanding(self, key: Key) -> "Future[CheckReading] | None":
        with self._guard:
            return self._running.get(key)

    def _history(self, question: AskCheckHistory) -> Message:
        cluster = self._ground.inventory().cluster(question.cluster)
        if cluster is None:
            return Refused(reason="no-cluster", subject=question.cluster)
        if not question.begin < question.end:
            return Refused(reason="no-time", subject=question.cluster, detail="the time would end before it begins")
        nodes = (question.node,) if question.node else tuple(node.name for node in cluster.nodes)
        readings, left_out = self._desk.history(
            cluster.name, question.name, nodes, question.begin, question.end
        )
        return CheckHistory(readings=readings, left_out=left_out)


def first_turn(key: Key, spec: CheckSpec) -> float:
    """Seconds until the first turn: the same for the same check and node, and spread evenly over all."""
    told = hashlib.sha256("\0".join(key).encode()).digest()
    return int.from_bytes(told[:4]) / 2**32 * min(spec.every_seconds, SPREAD_SECONDS_MAX)


def _logged(ended: "Future[CheckReading]") -> None:
    """A run raises for no host and no script: what comes here is the store's trouble, or an error of ours."""
    error = None if ended.cancelled() else ended.exception()
    if error is not None:
        log.error("a check came to no reading: %s", error, exc_info=error)


def _evidence(reading: CheckReading) -> IncidentLine:
    health = {CheckState.OK: Health.HEALTHY, CheckState.UNKNOWN: Health.UNKNOWN}.get(reading.state, Health.DEGRADED)
    said = reading.text.partition("\n")[0] or reading.reason
    return IncidentLine(
        at=reading.at, cluster=reading.cluster, kind=LineKind.EVIDENCE, word=f"check-{reading.state.name.lower()}",
        node=reading.node, health=health.value, detail=(("observed", said), ("source", reading.check)),
    )  # fmt: skip
