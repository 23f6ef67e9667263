"""The times in which the engine was watching, so that a chart can say when nobody looked."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, insert, select, update

from console.store import schema

PAUSE_MS_MAX: Final = 5_000  # a longer silence of the engine's own tick is a gap
PIECES_MAX: Final = 1_000  # that wait for the store

Span = tuple[int, int]


class Watch:
    """Collects the spans of one engine's life until they are stored. Its owner lets one thread in at a time."""

    def __init__(self) -> None:
        self._pieces: list[Span] = []
        self._taken: list[Span] = []  # on their way into the store
        self._end_ms: int | None = None  # of the newest piece, stored or not
        self._row: tuple[int, int] | None = None  # id and end of the stored row that the next piece may prolong

    @property
    def begun(self) -> bool:
        """True once this engine has watched at all."""
        return self._end_ms is not None

    def extend(self, at_ms: int) -> None:
        """The engine was watching at this moment, and since the last one, unless that is too long ago."""
        end = self._end_ms
        if end is not None and abs(at_ms - end) <= PAUSE_MS_MAX:
            if at_ms <= end:  # the clock was set back a little
                return
            if self._pieces and self._pieces[-1][1] == end:
                self._pieces[-1] = (self._pieces[-1][0], at_ms)
            else:
                self._pieces.append((end, at_ms))
        else:
            self._pieces.append((at_ms, at_ms))
            del self._pieces[:-PIECES_MAX]
        self._end_ms = at_ms

    def cut(self, begin_ms: int, end_ms: int) -> None:
        """What was read in this time was thrown away before it was stored: for a chart nobody looked."""
        kept: list[Span] = []
        for begin, end in self._pieces:
            if end <= begin_ms or end_ms <= begin:
                kept.append((begin, end))
            else:
                sides = ((begin, begin_ms), (end_ms, end))
                kept += [side for side in sides if side[0] < side[1]]
        self._pieces = kept
        if self._end_ms is not None and begin_ms < self._end_ms <= end_ms:
            self._end_ms = end_ms

    def unstored(self) -> list[Span]:
        return [*self._taken, *self._pieces]

    def take(self) -> list[Span]:
        """The pieces to store now; they stay visible until `stored` or `put_back`."""
        self._taken, self._pieces = self._pieces, []
        return self._taken

    def put_back(self) -> None:
        self._pieces = joined([*self._taken, *self._pieces])
        self._taken = []

    def store(self, connection: Connection) -> tuple[int, int] | None:
        """Write the taken pieces; gives the row that the next piece may prolong."""
        row = self._row
        for begin, end in self._taken:
            if row is not None and row[1] == begin:
                connection.execute(update(schema.watches).where(schema.watches.c.id == row[0]).values(end_ms=end))
                row = (row[0], end)
            else:
                made = connection.execute(insert(schema.watches).values(begin_ms=begin, end_ms=end))
                assert made.inserted_primary_key is not None
                row = (made.inserted_primary_key[0], end)
        return row

    def stored(self, row: tuple[int, int] | None) -> None:
        self._row = row
        self._taken = []


def stored_spans(connection: Connection, begin_ms: int, end_ms: int) -> list[Span]:
    """The stored spans that touch this time."""
    columns = schema.watches.c
    rows = connection.execute(
        select(columns.begin_ms, columns.end_ms).where(columns.end_ms >= begin_ms, columns.begin_ms <= end_ms)
    )
    return [(begin, end) for begin, end in rows]


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same time in as few spans as possible, in order."""
    result: list[Span] = []
    for begin, end in sorted(spans):
        if result and begin <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((begin, end))
    return result


def gaps_between(spans: Iterable[Span], begin_ms: int, end_ms: int, *, open_end: bool) -> list[Span]:
    """What of a time no span covers. With `open_end` the newest span goes on: somebody is watching now."""
    gaps: list[Span] = []
    reached = begin_ms
    for begin, end in joined(spans):
        if begin > end_ms:
            break
        if begin > reached:
            gaps.append((reached, begin))
        reached = max(reached, end)
    if reached < end_ms and not (open_end and reached > begin_ms):
        gaps.append((reached, end_ms))
    return joined(gaps)  # a single tick is a span without length, and parts no gap
