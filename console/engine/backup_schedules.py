"""Puts the calendar into the backup hosts' own crontabs, compares it, and takes it out."""

from typing import Final

from console.backup import crontab
from console.backup.crontab import CrontabRead, Scheduled
from console.backup.face import EngineTrouble
from console.domain.backup_policy import BackupKind, BackupPolicy, CycleEntry, EngineName, RepositorySpec
from console.domain.cluster import ClusterSpec
from console.engine.backing import Backing
from console.engine.backup_sources import source_of
from console.link.backups import ScheduleSeen
from console.ssh.hosts import SshHosts

ACTS: Final = ("install", "compare", "remove")
MEGABYTE: Final = 1_000_000


class Schedules:
    """The marked blocks of one cluster. Each call raises EngineTrouble, and then says what was not changed."""

    def __init__(self, backing: Backing, spec: ClusterSpec) -> None:
        self._backing, self._spec = backing, spec
        self._policy = spec.backup or BackupPolicy()

    def order(self, act: str) -> ScheduleSeen:
        """Do it on every backup host that the calendar names; what stands there afterwards, and what is wanted."""
        if act not in ACTS:
            raise EngineTrouble("not-this-kind", self._spec.name, act)
        hosts = SshHosts(self._spec, self._backing.ground.sessions)
        there: list[str] = []
        wanted: list[str] = []
        nodes = self._nodes()
        try:
            for node in nodes:
                read = crontab.read_crontab(hosts, node)
                lines = self._wanted(node, read) if act != "remove" else ()
                if act == "install":
                    self._check(node, read)
                    crontab.install(hosts, node, self._spec.name, self._written(node, read), read)
                elif act == "remove":
                    crontab.remove(hosts, node, self._spec.name, read)
                if act != "compare":
                    read = crontab.read_crontab(hosts, node)
                there += crontab.block_of(read, self._spec.name)
                wanted += lines
        finally:
            hosts.close()
        return ScheduleSeen(
            cluster=self._spec.name, node=", ".join(nodes), there=tuple(there), wanted=tuple(wanted)
        )

    def _nodes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.node for one in self._policy.repositories))

    def _wanted(self, node: str, read: CrontabRead) -> tuple[str, ...]:
        """The lines that should stand there; what can't run without the console is not among them."""
        found = crontab.entries_of(self._policy, node)
        return tuple(self._line(entry, spec, read) for entry, spec in found if crontab.schedulable(entry, spec))

    def _line(self, entry: CycleEntry, spec: RepositorySpec, read: CrontabRead) -> str:
        place = crontab.place_of(read.home, self._spec.name, spec, entry.what)
        command = crontab.command_of(entry, spec, place)
        return crontab.scheduled_line(entry.cron, command, f"{place}.log")

    def _check(self, node: str, read: CrontabRead) -> None:
        """Nothing is put in that would not do what the calendar says."""
        if not read.home:
            raise EngineTrouble("no-home", node, "the account has no home where scripts and logs could lie")
        if not crontab.same_zone(self._policy, read):
            detail = f"the policy is in {self._policy.time_zone}, the host in {read.zone or 'a zone that is not known'}"
            raise EngineTrouble("other-time-zone", node, detail)
        unfit = [
            f"{entry.what} of {spec.name}" for entry, spec in crontab.entries_of(self._policy, node)
            if not crontab.schedulable(entry, spec)
        ]  # fmt: skip
        if unfit:
            raise EngineTrouble("needs-the-console", node, ", ".join(unfit))

    def _written(self, node: str, read: CrontabRead) -> tuple[Scheduled, ...]:
        found = []
        for entry, spec in crontab.entries_of(self._policy, node):
            line = self._line(entry, spec, read)
            if spec.engine is not EngineName.NATIVE:
                found.append(Scheduled(line=line))
                continue
            place = crontab.place_of(read.home, self._spec.name, spec, entry.what)
            found.append(Scheduled(line=line, script_path=f"{place}.sh", script=self._script(entry, spec)))
        return tuple(found)

    def _script(self, entry: CycleEntry, spec: RepositorySpec) -> str:
        """A native backup that needs no console. Raises EngineTrouble where it can't be written now."""
        engine = self._backing.repositories(self._spec).engine(spec.name)
        kind, rate = BackupKind(entry.what), self._policy.rate_mb_per_second_max
        source = source_of(self._spec, spec, self._backing.ground.poller)
        order = engine.backup(
            f"crontab-{kind.value}", kind, source, rate_bytes=None if rate is None else rate * MEGABYTE
        )
        script = crontab.native_script(kind, order)
        if script is None:
            raise EngineTrouble("needs-the-console", spec.node, f"{entry.what} of {spec.name}")
        return script
