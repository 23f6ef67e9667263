"""What an inventory may hold: each key, its kind and its rule. The file, its export and the store all go by it."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from console.domain.cluster import Environment, Inventory, Manager, NodeKind, NodeSpec

NAME_LENGTH_MAX: Final = 63
TEXT_LENGTH_MAX: Final = 1_024
CLUSTERS_MAX: Final = 500
NODES_MAX: Final = 1_000  # of one cluster
INTERVAL_SECONDS_MIN: Final = 0.2
INTERVAL_SECONDS_MAX: Final = 60.0
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
)


def mistakes_of(inventory: Inventory) -> list[Mistake]:
    """All that keeps an inventory from being saved, from wherever it came."""
    found = whole_inventory([cluster.name for cluster in inventory.clusters])
    for cluster in inventory.clusters:
        where = f"cluster {cluster.name}"
        found += [*_check(cluster, CLUSTER_KEYS, where), *_check(cluster.promises, PROMISE_KEYS, f"{where}, promises")]
        found += whole_cluster(where, [node.name for node in cluster.nodes])
        for node in cluster.nodes:
            found += _node_mistakes(node, f"{where}, node {node.name}")
    return found


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


def _node_mistakes(node: NodeSpec, where: str) -> Iterator[Mistake]:
    yield from _check(node, NODE_KEYS, where)
    yield from _check(node.ssh, SSH_KEYS, f"{where}, ssh")
    yield from server_fits(node.kind, node.postgres is not None, where)
    if node.postgres is not None:
        yield from _check(node.postgres, POSTGRES_KEYS, f"{where}, postgres")


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
