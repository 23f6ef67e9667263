"""What a native repository says is read strictly: sealed words, ranges of WAL, what is half; hostile answers too."""

import hashlib
import json
import random
from datetime import UTC, datetime

import pytest

from console.backup.face import read_progress
from console.backup.media import read_medium
from console.backup.native_catalogue import read_catalogue, read_programs, unsealed
from console.backup.native_verify import verify_marks
from console.backup.native_wal import follow, segment_number
from console.domain.backup import Backup, BackupCheck, BackupState, CheckResult, TimelineFork, WalRange
from console.domain.backup_policy import BackupKind, MediumKind
from console.domain.wal import Lsn
from tests.hostile import hostile_value

SEGMENT = 16 * 1024 * 1024
NOW = datetime(2026, 11, 27, 10, tzinfo=UTC)
FULL, FIRST = "20261127T094233F", "20261127T100501I"


def sealed(name: str, **words: object) -> str:
    body = json.dumps(words, separators=(",", ":"))
    return f'{{"sha256":"{hashlib.sha256(body.encode()).hexdigest()}","{name}":{body}}}'


def words(backup: str = FULL, **changes: object) -> dict[str, object]:
    return {
        "id": backup, "parent": None, "form": "tar", "begun_at": 1795772553, "ended_at": 1795772560,
        "system_identifier": "7318840215563302914", "server_version": 180006, "timeline": 1, "start": "0/4000028",
        "stop": "0/4000158", "size_bytes": 40_000_000, "stored_bytes": 4_000_000, "source": "lab-2",
        "source_machine": "0" * 32, "head_number": 812, **changes,
    }  # fmt: skip


SAID = "\n".join([
    "clock 1795772600", "root main", "repository main " + sealed("repository", system_identifier="7318840215563302914"),
    "receiving yes",
    f"backup main {FULL} whole " + sealed("backup", **words()),
    f"backup main {FIRST} whole " + sealed("backup", **words(FIRST, parent=FULL)),
    "half main .part-20261127T110000D", "half main 20261127T103000I",
    f"wal shelf {SEGMENT} 1795772500.25 000000010000000000000004",
    "wal shelf 123456 1795772510.5 000000010000000000000005.gz",
    f"wal shelf {SEGMENT} 1795772520.5 000000010000000000000007",
    f"wal receiving {SEGMENT} 1795772530.5 000000010000000000000008.partial",
    "history 00000002.history 1\t0/5000100\tno recovery target specified",
    "segment 16777216 7318840215563302914", "filled 000000010000000000000008.partial 4096",
    "medium main machine 0123456789abcdef0123456789abcdef", "medium main space 1000 400",
    "medium main flags -----a--------e-------",
])  # fmt: skip


def test_backups_wal_and_half_ones_are_read() -> None:
    seen = read_catalogue(SAID, repository="vault", mirrored=False)
    assert seen.root == "main" and seen.system_identifier == "7318840215563302914" and seen.trouble == ""
    states = {one.id: (one.state, one.kind, one.parent) for one in seen.backups}
    assert states[FULL] == (BackupState.COMPLETE, BackupKind.FULL, None)
    assert states[FIRST] == (BackupState.COMPLETE, BackupKind.INCREMENTAL, FULL)
    assert states[".part-20261127T110000D"][0] is BackupState.BROKEN
    assert states["20261127T103000I"][:2] == (BackupState.BROKEN, BackupKind.INCREMENTAL)
    assert [one.id for one in seen.complete()] == [FULL, FIRST]
    assert [(r.timeline, r.first, r.last) for r in seen.wal.ranges] == [(1, 4, 5), (1, 7, 7)]
    assert seen.wal.ranges[1].partial_end == Lsn(8 * SEGMENT + 4096)
    assert seen.wal.forks == (TimelineFork(timeline=2, parent=1, position=Lsn.parse("0/5000100")),)
    assert seen.wal.receiving is True and seen.wal.newest_at is not None


def test_one_that_is_being_made_is_running_only_while_the_lock_is_held() -> None:
    seen = read_catalogue(SAID + "\nlock held", repository="vault", mirrored=False)
    states = {one.id: one.state for one in seen.backups}
    assert seen.locked and states[".part-20261127T110000D"] is BackupState.RUNNING
    assert states["20261127T103000I"] is BackupState.BROKEN, "no part has a name of its own while it is made"


