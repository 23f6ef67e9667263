"""Which moments can be had, by which backups and settings; what can't is refused with the nearest that can."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.backup import Backup, BackupState, TimelineFork
from console.domain.restore import Chosen, EntryPlace, Target, TargetKind, Unfit
from console.domain.targets import BACKUP_END_MARGIN, Rates, expected_seconds, fitting, resolve
from tests.backups_held import SYSTEM, at, backup, seen, segment, wal

A, INC, B = backup("a", 0.1, 1, head=100), backup("i", 1.1, 11, parent="a", head=200), backup("b", 3.1, 31, head=400)
WHOLE = seen((A, INC, B), wal((1, 1, 49)))
HOLE = seen((A, INC, B), wal((1, 1, 19), (1, 22, 49)))
NOW = at(5.5)
LATEST = Target(kind=TargetKind.LATEST)


def time(days: float) -> Target:
    return Target(kind=TargetKind.TIME, time=at(days))


def position(number: float) -> Target:
    return Target(kind=TargetKind.POSITION, position=segment(number))


def chosen(target: Target, repository: object = WHOLE, place: EntryPlace | None = None, **more: object) -> Chosen:
    found = resolve(target, repository, now=NOW, place=place, **more)  # type: ignore[arg-type]
    assert isinstance(found, Chosen), found
    return found


def unfit(target: Target, repository: object = WHOLE, place: EntryPlace | None = None, **more: object) -> Unfit:
    found = resolve(target, repository, now=NOW, place=place, **more)  # type: ignore[arg-type]
    assert isinstance(found, Unfit), found
    return found


def test_the_latest_comes_from_the_newest_backup_on_a_named_timeline() -> None:
    found = chosen(LATEST)
    assert found.chain == ("b",)
    assert found.settings == (("recovery_target_timeline", "1"),)
    assert (found.start, found.consistent, found.timeline) == (B.start, B.stop, 1)
    assert found.wal_bytes == segment(50) - segment(31)


def test_a_time_comes_from_the_newest_backup_before_it() -> None:
    found = chosen(time(2))
    assert found.chain == ("a", "i")
    assert found.settings == (
        ("recovery_target_timeline", "1"),
        ("recovery_target_time", "2026-03-03 01:00:00.000000+00"),
        ("recovery_target_inclusive", "on"),
    )


def test_a_time_of_another_zone_is_the_same_moment() -> None:
    there = at(2).astimezone(timezone(timedelta(hours=-7)))
    assert chosen(Target(kind=TargetKind.TIME, time=there)).settings == chosen(time(2)).settings


def test_a_time_without_zone_is_refused() -> None:
    found = unfit(Target(kind=TargetKind.TIME, time=datetime(2026, 3, 3, 1)))
    assert (found.reason, found.detail) == ("time-without-zone", "2026-03-03 01:00:00")


def test_a_time_within_a_backup_comes_from_the_one_before() -> None:
    assert chosen(time(3.1)).chain == ("a", "i")
    assert B.ended_at is not None
    late = Target(kind=TargetKind.TIME, time=B.ended_at + BACKUP_END_MARGIN)
    assert chosen(late).chain == ("b",)
    assert chosen(Target(kind=TargetKind.TIME, time=B.ended_at)).chain == ("a", "i")


@pytest.mark.parametrize(
    ("target", "repository", "reason", "before", "after", "fits"),
    [
        (time(0.05), WHOLE, "before-first-backup", None, A.ended_at, "a"),
        (time(0.101), WHOLE, "before-backup-end", None, A.ended_at, "a"),
        (time(5.01), WHOLE, "after-last-wal", at(5.0), None, "b"),
        (time(9), WHOLE, "after-last-wal", at(5.0), None, "b"),  # beyond now, too
        (time(2.5), HOLE, "wal-missing", at(2.0), B.ended_at, "i"),
        (time(3.1), HOLE, "wal-missing", at(2.0), B.ended_at, "i"),
    ],
)
def test_a_time_that_can_not_be_had(
    target: Target, repository: object, reason: str, before: datetime | None, after: datetime | None, fits: str
) -> None:
    found = unfit(target, repository)
    assert (found.reason, found.before, found.fits) == (reason, before, fits)
    assert found.after == (after + BACKUP_END_MARGIN if after is not None else None)
    for nearest in (found.before, found.after):
        if nearest is not None:
            assert isinstance(chosen(Target(kind=TargetKind.TIME, time=nearest), repository), Chosen)


@pytest.mark.parametrize(
    ("target", "repository", "reason", "before", "after"),
    [
        (position(0.5), WHOLE, "before-first-backup", None, A.stop),
        (position(1.1), WHOLE, "before-backup-end", None, A.stop),
        (position(50.5), WHOLE, "after-last-wal", segment(50), None),
        (position(20.5), HOLE, "wal-missing", segment(20), B.stop),
        (position(23), HOLE, "wal-missing", segment(20), B.stop),
    ],
)
def test_a_position_that_can_not_be_had(
    target: Target, repository: object, reason: str, before: object, after: object
) -> None:
    found = unfit(target, repository)
    assert (found.reason, found.before_position, found.after_position) == (reason, before, after)


def test_a_position_is_reached_and_not_passed() -> None:
    found = chosen(position(31.25))
    assert found.chain == ("b",)
    assert found.settings[1:] == (("recovery_target_lsn", str(segment(31.25))), ("recovery_target_inclusive", "off"))
    assert chosen(position(31.2)).chain == ("a", "i")


def test_latest_that_would_end_at_a_missing_segment_is_refused() -> None:
    torn = seen((A, INC), wal((1, 1, 19), (1, 22, 49)))
    found = unfit(LATEST, torn)
    assert (found.reason, found.before, found.before_position, found.fits) == ("wal-missing", at(2.0), segment(20), "i")
    flipped = seen((A, INC), wal((1, 1, 49), damaged=("000000010000000000000014",)))
    assert unfit(LATEST, flipped).reason == "wal-damaged"
    assert chosen(LATEST, HOLE).chain == ("b",)


FORK = TimelineFork(timeline=2, parent=1, position=segment(25.5))
SPLIT = seen((A, INC, B), wal((1, 1, 49), (2, 25, 44), forks=(FORK,)))


def test_latest_is_on_the_branch_whose_history_is_there_before_its_wal() -> None:
    """The cluster went back to segment 25: what timeline 1 held beyond it was left."""
    fork = TimelineFork(timeline=3, parent=1, position=segment(25))
    found = chosen(LATEST, seen((A, INC, B), wal((1, 1, 49), (2, 5, 9), forks=(fork,))))
    assert (found.timeline, found.chain) == (3, ("a", "i"))
    assert found.wal_bytes == segment(25) - segment(11)
    assert unfit(Target(kind=TargetKind.LATEST, timeline=3), seen((A,), wal((1, 1, 49)))).reason == "no-such-timeline"
    old = chosen(Target(kind=TargetKind.LATEST, timeline=1), seen((A, INC, B), wal((1, 1, 49), forks=(fork,))))
    assert old.chain == ("b",)


def test_the_timeline_is_named_and_decides_what_serves() -> None:
    newest = chosen(LATEST, SPLIT)
    assert (newest.timeline, newest.chain) == (2, ("a", "i"))  # b lies on the branch that was left
    assert newest.settings == (("recovery_target_timeline", "2"),)
    old = chosen(replace(LATEST, timeline=1), SPLIT)
    assert (old.timeline, old.chain) == (1, ("b",))
    found = unfit(replace(LATEST, timeline=7), SPLIT)
    assert (found.reason, found.detail) == ("no-such-timeline", "1,2")


def test_a_restore_point_by_name() -> None:
    alone = Target(kind=TargetKind.NAME, name="before-close")
    found = chosen(alone)
    assert found.chain == ("a",)  # nobody knows where it lies: the earliest surely has it ahead
    assert found.settings == (("recovery_target_timeline", "1"), ("recovery_target_name", "before-close"))
    assert chosen(replace(alone, time=at(3.5))).chain == ("b",)
    assert unfit(replace(alone, name="")).reason == "no-such-point"
    assert unfit(replace(alone, name="x" * 64)).reason == "no-such-point"


def entry(kind: TargetKind, number: int = 333) -> Target:
    return Target(kind=kind, entry=number)


PLACE = EntryPlace(entry=333, xid=(7 << 32) + 4711, booked_at=at(2.4), node="lab-2")


@pytest.mark.parametrize(
    ("kind", "inclusive"), [(TargetKind.BEFORE_ENTRY, "off"), (TargetKind.AFTER_ENTRY, "on")], ids=str
)
def test_an_entry_goes_by_its_transaction(kind: TargetKind, inclusive: str) -> None:
    found = chosen(entry(kind), place=PLACE)
    assert found.chain == ("a", "i")
    assert found.settings[1:] == (("recovery_target_xid", "4711"), ("recovery_target_inclusive", inclusive))
    assert found.place == PLACE


def test_an_entry_whose_commit_may_lie_within_the_backup_needs_an_earlier_one() -> None:
    soon = replace(PLACE, booked_at=B.ended_at)
    assert chosen(entry(TargetKind.BEFORE_ENTRY), place=soon).chain == ("a", "i")
    first = replace(PLACE, booked_at=A.ended_at)
    assert unfit(entry(TargetKind.AFTER_ENTRY), place=first).reason == "before-backup-end"


def test_an_entry_that_nobody_placed_is_refused() -> None:
    assert unfit(entry(TargetKind.BEFORE_ENTRY)).reason == "entry-not-known"
    assert unfit(entry(TargetKind.BEFORE_ENTRY, 334), place=PLACE).reason == "entry-not-known"
    lost = replace(PLACE, booked_at=at(2.5))
    assert unfit(entry(TargetKind.BEFORE_ENTRY), HOLE, place=lost).reason == "wal-missing"
    naive = replace(PLACE, booked_at=datetime(2026, 3, 3))
    assert unfit(entry(TargetKind.BEFORE_ENTRY), place=naive).reason == "time-without-zone"


def test_an_entry_without_a_time_comes_from_the_earliest_that_lacks_it() -> None:
    timeless = replace(PLACE, booked_at=None)
    assert chosen(entry(TargetKind.BEFORE_ENTRY), place=timeless).chain == ("a",)
    early = replace(timeless, entry=50)
    assert unfit(entry(TargetKind.BEFORE_ENTRY, 50), place=early).reason == "entry-not-known"


def test_a_repository_with_nothing_to_restore() -> None:
    none = seen((), wal((1, 1, 49)))
    assert unfit(LATEST, none).reason == "no-backup"
    assert unfit(LATEST, replace(none, trouble="host-silent")).reason == "no-repository"
    assert unfit(LATEST, replace(none, at=None)).reason == "no-repository"
    assert unfit(LATEST, seen((replace(A, state=BackupState.RUNNING),), wal((1, 1, 49)))).reason == "no-backup"
    orphan = unfit(LATEST, seen((INC,), wal((1, 1, 49))))
    assert (orphan.reason, orphan.detail) == ("chain-broken", "not-there a")
    assert unfit(LATEST, system_identifier="7").reason == "other-system"
    assert isinstance(chosen(LATEST, replace(WHOLE, trouble="host-silent")), Chosen)  # what was read still counts


def test_what_it_costs() -> None:
    measured = Rates(restore_bytes_per_second=1_000.0, replay_bytes_per_second=1e6, fixed_seconds=3)
    found = chosen(time(2), rates=measured)
    assert found.restore_bytes == 2_000
    assert found.wal_bytes == pytest.approx(segment(20) - segment(11), rel=0.05)  # by time, as if it grew evenly
    assert found.expected_seconds == pytest.approx(3 + 2 + (found.wal_bytes or 0) / 1e6)
    assert chosen(time(2)).expected_seconds is None
    unknown = seen((replace(A, size_bytes=None),), wal((1, 1, 49)))
    assert chosen(LATEST, unknown, rates=Rates(restore_bytes_per_second=1_000.0)).expected_seconds is None
    assert expected_seconds(10, None, Rates(restore_bytes_per_second=5.0)) == 2.0


def test_the_first_repository_that_has_it_serves() -> None:
    second = replace(WHOLE, spec=replace(WHOLE.spec, name="far"))
    found = fitting(time(2.5), (HOLE, second), now=NOW)
    assert isinstance(found, Chosen) and found.repository == "far"
    lost = fitting(time(2.5), (HOLE,), now=NOW)
    assert isinstance(lost, Unfit) and lost.reason == "wal-missing"
    assert fitting(LATEST, (), now=NOW) == Unfit(reason="no-repository")


@given(
    st.lists(st.tuples(st.integers(0, 40), st.booleans(), st.sampled_from(list(BackupState))), min_size=1, max_size=6),
    st.sets(st.integers(0, 49), max_size=3),
    st.integers(0, 520),
    st.booleans(),
)
def test_what_is_chosen_surely_lies_ahead_and_what_is_refused_has_nearest_ones_that_fit(
    drawn: list[tuple[int, bool, BackupState]], missing: set[int], tenth: int, by_time: bool
) -> None:
    made: list[Backup] = []
    for number, (start, on_last, state) in enumerate(sorted(drawn, key=lambda one: one[0])):
        parent = made[-1].id if on_last and made else None
        made.append(backup(f"b{number}", start / 10, start, parent=parent, state=state, stop=start + 0.5))
    damaged = tuple(f"{1:08X}00000000{number:08X}" for number in missing)
    repository = seen(tuple(made), wal((1, 0, 49), damaged=damaged))
    target = time(tenth / 100) if by_time else position(tenth / 10)
    found = resolve(target, repository, now=at(9))
    if isinstance(found, Chosen):
        last = next(one for one in made if one.id == found.chain[-1])
        assert last.stop is not None and last.start is not None
        assert all(next(one for one in made if one.id == name).state is BackupState.COMPLETE for name in found.chain)
        reach = last.start.position + (found.wal_bytes or 0)
        needed = range(last.start.position // (16 << 20), -(-reach // (16 << 20)))
        if not by_time:
            assert last.stop <= segment(tenth / 10)
            assert not missing & set(needed)
        else:
            assert last.ended_at is not None and last.ended_at < at(tenth / 100)
        return
    assert found.reason
    for which, nearest in product(("time", "position"), (0, 1)):
        if which == "time" and by_time:
            moment = (found.before, found.after)[nearest]
            if moment is not None:
                again = resolve(Target(kind=TargetKind.TIME, time=moment), repository, now=at(9))
                assert isinstance(again, Chosen)
        if which == "position" and not by_time:
            spot = (found.before_position, found.after_position)[nearest]
            if spot is not None:
                assert isinstance(
                    resolve(Target(kind=TargetKind.POSITION, position=spot), repository, now=at(9)), Chosen
                )


def test_the_system_is_compared_as_text() -> None:
    assert chosen(LATEST, system_identifier=SYSTEM).chain == ("b",)
