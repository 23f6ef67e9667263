"""The workload's record: on disk before it is sent, an honest outcome for each booking, and the books agree with it."""

import random
import uuid
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.lab import record as record_module
from console.lab.desk import LabStatus, lab_fault, lab_mend, lab_status
from console.lab.record import Ended, Fate, Line, Outcome, Record, Sent, Settled, read_record
from console.lab.trades import CURRENCIES, accounts, trades
from console.lab.workload import GapMeter
from console.places import Home
from tests.live import psql, sql, wait_for

SCALES = {currency.code: currency.scale for currency in CURRENCIES}


def now(home: Home) -> LabStatus:
    status = lab_status(home)
    assert status is not None
    return status


def lines(home: Home) -> tuple[Line, ...]:
    return read_record(Path(now(home).record))


def rest(home: Home) -> LabStatus:
    """Stops booking, and waits until every outcome is written and every unknown one is settled."""
    lab_fault(home, "rate=0")

    def settled() -> LabStatus | None:
        status = now(home)
        work = status.workload
        return status if work.unknown == work.settled_present + work.settled_absent else None

    status = wait_for(settled, "all outcomes to be known")
    found = lines(home)
    sent = {line.reference for line in found if isinstance(line, Sent)}
    assert sent == {line.reference for line in found if isinstance(line, Ended)}
    return status


def entries(status: LabStatus, node: str = "lab-1") -> dict[str, int]:
    found = sql(status, node, "select reference, number from ledger.entries")
    return {reference: int(number) for reference, number in (line.split("|") for line in found.splitlines())}


def agree_with_books(home: Home, status: LabStatus) -> None:
    """Every line of the record against the books: nothing acknowledged is missing, nothing refused is there."""
    books, found = entries(status), lines(home)
    sent = [line.reference for line in found if isinstance(line, Sent)]
    assert len(sent) == len(set(sent))
    begun: set[str] = set()
    for line in found:
        match line:
            case Sent():
                begun.add(line.reference)
            case Ended(outcome=Outcome.ACKNOWLEDGED):
                assert books[line.reference] == line.number
            case Ended(outcome=Outcome.REFUSED):
                assert line.reference not in books
            case Settled(fate=Fate.PRESENT):
                assert books[line.reference] == line.number
            case Settled(fate=Fate.ABSENT):
                assert line.reference not in books
        if isinstance(line, Ended | Settled):
            assert line.reference in begun, "an outcome before its booking was on disk"
    work = status.workload
    assert work.acknowledged == sum(isinstance(one, Ended) and one.outcome is Outcome.ACKNOWLEDGED for one in found)
    assert work.unknown == sum(isinstance(one, Ended) and one.outcome is Outcome.UNKNOWN for one in found)


def test_every_booking_is_in_the_books_under_its_number(home: Home) -> None:
    before = now(home).workload.acknowledged
    lab_fault(home, "rate=200")
    wait_for(lambda: now(home).workload.acknowledged > before + 100, "a hundred bookings")
    status = rest(home)
    agree_with_books(home, status)
    head = int(sql(status, "lab-1", "select number from ledger.head where origin = 'main'"))
    assert status.workload.last_number is not None
    assert status.workload.last_number <= head
    rows = sql(
        status, "lab-1",
        "select count(*) from (select origin, number, a.currency from ledger.postings p join ledger.accounts a "
        "on a.id = p.account group by 1, 2, 3 having sum(case side when 'D' then amount else -amount end) <> 0) x",
    )  # fmt: skip
    assert rows == "0"


def test_a_kill_in_full_swing_leaves_unknown_ones_that_are_settled_by_their_id(home: Home) -> None:
    lab_fault(home, "rate=5000")
    before = now(home).workload
    for _ in range(5):  # a kill between two bookings leaves none
        busy = now(home).workload.acknowledged
        wait_for(lambda seen=busy: now(home).workload.acknowledged > seen, "bookings")  # type: ignore[misc]
        lab_fault(home, "kill", "lab-1")
        unknown = wait_for(lambda: now(home).workload.trouble, "the client to notice")
        assert unknown
        lab_mend(home, "lab-1")
        if now(home).workload.unknown > before.unknown:
            break
    status = rest(home)
    assert status.workload.unknown > before.unknown
    agree_with_books(home, status)


def test_a_frozen_primary_does_not_hold_the_workload_for_ever(home: Home) -> None:
    before = now(home).workload
    lab_fault(home, "freeze", "lab-1")
    wait_for(lambda: now(home).workload.unknown > before.unknown, "the client to give up waiting")
    status = now(home)
    assert status.workload.widest_gap_ms >= 4000
    reference = [line.reference for line in lines(home) if isinstance(line, Ended)][-1]
    lab_fault(home, "thaw", "lab-1")
    wait_for(lambda: now(home).workload.acknowledged > status.workload.acknowledged, "bookings to go on")
    status = rest(home)
    # The held session still had the question to read: settled only once that could not be answered any more.
    agree_with_books(home, status)
    assert reference in {line.reference for line in lines(home) if isinstance(line, Settled)}


