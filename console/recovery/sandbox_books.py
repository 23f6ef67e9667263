"""The books of a sandbox: the way to them, the proof against the console's seals, and whether an entry is in them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from console.domain.backup import CheckResult
from console.domain.books import Block, BooksProof, Proof, Seal
from console.domain.books_seals import Standing
from console.domain.cluster import ClusterSpec, NodeKind, NodeSpec, PostgresTarget
from console.domain.ledger_mapping import LedgerMapping
from console.domain.reading import Moment
from console.domain.restore import Target, TargetKind
from console.postgres import books_readers as readers
from console.postgres import probe
from console.postgres.books import BooksSql
from console.postgres.facts import literal, quoted
from console.postgres.probe import Session
from console.postgres.restore_verbs import PORT, SandboxAt, session_options
from console.recovery.books_door import BooksSession, BooksTrouble, PsqlSession
from console.recovery.books_node import QUICK_SECONDS_MAX, begin, readable
from console.recovery.books_proof import SealedBooks, prove_books
from console.recovery.sandbox_watch import Reached
from console.ssh.hosts import SshHosts
from console.ssh.refused import SshRefused

HISTORY_SECONDS_MAX: Final = 15.0
DAMAGED_STATES: Final = ("XX000", "XX001", "XX002", "58030")  # what a damaged page or file answers with
# What the session of a proof sets for itself is left to it.
_OWN: Final = ("lock_timeout", "search_path", "default_transaction_read_only", "jit", "client_min_messages",
               "idle_in_transaction_session_timeout")  # fmt: skip


class SandboxDoor:
    """Sessions with the server of one sandbox, whichever node they are asked for."""

    def __init__(self, spec: ClusterSpec, hosts: SshHosts, at: SandboxAt, *, socket: str, version: int | None) -> None:
        self._spec, self._hosts, self._at = spec, hosts, at
        self._socket, self._version = socket, version

    def open(self, node: str) -> PsqlSession:
        host = self._spec.node(self._at.node)
        if host is None:
            raise BooksTrouble("no-node", f"{self._at.node} is not in the inventory")
        target = PostgresTarget(
            host=self._socket, port=PORT, user=self._at.user, bin_directory=self._at.bin_directory
        )
        there = NodeSpec(name=node, kind=NodeKind.POSTGRES, ssh=host.ssh, postgres=target, become=host.become)
        command = probe.psql_command(
            replace(self._spec, database=self._at.database), there, Session.PROOF,
            program=f"{self._at.bin_directory}/psql", password=None,
            marker=f"ledger-console:{self._spec.name}:{self._at.id}:sandbox;",
        )  # fmt: skip
        # What a database or a role of the data sets for its sessions comes before the server's own, not before these.
        ours = " ".join(
            f"-c {word}" for word in session_options(self._version).removeprefix("-c ").split(" -c ")
            if word.partition("=")[0] not in _OWN
        )  # fmt: skip
        escaped = ours.replace("\\", "\\\\").replace("'", "\\'")
        argv = (*command.argv[:-1], command.argv[-1].replace("options='", f"options='{escaped} ", 1))
        try:
            return PsqlSession(self._hosts.connected(self._at.node), replace(command, argv=argv))
        except SshRefused as refused:
            raise BooksTrouble(refused.state.value, refused.detail) from refused

    def history(self, node: str, data_directory: str, timeline: int) -> str | None:  # noqa: ARG002 - BooksDoor's form
        path = f"{self._at.data}/pg_wal/{timeline:08X}.history"
        said = self._hosts.run(self._at.node, f"exec cat -- {_quoted(path)}", seconds_max=HISTORY_SECONDS_MAX)
        return said.stdout.decode("utf-8", "replace") if said.fine else None

    def close(self) -> None:
        """Its sessions end with whoever opened them."""


def _quoted(path: str) -> str:
    return "'" + path.replace("'", "'\\''") + "'"


class ReachedSeals:
    """The console's seals as they stand to what was reached: those of other branches of history say nothing of it.

    A server in recovery names the timeline of its last checkpoint, which may lie before the last fork. What holds on
    the timeline that was reached is shown as of the one that the server will name.
    """

    def __init__(self, sealed: SealedBooks, reached: Reached) -> None:
        self._sealed, self._named = sealed, reached.seen.control_timeline
        timeline = reached.timeline
        self._standing = None if timeline is None else Standing(timeline, () if timeline <= 1 else reached.seen.history)

    def seals(self, origin: str) -> tuple[Seal, ...]:
        found = self._sealed.seals(origin)
        if self._standing is None or self._named is None:
            return found
        named: list[Seal] = []
        for seal in found:
            holds = self._standing.holds(seal)
            if holds is None:
                named.append(seal)
            elif holds:
                named.append(replace(seal, timeline=self._named))
        return tuple(named)

    def blocks(self, origin: str) -> tuple[Block, ...]:
        return self._sealed.blocks(origin)


@dataclass(frozen=True, slots=True, kw_only=True)
class BooksFound:
    """The proof of a sandbox's books. `entry`: proven up to here; None where they are not proven."""

    result: CheckResult
    reason: str
    detail: str
    entry: int | None
    head: int | None
    proof: BooksProof | None


