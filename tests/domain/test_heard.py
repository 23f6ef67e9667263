"""When a standby heard its primary, whatever its clock is set to; when a server's end has it tried at once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.observation import Observation, turned
from console.domain.reading import Process
from console.domain.witnesses import heard_after
from tests.observed import NOW_TICKS, host, moment, observed, receiver, vital


def said(ago: float, heard_age: float, clock_ahead: float = 0.0) -> Observation:
    """A standby's answer, by whose clock it heard so long ago."""
    at = moment(ago)
    told = vital(
        ago=ago, clock=at.utc + timedelta(seconds=clock_ahead), receiver=receiver(heard_age_seconds=heard_age)
    )
    return observed("b", vital=told)


@pytest.mark.parametrize(
    ("heard_age", "clock_ahead", "heard_ago"),
    [
        (2.5, 0.0, 2.5),  # the same message, one answer later
        (-297.5, -300.0, 2.5),  # the clock was set back: that message lies ahead of it now
        (302.5, 300.0, 2.5),  # or forward: it is not as old as it looks
        (0.2, 0.0, 0.2),  # another message
        (0.2, -300.0, 0.2),  # another one, by the new clock
        (300.2, 300.0, 1.0),  # one between the answer before and the new clock: no older than that answer
    ],
)
def test_a_clock_that_is_set_changes_nothing_of_when_it_heard(
    heard_age: float, clock_ahead: float, heard_ago: float
) -> None:
    before, after = said(1.0, 1.5), said(0.0, heard_age, clock_ahead)
    heard = heard_after(before, after, NOW_TICKS - 2.5)
    assert heard == pytest.approx(NOW_TICKS - heard_ago, abs=1e-6)


def test_the_first_answer_is_believed_and_never_says_more_than_now() -> None:
    first = said(0.0, -50.0)
    assert heard_after(replace(first, vital=None), first, None) == NOW_TICKS


@pytest.mark.parametrize(
    ("before", "after", "is_so"),
    [
        ("S", "", True), ("T", "", True), ("T", "S", True), ("S", "S", False), ("T", "T", False), ("S", "T", False),
        ("", "", False), ("", "S", False), ("S", None, False), (None, "", False),
    ],
)  # fmt: skip
def test_a_server_is_tried_at_once_when_its_processes_end_or_go_on(
    before: str | None, after: str | None, is_so: bool
) -> None:
    looks = [
        host(processes=None if states is None else tuple(Process(pid=1, state=one) for one in states))
        for states in (before, after)
    ]
    assert turned(looks[0], looks[1]) is is_so
    assert not turned(None, looks[1])
