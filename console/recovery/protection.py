"""Protection: how many copies confirm a commit, and which nodes belong; each proven by a marked commit."""

from console.domain.plan import Checked, Claim, Condition, Operation, Outcome, Phase, Plan, Proof, Step, Verb
from console.domain.situation import NodeFacts
from console.postgres import verbs
from console.recovery import checks, steps
from console.recovery.plans import completed
from console.recovery.world import World, slot_of

LEVELS = ("on", "remote_apply", "remote_write", "local", "off")


def make_protect(world: World) -> Plan:
    """Change the synchronous set and the commit level, by world.options 'sync' ('ANY 1', 'async') and 'commit'."""
    primary = world.primary
    rows = _begin(world, primary)
    made: tuple[Step, ...] = ()
    if primary is not None and primary.server is not None and primary.node in world.servers:
        wanted, commit = world.options.get("sync", ""), world.options.get("commit", "")
        followers = tuple(node.node for node in world.followers(primary.node) if node.server is not None)
        names, more = _names(world, primary, wanted, followers)
        rows += more
        if commit and commit not in LEVELS:
            rows.append(checks.checked(world, "commit-level", Outcome.REFUSE, primary, commit, ", ".join(LEVELS)))
        made = _protect_steps(world, primary, names, commit, followers)
    return completed(
        world, Operation.PROTECT, made, checks=tuple(rows), conditions=_conditions(world, primary),
        subject=primary.node if primary else "", target=primary.node if primary else "",
    )  # fmt: skip


def _begin(world: World, primary: NodeFacts | None) -> list[Checked]:
    seen = primary.node if primary is not None else "none"
    rows = [
        *checks.reachable(world), *checks.lock_free(world),
        checks.checked(world, "primary-alive", checks.passed(primary is not None), primary, seen, "exactly one",
                       mend="failover-instead"),
    ]  # fmt: skip
    if primary is not None:
        rows += [*checks.rights(world, (primary,)), *checks.tools(world, (primary,))]
    return rows


def _conditions(world: World, primary: NodeFacts | None) -> tuple[Condition, ...]:
    identity = steps.identity_conditions(world, (primary.node,)) if primary is not None else ()
    return (steps.lock_condition(world), *identity)


def _names(
    world: World, primary: NodeFacts, wanted: str, followers: tuple[str, ...]
) -> tuple[str, list[Checked]]:
    """The list to be set, and what stands against it: never more confirmations than standbys that stream."""
    if wanted.lower() in ("async", ""):
        return "", []
    method, _, count = wanted.partition(" ")
    if method.upper() not in ("ANY", "FIRST") or not count.strip().isdigit() or int(count) < 1:
        return "", [checks.checked(world, "sync-after", Outcome.REFUSE, primary, wanted, "ANY n, FIRST n or async",
                                   mend="write-sync")]  # fmt: skip
    fits = int(count) <= len(followers)
    spare = int(count) < len(followers)
    outcome = Outcome.REFUSE if not fits else Outcome.PASS if spare else Outcome.WARN
    row = checks.checked(world, "sync-after", outcome, primary, f"{len(followers)} stream", f"{method} {count.strip()}",
                         mend="lower-sync" if not fits else "no-spare")  # fmt: skip
    listed = ", ".join(f'"{name}"' for name in followers)
    return f"{method.upper()} {int(count)} ({listed})", [row]


def _protect_steps(
    world: World, primary: NodeFacts, names: str, commit: str, followers: tuple[str, ...]
) -> tuple[Step, ...]:
    at, server = world.servers[primary.node], primary.server
    assert server is not None
    found = [steps.lock(world)]
    if world.options.get("sync"):
        before = server.setting("synchronous_standby_names")
        found.append(steps.sync(at, names, before=before, phase=Phase.PROMOTE))
    if commit:
        before, name = server.setting("synchronous_commit"), "synchronous_commit"
        found.append(
            Step(
                key=f"commit-level:{at.node}", phase=Phase.PROMOTE, about=(("node", at.node), ("value", commit)),
                acts=(verbs.set_setting(at, Verb.SET_COMMIT, name, commit),),
                proofs=(Proof(claim=Claim.COMMIT_AS_SET, node=at.node, args=(("name", name), ("value", commit))),),
                undo=(verbs.set_back(at, Verb.SET_COMMIT, name, before),),
                undo_proofs=(Proof(claim=Claim.COMMIT_AS_SET, node=at.node, args=(("name", name), ("value", before))),),
            )
        )  # fmt: skip
    count = checks.confirming(names) if world.options.get("sync") else 0
    found += [steps.mark(at, count=count, names=followers), steps.unlock(world)]
    return tuple(found)


def make_remove(world: World, subject: str) -> Plan:
    """Take a standby out of the synchronous set, let it stop, and take its slot away; its data stays where it is."""
    primary, node = world.primary, world.facts.get(subject)
    rows = _begin(world, primary)
    made: tuple[Step, ...] = ()
    if node is None or (primary is not None and node.node == primary.node):
        rows.append(checks.checked(world, "candidate", Outcome.REFUSE, subject, "the-primary" if node else "no-node",
                                   "a standby", mend="choose-other"))  # fmt: skip
    elif primary is not None and primary.server is not None and primary.node in world.servers:
        others = (one for one in world.followers(primary.node) if one.server is not None)
        rest = tuple(one.node for one in others if one.node != subject)
        standing = primary.server.setting("synchronous_standby_names")
        names, more = checks.sync_after(world, primary.node, rest, standing)
        rows += more
        made = _remove_steps(world, primary, node, rest, names if standing else "")
    return completed(
        world, Operation.NODE_REMOVE, made, checks=tuple(rows), conditions=_conditions(world, primary),
        subject=subject, target=primary.node if primary else "", notes=(("data-stays", subject),),
    )  # fmt: skip


def _remove_steps(
    world: World, primary: NodeFacts, node: NodeFacts, rest: tuple[str, ...], names: str
) -> tuple[Step, ...]:
    at, server = world.servers[primary.node], primary.server
    assert server is not None
    standing, slot = server.setting("synchronous_standby_names"), slot_of(node.node)
    found = [steps.lock(world)]
    if standing and standing != names:
        found.append(steps.sync(at, names, before=standing, phase=Phase.PROMOTE))
    if node.server is not None and node.node in world.servers:
        own = world.servers[node.node]
        found.append(
            Step(
                key=f"stop:{node.node}", phase=Phase.PROMOTE, about=(("node", node.node),), acts=(verbs.stop(own),),
                proofs=(Proof(claim=Claim.STOPPED_CLEANLY, node=node.node),), limit_seconds=75.0,
                undo=(verbs.start(own, standby=True),),
                undo_proofs=(Proof(claim=Claim.RUNNING_STANDBY, node=node.node),),
            )
        )  # fmt: skip
    found += [
        Step(
            key=f"drop-slots:{at.node}", phase=Phase.PROMOTE, about=(("node", at.node), ("slots", slot)),
            acts=(verbs.drop_slots(at, (slot,)),), no_return=True,
            proofs=(Proof(claim=Claim.SLOTS_GONE, node=at.node, args=(("slots", slot),)),),
        ),
        steps.mark(at, count=min(checks.confirming(names), len(rest)), names=rest),
        steps.unlock(world),
    ]  # fmt: skip
    return tuple(found)
