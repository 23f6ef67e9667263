"""What a promotion loses, in entries and money: exact where it can be, else an interval that holds the truth."""

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from console.domain.bearers import nodes_listed
from console.domain.loss import SYNC_STEADY_SECONDS, amounts_between
from console.domain.plan import Loss, LossBasis, Proof
from console.domain.quorum import SyncPolicy, parse_sync
from console.domain.reading import Head, Moment
from console.domain.situation import Facts, LastSeen, NodeFacts

RATE_MIN: Final = 1.0  # entries a second, at the least, that are taken to have been booked unseen
UNSEEN_SECONDS_MAX: Final = 60.0  # what nobody saw for longer is not guessed
ROUND_SECONDS: Final = 1.0  # a reading is as old as its round: what was booked while it travelled was not seen


def head_of(node: NodeFacts | None) -> Head | None:
    """The head of a node's one book; None where there is none, or several, or it could not be read."""
    server = node.server if node is not None else None
    return server.heads[0] if server is not None and len(server.heads) == 1 else None


def policy_of(text: str) -> SyncPolicy | None:
    """The synchronous list, None where it is empty or not understood."""
    try:
        return parse_sync(text)
    except ValueError:
        return None


def overlap(last_seen: LastSeen | None, answering: tuple[NodeFacts, ...], candidate: NodeFacts) -> str:
    """'' where overlap proves that no synchronously acknowledged commit is missing on the candidate; else why not.

    With k of n listed names confirming, any n - k + 1 of them surely include one that holds each confirmed commit; the
    candidate must be the furthest of all that answer (safety.md 5).
    """
    if last_seen is None or not last_seen.synchronous_names:
        return "list-unknown"
    policy = policy_of(last_seen.synchronous_names)
    if policy is None or policy.overlap_count is None:
        return "list-unknown"
    newest = max((node.at for node in answering), key=lambda at: at.ticks, default=None)
    if why := list_trouble(last_seen, newest.utc if newest else None, newest.ticks if newest else None):
        return why
    if has_left(candidate, last_seen):
        return "later-timeline"
    answering = tuple(node for node in answering if not has_left(node, last_seen))
    bearing = nodes_listed(policy, last_seen.bearers)
    if bearing is None:
        return "name-twice"
    listed = [node for node in answering if node.node in bearing and node.server is not None]
    if len(listed) < policy.overlap_count:
        return "overlap-missing"
    if furthest(answering) is not candidate and _rank(candidate) < max(map(_rank, answering)):
        return "furthest-is-other"
    return ""


def has_left(node: NodeFacts, last_seen: LastSeen | None) -> bool:
    """Is it on a later timeline than the primary ever was seen on? Then its WAL is not the primary's: it was promoted.

    How far such a one goes says nothing, and it holds no commit for certain.
    """
    reached = last_seen.timeline if last_seen is not None else None
    return reached is not None and node.server is not None and node.server.timeline > reached


def list_trouble(last_seen: LastSeen, now: datetime | None, ticks: float | None = None) -> str:
    """'' where the synchronous list may be relied on: read lately enough, steady before that, and commits wait for it.

    Up to the primary's death nobody may have had a minute to change it unseen. `ticks`: now, by the clock that
    nobody sets; where the value has such a time too, the other clock is not asked.
    """
    if last_seen.synchronous_commit in ("local", "off"):
        return "local-commits"
    until, unread = last_seen.dead_at or now, None
    if last_seen.dead_at is None and last_seen.list_ticks is not None and ticks is not None:
        unread = ticks - last_seen.list_ticks
    elif last_seen.list_at is not None and until is not None:
        unread = (until - last_seen.list_at).total_seconds()
    if unread is None or unread > SYNC_STEADY_SECONDS:
        return "list-unknown"
    return "list-changed" if last_seen.sync_steady_seconds < SYNC_STEADY_SECONDS else ""


def _rank(node: NodeFacts) -> tuple[int, int]:
    server = node.server
    if server is None or server.position is None:
        return 0, 0
    return server.timeline, server.position.position


