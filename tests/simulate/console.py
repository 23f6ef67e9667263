"""One console at a simulated cluster: the real runner, the real hands and the real keeper of the lock on it."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TypeVar
from unittest.mock import patch

from console.domain.cluster import ClusterSpec
from console.domain.plan import Claim, Loss, Plan, Proof
from console.domain.proofs import Held
from console.domain.run import Asks, Choice, Question, RunState
from console.domain.situation import LastSeen
from console.domain.text import shown
from console.recovery import hands as real_hands
from console.recovery import holding, look
from console.recovery.hands import Hands
from console.recovery.holding import LockKeeper
from console.recovery.runner import Runner, Stopped
from console.ssh.hosts import Said
from tests.simulate.cluster import Cluster
from tests.simulate.hosts import Journal, SimulatedHosts
from tests.simulate.looking import SimulatedLooks, SimulatedWatch

T = TypeVar("T")
class SimulatedKeeper(LockKeeper):
    """The real keeper; it renews with the cluster's seconds, not in a thread."""

    renews = False

    @property
    def alive(self) -> bool:
        return self.taken and self.renews

    def _renew_from_now_on(self) -> None:
        self.renews = True

    def close(self) -> None:
        self.renews = False
        super().close()


class Stopping(threading.Event):
    """What real hands wait on between two looks: here the cluster's time passes."""

    def __init__(self, cluster: Cluster) -> None:
        super().__init__()
        self._cluster = cluster

    def wait(self, timeout: float | None = None) -> bool:
        self._cluster.advance(timeout or 0.0)
        return False


class BlindHands(Hands):
    """Hands with a guard switched off: these claims are believed."""

    blind: frozenset[Claim] = frozenset()

    def holds(self, proof: Proof, known: Mapping[str, str], *, anew: bool, after: bool = False) -> Held:
        if proof.claim in self.blind:
            return Held(holds=after or proof.claim is not Claim.FENCED or "fence" in known, observed="believed")
        return super().holds(proof, known, anew=anew, after=after)


