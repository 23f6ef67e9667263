"""What faces and engine say to each other about what changes left on the nodes of a cluster."""

from dataclasses import dataclass
from typing import Final

from console.domain.left import LeftOver, LeftPicture

LEFT_SECONDS_MAX: Final = 120.0  # a face waits so long: hanging nodes are waited for until their limit
REMOVE_SECONDS_MAX: Final = 900.0  # old data may be large


@dataclass(frozen=True, slots=True, kw_only=True)
class AskLeftovers:
    """Ask every node of a cluster now what changes left there. Nothing is changed. Answered by `Leftovers`."""

    cluster: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftovers:
    """The answer to `AskLeftovers`."""

    picture: LeftPicture


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveLeftovers:
    """Remove what may be removed, under the cluster's lock. Answered by `LeftoversRemoved`."""

    cluster: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftFailed:
    """One thing that could not be removed, and what its node said."""

    thing: LeftOver
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftoversRemoved:
    """The answer to `RemoveLeftovers`. `picture`: what is there afterwards."""

    removed: tuple[LeftOver, ...]
    failed: tuple[LeftFailed, ...]
    picture: LeftPicture
