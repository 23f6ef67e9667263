"""Asks both nodes of a rejoin what it has to know before it is planned; nothing on either is changed by it."""

from dataclasses import replace
from typing import Final

from console.domain.rejoin import RejoinFacts, compared_up_to, fork_between
from console.domain.situation import NodeFacts
from console.domain.wal import Lsn
from console.postgres import rejoin_facts as reading
from console.postgres.rejoin_facts import LoginRead, SideRead
from console.postgres.verbs import ServerAt
from console.recovery.world import World
from console.ssh.hosts import Hosts, at_once

LAG_BYTES_MAX: Final = 16 * 1024 * 1024  # a standby further behind is no source of a copy


def upstream_of(world: World, subject: str, target: str) -> str:
    """Whom the node will follow: as asked, else the one other node that is writable; '' where there is none."""
    if target and target != subject:
        return target
    writable = [node.node for node in world.postgres_nodes if node.writable and node.node != subject]
    return writable[0] if len(writable) == 1 else ""


def primary_of(world: World, subject: str, target: str) -> str:
    """The primary that the node comes back to; '' where there is none, or more than one beside it."""
    chosen = world.facts.get(target)
    if chosen is not None and chosen.writable and target != subject:
        return target
    writable = [node.node for node in world.postgres_nodes if node.writable and node.node != subject]
    return writable[0] if len(writable) == 1 else ""


def source_of(world: World, subject: str, primary: str) -> str:
    """Whom a copy is taken from: a standby that streams and is close, which spares the primary; else the primary."""
    server = world.facts[primary].server
    for node in world.followers(primary):
        own = node.server
        if node.node == subject or own is None or server is None or own.receiver is None:
            continue
        near = server.write is not None and own.replayed is not None and server.write - own.replayed <= LAG_BYTES_MAX
        if near and own.timeline == server.timeline and node.node in world.servers and not own.replay_paused:
            return node.node
    return primary


def with_rejoin(world: World, hosts: Hosts, subject: str, target: str) -> World:
    """The world with what both nodes answered; as it is, where one of them can't be asked."""
    primary = primary_of(world, subject, target)
    if primary and subject in world.servers and primary in world.servers and world.facts[subject].reached:
        return replace(world, rejoin=_read(world, hosts, subject, primary))
    return world


def _read(world: World, hosts: Hosts, subject: str, primary: str) -> RejoinFacts | None:
    # One after the other: what the primary has written counts from after the node was read.
    node, upstream = _side(world, hosts, subject), _side(world, hosts, primary)
    if node is None or upstream is None:
        return None
    fork = fork_between(node.side, upstream.side)
    same, commits, segments = None, None, node.segments
    if fork is not None:
        same = _same(world, hosts, node, upstream)
        if fork.at is not None and node.side.end is not None and node.side.end > fork.at:
            script = reading.beyond_script(world.servers[subject], timeline=fork.timeline, fork=fork.at)
            said = hosts.run(subject, script, seconds_max=reading.BEYOND_SECONDS_MAX)
            commits, segments = reading.read_beyond(said.stdout)
    source = source_of(world, subject, primary)
    logins = {name: _login(world, hosts, subject, name) for name in dict.fromkeys((primary, source))}
    first, from_source = logins[primary], logins[source]
    system = world.facts[primary].system_identifier
    other = from_source.system_identifier not in ("", system)
    oldest = dict(node.oldest).get(fork.timeline) if fork is not None else None
    return RejoinFacts(
        node=node.side, upstream=upstream.side, same_content=same, source=source,
        wal_back_to=None if oldest is None else Lsn(oldest * node.segment_bytes),
        checkpoint_redo=node.checkpoint_redo, commits_beyond=commits, beyond_segments=segments,
        rewind_was_cut=node.rewind_was_cut, archive_readable=node.archive_readable,
        full_page_writes=node.full_page_writes, login_trouble=first.copy_trouble,
        rewind_login_trouble=first.rewind_trouble, lacking_rights=first.lacking,
        programs_missing=node.programs_missing, layout=node.layout,
        source_trouble="another cluster answers there" if other else from_source.copy_trouble,
    )  # fmt: skip


def _side(world: World, hosts: Hosts, name: str) -> SideRead | None:
    said = hosts.run(name, reading.side_script(world.servers[name]), seconds_max=reading.SIDE_SECONDS_MAX)
    server = world.facts[name].server
    try:
        return reading.read_side(
            name, said.stdout, running_at=server.position if server is not None else None,
            timeline=_running_timeline(world.facts[name]),
        )  # fmt: skip
    except ValueError:
        return None


def _running_timeline(node: NodeFacts) -> int | None:
    """A writable server knows its own; what a standby says may be its checkpoint's, its files know better."""
    return node.server.timeline if node.server is not None and not node.server.in_recovery else None


def _same(world: World, hosts: Hosts, node: SideRead, upstream: SideRead) -> bool | None:
    """Are the bytes of both equal right before the place where they part, or where the shorter one ends?"""
    fork = fork_between(node.side, upstream.side)
    until = compared_up_to(node.side, upstream.side, fork) if fork is not None else None
    if fork is None or until is None or node.segment_bytes != upstream.segment_bytes:
        return None
    name, count = reading.segment_name(fork.timeline, until, node.segment_bytes)
    # A later timeline's first segment begins with a copy of what was before it.
    later = {one.timeline for one in upstream.side.ends or ()} | {upstream.side.timeline}
    names = (name, *(f"{one:08X}{name[8:]}" for one in sorted(later) if one > fork.timeline))
    asked = {
        node.side.node: reading.sum_script(world.servers[node.side.node], (name,), count, archive=False),
        upstream.side.node: reading.sum_script(world.servers[upstream.side.node], names, count, archive=True),
    }
    said = at_once(asked, lambda one: hosts.run(one, asked[one], seconds_max=reading.SUM_SECONDS_MAX))
    sums = [reading.read_sum(answer.stdout) for answer in said.values()]
    return None if None in sums else sums[0] == sums[1]


def _login(world: World, hosts: Hosts, subject: str, source: str) -> LoginRead:
    at: ServerAt = world.servers[subject]
    running = world.facts[subject].server is not None
    script = reading.login_script(at, world.servers[source], running=running)
    said = hosts.run(subject, script, seconds_max=reading.LOGIN_SECONDS_MAX)
    return reading.read_login(said.stdout)
