"""The lab's SSH endpoints, one per host, in a process of their own: exec, SFTP and tunnels to the lab's servers."""

import asyncio
import os
import sys
from dataclasses import dataclass, field
from socket import IPPROTO_TCP, TCP_NODELAY
from typing import Final

import asyncssh
import msgspec

from console.lab.channel import serve

LOGIN_SECONDS_MAX: Final = 20
LISTEN_BACKLOG: Final = 200
ORDER_BYTES_MAX: Final = 1024 * 1024


class HostDoor(msgspec.Struct, frozen=True, kw_only=True):
    """One host: where it listens, the home of whoever comes in, its private host key."""

    name: str
    address: str
    home: str
    key: str


class EndpointsPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What this process is told first, as one line: whom to be, what to listen on, which keys to take."""

    user: str
    uid: int
    gid: int
    drop: bool
    environment: dict[str, str]
    port: int
    authorized: str
    hosts: tuple[HostDoor, ...]
    tunnels: tuple[tuple[str, int], ...]  # where direct-tcpip may go


class Order(msgspec.Struct, frozen=True):
    """What it is told later: open or close one host's endpoint."""

    host: str
    open: bool


class Answer(msgspec.Struct, frozen=True):
    """What it says to each line it was told: done, or what stood against it."""

    trouble: str = ""


@dataclass(slots=True)
class Endpoint:
    """One host's listener and its connections."""

    door: HostDoor
    key: asyncssh.SSHKey
    listener: asyncssh.SSHAcceptor | None = None
    connections: set[asyncssh.SSHServerConnection] = field(default_factory=set)


class Door(asyncssh.SSHServer):
    """Who comes in by which key, and where a tunnel may lead."""

    def __init__(self, plan: EndpointsPlan, endpoint: Endpoint, keys: asyncssh.SSHAuthorizedKeys) -> None:
        self._plan = plan
        self._endpoint = endpoint
        self._keys = keys
        self._connection: asyncssh.SSHServerConnection | None = None

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._connection = conn
        self._endpoint.connections.add(conn)
        # Small answers must not wait for each other's acknowledgement.
        conn.get_extra_info("socket").setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        if self._connection is not None:
            self._endpoint.connections.discard(self._connection)

    def begin_auth(self, username: str) -> bool:
        if username == self._plan.user and self._connection is not None:
            self._connection.set_authorized_keys(self._keys)
        return True

    def connection_requested(self, dest_host: str, dest_port: int, orig_host: str, orig_port: int) -> bool:  # noqa: ARG002
        return (dest_host, dest_port) in self._plan.tunnels


class Files(asyncssh.SFTPServer):
    """SFTP that begins in the host's home; what it may touch is what this process's account may touch."""

    def __init__(self, chan: "asyncssh.SSHServerChannel[bytes]", home: str) -> None:
        super().__init__(chan)
        self._home = os.fsencode(home)

    def map_path(self, path: bytes) -> bytes:
        # normpath, because a client's first question is the real path of '.'.
        return os.path.normpath(b"/".join((self._home, path)) if not path.startswith(b"/") else path)


class Endpoints:
    """All endpoints of one lab."""

    def __init__(self, plan: EndpointsPlan) -> None:
        self._plan = plan
        self._keys = asyncssh.import_authorized_keys(plan.authorized)
        self._endpoints = {
            door.name: Endpoint(door, asyncssh.import_private_key(door.key)) for door in plan.hosts
        }  # fmt: skip
        self._running: set[asyncio.Task[None]] = set()

    async def open(self, name: str) -> None:
        """Listens for one host. Raises OSError where its port is taken."""
        endpoint = self._endpoints[name]
        if endpoint.listener is not None:
            return
        endpoint.listener = await asyncssh.listen(
            endpoint.door.address,
            self._plan.port,
            server_factory=lambda: Door(self._plan, endpoint, self._keys),
            server_host_keys=[endpoint.key],
            process_factory=lambda process: self._serve(process, endpoint),
            sftp_factory=lambda chan: Files(chan, endpoint.door.home),
            encoding=None,
            allow_pty=False,
            password_auth=False,
            kbdint_auth=False,
            login_timeout=LOGIN_SECONDS_MAX,
            backlog=LISTEN_BACKLOG,
            reuse_address=True,
        )

    async def close(self, name: str) -> None:
        """Stops listening for one host and cuts whoever is connected."""
        endpoint = self._endpoints[name]
        if endpoint.listener is None:
            return
        endpoint.listener.close()
        await endpoint.listener.wait_closed()
        endpoint.listener = None
        for connection in tuple(endpoint.connections):
            connection.abort()

    def _serve(self, process: "asyncssh.SSHServerProcess[bytes]", endpoint: Endpoint) -> None:
        # A task of ours, not of the connection: the command is looked after until it ends, connected or not.
        environment = {**self._plan.environment, "HOME": endpoint.door.home}
        task = asyncio.get_running_loop().create_task(serve(process, endpoint.door.home, environment))
        self._running.add(task)
        task.add_done_callback(self._running.discard)


async def _obey(endpoints: Endpoints, order: Order) -> Answer:
    try:
        await (endpoints.open(order.host) if order.open else endpoints.close(order.host))
    except OSError as error:
        return Answer(str(error))
    return Answer()


async def _run() -> None:
    """Reads lines from standard input, the plan first, and ends with it: without its service it has no work."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=ORDER_BYTES_MAX)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin.buffer)
    plan = msgspec.json.decode(await reader.readline(), type=EndpointsPlan)
    if plan.drop:
        # Modules that are loaded on first use must be there before: the account may not reach the interpreter's files.
        await loop.run_in_executor(None, int)
        "lab".encode("idna")
        # For good, and before anyone can connect: what clients start has only this account's rights.
        os.setgroups([])
        os.setgid(plan.gid)
        os.setuid(plan.uid)
    endpoints = Endpoints(plan)
    answers = [await _obey(endpoints, Order(door.name, True)) for door in plan.hosts]
    _say(next((answer for answer in answers if answer.trouble), Answer()))
    while line := await reader.readline():
        _say(await _obey(endpoints, msgspec.json.decode(line, type=Order)))


def _say(answer: Answer) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    asyncio.run(_run())
