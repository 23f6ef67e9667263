"""What the commands about backups say and refuse before they ask anybody: targets, work, policies, what would go."""

from argparse import Namespace
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from console.cli.backup_follow import ToldJobs
from console.cli.backup_lines import (
    chosen_lines,
    come_back_lines,
    expiry_lines,
    expiry_sentence,
    job_lines,
    job_sentence,
    policy_lines,
    rows_lines,
    running_line,
    schedule_lines,
    unfit_sentence,
)
from console.cli.face import CommandFailed, Exit
from console.cli.restore_target import target_of
from console.domain.backup import Job, JobKind, JobState
from console.domain.backup_policy import BackupKind, BackupPolicy, CycleEntry, RepositorySpec
from console.domain.restore import Chosen, Target, TargetKind, Unfit
from console.domain.schedule import next_runs
from console.domain.wal import Lsn
from console.link.backups import Expiry, JobSeen, SandboxRows, ScheduleSeen

AT = datetime(2026, 3, 17, 14, 30, tzinfo=UTC)
JOB = Job(
    id="20260317-143000-a1b2c3", cluster="ledger-us", repository="vault", kind=JobKind.BACKUP, state=JobState.RUNNING,
    node="vault-1", begun_at=AT, by="olga", backup_kind=BackupKind.FULL, phase="copying", done_bytes=4_000_000_000,
    all_bytes=10_000_000_000, bytes_per_second=200_000_000.0, seconds_left=30.0,
)  # fmt: skip


def options(**given: object) -> Namespace:
    empty = {"latest": False, "time": "", "lsn": "", "entry": None, "before": False, "origin": "", "point": "",
             "timeline": None}  # fmt: skip
    return Namespace(**{**empty, **given})


@pytest.mark.parametrize(
    ("given", "target", "words"),
    [
        ({}, None, ""),
        ({"latest": True}, Target(), "latest"),
        ({"time": "2026-03-17 14:30:00+01:00"},
         Target(kind=TargetKind.TIME, time=datetime.fromisoformat("2026-03-17T14:30:00+01:00")),
         "2026-03-17 14:30:00+01:00"),
        ({"lsn": "0/3000060"}, Target(kind=TargetKind.POSITION, position=Lsn.parse("0/3000060")), "position 0/3000060"),
        ({"entry": 4711}, Target(kind=TargetKind.AFTER_ENTRY, entry=4711), "just after entry 4,711"),
        ({"entry": 4711, "before": True, "origin": "eu"},
         Target(kind=TargetKind.BEFORE_ENTRY, entry=4711, origin="eu"), "just before entry 4,711"),
        ({"point": "close", "timeline": 3}, Target(kind=TargetKind.NAME, name="close", timeline=3), "point close"),
    ],
)  # fmt: skip
def test_a_moment_is_read_as_it_was_meant(given: dict[str, object], target: Target | None, words: str) -> None:
    assert target_of(options(**given)) == (target, words)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"time": "2026-03-17 14:30:00"}, "no time zone"),
        ({"time": "yesterday"}, "no time"),
        ({"lsn": "here"}, "no position"),
        ({"latest": True, "entry": 5}, "two moments"),
        ({"before": True}, "--before belongs to --entry"),
        ({"before": True, "time": "2026-03-17 14:30:00+00:00"}, "--before belongs to --entry"),
    ],
)
def test_a_moment_that_could_mean_several_is_refused(given: dict[str, object], told: str) -> None:
    with pytest.raises(CommandFailed) as met:
        target_of(options(**given))
    assert met.value.code is Exit.USAGE
    assert told in met.value.error.what


def test_work_is_told_with_its_figures() -> None:
    line = running_line(JOB)
    for part in ("Full to vault", "copies", "of 10.0 GB", "40 %", "30 s"):
        assert part in line, (part, line)
    assert "can't be reached" in running_line(replace(JOB, state=JobState.UNSEEN))
    assert "being cancelled" in running_line(replace(JOB, cancelling=True))
    assert any("backups follow 20260317-143000-a1b2c3" in one for one in come_back_lines(JOB))


