"""The stage of the benches of change: a watched lab, a client that writes, and the two who change it in turns."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from console.cli.face import Face
from console.cli.lab import register
from console.domain.cluster import Manager
from console.domain.fleet import ClusterView
from console.domain.plan import Operation, Outcome, Pairs, Plan
from console.domain.run import Mode, RunState, RunView
from console.domain.verdict import Health
from console.lab.desk import lab_cluster, lab_down, lab_fault, lab_up
from console.lab.status import LabStatus
from console.link.changes import AskRun, Propose, Proposed, RunSeen, StartRun
from console.link.messages import ClusterSeen, Message
from console.link.socket import Link
from console.places import Home
from tests.bench.bare_commands import Bare
from tests.bench.client_writer import Writer, one_value
from tests.bench.rig import stop_engine, wait_for

CLUSTER: Final = "lab"
PLAN_SECONDS_MAX: Final = 90.0
RUN_SECONDS_MAX: Final = 180.0
STREAM_LOOK_SECONDS: Final = 0.01
QUIET_SECONDS: Final = 1.5  # between two rounds: caches and archivers come to rest
_STREAMS: Final = "select count(*) from pg_stat_replication where application_name = '{node}' and state = 'streaming'"
OVER: Final = frozenset({RunState.DONE, RunState.CANCELLED, RunState.LEFT, RunState.ASKING, RunState.WAITING})


class NotMeasured(Exception):
    """Something that was to be measured could not be: why."""


class Ear:
    """Keeps the latest picture of the cluster that the engine told."""

    def __init__(self) -> None:
        self.view: ClusterView | None = None
        self._guard = threading.Lock()

    def hear(self, message: Message) -> None:
        if isinstance(message, ClusterSeen) and message.view.name == CLUSTER:
            with self._guard:
                self.view = message.view

    def health(self) -> Health:
        view = self.view
        return view.verdict.health if view is not None else Health.UNKNOWN


@dataclass(frozen=True, slots=True)
class Begun:
    """A run of the console: when it was ordered, and how it stands."""

    ordered: float
    run: RunView


class Stage:
    """A running lab with its engine, and hands to it. Everything is timed by this process's clock."""

    def __init__(self, home: Home, lab: LabStatus, link: Link, ear: Ear, writer: Writer) -> None:
        self.home, self.lab, self.bare = home, lab, Bare(lab)
        self._link, self._ear, self.writer = link, ear, writer
        self._acknowledged_at_most = 0

    # Where things stand

    def settled(self) -> str:
        """Wait until the console calls it healthy and every standby streams; the primary's name."""
        wait_for(lambda: self._ear.health() is Health.HEALTHY, "a healthy lab", seconds=PLAN_SECONDS_MAX)
        primary = wait_for(self._primary, "a primary")
        assert primary is not None
        for node in self._nodes():
            if node != primary:
                self.streaming_after(node, primary, time.monotonic())
        self.nothing_lost(primary)
        time.sleep(QUIET_SECONDS)
        return primary

    def _primary(self) -> str | None:
        found = [node for node in self._nodes() if self.ask(node, "select pg_is_in_recovery()") is False]
        return found[0] if len(found) == 1 else None

    def _nodes(self) -> list[str]:
        return [node.name for node in self.lab.nodes if node.postgres_port is not None]

    def ask(self, node: str, sql: str) -> object:
        found = self.lab.node(node)
        assert found is not None and found.postgres_port is not None
        return one_value(Path(str(found.socket_directory)), found.postgres_port, sql)

    def furthest(self, old: str) -> str:
        """The standby with the most WAL: another one could lose what was acknowledged, and none could follow it."""
        asked = "select coalesce(greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) - '0/0', 0)::bigint"
        there = {node: self.ask(node, asked) for node in self._nodes() if node != old}
        return max(there, key=lambda node: int(str(there[node])))

    def streams(self, node: str, primary: str) -> bool:
        return self.ask(primary, _STREAMS.format(node=node)) == 1

    def nothing_lost(self, primary: str) -> None:
        """Whatever was confirmed to the client is there, and commits wait for a standby. RuntimeError where not."""
        last = self.writer.last()
        there = self.ask(primary, "select coalesce(max(number), 0) from ledger_console.outage where run = 'bench'")
        assert isinstance(there, int)
        if last is not None and there < last.number:
            raise RuntimeError(f"{primary} holds {there}, and {last.number} was acknowledged")
        if not self.ask(primary, "select current_setting('synchronous_standby_names')"):
            raise RuntimeError(f"commits on {primary} wait for nobody: what was measured is no synchronous commit")

    def first_commit(self, since: float, begun: "Begun | None" = None) -> float:
        """Seconds from that moment to the first confirmed commit after it; RuntimeError where the run asks instead."""

        def look() -> bool:
            if begun is not None and (run := self._seen(begun)).state in OVER - {RunState.DONE}:
                raise RuntimeError(f"run {run.id} came to '{run.state.value}': {run.question}")
            return bool(self.writer.since(since))

        wait_for(look, "a confirmed commit", seconds=RUN_SECONDS_MAX, pause=0.5)
        return self.writer.since(since)[0].at - since

    def gap(self, since: float) -> float:
        """The longest wait of the client since that moment; writes go on again."""
        now = time.monotonic()
        wait_for(lambda: self.writer.since(now), "a confirmed commit", seconds=RUN_SECONDS_MAX)
        return self.writer.gap(since)

    def streaming_after(self, node: str, primary: str, since: float) -> float:
        """Seconds from that moment until a node streams from the primary."""
        what = f"{node} to stream from {primary}"
        wait_for(lambda: self.streams(node, primary), what, seconds=RUN_SECONDS_MAX, pause=STREAM_LOOK_SECONDS)
        return time.monotonic() - since

    def kill(self, node: str) -> None:
        """kill -9 of the whole server; returns when the console calls the cluster lost."""
        lab_fault(self.home, "kill", node)
        wait_for(lambda: self._ear.health() is Health.LOST, "the lost primary", seconds=PLAN_SECONDS_MAX)

    # What the console does

    def ask_engine(self, question: Message) -> Message:
        """Any question of a face's."""
        return self._link.ask(question, seconds_max=PLAN_SECONDS_MAX)

    def propose(self, operation: Operation, *, target: str = "", subject: str = "", options: Pairs = ()) -> Plan:
        """A plan that nothing refuses. Raises NotMeasured with what refuses it."""
        asked = Propose(cluster=CLUSTER, operation=operation, target=target, subject=subject, options=options)
        said = self._link.ask(asked, seconds_max=PLAN_SECONDS_MAX)
        if not isinstance(said, Proposed):
            raise NotMeasured(f"the engine planned no {operation.value}: {said}")
        refused = [f"{row.check}: {row.observed}" for row in said.plan.checks if row.outcome is Outcome.REFUSE]
        if refused or said.plan.refused:
            raise NotMeasured(f"the {operation.value} was refused: {'; '.join(refused)}")
        return said.plan

    def begin(self, plan: Plan) -> Begun:
        """Order the run: from here on it is the console's time."""
        most = plan.loss.entries_high or 0 if plan.loss is not None else 0
        start = StartRun(plan=plan.id, digest=plan.digest, mode=Mode.REAL, confirmed=CLUSTER, loss_entries_max=most)
        ordered = time.monotonic()
        said = self._link.ask(start, seconds_max=PLAN_SECONDS_MAX)
        if not isinstance(said, RunSeen):
            raise NotMeasured(f"the {plan.operation.value} was not begun: {said}")
        return Begun(ordered, said.run)

    def _seen(self, begun: Begun) -> RunView:
        said = self._link.ask(AskRun(run=begun.run.id), seconds_max=PLAN_SECONDS_MAX)
        if not isinstance(said, RunSeen):
            raise NotMeasured(f"the engine does not tell of run {begun.run.id}: {said}")
        return said.run

    def ended(self, begun: Begun) -> RunView:
        """Its proven end. RuntimeError where it came to another one."""

        def look() -> RunView | None:
            run = self._seen(begun)
            return run if run.state in OVER else None

        run = wait_for(look, f"the end of run {begun.run.id}", seconds=RUN_SECONDS_MAX, pause=0.2)
        assert run is not None
        if run.state is not RunState.DONE:
            raise RuntimeError(f"run {run.id} came to '{run.state.value}': {run.question}")
        return run


@contextmanager
def stage(directory: Path, *, manager: Manager = Manager.NONE) -> Iterator[Stage]:
    """A watched lab with its trade workload and the bench's own client; nothing of it is left running."""
    home = Home(directory / "home")
    home.directory.mkdir(mode=0o700, parents=True)
    ear = Ear()
    try:
        lab = lab_up(home, manager=manager)
        register(Face(home=home, json=True, ask=False), lab)
        link = Link(
            home.engine_socket, face="bench", watches=True, on_message=ear.hear, on_lost=lambda _: None, person="bench"
        )
        try:
            with Writer(lab_cluster(lab).change.client_conninfo) as writer:
                yield Stage(home, lab, link, ear, writer)
        finally:
            link.close()
    finally:
        stop_engine(home)
        lab_down(home)
