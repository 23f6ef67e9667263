"""Rejoin: a lost or diverged node becomes a standby again; which way is open, what stands against it, and the plan."""

from collections.abc import Iterable
from typing import Final

from console.domain.cluster import NodeKind
from console.domain.plan import Checked, Condition, Operation, Outcome, Pairs, Plan, Step
from console.domain.rejoin import (
    RejoinFacts,
    RejoinWay,
    Relation,
    attach_hindrances,
    beyond_bytes,
    compared_up_to,
    rebuild_hindrances,
    rewind_hindrances,
)
from console.domain.situation import NodeFacts
from console.domain.wal import Lsn
from console.recovery import checks, rejoin_steps
from console.recovery.plans import completed
from console.recovery.rejoin_reading import primary_of, upstream_of
from console.recovery.rejoin_steps import Rejoining
from console.recovery.world import World

SPACE_RESERVE_BYTES: Final = 64 * 1024 * 1024
SEGMENT_BYTES: Final = 16 * 1024 * 1024
DECIDED: Final = ("exported", "accepted")  # what a person decided about WAL beyond the fork


def make(world: World, subject: str, target: str) -> Plan:
    """The plan, refusals and all. Where it can't be made at all it has no steps, and its checks say why.

    `target`: whom it shall follow; empty: the primary. `world.rejoin` is what both nodes answered. Options: 'way' ('',
    'rewind', 'rebuild'), 'fork' ('', 'exported', 'accepted': what a person decided about what lies beyond the fork).
    """
    node = world.facts.get(subject)
    primary = world.facts.get(primary_of(world, subject, target))
    upstream = world.facts.get(upstream_of(world, subject, target) or (primary.node if primary else ""))
    rows = [*checks.reachable(world), *checks.lock_free(world), *_primary(world, primary, subject)]
    made: tuple[Step, ...] = ()
    conditions: tuple[Condition, ...] = ()
    notes: Pairs = ()
    if node is None or primary is None or upstream is None or primary.server is None:
        return _plan(world, made, rows, conditions, subject, upstream, notes)
    rows += _parties(world, node, primary, upstream)
    facts = world.rejoin
    if facts is None:
        rows.append(checks.checked(world, "history", Outcome.REFUSE, node, "not read", "both nodes' WAL is read",
                                   mend="reach-node", node_name=node.node))  # fmt: skip
        return _plan(world, made, rows, conditions, subject, upstream, notes)
    way, found = _way(world, node, facts)
    rows += [*history_rows(world, node, facts), *found]
    notes = _notes(world, facts, way)
    if way is not None:
        rows += _space(world, node, facts, way)
        rows += checks.restarters(world, node) if way is not RejoinWay.ATTACH else ()
        names, more = _sync(world, primary, subject)
        rows += more
        it = _decided(world, facts, way, (node.node, upstream.node, primary.node), names)
        if {it.subject, it.upstream, it.primary, it.source} <= set(world.servers):
            made, conditions = rejoin_steps.made_steps(world, it), rejoin_steps.conditions(world, it)
    return _plan(world, made, rows, conditions, subject, upstream, notes)


def _plan(
    world: World, made: tuple[Step, ...], rows: list[Checked], conditions: tuple[Condition, ...], subject: str,
    upstream: NodeFacts | None, notes: Pairs,
) -> Plan:  # fmt: skip
    ordered = sorted(rows, key=lambda row: list(Outcome).index(row.outcome))
    return completed(
        world, Operation.REJOIN, made, checks=tuple(ordered), conditions=conditions, subject=subject,
        target=upstream.node if upstream is not None else "", notes=notes,
    )  # fmt: skip


def _primary(world: World, primary: NodeFacts | None, subject: str) -> Iterable[Checked]:
    writable = [node.node for node in world.postgres_nodes if node.writable]
    seen = ", ".join(writable) or "none"
    outcome = checks.passed(primary is not None)
    yield checks.checked(world, "primary-alive", outcome, primary, seen, "exactly one", mend="failover-instead")
    if len(writable) > 1 and primary is not None:
        # It is stopped for good as the first step; until then both go on writing.
        yield checks.checked(world, "second-primary", Outcome.WARN, subject, seen, primary.node, mend="fence-first")


