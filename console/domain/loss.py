"""What would be lost if the primary died now: from the heads and positions that were read, never more than they say."""

from collections.abc import Mapping

from console.domain.cluster import ClusterSpec
from console.domain.fleet import Amount, Basis, Exposure
from console.domain.health import CONFIRMING, sync_policy_of
from console.domain.node_health import fresh_seconds_of
from console.domain.observation import Observation, fresh
from console.domain.reading import Head, Moment, Sender, Vital


def amounts_between(later: Head, earlier: Head) -> tuple[Amount, ...]:
    """The debit turnover per currency of the entries after `earlier` up to `later`; only what is not zero."""
    before = {t.currency: t.debit_units for t in earlier.turnover}
    return tuple(
        Amount(currency=t.currency, scale=t.scale, units=t.debit_units - before.get(t.currency, 0))
        for t in later.turnover
        if t.debit_units != before.get(t.currency, 0)
    )


def _unknown(reason: str) -> Exposure:
    return Exposure(basis=Basis.UNKNOWN, candidate=None, entries=None, amounts=(), age_seconds=None, reason=reason)


def exposure_of(
    spec: ClusterSpec,
    nodes: Mapping[str, Observation],
    *,
    primary: str | None,
    heads_at_flush: Mapping[str, Head],
    now: Moment,
) -> Exposure:
    """The exposure of a cluster.

    `heads_at_flush`: for each standby, the primary's own head as it was read at or before that standby's flushed
    position; what the primary wrote between two readings counts as not there, so the figure errs to the safe side.
    """
    seconds = fresh_seconds_of(spec)
    vital = fresh(nodes[primary], now, seconds) if primary is not None else None
    if primary is None or vital is None:
        return _unknown("no-primary")
    streaming = _streaming(nodes, vital, now, seconds)
    if not streaming:
        return _unknown("no-candidate")
    candidate = max(streaming, key=lambda name: (streaming[name].flush is not None, streaming[name].flush, name))
    age = now.ticks - vital.at.ticks
    books = nodes[primary].books
    head = books.heads[0] if books is not None and len(books.heads) == 1 else None
    if _overlaps(vital, streaming):
        return Exposure(basis=Basis.SYNCHRONOUS, candidate=candidate, entries=0, amounts=(), age_seconds=age)
    at_flush = heads_at_flush.get(candidate)
    if head is None or at_flush is None or books is None:
        return Exposure(
            basis=Basis.UNKNOWN, candidate=candidate, entries=None, amounts=(), age_seconds=None, reason="no-books"
        )
    if now.ticks - books.at.ticks > seconds:
        return Exposure(
            basis=Basis.UNKNOWN, candidate=candidate, entries=None, amounts=(), age_seconds=None, reason="stale"
        )
    return Exposure(
        basis=Basis.SEEN, candidate=candidate, entries=max(0, head.number - at_flush.number),
        amounts=amounts_between(head, at_flush), age_seconds=max(age, now.ticks - books.at.ticks),
    )  # fmt: skip


def _streaming(
    nodes: Mapping[str, Observation], vital: Vital, now: Moment, seconds: float
) -> dict[str, Sender]:
    """The standbys that the primary streams to and that answer us, by name."""
    found: dict[str, Sender] = {}
    for name, seen in nodes.items():
        own = fresh(seen, now, seconds)
        if own is None or not own.in_recovery or own.system_identifier != vital.system_identifier:
            continue
        sender = next((s for s in vital.senders if s.slot == seen.lags.slot and s.slot is not None), None)
        sender = sender or next((s for s in vital.senders if s.name == name), None)
        if sender is not None and sender.state == "streaming" and sender.flush is not None:
            found[name] = sender
    return found


def _overlaps(vital: Vital, streaming: Mapping[str, Sender]) -> bool:
    """Does one of the answering standbys surely hold every synchronously acknowledged commit? (safety.md 5)"""
    policy = sync_policy_of(vital)
    if policy is None or policy.overlap_count is None or vital.synchronous_commit in ("local", "off"):
        return False
    answering = sum(1 for s in streaming.values() if s.sync_state in CONFIRMING or s.sync_state == "potential")
    confirming = sum(1 for s in streaming.values() if s.sync_state in CONFIRMING)
    return confirming >= policy.count and answering >= policy.overlap_count
