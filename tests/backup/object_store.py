"""An object store for tests: moto behind a TLS door with a certificate of the test's own."""

import asyncio
import socket
import ssl
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.live import wait_for

NAME = "localhost"  # pgBackRest finds no address in a certificate, only names
BUCKET = "books"
READ_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class ObjectStore:
    """Where it listens by TLS, and the certificate to trust."""

    port: int
    certificate: Path
    plain: str

    def make_bucket(self) -> None:
        asked = urllib.request.Request(f"{self.plain}/{BUCKET}", method="PUT")
        with urllib.request.urlopen(asked, timeout=20) as answer:
            assert answer.status == 200


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class _Door:
    """TLS in front of a plain server, ended as TLS asks: moto's own hangs up, which pgBackRest takes for a fault."""

    def __init__(self, certificate: Path, key: Path, behind: int) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate, key)
        self._behind, self.port = behind, 0
        self._loop = asyncio.new_event_loop()
        self._open, self._over = threading.Event(), asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="object store door")

    def open(self) -> None:
        self._thread.start()
        assert self._open.wait(20)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(20)
        assert not self._thread.is_alive()

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            for task in asyncio.all_tasks(self._loop):
                task.cancel()
                with suppress(asyncio.CancelledError):
                    self._loop.run_until_complete(task)
            self._loop.close()

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._visit, "127.0.0.1", 0, ssl=self._context)
        self.port = server.sockets[0].getsockname()[1]
        self._open.set()
        await self._over.wait()
        server.close()

    async def _visit(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", self._behind)
        except OSError:
            writer.close()
            return
        await asyncio.gather(self._pump(reader, inner_writer), self._pump(inner_reader, writer))

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):  # whichever side goes first
            while piece := await reader.read(READ_BYTES):
                writer.write(piece)
                await writer.drain()
        writer.close()


@contextmanager
def object_store(directory: Path) -> Iterator[ObjectStore]:
    """A store with one empty bucket; all of it gone afterwards."""
    program = Path(sys.prefix, "moto", "bin", "moto_server")
    if not program.exists():
        pytest.skip("needs moto, which packaging/test installs")
    certificate, key = directory / "store.crt", directory / "store.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
         "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    plain = _free_port()
    process = subprocess.Popen([program, "-H", "127.0.0.1", "-p", str(plain)], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, cwd="/")  # fmt: skip
    door = None
    try:

        def answers() -> bool:
            assert process.poll() is None, "moto ended"
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", plain), 1).close()
                return True
            return False

        wait_for(answers, "moto to answer", seconds=60)
        door = _Door(certificate, key, plain)
        door.open()
        store = ObjectStore(door.port, certificate, f"http://127.0.0.1:{plain}")
        store.make_bucket()
        yield store
    finally:
        if door is not None:
            door.close()
        process.terminate()
        process.wait(20)
