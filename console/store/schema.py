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
    Text,
    UniqueConstraint,
)

from console.domain.fleet import Measure

HEAD_REVISION: Final = "0011"  # a test holds it equal to the newest migration
NAME_LENGTH: Final = 63
RECORD_LENGTH: Final = 200
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
    Measure.SUSPICION: 1000,
}
MEASURES: Final = tuple(Measure)
COLUMNS: Final = tuple(measure.value.replace("-", "_") for measure in MEASURES)
LATER: Final = ("suspicion",)  # added by migrations: at the end of each row, so that no reading had to be copied
_FIRST: Final = tuple(column for column in COLUMNS if column not in LATER)

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
    Column("uptime_percent_min", Float),
    Column("books", Text),  # a LedgerMapping as JSON; NULL: the reference ledger, where there is one
    Column("seal_seconds", Float, nullable=False, server_default="60"),
    Column("recompute_seconds", Float, nullable=False, server_default="86400"),
    Column("change", Text),  # a ChangePolicy as JSON; NULL: as where nothing is said
    Column("backup", Text),  # a BackupPolicy as JSON; NULL: nothing was said
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
    Column("postgres_replication_host", String(TEXT_LENGTH)),
    Column("postgres_replication", String(TEXT_LENGTH)),
    Column("postgres_as_login", Boolean),
    # All of these are NULL where nothing is said about a Patroni of the node.
    Column("patroni_host", String(TEXT_LENGTH)),
    Column("patroni_port", Integer),
    Column("patroni_tls", Boolean),
    Column("patroni_config_file", String(TEXT_LENGTH)),
    Column("patroni_program", String(TEXT_LENGTH)),
    Column("patroni_member", String(TEXT_LENGTH)),
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


def _added(column: str) -> tuple[Column[int], ...]:
    known: Column[int] = Column(f"known_{column}", Integer, nullable=False, server_default="0")
    return _whole(f"low_{column}"), _whole(f"high_{column}"), _whole(f"total_{column}"), known


def _rolled(name: str) -> Table:
    """A table of buckets. `low` and `high` come first: SQLite reads a row from the left, and charts need no more."""
    return Table(
        name,
        metadata,
        *_key(),
        *(_whole(f"low_{column}") for column in _FIRST),
        *(_whole(f"high_{column}") for column in _FIRST),
        Column("asked", Integer, nullable=False),
        Column("answered", Integer, nullable=False),
        *(_whole(f"total_{column}") for column in _FIRST),
        *(Column(f"known_{column}", Integer, nullable=False) for column in _FIRST),
        *(each for column in LATER for each in _added(column)),
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

# Only ever added to: each row holds the hash of the one before. On SQLite two triggers refuse anything else.
audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    _whole("at_us", nullable=False),
    Column("who", String(NAME_LENGTH), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("cluster", String(NAME_LENGTH), nullable=False),
    Column("run", String(64)),
    Column("subject", String(TEXT_LENGTH), nullable=False),
    Column("detail", Text, nullable=False),  # a JSON array of names and values
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("ix_audit_cluster_number", "cluster", "number"),
    Index(None, "run"),
)

# What the console has sealed: a book is one origin of one ledger as one mapping reads it.
sealed_books = Table(
    "sealed_books",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("cluster", String(NAME_LENGTH), nullable=False),
    Column("system_identifier", String(20), nullable=False),
    Column("mapping", String(64), nullable=False),
    Column("origin", String(200), nullable=False),
    UniqueConstraint("cluster", "system_identifier", "mapping", "origin"),
)

seals = Table(
    "seals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("book_id", Integer, ForeignKey("sealed_books.id"), nullable=False),
    _whole("at_us", nullable=False),
    Column("node", String(NAME_LENGTH), nullable=False),
    _whole("timeline", nullable=False),
    Column("position", String(17), nullable=False),
    _whole("first", nullable=False),
    _whole("last", nullable=False),
    _whole("horizon_number"),
    Column("horizon_xid", String(20)),  # 64 bits without a sign
    _whole("entries", nullable=False),
    _whole("postings", nullable=False),
    Column("sums", Text, nullable=False),  # JSON
    Column("root", String(64), nullable=False),
    Column("lost", Boolean, nullable=False),
    Index("ix_seals_book_id_at_us", "book_id", "at_us"),
)

# The blocks as the newest seal has them; `root` is the chain up to and with this block.
seal_blocks = Table(
    "seal_blocks",
    metadata,
    Column("book_id", Integer, ForeignKey("sealed_books.id"), primary_key=True, autoincrement=False),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    _whole("entries", nullable=False),
    _whole("postings", nullable=False),
    Column("digest", String(64), nullable=False),
    Column("root", String(64), nullable=False),
    sqlite_with_rowid=False,
)

# One row a run: its plan as it was signed and begun, and the last picture of it. The journal is what it rests on.
runs = Table(
    "runs",
    metadata,
    Column("id", String(NAME_LENGTH), primary_key=True),
    Column("cluster", String(NAME_LENGTH), nullable=False),
    Column("state", String(16), nullable=False),
    _whole("begun_us", nullable=False),
    Column("plan", Text, nullable=False),
    Column("view", Text, nullable=False),
    Index("ix_runs_cluster_begun_us", "cluster", "begun_us"),
)

# Written before and after each step and each command, and on disk before the next thing happens.
journal = Table(
    "journal",
    metadata,
    Column("run_id", String(NAME_LENGTH), ForeignKey("runs.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _whole("at_us", nullable=False),
    Column("step", String(NAME_LENGTH * 2), nullable=False),
    Column("word", String(32), nullable=False),
    Column("detail", Text, nullable=False),
    sqlite_with_rowid=False,
)

# Work on repositories: a Job as JSON, and the order that is found again on its host after the engine was killed.
backup_jobs = Table(
    "backup_jobs",
    metadata,
    Column("id", String(NAME_LENGTH), primary_key=True),
    Column("cluster", String(NAME_LENGTH), nullable=False),
    Column("state", String(16), nullable=False),
    _whole("begun_us", nullable=False),
    Column("job", Text, nullable=False),
    Column("order", Text, nullable=False),
    Index("ix_backup_jobs_cluster_begun_us", "cluster", "begun_us"),
    Index(None, "state"),
)

# The newest outcome of each check of each backup.
backup_marks = Table(
    "backup_marks",
    metadata,
    Column("cluster", String(NAME_LENGTH), primary_key=True),
    Column("repository", String(NAME_LENGTH), primary_key=True),
    Column("backup", String(200), primary_key=True),
    Column("check", String(32), primary_key=True),
    _whole("at_us", nullable=False),
    Column("mark", Text, nullable=False),
    sqlite_with_rowid=False,
)

# Alerts, incidents, drills, checks, what may be done by itself: a value of the domain as JSON, by its kind and id.
records = Table(
    "records",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("id", String(RECORD_LENGTH), primary_key=True),
    Column("cluster", String(NAME_LENGTH), nullable=False),
    _whole("at_us", nullable=False),
    Column("open", Boolean, nullable=False),
    Column("value", Text, nullable=False),
    Index("ix_records_kind_cluster_at_us", "kind", "cluster", "at_us"),
    Index("ix_records_kind_open", "kind", "open"),
    sqlite_with_rowid=False,
)

# What is only ever added to a record: the time line and the pictures of an incident, the readings of a check.
record_lines = Table(
    "record_lines",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("id", String(RECORD_LENGTH), nullable=False),
    _whole("at_us", nullable=False),
    Column("value", Text, nullable=False),
    Index("ix_record_lines_kind_id_at_us", "kind", "id", "at_us"),
)
