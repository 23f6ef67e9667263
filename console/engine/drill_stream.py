"""A standby's stream cut for a while: under the cluster's lock, held by the standby's own host, set back by it."""

import threading
from collections.abc import Callable
from typing import Final

from console.domain.cluster import ClusterSpec
from console.domain.drill import DrillFault
from console.domain.drilling import blocks_commits, finding_of, promised
from console.domain.fleet import ClusterView
from console.domain.plan import Pairs
from console.domain.reading import Moment
from console.domain.verdict import Cause, Health
from console.engine.drill_course import DrillTrouble, Seen
from console.engine.drill_faults import doubted, told_finding
from console.engine.drill_host import HostAct, act_name
from console.engine.planning import Planning
from console.postgres.drill_verbs import stream_script, upstream_script
from console.postgres.verbs import ServerAt, uncut
from console.recovery.holding import LockKeeper
from console.recovery.lock import guarded
from console.recovery.look import Looks
from console.ssh.supervise import Standing

CUT_SECONDS_MAX: Final = 20.0
NOT_AFTER_SECONDS: Final = 10.0
WHAT: Final = "stream"
_CAUSES: Final = frozenset({Cause.NOT_STREAMING})


class StreamCut:
    """One standby lets go of its upstream. Its host sets it back when it is told to, or after a limit by itself."""

    def __init__(
        self, spec: ClusterSpec, node: str, drill: str, person: str, *, planning: Planning, clock: Callable[[], Moment],
        picture: Callable[[str], ClusterView | None], hold_seconds: float, limit_seconds: float,
        note: Callable[[Pairs], None],
    ) -> None:  # fmt: skip
        self._note = note
        self._spec, self.node, self._clock, self._picture = spec, node, clock, picture
        self.hold_seconds, self._limit = hold_seconds, limit_seconds
        self.promised_seconds = promised(DrillFault.STREAM_CUT, spec.interval_seconds)
        self.alert_words, self.alert_node = frozenset(cause.value for cause in _CAUSES), node
        self.alert_about = ""
        self._hosts, self._looks = planning.ways(spec)
        self._keeper = LockKeeper(
            spec, self._hosts, self._looks, owner=planning.owner(drill), person=person, ticks=lambda: clock().ticks
        )
        self._act = HostAct(self._hosts, node, act_name(WHAT, node, planning.owner(drill)))
        self._at: ServerAt | None = None
        self._begun = False

    def prepare(self, stopping: threading.Event) -> None:
        del stopping
        taken = self._keeper.take(break_live=False)
        if not taken.fine:
            raise DrillTrouble("drill-run-under-way", taken.said)
        facts = self._looks.look((self.node,))[self.node]
        self._at = self._looks.server_at(self.node, facts)
        if self._at is None or facts.server is None:
            raise DrillTrouble("host-refused", facts.trouble or facts.server_trouble)
        if not facts.server.in_recovery:
            raise DrillTrouble("wrong-node", self.node)
        self._harmless()

    def _harmless(self) -> None:
        view = self._picture(self._spec.name)
        if view is None or blocks_commits(view, self.node):
            raise DrillTrouble("would-block-commits")

    def begin(self) -> float:
        at = self._at
        assert at is not None
        self._harmless()  # what it was when this was planned may be another by now: the lock is held, ask again
        script = stream_script(at, term=self._keeper.term.number, limit_seconds=self._limit)
        self._note((("node", at.node), ("act", self._act.name), ("script", script)))  # before it is done
        ticks = self._clock().ticks
        self._begun = True
        self._act.start(script, limit_seconds=self._limit, guard=self._guard)
        cut = self._act.wait_for("cut", seconds=CUT_SECONDS_MAX, stopping=threading.Event(), pause=0.05)
        asked = self._clock().ticks
        up = self._act.look().host_seconds
        if up is None or not cut.isdigit():
            return ticks
        # By the host's own uptime, never later than it was: the way there counts as time that passed before.
        return max(ticks, asked - max(0.0, up - int(cut) / 100))

    def _guard(self, text: str) -> str:
        assert self._at is not None
        return _guarded(text, self._keeper, self._looks, self._at, self._clock)

    def look(self) -> Seen:
        view = self._picture(self._spec.name)
        seen = next((one for one in view.nodes if one.name == self.node), None) if view is not None else None
        if seen is None:
            return Seen()
        found = finding_of(seen.verdict.findings, _CAUSES, self.node)
        return Seen(
            suspected=doubted(view, self.node), named=told_finding(found) if found is not None else ()
        )

    def undo(self) -> str:
        """The host's own script sets it back; proven by what the server says of its upstream."""
        left = ""
        try:
            if self._begun and self._at is not None:
                left = _undone(self._act, self._at, self._guard)
        except DrillTrouble as trouble:
            left = f"{trouble}"
        finally:
            self._keeper.release()
            self._hosts.close()
        return left

    def well(self) -> bool:
        view = self._picture(self._spec.name)
        edge = next((one for one in view.edges if one.target == self.node), None) if view is not None else None
        return edge is not None and edge.streaming and view is not None and view.verdict.health is Health.HEALTHY


