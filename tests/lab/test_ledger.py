"""The reference ledger: what it books is whole, and everything else is refused, whoever asks."""

import json
import uuid

import pytest

from console.lab.desk import LabStatus
from tests.live import psql, sql

CASH_USD, CASH_JPY, SECURITIES_USD, FEES_USD, FEES_EUR = 10001, 12001, 40000, 20000, 21000
LOCAL = "set synchronous_commit = local;\n"
TRIGGERS = (
    "select count(*) from pg_trigger t join pg_class c on c.oid = t.tgrelid "
    "where not t.tgisinternal and c.relnamespace = 'ledger'::regnamespace"
)


def line(account: int, side: str, amount: str, **more: str) -> dict[str, object]:
    return {"account": account, "side": side, "amount": amount, **more}


def book(*postings: dict[str, object], reference: str = "", origin: str = "main") -> str:
    """The statement that books an entry."""
    named = reference or str(uuid.uuid4())
    return f"select ledger.book('{named}', 'a test', '{json.dumps(postings)}'::jsonb, '{origin}');"


BALANCED = (line(SECURITIES_USD, "D", "18500.00"), line(CASH_USD, "C", "18500.00"))
HEAD = "select number from ledger.head where origin = 'main'"
RAW = """
insert into ledger.entries (origin, number, reference, description)
    select 'main', number + 1, gen_random_uuid(), 'past the door' from ledger.head where origin = 'main';
"""
COUNT_UP = "update ledger.head set number = number + 1, xid = pg_current_xact_id() where origin = 'main';\n"
RAW_POSTINGS = """
insert into ledger.postings (origin, number, line, account, side, amount)
    select 'main', number, v.* from ledger.head, (values {rows}) v where origin = 'main';
"""
OLD_ENTRY = "(select max(number) - 1 from ledger.entries where origin = 'main')"


def test_an_entry_gets_the_next_number_and_its_own_transaction(books: LabStatus) -> None:
    answer = sql(
        books, "lab-1",
        f"{LOCAL}begin; {book(*BALANCED)} select pg_current_xact_id(); "
        "select number, xid, booked_at from ledger.head where origin = 'main'; "
        "select number, xid, booked_at from ledger.entries where xid = pg_current_xact_id(); commit;",
    ).splitlines()  # fmt: skip
    number, xid, head, entry = answer
    assert head == entry
    assert head.startswith(f"{number}|{xid}|")


def test_a_savepoint_does_not_change_the_transaction_that_the_entry_names(books: LabStatus) -> None:
    top, _, entry = sql(
        books, "lab-1",
        f"{LOCAL}begin; select pg_current_xact_id(); savepoint one; {book(*BALANCED)} release one; "
        "select e.xid from ledger.entries e join ledger.head h using (origin, number); commit;",
    ).splitlines()  # fmt: skip
    assert entry == top


def test_head_turnover_and_balances_follow_in_the_same_transaction(books: LabStatus) -> None:
    turnover = "select postings, debit from ledger.head_turnover where origin = 'main' and currency = 'USD';"
    balance = f"select debit - credit from ledger.balances where origin = 'main' and account = {CASH_USD};"
    # The head row is held from the first booking on, so nobody else changes these in between.
    answer = sql(
        books, "lab-1",
        f"{LOCAL}begin; {book(*BALANCED)} {turnover} {balance} {book(*BALANCED)} {turnover} {balance} rollback;",
    ).splitlines()  # fmt: skip
    first, turnover_1, balance_1, second, turnover_2, balance_2 = answer
    assert int(second) == int(first) + 1
    postings_1, debit_1 = turnover_1.split("|")
    postings_2, debit_2 = turnover_2.split("|")
    assert int(postings_2) - int(postings_1) == 2
    assert int(debit_2.replace(".", "")) - int(debit_1.replace(".", "")) == 18500_00
    assert int(balance_2.replace(".", "")) - int(balance_1.replace(".", "")) == -18500_00


def test_numbers_have_no_gap_although_bookings_were_refused_and_rolled_back(books: LabStatus) -> None:
    sql(books, "lab-1", f"{LOCAL}begin; {book(*BALANCED)} rollback;")
    assert psql(books, "lab-1", LOCAL + book(line(CASH_USD, "D", "1.00"))).returncode != 0
    sql(books, "lab-1", LOCAL + book(*BALANCED))
    gaps = "select count(*) = max(number) and min(number) = 1 from ledger.entries where origin = 'main'"
    assert sql(books, "lab-1", gaps) == "t"


