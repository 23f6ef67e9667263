"""The replication graph: nothing overlaps whatever the edges claim, lines mean what the legend says, keys go on."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from console.domain.fleet import ClusterView, EdgeKind, Role
from console.domain.verdict import Health
from console.ui import graph_words
from console.ui.graph_geometry import Box, Sizes, lay
from console.ui.graph_layout import CROWD_NODES, Arrangement, arrange, site_of
from console.ui.topology import ReplicationGraph, edge_pen
from tests.ui import stories


@st.composite
def views(draw: st.DrawFn) -> ClusterView:
    """Any nodes with any edges between them: trees, circles, several upstreams, ends that are not there."""
    count = draw(st.integers(1, 30))
    roles = draw(st.lists(st.sampled_from(list(Role)), min_size=count, max_size=count))
    healths = draw(st.lists(st.sampled_from(list(Health)), min_size=count, max_size=count))
    names = [f"n{draw(st.integers(0, 3))}-{number}" for number in range(count)]
    nodes = tuple(
        replace(stories.node(name, role), verdict=replace(stories.FINE, health=health))
        for name, role, health in zip(names, roles, healths, strict=True)
    )
    ends = st.sampled_from([*names, "nowhere"])
    edges = draw(
        st.lists(
            st.builds(stories.edge, ends, ends, st.sampled_from(list(EdgeKind)), streaming=st.booleans()), max_size=60
        )
    )
    return replace(stories.story(), nodes=nodes, edges=tuple(edges))


def sizes_of(arrangement: Arrangement) -> Sizes:
    labels = dict.fromkeys(arrangement.links, 120.0)
    return Sizes(13.0, 150.0, 50.0, labels, dict.fromkeys(arrangement.links, 70.0))


@settings(max_examples=150)
@given(views(), st.floats(100, 2500), st.booleans())
def test_every_node_has_one_place_and_no_two_boxes_meet(view: ClusterView, width: float, opened: bool) -> None:
    groups = frozenset(spot.key for spot in arrange(view).spots) if opened else frozenset[str]()
    arrangement = arrange(view, opened=groups)
    placed = [name for spot in arrangement.spots for name in spot.names]
    assert sorted(placed) == sorted(node.name for node in view.nodes)
    assert len({(spot.column, spot.row) for spot in arrangement.spots}) == len(arrangement.spots)
    geometry = lay(arrangement, sizes_of(arrangement), width=width)
    boxes = list(geometry.boxes.values())
    assert len(boxes) == len(arrangement.spots)
    assert not any(one.meets(other) for place, one in enumerate(boxes) for other in boxes[:place])
    assert geometry.stacked or geometry.width <= width


@settings(max_examples=100)
@given(views())
def test_labels_stand_in_no_box_where_nodes_stand_in_columns(view: ClusterView) -> None:
    arrangement = arrange(view)
    geometry = lay(arrangement, sizes_of(arrangement), width=100_000)
    assert not geometry.stacked
    for route in geometry.routes:
        if route.label is not None:
            text = Box(route.label.x, route.label.middle - 15, min(120.0, route.label.width), 30)
            assert route.label.width >= 120.0
            assert not any(text.meets(box) for box in geometry.boxes.values())


def test_a_sick_or_chosen_node_never_hides_in_a_group() -> None:
    view = stories.many(12)
    arrangement = arrange(view)
    assert len(arrangement.spots) <= CROWD_NODES + 2
    late = next(node.name for node in view.nodes if node.verdict.health is Health.DEGRADED)
    spot = arrangement.spot_of(late)
    assert spot is not None
    assert not spot.is_group
    quiet = next(spot for spot in arrangement.spots if spot.is_group).names[0]
    chosen = arrange(view, chosen=quiet).spot_of(quiet)
    assert chosen is not None
    assert not chosen.is_group


def test_seven_nodes_or_fewer_stand_on_their_own() -> None:
    arrangement = arrange(stories.story())
    assert not any(spot.is_group for spot in arrangement.spots)
    assert arrangement.columns == 3


def test_one_edge_of_each_upstream_runs_straight() -> None:
    arrangement = arrange(stories.story())
    primary, follower = arrangement.spot_of("nyc-1"), arrangement.spot_of("chi-1")
    assert primary is not None
    assert follower is not None
    assert primary.row == follower.row


@pytest.mark.parametrize(
    ("name", "site"), [("nyc-1", "nyc"), ("nyc-2", "nyc"), ("db12", "db"), ("7", "7"), ("a.b", "a.b")]
)
def test_a_site_is_what_names_share(name: str, site: str) -> None:
    assert site_of(name) == site


def test_lines_mean_what_the_legend_says(qapp: object) -> None:
    assert qapp is not None
    sync, waits_not, archive = (edge_pen(kind, Health.HEALTHY) for kind in EdgeKind)
    assert sync.style() is Qt.PenStyle.SolidLine
    assert waits_not.style() is not Qt.PenStyle.SolidLine
    assert archive.dashPattern() != waits_not.dashPattern()
    assert edge_pen(EdgeKind.SYNC, Health.LOST).color() != sync.color()


def test_an_edge_says_its_measure_and_what_it_should_be() -> None:
    view = stories.story()
    late = view.edges[0]
    assert graph_words.edge_title(late) == ("async", "should be sync")
    assert graph_words.edge_detail(late) == ("41 s, 62.4 MB", "behind (flush)")
    assert graph_words.edge_health(late, view) is Health.DEGRADED
    still = stories.edge("a", "b", EdgeKind.SYNC, lag_flush_seconds=0.0, lag_flush_bytes=0)
    assert graph_words.edge_detail(still) == ("in step", "(flush)")
    cut = stories.edge("a", "b", EdgeKind.SYNC, streaming=False)
    assert graph_words.edge_title(cut) == ("sync", "not streaming")
    assert graph_words.edge_detail(cut) == ("position not known",)
    assert graph_words.edge_health(cut, view) is Health.LOST
    assert graph_words.edge_detail(stories.edge("a", "b")) == ("lag not known",)


def graph_of(qtbot: QtBot, view: ClusterView, width: int = 900) -> ReplicationGraph:
    graph = ReplicationGraph()
    qtbot.addWidget(graph)
    graph.resize(width, 400)
    graph.show_cluster(view)
    graph.show()
    graph.activateWindow()
    qtbot.waitUntil(graph.isActiveWindow, timeout=10_000)
    return graph


def test_arrow_keys_follow_the_edges_and_enter_chooses(qtbot: QtBot) -> None:
    graph = graph_of(qtbot, stories.story())
    graph.box("nyc-1").setFocus()
    qtbot.keyClick(graph.box("nyc-1"), Qt.Key.Key_Right)
    assert graph.box("chi-1").hasFocus()
    qtbot.keyClick(graph.box("chi-1"), Qt.Key.Key_Right)
    assert graph.box("dal-1").hasFocus()
    qtbot.keyClick(graph.box("dal-1"), Qt.Key.Key_Left)
    qtbot.keyClick(graph.box("chi-1"), Qt.Key.Key_Up)
    assert graph.box("nyc-2").hasFocus()
    with qtbot.waitSignal(graph.chosen) as chosen:
        qtbot.keyClick(graph.box("nyc-2"), Qt.Key.Key_Return)
    assert chosen.args == ["nyc-2"]


def test_tab_stops_once_in_the_graph(qtbot: QtBot) -> None:
    graph = graph_of(qtbot, stories.story())
    graph.box("nyc-1").clearFocus()
    graph.choose("chi-1")
    keys = [spot.key for spot in graph.arrangement.spots]
    stops = [key for key in keys if graph.box(key).focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == ["chi-1"]


def test_each_box_tells_a_screen_reader_its_state_and_its_edge(qtbot: QtBot) -> None:
    graph = graph_of(qtbot, stories.story())
    said = graph.box("nyc-2").accessibleName()
    assert said.startswith("nyc-2, standby, degraded, reads are 41 s old")
    assert "from nyc-1: async, should be sync, 41 s, 62.4 MB behind (flush)" in said


def test_the_focus_stays_while_pictures_come(qtbot: QtBot) -> None:
    graph = graph_of(qtbot, stories.story())
    graph.box("dal-1").setFocus()
    graph.show_cluster(replace(stories.story(), serial=2))
    assert graph.box("dal-1").hasFocus()
    graph.show_cluster(replace(stories.story(), nodes=stories.story().nodes[:2], edges=stories.story().edges[:1]))
    assert graph.arrangement.spot_of("dal-1") is None
    assert any(graph.box(spot.key).hasFocus() for spot in graph.arrangement.spots)


def test_a_group_opens_by_enter_and_closes_again(qtbot: QtBot) -> None:
    graph = graph_of(qtbot, stories.many())
    group = next(spot for spot in graph.arrangement.spots if spot.is_group)
    qtbot.keyClick(graph.box(group.key), Qt.Key.Key_Return)
    assert not any(spot.is_group for spot in graph.arrangement.spots)
    assert graph.box(group.names[0]).hasFocus()
    graph.open_all(False)
    assert any(spot.is_group for spot in graph.arrangement.spots)


def test_a_narrow_page_stacks_and_cuts_nothing(qtbot: QtBot) -> None:
    graph = graph_of(qtbot, stories.story(), width=380)
    assert graph.geometry_now.stacked
    boxes = [graph.box(spot.key).geometry() for spot in graph.arrangement.spots]
    assert max(box.bottom() for box in boxes) < graph.minimumSizeHint().height()
    assert not any(one.intersects(other) for place, one in enumerate(boxes) for other in boxes[:place])
