"""Makes indicators of records: what runs, restores, drills, comparisons and incidents say, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from console.domain.backup import BackupCheck, CheckResult, Mark
from console.domain.drill import Drill, DrillKind, DrillState
from console.domain.fleet import Event
from console.domain.incident import Incident
from console.domain.indicators import (
    Evidence,
    EvidenceLine,
    Indicator,
    IndicatorName,
    IndicatorUnit,
    Uptime,
    allowance_used,
    quantile,
    recovery_rate,
    recovery_seconds,
    redundancy_rate,
    share_of_one_node,
    uptime,
)
from console.domain.plan import Operation
from console.domain.redundancy import Redundancy
from console.domain.run import Mode, RunState, RunView
from console.domain.score_records import Span, WriteLoss, blocks_of, counted, gap_of, losses_of

IDS_MAX: Final = 200  # of one figure; the newest, the count says how many there are
RECOVERING: Final = frozenset({Operation.FAILOVER, Operation.RESTORE})
CHANGING: Final = RECOVERING | {Operation.SWITCHOVER}  # what may lose entries, or is proven to lose none
UNPLANNED: Final = RECOVERING | {Operation.RESTART}  # whose gap the promise of a recovery time is about


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreInput:
    """All records of one cluster that figures rest on, from `since` (the year's: from its beginning) to `until`.

    `gap_free`: numbers of entries are counts of them; None: there is no ledger. `primary`: as it is seen now.
    `writable`: is the ledger written to now; None: not seen. `gone`: runs that incidents name and no record holds.
    `watched`: when the console looked. `nodes`: those with a server. `run`: the figures of this run alone.
    """

    since: datetime
    until: datetime
    nodes: int
    primary: str | None = None
    gap_free: bool | None = None
    rto_seconds_max: float | None = None
    uptime_percent_min: float | None = None
    runs: tuple[RunView, ...] = ()
    drills: tuple[Drill, ...] = ()
    marks: tuple[Mark, ...] = ()
    redundancy: Redundancy | None = None
    incidents: tuple[Incident, ...] = ()
    events: tuple[Event, ...] = ()
    losses: tuple[WriteLoss, ...] = ()
    watched: tuple[Span, ...] = ()
    writable: bool | None = None
    gone: tuple[str, ...] = ()
    run: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Every figure, in the order of `IndicatorName`, and a line for each record that they rest on, the newest first."""

    indicators: tuple[Indicator, ...]
    lines: tuple[EvidenceLine, ...]


def scored(given: ScoreInput) -> Scored:
    """All indicators of a cluster over a time, or of one run."""
    runs = tuple(run for run in given.runs if _finished(run) and _in_time(run.ended_at, given))
    work = _Work(given, runs)
    rates, times = work.recovery(), (work.recovery_time(), *work.rto())
    found = (*rates, *work.redundancy(), *times, *work.availability())
    return Scored(indicators=found, lines=tuple(sorted(work.lines.values(), key=lambda one: one.at, reverse=True)))


def _finished(run: RunView) -> bool:
    return run.mode is Mode.REAL and run.state is RunState.DONE


def _in_time(at: datetime | None, given: ScoreInput) -> bool:
    return at is not None and (bool(given.run) or given.since <= at <= given.until)


def not_of_run(name: IndicatorName, unit: IndicatorUnit, run: str) -> Indicator:
    """A figure that no run has."""
    return Indicator(name=name, value=None, unit=unit, evidence=Evidence(kind="run", ids=(run,)), count=0,
                     reason="not-of-a-run")  # fmt: skip


class _Work:
    """One answer under way: its figures, and the records that they rest on."""

    def __init__(self, given: ScoreInput, runs: tuple[RunView, ...]) -> None:
        self._given, self._runs = given, sorted(runs, key=_ended, reverse=True)
        self._losses = losses_of(given.losses, given.incidents, given.events, given.until, writable=given.writable)
        self.lines: dict[tuple[str, str], EvidenceLine] = {}

    def _evidence(self, kind: str, ids: Iterable[str]) -> Evidence:
        begin, end = self._given.since, self._given.until
        if self._given.run and self._runs:
            begin, end = self._runs[0].begun_at or _ended(self._runs[0]), _ended(self._runs[0])
        return Evidence(kind=kind, ids=tuple(ids)[:IDS_MAX], begin=begin, end=end)

    def _line(self, line: EvidenceLine) -> None:
        if len(self.lines) < IDS_MAX or (line.kind, line.id) in self.lines:
            self.lines[line.kind, line.id] = line

    def _run_line(self, run: RunView) -> None:
        count = counted(run, gap_free=self._given.gap_free)
        seconds, _ = gap_of(run, self._losses)
        self._line(EvidenceLine(kind="run", id=run.id, at=_ended(run), word=run.plan.operation.value,
                                node=run.plan.target or run.plan.subject or "", seconds=seconds, lost=count.lost,
                                data=count.data))  # fmt: skip

    # -- recovery rate ------------------------------------------------------------------------------------------

    def recovery(self) -> tuple[Indicator, Indicator]:
        """R over all runs of the time, and the entries behind it."""
        changing = [run for run in self._runs if run.plan.operation in CHANGING]
        known, reasons, bound = [], [], ""
        lost = data = 0
        for run in changing:
            self._run_line(run)
            count = counted(run, gap_free=self._given.gap_free)
            if count.lost is None or count.data is None:
                reasons.append(count.reason)
                continue
            known.append(run.id)
            lost, data, bound = lost + count.lost, data + count.data, bound or count.reason
        value = recovery_rate(lost, data) if known else None
        reason = bound
        if not known:
            reason = reasons[0] if reasons else "record-gone" if self._given.gone else "no-recovery"
        elif value is None:
            reason = "nothing-to-lose"
        left_out = len(reasons) + len(self._given.gone)
        evidence = self._evidence("run", known or [run.id for run in changing])
        rate = Indicator(name=IndicatorName.RECOVERY_RATE, value=value, unit=IndicatorUnit.PERCENT, evidence=evidence,
                         count=len(known), reason=reason, left_out=left_out)  # fmt: skip
        entries = replace(
            rate, name=IndicatorName.ENTRIES_RECOVERED, unit=IndicatorUnit.ENTRIES,
            value=float(data - lost) if known else None, of=float(data) if known else None,
        )  # fmt: skip
        return rate, entries

    # -- redundancy ---------------------------------------------------------------------------------------------

    def redundancy(self) -> tuple[Indicator, Indicator]:
        """N and F of the last comparison, beside how many copies are proven."""
        given, names = self._given, (IndicatorName.REDUNDANCY_RATE, IndicatorName.COPIES_PROVEN)
        units = (IndicatorUnit.PERCENT, IndicatorUnit.COPIES)
        if given.run:
            return not_of_run(names[0], units[0], given.run), not_of_run(names[1], units[1], given.run)
        found = given.redundancy
        at = None if found is None else found.books_at
        reason = "no-ledger" if given.gap_free is None else "never-compared"
        if at is not None and not given.since <= at <= given.until:
            reason = "not-in-this-time" if at < given.since else "clock-jumped"
        if found is None or at is None or not given.since <= at <= given.until:
            blank = Indicator(name=names[0], value=None, unit=units[0], evidence=self._evidence("copies", ()), count=0,
                              reason=reason)  # fmt: skip
            return blank, replace(blank, name=names[1], unit=units[1])
        record = f"{at:%Y-%m-%d %H:%M:%S}"
        blocks, failed, why = blocks_of(found.lines, given.primary)
        self._line(EvidenceLine(kind="copies", id=record, at=at, word="compared", seconds=found.seconds, lost=failed,
                                data=blocks))  # fmt: skip
        value = redundancy_rate(blocks, failed)
        evidence = Evidence(kind="copies", ids=(record,), begin=at, end=at)
        if value is None and not why:
            why = "nothing-to-lose"
        rate = Indicator(name=names[0], value=value, unit=units[0], evidence=evidence, count=1, reason=why,
                         left_out=sum(1 for line in found.lines if not line.root))  # fmt: skip
        proven = Indicator(name=names[1], value=float(found.proven), unit=units[1], evidence=evidence, count=1,
                           of=float(found.copies))  # fmt: skip
        return rate, proven

    # -- recovery time ------------------------------------------------------------------------------------------

    def recovery_time(self) -> Indicator:
        """T of the newest restore or failover that was measured."""
        moments = self._measured_runs() + ([] if self._given.run else self._measured_marks())
        moments.sort(key=lambda one: one.at, reverse=True)
        passed_over: list[str] = []
        for one in moments:
            if one.percent is not None and one.seconds is not None and one.seconds > 0 and one.percent > 0:
                value = recovery_seconds(one.percent / one.seconds)
                return Indicator(name=IndicatorName.RECOVERY_TIME, value=value, unit=IndicatorUnit.SECONDS,
                                 evidence=self._evidence(one.kind, (one.id,)), count=1,
                                 left_out=len(passed_over))  # fmt: skip
            passed_over.append(one.reason or "nothing-recovered")
        reason = passed_over[0] if passed_over else "no-recovery"
        ids = [one.id for one in moments]
        return Indicator(name=IndicatorName.RECOVERY_TIME, value=None, unit=IndicatorUnit.SECONDS, count=0,
                         evidence=self._evidence("run", ids), reason=reason, left_out=len(passed_over))  # fmt: skip

    def _measured_runs(self) -> list["_Measured"]:
        found = []
        for run in self._runs:
            if run.plan.operation not in RECOVERING:
                continue
            self._run_line(run)
            count = counted(run, gap_free=self._given.gap_free)
            seconds, why = gap_of(run, self._losses)
            percent = recovery_rate(count.lost, count.data) if count.data is not None else None
            found.append(_Measured(kind="run", id=run.id, at=_ended(run), seconds=seconds, percent=percent,
                                   reason=why or count.reason))  # fmt: skip
        return found

    def _measured_marks(self) -> list["_Measured"]:
        """Restores that reached their target elsewhere: all of the backup was recovered in that time."""
        found = []
        for mark in self._given.marks:
            if mark.check is not BackupCheck.RESTORED or not _in_time(mark.at, self._given):
                continue
            if mark.result is not CheckResult.PASSED:
                continue
            self._line(EvidenceLine(kind="restore", id=mark.backup, at=mark.at, word=mark.check.value, node=mark.node,
                                    seconds=mark.seconds))  # fmt: skip
            found.append(_Measured(kind="restore", id=mark.backup, at=mark.at, seconds=mark.seconds, percent=100.0,
                                   reason="" if mark.seconds is not None else "not-recorded"))  # fmt: skip
        return found

    def rto(self) -> tuple[Indicator, ...]:
        """Gaps of recoveries and the times of restore drills, against the promise."""
        seconds: list[float] = []
        runs, drills, reasons = [], [], []
        for run in self._runs:
            if run.plan.operation in UNPLANNED or self._given.run:
                self._run_line(run)
                gap, why = gap_of(run, self._losses)
                if gap is None:
                    reasons.append(why)
                else:
                    runs.append(run.id)
                    seconds.append(gap)
        for drill in () if self._given.run else self._given.drills:
            took = self._drilled(drill)
            if took is not None:
                drills.append(drill.id)
                seconds.append(took)
        kind = "run" if runs or not drills else "drill"
        evidence = self._evidence(kind, [*runs, *drills])
        reason = "" if seconds else reasons[0] if reasons else "no-recovery"
        made = [
            Indicator(name=name, value=quantile(seconds, share), unit=IndicatorUnit.SECONDS, evidence=evidence,
                      count=len(seconds), of=self._given.rto_seconds_max, reason=reason, left_out=len(reasons))
            for name, share in ((IndicatorName.RTO_P50, 0.5), (IndicatorName.RTO_P95, 0.95))
        ]  # fmt: skip
        promised = self._given.rto_seconds_max
        said = promised is not None
        made.append(Indicator(
            name=IndicatorName.RTO_PROMISED, value=promised, unit=IndicatorUnit.SECONDS, count=int(said),
            evidence=Evidence(kind="inventory", ids=()), reason="" if said else "nothing-promised",
        ))  # fmt: skip
        return tuple(made)

    def _drilled(self, drill: Drill) -> float | None:
        """What a rehearsed restore took until it was proven; None: it says nothing of that."""
        if drill.kind is not DrillKind.RESTORE or drill.state not in (DrillState.PASSED, DrillState.FAILED):
            return None
        took = next((one.seconds for one in drill.marks if one.what == "proven"), None)
        if took is None or took < 0 or drill.ended_at is None or not _in_time(drill.ended_at, self._given):
            return None
        self._line(EvidenceLine(kind="drill", id=drill.id, at=drill.ended_at, word=drill.kind.value,
                                node=drill.node or "", seconds=took))  # fmt: skip
        return took

    # -- availability -------------------------------------------------------------------------------------------

    def availability(self) -> tuple[Indicator, ...]:
        """The share of one node, and what the record of heartbeats says."""
        given = self._given
        share = share_of_one_node(given.nodes)
        one = Indicator(
            name=IndicatorName.SHARE_OF_ONE_NODE, value=share, unit=IndicatorUnit.PERCENT, count=given.nodes,
            of=float(given.nodes), evidence=Evidence(kind="inventory", ids=()), reason="" if share else "no-nodes",
        )  # fmt: skip
        if given.run:
            rest = ((IndicatorName.UPTIME_SHARE, IndicatorUnit.PERCENT), (IndicatorName.MTBF, IndicatorUnit.SECONDS),
                    (IndicatorName.MTTR, IndicatorUnit.SECONDS),
                    (IndicatorName.ALLOWANCE_USED, IndicatorUnit.MINUTES))  # fmt: skip
            return (one, *(not_of_run(name, unit, given.run) for name, unit in rest))
        seen, ids = self._uptime(given.since)
        evidence = self._evidence("incident", ids)
        nobody = "not-watched" if seen.watched_seconds <= 0 else ""

        def made(name: IndicatorName, unit: IndicatorUnit, value: float | None, reason: str) -> Indicator:
            return Indicator(name=name, value=value, unit=unit, evidence=evidence, count=seen.losses,
                             of=seen.watched_seconds, reason="" if value is not None else reason)  # fmt: skip

        return (
            one,
            made(IndicatorName.UPTIME_SHARE, IndicatorUnit.PERCENT, seen.share_percent, nobody),
            made(IndicatorName.MTBF, IndicatorUnit.SECONDS, seen.mtbf_seconds, nobody or "never-lost"),
            made(IndicatorName.MTTR, IndicatorUnit.SECONDS, seen.mttr_seconds, nobody or "never-lost"),
            self._allowance(),
        )

    def _uptime(self, since: datetime) -> tuple[Uptime, list[str]]:
        until = self._given.until
        watched = [(max(begin, since), min(end, until)) for begin, end in self._given.watched]
        inside = [(id_, span) for id_, span in self._losses if span[1] > since and span[0] < until]
        for id_ in dict.fromkeys(id_ for id_, _ in inside):
            spans = [span for other, span in inside if other == id_]
            seconds = sum(max(0.0, (end - begin).total_seconds()) for begin, end in spans)
            one = next((one for one in self._given.incidents if one.id == id_), None)
            self._line(EvidenceLine(kind="incident", id=id_, at=min(spans)[0], seconds=seconds,
                                    word="unwritten" if one is None else one.word,
                                    node="" if one is None else one.node or ""))  # fmt: skip
        return uptime(watched, [span for _, span in inside]), list(dict.fromkeys(id_ for id_, _ in inside))

    def _allowance(self) -> Indicator:
        """Minutes of this calendar year, in UTC, without writes; out of how many, where that was promised."""
        until, promised = self._given.until, self._given.uptime_percent_min
        january = datetime(until.year, 1, 1, tzinfo=UTC)
        seen, ids = self._uptime(january)
        minutes, most = allowance_used(seen.lost_seconds, promised if promised is not None else 100.0)
        watched = seen.watched_seconds > 0
        reason = "" if promised is not None else "nothing-promised"
        return Indicator(
            name=IndicatorName.ALLOWANCE_USED, value=minutes if watched else None, unit=IndicatorUnit.MINUTES,
            evidence=Evidence(kind="incident", ids=tuple(ids)[:IDS_MAX], begin=january, end=until), count=seen.losses,
            of=None if promised is None else most, reason=reason if watched else "not-watched",
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measured:
    """One recovery: how much of all data it brought back, and in which time."""

    kind: str
    id: str
    at: datetime
    seconds: float | None
    percent: float | None
    reason: str


def _ended(run: RunView) -> datetime:
    return run.ended_at or run.begun_at or run.plan.made_at
