"""Plans for one member under Patroni: its server anew, its copy anew; and what Patroni itself has to be asked for."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from console.domain.group_orders import Objection, Order, Says, objection
from console.domain.plan import (
    Checked,
    Claim,
    Condition,
    Loss,
    LossBasis,
    Operation,
    Outcome,
    Pairs,
    Phase,
    Plan,
    Proof,
    Step,
)
from console.domain.rejoin import RejoinWay, Relation
from console.domain.situation import NodeFacts
from console.patroni import verbs as requests
from console.postgres import verbs
from console.recovery import checks, group_checks, group_steps, steps
from console.recovery.group_checks import group_of_world
from console.recovery.plans import completed
from console.recovery.rejoin import DECIDED, history_rows
from console.recovery.world import World

RESTARTED_SECONDS_MAX: Final = 330.0  # primary_start_timeout is 300 s where nobody has changed it
COPIED_SECONDS_MAX: Final = 3600.0
STREAMS: Final = "streaming"


def make_restart(world: World, subject: str) -> Plan:
    """Patroni stops a member's server and starts it again, as what it was."""
    node, view = world.facts.get(subject), group_of_world(world)
    against = objection(Order.RESTART, subject, view)
    rows = [*group_checks.begin(world), *_objection(world, subject, against)]
    holds = view.holder == subject
    if node is not None:
        rows += [*checks.identity(world, (node,)), *checks.tools(world, (node,)), *checks.host(world, (node,))]
        if holds:
            rows += [*checks.quiet(world, node), *checks.archive(world, node)]
            rows.append(checks.checked(world, "primary-alive", Outcome.WARN, node, f"{subject} leads", "a standby",
                                       mend="restart-stops-writes", node_name=subject))  # fmt: skip
    made: tuple[Step, ...] = ()
    conditions: tuple[Condition, ...] = ()
    if node is not None and against is None and subject in world.servers:
        made = _restart_steps(world, node, holds=holds)
        conditions = group_steps.conditions(world, (subject,))
    loss = Loss(candidate=subject, basis=LossBasis.NONE, entries_low=0, entries_high=0, reason="both-alive")
    return completed(
        world, Operation.RESTART, made, checks=group_checks.by_severity(rows), conditions=conditions, subject=subject,
        target=subject, loss=loss, notes=(("by-patroni", world.spec.name),),
    )  # fmt: skip


def _objection(world: World, subject: str, against: Objection | None) -> Iterable[Checked]:
    yield checks.checked(world, "objection", checks.passed(against is None), subject,
                         against.value if against is not None else "nothing", "nothing",
                         source="Patroni: its own answers", mend=f"against-{against.value}" if against else "",
                         node_name=subject)  # fmt: skip


def _began(world: World, node: NodeFacts) -> str:
    """The moment after which a server of this node is another one, by the node's own clock (ISO 8601)."""
    look = group_of_world(world).look(node.node)
    own = look.own if look is not None else None
    if own is not None and own.started_at is not None:
        return own.started_at.isoformat()
    return (node.at.utc + timedelta(seconds=node.clock_offset_seconds or 0.0)).isoformat()


def _restart_steps(world: World, node: NodeFacts, *, holds: bool) -> tuple[Step, ...]:
    name, at = node.node, group_steps.patroni_at(world, node.node)
    request = requests.restart(at)
    view = group_of_world(world)
    proofs = [requests.proof(request, after=_began(world, node))]
    if holds:
        proofs.append(group_steps.says(name, Says.HOLDS_KEY))
    found = [steps.lock(world)]
    if node.server is not None:
        found.append(
            Step(key=f"checkpoint:{name}", phase=Phase.PREPARE, about=(("node", name),),
                 acts=(verbs.checkpoint(world.servers[name]),), limit_seconds=300.0, expected_seconds=0.3)
        )  # fmt: skip
    found.append(
        Step(key=f"start:{name}", phase=Phase.PROMOTE, about=(("node", name), group_steps.BY),
             acts=(requests.act(request),), proofs=tuple(proofs), limit_seconds=RESTARTED_SECONDS_MAX, no_return=True,
             expected_seconds=3.0)
    )  # fmt: skip
    if holds:
        followers = tuple(one.node for one in world.postgres_nodes if one.node != name
                          and one.server is not None and group_steps.is_known(world, one.node))  # fmt: skip
        found += [*group_steps.streaming(world, name, followers), *group_steps.settled(world, name, followers),
                  group_steps.sole(name), *steps.books(world, name, (name, *followers))]  # fmt: skip
    elif view.holder is not None and view.holder in world.servers:
        found += group_steps.streaming(world, view.holder, (name,))
    return (*found, steps.unlock(world))


# -- a new copy -------------------------------------------------------------------------------------------------------


