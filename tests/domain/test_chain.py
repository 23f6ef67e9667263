"""What a backup stands on, what the next one is, and on which parent."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.backup import Backup, BackupState, TimelineFork
from console.domain.backup_policy import BackupKind, BackupPolicy, CycleEntry, RepositorySpec
from console.domain.chain import (
    ChainBroken,
    TakenFrom,
    chain_of,
    dependants_of,
    kind_next,
    parent_for,
    whole,
)
from tests.backups_held import SYSTEM, at, backup, segment

FULL, INCREMENTAL, DIFFERENTIAL = BackupKind.FULL, BackupKind.INCREMENTAL, BackupKind.DIFFERENTIAL
ALL = (FULL, INCREMENTAL, DIFFERENTIAL)
HERE = TakenFrom(system_identifier=SYSTEM, timeline=1)

WEEK = (
    backup("f", 0, 1),
    backup("i1", 1, 11, parent="f"),
    backup("i2", 2, 21, parent="i1"),
    backup("d", 3, 31, parent="f", kind=DIFFERENTIAL),
    backup("i3", 4, 41, parent="d"),
)


def test_a_chain_begins_with_its_full_backup() -> None:
    chain = chain_of(WEEK[4], WEEK)
    assert isinstance(chain, tuple)
    assert [one.id for one in chain] == ["f", "d", "i3"]
    assert chain_of(WEEK[0], WEEK) == (WEEK[0],)


def test_dependants() -> None:
    assert [one.id for one in dependants_of(WEEK[0], WEEK)] == ["i1", "i2", "d", "i3"]
    assert [one.id for one in dependants_of(WEEK[1], WEEK)] == ["i2"]


@pytest.mark.parametrize(
    ("backups", "reason", "which"),
    [
        ((backup("i", 1, 2, parent="f"),), "not-there", "f"),
        ((backup("f", 0, 1, state=BackupState.BROKEN), backup("i", 1, 2, parent="f")), "not-complete", "f"),
        ((backup("f", 0, 1), backup("i", 1, 2, parent="f", state=BackupState.RUNNING)), "not-complete", "i"),
        ((backup("i", 1, 2, kind=INCREMENTAL),), "no-parent-named", "i"),
        ((backup("a", 0, 1, parent="b"), backup("b", 1, 2, parent="a")), "circle", "b"),
        ((backup("a", 0, 1, parent="a"),), "circle", "a"),
        ((backup("f", 0, 1, system="7"), backup("i", 1, 2, parent="f")), "other-system", "f"),
    ],
)
def test_a_broken_chain_names_what_is_wrong(backups: tuple[Backup, ...], reason: str, which: str) -> None:
    assert chain_of(backups[-1], backups) == ChainBroken(reason=reason, backup=which)
    assert not whole(backups[-1], backups)


@pytest.mark.parametrize(
    ("kind", "parent"), [(FULL, None), (INCREMENTAL, "i3"), (DIFFERENTIAL, "f")], ids=lambda one: str(one)
)
def test_the_parent_of_a_kind(kind: BackupKind, parent: str | None) -> None:
    found = parent_for(kind, WEEK, HERE)
    assert (found.id if found else None) == parent


def test_a_parent_of_another_system_or_half_done_is_none() -> None:
    other = TakenFrom(system_identifier="7", timeline=1)
    assert parent_for(INCREMENTAL, WEEK, other) is None
    running = (WEEK[0], backup("i1", 1, 11, parent="f", state=BackupState.RUNNING))
    found = parent_for(INCREMENTAL, running, HERE)
    assert found is not None and found.id == "f"
    unknown = TakenFrom(system_identifier=SYSTEM, timeline=None)
    assert parent_for(INCREMENTAL, WEEK, unknown) is None


def test_after_a_promotion_only_what_ended_before_the_fork_is_a_parent() -> None:
    forks = (TimelineFork(timeline=2, parent=1, position=segment(25)),)
    there = TakenFrom(system_identifier=SYSTEM, timeline=2)
    found = parent_for(INCREMENTAL, WEEK, there, forks)
    assert found is not None and found.id == "i2"  # d and i3 lie beyond the fork, on the timeline that was left
    assert parent_for(INCREMENTAL, WEEK, there) is None  # without the history nothing is known to be its own


def policy(*cycle: tuple[str, str]) -> BackupPolicy:
    return BackupPolicy(
        repositories=(RepositorySpec(name="main", node="vault"),),
        cycle=tuple(CycleEntry(what=what, cron=cron) for what, cron in cycle),
    )


WEEKLY = policy(("full", "0 1 * * 0"), ("incremental", "0 1 * * 1-6"), ("verify", "0 5 * * *"))


@pytest.mark.parametrize(
    ("wanted", "backups", "kinds", "days", "expected"),
    [
        (WEEKLY, (), ALL, 1.0, FULL),
        (WEEKLY, WEEK, ALL, 5.0, INCREMENTAL),  # 6 March, a Friday
        (WEEKLY, WEEK, ALL, 6.99, INCREMENTAL),  # the Sunday's moment is not there yet
        (WEEKLY, WEEK, ALL, 7.01, FULL),  # it is, and no full one was begun since
        (WEEKLY, WEEK, (FULL,), 5.0, FULL),
        (policy(), WEEK, ALL, 5.0, INCREMENTAL),
        (policy(), WEEK, (FULL, DIFFERENTIAL), 5.0, DIFFERENTIAL),
        (policy(), WEEK, ALL, 7.5, FULL),
        (policy(("differential", "0 1 * * 6"), ("incremental", "0 * * * *")), WEEK, ALL, 6.5, DIFFERENTIAL),
        (policy(("differential", "0 1 * * 2"), ("incremental", "0 * * * *")), WEEK, ALL, 6.5, INCREMENTAL),
        (policy(("full", "nonsense"), ("incremental", "0 * * * *")), WEEK, ALL, 6.5, INCREMENTAL),
    ],
)
def test_what_back_up_now_makes(
    wanted: BackupPolicy, backups: tuple[Backup, ...], kinds: tuple[BackupKind, ...], days: float, expected: BackupKind
) -> None:
    assert kind_next(wanted, "", backups, kinds, HERE, at(days)) is expected


def test_a_full_backup_of_another_system_is_none() -> None:
    other = TakenFrom(system_identifier="7", timeline=1)
    assert kind_next(WEEKLY, "main", WEEK, ALL, other, at(5)) is FULL


@given(
    st.lists(
        st.tuples(st.sampled_from(list(BackupState)), st.one_of(st.none(), st.integers(0, 11))), min_size=1, max_size=12
    )
)
def test_a_chain_is_whole_in_order_and_begins_with_a_full_one(drawn: list[tuple[BackupState, int | None]]) -> None:
    backups = tuple(
        backup(f"b{number:02}", number, number, state=state, parent=None if parent is None else f"b{parent:02}")
        for number, (state, parent) in enumerate(drawn)
    )
    for one in backups:
        chain = chain_of(one, backups)
        if isinstance(chain, ChainBroken):
            assert chain.reason in ("not-there", "not-complete", "circle")
            continue
        assert chain[0].kind is FULL and chain[-1] == one
        assert all(part.state is BackupState.COMPLETE for part in chain)
        assert all(later.parent == earlier.id for earlier, later in pairwise(chain))
        assert all(one in dependants_of(part, backups) for part in chain[:-1])
        assert timedelta(0) <= one.begun_at - at(0)
