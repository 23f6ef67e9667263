"""The course of one detector rehearsal: fault, suspicion, verdict, alert, undo, each timed; and it always undoes."""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final, Protocol

from console.domain.alerting import Alert, AlertState
from console.domain.drill import Drill, DrillMark, DrillState
from console.domain.drilling import ALERT_SECONDS_MAX, judged, other_fault
from console.domain.fleet import ClusterView
from console.domain.reading import Moment
from console.store.trouble import StoreTrouble

LOOK_SECONDS: Final = 0.05
ALERT_LOOK_SECONDS: Final = 0.2
GIVE_UP_SECONDS: Final = 20.0  # beyond what was promised
WELL_SECONDS_MAX: Final = 90.0
EARLIER_SECONDS_MAX: Final = 80.0  # for an alert of an earlier drill to be over
DETAIL_CHARACTERS_MAX: Final = 400
NEEDED: Final = ("verdict", "alert", "undone")
OTHER_FAULT: Final = "other-fault"
ENGINE_ENDED: Final = "engine-ended"
_NOT_ITS_FAULT: Final = frozenset({"stopped", OTHER_FAULT})  # no failure of the detector's

log = logging.getLogger(__name__)


class DrillTrouble(Exception):
    """A drill can't go on: a kebab-case word for `ui`, and what was said to it."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason, self.detail = reason, detail[-DETAIL_CHARACTERS_MAX:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the watch says of a fault now. `named`: the evidence of its verdict, empty until it is there."""

    suspected: bool = False
    named: tuple[str, ...] = ()
    hard: bool = False  # the verdict is proven beyond doubt
    wrong: str = ""  # a word: the watch concluded what it must not


