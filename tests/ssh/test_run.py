"""One-shots: status, streams, limits, secrets, on asyncssh and on OpenSSH's sshd."""

import os
import pwd
from collections.abc import Callable
from pathlib import Path

import pytest

from console.domain.cluster import SshTarget
from console.domain.reading import SshState
from console.ssh.command import Command
from console.ssh.connection import Connection
from console.ssh.hostkeys import HostKeyStore
from console.ssh.refused import SshRefused
from console.ssh.sessions import Sessions
from console.ssh.sudo import sudo_refusal, sudoers_line
from tests.ssh.conftest import Keys, trust
from tests.ssh.servers import Endpoint, Rules, Servers, Sshd, wait_for

Make = Callable[..., SshTarget]


@pytest.fixture
def connection(sessions: Sessions, store: HostKeyStore, keys: Keys, port: int, target: Make) -> Connection:
    trust(store, keys.host, port)
    return sessions.connect(target(port))


def test_status_and_both_streams_come_apart(connection: Connection) -> None:
    outcome = connection.run(Command(argv=("sh", "-c", "echo out; echo err >&2; exit 3")))
    assert (outcome.status, outcome.stdout, outcome.stderr) == (3, b"out\n", b"err\n")
    assert not outcome.cut
    assert not outcome.timed_out


def test_arguments_arrive_as_they_are(connection: Connection) -> None:
    words = ("a b", "$HOME", "`id`", "'", '"', "\\", ";", "*", "ü", "")
    outcome = connection.run(Command(argv=("printf", "<%s>", *words)))
    assert outcome.stdout.decode() == "".join(f"<{word}>" for word in words)


def test_the_environment_arrives(connection: Connection) -> None:
    outcome = connection.run(Command(argv=("sh", "-c", 'echo "$LC_ALL"'), environment=(("LC_ALL", "C"),)))
    assert outcome.stdout == b"C\n"


def test_output_over_its_limit_is_cut_and_said_and_the_status_is_still_known(connection: Connection) -> None:
    outcome = connection.run(Command(argv=("sh", "-c", "head -c 3000000 /dev/zero; exit 5"), output_bytes_max=100_000))
    assert (outcome.status, outcome.cut, outcome.stdout) == (5, True, bytes(100_000))


def test_large_output_within_its_limit_is_whole(connection: Connection) -> None:
    outcome = connection.run(Command(argv=("head", "-c", "9000000", "/dev/zero"), output_bytes_max=9_000_000))
    assert (outcome.status, outcome.cut, len(outcome.stdout)) == (0, False, 9_000_000)


def test_large_input_arrives_whole(connection: Connection) -> None:
    outcome = connection.run(Command(argv=("wc", "-c"), stdin=bytes(5_000_000)))
    assert outcome.stdout.strip() == b"5000000"


def test_a_command_that_reads_no_input_still_has_its_outcome(connection: Connection) -> None:
    outcome = connection.run(Command(argv=("sh", "-c", "exit 4"), stdin=bytes(5_000_000)))
    assert outcome.status == 4


def test_a_command_over_its_time_is_told_so_with_what_it_said(connection: Connection) -> None:
    outcome = connection.run(Command(argv=("sh", "-c", "echo said; exec sleep 9"), seconds_max=0.7))
    assert (outcome.timed_out, outcome.status, outcome.stdout) == (True, None, b"said\n")


def test_a_command_over_its_time_is_sent_a_signal(
    sessions: Sessions, store: HostKeyStore, keys: Keys, endpoint: Endpoint, target: Make
) -> None:
    """sshd passes it on too, but not to a session of root's."""
    trust(store, keys.host, endpoint.port)
    connection = sessions.connect(target(endpoint.port))
    outcome = connection.run(Command(argv=("sh", "-c", "echo $$; exec sleep 300"), seconds_max=0.7))
    status = Path(f"/proc/{int(outcome.stdout)}/status")

    def ended() -> bool:
        try:
            return "(zombie)" in status.read_text()
        except (FileNotFoundError, ProcessLookupError):  # the second where it is reaped between opening and reading
            return True

    wait_for(ended, "the command's end")


def test_a_command_that_a_signal_ended_has_status_minus_one(connection: Connection) -> None:
    outcome = connection.run(Command(argv=("sh", "-c", "kill -9 $$")))
    assert outcome.status == -1


