"""Long talks: many questions on one channel, and every way in which such a channel or its connection ends."""

import logging
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest

from console.domain.cluster import SshTarget
from console.ssh.command import Command
from console.ssh.connection import Connection, Talk, TalkEnded
from console.ssh.execution import EndReason
from console.ssh.framing import CutLine
from console.ssh.hostkeys import HostKeyStore
from console.ssh.refused import SshRefused
from console.ssh.sessions import Sessions
from console.ssh.transport import Wire, _Packets
from tests.ssh.conftest import Keys, trust
from tests.ssh.servers import Endpoint, Rules, Servers, Sshd, wait_for

Make = Callable[..., SshTarget]
ANSWER_SECONDS_MAX = 20.0


class Ear:
    """Hears a talk: its lines, its ends, and in which thread."""

    def __init__(self) -> None:
        self.lines: list[bytes] = []
        self.ends: list[TalkEnded] = []
        self.threads: set[str] = set()
        self._heard = threading.Condition()

    def line(self, line: bytes) -> None:
        with self._heard:
            self.lines.append(line)
            self.threads.add(threading.current_thread().name)
            self._heard.notify_all()

    def end(self, ended: TalkEnded) -> None:
        with self._heard:
            self.ends.append(ended)
            self._heard.notify_all()

    def wait(self, condition: Callable[[], object], what: str) -> None:
        with self._heard:
            assert self._heard.wait_for(condition, ANSWER_SECONDS_MAX), f"waited for {what}"

    def ask(self, talk: Talk, question: bytes) -> bytes:
        before = len(self.lines)
        # While keys are exchanged anew a send is refused; a scheduler tries again, and so does this.
        wait_for(lambda: talk.send(question + b"\n"), "room for a question")
        self.wait(lambda: len(self.lines) > before or self.ends, "an answer")
        return self.lines[before]


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def connection(sessions: Sessions, store: HostKeyStore, keys: Keys, port: int, target: Make) -> Connection:
    trust(store, keys.host, port)
    return sessions.connect(target(port))


def talk(connection: Connection, ear: Ear, *argv: str, line_bytes_max: int = 1_000_000) -> Talk:
    return connection.talk(Command(argv=argv), on_line=ear.line, on_end=ear.end, line_bytes_max=line_bytes_max)


def test_a_thousand_questions_are_answered_in_the_connections_own_thread(connection: Connection, ear: Ear) -> None:
    running = talk(connection, ear, "cat")
    for number in range(1000):
        question = b"question %d " % number + b"x" * 200
        assert ear.ask(running, question) == question
    assert ear.threads == {"ssh 127.0.0.1"}
    running.close()
    ear.wait(lambda: ear.ends, "the end")
    assert [ended.reason for ended in ear.ends] == [EndReason.CLOSED]
    assert not running.send(b"late\n")


def test_several_talks_share_a_connection(connection: Connection) -> None:
    ears = [Ear() for _ in range(5)]
    talks = [talk(connection, ear, "cat") for ear in ears]
    for place, (ear, running) in enumerate(zip(ears, talks, strict=True)):
        assert ear.ask(running, b"%d" % place) == b"%d" % place


def test_the_end_is_told_once_with_status_and_the_end_of_stderr(connection: Connection, ear: Ear) -> None:
    talk(connection, ear, "sh", "-c", "head -c 9000 /dev/zero | tr '\\0' x >&2; echo gone >&2; exit 7")
    ear.wait(lambda: ear.ends, "the end")
    (ended,) = ear.ends
    assert (ended.status, ended.reason, len(ended.stderr)) == (7, EndReason.EXITED, 4096)
    assert ended.stderr.endswith(b"xgone\n")


def test_a_command_that_dies_in_the_middle_is_told_and_the_connection_goes_on(connection: Connection, ear: Ear) -> None:
    running = talk(connection, ear, "sh", "-c", "echo $$; exec cat")
    ear.wait(lambda: ear.lines, "its process id")
    os.kill(int(ear.lines[0]), signal.SIGKILL)
    ear.wait(lambda: ear.ends, "the end")
    # A shell that stands between tells a signal as 128 and its number.
    assert [(ended.status, ended.reason) for ended in ear.ends] in (
        [(-1, EndReason.KILLED)], [(128 + signal.SIGKILL, EndReason.EXITED)],
    )  # fmt: skip
    assert not running.send(b"x\n")
    assert connection.run(Command(argv=("echo", "on"))).stdout == b"on\n"


def test_a_line_over_its_limit_is_cut_and_said_and_the_next_one_is_whole(connection: Connection, ear: Ear) -> None:
    talk(connection, ear, "sh", "-c", "head -c 500000 /dev/zero; echo; echo short", line_bytes_max=1000)
    ear.wait(lambda: ear.ends, "the end")
    assert [(len(line), isinstance(line, CutLine)) for line in ear.lines] == [(1000, True), (5, False)]