class Rehearsed(Protocol):
    """One fault. Every method but `undo` may raise DrillTrouble."""

    node: str
    promised_seconds: float
    hold_seconds: float  # it stands at least that long
    alert_words: frozenset[str]
    alert_node: str
    alert_about: str  # empty: whatever it is about

    def prepare(self, stopping: threading.Event) -> None:
        """All that comes before the fault. May take its time."""

    def begin(self) -> float:
        """Make the fault; the ticks at which it was made, never later than it was."""

    def look(self) -> Seen:
        """What the watch says; cheap."""

    def undo(self) -> str:
        """Take it back and prove it; empty, or why that is not proven."""

    def well(self) -> bool:
        """Does the watch say that all is as before?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseGround:
    """What a course is told by, and whom it tells."""

    clock: Callable[[], Moment]
    picture: Callable[[str], ClusterView | None]
    alerts: Callable[[str], Iterable[Alert]]  # the open ones of a cluster; may raise StoreTrouble
    changed: Callable[[Drill], None]  # keep it and tell it; may raise StoreTrouble
    at_fault: Callable[[Drill], None]  # the fault was made just now


class Course:
    """One rehearsal. `stop` may be called from any thread; the fault is undone whatever happens."""

    def __init__(self, drill: Drill, fault: Rehearsed, ground: CourseGround, *, limit_seconds: float) -> None:
        self._drill, self._fault, self._ground, self._limit = drill, fault, ground, limit_seconds
        self._stopping = threading.Event()
        self._why = ""  # why it was stopped
        self._marks: dict[str, DrillMark] = {}
        self._evidence: tuple[str, ...] = ()
        self._damped = False  # its alert is open, and told no more: it came too often of late
        self._fault_ticks = 0.0

    @property
    def drill(self) -> Drill:
        return self._drill

    def stop(self, why: str) -> None:
        """End it now: 'stopped' by a person, or what came between."""
        self._why = self._why or why
        self._stopping.set()

    def run(self) -> Drill:
        """From the fault to its proven end; how it ended."""
        state, reason, detail = DrillState.FAILED, "", ""
        begun = False
        try:
            self._earlier_over()
            self._fault.prepare(self._stopping)
            if not self._stopping.is_set():
                begun = True
                self._fault_ticks = self._fault.begin()
                self._ground.at_fault(self._drill)
                reason, detail = self._watch()
        except DrillTrouble as trouble:
            reason, detail = trouble.reason, trouble.detail
        except StoreTrouble as trouble:
            reason, detail = "store-trouble", f"{trouble}"
        except Exception as error:  # a drill's thread: whatever it met, its fault is undone
            log.exception("drill %s failed in a way that was not foreseen", self._drill.id)
            reason, detail = "not-foreseen", f"{type(error).__name__}: {error}"
        left = self._undone(begun=begun)
        if self._stopping.is_set() and reason in ("", "stopped"):
            state, reason = (DrillState.STOPPED if self._why in _NOT_ITS_FAULT else DrillState.FAILED), self._why
        elif reason == OTHER_FAULT:
            state = DrillState.STOPPED
        elif not reason:
            needed = tuple(what for what in NEEDED if what != "alert" or not self._damped)
            state, reason = judged(tuple(self._marks.values()), needed=needed)
        if left:
            state, reason, detail = DrillState.FAILED, "not-undone", left
        return replace(
            self._drill, state=state, reason=reason, detail=detail[:DETAIL_CHARACTERS_MAX], evidence=self._evidence,
            marks=tuple(self._marks.values()), ended_at=self._ground.clock().utc,
        )  # fmt: skip

    def _earlier_over(self) -> None:
        """An alert that is open from before would be taken for this fault's.

        One that is damped, as it came too often of late, stays open for minutes: then no alert is waited for.
        """
        end = self._ground.clock().ticks + EARLIER_SECONDS_MAX
        while (earlier := self._alert()) is not None and not self._stopping.is_set():
            if earlier.flapping:
                self._damped = True
                return
            if self._ground.clock().ticks > end:
                raise DrillTrouble("not-healthy", "an alert of this kind is open already")
            self._stopping.wait(ALERT_LOOK_SECONDS)

    def _alert(self) -> Alert | None:
        fault = self._fault
        return next(
            (one for one in self._ground.alerts(self._drill.cluster) if one.state is not AlertState.OVER
             and one.sign.word in fault.alert_words and (one.sign.node or "") == fault.alert_node
             and fault.alert_about in ("", one.sign.about)), None,
        )  # fmt: skip

    def _watch(self) -> tuple[str, str]:
        """Look until all has come that has to; a word and its detail where something else came."""
        fault, ground = self._fault, self._ground
        alert_promised = fault.promised_seconds + ALERT_SECONDS_MAX
        give_up = min(max(alert_promised + GIVE_UP_SECONDS, fault.hold_seconds), self._limit)
        asked_alerts = float("-inf")
        while not self._stopping.is_set():
            now = ground.clock().ticks
            passed = now - self._fault_ticks
            seen = fault.look()
            if seen.wrong:
                return seen.wrong, ""
            if seen.suspected:
                self._mark("suspicion", passed)
            if seen.named:
                self._evidence = seen.named if "verdict" not in self._marks or seen.hard else self._evidence
                self._mark("verdict", passed, fault.promised_seconds)
            if seen.hard:
                self._mark("hard", passed)
            waits = "verdict" in self._marks and "alert" not in self._marks and not self._damped
            if waits and now - asked_alerts >= ALERT_LOOK_SECONDS:
                asked_alerts = now
                if self._alert() is not None:
                    self._mark("alert", ground.clock().ticks - self._fault_ticks, alert_promised)
            other = self._other_fault()
            if other:
                self._why = self._why or OTHER_FAULT
                return OTHER_FAULT, other
            told = "alert" in self._marks or (self._damped and "verdict" in self._marks)
            if told and passed >= fault.hold_seconds:
                return "", ""
            if passed >= give_up:
                self._missing("verdict", fault.promised_seconds)
                if not self._damped:
                    self._missing("alert", alert_promised)
                return "", ""
            self._stopping.wait(LOOK_SECONDS)
        return "", ""

    def _other_fault(self) -> str:
        """Something grave that this drill did not make; empty where there is none."""
        view = self._ground.picture(self._drill.cluster)
        other = other_fault(view, self._fault.node) if view is not None else None
        return f"{other.node or ''} {other.cause.value}".strip() if other is not None else ""

    def _mark(self, what: str, seconds: float, promised: float | None = None) -> None:
        if what not in self._marks:
            self._marks[what] = DrillMark(what=what, seconds=round(seconds, 3), promised_seconds=promised)
            self._drill = replace(self._drill, marks=tuple(self._marks.values()), evidence=self._evidence)
            self._ground.changed(self._drill)

    def _missing(self, what: str, promised: float) -> None:
        self._marks.setdefault(what, DrillMark(what=what, seconds=None, promised_seconds=promised))

    def _undone(self, *, begun: bool) -> str:
        """Take the fault back, and wait until all is well again; why it is not proven undone, or empty."""
        began = self._ground.clock().ticks
        try:
            left = self._fault.undo()
            if left or not begun:
                return left
            pause = threading.Event()
            while self._ground.clock().ticks - began < WELL_SECONDS_MAX:
                # What holds automation must not be waited for while something real is wrong.
                if self._why in (ENGINE_ENDED, OTHER_FAULT) or self._other_fault():
                    break
                if self._fault.well():
                    self._mark("undone", self._ground.clock().ticks - began)
                    return ""
                pause.wait(LOOK_SECONDS)
            self._missing("undone", WELL_SECONDS_MAX)
        except StoreTrouble as trouble:
            log.warning("drill %s: %s", self._drill.id, trouble)
        except DrillTrouble as trouble:
            return f"{trouble}"
        return ""
