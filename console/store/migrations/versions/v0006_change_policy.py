"""The form that adds how a cluster may be changed: fencing, hooks, the application's way in."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("clusters") as clusters:
        clusters.add_column(sa.Column("change", sa.Text))


def downgrade() -> None:
    with op.batch_alter_table("clusters") as clusters:
        clusters.drop_column("change")
