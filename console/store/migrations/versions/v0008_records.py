"""The form that adds records: alerts, incidents, drills, checks, and what may be done by itself."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "records",
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("cluster", sa.String(63), nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
        sa.Column("open", sa.Boolean, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name="pk_records"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_records_kind_cluster_at_us", "records", ["kind", "cluster", "at_us"])
    op.create_index("ix_records_kind_open", "records", ["kind", "open"])
    op.create_table(
        "record_lines",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_record_lines"),
    )
    op.create_index("ix_record_lines_kind_id_at_us", "record_lines", ["kind", "id", "at_us"])


def downgrade() -> None:
    op.drop_table("record_lines")
    op.drop_table("records")
