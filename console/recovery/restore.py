"""Restore: a node or the whole cluster comes back from a backup; what stands against it, and the plan."""

from collections.abc import Iterable
from typing import Final

from console.domain.chain import ChainBroken, chain_of
from console.domain.loss_preview import head_of
from console.domain.plan import Checked, Condition, Loss, LossBasis, Operation, Outcome, Pairs, Plan, Step
from console.domain.restore import Chosen, Goal, TargetKind
from console.domain.restoring import PlaceSeen, Restoring
from console.domain.situation import NodeFacts
from console.postgres import layout_verbs
from console.recovery import checks, rejoin_steps, restore_steps
from console.recovery.plans import completed
from console.recovery.restore_steps import Whole
from console.recovery.world import World

SPACE_RESERVE_BYTES: Final = 64 * 1024 * 1024
LAYOUT_BLOCKS: Final = ("link", "mount-point", "no-parent", "parent-not-writable", "old-there", "copy-there",
                        "restore-there", "tablespaces")  # fmt: skip
_SEGMENTS_PER_4_GB: Final = 1 << 32


def make(world: World) -> Plan:
    """The plan, refusals and all. Where it can't be made at all it has no steps, and its checks say why.

    `world.restore` is what was asked for and found. A rehearsal changes nothing, as ever; the whole cluster is
    restored only where every node of it answers, as each has to be stopped and proven stopped.
    """
    it = world.restore
    rows = [*checks.reachable(world), *checks.lock_free(world)]
    if it is None:
        rows.append(checks.checked(world, "repository", Outcome.REFUSE, None, "not asked", "a policy of backups",
                                   mend="name-repository"))  # fmt: skip
        return _plan(world, None, (), rows, ())
    rows += list(_target(world, it))
    node, place = world.facts.get(it.node), it.place(it.node)
    rows += list(_known(world, it, node, place))
    if it.chosen is None or node is None or place is None or not it.chain:
        return _plan(world, it, (), rows, ())
    rows += list(_fit(world, it, node, place))
    if it.goal is Goal.NODE:
        made, conditions, more = _node(world, it, node, place)
    else:
        made, conditions, more = _cluster(world, it, it.chosen, node)
    return _plan(world, it, made, [*rows, *more], conditions)


def _plan(
    world: World, it: Restoring | None, made: tuple[Step, ...], rows: list[Checked], conditions: tuple[Condition, ...]
) -> Plan:  # fmt: skip
    ordered = sorted(rows, key=lambda row: list(Outcome).index(row.outcome))
    primary = world.primary
    cluster = it is not None and it.goal is Goal.CLUSTER
    return completed(
        world, Operation.RESTORE, made, checks=tuple(ordered), conditions=conditions,
        subject=(primary.node if primary is not None else "") if cluster else (it.node if it is not None else ""),
        target=it.node if it is not None and cluster else (primary.node if primary is not None else ""),
        loss=_loss(world, it) if it is not None and cluster else None, notes=_notes(it) if it is not None else (),
    )  # fmt: skip


def _notes(it: Restoring) -> Pairs:
    found = [("goal", it.goal.value), ("restore-to", it.words), ("repository", it.repository)]
    if it.chosen is not None:
        found += [("chain", ",".join(it.chosen.chain)), ("timeline", str(it.chosen.timeline))]
        for name, value in (("restore-bytes", it.chosen.restore_bytes), ("wal-bytes", it.chosen.wal_bytes)):
            found += [(name, str(value))] if value is not None else []
    if it.goal is Goal.CLUSTER:
        found.append(("gate", restore_steps.ACCEPT))
    return tuple(found)


def _loss(world: World, it: Restoring) -> Loss | None:
    """What was booked after the target goes with it. Exact for an entry; else it is counted at the gate."""
    primary, target = world.primary, it.target
    head = head_of(primary) if primary is not None else None
    kept: int | None = None
    if target.entry is not None and target.kind in (TargetKind.BEFORE_ENTRY, TargetKind.AFTER_ENTRY):
        kept = target.entry - 1 if target.kind is TargetKind.BEFORE_ENTRY else target.entry
    lost = max(0, head.number - kept) if head is not None and kept is not None else None
    return Loss(
        candidate=it.node, basis=LossBasis.UNKNOWN if lost is None else LossBasis.INTERVAL,
        entries_low=lost, entries_high=None, head_number=kept, reference_number=None if head is None else head.number,
        reason="restored-to-target",
    )  # fmt: skip


