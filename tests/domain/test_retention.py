"""What a retention takes away: never what is needed, and never a moment that was promised."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.backup import Backup, BackupCheck, BackupState, CheckResult, Mark, TimelineFork
from console.domain.backup_policy import BackupKind, Retention
from console.domain.chain import whole
from console.domain.retention import would_go
from console.domain.windows import line_held, lines_held
from tests.backups_held import SYSTEM, at, backup, seen, segment, wal

HELD = wal((1, 0, 999))
MONTH = tuple(
    one
    for week in range(4)
    for one in (
        backup(f"f{week}", 7 * week, 70 * week + 1),
        backup(f"i{week}", 7 * week + 3, 70 * week + 31, parent=f"f{week}"),
    )
)


def mark(name: str, days: float, result: CheckResult = CheckResult.PASSED, repository: str = "main") -> Mark:
    return Mark(repository=repository, backup=name, check=BackupCheck.RESTORED, result=result, at=at(days))


PROVEN = (mark("i3", 24.5),)


@pytest.mark.parametrize(
    ("retention", "days", "going"),
    [
        (Retention(fulls_min=2, window_days=None), 25, ["f0", "i0", "f1", "i1"]),
        (Retention(fulls_min=1, window_days=None), 25, ["f0", "i0", "f1", "i1", "f2", "i2"]),
        (Retention(fulls_min=9, window_days=None), 25, []),
        # Day 14.5: f2 ended before the window of 10 days begins, f1 is not needed for it.
        (Retention(fulls_min=1, window_days=10), 24.5, ["f0", "i0", "f1", "i1"]),
        # Day 13.5: i1 is the newest before it, so week 1 stays whole.
        (Retention(fulls_min=1, window_days=11), 24.5, ["f0", "i0"]),
        (Retention(fulls_min=1, window_days=100), 24.5, []),
    ],
)
def test_what_goes(retention: Retention, days: float, going: list[str]) -> None:
    found = would_go(seen(MONTH, HELD), retention, PROVEN, at(days))
    assert list(found.backups) == going
    assert found.freed_bytes == 1_000 * len(going)
    left = [one for one in MONTH if one.id not in going]
    assert [name for name, _ in found.kept] == [one.id for one in left]
    assert (found.begin_now, found.begin_then) == (MONTH[0].ended_at, left[0].ended_at)


def test_newer_full_ones_of_a_left_timeline_do_not_push_out_those_of_the_line_that_is_lived_on() -> None:
    """After the fork the old timeline went on for a while, and was backed up; nobody can go on from those."""
    fork = TimelineFork(timeline=2, parent=1, position=segment(100))
    held = wal((1, 0, 400), (2, 100, 900), forks=(fork,))
    new = (backup("n1", 12, 121, timeline=2), backup("n1i", 13, 131, timeline=2, parent="n1"))
    stray = (backup("s1", 20, 201), backup("s2", 30, 301))
    found = would_go(seen((*new, *stray), held), Retention(fulls_min=1, window_days=None), (mark("s2", 31),), at(90))
    assert dict(found.kept) == {"n1": "count", "n1i": "with-its-full", "s2": "last-proven"}
    assert found.backups == ("s1",)


def test_a_full_one_whose_wal_is_missing_counts_for_nothing_on_its_line() -> None:
    held = wal((1, 0, 699), damaged=(f"{1:08X}{0:08X}{211:08X}",))  # in the very WAL of f3
    found = would_go(seen(MONTH, held), Retention(fulls_min=1, window_days=None), (), at(90))
    assert {"f2", "f3"} <= {name for name, _ in found.kept}


def test_each_kept_one_has_its_reason() -> None:
    running = backup("f4", 28, 281, state=BackupState.RUNNING)
    found = would_go(seen((*MONTH, running), HELD), Retention(fulls_min=2, window_days=5), (mark("i1", 12),), at(28))
    assert dict(found.kept) == {
        "f1": "needed-by-kept", "i1": "last-proven", "f2": "count", "i2": "with-its-full",
        "f3": "count", "i3": "window", "f4": "running",
    }  # fmt: skip


def test_the_last_provable_chain_stays_whatever_the_rules_say() -> None:
    strict = Retention(fulls_min=1, window_days=1)
    assert "f0" not in would_go(seen(MONTH, HELD), strict, (mark("i0", 4),), at(90)).backups
    # A later failure of the same backup's proof takes the mark back; nothing proven is left: the newest stays.
    marks = (mark("i0", 4), mark("i0", 5, CheckResult.FAILED), mark("i1", 9, repository="far"))
    found = would_go(seen(MONTH, HELD), strict, marks, at(90))
    assert "f0" in found.backups and ("i3", "newest") in found.kept
    unread = (mark("i0", 4), mark("i0", 5, CheckResult.NOT_CHECKED))
    assert ("i0", "last-proven") in would_go(seen(MONTH, HELD), strict, unread, at(90)).kept


def test_half_done_and_foreign_ones() -> None:
    torn = backup("torn", 20, 201, state=BackupState.BROKEN)
    foreign = backup("foreign", 1, 11, system="7")
    damaged = replace(MONTH[0], state=BackupState.BROKEN)
    backups = (damaged, *MONTH[1:], torn, foreign)
    found = would_go(seen(backups, HELD), Retention(fulls_min=1, window_days=None), PROVEN, at(25), SYSTEM)
    assert "torn" in found.backups and {"f0", "i0"} <= set(found.backups)
    assert ("foreign", "other-system") in found.kept


def test_a_damaged_one_that_young_ones_stand_on_waits_for_a_person() -> None:
    backups = (*MONTH[:6], replace(MONTH[6], state=BackupState.BROKEN), MONTH[7])
    found = would_go(seen(backups, HELD), Retention(fulls_min=1, window_days=14), (), at(25))
    assert dict(found.kept)["i3"] == "broken-chain" and dict(found.kept)["f3"] == "needed-by-kept"
    later = would_go(seen(backups, HELD), Retention(fulls_min=1, window_days=14), (), at(60))
    assert {"f3", "i3"} <= set(later.backups)
    assert "f2" not in later.backups  # it is the newest that is whole: what counts is never the damaged one


@pytest.mark.parametrize(
    ("more", "retention", "word"),
    [
        ({"trouble": "host-silent"}, Retention(), "repository-trouble"),
        ({}, Retention(fulls_min=0), "bad-retention"),
        ({}, Retention(window_days=-1.0), "bad-retention"),
        ({}, Retention(window_days=float("nan")), "bad-retention"),
    ],
)
def test_where_nothing_may_go(more: dict[str, object], retention: Retention, word: str) -> None:
    found = would_go(seen(MONTH, HELD, **more), retention, PROVEN, at(90))
    assert (found.backups, found.refused) == ((), word)
    assert found.begin_now == found.begin_then == MONTH[0].ended_at


def test_a_running_one_whose_parent_is_not_known_stops_all() -> None:
    running = backup("i9", 80, 801, kind=BackupKind.INCREMENTAL, state=BackupState.RUNNING)
    assert would_go(seen((*MONTH, running), HELD), Retention(), PROVEN, at(90)).refused == "running-parent-not-known"
    known = replace(running, parent="i0")
    found = would_go(seen((*MONTH, known), HELD), Retention(fulls_min=1, window_days=1), PROVEN, at(90))
    assert not {"f0", "i0", "i9"} & set(found.backups) and found.refused == ""


def test_an_unread_repository_loses_nothing() -> None:
    found = would_go(replace(seen(MONTH, HELD), at=None), Retention(fulls_min=1, window_days=1), (), at(90))
    assert (found.backups, found.refused) == ((), "not-read")


_DRAWN = st.lists(
    st.tuples(
        st.floats(0, 60),  # day
        st.sampled_from([BackupState.COMPLETE] * 5 + [BackupState.BROKEN, BackupState.RUNNING]),
        st.one_of(st.none(), st.integers(0, 20)),  # parent among the earlier ones
        st.booleans(),  # on the new timeline, where it lies beyond the fork
    ),
    max_size=14,
)
_FORK_DAY = 30.0


def _drawn(drawn: list[tuple[float, BackupState, int | None, bool]]) -> tuple[Backup, ...]:
    made: list[Backup] = []
    for number, (day, state, parent, newer) in enumerate(sorted(drawn, key=lambda one: one[0])):
        stands = f"b{parent % number:02}" if parent is not None and number else None
        timeline = 2 if newer and day > _FORK_DAY else 1
        made.append(backup(f"b{number:02}", day, day * 10, parent=stands, state=state, timeline=timeline))
    return tuple(made)


def _restorable(backups: tuple[Backup, ...], timeline: int, held: object, moment: datetime) -> bool:
    line = line_held(timeline, backups, held)  # type: ignore[arg-type]
    where = (moment - at(0)) / timedelta(days=1) * 10
    return any(
        one.ended_at is not None and one.ended_at <= moment and segment(where).position <= (line.window_end(one) or 0)
        for one in line.usable()
    )


@given(
    _DRAWN,
    st.integers(1, 4),
    st.one_of(st.none(), st.floats(0.5, 40)),
    st.lists(st.tuples(st.integers(0, 13), st.sampled_from(CheckResult)), max_size=4),
    st.sets(st.integers(0, 60), max_size=3),
)
def test_the_promises_of_a_retention(
    drawn: list[tuple[float, BackupState, int | None, bool]],
    fulls_min: int,
    window_days: float | None,
    proofs: list[tuple[int, CheckResult]],
    missing_days: set[int],
) -> None:
    backups = _drawn(drawn)
    fork = TimelineFork(timeline=2, parent=1, position=segment(_FORK_DAY * 10))
    bad = tuple(f"{timeline:08X}00000000{day * 10:08X}" for day in missing_days for timeline in (1, 2))
    held = wal((1, 0, 700), (2, int(_FORK_DAY * 10), 700), forks=(fork,), damaged=bad)
    marks = tuple(mark(f"b{number:02}", 61, result) for number, result in proofs)
    now = at(62)
    retention = Retention(fulls_min=fulls_min, window_days=window_days)
    found = would_go(seen(backups, held), retention, marks, now)
    going = set(found.backups)
    assert going.isdisjoint(name for name, _ in found.kept)
    assert going | {name for name, _ in found.kept} == {one.id for one in backups}
    left = tuple(one for one in backups if one.id not in going)
    # What is kept is as restorable as it was; a running one keeps what it stands on.
    for one in left:
        assert whole(one, left) == whole(one, backups)
        if one.parent in {other.id for other in backups}:
            assert one.parent not in going or not whole(one, backups)
        if one.state is BackupState.RUNNING:
            assert one.parent is None or one.parent not in going
    # The count.
    fulls = [one for one in backups if one.kind is BackupKind.FULL and one.state is BackupState.COMPLETE]
    newest = sorted(fulls, key=lambda one: (one.ended_at or now, one.id))[-fulls_min:]
    assert going.isdisjoint(one.id for one in newest)
    # There is always something to restore, if there was, and what is proven stays.
    assert any(whole(one, left) for one in left) or not any(whole(one, backups) for one in backups)
    # The window: each moment of it that could be got back to still can.
    if window_days is not None:
        timelines = {line.timeline for line in lines_held(backups, held)}
        for step in range(12):
            moment = now - timedelta(days=window_days) * (step / 11)
            for timeline in timelines:
                if _restorable(backups, timeline, held, moment):
                    assert _restorable(left, timeline, held, moment)
