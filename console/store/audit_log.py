"""The audit log's table: entries are only added, each in a durable transaction of its own, and read back."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, func, insert, select

from console.domain.audit import Anchor, AuditEntry, AuditKind, AuditNote, UnreadableEntry, genesis_of, sealed
from console.store import schema
from console.store.database import Store
from console.store.trouble import StoreTrouble, TroubleKind
from console.store.values import microseconds, moment

ENTRIES_SHOWN_MAX: Final = 1_000
STREAMED_AT_ONCE: Final = 1_000  # entries that are in memory while the whole log is read

_COLUMNS: Final = schema.audit.c


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """Which entries are wanted; what is None or empty lets all through."""

    cluster: str = ""
    run: str | None = None
    since: datetime | None = None
    kind: AuditKind | None = None
    limit: int = 100


class AuditEntries:
    """The entries of one console's log, in its store. Any thread may add; the store lets one in at a time."""

    def __init__(self, store: Store, *, console: str) -> None:
        self._store = store
        self._console = console
        self.where = store.where

    def append(self, note: AuditNote) -> AuditEntry:
        """Add an entry; when this returns it survives a power cut. Raises StoreTrouble, then nothing was added."""
        return self.append_all((note,))[0]

    def append_all(self, notes: Iterable[AuditNote]) -> tuple[AuditEntry, ...]:
        """Add entries, all or none, as `append` does."""
        entries: list[AuditEntry] = []
        with self._store.writing(durable=True) as connection:
            last = connection.execute(
                select(_COLUMNS.number, _COLUMNS.hash).order_by(_COLUMNS.number.desc()).limit(1)
            ).first()
            number, previous = (1, genesis_of(self._console)) if last is None else (last.number + 1, last.hash)
            for note in notes:
                entry = sealed(note, number=number, previous=previous)
                connection.execute(insert(schema.audit), _row_of(entry))
                entries.append(entry)
                number, previous = entry.number + 1, entry.hash
        return tuple(entries)

    def newest(self, *, at: datetime) -> Anchor:
        """Where the log ends now, by its number and hash alone. Raises StoreTrouble."""
        with self._store.reading() as connection:
            last = connection.execute(
                select(_COLUMNS.number, _COLUMNS.hash).order_by(_COLUMNS.number.desc()).limit(1)
            ).first()
        number, hashed = (0, genesis_of(self._console)) if last is None else (int(last.number), str(last.hash))
        return Anchor(console=self._console, number=number, hash=hashed, at=at)

    def holds(self, anchor: Anchor) -> bool:
        """Does the entry that an anchor names stand in this log? Raises StoreTrouble."""
        if anchor.console != self._console:
            return False
        if anchor.number == 0:
            return anchor.hash == genesis_of(self._console)
        with self._store.reading() as connection:
            found = connection.execute(select(_COLUMNS.hash).where(_COLUMNS.number == anchor.number)).scalar()
        return bool(found == anchor.hash)

    def chosen(self, wanted: AuditFilter) -> tuple[tuple[AuditEntry, ...], int]:
        """The newest entries that pass the filter, the newest first, and how many older ones there are.

        Raises StoreTrouble, also where an entry can't be read.
        """
        where = _where(wanted)
        limit = max(1, min(wanted.limit, ENTRIES_SHOWN_MAX))
        with self._store.reading() as connection:
            rows = connection.execute(
                select(schema.audit).where(*where).order_by(_COLUMNS.number.desc()).limit(limit)
            ).all()
            count = connection.execute(select(func.count()).select_from(schema.audit).where(*where)).scalar_one()
        try:
            return tuple(_entry_of(row) for row in rows), count - len(rows)
        except UnreadableEntry as error:
            raise StoreTrouble(TroubleKind.DAMAGED, self.where, what=f"audit log, {error}") from error

    def stream(self) -> Iterator[AuditEntry]:
        """Every entry in order. Raises StoreTrouble, and UnreadableEntry at the place of one that can't be read."""
        after: int | None = None
        while True:
            statement = select(schema.audit).order_by(_COLUMNS.number).limit(STREAMED_AT_ONCE)
            with self._store.reading() as connection:
                rows = connection.execute(
                    statement if after is None else statement.where(_COLUMNS.number > after)
                ).all()
            if not rows:
                return
            for row in rows:
                yield _entry_of(row)
            after = rows[-1].number


def _where(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if wanted.cluster:
        where.append(_COLUMNS.cluster == wanted.cluster)
    if wanted.run is not None:
        where.append(_COLUMNS.run == wanted.run)
    if wanted.since is not None:
        where.append(_COLUMNS.at_us >= microseconds(wanted.since))
    if wanted.kind is not None:
        where.append(_COLUMNS.kind == wanted.kind.value)
    return where


def _row_of(entry: AuditEntry) -> dict[str, object]:
    return {
        "number": entry.number, "at_us": microseconds(entry.at), "who": entry.who, "kind": entry.kind.value,
        "cluster": entry.cluster, "run": entry.run, "subject": entry.subject,
        "detail": json.dumps(entry.detail, separators=(",", ":")), "previous": entry.previous, "hash": entry.hash,
    }  # fmt: skip


def _entry_of(row: Any) -> AuditEntry:
    """SQLite keeps whatever was put into a column: nothing here is believed to be of its kind."""
    try:
        entry = AuditEntry(
            number=row.number, at=moment(row.at_us), who=row.who, kind=AuditKind(row.kind),
            cluster=row.cluster, run=row.run, subject=row.subject,
            detail=tuple((name, value) for name, value in json.loads(row.detail)),
            previous=row.previous, hash=row.hash,
        )  # fmt: skip
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise UnreadableEntry(f"entry {row.number}: {type(error).__name__}") from error
    texts = (entry.who, entry.cluster, entry.run or "", entry.subject, entry.previous, entry.hash)
    if not all(isinstance(text, str) for text in (*texts, *(each for pair in entry.detail for each in pair))):
        raise UnreadableEntry(f"entry {row.number}: not a text")
    return entry
