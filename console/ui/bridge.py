"""The one door between threads and widgets: turns the link's calls into signals, spread over time."""

import math
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from console.domain.fleet import ClusterView, EngineView
from console.link.backups import BackupsSeen, JobSeen
from console.link.changes import RunSeen
from console.link.frames import LinkLost
from console.link.messages import (
    ClusterSeen,
    EngineSeen,
    HostKeys,
    InventoryChanged,
    Message,
    Prompts,
    Refused,
    Welcome,
)

SLOT_MILLISECONDS: Final = 8  # one slot delivers one thing, so that no frame waits for many
SPREAD_MILLISECONDS: Final = 800  # what waits is spread over so long, where it is much
CLUSTER_SECONDS_MIN: Final = 0.1  # a cluster is not painted more often than this
PAUSE_SECONDS_MIN: Final = 0.1
PAUSE_SECONDS_MAX: Final = 5.0
JOIN_SECONDS_MAX: Final = 2.0


class LinkEnd(Protocol):
    """What the bridge needs of a link."""

    def send(self, message: Message, on_answer: Callable[[Message], None]) -> None: ...

    def close(self) -> None: ...


Attach = Callable[[Callable[[Message], None], Callable[[str], None]], LinkEnd]


@dataclass(frozen=True, slots=True)
class _Answer:
    question: Message
    answer: Message


@dataclass(frozen=True, slots=True)
class _Lost:
    reason: str


_Told = Message | _Answer | _Lost


class Bridge(QObject):
    """Attaches to the engine and stays attached; all its signals come in the window's own thread.

    `attach` connects and raises LinkLost where nobody listens. `revive` starts the engine and gives back what
    went wrong, or an empty text. Both are called from a thread of the bridge's own and may take their time.
    """

    cluster_seen = Signal(object)  # ClusterView
    engine_seen = Signal(object)  # EngineView
    inventory_changed = Signal(object)  # Inventory
    host_keys_seen = Signal(object)  # HostKeys
    prompts_seen = Signal(object)  # Prompts
    run_seen = Signal(object)  # RunView: told at each change of a run
    backups_seen = Signal(object)  # BackupsView: told when it changes
    job_seen = Signal(object)  # Job: told at each change of a piece of work
    told = Signal(object)  # any other word of the engine's own: WhySeen, Alerts, Incidents, DrillSeen, ...
    answered = Signal(object, object)  # the question, the answer
    lost = Signal(object)  # why, as text
    connected = Signal(object)  # Welcome
    _woken = Signal()

    def __init__(
        self, attach: Attach, revive: Callable[[], str], ticks: Callable[[], float], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._attach, self._revive, self._ticks = attach, revive, ticks
        self._guard = threading.Lock()
        self._told: deque[_Told] = deque()
        self._views: dict[str, ClusterView] = {}
        self._delivered: dict[str, float] = {}
        self._link: LinkEnd | None = None
        self._welcome: Welcome | None = None
        self._losses = 0
        self._asleep = True
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._slots = QTimer(self)
        self._slots.setTimerType(Qt.TimerType.PreciseTimer)
        self._slots.setInterval(SLOT_MILLISECONDS)
        self._slots.timeout.connect(self._deliver)
        self._woken.connect(self._slots.start, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Attach, in a thread; start the engine where none runs."""
        self._thread = threading.Thread(target=self._stay_attached, name="bridge", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Leave. The engine goes on."""
        self._closing.set()
        with self._guard:
            link, self._link = self._link, None
        if link is not None:
            link.close()
        if self._thread is not None:
            self._thread.join(JOIN_SECONDS_MAX)
        self._slots.stop()

    def ask(self, question: Message) -> None:
        """Ask the engine; the answer comes as `answered`, a Refused one at once where there is no engine."""
        with self._guard:
            link = self._link
        if link is None:
            self._put(_Answer(question, Refused(reason="engine-lost")))
            return
        link.send(question, lambda answer: self._put(_Answer(question, answer)))

    # In the bridge's and the link's own threads

    def _stay_attached(self) -> None:
        pause = PAUSE_SECONDS_MIN
        while not self._closing.is_set():
            with self._guard:
                losses = self._losses
            try:
                link = self._attach(self._hear, self._lose)
            except (LinkLost, ValueError) as lost:
                # A ValueError: an engine of another version says what this window can't read.
                trouble = self._revive()
                if trouble:
                    self._put(_Lost(trouble))
                elif pause > PAUSE_SECONDS_MIN:
                    self._put(_Lost(str(lost)))
            else:
                with self._guard:
                    # A link that was lost before it was ours has another thread trying already.
                    mine = losses == self._losses and not self._closing.is_set()
                    self._link = link if mine else self._link
                    welcome = self._welcome
                if not mine:
                    link.close()
                elif welcome is not None:
                    self._put(welcome)
                return
            self._closing.wait(pause)
            pause = min(pause * 2, PAUSE_SECONDS_MAX)

    def _lose(self, reason: str) -> None:
        with self._guard:
            self._link = None
            self._losses += 1
        self._put(_Lost(reason))
        if not self._closing.is_set():
            self.start()

    def _hear(self, message: Message) -> None:
        if isinstance(message, Welcome):
            # Told on only when questions can be asked: the link is not ours yet.
            with self._guard:
                self._welcome = message
        elif isinstance(message, ClusterSeen):
            with self._guard:
                self._views[message.view.name] = message.view
            self._wake()
        else:
            self._put(message)

    def _put(self, told: _Told) -> None:
        with self._guard:
            self._told.append(told)
        self._wake()

    def _wake(self) -> None:
        with self._guard:
            sleeping, self._asleep = self._asleep, False
        if sleeping and not self._closing.is_set():
            self._woken.emit()

    # In the window's thread

    def _deliver(self) -> None:
        """One slot: one word of the engine's, or the few cluster pictures whose turn it is."""
        if self._closing.is_set():
            # A wake-up that was on its way when the window closed.
            self._slots.stop()
            return
        with self._guard:
            told = self._told.popleft() if self._told else None
            views = () if told is not None else self._due_views()
            if told is None and not views and not self._views:
                self._asleep = True
                self._slots.stop()
        if told is not None:
            self._tell(told)
        for view in views:
            self.cluster_seen.emit(view)

    def _due_views(self) -> tuple[ClusterView, ...]:
        now = self._ticks()
        share = max(1, math.ceil(len(self._views) * SLOT_MILLISECONDS / SPREAD_MILLISECONDS))
        due = [name for name in self._views if now - self._delivered.get(name, -math.inf) >= CLUSTER_SECONDS_MIN]
        views = tuple(self._views.pop(name) for name in due[:share])
        for view in views:
            self._delivered[view.name] = now
        return views

    def _tell(self, told: _Told) -> None:
        match told:
            case _Answer(question, answer):
                self.answered.emit(question, answer)
            case _Lost(reason):
                with self._guard:
                    self._views.clear()
                self.lost.emit(reason)
            case Welcome():
                self.connected.emit(told)
            case EngineSeen(view=view):
                self.engine_seen.emit(view)
            case EngineView():
                self.engine_seen.emit(told)
            case InventoryChanged(inventory=inventory):
                self.inventory_changed.emit(inventory)
            case HostKeys():
                self.host_keys_seen.emit(told)
            case Prompts():
                self.prompts_seen.emit(told)
            case RunSeen(run=run):
                self.run_seen.emit(run)
            case BackupsSeen(view=view):
                self.backups_seen.emit(view)
            case JobSeen(job=job):
                self.job_seen.emit(job)
            case _:
                # A word that this version of the window has no ear for harms nothing.
                self.told.emit(told)
