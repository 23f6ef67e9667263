"""E-mails on a real mail server of this machine, and which ways may be kept and are told what."""

import json
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.domain.alerting import Alert, AlertChange, AlertSource, AlertState, Sign, WayKind, WayOut
from console.domain.verdict import Health
from console.engine.way_rules import wrong_with
from console.engine.ways_out import wants
from console.link.messages import Refused
from console.link.watching import AskWaysOut, RemoveWayOut, SaveWayOut, TryWayOut, WaysOut
from console.monitor.alerts import News
from console.ssh.secrets import SecretKind
from tests.alarmed import NOON, Stage, stage
from tests.live import wait_for
from tests.way_servers import ALERT, SIGN, Post, Web, authority_in, hook, mail, post, tried, ways_of, web


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path / "home") as it:
        yield it


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, str]:
    return authority_in(tmp_path_factory.mktemp("tls"))


def test_an_email_says_who_what_since_when_and_against_which_limit(scene: Stage) -> None:
    mind = Post()
    both = "ops@example.com, b@example.com"
    with mail(mind) as port, ways_of(scene, post(port, ("tls", "none"), target=both)) as ways:
        ways.deliver([News(change=AlertChange.OPENED, alert=ALERT)], scene.now)
        wait_for(lambda: mind.mails, "the mail")
    text = mind.mails[0]
    assert "Subject: [LOST] us: the postmaster was killed" in text
    assert "Auto-Submitted: auto-generated" in text
    assert "References: <a1b2c3@" in text
    for row in ("Cluster:   us", "Node:      nyc-1", "State:     lost, new", "Since:     2026-03-17 12:00:00 UTC",
                "Limit:     1"):  # fmt: skip
        assert row in text
    assert [line for line in mind.said if line.startswith("rcpt")] == [
        "rcpt TO:<ops@example.com>", "rcpt TO:<b@example.com>"
    ]  # fmt: skip


@pytest.mark.parametrize("at_once", [False, True])
def test_a_password_goes_over_an_encrypted_line_alone(
    scene: Stage, authority: tuple[ssl.SSLContext, str], at_once: bool
) -> None:
    context, file = authority
    mind = Post(starttls=not at_once, login="AG9wcwBzM2NyM3Q=")  # \0ops\0s3cr3t
    scene.ground.secrets.remember(SecretKind.PASSWORD, "way-out mail", "s3cr3t")
    with mail(mind, context, at_once=at_once) as port:
        tls = ("tls", "tls" if at_once else "starttls")
        way = post(port, ("smtp", "localhost"), ("user", "ops"), ("ca", file), tls)
        with ways_of(scene, way) as ways:
            answer = tried(ways, "mail")
            scene.ground.secrets.remember(SecretKind.PASSWORD, "way-out mail", "wrong-one")
            wrong = tried(ways, "mail")
    assert answer.delivered, answer
    assert "nothing is wrong" in mind.mails[0].lower()
    assert (wrong.delivered, wrong.reason) == (False, "login-refused")
    assert "wrong-one" not in repr(wrong)


def test_a_server_without_encryption_gets_no_alert_where_it_was_asked_for(scene: Stage) -> None:
    mind = Post(starttls=False)
    with mail(mind) as port, ways_of(scene, post(port)) as ways:
        assert tried(ways, "mail").reason == "no-starttls"
    assert not mind.mails


def test_a_mailbox_that_is_refused_is_named_and_the_others_are_not_told_twice(scene: Stage) -> None:
    mind = Post(refuses=("gone@",))
    way = post(0, ("tls", "none"), target="ops@example.com, gone@example.com")
    with mail(mind) as port:
        way = post(port, ("tls", "none"), target=way.target)
        with ways_of(scene, way) as ways:
            ways.deliver([News(change=AlertChange.OPENED, alert=ALERT)], scene.now)
            wait_for(lambda: not ways.ways().states[0].waiting, "an end of the delivery")
            state = ways.ways().states[0]
    assert len(mind.mails) == 1
    assert "gone@example.com" in state.reason
    assert state.dropped == 1


def test_nobody_listens(scene: Stage) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = int(listening.getsockname()[1])
    with ways_of(scene, post(port, ("tls", "none")), hook(port)) as ways:
        assert tried(ways, "mail").reason == "unreachable"
        assert tried(ways, "hook").reason == "unreachable"


