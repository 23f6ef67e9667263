"""What has to happen regularly: how often by default, when it last did, and whether it is overdue."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from console.domain.backup import Backup, BackupCheck, BackupState, CheckResult, Job, JobKind, JobState, Mark
from console.domain.drill import Drill, DrillKind, DrillState, Duty, DutyKind, DutyRule

DAY_HOURS: Final = 24.0
HOURS_MAX: Final = 5 * 365 * DAY_HOURS
ENDING: Final = frozenset({DutyKind.KEYS_VALID, DutyKind.CERTIFICATES_VALID})  # due before an end, not after a last

DEFAULTS: Final = (
    DutyRule(kind=DutyKind.BACKUP, every_hours=DAY_HOURS),
    DutyRule(kind=DutyKind.VERIFY, every_hours=7 * DAY_HOURS),
    DutyRule(kind=DutyKind.RESTORE_PROOF, every_hours=30 * DAY_HOURS),
    DutyRule(kind=DutyKind.COPIES_COMPARED, every_hours=DAY_HOURS),
    DutyRule(kind=DutyKind.DETECTOR_REHEARSAL, every_hours=30 * DAY_HOURS),
    DutyRule(kind=DutyKind.SWITCHOVER_DRILL, every_hours=90 * DAY_HOURS),
    DutyRule(kind=DutyKind.BOOKS_RECOMPUTED, every_hours=2 * DAY_HOURS),
    DutyRule(kind=DutyKind.KEYS_VALID, every_hours=30 * DAY_HOURS),
    DutyRule(kind=DutyKind.CERTIFICATES_VALID, every_hours=30 * DAY_HOURS),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDuties:
    """What is kept of a cluster's duties: since when they count, and the rules that a person has set.

    What never happened is overdue only when its time has passed since then: a cluster that is new owes nothing yet.
    """

    cluster: str
    since: datetime
    rules: tuple[DutyRule, ...] = ()

    def rule(self, kind: DutyKind) -> DutyRule:
        """The rule in force."""
        own = next((rule for rule in self.rules if rule.kind is kind), None)
        return own or next(rule for rule in DEFAULTS if rule.kind is kind)

    def in_force(self) -> tuple[DutyRule, ...]:
        return tuple(self.rule(kind) for kind in DutyKind)

    def with_rule(self, rule: DutyRule) -> "KeptDuties":
        """With this rule in the place of the one of its kind. Raises ValueError where it makes no sense."""
        if not math.isfinite(rule.every_hours) or not 0 <= rule.every_hours <= HOURS_MAX:
            raise ValueError(f"{rule.every_hours:g} hours; from 0 (not a duty) to {HOURS_MAX:g}")
        others = tuple(one for one in self.rules if one.kind is not rule.kind)
        return KeptDuties(cluster=self.cluster, since=self.since, rules=(*others, rule))


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """When something last happened as it should; `failed_at`: when it was last tried in vain.

    `reason`: why there is nothing to tell; then it is no duty here.
    """

    done_at: datetime | None = None
    failed_at: datetime | None = None
    source: str = ""
    reason: str = ""

    def newer(self, other: "Last") -> "Last":
        """The later of both, each way."""
        dones = [at for at in (self.done_at, other.done_at) if at is not None]
        fails = [at for at in (self.failed_at, other.failed_at) if at is not None]
        done = max(dones, default=None)
        source = other.source if done is not None and done == other.done_at else self.source or other.source
        return Last(done_at=done, failed_at=max(fails, default=None), source=source, reason=self.reason or other.reason)


def judge(kept: KeptDuties, kind: DutyKind, last: Last, now: datetime) -> Duty:
    """Is it overdue? A try that failed does not count as done; it is shown."""
    rule = kept.rule(kind)
    if last.reason or rule.every_hours <= 0:
        return Duty(cluster=kept.cluster, kind=kind, last_at=last.done_at, next_at=None, overdue=False,
                    outcome="done" if last.done_at else "", reason=last.reason, source=last.source)  # fmt: skip
    due = (last.done_at or kept.since) + timedelta(hours=rule.every_hours)
    failed = last.failed_at is not None and (last.done_at is None or last.failed_at > last.done_at)
    shown_at = last.failed_at if failed else last.done_at
    return Duty(
        cluster=kept.cluster, kind=kind, last_at=shown_at, next_at=due, overdue=now >= due,
        outcome="failed" if failed else "done" if last.done_at is not None else "",
        reason="" if shown_at is not None else "never", source=last.source,
    )  # fmt: skip


def judge_end(
    kept: KeptDuties, kind: DutyKind, about: str, *, end: datetime | None, now: datetime, reason: str = "",
    source: str = "",
) -> Duty:  # fmt: skip
    """A key or certificate: `last_at` is its end, `next_at` when it is due to be renewed. No end: why."""
    hours = kept.rule(kind).every_hours
    due = None if end is None or hours <= 0 else end - timedelta(hours=hours)
    overdue = due is not None and now >= due
    why = reason if end is None else "ended" if end <= now else "ends-soon" if overdue else ""
    return Duty(
        cluster=kept.cluster, kind=kind, last_at=end, next_at=due, overdue=overdue, reason=why, source=source,
        about=about,
    )  # fmt: skip


def last_backup(jobs: Iterable[Job], backups: Iterable[Backup]) -> Last:
    """By what lies in repositories, which counts whoever made it; failures by the console's own work."""
    done = [one.ended_at or one.begun_at for one in backups if one.state is BackupState.COMPLETE]
    return _last_job(jobs, JobKind.BACKUP).newer(Last(done_at=max(done, default=None), source="repository"))


def last_marked(jobs: Iterable[Job], marks: Iterable[Mark], kind: JobKind, check: BackupCheck) -> Last:
    """By the marks that checks left; what was not checked counts as nothing."""
    told = [one for one in marks if one.check is check]
    passed = [one.at for one in told if one.result is CheckResult.PASSED]
    failed = [one.at for one in told if one.result is CheckResult.FAILED]
    marked = Last(done_at=max(passed, default=None), failed_at=max(failed, default=None), source="marks")
    tried = _last_job(jobs, kind)
    return marked.newer(Last(failed_at=tried.failed_at))  # a job that ended without a mark has proven nothing


def _last_job(jobs: Iterable[Job], kind: JobKind) -> Last:
    own = [one for one in jobs if one.kind is kind and one.ended_at is not None]
    done = [one.ended_at for one in own if one.state is JobState.DONE and one.ended_at is not None]
    failed = [one.ended_at for one in own if one.state is JobState.FAILED and one.ended_at is not None]
    return Last(done_at=max(done, default=None), failed_at=max(failed, default=None), source="jobs")


def last_drill(drills: Iterable[Drill], kind: DrillKind) -> Last:
    """One that was stopped or refused has rehearsed nothing."""
    own = [one for one in drills if one.kind is kind]
    passed = [one.ended_at or one.begun_at for one in own if one.state is DrillState.PASSED]
    failed = [one.ended_at or one.begun_at for one in own if one.state is DrillState.FAILED]
    return Last(done_at=max(passed, default=None), failed_at=max(failed, default=None), source="drills")


def in_order(duties: Iterable[Duty]) -> tuple[Duty, ...]:
    """Overdue ones first, then by when they are due; what has no time comes last."""
    place = {kind: number for number, kind in enumerate(DutyKind)}
    return tuple(
        sorted(
            duties,
            key=lambda one: (
                not one.overdue, one.next_at is None, one.next_at.timestamp() if one.next_at else 0.0, one.cluster,
                place[one.kind], one.about,
            ),
        )
    )  # fmt: skip
