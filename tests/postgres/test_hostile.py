"""Ten thousand hostile answers: not one crash, and not one figure that was never measured."""

import dataclasses
import json
import math
import random
import re
import sys
from datetime import datetime
from enum import Enum
from typing import Any

import pytest

from console.domain.reading import Books, Host, Vital
from console.domain.wal import Lsn
from console.postgres import facts, host_facts, probe
from tests.hostile import BOOKS, HOST, VITAL, hostile_host, hostile_line
from tests.observed import NOW

SEED = 20260317
ANSWERS = 10_000
SURVEY = facts.Survey(heartbeat=True, may_beat=True, head=True)
BOOKS_FACT = facts.books_fact(ledger="ledger", writer="w", survey=SURVEY, size=True)
UNSEEN = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def values_in(value: Any) -> list[Any]:
    """Every plain value inside a value of ours."""
    if dataclasses.is_dataclass(value):
        return [v for f in dataclasses.fields(value) for v in values_in(getattr(value, f.name))]
    if isinstance(value, tuple):
        return [v for each in value for v in values_in(each)]
    return [value]


def assert_only_what_was_said(read: Vital | Books | Host, said: bytes) -> None:
    """Every number in the value stands in the answer; every text is harmless."""
    text = said.decode("utf-8", "replace").upper()
    plain = dataclasses.replace(read, at=NOW, round_trip_seconds=0.5)
    for value in values_in(plain):
        if isinstance(value, bool | Enum | datetime) or value is None or value in (NOW.ticks, 0.5, NOW.utc):
            continue
        if isinstance(value, Lsn):
            high, low = (part.upper() for part in str(value).split("/"))
            assert re.search(f"0*{high}/0*{low}", text), (value, said)
        elif isinstance(value, float):
            assert math.isfinite(value), (value, said)
        elif isinstance(value, str):
            assert not UNSEEN.search(value), (value, said)
            assert len(value) <= 501


def test_ten_thousand_hostile_answers_give_a_value_that_was_said_or_an_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    chance = random.Random(SEED)
    with capsys.disabled():
        sys.stdout.write(f" [{ANSWERS:,} hostile answers, seed {SEED}] ")
    refused = read = 0
    for _ in range(ANSWERS):
        kind = chance.randrange(3)
        try:
            if kind == 0:
                line = hostile_line(VITAL, chance)
                assert_only_what_was_said(facts.VITAL.read(line, NOW, 0.5), line)
            elif kind == 1:
                line = hostile_line(BOOKS, chance)
                assert_only_what_was_said(BOOKS_FACT.read(line, NOW, 0.5), line)
            else:
                lines = hostile_host(chance)
                assert_only_what_was_said(host_facts.read_host(lines, NOW, 0.5), b"\n".join(lines))
            read += 1
        except ValueError:
            refused += 1
    assert read + refused == ANSWERS
    assert refused > ANSWERS / 4
    assert read > ANSWERS / 4


def test_the_answers_they_are_made_of_are_read_whole() -> None:
    vital = facts.VITAL.read(json.dumps(VITAL).encode(), NOW, 0.5)
    assert (vital.timeline, str(vital.write), vital.senders[0].name) == (7, "5A/3C1F8000", "b")
    books = BOOKS_FACT.read(json.dumps(BOOKS).encode(), NOW, 0.5)
    assert (books.heads[0].number, books.heads[0].turnover[0].debit_units) == (8812403, 34182210)
    host = host_facts.read_host(HOST.splitlines(), NOW, 0.5)
    assert (host.disk_free_bytes, host.postmaster_pid) == (98765432 * 1024, 10)
    assert host.processes is not None
    assert [p.state for p in host.processes] == ["S"]


@pytest.mark.parametrize("amount", ["1.005", "NaN", "Infinity", "1e-9", "", "x"])
def test_an_amount_with_more_digits_than_its_currency_is_refused(amount: str) -> None:
    form = json.loads(json.dumps(BOOKS))
    form["heads"][0]["turnover"][0]["debit"] = amount
    with pytest.raises(ValueError, match="amount"):
        BOOKS_FACT.read(json.dumps(form).encode(), NOW, 0.5)


def test_a_thousand_hostile_frames_end_in_an_answer_an_error_or_silence() -> None:
    chance = random.Random(SEED)
    for _ in range(1000):
        frame = probe.Frame("00ff00ff00ff00ff")
        lines = [b"00ff00ff00ff00ff begin", hostile_line(VITAL, chance), b"00ff00ff00ff00ff end 00000 ok"]
        for _ in range(chance.randrange(4)):
            lines.insert(chance.randrange(len(lines) + 1), hostile_line(BOOKS, chance))
        try:
            for line in lines:
                answer = frame.feed(line)
                if answer is not None:
                    assert re.fullmatch("[0-9A-Z]{5}", answer.sqlstate)
        except ValueError as error:
            assert str(error)


def test_an_answer_of_another_question_is_not_taken_for_ours() -> None:
    frame = probe.Frame("aaaa")
    for line in (b"bbbb begin", b"{}", b"bbbb end 00000 ", b"{}", b"aaaa end 00000"):
        assert frame.feed(line) is None


def test_an_answer_over_the_limit_is_refused_before_it_fills_the_memory() -> None:
    frame = probe.Frame("aaaa")
    frame.feed(b"aaaa begin")
    with pytest.raises(ValueError, match="over the limit"):
        for _ in range(3):
            frame.feed(b"x" * 600_000)
