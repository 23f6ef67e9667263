"""What can be got back to: windows end where WAL ends, holes end with the next backup's end."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from console.domain.backup import Backup, BackupState, TimelineFork, WalHeld, WalRange
from console.domain.windows import holes_of, line_held, lines_held, segment_number, windows_of
from tests.backups_held import SEGMENT, at, backup, segment, wal

A, B = backup("a", 0.1, 1), backup("b", 2.1, 21)


def test_one_window_from_the_first_backups_end_to_the_wals_end() -> None:
    (window,) = windows_of("main", (A, B), wal((1, 1, 39)))
    assert (window.backup, window.timeline) == ("a", 1)
    assert (window.begin, window.end) == (A.stop, segment(40))
    assert (window.begin_at, window.end_at) == (A.ended_at, at(4.0))
    assert holes_of("main", (A, B), wal((1, 1, 39))) == ()


def test_no_complete_backup_is_no_window() -> None:
    half = backup("a", 0.1, 1, state=BackupState.RUNNING)
    broken = backup("c", 0.1, 1, state=BackupState.BROKEN)
    orphan = backup("o", 0.1, 1, parent="gone")
    assert windows_of("main", (half, broken, orphan), wal((1, 1, 39))) == ()
    assert holes_of("main", (half, broken, orphan), wal((1, 1, 9), (1, 12, 39))) == ()


def test_a_hole_lasts_until_the_next_backup_has_ended() -> None:
    held = wal((1, 1, 9), (1, 12, 39))
    first, second = windows_of("main", (A, B), held)
    assert (first.backup, first.end, first.end_at) == ("a", segment(10), at(1.0))
    assert (second.backup, second.begin, second.end) == ("b", B.stop, segment(40))
    (hole,) = holes_of("main", (A, B), held)
    assert (hole.reason, hole.missing_first, hole.missing_last) == ("wal-missing", 10, 11)
    assert (hole.begin_at, hole.end_at) == (at(1.0), B.ended_at)


def test_a_hole_without_a_later_backup_has_no_end() -> None:
    (hole,) = holes_of("main", (A,), wal((1, 1, 9), (1, 12, 39)))
    assert hole.end_at is None


def test_a_damaged_segment_is_a_hole() -> None:
    held = wal((1, 1, 39), damaged=("00000001000000000000000A.gz", "00000002.history", "nonsense"))
    first, second = windows_of("main", (A, B), held)
    assert (first.end, second.begin) == (segment(10), B.stop)
    assert first.end_at == at(0.2)  # when segment 9 was written nobody told; that of segment 1 is surely not later
    (hole,) = holes_of("main", (A, B), held)
    assert (hole.reason, hole.missing_first, hole.missing_last) == ("wal-damaged", 10, 10)


def test_wal_that_lacks_within_a_backup_makes_it_useless() -> None:
    long = backup("long", 0.1, 1, stop=5.5)
    held = wal((1, 1, 2), (1, 4, 39))
    (window,) = windows_of("main", (long, B), held)
    assert window.backup == "b"
    (hole,) = holes_of("main", (long, B), held)
    assert (hole.missing_first, hole.missing_last, hole.end_at) == (3, 3, B.ended_at)


def test_wal_that_ends_before_the_backups_end_is_a_hole() -> None:
    held = wal((1, 0, 0))
    assert windows_of("main", (A,), held) == ()
    (hole,) = holes_of("main", (A,), held)
    assert (hole.missing_first, hole.missing_last) == (1, 1)


def test_the_segment_that_is_being_received_counts_as_far_as_it_is_filled() -> None:
    ranges = (replace(wal((1, 1, 9)).ranges[0], partial_end=segment(10.5)),)
    held = WalHeld(segment_bytes=SEGMENT, ranges=ranges, newest_at=at(1.04))
    (window,) = windows_of("main", (A,), held)
    assert (window.end, window.end_at) == (segment(10.5), at(1.04))
    (damaged,) = windows_of("main", (A,), replace(held, damaged=("00000001000000000000000A.partial",)))
    assert damaged.end == segment(10)


FORK = TimelineFork(timeline=2, parent=1, position=segment(25.5))


def test_the_wal_of_an_ancestor_leads_up_to_the_fork() -> None:
    held = wal((1, 1, 24), (2, 25, 39), forks=(FORK,))
    (window,) = windows_of("main", (A, B), held)
    assert (window.timeline, window.backup, window.end) == (2, "a", segment(40))


def test_two_branches_are_two_windows() -> None:
    held = wal((1, 1, 29), (2, 25, 39), forks=(FORK,))
    first, second = windows_of("main", (A, B), held)
    assert (first.timeline, first.end) == (1, segment(30))
    assert (second.timeline, second.end) == (2, segment(40))


def test_what_lies_beyond_the_fork_on_the_old_timeline_is_not_on_the_new_line() -> None:
    late = backup("late", 2.8, 28)
    held = wal((1, 1, 29), (2, 27, 39), forks=(FORK,))  # segments 25 and 26 of timeline 2 are missing
    line = line_held(2, (A, late), held)
    assert [one.id for one in line.backups] == ["a"]
    windows = {one.timeline: one for one in windows_of("main", (A, late), held)}
    assert windows[2].end == segment(25.5) and windows[1].end == segment(30)
    (hole,) = holes_of("main", (A, late), held)
    assert (hole.timeline, hole.missing_first, hole.missing_last) == (2, 25, 26)


def test_a_standbys_backup_that_begins_before_the_fork_and_ends_after_it_is_used() -> None:
    spans = backup("spans", 2.55, 24, timeline=2, stop=26)
    line = line_held(2, (A, spans), wal((1, 1, 25), (2, 25, 39), forks=(FORK,)))
    assert [one.id for one in line.usable()] == ["a", "spans"]
    (window,) = windows_of("main", (spans,), wal((1, 24, 25), (2, 25, 39), forks=(FORK,)))
    assert (window.timeline, window.begin, window.end) == (2, spans.stop, segment(40))
    # Its WAL of before the fork has to be there, too.
    assert windows_of("main", (spans,), wal((2, 25, 39), forks=(FORK,))) == ()


def test_a_backup_on_the_new_timeline_needs_no_history() -> None:
    fresh = replace(backup("fresh", 3, 30), timeline=2)
    (window,) = windows_of("main", (fresh,), wal((2, 30, 39)))
    assert (window.backup, window.timeline, window.begin) == ("fresh", 2, fresh.stop)


def test_a_history_that_goes_in_circles_is_none() -> None:
    forks = (TimelineFork(timeline=2, parent=2, position=segment(3)), TimelineFork(timeline=1, parent=2,
                                                                                   position=segment(4)))  # fmt: skip
    (window,) = windows_of("main", (A,), wal((1, 1, 39), forks=forks))
    assert window.end == segment(40)


def test_backups_of_another_system_do_not_count() -> None:
    foreign = backup("x", 0.1, 1, system="7")
    assert windows_of("main", (foreign, B), wal((1, 1, 39)), B.system_identifier)[0].backup == "b"


def test_numbers_of_wal_files() -> None:
    assert segment_number("0000000A0000000200000003", SEGMENT) == (10, 2 * 256 + 3)
    assert segment_number("wals/0000000100000000/000000010000000000000007.gz", SEGMENT) == (1, 7)
    assert segment_number("00000002.history", SEGMENT) is None


def test_without_a_name_no_time_is_made_up() -> None:
    held = WalHeld(segment_bytes=SEGMENT, ranges=(WalRange(timeline=1, first=1, last=39),))
    (window,) = windows_of("main", (A,), held)
    assert window.end_at == A.ended_at


@given(st.sets(st.integers(0, 30)), st.lists(st.tuples(st.integers(0, 28), st.integers(1, 3)), max_size=5))
def test_every_window_is_covered_and_every_usable_backup_is_in_one(
    numbers: set[int], drawn: list[tuple[int, int]]
) -> None:
    """Against the plainest reading: from a backup on, segment by segment, as long as each is there."""
    held = WalHeld(segment_bytes=SEGMENT, ranges=tuple(WalRange(timeline=1, first=n, last=n) for n in sorted(numbers)))
    backups: tuple[Backup, ...] = tuple(
        backup(f"b{place}", start / 10, start, stop=start + length)
        for place, (start, length) in enumerate(sorted(drawn))
    )
    reach = {}
    for one in backups:
        assert one.start is not None and one.stop is not None
        number = one.start.position // SEGMENT
        while number in numbers:
            number += 1
        if number * SEGMENT >= one.stop.position:
            reach[one.id] = number
    windows = windows_of("main", backups, held)
    assert {one.end.position // SEGMENT for one in windows} == set(reach.values())
    for window in windows:
        inside = [one for one in backups if reach.get(one.id) == window.end.position // SEGMENT]
        assert window.begin == min(one.stop for one in inside if one.stop is not None)
    for hole in holes_of("main", backups, held):
        assert not numbers & set(range(hole.missing_first, hole.missing_last + 1))
    assert all(line.timeline == 1 for line in lines_held(backups, held))
