"""The door to the hosts: it finds the way, checks host keys, logs in, and keeps the jump hosts that are shared."""

import copy
import getpass
import io
import os
import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any, Final

import paramiko
from paramiko.agent import AgentSSH
from paramiko.auth_handler import AuthHandler
from paramiko.pkey import PublicBlob

from console.domain.cluster import SshTarget
from console.domain.reading import SshState
from console.ssh.config import Hop, route
from console.ssh.connection import Connection
from console.ssh.dialing import dial
from console.ssh.hostkeys import HostKeyStore, KeyVerdict, fingerprint, key_name
from console.ssh.identities import KeyFile
from console.ssh.login import Answers, Login, Step
from console.ssh.refused import SshRefused
from console.ssh.secrets import Ask, Asker, Secrets, plain
from console.ssh.transport import Wire

CONNECT_SECONDS_MAX: Final = 10.0
PERSON_SECONDS_MAX: Final = 300.0  # a person's time at one login
JUMP_SECONDS_MAX: Final = 20.0  # that long a node waits for a shared jump host; then it tries again, others get a turn
AGENT_SECONDS_MAX: Final = 5.0

_CERTIFICATE: Final = "-cert-v01@openssh.com"


class Sessions:
    """Connects to hosts; built once by the engine. Threads may share it."""

    def __init__(
        self,
        *,
        host_keys: HostKeyStore,
        secrets: Secrets,
        ask: Ask | None,
        connect_seconds_max: float = CONNECT_SECONDS_MAX,
        home: Path | None = None,
    ) -> None:
        self._host_keys = host_keys
        self._asker = Asker(ask, secrets)
        self._secrets = secrets
        self._seconds_max = connect_seconds_max
        self._home = home or Path.home()
        self._keys = _Keys()
        self._lock = threading.Lock()
        self._jumps: dict[tuple[Hop, ...], Future[Connection]] = {}
        self._connections: list[Connection] = []  # in the order in which they were made: jump hosts first
        self._closed = False

    def connect(self, target: SshTarget, *, on_lost: Callable[[SshRefused], None] | None = None) -> Connection:
        """A connection of its own to the target, through its jump hosts. Waits; raises SshRefused.

        `on_lost` is called once, in the connection's own thread, when it ends and `close` was not called.
        """
        hops = route(target, home=self._home, login=getpass.getuser())
        return self._open(hops, on_lost)

    def ask_again(self) -> None:
        """A person wants to be asked again what was declined before."""
        self._asker.ask_again()

    def close(self) -> None:
        """End every connection; nothing can be connected afterwards."""
        with self._lock:
            self._closed = True
            left, self._connections = self._connections, []
        # The inner ones first: closing a jump host under them would look like a loss.
        for connection in reversed(left):
            connection.close()

    def _open(self, hops: tuple[Hop, ...], on_lost: Callable[[SshRefused], None] | None) -> Connection:
        hop = hops[-1]
        login = Login(hop, home=self._home, asker=self._asker, secrets=self._secrets)
        wire = Wire(self._socket(hops), host=hop.name)
        deadline = monotonic() + self._seconds_max
        settled = False
        try:
            name = hop.key_name or key_name(hop.host, hop.port)
            wire.prefer_host_keys(self._host_keys.known_kinds(name))
            wire.negotiate(max(0.1, deadline - monotonic()))
            self._check_host_key(wire.host_key, name, hop)
            with _WireDoor(wire, hop, self._keys, deadline) as door:
                login.run(door)
            wire.settle()
            settled = True
        finally:
            if not settled:
                wire.shut()
        connection = Connection(wire, hop.name, on_lost=on_lost)
        self._keep(connection)
        return connection

    def _keep(self, connection: Connection) -> None:
        with self._lock:
            closed = self._closed
            self._connections = [kept for kept in self._connections if kept.alive]
            self._connections.append(connection)
        if closed:
            connection.close()
            raise SshRefused(SshState.BROKEN, connection.name, detail="the console is closing its connections")

    def _socket(self, hops: tuple[Hop, ...]) -> Any:
        hop = hops[-1]
        if len(hops) == 1:
            return dial(hop.host, hop.port, seconds_max=self._seconds_max)
        for last_try in (False, True):
            jump = self._jump(hops[:-1])
            try:
                return jump.open_forward(hop.host, hop.port, seconds_max=self._seconds_max)
            except SshRefused as refused:
                # A kept jump host may be found dead only now; then it is connected anew, once.
                if jump.alive or last_try:
                    raise SshRefused(
                        refused.state, hop.name, detail=f"through {jump.name}: {refused.detail}", hint=refused.hint
                    ) from refused
        raise AssertionError("unreachable")

    def _jump(self, hops: tuple[Hop, ...]) -> Connection:
        """The one connection to a jump host: made by whoever comes first, waited for by all others, and kept."""
        with self._lock:
            future = self._jumps.get(hops)
            usable = future is not None and (
                not future.done() or (future.exception() is None and future.result().alive)
            )
            if future is None or not usable:
                future = Future()
                self._jumps[hops] = future
        if usable:
            return self._shared(future, hops[-1])
        try:
            future.set_result(self._open(hops, None))
        except SshRefused as refused:
            future.set_exception(refused)
            raise refused.again() from refused
        finally:
            if not future.done():  # a fault of ours: those who wait must not wait for ever
                future.set_exception(SshRefused(SshState.BROKEN, hops[-1].name, detail="the jump host was not reached"))
        return future.result()

    def _shared(self, future: "Future[Connection]", hop: Hop) -> Connection:
        try:
            return future.result(timeout=JUMP_SECONDS_MAX)
        except SshRefused as refused:
            raise refused.again() from refused
        except TimeoutError as error:
            raise SshRefused(
                SshState.ASKS, hop.name, detail=f"the jump host was not ready within {JUMP_SECONDS_MAX:g} s"
            ) from error

    def _check_host_key(self, key: Any, name: str, hop: Hop) -> None:
        """Refuses every key that nobody accepted. A changed one can't be accepted here at all."""
        kind, blob = str(key.get_name()), bytes(key.asbytes())
        shown = fingerprint(blob)
        verdict = self._host_keys.judge(name, kind, blob, host=hop.key_name or hop.host, port=hop.port)
        if verdict is KeyVerdict.KNOWN:
            return
        if verdict is KeyVerdict.UNKNOWN:
            raise SshRefused(
                SshState.HOST_KEY_UNKNOWN, hop.name, detail=f"{kind} key {shown} of {name} was never accepted",
                hint="compare it with the host's own, then accept it", fingerprint=shown,
            )  # fmt: skip
        what = "is revoked" if verdict is KeyVerdict.REVOKED else "is not the one that is known"
        raise SshRefused(
            SshState.HOST_KEY_CHANGED, hop.name,
            detail=f"{kind} key {shown} of {name} {what} ({self._host_keys.holder(name)})",
            hint="somebody may stand between; if the host was set up anew, remove that line by hand",
            fingerprint=shown,
        )  # fmt: skip


