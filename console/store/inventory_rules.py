"""What an inventory may hold: each key, its kind and its rule. The file, its export and the store all go by it."""

import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Final

from console.domain.cluster import ChangePolicy, Environment, Inventory, Manager, NodeKind, NodeSpec
from console.domain.ledger_mapping import LedgerMapping, mapping_mistakes
from console.store.backup_rules import policy_mistakes
from console.store.key_rules import (
    NAME_LENGTH_MAX,
    Key,
    Kind,
    Mistake,
    Wrong,
    a_conninfo,
    a_name,
    a_text,
    a_word,
    anything,
    at_most,
    between,
    check_keys,
    name_or_nothing,
    one_of,
    repeated,
    shown_value,
    text_or_nothing,
)

CLUSTERS_MAX: Final = 500
NODES_MAX: Final = 1_000  # of one cluster
NODES_SHOWN_MAX: Final = 12
INTERVAL_SECONDS_MIN: Final = 0.2
INTERVAL_SECONDS_MAX: Final = 60.0
COMMAND_LENGTH_MAX: Final = 2_000
COMMAND_SECONDS_MAX: Final = 600.0
HOOKS_MAX: Final = 20
HOOK_MOMENTS: Final = ("before-fencing", "after-promotion")


def _host(value: object) -> Wrong | None:
    if "@" in str(value) or "/" in str(value):
        hint = "name the host or its address; user and port have their own keys"
        return f"{shown_value(value)} is more than a host", hint
    return a_word(value)


def _database(value: object) -> Wrong | None:
    if "=" in str(value) or "://" in str(value):
        return f"{shown_value(value)} is a connection string", "name the database alone"
    return at_most(NAME_LENGTH_MAX)(value) or a_text(value)


def _account(value: object) -> Wrong | None:
    return at_most(NAME_LENGTH_MAX)(value) or a_word(value)


def _schema(value: object) -> Wrong | None:
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_$]*", str(value), re.ASCII):
        hint = "leave the key out where there is no reference ledger"
        return f"{shown_value(value)} is no plain name of a schema", hint
    return at_most(NAME_LENGTH_MAX)(value)


def _synchronous(value: object) -> Wrong | None:
    if not re.fullmatch(r"(ANY|FIRST) [1-9][0-9]?", str(value), re.ASCII):
        hint = "say 'ANY 1' or 'FIRST 1', or leave it out"
        return f"{shown_value(value)} is no promise of synchronous standbys", hint
    return None


def _member(value: object) -> Wrong | None:
    if "/" in str(value):
        return f"{shown_value(value)} has a slash in it", "name the member as its Patroni does"
    return at_most(NAME_LENGTH_MAX)(value) or a_word(value)


def _moment(value: object) -> Wrong | None:
    if value in HOOK_MOMENTS:
        return None
    return f"{shown_value(value)} is no moment", "one of " + ", ".join(HOOK_MOMENTS)


def _line_of_shell(value: object) -> Wrong | None:
    """What a shell is given; several lines will do, control characters won't."""
    text = str(value)
    if not text.strip():
        return "it is empty", "say which command"
    if any(not character.isprintable() and character not in "\n\t" for character in text):
        return "it has characters that can't be shown", "write it anew"
    return at_most(COMMAND_LENGTH_MAX)(value)


_PORT: Final = between(1, 65_535)
_SECONDS: Final = between(0.001, 31_536_000)

