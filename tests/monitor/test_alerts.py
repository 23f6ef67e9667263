"""The life of alerts: opened once, worse, taken, over by itself, silenced, damped, and nothing concluded blindly."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.alerting import Alert, AlertChange, AlertSource, AlertState, Sign, Silence
from console.domain.cluster import Environment, Manager, NodeKind
from console.domain.fleet import Basis, ClusterView, Exposure, NodeView, Role
from console.domain.reading import Moment
from console.domain.verdict import Cause, Finding, Health, Verdict
from console.monitor.alerts import (
    CALM_SECONDS,
    FLAP_COUNT,
    FLAP_QUIET_SECONDS,
    FLAP_WINDOW_SECONDS,
    News,
    Sight,
    Track,
    acknowledged,
    look,
    sight_of,
    taken_up,
    verdict_signs,
)

NOON = datetime(2026, 3, 17, 12, tzinfo=UTC)
LAGS = Sign(
    cluster="us", node="nyc-2", source=AlertSource.VERDICT, word="lagging", health=Health.DEGRADED, observed=41.0,
    limit=10.0,
)  # fmt: skip
LOST = Sign(cluster="us", node="nyc-1", source=AlertSource.VERDICT, word="postmaster-killed", health=Health.LOST)
OVERDUE = Sign(cluster="us", node=None, source=AlertSource.DUTY, word="overdue", health=Health.DEGRADED, about="backup")


@dataclass
class Watch:
    """The alerts of a cluster, second by second."""

    tracks: tuple[Track, ...] = ()
    seconds: float = 0.0
    silences: tuple[Silence, ...] = ()
    sight: Sight = field(default_factory=Sight)
    news: list[News] = field(default_factory=list)
    numbers: int = 0

    def id(self) -> str:
        self.numbers += 1
        return f"a{self.numbers}"

    @property
    def now(self) -> Moment:
        return Moment(NOON + timedelta(seconds=self.seconds), 5_000.0 + self.seconds)

    def see(self, *signs: Sign, after: float = 1.0) -> list[str]:
        """One look; what changed, as 'change word'."""
        self.seconds += after
        seen = look(self.tracks, signs, self.now, silences=self.silences, sight=lambda _: self.sight, new_id=self.id)
        self.tracks = seen.tracks
        self.news += seen.news
        return [f"{one.change.value} {one.alert.sign.word}" for one in seen.news]

    @property
    def live(self) -> list[Alert]:
        return [track.alert for track in self.tracks if not track.is_over]

    def take(self, person: str = "keller") -> None:
        self.tracks = tuple(
            replace(track, alert=acknowledged(track.alert, by=person, note="looking", at=self.now.utc))
            for track in self.tracks
        )


def test_an_alert_opens_once_and_is_over_when_its_sign_has_been_gone_for_a_moment() -> None:
    watch = Watch()
    assert watch.see(LAGS) == ["opened lagging"]
    assert watch.see(replace(LAGS, observed=52.0)) == []
    assert watch.live[0].sign.observed == 52.0
    assert watch.see() == []
    assert watch.see(after=CALM_SECONDS) == ["over lagging"]
    ended = watch.news[-1].alert
    assert ended.state is AlertState.OVER
    assert ended.ended_at == NOON + timedelta(seconds=3)  # when it was first seen gone, not when that was believed
    assert watch.live == []


def test_a_sign_that_is_gone_for_a_second_only_is_the_same_alert() -> None:
    watch = Watch()
    watch.see(LAGS)
    for _ in range(50):
        assert watch.see() == []
        assert watch.see(LAGS) == []
    assert watch.numbers == 1
    assert watch.live[0].changes == 1


def test_one_that_worsens_after_somebody_took_it_is_open_again() -> None:
    watch = Watch()
    watch.see(LAGS)
    watch.take()
    assert watch.live[0].state is AlertState.ACKNOWLEDGED
    assert watch.see(LAGS) == []
    assert watch.live[0].acknowledged_by == "keller"
    assert watch.see(replace(LAGS, health=Health.LOST)) == ["worsened lagging"]
    again = watch.live[0]
    assert (again.state, again.acknowledged_by, again.note) == (AlertState.OPEN, "", "")
    assert again.worst is Health.LOST


def test_one_that_gets_lighter_stays_taken_and_keeps_its_worst() -> None:
    watch = Watch()
    watch.see(LOST)
    watch.take()
    assert watch.see(replace(LOST, health=Health.DEGRADED)) == []
    assert watch.live[0].state is AlertState.ACKNOWLEDGED
    assert watch.live[0].worst is Health.LOST


def test_what_comes_and_goes_is_one_alert_that_stays_open_until_it_has_been_quiet() -> None:
    watch, told = Watch(), []
    for _ in range(40):
        told += watch.see(LAGS, after=5.0)
        told += watch.see(after=2.0)
        told += watch.see(after=CALM_SECONDS)
    # Two came and went, the third stays; thirty-seven more were damped.
    assert told == ["opened lagging", "over lagging"] * (FLAP_COUNT - 1) + ["flapping lagging"]
    assert watch.live[0].flapping
    assert watch.live[0].changes == 40
    assert watch.see(after=FLAP_QUIET_SECONDS - 10.0) == []
    assert watch.see(after=11.0) == ["over lagging"]
    assert watch.see(LAGS, after=FLAP_WINDOW_SECONDS) == ["opened lagging"]
    assert not watch.live[0].flapping


def test_one_that_swings_between_two_healths_is_told_a_few_times_and_then_damped() -> None:
    watch, told = Watch(), []
    for _ in range(30):
        told += watch.see(LAGS)
        told += watch.see(replace(LAGS, health=Health.LOST))
    assert told == ["opened lagging"] + ["worsened lagging"] * (FLAP_COUNT - 1)
    for _ in range(round(FLAP_QUIET_SECONDS)):
        watch.see(LAGS)
    assert not watch.live[0].flapping


def test_nothing_is_concluded_while_nothing_is_seen() -> None:
    watch = Watch()
    watch.see(LAGS)
    watch.sight = Sight(blind=True)
    for _ in range(100):
        assert watch.see() == []
    assert watch.see(LOST) == []
    watch.sight = Sight()
    assert watch.see() == []
    assert watch.see(after=CALM_SECONDS) == ["over lagging"]


def test_a_node_that_is_not_seen_ends_none_of_its_alerts_and_the_others_do() -> None:
    watch = Watch()
    watch.see(LAGS, LOST)
    watch.sight = Sight(unseen=frozenset({"nyc-1"}))
    watch.see()
    assert watch.see(after=CALM_SECONDS) == ["over lagging"]
    assert [alert.sign.word for alert in watch.live] == ["postmaster-killed"]


def test_after_a_start_only_the_verdict_ends_alerts() -> None:
    watch = Watch()
    watch.see(LAGS, OVERDUE)
    watch.sight = Sight(starting=True)
    watch.see()
    assert watch.see(after=CALM_SECONDS) == ["over lagging"]
    assert [alert.sign.word for alert in watch.live] == ["overdue"]


def silence(**covered: str) -> Silence:
    texts = {"cluster": "", "node": "", "word": ""} | covered
    return Silence(
        id="s", by="keller", reason="maintenance", begun_at=NOON, until=NOON + timedelta(seconds=30), **texts
    )


@pytest.mark.parametrize(
    ("covered", "is_silenced"),
    [
        ({}, True), ({"cluster": "us"}, True), ({"cluster": "eu"}, False), ({"node": "nyc-2"}, True),
        ({"node": "nyc-1"}, False), ({"word": "lagging"}, True), ({"cluster": "us", "word": "hung"}, False),
    ],
)  # fmt: skip
def test_a_silence_covers_what_it_says_and_ends(covered: dict[str, str], is_silenced: bool) -> None:
    watch = Watch(silences=(silence(**covered),))
    watch.see(LAGS)
    assert watch.live[0].silenced is is_silenced
    assert watch.see(LAGS, after=40.0) == (["unsilenced lagging"] if is_silenced else [])
    assert not watch.live[0].silenced


def test_alerts_of_before_a_restart_are_taken_up_and_not_doubled() -> None:
    watch = Watch()
    watch.see(LAGS, LOST)
    watch.take()
    kept = [track.alert for track in watch.tracks]
    anew = Watch(tracks=taken_up(kept, watch.now), seconds=watch.seconds, numbers=watch.numbers)
    assert anew.see(LAGS, after=1.0) == []
    assert {alert.id for alert in anew.live} == {"a1", "a2"}
    assert all(alert.acknowledged_by == "keller" for alert in anew.live)
    anew.see(LAGS)
    assert anew.see(LAGS, after=CALM_SECONDS) == ["over postmaster-killed"]


def test_what_flapped_before_a_restart_still_flaps() -> None:
    watch = Watch()
    for _ in range(FLAP_COUNT - 1):
        watch.see(LAGS)
        watch.see()
        watch.see(after=CALM_SECONDS)
    past = [news.alert for news in watch.news if news.change is AlertChange.OVER]
    anew = Watch(tracks=taken_up(past, watch.now), seconds=watch.seconds)
    assert anew.see(LAGS) == ["flapping lagging"]


def a_view(
    *findings: Finding, nodes: tuple[Health, ...] = (Health.HEALTHY,), cause: Cause | None = None
) -> ClusterView:
    found = () if cause is None else (Finding(cause=cause, health=Health.UNKNOWN),)
    return ClusterView(
        name="us", environment=Environment.PRODUCTION, manager=Manager.NONE, at=NOON, serial=1,
        verdict=Verdict(health=Health.DEGRADED, findings=findings),
        nodes=tuple(
            NodeView(name=f"nyc-{n}", kind=NodeKind.POSTGRES, role=Role.STANDBY, host="h",
                     verdict=Verdict(health=health, findings=found if health is Health.UNKNOWN else ()))
            for n, health in enumerate(nodes, 1)
        ),
        edges=(), exposure=Exposure(basis=Basis.UNKNOWN, candidate=None, entries=None, amounts=(), age_seconds=None),
    )  # fmt: skip


def test_the_findings_of_a_verdict_are_signs_save_what_only_lacks_a_reading() -> None:
    old = NOON - timedelta(seconds=60)
    found = verdict_signs(
        a_view(
            Finding(cause=Cause.LAGGING, health=Health.DEGRADED, node="nyc-2", observed=41.0, limit=10.0),
            Finding(cause=Cause.NOT_ASKED, health=Health.UNKNOWN, node="nyc-3"),
            Finding(cause=Cause.BOOKS_BLOCKED, health=Health.HEALTHY, node="nyc-1"),
            Finding(cause=Cause.STALE, health=Health.UNKNOWN, node="nyc-1", since=NOON),
            Finding(cause=Cause.STALE, health=Health.UNKNOWN, node="nyc-3", since=old),
        )
    )
    assert [(sign.word, sign.node) for sign in found] == [("lagging", "nyc-2"), ("stale", "nyc-3")]
    assert found[0] == LAGS


def test_a_picture_without_readings_proves_nothing() -> None:
    assert sight_of(None).blind
    assert sight_of(a_view(nodes=(Health.UNKNOWN, Health.UNKNOWN), cause=Cause.NOT_ASKED)).blind
    cut = sight_of(a_view(nodes=(Health.UNKNOWN, Health.UNKNOWN), cause=Cause.CUT_OFF))
    assert not cut.blind  # all hosts cut off is something that is seen
    assert cut.unseen == {"nyc-1", "nyc-2"}
    assert sight_of(a_view(nodes=(Health.HEALTHY, Health.LOST))) == Sight()


SIGNS = [replace(LAGS, node=f"nyc-{n}", word=word) for n in (1, 2) for word in ("lagging", "disk-low")]
STEPS = st.lists(
    st.tuples(
        st.lists(st.tuples(st.sampled_from(SIGNS), st.sampled_from(list(Health)[1:])), max_size=4),
        st.sampled_from([0.5, 1.0, 3.0, 30.0, 200.0, 900.0]), st.booleans(), st.booleans(),
    ),
    max_size=40,
)  # fmt: skip


@given(STEPS)
def test_whatever_comes_and_goes_the_record_stays_true(
    steps: list[tuple[list[tuple[Sign, Health]], float, bool, bool]],
) -> None:
    watch = Watch()
    known: dict[str, list[AlertChange]] = {}
    for signs, after, blind, takes in steps:
        watch.sight = Sight(blind=blind)
        before = {alert.id for alert in watch.live}
        there = {sign.key: replace(sign, health=health) for sign, health in signs}
        count = len(watch.news)
        watch.see(*there.values(), after=after)
        if takes:
            watch.tracks = _taken(watch, lambda alert: alert.state is AlertState.OPEN)
        live = {alert.sign.key: alert for alert in watch.live}
        assert len(live) == len(watch.live)  # one alert a sign
        if blind:
            assert {alert.id for alert in watch.live} == before
            assert len(watch.news) == count
        else:
            assert there.keys() <= live.keys()  # what is wrong now is never without its alert
        for news in watch.news[count:]:
            known.setdefault(news.alert.id, []).append(news.change)
        for key, sign in there.items():
            assert key not in live or live[key].sign == sign
    for changes in known.values():
        assert changes[0] in (AlertChange.OPENED, AlertChange.FLAPPING)
        assert AlertChange.OVER not in changes[:-1]  # over is the last word of an alert
        assert all(one is AlertChange.WORSENED for one in changes[1:] if one is not AlertChange.OVER)
    watch.sight = Sight()
    watch.see()
    watch.see(after=FLAP_QUIET_SECONDS + 1.0)
    assert watch.live == []  # and each ends, once all is well for long enough


def _taken(watch: Watch, chosen: Callable[[Alert], bool]) -> tuple[Track, ...]:
    return tuple(
        replace(track, alert=acknowledged(track.alert, by="keller", note="", at=watch.now.utc))
        if chosen(track.alert) else track
        for track in watch.tracks
    )  # fmt: skip
