"""A full disk, a damaged file, a killed engine: said in words, and nothing is lost that was confirmed."""

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from console.domain.fleet import Event, EventKind
from console.store import schema
from console.store.database import Store, open_store
from console.store.history import History, Sample
from console.store.inventory import Inventories
from console.store.settings import Settings
from console.store.trouble import StoreTrouble, TroubleKind

Reading = Callable[..., Sample]
NOON = 1_760_000_400.0
FULL_SAMPLES_MAX = 200_000

PRELUDE = """
    import resource, sys
    from datetime import datetime, UTC
    from pathlib import Path
    from console.domain.fleet import Event, EventKind, Measure
    from console.store.database import open_store
    from console.store.history import History, Sample
    from console.store.trouble import StoreTrouble

    path, noon = Path(sys.argv[1]), 1_760_000_400.0

    def sample(second):
        values = (second + 0.5,) * len(Measure)
        return Sample(cluster="c", node="n", seconds=noon + second, values=values, answered=True)

    def event(second):
        at = datetime.fromtimestamp(noon + second, UTC)
        return Event(at=at, kind=EventKind.VERDICT, cluster="c", node="n", health="lost", text=f"event-{second}")
"""


def program(body: str) -> str:
    return textwrap.dedent(PRELUDE) + textwrap.dedent(body)


def count(store: Store) -> int:
    with store.reading() as connection:
        return connection.execute(select(func.count()).select_from(schema.samples)).scalar_one()


