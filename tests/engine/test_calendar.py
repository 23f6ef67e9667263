"""The engine's calendar: begins what is due once, tries for a while, and passes no missed run by in silence."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from console.backup.face import EngineTrouble
from console.domain.backup import (
    Backup,
    BackupState,
    Job,
    JobKind,
    JobState,
    MissedRun,
    RepositorySeen,
)
from console.domain.backup_policy import (
    BackupKind,
    BackupPolicy,
    CycleEntry,
    EngineName,
    RepositorySpec,
    Scheduler,
)
from console.domain.cluster import ClusterSpec, Environment
from console.engine.calendar import GRACE, Calendar, CalendarHands
from console.store.database import open_store
from console.store.settings import Settings
from console.store.trouble import StoreTrouble, TroubleKind

NOON = datetime(2026, 3, 17, 12, 0, 30, tzinfo=UTC)
VAULT = RepositorySpec(name="vault", node="vault-1", path="/srv/backup")
POLICY = BackupPolicy(
    repositories=(VAULT,),
    cycle=(CycleEntry(what="incremental", cron="*/5 * * * *"), CycleEntry(what="full", cron="0 13 * * *")),
)  # fmt: skip
US = ClusterSpec(name="ledger-us", environment=Environment.PRODUCTION, nodes=(), backup=POLICY)


@dataclass
class Desk:
    """What a calendar acts by: jobs that begin, or the reason why they don't."""

    refuses: str = ""
    begun: list[tuple[datetime, str, str]] = field(default_factory=list)
    told: list[MissedRun] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    repositories: tuple[RepositorySeen, ...] = ()
    now: datetime = NOON

    def begin(self, spec: ClusterSpec, what: str, repository: str) -> Job | None:
        if self.refuses == "store-trouble":
            raise StoreTrouble(TroubleKind.FULL, "store")
        if self.refuses:
            raise EngineTrouble(self.refuses, "vault-1")
        self.begun.append((self.now, what, repository))
        kind = BackupKind(what) if what in ("full", "incremental") else None
        job = Job(
            id=f"job-{len(self.jobs)}", cluster=spec.name, repository=repository, node="vault-1", by="schedule",
            kind=JobKind.BACKUP if kind else JobKind(what), state=JobState.DONE, begun_at=self.now, backup_kind=kind,
        )  # fmt: skip
        self.jobs.append(job)
        return job

    def hands(self) -> CalendarHands:
        return CalendarHands(
            begin=self.begin, missed=lambda _, one: self.told.append(one), jobs=lambda _: tuple(self.jobs),
            repositories=lambda _: self.repositories,
        )  # fmt: skip


@pytest.fixture
def open_calendar(tmp_path: Path) -> Callable[[Desk], Calendar]:
    store = open_store(tmp_path / "store.sqlite")
    return lambda desk: Calendar(Settings(store), desk.hands())


def go(calendar: Calendar, desk: Desk, spec: ClusterSpec, *, minutes: float, step_seconds: float = 15.0) -> None:
    """Look at it while the time goes on."""
    end = desk.now + timedelta(minutes=minutes)
    while desk.now < end:
        desk.now += timedelta(seconds=step_seconds)
        calendar.look(spec, desk.now)


def test_what_is_due_is_begun_once_and_at_its_time(open_calendar: Callable[[Desk], Calendar]) -> None:
    desk = Desk()
    calendar = open_calendar(desk)
    calendar.look(US, desk.now)
    go(calendar, desk, US, minutes=62)
    whats = [what for _, what, _ in desk.begun]
    assert whats.count("incremental") == 12
    assert whats.count("full") == 1
    assert all(at.minute % 5 == 0 and at.second < 30 for at, _, _ in desk.begun)
    assert not desk.told and not calendar.missed(US, desk.now)


def test_a_calendar_that_is_new_owes_nothing_of_the_past(open_calendar: Callable[[Desk], Calendar]) -> None:
    desk = Desk()
    calendar = open_calendar(desk)
    calendar.look(US, desk.now)
    assert not desk.begun and not desk.told
    changed = replace(US, backup=replace(POLICY, cycle=(CycleEntry(what="full", cron="* * * * *"),)))
    desk.now += timedelta(hours=3)
    calendar.look(changed, desk.now)
    assert not desk.begun and not desk.told


@pytest.mark.parametrize("reason", ["busy", "no-source", "host-silent", "no-space", "store-trouble"])
def test_what_can_not_be_begun_is_tried_for_a_while_and_then_missed_with_its_reason(
    open_calendar: Callable[[Desk], Calendar], reason: str
) -> None:
    desk = Desk(refuses=reason)
    calendar = open_calendar(desk)
    hourly = replace(US, backup=replace(POLICY, cycle=(CycleEntry(what="incremental", cron="5 * * * *"),)))
    calendar.look(hourly, desk.now)
    go(calendar, desk, hourly, minutes=GRACE.total_seconds() / 60 + 6)
    (missed,) = desk.told
    assert (missed.what, missed.repository, missed.reason) == ("incremental", "vault", reason)
    assert missed.at == datetime(2026, 3, 17, 12, 5, tzinfo=UTC)
    assert calendar.missed(hourly, desk.now) == (missed,)