@pytest.mark.parametrize(
    ("state", "reason", "told"),
    [
        (JobState.DONE, "", "Full to vault done after 1 min 30 s: 20260317T143000F"),
        (JobState.FAILED, "no-space", "Full to vault failed after 1 min 30 s: there is no space left"),
        (JobState.CANCELLED, "cancelled", "nothing half-done counts as a backup"),
    ],
)
def test_how_work_came_out_is_a_sentence(state: JobState, reason: str, told: str) -> None:
    ended = replace(JOB, state=state, reason=reason, ended_at=AT + timedelta(seconds=90), backup="20260317T143000F")
    assert told in job_sentence(ended)


def test_what_a_host_said_is_made_harmless() -> None:
    lines = job_lines(replace(JOB, state=JobState.FAILED, reason="engine-failed", detail="a\x1b[2Jb\nc\u202ed"))
    assert not any("\x1b" in line or "\u202e" in line for line in lines)


def test_what_would_go_says_what_could_no_longer_be_had() -> None:
    expiry = Expiry(
        cluster="ledger-us", repository="vault", backups=("b1", "b2"), freed_bytes=3_000_000_000, begin_now=AT,
        begin_then=AT + timedelta(days=1), kept=(("b3", "last-proven"),),
    )  # fmt: skip
    assert expiry_sentence(expiry) == "2 backups of vault would be taken away, 3.0 GB freed"
    lines = expiry_lines(expiry)
    assert "Earliest moment to get back to: 2026-03-17 14:30:00 UTC now, 2026-03-18 14:30:00 UTC then." in lines
    assert any("b3" in line for line in lines)
    assert "Nothing may be taken away" in expiry_lines(replace(expiry, refused="not-read", backups=()))[0]
    assert "keeps all" in expiry_lines(replace(expiry, backups=()))[0]


def test_a_policy_is_told_in_words_with_its_next_five_runs() -> None:
    policy = BackupPolicy(
        repositories=(RepositorySpec(name="vault", node="vault-1", path="/srv/backup"),), time_zone="Europe/Berlin",
        cycle=(CycleEntry(what="full", cron="30 1 * * 0"),), rate_mb_per_second_max=25,
    )  # fmt: skip
    lines = policy_lines(policy, next_runs(policy, AT))
    assert any("every Sunday at 01:30" in line for line in lines)
    assert "At most 25 MB/s each." in lines
    assert sum("full backup, vault" in line for line in lines) == 5
    assert "  2026-03-22 00:30:00 UTC  full backup, vault" in lines
    assert policy_lines(BackupPolicy(), ())[0].startswith("There is no repository")


def test_a_crontab_that_differs_is_shown_line_by_line() -> None:
    seen = ScheduleSeen(cluster="c", node="vault-1", there=("1 1 * * * old",), wanted=("2 2 * * * new",))
    assert schedule_lines(seen)[1:] == ["  + 2 2 * * * new", "  - 1 1 * * * old"]
    assert "as the policy wants it" in schedule_lines(replace(seen, there=seen.wanted))[0]


def test_rows_are_a_table_and_a_cut_is_said() -> None:
    lines = rows_lines(SandboxRows(columns=("number", "text"), rows=(("1", "a"), ("12", "b" * 200)), cut=True))
    assert lines[0] == "number  text"
    assert lines[-1] == "(2 rows, there are more)"
    assert all(len(line) < 80 for line in lines)
    assert rows_lines(SandboxRows(columns=(), rows=(), trouble="no\x1b[m"))[0].startswith("It was not answered")


def test_a_target_is_told_with_its_chain_or_with_the_nearest_moments() -> None:
    chosen = Chosen(
        target=Target(), repository="vault", chain=("f1", "i2"), timeline=3, settings=(), start=Lsn(0),
        consistent=Lsn(1),
        restore_bytes=2_000_000_000, wal_bytes=48_000_000, expected_seconds=12.0,
    )  # fmt: skip
    assert chosen_lines(chosen)[0] == "It can be had: f1 + i2 of vault, timeline 3."
    assert "2.0 GB to lay out" in chosen_lines(chosen)[1]
    told = unfit_sentence(Unfit(reason="before-backup-end", before=None, after=AT, fits="f1"))
    assert "2026-03-17 14:30:00 UTC" in told and "f1" in told


def test_the_newest_picture_of_a_job_is_taken_once() -> None:
    told = ToldJobs()
    told.heard(JobSeen(job=JOB))
    told.heard(JobSeen(job=replace(JOB, phase="checking")))
    newest = told.next(JOB.id, 0.1)
    assert newest is not None and newest.phase == "checking"
    assert told.next(JOB.id, 0.01) is None
