"""Builds and leads the parts that watch over failures: verdicts that last, what acts by itself, what is due."""

import logging
from collections.abc import Callable
from typing import Final, TypeVar

from console.domain.alerting import AlertSource, Sign
from console.domain.fleet import ClusterView, Event, EventKind
from console.domain.freezing import Frozen
from console.domain.incident import IncidentLine, LineKind
from console.domain.reading import Moment
from console.domain.run import RunView
from console.domain.verdict import Health
from console.engine.access_answers import Access
from console.engine.alarms import alarm_parts
from console.engine.automation import Automation
from console.engine.drills import Rehearsals
from console.engine.duties import Duties
from console.engine.evidence import EvidenceDesk
from console.engine.monitoring import Monitoring
from console.engine.peers import Peers
from console.engine.redundancy import RedundancyChecks
from console.engine.scoreboard import Scoreboard
from console.engine.vigil_ground import Part, VigilGround
from console.link.messages import Message

FREEZE: Final = "freeze"

log = logging.getLogger(__name__)

T = TypeVar("T")
_LINES: Final = {EventKind.FAULT: LineKind.FAULT, EventKind.BACKUP: LineKind.BACKUP}


def _parts(ground: VigilGround) -> tuple[Part, ...]:
    """Every part, in the order in which they are begun; they know each other only by the board."""
    return (
        *alarm_parts(ground),
        Peers(ground),
        Access(ground),
        Monitoring(ground),
        RedundancyChecks(ground),
        Duties(ground),
        Automation(ground),
        Rehearsals(ground),
        Scoreboard(ground),
        EvidenceDesk(ground),
    )  # fmt: skip


def _fault(name: str) -> Sign:
    return Sign(
        cluster="", node=None, source=AlertSource.ENGINE, word="part-fault", health=Health.DEGRADED, about=name
    )


class Vigil:
    """All parts as one."""

    def __init__(self, ground: VigilGround) -> None:
        self._board = ground.board
        self._said: dict[tuple[str, str], tuple[Sign, ...]] = {}
        self._failed: set[str] = set()  # parts that failed once: an alert until the engine is started anew
        self._parts = _parts(ground)
        ground.board.signs = self.signs
        self._ground = ground
        ground.freezer.turned = self._turned
        self._turned(ground.freezer.now(), "")

    def start(self) -> None:
        for part in self._parts:
            part.start()

    def stop(self) -> None:
        for part in reversed(self._parts):
            part.stop()

    def _turned(self, frozen: Frozen | None, person: str) -> None:
        """Nothing is done by itself while the console is frozen; what runs stops at its next safe point."""
        if frozen is None:
            self._ground.board.holds.release(FREEZE)
            return
        self._ground.board.holds.hold(FREEZE, "", f"frozen by {frozen.by}: {frozen.reason}")
        if person:
            self._ground.changes.halt(person)
            for part in self._parts:
                self._guarded(part, part.frozen, None)

    def seen(self, view: ClusterView) -> None:
        """Called from the judging thread: parts take it down and return."""
        for part in self._parts:
            self._guarded(part, lambda part=part: part.seen(view), None)  # type: ignore[misc]

    def noted(self, event: Event) -> None:
        """What is marked on the time axis belongs on the time line of an incident too; verdicts come as pictures."""
        kind = _LINES.get(event.kind)
        if kind is not None and event.cluster:
            self._board.line(
                IncidentLine(
                    at=event.at, cluster=event.cluster, kind=kind, word=event.text, node=event.node,
                    health=event.health if kind is LineKind.BACKUP else "",
                )
            )  # fmt: skip

    def run_told(self, run: RunView) -> None:
        for part in self._parts:
            self._guarded(part, lambda part=part: part.run_told(run), None)  # type: ignore[misc]

    def signs(self, cluster: str, now: Moment) -> tuple[Sign, ...]:
        """All that is wrong now, from every part; one sign a key. A part that fails says what it said last."""
        found: dict[tuple[str, ...], Sign] = {}
        for part in self._parts:
            place = (type(part).__name__, cluster)
            said = self._guarded(
                part, lambda part=part: part.signs(cluster, now), self._said.get(place, ())  # type: ignore[misc]
            )
            self._said[place] = said
            found |= {sign.key: sign for sign in said}
        if not cluster:
            found |= {sign.key: sign for sign in map(_fault, sorted(self._failed))}
        return tuple(found.values())

    def _guarded(self, part: Part, call: Callable[[], T], instead: T) -> T:
        """What a part says; where it fails in a way that nobody foresaw, the others go on and it is a sign itself."""
        name = type(part).__name__
        try:
            return call()
        except Exception:
            if name not in self._failed:
                log.exception("%s failed in a way that was not foreseen", name)
            self._failed.add(name)
            return instead

    def answer(self, question: Message, person: str) -> Message | None:
        """None: no part's question. May raise StoreTrouble."""
        for part in self._parts:
            answer = part.answer(question, person)
            if answer is not None:
                return answer
        return None
