"""The questions about a ledger's books, as SQL built for its mapping; every one reads only and is bounded."""

from dataclasses import dataclass
from typing import Final

from console.domain.books import BLOCK_ENTRIES, Horizon
from console.domain.ledger_mapping import LedgerMapping, mapping_mistakes
from console.postgres.books_shape import Shape, relations_of, rendered, shape_sql
from console.postgres.facts import literal, quoted

ORIGINS_MAX: Final = 64
CURRENCIES_MAX: Final = 300
CHUNK_BLOCKS: Final = 50  # blocks of one question: its sorts stay in work_mem, and progress is seen
BEGIN_SQL: Final = "begin transaction isolation level repeatable read, read only"
EXPORT_SQL: Final = "select to_jsonb(pg_export_snapshot())"
END_SQL: Final = "rollback"
_BREAK: Final = "chr(10)"


def import_sql(snapshot: str) -> str:
    """The first statement of a transaction that sees another's snapshot."""
    return f"set transaction snapshot {literal(snapshot)}"


def table_name(table: str) -> str:
    """`schema.table` as SQL; each part is quoted."""
    return ".".join(quoted(part) for part in table.split("."))


def _between(number: str, low: int, high: int) -> str:
    return f"{number} between {int(low)} and {int(high)}"


@dataclass(frozen=True, slots=True)
class BooksSql:
    """The questions of one mapping whose columns have been looked at. Raises ValueError on a mapping with mistakes."""

    mapping: LedgerMapping
    shape: Shape

    def __post_init__(self) -> None:
        wrong = mapping_mistakes(self.mapping)
        if wrong:
            raise ValueError("; ".join(f"{key}: {what}" for key, what in wrong))

    @staticmethod
    def shape_question(mapping: LedgerMapping) -> str:
        """What has to be known of a mapping's columns before anything else can be asked. Raises ValueError."""
        blank = BooksSql(mapping, Shape(kinds=(), entries_unique=None, accounts_unique=None))
        sources = tuple((relation, blank.source(relation.value)) for relation in relations_of(mapping))
        tables = tuple(None if name is None else table_name(name) for name in (mapping.entries, mapping.accounts))
        return shape_sql(mapping, sources, tables)

    # -- parts ------------------------------------------------------------------------------------------------------

    def source(self, key: str) -> str:
        """A table, or a SELECT of one's own in its place."""
        table, own = getattr(self.mapping, key), getattr(self.mapping, f"{key}_sql")
        return table_name(table) if table is not None else f"({own})"

    def _typed(self, relation: str, column: str, alias: str) -> str:
        """A column rendered by its type: no locale, no time zone, no trailing zero speaks."""
        return rendered(f"{alias}.{quoted(column)}", self.shape.kind(relation, column))

    def _of_origin(self, alias: str, column: str | None, origin: str) -> str:
        return "true" if column is None else f"{alias}.{quoted(column)} = {literal(origin)}"

    def _inside(self, horizon: Horizon, number: str, xid: str) -> str:
        if horizon.xid is not None:
            return f"({xid} < {literal(str(horizon.xid))}::xid8)"
        return f"({number} <= {int(horizon.number or 0)})"

    def _xid(self, alias: str) -> str:
        return "null::xid8" if self.mapping.xid is None else f"{alias}.{quoted(self.mapping.xid)}"

    def _signed(self, alias: str) -> str:
        """Debit counts up, credit down; a side that is neither gives NULL, which balances nothing."""
        amount = f"{alias}.{quoted(self.mapping.amount)}::numeric"
        if self.mapping.side is None:
            return amount
        side = f"{alias}.{quoted(self.mapping.side)}::text"
        debit, credit = literal(self.mapping.debit), literal(self.mapping.credit)
        return f"(case {side} when {debit} then {amount} when {credit} then -({amount}) end)"

    def _side_sums(self, where: str = "true") -> tuple[str, str]:
        if self.mapping.side is None:
            up, down = "signed > 0", "signed < 0"
            return (f"coalesce(sum(signed) filter (where {up} and {where}), 0)",
                    f"coalesce(-sum(signed) filter (where {down} and {where}), 0)")  # fmt: skip
        debit, credit = literal(self.mapping.debit), literal(self.mapping.credit)
        return (f"coalesce(sum(amount) filter (where side = {debit} and {where}), 0)",
                f"coalesce(sum(amount) filter (where side = {credit} and {where}), 0)")  # fmt: skip

    def _currency(self, posting: str, account: str) -> str:
        mapping = self.mapping
        if mapping.currency is not None:
            return f"{posting}.{quoted(mapping.currency)}::text"
        if mapping.account_currency is not None:
            return f"{account}.{quoted(mapping.account_currency)}::text"
        return literal(mapping.currency_fixed or "")

    def _joined_accounts(self, posting: str, account: str) -> str:
        if self.mapping.account_currency is None:
            return ""
        key = f"{account}.{quoted(self.mapping.account_id)} = {posting}.{quoted(self.mapping.account)}"
        return f" left join {self.source('accounts')} {account} on {key}"

    def _entries(self, origin: str, low: int, high: int) -> str:
        return self._entries_between(origin, str(int(low)), str(int(high)))

    def _entries_between(self, origin: str, low: str, high: str) -> str:
        """Number, xid and rendered header of the entries from `low` to `high`, two expressions of ours."""
        mapping = self.mapping
        number = f"e.{quoted(mapping.number)}"
        where = f"{self._of_origin('e', mapping.origin, origin)} and {number} between {low} and {high}"
        if mapping.fingerprint_sql is not None:
            same = f"f.{quoted('number')} = {number}"
            if mapping.origin is not None:
                same += f" and f.{quoted('origin')} = e.{quoted(mapping.origin)}"
            header = "concat(length(f.content::text), ':', f.content::text)"
            source = f"{self.source('entries')} e left join ({mapping.fingerprint_sql}) f on {same}"
        else:
            parts = [self._typed("entries", column, "e") for column in mapping.content]
            header = f"concat_ws(' ', {number}::text{''.join(f', {part}' for part in parts)})"
            source = f"{self.source('entries')} e"
        return f"select {number}::bigint n, {self._xid('e')} xid, {header} header from {source} where {where}"

    def _line(self) -> str:
        """One posting, rendered."""
        mapping = self.mapping
        columns = [*filter(None, [mapping.line]), mapping.account, *filter(None, [mapping.side]), mapping.amount,
                   *mapping.posting_content]  # fmt: skip
        return f"concat_ws(' ', {', '.join(self._typed('postings', column, 'p') for column in columns)})"

    def _bodies(self, origin: str, low: int, high: int) -> str:
        return self._bodies_between(origin, str(int(low)), str(int(high)))

    def _bodies_between(self, origin: str, low: str, high: str) -> str:
        """Of each entry from `low` to `high` that has postings: their number, their rendering, do they balance?"""
        mapping = self.mapping
        number = f"p.{quoted(mapping.posting_number)}"
        where = f"{self._of_origin('p', mapping.posting_origin, origin)} and {number} between {low} and {high}"
        order = f"p.{quoted(mapping.line)}" if mapping.line is not None else f'{self._line()} collate "C"'
        signed, currency = self._signed("p"), self._currency("p", "a")
        return (
            f"select n, sum(lines)::bigint lines, bool_and(even) even,"
            f" string_agg(concat(length(currency), ':', currency, {_BREAK}, body), {_BREAK}"
            f' order by currency collate "C") body from ('
            f"select {number}::bigint n, {currency} currency, count(*) lines,"
            f" coalesce(sum({signed}) = 0 and count(*) = count({signed}), false) even,"
            f" string_agg({self._line()}, {_BREAK} order by {order}) body"
            f" from {self.source('postings')} p{self._joined_accounts('p', 'a')} where {where} group by 1, 2) c"
            f" group by n"
        )

    # -- questions --------------------------------------------------------------------------------------------------

    def head(self) -> str:
        """Where this snapshot stands: identity, timeline, settled xid, and each origin's numbers."""
        mapping = self.mapping
        number, entries = f"e.{quoted(mapping.number)}", self.source("entries")
        given = "null::bigint"
        if mapping.origin is None:
            origins = "(select ''::text origin) o"
            if mapping.head_sql is not None:
                given = f"(select max(h.number) from ({mapping.head_sql}) h)"
        else:
            origin = quoted(mapping.origin)
            origins = (
                f"(with recursive o as ((select e.{origin} origin from {entries} e order by 1 limit 1) union all "
                f"select (select e.{origin} from {entries} e where e.{origin} > o.origin order by 1 limit 1) from o "
                f"where o.origin is not null) select origin::text from (select origin from o where origin is not null"
            )
            if mapping.head_sql is not None:
                origins += f" union select h.origin from ({mapping.head_sql}) h"
                given = f"(select max(h.number) from ({mapping.head_sql}) h where h.origin = o.origin)"
            origins += f") u order by 1 limit {ORIGINS_MAX + 1}) o"
        of = "true" if mapping.origin is None else f"e.{quoted(mapping.origin)} = o.origin"
        return f"""select jsonb_build_object(
 'sysid', (select system_identifier::text from pg_control_system()),
 'recovery', pg_is_in_recovery(),
 'timeline', case when pg_is_in_recovery()
   then coalesce((select received_tli from pg_stat_get_wal_receiver()),
                 (select timeline_id from pg_control_checkpoint()))
   else ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int end,
 'position', case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_insert_lsn() end::text,
 'xmin', pg_snapshot_xmin(pg_current_snapshot())::text,
 'directory', case when pg_has_role(current_user, 'pg_read_all_settings', 'usage')
   then current_setting('data_directory', true) end,
 'origins', (select coalesce(jsonb_agg(jsonb_build_object('origin', o.origin,
   'lowest', (select min({number}) from {entries} e where {of}),
   'highest', (select max({number}) from {entries} e where {of}), 'given', {given})), '[]') from {origins}))"""

    def blocks(self, origin: str, low: int, high: int, horizon: Horizon) -> str:
        """What is found in each block of the entries from `low` to `high`."""
        inside = self._inside(horizon, "e.n", "e.xid")
        text = "concat_ws(' ', e.header, q.lines::text, q.body)"
        return f"""select coalesce(jsonb_agg(to_jsonb(b) order by b.number), '[]') from (
 select (n - 1) / {BLOCK_ENTRIES} as number, count(*) filter (where there) entries,
  count(*) filter (where inside) inside,
  coalesce(sum(lines) filter (where inside), 0)::bigint postings_inside,
  encode(sha256(convert_to(string_agg(text, {_BREAK} order by n) filter (where inside), 'UTF8')), 'hex') digest,
  min(n) filter (where there) lowest, max(n) filter (where there) highest, max(n) filter (where inside) highest_inside,
  count(*) filter (where there and lines is null) without_postings,
  min(n) filter (where there and lines is null) without_postings_first,
  count(*) filter (where not even) uneven, min(n) filter (where not even) uneven_first,
  count(*) filter (where not there) orphans, min(n) filter (where not there) orphan_first
 from (select coalesce(e.n, q.n) n, e.n is not null there, q.lines, q.even,
   coalesce(e.n is not null and {inside}, false) inside, {text} text
  from ({self._entries(origin, low, high)}) e
  full join ({self._bodies(origin, low, high)}) q on q.n = e.n) r
 group by 1) b"""

    def digests(self, origin: str, block: int, horizon: Horizon) -> str:
        """The SHA-256 of every entry of one block inside the horizon."""
        low, high = block * BLOCK_ENTRIES + 1, (block + 1) * BLOCK_ENTRIES
        return f"""select coalesce(jsonb_agg(jsonb_build_array(e.n,
  encode(sha256(convert_to(concat_ws(' ', e.header, q.lines::text, q.body), 'UTF8')), 'hex')) order by e.n), '[]')
 from ({self._entries(origin, low, high)}) e left join ({self._bodies(origin, low, high)}) q on q.n = e.n
 where {self._inside(horizon, "e.n", "e.xid")}"""

    def tally(self, origin: str, top: int, horizon: Horizon) -> str:
        """All postings of an origin counted by account: one pass over them."""
        mapping, number = self.mapping, f"p.{quoted(self.mapping.posting_number)}"
        settled = ""
        inside = f"n <= {int(horizon.number or 0)}"
        if horizon.xid is not None:
            same = f"e.{quoted(mapping.number)} = {number}"
            if mapping.origin is not None and mapping.posting_origin is not None:
                same += f" and e.{quoted(mapping.origin)} = p.{quoted(mapping.posting_origin)}"
            settled = f" left join {self.source('entries')} e on {same}"
            inside = self._inside(horizon, "n", "xid")
        side = "null::text" if mapping.side is None else f"p.{quoted(mapping.side)}::text"
        debit, credit = self._side_sums()
        debit_in, credit_in = self._side_sums(inside)
        amount = f"p.{quoted(mapping.amount)}::numeric"
        return f"""with t as materialized (
 select account, currency, count(*) lines, {debit} debit, {credit} credit,
  count(*) filter (where {inside}) lines_in, {debit_in} debit_in, {credit_in} credit_in,
  count(*) filter (where (amount > 0) is not true) low, min(n) filter (where (amount > 0) is not true) low_first,
  min(n) first, count(*) filter (where n > {int(top)}) beyond, min(n) filter (where n > {int(top)}) beyond_first
 from (select p.{quoted(mapping.account)} account, {self._currency("p", "a")} currency, {number}::bigint n,
   {amount} amount, {self._signed("p")} signed, {side} side, {self._xid("e") if settled else "null::xid8"} xid
  from {self.source("postings")} p{self._joined_accounts("p", "a")}{settled}
  where {self._of_origin("p", mapping.posting_origin, origin)}) r group by 1, 2),
{self._known()},
{self._kept(origin)}
select jsonb_build_object('postings', (select coalesce(sum(lines), 0) from t),
 'not_positive', (select coalesce(sum(low), 0) from t), 'not_positive_first', (select min(low_first) from t),
 'unknown', (select count(*) from k), 'unknown_first', (select min(first) from k),
 'unknown_account', (select min(account::text collate "C") from k),
 'beyond', (select coalesce(sum(beyond), 0) from t), 'beyond_first', (select min(beyond_first) from t),
 'off', (select count(*) from b), 'off_account', (select account from b order by account limit 1),
 'off_detail', (select detail from b order by account limit 1),
 'sums', (select coalesce(jsonb_agg(to_jsonb(s) order by s.currency), '[]') from (
   select coalesce(currency, '') collate "C" currency, sum(lines_in)::bigint postings,
    trim_scale(sum(debit_in))::text debit, trim_scale(sum(credit_in))::text credit
   from t where lines_in > 0 group by 1 order by 1 limit {CURRENCIES_MAX + 1}) s))"""

    def _known(self) -> str:
        """Accounts that postings name and nobody knows."""
        if not self.mapping.has_accounts:
            return "k as (select null::text account, null::bigint first where false)"
        key = f"a.{quoted(self.mapping.account_id)}"
        return (
            f"k as (select t.account::text account, t.first from t where not exists"
            f" (select from {self.source('accounts')} a where {key} = t.account))"
        )

    def _kept(self, origin: str) -> str:
        """Kept balances that are not the sums of their postings, with both in words."""
        mapping = self.mapping
        if not mapping.has_balances:
            return "b as (select null::text account, null::text detail where false)"
        by = ["account"]
        kept = [f"k.{quoted(mapping.balance_account)} account"]
        if mapping.balance_currency is not None:
            by.append("currency")
            kept.append(f"k.{quoted(mapping.balance_currency)}::text currency")
        if mapping.balance_amount is not None:
            names: tuple[str, ...] = ("amount",)
            kept.append(f"k.{quoted(mapping.balance_amount)}::numeric amount")
            sums = ["sum(debit - credit) amount"]
        else:
            names = ("debit", "credit")
            kept += [f"k.{quoted(str(mapping.balance_debit))}::numeric debit",
                     f"k.{quoted(str(mapping.balance_credit))}::numeric credit"]  # fmt: skip
            sums = ["sum(debit) debit", "sum(credit) credit"]
        differs = " or ".join(f"coalesce(k.{name}, 0) <> coalesce(u.{name}, 0)" for name in names)
        said = ", ' ', ".join(
            f"'{name} kept ', coalesce(trim_scale(k.{name})::text, 'none'), ' summed ',"
            f" coalesce(trim_scale(u.{name})::text, 'none')"
            for name in names
        )
        same = " and ".join(f"k.{column} = u.{column}" for column in by)
        return (
            f"b as (select coalesce(k.account, u.account)::text account, concat({said}) detail from"
            f" (select {', '.join(kept)} from {self.source('balances')} k"
            f" where {self._of_origin('k', mapping.balance_origin, origin)}) k full join"
            f" (select {', '.join([*by, *sums])} from t group by {', '.join(by)}) u on {same} where {differs})"
        )

    def example(self, origin: str) -> str:
        """The last entry of an origin as the fingerprint reads it, for a person who tries a mapping."""
        mapping = self.mapping
        number = f"e.{quoted(mapping.number)}"
        of = self._of_origin("e", mapping.origin, origin)
        last = f"(select max({number}) from {self.source('entries')} e where {of})"
        low, high = "l.n", "l.n"
        return (
            f"select to_jsonb(coalesce((select concat_ws({_BREAK}, x.header, q.body) from {last[:-1]}) l(n)"
            f" cross join lateral ({self._entries_between(origin, low, high)}) x"
            f" left join lateral ({self._bodies_between(origin, low, high)}) q on q.n = x.n), ''))"
        )

    # -- what only a failed check needs ---------------------------------------------------------------------------

    def gap(self, origin: str, low: int, high: int) -> str:
        """The first number from `low` to `high` that no entry has; at most a block."""
        mapping = self.mapping
        high = min(high, low + BLOCK_ENTRIES - 1)
        return (
            f"select to_jsonb(min(g)) from generate_series({int(low)}::bigint, {int(high)}::bigint) g where not exists"
            f" (select from {self.source('entries')} e where {self._of_origin('e', mapping.origin, origin)}"
            f" and e.{quoted(mapping.number)} = g)"
        )

    def uneven(self, origin: str, number: int) -> str:
        """By how much one entry does not balance, per currency: debit minus credit."""
        mapping = self.mapping
        where = f"{self._of_origin('p', mapping.posting_origin, origin)}"
        where += f" and p.{quoted(mapping.posting_number)} = {int(number)}"
        return (
            f"select to_jsonb(coalesce(string_agg(concat(currency, ' ', trim_scale(off)), ', ' order by currency), ''))"
            f" from (select {self._currency('p', 'a')} currency, sum({self._signed('p')}) off"
            f" from {self.source('postings')} p{self._joined_accounts('p', 'a')} where {where} group by 1) s"
            f" where off is null or off <> 0"
        )

    def sums(self, origin: str, low: int, high: int) -> str:
        """The sums per currency of the postings of entries from `low` to `high`, for a seal of what is new."""
        mapping, number = self.mapping, f"p.{quoted(self.mapping.posting_number)}"
        side = "null::text" if mapping.side is None else f"p.{quoted(mapping.side)}::text"
        debit, credit = self._side_sums()
        return (
            f"select coalesce(jsonb_agg(to_jsonb(s) order by s.currency), '[]') from (select coalesce(currency, '')"
            f' collate "C" currency, count(*) postings,'
            f" trim_scale({debit})::text debit, trim_scale({credit})::text credit"
            f" from (select {self._currency('p', 'a')} currency, p.{quoted(mapping.amount)}::numeric amount,"
            f" {self._signed('p')} signed, {side} side"
            f" from {self.source('postings')} p{self._joined_accounts('p', 'a')}"
            f" where {self._of_origin('p', mapping.posting_origin, origin)} and {_between(number, low, high)})"
            f" r group by 1 order by 1 limit {CURRENCIES_MAX + 1}) s"
        )

    def late_blocks(self, origin: str, after: Horizon, until: Horizon) -> str:
        """Blocks that hold entries outside `after`: settled later than it. For ledgers with an xid8 only."""
        mapping = self.mapping
        assert mapping.xid is not None and after.xid is not None
        xid = f"e.{quoted(mapping.xid)}"
        upper = "" if until.xid is None else f" and {xid} < {literal(str(until.xid))}::xid8"
        return (
            f"select coalesce(jsonb_agg(distinct (e.{quoted(mapping.number)} - 1) / {BLOCK_ENTRIES}), '[]')"
            f" from {self.source('entries')} e where {self._of_origin('e', mapping.origin, origin)}"
            f" and {xid} >= {literal(str(after.xid))}::xid8{upper}"
        )
