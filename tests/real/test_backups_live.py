"""Backups of a real lab by the command line: made, followed, cancelled, lost and found again, proven, taken away."""

import json
import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from console.cli.answers import ANSWERS
from console.lab.place import LabPlace
from console.lab.processes import all_pids
from console.link.messages import schema_of
from tests.live import sql, wait_for
from tests.watched import Watched, watched_lab

SLOW_MB_PER_SECOND = "4"  # the lab's 30 MB then take so long that something can be done in the middle
SLOWEST_MB_PER_SECOND = "0.3"  # and so long that none ends before several commands are over
WORK_SECONDS_MAX = 240.0


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    with watched_lab(tmp_path_factory.mktemp("backups"), backups=True) as it:
        # What a calendar begins by itself would be in the way of what the tests begin.
        answer(it, "policy", "set", "lab", "--scheduler", "nobody")
        yield it


@pytest.fixture(autouse=True)
def _as_fast_as_it_goes(watched: Watched) -> Iterator[None]:
    yield
    watched.fault("ssh-up", "lab-vault")
    for job in view(watched)["jobs"]:
        if job["state"] in ("running", "unseen"):
            watched.run("backups", "cancel", job["id"], timeout=WORK_SECONDS_MAX)
    answer(watched, "policy", "set", "lab", "--rate", "0", "--scheduler", "nobody", "--fulls-min", "2")


def answer(watched: Watched, *words: str, code: int = 0) -> Any:
    """A command's JSON answer, held to its schema."""
    said = watched.asked(*words, code=code)
    name = " ".join(words[:2]) if " ".join(words[:2]) in ANSWERS else words[0]
    jsonschema.Draft202012Validator(schema_of(ANSWERS["error" if "error" in said else name])).validate(said)
    return said


def view(watched: Watched, *, anew: bool = False) -> Any:
    return answer(watched, "backups", "list", "lab", *([] if anew else ["--as-read"]))["view"]


def backups(watched: Watched) -> dict[str, Any]:
    """What the repository holds now, by id."""
    return {one["id"]: one for one in view(watched, anew=True)["repositories"][0]["backups"]}


def job(watched: Watched, name: str) -> Any:
    return next(one for one in view(watched)["jobs"] if one["id"] == name)


def begun_slowly(watched: Watched, rate: str = SLOW_MB_PER_SECOND) -> str:
    """A full backup that is in the middle of copying; its job."""
    answer(watched, "policy", "set", "lab", "--rate", rate)
    said = answer(watched, "backup", "lab", "--type", "full", "--detach", code=3)
    name: str = said["job"]["id"]
    wait_for(lambda: job(watched, name)["phase"] == "copying" and (job(watched, name)["done_bytes"] or 0) > 0,
             "the copying to begin", seconds=60.0)  # fmt: skip
    return name


def ended(watched: Watched, name: str) -> Any:
    done = watched.run("backups", "follow", name, "--json", timeout=WORK_SECONDS_MAX)
    return json.loads(done.stdout)["job"]


def place(watched: Watched) -> Path:
    return LabPlace(Path(watched.now().directory)).backups


def halves(watched: Watched) -> list[str]:
    """What a backup that did not end has left in the repository."""
    return sorted(path.name for path in (place(watched) / "backups").glob(".part-*"))


@pytest.mark.live
def test_full_and_incremental_by_the_command_line(watched: Watched) -> None:
    done = watched.run("backup", "lab", timeout=WORK_SECONDS_MAX)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Full to vault" in done.stdout
    said = answer(watched, "backup", "lab", "--type", "incremental")
    assert said["outcome"] == "done", said["sentence"]
    held = backups(watched)
    made = held[said["job"]["backup"]]
    assert (made["kind"], made["state"]) == ("incremental", "complete")
    assert held[made["parent"]]["kind"] == "full"
    assert said["job"]["by"] and said["job"]["ended_at"]
    shown = answer(watched, "backups", "show", "lab", made["id"])
    assert shown["chain"] == [made["parent"], made["id"]]
    audited = answer(watched, "audit", "list", "--cluster", "lab")["entries"]
    subjects = [one["subject"] for one in audited]
    assert "start-backup" in subjects and "incremental-backup" in subjects


