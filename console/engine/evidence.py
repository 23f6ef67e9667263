"""Writes evidence packs: gathers what is recorded of a run or drill, writes it for good, and notes its digest."""

import logging
import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import console
from console.domain.audit import AuditEntry, AuditKind
from console.domain.backup import Job
from console.domain.drill import Drill, DrillState
from console.domain.evidence import Lack, PackSigner
from console.domain.fleet import Chart
from console.domain.incident import Incident
from console.domain.run import RunView
from console.domain.run_story import story_of
from console.domain.signers import read_public_key
from console.engine.vigil_ground import Part, VigilGround
from console.governance.anchors import read_anchors
from console.governance.approvers import ApproversFile, ApproversTrouble, Known
from console.governance.evidence import PackNotWritten, PackWritten, drop_pack, write_pack
from console.governance.evidence_approvals import SignerRefused, signer_of
from console.governance.evidence_audit import Excerpt, excerpt_of
from console.governance.evidence_files import PackSource, pack_files
from console.governance.report import HTML_NAME, JSON_NAME
from console.governance.report_values import Measured, Report
from console.link.governing import AskEvidence, EvidenceWritten
from console.link.messages import Message, Refused
from console.store.backup_log import BackupLog
from console.store.charting import POINTS_MAX
from console.store.journal import OPEN, Journal
from console.store.records import Records
from console.store.trouble import StoreTrouble
from console.store.values import decoder

