"""Changes of a watched lab as a face makes them, and the truth beside them: the workload's own record and the books."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psycopg

from console.domain.cluster import ClusterSpec, Inventory
from console.domain.plan import LossBasis, Operation, Outcome, Pairs, Plan
from console.domain.run import Choice, Mode, RunState, RunView
from console.engine.launch import ensure_engine
from console.lab.desk import LabStatus, lab_mend
from console.lab.record import Ended, read_record
from console.lab.record import Outcome as Booked
from console.link.changes import AnswerRun, AskRun, AskRuns, Propose, Proposed, Runs, RunSeen, StartRun, StopRun
from console.link.frames import LinkLost
from console.link.messages import Done, Message, Refused, SaveClusters
from console.link.socket import Link
from tests.live import psql, sql, wait_for
from tests.watched import Watched, watched_lab

PLAN_SECONDS_MAX = 90.0
RUN_SECONDS_MAX = 150.0
SETTLED = frozenset({RunState.DONE, RunState.CANCELLED, RunState.LEFT, RunState.ASKING, RunState.WAITING})


@dataclass(slots=True)
class Operator:
    """A person at a watched lab. Each question goes over a link of its own: an engine may have been killed between."""

    watched: Watched
    name: str = "olga"
    begun: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)  # why links ended that this side did not end

    # -- the link -------------------------------------------------------------------------------------------------

    @contextmanager
    def link(self) -> Iterator[Link]:
        link = Link(
            self.watched.home.engine_socket, face="test", watches=False, on_message=lambda _: None,
            on_lost=self.lost.append, person=self.name,
        )  # fmt: skip
        try:
            yield link
        finally:
            link.close()

    def ask(self, question: Message) -> Message:
        with self.link() as link:
            try:
                return link.ask(question, seconds_max=PLAN_SECONDS_MAX)
            except LinkLost as lost:
                raise AssertionError(f"{lost}: {self.lost[-1:]}") from lost

    # -- changes --------------------------------------------------------------------------------------------------

    def propose(
        self, operation: Operation = Operation.SWITCHOVER, *, target: str = "", subject: str = "", most: int = 0,
        **options: str,
    ) -> Plan:  # fmt: skip
        """The plan, refusals and all. `most`: the entries that may be lost."""
        asked = Propose(cluster="lab", operation=operation, target=target, subject=subject, loss_entries_max=most,
                        options=tuple(options.items()))  # fmt: skip
        said = self.ask(asked)
        assert isinstance(said, Proposed), said
        return said.plan

    def start(self, plan: Plan, *, confirmed: str = "lab", attested: str = "", most: int | None = None) -> Message:
        """Have it run; what the engine says to that."""
        most = plan.loss_entries_max if most is None else most
        said = self.ask(StartRun(plan=plan.id, digest=plan.digest, mode=Mode.REAL, confirmed=confirmed,
                                 loss_entries_max=most, attested=attested))  # fmt: skip
        if isinstance(said, RunSeen):
            self.begun.append(said.run.id)
        return said

    def started(self, plan: Plan, *, attested: str = "", most: int | None = None) -> RunView:
        assert not plan.refused, refusals(plan)
        said = self.start(plan, attested=attested, most=most)
        assert isinstance(said, RunSeen), said
        return said.run

    def seen(self, run: str) -> RunView:
        said = self.ask(AskRun(run=run))
        assert isinstance(said, RunSeen), said
        return said.run

    def rests(self, run: str, *, seconds: float = RUN_SECONDS_MAX) -> RunView:
        """Wait until it has ended or asks."""

        def look() -> RunView | None:
            view = self.seen(run)
            return view if view.state in SETTLED else None

        return wait_for(look, f"run {run} to end or to ask", seconds=seconds)

    def change(self, plan: Plan, *, attested: str = "", most: int | None = None) -> RunView:
        """Run a plan to its end, or to its question."""
        return self.rests(self.started(plan, attested=attested, most=most).id)

    def done(self, plan: Plan, *, attested: str = "", most: int | None = None) -> RunView:
        """Run a plan to its proven end."""
        run = self.change(plan, attested=attested, most=most)
        assert run.state is RunState.DONE, told(run)
        return run

    def reaches(self, run: str, step: str, word: str, *, seconds: float = 60.0) -> RunView:
        """Wait until the journal has this word of this step (its key, or its kind)."""

        def look() -> RunView | None:
            view = self.seen(run)
            found = any(one.step.partition(":")[0] == step.partition(":")[0] and one.word == word for one in view.log)
            assert found or view.state not in (RunState.DONE, RunState.CANCELLED, RunState.LEFT), told(view)
            return view if found else None

        return wait_for(look, f"{word} of {step}", seconds=seconds)

    def stop(self, run: str) -> RunView:
        """Stop at the next safe point, and wait for its question."""
        assert isinstance(self.ask(StopRun(run=run)), Done)
        return self.rests(run)

    def answer(self, run: str, choice: Choice, *, most: int | None = None, reason: str = "") -> RunView:
        """Answer its question and wait until it ends, or asks another."""
        said = self.ask(AnswerRun(run=run, choice=choice, loss_entries_max=most, reason=reason))
        assert not isinstance(said, Refused), said
        return self.rests(run)

    def unfinished(self) -> tuple[RunView, ...]:
        said = self.ask(AskRuns())
        assert isinstance(said, Runs), said
        return tuple(run for run in said.runs if run.state not in (RunState.DONE, RunState.CANCELLED, RunState.LEFT))

    def leave_all(self) -> None:
        """Nothing of this operator's stays open, whatever a test came to."""
        for run in self.unfinished():
            view = self.rests(run.id)
            if view.state is RunState.ASKING:
                self.answer(run.id, Choice.LEAVE, reason="the test is over")

    # -- the inventory ----------------------------------------------------------------------------------------------

    @property
    def spec(self) -> ClusterSpec:
        with self.link() as link:
            found = link.welcome.inventory.cluster("lab")
        assert found is not None
        return found

    def save(self, spec: ClusterSpec) -> None:
        said = self.ask(SaveClusters(inventory=Inventory(clusters=(spec,)), replace=True))
        assert isinstance(said, Done), said

    @contextmanager
    def spec_as(self, spec: ClusterSpec) -> Iterator[None]:
        """Another word of the inventory for a while."""
        before = self.spec
        self.save(spec)
        try:
            yield
        finally:
            self.save(before)

    def policy(self, **changed: Any) -> ClusterSpec:
        """The lab with another policy of change."""
        spec = self.spec
        return replace(spec, change=replace(spec.change, **changed))

    # -- the lab ----------------------------------------------------------------------------------------------------

    @property
    def lab(self) -> LabStatus:
        return self.watched.now()

    def primary(self) -> str:
        """The one node that says of itself that it is writable."""
        found = writable(self.lab)
        assert len(found) == 1, found
        return found[0]

    def data(self, node: str) -> Path:
        found = self.lab.node(node)
        assert found is not None and found.data_directory is not None
        return Path(found.data_directory)

    def steady(self) -> None:
        """Healthy, and the watch knows how fast it books: only then a loss has an upper end."""
        self.watched.reaches("healthy", seconds=60.0)
        wait_for(lambda: self.watched.status()["view"]["entries_per_second"], "the rate of bookings", seconds=60.0)

    def steady_health(self) -> None:
        self.watched.reaches("healthy", seconds=60.0)

    def engine(self) -> None:
        """Start the engine again."""
        ensure_engine(self.watched.home)

    def mend(self) -> None:
        """Whatever a test did: no run is open, the lab is healthy, and the primary holds what the lab gave it."""
        self.leave_all()
        lab_mend(self.watched.home)
        for node in ("lab-1", "lab-2", "lab-3"):
            if node in writable(self.lab):
                psql(self.lab, node, "set synchronous_commit = local; alter system reset all")
            sql(self.lab, node, "select pg_reload_conf()")
        self.steady()


