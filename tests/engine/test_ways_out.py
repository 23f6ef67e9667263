"""Webhooks and queues on real servers of this machine: delivered, refused, hung, sent again; none holds up another."""

import json
import ssl
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from console.domain.alerting import Alert, AlertChange, AlertSource, AlertState
from console.domain.verdict import Health
from console.engine import way_line
from console.engine.ways_out import Ways
from console.monitor.alerts import News
from console.ssh.secrets import SecretKind
from tests.alarmed import NOON, Stage, stage
from tests.live import wait_for
from tests.way_servers import (
    ALERT,
    SIGN,
    Web,
    authority_in,
    dripping_server,
    hook,
    post,
    silent_server,
    tried,
    ways_of,
    web,
)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path / "home") as it:
        yield it


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, str]:
    return authority_in(tmp_path_factory.mktemp("tls"))


def test_a_webhook_gets_the_alert_as_json(scene: Stage) -> None:
    mind = Web()
    with web(mind) as port, ways_of(scene, hook(port)) as ways:
        ways.deliver([News(change=AlertChange.OPENED, alert=ALERT)], scene.now)
        wait_for(lambda: mind.heard, "the alert")
        wait_for(lambda: not ways.ways().states[0].waiting, "an empty queue")
    method, path, headers, body = mind.heard[0]
    told = json.loads(body)
    assert (method, path, headers["Content-Type"]) == ("POST", "/hook", "application/json")
    assert (told["change"], told["cluster"], told["node"], told["health"]) == ("opened", "us", "nyc-1", "lost")
    assert (told["id"], told["limit"], told["since"]) == ("a1b2c3", 1, "2026-03-17T12:00:00Z")
    assert told["sentence"] == "us: the postmaster was killed: no process is left, and it never shut down on nyc-1"


def test_a_secret_stands_where_it_belongs_and_nowhere_else(scene: Stage, tmp_path: Path) -> None:
    mind, secret = Web(status=500, body=b"bad token tok-4711-secret"), "tok-4711-secret"
    scene.ground.secrets.remember(SecretKind.PASSWORD, "way-out hook", secret)
    scene.ground.secrets.remember(SecretKind.PASSWORD, "way-out other", secret)
    with web(mind) as port:
        ways_here = (hook(port, path="/in/{secret}/x"), hook(port, name="other"))
        with ways_of(scene, *ways_here) as ways:
            first, second = tried(ways, "hook"), tried(ways, "other")
            seen = repr(ways.ways())
    assert mind.heard[0][1] == "/in/tok-4711-secret/x"
    assert "Authorization" not in mind.heard[0][2]
    assert mind.heard[1][2]["Authorization"] == "Bearer tok-4711-secret"
    assert (first.reason, second.reason) == ("refused", "refused")
    assert "tok-4711" not in repr((first, second)) + seen
    kept = b"".join(path.read_bytes() for path in (tmp_path / "home").iterdir() if path.is_file())
    assert b"tok-4711" not in kept


def test_a_way_that_needs_a_secret_and_has_none_says_so(scene: Stage) -> None:
    with ways_of(scene, hook(9, path="/{secret}")) as ways:
        assert tried(ways, "hook").reason == "no-password"


def test_a_secret_file_is_read_and_one_that_is_open_to_others_is_not(scene: Stage, tmp_path: Path) -> None:
    mind, file = Web(), tmp_path / "token"
    file.write_text("tok-1\n")
    file.chmod(0o600)
    with web(mind) as port, ways_of(scene, hook(port, options=(("secret-file", str(file)),))) as ways:
        assert tried(ways, "hook").delivered
        file.chmod(0o640)
        open_to_others = tried(ways, "hook")
    assert mind.heard[0][2]["Authorization"] == "Bearer tok-1"
    assert (open_to_others.reason, open_to_others.detail) == ("secret-file", "it is open to others")


def test_nothing_is_followed_to_elsewhere(scene: Stage) -> None:
    elsewhere, mind = Web(), Web(status=307)
    with web(elsewhere) as there, web(mind) as port, ways_of(scene, hook(port)) as ways:
        mind.headers = (("Location", f"http://127.0.0.1:{there}/"),)
        assert tried(ways, "hook").reason == "redirected"
    assert mind.heard
    assert not elsewhere.heard


