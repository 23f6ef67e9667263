"""Reads and writes the inventory as TOML, the form that people keep beside their other files.

[[cluster]]
name = "ledger-us"               # letters, digits, dot, dash, underscore; at most 63
environment = "production"       # production, staging or lab
manager = "none"                 # none or patroni
database = "ledger"              # left out: postgres
ledger = "ledger"                # schema of the reference ledger; left out: there is none
interval_seconds = 1.0           # 0.2 to 60

[cluster.promises]               # each may be left out
lag_seconds_max = 10.0
synchronous = "ANY 1"            # left out: asynchronous is as it should be
disk_free_percent_min = 10.0
clock_offset_seconds_max = 2.0
rpo_entries_max = 0
rto_seconds_max = 60.0
seal_seconds = 60.0              # the fingerprint of the books is kept at this pace
recompute_seconds = 86400.0      # and recomputed from entry 1 at this one, on a standby

[cluster.books]                  # a ledger of your own; left out: the reference ledger. Each column may be left out
entries = "shop.journal"         # or entries_sql = "select ..." in its place; so for the other tables
number = "id"                    # further: origin, xid (an xid8), content = ["booked_at", "text"]
postings = "shop.lines"
posting_number = "journal_id"
account = "account_id"
amount = "value"                 # signed; or side = "side", debit = "D", credit = "C"
currency = "currency"            # or account_currency = "..." with the account, or currency_fixed = "EUR"
accounts = "shop.accounts"
account_id = "id"
balances = "shop.balances"
balance_account = "account_id"
balance_amount = "balance"       # or balance_debit and balance_credit
gap_free = false                 # true: numbers come from a counter held until the commit
balanced = true                  # false: entries need not balance

[cluster.change]                 # how it may be changed; each may be left out
quorum_fence = false             # true: a silent primary may be fenced by cutting its synchronous standbys
restart_seconds = 10             # a dead primary gets that long to come back in place
client_conninfo = "host=nyc-1,nyc-2 dbname=ledger user=app target_session_attrs=read-write"  # no password
client_node = "vault-1"          # where the outage meter runs; left out: a host that is not changed
admin_user = "postgres"          # the database role that changes act as, over the server's own socket

[cluster.change.fence_command]   # your own way to switch a primary off, run by the shell of a node
node = "vault-1"
command = "power-switch off $LEDGER_OLD"
state_command = "power-switch state $LEDGER_OLD"  # exit status 0 and 'off' as its first word prove it
seconds_max = 30

[[cluster.change.hooks]]         # a command of yours at a moment of a change, in this order
name = "pool"
moment = "after-promotion"       # or before-fencing
node = "vault-1"
command = "repoint-pool $LEDGER_NEW"
proof = "pool-points-to $LEDGER_NEW"  # exit status 0 proves it
seconds_max = 30
required = true                  # false: it may fail, and the change goes on
may_repeat = false               # true: it may run twice

[[cluster.node]]                 # one for each host
name = "nyc-1"
kind = "postgres"                # or backup: a host without a server; left out: postgres
become = "postgres"              # commands act as this account, by sudo; left out: as the login account

[cluster.node.ssh]               # what is left out comes from the SSH configuration
host = "nyc-1.ledger.example"
port = 22
user = "console"
identity_file = "~/.ssh/console" # a relative path counts from the TOML file's directory
config_file = "ssh_config"       # left out: ~/.ssh/config
proxy_jump = "bastion.ledger.example"

[cluster.node.postgres]          # how psql on that host reaches its server; may be left out
host = "/run/postgresql"         # an address or the directory of the socket
port = 5432
user = "postgres"
bin_directory = "/usr/lib/postgresql/17/bin"
data_directory = "/var/lib/postgresql/17/main"
password = false                 # true: from the keyring. No secret stands in this file
replication_host = "10.20.0.5"   # where the other nodes reach this server; left out: as its host is reached
replication = "user=replicator passfile=/var/lib/postgresql/.pgpass"  # how it logs in to whom it follows

[cluster.node.patroni]           # how that host reaches its Patroni; may be left out
host = "127.0.0.1"               # where the REST interface listens
port = 8008
tls = false
config_file = "/etc/patroni/config.yml"  # on that host, for patronictl; left out: the places that packages use
program = "/usr/bin/patronictl"  # left out: PATH
member = "nyc-1"                 # its name in Patroni; left out: the node's own

[[cluster.node]]
name = "vault-1"
kind = "backup"
ssh.host = "vault-1.ledger.example"
"""

import re
import tomllib
from collections.abc import Iterable
from difflib import get_close_matches
from enum import Enum
from pathlib import Path
from typing import Final

import msgspec

