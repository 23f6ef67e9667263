"""Runs one command for an SSH client the way sshd does: by the shell, without a terminal, streams and status apart."""

import asyncio
import os
import signal
from asyncio.subprocess import PIPE, Process, SubprocessStreamProtocol
from contextlib import suppress
from typing import Final

import asyncssh

CHUNK_BYTES: Final = 64 * 1024
NOT_FOUND: Final = 127  # what a shell says of a command that it can't start


async def serve(process: "asyncssh.SSHServerProcess[bytes]", home: str, environment: dict[str, str]) -> None:
    """Starts the command, pumps its streams, and tells its exit status or the signal that ended it.

    A channel that closes leaves the command running, as sshd does; the command finds its pipes closed.
    """
    # Without a command a client wants a shell that reads its lines.
    argv = ["/bin/sh"] if process.command is None else ["/bin/sh", "-c", process.command]
    loop = asyncio.get_running_loop()
    try:
        transport, protocol = await loop.subprocess_exec(
            lambda: SubprocessStreamProtocol(limit=CHUNK_BYTES, loop=loop),
            *argv, stdin=PIPE, stdout=PIPE, stderr=PIPE, cwd=home, env=environment, start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        process.stderr.write(f"{argv[0]}: {error.strerror}\n".encode())
        process.exit(NOT_FOUND)
        return
    # The pair is kept until the command has ended: a transport that is thrown away kills its process.
    child = Process(transport, protocol, loop)
    assert child.stdout is not None and child.stderr is not None
    inward = asyncio.create_task(_inward(process, child))
    outward = asyncio.create_task(_both(child.stdout, child.stderr, process))
    closed = asyncio.create_task(process.wait_closed())
    await asyncio.wait({outward, closed}, return_when=asyncio.FIRST_COMPLETED)
    if outward.done():
        status = await child.wait()
        with suppress(OSError):
            _tell_end(process, status)
    outward.cancel()
    with suppress(asyncio.CancelledError, OSError):
        await outward
    for task in (inward, closed):
        task.cancel()
    for stream in (0, 1, 2):
        pipe = transport.get_pipe_transport(stream)
        if pipe is not None:
            pipe.close()
    await child.wait()


def _tell_end(process: "asyncssh.SSHServerProcess[bytes]", status: int) -> None:
    if status < 0:
        process.exit_with_signal(signal.Signals(-status).name.removeprefix("SIG"))
    else:
        process.exit(status)


async def _inward(process: "asyncssh.SSHServerProcess[bytes]", child: Process) -> None:
    """From the client to the command; a signal that the client sends goes to the command's whole group."""
    assert child.stdin is not None
    with suppress(OSError):  # either side has closed: there is nothing left to bring
        while True:
            try:
                chunk = await process.stdin.read(CHUNK_BYTES)
            except asyncssh.SignalReceived as received:
                with suppress(ProcessLookupError, KeyError):
                    os.killpg(child.pid, signal.Signals[f"SIG{received.signal}"])
                continue
            except (asyncssh.BreakReceived, asyncssh.TerminalSizeChanged):
                continue
            if not chunk:
                break
            child.stdin.write(chunk)
            await child.stdin.drain()
    child.stdin.close()


async def _both(
    stdout: asyncio.StreamReader, stderr: asyncio.StreamReader, process: "asyncssh.SSHServerProcess[bytes]"
) -> None:
    await asyncio.gather(_outward(stdout, process.stdout), _outward(stderr, process.stderr))


async def _outward(source: asyncio.StreamReader, target: "asyncssh.SSHWriter[bytes]") -> None:
    """From the command to the client, never faster than the client reads."""
    with suppress(OSError):
        while chunk := await source.read(CHUNK_BYTES):
            target.write(chunk)
            await target.drain()
