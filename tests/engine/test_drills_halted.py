"""Faults made on purpose: a freeze undoes them at once, and what would block commits is asked again under the lock."""

from pathlib import Path
from typing import Any, cast

import pytest

from console.domain.drill import Drill, DrillKind, DrillSchedule, DrillState
from console.engine.drill_course import DrillTrouble
from console.engine.drill_stream import StreamCut
from console.engine.drills import Rehearsals, _Live
from tests.alarmed import NOON, stage


class Course:
    """A drill under way, told why it is to stop."""

    def __init__(self) -> None:
        self.stopped: list[str] = []

    def stop(self, why: str) -> None:
        self.stopped.append(why)


def test_a_freeze_stops_rehearsals_of_the_detector_and_leaves_the_others_to_their_runs(tmp_path: Path) -> None:
    with stage(tmp_path / "home", clusters=("us", "eu", "jp")) as scene:
        drills = Rehearsals(scene.ground)
        courses: dict[str, Course] = {}
        for cluster, kind in (("us", DrillKind.DETECTOR), ("eu", DrillKind.SWITCHOVER)):
            drill = Drill(id=cluster, cluster=cluster, kind=kind, state=DrillState.RUNNING, begun_at=NOON, by="otto")
            courses[cluster] = Course()
            drills._live[cluster] = _Live(drill, cast(Any, courses[cluster]))
        left = Drill(id="jp", cluster="jp", kind=DrillKind.DETECTOR, state=DrillState.RUNNING, begun_at=NOON, by="otto")
        drills._live["jp"] = _Live(left, None)  # an earlier engine's, which is only proven undone
        drills.frozen()
    assert (courses["us"].stopped, courses["eu"].stopped) == (["stopped"], [])


def test_the_schedule_of_a_cluster_that_is_gone_goes_too(tmp_path: Path) -> None:
    with stage(tmp_path / "home") as scene:
        drills = Rehearsals(scene.ground)
        gone = DrillSchedule(cluster="lab", every_hours=24.0, by="otto", since=NOON)
        drills._schedules.keep("lab", gone, cluster="lab", at=NOON, is_open=True)
        drills._look_at(gone)
        assert drills._schedules.newest() == ()


class Planning:
    def ways(self, _spec: object) -> tuple[Any, Any]:
        return object(), object()

    def owner(self, drill: str) -> str:
        return f"c1:{drill}"


def test_a_stream_is_not_cut_where_commits_would_wait_by_now(tmp_path: Path) -> None:
    noted: list[object] = []
    with stage(tmp_path / "home") as scene:
        cut = StreamCut(
            scene.ground.inventory().clusters[0], "us-2", "d", "otto", planning=cast(Any, Planning()),
            clock=scene.ground.clock, picture=lambda _: None, hold_seconds=1.0, limit_seconds=30.0, note=noted.append,
        )  # fmt: skip
        cut._at = cast(Any, object())  # it was prepared, when the picture said otherwise
        with pytest.raises(DrillTrouble, match="would-block-commits"):
            cut.begin()
    assert noted == []
