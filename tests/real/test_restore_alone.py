"""Sandboxes of Debian's PostgreSQL 15 without a lab: an older server, table spaces, hosts that close nothing in."""

import os
import pwd
import shlex
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.backup.face import Order
from console.domain.backup import Backup, BackupState, WalHeld, WalRange
from console.domain.backup_policy import BackupKind, EngineName
from console.domain.cluster import ClusterSpec, Environment, NodeKind, NodeSpec, SshTarget
from console.domain.restore import Chosen, Target, TargetKind
from console.domain.wal import Lsn
from console.postgres import restore_checks
from console.postgres.restore_facts import segment_number
from console.recovery.sandbox import Opened, Opening, Ways, ask_sandbox, close_sandbox, open_sandbox, place_of
from console.recovery.sandbox_watch import SandboxTrouble
from console.ssh.hosts import Said
from tests.live import wait_for

pytestmark = pytest.mark.live

OWNER, PROGRAMS, SEGMENT = "postgres", Path("/usr/lib/postgresql/15/bin"), 16 * 1024 * 1024
OPEN_TO_ALL = "unshare() {{ return 1; }}\n"  # as on a host whose kernel lets no account make namespaces
HALF_OPEN = "PATH={place}/half:$PATH\n"  # as on one where a file system can't be made read-only
HALF_MOUNT = '#!/bin/sh\ncase "$*" in *remount*) exit 1;; esac\nexec {mount} "$@"\n'
SPEC = ClusterSpec(
    name="alone", environment=Environment.LAB, ledger=None,
    nodes=(NodeSpec(name="here", kind=NodeKind.BACKUP, ssh=SshTarget(host="here")),),
)  # fmt: skip


class HereHosts:
    """This machine's own shell in the place of a host, as the account that owns the data; `before` comes first."""

    def __init__(self, before: str = "") -> None:
        self._before, self._account = before, pwd.getpwnam(OWNER)

    def run(self, node: str, script: str, *, seconds_max: float, stdin: bytes = b"") -> Said:
        assert node == "here"
        done = subprocess.run(
            ["sh", "-c", self._before + script], capture_output=True, input=stdin, timeout=seconds_max, check=False,
            cwd="/", user=self._account.pw_uid, group=self._account.pw_gid, extra_groups=[],
            env={"PATH": os.environ["PATH"]},
        )  # fmt: skip
        return Said(status=done.returncode, stdout=done.stdout, stderr=done.stderr)

    def address(self, node: str) -> str | None:
        return "127.0.0.1" if node == "here" else None

    def close(self) -> None:
        """Nothing is kept."""


@dataclass
class Alone:
    """A server by itself, its archive, and a base backup of it."""

    place: Path
    backup: Backup

    def sql(self, text: str) -> str:
        return here(f"{PROGRAMS}/psql -XAtq -v ON_ERROR_STOP=1 -h {self.place}/run -d postgres -c {shlex.quote(text)}")

    def archived(self) -> WalHeld:
        name = self.sql("select pg_walfile_name(pg_current_wal_insert_lsn())")
        self.sql("select pg_create_restore_point('filling')")
        self.sql("select pg_switch_wal()")
        wait_for(lambda: (self.place / "archive" / name).exists(), f"{name} in the archive")
        names = [path.name for path in (self.place / "archive").iterdir() if len(path.name) == 24]
        numbers = [segment_number(each, SEGMENT) for each in names]
        return WalHeld(ranges=(WalRange(timeline=1, first=min(numbers), last=max(numbers)),))

    def open(self, id: str, *, before: str = "", held: WalHeld | None = None) -> Opened:  # noqa: A002
        root = f"{self.place}/sandboxes"
        at = place_of(SPEC, node="here", root=root, id=id)
        script = (
            f"cp -a {self.place}/base {at.data} && echo 'fact restore_command cp {self.place}/archive/%f %p' && "
            f"echo fact bin_directory {PROGRAMS}"
        )
        chosen = Chosen(
            target=Target(kind=TargetKind.LATEST), repository="test", chain=("base",), timeline=1, settings=(),
            start=Lsn(0), consistent=Lsn(0),
        )  # fmt: skip
        opening = Opening(
            id=id, root=root, order=Order(node="here", name=f"lay-out:{id}", script=script), chain=(self.backup,),
            chosen=chosen, held=held or self.archived(), target="latest", by="tester", opened_at=datetime.now(UTC),
            life_seconds=600.0,
        )  # fmt: skip
        return open_sandbox(SPEC, opening, ways(before))


def ways(before: str = "") -> Ways:
    hosts = HereHosts(before)
    return Ways(
        hosts=hosts, run_order=lambda order: hosts.run(order.node, order.script, seconds_max=120.0),
        ticks=time.monotonic, pause=threading.Event().wait,
    )  # fmt: skip


def here(script: str) -> str:
    said = HereHosts().run("here", script, seconds_max=60.0)
    assert said.fine, said.words()
    return said.stdout.decode().strip()


