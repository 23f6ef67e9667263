"""What pgBackRest answers, as it was recorded from 2.45, read by pure readers; and what is no answer, refused."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.backup.face import read_progress
from console.backup.pgbackrest_seen import (
    read_history,
    repositories_of,
    seen_repository,
    split_id,
    zone_of,
)
from console.backup.pgbackrest_verdict import marks_of
from console.backup.pgbackrest_words import (
    knows,
    read_answers,
    read_free,
    read_info,
    read_listing,
    read_place,
    read_version,
)
from console.domain.backup import Backup, BackupCheck, BackupState, CheckResult, RepositorySeen
from console.domain.backup_policy import BackupKind, EngineName, RepositorySpec
from console.domain.wal import Lsn

NOW = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
FULL, DIFF, OTHER = "20261127-094322F", "20261127-094322F_20261127-094326D", "20261127-094332F"
SHA = "b1ba153a24d97be9cf2c25316f3fe7beae99b587"
SETTINGS = (
    "DEBUG:     command/command::cmdBegin: info command begin 2.45: --config=/etc/x.conf --exec-id=1-2 "
    '--repo2-cipher-pass=<redacted> --repo2-cipher-type=aes-256-cbc --repo1-path="/srv/re po" --repo2-path=/vault '
    "--repo2-s3-bucket=books --repo2-type=s3 --stanza=demo\n"
)


def told(label: str, kind: str, key: int, start: int, **more: Any) -> dict[str, Any]:
    return {
        "archive": {"start": "000000010000000000000003", "stop": "000000010000000000000003"},
        "backrest": {"format": 5, "version": "2.45"}, "database": {"id": 1, "repo-key": key}, "error": False,
        "info": {"delta": 29832898, "repository": {"delta": 5796482, "size": 5796482}, "size": 29832898},
        "label": label, "lsn": {"start": "0/3000028", "stop": "0/3000138"}, "prior": None, "reference": None,
        "timestamp": {"start": start, "stop": start + 3}, "type": kind, **more,
    }  # fmt: skip


def info(*backups: dict[str, Any], held: bool = False, first: dict[str, Any] | None = None) -> str:
    fine = {"code": 0, "message": "ok"}
    stanza = {
        "archive": [], "backup": list(backups), "cipher": "mixed",
        "db": [{"id": 1, "repo-key": key, "system-id": 7712784538478657052, "version": "15"} for key in (1, 2)],
        "name": "demo",
        "repo": [{"cipher": "none", "key": 1, "status": first or fine},
                 {"cipher": "aes-256-cbc", "key": 2, "status": fine}],
        "status": {"code": 0, "lock": {"backup": {"held": held}}, "message": "ok"},
    }  # fmt: skip
    return msgspec.json.encode([stanza]).decode()


def listing(*names: str, kind: str = "file") -> str:
    return msgspec.json.encode({name: {"type": kind, "size": 16485, "time": 1795772605} for name in names}).decode()


def answer(**parts: str | tuple[int, str]) -> bytes:
    said = b""
    for name, value in parts.items():
        status, text = value if isinstance(value, tuple) else (0, value)
        content = text.encode()
        said += f"part {name.replace('_', '-')} {status} {len(content)}\n".encode() + content + b"\n"
    return said


def seen(mirror: str = "2", **parts: str | tuple[int, str]) -> RepositorySeen:
    spec = RepositorySpec(name="r", node="vault", engine=EngineName.PGBACKREST, stanza="demo", mirror=mirror)
    standard = {"settings": SETTINGS, "machine": "abc\n", "zone": "+0200\n", "version": "pgBackRest 2.45\n"}
    return seen_repository(spec, read_answers(answer(**{**standard, **parts})), NOW)


def segments(*numbers: int, sha: str = SHA) -> str:
    return listing(*(f"15-1/0000000100000000/0000000100000000{number:08X}-{sha}.gz" for number in numbers))


def test_both_repositories_are_one_and_what_only_the_mirror_has_says_so() -> None:
    found = seen(
        info=info(told(FULL, "full", 1, 1795772602), told(DIFF, "diff", 1, 1795772606, prior=FULL, reference=[FULL]),
                  told(OTHER, "full", 2, 1795772603), told("20261126-094332F", "full", 2, 1795680000)),
        sets_1=listing(FULL, DIFF, kind="path"), sets_2=listing(OTHER, kind="path"),
        wal_1=segments(3, 4, 6), wal_2=segments(4, 5, 7),
    )  # fmt: skip
    assert [(one.id, one.mirrored, one.parent) for one in found.backups] == [
        ("20261126-094332F@2", None, None), (FULL, True, None), (DIFF, False, FULL),
    ]  # fmt: skip
    assert [(one.first, one.last) for one in found.wal.ranges] == [(3, 7)], "what one of them holds can be got"
    full = found.backups[1]
    assert (full.start, full.timeline, full.system_identifier) == (Lsn(0x3000028), 1, "7712784538478657052")
    assert full.begun_at == datetime.fromtimestamp(1795772602, UTC) and full.stored_bytes == 5796482
    assert found.medium is not None and found.medium.path == "/srv/re po" and found.mirror is not None
    assert found.mirror.path == "/vault" and found.mirror.free_bytes is None, "an object store tells no space"


def test_a_segment_with_two_contents_is_damaged() -> None:
    both = msgspec.json.decode(segments(3, 4)) | msgspec.json.decode(segments(4, sha=SHA[::-1]))
    found = seen(info=info(told(FULL, "full", 1, 1795772602)), wal_1=msgspec.json.encode(both).decode())
    assert found.wal.damaged == ("000000010000000000000004",)


@pytest.mark.parametrize("held", [True, False])
def test_what_was_begun_and_is_not_listed_is_running_or_broken(held: bool) -> None:
    found = seen(info=info(told(FULL, "full", 1, 1795772602), held=held), sets_1=listing(FULL, DIFF, kind="path"))
    begun = next(one for one in found.backups if one.id == DIFF)
    assert (begun.state, begun.kind) == (BackupState.RUNNING if held else BackupState.BROKEN, BackupKind.DIFFERENTIAL)
    assert begun.begun_at == datetime(2026, 11, 27, 7, 43, 26, tzinfo=UTC), "by its host's own zone"


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (
            "[FormatError] unable to load\nFormatError: key/value found outside of section at line 1: K\x01\x02",
            "locked-key",
        ),
        ("[CryptoError] unable to flush", "locked-key"),
        ("[HostConnectError] unable to connect to 'localhost:1': [111] Connection refused", "repository-silent"),
        ("[CryptoError] unable to verify certificate presented by 'localhost:1': [18] self signed", "not-trusted"),
        ("[FileOpenError] unable to open file: [13] Permission denied", "not-readable"),
    ],
)
def test_why_a_repository_tells_nothing(message: str, reason: str) -> None:
    found = seen(info=info(told(FULL, "full", 2, 1795772602), first={"code": 99, "message": message}))
    assert (found.trouble, [one.id for one in found.backups]) == (reason, [f"{FULL}@2"])


def test_no_stanza_and_no_key() -> None:
    assert seen(info="[]").trouble == "no-repository"
    missing = seen(info=(37, "ERROR: [037]: info command requires option: repo2-cipher-pass\n"))
    assert (missing.trouble, missing.backups) == ("locked-key", ())


@pytest.mark.parametrize("text", ["{", "[1]", '[{"name": 3}]', '[{"name":"demo","status":{"code":0},"backup":[{}]}]'])
def test_an_info_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="info"):
        read_info(text, "demo")


def test_answers_that_are_cut_are_refused() -> None:
    whole = answer(info="[]", version="pgBackRest 2.45")
    assert set(read_answers(whole).parts) == {"info", "version"}
    for cut in range(1, len(whole) - 1):
        try:
            assert set(read_answers(whole[:cut]).parts) <= {"info", "version"}
        except ValueError:
            continue
    with pytest.raises(ValueError, match="cut"):
        read_answers(b"part info 0 99\n[]")


@given(st.binary(max_size=300))
def test_whatever_a_host_says_is_read_or_refused(said: bytes) -> None:
    try:
        read_answers(said)
    except ValueError:
        return


def test_small_readers() -> None:
    assert read_version("pgBackRest 2.45\n") == ("2.45", (2, 45))
    assert read_version("pgBackRest 2.57.0\n") == ("2.57.0", (2, 57))
    with pytest.raises(ValueError, match="not a version"):
        read_version("bash: pgbackrest: not found")
    assert knows((2, 45), 15) and not knows((2, 45), 18) and knows((2, 59), 18) and not knows((2, 40), 15)
    assert read_free("Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/a 100 60 40 60% /\n") == (
        102400,
        40960,
    )
    assert read_free("df: no such file") == (None, None)
    assert read_place(SETTINGS, 2).type == "s3" and read_place("", 1).path == "/var/lib/pgbackrest"
    assert split_id(f"{DIFF}@2") == (DIFF, 2) and split_id(FULL) == (FULL, None)
    for wrong in ("../x", f"{FULL}@", "latest", f"{FULL}; rm"):
        with pytest.raises(ValueError, match="not a backup"):
            split_id(wrong)
    assert str(zone_of("-0330\n")) == "UTC-03:30" and zone_of("?") is UTC
    with pytest.raises(ValueError, match="repo-ls"):
        read_listing("[]")
    spec = RepositorySpec(name="r", node="n", mirror="two")
    with pytest.raises(ValueError, match="a number"):
        repositories_of(spec)


def test_a_history_tells_where_each_timeline_left_the_one_before() -> None:
    forks = read_history(3, "1\t0/5000000\tno recovery target specified\n\n2\t0/7000060\tbefore 2026\n# x\nnonsense\n")
    assert [(one.timeline, one.parent, str(one.position)) for one in forks] == [
        (2, 1, "0/5000000"),
        (3, 2, "0/7000060"),
    ]


def test_progress_is_the_last_line_that_makes_sense() -> None:
    said = "progress checkpoint - -\nprogress copying 5 10\nfact backup X\nprogress copying 7 x\nprogress Evil 1 2\npro"
    found = read_progress(said)
    assert (found.phase, found.done_bytes, found.all_bytes, found.facts) == ("copying", 5, 10, (("backup", "X"),))


GOOD = f"""\
record 1 ok backup/demo/backup.info
record 1 ok backup/demo/{FULL}/backup.manifest
set 1 {FULL} read 800 800 0 800 169
pages 1 {FULL} 0
record 1 ok archive/demo/archive.info
walrange 1 00000001 3 9
wal 1 read 7 0 7 16777216
unsealed 1 2
report 1 ended 0
report 1 status: ok
report 1   archiveId: 15-1, total WAL checked: 8, total valid WAL: 8
report 1     missing: 0, checksum invalid: 0, size invalid: 0, other: 0
report 1 ours   backup: {FULL}, status: valid, total files checked: 969, total valid files: 969
report 1     missing: 0, checksum invalid: 0, size invalid: 0, other: 0
fact verified yes
"""


def judged(output: str) -> dict[BackupCheck, tuple[CheckResult, str]]:
    backup = Backup(
        id=FULL, repository="r", engine=EngineName.PGBACKREST, kind=BackupKind.FULL, state=BackupState.COMPLETE,
        parent=None, begun_at=NOW, ended_at=NOW, system_identifier="1", server_version=150000, timeline=1,
        start=Lsn(0x3000028), stop=Lsn(0x3000138), size_bytes=1, stored_bytes=1,
    )  # fmt: skip
    marks = marks_of(backup, output, NOW, node="vault", repository=1, label=FULL, mirror=None)
    return {mark.check: (mark.result, mark.reason) for mark in marks}


def test_all_read_and_a_report_that_agrees_passes() -> None:
    assert {result for result, _ in judged(GOOD).values()} == {CheckResult.PASSED}


@pytest.mark.parametrize(
    ("old", "new", "checksums", "wal"),
    [
        ("fact verified yes\n", "", "not-checked broken-off", "not-checked broken-off"),
        ("800 800 0 800", "799 799 0 800", "not-checked not-all-read", "passed "),
        ("read 800 800 0 800 169", "manifest-damaged", "failed manifest-damaged", "passed "),
        ("ok backup/demo/backup.info", "damaged backup/demo/backup.info", "failed record-damaged", "passed "),
        ("ok backup/demo/backup.info", "unread backup/demo/backup.info", "not-checked not-readable", "passed "),
        ("report 1 status: ok\n", "", "not-checked report-unread", "not-checked report-unread"),
        ("report 1 status: ok", "report 1 status: error", "not-checked report-unread", "not-checked report-unread"),
        ("report 1 ended 0", "report 1 ended 137", "not-checked report-unread", "not-checked report-unread"),
        ("report 1 ended 0\n", "", "not-checked report-unread", "not-checked report-unread"),
        (f"ours   backup: {FULL}, status: valid", f"ours   backup: {FULL}, status: invalid",
         "failed engine-says-damaged", "passed "),
        ("total valid files: 969", "total valid files: 968", "failed engine-says-damaged", "passed "),
        ("read 7 0 7", "read 6 0 7", "passed ", "not-checked not-all-read"),
        ("00000001 3 9", "00000001 3 5\nwalrange 1 00000001 7 9", "passed ", "failed wal-missing"),
        ("walrange 1 00000001 3 9", "walrange 1 00000001 4 9", "passed ", "failed wal-missing"),
        ("walrange 1", "walbad 1 damaged 000000010000000000000004\nwalrange 1", "passed ", "failed wal-damaged"),
        ("ok archive/demo/archive.info", "missing archive/demo/archive.info", "passed ", "failed record-missing"),
        ("set 1 ", "bad 1 differs x\nset 1 ", "passed ", "passed "),
        ("800 800 0 800", "800 799 1 800", "failed file-differs", "passed "),
    ],
)  # fmt: skip
def test_what_one_line_changes(old: str, new: str, checksums: str, wal: str) -> None:
    assert old in GOOD
    found = judged(GOOD.replace(old, new))
    said = {check: f"{result.value} {reason}" for check, (result, reason) in found.items()}
    assert (said[BackupCheck.CHECKSUMS], said[BackupCheck.WAL_CONTINUITY]) == (checksums, wal)


@given(st.integers(min_value=0, max_value=len(GOOD) - 2))
def test_a_reading_that_was_cut_passes_nothing(at: int) -> None:
    assert CheckResult.PASSED not in {result for result, _ in judged(GOOD[:at]).values()}
