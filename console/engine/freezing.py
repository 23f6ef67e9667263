"""The freeze: while it holds, no change is begun and none goes on; kept over the engine's own end."""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from console.domain.freezing import Frozen
from console.domain.reading import Moment
from console.domain.run import Choice, Mode
from console.link.backups import OpenSandbox, OrderSchedule, StartBackup, StartExpire, StartProve
from console.link.changes import AnswerRun, StartRun
from console.link.governance import BreakGlass, Freeze, GiveApproval
from console.link.group import OrderGroup
from console.link.left import RemoveLeftovers
from console.link.messages import Message, Refused
from console.link.watching import StartDrill
from console.store.database import Store
from console.store.records import Records
from console.store.trouble import StoreTrouble

KEY: Final = "all"
REASON_CHARACTERS_MAX: Final = 500
STOPS: Final = (
    StartBackup, StartProve, StartExpire, OpenSandbox, OrderSchedule, OrderGroup, RemoveLeftovers, StartDrill,
    GiveApproval, BreakGlass,  # a run that waits would begin by them
)  # fmt: skip

log = logging.getLogger(__name__)


class Freezer:
    """The switch of one engine. Everything that changes a node asks `now` first. May raise StoreTrouble."""

    def __init__(self, store: Store, clock: Callable[[], Moment]) -> None:
        self._records = Records(store, "frozen", Frozen)
        self._clock = clock
        self._guard = threading.Lock()
        self._frozen = self._records.get(KEY)
        self.turned: Callable[[Frozen | None, str], None] = lambda _frozen, _person: None

    def now(self) -> Frozen | None:
        """Who froze it; None: changes may be made."""
        return self._frozen

    def refused(self, question: Message) -> Refused | None:
        """The refusal of what it stops; None: it may go on."""
        frozen = self._frozen
        if frozen is None or not stopped(question):
            return None
        return Refused(reason="frozen", subject=frozen.by, detail=frozen.reason)

    def turn(self, question: Freeze, person: str) -> Message:
        """Turn the switch. Refused without a reason. Turning it on never fails; lifting raises StoreTrouble."""
        reason = question.reason.strip()
        if question.on and not reason:
            return Refused(reason="freeze-without-reason")
        kept = True
        with self._guard:
            frozen = None
            if question.on:
                at = self._clock().utc
                # It holds from here on, whatever the store says to it.
                self._frozen = frozen = Frozen(by=person, at=at, reason=reason[:REASON_CHARACTERS_MAX])
                try:
                    self._records.keep(KEY, frozen, cluster="", at=at, is_open=True)
                except StoreTrouble as trouble:
                    kept = False
                    log.error("that changes are frozen can't be kept, they are all the same: %s", trouble)
            else:
                self._records.drop(KEY)
                self._frozen = None
        log.info("changes are %s by %s: %s", "frozen" if frozen else "allowed again", person, reason)
        self.turned(frozen, person)
        return replace(question, kept=kept)


def stopped(question: Message) -> bool:
    """Would carrying it out change a node? A rehearsal, a look, and leaving a run as it stands would not."""
    match question:
        case StartRun():
            return question.mode is not Mode.REHEARSAL
        case AnswerRun():
            return question.choice is not Choice.LEAVE
        case _:
            return isinstance(question, STOPS)
