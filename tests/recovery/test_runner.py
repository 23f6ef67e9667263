"""The loop of a run: what is done, what is written down and when, what is asked, and what a cancel takes back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from console.domain.plan import Act, Claim, Condition, Operation, Pairs, Phase, Plan, Proof, Step, Verb
from console.domain.proofs import Held
from console.domain.run import Asks, Choice, Entry
from console.domain.run_story import Story
from console.recovery.runner import LOST_REPEATS_MAX, Done, Runner, Stopped

NOW = datetime(2030, 1, 1, tzinfo=UTC)


@dataclass
class Desk:
    """A world of words that are true or not, hands that make them so, and a log: acts are written as sentences."""

    true: set[str] = field(default_factory=set)
    unreachable: set[str] = field(default_factory=set)
    outcomes: dict[str, list[Done]] = field(default_factory=dict)  # of an act, one after the other; then it works
    done: list[str] = field(default_factory=list)
    ticking: float = 0.0
    story: Story = field(default_factory=Story)
    words: list[tuple[str, str]] = field(default_factory=list)
    later: dict[str, float] = field(default_factory=dict)  # true from this tick on
    faulty: bool = False
    written: int = 0  # lines that are on disk
    acting: Callable[[], object] = lambda: None
    pausing: Callable[[], object] = lambda: None

    # hands
    def ticks(self) -> float:
        return self.ticking

    def pause(self, seconds: float) -> None:
        self.pausing()
        self.ticking += seconds

    def holds(self, proof: Proof, known: Mapping[str, str], *, anew: bool, after: bool = False) -> Held:
        del known, anew, after
        word = proof.node
        if word in self.unreachable:
            return Held(holds=False, observed="silent", reached=False)
        there = word in self.true or self.later.get(word, float("inf")) <= self.ticking
        return Held(holds=there, observed=f"{word} {'is' if there else 'is not'}", wanted=f"{word} is")

    def see(self, coming: tuple[Proof, ...]) -> None:
        del coming

    def act(
        self, acts: tuple[Act, ...], known: Mapping[str, str], *, proofs: tuple[Proof, ...] = (),
        coming: tuple[Proof, ...] = (),
    ) -> tuple[Done, ...]:  # fmt: skip
        del known, proofs, coming
        self.acting()
        if self.faulty:
            raise KeyError("not foreseen")
        return tuple(self._one(act) for act in acts)

    def _one(self, act: Act) -> Done:
        waiting = self.outcomes.get(act.node, [])
        outcome = waiting.pop(0) if waiting else Done(fine=True, status=0, facts=(("timeline", "2"),))
        self.done.append(act.node)
        if outcome.fine:
            word = act.node
            if word.startswith("no-"):
                self.true.discard(word[3:])
            else:
                self.true.add(word)
        return outcome

    # log
    def write(self, step: str, word: str, detail: Pairs = ()) -> None:
        self.words.append((step, word))
        self.written = len(self.words)
        self.story.tell(Entry(run="r", number=len(self.words), at=NOW, step=step, word=word, detail=detail))

    def write_several(self, lines: tuple[tuple[str, str, Pairs], ...], *, soon: bool = False) -> None:
        on_disk = self.written
        for line in lines:
            self.write(*line)
        self.written = on_disk if soon else len(self.words)

    def flush(self) -> None:
        self.written = len(self.words)

    def state(self, step: str) -> str:
        return self.story.state(step)

    def acted(self, step: str) -> bool:
        return self.story.acted(step)

    def known(self) -> Mapping[str, str]:
        return self.story.known

    def run(
        self, *steps: Step, conditions: tuple[Condition, ...] = (), stop: Callable[[], bool] = lambda: False
    ) -> None:
        Runner(plan_of(*steps, conditions=conditions), self, self, stop).run()

    def asks(self, *steps: Step, **more: object) -> "tuple[Asks, tuple[Choice, ...]]":
        with pytest.raises(Stopped) as stopped:
            self.run(*steps, **more)  # type: ignore[arg-type]
        return stopped.value.question.asks, stopped.value.question.choices


def plan_of(*steps: Step, conditions: tuple[Condition, ...] = ()) -> Plan:
    return Plan(id="p", operation=Operation.SWITCHOVER, cluster="c", environment="lab", made_at=NOW, made_by="me",
                steps=steps, inputs=(), conditions=conditions)  # fmt: skip


def is_so(word: str, claim: Claim = Claim.NODE_ANSWERS) -> Proof:
    return Proof(claim=claim, node=word)


def makes(word: str) -> Act:
    return Act(verb=Verb.READ, node=word)


def step(word: str, **more: object) -> Step:
    made = Step(key=word, phase=Phase.PREPARE, acts=(makes(word),), proofs=(is_so(word),), limit_seconds=5.0)
    return replace(made, **more)  # type: ignore[arg-type]


def test_each_line_is_written_before_and_after_what_it_speaks_of() -> None:
    desk = Desk()
    desk.run(step("a"), step("b"))
    assert desk.done == ["a", "b"]
    a_step = ["begun", "command", "outcome", "fact", "done"]
    assert desk.words == [*(("a", word) for word in a_step), *(("b", word) for word in a_step)]
    assert desk.known()["timeline"] == "2"


def test_what_is_so_already_is_not_done_again() -> None:
    desk = Desk(true={"a"})
    desk.run(step("a"), step("b"))
    assert desk.done == ["b"]
    assert desk.words[0] == ("a", "already-so")


def test_a_step_that_may_run_once_alone_is_not_believed_done_and_not_repeated() -> None:
    desk = Desk(true={"a"})
    desk.run(step("a", once=True))
    assert desk.done == ["a"], "that it holds says nothing of this run"
    cut = Desk()
    cut.write("a", "begun")
    asks, choices = cut.asks(step("a", once=True))
    assert (asks, cut.done) == (Asks.WORLD_MOVED, [])
    assert choices[0] is Choice.CANCEL and Choice.SKIP in choices


def test_done_and_no_longer_so_is_a_question() -> None:
    desk = Desk()
    desk.run(step("a"))
    desk.true.discard("a")
    asks, choices = desk.asks(step("a"), step("b"))
    assert asks is Asks.WORLD_MOVED
    assert choices == (Choice.CANCEL, Choice.GO_ON, Choice.LEAVE)
    assert desk.done == ["a"], "never silently done again"


def test_a_later_step_may_rightly_end_a_proof() -> None:
    desk = Desk()
    steps = (step("a", until="b"), step("b", acts=(makes("b"), makes("no-a"))), step("c"))
    desk.run(*steps[:2])
    desk.run(*steps)
    assert desk.done == ["a", "b", "no-a", "c"]


def test_done_and_out_of_reach_is_not_moved() -> None:
    desk = Desk()
    desk.run(step("a"))
    desk.unreachable.add("a")
    assert desk.asks(step("a"))[0] is Asks.UNREACHABLE


def test_a_proof_is_waited_for_up_to_its_limit() -> None:
    desk = Desk(later={"late": 4.0})
    late = step("a", proofs=(is_so("late"),))
    desk.run(late)
    assert 4.0 <= desk.ticking < 5.0
    never = Desk()
    asks, choices = never.asks(step("a", proofs=(is_so("never"),)))
    assert asks is Asks.NOT_PROVEN and choices == (Choice.GO_ON, Choice.CANCEL, Choice.LEAVE)
    assert 5.0 <= never.ticking < 6.0
    assert never.state("a") == "failed"
    gone = Desk(unreachable={"gone"})
    assert gone.asks(step("a", proofs=(is_so("gone"),)))[0] is Asks.UNREACHABLE


@pytest.mark.parametrize(
    ("outcome", "asks"),
    [
        (Done(fine=False, status=4, said="no right"), Asks.REFUSED),
        (Done(fine=False, status=187, refused="too-late"), Asks.REFUSED),
        (Done(fine=False, status=186, refused="other-term"), Asks.LOCK_TAKEN),
        (Done(fine=False, status=None, refused="lock-held"), Asks.LOCK_TAKEN),
        (Done(fine=False, status=None, unreachable=True, said="silent"), Asks.UNREACHABLE),
    ],
)
def test_what_an_act_says_decides_what_is_asked(outcome: Done, asks: Asks) -> None:
    desk = Desk(outcomes={"a": [outcome]})
    asked, choices = desk.asks(step("a"))
    assert asked is asks
    assert (Choice.BREAK_LOCK in choices) == (asks is Asks.LOCK_TAKEN)
    assert desk.state("a") == "failed"
    desk.run(step("a"))
    assert desk.state("a") == "done", "going on does it again"


def test_a_hook_may_be_passed_over() -> None:
    hook = step("a", key="hook:pool")
    asks, choices = Desk(outcomes={"a": [Done(fine=False, status=1)]}).asks(hook)
    assert asks is Asks.HOOK_FAILED and Choice.SKIP in choices
    optional = Desk(outcomes={"a": [Done(fine=False, status=1)]})
    optional.run(replace(hook, required=False), step("b"))
    assert optional.state("hook:pool") == "skipped" and optional.state("b") == "done"


def test_more_loss_than_approved_is_asked_at_once() -> None:
    desk = Desk()
    gate = step("gate", acts=(), proofs=(is_so("little", Claim.LOSS_WITHIN),))
    asks, choices = desk.asks(gate)
    assert asks is Asks.LOSS_ABOVE and choices == (Choice.ACCEPT_LOSS, Choice.CANCEL, Choice.LEAVE)
    assert desk.ticking == 0.0
    assert Desk().asks(replace(gate, required=False))[0] is Asks.LOSS_ABOVE, "it is never passed over"


def test_what_was_lost_on_its_way_is_found_out_by_its_proof() -> None:
    desk = Desk(true=set(), later={"a": 1.0}, outcomes={"a": [Done(fine=False, status=None, lost=True)]})
    desk.run(step("a"))
    assert desk.done == ["a"] and desk.state("a") == "done"


def test_a_step_that_nothing_proves_is_done_once_more_when_it_was_lost() -> None:
    lost = Done(fine=False, status=None, lost=True)
    desk = Desk(outcomes={"a": [lost]})
    desk.run(step("a", proofs=()))
    assert desk.done == ["a", "a"]
    for_ever = Desk(outcomes={"a": [lost] * (LOST_REPEATS_MAX + 1)})
    assert for_ever.asks(step("a", proofs=()))[0] is Asks.NOT_PROVEN
    assert for_ever.state("a") == "failed", "nobody knows its facts: later steps may not count on them"


def test_conditions_stand_before_each_step_in_their_range() -> None:
    stays = Condition(proof=is_so("stays"), since="a", until="b")
    desk = Desk()
    asks, _ = desk.asks(step("a"), step("b"), conditions=(stays,))
    assert asks is Asks.CONDITION
    assert desk.done == ["a"] and desk.words[-1] == ("b", "condition")
    desk.true.add("stays")
    desk.run(step("a"), step("b"), step("c"), conditions=(stays,))
    desk.true.discard("stays")
    desk.run(step("a"), step("b"), step("c"), step("d"), conditions=(stays,))
    assert desk.done == ["a", "b", "c", "d"], "behind its last step it counts no more"
    lock = Condition(proof=is_so("held", Claim.LOCK_HELD), since=None)
    assert Desk().asks(step("a"), conditions=(lock,))[0] is Asks.LOCK_TAKEN


def test_a_person_stops_it_between_two_steps() -> None:
    desk = Desk()
    asks, choices = desk.asks(step("a"), step("b"), stop=lambda: "a" in desk.true and desk.state("a") == "done")
    assert asks is Asks.STOPPED and choices[0] is Choice.CANCEL
    assert desk.done == ["a"]


@pytest.mark.allows_warnings
def test_what_was_not_foreseen_leaves_a_run_that_can_go_on() -> None:
    desk = Desk(faulty=True)
    assert desk.asks(step("a"))[0] is Asks.FAULT
    assert desk.state("a") == "failed"
    desk.faulty = False
    desk.run(step("a"))
    assert desk.state("a") == "done"


def undoes(word: str, **more: object) -> Step:
    return step(word, undo=(makes(f"no-{word}"),), undo_proofs=(is_so(f"without-{word}"),), **more)


def test_a_cancel_undoes_the_last_first_and_proves_it() -> None:
    desk = Desk(true={"without-a", "without-b"})
    steps = (undoes("a"), undoes("b"), undoes("c"))
    desk.run(*steps[:2])
    Runner(plan_of(*steps), desk, desk, lambda: False).cancel()
    assert desk.done == ["a", "b", "no-b", "no-a"]
    assert [desk.state(one) for one in "abc"] == ["undone", "undone", ""]
    desk.run(*steps)
    assert desk.done[4:] == ["a", "b", "c"], "what was undone is done anew"


def test_what_was_so_before_is_not_ours_to_undo() -> None:
    desk = Desk(true={"a", "without-b"})
    steps = (undoes("a"), undoes("b"))
    desk.run(*steps)
    Runner(plan_of(*steps), desk, desk, lambda: False).cancel()
    assert desk.done == ["b", "no-b"]


def test_what_was_reopened_is_undone_as_well() -> None:
    desk = Desk(true={"without-a"})
    desk.run(undoes("a"))
    desk.write("a", "reopened")
    Runner(plan_of(undoes("a")), desk, desk, lambda: False).cancel()
    assert desk.done == ["a", "no-a"]


def test_an_undo_that_fails_offers_the_cancel_again_first() -> None:
    desk = Desk(outcomes={"no-a": [Done(fine=False, status=4, said="processes are there")]}, true={"without-a"})
    desk.run(undoes("a"))
    runner = Runner(plan_of(undoes("a")), desk, desk, lambda: False)
    with pytest.raises(Stopped) as stopped:
        runner.cancel()
    assert stopped.value.question.choices[0] is Choice.CANCEL
    runner.cancel()
    assert desk.state("a") == "undone"
    unproven = Desk()
    unproven.run(undoes("a"))
    with pytest.raises(Stopped) as stopped:
        Runner(plan_of(undoes("a")), unproven, unproven, lambda: False).cancel()
    assert stopped.value.question.choices[0] is Choice.CANCEL


def test_behind_the_point_of_no_return_there_is_no_cancel() -> None:
    desk = Desk(outcomes={"b": [Done(fine=False, status=1)]})
    steps = (step("a", no_return=True), step("b"))
    assert Choice.CANCEL not in desk.asks(*steps)[1]
    desk.write("a", "reopened")
    desk.true.discard("a")
    desk.outcomes["a"] = [Done(fine=False, status=1)]
    assert Choice.CANCEL not in desk.asks(*steps)[1], "it was done, whatever the journal's last word"


def beside(word: str, **more: object) -> Step:
    return step(word, beside=True, **more)


def test_steps_side_by_side_are_written_down_before_any_of_them_acts_and_told_each_on_its_own() -> None:
    desk = Desk(true={"b"})
    desk.run(step("a"), beside("b"), beside("c"), step("d"))
    assert desk.done == ["a", "c", "d"]
    before = [("a", "begun"), ("b", "already-so"), ("c", "begun"), ("a", "command"), ("c", "command")]
    assert desk.words[:5] == before
    assert [desk.state(one) for one in "abcd"] == ["done", "already-so", "done", "done"]


def test_where_one_of_several_stops_the_others_are_told_and_not_done_again() -> None:
    desk = Desk(outcomes={"b": [Done(fine=False, status=4, said="no right")]})
    steps = (step("a"), beside("b"), beside("c"), step("d"))
    assert desk.asks(*steps)[0] is Asks.REFUSED
    assert [desk.state(one) for one in "abcd"] == ["done", "failed", "done", ""]
    desk.run(*steps)
    assert desk.done == ["a", "b", "c", "b", "d"]


def test_what_one_of_several_brings_is_no_condition_of_the_others() -> None:
    holds = Condition(proof=is_so("a"), since="a", until="c")
    desk = Desk()
    desk.run(step("a"), beside("b"), step("c"), conditions=(holds,))
    assert desk.done == ["a", "b", "c"]
    moved = Desk()
    moved.run(step("a"), beside("b"), conditions=(replace(holds, until="b"),))
    moved.true.discard("a")
    moved.write("a", "skipped")
    assert moved.asks(step("a"), beside("b"), step("c"), conditions=(holds,))[0] is Asks.CONDITION


def test_several_that_began_together_are_undone_one_after_the_other() -> None:
    desk = Desk(true={"without-a", "without-b"})
    steps = (undoes("a"), replace(undoes("b"), beside=True))
    desk.run(*steps)
    Runner(plan_of(*steps), desk, desk, lambda: False).cancel()
    assert desk.done == ["a", "b", "no-b", "no-a"]


def test_what_is_to_be_written_soon_is_written_before_anything_acts_or_is_waited_for() -> None:
    desk = Desk(later={"late": 1.0})
    on_disk: list[int] = []
    desk.acting = lambda: on_disk.append(desk.written)
    desk.pausing = lambda: on_disk.append(desk.written)
    told = len(desk.words)
    desk.run(step("a"), step("b", proofs=(is_so("late"),)))
    assert told == 0 and on_disk[0] == 2, "begun and its command"
    assert on_disk[1] == len([*"12345"]) + 2, "all of a, and b's beginning"
    assert all(many >= 9 for many in on_disk[2:]), "its outcome, while it is waited for"
    assert desk.written == len(desk.words), "at the end nothing is missing"
