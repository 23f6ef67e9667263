"""Asks the nodes of a restore about the places of their data, and whether the repository can be read there."""

import shlex
from dataclasses import replace
from typing import Final

from console.domain.cluster import NodeKind
from console.domain.restore import Goal
from console.domain.restoring import PlaceSeen, Restoring
from console.postgres import addition_verbs, layout_verbs
from console.postgres.verbs import ServerAt
from console.recovery.world import World
from console.ssh.hosts import Hosts, at_once

ASK_SECONDS_MAX: Final = 30.0
LAYOUT_WORDS_MAX: Final = 10


def node_of(world: World, goal: Goal, subject: str, target: str) -> str:
    """Whose data is restored: as asked, else the primary, else the first node that can take it. '' where none can."""
    if goal is Goal.NODE:
        return subject
    if target or subject:
        return target or subject
    primary = world.primary
    if primary is not None:
        return primary.node
    return next((node.node for node in world.postgres_nodes if node.reached and node.node in world.servers), "")


def with_restore(world: World, hosts: Hosts, it: Restoring, identity: str) -> World:
    """The world with the restore, and what each place that takes part said.

    `identity`: a file that names the repository on its own host; empty: it has none, and only its own host reads it.
    """
    names = [it.node] if it.goal is Goal.NODE else [
        node.name for node in world.spec.nodes if node.kind is NodeKind.POSTGRES
    ]  # fmt: skip
    asked = [name for name in names if name in world.servers and world.facts[name].reached]
    own = _identity(hosts, it.repository_node, identity) if identity else ""
    found = at_once(asked, lambda name: _place(world, hosts, it, name, identity, own))
    return replace(world, restore=replace(it, places=tuple(one for one in found.values() if one is not None)))


def _identity(hosts: Hosts, node: str, path: str) -> str:
    """The first line of what names a repository, as a host sees it; '' where it can't read it."""
    said = hosts.run(node, f"sha256sum <{shlex.quote(path)} 2>/dev/null\n", seconds_max=ASK_SECONDS_MAX)
    words = said.stdout.decode("ascii", "replace").split()
    return words[0] if said.fine and words else ""


def _place(
    world: World, hosts: Hosts, it: Restoring, name: str, identity: str, own: str
) -> PlaceSeen | None:  # fmt: skip
    at = world.servers[name]
    there = layout_verbs.beside(at, world.plan_id or "plan", database=world.spec.database)
    room = hosts.run(name, addition_verbs.room_script(at), seconds_max=addition_verbs.ROOM_SECONDS_MAX)
    more = hosts.run(name, layout_verbs.place_script(at, there), seconds_max=ASK_SECONDS_MAX)
    try:
        facts = addition_verbs.read_addition("", room.stdout, b"", b"")
    except ValueError:
        return None
    lines = more.stdout.decode("utf-8", "replace").splitlines()
    if "end" not in lines:
        return None
    layout = [line.removeprefix("layout ") for line in lines if line.startswith("layout ")][:LAYOUT_WORDS_MAX]
    seen = ""
    if name == it.node and name != it.repository_node:
        seen = "" if identity and own and _identity(hosts, name, identity) == own else "not-visible"
    return PlaceSeen(
        node=name, room=facts.room.value, layout=tuple(dict.fromkeys((*facts.layout, *layout))),
        free_bytes=facts.free_bytes, version=facts.version, programs_missing=facts.programs_missing,
        answers=facts.answers, own_configuration=facts.own_configuration, repository=seen,
    )  # fmt: skip


def place_beside(at: ServerAt, plan: str, *, database: str) -> str:
    """The directory that the chain is laid out into."""
    return layout_verbs.beside(at, plan, database=database).data
