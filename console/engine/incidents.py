"""Incidents: what belongs together on one time line, with pictures to be replayed, and a report at the end."""

import logging
import secrets
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import console
from console.domain.alerting import Alert, AlertState
from console.domain.audit import AuditEntry, AuditKind
from console.domain.fleet import ClusterView
from console.domain.incident import Frame, Incident, IncidentLine, LineKind
from console.domain.reading import Moment
from console.domain.run import RunState, RunView
from console.engine.incident_scene import Scene, newest_within
from console.engine.vigil_ground import Part, VigilGround
from console.governance.incident_report import IncidentReport, write_incident_report
from console.governance.report import ReportNotWritten
from console.link.messages import Message, Refused
from console.link.watching import (
    AskFrame,
    AskIncident,
    AskIncidents,
    FrameSeen,
    IncidentReported,
    Incidents,
    IncidentSeen,
    ReportIncident,
)
from console.monitor import incidents
from console.monitor.alerts import News
from console.store.records import Lines, Records
from console.store.trouble import StoreTrouble
from console.store.values import EPOCH

QUIET_SECONDS: Final = 20.0  # so long all its alerts have to be over before it ends
INBOX_MAX: Final = 4_000  # pictures, runs and lines that wait for the next second
WAITING_MAX: Final = 2_000  # lines and pictures of one incident that the store does not take
LIST_MAX: Final = 1_000
GAPS_MAX: Final = 200  # of one incident; older ones go
KEEP_DAYS: Final = 400
FRAME_DAYS: Final = 90
REPORT_FRAMES_MAX: Final = 12
DETAILS_MAX: Final = 8  # of a decision, on one line
CONSOLE: Final = "console"
GOES_ON: Final = frozenset({RunState.WAITING, RunState.RUNNING, RunState.STOPPING, RunState.ASKING})
FAR: Final = datetime(9999, 1, 1, tzinfo=UTC)

log = logging.getLogger(__name__)


