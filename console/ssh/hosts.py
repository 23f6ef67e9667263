"""The hosts of a cluster as a change reaches them: connections of its own, kept while it lasts."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

from console.domain.cluster import ClusterSpec, NodeSpec
from console.domain.reading import SshState
from console.domain.text import shown
from console.ssh.command import Command
from console.ssh.connection import Connection
from console.ssh.refused import SshRefused
from console.ssh.sessions import Sessions

ANSWER_BYTES_MAX: Final = 16 * 1024 * 1024
AT_ONCE_MAX: Final = 16
SILENT_SECONDS: Final = 1.0  # an attempt that fails only after that long was met by silence
T = TypeVar("T")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How a script ended on a host. `status` None: it was begun and its end is not known; `refused`: never begun."""

    status: int | None
    stdout: bytes = b""
    stderr: bytes = b""
    seconds: float = 0.0
    timed_out: bool = False
    refused: str = ""  # why the host could not be reached

    @property
    def fine(self) -> bool:
        return self.status == 0

    def words(self) -> str:
        """What went wrong, in one harmless line."""
        if self.refused:
            return shown(self.refused)
        if self.timed_out:
            return "no end within its limit"
        text = self.stderr.decode("utf-8", "replace").strip() or self.stdout.decode("utf-8", "replace").strip()
        return shown(text[-400:]) or f"exit status {self.status}"


class Hosts(Protocol):
    """Where scripts run. The real ones go over SSH."""

    def run(self, node: str, script: str, *, seconds_max: float, stdin: bytes = b"") -> Said: ...

    def address(self, node: str) -> str | None: ...

    def close(self) -> None: ...


class SshHosts:
    """Hosts over SSH. Each is connected when it is first asked, and again after a loss; never by two at once.

    A host that kept a caller waiting in vain is silent: from then on it refuses at once, and is knocked at beside.
    """

    def __init__(
        self, spec: ClusterSpec, sessions: Sessions, *, ticks: Callable[[], float] = time.monotonic
    ) -> None:  # fmt: skip
        self._ticks, self._life = ticks, 0
        self._silent: dict[str, SshRefused] = {}
        self._spec = spec
        self._sessions = sessions
        self._guards = {node.name: threading.Lock() for node in spec.nodes}
        self._connections: dict[str, Connection] = {}
        self._refusing = False

    def ask_again(self) -> None:
        """Who kept a caller waiting in vain is asked again, and waited for."""
        self._silent.clear()

    def silence(self, node: str) -> None:
        """Others say that this host is silent: it refuses at once, instead of holding up whoever asks it next."""
        kept = self._connections.pop(node, None)
        self._silent.setdefault(node, SshRefused(SshState.SILENT, node, detail="silent by the watch's word"))
        if kept is not None:
            threading.Thread(target=kept.close, name=f"closing {node}", daemon=True).start()

    def refuse(self) -> None:
        """Send nothing any more: the engine ends, and what is under way is taken up by the next one."""
        self._refusing = True

    def run(self, node: str, script: str, *, seconds_max: float, stdin: bytes = b"") -> Said:
        """Run a script by the node's shell, as the account that changes act as. Never raises for what a host says."""
        spec = self._spec.node(node)
        if spec is None:
            raise ValueError(f"{self._spec.name} has no node {node}")
        command = Command(
            argv=("sh", "-c", script), become=spec.become, stdin=stdin, seconds_max=seconds_max,
            output_bytes_max=ANSWER_BYTES_MAX, environment=(("LC_ALL", "C"),),
        )  # fmt: skip
        try:
            outcome = self.connected(node).run(command)
        except SshRefused as refused:
            return Said(status=None, refused=f"{refused.state.value}: {refused.detail}")
        return Said(
            status=outcome.status, stdout=outcome.stdout, stderr=outcome.stderr, seconds=outcome.seconds,
            timed_out=outcome.timed_out,
        )  # fmt: skip

    def connected(self, node: str) -> Connection:
        """The connection to a node, made anew where there is none. Raises SshRefused."""
        spec = self._spec.node(node)
        assert spec is not None
        if self._refusing:
            raise SshRefused(SshState.BROKEN, node, detail="the engine ends")
        kept = self._connections.get(node)
        if kept is not None and kept.alive:
            return kept
        silent = self._silent.get(node)
        if silent is not None:
            self._try_again(node, spec)
            raise silent
        with self._guards[node]:
            kept = self._connections.get(node)
            return kept if kept is not None and kept.alive else self._connect(node, spec)

    def _connect(self, node: str, spec: NodeSpec) -> Connection:
        began, life = self._ticks(), self._life
        try:
            connection = self._sessions.connect(spec.ssh)
        except SshRefused as refused:
            if self._ticks() - began >= SILENT_SECONDS:
                self._silent[node] = refused
            else:
                self._silent.pop(node, None)
            raise
        self._silent.pop(node, None)
        if self._life == life:
            self._connections[node] = connection
        else:
            connection.close()  # all was closed while it was on its way
        return connection

    def _try_again(self, node: str, spec: NodeSpec) -> None:
        """Knock at a silent host beside what goes on: nobody waits for it again until it has answered."""
        guard = self._guards[node]
        if not guard.acquire(blocking=False):
            return  # somebody knocks already

        def knock() -> None:
            try:
                self._connect(node, spec)
            except SshRefused as refused:
                log.debug("%s is still silent: %s", node, refused)
            finally:
                guard.release()

        threading.Thread(target=knock, name=f"knock at {node}", daemon=True).start()

    def connect_anew(self, node: str) -> Connection:
        """A connection of the caller's own, closed by the caller. Raises SshRefused."""
        spec = self._spec.node(node)
        assert spec is not None
        return self._sessions.connect(spec.ssh)

    def address(self, node: str) -> str | None:
        """Where the other nodes reach this one's server: by the inventory, else as we reached its host."""
        spec = self._spec.node(node)
        target = spec.postgres if spec is not None else None
        if spec is None or target is None:
            return None
        if target.replication_host:
            return target.replication_host
        if target.host and not target.host.startswith("/"):
            return target.host
        kept = self._connections.get(node)
        return (kept.address if kept is not None else None) or spec.ssh.host

    def close(self) -> None:
        """End every connection; what runs on it unsupervised ends too. One that is on its way ends when it comes."""
        self._life += 1
        for node in self._guards:
            kept = self._connections.pop(node, None)
            if kept is not None:
                kept.close()


def at_once(names: Iterable[str], ask: Callable[[str], T]) -> Mapping[str, T]:
    """`ask` for each name, side by side; the answers by name. An exception of one is raised after all have ended."""
    wanted = tuple(dict.fromkeys(names))
    if len(wanted) == 1:
        return {wanted[0]: ask(wanted[0])}
    if not wanted:
        return {}
    with ThreadPoolExecutor(min(AT_ONCE_MAX, len(wanted)), thread_name_prefix="at once") as pool:
        futures: dict[str, Future[T]] = {name: pool.submit(ask, name) for name in wanted}
    return {name: future.result() for name, future in futures.items()}
