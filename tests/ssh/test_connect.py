"""Every way in which a host can't be used, each under its own name; and host keys, direct and through jump hosts."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest

from console.domain.cluster import SshTarget
from console.domain.reading import SshState
from console.ssh.command import Command
from console.ssh.hostkeys import HostKeyStore
from console.ssh.refused import SshRefused
from console.ssh.sessions import Sessions
from tests.ssh.conftest import LOGIN, Keys, trust
from tests.ssh.servers import Endpoint, Rules, Servers, Sshd, free_port, speaker

Make = Callable[..., SshTarget]
SECONDS_MAX = 1.5


def refused(sessions: Sessions, target: SshTarget) -> SshRefused:
    with pytest.raises(SshRefused) as caught:
        sessions.connect(target)
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.fixture
def hurried(make_sessions: Callable[..., Sessions]) -> Sessions:
    return make_sessions(connect_seconds_max=SECONDS_MAX)


def test_a_name_without_an_address_is_unresolved(sessions: Sessions, target: Make) -> None:
    assert refused(sessions, target(22, host="no-such-host.invalid")).state is SshState.UNRESOLVED
    assert refused(sessions, target(22, host="x" * 300)).state is SshState.UNRESOLVED


def test_a_port_where_nothing_listens_is_refused(sessions: Sessions, target: Make) -> None:
    assert refused(sessions, target(free_port())).state is SshState.REFUSED


def test_a_host_that_answers_no_connection_is_silent_within_the_limit(hurried: Sessions, target: Make) -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        waiting = [socket.socket() for _ in range(3)]
        for sock in waiting:  # a full backlog drops what knocks, as a firewall does
            sock.setblocking(False)
            sock.connect_ex(("127.0.0.1", port))
        began = monotonic()
        failure = refused(hurried, target(port))
        for sock in waiting:
            sock.close()
    assert failure.state is SshState.SILENT
    assert monotonic() - began < SECONDS_MAX + 2.0


def test_a_host_that_says_nothing_is_silent_within_the_limit(hurried: Sessions, target: Make) -> None:
    began = monotonic()
    with speaker(b"", close=False) as port:
        failure = refused(hurried, target(port))
    assert failure.state is SshState.SILENT
    assert "greeting" in failure.detail
    assert monotonic() - began < SECONDS_MAX + 2.0


def test_a_host_that_stops_after_its_greeting_is_silent(hurried: Sessions, target: Make) -> None:
    with speaker(b"SSH-2.0-Stuck\r\n", close=False) as port:
        failure = refused(hurried, target(port))
    assert failure.state is SshState.SILENT
    assert "key exchange" in failure.detail


@pytest.mark.parametrize("junk", [
    b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x00\xff\x1b[2J" * 50, b"220 mail.example ESMTP\r\n", b"x" * 300_000,
    b"\n" * 5000,
])  # fmt: skip
@pytest.mark.parametrize("close", [True, False])
def test_junk_instead_of_a_greeting_is_broken_and_quoted(
    hurried: Sessions, target: Make, junk: bytes, close: bool
) -> None:
    with speaker(junk, close=close) as port:
        failure = refused(hurried, target(port))
    assert failure.state is SshState.BROKEN
    assert failure.detail.isprintable()
    assert len(failure.detail) < 200


@pytest.mark.parametrize("said", [b"", b"SSH-2.0-Closing\r\n", b"SSH-2.0-Junk\r\n" + bytes(range(256)) * 20])
def test_a_host_that_closes_at_once_is_broken(hurried: Sessions, target: Make, said: bytes) -> None:
    with speaker(said) as port:
        assert refused(hurried, target(port)).state is SshState.BROKEN


def test_a_key_that_is_not_accepted_is_told(
    sessions: Sessions, target: Make, keys: Keys, store: HostKeyStore, port: int
) -> None:
    trust(store, keys.host, port)
    failure = refused(sessions, target(port, identity_file=str(keys.stranger)))
    assert failure.state is SshState.AUTHENTICATION
    assert LOGIN in failure.detail


def test_a_named_key_that_is_not_there_is_told_before_anything_is_sent(
    sessions: Sessions, target: Make, tmp_path: Path
) -> None:
    failure = refused(sessions, target(free_port(), identity_file=str(tmp_path / "none")))
    assert failure.state is SshState.KEY_MISSING
    assert str(tmp_path / "none") in failure.detail


@pytest.mark.parametrize("content", [
    b"", b"junk", b"-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n",
    b"-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA/////w==\n-----END OPENSSH PRIVATE KEY-----\n",
])  # fmt: skip
def test_a_named_key_that_is_no_key_is_told(sessions: Sessions, target: Make, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key").write_bytes(content)
    failure = refused(sessions, target(free_port(), identity_file=str(tmp_path / "key")))
    assert failure.state is SshState.KEY_MISSING
    assert str(tmp_path / "key") in failure.detail


def test_a_damaged_key_is_told(
    sessions: Sessions, target: Make, keys: Keys, store: HostKeyStore, endpoint: Endpoint, tmp_path: Path
) -> None:
    text = keys.user.read_text()
    middle = len(text) * 2 // 3
    (tmp_path / "key").write_text(text[:middle] + ("A" if text[middle] != "A" else "B") * 8 + text[middle + 8 :])
    trust(store, keys.host, endpoint.port)
    failure = refused(sessions, target(endpoint.port, identity_file=str(tmp_path / "key")))
    assert failure.state in (SshState.KEY_MISSING, SshState.AUTHENTICATION)


def test_an_unknown_host_key_is_offered_and_used_once_a_person_accepted_it(
    sessions: Sessions, target: Make, store: HostKeyStore, port: int
) -> None:
    failure = refused(sessions, target(port))
    assert failure.state is SshState.HOST_KEY_UNKNOWN
    (offer,) = store.offers()
    assert (offer.host, offer.port, offer.kind) == ("127.0.0.1", port, "ssh-ed25519")
    assert (offer.fingerprint, offer.stored_in) == (failure.fingerprint, str(store.path))
    assert not store.accept("127.0.0.1", port, "SHA256:" + "A" * 43), "only what is offered can be accepted"
    assert refused(sessions, target(port)).state is SshState.HOST_KEY_UNKNOWN
    assert store.accept("127.0.0.1", port, offer.fingerprint)
    assert store.offers() == ()
    assert sessions.connect(target(port)).run(Command(argv=("echo", "in"))).stdout == b"in\n"


def test_a_changed_host_key_is_refused_and_cannot_be_accepted(
    sessions: Sessions, target: Make, store: HostKeyStore, keys: Keys, port: int
) -> None:
    trust(store, keys.other_host, port)
    before = store.path.read_bytes()
    failure = refused(sessions, target(port))
    assert failure.state is SshState.HOST_KEY_CHANGED
    assert failure.fingerprint is not None
    assert str(store.path) in failure.detail
    assert store.offers() == ()
    assert not store.accept("127.0.0.1", port, failure.fingerprint)
    assert store.path.read_bytes() == before


def test_a_revoked_host_key_is_refused(
    sessions: Sessions, target: Make, store: HostKeyStore, keys: Keys, endpoint: Endpoint
) -> None:
    trust(store, keys.host, endpoint.port)
    kind, blob, *_ = Path(f"{keys.host}.pub").read_text().split()
    with store.path.open("a") as file:
        file.write(f"@revoked * {kind} {blob}\n")
    assert refused(sessions, target(endpoint.port)).state is SshState.HOST_KEY_CHANGED


def test_a_host_with_several_keys_is_asked_for_the_one_that_is_known(
    servers: Servers, sessions: Sessions, target: Make, store: HostKeyStore, keys: Keys
) -> None:
    endpoint = servers.endpoint(keys.host, keys.host_ecdsa, rules=Rules(authorized=keys.authorized()))
    trust(store, keys.host_ecdsa, endpoint.port)
    assert sessions.connect(target(endpoint.port)).alive


def test_a_host_that_shows_only_another_kind_of_key_has_changed(
    sessions: Sessions, target: Make, store: HostKeyStore, keys: Keys, endpoint: Endpoint
) -> None:
    trust(store, keys.host_ecdsa, endpoint.port)
    assert refused(sessions, target(endpoint.port)).state is SshState.HOST_KEY_CHANGED


@pytest.fixture(params=["asyncssh", "sshd"])
def bastion(request: pytest.FixtureRequest, servers: Servers, keys: Keys, sshd: Sshd) -> Iterator[int]:
    if request.param == "sshd":
        yield sshd.port
        return
    yield servers.endpoint(keys.host, rules=Rules(authorized=keys.authorized())).port


def test_a_changed_key_is_refused_at_the_jump_host_and_behind_it(
    servers: Servers, sessions: Sessions, target: Make, store: HostKeyStore, keys: Keys, bastion: int
) -> None:
    inner = servers.endpoint(keys.host_ecdsa, rules=Rules(authorized=keys.authorized()))
    through = target(inner.port, proxy_jump=f"{LOGIN}@127.0.0.1:{bastion}")
    trust(store, keys.other_host, bastion)
    at_jump = refused(sessions, through)
    assert at_jump.state is SshState.HOST_KEY_CHANGED
    assert inner.rules.logins == []
    store.path.unlink()
    trust(store, keys.host, bastion)
    assert refused(sessions, through).state is SshState.HOST_KEY_UNKNOWN
    trust(store, keys.other_host, inner.port)
    behind = refused(sessions, through)
    assert behind.state is SshState.HOST_KEY_CHANGED
    assert f"[127.0.0.1]:{inner.port}" in behind.detail
    store.path.unlink()
    trust(store, keys.host, bastion)
    trust(store, keys.host_ecdsa, inner.port)
    connection = sessions.connect(through)
    assert connection.run(Command(argv=("echo", "behind"))).stdout == b"behind\n"


def test_what_a_jump_host_cannot_reach_is_told_with_its_name(
    sessions: Sessions, target: Make, store: HostKeyStore, keys: Keys, bastion: int
) -> None:
    trust(store, keys.host, bastion)
    failure = refused(sessions, target(free_port(), proxy_jump=f"{LOGIN}@127.0.0.1:{bastion}"))
    assert failure.state is SshState.BROKEN
    assert "through 127.0.0.1" in failure.detail


def test_the_first_address_that_answers_is_taken(
    sessions: Sessions, target: Make, store: HostKeyStore, keys: Keys, endpoint: Endpoint,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """A name with a dead address before the living one, as a half-working IPv6 gives."""
    closed = free_port()
    trust(store, keys.host, endpoint.port)
    found = [
        (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("::1", closed, 0, 0)),
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", endpoint.port)),
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert sessions.connect(target(endpoint.port)).alive


def test_nothing_is_connected_after_the_door_was_closed(
    sessions: Sessions, target: Make, store: HostKeyStore, keys: Keys, endpoint: Endpoint
) -> None:
    trust(store, keys.host, endpoint.port)
    connection = sessions.connect(target(endpoint.port))
    sessions.close()
    assert not connection.alive
    assert refused(sessions, target(endpoint.port)).state is SshState.BROKEN
