"""Real SSH servers on loopback for the tests: asyncssh in a thread, OpenSSH's sshd, and a slow or broken wire."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncssh

READY_SECONDS_MAX = 20.0


def keygen(path: Path, *, kind: str = "ed25519", passphrase: str = "") -> Path:
    subprocess.run(
        ["ssh-keygen", "-q", "-a", "4", "-t", kind, "-N", passphrase, "-C", "test", "-f", str(path)],
        check=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return path


def certify(authority: Path, key: Path, principal: str) -> None:
    subprocess.run(
        ["ssh-keygen", "-q", "-s", str(authority), "-I", "test", "-n", principal, "-V", "+1h", f"{key}.pub"], check=True
    )


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@dataclass
class Rules:
    """How an asyncssh server of the tests behaves."""

    authorized: str = ""  # lines of authorized_keys
    junk: bytes = b""  # what the account's shell prints at its start
    dialogue: tuple[
        tuple[tuple[str, bool, str], ...], ...
    ] = ()  # keyboard-interactive: rounds of (prompt, echo, answer)
    password: str | None = None
    rekey_bytes: int | None = None
    forward: bool = True
    logins: list[str] = field(default_factory=list)  # each completed login
    dialogues: int = 0  # how often somebody was asked
    commands: list[str] = field(default_factory=list)


class _Server(asyncssh.SSHServer):
    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.round = 0

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self.connection = conn

    def begin_auth(self, username: str) -> bool:  # noqa: ARG002
        if self.rules.authorized:
            self.connection.set_authorized_keys(asyncssh.import_authorized_keys(self.rules.authorized))
        return True

    def auth_completed(self) -> None:
        self.rules.logins.append(str(self.connection.get_extra_info("username")))

    def public_key_auth_supported(self) -> bool:
        return bool(self.rules.authorized)

    def password_auth_supported(self) -> bool:
        return self.rules.password is not None

    def validate_password(self, username: str, password: str) -> bool:  # noqa: ARG002
        return password == self.rules.password

    def kbdint_auth_supported(self) -> bool:
        return bool(self.rules.dialogue)

    def get_kbdint_challenge(self, username: str, lang: str, submethods: str) -> Any:  # noqa: ARG002
        self.round = 0
        self.rules.dialogues += 1
        return self._challenge()

    def validate_kbdint_response(self, username: str, responses: Sequence[str]) -> Any:  # noqa: ARG002
        wanted = [answer for _, _, answer in self.rules.dialogue[self.round]]
        if list(responses) != wanted:
            return False
        self.round += 1
        return True if self.round == len(self.rules.dialogue) else self._challenge()

    def _challenge(self) -> Any:
        prompts = [(text, echo) for text, echo, _ in self.rules.dialogue[self.round]]
        return ("Bastion", "Two proofs are needed.", "en", prompts)

    def connection_requested(self, *_: object) -> bool:
        if not self.rules.forward:
            raise asyncssh.ChannelOpenError(asyncssh.OPEN_ADMINISTRATIVELY_PROHIBITED, "forwarding is forbidden")
        return True


async def _run(process: asyncssh.SSHServerProcess[bytes], rules: Rules) -> None:
    """Run the command by a shell, pumping by hand: redirecting a StreamReader breaks under flow control."""
    rules.commands.append(process.command or "")
    if rules.junk:
        process.stdout.write(rules.junk)
    child = await asyncio.create_subprocess_shell(
        process.command or "true", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE, start_new_session=True,
    )  # fmt: skip

    # asyncssh would hand a signal to whoever reads input, and nobody does after its end.
    def signalled(name: str) -> None:
        child.send_signal(getattr(signal, f"SIG{name}"))

    process.signal_received = signalled  # type: ignore[method-assign,assignment]

    async def inward() -> None:
        assert child.stdin is not None
        try:
            while data := await process.stdin.read(65536):
                child.stdin.write(data)
                await child.stdin.drain()
        except (OSError, asyncssh.Error, asyncssh.SignalReceived):
            pass
        child.stdin.close()

    async def outward(reader: Any, writer: Any) -> None:
        with contextlib.suppress(OSError, asyncssh.Error):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()

    feeding = asyncio.create_task(inward())
    try:
        await asyncio.gather(outward(child.stdout, process.stdout), outward(child.stderr, process.stderr))
        status = await child.wait()
        if status < 0:
            process.exit_with_signal("KILL")
        else:
            process.exit(status)
    finally:
        feeding.cancel()
        if child.returncode is None:
            # The shell's own children too: while one of them holds the pipes, the wait does not end.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            await child.wait()
        child._transport.close()  # type: ignore[attr-defined]  # its pipes must be gone before the loop is


class Endpoint:
    """One asyncssh server in the loop of the servers' thread."""

    def __init__(self, servers: "Servers", rules: Rules, keys: tuple[Path, ...], port: int) -> None:
        self._servers = servers
        self.rules = rules
        self.keys = keys
        self.port = port
        self._acceptor: Any = None
        self._connections: list[Any] = []
        self.start()

    def start(self, *keys: Path) -> None:
        """Listen, with other host keys where some are given."""
        self.keys = keys or self.keys
        self._servers.wait(self._listen())

    async def _listen(self) -> None:
        def made() -> _Server:
            server = _Server(self.rules)
            self._connections.append(server)
            return server

        async def handle(process: asyncssh.SSHServerProcess[bytes]) -> None:
            await _run(process, self.rules)

        options = {"rekey_bytes": self.rules.rekey_bytes} if self.rules.rekey_bytes else {}
        self._acceptor = await asyncssh.listen(
            "127.0.0.1", self.port, server_factory=made, server_host_keys=[str(key) for key in self.keys],
            process_factory=handle, encoding=None, login_timeout=60, **options,
        )  # fmt: skip

    def stop(self) -> None:
        """Stop listening and cut every connection, as a killed server would."""
        self._servers.wait(self._cut())

    async def _cut(self) -> None:
        if self._acceptor is not None:
            self._acceptor.close()
            await self._acceptor.wait_closed()
            self._acceptor = None
        for server in self._connections:
            server.connection.abort()
        self._connections.clear()