def _guarded(text: str, keeper: LockKeeper, looks: Looks, at: ServerAt, clock: Callable[[], Moment]) -> str:
    """A changing script behind the guard of the cluster's lock, which is taken where it is not held yet."""
    if not keeper.taken:
        taken = keeper.take(break_live=False)
        if not taken.fine:
            raise DrillTrouble("drill-run-under-way", taken.said)
    facts = looks.look((at.node,))[at.node]
    if facts.uptime_seconds is None:
        raise DrillTrouble("host-refused", facts.trouble)
    until = facts.uptime_seconds + (clock().ticks - facts.at.ticks) + NOT_AFTER_SECONDS
    return guarded(
        text, lock_key=at.lock_key, data_directory=at.data_directory, term=keeper.term, not_after_seconds=until,
        machine_id=facts.machine_id,
    )  # fmt: skip


def _undone(act: HostAct, at: ServerAt, guard: Callable[[str], str]) -> str:
    """End the script where it runs, and prove that the upstream is set again; empty, or why it is not proven."""
    if act.look().standing is Standing.ABSENT:
        return ""  # nothing was begun
    state = act.end()
    told = act.facts.get("undone", "")
    if told == "other-term":
        act.clear()  # whoever acted since has the say over this node's upstream
        return ""
    if told != "yes" and state.over:
        # Its host restarted, or somebody killed it: what it kept of the upstream is still there.
        act.run(guard(uncut(at).script))
    if act.run(upstream_script(at)).stdout.strip() != b"set":
        return f"primary_conninfo of {at.node} is empty"
    act.clear()
    return ""


def take_up(
    spec: ClusterSpec, node: str, drill: str, *, planning: Planning, clock: Callable[[], Moment]
) -> tuple[str, ...]:
    """An earlier engine's cut: undone, or found undone. Evidence in a few lines. Raises DrillTrouble."""
    hosts, looks = planning.ways(spec)
    owner = planning.owner(drill)
    keeper = LockKeeper(spec, hosts, looks, owner=owner, person="console", ticks=lambda: clock().ticks)
    try:
        facts = looks.look((node,))[node]
        at = looks.server_at(node, facts)
        if at is None or facts.server is None:
            raise DrillTrouble("host-refused", facts.trouble or facts.server_trouble or f"{node} does not answer")
        act = HostAct(hosts, node, act_name(WHAT, node, owner))
        before = act.look()
        if not facts.server.in_recovery:
            act.end()
            act.clear()
            return (f"{node}: is no standby any more",)
        by_host = before.standing is Standing.ENDED and act.facts.get("undone") == "yes"
        left = _undone(act, at, lambda text: _guarded(text, keeper, looks, at, clock))
        if left:
            raise DrillTrouble("engine-ended-not-undone", left)
        if not keeper.taken:
            keeper.take(break_live=False)  # the killed engine's hold of the lock: given back below
        how = "the host itself" if by_host else "this engine"
        return (f"{node}: primary_conninfo is set again, by {how}", f"{act.name}: {before.standing.value}")
    finally:
        if keeper.taken:
            keeper.release()
        hosts.close()
