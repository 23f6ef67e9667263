"""Native repositories hurt and on other media, on a live lab: faults, full disks, append-only, mirrors, retention."""

import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from console.backup.face import EngineTrouble, read_progress
from console.backup.native import NativeEngine
from console.domain.backup import Backup, BackupCheck, BackupState, CheckResult
from console.domain.backup_policy import BackupKind, MediumKind
from tests.backup.native_yard import NativeYard, agrees, native_yard, newest, now, received, some_entries_later
from tests.live import wait_for
from tests.watched import skip_without_root

FAULTS = 66
SEED = 1127
PASSED = CheckResult.PASSED


@pytest.fixture(scope="module")
def yard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NativeYard]:
    with native_yard(tmp_path_factory.mktemp("native"), rate=20.0) as it, it.receiving(it.engine()):
        yield it


@pytest.fixture
def engine(yard: NativeYard) -> NativeEngine:
    return yard.engine()


# -- faults ------------------------------------------------------------------------------------------------------------


def chain_of(yard: NativeYard, engine: NativeEngine, *, packed: bool, name: str) -> tuple[NativeEngine, Backup, Path]:
    """A repository of its own with a full and an incremental backup, and the WAL of the first one beside it."""
    place = yard.place / name
    assert yard.shell(f"mkdir -p {place}").fine
    own = yard.engine(path=str(place), compressed=packed, name=name)
    yard.backup(own, BackupKind.FULL)
    made = yard.backup(own, BackupKind.INCREMENTAL)
    received(yard, engine)
    assert yard.shell(f"cp -R {yard.place}/backups/wal {place}/").fine
    return own, made, place


@pytest.mark.parametrize("packed", [True, False], ids=["tar", "plain"])
def test_no_single_fault_passes_unseen(yard: NativeYard, engine: NativeEngine, packed: bool) -> None:
    own, made, place = chain_of(yard, engine, packed=packed, name=f"faults-{packed}")
    chance = random.Random(SEED + packed)
    clean = yard.marks(own, made)
    assert clean[BackupCheck.CHECKSUMS].result is PASSED and clean[BackupCheck.WAL_CONTINUITY].result is PASSED, clean
    assert made.start is not None
    first = f"{yard.chain(own, made)[0].start!s}"
    assert first
    start = made.start.position // (16 * 1024 * 1024)
    files = [path for path in sorted(place.rglob("*")) if path.is_file() and "staging" not in path.parts]
    # WAL before this backup's start is not read by its verify, and no check of it says that it was.
    files = [path for path in files if not _before(path, start)]
    unseen = []
    for turn in range(FAULTS // 2):
        path = chance.choice(files)
        content = path.read_bytes()
        way = chance.choice(("flip", "cut", "gone") if content else ("gone",))
        put = path.stat()
        if way == "gone":
            path.unlink()
        elif way == "cut":
            path.write_bytes(content[: chance.randrange(len(content))])
        else:
            at = chance.randrange(len(content))
            path.write_bytes(content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :])
        order = own.verify(f"f{turn}", made)
        said = yard.shell(order.script)
        marks = own.marks(made, order, said.status, said.stdout.decode("utf-8", "replace"), now())
        if not any(one.result is CheckResult.FAILED for one in marks):
            unseen.append((turn, way, str(path.relative_to(place)), marks))
        path.write_bytes(content)
        os.chown(path, put.st_uid, put.st_gid)
    assert not unseen, unseen[:3]
    again = yard.marks(own, made)
    assert {mark.result for mark in again.values()} == {PASSED}


def _before(path: Path, start: int) -> bool:
    name = path.name
    if path.parent.parent.name != "wal" or len(name) < 24:
        return False
    return int(name[8:16], 16) * 256 + int(name[16:24], 16) < start


# -- media -------------------------------------------------------------------------------------------------------------


