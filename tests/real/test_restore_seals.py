"""Restored books against the console's seals, over a fork of history too, and a recovery that needs more as it goes."""

from collections.abc import Iterator

import pytest

from console.domain.backup import CheckResult
from console.domain.books import BookCheck, Proof
from console.domain.restore import TargetKind
from console.engine.sealing import Sealed
from console.recovery.books_door import SshDoor
from console.recovery.books_sealing import seal_books
from console.recovery.restore_proof import Proven
from console.store.database import Store, open_store
from console.store.seals import Seals
from tests.live import wait_for
from tests.rejoined import now
from tests.restored import Restorer, marks_of, restorer

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Restorer]:
    with restorer(tmp_path_factory.mktemp("seals") / "home") as it:
        yield it


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("store") / "console.db") as it:
        yield it


@pytest.fixture
def place(lab: Restorer) -> Iterator[Restorer]:
    try:
        yield lab
    finally:
        lab.close_all()
    lab.nothing_left()


def seal(place: Restorer, store: Store, node: str = "lab-1") -> int:
    """Seal what is new; the last entry that is sealed."""
    mapping = place.yard.spec.ledger_mapping
    assert mapping is not None
    door = SshDoor(place.yard.spec, sessions=place.yard.sessions, password=lambda _: None, writer="tests")
    try:
        done = seal_books(node, cluster="lab", mapping=mapping, door=door, keeper=Seals(store), clock=now)
    finally:
        door.close()
    assert not done.failed, done
    assert done.sealed, done
    return max(one.fingerprint.last for one in done.sealed)


def sealed(place: Restorer, store: Store) -> Sealed:
    mapping = place.yard.spec.ledger_mapping
    assert mapping is not None
    return Sealed(Seals(store), "lab", mapping)


def head(place: Restorer, node: str = "lab-1") -> int:
    return int(place.yard.sql(node, "select max(number) from ledger.entries"))


def more(place: Restorer, node: str = "lab-1") -> None:
    there = head(place, node)
    wait_for(lambda: head(place, node) > there + 10, "more entries")


def seal_outcome(proven: Proven) -> Proof:
    assert proven.books is not None
    [one] = [each for each in proven.books.outcomes() if each.check is BookCheck.SEAL_FOUND]
    return one.proof


def test_seals_above_the_target_are_expected_and_the_last_one_below_it_is_compared(
    place: Restorer, store: Store
) -> None:
    first = seal(place, store)
    more(place)
    position = place.yard.sql("lab-1", "select pg_current_wal_insert_lsn()")
    more(place)
    above = seal(place, store)
    place.archived()
    proven = place.prove(
        "proof-seals", place.chosen(TargetKind.POSITION, ("recovery_target_lsn", position)), sealed=sealed(place, store)
    )
    assert proven.passed, proven.marks
    assert proven.head is not None
    assert first < proven.head < above
    assert seal_outcome(proven) is Proof.PROVEN
    assert marks_of(proven)["books"].entry == proven.head
    assert proven.books is not None
    assert proven.books.lost == ()


def test_a_ledger_that_was_tampered_with_after_its_seal_fails_the_restored_books(place: Restorer, store: Store) -> None:
    off, on = "alter table ledger.entries disable trigger all", "alter table ledger.entries enable trigger all"
    kept = "update ledger.entries set description = (select description from kept) where number = 13"
    seal(place, store)
    place.yard.sql("lab-1", "create table kept as select description from ledger.entries where number = 13")
    tampered = "update ledger.entries set description = 'nothing' where number = 13"
    place.yard.sql("lab-1", f"begin; {off}; {tampered}; commit")
    place.yard.sql("lab-1", "select pg_create_restore_point('seen')")
    place.yard.sql("lab-1", f"begin; {kept}; {on}; commit")
    place.archived()
    target = place.chosen(TargetKind.NAME, ("recovery_target_name", "seen"))
    proven = place.prove("proof-tampered", target, sealed=sealed(place, store))
    books = marks_of(proven)["books"]
    assert (books.result, books.reason) == (CheckResult.FAILED, "seal-found")
    assert books.entry is None
    assert not proven.passed
    assert marks_of(proven)["restored"].result is CheckResult.PASSED


def test_a_recovery_that_needs_more_than_the_backup_knew_is_started_with_it(place: Restorer) -> None:
    for node in ("lab-2", "lab-3", "lab-1"):
        place.yard.sql(node, "alter system set max_locks_per_transaction = 96")
        place.yard.fault("stop", node)
        place.yard.fault("start", node)
    more(place)
    place.archived()
    last = head(place)
    opened = place.open("grown", place.latest())
    assert opened.reached.held_to_the_end
    psql = f"{opened.at.bin_directory}/psql -XAt -h {opened.socket} -p 5432 -U postgres -d ledger"
    assert place.script(f"{psql} -c 'show max_locks_per_transaction'").strip() == "96"
    assert int(place.script(f"{psql} -c 'select max(number) from ledger.entries'")) <= last + 50


def test_over_a_fork_of_history_the_named_timeline_is_reached_and_its_seals_count(
    place: Restorer, store: Store
) -> None:
    place.archived()
    place.yard.fail_over()
    more(place, "lab-2")
    last_sealed = seal(place, store, "lab-2")
    more(place, "lab-2")
    place.archived("lab-2")
    proven = place.prove("proof-two", place.latest(2), sealed=sealed(place, store))
    assert proven.passed, proven.marks
    assert proven.reached is not None
    assert proven.reached.timeline == 2
    assert proven.head is not None
    assert proven.head > last_sealed
    assert seal_outcome(proven) is Proof.PROVEN
    assert proven.books is not None
    [one] = [each for each in proven.books.outcomes() if each.check is BookCheck.SEAL_FOUND]
    assert one.last == last_sealed  # not an older one, from before the fork
    old = place.prove("proof-one", place.latest(1), sealed=sealed(place, store))
    assert old.reached is not None
    assert old.reached.timeline == 1
    assert old.head is not None
    assert old.head < proven.head
    assert marks_of(old)["books"].result is CheckResult.PASSED