@pytest.mark.parametrize("place", range(70, 700, 30))
def test_a_changed_letter_of_its_own_words_breaks_a_backup(place: int) -> None:
    line = f"backup main {FULL} whole " + sealed("backup", **words())
    place = min(place, len(line) - 3)
    changed = line[:place] + chr(ord(line[place]) ^ 1) + line[place + 1 :]
    seen = read_catalogue(SAID.replace(line, changed), repository="vault", mirrored=False)
    assert FULL not in {one.id for one in seen.complete()}


@pytest.mark.parametrize(
    "changes", [{"id": FIRST}, {"start": "x"}, {"timeline": -1}, {"parent": "../../etc"}, {"form": "zip"},
                {"begun_at": 10**30}, {"server_version": "18"}, {"source": "a\nb"}, {"stored_bytes": True}],
)  # fmt: skip
def test_words_that_make_no_sense_break_a_backup_though_they_are_sealed(changes: dict[str, object]) -> None:
    line = f"backup main {FULL} whole " + sealed("backup", **words())
    other = f"backup main {FULL} whole " + sealed("backup", **words(FULL, **changes))
    seen = read_catalogue(SAID.replace(line, other), repository="vault", mirrored=False)
    assert FULL not in {one.id for one in seen.complete()}


def test_a_backup_without_its_manifest_is_broken_and_says_why() -> None:
    seen = read_catalogue(SAID.replace(f"{FULL} whole", f"{FULL} manifest"), repository="vault", mirrored=False)
    found = next(one for one in seen.backups if one.id == FULL)
    assert found.state is BackupState.BROKEN and found.trouble == "manifest-missing"


def test_the_mirror_is_read_where_the_repository_is_gone() -> None:
    said = SAID.replace("root main", "root none\nroot mirror").replace("backup main", "backup mirror")
    seen = read_catalogue(said.replace("repository main", "repository mirror"), repository="vault", mirrored=True)
    assert seen.root == "mirror" and [one.id for one in seen.complete()] == [FULL, FIRST]


def test_a_mirror_that_lacks_one_is_told() -> None:
    line = f"backup main {FULL} whole " + sealed("backup", **words())
    said = SAID + "\nroot mirror\n" + line.replace("main", "mirror")
    found = {one.id: one.mirrored for one in read_catalogue(said, repository="vault", mirrored=True).complete()}
    assert found == {FULL: True, FIRST: False}


def test_hostile_answers_end_in_values_or_one_error() -> None:
    chance = random.Random(4)
    for _ in range(400):
        lines = SAID.split("\n")
        for _ in range(chance.randrange(1, 5)):
            place = chance.randrange(len(lines))
            way = chance.random()
            value = str(hostile_value(chance))
            if way < 0.4:
                cut = chance.randrange(len(lines[place]) + 1)
                lines[place] = lines[place][:cut] + value
            elif way < 0.7:
                parts = lines[place].split(" ")
                parts[chance.randrange(len(parts))] = value
                lines[place] = " ".join(parts)
            else:
                lines[place] = value
        try:
            seen = read_catalogue("\n".join(lines), repository="vault", mirrored=chance.random() < 0.5)
        except ValueError:
            continue
        for one in seen.complete():
            assert one.start is not None and one.stored_bytes is not None


def test_sealed_words_of_another_shape_are_nothing() -> None:
    assert unsealed(sealed("backup", a=1)) == {"a": 1}
    for text in ("", "{}", "[]", sealed("backup", a=1)[:-1], sealed("other", a=1), "x" * 5000):
        assert unsealed(text) is None


def test_programs_are_read_the_newest_first_and_others_named() -> None:
    said = ("program - pg_waldump pg_basebackup (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)|"
            "/usr/lib/postgresql/15/bin\n"
            "program combines  pg_basebackup (PostgreSQL) 18.6|/opt/a b/bin\nother barman\nprogram junk\n")  # fmt: skip
    found, others = read_programs(said)
    assert [(one.major, one.directory, one.combines, one.lacks) for one in found] == [
        (18, "/opt/a b/bin", True, ()), (15, "/usr/lib/postgresql/15/bin", False, ("pg_waldump",)),
    ]  # fmt: skip
    assert others == ("barman",)


