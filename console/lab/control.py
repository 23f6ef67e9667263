"""The service's control socket: one line of JSON there, one back; for the lab's owner alone."""

import os
import socket
from pathlib import Path
from typing import Final, Literal

import msgspec

from console.lab.status import LabError, LabStatus

LINE_BYTES_MAX: Final = 1024 * 1024
STATUS_SECONDS_MAX: Final = 15.0
CHANGE_SECONDS_MAX: Final = 180.0
BACKLOG: Final = 16


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What the lab is asked for."""

    verb: Literal["status", "fault", "mend", "down"]
    fault: str = ""
    node: str | None = None


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """The lab after it, or what stood against it."""

    status: LabStatus | None = None
    what: str = ""
    hint: str = ""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a service that builds: a step, that it is ready, or why it gave up."""

    step: str = ""
    ready: bool = False
    what: str = ""
    hint: str = ""


def ask(path: Path, request: Request) -> LabStatus | None:
    """Asks the service and waits for its answer. Raises LabError; None is the answer to `down`."""
    seconds = STATUS_SECONDS_MAX if request.verb == "status" else CHANGE_SECONDS_MAX
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(seconds)
        try:
            line.connect(str(path))
            line.sendall(msgspec.json.encode(request) + b"\n")
            text = read_line(line)
        except TimeoutError:
            raise LabError(f"the lab's service gave no answer within {seconds:g} s", f"See {path.parent}.") from None
        except OSError as error:
            raise LabError(f"the lab's service can't be asked: {error.strerror}", "ledger-console lab up") from error
    if not text:
        raise LabError("the lab's service ended before it answered", f"Look into {path.with_name('service.log')}.")
    try:
        reply = msgspec.json.decode(text, type=Reply)
    except msgspec.DecodeError as error:
        raise LabError(f"the lab's service answered with something else: {error}", "Take it down and up.") from error
    if reply.what:
        raise LabError(reply.what, reply.hint)
    return reply.status


def read_line(line: socket.socket) -> bytes:
    """One line without its end; empty where the other side has gone, or sends more than a line may hold."""
    text = bytearray()
    while not text.endswith(b"\n"):
        chunk = line.recv(65536)
        if not chunk or len(text) + len(chunk) > LINE_BYTES_MAX:
            return b""
        text += chunk
    return bytes(text[:-1])


def listen(path: Path) -> socket.socket:
    """The socket, for the owner alone."""
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX)
    before = os.umask(0o177)
    try:
        listener.bind(str(path))
    finally:
        os.umask(before)
    listener.listen(BACKLOG)
    return listener
