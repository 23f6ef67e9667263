"""Sandboxes and the restore proof on a live lab under its workload: targets, planted hostility, damage, cleaning up."""

import shlex
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.domain.backup import CheckResult
from console.domain.restore import TargetKind
from console.domain.wal import Lsn
from console.lab.record import Ended, read_record
from console.recovery.sandbox import (
    PROOF,
    Opened,
    ask_sandbox,
    close_sandbox,
    end_proofs,
    found_at,
    list_sandboxes,
    open_sandbox,
)
from console.recovery.sandbox_books import SandboxDoor, head_of
from console.recovery.sandbox_watch import SandboxTrouble
from console.ssh.long_acts import end_long
from console.ssh.supervise import Standing, look_command, read_state
from tests.live import wait_for
from tests.restored import ENGINE, VAULT, Restorer, marks_of, restorer

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Restorer]:
    with restorer(tmp_path_factory.mktemp("restore") / "home") as it:
        yield it


@pytest.fixture
def place(lab: Restorer) -> Iterator[Restorer]:
    """What a test leaves open is closed, and nothing of it stays."""
    try:
        yield lab
    finally:
        lab.close_all()
    lab.nothing_left()


def entry(place: Restorer, number: int, column: str) -> str:
    return place.yard.sql("lab-1", f"select {column} from ledger.entries where number = {number}")


def head(place: Restorer) -> int:
    return int(place.yard.sql("lab-1", "select max(number) from ledger.entries"))


def still(place: Restorer) -> int:
    """The workload rests; the number of its last entry, by the ledger and by the workload's own record."""
    place.yard.fault("rate=0", None)  # type: ignore[arg-type]
    wait_for(lambda: head(place) == head(place), "the workload to rest")
    last = head(place)
    ended = [line for line in read_record(Path(place.yard.lab.record)) if isinstance(line, Ended)]
    assert max(line.number or 0 for line in ended) == last
    return last


def asked(place: Restorer, opened: Opened, sql: str) -> str:
    """One value of an open sandbox."""
    rows = ask_sandbox(place.yard.spec, place.hosts, opened.at, sql)
    assert not rows.trouble, rows.trouble
    return rows.rows[0][0]


def test_latest_has_every_entry_of_the_workloads_record_and_is_proven(place: Restorer) -> None:
    last = still(place)
    try:
        place.archived()
        proven = place.prove("proof-latest", place.latest())
    finally:
        place.yard.fault("rate=20", None)  # type: ignore[arg-type]
    marks = marks_of(proven)
    assert proven.passed, proven.marks
    assert {name: mark.result for name, mark in marks.items()} == dict.fromkeys(
        ("restored", "wal-continuity", "books", "indexes", "pages"), CheckResult.PASSED
    )
    assert (proven.head, marks["books"].entry, marks["restored"].entry) == (last, last, last)
    assert marks["restored"].seconds == pytest.approx(
        (proven.lay_out_seconds or 0) + (proven.recovery_seconds or 0), abs=0.1
    )
    assert marks["pages"].files_read is not None
    assert marks["pages"].files_read >= (marks["pages"].files_all or 0) > 200
    assert (marks["indexes"].files_read or 0) > 100
    assert proven.other_machine is False  # the lab's hosts are one machine, and it says so
    assert proven.left == ""
    assert place.phases == ["laying-out", "recovering", "books", "indexes", "pages", "tidying"]


def test_the_end_of_the_backup_and_a_time_a_place_and_a_name_are_reached(place: Restorer) -> None:
    sql = place.yard.sql
    before_time = head(place)
    moment = sql("lab-1", "select clock_timestamp() at time zone 'UTC'")
    at_time = head(place)
    wait_for(lambda: head(place) > at_time + 3, "more entries")
    position = sql("lab-1", "select pg_current_wal_insert_lsn()")
    before_name = head(place)
    sql("lab-1", "select pg_create_restore_point('before the mistake')")
    at_name = head(place)
    wait_for(lambda: head(place) > at_name + 3, "entries after it")
    place.archived()
    targets = {
        "end": None,
        "time": place.chosen(TargetKind.TIME, ("recovery_target_time", f"{moment}+00")),
        "lsn": place.chosen(TargetKind.POSITION, ("recovery_target_lsn", position), position=Lsn.parse(position)),
        "name": place.chosen(TargetKind.NAME, ("recovery_target_name", "before the mistake")),
    }
    words = {"end": "after reaching consistency", "time": "before commit of transaction",
             "lsn": "after WAL location", "name": 'at restore point "before the mistake"'}  # fmt: skip
    heads = {}
    for key, chosen in targets.items():
        opened = place.open(f"to-{key}", chosen)
        assert opened.reached.stopped.startswith(words[key]), opened.reached
        assert opened.reached.seen.in_recovery
        heads[key] = int(asked(place, opened, "select max(number) from ledger.entries"))
        assert opened.reached.timeline == 1
        close_sandbox(place.hosts, opened.at)
    assert heads["end"] < heads["time"] <= heads["lsn"] <= heads["name"]
    assert before_time - 1 <= heads["time"] <= at_time + 1
    assert entry(place, heads["time"] + 1, f"booked_at >= '{moment}+00'::timestamptz - interval '1 second'") == "t"
    assert before_name - 1 <= heads["name"] <= at_name + 1


