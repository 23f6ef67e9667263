"""What a run is built from: its hosts, its journal, and whom it tells."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from console.domain.audit import AuditKind
from console.domain.cluster import ClusterSpec
from console.domain.plan import Pairs
from console.domain.reading import Moment
from console.domain.run import RunView
from console.domain.situation import Facts, LastSeen
from console.recovery.hands import Books
from console.recovery.look import Looks
from console.ssh.hosts import SshHosts
from console.store.journal import Journal


class Note(Protocol):
    """Writes to the audit log."""

    def __call__(self, kind: AuditKind, *, who: str, subject: str = "", detail: Pairs = ()) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a run is built from."""

    spec: ClusterSpec
    hosts: SshHosts
    looks: Looks
    owner: str
    clock: Callable[[], Moment]
    journal: Journal
    note: Note
    note_commands: Callable[[str, tuple[tuple[str, Pairs], ...]], None]  # who sends them, for which steps
    told: Callable[[RunView], None]
    ended: Callable[[RunView], RunView]  # writes the report; gives the view with its place
    last_seen: LastSeen | None
    see_again: Callable[[], LastSeen | None]  # where the primary was last seen, as it is known at this moment
    books: Books | None
    outage_number: Callable[[str], int | None]
    inputs: Callable[[], Pairs]  # what the plan was made from, as it is now
    busy: tuple[str, ...] = ()
    seen: Facts = field(default_factory=dict)  # what was just seen of the nodes
