"""The books' questions are built for a mapping and nothing of it escapes; hostile answers are harmless, or errors."""

import json
import random
import re
import sys
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.books import Horizon
from console.domain.ledger_mapping import LedgerMapping, mapping_mistakes, reference_mapping
from console.postgres import books_readers as readers
from console.postgres.books import BooksSql, import_sql
from console.postgres.books_shape import RENDERED, Relation, Shape, columns_of, relations_of, rendered

SEED = 20261103
ANSWERS = 4_000
UNSEEN = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
OURS = reference_mapping("ledger")
SIGNED = LedgerMapping(
    entries="shop.journal", xid="tx", postings="shop.lines", posting_number="posting_number",
    accounts="shop.accounts", balances="shop.accounts",
    balance_account="id", balance_amount="balance", account_currency="cur",
)  # fmt: skip
KINDS = {
    "number": "int8", "posting_number": "int8", "xid": "xid8", "tx": "xid8", "booked_at": "timestamptz", "line": "int4",
    "amount": "numeric",
}  # fmt: skip


def shaped(mapping: LedgerMapping, **kinds: str) -> BooksSql:
    found = [
        (relation.value, column, kinds.get(column) or KINDS.get(column, "numeric" if "balance" in column else "text"))
        for relation in relations_of(mapping)
        for column in columns_of(mapping, relation)
    ]
    return BooksSql(mapping, Shape(kinds=tuple(found), entries_unique=True, accounts_unique=True))


def questions(sql: BooksSql, origin: str = "main") -> list[str]:
    number, xid = Horizon(number=10), Horizon(xid=77)
    asked = [
        sql.head(), sql.blocks(origin, 1, 10, number), sql.digests(origin, 0, number), sql.tally(origin, 10, number),
        sql.gap(origin, 1, 1000), sql.uneven(origin, 3), sql.sums(origin, 1, 10), sql.example(origin),
    ]  # fmt: skip
    if sql.mapping.xid is not None:
        asked += [sql.blocks(origin, 1, 10, xid), sql.tally(origin, 10, xid)]
        asked.append(sql.late_blocks(origin, xid, Horizon(xid=99)))
    return asked


def outside_quotes(text: str) -> str:
    """The text without what stands in quotes; PostgreSQL doubles a quote inside one, E'' may hold a backslash."""
    return re.sub(r"E'(?:\\.|''|[^'\\])*'|'(?:''|[^'])*'|\"(?:\"\"|[^\"])*\"", " ", text)


@pytest.mark.parametrize("mapping", [OURS, SIGNED, replace(SIGNED, xid=None)])
def test_every_question_is_one_select_that_only_reads(mapping: LedgerMapping) -> None:
    for text in [BooksSql.shape_question(mapping), *questions(shaped(mapping))]:
        bare = outside_quotes(text)
        assert re.match(r"\s*(select|with)\b", bare)
        assert ";" not in bare and "\\" not in bare and "--" not in bare
        assert bare.count("(") == bare.count(")")
        assert not re.search(r"\b(insert|update|delete|truncate|create|alter|drop|grant|lock|copy|do|call)\b", bare)


NAMES = st.text(min_size=1, max_size=15).filter(lambda text: "." not in text)


@given(NAMES, NAMES, NAMES, st.text(max_size=30).filter(lambda text: "\0" not in text))
def test_no_name_and_no_origin_leaves_its_quotes(table: str, column: str, word: str, origin: str) -> None:
    mapping = replace(
        OURS, entries=f"{table}.{column}", postings=table, account=column, amount=word, side=word, debit=word,
        credit=f"{word}x", currency=None,
    )  # fmt: skip
    if mapping_mistakes(mapping):
        with pytest.raises(ValueError, match=r": "):
            shaped(mapping)
        return
    marked = replace(mapping, entries="t.t", postings="t", account="t", amount="t", side="t", debit="t", credit="tx")
    # A name stands as an identifier and as a key there, and each once: only its words are compared.
    known = set(re.findall(r"\w+", outside_quotes(BooksSql.shape_question(OURS))))
    assert set(re.findall(r"\w+", outside_quotes(BooksSql.shape_question(mapping)))) <= known
    kinds = {column: "text", word: "text", "t": "text"}
    both = (questions(shaped(mapping, **kinds), origin), questions(shaped(marked, **kinds)))
    for ours, plain in zip(*both, strict=True):
        assert outside_quotes(ours).split() == outside_quotes(plain).split()


