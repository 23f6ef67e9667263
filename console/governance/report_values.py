"""The values of one run's report, and what was measured against what was promised."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from console.domain.cluster import Promises
from console.domain.fleet import ClusterView
from console.domain.plan import Loss, LossBasis
from console.domain.recommendation import Situation
from console.domain.run import RunView

FORMAT: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """One decision of a person. `how`: confirmed, ssh-signature, break-glass, attested, …"""

    person: str
    at: datetime | None
    how: str
    loss_entries_max: int | None = None
    reason: str = ""
    key: str = ""  # the fingerprint of the key that signed, where one did


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOn:
    """One thing that the run left on a node: its kind as a kebab-case word, where it lies, and why."""

    node: str
    kind: str
    where: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """An objective against what was measured. `..._kept` None: it was not measured, or nothing was promised.

    RTO is the write gap of the outage meter; where no write succeeded when it began, the silence of the primary that
    was seen before is part of it (`silent_before_seconds`). RPO is the loss at the end, else at the gate, else as
    previewed.
    """

    rto_seconds: float | None
    rto_seconds_max: float | None
    rto_kept: bool | None
    silent_before_seconds: float | None
    rpo_from: str  # end, gate, preview; empty: not known
    rpo_entries_low: int | None
    rpo_entries_high: int | None
    rpo_entries_max: int | None
    rpo_kept: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that is told of one run. `run` carries its journal; `before` and `after` the verdict with its evidence.

    `measured` and `entries_left_out` (of the journal) are filled in when the report is written.
    """

    version: str  # of the console
    written_at: datetime
    run: RunView
    format: int = FORMAT
    engine: str = ""  # the home of the engine that ran it
    situation: Situation | None = None
    before: ClusterView | None = None
    after: ClusterView | None = None
    promises: Promises | None = None
    approvals: tuple[Approval, ...] = ()
    loss_end: Loss | None = None
    left_on_nodes: tuple[LeftOn, ...] = ()
    measured: Measured | None = None
    entries_left_out: int = 0


def measured_of(report: Report) -> Measured:
    """What was promised and what was measured, from the report's own values."""
    run, promises = report.run, report.promises
    rto, silent = _rto(report)
    rto_max = None if promises is None else promises.rto_seconds_max
    rpo_max = None if promises is None else promises.rpo_entries_max
    ways = (("end", report.loss_end), ("gate", run.loss), ("preview", run.plan.loss))
    rpo_from, loss = next(((name, one) for name, one in ways if one is not None), ("", None))
    low, high = _entries(loss)
    return Measured(
        rto_seconds=rto, rto_seconds_max=rto_max, silent_before_seconds=silent,
        rto_kept=None if rto is None or rto_max is None else rto <= rto_max,
        rpo_from=rpo_from, rpo_entries_low=low, rpo_entries_high=high, rpo_entries_max=rpo_max,
        rpo_kept=_rpo_kept(low, high, rpo_max),
    )  # fmt: skip


def _rto(report: Report) -> tuple[float | None, float | None]:
    outage = report.run.outage
    if outage is None or outage.gap_seconds is None or outage.open:
        return None, None
    begun_open = bool(outage.marks) and not outage.marks[0][1]
    if not begun_open or report.before is None:
        return outage.gap_seconds, None
    lost = report.run.plan.subject or report.before.primary
    silent = next((node.silence_seconds for node in report.before.nodes if node.name == lost), None)
    return outage.gap_seconds + (silent or 0.0), silent


def _entries(loss: Loss | None) -> tuple[int | None, int | None]:
    if loss is None or loss.basis is LossBasis.UNKNOWN:
        return None, None
    return (0, 0) if loss.basis is LossBasis.NONE else (loss.entries_low, loss.entries_high)


def _rpo_kept(low: int | None, high: int | None, allowed: int | None) -> bool | None:
    """Kept where even the most is within the promise, missed where even the least is above it; else not known."""
    if allowed is None:
        return None
    if high is not None and high <= allowed:
        return True
    return False if low is not None and low > allowed else None
