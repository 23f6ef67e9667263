"""Hands for the tests of pgBackRest: Debian's PostgreSQL that archives by it, behind a real sshd, as one account."""

import os
import pwd
import re
import secrets
import shlex
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from console.backup.face import Order, Source, read_progress
from console.backup.pgbackrest import PgBackRest
from console.domain.backup import Backup, BackupCheck, Mark
from console.domain.backup_policy import BackupKind, EngineName, RepositorySpec
from console.domain.cluster import ClusterSpec, Environment, NodeKind, NodeSpec, PostgresTarget, SshTarget
from console.lab.doors import SEPARATION
from console.lab.trades import seed_sql
from console.places import resource
from console.ssh.hostkeys import HostKeyStore
from console.ssh.hosts import Said, SshHosts
from console.ssh.long_acts import end_long, run_long
from console.ssh.secrets import Secrets
from console.ssh.sessions import Sessions
from console.ssh.supervise import start_command
from tests.live import wait_for

STANZA = "books"
SECONDS_MAX = 120.0
CIPHER_PASS = "w0rds-that-nobody-else-may-see"
LOCK_FILE = f"{STANZA}-backup.lock"


def now() -> datetime:
    return datetime.now(UTC)


def owner() -> str:
    """Whose the servers are: PostgreSQL refuses root."""
    return "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def how() -> dict[str, Any]:
    entry = pwd.getpwnam(owner())
    who = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    return {**who, "cwd": "/", "env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": entry.pw_dir}}


def programs() -> Path:
    """The newest of Debian's PostgreSQL that the installed pgBackRest may know."""
    found = sorted(Path("/usr/lib/postgresql").glob("1[4-7]/bin/initdb"))
    if not found or shutil.which("pgbackrest") is None or shutil.which("sshd") is None:
        pytest.skip(
            "needs Debian's PostgreSQL, pgBackRest and sshd: apt-get install postgresql pgbackrest openssh-server"
        )
    return found[0].parent