@pytest.mark.live
def test_reading_back_is_marked_and_damage_is_found(watched: Watched) -> None:
    last = max(one for one, held in backups(watched).items() if held["state"] == "complete")
    wait_for(lambda: view(watched, anew=True)["repositories"][0]["wal"]["ranges"], "WAL to be shelved", seconds=90.0)
    said = answer(watched, "backups", "verify", "lab", last)
    assert said["outcome"] == "done", said
    marks = {one["check"]: one["result"] for one in answer(watched, "backups", "show", "lab", last)["marks"]}
    assert marks["checksums"] == "passed"
    full = answer(watched, "backups", "show", "lab", last)["chain"][0]
    victim = max((place(watched) / "backups" / full).rglob("*.tar*"), key=lambda path: path.stat().st_size)
    whole = victim.read_bytes()
    try:
        at = len(whole) // 2
        victim.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        damaged = answer(watched, "backups", "verify", "lab", full, code=1)
        assert damaged["job"]["reason"] == "damage-found", damaged
    finally:
        victim.write_bytes(whole)
    assert answer(watched, "backups", "verify", "lab", full)["outcome"] == "done"


@pytest.mark.live
def test_a_backup_is_proven_on_another_host_and_nothing_is_left(watched: Watched) -> None:
    said = answer(watched, "backups", "prove", "lab")
    assert said["outcome"] == "done", said
    shown = answer(watched, "backups", "show", "lab", said["job"]["backup"])
    marks = {one["check"]: one for one in shown["marks"]}
    assert {marks[check]["result"] for check in ("restored", "books")} == {"passed"}, marks
    assert marks["restored"]["node"] == "lab-vault"
    assert marks["books"]["entry"] > 0
    assert answer(watched, "sandbox", "list", "lab")["sandboxes"] == []
    assert view(watched)["restore_bytes_per_second"] > 0


@pytest.mark.live
def test_restore_and_show_just_before_an_entry(watched: Watched) -> None:
    head = int(sql(watched.now(), "lab-1", "select max(number) from ledger.entries"))
    wanted = head + 40
    wait_for(lambda: int(sql(watched.now(), "lab-1", "select max(number) from ledger.entries")) > wanted + 40,
             "the workload to go on", seconds=90.0)  # fmt: skip
    sql(watched.now(), "lab-1", "select pg_switch_wal()")

    def covered() -> bool:
        said = watched.run("restore", "lab", "--entry", str(wanted), "--before", "--rehearse", "--json")
        return said.returncode == 0

    wait_for(covered, "the WAL of the entry to come", seconds=120.0)
    said = answer(watched, "restore", "lab", "--goal", "inspect", "--entry", str(wanted), "--before")
    assert said["sandbox"]["head_number"] == wanted - 1, said
    name = said["sandbox"]["id"]
    rows = answer(watched, "sandbox", "sql", "lab", name, "select max(number) as head from ledger.entries")["rows"]
    assert (rows["columns"], rows["rows"]) == (["head"], [[str(wanted - 1)]])
    refused = answer(watched, "sandbox", "sql", "lab", name, "delete from ledger.entries", code=1)
    assert refused["rows"]["trouble"]
    answer(watched, "sandbox", "close", "lab", name)
    assert answer(watched, "sandbox", "list", "lab")["sandboxes"] == []
    assert answer(watched, "sandbox", "close", "lab", name, code=1)["error"] == "no-sandbox"


@pytest.mark.live
def test_latest_ends_although_the_ledger_is_written_all_the_time(watched: Watched) -> None:
    said = answer(watched, "restore", "lab")
    assert said["outcome"] == "done", said
    assert said["sandbox"]["running"]
    assert said["sandbox"]["head_number"] > 0
    answer(watched, "sandbox", "close", "lab", said["sandbox"]["id"])


