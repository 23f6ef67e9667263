"""The types of a mapped ledger's columns, asked of the server, and how a value of each is written for a fingerprint."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from console.domain.ledger_mapping import LedgerMapping
from console.postgres.facts import literal, quoted

NULL_WORD: Final = "'N'"  # no value of ours is written so


class Relation(Enum):
    """The sources that a mapping names."""

    ENTRIES = "entries"
    POSTINGS = "postings"
    ACCOUNTS = "accounts"
    BALANCES = "balances"


_WHOLE: Final = frozenset({"int2", "int4", "int8"})
_EXACT: Final = _WHOLE | {"numeric"}
_TEXTS: Final = frozenset({"text", "varchar", "bpchar", "name", "char", "enum", "json", "jsonb"})
_PLAIN: Final = frozenset({"uuid", "bool", "xid8", "oid"})
_TIMES: Final = frozenset({"timestamptz", "timestamp"})
RENDERED: Final = _EXACT | _TEXTS | _PLAIN | _TIMES | {"date", "bytea"}


def rendered(column: str, kind: str) -> str:
    """An expression that writes a column's value the same way on every server. Raises ValueError on another kind.

    Numbers lose needless zeros, so that 1.0 equals 1.00; times are microseconds since 1970 in UTC; texts are led by
    their length, so that no value can look like two.
    """
    if kind in _WHOLE or kind in _PLAIN:
        text = f"{column}::text"
    elif kind == "numeric":
        text = f"trim_scale({column})::text"
    elif kind in _TIMES:
        # extract gives an exact numeric; it counts a time without zone as if it were UTC, wherever the session is.
        text = f"trim_scale(extract(epoch from {column}) * 1000000)::text"
    elif kind == "date":
        text = f"(case when isfinite({column}) then ({column} - date '1970-01-01')::text else {column}::text end)"
    elif kind == "bytea":
        text = f"encode({column}, 'hex')"
    elif kind in _TEXTS:
        text = f"(length({column}::text) || ':' || {column}::text)"
    else:
        raise ValueError(f"values of type {kind} can't be written the same way everywhere")
    return f"coalesce({text}, {NULL_WORD})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The kinds of all columns that a mapping names, by (relation, column), and which keys are unique.

    `entries_unique` and `accounts_unique` are None where a SELECT of one's own stands in for the table.
    """

    kinds: tuple[tuple[str, str, str], ...]
    entries_unique: bool | None
    accounts_unique: bool | None

    def kind(self, relation: str, column: str) -> str:
        for where, name, kind in self.kinds:
            if (where, name) == (relation, column):
                return kind
        raise ValueError(f"column {column} of the {relation} was not looked at")

    def mistakes(self, mapping: LedgerMapping) -> tuple[tuple[str, str], ...]:
        """What keeps a mapping from being used on these columns: its key, and why."""
        found: list[tuple[str, str]] = []

        def must(key: str, relation: Relation, column: str | None, kinds: frozenset[str], what: str) -> None:
            if column is not None and (kind := self.kind(relation.value, column)) not in kinds:
                found.append((key, f"column {column} has type {kind}, and should be {what}"))

        whole, exact = "a whole number", "an exact number (numeric or a whole number; floating point is not exact)"
        must("number", Relation.ENTRIES, mapping.number, _WHOLE, whole)
        must("posting_number", Relation.POSTINGS, mapping.posting_number, _WHOLE, whole)
        must("xid", Relation.ENTRIES, mapping.xid, frozenset({"xid8"}), "xid8")
        must("amount", Relation.POSTINGS, mapping.amount, _EXACT, exact)
        for key in ("balance_debit", "balance_credit", "balance_amount"):
            must(key, Relation.BALANCES, getattr(mapping, key), _EXACT, exact)
        for relation, key, columns in _written(mapping):
            for column in columns:
                must(key, relation, column, RENDERED, "of a type that can be written the same way everywhere")
        if self.entries_unique is False:
            found.append(("number", "no unique index keeps an entry's number from being there twice"))
        if self.accounts_unique is False and mapping.account_currency is not None:
            found.append(("account_id", "no unique index keeps an account from being there twice"))
        return tuple(found)


