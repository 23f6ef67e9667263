"""A node without data becomes a standby: what stands against it, and the plan, on top of a rebuild's own steps."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from console.domain.addition import AdditionFacts, Room
from console.domain.plan import Checked, Claim, Condition, Operation, Outcome, Pairs, Plan, Proof, Step
from console.domain.quorum import parse_sync
from console.domain.rejoin import RejoinWay
from console.domain.situation import NodeFacts, ServerFacts
from console.postgres import addition_verbs as verbs
from console.postgres import rejoin_verbs
from console.postgres.verbs import ServerAt
from console.recovery import checks, rejoin_steps
from console.recovery.plans import completed
from console.recovery.rejoin import SPACE_RESERVE_BYTES
from console.recovery.rejoin_reading import source_of
from console.recovery.rejoin_steps import Rejoining
from console.recovery.world import World
from console.ssh.hosts import Hosts

LOGIN_SECONDS_MAX: Final = 30.0
COPY_SENDERS: Final = 2  # a copy takes one for the data and one for the WAL; the standby then takes one
EVERYWHERE: Final = ("*", "0.0.0.0", "::", "localhost", "")
FILES: Final = ("config_file", "hba_file")


def with_addition(world: World, hosts: Hosts, subject: str, target: str) -> World:
    """The world with what the node and its source answered; as it is, where one of them can't be asked."""
    primary, node = world.primary, world.facts.get(subject)
    if primary is None or node is None or not node.reached or subject not in world.servers:
        return world
    source = _source(world, subject, target, primary.node)
    if source not in world.servers:
        return world
    at, other = world.servers[subject], world.servers[source]
    room = hosts.run(subject, verbs.room_script(at), seconds_max=verbs.ROOM_SECONDS_MAX)
    entry = hosts.run(subject, verbs.entry_script(at, other), seconds_max=LOGIN_SECONDS_MAX)
    far = hosts.run(source, verbs.source_script(other), seconds_max=verbs.ROOM_SECONDS_MAX)
    try:
        facts = verbs.read_addition(source, room.stdout, entry.stdout, far.stdout)
    except ValueError:
        return world
    return replace(world, addition=replace(facts, source_outside=tuple(_outside(world, source))))


def _source(world: World, subject: str, target: str, primary: str) -> str:
    """Whom the copy is taken from: as asked, else a standby that is close, which spares the primary."""
    return target or world.options.get("source", "") or source_of(world, subject, primary)


def _outside(world: World, source: str) -> Iterable[str]:
    server, data = world.facts[source].server, world.servers[source].data_directory.rstrip("/") + "/"
    for name in FILES:
        path = server.setting(name) if server is not None else ""
        if (path and not path.startswith(data)) or (name == "config_file" and path != data + "postgresql.conf"):
            yield name


def make(world: World, subject: str, target: str) -> Plan:
    """The plan, refusals and all. Where it can't be made at all it has no steps, and its checks say why.

    `target`, or else the option 'source': whom the copy is taken from; empty: a standby that is close, else the
    primary. The new standby follows the primary, and its synchronous set stays as it is.
    """
    primary, node = world.primary, world.facts.get(subject)
    writable = ", ".join(one.node for one in world.postgres_nodes if one.writable)
    rows = [
        *checks.reachable(world), *checks.lock_free(world),
        checks.checked(world, "primary-alive", checks.passed(primary is not None), primary, writable or "none",
                       "exactly one", mend="failover-instead"),
    ]  # fmt: skip
    made: tuple[Step, ...] = ()
    conditions: tuple[Condition, ...] = ()
    notes: Pairs = ()
    rows += _known(world, node, subject)
    facts = world.addition
    if primary is not None and node is not None and node.reached and node.node in world.servers:
        if facts is None:
            source = _source(world, subject, target, primary.node)
            rows.append(checks.checked(world, "login", Outcome.REFUSE, node, "not read", f"a copy of {source}",
                                       mend="choose-other"))  # fmt: skip
        else:
            rows += _judged(world, primary, node, facts)
            notes = (("source", facts.source),)
            made, conditions = _steps(world, primary, node, facts)
    ordered = sorted(rows, key=lambda row: list(Outcome).index(row.outcome))
    return completed(
        world, Operation.NODE_ADD, made, checks=tuple(ordered), conditions=conditions, subject=subject,
        target=primary.node if primary is not None else "", notes=notes,
    )  # fmt: skip


