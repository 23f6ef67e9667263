"""Readings and events: visible at once, stored in batches, never lost while the store says no."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from console.domain.fleet import Chart, Curve, Event, EventKind, Measure
from console.store import events as events_module
from console.store import history as history_module
from console.store import schema
from console.store.database import Store, open_store
from console.store.history import History, Sample

Reading = Callable[..., Sample]
NOON = 1_760_000_400.0


def event(
    second: float = 0, text: str = "postmaster-killed", node: str | None = "nyc-1", cluster: str = "ledger-us"
) -> Event:
    at = datetime.fromtimestamp(NOON, UTC) + timedelta(seconds=second)
    return Event(at=at, kind=EventKind.VERDICT, cluster=cluster, node=node, health="lost", text=text)


def chart(history: History, *, end: float = 60, node: str | None = None) -> Chart:
    return history.chart(cluster="ledger-us", begin=NOON, end=NOON + end, points=900, node=node)


def trips(shown: Chart, node: str = "nyc-1") -> Curve:
    return next(c for c in shown.curves if c.node == node and c.measure is Measure.ROUND_TRIP_MS)


def count(store: Store) -> int:
    with store.reading() as connection:
        return connection.execute(select(func.count()).select_from(schema.samples)).scalar_one()


def test_a_reading_is_in_the_chart_before_it_is_stored_and_the_same_after(store: Store, reading: Reading) -> None:
    history = History(store)
    for second in range(10):
        history.watched(NOON + second)
        history.add(reading(NOON + second, 1.2345 + second, lag_bytes=17, lag_seconds=0.25))
    before = chart(history)
    assert count(store) == 0
    assert trips(before).low[0] == pytest.approx(1.2345, abs=0.0005)
    assert history.flush() == ""
    assert count(store) == 10
    assert chart(history) == before
    assert {curve.measure for curve in before.curves} == {Measure.ROUND_TRIP_MS, Measure.LAG_BYTES, Measure.LAG_SECONDS}


def test_it_is_all_there_for_the_next_engine_and_the_time_between_is_a_gap(store_path: Path, reading: Reading) -> None:
    for begin in (0, 30):
        with open_store(store_path) as store:
            history = History(store)
            for second in range(begin, begin + 10):
                history.watched(NOON + second)
                history.add(reading(NOON + second, 1.0))
            history.add_event(event(begin))
            assert history.flush() == ""
    with open_store(store_path) as store:
        shown = chart(History(store))
    assert [(gap.begin - NOON, gap.end - NOON) for gap in shown.gaps] == [(9, 30), (39, 60)]
    assert shown.events == (event(0), event(30))
    assert [value for value in trips(shown).low if value is None] == [None], "the line breaks once, at the gap"
    assert len(trips(shown).low) == 21


def test_a_value_that_is_no_measurement_is_not_kept(store: Store, reading: Reading) -> None:
    history = History(store)
    for second, value in enumerate((float("nan"), float("inf"), -1e300, 1e300, 2.0)):
        history.watched(NOON + second)
        history.add(reading(NOON + second, value))
    assert history.flush() == ""
    assert trips(chart(history)).low == (None, None, None, None, 2.0)


@pytest.mark.parametrize("seconds", [float("nan"), float("inf"), 1e300])
def test_a_time_that_is_none_is_refused(seconds: float, store: Store, reading: Reading) -> None:
    history = History(store)
    with pytest.raises(ValueError, match="not a time"):
        history.add(reading(seconds, 1.0))
    with pytest.raises(ValueError, match="not a time"):
        history.chart(cluster="ledger-us", begin=0, end=seconds, points=100)


def test_a_sample_with_the_wrong_number_of_values_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match=f"a sample has {len(Measure)} values"):
        History(store).add(Sample(cluster="c", node="n", seconds=NOON, values=(1.0,), answered=True))


def test_clusters_and_nodes_of_the_same_name_are_kept_apart(store: Store, reading: Reading) -> None:
    history = History(store)
    for stored in (False, True):
        history.watched(NOON + stored)
        history.add(reading(NOON + stored, 1.0))
        history.add(reading(NOON + stored, 2.0, node="nyc-2"))
        history.add(reading(NOON + stored, 3.0, cluster="ledger-asia"))
        if not stored:
            history.flush()
    shown = chart(history)
    assert trips(shown).low == (1.0, 1.0)
    assert trips(shown, "nyc-2").low == (2.0, 2.0)
    assert {curve.node for curve in chart(history, node="nyc-2").curves} == {"nyc-2"}


def test_an_event_is_on_the_disk_when_it_is_told(store: Store, store_path: Path) -> None:
    assert History(store).add_event(event()) == ""
    with closing(sqlite3.connect(store_path)) as other:
        assert other.execute("select cluster, node, text from events").fetchall() == [
            ("ledger-us", "nyc-1", "postmaster-killed")
        ]


def test_events_keep_their_time_to_the_microsecond_whatever_zone_they_were_told_in(store: Store) -> None:
    history = History(store)
    told = event(1.234567)
    history.add_event(told)
    (read,) = chart(history).events
    assert read == told
    with pytest.raises(ValueError, match="zone"):
        history.add_event(
            Event(at=datetime(2026, 1, 1), kind=EventKind.ENGINE, cluster="", node=None, health="", text="")
        )


def test_a_chart_shows_the_events_that_concern_it(store: Store) -> None:
    history = History(store)
    of_node, of_other, of_cluster = event(1), event(2, node="nyc-2"), event(3, node=None)
    of_engine, elsewhere, later = event(4, cluster="", node=None), event(5, cluster="ledger-asia"), event(120)
    for each in (of_node, of_other, of_cluster, of_engine, elsewhere, later):
        history.add_event(each)
    assert chart(history).events == (of_node, of_other, of_cluster, of_engine)
    assert chart(history, node="nyc-1").events == (of_node, of_cluster, of_engine)


def test_too_many_events_are_cut_to_the_newest_and_said_to_be_cut(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events_module, "EVENTS_SHOWN_MAX", 5)
    history = History(store)
    for second in range(12):
        history.add_event(event(second))
    shown = chart(history)
    assert [each.at.second for each in shown.events] == [event(second).at.second for second in range(7, 12)]
    assert shown.events_left_out == 7


def test_a_locked_store_says_so_and_loses_nothing(
    store: Store, store_path: Path, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_module, "EVENT_PATIENCE_SECONDS", 0.01)
    monkeypatch.setattr(history_module, "FLUSH_PATIENCE_SECONDS", 0.01)
    history = History(store)
    with closing(sqlite3.connect(store_path, isolation_level=None)) as other:
        other.execute("begin exclusive")
        for second in range(5):
            history.watched(NOON + second)
            history.add(reading(NOON + second, 1.0))
        said = history.add_event(event())
        assert said.startswith("store locked")
        assert str(store_path) in said
        assert history.flush().startswith("store locked")
        while_locked = chart(history)
        assert while_locked.events == (event(),)
        assert len(trips(while_locked).low) == 5
        other.execute("rollback")
    history.watched(NOON + 5)
    history.add(reading(NOON + 5, 1.0))
    assert history.flush() == ""
    assert count(store) == 6
    assert len(trips(chart(History(store))).low) == 6
    assert chart(History(store)).events == (event(),)


def test_where_the_store_takes_nothing_the_oldest_go_and_are_counted_and_the_chart_shows_a_gap(
    store: Store, store_path: Path, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_module, "FLUSH_PATIENCE_SECONDS", 0.01)
    monkeypatch.setattr(history_module, "QUEUE_SAMPLES_MAX", 100)
    monkeypatch.setattr(history_module, "DROPPED_AT_ONCE", 30)
    history = History(store)
    with closing(sqlite3.connect(store_path, isolation_level=None)) as other:
        for second in range(110):
            if second == 10:
                assert history.flush() == ""
                other.execute("begin exclusive")
            history.watched(NOON + second)
            history.add(reading(NOON + second, 1.0))
        assert history.flush() != ""
        for second in range(110, 120):
            history.watched(NOON + second)
            history.add(reading(NOON + second, 1.0))
        other.execute("rollback")
    assert history.flush() == ""
    assert history.dropped == 30
    assert count(store) == 90
    shown = chart(history, end=119)
    assert [(gap.begin - NOON, gap.end - NOON) for gap in shown.gaps] == [(10, 39)]
    assert trips(shown).low.count(None) == 1


def test_adding_never_waits_for_a_store_that_is_being_written(store: Store, store_path: Path, reading: Reading) -> None:
    history = History(store)
    history.add(reading(NOON, 1.0))
    with closing(sqlite3.connect(store_path, isolation_level=None)) as other:
        other.execute("begin exclusive")
        flusher = threading.Thread(target=history.flush)
        flusher.start()
        for second in range(1, 1_000):
            history.add(reading(NOON + second / 100, 1.0))
            history.watched(NOON + second / 100)
        assert flusher.is_alive(), "it still waits for the lock, and nobody waited for it"
        other.execute("rollback")
        flusher.join(30)
    assert history.flush() == ""
    assert count(store) == 1_000


def test_many_threads_add_while_others_flush_and_look(store: Store, reading: Reading) -> None:
    history = History(store)
    seen: list[int] = []
    done = threading.Event()

    def add(node: str) -> None:
        for second in range(500):
            history.add(reading(NOON + second / 10, 1.0, node=node))

    def look() -> None:
        while not done.is_set():
            seen.append(sum(len(curve.low) for curve in chart(history).curves))

    def flush() -> None:
        while not done.is_set():
            assert history.flush() == ""

    adders = [threading.Thread(target=add, args=(f"nyc-{number}",)) for number in range(4)]
    others = [threading.Thread(target=look), threading.Thread(target=flush)]
    for thread in (*adders, *others):
        thread.start()
    for thread in adders:
        thread.join(60)
    done.set()
    for thread in others:
        thread.join(60)
    assert history.flush() == ""
    assert count(store) == 2_000
    assert seen == sorted(seen), "no reading that was seen once is ever missing again"
