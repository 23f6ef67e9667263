"""What stands at the end of a run: the proof of books in a run's words, and its report."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

import console
from console.domain.books import BooksProof, CheckOutcome
from console.domain.cluster import ClusterSpec, Inventory
from console.domain.fleet import ClusterView
from console.domain.plan import Operation
from console.domain.run import BooksLine, Mode, RunState, RunView
from console.engine.sealing import BooksKeeper
from console.governance.report import ReportNotWritten, write_report
from console.governance.report_values import Approval, LeftOn, Report

LINES_MAX: Final = 200

log = logging.getLogger(__name__)


def lines_of(proof: BooksProof) -> tuple[BooksLine, ...]:
    """A proof of books as lines: each check with its node, its outcome and its scope."""
    found = []
    for verdict in proof.nodes:
        if not verdict.outcomes:
            detail = verdict.reason or verdict.detail
            found.append(BooksLine(check="books", outcome="not-checked", scope=verdict.node, detail=detail))
        found += [_line(outcome) for outcome in verdict.outcomes]
    found += [_line(outcome) for outcome in proof.across]
    return tuple(found[:LINES_MAX])


def _line(outcome: CheckOutcome) -> BooksLine:
    check, proof, scope, detail = outcome.sentence_parts()
    return BooksLine(check=check, outcome=proof, scope=scope, detail=detail)


def prover(books: BooksKeeper) -> Callable[[ClusterSpec, tuple[str, ...]], tuple[BooksLine, ...]]:
    """The proof of books for the steps of a run."""

    def prove(spec: ClusterSpec, nodes: tuple[str, ...]) -> tuple[BooksLine, ...]:
        mapping = spec.ledger_mapping
        if mapping is None:
            return (BooksLine(check="books", outcome="not-checked", scope=spec.name, detail="no-ledger"),)
        return lines_of(books.prove(spec, mapping, nodes, full=True))

    return prove


def left_to_do(view: RunView) -> tuple[str, ...]:
    """What is still to be done after a run, as words with their node behind a colon."""
    plan, found = view.plan, []
    if view.mode is Mode.REHEARSAL or view.state is RunState.CANCELLED:
        return ()
    if plan.operation is Operation.FAILOVER:
        found.append(f"rejoin:{plan.subject}")
        found.append(f"fresh-backup:{plan.target}")
    if plan.operation is Operation.RESTORE and view.state is RunState.DONE and dict(plan.notes).get("gate"):
        kept = (dict(step.about).get("node", "") for step in plan.steps if step.kind == "keep-old")
        found += [*(f"old-data:{node}" for node in kept), f"fresh-backup:{plan.target}"]
    if plan.operation is Operation.NODE_REMOVE and view.state is RunState.DONE:
        found.append(f"inventory:{plan.subject}")
    if view.state is RunState.LEFT:
        found.append(f"unfinished:{plan.target or plan.subject}")
    if dict(view.facts).get("archive_gaps"):
        found.append(f"archive-gaps:{dict(view.facts)['archive_gaps']}")
    if view.outage is not None and view.outage.lost_acknowledged:
        found.append(f"lost-acknowledged:{view.outage.lost_acknowledged}")
    return tuple(found)


class Closing:
    """Writes the report of each run that has ended. A report that can't be written does not undo the run."""

    def __init__(
        self, *, home: Path, inventory: Callable[[], Inventory], now: Callable[[], datetime],
        picture: Callable[[str], ClusterView | None], left_on: Callable[[RunView], tuple[LeftOn, ...]],
    ) -> None:  # fmt: skip
        self._home, self._inventory, self._now, self._picture = home, inventory, now, picture
        self._left_on = left_on
        self._before: dict[str, ClusterView] = {}

    def run_begins(self, view: RunView) -> None:
        """What was seen when it began, for its report; kept while this engine lives."""
        before = self._picture(view.plan.cluster)
        if before is not None:
            self._before[view.id] = before

    def report(self, view: RunView, directory: Path) -> RunView:
        """The run with its report's place and what is left to do."""
        ended = replace(view, left_to_do=left_to_do(view))
        spec = self._inventory().cluster(view.plan.cluster)
        how = "ssh-signature" if "SHA256:" in view.approved_by else "confirmed"
        approvals = [Approval(person=view.person, at=view.begun_at, how="confirmed",
                              loss_entries_max=view.loss_entries_max)]  # fmt: skip
        if view.approved_by:
            approvals.append(Approval(person=view.approved_by, at=view.begun_at, how=how))
        report = Report(
            version=console.__version__, written_at=self._now(), run=ended, engine=str(self._home),
            before=self._before.pop(view.id, None), after=self._picture(view.plan.cluster), loss_end=view.loss,
            promises=spec.promises if spec is not None else None,
            approvals=tuple(approvals), left_on_nodes=self._left_on(ended),
        )  # fmt: skip
        try:
            return replace(ended, report=str(write_report(directory, report)))
        except ReportNotWritten as trouble:
            log.error("%s", trouble)
            return replace(ended, left_to_do=(*ended.left_to_do, f"report-not-written:{trouble}"))
