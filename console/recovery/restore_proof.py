"""The restore proof: a backup is laid out elsewhere, recovered, its books, indexes and pages proven, and taken away."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from console.backup.face import Order
from console.domain.backup import Backup, BackupCheck, CheckResult, Mark
from console.domain.books import BooksProof
from console.domain.cluster import ClusterSpec
from console.domain.reading import Moment
from console.domain.restore import TargetKind
from console.postgres import restore_checks
from console.recovery.books_door import BooksTrouble
from console.recovery.books_proof import SealedBooks
from console.recovery.sandbox import (
    INSPECT,
    Opened,
    Opening,
    Ways,
    act_name,
    close_sandbox,
    note_reached,
    open_sandbox,
)
from console.recovery.sandbox_books import BooksFound, SandboxDoor, entry_proof, head_of, prove_sandbox_books
from console.recovery.sandbox_watch import Reached, SandboxTrouble
from console.ssh.hosts import Said, SshHosts

CHECKS: Final = (
    BackupCheck.RESTORED, BackupCheck.WAL_CONTINUITY, BackupCheck.BOOKS, BackupCheck.INDEXES, BackupCheck.PAGES,
)  # fmt: skip
# Whoever opens a copy to look at it says nothing of its indexes and pages: an earlier proof may have read them.
LOOKED_AT: Final = (BackupCheck.RESTORED, BackupCheck.WAL_CONTINUITY, BackupCheck.BOOKS)
ISOLATED: Final = ("network-and-files", "network")  # a copy that is let out of recovery has no network
_WAL_REASONS: Final = ("wal-missing", "wal-damaged", "not-consistent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """What a restore proof came to: a mark for each check, those not run 'not-checked', and what was measured.

    `other_machine`: whether it ran on another machine than the source; None where one of the two is not known.
    `left`: what could not be taken away afterwards, in words; empty: nothing stays.
    """

    marks: tuple[Mark, ...]
    reached: Reached | None
    head: int | None
    machine: str
    other_machine: bool | None
    isolation: str
    lay_out_seconds: float | None
    recovery_seconds: float | None
    seconds: float
    books: BooksProof | None
    left: str
    opened: Opened | None  # where it stays open

    @property
    def passed(self) -> bool:
        """Nothing failed, and the restore itself was proven."""
        results = {mark.check: mark.result for mark in self.marks}
        return results[BackupCheck.RESTORED] is CheckResult.PASSED and CheckResult.FAILED not in results.values()


@dataclass(slots=True)
class _Work:
    """A proof under way: what is known so far, mark by mark."""

    backup: Backup
    node: str
    clock: Callable[[], Moment]
    marks: dict[BackupCheck, Mark] = field(default_factory=dict)
    opened: Opened | None = None
    head: int | None = None
    books: BooksProof | None = None
    other_machine: bool | None = None
    begun: float = 0.0
    target_missed: bool = False

    def mark(
        self, check: BackupCheck, result: CheckResult, *, reason: str = "", detail: str = "",
        seconds: float | None = None, files_read: int | None = None, files_all: int | None = None,
        entry: int | None = None,
    ) -> None:  # fmt: skip
        self.marks[check] = Mark(
            repository=self.backup.repository, backup=self.backup.id, check=check, result=result, at=self.clock().utc,
            seconds=seconds, files_read=files_read, files_all=files_all, entry=entry, node=self.node, reason=reason,
            detail=detail,
        )  # fmt: skip

    def rest(self, reason: str, checks: tuple[BackupCheck, ...]) -> tuple[Mark, ...]:
        """The marks of these checks; what of them was not run is 'not-checked'."""
        for check in checks:
            if check not in self.marks:
                self.mark(check, CheckResult.NOT_CHECKED, reason=reason)
        return tuple(self.marks[check] for check in checks)


def prove_restore(
    spec: ClusterSpec, opening: Opening, ways: Ways, hosts: SshHosts, *, sealed: SealedBooks,
    clock: Callable[[], Moment],
) -> Proven:  # fmt: skip
    """Restore the last backup of the opening's chain into a sandbox and prove it.

    Opened for a proof (`sandbox.PROOF`) everything is checked and the sandbox taken away, always; a killed engine's
    leftovers are found by that purpose (`sandbox.end_proofs`). Opened to inspect, it is restored and its books are
    proven, and it stays open, also where the books failed: then it is gone only where it never reached its target.

    Phases told to `ways.progress`: laying-out, recovering, books, indexes, pages, tidying. Nothing is raised for
    what a host or a copy says: it stands in the marks. A stop leaves what was not run as 'not-checked', 'cancelled',
    and nothing open.
    """
    work = _Work(opening.chain[-1], opening.order.node, clock, begun=ways.ticks())
    left, reason, keep = "", "not-restored", False
    try:
        work.opened = open_sandbox(spec, opening, ways)
        _restored(spec, work, opening, hosts)
        phases = _KEPT if opening.purpose == INSPECT else _ALL
        reason = _examine(spec, work, ways, hosts, sealed, phases)
        keep = opening.purpose == INSPECT and reason != "cancelled" and not work.target_missed
    except SandboxTrouble as trouble:
        left, reason = trouble.left, "cancelled" if trouble.reason == "cancelled" else reason
        _failed(work, trouble)
    finally:
        if work.opened is not None and not keep:
            ways.progress("tidying", None, None)
            try:
                close_sandbox(ways.hosts, work.opened.at)
            except SandboxTrouble as stays:
                left = stays.detail or stays.reason
    opened = work.opened
    return Proven(
        marks=work.rest(reason, LOOKED_AT if opening.purpose == INSPECT else CHECKS),
        reached=None if opened is None else opened.reached, head=work.head,
        machine="" if opened is None else opened.machine, other_machine=work.other_machine,
        isolation="" if opened is None else opened.isolation, left=left, books=work.books,
        opened=opened if keep else None,
        lay_out_seconds=None if opened is None else opened.lay_out_seconds,
        recovery_seconds=None if opened is None else opened.recovery_seconds, seconds=ways.ticks() - work.begun,
    )  # fmt: skip


def _failed(work: _Work, trouble: SandboxTrouble) -> None:
    """What a copy that never stood at its target shows. A host that is silent shows nothing of the backup."""
    if BackupCheck.RESTORED in work.marks:
        return  # what was proven before the host fell silent stays proven
    if trouble.reason in ("cancelled", "host-silent", "busy", "not-ours", "not-writable", "still-running"):
        work.mark(BackupCheck.RESTORED, CheckResult.NOT_CHECKED, reason=trouble.reason, detail=trouble.detail)
        return
    work.mark(BackupCheck.RESTORED, CheckResult.FAILED, reason=trouble.reason, detail=trouble.detail)
    if trouble.reason in _WAL_REASONS and trouble.seen is not None:
        work.mark(
            BackupCheck.WAL_CONTINUITY, CheckResult.FAILED, reason=trouble.reason, detail=trouble.detail,
            files_read=trouble.seen.fetched,
        )  # fmt: skip


def _restored(spec: ClusterSpec, work: _Work, opening: Opening, hosts: SshHosts) -> None:
    """It stands at its target by its server's words: does it by its books, too?"""
    opened = work.opened
    assert opened is not None
    source, here = work.backup.source_machine, opened.machine
    work.other_machine = here != source if source and here else None
    where = {True: "other-machine", False: "same-machine", None: "machine-not-known"}[work.other_machine]
    reason, detail = "", f"{where}; isolation {opened.isolation}"
    mapping, chosen = spec.ledger_mapping, opening.chosen
    if mapping is not None:
        door = SandboxDoor(spec, hosts, opened.at, socket=opened.socket, version=opened.version)
        try:
            work.head = head_of(door, opened.at.node, mapping)
            if chosen is not None and chosen.target.kind in (TargetKind.BEFORE_ENTRY, TargetKind.AFTER_ENTRY):
                not_there = entry_proof(door, opened.at.node, mapping, chosen.target)
                if not_there:
                    reason, detail = "target-not-reached", not_there
            else:
                reason, detail = _lacking(work, detail)
        except BooksTrouble as trouble:
            detail += f"; books {trouble.reason}: {trouble.detail}"
    failed = CheckResult.FAILED if reason else CheckResult.PASSED
    work.target_missed = bool(reason)
    work.mark(
        BackupCheck.RESTORED, failed, reason=reason, detail=detail, entry=work.head,
        seconds=opened.lay_out_seconds + opened.recovery_seconds, files_read=opened.reached.segments,
    )  # fmt: skip
    note_reached(hosts, opened.at, opened.reached, work.head)
    _continuity(work, opened.reached, chosen is not None and chosen.target.kind is TargetKind.LATEST)


