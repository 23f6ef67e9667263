"""Copies held against each other: books, configuration, promotability, members of the consensus group."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from console.domain.verdict import Scalar


class CopyTrouble(Enum):
    """What is wrong with a copy."""

    BOOKS_DIFFER = "books-differ"
    BOOKS_UNREAD = "books-unread"
    TOO_FEW_SYNC = "too-few-sync"
    NOT_PROMOTABLE = "not-promotable"
    SETTING_DRIFT = "setting-drift"
    EXTENSION_DRIFT = "extension-drift"
    COLLATION_DRIFT = "collation-drift"
    HBA_DRIFT = "hba-drift"
    VERSION_DRIFT = "version-drift"
    MEMBER_DIFFERS = "member-differs"  # of the consensus group
    MEMBER_ALARM = "member-alarm"
    MEMBER_SILENT = "member-silent"
    MEMBER_BEHIND = "member-behind"
    MEMBER_CLOCK = "member-clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyFinding:
    """One thing that differs: on which node, what (a setting's name), what it is there, what it should be."""

    trouble: CopyTrouble
    node: str
    about: str = ""
    observed: Scalar = None
    wanted: Scalar = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLine:
    """One copy of the books: what its own rows add up to, up to the common entry. `root` empty: not computed."""

    node: str
    origin: str
    up_to: int | None
    blocks: int
    blocks_differ: int
    root: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redundancy:
    """The last comparison of all copies. `proven` of `copies` agree up to the same entry."""

    cluster: str
    at: datetime
    copies: int
    proven: int
    lines: tuple[CopyLine, ...]
    findings: tuple[CopyFinding, ...]
    not_checked: tuple[str, ...] = ()  # kebab-case words with what was not looked at
    seconds: float | None = None
    books_at: datetime | None = None  # when the books were compared: at a slower pace than the rest; None: never