@dataclass(slots=True)
class BackrestYard:
    """A server under pgBackRest, and the engine at its stanza. `jobs` counts orders, so that each has its own name."""

    place: Path
    programs: Path
    port: int
    spec: ClusterSpec
    hosts: SshHosts
    processes: list["subprocess.Popen[bytes]"] = field(default_factory=list)
    jobs: int = 0
    begun: list[Order] = field(default_factory=list)

    @property
    def config(self) -> Path:
        return self.place / "pgbackrest.conf"

    def engine(self, **changes: Any) -> PgBackRest:
        plain = RepositorySpec(name="disk", node="vault", engine=EngineName.PGBACKREST, stanza=STANZA,
                               config_file=str(self.config))  # fmt: skip
        return PgBackRest(replace(plain, **changes), self.spec, self.hosts)

    def run_as(self, *argv: str | Path, check: bool = True) -> "subprocess.CompletedProcess[str]":
        ended = subprocess.run([str(one) for one in argv], capture_output=True, text=True, timeout=SECONDS_MAX,
                               check=False, errors="replace", **how())  # fmt: skip
        assert not check or ended.returncode == 0, (argv, ended.stdout[-1500:], ended.stderr[-1500:])
        return ended

    def backrest(self, *words: str, check: bool = True) -> str:
        """pgBackRest itself, bare."""
        ended = self.run_as("pgbackrest", f"--config={self.config}", f"--stanza={STANZA}", *words, check=check)
        return ended.stdout + ended.stderr

    def sql(self, text: str, *, database: str = "ledger") -> str:
        asked = ("-v", "ON_ERROR_STOP=1", "-h", self.place, "-p", str(self.port), "-U", "postgres", "-d", database)
        return self.run_as(self.programs / "psql", "-XAtq", *asked, "-c", text).stdout.strip()

    def book(self, many: int = 1) -> list[str]:
        """Acknowledged entries of the reference ledger; their references."""
        asked = "select min(id) || ' ' || max(id) from ledger.accounts where currency = 'EUR'"
        accounts = self.sql(asked).split()
        postings = ",".join(f'{{"account": {account}, "side": "{side}", "amount": "2.50"}}'
                            for account, side in zip(accounts, "DC", strict=True))  # fmt: skip
        made = [f"{secrets.token_hex(4)}-0000-4000-8000-{secrets.token_hex(6)}" for _ in range(many)]
        self.sql("".join(f"select ledger.book('{one}', 'a test', '[{postings}]');" for one in made))
        return made

    def switch(self) -> str:
        """End the segment, with something in it, and wait until it is archived everywhere; its name."""
        name = self.sql("select pg_walfile_name(pg_switch_wal())")
        self.sql("checkpoint")
        wait_for(lambda: self.sql("select last_archived_wal >= '" + name + "' from pg_stat_archiver") == "t", name,
                 seconds=SECONDS_MAX)  # fmt: skip
        return name

    def source(self) -> Source:
        told = self.sql("select system_identifier, current_setting('server_version_num'), pg_database_size('ledger'), "
                        "(select max(number) from ledger.entries) from pg_control_system()").split("|")  # fmt: skip
        return Source(node="ledger-1", address="127.0.0.1", port=self.port, machine_id="machine-one",
                      system_identifier=told[0], version=int(told[1]), size_bytes=int(told[2]),
                      head_number=int(told[3] or 0))  # fmt: skip

    def job(self) -> str:
        self.jobs += 1
        return f"{self.place.name}-{self.jobs}"

    def run(self, order: Order) -> Said:
        """An order to its end, as the engine has it run."""
        return run_long(
            self.hosts, order.node, order.name, order.script, ticks=time.monotonic, pause=threading.Event().wait
        )

    def start(self, order: Order) -> None:
        command = start_command(order.name, ("sh", "-c", order.script), seconds_max=3600.0)
        said = self.hosts.run(order.node, shlex.join(command.argv), seconds_max=20.0)
        assert said.fine, said.words()
        self.begun.append(order)

    def cancel(self, order: Order) -> Said:
        """As the engine does: end it, then take away what it left."""
        assert end_long(self.hosts, order.node, order.name).fine
        return self.hosts.run(order.node, order.cancel, seconds_max=SECONDS_MAX)

    def backup(self, engine: PgBackRest, kind: BackupKind, *, rate: float | None = None) -> Backup:
        """A backup that has to succeed."""
        said = self.run(engine.backup(self.job(), kind, self.source(), rate_bytes=rate))
        facts = dict(read_progress(said.stdout.decode()).facts)
        assert said.fine, (facts, said.stdout.decode()[-1500:])
        return next(one for one in engine.read(now()).backups if one.id == facts["backup"])

    def marks(self, engine: PgBackRest, backup: Backup) -> dict[BackupCheck, Mark]:
        order = engine.verify(self.job(), backup)
        said = self.run(order)
        marks = engine.marks(backup, order, said.status, said.stdout.decode("utf-8", "replace"), now())
        return {mark.check: mark for mark in marks}

    def restored(self, engine: PgBackRest, chain: tuple[Backup, ...], name: str) -> "Restored":
        """Laid out by the engine's order."""
        order = engine.lay_out(self.job(), chain, str(self.place / name))
        said = self.run(order)
        facts = dict(read_progress(said.stdout.decode()).facts)
        assert said.fine, (facts, said.stdout.decode()[-1500:])
        return Restored(self, self.place / name, facts["restore_command"], facts["bin_directory"])


