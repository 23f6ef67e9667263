"""Finds what a restore of a node or of the cluster is planned from: the target, the chain, the engine's own order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from console.backup.face import EngineTrouble
from console.domain.backup import Backup, JobKind, RepositorySeen
from console.domain.backup_policy import EngineName
from console.domain.cluster import ClusterSpec
from console.domain.restore import Chosen, EntryPlace, Goal, Target, TargetKind, Unfit
from console.domain.restoring import Restoring
from console.domain.targets import Rates, resolve
from console.domain.wal import Lsn
from console.engine.backing import Backing
from console.recovery.books_door import BooksTrouble
from console.recovery.restore_reading import node_of, place_beside, with_restore
from console.recovery.world import World
from console.ssh.hosts import Hosts

IDENTITY: Final = "repository.json"  # of a native repository, in its own directory
_ENTRIES: Final = (TargetKind.BEFORE_ENTRY, TargetKind.AFTER_ENTRY)
_NUMBER: Final = re.compile(r"[0-9]{1,18}")


class NotATarget(ValueError):
    """An option of a restore that can't be read: its name, and what was said."""

    def __init__(self, option: str, said: str) -> None:
        super().__init__(f"{option}: {said[:80]!r}")
        self.option, self.said = option, said[:80]


def goal_of(options: Mapping[str, str]) -> Goal:
    """Raises NotATarget. A sandbox is no plan: it is opened by a job."""
    said = options.get("goal", Goal.CLUSTER.value)
    if said not in (Goal.CLUSTER.value, Goal.NODE.value):
        raise NotATarget("goal", said)
    return Goal(said)


def target_of(options: Mapping[str, str]) -> Target:
    """The target by its options: 'target' (latest, time, lsn, point, before-entry, after-entry), 'time' with a zone in
    ISO 8601, 'lsn', 'point', 'entry', 'origin', 'timeline'. Raises NotATarget.
    """
    said = options.get("target", TargetKind.LATEST.value)
    if said not in {kind.value for kind in TargetKind}:
        raise NotATarget("target", said)
    kind = TargetKind(said)
    needed = {TargetKind.TIME: "time", TargetKind.POSITION: "lsn", TargetKind.NAME: "point",
              TargetKind.BEFORE_ENTRY: "entry", TargetKind.AFTER_ENTRY: "entry"}.get(kind)  # fmt: skip
    if needed is not None and not options.get(needed, ""):
        raise NotATarget(needed, "")
    return Target(
        kind=kind, time=_time(options.get("time", "")), position=_lsn(options.get("lsn", "")),
        name=options.get("point", ""), entry=_number("entry", options.get("entry", "")),
        origin=options.get("origin", ""), timeline=_number("timeline", options.get("timeline", "")),
    )  # fmt: skip


def _time(said: str) -> datetime | None:
    try:
        return datetime.fromisoformat(said) if said else None
    except ValueError as error:
        raise NotATarget("time", said) from error


def _lsn(said: str) -> Lsn | None:
    try:
        return Lsn.parse(said) if said else None
    except ValueError as error:
        raise NotATarget("lsn", said) from error


def _number(option: str, said: str) -> int | None:
    if not said:
        return None
    if not _NUMBER.fullmatch(said):
        raise NotATarget(option, said)
    return int(said)


def words_of(target: Target) -> str:
    """The target in short, for journals and files; sentences for people are made in `ui`."""
    match target.kind:
        case TargetKind.LATEST:
            return "latest"
        case TargetKind.TIME:
            return f"time {target.time.isoformat(timespec='seconds') if target.time is not None else ''}"
        case TargetKind.POSITION:
            return f"lsn {target.position}"
        case TargetKind.NAME:
            return f"point {target.name}"
        case TargetKind.BEFORE_ENTRY | TargetKind.AFTER_ENTRY:
            return f"{target.kind.value} {target.entry}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for: read from the options of a proposal."""

    goal: Goal
    target: Target
    repository: str


def wanted_of(options: Mapping[str, str]) -> Wanted:
    """Raises NotATarget."""
    return Wanted(goal=goal_of(options), target=target_of(options), repository=options.get("repository", ""))


