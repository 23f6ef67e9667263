"""Failover: the primary is gone or cut off; who may follow it, what is lost, and the plan that fences first."""

from collections.abc import Iterable
from typing import Final

from console.domain.loss_preview import furthest, has_left, loss_of
from console.domain.plan import (
    Candidate,
    Checked,
    Claim,
    Condition,
    Loss,
    LossBasis,
    Operation,
    Outcome,
    Plan,
    Proof,
    Step,
)
from console.domain.reading import ControlState
from console.domain.situation import NodeFacts
from console.recovery import checks, steps
from console.recovery.failover_steps import Chosen, command_proof, made_steps
from console.recovery.fencing import Method, method_of, methods
from console.recovery.plans import completed
from console.recovery.world import World

RESCUE_VERSION_MIN: Final = 140000
GAP_SECONDS_EXPECTED: Final = 2.0


def old_primary(world: World) -> str | None:
    """Who the primary was: by what was last seen, else the one node whose data says that it is no standby.

    What was last seen may be long ago: a node that is a standby by now, and not by a fence of ours, is not it.
    """
    if world.last_seen is not None and world.spec.node(world.last_seen.node) is not None:
        node = world.facts[world.last_seen.node]
        standby = node.server is not None and node.server.in_recovery
        if not standby and not (node.reached and node.standby_signal and not node.fence_mark):
            return world.last_seen.node
    silent = [node.node for node in world.postgres_nodes if not (node.server is not None and node.server.in_recovery)]
    named = [node.node for node in world.postgres_nodes if node.reached and node.control and not node.standby_signal]
    found = named or silent
    return found[0] if len(found) == 1 else None


def answering(world: World, old: str | None) -> tuple[NodeFacts, ...]:
    """The standbys of the primary's own history whose servers answer now."""
    return tuple(
        node for node in world.postgres_nodes
        if node.node != old and node.server is not None and node.server.in_recovery and not _left(world, node, old)
    )  # fmt: skip


def _left(world: World, node: NodeFacts, old: str | None) -> bool:
    """Was it promoted once, and has left the history of the primary that is to be followed?"""
    seen = world.last_seen
    return seen is not None and seen.node == old and has_left(node, seen)


def candidates(world: World) -> tuple[Candidate, ...]:
    """Every node but the old primary, the best first; each with its loss, or with the reasons that pass it over."""
    old = old_primary(world)
    able = answering(world, old)
    best = furthest(able)
    found = []
    for node in world.postgres_nodes:
        if node.node == old:
            continue
        reasons = _reasons(world, node, best, old)
        server = node.server
        position = server.position if server is not None else None
        ahead = best.server.position if best is not None and best.server is not None else None
        found.append(
            Candidate(
                node=node.node, eligible=not reasons, reasons=reasons,
                timeline=None if server is None else server.timeline,
                position=None if position is None else str(position),
                lag_bytes=None if position is None or ahead is None else max(0, ahead - position),
                loss=loss_of(node, world.last_seen, answering=able) if server is not None else None,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (not one.eligible, one.lag_bytes or 0)))


def _reasons(world: World, node: NodeFacts, best: NodeFacts | None, old: str | None) -> tuple[str, ...]:
    server = node.server
    if not node.reached:
        return ("not-reached",)
    if server is None:
        return ("no-server",)
    if not server.in_recovery:
        return ("not-standby",)
    found = []
    if node.system_identifier != world.system_identifier():
        found.append("other-system")
    if _left(world, node, old):
        found.append("later-timeline")
    if best is not None and best.server is not None and server.timeline < best.server.timeline:
        found.append("other-timeline")
    if server.replay_paused:
        found.append("replay-paused")
    if server.setting("recovery_min_apply_delay") not in ("", "0"):
        found.append("delayed")
    if server.rights_missing:
        found.append("no-rights")
    return tuple(found)


