"""A restore of the whole cluster, cut at every journal line and every command: led to its end, or taken back."""

import pytest

from console.domain.run import RunState
from tests.simulate import cutting
from tests.simulate.building import Setup
from tests.simulate.cutting import Play, cuts, nothing, play
from tests.simulate.restoring import planned
from tests.simulate.test_every_cut import broken

PLAYS = (
    Play("onto-the-primary", Setup(standbys=2), nothing, lambda yard: planned(yard, "n1")),
    Play("onto-a-standby", Setup(standbys=2), nothing, lambda yard: planned(yard, "n2")),
)
BY_NAME = {it.name: it for it in PLAYS}
CANCELLED_OF = 4
EVERY = {"onto-the-primary": 1, "onto-a-standby": 3}  # most of the steps are the same


@pytest.mark.parametrize("name", BY_NAME)
def test_a_new_engine_goes_on_to_the_proven_end(name: str) -> None:
    it = BY_NAME[name]
    every = cuts(it)
    assert len(every) > 100
    assert not broken(it, every[:: EVERY[name]], cancels=False)


@pytest.mark.parametrize("name", BY_NAME)
def test_a_new_engine_takes_it_back(name: str) -> None:
    it = BY_NAME[name]
    assert not broken(it, cuts(it)[::CANCELLED_OF], cancels=True)


def test_without_a_persons_word_nothing_is_put_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """The gate holds: what nobody accepts is taken back, with all as it was."""
    monkeypatch.setattr(cutting, "ACCEPTED", "nobody-said-so")
    it = PLAYS[0]
    told = play(it, None)
    assert told.state is RunState.ASKING and not told.no_return
    assert all(question.startswith("not-proven at accept") for question in told.questions), told.questions
