"""Positions in the write-ahead log, and the timelines they lie on."""

from functools import total_ordering
from typing import Self

SEGMENT_NAME_LENGTH = 24


@total_ordering
class Lsn:
    """A byte position in the WAL, written as PostgreSQL writes it: `16/B374D848`.

    Raises ValueError where a text is no position.
    Source: https://www.postgresql.org/docs/18/datatype-pg-lsn.html
    """

    __slots__ = ("position",)
    position: int

    def __init__(self, position: int) -> None:
        if not 0 <= position < 1 << 64:
            raise ValueError(f"a WAL position has 64 bits, not {position}")
        self.position = position

    @classmethod
    def parse(cls, text: str) -> Self:
        high, slash, low = text.partition("/")
        if not slash or not (0 < len(high) <= 8 and 0 < len(low) <= 8):
            raise ValueError(f"not a WAL position: {text[:40]!r}")
        if not all(c in "0123456789abcdefABCDEF" for c in high + low):
            raise ValueError(f"not a WAL position: {text[:40]!r}")
        return cls((int(high, 16) << 32) + int(low, 16))

    def __str__(self) -> str:
        return f"{self.position >> 32:X}/{self.position & 0xFFFFFFFF:X}"

    def __repr__(self) -> str:
        return f"Lsn({self})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lsn) and self.position == other.position

    def __lt__(self, other: "Lsn") -> bool:
        return self.position < other.position

    def __hash__(self) -> int:
        return hash(self.position)

    def __sub__(self, other: "Lsn") -> int:
        """Bytes from `other` to here; negative where `other` lies further on."""
        return self.position - other.position


def timeline_of_segment(name: str) -> int:
    """The timeline that a WAL file's name begins with. Raises ValueError."""
    if len(name) != SEGMENT_NAME_LENGTH:
        raise ValueError(f"not a WAL file name: {name[:40]!r}")
    return int(name[:8], 16)