def _target(world: World, it: Restoring) -> Iterable[Checked]:
    """The moment can be had, and the engine has its order for it."""
    if it.unfit is not None:
        about = {"fits": it.unfit.fits}
        for name, value in (("before", it.unfit.before), ("after", it.unfit.after)):
            about |= {name: value.isoformat(timespec="seconds")} if value is not None else {}
        seen = f"{it.unfit.reason}: {it.unfit.detail}" if it.unfit.detail else it.unfit.reason
        yield checks.checked(world, "restore-target", Outcome.REFUSE, None, seen, "a moment that can be had",
                             source=f"{it.repository_node}: repository {it.repository}", mend="other-target",
                             **about)  # fmt: skip
        return
    if it.trouble:
        seen = f"{it.trouble}: {it.detail}" if it.detail else it.trouble
        yield checks.checked(world, "restore-order", Outcome.REFUSE, it.repository_node or None, seen,
                             "can be laid out", mend="mend-repository")  # fmt: skip
        return
    strange = ", ".join(_strange(it))
    yield checks.checked(world, "restore-order", checks.passed(not strange), it.repository_node or None,
                         strange or "can be laid out", "can be laid out")  # fmt: skip
    yield checks.checked(world, "restore-target", Outcome.PASS, None, it.words, "a moment that can be had",
                         source=f"{it.repository_node}: repository {it.repository}")  # fmt: skip
    chain = chain_of(it.chain[-1], it.chain) if it.chain else None
    whole = chain is not None and not isinstance(chain, ChainBroken)
    yield checks.checked(world, "chain", checks.passed(whole), it.repository_node or None,
                         ", ".join(one.id for one in it.chain) or "none", "whole")  # fmt: skip
    system = world.system_identifier()
    theirs = it.chain[-1].system_identifier if it.chain else ""
    outcome = Outcome.NOT_CHECKED if system is None else checks.passed(theirs == system)
    yield checks.checked(world, "system-identifier", outcome, None, theirs, system, mend="other-cluster",
                         source=f"{it.repository_node}: repository {it.repository}")  # fmt: skip


def _strange(it: Restoring) -> tuple[str, ...]:
    from_engine = layout_verbs.strange_names(it.script)
    return tuple(f"${{{name}}}" for name in from_engine)


def _known(world: World, it: Restoring, node: NodeFacts | None, place: PlaceSeen | None) -> Iterable[Checked]:
    if node is None or node not in world.postgres_nodes:
        yield checks.checked(world, "candidate", Outcome.REFUSE, it.node or None, "no-node", "a node of the inventory",
                             mend="import-first", node_name=it.node)  # fmt: skip
    elif not node.reached:
        yield checks.checked(world, "reachable", Outcome.REFUSE, node, node.trouble, "answers", mend="reach-node",
                             node_name=node.node)  # fmt: skip
    elif node.node not in world.servers or place is None:
        yield checks.checked(world, "place", Outcome.REFUSE, node, "not known", "programs and data directory",
                             mend="name-place", node_name=node.node)  # fmt: skip


def _fit(world: World, it: Restoring, node: NodeFacts, place: PlaceSeen) -> Iterable[Checked]:
    """The node itself can take the data: the repository, the programs, the room, the place."""
    yield checks.checked(world, "repository", checks.passed(not place.repository), node,
                         place.repository or "readable there", "readable on the node", mend="show-repository",
                         node_name=node.node)  # fmt: skip
    yield from _layout(world, node, place)
    version = it.chain[-1].server_version
    if version is None or place.version is None:
        yield checks.checked(world, "versions", Outcome.NOT_CHECKED, node, place.version, version)
    else:
        same = version // 10000 == place.version // 10000
        yield checks.checked(world, "versions", checks.passed(same), node, place.version, version, mend="same-version",
                             node_name=node.node)  # fmt: skip
    sizes = [one.size_bytes for one in it.chain]
    if place.free_bytes is None or None in sizes:
        yield checks.checked(world, "space", Outcome.NOT_CHECKED, node, place.free_bytes, "not known")
    else:
        # What is unpacked and what is made of it lie side by side until it is whole.
        needed = 2 * sum(size for size in sizes if size is not None) + SPACE_RESERVE_BYTES
        yield checks.checked(world, "space", checks.passed(place.free_bytes >= needed), node, place.free_bytes, needed,
                             source=f"{node.node}: df -Pk", mend="free-disk", node_name=node.node)  # fmt: skip
    yield from checks.host(world, (node,))
    yield from checks.tools(world, (node,))
    yield from checks.restarters(world, node)


