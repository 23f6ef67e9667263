"""How a ledger is laid out: which tables, columns or own SELECTs hold its entries, postings, accounts and balances."""

import hashlib
import re
from dataclasses import dataclass, fields
from typing import Final

NAME_CHARACTERS_MAX: Final = 63
SQL_CHARACTERS_MAX: Final = 20_000
CONTENT_COLUMNS_MAX: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerMapping:
    """A ledger in the words of its own tables. Tables are written `schema.table`; `*_sql` is a SELECT in their place.

    Amounts are signed where `side` is None, else `side` says debit or credit. The currency stands in the postings
    (`currency`), with the account (`account_currency`), or is one for all (`currency_fixed`). `gap_free`: numbers come
    from a counter that is held until the commit, so that they have no gap and are in commit order. Without it `xid`,
    an xid8 column of the entries, tells what is settled; without either nothing can.
    `fingerprint_sql` gives (number, content[, origin]), what stands in the fingerprint in place of our own rendering.
    """

    entries: str | None = None
    entries_sql: str | None = None
    number: str = "number"
    origin: str | None = None
    xid: str | None = None
    content: tuple[str, ...] = ()
    postings: str | None = None
    postings_sql: str | None = None
    posting_number: str = "number"
    posting_origin: str | None = None
    line: str | None = None
    account: str = "account"
    amount: str = "amount"
    side: str | None = None
    debit: str = "D"
    credit: str = "C"
    currency: str | None = None
    currency_fixed: str | None = None
    posting_content: tuple[str, ...] = ()
    accounts: str | None = None
    accounts_sql: str | None = None
    account_id: str = "id"
    account_currency: str | None = None
    balances: str | None = None
    balances_sql: str | None = None
    balance_account: str = "account"
    balance_origin: str | None = None
    balance_currency: str | None = None
    balance_debit: str | None = None
    balance_credit: str | None = None
    balance_amount: str | None = None
    head_sql: str | None = None  # (number[, origin]): the last number given out
    fingerprint_sql: str | None = None
    gap_free: bool = False
    balanced: bool = True  # does each entry promise to balance?

    @property
    def has_accounts(self) -> bool:
        return self.accounts is not None or self.accounts_sql is not None

    @property
    def has_balances(self) -> bool:
        return self.balances is not None or self.balances_sql is not None

    def digest(self) -> str:
        """What makes seals comparable: the same layout, rendered by the same rules."""
        text = "\n".join(f"{field.name}={getattr(self, field.name)!r}" for field in fields(self))
        return hashlib.sha256(f"form 1\n{text}".encode()).hexdigest()


def reference_mapping(schema: str) -> LedgerMapping:
    """The reference ledger of `resources/sql/ledger.sql`."""
    quoted = schema.replace('"', '""')
    return LedgerMapping(
        entries=f"{schema}.entries",
        number="number",
        origin="origin",
        xid="xid",
        content=("reference", "booked_at", "description"),
        postings=f"{schema}.postings",
        posting_number="number",
        posting_origin="origin",
        line="line",
        account="account",
        amount="amount",
        side="side",
        accounts=f"{schema}.accounts",
        account_id="id",
        account_currency="currency",
        balances=f"{schema}.balances",
        balance_account="account",
        balance_origin="origin",
        balance_debit="debit",
        balance_credit="credit",
        head_sql=f'select origin, number from "{quoted}".head',
        gap_free=True,
    )


_TABLES: Final = ("entries", "postings", "accounts", "balances")
_COLUMNS: Final = (
    "number", "origin", "xid", "posting_number", "posting_origin", "line", "account", "amount", "side", "currency",
    "account_id", "account_currency", "balance_account", "balance_origin", "balance_currency", "balance_debit",
    "balance_credit", "balance_amount",
)  # fmt: skip
_SELECTS: Final = ("entries_sql", "postings_sql", "accounts_sql", "balances_sql", "head_sql", "fingerprint_sql")


def mapping_mistakes(mapping: LedgerMapping) -> tuple[tuple[str, str], ...]:
    """What can't stand in a mapping: pairs of its key and what is wrong. Nothing of it reaches a server before."""
    found: list[tuple[str, str]] = []
    for key in _TABLES:
        found += _source_mistakes(mapping, key)
    for key in _COLUMNS:
        name = getattr(mapping, key)
        if name is not None and (wrong := name_mistake(name)):
            found.append((key, wrong))
    for key in ("content", "posting_content"):
        columns = getattr(mapping, key)
        if len(columns) > CONTENT_COLUMNS_MAX:
            found.append((key, f"{len(columns)} columns, {CONTENT_COLUMNS_MAX} are the limit"))
        found += [(key, wrong) for name in columns if (wrong := name_mistake(name))]
    for key in _SELECTS:
        text = getattr(mapping, key)
        if text is not None and (wrong := select_mistake(text)):
            found.append((key, wrong))
    return (*found, *_sense_mistakes(mapping))


