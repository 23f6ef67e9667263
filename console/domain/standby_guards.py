"""May a standby be started again, attached or built anew by itself: judged like a failover, with fewer guards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from console.domain.automation import AutoAct, AutoGuard, GuardRow, Why
from console.domain.guards import (
    Known,
    approval_row,
    checks_row,
    fresh_row,
    majority_row,
    mode_row,
    standing_rows,
)
from console.domain.verdict import Cause, Finding, Level

LOST_SECONDS: Final = 10.0  # a standby that died has so long to come back by itself
PARTED_SECONDS: Final = 60.0  # one that runs and follows nobody is left so long to whoever made it so
ABANDONED_SECONDS: Final = 3.0  # or so long where a console that is gone left it in the middle of a change


@dataclass(frozen=True, slots=True, kw_only=True)
class StandbyTried:
    """What was done for a standby since it was lost."""

    since: datetime
    restarted: bool = False  # in vain


def act_for(known: Known, found: Finding, tried: StandbyTried) -> AutoAct:
    """What could be done about a standby's finding by itself; NONE: nothing, or not yet."""
    stood = (known.at - tried.since).total_seconds()
    policy = known.policy
    if found.cause is Cause.STANDBY_LOST and found.level is Level.HARD and stood >= LOST_SECONDS:
        if policy.restart_standbys and not tried.restarted:
            return AutoAct.RESTART_STANDBY
        return AutoAct.REBUILD_STANDBY if policy.rebuild_standbys else AutoAct.NONE
    if found.cause is Cause.NOT_STREAMING:
        if known.abandoned and stood >= ABANDONED_SECONDS:
            return AutoAct.REBUILD_STANDBY
        if policy.rebuild_standbys and stood >= PARTED_SECONDS:
            return AutoAct.REBUILD_STANDBY
    return AutoAct.NONE


def judge_standby(known: Known, found: Finding, act: AutoAct, tried: StandbyTried) -> Why:
    """Every guard of an act on a standby. Whether its WAL goes beyond the fork is asked by the plan, which refuses."""
    rows = tuple(_rows(known, found, tried))
    return Why(
        cluster=known.cluster, at=known.at, mode=known.policy.mode, act=act, node=found.node, target=known.primary,
        would_act=all(row.holds is True for row in rows), rows=rows,
    )  # fmt: skip


def _rows(known: Known, found: Finding, tried: StandbyTried) -> Iterable[GuardRow]:
    newest = max(found.evidence, key=lambda row: row.at, default=None)
    alive = known.primary is not None and not known.lost and not known.two_primaries
    yield mode_row(known)
    yield approval_row(known)
    yield GuardRow(
        guard=AutoGuard.EVIDENCE, holds=alive, observed=found.level.value if found.level is not None else "none",
        threshold="hard", source=newest.source if newest is not None else "console", node=found.node,
        at=newest.at if newest is not None else tried.since, reason="" if alive else "no-primary-known",
    )  # fmt: skip
    yield fresh_row(known)
    yield majority_row(known)
    yield from standing_rows(known)
    yield checks_row(known)
