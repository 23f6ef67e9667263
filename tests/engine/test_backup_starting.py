"""The kind of a backup is chosen by what its repository holds now, not by what it held when it was last read."""

import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from console.backup.face import EngineTrouble, Order, Source
from console.domain.backup import (
    Backup,
    BackupState,
    EngineFound,
    Job,
    RepositorySeen,
    TimelineFork,
    WalHeld,
)
from console.domain.backup_policy import BackupKind, BackupPolicy, EngineName, RepositorySpec
from console.domain.cluster import ClusterSpec, Manager
from console.domain.fleet import Basis, ClusterView, Exposure, NodeView, Role
from console.domain.observation import Observation
from console.domain.verdict import Health, Verdict
from console.domain.wal import Lsn
from console.engine.backup_jobs import JobDesk
from console.engine.backup_reading import Repositories
from console.engine.backup_restores import StartingHands
from console.engine.backup_starting import Starting
from console.ssh.hosts import Said, SshHosts
from console.store.backup_log import BackupLog
from console.store.database import open_store
from tests import observed

VAULT = RepositorySpec(name="vault", node="c", path="/srv/backup")
SPEC = observed.cluster_spec("a", "b", "c", backup=BackupPolicy(repositories=(VAULT,)))
FORK = TimelineFork(timeline=2, parent=1, position=Lsn(0x4000000))
FULL = Backup(
    id="full", repository="vault", engine=EngineName.NATIVE, kind=BackupKind.FULL, parent=None,
    state=BackupState.COMPLETE, begun_at=observed.BEGIN - timedelta(hours=1),
    ended_at=observed.BEGIN - timedelta(minutes=59), system_identifier=observed.SYSTEM, server_version=180006,
    timeline=1, start=Lsn(0x2000000), stop=Lsn(0x3000000), size_bytes=1, stored_bytes=1,
)  # fmt: skip


class NoHosts(SshHosts):
    """Hosts of which none is reached: the shelf below is read without one."""

    def __init__(self) -> None:
        pass

    def run(self, node: str, script: str, *, seconds_max: float, stdin: bytes = b"") -> Said:
        return Said(status=None, refused=f"{node} is no host: {len(script) + len(stdin)} bytes, {seconds_max:g} s")


class Shelf:
    """A repository that a failover's history file, or the cron of its host, changes between two readings."""

    def __init__(self) -> None:
        self.forks: tuple[TimelineFork, ...] = ()
        self.backups: tuple[Backup, ...] = (FULL,)
        self.trouble = ""
        self.wanted: list[BackupKind] = []
        self.readings = 0

    def __call__(self, spec: RepositorySpec, cluster: ClusterSpec, hosts: SshHosts) -> Any:
        assert (spec, cluster, hosts is not None) == (VAULT, SPEC, True)
        return self

    def read(self, now: datetime) -> RepositorySeen:
        self.readings += 1
        if self.trouble:
            raise EngineTrouble(self.trouble, VAULT.node)
        found = EngineFound(engine=EngineName.NATIVE, program="", version="18.6", kinds=tuple(BackupKind))
        return RepositorySeen(spec=VAULT, at=now, found=found, backups=self.backups, wal=WalHeld(forks=self.forks))

    def backup(self, job: str, kind: BackupKind, source: Source, *, rate_bytes: float | None) -> Order:
        assert (bool(job), source.node, source.timeline, rate_bytes) == (True, "a", 2, None)
        self.wanted.append(kind)
        raise EngineTrouble("no-space", VAULT.node, "the test asks for the kind alone")


class Watched:
    """The picture after the failover: a is the primary, on timeline 2."""

    def __init__(self) -> None:
        nobody = Exposure(basis=Basis.UNKNOWN, candidate=None, entries=None, amounts=(), age_seconds=None)
        fine = Verdict(health=Health.HEALTHY, findings=())
        node = NodeView(name="a", kind=SPEC.nodes[0].kind, role=Role.PRIMARY, verdict=fine, host="a",
                        silence_seconds=0.4, timeline=2)  # fmt: skip
        self.view = ClusterView(
            name=SPEC.name, environment=SPEC.environment, manager=Manager.NONE, at=observed.BEGIN, serial=1,
            nodes=(node,), edges=(), verdict=fine, primary="a", system_identifier=observed.SYSTEM, exposure=nobody,
        )  # fmt: skip

    def views(self) -> tuple[ClusterView, ...]:
        return (self.view,)

    def node(self, cluster: str, name: str) -> "Watched":
        assert (cluster, name) == (SPEC.name, "a")
        return self

    def known(self) -> Observation:
        return observed.observed("a", primary=True, vital=observed.vital(primary=True, timeline=2))


class Began:
    """What begins backups, over a shelf that was read before the failover."""

    def __init__(self, desk: JobDesk, log: BackupLog, pool: ThreadPoolExecutor) -> None:
        self.shelf, watched = Shelf(), Watched()
        hands: dict[str, Any] = {
            "sessions": None, "poller": watched, "desk": desk, "backup_log": log, "clock": lambda: observed.NOW,
            "picture": lambda _: watched.view, "proving": None, "place": lambda *_: None, "restoring": lambda _: "",
        }  # fmt: skip
        self.starting = Starting(StartingHands(**hands))
        maker: Any = self.shelf
        self.places = Repositories(
            SPEC, hosts=NoHosts(), makers={EngineName.NATIVE: maker}, pool=pool,
            clock=lambda: observed.NOW, changed=lambda: None,
        )  # fmt: skip
        self.places.anew()
        assert self.shelf.readings == 1

    def kind(self, wanted: BackupKind | None = None) -> BackupKind:
        with pytest.raises(EngineTrouble) as met:
            self.starting.backup(self.places, "vault", wanted, "olga")
        assert met.value.reason == "no-space"
        return self.shelf.wanted[-1]


@pytest.fixture
def began(tmp_path: Path) -> Iterator[Began]:
    with open_store(tmp_path / f"{secrets.token_hex(4)}.sqlite") as store, ThreadPoolExecutor(2) as pool:
        log = BackupLog(store)
        ended: list[Job] = []
        desk = JobDesk(backup_log=log, clock=lambda: observed.NOW, told=ended.append, ended=ended.append)
        yield Began(desk, log, pool)
        desk.close()


def test_right_after_a_failover_what_is_next_stands_on_what_there_is(began: Began) -> None:
    began.shelf.forks = (FORK,)  # its history file came after the last reading
    assert began.kind() is BackupKind.INCREMENTAL
    assert began.shelf.readings == 2


def test_without_the_history_of_the_new_timeline_nothing_is_stood_on(began: Began) -> None:
    assert began.kind() is BackupKind.FULL


@pytest.mark.parametrize("kind", tuple(BackupKind))
def test_the_kind_that_a_person_names_is_the_kind_that_is_made(began: Began, kind: BackupKind) -> None:
    assert began.kind(kind) is kind
    assert began.shelf.readings == 2


def test_where_the_reading_fails_the_last_one_counts_and_the_engine_says_why(began: Began) -> None:
    began.shelf.forks = (FORK,)
    began.places.anew()
    began.shelf.trouble = "host-silent"
    assert began.kind() is BackupKind.INCREMENTAL
    seen = began.places.one("vault")
    assert seen is not None
    assert (seen.trouble, seen.backups) == ("host-silent", (FULL,))
