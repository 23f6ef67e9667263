"""Switchover: both alive, nothing lost; its candidates, its checks, and the plan with the shortest gap we know."""

from typing import Final

from console.domain.cluster import NodeKind
from console.domain.loss_preview import head_of
from console.domain.plan import (
    Candidate,
    Checked,
    Claim,
    Condition,
    Loss,
    LossBasis,
    Operation,
    Outcome,
    Phase,
    Plan,
    Proof,
    Step,
)
from console.domain.situation import NodeFacts
from console.postgres import verbs
from console.postgres.verbs import ServerAt
from console.recovery import checks, steps
from console.recovery.hooks import AFTER_PROMOTION, BEFORE_FENCING, hook_steps
from console.recovery.plans import completed
from console.recovery.world import World, slot_of

STOP_SECONDS_MAX: Final = 75.0
PROMOTE_SECONDS_MAX: Final = 70.0
GAP_SECONDS_EXPECTED: Final = 0.7


def candidates(world: World) -> tuple[Candidate, ...]:
    """Every node of the cluster but the primary: eligible, or with its reasons."""
    primary = world.primary
    found = []
    for node in world.postgres_nodes:
        if primary is not None and node.node == primary.node:
            continue
        reasons = _reasons(primary, node)
        server = node.server
        lag = None
        if primary is not None and primary.server is not None and primary.server.write and server and server.position:
            lag = max(0, primary.server.write - server.position)
        loss = Loss(candidate=node.node, basis=LossBasis.NONE, entries_low=0, entries_high=0, reason="both-alive",
                    head_number=None if (head := head_of(node)) is None else head.number)  # fmt: skip
        found.append(
            Candidate(
                node=node.node, eligible=not reasons, reasons=reasons,
                timeline=None if server is None else server.timeline,
                position=None if server is None or server.position is None else str(server.position),
                lag_bytes=lag, loss=None if reasons else loss,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (not one.eligible, one.lag_bytes or 0)))


def _reasons(primary: NodeFacts | None, node: NodeFacts) -> tuple[str, ...]:
    if not node.reached:
        return ("not-reached",)
    if node.server is None:
        return ("no-server",)
    if not node.server.in_recovery:
        return ("not-standby",)
    if primary is None or primary.server is None:
        return ("primary-gone",)
    found = []
    if node.system_identifier != primary.system_identifier:
        found.append("other-system")
    sender = checks.sender_of(primary.server, node.node)
    if sender is None:
        receiver = node.server.receiver
        found.append("cascade" if receiver is not None and receiver.status == "streaming" else "not-streaming")
    elif sender.state != "streaming":
        found.append("not-streaming")
    if node.server.timeline != primary.server.timeline:
        found.append("other-timeline")
    if node.server.replay_paused:
        found.append("replay-paused")
    if node.server.setting("recovery_min_apply_delay") not in ("", "0"):
        found.append("delayed")
    if node.server.version // 10000 != primary.server.version // 10000:
        found.append("unfit-version")
    if node.server.rights_missing:
        found.append("no-rights")
    return tuple(found)


def make(world: World, target: str) -> Plan:
    """The plan, refusals and all. Where it can't be made at all it has no steps, and its checks say why."""
    chosen = candidates(world)
    primary = world.primary
    name = target or next((one.node for one in chosen if one.eligible), "")
    rows = list(_preflight(world, primary, world.facts.get(name)))
    wanted = next((one for one in chosen if one.node == name), None)
    if wanted is None or not wanted.eligible:
        why = ", ".join(wanted.reasons) if wanted is not None else "no-candidate"
        rows.append(
            checks.checked(world, "candidate", Outcome.REFUSE, name or None, why, "eligible", mend="choose-other")
        )
    old = world.servers.get(primary.node) if primary is not None else None
    new = world.servers.get(name)
    followers = _followers(world, primary, name)
    sync_text = ""
    if wanted is not None and wanted.eligible and primary is not None and primary.server is not None:
        all_after = (*followers, primary.node)
        names = primary.server.setting("synchronous_standby_names")
        sync_text, sync_rows = checks.sync_after(world, name, all_after, names)
        rows += sync_rows
    made: tuple[Step, ...] = ()
    conditions: tuple[Condition, ...] = ()
    if old is not None and new is not None and wanted is not None and wanted.eligible:
        made = _steps(world, old, new, followers, sync_text)
        conditions = (
            steps.lock_condition(world),
            *steps.identity_conditions(world, (old.node, new.node)),
            *_roles(world, old.node, new.node, made),
        )
    return completed(
        world, Operation.SWITCHOVER, made, checks=tuple(rows), candidates=chosen, conditions=conditions,
        subject=primary.node if primary is not None else "", target=name, loss=wanted.loss if wanted else None,
        expected_gap_seconds=GAP_SECONDS_EXPECTED,
    )  # fmt: skip


def _followers(world: World, primary: NodeFacts | None, target: str) -> tuple[str, ...]:
    """The other standbys of the old primary, which will follow the new one. Cascades stay below their own upstream."""
    if primary is None:
        return ()
    return tuple(node.node for node in world.followers(primary.node) if node.node != target and node.server is not None)


