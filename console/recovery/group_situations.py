"""What could be done now under Patroni, with what its group does by itself as the first reason."""

from dataclasses import dataclass
from typing import Final

from console.domain.consensus import Danger
from console.domain.plan import Candidate, Loss, LossBasis
from console.domain.recommendation import Option, Way
from console.recovery import group_checks, group_steps
from console.recovery.group_checks import group_of_world
from console.recovery.group_plans import GAP_SECONDS_EXPECTED
from console.recovery.world import World

_NOTHING_LOST: Final = Loss(candidate="", basis=LossBasis.NONE, entries_low=0, entries_high=0, reason="both-alive")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the situation is made of."""

    primary: str | None
    lost: bool
    candidates: tuple[Candidate, ...]
    options: tuple[Option, ...]
    recommended: Way
    rejoin: tuple[str, ...]


def judged(world: World) -> Judged:
    """Who leads, what Patroni does by itself about it, and what a person could have it do."""
    old, lost = group_checks.old_holder(world), not group_checks.holder_alive(world)
    chosen = group_checks.candidates(world, lost=lost)
    rejoin = () if lost else _rejoinable(world, old)
    options = (
        _wait(world, old, chosen, lost=lost), _restart(world, old, lost=lost), _switchover(world, chosen, lost=lost),
        _failover(world, chosen, old, lost=lost), _rejoin(world, rejoin, lost=lost),
        Option(way=Way.RESTORE, possible=False, reason="from-backups"),
    )  # fmt: skip
    return Judged(
        primary=old, lost=lost, candidates=chosen, options=options, recommended=_recommended(world, options, lost=lost),
        rejoin=rejoin,
    )  # fmt: skip


def _hindered(world: World) -> str:
    """What stands before anything that Patroni could be asked for; empty: nothing."""
    view = group_of_world(world)
    if view.quorum is not True:
        return "no-majority"
    return "split-brain" if view.has(Danger.SPLIT_BRAIN) else ""


def _wait(world: World, old: str | None, chosen: tuple[Candidate, ...], *, lost: bool) -> Option:
    if not lost:
        return Option(way=Way.WAIT, possible=True, reason=_hindered(world) or "nothing-wrong", node=old or "")
    reason = _hindered(world)
    if not reason and group_of_world(world).paused:
        reason = "group-paused"
    if not reason:
        alone = any(one.eligible and "not-in-sync" not in one.reasons for one in chosen)
        reason = "fails-over-by-itself" if alone else "nobody-may-take-over"
    return Option(way=Way.WAIT, possible=True, reason=reason, node=old or "")


def _restart(world: World, old: str | None, *, lost: bool) -> Option:
    """Where its Patroni is at work and not paused it starts a dead server by itself."""
    if not lost or old is None:
        return Option(way=Way.RESTART, possible=False, reason="primary-alive" if not lost else "no-primary")
    if reason := _hindered(world):
        return Option(way=Way.RESTART, possible=False, reason=reason, node=old)
    if not group_steps.is_known(world, old):
        return Option(way=Way.RESTART, possible=False, reason="patroni-silent", node=old)
    paused = group_of_world(world).paused
    return Option(way=Way.RESTART, possible=paused, reason="" if paused else "restarts-by-itself", node=old,
                  loss=_NOTHING_LOST)  # fmt: skip


def _switchover(world: World, chosen: tuple[Candidate, ...], *, lost: bool) -> Option:
    if lost:
        return Option(way=Way.SWITCHOVER, possible=False, reason="primary-gone")
    best = next((one for one in chosen if one.eligible), None)
    if best is None or _hindered(world):
        return Option(way=Way.SWITCHOVER, possible=False, reason=_hindered(world) or "no-candidate")
    return Option(way=Way.SWITCHOVER, possible=True, node=best.node, loss=best.loss, seconds=GAP_SECONDS_EXPECTED,
                  seconds_from="lab-measured")  # fmt: skip


def _failover(world: World, chosen: tuple[Candidate, ...], old: str | None, *, lost: bool) -> Option:
    if not lost:
        return Option(way=Way.FAILOVER, possible=False, reason="primary-alive")
    best = next((one for one in chosen if one.eligible), None)
    if best is None or old is None or _hindered(world):
        return Option(way=Way.FAILOVER, possible=False, reason=_hindered(world) or "no-candidate")
    node, view = world.facts[old], group_of_world(world)
    if node.writable:
        return Option(way=Way.FAILOVER, possible=False, reason="writes-unguarded", node=best.node)
    left = view.settings.ttl_seconds if view.holder is not None and view.settings is not None else 0
    return Option(
        way=Way.FAILOVER, possible=True, reason="group-paused" if view.paused else "fails-over-by-itself",
        node=best.node, loss=best.loss, seconds=GAP_SECONDS_EXPECTED + left, seconds_from="lab-measured",
    )  # fmt: skip


def _rejoinable(world: World, old: str | None) -> tuple[str, ...]:
    """Members that answer over SSH and do not stream."""
    return tuple(
        node.node for node in world.postgres_nodes
        if node.node != old and node.reached and group_checks.member_state(world, node.node) != "streaming"
    )  # fmt: skip


def _rejoin(world: World, rejoin: tuple[str, ...], *, lost: bool) -> Option:
    if lost or not rejoin:
        return Option(way=Way.REJOIN, possible=False, reason="primary-gone" if lost else "nothing-to-rejoin")
    if not group_steps.is_known(world, rejoin[0]):
        return Option(way=Way.REJOIN, possible=False, reason="patroni-silent", node=rejoin[0])
    return Option(way=Way.REJOIN, possible=True, reason="rejoins-by-itself", node=rejoin[0])


def _recommended(world: World, options: tuple[Option, ...], *, lost: bool) -> Way:
    """What Patroni does by itself is waited for; only where it is paused a person decides."""
    possible = {option.way for option in options if option.possible}
    if not lost or not group_of_world(world).paused:
        return Way.WAIT
    return next((way for way in (Way.RESTART, Way.FAILOVER) if way in possible), Way.WAIT)