def test_just_before_and_just_after_an_entry_are_proven_by_the_entry_itself(place: Restorer) -> None:
    number = head(place)
    wait_for(lambda: head(place) > number + 3, "entries after it")
    xid = entry(place, number, "xid")
    place.archived()
    for kind, inclusive, expected in (
        (TargetKind.BEFORE_ENTRY, "off", number - 1), (TargetKind.AFTER_ENTRY, "on", number),
    ):  # fmt: skip
        settings = (("recovery_target_xid", xid), ("recovery_target_inclusive", inclusive))
        proven = place.prove(f"proof-{kind.value}", place.chosen(kind, *settings, entry=number))
        marks = marks_of(proven)
        assert proven.passed, proven.marks
        assert (proven.head, marks["books"].entry) == (expected, expected)
        assert marks["wal-continuity"].result is CheckResult.NOT_CHECKED
        assert marks["wal-continuity"].reason == "only-to-target"
    wrong = (("recovery_target_xid", entry(place, number - 2, "xid")), ("recovery_target_inclusive", "on"))
    missed = place.prove("proof-missed", place.chosen(TargetKind.AFTER_ENTRY, *wrong, entry=number))
    assert marks_of(missed)["restored"].result is CheckResult.FAILED
    assert marks_of(missed)["restored"].reason == "target-not-reached"


def test_latest_that_ends_at_a_missing_segment_fails_and_says_which(place: Restorer) -> None:
    for _ in range(3):
        place.archived()
    copied = place.base.parent / "archive-hole"
    place.script(f"cp -a {place.archive} {copied}")
    names = sorted(path.name for path in copied.iterdir() if len(path.name) == 24)
    place.script(f"rm {copied}/{names[-2]}")
    try:
        proven = place.prove("proof-hole", place.latest(), archive=copied)
        marks = marks_of(proven)
        assert (marks["restored"].result, marks["restored"].reason) == (CheckResult.FAILED, "wal-missing")
        assert marks["restored"].detail == names[-2]
        assert (marks["wal-continuity"].result, marks["wal-continuity"].reason) == (CheckResult.FAILED, "wal-missing")
        assert {marks[one].result for one in ("books", "indexes", "pages")} == {CheckResult.NOT_CHECKED}
        assert not proven.passed
        place.script(f"cp -a {place.archive}/{names[-2]} {copied}/; "
                     f"printf x | dd of={copied}/{names[-2]} bs=1 seek=60 conv=notrunc 2>/dev/null")  # fmt: skip
        damaged = marks_of(place.prove("proof-flipped", place.latest(), archive=copied))
        assert (damaged["restored"].result, damaged["restored"].reason) == (CheckResult.FAILED, "wal-damaged")
    finally:
        place.script(f"rm -rf {copied}")


def test_a_damaged_page_and_a_damaged_index_are_found(place: Restorer) -> None:
    file = place.yard.sql("lab-1", "select pg_relation_filepath('plain_a')")
    flipped = f'printf x | dd of="$D/{file}" bs=1 seek=5000 conv=notrunc 2>/dev/null'
    # To the end of the backup: a full page that is replayed would mend what was damaged.
    marks = marks_of(place.prove("proof-page", None, planted=flipped))
    assert (marks["pages"].result, marks["pages"].reason) == (CheckResult.FAILED, "damaged-page")
    assert file in marks["pages"].detail
    assert marks["books"].result is CheckResult.PASSED  # the page is none of the ledger's
    a, b = (place.yard.sql("lab-1", f"select pg_relation_filepath('plain_{one}_pkey')") for one in "ab")
    marks = marks_of(place.prove("proof-index", None, planted=f'cp "$D/{b}" "$D/{a}"'))
    assert (marks["indexes"].result, marks["indexes"].reason) == (CheckResult.FAILED, "index-damaged")
    assert "plain_a" in marks["indexes"].detail
    assert marks["pages"].result is CheckResult.PASSED  # every page is whole by its own checksum


def test_a_damaged_page_of_the_ledger_fails_the_books(place: Restorer) -> None:
    file = place.yard.sql("lab-1", "select pg_relation_filepath('ledger.postings')")
    flipped = f'printf x | dd of="$D/{file}" bs=1 seek=5000 conv=notrunc 2>/dev/null'
    marks = marks_of(place.prove("proof-ledger", None, planted=flipped))
    assert (marks["books"].result, marks["books"].reason) == (CheckResult.FAILED, "damaged-page")
    assert marks["pages"].result is CheckResult.FAILED