class _Keys:
    """Opened private keys: an encrypted one takes a tenth of a second to open, and a fleet shares it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._opened: dict[str, tuple[str, Any]] = {}

    def opened(self, file: KeyFile) -> Any | None:
        """The key, where this very file was opened before."""
        text, key = self._opened.get(file.path, ("", None))
        return key if text == file.text and text else None

    def open(self, file: KeyFile, passphrase: str | None, name: str) -> Any | None:
        """The key; None where the passphrase is wrong. Raises SshRefused where the file is damaged."""
        kinds = {"ssh-ed25519": paramiko.Ed25519Key, "ssh-rsa": paramiko.RSAKey}
        if file.kind not in kinds and not file.kind.startswith("ecdsa"):
            raise SshRefused(
                SshState.KEY_MISSING, name, detail=f"{file.path} holds a {plain(file.kind)} key, which can't be used"
            )
        with self._lock:
            key = self.opened(file)
            if key is not None:
                return key
            try:
                key = kinds.get(file.kind, paramiko.ECDSAKey).from_private_key(io.StringIO(file.text), passphrase)
            except (paramiko.SSHException, ValueError, TypeError, IndexError, AssertionError) as error:
                # paramiko asserts that the halves of a key fit each other.
                if file.encrypted:
                    return None
                raise SshRefused(
                    SshState.KEY_MISSING, name, detail=f"the identity file {file.path} is damaged", hint="restore it"
                ) from error
            self._opened[file.path] = (file.text, key)
        return key


class _Handler(AuthHandler):  # type: ignore[misc]
    """paramiko's login, which asks for the login service before each attempt: not every server takes that twice."""

    def __init__(self, wire: Wire, door: "_WireDoor") -> None:
        super().__init__(wire)
        self._door = door

    def _request_auth(self) -> None:
        if not self._door.service_accepted:
            super()._request_auth()
            return
        accepted = paramiko.Message()
        accepted.add_string("ssh-userauth")
        accepted.rewind()
        super()._parse_service_accept(accepted)

    def _parse_service_accept(self, m: Any) -> None:
        self._door.service_accepted = True
        super()._parse_service_accept(m)


