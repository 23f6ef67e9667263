"""WAL goes on being received when a cluster went back to a moment before: a real server, its shell and its slot."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from console.backup.native_scripts import Shelf, assigned, opened
from console.backup.native_wal import KEEPER, TAKE_WAL
from console.lab.launch import Account
from tests.live import wait_for

BIN = Path("/usr/lib/postgresql/15/bin")
SECONDS_MAX = 60.0


@dataclass(slots=True)
class Server:
    """One server with segments of 1 MB, a repository beside it, and a receiver."""

    place: Path
    account: Account
    receiver: "subprocess.Popen[bytes] | None" = None

    def who(self) -> dict[str, object]:
        return {"user": self.account.uid, "group": self.account.gid, "extra_groups": []} if self.account.drop else {}

    def shell(self, script: str) -> str:
        done = subprocess.run(
            ["sh", "-c", script], capture_output=True, text=True, timeout=SECONDS_MAX, check=False, cwd="/",
            **self.who(),  # type: ignore[call-overload]
        )  # fmt: skip
        assert done.returncode == 0, (done.stdout, done.stderr)
        return str(done.stdout).strip()

    def sql(self, text: str) -> str:
        return self.shell(f"{BIN}/psql -XAtqw -h {self.place} -p 5916 -U postgres -c \"{text}\"")

    def start(self) -> None:
        self.shell(f"{BIN}/pg_ctl -D {self.place}/data -w -l {self.place}/log start >/dev/null")

    def stop(self) -> None:
        self.shell(f"{BIN}/pg_ctl -D {self.place}/data -m fast stop >/dev/null")

    def segments(self, count: int) -> None:
        for _ in range(count):
            self.sql("select pg_logical_emit_message(true, 'tests', 'x')")
            self.sql("select pg_switch_wal()")

    def copied(self, name: str) -> None:
        """The data directory as it is now, cold."""
        self.stop()
        self.shell(f"cp -R {self.place}/data {self.place}/{name}")
        self.start()

    def went_back(self, name: str) -> None:
        """To that copy, on a timeline that no other had: what a whole restore leaves."""
        newest = int(self.sql("select timeline_id from pg_control_checkpoint()"))
        self.stop()
        self.shell(
            f"cd {self.place} && rm -rf old && mv data old && cp -R {name} data && : >data/recovery.signal && "
            f"for n in $(seq 2 {newest}); do f=$(printf '%08X.history' $n); "
            'cp "old/pg_wal/$f" data/pg_wal/ 2>/dev/null; done; rm -rf data/pg_replslot/*'
        )
        self.start()
        wait_for(lambda: self.sql("select pg_is_in_recovery()") == "f", "the server to lead", seconds=SECONDS_MAX)

    def keep(self) -> None:
        shelf = Shelf(root=f"{self.place}/repo", staging=f"{self.place}/repo/staging")
        told = assigned(C=f"host={self.place} port=5916 user=postgres", N="forks", EACH="")
        script = opened(shelf, str(BIN)) + told + TAKE_WAL + KEEPER
        with open(self.place / "keeper", "wb") as log:
            self.receiver = subprocess.Popen(
                ["sh", "-c", script], stdout=log, stderr=log, cwd="/", start_new_session=True,
                **self.who(),  # type: ignore[call-overload]
            )  # fmt: skip

    def held(self, name: str) -> bool:
        shelf = self.place / "repo/wal" / name[:8]
        return (shelf / f"{name}.gz").exists()

    def received(self) -> None:
        """What is written now is on the shelf."""
        name = self.sql("select pg_walfile_name(pg_current_wal_lsn())")
        self.segments(2)
        said = self.place / "keeper"
        wait_for(lambda: self.held(name), f"{name} to be shelved, {said.read_text()[-300:]}", seconds=SECONDS_MAX)


@pytest.fixture
def server() -> Iterator[Server]:
    if not (BIN / "postgres").exists():
        pytest.skip("Debian's PostgreSQL 15 is not installed")
    account = Account.chosen()
    place = Path(tempfile.mkdtemp(prefix="forks-", dir="/var/tmp"))
    account.own(place)
    it = Server(place, account)
    try:
        it.shell(
            f"{BIN}/initdb -D {place}/data -U postgres --no-sync --auth=trust --wal-segsize=1 >/dev/null && "
            f"printf '%s\\n' \"unix_socket_directories = '{place}'\" port=5916 \"listen_addresses = ''\" fsync=off "
            "wal_keep_size=100MB restore_command=false "
            f"recovery_target_timeline=current >>{place}/data/postgresql.conf"
        )
        it.start()
        yield it
    finally:
        if it.receiver is not None:
            os.killpg(it.receiver.pid, signal.SIGKILL)
            it.receiver.wait(timeout=SECONDS_MAX)
        subprocess.run(["sh", "-c", f"{BIN}/pg_ctl -D {place}/data -m immediate stop"], cwd="/", check=False,
                       capture_output=True, timeout=SECONDS_MAX, **it.who())  # type: ignore[call-overload]
        shutil.rmtree(place)


def test_a_cluster_that_goes_back_twice_is_received_on(server: Server) -> None:
    server.keep()
    server.segments(2)
    server.copied("first")
    server.segments(3)
    server.copied("second")
    server.segments(3)
    server.received()
    server.went_back("first")
    assert server.sql("select pg_walfile_name(pg_current_wal_lsn())").startswith("00000002")
    server.segments(6)
    server.received()
    # What was received last is of a timeline of which the server's history knows nothing.
    server.went_back("second")
    assert server.sql("select pg_walfile_name(pg_current_wal_lsn())").startswith("00000003")
    server.received()
    said = (server.place / "keeper").read_text()
    assert "hole" not in said, said
    histories = {path.name for path in (server.place / "repo/wal").glob("*.history")}
    assert histories == {"00000002.history", "00000003.history"}
    forked = (server.place / "repo/wal/00000003.history").read_text().split()[:2]
    assert forked[0] == "1"
    low = int(forked[1].split("/")[1], 16) >> 20
    assert server.held(f"0000000300000000{low:08X}"), "the segment of the fork, under the new number"