def test_a_full_disk_in_the_middle_is_named_and_leaves_nothing(yard: NativeYard) -> None:
    skip_without_root()
    place = yard.place / "small"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2500k,mode=0777", "tmpfs", str(place)], check=True)
    try:
        own = yard.engine(path=str(place))
        with pytest.raises(EngineTrouble) as caught:
            own.backup("x", BackupKind.FULL, yard.source(), rate_bytes=None)
        assert caught.value.reason == "no-space"
        small = yard.engine(path=f"{place}/r", name="small")
        order = small.backup("y", BackupKind.FULL, yard.source(), rate_bytes=None)
        script = "\n".join("NEED=0" if line.startswith("NEED=") else line for line in order.script.split("\n"))
        said = yard.run(replace(order, script=script))
        facts = dict(read_progress(said.stdout.decode()).facts)
        assert said.status == 3 and facts["reason"] == "no-space", (facts, said.stdout.decode()[-500:])
        assert yard.shell(order.cancel).fine
        assert not list((place / "r/backups").iterdir())
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_an_append_only_medium_is_staged_for_copied_to_restored_from_and_never_cleared(yard: NativeYard) -> None:
    skip_without_root()
    tape, stage = yard.place / "tape", yard.place / "stage"
    assert yard.shell(f"mkdir -p {tape}/backups {tape}/wal {stage}").fine
    every = [str(tape), str(tape / "backups"), str(tape / "wal")]
    if subprocess.run(["chattr", "+a", *every], check=False, capture_output=True).returncode != 0:
        pytest.skip("this file system knows no append-only flag")
    try:
        with pytest.raises(EngineTrouble) as caught:
            yard.engine(path=str(tape), staging=str(stage)).backup("x", BackupKind.FULL, yard.source(), rate_bytes=None)
        assert caught.value.reason == "append-only", "given as a plain directory it can't be renamed in"
        own = yard.engine(path=str(tape), medium=MediumKind.TAPE, staging=str(stage), name="tape")
        with yard.receiving(own):
            full = yard.backup(own, BackupKind.FULL)
            made = yard.backup(own, BackupKind.INCREMENTAL)
            assert made.parent == full.id
            number, xid = some_entries_later(yard, newest(yard)[0])
            some_entries_later(yard, number)
            received(yard, own)
            marks = yard.marks(own, made)
            assert {mark.result for mark in marks.values()} == {PASSED}, marks
            seen = yard.read(own)
            assert seen.medium is not None and seen.medium.immutable == "append-only"
            restored = yard.lay_out(own, made, "from-tape")
            try:
                restored.recover(recovery_target_xid=str(xid), recovery_target_inclusive="off")
                agrees(yard, restored, number)
            finally:
                restored.stop()
        for refused in (own, yard.engine(path=str(tape), staging=str(stage))):
            with pytest.raises(EngineTrouble) as caught:
                refused.expire("e", (made,))
            assert caught.value.reason == "append-only"
        # A copy that was cut has no word of its own, and counts for nothing.
        half = tape / "backups" / "20261127T000000F"
        assert yard.shell(f"mkdir -p {half}/data && cp {tape}/backups/{full.id}/data/base.tar.gz {half}/data/").fine
        found = {one.id: one.state for one in yard.read(own).backups}
        assert found["20261127T000000F"] is BackupState.BROKEN and found[made.id] is BackupState.COMPLETE
    finally:
        subprocess.run(["chattr", "-R", "-a", *every], check=True)


def test_both_places_are_compared_and_the_second_restores_where_the_first_is_gone(yard: NativeYard) -> None:
    first, second = yard.place / "first", yard.place / "second"
    assert yard.shell(f"mkdir -p {first} {second}").fine
    own = yard.engine(path=str(first), mirror=str(second), name="both")
    with yard.receiving(own):
        yard.backup(own, BackupKind.FULL)
        made = yard.backup(own, BackupKind.INCREMENTAL)
        number, xid = some_entries_later(yard, newest(yard)[0])
        some_entries_later(yard, number)
        received(yard, own)
        wait_for(lambda: not list((first / "staging").glob(".shelving*")), "the shelf to be quiet")
        marks = yard.marks(own, made)
        assert {mark.result for mark in marks.values()} == {PASSED} and BackupCheck.MIRROR in marks, marks
        assert yard.found(own, made.id).mirrored is True
        copied = next((second / "backups" / made.id / "data").glob("base.tar*"))
        content = copied.read_bytes()
        copied.write_bytes(content[:100] + bytes([content[100] ^ 1]) + content[101:])
        marks = yard.marks(own, made)
        assert marks[BackupCheck.MIRROR].result is CheckResult.FAILED and marks[BackupCheck.CHECKSUMS].result is PASSED
        copied.write_bytes(content)
    shutil.rmtree(first)
    seen = yard.read(own)
    assert seen.trouble == "mirror-only" and [one.id for one in seen.backups][-1] == made.id
    marks = yard.marks(own, made)
    assert marks[BackupCheck.CHECKSUMS].result is PASSED
    restored = yard.lay_out(own, made, "from-the-second")
    try:
        restored.recover(recovery_target_xid=str(xid), recovery_target_inclusive="off")
        agrees(yard, restored, number)
    finally:
        restored.stop()


def test_retention_takes_what_was_named_and_never_the_last_that_stands_alone(yard: NativeYard) -> None:
    place = yard.place / "kept"
    assert yard.shell(f"mkdir -p {place}").fine
    own = yard.engine(path=str(place), name="kept")
    with yard.receiving(own):
        old = yard.backup(own, BackupKind.FULL)
        child = yard.backup(own, BackupKind.INCREMENTAL)
        with pytest.raises(EngineTrouble) as caught:
            own.expire("e", (old, child))
        assert caught.value.reason == "last-provable"
        received(yard, own)
        new = yard.backup(own, BackupKind.FULL)
        with pytest.raises(EngineTrouble) as caught:
            own.expire("e", (old,))
        assert caught.value.reason == "still-needed"
        received(yard, own)
        said = yard.run(own.expire(yard.job(), (old, child)))
        assert said.fine, said.stdout
        seen = yard.read(own)
        assert [one.id for one in seen.backups] == [new.id]
        assert new.start is not None
        assert seen.wal.ranges[0].first == new.start.position // seen.wal.segment_bytes
        assert {mark.result for mark in yard.marks(own, new).values()} == {PASSED}
