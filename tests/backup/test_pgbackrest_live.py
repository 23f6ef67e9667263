"""pgBackRest with a real PostgreSQL: each kind, read back, restored to a time and to an entry, cut off, cancelled."""

from collections.abc import Iterator

import pytest

from console.backup.face import EngineTrouble, read_progress
from console.domain.backup import BackupCheck, BackupState, CheckResult
from console.domain.backup_policy import BackupKind
from tests.backup.backrest_yard import SECONDS_MAX, STANZA, BackrestYard, backrest_yard, first_file_seconds, now
from tests.live import wait_for


@pytest.fixture(scope="module")
def yard() -> Iterator[BackrestYard]:
    with backrest_yard(extra="log-level-file=detail") as it:
        yield it


@pytest.mark.live
def test_each_kind_is_made_read_back_and_restored_to_a_time_and_to_an_entry(yard: BackrestYard) -> None:
    engine = yard.engine()
    found = engine.find()
    assert found.program == "/usr/bin/pgbackrest" and set(found.kinds) == set(BackupKind), found
    before = yard.book(5)
    full = yard.backup(engine, BackupKind.FULL)
    assert full.kind is BackupKind.FULL and full.head_number == 5 and full.source == "ledger-1", full
    before += yard.book(5)
    differential = yard.backup(engine, BackupKind.DIFFERENTIAL)
    before += yard.book(5)
    incremental = yard.backup(engine, BackupKind.INCREMENTAL)
    assert (differential.parent, incremental.parent) == (full.id, differential.id)
    before += yard.book(3)
    until = yard.sql("select clock_timestamp()")
    after = [yard.book()[0] for _ in range(4)]  # each in a transaction of its own
    xid = yard.sql(f"select xid from ledger.entries where reference = '{after[-1]}'")
    yard.switch()
    for backup in (full, differential, incremental):
        marks = yard.marks(engine, backup)
        assert {mark.result for mark in marks.values()} == {CheckResult.PASSED}, marks
        assert marks[BackupCheck.CHECKSUMS].files_read == marks[BackupCheck.CHECKSUMS].files_all
    seen = engine.read(now())
    assert {one.state for one in seen.backups} == {BackupState.COMPLETE} and not seen.trouble, seen
    assert len(seen.wal.ranges) == 1, seen.wal
    at_time = yard.restored(engine, (full, differential, incremental), "at-time")
    at_time.recover(recovery_target_time=until)
    assert at_time.references() == before
    at_time.stop()
    before_entry = yard.restored(engine, (full,), "before-entry")
    before_entry.recover(recovery_target_xid=xid, recovery_target_inclusive="off")
    assert before_entry.references() == before + after[:-1]
    before_entry.stop()


@pytest.mark.live
def test_a_backup_that_is_killed_counts_for_nothing_and_cancelling_clears_it(yard: BackrestYard) -> None:
    engine = yard.engine()
    known = {one.id for one in engine.read(now()).backups}
    yard.sql("create table if not exists weight as select g, md5(g::text) from generate_series(1, 400000) g")
    order = engine.backup(yard.job(), BackupKind.FULL, yard.source(), rate_bytes=4_000_000)
    yard.start(order)
    running = wait_for(lambda: [one for one in engine.read(now()).backups if one.id not in known], "it to copy",
                       seconds=SECONDS_MAX)  # fmt: skip
    assert [one.state for one in running] == [BackupState.RUNNING], running
    with pytest.raises(EngineTrouble, match="busy"):
        engine.backup(yard.job(), BackupKind.FULL, yard.source(), rate_bytes=None)
    said = yard.hosts.run("vault", order.cancel, seconds_max=SECONDS_MAX)
    assert said.status == 1 and b"fact reason busy" in said.stdout, "while it runs nothing is taken away"
    assert engine.read(now()).backups[-1].id == running[0].id
    ended = yard.run_as("pkill", "-KILL", "-f", f"config={yard.config} ", check=False)
    assert ended.returncode == 0
    broken = wait_for(lambda: [one for one in engine.read(now()).backups if one.state is BackupState.BROKEN], "it dead",
                      seconds=SECONDS_MAX)  # fmt: skip
    assert [one.id for one in broken] == [running[0].id] and broken[0].trouble == "broken-off"
    for _ in range(2):
        assert yard.cancel(order).fine
        assert {one.id for one in engine.read(now()).backups} == known
    yard.sql("drop table weight")


@pytest.mark.live
def test_an_order_that_runs_again_finds_what_it_had_made(yard: BackrestYard) -> None:
    engine = yard.engine()
    order = engine.backup(yard.job(), BackupKind.FULL, yard.source(), rate_bytes=None)
    facts = [dict(read_progress(yard.run(order).stdout.decode()).facts) for _ in range(2)]
    assert facts[0]["backup"] == facts[1]["backup"]
    assert engine.read(now()).backups[-1].id == facts[0]["backup"]


@pytest.mark.live
def test_the_rate_is_held_within_a_fifth(yard: BackrestYard) -> None:
    """On one large file: the thousand small ones of an empty database take their own time on a busy machine."""
    engine = yard.engine()
    assert ("rate", "no-limit") not in engine.find().cannot
    yard.sql("create table bulk as select g, md5(g::text) || md5(g::text) from generate_series(1, 200000) g")
    size = int(yard.sql("checkpoint; select pg_relation_size('bulk')"))
    rate = 2_000_000  # a busy machine packs more than that in a second: what is slower is slow by the rate
    made = yard.backup(engine, BackupKind.FULL, rate=rate)
    seconds = first_file_seconds((yard.place / "log" / "books-backup.log").read_text())
    assert 0.8 * rate < size / seconds < 1.2 * rate, (size, seconds)
    assert made.size_bytes and made.size_bytes > size
    yard.sql("drop table bulk")


