"""The shell texts of native orders, run by a real `sh` on directories: sums, locks, shelves, fetching, taking away."""

import gzip
import hashlib
import json
import os
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.backup.native_catalogue import catalogue_script, find_script, read_catalogue, unsealed
from console.backup.native_layout import expire_script, lay_out_script
from console.backup.native_scripts import (
    BACKUP,
    RATE_KB_MAX,
    BackupWords,
    Shelf,
    assigned,
    backup_script,
    cancel_script,
    opened,
    rate_words,
)
from console.backup.native_verify import read_verify, verify_script
from console.backup.native_wal import KEEPER, PLACES, TAKE_WAL, fetch_command
from console.domain.backup_policy import BackupKind
from console.domain.wal import Lsn

SEGMENT = 1024 * 1024
SYSTEM = 7318840215563302914
FULL, FIRST, SECOND = "20261127T094233F", "20261127T100501I", "20261127T110501I"


def sh(script: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["sh", "-c", script], capture_output=True, text=True, timeout=60, check=False)


def segment(number: int, *, timeline: int = 1, system: int = SYSTEM, fill: bytes = b"x") -> bytes:
    """A segment with the head that PostgreSQL 18 gives it."""
    head = struct.pack("<HHIQIIQII", 0xD118, 2, timeline, number * SEGMENT, 0, 0, system, SEGMENT, 8192)
    return head + fill * (SEGMENT - len(head))


def name_of(number: int, timeline: int = 1) -> str:
    return f"{timeline:08X}{number // 4096:08X}{number % 4096:08X}"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    root = tmp_path / "a 'odd' $(touch x) place"
    for part in ("backups", "wal", "staging/receiving"):
        (root / part).mkdir(parents=True)
    return Shelf(root=str(root), staging=str(root / "staging"), packed=True)


def root(shelf: Shelf) -> Path:
    return Path(shelf.root)


def receive(shelf: Shelf, *numbers: int, timeline: int = 1, partial: int | None = None) -> None:
    for number in numbers:
        (root(shelf) / "staging/receiving" / name_of(number, timeline)).write_bytes(segment(number, timeline=timeline))
    if partial is not None:
        path = root(shelf) / "staging/receiving" / f"{name_of(partial, timeline)}.partial"
        path.write_bytes(segment(partial, timeline=timeline))


def take(shelf: Shelf) -> "subprocess.CompletedProcess[str]":
    return sh(opened(shelf, "/nowhere") + TAKE_WAL + "take_wal\n")


def lay_backup(shelf: Shelf, backup: str, *, parent: str | None = None, start: str = "0/400028") -> Path:
    """A backup's files with words and sums as the script writes them; its archive is no archive."""
    place = root(shelf) / "backups" / backup
    (place / "data").mkdir(parents=True)
    (place / "data/base.tar.gz").write_bytes(backup.encode() * 100)
    (place / "data/backup_manifest").write_text("{}\n")
    body = json.dumps({
        "id": backup, "parent": parent, "form": "tar", "begun_at": 1, "ended_at": 2, "system_identifier": str(SYSTEM),
        "server_version": 180006, "timeline": 1, "start": start, "stop": start, "size_bytes": 1, "stored_bytes": 1,
        "source": "a", "source_machine": "", "head_number": 1,
    }, separators=(",", ":"))  # fmt: skip
    done = sh(opened(shelf) + assigned(P=str(place), BODY=body)
              + 'sealed backup "$BODY" >"$P/backup.json"; sums "$P" >"$P/SHA256SUMS"')  # fmt: skip
    assert done.returncode == 0, done.stderr
    return place


def every_script(shelf: Shelf) -> Iterator[str]:
    words = BackupWords(
        kind=BackupKind.INCREMENTAL, parent=FULL, conninfo="host='a b' x=$(reboot)", primary="", need_bytes=1,
        system_identifier="1", rate_bytes=5e6, bin_directory="/b in", major=18, words='"source":"a\'b"',
    )  # fmt: skip
    yield backup_script(shelf, words)
    yield cancel_script(shelf)
    yield catalogue_script(shelf)
    yield find_script("/o'dd", ())
    yield find_script("", ("/usr/lib/postgresql/*/bin",))
    yield opened(shelf, "/b") + assigned(C="x", N="y", EACH="z") + TAKE_WAL + KEEPER
    yield verify_script(shelf, chain=[FULL], start=Lsn(3), work="/w o", bin_directory="/b", major=18)
    yield lay_out_script(
        shelf, chain=[FULL], directory="/d 'x'", need_bytes=1, whole_bytes=1, bin_directory="/b", major=18
    )
    yield expire_script(shelf, gone=[FULL], keep="0" * 16)


