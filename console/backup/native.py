"""The native engine: PostgreSQL's own pg_basebackup, pg_combinebackup, pg_verifybackup and pg_receivewal."""

import hashlib
import json
import shlex
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from console.backup.face import EngineTrouble, Order, Source
from console.backup.media import read_medium
from console.backup.native_catalogue import (
    Catalogue,
    Programs,
    catalogue_script,
    find_script,
    read_catalogue,
    read_programs,
)
from console.backup.native_layout import expire_script, lay_out_cancel, lay_out_script
from console.backup.native_line import line_script, read_line
from console.backup.native_scripts import (
    SPARE_BYTES,
    BackupWords,
    Shelf,
    assigned,
    backup_script,
    cancel_script,
    opened,
)
from console.backup.native_verify import verify_marks, verify_script
from console.backup.native_wal import KEEPER, TAKE_WAL, segment_of
from console.domain.backup import Backup, EngineFound, Mark, MediumSeen, RepositorySeen
from console.domain.backup_policy import BackupKind, EngineName, MediumKind, RepositorySpec, WalWay
from console.domain.chain import TakenFrom, parent_for
from console.domain.cluster import ClusterSpec, NodeSpec
from console.domain.text import shown
from console.postgres.host_facts import PLACES
from console.ssh.hosts import Hosts, at_once

ASK_SECONDS_MAX: Final = 60.0
REACH_SECONDS_MAX: Final = 10.0
INCREMENTAL_MAJOR: Final = 17
CHAIN_MAX: Final = 1_000
PACKED_SHARE: Final = 0.5  # of its size, where nothing was measured yet
SLOT: Final = "ledger_console"
APPLICATION: Final = "ledger_backup"  # none of the names by which the watch knows its own sessions