def _source_mistakes(mapping: LedgerMapping, key: str) -> list[tuple[str, str]]:
    table, own = getattr(mapping, key), getattr(mapping, f"{key}_sql")
    if table is not None and own is not None:
        return [(key, f"both {key} and {key}_sql are given: name one of them")]
    if table is None:
        wanted = key in ("entries", "postings") and own is None
        return [(key, f"it names neither {key}, a table, nor {key}_sql, a SELECT")] if wanted else []
    parts = table.split(".")
    if len(parts) > 2:
        return [(key, "a table is written schema.table")]
    return [(key, wrong) for part in parts if (wrong := name_mistake(part))]


def _sense_mistakes(mapping: LedgerMapping) -> list[tuple[str, str]]:
    found = []
    ways = [mapping.currency, mapping.account_currency, mapping.currency_fixed]
    if sum(way is not None for way in ways) > 1:
        found.append(("currency", "the currency comes from one place: currency, account_currency or currency_fixed"))
    if mapping.account_currency is not None and not mapping.has_accounts:
        found.append(("account_currency", "there are no accounts to read it from"))
    if (mapping.origin is None) != (mapping.posting_origin is None):
        found.append(("posting_origin", "entries and postings have an origin both, or neither"))
    if mapping.side is not None and mapping.debit == mapping.credit:
        found.append(("debit", "debit and credit are the same word"))
    if mapping.has_balances:
        pair = mapping.balance_debit is not None and mapping.balance_credit is not None
        half = (mapping.balance_debit is None) != (mapping.balance_credit is None)
        if half or pair == (mapping.balance_amount is not None):
            found.append(("balances", "kept balances are balance_debit and balance_credit, or balance_amount"))
        if mapping.balance_amount is None and mapping.side is None:
            found.append(("balance_debit", "signed amounts make one balance: name balance_amount"))
    for key in ("debit", "credit", "currency_fixed"):
        word = getattr(mapping, key)
        if word is not None and (not word.isprintable() or len(word) > NAME_CHARACTERS_MAX or "\\" in word):
            found.append((key, "it should be one short word"))
    return found


def name_mistake(name: str) -> str:
    """What is wrong with the name of a table's part or a column; empty: nothing."""
    if not name:
        return "a name is empty"
    if len(name.encode()) > NAME_CHARACTERS_MAX:
        return f"a name has more than {NAME_CHARACTERS_MAX} bytes, PostgreSQL's limit"
    if not name.isprintable() or "\\" in name:
        return f"{name!r} has characters that a name can't have here"
    return ""


def select_mistake(text: str) -> str:
    """What is wrong with a SELECT of one's own; empty: nothing.

    It is set in brackets as part of our own question, in a transaction that reads only. So it must be one statement
    that stands on its own: no semicolon, no comment, no backslash (psql would obey it), brackets and quotes closed. A
    dollar sign is refused too: whether it opens a quote depends on what stands before it.
    """
    if len(text) > SQL_CHARACTERS_MAX:
        return f"it has {len(text)} characters, {SQL_CHARACTERS_MAX} are the limit"
    if not re.match(r"\s*(select|with)\b", text, re.IGNORECASE):
        return "it should begin with SELECT or WITH"
    if any(not c.isprintable() and c not in "\n\t " for c in text) or "\\" in text or "$" in text:
        return "it has a backslash, a dollar sign or a character that can't be shown"
    return _balanced_mistake(text)


def _balanced_mistake(text: str) -> str:
    depth, place = 0, 0
    while place < len(text):
        character = text[place]
        if character in "'\"":
            end = text.find(character, place + 1)
            if end < 0:
                return f"a quote {character} is not closed"
            place = end + 1
            continue
        if character == ";":
            return "it has a semicolon: one SELECT alone"
        if text.startswith(("--", "/*"), place):
            return "it has a comment: take it out"
        if character == ":" and not text.startswith("::", place):
            if re.match(r":[A-Za-z_'\"{]", text[place:]):
                return "it has a word behind a colon, which psql would replace"
        elif character == ":":
            place += 1
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth < 0:
            return "a bracket is closed that was never opened"
        place += 1
    return "a bracket is not closed" if depth else ""
