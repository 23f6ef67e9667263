"""Who may follow a dead primary: one that left its history is no candidate, and proves nothing for another one."""

from dataclasses import replace

import pytest

from console.domain.plan import LossBasis, Verb
from console.recovery import failover
from console.recovery.world import World
from tests.simulate.building import Setup, built

LOCKING = (Verb.TAKE_LOCK, Verb.RELEASE_LOCK)  # asked of every node that answers


def dead_primary(*, promoted: tuple[str, ...] = (), last: int | None = 1) -> World:
    """n1 was killed; of the listed standbys n2, n3 and n4 those named were promoted once, and are standbys again."""
    yard = built(Setup(standbys=3, sync="ANY 2"))
    yard.cluster.kill(yard.cluster.nodes["n1"])
    yard.cluster.advance(2.0)
    world = yard.world()
    assert world.last_seen is not None and world.last_seen.timeline == 1
    facts = dict(world.facts)
    for name in promoted:
        server = facts[name].server
        assert server is not None
        facts[name] = replace(facts[name], server=replace(server, timeline=2))
    return replace(world, facts=facts, last_seen=replace(world.last_seen, timeline=last))


def test_all_of_one_history_may_follow_and_lose_nothing() -> None:
    found = failover.candidates(dead_primary())
    assert {one.node for one in found if one.eligible} == {"n2", "n3", "n4"}
    assert {one.loss.basis for one in found if one.loss is not None} == {LossBasis.NONE}


def test_one_on_a_later_timeline_is_no_candidate_and_no_follower() -> None:
    world = dead_primary(promoted=("n2",))
    found = {one.node: one for one in failover.candidates(world)}
    assert found["n2"].reasons == ("later-timeline",) and not found["n2"].eligible
    assert found["n2"].loss is not None and found["n2"].loss.basis is LossBasis.UNKNOWN
    assert found["n3"].eligible and found["n4"].eligible, "what it went to makes nobody else late"
    made = failover.make(world, "", 0)
    assert made.target in ("n3", "n4") and made.loss is not None and made.loss.basis is LossBasis.NONE
    assert "n2" not in {act.node for step in made.steps for act in step.acts if act.verb not in LOCKING}
    refused = failover.make(world, "n2", 0)
    assert not refused.steps and "later-timeline" in {str(row.observed) for row in refused.checks}


def test_too_few_of_the_primarys_history_prove_nothing() -> None:
    found = {one.node: one for one in failover.candidates(dead_primary(promoted=("n2", "n3")))}
    loss = found["n4"].loss
    assert found["n4"].eligible and loss is not None
    assert (loss.basis is LossBasis.NONE, loss.reason) == (False, "overlap-missing")


@pytest.mark.parametrize("last", [2, None])
def test_on_the_primarys_own_timeline_or_where_that_is_not_known_it_stays_one(last: int | None) -> None:
    found = {one.node: one for one in failover.candidates(dead_primary(promoted=("n2",), last=last))}
    assert found["n2"].eligible and found["n3"].reasons == ("other-timeline",)
