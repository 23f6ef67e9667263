"""Native backups on a live lab under its workload: each kind read back, restored to a moment, and hurt."""

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.backup.face import EngineTrouble, read_progress
from console.backup.native import NativeEngine
from console.domain.backup import BackupCheck, BackupState, CheckResult
from console.domain.backup_policy import BackupKind
from console.lab.desk import lab_fault
from tests.backup.native_yard import (
    NativeYard,
    agrees,
    native_yard,
    newest,
    now,
    pids,
    received,
    some_entries_later,
)
from tests.live import sql, wait_for

PASSED = CheckResult.PASSED


@pytest.fixture(scope="module")
def yard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NativeYard]:
    with native_yard(tmp_path_factory.mktemp("native"), rate=20.0) as it, it.receiving(it.engine()):
        yield it


@pytest.fixture
def engine(yard: NativeYard) -> NativeEngine:
    return yard.engine()


@pytest.mark.parametrize("packed", [True, False], ids=["tar", "plain"])
def test_each_kind_is_read_back_and_restored_to_an_entry_and_to_a_time(yard: NativeYard, packed: bool) -> None:
    engine = yard.engine(path=f"{yard.place}/backups", compressed=packed)
    kinds = (BackupKind.FULL, BackupKind.INCREMENTAL, BackupKind.DIFFERENTIAL, BackupKind.INCREMENTAL)
    made = []
    for kind in kinds:
        made.append(yard.backup(engine, kind))
        some_entries_later(yard, newest(yard)[0], 5)
    full, first, second, last = made
    assert full.parent is None and first.parent == full.id and second.parent == full.id and last.parent == second.id
    number, xid = some_entries_later(yard, newest(yard)[0])
    at_number = newest(yard)[0]
    at = sql(yard.lab, "lab-1", "select clock_timestamp()")
    after_number = newest(yard)[0]
    some_entries_later(yard, at_number)
    received(yard, engine)
    for backup in (full, second, last) if packed else (last,):
        marks = yard.marks(engine, backup)
        assert {mark.result for mark in marks.values()} == {PASSED}, marks
        assert (marks[BackupCheck.CHECKSUMS].files_read or 0) > 1000
        restored = yard.lay_out(engine, backup, f"r-{backup.id}")
        try:
            restored.recover(recovery_target_xid=str(xid), recovery_target_inclusive="off")
            agrees(yard, restored, number)
        finally:
            restored.stop()
    restored = yard.lay_out(engine, last, "to-a-time")
    try:
        restored.recover(recovery_target_time=at)
        books = restored.books()
        assert at_number <= max(books.values()) <= after_number
        assert restored.sql(f"select count(*) from ledger.entries where booked_at > '{at}'") == "0"
    finally:
        restored.stop()


def test_a_rate_is_kept_within_a_fifth(yard: NativeYard, engine: NativeEngine) -> None:
    rate = 6_000_000.0
    made = yard.backup(engine, BackupKind.FULL, rate=rate)
    assert made.ended_at is not None and made.size_bytes is not None
    seconds = (made.ended_at - made.begun_at).total_seconds()
    assert seconds >= made.size_bytes / rate * 0.8 - 1, (seconds, made.size_bytes)
    # Whole seconds are kept, and a busy machine adds to them: only too fast is the rate's fault.
    assert made.size_bytes / max(1.0, seconds - 1) <= rate * 1.2 * 1.25


def running(yard: NativeYard, engine: NativeEngine) -> str:
    """The backup that is being made, when its program copies."""
    def part() -> str | None:
        found = [one for one in yard.read(engine).backups if one.state is BackupState.RUNNING]
        return found[0].id if found and list((yard.place / "backups/backups").glob(".part-*/data/base.tar*")) else None

    return wait_for(part, "a backup to be under way")


@pytest.mark.parametrize("who", ["its program", "all of it"])
def test_killed_in_the_middle_nothing_counts_and_the_next_one_is_whole(
    yard: NativeYard, engine: NativeEngine, who: str
) -> None:
    yard.backup(engine, BackupKind.FULL)
    before = [one.id for one in yard.read(engine).backups if one.state is BackupState.COMPLETE]
    order = engine.backup(yard.job(), BackupKind.FULL, yard.source(), rate_bytes=1_000_000.0)
    yard.start(order)
    running(yard, engine)
    with pytest.raises(EngineTrouble) as caught:
        engine.backup(yard.job(), BackupKind.INCREMENTAL, yard.source(), rate_bytes=None)
    assert caught.value.reason == "busy"
    for pid in pids("pg_basebackup", yard.place):
        os.kill(pid, signal.SIGKILL)
    if who == "its program":
        said = yard.follow(order)
        facts = dict(read_progress(said.stdout.decode()).facts)
        assert said.status == 3 and facts["reason"] == "engine-failed" and "backup" not in facts
    else:
        yard.end(order)
        left = [one for one in yard.read(engine).backups if one.state is not BackupState.COMPLETE]
        assert all(one.state is BackupState.BROKEN for one in left)
        assert yard.shell(order.cancel).fine
    seen = yard.read(engine)
    assert [one.id for one in seen.backups] == before
    made = yard.backup(engine, BackupKind.INCREMENTAL)
    assert made.parent == before[-1] and yard.marks(engine, made)[BackupCheck.CHECKSUMS].result is PASSED


