"""Keeps sealed fingerprints of the books, and the hashes of their blocks."""

from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, Select, and_, delete, func, insert, select, update

from console.domain.books import Block, CurrencySum, Fingerprint, Horizon, Seal, chained, root_of
from console.domain.wal import Lsn
from console.store import schema
from console.store.database import Store, upsert
from console.store.values import microseconds, moment

SEALS_READ_MAX: Final = 2_000
KEPT_WHOLE_DAYS: Final = 2  # older: the last seal of each day

_DAY_US: Final = 86_400_000_000
_SUMS: Final[msgspec.json.Decoder[tuple[CurrencySum, ...]]] = msgspec.json.Decoder(tuple[CurrencySum, ...])


class Seals:
    """The seals in the store. Any thread may use it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def seals_of(self, cluster: str, mapping: str, origin: str) -> tuple[Seal, ...]:
        """The newest seals of an origin's book, the newest first; those of a lost range too. Raises StoreTrouble."""
        with self._store.reading() as connection:
            rows = connection.execute(_seals(cluster, mapping, origin).limit(SEALS_READ_MAX)).all()
        return tuple(_seal(row) for row in rows)

    def newest(self, cluster: str, mapping: str, origin: str) -> Seal | None:
        """The last seal that is not of a lost range. Raises StoreTrouble."""
        with self._store.reading() as connection:
            question = _seals(cluster, mapping, origin).where(schema.seals.c.lost.is_(False)).limit(1)
            row = connection.execute(question).one_or_none()
        return None if row is None else _seal(row)

    def blocks_of(self, cluster: str, mapping: str, origin: str) -> tuple[Block, ...]:
        """The blocks as the newest seal has them, in order. Raises StoreTrouble."""
        columns = schema.seal_blocks.c
        with self._store.reading() as connection:
            newest = connection.execute(_seals(cluster, mapping, origin).limit(1)).one_or_none()
            if newest is None:
                return ()
            question = select(columns.number, columns.entries, columns.postings, columns.digest)
            rows = connection.execute(question.where(columns.book_id == newest.book_id).order_by(columns.number)).all()
        return tuple(Block(number=r.number, entries=r.entries, postings=r.postings, digest=r.digest) for r in rows)

    def totals_before(self, cluster: str, mapping: str, origin: str, block: int) -> tuple[str, int, int]:
        """Root, entries and postings of the kept blocks before one. Raises StoreTrouble."""
        columns = schema.seal_blocks.c
        with self._store.reading() as connection:
            newest = connection.execute(_seals(cluster, mapping, origin).limit(1)).one_or_none()
            if newest is None:
                return root_of(()), 0, 0
            before = and_(columns.book_id == newest.book_id, columns.number < block)
            counted = select(func.coalesce(func.sum(columns.entries), 0), func.coalesce(func.sum(columns.postings), 0))
            entries, postings = connection.execute(counted.where(before)).one()
            question = select(columns.root).where(before).order_by(columns.number.desc()).limit(1)
            root = connection.execute(question).scalar_one_or_none()
        return (root_of(()) if root is None else root), int(entries), int(postings)

    def keep(self, seal: Seal, blocks: tuple[Block, ...], *, after: str) -> None:
        """Keep a seal and its blocks from the first that changed on, whose chain goes on from the root `after`.

        Kept blocks beyond the last one are of a book that was longer: they go. Raises StoreTrouble, then nothing is
        kept.
        """
        table = schema.seal_blocks
        with self._store.writing(durable=True) as connection:
            book = _book(connection, seal)
            rows, root = [], after
            for block in blocks:
                root = chained(root, block)
                rows.append(
                    {"book_id": book, "number": block.number, "entries": block.entries, "postings": block.postings,
                     "digest": block.digest, "root": root}
                )  # fmt: skip
            if root != seal.fingerprint.root:
                raise ValueError("the blocks do not lead to the root of the seal")
            if rows:
                connection.execute(
                    delete(table).where(table.c.book_id == book, table.c.number >= blocks[0].number)
                )
                connection.execute(upsert(connection, table), rows)
            connection.execute(insert(schema.seals).values(_columns(seal, book)))

    def mark_lost(self, seal: Seal) -> None:
        """A promotion has left this seal's range behind; it is kept, and compared with no more. Raises StoreTrouble."""
        columns = schema.seals.c
        with self._store.writing(durable=True) as connection:
            where = and_(
                columns.at_us == microseconds(seal.at), columns.root == seal.fingerprint.root,
                columns.timeline == seal.timeline,
            )  # fmt: skip
            connection.execute(update(schema.seals).where(where).values(lost=True))

    def thin(self, now: datetime) -> int:
        """Let go of what is older than some days, save the last of each day; how many went. Raises StoreTrouble."""
        columns = schema.seals.c
        last_of_day = select(func.max(columns.id)).group_by(columns.book_id, columns.at_us // _DAY_US)
        old = columns.at_us < microseconds(now - timedelta(days=KEPT_WHOLE_DAYS))
        with self._store.writing(durable=False) as connection:
            gone = connection.execute(delete(schema.seals).where(old, columns.id.not_in(last_of_day)))
            return gone.rowcount


def _seals(cluster: str, mapping: str, origin: str) -> Select[Any]:
    book, seal = schema.sealed_books, schema.seals
    return (
        select(seal, book.c.cluster, book.c.system_identifier, book.c.mapping, book.c.origin)
        .join(book, book.c.id == seal.c.book_id)
        .where(book.c.cluster == cluster, book.c.mapping == mapping, book.c.origin == origin)
        .order_by(seal.c.at_us.desc(), seal.c.id.desc())
    )


def _book(connection: Connection, seal: Seal) -> int:
    """The number of the book that a seal belongs to, made where there is none."""
    table = schema.sealed_books
    values = {
        "cluster": seal.cluster, "system_identifier": seal.system_identifier, "mapping": seal.mapping,
        "origin": seal.fingerprint.origin,
    }  # fmt: skip
    where = and_(*(table.c[name] == value for name, value in values.items()))
    found = connection.execute(select(table.c.id).where(where)).scalar_one_or_none()
    if found is not None:
        return int(found)
    made = connection.execute(insert(table).values(values))
    assert made.inserted_primary_key is not None
    return int(made.inserted_primary_key[0])


def _columns(seal: Seal, book: int) -> dict[str, Any]:
    print_ = seal.fingerprint
    return {
        "book_id": book, "at_us": microseconds(seal.at), "node": seal.node, "timeline": seal.timeline,
        "position": str(seal.position), "first": print_.first, "last": print_.last,
        "horizon_number": print_.horizon.number,
        "horizon_xid": None if print_.horizon.xid is None else str(print_.horizon.xid),
        "entries": print_.entries, "postings": print_.postings,
        "sums": msgspec.json.encode(print_.sums).decode(), "root": print_.root, "lost": seal.lost,
    }  # fmt: skip


def _seal(row: Row[Any]) -> Seal:
    horizon = Horizon(
        number=row.horizon_number, xid=None if row.horizon_xid is None else int(row.horizon_xid)
    )
    return Seal(
        cluster=row.cluster, system_identifier=row.system_identifier, mapping=row.mapping,
        at=moment(row.at_us), node=row.node, timeline=row.timeline,
        position=Lsn.parse(row.position), lost=row.lost,
        fingerprint=Fingerprint(
            origin=row.origin, first=row.first, last=row.last, horizon=horizon, entries=row.entries,
            postings=row.postings, sums=_SUMS.decode(row.sums), root=row.root,
        ),
    )  # fmt: skip
