"""Barman behind the console's face: its configuration is read, its own commands are ordered, its files are believed."""

import re
import shlex
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from console.backup.barman_orders import (
    backup_script,
    cancel_backup_script,
    cancel_lay_out_script,
    expire_script,
    lay_out_script,
    verify_lines,
)
from console.backup.barman_places import Installed, found_of, look_script, others_noted, read_look
from console.backup.barman_reading import Catalogue, check_script, read_catalogue, read_words, shelf_script
from console.backup.barman_verdict import marks_of
from console.backup.barman_wal import check_lines, needed_runs
from console.backup.face import EngineTrouble, Order, Source
from console.domain.backup import Backup, BackupState, EngineFound, Mark, MediumSeen, RepositorySeen
from console.domain.backup_policy import BackupKind, MediumKind, RepositorySpec
from console.domain.chain import TakenFrom, parent_for
from console.domain.cluster import ClusterSpec
from console.ssh.hosts import Hosts, Said

LOOK_SECONDS_MAX: Final = 60.0
SHELF_SECONDS_MAX: Final = 120.0
FREE_SHARE_MIN: Final = 0.02  # of the medium: a backup that would fill it to the brim is not begun


@dataclass(slots=True)
class BarmanEngine:
    """One server of one Barman. The host is asked anew by every call."""

    spec: RepositorySpec
    cluster: ClusterSpec
    hosts: Hosts

    # -- looks --------------------------------------------------------------------------------------------------

    def find(self) -> EngineFound:
        installed = self._installed()
        return found_of(installed, self._catalogue(installed).major)

    def read(self, now: datetime) -> RepositorySeen:
        installed = self._installed()
        words = self._asked(check_script(installed, self.spec.config_file), SHELF_SECONDS_MAX)
        catalogue = self._catalogue(installed)
        notes, receiving = read_words(words.stdout, installed.server.name)
        found = found_of(installed, catalogue.major)
        return RepositorySeen(
            spec=self.spec, at=now, found=found, backups=catalogue.backups,
            wal=replace(catalogue.wal, receiving=receiving), medium=catalogue.medium, trouble=catalogue.trouble,
            detail=catalogue.detail, notes=notes + others_noted(installed) + catalogue.notes,
        )  # fmt: skip

    def medium(self) -> MediumSeen:
        return self._catalogue(self._installed()).medium

    def _installed(self) -> Installed:
        said = self._asked(look_script(self.spec), LOOK_SECONDS_MAX)
        return read_look(self.spec, said.stdout)

    def _catalogue(self, installed: Installed) -> Catalogue:
        said = self._asked(shelf_script(installed), SHELF_SECONDS_MAX)
        try:
            return read_catalogue(self.spec, installed, said.stdout)
        except ValueError as error:
            raise EngineTrouble("nonsense", self.spec.node, f"{error}") from error

    def _asked(self, script: str, seconds_max: float) -> Said:
        said = self.hosts.run(self.spec.node, script, seconds_max=seconds_max)
        if said.status is None:
            raise EngineTrouble("host-silent", self.spec.node, said.words())
        if not said.fine:
            raise EngineTrouble("not-readable", self.spec.node, said.words())
        return said

    # -- orders -------------------------------------------------------------------------------------------------

    def backup(self, job: str, kind: BackupKind, source: Source, *, rate_bytes: float | None) -> Order:
        installed = self._installed()
        catalogue = self._catalogue(installed)
        major = source.version // 10_000 if source.version else catalogue.major
        found = found_of(installed, major)
        if kind not in found.kinds:
            reason = dict(found.cannot).get(kind.value) or dict(found.cannot).get("backup", "")
            raise EngineTrouble("not-this-kind", self.spec.node, reason)
        self._writable()
        if catalogue.busy:
            raise EngineTrouble("busy", self.spec.node, "another backup holds Barman's lock")
        system = catalogue.system_identifier
        if system and source.system_identifier and system != source.system_identifier:
            detail = f"Barman's server {installed.server.name} is {system}, {source.node} is {source.system_identifier}"
            raise EngineTrouble("other-system", self.spec.node, detail)
        parent = self._parent(kind, source, catalogue)
        size = source.size_bytes if kind is BackupKind.FULL else None
        self._room(catalogue, 0 if installed.server.compressed else size)
        name, known = f"{kind.value}-{_word(job)}", tuple(one.id for one in catalogue.backups)
        script = backup_script(
            installed, self.spec.config_file, name=name, parent=parent, rate_bytes=rate_bytes,
            all_bytes=None if installed.server.compressed else size, known=known,
        )  # fmt: skip
        return Order(
            node=self.spec.node, name=f"barman-backup:{_word(job)}", script=script,
            cancel=cancel_backup_script(installed, self.spec.config_file, name=name, known=known),
            about=(("name", name), ("parent", parent or "")),
        )  # fmt: skip

    def _parent(self, kind: BackupKind, source: Source, catalogue: Catalogue) -> str | None:
        if kind is BackupKind.FULL:
            return None
        taken = TakenFrom(
            system_identifier=source.system_identifier or catalogue.system_identifier, timeline=source.timeline
        )
        parent = parent_for(kind, catalogue.backups, taken, catalogue.wal.forks)
        if parent is None:
            raise EngineTrouble("no-parent", self.spec.node, f"no whole backup of {source.node}'s timeline")
        return parent.id

    def verify(self, job: str, backup: Backup) -> Order:
        installed, catalogue = self._whole(backup)
        if installed.server.objects:
            raise EngineTrouble("not-this-kind", self.spec.node, "Barman reads nothing back from an object store")
        chain = catalogue.chain(backup.id)
        assert backup.timeline is not None and backup.start is not None
        runs = needed_runs(backup.timeline, backup.start, catalogue.wal)
        programs = self._programs(installed, backup)
        script = "\n".join(
            (
                verify_lines(installed, self.spec.config_file, chain, programs, catalogue.major),
                check_lines(installed, self.spec.config_file, runs, catalogue.wal, backup.system_identifier, programs),
            )
        )
        return Order(
            node=self.spec.node, name=f"barman-verify:{_word(job)}", script=script,
            about=(("chain", " ".join(one.id for one in chain)),),
        )  # fmt: skip

    def marks(self, backup: Backup, order: Order, status: int | None, output: str, now: datetime) -> tuple[Mark, ...]:
        chain = dict(order.about).get("chain", backup.id).split()
        return marks_of(backup, tuple(chain), self.spec.node, output if status is not None else "", now)

    def expire(self, job: str, backups: tuple[Backup, ...]) -> Order:
        self._writable()
        installed = self._installed()
        if installed.server.worm:
            raise EngineTrouble("append-only", self.spec.node, "its worm_mode is on")
        catalogue = self._catalogue(installed)
        if catalogue.busy:
            raise EngineTrouble("busy", self.spec.node, "a backup holds Barman's lock")
        wanted = {one.id for one in backups}
        for one in catalogue.infos:
            if one.parent in wanted and one.id not in wanted:
                raise EngineTrouble("has-children", self.spec.node, f"{one.id} stands on {one.parent}")
        there = [one.id for one in catalogue.backups if one.id in wanted]
        if not there:
            raise EngineTrouble("no-such-backup", self.spec.node, ", ".join(sorted(wanted)))
        ids = tuple(sorted(there, reverse=True))
        return Order(
            node=self.spec.node, name=f"barman-expire:{_word(job)}",
            script=expire_script(installed, self.spec.config_file, ids), about=(("backups", " ".join(ids)),),
        )  # fmt: skip

    def lay_out(self, job: str, chain: tuple[Backup, ...], directory: str) -> Order:
        if not chain or not re.fullmatch(r"/[^\0\n:]{1,900}", directory):
            raise EngineTrouble("nonsense", self.spec.node, f"nothing to lay out at {directory[:100]!r}")
        last = chain[-1]
        installed, catalogue = self._whole(last)
        if not installed.rsync:
            raise EngineTrouble("no-rsync", self.spec.node, "every restore of Barman's needs rsync")
        there = self.hosts.run(
            self.spec.node,
            f"d={shlex.quote(directory)}; [ ! -e \"$d\" ] && [ ! -L \"$d\" ] || echo there; "
            'while [ ! -d "$d" ]; do d=$(dirname "$d"); done; df -P -k "$d" | awk \'NR == 2 {print "free", $4}\'',
            seconds_max=LOOK_SECONDS_MAX,
        )  # fmt: skip
        if not there.fine:
            raise EngineTrouble("host-silent", self.spec.node, there.words())
        said = there.stdout.decode("utf-8", "replace").split()
        if "there" in said:
            raise EngineTrouble("target-exists", self.spec.node, directory)
        free = int(said[-1]) * 1024 if said and said[-1].isdigit() else None
        if free is not None and last.size_bytes is not None and free < last.size_bytes:
            raise EngineTrouble("no-space", self.spec.node, f"{free} bytes are free, {last.size_bytes} are needed")
        info = catalogue.chain(last.id)[-1]
        script = lay_out_script(
            installed, self.spec.config_file, backup=info, directory=directory, job=_word(job),
            bin_directory=self._programs(installed, last),
        )  # fmt: skip
        return Order(
            node=self.spec.node, name=f"barman-lay-out:{_word(job)}", script=script,
            cancel=cancel_lay_out_script(directory, _word(job)), about=(("backup", last.id),),
        )  # fmt: skip

    # -- what orders need ---------------------------------------------------------------------------------------

    def _whole(self, backup: Backup) -> tuple[Installed, Catalogue]:
        """The repository as it is, in which this backup and all that it stands on is whole. Raises EngineTrouble."""
        installed = self._installed()
        catalogue = self._catalogue(installed)
        states = {one.id: one.state for one in catalogue.backups}
        if backup.id not in states:
            raise EngineTrouble("no-such-backup", self.spec.node, backup.id)
        broken = [one.id for one in catalogue.chain(backup.id) if states.get(one.id) is not BackupState.COMPLETE]
        if broken or catalogue.chain(backup.id)[0].parent is not None:
            raise EngineTrouble("chain-broken", self.spec.node, ", ".join(broken) or "its full backup is missing")
        return installed, catalogue

    def _programs(self, installed: Installed, backup: Backup) -> str:
        major = backup.server_version // 10_000 if backup.server_version else None
        found = installed.bin_directory(major)
        if not found:
            raise EngineTrouble("no-program", self.spec.node, f"no programs of PostgreSQL {major}")
        return found

    def _writable(self) -> None:
        if self.spec.medium is MediumKind.TAPE:
            raise EngineTrouble("append-only", self.spec.node, "Barman renames and removes files in place")

    def _room(self, catalogue: Catalogue, needed: int | None) -> None:
        free, total = catalogue.medium.free_bytes, catalogue.medium.total_bytes
        if free is None or needed is None:
            return
        if free - needed < FREE_SHARE_MIN * (total or 0):
            raise EngineTrouble("no-space", self.spec.node, f"{free} bytes are free, {needed} are needed")


def make_barman(spec: RepositorySpec, cluster: ClusterSpec, hosts: Hosts) -> BarmanEngine:
    """Barman at one repository of a cluster (`face.EngineMaker`)."""
    return BarmanEngine(spec=spec, cluster=cluster, hosts=hosts)


def _word(job: str) -> str:
    """A job's id as a part of names. Raises ValueError where it can't be one."""
    if not re.fullmatch(r"[A-Za-z0-9._-]{1,80}", job):
        raise ValueError(f"not the id of a job: {job[:80]!r}")
    return job
