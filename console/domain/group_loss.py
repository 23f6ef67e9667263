"""What a failover under Patroni would lose, judged before it is asked for: Patroni has no gate behind its own fence."""

from dataclasses import replace

from console.domain.consensus import GroupView, group_of
from console.domain.loss_preview import head_of, loss_of
from console.domain.members import Member, SyncMode
from console.domain.plan import Loss, LossBasis
from console.domain.situation import LastSeen, NodeFacts


def member_of(view: GroupView, node: str) -> Member | None:
    """A node as the group knows it; None where it is no member, or nobody could say."""
    group = group_of({look.node: look for look in view.looks})
    return group.member(dict(view.names).get(node, node)) if group is not None else None


def confirming(view: GroupView) -> tuple[str, ...]:
    """The nodes whose members stand in /sync, in the order of the inventory."""
    found = ((node, member_of(view, node)) for node, _ in view.names)
    return tuple(node for node, member in found if member is not None and member.confirms)


def stands_still(old: NodeFacts | None) -> bool:
    """Is it proven, on its own host, that no process of the old holder is left? Only then do positions stand still."""
    return old is not None and old.reached and old.processes == 0 and old.server is None


def group_loss(
    candidate: NodeFacts, view: GroupView, last_seen: LastSeen | None, *, old: NodeFacts | None,
    answering: tuple[NodeFacts, ...], unseen_seconds: float | None = None,
) -> Loss:  # fmt: skip
    """The loss with one candidate. Nothing is cut before the request: overlap counts only where nobody writes any more.

    A member of /sync holds every commit that waited for a standby: Patroni takes it out before commits do without it.
    """
    member, settings = member_of(view, candidate.node), view.settings
    level = last_seen.synchronous_commit if last_seen is not None else ""
    if not level and candidate.server is not None:
        level = candidate.server.setting("synchronous_commit")  # Patroni gives all its members the same
    local = level in ("local", "off")
    every = settings is not None and settings.synchronous is SyncMode.ON
    if every and member is not None and member.confirms and not local and view.quorum is True:
        head, reference = head_of(candidate), last_seen.head if last_seen is not None else None
        return Loss(
            candidate=candidate.node, basis=LossBasis.NONE, entries_low=0, entries_high=0, reason="in-sync",
            outside="local-commits", head_number=head.number if head is not None else None,
            reference_number=reference.number if reference is not None else None,
        )  # fmt: skip
    if stands_still(old):
        return loss_of(candidate, last_seen, answering=answering, unseen_seconds=unseen_seconds)
    seen = replace(last_seen, synchronous_names="") if last_seen is not None else None
    loss = loss_of(candidate, seen, answering=answering, unseen_seconds=unseen_seconds)
    why = "positions-move" if member is not None and member.confirms else "not-in-sync"
    return replace(loss, reason=why) if loss.reason == "list-unknown" else loss