def test_a_cancelled_wait_is_unknown_although_the_server_says_that_it_went_well(home: Home) -> None:
    before = now(home).workload
    for standby in ("lab-2", "lab-3"):
        lab_fault(home, "stop", standby)
    waits = "select pid from pg_stat_activity where wait_event = 'SyncRep' and application_name = 'trading'"
    pid = wait_for(lambda: psql(now(home), "lab-1", waits).stdout.strip(), "a booking that waits for a standby")
    assert sql(now(home), "lab-1", f"select pg_cancel_backend({pid.split()[0]})") == "t"
    wait_for(lambda: now(home).workload.unknown > before.unknown, "the outcome")
    last = [line for line in lines(home) if isinstance(line, Ended)][-1]
    assert (last.outcome, last.number is not None) == (Outcome.UNKNOWN, True)
    assert "canceling wait for synchronous replication" in last.detail
    lab_mend(home)
    status = rest(home)
    agree_with_books(home, status)
    fates = {line.reference: line.fate for line in lines(home) if isinstance(line, Settled)}
    assert fates[last.reference] is Fate.PRESENT


def test_a_refusal_is_recorded_with_its_code(home: Home) -> None:
    before = now(home).workload
    change = "set synchronous_commit = local; {} execute on function ledger.book {} ledger_client"
    sql(now(home), "lab-1", change.format("revoke", "from"))
    try:
        wait_for(lambda: now(home).workload.refused > before.refused, "a refusal")
    finally:
        sql(now(home), "lab-1", change.format("grant", "to"))
    refused = [line for line in lines(home) if isinstance(line, Ended) and line.outcome is Outcome.REFUSED]
    assert refused[-1].sqlstate == "42501"
    agree_with_books(home, rest(home))


@given(st.integers())
def test_every_trade_balances_in_each_currency_with_its_digits(seed: int) -> None:
    known = {account.id: account.currency for account in accounts()}
    for trade in islice(trades(random.Random(seed)), 20):
        uuid.UUID(trade.reference)
        sums: dict[str, int] = {}
        for posting in trade.postings:
            assert known[posting.account] == posting.currency
            assert len(posting.amount.partition(".")[2]) == SCALES[posting.currency]
            units = int(posting.amount.replace(".", ""))
            assert units > 0
            sums[posting.currency] = sums.get(posting.currency, 0) + (units if posting.side == "D" else -units)
        assert set(sums.values()) == {0}


def test_the_gap_counts_only_while_a_booking_is_due() -> None:
    clock = [0.0]
    meter = GapMeter(lambda: clock[0])
    meter.due()
    clock[0] = 2.0
    assert meter.widest() == 2.0  # the present one counts
    meter.due()
    clock[0] = 3.0
    meter.acknowledged()
    clock[0] = 60.0  # nobody wanted to write
    assert meter.widest() == 3.0
    meter.due()
    clock[0] = 61.0
    meter.rest()
    clock[0] = 99.0
    assert meter.widest() == 3.0


def test_a_record_cut_in_the_middle_of_a_line_is_taken_up_before_it(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    one, two, *_ = trades_of(3)
    before = Record(path)
    before.sent(one)
    before.ended(one.reference, Outcome.ACKNOWLEDGED, number=7)
    before.sent(two)
    before.close()
    with path.open("ab") as file:
        file.write(b'{"type":"sent","refer')
    after = Record(path)
    assert (after.tally.acknowledged, after.tally.unknown, after.last_number) == (1, 1, 7)
    assert after.unknown() == (two.reference,)
    after.settled(two.reference, None)
    after.close()
    kinds = [type(line) for line in read_record(path)]
    assert kinds == [Sent, Ended, Sent, Ended, Settled]


def test_a_full_record_goes_on_in_a_new_file_with_its_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_module, "RECORD_BYTES_MAX", 2000)
    path = tmp_path / "record.jsonl"
    kept = Record(path)
    for number, trade in enumerate(trades_of(30), 1):
        kept.sent(trade)
        kept.ended(trade.reference, Outcome.UNKNOWN if number == 3 else Outcome.ACKNOWLEDGED, number=number)
    kept.close()
    assert path.stat().st_size < 4000
    assert (tmp_path / "record.before.jsonl").exists()
    again = Record(path)
    assert (again.tally.acknowledged, again.tally.unknown, again.last_number) == (29, 1, 30)
    assert again.unknown() == (trades_of(3)[2].reference,)
    again.close()


def trades_of(count: int) -> list[record_module.Trade]:
    return list(islice(trades(random.Random(1)), count))
