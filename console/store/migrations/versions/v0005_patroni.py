"""The form that adds how a node's Patroni is reached."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TEXT_LENGTH = 4096


def upgrade() -> None:
    with op.batch_alter_table("nodes") as nodes:
        nodes.add_column(sa.Column("patroni_host", sa.String(TEXT_LENGTH)))
        nodes.add_column(sa.Column("patroni_port", sa.Integer))
        nodes.add_column(sa.Column("patroni_tls", sa.Boolean))
        nodes.add_column(sa.Column("patroni_config_file", sa.String(TEXT_LENGTH)))
        nodes.add_column(sa.Column("patroni_program", sa.String(TEXT_LENGTH)))
        nodes.add_column(sa.Column("patroni_member", sa.String(TEXT_LENGTH)))


def downgrade() -> None:
    with op.batch_alter_table("nodes") as nodes:
        for name in ("host", "port", "tls", "config_file", "program", "member"):
            nodes.drop_column(f"patroni_{name}")
