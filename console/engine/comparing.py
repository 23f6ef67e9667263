"""Compares all copies of one cluster now: books, configuration, who could be promoted, who confirms, the group."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Final

from console.domain.cluster import ClusterSpec, Manager, NodeKind
from console.domain.consensus import APPROVABLE, Unfit
from console.domain.copies_proof import CopiesProven, copies_of
from console.domain.drift import Configured, drift, enough_sync
from console.domain.reading import Moment
from console.domain.redundancy import CopyFinding, CopyTrouble, Redundancy
from console.domain.text import shown
from console.engine.planning import Planning
from console.engine.sealing import BooksKeeper
from console.patroni.members_facts import (
    SETTINGS_SECONDS_MAX,
    EtcdAt,
    MemberSaid,
    ask_script,
    hash_of,
    judge_members,
    read_hashes,
    read_members,
    read_settings,
    seconds_max,
    settings_script,
)
from console.patroni.place import places
from console.postgres import verbs
from console.postgres.copy_facts import (
    ANSWER_SECONDS_MAX,
    SEES_HBA_SQL,
    configured_sql,
    read_configured,
)
from console.postgres.verbs import ServerAt
from console.recovery import failover
from console.recovery.world import World
from console.ssh.hosts import SshHosts, at_once

BOOKS_OF: Final = frozenset({CopyTrouble.BOOKS_DIFFER, CopyTrouble.BOOKS_UNREAD})
NO_LEDGER: Final = "no-ledger"
HASH_TRIES: Final = 4


def compare(
    spec: ClusterSpec, planning: Planning, books: BooksKeeper, *, clock: Callable[[], Moment],
    before: Redundancy | None, with_books: bool,
) -> Redundancy:  # fmt: skip
    """Look at every node. Without books, what was found of them before stands. Raises StoreTrouble (the seals)."""
    began = clock()
    hosts, looks = planning.ways(spec)
    try:
        world = planning.world(spec, hosts, looks)
        primary = _primary(world)
        found, missing = _configuration(spec, world, hosts, primary)
        found = (*found, *_sync(spec, world, primary), *_promotable(world, primary))
        group, unasked = _group(spec, hosts, clock)
    finally:
        hosts.close()
    proven, books_at = _books(spec, books, primary, before, with_books=with_books, at=began.utc)
    return Redundancy(
        cluster=spec.name, at=began.utc, copies=proven.copies, proven=proven.proven, lines=proven.lines,
        findings=(*proven.findings, *found, *group), not_checked=(*proven.not_checked, *missing, *unasked),
        seconds=clock().ticks - began.ticks, books_at=books_at,
    )  # fmt: skip


def _primary(world: World) -> str | None:
    primary = world.primary
    return None if primary is None else primary.node


def _configuration(
    spec: ClusterSpec, world: World, hosts: SshHosts, primary: str | None
) -> tuple[tuple[CopyFinding, ...], tuple[str, ...]]:
    def ask(node: str) -> Configured:
        server, at = world.facts[node].server, world.servers.get(node)
        if server is None or at is None:
            return Configured(node=node, trouble="no-server")
        return _configured(spec, hosts, at, server.version)

    nodes = [node.name for node in spec.nodes if node.kind is NodeKind.POSTGRES]
    answers = at_once(nodes, ask)
    found, missing = drift(tuple(answers[node] for node in nodes), primary)
    return found, missing if primary is not None else (*missing, "no-primary")


def _configured(spec: ClusterSpec, hosts: SshHosts, at: ServerAt, version: int) -> Configured:
    def asked(sql: str) -> bytes | None:
        said = hosts.run(
            at.node, verbs.ask_script(at, spec.database, f"set default_transaction_read_only = on; {sql}"),
            seconds_max=ANSWER_SECONDS_MAX,
        )  # fmt: skip
        return said.stdout if said.fine else None

    sees = asked(SEES_HBA_SQL)
    answer = asked(configured_sql(version=version, sees_hba=sees is not None and sees.strip().endswith(b"t")))
    if answer is None:
        return Configured(node=at.node, trouble="no-server")
    try:
        return read_configured(at.node, answer)
    except ValueError as error:
        return Configured(node=at.node, trouble=shown(f"{error}", characters_max=100) or "unreadable")


def _sync(spec: ClusterSpec, world: World, primary: str | None) -> tuple[CopyFinding, ...]:
    node = world.facts.get(primary) if primary is not None else None
    if node is None or node.server is None or primary is None:
        return ()
    confirming = tuple(
        sender.name for sender in node.server.senders
        if sender.state == "streaming" and sender.sync_state in ("sync", "quorum")
    )  # fmt: skip
    names = node.server.setting("synchronous_standby_names")
    return enough_sync(primary, names, spec.promises.synchronous, confirming)


def _promotable(world: World, primary: str | None) -> tuple[CopyFinding, ...]:
    """Each standby that could not be promoted if the primary died now, with the first reason."""
    if world.group is not None:
        fit = APPROVABLE | {Unfit.HOLDS_KEY}
        rows = [(one.node, [reason.value for reason in one.reasons if reason not in fit])
                for one in world.group.standings]  # fmt: skip
    else:
        rows = [(one.node, list(one.reasons)) for one in failover.candidates(world) if one.node != primary]
        streaming = {node.node for node in world.postgres_nodes if node.server is not None
                     and node.server.receiver is not None and node.server.receiver.status == "streaming"}  # fmt: skip
        rows = [(node, reasons or ([] if node in streaming or primary is None else ["not-streaming"]))
                for node, reasons in rows]  # fmt: skip
    return tuple(
        CopyFinding(
            trouble=CopyTrouble.NOT_PROMOTABLE, node=node, about=reasons[0], observed=len(reasons) > 1 or None,
            source="candidates",
        )
        for node, reasons in rows
        if reasons
    )  # fmt: skip


def _group(
    spec: ClusterSpec, hosts: SshHosts, clock: Callable[[], Moment]
) -> tuple[tuple[CopyFinding, ...], tuple[str, ...]]:  # fmt: skip
    """The members of the consensus group, asked from the first node that can ask them."""
    if spec.manager is not Manager.PATRONI:
        return (), ()
    for node, at in places(spec).items():
        told = hosts.run(node, settings_script(at.target), seconds_max=SETTINGS_SECONDS_MAX)
        group = read_settings(told.stdout) if told.fine else None
        if group is None:
            continue
        marker = secrets.token_hex(12)
        said = hosts.run(node, ask_script(group, marker), seconds_max=seconds_max(group))
        members = read_members(said.stdout, marker, group)
        if members is not None and any(not member.trouble for member in members):
            now = clock().utc
            hashes = _hashes(node, group, members, hosts)
            # Members are asked one after the other: that takes its time too.
            limit = spec.promises.clock_offset_seconds_max + said.seconds
            missing = () if len(hashes) > 1 else ("members-hash",)
            return judge_members(members, now, clock_seconds_max=limit, hashes=hashes), missing
    return (), ("members",)


def _hashes(
    node: str, group: EtcdAt, members: tuple[MemberSaid, ...], hosts: SshHosts
) -> tuple[tuple[str, str, str], ...]:
    """Over the keys up to the last revision that every member has. A difference is one only if it is always there."""
    revision = min(member.revision for member in members if not member.trouble)
    found: tuple[tuple[str, str, str], ...] = ()
    for _ in range(HASH_TRIES):
        marker = secrets.token_hex(12)
        said = hosts.run(node, ask_script(group, marker, hash_of(revision)), seconds_max=seconds_max(group))
        told = read_hashes(said.stdout, marker, group)
        found = told if len(told) > 1 else found
        if len(told) > 1 and len({value for _, _, value in told}) == 1:
            return told
    return found


def _books(
    spec: ClusterSpec, books: BooksKeeper, primary: str | None, before: Redundancy | None, *, with_books: bool,
    at: datetime,
) -> tuple[CopiesProven, datetime | None]:  # fmt: skip
    nodes = tuple(node.name for node in spec.nodes if node.kind is NodeKind.POSTGRES)
    mapping = spec.ledger_mapping
    if mapping is None:
        return CopiesProven(copies=len(nodes), proven=0, not_checked=(NO_LEDGER,)), None
    if with_books:
        return copies_of(books.prove(spec, mapping, nodes, full=True), primary), at
    if before is None or before.books_at is None:
        return CopiesProven(copies=len(nodes), proven=0, not_checked=("books",)), None
    old = tuple(one for one in before.findings if one.trouble in BOOKS_OF)
    words = tuple(word for word in before.not_checked if word in ("one-copy", NO_LEDGER))
    kept = CopiesProven(copies=before.copies, proven=before.proven, lines=before.lines, findings=old,
                        not_checked=words)  # fmt: skip
    return kept, before.books_at