def test_hostile_names_are_refused_before_anything_is_asked() -> None:
    for name in ("", "a\0b", "a\nb", "\\! id", "x" * 64, "a\u202eb"):
        with pytest.raises(ValueError, match=r"number|entries"):
            shaped(replace(OURS, number=name))
    with pytest.raises(ValueError, match="snapshot"):
        readers.read_snapshot(b'"0000; drop table x"')
    assert import_sql("00000003-0000001B-1") == "set transaction snapshot '00000003-0000001B-1'"


def test_a_value_is_written_the_same_whatever_scale_zone_or_locale() -> None:
    assert rendered("c", "numeric") == "coalesce(trim_scale(c)::text, 'N')"
    assert "extract(epoch from c) * 1000000" in rendered("c", "timestamptz") == rendered("c", "timestamp")
    assert rendered("c", "text").startswith("coalesce((length(c::text) || ':'")
    for kind in ("float8", "money", "interval", "other", "inet"):
        with pytest.raises(ValueError, match=kind):
            rendered("c", kind)
    assert all(rendered("c", kind) for kind in RENDERED)


@pytest.mark.parametrize(
    ("kinds", "unique", "key"),
    [
        ({"posting_number": "numeric"}, True, "posting_number"),
        ({"amount": "float8"}, True, "amount"),
        ({"balance": "float4"}, True, "balance_amount"),
        ({"tx": "int8"}, True, "xid"),
        ({"account": "other"}, True, "account"),
        ({}, False, "number"),
    ],
)
def test_columns_that_do_not_fit_are_told_by_their_key(kinds: dict[str, str], unique: bool, key: str) -> None:
    shape = replace(shaped(SIGNED, **kinds).shape, entries_unique=unique)
    assert [where for where, _ in shape.mistakes(SIGNED)] == [key]
    assert shaped(SIGNED).shape.mistakes(SIGNED) == ()


def test_the_columns_are_asked_by_name_and_only_those_come_back() -> None:
    columns = columns_of(OURS, Relation.ENTRIES)
    assert columns == ("number", "origin", "xid", "reference", "booked_at", "description")
    named = {relation.value: dict.fromkeys(columns_of(OURS, relation), "weird") for relation in relations_of(OURS)}
    question = BooksSql.shape_question(OURS)
    assert question.count("pg_typeof") == sum(map(len, named.values()))
    whole: dict[str, Any] = {"kinds": named, "entries_unique": True, "accounts_unique": None}
    shape = readers.read_shape(json.dumps(whole).encode(), OURS)
    assert {kind for _, _, kind in shape.kinds} == {"other"}
    for wrong in ({**named, "entries": {"a": "int8"}}, {**named, "more": {}}, {}):
        with pytest.raises(ValueError, match="were asked for"):
            readers.read_shape(json.dumps({**whole, "kinds": wrong}).encode(), OURS)


# -- hostile answers ------------------------------------------------------------

HEAD: dict[str, Any] = {
    "sysid": "7489123456789012345", "recovery": False, "timeline": 3, "position": "0/16B3748", "xmin": "771",
    "directory": "/data", "origins": [{"origin": "main", "lowest": 1, "highest": 12, "given": 12}],
}  # fmt: skip
BLOCK: dict[str, Any] = {
    "number": 0, "entries": 10, "inside": 10, "postings_inside": 40, "digest": "ab" * 32, "lowest": 1, "highest": 10,
    "highest_inside": 10, "without_postings": 0, "without_postings_first": None, "uneven": 0, "uneven_first": None,
    "orphans": 0, "orphan_first": None,
}  # fmt: skip
TALLY: dict[str, Any] = {
    "postings": 40, "not_positive": 0, "not_positive_first": None, "unknown": 0, "unknown_first": None,
    "unknown_account": None, "beyond": 0, "beyond_first": None, "off": 0, "off_account": None, "off_detail": None,
    "sums": [{"currency": "EUR", "postings": 40, "debit": "12.5", "credit": "12.5"}],
}  # fmt: skip
JUNK: tuple[Any, ...] = (
    None, True, -1, 0, 2**63, 2**70, 1.5, 1e308, "", "x", "\x1b[31mred", "\u202edne", "\0", "NaN", "9" * 400, [], {},
    [[]], {"a": 1}, "0/FFFFFFFFF", "-1", "<b>", "a\nb", ["main"] * 100, "1e9", "0x10",
)  # fmt: skip


