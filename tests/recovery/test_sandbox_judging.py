"""How a sandbox's recovery is judged: reached, on its way, or not to be reached, and by which word."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from console.domain.backup import Backup, BackupState, TimelineFork, WalHeld, WalRange
from console.domain.backup_policy import BackupKind, EngineName
from console.domain.restore import Chosen, Target, TargetKind
from console.domain.wal import Lsn
from console.postgres.restore_facts import RecoverySeen
from console.recovery.sandbox_watch import Reached, RecoveryWanted, judge

SIZE = 16 * 1024 * 1024
BACKUP = Backup(
    id="20261127T100000F", repository="main", engine=EngineName.NATIVE, kind=BackupKind.FULL,
    state=BackupState.COMPLETE, parent=None, begun_at=datetime(2026, 11, 27, 10, tzinfo=UTC), ended_at=None,
    system_identifier="7", server_version=180006, timeline=1, start=Lsn(2 * SIZE), stop=Lsn(2 * SIZE + 400),
    size_bytes=None, stored_bytes=None,
)  # fmt: skip


def chosen(kind: TargetKind, *settings: tuple[str, str], timeline: int = 1) -> Chosen:
    return Chosen(
        target=Target(kind=kind), repository="main", chain=(BACKUP.id,), timeline=timeline, settings=settings,
        start=Lsn(2 * SIZE), consistent=Lsn(2 * SIZE + 400),
    )  # fmt: skip


def held(*ranges: tuple[int, int, int], forks: tuple[TimelineFork, ...] = ()) -> WalHeld:
    found = tuple(WalRange(timeline=timeline, first=first, last=last) for timeline, first, last in ranges)
    return WalHeld(ranges=found, forks=forks)


def name(number: int, timeline: int = 1) -> str:
    return f"{timeline:08X}{number // 256:08X}{number % 256:08X}"


def seen(at: int | None, *asked: tuple[str, int], **more: object) -> RecoverySeen:
    looked = RecoverySeen(
        running=True, ready=True, in_recovery=True, position=None if at is None else Lsn(at), waiting=True,
        system_identifier="7", asked=asked, fetched=sum(1 for _, status in asked if status == 0),
    )  # fmt: skip
    return replace(looked, **more)  # type: ignore[arg-type]


LATEST = RecoveryWanted(backup=BACKUP, chosen=chosen(TargetKind.LATEST), held=held((1, 2, 5)))
AT_TIME = RecoveryWanted(
    backup=BACKUP, chosen=chosen(TargetKind.TIME, ("recovery_target_time", "2026-11-27 10:00:00+00")),
    held=held((1, 2, 5)),
)  # fmt: skip


def test_latest_is_reached_where_the_next_segment_after_the_last_held_was_asked_for() -> None:
    look = seen(6 * SIZE, (name(5), 0), (name(6), 1))
    reached = judge(LATEST, look, still=2)
    assert isinstance(reached, Reached)
    assert reached.held_to_the_end
    assert judge(LATEST, replace(look, waiting=False), still=1) is None


def test_latest_inside_a_segment_that_is_still_being_received_is_reached() -> None:
    assert isinstance(judge(LATEST, seen(6 * SIZE + 100, (name(6), 0)), still=2), Reached)


def test_latest_ends_although_more_comes_at_every_look() -> None:
    look = seen(6 * SIZE + 100, (name(6), 0), (name(6), 0))
    assert isinstance(judge(LATEST, look, still=0), Reached)
    assert judge(LATEST, replace(look, waiting=False), still=0) is None
    assert judge(LATEST, seen(5 * SIZE + 100, (name(5), 0)), still=0) is None


def test_a_target_that_is_not_in_what_was_held_is_not_waited_for_for_ever() -> None:
    assert judge(AT_TIME, seen(6 * SIZE + 100, (name(6), 0)), still=0) is None  # in what is being received, perhaps
    found = judge(AT_TIME, seen(7 * SIZE + 100, (name(7), 0)), still=0)
    assert isinstance(found, tuple)
    assert found[0] == "target-not-reached"


def test_latest_that_ends_at_a_missing_segment_is_a_failure() -> None:
    hole = replace(LATEST, held=held((1, 2, 3), (1, 5, 9)))
    assert judge(hole, seen(4 * SIZE, (name(3), 0), (name(4), 1)), still=2) == ("wal-missing", name(4))


def test_latest_that_ends_at_a_damaged_record_is_a_failure() -> None:
    stood = seen(4 * SIZE + 99, (name(3), 0), (name(4), 0), log=("LOG:  invalid record length at 0/4000063",))
    found = judge(LATEST, stood, still=2)
    assert isinstance(found, tuple)
    assert found[0] == "wal-damaged"
    assert "0/4000063" in found[1]


def test_latest_on_another_branch_than_the_one_that_is_held_is_a_failure() -> None:
    wanted = RecoveryWanted(
        backup=BACKUP, chosen=chosen(TargetKind.LATEST, timeline=2),
        held=held((1, 2, 4), (2, 4, 6), forks=(TimelineFork(timeline=2, parent=1, position=Lsn(4 * SIZE + 8)),)),
    )  # fmt: skip
    found = judge(wanted, seen(7 * SIZE, (name(6), 0), (name(7, 2), 1)), still=2)
    assert isinstance(found, tuple)
    assert found[0] == "wal-missing"
    assert isinstance(judge(wanted, seen(7 * SIZE, (name(6, 2), 0), (name(7, 2), 1)), still=2), Reached)


def test_a_timeline_without_a_segment_of_its_own_ends_where_it_forked() -> None:
    fork = (TimelineFork(timeline=2, parent=1, position=Lsn(4 * SIZE + 8)),)
    wanted = RecoveryWanted(
        backup=BACKUP, chosen=chosen(TargetKind.LATEST, timeline=2), held=held((1, 2, 9), forks=fork)
    )
    assert wanted.last_held() == 4
    assert RecoveryWanted(backup=BACKUP, chosen=chosen(TargetKind.LATEST, timeline=3), held=held()).last_held() is None


def test_latest_without_knowledge_of_what_is_held_says_that_it_does_not_know() -> None:
    reached = judge(replace(LATEST, held=None), seen(6 * SIZE, (name(6), 1)), still=2)
    assert isinstance(reached, Reached)
    assert reached.held_to_the_end is None


def test_a_target_is_reached_only_where_the_server_says_that_it_stopped_for_it() -> None:
    stopped = seen(3 * SIZE, (name(3), 0), paused=True, waiting=False, stopped="before commit of transaction 9")
    reached = judge(AT_TIME, stopped, still=0)
    assert isinstance(reached, Reached)
    assert reached.stopped.startswith("before")
    assert judge(AT_TIME, replace(stopped, stopped=""), still=0) is None
    beyond = judge(AT_TIME, seen(6 * SIZE, (name(6), 1)), still=2)
    assert beyond == ("target-not-reached", f"no WAL beyond {Lsn(6 * SIZE)}")
    assert judge(AT_TIME, seen(4 * SIZE, (name(4), 1)), still=2) == ("wal-missing", name(4))


def test_recovery_that_never_becomes_consistent_is_named() -> None:
    asked = tuple((name(2), 1) for _ in range(6))
    found = judge(LATEST, seen(None, *asked, ready=False), still=6)
    assert isinstance(found, tuple)
    assert found[0] == "not-consistent"
    assert name(2) in found[1]


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"running": False, "log": ("FATAL:  could not locate a valid checkpoint record",)}, "recovery-failed"),
        ({"running": False, "asked": ((name(4), 127),)}, "restore-command-failed"),
        ({"running": False, "asked": ((name(4), 200),)}, "wal-damaged"),
        ({"running": False, "settings_too_small": True}, "settings-too-small"),
        ({"paused": True, "settings_too_small": True}, "settings-too-small"),
        ({"system_identifier": "8"}, "other-system"),
        ({"in_recovery": False}, "recovery-failed"),
    ],
)  # fmt: skip
def test_what_ends_a_recovery_is_named(more: dict[str, object], word: str) -> None:
    found = judge(LATEST, seen(3 * SIZE, (name(3), 0), **more), still=0)
    assert isinstance(found, tuple)
    assert found[0] == word


def test_the_end_of_a_backup_is_a_target_of_its_own() -> None:
    wanted = RecoveryWanted(backup=BACKUP, chosen=None, held=None)
    assert dict(wanted.settings()) == {"recovery_target": "immediate", "recovery_target_timeline": "1"}
    stopped = seen(2 * SIZE + 400, (name(2), 0), paused=True, stopped="after reaching consistency")
    assert isinstance(judge(wanted, stopped, still=0), Reached)