def cut_while_laid_out(yard: NativeYard, own: NativeEngine, place: Path) -> None:
    """The program refuses what it left when it was killed while it filled a new segment with zeros."""
    receiver = wait_for(lambda: pids("pg_receivewal", place), "pg_receivewal to run")[0]
    partial = wait_for(lambda: sorted((place / "staging/receiving").glob("*.partial")), "a segment to be received")[-1]
    os.kill(receiver, signal.SIGSTOP)
    os.truncate(partial, 3 * 1024 * 1024)
    os.kill(receiver, signal.SIGKILL)
    received(yard, own)


@pytest.mark.parametrize("shell", [False, True], ids=["pg_receivewal", "its shell too"])
def test_a_killed_receiver_leaves_no_hole(yard: NativeYard, shell: bool) -> None:
    place = yard.place / f"cut-{shell}"
    assert yard.shell(f"mkdir -p {place}").fine
    own = yard.engine(path=str(place), name=f"cut{shell}")
    with yard.receiving(own) as order:
        received(yard, own)
        for pid in wait_for(lambda: pids("pg_receivewal", place), "pg_receivewal to run"):
            if shell:
                os.kill(int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1]), signal.SIGKILL)
            os.kill(pid, signal.SIGKILL)
        yard.switch_wal()
        if shell:
            wait_for(lambda: yard.read(own).wal.receiving is False, "it to be seen as gone")
            yard.end(order)
            yard.start(order)
        received(yard, own)
        if not shell:
            cut_while_laid_out(yard, own, place)
        seen = yard.read(own).wal
        assert len(seen.ranges) == 1 and not seen.damaged, seen


@pytest.mark.parametrize("slot", ["dropped", "lost"])
def test_wal_that_nobody_has_any_more_is_a_hole_and_it_goes_on_behind_it(yard: NativeYard, slot: str) -> None:
    place = yard.place / f"hole-{slot}"
    assert yard.shell(f"mkdir -p {place}").fine
    own = yard.engine(path=str(place), name=f"hole_{slot}")
    with yard.receiving(own):
        before = yard.backup(own, BackupKind.FULL)
        received(yard, own)
    wait_for(lambda: sql(yard.lab, "lab-1", "select count(*) from pg_replication_slots where "
                         f"slot_name = 'ledger_console_hole_{slot}' and not active") == "1", "the slot to be left")
    if slot == "dropped":
        sql(yard.lab, "lab-1", f"select pg_drop_replication_slot('ledger_console_hole_{slot}')")
    sql(yard.lab, "lab-1", "alter system set max_slot_wal_keep_size = '64MB'")
    sql(yard.lab, "lab-1", "select pg_reload_conf()")
    oldest = own.read(now()).wal.ranges[-1].last + 1
    name = f"00000001{oldest // 256:08X}{oldest % 256:08X}"

    def gone() -> bool:
        yard.switch_wal()
        for node in ("lab-1", "lab-2", "lab-3"):
            sql(yard.lab, node, "checkpoint")
        return not any((Path(yard.lab.directory) / node / "data/pg_wal" / name).exists()
                       for node in ("lab-1", "lab-2", "lab-3"))  # fmt: skip

    try:
        wait_for(gone, f"{name} to be gone everywhere", seconds=120.0)
    finally:
        sql(yard.lab, "lab-1", "alter system reset max_slot_wal_keep_size")
        sql(yard.lab, "lab-1", "select pg_reload_conf()")
    lost = f"select wal_status from pg_replication_slots where slot_name = 'ledger_console_hole_{slot}'"
    assert sql(yard.lab, "lab-1", lost) == ("" if slot == "dropped" else "lost")
    with yard.receiving(own):
        wait_for(lambda: yard.read(own).wal.ranges[-1].first > oldest, "WAL behind the hole", seconds=60.0)
        received(yard, own)
        marks = yard.marks(own, before)
        assert marks[BackupCheck.CHECKSUMS].result is PASSED
        assert (marks[BackupCheck.WAL_CONTINUITY].result, marks[BackupCheck.WAL_CONTINUITY].reason) == (
            CheckResult.FAILED, "wal-missing")  # fmt: skip
        after = yard.backup(own, BackupKind.FULL)
        received(yard, own)
        assert {mark.result for mark in yard.marks(own, after).values()} == {PASSED}


