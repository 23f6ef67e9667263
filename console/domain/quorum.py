"""Synchronous replication as configured: who is listed, how many must confirm, and what overlap proves."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final

NAMES_MAX: Final = 1000


class SyncMethod(Enum):
    """How the confirming standbys are chosen from the list."""

    FIRST = "FIRST"
    ANY = "ANY"


@dataclass(frozen=True, slots=True)
class SyncPolicy:
    """`ANY 1 (a, b)`: of the listed names, `count` must confirm. A name '*' matches every standby.

    Source: https://www.postgresql.org/docs/18/runtime-config-replication.html#GUC-SYNCHRONOUS-STANDBY-NAMES
    """

    method: SyncMethod
    count: int
    names: tuple[str, ...]

    @property
    def overlap_count(self) -> int | None:
        """How many of the listed must answer so that one of them surely holds each confirmed commit: n - k + 1.

        None where '*' hides how many there are.
        """
        if "*" in self.names:
            return None
        return max(1, len(self.names) - self.count + 1)


_WORDS: Final = re.compile(r'\s*(?:(?P<name>"(?:[^"]|"")+"|[^\s,()"]+)|(?P<sign>[,()]))')


@lru_cache(256)
def parse_sync(text: str) -> SyncPolicy | None:
    """Read synchronous_standby_names; None where it is empty. Raises ValueError where it is not understood."""
    words: list[str] = []
    place = 0
    stripped = text.strip()
    while place < len(stripped):
        match = _WORDS.match(stripped, place)
        if match is None:
            raise ValueError(f"synchronous_standby_names is not understood: {text[:60]!r}")
        words.append(match.group(0).strip())
        place = match.end()
    if not words:
        return None
    method = SyncMethod.FIRST
    if words[0].upper() in ("ANY", "FIRST") and len(words) > 2:
        method = SyncMethod[words[0].upper()]
        words = words[1:]
    if len(words) > 1 and words[1] == "(" and words[0].isascii() and words[0].isdigit() and words[-1] == ")":
        count, listed = int(words[0]), words[2:-1]
    elif "(" in words or ")" in words:
        raise ValueError(f"synchronous_standby_names is not understood: {text[:60]!r}")
    else:
        count, listed = 1, words
    names = tuple(_unquoted(word) for word in listed[::2])
    parted = len(listed) % 2 == 1 and all(word == "," for word in listed[1::2]) and "," not in listed[::2]
    if count < 1 or not parted or len(names) > NAMES_MAX:
        raise ValueError(f"synchronous_standby_names is not understood: {text[:60]!r}")
    return SyncPolicy(method=method, count=count, names=names)


def _unquoted(word: str) -> str:
    return word[1:-1].replace('""', '"') if word.startswith('"') else word
