"""OpenSSH's sshd and Debian's PostgreSQL 15 without systemd: switchover there and back, failover after kill -9."""

import os
import pwd
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from console.cli import main
from console.domain.cluster import ChangePolicy, ClusterSpec, Environment, NodeKind, NodeSpec, PostgresTarget, SshTarget
from console.domain.plan import LossBasis, Operation
from console.domain.run import RunView
from console.engine.launch import ensure_engine
from console.lab.doors import SEPARATION
from console.lab.record import now_text
from console.lab.status import LabNode, LabRole, LabStatus, WorkloadStatus
from console.lab.trades import seed_sql
from console.places import Home, resource
from tests.changing import Operator, told
from tests.live import wait_for
from tests.watched import Watched

OWNER, VERSION = "postgres", "15"
NAMES = ("old-1", "old-2")
SECONDS_MAX = 60.0


@dataclass(slots=True)
class Fifteen:
    """Two clusters of Debian's, and a person who changes what they make together."""

    operator: Operator
    mark: str
    ports: dict[str, int]

    def cluster(self, node: str) -> str:
        return f"lc{self.mark}{node[-1]}"

    def data(self, node: str) -> Path:
        return Path("/var/lib/postgresql", VERSION, self.cluster(node))

    def configuration(self, node: str) -> Path:
        return Path("/etc/postgresql", VERSION, self.cluster(node))

    def sql(self, node: str, text: str, *, database: str = "ledger") -> str:
        asked = ("-v", "ON_ERROR_STOP=1", "-p", str(self.ports[node]), "-d", database, "-c", text)
        said = run_as(OWNER, "psql", "-XAtq", *asked)
        assert said.returncode == 0, said.stderr
        return said.stdout.strip()

    def writable(self) -> list[str]:
        found = []
        for node in NAMES:
            said = run_as(OWNER, "psql", "-XAtq", "-p", str(self.ports[node]), "-d", "postgres", "-c",
                          "select pg_is_in_recovery()")  # fmt: skip
            if said.stdout.strip() == "f":
                found.append(node)
        return found

    def book(self, node: str, many: int) -> set[str]:
        """Acknowledged entries of the reference ledger; their ids."""
        asked = "select min(id) || ' ' || max(id) from ledger.accounts where currency = 'EUR'"
        accounts = self.sql(node, asked).split()
        found = set()
        for _ in range(many):
            reference = f"{secrets.token_hex(4)}-0000-4000-8000-{secrets.token_hex(6)}"
            postings = ",".join(f'{{"account": {account}, "side": "{side}", "amount": "2.50"}}'
                                for account, side in zip(accounts, "DC", strict=True))  # fmt: skip
            self.sql(node, f"select ledger.book('{reference}', 'at {now_text()}', '[{postings}]')")
            found.add(reference)
        return found

    def books(self, node: str) -> set[str]:
        return set(self.sql(node, "select reference from ledger.entries").split())

    def kill(self, node: str) -> None:
        """kill -9 of the whole tree, the postmaster first."""
        data = self.data(node)
        first = int((data / "postmaster.pid").read_text().split()[0])
        os.kill(first, 9)
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    if (entry / "cwd").resolve() == data:
                        os.kill(int(entry.name), 9)
                except (OSError, ProcessLookupError):
                    continue


def run_as(account: str, *argv: str) -> "subprocess.CompletedProcess[str]":
    entry = pwd.getpwnam(account)
    return subprocess.run(
        argv, capture_output=True, text=True, check=False, cwd="/", timeout=SECONDS_MAX, user=entry.pw_uid,
        group=entry.pw_gid, extra_groups=[], env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
    )  # fmt: skip


def must(account: str, *argv: str) -> str:
    said = run_as(account, *argv)
    assert said.returncode == 0, f"{argv}\n{said.stdout}\n{said.stderr}"
    return said.stdout


