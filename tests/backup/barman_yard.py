"""Hands for the tests of Barman: a real one on a lab's vault, in a configuration of the test's own, and its engine."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from console.backup.barman import BarmanEngine, make_barman
from console.backup.face import Order, Source, read_progress
from console.domain.backup import Backup, BackupCheck, BackupState, Mark, RepositorySeen
from console.domain.backup_policy import BackupKind, EngineName, RepositorySpec
from console.lab.plan import REPLICATION_ROLE
from console.lab.programs import link_or_copy
from console.ssh.hosts import Hosts, Said
from console.ssh.supervise import LOG_SHOWN_BYTES, SupervisedState, look_command, read_state, remove_command
from tests.backup.native_yard import VAULT, NativeYard, Restored, native_yard, now
from tests.live import sql, wait_for

SERVER = "ledger"
PACKAGES = ("barman", "python-dateutil", "psycopg2-binary", "tzdata")
PYTHON_NAME = f"python{sys.version_info.major}.{sys.version_info.minor}"
RECEIVES_SECONDS_MAX = 60.0

_PROGRAM = """\
#!{python}
import sys
sys.path.insert(0, {packages!r})
sys.dont_write_bytecode = True
from barman.cli import main
if __name__ == "__main__":
    sys.exit(main())
"""
_CONFIGURATION = """\
[barman]
barman_home = {home}
barman_user = {account}
log_file = {home}/barman.log
path_prefix = {programs}
{general}

[{server}]
description = The ledger
conninfo = {conninfo} dbname=postgres
streaming_conninfo = {conninfo}
backup_method = postgres
streaming_archiver = on
slot_name = barman
{own}
"""
# Source: the manual's 'Pre-requisites', a user for backups that is no superuser.
_RIGHTS = f"""\
grant pg_read_all_settings, pg_read_all_stats, pg_checkpoint to {REPLICATION_ROLE};
grant execute on function pg_backup_start(text, boolean), pg_backup_stop(boolean), pg_switch_wal(),
    pg_create_restore_point(text) to {REPLICATION_ROLE};
"""


@dataclass(slots=True)
class OtherPath:
    """The vault with another PATH: hosts as they are, but for the programs that are found there."""

    hosts: Hosts
    path: str

    def run(self, node: str, script: str, *, seconds_max: float, stdin: bytes = b"") -> Said:
        return self.hosts.run(
            node, f"PATH={self.path}; export PATH\n{script}", seconds_max=seconds_max, stdin=stdin
        )  # fmt: skip

    def address(self, node: str) -> str | None:
        return self.hosts.address(node)

    def close(self) -> None:
        self.hosts.close()


@dataclass(slots=True)
class BarmanYard:
    """A lab, and Barman at its vault."""

    yard: NativeYard
    spec: RepositorySpec
    home: Path
    restored: list[Restored] = field(default_factory=list)

    def engine(self, hosts: Hosts | None = None, **changes: Any) -> BarmanEngine:
        return make_barman(replace(self.spec, **changes), self.yard.spec, hosts or self.yard.hosts)

    def barman(self, words: str, *, seconds: float = 60.0) -> Said:
        """Barman's own command, as its operator types it."""
        return self.yard.shell(f"{self.spec.program} -c {self.spec.config_file} {words}", seconds=seconds)

    def source(self, node: str = "lab-1") -> Source:
        found = self.yard.source(node)
        timeline = sql(self.yard.lab, node, "select timeline_id from pg_control_checkpoint()")
        return replace(found, timeline=int(timeline))

    def read(self) -> RepositorySeen:
        return self.engine().read(now())

    def backup(self, kind: BackupKind, rate: float | None = None) -> Backup:
        """A backup that has to succeed."""
        engine = self.engine()
        said = self.yard.run(engine.backup(self.yard.job(), kind, self.source(), rate_bytes=rate))
        facts = dict(read_progress(said.stdout.decode()).facts)
        assert said.fine, (facts, said.stdout.decode()[-1500:], said.words())
        return self.found(facts["backup"])

    def ended(self, order: Order) -> tuple[int | None, str]:
        """Wait for the end of an order that was started: its status (None: nobody wrote it) and what it said."""

        def over() -> SupervisedState | None:
            command = look_command(order.name, offset=0, log_bytes=LOG_SHOWN_BYTES)
            state = read_state("order", self.yard.shell(shlex.join(command.argv)).stdout)
            return state if state.over else None

        state = wait_for(over, f"{order.name} to end")
        assert self.yard.shell(shlex.join(remove_command(order.name).argv)).fine
        return state.status, state.log.decode()

    def whole(self) -> Backup:
        """The newest full backup that is whole; a new one where there is none."""
        seen = [one for one in self.read().backups if one.state is BackupState.COMPLETE]
        full = [one for one in seen if one.kind is BackupKind.FULL]
        return full[-1] if full else self.backup(BackupKind.FULL)

    def found(self, name: str) -> Backup:
        return next(one for one in self.read().backups if one.id == name)

    def chain(self, backup: Backup) -> tuple[Backup, ...]:
        known = {one.id: one for one in self.read().backups if one.state is BackupState.COMPLETE}
        chain = [known[backup.id]]
        while chain[0].parent is not None:
            chain.insert(0, known[chain[0].parent])
        return tuple(chain)

    def marks(self, backup: Backup) -> dict[BackupCheck, Mark]:
        engine = self.engine()
        order = engine.verify(self.yard.job(), backup)
        said = self.yard.run(order)
        marks = engine.marks(backup, order, said.status, said.stdout.decode("utf-8", "replace"), now())
        return {mark.check: mark for mark in marks}

    def lay_out(self, backup: Backup, name: str) -> Restored:
        engine = self.engine()
        directory = f"{self.yard.place}/sandboxes/{name}"
        said = self.yard.run(engine.lay_out(self.yard.job(), self.chain(backup), directory))
        facts = dict(read_progress(said.stdout.decode()).facts)
        assert said.fine, (facts, said.stdout.decode()[-1500:])
        found = Restored(self.yard, facts["directory"], facts["restore_command"], facts["bin_directory"])
        self.restored.append(found)
        return found

    def data(self, backup: Backup, path: str) -> Path:
        return self.home / SERVER / "base" / backup.id / "data" / path

    def wals(self) -> list[Path]:
        return sorted((self.home / SERVER / "wals").glob("????????????????/*"))


