"""Ten days of backups of ledger-us in values of the real types: a hole, a running job, proofs; the figures agree."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from console.domain.backup import (
    Backup,
    BackupCheck,
    BackupState,
    BackupsView,
    CheckResult,
    EngineFound,
    Hole,
    Job,
    JobKind,
    JobState,
    Mark,
    MediumSeen,
    MissedRun,
    NextRun,
    RepositorySeen,
    SandboxSeen,
    WalHeld,
    WalRange,
    Window,
)
from console.domain.backup_policy import (
    BackupKind,
    BackupPolicy,
    CycleEntry,
    EngineName,
    MediumKind,
    RepositorySpec,
    Retention,
)
from console.domain.restore import Anchor, Anchors
from console.domain.wal import Lsn
from console.link.backups import Expiry
from tests.ui import story

NOW = story.NOW
GB = 1_000_000_000
TB = 1000 * GB
FULL, INCREMENTAL, DIFFERENTIAL = BackupKind.FULL, BackupKind.INCREMENTAL, BackupKind.DIFFERENTIAL
HOSTILE = "<b>vault</b>\u202e\x1b[31m"
SYSTEM = "7318840215563302914"


def at(day: int, hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, second, tzinfo=UTC)


def lsn(segments: int) -> Lsn:
    return Lsn(max(1, segments) * 16 * 1024 * 1024)


def backup(begun: datetime, kind: BackupKind, parent: str | None, *, minutes: float, size: int, stored: int,
           repository: str = "vault-2", **more: object) -> Backup:  # fmt: skip
    letter = kind.value[0].upper()
    hours = (begun - at(8, 0, 0)).total_seconds() / 3600
    made = Backup(
        id=f"{begun:%Y%m%d-%H%M%S}{letter}", repository=repository, engine=EngineName.NATIVE, kind=kind,
        state=BackupState.COMPLETE, parent=parent, begun_at=begun, ended_at=begun + timedelta(minutes=minutes),
        system_identifier=SYSTEM, server_version=180001, timeline=7, start=lsn(90_000 + round(hours * 300)),
        stop=lsn(90_000 + round(hours * 300) + 4), size_bytes=size, stored_bytes=stored, source="chi-1",
        head_number=85_000_000 + round(hours * 13_870),
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def backups() -> tuple[Backup, ...]:
    """Sunday 8 to Tuesday 17 March, as the pictures show it."""
    f8 = backup(at(8, 1, 0), FULL, None, minutes=22.1, size=1180 * GB, stored=640 * GB)
    i9 = backup(at(9, 1, 0), INCREMENTAL, f8.id, minutes=2.2, size=1182 * GB, stored=9 * GB)
    i10 = backup(at(10, 1, 0), INCREMENTAL, i9.id, minutes=2.4, size=1184 * GB, stored=10 * GB)
    d11 = backup(at(11, 1, 0), DIFFERENTIAL, f8.id, minutes=6.0, size=1187 * GB, stored=31 * GB)
    i12 = backup(at(12, 1, 0), INCREMENTAL, d11.id, minutes=2.4, size=1189 * GB, stored=10 * GB)
    i13 = backup(at(13, 1, 0), INCREMENTAL, i12.id, minutes=2.6, size=1192 * GB, stored=11 * GB)
    i14 = backup(at(14, 1, 0), INCREMENTAL, i13.id, minutes=21.667, size=1195 * GB, stored=12 * GB)
    f15 = backup(at(15, 1, 0), FULL, None, minutes=23.0, size=1198 * GB, stored=652 * GB)
    i16 = backup(at(16, 1, 0), INCREMENTAL, f15.id, minutes=2.5, size=1201 * GB, stored=10 * GB)
    i17 = backup(at(17, 0, 20), INCREMENTAL, i16.id, minutes=2.3, size=1204 * GB, stored=round(10.4 * GB))
    return (f8, i9, i10, d11, i12, i13, i14, f15, i16, i17)


def mark(of: Backup, check: BackupCheck, when: datetime, *, result: CheckResult = CheckResult.PASSED,
         **more: object) -> Mark:  # fmt: skip
    made = Mark(repository=of.repository, backup=of.id, check=check, result=result, at=when, node="vault-2")
    return replace(made, **more)  # type: ignore[arg-type]


def proven(of: Backup, when: datetime) -> tuple[Mark, ...]:
    """Read back, restored, its books whole."""
    files = {"files_read": 41_882, "files_all": 41_882}
    return (
        mark(of, BackupCheck.CHECKSUMS, when, seconds=212.0, **files),
        mark(of, BackupCheck.RESTORED, when + timedelta(minutes=2), seconds=3240.0, entry=of.head_number),
        mark(of, BackupCheck.BOOKS, when + timedelta(minutes=3), seconds=16.0, entry=of.head_number),
    )  # fmt: skip


def marks(*, failed: bool = False) -> tuple[Mark, ...]:
    f8, i9, i10, d11, i12, i13, i14, f15, i16, i17 = backups()
    read = tuple(
        mark(one, BackupCheck.CHECKSUMS, one.begun_at + timedelta(minutes=30), files_read=41_800, files_all=41_800)
        for one in (f8, i10, i12, i14, i16)
    )
    found = (*read, *proven(i9, at(9, 5, 30)), *proven(d11, at(11, 5, 30)), *proven(f15, at(15, 5, 30)),
             *proven(i17, at(17, 0, 24)))  # fmt: skip
    if failed:
        found = (*found, mark(
            i13, BackupCheck.CHECKSUMS, at(13, 5, 30), result=CheckResult.FAILED, files_read=41_860, files_all=41_861,
            reason="file-differs", detail="base/16384/16402",
        ))  # fmt: skip
    return found


def policy() -> BackupPolicy:
    return BackupPolicy(
        repositories=(
            RepositorySpec(name="vault-2", node="vault-2", path="/srv/backups/ledger-us", immutable_days=None),
            RepositorySpec(name="lto-9", node="vault-2", path="/ltfs/ledger-us", medium=MediumKind.TAPE,
                           staging="/srv/staging", offsite=True),
            RepositorySpec(name="eu-archive", node="vault-2", engine=EngineName.PGBACKREST, stanza="ledger-us",
                           medium=MediumKind.OBJECT_STORE, immutable_days=35, offsite=True),
        ),
        cycle=(
            CycleEntry(what="full", cron="0 1 * * 0"),
            CycleEntry(what="differential", cron="0 1 * * 3"),
            CycleEntry(what="incremental", cron="0 1 * * 1,2,4-6"),
            CycleEntry(what="prove", cron="30 5 * * *"),
        ),
        retention=Retention(fulls_min=2, window_days=14.0), rate_mb_per_second_max=250.0,
        sandbox_node="vault-2",
    )  # fmt: skip


def wal(*, hole: bool = True) -> WalHeld:
    if not hole:
        return WalHeld(ranges=(WalRange(timeline=7, first=90_300, last=155_880, begun_at=at(8, 1, 0),
                                        ended_at=NOW - timedelta(seconds=12)),),
                       receiving=True, newest_at=NOW - timedelta(seconds=12))  # fmt: skip
    return WalHeld(
        ranges=(
            WalRange(timeline=7, first=90_300, last=132_441, begun_at=at(8, 1, 0), ended_at=at(13, 22, 8, 14)),
            WalRange(timeline=7, first=132_443, last=155_880, begun_at=at(13, 22, 8, 40),
                     ended_at=NOW - timedelta(seconds=12)),
        ),
        receiving=True, newest_at=NOW - timedelta(seconds=12),
    )  # fmt: skip


def vault(*, hole: bool = True, trouble: str = "") -> RepositorySeen:
    spec = policy().repositories[0]
    found = EngineFound(
        engine=EngineName.NATIVE, program="/usr/lib/postgresql/18/bin/pg_basebackup", version="18.1",
        kinds=(FULL, INCREMENTAL, DIFFERENTIAL), cannot=(), encrypted=False,
    )  # fmt: skip
    medium = MediumSeen(
        kind=MediumKind.DIRECTORY, path="/srv/backups", total_bytes=round(11.2 * TB), free_bytes=round(1.9 * TB),
        used_by_backups_bytes=round(1.4 * TB), used_by_wal_bytes=round(1.05 * TB), immutable="no",
    )  # fmt: skip
    return RepositorySeen(
        spec=spec, at=NOW - timedelta(seconds=14), found=found, backups=backups(), wal=wal(hole=hole), medium=medium,
        trouble=trouble, detail="no route to host" if trouble else "",
    )  # fmt: skip


def others() -> tuple[RepositorySeen, ...]:
    _, tape, archive = policy().repositories
    full = replace(backups()[7], repository="lto-9")
    return (
        RepositorySeen(
            spec=tape, at=NOW - timedelta(seconds=14), backups=(full,),
            medium=MediumSeen(kind=MediumKind.TAPE, path="/ltfs", total_bytes=round(17.8 * TB),
                              free_bytes=round(11.2 * TB), used_by_backups_bytes=652 * GB, immutable="append-only"),
        ),
        RepositorySeen(
            spec=archive, at=NOW - timedelta(seconds=14), backups=(),
            medium=MediumSeen(kind=MediumKind.OBJECT_STORE, path="s3://eu-archive", immutable="object-lock",
                              used_by_backups_bytes=round(9.6 * TB)),
        ),
    )  # fmt: skip


def windows(*, hole: bool = True) -> tuple[Window, ...]:
    every = backups()
    end = {"end": lsn(155_880), "end_at": NOW - timedelta(seconds=12)}
    first = Window(repository="vault-2", backup=every[0].id, timeline=7, begin=lsn(90_304), begin_at=at(8, 1, 22, 6),
                   end=lsn(132_442), end_at=at(13, 22, 8, 14))  # fmt: skip
    if not hole:
        return (replace(first, **end),)  # type: ignore[arg-type]
    second = replace(first, backup=every[6].id, begin=lsn(133_504), begin_at=at(14, 1, 21, 40), **end)  # type: ignore[arg-type]
    return (first, second)


def holes() -> tuple[Hole, ...]:
    return (Hole(repository="vault-2", reason="wal-missing", timeline=7, missing_first=132_442, missing_last=132_442,
                 begin_at=at(13, 22, 8, 14), end_at=at(14, 1, 21, 40)),)  # fmt: skip


def running(**more: object) -> Job:
    made = Job(
        id="j-20260317-024058", cluster="ledger-us", repository="vault-2", kind=JobKind.BACKUP,
        state=JobState.RUNNING, node="vault-2", begun_at=NOW - timedelta(seconds=20), by="m.keller",
        backup="20260317-024058I", backup_kind=INCREMENTAL, phase="copying", done_bytes=round(4.1 * GB),
        all_bytes=round(10.8 * GB), bytes_per_second=212e6, seconds_left=32.0,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def next_runs() -> tuple[NextRun, ...]:
    runs = (
        (at(17, 5, 30), "prove", "vault-2", "30 5 * * *"),
        (at(18, 1, 0), "differential", "vault-2", "0 1 * * 3"),
        (at(19, 1, 0), "incremental", "vault-2", "0 1 * * 1,2,4-6"),
        (at(22, 1, 0), "full", "vault-2", "0 1 * * 0"),
    )
    return tuple(NextRun(at=when, what=what, repository=repository, cron=cron) for when, what, repository, cron in runs)


def sandbox() -> SandboxSeen:
    return SandboxSeen(
        id="s-1", node="vault-2", directory="/srv/backups/sandbox/s-1", socket="/run/sandbox/s-1", port=5490,
        opened_at=NOW - timedelta(minutes=12), backup=backups()[9].id, repository="vault-2",
        target="before entry 88,032,119", position=lsn(155_000), timeline=7, head_number=88_032_118, running=True,
    )  # fmt: skip


def view(*, hole: bool = True, failed: bool = False, **more: object) -> BackupsView:
    """What the engine would have told at 02:41: nothing runs."""
    made = BackupsView(
        cluster="ledger-us", at=NOW - timedelta(seconds=2), policy=policy(),
        repositories=(vault(hole=hole), *others()), windows=windows(hole=hole), holes=holes() if hole else (),
        marks=marks(failed=failed), next_runs=next_runs(),
        advice=(("three-copies", "fulfilled"), ("two-media", "fulfilled"), ("one-offsite", "fulfilled")),
        restore_bytes_per_second=372e6, days_until_full=(("vault-2", 19.0),), kind_next=INCREMENTAL,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def calm() -> BackupsView:
    return view(hole=False)


def busy() -> BackupsView:
    return view(jobs=(running(),))


def unreachable() -> BackupsView:
    """vault-2 is silent: what was read of it before still stands, and is old."""
    old = replace(vault(trouble="host-silent"), at=NOW - timedelta(minutes=31))
    missed = (MissedRun(at=at(17, 2, 0), what="incremental", repository="vault-2", reason="host-silent"),)
    return view(repositories=(old, *others()), missed=missed)


def cancelled() -> BackupsView:
    ended = running(state=JobState.CANCELLED, ended_at=NOW - timedelta(seconds=3), seconds_left=None)
    return view(jobs=(ended,))


def full_disk() -> BackupsView:
    failed = running(
        state=JobState.FAILED, ended_at=NOW - timedelta(minutes=4), reason="no-space",
        detail="could not write to file \"base/16384/16402\": No space left on device", seconds_left=None,
    )  # fmt: skip
    return view(jobs=(failed,))


def no_backup() -> BackupsView:
    seen = replace(vault(hole=False), backups=(), wal=WalHeld(receiving=False))
    return view(repositories=(seen,), windows=(), holes=(), marks=(), days_until_full=(), kind_next=FULL,
                restore_bytes_per_second=None)  # fmt: skip


def no_policy() -> BackupsView:
    return BackupsView(cluster="ledger-us", at=NOW, policy=BackupPolicy())


def hostile() -> BackupsView:
    """Names that try to be more than text."""
    seen = vault(trouble="not-readable")
    spec = replace(seen.spec, name=HOSTILE, node=HOSTILE)
    every = tuple(replace(one, repository=HOSTILE, source=HOSTILE) for one in seen.backups)
    mended = replace(seen, spec=spec, backups=every, detail=f"{HOSTILE}{'x' * 2000}")
    return view(
        repositories=(mended,), policy=replace(policy(), repositories=(spec,)),
        windows=tuple(replace(one, repository=HOSTILE) for one in windows()),
        holes=tuple(replace(one, repository=HOSTILE) for one in holes()),
        marks=tuple(replace(one, repository=HOSTILE, detail=HOSTILE, node=HOSTILE) for one in marks(failed=True)),
        jobs=(running(repository=HOSTILE, by=HOSTILE, phase=HOSTILE, detail=HOSTILE),),
    )  # fmt: skip


def minutes() -> BackupsView:
    """A lab: two backups within a quarter of an hour, not checked yet."""
    full = backup(NOW - timedelta(minutes=14), FULL, None, minutes=0.2, size=64_000_000, stored=9_000_000)
    step = backup(NOW - timedelta(minutes=5), INCREMENTAL, full.id, minutes=0.1, size=66_000_000, stored=900_000)
    assert full.ended_at is not None
    seen = replace(
        vault(hole=False), backups=(full, step),
        wal=WalHeld(ranges=(WalRange(timeline=1, first=3, last=11, begun_at=full.begun_at, ended_at=NOW),),
                    receiving=True, newest_at=NOW),
    )  # fmt: skip
    window = Window(repository="vault-2", backup=full.id, timeline=1, begin=lsn(3), end=lsn(11),
                    begin_at=full.ended_at, end_at=NOW - timedelta(seconds=1))  # fmt: skip
    return view(hole=False, repositories=(seen,), windows=(window,), marks=(), advice=(("one-offsite", "missing"),))


def anchors() -> Anchors:
    """16 March from 15:00 to 21:00, with the moments that people have names for."""
    begin, end = at(16, 15, 0), at(16, 21, 0)
    names = (
        (at(16, 15, 40, 12), "restore-point", "batch_4471", 87_391_655, 707_681),
        (at(16, 17, 0), "end-of-day", "2026-03-16 New York", 87_480_912, 618_424),
        (at(16, 18, 0), "end-of-day", "2026-03-16", 87_581_330, 518_006),
        (at(16, 19, 15, 33), "restore-point", "before_fee_run", 87_689_407, 409_929),
        (at(16, 20, 24, 9), "change", "deploy 2026.11", 87_748_220, 351_116),
    )
    bars = tuple(900 + round(700 * abs(1 - abs(place - 42) / 60)) for place in range(120))
    return Anchors(
        begin=begin, end=end, entries=bars, head_number=88_099_336,
        anchors=tuple(
            Anchor(at=when, kind=kind, name=name, entry=entry, entries_after=after)
            for when, kind, name, entry, after in names
        ),
    )  # fmt: skip


def long_story() -> BackupsView:
    """Four months: a full one each Sunday, an incremental one each day."""
    found: list[Backup] = []
    for number in range(118):
        begun = NOW - timedelta(days=117 - number, hours=1)
        full = number % 7 == 0
        parent = None if full else found[-1].id
        found.append(
            backup(begun, FULL if full else INCREMENTAL, parent, minutes=22 if full else 2,
                   size=(900 + 3 * number) * GB, stored=640 * GB if full else 10 * GB)
        )  # fmt: skip
    first, last = found[0], found[-1]
    seen = replace(
        vault(hole=False), backups=tuple(found),
        wal=WalHeld(ranges=(WalRange(timeline=7, first=1, last=155_880, begun_at=first.begun_at, ended_at=NOW),)),
    )  # fmt: skip
    window = replace(windows(hole=False)[0], backup=first.id, begin_at=first.ended_at)
    return view(hole=False, repositories=(seen,), windows=(window,), marks=proven(last, NOW - timedelta(minutes=30)))


def expiry() -> Expiry:
    """What the retention would take away on Sunday."""
    every = backups()
    return Expiry(
        cluster="ledger-us", repository="vault-2", backups=tuple(one.id for one in every[:7]),
        freed_bytes=round(1.31 * TB), begin_now=at(8, 1, 22, 6), begin_then=at(15, 1, 23), kept=(),
    )  # fmt: skip