def _lacking(work: _Work, detail: str) -> tuple[str, str]:
    """Entries that were surely in the backup have to be there, whatever the target: it lies after its end."""
    surely = work.backup.head_number
    if surely is not None and work.head is not None and work.head < surely:
        return "entries-missing", f"head {work.head}, {surely} was in the backup"
    return "", detail


def _continuity(work: _Work, reached: Reached, latest: bool) -> None:
    if latest and reached.held_to_the_end:
        work.mark(BackupCheck.WAL_CONTINUITY, CheckResult.PASSED, files_read=reached.segments)
    else:
        reason = "end-not-known" if latest else "only-to-target"
        work.mark(BackupCheck.WAL_CONTINUITY, CheckResult.NOT_CHECKED, reason=reason, files_read=reached.segments)


def _examine(
    spec: ClusterSpec, work: _Work, ways: Ways, hosts: SshHosts, sealed: SealedBooks, phases: "tuple[_Phase, ...]"
) -> str:
    """One phase after the other; the reason for what was not run."""
    for phase, act in phases:
        if ways.stopping():
            return "cancelled"
        ways.progress(phase, None, None)
        act(spec, work, ways, hosts, sealed)
    return "not-run"


def _books(spec: ClusterSpec, work: _Work, ways: Ways, hosts: SshHosts, sealed: SealedBooks) -> None:
    opened, mapping = work.opened, spec.ledger_mapping
    assert opened is not None
    if mapping is None:
        work.mark(BackupCheck.BOOKS, CheckResult.NOT_CHECKED, reason="no-ledger")
        return
    began = ways.ticks()
    door = SandboxDoor(spec, hosts, opened.at, socket=opened.socket, version=opened.version)
    found: BooksFound = prove_sandbox_books(
        door, cluster=spec.name, node=opened.at.node, mapping=mapping, sealed=sealed, reached=opened.reached,
        clock=work.clock,
    )  # fmt: skip
    work.books, work.head = found.proof, found.head if work.head is None else work.head
    work.mark(
        BackupCheck.BOOKS, found.result, reason=found.reason, detail=found.detail, entry=found.entry,
        seconds=ways.ticks() - began,
    )  # fmt: skip