WRONG = [
    (("restore", "lab", "--time", "2026-03-17 14:30:00"), 2, "usage"),
    (("restore", "lab", "--entry", "5", "--latest"), 2, "usage"),
    (("restore", "lab", "--lsn", "nowhere"), 2, "usage"),
    (("restore", "lab", "--goal", "node"), 2, "usage"),
    (("restore", "lab", "--time", "1999-01-01 00:00:00+00:00"), 1, "before-first-backup"),
    (("backup", "nowhere"), 1, "no-cluster"),
    (("backup", "lab", "--repository", "attic"), 1, "no-repository"),
    (("backup", "lab", "--engine", "barman"), 1, "no-repository"),
    (("backups", "show", "lab", "nothing"), 1, "no-such-backup"),
    (("backups", "follow", "nothing"), 1, "no-such-job"),
    (("backups", "cancel", "nothing"), 1, "no-such-job"),
    (("policy", "set", "lab", "--cycle", "full=99 1 * * *"), 1, "policy-wrong"),
    (("policy", "set", "lab", "--cycle", "dance=0 1 * * *"), 1, "policy-wrong"),
    (("policy", "set", "lab"), 2, "usage"),
    (("policy", "set", "lab", "--file", "/nonexistent/policy.toml"), 1, "no-file"),
    (("policy", "install", "lab"), 1, "no-crontab"),
]


@pytest.mark.live
def test_what_can_not_be_is_an_error_with_its_word(watched: Watched) -> None:
    before = answer(watched, "policy", "show", "lab")["toml"]
    said = {words: answer(watched, *words, code=code)["error"] for words, code, _ in WRONG}
    assert said == {words: error for words, _, error in WRONG}
    assert answer(watched, "policy", "show", "lab")["toml"] == before


@pytest.mark.live
def test_two_at_once_are_refused_and_a_cancelled_one_leaves_nothing(watched: Watched) -> None:
    before = backups(watched)
    name = begun_slowly(watched, SLOWEST_MB_PER_SECOND)
    assert halves(watched)
    assert answer(watched, "backup", "lab", "--type", "full", code=1)["error"] == "busy"
    assert answer(watched, "backups", "expire", "lab", "--preview")["outcome"] == "preview"
    said = answer(watched, "backups", "cancel", name)
    assert said["outcome"] == "cancelled"
    assert not halves(watched)
    assert backups(watched) == before
    assert answer(watched, "backups", "cancel", name, code=1)["error"] == "job-ended"


@pytest.mark.live
def test_a_killed_engine_comes_back_to_a_backup_in_the_middle(watched: Watched) -> None:
    before = backups(watched)
    name = begun_slowly(watched)
    watched.kill_engine()
    seen = ended(watched, name)  # which starts an engine
    assert seen["state"] == "done", seen
    made = backups(watched)
    assert {seen["backup"]} == made.keys() - before.keys()
    assert made[seen["backup"]]["state"] == "complete"
    assert not halves(watched)


@pytest.mark.live
def test_a_backup_that_ended_while_no_engine_ran_is_found_with_its_outcome(watched: Watched) -> None:
    name = begun_slowly(watched)
    watched.kill_engine()
    wait_for(lambda: not halves(watched), "the backup to end by itself", seconds=90.0)
    seen = ended(watched, name)
    assert seen["state"] == "done", seen
    assert seen["backup"] in backups(watched)


@pytest.mark.live
def test_a_lost_host_is_not_seen_and_then_seen_again(watched: Watched) -> None:
    name = begun_slowly(watched)
    watched.fault("ssh-down", "lab-vault")
    wait_for(lambda: job(watched, name)["state"] == "unseen", "the job to be out of sight", seconds=60.0)
    watched.fault("ssh-up", "lab-vault")
    seen = ended(watched, name)
    assert seen["state"] == "done", seen
    assert seen["backup"] in backups(watched)