@pytest.mark.live
def test_exactly_the_named_goes_and_nothing_that_another_needs(yard: BackrestYard) -> None:
    engine = yard.engine()
    backups = engine.read(now()).backups
    first, child = backups[0], backups[-1]
    with pytest.raises(EngineTrouble, match="still-needed"):
        engine.expire(yard.job(), (first,))
    going = tuple(one for one in backups if one.id.startswith(first.id))
    order = engine.expire(yard.job(), going)
    said = yard.run(order)
    assert said.fine, said.stdout.decode()
    seen = engine.read(now())
    assert {one.id for one in seen.backups} == {one.id for one in backups} - {one.id for one in going}
    oldest = seen.backups[0]
    assert oldest.start is not None
    assert seen.wal.ranges[0].first == oldest.start.position // seen.wal.segment_bytes, "WAL before it is gone, no more"
    with pytest.raises(EngineTrouble, match="still-needed"):
        engine.expire(yard.job(), tuple(one for one in seen.backups))
    assert child.id in {one.id for one in seen.backups}


@pytest.mark.live
def test_an_expiry_that_was_overtaken_takes_nothing(yard: BackrestYard) -> None:
    engine = yard.engine()
    yard.backup(engine, BackupKind.FULL)
    backups = engine.read(now()).backups
    order = engine.expire(yard.job(), tuple(one for one in backups if one.id.startswith(backups[0].id)))
    new = yard.backup(engine, BackupKind.INCREMENTAL)
    said = yard.run(order)
    assert said.status == 1 and b"fact reason changed" in said.stdout
    assert {one.id for one in engine.read(now()).backups} == {one.id for one in backups} | {new.id}


@pytest.mark.live
def test_a_tablespace_is_laid_beside_and_a_directory_that_is_there_is_refused(yard: BackrestYard) -> None:
    engine = yard.engine()
    yard.sql(f"create tablespace elsewhere location '{yard.place}/ts'")
    yard.sql("create table far tablespace elsewhere as select generate_series(1, 1000) n")
    inode = (yard.place / "ts").stat().st_ino
    listed = sorted(path.name for path in (yard.place / "ts").rglob("*"))
    backup = yard.backup(engine, BackupKind.FULL)
    yard.switch()
    restored = yard.restored(engine, (backup,), "with-tablespace")
    links = list((restored.directory / "pg_tblspc").iterdir())
    assert [str(link.readlink()).startswith(f"{restored.directory}.tablespaces/") for link in links] == [True]
    assert "restore_command" not in (restored.directory / "postgresql.auto.conf").read_text()
    restored.recover(recovery_target="immediate")
    assert restored.sql("select count(*) from far") == "1000"
    again = engine.lay_out(yard.job(), (backup,), str(restored.directory))
    said = yard.run(again)
    assert said.status == 1 and b"fact reason directory-there" in said.stdout
    assert yard.hosts.run("vault", again.cancel, seconds_max=60).fine
    assert restored.sql("select count(*) from far") == "1000", "neither it nor its cancelling touched what was there"
    restored.stop()
    assert (yard.place / "ts").stat().st_ino == inode
    assert sorted(path.name for path in (yard.place / "ts").rglob("*")) == listed
    yard.sql("drop table far")
    yard.sql("drop tablespace elsewhere")


@pytest.mark.live
def test_a_laying_out_that_was_cut_is_cleared_or_done_again(yard: BackrestYard) -> None:
    engine = yard.engine()
    backup = engine.read(now()).backups[-1]
    chain = (backup,)
    order = engine.lay_out(yard.job(), chain, str(yard.place / "cut"))
    yard.start(order)
    wait_for(lambda: (yard.place / "cut" / "base").exists(), "it to begin", seconds=SECONDS_MAX)
    yard.run_as("pkill", "-KILL", "-f", "pg1-path=" + str(yard.place / "cut"), check=False)
    said = yard.run(order)
    assert said.fine or yard.run(order).fine, said.stdout.decode()
    assert (yard.place / "cut" / "backup_label").exists()
    half = engine.lay_out(yard.job(), chain, str(yard.place / "half"))
    yard.start(half)
    wait_for(lambda: (yard.place / "half" / "base").exists(), "it to begin", seconds=SECONDS_MAX)
    for _ in range(2):
        assert yard.cancel(half).fine
        left = [path.name for path in yard.place.iterdir() if path.name.startswith("half")]
        assert not left or (yard.place / "half" / "global" / "pg_control").exists(), left


@pytest.mark.live
def test_on_a_host_of_backups_alone_it_restores_there_and_not_at_the_source(yard: BackrestYard) -> None:
    """There the configuration names the server's host, which pgBackRest would restore to, and it refuses."""
    config = yard.place / "apart.conf"
    config.write_text(yard.config.read_text().replace("pg1-socket-path", "pg1-host=nowhere.invalid\npg1-socket-path"))
    config.chmod(0o644)
    engine = yard.engine(config_file=str(config))
    backup = engine.read(now()).backups[-1]
    restored = yard.restored(engine, (backup,), "apart")
    yard.switch()
    restored.recover(recovery_target="immediate")
    assert restored.references()
    restored.stop()
    said = yard.run_as("pgbackrest", f"--config={config}", f"--stanza={STANZA}", "restore",
                       f"--pg1-path={yard.place}/bare", check=False)  # fmt: skip
    assert "must be run on the PostgreSQL host" in said.stdout + said.stderr
