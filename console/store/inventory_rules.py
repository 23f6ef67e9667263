"""What an inventory may hold: each key, its kind and its rule. The file, its export and the store all go by it."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from enum import Enum
from typing import Final

from console.domain.cluster import ChangePolicy, Environment, Inventory, Manager, NodeKind, NodeSpec
from console.domain.ledger_mapping import LedgerMapping, mapping_mistakes

NAME_LENGTH_MAX: Final = 63
TEXT_LENGTH_MAX: Final = 1_024
CLUSTERS_MAX: Final = 500
NODES_MAX: Final = 1_000  # of one cluster
NODES_SHOWN_MAX: Final = 12
INTERVAL_SECONDS_MIN: Final = 0.2
INTERVAL_SECONDS_MAX: Final = 60.0
COMMAND_LENGTH_MAX: Final = 2_000
COMMAND_SECONDS_MAX: Final = 600.0
HOOKS_MAX: Final = 20
HOOK_MOMENTS: Final = ("before-fencing", "after-promotion")
SECRETS_LIVE: Final = "take it out: secrets live in the desktop's keyring, or are asked for once when the engine starts"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that can't stand in an inventory: where it stands, what is wrong, how to mend it."""

    where: str
    what: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f" ({self.hint})" if self.hint else "")


class Kind(Enum):
    """What a key's value is in TOML."""

    TEXT = "a text in quotes"
    WHOLE = "a whole number"
    NUMBER = "a number"
    FLAG = "true or false"
    TEXTS = "a list of texts in quotes"


Wrong = tuple[str, str]  # what, hint
Rule = Callable[[object], Wrong | None]


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table: the same name as the field that it fills."""

    name: str
    kind: Kind
    rule: Rule
    required: bool = False


def _name(value: object) -> Wrong | None:
    if not re.fullmatch(r"[A-Za-z0-9._-]+", str(value)):
        return f"the name {_shown(value)} has characters that a name can't have", "use A-Z a-z 0-9 . _ -"
    if str(value)[0] in ".-":
        return f"the name {_shown(value)} begins with a dot or a dash", "begin with a letter or a digit"
    return _at_most(NAME_LENGTH_MAX)(value)


def _at_most(length: int) -> Rule:
    def rule(value: object) -> Wrong | None:
        if len(str(value)) > length:
            return f"it has {len(str(value))} characters, {length} are the limit", ""
        return None

    return rule


def _text(value: object) -> Wrong | None:
    """Any text that can be a word of a command: in one line, and never taken for an option."""
    text = str(value)
    if not text:
        return "it is empty", "leave the key out, or say what it is"
    if not text.isprintable():
        return "it has characters that can't be shown", "write it anew, in one line"
    if text.startswith("-"):
        return f"{_shown(value)} begins with a dash", "a program would take it for an option"
    return _at_most(TEXT_LENGTH_MAX)(value)


def _text_or_nothing(value: object) -> Wrong | None:
    return None if value == "" else _text(value)


def _word(value: object) -> Wrong | None:
    if re.search(r"\s", str(value)):
        return f"{_shown(value)} has a blank in it", ""
    return _text(value)


def _host(value: object) -> Wrong | None:
    if "@" in str(value) or "/" in str(value):
        return f"{_shown(value)} is more than a host", "name the host or its address; user and port have their own keys"
    return _word(value)


def _database(value: object) -> Wrong | None:
    if "=" in str(value) or "://" in str(value):
        return f"{_shown(value)} is a connection string", "name the database alone"
    return _at_most(NAME_LENGTH_MAX)(value) or _text(value)


def _account(value: object) -> Wrong | None:
    return _at_most(NAME_LENGTH_MAX)(value) or _word(value)


def _schema(value: object) -> Wrong | None:
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_$]*", str(value), re.ASCII):
        return f"{_shown(value)} is no plain name of a schema", "leave the key out where there is no reference ledger"
    return _at_most(NAME_LENGTH_MAX)(value)


def _synchronous(value: object) -> Wrong | None:
    if not re.fullmatch(r"(ANY|FIRST) [1-9][0-9]?", str(value), re.ASCII):
        return f"{_shown(value)} is no promise of synchronous standbys", "say 'ANY 1' or 'FIRST 1', or leave it out"
    return None


def _member(value: object) -> Wrong | None:
    if "/" in str(value):
        return f"{_shown(value)} has a slash in it", "name the member as its Patroni does"
    return _at_most(NAME_LENGTH_MAX)(value) or _word(value)


def _name_or_nothing(value: object) -> Wrong | None:
    return None if value == "" else _name(value)


def _moment(value: object) -> Wrong | None:
    return None if value in HOOK_MOMENTS else (f"{_shown(value)} is no moment", "one of " + ", ".join(HOOK_MOMENTS))


def _line_of_shell(value: object) -> Wrong | None:
    """What a shell is given; several lines will do, control characters won't."""
    text = str(value)
    if not text.strip():
        return "it is empty", "say which command"
    if any(not character.isprintable() and character not in "\n\t" for character in text):
        return "it has characters that can't be shown", "write it anew"
    return _at_most(COMMAND_LENGTH_MAX)(value)


