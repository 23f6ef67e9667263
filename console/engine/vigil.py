"""Builds and leads the parts that watch over failures: verdicts that last, what acts by itself, what is due."""

import logging

from console.domain.alerting import Sign
from console.domain.fleet import ClusterView
from console.domain.reading import Moment
from console.domain.run import RunView
from console.engine.vigil_ground import Part, VigilGround
from console.link.messages import Message

log = logging.getLogger(__name__)


def _parts(ground: VigilGround) -> tuple[Part, ...]:
    """Every part, in the order in which they are begun; they know each other only by the board."""
    del ground
    return ()


class Vigil:
    """All parts as one."""

    def __init__(self, ground: VigilGround) -> None:
        self._parts = _parts(ground)
        ground.board.signs = self.signs

    def start(self) -> None:
        for part in self._parts:
            part.start()

    def stop(self) -> None:
        for part in reversed(self._parts):
            part.stop()

    def seen(self, view: ClusterView) -> None:
        """Called from the judging thread: parts take it down and return."""
        for part in self._parts:
            part.seen(view)

    def run_told(self, run: RunView) -> None:
        for part in self._parts:
            part.run_told(run)

    def signs(self, cluster: str, now: Moment) -> tuple[Sign, ...]:
        """All that is wrong now, from every part; one sign a key."""
        found = {sign.key: sign for part in self._parts for sign in part.signs(cluster, now)}
        return tuple(found.values())

    def answer(self, question: Message, person: str) -> Message | None:
        """None: no part's question. May raise StoreTrouble."""
        for part in self._parts:
            answer = part.answer(question, person)
            if answer is not None:
                return answer
        return None