def test_a_file_that_may_not_grow_is_a_full_disk_and_nothing_is_lost(store_path: Path) -> None:
    """The limit on a file's size stands in for a full disk where nobody may mount one."""
    body = """
        store = open_store(path)
        history = History(store)
        history.add(sample(0))
        assert history.flush() == ""
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, hard))
        for second in range(1, 5_001):
            history.add(sample(second))
        said, told = history.flush(), history.add_event(event(1))
        assert said.startswith("disk full") and str(path) in said, said
        assert told.startswith("disk full"), told
        shown = history.chart(cluster="c", begin=noon, end=noon + 6_000, points=20_000)
        assert sum(value is not None for value in shown.curves[0].low) == 5_001
        assert len(shown.events) == 1
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert history.flush() == ""
        store.close()
    """
    ended = subprocess.run(
        [sys.executable, "-c", program(body), str(store_path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 0, ended.stderr
    with open_store(store_path) as store:
        assert count(store) == 5_001
        assert len(History(store).chart(cluster="c", begin=NOON, end=NOON + 60, points=100).events) == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    try:
        mounted = subprocess.run(mount, check=False, capture_output=True, timeout=30).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("not in this version of the system: this account may not mount a file system")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True, timeout=30)


@pytest.mark.root
def test_a_disk_that_is_full_keeps_what_it_confirmed_and_takes_the_rest_when_there_is_space(
    small_disk: Path, reading: Reading
) -> None:
    path = small_disk / "store.sqlite"
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 400_000)
    with open_store(path) as store:
        history = History(store)
        confirmed = added = 0
        said = ""
        while not said and added < FULL_SAMPLES_MAX:
            for _ in range(500):
                history.watched(NOON + added)
                history.add(reading(NOON + added, 1.0, lag_bytes=added))
                added += 1
            said = history.flush()
            confirmed = confirmed if said else added
        assert said.startswith("disk full")
        assert confirmed > 0
        assert count(store) == confirmed
        assert len(history.chart(cluster="ledger-us", begin=NOON, end=NOON + added, points=900).curves) == 2
        notes = 0
        with pytest.raises(StoreTrouble) as trouble:
            for notes in range(1_000):
                Settings(store).set(f"note-{notes}", "n" * 4_000)
        assert trouble.value.kind is TroubleKind.FULL
        ballast.unlink()
        assert history.flush() == ""
    with open_store(path) as store:
        assert count(store) == added
        assert all(Settings(store).get(f"note-{note}") == "n" * 4_000 for note in range(notes))
        assert Settings(store).get(f"note-{notes}") is None


@pytest.mark.root
def test_a_disk_without_any_space_gives_no_store_and_says_why(small_disk: Path) -> None:
    (small_disk / "ballast").write_bytes(b"x" * 1_000_000)
    with pytest.raises(StoreTrouble) as trouble:
        open_store(small_disk / "store.sqlite")
    assert trouble.value.kind is TroubleKind.FULL
    (small_disk / "ballast").unlink()
    open_store(small_disk / "store.sqlite").close()


def test_damage_that_shows_while_it_runs_is_said_and_the_inventory_still_answers(
    store_path: Path, reading: Reading
) -> None:
    with open_store(store_path) as store:
        history = History(store)
        for second in range(2_000):
            history.add(reading(NOON + second, 1.0))
        assert history.flush() == ""
    with closing(sqlite3.connect(store_path)) as file:
        (page,) = file.execute("select rootpage from sqlite_master where name = 'samples'").fetchone()
        (size,) = file.execute("pragma page_size").fetchone()
    with store_path.open("r+b") as raw:
        raw.seek((page - 1) * size)
        raw.write(b"\xff" * size)
    with open_store(store_path) as store:
        history = History(store)
        history.watched(NOON)
        history.add(reading(NOON, 1.0))
        assert history.flush().startswith("store damaged")
        with pytest.raises(StoreTrouble) as trouble:
            history.chart(cluster="ledger-us", begin=NOON, end=NOON + 60, points=100)
        assert trouble.value.kind is TroubleKind.DAMAGED
        assert Inventories(store).load().clusters == ()
        at = datetime.fromtimestamp(NOON, UTC)
        told = Event(at=at, kind=EventKind.ENGINE, cluster="", node=None, health="", text="started")
        assert history.add_event(told) == "", "what can still be kept is kept"


@pytest.mark.parametrize("turn", range(3))
def test_an_engine_that_is_killed_leaves_a_whole_store_with_all_that_it_confirmed(turn: int, store_path: Path) -> None:
    """It flushes and tells of events as fast as it can, says what was confirmed, and is killed in the middle."""
    body = """
        history = History(open_store(path))
        second = 0
        while True:
            for _ in range(200):
                history.add(sample(second))
                history.watched(noon + second)
                second += 1
            assert history.add_event(event(second)) == ""
            print("event", second, flush=True)
            assert history.flush() == ""
            print("samples", second, flush=True)
            history.roll_up(noon + second)
    """
    with subprocess.Popen(
        [sys.executable, "-c", program(body), str(store_path)], stdout=subprocess.PIPE, text=True
    ) as engine:
        assert engine.stdout is not None
        confirmed = {"samples": 0, "event": 0}
        for line in engine.stdout:
            word, number = line.split()
            confirmed[word] = int(number)
            if confirmed["samples"] >= 2_000 + 400 * turn and word == ("samples", "event", "samples")[turn]:
                os.kill(engine.pid, signal.SIGKILL)
                break
        for line in engine.stdout:  # what it still said before it died
            if line.endswith("\n"):
                word, number = line.split()
                confirmed[word] = int(number)
    assert confirmed["samples"] >= 2_000
    with closing(sqlite3.connect(store_path)) as file:
        assert file.execute("pragma integrity_check").fetchone() == ("ok",)
        assert file.execute("pragma foreign_key_check").fetchall() == []
    with open_store(store_path) as store:
        kept = count(store)
        assert kept >= confirmed["samples"]
        assert kept % 200 == 0, "a batch is stored whole or not at all"
        told = History(store).chart(cluster="c", begin=NOON, end=NOON + 1_000_000, points=8).events
        assert f"event-{confirmed['event']}" in [each.text for each in told]
        shown = History(store).chart(cluster="c", begin=NOON, end=NOON + kept - 1, points=20_000)
        assert shown.gaps == ()
        assert None not in shown.curves[0].low
