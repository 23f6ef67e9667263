"""Hands for the tests of native backups: a lab, an engine at its vault's repository, and restores started by hand."""

import shlex
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from console.backup.face import Order, Source, read_progress
from console.backup.native import NativeEngine
from console.domain.backup import Backup, BackupCheck, BackupState, Mark, RepositorySeen
from console.domain.backup_policy import BackupKind, RepositorySpec
from console.domain.cluster import ClusterSpec
from console.lab.desk import LabStatus, lab_cluster
from console.lab.record import Ended, Outcome, read_record
from console.places import Home
from console.ssh.hostkeys import HostKeyStore
from console.ssh.hosts import Said, SshHosts
from console.ssh.long_acts import end_long, run_long
from console.ssh.secrets import Secrets
from console.ssh.sessions import Sessions
from console.ssh.supervise import look_command, read_state, remove_command, start_command
from tests.live import live_lab, sql, wait_for

VAULT = "lab-vault"


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class NativeYard:
    """A lab and what works on its repository. `jobs` counts orders, so that each has a name of its own."""

    home: Home
    lab: LabStatus
    spec: ClusterSpec
    hosts: SshHosts
    jobs: int = 0

    @property
    def place(self) -> Path:
        return Path(self.lab.directory) / VAULT

    def repository(self, **changes: Any) -> RepositorySpec:
        assert self.spec.backup is not None
        return replace(self.spec.backup.repositories[0], **changes)

    def engine(self, **changes: Any) -> NativeEngine:
        return NativeEngine(self.repository(**changes), self.spec, self.hosts)

    def source(self, node: str = "lab-2") -> Source:
        found = self.lab.node(node)
        assert found is not None and found.postgres_port is not None
        told = sql(self.lab, node, "select system_identifier, current_setting('server_version_num'), "
                   "pg_is_in_recovery(), pg_database_size('ledger'), (select max(number) from ledger.entries) "
                   "from pg_control_system()").split("|")  # fmt: skip
        return Source(
            node=node, address=found.address, port=found.postgres_port, system_identifier=told[0],
            version=int(told[1]), in_recovery=told[2] == "t", size_bytes=int(told[3]), head_number=int(told[4]),
        )  # fmt: skip

    def job(self) -> str:
        self.jobs += 1
        # All labs of one account share its supervised names.
        return f"{Path(self.lab.directory).name}-{self.jobs}"

    def run(self, order: Order) -> Said:
        """An order to its end, as the engine has it run."""
        return run_long(
            self.hosts, order.node, order.name, order.script, ticks=time.monotonic, pause=threading.Event().wait
        )

    def shell(self, script: str, *, seconds: float = 120.0) -> Said:
        return self.hosts.run(VAULT, script, seconds_max=seconds)

    def start(self, order: Order) -> None:
        """Begin an order and leave it running."""
        command = start_command(order.name, ("sh", "-c", order.script), seconds_max=3600.0)
        said = self.hosts.run(order.node, shlex.join(command.argv), seconds_max=20.0)
        assert said.fine, said.words()

    def follow(self, order: Order) -> Said:
        """What was begun, to its end; `run` would begin one that failed once more."""

        def over() -> Said | None:
            command = look_command(order.name, offset=0, log_bytes=1 << 20)
            said = self.hosts.run(order.node, shlex.join(command.argv), seconds_max=20.0)
            state = read_state(order.name, said.stdout)
            return Said(status=state.status, stdout=state.log) if state.over else None

        ended = wait_for(over, f"{order.name} to end", seconds=120.0)
        self.hosts.run(order.node, shlex.join(remove_command(order.name).argv), seconds_max=20.0)
        return ended

    def end(self, order: Order) -> None:
        assert end_long(self.hosts, order.node, order.name).fine

    def backup(
        self, engine: NativeEngine, kind: BackupKind, source: str = "lab-2", rate: float | None = None
    ) -> Backup:
        """A backup that has to succeed."""
        said = self.run(engine.backup(self.job(), kind, self.source(source), rate_bytes=rate))
        facts = dict(read_progress(said.stdout.decode()).facts)
        assert said.fine, (facts, said.stdout.decode()[-800:], said.words())
        return self.found(engine, facts["backup"])

    def found(self, engine: NativeEngine, name: str) -> Backup:
        return next(one for one in self.read(engine).backups if one.id == name)

    def read(self, engine: NativeEngine) -> RepositorySeen:
        return engine.read(now())

    def marks(self, engine: NativeEngine, backup: Backup) -> dict[BackupCheck, Mark]:
        order = engine.verify(self.job(), backup)
        said = self.run(order)
        marks = engine.marks(backup, order, said.status, said.stdout.decode("utf-8", "replace"), now())
        return {mark.check: mark for mark in marks}

    def chain(self, engine: NativeEngine, backup: Backup) -> tuple[Backup, ...]:
        by_id = {one.id: one for one in self.read(engine).backups if one.state is BackupState.COMPLETE}
        chain = [by_id[backup.id]]
        while chain[0].parent is not None:
            chain.insert(0, by_id[chain[0].parent])
        return tuple(chain)

    def lay_out(self, engine: NativeEngine, backup: Backup, name: str) -> "Restored":
        directory = f"{self.place}/sandboxes/{name}"
        order = engine.lay_out(self.job(), self.chain(engine, backup), directory)
        said = self.run(order)
        facts = dict(read_progress(said.stdout.decode()).facts)
        assert said.fine, (facts, said.stdout.decode()[-800:])
        return Restored(self, facts["directory"], facts["restore_command"], facts["bin_directory"])

    def switch_wal(self, node: str = "lab-1") -> str:
        """End the segment; its name. With something in it first: else nothing is switched, and it goes on."""
        sql(self.lab, node, "select pg_logical_emit_message(true, 'tests', 'the segment ends')")
        return sql(self.lab, node, "select pg_walfile_name(pg_switch_wal())")

    @contextmanager
    def receiving(self, engine: NativeEngine) -> Iterator[Order]:
        """WAL is received as long as this lasts."""
        order = engine.receive()
        assert order is not None
        order = replace(order, name=f"{order.name}:{Path(self.lab.directory).name}")
        self.start(order)
        try:
            wait_for(lambda: self.read(engine).wal.receiving, "pg_receivewal to run")
            yield order
        finally:
            self.end(order)

    def record(self) -> dict[str, int]:
        """Acknowledged bookings by their reference, with the number that they got."""
        return {
            line.reference: line.number
            for line in read_record(Path(self.lab.record))
            if isinstance(line, Ended) and line.outcome is Outcome.ACKNOWLEDGED and line.number is not None
        }


