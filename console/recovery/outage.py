"""The outage meter: a small client writes through the application's own way in, and says how long it could not."""

import hashlib
import threading
from collections.abc import Callable, Collection
from typing import Final

from console.domain.cluster import ClusterSpec, NodeKind, NodeSpec
from console.domain.run import Outage
from console.recovery.outage_lines import OutageLines
from console.recovery.outage_scripts import checked_run, clearing_script, clearing_sql, client_script
from console.ssh.command import Command
from console.ssh.connection import Connection
from console.ssh.refused import SshRefused
from console.ssh.supervise import Standing, SupervisedState, SuperviseError, Supervisor

START_SECONDS_MAX: Final = 2.0
METER_SECONDS_MAX: Final = 4 * 3600.0  # then the client ends by itself, whatever became of the console
POLL_SECONDS: Final = 0.5
AGAIN_SECONDS: Final = 1.0
SETTLE_SECONDS_MAX: Final = 3.0
ASK_SECONDS_MAX: Final = 5.0
TERM_SECONDS: Final = 1.0
PIECE_BYTES: Final = 256 * 1024
STRAYS_MAX: Final = 20

_PREFIX: Final = "outage"


def client_host(spec: ClusterSpec, busy: Collection[str]) -> NodeSpec | None:
    """Where the client runs: as the policy says, else on a backup host, else on a node that is not being changed."""
    if spec.change.client_node:
        return spec.node(spec.change.client_node)
    backups = [node for node in spec.nodes if node.kind is NodeKind.BACKUP]
    others = [node for node in spec.nodes if node.kind is NodeKind.POSTGRES and node.name not in busy]
    return next(iter([*backups, *others]), None)


def place_of(spec: ClusterSpec) -> str:
    """How the names of a cluster's clients begin on their host.

    Two consoles may each have a cluster of one name, and one client host: the way in tells them apart.
    """
    mark = hashlib.sha256(spec.change.client_conninfo.encode()).hexdigest()[:8]
    return f"{_PREFIX}:{spec.name}:{mark}:"


