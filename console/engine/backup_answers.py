"""Answers what faces ask about backups: one small function a question."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final, Protocol

from console.backup.face import EngineTrouble
from console.domain.backup import Job
from console.domain.cluster import ClusterSpec, Inventory
from console.domain.reading import Moment
from console.domain.restore import Chosen, EntryPlace, Target, TargetKind, Unfit
from console.domain.targets import Rates, fitting
from console.engine.backing import Backing
from console.engine.backup_reading import Repositories
from console.engine.backup_restores import UnfitTarget
from console.engine.backup_schedules import Schedules
from console.link.backups import (
    AnchorsSeen,
    AskAnchors,
    AskBackups,
    AskExpiry,
    AskJob,
    AskSandbox,
    AskTarget,
    BackupsSeen,
    CancelJob,
    CloseSandbox,
    Expiry,
    JobSeen,
    OpenSandbox,
    OrderSchedule,
    SandboxRows,
    SavePolicy,
    StartBackup,
    StartExpire,
    StartProve,
    StartVerify,
    TargetSeen,
)
from console.link.messages import Done, Message, Refused
from console.postgres.restore_verbs import SandboxAt
from console.recovery.books_door import BooksTrouble
from console.recovery.sandbox import ask_sandbox, close_sandbox, found_at
from console.recovery.sandbox_watch import SandboxTrouble
from console.store.backup_log import OPEN
from console.store.backup_rules import policy_mistakes
from console.store.inventory import Inventories
from console.store.inventory_rules import hosts_of

PARTS_MAX: Final = 1_000
SPAN_MAX: Final = timedelta(days=400)
FRESH: Final = timedelta(seconds=2)  # by a reading no older than this a target may be refused
MISTAKES_SHOWN_MAX: Final = 10
_OF_CLUSTER = (
    AskBackups | StartBackup | StartVerify | StartProve | AskExpiry | StartExpire | SavePolicy | OrderSchedule
    | AskTarget | AskAnchors | OpenSandbox | AskSandbox | CloseSandbox
)  # fmt: skip
_ENTRIES: Final = (TargetKind.BEFORE_ENTRY, TargetKind.AFTER_ENTRY)


class Backuping(Protocol):
    """What these answers need of the engine."""

    inventory: Inventory
    inventories: Inventories | None
    backing: Backing | None

    def inventory_changed(self) -> None: ...

    def moment(self) -> Moment: ...


class BackupAnswers:
    """The engine's side of every question about backups. `answer` may raise StoreTrouble."""

    def __init__(self, engine: Backuping) -> None:
        self._engine = engine

    def answer(self, question: Message, person: str) -> Message | None:
        """The answer; None where it is no question of these. Without a store nothing of this is done."""
        backing = self._engine.backing
        if not isinstance(question, AskJob | CancelJob | _OF_CLUSTER):
            return None
        if backing is None:
            return Refused(reason="store-trouble")
        match question:
            case AskJob() | CancelJob():
                return self._job(backing, question)
            case _:
                spec = self._engine.inventory.cluster(question.cluster)
                if spec is None:
                    return Refused(reason="no-cluster", subject=question.cluster)
                if spec.backup is None and not isinstance(question, AskBackups | SavePolicy | AskAnchors):
                    return Refused(reason="no-policy", subject=question.cluster)
                return _told(spec, lambda: self._of_cluster(backing, spec, question, person))

    def _of_cluster(self, backing: Backing, spec: ClusterSpec, question: Message, person: str) -> Message:
        """May raise EngineTrouble, BooksTrouble, StoreTrouble."""
        starting = backing.starting
        places = backing.repositories(spec)
        match question:
            case AskBackups():
                if question.anew:
                    places.anew()
                return BackupsSeen(view=backing.view(spec))
            case StartBackup():
                return JobSeen(job=starting.backup(places, question.repository, question.kind, person))
            case StartVerify():
                return JobSeen(job=starting.verify(places, question.repository, question.backup, person))
            case StartProve():
                return JobSeen(
                    job=starting.restore(
                        places, question.repository, question.backup, question.target, person, keeps=False
                    )
                )
            case OpenSandbox():
                target = question.target or Target()
                return JobSeen(
                    job=starting.restore(
                        places, question.repository, question.backup, target, person, words=question.words, keeps=True
                    )
                )
            case AskSandbox():
                return _rows(spec, places, question)
            case CloseSandbox():
                return _close(places, question)
            case StartExpire():
                return _begun(starting.expire(places, question.repository, question.backups, person), spec)
            case AskExpiry():
                return _expiry(backing, spec, question)
            case SavePolicy():
                return self._save(spec, question)
            case OrderSchedule():
                return Schedules(backing, spec).order(question.act)
            case AskTarget():
                return self._target(backing, spec, question)
            case AskAnchors():
                return self._anchors(backing, spec, question)
            case _:
                return Refused(reason="not-a-question", subject=type(question).__name__)

    def _job(self, backing: Backing, question: AskJob | CancelJob) -> Message:
        found = backing.desk.find(question.job)
        if found is None:
            return Refused(reason="no-such-job", subject=question.job)
        if isinstance(question, AskJob):
            return JobSeen(job=found)
        cancelled = backing.desk.cancel(found.id)
        if cancelled is not None:
            return JobSeen(job=cancelled)
        if found.state in OPEN:
            return Refused(reason="busy", subject=found.id, detail="it is just being taken up; ask again")
        return Refused(reason="job-ended", subject=found.id)

    def _save(self, spec: ClusterSpec, question: SavePolicy) -> Message:
        inventories = self._engine.inventories
        if inventories is None:
            return Refused(reason="store-trouble")
        mistakes = [str(one) for one in policy_mistakes(question.policy, hosts_of(spec.nodes), "the policy")]
        if mistakes:
            more = len(mistakes) - MISTAKES_SHOWN_MAX
            shown = mistakes[:MISTAKES_SHOWN_MAX] + ([f"and {more} more"] if more > 0 else [])
            return Refused(reason="policy-wrong", subject=spec.name, detail="; ".join(shown))
        inventories.save((replace(spec, backup=question.policy),), replace=True)
        self._engine.inventory_changed()
        return Done()

    def _target(self, backing: Backing, spec: ClusterSpec, question: AskTarget) -> Message:
        """What can't be had by what was read a while ago is judged by what is there now: WAL comes all the time."""
        places = backing.repositories(spec)
        place = self._place(backing, spec, question.target)
        view = backing.ground.picture(spec.name)
        system = (view.system_identifier if view is not None else None) or ""
        rates = Rates(restore_bytes_per_second=backing.restore_rate(spec.name))

        def judged() -> Chosen | Unfit:
            seen = places.seen()
            return fitting(
                question.target, tuple(one for one in seen if question.repository in ("", one.spec.name)),
                now=self._engine.moment().utc, place=place, system_identifier=system, rates=rates,
            )  # fmt: skip

        if any(seen.at is None for seen in places.seen()):
            places.anew()
        found = judged()
        old = self._engine.moment().utc - FRESH
        if isinstance(found, Unfit) and any(seen.at is None or seen.at < old for seen in places.seen()):
            places.anew()
            found = judged()
        if isinstance(found, Unfit):
            return TargetSeen(chosen=None, unfit=found)
        return TargetSeen(chosen=found, unfit=None)

    def _place(self, backing: Backing, spec: ClusterSpec, target: Target) -> EntryPlace | None:
        if target.kind not in _ENTRIES or target.entry is None:
            return None
        return backing.ledger.place(spec, target.entry, target.origin)

    def _anchors(self, backing: Backing, spec: ClusterSpec, question: AskAnchors) -> Message:
        begin, end = question.begin, question.end
        if begin.tzinfo is None or end.tzinfo is None:
            return Refused(reason="time-without-zone", subject=spec.name)
        if not begin < end or end - begin > SPAN_MAX or not 1 <= question.parts <= PARTS_MAX:
            detail = f"a range of at most {SPAN_MAX.days} days, in 1 to {PARTS_MAX} parts"
            return Refused(reason="no-time", subject=spec.name, detail=detail)
        seen = backing.repositories(spec).seen()
        return AnchorsSeen(
            cluster=spec.name, anchors=backing.ledger.anchors(spec, begin, end, question.parts, seen)
        )


