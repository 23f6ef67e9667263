"""Rolling up: each bucket equals what one would count by hand, however often, late or interrupted it is made."""

import math
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, func, select

from console.domain.fleet import Measure
from console.store import rollup, schema
from console.store.database import Store, open_store
from console.store.history import ROLL_UP_DELAY_SECONDS, History, Sample
from console.store.rollup import HOUR, MINUTE, RAW, Frontier, frontier

Reading = Callable[..., Sample]
NOON = 1_760_000_400.0  # a full minute
Buckets = dict[tuple[str, int], dict[str, int | None]]


def rows(store: Store, table: Table) -> Buckets:
    with store.reading() as connection:
        names = {row.id: row.node for row in connection.execute(select(schema.watched_nodes))}
        found: Buckets = {}
        for row in connection.execute(select(table)).mappings():
            values: dict[str, Any] = dict(row)
            found[names[values.pop("node_id")], values.pop("at_ms")] = values
        return found


def by_hand(samples: list[Sample], step_ms: int, until: float) -> Buckets:
    last: dict[tuple[str, int], Sample] = {(s.node, round(s.seconds * 1000)): s for s in samples}
    groups: dict[tuple[str, int], list[Sample]] = defaultdict(list)
    for (node, at_ms), sample in last.items():
        groups[node, at_ms // step_ms * step_ms].append(sample)
    made: Buckets = {}
    for (node, bucket), inside in groups.items():
        if bucket + step_ms > until * 1000:
            continue
        made[node, bucket] = {"asked": len(inside), "answered": sum(s.answered for s in inside)}
        for place, (measure, name) in enumerate(zip(Measure, schema.COLUMNS, strict=True)):
            held = [s.values[place] for s in inside]
            whole = [round(value * schema.SCALES[measure]) for value in held if value is not None]
            made[node, bucket] |= {
                f"low_{name}": min(whole, default=None),
                f"high_{name}": max(whole, default=None),
                f"total_{name}": sum(whole) if whole else None,
                f"known_{name}": len(whole),
            }
    return made


values = st.none() | st.floats(0, 1e9, allow_nan=False) | st.integers(0, 10**10)
samples = st.builds(
    Sample,
    cluster=st.just("ledger-us"),
    node=st.sampled_from(["nyc-1", "nyc-2", "nyc-3"]),
    seconds=st.integers(0, 9_000_000).map(lambda ms: NOON + ms / 1000),
    values=st.tuples(*[values] * len(Measure)),
    answered=st.booleans(),
)


@settings(max_examples=40)
@given(st.lists(st.lists(samples, max_size=12), min_size=1, max_size=4), st.lists(st.integers(0, 9_600), max_size=4))
def test_minutes_and_hours_equal_what_is_counted_by_hand(batches: list[list[Sample]], looks: list[int]) -> None:
    """Whatever comes late, and whenever a roll-up runs in between."""
    with tempfile.TemporaryDirectory() as directory, open_store(Path(directory) / "store.sqlite") as store:
        history = History(store)
        for place, batch in enumerate(batches):
            for sample in batch:
                history.add(sample)
            assert history.flush() == ""
            if place < len(looks):
                history.roll_up(NOON + looks[place])
        end = NOON + 3 * 3_600
        history.roll_up(end + ROLL_UP_DELAY_SECONDS)
        everything = [sample for batch in batches for sample in batch]
        assert rows(store, schema.minutes) == by_hand(everything, MINUTE.step_ms, end)
        assert rows(store, schema.hours) == by_hand(everything, HOUR.step_ms, end)


def fill(history: History, reading: Reading, begin: float, seconds: range, node: str = "nyc-1") -> list[Sample]:
    made = [
        reading(begin + second, None if second % 7 == 3 else 1 + second % 11, node=node, lag_bytes=second)
        for second in seconds
    ]
    for sample in made:
        history.add(sample)
    assert history.flush() == ""
    return made


def test_a_roll_up_that_is_cut_goes_on_where_it_was(
    store: Store, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = History(store)
    made = fill(history, reading, NOON, range(7_200))
    monkeypatch.setattr(rollup, "SLICE_ROWS_MAX", 600)
    real, calls = rollup._make_buckets, []

    def cut(*arguments: Any) -> None:
        real(*arguments)
        calls.append(arguments)
        if len(calls) % 3 == 0:
            raise KeyboardInterrupt

    monkeypatch.setattr(rollup, "_make_buckets", cut)
    interrupted = 0
    while True:
        try:
            history.roll_up(NOON + 7_300)
            break
        except KeyboardInterrupt:
            interrupted += 1
    assert interrupted > 2
    assert rows(store, schema.minutes) == by_hand(made, MINUTE.step_ms, NOON + 7_295)
    assert rows(store, schema.hours) == by_hand(made, HOUR.step_ms, NOON + 7_295)


def test_rolling_up_again_changes_nothing_and_takes_no_lock(store: Store, reading: Reading) -> None:
    history = History(store)
    fill(history, reading, NOON, range(600))
    history.roll_up(NOON + 700)
    before = rows(store, schema.minutes)
    with store.writing(durable=False):  # somebody else holds the lock: a roll-up with nothing to do does not mind
        history.roll_up(NOON + 700)
    assert rows(store, schema.minutes) == before


def test_a_minute_is_not_made_while_its_readings_still_wait(store: Store, reading: Reading) -> None:
    history = History(store)
    history.add(reading(NOON + 30, 1.0))
    history.roll_up(NOON + 3_600)
    assert rows(store, schema.minutes) == {}
    history.flush()
    history.roll_up(NOON + 3_600)
    assert list(rows(store, schema.minutes)) == [("nyc-1", round(NOON * 1000))]


def test_raw_readings_go_after_a_day_but_never_before_they_are_rolled_up(store: Store, reading: Reading) -> None:
    history = History(store)
    made = fill(history, reading, NOON, range(0, 7_200, 10))
    later = NOON + 86_400 + 3_600
    history.expire(later)
    assert len(rows(store, schema.samples)) == len(made)
    history.roll_up(later)
    history.expire(later)
    kept = {at for _, at in rows(store, schema.samples)}
    assert kept == {round(s.seconds * 1000) for s in made if s.seconds >= NOON + 3_600}
    assert rows(store, schema.minutes) == by_hand(made, MINUTE.step_ms, later)


def test_minutes_go_after_thirty_days_and_hours_after_two_years(store: Store, reading: Reading) -> None:
    history = History(store)
    made = fill(history, reading, NOON, range(0, 7_200, 60))
    month = NOON + 31 * 86_400
    history.roll_up(month)
    history.expire(month)
    assert rows(store, schema.samples) == rows(store, schema.minutes) == {}
    assert rows(store, schema.hours) == by_hand(made, HOUR.step_ms, month)
    history.watched(NOON)
    history.flush()
    history.expire(NOON + 731 * 86_400)
    assert rows(store, schema.hours) == {}
    with store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(schema.watches)).scalar() == 0


def test_a_reading_that_comes_after_its_time_was_thrown_away_changes_no_bucket(store: Store, reading: Reading) -> None:
    history = History(store)
    fill(history, reading, NOON, range(600))
    later = NOON + 2 * 86_400
    history.roll_up(later)
    history.expire(later)
    before = rows(store, schema.minutes)
    history.add(reading(NOON + 30, 10_000.0))
    assert history.flush() == ""
    assert history.dropped == 1
    history.roll_up(later)
    assert rows(store, schema.minutes) == before
    assert rows(store, schema.samples) == {}


def test_frontiers_say_how_far_it_is(store: Store, reading: Reading) -> None:
    history = History(store)
    fill(history, reading, NOON, range(600))
    history.roll_up(NOON + 605)
    with store.reading() as connection:
        assert frontier(connection, RAW) == Frontier(round(NOON * 1000) + 600_000, 0)
        assert frontier(connection, MINUTE).rolled_ms == math.floor(NOON / 3_600) * 3_600_000