@dataclass(slots=True)
class Engine:
    """One process of a console with one run. When it is killed another takes up the journal."""

    cluster: Cluster
    console: str
    spec: ClusterSpec
    plan: Plan
    journal: Journal
    watch: SimulatedWatch
    loss_entries_max: int
    blind: frozenset[Claim] = frozenset()
    loss: Loss | None = None  # as an earlier engine's gate announced it
    frozen: bool = False
    question: Question | None = None
    state: RunState = RunState.RUNNING
    hands: BlindHands = field(init=False)
    keeper: SimulatedKeeper = field(init=False)
    hosts: SimulatedHosts = field(init=False)
    _break_lock: bool = False
    _cancelling: bool = False

    def __post_init__(self) -> None:
        self.journal.opened()
        looks = SimulatedLooks(self.cluster, self.console)
        self.hosts = SimulatedHosts(self.cluster, looks, self.plan, self.journal)
        self.keeper = SimulatedKeeper(
            self.spec, self.hosts, looks, owner=f"{self.console}:run", person="p", ticks=lambda: self.cluster.now  # type: ignore[arg-type]
        )
        self.hands = BlindHands(
            self.spec, self.hosts, looks, self.keeper, clock=self.cluster.moment, last_seen=self._last_seen(),  # type: ignore[arg-type]
            stopping=Stopping(self.cluster), see_again=self._last_seen,
        )  # fmt: skip
        self._cancelling = any(
            entry.word == "answered" and dict(entry.detail).get("choice") == Choice.CANCEL.value
            for entry in self.journal.entries
        )
        self.hands.blind = self.blind
        self.hands.loss_entries_max = self.loss_entries_max
        self.hands.take_up(tuple(self.journal.entries))
        self.hands.know(self.plan)
        self.cluster.each_second.append(self._renews)

    def _last_seen(self) -> LastSeen | None:
        """The later of what the plan and the watch saw, as the engine chooses."""
        seen, planned = self.watch.last_seen(), self.plan.last_seen
        if planned is None or seen is None:
            return planned or seen
        if seen.node != planned.node or seen.head is None:
            return planned
        return seen if planned.head is None or seen.head.number >= planned.head.number else planned

    def _renews(self) -> None:
        if self.keeper.renews and not self.frozen:
            self.hosts.instant = True
            try:
                self.keeper._renew()
            finally:
                self.hosts.instant = False

    @property
    def announced(self) -> Loss | None:
        return self.hands.loss or self.loss

    def die(self) -> None:
        self.keeper.renews = False
        if self._renews in self.cluster.each_second:
            self.cluster.each_second.remove(self._renews)

    # -- as the engine runs it ----------------------------------------------------------------------------------

    def run(self) -> None:
        """To the end, or to a question; once cancelled, never forward again."""
        if self._cancelling:
            self._attempt(lambda: self._runner().cancel(), RunState.CANCELLED)
        else:
            self._attempt(lambda: self._runner().run(), RunState.DONE)

    def cancel(self) -> None:
        """A person takes it back, as the answer to a question that offers it."""
        self.journal.write("", "answered", (("choice", Choice.CANCEL.value),))
        self._cancelling = True
        self.run()

    def answer(self, choice: Choice, *, loss_entries_max: int | None = None) -> None:
        """A person's answer."""
        assert self.question is not None and choice in self.question.choices
        question, self.question = self.question, None
        step = question.step or ""
        self.journal.write(step, "answered", (("choice", choice.value),))
        match choice:
            case Choice.GO_ON:
                if question.asks is Asks.WORLD_MOVED and not self._cancelling:
                    self._reopen(step)
                self.run()
            case Choice.BREAK_LOCK:
                self._break_lock = True
                self.run()
            case Choice.ACCEPT_LOSS:
                self.hands.loss_entries_max = self.loss_entries_max = loss_entries_max or 0
                self.hands.loss_unknown_accepted |= question.observed == "not known"
                self.run()
            case Choice.SKIP:
                self.journal.write(step, "skipped")
                self.run()
            case Choice.CANCEL:
                self._cancelling = True
                self.run()
            case Choice.LEAVE:
                self._end(RunState.LEFT)

    def _reopen(self, key: str) -> None:
        keys = [step.key for step in self.plan.steps]
        passed = self.journal.story.no_return_at(self.plan) is not None
        ends = keys.index(key) + 1 if passed and key in keys else None
        for later in keys[keys.index(key) : ends] if key in keys else ():
            if self.journal.state(later) not in ("", "undone", "reopened"):
                self.journal.write(later, "reopened")

    def _attempt(self, what: Callable[[], None], end: RunState) -> None:
        self.state = RunState.RUNNING
        try:
            self._take_up_lock()
            what()
        except Stopped as stopped:
            self.question, self.state = stopped.question, RunState.ASKING
            self.journal.write(
                stopped.question.step or "", "asked",
                (("asks", stopped.question.asks.value), ("observed", shown(str(stopped.question.observed)))),
            )  # fmt: skip
            if stopped.question.asks is Asks.LOCK_TAKEN:
                self.keeper.close()
        else:
            self._end(end)

    def _runner(self) -> Runner:
        return Runner(self.plan, self.hands, self.journal, lambda: False)

    def _take_up_lock(self) -> None:
        first = self.plan.steps[0].key
        if not self.keeper.alive and self.journal.state(first) in ("done", "already-so"):
            last = self.journal.known().get("lock_term")
            done = self.keeper.take(break_live=self._break_lock, after=None if last is None else int(last))
            self.journal.write(first, "lock-again", (("said", shown(done.said)), ("refused", done.refused)))
            if done.facts:
                self.journal.write(first, "fact", done.facts)
            if not done.fine:
                raise Stopped(
                    Question(asks=Asks.LOCK_TAKEN, step=first, node=None, observed=done.said or done.refused,
                             threshold=None, choices=(Choice.GO_ON, Choice.BREAK_LOCK, Choice.LEAVE))
                )  # fmt: skip
        self._break_lock = False

    def _end(self, state: RunState) -> None:
        self.keeper.release()
        self.journal.write("", "ended", (("state", state.value),))
        self.state = state


def _kept(hosts: SimulatedHosts, proof: Proof, known: Mapping[str, str]) -> Held:
    del hosts
    return Held(holds=proof.arg("directory").strip("${}") in known, observed="kept")


def _run_long(
    hosts: SimulatedHosts, node: str, name: str, script: str, *, ticks: object, pause: object
) -> Said:
    """A long act outlives the channel and the engine: it is never cut by them."""
    del name, ticks, pause
    return hosts.run_long(node, script)


@contextmanager
def simulated(cluster: Cluster) -> Iterator[None]:
    """Within it the recovery's parts ask one node after the other, in an order drawn for this play."""

    def in_turn(names: Iterable[str], ask: Callable[[str], T]) -> Mapping[str, T]:
        wanted = list(dict.fromkeys(names))
        cluster.rng.shuffle(wanted)
        return {name: ask(name) for name in wanted}

    def carry(
        _: SimulatedHosts, *, source: str, target: str, known: Mapping[str, str], looks: SimulatedLooks
    ) -> str:
        cluster.advance(0.3)
        if not (looks.reaches(source) and looks.reaches(target)):
            return "silent"
        for listed in filter(None, known.get("rescue_segments", "").split(",")):
            digest = listed.partition(":")[2]
            cluster.nodes[target].kept[digest] = cluster.nodes[source].kept[digest]
        return ""

    with ExitStack() as stack:
        for module in (real_hands, holding, look):
            stack.enter_context(patch.object(module, "at_once", in_turn))
        stack.enter_context(patch.object(real_hands, "carry", carry))
        stack.enter_context(patch.object(real_hands, "carry_kept", lambda *_, **__: ""))
        stack.enter_context(patch.object(real_hands, "kept", _kept))
        stack.enter_context(patch.object(real_hands, "run_long", _run_long))
        stack.enter_context(patch.object(real_hands, "end_long", lambda *_: None))
        yield