class Restorer:
    """Reads the repository anew, judges the target, and has the engine make its order. It changes nothing."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing

    def expiring(self, cluster: str) -> str:
        """The piece of work that takes backups of this cluster away just now; '' where none does."""
        live = self._backing.desk.live(cluster)
        return next((job.id for job in live if job.kind is JobKind.EXPIRE), "")

    def find(
        self, spec: ClusterSpec, wanted: Wanted, *, node: str, plan: str, directory: str, system_identifier: str
    ) -> Restoring:
        """All that is known without asking the nodes. Trouble stands in it, nothing is raised but StoreTrouble."""
        places = self._backing.repositories(spec)
        words = words_of(wanted.target)
        repository = spec.backup.repository(wanted.repository) if spec.backup is not None else None
        if repository is None:
            return Restoring(goal=wanted.goal, target=wanted.target, words=words, node=node, chosen=None,
                             repository=wanted.repository, repository_node="", trouble="no-repository")  # fmt: skip
        places.anew(repository.name)
        seen = places.one(repository.name) or RepositorySeen(spec=repository, at=None)
        place, trouble = self._place(spec, wanted.target)
        found: Chosen | Unfit = resolve(
            wanted.target, seen, now=self._backing.ground.clock().utc, place=place,
            system_identifier=system_identifier, rates=self._rates(spec),
        )  # fmt: skip
        unfit = found if isinstance(found, Unfit) else None
        if unfit is not None and trouble:
            unfit = Unfit(reason=unfit.reason, detail=trouble)
        chosen = found if isinstance(found, Chosen) else None
        chain = _chain(seen, chosen)
        script, cancel, reason, detail = "", "", "", ""
        if chosen is not None and directory:
            try:
                order = places.engine(repository.name).lay_out(plan, chain, directory)
                script, cancel = order.script, order.cancel
            except EngineTrouble as error:
                reason, detail = error.reason, error.detail
        return Restoring(
            goal=wanted.goal, target=wanted.target, words=words, node=node, repository=repository.name,
            repository_node=repository.node, chosen=chosen, unfit=unfit, chain=chain, held=seen.wal, script=script,
            cancel=cancel, trouble=reason, detail=detail,
        )  # fmt: skip

    def identity(self, spec: ClusterSpec, name: str) -> str:
        """The file that names the repository on its host; '' where its engine has none that we know."""
        repository = spec.backup.repository(name) if spec.backup is not None else None
        if repository is None or repository.engine is not EngineName.NATIVE or not repository.path:
            return ""
        return f"{repository.path.rstrip('/')}/{IDENTITY}"

    def _rates(self, spec: ClusterSpec) -> Rates:
        return Rates(restore_bytes_per_second=self._backing.restore_rate(spec.name))

    def _place(self, spec: ClusterSpec, target: Target) -> tuple[EntryPlace | None, str]:
        if target.kind not in _ENTRIES or target.entry is None:
            return None, ""
        try:
            return self._backing.ledger.place(spec, target.entry, target.origin), ""
        except BooksTrouble as trouble:
            return None, f"{trouble.reason} {trouble.detail}".strip()


def _chain(seen: RepositorySeen, chosen: Chosen | None) -> tuple[Backup, ...]:
    known = {one.id: one for one in seen.backups}
    return () if chosen is None else tuple(known[name] for name in chosen.chain if name in known)


def with_restoring(restorer: Restorer | None, world: World, hosts: Hosts, subject: str, target: str) -> World:
    """The world with the restore that its options ask for; as it is, where nothing here makes backups."""
    if restorer is None or world.spec.backup is None:
        return world
    try:
        wanted = wanted_of(world.options)
    except NotATarget as wrong:
        none = Restoring(
            goal=Goal.CLUSTER, target=Target(), words="", node="", repository="", repository_node="", chosen=None,
            trouble="bad-option", detail=str(wrong),
        )  # fmt: skip
        return replace(world, restore=none)
    node = node_of(world, wanted.goal, subject, target)
    at = world.servers.get(node)
    plan = world.plan_id or "plan"
    found = restorer.find(
        world.spec, wanted, node=node, plan=plan, system_identifier=world.system_identifier() or "",
        directory="" if at is None else place_beside(at, plan, database=world.spec.database),
    )  # fmt: skip
    return with_restore(world, hosts, found, restorer.identity(world.spec, found.repository))
