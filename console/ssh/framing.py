"""Cutting a stream of bytes into lines, tails and marked output, each with its limit."""

from typing import Final

DISCARD_BYTES_MAX: Final = 64 * 1024 * 1024
JUNK_BYTES_MAX: Final = 256 * 1024  # more than that is no greeting of a shell


class CutLine(bytes):
    """The beginning of a line that was longer than its limit; the rest of that line was thrown away."""


class Flood(ValueError):
    """So much came without a line's end that reading on makes no sense."""


class LineSplitter:
    """Gives whole lines, without their newline; a line over the limit comes as a `CutLine`."""

    __slots__ = ("_discarded", "_line_bytes_max", "_pending")

    def __init__(self, line_bytes_max: int) -> None:
        self._line_bytes_max = line_bytes_max
        self._pending = bytearray()
        self._discarded = 0

    def feed(self, data: bytes) -> list[bytes]:
        """The lines that `data` completes. Raises Flood."""
        lines: list[bytes] = []
        *ended, rest = data.split(b"\n")
        for piece in ended:
            if not self._pending and not self._discarded and len(piece) <= self._line_bytes_max:
                lines.append(piece)
                continue
            self._add(piece)
            line = bytes(self._pending)
            lines.append(CutLine(line) if self._discarded else line)
            self._pending.clear()
            self._discarded = 0
        if rest:
            self._add(rest)
        return lines

    def rest(self) -> bytes:
        """What came after the last newline."""
        return bytes(self._pending)

    def _add(self, piece: bytes) -> None:
        room = self._line_bytes_max - len(self._pending)
        self._pending += piece[:room]
        self._discarded += max(0, len(piece) - room)
        if self._discarded > DISCARD_BYTES_MAX:
            raise Flood(f"more than {DISCARD_BYTES_MAX} bytes without a newline")


class Tail:
    """The last bytes of a stream."""

    __slots__ = ("_bytes", "_limit")

    def __init__(self, limit_bytes: int) -> None:
        self._limit = limit_bytes
        self._bytes = bytearray()

    def add(self, data: bytes) -> None:
        self._bytes += data[-self._limit :]
        if len(self._bytes) > self._limit:
            del self._bytes[: len(self._bytes) - self._limit]

    def __bytes__(self) -> bytes:
        return bytes(self._bytes)


class Gathered:
    """The first bytes of a stream, and how many more there were."""

    __slots__ = ("_bytes", "_limit", "discarded")

    def __init__(self, limit_bytes: int) -> None:
        self._limit = limit_bytes
        self._bytes = bytearray()
        self.discarded = 0

    def add(self, data: bytes) -> None:
        """Raises Flood where far more is thrown away than a forgetful command would write."""
        room = self._limit - len(self._bytes)
        self._bytes += data[:room]
        self.discarded += max(0, len(data) - room)
        if self.discarded > DISCARD_BYTES_MAX:
            raise Flood(f"more than {DISCARD_BYTES_MAX} bytes over the limit")

    def __bytes__(self) -> bytes:
        return bytes(self._bytes)


def marked_line(line: str, mark: str) -> str:
    """A shell line that writes `mark` on a line of its own and then becomes `line`.

    What the account's shell prints at its start (rc files, greetings) comes before the mark. It reads the same to
    sh, bash, zsh, csh and fish.
    """
    return f"printf '\\n%s\\n' {mark}; exec {line}"


class AfterMark:
    """Lets through what comes behind the mark. Where no mark comes (a forced command does not know our line), all."""

    __slots__ = ("_frame", "_held", "_open")

    def __init__(self, mark: str) -> None:
        self._frame = b"\n" + mark.encode("ascii") + b"\n"
        self._held = b""
        self._open = not mark

    def feed(self, data: bytes) -> bytes:
        """What of `data`, and of what was held before it, is output."""
        if self._open:
            return data
        self._held += data
        before, found, behind = self._held.partition(self._frame)
        if not found and len(self._held) <= JUNK_BYTES_MAX:
            return b""
        self._open = True
        self._held = b""
        return behind if found else before

    def rest(self) -> bytes:
        """What is still held at the end, as no mark came."""
        held, self._held = self._held, b""
        return held
