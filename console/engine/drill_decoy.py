"""A decoy: a throw-away server on the backup host, watched as a real one is, whose postmaster is killed."""

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from console.domain.alerting import AlertSource, Sign
from console.domain.cluster import ClusterSpec, Inventory, NodeKind, NodeSpec, PostgresTarget, Promises
from console.domain.drill import DrillFault
from console.domain.drilling import promised
from console.domain.fleet import ClusterView
from console.domain.reading import Moment
from console.domain.verdict import Cause, Finding, Guard, Health, Level
from console.engine.drill_course import DrillTrouble, Seen
from console.engine.drill_faults import doubted, told_finding
from console.engine.drill_host import HostAct, act_name
from console.monitor.cluster_watch import ClusterWatch
from console.monitor.poller import Poller
from console.monitor.postgres_watch import Tools
from console.postgres.drill_verbs import (
    DECOY_PORT,
    DECOY_USER,
    decoy_script,
    gone_script,
    is_decoy_place,
    kill_script,
)
from console.ssh.hosts import SshHosts
from console.ssh.sessions import Sessions
from console.ssh.supervise import Standing

DECOY: Final = "decoy"
WHAT: Final = "decoy"
READY_SECONDS_MAX: Final = 90.0
HEALTHY_SECONDS_MAX: Final = 30.0
STEADY_ROUNDS: Final = 2  # so many rounds has it answered before it is killed
CONNECTIONS_MAX: Final = 4
_PROVEN: Final = frozenset({Guard.PROCESSES, Guard.CONTROL_FILE})


@dataclass(frozen=True, slots=True)
class _Clock:
    """The engine's clock as a watch wants it."""

    now: Callable[[], Moment]

    def ticks(self) -> float:
        return self.now().ticks


