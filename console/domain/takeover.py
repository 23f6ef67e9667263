"""How long a takeover took on this cluster, from measured runs alone: from the decision to the first commit."""

import math
from collections.abc import Iterable
from typing import Final

from console.domain.automation import AutoGuard, Takeover, Why
from console.domain.plan import Operation
from console.domain.run import Mode, RunState, RunView

RUNS_MAX: Final = 50  # the newest
PERCENT: Final = 95


def commit_seconds(run: RunView) -> float | None:
    """Seconds from a failover's begin to the first commit that a client saw again; None: it was not measured."""
    done = run.mode is Mode.REAL and run.state is RunState.DONE and run.plan.operation is Operation.FAILOVER
    if not done or run.outage is None or run.outage.open:
        return None
    failed = False
    for seconds, succeeded in run.outage.marks:
        if succeeded and (failed or seconds > 0.0):
            return max(0.0, seconds)
        failed = failed or not succeeded
    return None


def measured(runs: Iterable[RunView]) -> tuple[float | None, int]:
    """The 95th percentile (nearest rank) of what the newest runs took, and of how many; never made up."""
    found = sorted(taken for run in tuple(runs)[:RUNS_MAX] if (taken := commit_seconds(run)) is not None)
    if not found:
        return None, 0
    return found[math.ceil(len(found) * PERCENT / 100) - 1], len(found)


def takeover_of(why: Why | None, seconds: float | None, runs: int) -> Takeover:
    """By itself or not, by the guards as they stand."""
    if why is None:
        return Takeover(by_itself=None, seconds=seconds, runs=runs)
    waits = why.waiting_seconds is not None
    own = frozenset({AutoGuard.EVIDENCE, AutoGuard.RESTART_TRIED}) if waits else frozenset[AutoGuard]()
    first = next((row for row in why.refusing if row.guard not in own), None)
    return Takeover(by_itself=first is None, reason=first.reason if first else "", seconds=seconds, runs=runs)
