"""The checks that stand before a change: each says what was observed, against which threshold, and how to mend it."""

from collections.abc import Iterable
from typing import Final

from console.domain.plan import Checked, Outcome
from console.domain.quorum import SyncMethod, SyncPolicy, parse_sync
from console.domain.reading import Sender
from console.domain.situation import NodeFacts, ServerFacts
from console.domain.verdict import Scalar
from console.recovery.lock import held_by_others, majority_of
from console.recovery.world import World, slot_of

LAG_BYTES_MAX: Final = 16 * 1024 * 1024  # a segment: more than this has to be waited for while nobody can write
LONG_TRANSACTION_SECONDS_MAX: Final = 30.0
FOLLOWER_BYTES_MAX: Final = 256 * 1024 * 1024  # a standby keeps about that much behind its last restart point
ARCHIVE_WAITING_MAX: Final = 5
DISK_FREE_PERCENT_MIN: Final = 5.0


def checked(
    world: World, check: str, outcome: Outcome, node: NodeFacts | str | None, observed: Scalar,
    threshold: Scalar = None, *, source: str = "", mend: str = "", **about: str,
) -> Checked:  # fmt: skip
    """One check's row; its time is the node's reading's."""
    name = node.node if isinstance(node, NodeFacts) else node
    return Checked(
        check=check, outcome=outcome, node=name, observed=observed, threshold=threshold,
        source=source or (f"{name}: asked now" if name else "console"),
        at=node.at.utc if isinstance(node, NodeFacts) else world.now.utc, mend=mend, mend_about=tuple(about.items()),
    )  # fmt: skip


def passed(good: bool, otherwise: Outcome = Outcome.REFUSE) -> Outcome:
    return Outcome.PASS if good else otherwise


def reachable(world: World) -> Iterable[Checked]:
    """A majority of *all* nodes has to answer, or no lock can be held."""
    nodes = list(world.facts.values())
    answering = sum(1 for node in nodes if node.reached)
    needed = majority_of(world.spec)
    yield checked(world, "majority", passed(answering >= needed), None, f"{answering} of {len(nodes)}", f"{needed}",
                  source="console: SSH to every node", mend="reach-nodes")  # fmt: skip
    for node in nodes:
        if not node.reached:
            yield checked(world, "reachable", Outcome.WARN, node, node.trouble, "answers", mend="reach-node",
                          node_name=node.node)  # fmt: skip


def lock_free(world: World) -> Iterable[Checked]:
    others = held_by_others(world.facts, world.owner)
    holder = others[0].lock if others else None
    seen = f"{holder.owner} of {holder.person}" if holder is not None else "free"
    yield checked(world, "lock-free", passed(not others), others[0] if others else None, seen, "free",
                  source="lock files of all nodes", mend="wait-or-break-lock")  # fmt: skip


def identity(world: World, nodes: Iterable[NodeFacts]) -> Iterable[Checked]:
    """The same cluster: every node that takes part bears its system identifier."""
    own = world.system_identifier()
    for node in nodes:
        if node.system_identifier is None:
            yield checked(world, "system-identifier", Outcome.NOT_CHECKED, node, "not read", own or "?")
        elif node.system_identifier != own:
            yield checked(world, "system-identifier", Outcome.REFUSE, node, node.system_identifier, own,
                          source=f"{node.node}: pg_controldata", mend="other-cluster", node_name=node.node)  # fmt: skip
        else:
            yield checked(world, "system-identifier", Outcome.PASS, node, node.system_identifier, own,
                          source=f"{node.node}: pg_controldata")  # fmt: skip


def tools(world: World, nodes: Iterable[NodeFacts]) -> Iterable[Checked]:
    for node in nodes:
        if node.reached:
            lacks = ", ".join(node.tools_missing)
            yield checked(world, "tools", passed(not lacks), node, lacks or "all there",
                          "flock, sha256sum, awk, timeout", mend="install-tools", node_name=node.node)  # fmt: skip


def rights(world: World, nodes: Iterable[NodeFacts]) -> Iterable[Checked]:
    """A missing right is found here, never in the middle."""
    for node in nodes:
        if node.server is None:
            continue
        lacks = ", ".join(node.server.rights_missing)
        yield checked(world, "rights", passed(not lacks), node, lacks or "all there", "superuser, or each by grant",
                      source=f"{node.node}: as {world.spec.change.admin_user}", mend="grant-rights",
                      node_name=node.node, role=world.spec.change.admin_user)  # fmt: skip


def logins(world: World, names: Iterable[str]) -> Iterable[Checked]:
    """Whoever is to follow has to know how it logs in to its upstream."""
    for name in names:
        at = world.servers.get(name)
        if at is not None:
            yield checked(world, "rights", passed(bool(at.replication)), name, at.replication or "no replication login",
                          "a login for replication", mend="replication-login", node_name=name)  # fmt: skip