def test_two_sandboxes_at_once_are_listed_asked_and_closed_each_by_itself(place: Restorer) -> None:
    place.archived()
    one, two = place.open("one", None), place.open("two", place.latest())
    listed = {each.id: each for each in list_sandboxes(place.hosts, VAULT, str(place.root))}
    assert set(listed) == {"one", "two"}
    assert all(each.running for each in listed.values())
    assert listed["two"].position == two.reached.position
    assert (listed["one"].backup, listed["one"].target) == ("test-base", "as the test says")
    first, second = (int(asked(place, each, "select count(*) from ledger.entries")) for each in (one, two))
    assert first < second
    again = found_at(place.hosts, VAULT, str(place.root), "two")  # as a new engine finds it
    assert again.bin_directory
    three = "select number, description from entries order by 1 limit 3"
    rows = ask_sandbox(place.yard.spec, place.hosts, again, three)
    assert rows.columns == ("number", "description")
    assert [row[0] for row in rows.rows] == ["1", "2", "3"]
    close_sandbox(place.hosts, one.at)
    assert {each.id for each in list_sandboxes(place.hosts, VAULT, str(place.root))} == {"two"}
    assert int(asked(place, two, "select count(*) from ledger.entries")) == second
    with pytest.raises(SandboxTrouble, match="no-sandbox"):
        found_at(place.hosts, VAULT, str(place.root), "one")


def test_what_a_killed_engine_left_is_found_by_name_and_taken_away(place: Restorer) -> None:
    place.archived()
    kept = place.open("kept", None)
    place.open("proof-left", None, purpose=PROOF)  # an engine that was killed never closed it
    half = place.opening("proof-half", None, purpose=PROOF, planted="sleep 600")
    gone = threading.Event()
    place.opened.append(place.place("proof-half"))

    def open_half() -> None:
        with pytest.raises(SandboxTrouble):
            open_sandbox(place.yard.spec, half, place.ways())
        gone.set()

    thread = threading.Thread(target=open_half, name="a killed engine's", daemon=True)
    thread.start()
    wait_for(lambda: _running(place, half.order.name), "the lay-out to run")

    def closed(engine: str) -> tuple[str, ...]:
        return end_proofs(
            place.hosts, VAULT, str(place.root), cluster=place.yard.spec.name, engine=engine, live=lambda: ()
        )  # fmt: skip

    assert closed("another") == ()
    assert closed(ENGINE) == ("proof-left",)  # on the other one its order still works
    assert _running(place, half.order.name)
    assert end_long(place.hosts, VAULT, half.order.name).fine
    assert gone.wait(60)
    assert not _running(place, half.order.name)
    assert {each.id for each in list_sandboxes(place.hosts, VAULT, str(place.root))} == {"kept"}
    thread.join(10)
    close_sandbox(place.hosts, kept.at)
    close_sandbox(place.hosts, kept.at)  # and once more: there is nothing left to do


def _running(place: Restorer, name: str) -> bool:
    said = place.hosts.run(
        VAULT, shlex.join(look_command(name, offset=None, log_bytes=100).argv), seconds_max=20.0
    )
    return said.fine and read_state("x", said.stdout).standing is Standing.RUNNING


@pytest.mark.parametrize("phase", ["laying-out", "recovering", "books", "indexes"])
def test_a_proof_that_is_cancelled_leaves_nothing_and_claims_nothing(place: Restorer, phase: str) -> None:
    place.archived()
    proven = place.prove("proof-cancelled", place.latest(), after=phase)
    marks = marks_of(proven)
    assert marks["pages"].result is CheckResult.NOT_CHECKED
    assert marks["pages"].reason == "cancelled"
    assert all(mark.result is not CheckResult.FAILED for mark in marks.values())
    assert proven.left == ""


def test_restore_and_show_proves_the_books_and_stays_open(place: Restorer) -> None:
    place.archived()
    proven = place.prove("shown", place.latest(), purpose="inspect")
    assert proven.opened is not None
    assert marks_of(proven)["books"].result is CheckResult.PASSED
    assert set(marks_of(proven)) == {"restored", "wal-continuity", "books"}  # it says nothing of the others
    door = SandboxDoor(
        place.yard.spec, place.hosts, proven.opened.at, socket=proven.opened.socket, version=proven.opened.version
    )
    mapping = place.yard.spec.ledger_mapping
    assert mapping is not None
    assert head_of(door, VAULT, mapping) == proven.head
    [listed] = list_sandboxes(place.hosts, VAULT, str(place.root))
    assert (listed.head_number, listed.running) == (proven.head, True)


def test_the_running_ledger_is_not_disturbed(place: Restorer) -> None:
    before = place.yard.lab.workload
    streaming = "select count(*) from pg_stat_replication where state = 'streaming'"
    place.archived()
    assert place.prove("proof-quiet", place.latest()).passed
    wait_for(lambda: place.yard.lab.workload.acknowledged > before.acknowledged + 20, "bookings that go on")
    after = place.yard.lab.workload
    assert (after.refused, after.unknown) == (before.refused, before.unknown)
    assert after.running
    assert place.yard.sql("lab-1", streaming) == "2"
    assert place.yard.sql("lab-1", "select timeline_id from pg_control_checkpoint()") == "1"
