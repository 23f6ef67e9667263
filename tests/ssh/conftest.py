"""What the SSH tests share: keys, servers, and doors to them that are closed again."""

import getpass
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from console.domain.cluster import SshTarget
from console.ssh.hostkeys import HostKeyStore
from console.ssh.refused import SshRefused
from console.ssh.secrets import Ask, Secrets
from console.ssh.sessions import Sessions
from tests.ssh.servers import Endpoint, Rules, Servers, Sshd, certify, keygen

LOGIN = getpass.getuser()
PASSPHRASE = "planted-passphrase-5511"


@dataclass(frozen=True)
class Keys:
    """Key files, made once for all tests."""

    directory: Path
    host: Path
    host_ecdsa: Path
    other_host: Path
    user: Path
    locked: Path  # opens with PASSPHRASE
    stranger: Path
    certified: Path  # with a certificate beside it
    authority: Path

    def authorized(self) -> str:
        """authorized_keys that take user, locked, and what the authority has signed."""
        plain = "".join(Path(f"{key}.pub").read_text() for key in (self.user, self.locked))
        return f"{plain}cert-authority {Path(f'{self.authority}.pub').read_text()}"


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    directory = tmp_path_factory.mktemp("keys")
    made = Keys(
        directory=directory, host=keygen(directory / "host"), host_ecdsa=keygen(directory / "host_ecdsa", kind="ecdsa"),
        other_host=keygen(directory / "other_host"), user=keygen(directory / "user"),
        locked=keygen(directory / "locked", passphrase=PASSPHRASE), stranger=keygen(directory / "stranger"),
        certified=keygen(directory / "certified"), authority=keygen(directory / "authority"),
    )  # fmt: skip
    certify(made.authority, made.certified, LOGIN)
    return made


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    logging.getLogger("asyncssh").setLevel(logging.CRITICAL)
    servers = Servers()
    yield servers
    servers.close()


@pytest.fixture(scope="session")
def sshd(tmp_path_factory: pytest.TempPathFactory, keys: Keys) -> Iterator[Sshd]:
    """One sshd for the tests that do not end it."""
    server = Sshd(tmp_path_factory.mktemp("sshd"), keys.host, keys.authorized())
    yield server
    server.stop()


@pytest.fixture(scope="session")
def endpoint(servers: Servers, keys: Keys) -> Endpoint:
    """One asyncssh server for the tests that do not end it."""
    return servers.endpoint(keys.host, rules=Rules(authorized=keys.authorized()))


@pytest.fixture(params=["asyncssh", "sshd"])
def port(request: pytest.FixtureRequest, endpoint: Endpoint, sshd: Sshd) -> int:
    """The port of either server, one after the other."""
    return endpoint.port if request.param == "asyncssh" else sshd.port


@pytest.fixture
def store(tmp_path: Path) -> HostKeyStore:
    return HostKeyStore(tmp_path / "known_hosts")


@pytest.fixture
def make_sessions(store: HostKeyStore) -> Iterator[Callable[..., Sessions]]:
    """Doors that are closed after the test; then no thread of theirs may be left."""
    made: list[Sessions] = []

    def make(ask: Ask | None = None, secrets: Secrets | None = None, *, connect_seconds_max: float = 10.0) -> Sessions:
        sessions = Sessions(
            host_keys=store, secrets=secrets or Secrets(keyring=False), ask=ask,
            connect_seconds_max=connect_seconds_max,
        )  # fmt: skip
        made.append(sessions)
        return sessions

    yield make
    for sessions in made:
        sessions.close()
    left = [thread.name for thread in threading.enumerate() if thread.name.startswith("ssh ")]
    assert left == [], "a closed door leaves no thread"


@pytest.fixture
def sessions(make_sessions: Callable[..., Sessions]) -> Sessions:
    return make_sessions()


@pytest.fixture
def target(tmp_path: Path, keys: Keys) -> Callable[..., SshTarget]:
    """A target on loopback with an empty configuration file, unless the test says otherwise."""
    config = tmp_path / "ssh_config"
    config.touch()

    def make(port: int | None, *, host: str = "127.0.0.1", **fields: str | None) -> SshTarget:
        settings: dict[str, str | None] = {
            "user": LOGIN, "identity_file": str(keys.user), "config_file": str(config), **fields,
        }  # fmt: skip
        return SshTarget(host=host, port=port, **settings)

    return make


@pytest.fixture
def trusted(store: HostKeyStore) -> Callable[..., None]:
    """Accept what a host shows, as a person would."""

    def accept(sessions: Sessions, *targets: SshTarget) -> None:
        for target in targets:
            try:
                sessions.connect(target).close()
            except SshRefused as refused:
                assert refused.fingerprint is not None, str(refused)
                assert store.accept(target.host, target.port or 22, refused.fingerprint)

    return accept


def trust(store: HostKeyStore, key: Path, *ports: int) -> None:
    """Put a host's key into the console's file beforehand."""
    kind, blob, *_ = Path(f"{key}.pub").read_text().split()
    with store.path.open("a") as file:
        file.writelines(f"[127.0.0.1]:{port} {kind} {blob}\n" for port in ports)