@contextmanager
def operated_lab(
    directory: Path, *, nodes: int = 3, rate: float = 20.0, backups: bool = False
) -> Iterator[Operator]:  # fmt: skip
    """A watched lab and a person at it."""
    with watched_lab(directory, nodes=nodes, rate=rate, backups=backups) as watched:
        operator = Operator(watched)
        operator.steady()
        yield operator


def writable(lab: LabStatus) -> list[str]:
    """The nodes whose servers answer now and are not in recovery."""
    names = [node.name for node in lab.nodes if node.postgres_port is not None and node.running and not node.frozen]
    return [name for name in names if psql(lab, name, "select pg_is_in_recovery()").stdout.strip() == "f"]


def refusals(plan: Plan) -> dict[str, object]:
    """What a plan was refused for: each check with what was observed."""
    return {row.check: row.observed for row in plan.checks if row.outcome is Outcome.REFUSE}


def row_of(plan: Plan, check: str) -> Any:
    """The row of a check that refuses, else its first."""
    rows = [row for row in plan.checks if row.check == check]
    assert rows, f"no check {check}: {[row.check for row in plan.checks]}"
    return next((row for row in rows if row.outcome is Outcome.REFUSE), rows[0])


def told(run: RunView) -> str:
    """A run for a person who reads a failed test."""
    steps = [f"{step.key} {step.state.value} {step.observed}" for step in run.steps if step.state.value != "waiting"]
    lines = [f"{one.step} {one.word} {dict(one.detail)}" for one in run.log[-12:]]
    seen = f"last seen at {run.plan.last_seen.at}" if run.plan.last_seen is not None else "never seen"
    return "\n".join([f"{run.id} {run.state.value}", str(run.question), str(run.loss), seen, *steps, "--", *lines])