def furthest(nodes: tuple[NodeFacts, ...]) -> NodeFacts | None:
    """The node with the greatest timeline, then the greatest of received and replayed; the first of equals."""
    answering = [node for node in nodes if node.server is not None and node.server.position is not None]
    return max(answering, key=_rank) if answering else None


def loss_of(
    candidate: NodeFacts, last_seen: LastSeen | None, *, answering: tuple[NodeFacts, ...], wal_read: bool = False,
    unseen_seconds: float | None = None,
) -> Loss:  # fmt: skip
    """The loss with one candidate. `wal_read`: the old primary's WAL was replayed there to its very end."""
    name, head = candidate.node, head_of(candidate)
    reference = last_seen.head if last_seen is not None else None
    numbers = (None if head is None else head.number, None if reference is None else reference.number)
    if wal_read:
        return _loss(name, LossBasis.EXACT, 0, 0, numbers, reason="wal-read")
    why = overlap(last_seen, answering, candidate)
    if not why:
        return _loss(name, LossBasis.NONE, 0, 0, numbers, outside="local-commits")
    if has_left(candidate, last_seen):
        # Numbers of two histories can't be subtracted.
        return _loss(name, LossBasis.UNKNOWN, None, None, numbers, reason="later-timeline")
    if head is None or reference is None or last_seen is None:
        return _loss(name, LossBasis.UNKNOWN, None, None, numbers, reason="no-books")
    low = max(0, reference.number - head.number)
    amounts = amounts_between(reference, head) if low else ()
    seconds = _unseen(last_seen, unseen_seconds if unseen_seconds is not None else last_seen.seconds_ago)
    # An idle ledger may have booked in the moment that nobody saw; of a long one no rate says how much.
    rate = None if last_seen.entries_per_second is None else max(RATE_MIN, last_seen.entries_per_second)
    unknown = seconds is None or rate is None or seconds > UNSEEN_SECONDS_MAX
    more = 0 if unknown else math.ceil((seconds or 0.0) * (rate or 0.0) + (rate or 0.0) * ROUND_SECONDS)
    high = None if unknown else max(low, reference.number + more - head.number)
    return Loss(
        candidate=name, basis=LossBasis.UNKNOWN if high is None else LossBasis.INTERVAL, entries_low=low,
        entries_high=high, amounts=amounts, unseen_seconds=seconds, entries_per_second=rate, head_number=head.number,
        reference_number=reference.number, reason=why,
    )  # fmt: skip


def _unseen(last_seen: LastSeen, until: float | None) -> float | None:
    """Seconds that nobody saw: from the last reading until now, or until its server was seen to be dead."""
    if last_seen.dead_at is None or last_seen.at is None or until is None:
        return until
    return min(until, max(0.0, (last_seen.dead_at - last_seen.at).total_seconds()))


def _loss(
    name: str, basis: LossBasis, low: int | None, high: int | None, numbers: tuple[int | None, int | None],
    *, reason: str = "", outside: str = "",
) -> Loss:  # fmt: skip
    return Loss(
        candidate=name, basis=basis, entries_low=low, entries_high=high, head_number=numbers[0],
        reference_number=numbers[1], reason=reason, outside=outside,
    )  # fmt: skip


def loss_at_gate(
    proof: Proof, facts: Facts, known: Mapping[str, str], *, last_seen: LastSeen | None, fenced_at: Moment | None
) -> Loss:
    """The loss recomputed after the fence, when it can no longer grow; `proof` names candidate and who answered."""
    candidate = facts[proof.node]
    answering = tuple(
        facts[name] for name in proof.arg("answering").split(",") if name in facts and facts[name].server is not None
    )
    wal_read = known.get("rescue_read") == "yes" and proof.arg("rescue") == "yes"
    unseen = None
    if last_seen is not None and last_seen.at is not None and fenced_at is not None:
        unseen = max(0.0, (fenced_at.utc - last_seen.at).total_seconds())
    return loss_of(candidate, last_seen, answering=answering, wal_read=wal_read, unseen_seconds=unseen)