def test_a_standby_that_has_seen_no_checkpoint_since_the_parent_gets_one(
    yard: NativeYard, engine: NativeEngine
) -> None:
    lab_fault(yard.home, "rate=0")
    try:
        first = yard.backup(engine, BackupKind.FULL, "lab-3")
        second = yard.backup(engine, BackupKind.INCREMENTAL, "lab-3")
        assert second.parent == first.id and second.start is not None and first.stop is not None
        assert second.start >= first.stop
    finally:
        lab_fault(yard.home, "rate=20")


def test_another_systems_server_and_a_summary_that_is_off_are_refused_by_name(
    yard: NativeYard, engine: NativeEngine
) -> None:
    source = yard.source("lab-3")
    with pytest.raises(EngineTrouble) as caught:
        engine.backup("x", BackupKind.FULL, replace(source, system_identifier="1"), rate_bytes=None)
    assert caught.value.reason == "other-system"
    with pytest.raises(EngineTrouble) as caught:
        engine.backup("x", BackupKind.INCREMENTAL, replace(source, version=150004), rate_bytes=None)
    assert caught.value.reason == "needs-17"
    sql(yard.lab, "lab-3", "alter system set summarize_wal = off")
    sql(yard.lab, "lab-3", "select pg_reload_conf()")
    try:
        wait_for(lambda: sql(yard.lab, "lab-3", "show summarize_wal") == "off", "the setting")
        said = yard.run(engine.backup(yard.job(), BackupKind.INCREMENTAL, source, rate_bytes=None))
        assert said.status == 3 and dict(read_progress(said.stdout.decode()).facts)["reason"] == "summaries-off"
    finally:
        sql(yard.lab, "lab-3", "alter system reset summarize_wal")
        sql(yard.lab, "lab-3", "select pg_reload_conf()")
    away = replace(source, port=1)
    said = yard.run(engine.backup(yard.job(), BackupKind.FULL, away, rate_bytes=None))
    assert said.status == 3 and dict(read_progress(said.stdout.decode()).facts)["reason"] == "source-silent"


# -- a failover, last: it changes who leads ----------------------------------------------------------------------------


def test_wal_follows_a_failover_and_a_backup_stands_on_one_of_the_timeline_before(
    yard: NativeYard, engine: NativeEngine
) -> None:
    before = yard.backup(engine, BackupKind.FULL, "lab-2")
    lab_fault(yard.home, "kill", "lab-1")
    sql(yard.lab, "lab-2", "alter system set synchronous_standby_names = ''")
    sql(yard.lab, "lab-2", "select pg_reload_conf()")
    assert sql(yard.lab, "lab-2", "select pg_promote()") == "t"
    wait_for(lambda: sql(yard.lab, "lab-2", "select pg_is_in_recovery()") == "f", "the promotion")

    def head() -> tuple[int, int]:
        number, xid = sql(
            yard.lab, "lab-2", "select number || ' ' || xid from ledger.entries order by number desc limit 1"
        ).split()
        return int(number), int(xid)

    began = head()[0]
    number, xid = wait_for(lambda: found if (found := head())[0] > began + 10 else None, "entries of the new primary")
    wait_for(lambda: head()[0] > number + 10, "later entries")
    sql(yard.lab, "lab-2", "checkpoint")
    made = yard.backup(engine, BackupKind.INCREMENTAL, "lab-2")
    assert made.parent == before.id and made.timeline == 2
    sql(yard.lab, "lab-2", "select pg_switch_wal()")

    def followed() -> bool:
        wal = yard.read(engine).wal
        return any(one.timeline == 2 and one.last >= one.first for one in wal.ranges) and bool(wal.forks)

    wait_for(followed, "WAL of the new timeline", seconds=90.0)
    for backup in (before, made):
        marks = yard.marks(engine, backup)
        assert {mark.result for mark in marks.values()} == {PASSED}, marks
    restored = yard.lay_out(engine, before, "over-the-fork")
    try:
        restored.recover(
            recovery_target_xid=str(xid), recovery_target_inclusive="off", recovery_target_timeline="2"
        )
        assert max(restored.books().values()) == number - 1
    finally:
        restored.stop()
    assert datetime.now(UTC) > made.begun_at
