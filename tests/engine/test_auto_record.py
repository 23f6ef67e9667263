"""What automation may do and did, kept in a real store: mandates, attempts, and what has to be acknowledged."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import update

from console.domain.automation import (
    Attempt,
    AttemptOutcome,
    AutoAct,
    AutomationMode,
    AutomationPolicy,
    Why,
)
from console.engine.auto_record import ATTEMPTS_READ_MAX, OTHER_CONSOLE, STILL_DEAD, AutoRecord, Mandate
from console.engine.standby_acts import FLAP_SECONDS, FLAPS_FREE, FLAPS_WITHIN_SECONDS, flaps_seconds
from console.store import schema
from console.store.database import Store, open_store
from console.store.trouble import StoreTrouble

NOW = datetime(2026, 3, 17, 2, 36, tzinfo=UTC)
AUTOMATIC = AutomationPolicy(mode=AutomationMode.AUTOMATIC, pause_minutes=60.0)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = open_store(tmp_path / "store.sqlite")
    yield found
    found.close()


def attempt(name: str, act: AutoAct = AutoAct.FAILOVER, outcome: AttemptOutcome = AttemptOutcome.DONE) -> Attempt:
    why = Why(cluster="lab", at=NOW, mode=AutomationMode.AUTOMATIC, act=act, would_act=True, rows=())
    return Attempt(id=name, cluster="lab", at=NOW - timedelta(minutes=10), act=act, node="lab-1", target="lab-2",
                   outcome=outcome, why=why, run=name, ended_at=NOW - timedelta(minutes=9))  # fmt: skip


def test_nothing_is_allowed_until_a_person_says_so_and_every_act_names_that_person(store: Store) -> None:
    record = AutoRecord(store)
    assert record.policy("lab").mode is AutomationMode.OFF
    assert record.mandate("lab") == (("mandate", "nobody's"),)
    record.allow("lab", AUTOMATIC, Mandate(person="olga", at=NOW, mode=AUTOMATIC.mode, reason="nights"))
    later = AutoRecord(store)
    assert later.policy("lab") == AUTOMATIC
    assert later.mandate("lab") == (("mandate", "olga, 2026-03-17 02:36:00 UTC, automatic"), ("reason", "nights"))


BLOCKS: list[tuple[str, Attempt, bool]] = [
    ("done", attempt("a"), True),
    ("asks a person", attempt("a", outcome=AttemptOutcome.STOPPED), True),
    ("a failover that failed", attempt("a", outcome=AttemptOutcome.FAILED), True),
    ("a restart that brought it back", attempt("a", AutoAct.RESTART), True),
    ("a restart in vain: the failover comes next",
     replace(attempt("a", AutoAct.RESTART, AttemptOutcome.FAILED), reason=STILL_DEAD), False),
    ("a restart that a person left: no failover comes of it",
     replace(attempt("a", AutoAct.RESTART, AttemptOutcome.FAILED), reason="left-by-a-person"), True),
    ("only observed", attempt("a", outcome=AttemptOutcome.WOULD_HAVE), False),
    ("a standby", attempt("a", AutoAct.RESTART_STANDBY), False),
    ("acknowledged", replace(attempt("a"), acknowledged_by="olga"), False),
    ("the other console's", replace(attempt("a", outcome=AttemptOutcome.STOPPED), reason=OTHER_CONSOLE), False),
    ("long ago", replace(attempt("a"), ended_at=NOW - timedelta(hours=2)), False),
]


@pytest.mark.parametrize(("one", "blocks"), [case[1:] for case in BLOCKS], ids=[case[0] for case in BLOCKS])
def test_an_act_on_a_primary_blocks_the_next_until_it_is_acknowledged(store: Store, one: Attempt, blocks: bool) -> None:
    record = AutoRecord(store)
    record.allow("lab", AUTOMATIC, Mandate(person="olga", at=NOW, mode=AUTOMATIC.mode))
    record.keep(one)
    assert (record.blocking("lab", NOW) == one) is blocks
    assert (AutoRecord(store).blocking("lab", NOW) == one) is blocks


def test_attempts_outlive_the_engine_and_what_was_not_begun_leaves_no_trace(store: Store) -> None:
    record = AutoRecord(store)
    record.keep(attempt("b", outcome=AttemptOutcome.RUNNING))
    record.keep(replace(attempt("a"), at=NOW - timedelta(hours=1)))
    record.drop(record.keep(attempt("c")))
    later = AutoRecord(store)
    assert [one.id for one in later.attempts("lab")] == ["b", "a"]
    assert [one.id for one in later.running("lab")] == ["b"]
    ended = later.ended(later.running("lab")[0], AttemptOutcome.FAILED, NOW, "engine-ended")
    assert later.attempts("lab")[0] == ended and not AutoRecord(store).running("lab")


@pytest.mark.allows_warnings
def test_attempts_that_can_not_be_read_are_not_taken_for_none(store: Store) -> None:
    record = AutoRecord(store)
    record.allow("lab", AUTOMATIC, Mandate(person="olga", at=NOW, mode=AUTOMATIC.mode))
    record.keep(attempt("a"))
    with store.writing(durable=True) as connection:
        connection.execute(update(schema.records).where(schema.records.c.kind == "attempt").values(value="{"))
    later = AutoRecord(store)
    assert later.attempts("lab") == ()
    with pytest.raises(StoreTrouble):
        later.blocking("lab", NOW)


OLGA = Mandate(person="olga", at=NOW, mode=AutomationMode.AUTOMATIC)


def test_what_was_allowed_to_one_system_is_not_allowed_to_another_of_its_name(store: Store) -> None:
    bears: dict[str, str] = {"lab": "7001"}
    record = AutoRecord(store, bears.get)
    record.allow("lab", AUTOMATIC, OLGA)
    assert record.policy("lab") == AUTOMATIC
    bears["lab"] = "7002"
    for one in (record, AutoRecord(store, bears.get)):
        assert one.policy("lab").mode is AutomationMode.OFF
        assert one.mandate("lab") == (("mandate", "nobody's"),)
    bears["lab"] = "7001"
    assert record.policy("lab") == AUTOMATIC and record.mandate("lab") != (("mandate", "nobody's"),)


def test_what_was_said_before_anybody_answered_lets_nothing_be_done(store: Store) -> None:
    bears: dict[str, str] = {}
    record = AutoRecord(store, bears.get)
    assert not record.known("lab")
    watching = replace(AUTOMATIC, mode=AutomationMode.OBSERVE)
    record.allow("lab", watching, OLGA)
    record.allow("us", AUTOMATIC, OLGA)
    bears.update(lab="7001", us="7002")
    assert record.policy("lab") == watching and record.policy("us").mode is AutomationMode.OFF


def test_what_a_cluster_was_allowed_goes_with_it_out_of_the_inventory(store: Store) -> None:
    record = AutoRecord(store, lambda _: "7001")
    for name in ("lab", "us"):
        record.allow(name, AUTOMATIC, OLGA)
        record.keep(replace(attempt(f"a-{name}"), cluster=name))
        record.keep(replace(attempt(f"s-{name}", AutoAct.RESTART_STANDBY), cluster=name))
    record.tidy(frozenset({"us"}), NOW)
    for one in (record, AutoRecord(store, lambda _: "7001")):
        assert one.policy("lab").mode is AutomationMode.OFF and one.attempts("lab") == ()
        assert one.policy("us") == AUTOMATIC and len(one.attempts("us")) == 2
    record.tidy(frozenset({"us"}), NOW + timedelta(days=500))
    assert AutoRecord(store).attempts("us") == () and AutoRecord(store).policy("us") == AUTOMATIC


def test_a_standby_that_flaps_pushes_no_act_on_a_primary_out(store: Store) -> None:
    record = AutoRecord(store)
    record.allow("lab", AUTOMATIC, OLGA)
    record.keep(attempt("failover"))
    for number in range(60):
        later = NOW - timedelta(minutes=8) + timedelta(seconds=number)
        record.keep(replace(attempt(f"s{number:03}", AutoAct.RESTART_STANDBY), at=later))
    for one in (record, AutoRecord(store)):
        assert "failover" not in [shown.id for shown in one.attempts("lab")]
        blocking = one.blocking("lab", NOW)
        assert blocking is not None and blocking.id == "failover"
        assert len(one.on_standbys("lab")) == 60 <= ATTEMPTS_READ_MAX


def test_a_standby_that_flaps_is_started_less_and_less_often() -> None:
    begun: list[datetime] = []
    for second in range(int(FLAPS_WITHIN_SECONDS)):  # it dies right after each start
        now = NOW + timedelta(seconds=second)
        if flaps_seconds(begun, now) <= 0:
            begun.append(now)
    apart = [(later - sooner).total_seconds() for sooner, later in pairwise(begun)]
    assert apart[FLAPS_FREE - 1 :] == [FLAP_SECONDS * 2**n for n in range(len(apart) - FLAPS_FREE + 1)]
    assert FLAPS_FREE < len(begun) < 10
    assert flaps_seconds(begun, begun[-1] + timedelta(hours=1)) == 0.0
