"""Asks standbys about their primary from their own hosts while it is in doubt; at most one question out on each."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from console.domain.asking import Asking
from console.domain.cluster import ClusterSpec, NodeSpec
from console.domain.observation import Observation
from console.domain.reading import Moment, Testimony
from console.domain.witnesses import in_doubt, silence_of, standbys_of
from console.monitor.node_watch import NodeWatch
from console.monitor.postgres_watch import Tools
from console.monitor.side_shell import SideShell
from console.postgres.probe import Answer
from console.postgres.witness_facts import WitnessQuestion, is_host, read_testimony, witness_script
from console.ssh.config import route
from console.ssh.refused import SshRefused

STUCK_SECONDS: Final = 10.0  # a shell that says nothing for so long is left behind
SSH_PORT: Final = 22

log = logging.getLogger(__name__)


class Witness:
    """One standby that can be asked."""

    def __init__(self, watch: NodeWatch, tools: Tools, changed: Callable[[], None]) -> None:
        self._watch, self._tools, self._changed = watch, tools, changed
        self._shell = SideShell(watch, tools, opened=changed, stuck_seconds=STUCK_SECONDS)
        self._asking = Asking()
        self.testimony: Testimony | None = None

    @property
    def asked_ticks(self) -> float | None:
        """Since when a question is out."""
        return self._shell.asked_ticks

    def ask(self, question: WitnessQuestion, ticks: float, heard_ticks: float | None) -> None:
        """Ask, if it is time and none is out. Never waits. `heard_ticks`: when the standby last heard its upstream."""
        said, about = self.testimony, question.about
        if not self._asking.due(said, about, ticks=ticks, heard_ticks=heard_ticks):
            return
        script = witness_script(question, bin_directory=self._watch.bin_directory)

        def heard(answer: Answer, asked: float, answered: float) -> None:  # noqa: ARG001 - the form of Told
            now = self._tools.clock.now()
            self.testimony = read_testimony(answer.lines, question, asked_ticks=asked, at=now)
            self._changed()

        if self._shell.ask(script, heard, ticks):
            self._asking = self._asking.asked(said, about, ticks=ticks, heard_ticks=heard_ticks)

    def hasten(self) -> None:
        """The doubt has only begun: what was said in an earlier one keeps nobody from being asked."""
        self._asking = Asking()

    def rest(self, ticks: float) -> None:
        self._shell.rest(ticks)

    def void(self) -> None:
        self.testimony = None
        self.hasten()

    def close(self) -> None:
        self._shell.close()


class Witnesses:
    """The witnesses of one cluster. `consult` is called with each look at it."""

    def __init__(
        self, spec: ClusterSpec, watches: tuple[NodeWatch, ...], tools: Tools, changed: Callable[[], None]
    ) -> None:
        self._spec = spec
        self._doubted: str | None = None
        self._silent = False  # its whole host, at the last look
        self._by_node = {
            watch.node.name: Witness(watch, tools, changed) for watch in watches if watch.node.postgres is not None
        }
        self._ssh: dict[str, tuple[str, int]] = {}
        self._upstreams: dict[str, tuple[str, str, int]] = {}  # by standby: whom it follows, at which address

    def put(self, name: str, seen: Observation) -> Observation:
        """The observation, with what its node says as a witness."""
        witness = self._by_node.get(name)
        if witness is None or (witness.testimony is None and witness.asked_ticks is None):
            return seen
        return replace(seen, testimony=witness.testimony, witness_asked_ticks=witness.asked_ticks)

    def consult(self, primary: str | None, nodes: Mapping[str, Observation], now: Moment) -> None:
        """Ask every standby that answers us about this primary, while it is in doubt. Never waits."""
        self._remember(nodes)
        if primary is None or not in_doubt(self._spec, nodes, primary):
            self._doubted, self._silent = None, False
            for witness in self._by_node.values():
                witness.rest(now.ticks)
            return
        # One that reached a hung server is asked seldom: when its host falls silent too, that word is worth nothing.
        silent = silence_of(nodes[primary], now) is not None
        begins = self._doubted != primary or (silent and not self._silent)
        self._doubted, self._silent = primary, silent
        for name in standbys_of(self._spec, primary):
            seen, witness = nodes[name], self._by_node[name]
            if seen.vital is None or not seen.vital.in_recovery or seen.followed != primary:
                continue
            question = self._question(primary, nodes[primary], seen)
            if question is not None:
                if begins:
                    witness.hasten()
                witness.ask(question, now.ticks, seen.heard_ticks)

    def void(self) -> None:
        for witness in self._by_node.values():
            witness.void()

    def close(self) -> None:
        for witness in self._by_node.values():
            witness.close()

    def _question(self, primary: str, seen: Observation, witness: Observation) -> WitnessQuestion | None:
        """Where the witness would reach the primary; None where no address of it is known."""
        target = seen.spec.postgres
        if target is None:
            return None
        ssh_host, ssh_port = self._ssh_of(seen.spec)
        host, port = target.replication_host or seen.address or ssh_host, target.port
        followed, at, on = self._upstreams.get(witness.name, ("", "", 0))
        if followed == primary:
            host, port = at, on
        try:
            return WitnessQuestion(
                about=primary, server_host=host, server_port=port, ssh_host=seen.address or ssh_host, ssh_port=ssh_port
            )
        except ValueError as error:
            log.info("%s: its standbys can't be asked about it: %s", primary, error)
            return None

    def _remember(self, nodes: Mapping[str, Observation]) -> None:
        """The address at which each standby reaches its upstream, while its receiver says so."""
        for name, seen in nodes.items():
            receiver = seen.vital.receiver if seen.vital is not None else None
            if receiver is None or receiver.host is None or receiver.port is None or seen.followed is None:
                continue
            if is_host(receiver.host):
                self._upstreams[name] = seen.followed, receiver.host, receiver.port

    def _ssh_of(self, node: NodeSpec) -> tuple[str, int]:
        """Host and port of a node's SSH, as the configuration leads there."""
        known = self._ssh.get(node.name)
        if known is None:
            try:
                hop = route(node.ssh)[-1]
                known = hop.host, hop.port
            except SshRefused:
                known = node.ssh.host, node.ssh.port or SSH_PORT
            self._ssh[node.name] = known
        return known
