"""Native backups of other servers: Debian's PostgreSQL 15, full ones only; and one with a tablespace of its own."""

import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from console.backup.face import EngineTrouble, Order, Source, read_progress
from console.backup.native import NativeEngine
from console.domain.backup import BackupCheck, BackupState, CheckResult
from console.domain.backup_policy import BackupKind, RepositorySpec, WalWay
from console.domain.cluster import ClusterSpec, Environment, NodeKind, NodeSpec, SshTarget
from console.lab.launch import Account
from console.ssh.hosts import Said
from tests.backup.native_yard import native_yard, now
from tests.live import sql, wait_for

OLD = Path("/usr/lib/postgresql/15/bin")
SECONDS_MAX = 120.0


@dataclass(slots=True)
class OneHost:
    """This machine as the one host there is: its shell, as an account that PostgreSQL runs as."""

    account: Account

    def run(self, node: str, script: str, *, seconds_max: float, stdin: bytes = b"") -> Said:
        assert node == "here"
        who = {"user": self.account.uid, "group": self.account.gid, "extra_groups": []} if self.account.drop else {}
        done = subprocess.run(
            ["sh", "-c", script], input=stdin, capture_output=True, timeout=seconds_max, check=False, cwd="/",
            env={"PATH": "/usr/local/bin:/usr/bin:/bin"}, **who,  # type: ignore[call-overload]
        )  # fmt: skip
        return Said(status=done.returncode, stdout=done.stdout, stderr=done.stderr)

    def address(self, node: str) -> str | None:
        return {"here": "127.0.0.1"}.get(node)

    def close(self) -> None: ...


@dataclass(slots=True)
class OldServer:
    """A server of PostgreSQL 15 with one table, and a repository beside it."""

    place: Path
    host: OneHost
    engine: NativeEngine
    source: Source

    def shell(self, script: str) -> str:
        said = self.host.run("here", script, seconds_max=SECONDS_MAX)
        assert said.fine, said.words()
        return said.stdout.decode().strip()

    def run(self, order: Order) -> Said:
        return self.host.run("here", order.script, seconds_max=SECONDS_MAX)


@pytest.fixture(scope="module")
def old() -> Iterator[OldServer]:
    if not (OLD / "postgres").exists():
        pytest.skip("Debian's PostgreSQL 15 is not installed")
    account = Account.chosen()
    place = Path(tempfile.mkdtemp(prefix="n15-", dir="/var/tmp"))
    account.own(place)
    host = OneHost(account)
    spec = RepositorySpec(name="old", node="here", path=f"{place}/repo", login="user=postgres", wal=WalWay.ARCHIVE,
                          archive=f"{place}/archive")  # fmt: skip
    cluster = ClusterSpec(
        name="old", environment=Environment.LAB,
        nodes=(NodeSpec(name="here", kind=NodeKind.BACKUP, ssh=SshTarget(host="here")),),
    )  # fmt: skip
    source = Source(node="here", address=str(place), port=5915, version=150000, size_bytes=40_000_000)
    it = OldServer(place, host, NativeEngine(spec, cluster, host), source)
    data = shlex.quote(str(place / "data"))
    try:
        it.shell(
            f"mkdir {place}/archive && {OLD}/initdb -D {data} -U postgres --no-sync --auth=trust >/dev/null && "
            f"printf '%s\\n' \"unix_socket_directories = '{place}'\" port=5915 \"listen_addresses = ''\" "
            f"archive_mode=on \"archive_command = 'cp %p {place}/archive/%f'\" fsync=off >>{data}/postgresql.conf && "
            f"{OLD}/pg_ctl -D {data} -w -l {place}/log start >/dev/null && "
            f"{OLD}/psql -Xqh {place} -p 5915 -U postgres -c 'create table t as select generate_series(1, 1000) n'"
        )
        yield it
    finally:
        host.run("here", f"{OLD}/pg_ctl -D {data} -m immediate stop", seconds_max=SECONDS_MAX)
        shutil.rmtree(place)


