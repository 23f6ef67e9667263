"""The audit log in the store: gap-free under many threads, killed engines and full disks; it only ever grows."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from console.domain.audit import Anchor, AuditKind, ChainFault, check_chain, genesis_of, noted
from console.store import schema
from console.store.audit_log import STREAMED_AT_ONCE, AuditEntries, AuditFilter
from console.store.database import Store, open_store
from console.store.trouble import StoreTrouble, TroubleKind

NOON = datetime(2026, 3, 17, 12, tzinfo=UTC)
CONSOLE = "a-console"
THREADS = 8
EACH = 40


def entries_of(store: Store) -> AuditEntries:
    return AuditEntries(store, console=CONSOLE)


def fill(log: AuditEntries, count: int = 12) -> None:
    kinds = (AuditKind.COMMAND, AuditKind.DECISION, AuditKind.APPROVAL)
    for place in range(count):
        log.append(
            noted(
                kinds[place % 3], at=NOON + timedelta(minutes=place), who="m.keller",
                cluster=("ledger-us", "ledger-eu")[place % 2], run=f"run-{place // 6}", detail=[("place", str(place))],
            )
        )  # fmt: skip


def test_an_empty_log_ends_at_its_genesis(store: Store) -> None:
    log = entries_of(store)
    newest = log.newest(at=NOON)
    assert newest == Anchor(console=CONSOLE, number=0, hash=genesis_of(CONSOLE), at=NOON)
    assert log.holds(newest)
    assert list(log.stream()) == []


def test_what_is_read_back_is_what_was_added_to_the_microsecond(store: Store) -> None:
    log = entries_of(store)
    at = NOON + timedelta(microseconds=123_457)
    added = log.append(noted(AuditKind.FAULT, at=at, who="ü", subject="«»", detail=[("a", "1\n2"), ("a", "")]))
    assert list(log.stream()) == [added]
    assert added.at == at
    assert log.newest(at=NOON).hash == added.hash


def test_many_threads_leave_no_gap_and_one_chain(store: Store) -> None:
    log = entries_of(store)

    def add(thread: int) -> None:
        for place in range(EACH):
            log.append(noted(AuditKind.COMMAND, at=NOON, who=f"t{thread}", subject=str(place)))

    with ThreadPoolExecutor(THREADS) as pool:
        for done in [pool.submit(add, thread) for thread in range(THREADS)]:
            done.result(timeout=120)
    check = check_chain(log.stream(), console=CONSOLE)
    assert check.broken is None
    assert check.entries == THREADS * EACH
    for thread in range(THREADS):
        mine = [entry.subject for entry in log.stream() if entry.who == f"t{thread}"]
        assert mine == [str(place) for place in range(EACH)]


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        (AuditFilter(), range(12)),
        (AuditFilter(cluster="ledger-eu"), range(1, 12, 2)),
        (AuditFilter(run="run-1"), range(6, 12)),
        (AuditFilter(kind=AuditKind.APPROVAL), (2, 5, 8, 11)),
        (AuditFilter(since=NOON + timedelta(minutes=9)), (9, 10, 11)),
        (AuditFilter(cluster="ledger-us", kind=AuditKind.DECISION), (4, 10)),
        (AuditFilter(cluster="elsewhere"), ()),
    ],
)
def test_filters(store: Store, wanted: AuditFilter, places: object) -> None:
    log = entries_of(store)
    fill(log)
    chosen, older = log.chosen(wanted)
    assert [int(entry.detail[0][1]) for entry in reversed(chosen)] == list(places)  # type: ignore[call-overload]
    assert older == 0


def test_a_limit_keeps_the_newest_and_counts_the_rest(store: Store) -> None:
    log = entries_of(store)
    fill(log)
    chosen, older = log.chosen(AuditFilter(limit=5))
    assert ([entry.number for entry in chosen], older) == ([12, 11, 10, 9, 8], 7)
    assert len(log.chosen(AuditFilter(limit=-3))[0]) == 1


def test_a_log_longer_than_what_is_read_at_once_is_streamed_whole(store: Store) -> None:
    log = entries_of(store)
    count = 2 * STREAMED_AT_ONCE + 1
    rows = []
    with store.writing(durable=False) as connection:
        from console.domain.audit import sealed
        from console.store.audit_log import _row_of

        previous = genesis_of(CONSOLE)
        for number in range(1, count + 1):
            entry = sealed(noted(AuditKind.COMMAND, at=NOON, who="m"), number=number, previous=previous)
            previous = entry.hash
            rows.append(_row_of(entry))
        connection.execute(schema.audit.insert(), rows)
    check = check_chain(log.stream(), console=CONSOLE)
    assert (check.entries, check.broken) == (count, None)


def test_the_table_only_grows(store: Store) -> None:
    fill(entries_of(store), 3)
    for statement in (update(schema.audit).values(who="mallory"), delete(schema.audit)):
        with pytest.raises(IntegrityError, match="only grows"), store.writing(durable=True) as connection:
            connection.execute(statement)
    assert check_chain(entries_of(store).stream(), console=CONSOLE).entries == 3


@pytest.mark.parametrize(
    ("statement", "place", "fault"),
    [
        ("update audit set who = 'mallory' where number = 4", 4, ChainFault.CHANGED),
        ("update audit set detail = '[[\"place\",\"9\"]]' where number = 4", 4, ChainFault.CHANGED),
        ("update audit set kind = 'nonsense' where number = 4", 4, ChainFault.UNREADABLE),
        ("update audit set detail = 'no json' where number = 4", 4, ChainFault.UNREADABLE),
        ("update audit set detail = '[[1, null]]' where number = 4", 4, ChainFault.UNREADABLE),
        ("update audit set at_us = 'noon' where number = 4", 4, ChainFault.UNREADABLE),
        ("update audit set who = x'00ff' where number = 4", 4, ChainFault.UNREADABLE),
        ("delete from audit where number = 4", 4, ChainFault.MISSING),
        ("delete from audit where number = 1", 1, ChainFault.MISSING),
    ],
)
def test_what_was_changed_behind_our_back_is_found(
    store_path: Path, statement: str, place: int, fault: ChainFault
) -> None:
    with open_store(store_path) as store:
        fill(entries_of(store))
    with closing(sqlite3.connect(store_path)) as file, file:
        file.execute("drop trigger audit_no_update")
        file.execute("drop trigger audit_no_delete")
        file.execute(statement)
    with open_store(store_path) as store:
        broken = check_chain(entries_of(store).stream(), console=CONSOLE).broken
        assert broken is not None
        assert (broken.place, broken.fault) == (place, fault)
        if fault is ChainFault.UNREADABLE:
            with pytest.raises(StoreTrouble) as trouble:
                entries_of(store).chosen(AuditFilter())
            assert trouble.value.kind is TroubleKind.DAMAGED
            assert "entry 4" in str(trouble.value)


def test_a_store_of_the_first_form_gets_its_log_and_keeps_what_it_holds(store_path: Path) -> None:
    from alembic.command import upgrade

    from console.store.database import Store as Opened
    from console.store.migrating import configuration

    with open_store(store_path) as store:
        assert isinstance(store, Opened)
    store_path.unlink()
    with closing(sqlite3.connect(store_path, isolation_level=None)):
        pass
    from sqlalchemy import create_engine, text

    engine = create_engine(f"sqlite:///{store_path}")
    with engine.begin() as connection:
        upgrade(configuration(connection), "0001")
        connection.execute(text("insert into settings values ('language', 'zh')"))
    engine.dispose()
    with open_store(store_path) as store:
        fill(entries_of(store), 2)
        assert check_chain(entries_of(store).stream(), console=CONSOLE).entries == 2
        with store.reading() as connection:
            assert connection.execute(text("select value from settings")).scalar() == "zh"


@pytest.mark.parametrize("turn", range(3))
def test_an_engine_killed_between_entries_leaves_a_whole_chain_with_all_that_it_confirmed(
    turn: int, store_path: Path
) -> None:
    body = """
        import sys
        from datetime import UTC, datetime
        from pathlib import Path
        from console.domain.audit import AuditKind, noted
        from console.store.audit_log import AuditEntries
        from console.store.database import open_store
        log = AuditEntries(open_store(Path(sys.argv[1])), console="a-console")
        while True:
            print(log.append(noted(AuditKind.COMMAND, at=datetime.now(UTC), who="m")).number, flush=True)
    """
    words = [sys.executable, "-c", textwrap.dedent(body), str(store_path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as engine:
        assert engine.stdout is not None
        confirmed = 0
        for line in engine.stdout:
            confirmed = int(line) if line.endswith("\n") else confirmed
            if confirmed == 20 + 7 * turn:
                os.kill(engine.pid, signal.SIGKILL)
    assert confirmed >= 20
    with open_store(store_path) as store:
        check = check_chain(entries_of(store).stream(), console=CONSOLE)
        assert check.broken is None
        assert check.entries in (confirmed, confirmed + 1)
        assert entries_of(store).append(noted(AuditKind.FAULT, at=NOON, who="m")).number == check.entries + 1


def test_a_store_that_may_not_grow_refuses_and_adds_nothing(store_path: Path) -> None:
    """The limit on a file's size stands in for a full disk; in a process of its own."""
    body = """
        import resource, sys
        from datetime import UTC, datetime
        from pathlib import Path
        from console.domain.audit import AuditKind, noted
        from console.store.audit_log import AuditEntries
        from console.store.database import open_store
        from console.store.trouble import StoreTrouble
        path = Path(sys.argv[1])
        log = AuditEntries(open_store(path), console="a-console")
        note = noted(AuditKind.COMMAND, at=datetime.now(UTC), who="m", detail=[("said", "x" * 7000)] * 20)
        log.append(note)
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.with_name("store.sqlite-wal").stat().st_size, hard))
        try:
            log.append(note)
        except StoreTrouble as trouble:
            print(trouble.kind.name)
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        print(log.append(note).number)
    """
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] != 0
    words = [sys.executable, "-c", textwrap.dedent(body), str(store_path)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.split() == ["FULL", "2"], done.stderr
    with open_store(store_path) as store:
        assert check_chain(entries_of(store).stream(), console=CONSOLE).entries == 2
