"""Protection: how many copies confirm a commit, and which nodes belong; each proven by a marked commit."""

from collections.abc import Iterable
from typing import Final

from console.domain.plan import Checked, Claim, Condition, Operation, Outcome, Phase, Plan, Proof, Step, Verb
from console.domain.quorum import parse_sync
from console.domain.situation import NodeFacts
from console.postgres import verbs
from console.postgres.slot_verbs import free_slots
from console.recovery import checks, steps
from console.recovery.plans import completed
from console.recovery.world import World, slot_of

LEVELS: Final = ("on", "remote_apply", "remote_write", "local", "off")
UNCONFIRMED: Final = ("local", "off")  # a commit of these waits for no standby, whatever the list says
COUNT_MAX: Final = 100
STOP_SECONDS_MAX: Final = 75.0


def make_protect(world: World) -> Plan:
    """Change the synchronous set and the commit level, by world.options 'sync' ('ANY 1', 'async') and 'commit'.

    What no option names stays as it is; one of both has to be named.
    """
    primary = world.primary
    rows = _begin(world, primary)
    made: tuple[Step, ...] = ()
    if primary is not None and primary.server is not None and primary.node in world.servers:
        wanted, commit = world.options.get("sync", "").strip(), world.options.get("commit", "").strip()
        followers = _streaming(world, primary.node)
        names, more = _names(world, primary, wanted, commit, followers)
        rows += [*more, *_level(world, primary, commit)]
        made = _protect_steps(world, primary, names, commit, followers)
    return completed(
        world, Operation.PROTECT, made, checks=tuple(rows), conditions=_conditions(world, primary),
        subject=primary.node if primary else "", target=primary.node if primary else "",
    )  # fmt: skip


def _begin(world: World, primary: NodeFacts | None) -> list[Checked]:
    writable = ", ".join(node.node for node in world.postgres_nodes if node.writable)
    rows = [
        *checks.reachable(world), *checks.lock_free(world),
        checks.checked(world, "primary-alive", checks.passed(primary is not None), primary, writable or "none",
                       "exactly one", mend="failover-instead"),
    ]  # fmt: skip
    if primary is not None:
        rows += [*checks.rights(world, (primary,)), *checks.tools(world, (primary,))]
    return rows


def _conditions(world: World, primary: NodeFacts | None) -> tuple[Condition, ...]:
    if primary is None or primary.server is None:
        return (steps.lock_condition(world),)
    args = (("timeline", str(primary.server.timeline)), ("standing", "yes"))
    stays = Condition(proof=Proof(claim=Claim.RUNNING_PRIMARY, node=primary.node, args=args), since=steps.LOCK)
    return (steps.lock_condition(world), *steps.identity_conditions(world, (primary.node,)), stays)


def _streaming(world: World, primary: str) -> tuple[str, ...]:
    """The standbys that stream from the primary at this moment; one that only catches up confirms nothing yet."""
    server = world.facts[primary].server
    if server is None:
        return ()
    found = ((node.node, checks.sender_of(server, node.node)) for node in world.followers(primary))
    return tuple(name for name, sender in found if sender is not None and sender.state == "streaming")


def _names(
    world: World, primary: NodeFacts, wanted: str, commit: str, followers: tuple[str, ...]
) -> tuple[str | None, list[Checked]]:
    """The list to be set (None: as it stands), and what stands against it: never more confirmations than standbys."""
    if wanted.lower() == "async" or (not wanted and commit):
        return "" if wanted else None, []
    method, _, number = wanted.partition(" ")
    number = number.strip()
    count = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0
    if method.upper() not in ("ANY", "FIRST") or not 0 < count <= COUNT_MAX:
        return None, [checks.checked(world, "sync-after", Outcome.REFUSE, primary, wanted or "none",
                                     "ANY n, FIRST n or async", mend="write-sync")]  # fmt: skip
    row = _enough(world, primary, count, f"{method.upper()} {count}", len(followers), f"{len(followers)} stream")
    return _listed(method, count, followers), [row]


def _enough(world: World, primary: NodeFacts, count: int, wanted: str, there: int, seen: str) -> Checked:
    """Refused where commits would wait for ever, warned of where they would with one standby less."""
    outcome = Outcome.REFUSE if count > there else Outcome.PASS if count < there else Outcome.WARN
    return checks.checked(world, "sync-after", outcome, primary, seen, wanted,
                          source=f"{primary.node}: pg_stat_replication",
                          mend="lower-sync" if count > there else "no-spare")  # fmt: skip


def _listed(method: str, count: int, names: Iterable[str]) -> str:
    quoted = ", ".join('"' + name.replace('"', '""') + '"' for name in names)
    return f"{method.upper()} {count} ({quoted})" if quoted else ""


def _level(world: World, primary: NodeFacts, commit: str) -> Iterable[Checked]:
    if not commit:
        return
    outcome = checks.passed(commit in LEVELS)
    if commit in UNCONFIRMED:
        outcome = Outcome.WARN
    mend = "commit-unconfirmed" if commit in LEVELS else ""
    yield checks.checked(world, "commit-level", outcome, primary, commit, ", ".join(LEVELS), mend=mend)


