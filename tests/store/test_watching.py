"""The times watched: joined while the engine looks, apart where it did not."""

from hypothesis import given
from hypothesis import strategies as st

from console.store.database import Store
from console.store.watching import PAUSE_MS_MAX, Watch, gaps_between, joined, stored_spans

spans = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 60)).map(lambda s: (s[0], s[0] + s[1])), max_size=8)


def put(watch: Watch, store: Store) -> None:
    watch.take()
    with store.writing(durable=False) as connection:
        row = watch.store(connection)
    watch.stored(row)


def read(store: Store) -> list[tuple[int, int]]:
    with store.reading() as connection:
        return sorted(stored_spans(connection, 0, 1 << 50))


def test_a_watch_without_a_pause_is_one_row_however_often_it_is_stored(store: Store) -> None:
    watch = Watch()
    for second in range(100):
        watch.extend(second * 1_000)
        if second % 10 == 9:
            put(watch, store)
    assert read(store) == [(0, 99_000)]


def test_a_pause_begins_a_new_span(store: Store) -> None:
    watch = Watch()
    for at in (0, 1_000, 1_000 + PAUSE_MS_MAX, 60_000, 61_000):
        watch.extend(at)
    put(watch, store)
    assert read(store) == [(0, 6_000), (60_000, 61_000)]


def test_a_clock_that_was_set_back_begins_a_new_span_and_shortens_none(store: Store) -> None:
    watch = Watch()
    for at in (600_000, 601_000, 600_500, 602_000, 0, 1_000):
        watch.extend(at)
    put(watch, store)
    assert read(store) == [(0, 1_000), (600_000, 602_000)]


def test_what_could_not_be_stored_is_put_back_and_goes_on(store: Store) -> None:
    watch = Watch()
    watch.extend(0)
    watch.extend(1_000)
    watch.take()
    watch.extend(2_000)
    assert joined(watch.unstored()) == [(0, 2_000)]
    watch.put_back()
    watch.extend(3_000)
    put(watch, store)
    assert read(store) == [(0, 3_000)]


def test_a_cut_is_a_gap_also_when_the_watch_goes_on(store: Store) -> None:
    watch = Watch()
    watch.extend(0)
    watch.extend(1_000)
    put(watch, store)
    for second in range(2, 10):
        watch.extend(second * 1_000)
    watch.cut(2_000, 5_000)
    put(watch, store)
    watch.extend(10_000)
    watch.cut(9_000, 12_000)
    watch.extend(13_000)
    put(watch, store)
    assert gaps_between(read(store), 0, 13_000, open_end=True) == [(2_000, 5_000), (9_000, 12_000)]


def test_after_the_last_span_is_a_gap_unless_somebody_watches_now() -> None:
    assert gaps_between([(10, 20)], 0, 30, open_end=False) == [(0, 10), (20, 30)]
    assert gaps_between([(10, 20)], 0, 30, open_end=True) == [(0, 10)]
    assert gaps_between([], 0, 30, open_end=True) == [(0, 30)]


@given(spans, st.integers(0, 100), st.integers(1, 150))
def test_gaps_and_spans_share_the_time_between_them(found: list[tuple[int, int]], begin: int, length: int) -> None:
    end = begin + length
    gaps = gaps_between(found, begin, end, open_end=False)
    for middle in (begin + step + 0.5 for step in range(length)):
        watched = any(span[0] < middle < span[1] for span in found)
        assert watched != any(gap[0] < middle < gap[1] for gap in gaps)
    assert gaps == joined(gaps)
