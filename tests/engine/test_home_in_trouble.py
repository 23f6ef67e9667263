"""The engine's home in trouble: full, locked, damaged; it says so, and live figures go on."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.domain.cluster import Inventory
from console.lab.desk import lab_cluster
from console.places import Home
from console.store.inventory_file import write_inventory
from tests.live import live_lab, wait_for
from tests.watched import Watched


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    with live_lab(tmp_path_factory.mktemp("lab")) as (home, status):
        yield Watched(home, status)


def watching(lab: Watched, directory: Path) -> Watched:
    """An engine of another home on the same lab."""
    home = Home.chosen(str(directory))
    home.lab_known_hosts.write_bytes(Path(lab.lab.known_hosts).read_bytes())
    watched = Watched(home, lab.lab)
    file = directory / "lab.toml"
    file.write_text(write_inventory(Inventory(clusters=(lab_cluster(lab.lab),))))
    watched.json("inventory", "import", str(file))
    watched.reaches("healthy", seconds=60)
    return watched


def trouble(watched: Watched) -> str:
    return str(watched.json("engine", "status")["engine"]["store_trouble"])


@pytest.mark.live
def test_a_locked_store_is_said_and_live_figures_go_on_and_nothing_is_lost(lab: Watched, tmp_path: Path) -> None:
    watched = watching(lab, tmp_path)
    try:
        holder = sqlite3.connect(watched.home.store, isolation_level=None)
        holder.execute("begin exclusive")
        try:
            wait_for(lambda: "locked" in trouble(watched), "the locked store to be said", seconds=60)
            assert watched.status()["health"] == "healthy"
            head = watched.status()["view"]["head_number"]
            wait_for(lambda: watched.status()["view"]["head_number"] > head, "live figures")
        finally:
            holder.execute("rollback")
            holder.close()
        wait_for(lambda: trouble(watched) == "", "the store to be well again", seconds=60)
        chart = watched.json("readings", "lab", "lab-1", "--last", "2m")["chart"]
        trips = next(c for c in chart["curves"] if c["measure"] == "round-trip-ms")
        pauses = [b - a for a, b in zip(trips["seconds"], trips["seconds"][1:], strict=False)]
        assert max(pauses) < 5.0, "readings of the locked time are missing"
    finally:
        watched.run("engine", "stop")


@pytest.mark.live
@pytest.mark.root
def test_a_home_that_fills_while_it_runs_is_said_and_live_figures_go_on(lab: Watched, tmp_path: Path) -> None:
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m,mode=0700", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("not in this version of the system: no small file system may be mounted here")
    try:
        watched = watching(lab, place)
        try:
            with (place / "ballast").open("wb", buffering=0) as ballast:
                try:
                    while True:
                        ballast.write(b"\0" * 4096)
                except OSError:
                    pass
            wait_for(lambda: "full" in trouble(watched), "the full disk to be said", seconds=60)
            assert watched.status()["health"] == "healthy"
            refused = watched.run("inventory", "remove", "lab", "--json")
            assert refused.returncode in (0, 1)
            (place / "ballast").unlink()
            wait_for(lambda: trouble(watched) == "", "the store to be well again", seconds=60)
        finally:
            watched.run("engine", "stop")
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


def test_a_damaged_store_is_said_and_nothing_in_it_is_overwritten(tmp_path: Path) -> None:
    home = Home.chosen(str(tmp_path))
    home.store.write_bytes(b"this is no database" * 100)
    before = home.store.read_bytes()
    done = subprocess.run(
        [sys.executable, "-m", "console", "--home", str(tmp_path), "status", "--json"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    watched = Watched(home, None)  # type: ignore[arg-type]
    try:
        assert done.returncode == 0, done.stdout + done.stderr
        assert "damaged" in trouble(watched)
        refused = watched.json("inventory", "remove", "x", code=1)
        assert refused["error"] == "store-trouble"
        assert home.store.read_bytes() == before
    finally:
        watched.run("engine", "stop")


def test_a_home_that_belongs_to_somebody_else_is_a_clear_error(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    done = subprocess.run(
        [sys.executable, "-m", "console", "--home", str(file), "status", "--json"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert str(file) in done.stdout
    assert file.stat().st_size == 0