def _preflight(world: World, primary: NodeFacts | None, candidate: NodeFacts | None) -> list[Checked]:
    rows = [*checks.reachable(world), *checks.lock_free(world)]
    alive = primary is not None
    writable = [node.node for node in world.postgres_nodes if node.writable]
    seen = ", ".join(writable) or "none"
    rows.append(
        checks.checked(world, "primary-alive", checks.passed(alive), primary, seen, "exactly one",
                       mend="failover-instead")
    )
    if primary is None or candidate is None:
        return rows
    both = (primary, candidate)
    rows += [
        *checks.identity(world, both), *checks.timeline(world, primary, candidate),
        *checks.streams(world, primary, candidate), *checks.versions(world, primary, candidate),
        *checks.history(world, candidate),
        *checks.followers_near(world, candidate, _followers(world, primary, candidate.node)),
        *checks.slots(world, candidate, (primary.node, *_followers(world, primary, candidate.node))),
        *checks.quiet(world, primary), *checks.archive(world, primary), *checks.host(world, both),
        *checks.tools(world, both), *checks.rights(world, both), *checks.restarters(world, primary),
        *checks.logins(world, (primary.node,)),
        *checks.settings_writable(world, (primary,)),
    ]  # fmt: skip
    return sorted(rows, key=lambda row: list(Outcome).index(row.outcome))


def _roles(world: World, old: str, new: str, made: tuple[Step, ...]) -> tuple[Condition, ...]:
    """Up to the stop both are what they were when it was planned: nobody has changed the cluster since."""
    keys = [step.key for step in made]
    server = world.facts[old].server
    standing = (("standing", "yes"),)
    on = (("timeline", str(server.timeline)),) if server is not None else ()
    stays = Proof(claim=Claim.RUNNING_PRIMARY, node=old, args=(*on, *standing))
    follows = Proof(claim=Claim.RUNNING_STANDBY, node=new, args=standing)
    return (
        Condition(proof=stays, since=steps.LOCK, until=keys[keys.index("stop") - 1]),
        Condition(proof=follows, since=steps.LOCK, until="stop"),
    )


def _steps(
    world: World, old: ServerAt, new: ServerAt, followers: tuple[str, ...], sync_text: str
) -> tuple[Step, ...]:
    timeline = world.facts[old.node].server
    assert timeline is not None
    after = (("after", str(timeline.timeline)),)
    running = Proof(claim=Claim.RUNNING_PRIMARY, node=old.node)
    # The candidate has *replayed past* the shutdown's own record: it has all that was ever written there.
    caught_up = Proof(
        claim=Claim.CAUGHT_UP, node=new.node, args=(("position", "${shutdown_position}"), ("past", "yes"))
    )
    others = tuple(world.servers[name] for name in followers)
    own = world.facts[new.node].server
    standing = own.setting("synchronous_standby_names") if own is not None else ""
    before = [
        steps.slots(new, (old.node, *followers), there=steps.slots_there(world, new.node)),
        Step(
            key=f"checkpoint:{old.node}", phase=Phase.PREPARE, about=(("node", old.node),),
            acts=(verbs.checkpoint(old), verbs.checkpoint(new)), limit_seconds=300.0, expected_seconds=0.3,
        ),
        *steps.quiet_summarizer(world, new.node), *steps.quiet_summarizer(world, old.node, leaves=True),
    ]  # fmt: skip
    if standing != sync_text:
        # Before anybody waits: on a standby it only takes force with its promotion.
        before.append(steps.sync(new, sync_text, before=standing, phase=Phase.PREPARE))
    found = [steps.lock(world), *steps.side_by_side(*before)]
    policy = world.spec.change
    found += hook_steps(policy, BEFORE_FENCING, old=old.node, new=new.node)
    found += [
        Step(
            key="stop", phase=Phase.FENCE, about=(("node", old.node), ("target", new.node)),
            acts=(verbs.stop(old, heir=new.node, closed=timeline.timeline),),
            proofs=(Proof(claim=Claim.STOPPED_CLEANLY, node=old.node), caught_up), limit_seconds=STOP_SECONDS_MAX,
            undo=(verbs.start_again(old, closed=timeline.timeline),), undo_proofs=(running,), until="promote",
            expected_seconds=0.3,
        ),
        Step(
            key="promote", phase=Phase.PROMOTE, about=(("node", new.node),), acts=(verbs.promote(new),),
            proofs=(Proof(claim=Claim.PROMOTED, node=new.node, args=after),), limit_seconds=PROMOTE_SECONDS_MAX,
            no_return=True, expected_seconds=0.15,
        ),
        Step(
            key="repoint", phase=Phase.PROMOTE,
            about=(("node", new.node), ("followers", ", ".join((old.node, *followers)))),
            acts=(
                *(verbs.follow(other, new, slot=slot_of(other.node)) for other in others),
                verbs.become_standby(old, new, slot=slot_of(old.node)), verbs.start(old, standby=True),
            ),
            proofs=tuple(steps.follows(name, new.node) for name in (*followers, old.node)),
            limit_seconds=steps.FOLLOW_SECONDS_MAX, expected_seconds=0.5,
        ),
        *hook_steps(policy, AFTER_PROMOTION, old=old.node, new=new.node),
        steps.mark(new, count=_count(world, sync_text), names=(*followers, old.node)),
        *steps.side_by_side(
            *steps.summarizer_back(world, new.node), *steps.summarizer_back(world, old.node, leaves=True)
        ),
        *steps.books(world, new.node, (new.node, *followers, old.node)),
        steps.unlock(world),
    ]  # fmt: skip
    return tuple(found)


def _count(world: World, sync_text: str) -> int:
    from_list = checks.confirming(sync_text)
    everyone = sum(1 for node in world.spec.nodes if node.kind is NodeKind.POSTGRES)
    return min(from_list, everyone - 1)