def _layout(world: World, node: NodeFacts, place: PlaceSeen) -> Iterable[Checked]:
    """Nothing is laid over anything, and what is there is a data directory of this cluster, or nothing."""
    hindered = [word for word in place.layout if word in LAYOUT_BLOCKS]
    yield checks.checked(world, "way", checks.passed(not hindered), node, ", ".join(hindered) or "beside",
                         "new data beside the old", mend="mend-layout", node_name=node.node)  # fmt: skip
    if place.room in ("files", "unreadable"):
        yield checks.checked(world, "room", Outcome.REFUSE, node, place.room, "absent, empty, or this cluster's data",
                             mend="empty-place", node_name=node.node)  # fmt: skip
    own, system = node.system_identifier, world.restore.chain[-1].system_identifier if world.restore else ""
    if place.room == "data" and own != system:
        yield checks.checked(world, "foreign-data", Outcome.REFUSE, node, own or "not read", system,
                             source=f"{node.node}: pg_controldata", mend="other-cluster",
                             node_name=node.node)  # fmt: skip


def _cluster(
    world: World, it: Restoring, chosen: Chosen, node: NodeFacts
) -> tuple[tuple[Step, ...], tuple[Condition, ...], list[Checked]]:
    rows: list[Checked] = []
    writable = [one.node for one in world.postgres_nodes if one.writable]
    rows.append(checks.checked(world, "primary-alive", checks.passed(len(writable) <= 1), None,
                               ", ".join(writable) or "none", "at most one", mend="fence-first"))  # fmt: skip
    for one in world.postgres_nodes:
        if one.node == node.node:
            continue
        known = one.reached and one.node in world.servers and it.place(one.node) is not None
        rows.append(checks.checked(world, "stoppable", checks.passed(known), one,
                                   "answers" if known else one.trouble or "its place is not known", "answers",
                                   mend="reach-node", node_name=one.node))  # fmt: skip
        place = it.place(one.node)
        if known and place is not None:
            rows += [*_layout(world, one, place), *checks.restarters(world, one), *checks.tools(world, (one,))]
    others = tuple(one.node for one in world.postgres_nodes if one.node != node.node and one.node in world.servers)
    rows += [*checks.rights(world, world.postgres_nodes), *checks.logins(world, others)]
    newest = _newest(world, it)
    rows.append(_history_row(world, it, node, newest))
    sync, more = _sync(world, node, others)
    rows += more
    if place_of_data(it, node) is False:
        rows.append(checks.checked(world, "room", Outcome.REFUSE, node, "no data", "its own data and settings",
                                   mend="restore-node-first", node_name=node.node))  # fmt: skip
    whole = Whole(
        new=node.node, old=writable[0] if len(writable) == 1 else "", others=others, chosen=chosen, newest=newest,
        last_file=last_file(it) if it.target.kind is TargetKind.LATEST else "", sync_names=sync,
    )  # fmt: skip
    made = restore_steps.cluster_steps(world, it, whole)
    return made, restore_steps.cluster_conditions(world, whole, made), rows


def place_of_data(it: Restoring, node: NodeFacts) -> bool:
    """Whether the node has data, and so settings of its own that the restored server starts with."""
    place = it.place(node.node)
    return place is not None and place.room == "data"


def _newest(world: World, it: Restoring) -> int:
    known = [one.timeline for one in it.held.ranges] + [one.timeline for one in it.held.forks]
    for node in world.postgres_nodes:
        known += [node.newest_history or 0, node.server.timeline if node.server is not None else 0]
        known += [node.control.timeline] if node.control is not None else []
    return max([*known, it.chosen.timeline if it.chosen is not None else 1])


