"""Pure readers of what a server answers about its books: one line of JSON in, a value or ValueError out."""

import re
from typing import Annotated, Final, TypeVar

import msgspec

from console.domain.books import BLOCK_ENTRIES, BlockFound, BooksHead, CurrencySum, OriginHead, Tally
from console.domain.ledger_mapping import LedgerMapping
from console.domain.text import shown
from console.domain.wal import Lsn
from console.postgres.books import CHUNK_BLOCKS, CURRENCIES_MAX, ORIGINS_MAX
from console.postgres.books_shape import RENDERED, Shape, columns_of, relations_of

T = TypeVar("T")

NAME_CHARACTERS_MAX: Final = 200
EXAMPLE_LINES_MAX: Final = 40
LATE_BLOCKS_MAX: Final = 100_000
SNAPSHOT: Final = re.compile(r"[0-9A-F]{8}-[0-9A-F]{8}-[0-9]{1,10}")
_AMOUNT: Final = re.compile(r"-?[0-9]{1,60}(\.[0-9]{1,30})?|NaN|-?Infinity")

Whole = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
Text = Annotated[str, msgspec.Meta(max_length=10_000)]
Digest = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]


class _Origin(msgspec.Struct):
    origin: Text
    lowest: Whole | None
    highest: Whole | None
    given: Whole | None


class _Head(msgspec.Struct):
    sysid: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,20}$")]
    recovery: bool
    timeline: Annotated[int, msgspec.Meta(ge=0, le=2**32 - 1)]
    position: Text | None
    xmin: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,20}$")]
    directory: Text | None
    origins: Annotated[list[_Origin], msgspec.Meta(max_length=ORIGINS_MAX)]


class _Block(msgspec.Struct):
    number: Count
    entries: Count
    inside: Count
    postings_inside: Count
    digest: Digest | None
    lowest: Whole | None
    highest: Whole | None
    highest_inside: Whole | None
    without_postings: Count
    without_postings_first: Whole | None
    uneven: Count
    uneven_first: Whole | None
    orphans: Count
    orphan_first: Whole | None


class _Sum(msgspec.Struct):
    currency: Text
    postings: Count
    debit: Text | None
    credit: Text | None


class _Tally(msgspec.Struct):
    postings: Count
    not_positive: Count
    not_positive_first: Whole | None
    unknown: Count
    unknown_first: Whole | None
    unknown_account: Text | None
    beyond: Count
    beyond_first: Whole | None
    off: Count
    off_account: Text | None
    off_detail: Text | None
    sums: Annotated[list[_Sum], msgspec.Meta(max_length=CURRENCIES_MAX)]


class _Shape(msgspec.Struct):
    kinds: dict[str, dict[str, Text | None]]
    entries_unique: bool | None
    accounts_unique: bool | None


_Blocks = Annotated[list[_Block], msgspec.Meta(max_length=CHUNK_BLOCKS)]
_HEAD: Final = msgspec.json.Decoder(_Head)
_BLOCKS: Final[msgspec.json.Decoder[list[_Block]]] = msgspec.json.Decoder(_Blocks)
_TALLY: Final = msgspec.json.Decoder(_Tally)
_SUMS: Final[msgspec.json.Decoder[list[_Sum]]] = msgspec.json.Decoder(
    Annotated[list[_Sum], msgspec.Meta(max_length=CURRENCIES_MAX)]
)
_DIGESTS: Final = msgspec.json.Decoder(list[tuple[Count, Digest]])
_LATE: Final[msgspec.json.Decoder[list[int]]] = msgspec.json.Decoder(
    Annotated[list[Count], msgspec.Meta(max_length=LATE_BLOCKS_MAX)]
)
_SHAPE: Final = msgspec.json.Decoder(_Shape)
_TEXT: Final = msgspec.json.Decoder(Text)
_NUMBER: Final[msgspec.json.Decoder[int | None]] = msgspec.json.Decoder(Whole | None)


def _decoded(decoder: msgspec.json.Decoder[T], line: bytes) -> T:
    """One line of JSON as this type; whatever is wrong with it is a ValueError."""
    try:
        return decoder.decode(line)
    except RecursionError as error:
        raise ValueError("brackets without end") from error


def _name(text: str | None) -> str:
    return shown(text or "", characters_max=NAME_CHARACTERS_MAX)


def read_head(line: bytes) -> BooksHead:
    """Where a snapshot stands. Raises ValueError.

    The name of an origin goes back into questions as it was given; where it holds what can't be shown, nothing is read.
    """
    raw = _decoded(_HEAD, line)
    origins = tuple(
        OriginHead(origin=o.origin, lowest=o.lowest, highest=o.highest, given=o.given) for o in raw.origins
    )
    names = [origin.origin for origin in origins]
    if len(set(names)) != len(names) or any(_name(name) != name for name in names):
        raise ValueError("the name of an origin is there twice, is too long, or can't be shown")
    if raw.position is None:
        raise ValueError("the server names no WAL position")
    return BooksHead(
        system_identifier=raw.sysid, in_recovery=raw.recovery, timeline=raw.timeline,
        position=Lsn.parse(raw.position), xmin=int(raw.xmin), data_directory=_directory(raw.directory), origins=origins,
    )  # fmt: skip


