"""What the bar is built of: alerts and findings joined, the worst first, taken ones back, and what of it is news."""

from dataclasses import replace
from datetime import timedelta

from console.domain.alerting import AlertState
from console.domain.verdict import Cause, Health
from console.ui.alert_sentences import item_said, item_since
from console.ui.alert_state import items, news, silence_of, worst_health
from tests.ui import incident_stories as stories
from tests.ui import story

TAKEN = AlertState.ACKNOWLEDGED


def keys(told: object) -> list[tuple[str, str]]:
    found = items(story.fleet(), told, story.NOW)  # type: ignore[arg-type]
    return [(one.cluster, one.alert.id if one.alert is not None else "finding") for one in found]


def test_without_alerts_of_the_engine_the_findings_stand_as_ever() -> None:
    found = items(story.fleet(), None, story.NOW)
    assert [(one.cluster, one.node) for one in found] == [
        ("ledger-us", "nyc-1"), ("ledger-us", "nyc-2"), ("ledger-lab", "lab-3"),
    ]  # fmt: skip
    assert all(one.alert is None for one in found)


def test_a_finding_and_its_alert_are_one_and_nothing_is_hidden() -> None:
    assert keys(stories.told(stories.lagging(), stories.overdue())) == [
        ("ledger-us", "finding"), ("ledger-us", "a-1"), ("ledger-eu", "a-9"), ("ledger-lab", "finding"),
    ]  # fmt: skip


def test_the_sentence_of_both_is_the_findings_whose_figure_counts_on() -> None:
    old = stories.lagging()
    stale = replace(old, sign=replace(old.sign, observed=12.0))
    item = items(story.fleet(), stories.told(stale), story.NOW)[1]
    assert item_said(item, story.NOW) == "ledger-us: nyc-2 is 41 s behind (flush), limit 10 s"
    assert item_since(item, story.NOW) == "since 02:36:02, for 5 min 16 s"


def test_what_was_taken_steps_back_behind_everything_else() -> None:
    taken = stories.nobody_waits(state=TAKEN, acknowledged_by="m.keller", acknowledged_at=story.NOW)
    found = items(story.fleet(), stories.told(taken, stories.lagging()), story.NOW)
    assert [one.taken for one in found] == [False, False, True]
    assert item_since(found[-1], story.NOW).endswith("taken by m.keller 02:41")


def test_over_ones_are_gone() -> None:
    over = stories.overdue(state=AlertState.OVER, ended_at=story.NOW)
    assert ("ledger-eu", "a-9") not in keys(stories.told(over))


def test_the_gravest_comes_first_and_the_lab_last() -> None:
    grave = stories.alert("a-5", "ledger-eu", "fra-1", Cause.NO_PRIMARY, Health.LOST, story.NOW)
    lab = stories.alert("a-6", "ledger-lab", "lab-1", Cause.NO_PRIMARY, Health.LOST, story.NOW)
    found = keys(stories.told(lab, grave))
    assert found[0] == ("ledger-eu", "a-5")
    assert found[-2:] == [("ledger-lab", "a-6"), ("ledger-lab", "finding")]


def test_the_silence_that_ends_last_is_told() -> None:
    short = stories.silence(id="s-2", until=story.NOW + timedelta(minutes=5))
    over = stories.silence(id="s-3", until=story.NOW - timedelta(minutes=1))
    found = silence_of(stories.lagging(), (short, stories.silence(), over), story.NOW)
    assert found == stories.silence()
    assert silence_of(stories.overdue(), (stories.silence(),), story.NOW) is None
    item = items(story.fleet(), stories.told(stories.lagging(), silences=(short,)), story.NOW)[1]
    assert item_since(item, story.NOW).endswith("silenced until 02:46")


def test_news_is_what_opened_or_grew_worse_and_nobody_took_or_silenced() -> None:
    lagging, overdue = stories.lagging(), stories.overdue()
    assert news(None, stories.told(lagging)) == (), "the first word of an engine is no news"
    assert news(stories.told(overdue), stories.told(lagging, overdue)) == (lagging,)
    assert news(stories.told(lagging), stories.told(lagging)) == ()
    worse = replace(lagging, sign=replace(lagging.sign, health=Health.LOST))
    assert news(stories.told(lagging), stories.told(worse, overdue)) == (worse, overdue)
    assert news(stories.told(worse), stories.told(lagging)) == (), "better is no news"
    for quiet in (replace(lagging, silenced=True), replace(lagging, state=TAKEN)):
        assert news(stories.told(overdue), stories.told(quiet)) == ()
    flaps = replace(worse, flapping=True)
    assert news(stories.told(lagging), stories.told(flaps)) == (), "one that comes and goes is told once"


def test_an_alert_that_comes_back_after_its_end_is_news() -> None:
    over = stories.lagging(state=AlertState.OVER)
    assert news(stories.told(over), stories.told(stories.lagging())) == (stories.lagging(),)


def test_the_worst_state_counts_taken_ones_too() -> None:
    taken = stories.alert("a-5", "ledger-eu", "fra-1", Cause.NO_PRIMARY, Health.LOST, story.NOW, state=TAKEN)
    assert worst_health(items((story.ledger_eu(),), stories.told(taken), story.NOW)) is Health.LOST
    assert worst_health(()) is Health.HEALTHY
