"""The form that adds a promise: how much of a year the ledger can be written to."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("clusters", sa.Column("uptime_percent_min", sa.Float))


def downgrade() -> None:
    op.drop_column("clusters", "uptime_percent_min")