class IncidentDesk(Part):
    """All incidents. `look` is called each second by the rounds over the alerts, everything else by other threads."""

    def __init__(self, ground: VigilGround) -> None:
        self._ground = ground
        self._records = Records(ground.store, "incident", Incident)
        self._lines = Lines(ground.store, "incident", IncidentLine)
        self._frames = Lines(ground.store, "frame", Frame)
        self._alerts = Records(ground.store, "alert", Alert)
        self._inbox: deque[ClusterView | RunView | IncidentLine] = deque(maxlen=INBOX_MAX)
        self._scenes: dict[str, Scene] = {}
        self._unwritten: dict[str, Incident] = {}
        self._guard = threading.Lock()
        self._told: tuple[Incident, ...] = ()
        ground.board.line = self.line
        ground.audit.listen(self._noted)

    # -- what others say ----------------------------------------------------------------------------------------

    def seen(self, view: ClusterView) -> None:
        self._inbox.append(view)

    def run_told(self, run: RunView) -> None:
        self._inbox.append(run)

    def line(self, line: IncidentLine) -> None:
        """Something for the time line of its cluster, from any thread."""
        self._inbox.append(line)

    def _noted(self, entry: AuditEntry) -> None:
        """A person's decision, as the audit log has it."""
        if entry.kind is AuditKind.DECISION and entry.cluster and entry.who != CONSOLE:
            self.line(
                IncidentLine(
                    at=entry.at, cluster=entry.cluster, kind=LineKind.ACTION, word=entry.subject, who=entry.who,
                    run=entry.run or "", detail=entry.detail[:DETAILS_MAX],
                )
            )  # fmt: skip

    # -- each second --------------------------------------------------------------------------------------------

    def take_up(self, now: Moment) -> None:
        """Incidents that went on when the engine ended. Raises StoreTrouble."""
        for incident in self._records.newest(open_only=True, most=LIST_MAX):
            scene = self._scene(incident.cluster)
            if scene.incident is not None:
                self._unwritten[incident.id] = replace(incident, ended_at=incident.ended_at or now.utc)
                continue
            lines = self._lines.between(incident.id, EPOCH, FAR)
            scene.take_up(incident, lines, self._frames.count(incident.id), self._frames.latest(incident.id, FAR))
            for alert in (self._alerts.get(one) for one in incident.alerts):
                if alert is not None:
                    scene.alerts[alert.id] = alert
            scene.add((
                IncidentLine(
                    at=now.utc, cluster=incident.cluster, kind=LineKind.ACTION, word="engine-took-it-up", who=CONSOLE
                ),
            ))  # fmt: skip

    def look(self, alerts: Sequence[Alert], news: Sequence[News], now: Moment) -> dict[str, str]:
        """One second: what came in, which incidents begin, go on and end; to which incident alerts belong now."""
        with self._guard:
            self._empty_inbox(now)
            for one in news:
                if one.alert.sign.cluster:
                    self._scene(one.alert.sign.cluster).add((incidents.news_line(one, now.utc),))
            joined: dict[str, str] = {}
            ended: list[Scene] = []
            for cluster in {alert.sign.cluster for alert in alerts} - {""}:
                self._scene(cluster)
            for scene in self._scenes.values():
                joined |= self._judge(scene, alerts, news, now)
                if self._is_over(scene, now):
                    ended.append(scene)
            for scene in self._scenes.values():
                self._write(scene)
            over = [self._end(scene, now) for scene in ended]
        for incident in over:
            self._report(incident, CONSOLE)
        self._tell()
        return joined

    def _scene(self, cluster: str) -> Scene:
        return self._scenes.setdefault(cluster, Scene(cluster))

    def _empty_inbox(self, now: Moment) -> None:
        while self._inbox:
            match self._inbox.popleft():
                case ClusterView() as view:
                    scene = self._scene(view.name)
                    scene.see(view, self._ground.board.why(view.name), now)
                    self._write_again(scene, view)
                case RunView() as run:
                    self._run(run, now)
                case IncidentLine() as line:
                    # Whoever names a cluster that there is not has nothing remembered for it.
                    if line.cluster in self._scenes or self._ground.inventory().cluster(line.cluster) is not None:
                        self._scene(line.cluster).add((line,))

    def _write_again(self, scene: Scene, view: ClusterView) -> None:
        """Since when there is a primary again, after there was none."""
        if not incidents.writable(view):
            scene.unwritable_at = scene.unwritable_at or view.at
            if scene.incident is not None and scene.incident.writable_again_at is not None:
                scene.incident = replace(scene.incident, writable_again_at=None)
        elif scene.unwritable_at is not None:
            gap, scene.unwritable_at = (scene.unwritable_at, view.at), None
            if scene.incident is not None:
                gaps = (*scene.incident.gaps, gap)[-GAPS_MAX:]
                scene.incident = replace(scene.incident, writable_again_at=view.at, gaps=gaps)
                self._unwritten[scene.incident.id] = scene.incident

    def _run(self, run: RunView, now: Moment) -> None:
        scene = self._scene(run.plan.cluster)
        scene.add(incidents.run_lines(scene.runs.get(run.id), run, now.utc))
        incident = scene.incident
        if incident is not None:
            known = incident.runs if run.id in incident.runs else (*incident.runs, run.id)
            lost = incidents.lost_by(run)
            changed = replace(incident, runs=known, entries_lost=incident.entries_lost if lost is None else lost)
            if changed != incident:
                scene.incident = changed
                self._unwritten[changed.id] = changed
        if run.state in GOES_ON:
            scene.runs[run.id] = run
        else:
            scene.runs.pop(run.id, None)

    def _judge(self, scene: Scene, alerts: Sequence[Alert], news: Sequence[News], now: Moment) -> dict[str, str]:
        """Begin an incident where one of its alerts makes one, and let alerts join; those that are new to it."""
        ours = {alert.id: alert for alert in (*(one.alert for one in news), *alerts)
                if alert.sign.cluster == scene.cluster}  # fmt: skip
        if scene.incident is None:
            makers = [alert for alert in ours.values() if incidents.begins(alert, now.utc)]
            first = incidents.gravest(makers)
            if first is None:
                return {}
            self._begin(scene, first, min(alert.begun_at for alert in makers))
        incident = scene.incident
        assert incident is not None
        joined = {}
        for alert in ours.values():
            if alert.id in scene.alerts:
                scene.alerts[alert.id] = alert
            elif incidents.joins(alert, scene.cluster, incident.begun_at):
                scene.alerts[alert.id] = alert
                joined[alert.id] = incident.id
        self._name(scene)
        return joined

    def _begin(self, scene: Scene, first: Alert, begun_at: datetime) -> None:
        incident = Incident(
            id=f"{begun_at:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}", cluster=scene.cluster, begun_at=begun_at,
            word=first.sign.word, node=first.sign.node, health=first.worst.value,
            drill=self._ground.board.drilling(scene.cluster), runs=tuple(scene.runs),
        )  # fmt: skip
        scene.begin(incident)
        log.info("incident %s of %s begins: %s", incident.id, incident.cluster, incident.word)

    def _name(self, scene: Scene) -> None:
        """By the gravest of its alerts so far."""
        incident, gravest = scene.incident, incidents.gravest(scene.alerts.values())
        if incident is None or gravest is None:
            return
        changed = replace(
            incident, word=gravest.sign.word, node=gravest.sign.node,
            health=incidents.worst_of(scene.alerts.values()).value, alerts=tuple(scene.alerts),
        )  # fmt: skip
        if changed != incident:
            scene.incident = changed
            self._unwritten[changed.id] = changed

    def _is_over(self, scene: Scene, now: Moment) -> bool:
        if scene.incident is None:
            return False
        if scene.runs or any(alert.state is not AlertState.OVER for alert in scene.alerts.values()):
            scene.calm_ticks = None
            return False
        if scene.calm_ticks is None:
            scene.calm_ticks = now.ticks
        return now.ticks - scene.calm_ticks >= QUIET_SECONDS

    def _end(self, scene: Scene, now: Moment) -> Incident:
        incident = scene.incident
        assert incident is not None
        ends = [alert.ended_at for alert in scene.alerts.values() if alert.ended_at is not None]
        ended = replace(incident, ended_at=max(ends, default=now.utc))
        scene.end()
        self._unwritten[ended.id] = ended
        self._keep()
        log.info("incident %s of %s is over", ended.id, ended.cluster)
        return ended

    # -- the store ----------------------------------------------------------------------------------------------

    def _write(self, scene: Scene) -> None:
        """What is new of an incident; what the store does not take waits, and beyond a limit it is counted."""
        incident = scene.incident
        if incident is None:
            return
        lines, frames = tuple(scene.new_lines), tuple(scene.new_frames)
        if not lines and not frames and incident.id not in self._unwritten:
            return
        try:
            self._lines.add(incident.id, [(line.at, line) for line in lines])
            scene.written(len(lines), 0)
            self._frames.add(incident.id, [(frame.at, frame) for frame in frames])
            scene.written(0, len(frames))
        except StoreTrouble as trouble:
            log.error("incident %s can't be written: %s", incident.id, trouble)
            more_lines, more_frames = len(scene.new_lines) - WAITING_MAX, len(scene.new_frames) - WAITING_MAX
            scene.written(max(0, more_lines), max(0, more_frames))
            scene.incident = replace(
                incident, lines_left_out=incident.lines_left_out + max(0, more_lines),
                frames_left_out=incident.frames_left_out + max(0, more_frames),
            )  # fmt: skip
        if lines or incident.id in self._unwritten:
            self._unwritten[incident.id] = scene.incident or incident
            self._keep()

    def _keep(self) -> None:
        for incident in tuple(self._unwritten.values()):
            try:
                self._records.keep(
                    incident.id, incident, cluster=incident.cluster, at=incident.begun_at,
                    is_open=incident.ended_at is None,
                )  # fmt: skip
            except StoreTrouble as trouble:
                log.error("incident %s can't be kept: %s", incident.id, trouble)
                return
            self._unwritten.pop(incident.id, None)

    def expire(self, now: Moment) -> None:
        """Take out what is old. Raises StoreTrouble."""
        self._records.expire(now.utc - timedelta(days=KEEP_DAYS))
        self._frames.expire(now.utc - timedelta(days=FRAME_DAYS))

    # -- answers ------------------------------------------------------------------------------------------------

    def _open(self) -> tuple[Incident, ...]:
        found = [scene.incident for scene in self._scenes.values() if scene.incident is not None]
        return tuple(sorted(found, key=lambda one: one.begun_at, reverse=True))

    def _tell(self) -> None:
        with self._guard:
            now = self._open()
        if now != self._told:
            self._told = now
            self._ground.tell(Incidents(incidents=now), "incidents")

    def answer(self, question: Message, person: str) -> Message | None:
        """May raise StoreTrouble."""
        match question:
            case AskIncidents():
                return self._list(question)
            case AskIncident():
                return self._seen(question)
            case AskFrame():
                return self._frame(question)
            case ReportIncident():
                return self._reported(question.incident, person)
            case _:
                return None

    def _list(self, question: AskIncidents) -> Incidents:
        kept = self._records.newest(cluster=question.cluster, most=max(1, min(question.most, LIST_MAX)))
        with self._guard:
            now = {incident.id: incident for incident in self._open()}
        return Incidents(incidents=tuple(now.get(incident.id, incident) for incident in kept))

    def find(self, name: str) -> Incident | None:
        """By its id or an unambiguous beginning. Raises StoreTrouble."""
        kept = self._records.begins(name) if name else None
        if kept is None:
            return None
        with self._guard:
            return next((one for one in self._open() if one.id == kept.id), kept)

    def _seen(self, question: AskIncident) -> Message:
        incident = self.find(question.incident)
        if incident is None:
            return Refused(reason="no-incident", subject=question.incident)
        kept = self._lines.between(incident.id, EPOCH, FAR)
        lines = kept if question.before is None else kept[: max(0, question.before)]
        sent = newest_within(lines)
        moments = tuple(at.timestamp() for at in self._frames.moments(incident.id))
        return IncidentSeen(incident=incident, lines=sent, frames=moments, older=len(lines) - len(sent))

    def _frame(self, question: AskFrame) -> Message:
        incident = self.find(question.incident)
        if incident is None:
            return Refused(reason="no-incident", subject=question.incident)
        try:
            at = EPOCH + timedelta(microseconds=round(question.seconds * 1_000_000))
        except (OverflowError, ValueError):
            return Refused(reason="no-frame", subject=incident.id)
        frame = self._frames.latest(incident.id, at)
        if frame is None:
            return Refused(reason="no-frame", subject=incident.id)
        return FrameSeen(incident=incident.id, frame=frame)

    def _reported(self, name: str, person: str) -> Message:
        incident = self.find(name)
        if incident is None:
            return Refused(reason="no-incident", subject=name)
        made = self._report(incident, person)
        return made if made is not None else Refused(reason="report-not-written", subject=incident.id)

    def _report(self, incident: Incident, person: str) -> IncidentReported | None:
        """Write it, note its digest in the audit log, and remember where it lies."""
        directory = self._ground.home.reports / f"incident-{incident.id}"
        try:
            lines = self._lines.between(incident.id, EPOCH, FAR)
            report = IncidentReport(
                version=console.__version__, written_at=self._ground.clock().utc, incident=incident, lines=lines,
                alerts=tuple(one for one in (self._alerts.get(alert) for alert in incident.alerts) if one is not None),
                frames=self._telling_frames(incident, lines), frames_kept=self._frames.count(incident.id),
                engine=str(self._ground.home.directory),
            )  # fmt: skip
            page, digest = write_incident_report(directory, report)
            self._ground.audit.note(
                AuditKind.EVIDENCE, who=person or CONSOLE, cluster=incident.cluster,
                subject=f"incident-report {incident.id}", detail=(("path", str(page)), ("sha256", digest)),
            )  # fmt: skip
            told = replace(incident, report=str(page))
            self._remember_report(told)
        except (ReportNotWritten, StoreTrouble) as trouble:
            log.error("the report of incident %s: %s", incident.id, trouble)
            return None
        return IncidentReported(incident=incident.id, path=str(page), digest=digest)

    def _remember_report(self, incident: Incident) -> None:
        with self._guard:
            scene = self._scenes.get(incident.cluster)
            if scene is not None and scene.incident is not None and scene.incident.id == incident.id:
                scene.incident = incident = replace(scene.incident, report=incident.report)
            self._records.keep(
                incident.id, incident, cluster=incident.cluster, at=incident.begun_at, is_open=incident.ended_at is None
            )

    def _telling_frames(self, incident: Incident, lines: Sequence[IncidentLine]) -> tuple[Frame, ...]:
        """The pictures at its first moments of change: what the guards said when something was decided."""
        moments = [incident.begun_at - timedelta(seconds=1), incident.begun_at + timedelta(seconds=1)]
        moments += [line.at for line in lines if line.kind in (LineKind.VERDICT, LineKind.ACTION, LineKind.RUN)]
        moments += [one for one in (incident.writable_again_at, incident.ended_at) if one is not None]
        found: dict[datetime, Frame] = {}
        for at in sorted(set(moments)):
            frame = self._frames.latest(incident.id, at)
            if frame is not None:
                found.setdefault(frame.at, frame)
            if len(found) >= REPORT_FRAMES_MAX:
                break
        return tuple(found.values())