def _expiry(backing: Backing, spec: ClusterSpec, question: AskExpiry) -> Expiry:
    seen, would = backing.starting.going(backing.repositories(spec), question.repository)
    return Expiry(
        cluster=spec.name, repository=seen.spec.name, backups=would.backups, freed_bytes=would.freed_bytes,
        begin_now=would.begin_now, begin_then=would.begin_then, kept=would.kept, refused=would.refused,
    )  # fmt: skip


def _found(places: Repositories, sandbox: str) -> SandboxAt:
    """Where a sandbox lies, by its own files. Raises SandboxTrouble."""
    told = SandboxTrouble("no-sandbox", places.spec.name, sandbox)
    for node, root in places.places_of_sandboxes():
        try:
            return found_at(places.hosts, node, root, sandbox)
        except SandboxTrouble as trouble:
            if trouble.reason != "no-sandbox":
                told = trouble
    raise told


def _rows(spec: ClusterSpec, places: Repositories, question: AskSandbox) -> SandboxRows:
    rows = ask_sandbox(spec, places.hosts, _found(places, question.sandbox), question.sql)
    return SandboxRows(columns=rows.columns, rows=rows.rows, cut=rows.cut, trouble=rows.trouble)


def _close(places: Repositories, question: CloseSandbox) -> Done:
    close_sandbox(places.hosts, _found(places, question.sandbox))
    places.anew()
    return Done()


def _begun(job: Job | None, spec: ClusterSpec) -> Message:
    return Refused(reason="nothing-to-expire", subject=spec.name) if job is None else JobSeen(job=job)


def _told(spec: ClusterSpec, ask: Callable[[], Message]) -> Message:
    """What an engine or the books refuse, as a refusal."""
    try:
        return ask()
    except UnfitTarget as met:
        unfit = met.unfit
        return Refused(reason=unfit.reason, subject=spec.name, detail=unfit.detail or unfit.fits)
    except (EngineTrouble, SandboxTrouble) as trouble:
        return Refused(reason=trouble.reason, subject=f"{spec.name} {trouble.node}".strip(), detail=trouble.detail)
    except BooksTrouble as trouble:
        return Refused(reason=trouble.reason, subject=spec.name, detail=trouble.detail)
