"""Begins restores into sandboxes: which repository, which backup and which target, and what all work begins with."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from console.backup.face import EngineTrouble
from console.domain.backup import Backup, BackupState, Job, JobKind, JobState, RepositorySeen
from console.domain.chain import whole
from console.domain.cluster import ClusterSpec
from console.domain.fleet import ClusterView
from console.domain.reading import Moment
from console.domain.restore import Chosen, EntryPlace, Target, TargetKind, Unfit
from console.domain.targets import fitting
from console.engine.backup_jobs import JobDesk
from console.engine.backup_proving import Proving, Restoring, restoring_chain
from console.engine.backup_reading import Repositories
from console.monitor.poller import Poller
from console.ssh.hosts import SshHosts
from console.ssh.sessions import Sessions
from console.store.backup_log import BackupLog


@dataclass(frozen=True, slots=True, kw_only=True)
class StartingHands:
    """What work is begun with."""

    sessions: Sessions
    poller: Poller
    desk: JobDesk
    backup_log: BackupLog
    clock: Callable[[], Moment]
    picture: Callable[[str], ClusterView | None]
    proving: Proving
    place: Callable[[ClusterSpec, int, str], EntryPlace | None]  # of an entry; raises BooksTrouble
    restoring: Callable[[str], str]  # the run that restores a cluster and has not ended; '' where there is none


class UnfitTarget(Exception):
    """A moment that can't be had, and what could be instead."""

    def __init__(self, unfit: Unfit) -> None:
        super().__init__(f"{unfit.reason}: {unfit.detail}")
        self.unfit = unfit


class RestoreStarting:
    """Begins restores. Each call raises EngineTrouble where nothing was begun, and StoreTrouble."""

    def __init__(self, hands: StartingHands) -> None:
        self._hands = hands

    def restore(
        self, repositories: Repositories, name: str, backup: str, target: Target | None, by: str, *, words: str = "",
        keeps: bool,
    ) -> Job:  # fmt: skip
        """Restore into a sandbox and prove it; `keeps`: it stays open. Raises UnfitTarget and BooksTrouble too.

        Without a target: to the end of the backup, or where none is named, of the newest.
        """
        repositories.anew(name)
        spec, seen = self._seen(repositories, name)
        chosen: Chosen | None = None
        if target is not None:
            chosen = self._chosen(spec, (seen,) if name else repositories.seen(), target)
            seen = repositories.one(chosen.repository) or seen
        elif not name:
            seen = newest_of(repositories.seen(), backup) or seen
        self._free(spec, seen, JobKind.RESTORE if keeps else JobKind.PROVE)
        if backup:
            last = named_one(seen, backup)
        elif chosen is not None:
            last = named_one(seen, chosen.chain[-1])
        else:
            last = _newest(seen)
        chain = restoring_chain(seen, last)
        if chosen is not None and backup:
            chosen = self._by_this(seen, chosen, chain)
        kind = JobKind.RESTORE if keeps else JobKind.PROVE
        hosts = SshHosts(spec, self._hands.sessions)
        try:
            engine = repositories.engine(seen.spec.name, hosts)
            job = replace(self._job(spec, seen, kind, by), backup=last.id)
            wanted = Restoring(spec=spec, seen=seen, chain=chain, chosen=chosen, words=words or words_of(target))
            work, kept = self._hands.proving.work(job, wanted, engine)
            return self._hands.desk.start(job, kept, hosts, work)
        except BaseException:
            hosts.close()
            raise

    def _chosen(self, spec: ClusterSpec, repositories: tuple[RepositorySeen, ...], target: Target) -> Chosen:
        place = None
        if target.kind in (TargetKind.BEFORE_ENTRY, TargetKind.AFTER_ENTRY) and target.entry is not None:
            place = self._hands.place(spec, target.entry, target.origin)
        view = self._hands.picture(spec.name)
        system = (view.system_identifier if view is not None else None) or ""
        found = fitting(target, repositories, now=self._hands.clock().utc, place=place, system_identifier=system)
        if isinstance(found, Unfit):
            raise UnfitTarget(found)
        return found

    def _by_this(self, seen: RepositorySeen, chosen: Chosen, chain: tuple[Backup, ...]) -> Chosen:
        """The same target from a backup that a person named: one that ended before the one that was chosen."""
        last, best = chain[-1], named_one(seen, chosen.chain[-1])
        if last.id == best.id:
            return chosen
        if last.stop is None or best.stop is None or last.stop > best.stop or last.start is None:
            raise UnfitTarget(Unfit(reason="before-backup-end", detail=last.id, fits=best.id))
        return replace(chosen, chain=tuple(one.id for one in chain), start=last.start, consistent=last.stop)

    # -- common -------------------------------------------------------------------------------------------------

    def _seen(self, repositories: Repositories, name: str) -> tuple[ClusterSpec, RepositorySeen]:
        spec = repositories.spec
        seen = repositories.one(name)
        if seen is None:
            raise EngineTrouble("no-repository", spec.name, name or "the policy names none")
        if seen.at is None:
            repositories.anew(seen.spec.name)
            seen = repositories.one(name) or seen
        return spec, seen

    def _free(self, spec: ClusterSpec, seen: RepositorySeen, kind: JobKind) -> None:
        running = self._hands.desk.in_the_way(spec.name, seen.spec.name, kind)
        if running is not None:
            raise EngineTrouble("busy", seen.spec.node, f"{running.kind.value} {running.id} is under way")

    def _job(self, spec: ClusterSpec, seen: RepositorySeen, kind: JobKind, by: str) -> Job:
        return Job(
            id=self.new_id(), cluster=spec.name, repository=seen.spec.name, kind=kind, state=JobState.RUNNING,
            node=seen.spec.node, begun_at=self._hands.clock().utc, by=by,
        )  # fmt: skip

    def new_id(self) -> str:
        return f"{self._hands.clock().utc:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"


