"""Knows what has to happen regularly and when it last did, and says what is overdue."""

import hashlib
import logging
import threading
from datetime import datetime
from typing import Final

from console.domain.alerting import AlertSource, Sign
from console.domain.backup import BackupCheck, JobKind
from console.domain.cluster import ClusterSpec, NodeKind
from console.domain.drill import Drill, DrillKind, Duty, DutyKind
from console.domain.duties import (
    KeptDuties,
    Last,
    in_order,
    judge,
    judge_end,
    last_backup,
    last_drill,
    last_marked,
)
from console.domain.plan import Operation
from console.domain.reading import Moment
from console.domain.redundancy import Redundancy
from console.domain.run import Mode, RunState, RunView
from console.domain.verdict import Health
from console.engine.certificates import Certificates
from console.engine.vigil_ground import Part, VigilGround
from console.governance.approvers import ApproversFile, ApproversTrouble
from console.link.messages import Message, Refused
from console.link.watching import AskDuties, DutiesSeen, SaveDuty
from console.store.journal import Journal
from console.store.records import Records
from console.store.trouble import StoreTrouble

LOOK_SECONDS: Final = 60.0
FIRST_SECONDS: Final = 5.0
END_SECONDS_MAX: Final = 3.0
JOBS_READ_MAX: Final = 500
DRILLS_READ_MAX: Final = 500
RUNS_READ_MAX: Final = 100
ALL: Final = ""  # approvers' keys belong to no cluster

log = logging.getLogger(__name__)


