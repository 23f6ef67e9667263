"""Peers: primaries that feed each other by logical replication; only seen, nothing acts on them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

PEERS_MAX: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One direction as its subscriber says it (pg_subscription, pg_stat_subscription, pg_stat_subscription_stats).

    `origin`: 'none' or 'any'. Conflict counters are PostgreSQL 18's; empty before it.
    """

    name: str
    node: str  # the subscriber
    publisher: str | None  # the node that it streams from, where the inventory knows it
    enabled: bool
    origin: str
    running: bool
    received: str | None
    lag_bytes: int | None
    lag_seconds: float | None
    apply_errors: int | None
    sync_errors: int | None
    conflicts: tuple[tuple[str, int], ...] = ()


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