class _WireDoor:
    """The attempts to log in that a wire can make."""

    def __init__(self, wire: Wire, hop: Hop, keys: _Keys, deadline: float) -> None:
        self._wire = wire
        self._hop = hop
        self._keys = keys
        self._deadline = deadline
        self._agent: Any | None = None
        self.service_accepted = False

    def __enter__(self) -> "_WireDoor":
        return self

    def __exit__(self, *_: object) -> None:
        if self._agent is not None:
            self._agent._close()

    def try_key(self, key: Any) -> Step:
        return self._attempt(lambda handler, event: handler.auth_publickey(self._hop.user, key, event))

    def try_nothing(self) -> Step:
        return self._attempt(lambda handler, event: handler.auth_none(self._hop.user, event))

    def try_password(self, password: str) -> Step:
        # A person may have taken a while to type it.
        self._deadline = max(self._deadline, monotonic() + CONNECT_SECONDS_MAX)
        return self._attempt(lambda handler, event: handler.auth_password(self._hop.user, password, event))

    def try_answers(self, answers: Answers) -> Step:
        self._deadline = monotonic() + PERSON_SECONDS_MAX
        return self._attempt(lambda handler, event: handler.auth_interactive(self._hop.user, answers, event))

    def opened(self, file: KeyFile) -> Any | None:
        return self._keys.opened(file)

    def open(self, file: KeyFile, passphrase: str | None) -> Any | None:
        key = self._keys.open(file, passphrase, self._hop.name)
        self._deadline = max(self._deadline, monotonic() + CONNECT_SECONDS_MAX) if passphrase else self._deadline
        return key

    def certified(self, key: Any, file: KeyFile) -> list[Any]:
        """The key with each of its certificates; a copy, as the plain key is shared."""
        certified = []
        for path in file.certificates:
            with suppress(paramiko.SSHException, ValueError, OSError):  # a certificate of another kind of key
                blob = PublicBlob.from_file(path)
                if blob.key_type == key.get_name() + _CERTIFICATE:
                    copied = copy.copy(key)
                    copied.public_blob = blob
                    certified.append(copied)
        return certified

    def agent_keys(self) -> list[tuple[bytes, Any]]:
        """The keys of the agent; none where there is none, or it does not answer."""
        try:
            self._agent = self._connected_agent()
            if self._agent is None:
                return []
            keys = list(self._agent.get_keys())
        except (OSError, paramiko.SSHException):
            return []
        for key in keys:
            if key.get_name().endswith(_CERTIFICATE):
                key.public_blob = PublicBlob(key.get_name(), key.blob)
        return [(key.blob, key) for key in keys]

    def _connected_agent(self) -> Any | None:
        path = self._hop.agent or os.environ.get("SSH_AUTH_SOCK", "")
        if not hasattr(socket, "AF_UNIX"):
            return paramiko.Agent()
        if not path:
            return None
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            sock.settimeout(AGENT_SECONDS_MAX)
            sock.connect(path)
        except OSError:
            sock.close()
            return None
        agent = AgentSSH()
        agent._conn = sock  # so that it is closed even where the agent talks nonsense
        agent._connect(sock)
        return agent

    def _attempt(self, begin: Callable[[Any, threading.Event], None]) -> Step:
        wire = self._wire
        left = max(0.1, self._deadline - monotonic())
        wire.auth_timeout = left
        event = threading.Event()
        wire.auth_handler = handler = _Handler(wire, self)
        try:
            begin(handler, event)
            further = handler.wait_for_response(event)
        except paramiko.BadAuthenticationType as error:
            return Step(allowed=tuple(plain(method) for method in error.allowed_types))
        except paramiko.AuthenticationException as error:
            if not wire.is_active():
                raise wire.refusal(
                    SshState.AUTHENTICATION, f"the host ended the login of {self._hop.user}",
                    hint="sshd's log on the host says why",
                ) from error  # fmt: skip
            if monotonic() >= self._deadline:
                raise wire.refusal(SshState.SILENT, f"no answer to the login within {left:.3g} s") from error
            return Step()
        except (paramiko.SSHException, OSError, EOFError) as error:
            raise wire.refusal(
                SshState.BROKEN, f"the connection ended during the login: {plain(str(error))}"
            ) from error
        return Step(partial=True, allowed=tuple(plain(method) for method in further)) if further else Step(done=True)
