"""What single records say for indicators: entries lost of how many, time without writes, blocks that failed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from console.domain.fleet import Event, EventKind
from console.domain.incident import Incident
from console.domain.plan import LossBasis, Operation
from console.domain.redundancy import CopyLine
from console.domain.run import RunView

NAMED_SECONDS_MAX: Final = 5.0  # so long after the last write a lost primary may be named
LEAD_SECONDS: Final = 30.0  # the verdict that begins an incident may be a little older than its alert

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What one run lost of what was there before. `reason`: why that is not known, or 'at-least' for a bound."""

    lost: int | None
    data: int | None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteLoss:
    """A time in which a ledger that was written to before could not be, as the pictures of each second showed it.

    `end` None: it still can't be.
    """

    id: str
    cluster: str
    begin: datetime
    end: datetime | None = None


def counted(run: RunView, *, gap_free: bool | None) -> Counted:
    """L and D of one run: by its loss at the gate, else by the seal that was found again behind it.

    Only where numbers count entries is the last number their count. Of an interval the most is taken: then the rate
    is at least what it comes to.
    """
    if gap_free is None:
        return Counted(lost=None, data=None, reason="no-ledger")
    loss = run.loss
    if loss is None:
        sealed = _sealed(run)
        return Counted(lost=None, data=None, reason="not-recorded") if sealed is None else sealed
    low, high = (0, 0) if loss.basis is LossBasis.NONE else (loss.entries_low, loss.entries_high)
    if low is None or high is None:
        return Counted(lost=None, data=None, reason="loss-not-known")
    if not gap_free:
        return Counted(lost=high, data=None, reason="numbers-not-counts")
    data = loss.reference_number
    if data is None and high == 0:
        data = loss.head_number  # nothing is lost: what the candidate has is all there was
    if data is None:
        return Counted(lost=high, data=None, reason="data-not-known")
    data += high - low  # those that nobody has seen were there before, too
    if not 0 <= high <= data:
        return Counted(lost=None, data=None, reason="counts-impossible")
    return Counted(lost=high, data=data, reason="at-least" if high > low else "")


def _sealed(run: RunView) -> Counted | None:
    """Of a switchover: entries 1 to N that were sealed are found again on every node that was asked.

    Of a restore it proves nothing: what was sealed after its target is left out of the comparison.
    """
    if run.plan.operation is not Operation.SWITCHOVER or (run.outage is not None and run.outage.lost_acknowledged):
        return None
    lines = [line for line in run.books if line.check == "seal-found"]
    tops = [top for line in lines if (top := _top(line.scope)) is not None]
    if not lines or len(tops) != len(lines) or any(line.outcome != "proven" for line in lines):
        return None
    return Counted(lost=0, data=max(tops))


def _top(scope: str) -> int | None:
    """The N of 'entries 1..N'."""
    words = scope.split(",")[0].removeprefix("entries 1..").replace(",", "")
    return int(words) if scope.startswith("entries 1..") and words.isascii() and words.isdigit() else None


def gap_of(run: RunView, losses: Iterable[tuple[str, Span]]) -> tuple[float | None, str]:
    """Seconds without writes of one run, else why they are not known.

    Where the meter began when no write succeeded any more, the loss that the run ended tells when they stopped.
    """
    outage = run.outage
    if outage is None or outage.gap_seconds is None or outage.open:
        return None, "gap-not-measured"
    if outage.gap_seconds < 0:
        return None, "clock-jumped"
    if not outage.marks or outage.marks[0][1]:
        return outage.gap_seconds, ""
    begun, ended = run.begun_at, run.ended_at
    if begun is None or ended is None or ended < begun:
        return None, "clock-jumped"
    last = ended + timedelta(seconds=LEAD_SECONDS)
    # The watch may have named it just after the run began: writes had stopped by then, as the meter saw.
    named = begun + timedelta(seconds=NAMED_SECONDS_MAX)
    spans = [(min(span[0], begun), span[1]) for _, span in losses if span[0] <= named and begun <= span[1] <= last]
    if not spans:
        return None, "begin-not-seen"
    begin, end = max(spans)
    return max((end - begin).total_seconds(), outage.gap_seconds), ""


def losses_of(
    given: Iterable[WriteLoss], incidents: Iterable[Incident], events: Iterable[Event], until: datetime, *,
    writable: bool | None,
) -> tuple[tuple[str, Span], ...]:  # fmt: skip
    """When the ledger was not written to, each with the id of its incident, else of its own record.

    Incidents of a time that no such record was made in say it themselves: from their first verdict 'lost' until
    writes were back.
    """
    given, incidents = tuple(given), tuple(incidents)
    found = []
    for loss in given:
        end = until if loss.end is None else loss.end
        same = (one.id for one in incidents if _around(one, until, loss.begin))
        found.append((next(same, loss.id), (loss.begin, end)))
    verdicts = sorted(one.at for one in events if one.kind is EventKind.VERDICT and one.health == "lost")
    for one in incidents:
        end_at = one.writable_again_at
        if end_at is None and one.ended_at is None and writable is False:
            end_at = until
        if end_at is None or any(_around(one, until, loss.begin) for loss in given):
            continue  # writes went on all the time, or it is told already
        begin = next((at for at in verdicts if (at - one.begun_at).total_seconds() >= -LEAD_SECONDS and at < end_at),
                     one.begun_at)  # fmt: skip
        found.append((one.id, (begin, end_at)))
    return tuple(found)


def _around(incident: Incident, until: datetime, at: datetime) -> bool:
    early = (at - incident.begun_at).total_seconds() >= -LEAD_SECONDS
    return early and at <= (until if incident.ended_at is None else incident.ended_at)


def blocks_of(lines: Iterable[CopyLine], primary: str | None) -> tuple[int | None, int | None, str]:
    """N, F and why they are not known: the primary's blocks, and those of the worst copy that failed.

    A copy that was not read has not failed and proves nothing: without any copy but the primary nothing is known.
    """
    known = [line for line in lines if line.root]
    own = [line for line in known if line.node == primary]
    copies = sorted({line.node for line in known if line.node != primary})
    if primary is None or not own:
        return None, None, "primary-not-compared"
    if not copies:
        return None, None, "no-copy-compared"
    blocks = sum(line.blocks for line in own)
    differ = [sum(one.blocks_differ for one in known if one.node == node) for node in (primary, *copies)]
    failed = min(max(differ), blocks)
    # A comparison ends at the first block that differs: more of them may.
    return blocks, failed, "failed-at-least" if failed else ""
