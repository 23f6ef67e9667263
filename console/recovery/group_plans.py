"""Switchover and failover under Patroni: the same checks and proofs; Patroni alone promotes, demotes and repoints."""

from typing import Final

from console.domain.plan import Candidate, Checked, Condition, Operation, Outcome, Pairs, Phase, Plan, Step
from console.domain.situation import NodeFacts
from console.patroni import verbs as requests
from console.postgres import fence_verbs, verbs
from console.recovery import checks, group_checks, group_steps, steps
from console.recovery.failover_steps import ARCHIVE_SEGMENTS_MAX
from console.recovery.group_checks import group_of_world, old_holder
from console.recovery.hooks import AFTER_PROMOTION, BEFORE_FENCING, hook_steps
from console.recovery.plans import completed
from console.recovery.world import World

GAP_SECONDS_EXPECTED: Final = 2.5
SWITCH_SECONDS_MAX: Final = 90.0
FAILOVER_SECONDS_MAX: Final = 180.0  # the key of a dead holder has to run out first
ARCHIVE_SECONDS_MAX: Final = 660.0


def make_switchover(world: World, target: str) -> Plan:
    """Both alive: Patroni hands over. Refusals and all; without steps where it can't be made."""
    chosen = group_checks.candidates(world, lost=False)
    name = target or next((one.node for one in chosen if one.eligible), "")
    wanted = next((one for one in chosen if one.node == name), None)
    primary = world.primary
    old = primary.node if primary is not None else None
    rows = [*group_checks.begin(world), _leads(world, primary), *_about(world, old, wanted, name)]
    if primary is not None and wanted is not None:
        node = world.facts[name]
        both = (primary, node)
        rows += [
            *checks.timeline(world, primary, node), *checks.versions(world, primary, node),
            *checks.followers_near(world, node, _followers(world, old, name)), *checks.quiet(world, primary),
            *checks.archive(world, primary), *checks.host(world, both), *checks.tools(world, both),
            *checks.settings_writable(world, (primary,)),
        ]  # fmt: skip
    made: tuple[Step, ...] = ()
    conditions: tuple[Condition, ...] = ()
    if old is not None and wanted is not None and wanted.eligible and old in world.servers:
        made = _switch_steps(world, old, name)
        conditions = group_steps.conditions(world, (old, name), target=name, leaves=old)
    return completed(
        world, Operation.SWITCHOVER, made, checks=group_checks.by_severity(rows), candidates=chosen,
        conditions=conditions, subject=old or "", target=name, loss=wanted.loss if wanted is not None else None,
        expected_gap_seconds=GAP_SECONDS_EXPECTED, notes=(("by-patroni", world.spec.name),),
    )  # fmt: skip


def make_failover(world: World, target: str, loss_entries_max: int) -> Plan:
    """The holder is gone, or a member that does not confirm shall lead: what is lost is judged before the request."""
    chosen, old = group_checks.candidates(world, lost=True), old_holder(world)
    name = target or next((one.node for one in chosen if one.eligible), "")
    wanted = next((one for one in chosen if one.node == name), None)
    outside = wanted is not None and "not-in-sync" in wanted.reasons
    loss = wanted.loss if wanted is not None else None
    rows = [*group_checks.begin(world), *_about(world, old, wanted, name)]
    if old is not None:
        rows += group_checks.old_state(world, old, outside_sync=outside)
    else:
        rows.append(checks.checked(world, "level", Outcome.REFUSE, None, "not known who it was", "known",
                                   mend="name-it"))  # fmt: skip
    rows += group_checks.loss(world, loss, loss_entries_max)
    if fence := world.options.get("fence", ""):
        rows.append(checks.checked(world, "by-patroni", Outcome.REFUSE, old, f"fence by {fence}", "",
                                   source="asked for", mend="patroni-fences-nobody"))  # fmt: skip
    followers = _followers(world, old, name)
    if wanted is not None:
        nodes = tuple(world.facts[one] for one in (name, *followers))
        rows += [*checks.host(world, nodes), *checks.tools(world, nodes)]
    made: tuple[Step, ...] = ()
    conditions: tuple[Condition, ...] = ()
    approved = loss is not None and loss.entries_high is not None and loss.entries_high <= loss_entries_max
    if old is not None and wanted is not None and wanted.eligible:
        made = _failover_steps(world, old, name, followers)
        conditions = group_steps.conditions(world, (name,), target=name, leaves=old, approved=approved)
    view = group_of_world(world)
    gap = GAP_SECONDS_EXPECTED + (view.settings.ttl_seconds if view.holder and view.settings else 0.0)
    return completed(
        world, Operation.FAILOVER, made, checks=group_checks.by_severity(rows), candidates=chosen,
        conditions=conditions, subject=old or "", target=name, loss=loss, loss_entries_max=loss_entries_max,
        expected_gap_seconds=gap, notes=_notes(world, name, followers),
    )  # fmt: skip