def test_every_script_is_one_that_a_plain_shell_reads(shelf: Shelf) -> None:
    for script in every_script(shelf):
        done = subprocess.run(["sh", "-n"], input=script, capture_output=True, text=True, timeout=10, check=False)
        assert done.returncode == 0, done.stderr
        assert len(script.encode()) < 100_000, "one argument of a command can't be longer than 128 kB"


def test_a_rate_is_in_kilobytes_within_the_programs_limits() -> None:
    assert rate_words(None) == ""
    assert rate_words(1.0) == "32" and rate_words(10_000_000.0) == "9765" and rate_words(1e15) == str(RATE_KB_MAX)
    assert '--max-rate="${RATE}k"' in BACKUP


def test_words_that_the_shell_sealed_are_read_back_and_a_changed_letter_is_found(shelf: Shelf) -> None:
    text = (lay_backup(shelf, FULL) / "backup.json").read_text()
    words = unsealed(text)
    assert words is not None and words["id"] == FULL
    assert unsealed(text.replace(":180006", ":180007")) is None


def test_the_catalogue_reads_what_the_shell_wrote_and_changes_nothing(shelf: Shelf) -> None:
    lay_backup(shelf, FULL)
    lay_backup(shelf, FIRST, parent=FULL)
    (root(shelf) / "backups/.part-20261127T120000F").mkdir()
    receive(shelf, 4, 5, 6, partial=7)
    assert take(shelf).returncode == 0
    before = sorted(os.walk(shelf.root))
    said = sh(catalogue_script(shelf))
    seen = read_catalogue(said.stdout, repository="vault", mirrored=False)
    assert [one.id for one in seen.complete()] == [FULL, FIRST] and seen.trouble == "repository-json-missing"
    assert [(r.first, r.last) for r in seen.wal.ranges] == [(4, 6)] and seen.wal.segment_bytes == SEGMENT
    assert seen.wal.ranges[0].partial_end == Lsn(8 * SEGMENT)
    assert not seen.locked and seen.wal.receiving is False
    for name in ("A_b", "0x.history", "0" * 24 + ".5.backup", "F" * 24 + "$(touch y).gz"):
        (root(shelf) / "wal" / name).write_text("x")
    again = read_catalogue(sh(catalogue_script(shelf)).stdout, repository="vault", mirrored=False)
    assert again.wal.ranges == seen.wal.ranges
    for name in ("A_b", "0x.history", "0" * 24 + ".5.backup", "F" * 24 + "$(touch y).gz"):
        (root(shelf) / "wal" / name).unlink()
    assert sorted(os.walk(shelf.root)) == before
    (root(shelf) / "wal/0x.history").write_text("1\t0/1\tx\n")
    assert "seen end" in verified(shelf)