def make(world: World, target: str, loss_entries_max: int) -> Plan:
    """The plan, refusals and all. Where it can't be made at all it has no steps, and its checks say why."""
    old, chosen = old_primary(world), candidates(world)
    name = target or next((one.node for one in chosen if one.eligible), "")
    wanted = next((one for one in chosen if one.node == name), None)
    fence = method_of(world, old)
    fencing = list(methods(world, old))
    rows = [*_preflight(world, old), *fencing]
    if wanted is None or not wanted.eligible:
        why = ", ".join(wanted.reasons) if wanted is not None else "no-candidate"
        rows.append(
            checks.checked(world, "candidate", Outcome.REFUSE, name or None, why, "eligible", mend="choose-other")
        )
    else:
        rows += _about_target(world, wanted, chosen)
    # The preview is what it is without the rescue; that a rescue may bring it all back is a note of the plan.
    loss = wanted.loss if wanted is not None else None
    rows += _about_loss(world, loss, loss_entries_max)
    conditions: tuple[Condition, ...] = (steps.lock_condition(world),)
    made: tuple[Step, ...] = ()
    notes: list[tuple[str, str]] = [("fence", fence.value)]
    fit = not any(row.outcome is Outcome.REFUSE for row in fencing)
    if old is not None and wanted is not None and wanted.eligible and name in world.servers and fit:
        others = (node.node for node in answering(world, old))
        followers = tuple(other for other in others if other != name and other in world.servers)
        sync_text, sync_rows = checks.sync_after(world, name, followers, _sync_now(world), lower=True)
        rows += sync_rows
        which = Chosen(old=old, new=name, followers=followers, sync_names=sync_text, fence=fence,
                       rescue=_rescues(world, old, fence))  # fmt: skip
        made = made_steps(world, which)
        conditions = (*conditions, *_conditions(world, which))
        notes += _notes(world, which)
    return completed(
        world, Operation.FAILOVER, made, checks=tuple(_sorted(rows)), candidates=chosen, conditions=conditions,
        subject=old or "", target=name, loss=loss, loss_entries_max=loss_entries_max,
        expected_gap_seconds=GAP_SECONDS_EXPECTED, notes=tuple(notes),
    )  # fmt: skip


def _sync_now(world: World) -> str:
    return world.last_seen.synchronous_names if world.last_seen is not None else ""


def _sorted(rows: Iterable[Checked]) -> list[Checked]:
    return sorted(rows, key=lambda row: list(Outcome).index(row.outcome))


def _rescues(world: World, old: str, fence: Method) -> bool:
    """Can the dead primary's own WAL be read? Only behind a proven fence on its host."""
    node = world.facts[old]
    version = max((one.server.version for one in world.postgres_nodes if one.server is not None), default=0)
    wanted = world.options.get("rescue", "yes") != "no"
    return wanted and fence is Method.SSH and node.control is not None and version >= RESCUE_VERSION_MIN


def _preflight(world: World, old: str | None) -> list[Checked]:
    rows = [*checks.reachable(world), *checks.lock_free(world)]
    alive = [one for one in world.postgres_nodes if one.writable]
    seen = f"writable: {', '.join(one.node for one in alive)}" if alive else "none is writable"
    rows.append(
        checks.checked(world, "primary-dead", checks.passed(not alive), alive[0] if alive else None, seen,
                       "none is writable", mend="switchover-instead")
    )  # fmt: skip
    if old is None:
        rows.append(
            checks.checked(world, "level", Outcome.REFUSE, None, "not known who it was", "known", mend="name-it")
        )
        return rows
    node = world.facts[old]
    rows.append(_level(world, node))
    standbys = [one for one in answering(world, old) if one.node in world.servers]
    rows += [
        *checks.identity(world, (node, *standbys) if node.reached else standbys), *checks.tools(world, standbys),
        *checks.rights(world, standbys), *checks.host(world, standbys), *checks.settings_writable(world, standbys),
    ]  # fmt: skip
    if node.reached:
        rows += checks.restarters(world, node)
    return rows


