"""Restart in place: the way that loses nothing, where a dead server's host answers."""

from collections.abc import Iterable
from typing import Final

from console.domain.plan import Checked, Claim, Condition, Loss, LossBasis, Operation, Outcome, Phase, Plan, Proof, Step
from console.domain.reading import ControlState
from console.domain.situation import NodeFacts
from console.postgres import verbs
from console.recovery import checks, steps
from console.recovery.plans import completed
from console.recovery.world import World

START_SECONDS_MAX: Final = 120.0  # a crash recovery may take its time


def make(world: World, subject: str) -> Plan:
    """Start a server that is dead or was stopped, as what it was: a primary as primary, a standby as standby."""
    node, at = world.facts.get(subject), world.servers.get(subject)
    rows = [*checks.reachable(world), *checks.lock_free(world)]
    made: tuple[Step, ...] = ()
    conditions: tuple[Condition, ...] = (steps.lock_condition(world),)
    if node is None or not node.reached or at is None:
        trouble = node.trouble if node is not None else "not asked"
        known = node is not None and node.reached
        rows.append(checks.checked(world, "place" if known else "reachable", Outcome.REFUSE, subject,
                                   "not known" if known else trouble,
                                   "programs and data directory" if known else "answers",
                                   mend="name-place" if known else "reach-node", node_name=subject))  # fmt: skip
    else:
        rows += _preflight(world, node)
        made = _steps(world, node)
        conditions = (*conditions, *steps.identity_conditions(world, (subject,)))
    loss = Loss(candidate=subject, basis=LossBasis.NONE, entries_low=0, entries_high=0, reason="both-alive")
    return completed(
        world, Operation.RESTART, made, checks=tuple(rows), conditions=conditions, subject=subject, target=subject,
        loss=loss,
    )  # fmt: skip


def _preflight(world: World, node: NodeFacts) -> list[Checked]:
    running = node.server is not None or node.processes is None or node.processes > 0
    seen = "answers" if node.server is not None else "not counted" if node.processes is None else "no process"
    if node.server is None and node.processes:
        seen = f"{node.processes} processes, no answer"
    rows = [
        checks.checked(world, "primary-dead", checks.passed(not running), node, seen, "no process", mend="it-runs"),
        *checks.identity(world, (node,)), *checks.tools(world, (node,)), *checks.host(world, (node,)),
    ]  # fmt: skip
    fenced = node.fence_mark or (node.standby_signal and _was_primary(world, node))
    rows.append(
        checks.checked(world, "fencing", checks.passed(not fenced), node, "fenced" if fenced else "not fenced",
                       "not fenced", mend="rejoin-instead")
    )  # fmt: skip
    if not node.standby_signal:
        rows += _no_second(world, node)
    if node.rewind_mark:
        rows.append(checks.checked(world, "history", Outcome.REFUSE, node, "a rewind was cut here", "whole data",
                                   mend="rejoin-instead", node_name=node.node))  # fmt: skip
    if node.control is not None:
        by_somebody = node.control.state in (ControlState.SHUT_DOWN, ControlState.SHUT_DOWN_IN_RECOVERY)
        rows.append(
            checks.checked(world, "level", Outcome.WARN if by_somebody else Outcome.PASS, node,
                           node.control.state.value, "in production", mend="stopped-by-somebody")
        )  # fmt: skip
    return rows


def _no_second(world: World, node: NodeFacts) -> Iterable[Checked]:
    """Nobody else is the primary, and nobody was since this one died: its files would say so, running or not."""
    others = [one for one in world.postgres_nodes if one.node != node.node]
    writable = [one.node for one in others if one.writable]
    yield checks.checked(world, "primary-alive", checks.passed(not writable), node,
                         f"{', '.join(writable)} is writable" if writable else "none other", "no second primary",
                         mend="rejoin-instead", node_name=node.node)  # fmt: skip
    own = _timeline(node)
    later = [f"{one.node} is on {_timeline(one)}" for one in others if _timeline(one) > own]
    yield checks.checked(world, "timeline", checks.passed(not later), node, ", ".join(later) or str(own), str(own),
                         source="control files and histories of every node that answers", mend="rejoin-instead",
                         node_name=node.node)  # fmt: skip


def _timeline(node: NodeFacts) -> int:
    """The furthest timeline that a node's files know of; 0 where they can't be read."""
    return max(node.control.timeline if node.control is not None else 0, node.newest_history or 0)


def _was_primary(world: World, node: NodeFacts) -> bool:
    return world.last_seen is not None and world.last_seen.node == node.node


def _steps(world: World, node: NodeFacts) -> tuple[Step, ...]:
    at = world.servers[node.node]
    standby = node.standby_signal
    proof = Proof(claim=Claim.RUNNING_STANDBY if standby else Claim.RUNNING_PRIMARY, node=node.node)
    found = [
        steps.lock(world),
        Step(
            key=f"start:{node.node}", phase=Phase.PROMOTE, about=(("node", node.node),),
            acts=(verbs.start(at, standby=standby),), proofs=(proof,), limit_seconds=START_SECONDS_MAX,
            expected_seconds=0.5,
        ),
    ]  # fmt: skip
    if not standby:
        names = world.last_seen.synchronous_names if world.last_seen is not None else ""
        found.append(steps.mark(at, count=checks.confirming(names), names=()))
        followers = tuple(one.node for one in world.postgres_nodes if one.node != node.node and one.server is not None)
        found += steps.books(world, node.node, (node.node, *followers))
    found.append(steps.unlock(world))
    return tuple(found)
