"""From columns and rows to pixels: boxes, routes with square corners and the places of their labels, without Qt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from console.ui.graph_layout import Arrangement, Link, Spot

TRUNK_EM: Final = 1.5  # from a box to the line on which its edges part
PAD_EM: Final = 0.6
ARROW_EM: Final = 1.0
ROW_GAP_EM: Final = 1.0
ROW_GAP_MOST_EM: Final = 2.2
SPREAD_EM: Final = 7.0  # a wide page may give a gap this much more than its label needs
INDENT_EM: Final = 2.0
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    def meets(self, other: "Box") -> bool:
        return (
            self.x < other.right and other.x < self.right
            and self.y < other.y + other.height and other.y < self.y + self.height
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Route:
    """How one edge runs. `label` is where its text stands: above and below its last straight part; None: no room."""

    link: Link
    points: tuple[Point, ...]
    label: Box | None


@dataclass(frozen=True, slots=True)
class Geometry:
    """A drawn graph. `stacked`: each node on a row of its own, indented, because the columns did not fit the width."""

    boxes: Mapping[str, Box]
    routes: tuple[Route, ...]
    knots: tuple[Point, ...]
    width: float
    height: float
    stacked: bool
    two_lines: bool


@dataclass(frozen=True, slots=True)
class Sizes:
    """What the font makes of it: em and box in pixels; per link the width of its label in one line, and in two."""

    em: float
    box_width: float
    box_height: float
    label_one: Mapping[Link, float]
    label_two: Mapping[Link, float]


def lay(arrangement: Arrangement, sizes: Sizes, *, width: float, height: float = 0.0) -> Geometry:
    """The graph in columns where they fit the width, with labels in two lines if need be; else stacked."""
    for two_lines, labels in ((False, sizes.label_one), (True, sizes.label_two)):
        gaps = _gaps(arrangement, sizes, labels)
        room = width - sum(gaps) - arrangement.columns * sizes.box_width
        if room >= 0:
            fitting = _columns(arrangement, sizes, gaps, room=room, height=height, two_lines=two_lines)
            # Its parts add up to the width but for the last bit of a float.
            return replace(fitting, width=min(fitting.width, width))
    return _stacked(arrangement, sizes, width)


def _first_links(arrangement: Arrangement) -> set[tuple[str, str]]:
    """The one edge of each box that bears a label: the first that comes in from the column before."""
    place = {spot.key: spot for spot in arrangement.spots}
    taken: dict[str, tuple[str, str]] = {}
    for link in arrangement.links:
        if place[link.target].column == place[link.source].column + 1:
            taken.setdefault(link.target, (link.source, link.target))
    return set(taken.values())


def _gaps(arrangement: Arrangement, sizes: Sizes, labels: Mapping[Link, float]) -> list[float]:
    place = {spot.key: spot for spot in arrangement.spots}
    straight = (PAD_EM + ARROW_EM) * sizes.em
    branched = straight + TRUNK_EM * sizes.em
    gaps = [branched + sizes.em] * max(arrangement.columns - 1, 0)
    count = {source: len(links) for source, links in _by_source(arrangement).items()}
    for link in arrangement.links:
        column = place[link.source].column
        if place[link.target].column == column + 1:
            bare = branched if count[link.source] > 1 else straight
            gaps[column] = max(gaps[column], bare + labels.get(link, 0.0))
    return gaps


def _columns(
    arrangement: Arrangement, sizes: Sizes, gaps: Sequence[float], *, room: float, height: float, two_lines: bool
) -> Geometry:
    share = min(room / max(len(gaps), 1), SPREAD_EM * sizes.em)
    lefts = [0.0]
    for gap in gaps:
        lefts.append(lefts[-1] + sizes.box_width + gap + share)
    rows = max(arrangement.rows, 1)
    least, most = (sizes.box_height + gap * sizes.em for gap in (ROW_GAP_EM, ROW_GAP_MOST_EM))
    pitch = min(max(least, (height - sizes.box_height) / max(rows - 1, 1)), most)
    boxes = {
        spot.key: Box(lefts[spot.column], spot.row * pitch, sizes.box_width, sizes.box_height)
        for spot in arrangement.spots
    }
    place = {spot.key: spot for spot in arrangement.spots}
    first = _first_links(arrangement)
    routes: list[Route] = []
    knots: set[Point] = set()
    for source, links in _by_source(arrangement).items():
        found, knot = _fan(place, boxes, source=source, links=links, em=sizes.em, labelled=first)
        routes += found
        knots |= {knot} if knot is not None else set()
    width = max((box.right for box in boxes.values()), default=0.0)
    return Geometry(
        boxes, tuple(routes), tuple(knots), width, (rows - 1) * pitch + sizes.box_height, False, two_lines
    )


def _by_source(arrangement: Arrangement) -> dict[str, list[Link]]:
    links: dict[str, list[Link]] = {}
    for link in arrangement.links:
        links.setdefault(link.source, []).append(link)
    return links


def _fan(
    place: Mapping[str, Spot],
    boxes: Mapping[str, Box],
    *,
    source: str,
    links: Sequence[Link],
    em: float,
    labelled: set[tuple[str, str]],
) -> tuple[list[Route], Point | None]:
    """All edges out of one box. They share a stub; on the trunk each owns the part beyond its nearer neighbour,
    so that no two dash patterns ever lie upon each other."""
    here = boxes[source]
    knot = (here.right + TRUNK_EM * em, here.middle)
    straight = next((link for link in links if boxes[link.target].middle == here.middle), None)
    stub_of = straight or links[0]
    routes: list[Route] = []
    for side in (-1, 1):
        begin = here.middle
        aside = [link for link in links if (boxes[link.target].middle - here.middle) * side > 0]
        for link in sorted(aside, key=lambda link: abs(boxes[link.target].middle - here.middle)):
            there = boxes[link.target]
            ahead = place[link.target].column > place[source].column
            end = there.x if ahead else there.right
            points = [(knot[0], begin), (knot[0], there.middle), (end, there.middle)]
            if link is stub_of:
                points.insert(0, (here.right, here.middle))
            shows = (link.source, link.target) in labelled
            routes.append(Route(link, tuple(points), _label(knot[0], there, em) if shows and ahead else None))
            begin = there.middle
    if straight is not None:
        there = boxes[straight.target]
        shows = (straight.source, straight.target) in labelled
        label = _label(knot[0] if len(links) > 1 else here.right, there, em) if shows else None
        routes.append(Route(straight, ((here.right, here.middle), (there.x, there.middle)), label))
    return routes, knot if len(links) > 1 else None


def _label(from_x: float, there: Box, em: float) -> Box:
    left = from_x + PAD_EM * em
    return Box(left, there.middle, max(there.x - ARROW_EM * em - left, 0.0), 0.0)


def _stacked(arrangement: Arrangement, sizes: Sizes, width: float) -> Geometry:
    """Each box on its own row under its upstream, indented by depth; the label stands at its right, or below it."""
    order = _walk(arrangement)
    deepest = max((spot.column for spot in order), default=0)
    beside = deepest * INDENT_EM * sizes.em + sizes.box_width + PAD_EM * sizes.em
    longest = max(sizes.label_two.values(), default=0.0)
    is_beside = beside + longest <= width
    pitch = sizes.box_height + (0.8 if is_beside else 3.9) * sizes.em
    boxes = {
        spot.key: Box(spot.column * INDENT_EM * sizes.em, row * pitch, sizes.box_width, sizes.box_height)
        for row, spot in enumerate(order)
    }
    first = _first_links(arrangement)
    routes: list[Route] = []
    for link in arrangement.links:
        here, there = boxes[link.source], boxes[link.target]
        if there.y <= here.y:
            continue  # an edge back up says nothing that the boxes' own texts do not say
        x = here.x + INDENT_EM * sizes.em / 2
        points = ((x, here.y + here.height), (x, there.middle), (there.x, there.middle))
        label = None
        if (link.source, link.target) in first and is_beside:
            label = Box(beside, there.middle, width - beside, 0.0)
        elif (link.source, link.target) in first:
            left = there.x + PAD_EM * sizes.em
            label = Box(left, there.y + there.height + 1.4 * sizes.em, max(width - left, longest), 0.0)
        routes.append(Route(link, points, label))
    right = max((box.right for box in boxes.values()), default=0.0)
    right = max([right, *(route.label.x + longest for route in routes if route.label is not None)])
    tail = 0.0 if is_beside else 3.0 * sizes.em
    return Geometry(
        boxes, tuple(routes), (), right, max(len(order) - 1, 0) * pitch + sizes.box_height + tail, True, True
    )


def _walk(arrangement: Arrangement) -> list[Spot]:
    """Every box after its upstream."""
    place = {spot.key: spot for spot in arrangement.spots}
    below: dict[str, list[str]] = {}
    for source, target in sorted(_first_links(arrangement), key=lambda pair: place[pair[1]].row):
        below.setdefault(source, []).append(target)
    fed = {target for targets in below.values() for target in targets}
    order: list[Spot] = []

    def go(key: str) -> None:
        order.append(place[key])
        for target in below.get(key, ()):
            go(target)

    for spot in sorted(arrangement.spots, key=lambda s: (s.column, s.row)):
        if spot.key not in fed:
            go(spot.key)
    return order
