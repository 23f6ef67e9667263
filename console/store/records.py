"""Keeps values of the domain by kind and id: alerts, incidents, drills, checks, and what may be done by itself."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import delete, func, insert, select

from console.store import schema
from console.store.database import Store, upsert
from console.store.trouble import StoreTrouble, TroubleKind
from console.store.values import decoder, kept, microseconds, moment

T = TypeVar("T")
READ_MAX: Final = 10_000
LINES_READ_MAX: Final = 100_000


class Records(Generic[T]):
    """All records of one kind. Every change is durable when the call returns. Raises StoreTrouble."""

    def __init__(self, store: Store, kind: str, form: type[T]) -> None:
        self._store, self._kind = store, kind
        self._reads = decoder(form)

    def keep(self, record: str, value: T, *, cluster: str, at: datetime, is_open: bool = False) -> None:
        """Put a value under an id, in the place of the one that was there. `at` orders; open ones never age out."""
        if not 0 < len(record) <= schema.RECORD_LENGTH:
            raise ValueError(f"a record's id has 1 to {schema.RECORD_LENGTH} characters, not {len(record)}")
        row = {"kind": self._kind, "id": record, "cluster": cluster, "at_us": microseconds(at), "open": is_open,
               "value": kept(value)}  # fmt: skip
        with self._store.writing(durable=True) as connection:
            connection.execute(upsert(connection, schema.records), row)

    def get(self, record: str) -> T | None:
        """The value under an id."""
        columns = schema.records.c
        asked = select(columns.value).where(columns.kind == self._kind, columns.id == record)
        with self._store.reading() as connection:
            text = connection.execute(asked).scalar()
        return None if text is None else self._read(text)

    def begins(self, beginning: str) -> T | None:
        """The only value whose id begins so; None where there is none, or more than one."""
        columns = schema.records.c
        asked = select(columns.id, columns.value).where(
            columns.kind == self._kind, columns.id.startswith(beginning, autoescape=True)
        )
        with self._store.reading() as connection:
            rows = list(connection.execute(asked.limit(2)))
        exact = [row for row in rows if row.id == beginning]
        found = exact or (rows if len(rows) == 1 else [])
        return self._read(found[0].value) if found else None

    def newest(self, *, cluster: str = "", most: int = READ_MAX, open_only: bool = False) -> tuple[T, ...]:
        """The newest first; of one cluster if named."""
        columns = schema.records.c
        asked = select(columns.value).where(columns.kind == self._kind)
        if cluster:
            asked = asked.where(columns.cluster == cluster)
        if open_only:
            asked = asked.where(columns.open)
        asked = asked.order_by(columns.at_us.desc(), columns.id.desc()).limit(min(most, READ_MAX))
        with self._store.reading() as connection:
            texts = list(connection.execute(asked).scalars())
        return tuple(self._read(text) for text in texts)

    def drop(self, record: str) -> None:
        """Take a record and its lines out."""
        with self._store.writing(durable=True) as connection:
            connection.execute(
                delete(schema.records).where(schema.records.c.kind == self._kind, schema.records.c.id == record)
            )
            lines = schema.record_lines
            connection.execute(delete(lines).where(lines.c.kind == self._kind, lines.c.id == record))

    def expire(self, before: datetime, *, most: int = READ_MAX) -> int:
        """Take out what is not open and older, with its lines; how many went."""
        columns = schema.records.c
        old = select(columns.id).where(
            columns.kind == self._kind, columns.at_us < microseconds(before), columns.open.is_(False)
        )
        with self._store.writing(durable=True) as connection:
            gone = list(connection.execute(old.limit(most)).scalars())
            if gone:
                connection.execute(
                    delete(schema.records).where(columns.kind == self._kind, columns.id.in_(gone))
                )
                lines = schema.record_lines
                connection.execute(delete(lines).where(lines.c.kind == self._kind, lines.c.id.in_(gone)))
        return len(gone)

    def leave_only(self, clusters: Collection[str], *, most: int = READ_MAX) -> int:
        """Take out what belongs to any cluster but these, open or not, with its lines; how many went."""
        columns = schema.records.c
        strange = select(columns.id).where(
            columns.kind == self._kind, columns.cluster != "", columns.cluster.not_in(sorted(clusters))
        )
        with self._store.writing(durable=True) as connection:
            gone = list(connection.execute(strange.limit(most)).scalars())
            if gone:
                connection.execute(delete(schema.records).where(columns.kind == self._kind, columns.id.in_(gone)))
                lines = schema.record_lines
                connection.execute(delete(lines).where(lines.c.kind == self._kind, lines.c.id.in_(gone)))
        return len(gone)

    def _read(self, text: str) -> T:
        found: T = _decoded(self._reads, text, self._store, self._kind)
        return found


class Lines(Generic[T]):
    """What is only ever added, under a kind and an id. Raises StoreTrouble."""

    def __init__(self, store: Store, kind: str, form: type[T]) -> None:
        self._store, self._kind = store, kind
        self._reads = decoder(form)

    def add(self, record: str, values: Sequence[tuple[datetime, T]], *, durable: bool = False) -> None:
        """Add values with their moments, whole or not at all."""
        if not values:
            return
        rows = [
            {"kind": self._kind, "id": record, "at_us": microseconds(at), "value": kept(value)}
            for at, value in values
        ]  # fmt: skip
        with self._store.writing(durable=durable) as connection:
            connection.execute(insert(schema.record_lines), rows)

    def between(self, record: str, begin: datetime, end: datetime, *, most: int = LINES_READ_MAX) -> tuple[T, ...]:
        """The newest `most` of a time, the oldest first."""
        lines = schema.record_lines.c
        asked = select(lines.value).where(
            lines.kind == self._kind, lines.id == record,
            lines.at_us.between(microseconds(begin), microseconds(end)),
        )  # fmt: skip
        asked = asked.order_by(lines.at_us.desc(), lines.number.desc()).limit(min(most, LINES_READ_MAX))
        with self._store.reading() as connection:
            texts = list(connection.execute(asked).scalars())
        return tuple(_decoded(self._reads, text, self._store, self._kind) for text in reversed(texts))

    def latest(self, record: str, at: datetime) -> T | None:
        """The newest at or before a moment."""
        lines = schema.record_lines.c
        asked = select(lines.value).where(
            lines.kind == self._kind, lines.id == record, lines.at_us <= microseconds(at)
        )
        with self._store.reading() as connection:
            text = connection.execute(asked.order_by(lines.at_us.desc(), lines.number.desc()).limit(1)).scalar()
        return None if text is None else _decoded(self._reads, text, self._store, self._kind)

    def moments(self, record: str, *, most: int = LINES_READ_MAX) -> tuple[datetime, ...]:
        """When lines were added, the oldest first."""
        lines = schema.record_lines.c
        asked = select(lines.at_us).where(lines.kind == self._kind, lines.id == record)
        with self._store.reading() as connection:
            found = list(connection.execute(asked.order_by(lines.at_us).limit(min(most, LINES_READ_MAX))).scalars())
        return tuple(moment(one) for one in found)

    def count(self, record: str) -> int:
        """How many there are."""
        lines = schema.record_lines.c
        asked = select(func.count()).where(lines.kind == self._kind, lines.id == record)
        with self._store.reading() as connection:
            return int(connection.execute(asked).scalar_one())

    def expire(self, before: datetime) -> None:
        """Take out what is older, of every id."""
        lines = schema.record_lines
        with self._store.writing(durable=False) as connection:
            connection.execute(
                delete(lines).where(lines.c.kind == self._kind, lines.c.at_us < microseconds(before))
            )


def _decoded(reads: Any, text: str, store: Store, kind: str) -> Any:
    """What can't be read is damage, never taken for nothing."""
    try:
        return reads.decode(text)
    except ValueError as error:
        raise StoreTrouble(TroubleKind.DAMAGED, store.where, what=f"a record of kind {kind}: {error}") from error
