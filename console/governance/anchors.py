"""The anchors of the audit log: a small file beside the store that remembers where the log ended."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from console.domain.audit import Anchor
from console.domain.audit_file import anchor_line, anchor_of

FILE_BYTES_MAX: Final = 64 * 1024
DENIED_MAX: Final = 100  # anchors kept that the log did not hold; the oldest stay

OWNER_ONLY: Final = 0o600


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchors:
    """`newest` is where the log ended last; `denied` are earlier ones that were not found in it, kept for good."""

    newest: Anchor | None = None
    denied: tuple[Anchor, ...] = ()

    @property
    def all(self) -> tuple[Anchor, ...]:
        return (*(() if self.newest is None else (self.newest,)), *self.denied)


def read_anchors(path: Path) -> Anchors:
    """What the file holds; nothing where there is none. Raises ValueError where it can't be read."""
    try:
        with path.open("rb") as file:
            whole = file.read(FILE_BYTES_MAX + 1)
    except FileNotFoundError:
        return Anchors()
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror or error}") from error
    if len(whole) > FILE_BYTES_MAX:
        raise ValueError(f"{path} is over its limit of {FILE_BYTES_MAX} bytes")
    try:
        newest, *denied = [anchor_of(line) for line in whole.splitlines(keepends=True)]
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
    return Anchors(newest=newest, denied=tuple(denied))


def write_anchors(path: Path, anchors: Anchors) -> None:
    """Put the anchors in the file's place, whole or not at all. Raises OSError."""
    write_whole(path, b"".join(anchor_line(anchor) for anchor in anchors.all[: DENIED_MAX + 1]))


def write_whole(path: Path, content: bytes) -> None:
    """A small file for its owner alone, flushed before it takes the old one's place. Raises OSError."""
    beside = path.with_name(f"{path.name}.new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, OWNER_ONLY)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
