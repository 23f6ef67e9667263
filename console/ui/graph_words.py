"""The words of the replication graph: what stands in its boxes, on its edges, and what a screen reader says of them."""

from collections.abc import Sequence

from console.domain.fleet import ClusterView, Edge, EdgeKind, NodeView, Role
from console.domain.verdict import Finding, Health, worst
from console.ui import measures, names
from console.ui.graph_layout import Link, Spot, site_of
from console.ui.speech import counted, joined, listed, translate

SILENT_ROUNDS = 3  # a node that has not answered for so many rounds is called silent
STILL_SECONDS = 0.05  # less than this behind is 'in step'


def edge_title(edge: Edge) -> tuple[str, ...]:
    """What the edge is, and where that is not what the policy wants, what it should be."""
    if not edge.streaming and edge.kind is EdgeKind.ASYNC:
        # Whether a commit would wait for it is said of what flows; nothing flows here.
        return (translate("graph", "not streaming"),)
    match edge.kind:
        case EdgeKind.ARCHIVE:
            return (translate("graph", "WAL archive"),)
        case EdgeKind.SYNC:
            parts: tuple[str, ...] = (translate("graph", "sync"),)
        case EdgeKind.ASYNC:
            parts = (translate("graph", "async"),)
            if edge.should_be_sync:
                parts = (*parts, translate("graph", "should be sync"))
    return parts if edge.streaming else (parts[0], translate("graph", "not streaming"))


def edge_detail(edge: Edge) -> tuple[str, ...]:
    """How far the follower is behind, and by which measure: two parts that read as one, or stand on two lines."""
    if edge.kind is EdgeKind.ARCHIVE:
        if edge.archive_age_seconds is None:
            return (translate("graph", "no segment seen"),)
        age = measures.duration(edge.archive_age_seconds)
        return (translate("graph", "last segment"), translate("graph", "{age} ago").format(age=age))
    if not edge.streaming and edge.lag_flush_seconds is None and edge.lag_flush_bytes is None:
        return (translate("graph", "position not known"),)
    figures: list[str] = []
    if edge.lag_flush_seconds is not None and edge.lag_flush_seconds >= STILL_SECONDS:
        figures.append(measures.duration(edge.lag_flush_seconds))
    if edge.lag_flush_bytes:
        figures.append(measures.bytes_text(max(edge.lag_flush_bytes, 0)))
    if figures:
        return (translate("graph", ", ").join(figures), translate("graph", "behind (flush)"))
    if edge.lag_flush_seconds is not None or edge.lag_flush_bytes is not None:
        return (translate("graph", "in step"), translate("graph", "(flush)"))
    if edge.lag_entries is not None:
        one, many = translate("graph", "{n} entry"), translate("graph", "{n} entries")
        return (counted(edge.lag_entries, one, many), translate("graph", "behind"))
    return (translate("graph", "lag not known"),)


def edge_health(edge: Edge, view: ClusterView) -> Health:
    """The state of the link alone; its ends have their own."""
    if edge.kind is EdgeKind.ARCHIVE:
        failing = any(finding.cause.value == "archive-failing" for finding in view.verdict.findings)
        return Health.DEGRADED if failing else Health.HEALTHY
    if not edge.streaming:
        return Health.LOST
    behind = edge.lag_flush_seconds is not None and edge.lag_flush_seconds > view.lag_seconds_max
    if behind or (edge.should_be_sync and edge.kind is not EdgeKind.SYNC):
        return Health.DEGRADED
    return Health.HEALTHY


def link_title(link: Link) -> tuple[str, ...]:
    """What the edge is; a second part says what it should be or why it does not flow."""
    count = len(link.edges)
    parts = edge_title(link.edge)
    if count == 1:
        return parts
    return (translate("graph", "{n} × {kind}").format(n=count, kind=parts[0]), *parts[1:])


