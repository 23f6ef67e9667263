"""Runs an operator's own command for an alert: within a limit, with bounded output, ended with all that it started."""

import os
import selectors
import shlex
import signal
import subprocess
import threading
import time
from contextlib import suppress
from typing import IO, Final

from console.domain.alerting import WayOut
from console.engine.way_limit import Limit, NotDelivered
from console.governance.alert_text import Notice, environment_of, json_of

OUTPUT_BYTES_MAX: Final = 4_096  # kept of what it prints; the rest is read and dropped, so that it never waits for us
READ_BYTES: Final = 65_536
AFTER_END_SECONDS: Final = 0.5  # what it printed last may still be on the way
NAMES_KEPT: Final = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "USER", "LOGNAME", "TMPDIR")


def run_command(way: WayOut, notice: Notice, limit: Limit) -> None:
    """The alert as JSON on its standard input, its main values in LEDGER_*. Raises NotDelivered unless it ends well."""
    words = shlex.split(way.target)
    environment = {name: os.environ[name] for name in NAMES_KEPT if name in os.environ} | environment_of(notice)
    try:
        process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment,
            cwd="/", start_new_session=True, close_fds=True,
        )  # fmt: skip
    except (OSError, ValueError) as error:
        raise NotDelivered("no-program", getattr(error, "strerror", "") or "") from error
    try:
        output = _spoken(process, json_of(notice), limit)
    finally:
        _end(process)
    if process.returncode != 0:
        raise NotDelivered("exit-code", f"{process.returncode} {output}".strip())


def _spoken(process: "subprocess.Popen[bytes]", text: bytes, limit: Limit) -> str:
    """Give it its input and take its output until it has ended; what it printed, cut. Raises NotDelivered when late."""
    stdin, stdout = process.stdin, process.stdout
    assert stdin is not None
    assert stdout is not None
    os.set_blocking(stdin.fileno(), False)
    os.set_blocking(stdout.fileno(), False)
    kept, rest = bytearray(), memoryview(text)
    ended: float | None = None
    with selectors.DefaultSelector() as selector:
        selector.register(stdin, selectors.EVENT_WRITE)
        selector.register(stdout, selectors.EVENT_READ)
        while selector.get_map():
            limit.check()
            if _over(process):
                # What it left running may hold its output open for ever: it is not waited for.
                ended = ended if ended is not None else time.monotonic()
                if time.monotonic() - ended > AFTER_END_SECONDS:
                    break
            for key, _ in selector.select(min(0.1, limit.left())):
                if key.fileobj is stdin:
                    rest = _give(stdin, rest, selector)
                elif not _take(stdout, kept):
                    selector.unregister(stdout)
    with suppress(OSError):
        stdin.close()
    stdout.close()
    pause = threading.Event()
    while not _over(process):  # it closed its output and goes on
        limit.check()
        pause.wait(min(0.05, limit.left()))
    return kept.decode("utf-8", "replace").strip()


def _over(process: "subprocess.Popen[bytes]") -> bool:
    """Has it ended? It is left to be waited for: until then its number, which its group bears too, is nobody else's."""
    return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _give(stdin: IO[bytes], rest: memoryview, selector: selectors.BaseSelector) -> memoryview:
    try:
        rest = rest[os.write(stdin.fileno(), rest) :]
    except BlockingIOError:
        return rest
    except OSError:
        rest = rest[len(rest) :]  # it does not read what it is told, and need not
    if not rest:
        selector.unregister(stdin)
        with suppress(OSError):
            stdin.close()
    return rest


def _take(stdout: IO[bytes], kept: bytearray) -> bool:
    """Read once; False: it printed its last."""
    try:
        block = os.read(stdout.fileno(), READ_BYTES)
    except BlockingIOError:
        return True
    room = OUTPUT_BYTES_MAX - len(kept)
    kept += block[: max(0, room)]
    return bool(block)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End it and everything of its group at once."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