def _written(mapping: LedgerMapping) -> tuple[tuple[Relation, str, tuple[str, ...]], ...]:
    """The columns whose values go into the fingerprint."""
    return (
        (Relation.ENTRIES, "content", mapping.content),
        (Relation.POSTINGS, "line", (mapping.line,) if mapping.line is not None else ()),
        (Relation.POSTINGS, "account", (mapping.account,)),
        (Relation.POSTINGS, "side", (mapping.side,) if mapping.side is not None else ()),
        (Relation.POSTINGS, "posting_content", mapping.posting_content),
    )


def columns_of(mapping: LedgerMapping, relation: Relation) -> tuple[str, ...]:
    """Every column that a mapping names of a source, once."""
    m = mapping
    named: tuple[str | None, ...]
    match relation:
        case Relation.ENTRIES:
            named = (m.number, m.origin, m.xid, *m.content)
        case Relation.POSTINGS:
            named = (m.posting_number, m.posting_origin, m.line, m.account, m.amount, m.side, m.currency,
                     *m.posting_content)  # fmt: skip
        case Relation.ACCOUNTS:
            named = (m.account_id, m.account_currency) if m.has_accounts else ()
        case Relation.BALANCES:
            named = (m.balance_account, m.balance_origin, m.balance_currency, m.balance_debit, m.balance_credit,
                     m.balance_amount) if m.has_balances else ()  # fmt: skip
    return tuple(dict.fromkeys(name for name in named if name is not None))


def relations_of(mapping: LedgerMapping) -> tuple[Relation, ...]:
    """The sources that a mapping has."""
    return tuple(relation for relation in Relation if columns_of(mapping, relation))


_KIND: Final = """(select case when t.typtype = 'e' then 'enum'
 when b.typnamespace = 'pg_catalog'::regnamespace then b.typname::text
 when t.typnamespace = 'pg_catalog'::regnamespace then t.typname::text else 'other' end
 from pg_type t left join pg_type b on b.oid = t.typbasetype where t.oid = pg_typeof({column}))"""


def kinds_sql(source: str, columns: tuple[str, ...], alias: str) -> str:
    """The kinds of a source's columns: a JSON object by name. It reads at most one row, and works on an empty table.

    The server names a column that is not there with `alias` before it.
    """
    kinds = ", ".join(f"{literal(name)}, {_KIND.format(column=f'{alias}.{quoted(name)}')}" for name in columns)
    return (
        f"select jsonb_build_object({kinds}) from (select) d"
        f" left join (select * from {source} s limit 1) {alias} on true"
    )


def unique_sql(table: str | None, columns: tuple[str, ...]) -> str:
    """Does a unique index forbid the same values in these columns twice? NULL where there is no table."""
    if table is None:
        return "select null::boolean"
    names = ", ".join(literal(column) for column in columns)
    return f"""select exists (select from pg_index i where i.indrelid = to_regclass({literal(table)})
 and i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null
 and (select array_agg(a.attname::text) from pg_attribute a
      where a.attrelid = i.indrelid and a.attnum = any ((i.indkey::int2[])[0 : i.indnkeyatts - 1]))
     <@ array[{names}]::text[])"""


def shape_sql(mapping: LedgerMapping, sources: tuple[tuple[Relation, str], ...], tables: tuple[str | None, ...]) -> str:
    """All of it in one question: the kinds by relation, and whether entries and accounts are unique.

    `sources`: each relation as SQL. `tables`: those of entries and accounts as SQL names; None where a SELECT stands.
    """
    kinds = ", ".join(
        f"{literal(relation.value)}, ({kinds_sql(source, columns_of(mapping, relation), relation.value)})"
        for relation, source in sources
    )
    entries, accounts = tables
    number = tuple(filter(None, (mapping.origin, mapping.number)))
    return (
        f"select jsonb_build_object('kinds', jsonb_build_object({kinds}),"
        f" 'entries_unique', ({unique_sql(entries, number)}),"
        f" 'accounts_unique', ({unique_sql(accounts, (mapping.account_id,))}))"
    )