@dataclass(slots=True)
class Restored:
    """A laid-out directory, started by hand: a recovery that stops read-only at its target, on a private socket."""

    yard: BackrestYard
    directory: Path
    restore_command: str
    bin_directory: str

    def recover(self, **target: str) -> None:
        sockets = self.yard.place / "s"
        settings = {
            "restore_command": self.restore_command, "recovery_target_action": "pause", "listen_addresses": "",
            "unix_socket_directories": str(sockets), "archive_mode": "off", "primary_conninfo": "", "port": "5998",
            "synchronous_standby_names": "", "hot_standby": "on", "fsync": "off", **target,
        }  # fmt: skip
        (self.directory / "recovery.signal").touch()
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        log = (self.yard.place / "restored.log").open("wb")
        process = subprocess.Popen(
            [f"{self.bin_directory}/postgres", "-D", str(self.directory), *options], stdout=log, stderr=log, **how()
        )
        log.close()
        self.yard.processes.append(process)

        def paused() -> bool:
            if process.poll() is not None:
                raise AssertionError((self.yard.place / "restored.log").read_text()[-2000:])
            ended = self.psql("select pg_get_wal_replay_pause_state()", "postgres")
            return ended.returncode == 0 and ended.stdout.strip() == "paused"

        wait_for(paused, "the recovery to stand at its target", seconds=SECONDS_MAX)

    def psql(self, text: str, database: str) -> "subprocess.CompletedProcess[str]":
        return self.yard.run_as(f"{self.bin_directory}/psql", "-XAtqw", "-h", self.yard.place / "s", "-p", "5998", "-U",
                                "postgres", "-d", database, "-c", text, check=False)  # fmt: skip

    def sql(self, text: str) -> str:
        ended = self.psql(text, "ledger")
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.strip()

    def references(self) -> list[str]:
        return self.sql("select reference from ledger.entries order by number").split()

    def stop(self) -> None:
        process = self.yard.processes.pop()
        process.send_signal(signal.SIGQUIT)
        process.wait(30)
        shutil.rmtree(self.directory)


