"""Certificates, passphrases, agents, jump hosts, and hosts that ask a person."""

import logging
import re
import subprocess
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from console.domain.cluster import SshTarget
from console.domain.reading import SshState
from console.ssh.command import Command
from console.ssh.hostkeys import HostKeyStore
from console.ssh.refused import SshRefused
from console.ssh.secrets import Question, SecretKind, Secrets
from console.ssh.sessions import Sessions
from tests.ssh.conftest import LOGIN, PASSPHRASE, Keys, trust
from tests.ssh.servers import Endpoint, Rules, Servers, Sshd, keygen

Make = Callable[..., SshTarget]
MakeSessions = Callable[..., Sessions]
PASSWORD, CODE = "planted-password-2207", "914207"
DIALOGUE = ((("Password: ", False, PASSWORD),), (("Code: ", True, CODE),))


class Person:
    """Answers what is asked, by the words of the question, and remembers the questions."""

    def __init__(self, *answers: tuple[str, str | None]) -> None:
        self.answers = answers
        self.asked: list[Question] = []
        self._lock = threading.Lock()

    def __call__(self, question: Question) -> str | None:
        with self._lock:
            self.asked.append(question)
        return next((answer for words, answer in self.answers if words in question.text), None)


def refused(sessions: Sessions, target: SshTarget) -> SshRefused:
    with pytest.raises(SshRefused) as caught:
        sessions.connect(target)
    return caught.value


def works(sessions: Sessions, target: SshTarget) -> bool:
    return sessions.connect(target).run(Command(argv=("echo", "in"))).stdout == b"in\n"


@pytest.fixture
def known_port(store: HostKeyStore, keys: Keys, port: int) -> int:
    trust(store, keys.host, port)
    return port


def test_a_certificate_beside_the_key_is_used(sessions: Sessions, target: Make, keys: Keys, known_port: int) -> None:
    assert works(sessions, target(known_port, identity_file=str(keys.certified)))


def test_a_certificate_that_the_configuration_names_is_used(
    sessions: Sessions, target: Make, keys: Keys, known_port: int, tmp_path: Path
) -> None:
    alone = tmp_path / "alone"
    alone.write_text(keys.certified.read_text())
    config = tmp_path / "certificate_config"
    config.write_text(f"IdentityFile {alone}\nCertificateFile {keys.certified}-cert.pub\n")
    assert works(sessions, target(known_port, identity_file=None, config_file=str(config)))
    config.write_text(f"IdentityFile {alone}\n")
    assert refused(sessions, target(known_port, identity_file=None, config_file=str(config))).state is (
        SshState.AUTHENTICATION
    )


@pytest.mark.parametrize("kind", ["rsa", "ecdsa"])
def test_other_kinds_of_key_log_in(
    kind: str, servers: Servers, sessions: Sessions, target: Make, keys: Keys, store: HostKeyStore, tmp_path: Path
) -> None:
    key = keygen(tmp_path / kind, kind=kind)
    endpoint = servers.endpoint(keys.host, rules=Rules(authorized=Path(f"{key}.pub").read_text()))
    trust(store, keys.host, endpoint.port)
    assert works(sessions, target(endpoint.port, identity_file=str(key)))


def test_a_passphrase_is_asked_for_once_however_many_nodes_want_it(
    make_sessions: MakeSessions, target: Make, keys: Keys, known_port: int
) -> None:
    person = Person(("Passphrase", PASSPHRASE))
    sessions = make_sessions(person)
    locked = target(known_port, identity_file=str(keys.locked))
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda _: works(sessions, locked), range(8)))
    assert [(question.kind, question.subject) for question in person.asked] == [
        (SecretKind.PASSPHRASE, str(keys.locked))
    ]


def test_a_passphrase_that_nobody_can_say_is_told(
    sessions: Sessions, target: Make, keys: Keys, known_port: int
) -> None:
    failure = refused(sessions, target(known_port, identity_file=str(keys.locked)))
    assert failure.state is SshState.ASKS
    assert str(keys.locked) in failure.detail