REFUSED = {
    "an entry without postings, through the door": (book(), "22023"),
    "an entry without postings, past the door": (f"begin; {COUNT_UP}{RAW.replace('+ 1', '')} commit;", "23000"),
    "an entry that does not balance": (book(line(CASH_USD, "D", "1.00"), line(FEES_USD, "C", "1.01")), "23000"),
    "an entry that balances over two currencies only": (
        book(line(FEES_EUR, "D", "1.00"), line(FEES_USD, "C", "1.00")),
        "23000",
    ),
    "a balanced pair added to an old entry": (
        "insert into ledger.postings (origin, number, line, account, side, amount) "
        f"select 'main', n, l + v.i, {CASH_USD}, v.side, 1.00 from (select {OLD_ENTRY} n) o, "
        "lateral (select max(line) l from ledger.postings p where p.number = n and p.origin = 'main') m, "
        "(values (1, 'D'), (2, 'C')) v(i, side);",
        "23000",
    ),
    "a pair added to its own entry after its checks were made": (
        f"begin; {book(*BALANCED)} set constraints all immediate; set constraints all deferred; "
        + RAW_POSTINGS.format(rows=f"(3, {CASH_USD}::bigint, 'D', 1.00)")
        + "commit;",
        "23000",
    ),
    "a line left out": (
        f"begin; {COUNT_UP}{RAW.replace('+ 1', '')}"
        + RAW_POSTINGS.format(rows=f"(1, {CASH_USD}::bigint, 'D', 1.00), (3, {FEES_USD}, 'C', 1.00)")
        + "commit;",
        "23000",
    ),
    "an entry beyond the head": (
        f"begin; {RAW.replace('+ 1', '+ 1000')} insert into ledger.postings select 'main', number + 1000, v.* "
        f"from ledger.head, (values (1, {CASH_USD}::bigint, 'D', 1.00), (2, {FEES_USD}, 'C', 1.00)) v "
        "where origin = 'main'; commit;",
        "23000",
    ),
    "a head that counts up without an entry": (COUNT_UP, "23000"),
    "a head that jumps": (COUNT_UP.replace("+ 1", "+ 2"), "23001"),
    "a head that goes back": (COUNT_UP.replace("+ 1", "- 1"), "23001"),
    "a head that is deleted": ("delete from ledger.head;", "23001"),
    "a changed entry": (f"update ledger.entries set description = 'x' where number = {OLD_ENTRY};", "23001"),
    "a changed posting": (f"update ledger.postings set amount = amount * 2 where number = {OLD_ENTRY};", "23001"),
    "a deleted entry": (f"delete from ledger.entries where number = {OLD_ENTRY};", "23001"),
    "a deleted posting": (f"delete from ledger.postings where number = {OLD_ENTRY};", "23001"),
    "truncated entries": ("truncate ledger.entries;", "23001"),
    "truncated postings": ("truncate ledger.postings;", "23001"),
    "a truncated head": ("truncate ledger.head cascade;", "23001"),
    "too few digits": (book(line(CASH_USD, "D", "1.0"), line(FEES_USD, "C", "1.0")), "23514"),
    "too many digits": (book(line(CASH_USD, "D", "1.000"), line(FEES_USD, "C", "1.000")), "23514"),
    "digits where the currency has none": (book(line(CASH_JPY, "D", "1.00"), line(CASH_JPY, "C", "1.00")), "23514"),
    "an amount of nothing": (book(line(CASH_USD, "D", "0.00"), line(FEES_USD, "C", "0.00")), "23514"),
    "a negative amount": (book(line(CASH_USD, "D", "-1.00"), line(FEES_USD, "C", "-1.00")), "23514"),
    "an amount that is no number": (book(line(CASH_USD, "D", "NaN"), line(FEES_USD, "C", "NaN")), "23514"),
    "an amount without end": (book(line(CASH_USD, "D", "Infinity"), line(FEES_USD, "C", "Infinity")), "23514"),
    "an unknown account": (book(line(99, "D", "1.00"), line(CASH_USD, "C", "1.00")), "23503"),
    "a side that is neither": (book(line(CASH_USD, "X", "1.00"), line(FEES_USD, "C", "1.00")), "23514"),
    "a currency that is not the account's": (
        book(line(CASH_USD, "D", "1.00", currency="EUR"), line(FEES_USD, "C", "1.00")),
        "23514",
    ),
    "an unknown book": (book(*BALANCED, origin="elsewhere"), "23503"),
    "another currency for an account": (f"update ledger.accounts set currency = 'EUR' where id = {CASH_USD};", "23001"),
    "another scale for a currency": ("update ledger.currencies set scale = 3 where code = 'USD';", "23001"),
}


