"""The store's tables, as SQLAlchemy Core knows them; a migration makes each of them."""

from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
)

from console.domain.fleet import Measure

HEAD_REVISION: Final = "0001"  # a test holds it equal to the newest migration
NAME_LENGTH: Final = 63
TEXT_LENGTH: Final = 4096

# How many stored units make one unit of the measure. Readings are kept as whole numbers: they take a third of the
# space of floats, and their smallest, greatest and sum are exact whatever the order in which they are added up.
SCALES: Final = {
    Measure.ROUND_TRIP_MS: 1000,
    Measure.REPLY_AGE_SECONDS: 1000,
    Measure.LAG_BYTES: 1,
    Measure.LAG_SECONDS: 1000,
    Measure.LAG_ENTRIES: 1,
    Measure.ENTRIES_PER_SECOND: 1000,
    Measure.WAL_BYTES_PER_SECOND: 1,
}
MEASURES: Final = tuple(Measure)
COLUMNS: Final = tuple(measure.value.replace("-", "_") for measure in MEASURES)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

settings = Table(
    "settings",
    metadata,
    Column("key", String(NAME_LENGTH), primary_key=True),
    Column("value", String(TEXT_LENGTH), nullable=False),
)

clusters = Table(
    "clusters",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(NAME_LENGTH), nullable=False),
    Column("environment", String(16), nullable=False),
    Column("manager", String(16), nullable=False),
    Column("database", String(NAME_LENGTH), nullable=False),
    Column("ledger", String(NAME_LENGTH)),
    Column("interval_seconds", Float, nullable=False),
    Column("lag_seconds_max", Float, nullable=False),
    Column("synchronous", String(NAME_LENGTH)),
    Column("disk_free_percent_min", Float, nullable=False),
    Column("clock_offset_seconds_max", Float, nullable=False),
    Column("rpo_entries_max", BigInteger),
    Column("rto_seconds_max", Float),
    UniqueConstraint("name"),
)

nodes = Table(
    "nodes",
    metadata,
    Column("cluster_id", ForeignKey("clusters.id", ondelete="CASCADE"), primary_key=True),
    Column("name", String(NAME_LENGTH), primary_key=True),
    Column("place", Integer, nullable=False),  # the order in which the operator named them
    Column("kind", String(16), nullable=False),
    Column("become", String(NAME_LENGTH)),
    Column("ssh_host", String(TEXT_LENGTH), nullable=False),
    Column("ssh_port", Integer),
    Column("ssh_user", String(TEXT_LENGTH)),
    Column("ssh_identity_file", String(TEXT_LENGTH)),
    Column("ssh_config_file", String(TEXT_LENGTH)),
    Column("ssh_proxy_jump", String(TEXT_LENGTH)),
    # All of these are NULL on a host without a server, and there only.
    Column("postgres_host", String(TEXT_LENGTH)),
    Column("postgres_port", Integer),
    Column("postgres_user", String(NAME_LENGTH)),
    Column("postgres_bin_directory", String(TEXT_LENGTH)),
    Column("postgres_data_directory", String(TEXT_LENGTH)),
    Column("postgres_password", Boolean),
)

# Nodes as the history knows them: by name, apart from the inventory, so that the readings of a cluster that was
# taken out stay until they age out, and are there again when it comes back.
watched_nodes = Table(
    "watched_nodes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("cluster", String(NAME_LENGTH), nullable=False),
    Column("node", String(NAME_LENGTH), nullable=False),
    UniqueConstraint("cluster", "node"),
)


def _whole(name: str, *, nullable: bool = True) -> Column[int]:
    return Column(name, BigInteger, nullable=nullable)


def _key() -> tuple[Column[Any], Column[int]]:
    return (
        Column("node_id", Integer, ForeignKey("watched_nodes.id"), primary_key=True, autoincrement=False),
        Column("at_ms", BigInteger, primary_key=True, autoincrement=False),
    )


def _rolled(name: str) -> Table:
    """A table of buckets. `low` and `high` come first: SQLite reads a row from the left, and charts need no more."""
    return Table(
        name,
        metadata,
        *_key(),
        *(_whole(f"low_{column}") for column in COLUMNS),
        *(_whole(f"high_{column}") for column in COLUMNS),
        Column("asked", Integer, nullable=False),
        Column("answered", Integer, nullable=False),
        *(_whole(f"total_{column}") for column in COLUMNS),
        *(Column(f"known_{column}", Integer, nullable=False) for column in COLUMNS),
        sqlite_with_rowid=False,
    )


samples = Table(
    "samples",
    metadata,
    *_key(),
    Column("answered", SmallInteger, nullable=False),
    *(_whole(column) for column in COLUMNS),
    sqlite_with_rowid=False,
)
minutes = _rolled("minutes")
hours = _rolled("hours")

# Per table of readings: `rolled_ms`, up to where the next coarser table holds it (0: nothing yet), and `kept_ms`, from
# where on it is whole (before that it was thrown away).
frontiers = Table(
    "frontiers",
    metadata,
    Column("readings", String(16), primary_key=True),
    Column("rolled_ms", BigInteger, nullable=False),
    Column("kept_ms", BigInteger, nullable=False),
)

watches = Table(
    "watches",
    metadata,
    Column("id", Integer, primary_key=True),
    _whole("begin_ms", nullable=False),
    _whole("end_ms", nullable=False),
    Index(None, "end_ms"),
)

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    _whole("at_us", nullable=False),
    Column("kind", String(16), nullable=False),
    Column("cluster", String(NAME_LENGTH), nullable=False),
    Column("node", String(NAME_LENGTH)),
    Column("health", String(16), nullable=False),
    Column("text", String(TEXT_LENGTH), nullable=False),
    Index("ix_events_cluster_at_us", "cluster", "at_us"),
)
