"""What would be lost if the primary died now: from the heads and positions that were read, never more than they say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from console.domain.cluster import ClusterSpec
from console.domain.fleet import Amount, Basis, Exposure
from console.domain.following import CONFIRMING, sync_policy_of
from console.domain.node_health import fresh_seconds_of
from console.domain.observation import Observation, fresh
from console.domain.quorum import SyncPolicy
from console.domain.reading import Head, Moment, Sender, Vital

SYNC_STEADY_SECONDS: Final = 60.0  # a list that changed more lately proves nothing (safety.md 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the console has measured of a cluster beside the nodes' own words.

    `followers`: the sender that feeds each standby. `reference`: the primary's head at the position of its last vital
    answer. `held`: for each standby the last head that its position or its own books show for certain.
    `sync_steady_seconds`: since when the synchronous list is as it is now.
    """

    followers: Mapping[str, Sender]
    reference: Head | None
    held: Mapping[str, Head]
    sync_steady_seconds: float


def amounts_between(later: Head, earlier: Head) -> tuple[Amount, ...]:
    """The debit turnover per currency of the entries after `earlier` up to `later`; only what is not zero."""
    before = {t.currency: t.debit_units for t in earlier.turnover}
    return tuple(
        Amount(currency=t.currency, scale=t.scale, units=t.debit_units - before.get(t.currency, 0))
        for t in later.turnover
        if t.debit_units != before.get(t.currency, 0)
    )


def _unknown(reason: str, candidate: str | None = None) -> Exposure:
    return Exposure(
        basis=Basis.UNKNOWN, candidate=candidate, entries=None, amounts=(), age_seconds=None, reason=reason
    )


def exposure_of(
    spec: ClusterSpec, nodes: Mapping[str, Observation], *, primary: str | None, seen: Seen, now: Moment
) -> Exposure:
    """The exposure of a cluster, with its primary or, where that is lost, against what it was last seen at."""
    seconds = fresh_seconds_of(spec)
    vital = fresh(nodes[primary], now, seconds) if primary is not None else None
    if primary is None or vital is None:
        return _after_death(spec, nodes, seen=seen, now=now)
    streaming = {
        name: sender
        for name, sender in seen.followers.items()
        if sender.state == "streaming" and sender.flush is not None and _ready(nodes[name], vital, now, seconds)
    }
    if not streaming:
        return _unknown("no-candidate")
    candidate = _best(spec, nodes, tuple(streaming), seen.held)
    age = now.ticks - vital.at.ticks
    if _overlaps(vital, streaming) and seen.sync_steady_seconds >= SYNC_STEADY_SECONDS:
        return Exposure(basis=Basis.SYNCHRONOUS, candidate=candidate, entries=0, amounts=(), age_seconds=age)
    books = nodes[primary].books
    if seen.reference is None or candidate not in seen.held or books is None:
        return _unknown("no-books", candidate)
    if now.ticks - books.at.ticks > seconds:
        return _unknown("stale", candidate)
    return _difference(candidate, seen.reference, seen.held[candidate], max(age, now.ticks - books.at.ticks))


def _after_death(
    spec: ClusterSpec, nodes: Mapping[str, Observation], *, seen: Seen, now: Moment
) -> Exposure:
    """The primary is not seen: what the standbys that answer lack of what it was last seen at."""
    seconds = fresh_seconds_of(spec)
    standbys = tuple(
        node.name
        for node in spec.nodes
        if (own := fresh(nodes[node.name], now, seconds)) is not None and own.in_recovery and node.name in seen.held
    )
    if seen.reference is None or not standbys:
        return _unknown("no-primary")
    candidate = _best(spec, nodes, standbys, seen.held)
    own = nodes[candidate].vital
    age = None if own is None else now.ticks - own.at.ticks
    found = _difference(candidate, seen.reference, seen.held[candidate], age)
    return Exposure(
        basis=found.basis, candidate=candidate, entries=found.entries, amounts=found.amounts, age_seconds=age,
        reason="no-primary",
    )  # fmt: skip


def _difference(candidate: str, reference: Head, held: Head, age: float | None) -> Exposure:
    entries = max(0, reference.number - held.number)
    amounts = amounts_between(reference, held) if entries else ()
    return Exposure(basis=Basis.SEEN, candidate=candidate, entries=entries, amounts=amounts, age_seconds=age)


def _best(
    spec: ClusterSpec, nodes: Mapping[str, Observation], names: tuple[str, ...], held: Mapping[str, Head]
) -> str:
    """The standby with the most entries; among those as far one that replays; then the inventory's order."""
    places = {node.name: place for place, node in enumerate(spec.nodes)}

    def rank(name: str) -> tuple[int, bool, int]:
        vital = nodes[name].vital
        number = held[name].number if name in held else -1
        return number, vital is not None and not vital.replay_paused, -places[name]

    return max(names, key=rank)


def _ready(seen: Observation, upstream: Vital, now: Moment, seconds: float) -> bool:
    own = fresh(seen, now, seconds)
    return own is not None and own.in_recovery and own.system_identifier == upstream.system_identifier


def _overlaps(vital: Vital, streaming: Mapping[str, Sender]) -> bool:
    """Does one of the answering standbys surely hold every synchronously acknowledged commit? (safety.md 5)"""
    policy = sync_policy_of(vital)
    if policy is None or "*" in policy.names or vital.synchronous_commit in ("local", "off"):
        return False
    # Several followers may bear one listed name: each of them may be the one that confirmed.
    matching = sum(1 for s in vital.senders if _listed(s, policy))
    listed = max(len(policy.names), matching)
    answering = sum(1 for s in streaming.values() if _listed(s, policy))
    confirming = sum(1 for s in streaming.values() if s.sync_state in CONFIRMING)
    return confirming >= policy.count and answering >= max(1, listed - policy.count + 1)


def _listed(sender: Sender, policy: SyncPolicy) -> bool:
    return sender.name.lower() in {name.lower() for name in policy.names}
