"""Barman's words and files read: recorded answers, and what becomes of them when they are cut, twisted or hostile."""

import subprocess
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.backup.barman_places import Installed, found_of, look_script, read_look
from console.backup.barman_reading import Catalogue, read_catalogue, read_words
from console.backup.barman_verdict import marks_of
from console.backup.barman_wal import needed_runs, read_wal, restore_command
from console.backup.barman_words import read_check, read_info, read_list
from console.backup.face import EngineTrouble, read_progress
from console.domain.backup import BackupCheck, BackupState, CheckResult, TimelineFork, WalHeld
from console.domain.backup_policy import BackupKind, EngineName, RepositorySpec
from console.domain.cluster import ClusterSpec, Environment
from console.domain.wal import Lsn
from tests.backup import barman_said as said

SPEC = RepositorySpec(name="b", node="vault", engine=EngineName.BARMAN, stanza="lab")
FULL, CHILD, KILLED = "20261127T095821", "20261127T095826", "20261127T105111"
NOW = datetime(2026, 11, 28, tzinfo=UTC)
ZERO = timedelta(0)
CLUSTER = ClusterSpec(name="c", environment=Environment.LAB, nodes=())


def installed(text: str = said.LOOKED, spec: RepositorySpec = SPEC) -> Installed:
    return read_look(spec, text.encode())


def catalogue(answer: bytes | None = None) -> Catalogue:
    return read_catalogue(SPEC, installed(), said.shelf() if answer is None else answer)


def states(found: Catalogue) -> dict[str, BackupState]:
    return {one.id: one.state for one in found.backups}


# -- what lies there ----------------------------------------------------------------------------------------------


def test_the_newest_of_two_versions_is_taken_and_places_come_from_the_configuration() -> None:
    found = installed()
    assert (found.barman.path, found.barman.version) == ("/usr/bin/barman", "3.19.1")
    assert [one.version for one in found.others] == ["3.4.0"]
    server = found.server
    assert server.base == "/srv/barman/lab/base"
    assert server.wals == "/srv/barman/lab/wals"
    assert server.lock == "/srv/barman/.lab-backup.lock"
    assert found.bin_directory(15) == "/usr/lib/postgresql/15/bin"
    assert found.bin_directory(17) == "", "another version's programs are no substitute"


@pytest.mark.parametrize(
    ("change", "major", "expected"),
    [
        (("3.19.1", "3.10.0"), 18, ("incremental", "needs-barman-3.11")),
        (("backup_method = postgres", "backup_method = rsync"), 18, ("incremental", "needs-postgres-method")),
        (("streaming_archiver", "backup_compression = gzip\nconfig streaming_archiver"), 18,
         ("incremental", "not-compressed")),
        (("x", "x"), 16, ("incremental", "needs-17")),
        (("postgres 18", "postgres 17"), 18, ("incremental", "too-old")),
        (("rsync /usr/bin/rsync\n", ""), 18, ("restore", "no-rsync")),
    ],
)  # fmt: skip
def test_what_it_cannot_is_said_with_the_reason(change: tuple[str, str], major: int, expected: tuple[str, str]) -> None:
    assert expected not in found_of(installed(), 18).cannot
    found = found_of(installed(said.LOOKED.replace(*change)), major)
    assert expected in found.cannot
    assert BackupKind.FULL in found.kinds
    if expected[0] == "incremental":
        assert found.kinds == (BackupKind.FULL,)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("rsync /usr/bin/rsync\n", "no-program"),
        ("program 3.19.1 Barman /usr/bin/barman\n", "no-repository"),
        (said.LOOKED.replace("[lab]", "[other]"), "no-repository"),
        (said.LOOKED.replace("/srv/barman", "srv"), "nonsense"),
        (said.LOOKED.replace("/srv/barman", "%(barman_home)s/x"), "nonsense"),
    ],
)
def test_what_is_missing_there_is_named(text: str, reason: str) -> None:
    with pytest.raises(EngineTrouble) as refused:
        installed(text)
    assert refused.value.reason == reason


def test_an_encrypted_and_a_cloud_server_are_known() -> None:
    more = "config encryption = gpg\nconfig basebackups_directory = s3://bucket/place\n"
    found = installed(said.LOOKED.replace("rsync /usr", f"{more}rsync /usr"))
    assert found.server.encrypted and found.server.objects
    assert ("verify", "object-store") in found_of(found, 18).cannot
    assert found_of(found, 18).encrypted


