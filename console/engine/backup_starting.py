"""Turns a wish into work on a repository: the order, its journal entry, and how its end is judged."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from console.backup.face import BackupEngine, EngineTrouble, Order
from console.domain.backup import Backup, BackupState, CheckResult, Job, JobKind, JobState, Mark, RepositorySeen
from console.domain.backup_policy import BackupKind
from console.domain.cluster import ClusterSpec
from console.domain.retention import WouldGo, would_go
from console.engine.backup_jobs import (
    JobHands,
    Outcome,
    Work,
    failed_order,
    kept_order,
    order_work,
)
from console.engine.backup_orders import OrderEnded
from console.engine.backup_reading import Repositories
from console.engine.backup_restores import RestoreStarting, complete_ones, named_one
from console.engine.backup_sources import source_of
from console.engine.backup_view import next_kind
from console.ssh.hosts import SshHosts
from console.store.backup_log import KeptJob, KeptOrder

MEGABYTE: Final = 1_000_000
IDS_NAMED_MAX: Final = 2_000
SCHEDULE: Final = "schedule"


class Starting(RestoreStarting):
    """Begins work. Each raises EngineTrouble where nothing was begun, and StoreTrouble."""

    # -- backup -------------------------------------------------------------------------------------------------

    def backup(self, repositories: Repositories, name: str, kind: BackupKind | None, by: str) -> Job:
        """A backup of this kind, or of the policy's next one."""
        spec, seen = self._seen(repositories, name)
        self._free(spec, seen, JobKind.BACKUP)
        # After a failover the last reading lacks the new timeline's history: a full one would be made for nothing.
        repositories.anew(seen.spec.name)
        seen = repositories.one(seen.spec.name) or seen
        now = self._hands.clock().utc
        kind = kind or next_kind(spec, repositories.seen(), self._hands.picture(spec.name), now, seen.spec.name)
        if kind is None:
            raise EngineTrouble(seen.trouble or "not-readable", seen.spec.node, seen.detail)
        hosts = SshHosts(spec, self._hands.sessions)
        try:
            engine = repositories.engine(seen.spec.name, hosts)
            source = source_of(spec, seen.spec, self._hands.poller)
            made = self._job(spec, seen, JobKind.BACKUP, by)
            rate = spec.backup.rate_mb_per_second_max if spec.backup is not None else None
            order = engine.backup(made.id, kind, source, rate_bytes=None if rate is None else rate * MEGABYTE)
            before = ",".join(one.id for one in seen.backups[-IDS_NAMED_MAX:])
            kept = replace(kept_order(order), about=(*order.about, ("before", before), ("source", source.node)))
            job = replace(made, node=order.node, backup_kind=kind, backup=dict(order.about).get("backup", ""))
            return self._hands.desk.start(job, kept, hosts, order_work(order, _finish_backup(engine, kept)))
        except BaseException:
            hosts.close()
            raise

    # -- verify -------------------------------------------------------------------------------------------------

    def verify(self, repositories: Repositories, name: str, backup: str, by: str) -> Job:
        """Read one backup back, or all complete ones of a repository."""
        spec, seen = self._seen(repositories, name)
        self._free(spec, seen, JobKind.VERIFY)
        wanted = complete_ones(seen) if not backup else (named_one(seen, backup),)
        if not wanted:
            raise EngineTrouble("no-backup", seen.spec.node, seen.spec.name)
        hosts = SshHosts(spec, self._hands.sessions)
        try:
            engine = repositories.engine(seen.spec.name, hosts)
            made = self._job(spec, seen, JobKind.VERIFY, by)
            order = engine.verify(made.id, wanted[0])
            kept = _verify_order(order, wanted)
            job = replace(made, node=order.node, backup=wanted[0].id if len(wanted) == 1 else "")
            work = self._verifying(engine, spec, order, kept)
            return self._hands.desk.start(job, kept, hosts, work)
        except BaseException:
            hosts.close()
            raise

    def _verifying(
        self, engine: BackupEngine, spec: ClusterSpec, first: Order | KeptOrder, kept: KeptOrder
    ) -> Work:
        """One backup after the other; which is read now, and which are left, stands with the job's order."""

        def work(hands: JobHands) -> Outcome | None:
            order, current = first, kept
            worst = Outcome(state=JobState.DONE)
            while True:
                ids = tuple(filter(None, dict(current.about).get("left", "").split(",")))
                seen = engine.read(self._hands.clock().utc)
                backup = next((one for one in seen.backups if ids and one.id == ids[0]), None)
                if backup is None:
                    raise EngineTrouble("no-backup", seen.spec.node, ids[0] if ids else "")
                finish = self._finish_verify(engine, spec, backup, order)
                outcome = order_work(order, finish)(hands)
                if outcome is None:
                    return None
                if outcome.reason == "not-begun" and isinstance(order, KeptOrder):
                    order = engine.verify(f"{hands.job.id}-{len(ids)}b", backup)  # it only reads: begun once more
                    current = replace(kept_order(order), about=(*order.about, ("left", ",".join(ids))))
                    hands.put_order(current)
                    continue
                worst = _worse(worst, outcome)
                if outcome.state is JobState.CANCELLED or hands.cancel.is_set():
                    return replace(worst, state=JobState.CANCELLED, reason="cancelled")
                if len(ids) < 2:
                    return worst
                following = next((one for one in seen.backups if one.id == ids[1]), None)
                if following is None:
                    return _worse(worst, Outcome(state=JobState.FAILED, reason="no-backup", detail=ids[1]))
                hands.clear(current)
                order = engine.verify(f"{hands.job.id}-{len(ids)}", following)
                current = replace(kept_order(order), about=(*order.about, ("left", ",".join(ids[1:]))))
                hands.put_order(current)

        return work

    def _finish_verify(
        self, engine: BackupEngine, spec: ClusterSpec, backup: Backup, order: Order | KeptOrder
    ) -> Callable[[JobHands, OrderEnded], Outcome]:
        asked = order if isinstance(order, Order) else Order(
            node=order.node, name=order.name, script="", cancel=order.cancel, about=order.about
        )  # fmt: skip

        def finish(_: JobHands, ended: OrderEnded) -> Outcome:
            now = self._hands.clock().utc
            marks = engine.marks(backup, asked, ended.status, ended.output, now)
            marks = tuple(replace(one, node=one.node or asked.node) for one in marks)
            self._hands.backup_log.mark(spec.name, marks)
            return judged_marks(backup.id, marks, ended)

        return finish

    # -- expire -------------------------------------------------------------------------------------------------

    def going(self, repositories: Repositories, name: str) -> tuple[RepositorySeen, WouldGo]:
        """What the retention would take away now, by a reading that was made now."""
        repositories.anew(name)
        spec, seen = self._seen(repositories, name)
        view = self._hands.picture(spec.name)
        system = view.system_identifier if view is not None else None
        if spec.backup is None or not system:
            raise EngineTrouble("no-source", spec.name, "its system identifier is not known now")
        marks = self._hands.backup_log.marks(spec.name)
        return seen, would_go(seen, spec.backup.retention, marks, self._hands.clock().utc, system)

    def expire(self, repositories: Repositories, name: str, wanted: tuple[str, ...] | None, by: str) -> Job | None:
        """Take away exactly these (None: whatever would go now). None where there is nothing to take away."""
        spec, before = self._seen(repositories, name)
        run = self._hands.restoring(spec.name)
        if run:  # it may wait for a person for days, and needs until its end what it was laid out from
            raise EngineTrouble("busy", before.spec.node, f"restore {run} is under way")
        self._free(spec, before, JobKind.EXPIRE)
        seen, would = self.going(repositories, name)
        if would.refused:
            raise EngineTrouble(would.refused, seen.spec.node, seen.spec.name)
        if wanted is not None and set(wanted) != set(would.backups):
            raise EngineTrouble("expiry-changed", seen.spec.node, ", ".join(would.backups)[:400] or "nothing would go")
        if not would.backups:
            return None
        chosen = tuple(one for one in seen.backups if one.id in would.backups)
        hosts = SshHosts(spec, self._hands.sessions)
        try:
            engine = repositories.engine(seen.spec.name, hosts)
            made = self._job(spec, seen, JobKind.EXPIRE, by)
            order = engine.expire(made.id, chosen)
            kept = replace(kept_order(order), about=(*order.about, ("backups", ",".join(one.id for one in chosen))))
            job = replace(made, node=order.node)
            work = order_work(order, self._finish_expire(engine, spec, seen.spec.name, kept))
            return self._hands.desk.start(job, kept, hosts, work)
        except BaseException:
            hosts.close()
            raise

    def _finish_expire(
        self, engine: BackupEngine, spec: ClusterSpec, repository: str, kept: KeptOrder
    ) -> Callable[[JobHands, OrderEnded], Outcome]:
        chosen = tuple(filter(None, dict(kept.about).get("backups", "").split(",")))

        def finish(_: JobHands, ended: OrderEnded) -> Outcome:
            if not ended.fine:
                return failed_order(ended)
            there = {one.id for one in engine.read(self._hands.clock().utc).backups}
            left = [one for one in chosen if one in there]
            self._hands.backup_log.forget_marks(spec.name, repository, tuple(one for one in chosen if one not in there))
            if left:
                return Outcome(state=JobState.FAILED, reason="not-all-gone", detail=", ".join(left))
            return Outcome(state=JobState.DONE)

        return finish

    # -- after a kill -------------------------------------------------------------------------------------------

    def come_back(self, repositories: Repositories, kept: KeptJob) -> None:
        """Take up what an earlier engine began. Raises EngineTrouble where that can't be."""
        job, order = kept.job, kept.order
        hosts = SshHosts(repositories.spec, self._hands.sessions)
        engine = repositories.engine(job.repository, hosts)
        match job.kind:
            case JobKind.BACKUP:
                work = order_work(order, _finish_backup(engine, order))
            case JobKind.VERIFY:
                work = self._verifying(engine, repositories.spec, order, order)
            case JobKind.EXPIRE:
                finish = self._finish_expire(engine, repositories.spec, job.repository, order)
                work = order_work(order, finish)
            case JobKind.PROVE | JobKind.RESTORE:
                work = self._hands.proving.tidy(
                    repositories.spec, job, order, live=lambda: tuple(one.id for one in self._hands.desk.live())
                )  # fmt: skip
        self._hands.desk.come_back(kept, hosts, work)


