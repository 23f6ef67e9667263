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
uptime_percent_min = 99.9        # of a year, in which the ledger can be written to
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

[cluster.backup]                 # what is wanted of backups; left out: nothing was said
time_zone = "Europe/Berlin"      # of the calendar below
scheduler = "engine"             # who starts what it says: engine, crontab (the backup host's own), nobody
rate_mb_per_second_max = 50      # 10^6 bytes a second and backup; left out: as fast as it goes
sandbox_node = "vault-1"         # where restores are tried; left out: the repository's own host
sandbox_directory = "/srv/sandbox"
wal_silence_seconds_max = 600    # no WAL for so long on a ledger that writes is an alert

[cluster.backup.retention]
fulls_min = 2                    # so many full backups stay, whatever their age
window_days = 14                 # and every moment of so many days; 0: only the count

[[cluster.backup.repositories]]  # one for each place where backups are kept
name = "vault"
node = "vault-1"                 # the backup host, by its name below
engine = "native"                # native, barman, pgbackrest
path = "/srv/backup/ledger"      # native: its directory there
medium = "directory"             # directory, tape, object-store
source = "nyc-1"                 # whom to copy; left out: a standby that is close, else the primary
login = "user=replicator passfile=/var/lib/backup/.pgpass"  # never a password
wal = "stream"                   # stream (pg_receivewal), or archive with archive = "/srv/archive"
mirror = "/mnt/second/ledger"    # native: a second directory; pgbackrest: the number of its second repository
compressed = true
offsite = false                  # further: stanza, config_file, program, bin_directory, staging, immutable_days

[[cluster.backup.cycle]]         # the calendar: minute, hour, day of the month, month, day of the week
what = "full"                    # full, incremental, differential, verify, prove, expire
cron = "30 1 * * 0"
repository = "vault"             # left out: the first

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
as_login = false                 # true: psql runs as the login account itself, not as `become` ('access kit' wants it)

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

import tomllib
from pathlib import Path
from typing import Final

import msgspec

from console.domain.cluster import ChangePolicy, ClusterSpec, Inventory, NodeKind, Promises
from console.domain.ledger_mapping import LedgerMapping
from console.store import inventory_rules as rules
from console.store.key_rules import Mistake
from console.store.policy_file import policy_fields, policy_lines
from console.store.toml_tables import InventoryMistake, Table, Tables, key_lines, names_of, place_of, syntax_mistake

__all__ = ["CHARACTERS_MAX", "InventoryMistake", "read_inventory", "read_mapping", "write_inventory"]

CHARACTERS_MAX: Final = 4 * 1024 * 1024


def read_inventory(text: str, *, base: Path) -> Inventory:
    """The inventory that a TOML text describes; relative paths count from `base`. Raises InventoryMistake."""
    if len(text) > CHARACTERS_MAX:
        what = f"it has {len(text)} characters, {CHARACTERS_MAX} are the limit"
        raise InventoryMistake([Mistake("the file", what)])
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise InventoryMistake([syntax_mistake(str(error))]) from error
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


