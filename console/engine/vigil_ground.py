"""What the parts that watch over failures are built on, what they leave for each other, and what a part is."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from console.domain.alerting import Sign
from console.domain.automation import Why
from console.domain.cluster import Inventory, NodeSpec
from console.domain.fleet import ClusterView, Event
from console.domain.incident import IncidentLine
from console.domain.reading import Moment
from console.domain.run import RunView
from console.engine.backing import Backing
from console.engine.freezing import Freezer
from console.engine.planning import Planning
from console.engine.runs import Changes
from console.engine.sealing import BooksKeeper
from console.governance.audit import AuditLog
from console.link.messages import Message
from console.monitor.poller import Poller
from console.places import Home
from console.ssh.secrets import Secrets
from console.ssh.sessions import Sessions
from console.store.database import Store
from console.store.history import History


class Holds:
    """Why nothing is done by itself for a cluster at this moment: a drill that runs, a person who froze the console."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._held: dict[str, tuple[str, str]] = {}  # by whom: cluster (empty: all) and reason

    def hold(self, whom: str, cluster: str, reason: str) -> None:
        """Until `release` is called with the same `whom`."""
        with self._guard:
            self._held[whom] = (cluster, reason)

    def release(self, whom: str) -> None:
        """Let go; no more than that where it was not held."""
        with self._guard:
            self._held.pop(whom, None)

    def reasons(self, cluster: str) -> tuple[str, ...]:
        """Why it is held now; empty: it is not."""
        with self._guard:
            return tuple(sorted({reason for held, reason in self._held.values() if held in ("", cluster)}))


@dataclass(slots=True)
class Board:
    """What parts leave for each other, so that none has to know another. Filled while the vigil is built.

    `signs`: all that is wrong now, from every part. `line`: something for the time line of an incident. `why`: the
    guards as they were judged last. `drilling`: does a drill of this cluster run, whose alerts are made on purpose?
    """

    holds: Holds = field(default_factory=Holds)
    signs: Callable[[str, Moment], tuple[Sign, ...]] = lambda _cluster, _now: ()
    line: Callable[[IncidentLine], None] = lambda _line: None
    why: Callable[[str], Why | None] = lambda _cluster: None
    drilling: Callable[[str], bool] = lambda _cluster: False
    conditions: Callable[[str], tuple[tuple[str, bool | None], ...]] = lambda _cluster: ()  # checks it depends on


@dataclass(frozen=True, slots=True, kw_only=True)
class VigilGround:
    """What the engine has built already."""

    home: Home
    store: Store
    history: History
    console_id: str
    sessions: Sessions
    secrets: Secrets
    poller: Poller
    planning: Planning
    changes: Changes
    backing: Backing | None
    books: BooksKeeper
    audit: AuditLog
    writer: str
    password: Callable[[NodeSpec], str | None]
    clock: Callable[[], Moment]
    inventory: Callable[[], Inventory]
    picture: Callable[[str], ClusterView | None]
    tell: Callable[[Message, str], None]  # to every face that watches; the key under which a newer takes its place
    note: Callable[[Event], None]  # a mark on the time axis
    trouble: Callable[[], str]  # of the store
    board: Board
    freezer: Freezer


class Part:
    """One part of the vigil. `seen` and `run_told` are called from other threads and must return at once."""

    def start(self) -> None:
        """Begin to work; the poller watches already."""

    def stop(self) -> None:
        """End in good order, within seconds."""

    def seen(self, view: ClusterView) -> None:
        """A new picture of a cluster."""
        del view

    def run_told(self, run: RunView) -> None:
        """A run as it stands, at each change."""
        del run

    def frozen(self) -> None:
        """A person has frozen the console: what this part begun by itself, and can stop, stops."""

    def signs(self, cluster: str, now: Moment) -> tuple[Sign, ...]:
        """What is wrong now of what this part looks after."""
        del cluster, now
        return ()

    def answer(self, question: Message, person: str) -> Message | None:
        """The answer to a question of this part's; None: it is none. May raise StoreTrouble."""
        del question, person
        return None