def versions(world: World, primary: NodeFacts, candidate: NodeFacts) -> Iterable[Checked]:
    if primary.server is None or candidate.server is None:
        return
    one, other = primary.server.version, candidate.server.version
    same = one // 10000 == other // 10000
    outcome = Outcome.PASS if one == other else Outcome.WARN if same else Outcome.REFUSE
    yield checked(world, "versions", outcome, candidate, str(other), str(one), mend="same-version")


def timeline(world: World, primary: NodeFacts, candidate: NodeFacts) -> Iterable[Checked]:
    if primary.server is None or candidate.server is None:
        return
    same = primary.server.timeline == candidate.server.timeline
    yield checked(world, "timeline", passed(same), candidate, candidate.server.timeline, primary.server.timeline,
                  mend="rejoin-first", node_name=candidate.node)  # fmt: skip


def history(world: World, candidate: NodeFacts) -> Iterable[Checked]:
    """No other node holds a history of the timeline that the promotion would take: two under one number never meet."""
    server = candidate.server
    if server is None:
        return
    wanted = server.timeline + 1
    held = [node for node in world.postgres_nodes
            if node.node != candidate.node and node.newest_history is not None and node.newest_history >= wanted]
    own = candidate.newest_history
    taken = [node.node for node in held if own is None or (node.newest_history or 0) > own]
    yield checked(world, "history", passed(not taken), candidate, ", ".join(taken) or "none", "none",
                  source="pg_wal of every node that answers", mend="rejoin-first",
                  node_name=taken[0] if taken else candidate.node)  # fmt: skip


def followers_near(world: World, candidate: NodeFacts, names: Iterable[str]) -> Iterable[Checked]:
    """Who is to follow has to find on the candidate the WAL that it lacks."""
    ahead = candidate.server.position if candidate.server is not None else None
    for name in names:
        server = world.facts[name].server
        here = server.position if server is not None else None
        if ahead is not None and here is not None:
            behind = max(0, ahead - here)
            yield checked(world, "followers", passed(behind <= FOLLOWER_BYTES_MAX, Outcome.WARN), name, behind,
                          FOLLOWER_BYTES_MAX, mend="follower-far-behind", node_name=name)  # fmt: skip


def sender_of(primary: ServerFacts, name: str) -> Sender | None:
    plain = name.replace("-", "_").lower()
    return next((s for s in primary.senders if s.name.replace("-", "_").lower() == plain), None)


def streams(world: World, primary: NodeFacts, candidate: NodeFacts) -> Iterable[Checked]:
    """The candidate streams, is not far behind, and replays."""
    if primary.server is None or candidate.server is None:
        return
    sender = sender_of(primary.server, candidate.node)
    state = sender.state if sender is not None else "no sender"
    yield checked(world, "streams", passed(state == "streaming"), candidate, state, "streaming",
                  source=f"{primary.node}: pg_stat_replication", mend="rejoin-first",
                  node_name=candidate.node)  # fmt: skip
    replay, write = (sender.replay if sender is not None else None), primary.server.write
    if replay is not None and write is not None:
        behind = max(0, write - replay)
        yield checked(world, "lag", passed(behind <= LAG_BYTES_MAX), candidate, behind, LAG_BYTES_MAX,
                      source=f"{primary.node}: pg_stat_replication", mend="wait-for-replay")  # fmt: skip
    paused = candidate.server.replay_paused
    yield checked(world, "replay-paused", passed(not paused), candidate, "paused" if paused else "replays", "replays",
                  mend="resume-replay", node_name=candidate.node)  # fmt: skip


def quiet(world: World, primary: NodeFacts) -> Iterable[Checked]:
    """Nothing long is under way on the primary that a stop would cut, or that would hold the stop up."""
    server = primary.server
    if server is None:
        return
    seconds = server.long_transaction_seconds or 0.0
    long = seconds > LONG_TRANSACTION_SECONDS_MAX
    yield checked(world, "long-transactions", passed(not long, Outcome.WARN), primary, round(seconds, 1),
                  LONG_TRANSACTION_SECONDS_MAX, source=f"{primary.node}: pg_stat_activity",
                  mend="end-transactions")  # fmt: skip
    yield checked(world, "prepared-transactions", passed(not server.prepared_transactions, Outcome.WARN), primary,
                  server.prepared_transactions, 0, mend="prepared-transactions")  # fmt: skip
    yield checked(world, "backup-running", passed(not server.backups_running), primary, server.backups_running, 0,
                  source=f"{primary.node}: pg_stat_progress_basebackup", mend="wait-for-backup")  # fmt: skip


