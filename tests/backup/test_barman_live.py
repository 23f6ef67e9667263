"""Barman on a real lab under its workload: made, read back, damaged, killed, restored and held against the record."""

import os
import shlex
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest

from console.backup.face import EngineTrouble, read_progress
from console.domain.backup import Backup, BackupCheck, BackupState, CheckResult
from console.domain.backup_policy import BackupKind
from console.domain.wal import Lsn
from console.lab.desk import lab_fault
from console.lab.processes import all_pids, program
from console.lab.record import Ended, Outcome, Sent, read_record
from tests.backup.barman_yard import SERVER, BarmanYard, OtherPath, barman_yard
from tests.backup.native_yard import VAULT, Restored, now
from tests.live import sql, wait_for

pytestmark = pytest.mark.live
RATE = 3_000_000.0
RATE_SECONDS_MAX = 90.0
RATE_ERROR_MAX = 0.2
SLOW = 1_000_000.0


@pytest.fixture(scope="module")
def it(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BarmanYard]:
    with barman_yard(tmp_path_factory.mktemp("barman"), general="compression = gzip") as made:
        yield made


def booked(it: BarmanYard, more: int = 10) -> int:
    """Wait for so many bookings more; the last number."""
    begun = len(it.yard.record())
    wait_for(lambda: len(it.yard.record()) >= begun + more, "bookings")
    return max(it.yard.record().values())


def held(it: BarmanYard) -> None:
    """Wait until all that is written now is held, as the engine reads it: a restore must not end for want of it."""
    position = Lsn.parse(sql(it.yard.lab, "lab-1", "select pg_current_wal_lsn()"))

    def reached() -> bool:
        wal = it.read().wal
        return any((one.partial_end or Lsn(0)) >= position or (one.last + 1) * wal.segment_bytes >= position.position
                   for one in wal.ranges)  # fmt: skip

    wait_for(reached, f"WAL up to {position}")


def moments(it: BarmanYard) -> tuple[dict[str, datetime], dict[str, datetime]]:
    """When each booking was sent, and when each was acknowledged."""
    lines = read_record(Path(it.yard.lab.record))
    sent = {one.reference: datetime.fromisoformat(one.at) for one in lines if isinstance(one, Sent)}
    acknowledged = {
        one.reference: datetime.fromisoformat(one.at)
        for one in lines
        if isinstance(one, Ended) and one.outcome is Outcome.ACKNOWLEDGED
    }
    return sent, acknowledged


def passed(it: BarmanYard, backup: Backup) -> None:
    for check, mark in it.marks(backup).items():
        assert mark.result is CheckResult.PASSED, (check, mark.reason, mark.detail)
        assert mark.files_read, "it counts what it read"
        assert mark.files_read == mark.files_all


def recovered(restored: Restored, **target: str) -> dict[str, int]:
    restored.recover(**target)
    books = restored.books()
    assert sorted(books.values()) == list(range(1, len(books) + 1)), "the books have no gap"
    return books


def test_each_kind_is_made_read_back_and_restored_to_a_time_and_before_an_entry(it: BarmanYard) -> None:
    full = it.backup(BackupKind.FULL)
    booked(it)
    first = it.backup(BackupKind.INCREMENTAL)
    booked(it)
    second = it.backup(BackupKind.INCREMENTAL)
    differential = it.backup(BackupKind.DIFFERENTIAL)
    assert (full.kind, full.parent) == (BackupKind.FULL, None)
    assert (first.kind, first.parent) == (BackupKind.INCREMENTAL, full.id)
    assert (second.kind, second.parent) == (BackupKind.INCREMENTAL, first.id)
    assert (differential.kind, differential.parent) == (BackupKind.DIFFERENTIAL, full.id)
    assert full.system_identifier == it.source().system_identifier
    assert first.stored_bytes is not None and full.stored_bytes is not None
    assert first.stored_bytes < full.stored_bytes
    for one in (full, second, differential):
        passed(it, one)

    booked(it)
    moment = now()
    last = booked(it)
    entry = last - 5
    held(it)
    sent, acknowledged = moments(it)
    record = it.yard.record()

    books = recovered(it.lay_out(second, "time"), recovery_target_time=moment.isoformat())
    assert {one for one, at in acknowledged.items() if at <= moment} <= set(books)
    assert not {one for one, at in sent.items() if at > moment} & set(books)
    assert all(record.get(reference, number) == number for reference, number in books.items())

    xid = sql(it.yard.lab, "lab-1", f"select xid from ledger.entries where number = {entry}")
    books = recovered(
        it.lay_out(differential, "entry"), recovery_target_xid=xid, recovery_target_inclusive="off"
    )  # fmt: skip
    assert max(books.values()) == entry - 1, "just before it, to the last entry"
    assert {one for one, number in record.items() if number < entry} <= set(books)