def _client_conninfo(value: object) -> Wrong | None:
    """The application's way in: never with a password, which would stand in a list of processes."""
    text = str(value)
    address = re.match(r"[a-z]+://([^/@]*)@", text)
    if re.search(r"(?:^|[\s?&'])(?:ssl)?password\s*=", text, re.IGNORECASE) or (address and ":" in address[1]):
        hint = "take it out; on the host that writes, a password file does it: passfile=..., or ~/.pgpass"
        return "it holds a password", hint
    return _text_or_nothing(value)


def _one_of(choices: type[Enum]) -> Rule:
    words = [str(choice.value) for choice in choices]

    def rule(value: object) -> Wrong | None:
        word = value.value if isinstance(value, Enum) else value
        return None if word in words else (f"{_shown(value)} is none of its words", "one of " + ", ".join(words))

    return rule


def _between(low: float, high: float) -> Rule:
    def rule(value: object) -> Wrong | None:
        inside = isinstance(value, int | float) and math.isfinite(value) and low <= value <= high
        return None if inside else (f"{value} is out of its range", f"from {low:g} to {high:g}")

    return rule


def _any(_value: object) -> None:
    return None


def _shown(value: object) -> str:
    text = str(value)
    return repr(text if len(text) <= 80 else text[:80] + "…")


_PORT: Final = _between(1, 65_535)
_SECONDS: Final = _between(0.001, 31_536_000)

CLUSTER_KEYS: Final = (
    Key("name", Kind.TEXT, _name, required=True),
    Key("environment", Kind.TEXT, _one_of(Environment), required=True),
    Key("manager", Kind.TEXT, _one_of(Manager)),
    Key("database", Kind.TEXT, _database),
    Key("ledger", Kind.TEXT, _schema),
    Key("interval_seconds", Kind.NUMBER, _between(INTERVAL_SECONDS_MIN, INTERVAL_SECONDS_MAX)),
)
PROMISE_KEYS: Final = (
    Key("lag_seconds_max", Kind.NUMBER, _SECONDS),
    Key("synchronous", Kind.TEXT, _synchronous),
    Key("disk_free_percent_min", Kind.NUMBER, _between(0, 100)),
    Key("clock_offset_seconds_max", Kind.NUMBER, _SECONDS),
    Key("rpo_entries_max", Kind.WHOLE, _between(0, 2**53)),
    Key("rto_seconds_max", Kind.NUMBER, _SECONDS),
    Key("seal_seconds", Kind.NUMBER, _between(1, 86_400)),
    Key("recompute_seconds", Kind.NUMBER, _between(1, 31_536_000)),
)
# What may stand in each of them, LedgerMapping's own rules say.
BOOKS_KEYS: Final = tuple(
    Key(field.name, {bool: Kind.FLAG, tuple: Kind.TEXTS}.get(type(field.default), Kind.TEXT), _any)
    for field in fields(LedgerMapping)
)
NODE_KEYS: Final = (
    Key("name", Kind.TEXT, _name, required=True),
    Key("kind", Kind.TEXT, _one_of(NodeKind)),
    Key("become", Kind.TEXT, _account),
)
SSH_KEYS: Final = (
    Key("host", Kind.TEXT, _host, required=True),
    Key("port", Kind.WHOLE, _PORT),
    Key("user", Kind.TEXT, _word),
    Key("identity_file", Kind.TEXT, _text),
    Key("config_file", Kind.TEXT, _text),
    Key("proxy_jump", Kind.TEXT, _word),
)
POSTGRES_KEYS: Final = (
    Key("host", Kind.TEXT, _text_or_nothing),
    Key("port", Kind.WHOLE, _PORT),
    Key("user", Kind.TEXT, _account),
    Key("bin_directory", Kind.TEXT, _text),
    Key("data_directory", Kind.TEXT, _text),
    Key("password", Kind.FLAG, _any),
    Key("replication_host", Kind.TEXT, _host),
    Key("replication", Kind.TEXT, _client_conninfo),
)
PATRONI_KEYS: Final = (
    Key("host", Kind.TEXT, _host),
    Key("port", Kind.WHOLE, _PORT),
    Key("tls", Kind.FLAG, _any),
    Key("config_file", Kind.TEXT, _text),
    Key("program", Kind.TEXT, _text),
    Key("member", Kind.TEXT, _member),
)