@dataclass(slots=True)
class Restored:
    """A laid-out directory, started by hand: as a recovery that stops read-only at its target, on a private socket."""

    yard: NativeYard
    directory: str
    restore_command: str
    bin_directory: str

    def recover(self, **target: str) -> None:
        settings = {
            "restore_command": self.restore_command, "recovery_target_action": "pause", "listen_addresses": "",
            "unix_socket_directories": self.directory, "archive_mode": "off", "primary_conninfo": "",
            "synchronous_standby_names": "", "port": "5999", "hot_standby": "on", "shared_buffers": "16MB", **target,
        }  # fmt: skip
        words = " ".join(f"-c {name}={shlex.quote(value)}" for name, value in settings.items())
        b, d = shlex.quote(self.bin_directory), shlex.quote(self.directory)
        said = self.yard.shell(
            f"cd {d} && rm -f standby.signal postmaster.pid && : >recovery.signal && "
            f"{{ setsid {b}/postgres -D {d} {words} </dev/null >{d}.log 2>&1 & }}; "
            "n=0; until [ $n -gt 600 ]; do "
            f"[ \"$({b}/psql -XAtqw -h {d} -p 5999 -U postgres -d postgres "
            "-c 'select pg_get_wal_replay_pause_state()' 2>/dev/null)\" = paused ] && exit 0; "
            f"grep -q 'FATAL' {d}.log && ! [ -e {d}/postmaster.pid ] && break; sleep 0.1; n=$((n + 1)); done; "
            f"tail -n 15 {d}.log; exit 1"
        )
        assert said.fine, said.stdout.decode()

    def sql(self, text: str) -> str:
        b, d = shlex.quote(self.bin_directory), shlex.quote(self.directory)
        said = self.yard.shell(
            f"{b}/psql -XAtqw -v ON_ERROR_STOP=1 -h {d} -p 5999 -U postgres -d ledger -c {shlex.quote(text)}"
        )
        assert said.fine, said.words()
        return said.stdout.decode().strip()

    def books(self) -> dict[str, int]:
        """Entries by their reference, with their number."""
        lines = self.sql("select reference, number from ledger.entries").split("\n")
        return {reference: int(number) for reference, number in (line.split("|") for line in lines if line)}

    def stop(self) -> None:
        d = shlex.quote(self.directory)
        self.yard.shell(
            f"{shlex.quote(self.bin_directory)}/pg_ctl -D {d} -m immediate stop >/dev/null 2>&1; rm -rf {d} {d}.log"
        )


@contextmanager
def native_yard(directory: Path, *, rate: float = 20.0, nodes: int = 3) -> Iterator[NativeYard]:
    """A lab with its workload, taken down whole."""
    with live_lab(directory, rate=rate, nodes=nodes) as (home, lab):
        sessions = Sessions(host_keys=HostKeyStore(home.lab_known_hosts), secrets=Secrets(keyring=False), ask=None)
        spec = lab_cluster(lab)
        hosts = SshHosts(spec, sessions)
        try:
            yield NativeYard(home, lab, spec, hosts)
        finally:
            hosts.close()
            sessions.close()


def newest(yard: NativeYard) -> tuple[int, int]:
    """The number and the transaction of the newest entry."""
    number, xid = sql(
        yard.lab, "lab-1", "select number || ' ' || xid from ledger.entries order by number desc limit 1"
    ).split()
    return int(number), int(xid)


def some_entries_later(yard: NativeYard, than: int, count: int = 15) -> tuple[int, int]:
    return wait_for(lambda: found if (found := newest(yard))[0] >= than + count else None, "entries to come")


def received(yard: NativeYard, engine: NativeEngine) -> None:
    """Everything up to now is on the shelf, behind a segment's end."""
    name = yard.switch_wal()
    shelf = Path(engine.spec.path) / "wal" / name[:8]
    wait_for(lambda: (shelf / name).exists() or (shelf / f"{name}.gz").exists(), f"{name} to be shelved", seconds=60.0)


def books_before(yard: NativeYard, number: int) -> dict[str, int]:
    return {reference: its for reference, its in yard.record().items() if its < number}


def agrees(yard: NativeYard, restored: Restored, number: int) -> None:
    """The restored books are the workload's record up to that entry, without it: to the last one."""
    books = restored.books()
    assert max(books.values()) == number - 1 and len(books) == number - 1
    record = books_before(yard, number)
    assert record.items() <= books.items()
    # What the record does not know acknowledged are the entries that the lab was laid with, and unknown outcomes.
    assert len(books) - len(record) < 5


def pids(program: str, directory: Path) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if words and words[0].endswith(program.encode()) and any(str(directory).encode() in word for word in words):
            found.append(int(path.parent.name))
    return found