def test_what_could_be_begun_a_little_later_is_not_missed(open_calendar: Callable[[Desk], Calendar]) -> None:
    desk = Desk(refuses="busy")
    calendar = open_calendar(desk)
    calendar.look(US, desk.now)
    go(calendar, desk, US, minutes=6)
    assert not desk.begun
    desk.refuses = ""
    go(calendar, desk, US, minutes=1)
    assert [what for _, what, _ in desk.begun] == ["incremental"]
    assert not desk.told


def test_an_engine_that_was_away_tells_what_it_missed_and_begins_what_is_fresh(
    open_calendar: Callable[[Desk], Calendar],
) -> None:
    desk = Desk()
    open_calendar(desk).look(US, desk.now)
    desk.now = datetime(2026, 3, 17, 13, 7, tzinfo=UTC)
    again = open_calendar(desk)
    again.look(US, desk.now)
    assert {one.reason for one in desk.told} == {"engine-not-running"}
    assert [(one.what, one.at.hour, one.at.minute) for one in desk.told][-1] == ("incremental", 12, 55)
    # 13:00 and 13:05 lie within the grace: they are begun, late.
    assert {what for _, what, _ in desk.begun} == {"full", "incremental"}
    # A later one of its kind came: what was missed before it is no alert any more.
    assert not [one for one in again.missed(US, desk.now) if one.what == "incremental"]


def test_a_run_that_a_killed_engine_began_is_not_begun_twice(open_calendar: Callable[[Desk], Calendar]) -> None:
    desk = Desk(refuses="busy")
    calendar = open_calendar(desk)
    calendar.look(US, desk.now)
    desk.now = datetime(2026, 3, 17, 12, 5, 1, tzinfo=UTC)
    calendar.look(US, desk.now)  # 12:05 waits, and is on disk
    desk.refuses = ""
    desk.begin(US, "incremental", "vault")  # begun, and killed before it could be crossed out
    desk.begun.clear()
    desk.now += timedelta(seconds=5)
    open_calendar(desk).look(US, desk.now)
    assert not desk.begun
    assert not desk.told


def test_an_alert_ends_when_a_run_of_its_kind_has_been_done(open_calendar: Callable[[Desk], Calendar]) -> None:
    desk = Desk(refuses="no-space")
    calendar = open_calendar(desk)
    hourly = replace(US, backup=replace(POLICY, cycle=(CycleEntry(what="incremental", cron="5 * * * *"),)))
    calendar.look(hourly, desk.now)
    go(calendar, desk, hourly, minutes=20)
    assert calendar.missed(hourly, desk.now)
    desk.refuses = ""
    go(calendar, desk, hourly, minutes=50)
    assert desk.begun
    assert not calendar.missed(hourly, desk.now)


def test_nobody_begins_nothing_and_misses_nothing(open_calendar: Callable[[Desk], Calendar]) -> None:
    desk = Desk()
    calendar = open_calendar(desk)
    nobody = replace(US, backup=replace(POLICY, scheduler=Scheduler.NOBODY))
    calendar.look(nobody, desk.now)
    go(calendar, desk, nobody, minutes=90, step_seconds=60)
    assert not desk.begun and not desk.told and not calendar.missed(nobody, desk.now)


def test_of_a_crontab_the_backups_themselves_tell_what_was_missed(open_calendar: Callable[[Desk], Calendar]) -> None:
    desk = Desk()
    calendar = open_calendar(desk)
    spec = replace(US, backup=replace(POLICY, scheduler=Scheduler.CRONTAB))
    calendar.look(spec, desk.now)

    def made(minute: int) -> Backup:
        at = datetime(2026, 3, 17, 12, minute, 2, tzinfo=UTC)
        return Backup(
            id=f"b{minute}", repository="vault", engine=EngineName.NATIVE, kind=BackupKind.INCREMENTAL,
            state=BackupState.COMPLETE, parent="f", begun_at=at, ended_at=at, system_identifier="7",
            server_version=None, timeline=1, start=None, stop=None, size_bytes=None, stored_bytes=None,
        )  # fmt: skip

    desk.now = datetime(2026, 3, 17, 12, 26, tzinfo=UTC)
    desk.repositories = (RepositorySeen(spec=VAULT, at=desk.now, backups=(made(5), made(10))),)
    found = calendar.missed(spec, desk.now)
    assert not desk.begun
    assert [(one.what, one.at.minute, one.reason) for one in found] == [("incremental", 15, "not-begun")]
    # What can't be read tells nothing.
    desk.repositories = (replace(desk.repositories[0], trouble="host-silent"),)
    assert not calendar.missed(spec, desk.now)