AROUND: Final = timedelta(minutes=1)  # readings before and after
ASKED_BEFORE: Final = timedelta(seconds=10)  # a drill's decisions stand in the log before it begins
INCIDENTS_READ_MAX: Final = 500
REPORT_BYTES_MAX: Final = 32 * 1024 * 1024  # of one of its two files
_REPORTS: Final = decoder(Report)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What the pack is about."""

    run: RunView | None
    drill: Drill | None
    job: Job | None
    lacks: tuple[Lack, ...]

    @property
    def cluster(self) -> str:
        return self.drill.cluster if self.drill is not None else "" if self.run is None else self.run.plan.cluster

    @property
    def id(self) -> str:
        return self.drill.id if self.drill is not None else "" if self.run is None else self.run.id

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(one.id for one in (self.run, self.drill, self.job) if one is not None)

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """From the first beginning to the last end that is recorded."""
        several = [one for one in (self.run, self.drill, self.job) if one is not None]
        begins = [one.begun_at for one in several if one.begun_at is not None]
        ends = [one.ended_at for one in several if one.ended_at is not None]
        return (min(begins), max(ends)) if begins and ends and max(ends) >= min(begins) else None


class EvidenceDesk(Part):
    """Reads records and changes none; the pack is a new directory in the home's reports."""

    def __init__(self, ground: VigilGround) -> None:
        self._ground = ground
        self._journal = Journal(ground.store)
        self._drills = Records(ground.store, "drill", Drill)
        self._incidents = Records(ground.store, "incident", Incident)
        self._jobs = BackupLog(ground.store)
        self._approvers = ApproversFile(ground.home.approvers)

    def answer(self, question: Message, person: str) -> Message | None:
        return self._written(question, person) if isinstance(question, AskEvidence) else None

    def _written(self, question: AskEvidence, person: str) -> Message:
        told = self._told(question.subject)
        if isinstance(told, Refused):
            return told
        known, unknown = self._known()
        now = self._ground.clock().utc
        signer = None
        if question.signer:
            try:
                key = read_public_key(question.signer)
                signer = signer_of(person, key, known, revoked=self._ground.home.revoked_keys, now=now)
            except ValueError as error:
                return Refused(reason="no-public-key", subject=person, detail=f"{error}")
            except SignerRefused as refused:
                return Refused(reason=refused.reason, subject=person, detail=refused.detail)
        name = f"evidence-{re.sub('[^A-Za-z0-9._-]', '_', told.id)[:48]}-{now:%Y%m%dT%H%M%SZ}"
        source = self._source(told, name, person, now, known, signer)
        files, fields = pack_files(replace(source, lacks=(*source.lacks, *unknown)))
        try:
            written = write_pack(self._ground.home.reports, name, files)
        except PackNotWritten as trouble:
            reason = "file-exists" if trouble.there else "file-not-written"
            return Refused(reason=reason, subject=str(trouble.where), detail=f"{trouble}")
        entry = self._noted(told, person, written, len(fields.missing))
        return EvidenceWritten(
            kind=fields.kind, id=told.id, path=str(written.path), archive=str(written.archive), digest=written.digest,
            files=written.files, missing=fields.missing, signer=None if signer is None else signer[0],
            audit_number=entry.number,
        )  # fmt: skip

    def _noted(self, told: _Told, person: str, written: PackWritten, missing: int) -> AuditEntry:
        """The digest in the audit log; a pack that could not be noted does not stay. Raises StoreTrouble."""
        detail = (("sha256sums", written.digest), ("pack", written.path.name), ("files", str(written.files)),
                  ("missing", str(missing)))  # fmt: skip
        try:
            return self._ground.audit.note(
                AuditKind.EVIDENCE, who=person, cluster=told.cluster, run=told.id, subject="evidence-pack",
                detail=detail,
            )  # fmt: skip
        except StoreTrouble:
            drop_pack(written.path)
            raise

    # -- what it is about -----------------------------------------------------------------------------------------

    def _told(self, subject: str) -> _Told | Refused:
        """The run or drill of this name; one that goes on has no evidence yet."""
        run = self._journal.run(subject) if subject else None
        drill = self._drills.begins(subject) if subject else None
        if run is not None and drill is not None:  # one beginning of two names
            run, drill = (run, None) if run.id == subject else (None, drill) if drill.id == subject else (None, None)
        if drill is not None:
            return self._of_drill(drill)
        if run is None:
            return Refused(reason="no-run-or-drill", subject=subject)
        if run.state in OPEN or run.ended_at is None:
            return Refused(reason="evidence-not-ended", subject=run.id, detail=run.state.value)
        return _Told(run=self._with_journal(run), drill=None, job=None, lacks=())

    def _of_drill(self, drill: Drill) -> _Told | Refused:
        if drill.state is DrillState.RUNNING:
            return Refused(reason="evidence-not-ended", subject=drill.id, detail=drill.state.value)
        run = self._journal.run(drill.run) if drill.run else None
        kept = self._jobs.job(drill.run) if drill.run and run is None else None
        lacks: tuple[Lack, ...] = ()
        if drill.run and run is None and kept is None:
            lacks = (Lack(what=f"run or job {drill.run} of the drill", why="record-gone"),)
        return _Told(run=None if run is None else self._with_journal(run), drill=drill,
                     job=None if kept is None else kept.job, lacks=lacks)  # fmt: skip

    def _with_journal(self, run: RunView) -> RunView:
        entries = self._journal.entries(run.id)
        steps = story_of(entries).reports(run.plan, run.ended_at or self._ground.clock().utc)
        return replace(run, log=entries, steps=steps)

    def _known(self) -> tuple[Known, tuple[Lack, ...]]:
        try:
            known = self._approvers.known()
        except ApproversTrouble as trouble:
            return Known(), (Lack(what="list of approvers", why="unreadable", detail=f"{trouble}"),)
        unread = ", ".join(map(str, known.unread_lines))
        return known, (Lack(what="lines of approvers", why="not-trusted", detail=unread),) if unread else ()

    # -- records --------------------------------------------------------------------------------------------------

    def _source(
        self, told: _Told, name: str, person: str, now: datetime, known: Known, signer: tuple[PackSigner, str] | None
    ) -> PackSource:
        ground = self._ground
        spec = ground.inventory().cluster(told.cluster)
        report, measured, no_report = self._report(told)
        chart, no_chart = self._chart(told)
        excerpt = self._excerpt(told)
        anchors, no_anchors = [ground.audit.ends()], tuple[Lack, ...]()
        try:
            anchors += read_anchors(ground.home.audit_anchors).denied
        except ValueError as error:
            no_anchors = (Lack(what="kept anchors of the audit log", why="unreadable", detail=f"{error}"),)
        environment = told.run.plan.environment if told.run is not None else ""
        return PackSource(
            pack=name, version=console.__version__, written_at=now, written_by=person, cluster=told.cluster,
            environment=environment or ("unknown" if spec is None else spec.environment.value), run=told.run,
            drill=told.drill, job=told.job, incidents=self._incidents_of(told),
            promises=None if spec is None else spec.promises, report=report, measured=measured, chart=chart,
            excerpt=excerpt, check=ground.audit.verify(), anchors=tuple(anchors), known=known,
            revoked=ground.home.revoked_keys, signer=signer, hide=ground.secrets.hidden,
            lacks=(*told.lacks, *no_report, *no_chart, *no_anchors),
        )  # fmt: skip

    def _excerpt(self, told: _Told) -> Excerpt:
        ids, span = told.ids, told.span
        texts = tuple(f"run: {one}\n" for one in ids)

        def wanted(entry: AuditEntry) -> bool:
            if entry.run in ids or entry.subject in ids:
                return True
            if any(value in ids or any(text in value for text in texts) for _, value in entry.detail):
                return True
            drilled = told.drill is not None and span is not None and entry.cluster == told.cluster
            return drilled and span is not None and span[0] - ASKED_BEFORE <= entry.at <= span[1]

        return excerpt_of(self._ground.audit.stream(), wanted)

    def _incidents_of(self, told: _Told) -> tuple[Incident, ...]:
        """Those that name the run; of a drill also those that it made itself."""
        span = told.span
        found = self._incidents.newest(cluster=told.cluster, most=INCIDENTS_READ_MAX)
        return tuple(
            one for one in found
            if any(run in told.ids for run in one.runs) or (
                told.drill is not None and one.drill and span is not None and span[0] <= one.begun_at <= span[1]
            )
        )  # fmt: skip

    def _report(self, told: _Told) -> tuple[tuple[bytes, bytes] | None, Measured | None, tuple[Lack, ...]]:
        """Both files as they were written, and the measure in them; a report that is gone is not made anew."""
        if told.run is None:
            return None, None, (Lack(what="report", why="not-of-this-kind", detail="it rests on no plan"),)
        if not told.run.report:
            return None, None, (Lack(what="report", why="never-made"),)
        place = Path(told.run.report).parent
        try:
            if not place.resolve().is_relative_to(self._ground.home.reports.resolve()):
                raise OSError(f"{place} is not in the home's reports")
            json, html = (_bytes(place / name) for name in (JSON_NAME, HTML_NAME))
        except OSError as error:
            return None, None, (Lack(what="report", why="record-gone", detail=error.strerror or f"{error}"),)
        try:
            report = _REPORTS.decode(json.decode())
        except ValueError as error:
            return (json, html), None, (Lack(what="values of report.json", why="unreadable", detail=f"{error}"),)
        other = () if report.run.id == told.run.id else (
            Lack(what="report of this run", why="of-another", detail=report.run.id),
        )  # fmt: skip
        return (json, html), None if other else report.measured, other

    def _chart(self, told: _Told) -> tuple[Chart | None, tuple[Lack, ...]]:
        span = told.span
        if span is None:
            return None, (Lack(what="readings", why="record-gone", detail="its beginning and end are not known"),)
        begin, end = span[0] - AROUND, span[1] + AROUND
        return self._ground.history.chart(
            cluster=told.cluster, begin=begin.timestamp(), end=end.timestamp(), points=POINTS_MAX
        ), ()


def _bytes(path: Path) -> bytes:
    """A regular file within its limit. Raises OSError."""
    if path.is_symlink() or not path.is_file():
        raise FileNotFoundError(2, f"{path.name} is not there")
    if path.stat().st_size > REPORT_BYTES_MAX:
        raise OSError(f"{path.name} is over {REPORT_BYTES_MAX} bytes")
    return path.read_bytes()