from console.domain.cluster import (
    ChangePolicy,
    ClusterSpec,
    FenceCommand,
    Hook,
    Inventory,
    NodeKind,
    NodeSpec,
    PatroniTarget,
    PostgresTarget,
    Promises,
    SshTarget,
)
from console.domain.ledger_mapping import LedgerMapping
from console.store import inventory_rules as rules
from console.store.inventory_rules import Key, Kind, Mistake

CHARACTERS_MAX: Final = 4 * 1024 * 1024
MISTAKES_SHOWN_MAX: Final = 20

_SECRET: Final = re.compile(r"pass|secret|token|credential|private", re.IGNORECASE)
_LINE: Final = re.compile(r"^(?P<what>.*) \(at (?P<where>[^()]+)\)$", re.DOTALL)
_FILES: Final = ("identity_file", "config_file")
_Table = dict[str, object]
_Written = (
    ClusterSpec | ChangePolicy | FenceCommand | Hook | Promises | LedgerMapping
    | NodeSpec | SshTarget | PostgresTarget | PatroniTarget
)  # fmt: skip


class InventoryMistake(ValueError):
    """Nothing can be taken from the file, for all these mistakes; `where`, `what` and `hint` are those of the first."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        self.where, self.what, self.hint = self.mistakes[0].where, self.mistakes[0].what, self.mistakes[0].hint
        shown = [str(mistake) for mistake in self.mistakes[:MISTAKES_SHOWN_MAX]]
        if len(self.mistakes) > len(shown):
            shown.append(f"and {len(self.mistakes) - len(shown)} more")
        super().__init__("\n".join(shown))


def read_inventory(text: str, *, base: Path) -> Inventory:
    """The inventory that a TOML text describes; relative paths count from `base`. Raises InventoryMistake."""
    if len(text) > CHARACTERS_MAX:
        what = f"it has {len(text)} characters, {CHARACTERS_MAX} are the limit"
        raise InventoryMistake([Mistake("the file", what)])
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise InventoryMistake([_syntax(str(error))]) from error
    reader = _Reader(base.absolute())
    clusters = reader.document(document)
    if reader.found:
        raise InventoryMistake(reader.found)
    return msgspec.convert({"clusters": clusters}, Inventory)


def read_mapping(text: str, *, base: Path, cluster: str) -> LedgerMapping:
    """How a TOML text maps the ledger of one cluster. Raises InventoryMistake, also where it does not."""
    found = read_inventory(text, base=base).cluster(cluster)
    if found is None:
        raise InventoryMistake([Mistake("the file", f"it names no cluster {cluster}", "name it as the inventory does")])
    if found.books is None:
        raise InventoryMistake([Mistake(f"cluster {cluster}", "it has no mapping", "give it [cluster.books]")])
    return found.books


def _syntax(said: str) -> Mistake:
    placed = _LINE.match(said)
    if placed is None:
        return Mistake("the file", f"it is not TOML: {said[:200]}")
    where, what = placed["where"], placed["what"]
    return Mistake(where, f"it is not TOML: {what[:200]}", "texts stand in quotes, a list of tables in [[ ]]")


class _Reader:
    """Walks through a document once and collects every mistake on its way."""

    def __init__(self, base: Path) -> None:
        self.found: list[Mistake] = []
        self._base = base

    def document(self, document: _Table) -> list[_Table]:
        self._unknown(document, ["cluster"], "the file")
        tables = self._tables(document, "cluster", "the file", "[[cluster]]")
        if not tables and not self.found:
            self.found.append(Mistake("the file", "it names no cluster", "begin one with [[cluster]]"))
        clusters = [self._cluster(table, number) for number, table in enumerate(tables, 1)]
        self.found += rules.whole_inventory(_names(clusters))
        return clusters

    def _cluster(self, table: _Table, number: int) -> _Table:
        where = _place("cluster", table, number)
        fields = self._fields(table, rules.CLUSTER_KEYS, where, inside=("change", "promises", "books", "node"))
        fields.setdefault("ledger", None)
        if "promises" in table:
            promises = self._table(table, "promises", where, "[cluster.promises]")
            fields["promises"] = self._fields(promises, rules.PROMISE_KEYS, f"{where}, promises")
        if "books" in table:
            fields["books"] = self._books(table, f"{where}, books")
        if "change" in table:
            change = self._table(table, "change", where, "[cluster.change]")
            fields["change"] = self._change(change, f"{where}, change")
        tables = self._tables(table, "node", where, "[[cluster.node]]")
        nodes = [self._node(node, f"{where}, {_place('node', node, place)}") for place, node in enumerate(tables, 1)]
        if tables or "node" not in table:
            self.found += rules.whole_cluster(where, _names(nodes) if tables else [])
        fields["nodes"] = nodes
        if "change" in fields:
            self._pointing(fields["change"], f"{where}, change", _names(nodes))
        return fields

    def _change(self, table: _Table, where: str) -> _Table:
        fields = self._fields(table, rules.CHANGE_KEYS, where, inside=("fence_command", "hooks"))
        if "fence_command" in table:
            fence = self._table(table, "fence_command", where, "[cluster.change.fence_command]")
            fields["fence_command"] = self._fields(fence, rules.FENCE_KEYS, f"{where}, fence_command")
        hooks = self._tables(table, "hooks", where, "[[cluster.change.hooks]]")
        fields["hooks"] = [
            self._fields(hook, rules.HOOK_KEYS, f"{where}, {_place('hook', hook, place)}")
            for place, hook in enumerate(hooks, 1)
        ]
        return fields

    def _pointing(self, change: object, where: str, nodes: list[str]) -> None:
        """That every node which a policy names is there."""
        assert isinstance(change, dict)
        hooks = [*enumerate(change["hooks"], 1)]
        parts = [(f"{where}, {_place('hook', hook, number)}", hook.get("node")) for number, hook in hooks]
        parts += [(f"{where}, fence_command", change.get("fence_command", {}).get("node"))]
        parts += [(f"{where}, client_node", change.get("client_node"))]
        named = [(place, str(name)) for place, name in parts if name]
        self.found += rules.whole_change(where, _names([hook for _, hook in hooks]), named, nodes)

    def _books(self, table: _Table, where: str) -> _Table:
        """The mapping of a ledger; each value may be fine, and all together still no ledger."""
        before = len(self.found)
        fields = self._fields(self._table(table, "books", where, "[cluster.books]"), rules.BOOKS_KEYS, where)
        if len(self.found) == before:
            self.found += rules.books_mistakes(msgspec.convert(fields, LedgerMapping), where)
        return fields

    def _node(self, table: _Table, where: str) -> _Table:
        fields = self._fields(table, rules.NODE_KEYS, where, inside=("ssh", "postgres", "patroni"))
        fields.setdefault("kind", NodeKind.POSTGRES.value)
        ssh = self._table(table, "ssh", where, "[cluster.node.ssh]")
        fields["ssh"] = self._fields(ssh, rules.SSH_KEYS, f"{where}, ssh")
        if "postgres" in table:
            if fields["kind"] == NodeKind.BACKUP.value:
                self.found += rules.server_fits(NodeKind.BACKUP, True, where)
            server = self._table(table, "postgres", where, "[cluster.node.postgres]")
            fields["postgres"] = self._fields(server, rules.POSTGRES_KEYS, f"{where}, postgres")
        elif fields["kind"] == NodeKind.POSTGRES.value:
            fields["postgres"] = {}
        if "patroni" in table:
            patroni = self._table(table, "patroni", where, "[cluster.node.patroni]")
            fields["patroni"] = self._fields(patroni, rules.PATRONI_KEYS, f"{where}, patroni", remote=True)
            if fields["kind"] == NodeKind.BACKUP.value:
                what = "a backup host has no Patroni"
                self.found.append(Mistake(f"{where}, patroni", what, "take [cluster.node.patroni] out"))
        return fields

    def _fields(
        self, table: _Table, keys: tuple[Key, ...], where: str, *, inside: tuple[str, ...] = (), remote: bool = False
    ) -> _Table:
        self._unknown(table, [*(key.name for key in keys), *inside], where)
        fields: _Table = {}
        for key in keys:
            if key.name in table:
                self._field(table[key.name], key, f"{where}, {key.name}", fields, remote=remote)
            elif key.required:
                self.found.append(Mistake(where, f"it has no {key.name}", f"give it {key.name} = {key.kind.value}"))
        return fields

    def _field(self, value: object, key: Key, where: str, fields: _Table, *, remote: bool) -> None:
        """One key's value. `remote`: a file that it names lies on the node, and is not looked for here."""
        if not _is(value, key.kind):
            hint = rules.SECRETS_LIVE if _SECRET.search(key.name) else ""
            self.found.append(Mistake(where, f"it should be {key.kind.value}", hint))  # its value may be a secret
            return
        wrong = key.rule(value)
        if wrong is not None:
            self.found.append(Mistake(where, *wrong))
            return
        fields[key.name] = self._file(str(value), where) if key.name in _FILES and not remote else value

    def _file(self, text: str, where: str) -> str:
        """The path of a file that must be there. What begins with ~ stays so: it means the reader's own home."""
        try:
            path = self._base / Path(text).expanduser()
            there = path.is_file()
        except (OSError, RuntimeError):
            path, there = Path(text), False
        if not there:
            self.found.append(Mistake(where, f"there is no file {path}", "put it there, or name the one that is"))
        return text if text.startswith("~") else str(path)

    def _unknown(self, table: _Table, known: list[str], where: str) -> None:
        for key in table:
            if key in known:
                continue
            shown = repr(key if len(key) <= 80 else key[:80] + "…")
            if _SECRET.search(key):
                self.found.append(Mistake(where, f"the key {shown} looks like a secret", rules.SECRETS_LIVE))
                continue
            near = get_close_matches(key.lower(), known, n=1)
            hint = f"did you mean {near[0]}?" if near else "known here: " + ", ".join(known)
            self.found.append(Mistake(where, f"the key {shown} is not known", hint))

    def _table(self, table: _Table, key: str, where: str, written: str) -> _Table:
        """A table inside another; an absent one is empty, so that its required keys are missed by name."""
        value = table.get(key, {})
        if isinstance(value, dict):
            return value
        self.found.append(Mistake(f"{where}, {key}", "it should be a table", f"write {written}"))
        return {}

    def _tables(self, table: _Table, key: str, where: str, written: str) -> list[_Table]:
        value = table.get(key, [])
        if isinstance(value, list) and all(isinstance(each, dict) for each in value):
            return value
        self.found.append(Mistake(f"{where}, {key}", "it should be a list of tables", f"write {written}"))
        return []