def _known(world: World, node: NodeFacts | None, subject: str) -> Iterable[Checked]:
    if node is None or node not in world.postgres_nodes:
        yield checks.checked(world, "candidate", Outcome.REFUSE, subject, "no-node", "a node of the inventory",
                             mend="import-first", node_name=subject)  # fmt: skip
    elif not node.reached:
        yield checks.checked(world, "reachable", Outcome.REFUSE, node, node.trouble, "answers", mend="reach-node",
                             node_name=node.node)  # fmt: skip
    elif node.node not in world.servers:
        yield checks.checked(world, "place", Outcome.REFUSE, node, "not known", "programs and data directory",
                             mend="name-place", node_name=node.node)  # fmt: skip


def _judged(world: World, primary: NodeFacts, node: NodeFacts, facts: AdditionFacts) -> list[Checked]:
    source = world.facts[facts.source]
    rows = [
        *_empty(world, node, facts), *_from(world, primary, node, source, facts), *_room(world, node, source, facts),
        *checks.rights(world, (primary,)), *checks.tools(world, (primary, node)), *checks.host(world, (node,)),
        *checks.slots(world, primary, (node.node,)), *checks.restarters(world, node), *_senders(world, source),
    ]  # fmt: skip
    version = source.server.version if source.server is not None else None
    same = version is None or facts.version is None or version // 10000 == facts.version // 10000
    outcome = Outcome.NOT_CHECKED if facts.version is None else checks.passed(same)
    rows.append(checks.checked(world, "versions", outcome, node, facts.version, version, mend="same-version",
                               node_name=node.node, source=f"{node.node}: postgres --version"))  # fmt: skip
    missing = ", ".join(facts.programs_missing)
    rows.append(checks.checked(world, "programs", checks.passed(not missing), node, missing or "all there",
                               ", ".join(verbs.PROGRAMS), mend="install-tools", node_name=node.node))  # fmt: skip
    return rows


def _empty(world: World, node: NodeFacts, facts: AdditionFacts) -> Iterable[Checked]:
    """Nothing is laid over anything: there is no data yet, and no server."""
    runs = node.server is not None or bool(node.processes) or facts.answers
    empty = facts.room in (Room.ABSENT, Room.EMPTY)
    mend = "rejoin-instead" if facts.room is Room.DATA else "empty-place"
    yield checks.checked(world, "room", checks.passed(empty), node, facts.room.value, "absent or empty", mend=mend,
                         node_name=node.node)  # fmt: skip
    yield checks.checked(world, "candidate", checks.passed(not runs), node, "a server answers" if runs else "none",
                         "no server there", mend="choose-other")  # fmt: skip


def _from(
    world: World, primary: NodeFacts, node: NodeFacts, source: NodeFacts, facts: AdditionFacts
) -> Iterable[Checked]:
    """The source lives, is of this cluster and on its timeline, and lets the node in."""
    server, own = source.server, primary.server
    seen = "no server" if server is None else "in recovery" if server.in_recovery else "writable"
    fit = server is not None and source.node != node.node and (server.in_recovery or source.node == primary.node)
    if fit and server is not None and own is not None and server.timeline != own.timeline:
        fit, seen = False, f"on timeline {server.timeline}"
    if fit and server is not None and server.in_recovery and server.receiver is None:
        fit, seen = False, "receives nothing"
    yield checks.checked(world, "upstream", checks.passed(fit), source, seen, "the primary, or a standby that streams",
                         mend="choose-other")  # fmt: skip
    yield checks.checked(world, "login", checks.passed(not facts.login_trouble), node,
                         facts.login_trouble or "works", f"streams from {source.node}",
                         source=f"{node.node}: its own login", mend="mend-login", node_name=node.node)  # fmt: skip
    if facts.system_identifier:
        same = facts.system_identifier == world.system_identifier()
        yield checks.checked(world, "system-identifier", checks.passed(same), source, facts.system_identifier,
                             world.system_identifier(), mend="other-cluster", node_name=source.node)  # fmt: skip


