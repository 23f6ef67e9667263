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

from console.backup.native_scripts import BackupWords, Shelf, assigned, backup_script, opened
from console.backup.native_wal import KEEPER, TAKE_WAL
from console.domain.backup_policy import BackupKind
from console.lab.launch import Account
from tests.live import wait_for

BIN = Path("/usr/lib/postgresql/15/bin")
SECONDS_MAX = 30.0


@dataclass(slots=True)
class Server:
    """One server with segments of 1 MB, a repository beside it, and a receiver."""

    place: Path
    account: Account
    receiver: "subprocess.Popen[bytes] | None" = None
    mirror: str = ""

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

    @property
    def shelf(self) -> Shelf:
        return Shelf(root=f"{self.place}/repo", staging=f"{self.place}/repo/staging", mirror=self.mirror)

    @property
    def conninfo(self) -> str:
        return f"host={self.place} port=5916 user=postgres"

    def keeper(self) -> str:
        return opened(self.shelf, str(BIN)) + assigned(C=self.conninfo, N="forks", EACH="") + TAKE_WAL + KEEPER

    def backup(self) -> str:
        words = BackupWords(
            kind=BackupKind.FULL, parent="", conninfo=self.conninfo, primary=self.conninfo, slot="forks", need_bytes=1,
            system_identifier="", rate_bytes=None, bin_directory=str(BIN), major=15, words='"source":"a"',
        )  # fmt: skip
        return backup_script(self.shelf, words)

    def keep(self) -> None:
        script = self.keeper()
        with (self.place / "keeper").open("wb") as log:
            self.receiver = subprocess.Popen(
                ["sh", "-c", script], stdout=log, stderr=log, cwd="/", start_new_session=True,
                **self.who(),  # type: ignore[call-overload]
            )  # fmt: skip
        wait_for(lambda: self.sql("select count(*) from pg_stat_replication") == "1", "it to receive",
                 seconds=SECONDS_MAX)  # fmt: skip

    def end(self) -> None:
        if self.receiver is not None:
            os.killpg(self.receiver.pid, signal.SIGKILL)
            self.receiver.wait(timeout=SECONDS_MAX)
            self.receiver = None

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
        it.end()
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


def test_a_repository_whose_disk_is_gone_is_not_made_anew_beneath(server: Server) -> None:
    server.keep()
    server.received()
    server.end()
    server.shell(f"cd {server.place} && mv repo disk && mkdir repo")
    for script in (server.keeper(), server.backup()):
        said = server.shell(f"({script}); [ $? = 3 ]")
        assert "fact reason no-repository" in said and "the slot forks" in said, said
    assert not list((server.place / "repo").iterdir())
    # Its slot still keeps what the disk, when it is back, has to get.
    server.shell(f"cd {server.place} && rmdir repo && mv disk repo")
    server.keep()
    server.received()
    server.end()
    # Whoever wants a new one there says so.
    server.shell(f"cd {server.place} && mv repo disk && mkdir -p repo/backups")
    assert "fact backup" in server.shell(server.backup())


def test_a_repository_that_only_its_mirror_knows_is_not_made_anew(server: Server) -> None:
    server.mirror = f"{server.place}/second"
    server.shell(f"mkdir -p {server.mirror}/backups {server.place}/repo")
    for script in (server.keeper(), server.backup()):
        said = server.shell(f"({script}); [ $? = 3 ]")
        assert "fact reason no-repository" in said and "its mirror" in said, said
    assert not list((server.place / "repo").iterdir())


def test_a_backup_that_did_not_come_to_the_mirror_comes_there_with_the_next(server: Server) -> None:
    server.mirror = f"{server.place}/second"
    server.shell(f": >{server.mirror}")
    said = server.shell(f"({server.backup()}); [ $? = 3 ]")
    assert "fact reason mirror-failed" in said, said
    first = said.partition("fact backup ")[2].split("\n")[0]
    server.shell(f"rm {server.mirror}")
    said = server.shell(server.backup())
    assert f"fact mirrored_late {first}" in said and "fact mirrored yes" in said, said
    assert len(list((server.place / "second/backups").glob("*F/backup.json"))) == 2
    assert not server.shell(f"diff -rq {server.place}/repo/backups {server.mirror}/backups")