def _parties(world: World, node: NodeFacts, primary: NodeFacts, upstream: NodeFacts) -> list[Checked]:
    """The nodes themselves: reachable, of this cluster, fit for each other."""
    rows: list[Checked] = []
    if not node.reached:
        rows.append(checks.checked(world, "reachable", Outcome.REFUSE, node, node.trouble, "answers",
                                   mend="reach-node", node_name=node.node))  # fmt: skip
    elif node.node not in world.servers:
        rows.append(checks.checked(world, "place", Outcome.REFUSE, node, "not known", "programs and data directory",
                                   mend="name-place", node_name=node.node))  # fmt: skip
    sender = checks.sender_of(upstream.server, node.node) if upstream.server is not None else None
    streams = sender is not None and sender.state == "streaming"
    if node.node == primary.node or (streams and world.options.get("way") != RejoinWay.REBUILD.value):
        seen = "the-primary" if node.node == primary.node else "streams"
        rows.append(checks.checked(world, "candidate", Outcome.REFUSE, node, seen, "lost or diverged",
                                   mend="choose-other"))  # fmt: skip
    parties = tuple({one.node: one for one in (primary, upstream, node)}.values())
    own = primary.system_identifier
    for one in parties:
        known = one.system_identifier
        outcome = Outcome.NOT_CHECKED if known is None else checks.passed(known == own)
        rows.append(checks.checked(world, "system-identifier", outcome, one, known or "not read", own,
                                   source=f"{one.node}: pg_controldata", mend="other-cluster",
                                   node_name=one.node))  # fmt: skip
    if node.system_identifier is None and node.reached:
        rows.append(checks.checked(world, "control-file", Outcome.REFUSE, node, "not read", "readable",
                                   mend="rebuild-by-hand", node_name=node.node))  # fmt: skip
    rows += [*checks.host(world, (node,)), *checks.tools(world, parties), *checks.rights(world, parties)]
    if upstream.server is not None and upstream.node != primary.node:
        recovers = upstream.server.in_recovery
        rows.append(checks.checked(world, "upstream", checks.passed(recovers), upstream,
                                   "in recovery" if recovers else "writable", "a standby"))  # fmt: skip
    return rows + list(checks.versions(world, primary, node))


def history_rows(world: World, node: NodeFacts, facts: RejoinFacts) -> Iterable[Checked]:
    """Where the histories part. What lies beyond may be the only copy of acknowledged entries: a person decides."""
    fork, relation, decided = facts.fork, facts.relation, world.options.get("fork", "")
    seen = _seen(facts)
    about = {"node_name": node.node, "position": str(fork.at) if fork is not None and fork.at else ""}
    if facts.parted or relation is Relation.UNKNOWN:
        outcome = Outcome.WARN if decided in DECIDED else Outcome.REFUSE
        mend = "fork-decided" if decided in DECIDED else "decide-fork"
        wanted = "nothing beyond the fork, or 'exported' or 'accepted' by a person"
        yield checks.checked(world, "history", outcome, node, seen, wanted, mend=mend,
                             source=f"{node.node}: its WAL and both history files", **about)  # fmt: skip
        return
    proven = facts.same_content is True
    yield checks.checked(world, "history", checks.passed(proven, Outcome.WARN), node, seen,
                         "a prefix of the upstream's", source=f"{node.node}: its WAL and both history files",
                         mend="wal-gone", **about)  # fmt: skip


def _seen(facts: RejoinFacts) -> str:
    fork = facts.fork
    if fork is None:
        return "not known: a history is not readable, or nothing is shared"
    ends = f"ends at {facts.node.end or '?'} on timeline {facts.node.timeline}"
    if fork.clash is not None or facts.same_content is False:
        number = fork.clash or fork.timeline
        return f"{ends}; timeline {number} is another one there"
    if fork.at is None:
        return f"{ends}, the upstream's own"
    bytes_beyond = beyond_bytes(facts.node, fork) or 0
    commits = "?" if facts.commits_beyond is None else str(facts.commits_beyond)
    tail = f"{bytes_beyond} bytes and {commits} commits beyond" if bytes_beyond else "nothing beyond"
    return f"{ends}, {tail} the fork {fork.at} of timeline {fork.timeline}"


def _way(world: World, node: NodeFacts, facts: RejoinFacts) -> tuple[RejoinWay | None, list[Checked]]:
    """The gentlest way that is open, or the one that was asked for; and what stands against the others."""
    asked = world.options.get("way", "")
    hints = node.control is not None and (node.control.checksums or node.control.wal_log_hints)
    attach, rewind = attach_hindrances(facts), rewind_hindrances(facts, hints=hints)
    rebuild = rebuild_hindrances(facts)
    rows = _ground(world, node, facts, hints=hints)
    if asked not in ("", RejoinWay.REWIND.value, RejoinWay.REBUILD.value):
        rows.append(checks.checked(world, "way", Outcome.REFUSE, node, asked, "rewind, rebuild or nothing"))
        return None, rows
    if asked != RejoinWay.REBUILD.value:
        if not attach and not facts.login_trouble:
            return RejoinWay.ATTACH, [*rows, _way_row(world, node, Outcome.PASS, "attach")]
        if not rewind:
            return RejoinWay.REWIND, [*rows, _way_row(world, node, Outcome.PASS, "rewind")]
        why = ", ".join(rewind)
        if asked:
            rows.append(_way_row(world, node, Outcome.REFUSE, f"rewind: {why}", mend="rebuild-instead"))
            return None, rows
        rows.append(_way_row(world, node, Outcome.WARN, f"rebuild, as a rewind can't be: {why}", mend="rebuilt"))
    if rebuild:
        rows.append(_way_row(world, node, Outcome.REFUSE, f"rebuild: {', '.join(rebuild)}", mend="mend-layout"))
        return None, rows
    if asked:
        rows.append(_way_row(world, node, Outcome.PASS, "rebuild"))
    return RejoinWay.REBUILD, rows