@pytest.mark.parametrize("role", ["origin", "replica"])
@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_under_every_replication_role(books: LabStatus, case: str, role: str) -> None:
    statement, code = REFUSED[case]
    sql(books, "lab-1", LOCAL + book(*BALANCED))  # so that there is an old entry
    sql(books, "lab-1", LOCAL + book(*BALANCED))
    ended = psql(books, "lab-1", f"set session_replication_role = {role};\n{LOCAL}{statement}")
    assert ended.returncode != 0, ended.stdout
    assert f"ERROR:  {code}: " in ended.stderr


@pytest.mark.parametrize("role", ["origin", "replica"])
def test_the_same_reference_twice_is_refused(books: LabStatus, role: str) -> None:
    reference = str(uuid.uuid4())
    sql(books, "lab-1", LOCAL + book(*BALANCED, reference=reference))
    ended = psql(
        books, "lab-1", f"set session_replication_role = {role};\n{LOCAL}{book(*BALANCED, reference=reference)}"
    )
    assert "ERROR:  23505: " in ended.stderr
    assert sql(books, "lab-1", f"select count(*) from ledger.entries where reference = '{reference}'") == "1"


def test_every_trigger_is_always_enabled(books: LabStatus) -> None:
    assert int(sql(books, "lab-1", TRIGGERS)) >= 15
    assert sql(books, "lab-1", f"{TRIGGERS} and t.tgenabled <> 'A'") == "0"


def test_the_application_can_book_and_nothing_else(books: LabStatus) -> None:
    as_client = "set role ledger_client;\n"
    assert int(sql(books, "lab-1", LOCAL + as_client + book(*BALANCED))) > 0
    for statement in (
        "insert into ledger.entries (origin, number, reference, description) select 'main', 1, gen_random_uuid(), '';",
        "insert into ledger.head (origin) values ('mine');",
        "select ledger.open_book('mine');",
        "update ledger.balances set debit = 0;",
        "update ledger_console.heartbeat set beat = 1;",
    ):
        ended = psql(books, "lab-1", as_client + statement)
        assert "ERROR:  42501: " in ended.stderr, statement


def test_the_console_reads_the_books_and_writes_its_heartbeat_alone(books: LabStatus) -> None:
    for table in ("currencies", "accounts", "entries", "postings", "head", "head_turnover", "balances"):
        assert sql(books, "lab-1", f"select count(*) >= 0 from ledger.{table}", user="ledger_console") == "t"
    beat = (
        "insert into ledger_console.heartbeat values ('test', 1, now()) on conflict (writer) "
        "do update set beat = heartbeat.beat + 1, written_at = now() returning beat;"
    )
    first = int(sql(books, "lab-1", LOCAL + beat, user="ledger_console"))
    assert int(sql(books, "lab-1", LOCAL + beat, user="ledger_console")) == first + 1
    assert sql(books, "lab-1", "select pg_has_role('ledger_console', 'pg_monitor', 'member')") == "t"
    for statement in (book(*BALANCED), "delete from ledger_console.heartbeat;", "create table public.mine (x int);"):
        assert "ERROR:  42501: " in psql(books, "lab-1", LOCAL + statement, user="ledger_console").stderr


def test_heartbeats_touch_no_index_and_stay_in_their_page(books: LabStatus) -> None:
    beats = "".join(
        "insert into ledger_console.heartbeat values ('hot', 1, now()) on conflict (writer) "
        "do update set beat = heartbeat.beat + 1, written_at = now();\n"
        for _ in range(60)
    )
    seen = (
        "select n_tup_upd - n_tup_hot_upd, pg_relation_size(relid) from pg_stat_user_tables "
        "where relname = 'heartbeat'"
    )
    assert sql(books, "lab-1", LOCAL + beats + "select pg_stat_force_next_flush();" + seen).splitlines()[-1] == "0|8192"


def test_a_proof_scans_the_books_in_number_order_without_a_sort(books: LabStatus) -> None:
    plan = sql(
        books, "lab-1",
        "set enable_seqscan = off; set enable_bitmapscan = off; explain (costs off) "
        "select origin, number, line, amount from ledger.postings where origin = 'main' and number > 1000 "
        "order by origin, number, line",
    )  # fmt: skip
    assert "postings_pkey" in plan
    assert "Sort" not in plan