def test_a_lock_that_is_held_is_seen_and_a_dead_one_holds_nothing(shelf: Shelf) -> None:
    script = opened(shelf) + 'lock_alone; echo held; read -r end; exit 0'
    with subprocess.Popen(["sh", "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        refused = sh(opened(shelf) + "lock_alone; echo mine")
        assert refused.returncode == 3 and "fact reason busy" in refused.stdout and "mine" not in refused.stdout
        assert "lock held" in sh(catalogue_script(shelf)).stdout.split("\n")
        holder.kill()
    assert "mine" in sh(opened(shelf) + "lock_alone; echo mine").stdout


def test_half_ones_are_taken_away_and_whole_ones_stay(shelf: Shelf) -> None:
    lay_backup(shelf, FULL)
    (root(shelf) / "backups/.part-20261127T120000F/data").mkdir(parents=True)
    for _ in range(2):
        assert sh(cancel_script(shelf)).returncode == 0
    assert [one.name for one in (root(shelf) / "backups").iterdir()] == [FULL]


# -- WAL --------------------------------------------------------------------------------------------------------------


def test_whole_segments_are_shelved_with_their_sums_and_the_newest_stays(shelf: Shelf) -> None:
    receive(shelf, 4, 5, 6)
    assert take(shelf).returncode == 0
    on = sorted(path.name for path in (root(shelf) / "wal/00000001").iterdir())
    assert on == [f"{name_of(4)}.gz", f"{name_of(5)}.gz"]
    assert gzip.decompress((root(shelf) / "wal/00000001" / on[0]).read_bytes()) == segment(4)
    for line in (root(shelf) / "wal/SHA256SUMS").read_text().splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((root(shelf) / "wal" / name).read_bytes()).hexdigest() == digest
    assert [path.name for path in (root(shelf) / "staging/receiving").iterdir()] == [name_of(6)]
    receive(shelf, partial=7)
    assert take(shelf).returncode == 0
    assert [path.name for path in (root(shelf) / "staging/receiving").iterdir()] == [f"{name_of(7)}.partial"]


def test_received_again_is_dropped_and_another_content_is_loud_and_kept(shelf: Shelf) -> None:
    receive(shelf, 4, partial=5)
    assert take(shelf).returncode == 0
    receive(shelf, 4)
    assert take(shelf).returncode == 0 and not (root(shelf) / "staging/receiving" / name_of(4)).exists()
    (root(shelf) / "staging/receiving" / name_of(4)).write_bytes(segment(4, fill=b"y"))
    done = take(shelf)
    assert done.returncode == 1 and f"wal-conflict {name_of(4)}" in done.stdout
    assert gzip.decompress((root(shelf) / f"wal/00000001/{name_of(4)}.gz").read_bytes()) == segment(4)


@pytest.mark.parametrize(
    "wrong",
    [segment(9), segment(4, timeline=2), segment(4)[:-1], b"\0" * SEGMENT, segment(4, system=1), b"", b"x" * 40],
    ids=["another place", "a later timeline", "cut", "empty", "another system", "nothing", "junk"],
)  # fmt: skip
def test_what_is_not_what_its_name_says_is_not_shelved(shelf: Shelf, wrong: bytes) -> None:
    (root(shelf) / "repository.json").write_text(f'{{"repository":{{"system_identifier":"{SYSTEM}"}}}}\n')
    receive(shelf, partial=5)
    (root(shelf) / "staging/receiving" / name_of(4)).write_bytes(wrong)
    done = take(shelf)
    assert done.returncode == 1 and f" {name_of(4)}" in done.stdout
    assert not (root(shelf) / "wal/00000001").exists()


def test_the_last_piece_of_a_timeline_that_was_left_is_shelved(shelf: Shelf) -> None:
    receive(shelf, partial=5)
    receive(shelf, timeline=2, partial=5)
    (root(shelf) / "staging/receiving/00000002.history").write_text("1\t0/500100\twhy\n")
    assert take(shelf).returncode == 0
    assert (root(shelf) / f"wal/00000001/{name_of(5)}.partial").exists()
    assert (root(shelf) / "wal/00000002.history").exists()
    lay_backup(shelf, FULL)
    assert not read_verify("\n".join(verified(shelf))).wal_bad
    (root(shelf) / f"wal/00000001/{name_of(5)}.partial").unlink()
    assert read_verify("\n".join(verified(shelf))).wal_bad
    assert [p.name for p in (root(shelf) / "staging/receiving").iterdir()] == [f"{name_of(5, 2)}.partial"]


def fetch(command: str, name: str, target: Path) -> int:
    """As a server runs it: %f, %p and %% are replaced, the rest is the shell's."""
    line = command.replace("%%", "\0").replace("%f", name).replace("%p", str(target)).replace("\0", "%")
    return subprocess.run(["sh", "-c", line], timeout=20, check=False, stderr=subprocess.DEVNULL).returncode


def test_a_recovery_fetches_packed_plain_and_being_received_and_hears_of_what_is_missing(
    shelf: Shelf, tmp_path: Path
) -> None:
    receive(shelf, 4, 5, partial=6)
    assert take(shelf).returncode == 0
    command = fetch_command(roots=(shelf.root,), receiving=(f"{shelf.staging}/receiving",), archive="")
    target = tmp_path / "got"
    assert "\n" not in command
    for number in (4, 5, 6):
        assert fetch(command, name_of(number), target) == 0 and target.read_bytes() == segment(number)
    target.unlink()
    assert fetch(command, name_of(7), target) == 1 and not target.exists()
    assert fetch(command, "00000002.history", target) == 1
    (root(shelf) / f"wal/00000001/{name_of(4)}.gz").write_bytes(b"no archive")
    assert fetch(command, name_of(4), target) == 200, "there and not readable stops a recovery"


def test_wal_comes_from_the_mirror_where_the_first_is_gone_and_from_an_archive(shelf: Shelf, tmp_path: Path) -> None:
    mirror, target = tmp_path / "mirror", tmp_path / "got"
    (mirror / "backups").mkdir(parents=True)
    both = Shelf(root=shelf.root, staging=shelf.staging, mirror=str(mirror))
    receive(both, 4, partial=5)
    assert take(both).returncode == 0
    (root(shelf) / f"wal/00000001/{name_of(4)}.gz").unlink()
    command = fetch_command(roots=(shelf.root, str(mirror)), receiving=(), archive="")
    assert fetch(command, name_of(4), target) == 0 and target.read_bytes() == segment(4)
    (tmp_path / "arch").mkdir()
    (tmp_path / "arch" / name_of(8)).write_bytes(segment(8))
    command = fetch_command(roots=(shelf.root,), receiving=(), archive=str(tmp_path / "arch"))
    assert fetch(command, name_of(8), target) == 0 and fetch(command, name_of(4), target) == 1


def verified(shelf: Shelf, start: int = 4) -> list[str]:
    script = verify_script(
        shelf, chain=[FULL], start=Lsn(start * SEGMENT), work=f"{shelf.staging}/.v", bin_directory="/nowhere", major=18,
        segment_bytes=SEGMENT,
    )  # fmt: skip
    done = sh(script)
    assert done.returncode == 0, done.stderr
    assert not (Path(shelf.staging) / ".v").exists()
    return done.stdout.splitlines()


def test_a_manifest_that_no_program_has_read_is_not_called_read(shelf: Shelf) -> None:
    lay_backup(shelf, FULL)
    seen = read_verify("\n".join(verified(shelf)))
    assert seen.sums == {FULL: 3} and not seen.manifests and seen.unread and seen.ended


@pytest.mark.parametrize("file", ["backup.json", "SHA256SUMS", "data/base.tar.gz", "data/backup_manifest"])
@pytest.mark.parametrize("way", ["flip", "cut", "gone"])
def test_each_fault_in_a_backups_own_files_is_found(shelf: Shelf, file: str, way: str) -> None:
    path = lay_backup(shelf, FULL) / file
    content = path.read_bytes()
    if way == "gone":
        path.unlink()
    else:
        middle = len(content) // 2
        after = bytes([content[middle] ^ 4]) + content[middle + 1 :] if way == "flip" else b""
        path.write_bytes(content[:middle] + after)
    assert read_verify("\n".join(verified(shelf))).bad


@pytest.mark.parametrize("way", ["flip", "cut", "gone", "sums gone", "sums flip", "sums cut", "other name", "strange"])
def test_each_fault_in_the_wal_is_found(shelf: Shelf, way: str) -> None:
    lay_backup(shelf, FULL)
    receive(shelf, 3, 4, 5, 6, partial=7)
    assert take(shelf).returncode == 0
    clean = read_verify("\n".join(verified(shelf)))
    assert not clean.wal_bad and [(r.first, r.last) for r in clean.wal] == [(4, 6)] and clean.wal_count == (3, 3)
    path, sums = root(shelf) / f"wal/00000001/{name_of(5)}.gz", root(shelf) / "wal/SHA256SUMS"
    content, listed = path.read_bytes(), sums.read_bytes()
    match way:
        case "flip":
            path.write_bytes(content[:30] + bytes([content[30] ^ 1]) + content[31:])
        case "cut":
            path.write_bytes(content[:-4])
        case "gone":
            path.unlink()
        case "sums gone":
            sums.unlink()
        case "sums flip":
            place = listed.index(name_of(5).encode()) - 9
            sums.write_bytes(listed[:place] + bytes([listed[place] ^ 1]) + listed[place + 1 :])
        case "sums cut":
            sums.write_bytes(listed[: len(listed) * 2 // 3])
        case "other name":
            path.rename(path.with_name(f"{name_of(9)}.gz"))
        case _:
            path.write_bytes(gzip.compress(segment(5, fill=b"z")))
    assert read_verify("\n".join(verified(shelf))).wal_bad


def test_wal_before_the_start_is_not_read_and_not_missed(shelf: Shelf) -> None:
    lay_backup(shelf, FULL)
    receive(shelf, 3, 4, 5, partial=6)
    assert take(shelf).returncode == 0
    (root(shelf) / f"wal/00000001/{name_of(3)}.gz").write_bytes(b"")
    seen = read_verify("\n".join(verified(shelf)))
    assert not seen.wal_bad and seen.wal_count == (2, 2)


# -- taking away ------------------------------------------------------------------------------------------------------


def test_exactly_what_was_named_goes_and_the_wal_that_nothing_needs(shelf: Shelf) -> None:
    for backup, parent in ((FULL, None), (FIRST, FULL), (SECOND, None)):
        lay_backup(shelf, backup, parent=parent)
    receive(shelf, 3, 4, 5, 6, partial=7)
    assert take(shelf).returncode == 0
    done = sh(expire_script(shelf, gone=[FIRST, FULL], keep=name_of(5)[8:]))
    assert done.returncode == 0, done.stdout
    assert [one.name for one in (root(shelf) / "backups").iterdir()] == [SECOND]
    assert sorted(p.name for p in (root(shelf) / "wal/00000001").iterdir()) == [f"{name_of(n)}.gz" for n in (5, 6)]
    assert {line[66 + 9 : 66 + 33] for line in (root(shelf) / "wal/SHA256SUMS").read_text().splitlines()} == {
        name_of(5), name_of(6)}  # fmt: skip
    assert not read_verify("\n".join(verified(shelf, start=5))).wal_bad


def test_a_parent_that_another_needs_stays_with_all_else(shelf: Shelf) -> None:
    lay_backup(shelf, FULL)
    lay_backup(shelf, FIRST, parent=FULL)
    done = sh(expire_script(shelf, gone=[FULL], keep="0" * 16))
    assert done.returncode == 3 and "fact reason still-needed" in done.stdout
    assert len(list((root(shelf) / "backups").iterdir())) == 2


def test_an_append_only_medium_refuses_by_name(shelf: Shelf) -> None:
    lay_backup(shelf, FULL)
    tape = Shelf(root=shelf.root, staging=shelf.staging, append_only=True)
    done = sh(expire_script(tape, gone=[FULL], keep="0" * 16))
    assert done.returncode == 3 and "fact reason append-only" in done.stdout
    assert (root(shelf) / "backups" / FULL).exists()


def test_a_directory_that_holds_something_is_never_laid_out_over(shelf: Shelf, tmp_path: Path) -> None:
    lay_backup(shelf, FULL)
    there = tmp_path / "there"
    there.mkdir()
    (there / "PG_VERSION").write_text("18")
    script = lay_out_script(
        shelf, chain=[FULL], directory=str(there), need_bytes=1, whole_bytes=1, bin_directory="/nowhere", major=18
    )
    done = sh(script)
    assert done.returncode == 3 and "fact reason exists" in done.stdout
    assert (there / "PG_VERSION").read_text() == "18" and len(list(tmp_path.glob("there*"))) == 1


def test_a_damaged_backup_is_not_laid_out_and_leaves_nothing(shelf: Shelf, tmp_path: Path) -> None:
    (lay_backup(shelf, FULL) / "data/base.tar.gz").write_bytes(b"other")
    script = lay_out_script(
        shelf, chain=[FULL], directory=str(tmp_path / "new"), need_bytes=1, whole_bytes=1, bin_directory="/x", major=18
    )
    done = sh(script)
    assert done.returncode == 3 and "fact reason damage-found" in done.stdout
    assert not list(tmp_path.glob("new*"))


def test_no_space_is_found_before(shelf: Shelf, tmp_path: Path) -> None:
    lay_backup(shelf, FULL)
    script = lay_out_script(
        shelf, chain=[FULL], directory=str(tmp_path / "new"), need_bytes=1 << 60, whole_bytes=1, bin_directory="/x",
        major=18,
    )  # fmt: skip
    assert "fact reason no-space" in sh(script).stdout


def test_the_head_of_a_segment_is_read_as_it_is(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "one"
    path.write_bytes(segment(4097, timeline=3))
    script = opened(shelf) + PLACES + f'segment_fits {path} {name_of(4097, 3)} && echo "$segment_bytes $segment_system"'
    assert sh(script).stdout == f"{SEGMENT} {SYSTEM}\n"
