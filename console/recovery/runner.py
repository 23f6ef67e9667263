"""The one loop that runs a plan: conditions, proof, journal, act, proof; killed at any instant it is called again."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Protocol

from console.domain.plan import Act, Claim, Condition, Pairs, Phase, Plan, Proof, Step
from console.domain.proofs import Held
from console.domain.run import Asks, Choice, Question
from console.domain.text import shown

PROOF_PAUSE_SECONDS: Final = 0.03  # between two looks for a proof that is still to come
PROOF_PAUSE_SECONDS_MAX: Final = 0.5
OUTPUT_CHARACTERS_MAX: Final = 2000
LOST_REPEATS_MAX: Final = 2
AHEAD_MAX: Final = 4  # steps whose looks are thought of at once

SKIPPED: Final = "skipped"
UNDONE: Final = "undone"
REOPENED: Final = "reopened"  # a person said that it is to be done again, as the world has moved
OPEN: Final = frozenset({"", UNDONE, REOPENED})
SETTLED: Final = frozenset({"done", "already-so", SKIPPED})

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """How an act ended. `refused` is a guard's word, `lost` means that nobody knows whether it was done."""

    fine: bool
    status: int | None
    said: str = ""
    seconds: float = 0.0
    refused: str = ""
    lost: bool = False
    unreachable: bool = False
    facts: Pairs = ()


Line = tuple[str, str, Pairs]  # a step, a word, its detail


class Hands(Protocol):
    """What the loop needs of the world. Real ones act over SSH, a rehearsal's only look, a simulation's play.

    `anew`: what was seen a moment ago will not do. `after`: the step's acts are done, its proof is waited for.
    `proofs` are judged once these acts are done, `coming` is judged then or soon after: `see` looks at all that it
    needs at once, and an act may answer it in the same breath.
    """

    def ticks(self) -> float: ...

    def pause(self, seconds: float) -> None: ...

    def holds(self, proof: Proof, known: Mapping[str, str], *, anew: bool, after: bool = False) -> Held: ...

    def act(
        self, acts: tuple[Act, ...], known: Mapping[str, str], *, proofs: tuple[Proof, ...] = (),
        coming: tuple[Proof, ...] = (),
    ) -> tuple[Done, ...]: ...  # fmt: skip

    def see(self, coming: tuple[Proof, ...]) -> None: ...


class Log(Protocol):
    """The journal of one run; each line is on disk before the call returns. Raises where it can't be written.

    `soon`: with the lines that come next, and before anything acts or is waited for. What is lost of it with an engine
    was never written, and is found out again by the one that comes.

    `state` of a step: '' (never begun), begun, done, already-so, skipped, failed, undone, reopened. `acted`: was any
    command of it ever let through by its node? What was found already so, or was refused, is not ours to undo.
    """

    def write(self, step: str, word: str, detail: Pairs = ()) -> None: ...

    def write_several(self, lines: tuple[Line, ...], *, soon: bool = False) -> None: ...

    def flush(self) -> None: ...

    def state(self, step: str) -> str: ...

    def acted(self, step: str) -> bool: ...

    def known(self) -> Mapping[str, str]: ...


class Stopped(Exception):
    """The run can't go on by itself: a person is asked. No mistake, and nothing is lost."""

    def __init__(self, question: Question) -> None:
        super().__init__(f"{question.asks.value}: {question.step} {question.observed}")
        self.question = question