@pytest.mark.live
def test_a_killed_backup_command_fails_cleanly(watched: Watched) -> None:
    before = backups(watched)
    name = begun_slowly(watched, SLOWEST_MB_PER_SECOND)
    where = str(place(watched)).encode()
    killed = [pid for pid in all_pids() if b"pg_basebackup" in _line(pid) and where in _line(pid)]
    assert killed
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    seen = ended(watched, name)
    assert seen["state"] == "failed", seen
    assert seen["reason"]
    assert not halves(watched)
    assert backups(watched) == before


def _line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def in_the_middle(watched: Watched, *words: str) -> str:
    """A restore into a sandbox of which something lies on the vault already; its job."""
    said = answer(watched, *words, code=3)
    name: str = said["job"]["id"]
    wait_for(lambda: lies_there(watched, name), "something of it to lie there", seconds=60.0)
    return name


def lies_there(watched: Watched, name: str) -> list[Path]:
    """What lies of a sandbox on the vault."""
    return list(LabPlace(Path(watched.now().directory)).sandboxes.glob(f"*{name}*"))


@pytest.mark.live
def test_a_proof_whose_engine_is_killed_ends_as_failed_and_nothing_of_it_stays(watched: Watched) -> None:
    name = in_the_middle(watched, "backups", "prove", "lab", "--detach")
    watched.kill_engine()
    seen = ended(watched, name)
    assert (seen["state"], seen["reason"]) == ("failed", "engine-killed"), seen
    assert not lies_there(watched, name)
    assert not [pid for pid in all_pids() if name.encode() in _line(pid)]


@pytest.mark.live
def test_a_cancelled_proof_leaves_nothing_and_marks_nothing_as_failed(watched: Watched) -> None:
    name = in_the_middle(watched, "backups", "prove", "lab", "--detach")
    said = answer(watched, "backups", "cancel", name)
    assert said["outcome"] == "cancelled"
    assert not lies_there(watched, name)
    marks = answer(watched, "backups", "show", "lab", said["job"]["backup"])["marks"]
    assert "failed" not in {one["result"] for one in marks}


@pytest.mark.live
def test_only_what_was_shown_is_taken_away(watched: Watched) -> None:
    for _ in range(2):  # one that is proven stays with all that it needs: the first of these is neither
        assert answer(watched, "backup", "lab", "--type", "full")["outcome"] == "done"
    answer(watched, "policy", "set", "lab", "--fulls-min", "1", "--window-days", "0")
    shown = answer(watched, "backups", "expire", "lab", "--preview")["expiry"]
    there = backups(watched)
    assert shown["backups"] and set(shown["backups"]) < there.keys(), shown
    assert dict(shown["kept"])
    unasked = answer(watched, "backups", "expire", "lab", code=3)
    assert unasked["outcome"] == "to-confirm"
    assert backups(watched).keys() == there.keys()
    done = answer(watched, "backups", "expire", "lab", "--yes")
    assert done["outcome"] == "done", done
    left = backups(watched)
    assert there.keys() - left.keys() == set(shown["backups"])
    again = answer(watched, "backups", "expire", "lab", "--preview")["expiry"]
    assert again["backups"] == []


@pytest.mark.live
def test_a_calendar_begins_by_itself_and_its_next_runs_are_told(watched: Watched) -> None:
    preview = answer(watched, "policy", "set", "lab", "--cycle", "incremental=* * * * *", "--scheduler", "engine",
                     "--preview")  # fmt: skip
    assert len(preview["next_runs"]) == 5 and not preview["saved"]
    saved = answer(watched, "policy", "set", "lab", "--cycle", "incremental=* * * * *", "--scheduler", "engine")
    assert saved["saved"]
    since = datetime.now(UTC)

    def run() -> Any:
        return next((one for one in view(watched)["jobs"] if one["by"] == "schedule"), None)

    found = wait_for(run, "the calendar to begin a backup", seconds=120.0)
    assert datetime.fromisoformat(found["begun_at"]) > since
    assert found["backup_kind"] == "incremental"
    answer(watched, "policy", "set", "lab", "--cycle", "incremental=", "--scheduler", "nobody")
    seen = ended(watched, found["id"])
    assert seen["state"] == "done", seen