def archive(world: World, primary: NodeFacts) -> Iterable[Checked]:
    """A clean stop waits for the archiver: one that fails would hold the stop up, and leave a hole."""
    server = primary.server
    if server is None:
        return
    if server.setting("archive_mode") in ("off", ""):
        yield checked(world, "archive", Outcome.NOT_CHECKED, primary, "archive_mode is off", "working")
        return
    failing = server.archive_failing
    waiting = server.archive_waiting
    outcome = Outcome.REFUSE if failing else passed(waiting <= ARCHIVE_WAITING_MAX, Outcome.WARN)
    seen = "failing" if failing else f"{waiting} waiting"
    yield checked(world, "archive", outcome, primary, seen, f"at most {ARCHIVE_WAITING_MAX} waiting",
                  source=f"{primary.node}: pg_stat_archiver", mend="mend-archive", node_name=primary.node)  # fmt: skip


def host(world: World, nodes: Iterable[NodeFacts]) -> Iterable[Checked]:
    """Clock and disk of the nodes that take part."""
    most = world.spec.promises.clock_offset_seconds_max
    for node in nodes:
        if not node.reached:
            continue
        if node.clock_offset_seconds is not None:
            offset = round(node.clock_offset_seconds, 2)
            yield checked(world, "clock-offset", passed(abs(offset) <= most, Outcome.WARN), node, offset, most,
                          mend="set-clock", node_name=node.node)  # fmt: skip
        if node.disk_free_bytes is not None:
            least = 3 * LAG_BYTES_MAX
            yield checked(world, "disk", passed(node.disk_free_bytes >= least), node, node.disk_free_bytes, least,
                          source=f"{node.node}: df -Pk", mend="free-disk", node_name=node.node)  # fmt: skip


def restarters(world: World, node: NodeFacts, *, allowed: tuple[str, ...] = ()) -> Iterable[Checked]:
    """What would start a server again behind our back; one that we can't switch off refuses."""
    foreign = [one for one in node.restarters if one not in allowed]
    yield checked(world, "restarters", passed(not foreign), node, ", ".join(foreign) or "none", "none",
                  mend="disable-restarter", node_name=node.node)  # fmt: skip


def settings_writable(world: World, nodes: Iterable[NodeFacts]) -> Iterable[Checked]:
    for node in nodes:
        server = node.server
        if server is not None and server.logical_slots:
            names = ", ".join(server.logical_slots)
            yield checked(world, "logical-slots", Outcome.WARN, node, names, "none", mend="logical-slots-lost")


def sync_after(
    world: World, candidate: str, followers: tuple[str, ...], now_names: str, *, lower: bool = False
) -> tuple[str, list[Checked]]:
    """The synchronous list on the new primary: computed without itself, k no larger than what follows.

    Gives the list to be set and the checks that say what it means. `lower`: fewer than promised is a warning and a step
    of its own, as after a failover; else it is refused.
    """
    promised = world.spec.promises.synchronous
    wanted = promised or ""
    rows: list[Checked] = []
    own = world.facts[candidate].server
    standing = own.setting("synchronous_standby_names") if own is not None else ""
    if not wanted:
        try:
            policy = parse_sync(now_names)
        except ValueError:
            policy = None
        wanted = "" if policy is None else f"{policy.method.value} {policy.count}"
    if not wanted or wanted.lower() == "async":
        return standing if not standing else "", rows
    method, _, count = wanted.partition(" ")
    k = int(count.split()[0]) if count.split() and count.split()[0].isdigit() else 1
    fits = k <= len(followers)
    otherwise = Outcome.REFUSE if followers and not lower else Outcome.WARN
    rows.append(checked(world, "sync-after", passed(fits, otherwise), candidate,
                        f"{len(followers)} follow", f"{method} {k}", mend="lower-sync"))  # fmt: skip
    names = ", ".join(f'"{name}"' for name in followers)
    text = f"{method} {min(k, max(1, len(followers)))} ({names})" if followers else ""
    return (standing if same_sync(standing, text) else text), rows


def same_sync(one: str, other: str) -> bool:
    """Do two lists say the same, whatever their blanks and quotes?"""

    def plain(text: str) -> tuple[SyncMethod, int, tuple[str, ...]] | None:
        policy: SyncPolicy | None = parse_sync(text)
        if policy is None:
            return None
        names = policy.names if policy.method is SyncMethod.FIRST else tuple(sorted(policy.names))
        return policy.method, policy.count, names

    try:
        return plain(one) == plain(other)
    except ValueError:
        return False


def slots(world: World, candidate: NodeFacts, followers: tuple[str, ...]) -> Iterable[Checked]:
    """Room for the followers' slots on the candidate."""
    server = candidate.server
    if server is None:
        return
    there = {slot.name for slot in server.slots}
    new = [slot_of(name) for name in followers if slot_of(name) not in there]
    most = int(server.setting("max_replication_slots") or "0")
    yield checked(world, "slots", passed(len(there) + len(new) <= most), candidate, len(there) + len(new), most,
                  mend="more-slots", node_name=candidate.node)  # fmt: skip


def confirming(sync_text: str) -> int:
    """How many standbys a commit waits for with this list."""
    try:
        policy = parse_sync(sync_text)
    except ValueError:
        return 0
    return 0 if policy is None else policy.count