@pytest.fixture(scope="module")
def fifteen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fifteen]:
    if os.geteuid() != 0:
        pytest.skip("needs root: it makes clusters of Debian's and starts sshd")
    for tool in ("pg_createcluster", "pg_ctlcluster", "sshd", "ssh-keygen"):
        if shutil.which(tool) is None:
            pytest.skip(f"needs {tool}: apt-get install postgresql openssh-server")
    if not Path("/usr/lib/postgresql", VERSION).is_dir():
        pytest.skip("needs Debian's PostgreSQL 15: apt-get install postgresql")
    place = tmp_path_factory.mktemp("fifteen")
    home = Home(place / "home")
    home.directory.mkdir(mode=0o700)
    keys = Path("/var/tmp") / f"lc-sshd-{secrets.token_hex(4)}"
    base = 20_000 + secrets.randbelow(20_000)
    ports = {name: base + number for number, name in enumerate(NAMES)}
    lab = LabStatus(
        directory=str(place), pid=os.getpid(), sshd=True, rate=0.0, account=OWNER,
        bin_directory=f"/usr/lib/postgresql/{VERSION}/bin", ssh_config=str(keys / "ssh_config"),
        known_hosts=str(keys / "known_hosts"), record=str(place / "none"), workload=WorkloadStatus(),
        nodes=tuple(
            LabNode(name=name, address="127.0.0.1", ssh_port=base + 9, postgres_port=ports[name], role=LabRole.STANDBY,
                    running=True, frozen=False, ssh=True, processes=0, faults=(), data_directory=None,
                    socket_directory="/var/run/postgresql", log=None)
            for name in NAMES
        ),
    )  # fmt: skip
    it = Fifteen(Operator(Watched(home, lab)), secrets.token_hex(2), ports)
    sshd = None
    try:
        sshd = doors(keys, base + 9)
        clusters(it)
        home.lab_known_hosts.write_text((keys / "known_hosts").read_text())
        ensure_engine(home)
        it.operator.save(spec_of(it, keys))
        it.operator.steady_health()
        yield it
    finally:
        main(["--home", str(home.directory), "engine", "stop", "--json"])
        if sshd is not None:
            sshd.terminate()
            sshd.wait(20)
        for name in NAMES:
            subprocess.run(["pg_dropcluster", "--stop", VERSION, it.cluster(name)], check=False, capture_output=True)
        shutil.rmtree(keys, ignore_errors=True)


def doors(keys: Path, port: int) -> "subprocess.Popen[bytes]":
    """One sshd that answers for every host: the login is the account that owns the data."""
    keys.mkdir(mode=0o755)
    for name in ("host", "operator"):
        making = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", keys / name]
        subprocess.run(making, check=True, timeout=SECONDS_MAX)
    if not SEPARATION.is_dir():
        SEPARATION.mkdir(mode=0o755)
    (keys / "authorized").write_text((keys / "operator.pub").read_text())
    addresses = {name: f"127.77.3.{number}" for number, name in enumerate((*NAMES, "witness"), 1)}
    listens = "".join(f"ListenAddress {address}:{port}\n" for address in addresses.values())
    (keys / "sshd_config").write_text(
        f"{listens}HostKey {keys}/host\nAuthorizedKeysFile {keys}/authorized\nAllowUsers {OWNER}\nUsePAM yes\n"
        f"PasswordAuthentication no\nKbdInteractiveAuthentication no\nStrictModes no\nPidFile none\n"
    )
    (keys / "ssh_config").write_text("".join(
        f"Host {name}\n HostName {address}\n Port {port}\n User {OWNER}\n IdentityFile {keys}/operator\n"
        f" IdentitiesOnly yes\n UserKnownHostsFile {keys}/known_hosts\n"
        for name, address in addresses.items()
    ))  # fmt: skip
    key = " ".join((keys / "host.pub").read_text().split()[:2])
    (keys / "known_hosts").write_text("".join(
        f"[{address}]:{port},[{name}]:{port} {key}\n" for name, address in addresses.items()
    ))  # fmt: skip
    return subprocess.Popen([str(shutil.which("sshd")), "-D", "-e", "-f", keys / "sshd_config"],
                            stderr=subprocess.DEVNULL)  # fmt: skip


