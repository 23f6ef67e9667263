"""Each fault does what its name says, is shown, and is undone by mending."""

import os
import signal
import socket
from pathlib import Path

import pytest

from console.lab.desk import FAULTS, LabError, LabNode, LabRole, LabStatus, lab_fault, lab_mend, lab_status
from console.lab.disk import Disk
from console.lab.launch import Account, Children
from console.lab.place import LabPlace
from console.lab.plan import read_plan
from console.lab.processes import look
from console.lab.programs import Programs
from console.lab.server import Server
from console.places import Home
from tests.live import live_lab, psql, sql, wait_for


def node(status: LabStatus, name: str) -> LabNode:
    found = status.node(name)
    assert found is not None
    return found


def now(home: Home) -> LabStatus:
    status = lab_status(home)
    assert status is not None
    return status


def streams(status: LabStatus) -> str:
    return sql(status, "lab-1", "select count(*) from pg_stat_replication where state = 'streaming'")


def postmaster(status: LabStatus, name: str) -> int:
    return int((Path(node(status, name).data_directory or "") / "postmaster.pid").read_text().split()[0])


def test_kill_ends_the_whole_tree_and_mend_brings_it_back(home: Home) -> None:
    status = lab_fault(home, "kill", "lab-2")
    assert (node(status, "lab-2").running, node(status, "lab-2").processes) == (False, 0)
    assert node(status, "lab-2").faults == ("kill",)
    mended = lab_mend(home, "lab-2")
    assert node(mended, "lab-2").running
    assert node(mended, "lab-2").faults == ()
    assert streams(mended) == "2"


def test_the_killed_primary_comes_back_as_the_primary(home: Home) -> None:
    status = lab_fault(home, "kill", "lab-1")
    assert not node(status, "lab-1").running
    mended = lab_mend(home)
    assert node(mended, "lab-1").role is LabRole.PRIMARY
    assert streams(mended) == "2"


def test_kill_of_the_postmaster_leaves_a_busy_backend_which_mend_ends(home: Home) -> None:
    status = now(home)
    busy = "select count(*) from generate_series(1, 100000000000)"
    pid = os.fork()
    if pid == 0:
        found = node(status, "lab-3")
        psql_path = f"{status.bin_directory}/psql"
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        os.execl(
            psql_path, psql_path, "-X", "-h", str(found.socket_directory), "-p", str(found.postgres_port),
            "-U", "postgres", "-d", "ledger", "-c", busy,
        )  # fmt: skip
    try:
        active = (
            "select count(*) from pg_stat_activity where query like '%generate_series(1, 1000%' "
            "and state = 'active' and pid <> pg_backend_pid()"
        )
        wait_for(lambda: sql(status, "lab-3", active) == "1", "the busy backend")
        status = lab_fault(home, "kill-postmaster", "lab-3")
        assert not node(status, "lab-3").running
        left = wait_for(lambda: node(now(home), "lab-3").processes == 1, "the idle processes to end")
        assert left
        mended = lab_mend(home, "lab-3")
        assert node(mended, "lab-3").running
        assert streams(mended) == "2"
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def test_freeze_holds_every_process_and_thaw_lets_them_go(home: Home) -> None:
    status = lab_fault(home, "freeze", "lab-1")
    frozen = node(status, "lab-1")
    assert (frozen.running, frozen.frozen, frozen.faults) == (True, True, ("freeze",))
    held = look(postmaster(status, "lab-1"))
    assert held is not None
    assert held.state == "T"
    thawed = lab_fault(home, "thaw", "lab-1")
    assert (node(thawed, "lab-1").frozen, node(thawed, "lab-1").faults) == (False, ())
    assert sql(thawed, "lab-1", "select 1") == "1"


def test_a_frozen_node_still_has_its_ssh_endpoint(home: Home) -> None:
    status = lab_fault(home, "freeze", "lab-2")
    with socket.create_connection((node(status, "lab-2").address, node(status, "lab-2").ssh_port), timeout=5) as line:
        assert line.recv(4) == b"SSH-"


