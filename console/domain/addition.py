"""What a node that is to become a standby says of the place of its data, and of its way in at the source."""

from dataclasses import dataclass
from enum import Enum


class Room(Enum):
    """What is at the data directory's place."""

    ABSENT = "absent"
    EMPTY = "empty"
    DATA = "data"  # a data directory of PostgreSQL's
    FILES = "files"  # something else
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionFacts:
    """What both hosts answered. `layout`: what keeps a copy from being laid beside the place: 'mount-point', …

    `own_configuration`: the node keeps configuration files of its own for this data directory, outside of it.
    `source_outside`: settings of the source whose files lie outside of its data, and so come with no copy.
    `version`: of the node's programs, as server_version_num has it, without the minor; None: not read.
    """

    source: str
    room: Room
    layout: tuple[str, ...]
    free_bytes: int | None
    programs_missing: tuple[str, ...]
    version: int | None
    own_configuration: bool
    answers: bool  # some server answers already at the place and port where this one will
    login_trouble: str
    system_identifier: str  # as the source says at that login
    source_outside: tuple[str, ...] = ()
    source_tablespaces: bool = False