def test_only_what_a_way_wants_is_told_over_it() -> None:
    def told(way: WayOut, alert: Alert = ALERT, change: AlertChange = AlertChange.OPENED) -> bool:
        return wants(way, alert, change)

    light = Alert(id="l", sign=Sign(cluster="us", node=None, source=AlertSource.DUTY, word="overdue",
                                    health=Health.DEGRADED), state=AlertState.OPEN, begun_at=NOON,
                  worst=Health.DEGRADED)  # fmt: skip
    way = hook(1)
    assert told(way)
    assert told(way, light)
    assert not told(hook(1, least=Health.LOST), light)
    assert told(hook(1, clusters=("us",)))
    assert not told(hook(1, clusters=("eu",)))
    assert not told(hook(1, enabled=False))
    assert not told(WayOut(name="b", kind=WayKind.HEARTBEAT_FILE, target="/tmp/x"))
    broken = Sign(cluster="", node=None, source=AlertSource.WAY_OUT, word="not-delivered", health=Health.DEGRADED,
                  about="hook")  # fmt: skip
    fails = Alert(id="w", sign=broken, state=AlertState.OPEN, begun_at=NOON, worst=Health.DEGRADED)
    assert not told(way, fails)  # one that can't deliver is told over the others
    assert told(hook(1, name="second"), fails)


def test_what_is_silenced_is_not_told(scene: Stage) -> None:
    mind = Web()
    quiet = Alert(id="q", sign=SIGN, state=AlertState.OPEN, begun_at=NOON, worst=Health.LOST, silenced=True)
    with web(mind) as port, ways_of(scene, hook(port)) as ways:
        ways.deliver([News(change=AlertChange.OPENED, alert=quiet)], scene.now)
        ways.deliver([News(change=AlertChange.UNSILENCED, alert=ALERT)], scene.now)
        wait_for(lambda: mind.heard, "the alert after its silence")
    assert [json.loads(body)["change"] for *_, body in mind.heard] == ["unsilenced"]


MAIL = post(25)
URL = "https://example.com/"


@pytest.mark.parametrize(
    ("way", "says"),
    [
        (hook(1, name="a b"), "a name has"),
        (hook(1, scheme="ftp"), "an https URL"),
        (hook(1, host="example.com"), "open line"),
        (WayOut(name="w", kind=WayKind.WEBHOOK, target="https://u:p@example.com/"), "no password"),
        (WayOut(name="w", kind=WayKind.WEBHOOK, target="https://example.com/a b"), "blanks"),
        (WayOut(name="w", kind=WayKind.WEBHOOK, target="https://example.com:99999/"), "no URL"),
        (WayOut(name="w", kind=WayKind.WEBHOOK, target=URL, options=(("tls", "no"),)), "no option 'tls'"),
        (WayOut(name="w", kind=WayKind.WEBHOOK, target=URL, seconds_max=0.0), "its limit"),
        (post(25, target="nobody"), "addresses"),
        (post(25, ("from", "")), "'from'"),
        (post(25, ("tls", "maybe")), "'tls'"),
        (post(25, ("port", "x")), "'port'"),
        (post(25, ("smtp", "mail.example.com"), ("tls", "none"), ("user", "ops")), "open line"),
        (WayOut(name="w", kind=WayKind.COMMAND, target="tell me"), "whole path"),
        (WayOut(name="w", kind=WayKind.COMMAND, target="/bin/sh 'x"), "can't be read"),
        (WayOut(name="w", kind=WayKind.HEARTBEAT_FILE, target="beat"), "whole path"),
        (WayOut(name="w", kind=WayKind.HEARTBEAT_FILE, target="/nonexistent/x"), "directory that is there"),
        (WayOut(name="w", kind=WayKind.HEARTBEAT_URL, target=URL, options=(("seconds", "0"),)), "'seconds'"),
        (WayOut(name="w", kind=WayKind.HEARTBEAT_URL, target=URL, options=(("method", "x"),)), "'method'"),
        (WayOut(name="w", kind=WayKind.WEBHOOK, target=f"{URL}\r\nX: y"), "one line"),
    ],
)
def test_what_can_t_work_is_refused_before_it_is_kept(scene: Stage, way: WayOut, says: str) -> None:
    assert says in wrong_with(way)
    with ways_of(scene) as ways:
        answer = ways.answer(SaveWayOut(way=way), "keller")
        assert isinstance(answer, Refused)
        assert answer.reason == "way-wrong"
        assert ways.answer(AskWaysOut(), "keller") == WaysOut(ways=(), states=())


def test_a_way_is_replaced_and_taken_away_with_its_secret(scene: Stage) -> None:
    scene.ground.secrets.remember(SecretKind.PASSWORD, "way-out mail", "x")
    assert wrong_with(MAIL) == ""
    with ways_of(scene, MAIL, post(26)) as ways:
        assert [way.option("port") for way in ways.ways().ways] == ["26"]
        assert ways.answer(RemoveWayOut(name="mail"), "keller") == WaysOut(ways=(), states=())
        assert isinstance(ways.answer(RemoveWayOut(name="mail"), "keller"), Refused)
        assert isinstance(ways.answer(TryWayOut(name="mail"), "keller"), Refused)
    assert scene.ground.secrets.get(SecretKind.PASSWORD, "way-out mail") is None
