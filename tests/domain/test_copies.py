"""Rules of copies are fulfilled, missing or not known; space lasts for so many days, or the retention sees to it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.backup import BackupCheck, BackupState, CheckResult, Mark, MediumSeen, RepositorySeen
from console.domain.backup_policy import MediumKind, RepositorySpec, Retention
from console.domain.copies import advice, bytes_per_day, copies_of, days_until_full
from tests.backups_held import at, backup, seen, wal

NOW = at(28)
NODES = ("m1", "m2")


def medium(machine: str = "m9", *, free: int | None = 10_000, immutable: str = "no",
           kind: MediumKind = MediumKind.DIRECTORY) -> MediumSeen:  # fmt: skip
    return MediumSeen(kind=kind, path="/backups", free_bytes=free, immutable=immutable, machine_id=machine)


def repository(name: str = "main", *, offsite: bool = False, mirror: str = "", mirrored: bool | None = None,
               days: int | None = None, **more: object) -> RepositorySeen:  # fmt: skip
    spec = RepositorySpec(name=name, node="vault", offsite=offsite, mirror=mirror, immutable_days=days)
    one = replace(backup("f", 20, 1), mirrored=mirrored)
    return seen((one,), wal((1, 0, 99)), spec=spec, **{"medium": medium(), **more})


def mark(days: float, result: CheckResult = CheckResult.PASSED) -> Mark:
    return Mark(repository="main", backup="f", check=BackupCheck.RESTORED, result=result, at=at(days))


def judged(*repositories: RepositorySeen, marks: tuple[Mark, ...] = ()) -> dict[str, str]:
    return dict(advice(repositories, marks, NODES, NOW))


def test_nothing_but_the_ledger() -> None:
    assert judged() == {
        "three-copies": "missing", "two-media": "missing", "one-offsite": "missing", "immutable": "missing",
        "proven": "missing",
    }  # fmt: skip


def test_all_of_it() -> None:
    far = repository("far", offsite=True, medium=medium("m8", immutable="object-lock", kind=MediumKind.OBJECT_STORE))
    assert set(judged(repository(), far, marks=(mark(27),)).values()) == {"fulfilled"}


@pytest.mark.parametrize(
    ("one", "rule", "outcome"),
    [
        (repository(), "three-copies", "missing"),
        (repository(mirror="/second", mirrored=True), "three-copies", "fulfilled"),
        (repository(mirror="/second", mirrored=None), "three-copies", "not known"),
        (repository(mirror="/second", mirrored=False), "three-copies", "missing"),
        (repository(), "two-media", "fulfilled"),
        (repository(medium=medium("m1")), "two-media", "missing"),  # on a disk of the ledger's own host
        (repository(medium=medium("m1", kind=MediumKind.TAPE)), "two-media", "fulfilled"),
        (repository(medium=None), "two-media", "not known"),
        (repository(medium=medium("")), "two-media", "not known"),
        (repository(offsite=True), "one-offsite", "fulfilled"),
        (repository(), "one-offsite", "missing"),
        (repository(), "immutable", "missing"),
        (repository(medium=medium(immutable="append-only")), "immutable", "fulfilled"),
        (repository(medium=medium(immutable="")), "immutable", "not known"),
        (repository(medium=medium(immutable=""), days=30), "immutable", "fulfilled"),
        (repository(days=30), "immutable", "missing"),  # the medium itself says no
    ],
)
def test_each_rule(one: RepositorySeen, rule: str, outcome: str) -> None:
    assert judged(one)[rule] == outcome


def test_an_unread_repository_is_not_known_and_an_empty_one_is_missing() -> None:
    unread = replace(repository("far", offsite=True), backups=(), at=None)
    assert judged(repository(), unread)["three-copies"] == "not known"
    assert judged(repository(), unread)["one-offsite"] == "not known"
    empty = replace(repository("far", offsite=True), backups=())
    assert judged(repository(), empty)["three-copies"] == "missing"
    half = replace(empty, backups=(backup("f", 20, 1, state=BackupState.RUNNING),))
    assert copies_of((half,), NODES).certain == 1


def test_a_proof_grows_old_and_can_be_taken_back() -> None:
    assert judged(repository(), marks=(mark(20),))["proven"] == "missing"
    assert judged(repository(), marks=(mark(25), mark(26, CheckResult.FAILED)))["proven"] == "missing"
    assert judged(repository(), marks=(mark(25), mark(26, CheckResult.NOT_CHECKED)))["proven"] == "fulfilled"
    assert judged(repository(), marks=(replace(mark(25), backup="gone"),))["proven"] == "missing"


def daily(count: int, *, size: int | None = 1_000, free: int | None = 10_000) -> RepositorySeen:
    fulls = tuple(backup(f"f{day}", 28 - count + day, day, size=size) for day in range(count))
    return seen(fulls, wal((1, 0, 99)), medium=medium(free=free))


def test_days_until_full() -> None:
    assert bytes_per_day(daily(11), NOW) == pytest.approx(1_000)
    only_count = Retention(fulls_min=500, window_days=None)
    assert days_until_full(daily(11), only_count, NOW) == pytest.approx(10)
    # 14 days and one cycle of daily full ones take 15,000 bytes; 11,000 and 10,000 are there.
    assert days_until_full(daily(11), Retention(fulls_min=2, window_days=14), NOW) is None
    assert days_until_full(daily(11, free=3_000), Retention(fulls_min=2, window_days=14), NOW) == pytest.approx(3)


def test_what_is_not_known_is_not_made_up() -> None:
    kept = Retention(fulls_min=500, window_days=None)
    assert days_until_full(daily(1), kept, NOW) is None
    assert days_until_full(daily(11, size=None), kept, NOW) is None
    assert days_until_full(daily(11, free=None), kept, NOW) is None
    assert days_until_full(replace(daily(11), medium=None), kept, NOW) is None
    twins = daily(2)
    first = twins.backups[0]
    close = replace(twins, backups=(first, replace(first, id="g", begun_at=first.begun_at + timedelta(minutes=1))))
    assert bytes_per_day(close, NOW) is None
    assert bytes_per_day(daily(11), at(90)) is None