def test_the_look_never_brings_a_connection_string(tmp_path: Path) -> None:
    """Run for real, on a configuration that holds a password: it stays where it is."""
    program = tmp_path / "barman"
    program.write_text("#!/bin/sh\necho '3.19.1 Barman by EnterpriseDB (www.enterprisedb.com)'\n")
    program.chmod(0o755)
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "lab.conf").write_text(
        "[lab]\nconninfo = host=h password=hush user=u\nwals_directory=/w\nbackup_method = postgres\n"
    )
    config = tmp_path / "barman.conf"
    config.write_text(f"[barman]\nbarman_home = {tmp_path}\nconfiguration_files_directory = {tmp_path}/more\n")
    spec = RepositorySpec(
        name="b", node="v", engine=EngineName.BARMAN, stanza="lab", config_file=str(config), program=str(program)
    )
    done = subprocess.run(["sh", "-c", look_script(spec)], capture_output=True, timeout=60, check=True)
    assert b"hush" not in done.stdout + done.stderr
    found = read_look(spec, done.stdout)
    assert (found.server.wals, found.server.base) == ("/w", f"{tmp_path}/lab/base")


# -- backups ------------------------------------------------------------------------------------------------------


def test_a_server_is_read_whole_by_its_files() -> None:
    found = catalogue()
    full, child, killed = found.backups
    assert (full.id, full.kind, full.parent, full.state) == (FULL, BackupKind.FULL, None, BackupState.COMPLETE)
    assert (child.id, child.kind, child.parent) == (CHILD, BackupKind.INCREMENTAL, FULL)
    assert (full.start, full.stop, full.timeline) == (Lsn.parse("0/F000028"), Lsn.parse("0/10000000"), 1)
    assert full.begun_at == datetime(2026, 11, 27, 9, 58, 21, 574083, tzinfo=UTC)
    assert (full.size_bytes, full.stored_bytes) == (23347473, 23184609)
    assert killed.state is BackupState.BROKEN
    assert [one.id for one in found.chain(CHILD)] == [FULL, CHILD]
    (held,) = found.wal.ranges
    assert (held.first, held.last, held.partial_end) == (0xF, 0x11, Lsn.parse("0/1277F638"))
    assert found.medium.free_bytes == 78144988 * 1024
    assert not found.trouble


def test_a_started_one_runs_only_while_somebody_holds_the_lock() -> None:
    assert states(catalogue())[KILLED] is BackupState.BROKEN
    assert states(catalogue(said.shelf(more="held\n")))[KILLED] is BackupState.RUNNING
    older = said.KILLED.replace("status=STARTED", "status=FAILED").replace("error", "x")
    assert states(catalogue(said.shelf(killed=older, more="held\n")))[KILLED] is BackupState.BROKEN


def test_one_that_waits_for_its_wal_counts_when_we_see_it_held() -> None:
    waiting = said.INCREMENTAL.replace("status=DONE", "status=WAITING_FOR_WALS")
    assert states(catalogue(said.shelf(incremental=waiting)))[CHILD] is BackupState.COMPLETE
    further = waiting.replace("end_xlog=0/12000000", "end_xlog=0/13000000")
    assert states(catalogue(said.shelf(incremental=further)))[CHILD] is BackupState.RUNNING


@pytest.mark.parametrize(
    "change",
    [
        ("timeline=1", "timeline=one"),
        ("end_xlog=0/10000000", "end_xlog=nowhere"),
        ("systemid=77", "systemid=-77"),
        ("parent_backup_id=None", "parent_backup_id=/etc/passwd"),
        ("begin_time=2026", "begin_time=soon"),
        ("error=None", "error=bad\nstatus=FAILED"),
        ("xlog_segment_size=16777216", "xlog_segment_size=7"),
    ],
)
def test_nonsense_in_one_backup_breaks_that_one_alone(change: tuple[str, str]) -> None:
    text = said.FULL.replace(*change)
    assert text != said.FULL
    with pytest.raises(ValueError):
        read_info(FULL, text, there=True, zone=ZERO)
    found = states(catalogue(said.shelf(full=text)))
    assert found[FULL] is BackupState.BROKEN
    assert found[CHILD] is BackupState.COMPLETE


def test_a_backup_without_its_directory_is_broken_and_a_directory_without_its_words_is_noted() -> None:
    gone = said.shelf().replace(f"info {FULL} there".encode(), f"info {FULL} gone".encode())
    assert states(catalogue(gone))[FULL] is BackupState.BROKEN
    assert ("stray-directory", "20260101T000000") in catalogue(said.shelf(more="kept 20260101T000000\n")).notes


def test_backups_of_another_system_are_told() -> None:
    other = said.INCREMENTAL.replace("systemid=7712785289602774762", "systemid=42")
    assert catalogue(said.shelf(incremental=other)).trouble == "other-system"


def test_times_without_a_zone_are_the_hosts() -> None:
    text = said.FULL.replace("begin_time=2026-11-27 09:58:21.574083+00:00", "begin_time=2026-11-27 09:58:21")
    found = read_info(FULL, text, there=True, zone=timedelta(hours=2))
    assert found.begun_at == datetime(2026, 11, 27, 7, 58, 21, tzinfo=UTC)


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(ValueError):
        read_info(FULL, text, there=True, zone=ZERO)
    assert isinstance(read_progress(text).phase, str)
    assert marks_of(catalogue().backups[0], (FULL,), "v", text, NOW)[0].result is not CheckResult.PASSED