def link_detail(link: Link) -> tuple[str, ...]:
    parts = edge_detail(link.edge)
    if len(link.edges) == 1 or link.edge.lag_flush_seconds is None:
        return parts
    return (translate("graph", "furthest {lag}").format(lag=parts[0]), *parts[1:])


def box_name(spot: Spot) -> str:
    """A node's name; of a group, how many of what."""
    if not spot.is_group:
        return spot.nodes[0].name
    return translate("graph", "{n} standbys").format(n=len(spot.nodes))


def box_role(spot: Spot) -> str:
    """The role; of a group, the places that its nodes are in."""
    if not spot.is_group:
        return names.role_word(spot.nodes[0].role)
    sites = tuple(dict.fromkeys(site_of(name) for name in spot.names))
    return sites[0] if len(sites) == 1 else translate("graph", "{n} places").format(n=len(sites))


def box_text(spot: Spot, view: ClusterView) -> str:
    """The one thing that says most of the node now."""
    if spot.is_group:
        slowest = max((node.lag_replay_seconds or 0.0 for node in spot.nodes), default=0.0)
        return translate("graph", "healthy, reads up to {lag} old").format(lag=measures.duration(slowest))
    return node_text(spot.nodes[0], view)


def node_text(node: NodeView, view: ClusterView) -> str:
    silence = node.silence_seconds or 0.0
    if silence > SILENT_ROUNDS * view.interval_seconds and node.verdict.health is not Health.HEALTHY:
        return translate("graph", "silent {time}").format(time=measures.duration(silence, whole=True))
    finding = _gravest(node)
    replay = node.lag_replay_seconds
    if replay is not None and replay > view.lag_seconds_max and node.role is not Role.PRIMARY:
        return translate("graph", "reads are {lag} old").format(lag=measures.duration(replay))
    if finding is not None:
        return names.cause_word(finding.cause)
    if node.role is Role.PRIMARY:
        rate = node.entries_per_second
        return translate("graph", "ledger not read") if rate is None else _rate(rate)
    if node.role is Role.BACKUP:
        free = node.disk_free_bytes
        return (
            translate("graph", "answers")
            if free is None
            else translate("graph", "{size} left").format(size=measures.bytes_text(free))
        )
    if view.exposure.candidate == node.name:
        return translate("graph", "would take over")
    if replay is None:
        return translate("graph", "age of reads not known")
    return translate("graph", "reads are {lag} old").format(lag=measures.duration(replay))


def _rate(rate: float) -> str:
    return translate("graph", "{n} entries/s").format(n=measures.compact(rate))


def _gravest(node: NodeView) -> Finding | None:
    return next((f for f in node.verdict.findings if f.health is not Health.HEALTHY), None)


def box_health(spot: Spot) -> Health:
    return worst(tuple(node.verdict.health for node in spot.nodes))


def box_lines(spot: Spot, view: ClusterView) -> tuple[str, str, str]:
    """Name, role, and what says most."""
    return box_name(spot), box_role(spot), box_text(spot, view)


def spoken(spot: Spot, lines: tuple[str, str, str], coming: Sequence[Link]) -> str:
    """The whole box in one sentence, with the edges that come in: what a screen reader says."""
    name, role, text = lines
    parts = [name, role, names.health_word(box_health(spot)), text]
    if spot.is_group:
        parts.append(translate("graph", "together: {names}; Enter shows each").format(names=joined(spot.names)))
    for link in coming:
        said = translate("graph", "from {node}: {kind}, {detail}").format(
            node=link.edge.source, kind=listed(link_title(link)), detail=" ".join(link_detail(link))
        )
        parts.append(said)
    return listed(parts)


def policy_text(view: ClusterView) -> str:
    """What a commit waits for, as the primary's own setting says."""
    if not view.sync_names:
        return translate("graph", "Commits wait for no standby")
    return translate("graph", "Commits wait for {names}").format(names=view.sync_names)
