"""The course of a rehearsal: marks in order, a broken promise, and a fault that is undone whatever happens."""

import itertools
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from console.domain.alerting import Alert, AlertSource, AlertState, Sign
from console.domain.cluster import Environment, Manager
from console.domain.drill import Drill, DrillFault, DrillKind, DrillState
from console.domain.fleet import Basis, ClusterView, Exposure
from console.domain.reading import Moment
from console.domain.verdict import Cause, Finding, Health, Verdict
from console.engine.drill_course import Course, CourseGround, DrillTrouble, Seen
from console.store.trouble import StoreTrouble, TroubleKind

BEGIN = datetime(2026, 3, 17, 12, tzinfo=UTC)
STEP_SECONDS = 0.5  # by which the clock of these tests goes on with each look at it
DRILL = Drill(id="1", cluster="lab", kind=DrillKind.DETECTOR, state=DrillState.RUNNING, begun_at=BEGIN, by="olga",
              fault=DrillFault.PROBE_CUT, node="lab-3")  # fmt: skip
SIGN = Sign(cluster="lab", node="lab-3", source=AlertSource.VERDICT, word="cut-off", health=Health.DEGRADED)


class SteppedClock:
    """Goes on a little each time it is asked."""

    def __init__(self) -> None:
        self._steps = itertools.count()
        self.step_seconds = STEP_SECONDS

    def __call__(self) -> Moment:
        ticks = next(self._steps) * self.step_seconds
        return Moment(BEGIN + timedelta(seconds=ticks), ticks)


@dataclass
class Script:
    """A fault that does as a test says, and remembers what was asked of it."""

    clock: SteppedClock
    look_at: Callable[[int], Seen] = lambda _: Seen(suspected=True, named=("cut-off on lab-3",))
    begins: Callable[[], None] = lambda: None
    left: str = ""
    is_well: bool = True
    node: str = "lab-3"
    promised_seconds: float = 5.0
    hold_seconds: float = 0.0
    alert_words: frozenset[str] = frozenset({"cut-off"})
    alert_node: str = "lab-3"
    alert_about: str = ""
    asked: list[str] = field(default_factory=list)

    def prepare(self, stopping: threading.Event) -> None:
        del stopping
        self.asked.append("prepare")

    def begin(self) -> float:
        self.asked.append("begin")
        self.begins()
        return self.clock().ticks

    def look(self) -> Seen:
        self.asked.append("look")
        return self.look_at(self.asked.count("look"))

    def undo(self) -> str:
        self.asked.append("undo")
        return self.left

    def well(self) -> bool:
        return self.is_well


def alert(*, flapping: bool = False) -> Alert:
    return Alert(id="a", sign=SIGN, state=AlertState.OPEN, begun_at=BEGIN, worst=Health.DEGRADED, flapping=flapping)


@dataclass
class Bench:
    """A course with its script, and what it told."""

    script: Script
    told: list[Drill] = field(default_factory=list)
    alerts: Callable[["Bench"], Iterable[Alert]] = lambda bench: (
        (alert(),) if "begin" in bench.script.asked else ()
    )
    keeps: Callable[[Drill], None] = lambda _: None
    picture: Callable[[], ClusterView | None] = lambda: None

    def changed(self, drill: Drill) -> None:
        self.keeps(drill)
        self.told.append(drill)

    def course(self, *, limit: float = 300.0) -> Course:
        ground = CourseGround(
            clock=self.script.clock, picture=lambda _: self.picture(), alerts=lambda _: self.alerts(self),
            changed=self.changed, at_fault=lambda _: None,
        )  # fmt: skip
        return Course(DRILL, self.script, ground, limit_seconds=limit)


@pytest.fixture
def bench() -> Bench:
    return Bench(Script(SteppedClock()))


def test_all_marks_in_order_and_it_passes(bench: Bench) -> None:
    done = bench.course().run()
    assert done.state is DrillState.PASSED, done
    assert [mark.what for mark in done.marks] == ["suspicion", "verdict", "alert", "undone"]
    assert done.evidence == ("cut-off on lab-3",)
    assert bench.script.asked[:3] == ["prepare", "begin", "look"]
    assert bench.script.asked[-1] == "undo"
    assert [len(drill.marks) for drill in bench.told] == [1, 2, 3, 4]


def test_too_late_is_a_failure_with_its_figure(bench: Bench) -> None:
    bench.script.promised_seconds = 2.0
    bench.script.look_at = lambda count: Seen(named=("cut-off",)) if count > 6 else Seen()
    done = bench.course().run()
    assert (done.state, done.reason) == (DrillState.FAILED, "too-late")
    assert next(mark.seconds for mark in done.marks if mark.what == "verdict" and mark.seconds) > 2.0


def test_what_never_came_is_said_as_never(bench: Bench) -> None:
    bench.script.look_at = lambda _: Seen(suspected=True)
    bench.alerts = lambda _: ()
    bench.script.clock.step_seconds = 2.0
    done = bench.course().run()
    assert (done.state, done.reason) == (DrillState.FAILED, "not-noticed")
    assert {mark.what: mark.seconds for mark in done.marks}["verdict"] is None