def prove_sandbox_books(
    door: SandboxDoor, *, cluster: str, node: str, mapping: LedgerMapping, sealed: SealedBooks, reached: Reached,
    clock: Callable[[], Moment],
) -> BooksFound:  # fmt: skip
    """Prove the books as the sandbox has them, from entry 1, and compare them with the last seal below their head."""
    try:
        head = head_of(door, node, mapping)
    except BooksTrouble as trouble:
        return _troubled(trouble.reason, trouble.detail, None, None)
    proof = prove_books(
        (node,), cluster=cluster, mapping=mapping, door=door, sealed=ReachedSeals(sealed, reached), clock=clock,
        full=True,
    )  # fmt: skip
    [verdict] = proof.nodes
    if verdict.reason:
        return _troubled(verdict.reason, verdict.detail, head, proof)
    wrong = [one for one in verdict.outcomes if one.proof is Proof.FAILED]
    if wrong:
        detail = "; ".join(" ".join(one.sentence_parts()) for one in wrong)
        return BooksFound(result=CheckResult.FAILED, reason=wrong[0].check.value, detail=detail, entry=None, head=head,
                          proof=proof)  # fmt: skip
    # A check that could not be made, as there is no seal below the head, is said and takes nothing from the others.
    unchecked = [one for one in verdict.outcomes if one.proof is Proof.NOT_CHECKED]
    proven = [one for one in verdict.outcomes if one.proof is Proof.PROVEN]
    detail = "; ".join(f"{one.check.value}: {one.reason}" for one in unchecked)
    if not proven:
        return BooksFound(result=CheckResult.NOT_CHECKED, reason="nothing-proven", detail=detail, entry=None, head=head,
                          proof=proof)  # fmt: skip
    entry = max((each.last for each in verdict.fingerprints), default=0)
    return BooksFound(result=CheckResult.PASSED, reason="", detail=detail, entry=entry, head=head, proof=proof)


def _troubled(reason: str, detail: str, head: int | None, proof: BooksProof | None) -> BooksFound:
    damaged = any(detail.startswith(state) for state in DAMAGED_STATES)
    return BooksFound(
        result=CheckResult.FAILED if damaged else CheckResult.NOT_CHECKED,
        reason="damaged-page" if damaged else reason, detail=detail, entry=None, head=head, proof=proof,
    )  # fmt: skip


def head_of(door: SandboxDoor, node: str, mapping: LedgerMapping, origin: str = "") -> int:
    """The highest entry number in the sandbox; of one origin where one is named. 0: no entry. Raises BooksTrouble."""
    session = door.open(node)
    try:
        sql = begin(session, mapping)
        head = readable(session, sql.head(), readers.read_head, seconds_max=QUICK_SECONDS_MAX)
    finally:
        session.close()
    return max((one.highest or 0 for one in head.origins if not origin or one.origin == origin), default=0)


def entry_proof(door: SandboxDoor, node: str, mapping: LedgerMapping, target: Target) -> str:
    """Whether the sandbox stands just before or just after the entry of a target; empty where it does, else why not.

    Raises BooksTrouble.
    """
    assert target.entry is not None
    session = door.open(node)
    try:
        sql = begin(session, mapping)
        there = _has(session, sql, mapping, target.entry, target.origin)
        if target.kind is TargetKind.BEFORE_ENTRY:
            if there:
                return f"entry {target.entry} is there"
            before = target.entry - 1
            if mapping.gap_free and before and not _has(session, sql, mapping, before, target.origin):
                return f"entry {before} is not there"
            return ""
        if not there:
            return f"entry {target.entry} is not there"
        if mapping.gap_free and _has(session, sql, mapping, target.entry + 1, target.origin):
            return f"entry {target.entry + 1} is there already"
        return ""
    finally:
        session.close()


def _has(session: BooksSession, sql: BooksSql, mapping: LedgerMapping, entry: int, origin: str) -> bool:
    where = f"e.{quoted(mapping.number)} = {int(entry)}"
    if origin and mapping.origin is not None:
        where += f" and e.{quoted(mapping.origin)} = {literal(origin)}"
    asked = f"select to_jsonb(exists (select from {sql.source('entries')} e where {where})::int)"
    return readable(session, asked, readers.read_number, seconds_max=QUICK_SECONDS_MAX) == 1
