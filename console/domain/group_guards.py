"""Would the consensus group act now: on a cluster under Patroni the group decides, and what it goes by is shown."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from console.domain.automation import AutoAct, AutoGuard, AutomationMode, GuardRow, Why
from console.domain.consensus import Danger, GroupView, Standing, Unfit
from console.domain.verdict import Scalar

SOURCE: Final = "Patroni's own interface on every node"
THE_GROUP: Final = "the-group"
# Without these the group itself would let nobody take over, whatever the rest says.
STOPPING: Final = frozenset({Danger.SPLIT_BRAIN, Danger.NO_QUORUM, Danger.PAUSED, Danger.NOBODY_CONFIRMS})


def judge_group_acts(
    cluster: str, at: datetime, *, mode: AutomationMode, view: GroupView | None, primary: str | None, lost: bool
) -> Why:
    """What the group would do by itself; automation of ours does nothing there but prove it afterwards.

    `would_act`: the group would promote somebody if its holder died now, or is about to.
    """
    rows = tuple(_rows(at, view))
    best = _best(view)
    holder = view.holder if view is not None else None
    return Why(
        cluster=cluster, at=at, mode=mode, act=AutoAct.FAILOVER, rows=rows, node=holder or primary,
        would_act=_would(view) and best is not None, target=best.node if best is not None else None,
        hypothetical=not lost, waiting_seconds=view.ttl_left_seconds if view is not None and lost else None,
    )  # fmt: skip


def _would(view: GroupView | None) -> bool:
    return view is not None and view.quorum is True and not any(view.has(danger) for danger in STOPPING)


def _best(view: GroupView | None) -> Standing | None:
    return next((one for one in view.standings if one.eligible), None) if view is not None else None


def _rows(at: datetime, view: GroupView | None) -> Iterable[GuardRow]:
    yield _row(at, True, THE_GROUP, None, reason="patroni-decides")
    if view is None:
        yield _row(at, None, None, None, reason="patroni-unread")
        return
    at = view.at.utc
    yield _row(at, view.quorum, {True: "yes", False: "no", None: None}[view.quorum], "yes",
               reason="group-quorum" if view.quorum else "patroni-no-quorum")  # fmt: skip
    yield _row(at, view.holder is not None, view.holder or "none", None,
               reason="group-holder" if view.holder else "patroni-no-key", node=view.holder)  # fmt: skip
    if view.ttl_left_seconds is not None and view.settings is not None:
        yield _row(at, True, f"{view.ttl_left_seconds:.0f} s", f"{view.settings.ttl_seconds} s", reason="group-ttl")
    for one in view.standings:
        if Unfit.HOLDS_KEY in one.reasons:
            continue
        words = ",".join(reason.value for reason in one.reasons)
        yield _row(at, one.eligible, one.lag_bytes, view.settings.lag_bytes_max if view.settings else None,
                   reason=f"unfit:{words}" if words else "group-member", node=one.node)  # fmt: skip
    for concern in view.concerns:
        if concern.danger in (Danger.NO_QUORUM, Danger.NO_KEY):
            continue  # said above
        yield _row(at, False, concern.observed, concern.limit, reason=f"danger:{concern.danger.value}",
                   node=concern.node)  # fmt: skip


def _row(
    at: datetime, holds: bool | None, observed: Scalar, threshold: Scalar, *, reason: str, node: str | None = None
) -> GuardRow:
    return GuardRow(
        guard=AutoGuard.PATRONI, holds=holds, observed=observed, threshold=threshold, source=SOURCE, at=at,
        reason=reason, node=node,
    )  # fmt: skip
