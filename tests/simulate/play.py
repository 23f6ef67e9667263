"""Plays one seed: a cluster breaks, a person plans and answers, others disturb, and the clients' books are judged."""

import random
from contextlib import ExitStack
from dataclasses import dataclass, field
from unittest.mock import patch

from console.domain import loss_preview
from console.domain.plan import Claim, Operation, Outcome, Plan
from console.domain.run import Asks, Choice, RunState
from console.recovery import failover, restart, switchover
from tests.simulate import drawing
from tests.simulate.building import CONSOLE, Yard, built
from tests.simulate.checking import Announced, faults
from tests.simulate.console import Engine, simulated
from tests.simulate.drawing import DrawnKnife, Interlude
from tests.simulate.hosts import Journal, Killed, Knife
from tests.simulate.looking import SimulatedWatch

ANSWERS_MAX = 6
SETTLED_SECONDS = 15.0
FENCES = frozenset({Claim.FENCED, Claim.HOOK_DONE, Claim.CUT_OFF})


@dataclass(frozen=True, slots=True)
class Off:
    """Guards that are switched off on purpose."""

    overlap: bool = False
    fence: bool = False
    term: bool = False


@dataclass(slots=True)
class Ended:
    """How a seed ended."""

    seed: int
    operation: str = ""
    state: str = "refused"
    asked: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    trace: list[str] = field(default_factory=list)