def test_the_settings_come_back_as_they_were_and_nothing_of_barmans_stays(it: BarmanYard) -> None:
    full = it.whole()
    restored = it.lay_out(full, "settings")
    directory = Path(restored.directory)
    for name in ("postgresql.conf", "postgresql.auto.conf"):
        assert (directory / name).read_bytes() == it.data(full, name).read_bytes()
    assert not list(directory.glob("*.origin"))
    assert not list(directory.glob("*.signal"))
    assert not (directory / ".barman-recover.info").exists()
    with pytest.raises(EngineTrouble) as refused:
        it.engine().lay_out("again", (full,), restored.directory)
    assert refused.value.reason == "target-exists"


def flipped(path: Path, at: int) -> bytes:
    """Flip a bit of a byte in place; what stood there before."""
    kept = path.read_bytes()
    with path.open("r+b") as file:
        file.seek(at)
        file.write(bytes([kept[at] ^ 0x10]))
    return kept


def put_back(path: Path, kept: bytes) -> None:
    with path.open("r+b") as file:
        file.write(kept)
        file.truncate()


def test_what_is_damaged_is_found_by_the_check_that_reads_it(it: BarmanYard) -> None:
    full = it.backup(BackupKind.FULL)
    child = it.backup(BackupKind.INCREMENTAL)
    assert child.parent == full.id
    for path, at, reason in (
        (it.data(full, "global/pg_control"), 40, "file-differs"),
        (it.data(full, "postgresql.auto.conf"), 3, "file-differs"),  # which pg_verifybackup passes over
        (it.data(child, "backup_manifest"), 5000, "manifest-damaged"),
    ):
        kept = flipped(path, at)
        mark = it.marks(child)[BackupCheck.CHECKSUMS]
        put_back(path, kept)
        assert (mark.result, mark.reason) == (CheckResult.FAILED, reason), mark.detail
    segment = it.wals()[-1]
    assert child.start is not None
    kept = flipped(segment, len(segment.read_bytes()) // 2)
    mark = it.marks(child)[BackupCheck.WAL_CONTINUITY]
    put_back(segment, kept)
    assert (mark.result, mark.reason) == (CheckResult.FAILED, "wal-damaged")
    assert segment.name in mark.detail
    away = segment.with_suffix(".away")
    segment.rename(away)
    mark = it.marks(child)[BackupCheck.WAL_CONTINUITY]
    away.rename(segment)
    assert (mark.result, mark.reason) == (CheckResult.FAILED, "wal-missing")
    passed(it, child)


def test_without_rsync_no_restore_is_begun(it: BarmanYard) -> None:
    full = it.whole()
    programs = Path(it.yard.lab.directory) / "without-rsync"
    programs.mkdir(exist_ok=True)
    programs.chmod(0o755)
    for place in ("/usr/bin", "/bin", "/usr/sbin"):
        for one in Path(place).iterdir():
            link = programs / one.name
            if one.name != "rsync" and not link.is_symlink():
                link.symlink_to(one)
    bare = it.engine(hosts=OtherPath(it.yard.hosts, str(programs)))
    assert ("restore", "no-rsync") in bare.find().cannot
    assert ("restore", "no-rsync") not in it.engine().find().cannot
    with pytest.raises(EngineTrouble) as refused:
        bare.lay_out("bare", (full,), f"{it.yard.place}/sandboxes/bare")
    assert refused.value.reason == "no-rsync"
    assert not (it.yard.place / "sandboxes" / "bare").exists()


def holder(it: BarmanYard) -> int | None:
    """The process that holds Barman's lock for a backup, where a copy is under way."""
    lock = it.home / f".{SERVER}-backup.lock"
    if not any(one.state is BackupState.RUNNING for one in it.read().backups):
        return None
    return int(lock.read_text())


def test_killed_in_the_middle_it_counts_for_nothing_and_goes_by_cancel(it: BarmanYard) -> None:
    whole = it.whole()
    engine = it.engine()
    order = engine.backup("killed", BackupKind.FULL, it.source(), rate_bytes=SLOW)
    it.yard.start(order)
    pid = wait_for(lambda: holder(it), "Barman to copy")
    os.kill(pid, signal.SIGKILL)
    broken = wait_for(
        lambda: [one for one in it.read().backups if one.state is BackupState.BROKEN], "it to be seen as broken"
    )
    status, output = it.ended(order)
    assert status not in (0, None)
    assert dict(read_progress(output).facts)["reason"] == "broken-off"
    parent = dict(engine.backup("next", BackupKind.INCREMENTAL, it.source(), rate_bytes=None).about)["parent"]
    complete = [one.id for one in it.read().backups if one.state is BackupState.COMPLETE]
    assert parent == complete[-1] != broken[0].id
    with pytest.raises(EngineTrouble) as refused:
        engine.lay_out("broken", (broken[0],), f"{it.yard.place}/sandboxes/broken")
    assert refused.value.reason == "chain-broken"
    for _ in range(2):  # any number of times
        assert it.yard.shell(order.cancel).fine
        assert broken[0].id not in [one.id for one in it.read().backups]
    assert not (it.home / SERVER / "base" / broken[0].id).exists()
    passed(it, whole)


def test_cancelled_it_leaves_nothing(it: BarmanYard) -> None:
    before = [one.id for one in it.read().backups]
    order = it.engine().backup("cancelled", BackupKind.FULL, it.source(), rate_bytes=SLOW)
    it.yard.start(order)
    wait_for(lambda: holder(it), "Barman to copy")
    it.yard.end(order)
    assert it.yard.shell(order.cancel).fine
    assert [one.id for one in it.read().backups] == before
    assert "pg_basebackup" not in sql(
        it.yard.lab, "lab-1", "select coalesce(string_agg(phase, ','), '') || ' ' || count(*) "
        "from pg_stat_progress_basebackup",
    )  # fmt: skip
    wait_for(
        lambda: sql(it.yard.lab, "lab-1", "select count(*) from pg_stat_progress_basebackup") == "0",
        "the server to send nothing any more",
    )


def test_where_only_the_shell_around_it_is_killed_cancel_ends_barman_too(it: BarmanYard) -> None:
    before = [one.id for one in it.read().backups]
    order = it.engine().backup("shell", BackupKind.FULL, it.source(), rate_bytes=SLOW)
    it.yard.start(order)
    pid = wait_for(lambda: holder(it), "Barman to copy")
    session = os.getsid(pid)
    for one in all_pids():
        with suppress(ProcessLookupError):
            if os.getsid(one) == session and program(one) == "sh":
                os.kill(one, signal.SIGKILL)
    assert Path(f"/proc/{pid}").exists()
    assert it.yard.shell(order.cancel).fine
    assert [one.id for one in it.read().backups] == before
    wait_for(
        lambda: not Path(f"/proc/{pid}/cmdline").exists() or not Path(f"/proc/{pid}/cmdline").read_text(), "its end"
    )
    it.yard.end(order)


def test_two_at_once_are_refused_before_and_by_barman_itself(it: BarmanYard) -> None:
    engine = it.engine()
    first = engine.backup("one", BackupKind.FULL, it.source(), rate_bytes=SLOW)
    second = engine.backup("two", BackupKind.FULL, it.source(), rate_bytes=None)  # asked before the first began
    it.yard.start(first)
    try:
        wait_for(lambda: holder(it), "Barman to copy")
        with pytest.raises(EngineTrouble) as refused:
            engine.backup("three", BackupKind.FULL, it.source(), rate_bytes=None)
        assert refused.value.reason == "busy"
        said = it.yard.run(second)
        assert not said.fine
        assert dict(read_progress(said.stdout.decode()).facts)["reason"] == "busy"
    finally:
        it.yard.end(first)
        assert it.yard.shell(first.cancel).fine


def test_the_rate_is_kept_and_progress_is_told(it: BarmanYard) -> None:
    engine = it.engine()
    base = it.home / SERVER / "base"
    before = set(base.iterdir()) if base.exists() else set()
    order = engine.backup("rate", BackupKind.FULL, it.source(), rate_bytes=RATE)
    it.yard.start(order)
    grown: list[tuple[float, int]] = []

    def copied() -> bool:
        """What lies there, with the time, from the first bytes on until no more come."""
        fresh = [one for one in base.iterdir() if one not in before]
        done = sum(one.stat().st_size for one in fresh[0].rglob("*") if one.is_file()) if fresh else 0
        if done > RATE / 2:
            grown.append((time.monotonic(), done))
        return sql(it.yard.lab, "lab-1", "select count(*) from pg_stat_progress_basebackup") == "0" and bool(grown)

    wait_for(copied, "it to be copied", seconds=RATE_SECONDS_MAX)
    status, output = it.ended(order)
    assert status == 0, output
    assert it.found(dict(read_progress(output).facts)["backup"]).state is BackupState.COMPLETE
    (begun, low), high = grown[0], max(done for _, done in grown)
    ended = next(at for at, done in grown if done == high)
    rate = (high - low) / (ended - begun)
    assert abs(rate - RATE) <= RATE_ERROR_MAX * RATE, f"{rate:.0f} bytes a second"
    told = [int(line.split(" ")[2]) for line in output.splitlines() if line.startswith("progress copying ")]
    assert len(told) >= 2 and told == sorted(told)


def test_exactly_what_was_named_is_taken_away(it: BarmanYard) -> None:
    old = it.backup(BackupKind.FULL)
    child = it.backup(BackupKind.INCREMENTAL)
    kept = it.backup(BackupKind.FULL)
    engine = it.engine()
    with pytest.raises(EngineTrouble) as refused:
        engine.expire("half", (old,))
    assert refused.value.reason == "has-children"
    assert child.id in refused.value.detail
    before = {one.id for one in it.read().backups}
    said = it.yard.run(engine.expire("whole", (old, child)))
    assert said.fine, said.stdout.decode()
    assert {one.id for one in it.read().backups} == before - {old.id, child.id}
    passed(it, kept)


def test_a_child_that_came_meanwhile_stops_the_removal(it: BarmanYard) -> None:
    old = it.whole()
    order = it.engine().expire("late", (old,))
    child = it.backup(BackupKind.INCREMENTAL)
    assert child.parent == old.id
    said = it.yard.run(order)
    assert not said.fine
    assert dict(read_progress(said.stdout.decode()).facts)["reason"] == "has-children"
    assert {old.id, child.id} <= {one.id for one in it.read().backups}


def test_barmans_configuration_is_as_it_was(it: BarmanYard) -> None:
    assert it.spec.config_file == f"{it.home}/barman.conf"
    said = it.yard.shell(f"cat {shlex.quote(it.spec.config_file)}; ls {it.home}")
    assert "slot_name = barman" in said.stdout.decode()
    assert it.yard.lab.node(VAULT) is not None
    assert dict(it.read().notes).get("check") is None, "Barman answered its own check"


def test_with_the_primary_dead_all_is_read_and_the_segment_that_was_received_is_used_too(it: BarmanYard) -> None:
    number = booked(it)
    position = sql(it.yard.lab, "lab-1", "select pg_current_wal_lsn()")
    booked(it)
    held(it)
    source = it.source()
    lab_fault(it.yard.home, "kill", "lab-1")
    seen = it.read()
    assert "postgresql" in dict(seen.notes), "its check says what is wrong"
    complete = [one for one in seen.backups if one.state is BackupState.COMPLETE]
    assert (seen.wal.ranges[-1].last + 1) * seen.wal.segment_bytes <= Lsn.parse(position).position, "not archived yet"
    books = recovered(it.lay_out(complete[-1], "dead"), recovery_target_lsn=position)
    record = it.yard.record()
    assert max(books.values()) >= number
    assert {one for one, booked_as in record.items() if booked_as <= number} <= set(books)
    engine = it.engine()
    said = it.yard.run(engine.backup("dead", BackupKind.FULL, source, rate_bytes=None))
    assert not said.fine
    assert dict(read_progress(said.stdout.decode()).facts)["reason"] == "check-failed", "Barman begins nothing"
    assert [one.id for one in it.read().backups] == [one.id for one in seen.backups]
