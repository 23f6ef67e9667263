"""Keeps the inventory: the clusters that this engine watches, as rows."""

from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, delete, insert, select, update

from console.domain.backup_policy import BackupPolicy
from console.domain.cluster import (
    ChangePolicy,
    ClusterSpec,
    Environment,
    Inventory,
    Manager,
    NodeKind,
    NodeSpec,
    PatroniTarget,
    PostgresTarget,
    Promises,
    SshTarget,
)
from console.domain.ledger_mapping import LedgerMapping
from console.store import schema
from console.store.database import Store
from console.store.inventory_rules import mistakes_of
from console.store.trouble import StoreTrouble, TroubleKind

MISTAKES_SHOWN_MAX: Final = 5

_PROMISES: Final = (
    "lag_seconds_max",
    "synchronous",
    "disk_free_percent_min",
    "clock_offset_seconds_max",
    "rpo_entries_max",
    "rto_seconds_max",
    "uptime_percent_min",
    "seal_seconds",
    "recompute_seconds",
)
_BOOKS: Final = msgspec.json.Decoder(LedgerMapping)
_CHANGE: Final = msgspec.json.Decoder(ChangePolicy)
_BACKUP: Final = msgspec.json.Decoder(BackupPolicy)
_SSH: Final = ("host", "port", "user", "identity_file", "config_file", "proxy_jump")
_POSTGRES: Final = (
    "host", "port", "user", "bin_directory", "data_directory", "password", "replication_host", "replication",
    "as_login",
)  # fmt: skip
_PATRONI: Final = ("host", "port", "tls", "config_file", "program", "member")


class Inventories:
    """The inventory in the store. It holds no secret."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def load(self) -> Inventory:
        """All clusters, in the order in which they came in. Raises StoreTrouble."""
        with self._store.reading() as connection:
            clusters = connection.execute(select(schema.clusters).order_by(schema.clusters.c.id)).all()
            nodes = connection.execute(select(schema.nodes).order_by(schema.nodes.c.place)).all()
        of_cluster: dict[int, list[NodeSpec]] = {cluster.id: [] for cluster in clusters}
        for node in nodes:
            of_cluster[node.cluster_id].append(_node(node))
        return Inventory(clusters=tuple(_cluster(row, tuple(of_cluster[row.id])) for row in clusters))

    def save(self, clusters: tuple[ClusterSpec, ...], *, replace: bool) -> None:
        """Put clusters in, all or none; one whose name is taken needs `replace`. Raises StoreTrouble."""
        mistakes = mistakes_of(Inventory(clusters=clusters))
        if mistakes:
            shown = "; ".join(str(mistake) for mistake in mistakes[:MISTAKES_SHOWN_MAX])
            raise StoreTrouble(TroubleKind.REFUSED, "the inventory", what=shown)
        columns = schema.clusters.c
        with self._store.writing(durable=True) as connection:
            wanted = select(columns.name, columns.id).where(columns.name.in_([each.name for each in clusters]))
            present = {row.name: row.id for row in connection.execute(wanted)}
            if present and not replace:
                what = f"{', '.join(sorted(present))} stands there already"
                hint = "nothing was changed; choose another name, or replace it"
                raise StoreTrouble(TroubleKind.REFUSED, "the inventory", what=what, hint=hint)
            for cluster in clusters:
                _put(connection, cluster, present.get(cluster.name))

    def remove(self, name: str) -> bool:
        """Take a cluster out; False where it is not there. Its readings stay until they age out."""
        with self._store.writing(durable=True) as connection:
            gone = connection.execute(delete(schema.clusters).where(schema.clusters.c.name == name))
            return gone.rowcount > 0


def _put(connection: Connection, cluster: ClusterSpec, number: int | None) -> None:
    """Write a cluster over the one of this number, or as a new one; its nodes are written anew."""
    values = {
        "name": cluster.name,
        "environment": cluster.environment.value,
        "manager": cluster.manager.value,
        "database": cluster.database,
        "ledger": cluster.ledger,
        "interval_seconds": cluster.interval_seconds,
        "books": None if cluster.books is None else msgspec.json.encode(cluster.books).decode(),
        **{name: getattr(cluster.promises, name) for name in _PROMISES},
        "change": None if cluster.change == ChangePolicy() else msgspec.json.encode(cluster.change).decode(),
        "backup": None if cluster.backup is None else msgspec.json.encode(cluster.backup).decode(),
    }
    if number is None:
        made = connection.execute(insert(schema.clusters).values(values))
        assert made.inserted_primary_key is not None
        number = made.inserted_primary_key[0]
    else:
        connection.execute(update(schema.clusters).where(schema.clusters.c.id == number).values(values))
        connection.execute(delete(schema.nodes).where(schema.nodes.c.cluster_id == number))
    rows = [{"cluster_id": number, "place": place, **_columns(node)} for place, node in enumerate(cluster.nodes)]
    connection.execute(insert(schema.nodes), rows)


def _columns(node: NodeSpec) -> dict[str, Any]:
    server, patroni = node.postgres, node.patroni
    return {
        "name": node.name,
        "kind": node.kind.value,
        "become": node.become,
        **{f"ssh_{name}": getattr(node.ssh, name) for name in _SSH},
        **{f"postgres_{name}": None if server is None else getattr(server, name) for name in _POSTGRES},
        **{f"patroni_{name}": None if patroni is None else getattr(patroni, name) for name in _PATRONI},
    }


def _cluster(row: Row[Any], nodes: tuple[NodeSpec, ...]) -> ClusterSpec:
    return ClusterSpec(
        name=row.name,
        environment=Environment(row.environment),
        manager=Manager(row.manager),
        database=row.database,
        ledger=row.ledger,
        interval_seconds=row.interval_seconds,
        books=None if row.books is None else _BOOKS.decode(row.books),
        promises=Promises(**{name: getattr(row, name) for name in _PROMISES}),
        change=_change(row),
        backup=_backup(row),
        nodes=nodes,
    )


def _change(row: Row[Any]) -> ChangePolicy:
    """What can't be read is never taken for a policy of its own: how a primary is fenced stands in it."""
    try:
        return ChangePolicy() if row.change is None else _CHANGE.decode(row.change)
    except msgspec.DecodeError as error:
        what = f"how {row.name} may be changed can't be read: {error}"
        raise StoreTrouble(TroubleKind.DAMAGED, "the inventory", what=what) from error


def _backup(row: Row[Any]) -> BackupPolicy | None:
    """What can't be read is never taken for no policy: by none, nothing would be kept."""
    try:
        return None if row.backup is None else _BACKUP.decode(row.backup)
    except msgspec.DecodeError as error:
        what = f"what is wanted of {row.name}'s backups can't be read: {error}"
        raise StoreTrouble(TroubleKind.DAMAGED, "the inventory", what=what) from error


def _node(row: Row[Any]) -> NodeSpec:
    server = None
    if row.postgres_port is not None:
        told = {name: getattr(row, f"postgres_{name}") for name in _POSTGRES}
        server = PostgresTarget(**{**told, "as_login": bool(row.postgres_as_login)})  # NULL in rows of older forms
    patroni = None
    if row.patroni_port is not None:
        patroni = PatroniTarget(**{name: getattr(row, f"patroni_{name}") for name in _PATRONI})
    return NodeSpec(
        name=row.name,
        kind=NodeKind(row.kind),
        become=row.become,
        ssh=SshTarget(**{name: getattr(row, f"ssh_{name}") for name in _SSH}),
        postgres=server,
        patroni=patroni,
    )
