"""One console at a simulated cluster: its hosts, its lock, its journal, and the real runner with the real hands on them."""

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TypeVar
from unittest.mock import patch

from console.domain.cluster import ClusterSpec
from console.domain.plan import Act, Claim, Loss, Pairs, Plan, Proof
from console.domain.proofs import Held, fill
from console.domain.run import Asks, Choice, Entry, Question, RunState
from console.domain.run_story import Story, story_of
from console.domain.situation import LastSeen
from console.domain.text import shown
from console.recovery import hands as real_hands
from console.recovery import holding, lock, look
from console.recovery.hands import Hands
from console.recovery.holding import LockKeeper
from console.recovery.hosts import Said
from console.recovery.runner import Runner, Stopped
from tests.simulate import acting
from tests.simulate.cluster import Cluster, Node
from tests.simulate.looking import SILENT_SECONDS, SimulatedLooks, SimulatedWatch

T = TypeVar("T")
LATENCY_SECONDS = 0.02

_INNER = re.compile(r"\n\(\n(.*)\n\) 9>&-\n\Z", re.DOTALL)
_GUARD = re.compile(r'if \[ "\$t" != (\d+) \] \|\| \[ "\$o" != (\S+) \]; then echo "guard other-term')
_LATE = re.compile(r'\[ "\$\(up\)" -gt (\d+) \]')
_MACHINE = re.compile(r'\[ "\$m" = ([0-9a-f]{32}) \]')
_TAKE = re.compile(r'if \[ "\$t" -ge (\d+) \] && ! \{ \[ "\$t" = \d+ \] && \[ "\$o" = (\S+) \]; \}; then')
_BREAKS = re.compile(r'if \[ ([01]) = 1 \] && \[ "\$o" != ')
_RENEW = re.compile(r'^\[ "\$t" = (\d+) \] && \[ "\$o" = (\S+) \] \|\| ', re.MULTILINE)
_RELEASE = re.compile(r'^if \[ "\$t" = (\d+) \] && \[ "\$o" = (\S+) \]; then printf', re.MULTILINE)
_SUMS = re.compile(r"sha256sum -c --quiet -")


class Killed(BaseException):
    """The engine is gone, at this very instant."""


class Knife:
    """Where an engine is cut, and what becomes of its commands. This one does nothing; plays have their own."""

    def wrote(self, number: int, *, after: bool) -> None:
        """The journal's line of this number is about to be written, or was."""

    def sending(self, number: int, script: str) -> str:
        """What becomes of this command: '' (it runs, its answer comes), never, unheard, half, late:SECONDS."""
        return ""

    def sent(self, number: int) -> None:
        """The command has run, or not, and its answer is about to come."""


class Journal:
    """A run's journal: it outlives the engines that write it."""

    def __init__(self, cluster: Cluster, knife: Knife) -> None:
        self._cluster = cluster
        self.knife = knife
        self.entries: list[Entry] = []
        self.story: Story = story_of(())

    def write(self, step: str, word: str, detail: Pairs = ()) -> None:
        number = len(self.entries) + 1
        self.knife.wrote(number, after=False)
        entry = Entry(run="run", number=number, at=self._cluster.moment().utc, step=step, word=word, detail=detail)
        self.entries.append(entry)
        self.story.tell(entry)
        self._cluster.say(f"    {step or '-'} {word} {' '.join(f'{n}={v}' for n, v in detail if v)[:150]}")
        self.knife.wrote(number, after=True)

    def state(self, step: str) -> str:
        return self.story.state(step)

    def acted(self, step: str) -> bool:
        return self.story.acted(step)

    def known(self) -> Mapping[str, str]:
        return self.story.known