def _finish_backup(engine: BackupEngine, kept: KeptOrder) -> Callable[[JobHands, OrderEnded], Outcome]:
    """A backup is made where its repository says so: an exit status alone is never the verdict."""
    about = dict(kept.about)

    def finish(hands: JobHands, ended: OrderEnded) -> Outcome:
        named = ended.facts().get("backup", "") or about.get("backup", "")
        if not ended.fine:
            return replace(failed_order(ended), backup=named)
        seen = engine.read(hands.clock().utc)
        before = set(about.get("before", "").split(","))
        made = [one for one in seen.backups if (one.id == named if named else one.id not in before)]
        whole = [one for one in made if one.state is BackupState.COMPLETE]
        if not whole:
            found = ", ".join(f"{one.id} is {one.state.value} {one.trouble}".strip() for one in made)
            detail = found or seen.detail or "the repository does not show it"
            return Outcome(state=JobState.FAILED, reason=seen.trouble or "not-in-repository", detail=detail)
        return Outcome(state=JobState.DONE, backup=whole[-1].id)

    return finish


def judged_marks(backup: str, marks: tuple[Mark, ...], ended: OrderEnded) -> Outcome:
    """How reading a backup back came out, by its marks alone."""
    failed = [one for one in marks if one.result is CheckResult.FAILED]
    if failed:
        said = "; ".join(f"{one.check.value}: {one.reason} {one.detail}".strip() for one in failed)
        return Outcome(state=JobState.FAILED, reason="damage-found", detail=said, backup=backup)
    if not any(one.result is CheckResult.PASSED for one in marks):
        outcome = failed_order(ended)
        first = next((one for one in marks if one.reason), None)
        return replace(outcome, reason=first.reason if first is not None else outcome.reason, backup=backup)
    return Outcome(state=JobState.DONE, backup=backup)


def _worse(one: Outcome, other: Outcome) -> Outcome:
    """Of several, the first that did not end well; which backup it was stands in its detail."""
    if one.state is not JobState.DONE:
        return one
    if other.state is JobState.DONE:
        return replace(other, backup="")
    return replace(other, detail=f"{other.backup}: {other.detail}", backup="")


def _verify_order(order: Order, wanted: tuple[Backup, ...]) -> KeptOrder:
    left = ",".join(one.id for one in wanted)
    return replace(kept_order(order), about=(*order.about, ("left", left)))
