"""Opens the store, brings it to the newest form, hands out its transactions, and turns every trouble into one kind."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, inspect, select, table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.sql import column
from sqlalchemy.sql.dml import Insert

from console.store import schema
from console.store.trouble import StoreTrouble, TroubleKind, trouble_of

PATIENCE_SECONDS: Final = 5.0  # how long a transaction waits for another's lock
WAL_BYTES_KEPT: Final = 16 * 1024 * 1024  # SQLite's own log shrinks back to this after a burst
OWNER_ONLY: Final = stat.S_IRUSR | stat.S_IWUSR
PRECIOUS: Final = (schema.settings, schema.clusters, schema.nodes)  # small, and not to be had from the nodes again

_WRITES: Final = "ledger_console_writes"
_DURABLE: Final = "ledger_console_durable"
_PATIENCE: Final = "ledger_console_patience_ms"


class Store:
    """One open store. Any thread may read and write; writers wait for each other, readers for nobody."""

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine = engine
        self.where = where

    @contextmanager
    def reading(self, *, patience_seconds: float = PATIENCE_SECONDS) -> Iterator[Connection]:
        """A transaction that sees one state of the store and changes nothing. Raises StoreTrouble."""
        with self._transaction(writes=False, durable=False, patience_seconds=patience_seconds) as connection:
            yield connection

    @contextmanager
    def writing(self, *, durable: bool, patience_seconds: float = PATIENCE_SECONDS) -> Iterator[Connection]:
        """A transaction that is stored whole or not at all. Raises StoreTrouble, then nothing was changed.

        `durable`: once it is over it survives a power cut as well; without it, it survives a killed engine only,
        which is enough for readings and spares the disk a flush.
        """
        with self._transaction(writes=True, durable=durable, patience_seconds=patience_seconds) as connection:
            yield connection

    @contextmanager
    def _transaction(self, *, writes: bool, durable: bool, patience_seconds: float) -> Iterator[Connection]:
        engine = self._engine.execution_options(
            **{_WRITES: writes, _DURABLE: durable, _PATIENCE: round(patience_seconds * 1000)}
        )
        try:
            with engine.begin() as connection:
                yield connection
        except (IntegrityError, ProgrammingError, DataError):
            raise  # ours: a statement that does not fit the tables
        except DatabaseError as error:
            raise trouble_of(error.orig, self.where) from error
        except PoolTimeout as error:
            raise StoreTrouble(TroubleKind.LOCKED, self.where, what="too many asked at once") from error

    def close(self) -> None:
        """Give the file back. What was committed stays."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def open_store(path: Path) -> Store:
    """The store in this file, made if there is none, and brought to this version's form. Raises StoreTrouble."""
    _own(path)
    engine = create_engine(URL.create("sqlite", database=str(path)), pool_timeout=PATIENCE_SECONDS)
    _speak_sqlite(engine)
    store = Store(engine, str(path))
    with ExitStack() as on_trouble:
        on_trouble.callback(store.close)
        _bring_to_head(store)
        _check_precious_sqlite(store)
        on_trouble.pop_all()
    return store


def _own(path: Path) -> None:
    """The file, there and for its owner alone; SQLite gives the files beside it the same rights."""
    try:
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY))
        except FileExistsError:
            # It is not opened here: closing it would take away the locks that this process may hold on it.
            mode = path.stat().st_mode
            if not stat.S_ISREG(mode):
                raise StoreTrouble(TroubleKind.NO_ACCESS, str(path), what="it is not a file") from None
            if stat.S_IMODE(mode) & ~OWNER_ONLY:
                path.chmod(OWNER_ONLY)
    except OSError as error:
        kind = TroubleKind.FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else TroubleKind.NO_ACCESS
        raise StoreTrouble(kind, str(path), what=error.strerror or str(error)) from error


def _speak_sqlite(engine: Engine) -> None:
    """All that only SQLite needs: its write-ahead log, its locks, and BEGIN where Python's driver leaves it out.

    Source: https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#pysqlite-serializable
    """

    @event.listens_for(engine, "connect")
    def prepare(driver: Any, _record: object) -> None:
        driver.isolation_level = None  # the driver begins nothing by itself
        driver.execute(f"PRAGMA busy_timeout={round(PATIENCE_SECONDS * 1000)}")
        driver.execute("PRAGMA journal_mode=WAL")
        driver.execute(f"PRAGMA journal_size_limit={WAL_BYTES_KEPT}")
        driver.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        connection.exec_driver_sql(f"PRAGMA busy_timeout={options[_PATIENCE]}")
        connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if options[_DURABLE] else 'NORMAL'}")
        # A transaction that will write says so at once: one that turns from reader to writer can't wait for a lock.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options[_WRITES] else "BEGIN")


def _check_precious_sqlite(store: Store) -> None:
    """Read through what can't be had again. A damaged page found now is better than at three in the morning."""
    with store.reading() as connection:
        for kept in PRECIOUS:
            said = connection.exec_driver_sql(f"PRAGMA quick_check('{kept.name}')").scalars().first()
            if said != "ok":
                raise StoreTrouble(TroubleKind.DAMAGED, store.where, what=f"table {kept.name}: {said}")


def _bring_to_head(store: Store) -> None:
    with store.reading() as connection:
        if _revision(connection) == schema.HEAD_REVISION:
            return
    # Alembic takes a quarter of a second to load, and only a new or an old store needs it.
    from console.store.migrating import migrate

    with store.writing(durable=True) as connection:
        names = set(inspect(connection).get_table_names())
        if names and "alembic_version" not in names:
            raise StoreTrouble(TroubleKind.FOREIGN, store.where, what="a database of another program")
        migrate(connection, store.where)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(select(column("version_num")).select_from(table("alembic_version"))).scalar()


def upsert(connection: Connection, into: Table) -> Insert:
    """An INSERT that takes the place of a row with the same key; SQLite and PostgreSQL say it in the same words."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = insert(into)
    keys = [key.name for key in into.primary_key.columns]
    others = {each.name: statement.excluded[each.name] for each in into.columns if each.name not in keys}
    if not others:
        return statement.on_conflict_do_nothing(index_elements=keys)
    return statement.on_conflict_do_update(index_elements=keys, set_=others)