class Player(Interlude):
    """One seed."""

    def __init__(self, seed: int, off: Off) -> None:
        self.rng = random.Random(seed)
        self.off = off
        self.yard: Yard = built(drawing.drawn_setup(self.rng, seed))
        self.cluster = self.yard.cluster
        self.other_watch = SimulatedWatch(self.cluster, "other")
        self.cluster.guard_of_term = self.cluster.guard_of_time = not off.term
        self.announced: list[Announced] = []
        self.ended = Ended(seed)

    def play(self) -> Ended:
        rng, cluster = self.rng, self.cluster
        cluster.advance(rng.uniform(0.0, 1.0))
        word = drawing.breaks(self.yard, rng)
        self._lies()
        cluster.advance(rng.choice((0.3, 2.0, 6.0)) + rng.random())
        with simulated(cluster), ExitStack() as stack:
            if self.off.overlap:
                stack.enter_context(patch.object(loss_preview, "overlap", lambda *_: ""))
            self._one(word)
        cluster.advance(SETTLED_SECONDS)
        self.ended.faults = list(faults(cluster, self.announced))
        self.ended.trace = cluster.trace
        return self.ended

    def plays(self) -> None:
        """A second console acts while the first is frozen."""
        world = self.yard.world("other", watch=self.other_watch)
        target = self.rng.choice(("", *(node.node for node in world.postgres_nodes)))
        plan = switchover.make(world, target) if world.primary is not None else failover.make(world, target, 1000)
        if self._refused(plan) or not self._fits(plan):
            self.cluster.say("the other console's plan is refused")
            return
        self.cluster.say(f"the other console begins a {plan.operation.value} to {plan.target}")
        self._run(plan, "other", self.other_watch, Knife(), answers=2)
        self.cluster.say("the other console has ended")

    def _lies(self) -> None:
        rng = self.rng
        if rng.random() < 0.08:
            self.cluster.nodes["n1"].lies_fenced = True
        if rng.random() < 0.15:
            self.cluster.nodes["vault"].files["lies"] = "yes"

    # -- the plan -----------------------------------------------------------------------------------------------

    def _one(self, word: str) -> None:
        plan = self._plan(word)
        for _ in range(2):
            if not self._refused(plan):
                break
            self.cluster.advance(self.rng.choice((2.0, 15.0)))
            plan = self._plan(word)
        self.ended.operation = plan.operation.value
        if self._refused(plan) or not self._fits(plan):
            return
        drawing.disturb(self.cluster, self.rng, "n1")
        knife = self._knife(len(plan.steps))
        self.ended.state = self._run(plan, CONSOLE, self.yard.watch, knife, answers=ANSWERS_MAX).value

    def _plan(self, word: str) -> Plan:
        rng = self.rng
        options = {"rescue": "no"} if rng.random() < 0.25 else {}
        if rng.random() < 0.25:
            options["fence"] = rng.choice(("ssh", "command", "quorum", "attest"))
        world = self.yard.world(options=options)
        if world.primary is not None:
            return switchover.make(world, rng.choice(("", "", "n2")))
        if word in ("killed", "killed-with-orphan", "stopped") and rng.random() < 0.3:
            return restart.make(world, "n1")
        return failover.make(world, rng.choice(("", "", "", "n2")), rng.choice((0, 3, 1000)))

    @staticmethod
    def _refused(plan: Plan) -> bool:
        return not plan.steps or any(check.outcome is Outcome.REFUSE for check in plan.checks)

    def _fits(self, plan: Plan) -> bool:
        """What a person vouches for is true; what a policy leaves behind is known as such."""
        notes = dict(plan.notes)
        match notes.get("fence"):
            case "attest":
                self.cluster.power_off(self.cluster.nodes[plan.subject])
                self.cluster.parted.add(plan.subject)
            case "quorum":
                self.cluster.parted.add(plan.subject)
            case "command":
                self.cluster.nodes["vault"].files["victim"] = plan.subject
                self.cluster.outside.add(plan.subject)
            case _:
                pass
        return True

    # -- the run ------------------------------------------------------------------------------------------------

    def _knife(self, steps: int) -> DrawnKnife:
        rng = self.rng
        return DrawnKnife(
            cluster=self.cluster, rng=rng, rough=rng.choice((0.0, 0.0, 0.04, 0.15)),
            dies_at=rng.randint(1, 2 * steps) if rng.random() < 0.4 else 0,
            freezes_at=rng.randint(1, 2 * steps) if rng.random() < 0.2 else 0,
            freezes_before_promotion=rng.random() < 0.15,
            freeze_seconds=rng.choice((3.0, 9.0, 11.0, 25.0, 60.0)), interlude=self if rng.random() < 0.6 else None,
        )  # fmt: skip

    def _run(self, plan: Plan, console: str, watch: SimulatedWatch, knife: Knife, *, answers: int) -> RunState:
        journal = Journal(self.cluster, knife)
        engine = self._engine(plan, console, watch, journal, plan.loss_entries_max)
        try:
            engine.run()
        except Killed:
            engine = self._resumed(engine, plan, console, watch, journal)
        while engine.state is RunState.ASKING and answers > 0:
            answers -= 1
            self._answer(engine, last=answers == 0)
        engine.die()
        if plan.operation is not Operation.FAILOVER or journal.story.no_return_at(plan) is not None:
            self.announced.append(
                Announced(operation=plan.operation, loss=engine.announced, loss_entries_max=engine.loss_entries_max)
            )
        return engine.state

    def _resumed(
        self, engine: Engine, plan: Plan, console: str, watch: SimulatedWatch, journal: Journal
    ) -> Engine:
        engine.die()
        journal.knife = Knife()
        self.cluster.say("the engine is killed")
        away = self.rng.choice((1.0, 4.0, 30.0, 90.0))
        self.cluster.advance(away)
        again = self._engine(plan, console, watch, journal, engine.hands.loss_entries_max)
        again.loss = engine.announced
        self.cluster.say("a new engine goes on")
        if away > 60 and journal.story.no_return_at(plan) is None and self.rng.random() < 0.5:
            again.cancel()
        else:
            again.run()
        return again

    def _engine(
        self, plan: Plan, console: str, watch: SimulatedWatch, journal: Journal, most: int
    ) -> Engine:
        blind = FENCES if self.off.fence else frozenset()
        engine = Engine(self.cluster, console, self.yard.spec, plan, journal, watch, most, blind)
        engine.hands.attested = dict(plan.notes).get("attest", "")
        if isinstance(journal.knife, DrawnKnife):
            journal.knife.engine = engine
        return engine

    def _answer(self, engine: Engine, *, last: bool) -> None:
        """A person looks at the question, takes some time, and chooses."""
        question, rng = engine.question, self.rng
        assert question is not None
        self.ended.asked.append(f"{question.asks.value} at {question.step}: {question.observed}")
        self.cluster.advance(rng.choice((0.5, 5.0, 20.0)))
        weights = {Choice.GO_ON: 6, Choice.CANCEL: 2, Choice.ACCEPT_LOSS: 4, Choice.SKIP: 1, Choice.LEAVE: 1}
        choices = [choice for choice in question.choices if choice is not Choice.BREAK_LOCK]
        choice = rng.choices(choices, [weights[one] for one in choices])[0]
        if last:
            choice = Choice.LEAVE
        loss = engine.hands.loss
        high = loss.entries_high if loss is not None and question.asks is Asks.LOSS_ABOVE else None
        try:
            engine.answer(choice, loss_entries_max=10**6 if high is None else high)
        except Killed:
            engine.die()
            engine.state = RunState.LEFT


def play_seed(seed: int, off: Off | None = None) -> Ended:
    """One seed, played to its end and judged."""
    return Player(seed, off or Off()).play()


__all__ = ["Ended", "Off", "Operation", "play_seed"]