@dataclass(frozen=True, slots=True)
class Runner:
    """One plan with one pair of hands. `stop_wanted` is asked at the safe points: before each step, and while a proof
    is waited for.
    """

    plan: Plan
    hands: Hands
    log: Log
    stop_wanted: Callable[[], bool]

    def run(self) -> None:
        """From wherever the run stands to its proven end. Raises Stopped where a person must decide."""
        for group in groups(self.plan.steps):
            if any(self.log.state(step.key) not in SETTLED for step in group):
                self.hands.see(self._soon(group))
            steps = tuple(step for step in group if not self._settled(step))
            if not steps:
                continue
            if self.stop_wanted():
                raise self._question(Asks.STOPPED, steps[0], "stopped by a person", None)
            for step in steps:
                self._conditions(step)
            try:
                self._together(steps)
            except Stopped:
                raise
            except Exception as fault:  # a plan step: the run must be left in a state that a person can go on from
                # One of several that is proven stays so.
                failed = next((one for one in steps if self.log.state(one.key) not in SETTLED), steps[-1])
                log.exception("step %s of run of %s failed in a way that was not foreseen", failed.key,
                              self.plan.cluster)  # fmt: skip
                self.log.write(failed.key, "failed", (("fault", shown(f"{type(fault).__name__}: {fault}")),))
                raise self._question(Asks.FAULT, failed, f"{type(fault).__name__}: {fault}", None) from fault
        self.log.flush()

    def cancel(self) -> None:
        """Undo what was begun, the last first, each proven. Raises Stopped where that does not come about."""
        for step in reversed(self.plan.steps):
            # One that was reopened was done by us before, and is undone as well.
            if self.log.state(step.key) in ("", UNDONE) or not (step.undo or step.undo_proofs):
                continue
            if not self.log.acted(step.key):
                continue
            self.log.write(step.key, "undoing")
            self._acts(step, step.undo, undo=True)
            self._proven(step, step.undo_proofs, step.limit_seconds, undo=True)
            self.log.write(step.key, "undone")

    # -- one step -----------------------------------------------------------------------------------------------

    def _settled(self, step: Step) -> bool:
        """Was it done, and does that still hold, or has a later step rightly ended it?"""
        state = self.log.state(step.key)
        if state not in SETTLED:
            return False
        if state == SKIPPED or (step.until is not None and self._reached(step.until)):
            return True
        for proof in step.proofs:
            held = self.hands.holds(proof, self.log.known(), anew=False)
            if not held.reached:
                raise self._question(Asks.UNREACHABLE, step, held.observed, held.wanted, node=proof.node)
            if not held.holds:
                raise self._question(Asks.WORLD_MOVED, step, held.observed, held.wanted, node=proof.node)
        return True

    def _reached(self, key: str) -> bool:
        """Has a later step come about? One that only began or failed counts where its proofs hold."""
        state = self.log.state(key)
        if state in OPEN:
            return False
        return state in SETTLED or self._all(self.plan.step(key).proofs, anew=False).holds

    def _came_about(self, key: str) -> bool:
        """Was a command of this step sent, and do its proofs hold?"""
        return self.log.acted(key) and self._all(self.plan.step(key).proofs, anew=False).holds

    def _standing(self, step: Step) -> tuple[Condition, ...]:
        """The conditions in force before a step."""
        keys = [one.key for one in self.plan.steps]
        # What one of several side by side brings does not hold before the others begin.
        first = next(group[0].key for group in groups(self.plan.steps) if step in group)
        here, begins = keys.index(step.key), keys.index(first)
        return tuple(one for one in self.plan.conditions if _in_force(one, keys, begins, here))

    def _conditions(self, step: Step) -> None:
        keys, turn = [one.key for one in self.plan.steps], self.plan.no_return_key
        for condition in self._standing(step):
            # What has to hold up to the promotion says nothing once that has come about, told or not.
            ends = turn is not None and condition.until in keys[: keys.index(turn) + 1]
            if ends and turn is not None and self._came_about(turn):
                continue
            held = self.hands.holds(condition.proof, self.log.known(), anew=False)
            if not held.holds:
                lock = condition.proof.claim is Claim.LOCK_HELD
                asks = Asks.LOCK_TAKEN if lock else Asks.CONDITION
                claim = condition.proof.claim.value
                self.log.write(step.key, "condition", (("claim", claim), ("observed", shown(held.observed))))
                raise self._question(asks, step, f"{claim}: {held.observed}", held.wanted, node=condition.proof.node)

    def _coming(self, steps: tuple[Step, ...]) -> tuple[Proof, ...]:
        """What is judged before these steps: the conditions in force there, and what they are to prove."""
        found = [proof for step in steps for proof in step.proofs]
        found += [one.proof for step in steps for one in self._standing(step)]
        return tuple(dict.fromkeys(found))

    def _soon(self, steps: tuple[Step, ...], *, after: bool = False) -> tuple[Proof, ...]:
        """What is judged before these steps, or `after` them, and soon after that: up to a promotion one look does."""
        every = groups(self.plan.steps)
        place = next(number for number, group in enumerate(every) if steps[-1] in group) + (1 if after else 0)
        found = list(self._coming(every[place])) if place < len(every) else []
        for group in every[place + 1 : place + AHEAD_MAX]:
            if group[0].phase not in (Phase.FENCE, Phase.GATE) and not group[0].no_return:
                break
            found += self._coming(group)
        return tuple(dict.fromkeys(found))

    def _together(self, steps: tuple[Step, ...]) -> None:
        """Steps whose acts go side by side: each begun, acted, proven and told on its own.

        Where one stops, the others are proven and told first: what came about is known.
        """
        first = {step.key: self._begins(step) for step in steps}
        begun = tuple(step for step in steps if first[step.key][1] == "begun")
        told = tuple(first.values())
        acted = self._sent(begun, told)
        stopped: list[Stopped] = []
        done: list[Line] = []
        for step, several in zip(begun, acted, strict=True):
            try:
                done.append(self._finish(step, several))
            except Stopped as one:
                stopped.append(one)
        self.log.write_several(tuple(done), soon=True)
        if stopped:
            self.log.flush()
            raise stopped[0]

    def _begins(self, step: Step) -> Line:
        """Is there anything to do? The line that says so."""
        held = self._all(step.proofs, anew=False)
        if step.proofs and step.acts and held.holds and not step.once:
            return step.key, "already-so", (("observed", shown(held.observed)),)
        if step.once and self.log.state(step.key) not in OPEN and not held.holds:
            raise self._question(Asks.WORLD_MOVED, step, held.observed, held.wanted)
        return step.key, "begun", ()

    def _finish(self, step: Step, several: tuple[Done, ...]) -> Line:
        """Judge how its acts ended, and wait for its proofs; the line that says that it is done, or passed over."""
        try:
            self._acted(step, several)
            observed = self._proven(step, step.proofs, step.limit_seconds)
        except Stopped as stopped:
            asks = stopped.question.asks
            passed_over = not step.required or (step.skip_unreachable and asks is Asks.UNREACHABLE)
            if not passed_over or asks in (Asks.LOCK_TAKEN, Asks.LOSS_ABOVE, Asks.STOPPED):
                self.log.write(step.key, "failed", (("observed", shown(str(stopped.question.observed))),))
                raise
            return step.key, "skipped", (("observed", shown(str(stopped.question.observed))),)
        return step.key, "done", (("observed", shown(observed)),)

    def _acted(self, step: Step, several: tuple[Done, ...]) -> None:
        """How its acts ended. Nothing proves one that only looks or tidies: lost on its way, it is done once more."""
        lost = self._judged(step, step.acts, several)
        for _ in range(LOST_REPEATS_MAX):
            if not lost or step.proofs:
                return
            lost = self._acts(step, step.acts)
        if lost and not step.proofs:
            raise self._question(Asks.NOT_PROVEN, step, "nobody knows whether it was done", None)

    def _sent(self, steps: tuple[Step, ...], begin: tuple[Line, ...]) -> tuple[tuple[Done, ...], ...]:
        """Send the acts of all of these side by side, each written down before; how each one's ended, written down."""
        acts = tuple(act for step in steps for act in step.acts)
        commands = tuple(_command(step, act) for step in steps for act in step.acts)
        self.log.write_several((*begin, *commands), soon=not commands)
        if not acts:
            return tuple(() for _ in steps)
        proofs = tuple(proof for step in steps for proof in step.proofs)
        soon, known = self._soon(steps, after=True), self.log.known()
        ended = iter(self.hands.act(acts, known, proofs=proofs, coming=soon))
        told = tuple(tuple(next(ended) for _ in step.acts) for step in steps)
        self.log.write_several(tuple(
            line for step, several in zip(steps, told, strict=True)
            for act, done in zip(step.acts, several, strict=True) for line in _outcome(step, act, done)
        ), soon=True)
        return told

    def _acts(self, step: Step, acts: tuple[Act, ...], *, undo: bool = False) -> bool:
        """Side by side where there are several; what each came to is written down before any of it is judged.

        True where one was lost on its way: its proof has to say whether it was done.
        """
        self.log.write_several(tuple(_command(step, act) for act in acts))
        proofs = step.undo_proofs if undo else step.proofs
        several = self.hands.act(acts, self.log.known(), proofs=proofs) if acts else ()
        self.log.write_several(tuple(
            line for act, done in zip(acts, several, strict=True) for line in _outcome(step, act, done)
        ))
        return self._judged(step, acts, several, undo=undo)

    def _judged(self, step: Step, acts: tuple[Act, ...], several: tuple[Done, ...], *, undo: bool = False) -> bool:
        for act, done in zip(acts, several, strict=True):
            self._judge(step, act, done, undo=undo)
        return any(done.lost for done in several)

    def _judge(self, step: Step, act: Act, done: Done, *, undo: bool) -> None:
        if done.fine or done.lost:
            return  # what was lost on its way is found out by its proof
        if done.refused in ("other-term", "lock-held", "others-acted"):
            raise self._question(Asks.LOCK_TAKEN, step, done.said or done.refused, None, node=act.node)
        asks = Asks.UNREACHABLE if done.unreachable else Asks.HOOK_FAILED if step.kind == "hook" else Asks.REFUSED
        raise self._question(asks, step, done.refused or done.said, None, node=act.node, undo=undo)

    def _proven(
        self, step: Step, proofs: tuple[Proof, ...], limit_seconds: float, *, undo: bool = False
    ) -> str:
        """Wait until all hold. Raises Stopped after the limit, and at once where more would be lost than approved."""
        end = self.hands.ticks() + limit_seconds
        pause, again = PROOF_PAUSE_SECONDS, False
        while True:
            # What was seen since the acts were sent is not asked again at once.
            held = self._all(proofs, anew=again, after=True)
            again = True
            if held.holds:
                return held.observed
            loss = next((proof for proof in proofs if proof.claim is Claim.LOSS_WITHIN), None)
            if loss is not None and held.reached:
                raise self._question(Asks.LOSS_ABOVE, step, held.observed, held.wanted, node=loss.node)
            if self.stop_wanted() and not step.once:
                raise self._question(Asks.STOPPED, step, held.observed, held.wanted, node=held.node or None)
            if self.hands.ticks() >= end:
                asks = Asks.NOT_PROVEN if held.reached else Asks.UNREACHABLE
                raise self._question(asks, step, held.observed, held.wanted, node=held.node or None, undo=undo)
            self.log.flush()
            self.hands.pause(pause)
            pause = min(PROOF_PAUSE_SECONDS_MAX, pause * 1.5)

    def _all(self, proofs: tuple[Proof, ...], *, anew: bool, after: bool = False) -> Held:
        """All claims at once: the first that does not hold, or all that was seen."""
        seen = []
        for place, proof in enumerate(proofs):
            held = self.hands.holds(proof, self.log.known(), anew=anew and place == 0, after=after)
            if not held.holds:
                return replace(held, node=proof.node)
            if held.observed:
                seen.append(held.observed)
        return Held(holds=True, observed="; ".join(seen))

    # -- questions ----------------------------------------------------------------------------------------------

    def _question(
        self, asks: Asks, step: Step, observed: str, wanted: str | None, *, node: str | None = None, undo: bool = False
    ) -> Stopped:
        passed = self._no_return_passed()
        choices = [Choice.GO_ON]
        if asks is Asks.LOSS_ABOVE:
            choices = [Choice.ACCEPT_LOSS]
        elif asks is Asks.LOCK_TAKEN:
            choices = [Choice.GO_ON, Choice.BREAK_LOCK]
        if not step.required or asks is Asks.HOOK_FAILED or (step.once and asks is Asks.WORLD_MOVED):
            choices.append(Choice.SKIP)
        if not passed:
            choices.append(Choice.CANCEL)
            if undo or asks in (Asks.STOPPED, Asks.INTERRUPTED, Asks.WORLD_MOVED):
                choices = [Choice.CANCEL, *[choice for choice in choices if choice is not Choice.CANCEL]]
        choices.append(Choice.LEAVE)
        question = Question(
            asks=asks, step=step.key, node=node or (step.acts[0].node if step.acts else None), observed=shown(observed),
            threshold=None if wanted is None else shown(wanted), choices=tuple(choices),
        )  # fmt: skip
        return Stopped(question)

    def _no_return_passed(self) -> bool:
        """Past the point of no return; not where its node refused the command, which then never began.

        One that was let through may come about at any time: a promotion waits until all is replayed.
        """
        key = self.plan.no_return_key
        state = "" if key is None else self.log.state(key)
        if key is None or state in ("", UNDONE):
            return False
        return state in SETTLED or state == REOPENED or self.log.acted(key)