@dataclass(slots=True)
class Truth:
    """What the workload was told since a moment, to be compared with the books."""

    record: Path
    since: int  # lines of the record that were there before

    @classmethod
    def from_now(cls, lab: LabStatus) -> "Truth":
        path = Path(lab.record)
        return cls(path, len(read_record(path)))

    def acknowledged(self) -> set[str]:
        """The ids of all bookings that a client was told are in the books."""
        lines = read_record(self.record)[self.since:]
        return {one.reference for one in lines if isinstance(one, Ended) and one.outcome is Booked.ACKNOWLEDGED}

    def lost(self, lab: LabStatus, node: str) -> set[str]:
        """Acknowledged, and not in the books of this node."""
        acknowledged = self.acknowledged()
        return acknowledged - references(lab, node)

    def more(self, entries: int = 3) -> int:
        """Wait until so many more are acknowledged than now; how many there are."""
        before = len(self.acknowledged())

        def look() -> int | None:
            found = len(self.acknowledged())
            return found if found >= before + entries else None

        return wait_for(look, f"{entries} more acknowledged bookings", seconds=60.0)


def references(lab: LabStatus, node: str) -> set[str]:
    """The ids of every entry in the books of a node."""
    return set(sql(lab, node, "select reference from ledger.entries").split())


def within(run: RunView, lost: int) -> None:
    """The truth lies in what was announced at the gate, and is equal to it where that said exact or nothing."""
    loss = run.loss
    assert loss is not None, told(run)
    if loss.basis in (LossBasis.NONE, LossBasis.EXACT):
        assert loss.entries_low == loss.entries_high == lost, (loss, lost)
        return
    assert loss.basis is LossBasis.INTERVAL, loss
    assert loss.entries_high is not None
    assert (loss.entries_low or 0) <= lost <= loss.entries_high, (loss, lost)


def seconds_of(run: RunView) -> float:
    assert run.begun_at is not None and run.ended_at is not None
    return (run.ended_at - run.begun_at).total_seconds()


def word_of(run: RunView, step: str, word: str) -> Pairs:
    """The detail of the last such line of the journal."""
    found = [one.detail for one in run.log if one.step == step and one.word == word]
    assert found, f"no {word} of {step}"
    return found[-1]


def plain_lines(text: str) -> list[str]:
    """Lines that say something, sorted: an order of settings is no setting."""
    return sorted(line for line in text.splitlines() if line.strip() and not re.match(r"\s*#", line))


class Watchman:
    """Looks at every node without pause, and keeps each moment in which more than one of them was writable."""

    def __init__(self, lab: LabStatus) -> None:
        self._places = {
            node.name: (str(node.socket_directory), node.postgres_port) for node in lab.nodes if node.postgres_port
        }
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchman", daemon=True)
        self.rounds = 0
        self.twice: list[tuple[str, ...]] = []

    def __enter__(self) -> "Watchman":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join()

    def _watch(self) -> None:
        open_to: dict[str, psycopg.Connection[Any]] = {}
        while not self._ending.wait(0.02):
            found = tuple(name for name in self._places if self._writes(name, open_to))
            self.rounds += 1
            if len(found) > 1:
                self.twice.append(found)
        for connection in open_to.values():
            connection.close()

    def _writes(self, name: str, open_to: dict[str, "psycopg.Connection[Any]"]) -> bool:
        host, port = self._places[name]
        try:
            if name not in open_to:
                open_to[name] = psycopg.connect(
                    host=host, port=port, user="postgres", dbname="postgres", autocommit=True, connect_timeout=1,
                    application_name="watchman",
                )  # fmt: skip
            row = open_to[name].execute("select not pg_is_in_recovery()").fetchone()
            return row is not None and bool(row[0])
        except psycopg.Error:
            gone = open_to.pop(name, None)
            if gone is not None:
                gone.close()
            return False