def test_a_wrong_passphrase_is_asked_again_and_not_kept(
    make_sessions: MakeSessions, target: Make, keys: Keys, known_port: int
) -> None:
    secrets = Secrets(keyring=False)
    person = Person(("Passphrase", "wrong"))
    sessions = make_sessions(person, secrets)
    locked = target(known_port, identity_file=str(keys.locked))
    assert refused(sessions, locked).state is SshState.ASKS
    assert len(person.asked) == 3
    assert secrets.get(SecretKind.PASSPHRASE, str(keys.locked)) is None
    person.answers = (("Passphrase", PASSPHRASE),)
    assert works(sessions, locked)


def test_a_remembered_passphrase_is_not_asked_for(
    make_sessions: MakeSessions, target: Make, keys: Keys, known_port: int
) -> None:
    secrets = Secrets(keyring=False)
    secrets.remember(SecretKind.PASSPHRASE, str(keys.locked), PASSPHRASE)
    assert works(make_sessions(None, secrets), target(known_port, identity_file=str(keys.locked)))


@pytest.fixture
def agent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], None]]:
    """A running ssh-agent, and the way to add a key to it."""
    socket_path = tmp_path / "agent"
    process = subprocess.Popen(
        ["ssh-agent", "-D", "-a", str(socket_path)], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL
    )
    assert process.stdout is not None
    process.stdout.readline()  # it speaks when it listens
    monkeypatch.setenv("SSH_AUTH_SOCK", str(socket_path))

    def add(key: Path) -> None:
        subprocess.run(["ssh-add", "-q", str(key)], check=True, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    yield add
    process.terminate()
    process.wait(10)
    process.stdout.close()


def test_the_agents_keys_are_used(
    sessions: Sessions, target: Make, keys: Keys, known_port: int, agent: Callable[[Path], None]
) -> None:
    nothing_named = target(known_port, identity_file=None)
    assert refused(sessions, nothing_named).state is SshState.AUTHENTICATION
    agent(keys.stranger)
    agent(keys.user)
    assert works(sessions, nothing_named)


def test_the_agents_certificate_is_used(
    sessions: Sessions, target: Make, keys: Keys, known_port: int, agent: Callable[[Path], None]
) -> None:
    agent(keys.certified)
    assert works(sessions, target(known_port, identity_file=None))


def test_identities_only_leaves_the_agents_other_keys_alone(
    sessions: Sessions, target: Make, keys: Keys, known_port: int, agent: Callable[[Path], None], tmp_path: Path
) -> None:
    agent(keys.user)
    config = tmp_path / "only_config"
    config.write_text(f"IdentitiesOnly yes\nIdentityFile {keys.stranger}\n")
    only = target(known_port, identity_file=None, config_file=str(config))
    assert refused(sessions, only).state is SshState.AUTHENTICATION
    config.write_text(f"IdentitiesOnly yes\nIdentityFile {keys.user}.pub\n")
    assert works(sessions, only), "the public half names a key that only the agent holds"


def test_an_agent_that_is_gone_is_no_hindrance(
    sessions: Sessions, target: Make, known_port: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSH_AUTH_SOCK", str(tmp_path / "gone"))
    assert refused(sessions, target(known_port, identity_file=None)).state is SshState.AUTHENTICATION
    assert works(sessions, target(known_port))


def test_the_usual_keys_are_tried_where_none_is_named(
    store: HostKeyStore, target: Make, keys: Keys, known_port: int, tmp_path: Path
) -> None:
    (tmp_path / ".ssh").mkdir()
    (tmp_path / ".ssh" / "id_ed25519").write_text(keys.user.read_text())
    sessions = Sessions(host_keys=store, secrets=Secrets(keyring=False), ask=None, home=tmp_path)
    try:
        assert works(sessions, target(known_port, identity_file=None))
    finally:
        sessions.close()


@pytest.fixture
def asking(servers: Servers, keys: Keys, store: HostKeyStore) -> Endpoint:
    """A host that wants a password, then a code, and takes no key."""
    endpoint = servers.endpoint(keys.host, rules=Rules(dialogue=DIALOGUE))
    trust(store, keys.host, endpoint.port)
    return endpoint


def test_a_host_that_asks_is_answered_in_its_own_words(
    make_sessions: MakeSessions, target: Make, asking: Endpoint
) -> None:
    person = Person(("Password: ", PASSWORD), ("Code: ", CODE))
    assert works(make_sessions(person), target(asking.port))
    assert [(question.title, question.text, question.echo) for question in person.asked] == [
        ("Bastion", "Two proofs are needed.\nPassword: ", False),
        ("Bastion", "Two proofs are needed.\nCode: ", True),
    ]
    assert [question.number for question in person.asked] == [1, 2]


def test_a_host_that_asks_is_told_at_once_where_nobody_can_be_asked(
    sessions: Sessions, target: Make, asking: Endpoint
) -> None:
    assert refused(sessions, target(asking.port)).state is SshState.ASKS
    assert asking.rules.dialogues == 0


def test_who_declines_is_not_asked_again_until_a_person_wants_it(
    make_sessions: MakeSessions, target: Make, asking: Endpoint
) -> None:
    person = Person()
    sessions = make_sessions(person)
    for _ in range(3):
        assert refused(sessions, target(asking.port)).state is SshState.ASKS
    assert len(person.asked) == 1
    person.answers = (("Password: ", PASSWORD), ("Code: ", CODE))
    sessions.ask_again()
    assert works(sessions, target(asking.port))


def test_wrong_answers_end_after_three_tries(make_sessions: MakeSessions, target: Make, asking: Endpoint) -> None:
    person = Person(("Password: ", "wrong"))
    assert refused(make_sessions(person), target(asking.port)).state is SshState.AUTHENTICATION
    assert len(person.asked) == 3


def test_a_code_after_the_key_is_asked_for(
    make_sessions: MakeSessions, target: Make, keys: Keys, store: HostKeyStore, tmp_path: Path
) -> None:
    """Both factors with OpenSSH; without PAM its second one is the password, which here nobody has."""
    server = Sshd(
        tmp_path / "sshd", keys.host, keys.authorized(),
        extra="PasswordAuthentication yes\nAuthenticationMethods publickey,password",
    )  # fmt: skip
    try:
        trust(store, keys.host, server.port)
        person = Person(("Password", "wrong"))
        failure = refused(make_sessions(person), target(server.port))
        assert failure.state is SshState.AUTHENTICATION
        assert [question.kind for question in person.asked] == [SecretKind.PASSWORD] * 3
        assert refused(make_sessions(), target(server.port)).state is SshState.ASKS
    finally:
        server.stop()


def test_a_password_is_asked_for_once_and_remembered(
    make_sessions: MakeSessions, servers: Servers, target: Make, keys: Keys, store: HostKeyStore
) -> None:
    endpoint = servers.endpoint(keys.host, rules=Rules(password=PASSWORD))
    trust(store, keys.host, endpoint.port)
    person = Person(("Password", PASSWORD))
    sessions = make_sessions(person)
    assert works(sessions, target(endpoint.port))
    assert works(sessions, target(endpoint.port))
    assert [(question.kind, question.echo) for question in person.asked] == [(SecretKind.PASSWORD, False)]
    assert refused(make_sessions(), target(endpoint.port)).state is SshState.ASKS


def test_a_jump_host_is_asked_once_for_twenty_nodes(
    make_sessions: MakeSessions, servers: Servers, target: Make, keys: Keys, store: HostKeyStore, asking: Endpoint
) -> None:
    inner = servers.endpoint(keys.host, rules=Rules(authorized=keys.authorized()))
    trust(store, keys.host, inner.port)
    person = Person(("Password: ", PASSWORD), ("Code: ", CODE))
    sessions = make_sessions(person)
    through = target(inner.port, proxy_jump=f"{LOGIN}@127.0.0.1:{asking.port}")
    with ThreadPoolExecutor(20) as pool:
        assert all(pool.map(lambda _: works(sessions, through), range(20)))
    assert asking.rules.logins == [LOGIN]
    assert inner.rules.logins == [LOGIN] * 20
    assert len(person.asked) == 2


def test_a_declined_jump_host_refuses_all_that_wait_for_it(
    make_sessions: MakeSessions, servers: Servers, target: Make, keys: Keys, asking: Endpoint
) -> None:
    inner = servers.endpoint(keys.host, rules=Rules(authorized=keys.authorized()))
    person = Person()
    sessions = make_sessions(person)
    through = target(inner.port, proxy_jump=f"{LOGIN}@127.0.0.1:{asking.port}")
    with ThreadPoolExecutor(10) as pool:
        failures = list(pool.map(lambda _: refused(sessions, through), range(10)))
    assert {failure.state for failure in failures} == {SshState.ASKS}
    assert len(person.asked) == 1


def test_two_jump_hosts_by_the_configuration_file(
    sessions: Sessions, servers: Servers, sshd: Sshd, keys: Keys, store: HostKeyStore, tmp_path: Path
) -> None:
    rules = [Rules(authorized=keys.authorized()) for _ in range(2)]
    first, inner = (servers.endpoint(keys.host, rules=rule) for rule in rules)
    trust(store, keys.host, first.port, sshd.port, inner.port)
    config = tmp_path / "jump_config"
    config.write_text(
        f"Host db\n HostName 127.0.0.1\n Port {inner.port}\n ProxyJump outer,middle\n"
        f"Host outer\n HostName 127.0.0.1\n Port {first.port}\n"
        f"Host middle\n HostName 127.0.0.1\n Port {sshd.port}\n"
        f"Host *\n User {LOGIN}\n IdentityFile {keys.user}\n"
    )
    connection = sessions.connect(SshTarget(host="db", config_file=str(config)))
    assert connection.run(Command(argv=("echo", "far"))).stdout == b"far\n"
    assert (len(rules[0].logins), len(rules[1].logins)) == (1, 1)
    first.stop()
    assert refused(sessions, SshTarget(host="db", config_file=str(config))).state is SshState.REFUSED
    first.start()
    again = sessions.connect(SshTarget(host="db", config_file=str(config)))
    assert again.run(Command(argv=("echo", "anew"))).stdout == b"anew\n", "a lost jump host is connected anew"


def test_secrets_stand_in_no_log_no_argument_list_and_no_message(
    make_sessions: MakeSessions, servers: Servers, target: Make, keys: Keys, store: HostKeyStore, asking: Endpoint,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    trouble = servers.endpoint(keys.host, rules=Rules(password="another-planted-5150"))
    locked = servers.endpoint(keys.host, rules=Rules(authorized=keys.authorized()))
    trust(store, keys.host, trouble.port, locked.port)
    secrets = Secrets(keyring=False)
    person = Person(("Passphrase", PASSPHRASE), ("Password", PASSWORD), ("Code: ", CODE))
    sessions = make_sessions(person, secrets)
    quiet = [logging.getLogger(name) for name in ("console.ssh.transport.protocol", "asyncssh")]
    levels = [logger.level for logger in quiet]
    seen: list[str] = []
    with caplog.at_level(logging.DEBUG):
        quiet[0].setLevel(logging.DEBUG)
        connection = sessions.connect(target(asking.port))
        connection.run(Command(argv=("cat",), secrets=("planted-on-stdin-77",)))
        seen.append(str(refused(sessions, target(trouble.port))))
        sessions.connect(target(locked.port, identity_file=str(keys.locked)))
        for logger, level in zip(quiet, levels, strict=True):
            logger.setLevel(level)
    seen += [caplog.text, repr(secrets), repr(sessions), repr(connection), repr(person.asked)]
    seen += ["\n".join(asking.rules.commands)]
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            seen.append(process.read_text(errors="replace"))
        except OSError:
            continue
    assert "auth" in caplog.text.lower(), "the protocol was logged"
    planted = re.compile(f"{PASSPHRASE}|{PASSWORD}|{CODE}|another-planted|planted-on-stdin")
    assert planted.findall("\n".join(seen)) == []
