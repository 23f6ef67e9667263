"""The first form: inventory, settings, readings in three grains, the times watched, events."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Written out here and not taken from the schema: a migration must make the same tables for ever.
MEASURES = (
    "round_trip_ms",
    "reply_age_seconds",
    "lag_bytes",
    "lag_seconds",
    "lag_entries",
    "entries_per_second",
    "wal_bytes_per_second",
)


def upgrade() -> None:
    _inventory()
    _readings()
    _times()


def _inventory() -> None:
    op.create_table(
        "settings",
        sa.Column("key", sa.String(63), nullable=False),
        sa.Column("value", sa.String(4096), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_settings"),
    )
    op.create_table(
        "clusters",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.String(63), nullable=False),
        sa.Column("environment", sa.String(16), nullable=False),
        sa.Column("manager", sa.String(16), nullable=False),
        sa.Column("database", sa.String(63), nullable=False),
        sa.Column("ledger", sa.String(63)),
        sa.Column("interval_seconds", sa.Float, nullable=False),
        sa.Column("lag_seconds_max", sa.Float, nullable=False),
        sa.Column("synchronous", sa.String(63)),
        sa.Column("disk_free_percent_min", sa.Float, nullable=False),
        sa.Column("clock_offset_seconds_max", sa.Float, nullable=False),
        sa.Column("rpo_entries_max", sa.BigInteger),
        sa.Column("rto_seconds_max", sa.Float),
        sa.PrimaryKeyConstraint("id", name="pk_clusters"),
        sa.UniqueConstraint("name", name="uq_clusters_name"),
    )
    op.create_table(
        "nodes",
        sa.Column("cluster_id", sa.Integer, nullable=False),
        sa.Column("name", sa.String(63), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("become", sa.String(63)),
        sa.Column("ssh_host", sa.String(4096), nullable=False),
        sa.Column("ssh_port", sa.Integer),
        sa.Column("ssh_user", sa.String(4096)),
        sa.Column("ssh_identity_file", sa.String(4096)),
        sa.Column("ssh_config_file", sa.String(4096)),
        sa.Column("ssh_proxy_jump", sa.String(4096)),
        sa.Column("postgres_host", sa.String(4096)),
        sa.Column("postgres_port", sa.Integer),
        sa.Column("postgres_user", sa.String(63)),
        sa.Column("postgres_bin_directory", sa.String(4096)),
        sa.Column("postgres_data_directory", sa.String(4096)),
        sa.Column("postgres_password", sa.Boolean),
        sa.ForeignKeyConstraint(["cluster_id"], ["clusters.id"], name="fk_nodes_cluster_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cluster_id", "name", name="pk_nodes"),
    )


def _readings() -> None:
    op.create_table(
        "watched_nodes",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("cluster", sa.String(63), nullable=False),
        sa.Column("node", sa.String(63), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_watched_nodes"),
        sa.UniqueConstraint("cluster", "node", name="uq_watched_nodes_cluster"),
    )
    _keyed_by_time(
        "samples",
        sa.Column("answered", sa.SmallInteger, nullable=False),
        *(sa.Column(measure, sa.BigInteger) for measure in MEASURES),
    )
    for name in ("minutes", "hours"):
        _keyed_by_time(
            name,
            *(sa.Column(f"low_{measure}", sa.BigInteger) for measure in MEASURES),
            *(sa.Column(f"high_{measure}", sa.BigInteger) for measure in MEASURES),
            sa.Column("asked", sa.Integer, nullable=False),
            sa.Column("answered", sa.Integer, nullable=False),
            *(sa.Column(f"total_{measure}", sa.BigInteger) for measure in MEASURES),
            *(sa.Column(f"known_{measure}", sa.Integer, nullable=False) for measure in MEASURES),
        )
    op.create_table(
        "frontiers",
        sa.Column("readings", sa.String(16), nullable=False),
        sa.Column("rolled_ms", sa.BigInteger, nullable=False),
        sa.Column("kept_ms", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("readings", name="pk_frontiers"),
    )


def _keyed_by_time(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("node_id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at_ms", sa.BigInteger, nullable=False, autoincrement=False),
        *columns,
        sa.ForeignKeyConstraint(["node_id"], ["watched_nodes.id"], name=f"fk_{name}_node_id"),
        sa.PrimaryKeyConstraint("node_id", "at_ms", name=f"pk_{name}"),
        sqlite_with_rowid=False,
    )


def _times() -> None:
    op.create_table(
        "watches",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("begin_ms", sa.BigInteger, nullable=False),
        sa.Column("end_ms", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_watches"),
    )
    op.create_index("ix_watches_end_ms", "watches", ["end_ms"])
    op.create_table(
        "events",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("cluster", sa.String(63), nullable=False),
        sa.Column("node", sa.String(63)),
        sa.Column("health", sa.String(16), nullable=False),
        sa.Column("text", sa.String(4096), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_cluster_at_us", "events", ["cluster", "at_us"])