def clusters(it: Fifteen) -> None:
    """The first is made as Debian makes it, the second is a copy; both have their configuration in /etc."""
    first, second = NAMES
    for name in NAMES:
        subprocess.run(["pg_createcluster", VERSION, it.cluster(name), "-p", str(it.ports[name])],
                       check=True, capture_output=True, timeout=SECONDS_MAX)  # fmt: skip
        other = second if name == first else first
        (it.configuration(name) / "conf.d" / "lc.conf").write_text(
            f"listen_addresses = '127.0.0.1'\nfsync = off\nwal_log_hints = on\nmax_wal_senders = 8\n"
            f"max_replication_slots = 8\nwal_keep_size = 64MB\nsynchronous_standby_names = 'ANY 1 (\"{other}\")'\n"
        )
        with (it.configuration(name) / "pg_hba.conf").open("a") as hba:
            hba.write("local all all trust\nhost replication streaming 127.0.0.1/32 trust\n"
                      "host all all 127.0.0.1/32 trust\n")  # fmt: skip
        text = (it.configuration(name) / "pg_hba.conf").read_text()
        (it.configuration(name) / "pg_hba.conf").write_text(
            "\n".join(line for line in text.splitlines() if "scram" not in line) + "\n"
        )
    must(OWNER, "pg_ctlcluster", "--skip-systemctl-redirect", VERSION, it.cluster(first), "start")
    local = "set synchronous_commit = local;"
    must(
        OWNER, "psql", "-XAtq", "-p", str(it.ports[first]), "-d", "postgres",
        "-c", f"{local} create role streaming login replication",
        "-c", "set synchronous_commit = local", "-c", "create database ledger",
        "-c", "select pg_create_physical_replication_slot('old_2', true)",
    )  # fmt: skip
    books = Path("/var/tmp") / f"lc-{it.mark}.sql"
    laid = [resource(f"sql/{name}.sql").read_text() for name in ("ledger", "heartbeat")]
    books.write_text("\n".join([local, *laid, seed_sql(), ""]))
    try:
        must(OWNER, "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-p", str(it.ports[first]), "-d", "ledger",
             "-f", str(books))  # fmt: skip
    finally:
        books.unlink()
    shutil.rmtree(it.data(second))
    must(OWNER, f"/usr/lib/postgresql/{VERSION}/bin/pg_basebackup", "-D", str(it.data(second)), "-c", "fast", "-R",
         "-S", "old_2", "-d",
         f"host=127.0.0.1 port={it.ports[first]} user=streaming application_name={second}")  # fmt: skip
    must(OWNER, "pg_ctlcluster", "--skip-systemctl-redirect", VERSION, it.cluster(second), "start")
    streams = "select count(*) from pg_stat_replication where state = 'streaming'"
    wait_for(lambda: it.sql(first, streams) == "1", "the second to stream")


def spec_of(it: Fifteen, keys: Path) -> ClusterSpec:
    """Two nodes and a witness; whatever Debian knows is not told."""

    def node(name: str) -> NodeSpec:
        target = PostgresTarget(host="/var/run/postgresql", port=it.ports[name], replication_host="127.0.0.1",
                                replication="user=streaming") if name in NAMES else None  # fmt: skip
        return NodeSpec(name=name, kind=NodeKind.POSTGRES if target else NodeKind.BACKUP, postgres=target,
                        ssh=SshTarget(host=name, config_file=str(keys / "ssh_config")))  # fmt: skip

    return ClusterSpec(
        name="lab", environment=Environment.STAGING, database="ledger", change=ChangePolicy(),
        nodes=tuple(node(name) for name in (*NAMES, "witness")),
    )  # fmt: skip


def proven(it: Fifteen, run: RunView) -> None:
    assert it.writable() == [run.plan.target], told(run)
    assert {line.outcome for line in run.books} <= {"proven", "not-checked"} and run.books, run.books


@pytest.mark.live
def test_switchover_there_and_back_where_debians_own_program_starts_the_servers(fifteen: Fifteen) -> None:
    operator = fifteen.operator
    booked = fifteen.book("old-1", 3)
    for target in ("old-2", "old-1"):
        operator.steady_health()
        run = operator.done(operator.propose(target=target))
        proven(fifteen, run)
        booked |= fifteen.book(target, 3)
        assert booked <= fifteen.books(target)
    listed = subprocess.run(["pg_lsclusters", "-h"], capture_output=True, text=True, check=True).stdout
    for name in NAMES:
        line = next(line for line in listed.splitlines() if fifteen.cluster(name) in line)
        assert line.split()[3].startswith("online"), line
        assert not list(fifteen.data(name).glob("postgresql.conf")), "its configuration stays in /etc"


@pytest.mark.live
def test_failover_after_kill_9_loses_nothing_and_fences_for_debians_program_too(fifteen: Fifteen) -> None:
    operator = fifteen.operator
    operator.steady_health()
    booked = fifteen.book("old-1", 3)
    fifteen.kill("old-1")
    plan = wait_for(lambda: p if (p := operator.propose(Operation.FAILOVER)).target == "old-2" else None, "a plan")
    run = operator.done(plan)
    proven(fifteen, run)
    assert run.loss is not None and run.loss.basis is LossBasis.EXACT and run.loss.entries_high == 0, run.loss
    assert booked <= fifteen.books("old-2")
    # Whoever starts it, by Debian's own program, gets a read-only server.
    must(OWNER, "pg_ctlcluster", "--skip-systemctl-redirect", VERSION, fifteen.cluster("old-1"), "start")
    wait_for(lambda: fifteen.sql("old-1", "select pg_is_in_recovery()", database="postgres") == "t", "it to answer")
    assert fifteen.writable() == ["old-2"]