def _notes(world: World, name: str, followers: tuple[str, ...]) -> Pairs:
    found = [("by-patroni", world.spec.name), ("no-gate", world.spec.name), ("no-fence", world.spec.name)]
    if not group_of_world(world).paused:
        found.append(("fails-over-by-itself", world.spec.name))
    if name and not followers:
        found.append(("alone", name))
    return tuple(found)


def _leads(world: World, primary: NodeFacts | None) -> Checked:
    """Both have to be alive: one server takes writes, and it is the one that holds the key."""
    writable = ", ".join(node.node for node in world.postgres_nodes if node.writable) or "none"
    leads = primary is not None and group_of_world(world).holder == primary.node and group_checks.holder_alive(world)
    return checks.checked(world, "primary-alive", checks.passed(leads), primary, writable, "exactly one, with the key",
                          mend="failover-instead")  # fmt: skip


def _about(world: World, old: str | None, wanted: Candidate | None, name: str) -> list[Checked]:
    """The candidate: why it is not fit, else what its group and its own host say of it."""
    if wanted is None or not wanted.eligible:
        why = ", ".join(wanted.reasons) if wanted is not None else "no-candidate"
        mend = "failover-outside-sync" if wanted is not None and wanted.reasons == ("not-in-sync",) else "choose-other"
        return [checks.checked(world, "candidate", Outcome.REFUSE, name or None, why, "eligible", mend=mend,
                               node_name=name)]  # fmt: skip
    node = world.facts[name]
    parties = tuple(world.facts[one] for one in (old, name) if one is not None and world.facts[one].reached)
    return [*checks.identity(world, parties), *group_checks.member(world, node), *checks.history(world, node)]


def _followers(world: World, old: str | None, target: str) -> tuple[str, ...]:
    """The other standbys whose server and whose Patroni answer."""
    return tuple(
        node.node for node in world.postgres_nodes
        if node.node not in (old, target) and node.server is not None and node.server.in_recovery
        and group_steps.is_known(world, node.node)
    )  # fmt: skip


def _switch_steps(world: World, old: str, new: str) -> tuple[Step, ...]:
    server = world.facts[old].server
    assert server is not None
    leaves, to = group_steps.patroni_at(world, old), group_steps.patroni_at(world, new)
    request = requests.switchover(leaves, leaves=leaves, to=to)
    followers = (*_followers(world, old, new), old)
    policy = world.spec.change
    return (
        steps.lock(world),
        Step(
            key=f"checkpoint:{old}", phase=Phase.PREPARE, about=(("node", old),),
            acts=(verbs.checkpoint(world.servers[old]), verbs.checkpoint(world.servers[new])), limit_seconds=300.0,
            expected_seconds=0.3,
        ),
        *hook_steps(policy, BEFORE_FENCING, old=old, new=new),
        Step(
            key="promote", phase=Phase.PROMOTE, about=(("node", new), ("subject", old), group_steps.BY),
            acts=(requests.act(request),), proofs=(requests.proof(request, after=str(server.timeline)),),
            limit_seconds=SWITCH_SECONDS_MAX, no_return=True, expected_seconds=GAP_SECONDS_EXPECTED,
        ),
        *hook_steps(policy, AFTER_PROMOTION, old=old, new=new),
        *group_steps.streaming(world, new, followers), *group_steps.settled(world, new, followers),
        group_steps.sole(new), *steps.books(world, new, (new, *followers)), steps.unlock(world),
    )  # fmt: skip


def _failover_steps(world: World, old: str, new: str, followers: tuple[str, ...]) -> tuple[Step, ...]:
    server = world.facts[new].server
    assert server is not None
    to = group_steps.patroni_at(world, new)
    request = requests.failover(to, to=to)
    policy = world.spec.change
    return (
        steps.lock(world),
        *hook_steps(policy, BEFORE_FENCING, old=old, new=new),
        group_steps.gate(old, new, followers),
        Step(
            key="promote", phase=Phase.PROMOTE, about=(("node", new), ("subject", old), group_steps.BY),
            acts=(requests.act(request),), proofs=(requests.proof(request, after=str(server.timeline)),),
            limit_seconds=FAILOVER_SECONDS_MAX, no_return=True, expected_seconds=GAP_SECONDS_EXPECTED,
        ),
        *hook_steps(policy, AFTER_PROMOTION, old=old, new=new),
        *group_steps.streaming(world, new, followers), *group_steps.settled(world, new, followers),
        Step(key="archive", phase=Phase.PROOF, about=(("node", new),),
             acts=(fence_verbs.archive_fill(world.servers[new], timeline=server.timeline,
                                            segments_max=ARCHIVE_SEGMENTS_MAX),),
             limit_seconds=ARCHIVE_SECONDS_MAX, expected_seconds=0.5),
        group_steps.sole(new), *steps.books(world, new, (new, *followers)), steps.unlock(world),
    )  # fmt: skip