CLUSTER_KEYS: Final = (
    Key("name", Kind.TEXT, a_name, required=True),
    Key("environment", Kind.TEXT, one_of(Environment), required=True),
    Key("manager", Kind.TEXT, one_of(Manager)),
    Key("database", Kind.TEXT, _database),
    Key("ledger", Kind.TEXT, _schema),
    Key("interval_seconds", Kind.NUMBER, between(INTERVAL_SECONDS_MIN, INTERVAL_SECONDS_MAX)),
)
PROMISE_KEYS: Final = (
    Key("lag_seconds_max", Kind.NUMBER, _SECONDS),
    Key("synchronous", Kind.TEXT, _synchronous),
    Key("disk_free_percent_min", Kind.NUMBER, between(0, 100)),
    Key("clock_offset_seconds_max", Kind.NUMBER, _SECONDS),
    Key("rpo_entries_max", Kind.WHOLE, between(0, 2**53)),
    Key("rto_seconds_max", Kind.NUMBER, _SECONDS),
    Key("uptime_percent_min", Kind.NUMBER, between(1, 100)),
    Key("seal_seconds", Kind.NUMBER, between(1, 86_400)),
    Key("recompute_seconds", Kind.NUMBER, between(1, 31_536_000)),
)
# What may stand in each of them, LedgerMapping's own rules say.
BOOKS_KEYS: Final = tuple(
    Key(field.name, {bool: Kind.FLAG, tuple: Kind.TEXTS}.get(type(field.default), Kind.TEXT), anything)
    for field in fields(LedgerMapping)
)
NODE_KEYS: Final = (
    Key("name", Kind.TEXT, a_name, required=True),
    Key("kind", Kind.TEXT, one_of(NodeKind)),
    Key("become", Kind.TEXT, _account),
)
SSH_KEYS: Final = (
    Key("host", Kind.TEXT, _host, required=True),
    Key("port", Kind.WHOLE, _PORT),
    Key("user", Kind.TEXT, a_word),
    Key("identity_file", Kind.TEXT, a_text),
    Key("config_file", Kind.TEXT, a_text),
    Key("proxy_jump", Kind.TEXT, a_word),
)
POSTGRES_KEYS: Final = (
    Key("host", Kind.TEXT, text_or_nothing),
    Key("port", Kind.WHOLE, _PORT),
    Key("user", Kind.TEXT, _account),
    Key("bin_directory", Kind.TEXT, a_text),
    Key("data_directory", Kind.TEXT, a_text),
    Key("password", Kind.FLAG, anything),
    Key("replication_host", Kind.TEXT, _host),
    Key("replication", Kind.TEXT, a_conninfo),
    Key("as_login", Kind.FLAG, anything),
)
PATRONI_KEYS: Final = (
    Key("host", Kind.TEXT, _host),
    Key("port", Kind.WHOLE, _PORT),
    Key("tls", Kind.FLAG, anything),
    Key("config_file", Kind.TEXT, a_text),
    Key("program", Kind.TEXT, a_text),
    Key("member", Kind.TEXT, _member),
)


CHANGE_KEYS: Final = (
    Key("quorum_fence", Kind.FLAG, anything),
    Key("restart_seconds", Kind.NUMBER, between(0, 3_600)),
    Key("client_conninfo", Kind.TEXT, a_conninfo),
    Key("client_node", Kind.TEXT, name_or_nothing),
    Key("admin_user", Kind.TEXT, _account),
)
FENCE_KEYS: Final = (
    Key("node", Kind.TEXT, a_name, required=True),
    Key("command", Kind.TEXT, _line_of_shell, required=True),
    Key("state_command", Kind.TEXT, _line_of_shell, required=True),
    Key("seconds_max", Kind.NUMBER, between(1, COMMAND_SECONDS_MAX)),
)
HOOK_KEYS: Final = (
    Key("name", Kind.TEXT, a_name, required=True),
    Key("moment", Kind.TEXT, _moment, required=True),
    Key("node", Kind.TEXT, a_name, required=True),
    Key("command", Kind.TEXT, _line_of_shell, required=True),
    Key("proof", Kind.TEXT, _line_of_shell, required=True),
    Key("seconds_max", Kind.NUMBER, between(1, COMMAND_SECONDS_MAX)),
    Key("required", Kind.FLAG, anything),
    Key("may_repeat", Kind.FLAG, anything),
)


def mistakes_of(inventory: Inventory) -> list[Mistake]:
    """All that keeps an inventory from being saved, from wherever it came."""
    found = whole_inventory([cluster.name for cluster in inventory.clusters])
    for cluster in inventory.clusters:
        where = f"cluster {cluster.name}"
        found += check_keys(cluster, CLUSTER_KEYS, where)
        found += check_keys(cluster.promises, PROMISE_KEYS, f"{where}, promises")
        found += [] if cluster.books is None else books_mistakes(cluster.books, f"{where}, books")
        names = [node.name for node in cluster.nodes]
        found += [*whole_cluster(where, names), *_change_mistakes(cluster.change, names, f"{where}, change")]
        if cluster.backup is not None:
            found += policy_mistakes(cluster.backup, hosts_of(cluster.nodes), f"{where}, backup")
        for node in cluster.nodes:
            found += _node_mistakes(node, f"{where}, node {node.name}")
    return found