class NativeEngine:
    """A directory on a backup host that PostgreSQL's own programs fill. See `face.BackupEngine`."""

    def __init__(self, spec: RepositorySpec, cluster: ClusterSpec, hosts: Hosts) -> None:
        self.spec = spec
        self._cluster, self._hosts = cluster, hosts
        root = spec.path.rstrip("/")
        # Two tapes may share a directory to stage in: each has its own part of it.
        staging = f"{spec.staging.rstrip('/')}/{_file_word(spec.name)}" if spec.staging else f"{root}/staging"
        self._shelf = Shelf(
            root=root, staging=staging, mirror=spec.mirror.rstrip("/"),
            archive=spec.archive.rstrip("/") if spec.wal is WalWay.ARCHIVE else "",
            append_only=spec.medium is MediumKind.TAPE, packed=spec.compressed,
        )  # fmt: skip

    # -- asked ----------------------------------------------------------------------------------------------------

    def find(self) -> EngineFound:
        """The programs on the host. Raises EngineTrouble no-program where there are none."""
        found, others = self._programs()
        return _found(found, others, self.spec.node)

    def read(self, now: datetime) -> RepositorySeen:
        """Backups, WAL and medium; of the mirror where the repository itself is gone, which is said."""
        said = self._asked(catalogue_script(self._shelf))
        seen = self._catalogue(said)
        found, trouble, detail = None, seen.trouble, ""
        try:
            found = self.find()
        except EngineTrouble as error:
            trouble, detail = trouble or error.reason, error.detail
        if seen.root == "none":
            trouble = trouble or "no-repository"
        elif seen.root == "mirror":
            trouble, detail = "mirror-only", self.spec.path
        return RepositorySeen(
            spec=self.spec, at=now, found=found, backups=seen.backups, wal=seen.wal, trouble=trouble, detail=detail,
            medium=self._medium(said, seen), notes=(("receiving", "no"),) if seen.wal.receiving is False else (),
            mirror=read_medium(said, "mirror", self.spec.mirror, kind=MediumKind.DIRECTORY),
        )  # fmt: skip

    def medium(self) -> MediumSeen:
        """The medium as it is now."""
        said = self._asked(catalogue_script(self._shelf))
        return self._medium(said, self._catalogue(said))

    # -- orders ---------------------------------------------------------------------------------------------------

    def backup(self, job: str, kind: BackupKind, source: Source, *, rate_bytes: float | None) -> Order:
        """A backup on the last one (incremental), on the last full one (differential), or on none."""
        self._may_be_native()
        said = self._asked(catalogue_script(self._shelf))
        seen = self._catalogue(said)
        if seen.locked:
            raise EngineTrouble("busy", self.spec.node, self.spec.path)
        if seen.root == "mirror":
            raise EngineTrouble("no-repository", self.spec.node, f"{self.spec.path} is gone, only its mirror is there")
        if seen.trouble == "repository-json-damaged":
            raise EngineTrouble(seen.trouble, self.spec.node, f"{self.spec.path}/repository.json")
        if source.system_identifier and seen.system_identifier not in ("", source.system_identifier):
            detail = f"{source.node} is {source.system_identifier}, the repository holds {seen.system_identifier}"
            raise EngineTrouble("other-system", self.spec.node, detail)
        medium = self._medium(said, seen)
        if medium.immutable == "append-only" and not self._shelf.append_only:
            raise EngineTrouble("append-only", self.spec.node, "its medium has to be given as a tape, with a staging")
        programs = self._fitting(kind, source)
        conninfo = _conninfo(((source.address, source.port),), self._login())
        parent = self._parent(seen, kind, source, line_script(conninfo, programs.directory))
        need = _needed_bytes(seen.complete(), kind, source, packed=self._shelf.packed)
        if medium.free_bytes is not None and medium.free_bytes < need:
            raise EngineTrouble("no-space", self.spec.node, f"{need} bytes are needed, {medium.free_bytes} are free")
        slot = self._slot() if self.spec.wal is WalWay.STREAM else ""
        words = BackupWords(
            kind=kind, parent=parent, conninfo=conninfo,
            primary=self._primary_conninfo() if slot or (kind is not BackupKind.FULL and source.in_recovery) else "",
            slot=slot,
            need_bytes=need, system_identifier=seen.system_identifier or source.system_identifier,
            rate_bytes=rate_bytes, bin_directory=programs.directory, major=programs.major, words=_fixed_words(source),
        )  # fmt: skip
        about = (("kind", kind.value), ("source", source.node), ("parent", parent))
        return Order(
            node=self.spec.node, name=self._name("backup", job), script=backup_script(self._shelf, words),
            cancel=cancel_script(self._shelf), about=tuple((name, value) for name, value in about if value),
        )  # fmt: skip

    def verify(self, job: str, backup: Backup) -> Order:
        """Every file of it and of its parents, and all WAL from its start on."""
        seen = self._catalogue(self._asked(catalogue_script(self._shelf)))
        chain = self._chain(seen, backup)
        if backup.start is None:
            raise EngineTrouble("nonsense", self.spec.node, f"{backup.id} has no start")
        programs = self._same_major(backup)
        work = f"{self._shelf.staging}/.verify-{_file_word(job)}"
        script = verify_script(
            self._shelf, chain=chain, start=backup.start, work=work, bin_directory=programs.directory,
            major=programs.major, segment_bytes=seen.wal.segment_bytes,
        )  # fmt: skip
        return Order(
            node=self.spec.node, name=self._name("verify", job), script=script,
            cancel=f"rm -rf {shlex.quote(work)}\n", about=(("backup", backup.id),),
        )  # fmt: skip

    def marks(self, backup: Backup, order: Order, status: int | None, output: str, now: datetime) -> tuple[Mark, ...]:
        """The marks of an ended verify, by what it has read."""
        return verify_marks(
            backup, mirror=bool(self._shelf.mirror), status=status, output=output, now=now, node=order.node
        )

    def expire(self, job: str, backups: tuple[Backup, ...]) -> Order:
        """Exactly these. Raises append-only, last-provable where no whole chain would be left, still-needed."""
        said = self._asked(catalogue_script(self._shelf))
        seen = self._catalogue(said)
        medium = self._medium(said, seen)
        if self._shelf.append_only or medium.immutable == "append-only":
            raise EngineTrouble("append-only", self.spec.node, f"nothing is taken away in {self.spec.path}")
        gone = {one.id for one in backups}
        left = [one for one in seen.complete() if one.id not in gone]
        needing = next((one for one in left if one.parent in gone), None)
        if needing is not None:
            raise EngineTrouble("still-needed", self.spec.node, f"{needing.id} needs {needing.parent}")
        whole = [one for one in left if one.kind is BackupKind.FULL]
        if not whole:
            raise EngineTrouble("last-provable", self.spec.node, "no backup that stands alone would be left")
        size = seen.wal.segment_bytes
        number = min(segment_of(one.start, size) for one in left if one.start is not None)
        per_file = (1 << 32) // size
        script = expire_script(
            self._shelf, gone=sorted(gone, reverse=True), keep=f"{number // per_file:08X}{number % per_file:08X}"
        )
        return Order(
            node=self.spec.node, name=self._name("expire", job), script=script, cancel=cancel_script(self._shelf),
            about=(("backups", ",".join(sorted(gone))),),
        )  # fmt: skip

    def lay_out(self, job: str, chain: tuple[Backup, ...], directory: str) -> Order:
        """The chain as a data directory, with the restore_command that it gets its WAL by."""
        if not chain or not directory.startswith("/") or "\n" in directory:
            raise EngineTrouble("nonsense", self.spec.node, f"a chain of {len(chain)} into {shown(directory)}")
        programs = self._same_major(chain[-1])
        if len(chain) > 1 and not programs.combines:
            raise EngineTrouble("no-program", self.spec.node, f"pg_combinebackup in {programs.directory}")
        sizes = [one.size_bytes or one.stored_bytes or 0 for one in chain]
        # Unpacked parts and the whole lie side by side until it has its name.
        need = sizes[0] if len(chain) == 1 else 2 * sizes[0] + sum(sizes[1:])
        script = lay_out_script(
            self._shelf, chain=[one.id for one in chain], directory=directory, need_bytes=need + SPARE_BYTES,
            whole_bytes=sum(sizes), bin_directory=programs.directory, major=programs.major,
        )  # fmt: skip
        return Order(
            node=self.spec.node, name=self._name("lay-out", job), script=script, cancel=lay_out_cancel(directory),
            about=(("directory", directory),),
        )  # fmt: skip

    def receive(self) -> Order | None:
        """pg_receivewal from whichever server is primary, by a slot of its own. See `face.WalReceiver`."""
        if self.spec.wal is not WalWay.STREAM:
            return None
        found, _ = self._programs()
        if not found:
            raise EngineTrouble("no-program", self.spec.node, "pg_receivewal")
        servers = self._servers()
        each = "\n".join(_conninfo((one,), self._login()) for one in servers)
        slot = self._slot()
        told = assigned(C=self._primary_conninfo(), N=slot, EACH=each)
        # By its place: another console's cluster and repository may bear the same names on this host.
        place = hashlib.sha256(self.spec.path.encode()).hexdigest()[:8]
        name = f"receive:{_file_word(self._cluster.name)}:{_file_word(self.spec.name)}:{place}"
        return Order(
            node=self.spec.node, name=name,
            script=opened(self._shelf, found[0].directory) + told + TAKE_WAL + KEEPER, about=(("slot", slot),),
        )  # fmt: skip

    # -- what they need -------------------------------------------------------------------------------------------

    def _asked(self, script: str) -> str:
        said = self._hosts.run(self.spec.node, script, seconds_max=ASK_SECONDS_MAX)
        if said.refused or said.timed_out or said.status is None:
            raise EngineTrouble("host-silent", self.spec.node, said.words())
        if not said.fine:
            raise EngineTrouble("not-readable", self.spec.node, said.words())
        return said.stdout.decode("utf-8", "surrogateescape")

    def _catalogue(self, said: str) -> Catalogue:
        try:
            return read_catalogue(said, repository=self.spec.name, mirrored=bool(self._shelf.mirror))
        except ValueError as error:
            raise EngineTrouble("nonsense", self.spec.node, shown(str(error))) from error

    def _medium(self, said: str, seen: Catalogue) -> MediumSeen:
        used = sum(one.stored_bytes or 0 for one in seen.backups)
        found = read_medium(
            said, "main", self.spec.path, kind=self.spec.medium, backups_bytes=used, wal_bytes=seen.wal_bytes
        )
        return found or MediumSeen(kind=self.spec.medium, path=self.spec.path)

    def _programs(self) -> tuple[tuple[Programs, ...], tuple[str, ...]]:
        return read_programs(self._asked(find_script(self.spec.bin_directory, PLACES)))

    def _may_be_native(self) -> None:
        if self.spec.medium is MediumKind.OBJECT_STORE:
            raise EngineTrouble("not-this-kind", self.spec.node, "native backups need a directory")
        if self._shelf.append_only and not self.spec.staging:
            raise EngineTrouble("append-only", self.spec.node, "a tape needs a staging directory beside it")
        if not self._shelf.root.startswith("/"):
            raise EngineTrouble("no-repository", self.spec.node, f"{self.spec.path!r} is no directory")

    def _fitting(self, kind: BackupKind, source: Source) -> Programs:
        """The programs for a backup of that server: its own major version, or a later one for a full backup."""
        found, others = self._programs()
        version = source.version
        if version is not None and version // 10000 < INCREMENTAL_MAJOR and kind is not BackupKind.FULL:
            raise EngineTrouble("needs-17", self.spec.node, ",".join(others))
        fitting = [
            one for one in found
            if not one.lacks and (version is None or one.major >= version // 10000)
            and (kind is BackupKind.FULL or one.combines)
        ]  # fmt: skip
        if not fitting:
            what = f"{version // 10000 if version else '17'} is needed, there is " + (
                ", ".join(one.version for one in found) or "none"
            )
            raise EngineTrouble("too-old" if found else "no-program", self.spec.node, what)
        return min(fitting, key=lambda one: one.major) if version is not None else fitting[0]

    def _same_major(self, backup: Backup) -> Programs:
        """A data directory is read by programs of its own major version only."""
        found, _ = self._programs()
        major = None if backup.server_version is None else backup.server_version // 10000
        for one in found:
            if one.major == major and not one.lacks:
                return one
        there = ", ".join(one.version for one in found) or "none"
        raise EngineTrouble("no-program", self.spec.node, f"PostgreSQL {major} is needed, there is {there}")

    def _parent(self, seen: Catalogue, kind: BackupKind, source: Source, line: str) -> str:
        """The newest that the source's own history leads on from, as the source itself tells it."""
        if kind is BackupKind.FULL:
            return ""
        able = tuple(one for one in seen.complete() if (one.server_version or 0) >= INCREMENTAL_MAJOR * 10000)
        if not able:
            raise EngineTrouble("no-parent", self.spec.node, f"no whole backup is in {self.spec.path}")
        told = read_line(self._asked(line))
        if told is None:
            raise EngineTrouble("source-silent", self.spec.node, f"{source.node} did not tell its history")
        taken, forks = told
        parent = parent_for(kind, able, taken, forks)
        if parent is not None:
            return parent.id
        elsewhere = any(parent_for(kind, able, other) for other in {
            TakenFrom(system_identifier=one.system_identifier, timeline=one.timeline) for one in able})  # fmt: skip
        detail = f"{source.node} is on timeline {taken.timeline}, and nothing that is whole leads to it"
        raise EngineTrouble("other-history" if elsewhere else "no-parent", self.spec.node, detail)

    def _chain(self, seen: Catalogue, backup: Backup) -> tuple[str, ...]:
        ids = {one.id: one for one in seen.complete()}
        chain: list[str] = [backup.id]
        at = ids.get(backup.id, backup)
        while at.parent is not None and len(chain) < CHAIN_MAX:
            chain.insert(0, at.parent)
            # One that is gone stays in the list: the script says so, and so do the marks.
            at = ids.get(at.parent, replace(at, parent=None))
        return tuple(chain)

    def _login(self) -> str:
        if "password" in self.spec.login.lower().replace("passfile", ""):
            raise EngineTrouble("nonsense", self.spec.node, "a password stands in the login; name a passfile")
        return self.spec.login

    def _servers(self) -> tuple[tuple[str, int], ...]:
        """Where every server of the cluster is reached from its backup host."""
        nodes = [node for node in self._cluster.nodes if node.postgres is not None]

        def reached(name: str) -> str:
            node = self._cluster.node(name)
            assert node is not None
            if not _told_address(node):
                # Its address is the one under which its host is reached, so it has to be reached once.
                self._hosts.run(name, "exit 0", seconds_max=REACH_SECONDS_MAX)
            return self._hosts.address(name) or node.ssh.host

        found = at_once([node.name for node in nodes], reached)
        return tuple((found[node.name], node.postgres.port) for node in nodes if node.postgres is not None)

    def _primary_conninfo(self) -> str:
        return _conninfo(self._servers(), f"{self._login()} target_session_attrs=read-write")

    def _slot(self) -> str:
        return f"{SLOT}_{_slot_word(self.spec.name)}"

    def _name(self, what: str, job: str) -> str:
        return f"{what}:{_file_word(self.spec.name)}:{_file_word(job)}"[:200]


def make_native(spec: RepositorySpec, cluster: ClusterSpec, hosts: Hosts) -> NativeEngine:
    """See `face.EngineMaker`."""
    return NativeEngine(spec, cluster, hosts)


def _found(found: Sequence[Programs], others: Sequence[str], node: str) -> EngineFound:
    whole = [one for one in found if not one.lacks]
    if not whole:
        lacks = ", ".join(f"{one.directory}: {', '.join(one.lacks)}" for one in found)
        raise EngineTrouble("no-program", node, lacks or "pg_basebackup is neither on PATH nor in the usual places")
    able = any(one.combines and one.major >= INCREMENTAL_MAJOR for one in whole)
    cannot = [("object-store", "native"), ("encryption", "native")]
    if not able:
        cannot += [("incremental", "needs-17"), ("differential", "needs-17")]
        cannot += [("incremental-by", name) for name in others]
    return EngineFound(
        engine=EngineName.NATIVE, program=f"{whole[0].directory}/pg_basebackup", version=whole[0].version,
        cannot=tuple(cannot), encrypted=False,
        kinds=tuple(BackupKind) if able else (BackupKind.FULL,),
    )  # fmt: skip


def _needed_bytes(backups: Sequence[Backup], kind: BackupKind, source: Source, *, packed: bool) -> int:
    """What one of this kind will take: as the last of its kind, and what the server has grown since."""
    last = max((one for one in backups if one.kind is kind and one.stored_bytes), key=lambda one: one.id, default=None)
    if last is not None and last.stored_bytes is not None:
        grown = 1.0
        if kind is BackupKind.FULL and source.size_bytes and last.size_bytes:
            grown = max(1.0, source.size_bytes / last.size_bytes)
        return int(last.stored_bytes * grown * 1.2) + SPARE_BYTES
    size = source.size_bytes or 0
    if kind is not BackupKind.FULL:
        return SPARE_BYTES  # how much changed since the parent is not known before
    return int(size * (PACKED_SHARE if packed else 1.05)) + SPARE_BYTES


def _fixed_words(source: Source) -> str:
    """What is known before: the end of backup.json, JSON without its braces."""
    words = {
        "source": shown(source.node, characters_max=200), "source_machine": source.machine_id,
        "head_number": source.head_number,
    }  # fmt: skip
    return json.dumps(words, ensure_ascii=True, separators=(",", ":"))[1:-1]


def _conninfo(servers: Sequence[tuple[str, int]], login: str) -> str:
    hosts = ",".join(host for host, _ in servers).replace("\\", "\\\\").replace("'", "\\'")
    ports = ",".join(str(port) for _, port in servers)
    return f"host='{hosts}' port={ports} connect_timeout=10 application_name={APPLICATION} {login}"


def _told_address(node: NodeSpec) -> bool:
    target = node.postgres
    return target is not None and bool(target.replication_host or (target.host and not target.host.startswith("/")))


def _file_word(text: str) -> str:
    return "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in text)[:80] or "_"


def _slot_word(text: str) -> str:
    """A slot's name knows small letters, digits and underscores."""
    return "".join(c if c.isascii() and c.isalnum() else "_" for c in text.lower())[:40]


