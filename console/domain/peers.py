"""Peers: primaries that feed each other by logical replication; only seen, nothing acts on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final

PEERS_MAX: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One direction as its subscriber says it (pg_subscription, pg_stat_subscription, pg_stat_subscription_stats).

    `origin`: 'none' or 'any'. Conflict counters are PostgreSQL 18's; empty before it. `lag_bytes`: what its publisher
    has written beyond what arrived; None where the publisher is not watched. `growing`: counters that rose lately.
    """

    name: str
    node: str  # the subscriber
    publisher: str | None  # 'cluster node' that it streams from, where this engine watches it
    enabled: bool
    origin: str
    running: bool
    received: str | None
    lag_bytes: int | None
    heard_seconds: float | None  # since its worker heard anything of its publisher, by the subscriber's own clock
    apply_errors: int | None
    sync_errors: int | None
    conflicts: tuple[tuple[str, int], ...] = ()
    growing: tuple[str, ...] = ()

    @property
    def conflict_count(self) -> int:
        return sum(count for _, count in self.conflicts)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerBooks:
    """One origin's book held on two peers, up to the entry that both have."""

    origin: str
    one: str
    other: str
    up_to: int | None
    same: bool | None  # None: not compared
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeersView:
    """All peers of a cluster at one moment."""

    cluster: str
    at: datetime
    subscriptions: tuple[Subscription, ...]
    books: tuple[PeerBooks, ...] = ()
    trouble: tuple[tuple[str, str], ...] = ()  # node and why it could not be asked


class PeerTrouble(Enum):
    """What is wrong between peers."""

    CONFLICTS = "peer-conflicts"  # counters that rose within the last hour
    ERRORS = "peer-errors"
    STOPPED = "peer-stopped"  # enabled, and no worker runs
    DISABLED = "peer-disabled"
    SILENT = "peer-silent"
    BEHIND = "peer-behind"
    LOOP = "peer-loop"  # origin is not 'none': what came from elsewhere is sent on, and round again
    BOOKS_DIFFER = "peer-books-differ"


SILENT_SECONDS_MIN: Final = 60.0  # a publisher that has nothing to say keeps alive about every 30 s
BEHIND_BYTES_MAX: Final = 64 * 1024 * 1024


def troubles_of(one: Subscription, *, silent_seconds_max: float) -> tuple[tuple[PeerTrouble, int | float | str], ...]:
    """What is wrong with one direction, with what was observed; the gravest first."""
    found: list[tuple[PeerTrouble, int | float | str]] = []
    if not one.enabled:
        return ((PeerTrouble.DISABLED, "disabled"),)
    if not one.running:
        found.append((PeerTrouble.STOPPED, "no worker"))
    if any(name not in ("apply_errors", "sync_errors") for name in one.growing):
        found.append((PeerTrouble.CONFLICTS, one.conflict_count))
    if "apply_errors" in one.growing or "sync_errors" in one.growing:
        found.append((PeerTrouble.ERRORS, (one.apply_errors or 0) + (one.sync_errors or 0)))
    if one.running and one.heard_seconds is not None and one.heard_seconds > silent_seconds_max:
        found.append((PeerTrouble.SILENT, round(one.heard_seconds, 1)))
    if one.lag_bytes is not None and one.lag_bytes > BEHIND_BYTES_MAX:
        found.append((PeerTrouble.BEHIND, one.lag_bytes))
    if one.origin != "none":
        found.append((PeerTrouble.LOOP, one.origin))
    return tuple(found)


def risen(before: Mapping[str, int], now: Mapping[str, int]) -> frozenset[str]:
    """The counters that went up; one that is new counts where it is above zero after a first look."""
    return frozenset(name for name, count in now.items() if count > before.get(name, 0))
