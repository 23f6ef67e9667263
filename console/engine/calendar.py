"""Begins what the calendar of each policy says, and remembers each run that was missed, with its reason."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from console.backup.face import EngineTrouble
from console.domain.backup import Job, MissedRun, RepositorySeen
from console.domain.backup_policy import BackupKind, BackupPolicy, CycleEntry, Scheduler
from console.domain.cluster import ClusterSpec
from console.domain.schedule import Cron, CronTrouble, Ran, missed_runs, runs_after, zone_of
from console.store.settings import Settings
from console.store.trouble import StoreTrouble
from console.store.values import decoder, kept

GRACE: Final = timedelta(minutes=10)  # so long a run is tried; after that it is missed
TRY_AGAIN: Final = timedelta(seconds=20)
MISSED_AGE_MAX: Final = timedelta(days=7)
MISSED_MAX: Final = 15
MOMENTS_MAX: Final = 200  # of one line, looked at in one go
KEEP: Final = timedelta(seconds=30)
KINDS: Final = frozenset(kind.value for kind in BackupKind)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A moment that has come. `reason`: why it could not be begun when it was tried last."""

    at: datetime
    what: str
    repository: str
    tried_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is remembered of one cluster's calendar: looked at up to when, what waits, what was missed."""

    looked_at: datetime
    cycle: str  # of which calendar
    waiting: tuple[Due, ...] = ()
    missed: tuple[MissedRun, ...] = ()