# -- Barman's own words -------------------------------------------------------------------------------------------


def test_its_list_and_its_check_become_notes() -> None:
    notes, receiving = read_words(f"list {said.LISTED}\ncheck {said.CHECKED}\n".encode(), "lab")
    assert ("retention-20261127T095821", "OBSOLETE") in notes
    assert ("wal-archive", "please make sure WAL shipping is setup") in notes
    assert receiving is False
    assert not [name for name, _ in notes if name in ("list", "check", "wal-level")]


def test_what_it_did_not_say_is_noted_as_such() -> None:
    notes, receiving = read_words(b"list \ncheck \n", "lab")
    assert notes == (("list", "no-answer"), ("check", "no-answer"))
    assert receiving is None
    for text in ("[]", '{"other": []}', '{"lab": 3}', "{", '{"lab": [{"backup_id": "x"}]}', "[" * 100_000):
        with pytest.raises(ValueError):
            read_list(text, "lab")
    with pytest.raises(ValueError):
        read_check('{"lab": {"ssh": {"status": "PERHAPS"}}}', "lab")


# -- WAL ----------------------------------------------------------------------------------------------------------


def test_holes_and_histories_are_seen_and_what_is_no_segment_is_passed_by() -> None:
    lines = [
        "wal 000000010000000000000001 100 10.5", "wal 000000010000000000000003 100 11", "wal xlog.db 5 1",
        "wal 0000000200000000000000FF 100 12", "wal 000000020000000100000000 100 12",
        "wal 000000020000000000000004 0 12", "wal 00000001000000000000000A.00000028.backup 300 1",
        "history 00000003.history 1\t0/3000000\tno recovery target specified",
        "history 00000003.history 2\t0/4000000\tno recovery target specified",
    ]  # fmt: skip
    found = read_wal(lines, 16 << 20)
    assert [(one.timeline, one.first, one.last) for one in found.ranges] == [(1, 1, 1), (1, 3, 3), (2, 255, 256)]
    assert found.damaged == ("000000020000000000000004",)
    assert found.forks == (
        TimelineFork(timeline=2, parent=1, position=Lsn.parse("0/3000000")),
        TimelineFork(timeline=3, parent=2, position=Lsn.parse("0/4000000")),
    )


def test_wal_is_needed_along_the_line_of_timelines() -> None:
    held = WalHeld(forks=(TimelineFork(timeline=2, parent=1, position=Lsn.parse("0/5000100")),))
    assert needed_runs(1, Lsn.parse("0/3000028"), held) == (
        ("000000010000000000000003", "000000010000000000000004"), ("000000020000000000000005", ""),
    )  # fmt: skip
    assert needed_runs(1, Lsn.parse("0/3000028"), WalHeld()) == (("000000010000000000000003", ""),)
    assert needed_runs(2, Lsn.parse("0/6000028"), held) == (("000000020000000000000006", ""),)


def fetched(place: Path, name: str) -> tuple[int, bytes | None]:
    """Have WAL fetched as a recovering server does: %f and %p filled in, %% made one."""
    text = said.LOOKED.replace("/srv/barman", str(place)).replace("/usr/bin/barman", f"{place}/no-such-barman")
    command = restore_command(installed(text), "")
    assert command.count("%f") == 1
    made = command.replace("%f", name).replace("%p", "pg_wal/RECOVERYXLOG").replace("%%", "%")
    (place / "pg_wal").mkdir(exist_ok=True)
    (place / "pg_wal" / "RECOVERYXLOG").unlink(missing_ok=True)
    done = subprocess.run(["sh", "-c", made], cwd=place, timeout=60, check=False, capture_output=True)
    target = place / "pg_wal" / "RECOVERYXLOG"
    return done.returncode, target.read_bytes() if target.exists() else None


