"""The form that adds plans, runs, and their journal, and how a node's server is reached by others."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.String(63), nullable=False),
        sa.Column("cluster", sa.String(63), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("begun_us", sa.BigInteger, nullable=False),
        sa.Column("plan", sa.Text, nullable=False),
        sa.Column("view", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_index("ix_runs_cluster_begun_us", "runs", ["cluster", "begun_us"])
    op.create_table(
        "journal",
        sa.Column("run_id", sa.String(63), nullable=False),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
        sa.Column("step", sa.String(126), nullable=False),
        sa.Column("word", sa.String(32), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_journal_run_id"),
        sa.PrimaryKeyConstraint("run_id", "number", name="pk_journal"),
        sqlite_with_rowid=False,
    )
    op.add_column("nodes", sa.Column("postgres_replication_host", sa.String(4096)))
    op.add_column("nodes", sa.Column("postgres_replication", sa.String(4096)))
