"""Builds what an engine needs for changes: the audit log, plans and runs, and who was left behind."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from console.domain.audit import AuditKind
from console.domain.cluster import Inventory
from console.domain.fleet import ClusterView
from console.domain.plan import Pairs
from console.domain.reading import Moment
from console.domain.run import RunView
from console.engine.backing import Backing
from console.engine.closing import Closing, prover
from console.engine.freezing import Freezer
from console.engine.left_answers import LeftAnswers
from console.engine.planning import Planning
from console.engine.restore_books import RestoredBooks
from console.engine.restoring import Restorer
from console.engine.returning import Returning
from console.engine.runs import Changes
from console.engine.sealing import BooksKeeper
from console.governance.approval import FourEyes
from console.governance.audit import AuditLog
from console.governance.policy import ApprovalPolicies
from console.monitor.poller import Poller
from console.places import Home
from console.ssh.secrets import Secrets
from console.ssh.sessions import Sessions
from console.store.audit_log import AuditEntries
from console.store.database import Store
from console.store.journal import Journal
from console.store.seals import Seals
from console.store.settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the engine has built already."""

    home: Home
    store: Store
    console_id: str
    secrets: Secrets
    clock: Callable[[], Moment]
    freezer: Freezer


def open_audit(ground: Ground) -> AuditLog:
    """The audit log, looked at once. Raises StoreTrouble."""
    audit = AuditLog(
        AuditEntries(ground.store, console=ground.console_id), anchors=ground.home.audit_anchors,
        console=ground.console_id, now=lambda: ground.clock().utc, hide=ground.secrets.hidden,
    )  # fmt: skip
    lost = audit.begin()
    if lost is not None:
        log.error("the audit log is not what its anchor says, see 'audit verify': %s", dict(lost.detail))
    return audit


def make_changes(
    ground: Ground, *, sessions: Sessions, poller: Poller, books: BooksKeeper, audit: AuditLog, four_eyes: FourEyes,
    policies: ApprovalPolicies, inventory: Callable[[], Inventory], told: Callable[[RunView], None],
    picture: Callable[[str], ClusterView | None],
) -> tuple[Changes, Returning]:  # fmt: skip
    """Plans and runs of every cluster, and the watch for old primaries that come back."""
    settings, clock = Settings(ground.store), ground.clock
    planning = Planning(
        sessions=sessions, poller=poller, settings=settings, clock=clock, console_id=ground.console_id,
        prove=prover(books),
    )  # fmt: skip
    def note(kind: AuditKind, cluster: str, node: str, detail: Pairs) -> None:
        audit.note(kind, who="console", cluster=cluster, subject=f"fence-on-return {node}", detail=detail)

    changes: list[Changes] = []
    returning = Returning(
        planning=planning, poller=poller, settings=settings, inventory=inventory, clock=clock, note=note,
        busy=lambda cluster: ground.freezer.now() is not None or any(one.busy(cluster) for one in changes),
    )  # fmt: skip
    journal = Journal(ground.store)
    left = LeftAnswers(
        planning=planning, journal=journal, audit=audit, inventory=inventory, left_behind=returning.left, clock=clock
    )
    closing = Closing(
        home=ground.home.directory, inventory=inventory, now=lambda: clock().utc, picture=picture, left_on=left.left_on
    )
    made = Changes(
        planning=planning, journal=journal, audit=audit, four_eyes=four_eyes, policies=policies,
        inventory=inventory, clock=clock, told=told, reports=ground.home.reports, report=closing.report,
        begins=closing.run_begins, ended=returning.run_ended, also=left.answer, freezer=ground.freezer,
    )  # fmt: skip
    changes.append(made)
    return made, returning


def join_restores(ground: Ground, planning: Planning, backing: Backing, *, sessions: Sessions) -> None:
    """Restores are plans too: the makers of plans learn where backups are, and how restored books are proven."""
    planning.restorer = Restorer(backing)
    planning.restored_books = RestoredBooks(sessions=sessions, seals=Seals(ground.store), clock=ground.clock)
