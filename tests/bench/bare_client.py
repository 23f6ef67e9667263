"""What the engine is compared to: bare SSH clients that ask the same nodes and read nothing of what they are told.

`python -m tests.bench.bare_client paramiko|asyncssh --port … --key … --questions 1|2` takes addresses on its standard
input, keeps one long-lived psql on each (two with `--questions 2`), asks once a second, and prints one line of JSON.
"""

import argparse
import asyncio
import json
import os
import resource
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import asyncssh
import paramiko

from console.postgres.probe import asked
from console.ssh.dialing import dial
from tests.bench.endpoints import LOGIN
from tests.bench.rig import memory, percentile

CONNECTING_AT_ONCE: Final = 64
STATEMENTS: Final = ("execute vital", "execute books")
NONCE: Final = "0123456789abcdef"
ENDED: Final = f"{NONCE} end 00000".encode()
PROGRAM: Final = "psql bare"
SECONDS_MAX: Final = 10.0


class Measured:
    """Round trips while the measuring lasts."""

    def __init__(self) -> None:
        self.trips: list[float] = []
        self.missed = 0
        self.counts = False

    def trip(self, seconds: float) -> None:
        if self.counts:
            self.trips.append(seconds * 1000)


def phases(count: int) -> list[float]:
    """Each node's place in the second: the rounds are spread as the engine's are."""
    return [place / count for place in range(count)]


class ParamikoNode:
    """One node: its own thread, its own connection, a channel for each question."""

    def __init__(self, address: str, port: int, key: Any, questions: int) -> None:
        sock = dial(address, port, seconds_max=SECONDS_MAX)
        self.transport = paramiko.Transport(sock)
        self.transport.start_client(timeout=30)
        self.transport.auth_publickey(LOGIN, key)
        self.channels = []
        for _ in range(questions):
            channel = self.transport.open_session()
            channel.exec_command(PROGRAM)
            channel.settimeout(SECONDS_MAX)
            self.channels.append(channel)

    def run(self, begin: float, measured: Measured, stop: threading.Event) -> None:
        due = begin
        while not stop.wait(max(0.0, due - time.monotonic())):
            for channel, statement in zip(self.channels, STATEMENTS, strict=False):
                asked_at = time.monotonic()
                channel.sendall(asked(statement, NONCE))
                held = b""
                while ENDED not in held:
                    held += channel.recv(65536)
                if statement == STATEMENTS[0]:
                    measured.trip(time.monotonic() - asked_at)
            due += 1.0


def run_paramiko(addresses: list[str], options: argparse.Namespace) -> dict[str, float]:
    key = paramiko.Ed25519Key.from_private_key_file(options.key)
    with ThreadPoolExecutor(CONNECTING_AT_ONCE) as pool:
        nodes = list(pool.map(lambda a: ParamikoNode(a, options.port, key, options.questions), addresses))
    measured, stop = Measured(), threading.Event()
    begin = time.monotonic() + 0.5
    threads = [
        threading.Thread(target=node.run, args=(begin + phase, measured, stop), daemon=True)
        for node, phase in zip(nodes, phases(len(nodes)), strict=True)
    ]
    for thread in threads:
        thread.start()
    time.sleep(options.warm)
    measured.counts = True
    cpu, wall = time.process_time(), time.monotonic()
    time.sleep(options.seconds)
    figures = told(measured, time.process_time() - cpu, time.monotonic() - wall)
    stop.set()
    for thread in threads:
        thread.join()
    for node in nodes:
        node.transport.close()
    return figures


async def asyncssh_node(
    connection: Any, begin: float, questions: int, measured: Measured, stop: asyncio.Event
) -> None:
    """One node: a task, its own connection, a process for each question."""
    programs = [await connection.create_process(PROGRAM, encoding=None) for _ in range(questions)]
    due = begin
    while not stop.is_set():
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        for program, statement in zip(programs, STATEMENTS, strict=False):
            asked_at = time.monotonic()
            program.stdin.write(asked(statement, NONCE))
            await program.stdout.readuntil(ENDED)
            if statement == STATEMENTS[0]:
                measured.trip(time.monotonic() - asked_at)
        due += 1.0


async def run_asyncssh(addresses: list[str], options: argparse.Namespace) -> dict[str, float]:
    key = asyncssh.read_private_key(options.key)
    gate = asyncio.Semaphore(CONNECTING_AT_ONCE)

    async def connect(address: str) -> Any:
        async with gate:
            return await asyncssh.connect(
                address, options.port, username=LOGIN, client_keys=[key], known_hosts=None, config=None,
                agent_path=None, encryption_algs=["aes128-gcm@openssh.com"], compression_algs=["none"],
                login_timeout=60,
            )  # fmt: skip

    connections = await asyncio.gather(*(connect(address) for address in addresses))
    measured, stop = Measured(), asyncio.Event()
    begin = time.monotonic() + 0.5
    tasks = [
        asyncio.create_task(asyncssh_node(connection, begin + phase, options.questions, measured, stop))
        for connection, phase in zip(connections, phases(len(connections)), strict=True)
    ]
    await asyncio.sleep(options.warm)
    measured.counts = True
    cpu, wall = time.process_time(), time.monotonic()
    await asyncio.sleep(options.seconds)
    figures = told(measured, time.process_time() - cpu, time.monotonic() - wall)
    stop.set()
    await asyncio.wait(tasks, timeout=SECONDS_MAX)
    for connection in connections:
        connection.abort()
    return figures


def told(measured: Measured, cpu: float, wall: float) -> dict[str, float]:
    used = memory(os.getpid())
    return {
        "cpu": 100 * cpu / wall, "rss": used.resident, "pss": used.proportional, "threads": used.threads,
        "p50": percentile(measured.trips, 0.5), "p99": percentile(measured.trips, 0.99),
        "asked": len(measured.trips) / wall,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("client", choices=("paramiko", "asyncssh"))
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--key", required=True)
    parser.add_argument("--questions", type=int, choices=(1, 2), default=1)
    parser.add_argument("--warm", type=float, default=4.0)
    parser.add_argument("--seconds", type=float, default=15.0)
    options = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    addresses = sys.stdin.read().split()
    if options.client == "paramiko":
        figures = run_paramiko(addresses, options)
    else:
        figures = asyncio.run(run_asyncssh(addresses, options))
    sys.stdout.write(json.dumps({**figures, "whole_cpu_seconds": time.process_time()}) + "\n")


if __name__ == "__main__":
    main()