def test_a_wrong_conclusion_ends_it_at_once(bench: Bench) -> None:
    bench.script.look_at = lambda _: Seen(wrong="called-dead")
    done = bench.course().run()
    assert (done.state, done.reason) == (DrillState.FAILED, "called-dead")
    assert bench.script.asked.count("look") == 1
    assert bench.script.asked[-1] == "undo"


@pytest.mark.allows_warnings
@pytest.mark.parametrize(
    ("raised", "reason"),
    [
        (DrillTrouble("host-refused", "no"), "host-refused"),
        (StoreTrouble(TroubleKind.FULL, "store"), "store-trouble"),
        (KeyError("place"), "not-foreseen"),
    ],
)
def test_whatever_goes_wrong_its_fault_is_undone(bench: Bench, raised: Exception, reason: str) -> None:
    def fails() -> None:
        raise raised

    bench.script.begins = fails
    done = bench.course().run()
    assert (done.state, done.reason) == (DrillState.FAILED, reason)
    assert bench.script.asked[-1] == "undo"


@pytest.mark.allows_warnings
def test_a_record_that_takes_nothing_does_not_leave_the_fault(bench: Bench) -> None:
    def refuses(_: Drill) -> None:
        raise StoreTrouble(TroubleKind.FULL, "store")

    bench.keeps = refuses
    done = bench.course().run()
    assert done.state is DrillState.FAILED
    assert bench.script.asked[-1] == "undo"


def test_a_fault_that_is_not_proven_undone_is_never_passed(bench: Bench) -> None:
    bench.script.left = "primary_conninfo of lab-3 is empty"
    done = bench.course().run()
    assert (done.state, done.reason, done.detail) == (DrillState.FAILED, "not-undone", bench.script.left)


def test_a_cluster_that_does_not_get_well_again_is_a_failure(bench: Bench) -> None:
    bench.script.is_well = False
    bench.script.promised_seconds, bench.script.clock.step_seconds = 100.0, 10.0
    done = bench.course().run()
    assert (done.state, done.reason) == (DrillState.FAILED, "not-well-again")


@pytest.mark.parametrize(
    ("why", "state"), [("stopped", DrillState.STOPPED), ("other-fault", DrillState.STOPPED),
                       ("engine-ended", DrillState.FAILED)],
)  # fmt: skip
def test_a_stopped_one_is_undone_and_says_who(bench: Bench, why: str, state: DrillState) -> None:
    course = bench.course()

    def looked(count: int) -> Seen:
        if count == 3:
            course.stop(why)
        return Seen()

    bench.script.look_at = looked
    done = course.run()
    assert (done.state, done.reason) == (state, why)
    assert bench.script.asked[-1] == "undo"


def test_something_real_breaks_it_off_at_once_and_nobody_waits_for_health(bench: Bench) -> None:
    lost = Finding(cause=Cause.POSTMASTER_KILLED, health=Health.LOST, node="lab-1")
    view = ClusterView(
        name="lab", environment=Environment.LAB, manager=Manager.NONE, at=BEGIN, serial=1, nodes=(), edges=(),
        verdict=Verdict(health=Health.LOST, findings=(lost,)),
        exposure=Exposure(basis=Basis.UNKNOWN, candidate=None, entries=None, amounts=(), age_seconds=None),
    )  # fmt: skip
    bench.picture = lambda: view if "begin" in bench.script.asked else None
    bench.script.is_well = False
    done = bench.course().run()
    assert (done.state, done.reason) == (DrillState.STOPPED, "other-fault")
    assert done.detail == "lab-1 postmaster-killed"
    assert bench.script.asked[-1] == "undo"
    assert "undone" in {mark.what for mark in done.marks if mark.seconds is None}


def test_one_that_is_stopped_while_it_prepares_makes_no_fault(bench: Bench) -> None:
    course = bench.course()
    course.stop("stopped")
    done = course.run()
    assert (done.state, done.reason) == (DrillState.STOPPED, "stopped")
    assert "begin" not in bench.script.asked
    assert bench.script.asked[-1] == "undo"


def test_it_is_held_for_as_long_as_was_asked(bench: Bench) -> None:
    bench.script.hold_seconds = 20.0
    short = Bench(Script(SteppedClock()))
    assert bench.course().run().state is short.course().run().state is DrillState.PASSED
    assert bench.script.asked.count("look") > 2 * short.script.asked.count("look")


def test_an_alert_of_before_is_never_taken_for_this_ones(bench: Bench) -> None:
    bench.alerts = lambda _: (alert(),)
    bench.script.clock.step_seconds = 10.0
    done = bench.course().run()
    assert (done.state, done.reason) == (DrillState.FAILED, "not-healthy")
    assert "begin" not in bench.script.asked


def test_an_alert_about_another_server_is_no_earlier_one(bench: Bench) -> None:
    bench.script.alert_about = "this-drill"
    bench.alerts = lambda _: (alert(),)
    bench.script.clock.step_seconds = 2.0
    done = bench.course().run()
    assert (done.state, done.reason) == (DrillState.FAILED, "not-alerted")
    assert "begin" in bench.script.asked


def test_one_that_is_damped_is_not_waited_for(bench: Bench) -> None:
    bench.alerts = lambda _: (alert(flapping=True),)
    done = bench.course().run()
    assert done.state is DrillState.PASSED
    assert "alert" not in {mark.what for mark in done.marks}
