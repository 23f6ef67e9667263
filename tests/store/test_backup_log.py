"""Jobs, orders and marks in the store: durable at once, found again after a kill, pruned by a limit."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from sqlite3 import connect

import pytest

from console.domain.backup import BackupCheck, CheckResult, Job, JobKind, JobState, Mark
from console.domain.backup_policy import BackupKind
from console.store import backup_log
from console.store.backup_log import BackupLog, KeptOrder
from console.store.database import Store, open_store
from console.store.trouble import StoreTrouble

AT = datetime(2026, 3, 17, 14, 30, tzinfo=UTC)
JOB = Job(
    id="20260317-143000-a1b2c3", cluster="ledger-us", repository="vault", kind=JobKind.BACKUP, state=JobState.RUNNING,
    node="vault-1", begun_at=AT, by="olga", backup_kind=BackupKind.FULL, done_bytes=2**40,
)  # fmt: skip
ORDER = KeptOrder(node="vault-1", name="backup:vault:1", cancel="rm -rf '/srv/x y'", about=(("before", "a,b"),))


def mark(check: BackupCheck = BackupCheck.CHECKSUMS, **changed: object) -> Mark:
    made = Mark(repository="vault", backup="20260317T143000F", check=check, result=CheckResult.PASSED, at=AT,
                files_read=1_000, files_all=1_000, node="vault-1")  # fmt: skip
    return replace(made, **changed)  # type: ignore[arg-type]


def test_a_job_and_its_order_are_on_disk_when_begin_returns(store: Store, store_path: Path) -> None:
    BackupLog(store).begin(JOB, ORDER)
    with open_store(store_path) as other:
        found = BackupLog(other).unfinished()
    assert [(one.job, one.order) for one in found] == [(JOB, ORDER)]


def test_what_has_ended_is_not_taken_up_and_is_still_shown(store: Store) -> None:
    log = BackupLog(store)
    log.begin(JOB, ORDER)
    ended = replace(JOB, state=JobState.DONE, ended_at=AT + timedelta(minutes=2), backup="20260317T143000F")
    log.keep(ended)
    assert log.unfinished() == ()
    assert log.jobs("ledger-us", most=10) == (ended,)
    assert log.jobs("another", most=10) == ()


def test_what_is_out_of_sight_is_taken_up(store: Store) -> None:
    log = BackupLog(store)
    log.begin(JOB, ORDER)
    log.keep(replace(JOB, state=JobState.UNSEEN), replace(ORDER, name="backup:vault:2"))
    (found,) = log.unfinished()
    assert (found.job.state, found.order.name) == (JobState.UNSEEN, "backup:vault:2")


def test_a_job_is_found_by_an_unambiguous_beginning(store: Store) -> None:
    log = BackupLog(store)
    log.begin(JOB, ORDER)
    log.begin(replace(JOB, id="20260317-150000-000000"), ORDER)
    found = log.job("20260317-1430")
    assert found is not None and found.job == JOB
    assert log.job("20260317") is None
    assert log.job("2026%") is None
    assert log.job(JOB.id) is not None


def test_the_oldest_ended_ones_of_a_cluster_go_and_running_ones_never(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_log, "JOBS_KEPT_MAX", 3)
    log = BackupLog(store)
    log.begin(replace(JOB, id="old-but-running"), ORDER)
    for number in range(6):
        one = replace(JOB, id=f"job-{number}", begun_at=AT + timedelta(hours=number + 1))
        log.begin(one, ORDER)
        log.keep(replace(one, state=JobState.DONE))
    log.begin(replace(JOB, id="other", cluster="ledger-eu", state=JobState.DONE), ORDER)
    log.begin(replace(JOB, id="newest", begun_at=AT + timedelta(days=1)), ORDER)
    assert [one.id for one in log.jobs("ledger-us", most=50)] == [
        "newest", "job-5", "job-4", "job-3", "old-but-running",
    ]  # fmt: skip
    assert len(log.jobs("ledger-eu", most=50)) == 1


def test_the_newest_outcome_of_a_check_counts(store: Store) -> None:
    log = BackupLog(store)
    log.mark("ledger-us", (mark(), mark(BackupCheck.BOOKS, entry=4_711)))
    later = mark(result=CheckResult.FAILED, at=AT + timedelta(days=1), reason="file-differs", detail="base/1/2")
    log.mark("ledger-us", (later,))
    assert log.marks("ledger-us") == (later, mark(BackupCheck.BOOKS, entry=4_711))
    assert log.marks("ledger-eu") == ()
    unread = mark(result=CheckResult.NOT_CHECKED, at=AT + timedelta(days=2), reason="cancelled")
    log.mark("ledger-us", (unread, mark(BackupCheck.PAGES, result=CheckResult.NOT_CHECKED)))
    assert later in log.marks("ledger-us") and unread not in log.marks("ledger-us")
    assert mark(BackupCheck.PAGES, result=CheckResult.NOT_CHECKED) in log.marks("ledger-us")
    log.forget_marks("ledger-us", "vault", ("20260317T143000F",))
    assert log.marks("ledger-us") == ()


def test_what_can_not_be_read_is_damage_and_never_nothing(store: Store, store_path: Path) -> None:
    BackupLog(store).begin(JOB, ORDER)
    with closing(connect(store_path)) as file:
        file.execute("update backup_jobs set job = '{\"id\": 5}'")
        file.commit()
    with pytest.raises(StoreTrouble, match="a job"):
        BackupLog(store).unfinished()
