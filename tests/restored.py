"""Restores of a live lab's backup for tests: a real base backup on the lab's vault, laid out by copying it."""

import shlex
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from console.backup.face import Order
from console.domain.backup import Backup, BackupState, Mark, WalHeld, WalRange
from console.domain.backup_policy import BackupKind, EngineName
from console.domain.restore import Chosen, Target, TargetKind
from console.domain.wal import Lsn
from console.lab.plan import REPLICATION_ROLE
from console.postgres.restore_facts import segment_number
from console.postgres.restore_verbs import SandboxAt
from console.recovery.books_proof import NoSeals, SealedBooks
from console.recovery.restore_proof import Proven, prove_restore
from console.recovery.sandbox import INSPECT, PROOF, Opened, Opening, Ways, close_sandbox, open_sandbox, supervised
from console.recovery.sandbox import place_of as sandbox_place
from console.ssh.hosts import SshHosts
from tests.live import wait_for
from tests.rejoined import Yard, now, yard

VAULT = "lab-vault"
ENGINE = "the-tests"
SEGMENT = 16 * 1024 * 1024


@dataclass
class Restorer:
    """One base backup of a lab, and hands to restore it."""

    yard: Yard
    hosts: SshHosts
    base: Path
    backup: Backup
    root: Path
    opened: list[SandboxAt] = field(default_factory=list)
    ever: set[str] = field(default_factory=set)
    phases: list[str] = field(default_factory=list)

    @property
    def archive(self) -> Path:
        return self.yard.archive()

    def script(self, text: str, *, seconds: float = 60.0) -> str:
        said = self.hosts.run(VAULT, text, seconds_max=seconds)
        assert said.fine, said.words()
        return said.stdout.decode()

    def held(self, archive: Path | None = None) -> WalHeld:
        """What an archive holds, range by range."""
        names = sorted(path.name for path in (archive or self.archive).iterdir() if len(path.name) == 24)
        ranges: list[WalRange] = []
        for name in names:
            timeline, number = int(name[:8], 16), segment_number(name, SEGMENT)
            if ranges and ranges[-1].timeline == timeline and ranges[-1].last == number - 1:
                ranges[-1] = WalRange(timeline=timeline, first=ranges[-1].first, last=number)
            else:
                ranges.append(WalRange(timeline=timeline, first=number, last=number))
        return WalHeld(segment_bytes=SEGMENT, ranges=tuple(ranges))

    def archived(self, node: str = "lab-1") -> str:
        """Have all that a primary wrote so far archived; the name of the last segment."""
        name = self.yard.sql(node, "select pg_walfile_name(pg_current_wal_lsn())")
        self.yard.sql(node, "select pg_create_restore_point('filling')")
        self.yard.sql(node, "select pg_switch_wal()")
        wait_for(lambda: (self.archive / name).exists(), f"{name} in the archive")
        return name

    def order(self, at: SandboxAt, *, planted: str = "", archive: Path | None = None, restore: str = "") -> Order:
        """A lay-out: the copy, then what the test plants in it (D is its data directory)."""
        tools = self.archive.parent.parent / "bin"
        fetch = restore or f'"{tools}/fetch-wal" "%f" "%p" "{archive or self.archive}"'
        lines = [
            "set -e", f"D={shlex.quote(at.data)}", f"cp -a {shlex.quote(str(self.base))} \"$D\"", planted,
            f"echo {shlex.quote('fact restore_command ' + fetch)}",
            f"echo {shlex.quote(f'fact bin_directory {self.yard.lab.bin_directory}')}",
        ]  # fmt: skip
        return Order(node=VAULT, name=f"lay-out:{at.id}", script="\n".join(lines) + "\n")

    def chosen(
        self, kind: TargetKind, *settings: tuple[str, str], timeline: int = 1, **target: object
    ) -> Chosen:  # fmt: skip
        assert self.backup.start is not None
        return Chosen(
            target=Target(kind=kind, **target),  # type: ignore[arg-type]
            repository="test", chain=(self.backup.id,), timeline=timeline, settings=settings, start=self.backup.start,
            consistent=self.backup.start,
        )  # fmt: skip

    def latest(self, timeline: int = 1) -> Chosen:
        return self.chosen(TargetKind.LATEST, timeline=timeline)

    def place(self, id: str) -> SandboxAt:  # noqa: A002
        at = sandbox_place(self.yard.spec, node=VAULT, root=str(self.root), id=id)
        self.ever.add(at.directory)
        return at

    def opening(
        self, id: str, chosen: Chosen | None, *, purpose: str = INSPECT, planted: str = "", archive: Path | None = None,  # noqa: A002
        restore: str = "",
    ) -> Opening:  # fmt: skip
        return Opening(
            id=id, root=str(self.root),
            order=self.order(self.place(id), planted=planted, archive=archive, restore=restore),
            chain=(self.backup,), chosen=chosen, held=self.held(archive), target="as the test says", by="tester",
            opened_at=datetime.now(UTC), purpose=purpose, life_seconds=1800.0, engine=ENGINE,
        )  # fmt: skip

    def ways(self, stop: threading.Event | None = None, *, after: str = "") -> Ways:
        """`after`: stop when this phase begins."""
        stop = stop or threading.Event()
        wait = threading.Event()

        def told(phase: str, _done: int | None, _all: int | None) -> None:
            if not self.phases or self.phases[-1] != phase:
                self.phases.append(phase)
            if phase == after:
                stop.set()

        return Ways(
            hosts=self.hosts, ticks=time.monotonic, pause=wait.wait, progress=told, stopping=stop.is_set,
            run_order=supervised(self.hosts, ticks=time.monotonic, pause=wait.wait, stopping=stop.is_set),
        )  # fmt: skip

    def open(self, id: str, chosen: Chosen | None, **words: object) -> Opened:  # noqa: A002
        self.opened.append(self.place(id))
        return open_sandbox(self.yard.spec, self.opening(id, chosen, **words), self.ways())  # type: ignore[arg-type]

    def prove(
        self, id: str, chosen: Chosen | None, *, sealed: SealedBooks | None = None, after: str = "", **words: object  # noqa: A002
    ) -> Proven:
        self.phases.clear()
        self.opened.append(self.place(id))
        words.setdefault("purpose", PROOF)
        return prove_restore(
            self.yard.spec, self.opening(id, chosen, **words), self.ways(after=after), self.hosts,  # type: ignore[arg-type]
            sealed=sealed or NoSeals(), clock=now,
        )  # fmt: skip

    def nothing_left(self) -> None:
        """Neither a process nor a file of any sandbox is there."""
        assert not self.root.exists(), list(self.root.iterdir())
        for directory in self.ever:  # other labs of this desk may have sandboxes of their own
            socket = f"lcs-$(id -u)-$(printf %s {shlex.quote(directory)} | cksum | tr ' ' -)"
            assert self.script(f"[ ! -e /var/tmp/{socket} ] && echo gone || echo stays").strip() == "gone", directory
        working = f"ls -l /proc/[0-9]*/cwd 2>/dev/null | grep -cF ' {self.root}/' || true"
        assert self.script(working).strip() == "0"

    def close_all(self) -> None:
        while self.opened:
            close_sandbox(self.hosts, self.opened.pop())