def test_output_without_end_is_given_up(
    sessions: Sessions, store: HostKeyStore, keys: Keys, sshd: Sshd, target: Make
) -> None:
    trust(store, keys.host, sshd.port)
    connection = sessions.connect(target(sshd.port))
    outcome = connection.run(Command(argv=("yes",), output_bytes_max=1000, seconds_max=30))
    assert outcome.cut
    assert not outcome.timed_out
    assert connection.run(Command(argv=("echo", "on"))).stdout == b"on\n"


def test_secrets_go_to_standard_input_and_nowhere_else(connection: Connection) -> None:
    command = Command(
        argv=("sh", "-c", "read -r line; cat; tr '\\0' ' ' < /proc/$$/cmdline; env; test -n \"$line\""),
        secrets=("planted-secret-8341",), stdin=b"rest\n",
    )  # fmt: skip
    outcome = connection.run(command)
    assert outcome.status == 0
    assert outcome.stdout.startswith(b"rest\n")
    assert b"planted" not in outcome.stdout
    assert "planted" not in repr(command) + command.line() + repr(connection)


@pytest.fixture
def noisy(servers: Servers, sessions: Sessions, store: HostKeyStore, keys: Keys, target: Make) -> Connection:
    rules = Rules(authorized=keys.authorized(), junk=b"Welcome to db1\n\x1b[31mMind the gap\n no newline here: ")
    endpoint = servers.endpoint(keys.host, rules=rules)
    trust(store, keys.host, endpoint.port)
    return sessions.connect(target(endpoint.port))


def test_what_a_shell_prints_at_its_start_is_left_out(noisy: Connection) -> None:
    outcome = noisy.run(Command(argv=("echo", "clean")))
    assert (outcome.status, outcome.stdout) == (0, b"clean\n")


def test_an_unmarked_command_is_sent_word_for_word(noisy: Connection) -> None:
    outcome = noisy.run(Command(argv=("echo", "clean"), marked=False))
    assert outcome.stdout.startswith(b"Welcome")
    assert outcome.stdout.endswith(b"clean\n")


def test_a_forced_command_that_ignores_ours_is_given_whole(
    sessions: Sessions, store: HostKeyStore, keys: Keys, target: Make, tmp_path: Path
) -> None:
    server = Sshd(tmp_path / "sshd", keys.host, f'command="echo forced" {Path(f"{keys.user}.pub").read_text()}')
    try:
        trust(store, keys.host, server.port)
        assert sessions.connect(target(server.port)).run(Command(argv=("id",))).stdout == b"forced\n"
    finally:
        server.stop()


@pytest.mark.root
@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to act as another account without a password")
def test_the_acting_account_is_another_one(connection: Connection) -> None:
    outcome = connection.run(Command(argv=("id", "-un"), become="nobody"))
    assert (outcome.status, outcome.stdout) == (0, b"nobody\n"), outcome.stderr
    assert sudo_refusal(outcome) is None


def test_an_acting_account_that_is_not_there_is_a_refusal_of_sudo(connection: Connection) -> None:
    command = Command(argv=("id", "-un"), become="nobody-of-that-name")
    outcome = connection.run(command)
    assert outcome.status not in (0, None)
    assert sudo_refusal(outcome), outcome.stderr
    login = pwd.getpwuid(os.getuid()).pw_name
    assert sudoers_line(login, command) == f"{login} ALL=(nobody-of-that-name) NOPASSWD: /usr/bin/id -un"


def test_a_way_through_the_host_reaches_what_listens(connection: Connection, endpoint: Endpoint) -> None:
    stream = connection.open_forward("127.0.0.1", endpoint.port)
    stream.settimeout(10.0)
    assert stream.recv(8).startswith(b"SSH-2.0-")
    stream.close()
    assert connection.can_reach("127.0.0.1", endpoint.port)
    assert not connection.can_reach("127.0.0.1", 1)


def test_a_host_that_must_not_forward_is_no_proof_that_another_is_gone(
    servers: Servers, sessions: Sessions, store: HostKeyStore, keys: Keys, target: Make, tmp_path: Path
) -> None:
    strict = servers.endpoint(keys.host, rules=Rules(authorized=keys.authorized(), forward=False))
    server = Sshd(tmp_path / "sshd", keys.host, keys.authorized(), extra="AllowTcpForwarding no")
    try:
        trust(store, keys.host, strict.port, server.port)
        for port in (strict.port, server.port):
            connection = sessions.connect(target(port))
            with pytest.raises(SshRefused) as caught:
                connection.can_reach("127.0.0.1", strict.port)
            assert caught.value.state is SshState.BROKEN
            assert connection.alive
    finally:
        server.stop()
