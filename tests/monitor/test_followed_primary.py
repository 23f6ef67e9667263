"""The primary that is followed: never one on an earlier timeline than was seen, and what it told is kept."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, cast

import pytest

from console.domain.observation import Observation
from console.domain.reading import Moment, SshContact, SshState
from console.domain.verdict import Cause, Health
from console.monitor.cluster_watch import ClusterWatch
from console.monitor.postgres_watch import Tools
from tests.observed import BEGIN, NOW_TICKS, cluster_spec, observed, sender, vital


class Given:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.at = Moment(BEGIN, NOW_TICKS)

    def ticks(self) -> float:
        return self.at.ticks

    def now(self) -> Moment:
        return self.at


class Watched:
    """A cluster's watch, given its nodes' readings instead of asking for them."""

    def __init__(self) -> None:
        self.clock = Given()
        tools = Tools(
            sessions=cast(Any, None), pool=ThreadPoolExecutor(1), clock=self.clock, writer="w",
            password=lambda _: None, wrong_password=lambda _: None, chance=random.Random(1),
        )  # fmt: skip
        self.watch = ClusterWatch(cluster_spec("a", "b", "c"), tools, changed=lambda *_: None, poke=lambda *_: None)

    def look(self, **seen: Observation) -> Any:
        for node in self.watch.nodes:
            node._seen = seen[node.node.name]
        return self.watch._look(self.clock.at, 1)


def primary(name: str, timeline: int, **changes: Any) -> Observation:
    return observed(name, primary=True, vital=vital(primary=True, timeline=timeline, **changes))


def gone(name: str) -> Observation:
    silent = SshContact(state=SshState.SILENT, since=Moment(BEGIN, NOW_TICKS - 60.0))
    return observed(name, ssh=silent, vital=vital(primary=True, timeline=2, ago=60.0))


STANDBYS = {"c": observed("c")}


def test_an_old_primary_that_comes_back_while_the_new_one_is_unseen_is_not_followed() -> None:
    watched = Watched()
    assert watched.look(a=primary("a", 1), b=observed("b"), **STANDBYS).primary == "a"
    assert watched.look(a=observed("a"), b=primary("b", 2), **STANDBYS).primary == "b"
    view = watched.look(a=primary("a", 1), b=gone("b"), **STANDBYS)
    assert view.primary is None and view.verdict.health is Health.LOST
    assert [(f.node, f.detail) for f in view.verdict.findings if f.cause is Cause.DIVERGED] == [("a", "b")]
    seen = watched.watch.last_seen(watched.clock.at)
    assert seen is not None and (seen.node, seen.timeline) == ("b", 2)
    assert watched.look(a=primary("a", 1), b=primary("b", 2), **STANDBYS).verdict.cause is Cause.TWO_PRIMARIES
    assert watched.look(a=observed("a"), b=primary("b", 2), **STANDBYS).primary == "b"
    assert watched.look(a=primary("a", 3), b=gone("b"), **STANDBYS).primary == "a", "a later one is followed"


def test_a_cluster_that_was_made_anew_begins_with_its_own_timelines() -> None:
    watched = Watched()
    assert watched.look(a=observed("a"), b=primary("b", 2), **STANDBYS).primary == "b"
    new = {"b": observed("b", vital=vital(system_identifier="42")),
           "c": observed("c", vital=vital(system_identifier="42"))}  # fmt: skip
    other = primary("a", 1, system_identifier="42")
    watched.look(a=other, **new)
    view = watched.look(a=other, **new)
    assert view.primary == "a" and view.verdict.health is not Health.LOST
    seen = watched.watch.last_seen(watched.clock.at)
    assert seen is not None and seen.timeline == 1


def test_what_the_primary_told_of_names_is_in_where_it_was_last_seen() -> None:
    watched = Watched()
    senders = (sender("Node2", slot="b"), sender("walreceiver", slot="c"), sender("backups", slot=None, replay=None))
    names = 'ANY 1 (node2, "backups")'
    watched.look(a=primary("a", 1, senders=senders, synchronous_names=names), b=observed("b"), **STANDBYS)
    seen = watched.watch.last_seen(watched.clock.at)
    assert seen is not None and seen.bearers == (("node2", "b"),), "of listed names only"
    assert seen.list_ticks == vital(primary=True).at.ticks


@pytest.mark.parametrize("jump", [timedelta(hours=-2), timedelta(), timedelta(hours=2)])
def test_a_clock_that_is_set_moves_the_list_with_it(jump: timedelta) -> None:
    watched = Watched()
    watched.look(a=primary("a", 1), b=observed("b"), **STANDBYS)
    now = Moment(BEGIN + jump + timedelta(seconds=30), NOW_TICKS + 30.0)
    seen = watched.watch.last_seen(now)
    assert seen is not None and seen.list_at is not None and seen.list_ticks is not None
    assert (now.utc - seen.list_at).total_seconds() == now.ticks - seen.list_ticks == 30.5
