"""Restart in place: the way that loses nothing, where a dead server's host answers."""

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
        rows.append(checks.checked(world, "reachable", Outcome.REFUSE, subject, trouble, "answers", mend="reach-node"))
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
    running = node.server is not None or bool(node.processes)
    seen = "answers" if node.server is not None else f"{node.processes} processes"
    rows = [
        checks.checked(world, "primary-dead", checks.passed(not running), node, seen, "no process", mend="it-runs"),
        *checks.identity(world, (node,)), *checks.tools(world, (node,)), *checks.host(world, (node,)),
    ]  # fmt: skip
    fenced = node.fence_mark or (node.standby_signal and _was_primary(world, node))
    rows.append(
        checks.checked(world, "fencing", checks.passed(not fenced), node, "fenced" if fenced else "not fenced",
                       "not fenced", mend="rejoin-instead")
    )  # fmt: skip
    other = world.primary
    twice = other is not None and other.node != node.node and not node.standby_signal
    rows.append(
        checks.checked(world, "primary-alive", checks.passed(not twice), node,
                       f"{other.node} is writable" if twice and other is not None else "none other",
                       "no second primary", mend="rejoin-instead")
    )  # fmt: skip
    if node.control is not None:
        by_somebody = node.control.state in (ControlState.SHUT_DOWN, ControlState.SHUT_DOWN_IN_RECOVERY)
        rows.append(
            checks.checked(world, "level", Outcome.WARN if by_somebody else Outcome.PASS, node,
                           node.control.state.value, "in production", mend="stopped-by-somebody")
        )  # fmt: skip
    return rows


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