CHANGE_KEYS: Final = (
    Key("quorum_fence", Kind.FLAG, _any),
    Key("restart_seconds", Kind.NUMBER, _between(0, 3_600)),
    Key("client_conninfo", Kind.TEXT, _client_conninfo),
    Key("client_node", Kind.TEXT, _name_or_nothing),
    Key("admin_user", Kind.TEXT, _account),
)
FENCE_KEYS: Final = (
    Key("node", Kind.TEXT, _name, required=True),
    Key("command", Kind.TEXT, _line_of_shell, required=True),
    Key("state_command", Kind.TEXT, _line_of_shell, required=True),
    Key("seconds_max", Kind.NUMBER, _between(1, COMMAND_SECONDS_MAX)),
)
HOOK_KEYS: Final = (
    Key("name", Kind.TEXT, _name, required=True),
    Key("moment", Kind.TEXT, _moment, required=True),
    Key("node", Kind.TEXT, _name, required=True),
    Key("command", Kind.TEXT, _line_of_shell, required=True),
    Key("proof", Kind.TEXT, _line_of_shell, required=True),
    Key("seconds_max", Kind.NUMBER, _between(1, COMMAND_SECONDS_MAX)),
    Key("required", Kind.FLAG, _any),
    Key("may_repeat", Kind.FLAG, _any),
)


def mistakes_of(inventory: Inventory) -> list[Mistake]:
    """All that keeps an inventory from being saved, from wherever it came."""
    found = whole_inventory([cluster.name for cluster in inventory.clusters])
    for cluster in inventory.clusters:
        where = f"cluster {cluster.name}"
        found += [*_check(cluster, CLUSTER_KEYS, where), *_check(cluster.promises, PROMISE_KEYS, f"{where}, promises")]
        found += [] if cluster.books is None else books_mistakes(cluster.books, f"{where}, books")
        names = [node.name for node in cluster.nodes]
        found += [*whole_cluster(where, names), *_change_mistakes(cluster.change, names, f"{where}, change")]
        for node in cluster.nodes:
            found += _node_mistakes(node, f"{where}, node {node.name}")
    return found


def books_mistakes(mapping: LedgerMapping, where: str) -> list[Mistake]:
    """What can't stand in the mapping of a ledger."""
    return [Mistake(f"{where}, {key}", what) for key, what in mapping_mistakes(mapping)]


def whole_cluster(where: str, names: list[str]) -> list[Mistake]:
    """What no single key can tell of a cluster."""
    if not names:
        return [Mistake(where, "it has no node", "give it at least one [[cluster.node]]")]
    if len(names) > NODES_MAX:
        return [Mistake(where, f"{len(names)} nodes, {NODES_MAX} are the limit")]
    return list(_repeated(names, "node", where))


def whole_inventory(names: list[str]) -> list[Mistake]:
    """What no single cluster can tell of an inventory."""
    if len(names) > CLUSTERS_MAX:
        return [Mistake("the inventory", f"{len(names)} clusters, {CLUSTERS_MAX} are the limit")]
    return list(_repeated(names, "cluster", "the inventory"))


def _change_mistakes(change: ChangePolicy, names: list[str], where: str) -> Iterator[Mistake]:
    yield from _check(change, CHANGE_KEYS, where)
    pointing = [(f"{where}, client_node", change.client_node)] if change.client_node else []
    if change.fence_command is not None:
        yield from _check(change.fence_command, FENCE_KEYS, f"{where}, fence_command")
        pointing.append((f"{where}, fence_command", change.fence_command.node))
    for hook in change.hooks:
        yield from _check(hook, HOOK_KEYS, f"{where}, hook {hook.name}")
        pointing.append((f"{where}, hook {hook.name}", hook.node))
    yield from whole_change(where, [hook.name for hook in change.hooks], pointing, names)


def whole_change(where: str, hooks: list[str], pointing: list[tuple[str, str]], names: list[str]) -> Iterator[Mistake]:
    """What no single key can tell of a policy. `pointing`: where a node is named, and its name."""
    if len(hooks) > HOOKS_MAX:
        yield Mistake(where, f"{len(hooks)} hooks, {HOOKS_MAX} are the limit")
    yield from _repeated(hooks, "hook", where)
    for place, name in pointing:
        if name not in names:
            yield Mistake(place, f"there is no node {_shown(name)}", "one of " + ", ".join(names[:NODES_SHOWN_MAX]))


def _node_mistakes(node: NodeSpec, where: str) -> Iterator[Mistake]:
    yield from _check(node, NODE_KEYS, where)
    yield from _check(node.ssh, SSH_KEYS, f"{where}, ssh")
    yield from server_fits(node.kind, node.postgres is not None, where)
    if node.postgres is not None:
        yield from _check(node.postgres, POSTGRES_KEYS, f"{where}, postgres")
    if node.patroni is not None:
        yield from _check(node.patroni, PATRONI_KEYS, f"{where}, patroni")
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


def _check(value: object, keys: tuple[Key, ...], where: str) -> Iterator[Mistake]:
    for key in keys:
        held = getattr(value, key.name)
        wrong = None if held is None else key.rule(held)
        if wrong is not None:
            yield Mistake(f"{where}, {key.name}", *wrong)


def _repeated(names: list[str], kind: str, where: str) -> Iterator[Mistake]:
    for name, times in Counter(names).items():
        if times > 1:
            yield Mistake(where, f"{kind} {name} stands there {times} times", "each name once")