class _Reader(Tables):
    """The inventory's own tables."""

    def document(self, document: Table) -> list[Table]:
        self.unknown(document, ["cluster"], "the file")
        tables = self.tables(document, "cluster", "the file", "[[cluster]]")
        if not tables and not self.found:
            self.found.append(Mistake("the file", "it names no cluster", "begin one with [[cluster]]"))
        clusters = [self._cluster(table, number) for number, table in enumerate(tables, 1)]
        self.found += rules.whole_inventory(names_of(clusters))
        return clusters

    def _cluster(self, table: Table, number: int) -> Table:
        where = place_of("cluster", table, number)
        fields = self.fields(table, rules.CLUSTER_KEYS, where, inside=("change", "backup", "promises", "books", "node"))
        fields.setdefault("ledger", None)
        if "promises" in table:
            promises = self.table(table, "promises", where, "[cluster.promises]")
            fields["promises"] = self.fields(promises, rules.PROMISE_KEYS, f"{where}, promises")
        if "books" in table:
            fields["books"] = self._books(table, f"{where}, books")
        if "change" in table:
            change = self.table(table, "change", where, "[cluster.change]")
            fields["change"] = self._change(change, f"{where}, change")
        tables = self.tables(table, "node", where, "[[cluster.node]]")
        nodes = [self._node(node, f"{where}, {place_of('node', node, place)}") for place, node in enumerate(tables, 1)]
        if tables or "node" not in table:
            self.found += rules.whole_cluster(where, names_of(nodes) if tables else [])
        fields["nodes"] = nodes
        if "backup" in table:
            backup = self.table(table, "backup", where, "[cluster.backup]")
            hosts = {str(node.get("name")): str(node.get("kind")) for node in nodes}
            fields["backup"] = policy_fields(self, backup, hosts, f"{where}, backup", written="cluster.backup.")
        if "change" in fields:
            self._pointing(fields["change"], f"{where}, change", names_of(nodes))
        return fields

    def _change(self, table: Table, where: str) -> Table:
        fields = self.fields(table, rules.CHANGE_KEYS, where, inside=("fence_command", "hooks"))
        if "fence_command" in table:
            fence = self.table(table, "fence_command", where, "[cluster.change.fence_command]")
            fields["fence_command"] = self.fields(fence, rules.FENCE_KEYS, f"{where}, fence_command")
        hooks = self.tables(table, "hooks", where, "[[cluster.change.hooks]]")
        fields["hooks"] = [
            self.fields(hook, rules.HOOK_KEYS, f"{where}, {place_of('hook', hook, place)}")
            for place, hook in enumerate(hooks, 1)
        ]
        return fields

    def _pointing(self, change: object, where: str, nodes: list[str]) -> None:
        """That every node which a policy names is there."""
        assert isinstance(change, dict)
        hooks = [*enumerate(change["hooks"], 1)]
        parts = [(f"{where}, {place_of('hook', hook, number)}", hook.get("node")) for number, hook in hooks]
        parts += [(f"{where}, fence_command", change.get("fence_command", {}).get("node"))]
        parts += [(f"{where}, client_node", change.get("client_node"))]
        named = [(place, str(name)) for place, name in parts if name]
        self.found += rules.whole_change(where, names_of([hook for _, hook in hooks]), named, nodes)

    def _books(self, table: Table, where: str) -> Table:
        """The mapping of a ledger; each value may be fine, and all together still no ledger."""
        before = len(self.found)
        fields = self.fields(self.table(table, "books", where, "[cluster.books]"), rules.BOOKS_KEYS, where)
        if len(self.found) == before:
            self.found += rules.books_mistakes(msgspec.convert(fields, LedgerMapping), where)
        return fields

    def _node(self, table: Table, where: str) -> Table:
        fields = self.fields(table, rules.NODE_KEYS, where, inside=("ssh", "postgres", "patroni"))
        fields.setdefault("kind", NodeKind.POSTGRES.value)
        ssh = self.table(table, "ssh", where, "[cluster.node.ssh]")
        fields["ssh"] = self.fields(ssh, rules.SSH_KEYS, f"{where}, ssh")
        if "postgres" in table:
            if fields["kind"] == NodeKind.BACKUP.value:
                self.found += rules.server_fits(NodeKind.BACKUP, True, where)
            server = self.table(table, "postgres", where, "[cluster.node.postgres]")
            fields["postgres"] = self.fields(server, rules.POSTGRES_KEYS, f"{where}, postgres")
        elif fields["kind"] == NodeKind.POSTGRES.value:
            fields["postgres"] = {}
        if "patroni" in table:
            patroni = self.table(table, "patroni", where, "[cluster.node.patroni]")
            fields["patroni"] = self.fields(patroni, rules.PATRONI_KEYS, f"{where}, patroni", remote=True)
            if fields["kind"] == NodeKind.BACKUP.value:
                what = "a backup host has no Patroni"
                self.found.append(Mistake(f"{where}, patroni", what, "take [cluster.node.patroni] out"))
        return fields


def write_inventory(inventory: Inventory) -> str:
    """The TOML text that `read_inventory` reads back to the same inventory; no secret is in either."""
    return "\n".join(line for cluster in inventory.clusters for line in _cluster_lines(cluster))


def _cluster_lines(cluster: ClusterSpec) -> list[str]:
    lines = ["[[cluster]]", *key_lines(cluster, rules.CLUSTER_KEYS), ""]
    if cluster.promises != Promises():
        lines += ["[cluster.promises]", *key_lines(cluster.promises, rules.PROMISE_KEYS), ""]
    if cluster.books is not None:
        lines += ["[cluster.books]", *key_lines(cluster.books, rules.BOOKS_KEYS), ""]
    lines += _change_lines(cluster.change)
    if cluster.backup is not None:
        lines += ["[cluster.backup]", *policy_lines(cluster.backup, written="cluster.backup.")]
    for node in cluster.nodes:
        lines += ["[[cluster.node]]", *key_lines(node, rules.NODE_KEYS), ""]
        lines += ["[cluster.node.ssh]", *key_lines(node.ssh, rules.SSH_KEYS), ""]
        if node.postgres is not None:
            lines += ["[cluster.node.postgres]", *key_lines(node.postgres, rules.POSTGRES_KEYS), ""]
        if node.patroni is not None:
            lines += ["[cluster.node.patroni]", *key_lines(node.patroni, rules.PATRONI_KEYS), ""]
    return lines


def _change_lines(change: ChangePolicy) -> list[str]:
    if change == ChangePolicy():
        return []
    lines = ["[cluster.change]", *key_lines(change, rules.CHANGE_KEYS), ""]
    if change.fence_command is not None:
        lines += ["[cluster.change.fence_command]", *key_lines(change.fence_command, rules.FENCE_KEYS), ""]
    for hook in change.hooks:
        lines += ["[[cluster.change.hooks]]", *key_lines(hook, rules.HOOK_KEYS), ""]
    return lines
