"""Keeps watch over all backups: reads repositories, follows work, begins what calendars say, tells faces."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from console.backup.face import EngineTrouble
from console.domain.audit import AuditKind
from console.domain.backup import BackupsView, Job, JobKind, JobState, MissedRun, RepositorySeen, SandboxSeen
from console.domain.backup_policy import BackupKind, BackupPolicy, RepositorySpec
from console.domain.cluster import ClusterSpec, Inventory, NodeKind, NodeSpec
from console.domain.fleet import ClusterView, Event, EventKind
from console.domain.freezing import Frozen
from console.domain.plan import Operation, Pairs
from console.domain.reading import Moment
from console.domain.run import Mode
from console.engine.backup_engines import MAKERS
from console.engine.backup_jobs import JobDesk
from console.engine.backup_ledger import LiveLedger
from console.engine.backup_proving import RATE_KEY, Proving
from console.engine.backup_reading import Repositories
from console.engine.backup_receiver import end_receiving, keep_receiving, receives
from console.engine.backup_restores import StartingHands
from console.engine.backup_silence import WalSilence
from console.engine.backup_starting import SCHEDULE, Starting
from console.engine.backup_view import JOBS_SHOWN_MAX, Known, machines_of, view_of
from console.engine.calendar import Calendar, CalendarHands
from console.governance.audit import AuditLog
from console.link.backups import BackupsSeen, JobSeen
from console.link.messages import Message
from console.monitor.poller import Poller
from console.ssh.hosts import SshHosts
from console.ssh.sessions import Sessions
from console.store.backup_log import BackupLog, KeptJob
from console.store.database import Store
from console.store.journal import Journal
from console.store.seals import Seals
from console.store.settings import Settings
from console.store.trouble import StoreTrouble

LOOK_SECONDS: Final = 0.5
CALENDAR_SECONDS: Final = 1.0
TELL_SECONDS: Final = 1.0  # the whole picture is told no more often
READING_AT_ONCE_MAX: Final = 4
BEGINNING_AT_ONCE_MAX: Final = 4
RECEIVER_SECONDS: Final = 60.0
COME_BACK_SECONDS: Final = 10.0  # between two tries to take up work whose cluster or host is not there yet

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackingGround:
    """What the engine has built already, and how it is told."""

    store: Store
    sessions: Sessions
    poller: Poller
    audit: AuditLog
    clock: Callable[[], Moment]
    inventory: Callable[[], Inventory]
    picture: Callable[[str], ClusterView | None]
    password: Callable[[NodeSpec], str | None]
    writer: str
    note: Callable[[Event], None]
    tell: Callable[[Message, str], None]
    frozen: Callable[[], Frozen | None] = lambda: None


class Backing:
    """All that one engine does for backups. Any thread may ask it."""

    def __init__(self, ground: BackingGround) -> None:
        self.ground = ground
        self.backup_log = BackupLog(ground.store)
        self._journal = Journal(ground.store)
        self.settings = Settings(ground.store)
        self.desk = JobDesk(
            backup_log=self.backup_log, clock=ground.clock, told=self._job_told, ended=self._job_ended
        )
        self.ledger = LiveLedger(
            sessions=ground.sessions, password=ground.password, writer=ground.writer, view=ground.picture
        )
        self.starting = Starting(
            StartingHands(
                sessions=ground.sessions, poller=ground.poller, desk=self.desk, backup_log=self.backup_log,
                clock=ground.clock, picture=ground.picture, place=self.ledger.place,
                restoring=self._restoring,
                proving=Proving(
                    backup_log=self.backup_log, seals=Seals(ground.store), settings=self.settings, clock=ground.clock,
                    console=ground.writer,
                ),
            )
        )  # fmt: skip
        self.calendar = Calendar(
            self.settings,
            CalendarHands(
                begin=self._begin_scheduled, missed=self._missed, jobs=self._newest_jobs,
                repositories=self._seen_of,
            ),
        )  # fmt: skip
        self._pool = ThreadPoolExecutor(READING_AT_ONCE_MAX, thread_name_prefix="repository")
        self._begins = ThreadPoolExecutor(BEGINNING_AT_ONCE_MAX, thread_name_prefix="calendar")
        self._guard = threading.Lock()
        self._places: dict[str, Repositories] = {}
        self._dirty: set[str] = set()
        self._at_calendar: set[str] = set()
        self._told_ticks: dict[str, float] = {}
        self._states: dict[str, JobState] = {}
        self._received_ticks: dict[tuple[str, str], float] = {}
        self._silence = WalSilence()
        self._receivers: dict[tuple[str, str], str] = {}  # the digest of what was started
        self._to_take_up: list[KeptJob] = []
        self._tried_ticks = float("-inf")
        self._calendar_ticks = float("-inf")
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="backing", daemon=True)

    def _restoring(self, cluster: str) -> str:
        """The real run that restores this cluster, or a node of it, and has not ended. Raises StoreTrouble."""
        return next((one.id for one in self._journal.unfinished() if one.plan.cluster == cluster
                     and one.plan.operation is Operation.RESTORE and one.mode is Mode.REAL), "")  # fmt: skip

    # -- life ---------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Watch, and take up what an earlier engine began."""
        try:
            self._to_take_up = list(self.backup_log.unfinished())
        except StoreTrouble as trouble:
            log.error("work of an earlier engine is not taken up: %s", trouble)
        self._thread.start()

    def stop(self) -> None:
        """Nothing new is begun; what runs on hosts goes on there."""
        self._stopping.set()
        self.desk.close()
        with self._guard:
            places, self._places = list(self._places.values()), {}
        for one in places:
            one.close()
        for pool in (self._pool, self._begins):
            pool.shutdown(wait=False, cancel_futures=True)

    def _watch(self) -> None:
        while not self._stopping.wait(LOOK_SECONDS):
            _guarded(self._look)

    def _look(self) -> None:
        now = self.ground.clock()
        specs = [spec for spec in self.ground.inventory().clusters if spec.backup is not None]
        self._follow_inventory(specs)
        for spec in specs:
            places = self.repositories(spec)
            places.look()
            self._keep_receivers(places, now)
            self._look_for_silence(places, now)
        if self._to_take_up and now.ticks - self._tried_ticks >= COME_BACK_SECONDS:
            self._tried_ticks = now.ticks
            self._to_take_up = [kept for kept in self._to_take_up if not self._taken_up(kept)]
        if now.ticks - self._calendar_ticks >= CALENDAR_SECONDS:
            self._calendar_ticks = now.ticks
            for spec in specs:
                self._look_at_calendar(spec)
        self._tell(now)

    def _look_at_calendar(self, spec: ClusterSpec) -> None:
        """In the pool: what is begun asks hosts, and one that is silent must hold up no other cluster's calendar."""

        def look() -> None:
            try:
                _guarded(lambda: self.calendar.look(spec, self.ground.clock().utc))
            finally:
                with self._guard:
                    self._at_calendar.discard(spec.name)

        with self._guard:
            if spec.name in self._at_calendar or self._stopping.is_set():
                return
            self._at_calendar.add(spec.name)
            self._begins.submit(look)

    def _keep_receivers(self, places: Repositories, now: Moment) -> None:
        """Each minute, in the pool: see that WAL is received."""
        for one in places.specs:
            key = (places.spec.name, one.name)
            due = now.ticks - self._received_ticks.get(key, float("-inf")) >= RECEIVER_SECONDS
            if not receives(one) or not due or self._stopping.is_set():
                continue
            self._received_ticks[key] = now.ticks
            self._begins.submit(_guarded, partial(self._keep_receiver, places, one))

    def _keep_receiver(self, places: Repositories, one: RepositorySpec) -> None:
        key = (places.spec.name, one.name)
        try:
            engine = places.engine(one.name)
            digest, trouble = keep_receiving(engine, places.hosts, began=self._receivers.get(key, ""))
        except EngineTrouble as met:
            trouble = f"{met}"
        else:
            self._receivers[key] = digest
        if trouble:
            log.warning("%s: WAL of %s is not received: %s", places.spec.name, one.name, trouble)

    def _look_for_silence(self, places: Repositories, now: Moment) -> None:
        """A ledger that writes and whose WAL does not come any more is an alert: an event once, a picture as long."""
        spec = places.spec
        policy = spec.backup or BackupPolicy()
        for seen, silent in self._silence.look(spec.name, places.seen(), policy, self.ground.picture(spec.name), now):
            said, health = ("wal silent", "degraded") if silent else ("wal comes again", "healthy")
            self._event(spec.name, seen.spec.node, health, said)
            self.changed(spec.name)

    def _forget_receivers(self, old: Repositories, wanted: tuple[RepositorySpec, ...]) -> None:
        """A repository that the policy has no more: its receiver would keep WAL on the primary for nobody."""
        gone = [one for one in old.specs if receives(one) and not any(_same_place(one, other) for other in wanted)]
        for one in gone:
            try:
                end_receiving(old.engine(one.name), old.hosts)
            except EngineTrouble as trouble:
                log.warning("%s: the receiver of %s is not ended: %s", old.spec.name, one.name, trouble)
            self._receivers.pop((old.spec.name, one.name), None)

    def _follow_inventory(self, specs: list[ClusterSpec]) -> None:
        """Forget what is not in the inventory any more."""
        names = {spec.name for spec in specs}
        with self._guard:
            gone = [self._places.pop(name) for name in list(self._places) if name not in names]
        for one in gone:
            one.close()

    def repositories(self, spec: ClusterSpec) -> Repositories:
        """The repositories of a cluster; made anew where the inventory says otherwise than before."""
        old: Repositories | None = None
        with self._guard:
            present = self._places.get(spec.name)
            if present is not None and (present.spec is spec or present.spec == spec):
                return present
            old = present
            made = Repositories(
                spec, hosts=SshHosts(spec, self.ground.sessions), makers=MAKERS, pool=self._pool,
                clock=self.ground.clock, changed=lambda: self.changed(spec.name), before=old,
            )  # fmt: skip
            if not self._stopping.is_set():
                self._places[spec.name] = made
        if old is not None and not self._stopping.is_set():
            self._begins.submit(_guarded, lambda: self._let_go(old, made.specs))
        return made

    def _let_go(self, old: Repositories, wanted: tuple[RepositorySpec, ...]) -> None:
        self._forget_receivers(old, wanted)
        old.close()

    # -- work of an earlier engine --------------------------------------------------------------------------------

    def _taken_up(self, kept: KeptJob) -> bool:
        """Come back to it; False where that has to be tried again."""
        job = kept.job
        spec = self.ground.inventory().cluster(job.cluster)
        try:
            if spec is None or spec.backup is None or spec.backup.repository(job.repository) is None:
                raise EngineTrouble("no-repository", job.node, f"{job.cluster} {job.repository}")
            log.info("job %s of %s is taken up", job.id, job.cluster)
            self.starting.come_back(self.repositories(spec), kept)
        except EngineTrouble as trouble:
            if trouble.reason == "busy":
                return False
            ended = replace(
                job, state=JobState.FAILED, reason=trouble.reason, detail=trouble.detail,
                ended_at=self.ground.clock().utc,
            )  # fmt: skip
            self.backup_log.keep(ended)
            self._job_told(ended)
            self._job_ended(ended)
        return True

    # -- the calendar -------------------------------------------------------------------------------------------

    def begin(self, spec: ClusterSpec, what: str, repository: str, by: str) -> Job | None:
        """Begin what a line of the calendar names. Raises EngineTrouble and StoreTrouble; None: nothing to do."""
        places = self.repositories(spec)
        match what:
            case "verify":
                return self.starting.verify(places, repository, "", by)
            case "prove":
                return self.starting.restore(places, repository, "", None, by, keeps=False)
            case "expire":
                return self.starting.expire(places, repository, None, by)
            case _:
                return self.starting.backup(places, repository, BackupKind(what), by)

    def _begin_scheduled(self, spec: ClusterSpec, what: str, repository: str) -> Job | None:
        if (frozen := self.ground.frozen()) is not None:
            raise EngineTrouble("frozen", spec.name, frozen.reason)
        job = self.begin(spec, what, repository, SCHEDULE)
        if job is not None:
            self.note(AuditKind.DECISION, job, SCHEDULE, (("what", what),))
        return job

    def _missed(self, spec: ClusterSpec, missed: MissedRun) -> None:
        text = f"{missed.what} missed: {missed.reason}"
        log.error("%s: the %s run of %s was missed: %s", spec.name, missed.what, missed.at.isoformat(), missed.reason)
        self._event(spec.name, None, "degraded", text)
        detail = (("at", missed.at.isoformat()), ("repository", missed.repository), ("reason", missed.reason))
        self.ground.audit.note(
            AuditKind.FAULT, who=SCHEDULE, cluster=spec.name, subject=f"missed-{missed.what}", detail=detail
        )
        self.changed(spec.name)

    # -- the picture --------------------------------------------------------------------------------------------

    def view(self, spec: ClusterSpec) -> BackupsView:
        """All that is known now. Raises StoreTrouble."""
        now = self.ground.clock().utc
        known = Known(
            spec=spec, repositories=self.repositories(spec).seen(), marks=self.backup_log.marks(spec.name),
            jobs=self._newest_jobs(spec.name), missed=self.calendar.missed(spec, now), sandboxes=self.sandboxes(spec),
            watched=self.ground.picture(spec.name), machines=machines_of(spec, self._machines(spec)),
            restore_bytes_per_second=self.restore_rate(spec.name), silent=self._silence.of(spec.name),
        )  # fmt: skip
        return view_of(known, now)

    def sandboxes(self, spec: ClusterSpec) -> tuple[SandboxSeen, ...]:
        """Those that are open; what a proof works in now is not among them."""
        live = {job.id for job in self.desk.live()}
        return tuple(one for one in self.repositories(spec).sandboxes() if one.id not in live)

    def restore_rate(self, cluster: str) -> float | None:
        """Bytes a second of the last restore of this cluster; None where none was measured."""
        text = self.settings.get(RATE_KEY.format(cluster=cluster)[:63])
        try:
            return float(text) if text is not None else None
        except ValueError:
            return None

    def _machines(self, spec: ClusterSpec) -> list[tuple[str, str]]:
        found = []
        for node in spec.nodes:
            watch = self.ground.poller.node(spec.name, node.name) if node.kind is NodeKind.POSTGRES else None
            host = watch.known().host if watch is not None else None
            if host is not None and host.machine_id:
                found.append((node.name, host.machine_id))
        return found

    def _newest_jobs(self, cluster: str) -> tuple[Job, ...]:
        """Those that run as they stand now, then the newest that ended."""
        live = {job.id: job for job in self.desk.live(cluster)}
        kept = self.backup_log.jobs(cluster, most=JOBS_SHOWN_MAX)
        found = [*live.values(), *(job for job in kept if job.id not in live)]
        return tuple(sorted(found, key=lambda job: job.begun_at, reverse=True))

    def _seen_of(self, cluster: str) -> tuple[RepositorySeen, ...]:
        with self._guard:
            places = self._places.get(cluster)
        return places.seen() if places is not None else ()

    def changed(self, cluster: str) -> None:
        """Something of this cluster's backups is another than before: faces hear of it soon."""
        with self._guard:
            self._dirty.add(cluster)

    def _tell(self, now: Moment) -> None:
        with self._guard:
            due = [
                name for name in self._dirty if now.ticks - self._told_ticks.get(name, float("-inf")) >= TELL_SECONDS
            ]
            for name in due:
                self._dirty.discard(name)
                self._told_ticks[name] = now.ticks
        for name in due:
            spec = self.ground.inventory().cluster(name)
            if spec is not None:
                self.ground.tell(BackupsSeen(view=self.view(spec)), f"backups {name}")

    # -- jobs ---------------------------------------------------------------------------------------------------

    def _job_told(self, job: Job) -> None:
        self.ground.tell(JobSeen(job=job), f"job {job.id}")
        with self._guard:
            before = self._states.get(job.id)
            self._states[job.id] = job.state
        if before is not job.state:
            self.changed(job.cluster)
            if before is None and job.state is JobState.RUNNING:
                self._event(job.cluster, job.node, "healthy", f"{what_of(job)} began")
            if job.state is JobState.UNSEEN:
                self._event(job.cluster, job.node, "unknown", f"{what_of(job)} unseen")

    def _job_ended(self, job: Job) -> None:
        """The repository is read anew, and it is written down how the work ended."""
        with self._guard:
            self._states.pop(job.id, None)
            places = self._places.get(job.cluster)
        fine = job.state is JobState.DONE
        said = f"{what_of(job)} {job.state.value}" + (f": {job.reason}" if job.reason and not fine else "")
        log.info("%s: job %s, %s %s", job.cluster, job.id, said, job.detail)
        self._event(job.cluster, job.node, "healthy" if fine else "degraded", said)
        detail = (("state", job.state.value), ("backup", job.backup), ("reason", job.reason), ("said", job.detail))
        try:
            self.note(AuditKind.COMMAND, job, job.by, detail)
        except StoreTrouble as trouble:
            log.error("the end of job %s is not in the audit log: %s", job.id, trouble)
        if places is not None and places.one(job.repository) is not None and not self._stopping.is_set():
            places.begin(job.repository)
        self.changed(job.cluster)

    def note(self, kind: AuditKind, job: Job, who: str, detail: Pairs) -> None:
        """What happened with a piece of work, in the audit log. Raises StoreTrouble."""
        about = (("job", job.id), ("repository", job.repository), ("node", job.node))
        self.ground.audit.note(kind, who=who, cluster=job.cluster, subject=what_of(job), detail=(*about, *detail))

    def _event(self, cluster: str, node: str | None, health: str, text: str) -> None:
        self.ground.note(
            Event(
                at=self.ground.clock().utc, kind=EventKind.BACKUP, cluster=cluster, node=node, health=health, text=text
            )
        )


def _guarded(act: Callable[[], None]) -> None:
    try:
        act()
    except StoreTrouble as trouble:
        log.warning("backups: %s", trouble)
    except Exception:  # a poll round: what it met must not end the watch over backups
        log.exception("backups could not be looked after in a way that was not foreseen")


def _same_place(one: RepositorySpec, other: RepositorySpec) -> bool:
    return receives(other) and (one.name, one.node, one.path) == (other.name, other.node, other.path)


def what_of(job: Job) -> str:
    """What it is, in a word or two: 'full-backup', 'verify'."""
    if job.kind is JobKind.BACKUP and job.backup_kind is not None:
        return f"{job.backup_kind.value}-backup"
    return job.kind.value
