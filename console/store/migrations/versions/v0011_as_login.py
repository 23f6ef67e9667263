"""The form that adds how a node's psql runs: as the login itself, though commands act as another account."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("nodes", sa.Column("postgres_as_login", sa.Boolean))


def downgrade() -> None:
    op.drop_column("nodes", "postgres_as_login")
