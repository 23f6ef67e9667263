"""Answers what faces ask at the fork desk; a choice stands in the audit log before its files are written."""

import threading
from pathlib import Path
from typing import Final, Protocol

from console.domain.audit import AuditKind
from console.domain.cluster import ClusterSpec, Inventory
from console.domain.fork import ForkChoice
from console.domain.reading import Moment
from console.domain.situation import Facts
from console.engine.planning import Planning
from console.governance.audit import AuditLog
from console.link.fork import AskFork, ExportFork, ForkExported, ForkSeen
from console.link.messages import Message, Refused
from console.recovery.fork import ForkRead, read_fork
from console.recovery.fork_export import ForkExport, export
from console.recovery.fork_reading import ForkHosts, ForkTrouble
from console.recovery.holding import LockKeeper

REASON_CHARACTERS_MAX: Final = 1000
FORKS: Final = "forks"


class Forking(Protocol):
    """What these answers need of the engine."""

    audit: AuditLog | None
    inventory: Inventory
    planning: Planning | None
    reports: Path

    def moment(self) -> Moment: ...


class ForkAnswers:
    """The engine's side of the fork desk. One comparison at a time; it may raise StoreTrouble."""

    def __init__(self, engine: Forking) -> None:
        self._engine = engine
        self._one = threading.Lock()

    def answer(self, question: Message, person: str) -> Message | None:
        """The answer; None where it is no question of the fork desk."""
        match question:
            case AskFork():
                read = self._read(question.cluster, question.a, question.b, person)
                return read if isinstance(read, Refused) else ForkSeen(fork=read.fork)
            case ExportFork():
                return self._export(question, person)
            case _:
                return None

    def _read(self, cluster: str, a: str, b: str, person: str) -> ForkRead | Refused:
        spec = self._engine.inventory.cluster(cluster)
        if spec is None:
            return Refused(reason="no-cluster", subject=cluster)
        if spec.ledger_mapping is None:
            return Refused(reason="no-ledger", subject=cluster)
        missing = next((name for name in (a, b) if name and spec.node(name) is None), None)
        if missing is not None:
            return Refused(reason="no-node", subject=f"{cluster} {missing}")
        if self._engine.planning is None:
            return Refused(reason="store-trouble", subject=cluster)
        if not self._one.acquire(blocking=False):
            return Refused(reason="fork-busy", subject=cluster)
        try:
            return self._compared(self._engine.planning, spec, a, b, person)
        finally:
            self._one.release()

    def _compared(self, planning: Planning, spec: ClusterSpec, a: str, b: str, person: str) -> ForkRead | Refused:
        mapping = spec.ledger_mapping
        assert mapping is not None
        hosts, looks = planning.ways(spec)
        pause = threading.Event()
        try:
            facts = looks.look()
            names = chosen(facts, a, b)
            if names is None:
                return Refused(reason="no-fork", subject=spec.name)
            closed = [name for name in names if facts[name].server is None]
            if closed and self._engine.audit is not None:
                detail = (("sides", ", ".join(names)), ("opened-closed", ", ".join(closed)))
                self._engine.audit.note(AuditKind.COMMAND, who=person, cluster=spec.name, subject="fork-read",
                                        detail=detail)  # fmt: skip
            keeper = LockKeeper(
                spec, hosts, looks, owner=planning.owner("fork"), person=person, ticks=lambda: self._now().ticks
            )
            sides = ForkHosts(spec, hosts, looks, keeper, ticks=lambda: self._now().ticks, pause=pause.wait)
            return read_fork(spec.name, mapping, facts, names, sides, clock=self._now)
        except ForkTrouble as trouble:
            return Refused(reason=f"fork-{trouble.reason}", subject=trouble.node, detail=trouble.detail)
        finally:
            hosts.close()

    def _now(self) -> Moment:
        return self._engine.moment()

    def _export(self, question: ExportFork, person: str) -> Message:
        audit = self._engine.audit
        if audit is None:
            return Refused(reason="store-trouble", subject=question.cluster)
        reason = " ".join(question.reason.split())
        if not reason or len(reason) > REASON_CHARACTERS_MAX:
            return Refused(reason="no-reason", subject=question.cluster)
        if not question.winner or not question.loser or question.winner == question.loser:
            return Refused(reason="no-node", subject=f"{question.cluster} {question.loser}")
        read = self._read(question.cluster, question.loser, question.winner, person)
        if isinstance(read, Refused):
            return read
        choice = ForkChoice(winner=question.winner, loser=question.loser, reason=reason, person=person)
        fork = read.fork
        detail = (
            ("kept", choice.winner), ("given-up", choice.loser), ("reason", reason),
            ("fork", f"{fork.position} of timeline {fork.timeline}"), ("entries", str(fork.a.entries)),
            ("booked-again", str(fork.a.repeated)),
            ("sums", ", ".join(f"{one.currency} {one.debit}" for one in fork.a.sums)),
        )  # fmt: skip
        audit.note(AuditKind.DECISION, who=person, cluster=question.cluster, subject="fork-choice", detail=detail)
        done = self._written(read, choice)
        if isinstance(done, Refused):
            return done
        files = tuple((f"sha256 {name}", digest) for name, digest in done.files)
        audit.note(AuditKind.EVIDENCE, who=person, cluster=question.cluster, subject="fork-export",
                   detail=(("directory", done.directory), *files))  # fmt: skip
        return ForkExported(
            fork=fork, winner=choice.winner, loser=choice.loser, directory=done.directory, files=done.files,
            entries=done.entries, rebookable=done.rebookable,
        )  # fmt: skip

    def _written(self, read: ForkRead, choice: ForkChoice) -> ForkExport | Refused:
        spec = self._engine.inventory.cluster(read.fork.cluster)
        mapping = spec.ledger_mapping if spec is not None else None
        if spec is None or mapping is None:
            return Refused(reason="no-cluster", subject=read.fork.cluster)
        try:
            return export(
                self._engine.reports / FORKS, read.fork, read.entries_a, mapping, choice, schema=spec.ledger,
                now=self._now().utc,
            )  # fmt: skip
        except FileExistsError as error:
            return Refused(reason="file-exists", subject=str(error))
        except OSError as error:
            where, why = str(self._engine.reports), error.strerror or f"{error}"
            return Refused(reason="file-not-written", subject=where, detail=why)


def chosen(facts: Facts, a: str, b: str) -> tuple[str, str] | None:
    """Both sides: as named, else a node that does not follow the primary, and the primary. None: there are none."""
    writable = [name for name, node in facts.items() if node.writable and name != a]
    other = b or (writable[0] if writable else "")
    if not other or other not in facts:
        return None
    server = facts[other].server
    following = {sender.name.replace("-", "_").lower() for sender in (server.senders if server is not None else ())}
    lost = [
        name for name, node in facts.items()
        if name != other and node.reached and node.data_directory is not None
        and name.replace("-", "_").lower() not in following
    ]  # fmt: skip
    one = a or (lost[0] if lost else "")
    return (one, other) if one and one in facts and one != other else None