def marks_of(proven: Proven) -> dict[str, Mark]:
    return {mark.check.value: mark for mark in proven.marks}


@contextmanager
def restorer(directory: Path, *, rate: float = 20.0) -> Iterator[Restorer]:
    """A live lab with a base backup on its vault; all of it gone afterwards."""
    with yard(directory, rate=rate) as it:
        hosts = SshHosts(it.spec, it.sessions)
        try:
            yield make_backup(it, hosts)
        finally:
            hosts.close()


def make_backup(it: Yard, hosts: SshHosts) -> Restorer:
    """Taken from lab-1 once some entries are there."""
    wait_for(lambda: int(it.sql("lab-1", "select number from ledger.head")) > 40, "entries")
    for name, first in (("plain_a", 1), ("plain_b", 1001)):
        it.sql("lab-1", f"create table {name} (n int primary key); "
                        f"insert into {name} select generate_series({first}, {first + 499})")  # fmt: skip
    vault = it.archive().parent
    found = it.lab.node("lab-1")
    assert found is not None
    base = vault / "base"
    made = hosts.run(
        VAULT,
        f"PGPASSFILE={vault.parent}/lab-1/pgpass {it.lab.bin_directory}/pg_basebackup -D {base} -X none -c fast "
        f"-h {found.address} -p {found.postgres_port} -U {REPLICATION_ROLE} --no-sync && cat {base}/backup_label",
        seconds_max=120,
    )  # fmt: skip
    assert made.fine, made.words()
    label = made.stdout.decode()
    start = next(line for line in label.splitlines() if line.startswith("START WAL LOCATION:")).split()[3]
    system = it.sql("lab-1", "select system_identifier from pg_control_system()")
    backup = Backup(
        id="test-base", repository="test", engine=EngineName.NATIVE, kind=BackupKind.FULL, state=BackupState.COMPLETE,
        parent=None, begun_at=datetime.now(UTC), ended_at=datetime.now(UTC), system_identifier=system,
        server_version=180006, timeline=1, start=Lsn.parse(start), stop=None, size_bytes=None, stored_bytes=None,
        source="lab-1", source_machine=Path("/etc/machine-id").read_text().strip(), head_number=40,
    )  # fmt: skip
    made_it = Restorer(it, hosts, base, backup, vault / "sandboxes")
    made_it.archived()
    return made_it
