"""Where the nodes of a replication graph stand and how their edges run: pure, in columns and rows."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from console.domain.cluster import NodeKind
from console.domain.fleet import ClusterView, Edge, EdgeKind, NodeView, Role
from console.domain.verdict import Health

CROWD_NODES: Final = 7  # above this, followers of which there is nothing to say stand together in one box
_SITE: Final = re.compile(r"[-_.]?\d+$")


@dataclass(frozen=True, slots=True)
class Spot:
    """One box of the graph: a node, or several followers that stand together. `key` keeps its place in a redraw."""

    key: str
    nodes: tuple[NodeView, ...]
    column: int
    row: int

    @property
    def is_group(self) -> bool:
        return len(self.nodes) > 1

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(node.name for node in self.nodes)


@dataclass(frozen=True, slots=True)
class Link:
    """One drawn edge between two boxes. A group's edge is its worst one: `edges` holds them all."""

    source: str
    target: str
    edges: tuple[Edge, ...]

    @property
    def edge(self) -> Edge:
        """The edge that says most: one that does not flow, else the one furthest behind."""
        return max(self.edges, key=_gravity)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """All boxes and edges, and how many columns and rows they need."""

    spots: tuple[Spot, ...] = ()
    links: tuple[Link, ...] = ()
    columns: int = 0
    rows: int = 0
    _by_node: dict[str, Spot] = field(default_factory=dict, compare=False)

    def spot_of(self, node: str | None) -> Spot | None:
        """The box in which a node stands."""
        return self._by_node.get(node) if node is not None else None

    def spot(self, key: str) -> Spot | None:
        return next((spot for spot in self.spots if spot.key == key), None)

    def beside(self, key: str, across: int, down: int) -> Spot | None:
        """The box that an arrow key goes to: the nearest one on that side, one in the same row or column first."""
        here = self.spot(key)
        if here is None:
            return self.spots[0] if self.spots else None

        def ahead(spot: Spot) -> int:
            return (spot.column - here.column) * across + (spot.row - here.row) * down

        def aside(spot: Spot) -> int:
            return abs((spot.row - here.row) * across) + abs((spot.column - here.column) * down)

        ways = [spot for spot in self.spots if ahead(spot) > 0]
        if across:
            followers = [spot for spot in ways if self._are_linked(here, spot)]
            ways = followers or ways
            return min(ways, key=lambda spot: (ahead(spot), aside(spot)), default=None)
        return min(ways, key=lambda spot: (aside(spot), ahead(spot)), default=None)

    def _are_linked(self, one: Spot, other: Spot) -> bool:
        keys = {one.key, other.key}
        return any({link.source, link.target} == keys for link in self.links)


def arrange(view: ClusterView, *, opened: frozenset[str] = frozenset(), chosen: str | None = None) -> Arrangement:
    """Places every node of the view exactly once, whatever its edges claim: circles and unknown ends too.

    Primaries stand at the left, each follower one column right of its upstream, in the inventory's order; the row of
    a node is that of its middle follower, so that one edge always runs straight.
    """
    nodes = {node.name: node for node in view.nodes}
    edges = [e for e in view.edges if e.source in nodes and e.target in nodes and e.source != e.target]
    groups = _groups(nodes, edges, opened=opened, chosen=chosen)
    key_of = {name: key for key, names in groups.items() for name in names}
    upstream = _upstreams(nodes, edges)
    followers: dict[str, list[str]] = {key: [] for key in groups}
    for key, names in groups.items():
        above = upstream.get(names[0])
        if above is not None:
            followers[key_of[above]].append(key)
    roots = [key for key, names in groups.items() if upstream.get(names[0]) is None]
    columns, rows, count = _place(roots, followers, nodes, groups)
    spots = tuple(
        Spot(key, tuple(nodes[name] for name in names), columns[key], rows[key]) for key, names in groups.items()
    )
    links: dict[tuple[str, str, bool], list[Edge]] = {}
    for edge in edges:
        ends = (key_of[edge.source], key_of[edge.target], edge.kind is EdgeKind.ARCHIVE)
        links.setdefault(ends, []).append(edge)
    return Arrangement(
        spots,
        tuple(Link(source, target, tuple(held)) for (source, target, _), held in links.items()),
        max(columns.values(), default=-1) + 1,
        count,
        {name: spot for spot in spots for name in spot.names},
    )


