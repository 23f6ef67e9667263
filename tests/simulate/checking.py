"""Judges a play by the clients' records and the final books alone; it knows nothing of plans or steps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from console.domain.plan import Loss, LossBasis, Operation
from tests.simulate.books import Write
from tests.simulate.cluster import Cluster, Node, Promotion


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What the console said: of what operation, what would be lost, and how much of it was approved."""

    operation: Operation
    loss: Loss | None
    loss_entries_max: int


def final_primary(cluster: Cluster) -> Node:
    """Whose books count: the writable server of the newest timeline, else the newest data there is."""
    servers = [node for node in cluster.nodes.values() if node.name != "vault"]
    return max(servers, key=lambda node: (node.data.timeline, node.writable, node.data.end))


def faults(cluster: Cluster, announced: Sequence[Announced]) -> Iterator[str]:
    """Every promise that was broken, in words."""
    for moment in cluster.twice:
        yield f"two writable primaries: {moment}"
    yield from _acknowledged_beside(cluster)
    yield from _lost(cluster, announced)


def _newest(cluster: Cluster, write: Write) -> Promotion | None:
    """The first newer timeline that began beside the one that this write went to, without it."""
    newer = (one for one in cluster.promotions if one.timeline > write.timeline and write.position > one.fork)
    return min(newer, key=lambda one: one.at, default=None)


def _left_behind(cluster: Cluster, write: Write) -> bool:
    """Acknowledged, to a client that waits for nobody, by a primary that was left behind as the policy allows.

    Or by one that the operator's command had switched off, and that somebody switched on again after the promotion.
    """
    began = _newest(cluster, write)
    return (
        began is not None and write.acknowledged_at is not None and write.acknowledged_at > began.ordered_at
        and (write.node in cluster.parted or write.node in cluster.outside) and not write.confirmed
    )  # fmt: skip


def _acknowledged_beside(cluster: Cluster) -> Iterator[str]:
    for write in cluster.writes.values():
        began = _newest(cluster, write)
        if write.acknowledged_at is None or began is None or write.acknowledged_at <= began.at:
            continue
        if not _left_behind(cluster, write):
            late = write.acknowledged_at - began.at
            yield f"{write.id} was acknowledged by {write.node} {late:.1f} s after a promotion"


def _lost(cluster: Cluster, announced: Sequence[Announced]) -> Iterator[str]:
    """The losses of all runs together: a second console may have led a second one."""
    primary = final_primary(cluster)
    books = {one.entry for one in primary.data.wal if one.entry}
    acknowledged = [write for write in cluster.writes.values() if write.outcome == "acknowledged"]
    lost = [write for write in acknowledged if write.id not in books and not _left_behind(cluster, write)]
    confirmed = [write.id for write in lost if write.confirmed]
    losing = (Operation.FAILOVER, Operation.RESTORE)
    losses = [one for one in announced if one.operation in losing and one.loss is not None]
    if not losses or not cluster.promotions:
        if lost:
            yield f"{len(lost)} acknowledged entries are lost, and no loss was spoken of: {lost[0].id}"
        return
    bases = [one.loss.basis for one in losses if one.loss is not None]
    if confirmed and set(bases) <= {LossBasis.NONE, LossBasis.EXACT}:
        yield f"{len(confirmed)} entries acknowledged as synchronous are lost, and '{bases[0].value}' was said"
    if set(bases) == {LossBasis.EXACT} and len(lost) != sum(one.loss.entries_high or 0 for one in losses if one.loss):
        yield f"{len(lost)} entries are lost, and another exact number was said"
    if LossBasis.NONE in bases or LossBasis.UNKNOWN in bases:
        return  # commits that wait for nobody stand outside, and that was said
    high = sum(one.loss.entries_high or 0 for one in losses if one.loss is not None)
    if len(lost) > high:
        yield f"{len(lost)} entries are lost, and at most {high} was said"
    if len(lost) > sum(one.loss_entries_max for one in losses):
        yield f"{len(lost)} entries are lost, and fewer were approved"
    low = max(one.loss.entries_low or 0 for one in losses if one.loss is not None)
    written = {one.entry for node in cluster.nodes.values() for one in node.data.wal if one.entry}
    if len(written - books) < low:
        yield f"{len(written - books)} entries are missing, and at least {low} was said"
