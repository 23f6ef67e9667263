"""On a cluster under Patroni the group decides: what it goes by, and when it would let nobody take over."""

from dataclasses import replace

import pytest

from console.domain.automation import AutomationMode, Why
from console.domain.consensus import GroupView, judge_group
from console.domain.group_guards import judge_group_acts
from console.domain.members import GroupSeen
from console.ui.why_reasons import known_reasons
from console.ui.why_words import guard_why, why_headline
from tests.domain.test_consensus import GROUP, NAMES, at, look, looks


def view_of(group: GroupSeen = GROUP) -> GroupView:
    return judge_group("c", looks(group=group), None, NAMES, at(10.0))


def why_of(view: GroupView | None) -> Why:
    return judge_group_acts("c", at(10.0).utc, mode=AutomationMode.OFF, view=view, primary="n1", lost=False)


def test_a_sound_group_would_promote_the_member_that_confirms() -> None:
    why = why_of(view_of())
    assert why.would_act and (why.node, why.target) == ("n1", "n2")
    assert why_headline(why) == "Patroni's group decides here: if its holder died it would promote n2."
    said = [guard_why(row) for row in why.rows]
    assert "n2 could take over" in said
    assert any("n3 can't take over" in one and "does not confirm commits" in one for one in said)


@pytest.mark.parametrize("reason", [row.reason for row in why_of(view_of()).rows])
def test_every_row_has_its_words(reason: str) -> None:
    assert reason in known_reasons() or reason.partition(":")[0] in ("unfit", "danger")


def test_a_paused_group_lets_nobody_take_over() -> None:
    why = why_of(view_of(replace(GROUP, paused=True)))
    assert not why.would_act and "nobody take over" in why_headline(why)


def test_a_group_that_nobody_can_read_promises_nothing() -> None:
    why = why_of(None)
    assert not why.would_act and [row.holds for row in why.rows] == [True, None]
    assert "no Patroni answers" in why_headline(why)


def test_a_group_without_a_majority_promises_nothing() -> None:
    silent = {node: replace(look(node), own=None, store=False) for node in NAMES}
    why = why_of(judge_group("c", silent, None, NAMES, at(10.0)))
    assert not why.would_act and "no majority" in why_headline(why)
