"""pgBackRest behind the one face: its own configuration is only read, its own report is never the whole verdict."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from console.backup.face import EngineTrouble, Order, Source, read_progress
from console.backup.pgbackrest_orders import (
    backup_script,
    clear_script,
    expire_script,
    lay_out_script,
    unfinished_script,
)
from console.backup.pgbackrest_scripts import find_script, medium_script, read_script
from console.backup.pgbackrest_seen import (
    found_engine,
    pairs_of,
    repositories_of,
    seen_medium,
    seen_repository,
    split_id,
    troubles_of,
    why_not,
)
from console.backup.pgbackrest_verdict import marks_of
from console.backup.pgbackrest_verify import SetToRead, verify_script
from console.backup.pgbackrest_words import Answers, BackupTold, Told, knows, read_answers, read_info, read_version
from console.domain.backup import Backup, BackupState, EngineFound, Mark, MediumSeen, RepositorySeen
from console.domain.backup_policy import BackupKind, RepositorySpec
from console.domain.cluster import ClusterSpec
from console.domain.plan import Pairs
from console.domain.text import shown
from console.ssh.hosts import Hosts

ASK_SECONDS_MAX: Final = 60.0
READ_SECONDS_MAX: Final = 180.0
FREE_BYTES_MIN: Final = 64 * 1024 * 1024  # below it a backup is not even begun

_STANZA: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}")


class PgBackRest:
    """One stanza of pgBackRest on one host."""

    def __init__(self, spec: RepositorySpec, cluster: ClusterSpec, hosts: Hosts) -> None:
        self.spec = spec
        self._cluster, self._hosts = cluster, hosts

    # Asking

    def find(self) -> EngineFound:
        """Program, version, which PostgreSQL it knows. The cluster's version is what lies on the host, or unknown."""
        answers = self._ask(find_script(self.spec), ASK_SECONDS_MAX)
        try:
            return found_engine(answers)
        except ValueError as error:
            raise self._trouble("nonsense", str(error)) from error

    def read(self, now: datetime) -> RepositorySeen:
        """Backups and WAL of the stanza's repositories. What one of them does not tell is its trouble, not the end."""
        answers = self._ask(read_script(self.spec, self._repositories()), READ_SECONDS_MAX)
        try:
            return seen_repository(self.spec, answers, now)
        except ValueError as error:
            raise self._trouble("nonsense", str(error)) from error

    def medium(self) -> MediumSeen:
        answers = self._ask(medium_script(self.spec, self._repositories()), ASK_SECONDS_MAX)
        return seen_medium(answers, self._repositories()[0])

    # Orders

    def backup(self, job: str, kind: BackupKind, source: Source, *, rate_bytes: float | None) -> Order:
        """A backup in the first repository, then one of the same kind in the mirror. pgBackRest picks the parent: the
        newest full one for a differential, the newest of any kind for an incremental; both must be there.
        """
        answers, told = self._stanza(first_only=False)
        first = self._repositories()[0]
        if told.busy:
            raise self._trouble("busy", "another command of pgBackRest holds the lock of the stanza")
        database = told.newest_database(first)
        if database is not None and source.system_identifier and str(database.system) != source.system_identifier:
            raise self._trouble("other-system", f"the stanza is of {database.system}")
        trouble, detail, _ = troubles_of(told, self._repositories())
        if trouble:
            raise self._trouble(trouble, detail)
        _, version = read_version(answers.text("version") or "")
        if source.version is not None and not knows(version, source.version // 10_000):
            raise self._trouble("too-old", f"PostgreSQL {source.version // 10_000}")
        if kind is not BackupKind.FULL and not any(one.type == "full" for one in told.of(first)):
            raise self._trouble("no-parent", "there is no full backup in the first repository")
        for number in self._repositories():
            self._check_medium(answers, number)
        notes = [("ledger-source", source.node), ("ledger-machine", source.machine_id)]
        if source.head_number is not None:
            notes.append(("ledger-head", str(source.head_number)))
        script = backup_script(
            self.spec, kind, self._repositories(), job=self._name(job), rate_bytes=int(rate_bytes or 0),
            notes=[(name, value) for name, value in notes if value],
        )  # fmt: skip
        return self._order("backup", job, script, cancel=unfinished_script(self.spec, self._repositories()),
                           about=(("kind", kind.value), ("stanza", self.spec.stanza)))  # fmt: skip

    def verify(self, job: str, backup: Backup) -> Order:
        """Read it, what it stands on and its WAL back; in the mirror its like too."""
        _, told = self._stanza(first_only=False)
        sets = self._sets(told, backup)
        about = (("backup", backup.id), *((f"set-{one.repository}", one.label) for one in sets))
        return self._order("verify", job, verify_script(self.spec, sets), about=about)

    def marks(self, backup: Backup, order: Order, status: int | None, output: str, now: datetime) -> tuple[Mark, ...]:
        """By what was read; the exit status only ever takes away."""
        label, number = self._label(backup)
        first = number or self._repositories()[0]
        others = [one for one in self._repositories() if one != first] if number is None else []
        said = output if status == 0 else output.replace("fact verified yes", "")
        return marks_of(backup, said, now, node=order.node, repository=first, label=label,
                        mirror=others[0] if others else None)  # fmt: skip

    def expire(self, job: str, backups: tuple[Backup, ...]) -> Order:
        """Take exactly these away, in the mirror their likes. Refused where one that stays stands on one that goes."""
        answers, told = self._stanza(first_only=False)
        if told.busy:
            raise self._trouble("busy", "another command of pgBackRest holds the lock of the stanza")
        going: dict[int, set[str]] = {number: set() for number in self._repositories()}
        first, *others = self._repositories()
        pairs = pairs_of(told, first, others[0]) if others else {}
        for one in backups:
            label, number = self._label(one)
            going.setdefault(number or first, set()).add(label)
            if number is None and label in pairs:
                going[others[0]].add(pairs[label])
        plan = []
        for number, labels in going.items():
            self._check_medium(answers, number)
            there = told.of(number)
            plan.append((number, self._in_order(number, labels, there), [one.label for one in there],
                         sum(one.type == "full" and one.label not in labels for one in there)))  # fmt: skip
        return self._order("expire", job, expire_script(self.spec, [one for one in plan if one[1]]))

    def lay_out(self, job: str, chain: tuple[Backup, ...], directory: str) -> Order:
        """Restore the last of the chain: pgBackRest takes what it stands on by itself."""
        if not chain or chain[-1].state is not BackupState.COMPLETE:
            raise self._trouble("no-such-backup", "only a complete backup is restored")
        if not directory.startswith("/") or directory.rstrip("/") == "" or "\n" in directory:
            raise self._trouble("nonsense", f"no absolute directory: {shown(directory)}")
        label, number = self._label(chain[-1])
        version = chain[-1].server_version
        script = lay_out_script(
            self.spec, label, number or self._repositories()[0], self._repositories(), directory.rstrip("/"),
            job=self._name(job), size_bytes=chain[-1].size_bytes or 0,
            major=version // 10_000 if version is not None else None,
        )  # fmt: skip
        return self._order("lay-out", job, script, cancel=clear_script(directory.rstrip("/"), self._name(job)))

    # What they share

    def _ask(self, script: str, seconds_max: float) -> Answers:
        if _STANZA.fullmatch(self.spec.stanza) is None:
            raise self._trouble("nonsense", f"no stanza of pgBackRest: {shown(self.spec.stanza) or 'none is named'}")
        said = self._hosts.run(self.spec.node, script, seconds_max=seconds_max)
        if said.refused or said.status is None:
            raise self._trouble("host-silent", said.words())
        if not said.fine:
            facts = dict(read_progress(said.stdout.decode("utf-8", "replace")).facts)
            raise self._trouble(facts.get("reason", "not-readable"), facts.get("detail", said.words()))
        try:
            return read_answers(said.stdout)
        except ValueError as error:
            raise self._trouble("nonsense", str(error)) from error

    def _stanza(self, *, first_only: bool) -> tuple[Answers, Told]:
        numbers = self._repositories()[:1] if first_only else self._repositories()
        answers = self._ask(medium_script(self.spec, numbers, info=True), ASK_SECONDS_MAX)
        info = answers.text("info")
        if info is None:
            words = answers.trouble("info")
            raise self._trouble(why_not(words), words)
        try:
            told = read_info(info, self.spec.stanza)
        except ValueError as error:
            raise self._trouble("nonsense", str(error)) from error
        if told is None:
            raise self._trouble("no-repository", f"pgBackRest knows no stanza {self.spec.stanza}")
        return answers, told

    def _sets(self, told: Told, backup: Backup) -> list[SetToRead]:
        label, number = self._label(backup)
        first, *others = self._repositories()
        wanted = [(number or first, label)]
        if number is None and others:
            wanted += [(others[0], like) for like in [pairs_of(told, first, others[0]).get(label)] if like]
        sets = []
        for repository, name in wanted:
            one = next((one for one in told.of(repository) if one.label == name), None)
            database = told.database(repository, one.database.id) if one is not None else None
            if one is None or database is None or not re.fullmatch("[0-9A-F]{24}", one.archive.start or ""):
                raise self._trouble("no-such-backup", f"{name} is not listed in repository {repository}")
            sets.append(SetToRead(repository=repository, label=name, start=one.archive.start or "",
                                  archive=f"{database.version}-{database.id}"))  # fmt: skip
        return sets

    def _in_order(self, number: int, labels: set[str], there: Sequence[BackupTold]) -> list[str]:
        """What goes, that which stands on others first. Raises where something that stays needs it."""
        known = {one.label for one in there}
        for label in labels - known:
            raise self._trouble("no-such-backup", f"{label} is not listed in repository {number}")
        for one in there:
            needs = {one.prior, *(one.reference or [])} & labels
            if one.label not in labels and needs:
                raise self._trouble("still-needed", f"{one.label} stands on {', '.join(sorted(filter(None, needs)))}")
        if labels and not any(one.type == "full" and one.label not in labels for one in there):
            raise self._trouble("still-needed", f"it would be the last full backup of repository {number}")
        return [one.label for one in reversed(there) if one.label in labels]

    def _check_medium(self, answers: Answers, number: int) -> None:
        medium = seen_medium(answers, number)
        if medium.immutable == "append-only":
            raise self._trouble("append-only", f"{medium.path}: pgBackRest renames and removes what it writes")
        if medium.free_bytes is not None and medium.free_bytes < FREE_BYTES_MIN:
            raise self._trouble("no-space", f"{medium.path}: {medium.free_bytes} bytes are free")

    def _repositories(self) -> tuple[int, ...]:
        try:
            return repositories_of(self.spec)
        except ValueError as error:
            raise self._trouble("nonsense", str(error)) from error

    def _label(self, backup: Backup) -> tuple[str, int | None]:
        try:
            return split_id(backup.id)
        except ValueError as error:
            raise self._trouble("no-such-backup", str(error)) from error

    def _name(self, job: str) -> str:
        if _NAME.fullmatch(job) is None:
            raise ValueError(f"not a name of work: {job!r}")
        return job

    def _order(self, what: str, job: str, script: str, *, cancel: str = "", about: Pairs = ()) -> Order:
        return Order(node=self.spec.node, name=f"pgbackrest-{what}:{self._name(job)}", script=script, cancel=cancel,
                     about=about)  # fmt: skip

    def _trouble(self, reason: str, detail: str) -> EngineTrouble:
        return EngineTrouble(reason, self.spec.node, shown(detail))


def make_pgbackrest(spec: RepositorySpec, cluster: ClusterSpec, hosts: Hosts) -> PgBackRest:
    """The maker that the engine asks for a repository of pgBackRest's."""
    return PgBackRest(spec, cluster, hosts)