def test_progress_is_the_last_line_and_facts_are_all() -> None:
    said = "progress checkpoint - -\nfact backup X\nprogress copying 5 10\nsaid progress copying 9 9\n"
    said += "progress Odd 1 2\n"
    seen = read_progress(said)
    assert (seen.phase, seen.done_bytes, seen.all_bytes, seen.facts) == ("copying", 5, 10, (("backup", "X"),))


def test_space_machine_and_flags_of_a_medium() -> None:
    seen = read_medium(SAID, "main", "/r", kind=MediumKind.DIRECTORY)
    assert seen is not None and seen.free_bytes == 400 * 1024 and seen.immutable == "append-only"
    assert seen.machine_id == "0123456789abcdef0123456789abcdef"
    assert read_medium(SAID, "mirror", "/m", kind=MediumKind.DIRECTORY) is None
    nothing = read_medium("medium main flags \nmedium main machine x", "main", "/r", kind=MediumKind.TAPE)
    assert nothing is None or (nothing.free_bytes, nothing.immutable, nothing.machine_id) == (None, "", "")


def ranges(*parts: tuple[int, int, int]) -> tuple[WalRange, ...]:
    return tuple(WalRange(timeline=t, first=first, last=last) for t, first, last in parts)


FORKS = (TimelineFork(timeline=2, parent=1, position=Lsn(7 * SEGMENT + 100)),
         TimelineFork(timeline=3, parent=2, position=Lsn(9 * SEGMENT + 5)))  # fmt: skip


@pytest.mark.parametrize(
    ("held", "first", "end", "missing"),
    [
        (ranges((1, 3, 9)), 4, 9, ()),
        (ranges((1, 3, 5), (1, 8, 9)), 4, 5, ((1, 6, 7),)),
        (ranges((1, 6, 9)), 4, None, ((1, 4, 5),)),
        (ranges((1, 3, 6), (2, 7, 12)), 4, 12, ()),
        (ranges((1, 3, 9), (2, 7, 12)), 4, 12, ()),
        (ranges((1, 3, 5), (2, 7, 12)), 4, 5, ((1, 6, 6),)),
        (ranges((1, 3, 6), (2, 8, 12)), 4, 6, ((2, 7, 7),)),
        (ranges((1, 3, 6), (2, 7, 8), (3, 9, 20)), 4, 20, ()),
        (ranges((1, 3, 6), (3, 9, 20)), 4, 6, ((2, 7, 8),)),
        ((), 4, None, ()),
    ],
)
def test_wal_is_followed_over_timelines_up_to_the_first_hole(
    held: tuple[WalRange, ...], first: int, end: int | None, missing: tuple[tuple[int, int, int], ...]
) -> None:
    found = follow(held, FORKS, timeline=1, first=first, segment_bytes=SEGMENT)
    assert (found.end, found.missing) == (end, missing)


def test_a_segment_has_its_number_by_its_name() -> None:
    assert segment_number("000000010000000200000003", SEGMENT) == 2 * 256 + 3
    assert segment_number("0000000100000002000000FF", 1 << 20) == 2 * 4096 + 255


def backup() -> Backup:
    seen = read_catalogue(SAID, repository="vault", mirrored=False)
    return next(one for one in seen.backups if one.id == FIRST)


WHOLE = "\n".join([
    f"seen chain {FULL} {FIRST}", "seen repository ok", f"seen sums {FULL} 4", f"seen manifest {FULL} 990",
    f"seen sums {FIRST} 4", f"seen manifest {FIRST} 991", f"seen mirror {FULL} ok", f"seen mirror {FIRST} ok",
    "seen mirror wal ok", "seen segment 16777216", "seen walcount 3 3", "seen wal 1 4 6",
    "seen partial 000000010000000000000007.partial 0/7000100", "seen end",
])  # fmt: skip


def marks(output: str, status: int | None = 0, *, mirror: bool = True) -> dict[BackupCheck, tuple[CheckResult, str]]:
    made = verify_marks(backup(), mirror=mirror, status=status, output=output, now=NOW, node="v")
    return {one.check: (one.result, one.reason) for one in made}


def test_all_read_and_whole_is_passed_with_what_was_read() -> None:
    made = {one.check: one for one in verify_marks(
        backup(), mirror=True, status=0, output=WHOLE, now=NOW, node="v")}  # fmt: skip
    assert {one.result for one in made.values()} == {CheckResult.PASSED} and len(made) == 3
    assert made[BackupCheck.CHECKSUMS].files_read == 4 + 990 + 4 + 991
    assert made[BackupCheck.WAL_CONTINUITY].files_read == 3