def make_rejoin(world: World, subject: str) -> Plan:
    """A new copy of a member. What it alone may hold is named before: Patroni throws its data away first."""
    node, view = world.facts.get(subject), group_of_world(world)
    decided = world.options.get("fork", "") in DECIDED
    against = objection(Order.REINITIALISE, subject, view, discard=decided)
    rows = [*group_checks.begin(world), *_objection(world, subject, against)]
    if node is not None:
        rows += [*checks.identity(world, (node,)), *checks.tools(world, (node,)), *checks.host(world, (node,))]
        rows += _needed(world, node)
        rows += _beyond(world, node, decided=decided)
    made: tuple[Step, ...] = ()
    conditions: tuple[Condition, ...] = ()
    holder = view.holder
    if node is not None and against is None and holder is not None and holder in world.servers:
        made = _copy_steps(world, node, holder)
        machine = (("machine", node.machine_id or ""), ("system", ""))
        conditions = (
            *group_steps.conditions(world, (holder,)),
            Condition(proof=Proof(claim=Claim.SAME_IDENTITY, node=subject, args=machine), since=steps.LOCK),
        )
    return completed(
        world, Operation.REJOIN, made, checks=group_checks.by_severity(rows), conditions=conditions, subject=subject,
        target=holder or "", notes=_notes(world, subject),
    )  # fmt: skip


def _notes(world: World, subject: str) -> Pairs:
    found = [("by-patroni", world.spec.name), ("data-first", subject)]
    facts = world.rejoin
    if facts is not None and facts.parted:
        found.append(("kept-by-nobody", subject))
    return tuple(found)


def _needed(world: World, node: NodeFacts) -> Iterable[Checked]:
    """A member that streams needs no new copy, unless one is asked for by its way."""
    known = group_checks.member_state(world, node.node)
    asked = world.options.get("way", "")
    if asked not in ("", RejoinWay.REBUILD.value):
        yield checks.checked(world, "way", Outcome.REFUSE, node, asked, "rebuild or nothing", mend="patroni-rewinds",
                             node_name=node.node)  # fmt: skip
    streams = known == STREAMS and asked != RejoinWay.REBUILD.value
    yield checks.checked(world, "candidate", checks.passed(not streams), node,
                         "streams" if streams else known or "no member", "lost, or to be rebuilt", mend="ask-rebuild",
                         node_name=node.node)  # fmt: skip


def _beyond(world: World, node: NodeFacts, *, decided: bool) -> Iterable[Checked]:
    """Does its WAL go beyond the fork? Where that can't be read, a person decides as well."""
    facts = world.rejoin
    if facts is not None:
        unknown = facts.relation is Relation.UNKNOWN and group_checks.member_state(world, node.node) == STREAMS
        if not unknown:
            yield from history_rows(world, node, facts)
            return
    streams = group_checks.member_state(world, node.node) == STREAMS
    outcome = Outcome.PASS if streams else Outcome.WARN if decided else Outcome.REFUSE
    seen = "it streams from the holder" if streams else "not read"
    yield checks.checked(world, "history", outcome, node, seen, "a prefix of the upstream's",
                         mend="fork-decided" if decided else "decide-fork", node_name=node.node)  # fmt: skip


def _copy_steps(world: World, node: NodeFacts, holder: str) -> tuple[Step, ...]:
    name = node.node
    request = requests.reinitialise(group_steps.patroni_at(world, name))
    others = tuple(one.node for one in world.postgres_nodes if one.node not in (holder, name)
                   and one.server is not None and group_steps.is_known(world, one.node))  # fmt: skip
    return (
        steps.lock(world),
        Step(
            key=f"copy:{name}", phase=Phase.PROMOTE, about=(("node", name), ("upstream", holder), group_steps.BY),
            acts=(requests.act(request),), proofs=(requests.proof(request, after=_began(world, node)),),
            limit_seconds=COPIED_SECONDS_MAX, no_return=True, once=True, expected_seconds=8.0,
        ),
        *group_steps.streaming(world, holder, (name,)), *group_steps.settled(world, holder, (*others, name)),
        *steps.books(world, holder, (holder, name)), steps.unlock(world),
    )  # fmt: skip


# -- what Patroni does by its own settings ----------------------------------------------------------------------------


def make_refused(world: World, operation: Operation, subject: str) -> Plan:
    """Protection, and which members there are, is set with Patroni's own tools: it would change ours back."""
    own = operation is Operation.PROTECT
    row = checks.checked(world, "by-patroni", Outcome.REFUSE, subject or None, operation.value, "",
                         source="inventory", mend="edit-config" if own else "members-by-patroni")  # fmt: skip
    return completed(world, operation, (), checks=(row,), subject=subject)