def hosts_of(nodes: tuple[NodeSpec, ...]) -> dict[str, str]:
    """The kind of each node, by its name."""
    return {node.name: node.kind.value for node in nodes}


def books_mistakes(mapping: LedgerMapping, where: str) -> list[Mistake]:
    """What can't stand in the mapping of a ledger."""
    return [Mistake(f"{where}, {key}", what) for key, what in mapping_mistakes(mapping)]


def whole_cluster(where: str, names: list[str]) -> list[Mistake]:
    """What no single key can tell of a cluster."""
    if not names:
        return [Mistake(where, "it has no node", "give it at least one [[cluster.node]]")]
    if len(names) > NODES_MAX:
        return [Mistake(where, f"{len(names)} nodes, {NODES_MAX} are the limit")]
    return list(repeated(names, "node", where))


def whole_inventory(names: list[str]) -> list[Mistake]:
    """What no single cluster can tell of an inventory."""
    if len(names) > CLUSTERS_MAX:
        return [Mistake("the inventory", f"{len(names)} clusters, {CLUSTERS_MAX} are the limit")]
    return list(repeated(names, "cluster", "the inventory"))


def _change_mistakes(change: ChangePolicy, names: list[str], where: str) -> Iterator[Mistake]:
    yield from check_keys(change, CHANGE_KEYS, where)
    pointing = [(f"{where}, client_node", change.client_node)] if change.client_node else []
    if change.fence_command is not None:
        yield from check_keys(change.fence_command, FENCE_KEYS, f"{where}, fence_command")
        pointing.append((f"{where}, fence_command", change.fence_command.node))
    for hook in change.hooks:
        yield from check_keys(hook, HOOK_KEYS, f"{where}, hook {hook.name}")
        pointing.append((f"{where}, hook {hook.name}", hook.node))
    yield from whole_change(where, [hook.name for hook in change.hooks], pointing, names)


def whole_change(where: str, hooks: list[str], pointing: list[tuple[str, str]], names: list[str]) -> Iterator[Mistake]:
    """What no single key can tell of a policy. `pointing`: where a node is named, and its name."""
    if len(hooks) > HOOKS_MAX:
        yield Mistake(where, f"{len(hooks)} hooks, {HOOKS_MAX} are the limit")
    yield from repeated(hooks, "hook", where)
    for place, name in pointing:
        if name not in names:
            there = ", ".join(names[:NODES_SHOWN_MAX])
            yield Mistake(place, f"there is no node {shown_value(name)}", f"one of {there}")


def _node_mistakes(node: NodeSpec, where: str) -> Iterator[Mistake]:
    yield from check_keys(node, NODE_KEYS, where)
    yield from check_keys(node.ssh, SSH_KEYS, f"{where}, ssh")
    yield from server_fits(node.kind, node.postgres is not None, where)
    if node.postgres is not None:
        yield from check_keys(node.postgres, POSTGRES_KEYS, f"{where}, postgres")
    if node.patroni is not None:
        yield from check_keys(node.patroni, PATRONI_KEYS, f"{where}, patroni")
        if node.kind is NodeKind.BACKUP:
            yield Mistake(f"{where}, patroni", "a backup host has no Patroni", "take [cluster.node.patroni] out")


def server_fits(kind: NodeKind, has_server: bool, where: str) -> Iterator[Mistake]:
    """A backup host has no server to ask, and a PostgreSQL node has one."""
    match kind:
        case NodeKind.BACKUP if has_server:
            yield Mistake(
                where, "a backup host has no [cluster.node.postgres]", 'take it out, or say kind = "postgres"'
            )
        case NodeKind.POSTGRES if not has_server:
            yield Mistake(where, "it does not say how to reach its PostgreSQL", "give it [cluster.node.postgres]")
        case _:
            return