def test_a_server_fetches_wal_however_it_is_stored_and_never_takes_damage_for_the_end(tmp_path: Path) -> None:
    segment = b"\x18\xd1\x07\x00" + bytes(range(256)) * 100
    place = tmp_path / "lab" / "wals" / "0000000100000000"
    place.mkdir(parents=True)
    (tmp_path / "lab" / "streaming").mkdir()
    for number, program in enumerate(("cat", "gzip", "bzip2", "xz"), start=1):
        done = subprocess.run([program], input=segment, capture_output=True, timeout=60, check=True)
        (place / f"00000001000000000000000{number}").write_bytes(done.stdout)
        assert fetched(tmp_path, f"00000001000000000000000{number}") == (0, segment), program
    (tmp_path / "lab" / "streaming" / "000000010000000000000009.partial").write_bytes(segment)
    assert fetched(tmp_path, "000000010000000000000009") == (0, segment)
    (tmp_path / "lab" / "wals" / "00000002.history").write_bytes(b"1\t0/3000000\tno recovery target\n")
    assert fetched(tmp_path, "00000002.history")[1] == b"1\t0/3000000\tno recovery target\n"
    assert fetched(tmp_path, "00000003.history") == (1, None), "not there: the end"
    packed = place / "000000010000000000000002"
    packed.write_bytes(packed.read_bytes()[:-20])
    code, content = fetched(tmp_path, packed.name)
    assert content is None
    assert code > 125, "PostgreSQL stops with an error, where 1 would mean the end of WAL"
    (place / "000000010000000000000005").write_bytes(b"neither WAL nor packed")
    assert fetched(tmp_path, "000000010000000000000005")[0] > 125


# -- verdicts -----------------------------------------------------------------------------------------------------


def verdicts(output: str, chain: tuple[str, ...] = (FULL, CHILD)) -> dict[BackupCheck, tuple[CheckResult, str]]:
    child = catalogue().backups[1]
    return {one.check: (one.result, one.reason) for one in marks_of(child, chain, "v", output, NOW)}


def test_a_whole_report_passes_with_its_count() -> None:
    child = catalogue().backups[1]
    checksums, wal = marks_of(child, (FULL, CHILD), "v", said.VERIFIED, NOW)
    assert (checksums.result, checksums.files_read, checksums.files_all) == (CheckResult.PASSED, 1940, 1940)
    assert (wal.result, wal.files_read) == (CheckResult.PASSED, 3)


@pytest.mark.parametrize(
    ("change", "check", "expected"),
    [
        (("said backup successfully verified\n", ""), BackupCheck.CHECKSUMS,
         (CheckResult.NOT_CHECKED, "report-unread")),
        (("auto fine", 'auto pg_verifybackup: error: checksum mismatch for file "PG_VERSION"'), BackupCheck.CHECKSUMS,
         (CheckResult.FAILED, "file-differs")),
        (("auto fine\n", ""), BackupCheck.CHECKSUMS, (CheckResult.NOT_CHECKED, "report-unread")),
        (("manifest 971 971", "manifest 971 12"), BackupCheck.CHECKSUMS, (CheckResult.NOT_CHECKED, "no-checksums")),
        (("said Calling pg_verifybackup", 'said ERROR: pg_verifybackup: error: "base/1/1259" is present in the '
          "manifest but not on disk"), BackupCheck.CHECKSUMS, (CheckResult.FAILED, "file-missing")),
        (("said Calling pg_verifybackup", "said ERROR: pg_verifybackup: error: manifest checksum mismatch"),
         BackupCheck.CHECKSUMS, (CheckResult.FAILED, "manifest-damaged")),
        (("verified 20261127T095826\n", ""), BackupCheck.CHECKSUMS, (CheckResult.NOT_CHECKED, "report-unread")),
        (("wal-read 3\n", ""), BackupCheck.WAL_CONTINUITY, (CheckResult.NOT_CHECKED, "report-unread")),
        (("wal-end 1 0/14000090", "wal-end 1 0/11F00000"), BackupCheck.WAL_CONTINUITY,
         (CheckResult.FAILED, "wal-missing")),
        (("wal-read 3", "wal-bad 000000010000000000000010 missing\nwal-read 2"), BackupCheck.WAL_CONTINUITY,
         (CheckResult.FAILED, "wal-missing")),
        (("wal-read 3", "wal-bad 000000010000000000000010 record\nwal-read 3"), BackupCheck.WAL_CONTINUITY,
         (CheckResult.FAILED, "wal-damaged")),
        (("wal-read 3", "wal-read many"), BackupCheck.WAL_CONTINUITY, (CheckResult.NOT_CHECKED, "report-unread")),
    ],
)  # fmt: skip
def test_only_a_report_that_says_so_passes(
    change: tuple[str, str], check: BackupCheck, expected: tuple[CheckResult, str]
) -> None:
    output = said.VERIFIED.replace(*change)
    assert output != said.VERIFIED
    assert verdicts(output)[check] == expected


def test_a_program_that_is_missing_is_not_a_damaged_backup() -> None:
    output = said.VERIFIED.replace("said backup successfully verified", "said ERROR: pg_verifybackup not found")
    assert verdicts(output)[BackupCheck.CHECKSUMS] == (CheckResult.NOT_CHECKED, "no-program")


def test_a_chain_of_which_one_was_not_read_is_not_checked() -> None:
    assert verdicts(said.VERIFIED, ("20261127T000000", CHILD))[BackupCheck.CHECKSUMS][0] is CheckResult.NOT_CHECKED
