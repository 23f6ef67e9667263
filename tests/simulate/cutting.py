"""Cuts a run of one plan at a chosen journal line or command, and has a new engine take it up."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from console.domain.plan import Operation, Outcome, Plan
from console.domain.run import Choice, RunState
from console.recovery import failover, rejoin, restart, switchover
from console.recovery.restore_steps import ACCEPTED
from tests.simulate.building import CONSOLE, Setup, Yard, built
from tests.simulate.checking import Announced, faults
from tests.simulate.console import Engine, simulated
from tests.simulate.hosts import Journal, Killed, Knife
from tests.simulate.rejoining import asked

RESUMED_AFTER_SECONDS = 2.0
SETTLED_SECONDS = 10.0
ANSWERS_MAX = 4


@dataclass(frozen=True, slots=True)
class Cut:
    """Where an engine ends: at a journal line (before it is written, after it) or at a command (how far it came)."""

    where: str  # journal-before, journal-after, command-before, command-done, command-half, command-late:SECONDS
    number: int


class CutAt(Knife):
    """The knife of one cut."""

    def __init__(self, cut: Cut) -> None:
        self._cut = cut

    def wrote(self, number: int, *, after: bool) -> None:
        if self._cut == Cut("journal-after" if after else "journal-before", number):
            raise Killed

    def sending(self, number: int, script: str) -> str:
        del script
        kind, _, how = self._cut.where.partition("-")
        if kind != "command" or number != self._cut.number:
            return ""
        if how == "before":
            raise Killed
        return how if how.startswith(("half", "late")) else ""

    def sent(self, number: int) -> None:
        if self._cut.where.startswith("command") and number == self._cut.number:
            raise Killed


@dataclass(frozen=True, slots=True)
class Play:
    """One plan on one cluster: how it is laid out, what happens to it first, and what is planned then."""

    name: str
    setup: Setup
    breaks: Callable[[Yard], None]
    plan: Callable[[Yard], Plan]


def dead(yard: Yard) -> None:
    yard.cluster.kill(yard.cluster.nodes["n1"], orphan=yard.cluster.clients[0])
    yard.cluster.advance(0.3)


def still(yard: Yard) -> None:
    """Nothing of it is left: its fence and the standbys' cut go side by side."""
    yard.cluster.kill(yard.cluster.nodes["n1"])
    yard.cluster.advance(0.5)


def silent(yard: Yard) -> None:
    yard.cluster.nodes["n1"].silent_to.add(CONSOLE)
    yard.cluster.advance(2.0)


def isolated(yard: Yard) -> None:
    """Neither we nor its standbys reach it; a client that sits beside it does."""
    silent(yard)
    for name in ("n2", "n3"):
        yard.cluster.cut_links.add(frozenset(("n1", name)))
    yard.cluster.advance(4.0)


def off(yard: Yard) -> None:
    yard.cluster.power_off(yard.cluster.nodes["n1"])
    yard.cluster.advance(4.0)


def nothing(_: Yard) -> None:
    """All is well."""


def _failover(yard: Yard, **options: str) -> Plan:
    return failover.make(yard.world(options=options), "", 10)


def _left_behind(yard: Yard, *, beyond: bool) -> None:
    """n1 is dead, n2 was promoted by hand, and n3 follows it; n1 may have written what nobody else has."""
    cluster = yard.cluster
    if beyond:
        cluster.cut_links |= {frozenset(("n1", name)) for name in ("n2", "n3")}
        cluster.advance(2.0)
        cluster.kill(cluster.nodes["n1"])
        cluster.cut_links.clear()
    else:
        cluster.stop(cluster.nodes["n1"])
    cluster.advance(1.0)
    cluster.nodes["n2"].data.slots |= {"n3"}
    cluster.promote(cluster.nodes["n2"])
    cluster.nodes["n3"].data.auto["primary_conninfo"] = cluster.conninfo("n3", "n2")
    cluster.advance(2.0)


def _parted(yard: Yard) -> None:
    _left_behind(yard, beyond=True)


def _prefix(yard: Yard) -> None:
    _left_behind(yard, beyond=False)


def _rejoin(yard: Yard, **options: str) -> Plan:
    world = yard.world(options={"fork": "accepted", **options})
    return rejoin.make(replace(world, rejoin=asked(yard.cluster, "n1", "n2")), "n1", "")


PLAYS = (
    Play("switchover", Setup(standbys=2, summarizes=True), nothing, lambda yard: switchover.make(yard.world(), "")),
    Play("failover-ssh", Setup(standbys=2), dead, _failover),
    Play("failover-ssh-still", Setup(standbys=2, summarizes=True), still, _failover),
    Play("failover-ssh-asynchronous", Setup(standbys=2, sync=""), dead, _failover),
    Play("failover-ssh-without-rescue", Setup(standbys=2), dead, lambda yard: _failover(yard, rescue="no")),
    Play("failover-command", Setup(standbys=2, fence_command=True), silent, _failover),
    Play("failover-quorum", Setup(standbys=2, quorum_fence=True, loyal=True), isolated, _failover),
    Play("failover-attest", Setup(standbys=2), off, _failover),
    Play("restart", Setup(standbys=2), lambda yard: _killed(yard), lambda yard: restart.make(yard.world(), "n1")),
    Play("rejoin-rewind", Setup(standbys=2), _parted, _rejoin),
    Play("rejoin-rebuild", Setup(standbys=2), _parted, lambda yard: _rejoin(yard, way="rebuild")),
    Play("rejoin-attach", Setup(standbys=2), _prefix, _rejoin),
)