class Duties(Part):
    """The list of all clusters. What it says each second is kept in memory; the records are read at a pace."""

    def __init__(self, ground: VigilGround) -> None:
        self._ground = ground
        self._kept = Records(ground.store, "duties", KeptDuties)
        self._drills = Records(ground.store, "drill", Drill)
        self._copies = Records(ground.store, "redundancy", Redundancy)
        self._journal = Journal(ground.store)
        self._approvers = ApproversFile(ground.home.approvers)
        self._certificates = Certificates(ground)
        self._guard = threading.Lock()
        self._list: dict[str, tuple[Duty, ...]] = {}
        self._switched: dict[str, datetime | None] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="duties", daemon=True)

    # -- life ---------------------------------------------------------------------------------------------------

    def start(self) -> None:
        self._certificates.start()
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._certificates.stop()
        if self._thread.is_alive():
            self._thread.join(END_SECONDS_MAX)

    def _watch(self) -> None:
        wait = FIRST_SECONDS
        while not self._stopping.wait(wait):
            wait = LOOK_SECONDS
            try:
                self._look()
            except StoreTrouble as trouble:
                log.warning("duties: %s", trouble)
            except Exception:  # a poll round: what it met must not end the watch over all duties
                log.exception("duties could not be looked after in a way that was not foreseen")

    def _look(self) -> None:
        now = self._ground.clock().utc
        for spec in self._ground.inventory().clusters:
            self._renew(spec, now)
        with self._guard:
            self._list[ALL] = self._keys(now)
            names = {spec.name for spec in self._ground.inventory().clusters} | {ALL}
            self._list = {name: duties for name, duties in self._list.items() if name in names}

    def _renew(self, spec: ClusterSpec, now: datetime) -> tuple[Duty, ...]:
        found = self._of_cluster(spec, now)
        with self._guard:
            self._list[spec.name] = found
        return found

    def run_told(self, run: RunView) -> None:
        """A switchover that was done for real counts as a drill of it."""
        if run.plan.operation is Operation.SWITCHOVER and run.mode is Mode.REAL and run.state is RunState.DONE:
            with self._guard:
                self._switched[run.plan.cluster] = run.ended_at

    # -- the records --------------------------------------------------------------------------------------------

    def _rules(self, cluster: str, now: datetime) -> KeptDuties:
        """The rules of a cluster, kept from the first time that it was seen. Raises StoreTrouble."""
        kept = self._kept.get(_record(cluster))
        if kept is None:
            kept = KeptDuties(cluster=cluster, since=now)
            self._kept.keep(_record(cluster), kept, cluster=cluster, at=now, is_open=True)
        return kept

    def _of_cluster(self, spec: ClusterSpec, now: datetime) -> tuple[Duty, ...]:
        kept = self._rules(spec.name, now)
        lasts = {**self._backups(spec), **self._drilled(spec), **self._proven(spec)}
        duties = [judge(kept, kind, last, now) for kind, last in lasts.items()]
        for one in self._certificates.known(spec):
            duties.append(
                judge_end(
                    kept, DutyKind.CERTIFICATES_VALID, one.node, end=one.end, now=now, reason=one.reason,
                    source=one.path,
                )
            )  # fmt: skip
        return tuple(duties)

    def _backups(self, spec: ClusterSpec) -> dict[DutyKind, Last]:
        kinds = (DutyKind.BACKUP, DutyKind.VERIFY, DutyKind.RESTORE_PROOF)
        backing = self._ground.backing
        if spec.backup is None or not spec.backup.repositories or backing is None:
            return dict.fromkeys(kinds, Last(reason="no-repository"))
        jobs = backing.backup_log.jobs(spec.name, most=JOBS_READ_MAX)
        marks = backing.backup_log.marks(spec.name)
        backups = [one for seen in backing.repositories(spec).seen() for one in seen.backups]
        return {
            DutyKind.BACKUP: last_backup(jobs, backups),
            DutyKind.VERIFY: last_marked(jobs, marks, JobKind.VERIFY, BackupCheck.CHECKSUMS),
            DutyKind.RESTORE_PROOF: last_marked(jobs, marks, JobKind.PROVE, BackupCheck.RESTORED),
        }

    def _drilled(self, spec: ClusterSpec) -> dict[DutyKind, Last]:
        drills = self._drills.newest(cluster=spec.name, most=DRILLS_READ_MAX)
        switched = last_drill(drills, DrillKind.SWITCHOVER)
        switched = switched.newer(Last(done_at=self._switched_at(spec.name), source="runs"))
        if len(_servers(spec)) < 2:
            switched = Last(reason="no-standby")
        return {
            DutyKind.DETECTOR_REHEARSAL: last_drill(drills, DrillKind.DETECTOR),
            DutyKind.SWITCHOVER_DRILL: switched,
        }

    def _switched_at(self, cluster: str) -> datetime | None:
        """The last switchover that was done for real; the journal is read for it once."""
        with self._guard:
            if cluster in self._switched:
                return self._switched[cluster]
        ended = [run.ended_at for run in self._journal.runs(cluster=cluster, most=RUNS_READ_MAX)
                 if run.plan.operation is Operation.SWITCHOVER and run.mode is Mode.REAL
                 and run.state is RunState.DONE and run.ended_at is not None]  # fmt: skip
        with self._guard:
            return self._switched.setdefault(cluster, max(ended, default=None))

    def _proven(self, spec: ClusterSpec) -> dict[DutyKind, Last]:
        copies, ledger = Last(reason="no-standby"), Last(reason="no-ledger")
        found = self._copies.get(_record(spec.name))
        books_at = None if found is None else found.books_at
        if len(_servers(spec)) > 1:
            at = None if found is None else found.at if spec.ledger_mapping is None else books_at
            copies = Last(done_at=at, source="copies")
        if spec.ledger_mapping is not None:
            ledger = Last(done_at=self._ground.books.proven_at(spec.name), source="seals")
            ledger = ledger.newer(Last(done_at=books_at, source="copies"))
        return {DutyKind.COPIES_COMPARED: copies, DutyKind.BOOKS_RECOMPUTED: ledger}

    def _keys(self, now: datetime) -> tuple[Duty, ...]:
        """Every approver's key; one without an end is shown, and never due."""
        kept = KeptDuties(cluster=ALL, since=now)
        try:
            known = self._approvers.known()
        except ApproversTrouble:
            return (judge_end(kept, DutyKind.KEYS_VALID, "", end=None, now=now, reason="not-readable"),)
        return tuple(
            judge_end(
                kept, DutyKind.KEYS_VALID, f"{one.person} {one.key.fingerprint}", end=one.valid_before, now=now,
                reason="no-end", source="approvers",
            )
            for one in known.approvers
        )  # fmt: skip

    # -- what it means ------------------------------------------------------------------------------------------

    def signs(self, cluster: str, now: Moment) -> tuple[Sign, ...]:
        del now
        with self._guard:
            found = self._list.get(cluster, ())
        return tuple(_sign(duty) for duty in found if duty.overdue)

    def answer(self, question: Message, person: str) -> Message | None:
        del person
        match question:
            case AskDuties():
                return self._seen(question.cluster)
            case SaveDuty():
                return self._save(question)
            case _:
                return None

    def _seen(self, cluster: str) -> Message:
        now = self._ground.clock().utc
        specs = [spec for spec in self._ground.inventory().clusters if cluster in ("", spec.name)]
        if cluster and not specs:
            return Refused(reason="no-cluster", subject=cluster)
        duties = [duty for spec in specs for duty in self._renew(spec, now)]
        rules = tuple((spec.name, rule) for spec in specs for rule in self._rules(spec.name, now).in_force())
        return DutiesSeen(duties=in_order([*duties, *self._keys(now)]), rules=rules)

    def _save(self, question: SaveDuty) -> Message:
        if self._ground.inventory().cluster(question.cluster) is None:
            return Refused(reason="no-cluster", subject=question.cluster)
        now = self._ground.clock().utc
        try:
            kept = self._rules(question.cluster, now).with_rule(question.rule)
        except ValueError as error:
            return Refused(reason="duty-rule", subject=question.cluster, detail=f"{error}")
        self._kept.keep(_record(question.cluster), kept, cluster=question.cluster, at=now, is_open=True)
        return self._seen(question.cluster)


def _sign(duty: Duty) -> Sign:
    about = f"{duty.kind.value}:{duty.about}" if duty.about else duty.kind.value
    return Sign(
        cluster=duty.cluster, node=None, source=AlertSource.DUTY, word="overdue", health=Health.DEGRADED, about=about,
        detail=duty.reason or duty.outcome,
    )  # fmt: skip


def _servers(spec: ClusterSpec) -> list[str]:
    return [node.name for node in spec.nodes if node.kind is NodeKind.POSTGRES]


def _record(cluster: str) -> str:
    return hashlib.sha256(cluster.encode()).hexdigest()[:40]
