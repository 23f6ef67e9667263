"""What a standby is asked about its primary: a real shell tries real ports; a lying one proves nothing."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.reading import Readiness, Sight
from console.postgres.host_facts import read_host
from console.postgres.witness_facts import WitnessQuestion, is_host, read_testimony, witness_script
from tests.observed import NOW

SHELL_SECONDS_MAX = 20.0


HERE = "127.0.0.1"


def question(host: str = HERE, port: int = 1, *, ssh_host: str = HERE, ssh_port: int = 2) -> WitnessQuestion:
    return WitnessQuestion(about="a", server_host=host, server_port=port, ssh_host=ssh_host, ssh_port=ssh_port)


def tried(asked: WitnessQuestion, *, path: str | None = None) -> tuple[Sight, Sight, Readiness]:
    done = subprocess.run(
        ["sh"], input=witness_script(asked, bin_directory=None).encode() + b"echo after\n", capture_output=True,
        timeout=SHELL_SECONDS_MAX, check=False, env=None if path is None else {"PATH": path},
    )  # fmt: skip
    lines = done.stdout.splitlines()
    assert lines[-1] == b"after", "nothing of the script outlives it or takes what comes next"
    said = read_testimony(lines, asked, asked_ticks=1.0, at=NOW)
    return said.server, said.ssh, said.ready


@contextmanager
def listening(*, full: bool = False) -> Iterator[int]:
    """A port that takes connections and says nothing; `full`: whose queue is full, so that it answers no more."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(0 if full else 16)
        held = []
        if full:
            for _ in range(8):
                one = socket.socket()
                one.setblocking(False)
                one.connect_ex(server.getsockname())
                held.append(one)
        yield server.getsockname()[1]
        for one in held:
            one.close()


def test_a_port_that_takes_connections_is_reached_though_nobody_speaks() -> None:
    """As of a host whose server is frozen: its kernel answers, so the host lives."""
    with listening() as port, listening() as other:
        server, ssh, ready = tried(question(port=port, ssh_port=other))
    assert (server, ssh) == (Sight.REACHED, Sight.REACHED)
    assert ready in (Readiness.NO_ANSWER, Readiness.UNTOLD)


def test_a_host_that_says_no_lives() -> None:
    assert tried(question())[:2] == (Sight.REFUSED, Sight.REFUSED)


def test_a_port_that_answers_nothing_is_silent_within_the_limit() -> None:
    with listening(full=True) as port:
        assert tried(question(port=port))[:2] == (Sight.SILENT, Sight.REFUSED)


def test_a_name_without_an_address_and_a_host_without_tools_tell_nothing(tmp_path: Path) -> None:
    assert tried(question("no-such-host.invalid", 5432))[0] is Sight.UNTOLD
    sh = shutil.which("sh")
    assert sh is not None
    (tmp_path / "sh").symlink_to(sh)
    assert tried(question(), path=str(tmp_path)) == (Sight.UNTOLD, Sight.UNTOLD, Readiness.UNTOLD)


@pytest.mark.parametrize(
    "host",
    [
        "", "-h", "/tmp", "a b", "a;reboot", "$(id)", "`id`", "a'b", 'a"b', "a\nb", "x" * 300, "a/b", "host=evil", "é",
        "\0",
    ],
)  # fmt: skip
def test_what_is_no_address_is_never_connected_to(host: str) -> None:
    assert not is_host(host)
    with pytest.raises(ValueError, match="not an address"):
        question(host)
    with pytest.raises(ValueError, match="not an address"):
        question(ssh_host=host)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_what_is_no_port_is_refused(port: int) -> None:
    with pytest.raises(ValueError, match="not an address"):
        question(port=port)


def test_what_a_host_says_twice_in_two_ways_or_not_at_all_counts_as_not_told() -> None:
    lines = [b"server silent", b"server reached", b"ssh silent", b"ssh silent", b"ready 7"]
    said = read_testimony(lines, question(), asked_ticks=1.0, at=NOW)
    assert (said.server, said.ssh, said.ready) == (Sight.UNTOLD, Sight.SILENT, Readiness.UNTOLD)
    nothing = read_testimony([], question(), asked_ticks=1.0, at=NOW)
    assert nothing.sights == (Sight.UNTOLD, Sight.UNTOLD)


words = st.sampled_from([b"server", b"ssh", b"ready", b"", b"\xff\xfe", b"silent", b"0", b"reached", b"\x1b[31m"])


@given(st.lists(st.one_of(st.binary(max_size=60), st.lists(words, max_size=4).map(b" ".join)), max_size=20))
def test_whatever_a_host_prints_becomes_a_value_and_silence_is_only_what_was_said_so(lines: list[bytes]) -> None:
    said = read_testimony(lines, question(), asked_ticks=1.0, at=NOW)
    if said.server is Sight.SILENT:
        assert any(line.decode("utf-8", "replace").split() == ["server", "silent"] for line in lines)


def test_a_history_file_s_lines_are_read_and_what_is_none_is_left_out() -> None:
    lines = [
        b"history 1\t0/5000000\tno recovery target specified", b"history ", b"history # a comment", b"history x 0/1",
        b"history 2\t0/7000000\tbefore 2000-01-01", b"history 3 nonsense", b"history 99999999999 0/1",
    ]  # fmt: skip
    host = read_host(lines, NOW, 0.1)
    assert [(timeline, str(end)) for timeline, end in host.history or ()] == [(1, "0/5000000"), (2, "0/7000000")]
    assert read_host([], NOW, 0.1).history is None