def _protect_steps(
    world: World, primary: NodeFacts, names: str | None, commit: str, followers: tuple[str, ...]
) -> tuple[Step, ...]:
    at, server = world.servers[primary.node], primary.server
    assert server is not None
    found, standing = [steps.lock(world)], server.setting("synchronous_standby_names")
    if names is not None:
        found.append(steps.sync(at, names, before=standing, phase=Phase.PROMOTE))
    before, name = server.setting("synchronous_commit"), "synchronous_commit"
    if commit:
        found.append(
            Step(
                key=f"commit-level:{at.node}", phase=Phase.PROMOTE, about=(("node", at.node), ("value", commit)),
                acts=(verbs.set_setting(at, Verb.SET_COMMIT, name, commit),),
                proofs=(Proof(claim=Claim.COMMIT_AS_SET, node=at.node, args=(("name", name), ("value", commit))),),
                undo=(verbs.set_back(at, Verb.SET_COMMIT, name, before),),
                undo_proofs=(Proof(claim=Claim.COMMIT_AS_SET, node=at.node, args=(("name", name), ("value", before))),),
                expected_seconds=0.1,
            )
        )  # fmt: skip
    level = commit or before
    count = 0 if level in UNCONFIRMED else checks.confirming(standing if names is None else names)
    found += [steps.mark(at, count=count, names=followers, level=level), steps.unlock(world)]
    return tuple(found)


def make_remove(world: World, subject: str) -> Plan:
    """Take a standby out of the synchronous set, let it stop, and take its slot away; its data stays where it is."""
    primary, node = world.primary, world.facts.get(subject)
    rows = _begin(world, primary)
    made: tuple[Step, ...] = ()
    if node is None or node not in world.postgres_nodes or node.writable:
        seen = "the-primary" if node is not None and node.writable else "no-node"
        rows.append(checks.checked(world, "candidate", Outcome.REFUSE, subject, seen, "a standby", mend="choose-other"))
    elif primary is not None and primary.server is not None and primary.node in world.servers:
        rows += _fit_to_go(world, node)
        rest = tuple(name for name in _streaming(world, primary.node) if name != subject)
        names, more = _names_without(world, primary, subject, rest)
        rows += more
        made = _remove_steps(world, primary, node, rest, names)
    return completed(
        world, Operation.NODE_REMOVE, made, checks=tuple(rows), conditions=_conditions(world, primary),
        subject=subject, target=primary.node if primary else "", notes=(("data-stays", subject),),
    )  # fmt: skip


def _fit_to_go(world: World, node: NodeFacts) -> Iterable[Checked]:
    """Nobody hangs on it, nothing brings it back, and it can be stopped."""
    fed = [one.node for one in world.followers(node.node)]
    yield checks.checked(world, "upstream", checks.passed(not fed), node, ", ".join(fed) or "none", "feeds no other",
                         source=f"{node.node}: pg_stat_replication", mend="repoint-first")  # fmt: skip
    if node.server is None and node.processes:
        yield checks.checked(world, "reachable", Outcome.REFUSE, node, f"{node.processes} processes, no answer",
                             "answers, or is stopped", mend="reach-node", node_name=node.node)  # fmt: skip
    if node.reached:
        yield from checks.restarters(world, node)


def _names_without(
    world: World, primary: NodeFacts, subject: str, rest: tuple[str, ...]
) -> tuple[str | None, list[Checked]]:
    """The standing list without the node, waiting for as many as before (None: as it stands), and what it means."""
    assert primary.server is not None
    standing = primary.server.setting("synchronous_standby_names")
    try:
        policy = parse_sync(standing)
    except ValueError as error:
        return None, [checks.checked(world, "sync-after", Outcome.REFUSE, primary, str(error), "readable")]
    if policy is None:
        return None, []
    plain = slot_of(subject)
    left = tuple(name for name in policy.names if slot_of(name) != plain)
    there = [name for name in rest if "*" in policy.names or slot_of(name) in {slot_of(one) for one in left}]
    wanted = f"{policy.method.value} {policy.count}"
    row = _enough(world, primary, policy.count, wanted, len(there), f"{len(there)} stream")
    return (None if left == policy.names else _listed(policy.method.value, policy.count, left)), [row]


def _remove_steps(
    world: World, primary: NodeFacts, node: NodeFacts, rest: tuple[str, ...], names: str | None
) -> tuple[Step, ...]:
    at, server = world.servers[primary.node], primary.server
    assert server is not None
    standing, slot = server.setting("synchronous_standby_names"), slot_of(node.node)
    found = [steps.lock(world)]
    if names is not None:
        found.append(steps.sync(at, names, before=standing, phase=Phase.PROMOTE))
    if node.server is not None and node.node in world.servers:
        own = world.servers[node.node]
        found.append(
            Step(
                key=f"stop:{node.node}", phase=Phase.PROMOTE, about=(("node", node.node),), acts=(verbs.stop(own),),
                proofs=(Proof(claim=Claim.STOPPED_CLEANLY, node=node.node),), limit_seconds=STOP_SECONDS_MAX,
                undo=(verbs.start(own, standby=True),),
                undo_proofs=(Proof(claim=Claim.RUNNING_STANDBY, node=node.node),),
            )
        )  # fmt: skip
    confirming = checks.confirming(standing if names is None else names)
    level = server.setting("synchronous_commit")
    count = 0 if level in UNCONFIRMED else min(confirming, len(rest))
    found += [
        Step(
            key=f"drop-slots:{at.node}", phase=Phase.PROMOTE, about=(("node", at.node), ("slots", slot)),
            acts=(free_slots(at, (slot,)),), no_return=True,
            proofs=(Proof(claim=Claim.SLOTS_GONE, node=at.node, args=(("slots", slot),)),),
        ),
        steps.mark(at, count=count, names=rest, level=level),
        steps.unlock(world),
    ]  # fmt: skip
    return tuple(found)
