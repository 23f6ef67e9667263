"""Runs the migrations inside a transaction of the store; the only module that loads Alembic."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.script.revision import ResolutionError
from alembic.util import CommandError
from sqlalchemy import Connection

from console.store.trouble import StoreTrouble, TroubleKind

MIGRATIONS: Final = Path(__file__).parent / "migrations"


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's settings without a file of its own: where the migrations lie, and the transaction they run in."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def migrate(connection: Connection, where: str) -> None:
    """From whatever form the store has, to the newest. Raises StoreTrouble where a newer version wrote it."""
    config = configuration(connection)
    present = MigrationContext.configure(connection).get_current_revision()
    if present is not None and not _known(ScriptDirectory.from_config(config), present):
        raise StoreTrouble(TroubleKind.NEWER, where, what=f"form {present}, which this version does not know")
    command.upgrade(config, "head")


def _known(scripts: ScriptDirectory, revision: str) -> bool:
    try:
        return scripts.get_revision(revision) is not None
    except (CommandError, ResolutionError):
        return False