def _level(world: World, node: NodeFacts) -> Checked:
    """How strong the evidence of its death is; a person decides, and sees it."""
    if not node.reached:
        return checks.checked(world, "level", Outcome.WARN, node, node.trouble, "seen dead", source="console: SSH",
                              mend="fence-needed")  # fmt: skip
    if node.server is not None:
        return checks.checked(world, "level", Outcome.WARN, node, "its server answers", "no server", mend="it-runs")
    if node.processes:
        return checks.checked(world, "level", Outcome.WARN, node, f"{node.processes} processes, and no answer",
                              "no process", mend="fence-needed")  # fmt: skip
    state = node.control.state if node.control is not None else None
    stopped = state in (ControlState.SHUT_DOWN, ControlState.SHUT_DOWN_IN_RECOVERY)
    outcome = Outcome.WARN if stopped else Outcome.PASS if node.processes == 0 else Outcome.NOT_CHECKED
    return checks.checked(
        world, "level", outcome, node, f"0 processes, control file '{state.value if state else '?'}'",
        "0 processes, 'in production'", mend="restart-instead" if stopped else "",
    )  # fmt: skip


def _about_target(world: World, wanted: Candidate, chosen: tuple[Candidate, ...]) -> Iterable[Checked]:
    best = chosen[0]
    behind = wanted.lag_bytes or 0
    yield checks.checked(world, "candidate", checks.passed(behind == 0, Outcome.WARN), wanted.node, behind, 0,
                         mend="furthest-is-other", node_name=best.node)  # fmt: skip
    node = world.facts[wanted.node]
    yield from checks.history(world, node)
    others = (one.node for one in chosen if one.node != wanted.node and one.eligible)
    yield from checks.followers_near(world, node, others)
    yield from checks.slots(world, node, tuple(one.node for one in chosen if one.node != wanted.node))


def _about_loss(world: World, loss: Loss | None, most: int) -> Iterable[Checked]:
    if loss is None:
        return
    if loss.basis is LossBasis.NONE:
        yield checks.checked(world, "overlap", Outcome.PASS, loss.candidate, "proven", "proven")
        return
    yield checks.checked(world, "overlap", Outcome.WARN, loss.candidate, loss.reason, "proven", mend="overlap-missing")
    high = loss.entries_high
    seen = "not known" if high is None else high
    fine = high is not None and high <= most
    outcome = checks.passed(fine, Outcome.WARN)
    yield checks.checked(world, "loss", outcome, loss.candidate, seen, most, mend="approve-loss")


def _conditions(world: World, which: Chosen) -> tuple[Condition, ...]:
    names = (which.new, *which.followers)
    found = list(steps.identity_conditions(world, names, until="promote"))
    # One that was promoted meanwhile, by whomever, is no follower and no candidate any more.
    found += [Condition(proof=Proof(claim=Claim.RUNNING_STANDBY, node=name, args=(("standing", "yes"),)),
                        since=steps.LOCK, until="gate") for name in names]  # fmt: skip
    if which.fence is Method.SSH:
        fenced = Proof(claim=Claim.FENCED, node=which.old, args=(("standing", "yes"),))
        found += steps.identity_conditions(world, (which.old,), until="promote")
        found.append(Condition(proof=fenced, since="fence", until="promote"))
    if which.fence is not Method.SSH:
        # Nobody can see whether it is off; where it is seen, it must not be writable.
        seen = Proof(claim=Claim.NOT_WRITABLE, node=which.old, args=(("standing", "yes"),))
        found.append(Condition(proof=seen, since="fence", until="promote"))
    if which.fence is Method.QUORUM:
        found += [Condition(proof=Proof(claim=Claim.CUT_OFF, node=name, args=(("standing", "yes"),)), since="fence",
                            until="promote") for name in names]  # fmt: skip
    if which.fence is Method.COMMAND:
        found.append(Condition(proof=command_proof(world, which), since="fence", until="promote"))
    return tuple(found)


def _notes(world: World, which: Chosen) -> Iterable[tuple[str, str]]:
    if which.fence is Method.ATTEST:
        yield "attest", f"{which.old}-is-off"
    if which.fence is not Method.SSH:
        yield "no-way-back", which.fence.value
    if which.rescue:
        yield "rescue", which.old
    if which.fence is Method.QUORUM:
        yield "quorum-fence", "local and cancelled commits, and reads, go on at the old primary"
    if not which.followers:
        yield "alone", which.new
    names = world.facts[which.old].restarters
    if names:
        yield "restarters", ", ".join(names)