def _killed(yard: Yard) -> None:
    yard.cluster.kill(yard.cluster.nodes["n1"])
    yard.cluster.advance(1.0)


@dataclass(slots=True)
class Told:
    """How a play ended: its state, its questions, and each promise that was broken."""

    state: RunState
    questions: list[str]
    faults: list[str]
    entries: int
    commands: int
    trace: list[str]
    no_return: bool
    no_return_line: int  # of the journal, where the point of no return begins; 0: it was not reached


def play(it: Play, cut: Cut | None, *, cancels: bool = False, second: Cut | None = None) -> Told:
    """Play it to its end, with one cut; then a new engine goes on, or takes it all back, and may be cut as well."""
    yard = built(it.setup)
    before = settings_of(yard)
    it.breaks(yard)
    plan = it.plan(yard)
    if plan.operation is Operation.REJOIN:
        before = {name: was for name, was in settings_of(yard).items() if name != plan.subject}
    assert not [check for check in plan.checks if check.outcome is Outcome.REFUSE], plan.checks
    assert plan.steps
    if ("fence", "quorum") in plan.notes:
        yard.cluster.parted.add(plan.subject)
    journal = Journal(yard.cluster, CutAt(cut) if cut is not None else Knife())
    with simulated(yard.cluster):
        engine = _engine(yard, plan, journal)
        commands = 0
        for turn, knife in enumerate((cut, second, None)):
            try:
                if turn and cancels and journal.story.no_return_at(plan) is None:
                    engine.cancel()
                else:
                    engine.run()
                commands = engine.hosts.commands
                break
            except Killed:
                engine.die()
                following = second if turn == 0 and second is not None else None
                journal.knife = Knife() if following is None else CutAt(following)
                yard.cluster.say(f"the engine is killed at {knife}")
                yard.cluster.advance(RESUMED_AFTER_SECONDS)
                loss, engine = engine.announced, _engine(yard, plan, journal)
                engine.loss = loss
        questions = []
        while engine.state is RunState.ASKING and len(questions) < ANSWERS_MAX:
            assert engine.question is not None
            questions.append(f"{engine.question.asks.value} at {engine.question.step}: {engine.question.observed}")
            engine.answer(Choice.GO_ON if Choice.GO_ON in engine.question.choices else engine.question.choices[0])
        engine.die()
    passed = journal.story.no_return_at(plan) is not None
    yard.cluster.advance(SETTLED_SECONDS)
    said = Announced(operation=plan.operation, loss=engine.announced, loss_entries_max=engine.loss_entries_max)
    found = [*faults(yard.cluster, [said]), *_outcome(yard, plan, engine, before)]
    line = next((e.number for e in journal.entries if e.step == plan.no_return_key and e.word == "begun"), 0)
    return Told(engine.state, questions, found, len(journal.entries), commands, yard.cluster.trace, passed, line)


def _engine(yard: Yard, plan: Plan, journal: Journal) -> Engine:
    engine = Engine(yard.cluster, CONSOLE, yard.spec, plan, journal, yard.watch, plan.loss_entries_max)
    engine.hands.attested = dict(plan.notes).get("attest", "")
    if plan.operation is Operation.RESTORE:
        # A person has looked at what was restored and takes it; what was booked after the target is announced lost.
        engine.hands.attested, engine.loss = ACCEPTED, plan.loss
    return engine


def settings_of(yard: Yard) -> dict[str, tuple[object, ...]]:
    """What a cancelled run has to leave as it was."""
    return {
        name: (tuple(sorted((k, v) for k, v in node.data.auto.items() if v)), tuple(sorted(node.data.slots)),
               node.data.signal, node.data.timeline, node.recovery)
        for name, node in yard.cluster.nodes.items()
    }  # fmt: skip


def _outcome(yard: Yard, plan: Plan, engine: Engine, before: dict[str, tuple[object, ...]]) -> Iterator[str]:
    nodes = yard.cluster.nodes
    if engine.state is RunState.DONE:
        target = nodes[plan.target]
        if not (target.serves and target.writable):
            yield f"done, and {plan.target} is not writable"
        for node in nodes.values():
            left = node.name == plan.subject and plan.operation is Operation.FAILOVER
            if node.serves and node.recovery and node.receiver != plan.target and not left:
                yield f"done, and {node.name} follows {node.receiver}"
    if engine.state is RunState.CANCELLED:
        after = settings_of(yard)
        for name, was in before.items():
            if after[name] != was:
                yield f"cancelled, and {name} is not as before: {was} became {after[name]}"


def cuts(it: Play) -> tuple[Cut, ...]:
    """Every cut of a play, by how long it is when nobody cuts it."""
    whole = play(it, None)
    assert whole.state is RunState.DONE, (whole.state, whole.questions)
    assert not whole.questions and not whole.faults, (whole.questions, whole.faults)
    journal = [Cut(where, n + 1) for n in range(whole.entries) for where in ("journal-before", "journal-after")]
    how = ("command-before", "command-done", "command-half", "command-late:0.5", "command-late:4", "command-late:20")
    commands = [Cut(where, n + 1) for n in range(whole.commands) for where in how]
    return (*journal, *commands)