def _interpreter(account: str) -> str:
    """One that the lab's account can start, of this version: compiled packages fit no other."""
    own = (sys.executable, getattr(sys, "_base_executable", sys.executable))
    for one in (*own, f"/usr/local/bin/{PYTHON_NAME}", f"/usr/bin/{PYTHON_NAME}"):
        who = {"user": account} if os.geteuid() == 0 else {}
        try:
            done = subprocess.run([one, "-c", ""], capture_output=True, cwd="/", timeout=20, check=False, **who)  # type: ignore[call-overload]
        except OSError:
            continue
        if done.returncode == 0:
            return one
    pytest.skip(f"the account {account} can start no {PYTHON_NAME}")


def lay_program(directory: Path, account: str) -> Path:
    """Barman with its packages where the lab's account reaches them; a script of its own, which `cron` starts anew."""
    packages = directory / "packages"
    for name in PACKAGES:
        try:
            files = metadata.distribution(name).files or ()
        except metadata.PackageNotFoundError:
            pytest.skip(f"{name} is not installed: packaging/test installs it")
        for file in files:
            source = Path(str(file.locate()))
            if ".." not in file.parts and source.is_file():
                copy = packages / Path(*file.parts)
                copy.parent.mkdir(parents=True, exist_ok=True)
                link_or_copy(str(source), str(copy))
    program = directory / "bin" / "barman"
    program.parent.mkdir()
    program.write_text(_PROGRAM.format(python=_interpreter(account), packages=str(packages)))
    for path in (directory, *directory.rglob("*")):
        if path.is_dir():
            path.chmod(0o755)
    program.chmod(0o755)
    return program


@contextmanager
def barman_yard(directory: Path, *, rate: float = 20.0, general: str = "", own: str = "") -> Iterator[BarmanYard]:
    """A lab whose primary Barman streams from; `general` and `own` are further lines of its configuration."""
    with native_yard(directory, rate=rate) as yard, barman_at(yard, general=general, own=own) as it:
        yield it


@contextmanager
def barman_at(yard: NativeYard, *, general: str = "", own: str = "") -> Iterator[BarmanYard]:
    """Barman at the vault of a lab that is there, receiving."""
    if shutil.which("rsync") is None:
        pytest.skip("rsync is not installed: packaging/test installs it")
    program = lay_program(Path(yard.lab.directory) / "barman", yard.lab.account)
    sql(yard.lab, "lab-1", _RIGHTS, database="postgres")
    sql(yard.lab, "lab-1", "select pg_create_physical_replication_slot('barman', true)")
    node = yard.lab.node("lab-1")
    assert node is not None
    home = yard.place / "home" / "barman"
    conninfo = f"host={node.address} port={node.postgres_port} user={REPLICATION_ROLE} passfile={yard.place}/pgpass"
    text = _CONFIGURATION.format(
        home=home, account=yard.lab.account, programs=yard.lab.bin_directory, general=general, server=SERVER,
        conninfo=conninfo, own=own,
    )  # fmt: skip
    config = f"{home}/barman.conf"
    written = yard.hosts.run(
        VAULT, f"umask 022; mkdir -p {home} && cat >{config}", seconds_max=20.0, stdin=text.encode()
    )
    assert written.fine, written.words()
    spec = RepositorySpec(
        name="barman", node=VAULT, engine=EngineName.BARMAN, stanza=SERVER, config_file=config,
        program=str(program),
    )  # fmt: skip
    it = BarmanYard(yard, spec, home)
    wait_for(lambda: _receives(it), "Barman to receive WAL", seconds=RECEIVES_SECONDS_MAX)
    try:
        yield it
    finally:
        for one in it.restored:
            one.stop()


def _receives(it: BarmanYard) -> bool:
    """Barman's own scheduler starts its receiver; the slot then holds what it needs."""
    assert it.barman("-q cron").fine
    return sql(it.yard.lab, "lab-1", "select active from pg_replication_slots where slot_name = 'barman'") == "t"