def _upstreams(nodes: dict[str, NodeView], edges: list[Edge]) -> dict[str, str]:
    """One upstream per node: what streams before what does not, WAL before archive; never one that closes a circle."""
    found: dict[str, str] = {}
    for edge in sorted(edges, key=lambda e: (e.kind is EdgeKind.ARCHIVE, not e.streaming)):
        if edge.target in found or nodes[edge.target].role is Role.PRIMARY:
            continue
        above: str | None = edge.source
        while above is not None and above != edge.target:
            above = found.get(above)
        if above is None:
            found[edge.target] = edge.source
    return found


def _place(
    roots: list[str], followers: dict[str, list[str]], nodes: dict[str, NodeView], groups: dict[str, tuple[str, ...]]
) -> tuple[dict[str, int], dict[str, int], int]:
    """Column and row of each box. Each subtree owns its rows, so no two boxes can meet."""
    columns: dict[str, int] = {}
    rows: dict[str, int] = {}
    next_row = 0

    def order(keys: Iterable[str]) -> list[str]:
        return sorted(keys, key=lambda key: nodes[groups[key][0]].kind is NodeKind.BACKUP)

    def stand(key: str, column: int) -> None:
        nonlocal next_row
        columns[key] = column
        below = order(followers[key])
        if not below:
            rows[key] = next_row
            next_row += 1
            return
        for follower in below:
            stand(follower, column + 1)
        rows[key] = rows[below[(len(below) - 1) // 2]]

    primaries = [key for key in roots if nodes[groups[key][0]].role is Role.PRIMARY or followers[key]]
    alone = [key for key in roots if key not in primaries]
    for key in primaries:
        stand(key, 0)
    for key in order(alone):  # nobody feeds it: it stands where a follower would, without an edge
        stand(key, 1 if primaries else 0)
    return columns, rows, next_row


def _groups(
    nodes: dict[str, NodeView], edges: list[Edge], *, opened: frozenset[str], chosen: str | None
) -> dict[str, tuple[str, ...]]:
    """The boxes: each node its own, save where more than seven would stand and some followers have nothing to say."""
    alone: dict[str, tuple[str, ...]] = {name: (name,) for name in nodes}
    if len(nodes) <= CROWD_NODES:
        return alone
    feeding = {edge.source for edge in edges}
    coming: dict[str, list[Edge]] = {}
    for edge in edges:
        coming.setdefault(edge.target, []).append(edge)
    quiet = [
        (name, coming[name][0])
        for name, node in nodes.items()
        if node.verdict.health is Health.HEALTHY
        and node.role in (Role.STANDBY, Role.CASCADE)
        and name not in feeding
        and name != chosen
        and len(coming.get(name, ())) == 1
        and _flows(coming[name][0])
    ]
    by_site = _collect(nodes, ((name, f"{edge.source}|{edge.kind.value}|{site_of(name)}") for name, edge in quiet))
    if len(by_site) <= CROWD_NODES:
        return _without(by_site, opened)
    return _without(_collect(nodes, ((name, f"{edge.source}|{edge.kind.value}|") for name, edge in quiet)), opened)


def _collect(nodes: dict[str, NodeView], quiet: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    group_of = dict(quiet)
    boxes: dict[str, list[str]] = {}
    for name in nodes:
        boxes.setdefault(group_of.get(name, name), []).append(name)
    return {(key if len(names) > 1 else names[0]): tuple(names) for key, names in boxes.items()}


def _without(boxes: dict[str, tuple[str, ...]], opened: frozenset[str]) -> dict[str, tuple[str, ...]]:
    def parts() -> Iterator[tuple[str, tuple[str, ...]]]:
        for key, names in boxes.items():
            if key in opened:
                yield from ((name, (name,)) for name in names)
            else:
                yield key, names

    return dict(parts())


def site_of(name: str) -> str:
    """What the names of one place share: 'nyc' of nyc-1 and nyc-2; the whole name where no number ends it."""
    return _SITE.sub("", name) or name


def _flows(edge: Edge) -> bool:
    return edge.streaming and not (edge.should_be_sync and edge.kind is not EdgeKind.SYNC)


def _gravity(edge: Edge) -> tuple[bool, bool, float, int]:
    return (
        not edge.streaming,
        not _flows(edge),
        edge.lag_flush_seconds or 0.0,
        edge.lag_flush_bytes or 0,
    )