def _room(world: World, node: NodeFacts, source: NodeFacts, facts: AdditionFacts) -> Iterable[Checked]:
    hindered = [*facts.layout, *(("tablespaces",) if facts.source_tablespaces else ())]
    yield checks.checked(world, "way", checks.passed(not hindered), node, ", ".join(hindered) or "copy",
                         "a copy beside its place", mend="mend-layout", node_name=node.node)  # fmt: skip
    outside = [] if facts.own_configuration else list(facts.source_outside)
    seen = ", ".join(outside) or ("its own" if facts.own_configuration else "come with the copy")
    yield checks.checked(world, "configuration", checks.passed(not outside), node, seen,
                         "within the data, or the node's own", mend="lay-configuration",
                         node_name=node.node)  # fmt: skip
    if source.data_bytes is None or facts.free_bytes is None:
        yield checks.checked(world, "space", Outcome.NOT_CHECKED, node, facts.free_bytes, "not known")
        return
    needed = SPACE_RESERVE_BYTES + source.data_bytes + source.data_bytes // 20
    yield checks.checked(world, "space", checks.passed(facts.free_bytes >= needed), node, facts.free_bytes, needed,
                         source=f"{node.node}: df -Pk", mend="free-disk", node_name=node.node)  # fmt: skip


def _senders(world: World, source: NodeFacts) -> Iterable[Checked]:
    server = source.server
    most = server.setting("max_wal_senders") if server is not None else ""
    if server is not None and most.isascii() and most.isdigit():
        needed = len(server.senders) + COPY_SENDERS
        yield checks.checked(world, "senders", checks.passed(needed <= int(most)), source, needed, int(most),
                             mend="more-senders", node_name=source.node)  # fmt: skip


def _steps(
    world: World, primary: NodeFacts, node: NodeFacts, facts: AdditionFacts
) -> tuple[tuple[Step, ...], tuple[Condition, ...]]:
    """A rebuild's steps, with settings of the node's own, and a way back to the empty place."""
    server = primary.server
    source = world.facts[facts.source].server
    if server is None or source is None or facts.source not in world.servers or primary.node not in world.servers:
        return (), ()
    it = Rejoining(
        subject=node.node, upstream=primary.node, primary=primary.node, source=facts.source, way=RejoinWay.REBUILD,
        timeline=server.timeline, fork_timeline=server.timeline, fork=None, archive=False, sync_names=None,
    )  # fmt: skip
    at = world.servers[node.node]
    own = () if facts.own_configuration else adapted(at, world.servers[facts.source], source, primary=primary.node)
    made = tuple(_own(step, at, world.servers[facts.source], own) for step in rejoin_steps.made_steps(world, it))
    return made, rejoin_steps.conditions(world, it)


def _own(step: Step, at: ServerAt, source: ServerAt, own: Pairs) -> Step:
    match step.kind:
        case "swap-in":
            return replace(step, undo=(verbs.swap_out(at),))
        case "copy":
            copied = (rejoin_verbs.copy(at, source, name=act.arg("copy"), inherit=True) for act in step.acts)
            return replace(step, acts=tuple(copied))
        case "configure":
            return replace(step, acts=(verbs.adapt(at, own), *step.acts))
        case "start":
            proofs = tuple(
                Proof(claim=Claim.SETTING_AS_SET, node=at.node, args=(("name", name), ("value", value)))
                for name, value in own if name in ("port", "listen_addresses", "cluster_name")
            )  # fmt: skip
            return replace(step, proofs=(*step.proofs, *proofs))
        case _:
            return step


def adapted(at: ServerAt, source: ServerAt, server: ServerFacts, *, primary: str) -> Pairs:
    """The settings that can't be the source's, by the inventory; all of them: a file may say other than is in force."""
    found = [("port", str(at.port))]
    if at.socket_directory.startswith("/") and at.socket_directory != source.socket_directory:
        found.append(("unix_socket_directories", at.socket_directory))
    addresses = (one.strip() for one in server.setting("listen_addresses").split(","))
    own = dict.fromkeys(one if one in EVERYWHERE else at.address for one in addresses)
    found.append(("listen_addresses", ",".join(own)))
    found.append(("cluster_name", server.setting("cluster_name").replace(source.node, at.node)))
    names = _names_without_itself(server.setting("synchronous_standby_names"), at.node, primary)
    found.append(("synchronous_standby_names", names))
    return tuple(found)


def _names_without_itself(text: str, node: str, primary: str) -> str:
    """Its own list, were it the primary: a server never waits for itself."""
    try:
        policy = parse_sync(text)
    except ValueError:
        return text
    if policy is None or node not in policy.names:
        return text
    names = list(dict.fromkeys(primary if name == node else name for name in policy.names))
    quoted = ", ".join('"' + name.replace('"', '""') + '"' for name in names)
    return f"{policy.method.value} {min(policy.count, len(names))} ({quoted})"
