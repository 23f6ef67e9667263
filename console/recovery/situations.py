"""Who sees whom, what could be done now and at what price, and what is recommended; judged from facts asked now."""

from collections.abc import Mapping
from typing import Final

from console.domain.cluster import NodeKind
from console.domain.plan import Loss, LossBasis
from console.domain.reading import Sight, Testimony
from console.domain.recommendation import Option, Seeing, Situation, Way
from console.domain.situation import NodeFacts
from console.domain.verdict import Level, Verdict
from console.domain.witnesses import HEARD_SECONDS_MIN
from console.recovery import failover, group_situations, switchover
from console.recovery.fencing import method_of
from console.recovery.world import World

TRIED_SECONDS_MAX: Final = 15.0  # what was tried before that says nothing of now
NOTHING_LOST: Final = Loss(
    candidate="", basis=LossBasis.NONE, entries_low=0, entries_high=0, reason="both-alive"
)


def situation_of(
    world: World, verdict: Verdict | None, *, running: str, testimonies: tuple[tuple[str, Testimony], ...] = ()
) -> Situation:
    """The whole situation. `verdict` is the watch's own; its level of evidence stands beside what is seen here.

    `testimonies`: what standbys last said of the primary when the watch had them ask, by their names.
    """
    level = next((f.level for f in verdict.findings if f.level is not None), None) if verdict is not None else None
    if world.group is not None:
        return _situation(world, group_situations.judged(world), level, running, dict(testimonies))
    primary = world.primary
    old = primary.node if primary is not None else failover.old_primary(world)
    lost = primary is None
    candidates = failover.candidates(world) if lost else switchover.candidates(world)
    rejoin = _rejoinable(world, primary)
    options = (
        Option(way=Way.WAIT, possible=True, reason="nothing-wrong" if not lost else "costs-time", node=old or ""),
        _restart(world, old, lost),
        _switchover(world, candidates, lost),
        _failover(world, old, candidates, lost),
        _rejoin(rejoin, lost),
        Option(way=Way.RESTORE, possible=False, reason="from-backups"),
    )
    found = group_situations.Judged(
        primary=old, lost=lost, candidates=candidates, options=options,
        recommended=_recommended(world, old, options, level, lost, rejoin), rejoin=rejoin,
    )  # fmt: skip
    return _situation(world, found, level, running, dict(testimonies))


def _situation(
    world: World, found: group_situations.Judged, level: Level | None, running: str, said: Mapping[str, Testimony]
) -> Situation:
    return Situation(
        cluster=world.spec.name, at=world.now.utc, primary=found.primary, primary_lost=found.lost, level=level,
        seeing=_seeing(world, said), candidates=found.candidates, options=found.options, recommended=found.recommended,
        rejoin=found.rejoin,
        timelines=tuple((n.node, n.server.timeline) for n in world.postgres_nodes if n.server is not None),
        operation_running=running,
    )  # fmt: skip


def _restart(world: World, old: str | None, lost: bool) -> Option:
    node = world.facts.get(old) if old is not None else None
    if not lost or node is None:
        return Option(way=Way.RESTART, possible=False, reason="primary-alive" if not lost else "no-primary")
    if not node.reached:
        return Option(way=Way.RESTART, possible=False, reason="host-silent", node=node.node)
    if node.fence_mark:
        return Option(way=Way.RESTART, possible=False, reason="fenced", node=node.node)
    if node.processes or node.server is not None:
        return Option(way=Way.RESTART, possible=False, reason="processes-there", node=node.node)
    return Option(way=Way.RESTART, possible=True, node=node.node, loss=NOTHING_LOST)


def _switchover(world: World, candidates: tuple[object, ...], lost: bool) -> Option:
    if lost:
        return Option(way=Way.SWITCHOVER, possible=False, reason="primary-gone")
    best = next((one for one in switchover.candidates(world) if one.eligible), None)
    if best is None or not candidates:
        return Option(way=Way.SWITCHOVER, possible=False, reason="no-candidate")
    return Option(
        way=Way.SWITCHOVER, possible=True, node=best.node, loss=best.loss, seconds=switchover.GAP_SECONDS_EXPECTED,
        seconds_from="lab-measured",
    )  # fmt: skip


def _failover(world: World, old: str | None, candidates: tuple[object, ...], lost: bool) -> Option:
    if not lost:
        return Option(way=Way.FAILOVER, possible=False, reason="primary-alive")
    best = next((one for one in failover.candidates(world) if one.eligible), None)
    if best is None or old is None or not candidates:
        return Option(way=Way.FAILOVER, possible=False, reason="no-candidate")
    return Option(
        way=Way.FAILOVER, possible=True, reason=f"fence-{method_of(world, old).value}", node=best.node, loss=best.loss,
        seconds=failover.GAP_SECONDS_EXPECTED, seconds_from="lab-measured",
    )  # fmt: skip