class DecoyStopped:
    """The decoy from its making to its proven removal."""

    def __init__(
        self, spec: ClusterSpec, node: str, drill: str, owner: str, *, sessions: Sessions, clock: Callable[[], Moment],
        hold_seconds: float, limit_seconds: float,
    ) -> None:  # fmt: skip
        self._spec, self.node, self._owner, self._sessions, self._clock = spec, node, owner, sessions, clock
        self.hold_seconds, self._limit = hold_seconds, limit_seconds
        self.promised_seconds = promised(DrillFault.DECOY_STOPPED, spec.interval_seconds)
        self.alert_words, self.alert_node = frozenset({Cause.POSTMASTER_KILLED.value}), DECOY
        self.alert_about = drill  # each decoy is another server: its alert is no earlier one's
        self._hosts = SshHosts(spec, sessions)
        self._act = HostAct(self._hosts, node, act_name(WHAT, node, owner))
        self._pool: ThreadPoolExecutor | None = None
        self._poller: Poller | None = None
        self._view: ClusterView | None = None
        self._started = self._killed = False

    def prepare(self, stopping: threading.Event) -> None:
        """Make it, and wait until the watch sees it answer over the probe path."""
        programs = [one.postgres.bin_directory for one in self._spec.nodes if one.postgres is not None]
        directories = tuple(dict.fromkeys(one for one in programs if one))
        self._started = True
        self._act.start(
            decoy_script(directories, limit_seconds=self._limit), limit_seconds=self._limit
        )
        self._act.wait_for("ready", seconds=READY_SECONDS_MAX, stopping=stopping)
        self._watch_it()
        clock, pause = self._clock, self._spec.interval_seconds / 4
        end, steady = clock().ticks + HEALTHY_SECONDS_MAX, float("inf")
        while clock().ticks < steady:
            view = self._view
            healthy = view is not None and view.verdict.health is Health.HEALTHY and view.primary == DECOY
            if healthy and steady == float("inf"):
                steady = clock().ticks + STEADY_ROUNDS * self._spec.interval_seconds
            if clock().ticks > end:
                cause = view.verdict.cause if view is not None else None
                raise DrillTrouble("decoy-not-healthy", cause.value if cause is not None else "")
            if stopping.wait(pause):
                raise DrillTrouble("stopped")

    def _watch_it(self) -> None:
        """The very machinery that watches real clusters, on a cluster of one that stands in no inventory."""
        place, programs = self._act.facts.get("place", ""), self._act.facts.get("programs", "")
        host = self._spec.node(self.node)
        if host is None or not is_decoy_place(place) or not programs.startswith("/"):
            raise DrillTrouble("decoy-not-started", place)
        target = PostgresTarget(
            host=f"{place}/s", port=DECOY_PORT, user=DECOY_USER, bin_directory=programs, data_directory=f"{place}/data"
        )
        node = NodeSpec(name=DECOY, kind=NodeKind.POSTGRES, ssh=host.ssh, postgres=target, become=host.become)
        decoy = ClusterSpec(
            name=f"{self._spec.name}-{DECOY}"[:60], environment=self._spec.environment, nodes=(node,), ledger=None,
            promises=Promises(disk_free_percent_min=0.0), interval_seconds=self._spec.interval_seconds,
        )  # fmt: skip
        self._pool = ThreadPoolExecutor(CONNECTIONS_MAX, thread_name_prefix="decoy")
        tools = Tools(
            sessions=self._sessions, pool=self._pool, clock=_Clock(self._clock), writer=self._owner,
            password=lambda _: None, wrong_password=lambda _: None, chance=random.Random(),
        )  # fmt: skip
        self._poller = Poller(tools, seen=self._seen)
        self._poller.watch(Inventory(clusters=(decoy,)))
        self._poller.start()

    def _seen(self, watch: ClusterWatch, view: ClusterView) -> None:
        del watch
        self._view = view

    def begin(self) -> float:
        place, postmaster = self._act.facts["place"], self._act.facts.get("postmaster", "")
        if not postmaster.isdigit() or len(postmaster) > 10:
            raise DrillTrouble("decoy-not-started", postmaster)
        ticks = self._clock().ticks
        self._killed = True
        self._act.run(kill_script(place, int(postmaster)))
        return ticks

    def _finding(self) -> Finding | None:
        """The verdict on it, with its evidence."""
        view = self._view
        if not self._killed or view is None:
            return None
        found = (one for one in view.verdict.findings if one.cause is Cause.POSTMASTER_KILLED and one.node == DECOY)
        return next((one for one in found if {row.guard for row in one.evidence} >= _PROVEN), None)

    def look(self) -> Seen:
        view, found = self._view, self._finding()
        return Seen(
            suspected=doubted(view, DECOY),
            named=told_finding(found) if found is not None else (),
            hard=found is not None and found.level is Level.HARD,
        )

    def sign(self) -> Sign | None:
        """What is wrong with it, said as every other sign is."""
        found = self._finding()
        if found is None:
            return None
        return Sign(
            cluster=self._spec.name, node=DECOY, source=AlertSource.DRILL, word=found.cause.value,
            health=Health.DEGRADED, about=self.alert_about, observed=found.observed,
        )  # fmt: skip

    def undo(self) -> str:
        """End the watch, take the decoy away with everything, and prove it."""
        if self._poller is not None:
            self._poller.stop()
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
        self._view, self._killed = None, False
        try:
            return removed(self._act) if self._started else ""
        except DrillTrouble as trouble:
            return f"{trouble}"
        finally:
            self._hosts.close()

    def well(self) -> bool:
        return self._view is None


def removed(act: HostAct) -> str:
    """End it where it runs, and prove that nothing is left; empty, or why that is not proven."""
    if act.look().standing is Standing.ABSENT:
        return ""
    act.end()
    place = act.facts.get("place", "")
    if place:
        if not is_decoy_place(place):
            return f"its place is none of ours: {place}"
        act.run(gone_script(place))
    act.clear()
    return ""


def take_up(
    spec: ClusterSpec, node: str, owner: str, *, sessions: Sessions
) -> tuple[str, ...]:
    """An earlier engine's decoy: removed, or found removed. Evidence in a few lines. Raises DrillTrouble."""
    hosts = SshHosts(spec, sessions)
    try:
        act = HostAct(hosts, node, act_name(WHAT, node, owner))
        before = act.look()
        by_host = before.standing is Standing.ENDED and act.facts.get("removed") == "yes"
        place = act.facts.get("place", "")
        left = removed(act)
        if left:
            raise DrillTrouble("decoy-not-removed", left)
        how = "the host itself" if by_host else "this engine"
        return (f"{node}: {place or 'nothing'} is removed, by {how}", f"{act.name}: {before.standing.value}")
    finally:
        hosts.close()
