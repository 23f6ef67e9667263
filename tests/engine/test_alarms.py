"""Alerts at work on a real store: found, taken, silenced, over; a restart, a sleep, a store in trouble."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from console.domain.alerting import AlertSource, AlertState, Sign
from console.domain.verdict import Cause, Health
from console.engine.alarms import BLIND_SECONDS, START_SECONDS
from console.link.messages import Done, Refused
from console.link.watching import (
    AckAlert,
    Alerts,
    AskAlerts,
    EndSilence,
    SilenceAlerts,
)
from console.store.trouble import StoreTrouble, TroubleKind
from tests.alarmed import Theatre, finding, theatre

KILLED = finding(Cause.POSTMASTER_KILLED, Health.LOST, "nyc-1")
LAGS = finding(Cause.LAGGING, Health.DEGRADED, "nyc-2")


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Theatre]:
    with theatre(tmp_path / "home") as it:
        it.pass_by(10)
        yield it


def test_a_finding_becomes_an_alert_that_faces_are_told_of(scene: Theatre) -> None:
    scene.pass_by(1, KILLED)
    told = scene.stage.told["alerts"]
    assert isinstance(told, Alerts)
    assert [(one.sign.word, one.sign.node, one.state) for one in told.alerts] == [
        ("postmaster-killed", "nyc-1", AlertState.OPEN)
    ]
    scene.pass_by(5)
    assert scene.open() == []
    over: Alerts = scene.ask(AskAlerts(over=True))
    assert [one.state for one in over.alerts] == [AlertState.OVER]


def test_a_start_concludes_nothing_until_something_was_seen(tmp_path: Path) -> None:
    with theatre(tmp_path / "home") as it:
        it.pass_by(2, KILLED)
        assert it.open() == []
        it.pass_by(3, KILLED)
        assert it.open() == ["postmaster-killed"]


def test_a_console_that_slept_concludes_nothing_from_before(scene: Theatre) -> None:
    scene.pass_by(1, LAGS)
    scene.stage.seconds += 3_600.0
    scene.alarms._round(scene.stage.now)  # the first round after an hour of sleep: the picture is an hour old
    scene.pass_by(2)
    assert scene.open() == ["lagging"]
    scene.pass_by(8)
    assert scene.open() == []


def test_no_picture_for_a_while_is_an_alert_of_its_own_and_ends_no_other(scene: Theatre) -> None:
    scene.pass_by(1, LAGS)
    scene.pass_by(BLIND_SECONDS + 5, views=False)
    assert scene.open() == ["no-pictures", "lagging"]
    scene.pass_by(START_SECONDS)
    assert scene.open() == []


@pytest.mark.allows_warnings
def test_a_store_in_trouble_is_an_alert_and_nothing_is_forgotten(
    scene: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise StoreTrouble(TroubleKind.FULL, "store")

    with monkeypatch.context() as patch:
        patch.setattr(scene.alarms._alerts, "keep", refuse)
        scene.stage.trouble = "the disk is full"
        scene.pass_by(3, KILLED)
        assert set(scene.open()) == {"postmaster-killed", "store-trouble"}
        alert = next(one for one in scene.ask(AskAlerts()).alerts if one.sign.node == "nyc-1")
        with pytest.raises(StoreTrouble):
            scene.alarms.answer(AckAlert(alert=alert.id), "keller")
        assert {one.state for one in scene.ask(AskAlerts()).alerts} == {AlertState.OPEN}  # nothing was half done
    scene.pass_by(1, KILLED)
    assert {one.sign.word for one in scene.alarms._alerts.newest()} == {"postmaster-killed", "store-trouble"}


def test_an_alert_is_taken_by_name_and_an_over_one_is_not(scene: Theatre) -> None:
    scene.pass_by(1, LAGS)
    alert = scene.ask(AskAlerts()).alerts[0]
    assert scene.ask(AckAlert(alert=alert.id[:5], note="on it")) == Done()
    taken = scene.ask(AskAlerts()).alerts[0]
    assert (taken.state, taken.acknowledged_by, taken.note) == (AlertState.ACKNOWLEDGED, "keller", "on it")
    assert scene.ask(AckAlert(alert=alert.id, note="still"), "olga") == Done()
    assert scene.ask(AskAlerts()).alerts[0].acknowledged_by == "olga"
    scene.pass_by(5)
    assert scene.ask(AckAlert(alert=alert.id)).reason == "alert-over"
    assert scene.ask(AckAlert(alert="none")).reason == "no-alert"
    assert scene.ask(AckAlert(alert="")).reason == "no-alert"


@pytest.mark.parametrize(
    ("hours", "reason", "cluster", "refused"),
    [(0, "x", "", "silence-end"), (24 * 14 + 1, "x", "", "silence-end"), (1, " ", "", "silence-reason"),
     (1, "x", "nowhere", "no-cluster")],
)  # fmt: skip
def test_a_silence_that_makes_no_sense_is_refused(
    scene: Theatre, hours: float, reason: str, cluster: str, refused: str
) -> None:
    until = scene.stage.now.utc + timedelta(hours=hours)
    answer = scene.ask(SilenceAlerts(until=until, reason=reason, cluster=cluster))
    assert isinstance(answer, Refused)
    assert answer.reason == refused


def test_a_silence_holds_over_a_restart_and_ends_by_itself_or_by_a_person(tmp_path: Path) -> None:
    with theatre(tmp_path / "home") as it:
        it.pass_by(10, LAGS)
        until = it.stage.now.utc + timedelta(minutes=5)
        answer: Alerts = it.ask(SilenceAlerts(until=until, reason="a window", cluster="us"))
        assert answer.alerts[0].silenced
    with theatre(tmp_path / "home", seconds=60.0) as it:
        it.pass_by(10, LAGS)
        seen: Alerts = it.ask(AskAlerts())
        assert [(one.by, one.reason) for one in seen.silences] == [("keller", "a window")]
        assert seen.alerts[0].silenced
        it.pass_by(300, LAGS)
        after: Alerts = it.ask(AskAlerts())
        assert after.silences == ()
        assert not after.alerts[0].silenced
        again: Alerts = it.ask(SilenceAlerts(until=it.stage.now.utc + timedelta(hours=1), reason="x"))
        assert it.ask(EndSilence(silence=again.silences[0].id)).silences == ()
        assert it.ask(EndSilence(silence="none")).reason == "no-silence"


def test_open_alerts_are_taken_up_by_the_next_engine(tmp_path: Path) -> None:
    overdue = Sign(cluster="us", node=None, source=AlertSource.DUTY, word="overdue", health=Health.DEGRADED)
    with theatre(tmp_path / "home") as it:
        it.stage.signs = (overdue,)
        it.pass_by(10, KILLED)
        before: Alerts = it.ask(AskAlerts())
        assert it.ask(AckAlert(alert=before.alerts[0].id)) == Done()
    with theatre(tmp_path / "home", seconds=30.0) as it:  # nothing ended in good order: as after kill -9
        it.pass_by(10, KILLED)
        after: Alerts = it.ask(AskAlerts())
        assert [one.id for one in after.alerts] == [one.id for one in before.alerts]
        assert after.alerts[0].acknowledged_by == "keller"
        assert "overdue" in it.open()  # whoever looks after duties has not looked yet
        it.pass_by(START_SECONDS, KILLED)
        assert it.open() == ["postmaster-killed"]
