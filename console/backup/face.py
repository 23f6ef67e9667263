"""The face that every backup engine has: it reads its repository, and turns a wish into an order for one host."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol, runtime_checkable

from console.domain.backup import Backup, EngineFound, Mark, MediumSeen, RepositorySeen
from console.domain.backup_policy import BackupKind, RepositorySpec
from console.domain.cluster import ClusterSpec
from console.domain.plan import Pairs
from console.domain.text import shown
from console.domain.wal import Lsn
from console.ssh.hosts import Hosts

FACTS_MAX: Final = 200
FACT_CHARACTERS_MAX: Final = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A script for the shell of one host, run supervised (`ssh.long_acts`): it outlives channel, window and engine.

    What it finds out it says as lines `fact NAME VALUE` on its output (`fact backup ID` what it made, and where it
    fails `fact reason WORD`, a kebab-case word, and `fact detail TEXT`); how far it is as `progress PHASE DONE ALL`
    (bytes; '-' where not known). It ends with 0 only when all of it was done. Killed at any instant it leaves nothing
    that counts as a backup. `cancel` is a script that takes away what an ended order left half-done; it may be
    run any number of times.
    """

    node: str
    name: str  # of the supervised command: the same order has the same name after an engine was killed
    script: str
    cancel: str = ""
    secrets: tuple[str, ...] = ()
    about: Pairs = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an order is, as its output tells."""

    phase: str = ""
    done_bytes: int | None = None
    all_bytes: int | None = None
    facts: Pairs = ()


def read_progress(output: str) -> Progress:
    """How far an order is, by the last of its lines of progress that makes sense, and its newest facts."""
    phase, done, all_ = "", None, None
    facts: list[tuple[str, str]] = []
    for line in output.split("\n"):
        words = line.split(" ")
        if words[0] == "progress" and re.fullmatch(r"progress [a-z][a-z0-9-]{0,39}( (-|\d{1,18})){2}", line, re.ASCII):
            phase = words[1]
            done, all_ = (None if word == "-" else int(word) for word in words[2:])
        elif words[0] == "fact" and len(words) > 1 and re.fullmatch(r"[a-z_]{1,40}", words[1]):
            facts.append((words[1], shown(" ".join(words[2:]), characters_max=FACT_CHARACTERS_MAX)))
    return Progress(phase=phase, done_bytes=done, all_bytes=all_, facts=tuple(facts[-FACTS_MAX:]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The server that a backup is taken from, as the backup host reaches it."""

    node: str
    address: str
    port: int
    machine_id: str = ""
    system_identifier: str = ""
    version: int | None = None  # server_version_num
    in_recovery: bool = False
    timeline: int | None = None
    position: Lsn | None = None
    head_number: int | None = None
    size_bytes: int | None = None


class EngineTrouble(Exception):
    """The engine, its repository or its host can't do what was asked; nothing was changed.

    `reason`: a kebab-case word for `ui.backup_words`: no-program, no-repository, not-readable, too-old, no-space, busy,
    no-parent, not-this-kind, append-only, no-rsync, host-silent, other-system, nonsense, locked-key.
    """

    def __init__(self, reason: str, node: str, detail: str = "") -> None:
        super().__init__(f"{node}: {reason}" + (f": {detail}" if detail else ""))
        self.reason, self.node, self.detail = reason, node, detail


class BackupEngine(Protocol):
    """One engine at one repository. Every call that asks its host raises EngineTrouble; none of them acts:
    only an order does, when whoever holds it has it run.
    """

    spec: RepositorySpec

    def find(self) -> EngineFound:
        """What lies on the host, and what it can and can't do with this cluster's version."""

    def read(self, now: datetime) -> RepositorySeen:
        """The whole repository: backups, WAL, medium, by its own files and words."""

    def backup(self, job: str, kind: BackupKind, source: Source, *, rate_bytes: float | None) -> Order:
        """A backup of this kind on its right parent. Raises where there is no parent, no space, or one runs already."""

    def verify(self, job: str, backup: Backup) -> Order:
        """Read every file of it back, and what it stands on."""

    def marks(self, backup: Backup, order: Order, status: int | None, output: str, now: datetime) -> tuple[Mark, ...]:
        """What an ended `verify` has shown. Its exit status alone is never the verdict; an unread report is
        'not checked'.
        """

    def expire(self, job: str, backups: tuple[Backup, ...]) -> Order:
        """Take exactly these away, and the WAL that nothing left needs. Raises append-only where the medium refuses."""

    def lay_out(self, job: str, chain: tuple[Backup, ...], directory: str) -> Order:
        """Lay the chain out as a data directory that is not there yet, on the repository's host. Its facts say
        `restore_command` and `bin_directory`.
        """

    def medium(self) -> MediumSeen:
        """The medium as it is now."""


@runtime_checkable
class WalReceiver(Protocol):
    """An engine whose WAL is received by an act of our own, which should always run (native, WalWay.STREAM)."""

    def receive(self) -> Order | None:
        """The act that receives WAL until it is ended; started where it does not run (`WalHeld.receiving` is False)
        and never waited for. Its name is the repository's own, so it is started once. None: nobody of ours receives.
        """


class EngineMaker(Protocol):
    """Makes an engine for a repository of a cluster."""

    def __call__(self, spec: RepositorySpec, cluster: ClusterSpec, hosts: Hosts) -> BackupEngine: ...
