"""What is remembered of one cluster for its incidents: the last seconds, and all of the one that goes on."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from console.domain.alerting import Alert
from console.domain.automation import Why
from console.domain.fleet import ClusterView
from console.domain.incident import Frame, Incident, IncidentLine, LineKind
from console.domain.reading import Moment
from console.domain.run import RunView
from console.monitor import incidents
from console.store.values import kept

LEAD_FRAMES: Final = 20  # pictures of before an incident began that are put into it
LEAD_LINES_MAX: Final = 500
EVIDENCE_SECONDS: Final = 60.0  # a row that was not seen for so long is new when it comes again
EVIDENCE_MAX: Final = 500
LINES_MAX: Final = 5_000  # of one incident
FRAMES_MAX: Final = 7_200  # of one incident
FRAME_BYTES_MAX: Final = 64 * 1024 * 1024  # of the pictures of one incident, as they are stored
DENSE_FRAMES: Final = 1_800  # a picture each second up to here; later one in THIN_SECONDS
THIN_SECONDS: Final = 10.0
SENT_LINES_MAX: Final = 5_000  # of one answer
SENT_BYTES_MAX: Final = 8 * 1024 * 1024  # of one answer, of 32 MiB that a frame holds


@dataclass(slots=True)
class Scene:
    """One cluster. Used by one thread. `alerts`: those of the incident, as they stand; `runs`: those that go on."""

    cluster: str
    before: ClusterView | None = None
    evidence: dict[incidents.EvidenceKey, float] = field(default_factory=dict)
    lead_lines: deque[IncidentLine] = field(default_factory=lambda: deque(maxlen=LEAD_LINES_MAX))
    lead_frames: deque[Frame] = field(default_factory=lambda: deque(maxlen=LEAD_FRAMES))
    runs: dict[str, RunView] = field(default_factory=dict)
    incident: Incident | None = None
    alerts: dict[str, Alert] = field(default_factory=dict)
    new_lines: list[IncidentLine] = field(default_factory=list)
    new_frames: list[Frame] = field(default_factory=list)
    frames: int = 0
    frame_bytes: int = 0
    frame_seconds: float = 0.0  # UTC, of the last one that was kept
    unwritable_at: datetime | None = None  # since when no commit goes through
    calm_ticks: float | None = None  # since when all of its alerts are over

    def see(self, view: ClusterView, why: Why | None, now: Moment) -> None:
        """A new picture: what it says that was not said before, and the picture itself, once a second."""
        lines = incidents.verdict_lines(self.before, view)
        fresh = self.fresh_evidence(view, now)
        self.add((*fresh, *lines))
        last = self.lead_frames[-1].at.timestamp() if self.lead_frames else 0.0
        if lines or int(view.at.timestamp()) != int(last):
            self._frame(Frame(at=view.at, view=incidents.bare(view), why=why))
        self.before = view

    def fresh_evidence(self, view: ClusterView, now: Moment) -> list[IncidentLine]:
        """The rows that were not there a minute ago."""
        found = incidents.evidence_of(view)
        fresh = [line for key, line in found.items() if key not in self.evidence]
        known = self.evidence
        self.evidence |= {key: max(now.ticks, known.get(key, 0.0)) for key in found}
        old = now.ticks - EVIDENCE_SECONDS
        self.evidence = {key: ticks for key, ticks in self.evidence.items() if ticks > old}
        while len(self.evidence) > EVIDENCE_MAX:
            self.evidence.pop(next(iter(self.evidence)))
        return fresh

    def add(self, lines: Iterable[IncidentLine]) -> None:
        """Put lines on the time line, of an incident or of what may become one."""
        for line in lines:
            incident = self.incident
            if incident is None:
                self.lead_lines.append(line)
            elif incident.lines >= LINES_MAX:
                self.incident = replace(incident, lines_left_out=incident.lines_left_out + 1)
            else:
                self.new_lines.append(line)
                self.incident = replace(incident, lines=incident.lines + 1)

    def _frame(self, frame: Frame) -> None:
        self.lead_frames.append(frame)
        incident, seconds = self.incident, frame.at.timestamp()
        if incident is None:
            return
        size = len(kept(frame))
        thin = self.frames >= DENSE_FRAMES and seconds - self.frame_seconds < THIN_SECONDS
        if thin or self.frames >= FRAMES_MAX or self.frame_bytes + size > FRAME_BYTES_MAX:
            self.incident = replace(incident, frames_left_out=incident.frames_left_out + 1)
            return
        self.new_frames.append(frame)
        self.frames, self.frame_bytes, self.frame_seconds = self.frames + 1, self.frame_bytes + size, seconds

    def begin(self, incident: Incident) -> None:
        """An incident begins: what happened shortly before belongs to it."""
        since = incident.begun_at - timedelta(seconds=incidents.LEAD_SECONDS)
        self.incident, self.frames, self.frame_bytes, self.frame_seconds = incident, 0, 0, 0.0
        self.alerts, self.calm_ticks = {}, None
        lines, frames = tuple(self.lead_lines), tuple(self.lead_frames)
        self.lead_lines.clear()
        self.lead_frames.clear()
        self.add(sorted((line for line in lines if line.at >= since), key=lambda line: line.at))
        lost = self.before is not None and not incidents.writable(self.before)
        self.unwritable_at = self.unwritable_at or self.before.at if lost and self.before is not None else None
        for frame in frames:
            self._frame(frame)

    def take_up(self, incident: Incident, lines: Iterable[IncidentLine], frames: int, last: Frame | None) -> None:
        """An incident that went on when the engine ended: what is known of it already is not told twice."""
        self.incident, self.frames = incident, frames
        if last is not None:
            self.before, self.frame_seconds = last.view, last.at.timestamp()
            # How large the pictures are is not worth reading all of them.
            self.frame_bytes = frames * len(kept(last))
        lost = self.before is not None and not incidents.writable(self.before)
        self.unwritable_at = self.unwritable_at or self.before.at if lost and self.before is not None else None
        for line in lines:
            detail = dict(line.detail)
            if line.kind is LineKind.EVIDENCE:
                key = incidents.evidence_key(line.word, detail.get("source", ""), detail.get("observed", ""))
                self.evidence[key] = float("inf")

    def end(self) -> None:
        """It is over; the next begins anew."""
        self.incident, self.alerts, self.calm_ticks = None, {}, None
        self.evidence = {key: ticks for key, ticks in self.evidence.items() if ticks != float("inf")}

    def written(self, lines: int, frames: int) -> None:
        """So many of the new ones are in the store."""
        del self.new_lines[:lines]
        del self.new_frames[:frames]


def newest_within(lines: Sequence[IncidentLine]) -> tuple[IncidentLine, ...]:
    """The newest that one answer may carry, in their order: never more than a frame of the link holds."""
    size, first = 0, len(lines)
    for number in range(len(lines) - 1, max(-1, len(lines) - 1 - SENT_LINES_MAX), -1):
        size += len(kept(lines[number]))
        if size > SENT_BYTES_MAX and first < len(lines):
            break
        first = number
    return tuple(lines[first:])
