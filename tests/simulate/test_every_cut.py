"""Every plan cut at every journal line and every command: a new engine leads it to its proven end, or takes it back."""

import pytest

from console.domain.run import RunState
from tests.simulate.cutting import PLAYS, Cut, Play, cuts, play

BY_NAME = {it.name: it for it in PLAYS}
CANCELLED_OF = 3  # every so many of the cuts are also taken back


def broken(it: Play, chosen: tuple[Cut, ...], *, cancels: bool) -> list[str]:
    """What went otherwise than promised, a line a cut."""
    found = []
    for cut in chosen:
        told = play(it, cut, cancels=cancels)
        wanted = RunState.CANCELLED if cancels and not told.no_return else RunState.DONE
        if told.state is not wanted or told.faults:
            found.append(f"{cut.where} {cut.number}: {told.state.value} {told.faults} {told.questions}")
    return found


@pytest.mark.parametrize("name", BY_NAME)
def test_a_new_engine_goes_on_to_the_proven_end(name: str) -> None:
    it = BY_NAME[name]
    every = cuts(it)
    assert len(every) > 50
    assert not broken(it, every, cancels=False)


@pytest.mark.parametrize("name", BY_NAME)
def test_a_new_engine_takes_it_back(name: str) -> None:
    it = BY_NAME[name]
    assert not broken(it, cuts(it)[::CANCELLED_OF], cancels=True)


@pytest.mark.parametrize("name", ["switchover", "failover-ssh", "failover-ssh-still", "failover-quorum"])
def test_taking_back_is_cut_as_well(name: str) -> None:
    """Killed in the middle, taken back, killed in the middle of that: taken back by the one that comes then."""
    it = BY_NAME[name]
    whole = play(it, None)
    middle = Cut("journal-before", whole.no_return_line)  # all but the promotion has come about
    cancelled = play(it, middle, cancels=True)
    assert cancelled.state is RunState.CANCELLED, cancelled.questions
    seconds = [Cut(where, n) for n in range(1, cancelled.entries + 1)
               for where in ("journal-before", "journal-after")]  # fmt: skip
    how = ("before", "done", "half", "late:0.5", "late:20")
    seconds += [Cut(f"command-{one}", n + 1) for n in range(cancelled.commands) for one in how]
    assert len(seconds) > 20
    for second in seconds:
        told = play(it, middle, cancels=True, second=second)
        assert told.state is RunState.CANCELLED, (second, told.questions)
        assert not told.faults, (second, told.faults)