def _history_row(world: World, it: Restoring, node: NodeFacts, newest: int) -> Checked:
    """The promotion takes the number after the newest history that the repository has: it has to have them all."""
    chosen = it.chosen.timeline if it.chosen is not None else 1
    histories = {one.timeline for one in it.held.forks}
    lacking = [number for number in range(chosen + 1, newest + 1) if number not in histories]
    return checks.checked(world, "history", checks.passed(not lacking), node,
                          ", ".join(f"timeline {number}" for number in lacking) or "all there",
                          "each newer timeline's history in the repository", mend="bring-histories",
                          node_name=node.node)  # fmt: skip


def _sync(world: World, node: NodeFacts, others: tuple[str, ...]) -> tuple[str | None, list[Checked]]:
    """The promise stands for the new primary and those that follow it."""
    primary = world.primary
    standing = ""
    source = node if node.server is not None else primary
    if source is not None and source.server is not None:
        standing = source.server.setting("synchronous_standby_names")
    names, rows = checks.sync_after(world, node.node, others, standing, lower=True)
    own = node.server.setting("synchronous_standby_names") if node.server is not None else None
    return (None if own is not None and (names == own or checks.same_sync(names, own)) else names), rows


def last_file(it: Restoring) -> str:
    """The name of the last whole WAL file that the repository holds on the way to the chosen timeline."""
    if it.chosen is None or it.chosen.wal_bytes is None:
        return ""
    size = it.held.segment_bytes
    until = it.chosen.start.position + it.chosen.wal_bytes
    number = max(0, until - 1) // size
    timelines = [one.timeline for one in it.held.ranges if one.first <= number <= one.last + 1 and
                 one.timeline <= it.chosen.timeline]  # fmt: skip
    per = _SEGMENTS_PER_4_GB // size
    timeline = max(timelines, default=it.chosen.timeline)
    return f"{timeline:08X}{number // per:08X}{number % per:08X}"


def _configuration(world: World, node: NodeFacts, place: PlaceSeen, primary: NodeFacts) -> Checked:
    """A node without settings of its own takes those of the backup, where they lie in the data at all."""
    server = primary.server
    outside = False
    if server is not None and place.room != "data" and not place.own_configuration:
        data = world.servers[primary.node].data_directory.rstrip("/") + "/"
        outside = any(not server.setting(name).startswith(data) for name in ("config_file", "hba_file")
                      if server.setting(name))  # fmt: skip
    seen = "outside of the data" if outside else "its own" if place.room == "data" else "come with the backup"
    return checks.checked(world, "configuration", checks.passed(not outside), node, seen,
                          "within the data, or the node's own", mend="lay-configuration",
                          node_name=node.node)  # fmt: skip


def _node(
    world: World, it: Restoring, node: NodeFacts, place: PlaceSeen
) -> tuple[tuple[Step, ...], tuple[Condition, ...], list[Checked]]:
    primary = world.primary
    writable = ", ".join(one.node for one in world.postgres_nodes if one.writable)
    rows = [checks.checked(world, "primary-alive", checks.passed(primary is not None), primary, writable or "none",
                           "exactly one", mend="failover-instead")]  # fmt: skip
    alive = node.server is not None or bool(node.processes) or place.answers
    rows.append(checks.checked(world, "candidate", checks.passed(not alive), node,
                               "a server answers" if alive else "none", "no server there", mend="choose-other",
                               node_name=node.node))  # fmt: skip
    if it.target.kind is not TargetKind.LATEST:
        rows.append(checks.checked(world, "restore-target", Outcome.REFUSE, node, it.words, "latest",
                                   mend="node-is-latest"))  # fmt: skip
    if primary is None or primary.node == node.node or primary.server is None:
        return (), (), rows
    rows.append(_configuration(world, node, place, primary))
    rows += [*checks.rights(world, (primary,)), *checks.logins(world, (node.node,)),
             *checks.slots(world, primary, (node.node,))]  # fmt: skip
    backup = it.chain[-1].timeline
    same = backup is not None and backup <= primary.server.timeline
    rows.append(checks.checked(world, "timeline", checks.passed(same), node, backup, primary.server.timeline,
                               mend="other-target", node_name=node.node))  # fmt: skip
    made = restore_steps.node_steps(world, it, primary.node)
    conditions = rejoin_steps.conditions(world, restore_steps.node_rejoining(world, it, primary.node))
    return made, conditions, rows