def _rejoinable(world: World, primary: NodeFacts | None) -> tuple[str, ...]:
    """Nodes that answer over SSH and are no working part of the cluster: stopped, fenced, or not streaming."""
    if primary is None or primary.server is None:
        return ()
    streaming = {node.node for node in world.followers(primary.node)}
    found = []
    for node in world.postgres_nodes:
        if node.node == primary.node or not node.reached or node.node in streaming:
            continue
        receiver = node.server.receiver if node.server is not None else None
        if receiver is None or receiver.status != "streaming":
            found.append(node.node)
    return tuple(found)


def _rejoin(rejoin: tuple[str, ...], lost: bool) -> Option:
    if lost:
        return Option(way=Way.REJOIN, possible=False, reason="primary-gone")
    if not rejoin:
        return Option(way=Way.REJOIN, possible=False, reason="nothing-to-rejoin")
    return Option(way=Way.REJOIN, possible=True, node=rejoin[0])


def _recommended(
    world: World, old: str | None, options: tuple[Option, ...], level: Level | None, lost: bool,
    rejoin: tuple[str, ...],
) -> Way:  # fmt: skip
    """Restart before failover, as nothing is lost by it; what somebody stopped on purpose is nobody's to act on."""
    possible = {option.way for option in options if option.possible}
    if not lost:
        return Way.REJOIN if rejoin else Way.WAIT
    if level is Level.STOPPED:
        return Way.RESTART if Way.RESTART in possible else Way.WAIT
    if Way.RESTART in possible:
        return Way.RESTART
    node = world.facts.get(old) if old is not None else None
    if Way.FAILOVER in possible and node is not None:
        return Way.FAILOVER
    return Way.WAIT


def _seeing(world: World, said: Mapping[str, Testimony]) -> tuple[Seeing, ...]:
    """The console's own row first, then a row a node that runs PostgreSQL."""
    found = []
    for name, node in world.facts.items():
        state = "answers" if node.reached else "silent"
        found.append(Seeing(asker="console", answerer=name, state=state, source="console: SSH"))
    names = [node.name for node in world.spec.nodes if node.kind is NodeKind.POSTGRES]
    for asker in names:
        found += [_cell(world, asker, answerer, said.get(asker)) for answerer in world.facts if answerer != asker]
    return tuple(found)


def _cell(world: World, asker: str, answerer: str, testimony: Testimony | None) -> Seeing:
    """What one node says of another: who streams from whom, and what came of trying where the watch had it try."""
    node = world.facts[asker]
    if not node.reached or node.server is None:
        return Seeing(asker=asker, answerer=answerer, state="unknown", source=f"{asker}: not asked")
    receiver = node.server.receiver
    upstream = _upstream(world, asker)
    if upstream == answerer:
        streams = receiver is not None and receiver.status == "streaming"
        heard = receiver.heard_age_seconds if receiver is not None else None
        if testimony is not None and (not streams or (heard is not None and heard > HEARD_SECONDS_MIN)):
            tried = _tried(world, asker, answerer, testimony, heard)
            if tried is not None:
                return tried
        state = "streams" if streams else "no-stream"
        return Seeing(asker=asker, answerer=answerer, state=state, seconds=heard,
                      source=f"{asker}: pg_stat_wal_receiver")  # fmt: skip
    sends = any(s.name.replace("-", "_").lower() == answerer.replace("-", "_").lower() for s in node.server.senders)
    state = "streams" if sends else "no-link"
    return Seeing(asker=asker, answerer=answerer, state=state, source=f"{asker}: pg_stat_replication")


def _tried(
    world: World, asker: str, answerer: str, testimony: Testimony, heard: float | None
) -> Seeing | None:
    """What came of connecting from the asker's host; None where that was not just now, or not about this node."""
    if testimony.about != answerer or world.now.ticks - testimony.at.ticks > TRIED_SECONDS_MAX:
        return None
    source = f"{asker}: connect {testimony.server_address}, {testimony.ssh_address}"
    if testimony.server is Sight.SILENT and testimony.ssh in (Sight.SILENT, Sight.UNTOLD):
        return Seeing(asker=asker, answerer=answerer, state="silent", seconds=heard, source=source)
    if Sight.REFUSED in testimony.sights and Sight.REACHED not in testimony.sights:
        return Seeing(asker=asker, answerer=answerer, state="refused", source=source)
    return None


def _upstream(world: World, name: str) -> str | None:
    """Whom a standby is set to follow, by the address in its primary_conninfo."""
    server = world.facts[name].server
    if server is None or not server.in_recovery:
        return None
    words = dict(
        word.partition("=")[::2] for word in server.setting("primary_conninfo").replace("'", "").split() if "=" in word
    )
    host, port = words.get("host", ""), words.get("port", "5432")
    for other, at in world.servers.items():
        if other != name and host in (at.address, other) and port == str(at.port):
            return other
    return None