class OutageMeter:
    """The meter of one run. `start` and `finish` are called by one thread, `outage` by any, at any time.

    The client lives on its host on its own: an engine that was killed finds it, and all that it said, by starting the
    meter of the same run again. `connect` gives a connection of the meter's own to a node; it raises SshRefused.
    `busy`: the nodes that the run changes.
    """

    def __init__(
        self,
        connect: Callable[[str], Connection],
        spec: ClusterSpec,
        run_id: str,
        clock: Callable[[], float],
        *,
        busy: Collection[str] = (),
    ) -> None:
        self._connect = connect
        self._spec = spec
        self._run = checked_run(run_id)
        self._clock = clock
        self._host = client_host(spec, busy)
        self._place = place_of(spec)
        self._name = self._place + self._run
        self._directories = _directories(spec, self._host)
        self._lock = threading.Lock()
        self._lines = OutageLines()
        self._offset = 0
        self._host_seconds: float | None = None
        self._why = ""
        self._ended = False
        self._left: tuple[str, ...] = ()
        self._strays: list[str] = []
        self._settled = threading.Event()  # started, or known not to start
        self._stopping = threading.Event()
        self._given_up = False
        self._begun = False
        self._began = 0.0
        self._connection: Connection | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start the client, or find it. Returns within two seconds; `outage().why` says why nothing is measured."""
        self.begin()
        self.ready()

    def begin(self) -> None:
        """Have it started, or found, beside what the caller does now; `ready` waits for it."""
        if self._host is None:
            self._why = "no-client-node"
            return
        if not self._spec.change.client_conninfo:
            self._why = "no-client-conninfo"
            return
        self._began = self._clock()
        self._thread = threading.Thread(target=self._work, name=f"outage {self._spec.name}", daemon=True)
        self._thread.start()

    def ready(self) -> None:
        """It writes, or is given up: two seconds after it was begun at the latest, and at once where it is known."""
        if self._thread is None or self._settled.wait(max(0.0, self._began + START_SECONDS_MAX - self._clock())):
            return
        with self._lock:
            if not self._settled.is_set():
                # It is ended as soon as it comes up: a meter that begins in the middle would measure something else.
                self._given_up = True
                self._why = f"not-started:{self._clock() - self._began:.1f}s"

    def outage(self) -> Outage:
        """What is known now. Cheap: it asks no host."""
        with self._lock:
            seen = self._lines.outage(self._host_seconds, ended=self._ended)
            if not self._why:
                return seen
            return Outage(
                gap_seconds=seen.gap_seconds, open=False, attempts=seen.attempts, acknowledged=seen.acknowledged,
                errors=seen.errors, unknown=seen.unknown, lost_acknowledged=seen.lost_acknowledged, marks=seen.marks,
                why=self._why,
            )  # fmt: skip

    @property
    def left(self) -> tuple[str, ...]:
        """What could not be cleared away: 'outage-client:NODE', 'outage-row'; empty before `finish`."""
        return self._left

    def finish(self, read: Callable[[], int | None]) -> Outage:
        """End the client, compare, clear away.

        `read` is asked once the client writes no more: the run's number on the present primary
        (`outage_scripts.number_sql`), None where that can't be read.
        """
        if self._thread is None:
            return self.outage()
        self._settle()
        self._stopping.set()
        self._thread.join(ASK_SECONDS_MAX + 2 * POLL_SECONDS)
        host = self._host.name if self._host is not None else ""
        if self._thread.is_alive():
            self._left = (f"outage-client:{host}", "outage-row")
        if self._thread.is_alive() or self._given_up or not self._begun:
            return self.outage()
        self._end()
        if self.outage().acknowledged:
            number = read()
            if number is not None:
                with self._lock:
                    self._lines.compare(number)
        self._clear()
        if self._connection is not None:
            self._connection.close()
        return self.outage()

    def _settle(self) -> None:
        """An outage that is about to end is waited for, so that its end is measured too."""
        deadline = self._clock() + SETTLE_SECONDS_MAX
        pause = threading.Event()
        while self.outage().open and self._clock() < deadline:
            pause.wait(POLL_SECONDS / 2)

    # What follows runs in the meter's own thread until `finish` has stopped it, then in the caller's.

    def _supervisor(self) -> Supervisor:
        assert self._host is not None
        if self._connection is None or not self._connection.alive:
            self._connection = self._connect(self._host.name)
        return Supervisor(self._connection, become=self._host.become, ask_seconds_max=ASK_SECONDS_MAX)

    def _work(self) -> None:
        try:
            self._begin()
        except SshRefused as refused:
            self._say(f"unreachable:{refused.state.value}")
        except SuperviseError as error:
            self._say(f"refused:{error.reason}")
        self._settled.set()
        if self._why and not self._given_up:
            return
        if self._given_up:
            if self._begun:
                self._end()
                self._clear()
            if self._connection is not None:
                self._connection.close()
            return
        self._end_strays()
        wait = POLL_SECONDS
        while not self._stopping.wait(wait):
            wait = POLL_SECONDS if self._read() else AGAIN_SECONDS

    def _begin(self) -> None:
        supervisor = self._supervisor()
        state = self._started(supervisor)
        if state.standing is not Standing.RUNNING and not state.fresh:
            # Its host went down, or it came to its limit: what it said is kept, and a new one counts on from there.
            self._read()
            supervisor.remove(self._name)
            with self._lock:
                self._offset, self._ended, self._why = 0, False, ""
            self._started(supervisor)
        with self._lock:
            self._begun = True
            if not self._given_up:
                self._settled.set()

    def _started(self, supervisor: Supervisor) -> SupervisedState:
        script = client_script(self._directories)
        argv = ("sh", "-c", script, _PREFIX, self._run, self._spec.change.client_conninfo, str(self._lines.last_number))
        return supervisor.start(self._name, argv, seconds_max=METER_SECONDS_MAX)

    def _say(self, why: str) -> None:
        with self._lock:
            self._why = self._why or why

    def _read(self) -> bool:
        """Take what is new in the client's log. False where the host could not be asked."""
        try:
            supervisor = self._supervisor()
            while True:
                state = supervisor.look(self._name, offset=self._offset, log_bytes=PIECE_BYTES)
                with self._lock:
                    self._lines.feed(state.log)
                    self._offset += len(state.log)
                    self._host_seconds = state.host_seconds
                    if state.over and not self._ended and self._offset >= state.log_bytes:
                        self._ended = True
                        # It never ends by itself, save where it could not begin, or at its limit.
                        if not self._lines.why() and not self._stopping.is_set():
                            self._why = f"client-ended:{state.standing.value}"
                if not state.log or self._offset >= state.log_bytes:
                    return True
        except (SshRefused, SuperviseError):
            return False

    def _end(self) -> None:
        assert self._host is not None
        try:
            supervisor = self._supervisor()
            supervisor.end(self._name, term_seconds=TERM_SECONDS)
            self._stopping.set()
            self._read()
        except (SshRefused, SuperviseError):
            self._left = (f"outage-client:{self._host.name}", "outage-row")
        with self._lock:
            self._ended = True

    def _clear(self) -> None:
        """Take the files and the rows away; what stays is noted."""
        assert self._host is not None
        if self._left:
            return  # a host that did not answer just now is not asked again: nobody waits for that
        left: list[str] = []
        runs = (self._run, *(stray.rpartition(":")[2] for stray in self._strays))
        try:
            supervisor = self._supervisor()
            supervisor.remove(self._name)
            assert self._connection is not None
            sql = clearing_sql(runs, older_seconds=METER_SECONDS_MAX)
            script = clearing_script(self._directories)
            argv = ("sh", "-c", script, _PREFIX, sql, self._spec.change.client_conninfo)
            command = Command(argv=argv, become=self._host.become, seconds_max=ASK_SECONDS_MAX)
            if self._connection.run(command).status != 0:
                left.append("outage-row")
        except (SshRefused, SuperviseError):
            left.append("outage-row")
        self._left = tuple(left)

    def _end_strays(self) -> None:
        """End clients of this cluster that earlier engines left here: nobody but the holder of its lock has one."""
        try:
            supervisor = self._supervisor()
            names = [name for name in supervisor.names() if name.startswith(self._place) and name != self._name]
            for name in names[:STRAYS_MAX]:
                supervisor.end(name, term_seconds=TERM_SECONDS)
                supervisor.remove(name)
                self._strays.append(name)
        except (SshRefused, SuperviseError):
            return


def _directories(spec: ClusterSpec, host: NodeSpec | None) -> tuple[str, ...]:
    """Where psql may lie on the client's host: as its node says, else as the others do."""
    nodes = [*([host] if host is not None else []), *spec.nodes]
    found = [node.postgres.bin_directory for node in nodes if node.postgres is not None]
    return tuple(dict.fromkeys(directory for directory in found if directory))