def groups(steps: tuple[Step, ...]) -> tuple[tuple[Step, ...], ...]:
    """Steps whose acts are sent together, in the plan's order."""
    found: list[list[Step]] = []
    for step in steps:
        if step.beside and found:
            found[-1].append(step)
        else:
            found.append([step])
    return tuple(tuple(group) for group in found)


def _command(step: Step, act: Act) -> Line:
    """The journal's line of an act that is about to be sent."""
    return step.key, "command", (("node", act.node), ("verb", act.verb.value))


def _outcome(step: Step, act: Act, done: Done) -> tuple[Line, ...]:
    """The journal's lines of how an act ended, and of what it told."""
    detail = (
        ("node", act.node), ("verb", act.verb.value), ("status", "" if done.status is None else str(done.status)),
        ("seconds", f"{done.seconds:.3f}"),
        ("refused", done.refused or ("unreachable" if done.unreachable else "")),
        ("said", shown(done.said, characters_max=OUTPUT_CHARACTERS_MAX)),
    )  # fmt: skip
    outcome = (step.key, "outcome", detail)
    return (outcome, (step.key, "fact", done.facts)) if done.facts else (outcome,)


def _in_force(condition: Condition, keys: list[str], first: int, here: int) -> bool:
    """Does it hold before the step `here`, whose group begins with `first`?"""
    begins = 0 if condition.since is None else keys.index(condition.since) + 1
    ends = len(keys) if condition.until is None else keys.index(condition.until)
    return begins <= first and here <= ends
