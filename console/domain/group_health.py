"""What a consensus group's picture means for the verdict of its cluster: split, without majority, without Patroni."""

from typing import Final

from console.domain.consensus import Concern, Danger, GroupView
from console.domain.verdict import Cause, Evidence, Finding, Guard, Health

_CAUSES: Final = {
    Danger.SPLIT_BRAIN: Cause.SPLIT_BRAIN,
    Danger.NO_QUORUM: Cause.NO_QUORUM,
    Danger.NO_KEY: Cause.NO_KEY,
    Danger.READ_ONLY: Cause.READ_ONLY,
    Danger.PATRONI_DOWN: Cause.PATRONI_DOWN,
}


def group_findings(view: GroupView, *, primary: str | None) -> tuple[Finding, ...]:
    """The dangers of a group that are so now, as findings. `primary`: the node that is seen to accept writes.

    Without a majority, or without a holder of the key, nothing is lost while a primary still serves; neither says
    that anybody is dead. The group's settings that may hurt one day are no findings.
    """
    return tuple(_finding(view, one, _CAUSES[one.danger], primary) for one in view.concerns if one.danger in _CAUSES)


def _finding(view: GroupView, concern: Concern, cause: Cause, primary: str | None) -> Finding:
    match cause:
        case Cause.SPLIT_BRAIN:
            health = Health.LOST
        case Cause.PATRONI_DOWN:
            health = Health.DEGRADED
        case _:
            health = Health.LOST if primary is None else Health.DEGRADED
    rows = [
        Evidence(
            guard=Guard.HOLDS_KEY, observed=view.holder, source=f"{view.cluster}: Patroni, GET /cluster", at=view.at.utc
        )
    ]
    look = view.look(concern.node) if concern.node is not None else None
    if look is not None and look.writable is not None:
        rows.append(
            Evidence(
                guard=Guard.WRITABLE, observed=look.writable, source=f"{look.node}: pg_is_in_recovery()",
                at=look.at.utc,
            )
        )  # fmt: skip
    return Finding(cause=cause, health=health, node=concern.node, detail=view.holder or "", evidence=tuple(rows))
