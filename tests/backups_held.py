"""Small repositories for the tests of the domain: backups on WAL positions that are easy to count."""

from datetime import UTC, datetime, timedelta
from typing import Final

from console.domain.backup import Backup, BackupState, RepositorySeen, WalHeld, WalRange
from console.domain.backup_policy import BackupKind, EngineName, RepositorySpec
from console.domain.wal import Lsn

SEGMENT: Final = 16 * 1024 * 1024
DAY_0: Final = datetime(2026, 3, 1, 1, 0, tzinfo=UTC)
SYSTEM: Final = "7400000000000000001"


def at(days: float) -> datetime:
    return DAY_0 + timedelta(days=days)


def segment(number: float) -> Lsn:
    """The position where a segment begins; a fraction lies within it."""
    return Lsn(int(number * SEGMENT))


def backup(
    name: str,
    days: float,
    start: float,
    *,
    parent: str | None = None,
    kind: BackupKind | None = None,
    state: BackupState = BackupState.COMPLETE,
    timeline: int = 1,
    stop: float | None = None,
    system: str = SYSTEM,
    size: int | None = 1_000,
    head: int | None = None,
) -> Backup:
    """A backup that began on a day at a segment, and took a quarter of a segment and six minutes."""
    return Backup(
        id=name,
        repository="main",
        engine=EngineName.NATIVE,
        kind=kind or (BackupKind.FULL if parent is None else BackupKind.INCREMENTAL),
        state=state,
        parent=parent,
        begun_at=at(days),
        ended_at=at(days) + timedelta(minutes=6) if state is BackupState.COMPLETE else None,
        system_identifier=system,
        server_version=180_000,
        timeline=timeline,
        start=segment(start),
        stop=segment(stop if stop is not None else start + 0.25),
        size_bytes=size,
        stored_bytes=size,
        head_number=head,
    )


def wal(*ranges: tuple[int, int, int], per_day: float = 10.0, **more: object) -> WalHeld:
    """Segments from (timeline, first, last); so many were written a day, segment 0 on day 0."""
    held = tuple(
        WalRange(timeline=timeline, first=first, last=last, begun_at=at((first + 1) / per_day),
                 ended_at=at((last + 1) / per_day))
        for timeline, first, last in ranges
    )  # fmt: skip
    return WalHeld(segment_bytes=SEGMENT, ranges=held, **more)  # type: ignore[arg-type]


def seen(backups: tuple[Backup, ...], held: WalHeld, *, days: float = 100.0, **more: object) -> RepositorySeen:
    spec = more.pop("spec", None) or RepositorySpec(name="main", node="vault")
    return RepositorySeen(spec=spec, at=at(days), backups=backups, wal=held, **more)  # type: ignore[arg-type]