def test_a_certificate_is_verified(scene: Stage, authority: tuple[ssl.SSLContext, str]) -> None:
    context, file = authority
    mind = Web()
    with web(mind, context) as port:
        trusted = hook(port, scheme="https", host="localhost", options=(("ca", file),))
        unknown = hook(port, scheme="https", host="localhost", name="unknown")
        other = hook(port, scheme="https", name="other", options=(("ca", file),))  # its certificate names localhost
        with ways_of(scene, trusted, unknown, other) as ways:
            assert tried(ways, "hook").delivered
            assert tried(ways, "unknown").reason == "certificate"
            assert tried(ways, "other").reason == "certificate"
    assert len(mind.heard) == 1


@pytest.mark.parametrize("kind", ["silent", "dripping"])
@pytest.mark.parametrize("way", ["web", "mail"])
def test_one_that_hangs_ends_at_its_limit(scene: Stage, kind: str, way: str) -> None:
    with silent_server() if kind == "silent" else dripping_server() as port:
        made = hook(port) if way == "web" else post(port, ("tls", "none"))
        with ways_of(scene, replace(made, seconds_max=1.0)) as ways:
            answer = tried(ways, made.name)
    assert not answer.delivered
    assert answer.reason == "timeout"


def test_one_that_hangs_holds_up_no_other_and_is_a_sign_once_it_failed_twice(
    scene: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(way_line, "PAUSE_SECONDS", 0.05)
    mind = Web()
    with silent_server() as dead, web(mind) as port:
        hangs = hook(dead, name="hangs", seconds_max=1.0)
        with ways_of(scene, hangs, hook(port)) as ways:
            began = time.monotonic()
            for number in range(20):
                one = Alert(id=f"n{number}", sign=SIGN, state=AlertState.OPEN, begun_at=NOON, worst=Health.LOST)
                ways.deliver([News(change=AlertChange.OPENED, alert=one)], scene.now)
            assert time.monotonic() - began < 0.9  # to tell never waits
            wait_for(lambda: len(mind.heard) == 20, "all alerts over the way that works")
            wait_for(lambda: ways.signs("", scene.now), "the sign of the way that hangs")
            sign = ways.signs("", scene.now)[0]
            state = next(one for one in ways.ways().states if one.name == "hangs")
    assert (sign.source, sign.word, sign.about) == (AlertSource.WAY_OUT, "not-delivered", "hangs")
    assert state.reason.startswith("timeout")
    assert state.waiting == 20
    assert [json.loads(body)["id"] for *_, body in mind.heard] == [f"n{number}" for number in range(20)]


def test_a_queue_is_bounded_and_what_is_given_up_is_counted(scene: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(way_line, "QUEUE_MAX", 5)
    with silent_server() as dead, ways_of(scene, hook(dead)) as ways:
        for _ in range(12):
            ways.deliver([News(change=AlertChange.OPENED, alert=ALERT)], scene.now)
        state = ways.ways().states[0]
    assert (state.waiting, state.dropped) == (5, 7)


def test_what_was_not_delivered_is_sent_again_when_the_other_side_is_back(
    scene: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(way_line, "PAUSE_SECONDS", 0.05)
    mind = Web(status=503)
    with web(mind) as port, ways_of(scene, hook(port)) as ways:
        ways.deliver([News(change=AlertChange.OPENED, alert=ALERT)], scene.now)
        wait_for(lambda: ways.signs("", scene.now), "a sign that it fails")
        mind.status = 200
        wait_for(lambda: not ways.ways().states[0].waiting, "the delivery")
        assert ways.signs("", scene.now) == ()
    assert len(mind.heard) >= 3


def test_an_engine_that_ends_before_it_told_tells_when_it_is_back(tmp_path: Path) -> None:
    mind = Web()
    with stage(tmp_path / "home") as before, silent_server() as dead, ways_of(before, hook(dead)) as ways:
        ways.deliver([News(change=AlertChange.OPENED, alert=ALERT)], before.now)
    with web(mind) as port, stage(tmp_path / "home", seconds=60.0) as after:
        made = Ways(after.ground)
        made._ways.keep("hook", hook(port), cluster="", at=after.now.utc, is_open=True)
        made.start()
        try:
            wait_for(lambda: mind.heard, "the alert of before")
            wait_for(lambda: not made.ways().states[0].waiting, "an empty queue")
        finally:
            made.stop()
        assert made._notices.newest() == ()
    assert json.loads(mind.heard[0][3])["id"] == "a1b2c3"
