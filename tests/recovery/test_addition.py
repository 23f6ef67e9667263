"""The settings of a node that is added: what can't be its source's, by the inventory; and how they are written."""

import subprocess
from pathlib import Path

import pytest

from console.domain.situation import ServerFacts
from console.domain.wal import Lsn
from console.postgres.addition_verbs import BEGINS, ENDS, adapt, read_addition
from console.postgres.verbs import ServerAt
from console.recovery.addition import adapted


def at(node: str, address: str, *, sockets: str = "/run/postgresql", port: int = 5432, data: str = "/d") -> ServerAt:
    return ServerAt(node=node, lock_key="k", bin_directory="/nowhere", data_directory=data, socket_directory=sockets,
                    port=port, admin_user="postgres", address=address)  # fmt: skip


def server(**settings: str) -> ServerFacts:
    known = {"port": "5432", "listen_addresses": "*", "cluster_name": "", "synchronous_standby_names": "", **settings}
    return ServerFacts(version=180000, in_recovery=False, timeline=1, write=Lsn(1), flush=None, received=None,
                       replayed=None, replay_paused=False, started_at=None, settings=tuple(known.items()))  # fmt: skip


def own(there: ServerFacts, mine: ServerAt | None = None) -> dict[str, str]:
    return dict(adapted(mine or at("b", "10.0.0.2"), at("a", "10.0.0.1"), there, primary="a"))


SAME = {"port": "5432", "listen_addresses": "*", "cluster_name": "", "synchronous_standby_names": ""}


def test_what_can_be_the_same_stays_the_same() -> None:
    assert own(server()) == SAME
    assert own(server(listen_addresses="localhost"))["listen_addresses"] == "localhost"
    assert own(server(cluster_name="books"))["cluster_name"] == "books"
    names = 'ANY 1 ("c", "d")'
    assert own(server(synchronous_standby_names=names))["synchronous_standby_names"] == names


def test_what_can_not_be_the_source_s_is_the_inventory_s() -> None:
    assert own(server(listen_addresses="10.0.0.1, localhost"))["listen_addresses"] == "10.0.0.2,localhost"
    assert own(server(cluster_name="books-a"))["cluster_name"] == "books-b"
    mine = at("b", "10.0.0.2", sockets="/run/b", port=5433)
    assert own(server(), mine) == {**SAME, "port": "5433", "unix_socket_directories": "/run/b"}


def test_a_node_s_own_list_never_names_itself() -> None:
    found = own(server(synchronous_standby_names='FIRST 2 (b, "c")'))
    assert found["synchronous_standby_names"] == 'FIRST 2 ("a", "c")'


def test_they_are_written_where_the_server_reads_them_and_only_once(tmp_path: Path) -> None:
    own_file, set_file = tmp_path / "postgresql.conf", tmp_path / "postgresql.auto.conf"
    own_file.write_text("port = 1\nwork_mem = '4MB'")  # without an end of its last line
    rescue = "restore_command = 'test -f ''/d.rescue/%f'''"
    set_file.write_text(f"port = '2'\nprimary_conninfo = 'password=x'\nmax_connections = '7'\n{rescue}\n")
    act = adapt(at("b", "10.0.0.2", data=str(tmp_path)), (("port", "5433"), ("cluster_name", "it's b\\")))
    for _ in range(2):  # a run that was cut does it again
        done = subprocess.run(["sh", "-c", act.script], capture_output=True, text=True, check=False, timeout=30)
        assert done.returncode == 0, done.stderr
    lines = own_file.read_text().splitlines()
    assert lines == ["port = 1", "work_mem = '4MB'", BEGINS, "port = '5433'", "cluster_name = 'it''s b\\\\'", ENDS]
    assert set_file.read_text() == "max_connections = '7'\n"


def test_a_node_with_files_of_its_own_keeps_them(tmp_path: Path) -> None:
    set_file = tmp_path / "postgresql.auto.conf"
    set_file.write_text("cluster_name = 'a'\nwork_mem = '8MB'\n")
    act = adapt(at("b", "10.0.0.2", data=str(tmp_path)), ())
    done = subprocess.run(["sh", "-c", act.script], capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["postgresql.auto.conf"]
    assert set_file.read_text() == "work_mem = '8MB'\n"


@pytest.mark.parametrize("settings", [(("port; drop", "1"),), (("port", "1\n2"),)])
def test_what_is_no_setting_is_not_written(settings: tuple[tuple[str, str], ...]) -> None:
    with pytest.raises(ValueError, match=r"setting"):
        adapt(at("b", "10.0.0.2"), settings)


def test_a_source_that_says_nothing_of_its_tablespaces_is_taken_to_have_some() -> None:
    room = b"room empty\nfree 100\nversion 18\nend\n"
    found = read_addition("a", room, b"copies 7318840215563302914|1|0/1|\n", b"")
    assert found.source_tablespaces and found.free_bytes == 102_400 and found.version == 180000
    assert not found.login_trouble
    assert not read_addition("a", room, b"", b"end\n").source_tablespaces
    assert read_addition("a", room, b"", b"end\n").login_trouble == "no answer"
    for junk in (b"", b"room elsewhere\nend\n", b"\xff\xfe"):
        with pytest.raises(ValueError):
            read_addition("a", junk, b"", b"end\n")
