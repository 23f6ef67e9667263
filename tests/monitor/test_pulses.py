"""What a node is heard on, channel by channel; and how a look at a Patroni is carried over a shell."""

import subprocess

import pytest

from console.domain.cluster import NodeKind
from console.domain.observation import Lags
from console.domain.suspicion import Channel, Suspicion
from console.monitor.group_watch import _carried, _text
from console.monitor.picture import phi_of_node
from console.monitor.pulses import Pulses
from console.postgres.probe import Answer
from tests.observed import NOW, cluster_spec, contact, node_spec, observed

SPEC = cluster_spec("a", "b")


def pulses(kind: NodeKind = NodeKind.POSTGRES) -> Pulses:
    return Pulses(SPEC, node_spec("a", kind))


def seen_by(which: Pulses, *, lags: Lags | None = None, beats: bool = True) -> dict[Channel, Suspicion]:
    seen = observed("a", primary=True, beat_contact=contact() if beats else None)
    return {one.channel: one for one in which.suspicions(seen, lags or Lags(), NOW)}


def heard_each_second(which: Pulses, channel: Channel, *, until_ago: float) -> None:
    for second in range(60):
        which.heard(channel, NOW.ticks - until_ago - 60 + second)


def test_each_channel_has_a_past_of_its_own() -> None:
    one = pulses()
    heard_each_second(one, Channel.VITAL, until_ago=9.0)
    heard_each_second(one, Channel.BOOKS, until_ago=0.0)
    found = seen_by(one)
    assert set(found) == {Channel.VITAL, Channel.BOOKS}
    assert found[Channel.VITAL].suspected
    assert not found[Channel.BOOKS].suspected
    assert found[Channel.VITAL].silence_seconds == 10.0


def test_a_host_that_is_looked_at_seldom_is_not_suspected_between_two_looks() -> None:
    one, backup = pulses(), pulses(NodeKind.BACKUP)
    for which in (one, backup):
        which.heard(Channel.HOST, NOW.ticks - 6.0)
    assert seen_by(one)[Channel.HOST].phi < 1.0
    assert seen_by(backup)[Channel.HOST].phi > 8.0, "this one is asked each second"


def test_a_heartbeat_that_is_not_ours_to_write_is_not_missed() -> None:
    one = pulses()
    heard_each_second(one, Channel.BEAT, until_ago=60.0)
    assert seen_by(one)[Channel.BEAT].suspected
    assert Channel.BEAT not in seen_by(one, beats=False)


def test_one_reply_that_is_read_twice_is_one() -> None:
    one = pulses()
    for age in (0.5, 0.51, 0.49, 0.5):
        found = seen_by(one, lags=Lags(reply_age_seconds=age))
    assert found[Channel.REPLY].intervals == 0
    assert seen_by(one, lags=Lags(reply_age_seconds=0.1))[Channel.REPLY].intervals == 1


def test_after_our_own_sleep_nothing_is_suspected() -> None:
    one = pulses()
    for channel in Channel:
        heard_each_second(one, channel, until_ago=300.0)
    assert all(found.suspected for found in seen_by(one).values())
    one.broken()
    assert seen_by(one) == {}


def test_the_figure_of_a_node_is_of_the_channel_by_which_it_is_judged() -> None:
    def of(channel: Channel, phi: float) -> Suspicion:
        return Suspicion(node="a", channel=channel, phi=phi, silence_seconds=1.0, mean=1.0, spread=0.4, threshold=8.0,
                         intervals=9)  # fmt: skip

    both = (of(Channel.VITAL, 0.5), of(Channel.HOST, 3.25), of(Channel.BOOKS, 50.0))
    assert phi_of_node(observed("a", suspicions=both)) == 0.5
    assert phi_of_node(observed("v", kind=NodeKind.BACKUP, suspicions=both)) == 3.25
    assert phi_of_node(observed("a")) is None


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ("printf 'HTTP/1.0 200\\r\\n\\r\\n{}'\n", b"HTTP/1.0 200\r\n\r\n{}"),
        ("cat\necho after\n", b"after\n"),  # it takes nothing of what is asked next
        ("printf '\\377\\000'; echo no >&2\n", b"\xff\0"),
    ],
)
def test_what_a_look_prints_comes_over_a_line_of_ours_as_it_was(script: str, text: bytes) -> None:
    shell = subprocess.run(
        ["sh"], input=_carried(script).encode() + b"echo end\n", capture_output=True, timeout=20, check=True
    )
    lines = tuple(shell.stdout.splitlines())
    assert lines[-1] == b"end"
    assert _text(Answer(lines=lines, sqlstate="00000", message="")) == text
    assert _text(Answer(lines=(b"text ?!", b"text"), sqlstate="00000", message="")) is None