@pytest.mark.allows_warnings
def test_a_handler_that_raises_ends_its_talk_only_and_is_logged(
    connection: Connection, ear: Ear, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(line: bytes) -> None:
        raise LookupError(f"no place for {line!r}")

    with caplog.at_level(logging.ERROR):
        connection.talk(Command(argv=("sh", "-c", "echo a; exec cat")), on_line=fail, on_end=ear.end)
        ear.wait(lambda: ear.ends, "the end")
    assert ear.ends[0].reason is EndReason.FAULTY
    assert "LookupError: no place for b'a'" in caplog.text
    assert connection.run(Command(argv=("echo", "on"))).stdout == b"on\n"


def test_sending_never_waits_for_a_command_that_does_not_read(connection: Connection, ear: Ear) -> None:
    running = talk(connection, ear, "sleep", "30")
    longest, sent = 0.0, 0
    for _ in range(2000):
        began = monotonic()
        taken = running.send(bytes(60_000))
        longest = max(longest, monotonic() - began)
        if not taken:
            break
        sent += 1
    assert 0 < sent < 2000, "the window fills, and then nothing more is taken"
    assert longest < 2.0
    assert connection.run(Command(argv=("echo", "on"))).stdout == b"on\n", "another channel is not held up"


def test_a_talk_can_be_closed_in_its_own_handler(connection: Connection, ear: Ear) -> None:
    held: list[Talk] = []
    begun = threading.Event()

    def once(line: bytes) -> None:
        begun.wait(ANSWER_SECONDS_MAX)
        held[0].close()
        ear.line(line)

    held.append(connection.talk(Command(argv=("sh", "-c", "echo a; exec cat")), on_line=once, on_end=ear.end))
    begun.set()
    ear.wait(lambda: ear.ends, "the end")
    assert (ear.lines, ear.ends[0].reason) == ([b"a"], EndReason.CLOSED)


@pytest.mark.parametrize("kind", ["asyncssh", "sshd"])
def test_a_killed_server_ends_everything_once(
    kind: str, servers: Servers, keys: Keys, store: HostKeyStore, sessions: Sessions, target: Make, ear: Ear,
    tmp_path: Path,
) -> None:  # fmt: skip
    server: Endpoint | Sshd
    if kind == "sshd":
        server = Sshd(tmp_path / "sshd", keys.host, keys.authorized())
    else:
        server = servers.endpoint(keys.host, rules=Rules(authorized=keys.authorized()))
    trust(store, keys.host, server.port)
    lost: list[SshRefused] = []
    connection = sessions.connect(target(server.port), on_lost=lost.append)
    running = talk(connection, ear, "cat")
    assert ear.ask(running, b"first") == b"first"
    server.stop()
    ear.wait(lambda: ear.ends, "the end")
    wait_for(lambda: lost, "the loss")
    assert [ended.reason for ended in ear.ends] == [EndReason.LOST]
    assert [refused.state.value for refused in lost] == ["broken"]
    assert not connection.alive
    assert not running.send(b"x\n")
    with pytest.raises(SshRefused):
        connection.run(Command(argv=("true",)))
    server.start()
    try:
        again = sessions.connect(target(server.port))
        assert again.run(Command(argv=("echo", "back"))).stdout == b"back\n"
    finally:
        server.stop()


def test_our_own_close_is_no_loss(connection: Connection, ear: Ear) -> None:
    lost: list[SshRefused] = []
    connection.on_lost = lost.append
    talk(connection, ear, "cat")
    connection.close()
    ear.wait(lambda: ear.ends, "the end")
    assert [ended.reason for ended in ear.ends] == [EndReason.CLOSED]
    assert lost == []
    assert "ssh 127.0.0.1" not in [thread.name for thread in threading.enumerate()]


@pytest.mark.parametrize("begun_by", ["asyncssh", "sshd", "us"])
def test_new_keys_in_the_middle_lock_nothing_up(
    begun_by: str, servers: Servers, keys: Keys, store: HostKeyStore, sessions: Sessions, target: Make, ear: Ear,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Channels that open, fill, adjust their windows and close while keys are exchanged (paramiko issue 822)."""
    exchanges: list[object] = []
    original = Wire._parse_newkeys

    def counted(wire: Wire, message: object) -> None:
        exchanges.append(message)
        original(wire, message)

    monkeypatch.setattr(Wire, "_parse_newkeys", counted)
    server: Endpoint | Sshd
    if begun_by == "us":
        # What the host has sent before it heard of the exchange comes in the middle of it.
        monkeypatch.setattr(_Packets, "REKEY_BYTES", 65536)
        server = Sshd(tmp_path / "sshd", keys.host, keys.authorized())
    elif begun_by == "sshd":
        server = Sshd(tmp_path / "sshd", keys.host, keys.authorized(), extra="RekeyLimit 64K")
    else:
        server = servers.endpoint(keys.host, rules=Rules(authorized=keys.authorized(), rekey_bytes=65536))
    try:
        trust(store, keys.host, server.port)
        connection = sessions.connect(target(server.port))
        running = talk(connection, ear, "cat")
        began = monotonic()
        outcomes = []

        def run_often() -> None:
            for _ in range(6):
                outcomes.append(connection.run(Command(argv=("head", "-c", "600000", "/dev/zero"))))

        others = [threading.Thread(target=run_often) for _ in range(3)]
        for thread in others:
            thread.start()
        for number in range(150):
            question = b"%d " % number + b"y" * 3000
            assert ear.ask(running, question) == question
        for thread in others:
            thread.join(ANSWER_SECONDS_MAX)
        assert [(o.status, len(o.stdout), o.timed_out) for o in outcomes] == [(0, 600_000, False)] * 18
        assert monotonic() - began < 25.0, "a locked-up key exchange costs 30 s"
        assert ear.ends == []
        assert len(exchanges) > 10, "keys were exchanged again and again"
    finally:
        sessions.close()
        server.stop()


def test_a_link_of_64_kbit_and_600_ms_carries_a_round_in_three_seconds(
    servers: Servers, endpoint: Endpoint, keys: Keys, store: HostKeyStore, sessions: Sessions, target: Make, ear: Ear
) -> None:
    wire = servers.wire(endpoint.port, delay_seconds=0.3, bytes_per_second=8000)
    trust(store, keys.host, wire.port)
    connection = sessions.connect(target(wire.port))
    running = talk(connection, ear, "cat")
    began = monotonic()
    assert ear.ask(running, b"z" * 1000) == b"z" * 1000
    assert 0.6 < monotonic() - began < 3.0
