"""What a hostile copy, or a hostile question, could reach out of a sandbox: planted, and shown to reach nothing."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from console.domain.backup import CheckResult
from console.domain.restore import TargetKind
from console.recovery.sandbox import Opened, ask_sandbox, close_sandbox
from tests.live import wait_for
from tests.restored import Restorer, marks_of, restorer

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Restorer]:
    with restorer(tmp_path_factory.mktemp("restore") / "home") as it:
        yield it


@pytest.fixture
def place(lab: Restorer) -> Iterator[Restorer]:
    """What a test leaves open is closed, and nothing of it stays."""
    try:
        yield lab
    finally:
        lab.close_all()
    lab.nothing_left()


def asked(place: Restorer, opened: Opened, sql: str) -> str:
    """One value of an open sandbox."""
    rows = ask_sandbox(place.yard.spec, place.hosts, opened.at, sql)
    assert not rows.trouble, rows.trouble
    return rows.rows[0][0]


class Listener:
    """A place that counts who comes: nothing of a sandbox may."""

    def __init__(self, address: str) -> None:
        self._socket = socket.create_server((address, 0))
        self.address, self.port = self._socket.getsockname()
        self.came: list[object] = []
        self._thread = threading.Thread(target=self._listen, name="listener", daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                connection, peer = self._socket.accept()
                self.came.append(peer)
                connection.close()

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(10)


def plant(place: Restorer, mark: Path, listener: Listener) -> None:
    """What a hostile, or merely a busy, production has in its catalogue; gone again from there when this returns."""
    way = f"host={listener.address} port={listener.port} user=postgres dbname=ledger application_name=hostile"
    place.yard.sql(
        "lab-1",
        "create table sent (n int); "
        f"create subscription lured connection '{way}' publication none with (connect = false, slot_name = 'hostile'); "
        "create function at_login() returns event_trigger language plpgsql as $$ begin "
        "if current_setting('cluster_name') = 'sandbox' then "
        f"copy (select 1) to program 'touch {mark}'; end if; end $$; "
        "create event trigger hostile on login execute function at_login(); "
        "alter event trigger hostile enable always",
    )
    place.yard.sql(
        "lab-1",
        "alter subscription lured enable; "
        "alter database ledger set session_preload_libraries = 'auto_explain'; "
        "alter database ledger set local_preload_libraries = 'no_such_library'; "
        "alter database ledger set default_transaction_isolation = serializable; "
        "alter database ledger set zero_damaged_pages = on; "
        "alter role postgres in database ledger set role = pg_monitor; "
        "alter role postgres in database ledger set statement_timeout = 1; "
        "alter role postgres in database ledger set search_path = nowhere; "
        "select pg_create_restore_point('hostile'); alter database ledger reset all; "
        "alter role postgres in database ledger reset all; alter subscription lured disable; "
        "alter event trigger hostile disable",
    )
    wait_for(
        lambda: place.yard.sql("lab-1", "select count(*) from pg_stat_subscription where pid is not null") == "0",
        "production to let go of its subscription",
    )


def pull_out(place: Restorer) -> None:
    place.yard.sql("lab-1", "alter subscription lured set (slot_name = none)")
    place.yard.sql(
        "lab-1", "drop subscription lured; drop event trigger hostile; drop function at_login; drop table sent"
    )


def hostile_files(mark: Path, listener: Listener) -> str:
    """A lay-out's last lines, which plant all that a data directory can say in its files."""
    settings = (
        f"archive_mode = always\narchive_command = 'touch {mark}'\nrestore_command = 'touch {mark}; false'\n"
        f"recovery_end_command = 'touch {mark}'\narchive_cleanup_command = 'touch {mark}'\n"
        "shared_preload_libraries = 'no_such_library'\nsession_preload_libraries = 'no_such_library'\n"
        f"primary_conninfo = 'host={listener.address} port={listener.port} user=postgres application_name=hostile'\n"
        "listen_addresses = '*'\nport = 1\nsynchronous_standby_names = 'nobody'\nevent_source = 'x'\n"
        "recovery_target_time = '1999-01-01'\nmax_logical_replication_workers = 8\nhba_file = '/etc/passwd'\n"
        f"external_pid_file = '{mark}'\nrecovery_target_action = promote\nmax_connections = 1\n"
        f"unix_socket_directories = '{mark.parent}'\nlogging_collector = on\nlog_directory = '{mark.parent}'\n"
    )
    return (
        f'mkdir -p "$D/conf.d"\ncat >"$D/conf.d/h.conf" <<"END"\n{settings}END\n'
        'cat "$D/conf.d/h.conf" >>"$D/postgresql.auto.conf"\n'
        'printf "include_dir = \'conf.d\'\\nnonsense here\\n" >>"$D/postgresql.conf"\n'
        'echo "host all all 0.0.0.0/0 trust" >"$D/pg_hba.conf"\n: >"$D/recovery.signal"\n'
        'mkdir -p "$D/pg_replslot/old"; : >"$D/pg_replslot/old/state"\n'
    )