def spoilt(chance: random.Random, value: Any) -> Any:
    """The value with something in it replaced, left out, added or doubled."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        key = chance.choice(list(value))
        changed = dict(value)
        match chance.randrange(4):
            case 0:
                del changed[key]
            case 1:
                changed[key] = chance.choice(JUNK)
            case 2:
                changed[key] = spoilt(chance, changed[key])
            case _:
                changed[chance.choice(["x", "\u202e", key])] = chance.choice(JUNK)
        return changed
    if isinstance(value, list) and value and chance.random() < 0.9:
        longer = [*value, spoilt(chance, chance.choice(value))]
        return longer if chance.random() < 0.5 else value * chance.choice([2, 70])
    return chance.choice(JUNK)


def line_of(chance: random.Random, value: Any) -> bytes:
    text = json.dumps(spoilt(chance, value)).encode()
    match chance.randrange(8):
        case 0:
            return text[: chance.randrange(len(text) + 1)]
        case 1:
            return b"[" * chance.choice([10, 100_000])
        case 2:
            return bytes(chance.randrange(256) for _ in range(40))
        case _:
            return text


def texts_in(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple | list):
        return [text for each in value for text in texts_in(each)]
    if hasattr(value, "__dataclass_fields__"):
        return [text for field in fields(value) for text in texts_in(getattr(value, field.name))]
    return []


def test_thousands_of_hostile_answers_give_a_harmless_value_or_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(SEED)
    with capsys.disabled():
        sys.stdout.write(f" [{ANSWERS:,} hostile answers about books, seed {SEED}] ")
    readings = (
        (HEAD, readers.read_head),
        ([BLOCK], lambda line: readers.read_blocks(line, low=1, high=1000)),
        (TALLY, readers.read_tally),
        (TALLY["sums"], readers.read_sums),
        ([[1, "ab" * 32]], readers.read_digests),
        ([1, 2], readers.read_late),
        ("EUR 5", readers.read_text),
        (7, readers.read_number),
    )
    refused = read = 0
    for number in range(ANSWERS):
        whole, reader = readings[number % len(readings)]
        try:
            value = reader(line_of(chance, whole))
        except ValueError:
            refused += 1
            continue
        read += 1
        for text in texts_in(value):
            assert not UNSEEN.search(text), (text, value)
    assert refused > ANSWERS / 4
    assert read > ANSWERS / 20


def test_what_was_said_is_what_is_read() -> None:
    head = readers.read_head(json.dumps(HEAD).encode())
    assert (head.timeline, head.xmin, head.origins[0].top) == (3, 771, 12)
    [block] = readers.read_blocks(json.dumps([BLOCK]).encode(), low=1, high=1000)
    assert block.block() is not None
    assert readers.read_tally(json.dumps(TALLY).encode()).sums[0].debit == "12.5"


@pytest.mark.parametrize(
    "change",
    [
        {"number": 1}, {"number": -1}, {"digest": None}, {"digest": "AB" * 32}, {"inside": 11}, {"entries": -5},
        {"digest": "ab" * 31}, {"inside": 0},
    ],
)  # fmt: skip
def test_a_block_that_contradicts_itself_or_the_question_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        readers.read_blocks(json.dumps([{**BLOCK, **change}]).encode(), low=1, high=1000)


def test_blocks_that_come_twice_or_in_another_order_are_refused() -> None:
    with pytest.raises(ValueError, match="belong"):
        readers.read_blocks(json.dumps([BLOCK, BLOCK]).encode(), low=1, high=5000)
    with pytest.raises(ValueError, match="belong"):
        readers.read_blocks(json.dumps([{**BLOCK, "number": 1}, BLOCK]).encode(), low=1, high=5000)


@pytest.mark.parametrize("origin", ["a\nb", "\u202eniam", "x" * 300])
def test_an_origin_that_cannot_be_shown_is_not_asked_on(origin: str) -> None:
    hostile = {**HEAD, "origins": [{"origin": origin, "lowest": 1, "highest": 1, "given": None}]}
    with pytest.raises(ValueError, match="origin"):
        readers.read_head(json.dumps(hostile).encode())
