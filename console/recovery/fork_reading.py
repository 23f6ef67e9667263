"""Opens both sides of a fork for reading: a running server as it is, a stopped one closed and never writable."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from console.domain.cluster import ClusterSpec, PostgresTarget
from console.domain.rejoin import Side
from console.domain.situation import NodeFacts
from console.postgres import probe, rejoin_facts, sandbox
from console.postgres.probe import Session
from console.postgres.verbs import ServerAt
from console.recovery.books_door import BooksTrouble, PsqlSession
from console.recovery.holding import LockKeeper
from console.recovery.lock import GUARD_WORDS, guarded
from console.recovery.look import Looks
from console.ssh.hosts import Said, SshHosts
from console.ssh.refused import SshRefused

START_SECONDS_MAX: Final = 660.0
STOP_SECONDS_MAX: Final = 90.0
NOT_AFTER_SECONDS: Final = 10.0
ENDED_SECONDS_MAX: Final = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSide:
    """One side, open: what its files say of it, and how its server is reached."""

    side: Side
    writable: bool
    closed: bool


class ForkTrouble(Exception):
    """A side could not be read: a kebab-case reason, the node, and what was said."""

    def __init__(self, reason: str, node: str, detail: str = "") -> None:
        super().__init__(f"{node}: {reason}" + (f": {detail}" if detail else ""))
        self.reason, self.node, self.detail = reason, node, detail


class ForkDoor:
    """Sessions with both sides, as administrator over each server's own socket, in transactions that only read."""

    def __init__(self, spec: ClusterSpec, hosts: SshHosts) -> None:
        self._spec, self._hosts = spec, hosts
        self._targets: dict[str, PostgresTarget] = {}

    def reached_at(self, node: str, target: PostgresTarget) -> None:
        self._targets[node] = target

    def open(self, node: str) -> PsqlSession:
        spec, target = self._spec.node(node), self._targets.get(node)
        if spec is None or target is None or target.bin_directory is None:
            raise BooksTrouble("no-node", f"{node} is not open")
        command = probe.psql_command(
            self._spec, replace(spec, postgres=target), Session.PROOF, program=f"{target.bin_directory}/psql",
            password=None, marker=f"ledger-console:{self._spec.name}:{node}:fork;",
        )  # fmt: skip
        # What a database sets for its sessions comes before the server's command line, but not before these.
        harmless = "options='-c session_preload_libraries= -c local_preload_libraries= "
        argv = (*command.argv[:-1], command.argv[-1].replace("options='", harmless, 1))
        try:
            return PsqlSession(self._hosts.connected(node), replace(command, argv=argv))
        except SshRefused as refused:
            raise BooksTrouble(refused.state.value, refused.detail) from refused

    def history(self, node: str, data_directory: str, timeline: int) -> str | None:  # noqa: ARG002 - BooksDoor's form
        return None

    def close(self) -> None:
        self._targets.clear()


class ForkHosts:
    """Opens sides and closes them again, whatever happens between; a stopped server is started behind the lock."""

    def __init__(
        self, spec: ClusterSpec, hosts: SshHosts, looks: Looks, keeper: LockKeeper, *, ticks: Callable[[], float],
        pause: Callable[[float], object],
    ) -> None:  # fmt: skip
        self._spec, self._hosts, self._looks, self._keeper = spec, hosts, looks, keeper
        self._ticks, self._pause = ticks, pause
        self._started: list[ServerAt] = []
        self.door = ForkDoor(spec, hosts)

    def open(self, node: NodeFacts) -> OpenSide:
        """Open one side. Raises ForkTrouble."""
        at = self._looks.server_at(node.node, node)
        if not node.reached or at is None:
            raise ForkTrouble("not-reached", node.node, node.trouble)
        side = self._side(node, at)
        closed = node.server is None
        socket, user = at.socket_directory, at.admin_user
        if closed:
            if node.processes:
                raise ForkTrouble("hangs", node.node, node.server_trouble)
            socket, user = self._start(node, at), sandbox.SANDBOX_USER
        self.door.reached_at(
            node.node, PostgresTarget(host=socket, port=at.port, user=user, bin_directory=at.bin_directory)
        )
        return OpenSide(side=side, writable=node.writable, closed=closed)

    def _side(self, node: NodeFacts, at: ServerAt) -> Side:
        """Read before its server is started: the end of what it wrote itself."""
        said = self._hosts.run(node.node, rejoin_facts.side_script(at), seconds_max=rejoin_facts.SIDE_SECONDS_MAX)
        server = node.server
        try:
            return rejoin_facts.read_side(
                node.node, said.stdout, running_at=server.position if server is not None else None,
                timeline=server.timeline if server is not None and not server.in_recovery else None,
            ).side  # fmt: skip
        except ValueError as error:
            raise ForkTrouble("unreadable", node.node, f"{error}") from error

    def _start(self, node: NodeFacts, at: ServerAt) -> str:
        """Start it closed; its socket's directory."""
        if not self._keeper.taken:
            taken = self._keeper.take(break_live=False)
            if not taken.fine:
                raise ForkTrouble(taken.refused or "no-majority", node.node, taken.said)
        lines = [
            *sandbox.sandbox_base(at), *sandbox.not_running_lines(), *sandbox.configuration_lines(),
            *sandbox.wal_end_lines(), *sandbox.start_lines(), 'echo "socket $X"',
        ]  # fmt: skip
        self._started.append(at)
        said = self._guarded(at, lines, START_SECONDS_MAX)
        socket = next(
            (line.partition(" ")[2] for line in said.stdout.decode("utf-8", "replace").splitlines()
             if line.startswith("socket /var/tmp/lcr.")), ""
        )  # fmt: skip
        if not said.fine or not socket:
            raise ForkTrouble(GUARD_WORDS.get(said.status or 0, "not-started"), at.node, said.words())
        return socket

    def _guarded(self, at: ServerAt, lines: list[str], seconds_max: float) -> Said:
        facts = self._looks.look((at.node,), sql=False)[at.node]
        if facts.uptime_seconds is None:
            raise ForkTrouble("not-reached", at.node, facts.trouble)
        looked = self._looks.at(at.node)
        script = guarded(
            "\n".join(lines), lock_key=looked.lock_key, data_directory=looked.data_directory, term=self._keeper.term,
            not_after_seconds=facts.uptime_seconds + NOT_AFTER_SECONDS,
        )  # fmt: skip
        return self._hosts.run(at.node, script, seconds_max=seconds_max)

    def close(self) -> None:
        """Stop what was started, prove that it is stopped, give the lock back. Raises ForkTrouble where it stays."""
        self.door.close()
        try:
            for at in self._started:
                lines = [*sandbox.sandbox_base(at), "stop_sandbox || exit 3"]
                said = self._guarded(at, lines, STOP_SECONDS_MAX)
                self._ended(at, said)
        finally:
            self._started.clear()
            if self._keeper.taken:
                self._keeper.release()

    def _ended(self, at: ServerAt, said: Said) -> None:
        """No process is left on its data. Where the host can't be asked it ends by itself, within half an hour."""
        end = self._ticks() + ENDED_SECONDS_MAX
        while True:
            node = self._looks.look((at.node,), sql=False)[at.node]
            if node.reached and node.processes == 0:
                return
            if self._ticks() >= end:
                raise ForkTrouble("still-open", at.node, said.words())
            self._pause(0.1)
