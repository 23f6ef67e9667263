"""Whole entries for the fork desk: the question about some numbers of an origin, and a pure reader of the answer."""

from collections.abc import Sequence
from typing import Annotated, Final

import msgspec

from console.domain.fork import ForkEntry, ForkPosting
from console.domain.ledger_mapping import LedgerMapping
from console.domain.text import shown
from console.postgres.books import BooksSql
from console.postgres.facts import literal, quoted

ENTRIES_AT_ONCE: Final = 100
VALUE_CHARACTERS_MAX: Final = 2_000
POSTINGS_MAX: Final = 1_000  # of one entry


def entries_sql(sql: BooksSql, origin: str, numbers: Sequence[int]) -> str:
    """One line of JSON: these entries with their postings, every value as the server writes it as text."""
    if not 0 < len(numbers) <= ENTRIES_AT_ONCE:
        raise ValueError(f"{len(numbers)} entries at once, 1 to {ENTRIES_AT_ONCE} are possible")
    mapping = sql.mapping
    wanted = ", ".join(str(int(number)) for number in numbers)
    of = "true" if mapping.origin is None else f"e.{quoted(mapping.origin)} = {literal(origin)}"
    content = ", ".join(f"jsonb_build_array({literal(name)}, e.{quoted(name)}::text)" for name in mapping.content)
    return (
        f"select coalesce(jsonb_agg(jsonb_build_object('number', n, 'content', content, 'postings', "
        f"coalesce(postings, '[]')) order by n), '[]') from (select e.{quoted(mapping.number)}::bigint n, "
        f"jsonb_build_array({content}) content, ({_postings(mapping, sql, origin)}) postings "
        f"from {sql.source('entries')} e where {of} and e.{quoted(mapping.number)} in ({wanted})) x"
    )


def _postings(mapping: LedgerMapping, sql: BooksSql, origin: str) -> str:
    of = "true" if mapping.posting_origin is None else f"p.{quoted(mapping.posting_origin)} = {literal(origin)}"
    line = "null" if mapping.line is None else f"p.{quoted(mapping.line)}::text"
    side = "null" if mapping.side is None else f"p.{quoted(mapping.side)}::text"
    joined, currency = "", literal(mapping.currency_fixed or "")
    if mapping.currency is not None:
        currency = f"p.{quoted(mapping.currency)}::text"
    elif mapping.account_currency is not None:
        currency = f"a.{quoted(mapping.account_currency)}::text"
        key = f"a.{quoted(mapping.account_id)} = p.{quoted(mapping.account)}"
        joined = f" left join {sql.source('accounts')} a on {key}"
    order = f"p.{quoted(mapping.line)}" if mapping.line is not None else f"p.{quoted(mapping.account)}::text"
    fields = f"{line}, p.{quoted(mapping.account)}::text, {side}, p.{quoted(mapping.amount)}::text, {currency}"
    return (
        f"select jsonb_agg(jsonb_build_array({fields}) order by {order}) from {sql.source('postings')} p{joined} "
        f"where {of} and p.{quoted(mapping.posting_number)} = e.{quoted(mapping.number)}"
    )


_Value = Annotated[str, msgspec.Meta(max_length=100_000)]
_Line = tuple[_Value | None, _Value | None, _Value | None, _Value | None, _Value | None]


class _Entry(msgspec.Struct):
    number: Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
    content: list[tuple[_Value, _Value | None]]
    postings: Annotated[list[_Line], msgspec.Meta(max_length=POSTINGS_MAX)]


_ENTRIES: Final[msgspec.json.Decoder[list[_Entry]]] = msgspec.json.Decoder(
    Annotated[list[_Entry], msgspec.Meta(max_length=ENTRIES_AT_ONCE)]
)


def read_entries(line: bytes, origin: str, mapping: LedgerMapping, asked: Sequence[int]) -> tuple[ForkEntry, ...]:
    """The entries that were asked for. Raises ValueError where one is missing, or was not asked for.

    Values are kept as they are, for the export; whoever shows them makes them harmless.
    """
    raw = _ENTRIES.decode(line)
    if sorted(entry.number for entry in raw) != sorted(asked):
        raise ValueError("other entries came back than were asked for")
    return tuple(
        ForkEntry(
            origin=origin, number=entry.number,
            content=tuple((name, value) for name, value in entry.content if value is not None),
            postings=tuple(_posting(words, mapping) for words in entry.postings),
        )
        for entry in raw
    )  # fmt: skip


def _posting(words: _Line, mapping: LedgerMapping) -> ForkPosting:
    line, account, side, amount, currency = (word or "" for word in words)
    named = {mapping.debit: "debit", mapping.credit: "credit"}.get(side, shown(side)) if mapping.side else ""
    return ForkPosting(line=line, account=account, side=named, amount=amount, currency=shown(currency))