@pytest.mark.parametrize(
    ("old", "new", "check", "result"),
    [
        (f"seen manifest {FULL} 990\n", "", BackupCheck.CHECKSUMS, CheckResult.NOT_CHECKED),
        (f"seen sums {FIRST} 4\n", "", BackupCheck.CHECKSUMS, CheckResult.NOT_CHECKED),
        (f"seen sums {FIRST} 4", f"seen bad {FIRST} data/x changed", BackupCheck.CHECKSUMS, CheckResult.FAILED),
        ("seen repository ok", "seen repository bad", BackupCheck.CHECKSUMS, CheckResult.FAILED),
        (f"seen chain {FULL} {FIRST}", f"seen chain {FULL}", BackupCheck.CHECKSUMS, CheckResult.NOT_CHECKED),
        ("seen end", "", BackupCheck.CHECKSUMS, CheckResult.NOT_CHECKED),
        ("seen wal 1 4 6", "seen wal 1 4 4\nseen wal 1 6 6", BackupCheck.WAL_CONTINUITY, CheckResult.FAILED),
        ("seen wal 1 4 6", "seen wal 1 5 6", BackupCheck.WAL_CONTINUITY, CheckResult.FAILED),
        ("seen wal 1 4 6", f"seen walbad {'0' * 24} changed", BackupCheck.WAL_CONTINUITY, CheckResult.FAILED),
        ("seen walcount 3 3", "seen walcount 2 3", BackupCheck.WAL_CONTINUITY, CheckResult.FAILED),
        ("seen wal 1 4 6\n", "", BackupCheck.WAL_CONTINUITY, CheckResult.NOT_CHECKED),
        (f"seen mirror {FIRST} ok", f"seen mirror {FIRST} differs", BackupCheck.MIRROR, CheckResult.FAILED),
        ("seen mirror wal ok", "seen mirror wal differs", BackupCheck.MIRROR, CheckResult.FAILED),
        (f"seen mirror {FIRST} ok\n", "", BackupCheck.MIRROR, CheckResult.NOT_CHECKED),
    ],
)
def test_what_is_bad_fails_and_what_was_not_read_is_not_checked(
    old: str, new: str, check: BackupCheck, result: CheckResult
) -> None:
    assert old in WHOLE
    assert marks(WHOLE.replace(old, new))[check][0] is result


@pytest.mark.parametrize("status", [0, 1, None])
def test_a_verify_that_was_cut_says_nothing_of_what_it_has_not_read(status: int | None) -> None:
    """It had found a damaged file, and half the list of WAL, when it was ended."""
    cut = WHOLE.partition("seen mirror wal ok")[0] + f"seen bad {FIRST} data/x changed\nseen wal 1 4 4\nseen wal 1 6 6"
    assert marks(cut, status) == {
        BackupCheck.CHECKSUMS: (CheckResult.FAILED, "damage-found"),
        BackupCheck.WAL_CONTINUITY: (CheckResult.NOT_CHECKED, "not-finished"),
        BackupCheck.MIRROR: (CheckResult.NOT_CHECKED, "not-finished"),
    }
    assert marks(cut.replace(f"mirror {FULL} ok", f"mirror {FULL} gone"), status)[BackupCheck.MIRROR] == (
        CheckResult.FAILED, "mirror-differs")  # fmt: skip
    bad = cut + f"\nseen walbad {'0' * 24} changed"
    assert marks(bad, status)[BackupCheck.WAL_CONTINUITY] == (CheckResult.FAILED, "wal-damaged")


def test_an_exit_status_alone_passes_nothing_and_one_that_failed_neither() -> None:
    assert {result for result, _ in marks("", 0).values()} == {CheckResult.NOT_CHECKED}
    assert {result for result, _ in marks(WHOLE, 1).values()} == {CheckResult.NOT_CHECKED}
    assert marks("fact reason busy\nfact detail x", 3)[BackupCheck.CHECKSUMS] == (CheckResult.NOT_CHECKED, "busy")
    assert {reason for _, reason in marks(WHOLE + "\nseen wal x y z").values()} == {"nonsense"}
