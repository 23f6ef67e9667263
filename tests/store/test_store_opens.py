"""Opening a store: made from nothing, brought up, refused where it is not ours, and never overwritten."""

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import upgrade
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, select, text

from console.store import schema
from console.store.database import Store, open_store
from console.store.migrating import configuration
from console.store.settings import Settings
from console.store.trouble import StoreTrouble, TroubleKind


def test_a_store_is_made_from_nothing_for_its_owner_alone(store: Store, store_path: Path) -> None:
    Settings(store).set("language", "zh")
    for file in (store_path, store_path.with_name("store.sqlite-wal"), store_path.with_name("store.sqlite-shm")):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name


def test_rights_that_are_too_wide_are_taken_back(store_path: Path) -> None:
    open_store(store_path).close()
    store_path.chmod(0o644)
    open_store(store_path).close()
    assert stat.S_IMODE(store_path.stat().st_mode) == 0o600


def test_models_and_head_are_equal(store: Store) -> None:
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, schema.metadata) == []


def test_the_tables_of_readings_have_no_rowid_and_their_columns_stand_in_the_schemas_order(store: Store) -> None:
    with store.reading() as connection:
        for table in (schema.samples, schema.minutes, schema.hours):
            made = connection.execute(text("select sql from sqlite_master where name = :n"), {"n": table.name}).scalar()
            assert str(made).rstrip().endswith("WITHOUT ROWID")
            order = connection.execute(text("select name from pragma_table_info(:n)"), {"n": table.name}).scalars()
            assert list(order) == [column.name for column in table.columns]


def test_the_head_that_is_asked_for_is_the_newest_migration() -> None:
    assert ScriptDirectory.from_config(configuration()).get_heads() == [schema.HEAD_REVISION]


def test_migrating_twice_changes_nothing(store: Store) -> None:
    with store.writing(durable=True) as connection:
        before = connection.execute(text("select name, sql from sqlite_master order by name")).all()
        upgrade(configuration(connection), "head")
        assert connection.execute(text("select name, sql from sqlite_master order by name")).all() == before


def test_a_migration_that_is_cut_leaves_nothing_behind(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(connection: object, where: str) -> None:
        migrated(connection, where)
        raise KeyboardInterrupt

    from console.store import migrating

    migrated = migrating.migrate
    monkeypatch.setattr(migrating, "migrate", cut)
    with pytest.raises(KeyboardInterrupt):
        open_store(store_path)
    with closing(sqlite3.connect(store_path)) as file:
        assert file.execute("select count(*) from sqlite_master").fetchone() == (0,)
    monkeypatch.undo()
    open_store(store_path).close()


def test_opening_a_store_of_this_version_does_not_load_alembic(store_path: Path) -> None:
    open_store(store_path).close()
    code = (
        "import sys; from pathlib import Path; from console.store.database import open_store;"
        "open_store(Path(sys.argv[1])).close(); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(store_path)], check=False, timeout=60).returncode == 0


def test_reading_an_inventory_file_does_not_load_the_database_library() -> None:
    code = "import sys, console.store.inventory_file; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_what_was_written_is_there_after_the_next_opening(store_path: Path) -> None:
    with open_store(store_path) as store:
        Settings(store).set("theme", "dark")
    with open_store(store_path) as store:
        assert Settings(store).get("theme") == "dark"


def test_a_store_of_a_newer_version_is_refused_and_left_alone(store_path: Path) -> None:
    open_store(store_path).close()
    with closing(sqlite3.connect(store_path)) as file, file:
        file.execute("update alembic_version set version_num = '9999'")
    before = store_path.read_bytes()
    with pytest.raises(StoreTrouble, match=r"newer version .*9999.*store\.sqlite") as trouble:
        open_store(store_path)
    assert trouble.value.kind is TroubleKind.NEWER
    assert store_path.read_bytes() == before


def test_another_programs_database_is_refused_and_left_alone(store_path: Path) -> None:
    with closing(sqlite3.connect(store_path)) as file, file:
        file.execute("create table bookmarks (url text)")
    with pytest.raises(StoreTrouble) as trouble:
        open_store(store_path)
    assert trouble.value.kind is TroubleKind.FOREIGN
    with closing(sqlite3.connect(store_path)) as file:
        assert file.execute("select name from sqlite_master").fetchall() == [("bookmarks",)]


def test_a_file_that_is_no_database_is_named_and_not_overwritten(store_path: Path) -> None:
    store_path.write_bytes(b"this was a letter to the auditor\n" * 200)
    before = store_path.read_bytes()
    with pytest.raises(StoreTrouble) as trouble:
        open_store(store_path)
    assert trouble.value.kind is TroubleKind.DAMAGED
    assert str(store_path) in str(trouble.value)
    assert store_path.read_bytes() == before


def test_a_store_that_was_cut_short_is_named_and_not_overwritten(store_path: Path) -> None:
    open_store(store_path).close()
    whole = store_path.read_bytes()
    store_path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StoreTrouble) as trouble:
        open_store(store_path)
    assert trouble.value.kind is TroubleKind.DAMAGED
    assert store_path.read_bytes() == whole[: len(whole) // 2]


def test_a_damaged_page_of_the_inventory_is_found_at_opening(store_path: Path) -> None:
    open_store(store_path).close()
    with closing(sqlite3.connect(store_path)) as file:
        (page,) = file.execute("select rootpage from sqlite_master where name = 'clusters'").fetchone()
        (size,) = file.execute("pragma page_size").fetchone()
    with store_path.open("r+b") as raw:
        raw.seek((page - 1) * size)
        raw.write(b"\xff" * 100)
    before = store_path.read_bytes()
    with pytest.raises(StoreTrouble) as trouble:
        open_store(store_path)
    assert trouble.value.kind is TroubleKind.DAMAGED
    assert store_path.read_bytes() == before


@pytest.mark.parametrize("made", ["directory", "nothing"])
def test_a_path_that_can_not_be_a_store_is_named(made: str, tmp_path: Path) -> None:
    path = tmp_path / "there" / "store.sqlite"
    if made == "directory":
        path.mkdir(parents=True)
    with pytest.raises(StoreTrouble) as trouble:
        open_store(path)
    assert trouble.value.kind is TroubleKind.NO_ACCESS
    assert str(path) in str(trouble.value)


@pytest.mark.skipif(os.name != "posix", reason="not in this version of the system: percent signs in paths")
def test_a_home_with_strange_characters_in_its_path_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "50% off? #1 'a' ü" / "store.sqlite"
    path.parent.mkdir()
    with open_store(path) as store:
        Settings(store).set("theme", "light")
    assert [file.name for file in path.parent.iterdir()] == ["store.sqlite"]


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.writing(durable=True) as connection:
        connection.execute(insert(schema.settings).values(key="half", value="done"))
        raise ZeroDivisionError
    with store.reading() as connection:
        assert connection.execute(select(schema.settings)).all() == []


@pytest.mark.parametrize(("durable", "level"), [(True, 2), (False, 1)])
def test_an_operators_act_is_flushed_to_the_disk_and_a_reading_is_not(store: Store, durable: bool, level: int) -> None:
    with store.writing(durable=durable) as connection:
        assert connection.execute(text("pragma synchronous")).scalar() == level
        assert connection.execute(text("pragma foreign_keys")).scalar() == 1
        assert connection.execute(text("pragma journal_mode")).scalar() == "wal"
