"""The second repository of a stanza: made with the first, compared with it, restored from when the first is gone."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.backup.face import EngineTrouble
from console.domain.backup import BackupCheck, BackupState, CheckResult
from console.domain.backup_policy import BackupKind
from tests.backup.backrest_yard import CIPHER_PASS, STANZA, BackrestYard, backrest_yard, now


@pytest.fixture(scope="module")
def yard() -> Iterator[BackrestYard]:
    with backrest_yard() as it:
        yield it


@pytest.mark.live
def test_both_repositories_get_a_backup_and_the_second_serves_when_the_first_is_gone(yard: BackrestYard) -> None:
    engine = yard.engine(mirror="2")
    booked = yard.book(4)
    full = yard.backup(engine, BackupKind.FULL)
    booked += yard.book(4)
    incremental = yard.backup(engine, BackupKind.INCREMENTAL)
    booked += yard.book(2)
    yard.sql("select pg_create_restore_point('all-booked')")
    yard.switch()
    assert (full.mirrored, incremental.mirrored) == (True, True)
    for backup in (full, incremental):
        marks = yard.marks(engine, backup)
        assert {mark.result for mark in marks.values()} == {CheckResult.PASSED}, marks
        assert set(marks) == {BackupCheck.CHECKSUMS, BackupCheck.WAL_CONTINUITY, BackupCheck.MIRROR}
    seen = engine.read(now())
    assert seen.mirror is not None and seen.mirror.path == f"{yard.place}/second" and not seen.trouble
    (yard.place / "first").rename(yard.place / "first-away")
    try:
        alone = engine.read(now())
        assert alone.trouble == "no-repository" and alone.wal.ranges == seen.wal.ranges, alone
        assert [one.id.endswith("@2") for one in alone.backups] == [True, True]
        assert alone.backups[1].parent == alone.backups[0].id
        restored = yard.restored(engine, alone.backups, "from-the-second")
        assert "--repo=2" in restored.restore_command
        restored.recover(recovery_target_name="all-booked")
        assert restored.references() == booked
        restored.stop()
        marks = yard.marks(engine, alone.backups[1])
        assert {mark.result for mark in marks.values()} == {CheckResult.PASSED}, marks
    finally:
        (yard.place / "first-away").rename(yard.place / "first")


@pytest.mark.live
def test_the_mirror_that_lacks_a_segment_or_holds_a_flipped_file_is_said_to_differ(yard: BackrestYard) -> None:
    engine = yard.engine(mirror="2")
    backup = engine.read(now()).backups[-1]
    segment = sorted((yard.place / "second" / "archive" / STANZA).rglob("0000*-*.gz"))[-1]
    segment.rename(yard.place / "segment")
    marks = yard.marks(engine, backup)
    assert (marks[BackupCheck.MIRROR].result, marks[BackupCheck.MIRROR].reason) == (
        CheckResult.FAILED,
        "mirror-differs",
    )
    assert marks[BackupCheck.WAL_CONTINUITY].result is CheckResult.PASSED, "the first has it"
    (yard.place / "segment").rename(segment)
    bundle = max((yard.place / "second" / "backup").rglob("bundle/*"), key=lambda path: path.stat().st_size)
    content = bundle.read_bytes()
    bundle.write_bytes(content[:5000] + bytes([content[5000] ^ 4]) + content[5001:])
    marks = yard.marks(engine, backup)
    assert (marks[BackupCheck.MIRROR].result, marks[BackupCheck.MIRROR].reason) == (
        CheckResult.FAILED,
        "mirror-damaged",
    )
    assert marks[BackupCheck.CHECKSUMS].result is CheckResult.PASSED, "the first is whole"
    bundle.write_bytes(content)


@pytest.mark.live
@pytest.mark.parametrize("change", ["missing", "wrong"])
def test_a_key_that_is_missing_or_wrong_is_a_locked_key(yard: BackrestYard, change: str) -> None:
    text = yard.config.read_text()
    other = yard.place / f"{change}.conf"
    line = re.compile("^repo2-cipher-pass=.*\n", re.MULTILINE)
    other.write_text(line.sub("" if change == "missing" else "repo2-cipher-pass=another\n", text))
    os.chown(other, yard.config.stat().st_uid, yard.config.stat().st_gid)
    engine = yard.engine(mirror="2", config_file=str(other))
    seen = engine.read(now())
    if change == "missing":
        assert seen.trouble == "locked-key", seen
        with pytest.raises(EngineTrouble, match="locked-key"):
            engine.backup(yard.job(), BackupKind.FULL, yard.source(), rate_bytes=None)
    else:
        assert ("mirror", "locked-key") in seen.notes and seen.backups, seen


@pytest.mark.live
def test_the_key_stands_in_its_own_configuration_and_nowhere_else(yard: BackrestYard) -> None:
    engine = yard.engine(mirror="2")
    backup = next(one for one in engine.read(now()).backups if one.state is BackupState.COMPLETE)
    for order in (
        engine.backup(yard.job(), BackupKind.FULL, yard.source(), rate_bytes=None), engine.verify(yard.job(), backup),
        engine.lay_out(yard.job(), (backup,), str(yard.place / "secretly")), engine.expire(yard.job(), ()),
    ):  # fmt: skip
        assert CIPHER_PASS not in order.script + order.cancel + str(order.about)
        assert not order.secrets, "it needs none of us"
        said = yard.run(order)
        assert said.fine and CIPHER_PASS.encode() not in said.stdout
    for path in [*(yard.place / "log").rglob("*"), *Path("/var/tmp").glob("ledger-console-*/*/log")]:
        assert CIPHER_PASS not in path.read_text(errors="replace"), path