class Servers:
    """A thread with a loop in which endpoints live."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        # The loop's own pool would start threads in the middle of a test.
        self._pool = ThreadPoolExecutor(1)
        self._loop.set_default_executor(self._pool)
        self._pool.submit(int).result()
        self._thread = threading.Thread(target=self._loop.run_forever, name="test ssh servers")
        self._thread.start()
        self._endpoints: list[Endpoint] = []
        self._wires: list[Wire] = []

    def wait(self, work: Any) -> Any:
        future: Future[Any] = asyncio.run_coroutine_threadsafe(work, self._loop)
        return future.result(READY_SECONDS_MAX)

    def endpoint(self, *keys: Path, rules: Rules | None = None) -> Endpoint:
        endpoint = Endpoint(self, rules or Rules(), keys, free_port())
        self._endpoints.append(endpoint)
        return endpoint

    def wire(self, to_port: int, *, delay_seconds: float, bytes_per_second: float) -> "Wire":
        wire = Wire(self, to_port, delay_seconds, bytes_per_second)
        self._wires.append(wire)
        return wire

    def close(self) -> None:
        for endpoint in self._endpoints:
            endpoint.stop()
        for wire in self._wires:
            wire.stop()

        async def settle() -> None:
            tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in tasks:
                task.cancel()
            _, left = await asyncio.wait(tasks, timeout=READY_SECONDS_MAX / 2) if tasks else (None, set())
            assert not left, f"tasks of the test servers do not end: {left}"

        self.wait(settle())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(READY_SECONDS_MAX)
        self._pool.shutdown()
        self._loop.close()


class Wire:
    """A TCP way to a port, with a delay each way and a rate, as a satellite link has."""

    def __init__(self, servers: Servers, to_port: int, delay_seconds: float, bytes_per_second: float) -> None:
        self._servers = servers
        self._to_port = to_port
        self._delay = delay_seconds
        self._rate = bytes_per_second
        self._writers: list[Any] = []
        self.port = free_port()
        self._server = servers.wait(asyncio.start_server(self._joined, "127.0.0.1", self.port))

    async def _joined(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._to_port)
        self._writers += [writer, far_writer]
        await asyncio.gather(self._carry(reader, far_writer), self._carry(far_reader, writer), return_exceptions=True)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def deliver() -> None:
            while True:
                due, data = await queue.get()
                await asyncio.sleep(max(0.0, due - loop.time()))
                if not data:
                    writer.close()
                    return
                writer.write(data)
                await writer.drain()

        delivering = asyncio.create_task(deliver())
        free_at = loop.time()
        try:
            while True:
                data = await reader.read(1024)
                free_at = max(free_at, loop.time()) + len(data) / self._rate
                queue.put_nowait((free_at + self._delay, data))
                if not data:
                    await delivering
                    return
        finally:
            delivering.cancel()

    def stop(self) -> None:
        async def close() -> None:
            self._server.close()
            for writer in self._writers:
                writer.transport.abort()

        self._servers.wait(close())


class Sshd:
    """OpenSSH's own server on a port of loopback."""

    def __init__(self, directory: Path, key: Path, authorized: str, *, extra: str = "") -> None:
        directory.mkdir(mode=0o755, parents=True, exist_ok=True)
        self.port = free_port()
        self.key = key
        keys = directory / "authorized_keys"
        keys.write_text(authorized)
        self._config = directory / "sshd_config"
        self._config.write_text(
            f"{extra}\nListenAddress 127.0.0.1\nPort {self.port}\nHostKey {key}\nAuthorizedKeysFile {keys}\n"
            "PidFile none\nUsePAM no\nStrictModes no\nPermitRootLogin yes\nPasswordAuthentication no\n"
            f"KbdInteractiveAuthentication no\nLogLevel ERROR\nMaxSessions 100\nMaxStartups 500\n"
        )
        self.start()

    def start(self) -> None:
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        self.process = subprocess.Popen(
            ["/usr/sbin/sshd", "-D", "-e", "-f", str(self._config)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        wait_for(lambda: _listens(self.port), "sshd to listen")

    def stop(self) -> None:
        """End the listener and every session that it has begun."""
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=False
        ).stdout.split()
        self.process.kill()
        self.process.wait(READY_SECONDS_MAX)
        for child in children:
            subprocess.run(["kill", "-9", child], check=False, stderr=subprocess.DEVNULL)


def _listens(port: int) -> bool:
    with socket.socket() as sock:
        sock.settimeout(1.0)
        return sock.connect_ex(("127.0.0.1", port)) == 0


def wait_for(condition: Callable[[], object], what: str, *, seconds_max: float = READY_SECONDS_MAX) -> None:
    deadline = time.monotonic() + seconds_max
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < deadline, f"waited {seconds_max:g} s for {what}"
        pause.wait(0.01)


@contextlib.contextmanager
def speaker(answer: bytes, *, close: bool = True) -> Iterator[int]:
    """A port that says `answer` to whoever connects, and then closes or keeps silent."""
    listener = socket.create_server(("127.0.0.1", 0))
    held: list[socket.socket] = []

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                sock, _ = listener.accept()
                with contextlib.suppress(OSError):
                    if answer:
                        sock.sendall(answer)
                if close:
                    sock.close()
                else:
                    held.append(sock)

    thread = threading.Thread(target=serve, name="test speaker")
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for sock in held:
            sock.close()
        thread.join(READY_SECONDS_MAX)
