"""The form that adds a curve: how surprising the silence of a node is."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("samples", sa.Column("suspicion", sa.BigInteger))
    for name in ("minutes", "hours"):
        for column in ("low_suspicion", "high_suspicion", "total_suspicion"):
            op.add_column(name, sa.Column(column, sa.BigInteger))
        op.add_column(name, sa.Column("known_suspicion", sa.Integer, nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("samples", "suspicion")
    for name in ("minutes", "hours"):
        for column in ("low_suspicion", "high_suspicion", "total_suspicion", "known_suspicion"):
            op.drop_column(name, column)
