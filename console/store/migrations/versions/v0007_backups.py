"""The form that adds what is wanted of backups, work on repositories, and the marks of checks."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("clusters") as clusters:
        clusters.add_column(sa.Column("backup", sa.Text))
    op.create_table(
        "backup_jobs",
        sa.Column("id", sa.String(63), nullable=False),
        sa.Column("cluster", sa.String(63), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("begun_us", sa.BigInteger, nullable=False),
        sa.Column("job", sa.Text, nullable=False),
        sa.Column("order", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_backup_jobs"),
    )
    op.create_index("ix_backup_jobs_cluster_begun_us", "backup_jobs", ["cluster", "begun_us"])
    op.create_index("ix_backup_jobs_state", "backup_jobs", ["state"])
    op.create_table(
        "backup_marks",
        sa.Column("cluster", sa.String(63), nullable=False),
        sa.Column("repository", sa.String(63), nullable=False),
        sa.Column("backup", sa.String(200), nullable=False),
        sa.Column("check", sa.String(32), nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
        sa.Column("mark", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("cluster", "repository", "backup", "check", name="pk_backup_marks"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("backup_marks")
    op.drop_table("backup_jobs")
    with op.batch_alter_table("clusters") as clusters:
        clusters.drop_column("backup")