def _way_row(world: World, node: NodeFacts, outcome: Outcome, seen: str, mend: str = "") -> Checked:
    return checks.checked(world, "way", outcome, node, seen, "rewind or rebuild", mend=mend, node_name=node.node)


def _ground(world: World, node: NodeFacts, facts: RejoinFacts, *, hints: bool) -> list[Checked]:
    """What a rewind stands on. None of it refuses: without it a new copy is made."""
    warned = Outcome.WARN
    login = facts.login_trouble or facts.rewind_login_trouble
    lacks = ", ".join(facts.lacking_rights)
    rows = [
        checks.checked(world, "wal-hints", checks.passed(hints, warned), node, "on" if hints else "off",
                       "checksums or wal_log_hints", source=f"{node.node}: pg_controldata", mend="rebuilt"),
        checks.checked(world, "login", checks.passed(not facts.login_trouble), node, facts.login_trouble or "works",
                       "streams from the upstream", source=f"{node.node}: its own login", mend="mend-login",
                       node_name=node.node),
        checks.checked(world, "rewind-rights", checks.passed(not (login or lacks), warned), node,
                       login or lacks or "all there", "may read files", source=f"{node.node}: its own login",
                       mend="rebuilt"),
    ]  # fmt: skip
    if facts.full_page_writes is not None:
        rows.append(checks.checked(world, "full-page-writes", checks.passed(facts.full_page_writes, warned), node,
                                   "on" if facts.full_page_writes else "off", "on", mend="rebuilt"))  # fmt: skip
    return rows


def _kept_bytes(facts: RejoinFacts) -> int:
    return facts.beyond_segments * SEGMENT_BYTES if facts.parted or facts.relation is Relation.UNKNOWN else 0


def _space(world: World, node: NodeFacts, facts: RejoinFacts, way: RejoinWay) -> Iterable[Checked]:
    """Room is looked at before anything begins: the old data is kept until the new is proven."""
    if way is RejoinWay.ATTACH or node.disk_free_bytes is None:
        return
    needed = SPACE_RESERVE_BYTES + _kept_bytes(facts)
    if way is RejoinWay.REWIND:
        fork, end = facts.fork, facts.upstream.end
        needed += max(0, end - fork.at) if fork is not None and fork.at is not None and end is not None else 0
    else:
        size = world.facts[facts.source].data_bytes if facts.source in world.facts else None
        if size is None:
            yield checks.checked(world, "space", Outcome.NOT_CHECKED, node, node.disk_free_bytes, "not known")
            return
        needed += size + size // 20
    yield checks.checked(world, "space", checks.passed(node.disk_free_bytes >= needed), node, node.disk_free_bytes,
                         needed, source=f"{node.node}: df -Pk", mend="free-disk", node_name=node.node)  # fmt: skip


def _sync(world: World, primary: NodeFacts, subject: str) -> tuple[str | None, list[Checked]]:
    """The node counts again for the promise that the cluster made, where it made one."""
    server = primary.server
    if server is None or not world.spec.promises.synchronous:
        return None, []
    standing = server.setting("synchronous_standby_names")
    followers = tuple(one.node for one in world.followers(primary.node) if one.node != subject)
    names, rows = checks.sync_after(world, primary.node, (*followers, subject), standing)
    warned = [row for row in rows if row.outcome is not Outcome.REFUSE]
    return (None if names == standing or len(warned) < len(rows) else names), warned


def _decided(
    world: World, facts: RejoinFacts, way: RejoinWay, parties: tuple[str, str, str], sync_names: str | None
) -> Rejoining:
    subject, upstream, primary = parties
    fork = facts.fork
    keeps = way is not RejoinWay.ATTACH and (facts.parted or facts.relation is Relation.UNKNOWN)
    start = (fork.at or compared_up_to(facts.node, facts.upstream, fork)) if fork is not None else None
    return Rejoining(
        subject=subject, upstream=upstream, primary=primary, source=facts.source or primary, way=way,
        timeline=facts.upstream.timeline, fork_timeline=fork.timeline if fork is not None else 1,
        fork=(start or Lsn(0)) if keeps else None, archive=facts.archive_readable, sync_names=sync_names,
        backup=next((one.node for one in world.facts.values() if one.kind is NodeKind.BACKUP and one.reached), ""),
    )  # fmt: skip


def _notes(world: World, facts: RejoinFacts, way: RejoinWay | None) -> Pairs:
    found: list[tuple[str, str]] = []
    if way is not None:
        found.append(("way", way.value))
    if facts.parted:
        found += [("beyond-fork", _seen(facts)), ("fork-decided", world.options.get("fork", "") or "not-decided")]
    if way is RejoinWay.REBUILD:
        found.append(("source", facts.source))
    if way is RejoinWay.REWIND:
        found.append(("no-way-back", "rewind"))
    return tuple(found)