def test_stop_is_a_clean_shutdown_that_lasts_until_start(home: Home) -> None:
    status = lab_fault(home, "stop", "lab-3")
    assert (node(status, "lab-3").running, node(status, "lab-3").faults) == (False, ("stop",))
    assert "database system is shut down" in Path(node(status, "lab-3").log or "").read_text()
    started = lab_fault(home, "start", "lab-3")
    assert (node(started, "lab-3").running, node(started, "lab-3").faults) == (True, ())


def test_ssh_down_cuts_connections_and_refuses_new_ones(home: Home) -> None:
    vault = node(now(home), "lab-vault")
    with socket.create_connection((vault.address, vault.ssh_port), timeout=5) as line:
        assert line.recv(4) == b"SSH-"
        status = lab_fault(home, "ssh-down", "lab-vault")
        assert (node(status, "lab-vault").ssh, node(status, "lab-vault").faults) == (False, ("ssh-down",))
        line.settimeout(5)
        with pytest.raises(ConnectionError):
            while line.recv(65536):
                pass
            raise ConnectionResetError
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((vault.address, vault.ssh_port), timeout=5)
    status = lab_fault(home, "ssh-up", "lab-vault")
    assert (node(status, "lab-vault").ssh, node(status, "lab-vault").faults) == (True, ())
    with socket.create_connection((vault.address, vault.ssh_port), timeout=5) as line:
        assert line.recv(4) == b"SSH-"


def test_replay_pauses_while_wal_still_arrives(home: Home) -> None:
    status = lab_fault(home, "replay-pause", "lab-2")
    assert node(status, "lab-2").faults == ("replay-pause",)
    replayed = sql(status, "lab-2", "select pg_last_wal_replay_lsn()")
    ahead = "select pg_last_wal_receive_lsn() > pg_last_wal_replay_lsn()"
    wait_for(lambda: sql(status, "lab-2", ahead) == "t", "WAL to arrive")
    assert sql(status, "lab-2", "select pg_last_wal_replay_lsn()") == replayed
    status = lab_fault(home, "replay-resume", "lab-2")
    assert node(status, "lab-2").faults == ()
    wait_for(lambda: sql(status, "lab-2", f"select pg_last_wal_replay_lsn() > '{replayed}'") == "t", "replay to go on")


def test_a_primary_replays_nothing_and_says_so(home: Home) -> None:
    with pytest.raises(LabError, match="lab-1 is the primary"):
        lab_fault(home, "replay-pause", "lab-1")


def test_the_rate_changes_and_mending_all_restores_it(home: Home) -> None:
    status = lab_fault(home, "rate=0")
    assert (status.workload.rate, status.workload.running) == (0.0, False)
    status = lab_fault(home, "rate=75")
    assert (status.workload.rate, status.workload.running) == (75.0, True)
    assert lab_mend(home).workload.rate == 20.0


def test_a_full_disk_is_full_and_gets_its_room_back(home: Home) -> None:
    status = lab_fault(home, "disk-full", "lab-1")
    data = node(status, "lab-1").data_directory
    assert data is not None
    assert node(status, "lab-1").faults == ("disk-full",)
    if not os.path.ismount(data):
        see_writing_forbidden(home, "lab-1")  # where nobody may mount, it is done the other way
        return
    assert os.statvfs(data).f_bavail == 0
    fill = "create unlogged table public.big as select repeat('x', 1000) from generate_series(1, 50000)"
    assert "53100" in psql(status, "lab-1", f"set synchronous_commit = local; {fill}").stderr
    mended = lab_mend(home)
    assert os.statvfs(data).f_bavail > 0
    assert node(mended, "lab-1").faults == ()
    assert streams(mended) == "2"
    assert sql(mended, "lab-1", "select to_regclass('public.big') is null") == "t"
    assert {path.name for path in Path(data).parent.iterdir()} == {"data", "home", "log", "pgpass", "run"}


def test_a_server_that_may_write_no_file_throws_everybody_out_and_is_mended(home: Home) -> None:
    status = now(home)
    place = LabPlace(Path(status.directory))
    plan = read_plan(place)
    assert plan is not None
    programs = Programs(Path(status.bin_directory), 18)
    children = Children(Account.chosen(), place.directory, programs.directory)
    Disk(Server(place, plan, plan.host("lab-1"), programs=programs, children=children)).forbid_writing()
    see_writing_forbidden(home, "lab-1")