def _directory(text: str | None) -> str | None:
    """A plain absolute path; anything else is as good as none."""
    return text if text is not None and text.startswith("/") and _name(text) == text else None


def read_blocks(line: bytes, *, low: int, high: int) -> tuple[BlockFound, ...]:
    """The blocks of the entries from `low` to `high`: in order, none twice, none from elsewhere. Raises ValueError."""
    raw = _decoded(_BLOCKS, line)
    found = []
    last = (low - 1) // BLOCK_ENTRIES - 1
    for block in raw:
        if not last < block.number <= (high - 1) // BLOCK_ENTRIES:
            raise ValueError(f"block {block.number} does not belong into entries {low} to {high}")
        last = block.number
        if block.inside > block.entries or (block.digest is None) != (block.inside == 0):
            raise ValueError(f"the counts of block {block.number} contradict each other")
        found.append(BlockFound(**{name: getattr(block, name) for name in block.__struct_fields__}))
    return tuple(found)


def _sum(raw: _Sum) -> CurrencySum:
    debit, credit = raw.debit or "0", raw.credit or "0"
    for text in (debit, credit):
        if not _AMOUNT.fullmatch(text):
            raise ValueError(f"not an amount: {text[:40]!r}")
    return CurrencySum(currency=_name(raw.currency), postings=raw.postings, debit=debit, credit=credit)


def read_sums(line: bytes) -> tuple[CurrencySum, ...]:
    """Exact sums per currency. Raises ValueError."""
    return tuple(_sum(raw) for raw in _decoded(_SUMS, line))


def read_tally(line: bytes) -> Tally:
    """The postings by account. Raises ValueError."""
    raw = _decoded(_TALLY, line)
    return Tally(
        postings=raw.postings, not_positive=raw.not_positive, not_positive_first=raw.not_positive_first,
        unknown=raw.unknown, unknown_first=raw.unknown_first, unknown_account=_name(raw.unknown_account),
        beyond=raw.beyond, beyond_first=raw.beyond_first, off=raw.off, off_account=_name(raw.off_account),
        off_detail=_name(raw.off_detail), sums=tuple(_sum(each) for each in raw.sums),
    )  # fmt: skip


def read_digests(line: bytes) -> dict[int, str]:
    """The SHA-256 of each entry of a block, by number. Raises ValueError."""
    raw = _decoded(_DIGESTS, line)
    if len(raw) > BLOCK_ENTRIES:
        raise ValueError("more entries than a block holds")
    return dict(raw)


def read_late(line: bytes) -> tuple[int, ...]:
    """Numbers of blocks, in order. Raises ValueError."""
    numbers: list[int] = _decoded(_LATE, line)
    return tuple(sorted(set(numbers)))


def read_shape(line: bytes, mapping: LedgerMapping) -> Shape:
    """The kind of each column that was asked for; what we do not know is 'other'. Raises ValueError."""
    raw = _decoded(_SHAPE, line)
    kinds: list[tuple[str, str, str]] = []
    for relation in relations_of(mapping):
        found, columns = raw.kinds.get(relation.value, {}), columns_of(mapping, relation)
        if set(found) != set(columns):
            raise ValueError("other columns came back than were asked for")
        kinds += [(relation.value, column, _kind(found[column])) for column in columns]
    if len(raw.kinds) != len(relations_of(mapping)):
        raise ValueError("other tables came back than were asked for")
    return Shape(kinds=tuple(kinds), entries_unique=raw.entries_unique, accounts_unique=raw.accounts_unique)


def _kind(text: str | None) -> str:
    return text if text is not None and text in {*RENDERED, "float4", "float8"} else "other"


def read_example(line: bytes) -> tuple[str, ...]:
    """An entry as the fingerprint reads it, line by line, made harmless and cut. Raises ValueError."""
    lines = _decoded(_TEXT, line).split("\n")
    return tuple(_name(each) for each in lines[:EXAMPLE_LINES_MAX])


def read_text(line: bytes) -> str:
    """One text, made harmless. Raises ValueError."""
    return _name(_decoded(_TEXT, line))


def read_snapshot(line: bytes) -> str:
    """The name of an exported snapshot. Raises ValueError."""
    text = _decoded(_TEXT, line)
    if not SNAPSHOT.fullmatch(text):
        raise ValueError(f"not the name of a snapshot: {text[:40]!r}")
    return text


def read_number(line: bytes) -> int | None:
    """One whole number or none. Raises ValueError."""
    return _decoded(_NUMBER, line)
