"""The moment of an incident that is looked at: moved by hand or played, with the picture of then asked for in time."""

import math
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from console.domain.incident import Frame
from console.link.messages import Refused
from console.link.watching import AskFrame, FrameSeen, IncidentSeen
from console.ui.incident_course import Span, frame_at, utc, whole_span

PLAY_MILLISECONDS: Final = 1000
PACES: Final = (1, 5, 30)  # seconds of the incident in one second of playing
FRAMES_KEPT_MAX: Final = 600  # ten minutes of pictures; the oldest asked for goes first


class Replay(QObject):
    """Knows the moment, plays it on, and asks for one picture at a time: the newest wanted, when the last has come."""

    moved = Signal(object)  # float: UTC seconds
    wants = Signal(object)  # AskFrame
    played = Signal(object)  # bool: it plays now, or rests
    pictured = Signal(object)  # Frame, or None where nothing is kept of this moment

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._incident = ""
        self._frames: tuple[float, ...] = ()
        self._span = Span(0.0, 1.0)
        self._at = 0.0
        self._kept: dict[float, Frame] = {}
        self._gone: set[float] = set()  # asked, and refused
        self._asked: float | None = None
        self.pace = PACES[0]
        self._timer = QTimer(self)
        self._timer.setInterval(PLAY_MILLISECONDS)
        self._timer.timeout.connect(self._play_on)

    @property
    def at(self) -> float:
        return self._at

    @property
    def span(self) -> Span:
        """All of the incident that can be looked at."""
        return self._span

    @property
    def playing(self) -> bool:
        return self._timer.isActive()

    @property
    def settled(self) -> bool:
        """The picture of this moment has come, or there is none."""
        return self._asked is None

    @property
    def frames(self) -> tuple[float, ...]:
        return self._frames

    def show_incident(self, seen: IncidentSeen) -> None:
        """Another incident begins where it began; the same one, grown, keeps its moment, or follows its end."""
        another = seen.incident.id != self._incident
        follows = not another and self._at >= self._span.end - 1.5 and seen.incident.ended_at is None
        self._span = whole_span(seen.incident, seen.lines, seen.frames)
        self._frames = seen.frames
        if another:
            self.rest()
            self._incident, self._kept, self._gone, self._asked = seen.incident.id, {}, set(), None
            self.move_to(max(self._span.begin, seen.incident.begun_at.timestamp()))
        elif follows:
            self.move_to(self._span.end)
        else:
            self._look()

    def clear(self) -> None:
        """No incident is looked at."""
        self.rest()
        self._incident, self._frames, self._kept, self._asked = "", (), {}, None

    # Hands

    def move_to(self, at: float) -> None:
        """Look at this moment; beyond the ends, at the end."""
        self._at = max(self._span.begin, min(self._span.end, at))
        self.moved.emit(self._at)
        self._look()

    def step(self, seconds: float) -> None:
        """On, or back, by whole seconds: a step by hand ends the playing."""
        self.rest()
        self.move_to((math.floor(self._at) if seconds > 0 else math.ceil(self._at)) + seconds)

    def turn(self) -> None:
        """Play, or rest. At the end it begins anew."""
        if self.playing:
            self.rest()
            return
        if not self._incident:
            return
        if self._at >= self._span.end - 0.001:
            self.move_to(self._span.begin)
        self._timer.start()
        self.played.emit(True)

    def rest(self) -> None:
        if self.playing:
            self._timer.stop()
            self.played.emit(False)

    def _play_on(self) -> None:
        self.move_to(self._at + self.pace)
        if self._at >= self._span.end - 0.001:
            self.rest()

    # Pictures

    def _look(self) -> None:
        wanted = frame_at(self._frames, self._at)
        if wanted is None or wanted in self._gone:
            self.pictured.emit(None)
            return
        known = self._kept.get(wanted)
        if known is not None:
            self.pictured.emit(known)
        elif self._asked is None:
            self._asked = wanted
            self.wants.emit(AskFrame(incident=self._incident, seconds=wanted))

    def hear(self, question: AskFrame, answer: FrameSeen | Refused) -> None:
        """A picture came, or there is none; what is looked at by now is asked for next."""
        if question.incident != self._incident:
            return
        self._asked = None
        if isinstance(answer, FrameSeen):
            while len(self._kept) >= FRAMES_KEPT_MAX:
                del self._kept[next(iter(self._kept))]
            self._kept[question.seconds] = answer.frame
        else:
            self._gone.add(question.seconds)
        self._look()

    def lose(self) -> None:
        """The engine went: what was asked will not be answered."""
        self._asked = None

    def moment(self) -> datetime:
        return utc(self._at)
