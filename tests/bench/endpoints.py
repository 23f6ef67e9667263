"""Simulated nodes in a process of their own: asyncssh servers on loopback addresses that answer as `sh` and `psql` do.

`python -m tests.bench.endpoints --nodes 500 --directory DIR` says on its standard output, in JSON, when it is ready.
On its standard input it takes `cut SECONDS`: every connection is ended and every port closed for that long. It ends
with its standard input.
"""

import argparse
import asyncio
import json
import logging
import resource
import sys
from pathlib import Path
from typing import Any, Final

import asyncssh

from tests.bench.node_answers import NODES_PER_CLUSTER, SimulatedCluster, SimulatedNode

LOGIN: Final = "console"
BACKLOG: Final = 64
ENDING: Final = b" end :SQLSTATE :LAST_ERROR_MESSAGE\n"
PORT_FIRST: Final = 22022


def address_of(place: int) -> str:
    """A loopback address of its own for each node."""
    return f"127.{60 + place // 60_000}.{place // 240 % 250}.{place % 240 + 1}"


class _Session(asyncssh.SSHServerSession):  # type: ignore[misc]
    """One `psql` or one `sh` that answers each framed question when its last line has come."""

    def __init__(self, node: SimulatedNode) -> None:
        self._node = node
        self._chan: Any = None
        self._held = b""
        self._shell = False

    def connection_made(self, chan: Any) -> None:
        self._chan = chan

    def exec_requested(self, command: str) -> bool:
        self._shell = "psql" not in command
        return True

    def data_received(self, data: bytes, datatype: object) -> None:  # noqa: ARG002 - asyncssh's form
        self._held += data
        while True:
            answer = self._shell_answer() if self._shell else self._sql_answer()
            if answer is None:
                return
            self._chan.write(answer)

    def _sql_answer(self) -> bytes | None:
        end = self._held.find(ENDING)
        if end < 0:
            return None
        question, self._held = self._held[:end], self._held[end + len(ENDING) :]
        begin = question.find(b"\\echo ")
        head, _, rest = question[begin + 6 :].partition(b"\n")
        nonce = head.split(b" ", 1)[0]
        statement = rest[: rest.rfind(b";\n\\echo ")]
        return b"%s begin\n%s%s end 00000 \n" % (nonce, self._node.sql(statement), nonce)

    def _shell_answer(self) -> bytes | None:
        end = self._held.find(b" end 00000'\n")
        if end < 0:
            return None
        question, self._held = self._held[:end], self._held[end + 12 :]
        nonce = question[question.rfind(b"'") + 1 :]
        return b"%s begin\n%s\n%s end 00000\n" % (nonce, self._node.shell(question), nonce)

    def eof_received(self) -> bool:
        self._chan.exit(0)
        return False


class _Server(asyncssh.SSHServer):  # type: ignore[misc]
    """One connection of a client to one node."""

    def __init__(self, node: SimulatedNode, open_now: set[Any]) -> None:
        self._node = node
        self._open = open_now
        self._connection: Any = None

    def connection_made(self, conn: Any) -> None:
        self._connection = conn
        self._open.add(conn)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncssh's form
        self._open.discard(self._connection)

    def session_requested(self) -> _Session:
        return _Session(self._node)


class Endpoints:
    """All simulated nodes of this process."""

    def __init__(self, count: int, directory: Path) -> None:
        self._host_key = asyncssh.generate_private_key("ssh-ed25519")
        client = asyncssh.generate_private_key("ssh-ed25519")
        client.write_private_key(directory / "client_key")
        (directory / "client_key").chmod(0o600)
        self._clients = asyncssh.import_authorized_keys(client.export_public_key().decode())
        self._addresses = [address_of(place) for place in range(count)]
        self._nodes: list[SimulatedNode] = []
        for number, start in enumerate(range(0, count, NODES_PER_CLUSTER)):
            self._nodes += SimulatedCluster(number, self._addresses[start : start + NODES_PER_CLUSTER]).nodes
        self._open: set[Any] = set()
        self._listeners: list[Any] = []
        self.port = PORT_FIRST
        host_key = self._host_key.export_public_key().decode().split()
        self._known_hosts = directory / "known_hosts"
        self._public = f"{host_key[0]} {host_key[1]}"

    async def open(self) -> None:
        """Listen on every node's address, all on one port: the first that is free everywhere."""
        while True:
            try:
                for node, address in zip(self._nodes, self._addresses, strict=True):
                    self._listeners.append(await self._listen(node, address))
            except OSError:
                self.close()
                self.port += 1
                if self.port > PORT_FIRST + 50:
                    raise
            else:
                break
        lines = [f"[{address}]:{self.port} {self._public}\n" for address in self._addresses]
        self._known_hosts.write_text("".join(lines))

    async def _listen(self, node: SimulatedNode, address: str) -> Any:
        return await asyncssh.listen(
            address, self.port, server_factory=lambda: _Server(node, self._open),
            server_host_keys=[self._host_key], authorized_client_keys=self._clients, encoding=None,
            compression_algs=["none"], backlog=BACKLOG, login_timeout=60,
            kex_algs=["curve25519-sha256", "curve25519-sha256@libssh.org"],
            gss_host=None, allow_scp=False, agent_forwarding=False, reuse_address=True,
        )  # fmt: skip

    def close(self) -> None:
        """Close every port and cut every connection."""
        for listener in self._listeners:
            listener.close()
        self._listeners.clear()
        for connection in tuple(self._open):
            connection.abort()

    def nodes(self) -> list[dict[str, object]]:
        return [
            {"name": node.name, "address": address}
            for node, address in zip(self._nodes, self._addresses, strict=True)
        ]


def _say(**words: object) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


async def serve(count: int, directory: Path) -> None:
    endpoints = Endpoints(count, directory)
    await endpoints.open()
    orders = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    _say(ready=True, port=endpoints.port, nodes=endpoints.nodes())
    while line := await orders.readline():
        words = line.split()
        if words and words[0] == b"cut":
            endpoints.close()
            _say(cut=True)
            await asyncio.sleep(float(words[1]))
            await endpoints.open()
            _say(open=True)
    endpoints.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=500)
    parser.add_argument("--directory", type=Path, required=True)
    asked = parser.parse_args()
    for name in ("asyncio", "asyncssh"):  # a cut connection is what is wanted here
        logging.getLogger(name).setLevel(logging.CRITICAL)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    asyncio.run(serve(asked.nodes, asked.directory))


if __name__ == "__main__":
    main()