def _doors(keys: Path, port: int) -> "subprocess.Popen[bytes]":
    """One sshd that answers for both hosts: the login is the account that owns the data."""
    keys.mkdir(mode=0o755)
    for name in ("host", "operator"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", keys / name], check=True, timeout=60)
    if os.geteuid() == 0 and not SEPARATION.is_dir():
        SEPARATION.mkdir(mode=0o755)
    (keys / "authorized").write_text((keys / "operator.pub").read_text())
    addresses = {name: f"127.77.4.{number}" for number, name in enumerate(("ledger-1", "vault"), 1)}
    (keys / "sshd_config").write_text(
        "".join(f"ListenAddress {address}:{port}\n" for address in addresses.values())
        + f"HostKey {keys}/host\nAuthorizedKeysFile {keys}/authorized\nUsePAM {'yes' if os.geteuid() == 0 else 'no'}\n"
        f"PasswordAuthentication no\nKbdInteractiveAuthentication no\nStrictModes no\nPidFile none\n"
    )
    (keys / "ssh_config").write_text("".join(
        f"Host {name}\n HostName {address}\n Port {port}\n User {owner()}\n IdentityFile {keys}/operator\n"
        f" IdentitiesOnly yes\n UserKnownHostsFile {keys}/known_hosts\n"
        for name, address in addresses.items()
    ))  # fmt: skip
    key = " ".join((keys / "host.pub").read_text().split()[:2])
    (keys / "known_hosts").write_text("".join(
        f"[{address}]:{port},[{name}]:{port} {key}\n" for name, address in addresses.items()
    ))  # fmt: skip
    return subprocess.Popen([str(shutil.which("sshd")), "-D", "-e", "-f", keys / "sshd_config"],
                            stderr=subprocess.DEVNULL)  # fmt: skip


def _cluster(keys: Path, place: Path, port: int, binaries: Path) -> ClusterSpec:
    def ssh(name: str) -> SshTarget:
        return SshTarget(host=name, config_file=str(keys / "ssh_config"))

    return ClusterSpec(
        name="ledger", environment=Environment.STAGING, database="ledger",
        nodes=(
            NodeSpec(name="ledger-1", kind=NodeKind.POSTGRES, ssh=ssh("ledger-1"),
                     postgres=PostgresTarget(host=str(place), port=port, bin_directory=str(binaries))),
            NodeSpec(name="vault", kind=NodeKind.BACKUP, ssh=ssh("vault")),
        ),
    )  # fmt: skip


def configuration(place: Path, port: int, extra: str = "") -> str:
    """Two repositories of one stanza: on disk as it is, and encrypted in bundles."""
    return (
        f"[global]\nrepo1-path={place}/first\nrepo1-retention-full=2\nrepo2-path={place}/second\n"
        f"repo2-cipher-type=aes-256-cbc\nrepo2-cipher-pass={CIPHER_PASS}\nrepo2-bundle=y\nlog-path={place}/log\n"
        f"lock-path={place}/lock\nspool-path={place}/spool\nstart-fast=y\n{extra}\n[{STANZA}]\npg1-path={place}/data\n"
        f"pg1-socket-path={place}\npg1-port={port}\n"
    )


@contextmanager
def backrest_yard(*, extra: str = "") -> Iterator[BackrestYard]:
    """A server with the reference ledger under pgBackRest; whatever a test did to it, nothing of it stays."""
    binaries = programs()
    place = Path("/var/tmp") / f"lc-backrest-{secrets.token_hex(4)}"
    keys = place.with_name(place.name + "-keys")
    port = 20_000 + secrets.randbelow(20_000)
    sshd = sessions = hosts = None
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for each in (place, *(place / name for name in ("first", "second", "log", "lock", "spool", "s", "ts"))):
            each.mkdir(mode=0o700)
        (place / "pgbackrest.conf").write_text(configuration(place, port, extra))
        if os.geteuid() == 0:
            for each in (place, *place.iterdir()):
                shutil.chown(each, owner(), pwd.getpwnam(owner()).pw_gid)
        sshd = _doors(keys, port + 1)
        sessions = Sessions(host_keys=HostKeyStore(keys / "known_hosts"), secrets=Secrets(keyring=False), ask=None)
        spec = _cluster(keys, place, port, binaries)
        hosts = SshHosts(spec, sessions)
        it = BackrestYard(place, binaries, port, spec, hosts, processes)
        _serve(it)
        yield it
        for order in it.begun:
            end_long(hosts, order.node, order.name)
    finally:
        for process in reversed(processes):
            process.send_signal(signal.SIGQUIT)
            process.wait(30)
        if hosts is not None and sessions is not None:
            hosts.close()
            sessions.close()
        if sshd is not None:
            sshd.terminate()
            sshd.wait(20)
        shutil.rmtree(place, ignore_errors=True)
        shutil.rmtree(keys, ignore_errors=True)


def _serve(it: BackrestYard) -> None:
    data, books = it.place / "data", it.place / "books.sql"
    it.run_as(it.programs / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "--no-sync", "-k")
    push = f"pgbackrest --config={it.config} --stanza={STANZA} archive-push %p"
    with (data / "postgresql.conf").open("a") as settings:
        settings.write(f"listen_addresses = ''\nunix_socket_directories = '{it.place}'\nport = {it.port}\nfsync = off\n"
                       f"archive_mode = on\narchive_command = '{push}'\nwal_level = {'re' + 'plica'}\n"
                       "shared_buffers = 32MB\n")  # fmt: skip
    log = (it.place / "server.log").open("wb")
    it.processes.append(subprocess.Popen([it.programs / "postgres", "-D", data], stdout=log, stderr=log, **how()))
    log.close()
    ready = ("-h", it.place, "-p", str(it.port), "-q")
    wait_for(lambda: it.run_as(it.programs / "pg_isready", *ready, check=False).returncode == 0, "the server")
    it.backrest("stanza-create")
    it.sql("create database ledger", database="postgres")
    laid = [resource(f"sql/{name}.sql").read_text() for name in ("ledger", "heartbeat")]
    books.write_text("\n".join([*laid, seed_sql(), ""]))
    books.chmod(0o644)
    it.run_as(it.programs / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", it.place, "-p", str(it.port), "-U",
              "postgres", "-d", "ledger", "-f", books)  # fmt: skip


def first_file_seconds(log: str) -> float:
    """How long the last backup copied its first file, the largest, by pgBackRest's own log at level detail."""
    last = log.rpartition("backup command begin")[2]
    began = re.search(r"([0-9-]{10} [0-9:.]{12}) P00 +INFO: check archive for prior segment", last)
    ended = re.search(r"([0-9-]{10} [0-9:.]{12}) P01 DETAIL: backup file ", last)
    assert began is not None and ended is not None, last[:2000]
    return (datetime.fromisoformat(ended[1]) - datetime.fromisoformat(began[1])).total_seconds()
