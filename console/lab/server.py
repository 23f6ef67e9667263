"""One node's PostgreSQL server: started, stopped, frozen and killed by its process tree."""

import signal
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from console.lab.launch import Children
from console.lab.place import LabPlace
from console.lab.plan import DATABASE, LabPlan, PlannedHost
from console.lab.processes import LOOK_SECONDS, alive, end_all, look, program, send, servers_in, wait_until, works_in
from console.lab.programs import Programs
from console.lab.status import LabError, LabRole

START_SECONDS_MAX: Final = 30.0
STOP_SECONDS_MAX: Final = 15.0
SIGNAL_SECONDS_MAX: Final = 10.0
SQL_SECONDS_MAX: Final = 10.0
LOG_SHOWN_LINES: Final = 4


class Server:
    """One node's PostgreSQL. What it says of itself is read from /proc and the data directory, never remembered:

    a plan may start or stop the server over SSH, behind the lab's back.
    """

    def __init__(
        self, place: LabPlace, plan: LabPlan, host: PlannedHost, *, programs: Programs, children: Children
    ) -> None:
        self.host = host
        self.name = host.name
        self.data = place.data(host.name)
        self.sockets = place.sockets(host.name)
        self.log = place.postgres_log(host.name)
        self.port = plan.postgres_port
        self._programs = programs
        self.children = children

    def postmaster(self) -> int | None:
        """The postmaster's pid where it lives and works in this data directory."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None
        return pid if works_in(pid, self.data) and program(pid) == "postgres" and alive(pid) else None

    def processes(self) -> list[int]:
        """All that work in the data directory, orphaned backends too."""
        return [pid for pid in servers_in(self.data) if alive(pid)]

    def frozen(self) -> bool:
        pid = self.postmaster()
        process = look(pid) if pid is not None else None
        return process is not None and process.state == "T"

    def role(self) -> LabRole:
        """By the signal file: promotion takes it away, and with it a server starts read-only."""
        return LabRole.STANDBY if (self.data / "standby.signal").exists() else LabRole.PRIMARY

    def start(self, *settings: str) -> None:
        """Starts, where it does not run, and waits until it takes connections.

        Raises LabError, with the end of its log, where it gives up.
        """
        child = self._launch(settings) if self.postmaster() is None else None
        end = time.monotonic() + START_SECONDS_MAX
        while not (self.ready() if child is not None else self.accepts()):
            if self.postmaster() is None and (child is None or child.returncode is not None):
                raise LabError(f"{self.name} did not start: {self.log_end()}", f"Its log is {self.log}.")
            if time.monotonic() > end:
                raise LabError(f"{self.name} takes no connections after {START_SECONDS_MAX:g} s: {self.log_end()}")
            time.sleep(LOOK_SECONDS)

    def _launch(self, settings: tuple[str, ...]) -> "subprocess.Popen[bytes]":
        self.end_leftovers()
        argv = [self._programs.path("postgres"), "-D", str(self.data)]
        for setting in settings:
            argv += ["-c", setting]
        with self.log.open("ab") as log:
            child = self.children.start(argv, as_account=True, stdout=log, stderr=log)
        threading.Thread(target=self._wait, args=(child,), name=f"wait for {self.name}", daemon=True).start()
        return child

    def _wait(self, child: "subprocess.Popen[bytes]") -> None:
        child.wait()
        self.children.ended(child)

    def ready(self) -> bool:
        """Whether it takes connections, by its own word: the eighth line of postmaster.pid."""
        with suppress(OSError, IndexError):
            word = (self.data / "postmaster.pid").read_text().split("\n")[7].strip()
            return word == "ready" and self.postmaster() is not None
        return False

    def accepts(self) -> bool:
        """Whether it takes connections, asked of itself: its own word is stale while it recovers from a crash."""
        if self.postmaster() is None:
            return False
        ask = [self._programs.path("pg_isready"), "-q", "-h", str(self.sockets), "-p", str(self.port), "-t", "2"]
        with suppress(LabError):
            self.children.run(ask)
            return True
        return False

    def end_leftovers(self) -> None:
        """Ends what a killed postmaster left, and takes its lock files away once nothing works there any more."""
        end_all(self.processes, seconds=SIGNAL_SECONDS_MAX, what=f"{self.name}: old processes to end")
        # Without this a zombie of the same number, waiting for its parent, would look like a living server.
        for path in (self.data / "postmaster.pid", *self.sockets.glob(".s.PGSQL.*")):
            path.unlink(missing_ok=True)

    def stop(self) -> None:
        """A fast shutdown; where a follower or a full disk holds it up beyond the limit, an immediate one."""
        pid = self.postmaster()
        if pid is None:
            self.end_leftovers()
            return
        if self.frozen():
            self.thaw()
        send([pid], signal.SIGINT)
        try:
            wait_until(lambda: not alive(pid), seconds=STOP_SECONDS_MAX, what=f"{self.name} to shut down")
        except LabError:
            send([pid], signal.SIGQUIT)
            wait_until(lambda: not alive(pid), seconds=STOP_SECONDS_MAX, what=f"{self.name} to stop at once")
        self.children.reap()

    def kill(self) -> None:
        """kill -9 of the whole tree. The postmaster is held first, so that it can't clean up after its children."""
        pid = self.postmaster()
        if pid is not None:
            send([pid], signal.SIGSTOP)
        end_all(self.processes, seconds=SIGNAL_SECONDS_MAX, what=f"{self.name}: its processes to end")

    def kill_postmaster(self) -> None:
        """kill -9 of the postmaster alone. Idle backends notice and end; busy ones go on until they look up."""
        pid = self.postmaster()
        if pid is None:
            raise LabError(f"{self.name} has no postmaster to kill", "Start it first: fault start.")
        send([pid], signal.SIGKILL)
        wait_until(lambda: not alive(pid), seconds=SIGNAL_SECONDS_MAX, what=f"{self.name}: its postmaster to end")

    def freeze(self) -> None:
        """SIGSTOP to all, until each one is held."""
        pid = self.postmaster()
        if pid is None:
            raise LabError(f"{self.name} does not run, so it can't be frozen", "Start it first: fault start.")
        send([pid], signal.SIGSTOP)  # first, so that nothing new is forked

        def held() -> bool:
            moving = [p for p in self.processes() if (one := look(p)) is not None and one.state not in "TZX"]
            send(moving, signal.SIGSTOP)
            return not moving

        wait_until(held, seconds=SIGNAL_SECONDS_MAX, what=f"{self.name}: all its processes to be held")

    def thaw(self) -> None:
        """SIGCONT to all that is held."""
        send(self.processes(), signal.SIGCONT)

        def moves() -> bool:
            return all((one := look(p)) is None or one.state != "T" for p in self.processes())

        wait_until(moves, seconds=SIGNAL_SECONDS_MAX, what=f"{self.name}: its processes to go on")

    def ask(self, sql: str, *, database: str = DATABASE, seconds: float = SQL_SECONDS_MAX) -> str:
        """One answer through the server's own socket, as its superuser. Raises LabError."""
        return self.children.run(
            [
                *(self._programs.path("psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", str(self.sockets)),
                *("-p", str(self.port), "-U", "postgres", "-d", database, "-f", "-"),
            ],
            stdin=sql.encode(),
            seconds=seconds,
            more={"PGOPTIONS": "-c synchronous_commit=local", "PGCONNECT_TIMEOUT": "5"},
        ).strip()

    def control(self) -> str:
        """What pg_controldata says of the data directory, running or not."""
        return self.children.run([self._programs.path("pg_controldata"), "-D", str(self.data)])

    def log_end(self) -> str:
        """The last lines of its log."""
        try:
            lines = self.log.read_text(errors="replace").splitlines()[-LOG_SHOWN_LINES:]
        except OSError:
            return "it has no log"
        return " | ".join(lines)


def make_directories(path: Path, *, mode: int, children: Children) -> None:
    """A directory of the lab's account."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(mode)
    children.account.own(path)