def words_of(target: Target | None) -> str:
    """A target in a few words, where nobody gave any."""
    if target is None:
        return "end of the backup"
    match target.kind:
        case TargetKind.TIME:
            return target.time.isoformat() if target.time is not None else ""
        case TargetKind.POSITION:
            return str(target.position)
        case TargetKind.NAME:
            return target.name
        case TargetKind.BEFORE_ENTRY:
            return f"before entry {target.entry}"
        case TargetKind.AFTER_ENTRY:
            return f"after entry {target.entry}"
        case TargetKind.LATEST:
            return "latest"


def complete_ones(seen: RepositorySeen) -> tuple[Backup, ...]:
    return tuple(one for one in seen.backups if one.state is BackupState.COMPLETE)


def named_one(seen: RepositorySeen, backup: str) -> Backup:
    exact = [one for one in seen.backups if one.id == backup]
    found = exact or [one for one in seen.backups if one.id.startswith(backup)]
    if len(found) != 1:
        raise EngineTrouble("no-such-backup", seen.spec.node, backup)
    return found[0]


def _newest(seen: RepositorySeen) -> Backup:
    """The newest that can be restored. Raises EngineTrouble where there is none."""
    fit = [one for one in seen.backups if whole(one, seen.backups)]
    if not fit:
        raise EngineTrouble(seen.trouble or "no-backup", seen.spec.node, seen.detail or seen.spec.name)
    return max(fit, key=lambda one: (one.ended_at or one.begun_at, one.id))


def newest_of(repositories: tuple[RepositorySeen, ...], backup: str) -> RepositorySeen | None:
    """The repository that holds the backup, or the newest one; one that can't be read now serves last."""
    fit = [
        (not seen.trouble, one.ended_at or one.begun_at, number, seen)
        for number, seen in enumerate(repositories) for one in seen.backups
        if whole(one, seen.backups) and (not backup or one.id.startswith(backup))
    ]  # fmt: skip
    return max(fit, key=lambda one: one[:3])[3] if fit else None