class SimulatedHosts:
    """Where a console's scripts run: each is told by its own text, and its guard is asked on the node."""

    def __init__(self, cluster: Cluster, looks: SimulatedLooks, plan: Plan, journal: Journal) -> None:
        self._cluster, self._looks, self._plan, self._journal = cluster, looks, plan, journal
        self.instant = False  # a renewal beside a run: it takes no time of the run's
        self.commands = 0

    def plays(self, plan: Plan) -> None:
        """Of which plan the scripts are that will come."""
        self._plan = plan

    def address(self, node: str) -> str | None:
        return self._cluster.nodes[node].address

    def close(self) -> None:
        """Nothing is kept."""

    def run(self, node: str, script: str, *, seconds_max: float, stdin: bytes = b"") -> Said:
        """As `SshHosts.run`; a script that the model does not know fails the simulation."""
        del seconds_max, stdin
        host = self._cluster.nodes[node]
        changes = _INNER.search(script) is not None or _TAKE.search(script) or _RELEASE.search(script)
        fate = ""
        if changes and not self.instant:
            self.commands += 1
            fate = self._journal.knife.sending(self.commands, script)
        if not self._looks.reaches(node):
            self._passes(SILENT_SECONDS)
            return Said(status=None, refused="silent: no answer")
        self._passes(LATENCY_SECONDS + host.slow_seconds)
        said = self._come_to(host, script, fate)
        self._passes(LATENCY_SECONDS)
        if changes and not self.instant:
            self._journal.knife.sent(self.commands)
        return said

    def _come_to(self, host: Node, script: str, fate: str) -> Said:
        if fate == "never":
            return Said(status=None)
        if fate.startswith("late:"):
            when = self._cluster.now + float(fate[5:])
            self._cluster.at(when, lambda: self._late(host, script))
            return Said(status=None)
        said = self._run(host, script, half=fate == "half", patient=not self.instant)
        return Said(status=None) if fate in ("unheard", "half") else said

    def _late(self, host: Node, script: str) -> None:
        if host.powered:
            said = self._run(host, script, half=False, patient=False)
            self._cluster.say(f"a late command comes to {host.name}: {said.status} {said.stderr.decode()}")

    def _passes(self, seconds: float) -> None:
        if not self.instant:
            self._cluster.advance(seconds)

    # -- on the node --------------------------------------------------------------------------------------------

    def _run(self, host: Node, script: str, *, half: bool, patient: bool) -> Said:
        if found := _INNER.search(script):
            return self._guarded(host, script, found[1], half=half, patient=patient)
        if found := _TAKE.search(script):
            return self._take(host, int(found[1]), found[2], breaks=_BREAKS.search(script)[1] == "0")  # type: ignore[index]
        if found := _RENEW.search(script):
            return self._renew(host, int(found[1]), found[2])
        if found := _RELEASE.search(script):
            if (host.lock.term, host.lock.owner) == (int(found[1]), found[2]):
                host.lock.owner, host.lock.beat = "-", None
            return Said(status=0)
        if _SUMS.search(script):
            listed = [one.partition(":")[2] for one in self._journal.known()["rescue_segments"].split(",") if one]
            return Said(status=0 if all(one in host.kept for one in listed) else 1)
        return self._asked(script)

    def _asked(self, script: str) -> Said:
        for step in self._plan.steps:
            for proof in step.proofs:
                if proof.claim is Claim.HOOK_DONE and proof.arg("script") == script:
                    off = not self._cluster.nodes[self._plan.subject].powered
                    return Said(status=0 if off else 1, stdout=b"off" if off else b"on")
        raise AssertionError(f"the model does not know this script: {script[:300]}")

    def _guarded(self, host: Node, script: str, inner: str, *, half: bool, patient: bool) -> Said:
        guard, late, machine = _GUARD.search(script), _LATE.search(script), _MACHINE.search(script)
        assert guard and late
        if host.flock_until > self._cluster.now:
            return Said(status=lock.BUSY, stderr=b"guard lock-busy")
        if machine is not None and machine[1] != host.machine:
            return Said(status=lock.OTHER_MACHINE, stderr=b"guard other-machine")
        if self._cluster.guard_of_term and (host.lock.term, host.lock.owner) != (int(guard[1]), guard[2]):
            return Said(status=lock.OTHER_TERM, stderr=f"guard other-term {host.lock.term} {host.lock.owner}".encode())
        if self._cluster.guard_of_time and self._cluster.uptime(host) * 100 > int(late[1]):
            return Said(status=lock.TOO_LATE, stderr=b"guard too-late")
        act = self._act_of(inner)
        known = dict(self._journal.known())
        ran = acting.Ran(cluster=self._cluster, node=host, known=known, patient=patient)
        boot, host.flock_until = host.boot, float("inf")
        self._cluster.say(f"  {host.name} does {act.verb.value} {dict(act.args) or ''}")
        for seconds in acting.pieces(act, ran):
            if half:
                break
            if patient:
                self._cluster.advance(seconds)
            if not host.powered or host.boot != boot:
                return Said(status=None)
        host.flock_until = 0.0
        told = "".join(f"fact {name} {value}\n" for name, value in ran.facts)
        return Said(status=ran.status, stdout=told.encode(), stderr=ran.error.encode())

    def _act_of(self, inner: str) -> Act:
        known = self._journal.known()
        for step in self._plan.steps:
            for act in (*step.acts, *step.undo):
                if act.script and (act.script.rstrip("\n") == inner or _filled(act.script, known) == inner):
                    return act
        raise AssertionError(f"no act of the plan has this script: {inner[-300:]}")

    def _take(self, host: Node, term: int, owner: str, *, breaks: bool) -> Said:
        now = host.lock
        if host.flock_until > self._cluster.now:
            return Said(status=lock.BUSY, stderr=b"guard lock-busy")
        if now.term >= term and (now.term, now.owner) != (term, owner):
            return Said(status=lock.OTHER_TERM, stderr=b"guard other-term")
        beat = now.beat
        fresh = beat is not None and beat[0] == now.term and now.boot == host.boot_id == beat[2]
        live = fresh and beat is not None and self._cluster.uptime(host) - beat[1] <= lock.LOCK_LIVE_SECONDS
        if live and now.owner != owner and not breaks:
            return Said(status=lock.STILL_HELD, stderr=b"guard lock-held")
        now.term, now.owner, now.boot = term, owner, host.boot_id
        now.beat = (term, self._cluster.uptime(host), host.boot_id)
        return Said(status=0)

    def _renew(self, host: Node, term: int, owner: str) -> Said:
        if (host.lock.term, host.lock.owner) != (term, owner):
            return Said(status=lock.OTHER_TERM)
        host.lock.beat = (term, self._cluster.uptime(host), host.boot_id)
        return Said(status=0)


def _filled(script: str, known: Mapping[str, str]) -> str:
    try:
        return fill(script, known).rstrip("\n")
    except KeyError:
        return ""


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


@contextmanager
def simulated(cluster: Cluster) -> Iterator[None]:
    """Within it the recovery's parts ask one node after the other, in an order drawn for this play."""

    def in_turn(names: Iterable[str], ask: Callable[[str], T]) -> Mapping[str, T]:
        wanted = list(dict.fromkeys(names))
        cluster.rng.shuffle(wanted)
        return {name: ask(name) for name in wanted}

    def carry(hosts: SimulatedHosts, *, source: str, target: str, known: Mapping[str, str], looks: SimulatedLooks) -> str:
        del hosts
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
        yield
