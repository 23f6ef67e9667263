"""Host keys that people accepted: the console's own known_hosts, others that are only read, and what is offered."""

import base64
import binascii
import hashlib
import hmac
import os
import re
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

FILE_BYTES_MAX: Final = 16 * 1024 * 1024
OFFERS_MAX: Final = 2_000
PORT: Final = 22


class KeyVerdict(Enum):
    """What the files say of a key that a host showed."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    CHANGED = "changed"  # the files hold another key for this name
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A key that a host showed and that nobody has accepted yet. `name` is what would stand in the file."""

    host: str
    port: int
    name: str
    kind: str
    fingerprint: str
    stored_in: str


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a known_hosts file. `mark` is '', '@revoked' or '@cert-authority'."""

    mark: str
    names: str
    kind: str
    blob: bytes


def fingerprint(blob: bytes) -> str:
    """SHA-256 of a key as OpenSSH writes it."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode("ascii").rstrip("=")


def key_name(host: str, port: int) -> str:
    """The name of a host in known_hosts: with its port in brackets where that is not 22."""
    return host.lower() if port == PORT else f"[{host.lower()}]:{port}"


class HostKeyStore:
    """Says whether a key is known, keeps what is offered, and stores what a person accepted. Threads may share it.

    `also` are further files that are read and never written. A key that differs from one of them is a changed key.
    `on_change` is called, from any thread, when the offers change.
    """

    def __init__(self, path: Path, *, also: Sequence[Path] = (), on_change: Callable[[], None] | None = None) -> None:
        self.path = path
        self._also = tuple(also)
        self._on_change = on_change
        self._lock = threading.Lock()
        self._read: dict[Path, tuple[tuple[int, int, int], tuple[_Line, ...]]] = {}
        self._offers: dict[str, tuple[Offer, bytes]] = {}

    def known_kinds(self, name: str) -> tuple[str, ...]:
        """The kinds of key that are known for a name, to be asked for first: a host may have several."""
        with self._lock:
            return tuple(dict.fromkeys(line.kind for line in self._lines_of(name) if line.mark == ""))

    def judge(self, name: str, kind: str, blob: bytes, *, host: str, port: int) -> KeyVerdict:
        """What a key is that `host` showed; an unknown one becomes an offer."""
        with self._lock:
            verdict = self._verdict(name, blob)
            before = self._offers.get(name)
            if verdict is KeyVerdict.UNKNOWN:
                offer = Offer(
                    host=host, port=port, name=name, kind=kind, fingerprint=fingerprint(blob), stored_in=str(self.path)
                )
                if before is None and len(self._offers) >= OFFERS_MAX:
                    self._offers.pop(next(iter(self._offers)))
                self._offers[name] = (offer, blob)
                changed = before is None or before[0] != offer
            else:
                changed = self._offers.pop(name, None) is not None
        if changed and self._on_change is not None:
            self._on_change()
        return verdict

    def offers(self) -> tuple[Offer, ...]:
        """All keys that wait for a person."""
        with self._lock:
            return tuple(offer for offer, _ in self._offers.values())

    def accept(self, host: str, port: int, fingerprint: str) -> bool:
        """Store the offered key, if it is the one that a person compared and nothing is known of the host by now.

        False: another one is offered, or none. Raises OSError where the file can't be written; then nothing changed.
        """
        with self._lock:
            found = next(
                (
                    (name, offer, blob)
                    for name, (offer, blob) in self._offers.items()
                    if offer.host == host and offer.port == port and offer.fingerprint == fingerprint
                ),
                None,
            )
            if found is None:
                return False
            name, offer, blob = found
            if self._verdict(name, blob) is not KeyVerdict.UNKNOWN:
                return False
            self._store(f"{name} {offer.kind} {base64.b64encode(blob).decode('ascii')}\n")
            del self._offers[name]
        if self._on_change is not None:
            self._on_change()
        return True

    def holder(self, name: str) -> str:
        """The file and line in which a name's key stands, for the sentence that says what to look at."""
        for path in (self.path, *self._also):
            for number, line in _parsed(path):
                if _holds(line.names, name):
                    return f"{path}, line {number}"
        return str(self.path)

    def _verdict(self, name: str, blob: bytes) -> KeyVerdict:
        lines = self._lines_of(name)
        if any(line.mark == "@revoked" and line.blob == blob for line in lines):
            return KeyVerdict.REVOKED
        plain = [line for line in lines if line.mark == ""]
        if any(line.blob == blob for line in plain):
            return KeyVerdict.KNOWN
        # The known kinds were asked for first: a host that shows another kind has lost the key that we know.
        return KeyVerdict.CHANGED if plain else KeyVerdict.UNKNOWN

    def _lines_of(self, name: str) -> list[_Line]:
        return [line for path in (self.path, *self._also) for line in self._lines(path) if _holds(line.names, name)]

    def _lines(self, path: Path) -> tuple[_Line, ...]:
        """The lines of a file, read again when it has changed: a person may mend it while we run."""
        try:
            seen = path.stat()
        except OSError:
            self._read.pop(path, None)
            return ()
        mark = (seen.st_mtime_ns, seen.st_size, seen.st_ino)
        cached = self._read.get(path)
        if cached is None or cached[0] != mark:
            cached = (mark, tuple(line for _, line in _parsed(path)))
            self._read[path] = cached
        return cached[1]

    def _store(self, line: str) -> None:
        try:
            before = self.path.read_bytes()
        except FileNotFoundError:
            before = b""
        if before and not before.endswith(b"\n"):
            before += b"\n"
        handle, temporary = tempfile.mkstemp(prefix=".known_hosts.", dir=self.path.parent)  # made with mode 0600
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(before + line.encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(self.path)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise
        _flush_directory(self.path.parent)


def _flush_directory(directory: Path) -> None:
    """A renamed file survives a power cut only when its directory is on the disk too."""
    if os.name != "posix":
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _parsed(path: Path) -> Iterator[tuple[int, _Line]]:
    try:
        with path.open("rb") as file:
            text = file.read(FILE_BYTES_MAX).decode("utf-8", "replace")
    except OSError:
        return
    for number, raw in enumerate(text.splitlines(), 1):
        words = raw.split()
        mark = words.pop(0) if words and words[0].startswith("@") else ""
        if len(words) < 3 or words[0].startswith("#"):
            continue
        try:
            blob = base64.b64decode(words[2], validate=True)
        except (binascii.Error, ValueError):
            continue
        yield number, _Line(mark, words[0], words[1], blob)


def _holds(names: str, name: str) -> bool:
    """Whether a line's first field, patterns or one hash, stands for this name."""
    if names.startswith("|1|"):
        return _hash_holds(names, name)
    held = False
    for pattern in names.split(","):
        shape = re.escape(pattern.removeprefix("!").lower()).replace(r"\*", ".*").replace(r"\?", ".")
        if re.fullmatch(shape, name):
            if pattern.startswith("!"):
                return False
            held = True
    return held


def _hash_holds(names: str, name: str) -> bool:
    try:
        salt, digest = (base64.b64decode(part, validate=True) for part in names[3:].split("|"))
    except (binascii.Error, ValueError):
        return False
    return hmac.compare_digest(hmac.new(salt, name.encode("utf-8"), hashlib.sha1).digest(), digest)
