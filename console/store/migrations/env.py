"""Alembic's own entry: runs the migrations on the connection that the store hands it, in the transaction it began."""

from alembic import context
from sqlalchemy import Connection

from console.store.schema import metadata


def run() -> None:
    connection = context.config.attributes["connection"]
    if not isinstance(connection, Connection):
        raise ValueError("migrations run on an open store only")
    context.configure(
        connection=connection,
        target_metadata=metadata,
        transactional_ddl=True,  # SQLite too, once BEGIN is said: a migration that is cut leaves the form before it
        render_as_batch=True,
    )
    context.run_migrations()


run()