def test_a_full_backup_of_15_is_made_read_back_and_restored(old: OldServer) -> None:
    assert old.engine.find().version.startswith("15")
    said = old.run(old.engine.backup("a", BackupKind.FULL, old.source, rate_bytes=None))
    assert said.fine, said.stdout.decode()
    old.shell(f"{OLD}/psql -Xqh {old.place} -p 5915 -U postgres -c 'insert into t values (1001)' "
              f"-c 'select pg_switch_wal()'")  # fmt: skip
    old.shell(f"for n in 1 2 3 4 5 6 7 8 9 10; do [ $(ls {old.place}/archive | grep -c '^[0-9A-F]*$') -ge 2 ] && "
              "break; sleep 0.3; done")  # fmt: skip
    made = old.engine.read(now()).backups[-1]
    assert made.stop is not None
    segment = old.place / "archive" / f"00000001{made.stop.position >> 32:08X}{(made.stop.position >> 24) & 255:08X}"
    assert made.state is BackupState.COMPLETE and made.server_version is not None and made.server_version // 10000 == 15
    def verified() -> dict[BackupCheck, CheckResult]:
        order = old.engine.verify("v", made)
        said = old.run(order)
        marks = old.engine.marks(made, order, said.status, said.stdout.decode(), now())
        return {mark.check: mark.result for mark in marks}

    whole = {BackupCheck.CHECKSUMS: CheckResult.PASSED, BackupCheck.WAL_CONTINUITY: CheckResult.PASSED}
    # Nobody has its sum yet: a record of it that is torn, and a head of another system, are found by reading it.
    content = segment.read_bytes()
    assert made.start is not None
    inside = (made.start.position & ((1 << 24) - 1)) + 40
    for place in (inside, 25):
        segment.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        old.shell(f"touch -d '10 seconds ago' {segment}")
        assert verified() == {**whole, BackupCheck.WAL_CONTINUITY: CheckResult.FAILED}, place
    segment.write_bytes(content)
    wait_for(lambda: verified() == whole, "all of it to be read, what was archived just now too")
    segment.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert verified() == {**whole, BackupCheck.WAL_CONTINUITY: CheckResult.FAILED}
    segment.write_bytes(content)
    said = old.run(old.engine.lay_out("l", (made,), f"{old.place}/again"))
    assert said.fine, said.stdout.decode()
    facts = dict(read_progress(said.stdout.decode()).facts)
    assert facts["bin_directory"] == str(OLD)
    command = shlex.quote(shlex.quote(facts["restore_command"]))
    again = f"{old.place}/again"
    old.shell(
        f": >{again}/recovery.signal; mkdir {old.place}/run; "
        f"{OLD}/pg_ctl -D {again} -w -l {again}.log -o '-c archive_mode=off' "
        f"-o '-c unix_socket_directories={old.place}/run' "
        f"-o \"-c restore_command=\"{command} start >/dev/null"
    )
    try:
        count = f"{OLD}/psql -XAtqh {old.place}/run -p 5915 -U postgres -c 'select count(*) from t'"
        assert old.shell(count) == "1001"
    finally:
        old.shell(f"{OLD}/pg_ctl -D {again} -m immediate stop >/dev/null")


@pytest.mark.parametrize("kind", [BackupKind.INCREMENTAL, BackupKind.DIFFERENTIAL])
def test_what_needs_17_is_refused_with_who_could_do_it(old: OldServer, kind: BackupKind) -> None:
    with pytest.raises(EngineTrouble) as caught:
        old.engine.backup("b", kind, old.source, rate_bytes=None)
    there = [name for name in ("pgbackrest", "barman") if Path("/usr/bin", name).exists()]
    assert caught.value.reason == "needs-17" and caught.value.detail.split(",") == (there or [""])


@pytest.mark.parametrize("packed", [True, False], ids=["tar.gz", "archives"])
def test_a_tablespace_comes_along_and_lies_beside_the_restored_directory(tmp_path: Path, packed: bool) -> None:
    with native_yard(tmp_path, nodes=1, rate=5.0) as yard:
        away = Path(yard.lab.directory) / "lab-1" / "away"
        assert yard.hosts.run("lab-1", f"mkdir -m 700 {away}", seconds_max=10.0).fine
        sql(yard.lab, "lab-1", f"create tablespace away location '{away}'")
        sql(yard.lab, "lab-1", "create table far (n int) tablespace away")
        sql(yard.lab, "lab-1", "insert into far select generate_series(1, 5000)")
        engine = yard.engine(compressed=packed)
        with yard.receiving(engine):
            yard.backup(engine, BackupKind.FULL, "lab-1")
            sql(yard.lab, "lab-1", "update far set n = n + 1 where n < 100")
            made = yard.backup(engine, BackupKind.INCREMENTAL, "lab-1")
            yard.switch_wal()
            marks = yard.marks(engine, made)
            assert marks[BackupCheck.CHECKSUMS].result is CheckResult.PASSED, marks
            for backup in yard.chain(engine, made):
                restored = yard.lay_out(engine, backup, f"far-{backup.id}")
                try:
                    restored.recover(recovery_target="immediate")
                    assert restored.sql("select count(*) from far") == "5000"
                    place = restored.sql(
                        "select pg_tablespace_location(oid) from pg_tablespace where spcname = 'away'"
                    )
                    assert place.startswith(restored.directory) and place != str(away)
                finally:
                    restored.stop()