def test_a_planted_hostile_configuration_reaches_nothing(place: Restorer) -> None:
    mark = place.base.parent / "reached"
    listener = Listener(place.yard.address("lab-1"))
    try:
        plant(place, mark, listener)
        place.archived()
        listener.came.clear()
        files = {path.name for path in place.base.parent.iterdir()}
        target = place.chosen(TargetKind.NAME, ("recovery_target_name", "hostile"))
        proven = place.prove("proof-hostile", target, planted=hostile_files(mark, listener))
        marks = marks_of(proven)
        assert proven.passed, proven.marks
        assert marks["books"].result is CheckResult.PASSED
        assert marks["indexes"].result is CheckResult.PASSED  # it was writable then, and reached nothing
        opened = place.open("hostile", target, planted=hostile_files(mark, listener))
        assert asked(place, opened, "select count(*) from pg_stat_subscription where pid is not null") == "0"
        assert asked(place, opened, "select subenabled from pg_subscription") == "t"
        busy = "select count(*) from pg_stat_activity where backend_type ~ 'logical|archiver|walrec|autovac'"
        assert asked(place, opened, busy) == "0"
        assert asked(place, opened, "select count(*) from pg_event_trigger where evtenabled = 'A'") == "1"
        close_sandbox(place.hosts, opened.at)
        assert not mark.exists()
        assert listener.came == []
        assert {path.name for path in place.base.parent.iterdir()} - files <= {"sandboxes"}
        assert not [path.name for path in place.archive.iterdir() if not path.name.startswith("00000001")]
    finally:
        listener.close()
        pull_out(place)
        mark.unlink(missing_ok=True)


ASKED = {
    "delete from ledger.entries": "syntax error",
    "with gone as (delete from ledger.entries returning *) select * from gone": "data-modifying",
    "select pg_promote()": "permission denied", "select pg_wal_replay_resume()": "permission denied",
    "select pg_read_file('/etc/passwd')": "permission denied", "select 1; select 2": "one-statement",
    "select lo_export(1, '/tmp/x')": "permission denied", "copy ledger.entries to program 'cat'": "syntax error",
    "select * from no_such_table": "does not exist", "select 1/0": "division by zero",
    "select * from away": "foreign table", "select * from ledger.entries for update": "",
    "select * into x from ledger.entries": "",
}  # fmt: skip


def test_what_writes_or_reaches_out_is_refused_with_the_servers_words(place: Restorer) -> None:
    listener = Listener(place.yard.address("lab-1"))
    try:
        place.yard.sql(
            "lab-1",
            "create extension postgres_fdw; create server production foreign data wrapper postgres_fdw "
            f"options (host '{listener.address}', port '{listener.port}', dbname 'ledger'); "
            "create user mapping for public server production options (user 'postgres', password 'x'); "
            "create foreign table away (n int) server production",
        )
        place.archived()
        opened = place.open("asked", place.latest())
        for sql, said in ASKED.items():
            rows = ask_sandbox(place.yard.spec, place.hosts, opened.at, sql)
            assert rows.trouble, sql
            assert said in rows.trouble
            assert rows.rows == ()
        assert listener.came == []
        assert place.yard.sql("lab-1", "select count(*) from pg_foreign_table") == "1"
        assert opened.reached.seen.in_recovery
        assert asked(place, opened, "select pg_is_in_recovery()") == "t"
        wide = ask_sandbox(place.yard.spec, place.hosts, opened.at, "select g from generate_series(1, 5000) g")
        assert (wide.cut, len(wide.rows)) == (True, 1000)
        big = ask_sandbox(place.yard.spec, place.hosts, opened.at, "select repeat('x', 3000000) b")
        assert big.cut
        if opened.isolation == "network-and-files":
            # The same question without our options: the host itself lets nothing of the sandbox out.
            psql = f"{opened.at.bin_directory}/psql -XAt -h {opened.socket} -p 5432 -U postgres -d ledger"
            said = place.script(f"{psql} -c 'table away' 2>&1 || true")
            assert "could not connect" in said
            assert listener.came == []
    finally:
        listener.close()
        place.yard.sql("lab-1", "drop extension postgres_fdw cascade")