def _indexes(_spec: ClusterSpec, work: _Work, ways: Ways, _hosts: SshHosts, _sealed: SealedBooks) -> None:
    assert work.opened is not None
    if work.opened.isolation not in ISOLATED:
        # To be checked it is promoted, and writes: what its data would have it do then could reach out of it.
        work.mark(BackupCheck.INDEXES, CheckResult.NOT_CHECKED, reason="not-isolated",
                  detail=f"isolation {work.opened.isolation}")  # fmt: skip
        return
    at, began = work.opened.at, ways.ticks()
    said = _long(ways, at.node, act_name(at, "indexes"), restore_checks.indexes(at))
    found = restore_checks.read_indexes(said.stdout.decode("utf-8", "replace"))
    if said.refused or (said.status is None and not found.bad):
        work.mark(BackupCheck.INDEXES, CheckResult.NOT_CHECKED, reason="host-silent", detail=said.words())
        return
    result = CheckResult.NOT_CHECKED if found.trouble else CheckResult.FAILED if found.bad else CheckResult.PASSED
    reason = found.trouble or ("index-damaged" if found.bad else "")
    work.mark(
        BackupCheck.INDEXES, result, reason=reason, detail=found.where or found.detail, files_read=found.checked,
        seconds=ways.ticks() - began,
    )  # fmt: skip


def _pages(_spec: ClusterSpec, work: _Work, ways: Ways, _hosts: SshHosts, _sealed: SealedBooks) -> None:
    assert work.opened is not None
    at, began = work.opened.at, ways.ticks()
    said = _long(ways, at.node, act_name(at, "pages"), restore_checks.pages(at))
    found = restore_checks.read_pages(said.stdout.decode("utf-8", "replace"))
    if said.refused:
        work.mark(BackupCheck.PAGES, CheckResult.NOT_CHECKED, reason="host-silent", detail=said.words())
        return
    result = CheckResult.FAILED if found.bad else CheckResult.NOT_CHECKED if found.trouble else CheckResult.PASSED
    reason = "damaged-page" if found.bad else found.trouble
    work.mark(
        BackupCheck.PAGES, result, reason=reason, detail=found.where or found.detail, files_read=found.files_read,
        files_all=found.files_all, seconds=ways.ticks() - began,
    )  # fmt: skip


_Phase = tuple[str, Callable[[ClusterSpec, _Work, Ways, SshHosts, SealedBooks], None]]
_KEPT: Final[tuple[_Phase, ...]] = (("books", _books),)
# Indexes need a server that writes: it leaves recovery there, after its books were proven. Pages need a stopped one.
_ALL: Final[tuple[_Phase, ...]] = (("books", _books), ("indexes", _indexes), ("pages", _pages))


def _long(ways: Ways, node: str, name: str, script: str) -> Said:
    """A check that may take hours, supervised like an order."""
    return ways.run_order(Order(node=node, name=name, script=script))
