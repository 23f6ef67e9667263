"""Seeded single faults in a repository of pgBackRest: each is found, or the check does not claim to have read it."""

import gzip
import hashlib
import random
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from console.domain.backup import Backup, BackupCheck, CheckResult, Mark
from console.domain.backup_policy import BackupKind
from tests.backup.backrest_yard import BackrestYard, backrest_yard, now

SEED = 20_261_127
FAULTS = ("flip", "cut", "remove")
ONCE = "job-retry=0"  # pgBackRest reads a damaged file again after 15 s, which makes it no better
# How many of each sort of file; what lies in a repository in thousands must not hide what is there once.
SORTS = {"data": 21, "wal": 12, "manifest": 12, "list": 12, "empty": 3, "unsealed": 6}


@dataclass(frozen=True, slots=True)
class Kept:
    """A repository as it was before the faults, and how each file of it is called."""

    yard: BackrestYard
    full: Backup
    incremental: Backup
    files: dict[str, list[Path]]


@pytest.fixture(scope="module")
def kept() -> Iterator[Kept]:
    with backrest_yard(extra=ONCE) as yard:
        engine = yard.engine()
        yard.book(3)
        full = yard.backup(engine, BackupKind.FULL)
        yard.book(3)
        yard.switch()
        incremental = yard.backup(engine, BackupKind.INCREMENTAL)
        yard.book(3)
        yard.switch()
        files: dict[str, list[Path]] = {sort: [] for sort in SORTS}
        needed = {path.relative_to(yard.place / "first") for path in (yard.place / "first").rglob("*")
                  if path.is_file() and not path.is_symlink() and "latest" not in path.parts}  # fmt: skip
        for path in sorted(needed):
            if (sort := sort_of(yard.place / "first" / path, full)) is not None:
                files[sort].append(yard.place / "first" / path)
        for backup in (full, incremental):
            assert {mark.result for mark in yard.marks(engine, backup).values()} == {CheckResult.PASSED}
        yield Kept(yard, full, incremental, files)


def sort_of(path: Path, full: Backup) -> str | None:
    if "backup.history" in path.parts or path.name.endswith(".backup"):
        return "unsealed"
    if path.name.startswith("backup.manifest"):
        return "manifest"
    if path.name.startswith(("backup.info", "archive.info")):
        return "list"
    if "pg_data" in path.parts:
        return "data" if gzip.decompress(path.read_bytes()) else "empty"
    if "archive" in path.parts and path.suffix == ".gz":
        # What came before the backup is no part of what its check claims.
        assert full.start is not None
        return "wal" if int(path.name[16:24], 16) >= full.start.position >> 24 else None
    raise AssertionError(f"a file of no known sort: {path}")


@contextmanager
def broken(path: Path, fault: str, chance: random.Random) -> Iterator[None]:
    """One fault, taken back afterwards with the file's owner and rights."""
    content, state = path.read_bytes(), path.stat()
    if fault == "flip":
        at = chance.randrange(len(content))
        path.write_bytes(content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :])
    elif fault == "cut":
        path.write_bytes(content[: chance.randrange(len(content))])
    else:
        path.rename(path.with_name(path.name + "-away"))
    try:
        yield
    finally:
        if fault == "remove":
            path.with_name(path.name + "-away").rename(path)
        else:
            path.write_bytes(content)
            assert path.stat().st_uid == state.st_uid


def harmless(path: Path) -> bool:
    """A segment whose content is still what its name says: a flip of what gzip notes beside it."""
    try:
        return hashlib.sha1(gzip.decompress(path.read_bytes())).hexdigest() == path.name[25:65]
    except (OSError, EOFError, ValueError, zlib.error):
        return False


def cases() -> list[tuple[str, str, int]]:
    return [(sort, FAULTS[number % 3], number) for sort, many in SORTS.items() for number in range(many)]


@pytest.mark.live
@pytest.mark.parametrize(("sort", "fault", "number"), cases(), ids=lambda value: str(value))
def test_a_single_fault_is_found_or_not_claimed(kept: Kept, sort: str, fault: str, number: int) -> None:
    chance = random.Random(f"{SEED} {sort} {fault} {number}")
    path = chance.choice(kept.files[sort])
    backup = kept.incremental if kept.incremental.id in path.parts else kept.full
    engine = kept.yard.engine()
    where = f"{path.relative_to(kept.yard.place)} {fault}"
    order = engine.verify(kept.yard.job(), backup)
    with broken(path, fault, chance):
        same = sort == "wal" and path.exists() and harmless(path)
        said = kept.yard.run(order)
    told = engine.marks(backup, order, said.status, said.stdout.decode("utf-8", "replace"), now())
    marks = {mark.check: mark for mark in told}
    data, wal = marks[BackupCheck.CHECKSUMS], marks[BackupCheck.WAL_CONTINUITY]
    judge(sort, path, data, wal, same, where)


def judge(sort: str, path: Path, data: Mark, wal: Mark, same: bool, where: str) -> None:
    match sort:
        case "data" | "manifest":
            assert data.result is CheckResult.FAILED, (where, data)
            assert wal.result is not CheckResult.FAILED, (where, wal)
        case "list" if path.name.startswith("backup.info"):
            assert data.result is CheckResult.FAILED, (where, data)
        case "wal" | "list":
            assert wal.result is (CheckResult.PASSED if same else CheckResult.FAILED), (where, wal)
            assert data.result is not CheckResult.FAILED, (where, data)
        case "empty":
            # Nothing is in it, and a restore does not read it: it is not among the files that were counted.
            assert data.files_all is not None and data.files_read == data.files_all
        case _:
            # Nothing needs it and it carries no checksum: said to be not checked, or found by the engine's report.
            assert wal.result is not CheckResult.PASSED or "not checked" in wal.detail, (where, wal)


def test_the_table_is_long_enough() -> None:
    assert len(cases()) >= 60
