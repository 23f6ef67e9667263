"""The form that adds sealed fingerprints of the books, and how a ledger of one's own is mapped."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("clusters", sa.Column("books", sa.Text))
    op.add_column("clusters", sa.Column("seal_seconds", sa.Float, nullable=False, server_default="60"))
    op.add_column("clusters", sa.Column("recompute_seconds", sa.Float, nullable=False, server_default="86400"))
    op.create_table(
        "sealed_books",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("cluster", sa.String(63), nullable=False),
        sa.Column("system_identifier", sa.String(20), nullable=False),
        sa.Column("mapping", sa.String(64), nullable=False),
        sa.Column("origin", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sealed_books"),
        sa.UniqueConstraint("cluster", "system_identifier", "mapping", "origin", name="uq_sealed_books_cluster"),
    )
    op.create_table(
        "seals",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("book_id", sa.Integer, nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
        sa.Column("node", sa.String(63), nullable=False),
        sa.Column("timeline", sa.BigInteger, nullable=False),
        sa.Column("position", sa.String(17), nullable=False),
        sa.Column("first", sa.BigInteger, nullable=False),
        sa.Column("last", sa.BigInteger, nullable=False),
        sa.Column("horizon_number", sa.BigInteger),
        sa.Column("horizon_xid", sa.String(20)),
        sa.Column("entries", sa.BigInteger, nullable=False),
        sa.Column("postings", sa.BigInteger, nullable=False),
        sa.Column("sums", sa.Text, nullable=False),
        sa.Column("root", sa.String(64), nullable=False),
        sa.Column("lost", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint(["book_id"], ["sealed_books.id"], name="fk_seals_book_id"),
        sa.PrimaryKeyConstraint("id", name="pk_seals"),
    )
    op.create_index("ix_seals_book_id_at_us", "seals", ["book_id", "at_us"])
    op.create_table(
        "seal_blocks",
        sa.Column("book_id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("number", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("entries", sa.BigInteger, nullable=False),
        sa.Column("postings", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("root", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["book_id"], ["sealed_books.id"], name="fk_seal_blocks_book_id"),
        sa.PrimaryKeyConstraint("book_id", "number", name="pk_seal_blocks"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("seal_blocks", "seals", "sealed_books"):
        op.drop_table(table)
    for column in ("recompute_seconds", "seal_seconds", "books"):
        op.drop_column("clusters", column)