_KEPT: Final = decoder(Kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarHands:
    """What a calendar acts by. `begin` raises EngineTrouble or StoreTrouble where nothing was begun."""

    begin: Callable[[ClusterSpec, str, str], Job | None]
    missed: Callable[[ClusterSpec, MissedRun], None]
    jobs: Callable[[str], tuple[Job, ...]]
    repositories: Callable[[str], tuple[RepositorySeen, ...]]


class Calendar:
    """The calendars of all clusters. `look` is called each second by one thread; `missed` by any."""

    def __init__(self, settings: Settings, hands: CalendarHands) -> None:
        self._settings, self._hands = settings, hands
        self._known: dict[str, Kept] = {}
        self._written: dict[str, Kept] = {}

    def missed(self, spec: ClusterSpec, now: datetime) -> tuple[MissedRun, ...]:
        """Runs that were missed, the newest first; by the host's own scheduler too, as far as backups tell."""
        kept, policy = self._known.get(spec.name), spec.backup
        found = list(kept.missed) if kept is not None else []
        if policy is not None and policy.scheduler is Scheduler.CRONTAB and kept is not None:
            found += self._of_crontab(spec, policy, now)
        return tuple(sorted(found, key=lambda one: one.at, reverse=True)[:MISSED_MAX])

    def look(self, spec: ClusterSpec, now: datetime) -> None:
        """Begin what is due. Raises StoreTrouble: then nothing was begun, as it could not be written down."""
        policy = spec.backup
        if policy is None or not policy.cycle or policy.scheduler is not Scheduler.ENGINE:
            self._known.pop(spec.name, None)
            if policy is not None and policy.scheduler is Scheduler.CRONTAB:
                self._begun_watching(spec, policy, now)
            return
        kept = self._begun_watching(spec, policy, now)
        before = kept.missed
        due = moments_between(policy, kept.looked_at, now)
        waiting = [*kept.waiting, *(one for one in due if now - one.at <= GRACE)]
        late = [one for one in due if now - one.at > GRACE]
        fresh = [MissedRun(at=one.at, what=one.what, repository=one.repository, reason="engine-not-running")
                 for one in late]  # fmt: skip
        kept = replace(kept, looked_at=now, waiting=tuple(waiting), missed=(*kept.missed, *fresh))
        self._keep(spec.name, kept, durable=bool(due))
        if waiting:
            kept = self._tried(spec, kept, now)
        for one in kept.missed:
            if one not in before:
                self._hands.missed(spec, one)
        kept = replace(kept, missed=self._of_interest(spec, kept.missed, now))
        self._keep(spec.name, kept, durable=kept.waiting != tuple(waiting) or kept.missed != before)

    def _tried(self, spec: ClusterSpec, kept: Kept, now: datetime) -> Kept:
        """Try what waits; what waited too long is missed, for the reason of its last try."""
        left: list[Due] = []
        missed = list(kept.missed)
        for one in kept.waiting:
            if self._was_begun(spec, one):
                continue
            if one.tried_at is not None and now - one.tried_at < TRY_AGAIN:
                left.append(one)
                continue
            reason = self._begin(spec, one)
            if not reason:
                continue
            if now - one.at >= GRACE:
                missed.append(MissedRun(at=one.at, what=one.what, repository=one.repository, reason=reason))
            else:
                left.append(replace(one, tried_at=now, reason=reason))
        return replace(kept, waiting=tuple(left), missed=tuple(missed))

    def _begin(self, spec: ClusterSpec, one: Due) -> str:
        """Why it could not be begun; empty where it was, or where there is nothing to do."""
        try:
            self._hands.begin(spec, one.what, one.repository)
        except EngineTrouble as trouble:
            log.info("%s: %s to %s is not begun: %s", spec.name, one.what, one.repository, trouble)
            return trouble.reason
        except StoreTrouble as trouble:
            log.info("%s: %s to %s is not begun: %s", spec.name, one.what, one.repository, trouble)
            return "store-trouble"
        return ""

    def _was_begun(self, spec: ClusterSpec, one: Due) -> bool:
        """Did an engine that was killed begin it before it could cross it out?"""
        return any(
            job.by == "schedule" and job.begun_at >= one.at and _what(job) == one.what
            and job.repository == one.repository
            for job in self._hands.jobs(spec.name)
        )  # fmt: skip

    def _of_interest(self, spec: ClusterSpec, missed: tuple[MissedRun, ...], now: datetime) -> tuple[MissedRun, ...]:
        """Those that nothing of their kind came after, and that are not too old."""
        jobs = self._hands.jobs(spec.name)
        left = [
            one for one in missed
            if now - one.at <= MISSED_AGE_MAX
            and not any(_what(job) == one.what and job.repository == one.repository and job.begun_at > one.at
                        and job.state.value == "done" for job in jobs)
        ]  # fmt: skip
        return tuple(left[-MISSED_MAX:])

    def _of_crontab(self, spec: ClusterSpec, policy: BackupPolicy, now: datetime) -> list[MissedRun]:
        """What the backup host's own scheduler did not begin, by the backups that it made."""
        kept = self._known.get(spec.name)
        repositories = {seen.spec.name: seen for seen in self._hands.repositories(spec.name)}
        read = {name for name, seen in repositories.items() if seen.at is not None and not seen.trouble}
        if kept is None:
            return []
        ran = tuple(
            Ran(what=one.kind.value, repository=name, begun_at=one.begun_at)
            for name, seen in repositories.items() for one in seen.backups
        )  # fmt: skip
        first = policy.repositories[0].name if policy.repositories else ""
        seen_cycle = tuple(
            entry for entry in policy.cycle if entry.what in KINDS and (entry.repository or first) in read
        )
        begin = max(kept.looked_at, now - MISSED_AGE_MAX)
        try:
            found = missed_runs(replace(policy, cycle=seen_cycle), begin, now, ran=ran, grace=GRACE)
        except CronTrouble:
            return []
        newest = {(one.what, one.repository): one.begun_at for one in sorted(ran, key=lambda one: one.begun_at)}
        return [one for one in found if newest.get((one.what, one.repository), begin) < one.at]

    # -- remembering --------------------------------------------------------------------------------------------

    def _begun_watching(self, spec: ClusterSpec, policy: BackupPolicy, now: datetime) -> Kept:
        """What is remembered; of a calendar that is new here, from now on."""
        cycle = digest_of(policy)
        kept = self._known.get(spec.name) or self._recalled(spec.name)
        if kept is None or kept.cycle != cycle:
            kept = Kept(looked_at=now, cycle=cycle, missed=kept.missed if kept is not None else ())
            self._keep(spec.name, kept, durable=True)
        self._known[spec.name] = kept
        return kept

    def _recalled(self, cluster: str) -> Kept | None:
        text = self._settings.get(_key(cluster))
        if text is None:
            return None
        try:
            kept_before = _KEPT.decode(text)
        except ValueError:
            return None
        self._written[cluster] = kept_before
        return kept_before

    def _keep(self, cluster: str, value: Kept, *, durable: bool) -> None:
        """Remember it; on disk at once where something happened, else now and then. Raises StoreTrouble."""
        self._known[cluster] = value
        before = self._written.get(cluster)
        if not durable and before is not None and value.looked_at - before.looked_at < KEEP:
            return
        self._settings.set(_key(cluster), kept(value))
        self._written[cluster] = value


def moments_between(policy: BackupPolicy, after: datetime, until: datetime) -> tuple[Due, ...]:
    """Every moment of the calendar after one time, up to and with another, the oldest first."""
    try:
        zone, found = zone_of(policy.time_zone), []
        for entry in policy.cycle:
            for number, moment in enumerate(runs_after(Cron.parse(entry.cron), zone, after)):
                if moment > until or number >= MOMENTS_MAX:
                    break
                found.append(Due(at=moment, what=entry.what, repository=_place(policy, entry)))
    except CronTrouble as trouble:
        log.error("a calendar can't be read: %s", trouble)
        return ()
    return tuple(sorted(found, key=lambda one: (one.at, one.what, one.repository)))


def digest_of(policy: BackupPolicy) -> str:
    """What makes a calendar another one."""
    lines = [f"{entry.what} {entry.cron} {_place(policy, entry)}" for entry in policy.cycle]
    text = "\n".join([policy.time_zone, policy.scheduler.value, *lines])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _place(policy: BackupPolicy, entry: CycleEntry) -> str:
    return entry.repository or (policy.repositories[0].name if policy.repositories else "")


def _what(job: Job) -> str:
    return job.backup_kind.value if job.backup_kind is not None else job.kind.value


def _key(cluster: str) -> str:
    return f"calendar-{hashlib.sha256(cluster.encode()).hexdigest()[:32]}"