def _is(value: object, kind: Kind) -> bool:
    match kind:
        case Kind.TEXT:
            return isinstance(value, str)
        case Kind.WHOLE:
            return isinstance(value, int) and not isinstance(value, bool)
        case Kind.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case Kind.FLAG:
            return isinstance(value, bool)
        case Kind.TEXTS:
            return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _place(kind: str, table: _Table, number: int) -> str:
    name = table.get("name")
    return f"{kind} {name}" if isinstance(name, str) and len(name) <= 80 and name.isprintable() else f"{kind} {number}"


def _names(tables: list[_Table]) -> list[str]:
    """The names of tables, as far as they have one; a nameless one counts by its place."""
    return [str(table.get("name", f"#{number}")) for number, table in enumerate(tables)]


def write_inventory(inventory: Inventory) -> str:
    """The TOML text that `read_inventory` reads back to the same inventory; no secret is in either."""
    return "\n".join(line for cluster in inventory.clusters for line in _cluster_lines(cluster))


def _cluster_lines(cluster: ClusterSpec) -> list[str]:
    lines = ["[[cluster]]", *_lines(cluster, rules.CLUSTER_KEYS), ""]
    if cluster.promises != Promises():
        lines += ["[cluster.promises]", *_lines(cluster.promises, rules.PROMISE_KEYS), ""]
    if cluster.books is not None:
        lines += ["[cluster.books]", *_lines(cluster.books, rules.BOOKS_KEYS), ""]
    lines += _change_lines(cluster.change)
    for node in cluster.nodes:
        lines += ["[[cluster.node]]", *_lines(node, rules.NODE_KEYS), ""]
        lines += ["[cluster.node.ssh]", *_lines(node.ssh, rules.SSH_KEYS), ""]
        if node.postgres is not None:
            lines += ["[cluster.node.postgres]", *_lines(node.postgres, rules.POSTGRES_KEYS), ""]
        if node.patroni is not None:
            lines += ["[cluster.node.patroni]", *_lines(node.patroni, rules.PATRONI_KEYS), ""]
    return lines


def _change_lines(change: ChangePolicy) -> list[str]:
    if change == ChangePolicy():
        return []
    lines = ["[cluster.change]", *_lines(change, rules.CHANGE_KEYS), ""]
    if change.fence_command is not None:
        lines += ["[cluster.change.fence_command]", *_lines(change.fence_command, rules.FENCE_KEYS), ""]
    for hook in change.hooks:
        lines += ["[[cluster.change.hooks]]", *_lines(hook, rules.HOOK_KEYS), ""]
    return lines


def _lines(
    value: _Written,
    keys: tuple[Key, ...],
) -> list[str]:
    held = ((key.name, getattr(value, key.name)) for key in keys)
    return [f"{name} = {_toml(each)}" for name, each in held if each is not None]


def _toml(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case Enum():
            return _toml(value.value)
        case str():
            return '"' + "".join(_escaped(character) for character in value) + '"'
        case tuple():
            return "[" + ", ".join(_toml(each) for each in value) + "]"
        case _:
            raise ValueError(f"{type(value).__name__} has no form in TOML")


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    return character if character.isprintable() else f"\\U{ord(character):08X}"