@pytest.fixture(scope="module")
def alone() -> Iterator[Alone]:
    if os.geteuid() != 0 or not PROGRAMS.is_dir():
        pytest.skip("needs root, and Debian's PostgreSQL 15: apt-get install postgresql")
    place = Path("/var/tmp") / f"alone-{os.getpid()}-{time.monotonic_ns()}"
    place.mkdir(mode=0o700)
    shutil.chown(place, OWNER)
    try:
        here(f"{PROGRAMS}/initdb -D {place}/data -k -N -A trust >/dev/null && mkdir {place}/run {place}/archive")
        settings = (
            f"listen_addresses = ''\nunix_socket_directories = '{place}/run'\narchive_mode = on\nfsync = off\n"
            f"archive_command = 'cp %p {place}/archive/%f'\n"
        )
        here(f"printf %s {shlex.quote(settings)} >>{place}/data/postgresql.conf")
        here(f"{PROGRAMS}/pg_ctl -D {place}/data -l {place}/log -w start >/dev/null")
        it = Alone(place, make_backup(place))
        it.sql("insert into books select generate_series(101, 200)")
        (place / "half").mkdir()
        (place / "half" / "mount").write_text(HALF_MOUNT.format(mount=shutil.which("mount")))
        (place / "half").chmod(0o755)
        (place / "half" / "mount").chmod(0o755)
        yield it
    finally:
        if (place / "data" / "postmaster.pid").exists():
            here(f"{PROGRAMS}/pg_ctl -D {place}/data -m immediate stop >/dev/null")
        shutil.rmtree(place)


def namespaces() -> bool:
    return HereHosts().run("here", "unshare -c -n -m --keep-caps true", seconds_max=10.0).fine


def make_backup(place: Path) -> Backup:
    psql = f"{PROGRAMS}/psql -XAtq -h {place}/run -d postgres"
    here(f"{psql} -c 'create table books (n int primary key)' -c 'insert into books select generate_series(1, 100)'")
    here(f"{PROGRAMS}/pg_basebackup -h {place}/run -D {place}/base -X none -c fast --no-sync 2>/dev/null")
    label = here(f"cat {place}/base/backup_label").splitlines()
    start = next(line for line in label if line.startswith("START WAL LOCATION:")).split()[3]
    return Backup(
        id="base", repository="test", engine=EngineName.PGBACKREST, kind=BackupKind.FULL, state=BackupState.COMPLETE,
        parent=None, begun_at=datetime.now(UTC), ended_at=None, server_version=150000, timeline=1,
        system_identifier=here(f"{psql} -c 'select system_identifier from pg_control_system()'"),
        start=Lsn.parse(start), stop=None, size_bytes=None, stored_bytes=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "isolation"), [("", "network-and-files"), (OPEN_TO_ALL, "none"), (HALF_OPEN, "network")]
)
def test_an_older_server_is_opened_asked_checked_and_closed(alone: Alone, before: str, isolation: str) -> None:
    before = before.format(place=alone.place)
    opened = alone.open("fifteen", before=before)
    hosts = HereHosts(before)
    try:
        assert opened.version == 15
        assert opened.isolation in (isolation, "none")  # some hosts let no account make namespaces
        assert opened.isolation == isolation or not namespaces()
        rows = ask_sandbox(SPEC, hosts, opened.at, "select count(*) from books")
        assert rows.rows == (("200",),), rows
        indexes = restore_checks.read_indexes(
            hosts.run("here", restore_checks.indexes(opened.at), seconds_max=120.0).stdout.decode()
        )
        assert (indexes.trouble, indexes.bad) == ("", 0)
        pages = restore_checks.read_pages(
            hosts.run("here", restore_checks.pages(opened.at), seconds_max=120.0).stdout.decode()
        )
        assert (pages.trouble, pages.bad) == ("", 0)
        assert pages.files_read == pages.files_all
    finally:
        close_sandbox(hosts, opened.at)
    assert not (alone.place / "sandboxes").exists()


def test_a_table_space_made_since_the_backup_is_never_emptied(alone: Alone) -> None:
    """Replayed on the very host of production, 'create tablespace' takes away what lies there, and begins anew."""
    space = alone.place / "space"
    here(f"mkdir -p {space}")
    alone.sql(f"create tablespace beside location '{space}'")
    alone.sql("create table kept (n int) tablespace beside; insert into kept select generate_series(1, 1000)")
    alone.sql("checkpoint")
    there = sorted(str(path) for path in space.rglob("*"))
    assert len(there) > 2
    for before in ("", OPEN_TO_ALL, HALF_OPEN):
        with pytest.raises(SandboxTrouble) as caught:
            alone.open("spaces", before=before.format(place=alone.place))
        assert caught.value.reason == "makes-table-space", caught.value
        assert sorted(str(path) for path in space.rglob("*")) == there
        assert alone.sql("select count(*) from kept") == "1000"
        assert not (alone.place / "sandboxes").exists()
