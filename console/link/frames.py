"""Frames on the local socket: four bytes of length, then one message."""

import socket
import struct
from typing import Final

from console.link.messages import FRAME_BYTES_MAX

_LENGTH: Final = struct.Struct(">I")


class LinkLost(Exception):
    """The other side of the link is not there, ended, or broke its word. `reason` is said in plain words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def framed(body: bytes) -> bytes:
    """A message's bytes with their length in front. Raises ValueError over the limit."""
    if len(body) > FRAME_BYTES_MAX:
        raise ValueError(f"a message of {len(body)} bytes is over the link's limit of {FRAME_BYTES_MAX}")
    return _LENGTH.pack(len(body)) + body


def read_frame(connection: socket.socket) -> bytes:
    """The next message's bytes. Blocks; raises LinkLost at the end of the stream."""
    (length,) = _LENGTH.unpack(_read_exactly(connection, _LENGTH.size))
    if length > FRAME_BYTES_MAX:
        raise LinkLost(f"the other side announced a message of {length} bytes, over the limit of {FRAME_BYTES_MAX}")
    return _read_exactly(connection, length)


def _read_exactly(connection: socket.socket, count: int) -> bytes:
    parts: list[bytes] = []
    missing = count
    while missing:
        try:
            part = connection.recv(min(missing, 1 << 20))
        except OSError as error:
            raise LinkLost(f"the connection broke: {error.strerror or error}") from error
        if not part:
            raise LinkLost("the other side has ended")
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def hang_up(connection: socket.socket) -> None:
    """Close a socket so that a thread which reads from it wakes up."""
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        # The other side was quicker: there is nothing left to shut down, closing is all that remains.
        pass
    finally:
        connection.close()
