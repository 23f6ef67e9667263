"""Small settings of an engine, a text under a key, and the number by which its heartbeats are known."""

import uuid
from typing import Final

from sqlalchemy import Connection, select

from console.store import schema
from console.store.database import Store, upsert
from console.store.trouble import StoreTrouble, TroubleKind

CONSOLE_ID: Final = "console-id"


class Settings:
    """Settings in the store. No secret belongs here: those live in the desktop's keyring."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, key: str) -> str | None:
        """The text under a key, or None. Raises StoreTrouble."""
        with self._store.reading() as connection:
            return _get(connection, key)

    def set(self, key: str, text: str) -> None:
        """Put a text under a key, for good. Raises StoreTrouble, then the old one stays."""
        if not 0 < len(key) <= schema.NAME_LENGTH:
            raise ValueError(f"a key has 1 to {schema.NAME_LENGTH} characters, not {len(key)}")
        if len(text) > schema.TEXT_LENGTH:
            what = f"setting {key} has {len(text)} characters, {schema.TEXT_LENGTH} are the limit"
            raise StoreTrouble(TroubleKind.REFUSED, self._store.where, what=what)
        with self._store.writing(durable=True) as connection:
            _set(connection, key, text)

    def console_id(self) -> str:
        """Who writes this store's heartbeats: random, made once, never changed. Raises StoreTrouble."""
        present = self.get(CONSOLE_ID)
        if present is not None:
            return present
        with self._store.writing(durable=True) as connection:
            made = _get(connection, CONSOLE_ID)  # another thread may have been first
            if made is None:
                made = str(uuid.uuid4())
                _set(connection, CONSOLE_ID, made)
            return made


def _get(connection: Connection, key: str) -> str | None:
    return connection.execute(select(schema.settings.c.value).where(schema.settings.c.key == key)).scalar()


def _set(connection: Connection, key: str, text: str) -> None:
    connection.execute(upsert(connection, schema.settings), {"key": key, "value": text})