def see_writing_forbidden(home: Home, name: str) -> None:
    wait_for(lambda: psql(now(home), name, "select 1").returncode != 0, "the server to throw everybody out")
    log = Path(node(now(home), name).log or "").read_text()
    assert "PANIC" in log
    assert "File too large" in log
    mended = lab_mend(home)
    assert node(mended, name).running
    assert streams(mended) == "2"
    limits = Path(f"/proc/{postmaster(mended, name)}/limits").read_text()
    assert next(line for line in limits.splitlines() if line.startswith("Max file size")).split()[3] == "unlimited"


def test_mending_makes_one_primary_of_two(tmp_path: Path) -> None:
    # A lab of its own: what the old primary acknowledged after the promotion is lost, as it is in earnest.
    with live_lab(tmp_path / "home") as (home, status):
        assert sql(status, "lab-2", "select pg_promote()") == "t"
        assert [one.name for one in now(home).nodes if one.role is LabRole.PRIMARY] == ["lab-1", "lab-2"]
        mended = lab_mend(home)
        assert [one.name for one in mended.nodes if one.role is LabRole.PRIMARY] == ["lab-2"]
        followers = "select string_agg(application_name, ',' order by application_name) from pg_stat_replication"
        assert sql(mended, "lab-2", followers) == "lab-1,lab-3"
        booked = mended.workload.acknowledged
        wait_for(lambda: now(home).workload.acknowledged > booked, "the workload to find the new primary")


def test_postings_are_deleted_past_every_guard_and_the_guards_stand_again(tmp_path: Path) -> None:
    # A lab of its own: nothing mends it but a restore.
    with live_lab(tmp_path / "home", nodes=2) as (home, status):
        wait_for(lambda: now(home).workload.acknowledged > 20, "entries")
        guards = "select string_agg(concat(tgname, tgenabled), ' ' order by tgname) from pg_trigger where tgrelid = "
        guards += "'ledger.postings'::regclass and not tgisinternal"
        before = sql(status, "lab-1", guards)
        status = lab_fault(home, "delete-postings", "lab-1")
        bare = "select count(*) from ledger.entries e where not exists (select from ledger.postings p where "
        bare += "p.number = e.number)"
        assert int(sql(status, "lab-1", bare)) > 20
        assert sql(status, "lab-1", guards) == before
        wait_for(lambda: sql(status, "lab-1", "select count(*) > 0 from ledger.postings") == "t", "a booking")
        assert "append-only" in psql(status, "lab-1", "delete from ledger.postings").stderr
        assert node(status, "lab-1").faults == ()
        with pytest.raises(LabError, match="lab-2 is a standby"):
            lab_fault(home, "delete-postings", "lab-2")


@pytest.mark.parametrize(
    ("fault", "name", "says"),
    [
        ("explode", "lab-1", "there is no fault 'explode'.*kill-postmaster.*rate=N"),
        ("kill", "lab-7", "no host 'lab-7'.*lab-1, lab-2, lab-3, lab-vault"),
        ("kill", None, "needs a node.*lab-1, lab-2, lab-3"),
        ("kill", "lab-vault", "lab-vault runs no PostgreSQL"),
        ("rate=N", None, "there is no fault 'rate=N'"),
        ("rate=99999", None, "a rate is 0 to 5000"),
        ("rate=-1", None, "there is no fault"),
    ],
)
def test_a_wrong_order_is_answered_with_what_there_is(
    books: LabStatus, lab_of_all: tuple[Home, LabStatus], fault: str, name: str | None, says: str
) -> None:
    with pytest.raises(LabError, match=says):
        lab_fault(lab_of_all[0], fault, name)
    assert books.pid == now(lab_of_all[0]).pid


def test_every_named_fault_is_known_to_the_service(home: Home) -> None:
    for kind in FAULTS:
        if kind.node:
            with pytest.raises(LabError, match="needs a node"):
                lab_fault(home, kind.name)


def test_without_a_lab_a_fault_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(LabError, match="lab up"):
        lab_fault(Home(tmp_path), "kill", "lab-1")
